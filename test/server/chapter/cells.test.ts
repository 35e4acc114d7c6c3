import { expect, test } from 'vitest';
import { type Chapter, parseChapter } from '../../../server/chapter';
import { marked, withMarks } from '../../support/marks';

const chapterOf = (text: string): Chapter => parseChapter(text, 'file:///chapter.qmd');
const F = '```';

test('a cell has its fences, code, options and label', () => {
  const { text, ranges } = marked(`Before

⟦⟦${F}{python}⟧
⟦#| label: ⟦loss⟧
#| echo: false
#| fig-cap: "A *curve*: up"
x = 1
⟧⟦${F}⟧⟧

After
`);
  const [cell, ...others] = chapterOf(text).cells;
  expect(others).toEqual([]);
  const found = [cell!.range, cell!.fenceRange, cell!.codeRange, cell!.labelRange!, cell!.closeRange!];
  expect(withMarks(text, found)).toBe(withMarks(text, ranges));
  expect(cell!.label).toBe('loss');
  expect(cell!.options.map(({ key, value }) => [key, value])).toEqual([
    ['label', 'loss'],
    ['echo', false],
    ['fig-cap', 'A *curve*: up'],
  ]);
  const caption = cell!.option('fig-cap')!;
  expect(text.slice(caption.valueRange.start, caption.valueRange.end)).toBe('A *curve*: up');
  expect(cell!.source).toBe('#| label: loss\n#| echo: false\n#| fig-cap: "A *curve*: up"\nx = 1\n');
  expect(cell!.run).toBe(true);
});

test.each(['é', '┌ π', '😀', '\ud800', '\0'])('a source is the text of its cell, whatever that holds: %j', piece => {
  const chapter = chapterOf(`Text ${piece}\n\n${F}{python}\nx = "${piece}"\n${F}\n`);
  expect(chapter.cells[0]!.source).toBe(`x = "${piece}"\n`);
});

test.each([
  ['plain fence', `${F}\nx\n${F}`, 0],
  ['class in braces', `${F}{.python}\nx\n${F}`, 0],
  ['language word', `${F}python\nx\n${F}`, 0],
  ['another engine', `${F}{r}\nx\n${F}`, 0],
  ['blank before the brace', `${F} {python}\nx\n${F}`, 1],
  ['options in braces', `${F}{python, echo=FALSE}\nx\n${F}`, 1],
  ['longer fence', `${F}\`{python}\n${F}\n${F}\`\n`, 1],
  ['tildes', `~~~{python}\nx\n~~~`, 0],
  ['after a stray opening fence', `${F}\ntext\n${F}{python}\nx\n${F}`, 1],
  ['inside a comment', `<!--\n${F}{python}\nx\n${F}\n-->`, 1],
  ['in a list item', `- item\n\n  ${F}{python}\n  x = 1\n  ${F}\n`, 1],
  ['right below a paragraph', `text\n${F}{python}\nx\n${F}\nmore`, 1],
])('what opens a cell: %s', (_, text, count) => {
  expect(chapterOf(text).cells).toHaveLength(count);
});

test('a cell ends at a line with its own indentation and as many backticks', () => {
  const text = `  ${F}{python}\n  x = """\n${F}\n\`${F}\n  """\n  ${F}\nAfter \`{python} x\`\n`;
  const chapter = chapterOf(text);
  expect(chapter.cells[0]!.source).toBe(`x = """\n${F}\n\`${F}\n"""\n`);
  expect(chapter.refs.map(ref => ref.expr)).toEqual(['x']);
});

test('a cell that is never closed takes the rest of the chapter', () => {
  const chapter = chapterOf(`${F}{python}\nx = 1\n\n# Heading\n`);
  expect(chapter.cells[0]!.closeRange).toBeUndefined();
  expect(chapter.headings).toEqual([]);
  expect(chapter.unclosedFences.map(({ fence, cell }) => [fence, cell])).toEqual([[F, true]]);
});

