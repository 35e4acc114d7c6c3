/** Prose: labels, citations, footnotes, divs, shortcodes, front matter, options of cells, snippets. */
import { describe, expect, test } from 'vitest';
import { runRules } from '../../../../server/diagnostics';
import type { CitedEntry } from '../../../../server/features/feature';
import { analyze } from '../../../support/analysis';
import { completions, isSnippet, labels, rows, taking } from '../../../support/completion';

describe('behind @', () => {
  const BOOK = '# Tanks {#sec-tanks}\n\n![**Inflow** over time](a.png){#fig-inflow}\n\n$$ a = b $$ {#eq-flow}\n\n';

  test('labels with number and caption', async () => {
    expect((await rows(`${BOOK}As @¦ shows.\n`, { typed: '@' })).sort()).toEqual([
      'eq-flow (Equation 1)',
      'fig-inflow (Figure 1) | Inflow over time',
      'sec-tanks (Section) | Tanks',
    ]);
    expect(await taking(`${BOOK}As @fig¦ shows.\n`, 'fig-inflow')).toContain('As @fig-inflow shows');
  });

  const field = (fields: Record<string, string>) => (name: string) => fields[name];
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const entry = (key: string, fields: Record<string, string>): CitedEntry => ({
    key,
    type: 'article',
    uri: 'file:///book/references.bib',
    range,
    writeKey: one => one,
    field: field(fields),
  });
  const context = {
    citations: () => [
      entry('hopper1952', { author: 'Hopper, Grace', title: 'The education of a computer', year: '1952' }),
    ],
  };

  test('citations first within brackets, unless a label is typed', async () => {
    const text = (at: string) => `# Kilns {#sec-kilns}\n\nAs ${at} says.\n`;
    expect((await labels(text('[see @¦]'), { context }))[0]).not.toBe('sec-kilns');
    expect((await labels(text('[see @sec-¦]'), { context }))[0]).toBe('sec-kilns');
    expect((await labels(text('@¦'), { context }))[0]).toBe('sec-kilns');
  });

  test('citations with author and title, by which they are found as well', async () => {
    const found = await completions('As [see @¦] says.\n', { typed: '@', context });
    expect(found.map(one => one.labelDetails?.description)).toEqual(['The education of a computer']);
    expect(found[0]!.detail).toBe('Hopper 1952');
    expect(found[0]!.filterText).toContain('education');
  });

  test('an institution in braces is one author', async () => {
    const harbour = { author: '{Port and Harbour Board} and Oberti, Carlo', year: '2024' };
    const citations = () => [
      { ...entry('board', {}), field: () => undefined, source: (name: string) => harbour[name as 'author'] },
    ];
    expect((await completions('As @¦ says.\n', { context: { citations } }))[0]!.detail).toBe(
      'Port and Harbour Board & Oberti',
    );
  });

  test('none of the labels that cells of other chapters have for themselves', async () => {
    const labels = () => [
      { id: 'pump-stats', uri: 'file:///book/b.qmd', range, text: 'pump-stats', caption: undefined },
      { id: 'sec-pumps', uri: 'file:///book/b.qmd', range, text: 'Pumps', caption: 'Pumps' },
    ];
    expect((await rows('As @¦', { typed: '@', context: { labels } })).map(row => row.split(' ')[0])).toEqual([
      'sec-pumps',
    ]);
  });

  test('labels of other chapters, behind those of the chapter', async () => {
    const labels = () => [
      { id: 'fig-other', uri: 'file:///book/b.qmd', range, text: 'Figure 2.1', caption: '**A** valve' },
    ];
    const found = await rows(`${BOOK}As @fig-¦`, { typed: '-', context: { labels } });
    expect(found.filter(row => row.startsWith('fig-'))).toEqual([
      'fig-inflow (Figure 1) | Inflow over time',
      'fig-other (Figure 2.1) | A valve',
    ]);
  });

  test('nothing in an address or in code', async () => {
    expect(await labels('Write to me@¦', { context })).toEqual([]);
    expect(await labels('```{python}\n@¦\n```\n', { context })).not.toContain('hopper1952');
  });
});

test('footnotes: those that nothing calls come first', async () => {
  const text = 'One.[^used] Two.[^¦\n\n[^used]: Known.\n\n[^new]: **Pumps** lift water.\n';
  expect(await rows(text, { typed: '^' })).toEqual(['new | Pumps lift water.', 'used | Known.']);
  expect(await taking(text, 'new')).toContain('Two.[^new]\n');
});

