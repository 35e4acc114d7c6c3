/** Sine, cosine, tangent and their inverses in double-double arithmetic. */
import { decompose } from '../decimal';
import { piScaled, sineCosineScaled, toPair, toParts } from './constants';
import { add, addNumber, divide, multiply, negate, type Pair, pair, product, squareRoot, sum } from './pairs';

/** Steps of the table: sine and cosine of i / STEPS. */
const STEPS = 16;
const BITS = 240;
let sines: Pair[] | undefined;
let cosines: Pair[] | undefined;
let halfPi: number[] | undefined;

function makeTables(): void {
  const all = Array.from({ length: STEPS }, (_, at) =>
    sineCosineScaled((BigInt(at) << BigInt(BITS)) / BigInt(STEPS), BITS),
  );
  sines = all.map(one => toPair(one.sine, BITS));
  cosines = all.map(one => toPair(one.cosine, BITS));
}

/** 1 / k! with alternating signs, for the series. */
const SERIES: readonly Pair[] = (() => {
  const all: Pair[] = [pair(1)];
  for (let k = 1; k <= 15; k++) all.push(divide(all[k - 1]!, pair(k)));
  return all.map((one, k) => (k % 4 >= 2 ? negate(one) : one));
})();

/** sin r for |r| <= 1/32. */
function sineSeries(r: Pair, square: Pair): Pair {
  let total = addNumber(SERIES[11]!, square.hi * (SERIES[13]!.hi + square.hi * SERIES[15]!.hi));
  for (let k = 9; k >= 1; k -= 2) total = add(multiply(total, square), SERIES[k]!);
  return multiply(total, r);
}

/** cos r - 1 for |r| <= 1/32. */
function cosineSeries(square: Pair): Pair {
  let total = addNumber(SERIES[10]!, square.hi * (SERIES[12]!.hi + square.hi * SERIES[14]!.hi));
  for (let k = 8; k >= 2; k -= 2) total = add(multiply(total, square), SERIES[k]!);
  return multiply(total, square);
}

interface Both {
  readonly sine: Pair;
  readonly cosine: Pair;
}

/** Sine and cosine of an angle of at most about pi / 4. */
function sineCosine(angle: Pair): Both {
  if (sines === undefined || cosines === undefined) makeTables();
  const negative = angle.hi < 0;
  const size = negative ? negate(angle) : angle;
  const index = Math.min(Math.round(size.hi * STEPS), STEPS - 1);
  const r = addNumber(size, -index / STEPS);
  const square = multiply(r, r);
  const small = sineSeries(r, square);
  const near = cosineSeries(square);
  if (index === 0) return { sine: negative ? negate(small) : small, cosine: addNumber(near, 1) };
  const s = sines![index]!;
  const c = cosines![index]!;
  const sine = add(s, add(multiply(s, near), multiply(c, small)));
  const cosine = add(c, add(multiply(c, near), negate(multiply(s, small))));
  return { sine: negative ? negate(sine) : sine, cosine };
}

/** The angle modulo pi / 2, as remainder and quadrant. */
function reduce(x: number): { rest: Pair; quadrant: number } {
  if (Math.abs(x) <= 0.7853981633974483) return { rest: pair(x), quadrant: 0 };
  if (Math.abs(x) > 1e5) return reduceLarge(x);
  halfPi ??= toParts(piScaled(BITS) >> 1n, BITS, 33, 4);
  const n = Math.round((x * 2) / Math.PI);
  let rest = pair(x);
  for (const part of halfPi) rest = add(rest, product(-n, part));
  return { rest, quadrant: ((n % 4) + 4) % 4 };
}

/** Enough bits of pi for any double. */
const WIDE = 1300;
let widePi: bigint | undefined;

function reduceLarge(x: number): { rest: Pair; quadrant: number } {
  widePi ??= piScaled(WIDE) >> 1n;
  const { mantissa, exponent } = decompose(x);
  const scaled = mantissa << BigInt(WIDE + exponent);
  let n = scaled / widePi;
  let rest = scaled - n * widePi;
  if (rest * 2n > widePi) {
    n++;
    rest -= widePi;
  }
  const small = toPair(rest >> BigInt(WIDE - 400), 400);
  const quadrant = Number(n % 4n);
  return x < 0 ? { rest: negate(small), quadrant: (4 - quadrant) % 4 } : { rest: small, quadrant };
}

