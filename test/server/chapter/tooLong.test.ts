/** Chapters beyond what is read: kept, but not looked into. */
import { expect, test } from 'vitest';
import { editChapter, MAX_BLOCKS, MAX_CHAPTER_LENGTH, parseChapter } from '../../../server/chapter';
import { noRepair } from '../../support/parserLog';

const URI = 'file:///a.qmd';
const line = '# Heading `{python} x`\n';
const CELL = '```{python}\n```\n';
const long = line.repeat(Math.ceil((MAX_CHAPTER_LENGTH + 1) / line.length));

test('a chapter that is too long is one block, in which nothing is found', () => {
  const chapter = parseChapter(long, URI);
  expect(chapter.tooLong).toBe(true);
  expect(chapter.blocks.map(({ kind, range }) => ({ kind, range }))).toEqual([
    { kind: 'unread', range: { start: 0, end: long.length } },
  ]);
  expect([chapter.refs, chapter.headings, chapter.cells, chapter.labels]).toEqual([[], [], [], []]);
  expect(chapter.lines.positionAt(line.length + 2)).toEqual({ line: 1, character: 2 });
});

test('a chapter that grows too long is given up, and read again once it is short enough', () => {
  const short = parseChapter(line, URI);
  const grown = editChapter(short, { start: line.length, end: line.length, text: long }, noRepair);
  expect(grown.tooLong).toBe(true);
  const typed = editChapter(grown, { start: 2, end: 2, text: 'More ' }, noRepair);
  expect(typed.tooLong).toBe(true);
  expect(typed.slice(0, 14)).toBe('# More Heading');
  const cut = editChapter(typed, { start: line.length + 5, end: typed.lines.length, text: '' }, noRepair);
  expect(cut.tooLong).toBe(false);
  expect(cut.headings.map(({ text }) => text)).toEqual(['More Heading `{python} x`']);
  expect(cut.bareReferences).toEqual([]);
  expect(parseChapter(`${cut.text}${CELL}`, URI).refs).toHaveLength(1);
});

test('so does one of very many blocks', () => {
  const most = line.repeat(MAX_BLOCKS);
  const chapter = parseChapter(most, URI);
  expect(chapter.tooLong).toBe(false);
  const grown = editChapter(chapter, { start: 0, end: 0, text: line }, noRepair);
  expect([grown.tooLong, grown.headings]).toEqual([true, []]);
  expect(parseChapter(line + most, URI).tooLong).toBe(true);
  const cut = editChapter(grown, { start: 0, end: line.length, text: '' }, noRepair);
  expect([cut.tooLong, cut.headings.length]).toEqual([false, MAX_BLOCKS]);
});
