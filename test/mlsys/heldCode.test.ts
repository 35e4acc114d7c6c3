/** Code that unknown code was given, which may call it whenever it runs again. */
import { expect, test } from 'vitest';
import { shown } from '../support/shownValues';

const AWAY = 'unknown: away';

const HELD = 'import away\napp = away.App()\nn = 0\ndef bump():\n    global n\n    n += 1\n';

/** Cells, and what is shown of each expression. */
const CASES: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'what code that was given away binds, once unknown code runs again',
    [`${HELD}app.register(bump)`, 'n = 5', 'app.run()'],
    { n: AWAY },
  ],
  ['what code that was given away binds, until then', [`${HELD}app.register(bump)`, 'n = 5'], { n: '5' }],
  [
    'what a decorated function binds',
    ['import away\n@away.task\ndef work():\n    global n\n    n = 1', 'n = 5', 'away.run()'],
    { n: AWAY },
  ],
  [
    'what code that was given away changes of what is bound later',
    [
      'import away\nclass Log:\n    def __call__(self, line):\n        lines.append(line)\naway.hook(Log())\naway.hook(lambda: rows.clear())\naway.hook([lambda: helper()])',
      'lines, rows, kept, n = [], [1], [2], 5\ndef helper():\n    global n\n    n = 1',
      'away.run()',
    ],
    { lines: AWAY, rows: AWAY, n: AWAY, kept: '[2]' },
  ],
  [
    'what a generator does that is sent, or thrown, something unknown',
    [
      'import away\ngot, seen, kept = [], [], [2]\ndef sink(into):\n    while True:\n        into.append((yield))\ndef tries():\n    try:\n        yield 1\n    except ValueError:\n        seen.append(1)\n        yield 2',
      'one, two, other = sink(got), tries(), sink(kept)\nnext(one)\nnext(two)\nnext(other)\none.send(away.value)\ntwo.throw(away.error)\nother.send(3)',
    ],
    { 'len(got)': AWAY, seen: AWAY, kept: '[2, 3]' },
  ],
  [
    'how numpy shows arrays once that is set to something unknown',
    [
      'import away\nimport numpy as np\na = np.array([1 / 3])\nbefore = str(a)\nnp.set_printoptions(precision=away.digits)\nb = str(a)',
    ],
    { before: '[0.33333333]', b: AWAY },
  ],
  [
    'how numpy shows arrays in a block that sets it to something unknown',
    [
      'import away\nimport numpy as np\na = np.array([1 / 3])\nwith np.printoptions(precision=away.digits):\n    b = str(a)',
    ],
    { b: AWAY },
  ],
  [
    'what a bound method and a generator change that were given away',
    [
      'import away\nclass Meter:\n    def tick(self):\n        ticks.append(1)\ndef draws():\n    while True:\n        seen.append(1)\n        yield 1\naway.watch(Meter().tick, draws())',
      'ticks, seen = [], []',
      'away.run()',
    ],
    { ticks: AWAY, seen: AWAY },
  ],
  [
    'going through an unknown value as a call',
    [`${HELD}app.register(bump)`, 'n = 5', 'for part in app:\n    pass'],
    { n: AWAY },
  ],
  ['a block of an unknown value as a call', [`${HELD}app.register(bump)`, 'n = 5', 'with app:\n    pass'], { n: AWAY }],
  ['an operator of an unknown value as a call', [`${HELD}app.register(bump)`, 'n = 5', 'x = 2 * app'], { n: AWAY }],
  [
    'code that was perhaps given away',
    [`${HELD}if app.ready:\n    app.register(bump)`, 'n = 5', 'app.run()'],
    { n: AWAY },
  ],
  [
    'code that was given away where unknown code perhaps runs',
    [`${HELD}app.register(bump)`, 'n = 5', 'if app.ready:\n    app.run()'],
    { n: AWAY },
  ],
  [
    'what is put into a dict that was given away',
    ['import away\nrows = {}\naway.keep(rows)', 'given, kept = [1], [2]\nrows["a"] = given', 'away.run()'],
    { given: AWAY, kept: '[2]' },
  ],
  [
    'what functions leave alone that were given away',
    [
      'import away\napp = away.App()\n@app.route("/")\ndef page():\n    return f"{total} of {len(rows)}, {rounded(total)}"\ndef rounded(x):\n    return round(x, 1)\napp.formatter(lambda x, pos: f"{x / scale:.1f}")\napp.apply(lambda row: row["a"] * rates["a"])',
      'total, scale, rows, rates = 3, 10, [1], {"a": 2}',
      'app.run()\nx = 2 * app',
    ],
    { total: '3', scale: '10', rows: '[1]', rates: "{'a': 2}" },
  ],
  [
    'functions of pandas that call none of what was given away',
    [
      'import pandas as pd\nn = 0\ndef bump(row):\n    global n\n    n += 1\npd.read_csv("a.csv").apply(bump)',
      'n = 5\nframe = pd.DataFrame({"a": [1]})',
    ],
    { n: '5' },
  ],
];

test.each(CASES)('%s', (_title, cells, expected) => {
  expect(shown(cells, Object.keys(expected))).toEqual(expected);
});

test('a module of many decorated functions that call each other is imported, and what they bind is lost each time', () => {
  const names = Array.from({ length: 40 }, (_, at) => `rule${at}`);
  const calls = (of: string) =>
    names
      .slice(0, 12)
      .map(name => `    ${name}([given, TABLE, ${of}]).parts.append(${of})`)
      .join('\n');
  const rules = [
    'import away',
    'TABLE = {"a": 1}',
    'RATE = 2',
    'count = 0',
    ...names.map(name => `@away.rule\ndef ${name}(given):\n    global count\n    count += 1\n${calls(name)}`),
  ].join('\n');
  const cells = ['import rules\nimport away\nn = 3', 'rules.count = 0', 'away.run()'];
  expect(shown(cells, ['rules.RATE', 'rules.count', 'n'], { rules })).toEqual({
    'rules.RATE': '2',
    'rules.count': AWAY,
    n: '3',
  });
});
