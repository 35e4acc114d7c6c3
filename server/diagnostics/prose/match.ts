/** What may match a typed number among what the cells near it compute, and when it is another one for sure. */

import type { ProseBlock } from '../rule';
import { type Candidate, type Evidence, isElsewhere, isShown, spokenOf } from './candidates';
import { type Compared, compared } from './compared';
import {
  type ExportedNumber,
  type ExportName,
  exportedNumber,
  exportNames,
  isConstant,
  measuresBeside,
  measuresOf,
} from './exports';
import type { Line } from './lines';
import { digitsIn, type Literal } from './literals';
import { mayBeLost } from './lost';
import type { Mention } from './mentions';
import { MEASURED, type Unit } from './numbers';
import { wordsOf } from './subject';

/** A typed number and what it was typed for. */
export interface Match {
  readonly literal: Literal;
  readonly number: ExportedNumber;
  /** `equal`: it says what the calculation gives; `stale`: it says something else of the same. */
  readonly kind: 'equal' | 'stale';
  /** True where nothing but its unit says what the number is of. */
  readonly isByUnit?: boolean;
}

/** True where the sentence names the object whose attribute this is. */
export function speaksOfObject(literal: Literal, { around }: ExportName, block: ProseBlock): boolean {
  const spoken = spokenOf(literal, block);
  return around.some(part => spoken.has(part));
}

/** Row and column speak of something that cells near it compute, and not of this; or the row of something else under the same head. */
export function isOfOtherRow(literal: Literal, { name: { parts } }: ExportedNumber, block: ProseBlock): boolean {
  const spoken = spokenOf(literal, block);
  if (spoken.size === 0 || parts.length === 0) return false;
  if (!parts.some(part => spoken.has(part))) return true;
  if (parts.every(part => spoken.has(part))) return false;
  const ofRow = spokenByRow(literal.line, block);
  return ofRow.size > 0 && !parts.some(part => ofRow.has(part));
}

const byRow = new WeakMap<Line, ReadonlySet<string>>();

/** The words of names which the label of the row of a cell means. */
function spokenByRow(line: Line, { near }: ProseBlock): ReadonlySet<string> {
  let found = byRow.get(line);
  if (found === undefined) {
    const own = new Set<string>();
    const words = wordsOf(line.label);
    for (const cell of near) exportNames(cell)?.index.addSpoken(words, own);
    found = own;
    byRow.set(line, found);
  }
  return found;
}

/** In the same kind of unit, but not in the same: a table gives days where the cell has hours. */
export function isInOtherUnit({ unit }: Literal, number: ExportedNumber): boolean {
  if (unit === undefined || !MEASURED.test(unit.kind) || unit.kind === 'money') return false;
  const own = measuresBeside(number, unit).filter(({ kind }) => kind === unit.kind);
  return own.length > 0 && own.every(({ factor }) => factor !== unit.factor);
}

/** Both in one measure: in that of the number, or in the one that the chapter says elsewhere. */
export function pairOf(literal: Literal, number: ExportedNumber, block: ProseBlock): Compared | undefined {
  const known = compared(literal, number);
  const unit = known === undefined ? saidUnit(literal, number, block) : undefined;
  if (unit === undefined) return known;
  return compared(literal, { ...number, ofCode: unit, name: { ...number.name, measures: [] } });
}

/** The unit that the chapter says of a value elsewhere, of the kind that the literal has. */
export function saidUnit({ unit }: Literal, number: ExportedNumber, block: ProseBlock): Unit | undefined {
  if (unit === undefined || !MEASURED.test(unit.kind)) return undefined;
  // `ops_g` may be in grams, and is not where sentences say GFLOPs behind it.
  if (measuresOf(number).some(({ kind, text }) => text.length > 1 || kind === unit.kind)) return undefined;
  return mentionsOf(number, block).find(one => one.unit?.kind === unit.kind)?.unit;
}

/** So many million, of what the chapter says elsewhere to be money. */
export function isMoneySaid({ unit }: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  if (unit?.kind !== 'money' || !measuresOf(number).every(({ kind }) => kind === undefined)) return false;
  return mentionsOf(number, block).some(one => one.unit?.kind === 'money' && one.unit.factor === unit.factor);
}

/** What the chapter says around the references to it. */
export function mentionsOf({ name: { path } }: ExportedNumber, block: ProseBlock): readonly Mention[] {
  return block.mentionsOf(path);
}

/** What the numbers near a block are in the measure of a typed one, by no evidence. */
export function candidatesOf(literal: Literal, names: readonly ExportName[], block: ProseBlock): readonly Candidate[] {
  return names.flatMap(name => {
    const isNone = isConstant(name.path) || (name.isOfObject === true && !speaksOfObject(literal, name, block));
    const number = isNone ? undefined : exportedNumber(name, block.near);
    const pair = number === undefined ? undefined : pairOf(literal, number, block);
    return number === undefined || pair === undefined || pair.shown === 0
      ? []
      : [{ number, evidence: NO_EVIDENCE, ...pair }];
  });
}

/** Of what no words speak for. */
export const NO_EVIDENCE: Evidence = { isFull: true, isNoun: false, isClose: false, score: 0 };

/** The one value that candidates agree in, where the sentence does not show it. */
export function staleOf(
  literal: Literal,
  candidates: readonly Candidate[],
  names: readonly ExportName[],
  block: ProseBlock,
): Match | undefined {
  const found = candidates.find(({ number }) => number.isText) ?? candidates[0];
  if (found === undefined || candidates.some(one => differs(one, found))) return undefined;
  if (isShown(literal, found) || isElsewhere(literal, found, names, block, true)) return undefined;
  if (mayBeLost(literal, found.number.name, block)) return undefined;
  // A table may give days where the cell has hours, but no TB with the digits of its GB.
  const isSameDigits = digitsIn(literal.text) > 1 && literal.value === found.number.value;
  if (literal.line.place === 'cell' && isInOtherUnit(literal, found.number) && !isSameDigits) return undefined;
  return { literal, number: found.number, kind: 'stale' };
}

/** The names of the cells near a block, for all of its numbers. */
export function namesNear(block: ProseBlock): readonly ExportName[] {
  return block.once(findNames);
}

function findNames({ near }: ProseBlock): readonly ExportName[] {
  return near.flatMap(cell => exportNames(cell)?.names ?? []);
}

/** A number that is no other one by chance: with digits, or under a noun of the name. */
export function isDistinct(literal: Literal, { isFull, isNoun }: Evidence): boolean {
  if (literal.bound !== undefined) return false;
  if (literal.isWord || digitsIn(literal.text) < 2) return isFull && (isNoun || literal.unit !== undefined);
  return true;
}

/** How much speaks for a candidate. */
export function rank({ number, evidence, isSure }: Candidate): number {
  return evidence.score + (evidence.isFull ? 4 : 0) + (isSure ? 2 : 0) + (number.isText ? 3 : 0);
}

/** True where the one is as likely, and another value. */
export function differs(one: Candidate, other: Candidate): boolean {
  return rank(one) >= rank(other) && Math.abs(one.shown - other.shown) > one.shownHalf + other.shownHalf;
}

/** "within 9 months" says how long it takes, as well as a bound. */
const WITHIN = /\bwithin\s(?:about\s|the\s)?$/i;

/** True of what says how long something takes. */
export function isTerm({ line, from }: Literal): boolean {
  return WITHIN.test(line.text.slice(0, from));
}

/** In these, sentences tell of anything. */
export const COMMON_UNITS = /^(?:ratio|factor|money|time)$/;
