/** Tables that are calculations, wholes with all of their parts, the same in two units, and what a sentence makes of a number before. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
tries = 8282
parcels = 6874
failed = tries - parcels
tries_str = f"{tries:,}"
failed_str = f"{failed:,}"
sheets_hour = 9500
sheets_hour_str = f"{sheets_hour:,}"
locker_year = 1585
locker_year_str = f"{locker_year:,}"
cable_eur_t = 96
cable_eur_t_str = f"{cable_eur_t}"
cards = 8
cards_str = f"{cards}"
photos_m = 40
photos_m_str = f"{photos_m}"
`;

function told(prose: string): string[] {
  const text = prose.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${text}\n`).filter(line => !line.startsWith('hint ') && !line.includes('unused'));
}

function rows(...lines: readonly (readonly string[])[]): string {
  const [head, ...body] = lines.map(cells => `| ${cells.join(' | ')} |`);
  return [head, `|${lines[0]!.map(() => '---').join('|')}|`, ...body].join('\n');
}

const HEAD = ['Room', 'Lamps', 'Watts', 'Sum'];

test.each([
  [
    'a row that is no product',
    rows(HEAD, ['Hall', '12', '15', '180'], ['Bar', '14', '11', '154'], ['Loft', '7', '18', '162']),
  ],
  ['a total', rows(['Room', 'Cost'], ['Hall', '€1,240'], ['Bar', '€380'], ['Loft', '€215'], ['Total', '€1,935'])],
  [
    'a row that is no sum',
    rows(HEAD, ['Hall', '124', '31', '155'], ['Bar', '87', '12', '99'], ['Loft', '66', '15', '91']),
  ],
])('%s of a table is told', (_, table) => {
  const [first, ...more] = told(table);
  expect(more).toEqual([]);
  expect(first).toContain('equation-mismatch');
});

test.each([
  [
    'rows that multiply out',
    rows(HEAD, ['Hall', '12', '15', '180'], ['Bar', '14', '11', '154'], ['Loft', '7', '18', '126']),
  ],
  [
    'rounded products',
    rows(HEAD, ['Hall', '12.1', '15.2', '184'], ['Bar', '14.2', '11.3', '160'], ['Loft', '7.1', '18.1', '129']),
  ],
  ['data', rows(HEAD, ['Hall', '12', '15', '182'], ['Bar', '14', '11', '134'], ['Loft', '7', '18', '162'])],
  ['a total', rows(['Room', 'Cost'], ['Hall', '€1,240'], ['Bar', '€380'], ['Loft', '€215'], ['Total', '€1,835'])],
  ['an average', rows(['Room', 'Cost'], ['Hall', '€240'], ['Bar', '€380'], ['Loft', '€215'], ['Average', '€278'])],
  ['a total of more rows', rows(['Room', 'Cost'], ['Hall', '€240'], ['Bar', '€380'], ['Total', '€5,835'])],
  [
    'a row of which a part is told',
    rows(['Room', 'Cost'], ['Hall', '€240'], ['of which net', '€180'], ['Bar', '€380'], ['Total', '€620']),
  ],
])('%s are left alone', (_, table) => expect(told(table)).toEqual([]));

test.each([
  [
    'One bar of 58 ms in four parts: scan 30, network 9, text 6, ranking 4.',
    'One bar of 49 ms in four parts: scan 30, network 9, text 6, ranking 4.',
  ],
  [
    'A day of 24 hours has three parts: 8 hours of work, 7 of sleep and 11 of neither.',
    'A day of 24 hours has three parts: 8 hours of work, 7 of sleep and 9 of neither.',
  ],
  [
    'The 954 kJ of the climb are only 282 kcal; the rest is heat.',
    'The 954 kJ of the climb are only 228 kcal; the rest is heat.',
  ],
  ['The walk takes 90 minutes, or 2.5 hours.', 'The walk takes 90 minutes, or 1.5 hours.'],
])('%s', (bad, good) => {
  expect(told(good)).toEqual([]);
  expect(told(bad).map(line => /equation-mismatch/.test(line))).toEqual([true]);
});

test.each([
  ['64 of 4,096 lists are one in 46, so little is read.', '64 of 4,096 lists are one in 64, so little is read.'],
  [
    'The index takes 123 GB. Half precision halves it: 31 GB.',
    'The index takes 123 GB. Half precision halves it: 61 GB.',
  ],
  [
    'The queue had 40 people. A second till doubled that, to 120 people.',
    'The queue had 40 people. A second till doubled that, to 80 people.',
  ],
  [
    'They take {tries_str} tries, {failed_str} fewer than there are parcels.',
    'They take {tries_str} tries, {failed_str} more than there are parcels.',
  ],
])('%s', (bad, good) => {
  expect(told(good)).toEqual([]);
  expect(told(bad).map(line => /claim-mismatch/.test(line))).toEqual([true]);
});

test.each([
  [
    'It prints {sheets_hour_str} sheets on both sides each minute.',
    'It prints {sheets_hour_str} sheets on both sides each hour.',
  ],
  ['A locker costs €{locker_year_str} a month.', 'A locker costs €{locker_year_str} a year.'],
  ['The cable asks €{cable_eur_t_str} for a kilogram.', 'The cable asks €{cable_eur_t_str} for a tonne.'],
])('%s', (bad, good) => {
  expect(told(good)).toEqual([]);
  expect(told(bad).map(line => /unit-mismatch/.test(line))).toEqual([true]);
});

test('a stale number of a column is told, and not the total that it makes wrong', () => {
  const code = 'water_eur_str = "20"\nheat_eur_str = "36"\nwage_eur_str = "315"\ntotal_eur_str = "371"';
  const table = rows(['Part', 'Cost'], ['Water', '€29'], ['Heat', '€36'], ['Wage', '€315'], ['Total', '€371']);
  const found = report(`${cell(code)}\n${table}\n`).filter(line => line.startsWith('warning'));
  expect(found.map(line => line.split(' ')[1])).toEqual(['stale-literal']);
});

test('numbers in words with their millions are compared, and round ones may be rounded', () => {
  expect(told('The agency keeps fifty million photographs.')[0]).toContain('fifty million photographs');
  expect(told('The agency keeps forty million photographs.')).toEqual([]);
});

test('a value without its unit is told, whatever unit another sentence has', () => {
  const code = `
from mlsys.constants import GB, USD, hour
from mlsys.formatting import fmt
rate_usd_str = fmt((2.2 * USD / hour).m_as(USD / hour), precision=2)
index_gb_str = fmt((123 * GB).m_as(GB), precision=0)
`;
  const of = (prose: string) => report(`${cell(code)}\n${prose}\n`).filter(line => line.includes('rendered-sentence'));
  expect(of('A card rents for `{python} rate_usd_str` an hour. One dollar buys much.')).toHaveLength(1);
  expect(
    of('A vector takes 3.1 KB, and the 40 million vectors take `{python} index_gb_str`. A card has 80 GiB.'),
  ).toHaveLength(1);
  // Said of all numbers, and in the sentence that this one leans on
  expect(of('All sizes are in gigabytes. The whole index of the agency takes `{python} index_gb_str`.')).toEqual([]);
  expect(of('The first index takes 61 GB. The second takes `{python} index_gb_str`.')).toEqual([]);
});

test('an example in a comment may be far off, and count what its name counts', () => {
  const of = (code: string) => report(cell(code)).filter(line => line.includes('stale-comment'));
  expect(of('cards = 8  # e.g. "16" cards')).toHaveLength(1);
  expect(of('power_w = 200  # e.g. "500" W')).toHaveLength(1);
  expect(of('cards = 8  # e.g. "16" hosts')).toEqual([]);
  expect(of('cards = 8  # e.g. "8" cards')).toEqual([]);
});
