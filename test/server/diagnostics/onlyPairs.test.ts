/** What a sentence says of the only two numbers that it can mean, counts of earlier sentences, round words, and prices that lost their sign. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
old_kw_str = f"{30}"
new_kw_str = f"{108}"
fast_h = 3
fast_h_str = f"{fast_h}"
slow_h = 12
slow_h_str = f"{slow_h}"
crates_str = f"{40}"
crate_kg_str = f"{12}"
pumps_str = f"{12}"
ticket_usd_str = f"{45}"
locker_usd_str = f"{12}"
gap_min_str = f"{5}"
wind_mph_str = f"{62}"
beds_str = f"{360}"
`;

function told(sentence: string): string[] {
  const prose = sentence.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`)
    .filter(line => line.startsWith('warning '))
    .map(line => line.split(' ')[1]!);
}

test.each([
  [
    'claim-mismatch',
    'The slow wash takes {slow_h_str} hours, 5 times as long as the fast one with {fast_h_str} hours.',
    'The slow wash takes {slow_h_str} hours, 4 times as long as the fast one with {fast_h_str} hours.',
  ],
  [
    'claim-mismatch',
    'The fast wash takes {fast_h_str} hours, and 7 hours less than the slow one with {slow_h_str} hours.',
    'The fast wash takes {fast_h_str} hours, and 9 hours less than the slow one with {slow_h_str} hours.',
  ],
  [
    'claim-mismatch',
    'The sheets now dry three times as long, 8 hours instead of 4.',
    'The sheets now dry twice as long, 8 hours instead of 4.',
  ],
  [
    'claim-mismatch',
    'The old motor draws {old_kw_str} kW; the new one draws {new_kw_str} kW, by a factor of 4.6 more.',
    'The old motor draws {old_kw_str} kW; the new one draws {new_kw_str} kW, by a factor of 3.6 more.',
  ],
  [
    'claim-mismatch',
    'In spring the garden takes 300 litres a day. In summer it takes five times as much: 900 litres.',
    'In spring the garden takes 300 litres a day. In summer it takes three times as much: 900 litres.',
  ],
  [
    'claim-mismatch',
    'A tram leaves every {gap_min_str} minutes, fifteen times an hour.',
    'A tram leaves every {gap_min_str} minutes, twelve times an hour.',
  ],
  [
    'claim-mismatch',
    'It pays for itself after 3.2 years, so in under three years.',
    'It pays for itself after 3.2 years, so in under four years.',
  ],
  [
    'equation-mismatch',
    'The barn takes {crates_str} crates. At {crate_kg_str} kg a crate that is 520 kg of apples.',
    'The barn takes {crates_str} crates. At {crate_kg_str} kg a crate that is 480 kg of apples.',
  ],
  [
    'equation-mismatch',
    'There are nights, and 90 hours at \\$4 an hour cost \\$400.',
    'There are nights, and 90 hours at \\$4 an hour cost \\$360.',
  ],
  [
    'equation-mismatch',
    'Six laps of twenty seconds make three minutes.',
    'Six laps of twenty seconds make two minutes.',
  ],
  ['stale-literal', 'They run half a dozen pumps at night.', 'They run a dozen pumps at night.'],
  ['stale-literal', 'The house has two hundred beds.', 'The house has four hundred beds.'],
  ['unit-mismatch', 'It blows at {wind_mph_str} km/h today.', 'It blows at {wind_mph_str} miles per hour today.'],
  [
    'rendered-sentence',
    'A day ticket costs 45 and the locker \\${locker_usd_str}.',
    'A day ticket costs \\$45 and the locker \\${locker_usd_str}.',
  ],
])('%s: %s', (code, wrong, right) => {
  expect(told(wrong)).toEqual([code]);
  expect(told(right)).toEqual([]);
});

test.each([
  // Of something that has no number in the sentence.
  'It takes 12 seconds to mount, and only 36 seconds pass, more than four times as long as the cable needs.',
  'It takes 12 hours, and the 3 hours of cleaning cost five times as much.',
  'It takes 12 hours, 7 hours less than planned, of which 3 hours are for cleaning.',
  'A guest pays \\$12 a day, five times as much as a member, who pays \\$36 a month.',
  'Each of them takes 12 hours, five times as long as the 3 hours of a machine.',
  // Counts of several things, and of one that each has otherwise.
  'The barn takes 40 crates, the shed 30 crates. At 12 kg a crate that is 360 kg.',
  'The barn takes 40 crates. At 12 kg a crate that is 240 kg for half of them.',
  'A ticket costs 45 minutes of queueing, and the locker \\$12.',
  'Dozens of pumps run at night.',
])('nothing of "%s"', sentence => {
  expect(told(sentence)).toEqual([]);
});
