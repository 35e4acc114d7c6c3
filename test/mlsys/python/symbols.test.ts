/** The index of names: what a program binds and uses, told from its text alone. */
import { describe, expect, test } from 'vitest';
import { symbolIndex } from '../../../mlsys/python/symbols/symbolIndex';
import { parseProgram } from '../../../mlsys/python/syntax/program';
import { edited, Random, randomChapter, textOf } from '../../support/randomChapters';

const indexOf = (source: string) => symbolIndex(parseProgram(source, 'test.py').module);

function definitions(source: string): string[] {
  return indexOf(source).definitions.all.map(
    ({ name, kind, statement }) => `${name} ${kind}: ${source.slice(statement.start, statement.end).split('\n')[0]}`,
  );
}

describe('definitions', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'a = b = (c, *d), [e] = f': ['a', 'b', 'c', 'd', 'e'].map(name => `${name} assignment: a = b = (c, *d), [e] = f`),
    'x += 1': ['x assignment: x += 1'],
    'x: int\ny: int = 1': ['y assignment: y: int = 1'],
    'print(n := 1)': ['n assignment: print(n := 1)'],
    '[last := x for x in y]': ['last assignment: [last := x for x in y]'],
    'if (n := 1):\n    m = n': ['n assignment: if (n := 1):', 'm assignment: m = n'],
    'f = lambda: (n := 1)': ['f assignment: f = lambda: (n := 1)'],
    'def f(a, b=(n := 1)):\n    c = 1': ['f function: def f(a, b=(n := 1)):', 'n assignment: def f(a, b=(n := 1)):'],
    'def f():\n    global g\n    g = 1\n    h = 2': ['f function: def f():', 'g assignment: g = 1'],
    'def f():\n    class C:\n        global g\n        g = 1': ['f function: def f():', 'g assignment: g = 1'],
    'class C:\n    a = 1\n    class D:\n        b = 2\n    def m(self): pass': [
      'C class: class C:',
      'C.a assignment: a = 1',
      'C.D class: class D:',
      'C.D.b assignment: b = 2',
      'C.m function: def m(self): pass',
    ],
    'class C[T]:\n    a = 1': ['C class: class C[T]:', 'C.a assignment: a = 1'],
    'C.a = 1\nC.a.b = 2\nc[0] = 3': ['C.a assignment: C.a = 1'],
    'for C.a, x in y: pass': ['C.a loop: for C.a, x in y: pass', 'x loop: for C.a, x in y: pass'],
    'with a as b, c as (d, e): pass': ['b', 'd', 'e'].map(name => `${name} other: with a as b, c as (d, e): pass`),
    'try: pass\nexcept E as e: pass': ['e other: except E as e: pass'],
    'match a:\n    case {"k": b, **c}: pass\n    case [d, *e] | C(f=d, g=e): pass\n    case _ as g: pass': [
      'b other: match a:',
      'c other: match a:',
      'd other: match a:',
      'e other: match a:',
      'd other: match a:',
      'e other: match a:',
      'g other: match a:',
    ],
    'type A[T] = list[T]': ['A other: type A[T] = list[T]'],
    'del x': [],
    'from m import *': [],
  };

  for (const [source, expected] of Object.entries(cases))
    test(source, () => {
      expect(definitions(source)).toEqual(expected);
    });

  test('an import tells where its names come from', () => {
    const { all } = indexOf('import a.b, c.d as e\nfrom ..f import g as h').definitions;
    expect(all.map(({ name, from }) => [name, from?.module, from?.name])).toEqual([
      ['a', 'a', undefined],
      ['e', 'c.d', undefined],
      ['h', '..f', 'g'],
    ]);
  });

  test('a definition has the expression that it takes its value from', () => {
    const source = 'a = b.c\nd: int = 1\n(e := 2)\nf, g = h\ni += 1';
    const values = indexOf(source).definitions.all.map(({ value }) => value && source.slice(value.start, value.end));
    expect(values).toEqual(['b.c', '1', '2', undefined, undefined, undefined]);
  });
});