/** `math.sin` of a finite number. */
export function sine(x: number): number {
  if (Math.abs(x) < 1e-9) return x;
  if (!Number.isFinite(x)) return Number.NaN;
  const { rest, quadrant } = reduce(x);
  const both = sineCosine(rest);
  const { hi, lo } = quadrant % 2 === 0 ? both.sine : both.cosine;
  return quadrant >= 2 ? -(hi + lo) : hi + lo;
}

/** `math.cos` of a finite number. */
export function cosine(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { rest, quadrant } = reduce(x);
  const both = sineCosine(rest);
  const { hi, lo } = quadrant % 2 === 0 ? both.cosine : both.sine;
  return quadrant === 1 || quadrant === 2 ? -(hi + lo) : hi + lo;
}

/** `math.tan` of a finite number. */
export function tangent(x: number): number {
  if (Math.abs(x) < 1e-9) return x;
  if (!Number.isFinite(x)) return Number.NaN;
  const { rest, quadrant } = reduce(x);
  const both = sineCosine(rest);
  const { hi, lo } = quadrant % 2 === 0 ? divide(both.sine, both.cosine) : negate(divide(both.cosine, both.sine));
  return hi + lo;
}

/** The angle of the point (x, y) by one step of Newton's method; both of moderate size. */
function angleOf(y: Pair, x: Pair): Pair {
  const first = Math.atan2(y.hi, x.hi);
  const { rest, quadrant } = reduce(first);
  const both = sineCosine(rest);
  const s =
    quadrant === 0
      ? both.sine
      : quadrant === 1
        ? both.cosine
        : quadrant === 2
          ? negate(both.sine)
          : negate(both.cosine);
  const c =
    quadrant === 0
      ? both.cosine
      : quadrant === 1
        ? negate(both.sine)
        : quadrant === 2
          ? negate(both.cosine)
          : both.sine;
  const across = add(multiply(y, c), negate(multiply(x, s)));
  const along = add(multiply(x, c), multiply(y, s));
  return add(pair(first), divide(across, along));
}

/** `math.atan`. */
export function arcTangent(x: number): number {
  if (Math.abs(x) < 1e-9 || Number.isNaN(x)) return x;
  if (Math.abs(x) > 1e17) return x > 0 ? Math.PI / 2 : -Math.PI / 2;
  const { hi, lo } = angleOf(pair(x), pair(1));
  return hi + lo;
}

/** `math.atan2`. */
export function arcTangent2(y: number, x: number): number {
  if (y === 0 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.atan2(y, x);
  const ratio = Math.abs(y / x);
  if (ratio > 1e18 || ratio < 1e-300) return Math.atan2(y, x);
  if (ratio < 1e-17 && x < 0) return y > 0 ? Math.PI : -Math.PI;
  // Scale both so that products neither overflow nor underflow.
  const size = Math.max(Math.abs(x), Math.abs(y));
  const power = size > 1e100 ? 2 ** -500 : size < 1e-100 ? 2 ** 500 : 1;
  const { hi, lo } = angleOf(pair(y * power), pair(x * power));
  return hi + lo;
}

/** sqrt((1 - x) (1 + x)) */
function complementary(x: number): Pair {
  return squareRoot(multiply(sum(1, -x), sum(1, x)));
}

/** `math.asin` of a number from -1 to 1. */
export function arcSine(x: number): number {
  if (Math.abs(x) < 1e-9 || Number.isNaN(x)) return x;
  if (Math.abs(x) === 1) return (x * Math.PI) / 2;
  const { hi, lo } = angleOf(pair(x), complementary(x));
  return hi + lo;
}

/** `math.acos` of a number from -1 to 1. */
export function arcCosine(x: number): number {
  if (x === 1) return 0;
  if (x === -1) return Math.PI;
  const { hi, lo } = angleOf(complementary(x), pair(x));
  return hi + lo;
}
