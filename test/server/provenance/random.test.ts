/** Random chapters, whose cells change shared objects in every way: what is told of a value is that value, or nothing. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import type { ProvenanceRecord } from '../../../server/evaluation/provenance';
import { computedBehind, leavesOf } from '../../../server/provenance/behind';
import { formulaText } from '../../../server/provenance/formula';
import { Random, randomChapter, textOf } from '../../support/randomChapters';

test.each(Array.from({ length: 12 }, (_, at) => at + 15))('seed %d', async seed => {
  const text = textOf(randomChapter(new Random(seed), 12));
  const analysis = new Evaluator().update(parseChapter(text, 'file:///chapter.qmd'), 1);
  let told = 0;
  for (const { ref, value, unknown } of analysis.refs) {
    const record = await analysis.provenanceAt(ref.expr, ref.cellsBefore);
    if (record === undefined) continue;
    told++;
    const [first] = record.sources;
    if (unknown !== undefined || first!.value.unknown !== undefined) continue;
    expect([ref.expr, first!.value.repr]).toEqual([ref.expr, value?.repr]);
    const computed = computedBehind(record);
    if (computed?.formula !== undefined) expect(formulaText(computed.formula, 'numbers')).not.toBe('');
    const outline = (await analysis.provenanceAt(ref.expr, ref.cellsBefore, 'outline'))!;
    expect(hovered(outline)).toEqual(hovered(record));
  }
  expect(told).toBeGreaterThan(0);
});

/** What a hover tells of a record: the number, its formula, and the leaves. */
function hovered(record: ProvenanceRecord) {
  const computed = computedBehind(record);
  const formula = computed?.formula;
  const texts = formula && [formulaText(formula), formulaText(formula, 'numbers')];
  const leaves = leavesOf(formula ?? record.sources[0]!.formula, record);
  // An object that the look itself made is another one each time.
  const value = computed && { ...computed.value, identity: undefined };
  return {
    value,
    name: computed?.source?.name,
    texts,
    leaves: leaves.map(({ name, value, place }) => ({ name, value, place })),
  };
}
