import { describe, expect, test } from 'vitest';
import {
  type Fault,
  type ModuleSource,
  parseExpression,
  parseProgram,
  type RunResult,
  Session,
  type SessionOptions,
} from '../../mlsys';

/** A chapter's cells in one session. */
class Cells {
  readonly session: Session;
  constructor(options: SessionOptions = {}) {
    this.session = new Session(options);
  }

  run(position: number, source: string): RunResult {
    return this.session.run(parseProgram(source, `cell:${position}`), position);
  }

  /** The text of an inline reference, or its fault as `Type: message`. */
  ref(position: number, expr: string): string {
    const { expression } = parseExpression(expr);
    const { text, fault } = this.session.evaluate(expression!, position);
    return fault === undefined ? text! : told(fault);
  }
}

function told(fault: Fault | undefined): string {
  return fault === undefined ? 'no fault' : `${fault.type}: ${fault.message}`;
}

function workspace(files: Readonly<Record<string, string>>): ModuleSource {
  return {
    find(name) {
      const path = name.replaceAll('.', '/');
      for (const [file, isPackage] of [
        [`${path}/__init__.py`, true],
        [`${path}.py`, false],
      ] as const)
        if (files[file] !== undefined) return { file, source: files[file], isPackage };
      return undefined;
    },
  };
}

describe('names', () => {
  test('a cell and a reference see what stands above them', () => {
    const cells = new Cells();
    cells.run(1, 'x = 1');
    cells.run(2, 'x = x + 1; y = x * 10');
    expect(cells.ref(1, 'x')).toBe("NameError: name 'x' is not defined");
    expect(cells.ref(2, 'x')).toBe('1');
    expect(cells.ref(3, 'x')).toBe('2');
    expect(cells.ref(3, 'y')).toBe('20');
  });

  test('a cell that runs again replaces what it bound', () => {
    const cells = new Cells();
    cells.run(1, 'a = 1; b = 2');
    cells.run(1, 'a = 3');
    expect(cells.ref(2, 'a')).toBe('3');
    expect(cells.ref(2, 'b')).toBe("NameError: name 'b' is not defined");
  });

  test('deleting a name hides the earlier one', () => {
    const cells = new Cells();
    cells.run(1, 'a = 1');
    const { writes } = cells.run(2, 'del a');
    expect([...writes]).toEqual([['a', undefined]]);
    expect(cells.ref(2, 'a')).toBe('1');
    expect(cells.ref(3, 'a')).toBe("NameError: name 'a' is not defined");
  });

  test('a function sees the names as they are where it is called', () => {
    const cells = new Cells();
    cells.run(1, 'k = 2\ndef f(): return k * 10');
    cells.run(2, 'k = 3');
    const result = cells.run(3, 'y = f()');
    expect(cells.ref(2, 'f()')).toBe('20');
    expect(cells.ref(4, 'y')).toBe('30');
    expect(result.reads.get('k')).toBe(3n);
  });

  test('a failing cell keeps what it bound before', () => {
    const cells = new Cells();
    const result = cells.run(1, 'a = 1\nb = a / 0\nc = 3');
    expect(result.status).toBe('failed');
    expect(told(result.fault)).toBe('ZeroDivisionError: division by zero');
    expect(result.fault?.span).toEqual({ start: 10, end: 15 });
    expect(cells.ref(2, 'a')).toBe('1');
    expect(cells.ref(2, 'c')).toBe("NameError: name 'c' is not defined");
  });

  test('a forgotten position leaves nothing', () => {
    const cells = new Cells();
    cells.run(1, 'a = 1');
    cells.session.forget(1);
    expect(cells.ref(2, 'a')).toBe("NameError: name 'a' is not defined");
  });

  test('reads tell what was taken from above, missing names too', () => {
    const cells = new Cells();
    cells.run(1, 'a = 1');
    const { reads } = cells.run(2, 'b = 5\ntry:\n    c = a + b + zzz\nexcept NameError:\n    pass');
    expect(reads.get('a')).toBe(1n);
    expect(reads.has('b')).toBe(false);
    expect(reads.has('zzz') && reads.get('zzz')).toBe(undefined);
  });
});

