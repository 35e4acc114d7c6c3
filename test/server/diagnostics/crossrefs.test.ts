/** Labels and what refers to them, in a chapter and over the chapters of a book. */
import { describe, expect, test } from 'vitest';
import { applyFix, cell, findingsInBook, fixTitles, report, reportIn } from '../../support/analysis';

const F = '```';
const FIGURE = '![Water in the tank.](images/tank.svg){#fig-tank}\n';
const book = (...chapters: string[]) => `project:\n  type: book\nbook:\n  chapters: [${chapters.join(', ')}]\n`;

describe('unresolved-crossref', () => {
  test('a label that is spelled nearly alike is offered', () => {
    const text = `${FIGURE}\nSee @fig-tnak and [-@Fig-tank].\n`;
    expect(report(text)).toEqual([
      'warning unresolved-crossref "@fig-tnak": There is no label `fig-tnak`; the page will show `?@fig-tnak`. Did you mean `@fig-tank`?',
    ]);
    expect(applyFix(text, 'Use `@fig-tank`')).toBe(`${FIGURE}\nSee @fig-tank and [-@Fig-tank].\n`);
  });

  test('a label of another kind is offered', () => {
    expect(fixTitles(`${FIGURE}\nSee @tbl-tank.\n`)).toEqual(['Use `@fig-tank`']);
  });

  test('without a project, an unknown section is a hint, told once', () => {
    expect(report('See @sec-pumps, @sec-pumps and @fig-pumps.\n')).toEqual([
      'hint unresolved-crossref "@sec-pumps": No chapter at hand has the section `sec-pumps`. If another chapter of the book has it, a `_quarto.yml` says which chapters there are.',
      'warning unresolved-crossref "@fig-pumps": Nothing in this chapter has the label `fig-pumps`; the page will show `?@fig-pumps`.',
    ]);
  });

  test('captions that are values count', () => {
    const div = '::: {#fig-a fig-cap="As in @fig-tnak, \\"quoted\\" @fig-tank."}\nA\n:::\n';
    const plot = `${F}{python}\n#| label: fig-b\n#| fig-cap: "Beside @fig-tonk"\n1\n${F}\n`;
    const text = `${FIGURE}\n${div}\n${plot}\nSee @fig-a and @fig-b.\n`;
    expect(report(text).map(line => line.slice(0, line.indexOf(':')))).toEqual([
      'warning unresolved-crossref "@fig-tnak"',
      'warning unresolved-crossref "@fig-tonk"',
    ]);
    expect(applyFix(text, 'Use `@fig-tank`')).toContain('As in @fig-tank, ');
  });

  test.each([
    ['a cell', `${F}{python}\n#| label: fig-x\n1\n${F}\n`],
    [
      'one of several figures of a cell',
      `${F}{python}\n#| label: fig\n1\n${F}\n${F}{python}\n#| label: fig-x\n1\n${F}\n`,
    ],
    ['a listing of a cell', `${F}{python}\n#| lst-label: fig-x\n1\n${F}\n`],
    ['a cell in another language', `${F}{mermaid}\n%%| label: fig-x\ngraph\n${F}\n`],
    ['a chunk of knitr', `${F}{r fig-x, echo=FALSE}\n1\n${F}\n`],
    ['a div', '::: {#fig-x}\nA\n:::\n'],
    ['a line of HTML', '<div id="fig-x">\n\nA\n\n</div>\n'],
    ['a title', '# A {#fig-x}\n'],
    ['output of a cell', cell('print("::: {#fig-x}")')],
    ['a label of TeX', '$$\nx \\label{fig-x}\n$$\n'],
    ['a notebook', '{{< embed tanks.ipynb#fig-x >}}\n'],
  ])('%s may have it', (_, text) => {
    expect(report(`${text}\nSee @fig-x.\n`).filter(line => line.includes('crossref'))).toEqual([]);
  });

  test('code that lost its fence, and a missing include, are told alone', () => {
    expect(report('{{< include _gone.qmd >}}\n\nSee @fig-x.\n')).toEqual([expect.stringContaining('missing-file')]);
  });

  test('other chapters of the book have their labels, notebooks among them', () => {
    const texts = {
      '_quarto.yml': book('index.qmd', 'tanks.qmd', 'notes.ipynb'),
      'index.qmd': 'See @fig-tank, @sec-notes, @fig-pump and @fig-draft.\n',
      'tanks.qmd': `# Tanks\n\n${FIGURE}\n\n{{< include _pump.qmd >}}\n`,
      '_pump.qmd': '![The pump.](images/tank.svg){#fig-pump}\n',
      'notes.ipynb': '{"cells": [{"source": ["# Notes {#sec-notes}"]}]}',
      'draft.qmd': '![A draft.](images/tank.svg){#fig-draft}\n',
      'images/tank.svg': '',
    };
    expect(reportIn(texts, 'index.qmd')).toEqual([
      'warning unresolved-crossref "@fig-draft": Nothing in this book has the label `fig-draft`; the page will show `?@fig-draft`.',
    ]);
    expect(reportIn({ ...texts, 'index.qmd': 'See @fig-tnak.\n' }, 'index.qmd')[0]).toContain(
      'Did you mean `@fig-tank`?',
    );
  });

  test('without a project, chapters of the same folder have theirs', () => {
    const texts = { 'a.qmd': 'See @sec-b and @fig-c.\n', 'b.qmd': '# B {#sec-b}\n\n::: {#fig-c}\nC\n:::\n' };
    expect(reportIn(texts, 'a.qmd')).toEqual([]);
  });

  describe('in a website', () => {
    const site = (more = '') => `project:\n  type: website\n${more}`;
    const texts = {
      '_quarto.yml': site(),
      'index.qmd': 'See @sec-b, @sec-b, @fig-c, @sec-d and @sec-nowhere.\n',
      'b.qmd': '# B {#sec-b}\n\n::: {#fig-c}\nC\n:::\n',
      'parts/two/d.qmd': '# D {#sec-d}\n',
    };

    test('references to labels of other pages are told once', () => {
      expect(reportIn(texts, 'index.qmd')).toEqual([
        'warning unresolved-crossref "@sec-b": The label `sec-b` is of another page, as 2 more are: only in a book do cross-references lead to other files, so that this page will show `?@sec-b`.',
        'warning unresolved-crossref "@sec-nowhere": Nothing in this chapter has the label `sec-nowhere`; the page will show `?@sec-nowhere`.',
      ]);
      expect(findingsInBook(texts, 'index.qmd').findings[0]?.related).toHaveLength(3);
    });

    test('where a script goes over the pages afterwards, they are a hint', () => {
      const mended = { ...texts, '_quarto.yml': site('  post-render: links.py\n'), 'index.qmd': 'See @sec-b.\n' };
      expect(reportIn(mended, 'index.qmd')).toEqual([expect.stringMatching(/^hint unresolved-crossref "@sec-b"/)]);
    });
  });

  test('kinds of the project are left alone', () => {
    const custom = 'crossref:\n  custom:\n    - kind: float\n      key: dia\n      reference-prefix: Diagram\n';
    const texts = {
      '_quarto.yml': `project:\n  type: website\nbibliography: all.bib\n${custom}`,
      'all.bib': '@book{a,}',
      'a.qmd': 'See @dia-tank and [@a].\n',
    };
    expect(reportIn(texts, 'a.qmd')).toEqual([]);
  });
});

