/**
 * Hyperbolic functions and their inverses, log1p, expm1 and cbrt. C libraries compose them of exp, expm1, log and log1p;
 * the same compositions give the same last digit, which a more accurate evaluation would not.
 */

import { scale, splitExponent } from '../integers';
import { exp } from './exponential';
import { log } from './logarithm';

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

/** A polynomial in Horner's form, highest coefficient first. */
const CUBE_ROOT = [
  -0.14526389938548637, 0.7849323449766392, -1.8346927748361308, 2.4469312227808357, -2.114994941673713,
  1.508191937815849, 0.35489576504391984,
];
const CUBE_ROOT_2 = 1.2599210498948732;
const CUBE_ROOT_4 = 1.5874010519681996;
const CUBE_ROOTS = [1 / CUBE_ROOT_4, 1 / CUBE_ROOT_2, 1, CUBE_ROOT_2, CUBE_ROOT_4];

/** `math.cbrt`: a first value by polynomial, then one step of Halley's method. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const [fraction, exponent] = splitExponent(Math.abs(x));
  let u = 0;
  for (const coefficient of CUBE_ROOT) u = u * fraction + coefficient;
  const cube = u * u * u;
  const third = Math.trunc(exponent / 3);
  const root = ((u * (cube + 2 * fraction)) / (2 * cube + fraction)) * CUBE_ROOTS[2 + (exponent - 3 * third)]!;
  return scale(x > 0 ? root : -root, third);
}
