/** Trees of counts: a `Counter` adds what it is updated with, and each count ends in all that was added. */
import { describe, expect, test } from 'vitest';
import { leavesOf } from '../../../server/provenance/behind';
import { formulaText, valueText } from '../../../server/provenance/formula';
import { pythonOf } from '../../../server/provenance/python';
import { analyze, cell } from '../../support/analysis';

const ORDER = 'from collections import Counter\nlate = {"rolls": 6, "cake": 1}\norder = Counter(bread=3, rolls=12)\n';

/** What makes the count behind `x`, what it ends in, and what the formula gives when it is run again. */
async function told(code: string) {
  const analysis = analyze(`${cell(code)}\n\`{python} x\`\n`);
  expect(analysis.cells[0]!.fault).toBeUndefined();
  const { ref } = analysis.refs[0]!;
  const record = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  const [{ formula, value }, second] = record.sources as [(typeof record.sources)[0], ...typeof record.sources];
  const setup = cell('from collections import Counter');
  const again = analyze(`${setup}${cell(`again = ${pythonOf(record)}`)}\n\`{python} again\`\n`).refs[0]!;
  return {
    count: second?.formula === undefined ? undefined : formulaText(second.formula),
    ends: leavesOf(formula, record).map(one => `${one.kind} ${one.name} = ${valueText(one.value)}`),
    isSame: again.value?.repr === value.repr,
  };
}

describe('a count', () => {
  test.each([
    ['as it was made', `${ORDER}x = order["bread"] + 0`, '3', ['assumption order["bread"] = 3']],
    [
      'that a dict was added to',
      `${ORDER}order.update(late)\nx = order["rolls"] + 0`,
      "order['rolls'] + late['rolls']",
      ["assumption order['rolls'] = 12", "assumption late['rolls'] = 6"],
    ],
    [
      'that something was taken from',
      `${ORDER}returned = 2\norder.update(late)\norder.subtract({"rolls": returned})\nx = order["rolls"] + 0`,
      "order['rolls'] + late['rolls'] − returned",
      ["assumption order['rolls'] = 12", "assumption late['rolls'] = 6", 'assumption returned = 2'],
    ],
    [
      'that an argument was added to',
      `${ORDER}more = 5\norder.update(rolls=more)\nx = order["rolls"] + 0`,
      "order['rolls'] + more",
      ["assumption order['rolls'] = 12", 'assumption more = 5'],
    ],
    [
      'of items that are written',
      `${ORDER}order.update(["bread", "bread"])\nx = order["bread"] + 0`,
      "order['bread'] + 1 + 1",
      ["assumption order['bread'] = 3"],
    ],
  ])('%s', async (_, code, count, ends) => {
    expect(await told(code)).toEqual({ count, ends, isSame: true });
  });

  test.each([
    ['all in all', 'x = sum(order.values())'],
    ['all in all, by its own method', 'x = order.total()'],
    ['in order', 'x = sorted(order.values())[-1]'],
    ['the most common', 'top, x = order.most_common(1)[0]'],
  ])('%s', async (_, code) => {
    const { ends, isSame } = await told(`${ORDER}order.update(late)\n${code}`);
    expect({ ends: ends.sort(), isSame }).toEqual({
      ends: [
        "assumption late['cake'] = 1",
        "assumption late['rolls'] = 6",
        "assumption order['bread'] = 3",
        "assumption order['rolls'] = 12",
      ],
      isSame: true,
    });
  });

  test('of items that stand elsewhere ends in these', async () => {
    const { ends } = await told(`${ORDER}names = ["bread", "cake"]\ntally = Counter(names)\nx = tally["bread"] + 0`);
    expect(ends).toEqual([expect.stringContaining('names')]);
  });
});
