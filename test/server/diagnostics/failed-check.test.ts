import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const GUARDED = `${cell(
  '#| label: speed\nfrom mlsys.formatting import check\nspeedup = 1.4\ncheck(speedup > 2, f"text says twice, got {speedup}")\nspeed_str = "1.4"',
)}\nIt is \`{python} speed_str\` times as fast.\n`;

test('at the guard with its message, and at the sentence one step lower', () => {
  expect(report(GUARDED)).toEqual([
    'error failed-check "check(speedup > 2, f"text says twice, got {speedup}")": Check failed: text says twice, got 1.4',
    'warning failed-check "speed_str": `speed_str` is in doubt: a check of cell "speed" failed (text says twice, got 1.4).',
  ]);
});

test('once for each sentence', () => {
  const text = GUARDED.replace('speed_str = "1.4"', 'speed_str = "1.4"\nsame_str = "1.4"').replace(
    'times as fast.',
    'times as fast as `{python} same_str`, or `{python} speed_str`. So `{python} speed_str`.\n\n| a | b |\n|---|---|\n| `{python} same_str` | `{python} speed_str` |',
  );
  expect(
    report(text)
      .slice(1)
      .map(line => line.replace(/: a check.*/, '')),
  ).toEqual([
    'warning failed-check "speed_str": `speed_str` and `same_str` are in doubt',
    'warning failed-check "speed_str": `speed_str` is in doubt',
    'warning failed-check "same_str": `same_str` and `speed_str` are in doubt',
  ]);
});

test('a guard written by hand', () => {
  expect(report(cell('days = 3\nif days < 5:\n    raise ValueError(f"Narrative broken: only {days} days")'))).toEqual([
    'error failed-check "raise ValueError(f"Narrative broken: only {days} days")": Check failed: only 3 days',
  ]);
});

const guard = (condition: string) =>
  report(cell(`from mlsys.formatting import check\nspan, limit, count = 24.7, 25, 4\ncheck(${condition}, "no")`));

test('a guard that holds by little is a hint', () => {
  expect(guard('span < limit')).toEqual([
    'hint failed-check "check(span < limit, "no")": This guard holds by 1.2 % (24.7 < 25): a small change of an assumption makes it fail.',
  ]);
  expect(guard('10 < span <= 24.7')).toEqual([expect.stringContaining('holds just so (24.7 <= 24.7)')]);
});

test.each(['span < 30', 'count <= 4', 'span == 24.7', 'span < limit or count > 2', 'count == 4 and span > 20'])(
  'a guard that holds well enough: %s',
  condition => expect(guard(condition)).toEqual([]),
);
