/** e ** x and relatives in double-double arithmetic. */
import { expScaled, LN2, LN2_PARTS, ln2Scaled, toPair } from './constants';
import { add, addNumber, divide, multiply, multiplyNumber, type Pair, pair, product, roundScaled } from './pairs';

/** A pair times a power of two, for results outside the range of doubles. */
export interface Scaled {
  readonly value: Pair;
  readonly exponent: number;
}

/** Steps of the table: 2 ** (i / STEPS). */
const STEPS = 32;
const BITS = 200;
let table: Pair[] | undefined;

function rootsOfTwo(): Pair[] {
  const ln2 = ln2Scaled(BITS);
  return Array.from({ length: STEPS }, (_, at) => toPair(expScaled((ln2 * BigInt(at)) / BigInt(STEPS), BITS), BITS));
}

/** 1 / k! for the terms that need both halves. */
const INVERSE_FACTORIALS: readonly Pair[] = (() => {
  const all: Pair[] = [pair(1)];
  for (let k = 1; k <= 9; k++) all.push(divide(all[k - 1]!, pair(k)));
  return all;
})();

/** e ** r - 1 for a small r (|r| < 0.02). */
function exponentialSeries(r: Pair): Pair {
  const x = r.hi;
  const tail = (1 / 3628800) * (1 + (x / 11) * (1 + (x / 12) * (1 + x / 13)));
  let total = addNumber(INVERSE_FACTORIALS[9]!, tail * x);
  for (let k = 8; k >= 1; k--) total = add(multiply(total, r), INVERSE_FACTORIALS[k]!);
  return multiply(total, r);
}

/** e ** x for a pair of moderate size (below about 2 ** 20). */
export function exponential(x: Pair): Scaled {
  table ??= rootsOfTwo();
  const n = Math.round((x.hi * STEPS) / LN2.hi);
  let r = pair(x.hi, 0);
  for (const part of LN2_PARTS) r = add(r, product(-n, part / STEPS));
  r = addNumber(r, x.lo);
  const index = ((n % STEPS) + STEPS) % STEPS;
  const root = table[index]!;
  return { value: add(root, multiply(root, exponentialSeries(r))), exponent: (n - index) / STEPS };
}

/** `math.exp`: Infinity on overflow. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  if (x === 0) return 1;
  const { value, exponent } = exponential(pair(x));
  return roundScaled(value, exponent);
}

/** `math.exp2`. */
export function exp2(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= 1024) return Number.POSITIVE_INFINITY;
  if (x < -1080) return 0;
  const whole = Math.round(x);
  const { value, exponent } = exponential(multiplyNumber(LN2, x - whole));
  return roundScaled(value, exponent + whole);
}
