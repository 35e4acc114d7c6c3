/** What sentences say of the measure of a value: units that are missing or other ones, magnitudes, fractions before a per cent sign. */
import { describe, expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const PLANT = cell(`
from mlsys import Hardware
from mlsys.constants import *
from mlsys.formatting import fmt
class Plant:
    cap = Hardware.Cloud.A100.memory_capacity
    cost = 12 * USD
    step = 250 * ms
    share = 0.05
    share_pct = share * 100
    params = 60e6
    bw = 400 * Gbps
    energy = 4 * kilowatt * hour
    cap_str = fmt(cap.m_as(GiB), precision=0)
    cost_str = fmt(cost.m_as(USD), precision=0)
    cost_k_str = fmt(cost.m_as(USD) / 1000, precision=3)
    step_str = fmt(step, "ms", precision=0)
    share_str = fmt(share, precision=2)
    share_pct_str = fmt(share_pct, precision=0)
    params_str = fmt(params / MILLION, precision=0)
    bw_str = f"{bw.m_as(Gbps):.0f}"
    raw_str = fmt(params, precision=0)
    pixels = 3.2e9
    pixels_str = f"{pixels / 1e9:.1f}"
    cover = 0.31
    hundredfold_str = fmt(cover * 100, precision=0)
    tariff = 0.098
    tariff_str = fmt(tariff * 100, precision=1)
    energy_str = fmt(energy.m_as(kilowatt * hour), precision=0)
    held = Hardware.Cloud.A100.memory_capacity.m_as(GiB)
    half_step_str = fmt(step.m_as(ms) / 2, precision=0)
    flow_str = fmt(2 * GB / second, GB / second, precision=0)
    asked_str = "4,551"
    spent_m_str = f"{cost.m_as(USD) * 4e6 / MILLION:.0f}"
minutes_per_mug = 11
t_load = 60  # ms
t_load_str = fmt(t_load, precision=0)
energy_kwh = 282.0
energy_k_str = fmt(energy_kwh / 1000, precision=2)
rent_k_str = fmt(846_400 / 1000, precision=0)
profit_k = 109_250 / 1000
days_value = 5
think_days = 8
days_mwh_str = "18.2"
days_mw_str = "4.8"
days_kwh_str = "50"
days_km_str = "7.4"
days_daily_gb_str = f"{(75_000 * MB).m_as(GB):.0f}"
days_mbps_str = "2"
days_moved_gb = (60e9 * 4) / BILLION
days_moved_gb_str = f"{days_moved_gb:.0f}"
wait_ms_str = "300"
days_part_h = 50_000
days_part_kh_str = fmt(days_part_h / 1000, precision=0)
days_tank_m3_str = "12"
faults_per_kgpu = 1.5
days_faults = faults_per_kgpu * 8192 / THOUSAND
days_faults_str = fmt(days_faults, precision=1)
days_electric_kw = 24.1
days_electric_str = f"{days_electric_kw:.1f}"
`);

/** Names that are no attributes of the class. */
const OUTSIDE = /^(?:wait|think|days|minutes|t_|energy_k|rent|profit)/;

/** Findings of one sentence; `{name}` is a reference to an attribute. */
function told(sentence: string): string[] {
  return report(chapter(sentence));
}

function chapter(sentence: string): string {
  const prose = sentence.replace(/\{(\w+)\}/g, (_, name: string) =>
    OUTSIDE.test(name) ? `\`{python} ${name}\`` : `\`{python} Plant.${name}\``,
  );
  return `${PLANT}\n${prose}\n`;
}

test.each([
  'It draws {days_mw_str} mW, or {days_mw_str} MW.',
  'It is {days_km_str} kilometres long.',
  'The site makes {days_daily_gb_str} GB/day.',
  'At {tariff_str} cents or \\${tariff_str}, {pixels_str} Gpixels, {pixels_str} × 2 = 6.4 billion, {hundredfold_str} mm, {hundredfold_str}%.',
  'Takes 900 MB / ({days_mbps_str}/8 MB/s) = 3,600 seconds.',
  'A part lasts {days_part_kh_str} thousand hours. A bandwidth of {flow_str} GB, {flow_str} GB each second.',
  'A hall has {days_faults_str} of them in a year; a tank of {days_tank_m3_str} m³, or {days_tank_m3_str} m^3^.',
])('what a name may mean: %s', sentence => expect(told(sentence)).toEqual([]));

test.each(['not {asked_str}', 'up from {asked_str}', 'instead of {asked_str} as before'])(
  'what is set against a number has its unit: hours, %s',
  words => expect(told(`It works for {asked_str} hours, ${words}.`)).toEqual([]),
);

describe('unit-mismatch in a sentence', () => {
  test.each([
    ['The card has {cap_str} GB.', 'The sentence says GB, but the value is in GiB (`.m_as(GiB)`).'],
    ['A step takes {step_str} s.', 'The sentence says s, but the value is in ms (`fmt(…, "ms")`).'],
    ['A link of {bw_str} GB/s.', 'The sentence says GB/s, but the value is in Gb/s (`.m_as(Gbps)`).'],
    ['It draws {energy_str} kW.', 'The sentence says kW, but the value is in kWh (`.m_as(kilowatt * hour)`).'],
    ['The site makes {days_daily_gb_str} MB/day.', 'The sentence says MB/day, but the value is in GB (`.m_as(GB)`).'],
    ['It takes {days_mwh_str} kWh.', 'The sentence says kWh, but the value is in MWh or mWh (`days_mwh_str`).'],
    ['It draws {days_mw_str} kW.', 'The sentence says kW, but the value is in MW or mW (`days_mw_str`).'],
    ['It loses {days_kwh_str} kW.', 'The sentence says kW, but the value is in kWh (`days_kwh_str`).'],
    ['It is {days_km_str} miles long.', 'The sentence says mile, but the value is in km (`days_km_str`).'],
    ['Each takes {minutes_per_mug} hours.', 'The sentence says hour, but the value is in minute (`minutes_per_mug`).'],
    ['Loading takes {t_load_str} s.', 'The sentence says s, but the value is in ms (`t_load_str`).'],
    ['It uses {energy_k_str} kWh.', 'The sentence says kWh, but the value is in MWh'],
    ['Half takes {half_step_str} s.', 'The sentence says s, but the value is in ms (`.m_as(ms)`).'],
    ['A part lasts {days_part_kh_str} hours.', 'the value is in thousands of h (`days_part_h / 1000`).'],
    [
      'A server at {flow_str} GB takes a while.',
      'The sentence says GB, but the value is in GB/second (`fmt(…, GB / second)`).',
    ],
    ['A tank of {days_tank_m3_str} litres.', 'The sentence says litre, but the value is in m3 (`days_tank_m3_str`).'],
    ['A wait of {wait_ms_str} s.', 'The sentence says s, but the value is in ms (`wait_ms_str`).'],
  ])('%s', (sentence, message) => {
    expect(told(sentence)).toEqual([expect.stringMatching(/^warning unit-mismatch /)]);
    expect(told(sentence)[0]).toContain(message);
  });

  test.each([
    ['seconds_in_an_hour', '3600', 'once the {} seconds of any hour are over'],
    ['hours_in_a_week', '168', 'there are {} hours in it'],
    ['minutes_in_hour', '60', 'there are {} minutes in one'],
    ['drops_per_second', '5', 'it takes {} drops'],
  ])('a name that counts one unit of another: %s', (name, value, sentence) => {
    const text = `${cell(`${name} = ${value}`)}\nHere ${sentence.replace('{}', `\`{python} ${name}\``)}.\n`;
    expect(report(text)).toEqual([]);
  });

  test('a symbol with its index has no unit', () => {
    const text = `${cell('class C:\n    f_cm = 38\n    width_cm = 38')}\nThe mean is \`{python} C.f_cm\` here.\n`;
    expect(report(text)).toEqual([]);
    expect(report(text.replace('C.f_cm', 'C.width_cm'))).toEqual([expect.stringContaining('the value is in cm')]);
  });

  test('the fix writes the unit of the value', () => {
    const fixed = applyFix(chapter('The card has {cap_str} GB.'), 'Write "GiB"');
    expect(fixed).toBe(chapter('The card has {cap_str} GiB.'));
    expect(report(fixed)).toEqual([]);
  });
});

