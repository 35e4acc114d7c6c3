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

test('what backtracking would take for ever is read at once', () => {
  const blanks = ' '.repeat(100_000);
  const cases = [
    `${':'.repeat(100_000)} a b`,
    `- item\n  ::: x${':'.repeat(100_000)} y`,
    `\`\`\`{python${blanks}`,
    `a | b\n${blanks}x`,
    `a | b\n---${blanks}x`,
    `# a${blanks}b`,
    `# ${'[^'.repeat(50_000)}`,
    `[a](${blanks}x y)`,
    `<div ${'a'.repeat(100_000)}>\n`,
    `${'\\begin{'.repeat(50_000)}`,
    Array.from({ length: 20_000 }, (_, i) => `\\begin{e${i}}\n\n`).join(''),
    Array.from({ length: 2000 }, (_, i) => `${'`'.repeat(i + 1)} `).join(''),
    `\`\`\`{python}\n#| a: ${'"'.repeat(100_000)}x\n# │ a${blanks}b │\n# a${blanks}b\n\`\`\`\n`,
    // Beyond the stack that regular expressions have for what they repeat.
    '* '.repeat(5_000_000),
    `<a${' b'.repeat(5_000_000)}>`,
    `@${'a:'.repeat(5_000_000)}`,
  ];
  for (const text of cases) {
    const chapter = parseChapter(text, 'a');
    expect(chapter.text).toBe(text);
    expect(chapter.refs).toEqual([]);
    for (const cell of chapter.cells) expect(() => [cell.options, cell.header]).not.toThrow();
    expect(() => [
      chapter.headings,
      chapter.labels,
      chapter.divs,
      chapter.nodes('table'),
      chapter.nodes('link'),
    ]).not.toThrow();
  }
});

test('front matter and options of any depth and size are read or refused', () => {
  const frontMatter = (yaml: string) => parseChapter(`---\n${yaml}\n---\n`, 'a').frontMatter!;
  const deep = '['.repeat(10_000);
  expect(frontMatter(`a: ${deep}`).error?.message).toBe('This YAML is nested too deeply to be read.');
  expect(frontMatter('- '.repeat(5000)).error?.message).toBe('This YAML is nested too deeply to be read.');
  expect(frontMatter(`a: ${'b '.repeat(200_000)}`).error?.message).toBe('This YAML is too long to be read.');
  expect(frontMatter('title: x\ntitle: y').error?.message).toBe('Map keys must be unique');
  const keys = Array.from({ length: 10_000 }, (_, i) => `key${i}: 1`).join('\n');
  expect(frontMatter(`${keys}\ntitle: x`).title).toBe('x');
  const cell = parseChapter(`\`\`\`{python}\n#| a: ${deep}\n\`\`\`\n`, 'a').cells[0]!;
  expect(cell.option('a')).toMatchObject({ text: deep, value: undefined });
});

test('many headings, ignore comments and references are told of in document order', () => {
  const count = 20_000;
  const ignores = parseChapter(`${'<!-- reckoner-ignore set-order -->\n'.repeat(count)}\nText\n`, 'a').ignores;
  expect(ignores).toHaveLength(count);
  expect(new Set(ignores.map(({ target }) => target))).toHaveProperty('size', 1);
  const headings = parseChapter('# Same\n'.repeat(count), 'a').headings;
  expect(headings.at(-1)).toMatchObject({ id: `same-${count - 1}`, level: 1 });
  const refs = parseChapter(
    `${'<!-- `{python} x` --> $`{python} y`$ '.repeat(count / 100)}\n\n\`\`\`{python}\n\`\`\`\n`,
    'a',
  ).refs;
  expect(refs.slice(-2).map(({ context }) => context)).toEqual(['comment', 'math']);
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
