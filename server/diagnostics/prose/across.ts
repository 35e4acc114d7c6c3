/** Claims that go over two sentences: "The old press takes 6 hours. That is twice the 2 hours of the new one." */
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, LARGER, QUALIFIERS, QUICKER, SLOWER, SMALLER } from './comparatives';
import { MULTIPLES, type SaidMultiple, spread } from './multiples';
import { measured, sameKind, shortNumber, type WrittenNumber } from './numbers';

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

/** "That is almost a third of the whole", "…, two thirds of the total" */
const OF_WHOLE = new RegExp(
  String.raw`(?:[.!?]\s(?:That|This|It)\s(?:is|was)|,(?:\s(?:which|that)\sis)?)\s(?:only\s|still\s)?(${QUALIFIERS})?(${FRACTION_IN_WORDS})\sof\s(?:the\s(?:whole|total|sum)|it\sall|all\sof\s(?:it|them))(?=[.,;:)]|$)`,
  'g',
);

/** Parts of a whole that the number before them is of no other number of its sentence. */
export function* wholeClaims(text: string, numbers: readonly WrittenNumber[]): Iterable<SaidMultiple> {
  for (const { 0: whole, index, 1: qualifier = '', 2: words } of text.matchAll(OF_WHOLE)) {
    const at = numbers.findLastIndex(({ to }) => to <= index);
    const own = numbers[at];
    if (own === undefined || !/^[^.!?]{0,80}$/.test(text.slice(own.to, index))) continue;
    const [, ...others] = numbersBefore(text, numbers, at);
    const [nearest] = others;
    if (nearest === undefined || own.unit === undefined) continue;
    const part = measured(own);
    const share = fractionOf(words!)!;
    const ratioTo = (other: WrittenNumber) => part.value / measured(other).value;
    if (others.some(one => isMultiple(ratioTo(one), share, qualifier, spread(part, measured(one))))) continue;
    const ratio = ratioTo(nearest);
    if (!(ratio > 0) || ratio >= 1) continue;
    const [here, there] = [own, nearest].map(({ from, to }) => text.slice(from, to));
    yield {
      from: nearest.from,
      to: index + whole.length,
      message: `The sentence says "${qualifier}${words!}", but ${here!} is ${shortNumber(ratio)} times the ${there!} before it.`,
    };
  }
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
