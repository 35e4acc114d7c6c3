import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test.each([
  ['import pandas as pd', 'pandas'],
  ['async def f():\n    pass', 'async def'],
  ['x = t"{1}"', 'a template string'],
  ["x = \"a\" rT'''b\n{1:>{2}}'''", 'a template string'],
  ['x = eval("1")', 'eval'],
  ['f = open("secrets")', 'open'],
])('%s', (code, construct) => {
  const lines = report(cell(code));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^warning unsupported /);
  expect(lines[0]).toContain(construct);
});

test('stands at the call in the cell, not inside the library', () => {
  const text = cell('import random\n\ndef draw():\n    return random.randint(0, 9)\n\nx = draw()');
  expect(report(text)).toEqual([
    'warning unsupported "draw()": random numbers without a seed is not supported by Reckoner: call random.seed(number) first.',
  ]);
});
