/** Decimal numbers of any precision: values, contexts, rounding, the basic operations. */
import {
  bitLength,
  intDivmod,
  integerSquareRoot,
  intMultiply,
  intPowerNatural,
} from '../../python/runtime/numbers/integers';
import { digitsOf, integerOfDigits } from '../../python/runtime/numbers/parse';

export type Rounding =
  | 'ROUND_UP'
  | 'ROUND_DOWN'
  | 'ROUND_CEILING'
  | 'ROUND_FLOOR'
  | 'ROUND_HALF_UP'
  | 'ROUND_HALF_DOWN'
  | 'ROUND_HALF_EVEN'
  | 'ROUND_05UP';

export interface Context {
  readonly prec: number;
  readonly rounding: Rounding;
}

export const DEFAULT_CONTEXT: Context = { prec: 28, rounding: 'ROUND_HALF_EVEN' };

/** (-1)^negative x coefficient x 10^exponent, or an infinity or a NaN. */
export interface Decimal {
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly exponent: number;
  readonly special?: 'inf' | 'nan' | 'snan';
}

/** A condition that CPython traps: the name of its exception. */
export class DecimalSignal extends Error {
  readonly signal: string;
  constructor(signal: string) {
    super(signal);
    this.signal = signal;
  }
}

export const ZERO: Decimal = { negative: false, coefficient: 0n, exponent: 0 };
export const NAN: Decimal = { negative: false, coefficient: 0n, exponent: 0, special: 'nan' };
export const MAX_EXPONENT = 999999;

export function digitCount(value: bigint): number {
  if (value < LARGE) return value === 0n ? 1 : value.toString().length;
  // The logarithm tells the number to within one.
  const least = Math.floor((bitLength(value) - 1) * Math.LOG10E * Math.LN2);
  return value < power10(least) ? least : value < power10(least + 1) ? least + 1 : least + 2;
}

/** Integers from here on are not written out to count their digits. */
const LARGE = 1n << 512n;

let lastPower = { exponent: 0, value: 1n };

export function power10(exponent: number): bigint {
  if (exponent < 200) return 10n ** BigInt(exponent);
  if (lastPower.exponent !== exponent) lastPower = { exponent, value: intPowerNatural(10n, BigInt(exponent)) };
  return lastPower.value;
}

/** True where the quotient must grow by one, given what is cut off: `rest` of `unit`. */
function roundsUp(mode: Rounding, negative: boolean, kept: bigint, rest: bigint, unit: bigint): boolean {
  if (rest === 0n) return false;
  const twice = rest * 2n;
  switch (mode) {
    case 'ROUND_UP':
      return true;
    case 'ROUND_DOWN':
      return false;
    case 'ROUND_CEILING':
      return !negative;
    case 'ROUND_FLOOR':
      return negative;
    case 'ROUND_HALF_UP':
      return twice >= unit;
    case 'ROUND_HALF_DOWN':
      return twice > unit;
    case 'ROUND_05UP':
      return kept % 5n === 0n;
    default:
      return twice > unit || (twice === unit && kept % 2n === 1n);
  }
}

/** The value with `exponent`, digits cut off by the rounding mode. */
export function rescale(value: Decimal, exponent: number, rounding: Rounding): Decimal {
  if (value.exponent >= exponent)
    return { ...value, coefficient: intMultiply(value.coefficient, power10(value.exponent - exponent)), exponent };
  const unit = power10(exponent - value.exponent);
  const [kept, rest] = intDivmod(value.coefficient, unit);
  const up = roundsUp(rounding, value.negative, kept, rest, unit);
  return { ...value, coefficient: up ? kept + 1n : kept, exponent };
}

/** The value within the context's precision. */
export function fitted(value: Decimal, context: Context): Decimal {
  if (value.special !== undefined) return value;
  const extra = digitCount(value.coefficient) - context.prec;
  let result = value;
  if (extra > 0) {
    result = rescale(value, value.exponent + extra, context.rounding);
    if (digitCount(result.coefficient) > context.prec) result = rescale(result, result.exponent + 1, context.rounding);
  }
  if (result.coefficient !== 0n && adjusted(result) > MAX_EXPONENT) throw new DecimalSignal('Overflow');
  return result;
}

export function adjusted(value: Decimal): number {
  return value.exponent + digitCount(value.coefficient) - 1;
}

export function isZero(value: Decimal): boolean {
  return value.special === undefined && value.coefficient === 0n;
}

/** A NaN operand is the result; a signalling one is a fault. */
function nanOf(...values: readonly Decimal[]): Decimal | undefined {
  for (const value of values) if (value.special === 'snan') throw new DecimalSignal('InvalidOperation');
  return values.find(value => value.special === 'nan');
}

