/** Typed numbers in the places in which, by the order of a cell, the sentences would show its values. */

import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { areTwins, type Candidate, isHowMuchMore, isMuchMore, isShown, spokenOf } from './candidates';
import { compared, countsPart, inOneMeasure } from './compared';
import { type ExportedNumber, exportedNumber, measuresBeside } from './exports';
import { decimalsOf, digitsIn, type Literal, scaleOf } from './literals';
import {
  isOfOtherRow,
  type Match,
  mentionsOf,
  NO_EVIDENCE,
  namesNear,
  pairOf,
  saidUnit,
  speaksOfObject,
  staleOf,
} from './match';
import { FARTHEST_SAID } from './mentionMatch';
import { FARTHEST_LOOSE, isRounded } from './nearness';
import { MEASURED, singular, unitNamed } from './numbers';
import { type Expected, expectedAt } from './places';
import { isMeasuredIn, readName } from './subject';

/** "two hours" are no values for sure. */
const FEW = 4;

/** A number in the place in which, by the order of a cell, the sentences would show a value that they do not show. */
export function placeMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, bound, isRough, isWord } = literal;
  if (range !== undefined || bound !== undefined || isRough || line.place === 'heading') return undefined;
  const all = expectedAt(literal, block);
  // "three technicians" of the lab
  const isMeasured = literal.value >= FEW && MEASURED.test(literal.unit?.kind ?? '');
  const expected = isWord
    ? all.filter(({ name, at }) => name.isOfObject === true || (isMeasured && at === 'only'))
    : all;
  if (expected.length === 0) return undefined;
  const candidates = expected.flatMap((one): (Candidate & Expected)[] => {
    const number = exportedNumber(one.name, block.near);
    if (number === undefined || !(number.isText || one.isPlain) || number.value === 0) return [];
    if (one.name.isOfObject === true && !speaksOfObject(literal, one.name, block)) return [];
    const pair = pairOf(literal, number, block) ?? inOneMeasure(literal, number);
    if (line.place === 'cell' && isOfOtherRow(literal, number, block)) return [];
    return fitsPlace(literal, number, one, block) ? [{ number, evidence: NO_EVIDENCE, ...one, ...pair }] : [];
  });
  const near = candidates.filter(one => {
    const ratio = one.literal / one.shown;
    const farthest = one.at === 'near' ? FARTHEST_SAID : FARTHEST_LOOSE;
    return ratio > 1 / farthest && ratio < farthest;
  });
  if (near.some(one => isRounded(one))) return undefined;
  const open = near.filter(one => !isShown(literal, one));
  const only = open.filter(({ at }) => at === 'only');
  const inPlace = only.length > 0 ? only : open.filter(({ at }) => at !== 'among' && at !== 'near');
  return staleOf(literal, likeliest(literal, inPlace.length > 0 ? inPlace : open, block), namesNear(block), block);
}

/** Of several, those that are of the unit for sure; of these, the one of which most words of the sentence speak. */
function likeliest<One extends Candidate>(
  literal: Literal,
  candidates: readonly One[],
  block: ProseBlock,
): readonly One[] {
  if (candidates.length < 2) return candidates;
  const { unit } = literal;
  const ofUnit = candidates.filter(
    ({ number }) =>
      unit !== undefined &&
      (measuresBeside(number, unit).some(({ kind }) => kind === unit.kind) ||
        saidUnit(literal, number, block) !== undefined ||
        number.name.parts.some(part => isMeasuredIn(part, unit))),
  );
  const kept = ofUnit.length > 0 ? ofUnit : candidates;
  const spoken = spokenOf(literal, block);
  const countOf = ({ number: { name } }: Candidate) => name.parts.filter(part => spoken.has(part)).length;
  const most = Math.max(...kept.map(countOf));
  return most === 0 ? kept : kept.filter(one => countOf(one) === most);
}