describe('faults', () => {
  test('a traceback names the call and what it called', () => {
    const cells = new Cells();
    cells.run(1, 'def f(x):\n    return 1 / x');
    const { fault } = cells.run(2, 'y = 1\nz = f(0)');
    expect(fault?.file).toBe('cell:2');
    expect(fault?.trace.map(entry => [entry.file, entry.function])).toEqual([
      ['cell:1', 'f'],
      ['cell:2', '<module>'],
    ]);
  });

  test('a syntax error runs nothing', () => {
    const cells = new Cells();
    const { status, fault } = cells.run(1, 'a = 1\nb = = 2');
    expect([status, told(fault)]).toEqual(['failed', 'SyntaxError: invalid syntax']);
    expect(cells.ref(2, 'a')).toBe("NameError: name 'a' is not defined");
  });

  test.each([
    ['while True: pass', 'budget'],
    ['x = 10**10**9', 'budget'],
    ['x = "a" * 10**12', 'budget'],
    ['x = [0] * 10**10', 'budget'],
    ['x = 1 << 10**10', 'budget'],
    ['import pandas', 'ok'],
    ['open("f")', 'ok'],
    ['def f(): return f()\nf()', 'failed'],
  ])('%s ends as %s', (source, status) => {
    expect(new Cells().run(1, source).status).toBe(status);
  });

  test('a run can be cancelled', () => {
    let asked = 0;
    const session = new Session();
    const result = session.run(parseProgram('while True: pass', 'cell'), 1, { cancelled: () => ++asked > 3 });
    expect(result.status).toBe('cancelled');
  });

  test('causes are told', () => {
    const { fault } = new Cells().run(1, 'try:\n    {}["k"]\nexcept KeyError as e:\n    raise ValueError("v") from e');
    expect(fault?.causes).toMatchObject([{ text: "KeyError: 'k'", direct: true }]);
  });
});

describe('effects', () => {
  test('a cell does not show what it prints while its output goes elsewhere', () => {
    const { output } = new Cells().run(
      1,
      'import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    print("hidden")\nprint("shown")',
    );
    expect(output).toEqual([{ kind: 'text', text: 'shown\n' }]);
  });

  test('printed text is output', () => {
    const { output } = new Cells().run(1, 'print("a", 1)\nprint("b", end="")');
    expect(output).toEqual([{ kind: 'text', text: 'a 1\nb' }]);
  });

  test.each([
    ['items = [1]', 'items.append(2)'],
    ['items = {}', 'items["a"] = 1'],
    ['items = set()', 'items.add(1)'],
    ['items = [[1]]', 'items[0][0] = 2'],
    ['class items: pass', 'items.x = 1'],
    ['class A: pass\nitems = A()', 'items.x = 1'],
    ['items = iter([1, 2])', 'next(items)'],
    ['items = (i for i in range(3))', 'list(items)'],
    ['def items(x, seen=[]):\n    seen.append(x)', 'items(1)'],
    [
      'def make():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    return inc\nitems = make()',
      'items()',
    ],
  ])('a change of an earlier cell’s object is told: %s', (first, second) => {
    const cells = new Cells();
    cells.run(1, first);
    expect(cells.run(2, 'x = items').mutated).toEqual([]);
    expect(cells.run(3, second).mutated).toEqual([1]);
  });

  test('an own object may change', () => {
    const cells = new Cells();
    cells.run(1, 'items = [1]');
    expect(cells.run(2, 'mine = list(items)\nmine.append(2)').mutated).toEqual([]);
  });

  test('bindings know what they read', () => {
    const cells = new Cells();
    cells.run(1, 'n = 3');
    const { bindings } = cells.run(2, 'class Spec:\n    k = 2\n    total = k * n\ntext = str(Spec.total)');
    expect(bindings.map(binding => binding.name)).toEqual(['Spec.k', 'Spec.total', 'Spec', 'text']);
    const total = bindings[1]!;
    expect(total.reads.map(read => [read.path, read.value, read.binding?.file])).toEqual([
      ['k', 2n, 'cell:2'],
      ['n', 3n, 'cell:1'],
    ]);
  });
});

