/** `format(value, spec)` of numbers and strings. */
import { raise } from '../errors';
import { complexRepr } from '../numbers/complex';
import { exponentText, fixedDigits, isNegative, significantDigits } from '../numbers/decimal';
import { floatRepr, floatText } from '../numbers/floats';
import { intToFloat } from '../numbers/integers';
import { intToBase, intToText } from '../numbers/parse';
import { PyComplex, type Value } from '../objects';
import { vm } from '../vm';
import { sliceText, textLength } from './codePoints';
import { layout, type NumberParts, pad, parseSpec, type Spec, unknownCode } from './spec';

/** Formats a plain int, float, complex, bool or str; undefined for any other value. */
export function formatSpec(value: Value, spec: string): string | undefined {
  switch (typeof value) {
    case 'bigint':
      return formatInt(value, spec);
    case 'number':
      return formatFloat(value, spec);
    case 'string':
      return formatString(value, spec);
    case 'boolean':
      return spec === '' ? (value ? 'True' : 'False') : formatInt(value ? 1n : 0n, spec, 'bool');
    default:
      return value instanceof PyComplex ? formatComplex(value, spec) : undefined;
  }
}

/** `format(text, spec)` */
export function formatString(text: string, spec: string, typeName = 'str'): string {
  if (spec === '') return text;
  const parsed = parseSpec(spec, typeName, '<');
  if (parsed.type !== '' && parsed.type !== 's') throw unknownCode(parsed.type, typeName);
  if (parsed.sign !== '')
    throw raise('ValueError', `${parsed.sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`);
  if (parsed.positiveZero)
    throw raise('ValueError', 'Negative zero coercion (z) not allowed in string format specifier');
  if (parsed.alternate) throw raise('ValueError', 'Alternate form (#) not allowed in string format specifier');
  if (parsed.align === '=') throw raise('ValueError', "'=' alignment not allowed in string format specifier");
  const shown =
    parsed.precision >= 0 && textLength(text) > parsed.precision ? sliceText(text, 0, parsed.precision) : text;
  return pad(shown, parsed, '<');
}