/** It is written as the value is, and nothing that the sentence says of it speaks against the value. */
function fitsPlace(literal: Literal, number: ExportedNumber, { at }: Expected, block: ProseBlock): boolean {
  const { unit, text, phrase } = literal;
  // A plain number is formatted in the sentence.
  const isFraction = unit?.kind === 'ratio' || scaleOf(literal) !== 1 || !Number.isInteger(number.value);
  if (number.isText ? decimalsOf(text) !== decimalsOf(number.text) : decimalsOf(text) > 0 && !isFraction) return false;
  const measures = measuresBeside(number, unit);
  const kinds = measures.flatMap(({ kind }) => kind ?? []);
  const isMeasured = MEASURED.test(unit?.kind ?? '');
  const nouns = mentionsOf(number, block).flatMap(({ noun }) => noun ?? []);
  const said = [...(unit === undefined ? [] : [unit.text.toLowerCase()]), ...phrase].map(singular);
  const isOfUnit = isMeasured
    ? kinds.includes(unit!.kind) ||
      saidUnit(literal, number, block) !== undefined ||
      (kinds.length === 0 && number.name.parts.some(part => isMeasuredIn(part, unit)))
    : phrase.some(word => kinds.includes(unitNamed(word)?.kind ?? ''));
  const isSaid = isOfUnit || nouns.some(noun => said.includes(noun)) || countsPart(literal, number.name.parts);
  // In the sentences that tell its neighbours, and in no other item of a list.
  const { line } = literal;
  const isScaled =
    scaleOf(literal) !== 1 &&
    line.refsIn(0, line.text.length).length > 0 &&
    measures.some(one => one.kind === undefined && one.factor === scaleOf(literal));
  // The sentence speaks of the object, and the block tells its other attributes around the number.
  if (number.name.isOfObject === true && kinds.length === 0 && !isMeasured) return at !== 'near' && at !== 'among';
  if (at === 'near') return isMeasured && (isOfUnit || isScaled) && unit!.kind !== 'factor' && /\.\d|\d{3}/.test(text);
  if (isSaid) return true;
  if (at === 'only' && isMuchMore(literal) && isHowMuchMore(literal, number, block)) return true;
  // "€348.0 million" of what is told in millions
  if (isScaled) return true;
  // What the sentence counts is another thing.
  const digits = digitsIn(text);
  // What nothing shows, next to where it would be.
  const isLeft = at === 'beside' && unit === undefined && digits > 2 && block.unread.has(number.name.path);
  if (kinds.length === 0 && isLeft) return true;
  if (kinds.length > 0 || (at !== 'only' && (nouns.length > 0 || at !== 'between'))) return false;
  if (isMeasured && compared(literal, number) !== undefined) return true;
  if (isMeasured && !(at === 'only' && isTwinOfSame(literal, number, block))) return false;
  if (isMeasured) return digits > 1;
  return at === 'only' || digits > 2 || (digits === 2 && isCountedBeside(literal, number, block));
}

/** The block shows others of the cell, and counts by them what the literal counts: "of 740 pupils … 87 pupils". */
function isCountedBeside({ unit }: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  if (unit === undefined || number.half !== 0.5) return false;
  return block.refs.some(
    ({ ref, cell }) =>
      block.near.some(one => one.cell.index === cell && one.run === number.name.run) &&
      block.mentionsOf(ref.expr.trim()).some(({ noun }) => noun === unit.kind),
  );
}

/** What the block shows of the other of two names that read alike is in the unit of the literal. */
function isTwinOfSame({ unit }: Literal, { name: { path, parts } }: ExportedNumber, block: ProseBlock): boolean {
  return block.refs.some(({ ref }) => {
    const other = ref.expr.trim();
    if (readName(lastOf(other)).parts.join(' ') !== parts.join(' ') || !areTwins(other, path)) return false;
    return block.mentionsOf(other).some(one => one.unit?.kind === unit?.kind && one.unit?.factor === unit?.factor);
  });
}
