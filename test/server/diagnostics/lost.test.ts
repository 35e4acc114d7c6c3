/** Numbers that may be of what a failed cell was to make are told to be of nothing else. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const FLU = cell('#| label: flu\nflu_nurses = 49\nflu_nurses_str = f"{flu_nurses}"');
const stale = (text: string) => report(text).filter(one => one.includes('stale-literal'));

test('a number of a cell that failed is no stale one of another', () => {
  const failed = cell('nurses = 46\nbeds = nurses / 0\nnurses_str = f"{nurses}"');
  expect(stale(`${failed}\n${FLU}\nThe ward needs 46 nurses.\n`)).toEqual([]);
});

test('beside a cell that failed at something else it is told', () => {
  const failed = cell('price = 46 / 0');
  expect(stale(`${failed}\n${FLU}\nIn a flu, the ward needs 46 nurses.\n`)).toHaveLength(1);
});

test('a percentage is no count', () => {
  const nurses = cell('from math import ceil\nnurses = ceil(45.2)\nnurses_str = f"{nurses}"');
  expect(stale(`${nurses}\nEach nurse of the \`{python} nurses_str\` charts.\n\nA nurse spends 38% of it.\n`)).toEqual(
    [],
  );
});

test('of two numbers that may be of one value, the nearer one is told', () => {
  const days = cell('leave = 30\nwork_days = 241 - leave\nwork_days_str = f"{work_days}"');
  expect(stale(`${days}\nOf 260 working days of a year, 209 days of work are left.\n`)).toEqual([
    expect.stringContaining('"209 days"'),
  ]);
});
