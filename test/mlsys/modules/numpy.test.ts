import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExpressionRunner, parseProgram, Session } from '../../../mlsys';

/** Each line: an expression with the `repr` and the type, or the error's type, that CPython with NumPy 2.2 gives. */
const file = join(import.meta.dirname, '../../conformance/numpy/expressions.jsonl');
const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as { expr: string; repr?: string; type?: string; error?: string });
const runner = new ExpressionRunner();

test.each(cases)('$expr', ({ expr, repr, type, error }) => {
  const result = runner.evaluate({ id: 0, setup: 'import numpy as np', expr });
  if (error === undefined) expect(result).toEqual({ id: 0, repr, type });
  else expect(result).toMatchObject({ error });
});

function run(source: string): { text: string; mutated: readonly number[]; fault: string | undefined } {
  const session = new Session();
  const result = session.run(parseProgram(source, 'cell'), 0);
  const text = result.output.map(item => (item.kind === 'text' ? item.text : '')).join('');
  return { text, mutated: result.mutated, fault: (result.fault ?? result.refusal)?.message };
}

test('views share their storage, copies do not', () => {
  const { text } = run(`
import numpy as np
a = np.arange(6).reshape(2, 3)
b = a[:, 1]
c = a[[0, 1], [2, 0]]
b[0] = 100
c[0] = -1
a += 1
a[a > 5] = 0
print(a.tolist(), b.tolist(), c.tolist())
`);
  expect(text).toBe('[[1, 0, 3], [4, 5, 0]] [0, 5] [-1, 3]\n');
});

test('a change of an array that an earlier cell made is reported, through a view as well', () => {
  const session = new Session();
  session.run(parseProgram('import numpy as np\na = np.zeros(3)\nv = a[1:]', 'cell'), 0);
  const result = session.run(parseProgram('v[0] = 5', 'cell'), 1);
  expect(result.mutated).toEqual([0]);
});

test('the module draws only after a seed, and goes on in the next cell', () => {
  const unseeded = run('import numpy as np\nnp.random.rand()');
  expect(unseeded.fault).toContain('numpy.random without a seed');
  const session = new Session();
  session.run(parseProgram('import numpy as np\nnp.random.seed(42)\na = np.random.rand()', 'cell'), 0);
  const next = session.run(
    parseProgram('print(round(a, 6), round(np.random.rand(), 6), round(np.random.randn(), 6))', 'cell'),
    1,
  );
  expect(next.output).toEqual([{ kind: 'text', text: '0.37454 0.950714 0.647689\n' }]);
});

test('what is not supported is named', () => {
  expect(run('import numpy as np\nnp.fft').fault).toContain('numpy.fft is not supported');
  expect(run('import numpy as np\nnp.einsum("...i", [1])').fault).toContain('numpy.einsum');
});

test('attributes of ufuncs that are functions here are refused, whichever it is', () => {
  for (const name of ['add', 'matmul', 'vecdot'])
    expect(run(`import numpy as np\nnp.${name}.signature`).fault).toMatch(/\.signature is not supported/);
  expect(run('import numpy as np\nnp.add.name').fault).toContain("no attribute 'name'");
  for (const name of ['len', 'np.mean', 'np.add.reduce'])
    expect(run(`import numpy as np\n${name}.nin`).fault).toContain("no attribute 'nin'");
});

test.each([
  'np.zeros(10**10)',
  'np.tile([1], 10**9)',
  'np.repeat([1], 10**9)',
  'np.broadcast_to(1, (10**5, 10**5)).sum()',
  'np.arange(10**12)',
])('an array beyond the memory budget ends as such: %s', expr => {
  expect(runner.evaluate({ id: 0, setup: 'import numpy as np', expr })).toMatchObject({ error: 'BudgetExceeded' });
});

test.each([
  ['np.polyfit([100, 2e16, 132995], [201, 4e16 + 1, 265991], 1)', 'numpy.polyfit of values whose sizes differ so much'],
  ['np.percentile(np.array([2 ** 70, 1]), 50)', 'this function of numpy for an array of objects'],
  ['np.ptp(np.array([2 ** 70, 1]))', 'this function of numpy for an array of objects'],
  ['np.cov(np.array([2 ** 70, 1]))', 'this function of numpy for an array of objects'],
  ['np.array([2 ** 70, 1]).std(axis=0)', 'the variance along an axis of an array of objects'],
  ['np.linalg.eig(np.array([[0., -1], [1, 0]]))', 'numpy.linalg.eig with complex vectors'],
  [
    'np.linalg.eigh(np.array([[4., -2, 1], [-2, 4, -2], [1, -2, 4]]))',
    'numpy.linalg.eigh whose result is a rounding error',
  ],
  ['np.random.default_rng(1).integers(9, dtype=np.uint8)', 'Generator.integers with a dtype'],
  ['np.random.default_rng(1).multinomial(5, [0.5, 0.5])', 'Generator.multinomial'],
  ['np.hypot(np.array([2 ** 70, 1]), 2)', 'numpy.hypot of an array of objects'],
])('%s is refused', (expr, construct) => {
  expect(run(`import numpy as np\nprint(${expr})`).fault).toContain(construct);
});
