/** Typed formulas that come out and are stale, attributes of objects, and numbers that look like those of another value. */
import { describe, expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const DEMAND = (people: number) =>
  cell(`
class Demand:
    people_m3 = ${people}
    cattle_m3 = 57
    leak = 0.22
    demand_m3 = (people_m3 + cattle_m3) / (1 - leak)
    heat_kwh = people_m3 * 1000 * 3.8 * 1.5 / 3600
`);

describe('formulas that are built as one of a cell', () => {
  const TEX = '$$\nD = \\frac{546 + 57}{1 - 0.22} \\approx 773 \\text{ m}^3\n$$';

  test('in TeX, with the numbers that the cell had', () => {
    expect(report(`${DEMAND(546)}\n${TEX}\n`)).toEqual([]);
    const text = `${DEMAND(630)}\n${TEX}\n`;
    expect(report(text)).toEqual([
      expect.stringContaining(
        'The formula is built as one of the cell, but says 546 where the cell has 630 (`Demand.people_m3`), and 773 where the cell has 881 (`Demand.demand_m3`).',
      ),
    ]);
    const fixed = applyFix(text, 'Write 630 and 881');
    expect(fixed).toBe(text.replace('{546', '{630').replace('773', '881'));
    expect(report(fixed)).toEqual([]);
  });

  test('thousands of the code may be in a number of the formula', () => {
    const text = 'It takes $\\frac{546{,}000 \\times 3.8 \\times 1.5}{3600} \\approx 864$ kWh.';
    expect(report(`${DEMAND(546)}\n${text}\n`)).toEqual([]);
  });

  test('a name of the code is written out, and a clause before a colon tells of nothing else', () => {
    const cells = (readout: number) =>
      cell(`
field = 9.6
overlap = 0.12
survey = 20626
new = field * (1 - overlap)
fields = round(survey / new)
exposure = 90
readout = ${readout}
step = exposure + readout + 18
`);
    const text = (field: string) =>
      `It has $\\frac{20{,}626}{${field} \\times (1 - 0.12)} \\approx 2442$ fields.\n\nA faster one would help: $90 + 12 + 18 = 120$.\n`;
    expect(report(`${cells(12)}\n${text('9.6')}`)).toEqual([]);
    expect(report(`${cells(9)}\n${text('9.6')}`)).toEqual([
      expect.stringContaining('says 12 where the cell has 9 (`readout`), and 120 where the cell has 117 (`step`)'),
    ]);
    expect(report(`${cells(12).replace('9.6', '8.8')}\n${text('9.6')}`)).toEqual([
      expect.stringContaining(
        'says 9.6 where the cell has 8.8 (`field`), and 2442 where the cell has 2,663 (`fields`)',
      ),
    ]);
  });

  test.each([
    ['of another case', 'If it had 500 m³, $\\frac{500 + 57}{1 - 0.22} \\approx 714$ would do.'],
    ['of other numbers', 'Elsewhere it is $\\frac{30 + 12}{1 - 0.3} = 60$.'],
    ['with hardly a number in common', 'There $(500 + 20) / (1 - 0.2) = 650$.'],
  ])('none %s', (_, text) => {
    expect(report(`${DEMAND(546)}\n${text}\n`)).toEqual([]);
  });
});

const DESKS = cell(`
class Desk:
    def __init__(self, people, minutes):
        self.people = people
        self.minutes = minutes

triage = Desk(3, 6)
doctor = Desk(9, 18)
rate_str = f"{triage.people * 60 / triage.minutes:.0f}"
`);

const shown = '`{python} triage.people` nurses need `{python} triage.minutes` minutes';

describe('attributes of objects', () => {
  test.each([
    ['beside another one', 'At triage 4 nurses need `{python} triage.minutes` minutes.', 'triage.people', '3'],
    ['in their unit', 'At triage `{python} triage.people` nurses need 8 minutes.', 'triage.minutes', '6'],
    ['in words', 'At triage four nurses need `{python} triage.minutes` minutes.', 'triage.people', '3'],
  ])('%s', (_, text, path, value) => {
    const found = report(`${DESKS}\nAt triage ${shown}, at most \`{python} rate_str\` an hour.\n\n${text}\n`);
    expect(found).toEqual([expect.stringContaining(`but the calculation gives ${value} (\`${path}\`)`)]);
  });

  test('none of an object that the sentence does not name', () => {
    const text = `At triage ${shown}, at most \`{python} rate_str\` an hour.\n\nA bus brings 4 visitors every 8 minutes.`;
    expect(report(`${DESKS}\n${text}\n`)).toEqual([]);
  });
});

test('more than the words of one name: "14 people" are those of another cell', () => {
  const text = cell(`
staff = 14
more_people = 13
staff_str = f"{staff}"
more_people_str = f"{more_people}"
`);
  expect(
    report(`${text}\nAll \`{python} staff_str\` work, and \`{python} more_people_str\` more.\n\nIt has 14 people.\n`),
  ).toEqual([]);
});

test('a sum of money is none of what is counted', () => {
  const text = cell(`
rides = 3.22e6
rides_m_str = f"{rides / 1e6:.2f}"
`);
  expect(
    report(`${text}\nA year has \`{python} rides_m_str\` million rides.\n\nThe rides cost \\$3.42 million.\n`),
  ).toEqual([]);
});

test('in a table, a number is of what its row names', () => {
  const text = cell(`
slew = 18
step = 120
slew_str = f"{slew}"
step_str = f"{step}"
`);
  const table = `| What | Seconds | Share of a step |\n|:--|--:|--:|\n| Slew | \`{python} slew_str\` | 15% |\n| Step | \`{python} step_str\` | 100% |\n`;
  expect(report(`${text}\n${table}`)).toEqual([]);
});

test('"twenty times" is no number of years', () => {
  const text = cell('years = 30\nyears_str = f"{years}"');
  expect(
    report(
      `${text}\nIt lasts for \`{python} years_str\` years.\n\nIn these years it gives twenty times what it took.\n`,
    ),
  ).toEqual([]);
});

test('hours of a day are hours, and 0.8% of a percentage is one', () => {
  const text = cell(`
hours_day = 17
bill = 0.008
sun = 0.8
hours_day_str = f"{hours_day}"
bill_pct_str = f"{bill * 100:.1f}"
sun_pct_str = f"{sun * 100:.0f}"
`);
  const prose =
    'It runs for `{python} hours_day_str` hours a day, costs `{python} bill_pct_str`% and takes `{python} sun_pct_str`% of the sun.';
  expect(report(`${text}\n${prose}\n`)).toEqual([]);
});

test.each([
  ['a volume in square metres', '`{python} lake_m3_str` m²', 'unit-mismatch'],
  ['billions for millions', '`{python} rain_str` billion cubic metres', 'rendered-sentence'],
  ['kilometres for metres', '`{python} gap_m_str` kilometres', 'unit-mismatch'],
  ['months for years', '`{python} back_str` months', 'unit-mismatch'],
  ['a unit twice', '`{python} lake_m3_str` m³ m³', 'rendered-sentence'],
])('%s', (_, prose, code) => {
  const text = cell(`
lake_m3 = 5210
rain_m3 = 15.5e6
gap_m = 438
back_years = 9.7
lake_m3_str = f"{lake_m3}"
rain_str = f"{rain_m3 / 1e6:.1f}"
gap_m_str = f"{gap_m}"
back_str = f"{back_years}"
`);
  const all =
    '`{python} lake_m3_str` m³, `{python} rain_str` million m³, `{python} gap_m_str` m, `{python} back_str` years';
  expect(report(`${text}\nIt has ${all}.\n`)).toEqual([]);
  expect(report(`${text}\nIt has ${all}.\n\nIt takes ${prose} in all.\n`)).toEqual([
    expect.stringContaining(` ${code} `),
  ]);
});

test.each(['m³/h', 'm^3^/h', 'm3/h'])('volumes in a time are no lengths: %s', unit => {
  const text = cell(`
pump_m3_h = 11.5
hose_m = 40
pump_str = f"{pump_m3_h}"
hose_str = f"{hose_m}"
`);
  const pumped = `It moves \`{python} pump_m3_h\` ${unit}, or \`{python} pump_str\` ${unit}, through \`{python} hose_str\` m.`;
  expect(report(`${text}\n${pumped}\n`)).toEqual([]);
  expect(report(`${text}\n${pumped}\n\nIt moves \`{python} pump_m3_h\` m in all.\n`)).toEqual([
    expect.stringContaining(' rendered-sentence '),
  ]);
});

test('a constant counts where the cell has it of its own', () => {
  const text = (code: string) =>
    `${cell(`${code}\nmugs = 4 * WEEKDAYS\nmugs_str = f"{mugs:.0f}"`)}\nIt fills \`{python} mugs_str\` mugs.\n`;
  expect(report(`${text('WEEKDAYS = 260')}\nOver 250 weekdays nobody sits down.\n`)).toEqual([
    expect.stringContaining('The sentence says 250 weekdays, but the calculation gives 260 (`WEEKDAYS`).'),
  ]);
  const imported = cell('from mlsys.constants import MILLION\nmugs = 4 * MILLION\nmugs_str = f"{mugs / MILLION:.0f}"');
  expect(report(`${imported}\nIt fills \`{python} mugs_str\` million mugs, and is washed 10 million times.\n`)).toEqual(
    [],
  );
});

describe('letters for thousands to trillions right behind digits', () => {
  const CODE = cell(
    'seeds = 1.5e9\nseed_bytes = 4\nsize_gb = seeds * seed_bytes / 1e9\nseeds_str = f"{seeds / 1e9:.1f}B"\nsize_str = f"{size_gb:.0f} GB"',
  );
  const told = (text: string) => report(`${CODE}\n${text}\n`).filter(line => line.includes('equation-mismatch'));

  test.each([
    ['`{python} seeds_str` $\\times$ 2 bytes = `{python} size_str`', '1.5B × 2 bytes = 6 GB'],
    ['`{python} seeds_str` × 4 bytes = 9 GB', '1.5B × 4 bytes = 9 GB'],
    ['USD 50M × 0.05 × 28/365 ≈ USD 6,849', '50M × 0.05 × 28/365 ≈ USD 6,849'],
    ['2K × 3 = 7,000', '2K × 3 = 7,000'],
  ])('%s', (text, reads) => {
    expect(told(`It is ${text}.`)).toEqual([expect.stringContaining(`The sentence reads "${reads}"`)]);
  });

  test.each([
    '`{python} seeds_str` × 4 bytes = `{python} size_str`',
    '64B × 1,000 = 64 KB',
    '300K − 20K = 280K',
    'USD 50M × 0.05 × 28/365 ≈ USD 191,781',
    '1.5T / 2 = 0.75T',
    '7.90B × \\$150k = \\$1.185 quadrillion',
  ])('comes out in one reading: %s', text => {
    expect(told(`It is ${text}.`)).toEqual([]);
  });
});

describe('what is said once more in another unit', () => {
  const CODE = cell(
    'life_hours = 50_000\nflow_days = 28\nlife_hours_str = f"{life_hours:,}"\nflow_days_str = f"{flow_days}"',
  );
  const told = (text: string) => report(`${CODE}\n${text}\n`).filter(line => line.includes('equation-mismatch'));

  test.each([
    ['A lamp lasts `{python} life_hours_str` hours (7.5 years).', '50,000 hours (7.5 years)', '5.7 years'],
    ['It flows for six weeks, or 6 weeks (`{python} flow_days_str` days).', '6 weeks (28 days)', '42 days'],
    ['A link of 12.5 GB/s Ethernet (200 Gbps) is there.', '12.5 GB/s Ethernet (200 Gbps)', '100 Gbps'],
  ])('%s', (text, reads, right) => {
    expect(told(text)).toEqual([
      expect.stringContaining(`The sentence reads "${reads}", but the first number is ${right}.`),
    ]);
  });

  test.each([
    'A lamp lasts `{python} life_hours_str` hours (5.7 years).',
    'It flows for 4 weeks (`{python} flow_days_str` days).',
    'It takes 20 days (4 weeks), or 30 days (1 month).',
    'It takes 45 minutes (2 hours with a break), 5 hours (30 minutes), and 20–30 days (4 weeks).',
    'A trip of 5 miles (8 km) with 2 TB (500 GB).',
  ])('left alone: %s', text => {
    expect(told(text)).toEqual([]);
  });
});
