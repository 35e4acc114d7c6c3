/** Cards of numbers: what the page shows of a number that is pointed at. */
import { describe, expect, test } from 'vitest';
import { VALUE_CARD, type ValueCard } from '../../../server/protocol';
import { cell } from '../../support/analysis';
import { ask } from '../../support/requests';

const card = (marked: string) => ask<ValueCard>(VALUE_CARD, marked);
const at = (line: number, character: number) => ({ uri: 'file:///book/chapter.qmd', line, character });

const SWEEP = cell(
  [
    'from mlsys.constants import GB, second, H100_MEM_BW',
    'from mlsys.formatting import fmt, check',
    'class Sweep:',
    '    weights = 140 * GB',
    '    time = (weights / H100_MEM_BW).to(second)',
    '    check(time.magnitude < 0.05, "too slow")',
    '    time_str = fmt(time, second, precision=3)',
  ].join('\n'),
);

describe('the card of a number', () => {
  test('shows the value behind its text, with its unit', () => {
    expect(card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`)).toMatchObject({
      expression: 'Sweep.time_str',
      shown: '0.042',
      raw: { value: '0.0417910448', unit: 's', type: 'Quantity' },
      notes: [],
      reference: at(10, 0),
    });
  });

  test('shows the line that made it, what it read and where that was made', () => {
    expect(card(`${SWEEP}\n\`{python} ¦Sweep.time\` s\n`)).toMatchObject({
      made: { source: 'time = (weights / H100_MEM_BW).to(second)', cell: 'cell 1', place: at(5, 4) },
      inputs: [
        { name: 'weights', value: '140', unit: 'GB', place: at(4, 4) },
        { name: 'H100_MEM_BW', value: '3.35', unit: 'TB/s' },
      ],
    });
  });

  test('shows the guards of its cell with their margins', () => {
    expect(card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`).guards).toEqual([
      { text: 'time.magnitude < 0.05 holds: 0.04179 < 0.05, by 16 %', passed: true, place: at(6, 4) },
    ]);
    const failing = SWEEP.replace('< 0.05', '< 0.01');
    expect(card(`${failing}\n\`{python} ¦Sweep.time\` s\n`).guards).toEqual([
      { text: 'too slow', passed: false, place: at(6, 4) },
    ]);
  });

  test('names the source of constants, over all steps', () => {
    expect(card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`).sources).toEqual([
      { text: 'H100_MEM_BW: NVIDIA H100 data sheet, 2022' },
    ]);
  });

  test('names no source for a name of the book that is called like a constant', () => {
    const own = cell('H100_MEM_BW = 5\nx = H100_MEM_BW + 1');
    expect(card(`${own}\n\`{python} ¦x\`\n`).sources).toEqual([]);
  });

  test('says why there is no value, and leads to where that began', () => {
    const { notes, shown } = card(`${cell('x = 1 / 0')}\n\`{python} ¦x\`\n`);
    expect(shown).toBeUndefined();
    expect(notes).toEqual([{ text: expect.stringContaining("name 'x' is not defined"), place: at(1, 4) }]);
    expect(card(`${cell('import pandas\nx = pandas.y')}\n\`{python} ¦x\`\n`).notes[0]!.text).toContain('pandas');
  });

  test('is none where there is no reference', () => {
    expect(card(`${SWEEP}\nTh¦is\n`)).toBeNull();
  });
});