describe('divs', () => {
  test('callouts, closed behind the cursor', async () => {
    const context = { takesSnippets: true };
    expect(await taking('Text.\n\n::: {¦}\n', 'callout-note', { typed: '{', context })).toBe(
      'Text.\n\n::: {.callout-note}\n$0\n:::\n',
    );
    expect((await labels('::: ¦\n')).slice(0, 2)).toEqual(['callout-note', 'callout-tip']);
    // It may be meant as it stands.
    expect(await labels('::: note¦\n')).toEqual([]);
  });

  test('kinds of the book itself', async () => {
    const text = '::: {.callout-example title="A"}\nB\n:::\n\n::: {.¦}\n';
    expect(await labels(text, { typed: '.' })).toContain('callout-example');
  });

  test('without snippets for a client that takes none', async () => {
    expect(await taking('::: {¦}\n', 'callout-tip', { typed: '{' })).toBe('::: {.callout-tip}\n\n:::\n');
  });

  test('classes of spans and headings', async () => {
    expect(await labels('[text]{.¦}\n', { typed: '.' })).toContain('smallcaps');
    expect(await labels('## Title {.¦}\n', { typed: '.' })).toEqual(['unnumbered', 'unlisted']);
  });
});

describe('attributes in braces', () => {
  test.each([
    ['an image', '![A quay](quay.png){#fig-quay ¦}', ['fig-alt', 'width'], ['fig-cap', 'title']],
    ['what it does not have yet', '![A quay](quay.png){#fig-quay fig-alt="A" ¦}', ['width'], ['fig-alt']],
    ['a figure', '::: {#fig-quays ¦}', ['fig-cap', 'layout-ncol'], ['title']],
    ['a callout', '::: {.callout-note ¦}', ['title', 'collapse'], ['fig-alt']],
    ['what is shown in some formats', '::: {.content-visible when¦}', ['when-format'], ['title']],
    ['a table', ': Quays {#tbl-quays ¦}', ['tbl-colwidths'], ['fig-alt']],
    ['a value', '![A quay](quay.png){#fig-quay fig-alt="A ¦"}', [], ['width']],
    ['a heading', '## Quays {#sec-quays ¦}', [], ['title', 'fig-alt']],
    ['a sentence', 'The set {a, b ¦', [], ['fig-alt']],
  ])('of %s', async (_, text, some, none) => {
    const found = await labels(`${text}\n`, { typed: ' ' });
    expect(found).toEqual(expect.arrayContaining(some));
    for (const one of none) expect(found).not.toContain(one);
  });

  test('with the cursor in the value', async () => {
    const context = { takesSnippets: true };
    expect(await taking('![A](a.png){#fig-a fig-al¦}\n', 'fig-alt', { context })).toBe(
      '![A](a.png){#fig-a fig-alt="$0"}\n',
    );
  });
});

test('shortcodes', async () => {
  const context = { takesSnippets: true };
  expect(await taking('{{< ¦ >}}\n', 'pagebreak', { context })).toContain('{{< pagebreak >');
  expect(await labels('{{<¦', { typed: '<' })).toContain('include');
});

describe('options of cells', () => {
  test('keys that the cell does not have yet, and their values', async () => {
    const found = await labels('```{python}\n#| label: fig-a\n#| ¦\n```\n', { typed: ' ' });
    expect(found).toContain('fig-cap');
    expect(found).not.toContain('label');
    expect(await labels('```{python}\n#| echo: ¦\n```\n', { typed: ' ' })).toEqual(['true', 'false', 'fenced']);
  });
});

