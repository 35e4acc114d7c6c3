/** What code may have changed that ends by its budget and calls more than is followed: what it may come by, and nothing else. */
import { expect, test } from 'vitest';
import { BUDGETS, shown } from '../support/shownValues';

const STEPS = 'unknown: steps';
const MANY = 60;

/** A module whose functions call each other in so many ways that their calls are not followed. */
const NAMES = Array.from({ length: MANY }, (_, at) => `part${at}`);
const DEEP = [
  'table = {"a": [1]}',
  'count = 0',
  'hooks = []',
  'def register(hook): hooks.append(hook)',
  ...NAMES.map(
    name =>
      `def ${name}(given, depth):\n    global count\n    count += 1\n    for hook in hooks: hook(given)\n    given.rate = depth\n${NAMES.map(other => `    if depth > 3: ${other}([given, table], depth - 1).items.append(${other})`).join('\n')}\n    return given`,
  ),
  'def run(given, n):\n    part0(given, 1)\n    for i in range(n): part1(given, 2)\n    return given\n',
].join('\n');

const START =
  'from deep import run, register\nimport deep\nclass Plan:\n    rate = 1\nclass Kept:\n    rate = 1\nplan, kept, rows, n, m = Plan(), Kept(), {"a": 1}, 1, 1\n';

const CASES: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'objects that the code cannot come by stay known',
    [`${START}`, 'def f(given):\n    return run(given, 10**9)\nout = f(plan)\nlast = 3'],
    {
      'rows["a"]': '1',
      'kept.rate': '1',
      'Kept.rate': '1',
      n: '1',
      out: STEPS,
      last: STEPS,
      'plan.rate': STEPS,
      'Plan.rate': STEPS,
      'deep.count': STEPS,
      'deep.table["a"]': STEPS,
    },
  ],
  [
    'what functions of the chapter bind and change that the code was given before',
    [
      `${START}def hook(given):\n    global n\n    n += 1\n    rows["a"] = given\nregister(hook)\nlines = [1]`,
      'run(plan, 10**9)',
    ],
    { n: STEPS, 'rows["a"]': STEPS, m: '1', lines: '[1]', 'kept.rate': '1' },
  ],
  [
    'variables of functions',
    [
      `${START}def counting():\n    total = 0\n    def add(given):\n        nonlocal total\n        total += 1\n    return add, lambda: total\nadd, read = counting()\nother, peek = counting()\nregister(add)`,
      'run(plan, 10**9)',
    ],
    { 'read()': STEPS, 'peek()': '0' },
  ],
  [
    'random numbers, of which the code may have drawn some',
    [`import random\n${START}random.seed(1)`, 'run(plan, 10**9)'],
    { 'random.random()': STEPS, n: '1' },
  ],
];

test.each(CASES)('%s', (_title, cells, expected) => {
  expect(shown(cells, Object.keys(expected), { deep: DEEP })).toEqual(expected);
});

test('what is left of a cell is looked at though its budget is used up', () => {
  const cells = [
    'import matplotlib.pyplot as plt\nfor i in range(10**9):\n    pass\nplt.plot([1, 2])\nplt.tight_layout()\nlast = 3',
  ];
  expect(shown(cells, ['last'])).toEqual({ last: STEPS });
});

const LOST = 'unknown: pandas';
const UNSURE =
  'import pandas as pd\nimport numpy as np\nflag = pd.read_csv("x").empty\nn, m, rows, lines = 1, 1, [1], [2]\n';

/** Cells of which hardly anything is looked at, and what is known behind them. */
const HARDLY_LOOKED_AT: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'names that a function sets in what it is given',
    [`${UNSURE}def into(names): names["n"] = 5`, 'if flag:\n    into(globals())'],
    { n: LOST },
  ],
  [
    'special attributes of functions',
    [`${UNSURE}def f(): return 1`, 'if flag:\n    f.__name__ = "g"\n    f.tag = 1'],
    { 'f.__name__': LOST, 'f.tag': LOST, n: '1' },
  ],
  [
    'what a name may still have been when an error was caught',
    [
      `${UNSURE}kept = rows\ndef cut(): rows.clear()`,
      'try:\n    len(flag)\n    rows = []\nexcept ValueError:\n    cut()',
    ],
    { kept: LOST, lines: '[2]' },
  ],
  [
    'global names that a function binds which may have been defined',
    [`${UNSURE}`, 'if flag:\n    def count():\n        global n\n        n += 1', 'if flag:\n    count()'],
    { n: LOST, m: '1' },
  ],
  [
    'how numpy shows numbers',
    [`${UNSURE}def show(): np.set_printoptions(precision=2)`, 'if flag:\n    show()\ntext = str(np.array([1.23456]))'],
    { text: LOST, n: '1' },
  ],
  [
    'names of a module whose function sets them by texts',
    [`${UNSURE}from late import load\nimport late`, 'if flag:\n    load("rate")'],
    { 'late.rate': LOST },
  ],
];

test.each(HARDLY_LOOKED_AT)('where hardly anything is looked at, %s', (_title, cells, expected) => {
  const late = 'rate = 1\ndef load(name):\n    globals()[name] = 2\n';
  expect(shown(cells, Object.keys(expected), { late }, { ...BUDGETS, foresight: 20 })).toEqual(expected);
});
