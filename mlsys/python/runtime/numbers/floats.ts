/** Arithmetic and text of Python's float. */
import { raise } from '../errors';
import type {} from '../objects';
import { decompose, exponentText, fixedDigits, isNegative, scaledInteger, shortestDigits } from './decimal';
import { scale } from './integers';

/** `repr(value)` of a float: the shortest text that reads back as the same value. */
export function floatRepr(value: number): string {
  if (Number.isInteger(value) && value < 1e16 && value > -1e16) return Object.is(value, -0) ? '-0.0' : `${value}.0`;
  return floatText(value, true);
}

/** The shortest text; `point` asks for a `.0` after an integral value (complex numbers have none). */
export function floatText(value: number, point: boolean): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) {
    const text = String(value);
    return point && Number.isInteger(value) ? `${text}.0` : text;
  }
  const sign = isNegative(value) ? '-' : '';
  if (size === 0) return point ? `${sign}0.0` : `${sign}0`;
  const { digits, exponent } = shortestDigits(size);
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}${exponentText(exponent)}`;
}

/** Quotient and remainder as CPython computes them: the remainder has the sign of `b`. */
function divide(a: number, b: number): [number, number] {
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0) {
    if (b < 0 !== rest < 0) {
      rest += b;
      quotient -= 1;
    }
  } else rest = isNegative(b) ? -0 : 0;
  let floor: number;
  if (quotient !== 0) {
    floor = Math.floor(quotient);
    if (quotient - floor > 0.5) floor += 1;
  } else floor = isNegative(a / b) ? -0 : 0;
  return [floor, rest];
}

/** `a // b`. */
export function floatFloorDivide(a: number, b: number): number {
  if (b === 0) throw raise('ZeroDivisionError', 'float floor division by zero');
  return divide(a, b)[0];
}

/** `a % b`. */
export function floatModulo(a: number, b: number): number {
  if (b === 0) throw raise('ZeroDivisionError', 'float modulo by zero');
  const rest = a % b;
  if (rest === 0) return isNegative(b) ? -0 : 0;
  return b < 0 !== rest < 0 ? rest + b : rest;
}

/** `divmod(a, b)`. */
export function floatDivmod(a: number, b: number): [number, number] {
  if (b === 0) throw raise('ZeroDivisionError', 'float divmod()');
  return divide(a, b);
}

/** `a / b`. */
export function floatDivide(a: number, b: number): number {
  if (b === 0) throw raise('ZeroDivisionError', 'float division by zero');
  return a / b;
}

/** `int(value)`: towards zero. */
export function floatToInt(value: number): bigint {
  if (Number.isNaN(value)) throw raise('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw raise('OverflowError', 'cannot convert float infinity to integer');
  return BigInt(Math.trunc(value));
}

/** `round(value)`: to an int, half to even. */
export function floatRoundToInt(value: number): bigint {
  if (!Number.isFinite(value)) return floatToInt(value);
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return BigInt(up ? floor + 1 : floor);
}

/** `round(value, digits)`: to a float, half to even on the exact binary value. */
export function floatRound(value: number, digits: bigint): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (digits > 323n) return value;
  if (digits < -308n) return value * 0;
  const count = Number(digits);
  const size = Math.abs(value);
  const rounded = count >= 0 ? Number(fixedDigits(size, count)) : Number(`${scaledInteger(size, count)}e${-count}`);
  if (!Number.isFinite(rounded)) throw raise('OverflowError', 'rounded value too large to represent');
  return value < 0 ? -rounded : rounded;
}

/** `value.as_integer_ratio()`. */
export function floatRatio(value: number): [bigint, bigint] {
  if (Number.isNaN(value)) throw raise('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) throw raise('OverflowError', 'cannot convert Infinity to integer ratio');
  let { mantissa, exponent } = decompose(value);
  if (mantissa === 0n) return [0n, 1n];
  while (exponent < 0 && (mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  const top = exponent > 0 ? mantissa << BigInt(exponent) : mantissa;
  return [value < 0 ? -top : top, exponent < 0 ? 1n << BigInt(-exponent) : 1n];
}

/** `value.hex()`. */
export function floatHex(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const sign = isNegative(value) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const { mantissa, exponent } = decompose(value);
  const normal = mantissa >= 0x10000000000000n;
  const fraction = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const power = normal ? exponent + 52 : -1022;
  return `${sign}0x${normal ? 1 : 0}.${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

const HEX = /^([+-]?)(?:(inf(?:inity)?|nan)|(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?)$/i;

/** `float.fromhex(text)`. */
export function floatFromHex(text: string): number {
  const match = HEX.exec(text.trim());
  const digits = (match?.[3] ?? '') + (match?.[4] ?? '');
  if (match === null || (match[2] === undefined && digits === ''))
    throw raise('ValueError', 'invalid hexadecimal floating-point string');
  const negative = match[1] === '-';
  if (match[2] !== undefined) {
    const special = match[2].toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
    return negative ? -special : special;
  }
  const mantissa = BigInt(`0x${digits}`);
  const power = Number(match[5] ?? 0) - 4 * (match[4] ?? '').length;
  const size = mantissa === 0n ? 0 : roundBinary(mantissa, power);
  if (!Number.isFinite(size)) throw raise('OverflowError', 'hexadecimal value too large to represent as a float');
  return negative ? -size : size;
}

/** `mantissa * 2 ** power`, rounded once, half to even. */
function roundBinary(mantissa: bigint, power: number): number {
  let value = mantissa;
  let exponent = power;
  const bits = value.toString(2).length;
  if (bits + exponent > 1100) return Number.POSITIVE_INFINITY;
  if (bits + exponent < -1100) return 0;
  // Keep as many bits as the result can hold and two more, the last one sticky.
  const spare = Math.max(bits - 66, -1076 - exponent);
  if (spare > 0) {
    const shift = BigInt(spare);
    const kept = value >> shift;
    value = kept << shift === value ? kept : kept | 1n;
    exponent += spare;
  }
  return scale(Number(value), exponent);
}
