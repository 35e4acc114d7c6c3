/** Unknown is a value: what is sure, and what is not, after something that Reckoner cannot evaluate. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Budgets, parseProgram, Session } from '../../mlsys';
import { BUDGETS, referenceAt, shown } from '../support/shownValues';
import { CLOCK, ORDER } from '../support/unknownCauses';
import { MODULE, mixedChapter, OBSERVED, RUNNER, unknownChapter } from '../support/unknownChapters';

/** Cells, and what is shown of each expression. */
const TABLE: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'classes of bases that Python has and Reckoner has not: nothing is called when they are made',
    [
      'import ast, json, threading, frobnicate\nfrom html.parser import HTMLParser\nlog = []\nclass A(threading.Thread):\n    log.append(1)\n    def run(self): log.append(2)\nclass B(json.JSONEncoder):\n    def default(self, one): log.append(3)\nclass C(ast.NodeVisitor):\n    def visit(self, one): log.append(4)\nclass D(HTMLParser):\n    def feed(self, text): log.append(5)',
      'import os\nkept = []\ntold = []\nclass Told2:\n    def __init_subclass__(cls, tag): told.append(tag)\nclass Told:\n    def __init_subclass__(cls): cls.go()\nclass E(Told, HTMLParser):\n    @classmethod\n    def go(cls): kept.append(1)\nother = []\nclass H(Told2, tag=os.getpid()): pass\nclass F(frobnicate.Base):\n    def go(self): other.append(1)\nused = []\nclass G(HTMLParser):\n    def feed(self, text): used.append(1)\ng = G()',
    ],
    {
      log: '[1]',
      A: 'unknown: threading.Thread',
      D: 'unknown: html',
      kept: 'unknown: html',
      told: 'unknown: os.getpid',
      other: 'unknown: frobnicate',
      used: 'unknown: html',
    },
  ],
  [
    'functions that code which is not sure to run defines, where others call them by their names',
    [
      'import time\nlog, named, added = [], [], []\nclass A:\n    def __neg__(self): added.append(1)\na, items = A(), [A()]\ndef h(): return -t\nif time.time() > 4:\n    t = a\n    h()\nfirst = list(added)\nadded = []\nif time.time() > 4:\n    for t in items: h()\ndef g(): return f()\ndef doc(): named.append(1)\nif time.time() > 5:\n    def f(): log.append(1)\n    g()\nif time.time() > 6:\n    def doc(): pass\ndoc.__doc__ = "tells"',
    ],
    { log: CLOCK, first: CLOCK, added: CLOCK, named: '[]', 'doc.__doc__': CLOCK },
  ],
  [
    'names that code which is not sure to run binds, read by the functions that it calls',
    [
      'import time\nclass A: pass\na, b, box, top, kept, other = A(), A(), A(), None, [0], [9]\nn = 1\ndef mark(): top.w = 3\ndef put(): top[0] = 7\ndef bind():\n    global n\n    n = 5\ndef choose():\n    global top\n    top = b',
      'if time.time() > 5:\n    top = a\n    mark()\n    box.f = bind\n    box.f()\nif time.time() > 6:\n    top = kept\n    put()\nif time.time() > 7:\n    choose()\n    mark()',
    ],
    { 'vars(a)': CLOCK, 'vars(b)': CLOCK, n: CLOCK, kept: CLOCK, other: '[9]' },
  ],
  [
    'operators of objects that code makes which is not sure to run',
    [
      'import functools, time\nlog, more, last = [], [], []\nclass A:\n    def __bool__(self): log.append(1)\nclass B:\n    def __add__(self, other): more.append(1)\nclass C:\n    def __eq__(self, other): last.append(1)\nx = 0\ndef test(): return x and 1',
      'if time.time() > 5:\n    x = A()\n    test()\nif time.time() > 6:\n    y = B()\n    y + 1\nif time.time() > 7:\n    z = functools.partial(C)()\n    z == 1',
    ],
    { log: CLOCK, more: CLOCK, last: CLOCK },
  ],
  [
    'what is known of the text of a version, and hashes that are the same in each process',
    ['import sys\nv = sys.version'],
    {
      '"PyPy" in v': 'False',
      'not ("pypy" in v)': 'True',
      '"3.13" in v': 'unknown: sys.version',
      'v[:3]': 'unknown: sys.version',
      'None.__hash__() == hash(None)': 'True',
      'hash(None)': '4238894112',
    },
  ],
  [
    'dicts whose order is not known, in others and as arguments',
    [
      's = {"a", "bb", "ccc"}\nd = {w: len(w) for w in s}\ne = {"z": 0, **d, "bb": 7}\ndef taking(a, bb, ccc=0): return a + 10 * bb + ccc\ndef keeping(**more): return list(more)\nclass Box:\n    def take(self, *, a, **more): return a',
    ],
    {
      'e["z"], e["a"], e["bb"]': '(0, 1, 7)',
      'len(e)': '4',
      'sorted(e)': "['a', 'bb', 'ccc', 'z']",
      'list(e)': ORDER,
      'str({**d})': ORDER,
      'taking(**d)': '24',
      'taking(**{**d, "a": 5})': '28',
      'keeping(**d)': ORDER,
      'Box().take(**d)': ORDER,
    },
  ],
  [
    'containers that hold what may have been changed, into which functions look',
    [
      'import copy, json, frobnicate\nfrom decimal import Decimal\nl, d = [1, 2], {"a": 1}\nfrobnicate.touch(l)\nfrobnicate.touch(d)\nheld = copy.deepcopy({"l": l, "n": [3]})',
    ],
    {
      'json.dumps([l])': 'unknown: frobnicate',
      'json.dumps({"d": d})': 'unknown: frobnicate',
      'json.dumps({frobnicate.key: 1})': 'unknown: frobnicate',
      'held["n"]': '[3]',
      'held["l"]': 'unknown: frobnicate',
      '"%*d" % (frobnicate.width, 1)': 'unknown: frobnicate',
      'Decimal((0, (1, frobnicate.digit), 0))': 'unknown: frobnicate',
    },
  ],
  [
    'attributes that are read by their names',
    [
      'import frobnicate\nclass Box:\n    size = 3\nbox, changed = Box(), [1]\nclass Held: part = changed\nheld = frobnicate.first or Held()\ngetattr(held, "part", changed)',
    ],
    {
      'getattr(box, "size", frobnicate.size)': '3',
      'getattr(box, "length", frobnicate.size)': 'unknown: frobnicate',
      'getattr(box, frobnicate.name, 3)': 'unknown: frobnicate',
      'getattr(frobnicate, "size", 3)': 'unknown: frobnicate',
      'vars(frobnicate)["size"]': 'unknown: frobnicate',
      changed: '[1]',
    },
  ],
];

