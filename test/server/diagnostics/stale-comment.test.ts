import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

test('the comment takes the value', () => {
  const text = cell('class Rack:\n    watts_str = f"{20 * 12}"  # e.g. "500" W');
  expect(report(text)).toEqual(['info stale-comment "500": The comment says "500", but `Rack.watts_str` is "240".']);
  expect(applyFix(text, 'Say "240" in the comment')).toBe(text.replace('"500" W', '"240" W'));
});

test.each([
  'w_str = "240"  # e.g. "240" W',
  'w_str = "240"  # as "500" W',
  'w = 240  # e.g. "500"',
  'for n in (1, 2):\n    w_str = str(n)  # e.g. "2"',
  'w_str = "a"  # e.g. "b"\nw_str = "c"',
])('clean: %s', code => {
  expect(report(cell(code))).toEqual([]);
});
