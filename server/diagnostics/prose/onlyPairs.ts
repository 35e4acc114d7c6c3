/**
 * Multiples and differences that a sentence says anywhere, where only two numbers of one measure can be meant: "dries twice as long,
 * 8 hours instead of 4", "takes 3 hours, and 9 hours less than the slow one with 12 hours".
 */
import { COUNT_IN_WORDS, countOf } from './claimWords';
import { isMultiple, LARGER, QUALIFIERS, SMALLER, senseOf } from './comparatives';
import { OPAQUE } from './lines';
import { MULTIPLES, type SaidMultiple, spread, timesOf } from './multiples';
import { MEASURED, measured, sameKind, shortNumber, type WrittenNumber } from './numbers';
import { TextMarks } from './textMarks';

const DEGREE = `${LARGER}|${SMALLER}`;
const MULTIPLE = new RegExp(
  String.raw`(?<![\w.,-])(${QUALIFIERS})?(?:(${MULTIPLES})\s(?:as\s[a-z]+|that\b|(?:${DEGREE})\b)|by\sa\sfactor\sof\s(${QUALIFIERS})?(\d+(?:\.\d+)?|${COUNT_IN_WORDS})(?![\w.]*\d))`,
  'gi',
);
const DIFFERENCE = new RegExp(String.raw`^\s(${DEGREE})\sthan\b`, 'i');
/** Where a text may say either, at a glance. */
export const MAY_COMPARE = new RegExp(
  String.raw`\b(?:times|twice|double|factor\sof)\b|\b(?:half|third|quarter)\s(?:as|that)\b|\s(?:${DEGREE})\sthan\b`,
  'i',
);
/** With one of these, a sentence tells of more than its two numbers. */
const MORE =
  /\b(?:each|every|apiece|per|both|another|other|would|could|might|if|without|combined|together|average|mean|half)\b|[×÷=/]|\d\s?[-–—]\s?\d|\ban?\s(?:second|minute|hour|day|night|week|month|year)\b/i;
/** Behind a number, the span that it is of. */
const SPAN = /^\s(?:an?|per|each|every)\s(second|minute|hour|day|night|week|month|year)\b/;
/** Before a plain number that takes the unit of the one before it. */
const INSTEAD = /\b(?:instead of|rather than|against|versus|not|from|to|than|over)\s(?:the\s|only\s|about\s)?[$€£]?$/i;
/** What the claim compares with follows it: one of the two numbers, or what the sentence gives no number of. */
const OBJECT = /^\s(?:as|than)\s/i;
/** So far off, something else is compared. */
const PLAUSIBLE = 2.5;
const NEAR = 1.6;
const ROUNDED = 0.005;

/** What the only pair of a sentence, or of it and the one before, does not bear out. */
export function* onlyPairs(
  text: string,
  numbers: readonly WrittenNumber[],
  isShown: (from: number, to: number) => boolean,
): Iterable<SaidMultiple> {
  if (!MAY_COMPARE.test(text)) return;
  const all = numbers.filter(({ unit }) => unit?.kind !== 'factor');
  if (all.length < 2) return;
  const marks = new TextMarks(text);
  for (const match of text.matchAll(MULTIPLE)) {
    const [said, qualifier = '', words, also = '', factor] = match;
    const [from, to] = [match.index, match.index + said.length];
    const times = words === undefined ? (countOf(factor!) ?? Number(factor)) : timesOf(words);
    if (times === undefined || !(times > 0) || isShown(from, to)) continue;
    const pair = pairAround(
      text,
      all.filter(one => one.to <= from || to <= one.from),
      marks,
      from,
      to,
    );
    if (pair === undefined || (OBJECT.test(text.slice(to)) && !isObject(text, to, pair[1]))) continue;
    const [a, b] = pair.map(measured) as [Measured, Measured];
    const own = times < 1 ? 1 / times : times;
    const ratio = Math.max(a.value / b.value, b.value / a.value);
    if (!Number.isFinite(ratio) || ratio / own > PLAUSIBLE || own / ratio > PLAUSIBLE || !(own > 1)) continue;
    // "less than half" is more than twice.
    const meant = times < 1 ? (TURNED[senseOf(qualifier)] ?? qualifier) : qualifier + also;
    if (isMultiple(ratio, own, meant, spread(a, b))) continue;
    const [one, other] = pair.map(({ from: start, to: end }) => text.slice(start, end));
    yield {
      from: Math.min(from, pair[0].from),
      to: Math.max(to, pair[1].to),
      message: `The sentence says "${said.trim()}", but of ${one!} and ${other!} one is ${shortNumber(ratio)} times the other.`,
    };
  }
  for (const by of all) {
    const degree = DIFFERENCE.exec(text.slice(by.to))?.[1];
    if (degree === undefined || isShown(by.from, by.digitsTo) || !isMeasured(by)) continue;
    const rest = all.filter(one => one !== by);
    const pair = pairAround(text, rest, marks, by.from, by.to);
    if (pair === undefined || !sameKind(pair[0].unit, by.unit) || !isObject(text, by.to, pair[1])) continue;
    const [a, b, gap] = [...pair, by].map(measured) as [Measured, Measured, Measured];
    const due = Math.abs(a.value - b.value);
    const off = Math.abs(due - gap.value);
    if (off <= a.half + b.half + gap.half + ROUNDED * due || !(due / gap.value < NEAR && gap.value / due < NEAR))
      continue;
    const { factor } = by.unit!;
    yield {
      from: Math.min(by.from, pair[0].from),
      to: Math.max(by.to, pair[1].to),
      message: `The sentence says ${text.slice(by.from, by.to)} ${degree}, but its numbers differ by ${shortNumber(due / factor)}.`,
    };
  }
}

