/** Units and measures that sentences lose, or give otherwise: amounts of something, rates, and what so many of one measure make. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = cell(`
kg_bed = 4.5
diesel_l = 880
turn_min = 104
flow_l_s = 219.4
speed_kmh = 19
boats = 12
power = 0.22
load = 25
cap_min = 3
kg_bed_str = f"{kg_bed:.1f}"
diesel_l_str = f"{diesel_l}"
turn_str = f"{turn_min}"
flow_l_s_str = f"{flow_l_s:.0f}"
boats_str = f"{boats}"
speed_m_s = 2.5
speed_m_s_str = f"{speed_m_s:.1f}"
wind_km_h = 44
wind_km_h_str = f"{wind_km_h}"
mass_kg = 612
mass_kg_str = f"{mass_kg}"
made_kwh = 7100
made_kwh_str = f"{made_kwh}"
hum_hz = 51
hum_hz_str = f"{hum_hz}"
`);

function told(text: string): string[] {
  return report(`${CODE}\n${text.replaceAll(/\{(\w+)\}/g, '`{python} $1`')}\n`).filter(line =>
    /^(?:warning|error)/.test(line),
  );
}

test.each([
  ['Each guest uses {kg_bed_str} of linen a day.', 'rendered-sentence', 'the value is in kg (by its name)'],
  ['For an outage the generators burn {diesel_l_str} of diesel.', 'rendered-sentence', 'the value is in litres'],
  ['A round takes {turn_str} hours.', 'unit-mismatch', 'turn_'],
  [
    'The loop moves {flow_l_s_str} litres a minute.',
    'unit-mismatch',
    'tells of one minute, but the value is that of one second',
  ],
  ['The cart does {wind_km_h_str} mph here.', 'unit-mismatch', 'the value is in km/h'],
  ['The cart does {wind_km_h_str} m s⁻¹ here.', 'unit-mismatch', 'the value is in km/h'],
  ['The plant made {made_kwh_str} megawatt hours.', 'unit-mismatch', 'the value is in kWh'],
  ['The plant hums at {hum_hz_str} kilohertz.', 'unit-mismatch', 'the value is in Hz'],
  ['Six pumps at 45 kW make 207 kW.', 'equation-mismatch', 'says 207 kW, but six times 45 kW make 270 kW'],
  ['They are 36 boats at 25 minutes, and 36 boats at 25 minutes make 12 hours.', 'equation-mismatch', 'make 15 hours'],
  [
    'Its time rises to 17 days, saving nearly 8 days of work.',
    'claim-mismatch',
    'says that it rises, and "saving nearly" of the same',
  ],
  [
    'Its time falls to 17 days, adding 8 days to the year.',
    'claim-mismatch',
    'says that it falls, and "adding" of the same',
  ],
  ['It holds 980 GB, just more than a terabyte.', 'claim-mismatch', 'more than'],
  ['Halving the time triples the places, as all know, from 1,140 to 2,280 an hour.', 'claim-mismatch', '"triples"'],
])('%s', (text, code, why) => {
  const [line, ...more] = told(text);
  expect(line).toContain(` ${code} `);
  expect(line).toContain(why);
  expect(more).toEqual([]);
});

test.each([
  'Each guest uses {kg_bed_str} kg of linen a day.',
  'For an outage the generators burn {diesel_l_str} litres of diesel.',
  'There are {boats_str} of them, and {boats_str} of wood.',
  'A round takes {turn_str} minutes.',
  'The loop moves {flow_l_s_str} litres a second.',
  'The loop moves {flow_l_s_str} l/s.',
  'The loop moves {flow_l_s_str} L/s.',
  'The loop moves {flow_l_s_str} L s⁻¹.',
  'The loop moves {flow_l_s_str} L·s⁻¹.',
  'The loop moves {flow_l_s_str} L s^-1^.',
  'The cart does {speed_m_s_str} m s⁻¹ here.',
  'The cart does {wind_km_h_str} kph here.',
  'The cart weighs {mass_kg_str} kilos.',
  'The plant made {made_kwh_str} kilowatt hours.',
  'The plant hums at {hum_hz_str} hertz.',
  'Six pumps at 45 kW make 270 kW.',
  'Six pumps at 45 kW make about 300 kW.',
  '36 boats at 25 minutes make 15 hours.',
  'Its time falls to 17 days, saving nearly 8 days of work.',
  'Its load rises to 17 kW, adding 8 kW.',
  'It holds 980 GB, just less than a terabyte.',
  'Halving the time doubles the places, as all know, from 1,140 to 2,280 an hour.',
])('nothing of %s', text => {
  expect(told(text)).toEqual([]);
});

test('`min` is the least where the cell has the largest as well', () => {
  const code = cell('sleep_min = 104\nsleep_max = 200\nsleep_min_str = f"{sleep_min}"');
  const findings = report(`${code}\nThey sleep \`{python} sleep_min_str\` hours.\n`);
  expect(findings.filter(line => line.startsWith('warning'))).toEqual([]);
});
