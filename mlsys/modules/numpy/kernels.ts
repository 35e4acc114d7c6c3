/** Arithmetic on single items, as numpy's loops do it: no exceptions, but infinities, NaN and wrapped integers. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { complexMultiply, hypotenuse } from '../../python/runtime/numbers/complex';
import { isNegative } from '../../python/runtime/numbers/decimal';
import { exp, exp2 } from '../../python/runtime/numbers/elementary/exponential';
import {
  acosh,
  asinh,
  atanh,
  cbrt,
  cosh,
  expm1,
  log1p,
  sinh,
  tanh,
} from '../../python/runtime/numbers/elementary/hyperbolic';
import { log, log2, log10 } from '../../python/runtime/numbers/elementary/logarithm';
import { pow } from '../../python/runtime/numbers/elementary/power';
import {
  arcCosine,
  arcSine,
  arcTangent,
  arcTangent2,
  cosine,
  sine,
  tangent,
} from '../../python/runtime/numbers/elementary/trigonometric';
import { PyComplex } from '../../python/runtime/objects';

export type Unary = (a: number) => number;
export type Binary = (a: number, b: number) => number;

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** A function with a pole or a bounded domain, outside of which numpy answers NaN. */
function within(low: number, high: number, body: Unary): Unary {
  return a => (a >= low && a <= high ? body(a) : nan);
}

const finite =
  (body: Unary): Unary =>
  a =>
    Number.isFinite(a) ? body(a) : nan;

function logarithmOf(body: Unary): Unary {
  return a => (a > 0 ? (a === inf ? inf : body(a)) : a === 0 ? -inf : nan);
}

/** Rounds half to even. */
export function rint(a: number): number {
  if (!Number.isFinite(a) || Math.abs(a) >= 2 ** 52) return a;
  const floor = Math.floor(a);
  const rest = a - floor;
  const result = rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
  return result === 0 && isNegative(a) ? -0 : result;
}

const saturating =
  (body: Unary, below: number, above: number): Unary =>
  a =>
    Number.isNaN(a) ? nan : a === inf ? above : a === -inf ? below : body(a);

/** Functions of one float. */
export const REAL: Readonly<Record<string, Unary>> = {
  sqrt: Math.sqrt,
  cbrt: saturating(cbrt, -inf, inf),
  square: a => a * a,
  exp: saturating(a => (a > 709.79 ? inf : a < -745.2 ? 0 : exp(a)), 0, inf),
  exp2: saturating(a => (a >= 1024 ? inf : a < -1075 ? 0 : exp2(a)), 0, inf),
  expm1: saturating(a => (a > 709.79 ? inf : expm1(a)), -1, inf),
  log: logarithmOf(log),
  log2: logarithmOf(log2),
  log10: logarithmOf(log10),
  log1p: a => (a > -1 ? (a === inf ? inf : log1p(a)) : a === -1 ? -inf : nan),
  sin: finite(sine),
  cos: finite(cosine),
  tan: finite(tangent),
  arcsin: within(-1, 1, arcSine),
  arccos: within(-1, 1, arcCosine),
  arctan: saturating(arcTangent, -Math.PI / 2, Math.PI / 2),
  sinh: saturating(a => (Math.abs(a) > 710.5 ? Math.sign(a) * inf : sinh(a)), -inf, inf),
  cosh: saturating(a => (Math.abs(a) > 710.5 ? inf : cosh(a)), inf, inf),
  tanh: saturating(tanh, -1, 1),
  arcsinh: saturating(asinh, -inf, inf),
  arccosh: a => (a >= 1 ? (a === inf ? inf : acosh(a)) : nan),
  arctanh: a => (a > -1 && a < 1 ? atanh(a) : a === 1 ? inf : a === -1 ? -inf : nan),
  degrees: a => a * (180 / Math.PI),
  radians: a => a * (Math.PI / 180),
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  rint,
  fabs: Math.abs,
  absolute: Math.abs,
  negative: a => -a,
  positive: a => a,
  sign: a => (Number.isNaN(a) ? nan : a > 0 ? 1 : a < 0 ? -1 : 0),
  reciprocal: a => 1 / a,
};

export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  if (Number.isNaN(rest)) return nan;
  let quotient = (a - rest) / b;
  if (rest !== 0 && b < 0 !== rest < 0) quotient -= 1;
  if (quotient === 0) return isNegative(a / b) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

export function remainder(a: number, b: number): number {
  const rest = a % b;
  if (b === 0 || Number.isNaN(rest)) return nan;
  if (rest === 0) return isNegative(b) ? -0 : 0;
  return b < 0 !== rest < 0 ? rest + b : rest;
}

