/** Where faults stand, and what is refused by name. */
import { describe, expect, test } from 'vitest';
import { type Fault, parseProgram, Session } from '../../../../mlsys';

function faultOf(source: string, budgets = {}): Fault {
  const result = new Session({ budgets }).run(parseProgram(source, 'cell'), 0);
  const fault = result.fault ?? result.refusal;
  expect(fault, source).toBeDefined();
  return fault!;
}

/** The text that the fault points at. */
function place(source: string): string {
  const { span } = faultOf(source);
  return source.slice(span.start, span.end);
}

describe('places of faults', () => {
  test.each([
    ['x = 1 + (2 / 0) * 3', '2 / 0'],
    ['x = [1, 2][5]', '[1, 2][5]'],
    ['x = missing + 1', 'missing'],
    ["x = 'a'.nothing", "'a'.nothing"],
    ["y = int('z')", "int('z')"],
    ['a, b = 1, 2, 3', 'a, b'],
    ['for i in 5:\n    pass', '5'],
    ["x = f'{1:d}{2:zz}'", '2'],
    ["raise ValueError('x')", "raise ValueError('x')"],
    ['import nowhere_to_be_found', 'nowhere_to_be_found'],
    ['from math import nothing', 'nothing'],
  ])('%s', (source, expected) => {
    expect(place(source)).toBe(expected);
  });

  test('a traceback has one entry per frame, with its function and place', () => {
    const source =
      'def inner(n):\n    return 1 / n\nclass Body:\n    def go(self):\n        return inner(0)\nBody().go()';
    const { trace } = faultOf(source);
    const entries = [...trace].map(entry => [entry.function, source.slice(entry.span.start, entry.span.end)]);
    expect(entries.sort()).toEqual(
      [
        ['inner', '1 / n'],
        ['go', 'inner(0)'],
        ['<module>', 'Body().go()'],
      ].sort(),
    );
  });
});

describe('what is refused', () => {
  test.each([
    ['async def f():\n    pass', 'async def'],
    ['eval("1")', 'eval'],
    ['exec("x = 1")', 'exec'],
    ['open("x")', 'open'],
  ])('%s', (source, construct) => {
    const fault = faultOf(source);
    expect(fault.type).toBe('Unsupported');
    expect(fault.construct).toContain(construct);
    expect(fault.message).toContain('not supported');
  });

  test('no except clause catches a refusal or a used-up budget', () => {
    expect(faultOf('try:\n    eval("1")\nexcept BaseException:\n    pass').type).toBe('Unsupported');
    const result = new Session({ budgets: { steps: 10_000 } }).run(
      parseProgram('while True:\n    try:\n        pass\n    finally:\n        pass', 'cell'),
      0,
    );
    expect(result.status).toBe('budget');
  });

  test('endless work of every kind ends within its budget', () => {
    for (const source of [
      'while True: pass',
      'def g():\n    while True:\n        yield 1\nfor x in g(): pass',
      'sum(1 for _ in iter(int, 1))',
      "x = 'a'\nwhile True: x += x",
      'x = [0]\nwhile True: x += x',
      'x = 10\nwhile True: x *= x',
      'x = 10 ** 10 ** 10',
      'def f(): f()\nwhile True:\n    try:\n        f()\n    except RecursionError:\n        pass',
    ]) {
      const result = new Session({ budgets: { steps: 200_000, bytes: 50_000_000 } }).run(
        parseProgram(source, 'cell'),
        0,
      );
      expect(result.status, source).toBe('budget');
    }
  });
});
