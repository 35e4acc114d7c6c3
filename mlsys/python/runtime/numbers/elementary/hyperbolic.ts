/**
 * Hyperbolic functions and their inverses, log1p, expm1; and cbrt. C libraries compose them of exp, expm1, log and log1p;
 * the same compositions give the same last digit, which a more accurate evaluation would not.
 */

import { scale, splitExponent } from '../integers';
import { exp } from './exponential';
import { log } from './logarithm';
import { addNumber, multiplyNumber, product } from './pairs';

/** `math.expm1` */
export function expm1(x: number): number {
  return Math.expm1(x);
}

/** `math.log1p` of a number above -1. */
export function log1p(x: number): number {
  return Math.log1p(x);
}

/** `math.sinh`: Infinity on overflow. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size < 2 ** -28) return x;
  const half = x < 0 ? -0.5 : 0.5;
  if (size < 22) {
    const t = expm1(size);
    return size < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1));
  }
  if (size < 709.7) return half * exp(size);
  const root = exp(0.5 * size);
  return half * root * root;
}

/** `math.cosh`: Infinity on overflow. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(size)) return size;
  if (size < 0.5 * Math.LN2) {
    const t = expm1(size);
    const w = 1 + t;
    return size < 2 ** -55 ? w : 1 + (t * t) / (w + w);
  }
  if (size < 22) {
    const t = exp(size);
    return 0.5 * t + 0.5 / t;
  }
  if (size < 709.7) return 0.5 * exp(size);
  const root = exp(0.5 * size);
  return 0.5 * root * root;
}

/** `math.tanh` */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size < 2 ** -55) return x;
  let result = 1;
  if (size < 22) {
    if (size >= 1) result = 1 - 2 / (expm1(2 * size) + 2);
    else {
      const t = expm1(-2 * size);
      result = -t / (t + 2);
    }
  }
  return x < 0 ? -result : result;
}

/** `math.asinh` */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size < 2 ** -28) return x;
  let result: number;
  if (size > 2 ** 28) result = log(size) + Math.LN2;
  else if (size > 2) result = log(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
  else {
    const square = x * x;
    result = log1p(size + square / (1 + Math.sqrt(1 + square)));
  }
  return x < 0 ? -result : result;
}

/** `math.acosh` of a number of 1 or more. */
export function acosh(x: number): number {
  if (x > 2 ** 28) return Number.isFinite(x) ? log(x) + Math.LN2 : x;
  if (x === 1) return 0;
  if (x > 2) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  const t = x - 1;
  return log1p(t + Math.sqrt(2 * t + t * t));
}

/** `math.atanh` of a number between -1 and 1. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -28) return x;
  const twice = size + size;
  const result = size < 0.5 ? 0.5 * log1p(twice + (twice * size) / (1 - size)) : 0.5 * log1p(twice / (1 - size));
  return x < 0 ? -result : result;
}

/**
 * `math.cbrt`, correctly rounded: the engine's value and one step of Newton's method. glibc's own is up to 2 ulp off
 * (27 gives 3.0000000000000004 there), so the last digit may differ from CPython's.
 */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const [fraction, exponent] = splitExponent(x);
  const third = Math.floor(exponent / 3);
  const value = fraction * 2 ** (exponent - 3 * third);
  const first = Math.cbrt(value);
  const { hi } = addNumber(multiplyNumber(product(first, first), first), -value);
  return scale(first - hi / (3 * first * first), third);
}
