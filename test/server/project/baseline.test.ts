import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../../server/chapter/lines';
import { Baseline, type KnownFinding, wordsAround, wordsAt } from '../../../server/project/baseline';

const finding = (at: string, file = '/book/a.qmd', code = 'stale-literal'): KnownFinding => ({
  code,
  places: [{ file, at }],
});
const tell = (one: KnownFinding): KnownFinding => one;
const moved = ({ code, places }: KnownFinding, place: number): KnownFinding => ({ code, places: [places[place]!] });
const unknown = (known: Baseline, found: readonly KnownFinding[]) => known.unknown(found, tell, moved).left;

describe('a baseline', () => {
  test('knows findings by file, code and words, each as often as it was found', () => {
    const known = Baseline.of(
      [finding('⟦12⟧ days'), finding('⟦12⟧ days'), finding('⟦3⟧ tons', '/book/b.qmd')],
      '/book',
    );
    const found = [finding('⟦12⟧ days'), finding('⟦12⟧ days'), finding('⟦12⟧ days'), finding('⟦3⟧ tons')];
    expect(unknown(known, found)).toEqual(found.slice(2));
    expect(unknown(known, [finding('⟦12⟧ days', '/book/a.qmd', 'cell-error')])).toHaveLength(1);
    expect(known.size).toBe(3);
  });

  test('knows a finding of several places by all of them', () => {
    const several = (...all: readonly string[]): KnownFinding => ({
      code: 'undefined-export',
      places: all.map(at => ({ file: '/book/a.qmd', at })),
    });
    const known = Baseline.of([several('a', 'b', 'c')], '/book');
    expect(known.unknown([several('b', 'c')], tell, moved)).toEqual({ left: [], met: 2 });
    expect(unknown(known, [several('c', 'a', 'b')])).toEqual([]);
    expect(unknown(known, [several('a', 'new', 'c')])).toEqual([several('new')]);
    expect(unknown(known, [several('a', 'b', 'b', 'c')])).toEqual([several('b')]);
    expect(Baseline.parse(known.toString(), '/book').toString()).toBe(known.toString());
  });

  test('of an earlier version knows it by any', () => {
    const text = '{"version": 1, "findings": {"a.qmd": [{"code": "stale-literal", "at": "a"}]}}';
    const known = Baseline.parse(text, '/book');
    const places = ['a', 'b'].map(at => ({ file: '/book/a.qmd', at }));
    expect(unknown(known, [{ code: 'stale-literal', places }])).toEqual([]);
    expect(known.with(Baseline.of([finding('b')], '/book'), ['/book/b.qmd']).toString()).toContain('"version": 1');
    expect(known.with(Baseline.of([finding('b')], '/book'), ['/book/a.qmd']).toString()).toContain('"version": 2');
  });

  test('is written in order, one finding a line, and read again', () => {
    const text = Baseline.of(
      [finding('b ⟦2⟧'), finding('a ⟦1⟧', '/book/part/z.qmd'), finding('b ⟦2⟧'), finding('a ⟦1⟧')],
      '/book',
    ).toString();
    expect(text).toBe(
      [
        '{',
        '  "version": 2,',
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
    expect(Baseline.of([], '/book').toString()).toBe('{\n  "version": 2,\n  "findings": {}\n}\n');
  });

  test('keeps what it says of files that were not looked at', () => {
    const before = Baseline.of([finding('⟦1⟧'), finding('⟦2⟧', '/book/b.qmd')], '/book');
    const now = before.with(Baseline.of([finding('⟦3⟧')], '/book'), ['/book/a.qmd']);
    expect(unknown(now, [finding('⟦1⟧'), finding('⟦3⟧'), finding('⟦2⟧', '/book/b.qmd')])).toEqual([finding('⟦1⟧')]);
  });

  test.each([
    ['{', 'it is not JSON'],
    ['[]', 'it is no baseline of this version of Reckoner; `--write-baseline` writes one'],
    ['{"version": 3, "findings": {}}', 'it is no baseline of this version of Reckoner; `--write-baseline` writes one'],
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
    const words = wordsAt({ start, end: text.indexOf('xt.') }, text, LineIndex.of(text));
    expect(words).toBe(wordsAround(`${line}  `, line.indexOf('ever'), line.length + 2));
    expect(words).toMatch(/⟦ever waited for a tank\.⟧$/);
  });
});