test.each(TABLE)('%s', (_title, cells, expected) => {
  expect(shown(cells, Object.keys(expected))).toEqual(expected);
});

test('modules whose code adds to what can be imported', () => {
  const modules = {
    six: 'import sys, types\n__path__ = []\nsys.modules[__name__ + ".moves"] = types.ModuleType("moves")\nn = 1\n',
    plain: '__path__ = []\nn = 1\n',
  };
  const cells = ['try:\n    from six.moves import a\nexcept ImportError:\n    a = 3', 'import six, plain'];
  expect(shown(cells, ['a', 'six.n', 'plain.n'], modules)).toEqual({
    a: 'unknown: six.moves',
    'six.n': '1',
    'plain.n': '1',
  });
  expect(shown(['try:\n    import plain.moves\nexcept ImportError:\n    a = 3'], ['a'], modules)).toEqual({ a: '3' });
});

test('packages whose code imports parts that their sources lack', () => {
  const cells = ['import kit', 'try:\n    import kit\n    a = 2\nexcept ImportError:\n    a = 3', 'b = 4'];
  const kit = (part: string) => ({ kit: `__path__ = []\nimport kit.${part}\nn = 1\n` });
  const lost = 'unknown: kit._native';
  expect(shown(cells, ['kit.n', 'a', 'b'], kit('_native'))).toEqual({ 'kit.n': lost, a: lost, b: '4' });
  expect(shown(cells.slice(1), ['a', 'b'], kit('native'))).toEqual({ a: '3', b: '4' });
});

test('modules of which names are set by names that are not known', () => {
  const modules = {
    table:
      'import time\nk = 1\ndef put(names, more):\n    for n in more:\n        names[n] = 2\nput(globals(), str(time.time()))\n',
    plain: 'k = 1\ndef f():\n    return k\n',
    other: 'k = 1\ndef f():\n    return k\n',
    units:
      'import builtins\ndef push(module, names):\n    module.__dict__.update(names)\npush(builtins, {"metre": 1})\n',
  };
  const cells = [
    'import time, table, plain, other, units\nsetattr(plain, str(time.time()), 2)\nif time.time():\n    other.new = 2',
  ];
  expect(
    shown(
      cells,
      ['table.k', 'table.new', 'plain.k', 'plain.f()', 'plain.new', 'other.new', 'other.f()', 'metre'],
      modules,
    ),
  ).toEqual({
    'table.k': CLOCK,
    'table.new': CLOCK,
    'plain.k': CLOCK,
    'plain.f()': CLOCK,
    'plain.new': CLOCK,
    'other.new': CLOCK,
    'other.f()': '1',
    metre: 'unknown: putting names into builtins',
  });
});

