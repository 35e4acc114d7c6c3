/** Multiples, parts and limits that are told where a value was made for the sentence and none shows it: `claim-mismatch`. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = cell(`
tank_l = 640
old_kwh = 36.0
new_kwh = 9.0
fill_share = 0.46
heating_min = 38
gain = old_kwh / new_kwh
tank_l_str = f"{tank_l}"
old_kwh_str = f"{old_kwh:.0f}"
new_kwh_str = f"{new_kwh:.0f}"
`);
const SHOWN = 'The tank of `{python} tank_l_str` litres took `{python} old_kwh_str` kWh a night.';

function told(made: string, text: string): string[] {
  const code = CODE.replace(/```\s*$/, `${made}\n\`\`\``);
  return report(`${code}\n${SHOWN} ${text}\n`).filter(line => line.includes(' claim-mismatch '));
}

const GAIN = 'gain_str = f"{gain:.0f}"';
const FILL = 'fill_pct_str = f"{fill_share * 100:.0f}"';
const MINUTES = 'heating_min_str = f"{heating_min}"';

test.each([
  [GAIN, 'The new one is eight times cheaper to run.', '`gain_str` is 4'],
  [GAIN, 'The old one took more than five times as much as the new one.', '`gain_str` is 4'],
  [FILL, 'In summer almost three quarters of the tank is used.', '`fill_pct_str` is 46'],
  [FILL, 'In summer more than half of it is used.', '`fill_pct_str` is 46'],
  [MINUTES, 'It is warm after less than 30 minutes.', '`heating_min_str` is 38'],
])('%s: %s', (made, text, value) => {
  expect(told(made, text)).toEqual([expect.stringContaining(value)]);
});

test.each([
  [GAIN, 'The new one is four times cheaper to run.'],
  [GAIN, 'The old one took more than three times as much as the new one.'],
  // Said of something else by far.
  [GAIN, 'A ship would take two hundred times as much.'],
  // The sentence gives both numbers.
  [GAIN, 'It weighs 50 kg, two times as much as the 25 kg of the lid.'],
  [FILL, 'In summer almost half of the tank is used.'],
  [FILL, 'In summer a tenth of the tank is used.'],
  [MINUTES, 'It is warm after less than 40 minutes.'],
  [MINUTES, 'It is warm after 38 minutes, and stays so for more than 60 minutes.'],
  // Another value of the cell is so.
  [`${GAIN}\n_loss_ratio = 8.0`, 'The new one is four times cheaper to run.'],
])('left alone: %s: %s', (made, text) => {
  expect(told(made, text)).toEqual([]);
});

test('a value that another block shows is no gap', () => {
  const text = 'The new one is eight times cheaper to run.\n\nTogether: `{python} gain_str`.';
  expect(told(GAIN, text)).toEqual([]);
});