describe('rendered-sentence', () => {
  test.each([
    ['It costs {cost_str} a month.', 'reads "It costs 12", but the value is money (`.m_as(USD)`): nothing says so.'],
    ['Each step takes {step_str} of it.', 'reads "step takes 250", but the value is in ms (`fmt(…, "ms")`): nothing'],
    ['The share is {hundredfold_str} of all.', 'reads "share is 31", but the value is a percentage (`* 100`)'],
    ['A lens of {pixels_str} pixels.', 'reads "3.2 pixels", but the value is in billions (`/ 1e9`): nothing says so.'],
    ['It covers {share_pct_str}, and it stands at 8% today.', 'but the value is a percentage (by its name)'],
    ['The share is {share_pct_str} of all.', 'reads "share is 5", but the value is a percentage (by its name)'],
    [
      'The share is ~{share_str}%.',
      'reads "0.05%", but the value is a fraction: the percentage is 5 (`Plant.share_pct_str`)',
    ],
    [
      'It has {params_str} parameters.',
      'reads "60 parameters", but the value is in millions (`/ MILLION`): nothing says so.',
    ],
    [
      'Has {params_str} billion parameters.',
      'reads "60 billion parameters", but the cell scales the value to millions',
    ],
    [
      String.raw`It costs \${cost_str} for each step of {step_str}, to which the net adds 9 ms.`,
      'reads "step of 250", but the value is in ms',
    ],
    [
      String.raw`Beside \$2 an hour it costs {rent_k_str} thousand a year.`,
      'reads "it costs 846 thousand", but the value is money',
    ],
    [
      String.raw`A rent of \${rent_k_str} a year beside \$3 thousand of fees.`,
      'but the value is in thousands (`846_400 / 1000`): nothing says so',
    ],
    [
      String.raw`They ask {asked_str} for it. Now: \${asked_str}.`,
      'reads "4,551" without a unit, but elsewhere the chapter gives `Plant.asked_str` in $.',
    ],
    [
      'It fails every {asked_str}, which is 3 times a day. It works for {asked_str} hours, and {asked_str} hours.',
      'reads "4,551" without a unit, but elsewhere the chapter gives `Plant.asked_str` in hours.',
    ],
    ['A stay lasts {think_days}, so that 3 beds serve for 24 days.', 'reads "stay lasts 8", but the value is in day'],
    [
      String.raw`A year costs {asked_str} million on disks, and \$5 million in the archive. Now: \${asked_str}.`,
      'reads "4,551" without a unit, but elsewhere the chapter gives `Plant.asked_str` in $.',
    ],
    ['Of 62%, the share is {share_pct_str} of all.', 'reads "share is 5", but the value is a percentage'],
    ['Has {raw_str} million parameters.', 'reads "60,000,000 million": the value is told in full, and scaled in the'],
  ])('%s', (sentence, message) => {
    expect(told(sentence)).toEqual([expect.stringMatching(/^warning rendered-sentence /)]);
    expect(told(sentence)[0]).toContain(message);
  });

  test.each([
    ['It costs {cost_str} a month.', 'Write `$` before the value', 'It costs \\${cost_str} a month.'],
    ['Each step takes {step_str} of it.', 'Write "ms" behind the value', 'Each step takes {step_str} ms of it.'],
    ['The share is {share_pct_str} of all.', 'Write "%" behind the value', 'The share is {share_pct_str}% of all.'],
    ['The share is {share_str}%.', 'Show `Plant.share_pct_str`', 'The share is {share_pct_str}%.'],
    ['It has {params_str} parameters.', 'Write "million" behind the value', 'It has {params_str} million parameters.'],
  ])('the fix of "%s"', (sentence, title, mended) => {
    const fixed = applyFix(chapter(sentence), title);
    expect(fixed).toBe(chapter(mended));
    expect(report(fixed)).toEqual([]);
  });

  test('doubled-unit: a sign and its word behind the value', () => {
    expect(told('A share of {share_pct_str}% percent.')).toEqual([
      'warning doubled-unit "percent": The sentence reads "5% percent": `%` and `percent` stands behind the value already.',
    ]);
  });
});