export function negate(value: Decimal): Decimal {
  return { ...value, negative: !value.negative };
}

const signed = (value: Decimal): bigint => (value.negative ? -value.coefficient : value.coefficient);

export function add(a: Decimal, b: Decimal, context: Context): Decimal {
  const nan = nanOf(a, b);
  if (nan !== undefined) return nan;
  if (a.special !== undefined || b.special !== undefined) {
    if (a.special === b.special && a.negative !== b.negative) throw new DecimalSignal('InvalidOperation');
    return a.special !== undefined ? a : b;
  }
  const exponent = Math.min(a.exponent, b.exponent);
  if (Math.abs(a.exponent - b.exponent) > 100_000) throw new DecimalSignal('Overflow');
  const sum = signed(rescale(a, exponent, 'ROUND_DOWN')) + signed(rescale(b, exponent, 'ROUND_DOWN'));
  const negative =
    sum === 0n
      ? (a.negative && b.negative) || (a.negative !== b.negative && context.rounding === 'ROUND_FLOOR')
      : sum < 0n;
  return fitted({ negative, coefficient: sum < 0n ? -sum : sum, exponent }, context);
}

export function multiply(a: Decimal, b: Decimal, context: Context): Decimal {
  const nan = nanOf(a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (a.special !== undefined || b.special !== undefined) {
    if (isZero(a) || isZero(b)) throw new DecimalSignal('InvalidOperation');
    return { negative, coefficient: 0n, exponent: 0, special: 'inf' };
  }
  return fitted(
    { negative, coefficient: intMultiply(a.coefficient, b.coefficient), exponent: a.exponent + b.exponent },
    context,
  );
}

export function divide(a: Decimal, b: Decimal, context: Context): Decimal {
  const nan = nanOf(a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (a.special !== undefined) {
    if (b.special !== undefined) throw new DecimalSignal('InvalidOperation');
    return { negative, coefficient: 0n, exponent: 0, special: 'inf' };
  }
  if (b.special !== undefined) return { negative, coefficient: 0n, exponent: -MAX_EXPONENT };
  if (b.coefficient === 0n) throw new DecimalSignal(a.coefficient === 0n ? 'DivisionUndefined' : 'DivisionByZero');
  let exponent = a.exponent - b.exponent;
  if (a.coefficient === 0n) return { negative, coefficient: 0n, exponent };
  const ideal = exponent;
  const shift = Math.max(0, digitCount(b.coefficient) - digitCount(a.coefficient) + context.prec + 1);
  exponent -= shift;
  const numerator = intMultiply(a.coefficient, power10(shift));
  let [quotient, rest] = intDivmod(numerator, b.coefficient);
  if (rest !== 0n) {
    // A digit that cannot be mistaken for a tie.
    if (quotient % 5n === 0n) quotient += 1n;
  } else
    while (exponent < ideal && quotient % 10n === 0n) {
      quotient /= 10n;
      exponent++;
    }
  return fitted({ negative, coefficient: quotient, exponent }, context);
}

/** Quotient towards zero, and what remains with the sign of `a`. */
export function divideInteger(a: Decimal, b: Decimal, context: Context): { quotient: Decimal; rest: Decimal } {
  const nan = nanOf(a, b);
  if (nan !== undefined) return { quotient: nan, rest: nan };
  const negative = a.negative !== b.negative;
  if (a.special !== undefined) throw new DecimalSignal('InvalidOperation');
  if (b.special !== undefined)
    return { quotient: { negative, coefficient: 0n, exponent: 0 }, rest: fitted(a, context) };
  if (b.coefficient === 0n) throw new DecimalSignal(a.coefficient === 0n ? 'DivisionUndefined' : 'DivisionByZero');
  const exponent = Math.min(a.exponent, b.exponent);
  const x = rescale(a, exponent, 'ROUND_DOWN').coefficient;
  const y = rescale(b, exponent, 'ROUND_DOWN').coefficient;
  const [quotient, rest] = intDivmod(x, y);
  if (digitCount(quotient) > context.prec) throw new DecimalSignal('DivisionImpossible');
  return {
    quotient: { negative, coefficient: quotient, exponent: 0 },
    rest: fitted({ negative: a.negative, coefficient: rest, exponent }, context),
  };
}

/** -1, 0 or 1; undefined with a NaN. */
export function order(a: Decimal, b: Decimal): number | undefined {
  if (a.special === 'nan' || b.special === 'nan' || a.special === 'snan' || b.special === 'snan') return undefined;
  const rank = (value: Decimal): number =>
    value.special === 'inf' ? (value.negative ? -2 : 2) : value.coefficient === 0n ? 0 : value.negative ? -1 : 1;
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x < y ? -1 : 1;
  if (Math.abs(x) !== 1) return 0;
  const [high, low] = [adjusted(a), adjusted(b)];
  if (high !== low) return high < low === x > 0 ? -1 : 1;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = signed(rescale(a, exponent, 'ROUND_DOWN'));
  const right = signed(rescale(b, exponent, 'ROUND_DOWN'));
  return left < right ? -1 : left > right ? 1 : 0;
}

export function squareRoot(value: Decimal, context: Context): Decimal {
  const nan = nanOf(value);
  if (nan !== undefined) return nan;
  if (value.special === undefined && value.coefficient === 0n)
    return { negative: value.negative, coefficient: 0n, exponent: Math.floor(value.exponent / 2) };
  if (value.negative) throw new DecimalSignal('InvalidOperation');
  if (value.special !== undefined) return value;
  const ideal = Math.floor(value.exponent / 2);
  const shift = Math.max(0, 2 * (context.prec + 2) - digitCount(value.coefficient));
  let exponent = value.exponent - shift;
  let scaled = intMultiply(value.coefficient, power10(shift));
  if (exponent % 2 !== 0) {
    scaled *= 10n;
    exponent--;
  }
  let root = integerSquareRoot(scaled);
  exponent /= 2;
  if (root * root === scaled)
    while (exponent < ideal && root % 10n === 0n) {
      root /= 10n;
      exponent++;
    }
  else if (root % 5n === 0n) root += 1n;
  return fitted({ negative: false, coefficient: root, exponent }, { ...context, rounding: 'ROUND_HALF_EVEN' });
}

/** `base ** exponent` for an integer exponent. */
export function integerPower(base: Decimal, exponent: bigint, context: Context): Decimal {
  const count = exponent < 0n ? -exponent : exponent;
  const work: Context = { prec: context.prec + digitCount(count) + 4, rounding: 'ROUND_HALF_EVEN' };
  let result: Decimal = { negative: false, coefficient: 1n, exponent: 0 };
  for (const bit of count.toString(2)) {
    result = multiply(result, result, work);
    if (bit === '1') result = multiply(result, base, work);
  }
  if (exponent >= 0n) return fitted(result, context);
  return divide({ negative: false, coefficient: 1n, exponent: 0 }, result, context);
}

/** Text as `str(Decimal)` writes it. */
export function textOf(value: Decimal, upper = true): string {
  const sign = value.negative ? '-' : '';
  if (value.special === 'inf') return `${sign}Infinity`;
  if (value.special !== undefined) return `${sign}${value.special === 'snan' ? 'sNaN' : 'NaN'}`;
  const digits = digitsOf(value.coefficient);
  const left = value.exponent + digits.length;
  const point = value.exponent <= 0 && left > -6 ? left : 1;
  let whole: string;
  let fraction: string;
  if (point <= 0) [whole, fraction] = ['0', `.${'0'.repeat(-point)}${digits}`];
  else if (point >= digits.length) [whole, fraction] = [digits + '0'.repeat(point - digits.length), ''];
  else [whole, fraction] = [digits.slice(0, point), `.${digits.slice(point)}`];
  const power = left - point;
  return sign + whole + fraction + (power === 0 ? '' : `${upper ? 'E' : 'e'}${power > 0 ? '+' : ''}${power}`);
}

const LITERAL = /^([-+])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([-+]?\d+))?$/;

/** The number that a text spells, or undefined. */
export function parseDecimal(source: string): Decimal | undefined {
  const text = source.trim().replaceAll('_', '');
  const match = LITERAL.exec(text);
  if (match === null) {
    const special = /^([-+])?(?:(inf(?:inity)?)|(s?nan)(\d*))$/i.exec(text);
    if (special === null) return undefined;
    const kind = special[2] !== undefined ? 'inf' : (special[3]!.toLowerCase() as 'nan' | 'snan');
    return { negative: special[1] === '-', coefficient: 0n, exponent: 0, special: kind };
  }
  const [, sign, whole = '', after = '', only = '', power = '0'] = match;
  const fraction = after + only;
  return {
    negative: sign === '-',
    coefficient: integerOfDigits(whole + fraction || '0'),
    exponent: Number(power) - fraction.length,
  };
}

/** A float exactly. */
export function fromFloat(value: number): Decimal {
  if (Number.isNaN(value)) return NAN;
  const negative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) return { negative, coefficient: 0n, exponent: 0, special: 'inf' };
  let mantissa = Math.abs(value);
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings++;
  }
  // n / 2^k = n x 5^k / 10^k
  return { negative, coefficient: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings };
}