describe('duplicate labels', () => {
  test('the second one is told, and can be given another name', () => {
    const text = `${FIGURE}\n${FIGURE}\nSee @fig-tank.\n`;
    expect(report(text)).toEqual([
      'warning duplicate-label "fig-tank": The label `fig-tank` stands on something above as well; references lead to one of the two.',
    ]);
    const fixed = applyFix(text, 'Call this one `fig-tank-2`; references stay with the first');
    expect(fixed).toBe(`${FIGURE}\n${FIGURE.replace('#fig-tank', '#fig-tank-2')}\nSee @fig-tank.\n`);
  });

  test('twins for two formats are none', () => {
    const only = (format: string) => `::: {.content-visible when-format="${format}"}\n${FIGURE}:::\n`;
    expect(report(`${only('html')}\n${only('pdf')}\nSee @fig-tank.\n`)).toEqual([]);
  });

  test('in a book both chapters are told, each with the other place', () => {
    const texts = {
      '_quarto.yml': book('a.qmd', 'b.qmd'),
      'a.qmd': `${FIGURE}\nSee @fig-tank.\n`,
      'b.qmd': `# B\n\n${FIGURE}`,
      'images/tank.svg': '',
    };
    const told =
      'warning duplicate-label "fig-tank": Another chapter of the book has the label `fig-tank` as well; references lead to one of the two.';
    expect(reportIn(texts, 'a.qmd')).toEqual([told]);
    expect(reportIn(texts, 'b.qmd')).toEqual([told]);
  });

  test('a section and the cell in it may go by one name', () => {
    const text = `# Pumps {#pumps}\n\n${F}{python}\n#| label: pumps\nx = 1\n${F}\n`;
    expect(report(text)).toEqual([expect.stringMatching(/^hint duplicate-label "pumps"/)]);
  });

  test('a file that the book does not list is no chapter of it', () => {
    const texts = {
      '_quarto.yml': book('a.qmd'),
      'a.qmd': `${FIGURE}\nSee @fig-tank.\n`,
      'old.qmd': `# Old\n\n${FIGURE}\nSee @fig-tank, and @sec-later.\n`,
      'images/tank.svg': '',
    };
    expect(reportIn(texts, 'a.qmd')).toEqual([]);
    expect(reportIn(texts, 'old.qmd')).toEqual([expect.stringMatching(/^hint unresolved-crossref /)]);
  });

  test('cells and footnotes', () => {
    const one = `${F}{python}\n#| label: tank\nx = 1\n${F}\n`;
    expect(report(`${one}\n${one}\n`)).toEqual([
      'warning duplicate-cell-label "tank": Another cell has the label `tank` as well: Quarto stores the figures of both under one name, and may show the wrong one.',
    ]);
    expect(report('A.[^a]\n\n[^a]: One.\n\n[^a]: Two.\n')).toEqual([
      'warning duplicate-label "a": There are two footnotes `a`; the page shows one of them.',
    ]);
  });
});

