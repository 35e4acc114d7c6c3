import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test('tells the value and the text that it would have become', () => {
  const [line, ...others] = report(cell('from mlsys.formatting import fmt\nshare_str = fmt(0.004, precision=1)'));
  expect(others).toEqual([]);
  expect(line).toContain('error precision-loss "fmt(0.004, precision=1)"');
  expect(line).toContain("Value 0.004 was formatted as '0.0' with precision=1.");
});

test('a true zero is fine', () => {
  expect(report(cell('from mlsys.formatting import fmt\nshare_str = fmt(0, precision=1)'))).toEqual([]);
});
