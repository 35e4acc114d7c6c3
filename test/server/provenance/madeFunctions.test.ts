/** Trees of numbers that functions give which other functions made: they end in what the variables around these were given. */
import { describe, expect, test } from 'vitest';
import { leavesOf } from '../../../server/provenance/behind';
import { formulaText, valueText } from '../../../server/provenance/formula';
import { pythonOf } from '../../../server/provenance/python';
import { analyze, cell } from '../../support/analysis';

/** The formula of `x`, what it ends in, and what it gives when it is run again. */
async function told(code: string) {
  const analysis = analyze(`${cell(code)}\n\`{python} x\`\n`);
  expect(analysis.cells[0]!.fault).toBeUndefined();
  const { ref } = analysis.refs[0]!;
  const record = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  const [{ formula, value }] = record.sources as [(typeof record.sources)[0]];
  const again = analyze(`${cell(`again = ${pythonOf(record)}`)}\n\`{python} again\`\n`).refs[0]!;
  return {
    formula: formulaText(formula!),
    ends: leavesOf(formula, record).map(one => `${one.kind} ${one.name} = ${valueText(one.value)}`),
    isSame: again.value?.repr === value.repr,
  };
}

const SCALER = 'def scaler(k):\n    def apply(v):\n        return v * k\n    return apply\n';
const RATE = 'rate = 3.5\nbase = 12\n';
const ENDS = ['assumption base = 12', 'assumption rate = 3.5'];

describe('a function with a variable around it', () => {
  test.each([
    ['called at once', `${SCALER}${RATE}x = scaler(rate)(base)`, 'base × rate', ENDS],
    ['under a name', `${SCALER}${RATE}scaled = scaler(rate)\nx = scaled(base) + 1`, 'base × rate + 1', ENDS],
    [
      'whose argument has another value since',
      `${SCALER}${RATE}scaled = scaler(rate)\nrate = 9\nx = scaled(base)`,
      'base × rate',
      ENDS,
    ],
    ['given by name', `${SCALER}${RATE}scaled = scaler(k=rate)\nx = scaled(base)`, 'base × rate', ENDS],
    [
      'written as a lambda',
      `def scaler(k):\n    return lambda v: v * k\n${RATE}scaled = scaler(rate)\nx = scaled(base)`,
      'base × rate',
      ENDS,
    ],
    [
      'that the maker computes',
      'def tariff(peak, share):\n    mean = peak * share\n    def cost(hours):\n        return mean * hours\n    return cost\n' +
        'peak = 40\nshare = 0.5\nhours = 10\nx = tariff(peak, share)(hours)',
      'peak × share × hours',
      ['assumption peak = 40', 'assumption share = 0.5', 'assumption hours = 10'],
    ],
    [
      'made twice',
      `${SCALER}day = scaler(40)\nnight = scaler(25)\nh = 10\nx = day(h) - night(h)`,
      'h × 40 − h × 25',
      ['assumption h = 10', 'assumption k = 40', 'assumption k = 25'],
    ],
    [
      'made by one that another made',
      'def outer(a):\n    def inner(b):\n        def last(c):\n            return a * b + c\n        return last\n    return inner\n' +
        'p = 2\nq = 3\nr = 4\nx = outer(p)(q)(r)',
      'p × q + r',
      ['assumption p = 2', 'assumption q = 3', 'assumption r = 4'],
    ],
  ])('%s', async (_, code, formula, ends) => {
    expect(await told(code)).toEqual({ formula, ends, isSame: true });
  });

  test('that changed since is not told to be what it was', async () => {
    const counter =
      'def counter(start):\n    n = start\n    def step(by):\n        nonlocal n\n        [n] = [n + by]\n        return n\n    return step\n';
    // What its earlier calls were given is behind it; what later ones are given is not.
    const calls = 'start = 5\nstep = counter(start)\ngift = 2\nstep(gift)\nx = step(3)\nlater = 9\ny = step(later)';
    const { ends } = await told(`${counter}${calls}`);
    expect(ends).toEqual(['assumption start = 5', 'object step = <function>', 'assumption gift = 2']);
  });
});

const VOLUME =
  'from functools import partial\ndef volume(area, depth, runoff=0.1):\n    return area * depth * (1 - runoff)\n';

describe('an object of functools.partial', () => {
  test.each([
    [
      'calls a function with what it was given as well',
      `${VOLUME}beds = 24\nspring = 12\nwater = partial(volume, depth=spring)\nx = water(beds)`,
      'beds × spring × (1 − runoff)',
      ['assumption beds = 24', 'assumption spring = 12', 'assumption runoff = 0.1'],
    ],
    [
      'made of another',
      `${VOLUME}beds = 24\nspring = 12\nwater = partial(partial(volume, beds), runoff=0.2)\nx = water(spring)`,
      'beds × spring × (1 − 0.2)',
      ['assumption beds = 24', 'assumption spring = 12', 'assumption runoff = 0.2'],
    ],
    [
      'of a built-in function is told as a call of that',
      'from functools import partial\nrate = 2.345\nshort = partial(round, ndigits=1)\nx = short(rate)',
      'round(rate, ndigits=1)',
      ['assumption rate = 2.345'],
    ],
    [
      'of a method',
      'from functools import partial\nclass Tariff:\n    def __init__(self, price):\n        self.price = price\n    def of(self, kwh):\n        return kwh * self.price\n' +
        'price = 0.31\nday = Tariff(price)\ncost = partial(day.of, 12)\nx = cost()',
      '12 × day.price',
      ['assumption kwh = 12', 'assumption price = 0.31'],
    ],
  ])('%s', async (_, code, formula, ends) => {
    expect(await told(code)).toEqual({ formula, ends, isSame: true });
  });
});