describe('front matter', () => {
  test('keys, also below others', async () => {
    expect(await labels('---\ntitle: A\n¦\n---\n')).toContain('bibliography');
    expect(await labels('---\ntitle: A\n¦\n---\n')).not.toContain('title');
    expect(await labels('---\nexecute:\n  ¦\n---\n')).toContain('echo');
    expect(await labels('---\nformat:\n  html:\n    to¦\n---\n')).toContain('toc');
  });

  test.each([
    ['an item', 'author:\n  - ¦', ['name', 'affiliation', 'orcid'], ['title', 'city']],
    ['an item as far left as its list', 'author:\n- ¦', ['name', 'orcid'], ['title']],
    ['an item with a name', 'author:\n  - name: Ada\n    ¦', ['affiliation', 'orcid'], ['name', 'title']],
    ['the second author', 'author:\n- name: Ada\n  email: a@b.org\n- name: Bo\n  ¦', ['email'], ['name', 'title']],
    ['one author', 'author:\n  name: Ada\n  ¦', ['email', 'orcid'], ['name', 'title']],
    [
      'an institution',
      'author:\n  - name: Ada\n    affiliation:\n      - name: Quay\n        ¦',
      ['city'],
      ['name', 'orcid'],
    ],
    ['institutions', 'affiliations:\n  - id: quay\n    ¦', ['name', 'country'], ['id', 'orcid']],
    ['what has no keys of its own', 'keywords:\n  - tide: 1\n    ¦', [], ['name', 'title']],
  ])('keys of %s of authors and institutions', async (_, text, some, none) => {
    const found = await labels(`---\n${text}\n---\n`);
    expect(found).toEqual(expect.arrayContaining(some));
    for (const one of none) expect(found).not.toContain(one);
  });

  test('an author may be a text', async () => {
    expect(await taking('---\nauth¦\n---\n', 'author')).toBe('---\nauthor: \n---\n');
  });

  test('values', async () => {
    expect(await labels('---\ntoc: ¦\n---\n', { typed: ' ' })).toEqual(['true', 'false']);
    expect(await labels('---\ntitle: ¦\n---\n', { typed: ' ' })).toEqual([]);
  });
});

describe('a reference that begins', () => {
  test.each([
    ['It holds `{py¦', 'It holds `{python}'],
    ['It holds `{¦}` litres', 'It holds `{python}` litres'],
  ])('%s', async (before, after) => {
    expect(await taking(`${before}\n`, 'python')).toBe(`${after}\n`);
  });

  test.each(['Code `{"a¦": 1}`', 'A set {p¦', 'Twice ``{py¦'])('none in %s', async text => {
    expect(await labels(`${text}\n`)).toEqual([]);
  });
});

