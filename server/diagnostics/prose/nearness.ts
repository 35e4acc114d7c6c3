/** How near a typed number is to one that a cell computes: the same, rounded, a slip of it, or what an edit of an assumption left behind. */
import type { ProseBlock } from '../rule';
import { type Candidate, spokenOf } from './candidates';
import type { Compared } from './compared';
import { measuresOf } from './exports';
import { digitsIn, type Literal, OWN_DIGITS } from './literals';
import { MEASURED, singular } from './numbers';

/** So many times as large, or as small, a number may still be what an edit of an assumption left behind. */
export const FARTHEST = 2.05;
/** And where its unit and the whole name speak for it, and for no nearer value. */
export const FARTHEST_SURE = 2.6;
/** And of one that is said to be rough, or that nothing but its unit speaks for. */
export const FARTHEST_LOOSE = 1.8;

export function isRounded({ literal: typed, shown, exact, typedHalf, shownHalf }: Compared): boolean {
  const off = Math.abs(typed - (exact ?? shown));
  return (
    off <= (exact === undefined ? typedHalf + shownHalf : typedHalf) * 1.000_001 ||
    Math.abs(typed - shown) <= 1e-9 * Math.abs(shown)
  );
}

/** The sentence would read the same with the reference in. */
export function saysTheSame(literal: Literal, { literal: typed, shown, number }: Candidate): boolean {
  if (Math.abs(typed - shown) > 1e-9 * Math.abs(shown)) return false;
  if (literal.isWord) return number.isText;
  const digits = (text: string) => text.replaceAll(/[,\s$€£~≈%]/g, '').replace(/(?<=[1-9])0+$/, '');
  return digits(number.text).startsWith(digits(literal.text)) || number.unit !== undefined || !number.isText;
}

/** The same but for what was rounded, or within the range that is said. */
export function isWithin(
  { range, bound, isRough, value }: Literal,
  { literal: typed, shown, exact, typedHalf, shownHalf }: Candidate,
): boolean {
  const off = Math.abs(typed - (exact ?? shown));
  const allowed = exact === undefined ? typedHalf + shownHalf : typedHalf;
  if (off <= allowed * 1.000_001 || Math.abs(typed - shown) <= 1e-9 * Math.abs(shown)) return true;
  if (bound !== undefined) return bound === 'lower' ? shown >= typed : shown <= typed;
  if (range !== undefined) {
    const measure = typed / value;
    return range.low.value * measure <= shown && shown <= range.high.value * measure;
  }
  return isRough && off <= Math.max(roughly(typed), 0.1 * Math.abs(shown));
}

/** Half a unit of the last digit that is no zero. */
function roughly(value: number): number {
  const digits = Math.abs(value).toPrecision(12).replace('.', '').replace(/e.*$/, '').replace(/0+$/, '').length;
  return 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
}

/** Half as large to twice as large, or a power of ten beside it: what an edit of an assumption, or a slip, makes of a value. */
export function isNear(
  literal: Literal,
  { literal: typed, shown, number, evidence }: Candidate,
  farthest = FARTHEST,
): boolean {
  const ratio = typed / shown;
  // Of what words speak for altogether, it may be half of it, or twice.
  const isOfThis = evidence.isFull && (evidence.isNoun || evidence.isClose) && literal.range === undefined;
  if (isOfThis ? ratio > 1 / farthest && ratio < farthest : ratio > 0.55 && ratio < 1.8) return true;
  if (ratio > 0.1 && ratio < 10 && haveSameDigits(literal, typed, shown)) return true;
  // Ten pumps more are no slip, and neither is a share of what may be anything.
  const isOfShare = evidence.isFull && evidence.isClose && number.loose?.kind === 'ratio';
  if (literal.unit?.kind === 'ratio' && measuresOf(number).length === 0 && !isOfShare) return false;
  const isScaled =
    literal.value !== Number(literal.text.replaceAll(',', '')) || MEASURED.test(literal.unit?.kind ?? '');
  // "only 2%" of 20 are no slip: any percentage has one digit.
  if (/^(?:ratio|factor)$/.test(literal.unit?.kind ?? '') && literal.text.replaceAll(/[^1-9]/g, '').length < 2)
    return false;
  // "10,710 tickets" of 1,071: so many digits are hardly the same by chance, whatever they count.
  const isOfDigits = isOfThis && evidence.isNoun && digitsIn(literal.text) >= OWN_DIGITS;
  // Of a range, both ends would have slipped.
  return (
    (isScaled || isOfDigits) && literal.range === undefined && SLIPS.some(slip => Math.abs(ratio / slip - 1) < 1e-6)
  );
}

