/** Trees through what functions keep outside of themselves (`global`, `nonlocal`), and through what is taken of iterators. */
import { describe, expect, test } from 'vitest';
import { formulaText, valueText } from '../../../server/provenance/formula';
import { analyze, cell } from '../../support/analysis';

/** The sources of `x`, each with the formula that made it. */
async function told(...cells: string[]): Promise<string[]> {
  const analysis = analyze(`${cells.map(code => cell(code)).join('\n')}\n\`{python} x\`\n`);
  const { ref } = analysis.refs[0]!;
  const { sources } = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  return sources.map(({ name, kind, value, formula, changedBy }) => {
    const made = formula === undefined || formula.kind === 'literal' ? '' : ` ← ${formulaText(formula)}`;
    return `${kind} ${name} = ${valueText(value)}${made}${changedBy === undefined ? '' : ` (${changedBy})`}`;
  });
}

const STORE = 'stock = 40\nused = 3\ndef take(n):\n    global stock\n    stock -= n\n';

describe('a name that functions set', () => {
  test('is told by all that they did to it', async () => {
    expect(await told(`${STORE}take(used)`, 'take(5)\nx = stock * 2')).toEqual([
      'formula x = 64 ← stock × 2',
      'formula stock = 32 ← stock − used − 5',
      'assumption stock = 40',
      'assumption used = 3',
      'assumption n = 5',
    ]);
  });

  test('is what it was where it was read', async () => {
    expect((await told(`${STORE}take(used)\nmid = stock * 2\ntake(5)\nx = mid + 1`)).slice(0, 4)).toEqual([
      'formula x = 75 ← mid + 1',
      'formula mid = 74 ← stock × 2',
      'formula stock = 37 ← stock − used',
      'assumption stock = 40',
    ]);
  });

  test.each([
    ['in a loop', `uses = [3, 4]\n${STORE}for n in uses:\n    take(n)\nx = stock`, 'stock − uses[0] − uses[1]'],
    [
      'by functions that call others',
      `${STORE}def day():\n    take(used)\nday()\nday()\nx = stock`,
      'stock − used − used',
    ],
    ['again by a cell', `${STORE}take(used)\nstock = stock + 100\ntake(used)\nx = stock`, 'stock − used'],
    [
      'where nothing was before',
      'stock = None\nused = 3\ndef fill():\n    global stock\n    stock = used * 2\nfill()\nx = stock',
      'used × 2',
    ],
  ])('%s', async (_, code, formula) => {
    expect((await told(code))[1]).toContain(` ← ${formula}`);
  });

  test('is read by another function', async () => {
    expect(await told(`${STORE}def left():\n    return stock / 2\ntake(used)\nx = left()\ntake(9)`)).toEqual([
      'formula x = 18.5 ← (stock − used) / 2',
      'assumption stock = 40',
      'assumption used = 3',
    ]);
  });

  test('goes by the last call that did it, where what the function does is not followed', async () => {
    const code = 'def take(n):\n    global stock\n    stock = sorted([stock - n, 0], key=lambda v: -v)[0]\n';
    const ends = await told(`${STORE}${code}take(used)\nx = stock`);
    expect(ends[0]).toBe('formula x = 37 ← stock');
    expect(ends.join()).toContain('used = 3');
  });
});

const COUNTER = `def counter(first):
    n = first
    def up(by):
        nonlocal n
        n += by
        return n
    return up
start = 2
step = 3
up = counter(start)
`;

