/** What a cell must not reach, and what must end within its budget. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_BUDGETS, parseProgram, type RunResult, Session } from '../../../../mlsys';

/** What ends by a budget ends by what it counted, of which a part of the defaults does to show it. */
const budgets = {
  ...DEFAULT_BUDGETS,
  steps: DEFAULT_BUDGETS.steps / 20,
  bytes: DEFAULT_BUDGETS.bytes / 4,
  milliseconds: Number.MAX_SAFE_INTEGER,
};

function run(source: string): RunResult {
  return new Session({ budgets }).run(parseProgram(source, 'cell'), 0);
}

function told(source: string): string {
  const { refusal, fault = refusal, output } = run(source);
  if (fault !== undefined) return `${fault.type}: ${fault.message}`;
  return output.map(item => (item.kind === 'text' ? item.text : item.kind)).join('');
}

const JAVASCRIPT = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'call',
  'apply',
  'owner',
  'attrs',
  'cls',
  'mro',
  'payload',
];
const VALUES = [
  'None',
  'True',
  '1',
  '1.5',
  '"a"',
  '[1]',
  '(1,)',
  '{"a": 1}',
  '{1}',
  'len',
  '[].append',
  '(lambda: 1)',
  'range(3)',
  'object()',
  'ValueError("x")',
  'iter([1])',
  '(i for i in [1])',
  'slice(1)',
  'property()',
  '...',
  'NotImplemented',
];

describe('names of JavaScript are missing attributes', () => {
  test.each(VALUES)('%s', value => {
    const names = JAVASCRIPT.map(name => `'${name}'`).join(', ');
    expect(told(`v = ${value}\nprint([n for n in (${names}) if hasattr(v, n)])`)).toBe('[]\n');
  });

  test.each(['int', 'type', 'object', 'type("A", (), {})'])('class %s', value => {
    const names = JAVASCRIPT.filter(name => name !== 'mro')
      .map(name => `'${name}'`)
      .join(', ');
    expect(told(`v = ${value}\nprint([n for n in (${names}) if hasattr(v, n)])`)).toBe('[]\n');
  });

  test.each([
    ['"{0.__proto__}".format(1)', "AttributeError: 'int' object has no attribute '__proto__'"],
    ['"{0.constructor}".format("")', "AttributeError: 'str' object has no attribute 'constructor'"],
    ['"{0[constructor]}".format({})', "KeyError: 'constructor'"],
    ['"{constructor}".format()', "KeyError: 'constructor'"],
    ['"%(__proto__)s" % {}', "KeyError: '__proto__'"],
    ['{}["__proto__"]', "KeyError: '__proto__'"],
    ['__proto__', "NameError: name '__proto__' is not defined"],
    ['constructor', "NameError: name 'constructor' is not defined"],
    ['globalThis', "NameError: name 'globalThis' is not defined"],
    ['process', "NameError: name 'process' is not defined"],
    ['print(**{"__proto__": 1})', "TypeError: print() got an unexpected keyword argument '__proto__'"],
    ['import __proto__', 'Unsupported: the module __proto__ is not at hand'],
    ['import constructor', 'Unsupported: the module constructor is not at hand'],
    ['from mlsys import constructor', "ImportError: cannot import name 'constructor' from 'mlsys' (unknown location)"],
  ])('%s', (source, message) => {
    expect(told(source)).toBe(message);
  });

  test.each(['constructor', '__proto__', 'toString', 'valueOf'])(
    '%s names nothing in the tables of the library',
    name => {
      const plt = 'import matplotlib.pyplot as plt\n';
      const missing = [
        `plt.plot([1], color='${name}')`,
        `plt.plot([1], marker='${name}')`,
        `plt.plot([1], linestyle='${name}')`,
        `plt.imshow([[1]], cmap='${name}')`,
        `plt.title('a', fontsize='${name}')`,
        `plt.annotate('a', (1, 1), xycoords='${name}')`,
        `plt.legend(loc='${name}')`,
        `plt.style.use('${name}')`,
        `plt.rcParams['${name}'] = 1`,
        `import importlib\nimportlib.${name}`,
        `import numpy as np\nnp.dtype('${name}')`,
        `from mlsys.constants import ureg\nureg('${name}')`,
      ];
      for (const source of missing)
        expect([source, (run(plt + source).fault ?? run(plt + source).refusal)?.type]).toEqual([
          source,
          expect.stringMatching(
            /^(ValueError|AttributeError|KeyError|TypeError|OSError|Unsupported|UndefinedUnitError)$/,
          ),
        ]);
    },
  );

  test('they work as names of one’s own', () => {
    const source = [
      'class A: pass',
      'a = A()',
      "for name in ('__proto__', 'constructor', 'toString', 'hasOwnProperty'):",
      '    setattr(a, name, name * 2)',
      "d = {'__proto__': 1, 'constructor': 2}",
      'constructor = 5',
      'def toString(__proto__, **valueOf): return __proto__, valueOf',
      "print(vars(a)['__proto__'], d['constructor'], constructor, toString(1, hasOwnProperty=2))",
    ].join('\n');
    expect(told(source)).toBe("__proto____proto__ 2 5 (1, {'hasOwnProperty': 2})\n");
  });
});

