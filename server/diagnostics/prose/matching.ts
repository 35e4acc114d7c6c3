/**
 * Typed numbers against what the cells near them compute. A match needs more than an equal value: the same unit, and words of the
 * sentence that the name has as well.
 */

import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { areTwins, type Candidate, type Evidence, isElsewhere, isShown, spokenOf } from './candidates';
import { type Compared, compared, countsPart, inOneMeasure } from './compared';
import {
  type ExportedNumber,
  type ExportName,
  exportedNumber,
  exportNames,
  isConstant,
  measuresBeside,
  measuresOf,
  shownAs,
} from './exports';
import type { Line } from './lines';
import { decimalsOf, type Literal, literalsIn, MAY_HOLD, scaleOf } from './literals';
import { mayBeLost } from './lost';
import { contentWords, type Mention } from './mentions';
import {
  digitsOf,
  FARTHEST,
  FARTHEST_LOOSE,
  isNear,
  isRounded,
  isSlipOfUnit,
  isSlipOfUnread,
  isWithin,
  saysTheSame,
} from './nearness';
import { MEASURED, singular, type Unit, unitNamed } from './numbers';
import { type Expected, expectedAt } from './places';
import { showsPlainNumber } from './shownMeasures';
import { isMeasuredIn, readName, speaksOf, wordsOf } from './subject';

export interface Match {
  readonly literal: Literal;
  readonly number: ExportedNumber;
  /** `equal`: it says what the calculation gives; `stale`: it says something else of the same. */
  readonly kind: 'equal' | 'stale';
  /** True where nothing but its unit says what the number is of. */
  readonly isByUnit?: boolean;
}

/** The typed numbers of a block that a cell near it computes, or computes otherwise. */
export function matchesIn(block: ProseBlock): readonly Match[] {
  return block.once(findMatches);
}

function findMatches(block: ProseBlock): readonly Match[] {
  if (!mayMatch(block)) return [];
  const ofLine = (line: Line) => withoutHalves(literalsIn(line).flatMap(one => asShown(match(one, block), block)));
  return withoutRivals(block.lines.flatMap(ofLine));
}

function asShown(match: Match | undefined, block: ProseBlock): readonly Match[] {
  return match === undefined ? [] : [{ ...match, number: shownAs(match.number, namesNear(block), block.near) }];
}