describe('imports', () => {
  const files = {
    'book/__init__.py': 'from .units import GB\nfrom . import sub\nname = "book"\n__all__ = ["GB", "name"]',
    'book/units.py': 'GB = 10**9  # decimal',
    'book/sub/__init__.py': 'from ..units import GB as unit\nfrom .deep import value',
    'book/sub/deep.py': 'from book.units import GB\nvalue = GB * 2',
    'cyclic/__init__.py': '',
    'cyclic/a.py': 'from .b import y\nx = 1',
    'cyclic/b.py': 'from .a import x\ny = 2',
    'broken.py': 'a = 1\nb = = 2',
    'failing.py': 'a = 1 / 0',
    'math.py': 'pi = 3',
    'state.py': 'log = []',
  };

  test('packages of the workspace are interpreted, their submodules too', () => {
    const cells = new Cells({ modules: workspace(files) });
    const { imports } = cells.run(1, 'from book import *\nimport book.sub.deep as deep\nv = (GB, name, deep.value)');
    expect(cells.ref(2, 'v')).toBe("(1000000000, 'book', 2000000000)");
    expect([...imports].sort()).toEqual([
      'book/__init__.py',
      'book/sub/__init__.py',
      'book/sub/deep.py',
      'book/units.py',
    ]);
  });

  test('the workspace wins over the library', () => {
    const cells = new Cells({ modules: workspace(files) });
    cells.run(1, 'import math');
    expect(cells.ref(2, 'math.pi')).toBe('3');
  });

  test.each([
    ['import nothing', 'Unsupported: the module nothing is not at hand'],
    ['import book.nothing', "ModuleNotFoundError: No module named 'book.nothing'"],
    ['import book.units.x', "ModuleNotFoundError: No module named 'book.units.x'; 'book.units' is not a package"],
    ['from book import nothing', "ImportError: cannot import name 'nothing' from 'book' (book/__init__.py)"],
    ['from . import x', 'ImportError: attempted relative import with no known parent package'],
    [
      'import cyclic.a',
      "ImportError: cannot import name 'x' from partially initialized module 'cyclic.a' (most likely due to a circular import) (cyclic/a.py)",
    ],
    ['import broken', 'SyntaxError: invalid syntax (broken.py, line 2)'],
    ['import failing', 'ZeroDivisionError: division by zero'],
  ])('%s', (source, message) => {
    const { refusal, fault = refusal } = new Cells({ modules: workspace(files) }).run(1, source);
    expect(told(fault)).toBe(message);
  });

  test('a changed source is loaded again, and what imported it', () => {
    const sources: Record<string, string> = { ...files };
    const cells = new Cells({ modules: { find: name => workspace(sources).find(name) } });
    cells.run(1, 'import book.sub.deep as deep');
    sources['book/units.py'] = 'GB = 5';
    const changed = cells.session.modules.refresh();
    expect([...changed!]).toEqual(expect.arrayContaining(['book/sub/deep.py', 'book/units.py']));
    cells.run(1, 'import book.sub.deep as deep');
    expect(cells.ref(2, 'deep.value')).toBe('10');
  });

  test('a module is shared by cells; changing its state is told', () => {
    const cells = new Cells({ modules: workspace(files) });
    cells.run(1, 'import state');
    expect(cells.run(2, 'import state\nstate.log.append(1)').mutated).toEqual([-1]);
    expect(cells.ref(3, 'state.log')).toBe('[1]');
  });

  test('the library cannot be changed', () => {
    const { refusal } = new Cells().run(1, 'import math\nmath.pi = 3');
    expect(refusal?.type).toBe('Unsupported');
  });
});
