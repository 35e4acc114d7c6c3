/** x ** y for floats. */
import { decompose } from '../decimal';
import { bitLength, scale } from '../integers';
import { exponential } from './exponential';
import { logarithm } from './logarithm';
import { multiplyNumber, pair, roundScaled } from './pairs';

/** Powers by small natural exponents of short values can fall half-way between doubles; integers decide exactly. */
function exactPower(x: number, y: number): number | undefined {
  if (!Number.isInteger(y) || y < 2 || y > 64) return undefined;
  let { mantissa, exponent } = decompose(x);
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  if (mantissa >= 0x8000000n || bitLength(mantissa) * y > 1000) return undefined;
  return scale(Number(mantissa ** BigInt(y)), exponent * y);
}

/** x ** y for a positive finite x and a finite y: Infinity on overflow, 0 on underflow. */
export function powPositive(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5) return Math.sqrt(x);
  const exact = exactPower(x, y);
  if (exact !== undefined) return exact;
  const estimate = y * Math.log(x);
  if (estimate > 710) return Number.POSITIVE_INFINITY;
  if (estimate < -746) return 0;
  // For tiny exponents the product would lose its low half to underflow; the result is 1 to all digits.
  if (Math.abs(estimate) < 1e-30) return 1 + estimate;
  const { value, exponent } = exponential(multiplyNumber(logarithm(pair(x)), y));
  return roundScaled(value, exponent);
}

/** C's `pow` on any doubles: NaN for a negative base with a fractional exponent. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === -1 && !Number.isFinite(y)) return 1;
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0) return x ** y;
  if (x > 0) return powPositive(x, y);
  if (!Number.isInteger(y)) return Number.NaN;
  const size = powPositive(-x, y);
  return y % 2 === 0 ? size : -size;
}
