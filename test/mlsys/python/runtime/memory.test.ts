/**
 * Memory counts for as long as it is held: what a program drops is given back, what it keeps ends it, wherever it keeps it.
 */
import { describe, expect, test } from 'vitest';
import { DEFAULT_BUDGETS, parseProgram, Session } from '../../../../mlsys';

const budgets = { ...DEFAULT_BUDGETS, bytes: 8_000_000, steps: 200_000_000, milliseconds: Number.MAX_SAFE_INTEGER };

function run(source: string) {
  return new Session({ budgets }).run(parseProgram(source, 'cell'), 0);
}

describe('what is dropped does not count', () => {
  test.each([
    'import numpy as np\na = np.ones(1000)\nt = 0\nfor i in range(8000): t += (a * i + a).sum()',
    'import numpy as np\nt = sum(np.ones(1000).sum() for i in range(8000))',
    'import numpy as np\nt = [np.ones(1000).sum() for i in range(8000)]',
    'import numpy as np\ndef f(i):\n    a = np.ones(1000)\n    b = a * i\n    c = b + a\n    return c.sum()\nt = 0\nfor i in range(4000): t += f(i)',
    `import numpy as np\ndef f():\n    a = np.ones(10**5)\n${'    a = a * 2 + 1\n'.repeat(12)}    return a.sum()\nt = f()`,
    `import numpy as np\ndef f():\n    try:\n        a = np.ones(10**4)\n${'        a = a * 2\n'.repeat(150)}    finally:\n        b = a + 1\n        c = b + 1\n    return c\nt = f()`,
    'import numpy as np\nt = sum([np.ones(100)] * 40000)',
    'from functools import reduce\nimport operator\nimport numpy as np\nt = reduce(operator.add, [np.ones(1000)] * 4000)',
    'import numpy as np\nt = max(map(np.linalg.norm, (np.ones(1000) for i in range(4000))))',
    'import numpy as np\nt = max(np.linalg.norm(v) for v in np.ones((600, 600)))',
    'x = []\nfor i in range(120000):\n    x.append("a" * 50)\n    if len(x) > 100: x.pop(0)',
    's = ""\nfor i in range(8000): s += "ab"',
    's = ""\nfor i in range(1000): s = s[-1000:] + "x" * 10000',
    'd = {}\nfor i in range(40000):\n    d[i % 100] = {"a": [i] * 100, "b": str(i)}',
    'rows = [{"name": f"n{i}", "v": i * 1.5} for i in range(5000)]\nfor k in range(10): rows = [dict(r, v=r["v"] + 1) for r in rows]',
    'x = "a" * 1_000_000\nl = [x] * 10000\nfor i in range(120): y = "b" * 100000',
    'for i in range(200): x = list(range(20000))',
    'for i in range(80): x = {j: j for j in range(5000)}',
    'for i in range(40): x = [str(j) for j in range(10000)]',
    'import json\nfor i in range(120): json.loads(json.dumps(list(range(10000))))',
    'def f(n):\n    x = [0] * 4000\n    return n if n == 0 else f(n - 1)\nfor i in range(10): f(100)',
    'x = 3\nfor i in range(800): x = (x * x) % (1 << 100000)',
  ])('%s', source => {
    const { status, fault } = run(source);
    expect([status, fault?.message]).toEqual(['ok', undefined]);
  });
});

