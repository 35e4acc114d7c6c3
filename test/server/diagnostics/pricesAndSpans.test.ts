/** Amounts at a price, spans that are told once more, weights of what is a volume, and what no sentence gets wrong. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
class Basin:
    length = 25  # metres
    volume = length * 16 * 1.8
    length_m_str = f"{length}"
    volume_m3_str = f"{volume:.0f}"
    water_l_kg_str = "12"
    salt_kg_str = "80"
    turns_str = "6"
length_m_str = Basin.length_m_str
volume_m3_str = Basin.volume_m3_str
water_l_kg_str = Basin.water_l_kg_str
salt_kg_str = Basin.salt_kg_str
turns_str = Basin.turns_str
`;

function told(text: string): string[] {
  const prose = text.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`).filter(line => line.startsWith('warning '));
}

test.each([
  [
    'equation-mismatch',
    'Saving 900 kWh at \\$0.12 makes \\$118 a day.',
    'Saving 900 kWh at \\$0.12 makes \\$108 a day.',
  ],
  [
    'equation-mismatch',
    'The pump runs for 90 minutes at \\$4.00 an hour, which costs \\$7.50.',
    'The pump runs for 90 minutes at \\$4.00 an hour, which costs \\$6.00.',
  ],
  [
    'equation-mismatch',
    'The cover pays for itself in 150 days, about eight months.',
    'The cover pays for itself in 150 days, about five months.',
  ],
  ['equation-mismatch', 'The 30 hours are about two days.', 'The 48 hours are about two days.'],
  ['unit-mismatch', 'The basin holds {volume_m3_str} kg of water.', 'The basin holds {volume_m3_str} m³ of water.'],
  ['unit-mismatch', 'The softener takes {salt_kg_str} cubic metres.', 'The softener takes {salt_kg_str} kg.'],
])('%s: "%s"', (code, wrong, right) => {
  expect(told(wrong)).toEqual([expect.stringContaining(` ${code} `)]);
  expect(told(right)).toEqual([]);
});

test.each([
  // The letter is the unit, and the name of none.
  'The basin is {length_m_str} m long and clean.',
  // Litres per kilogram.
  'A wash takes {water_l_kg_str} litres.',
  // So many are supposed, and all of them are told behind it.
  'Three turns take 12 hours. The filter makes {turns_str} turns a day.',
  'The lamp burns 900 kWh a year at \\$0.12, which makes \\$1,080 in ten.',
  'It sold 40 kg at \\$2.50 more than last year, which makes \\$120.',
  'The cover pays for itself in 140 days, almost five months.',
  'The trip takes 3 days, about 5 hours of which are spent in the saddle.',
])('"%s" is fine', text => {
  expect(told(text)).toEqual([]);
});