test.each([
  ['day_j', 'It takes {} kJ.', 'The sentence says kJ, but the value is in J (`day_j`).'],
  ['think_years', 'It lasts {} days.', 'The sentence says days, but the value is in years (`think_years`).'],
  ['weeks', 'It keeps for {} months.', 'The sentence says months, but the value is in weeks (`weeks`).'],
])('unit-mismatch by the end of a name: %s', (name, sentence, message) => {
  const text = `${cell(`${name} = 11`)}\n${sentence.replace('{}', `\`{python} ${name}\``)}\n`;
  expect(report(text)).toEqual([expect.stringContaining(`: ${message}`)]);
});

test('unit-mismatch of what a function of the book writes', () => {
  const text = `${cell('def number(x):\n    return f"{x:,.0f}"\n\ncooling_kwh = 4704\ncooling_str = number(cooling_kwh)')}\nCooling takes \`{python} cooling_str\` MWh.\n`;
  expect(report(text)).toEqual([
    expect.stringMatching(/^warning unit-mismatch .*The sentence says MWh, but the value is in kWh/),
  ]);
});

test('rendered-sentence of a share as a percentage', () => {
  const text = `${cell('late_share = 0.05622')}\nOf all, \`{python} f"{late_share:.3f}"\`% came late.\n`;
  expect(report(text, { levels: { 'inline-expression': 'off' } })).toEqual([
    expect.stringMatching(
      /^warning rendered-sentence .*"0\.056%", but the value is a fraction \(`late_share`\): the percentage is 5\.6\.$/,
    ),
  ]);
});

