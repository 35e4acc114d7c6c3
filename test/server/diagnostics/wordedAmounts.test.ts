/** What sentences say once more of a number in words, of how far two lie apart, and of the sentence before. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
eggs_str = "24"
beds_str = "96"
old_str = "6"
saving_str = "121"
`;

function told(text: string): string[] {
  const prose = text.replaceAll(/\{(\w+)\}/g, '`{python} $1`');
  return report(`${cell(CODE)}\n${prose}\n`).filter(line => line.includes(' claim-mismatch '));
}

test.each([
  ['The pump costs \\${saving_str} more than the stove.', 'The pump costs \\${saving_str} less than the stove.'],
  ['A tray takes {eggs_str} eggs, three dozen.', 'A tray takes {eggs_str} eggs, two dozen.'],
  ['The house has {beds_str} beds, well over a hundred.', 'The house has {beds_str} beds, not quite a hundred.'],
  ['The house has {beds_str} beds, more than a hundred of them.', 'The house has {beds_str} beds, about a hundred.'],
  ['The house has {beds_str} beds, a couple of hundred.', 'The house has 196 beds, a couple of hundred.'],
  ['The trip takes 50 minutes, half an hour.', 'The trip takes 30 minutes, half an hour.'],
  ['The trip takes 20 minutes, a quarter of an hour.', 'The trip takes 14 minutes, a quarter of an hour.'],
  ['The trip takes 100 minutes (an hour and a half).', 'The trip takes 90 minutes (an hour and a half).'],
  ['The load is 900 kg, almost half a tonne.', 'The load is 480 kg, almost half a tonne.'],
  ['There is a 5× gap between 40 ms and 12 ms.', 'There is a 3.3× gap between 40 ms and 12 ms.'],
  ['A factor of five separates 40 ms from 12 ms.', 'A factor of about 3 separates 40 ms from 12 ms.'],
  ['The ratio of 40 kW to 12 kW is 5.', 'The ratio of 40 kW to 12 kW is 3.3.'],
  ['Between 12 kW and 40 kW lies a factor of ten.', 'Between 12 kW and 40 kW lies a factor of three.'],
  ['At 60 FPS, each frame has 33 ms.', 'At 60 FPS, each frame has 16.7 ms.'],
  [
    'The camera runs at 60 frames per second, so there are 33 ms per frame.',
    'The camera runs at 30 frames per second, so there are 33 ms per frame.',
  ],
  ['A request every 20 ms is 60 requests per second.', 'A request every 20 ms is 50 requests per second.'],
  ['A budget of 33.3 ms per frame (60 FPS) is enough.', 'A budget of 16.7 ms per frame (60 FPS) is enough.'],
  [
    'The old press needs {old_str} hours. That is twice the 2 hours of the new one.',
    'The old press needs {old_str} hours. That is three times the 2 hours of the new one.',
  ],
  [
    'The barn holds 40 t. This is four times what the shed holds, 12 t.',
    'The barn holds 40 t. This is more than three times what the shed holds, 12 t.',
  ],
  [
    'The pump draws 40 kW. The fan needs only a tenth of that, 12 kW.',
    'The pump draws 40 kW. The fan needs only a third of that, 13 kW.',
  ],
  [
    'The tour spends 14.0 hours on the road, of which the way home takes 4.4 hours. That is almost half of the whole.',
    'The tour spends 14.0 hours on the road, of which the way home takes 4.4 hours. That is almost a third of the whole.',
  ],
  ['There are 30 of the 50 singers, or two fifths.', 'There are 30 of the 50 singers, or three fifths.'],
])('%s', (wrong, right) => {
  expect(told(wrong)).toHaveLength(1);
  expect(told(right)).toEqual([]);
});

test.each([
  'It costs 14 euros, of which the way takes 4 hours. That is half of the whole.',
  'Its saving of money was \\${saving_str} more than before.',
  'There are 30 of the 50 singers, two fifths of whom are men.',
  // One of the numbers of the sentence before bears it out.
  'The old press needs 4 hours, the fast one 9 hours. That is twice the 2 hours of the new one.',
  'It takes 20 minutes, half an hour, or two hours.',
  'At 30 FPS the model takes 12 ms per frame.',
  'The gap between 12 kW and 40 kW is 28 kW.',
  'The distance between 12 km and 40 km is covered by a factor of safety.',
])('leaves alone: %s', sentence => {
  expect(told(sentence)).toEqual([]);
});