describe('doors out of the sandbox are shut by name', () => {
  test.each([
    'eval("1")',
    'exec("x = 1")',
    'compile("1", "f", "eval")',
    'open("file")',
    'input()',
    '__import__("os")',
    'breakpoint()',
    '().__class__.__base__.__subclasses__()',
    '(lambda: 1).__globals__',
    '(lambda: 1).__code__',
    '(lambda: 1).__closure__',
    'print.__builtins__',
    '(i for i in []).gi_frame',
    '(i for i in []).gi_code',
    'import os\nos.system("ls")',
    'import subprocess',
    'import socket',
    'import threading\nthreading.Thread()',
    'import ctypes',
    'import importlib, sys\nimportlib.reload(sys)',
    'import importlib\nimportlib.import_module("subprocess")',
    'class Log(dict): pass\nclass M(type):\n    def __prepare__(name, bases): return Log()\nclass A(metaclass=M): pass',
    'class M(type):\n    def mro(cls): return [cls, object]\nclass A(metaclass=M): pass',
    'import numpy as np\nnp.zeros(2, dtype=">i8")',
    'async def f(): pass\nf()',
  ])('%s', source => {
    expect(run(source).refusal?.type).toBe('Unsupported');
  });

  test.each([
    ['int.__class__.x = 1', 'TypeError'],
    ['int.x = 1', 'TypeError'],
    ['len.x = 1', 'AttributeError'],
    ['[].append.x = 1', 'AttributeError'],
    ['object.__setattr__(int, "x", 1)', 'TypeError'],
    ['type.__setattr__(int, "x", 1)', 'TypeError'],
    ['int.__dict__["x"] = 1\nint.x', 'AttributeError'],
    ['ValueError.args = 1', 'TypeError'],
    ['del str.upper', 'TypeError'],
    ['vars(int)["x"] = 1\nint.x', 'AttributeError'],
  ])('the library’s own types stay as they are: %s', (source, type) => {
    expect(run(source).fault?.type).toBe(type);
  });
});

