import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test.each([
  ['import pandas as pd', 'pandas'],
  ['async def f():\n    pass', 'async def'],
  ['x = eval("1")', 'eval'],
  ['f = open("secrets")', 'open'],
])('%s', (code, construct) => {
  const lines = report(cell(code));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^warning unsupported /);
  expect(lines[0]).toContain(construct);
});