describe('uses', () => {
  const uses = (source: string) =>
    indexOf(source).uses.map(({ path, write }) => `${path.replace(/<local \d+>/, '<local>')}${write ? ' =' : ''}`);

  test('attributes have the path from the name of the module', () => {
    expect(uses('x = A.B.c + f(y).z')).toEqual(['x =', 'A', 'A.B', 'A.B.c', 'f', 'y']);
    expect(uses('A.B.c = 1\ndel A.d')).toEqual(['A', 'A.B', 'A.B.c =', 'A', 'A.d']);
  });

  test('local names have paths of their own', () => {
    expect(uses('def f(x): return x.a + y')).toEqual(['f =', '<local>.x =', '<local>.x', '<local>.x.a', 'y']);
    expect(uses('[x for x in y]')).toEqual(['<local>.x', '<local>.x =', 'y']);
  });

  test('what an update changes is one use', () => {
    expect(uses('x += 1')).toEqual(['x =']);
  });
});

describe('reads of the namespace', () => {
  const reads = (source: string) => [...indexOf(source).names.reads].sort();

  test('come before a binding, on some path', () => {
    expect(reads('x = 1\nx')).toEqual([]);
    expect(reads('x\nx = 1')).toEqual(['x']);
    expect(reads('x += 1')).toEqual(['x']);
    expect(reads('x = 1\ndel x\nx')).toEqual(['x']);
  });

  test('in functions count where nothing in the module binds the name', () => {
    expect(reads('def f(): return x + y\nx = 1')).toEqual(['y']);
  });

  test('know that the name of an exception is gone behind its handler', () => {
    expect(reads('try: pass\nexcept E as e: e\ne')).toEqual(['E', 'e']);
  });

  test('leave annotations out that are never evaluated', () => {
    expect(reads('def f(x: A) -> B: pass\ny: C = 1')).toEqual(['A', 'B', 'C']);
    expect(reads('from __future__ import annotations\ndef f(x: A) -> B: pass\ny: C = 1')).toEqual([]);
  });

  test('see types when they are asked for', () => {
    expect(reads('type A[T: B] = list[T, C]\nB = C = 1')).toEqual(['list']);
  });
});

describe('usage', () => {
  const usage = (source: string) => indexOf(source).usage;

  test('tells names of which nothing but attributes is read', () => {
    const { names } = usage('x = A.b + A.c.d\ny = B\nB.c\nC.d = 1\nD[E.f] = 1\nF = 1');
    expect(Object.fromEntries([...names].map(([name, how]) => [name, how === 'whole' ? how : [...how]]))).toEqual({
      A: ['b', 'c'],
      B: 'whole',
      C: 'whole',
      D: 'whole',
      E: 'whole',
    });
  });

  test('tells what runs later', () => {
    const source = 'def f(a=b): return c\ng = lambda: d\nh = (e + i for e in j)\n[k for k in l]\nclass C:\n    m\n';
    expect([...usage(source).deferred].sort()).toEqual(['c', 'd', 'e', 'i']);
  });

  test('tells whether others may run its functions, and whether it looks at the namespace', () => {
    expect(usage('x = 1')).toMatchObject({ makesFunctions: false, observesNamespace: false });
    expect(usage('class C:\n    def f(self): pass')).toMatchObject({ makesFunctions: true });
    expect(usage('x = globals()')).toMatchObject({ observesNamespace: true });
  });
});

test('the index of an edited program is that of its text', () => {
  const plain = (program: ReturnType<typeof parseProgram>) => {
    const { uses, definitions: defined, names, usage } = symbolIndex(program.module);
    return JSON.stringify([
      uses.map(({ path, span, write }) => [path, span.start, span.end, write]),
      defined.all.map(({ name, kind, span, from }) => [name, kind, span, from]),
      [...names.readSpans].map(([name, { start }]) => [name, start]),
      [...names.writes],
      [...usage.names].map(([name, how]) => [name, [...how]]),
      [...usage.deferred],
    ]);
  };
  for (let seed = 1; seed <= 30; seed++) {
    const r = new Random(seed);
    let parts = randomChapter(r);
    const codeOf = () =>
      [...textOf(parts).matchAll(/```\{python\}[^\n]*\n([\s\S]*?)```/g)].map(one => one[1]!).join('\n');
    let program = parseProgram(codeOf(), 'test.py');
    for (let step = 0; step < 10; step++) {
      plain(program);
      ({ parts } = edited(r, parts));
      const source = codeOf();
      program = parseProgram(source, 'test.py', program);
      expect(plain(program)).toBe(plain(parseProgram(source, 'test.py')));
    }
  }
});
