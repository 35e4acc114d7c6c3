/** Logarithms in double-double arithmetic. */
import { splitExponent } from '../integers';
import { LN2, LN2_PARTS, LN10 } from './constants';
import { exponential } from './exponential';
import { add, addNumber, divide, multiply, multiplyNumber, negate, type Pair, pair, product, sum } from './pairs';

/** 1 / (2k + 1) for the terms of the series of artanh. */
const ODD_INVERSES: readonly Pair[] = Array.from({ length: 6 }, (_, k) => divide(pair(1), pair(2 * k + 1)));

/** ln((1 + s) / (1 - s)) for a small s (|s| < 0.016). */
function artanhSeries(s: Pair): Pair {
  const square = multiply(s, s);
  const x = square.hi;
  const tail = x * (1 / 13 + x * (1 / 15 + x * (1 / 17 + x * (1 / 19 + x / 21))));
  let total = addNumber(ODD_INVERSES[5]!, tail);
  for (let k = 4; k >= 0; k--) total = add(multiply(total, square), ODD_INVERSES[k]!);
  return multiplyNumber(multiply(total, s), 2);
}

/** ln(1 + f) for a small f. */
function logNearOne(f: Pair): Pair {
  return artanhSeries(divide(f, addNumber(f, 2)));
}

/** The natural logarithm of a positive finite pair. */
export function logarithm(x: Pair): Pair {
  let [fraction, exponent] = splitExponent(x.hi);
  if (fraction < Math.SQRT1_2) {
    fraction *= 2;
    exponent--;
  }
  const low = x.lo === 0 ? 0 : (x.lo / x.hi) * fraction;
  const near = logOfFraction(fraction, low);
  if (exponent === 0) return near;
  let total = product(exponent, LN2_PARTS[0]!);
  for (let at = 1; at < LN2_PARTS.length; at++) total = add(total, product(exponent, LN2_PARTS[at]!));
  return add(total, near);
}

/** ln of a value between 0.7 and 1.42. */
function logOfFraction(hi: number, lo: number): Pair {
  const f = sum(hi - 1, lo);
  if (Math.abs(f.hi) < 0.03) return logNearOne(f);
  // One step of Newton's method on a good first value doubles its digits.
  const first = Math.log(hi);
  const { value, exponent } = exponential(pair(-first));
  const power = 2 ** exponent;
  const inverse = { hi: value.hi * power, lo: value.lo * power };
  const ratio = addNumber(multiply({ hi, lo }, inverse), -1);
  const correction = add(ratio, pair((-ratio.hi * ratio.hi) / 2));
  return add(pair(first), correction);
}

/** `math.log` of a positive number; the caller checks the domain. */
export function log(x: number): number {
  if (x === 1) return 0;
  if (!Number.isFinite(x)) return x;
  const { hi, lo } = logarithm(pair(x));
  return hi + lo;
}

/** `math.log2` of a positive number. */
export function log2(x: number): number {
  if (!Number.isFinite(x)) return x;
  const [fraction, exponent] = splitExponent(x);
  if (fraction === 0.5) return exponent - 1;
  const { hi, lo } = divide(logarithm(pair(x)), LN2);
  return hi + lo;
}

/** The correctly rounded decimal logarithm of a positive number. */
export function log10(x: number): number {
  if (!Number.isFinite(x)) return x;
  const { hi, lo } = divide(logarithm(pair(x)), LN10);
  return hi + lo;
}

/** `math.log1p` of a number above -1. */
export function log1p(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) < 1e-290) return x;
  const { hi, lo } = Math.abs(x) < 0.03 ? logNearOne(pair(x)) : logarithm(sum(1, x));
  return hi + lo;
}

/** `math.asinh`. */
export function asinh(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) < 1e-10) return x;
  const size = Math.abs(x);
  const result = size > 1e10 ? logTwice(size) : areaSine(size);
  return x < 0 ? -result : result;
}

function logTwice(x: number): number {
  const { hi, lo } = add(logarithm(pair(x)), LN2);
  return hi + lo;
}

function areaSine(x: number): number {
  // ln(x + sqrt(x² + 1)) = ln(1 + x + x² / (1 + sqrt(x² + 1))), accurate near 0.
  const square = product(x, x);
  const root = pairSquareRoot(addNumber(square, 1));
  const f = add(pair(x), divide(square, addNumber(root, 1)));
  const { hi, lo } = f.hi < 0.03 ? logNearOne(f) : logarithm(addNumber(f, 1));
  return hi + lo;
}

/** `math.acosh` of a number of 1 or more. */
export function acosh(x: number): number {
  if (x === 1) return 0;
  if (!Number.isFinite(x)) return x;
  if (x > 1e10) return logTwice(x);
  // With t = x - 1: ln(1 + t + sqrt(2t + t²)).
  const t = sum(x, -1);
  const f = add(t, pairSquareRoot(multiply(t, addNumber(t, 2))));
  const { hi, lo } = f.hi < 0.03 ? logNearOne(f) : logarithm(addNumber(f, 1));
  return hi + lo;
}

/** `math.atanh` of a number between -1 and 1. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-10) return x;
  const { hi, lo } = size < 0.015 ? artanhSeries(pair(size)) : logarithm(divide(sum(1, size), sum(1, -size)));
  const result = (hi + lo) / 2;
  return x < 0 ? -result : result;
}

function pairSquareRoot(a: Pair): Pair {
  const root = Math.sqrt(a.hi);
  if (root === 0) return pair(0);
  const rest = add(a, negate(product(root, root)));
  return sum(root, rest.hi / (2 * root));
}