describe('unreferenced-label', () => {
  test('a chapter that leaves many without a reference is told so once', () => {
    const figures = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => FIGURE.replace('#fig-tank', `#fig-${from + at}`)).join('\n');
    const named = Array.from({ length: 12 }, (_, at) => `@fig-${at}`).join(', ');
    expect(report(`${figures(0, 23)}\nSee ${named}.\n`)).toEqual([
      expect.stringContaining('The same at 10 more places.'),
    ]);
  });

  test('the only table, where all figures are referred to', () => {
    const figures = ['tank', 'pump'].map(id => `![Of ${id}.](a.svg){#fig-${id}}\n\nSee @fig-${id}.\n\n`).join('');
    const found = report(`${figures}| a |\n|---|\n| 1 |\n\n: Loads. {#tbl-load}\n`);
    expect(found.filter(line => line.includes('unreferenced'))).toEqual([
      expect.stringMatching(/^hint unreferenced-label "tbl-load"/),
    ]);
  });

  const picture = (id: string) => `![A picture.](images/tank.svg){#fig-${id}}\n\n`;
  const three = picture('tank') + picture('pump') + picture('load');

  test('one that is not referred to, where most are', () => {
    expect(report(`${three}See @fig-tank and @fig-load.\n`)).toEqual([
      'hint unreferenced-label "fig-pump": No sentence refers to this figure; the text refers to most others. `@fig-pump` would.',
    ]);
  });

  test.each([
    ['links', 'See @fig-tank, @fig-load and [the pump](#fig-pump).'],
    ['TeX', 'See @fig-tank, @fig-load and \\ref{fig-pump}.'],
    ['few are referred to', 'See @fig-tank.'],
  ])('none: %s', (_, prose) => {
    expect(report(`${three}${prose}\n`)).toEqual([]);
  });

  test('a reference of another chapter counts', () => {
    const texts = {
      '_quarto.yml': book('a.qmd', 'b.qmd'),
      'a.qmd': `${three}See @fig-tank and @fig-load.\n`,
      'b.qmd': 'The pump is in @fig-pump.\n',
      'images/tank.svg': '',
    };
    expect(reportIn(texts, 'a.qmd')).toEqual([]);
  });
});
