import { describe, expect, test } from 'vitest';
import { symbolIndex } from '../../../../mlsys/python/symbols/symbolIndex';
import type { Statement } from '../../../../mlsys/python/syntax/ast';
import { nodeAt, sameCode } from '../../../../mlsys/python/syntax/nodes';
import { parseProgram, positionAt } from '../../../../mlsys/python/syntax/program';
import { resolveScopes } from '../../../../mlsys/python/syntax/scopes';

const parse = (source: string) => parseProgram(source, 'cell');

function resolutions(source: string, path: number[]): Record<string, string> {
  const { module } = parse(source);
  let scope = resolveScopes(module).module;
  for (const step of path) scope = scope.children[step]!;
  return Object.fromEntries([...scope.names.values()].map(use => [use.name, use.resolution]));
}

describe('scopes', () => {
  const nested = 'def f(a):\n    b = 1\n    def g():\n        return a + b + c\n    return g\n';

  test('a variable that an inner function uses is a cell outside and free inside', () => {
    expect(resolutions(nested, [0])).toEqual({ a: 'cell', b: 'cell', g: 'local' });
    expect(resolutions(nested, [0, 0])).toEqual({ a: 'free', b: 'free', c: 'global' });
  });

  test('names of a class body are not seen inside its functions and comprehensions', () => {
    const source = 'class A:\n    n = 3\n    xs = [n for i in range(n)]\n    def m(self): return n\n';
    expect(resolutions(source, [0])).toEqual({ n: 'local', range: 'global', xs: 'local', m: 'local' });
    expect(resolutions(source, [0, 0])).toEqual({ i: 'local', n: 'global' });
    expect(resolutions(source, [0, 1])).toEqual({ self: 'local', n: 'global' });
  });

  test('global and nonlocal reach outwards', () => {
    const source = 'def f():\n    x = 1\n    def g():\n        nonlocal x\n        global y\n        x = y = 2\n';
    expect(resolutions(source, [0, 0])).toEqual({ x: 'free', y: 'global' });
  });

  test(':= in a comprehension binds around it', () => {
    expect(resolutions('def f(d):\n    return [y := g(x) for x in d]\n', [0])).toEqual({ d: 'local', y: 'cell' });
  });
});

describe('names that a cell shares', () => {
  const cases: { source: string; reads: string[]; writes: string[]; deletes?: string[]; stars?: string[] }[] = [
    { source: 'a = b\nc = a', reads: ['b'], writes: ['a', 'c'] },
    { source: 'a = a + 1', reads: ['a'], writes: ['a'] },
    { source: 'n += 1', reads: ['n'], writes: ['n'] },
    { source: 'xs[i] = v\no.p = w', reads: ['xs', 'i', 'v', 'o', 'w'], writes: [] },
    { source: 'del a\nb = a', reads: ['a'], writes: ['b'], deletes: ['a'] },
    { source: 'def f(x=d): return x + later + other\nlater = 1', reads: ['d', 'other'], writes: ['f', 'later'] },
    { source: 'class A(B):\n    x = y\n    z = x\n    def m(self): return x', reads: ['B', 'y', 'x'], writes: ['A'] },
    { source: 'for i in xs:\n    t = i\nprint(t, i)', reads: ['xs', 'print'], writes: ['i', 't'] },
    { source: 'with a as b: c = b', reads: ['a'], writes: ['b', 'c'] },
    { source: '[x for x in xs if x > lim]', reads: ['xs', 'lim'], writes: [] },
    {
      source: 'import a.b, c as d\nfrom e import f as g\nfrom h import *',
      reads: [],
      writes: ['a', 'd', 'g'],
      stars: ['h'],
    },
    { source: 'if (n := f()) > 1: m = n', reads: ['f'], writes: ['n', 'm'] },
    { source: 'def f():\n    global made\n    made = seed', reads: ['seed'], writes: ['made', 'f'] },
    { source: "f'{value:{width}}'", reads: ['value', 'width'], writes: [] },
    { source: 'x: int\ny: T = 1', reads: ['int', 'T'], writes: ['y'] },
    { source: 'try: a\nexcept E as e: b = e\nelse: c = 1', reads: ['a', 'E'], writes: ['e', 'b', 'c'] },
    {
      source: 'match m:\n    case {"k": v, **rest}: pass\n    case C(x=w): pass',
      reads: ['m', 'C'],
      writes: ['v', 'rest', 'w'],
    },
    { source: 'lambda x: x + k', reads: ['k'], writes: [] },
  ];
  test.each(cases)('$source', ({ source, reads, writes, deletes = [], stars = [] }) => {
    const found = symbolIndex(parse(source).module).names;
    expect([...found.reads].sort()).toEqual([...reads].sort());
    expect([...found.writes].sort()).toEqual([...writes].sort());
    expect([...found.deletes]).toEqual(deletes);
    expect(found.starImports).toEqual(stars);
  });

  test('imports tell module, name and what they bind', () => {
    const { imports } = symbolIndex(parse('import a.b\nfrom ..c import d as e').module).names;
    expect(imports.map(({ module, level, name, bound }) => [module, level, name, bound])).toEqual([
      ['a.b', 0, undefined, 'a'],
      ['c', 2, 'd', 'e'],
    ]);
  });
});

