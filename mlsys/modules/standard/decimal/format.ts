/** `format(decimal, spec)`. */
import { raise } from '../../../python/runtime/errors';
import { digitsOf } from '../../../python/runtime/numbers/parse';
import { codePoints } from '../../../python/runtime/operations';
import { type Context, rescaled } from './context';
import { type Decimal, digitCount, isZero, pointed, powerText, specialText } from './number';

const SPEC = /^(?:(.)?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\d*)(,?)(?:\.(\d+))?([eEfFgGn%]?)$/su;

/** The parts of a text for a number. */
interface Shown {
  readonly negative: boolean;
  readonly whole: string;
  /** Point and fraction, power, percent sign. */
  readonly rest: string;
}

/** Rounds to so many digits, with zeros where there are fewer. */
function toDigits(value: Decimal, digits: number, context: Context): Decimal {
  const { value: cut } = rescaled(value, value.exponent + digitCount(value.coefficient) - digits, context.rounding);
  return digitCount(cut.coefficient) > digits
    ? { ...cut, coefficient: cut.coefficient / 10n, exponent: cut.exponent + 1 }
    : cut;
}

/** Digits with the point that a notation gives them and what follows. */
function laidOut(value: Decimal, kind: string, zeroPower: number): Shown {
  const digits = digitsOf(value.coefficient);
  const left = value.exponent + digits.length;
  const letter = kind === 'E' || kind === 'G' ? 'E' : 'e';
  let point: number;
  if (kind === 'f' || kind === 'F' || kind === '%') point = left;
  else if (kind === 'e' || kind === 'E') point = isZero(value) ? zeroPower : 1;
  else point = value.exponent <= 0 && left > -6 ? left : 1;
  const power = left - point;
  const [whole, fraction] = pointed(digits, point).split('.') as [string, string?];
  const tail = kind === 'e' || kind === 'E' || power !== 0 ? powerText(power, letter) : '';
  return {
    negative: value.negative,
    whole,
    rest: (fraction === undefined ? '' : `.${fraction}`) + tail + (kind === '%' ? '%' : ''),
  };
}

function rounded(value: Decimal, kind: string, precision: number | undefined, context: Context): Shown {
  let result = kind === '%' ? { ...value, exponent: value.exponent + 2 } : value;
  let zeroPower = 1;
  const fixed = kind === 'f' || kind === 'F' || kind === '%';
  if (precision !== undefined) {
    if (fixed) result = rescaled(result, -precision, context.rounding).value;
    else if (kind === 'e' || kind === 'E') {
      if (isZero(result)) zeroPower = 1 - precision;
      else result = toDigits(result, precision + 1, context);
    } else if (digitCount(result.coefficient) > Math.max(precision, 1))
      result = toDigits(result, Math.max(precision, 1), context);
  }
  if (fixed && isZero(result) && result.exponent > 0) result = { ...result, exponent: 0 };
  return laidOut(result, kind, zeroPower);
}

/** With a point even where nothing follows it. */
function withPoint(shown: Shown, wanted: boolean): Shown {
  return wanted && !shown.rest.startsWith('.') ? { ...shown, rest: `.${shown.rest}` } : shown;
}

/** Digits in groups of three; with zeros in front where a width is to be filled. A comma never leads. */
function grouped(digits: string, width: number): string {
  let wanted = Math.max(digits.length, Math.floor((3 * width) / 4));
  while (wanted + Math.floor((wanted - 1) / 3) < width) wanted++;
  const padded = digits.padStart(wanted, '0');
  const groups: string[] = [];
  for (let end = padded.length; end > 0; end -= 3) groups.push(padded.slice(Math.max(0, end - 3), end));
  return groups.reverse().join(',');
}

export function formatted(value: Decimal, spec: string, context: Context): string {
  const match = SPEC.exec(spec);
  const [, fill, align, sign, noNegativeZero, alternate, zero, width, comma, digits, type] = match ?? [];
  if (match === null || (zero !== '' && align !== undefined) || (comma !== '' && type === 'n'))
    throw raise('ValueError', 'invalid format string');
  const precision = digits === '' || digits === undefined ? undefined : Number(digits);
  const kind = type === '' || type === 'n' ? (context.capitals === 1 && type === '' ? 'G' : 'g') : type!;
  const shown: Shown =
    value.special === undefined
      ? withPoint(rounded(value, kind, precision, context), alternate !== '')
      : { negative: value.negative, whole: specialText(value), rest: kind === '%' ? '%' : '' };
  const isNothing = /^[0.]*$/.test(shown.whole + shown.rest.replace(/[eE%].*$/, ''));
  const minus = shown.negative && !(noNegativeZero !== '' && isNothing);
  const lead = minus ? '-' : sign === '-' ? '' : sign!;
  const room = Number(width || '0');
  let whole = shown.whole;
  const fillsWithZeros = zero !== '' && value.special === undefined;
  const inner = fillsWithZeros ? room - lead.length - shown.rest.length : 0;
  if (comma !== '' && value.special === undefined) whole = grouped(whole, inner);
  else whole = whole.padStart(inner, '0');
  const body = whole + shown.rest;
  const missing = room - codePoints(lead + body);
  if (missing <= 0) return lead + body;
  const filler = (fill ?? ' ').repeat(missing);
  switch (align) {
    case '<':
      return lead + body + filler;
    case '=':
      return lead + filler + body;
    case '^': {
      const left = Math.floor(missing / 2);
      return filler.slice(0, left * (fill?.length ?? 1)) + lead + body + filler.slice(left * (fill?.length ?? 1));
    }
    default:
      return filler + lead + body;
  }
}
