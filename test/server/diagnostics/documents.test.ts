/** Fences, divs, pictures, citations, footnotes and files that a chapter names. */
import { describe, expect, test } from 'vitest';
import { applyFix, cell, findingsOf, report, reportIn } from '../../support/analysis';

const F = '```';

describe('unclosed-fence', () => {
  test('a cell that takes in the next one as well is one fault', () => {
    const text = `${F}{python}\nx = 1\n\n## Next\n\nThe value is \`{python} x\`.\n\n${cell('y = 2')}\n`;
    const found = findingsOf(text).filter(({ severity }) => severity === 'error');
    expect(found.map(({ message }) => message)).toEqual([
      'This cell is never closed: the text below and the next cell are taken for code of it. Close it with `' +
        `${F}\`.`,
    ]);
    expect(report(applyFix(text, `Close it with \`${F}\` above the text`)).filter(line => /^error/.test(line))).toEqual(
      [],
    );
  });

  test('the fence of a cell that a comment takes out, in the line that ends the comment', () => {
    const text = `${cell('x = 1')}\n\nPumps.\n<!-- ${F}{python}\nx = 2\n${F} -->\n\nThe value is \`{python} y\`.\n`;
    expect(report(text)).toEqual([expect.stringMatching(/^error undefined-export "y"/)]);
  });

  test('a fence within a comment leads no further than the comment', () => {
    const text = `${cell('x = 1')}\n\n<!-- ${F}{r}\ny\n${F}\n\nMore. -->\n\nThe value is \`{python} y\`.\n`;
    expect(report(text)).toEqual([expect.stringMatching(/^error undefined-export "y"/)]);
  });

  test('a cell takes in the prose below, whose syntax error is a related place', () => {
    const text = `${F}{python}\nx = 1\n\n## Next\n\nThe value is \`{python} x\`.\n`;
    expect(report(text)).toEqual([
      'error unclosed-fence "```{python}": This cell is never closed: all text up to the end of the chapter is taken for code. Close it with `' +
        F +
        '`.',
    ]);
    expect(findingsOf(text)[0]!.related).toMatchObject([{ message: expect.stringContaining('SyntaxError') }]);
    const fixed = applyFix(text, `Close it with \`${F}\` below line 2`);
    expect(fixed).toBe(`${F}{python}\nx = 1\n${F}\n\n## Next\n\nThe value is \`{python} x\`.\n`);
    expect(report(fixed)).toEqual([]);
  });

  test('a closing fence of too few backticks is completed', () => {
    const text = `${F}{python}\nx = 1\n\`\`\n\nThe value is \`{python} x\`.\n`;
    const fixed = applyFix(text, `Complete the closing \`${F}\` in line 3`);
    expect(fixed).toBe(text.replace('\n``\n', `\n${F}\n`));
    expect(report(fixed)).toEqual([]);
    const above = `${text}\n${cell('y = 2')}\n`;
    expect(applyFix(above, `Complete its closing \`${F}\``)).toBe(above.replace('\n``\n', `\n${F}\n`));
  });

  test('a cell in a list keeps its indentation, and ends above the next cell', () => {
    const text = `- Step\n\n  ${F}{python}\n  x = 1\n\n${cell('y = x')}\nThe value is \`{python} y\`.\n`;
    expect(applyFix(text, `Close it with \`${F}\` below line 4`)).toContain(`  x = 1\n  ${F}\n\n${F}{python}`);
  });

  test('a listing', () => {
    expect(report(`${F}python\nx = 1\n`)).toEqual([
      expect.stringContaining('error unclosed-fence "```python": This listing'),
    ]);
  });

  test('fences around fences that a cell interrupts are left alone', () => {
    const shown = `${F}\`\`\`{.markdown}\n${F}{python}\n1\n${F}\n${F}\`\`\`\n`;
    expect(report(`${shown}\n${cell('1')}`).filter(line => line.includes('fence'))).toEqual([]);
  });
});

test('cells that a verbatim block shows have no labels', () => {
  const shown = '```{r}\n#| label: fig-a\ny\n```';
  expect(report(`${shown}\n\n\`\`\`\`{verbatim}\nWords.\n\n${shown}\n\`\`\`\`\n\nSee @fig-a.\n`)).toEqual([]);
});