describe('what is held ends the program', () => {
  test.each([
    'keep = []\nwhile True: keep.append("x" * 1000)',
    'keep = []\nwhile True: keep.append("x" * 10000)',
    'x = ["a" * 1000 for i in range(10**9)]',
    'x = list("a" * 1000 for i in range(10**9))',
    'import numpy as np\nx = [np.ones(1000) for i in range(10**9)]',
    'import numpy as np\nx = list(np.ones(1000) for i in range(10**9))',
    `import numpy as np\ndef f():\n${Array.from({ length: 12 }, (_, at) => `    a${at} = np.ones(10**5)\n`).join('')}f()`,
    'import numpy as np\ndef f(n): return [np.ones(10**5), f(n + 1)]\nf(0)',
    'import numpy as np\ndef f(n):\n    for x in [np.ones(10**5)]: f(n + 1)\nf(0)',
    'import numpy as np\ndef f(n):\n    a = np.ones(10**5)\n    f(n + 1)\nf(0)',
    'import numpy as np\ndef mk(): return np.ones(10**6)\nx = [mk(), mk(), mk(), mk(), mk(), mk(), mk(), mk()]',
    'import numpy as np\ndef g():\n    while True: yield np.ones(1000)\nx = list(g())',
    'import numpy as np\nx = {}\ni = 0\nwhile True:\n    x[i] = np.ones(1000)\n    i += 1',
    'import numpy as np\nclass A: pass\nx = A()\nwhile True:\n    y = A()\n    y.prev = x\n    y.data = np.ones(100)\n    x = y',
    'import numpy as np\nf = None\ndef mk(p, d): return lambda: (p, d)\nwhile True: f = mk(f, np.ones(1000))',
    'x = []\nwhile True: x.append(iter("x" * 10**5 + str(len(x))))',
    'x = []\nwhile True: x.append(map(str, "x" * 10**5 + str(len(x))))',
    'import itertools\nx = []\nwhile True: x.append(itertools.chain("x" * 10**5 + str(len(x))))',
    'import numpy as np\nfrom functools import lru_cache\n@lru_cache(None)\ndef f(n): return np.ones(1000)\ni = 0\nwhile True:\n    f(i)\n    i += 1',
    'import numpy as np\nx = sorted(range(10**6), key=lambda i: "a" * 10000 + str(i))',
    'import numpy as np\nimport itertools\na, b = itertools.tee(np.ones(1000) for i in range(10**9))\nfor x in a: pass',
    'import numpy as np\nfrom collections import deque\nd = deque()\nwhile True: d.append(np.ones(1000))',
    'import numpy as np\ndef f(*a):\n    while True: a += (np.ones(1000),)\nf()',
    'import numpy as np\nx = ()\nwhile True: x = (x, np.ones(1000))',
    'x = set()\ni = 0\nwhile True:\n    x.add("a" * 1000 + str(i))\n    i += 1',
    'class A: x = []\nwhile True: A.x.append("a" * 1000)',
    'import numpy as np\nx = [[np.ones(1000) for j in range(10)] for i in range(10**6)]',
    'import numpy as np\nx = {i: [np.ones(1000)] for i in range(10**9)}',
    'import numpy as np\nx = tuple(np.ones(1000) for i in range(10**9))',
    'import numpy as np\nx = "".join("a" * 1000 for i in range(10**9))',
    'import numpy as np\nx = dict((i, np.ones(1000)) for i in range(10**9))',
    'import numpy as np\nx = np.array([np.ones(1000) for i in range(10**9)])',
    'import numpy as np\nimport matplotlib.pyplot as plt\nwhile True: plt.plot(np.ones(1000))',
    'import numpy as np\nx = list(map(lambda i: np.ones(1000), range(10**9)))',
    'import numpy as np\nx = list(zip(*[(np.ones(1000) for i in range(10**9))] * 2))',
    'import numpy as np\nx = []\nx.extend(np.ones(1000) for i in range(10**9))',
    'import numpy as np\nx = [*(np.ones(1000) for i in range(10**9))]',
    'import numpy as np\ndef f(*a): pass\nf(*(np.ones(1000) for i in range(10**9)))',
    'import numpy as np\na, *b = (np.ones(1000) for i in range(10**9))',
  ])('%s', source => {
    const { status, fault } = run(source);
    expect([status, fault?.budget]).toEqual(['budget', 'memory']);
  });
});

describe('what a run leaves', () => {
  const budgets = { ...DEFAULT_BUDGETS, bytes: 20_000_000, milliseconds: Number.MAX_SAFE_INTEGER };
  const run = (source: string) => new Session({ budgets }).run(parseProgram(source, 'cell'), 0);
  const held = (source: string) => run(source).held;

  test.each<[string, number]>([
    ['import numpy as np\nx = np.ones(10**6)', 8e6],
    ['import numpy as np\nx = np.ones(10**6)\nx = None', 0],
    ['import numpy as np\nx = np.ones(10**6)\ny = x[::2]\nz = [x, y]', 8e6],
    ['x = ["a" * 1000 + str(i) for i in range(5000)]', 5e6],
    ['x = "a" * 4_000_000\nl = [x] * 1000', 4e6],
    ['x = [str(i) * 200 for i in range(10**4)]\nx = len(x)', 0],
    ['def f():\n    x = "a" * 4_000_000\n    return lambda: x\ng = f()', 4e6],
    ['def f():\n    x = "a" * 4_000_000\n    yield 1\n    yield x\ng = f()\nnext(g)', 4e6],
    ['it = iter("a" * 4_000_000)', 4e6],
  ])('%s', (source, bytes) => {
    expect(held(source)).toBeGreaterThanOrEqual(bytes / 2);
    expect(held(source)).toBeLessThanOrEqual(2 * bytes + 1_000_000);
  });

  test('what it adds to an object of an earlier cell is its own', () => {
    const session = new Session({ budgets });
    session.run(parseProgram('rows = []', 'first'), 0);
    const { held } = session.run(parseProgram('for i in range(4000): rows.append("a" * 1000 + str(i))', 'second'), 1);
    expect(held).toBeGreaterThan(2e6);
    const over = session.run(parseProgram('while True: rows.append("b" * 1000)', 'third'), 2);
    expect(over.fault?.budget).toBe('memory');
  });

  test('what earlier cells hold does not count for a later one', () => {
    const session = new Session({ budgets });
    for (let at = 0; at < 4; at++) {
      const made = session.run(parseProgram(`import numpy as np\nx${at} = np.ones(2 * 10**6)`, 'cell'), at);
      expect(made.status).toBe('ok');
    }
    const last = session.run(
      parseProgram('t = 0\nfor i in range(10): t += sum(x.sum() for x in (x0, x1, x2, x3))', 'cell'),
      4,
    );
    expect(last.fault?.message).toBeUndefined();
  });
});
