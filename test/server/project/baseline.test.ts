import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../../server/chapter/lines';
import { Baseline, type KnownFinding, wordsAround, wordsAt } from '../../../server/project/baseline';

const finding = (at: string, file = '/book/a.qmd', code = 'stale-literal'): KnownFinding => ({ file, code, at });
const tell = (one: KnownFinding): KnownFinding => one;

describe('a baseline', () => {
  test('knows findings by file, code and words, each as often as it was found', () => {
    const known = Baseline.of(
      [finding('⟦12⟧ days'), finding('⟦12⟧ days'), finding('⟦3⟧ tons', '/book/b.qmd')],
      '/book',
    );
    const found = [finding('⟦12⟧ days'), finding('⟦12⟧ days'), finding('⟦12⟧ days'), finding('⟦3⟧ tons')];
    expect(known.unknown(found, tell)).toEqual(found.slice(2));
    expect(known.unknown([finding('⟦12⟧ days', '/book/a.qmd', 'cell-error')], tell)).toHaveLength(1);
    expect(known.size).toBe(3);
  });

  test('is written in order, one finding a line, and read again', () => {
    const text = Baseline.of(
      [finding('b ⟦2⟧'), finding('a ⟦1⟧', '/book/part/z.qmd'), finding('b ⟦2⟧'), finding('a ⟦1⟧')],
      '/book',
    ).toString();
    expect(text).toBe(
      [
        '{',
        '  "version": 1,',
        '  "findings": {',
        '    "a.qmd": [',
        '      {"code":"stale-literal","at":"a ⟦1⟧"},',
        '      {"code":"stale-literal","at":"b ⟦2⟧","count":2}',
        '    ],',
        '    "part/z.qmd": [',
        '      {"code":"stale-literal","at":"a ⟦1⟧"}',
        '    ]',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
    expect(Baseline.parse(text, '/book').toString()).toBe(text);
    expect(Baseline.of([], '/book').toString()).toBe('{\n  "version": 1,\n  "findings": {}\n}\n');
  });

  test('keeps what it says of files that were not looked at', () => {
    const before = Baseline.of([finding('⟦1⟧'), finding('⟦2⟧', '/book/b.qmd')], '/book');
    const now = before.with(Baseline.of([finding('⟦3⟧')], '/book'), ['/book/a.qmd']);
    expect(now.unknown([finding('⟦1⟧'), finding('⟦3⟧'), finding('⟦2⟧', '/book/b.qmd')], tell)).toEqual([
      finding('⟦1⟧'),
    ]);
  });

  test.each([
    ['{', 'it is not JSON'],
    ['[]', 'it is no baseline of this version of Reckoner; `--write-baseline` writes one'],
    ['{"version": 2, "findings": {}}', 'it is no baseline of this version of Reckoner; `--write-baseline` writes one'],
    ['{"version": 1, "findings": {"a": [{}]}}', 'what it says of a has another shape than `--write-baseline` writes'],
  ])('refuses %j', (text, message) => {
    expect(() => Baseline.parse(text, '/book')).toThrow(message);
  });
});

describe('the words around a place', () => {
  const line = 'Filling it takes   12 days, which is as long as anybody has ever waited for a tank.';

  test('are the same whatever else its line says, further away', () => {
    const words = wordsAround(line, 19, 21);
    expect(words).toBe('Filling it takes ⟦12⟧ days, which is as long as anybody has e');
    expect(wordsAround(line.replace('a tank', 'anything'), 19, 21)).toBe(words);
    expect(wordsAround(line.replace('days', 'hours'), 19, 21)).not.toBe(words);
  });

  test('are told alike of an offset and of a column, to the end of the first line', () => {
    const text = `First.\r\n${line}  \r\nNext.\r\n`;
    const start = text.indexOf('ever');
    const words = wordsAt({ range: { start, end: text.indexOf('xt.') } }, text, LineIndex.of(text));
    expect(words).toBe(wordsAround(`${line}  `, line.indexOf('ever'), line.length + 2));
    expect(words).toMatch(/⟦ever waited for a tank\.⟧$/);
  });
});
