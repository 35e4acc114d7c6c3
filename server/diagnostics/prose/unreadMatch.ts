/** Typed numbers among what was made for the sentences and stands in none of them. */

import type { RefResult } from '../../evaluation/analysis';
import type { ProseBlock } from '../rule';
import { isElsewhere, spokenOf } from './candidates';
import { compared, countsPart, inOneMeasure, isCountOf, LOOSE } from './compared';
import { type ExportedNumber, exportedNumber, measuresBeside, measuresOf } from './exports';
import { type Literal, scaleOf } from './literals';
import { mayBeLost } from './lost';
import { COMMON_UNITS, isOfOtherRow, isTerm, type Match, namesNear } from './match';
import { FARTHEST, FARTHEST_LOOSE, FARTHEST_SURE, isNear, isRounded, isWithin, saysTheSame } from './nearness';
import { MEASURED } from './numbers';
import { isMeasuredIn } from './subject';

/**
 * What was made for the sentences here and stands in none of them is what a number in their midst was typed for, if it is measured
 * in the same unit or counts what the name says, and no other such name is as near.
 */
export function unreadMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, text, unit } = literal;
  if (block.unreadFar.size === 0 || range !== undefined || line.place === 'heading') return undefined;
  if (literal.bound !== undefined && !isTerm(literal)) return undefined;
  const isMeasured = MEASURED.test(unit?.kind ?? '');
  const spoken = spokenOf(literal, block);
  const candidates = namesNear(block).flatMap(name => {
    if (!block.unreadFar.has(name.path)) return [];
    const isFar = !block.unread.has(name.path);
    const number = exportedNumber(name, block.near);
    if (number === undefined || (line.place === 'cell' && isOfOtherRow(literal, number, block))) return [];
    const isAmong = isAmongOthers(literal, number, block, !isFar && name.parts.some(part => spoken.has(part)));
    const pair = compared(literal, number) ?? (isAmong ? inOneMeasure(literal, number) : undefined);
    if (pair === undefined) return [];
    const isSpoken = name.parts.some(part => spoken.has(part) || isMeasuredIn(part, unit));
    // What may be its unit, and may be not, is not enough.
    const measures = isSpoken ? measuresBeside(number, unit) : measuresOf(number);
    const isOfUnit =
      isMeasured && measures.some(({ kind }) => kind?.replace(literal.isRate ? /\/time$/ : '', '') === unit!.kind);
    // "In the first hour there are 28"
    const isWhole = !isMeasured && !isFar && name.parts.length > 1 && name.parts.every(part => spoken.has(part));
    // "3×" and "40%" are of anything: one word of several is too little. Where the block shows nothing else of the cell, that is no
    // evidence at all, and neither are more words above the cell.
    const isOfAnything = OF_ANYTHING.test(unit?.kind ?? '');
    const isLoose = isOfAnything && !name.parts.every(part => spoken.has(part));
    const isAhead = block.ahead.some(({ run }) => run === name.run);
    if (isOfAnything && (isLoose || isAhead) && othersOf(number, block).length === 0) return [];
    const isSaidOf = isSpoken && !isLoose && (isMeasured || pair.isSure);
    const isOf = isOfUnit || isSaidOf || (isSpoken && countsPart(literal, name.parts)) || isAmong || isWhole;
    const evidence = {
      isFull: true,
      isNoun: countsPart(literal, name.parts),
      isClose: false,
      score: isSpoken ? 1 : 0,
      isOfAny: isLoose,
    };
    // Of a unit that few values have, it may be half, or twice.
    const isRare = isOfUnit && !isFar && !COMMON_UNITS.test(unit!.kind);
    // Of another section, more has to be said than how the number is counted.
    const isSaid = !isFar || (isOfUnit && (isSpoken || !COMMON_UNITS.test(unit!.kind)));
    return isOf && isSaid && pair.shown !== 0 ? [{ number, evidence, isRare, ...pair }] : [];
  });
  const rounded = candidates.find(one => isRounded(one));
  if (rounded !== undefined) {
    const isSame = saysTheSame(literal, rounded) && (literal.isWord || text.replaceAll(/[^1-9]/g, '').length > 0);
    return isSame ? { literal, number: rounded.number, kind: 'equal' } : undefined;
  }
  const [near, ...more] = candidates.filter(one => {
    const ratio = one.literal / one.shown;
    const { score, isOfAny } = one.evidence;
    const isUnsure =
      literal.isRough || (score === 0 && !one.isRare && !isOnlyGap(literal, one.number, block)) || isOfAny === true;
    const isAllSaid = one.evidence.isNoun && one.number.name.parts.every(part => spoken.has(part));
    const farthest = isUnsure ? FARTHEST_LOOSE : isAllSaid ? FARTHEST_SURE : FARTHEST;
    return (ratio > 1 / farthest && ratio < farthest) || (one.evidence.score > 0 && isNear(literal, one));
  });
  if (near === undefined || more.length > 0 || (literal.isRough && isWithin(literal, near))) return undefined;
  const names = namesNear(block);
  if (isElsewhere(literal, near, names, block, true) || mayBeLost(literal, near.number.name, block)) return undefined;
  return { literal, number: near.number, kind: 'stale', isByUnit: near.evidence.score === 0 };
}

/** The block shows others of the cell that makes the number, and nothing speaks against its being of them. */
function isAmongOthers(literal: Literal, number: ExportedNumber, block: ProseBlock, isSpoken: boolean): boolean {
  const { unit, isWord, value } = literal;
  const measures = measuresOf(number);
  const isMeasured = MEASURED.test(unit?.kind ?? '');
  const scale = scaleOf(literal);
  // "8.1 million" of what is told in millions
  const isScaled = scale !== 1 && measures.some(one => one.kind === undefined && one.factor === scale);
  if (isMeasured && number.loose !== undefined && number.loose.kind !== unit!.kind) return false;
  const isOther = isMeasured
    ? measures.length > 0
    : unit === undefined || measures.some(({ kind }) => kind !== undefined);
  if (isOther && !isScaled) return false;
  // "nine days" are no rounds, and "four groups" no nurses.
  const isUnder = unit !== undefined && (isMeasured || isWord) && isCountOf(number) && !LOOSE.has(unit.kind);
  if (isUnder && !countsPart(literal, number.name.parts)) return false;
  // "nearly seven times to the moon" is no count of spares.
  if (isWord && unit?.kind === 'factor' && !measures.some(({ kind }) => kind === 'factor')) return false;
  if (isWord && (value < FEW || !Number.isInteger(number.value))) return false;
  return othersOf(number, block).length >= (isSpoken ? 1 : OTHERS);
}

/** The references of a block that show others of the cell which makes a number. */
function othersOf({ name }: ExportedNumber, { refs, near }: ProseBlock): readonly RefResult[] {
  return refs.filter(({ cell }) => near.some(one => one.cell.index === cell && one.run === name.run));
}

/** The block shows all others of a cell that makes many, and the digits of the number are hardly a step or a count in passing. */
function isOnlyGap({ unit, text }: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  if (MEASURED.test(unit?.kind ?? '') || text.replaceAll(/\D/g, '').length < DIGITS) return false;
  const { run } = number.name;
  const unread = namesNear(block).filter(name => name.run === run && block.unread.has(name.path));
  return unread.length === 1 && othersOf(number, block).length >= MANY;
}

const DIGITS = 3;
const MANY = 4;

const OF_ANYTHING = /^(?:ratio|factor)$/;

const OTHERS = 2;
/** "three ways" are no values for sure. */
const FEW = 4;
