/** What a chapter must not be able to do: take the machine's time or memory by one expression. */
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../support/python';

describe('work out of all proportion ends as a budget', () => {
  test.each([
    '10 ** 10 ** 9',
    '2 ** 10 ** 10',
    '1 << 10 ** 11',
    '"a" * 10 ** 12',
    '[0] * 10 ** 10',
    '(1, 2) * 10 ** 12',
    'list(range(10 ** 12))',
    'sum(range(10 ** 12))',
    '"{:>{w}}".format(1, w=10 ** 11)',
    '"%*d" % (2 ** 31 - 1, 1)',
    'f"{1.5:.{2 ** 31 - 1}f}"',
    '"".join("ab" for _ in range(10 ** 10))',
    'bytes(10 ** 12)',
    'math.factorial(10 ** 9)',
    'math.comb(10 ** 9, 5 * 10 ** 8)',
    '"x".ljust(10 ** 13)',
  ])('%s', expr => {
    expect(evaluate(expr)).toMatch(/^BudgetExceeded: /);
  });
});

test.each([
  ['[] * 10 ** 18', '[]'],
  ['10 ** 18 * ()', '()'],
  ['"" * 10 ** 18', "''"],
  ['len(range(10 ** 18))', '1000000000000000000'],
  ['range(10 ** 18)[-1]', '999999999999999999'],
  ['10 ** 17 in range(10 ** 18)', 'True'],
  ['str(10 ** 4299)[:3]', "'100'"],
])('%s costs nothing', (expr, text) => {
  expect(evaluate(expr)).toBe(text);
});
