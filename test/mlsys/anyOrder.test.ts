/** Loops over sets of texts: sure where no order makes a difference, else unknown. */
import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram, Session } from '../../mlsys';

const START = [
  'names = {"ash", "oak", "beech"}',
  'seen, out, total, share, height, best = set(), [], 0, 0.0, {"oak": 20, "ash": 15, "beech": 30}, 0',
  'counts, found, alias = {}, False, out',
  'def cost(name): return len(name) * 2',
  'def sofar(): return total',
].join('\n');

const ORDER = 'unknown: the order of a set';

/** What an expression gives after a loop. */
function valueAfter(loop: string, expression: string): string {
  const session = new Session();
  session.run(parseProgram(START, 'cell 0'), 0);
  session.run(parseProgram(loop, 'cell 1'), 1);
  const { status, text, cause, fault } = session.evaluate(parseExpression(expression).expression!, 2);
  return cause !== undefined ? `unknown: ${cause.subject}` : status === 'ok' ? text! : fault!.type;
}

describe('a loop over a set of texts', () => {
  test.each([
    ['for n in names: seen.add(n.upper())', 'sorted(seen)', "['ASH', 'BEECH', 'OAK']"],
    ['for n in names:\n    if len(n) == 3: total += cost(n)', 'total', '12'],
    ['for n in names: share -= 0.5', 'share', '-1.5'],
    ['for n in names: out.append(len(n))', 'sorted(out)', '[3, 3, 5]'],
    ['for n in names: out.append(7)', 'out[1]', '7'],
    ['for n in names: counts[n] = [c for c in n if c in "aeiou"]', 'counts["beech"]', "['e', 'e']"],
    ['for n in names:\n    for c in n: height["oak"] += 1', 'height', "{'oak': 31, 'ash': 15, 'beech': 30}"],
    ['for n in names:\n    if n == "oak":\n        found = True\n        break', 'found', 'True'],
    [
      'for n in [n for n in names if n > "b"]:\n    size = len(n)\n    if size == 4: continue\n    total += size',
      'total',
      '8',
    ],
    [
      'def has(size):\n    for n in names:\n        if len(n) == size: return True\n    return False',
      '(has(5), has(4))',
      '(True, False)',
    ],
    ['for n, m in {("a", 1), ("b", 2)}: total += m', 'total', '3'],
    ['for n in names:\n    if not n: raise ValueError(n)\nkept = 3', 'kept', '3'],
    ['for n in names: pass', 'total', '0'],
  ])('%j', (loop, expression, wanted) => {
    expect(valueAfter(loop, expression)).toBe(wanted);
  });

  test.each([
    ['for n in names: pass', 'n'],
    ['for n in names: last = n', 'last'],
    ['for n in names: out.append(n)', 'out[0]'],
    ['for n in names: counts[n] = 1', 'list(counts)'],
    ['for n in names: counts[len(n)] = n', 'counts[3]'],
    ['for n in names: counts[n] = total\nfor n in names: total += 1', 'list(counts)'],
    ['for n in names:\n    total += 1\n    counts[n] = total', 'counts["oak"]'],
    ['for n in names:\n    total += 1\n    counts[n] = (0, [total])', 'counts["oak"]'],
    ['for n in names:\n    total += 1\n    seen.add(sofar())\n    counts[n] = sofar()', 'counts["oak"]'],
    ['for n in names:\n    out.append(1)\n    counts[n] = len(alias)', 'counts["oak"]'],
    ['for n in names: total += 0.1', 'total'],
    ['for n in names:\n    if n == "oak": break\n    total += 1', 'total'],
    ['for n in names:\n    if n == "oak": found = True\n    if n == "ash": break', 'found'],
    ['for n in names:\n    if total == 0: found = n\n    total += 1', 'found'],
    ['for n in names: best = n if found else best\nfor n in names: best = best or n', 'best'],
    ['def first(size):\n    for n in names:\n        if len(n) == size: return n', 'first(3)'],
    ['for n in names:\n    if len(n) == 3: height.pop(n)', 'height'],
    ['total = ""\nfor n in names: total += n', 'total'],
  ])('%j is unknown', (loop, expression) => {
    expect(valueAfter(loop, expression)).toBe(ORDER);
  });

  test('leaves all as it was where nothing can be proved', () => {
    const loop =
      'try:\n    for n in names:\n        out.append(1)\n        total += len(out)\nexcept ValueError:\n    pass';
    expect([valueAfter(loop, 'best'), valueAfter(loop, 'total'), valueAfter(loop, 'len(out)')]).toEqual([
      '0',
      ORDER,
      ORDER,
    ]);
  });
});