const TENFOLD = [0.1, 10];
const SLIPS = [0.001, 0.1, 10, 1000];

/** Whether a typed number and a value have the same digits in the unit of the first: 41 hours and 14.0. */
export function haveSameDigits({ value }: Literal, typed: number, shown: number): boolean {
  return digitsOf(value) === digitsOf(shown * (value / typed));
}

/** The digits of a number, two or more, in order. */
function digitsOf(value: number): string {
  const digits = [...Math.abs(value).toPrecision(6).replace('.', '').replace(/e.*$/, '').replace(/0+$/, '')];
  return digits.length < 2 ? String(value) : digits.sort().join('');
}

/**
 * Three digits or more in another order, in the unit of the value and beside a word of its name; or just these digits, told in
 * another thousand or million.
 */
export function isSlipOfUnit(
  literal: Literal,
  { number, literal: typed, shown, isSure }: Candidate,
  block: ProseBlock,
): boolean {
  const { unit, bound, text } = literal;
  if (!isSure || bound !== undefined || !MEASURED.test(unit?.kind ?? '')) return false;
  if (!number.isText) return isOrderOf(literal, typed, shown);
  const own = text.replaceAll(/[^\d.]/g, '');
  const other = /[\d.]+/.exec(number.text.replaceAll(',', ''))?.[0] ?? '';
  if (own === other) {
    // What the text says itself of its unit or magnitude is compared elsewhere.
    if (number.unit !== undefined || !/^[\d.,]+$/.test(number.text)) return false;
    const power = Math.log10(typed / shown);
    return (
      Math.abs(power) > 2.9 && Math.abs(power - Math.round(power)) < 1e-9 && /[1-9]\d*[1-9]/.test(own.replace('.', ''))
    );
  }
  if ([...own].sort().join('') !== [...other].sort().join('') || own.indexOf('.') !== other.indexOf('.')) return false;
  // Four digits in another order, in the same unit, need no words.
  return new Set(own.replace('.', '')).size > 2 && own.replace('.', '').length > 3
    ? true
    : (RATES.test(unit!.kind) && new Set(own.replace('.', '')).size > 1) || speaksOfIt(literal, number, block);
}

/** In "91 km/h", beside a value of 19 in the same unit, hardly anything else is meant. */
const RATES = /^(?!money|ratio).*\/time$/;

/** Four digits in another order, of a plain number that a sentence rounds, and hardly off. */
function isOrderOf({ text }: Literal, typed: number, shown: number): boolean {
  const own = text.replaceAll(/[^\d.]/g, '');
  const digits = own.replace('.', '');
  if (digits.length < 4 || new Set(digits).size < 3 || Math.abs(typed / shown - 1) > SLIGHTLY) return false;
  const scale = typed / Number(own);
  const right = (shown / scale).toFixed(/\.(\d+)/.exec(own)?.[1]?.length ?? 0);
  return right !== own && [...right].sort().join('') === [...own].sort().join('');
}

const SLIGHTLY = 0.1;

/** Three digits in another order, where the sentence speaks of what was made for it and stands nowhere. */
export function isSlipOfUnread(
  literal: Literal,
  { number, literal: typed, shown }: Candidate,
  block: ProseBlock,
): boolean {
  const { bound, text } = literal;
  if (bound !== undefined || !number.isText || !block.unread.has(number.name.path)) return false;
  // "10,710" of 1,071: so many digits need no words.
  if (digitsIn(text) > OWN_DIGITS && TENFOLD.some(slip => Math.abs(typed / shown / slip - 1) < 1e-6)) return true;
  const isOrder = text.replaceAll(/\D/g, '').length > 2 && typed !== shown && haveSameDigits(literal, typed, shown);
  return isOrder && Math.abs(Math.log10(typed / shown)) < 1 && speaksOfIt(literal, number, block);
}

/** A word of the name, or what the chapter says around the value elsewhere. */
function speaksOfIt(literal: Literal, { name: { path, parts } }: Candidate['number'], block: ProseBlock): boolean {
  const spoken = spokenOf(literal, block);
  if (parts.some(part => spoken.has(part))) return true;
  // "A wall of 21 m", where the chapter shows how high the wall is
  const noun = /([a-z]{3,})\sof\s$/.exec(literal.line.text.slice(0, literal.from))?.[1];
  return noun !== undefined && block.mentionsOf(path).some(({ words }) => words.has(singular(noun)));
}
