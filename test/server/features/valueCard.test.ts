/** Cards of numbers: what the page shows of a number that is pointed at. */
import { describe, expect, test } from 'vitest';
import { VALUE_CARD, type ValueCard } from '../../../server/protocol';
import { cell } from '../../support/analysis';
import { ask } from '../../support/requests';

const card = (marked: string) => ask<Promise<ValueCard>>(VALUE_CARD, marked);
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
  test('shows the number behind its text, with all digits and its unit', async () => {
    expect(await card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`)).toMatchObject({
      expression: 'Sweep.time_str',
      shown: '0.042',
      raw: { name: 'Sweep.time', value: '0.0417910447761194', unit: 's', type: 'Quantity' },
      notes: [],
      reference: at(10, 0),
    });
  });

  test('shows the formula, with names and with numbers in', async () => {
    expect((await card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`)).formula).toMatchObject({
      names: 'weights / H100_MEM_BW in second',
      numbers: '140 GB / 3.35 TB/s in second',
    });
  });

  test('sets the formula, and sets it by what it ends in where that is another one', async () => {
    const { set, simplified } = (await card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`)).formula!;
    expect(set?.names).toContain('<mfrac><mtext>weights</mtext><mtext>H100_MEM_BW</mtext></mfrac>');
    expect(set?.numbers).toContain('katex-display');
    // Units take part in it.
    expect(simplified).toBeUndefined();
    const steps = cell('n = 8\neta = 0.5\nrate = n * eta\ndays = 100 / rate');
    const { formula } = await card(`${steps}\n\`{python} ¦days\`\n`);
    expect(formula!.set!.names).toContain('<mtext>rate</mtext>');
    expect(formula!.simplified).toContain('<mfrac><mn>100</mn><mrow><mi>n</mi><mo>×</mo><mi>η</mi></mrow></mfrac>');
  });

  test('shows what that ends in, with its place and its source', async () => {
    expect(await card(`${SWEEP}\n\`{python} ¦Sweep.time\` s\n`)).toMatchObject({
      made: { source: 'time = (weights / H100_MEM_BW).to(second)', cell: 'cell 1', place: at(5, 4) },
      inputs: [
        { name: 'Sweep.weights', value: '140', unit: 'GB', source: 'assumption', place: at(4, 4) },
        { name: 'H100_MEM_BW', value: '3.35', unit: 'TB/s', source: 'NVIDIA H100 data sheet, 2022' },
      ],
    });
  });

  test('names no source for a name of the book that is called like a constant', async () => {
    const own = cell('H100_MEM_BW = 5\nx = H100_MEM_BW + 1');
    expect((await card(`${own}\n\`{python} ¦x\`\n`)).inputs).toEqual([
      { name: 'H100_MEM_BW', value: '5', type: 'int', source: 'assumption', place: at(1, 0) },
    ]);
  });

  test('shows the guards of its cell with their margins', async () => {
    expect((await card(`${SWEEP}\n\`{python} ¦Sweep.time_str\` s\n`)).guards).toEqual([
      { text: 'time.magnitude < 0.05 holds: 0.04179 < 0.05, by 16 %', passed: true, place: at(6, 4) },
    ]);
    const failing = SWEEP.replace('< 0.05', '< 0.01');
    expect((await card(`${failing}\n\`{python} ¦Sweep.time\` s\n`)).guards).toEqual([
      { text: 'too slow', passed: false, place: at(6, 4) },
    ]);
  });

  test('says why there is no value, and leads to where that began', async () => {
    const { notes, shown } = await card(`${cell('x = 1 / 0')}\n\`{python} ¦x\`\n`);
    expect(shown).toBeUndefined();
    expect(notes).toEqual([{ text: expect.stringContaining("name 'x' is not defined"), place: at(1, 4) }]);
    expect((await card(`${cell('import pandas\nx = pandas.y')}\n\`{python} ¦x\`\n`)).notes[0]!.text).toContain(
      'pandas',
    );
  });

  test('tells how Markdown reads, and nothing of the object', async () => {
    const made = cell('from IPython.display import Markdown\na = 3\nb = 4\nlaw = Markdown(f"$N = {a} / {b}$")');
    const { shown, raw } = await card(`${made}\nSo \`{python} ¦law\`.\n`);
    expect([shown, raw]).toEqual(['$N = 3 / 4$', undefined]);
  });

  test('is none where there is no reference', async () => {
    expect(await card(`${SWEEP}\nTh¦is\n`)).toBeNull();
  });
});
