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

test('a guard written by hand', () => {
  expect(report(cell('days = 3\nif days < 5:\n    raise ValueError(f"Narrative broken: only {days} days")'))).toEqual([
    'error failed-check "raise ValueError(f"Narrative broken: only {days} days")": Check failed: only 3 days',
  ]);
});
