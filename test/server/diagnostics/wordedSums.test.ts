/** Sums, quotients and rests that sentences tell in words or with remarks between their terms. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
wood_str = "40"
steel_str = "12"
`;

function told(sentence: string): string[] {
  const prose = sentence.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`).filter(line => line.includes(' equation-mismatch '));
}

test.each([
  ['It carries 40 t (wood) + 12 t (steel) = 53 t.', 'It carries 40 t (wood) + 12 t (steel) = 52 t.'],
  [
    'It carries {wood_str} t (wood) + {steel_str} t (steel) = 55 t.',
    'It carries {wood_str} t (wood) + {steel_str} t (steel) = 52 t.',
  ],
  ['We have 40 t of wood + 12 t of steel = 53 t.', 'We have 40 t of wood + 12 t of steel = 52 t.'],
  ['They move 3 trucks × 12 t per truck = 46 t.', 'They move 3 trucks × 12 t per truck = 36 t.'],
  ['The share is 40 divided by 12, or 4.3.', 'The share is 40 divided by 12, or 3.3.'],
  ['The 40 t divided by 12 is 4.3 t.', 'The 40 t divided by 12 is 3.3 t.'],
  ['Forty rows hold 40 times 12 is 490 seats.', 'Forty rows hold 40 times 12 is 480 seats.'],
  [
    'Whoever divides the \\$18,931 of a year by twelve gets \\$1,528.',
    'Whoever divides the \\$18,331 of a year by twelve gets \\$1,528.',
  ],
  [
    'They look at 30 thousand frames for 14 cents apiece, \\$4,800 in all.',
    'They look at 30 thousand frames for 14 cents apiece, \\$4,200 in all.',
  ],
  ['It takes 70 ms a frame, 162 seconds for the 1,800 frames.', 'It takes 70 ms a frame, 126 s for the 1,800 frames.'],
  ['There are 40 lamps of 12 W each, which makes 440 W.', 'There are 40 lamps of 12 W each, which makes 480 W.'],
  ['And 40 plus 12 makes 53.', 'And 40 plus 12 makes 52.'],
  [
    'There were 1,200 visitors divided by 24 guides, or 60 each.',
    'There were 1,200 visitors divided by 24 guides, or 50 each.',
  ],
  [
    'The pump takes 40 kW, the fan 12 kW and the light 8 kW, and they add up to 64 kW.',
    'The pump takes 40 kW, the fan 12 kW and the light 8 kW, and they add up to 60 kW.',
  ],
  ['40 kW, 12 kW and 8 kW add up to 64 kW.', '40 kW, 12 kW and 8 kW add up to 60 kW.'],
  ['The pump takes 40 kW and the fan 12 kW, 58 kW in all.', 'The pump takes 40 kW and the fan 12 kW, 52 kW in all.'],
  [
    'The pump takes 40 kW and the fan 12 kW. Together they draw 58 kW.',
    'The lamp takes 6 kW. The pump takes 40 kW and the fan 12 kW. Together they draw 58 kW.',
  ],
  [
    'Together they need 66 GB of the 86 GB that it has, which leaves 14 GB.',
    'Together they need 66 GB of the 86 GB that it has, which leaves 20 GB.',
  ],
  ['Of the 40 beds, 12 are taken, which leaves 29.', 'Of the 40 beds, 12 are taken, which leaves 28.'],
  [
    'Of \\$40,000 the barn takes \\$12,500 and leaves \\$34,500.',
    'Of \\$40,000 the barn takes \\$12,500 and leaves \\$27,500.',
  ],
  ['The legs are 702 km long (180 + 95 + 445).', 'The legs are 720 km long (180 + 95 + 445).'],
  ['It holds 32.04 GB (11.52 GB + 11.52 GB).', 'It holds 23.04 GB (11.52 GB + 11.52 GB).'],
])('%s', (wrong, right) => {
  expect(told(wrong)).toHaveLength(1);
  expect(told(right)).toEqual([]);
});

test.each([
  'There are 40 lamps of 12 W each, or 440 W a room.',
  'It takes 70 ms a frame, 162 seconds for the 1,800 frames of both flights.',
  'It takes 70 ms a frame, 20 seconds for the 1,800 frames.',
  // A remark, and no sum of the number.
  'The house has 96 beds (40 + 12 were added later).',
  'It takes 9 minutes (2 + 2 persons).',
  // One off may be rounded.
  'The pump takes 40 kW and the fan 12 kW, 53 kW in all.',
  'The pump takes 40 kW and each of the fans 12 kW, 58 kW in all.',
  'The pump takes 40 kW and two fans 12 kW, 58 kW in all.',
  'The pump takes 40 kW, of which the motor has 12 kW, 46 kW in all.',
  // All of these are computed.
  'The pump takes {wood_str} kW and the fan {steel_str} kW. Together they draw 97 kW.',
  'It rose from 40 kW to 48 kW, and leaves 7 kW for each of them.',
  'Of the 40 beds, 12 are taken by guests, which leaves 6 nurses each night.',
])('leaves alone: %s', sentence => {
  expect(told(sentence)).toEqual([]);
});

test('a paragraph full of numbers is read in time', () => {
  const many = Array.from({ length: 180 }, (_, at) => `${at + 2} kW (pump)`).join(' + ');
  const start = performance.now();
  told(`${many}, together ${'9'.repeat(40)} kW in all, ${'40 plus '.repeat(2000)}`);
  expect(performance.now() - start).toBeLessThan(3000);
});