test('the unit that the sentence, or a reference itself, leaves out', () => {
  const code = cell(
    'epidemic_cost = 71.5e6\nprice_dose = 18.5\nprice_index = 104.2\ndoses = 0.9e6\ncapacity_gib = 80.0\nweight_g = 15.0',
  );
  const told = (text: string) =>
    report(`${code}\n${text}\n`, { levels: { 'inline-expression': 'off' } }).map(line => line.replace(/^.*": /, ''));
  const ref = (expr: string) => `\`{python} f"{${expr}}"\``;
  expect(told(`They bill ${ref('epidemic_cost / 1e6:.1f')} million.`)).toEqual([
    expect.stringContaining('but the value is money'),
  ]);
  expect(told(`The campaign has ${ref('doses / 1e6:.1f')} billion doses.`)).toEqual([
    'The sentence reads "0.9 billion doses", but the cell scales the value to millions (`/ 1e6`).',
  ]);
  expect(told(`A dose costs ${ref('price_dose:.2f')}, and the index is at ${ref('price_index:.1f')}.`)).toEqual([
    expect.stringContaining('reads "dose costs 18.50", but the value is money'),
  ]);
  expect(
    told(
      `It has ${ref('epidemic_cost / 1e6:.1f')} million euros, ${ref('doses / 1e6:.1f')} million doses, €${ref('price_dose:.2f')}.`,
    ),
  ).toEqual([]);
  expect(told(`It has ${ref('capacity_gib:.0f')} GiB, and ${ref('capacity_gib:.0f')} GB are full.`)).toEqual([
    'The sentence says GB, but the value is in GiB (`f"{capacity_gib:.0f}"`).',
  ]);
});

test('the unit of a name, whatever is divided by a million; money by what is shown, or by what it is paid for', () => {
  const code = cell(
    'from mlsys.constants import MILLION, THOUSAND\nsent_mbps = 622_080 * 8 / MILLION\nsent_mbps_str = f"{sent_mbps:.1f}"\nfleet_kwh_str = f"{2_238_000 / THOUSAND:.0f}"\nsaved_cost = 693_000\nsaved_k_str = f"{saved_cost / 1000:.0f}"\nship_day = 42_000\nmass = 1739.2  # tonnes\nmass_str = f"{mass:,.0f}"\nfuel_day = 118',
  );
  const told = (text: string) => report(`${code}\n${text}\n`).map(line => line.replace(/^.*": /, ''));
  const ref = (name: string) => `\`{python} ${name}\``;
  expect(told(`It sends ${ref('sent_mbps_str')} MB/s and uses ${ref('fleet_kwh_str')} MWh.`)).toEqual([
    expect.stringContaining('The sentence says MB/s, but the value is in Mb/s'),
    expect.stringContaining('The sentence says MWh, but the value is in kWh'),
  ]);
  expect(told(`It is worth ${ref('saved_k_str')} thousand.`)).toEqual([
    'The sentence reads "is worth 693 thousand", but the value is money (by its name): nothing says so.',
  ]);
  expect(told(String.raw`Fuel is \$3 a day. The ship costs ${ref('ship_day')} a day.`)).toEqual([
    'The sentence reads "costs 42,000 a day", and nothing says of which money.'.replace('42,000 a day', '42000'),
  ]);
  expect(
    told(
      String.raw`It sends ${ref('sent_mbps_str')} Mbps, uses ${ref('fleet_kwh_str')} kWh, is worth \$${ref('saved_k_str')} thousand, and costs ${ref('ship_day')} tokens; it takes ${ref('mass_str')} t. It burns ${ref('mass_str')} tonnes a day instead of ${ref('mass_str')}, at ${ref('fuel_day')} tonnes.`,
    ),
  ).toEqual([]);
});

test('money that a longer calculation divides by a thousand is told in thousands; without that, it is not', () => {
  const code = cell(
    'kwh = 12_000\ntariff = 0.2\nyearly_cost_str = f"{365 * kwh * tariff / 1e3:.0f}"\nfee = 450\nfee_cost_str = f"{2 * fee:.0f}"',
  );
  const told = (text: string) => report(`${code}\n${text}\n`).filter(line => line.includes('unit-mismatch'));
  expect(told('The year costs €`{python} yearly_cost_str` thousand.')).toEqual([]);
  expect(told('The fee is €`{python} fee_cost_str` thousand.')).toHaveLength(1);
});

test.each(['day_j = 11', 'gain_x = 11'])('a letter is no unit by itself: %s', code => {
  expect(report(`${cell(code)}\nIt takes \`{python} ${code.slice(0, -5)}\` ms.\n`)).toEqual([]);
});

test.each([
  String.raw`It has {cap_str} GiB, costs \${cost_str}, or {cost_str} dollars, and \${cost_k_str} thousand.`,
  'Steps take {step_str} ms, {step_str}--{wait_ms_str} ms, between {step_str} and {wait_ms_str} ms, or {step_str} milliseconds.',
  'A share of {share_pct_str}%, {share_pct_str} percent, {share_str}, or {share_pct_str} percentage points.',
  'It has {params_str} million parameters, {params_str}M of them, {raw_str} parameters.',
  'Links of {bw_str} Gbps, {bw_str} Gb/s, {bw_str} Gbit/s, {bw_str} gigabits a second.',
  '| Step (ms) | Cost (\\$) |\n|---|---|\n| {step_str} | {cost_str} |',
  String.raw`A rent of {rent_k_str} thousand dollars, \$500 to {rent_k_str} thousand, 12 k€, or {rent_k_str} thousand tokens, in thousands.`,
  'Each step moves {days_moved_gb_str} GB.',
  'Half takes {half_step_str} ms. It thinks for {think_days}, 9 or 10 days, and {think_days} days.',
  String.raw`They ask {asked_str} francs, or \${asked_str}, for {asked_str} things.`,
  'It uses {energy_str} kWh, or {energy_str} kilowatt-hours, in {days_value} days.',
])('clean: %s', sentence => expect(told(sentence)).toEqual([]));

test('the unit of its name, where nothing of the clause says one', () => {
  expect(told('One cubic metre, and the meter sees {days_electric_str}. It stands there.')).toEqual([
    expect.stringMatching(/^warning rendered-sentence .*"meter sees 24.1", but the value is in kW/),
  ]);
  expect(told('The meter sees {days_electric_str} kW. Of kW it sees {days_electric_str}.')).toEqual([]);
});

test('attributes of two classes are two values, whatever they are called', () => {
  const code = cell('class A:\n    gain_str = "2.8"\nclass B:\n    gain_str = "1.9"');
  const text = 'It is `{python} A.gain_str` times as fast. It is smaller by a factor of `{python} B.gain_str`.';
  expect(report(`${code}\n${text}\n`)).toEqual([]);
});

test('money in a column of sums', () => {
  const code = cell('plan_text = "1,935"\nbigger_text = "2,085"');
  const table = '| Plan | Monthly |\n|---|---|\n| One | \\$`{python} plan_text` |\n| Two | `{python} bigger_text` |';
  const text = `${code}\nPay \\$\`{python} bigger_text\`.\n\n${table}\n`;
  expect(report(text)).toEqual([expect.stringMatching(/^warning rendered-sentence .*"2,085" without a unit/)]);
});

test('per cent of what is told as a multiple elsewhere', () => {
  const code = cell('shrink = 8192 / 64\nshrink_str = f"{shrink:.0f}"');
  const ref = '`{python} shrink_str`';
  expect(report(`${code}\nThat is ${ref}% as many, and ${ref} times as often.\n`)).toEqual([
    expect.stringMatching(/^warning unit-mismatch "%": The sentence says %, but elsewhere .* in times/),
  ]);
});
