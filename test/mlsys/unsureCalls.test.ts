/** Calls in code that is not sure to run: whatever they may change is unknown, by whichever way they come to it. */
import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram, Session } from '../../mlsys';

const PRELUDE = `
import functools, heapq, operator, sys, time, types
import numpy as np
class Box:
    def __init__(self, held): self.held = held
    def put(self): self.held.append(3)
    def copy(self): return self.held
    @property
    def low(self): return self.held.append(3)
class Plain: pass
def first(given): given[0].append(1)
def each(given):
    for one in given: one.append(1)
def use(box): box.put()
def mean(given): return given
def given(one=LIST): return one
def keyed(*, one=LIST): return one
def closing():
    inner = LIST
    return lambda: inner
closed = closing()
def bound(self, held): self.items = held
def named(self): self.append(1)
box, spaced = Box(LIST), types.SimpleNamespace(box=Box(LIST), boxes={"a": Box(LIST)})
appending, putting = operator.methodcaller("append", 1), operator.methodcaller("put")
method, part = types.MethodType(named, LIST), functools.partial(named, LIST)
plain, array, other, rows = Plain(), np.array([1, 4]), [7], [[1], [2]]
`.replaceAll('LIST', 'changed');

/** Statements that change the list `changed`. */
const CHANGING = `
first([changed])
each((changed,))
each({0: changed}.values())
each([one for one in [changed]])
each(one for one in [changed])
each(sorted([changed]))
each([changed] + [])
each([*[changed]])
first(given=[changed])
one = [changed]; two = one; first(two)
one = [changed]; two = one + [[2]]; first(two)
one = [changed]; first(one * 2)
first(*[[changed]])
first(**{"given": [changed]})
first.__call__([changed])
[*map(first, [[changed]])]
functools.partial(each)([changed])
Box(changed).put()
made = Box(changed); made.put()
use(Box(changed))
use(held) if (held := Box(changed)) else None
[Box(changed)][0].put()
{"a": Box(changed)}["a"].put()
Box(Box(changed)).held.put()
Box(changed).copy().append(1)
mean(changed).append(1)
mean(given=changed).append(1)
mean(Box)(changed).put()
mean(Box(changed).put)()
getattr(Box(changed), "put")()
called = Box(changed).put; called()
filled = {}; filled["a"] = [changed]; filled["a"][0].append(1)
filled = []; filled.append([changed]); filled[0][0].append(1)
filled = Plain(); filled.own = [changed]; filled.own[0].append(1)
operator.methodcaller("append", 1)(changed)
operator.methodcaller("put")(box)
appending(changed)
putting(Box(changed))
list(map(appending, [changed]))
list(map(operator.methodcaller("append", 1), [changed]))
list(map(list.append, [changed], [5]))
list(map(heapq.heappush, [changed], [1]))
import bisect; bisect.insort(changed, 5)
from bisect import insort; insort(changed, 5)
"{0.box.low}".format(spaced)
"{one.boxes[a].low:>5}".format(one=spaced)
"{.box.low}".format(spaced)
given.__defaults__[0].append(1)
keyed.__kwdefaults__["one"].append(1)
closed.__closure__[0].cell_contents.append(1)
types.MethodType(named, changed)()
method()
part()
sys.modules[__name__].changed.append(1)
sys.modules["__main__"].changed.append(1)
sys.modules.get("__main__").changed.append(1)
`
  .trim()
  .split('\n');

/** Statements that change the array `array`. */
const FILLING = `
np.add(array, 1, array)
np.sqrt(array, array)
np.cumsum(array, 0, None, array)
np.add.at(array, 0, 5)
`
  .trim()
  .split('\n');

/** Statements that change none of it. */
const READING = `
len(changed)
count = len(changed); count += 1
total = sum(changed); total += 1
plain.total = sum(changed); plain.total += 1
print([changed])
np.add(array, 1)
np.add(array, 1, np.zeros(2))
"{0.held}".format(spaced)
made = sorted([3, 1]); made.append(2)
operator.methodcaller("append", 1)([])
list(map(list.append, [[1]], [5]))
"pandas" in sys.modules
`
  .trim()
  .split('\n');

function shownAfter(statement: string, name: string): string {
  const session = new Session({ budgets: { steps: 100_000 } });
  session.run(parseProgram(`changed = [1]${PRELUDE}kept = 7`, 'cell 0'), 0);
  session.run(parseProgram(`if time.time() > 5:\n    ${statement}`, 'cell 1'), 1);
  const { status, text, cause } = session.evaluate(parseExpression(name).expression!, 2);
  return cause === undefined ? `${status}: ${text}` : `unknown: ${cause.subject}`;
}

describe('code that is not sure to run', () => {
  test.each(CHANGING)('changes what it may reach: %s', statement => {
    expect(shownAfter(statement, 'changed')).toBe('unknown: time.time()');
  });

  test.each(FILLING)('fills what a function puts its result in: %s', statement => {
    expect(shownAfter(statement, 'array')).toBe('unknown: time.time()');
  });

  test.each(READING)('leaves what it only reads: %s', statement => {
    expect(shownAfter(statement, 'changed')).toBe('ok: [1]');
    expect(shownAfter(statement, 'array')).toBe('ok: array([1, 4])');
    expect(shownAfter(statement, 'kept')).toBe('ok: 7');
  });
});
