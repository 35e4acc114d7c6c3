/** Quantities that a sentence says once more in another unit: "50,000 hours (5.7 years)", "954 kJ are only 228 kcal". */
import type { Line } from './lines';
import { MAY_HOLD, numberWords } from './literals';
import { numbersIn, type WrittenNumber } from './numbers';

/** A quantity and the same in another unit, both in one measure. */
export interface Restated {
  readonly first: WrittenNumber;
  readonly second: WrittenNumber;
  /** Behind both. */
  readonly to: number;
  /** What the first is in the unit of the second. */
  readonly value: number;
}

/** So many words may stand before the parenthesis: "12.5 GB/s InfiniBand (100 Gbps)". */
const BEFORE = /^(?:\s[A-Za-z][\w-]*){0,2}\s\((?:[~≈]\s?|(?:about|roughly|or|i\.e\.,?)\s)?$/;
/** "The 954 kJ of the climb are only 228 kcal.", "72 hours, or 3 days," */
const IS =
  /^(?:\s(?!(?:and|or|to|per|than|in|at|for|from|with|by|before|after|above|below|away)\b)[A-Za-z][a-z]*){0,4}(?:(?:\s(?:is|are|was|were|equals?|makes?)|,\s(?:or|that is|which is|i\.e\.,?))\s(?:(?:only|just|about|roughly|nearly|almost|some)\s|[~≈]\s?)?|,\s(?:(?:about|roughly|nearly|almost)\s|[~≈]\s?))[$€£]?$/i;
const ENDS = /^(?:[.,;:)](?!\d)|$|\s(?:and|but|while|which|so)\b)/;
const MAY_SAY =
  /\(\D{0,8}\d|\b(?:is|are|was|were|equals?|makes?|or|i\.e\.)\b|,\s(?:about|roughly|nearly|almost|[~≈])|\((?:about|roughly|or|[~≈])/;
/** The first is no end of a range. */
const RANGE = /(?:\d|%)\s?[-–—]\s?$|\d\s(?:to|and|or)\s$/;

/** What is off by more is another quantity, and no slip. */
const FARTHEST = 2.05;
/** Rounded for the reader. */
const ROUNDED = 0.06;
/** Five days are a week at work. */
const WORKED = 5 / 7;

/** Those that are not the same. */
export function* wrongRestatements({ text }: Line): Iterable<Restated> {
  if (!MAY_SAY.test(text) || !MAY_HOLD.test(text)) return;
  const numbers = [...numbersIn(text), ...numberWords(text).map(inWhole)].sort((a, b) => a.from - b.from);
  for (const [at, first] of numbers.entries()) {
    const second = numbers[at + 1];
    const between = second === undefined ? '' : text.slice(first.to, second.from);
    const isSaid =
      second !== undefined &&
      ((text[second.to] === ')' && BEFORE.test(between)) || (IS.test(between) && ENDS.test(text.slice(second.to))));
    if (!isSaid) continue;
    const [one, other] = [measureOf(first), measureOf(second)];
    if (one === undefined || one.kind !== other?.kind || one.factor === other.factor) continue;
    if (RANGE.test(text.slice(0, first.from))) continue;
    const value = (first.value * one.factor) / other.factor;
    const allowed = second.half + (first.half * one.factor) / other.factor + ROUNDED * second.value;
    const ratio = value / second.value;
    const isSlip = Math.abs(value - second.value) > allowed && ratio < FARTHEST && ratio > 1 / FARTHEST;
    if (isSlip && Math.abs(ratio / WORKED - 1) > ROUNDED)
      yield { first, second, to: second.to + (text[second.to] === ')' ? 1 : 0), value };
  }
}

/** "140 days, almost five months": nobody says in words what is between two of them. */
function inWhole(number: WrittenNumber): WrittenNumber {
  return { ...number, half: Math.max(number.half, 0.5) };
}

/** Units that are looked at, by kind and factor; years and months are of time as well, and bits of data. */
function measureOf({ unit }: WrittenNumber): { readonly kind: string; readonly factor: number } | undefined {
  if (unit === undefined) return undefined;
  if (Object.hasOwn(SPANS, unit.kind)) return { kind: 'time', factor: SPANS[unit.kind]! };
  if (unit.kind === 'bits/time') return { kind: 'data/time', factor: unit.factor / 8 };
  return /^(?:time|length|mass|area|energy|data\/time|length\/time)$/.test(unit.kind) ? unit : undefined;
}

const SPANS: Readonly<Record<string, number>> = { month: 2_629_800, year: 31_557_600 };
