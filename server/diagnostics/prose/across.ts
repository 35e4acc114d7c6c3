/** Claims that go over two sentences: "The old press takes 6 hours. That is twice the 2 hours of the new one." */
import { FRACTION_IN_WORDS } from './claimWords';
import { LARGER, QUALIFIERS, QUICKER, SLOWER, SMALLER } from './comparatives';
import { MULTIPLES } from './multiples';
import { sameKind, type WrittenNumber } from './numbers';

const DEGREE = `(?:${LARGER}|${SMALLER}|${QUICKER}|${SLOWER})`;
/** Behind the end of a sentence, what takes up its number: "That is", "This makes". */
const TAKEN_UP = new RegExp(
  String.raw`^([^.!?]{0,120})[.!?]\s(?:That|This|It)\s(?:is|are|was|were|makes)\s(?:still\s|even\s)?(?=(?:${QUALIFIERS})?(?:${MULTIPLES}|${DEGREE}\sthan|(?:an|two|three|four)\sorders?\sof)\b)`,
);
/** And a sentence that names a part of it: "The fan needs a tenth of that, 12 kW." */
const OF_THAT = new RegExp(
  String.raw`^([^.!?]{0,120})[.!?]\s(?=[A-Z][^.!?;:]{1,80}\s(?:${QUALIFIERS})?(?:twice|double|(?:two|three)\stimes|${FRACTION_IN_WORDS}(?:\sof)?)\s(?:that|this|it|as\s(?:much|many))(?:,|\s\()\s?(?:or\s|only\s|about\s)?[$\u20ac\u00a3]?$)`,
);

/** What stands between two numbers, as one sentence: "…, which is twice the"; undefined where it is that of two which say nothing of one another. */
export function acrossSentences(gap: string): string | undefined {
  if (!/[.!?]\s[A-Z]/.test(gap)) return undefined;
  const taken = TAKEN_UP.exec(gap);
  if (taken !== null) return `${taken[1]!}, which is ${gap.slice(taken[0].length)}`;
  const of = OF_THAT.exec(gap);
  return of === null ? undefined : `${of[1]!}, ${gap.slice(of[0].length)}`;
}

/** The number at a place and those of its kind that stand before it in the same sentence, the nearest first. */
export function numbersBefore(text: string, numbers: readonly WrittenNumber[], at: number): readonly WrittenNumber[] {
  const own = numbers[at]!;
  const found = [own];
  for (let before = at - 1; before >= Math.max(0, at - MOST); before--) {
    const one = numbers[before]!;
    if (/[.!?]\s/.test(text.slice(one.to, own.from))) break;
    if (sameKind(one.unit, own.unit)) found.push(one);
  }
  return found;
}

const MOST = 6;
