/** Numbers with units in header boxes and docstrings: what a cell is said to compute. */
import type { Cell } from '../../chapter/model';
import type { CellProgram } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { MEASURED, numbersIn, singular, type WrittenNumber } from '../prose/numbers';
import { means, readName, wordsOf } from '../prose/subject';

/** A text about a cell, and its numbers. Offsets are into the cell's source. */
export interface ToldText {
  readonly start: number;
  /** Of it, and of the box around it. */
  readonly words: readonly string[];
  /** Numbers with units. */
  readonly numbers: readonly WrittenNumber[];
  /** Numbers of what a name of the cell may count. */
  readonly counts: readonly ToldCount[];
  readonly text: string;
}

/** "6,400 people", "9,000 sheets an hour": a number and the noun that it counts. */
export interface ToldCount {
  readonly number: WrittenNumber;
  /** In the singular. */
  readonly noun: string;
  /** "an hour", in the singular. */
  readonly per: string | undefined;
}

/** What lists names, or says where the values go. */
const NO_CLAIM = /^(?:imports?|exports?|context|source|sources|used in)$/i;
const DOCSTRING = /^[ \t]*class[ \t]+\w+[^\n]*:[ \t]*\n[ \t]+("""|''')([\s\S]*?)\1/gm;
const MAY_HOLD = /\d\s?(?:%|×|x\b|[A-Za-zµ])/;

const COUNTED =
  /^(?:[\s-]([a-z]{3,})|\s?(mo))(?![\w-])(?:\s(?:an?|per)\s(second|minute|hour|day|night|week|month|year)\b)?/;
/** "plates at 22" */
const PRICED = /\b([a-z]{3,})\sat\s[$€£]?$/;
/** "224x224 pixels" */
const SQUARE = /(?<![\d.,x×])(\d+)\s?[x×]\s?\1(?!\d|[.,x×]\d)/g;

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
  let box: readonly string[] | undefined;
  return [...fields, ...docs].flatMap(({ start, end }) => {
    // The frame of a box is no text of it.
    const written = source.slice(start, end).replaceAll(/\n[ \t]*#[ \t]*[│┃║|]?/g, edge => ' '.repeat(edge.length));
    if (!MAY_HOLD.test(written)) return [];
    const counts = countsIn(written);
    const text = written.replaceAll(EACH, words => `,${' '.repeat(words.length - 1)}`);
    const numbers = numbersIn(text).filter(one => isClaim(text, one));
    if (numbers.length === 0 && counts.length === 0) return [];
    box ??= wordsOf(
      [
        sourceHeader?.title ?? '',
        ...(sourceHeader?.fields ?? []).filter(({ name }) => !NO_CLAIM.test(name)).map(one => one.text),
      ].join(' '),
    );
    return [{ start, text: written, numbers, counts, words: [...wordsOf(text), ...box] }];
  });
}

function countsIn(text: string): readonly ToldCount[] {
  const all = numbersIn(text);
  const squares = Array.from(text.matchAll(SQUARE), ({ index, 0: whole, 1: side }): ToldCount => {
    const number = {
      from: index,
      digitsTo: index + side!.length,
      to: index + whole.length,
      value: Number(side),
      half: 0,
      unit: undefined,
    };
    return { number, noun: SIDES, per: undefined };
  });
  const counts = all.flatMap((number): readonly ToldCount[] => {
    if (number.unit !== undefined && MEASURED.test(number.unit.kind)) return [];
    const [, noun, short, per] = COUNTED.exec(text.slice(number.digitsTo)) ?? [];
    const named = noun ?? (short === undefined ? PRICED.exec(text.slice(0, number.from))?.[1] : 'month');
    if (named === undefined || !isExact(text, number, CALENDAR.test(named))) return [];
    return [{ number, noun: singular(named), per: per && singular(per) }];
  });
  return [...counts, ...squares];
}

/** "over 6 months" is no limit. */
const CALENDAR = /^(?:day|week|month|quarter|year)s?$/;

/** Before a number that is none of the cell for sure: a bound, a rough one, the end of a range. */
const ROUGH =
  /(?:[~≈<>≤≥±–—+/-]|\b(?:about|around|roughly|approximately|nearly|almost|over|under|above|below|than|least|most|to within|up to|e\.g\.|say|was|were|not))\s?[$€£]?$/i;

function isClaim(text: string, number: WrittenNumber): boolean {
  return number.unit !== undefined && MEASURED.test(number.unit.kind) && isExact(text, number, false);
}

function isExact(text: string, { from, to }: WrittenNumber, isTime: boolean): boolean {
  const before = text.slice(0, from);
  return (
    !ROUGH.test(isTime ? before.replace(/\bover\s$/, '') : before) && !/^\s?[-–—+/](?=\s?\d|\w)/.test(text.slice(to))
  );
}

/** A value of the cell in the unit of a number that is told. */
export interface OwnNumber {
  readonly name: string;
  readonly parts: readonly string[];
  readonly value: number;
  /** True where the name says the unit. */
  readonly isOfUnit: boolean;
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
  const isSame = (one: OwnNumber) => Math.abs(one.value / nearest.value - 1) <= SAME;
  const ofUnit = all.filter(one => one.isOfUnit);
  if (RARE.test(told.unit!.kind) && nearest.isOfUnit && ofUnit.every(isSame)) return nearest;
  const next = open.find(one => !isSame(one));
  if (next !== undefined && off(next) < CLEARLY * off(nearest)) return undefined;
  const isSpokenOf = nearest.parts.some(part => part.length >= WORD && words.some(word => means(word, part)));
  return isBesideTold || isSpokenOf ? nearest : undefined;
}

/** Two values that a text may show alike. */
const SAME = 0.02;
/** Of what not every text tells, the only value of a cell is meant. */
const RARE = /^(?:length|area|volume|mass|power|energy|data|bits|compute|frequency)(?:\/|$)/;

/** So many times as large, it is a number of something else. */
const FARTHEST_COUNT = 4;
/** Words of names that say no more than that something is counted. */
const COUNTING = /^(?:n|num|number|no|count|total|all|per|of|value|val|str|initial|base)$/;
/** What "224x224" counts. */
const SIDES = 'side';
const SIDE = /^(?:width|height|side|dim|size|resolution|edge)$/;

/** The value of a count that the cell has under a name which says what is counted, and nothing that the text does not say: `people`, `sheets_per_hour`. */
export function staleCount(
  { number, noun, per }: ToldCount,
  values: ReadonlyMap<string, number>,
  words: readonly string[],
): OwnNumber | undefined {
  // The number may be of another value of the cell that is counted alike: "batches of 64 images" beside 50,000 images.
  const isTold = (value: number) => Math.abs(value - number.value) <= number.half * 1.000_001;
  if (noun !== SIDES && [...values.values()].some(isTold)) return undefined;
  const off = ({ value }: OwnNumber) => Math.abs(Math.log(value / number.value));
  const named = [...values]
    .flatMap(([name, value]): readonly OwnNumber[] => {
      const { parts } = readName(lastOf(name));
      const own = parts.filter(part => !COUNTING.test(part)).map(singular);
      const isOf = per === undefined ? own.at(-1) === noun : own.at(-1) === per && own.at(-2) === noun;
      const isSide = noun === SIDES && own.length === 1 && SIDE.test(own[0]!);
      if (!(value > 0) || !(isOf || isSide)) return [];
      const more = own.slice(0, per === undefined ? -1 : -2);
      return more.every(part => words.some(word => means(word, part)))
        ? [{ name, parts: more, value, isOfUnit: true }]
        : [];
    })
    .sort((a, b) => off(a) - off(b));
  const [own, next] = named.filter((one, at) => named.findIndex(({ value }) => value === one.value) === at);
  if (own === undefined || isTold(own.value) || (next !== undefined && off(next) < CLEARLY * off(own)))
    return undefined;
  return off(own) > Math.log(own.parts.length > 0 ? FARTHEST : FARTHEST_COUNT) ? undefined : own;
}
