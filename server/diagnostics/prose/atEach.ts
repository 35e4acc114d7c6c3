/** So many things of one measure, and what they make: "36 trams at 25 minutes make 15 hours", "six pumps at 45 kW make 270 kW". */
import { halfOfDigit, plainCount } from './claimWords';
import { NUMBER_WORD, numberWords } from './literals';
import type { SaidMultiple } from './multiples';
import { MEASURED, measured, NO_UNIT, numbersIn, sameKind, shortNumber, unitNamed } from './numbers';
import { FARTHEST } from './ownSums';

const MANY = new RegExp(
  String.raw`(?<![\w.,$\u20ac\u00a3%-])(\d{1,3}(?:,\d{3})+|\d+(?![.,]?\d)|${NUMBER_WORD})\s(?:[a-z]+\s)?([a-z]{3,}s)\s(?:at|of|with)\s[$\u20ac\u00a3]?$`,
  'i',
);
const MAKE =
  /^(?:\s(?:each|apiece))?,?\s(?:makes?|gives?|yields?|comes?\sto|adds?\sup\sto|totals?|amounts?\sto)\s((?:(?:about|roughly|nearly|almost|some|just\s(?:over|under))\s)?)[$€£]?$/i;
const MAY_SAY = new RegExp(
  String.raw`\b(?:makes?|gives?|yields?|comes?\sto|adds?\sup\sto|totals?|amounts?\sto)\s(?:[^.;!?]{0,20}\d|(?:[a-z]+\s){0,3}(?:${NUMBER_WORD})\s)`,
  'i',
);
/** So many characters before a measure its count stands. */
const BEFORE = 60;
const ROUGHLY = 0.1;
const IN_WORDS = 0.25;
const FARTHEST_IN_WORDS = 0.6;

/** The results that a count and the measure of each do not make. */
export function* atEach(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  const numbers = [...numbersIn(text), ...numberWords(text)].sort((a, b) => a.from - b.from);
  for (const [at, each] of numbers.entries()) {
    const told = numbers[at + 1];
    if (told === undefined || each.unit === undefined || !sameKind(each.unit, told.unit)) continue;
    if (!MEASURED.test(each.unit.kind) || /^(?:ratio|factor|temperature|fahrenheit|frequency)/.test(each.unit.kind))
      continue;
    const make = MAKE.exec(text.slice(each.to, told.from));
    const start = Math.max(0, each.from - BEFORE);
    const many = make === null ? null : MANY.exec(text.slice(start, each.from));
    const count = many === null ? undefined : plainCount(many[1]!);
    if (count === undefined || count < 2 || NO_UNIT.has(many![2]!) || unitNamed(many![2]!) !== undefined) continue;
    const [one, all] = [measured(each), measured(told)];
    const product = count * one.value;
    // Of what is typed, no zero before the point was rounded.
    const unit = told.unit!.factor * scaleOf(text, told);
    const digits = text.slice(told.from, told.digitsTo);
    // Nobody says in words what is between two of them.
    const half = /^\d/.test(digits) ? Math.min(all.half, halfOfDigit(digits) * unit) : IN_WORDS * unit;
    // Beside two, three is the next one.
    const farthest = /^\d/.test(digits) ? FARTHEST : FARTHEST_IN_WORDS;
    const slack =
      count * Math.min(one.half, 0.5 * each.unit.factor) + half + (make![1] === '' ? 0.002 : ROUGHLY) * product;
    if (Math.abs(all.value - product) <= slack || Math.abs(all.value / product - 1) > farthest) continue;
    yield {
      from: start + many!.index,
      to: told.to,
      message: `The sentence says ${text.slice(told.from, told.to)}, but ${many![1]!.toLowerCase()} times ${text.slice(each.from, each.to)} make ${shortNumber(product / unit)}${text.slice(told.digitsTo, told.to)}.`,
    };
  }
}

/** By how much a word such as "million" scales the digits. */
function scaleOf(
  text: string,
  { from, digitsTo, value }: { readonly from: number; readonly digitsTo: number; readonly value: number },
): number {
  const scale = value / Number(text.slice(from, digitsTo).replaceAll(',', ''));
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}