describe('a variable around functions', () => {
  test('is told by all earlier calls', async () => {
    expect(await told(`${COUNTER}up(step)`, 'x = up(4)\nup(7)')).toEqual([
      'formula x = 9 ← start + step + 4',
      'assumption start = 2',
      'assumption step = 3',
      'assumption by = 4',
    ]);
  });

  test('goes on within a statement', async () => {
    expect((await told(`${COUNTER}x = up(step) + up(4)`))[0]).toBe('formula x = 14 ← start + step + start + step + 4');
  });

  test('is shared by functions that were made together', async () => {
    const code = `def tally():
    total = 0
    def add(v):
        nonlocal total
        total += v
    def result():
        return total
    return add, result
add, result = tally()
share = 4
add(share)
add(share * 2)
x = result() * 10`;
    expect(await told(code)).toEqual(['formula x = 120 ← (0 + share + share × 2) × 10', 'assumption share = 4']);
  });

  test('of two counters is that of each', async () => {
    const code = `${COUNTER}other = counter(100)\nother(step)\nup(step)\nx = other(step)`;
    expect((await told(code)).slice(0, 2)).toEqual(['formula x = 106 ← 100 + step + step', 'assumption first = 100']);
  });
});

const DAYS = `rate = 5
def days(start):
    level = start
    while True:
        level = level + rate
        yield level
`;

describe('what is taken of an iterator', () => {
  test('is what the generator yields by then', async () => {
    expect(await told(`${DAYS}g = days(100)\nnext(g)`, 'x = next(g) * 2')).toEqual([
      'formula x = 220 ← (100 + rate + rate) × 2',
      'assumption start = 100',
      'assumption rate = 5',
    ]);
  });

  test.each(
    [
      [
        'a number that it yields',
        'def steps():\n    yield 3\n    yield rate * 2\nrate = 4\ng = steps()\nnext(g)\nx = next(g)',
        'formula x = 8 ← rate × 2',
      ],
      [
        'what it was sent',
        'def sums():\n    total = 0\n    while True:\n        got = yield total\n        total += got\nfee = 6\ng = sums()\nnext(g)\ng.send(fee)\nx = g.send(fee * 2)',
        'formula x = 18 ← 0 + fee + fee × 2',
      ],
      [
        'what another one yields',
        'def inner():\n    yield base\n    yield base * 2\ndef outer():\n    yield from inner()\nbase = 7\ng = outer()\nnext(g)\nx = next(g)',
        'formula x = 14 ← base × 2',
      ],
      [
        'an item of a list',
        'vals = [3, 4, 5]\nit = iter(vals)\nnext(it)\nx = next(it) * 2',
        'formula x = 8 ← vals[1] × 2',
      ],
      [
        'of a generator expression',
        'vals = [3, 4, 5]\ng = (v * 2 for v in vals if v > 3)\nnext(g)\nx = next(g)',
        'formula x = 10 ← v × 2',
      ],
    ].filter(([, , formula]) => formula !== ''),
  )('%s', async (_, code, formula) => {
    expect((await told(code))[0]).toBe(formula);
  });

  test('is told with the tests that led there', async () => {
    const code =
      'limit = 120\nrate = 15\ndef days(level):\n    while level < limit:\n        level += rate\n        yield level\n';
    const ends = await told(`${code}g = days(100)\nnext(g)\nx = next(g)`);
    expect(ends.slice(1).sort()).toEqual(['assumption level = 100', 'assumption limit = 120', 'assumption rate = 15']);
  });

  test('of a loop and a comprehension that go through all of it', async () => {
    const code = 'rate = 5\ndef days(n):\n    for i in range(n):\n        yield i * rate\n';
    expect((await told(`${code}total = 0\nfor v in days(3):\n    total += v\nx = total`))[1]).toBe(
      'formula total = 15 ← 0 + 0 × rate + 1 × rate + 2 × rate',
    );
    expect((await told(`${code}vals = [v + 1 for v in days(3)]\nx = vals[2]`))[1]).toBe(
      'formula vals[2] = 11 ← 2 × rate + 1',
    );
  });

  test.each([
    ['by a loop', 'for v in g:\n    break\n'],
    ['by another name', 'h = g\nnext(h)\n'],
    ['by a function', 'def skip():\n    return next(g)\nskip()\n'],
  ])('is told as it is written where something was taken %s', async (_, code) => {
    expect((await told(`${DAYS}g = days(100)\n${code}x = next(g) * 2`)).slice(0, 2)).toEqual([
      'formula x = 220 ← next(g) * 2',
      'formula g = <generator> ← days(100)',
    ]);
  });
});
