/** Numbers that `if` statements choose: the tests that let them be what they are, and what is told where a call changed them. */
import { describe, expect, test } from 'vitest';
import { leavesOf } from '../../../server/provenance/behind';
import { formulaText } from '../../../server/provenance/formula';
import { analyze, cell } from '../../support/analysis';

/** The formula of `x`, with names and with numbers, and what it ends in. */
async function told(...code: string[]): Promise<string> {
  const analysis = analyze(`${code.map(one => cell(one)).join('\n')}\n\`{python} x\`\n`);
  expect(analysis.cells.filter(({ fault }) => fault !== undefined)).toEqual([]);
  const { ref } = analysis.refs[0]!;
  const record = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  const [{ formula, kind, changedBy }] = record.sources as [(typeof record.sources)[number]];
  if (formula === undefined) return `${kind}${changedBy === undefined ? '' : ` changed by ${changedBy}`}`;
  const ends = leavesOf(formula, record).map(one => `${one.name} ${one.changedBy ?? one.kind}`);
  return `${formulaText(formula)} = ${formulaText(formula, 'numbers')}: ${ends.join(', ')}`;
}

const GIVEN = 'n = 8\nrate = 2.5\n';

describe('an `if` statement', () => {
  test.each([
    [
      'if n > 4:\n    x = rate * 2\nelse:\n    x = 1',
      'rate × 2 if n > 4 = 2.5 × 2 if 8 > 4: rate assumption, n assumption',
    ],
    [
      'if n < 4:\n    x = 1\nelse:\n    x = rate * 2',
      'rate × 2 if n >= 4 = 2.5 × 2 if 8 >= 4: rate assumption, n assumption',
    ],
    [
      'if n > 9 or n < 2:\n    x = 1\nelse:\n    x = rate + 0',
      'rate + 0 if not (n > 9 or n < 2) = 2.5 + 0 if not (8 > 9 or 8 < 2): rate assumption, n assumption',
    ],
    ['big = n > 4\nif big:\n    x = rate + 0', 'rate + 0 if big = 2.5 + 0 if True: rate assumption, n assumption'],
    [
      'mode = "night"\nif mode == "night":\n    x = rate + 0',
      'rate + 0 if mode == "night" = 2.5 + 0 if night == "night": rate assumption, mode text',
    ],
    [
      'if n > 100:\n    x = 1\nelif n > 5:\n    if rate > 2:\n        x = rate + 0',
      'rate + 0 if rate > 2 and n > 5 and n <= 100 = 2.5 + 0 if 2.5 > 2 and 8 > 5 and 8 <= 100: rate assumption, n assumption',
    ],
    ['x = 3\nif n > 4:\n    x += 1', 'x + 1 if n > 4 = 3 + 1 if 8 > 4: x assumption, n assumption'],
    ['if n > 4:\n    x = 7\nelse:\n    x = 1', '7 if n > 4 = 7 if 8 > 4: x assumption, n assumption'],
  ])('tells which test chose a number: %s', async (code, expected) => {
    expect(await told(GIVEN + code)).toBe(expected);
  });

  test('reads what names were where it begins, not what they are below', async () => {
    expect(await told(`${GIVEN}if n > 4:\n    n = 1\n    x = rate * n`)).toBe(
      'rate × n if n > 4 = 2.5 × 1 if 8 > 4: rate assumption, n assumption, n assumption',
    );
  });

  test('of another cell, in the body of a class', async () => {
    expect(await told(GIVEN, 'class A:\n    top = 3\n    if top < n:\n        y = top * 2\nx = A.y + 0')).toContain(
      ': A.top assumption, n assumption',
    );
  });

  test.each([
    ['that looks for types or nothing', 'given = None\nif given is None:\n    x = rate + 0', 'rate + 0'],
    [
      'that calls what may be another thing each time',
      'import random\nrandom.seed(1)\nif random.random() < 2:\n    x = rate + 0',
      'rate + 0',
    ],
    ['of a list that was changed since', 'rows = [1]\nif len(rows) < 2:\n    x = rate + 0\nrows.append(2)', 'rate + 0'],
    ['of what is written', 'if True:\n    x = rate + 0', 'rate + 0'],
  ])('%s is not told', async (_, code, formula) => {
    expect(await told(GIVEN + code)).toBe(`${formula} = 2.5 + 0: rate assumption`);
  });

  test('within a function, with the names that its caller has', async () => {
    const code =
      'def pick(count, limit=5):\n    if count > limit:\n        cost = 2 * count\n    else:\n        cost = count\n    return cost + 1\nx = pick(n)';
    expect(await told(GIVEN + code)).toBe(
      '(2 × n if n > limit) + 1 = (2 × 8 if 8 > 5) + 1: n assumption, limit assumption',
    );
  });

  test('within a function that leaves early for another reason is not told', async () => {
    const code = 'def part(count):\n    if count == 0:\n        return 0\n    return count * 2\nx = part(n)';
    expect(await told(GIVEN + code)).toBe('n × 2 = 8 × 2: n assumption');
  });
});

describe('what calls change', () => {
  const COUNTED = 'total = 0\ndef add(by):\n    global total\n    [total] = [total + by]\nadd(3)\nadd(4)\n';

  test('a global name tells the last call that set it', async () => {
    expect(await told(`${COUNTED}x = total * 2`)).toBe('total × 2 = 7 × 2: total add(4)');
    expect(await told(`x = 0\ndef add(by):\n    global x\n    [x] = [x + by]\nadd(3)`)).toBe(
      'object changed by add(3)',
    );
  });

  test('a function that counts says that its earlier calls are behind what it gives', async () => {
    const code =
      'def counter(start):\n    n = start\n    def step(by):\n        nonlocal n\n        [n] = [n + by]\n        return n\n    return step\nc = counter(10)\nc(2)\nsize = 4\nx = c(size)';
    expect(await told(code)).toBe('c(size) = c(4): size assumption, c its earlier calls');
  });

  test('an attribute that a function set tells the call', async () => {
    const code =
      'class Tank:\n    level = 1\ndef fill(tank):\n    tank.level = 5\ntank = Tank()\nfill(tank)\nx = tank.level * 2';
    expect(await told(code)).toContain('tank.level fill(tank)');
  });
});