/** A look at the source: something like a number outside of references, and a word that a name has. */
function mayMatch({ source, near, isCell }: ProseBlock): boolean {
  if (isCell) return near.length > 0;
  const typed = source.replaceAll(/`[^`]*`|\{[#.][^{}]*\}|\[@[^\]]*\]|@[\w:-]+|\\\w+\{[^{}]*\}/g, ' ');
  if (!MAY_HOLD.test(typed) && !/\w="[^"]*\d/.test(source)) return false;
  return near.length > 0;
}

function match(literal: Literal, block: ProseBlock): Match | undefined {
  const found = spokenMatch(literal, block);
  if (found !== undefined && found !== 'settled') return found;
  const shown = shownMatch(literal, block);
  if (shown !== undefined) return shown;
  const unread = found === undefined || isTerm(literal) ? unreadMatch(literal, block) : undefined;
  if (unread !== undefined || found === 'settled') return unread;
  return digitMatch(literal, block) ?? mentionMatch(literal, block) ?? placeMatch(literal, block);
}

/** A number of several digits that a reference of the same block shows as it is typed, in no other unit. */
function shownMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, bound, isWord, unit, text } = literal;
  if (range !== undefined || bound !== undefined || isWord || line.place === 'heading') return undefined;
  if (text.replaceAll(/[^\d]|^0+/g, '').replace(/0+$/, '').length < SHOWN_DIGITS || YEAR.test(text)) return undefined;
  const result = block.refs.find(one => one.text === text && showsPlainNumber(one));
  const name = result && namesNear(block).find(({ path }) => path === result.ref.expr.trim());
  const number = name && exportedNumber(name, block.near);
  if (number === undefined) return undefined;
  const isOfThat = mentionsOf(number, block).some(({ noun, unit: said }) =>
    said === undefined ? noun === unit?.kind : said.kind === unit?.kind && said.factor === unit.factor,
  );
  return unit === undefined || IN_WORDS.test(unit.kind) || isOfThat ? { literal, number, kind: 'equal' } : undefined;
}

/** "cubic metres" */
const IN_WORDS = /^(?:cubic|square)$/;

/** So many digits are hardly the same by chance. */
const SHOWN_DIGITS = 4;
const YEAR = /^(?:1[5-9]|2[01])\d\d$/;

/** A number in the place in which, by the order of a cell, the sentences would show a value that they do not show. */
function placeMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, bound, isRough, isWord } = literal;
  if (range !== undefined || bound !== undefined || isRough || line.place === 'heading') return undefined;
  const all = expectedAt(literal, block);
  // "three technicians" of the lab
  const expected = isWord ? all.filter(({ name }) => name.isOfObject === true) : all;
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

function speaksOfObject(literal: Literal, { around }: ExportName, block: ProseBlock): boolean {
  const spoken = spokenOf(literal, block);
  return around.some(part => spoken.has(part));
}

/** Row and column speak of something that cells near it compute, and not of this. */
function isOfOtherRow(literal: Literal, { name: { parts } }: ExportedNumber, block: ProseBlock): boolean {
  const spoken = spokenOf(literal, block);
  return spoken.size > 0 && parts.length > 0 && !parts.some(part => spoken.has(part));
}

/** In the same kind of unit, but not in the same: a table gives days where the cell has hours. */
function isInOtherUnit({ unit }: Literal, number: ExportedNumber): boolean {
  if (unit === undefined || !MEASURED.test(unit.kind) || unit.kind === 'money') return false;
  const own = measuresBeside(number, unit).filter(({ kind }) => kind === unit.kind);
  return own.length > 0 && own.every(({ factor }) => factor !== unit.factor);
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

/** Both in one measure: in that of the number, or in the one that the chapter says elsewhere. */
function pairOf(literal: Literal, number: ExportedNumber, block: ProseBlock): Compared | undefined {
  const known = compared(literal, number);
  const unit = known === undefined ? saidUnit(literal, number, block) : undefined;
  if (unit === undefined) return known;
  return compared(literal, { ...number, ofCode: unit, name: { ...number.name, measures: [] } });
}

/** The unit that the chapter says of a value elsewhere, of the kind that the literal has. */
function saidUnit({ unit }: Literal, number: ExportedNumber, block: ProseBlock): Unit | undefined {
  if (unit === undefined || !MEASURED.test(unit.kind) || measuresOf(number).length > 0) return undefined;
  return mentionsOf(number, block).find(one => one.unit?.kind === unit.kind)?.unit;
}

function mentionsOf({ name: { path } }: ExportedNumber, block: ProseBlock): readonly Mention[] {
  return block.mentionsOf(path);
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
  const isScaled =
    scaleOf(literal) !== 1 && measures.some(one => one.kind === undefined && one.factor === scaleOf(literal));
  // The sentence speaks of the object, and the block tells its other attributes around the number.
  if (number.name.isOfObject === true && kinds.length === 0 && !isMeasured) return at !== 'near' && at !== 'among';
  if (at === 'near') return isMeasured && (isOfUnit || isScaled) && unit!.kind !== 'factor' && /\.\d|\d{3}/.test(text);
  if (isSaid) return true;
  // "€348.0 million" of what is told in millions
  if (isScaled) return true;
  // What the sentence counts is another thing.
  const digits = text.replaceAll(/[^\d]|^0+/g, '').replace(/0+$/, '').length;
  // What nothing shows, next to where it would be.
  const isLeft = at === 'beside' && unit === undefined && digits > 2 && block.unread.has(number.name.path);
  if (kinds.length === 0 && isLeft) return true;
  if (kinds.length > 0 || (at !== 'only' && (nouns.length > 0 || at !== 'between'))) return false;
  if (isMeasured && compared(literal, number) !== undefined) return true;
  if (isMeasured && !(at === 'only' && isTwinOfSame(literal, number, block))) return false;
  return isMeasured ? digits > 1 : at === 'only' || digits > 2;
}

/** What the block shows of the other of two names that read alike is in the unit of the literal. */
function isTwinOfSame({ unit }: Literal, { name: { path, parts } }: ExportedNumber, block: ProseBlock): boolean {
  return block.refs.some(({ ref }) => {
    const other = ref.expr.trim();
    if (readName(lastOf(other)).parts.join(' ') !== parts.join(' ') || !areTwins(other, path)) return false;
    return block.mentionsOf(other).some(one => one.unit?.kind === unit?.kind && one.unit?.factor === unit?.factor);
  });
}

/** So many digits are hardly those of another number by chance. */
const MANY_DIGITS = 5;
/** And so many where unit and words speak for it. */
const FEW_DIGITS = 2;

/** A number of many digits that has those of a value in another order, or is hardly off. */
function digitMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const digits = literal.text.replaceAll(/[^\d]|^0+/g, '').replace(/0+$/, '');
  if (digits.length < FEW_DIGITS || literal.range !== undefined || literal.line.place === 'heading') return undefined;
  const names = namesNear(block);
  const candidates = candidatesOf(literal, names, block).filter(one => {
    if (isSlipOfUnit(literal, one, block) || isSlipOfUnread(literal, one, block)) return true;
    if (digits.length < MANY_DIGITS) return false;
    const ratio = one.literal / one.shown;
    const isSlip = digitsOf(one.literal) === digitsOf(one.shown) || Math.abs(ratio - 1) < SLIGHTLY;
    return ratio > 0.1 && ratio < 10 && isSlip && !isRounded(one);
  });
  return staleOf(literal, candidates, names, block);
}

const SLIGHTLY = 0.005;

/** A number among the words in which the chapter shows a value elsewhere, in the same unit or of the same noun, and near it. */
function mentionMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, unit, bound, isRough } = literal;
  if (range !== undefined || bound !== undefined || isRough || line.place === 'heading' || line.place === 'formula')
    return undefined;
  const isMeasured = MEASURED.test(unit?.kind ?? '');
  const isInTable = line.place === 'cell';
  const phrase = isInTable ? wordsOf(line.about) : literal.phrase;
  if (!isMeasured && phrase.length === 0) return undefined;
  const names = namesNear(block);
  const spoken = spokenOf(literal, block);
  let words: ReadonlySet<string> | undefined;
  const candidates = candidatesOf(literal, names, block).flatMap(one => {
    const ratio = one.literal / one.shown;
    if (ratio < 1 / FARTHEST || ratio > FARTHEST) return [];
    if (isInTable && isOfOtherRow(literal, one.number, block)) return [];
    const isOfUnit =
      measuresBeside(one.number, unit).some(({ kind }) => kind === unit?.kind) ||
      saidUnit(literal, one.number, block) !== undefined;
    if (isMeasured && !isOfUnit) return [];
    words ??= contentWords(line.row === '' ? literal.words : [...literal.words, ...wordsOf(line.row)]);
    const own = words;
    let isNoun = false;
    const score = Math.max(
      0,
      ...mentionsOf(one.number, block).map(mention => {
        const score = [...mention.words].filter(word => own.has(word)).length;
        const isCounted = phrase.some(word => singular(word) === mention.noun);
        isNoun ||= isCounted && !isMeasured;
        if (isMeasured || isCounted) return score;
        // What is counted may stand elsewhere in the sentence.
        return phrase.slice(0, 1).some(word => mention.words.has(singular(word))) ? score - 1 : 0;
      }),
    );
    // Anything may be told in per cent, and little in TB/s.
    const isSpoken = one.number.name.parts.some(part => spoken.has(part));
    const due =
      unit?.kind === 'ratio' ? SHARED + (isSpoken ? 0 : 1) : RARE.test(unit?.kind ?? '') ? SHARED - 1 : SHARED;
    // What is counted by the same noun may be further off, if it is told in the same thousands or millions.
    const isFar = ratio < 1 / FARTHEST_SAID || ratio > FARTHEST_SAID;
    if (isFar && !(isNoun && scaleOf(literal) !== 1)) return [];
    return score < due ? [] : [{ ...one, evidence: { ...one.evidence, score, isNoun } }];
  });
  const most = Math.max(0, ...candidates.map(({ evidence }) => evidence.score));
  const closest = candidates.filter(({ evidence }) => evidence.score === most);
  const [first] = closest;
  if (first === undefined) return undefined;
  if (candidates.some(one => isRounded(one))) {
    const same = closest.find(one => saysTheSame(literal, one));
    return same !== undefined && isDistinct(literal, { ...same.evidence, isFull: true, isNoun: true })
      ? { literal, number: same.number, kind: 'equal' }
      : undefined;
  }
  return staleOf(literal, closest, names, block);
}

const RARE = /\/|^(?:power|energy|length|mass|temperature|compute|frequency)$/;

/** So many words a sentence shares with one that shows the value. */
const SHARED = 2;
/** And so many times as large it may be. */
const FARTHEST_SAID = 1.5;

/** What the numbers near a block are in the measure of a typed one, by no evidence. */
function candidatesOf(literal: Literal, names: readonly ExportName[], block: ProseBlock): readonly Candidate[] {
  return names.flatMap(name => {
    const isNone = isConstant(name.path) || (name.isOfObject === true && !speaksOfObject(literal, name, block));
    const number = isNone ? undefined : exportedNumber(name, block.near);
    const pair = number === undefined ? undefined : pairOf(literal, number, block);
    return number === undefined || pair === undefined || pair.shown === 0
      ? []
      : [{ number, evidence: NO_EVIDENCE, ...pair }];
  });
}

const NO_EVIDENCE: Evidence = { isFull: true, isNoun: false, isClose: false, score: 0 };

/** The one value that candidates agree in, where the sentence does not show it. */
function staleOf(
  literal: Literal,
  candidates: readonly Candidate[],
  names: readonly ExportName[],
  block: ProseBlock,
): Match | undefined {
  const found = candidates.find(({ number }) => number.isText) ?? candidates[0];
  if (found === undefined || candidates.some(one => differs(one, found))) return undefined;
  if (isShown(literal, found) || isElsewhere(literal, found, names, block, true)) return undefined;
  if (mayBeLost(literal, found.number.name, block)) return undefined;
  if (literal.line.place === 'cell' && isInOtherUnit(literal, found.number)) return undefined;
  return { literal, number: found.number, kind: 'stale' };
}

/** By the words of the sentence; `settled` where it says what a cell computes, but not for sure or not as a reference would. */
function spokenMatch(literal: Literal, block: ProseBlock): Match | 'settled' | undefined {
  const spoken = spokenOf(literal, block);
  if (spoken.size === 0) return undefined;
  const names = namesNear(block);
  const heard = names.flatMap(name => {
    const evidence = evidenceOf(literal, name, spoken);
    return evidence === undefined ? [] : [{ name, evidence }];
  });
  if (heard.length === 0) return undefined;
  const candidates = heard.flatMap(({ name, evidence }) => {
    const number = exportedNumber(name, block.near);
    const pair = number === undefined || isMoneyOfCount(literal, number, block) ? undefined : compared(literal, number);
    return number === undefined || pair === undefined ? [] : [{ number, evidence, ...pair }];
  });
  const same = best(
    candidates.filter(one => saysTheSame(literal, one)),
    block,
  );
  if (same !== undefined)
    return isDistinct(literal, same.evidence) ? { literal, number: same.number, kind: 'equal' } : 'settled';
  if (candidates.some(one => isWithin(literal, one))) return 'settled';
  const near = candidates.filter(
    one =>
      one.evidence.isFull &&
      one.isSure &&
      isNear(literal, one) &&
      !isShown(literal, one) &&
      (one.evidence.isClose || !isInOtherUnit(literal, one.number)),
  );
  const closest = muchNearer(near);
  const stale = closest ?? best(near, block);
  if (
    stale === undefined ||
    (closest === undefined && near.some(one => one !== stale && differs(one, stale))) ||
    isElsewhere(literal, stale, names, block) ||
    mayBeLost(literal, stale.number.name, block)
  )
    return undefined;
  return { literal, number: stale.number, kind: 'stale' };
}

/** "$3.4 million" of what the chapter shows as so many million rides. */
function isMoneyOfCount({ unit }: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  if (unit?.kind !== 'money' || measuresOf(number).some(({ kind }) => kind === 'money')) return false;
  const mentions = mentionsOf(number, block).filter(({ isInTable }) => !isInTable);
  return mentions.some(({ noun }) => noun !== undefined) && mentions.every(one => one.unit?.kind !== 'money');
}

/** Of several, the one that is hardly off, while all others are far off. */
function muchNearer(candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return undefined;
  const off = (one: Candidate) => Math.abs(Math.log(one.literal / one.shown));
  const [first, second] = [...candidates].sort((a, b) => off(a) - off(b));
  return off(first!) < HARDLY_OFF && off(second!) > FAR_OFF ? first : undefined;
}

const HARDLY_OFF = 0.05;
const FAR_OFF = 0.2;

/**
 * What was made for the sentences here and stands in none of them is what a number in their midst was typed for, if it is measured
 * in the same unit or counts what the name says, and no other such name is as near.
 */
function unreadMatch(literal: Literal, block: ProseBlock): Match | undefined {
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
    const isOf =
      isOfUnit || (isSpoken && (isMeasured || countsPart(literal, name.parts) || pair.isSure)) || isAmong || isWhole;
    const evidence = {
      isFull: true,
      isNoun: countsPart(literal, name.parts),
      isClose: false,
      score: isSpoken ? 1 : 0,
    };
    // Of another section, more has to be said than how the number is counted.
    const isSaid = !isFar || (isOfUnit && (isSpoken || !COMMON_UNITS.test(unit!.kind)));
    return isOf && isSaid && pair.shown !== 0 ? [{ number, evidence, ...pair }] : [];
  });
  const rounded = candidates.find(one => isRounded(one));
  if (rounded !== undefined) {
    const isSame = saysTheSame(literal, rounded) && (literal.isWord || text.replaceAll(/[^1-9]/g, '').length > 0);
    return isSame ? { literal, number: rounded.number, kind: 'equal' } : undefined;
  }
  const [near, ...more] = candidates.filter(one => {
    const ratio = one.literal / one.shown;
    const farthest = literal.isRough || one.evidence.score === 0 ? FARTHEST_LOOSE : FARTHEST;
    return (ratio > 1 / farthest && ratio < farthest) || (one.evidence.score > 0 && isNear(literal, one));
  });
  if (near === undefined || more.length > 0 || (literal.isRough && isWithin(literal, near))) return undefined;
  const names = namesNear(block);
  if (isElsewhere(literal, near, names, block, true) || mayBeLost(literal, near.number.name, block)) return undefined;
  return { literal, number: near.number, kind: 'stale', isByUnit: near.evidence.score === 0 };
}

/** The block shows others of the cell that makes the number, and nothing speaks against its being of them. */
function isAmongOthers(
  literal: Literal,
  number: ExportedNumber,
  { refs, near }: ProseBlock,
  isSpoken: boolean,
): boolean {
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
  if (isWord && (value < FEW || !Number.isInteger(number.value))) return false;
  const others = refs.filter(({ cell }) => near.some(one => one.cell.index === cell && one.run === number.name.run));
  return others.length >= (isSpoken ? 1 : OTHERS);
}

/** In these, sentences tell of anything. */
const COMMON_UNITS = /^(?:ratio|factor|money|time)$/;

const OTHERS = 2;
/** "three ways" are no values for sure. */
const FEW = 4;

/**
 * Where several numbers of a block may be what a name was made for, by their units, none of them is for sure; of those that
 * something else speaks for, the ones that are nearest to the value.
 */
function withoutRivals(matches: readonly Match[]): readonly Match[] {
  const ofSame = ({ number }: Match) => matches.filter(one => one.number.name.path === number.name.path);
  const isAlone = (match: Match) => ofSame(match).filter(({ isByUnit }) => isByUnit === true).length === 1;
  const isNearest = (match: Match) =>
    match.kind !== 'stale' || ofSame(match).every(one => one.kind !== 'stale' || offBy(one) >= offBy(match) - 1e-9);
  return matches.filter(one => (one.isByUnit !== true || isAlone(one)) && isNearest(one));
}

function offBy({ literal, number }: Match): number {
  return Math.abs(Math.log((literal.value / scaleOf(literal) || 1) / (number.value || 1)));
}

/** "within 9 months" says how long it takes, as well as a bound. */
const WITHIN = /\bwithin\s(?:about\s|the\s)?$/i;

function isTerm({ line, from }: Literal): boolean {
  return WITHIN.test(line.text.slice(0, from));
}

/** Of "20–30", both ends are values that cells compute, or none is; and it is told once that a value lies outside. */
function withoutHalves(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ literal: { range, from }, kind, number }) => {
    if (range === undefined) return true;
    const other = matches.find(
      one =>
        one.literal.range !== undefined && one.literal.from === (from === range.low.from ? range.high : range.low).from,
    );
    if (kind === 'equal') return other?.kind === 'equal' && other.number !== number;
    return from === range.low.from ? other?.kind !== 'stale' || other.number === number : other?.kind !== 'stale';
  });
}

/** The names of the cells near a block, for all of its numbers. */
function namesNear(block: ProseBlock): readonly ExportName[] {
  return block.once(findNames);
}

function findNames({ near }: ProseBlock): readonly ExportName[] {
  return near.flatMap(cell => exportNames(cell)?.names ?? []);
}

/** What the sentence says of a name; undefined where it says nothing of it. */
function evidenceOf(
  literal: Literal,
  { path, parts, around, measures, isOfObject }: ExportName,
  spoken: ReadonlySet<string>,
): Evidence | undefined {
  const { unit, lead, isRate } = literal;
  const isSaid = (part: string) => spoken.has(part) || (isRate && part === 'rate');
  // Most names are not spoken of.
  if (parts.length > 0 && !parts.some(isSaid)) return undefined;
  const said = parts.filter(isSaid);
  const about = new Set(around.filter(part => part.length > 2 && spoken.has(part))).size;
  if (about === 0 && (said.length === 0 || isOfObject === true)) return undefined;
  // What the class or the cell is called after need not be said again.
  const own = parts.filter(part => !around.includes(part) || /\d/.test(part));
  const due = own.length > 0 ? own : parts;
  const isNoun = countsPart(literal, said);
  const isClose = said.some(part => speaksOf(lead, part));
  // "250 weekdays" of `WEEKDAYS`: of a constant, the sentence has the whole name, and counts it.
  if (
    isConstant(path) &&
    !(said.length === parts.length && (isNoun || measures.some(({ kind }) => kind === unit?.kind)))
  )
    return undefined;
  return {
    isFull: due.every(part => said.includes(part) || (said.length > 0 && isMeasuredIn(part, unit))),
    isNoun,
    isClose,
    score: 4 * said.length - parts.length + about + (isNoun ? 2 : 0) + (isClose ? 3 : 0),
  };
}

/** A number that is no other one by chance: with digits, or under a noun of the name. */
function isDistinct(literal: Literal, { isFull, isNoun }: Evidence): boolean {
  if (literal.bound !== undefined) return false;
  const digits = literal.text.replaceAll(/[^\d]|^0+/g, '');
  if (literal.isWord || digits.replace(/0+$/, '').length < 2) return isFull && (isNoun || literal.unit !== undefined);
  return true;
}

/** Of what is as likely, what nothing reads any more. */
function best(candidates: readonly Candidate[], { unread }: ProseBlock): Candidate | undefined {
  const rankOf = (one: Candidate) => rank(one) + (unread.has(one.number.name.path) ? UNREAD : 0);
  let found: Candidate | undefined;
  for (const one of candidates) {
    const order = found === undefined ? 1 : rankOf(one) - rankOf(found);
    if (order > 0) found = one;
  }
  return found;
}

const UNREAD = 3;

function rank({ number, evidence, isSure }: Candidate): number {
  return evidence.score + (evidence.isFull ? 4 : 0) + (isSure ? 2 : 0) + (number.isText ? 3 : 0);
}

function differs(one: Candidate, other: Candidate): boolean {
  return rank(one) >= rank(other) && Math.abs(one.shown - other.shown) > one.shownHalf + other.shownHalf;
}