test('names that the import of Python gives to a module', () => {
  const modules = { own: 'parent = __spec__ and __spec__.parent\nkept = __package__\ndef f(): return nothing\n' };
  expect(shown(['import own'], ['own.parent', 'own.kept', 'own.f()'], modules)).toEqual({
    'own.parent': 'unknown: __spec__ of a module',
    'own.kept': '',
    'own.f()': 'NameError',
  });
});

test('modules that go through sets, as registries and graphs of a package do', () => {
  const modules = {
    units:
      'class Registry:\n    def __init__(self):\n        self.names = {"km", "m"}\n        for name in self.names:\n            setattr(self, name, len(name))\n        self.sizes = {name: len(name) for name in self.names}\nregistry = Registry()\n',
  };
  const asked = ['registry.km', 'registry.sizes.get("m")', 'list(registry.names)[0]', '", ".join(registry.names)'];
  expect(shown(['from units import registry'], asked, modules)).toEqual({
    'registry.km': '2',
    'registry.sizes.get("m")': '1',
    'list(registry.names)[0]': ORDER,
    '", ".join(registry.names)': ORDER,
  });
});

test('checks of an unknown condition neither pass nor fail', () => {
  const result = new Session().run(
    parseProgram(
      'from mlsys.formatting import check\nimport time\ncheck(time.time() > 1, "late")\ncheck(1 > 0, "sure")\nassert time.time()',
      'cell',
    ),
    0,
  );
  expect(result.checks.map(check => [check.message, check.passed])).toEqual([['sure', true]]);
  expect(result.undecided.map(check => [check.message, check.cause.kind])).toEqual([['late', 'clock']]);
});

test('a mark stands for what may have been printed', () => {
  const code = [
    'import time',
    't = time.time()',
    'def say(x):\n    print("say", x)',
    'print("one")',
    'for i in range(int(t)):\n    print(i)',
    'if t > 5:\n    say(3)',
    'if t > 6:\n    x = 1',
    'print(len([1][0:t]))',
    'print(t, "two")',
    'x = help(len)',
  ];
  const { output } = new Session().run(parseProgram(code.join('\n'), 'cell'), 0);
  const mark = '⟨unknown⟩';
  expect(output.map(one => ('text' in one ? one.text : '')).join('')).toBe(
    `one\n${mark}\n${mark}\n${mark}\n${mark} two\n${mark}\n`,
  );
});

test('causes are told once each, with their place', () => {
  const { unknowns } = new Session().run(
    parseProgram('import time\nfor i in range(3):\n    t = time.time()\nopen("x")', 'cell'),
    0,
  );
  expect(unknowns.map(({ kind, subject, span }) => `${kind} ${subject} ${span.start}`)).toEqual([
    'clock time.time() 39',
    'file open("x") 51',
  ]);
});

test('names that a failed cell was to make, or half made, are in doubt', () => {
  const session = new Session();
  session.run(parseProgram('n = 1\nkept = 2\nL = [1]', 'one'), 0);
  const { doubtful } = session.run(parseProgram('rows = []\nL.append(2)\n1 / 0\nn = 3\ndel kept', 'two'), 1);
  expect(doubtful).toEqual(['L', 'kept', 'n', 'rows']);
});

test.each([
  ['what the fault has nothing to do with is not', 'import math\na = 3\nb = a + 1\n1 / 0', []],
  ['what the statement at fault reads is', 'a = 3\ntrips = 0\nx = 120 / trips', ['trips', 'x']],
  [
    'what that was made of is, and what was made of the same',
    'a = 0\nb = a + 1\nc = a + 2\nd = 5\nx = 1 / (b - 1)',
    ['a', 'b', 'c', 'x'],
  ],
  ['what was to be changed below is', 'a = 3\nb = 4\n1 / 0\na += 1', ['a']],
  ['what may be half made is', 'rows = []\nd = {}\na = 1\n1 / 0', ['d', 'rows']],
  ['where a function failed, all is', 'a = 0\ndef f():\n    return 1 / a\nb = 2\nf()', ['a', 'b', 'f']],
])('of a failed cell, %s in doubt', (_, cell, names) => {
  expect(new Session().run(parseProgram(cell, 'cell'), 0).doubtful).toEqual(names);
});

