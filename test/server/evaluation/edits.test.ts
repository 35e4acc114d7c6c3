/** Single edits that once left something behind. The property test finds more; each find becomes a case here. */
import { expect, test } from 'vitest';
import { editChapter, parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { fingerprint } from '../../support/fingerprint';
import { noRepair } from '../../support/parserLog';

/** A function that unknown code was given, a name that it binds, and unknown code that runs again. */
const HELD =
  '```{python}\nimport away\napp = away.App()\nn = 0\ndef bump():\n    global n\n    n += 1\n```\n\n```{python}\napp.register(bump)\n```\n\n```{python}\nn = 5\n```\n\n`{python} n`\n\n```{python}\napp.run()\n```\n\n`{python} n`\n';

const CASES: readonly [name: string, before: string, from: string, to: string][] = [
  [
    'the only cell can be parsed now, and a reference has missed it',
    '```{python}\nx = (\n```\n\n`{python} x`\n',
    'x = (',
    'x = 1',
  ],
  [
    'the last cell is no longer run: references below it see the cells above',
    '```{python}\ndef f(v):\n    return v + 1\n```\n\n```{python}\ndef f(v):\n    return v + 2\n```\n\n`{python} f(1)`\n',
    '```{python}\ndef f(v):\n    return v + 2',
    '```{python}\n#| eval: false\ndef f(v):\n    return v + 2',
  ],
  [
    'a new reference to a quantity that a cell below converts in place',
    '```{python}\nfrom mlsys.constants import *\nq = 3 * GB\n```\n\nFirst.\n\n```{python}\nq.ito(MB)\n```\n\n`{python} q`\n',
    'First.',
    'First `{python} q`.',
  ],
  [
    'a cell that changes objects of two cells, one of which is new and the other has been seen',
    '```{python}\nL = [1]\n```\n\n```{python}\nN = [1]\n```\n\n```{python}\nM.append(1)\nL.append(1)\n```\n\n```{python}\nseen = len(L)\n```\n\n`{python} M`\n',
    'N = [1]',
    'M = [1]',
  ],
  [
    'what a function with a memory has read has changed',
    '```{python}\nimport functools\n@functools.cache\ndef f(v):\n    return v * rate\n```\n\n```{python}\nrate = 2\n```\n\n```{python}\nx = f(1)\n```\n\n`{python} x`\n',
    'rate = 2',
    'rate = 3',
  ],
  [
    'a validator of a model that another cell makes instances of',
    '```{python}\nfrom pydantic import BaseModel, field_validator\nclass M(BaseModel):\n    x: int\n    @field_validator("x")\n    def f(cls, v):\n        return v + 1\n```\n\n```{python}\nm = M(x="2")\n```\n\n`{python} m.x`\n',
    'v + 1',
    'v + 5',
  ],
  [
    'a class for which a model of the cell above waits',
    '```{python}\nfrom pydantic import BaseModel\nclass A(BaseModel):\n    b: "B"\n```\n\n```{python}\nclass B(BaseModel):\n    n: int = 1\na = A(b={})\nb = A(b=B())\n```\n\n`{python} a.b.n` `{python} b.b.n`\n',
    'n: int = 1',
    'n: int = 2',
  ],
  [
    'private and further attributes of a model that a cell below sets',
    '```{python}\nfrom pydantic import BaseModel\nclass M(BaseModel, extra="allow"):\n    _p: int = 1\nm = M()\n```\n\n```{python}\nm._p = 2\nm.q = 3\n```\n\n```{python}\ns = m._p + m.q\n```\n\n`{python} s`\n',
    'm._p = 2',
    'm._p = 4',
  ],
  [
    'a reference to an object of the second cell that a cell below changes, and which objects of the first cell made',
    '```{python}\nL = [1]\ndef f():\n    return L\n```\n\n```{python}\nM = [len(f())]\n```\n\n`{python} len(M) + 1`\n\n```{python}\nL.append(1)\nM.append(1)\n```\n',
    'len(M) + 1',
    'len(M) + 2',
  ],
  [
    'a cell that reads such an object',
    '```{python}\nL = [1]\ndef f():\n    return L\n```\n\n```{python}\nM = [len(f())]\n```\n\n```{python}\nn = len(M) + 1\n```\n\n```{python}\nL.append(1)\nM.append(1)\n```\n\n`{python} n`\n',
    'len(M) + 1',
    'len(M) + 2',
  ],
  [
    'a reference before a changed one, in a block whose first one was never one',
    '```{python}\nL = [1]\n```\n\n`{python} box`, `{python} (b := len(L) + 1)`, `{python} (b := len(L) + 1)`\n',
    '+ 1',
    '+ 3',
  ],
  [
    'what a reference appends',
    '```{python}\nL = [1]\n```\n\n`{python} len(L)`, `{python} L.append(2)`, `{python} len(L)`\n\n```{python}\nn = sum(L)\n```\n\n`{python} n`\n',
    'append(2)',
    'append(3)',
  ],
  [
    'a new reference above a cell that takes from the same iterator',
    '```{python}\nit = iter([1, 2, 3])\n```\n\nFirst.\n\n```{python}\nn = next(it)\n```\n\n`{python} n` `{python} next(it)`\n',
    'First.',
    'First `{python} next(it)`.',
  ],
  [
    'a reference that changes something no more',
    '```{python}\nL = [1]\n```\n\n`{python} L.append(2)`\n\n```{python}\nn = sum(L)\n```\n\n`{python} n`\n',
    'append(2)',
    'count(2)',
  ],
  [
    'a new reference that changes something, whose like failed above',
    '```{python}\na = 1\n```\n\n`{python} L.append(2)`\n\n```{python}\nL = [1]\n```\n\nThen.\n\n```{python}\nn = sum(L)\n```\n\n`{python} n`\n',
    'Then.',
    'Then `{python} L.append(2)`.',
  ],
  [
    'the precision of a context that a cell keeps',
    '```{python}\nfrom decimal import *\nwith localcontext() as inner:\n    inner.prec = 5\n```\n\n`{python} inner.prec`\n',
    '5',
    '4',
  ],
  [
    'a cell that gives an exception of another cell other arguments',
    '```{python}\nx = 1\n```\n\n```{python}\nerror = ValueError(1)\n```\n\n```{python}\nerror.args = (x,)\n```\n\n`{python} error`\n',
    'x = 1',
    'x = 2',
  ],
  [
    'a cell that no longer raises an exception of another cell',
    '```{python}\nerror = ValueError(1)\n```\n\n```{python}\ntry:\n    raise error\nexcept ValueError:\n    pass\n```\n\n`{python} error.__traceback__ is None`\n',
    'raise error',
    'pass',
  ],
  [
    'a cell that no longer gives an object of another cell another class',
    '```{python}\nclass A: pass\nclass B: pass\no = A()\n```\n\n```{python}\no.__class__ = B\n```\n\n`{python} type(o).__name__`\n',
    'o.__class__ = B',
    'pass',
  ],
  [
    'a cell that no longer adds a note to an exception of another cell',
    '```{python}\nerror = ValueError(1)\n```\n\n```{python}\nerror.add_note("a")\n```\n\n`{python} hasattr(error, "__notes__")`\n',
    'error.add_note("a")',
    'pass',
  ],
  [
    'a cell that no longer takes the traceback of an exception of another cell away',
    '```{python}\ntry:\n    1 / 0\nexcept ZeroDivisionError as caught:\n    error = caught\n```\n\n```{python}\nerror.__traceback__ = None\n```\n\n`{python} error.__traceback__ is None`\n',
    'error.__traceback__ = None',
    'pass',
  ],
  [
    'a semicolon keeps the value of the last line from being shown',
    '```{python}\nx = 2\nx * 3\n```\n',
    'x * 3',
    'x * 3;',
  ],
  ['unknown code runs no more that was given a function', HELD, 'app.run()', 'pass'],
  ['unknown code runs that was given a function', HELD.replace('app.run()', 'pass'), 'pass', 'app.run()'],
  ['a function is given to unknown code no more', HELD, 'app.register(bump)', 'pass'],
  ['a function is given to unknown code', HELD.replace('app.register(bump)', 'pass'), 'pass', 'app.register(bump)'],
  ['what a function binds that unknown code was given', HELD, 'n = 5', 'n = 6'],
  ['a function that unknown code was given binds something else', HELD, 'global n\n    n += 1', 'other = 1'],
  [
    'unknown code runs in a reference that was given a function',
    HELD.replace('app.run()', 'pass'),
    '{python} n',
    '{python} app.run()',
  ],
  [
    'a name that a kept namespace has not had',
    '```{python}\ng = globals()\ndef has(name):\n    return name in globals()\n```\n\n```{python}\nx = 1\n```\n\n```{python}\nseen = ("y" in g, has("y"))\n```\n\n`{python} seen` `{python} len(g)` `{python} has("y")`\n',
    'x = 1',
    'x = y = 1',
  ],
  [
    'a name that a kept namespace has no more',
    '```{python}\ng = globals()\n```\n\n```{python}\nx = y = 1\n```\n\n```{python}\nseen = [one for one in g if one in "xy"]\n```\n\n`{python} seen` `{python} g`\n',
    'x = y = 1',
    'x = 1',
  ],
];

test.each(CASES)('%s', (_, before, from, to) => {
  const evaluator = new Evaluator();
  const chapter = parseChapter(before, 'file:///a.qmd');
  evaluator.update(chapter);
  const start = before.indexOf(from);
  const after = editChapter(chapter, { start, end: start + from.length, text: to }, noRepair);
  const cold = new Evaluator().update(parseChapter(after.text, 'file:///a.qmd'));
  expect(fingerprint(evaluator.update(after))).toEqual(fingerprint(cold));
});

test('a name that a cell was to make which raised is still that cell’s when its next text cannot be parsed', () => {
  const texts = ['x = 1', 'x = 1 / 0', 'x = (1'].map(code => `\`\`\`{python}\n${code}\n\`\`\`\n\n\`{python} x\`\n`);
  const evaluator = new Evaluator();
  const [, raised, broken] = texts.map(text => evaluator.update(parseChapter(text, 'file:///a.qmd')).refs[0]!.fault);
  expect(raised?.blame).toEqual({ cell: 0, name: 'x' });
  expect(broken?.blame).toEqual({ cell: 0, name: 'x' });
});