test('offsets lead from an indented cell with carriage returns to the chapter and back', () => {
  const text = `1. item 𝒳\r\n\r\n   ${F}{python}\r\n   a = "𝒳"\r\n   if a:\r\n       b = 1\r\n   ${F}\r\n`;
  const cell = chapterOf(text).cells[0]!;
  expect(cell.source).toBe('a = "𝒳"\nif a:\n    b = 1\n');
  for (const piece of ['"𝒳"', 'if a', 'b = 1']) {
    const offset = cell.source.indexOf(piece);
    expect(cell.toDocument(offset)).toBe(text.indexOf(piece));
    expect(cell.toSource(text.indexOf(piece))).toBe(offset);
  }
});

test('eval: false keeps a cell from running, and only the word false', () => {
  const runs = (value: string): boolean => chapterOf(`${F}{python}\n#| eval: ${value}\nx\n${F}`).cells[0]!.run;
  expect(['false', 'False', '"false"', 'true', 'no', '0'].map(runs)).toEqual([false, false, false, true, true, true]);
});

test('the header box is read with the ranges of the names it lists', () => {
  const { text, ranges } = marked(`${F}{python}
#| echo: false
# ┌──────────────
# │ FLEET SIZE
# ├──────────────
# │ Context: Section "Fleet",
# │ and a table
# │
# │ Imports: ⟦mlsys.constants⟧ (⟦GB⟧,
# │          ⟦TB⟧), ⟦math⟧
# │ Exports: ⟦fleet_str⟧, ⟦gpu_*⟧ strings (and more), ⟦power⟧
# └──────────────
x = 1
${F}`);
  const header = chapterOf(text).cells[0]!.header!;
  expect(header.title).toBe('FLEET SIZE');
  expect(header.field('context')!.text).toBe('Section "Fleet", and a table');
  const names = [...header.field('Imports')!.names, ...header.field('Exports')!.names];
  expect(names.map(({ name, module }) => (module ? `${module}.${name}` : name))).toEqual([
    'mlsys.constants',
    'mlsys.constants.GB',
    'mlsys.constants.TB',
    'math',
    'fleet_str',
    'gpu_*',
    'power',
  ]);
  expect(names.map(({ range }) => range)).toEqual(ranges);
});

test('"(none)" lists no names, and an ordinary comment is no header', () => {
  const box = chapterOf(`${F}{python}\n# ┌────\n# │ Exports: (none — side effect only)\n# └────\n${F}`).cells[0]!;
  expect(box.header!.field('Exports')!.names).toEqual([]);
  expect(chapterOf(`${F}{python}\n# Exports: nothing boxed\nx = 1\n${F}`).cells[0]!.header).toBeUndefined();
});

test('code that lost its opening fence is found, with its exports', () => {
  const { text, ranges } = marked(`Some prose.

⟦⟦# ┌────
# │ DISKS
# └────
from math import ceil

class Disks:
    n = ceil(3.2)

    n_str = f"{n}"

n_str, m = Disks.n_str, 2
⟧⟦${F}⟧⟧

${F}{python}
y = 1
${F}

There are \`{python} n_str\` disks.
`);
  const chapter = chapterOf(text);
  const [found, ...others] = chapter.unopenedCells;
  expect(others).toEqual([]);
  expect([found!.range, found!.codeRange, found!.closeRange]).toEqual(ranges);
  expect(found!.title).toBe('DISKS');
  expect(found!.exports.map(({ name }) => name)).toEqual(['Disks', 'n_str', 'm']);
  expect(chapter.cells).toHaveLength(1);
  expect(chapter.refs.map(({ cellsBefore }) => cellsBefore)).toEqual([1]);
  expect(chapter.headings.map(({ inUnopenedCell }) => inUnopenedCell)).toEqual([true, true, true]);
});

test('a listing below prose is no unopened cell', () => {
  expect(chapterOf(`The tree is:\n${F}\nroot -> leaf\n${F}\n`).unopenedCells).toEqual([]);
  expect(chapterOf(`x = 1 is an equation in prose.\n${F}\nroot\n${F}\n`).unopenedCells).toEqual([]);
});
