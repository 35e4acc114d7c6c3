/** What `globals()` and `locals()` give where it is kept: in Python it is the namespace itself. */
import { expect, test } from 'vitest';
import { shown } from '../support/shownValues';

const CASES: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'names that are bound and deleted later',
    [
      'old = 0\ng = globals()\nx = 1\nseen = ("x" in g, g["x"], g.get("y"), [k for k in g if k in ("x", "old")])\nx = 2\nafter = g["x"]\ndel x\nleft = ("x" in g, "x" in list(g), "x" in g.copy())',
    ],
    { seen: "(True, 1, None, ['old', 'x'])", after: '2', left: '(False, False, False)' },
  ],
  [
    'names that a function binds',
    ['def put():\n    global x\n    x = 1\ndef has(names):\n    put()\n    return "x" in names\nseen = has(globals())'],
    { seen: 'True' },
  ],
  [
    'names that are bound while the namespace is gone through',
    [
      'text = ""\ntry:\n    for key in globals():\n        fresh = key\nexcept RuntimeError as error:\n    text = str(error)\nfor key in list(globals()):\n    other = key',
    ],
    { text: 'dictionary changed size during iteration', 'other in ("key", "fresh", "text")': 'True' },
  ],
  [
    'names of a class body',
    [
      'class Plan:\n    names = locals()\n    rate = 1\n    seen = ("rate" in names, names["rate"])\n    del rate\n    left = "rate" in names',
    ],
    { 'Plan.seen': '(True, 1)', 'Plan.left': 'False' },
  ],
  [
    'a namespace that an earlier cell keeps',
    ['g = globals()\nx = 1', 'y = 2\nseen = ("y" in g, len(g) == len(globals()))'],
    { seen: '(True, True)', 'g["x"]': '1', '"seen" in g': 'True', '"z" in g': 'False' },
  ],
  [
    'a namespace in which there may be other names since',
    ['g = globals()\nx = 1\nfrom away import *\nseen = "y" in g', 'last = "y" in g'],
    { seen: 'unknown: away', last: 'unknown: away' },
  ],
  [
    'a copy that is made of it',
    ['g = dict(globals())\nx = 1', 'seen = "x" in g\nlast = "__name__" in g'],
    { seen: 'False', last: 'True' },
  ],
];

test.each(CASES)('%s', (_title, cells, expected) => {
  expect(shown(cells, Object.keys(expected))).toEqual(expected);
});
