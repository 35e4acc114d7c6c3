/** Amounts that are said once more in words: "20 minutes, a quarter of an hour", "96 beds, well over a hundred", "24 eggs, two dozen". */
import { COUNT_IN_WORDS, countOf, FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, QUALIFIERS, senseOf } from './comparatives';
import { NUMBER_WORD } from './literals';
import type { SaidMultiple } from './multiples';
import { MEASURED, measured, numbersIn, sameKind, shortNumber, UNIT_NOUNS, type WrittenNumber } from './numbers';
import { inOneSpan } from './spans';

/** Units that are said in parts and more than those of all numbers. */
const UNIT = `${UNIT_NOUNS}|millisecond|kilogram|gram|kilowatt|megawatt|gigabyte|terabyte|megabyte|kilowatt-hour|decade|century`;
const OF_UNIT = String.raw`(${FRACTION_IN_WORDS})\s(?:of\s)?an?\s(${UNIT})\b|(?:an?|one)\s(${UNIT})\sand\s(a\shalf|a\squarter|three\squarters)\b`;
/** Counts that are round, or said to be so. */
const OF_COUNT = String.raw`(${COUNT_IN_WORDS})(?:\sof\s(?:them|these|those))?`;
const PAUSE = String.raw`^(?:\s[a-z-]+){0,3}?(?:,|\s[(\u2013\u2014-])\s?(?:(?:or|that is|which is|i\.e\.),?\s)?(?:just\s|only\s)?`;
const SAID = new RegExp(
  String.raw`${PAUSE}(${QUALIFIERS})?(?:${OF_UNIT}|${OF_COUNT})(?=[.;:)]|$|,(?!\s(?:or\b|(?:and\s)?(?:an?\b|one\b|half\b|${NUMBER_WORD}|[\d$\u20ac\u00a3]))))`,
  'i',
);
const ROUND = /\b(?:dozen|hundred|thousand|million)$/i;
const MAY_SAY = /\b(?:half|quarter|third|dozen|hundred|thousand|million)s?\b/i;

/** Further off, something else is meant. */
const PLAUSIBLE = 5;
/** "a couple of hundred" is no exact number, and neither is "a dozen". */
const VAGUE = /^(?:a\scouple\sof|several|an?)\s/i;

/** What words say of the number before them that it is not. */
export function* amounts(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  for (const number of numbersIn(text)) {
    const behind = text.slice(number.to, number.to + LONGEST);
    const found = SAID.exec(behind);
    if (found === null || RANGE.test(text.slice(Math.max(0, number.from - 4), number.from))) continue;
    const amount = amountOf(found);
    const said = amount === undefined ? undefined : comparedWith(amount, number);
    if (said === undefined) continue;
    const [own, other] = said;
    const ratio = own.value / other.value;
    if (!Number.isFinite(ratio) || ratio > PLAUSIBLE || ratio < 1 / PLAUSIBLE) continue;
    const qualifier = found[1] ?? '';
    const isVague = amount!.unit === undefined && VAGUE.test(amount!.words);
    const meant = qualifier === '' && isVague ? 'about ' : qualifier;
    if (isMultiple(ratio, 1, meant, Math.abs(own.half / own.value) + (amount!.unit === undefined ? 0 : ROUNDED)))
      continue;
    yield {
      from: number.from,
      to: number.to + found[0].length,
      message: `The sentence says "${qualifier}${amount!.words}", but ${text.slice(number.from, number.to)} is ${shortNumber(ratio)} times that.`,
    };
  }
}

const LONGEST = 90;
const RANGE = /\d\s?[-–—]\s?[$€£]?$/;
/** Parts of hours are rounded more than counts. */
const ROUNDED = 0.02;

interface Amount {
  readonly value: number;
  /** The unit's name; of a count, none. */
  readonly unit: string | undefined;
  readonly words: string;
}

function amountOf([, qualifier = '', part, of, whole, more, count]: RegExpExecArray): Amount | undefined {
  if (part !== undefined) {
    const article = /^[aeiou]|^hour/i.test(of!) ? 'an' : 'a';
    const half = /half$/i.test(part) ? '' : 'of ';
    return { value: fractionOf(part)!, unit: of, words: `${part} ${half}${article} ${of!}` };
  }
  if (whole !== undefined) {
    const value = 1 + (/half/i.test(more!) ? 0.5 : /three/i.test(more!) ? 0.75 : 0.25);
    return { value, unit: whole, words: `a ${whole} and ${more!}`.replace(/^a (?=hour)/, 'an ') };
  }
  // "24 eggs, three" may go on with something else.
  const isSaid = ROUND.test(count!) || (qualifier !== '' && senseOf(qualifier) !== 'exact' && /\s|-/.test(count!));
  const value = isSaid ? countOf(count!) : undefined;
  return value === undefined ? undefined : { value, unit: undefined, words: count! };
}

interface Measured {
  readonly value: number;
  readonly half: number;
}

/** Both in one measure; of counts, those that are told in no unit. */
function comparedWith({ value, unit }: Amount, number: WrittenNumber): readonly [Measured, Measured] | undefined {
  if (unit === undefined)
    return number.unit !== undefined && MEASURED.test(number.unit.kind) ? undefined : [number, { value, half: 0 }];
  const [named] = numbersIn(`1 ${unit}`);
  if (named?.unit === undefined || number.unit === undefined) return undefined;
  const [own, other] = inOneSpan(number, { ...named, value, half: 0 });
  return sameKind(own.unit, other.unit) ? [measured(own), measured(other)] : undefined;
}