type Measured = ReturnType<typeof measured>;

/** Qualifiers of a part, as they are meant of how many times it the whole is. */
const TURNED: Readonly<Record<string, string>> = { lower: 'less than ', upper: 'more than ', below: 'about ' };

function isMeasured({ unit }: WrittenNumber): boolean {
  return unit !== undefined && MEASURED.test(unit.kind) && !/^(?:ratio|factor)/.test(unit.kind);
}

/** True of a number that stands behind a comparison and no pause. */
function isObject(text: string, from: number, { from: to }: WrittenNumber): boolean {
  return to > from && !/[,;:]\s/.test(text.slice(from, to));
}

/** The two numbers that alone can be meant by what is said between two places. */
function pairAround(
  text: string,
  all: readonly WrittenNumber[],
  marks: TextMarks,
  from: number,
  to: number,
): readonly [WrittenNumber, WrittenNumber] | undefined {
  const sentence = marks.sentenceAround(from, to);
  const own = numbersOf(text, all, sentence);
  if (own === undefined) return undefined;
  if (own.length === 2) return asPair(text, own);
  if (own.length !== 1 || sentence.from < 2) return undefined;
  const before = numbersOf(text, all, marks.sentenceAround(sentence.from - 2, sentence.from - 2));
  return before?.length === 1 ? asPair(text, [...before, ...own]) : undefined;
}

function asPair(
  text: string,
  [first, second]: readonly WrittenNumber[],
): readonly [WrittenNumber, WrittenNumber] | undefined {
  const [one, other] = [first!, second!].map(({ to }) => SPAN.exec(text.slice(to))?.[1]);
  const isOfOneSpan = one === other || other === undefined;
  const isPair = isMeasured(first!) && sameKind(first!.unit, second!.unit) && isOfOneSpan;
  return isPair && measured(first!).value > 0 && measured(second!).value > 0 ? [first!, second!] : undefined;
}

/** The numbers of a sentence in their units; undefined of one that tells of more. */
function numbersOf(
  text: string,
  all: readonly WrittenNumber[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly WrittenNumber[] | undefined {
  const found = all.filter(one => one.from >= from && one.to <= to + 1);
  let at = from;
  let plain = '';
  for (const one of found) {
    const span = SPAN.exec(text.slice(one.to))?.[0] ?? '';
    plain += text.slice(at, one.to);
    at = one.to + span.length;
  }
  plain += text.slice(at, to);
  if (plain.includes(OPAQUE) || MORE.test(plain)) return undefined;
  return found.map((one, index) => {
    const before = found[index - 1];
    const isInstead = one.unit === undefined && before?.unit !== undefined && INSTEAD.test(text.slice(from, one.from));
    return isInstead ? { ...one, unit: before.unit } : one;
  });
}
