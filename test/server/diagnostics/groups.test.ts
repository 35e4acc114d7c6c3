/** Products and differences that sentences tell in words: groups of one size, so many times a number, how far one is from another. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = 'nodes_str = "32"\nbill_m_str = "3.9"';

function told(code: string, sentence: string): string[] {
  const prose = sentence.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`).filter(line => line.includes(` ${code} `));
}

test.each([
  ['Four racks of eight make 34.', 'Four racks of eight make 32.'],
  ['Three of them are idle; four racks of 8 nodes each make 30 nodes.', 'Four racks of 8 nodes each make 32 nodes.'],
  ['Four racks of eight make {nodes_str}, and six racks of eight make 46.', 'Four racks of eight make {nodes_str}.'],
  ['Twelve pods with 8 chips hold 86 chips in all.', 'Twelve pods with 8 chips hold 96 chips in all.'],
  ['A triple draws three times 12 kW, which is 38 kW.', 'A triple draws three times 12 kW, which is 36 kW.'],
  ['By hand, three times 12 is 38.', 'By hand, three times 12 is 36.'],
  ['A hall draws twenty-four times 12 kW, or about 322 kW.', 'A hall draws twenty-four times 12 kW, or about 290 kW.'],
  [
    'The three loads are 12 kW, 15 kW and 3 kW, 32 kW in all.',
    'The three loads are 12 kW, 15 kW and 3 kW, 30 kW in all.',
  ],
])('%s', (wrong, right) => {
  expect(told('equation-mismatch', wrong)).toHaveLength(1);
  expect(told('equation-mismatch', right)).toEqual([]);
});

test.each([
  'Three teams of five make 20 reports.',
  'Two runs of four hours make 8.5 km.',
  'It runs two or three times 12 kW is 20.',
  'Two to three racks of eight make 20.',
  'Four racks of eight make about 30.',
  'The three loads of the hall are 12 kW and 15 kW, 30 kW in all.',
])('no product: %s', sentence => {
  expect(told('equation-mismatch', sentence)).toEqual([]);
});

test.each([
  [
    'The bill is \\${bill_m_str} million, \\$2.1 million less than last year’s \\$1.8 million.',
    'The bill is \\${bill_m_str} million, \\$2.1 million more than last year’s \\$1.8 million.',
  ],
  ['It draws 40 kW, 12 kW more than the old 24 kW.', 'It draws 40 kW, 16 kW more than the old 24 kW.'],
  [
    'It takes 5 ms, or 3 ms longer than the 8 ms of the CPU.',
    'It takes 5 ms, or 3 ms shorter than the 8 ms of the CPU.',
  ],
])('%s', (wrong, right) => {
  expect(told('claim-mismatch', wrong)).toHaveLength(1);
  expect(told('claim-mismatch', right)).toEqual([]);
});

test.each([
  'The new hall draws 40 kW, 12 kW more than planned for 90 kW.',
  'It has 24 GB, 2 GB more than a card of 8 GB, and two of them.',
])('no difference: %s', sentence => {
  expect(told('claim-mismatch', sentence)).toEqual([]);
});

test.each(['24 × 12 kW ≈ 290 kW', '24 times 12 kW, or about 290 kW', '18 × 16 ≈ 300'])('rough: %s', formula => {
  expect(told('equation-mismatch', `A hall draws ${formula}.`)).toEqual([]);
});

test.each(['24 × 12 kW = 290 kW', '24 × 12 kW ≈ 320 kW', '6 × 6 ≈ 40'])('not so rough: %s', formula => {
  expect(told('equation-mismatch', `A hall draws ${formula}.`)).toHaveLength(1);
});

test('a sum that an hour costs lost its sign', () => {
  const code = 'idle_hour = 12.8\nidle_usd_str = f"{idle_hour:.2f}"';
  const found = (prose: string) =>
    report(`${cell(code)}\n${prose}\n`).filter(line => line.includes(' rendered-sentence '));
  expect(found('Of this, `{python} idle_usd_str` per hour is spent on idle GPUs.')).toHaveLength(1);
  expect(found('Of this, \\$`{python} idle_usd_str` per hour is spent on idle GPUs.')).toEqual([]);
});
