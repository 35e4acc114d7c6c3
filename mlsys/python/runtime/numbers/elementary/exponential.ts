/** e ** x and relatives in double-double arithmetic. */
import { LN2, LN2_PARTS } from './constants';
import { add, addNumber, divide, multiply, multiplyNumber, type Pair, pair, product, roundScaled } from './pairs';

/** A pair times a power of two, for results outside the range of doubles. */
export interface Scaled {
  readonly value: Pair;
  readonly exponent: number;
}

/** Steps of the table. */
const STEPS = 32;

/** 2 ** (i / STEPS), to the 106 bits of a pair. */
const ROOTS_OF_TWO: readonly (readonly [hi: number, lo: number])[] = [
  [1, 0],
  [1.0218971486541166, 5.109225028973444e-17],
  [1.0442737824274138, 8.551889705537965e-17],
  [1.0671404006768237, -7.899853966841582e-17],
  [1.0905077326652577, -3.046782079812471e-17],
  [1.1143867425958924, 1.0410278456845571e-16],
  [1.1387886347566916, 8.912812676025408e-17],
  [1.1637248587775775, 3.8292048369240935e-17],
  [1.189207115002721, 3.982015231465646e-17],
  [1.215247359980469, -7.712630692681488e-17],
  [1.241857812073484, 4.658027591836937e-17],
  [1.2690509571917332, 2.667932131342186e-18],
  [1.2968395546510096, 2.5382502794888315e-17],
  [1.3252366431597413, -2.8587312100388614e-17],
  [1.3542555469368927, 7.70094837980299e-17],
  [1.383909881963832, -6.770511658794786e-17],
  [Math.SQRT2, -9.667293313452913e-17],
  [1.4451808069770467, -3.0237581349939873e-17],
  [1.4768261459394993, -3.483994556892796e-17],
  [1.5091644275934228, -1.016455327754295e-16],
  [1.5422108254079407, 7.949834809697621e-17],
  [1.5759808451078865, -1.0136916471278304e-17],
  [1.6104903319492543, 2.4707192569797888e-17],
  [1.645755478153965, -1.0125679913674773e-16],
  [1.681792830507429, 8.199010020581497e-17],
  [1.718619298122478, -1.851380418263111e-17],
  [1.7562521603732995, 2.960140695448873e-17],
  [1.7947090750031072, 1.8227458427912087e-17],
  [1.8340080864093424, 3.283107224245627e-17],
  [1.8741676341103, -6.122763413004143e-17],
  [1.9152065613971474, -1.0619946056195963e-16],
  [1.9571441241754002, 8.960767791036668e-17],
];

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
  const n = Math.round((x.hi * STEPS) / LN2.hi);
  let r = pair(x.hi, 0);
  for (const part of LN2_PARTS) r = add(r, product(-n, part / STEPS));
  r = addNumber(r, x.lo);
  const index = ((n % STEPS) + STEPS) % STEPS;
  const [hi, lo] = ROOTS_OF_TWO[index]!;
  const root = pair(hi, lo);
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
