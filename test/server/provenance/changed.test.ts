/** Trees of attributes that methods and assignments changed: the value as it was where it was read, and what it was made of. */
import { describe, expect, test } from 'vitest';
import { formulaText, valueText } from '../../../server/provenance/formula';
import { analyze, cell } from '../../support/analysis';

/** What the object's attribute is, how it came about, and what that ends in. */
async function told(code: string, expr = 'x'): Promise<string[]> {
  const analysis = analyze(`${cell(code)}\n\`{python} ${expr}\`\n`);
  const { ref } = analysis.refs[0]!;
  const { sources } = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  return sources.map(({ name, kind, value, formula }) => {
    const made = formula === undefined || formula.kind === 'literal' ? '' : ` ← ${formulaText(formula)}`;
    return `${kind} ${name} = ${valueText(value)}${made}`;
  });
}

const TANK = `class Tank:
    def __init__(self, level, top=50):
        self.level = level
        self.top = top
        self.log = []
    def fill(self, amount, share=1):
        self.level += amount * share
        self.log.append(amount)
        if self.level > self.top:
            self.level = self.top
        return self
    def leak(self):
        self.level = self.level * 0.9
    def week(self, rain):
        self.fill(rain)
        self.leak()
start = 10
tank = Tank(start)
`;

describe('an attribute that was changed', () => {
  test('by methods, one after the other', async () => {
    expect(await told(`${TANK}rain = 5\ntank.fill(rain).fill(2.5, share=2)\ntank.leak()\nx = tank.level`)).toEqual([
      'formula x = 18 ← tank.level',
      'formula tank.level = 18 ← (start + rain × share + 2.5 × 2) × 0.9',
      'assumption start = 10',
      'assumption rain = 5',
      'assumption share = 1',
      'assumption amount = 2.5',
      'assumption share = 2',
    ]);
  });

  test('by a method that calls others, in a loop, and by an assignment', async () => {
    const ends = await told(`${TANK}for r in [3, 4]:\n    tank.week(r)\ntank.level = tank.level + 1\nx = tank.level`);
    expect(ends[0]).toBe('formula x = 15.13 ← tank.level');
    expect(ends.filter(one => /^(?:object|cut)/.test(one))).toEqual([]);
    expect(ends.join()).toContain('start = 10');
    expect(ends.join()).toContain('= 4');
  });

  test('is what it was where it was read', async () => {
    const code = `${TANK}tank.fill(5)\nbefore = tank.level\ntank.leak()\nafter = tank.level`;
    expect((await told(code, 'before')).slice(0, 2)).toEqual([
      'formula before = 15 ← tank.level',
      'formula tank.level = 15 ← start + 5 × share',
    ]);
    expect((await told(code, 'after'))[1]).toBe('formula tank.level = 13.5 ← (start + 5 × share) × 0.9');
    expect((await told(code, 'tank.level'))[0]).toBe('formula tank.level = 13.5 ← (start + 5 × share) × 0.9');
  });

  test('of a data class, by an amount that a name has', async () => {
    const code = `from dataclasses import dataclass
@dataclass
class Till:
    cash: float = 20.0
    def sell(self, price, count):
        self.cash += price * count
till = Till()
price = 3.5
sold = till.sell(price, 4)
x = till.cash`;
    expect(await told(code)).toEqual([
      'formula x = 34 ← till.cash',
      'formula till.cash = 34 ← cash + price × 4',
      'assumption Till.cash = 20',
      'assumption price = 3.5',
      'assumption count = 4',
    ]);
  });

  test.each([
    ['by a function', 'def pour(t):\n    t.level = 99\npour(tank)\nx = tank.level'],
    ['by another name of it', 'other = tank\nother.fill(4)\nx = tank.level'],
    ['with a name that has another value since', 'rain = 5\ntank.fill(rain)\nrain = 6\nx = tank.level'],
  ])('%s is an end of its own, or what was read: no formula is made up', async (_, code) => {
    const [, second, ...more] = await told(TANK + code);
    expect(second).toMatch(/^object /);
    expect(more.join()).not.toContain('start');
  });
});
