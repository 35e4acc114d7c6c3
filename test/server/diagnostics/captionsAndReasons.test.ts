/** Claims of captions about the rows of their tables, reasons that are calculations, how often in how long, and some of what was counted. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

function told(text: string): string[] {
  return report(`${cell('pumps = 3')}\n${text}\n`).filter(line => /^(?:warning|error)/.test(line));
}

const TABLE = `| Consumer | Power | Share |
|:---|---:|---:|
| Ovens | 12 kW | 60% |
| Mixers | 6 kW | 30% |
| Lamps | 2 kW | 10% |

: What the bakery draws. CLAIM {#tbl-power}
`;
const INTERVALS = `| Interval | Boats needed | Seats an hour |
|---:|---:|---:|
| 30 min | 4 | 160 |
| 20 min | 6 | 240 |
| 10 min | 12 | 480 |

: What the ferry offers. CLAIM {#tbl-boats}
`;

const SPEEDS = `| Rope speed | Chairs an hour | People an hour |
|---:|---:|---:|
| 2.0 m/s | 480 | 1,920 |
| 2.5 m/s | 600 | 2,400 |
| 5.0 m/s | 1,200 | 4,800 |

: What a rope brings. CLAIM {#tbl-speeds}
`;

test.each([
  [TABLE, 'The lamps are the largest of the three consumers.', 'Lamps has 2 kW, 10%, and Ovens 12 kW'],
  [TABLE, 'The ovens are by far the smallest of the three.', 'Ovens has 12 kW, 60%, and Lamps 2 kW'],
  [INTERVALS, 'The shortest of the three intervals needs the fewest boats.', 'beside 10 min stands 12 among 4, 6, 12'],
  [
    SPEEDS,
    'The slowest of the three ropes moves the most people.'.replace('moves', 'carries'),
    'beside 2.0 m/s stands 1,920',
  ],
  [INTERVALS, 'The longest of the three offers the most seats.', 'beside 30 min stands 160 among 160, 240, 480'],
])('%s%s', (table, claim, why) => {
  const [line, ...more] = told(table.replace('CLAIM', claim));
  expect(line).toContain('warning claim-mismatch ');
  expect(line).toContain(why);
  expect(more).toEqual([]);
});

test.each([
  [TABLE, 'The lamps are the smallest of the three consumers.'],
  [SPEEDS, 'The fastest of the three ropes carries the most people.'],
  [TABLE, 'The ovens are the largest of the four.'],
  [TABLE, 'The mixers are the oldest of the bakers\u2019 three machines.'],
  [INTERVALS, 'The shortest of the three intervals needs the most boats.'],
  [INTERVALS, 'The shortest of the three intervals wastes the most fuel.'],
])('nothing of %s%s', (table, claim) => {
  expect(told(table.replace('CLAIM', claim))).toEqual([]);
});

test('a row in which a column is not so many times another one', () => {
  expect(told(SPEEDS.replace('| 480 |', '| 840 |'))).toEqual([expect.stringContaining('by which 840 would be 480.')]);
  expect(told(SPEEDS.replace('2,400', '2,040'))).toEqual([expect.stringContaining('2,040 would be 2,400.')]);
  // What is measured need not be in proportion.
  expect(told(SPEEDS.replace('| 1,200 | 4,800 |', '| 1,200 | 4,700 |').replace('5.0', '4.9'))).toEqual([]);
});

test('a share that is not that of its row', () => {
  expect(told(TABLE.replace('30%', '20%'))).toEqual([
    expect.stringContaining(
      'In the other rows the share is that of the sum of the column, but 6 kW of 20 is 30%, and no 20%.',
    ),
  ]);
  expect(told(TABLE.replace('30%', '20%').replace('60%', '50%'))).toEqual([]);
  expect(told(TABLE.replace('| Share |', '| Growth |').replace('30%', '20%'))).toEqual([]);
});

test.each([
  ['A cut by a tenth is worth €4,724 a year, since 42,740 / 10 = 4,274.', 'says 4,724, but its reason gives 4,274'],
  ['The wages of €2,736 are 2.1 times the rest, since 3,624 − 2,736 = 888.', '2,736 is 3.08 times 888'],
  [
    'A boat leaves every 5 minutes, fifteen an hour, and needs a crew.',
    'says fifteen an hour, but every 5 minutes makes 12',
  ],
  ['The pump starts every 40 minutes, 26 times a day.', 'says 26 a day, but every 40 minutes makes 36'],
  ['The city owns 40 boats. Five of them, 10% of the fleet, are spare.', 'says 10%, but five of 40 are 12.5%'],
  [
    'The city owns 40 boats. Four of them are spare, which leaves 34 for service.',
    '34 are left, but 40 without four leave 36',
  ],
  ['The ride lasts 9.7 minutes, a little less than nine.', 'less than'],
  ['There are 60 rooms. Some 3,624 euros / 3,360 kg ≈ 1.80 euros per kg are paid.', 'but the left side gives 1.08'],
])('%s', (text, why) => {
  const [line, ...more] = told(text);
  expect(line).toMatch(/^warning (?:claim|equation)-mismatch /);
  expect(line).toContain(why);
  expect(more).toEqual([]);
});

test.each([
  'A cut by a tenth is worth €4,274 a year, since 42,740 / 10 = 4,274.',
  'A cut is worth €4,724 a year, since there are 9 shops and 42,740 / 10 = 4,274.',
  'The wages of €2,736 are 3.1 times the rest, since 3,624 − 2,736 = 888.',
  'The ride lasts 9.7 minutes, a little less than ten.',
  'A boat leaves every 5 minutes, twelve an hour, and needs a crew.',
  'The pump starts about every 40 minutes, some 35 times a day.',
  'The press prints every 2 hours, 400 sheets an hour.',
  'The city owns 40 boats. Four of them, 10% of the fleet, are spare, which leaves 36 for service.',
  'The city owns 40 boats and 12 buses. Three of them, a quarter of the buses, are spare.',
])('nothing of %s', text => {
  expect(told(text)).toEqual([]);
});