const WITH =
  'def with_margin(share):\n    def decorate(func):\n        def priced(*args, **kwargs):\n            return func(*args, **kwargs) * (1 + share)\n' +
  '        return priced\n    return decorate\nmargin = 0.2\nhours = 3\n';

describe('a function with decorators', () => {
  test.each([
    [
      'that are given something',
      `${WITH}@with_margin(margin)\ndef repair(hours, rate=48):\n    return hours * rate\nx = repair(hours)`,
      'hours × rate × (1 + margin)',
      ['assumption hours = 3', 'assumption rate = 48', 'assumption margin = 0.2'],
    ],
    [
      'whose arguments are passed on by name',
      `${WITH}fee = 52\n@with_margin(share=margin)\ndef repair(hours, rate=48):\n    return hours * rate\nx = repair(hours, rate=fee)`,
      'hours × fee × (1 + margin)',
      ['assumption hours = 3', 'assumption fee = 52', 'assumption margin = 0.2'],
    ],
    [
      'one over the other',
      `${WITH}def plus(amount):\n    return lambda func: lambda n: func(n) + amount\nfixed = 15\n@plus(fixed)\n@with_margin(margin)\ndef overhaul(n):\n    return n * 75\nx = overhaul(hours)`,
      'hours × 75 × (1 + margin) + fixed',
      ['assumption hours = 3', 'assumption margin = 0.2', 'assumption fixed = 15'],
    ],
    [
      'in a class',
      `${WITH}class Shop:\n    fee = 3\n    @with_margin(margin)\n    def price(self, n):\n        return n * 2 + self.fee\nshop = Shop()\nx = shop.price(hours)`,
      '(hours × 2 + shop.fee) × (1 + margin)',
      ['assumption hours = 3', 'assumption Shop.fee = 3', 'assumption margin = 0.2'],
    ],
    [
      'that needs no object',
      `${WITH}class Shop:\n    @staticmethod\n    @with_margin(margin)\n    def price(n):\n        return n * 2\nx = Shop.price(hours)`,
      'hours × 2 × (1 + margin)',
      ['assumption hours = 3', 'assumption margin = 0.2'],
    ],
    [
      'that are objects',
      'class surcharge:\n    def __init__(self, by):\n        self.by = by\n    def __call__(self, func):\n        def charged(hours):\n            return func(hours) + self.by\n        return charged\n' +
        'fee = 30\n@surcharge(fee)\ndef night(hours):\n    return hours * 70\nshift = 2\nx = night(shift)',
      'shift × 70 + self.by',
      ['assumption shift = 2', 'assumption fee = 30'],
    ],
  ])('%s', async (_, code, formula, ends) => {
    expect(await told(code)).toEqual({ formula, ends, isSame: true });
  });
});

describe('what functions read that are handed on is behind the value', () => {
  const LATER = 'inflation = 0.03\nrent = 700\ndef later(amount, year):\n    return amount * (1 + inflation)\n';

  test.each([
    [
      'of functools.reduce',
      `from functools import reduce\n${LATER}years = [1, 2]\nx = reduce(later, years, rent)`,
      ['assumption years = <list>', 'assumption rent = 700', 'assumption inflation = 0.03'],
    ],
    [
      'of itertools.accumulate',
      `from itertools import accumulate\n${LATER}x = list(accumulate([1, 2], later, initial=rent))[-1]`,
      ['assumption rent = 700', 'assumption inflation = 0.03'],
    ],
    [
      'of max, by its key',
      'middle = 2\ndef distance(n):\n    return abs(n - middle)\nx = max([1, 5, 9], key=distance)',
      ['assumption middle = 2'],
    ],
    [
      'a method of map',
      'class Tariff:\n    def __init__(self, price):\n        self.price = price\n    def of(self, kwh):\n        return kwh * self.price\n' +
        'price = 0.31\nday = Tariff(price)\nx = sum(map(day.of, [10, 20]))',
      ['assumption price = 0.31'],
    ],
    [
      'a function that was made',
      `${SCALER}${RATE}scaled = scaler(rate)\nx = sum(map(scaled, [base]))`,
      ENDS.toReversed(),
    ],
    [
      'a partial object',
      `from functools import partial\n${LATER}raised = partial(later, rent)\nx = sum(map(raised, [1, 2]))`,
      ['assumption inflation = 0.03', 'assumption rent = 700'],
    ],
  ])('%s', async (_, code, ends) => {
    expect([...(await told(code)).ends].sort()).toEqual([...ends].sort());
  });
});
