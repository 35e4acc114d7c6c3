import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Chapter, parseChapter } from '../../../server/chapter';

const F = '```';
/** Pieces that open, close or end something when they meet. */
const PIECES = [
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  ' ',
  '    ',
  'word',
  'some words ',
  '# Heading {#sec-a}\n',
  '---\n',
  'title: x\n',
  `${F}\n`,
  `${F}{python}\n`,
  `${F}{.text}\n`,
  '~~~\n',
  '::: {.callout-note}\n',
  ':::\n',
  '- item ',
  '1. ',
  '> ',
  '| a | b |\n|---|---|\n| 1 | 2 |\n',
  ': caption {#tbl-x}\n',
  '+---+\n| a |\n+---+\n',
  '[^n]: note ',
  '[^n]',
  '`{python} x_str`',
  '`',
  '$',
  '$$',
  '$$ a $$ {#eq-a}',
  '<!-- ',
  '-->',
  '\\begin{x}',
  '\\end{x}',
  '[@key]',
  '@fig-a',
  '![i](u.png){#fig-a}',
  ':   definition',
  'x = 1\n',
  '# │ box\n',
  '# ┌──\n',
  '#| label: a\n',
  '𝒳',
  // Longer than the stretches in which an edited text is read.
  `${'far away '.repeat(600)}\n`,
  '\u0000',
  '\ufeff',
];

/** Everything that a chapter says, without the identity of its objects. */
function told(chapter: Chapter): unknown {
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, item) => (key === 'block' || key === 'parent' ? item?.range : item)));
  return {
    lines: Array.from({ length: chapter.lines.count }, (_, line) => chapter.lines.lineStart(line)),
    blocks: chapter.blocks.map(({ kind, range, text, index }) => ({ kind, range, text, index })),
    cells: chapter.cells.map(cell => ({
      index: cell.index,
      range: cell.range,
      codeRange: cell.codeRange,
      source: cell.source,
      options: cell.options,
      header: plain(cell.header ?? null),
    })),
    refs: chapter.refs.map(({ index, range, exprRange, expr, context, cellsBefore }) => {
      return { index, range, exprRange, expr, context, cellsBefore };
    }),
    rest: plain([
      chapter.unopenedCells,
      chapter.unclosedFences,
      chapter.labels,
      chapter.crossrefs,
      chapter.citations,
      chapter.footnoteRefs,
      chapter.footnoteDefinitions,
      chapter.divs,
      chapter.strayDivCloses,
      chapter.headings,
      chapter.tables,
      chapter.math,
      chapter.codeBlocks,
      chapter.images,
      chapter.ignores,
      chapter.bareReferences,
      chapter.frontMatter ?? null,
    ]),
  };
}

const documents = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(''));
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(30),
    pieces: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test('after any edits, the incremental chapter equals a fresh one', () => {
  fc.assert(
    fc.property(documents, edits, fc.boolean(), (start, changes, tell) => {
      let text = start;
      let chapter = parseChapter(text, 'file:///a.qmd');
      for (const { at, remove, pieces } of changes) {
        const from = Math.floor(at * text.length);
        const to = Math.min(text.length, from + remove);
        const inserted = pieces.join('');
        text = text.slice(0, from) + inserted + text.slice(to);
        const change = tell ? { start: from, end: to, text: inserted } : undefined;
        chapter = parseChapter(text, 'file:///a.qmd', chapter, change);
        expect(told(chapter)).toEqual(told(parseChapter(text, 'file:///a.qmd')));
      }
    }),
    { numRuns: 400 },
  );
});

test('blocks cover the text without gaps', () => {
  fc.assert(
    fc.property(documents, text => {
      expect(
        parseChapter(text, 'a')
          .blocks.map(block => block.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('an edit keeps the contents of the blocks that it does not touch', () => {
  const text = `One\n\n${F}{python}\nx = 1\n${F}\n\nTwo\n\nThree\n`;
  const before = parseChapter(text, 'a');
  const at = text.indexOf('Two');
  const after = parseChapter(text.replace('Two', 'A Two'), 'a', before, { start: at, end: at, text: 'A ' });
  const kept = after.blocks.filter((block, i) => block.content === before.blocks[i]!.content).map(({ text }) => text);
  expect(kept).toEqual(after.blocks.map(({ text }) => text).filter(text => text !== 'A Two\n'));
  expect(after.cells[0]!.content).toBe(before.cells[0]!.content);
});

test('an unchanged text gives the same chapter', () => {
  const chapter = parseChapter('Text', 'a');
  expect(parseChapter('Text', 'a', chapter)).toBe(chapter);
});
