/** Reading and writing numbers as text, as `int()`, `float()`, `str()`, `hex()` do. */
import { raise } from '../errors';
import { stripLeft, stripRight } from '../text/casing';
import { vm } from '../vm';
import { bitLength, chargeSpelled, chargeWords, intMultiply } from './integers';

/** CPython refuses decimal conversion of integers with more digits. */
const MAX_DIGITS = 4300;
const LIMIT = 10n ** BigInt(MAX_DIGITS);
/** What writing or reading more digits takes at most. */
const TEXT_LARGE = 10n ** 1000n;
const TEXT_LEAST = -TEXT_LARGE;
const TEXT_STEPS = 2000;
const ADVICE = 'use sys.set_int_max_str_digits() to increase the limit';

/** `str(value)` of an int. */
export function intToText(value: bigint): string {
  if (value > TEXT_LARGE || value < TEXT_LEAST) chargeText(value);
  return value.toString();
}

/** Accounts for the text of an integer with more than a thousand digits, or refuses to write it. */
function chargeText(value: bigint): void {
  if (value >= LIMIT || value <= -LIMIT)
    throw raise('ValueError', `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion; ${ADVICE}`);
  vm.step(TEXT_STEPS);
}

/** The decimal digits of an integer of any size, as numbers that are no int have them. */
export function digitsOf(value: bigint): string {
  const bits = bitLength(value);
  if (bits > 4096) {
    const words = bits / 64;
    vm.charge(bits / 3);
    vm.step(Math.ceil(words * Math.min(100, 2 * Math.sqrt(words))));
  }
  return value.toString();
}

/** The integer that decimal digits of any number spell. */
export function integerOfDigits(digits: string): bigint {
  if (digits.length > 1000) {
    const words = digits.length / 19;
    chargeSpelled(digits.length * 3.4);
    vm.step(Math.ceil(words * Math.min(50, Math.sqrt(words))));
  }
  return BigInt(digits);
}

/** The digits of an absolute value in a base of 2, 8 or 16, which have no limit. */
export function intToBase(value: bigint, base: 2 | 8 | 16): string {
  chargeWords(value);
  const text = (value < 0n ? -value : value).toString(base);
  if (text.length > 1024) vm.charge(text.length);
  return text;
}

/** Strips white space on both sides. */
export function trimNumber(text: string): string {
  return stripLeft(stripRight(text));
}

/** Replaces the decimal digits of other scripts by ASCII ones. */
export function asciiDigits(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return text.replace(/\p{Nd}/gu, digit => String(digitValue(digit)));
}

/** The value of a decimal digit of any script: digits come in runs of ten that start at a multiple or after a gap. */
export function digitValue(digit: string): number {
  let code = digit.codePointAt(0)!;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - 1))) {
    code--;
    value++;
  }
  return value;
}

const PREFIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };

/** `int(text, base)`; undefined where the text is no such literal. */
export function parseInteger(source: string, base: number): bigint | undefined {
  vm.work(source.length);
  const text = asciiDigits(trimNumber(source));
  const negative = text.startsWith('-');
  let body = negative || text.startsWith('+') ? text.slice(1) : text;
  let radix = base;
  const marked = body[0] === '0' ? PREFIX[(body[1] ?? '').toLowerCase()] : undefined;
  if (marked !== undefined && (base === 0 || base === marked)) {
    radix = marked;
    body = body.slice(2);
    if (body.startsWith('_')) body = body.slice(1);
  } else if (base === 0) {
    if (/^0[0_]*[1-9]/.test(body)) return undefined;
    radix = 10;
  }
  if (!/^[0-9A-Za-z]+(?:_[0-9A-Za-z]+)*$/.test(body)) return undefined;
  const digits = body.includes('_') ? body.replaceAll('_', '') : body;
  const size = digitsToInteger(digits, radix);
  return size === undefined || !negative ? size : -size;
}

function digitsToInteger(digits: string, radix: number): bigint | undefined {
  if (radix === 10) {
    if (!/^[0-9]+$/.test(digits)) return undefined;
    checkDigits(digits.length);
    if (digits.length > 1000) vm.step(TEXT_STEPS);
    return BigInt(digits);
  }
  chargeSpelled(digits.length * Math.ceil(Math.log2(radix)));
  if (radix === 2) return /^[01]+$/.test(digits) ? BigInt(`0b${digits}`) : undefined;
  if (radix === 8) return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined;
  if (radix === 16) return /^[0-9a-fA-F]+$/.test(digits) ? BigInt(`0x${digits}`) : undefined;
  if ((radix & (radix - 1)) !== 0) checkDigits(digits.length);
  let value = 0n;
  const big = BigInt(radix);
  for (const char of digits) {
    const digit = Number.parseInt(char, 36);
    if (Number.isNaN(digit) || digit >= radix) return undefined;
    value = intMultiply(value, big) + BigInt(digit);
    vm.step();
  }
  return value;
}

function checkDigits(count: number): void {
  if (count > MAX_DIGITS)
    throw raise(
      'ValueError',
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${count} digits; ${ADVICE}`,
    );
}

const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?|(?:\d+(?:_\d+)*)?\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const SPECIAL = /^([+-]?)(inf(?:inity)?|nan)$/i;

/** `float(text)`; undefined where the text is no number. */
export function parseFloatText(source: string): number | undefined {
  vm.work(source.length);
  const text = asciiDigits(trimNumber(source));
  if (FLOAT.test(text)) return Number(text.includes('_') ? text.replaceAll('_', '') : text);
  const special = SPECIAL.exec(text);
  if (special === null) return undefined;
  const value = special[2]!.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
  return special[1] === '-' ? -value : value;
}

const NUMBER = String.raw`(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)`;
const COMPLEX = new RegExp(`^(?:([+-]?${NUMBER})(?:([+-]${NUMBER}?)j)?|([+-]?${NUMBER}?)j)$`, 'i');

/** `complex(text)` as real and imaginary part; undefined where the text is no such literal. */
export function parseComplexText(source: string): [number, number] | undefined {
  vm.work(source.length);
  let text = asciiDigits(trimNumber(source));
  if (text.startsWith('(') && text.endsWith(')')) text = trimNumber(text.slice(1, -1));
  const match = COMPLEX.exec(text);
  if (match === null) return undefined;
  const part = (piece: string | undefined): number =>
    piece === undefined || piece === '' || piece === '+'
      ? 1
      : piece === '-'
        ? -1
        : (parseFloatText(piece) ?? Number.NaN);
  if (match[1] === undefined) return [0, part(match[3])];
  return [part(match[1]), match[2] === undefined ? 0 : part(match[2])];
}