/** `a ** b` by C's rules. */
export function power(a: number, b: number): number {
  if (b === 2) return a * a;
  if (b === 1) return a;
  if (b === 0 || a === 1) return 1;
  if (b === 0.5) return a === -inf ? inf : Math.sqrt(a + 0);
  if (b === -1) return 1 / a;
  if (Number.isNaN(a) || Number.isNaN(b)) return nan;
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === 0) return a === -1 ? 1 : a ** b;
  if (a < 0) {
    if (!Number.isInteger(b)) return nan;
    const size = pow(-a, b);
    return b % 2 === 0 ? size : -size;
  }
  return pow(a, b);
}

function greaterOf<T extends number | bigint>(a: T, b: T): T {
  if (b > a) return b;
  return a;
}

function lesserOf<T extends number | bigint>(a: T, b: T): T {
  if (b < a) return b;
  return a;
}

export function maximum(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return nan;
  // Not Math.max: of two zeros numpy keeps the first.
  return greaterOf(a, b);
}

export function minimum(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return nan;
  return lesserOf(a, b);
}

export function nextAfter(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return nan;
  if (a === b) return b;
  if (a === 0) return b > 0 ? 5e-324 : -5e-324;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, a);
  const bits = view.getBigInt64(0);
  view.setBigInt64(0, bits + (a < b === a > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** Functions of two floats. */
export const REAL_PAIRS: Readonly<Record<string, Binary>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  floor_divide: floorDivide,
  remainder,
  fmod: (a, b) => a % b,
  power,
  float_power: power,
  maximum,
  minimum,
  fmax: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : greaterOf(a, b)),
  fmin: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : lesserOf(a, b)),
  arctan2: arcTangent2,
  hypot: (a, b) =>
    Number.isFinite(a) && Number.isFinite(b)
      ? hypotenuse(a, b)
      : Math.abs(a) === inf || Math.abs(b) === inf
        ? inf
        : nan,
  copysign: (a, b) => (isNegative(b) ? -Math.abs(a) : Math.abs(a)),
  nextafter: nextAfter,
  heaviside: (a, b) => (Number.isNaN(a) ? nan : a < 0 ? 0 : a > 0 ? 1 : b),
  logaddexp: (a, b) => {
    if (a === b) return a + Math.LN2;
    const high = Math.max(a, b);
    const low = Math.min(a, b);
    return low === -inf ? high : high + log1p(exp(low - high));
  },
  logaddexp2: (a, b) => {
    if (a === b) return a + 1;
    const high = Math.max(a, b);
    const low = Math.min(a, b);
    return low === -inf ? high : high + log1p(exp2(low - high)) * Math.LOG2E;
  },
};

function bigPower(a: bigint, b: bigint): bigint {
  if (b < 0n) throw raise('ValueError', 'Integers to negative integer powers are not allowed.');
  let result = 1n;
  let base = a;
  for (let left = b; left > 0n; left >>= 1n) {
    if (left & 1n) result = BigInt.asIntN(128, result * base);
    base = BigInt.asIntN(128, base * base);
  }
  return result;
}