describe('what would take for ever ends', () => {
  const BUDGET = /^(budget|failed)$/;
  test.each([
    'while True: pass',
    'def f():\n    while True: yield 1\nlist(f())',
    'sum(1 for _ in iter(int, 1))',
    'x = 10**10**9',

    'x = 1 << 10**10',
    'x = "a" * 10**12',
    'x = "a" * 10**8\ny = [x + str(i) for i in range(100)]',
    'x = [0] * 10**10',
    'x = [0] * 10**6\nwhile True: x = x + x',
    'x = (0,) * 10**12',
    'x = b"a" * 10**12',
    'x = list(range(10**12))',
    'x = tuple(range(10**10))',
    'x = set(range(10**9))',
    'x = {i: i for i in range(10**9)}',
    'x = sum(range(10**12)) + sum(i for i in range(10**12))',
    'x = max(range(10**12), key=lambda v: v)',
    'x = "{:>1000000000000}".format(1)',
    'x = f"{1:1000000000000}"',
    'x = f"{1:.1000000000f}"',
    'x = "%1000000000d" % 1',
    'x = "a".ljust(10**12)',
    'x = "a".center(10**12)',
    'x = "1".zfill(10**12)',
    'x = "a\\tb".expandtabs(10**12)',
    'x = ("a" * 10**6).join(["b"] * 10**6)',
    'x = ("a" * 10**6).replace("a", "b" * 10**6)',
    'x = int("9" * 10**6)',
    'x = str(10**10**5)',
    'x = 3**10**6\ny = str(x)',
    'x = pow(3, 10**8)',

    'x = [1]\nfor i in range(100): x = [x, x]\ny = repr(x)',

    'x = "a"\nfor i in range(100): x += x',
    'x = []\nfor i in x: pass\nx = [1]\nfor i in x: x.append(i)',
    'print("a" * 2_000_000)',
    'while True: print("a" * 1000)',
    'x = sorted(range(10**8))',
    'x = [i for i in range(10**4) for j in range(10**4) for k in range(10**4)]',

    'x = dict.fromkeys(range(10**9))',
    'x = [*range(10**9)]',
    'x = list(map(str, range(10**9)))',
    'x = list(zip(range(10**9), range(10**9)))',
    'x = any(False for _ in range(10**12))',
    'x = 5 in iter(int, 1)',
    'x = bytes(10**12)',
    'x = bytearray(10**12)',
    'x = range(10**18)\ny = [v for v in x if v < 0]',
    'a, *b = range(10**10)',
    'print(*range(10**9))',
    'class A:\n    def __getattr__(self, n): return getattr(self, n)\nA().x',
    'class A:\n    def __eq__(self, o): return self == o\nA() == A()',
    'class A:\n    def __repr__(self): return repr(self)\nrepr(A())',
    'class A:\n    def __str__(self): return f"{self}"\nstr(A())',
    'class A:\n    def __hash__(self): return hash(self)\nhash(A())',
    'class A:\n    def __len__(self): return len(self)\nlen(A())',
    'class A:\n    def __iter__(self): return iter(self)\nlist(A())',
    'class A:\n    def __call__(self): return self()\nA()()',
    'class A:\n    def __add__(self, o): return self + o\nA() + 1',
    'class A:\n    def __index__(self): return [1][self]\n[1][A()]',
    'class A:\n    def __format__(self, s): return format(self, s)\nf"{A()}"',
    'class A:\n    def __bool__(self): return bool(self)\nif A(): pass',
    'class A:\n    def __new__(cls): return A()\nA()',
    'f = lambda: f()\nf()',
    'def f(n): return sum(f(n + 1) for _ in [1])\nf(0)',
    'def f(n): return sorted([1, 2], key=lambda v: f(n + 1))\nf(0)',
    'x = []\nfor i in range(100000): x = [x]\nprint(x)',
    'x = []\ny = []\nfor i in range(100000): x, y = [x], [y]\nx == y',
    'x = ()\nfor i in range(100000): x = (x,)\nhash(x)',
  ])('%s', source => {
    expect(run(source).status).toMatch(BUDGET);
  });

  test.each([
    'x = []\nx.append(x)\nprint(x, x == x)',
    'd = {}\nd["d"] = d\nprint(d)',
    't = ([],)\nt[0].append(t)\nprint(t)',
  ])('what contains itself can be shown: %s', source => {
    expect(run(source).status).toBe('ok');
  });

  test('nothing but the budget catches what runs too long', () => {
    const source = 'while True:\n    try:\n        while True: pass\n    except BaseException: pass\n    finally: pass';
    expect(run(source).status).toBe('budget');
  });

  test('a session goes on after each of them', () => {
    const session = new Session();
    for (const source of ['while True: pass', 'x = 10**10**9', 'def f(): f()\nf()'])
      expect(session.run(parseProgram(source, 'cell'), 1).status).not.toBe('ok');
    const { writes } = session.run(parseProgram('x = sum(range(10))', 'cell'), 2);
    expect(writes.get('x')).toBe(45n);
  });
});
