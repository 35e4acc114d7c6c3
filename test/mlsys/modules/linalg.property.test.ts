/** numpy's linear algebra against another library's, on random matrices. */
import fc from 'fast-check';
import { all, create } from 'mathjs';
import { expect, test } from 'vitest';
import { Session } from '../../../mlsys';
import { parseExpression, parseProgram } from '../../../mlsys/python/syntax/program';

const math = create(all ?? {});

/** Rows of a well-conditioned matrix: a heavy diagonal, small numbers elsewhere. */
const matrix = fc
  .integer({ min: 1, max: 5 })
  .chain(size =>
    fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  )
  .map(rows => rows.map((row, at) => row.map((value, column) => (column === at ? 150 + value : value))));

/** The numbers of a list that a cell's expression gives. */
function numbers(setup: string, expression: string): number[] {
  const session = new Session();
  const run = session.run(parseProgram(`import numpy as np\nimport json\n${setup}`, 'cell'), 0);
  expect(run.fault).toBeUndefined();
  const outcome = session.evaluate(parseExpression(`json.dumps(${expression})`).expression!, 1);
  if (!('value' in outcome)) throw new Error(JSON.stringify(outcome));
  return (JSON.parse(outcome.value as string) as unknown[]).flat(2) as number[];
}

function near(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  got.forEach((value, at) => {
    expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected[at]!)));
  });
}

test('determinants, inverses and solutions agree', () => {
  fc.assert(
    fc.property(matrix, rows => {
      const setup = `m = np.array(${JSON.stringify(rows)}, dtype=float)\nb = np.arange(1.0, ${rows.length + 1}.0)`;
      const b = rows.map((_, at) => at + 1);
      near(numbers(setup, '[float(np.linalg.det(m))]'), [math.det(rows)]);
      near(numbers(setup, 'np.linalg.inv(m).tolist()'), (math.inv(rows) as number[][]).flat());
      near(numbers(setup, 'np.linalg.solve(m, b).tolist()'), (math.lusolve(rows, b) as number[][]).flat());
    }),
    { numRuns: 40 },
  );
});
