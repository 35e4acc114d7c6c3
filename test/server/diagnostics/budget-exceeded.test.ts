import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test.each(['while True: pass', 'x = 10 ** 10 ** 10', 'x = "a" * 10 ** 12', 'x = [0] * 10 ** 10'])('%s', code => {
  const lines = report(cell(code));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^warning budget-exceeded .*the cell (took more than 20,000,000 steps|would use more than 256 MB of memory)$/,
  );
});
