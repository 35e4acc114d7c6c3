/** Numbers with units in header boxes and docstrings: what a cell is said to compute. */
import type { Cell } from '../../chapter/model';
import type { CellProgram } from '../../evaluation/analysis';
import { MEASURED, numbersIn, type WrittenNumber } from '../prose/numbers';
import { means, wordsOf } from '../prose/subject';

/** A text about a cell, and its numbers. Offsets are into the cell's source. */
export interface ToldText {
  readonly start: number;
  readonly words: readonly string[];
  readonly numbers: readonly WrittenNumber[];
  readonly text: string;
}

/** What lists names, or says where the values go. */
const NO_CLAIM = /^(?:imports?|exports?|context|source|sources|used in)$/i;
const DOCSTRING = /^[ \t]*class[ \t]+\w+[^\n]*:[ \t]*\n[ \t]+("""|''')([\s\S]*?)\1/gm;
const MAY_HOLD = /\d\s?(?:%|×|x\b|[A-Za-zµ])/;

/** "149 GB a day" of `raw_gb_day`: what it is counted per says the name, and not its unit. */
const EACH = /(?<=[A-Za-z%])\s(?:an?|per)\s(?:second|minute|hour|day|night|week|month|year)\b/g;

/** The texts of a cell that hold such numbers. */
export function toldTexts({ sourceHeader }: Cell, { source }: CellProgram): readonly ToldText[] {
  const fields = (sourceHeader?.fields ?? []).filter(({ name }) => !NO_CLAIM.test(name)).map(one => one.textRange);
  const docs = source.includes('class ')
    ? Array.from(source.matchAll(DOCSTRING), ({ 0: whole, 1: mark, 2: text, index }) => {
        const start = index + whole.length - text!.length - mark!.length;
        return { start, end: start + text!.length };
      })
    : [];
  return [...fields, ...docs].flatMap(({ start, end }) => {
    // The frame of a box is no text of it.
    const text = source
      .slice(start, end)
      .replaceAll(/\n[ \t]*#[ \t]*[│┃║|]?/g, edge => ' '.repeat(edge.length))
      .replaceAll(EACH, words => `,${' '.repeat(words.length - 1)}`);
    if (!MAY_HOLD.test(text)) return [];
    const numbers = numbersIn(text).filter(one => isClaim(text, one));
    return numbers.length === 0 ? [] : [{ start, text, numbers, words: wordsOf(text) }];
  });
}

/** Before a number that is none of the cell for sure: a bound, a rough one, the end of a range. */
const ROUGH =
  /(?:[~≈<>≤≥±–—+/-]|\b(?:about|around|roughly|approximately|nearly|almost|over|under|above|below|than|least|most|to within|up to|e\.g\.|say|was|were|not))\s?[$€£]?$/i;

function isClaim(text: string, { from, to, unit }: WrittenNumber): boolean {
  if (unit === undefined || !MEASURED.test(unit.kind)) return false;
  return !ROUGH.test(text.slice(0, from)) && !/^\s?[-–—+/](?=\s?\d|\w)/.test(text.slice(to));
}

/** A value of the cell in the unit of a number that is told. */
export interface OwnNumber {
  readonly name: string;
  readonly parts: readonly string[];
  readonly value: number;
}

/** So far may a number be off that was meant for a value, */
const FARTHEST = 1.4;
/** and so many times as far off any other value has to be. */
const CLEARLY = 2;
const WORD = 4;

/**
 * The value that a number of a text was told for, where the cell has another one: the only one near it, of which the text speaks, or
 * beside a number that is one of the cell's as it should be.
 */
export function staleOf(
  { numbers, words }: ToldText,
  told: WrittenNumber,
  ownIn: (number: WrittenNumber) => readonly OwnNumber[],
): OwnNumber | undefined {
  const isOf = (number: WrittenNumber, { value }: OwnNumber) =>
    Math.abs(value - number.value) <= number.half * 1.000_001 || Math.abs(value - number.value) <= 1e-9 * value;
  const all = ownIn(told);
  if (all.some(one => isOf(told, one))) return undefined;
  const others = numbers.filter(number => number !== told);
  const isTold = (one: OwnNumber) => others.some(number => number.unit?.kind === told.unit?.kind && isOf(number, one));
  const isBesideTold = others.some(number => ownIn(number).some(one => isOf(number, one)));
  const off = ({ value }: OwnNumber) => Math.abs(Math.log(value / told.value));
  const open = all.filter(one => one.value > 0 && !isTold(one)).sort((a, b) => off(a) - off(b));
  const [nearest] = open;
  if (nearest === undefined || off(nearest) > Math.log(FARTHEST)) return undefined;
  const next = open.find(one => Math.abs(one.value / nearest.value - 1) > SAME);
  if (next !== undefined && off(next) < CLEARLY * off(nearest)) return undefined;
  const isSpokenOf = nearest.parts.some(part => part.length >= WORD && words.some(word => means(word, part)));
  return isBesideTold || isSpokenOf ? nearest : undefined;
}

/** Two values that a text may show alike. */
const SAME = 0.02;
