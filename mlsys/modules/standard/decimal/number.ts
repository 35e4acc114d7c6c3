/** Decimal numbers of any precision: what they are, how they are read and written. */
import { bitLength, intMultiply, intPowerNatural } from '../../../python/runtime/numbers/integers';
import { asciiDigits, digitsOf, integerOfDigits } from '../../../python/runtime/numbers/parse';

/** (-1)^negative x coefficient x 10^exponent, or an infinity, or a NaN whose coefficient is what it carries. */
export interface Decimal {
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly exponent: number;
  readonly special?: 'inf' | 'nan' | 'snan' | undefined;
}

export const number = (coefficient: bigint, exponent = 0, negative = false): Decimal => ({
  negative,
  coefficient,
  exponent,
});
export const ZERO = number(0n);
export const ONE = number(1n);
export const infinity = (negative = false): Decimal => ({ ...ZERO, negative, special: 'inf' });
export const NAN: Decimal = { ...ZERO, special: 'nan' };

export const fromInteger = (value: bigint): Decimal => number(value < 0n ? -value : value, 0, value < 0n);

export const isNotANumber = (value: Decimal): boolean => value.special === 'nan' || value.special === 'snan';
export const isInfinite = (value: Decimal): boolean => value.special === 'inf';
export const isZero = (value: Decimal): boolean => value.special === undefined && value.coefficient === 0n;
export const signed = (value: Decimal): bigint => (value.negative ? -value.coefficient : value.coefficient);
export const negated = (value: Decimal): Decimal => ({ ...value, negative: !value.negative });
export const positive = (value: Decimal): Decimal => (value.negative ? { ...value, negative: false } : value);

/** Integers from here on are not written out to count their digits. */
const LARGE = 1n << 512n;

export function digitCount(value: bigint): number {
  if (value < LARGE) return value === 0n ? 1 : value.toString().length;
  // The logarithm tells the number to within one.
  const least = Math.floor((bitLength(value) - 1) * Math.LOG10E * Math.LN2);
  return value < power10(least) ? least : value < power10(least + 1) ? least + 1 : least + 2;
}

let lastPower = { exponent: 0, value: 1n };

export function power10(exponent: number): bigint {
  if (exponent < 200) return 10n ** BigInt(exponent);
  if (lastPower.exponent !== exponent) lastPower = { exponent, value: intPowerNatural(10n, BigInt(exponent)) };
  return lastPower.value;
}

/** The coefficient with so many zeros behind it. */
export const raised = (coefficient: bigint, zeros: number): bigint => intMultiply(coefficient, power10(zeros));

/** The exponent of the first digit. */
export const adjusted = (value: Decimal): number => value.exponent + digitCount(value.coefficient) - 1;

/** -1, 0 or 1 for two numbers that are no NaN. */
export function order(a: Decimal, b: Decimal): number {
  const rank = (value: Decimal): number => {
    if (isInfinite(value)) return value.negative ? -2 : 2;
    return value.coefficient === 0n ? 0 : value.negative ? -1 : 1;
  };
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x < y ? -1 : 1;
  if (Math.abs(x) !== 1) return 0;
  const [high, low] = [adjusted(a), adjusted(b)];
  if (high !== low) return high < low === x > 0 ? -1 : 1;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = raised(a.coefficient, a.exponent - exponent);
  const right = raised(b.coefficient, b.exponent - exponent);
  return left === right ? 0 : left < right === x > 0 ? -1 : 1;
}

const NUMBER = /^([-+]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([-+]?\d+))?$/i;
const SPECIAL = /^([-+]?)(?:(inf(?:inity)?)|(s?nan)(\d*))$/i;

/** The number that a text spells, or undefined. */
export function parseDecimal(source: string): Decimal | undefined {
  const text = asciiDigits(source.trim().replaceAll('_', ''));
  const special = SPECIAL.exec(text);
  if (special !== null) {
    const [, sign, inf, kind, payload] = special;
    if (inf !== undefined) return infinity(sign === '-');
    const coefficient = BigInt(payload || '0');
    return { negative: sign === '-', coefficient, exponent: 0, special: kind!.toLowerCase() as 'nan' | 'snan' };
  }
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', after = '', only = '', power = '0'] = match;
  const fraction = after + only;
  return number(integerOfDigits(whole + fraction), Number(power) - fraction.length, sign === '-');
}

/** A float exactly. */
export function fromFloat(value: number): Decimal {
  const negative = value < 0 || Object.is(value, -0);
  if (Number.isNaN(value)) return NAN;
  if (!Number.isFinite(value)) return infinity(negative);
  let mantissa = Math.abs(value);
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings++;
  }
  // n / 2^k = n x 5^k / 10^k
  return number(BigInt(mantissa) * 5n ** BigInt(halvings), -halvings, negative);
}

/** Digits with the point after so many of them, which may be before the first or behind the last. */
export function pointed(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

export const powerText = (power: number, letter: string): string => `${letter}${power < 0 ? '' : '+'}${power}`;

/** Infinity or NaN as text, without its sign. */
export function specialText({ special, coefficient }: Decimal): string {
  if (special === 'inf') return 'Infinity';
  return `${special === 'snan' ? 'sNaN' : 'NaN'}${coefficient === 0n ? '' : coefficient}`;
}

/** Text as `str` writes it; `engineering` with powers of a thousand. */
export function textOf(value: Decimal, capitals = true, engineering = false): string {
  const sign = value.negative ? '-' : '';
  if (value.special !== undefined) return sign + specialText(value);
  const digits = digitsOf(value.coefficient);
  const left = value.exponent + digits.length;
  if (value.exponent <= 0 && left > -6) return sign + pointed(digits, left);
  let point = 1;
  if (engineering) {
    const zero = value.coefficient === 0n;
    // The point stands after one to three digits, for zero so that the power still is a multiple of three.
    point = zero ? ((((left + 1) % 3) + 3) % 3) - 1 : ((((left - 1) % 3) + 3) % 3) + 1;
  }
  const power = left - point;
  return sign + pointed(digits, point) + (power === 0 ? '' : powerText(power, capitals ? 'E' : 'e'));
}
