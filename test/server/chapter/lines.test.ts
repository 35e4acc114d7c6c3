import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseChapter } from '../../../server/chapter';
import { LineIndex } from '../../../server/chapter/lines';

test('lines end with \\n, \\r\\n or a lone \\r; columns count UTF-16 units', () => {
  const lines = LineIndex.of('a\r\n𝒳b\rc\n');
  expect(lines.count).toBe(4);
  expect(lines.positionAt(5)).toEqual({ line: 1, character: 2 });
  expect(lines.offsetAt({ line: 1, character: 2 })).toBe(5);
  expect(lines.offsetAt({ line: 1, character: 99 })).toBe(6);
  expect(lines.offsetAt({ line: 9, character: 0 })).toBe(9);
});

const texts = fc.array(fc.constantFrom('\n', '\r', '\r\n', 'a', '𝒳'), { maxLength: 12 }).map(parts => parts.join(''));

test('positions and offsets are those of vscode-languageserver-textdocument', () => {
  fc.assert(
    fc.property(texts, text => {
      const lines = LineIndex.of(text);
      const reference = TextDocument.create('file:///a.qmd', 'quarto', 1, text);
      expect(lines.count).toBe(reference.lineCount);
      for (let offset = -2; offset <= text.length + 2; offset++)
        expect(lines.positionAt(offset)).toEqual(reference.positionAt(offset));
      for (let line = -1; line <= lines.count; line++)
        for (let character = -1; character <= 5; character++)
          expect(lines.offsetAt({ line, character })).toBe(reference.offsetAt({ line, character }));
    }),
    { numRuns: 500 },
  );
});

test('an edited index equals a fresh one', () => {
  fc.assert(
    fc.property(texts, texts, fc.nat(20), fc.nat(5), (text, inserted, from, remove) => {
      const start = Math.min(from, text.length);
      const end = Math.min(start + remove, text.length);
      const next = text.slice(0, start) + inserted + text.slice(end);
      const edited = LineIndex.of(text).edited(start, end, inserted, (a, b) => text.slice(a, b));
      const fresh = LineIndex.of(next);
      const lines = (index: LineIndex): number[][] =>
        Array.from({ length: index.count }, (_, line) => [index.lineStart(line), index.lineEnd(line)]);
      expect(lines(edited)).toEqual(lines(fresh));
    }),
    { numRuns: 500 },
  );
});

test('bad input is read all the same', () => {
  const binary = Array.from({ length: 5000 }, (_, i) => String.fromCharCode((i * 7919) % 0x300)).join('');
  for (const text of [
    '',
    '\u0000',
    '\ufeff---\ntitle: x\n---\n',
    '\r\r\r',
    binary,
    '```{python}',
    '<!--',
    '$$',
    '[^a]:',
    ':::',
  ]) {
    const chapter = parseChapter(text, 'a');
    expect(chapter.blocks.map(block => block.text).join('')).toBe(text);
    expect(() => [chapter.cells, chapter.refs, chapter.labels, chapter.headings, chapter.unopenedCells]).not.toThrow();
  }
  expect(parseChapter('\ufeff---\ntitle: x\n---\n', 'a').frontMatter?.title).toBe('x');
});

test('long lines and deep nesting take time in proportion to their length', () => {
  const cases = ['`'.repeat(50_000), '['.repeat(50_000), '$a '.repeat(30_000), '{'.repeat(50_000), '<'.repeat(50_000)];
  cases.push('> '.repeat(20_000), '- '.repeat(20_000), '|'.repeat(50_000), '\\a{'.repeat(20_000), '@a{'.repeat(20_000));
  cases.push(
    '^['.repeat(20_000),
    '![a]('.repeat(20_000),
    '::: {'.repeat(10_000),
    'x\n: '.repeat(10_000),
    '---\n'.repeat(10_000),
  );
  for (const text of cases) {
    const chapter = parseChapter(text, 'a');
    expect(chapter.refs).toEqual([]);
    expect(chapter.labels).toEqual([]);
  }
});
