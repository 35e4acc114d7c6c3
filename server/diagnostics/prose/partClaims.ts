/** What is said of two numbers before it, of which the one is a part of the other: "9 W of the 40 W that the panels give, less than a quarter". */
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, QUALIFIERS } from './comparatives';
import type { Line } from './lines';
import { type SaidMultiple, spread } from './multiples';
import { MEASURED, measured, sameKind, shortNumber, type WrittenNumber } from './numbers';

const OF_WHOLE = /^(?:\s[a-z]+){0,2}\s(?:out\s)?of\s(?:the|its|their|our|all)\s(?:[a-z]+\s)?[$€£]?$/i;
const SAID = new RegExp(
  String.raw`^(?:[^.;:()\d]){0,60}?,\s(?:(?:which is\s|that is\s|and\s)?(?:only\s|still\s)?(${QUALIFIERS})|(?:or|which is|that is)\s)(${FRACTION_IN_WORDS})(?=[.,;:)]|$|\s(?:of (?:it|them|all)|and|but)\b)`,
  'i',
);

/** The limits in words that the part of a whole is beyond. */
export function* partClaims({ text }: Line, numbers: readonly WrittenNumber[]): Iterable<SaidMultiple> {
  if (!/\bof\b/.test(text)) return;
  for (const [at, first] of numbers.entries()) {
    const second = numbers[at + 1];
    if (second === undefined || !OF_WHOLE.test(text.slice(first.to, second.from))) continue;
    const found = SAID.exec(text.slice(second.to));
    // "58 of the 64 dishes": the noun stands behind the second number.
    const isCounted = first.unit === undefined && !MEASURED.test(second.unit?.kind ?? '');
    if (found === null || !(sameKind(first.unit, second.unit) || isCounted)) continue;
    const [part, whole] = [measured({ ...first, unit: first.unit ?? second.unit }), measured(second)];
    const ratio = part.value / whole.value;
    const [said, words] = [found[1] ?? '', found[2]!];
    const share = fractionOf(words)!;
    const off = spread(part, whole);
    if (!Number.isFinite(ratio) || isMultiple(ratio, share, said, off)) continue;
    const to = second.to + found[0].length;
    yield {
      from: first.from,
      to,
      message: `The sentence says "${said}${words}", but the first number is ${shortNumber(ratio)} times the second.`,
    };
  }
}