describe('unclosed-div', () => {
  test('a brace that nothing closes makes a class of what it holds', () => {
    const text = '::: {.callout-tip\nIt runs at night.\n:::\n';
    expect(report(text)).toEqual([
      expect.stringContaining('warning unclosed-div "::: {.callout-tip": The brace of this div'),
    ]);
    expect(applyFix(text, 'Close the brace')).toBe(text.replace('-tip', '-tip}'));
  });

  test('braces that are closed around something else name a class', () => {
    expect(report('::: {layout-narrow}\nIt runs at night.\n:::\n')).toEqual([]);
  });

  test('a quotation mark that nothing closes is told where it stands', () => {
    expect(report('::: {.callout-tip title="At night}\nIt runs.\n:::\n')).toEqual([
      expect.stringContaining('warning unclosed-div "::: {.callout-tip title="At night}": This line opens no div'),
    ]);
  });

  test('it is closed above the next heading, which is not its own title', () => {
    const text = '::: {.callout-note}\n## Title\n\nA.\n\n## Next\n\nB.\n';
    expect(report(text)).toEqual([
      'warning unclosed-div "::: {.callout-note}": This div is never closed: everything up to the end of the chapter is part of it. Close it with `:::`.',
    ]);
    const fixed = applyFix(text, 'Close it below line 5');
    expect(fixed).toBe('::: {.callout-note}\n## Title\n\nA.\n\n:::\n\n## Next\n\nB.\n');
    expect(report(fixed)).toEqual([]);
  });

  test('it is closed at the end', () => {
    expect(applyFix('::: {.callout-note}\nA.', 'Close it at the end of the chapter')).toBe(
      '::: {.callout-note}\nA.\n:::\n',
    );
  });

  test('a line that closes nothing', () => {
    const text = 'A.\n\n:::\n\nB.\n';
    expect(report(text)).toEqual([expect.stringContaining('warning unclosed-div ":::": This line closes no div')]);
    expect(applyFix(text, 'Remove this line')).toBe('A.\n\n\nB.\n');
  });

  test('lines of HTML are left alone', () => {
    expect(report('<div class="a">\n\nA.\n')).toEqual([]);
  });

  test('a tag that ends its block at the end of a line is followed by the next block', () => {
    expect(report('::: {.a}\n<p>1</p>\n::: {.b}\nA.\n:::\n:::\n')).toEqual([]);
  });
});

describe('missing-alt-text', () => {
  test.each([
    ['![](load.svg)', '![](load.svg){fig-alt=""}'],
    ['![](load.svg){width=50%}', '![](load.svg){width=50% fig-alt=""}'],
  ])('%s', (text, fixed) => {
    expect(report(`${text}\n`)).toEqual([
      'hint missing-alt-text "load.svg": This picture has no text for those who cannot see it: add `fig-alt="…"`, or a caption between the brackets.',
    ]);
    expect(applyFix(`${text}\n`, 'It is mere decoration: add `fig-alt=""`')).toBe(`${fixed}\n`);
  });

  test('in HTML', () => {
    const text = 'A <img src="load.svg"> b.\n';
    expect(applyFix(text, 'It is mere decoration: add `alt=""`')).toBe('A <img alt="" src="load.svg"> b.\n');
  });

  test('a chapter whose pictures mostly have none is told so once', () => {
    const told = (count: number) => report('![](load.svg)\n\n'.repeat(count));
    expect(told(10)).toHaveLength(10);
    expect(told(11)).toEqual([expect.stringContaining('The same at 10 more places.')]);
  });

  test.each([
    '![A load.](load.svg)',
    '![](load.svg){fig-alt=""}',
    '<img src="load.svg" alt="A">',
    '![](load.svg "Load")',
  ])('clean: %s', text => {
    expect(report(`${text}\n`)).toEqual([]);
  });
});

