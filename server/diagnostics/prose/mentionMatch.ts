/** Typed numbers by what the chapter says elsewhere around the values: the same digits, the same words. */

import type { ProseBlock } from '../rule';
import { spokenOf } from './candidates';
import { wordsOfComment } from './codeWords';
import { exportedNumber, measuresBeside } from './exports';
import { digitsIn, type Literal, scaleOf } from './literals';
import {
  COMMON_UNITS,
  candidatesOf,
  isDistinct,
  isMoneySaid,
  isOfOtherRow,
  type Match,
  mentionsOf,
  namesNear,
  saidUnit,
  staleOf,
} from './match';
import { contentWords } from './mentions';
import { FARTHEST, haveSameDigits, isRounded, isSlipOfUnit, isSlipOfUnread, saysTheSame } from './nearness';
import { MEASURED, singular } from './numbers';
import { pathIn } from './places';
import { showsPlainNumber } from './shownMeasures';
import { wordsOf } from './subject';

/** A number of several digits that a reference of the same block shows as it is typed, in no other unit. */
export function shownMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, bound, isWord, unit, text } = literal;
  if (range !== undefined || bound !== undefined || isWord || line.place === 'heading') return undefined;
  if (digitsIn(text) < SHOWN_DIGITS || YEAR.test(text)) return undefined;
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

/** So many digits are hardly those of another number by chance. */
const MANY_DIGITS = 5;
/** And so many where unit and words speak for it. */
const FEW_DIGITS = 2;

/** A number of many digits that has those of a value in another order, or is hardly off. */
export function digitMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const digits = digitsIn(literal.text);
  if (digits < FEW_DIGITS || literal.range !== undefined || literal.line.place === 'heading') return undefined;
  const names = namesNear(block);
  const candidates = candidatesOf(literal, names, block).filter(one => {
    if (isSlipOfUnit(literal, one, block) || isSlipOfUnread(literal, one, block)) return true;
    if (digits < MANY_DIGITS) return false;
    const ratio = one.literal / one.shown;
    const isSlip = haveSameDigits(literal, one.literal, one.shown) || Math.abs(ratio - 1) < SLIGHTLY;
    return ratio > 0.1 && ratio < 10 && isSlip && !isRounded(one);
  });
  return staleOf(literal, candidates, names, block);
}

const SLIGHTLY = 0.005;

/** A number among the words in which the chapter shows a value elsewhere, in the same unit or of the same noun, and near it. */
export function mentionMatch(literal: Literal, block: ProseBlock): Match | undefined {
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
      saidUnit(literal, one.number, block) !== undefined ||
      isMoneySaid(literal, one.number, block);
    if (isMeasured && !isOfUnit) return [];
    words ??= contentWords(line.row === '' ? literal.words : [...literal.words, ...wordsOf(line.row)]);
    const own = words;
    let isNoun = false;
    let score = Math.max(
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
    const cell = block.near.find(({ run }) => run === one.number.name.run);
    if (isMeasured && cell !== undefined) {
      const said = wordsOfComment(one.number.name.path, cell.program);
      score = Math.max(score, [...said].filter(word => own.has(word)).length);
    }
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

/** In the caption of a table, a number that is hardly off the one value of its unit in the table. */
export function captionMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, bound, isRough, isWord, unit, text } = literal;
  if (line.place !== 'caption' || range !== undefined || bound !== undefined || isRough || isWord) return undefined;
  if (unit === undefined || !MEASURED.test(unit.kind)) return undefined;
  const isCommon = COMMON_UNITS.test(unit.kind);
  if (isCommon && unit.kind !== 'time') return undefined;
  if (digitsIn(text) < FEW_DIGITS) return undefined;
  const cells = block.lines.filter(({ place }) => place === 'cell');
  const shown = new Set(cells.flatMap(cell => cell.refsIn(0, cell.text.length).map(({ ref }) => pathIn(ref.expr))));
  if (shown.size === 0) return undefined;
  const names = namesNear(block).filter(({ path }) => shown.has(path));
  const ofUnit = candidatesOf(literal, names, block).filter(({ number }) =>
    measuresBeside(number, unit).some(({ kind, factor }) => kind === unit.kind && factor === unit.factor),
  );
  if (ofUnit.some(one => isRounded(one))) return undefined;
  // In units that any sentence has, it is the same digits in another order.
  const near = ofUnit.filter(one =>
    isCommon
      ? haveSameDigits(literal, one.literal, one.shown) && Math.abs(Math.log2(one.literal / one.shown)) < 1
      : Math.abs(one.literal / one.shown - 1) < HARDLY_OFF,
  );
  return near.length === 1 ? staleOf(literal, near, namesNear(block), block) : undefined;
}

/** So little a slip, or the edit of an assumption, may change. */
const HARDLY_OFF = 0.1;

const RARE = /\/|^(?:power|energy|length|mass|temperature|compute|frequency)$/;

/** So many words a sentence shares with one that shows the value. */
const SHARED = 2;
/** And so many times as large it may be. */
export const FARTHEST_SAID = 1.5;
