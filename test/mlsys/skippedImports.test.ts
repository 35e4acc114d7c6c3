/** What code changes that did not run, or that unknown code may run, through names that it would import itself. */
import { expect, test } from 'vitest';
import { shown } from '../support/shownValues';

const LOST = 'unknown: pandas';

/** A package whose functions import their own modules late, as those do that import each other. */
const MODULES = {
  plant: '',
  'plant.state': 'count = 5\nitems = []\nlimits = {"high": 9}\n',
  'plant.work': [
    'def through(x):\n    import plant.state\n    plant.state.count += 1\n',
    'def named(x):\n    from plant.state import items as kept\n    kept.append(x)\n',
    'def near(x):\n    from . import state\n    state.count += 1\n',
    'def nearer(x):\n    from .state import limits\n    limits["high"] = x\n',
    'def outward(x):\n    return named(x)\n',
    'def harmless(x):\n    from .state import count\n    return count + x\n',
  ].join('\n'),
};

const START = [
  'import pandas as pd\nimport plant.state\nfrom plant.work import *\nfrom plant.state import items, limits\nflag = pd.read_csv("x").empty\nn = 3',
];

const SURE = { 'plant.state.count': '5', 'len(items)': '0', 'limits["high"]': '9', n: '3' };

/** A statement, and what it leaves unknown. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['if flag:\n    through(1)', ['plant.state.count']],
  ['if flag:\n    named(1)', ['len(items)']],
  ['if flag:\n    near(1)', ['plant.state.count']],
  ['if flag:\n    nearer(1)', ['limits["high"]']],
  ['if flag:\n    outward(1)', ['len(items)']],
  ['if flag:\n    harmless(1)', []],
  ['if flag:\n    import plant.state as state\n    state.count += 1', ['plant.state.count']],
  ['if flag:\n    from plant.state import items as kept\n    kept.append(1)', ['len(items)']],
  ['if flag:\n    import plant.state as state', []],
  ['pd.apply(through)', ['plant.state.count']],
  ['pd.apply(outward)', ['len(items)']],
  ['pd.apply(near, nearer)', ['plant.state.count', 'limits["high"]']],
];

test.each(CASES)('%s', (statement, lost) => {
  const expected = Object.entries(SURE).map(([name, value]) => [name, lost.includes(name) ? LOST : value]);
  expect(Object.entries(shown([...START, statement], Object.keys(SURE), MODULES))).toEqual(expected);
});

test('what unknown code was given, whenever it runs again', () => {
  const cells = [`${START[0]}\nimport away\naway.keep(through)`, 'plant.state.count = 7'];
  const names = ['plant.state.count', 'n'];
  expect(shown(cells, names, MODULES)).toEqual({ 'plant.state.count': '7', n: '3' });
  expect(shown([...cells, 'away.run()'], names, MODULES)).toEqual({ 'plant.state.count': 'unknown: away', n: '3' });
});
