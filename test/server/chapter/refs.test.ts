import { expect, test } from 'vitest';
import { type Chapter, parseChapter } from '../../../server/chapter';
import { marked } from '../../support/marks';

const F = '```';
/** A chapter whose last block is a cell: without one, Quarto evaluates no reference. */
const chapterOf = (text: string): Chapter => parseChapter(`${text}\n\n${F}{python}\n${F}\n`, 'file:///chapter.qmd');

test('references have exact ranges, astral characters and carriage returns included', () => {
  const { text, ranges } = marked('𝒳 ⟦`{python} a_str`⟧ and **⟦`{python}  B.b `⟧**\r\n\r\n⟦`{python} c`⟧');
  const { refs } = chapterOf(text);
  expect(refs.map(({ range }) => range)).toEqual(ranges);
  expect(refs.map(({ expr }) => expr)).toEqual(['a_str', 'B.b', 'c']);
  for (const { exprRange, expr } of refs) expect(text.slice(exprRange.start, exprRange.end)).toBe(expr);
});

test.each([
  ['paragraph', 'Text `{python} x`'],
  ['heading', '# Title `{python} x` {#sec-a}'],
  ['list', '- one\n- two `{python} x`'],
  ['table', '| a | b |\n|---|---|\n| 1 | `{python} x` |'],
  ['caption', '| a |\n|---|\n| 1 |\n\n: Caption `{python} x` {#tbl-a}'],
  ['gridTable', '+---+\n| `{python} x` |\n+---+'],
  ['footnote', 'T[^n]\n\n[^n]: Note `{python} x`'],
  ['footnote', 'Text^[note `{python} x`]'],
  ['quote', '> said `{python} x`'],
  ['definition', 'Term\n:   meaning `{python} x`'],
  ['attribute', '::: {#fig-a fig-cap="has `{python} x`"}\n:::'],
  ['math', 'so $a = `{python} x`$ holds'],
  ['math', '$$\na = `{python} x`\n$$'],
  ['link', '[about `{python} x`](a.html)'],
  ['comment', '<!-- `{python} x` -->'],
  ['comment', 'text <!-- `{python} x` --> more'],
  ['rawTex', '\\begin{a}\n`{python} x`\n\\end{a}'],
  ['indentedCode', '    `{python} x`'],
])('a reference knows its context: %s', (context, text) => {
  expect(chapterOf(text).refs.map(ref => [ref.expr, ref.context])).toEqual([['x', context]]);
});

test.each([
  ['in a listing', `${F}\n\`{python} x\`\n${F}`],
  ['in a cell', `${F}{python}\n# \`{python} x\`\n${F}`],
  ['in the front matter', '---\ntitle: "`{python} x`"\n---\n'],
  ['between double backticks', '``{python} x``'],
  ['without a blank', '`{python}x`'],
  ['over two lines', '`{python} a +\nb`'],
])('no reference %s', (_, text) => {
  expect(chapterOf(text).refs).toEqual([]);
});

test('a reference in a cell option stands apart, since it is never evaluated', () => {
  const text = `${F}{python}\n#| fig-cap: "Loss of \`{python} loss_str\` units"\nx = 1\n${F}\n`;
  const chapter = chapterOf(text);
  expect(chapter.refs).toEqual([]);
  const [ref] = chapter.optionRefs;
  expect([ref!.expr, ref!.context, text.slice(ref!.range.start, ref!.range.end)]).toEqual([
    'loss_str',
    'cellOption',
    '`{python} loss_str`',
  ]);
});

test('what has lost a backtick is told apart from prose', () => {
  const found = chapterOf('About {python} days_str days, $`{python} x`, `code {python} y`.').bareReferences;
  expect(found.map(({ expr }) => expr)).toEqual(['days_str']);
});

test('a reference counts the cells before it', () => {
  const cell = `${F}{python}\nx = 1\n${F}\n\n`;
  const chapter = chapterOf(`\`{python} x\`\n\n${cell}\`{python} x\`\n\n${cell}\`{python} x\`\n`);
  expect(chapter.refs.map(({ cellsBefore }) => cellsBefore)).toEqual([0, 1, 2]);
  expect(chapter.cellsBefore(chapter.text.length)).toBe(3);
});

test('an offset finds its reference, cell, block and div', () => {
  const { text, offsets } = marked(`::: {.callout-note}\nSee \`{py‸thon} x\`‸.\n:::\n\n${F}{python}\nx‸ = 1\n${F}\n`);
  const chapter = chapterOf(text);
  expect(chapter.refAt(offsets[0]!)?.expr).toBe('x');
  expect(chapter.refAt(offsets[1]!)?.expr).toBe('x');
  expect(chapter.refAt(offsets[2]!)).toBeUndefined();
  expect(chapter.cellAt(offsets[2]!)?.index).toBe(0);
  expect(chapter.cellAt(offsets[0]!)).toBeUndefined();
  expect(chapter.blockAt(offsets[0]!)?.kind).toBe('paragraph');
  expect(chapter.divAt(offsets[0]!)?.callout).toBe('note');
  expect(chapter.divAt(offsets[2]!)).toBeUndefined();
});