describe('unknown-citation', () => {
  const cited = (prose: string) => `---\nbibliography: references.bib\n---\n\n${prose}\n`;

  test('a key that is spelled nearly alike is offered', () => {
    const text = cited('Tanks fill [see @hoper, p. 3; @hopper].');
    expect(report(text)).toEqual([
      'warning unknown-citation "@hoper": No bibliography has an entry `hoper`. Did you mean `@hopper`?',
    ]);
    expect(applyFix(text, 'Use `@hopper`')).toBe(cited('Tanks fill [see @hopper, p. 3; @hopper].'));
  });

  test('captions that are values count', () => {
    expect(report(cited('![A.](load.svg){fig-cap="After [@hoper] and [@hopper]."}'))).toEqual([
      'warning unknown-citation "@hoper": No bibliography has an entry `hoper`. Did you mean `@hopper`?',
    ]);
  });

  test('outside of brackets it may be a name on the web', () => {
    expect(report(cited('Thanks, @somebody and @knuth1984, at https://a.org/@b/c.'))).toEqual([
      'hint unknown-citation "@somebody": No bibliography has an entry `somebody`: the page will show `somebody?`.',
      'warning unknown-citation "@knuth1984": No bibliography has an entry `knuth1984`: the page will show `knuth1984?`.',
    ]);
  });

  test('a label under another name is offered', () => {
    const text = cited('![A.](load.svg){#fig-load}\n\nSee @figure-load and @fig-load.');
    expect(report(text)).toEqual([expect.stringContaining('Did you mean `@fig-load`?')]);
  });

  test('examples, entries of the front matter and code are none', () => {
    const text =
      '---\nbibliography: references.bib\nreferences:\n- id: own\n  title: Own\n---\n\n(@good) A.\n\nAs (@good) and [@own] show, `@property`.\n';
    expect(report(text)).toEqual([]);
  });

  test.each([
    ['JSON', 'items.json', '[{"id": "tank", "type": "book", "title": "Tanks"}]'],
    ['YAML', 'items.yaml', '---\nreferences:\n- id: tank\n  title: Tanks\n...\n'],
  ])('CSL items in %s', (_, name, text) => {
    const texts = { '_quarto.yml': `bibliography: ${name}\n`, [name]: text, 'a.qmd': 'See [@tank] and [@tonk].\n' };
    expect(reportIn(texts, 'a.qmd')).toEqual([
      expect.stringContaining('"@tonk": No bibliography has an entry `tonk`.'),
    ]);
  });

  test('a project without a bibliography is told once', () => {
    const texts = { '_quarto.yml': 'project:\n  type: default\n', 'a.qmd': 'See [@a] and [@b; @c], @d.\n' };
    expect(reportIn(texts, 'a.qmd')).toEqual([
      'warning unknown-citation "[@a]": Neither chapter nor project name a bibliography, so this citation and 1 more will show as written. Name one under `bibliography`.',
    ]);
    expect(reportIn({ 'a.qmd': 'See [@a].\n' }, 'a.qmd')).toEqual([]);
  });

  test('a bibliography that is missing is the only fault', () => {
    expect(report('---\nbibliography: none.bib\n---\n\nSee [@a].\n')).toEqual([
      'error missing-file "none.bib": There is no bibliography `none.bib`.',
    ]);
  });
});

describe('footnotes', () => {
  test('one that is not there, with the unused one that was meant', () => {
    const text = 'A.[^ratte] B.[^rates]\n\n[^rate]: One.\n\n[^rates]: Two.\n';
    expect(report(text)).toEqual([
      'warning undefined-footnote "[^ratte]": There is no footnote `[^ratte]:`; the page will show `[^ratte]`. Did you mean `[^rate]`?',
    ]);
    expect(report(applyFix(text, 'Use `[^rate]`'))).toEqual([]);
  });

  test('one that nothing refers to', () => {
    const text = 'A.[^a]\n\n[^rate]: One.\n\n[^a]: Two.\n';
    expect(report(text)).toEqual([
      'warning unused-footnote "rate": No `[^rate]` refers to this footnote, so its text shows nowhere.',
    ]);
    expect(applyFix(text, 'Remove the footnote `rate`')).toBe('A.[^a]\n\n[^a]: Two.\n');
  });

  test('notes in notes, lists and includes count', () => {
    expect(report('- A.[^a]\n\n[^a]: One.[^b]\n\n[^b]: Two.\n')).toEqual([]);
  });
});