function floorDivideBig(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function remainderBig(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Functions of two integers; the caller wraps the result. */
export const INTEGER_PAIRS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  floor_divide: floorDivideBig,
  remainder: remainderBig,
  fmod: (a, b) => (b === 0n ? 0n : a % b),
  power: bigPower,
  maximum: greaterOf,
  minimum: lesserOf,
  fmax: greaterOf,
  fmin: lesserOf,
  bitwise_and: (a, b) => a & b,
  bitwise_or: (a, b) => a | b,
  bitwise_xor: (a, b) => a ^ b,
  left_shift: (a, b) => (b < 0n || b >= 64n ? 0n : a << b),
  right_shift: (a, b) => (b < 0n || b >= 64n ? (a < 0n ? -1n : 0n) : a >> b),
  gcd,
  lcm: (a, b) => (a === 0n || b === 0n ? 0n : (a / gcd(a, b)) * b < 0n ? -((a / gcd(a, b)) * b) : (a / gcd(a, b)) * b),
};

/** Functions of one integer. */
export const INTEGER: Readonly<Record<string, (a: bigint) => bigint>> = {
  negative: a => -a,
  positive: a => a,
  absolute: a => (a < 0n ? -a : a),
  square: a => a * a,
  sign: a => (a > 0n ? 1n : a < 0n ? -1n : 0n),
  invert: a => ~a,
  reciprocal: a => (a === 1n || a === -1n ? a : 0n),
  floor: a => a,
  ceil: a => a,
  trunc: a => a,
  conjugate: a => a,
};

const c = (re: number, im: number): PyComplex => new PyComplex(re, im);

/** numpy's quotient of complex numbers (Smith's way), without an exception for a zero divisor. */
function complexQuotient(a: PyComplex, b: PyComplex): PyComplex {
  const re = Math.abs(b.re);
  const im = Math.abs(b.im);
  if (re >= im) {
    if (re === 0 && im === 0) return c(a.re / re, a.im / re);
    const ratio = b.im / b.re;
    const scale = 1 / (b.re + b.im * ratio);
    return c((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale);
  }
  const ratio = b.re / b.im;
  const scale = 1 / (b.im + b.re * ratio);
  return c((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale);
}

/** The absolute value, which overflows without an exception. */
const complexAbs = (a: PyComplex): number => REAL_PAIRS.hypot!(a.re, a.im);

const phase = (a: PyComplex): number => arcTangent2(a.im, a.re);
const complexExp = (a: PyComplex): PyComplex => {
  const size = REAL.exp!(a.re);
  if (a.im === 0) return c(size, a.im);
  return c(size * cosine(a.im), size * sine(a.im));
};
const complexLog = (a: PyComplex): PyComplex => c(REAL.log!(complexAbs(a)), phase(a));

function complexRoot(a: PyComplex): PyComplex {
  if (a.re === 0 && a.im === 0) return c(0, a.im);
  const t = Math.sqrt((Math.abs(a.re) + complexAbs(a)) / 2);
  if (a.re >= 0) return c(t, a.im / (2 * t));
  return c(Math.abs(a.im) / (2 * t), isNegative(a.im) ? -t : t);
}

function complexPower(a: PyComplex, b: PyComplex): PyComplex {
  if (b.re === 0 && b.im === 0) return c(1, 0);
  if (a.re === 0 && a.im === 0) return b.re > 0 && b.im === 0 ? c(0, 0) : c(nan, nan);
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) < 100) {
    let result = c(1, 0);
    let base = a;
    for (let n = Math.abs(b.re); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result = complexMultiply(result, base);
      base = complexMultiply(base, base);
    }
    return b.re < 0 ? complexQuotient(c(1, 0), result) : result;
  }
  if (![a.re, a.im, b.re, b.im].every(Number.isFinite))
    throw new Unsupported('a power of complex numbers that are not finite');
  return complexExp(complexMultiply(b, complexLog(a)));
}

/** Functions of one complex number; those with a real result are listed in `ufuncs.ts`. */
export const COMPLEX: Readonly<Record<string, (a: PyComplex) => PyComplex | number>> = {
  negative: a => c(-a.re, -a.im),
  positive: a => a,
  absolute: complexAbs,
  square: a => complexMultiply(a, a),
  reciprocal: a => {
    if (Math.abs(a.im) <= Math.abs(a.re)) {
      const ratio = a.im / a.re;
      const size = a.re + a.im * ratio;
      return c(1 / size, -ratio / size);
    }
    const ratio = a.re / a.im;
    const size = a.re * ratio + a.im;
    return c(ratio / size, -1 / size);
  },
  conjugate: a => c(a.re, -a.im),
  sqrt: complexRoot,
  exp: complexExp,
  log: complexLog,
  log10: a => {
    const { re, im } = complexLog(a);
    return c(re / Math.LN10, im / Math.LN10);
  },
  log2: a => {
    const { re, im } = complexLog(a);
    return c(re / Math.LN2, im / Math.LN2);
  },
  sin: a => c(sine(a.re) * cosh(a.im), cosine(a.re) * sinh(a.im)),
  cos: a => c(cosine(a.re) * cosh(a.im), -sine(a.re) * sinh(a.im)),
  rint: a => c(rint(a.re), rint(a.im)),
  sign: a => {
    const size = complexAbs(a);
    return size === 0 ? c(0, 0) : c(a.re / size, a.im / size);
  },
};

const larger = (a: PyComplex, b: PyComplex): boolean => a.re > b.re || (a.re === b.re && a.im >= b.im);

export const COMPLEX_PAIRS: Readonly<Record<string, (a: PyComplex, b: PyComplex) => PyComplex>> = {
  add: (a, b) => c(a.re + b.re, a.im + b.im),
  subtract: (a, b) => c(a.re - b.re, a.im - b.im),
  multiply: complexMultiply,
  divide: complexQuotient,
  power: complexPower,
  float_power: complexPower,
  maximum: (a, b) => (larger(a, b) ? a : b),
  minimum: (a, b) => (larger(a, b) ? b : a),
};
