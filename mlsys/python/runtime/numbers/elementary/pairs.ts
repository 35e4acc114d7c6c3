/**
 * Double-double arithmetic: a number as the unevaluated sum of two doubles, good to about 106 bits. The elementary
 * functions are evaluated in it and rounded once at the end, so that their results are correctly rounded but for the
 * rarest cases, whatever the JavaScript engine's own functions do.
 */

/** `hi + lo`, with `hi` the sum rounded to a double. */
export interface Pair {
  readonly hi: number;
  readonly lo: number;
}

export function pair(hi: number, lo = 0): Pair {
  return { hi, lo };
}

/** `a + b` exactly. */
export function sum(a: number, b: number): Pair {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
}

/** `a + b` exactly where `a` is the larger one. */
function quickSum(a: number, b: number): Pair {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

const SPLITTER = 134217729;

/** What is lost when `a * b` is rounded to `product`. */
export function productError(a: number, b: number, product: number): number {
  const x = SPLITTER * a;
  const aHigh = x - (x - a);
  const aLow = a - aHigh;
  const y = SPLITTER * b;
  const bHigh = y - (y - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** `a * b` exactly. */
export function product(a: number, b: number): Pair {
  const hi = a * b;
  return { hi, lo: productError(a, b, hi) };
}

export function add(a: Pair, b: Pair): Pair {
  const high = sum(a.hi, b.hi);
  const low = sum(a.lo, b.lo);
  const first = quickSum(high.hi, high.lo + low.hi);
  return quickSum(first.hi, first.lo + low.lo);
}

export function addNumber(a: Pair, b: number): Pair {
  const high = sum(a.hi, b);
  return quickSum(high.hi, high.lo + a.lo);
}

export function negate(a: Pair): Pair {
  return { hi: -a.hi, lo: -a.lo };
}

export function multiply(a: Pair, b: Pair): Pair {
  const hi = a.hi * b.hi;
  return quickSum(hi, productError(a.hi, b.hi, hi) + (a.hi * b.lo + a.lo * b.hi));
}

export function multiplyNumber(a: Pair, b: number): Pair {
  const hi = a.hi * b;
  return quickSum(hi, productError(a.hi, b, hi) + a.lo * b);
}

export function divide(a: Pair, b: Pair): Pair {
  const first = a.hi / b.hi;
  const rest = add(a, negate(multiplyNumber(b, first)));
  const second = rest.hi / b.hi;
  const last = add(rest, negate(multiplyNumber(b, second)));
  return addNumber(quickSum(first, second), last.hi / b.hi);
}

export function squareRoot(a: Pair): Pair {
  if (a.hi <= 0) return pair(0);
  const root = Math.sqrt(a.hi);
  const rest = add(a, negate(product(root, root)));
  return quickSum(root, rest.hi / (2 * root));
}

/** The pair times `2 ** exponent`, rounded once to a double, in the subnormal range too. */
export function roundScaled(a: Pair, exponent: number): number {
  const { hi, lo } = quickSum(a.hi, a.lo);
  if (hi === 0 || !Number.isFinite(hi)) return hi;
  if (exponent > -900 || Math.abs(hi) * 2 ** Math.max(exponent, -1074) > 2 ** -1020) {
    const half = Math.trunc(exponent / 2);
    return hi * 2 ** half * 2 ** (exponent - half);
  }
  // The result is a multiple of 2 ** -1074: count these.
  const shift = exponent + 1074;
  if (shift < -1000) return hi < 0 ? -0 : 0;
  const units = hi * 2 ** shift;
  let count = Math.floor(units);
  const rest = units - count;
  const tail = lo * 2 ** shift;
  const beyond = rest - 0.5;
  if (beyond > 0 || (beyond === 0 && (tail > 0 || (tail === 0 && count % 2 !== 0)))) count++;
  return count * 2 ** -1074;
}
