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
      'def counter(start):\n    n = start\n    def step(by):\n        nonlocal n\n        n += by\n        return n\n    return step\n';
    const { ends } = await told(`${counter}start = 5\nstep = counter(start)\nstep(2)\nx = step(3)`);
    expect(ends).toEqual(['object step = <function>']);
  });
});