/** The sign to show: `+` and blank stand before positive numbers. */
function signOf(negative: boolean, spec: Spec): string {
  return negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

/** `format(value, spec)` of an int. */
export function formatInt(value: bigint, spec: string, typeName = 'int'): string {
  if (spec === '') return intToText(value);
  const parsed = parseSpec(spec, typeName, '>');
  switch (parsed.type) {
    case '':
    case 'd':
    case 'n':
    case 'b':
    case 'o':
    case 'x':
    case 'X':
    case 'c':
      return layoutInt(value, parsed);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%':
      return layoutFloat(intToFloat(value), parsed);
    default:
      throw unknownCode(parsed.type, typeName);
  }
}

function layoutInt(value: bigint, spec: Spec): string {
  if (spec.precision >= 0) throw raise('ValueError', 'Precision not allowed in integer format specifier');
  if (spec.positiveZero)
    throw raise('ValueError', 'Negative zero coercion (z) not allowed in integer format specifier');
  if (spec.type === 'c') return layoutCharacter(value, spec);
  const sign = signOf(value < 0n, spec);
  if (spec.type === '' || spec.type === 'd' || spec.type === 'n') {
    const digits = intToText(value);
    return layout({ sign, prefix: '', digits: value < 0n ? digits.slice(1) : digits, rest: '' }, spec);
  }
  const base = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : 16;
  let digits = intToBase(value, base);
  if (spec.type === 'X') digits = digits.toUpperCase();
  return layout({ sign, prefix: spec.alternate ? `0${spec.type}` : '', digits, rest: '' }, spec, 4);
}

function layoutCharacter(value: bigint, spec: Spec): string {
  if (spec.sign !== '') throw raise('ValueError', "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw raise('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'");
  if (value > 0x7fffffffffffffffn || value < -0x8000000000000000n)
    throw raise('OverflowError', 'Python int too large to convert to C long');
  if (value < 0n || value > 0x10ffffn) throw raise('OverflowError', '%c arg not in range(0x110000)');
  return layout({ sign: '', prefix: '', digits: '', rest: String.fromCodePoint(Number(value)) }, spec);
}

/** `format(value, spec)` of a float. */
export function formatFloat(value: number, spec: string, typeName = 'float'): string {
  if (spec === '') return floatRepr(value);
  const parsed = parseSpec(spec, typeName, '>');
  switch (parsed.type) {
    case '':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
    case '%':
      return layoutFloat(value, parsed);
    default:
      throw unknownCode(parsed.type, typeName);
  }
}

function layoutFloat(value: number, spec: Spec): string {
  const percent = spec.type === '%';
  const scaled = percent ? value * 100 : value;
  const type = percent ? 'f' : spec.type === 'n' ? 'g' : spec.type;
  const parts = floatParts(scaled, type, spec, true);
  return layout(percent ? { ...parts, rest: `${parts.rest}%` } : parts, spec);
}

/** A float in the parts that `layout` puts together. */
function floatParts(value: number, type: string, spec: Spec, point: boolean): NumberParts {
  const text = floatDigits(Math.abs(value), type, spec.precision, spec.alternate, point);
  const zero = spec.positiveZero && !/[1-9infa]/i.test(text.replace(/e.*$/i, ''));
  const sign = signOf(isNegative(value) && !zero, spec);
  // All before a point are digits.
  let end = Math.max(0, text.indexOf('.'));
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return { sign, prefix: '', digits: text.slice(0, end), rest: text.slice(end) };
}

/**
 * The digits of a value of zero or more, `inf` or `nan`, in the notation of `type`: e, f, g, or empty for the shortest
 * text (with a precision: `g` that keeps a `.0`, as format() does with no type).
 */
export function floatDigits(
  value: number,
  type: string,
  precision: number,
  alternate: boolean,
  point: boolean,
): string {
  const upper = type === 'E' || type === 'F' || type === 'G';
  const text = lowerDigits(value, type.toLowerCase(), precision, alternate, point);
  return upper ? text.toUpperCase() : text;
}

function lowerDigits(value: number, type: string, precision: number, alternate: boolean, point: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (precision > 4096) {
    if (precision > 2147483647) throw raise('ValueError', 'precision too big');
    vm.chargeTexts(precision * 2);
  }
  if (type === 'f') {
    const text = fixedDigits(value, precision < 0 ? 6 : precision);
    return alternate && precision === 0 ? `${text}.` : text;
  }
  if (type === 'e') return scientific(value, precision < 0 ? 6 : precision, alternate);
  if (type === '' && precision < 0) {
    const text = floatText(value, point);
    return alternate && !text.includes('.') ? text.replace(/(?=e|$)/, '.') : text;
  }
  const count = precision < 0 ? 6 : precision === 0 ? 1 : precision;
  return general(value, count, alternate, type === '' && point);
}

function scientific(value: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = significantDigits(value, precision + 1);
  const fraction = precision > 0 ? `.${digits.slice(1)}` : alternate ? '.' : '';
  return digits[0]! + fraction + exponentText(exponent);
}

function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

function general(value: number, count: number, alternate: boolean, point: boolean): string {
  const { digits, exponent } = significantDigits(value, count);
  const kept = alternate ? digits : withoutZeros(digits);
  if (exponent < -4 || exponent >= count - (point ? 1 : 0)) {
    const fraction = kept.slice(1);
    return (kept[0] ?? '0') + (fraction !== '' || alternate ? `.${fraction}` : '') + exponentText(exponent);
  }
  if (exponent < 0) {
    const fraction = '0'.repeat(-exponent - 1) + kept;
    return `0.${fraction}`;
  }
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = kept.slice(exponent + 1);
  if (fraction !== '') return `${whole}.${fraction}`;
  return alternate ? `${whole}.` : point ? `${whole}.0` : whole;
}

/** `format(value, spec)` of a complex number. */
export function formatComplex(value: PyComplex, spec: string): string {
  if (spec === '') return complexRepr(value);
  const parsed = parseSpec(spec, 'complex', '>');
  if (parsed.type !== '' && !'eEfFgGn'.includes(parsed.type)) throw unknownCode(parsed.type, 'complex');
  if (parsed.fill === '0') throw raise('ValueError', 'Zero padding is not allowed in complex format specifier');
  if (parsed.align === '=') throw raise('ValueError', "'=' alignment flag is not allowed in complex format specifier");
  const plain = parsed.type === '';
  const skip = plain && value.re === 0 && !isNegative(value.re);
  const type = parsed.type === 'n' ? 'g' : plain && parsed.precision >= 0 ? 'g' : parsed.type;
  const inner: Spec = { ...parsed, width: -1, align: '', fill: ' ' };
  const im = layout(floatParts(value.im, type, skip ? inner : { ...inner, sign: '+' }, false), inner);
  const re = skip ? '' : layout(floatParts(value.re, type, inner, false), inner);
  const text = `${re}${im}j`;
  return pad(plain && !skip ? `(${text})` : text, parsed, '>');
}