describe('missing-file', () => {
  test.each([
    ['a picture', '![A.](lod.svg)', 'warning missing-file "lod.svg": There is no picture `lod.svg`.'],
    [
      'a picture of HTML',
      '<img alt="" src="lod.svg">',
      'warning missing-file "lod.svg": There is no picture `lod.svg`.',
    ],
    ['a link', '[A](two.qmd#a)', 'warning missing-file "two.qmd#a": There is no file `two.qmd` to lead to.'],
    [
      'a link that is there twice, and one with another place in it',
      '[A](two.qmd), [A](two.qmd) and [B](two.qmd#b)',
      'warning missing-file "two.qmd": There is no file `two.qmd` to lead to. The same at 2 more places.',
    ],
    [
      'a folder, where nothing else is there',
      '![A.](img/a.png) ![B.](img/b.png)',
      'hint missing-file "img/a.png": There is no folder `img`, in which the chapter names 2 files.',
    ],
    [
      'a folder, where others are there',
      '![A.](img/a.png) ![B.](load.svg)',
      'warning missing-file "img/a.png": There is no folder `img`, in which the chapter names this file.',
    ],
  ])('%s', (_, text, told) => {
    expect(report(`${text}\n`)).toEqual([told]);
  });

  test.each([
    '![A.](load.svg)',
    '![A.](load)',
    '![A.](https://a.org/a.png)',
    '![A.](data:image/png;base64,AA)',
    '![A.]({{< var logo >}})',
    '[A](two.html)',
    '[A](#a)',
    '![A.](../../outside.png)',
  ])('clean: %s', text => {
    expect(report(`${text}\n`)).toEqual([]);
  });

  test('what a cell writes, or the project makes, is not missing', () => {
    const write = (code: string) => `${F}{python}\n#| eval: false\n${code}\n${F}\n\n![A.](made-1.png)\n`;
    expect(report(write('plt.savefig("made-1.png")'))).toEqual([]);
    expect(report(write('plt.savefig(f"made-{n}.png")'))).toEqual([]);
    expect(report(write('x = 1'))).toEqual([expect.stringContaining('missing-file')]);
    const made = { '_quarto.yml': 'project:\n  pre-render: make.py\n', 'a.qmd': '![A.](a.png)\n' };
    expect(reportIn(made, 'a.qmd')).toEqual([]);
    const listed = {
      '_quarto.yml': 'project:\n  type: website\nmetadata-files:\n  - api/_sidebar.yml\n',
      'a.qmd': '![A.](a.png)\n\n{{< include _index.qmd >}}\n',
    };
    expect(reportIn(listed, 'a.qmd')).toEqual([]);
    expect(reportIn({ ...listed, 'api/_sidebar.yml': 'website:\n  search: true\n' }, 'a.qmd')).toHaveLength(2);
  });

  test('includes from a folder that is not there have one cause', () => {
    const include = (name: string) => `{{< include ${name} >}}\n\n`;
    const text = include('_made/a.md') + include('_made/b.md') + include('_made/c.md');
    expect(reportIn({ 'a.qmd': text }, 'a.qmd')).toEqual([
      'error missing-file "{{< include _made/a.md >}}": There is no folder `_made`, from which the chapter includes 3 files.',
    ]);
    // A folder that is there lacks each of them for itself, and of one file it is the file that is missing.
    expect(reportIn({ 'a.qmd': text, '_made/b.md': 'Text.\n' }, 'a.qmd')).toHaveLength(2);
    expect(reportIn({ 'a.qmd': include('_made/a.md') }, 'a.qmd')).toEqual([
      expect.stringContaining('There is no file `_made/a.md` that can be included.'),
    ]);
  });

  test('a slash means the project', () => {
    const texts = {
      '_quarto.yml': 'project:\n  type: website\n',
      'deep/a.qmd': '![A.](/a.png) [B](/b.qmd)\n',
      'a.png': '',
    };
    expect(reportIn(texts, 'deep/a.qmd')).toEqual([expect.stringContaining('There is no file `/b.qmd` to lead to.')]);
  });
});
