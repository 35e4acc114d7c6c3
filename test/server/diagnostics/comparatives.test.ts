/** Claims in the many words that there are for comparing: each of them is read by all rules of claims in one way. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
hall_kwh = 64.0
evap_pct_str = "64"
scan_times_str = "1,882"
cheaper_pct_str = "32"
longer_pct_str = "12"
nights_str = "6.0"
cents_str = "51"
two_str = "5"
wages_eur = 503_000
energy_eur = 236_000
wages_k_str = f"{wages_eur / 1000:.0f}"
energy_k_str = f"{energy_eur / 1000:.0f}"
`;

function told(sentence: string): string[] {
  const prose = sentence.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`).filter(line => line.includes(' claim-mismatch '));
}

test.each([
  [
    'Evaporation takes {evap_pct_str}%, almost three quarters.',
    'Evaporation takes {evap_pct_str}%, almost two thirds.',
  ],
  ['Evaporation takes {evap_pct_str}%, nearly half.', 'Evaporation takes {evap_pct_str}%, close to two thirds.'],
  [
    'It is {scan_times_str} times faster, or five orders of magnitude.',
    'It is {scan_times_str} times faster, or three orders of magnitude.',
  ],
  ['The new one is {cheaper_pct_str}% dearer.', 'The new one is {cheaper_pct_str}% cheaper.'],
  ['The new one is {cheaper_pct_str}% higher.', 'The new one is {cheaper_pct_str}% lower.'],
  ['The new one is {longer_pct_str}% shorter.', 'The new one is {longer_pct_str}% longer.'],
  ['It takes {nights_str} nights, within five days.', 'It takes {nights_str} nights, within a week.'],
  [
    'It costs {cents_str} cents apiece, little less than half a euro.',
    'It costs {cents_str} cents apiece, little more than half a euro.',
  ],
  [
    'It costs {cents_str} cents, slightly more than 60 cents.',
    'It costs {cents_str} cents, slightly more than 50 cents.',
  ],
  ['It costs {cents_str} cents, no more than 40 cents.', 'It costs {cents_str} cents, no more than 60 cents.'],
  [
    'It costs {cents_str} cents, pricier than the 60 cents of last year.',
    'It costs {cents_str} cents, pricier than the 40 cents of last year.',
  ],
  [
    'Wages are the largest of all, and energy is less than a third of them.',
    'Wages are the largest of all, and energy is less than half of them.',
  ],
  ['Energy is two thirds of the wages.', 'Energy is almost half of the wages.'],
])('%s', (wrong, right) => {
  expect(told(wrong)).toHaveLength(1);
  expect(told(right)).toEqual([]);
});

test.each([
  'It is 2 m longer than the {two_str} m of the other.',
  'It was 3 kg heavier than the {two_str} kg of the other.',
  'Here are 12 more than the 40 that were.',
  'It is 3 °C warmer than the 20 °C outside.',
])('a difference is no comparison: %s', sentence => {
  expect(told(sentence)).toEqual([]);
});

test('a number that is larger than another stays one beside its verb', () => {
  expect(told('Its 40 kg are heavier than the 60 kg of the other.')).toHaveLength(1);
});