/** Seed of the first random chapter: others with `UNKNOWN_FIRST=5000`. */
const FIRST = Number(process.env.UNKNOWN_FIRST ?? 0);

describe.runIf(existsSync('/usr/bin/python3'))('random chapters', () => {
  /** More of them with `UNKNOWN_CHAPTERS=5000`. */
  const count = Number(process.env.UNKNOWN_CHAPTERS ?? 200);

  test.each([
    ['', BUDGETS],
    [', however little of the code that is left out is looked at', { ...BUDGETS, foresight: 20 }],
  ])('nothing that is sure differs from CPython%s', { timeout: 1_200_000 }, (_, budgets) => {
    const chapters = Array.from({ length: count }, (_, at) => [FIRST + at, unknownChapter(FIRST + at)] as const);
    const wrong: string[] = [];
    for (let from = 0; from < count; from += 200) wrong.push(...differences(chapters.slice(from, from + 200), budgets));
    expect(wrong).toEqual([]);
  });
});

describe('random chapters beside a program that meets unknown values', () => {
  /** More of them with `MIXED_CHAPTERS=5000`. */
  const count = Number(process.env.MIXED_CHAPTERS ?? 60);

  test('what nothing unknown reached is sure', { timeout: 1_200_000 }, () => {
    let compared = 0;
    const lost: string[] = [];
    for (let seed = FIRST; seed < FIRST + count; seed++) {
      const { clean, mixed } = mixedChapter(seed);
      const [alone, beside] = [new Session({ budgets: BUDGETS }), new Session({ budgets: BUDGETS })];
      for (const [at, cell] of clean.entries()) {
        const ends = [alone.run(parseProgram(cell, `cell ${at}`), at), beside.run(parseProgram(mixed[at]!, 'm'), at)];
        if (ends.some(({ status }) => status === 'failed' || status === 'budget')) break;
        const found = OBSERVED.filter(expression => {
          const [before, after] = [alone, beside].map(
            session => referenceAt(session, `repr(${expression})`, at + 1).result,
          );
          compared++;
          return before!.value !== after!.value || after!.cause !== undefined;
        });
        if (found.length > 0)
          lost.push(`chapter ${seed}, cell ${at}: ${found.join(', ')}\n${mixed.slice(1, at + 1).join('\n# ---\n')}`);
        if (found.length > 0) break;
      }
    }
    expect(lost).toEqual([]);
    expect(compared).toBeGreaterThan(count * OBSERVED.length);
  });
});

/** Where values that are sure are others than CPython's. */
function differences(chapters: readonly (readonly [number, string[]])[], budgets: Partial<Budgets>): string[] {
  const input = JSON.stringify([chapters, OBSERVED, MODULE]);
  const run = spawnSync('/usr/bin/python3', ['-c', RUNNER], { input, encoding: 'utf8', maxBuffer: 1e9 });
  expect(run.stderr).toBe('');
  const truth = JSON.parse(run.stdout) as Record<string, string>[][];
  return chapters.flatMap(([seed, cells], at) => differencesOf(seed, cells, truth[at]!, budgets));
}

function differencesOf(
  seed: number,
  cells: readonly string[],
  truth: readonly Record<string, string>[],
  budgets: Partial<Budgets>,
): string[] {
  const session = new Session({ budgets });
  for (const [at, values] of truth.entries()) {
    const wrong: string[] = [];
    const { status, fault } = session.run(parseProgram(cells[at]!, `cell ${at}`), at);
    if (status === 'failed') wrong.push(`the cell ends with ${fault?.type}: ${fault?.message}`);
    for (const expression of OBSERVED) {
      const result = referenceAt(session, `repr(${expression})`, at + 1).result;
      if (result.cause !== undefined) continue;
      const text = result.status === 'ok' ? String(result.value) : `!${result.fault!.type}`;
      if (text !== values[expression]) wrong.push(`${expression} is ${text}, in CPython ${values[expression]}`);
    }
    if (wrong.length > 0)
      return wrong.map(one => `chapter ${seed}, cell ${at}: ${one}\n${cells.slice(1, at + 1).join('\n# ---\n')}`);
  }
  return [];
}
