/** The decimal digits of a float: shortest, or rounded half to even from its exact binary value. */
import { vm } from '../vm';

/** Digits that the longest double has, and a few more. */
const MOST_DIGITS = 1100;

const view = new DataView(new ArrayBuffer(8));

/** A finite value as `mantissa * 2 ** exponent`, sign apart. */
export function decompose(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** True where the sign bit is set, `-0.0` included. */
export function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

const bits = new DataView(new ArrayBuffer(8));

/** True where the sign bit is set, that of a NaN included. */
export function hasSign(value: number): boolean {
  bits.setFloat64(0, value);
  return bits.getUint8(0) >= 128;
}

/** `-value`: JavaScript leaves the sign of a NaN as it is. */
export function negated(value: number): number {
  if (!Number.isNaN(value)) return -value;
  bits.setFloat64(0, value);
  bits.setUint8(0, bits.getUint8(0) ^ 128);
  return bits.getFloat64(0);
}

/** The quotient of two positive integers, rounded half to even. */
function divideHalfEven(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  const twice = (top - quotient * bottom) * 2n;
  return twice > bottom || (twice === bottom && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** `value * 10 ** digits` for a finite value of zero or more, rounded half to even; `digits` may be negative. */
export function scaledInteger(value: number, digits: number): bigint {
  const { mantissa, exponent } = decompose(value);
  if (mantissa === 0n) return 0n;
  let top = mantissa;
  let bottom = 1n;
  if (digits >= 0) top *= 10n ** BigInt(digits);
  else bottom = 10n ** BigInt(-digits);
  if (exponent >= 0) top <<= BigInt(exponent);
  else bottom <<= BigInt(-exponent);
  return divideHalfEven(top, bottom);
}

/** `%.{digits}f` of a finite value of zero or more. */
export function fixedDigits(value: number, digits: number): string {
  // No double has more digits after the point than these; all further ones are zeros.
  if (digits > MOST_DIGITS) return fixedDigits(value, MOST_DIGITS) + '0'.repeat(digits - MOST_DIGITS);
  // toFixed works on the exact value but breaks ties upwards; a tie needs `value * 2 ** (digits + 1)` to be integral.
  if (digits <= 60 && value < 1e21 && (Number.isInteger(value) || !Number.isInteger(value * 2 ** (digits + 1))))
    return value.toFixed(digits);
  vm.work(4 * digits);
  const scaled = scaledInteger(value, digits).toString();
  if (digits === 0) return scaled;
  const padded = scaled.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** Significant digits and the exponent of the first: `value = d.ddd * 10 ** exponent`. */
export interface Scientific {
  readonly digits: string;
  readonly exponent: number;
}

/** A finite value of zero or more with `count` (1 or more) significant digits, rounded half to even. */
export function significantDigits(value: number, count: number): Scientific {
  if (count > MOST_DIGITS) {
    const { digits, exponent } = significantDigits(value, MOST_DIGITS);
    return { digits: digits.padEnd(count, '0'), exponent };
  }
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  vm.work(4 * count);
  // As with toFixed, toExponential differs only for ties, and only integers and short binary fractions can be ties.
  if (count <= 60) {
    const text = value.toExponential(count - 1);
    const split = text.indexOf('e');
    const exponent = Number(text.slice(split + 1));
    const shift = count - exponent;
    if (!Number.isInteger(value) && (shift > 1000 || !Number.isInteger(value * 2 ** shift)))
      return { digits: text.slice(0, split).replace('.', ''), exponent };
  }
  let exponent = Number(value.toExponential().split('e')[1]);
  let digits = scaledInteger(value, count - 1 - exponent).toString();
  // The shortest text may have been rounded up to the next power of ten.
  if (digits.length < count) digits = scaledInteger(value, count - 1 - --exponent).toString();
  if (digits.length > count) {
    digits = digits.slice(0, count);
    exponent++;
  }
  return { digits, exponent };
}

/** The shortest digits that read back as the same finite value of zero or more. */
export function shortestDigits(value: number): Scientific {
  const text = value.toExponential();
  const split = text.indexOf('e');
  return { digits: text.slice(0, split).replace('.', ''), exponent: Number(text.slice(split + 1)) };
}

/** An exponent as Python writes it: a sign and two digits or more. */
export function exponentText(exponent: number): string {
  const size = Math.abs(exponent).toString().padStart(2, '0');
  return `e${exponent < 0 ? '-' : '+'}${size}`;
}
