/** Words of change, ranges and signs between two numbers, which all rules of claims read from one list: `claim-mismatch`. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
filled_pct_str = "85"
drained_pct_str = "62"
slow_min_str = "18"
quick_min_str = "6"
crates_str = "1,350"
boats = 41
boats_str = f"{boats}"
`;

function told(sentence: string): string[] {
  const prose = sentence.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`).filter(line => line.includes(' claim-mismatch '));
}

test.each([
  [
    'A basin at {filled_pct_str}% fill climbs to {drained_pct_str}% by noon.',
    'A basin at {filled_pct_str}% fill sinks to {drained_pct_str}% by noon.',
  ],
  [
    'If we lower the fill (φ) from {drained_pct_str}% to {filled_pct_str}%, the gate opens.',
    'If we lower the fill (φ) from {filled_pct_str}% to {drained_pct_str}%, the gate opens.',
  ],
  [
    'A lock takes between {slow_min_str} and {quick_min_str} minutes.',
    'A lock takes between {quick_min_str} and {slow_min_str} minutes.',
  ],
  [
    'Since {slow_min_str} < {quick_min_str}, the old gate is quick.',
    'Since {slow_min_str} > {quick_min_str}, the old gate is slow.',
  ],
  ['Since {quick_min_str} ≫ {crates_str}, it pays.', 'Since {quick_min_str} ≪ {crates_str}, it pays.'],
  [
    'The level goes from 26.2% to 15.3%, a drop of 12.9 percentage points.',
    'The level goes from 26.2% to 15.3%, a drop of 10.9 percentage points.',
  ],
  ['The quay has {boats_str} boats, more than 60 in all.', 'The quay has {boats_str} boats, more than 40 in all.'],
  [
    'The queue plunges from {quick_min_str} to {slow_min_str} minutes.',
    'The queue plunges from {slow_min_str} to {quick_min_str} minutes.',
  ],
  [
    'Tripling the gates doubles the speed of a lock, from {slow_min_str} to {quick_min_str} minutes.',
    'Doubling the gates cuts a lock to a third, from {slow_min_str} to {quick_min_str} minutes.',
  ],
])('%s', (wrong, right) => {
  expect(told(wrong)).toHaveLength(1);
  expect(told(right)).toEqual([]);
});

test.each([
  'The gap between {slow_min_str} and {quick_min_str} minutes is wide.',
  'Whether {slow_min_str} < {quick_min_str} holds is open.',
  'At {filled_pct_str}% of the cost the share of barges rises to {drained_pct_str}%.',
  'The lower limit goes from {quick_min_str} to {slow_min_str} minutes.',
  'Doubling the gates lowers the time of a lock from {slow_min_str} to {quick_min_str} minutes.',
  'A range from 15.3% to 26.2% with 3 points in it is narrow.',
])('nothing is told of: %s', sentence => {
  expect(told(sentence)).toEqual([]);
});
