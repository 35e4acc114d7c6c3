/** How far a number is from another one, and on which side: "€3.9 million, €2.1 million more than the €1.8 million of last year". */
import { isSmaller, LARGER, SMALLER } from './comparatives';
import type { SaidMultiple } from './multiples';
import { measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from './numbers';
import { FARTHEST } from './ownSums';

const PAUSE = /^(?:\s(?:an?|per)\s[a-z]+)?,\s(?:or\s|which\sis\s|that\sis\s)?[$€£]?$/i;
const THAN = new RegExp(String.raw`^\s(${LARGER}|${SMALLER})\sthan\s(?:[a-z'\u2019]+\s){0,4}[$\u20ac\u00a3]?$`, 'i');
const MAY_SAY = new RegExp(String.raw`\s(?:${LARGER}|${SMALLER})\sthan\s[^.;!?]*\d`, 'i');
const ROUNDED = 0.005;

/** The differences that are none, or go the other way. */
export function* offsets(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  const numbers = numbersIn(text);
  for (const [at, first] of numbers.entries()) {
    const [by, base] = [numbers[at + 1], numbers[at + 2]];
    if (by === undefined || base === undefined) return;
    const degree = THAN.exec(text.slice(by.to, base.from))?.[1];
    if (degree === undefined || !PAUSE.test(text.slice(first.to, by.from)) || !areOfOneKind([first, by, base]))
      continue;
    const why = wrongOffset(measured(first), measured(by), measured(base), isSmaller(degree) ? -1 : 1);
    if (why === undefined) continue;
    yield {
      from: by.from,
      to: base.to,
      message:
        why.isOpposite === true
          ? `The sentence says "${degree} than", but ${text.slice(first.from, first.to)} is on the other side of ${text.slice(base.from, base.to)}.`
          : `The sentence says ${text.slice(by.from, by.to)}, but its numbers differ by ${likeNumber(text, by, why.gap)}.`,
    };
  }
}

/** A number in the magnitude and the unit of another one. */
function likeNumber(text: string, { from, digitsTo, to, value, unit }: WrittenNumber, own: number): string {
  const scale = (value * (unit?.factor ?? 1)) / Number(text.slice(from, digitsTo).replaceAll(',', ''));
  return `${shortNumber(own / scale)}${text.slice(digitsTo, to)}`;
}

function areOfOneKind([first, ...others]: readonly WrittenNumber[]): boolean {
  const { unit } = first!;
  return unit !== undefined && !/^(?:ratio|factor)/.test(unit.kind) && others.every(one => sameKind(one.unit, unit));
}

type Measure = ReturnType<typeof measured>;

/** What is wrong of the difference between two numbers, where they are near enough to be those that are meant. */
function wrongOffset(
  first: Measure,
  by: Measure,
  base: Measure,
  sign: 1 | -1,
): { readonly gap: number; readonly isOpposite?: true } | undefined {
  const gap = Math.abs(first.value - base.value);
  const slack = first.half + by.half + base.half + ROUNDED * gap;
  const isOpposite = Math.sign(first.value - base.value) === -sign;
  const isGap = Math.abs(gap - by.value) <= slack;
  if (isOpposite) return isGap && gap > slack ? { gap, isOpposite } : undefined;
  return isGap || Math.abs(by.value / gap - 1) > FARTHEST ? undefined : { gap };
}
