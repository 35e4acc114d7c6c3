/** What a reference read in another version of its chapter, for who asks about one of them. */
import type { Analysis, RefResult } from '../evaluation/analysis';
import { placedIn, shownBy } from './sentences';

/** By version: references by expression. */
const known = new WeakMap<Analysis, ReadonlyMap<string, readonly RefResult[]>>();

/** The former reading of a reference; undefined where there was none, or it cannot be told which reference it was. */
export function formerReading(ref: RefResult, now: Analysis, before: Analysis): string | undefined {
  const olds = byExpression(before).get(ref.ref.expr.trim()) ?? [];
  const shown = new Set(olds.map(shownBy));
  if (shown.size === 1) return [...shown][0];
  // One name with several values: the reference in the same sentence counts.
  const sentence = sentenceOf(ref, now);
  const same = new Set(olds.filter(one => sentenceOf(one, before) === sentence).map(shownBy));
  return sentence !== undefined && same.size === 1 ? [...same][0] : undefined;
}

function byExpression(analysis: Analysis): ReadonlyMap<string, readonly RefResult[]> {
  let found = known.get(analysis);
  if (found === undefined) {
    const made = new Map<string, RefResult[]>();
    for (const ref of analysis.refs) {
      const expr = ref.ref.expr.trim();
      made.set(expr, [...(made.get(expr) ?? []), ref]);
    }
    found = made;
    known.set(analysis, found);
  }
  return found;
}

function sentenceOf({ ref }: RefResult, analysis: Analysis): string | undefined {
  const block = analysis.refBlocks.find(
    ({ block: { range } }) => range.start <= ref.range.start && ref.range.start < range.end,
  );
  if (block === undefined) return undefined;
  return placedIn(block, analysis).find(({ result }) => result.ref.range.start === ref.range.start)?.sentence.written;
}
