/** Python's arithmetic on the factors of unit definitions: ints stay ints where Python keeps them. */
import { binary } from '../python/runtime/operations';

/** An int or a float. */
export type Scalar = bigint | number;

/** Reads a Python literal of a data file. */
export function scalar(literal: string): Scalar {
  return /^-?\d+$/.test(literal) ? BigInt(literal) : Number(literal);
}

export function multiplyScalars(a: Scalar, b: Scalar): Scalar {
  return typeof a === 'bigint' ? (typeof b === 'bigint' ? a * b : Number(a) * b) : a * Number(b);
}

export function powerScalar(base: Scalar, exponent: Scalar): Scalar {
  if (exponent === 1n) return base;
  if (exponent === 1) return Number(base);
  if (typeof base === 'number') {
    if (exponent === -1n || exponent === -1) return 1 / base;
    if (exponent === 2n || exponent === 2) return base * base;
  } else if (exponent === -1n && base > 0n && base < 1n << 53n) return 1 / Number(base);
  return binary('**', base, exponent) as Scalar;
}