describe('programs', () => {
  test.each([
    ['a = 1', 'a  =  1  # one\n\n', true],
    ['f(a,\n  b)', 'f(a, b)', true],
    ["x = 'a' 'b'", 'x = "ab"', true],
    ['x = (1)', 'x = 1', true],
    ['x = 1', 'x = 1.0', false],
    ['x = 0.0', 'x = -0.0', false],
    ['def f(): pass', 'def g(): pass', false],
    ["f'{x}'", "f'{x=}'", false],
    ['x = (', 'x = [', false],
  ])('%s and %s mean the same: %s', (a, b, same) => {
    expect(sameCode(parse(a), parse(b))).toBe(same);
  });

  test('a place has its nodes, the innermost last', () => {
    const source = 'x = a.b(c)\n';
    const kinds = (offset: number) =>
      nodeAt(parse(source).module, offset).map(node => (node as Statement).kind ?? 'Identifier');
    expect(kinds(4)).toEqual(['Module', 'Assign', 'Call', 'Attribute', 'Name']);
    expect(kinds(6)).toEqual(['Module', 'Assign', 'Call', 'Attribute', 'Identifier']);
    expect(kinds(8)).toEqual(['Module', 'Assign', 'Call', 'Name']);
    expect(kinds(9)).toEqual(['Module', 'Assign', 'Call', 'Name']);
  });

  test('positions count lines from one', () => {
    const program = parse('a\r\nb\rc\nd');
    expect([0, 3, 5, 7].map(offset => positionAt(program, offset))).toEqual([
      { line: 1, column: 0 },
      { line: 2, column: 0 },
      { line: 3, column: 0 },
      { line: 4, column: 0 },
    ]);
  });
});

describe('flat modules, whose scopes and faults nobody need look for', () => {
  const flat = [
    'from m import *\nimport a.b as c\n',
    'class A:\n    """Doc."""\n    x = 1\n    y, z = x, 2\n    w: int = 3\n    class B:\n        v = f(x, a=1, b=2)\n',
    'for i in xs:\n    t += i\nelse:\n    u = f"{t:{w}.2f}"\nwhile t:\n    pass\n',
    'try:\n    a = 1\nexcept E as e:\n    raise F from e\nwith a as b:\n    del b\nassert a[1:2], {**a}\n',
    'print(*xs, **kw)',
  ];
  test.each(flat)('%j', source => {
    const { module, issues } = parse(source);
    expect(issues).toEqual([]);
    expect(module.flat).toBe(true);
    const { scopes, issues: faults, misplaced } = resolveScopes(module);
    expect([...faults, ...misplaced]).toEqual([]);
    for (const { kind, names } of scopes.values()) {
      expect(kind).toMatch(/^(module|class)$/);
      expect([...names.values()].filter(({ declared }) => declared !== undefined)).toEqual([]);
    }
  });

  const others = [
    ...[
      'def f(): pass',
      'f = lambda: 1',
      'x = [i for i in y]',
      'x = {i for i in y}',
      'x = {i: 1 for i in y}',
      'f(i for i in y)',
    ],
    ...['(x := 1)', 'type T = int', 'class A[T]: pass', 'match x:\n    case 1: pass', 'x = f"{[i for i in y]}"'],
    ...['global x', '*a, b = c', 'for *a, b in c: pass', 'from __future__ import annotations', 'for i in x: break'],
    ...['return', 'yield', 'await x', 'continue', 'nonlocal x', '*a = b', 'x = *a', 'async with a: pass'],
    ...['f(a=1, b=2, a=3)', 'class A(m=1, m=2): pass', '__debug__ = 1', '__ᵈebug__ = 1', 'class A: from m import *'],
    ...['class A:\n    from m import *', 'a = 1\nfrom __future__ import annotations'],
  ];
  test.each(others)('not %j', source => {
    expect(parse(source).module.flat).toBe(false);
  });

  test('an edit below keeps what stands above in mind', () => {
    const before = parse('def f(): return 1\nx = 1\ny = 2\nz = 3\n');
    expect(parseProgram(`${before.source}w = 4\n`, 'cell', before).module.flat).toBe(false);
    const above = parse('x = 1\ny = 2\nz = 3\n');
    expect(parseProgram(`${above.source}w = 4\n`, 'cell', above).module.flat).toBe(true);
  });
});