describe('snippets', () => {
  test('on an empty line, and behind backticks', async () => {
    expect(await labels('Text.\n\n¦\n')).toContain('LEGO cell');
    expect(await labels('Text.\n\n```{py¦\n')).toContain('LEGO cell');
  });

  test('behind the first letters of a paragraph, where a name begins with them', async () => {
    expect(await labels('Text.\n\nLE¦\n')).toEqual(['LEGO cell']);
    expect(await labels('call¦')).toEqual(['callout']);
    expect(await taking('Text.\n\nPyth¦\n', 'Python cell')).toMatch(/^Text\.\n\n```\{python\}\n/);
    for (const text of ['Text.\n\nL¦\n', 'Text.\n\nOf LE¦\n', 'Text\nLE¦\n', 'Text.\n\nThe¦\n'])
      expect(await labels(text)).toEqual([]);
  });

  test('a LEGO cell has its fences closed, its header and bridge filled, and evaluates as it stands', async () => {
    const marked = '# The Flow of Water\n\n¦\n';
    const text = await taking(marked, 'LEGO cell');
    expect(text).toContain('Context: "The Flow of Water"');
    expect(text).toContain('Exports: value_str');
    expect(text).toContain('value_str = FlowWater.value_str\n```');
    const analysis = analyze(`${text}\n\`{python} value_str\`\n`);
    expect(analysis.cells.map(({ status }) => status)).toEqual(['ok']);
    expect(analysis.refs[0]!.text).toBe('1');
    expect(runRules(analysis)).toEqual([]);
  });

  test.each([
    [
      'fmt and check from where the chapter has them',
      'from mlsys.fmt import fmt, check',
      'from mlsys.fmt import fmt, check',
    ],
    ['no library that nothing else imports', 'import math', 'assert value > 0, "the text says so"'],
    ['no library that nothing else imports', 'import math', 'value_str = f"{value:,.0f}"'],
    [
      'the functions of the chapter',
      'def require(ok, why):\n    if not ok:\n        raise ValueError(why)\nfrom statistics import mean\na_str = str(mean([1]))\nrequire(1 > 0, "so")',
      'require(value > 0, "the text says so")',
    ],
    [
      'the formatter that the chapter imports',
      'from statistics import mean as show\nfrom textwrap import dedent\na_str = dedent("1")\nb_str = show([1])',
      'from textwrap import dedent\n\nclass',
    ],
  ])('a LEGO cell takes %s', async (_, code, wanted) => {
    const made = await taking(`# Flow\n\n\`\`\`{python}\n${code}\n\`\`\`\n\n¦\n`, 'LEGO cell');
    expect(made.slice(made.indexOf('#| label: flow'))).toContain(wanted);
  });

  test('it takes a name that is free', async () => {
    const text = '# Flow\n\n```{python}\n#| label: flow\nclass Flow:\n    a = 1\n```\n\n¦\n';
    const made = await taking(text, 'LEGO cell');
    expect(made).toContain('#| label: flow-2');
    expect(made).toContain('class Flow2:');
  });

  test('what is typed in full closes the list, so that Enter ends the line', async () => {
    for (const item of await completions('```{py¦\n')) expect(item.filterText).not.toContain('}');
    for (const item of await completions('::: {.ca¦\n')) expect(item.filterText).not.toContain('}');
    for (const item of await completions('{{< in¦\n')) expect(item.filterText).not.toContain('>');
  });

  test('stops for clients that take them', async () => {
    const [item] = await completions('¦\n', { context: { takesSnippets: true } });
    expect(isSnippet(item!)).toBe(true);
  });
});

describe('files', () => {
  const FOLDERS: Readonly<Record<string, readonly string[]>> = {
    '': ['_note.qmd', 'images/', 'mill.qmd', 'mill.ipynb', '.git/', 'a b.png'],
    'images/': ['mill.png', 'data.csv', 'old/'],
  };
  const filesIn = (folder: string) =>
    (FOLDERS[folder] ?? []).map(name => ({ name: name.replace('/', ''), isFolder: name.endsWith('/') }));
  const context = { filesIn };

  test('of a picture, a link, and shortcodes: those first that are likely meant, then folders', async () => {
    expect(await labels('![A mill](images/¦)\n', { context })).toEqual(['mill.png', 'old/', 'data.csv']);
    expect(await labels('See [the mill](¦).\n', { context })).toEqual([
      'mill.ipynb',
      'mill.qmd',
      'images/',
      '_note.qmd',
    ]);
    expect((await labels('{{< include ¦ >}}\n', { context }))[0]).toBe('_note.qmd');
    expect((await labels('{{< embed mi¦ >}}\n', { context })).slice(0, 2)).toEqual(['mill.ipynb', 'mill.qmd']);
  });

  test('in the front matter, where a key takes one', async () => {
    const folders: Readonly<Record<string, readonly string[]>> = {
      '': ['mill.qmd', 'refs.bib', 'lib/'],
      'lib/': ['a.csl'],
    };
    const listed = (folder: string) =>
      (folders[folder] ?? []).map(name => ({ name: name.replace('/', ''), isFolder: name.endsWith('/') }));
    const among = { context: { filesIn: listed } };
    expect(await labels('---\nbibliography: ¦\n---\n', among)).toEqual(['refs.bib', 'lib/']);
    expect(await taking('---\nbibliography: re¦\n---\n', 'refs.bib', among)).toBe('---\nbibliography: refs.bib\n---\n');
    expect(await labels('---\ncsl: lib/¦\n---\n', { ...among, typed: '/' })).toEqual(['a.csl']);
    expect(await labels('---\ndate: 2026/¦\n---\n', { ...among, typed: '/' })).toEqual([]);
  });

  test('the name under the cursor is replaced, the rest stays', async () => {
    expect(await taking('![A mill](images/mi¦x){#fig-mill}\n', 'mill.png', { context })).toBe(
      '![A mill](images/mill.png){#fig-mill}\n',
    );
    expect(await taking('{{< include _n¦ >}}\n', '_note.qmd', { context })).toBe('{{< include _note.qmd >}}\n');
  });

  test('a list opens by itself behind the bracket, a slash, and the name of a shortcode', async () => {
    expect(await labels('![A mill](¦)\n', { context, typed: '(' })).toContain('images/');
    expect(await labels('![A mill](images/¦)\n', { context, typed: '/' })).toContain('mill.png');
    expect(await labels('{{< include ¦ >}}\n', { context, typed: ' ' })).toContain('_note.qmd');
    expect(await labels('One or the other/¦\n', { context, typed: '/' })).toEqual([]);
    expect(await labels('[a](https:/¦)\n', { context, typed: '/' })).toEqual([]);
  });
});
