/** Warnings that nobody records are shown by the cell: once per line, and anew in each cell, as in a notebook. */
import { describe, expect, test } from 'vitest';
import { parseProgram, Session } from '../../../mlsys';

/** What each cell shows, one after the other in one session. */
function shown(...cells: readonly string[]): string[][] {
  const session = new Session();
  session.run(parseProgram('import warnings\nimport numpy as np\na = np.array([1.0])', 'imports'), 0);
  return cells.map((code, at) => {
    const { output, fault } = session.run(parseProgram(code, `cell ${at}`), at + 1);
    expect(fault).toBeUndefined();
    return output.map(item => (item.kind === 'warning' ? item.text : item.kind));
  });
}

const DIVIDE = 'RuntimeWarning: divide by zero encountered in divide';
const SCALAR = 'RuntimeWarning: invalid value encountered in scalar divide';

describe('what a cell shows', () => {
  test.each([
    ['a / 0', [DIVIDE]],
    ['a / 0\na / 0', [DIVIDE, DIVIDE]],
    ['for _ in range(3): a / 0', [DIVIDE]],
    ['def f(x):\n  return x / 0\nf(a)\nf(a)', [DIVIDE]],
    ['def f(x):\n  y = x / 0\n  return x / 0 + y\nf(a), f(a)', [DIVIDE, DIVIDE]],
    ['list(v / 0 for v in [a, a])', [DIVIDE]],
    ['class A:\n  x = a / 0\n  y = a / 0', [DIVIDE, DIVIDE]],
    ['np.mean([])\nnp.mean([])', ['RuntimeWarning: Mean of empty slice.', SCALAR]],
    ['np.divide(a, 0, out=a.copy(), where=np.array([False]))', []],
    ['with np.errstate(divide="ignore"): a / 0', []],
    ['warnings.simplefilter("ignore")\na / 0', []],
    ['for _ in range(2): warnings.warn("mine")\nwarnings.warn("mine")', ['UserWarning: mine', 'UserWarning: mine']],
  ])('%s', (code, texts) => {
    expect(shown(code)).toEqual([texts]);
  });

  test('cells begin anew, the library does not', () => {
    expect(shown('a / 0\nnp.mean([])', 'a / 0\nnp.mean([])')).toEqual([
      [DIVIDE, 'RuntimeWarning: Mean of empty slice.', SCALAR],
      [DIVIDE],
    ]);
  });

  test('settings of a cell hold in the next ones', () => {
    expect(shown('_ = np.seterr(divide="ignore")', 'a / 0', '_ = np.seterr(divide="warn")', 'a / 0')).toEqual([
      [],
      [],
      [],
      [DIVIDE],
    ]);
  });

  test('where a caller is meant, a warning that comes again is not recorded by guess', () => {
    const code = `def f(): warnings.warn("x", stacklevel=2)
with warnings.catch_warnings(record=True):
  for _ in range(2): f()`;
    const session = new Session();
    const { refusal } = session.run(parseProgram(`import warnings\n${code}`, 'cell'), 1);
    expect(refusal).toMatchObject({ construct: 'recording a warning that comes again' });
  });
});
