import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

test('the comment takes the value', () => {
  const text = cell('class Rack:\n    watts_str = f"{20 * 12}"  # e.g. "500" W');
  expect(report(text)).toEqual(['info stale-comment "500": The comment says "500", but `Rack.watts_str` is "240".']);
  expect(applyFix(text, 'Say "240" in the comment')).toBe(text.replace('"500" W', '"240" W'));
});

test.each([
  ['w_str = f"{20 * 12}"  # "500"', 'Say "240" in the comment', '# "240"'],
  ["w_str = f'{20 * 12}'  # e.g., '500'", 'Say "240" in the comment', "# e.g., '240'"],
  ['tariff = 0.17  # e.g. "0.21" euros per kWh', 'Say "0.17" in the comment', '# e.g. "0.17" euros per kWh'],
  ['days = 84 / 24  # = 2.5', 'Say 3.5 in the comment', '# = 3.5'],
  ['w_str = f"{49.2:.1f}"  # -> 55.8', 'Say 49.2 in the comment', '# -> 49.2'],
  ['trip_min = 20 + 12.3  # about 41 minutes', 'Say 32 in the comment', '# about 32 minutes'],
  ['state_bytes = 14  # 16 bytes: weights and moments', 'Say 14 in the comment', '# 14 bytes: weights and moments'],
  ['t_load = 45  # 54 ms', 'Say 45 in the comment', '# 45 ms'],
  ['days = int(84 / 24 * 2512)  # 8,729', 'Say 8,792 in the comment', '# 8,792'],
  ['alcohol = 116 * 0.059  # 7.2 per cent', 'Say 6.8 in the comment', '# 6.8 per cent'],
  ['energy_price = 0.28  # 0.31 euros per kWh', 'Say 0.28 in the comment', '# 0.28 euros per kWh'],
  ['first = 1000 * 1.358  # $1,458', 'Say 1,358 in the comment', '# $1,358'],
  ['blocked = 0.34  # 30 % of the diameter', 'Say 34 in the comment', '# 34 % of the diameter'],
  ['growth = 0.06  # 7 % a year', 'Say 6 in the comment', '# 6 % a year'],
  ['years = 40  # 50 years until it is full', 'Say 40 in the comment', '# 40 years until it is full'],
  ['s_net = 3  # Speedup of the net (5x)', 'Say 3 in the comment', '# Speedup of the net (3x)'],
  [
    'loss_points_month = 0.8  # 0.5% loss per month (e.g. 85 -> 84.5)',
    'Say 0.8 in the comment',
    '# 0.8% loss per month (e.g. 85 -> 84.5)',
  ],
  ['surface_ha = 6.4  # 8.2 ha of the full lake', 'Say 6.4 in the comment', '# 6.4 ha of the full lake'],
  ['tank_m3 = 400 + 47  # 520 m³', 'Say 447 in the comment', '# 447 m³'],
  ['from mlsys.constants import GB\nsize = 13 * 2 * GB  # 28 GB', 'Say 26 in the comment', '# 26 GB'],
  ['from mlsys.constants import GB\nsize = 26 * GB  # e.g. "28" GB', 'Say "26" in the comment', '# e.g. "26" GB'],
])('a number behind %s', (code, fix, now) => {
  const text = cell(code);
  expect(report(text)).toEqual([expect.stringMatching(/^info stale-comment /)]);
  const fixed = applyFix(text, fix);
  expect(fixed).toBe(text.replace(/# (?![^#]*constants).*$/m, now));
  expect(report(fixed)).toEqual([]);
});

test.each([
  'days = 84 / 24  # = 3.5',
  'days = 84 / 24  # 2.5 is too few',
  't_load = 45  # 0.045 s',
  't_load = 45  # 54 ms: the old limit',
  't_load = 45  # 54: too much',
  't_load = 45  # 2000 ms',
  't_load = 45  # ~48 ms',
  'batch = 32  # 40 GB',
  'count = 7e9  # 7B',
  'share = 84 / 24  # 3',
  'load = 84 / 24  # 123',
  'n = 12  # step 13',
  'w_str = "240"  # e.g. "240" W',
  'w_str = "240"  # as "500" W',
  'w = 240  # e.g. "500"',
  'for n in (1, 2):\n    w_str = str(n)  # e.g. "2"',
  'w_str = "a"  # e.g. "b"\nw_str = "c"',
])('clean: %s', code => {
  expect(report(cell(code))).toEqual([]);
});

test.each([
  ['# 2 × 95 = 210 minutes\ncycle_min = 2 * 95', '# 2 × 95 = 190 minutes'],
  ['# about 240 minutes\ncycle_min = 2 * 95', '# about 190 minutes'],
])('above what is computed: %s', (code, now) => {
  const text = cell(code);
  expect(report(text)).toEqual([expect.stringMatching(/^info stale-comment /)]);
  expect(applyFix(text, 'Say 190 in the comment')).toContain(now);
});

test.each([
  '# about 200 minutes\ncycle_min = 2 * 95',
  '# step 210\ncycle_min = 2 * 95',
  '# at 20 minutes = 3 trips\ncycle_min = 2 * 95',
])('clean above what is computed: %s', code => expect(report(cell(code))).toEqual([]));

const BOX = (goal: string, doc: string) =>
  cell(`# ┌───────────────
# │ LOCKS
# ├───────────────
# │ Goal: ${goal}
# │ Exports: wait_str
# └───────────────
class Locks:
    """
    ${doc}
    """
    gate_ms = 45
    pump_ms = 85
    total_ms = gate_ms + pump_ms
    full_share = 0.6
    wait_str = f"{total_ms}"

wait_str = Locks.wait_str`);
const USE = '\nA ship waits `{python} wait_str` ms.\n';

test.each([
  ['Show that both take 130 ms.', 'A gate of 45 ms in a lock of 150 ms.', '150 ms', 130],
  ['Show that the full lock of 52% is quick.', 'Locks.', '52%', 60],
  ['A pump of 78 ms\n# │ fills the lock.', 'Locks.', '78 ms', 85],
])('in the text above the code: %s %s', (goal, doc, said, own) => {
  const text = BOX(goal, doc) + USE;
  expect(report(text)).toEqual([expect.stringContaining(`The text above the code says ${said}, but`)]);
  expect(report(applyFix(text, `Say ${own} there`))).toEqual([]);
});

test.each([
  ['Show that both take 130 ms.', 'A gate of 45 ms in a lock of about 150 ms.'],
  ['Show that the gate of 45 ms is quick.', 'Others take 400 ms.'],
  ['Nobody waits 150 ms.', 'Locks.'],
  ['Less than 52% of a full lock.', 'Locks of 60%.'],
])('nothing is told of the text above: %s %s', (goal, doc) => {
  expect(report(BOX(goal, doc) + USE)).toEqual([]);
});

test('a text in another unit by its name is not what the text above the code was told for', () => {
  const text = `${cell(`class Crossing:
    """A crossing at 28 km/h."""
    distance_km = 12
    speed_kmh = 24
    sailing_min_str = f"{distance_km / speed_kmh * 60:.0f}"
    speed_kmh_str = f"{speed_kmh}"`)}\nAt \`{python} Crossing.speed_kmh_str\` km/h it sails for \`{python} Crossing.sailing_min_str\` minutes.\n`;
  expect(report(text)).toEqual([
    'info stale-comment "28": The text above the code says 28 km/h, but `Crossing.speed_kmh` is 24 km/h.',
  ]);
  expect(report(applyFix(text, 'Say 24 there'))).toEqual([]);
});

const COUNTS = (goal: string, doc: string) =>
  cell(`# ┌───────────────
# │ FLYERS
# ├───────────────
# │ Goal: ${goal}
# │ Exports: made_str
# └───────────────
class Flyers:
    """${doc}"""
    flyers = 12_000
    sheets_per_hour = 9_000
    growth_months = 4.4
    width = 640
    paper_kg = 75
    plate_eur = 22
    plates_eur = 4 * plate_eur
    made_str = f"{paper_kg * 2 + plates_eur + flyers + sheets_per_hour + growth_months + width}"

made_str = Flyers.made_str`) + '\nThey make `{python} made_str` in all.\n';

test.each([
  ['Print 15,000 flyers.', 'One order.', '15,000 flyers', '12,000'],
  ['Print them.', 'A press of 8,000 sheets an hour.', '8,000 sheets', '9,000'],
  ['Print them over 6 months of growth.', 'One order.', '6 months', '4'],
  ['The shop doubles its growth (3.4mo) there.', 'One order.', '3.4', '4.4'],
  ['Show pictures of 800x800.', 'One order.', '800x800', '640'],
  ['The price of 90 kg.', 'One order.', '90 kg', '75'],
  ['Plates at 25 dollars make the bill.', 'One order.', '25 dollars', '22'],
  ['Paper at 2 dollars, plates at 25.', 'One order.', '25', '22'],
])('a count in the text above the code: %s %s', (goal, doc, said, own) => {
  const text = COUNTS(goal, doc);
  expect(report(text)).toEqual([expect.stringContaining(`The text above the code says ${said}, but`)]);
  expect(report(applyFix(text, `Say ${own} there`))).toEqual([]);
});

test.each([
  ['Print 12,000 flyers at 9,000 sheets an hour.', 'One order.'],
  ['Print more than 10,000 flyers.', 'One order.'],
  ['Print 200 flyers a day.', 'One order.'],
  ['Show pictures of 640x640.', 'One order of 5 boxes.'],
  ['Paper of 200 kg, and 88 flyers.', 'Others wait 6 months.'],
])('no count is told of the text above: %s %s', (goal, doc) => {
  expect(report(COUNTS(goal, doc))).toEqual([]);
});
