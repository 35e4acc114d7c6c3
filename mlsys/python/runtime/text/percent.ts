/** `template % values`. */
import { PyDict } from '../dict';
import { raise } from '../errors';
import { isNegative } from '../numbers/decimal';
import { floatToInt } from '../numbers/floats';
import { intToBase, intToText } from '../numbers/parse';
import { PyObject, PyTuple, unwrap, type Value } from '../objects';
import { getItem, hasIndex, indexOf, repr, special, str, toFloat, toInteger, typeName, valueText } from '../operations';
import { refuseUnknown } from '../unknown';
import { vm } from '../vm';
import { sliceText, textLength } from './codePoints';
import { floatDigits } from './format';
import { reprString } from './repr';

/** What reading and writing a field takes, beside what its value does. */
const FIELD_STEPS = 8;

/** One `%` field. */
interface Field {
  readonly flags: string;
  readonly width: number;
  readonly precision: number;
  readonly type: string;
}

/** What is left of the values. */
class Values {
  readonly #items: readonly Value[];
  readonly #mapping: Value | undefined;
  #next = 0;

  constructor(values: Value) {
    this.#items = values instanceof PyTuple ? values.items : [values];
    const mapping =
      values instanceof PyObject && !(values instanceof PyTuple) ? special(values, '__getitem__') !== undefined : false;
    this.#mapping = mapping ? values : undefined;
  }

  take(): Value {
    const value = this.#items[this.#next++];
    if (value === undefined) throw raise('TypeError', 'not enough arguments for format string');
    return value;
  }

  lookUp(key: string): Value {
    if (this.#mapping === undefined) throw raise('TypeError', 'format requires a mapping');
    this.#next = this.#items.length;
    if (this.#mapping instanceof PyDict && this.#mapping.cls.native) {
      const value = this.#mapping.get(key);
      if (value !== undefined) return value;
    }
    return getItem(this.#mapping, key);
  }

  finish(): void {
    if (this.#next < this.#items.length && this.#mapping === undefined)
      throw raise('TypeError', 'not all arguments converted during string formatting');
  }
}

/** `template % values` of a str. */
export function percentFormat(template: string, values: Value): string {
  const source = new Values(values);
  let out = '';
  let at = 0;
  for (;;) {
    const mark = template.indexOf('%', at);
    if (mark < 0) break;
    vm.step(FIELD_STEPS);
    out += template.slice(at, mark);
    const piece = readField(template, mark, source);
    out += piece.text;
    at = piece.end;
  }
  source.finish();
  return out + template.slice(at);
}

function readField(template: string, mark: number, source: Values): { text: string; end: number } {
  let at = mark + 1;
  if (template[at] === '%') return { text: '%', end: at + 1 };
  let keyed: Value | undefined;
  if (template[at] === '(') {
    const close = closing(template, at);
    keyed = source.lookUp(template.slice(at + 1, close));
    at = close + 1;
  }
  let flags = '';
  while (at < template.length && '-+ #0'.includes(template[at]!)) flags += template[at++]!;
  const number = (what: string): number => {
    if (template[at] === '*') {
      at++;
      const value = unwrap(source.take());
      refuseUnknown(value);
      if (typeof value !== 'bigint' && typeof value !== 'boolean') throw raise('TypeError', '* wants int');
      return Number(value);
    }
    const digits = /^\d*/.exec(template.slice(at, at + 24))![0];
    at += digits.length;
    if (digits.length > 18 || Number(digits) > 2147483647) throw raise('ValueError', `${what} too big`);
    return digits === '' ? -1 : Number(digits);
  };
  let width = number('width');
  if (width < -1) {
    flags += '-';
    width = -width;
  }
  let precision = -1;
  if (template[at] === '.') {
    at++;
    precision = Math.max(0, number('precision'));
    if (precision > 4096) vm.chargeTexts(precision);
  }
  if (at < template.length && 'hlL'.includes(template[at]!)) at++;
  if (at >= template.length) throw raise('ValueError', 'incomplete format');
  const type = String.fromCodePoint(template.codePointAt(at)!);
  const end = at + type.length;
  const value = keyed ?? source.take();
  if (width > 4096) vm.chargeTexts(width);
  return { text: convert(value, { flags, width, precision, type }, at), end };
}

function closing(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === '(') depth++;
    else if (template[at] === ')' && --depth === 0) return at;
  }
  throw raise('ValueError', 'incomplete format key');
}

function convert(value: Value, field: Field, at: number): string {
  switch (field.type) {
    case 's':
      return fitText(valueText(str(value)), field);
    case 'r':
      return fitText(valueText(repr(value)), field);
    case 'a':
      return fitText(asciiOnly(valueText(repr(value))), field);
    case 'c':
      return fitText(character(value), { ...field, precision: -1 });
    case 'd':
    case 'i':
    case 'u':
      return decimal(value, field);
    case 'o':
    case 'x':
    case 'X':
      return based(value, field);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return real(value, field);
    default: {
      const code = field.type.codePointAt(0)!;
      const shown = code > 31 && code < 127 ? field.type : '?';
      throw raise(
        'ValueError',
        `unsupported format character '${code > 127 ? field.type : shown}' (0x${code.toString(16)}) at index ${at}`,
      );
    }
  }
}

/** A repr with all beyond ASCII escaped. */
export function asciiOnly(text: string): string {
  vm.work(text.length);
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let escaped = 0;
  return text.replace(/[^\x00-\x7f]/gu, char => {
    vm.step(ESCAPE_STEPS);
    if ((++escaped & 1023) === 0) vm.charge(1024 * ESCAPE_BYTES);
    return reprString(char, true).slice(1, -1);
  });
}

/** What writing a character as its number takes. */
const ESCAPE_STEPS = 16;
const ESCAPE_BYTES = 40;

function fitText(text: string, field: Field): string {
  const shown = field.precision >= 0 && textLength(text) > field.precision ? sliceText(text, 0, field.precision) : text;
  const missing = field.width - textLength(shown);
  if (missing <= 0) return shown;
  return field.flags.includes('-') ? shown + ' '.repeat(missing) : ' '.repeat(missing) + shown;
}

function character(value: Value): string {
  const plain = unwrap(value);
  if (typeof plain === 'string') {
    if (textLength(plain) === 1) return plain;
    throw raise('TypeError', '%c requires int or char');
  }
  if (!hasIndex(value)) throw raise('TypeError', '%c requires int or char');
  const code = indexOf(value);
  if (code < 0n || code > 0x10ffffn) throw raise('OverflowError', '%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

function decimal(value: Value, field: Field): string {
  const plain = unwrap(value);
  let number: bigint;
  if (typeof plain === 'number') number = floatToInt(plain);
  else if (typeof plain === 'bigint') number = plain;
  else if (typeof plain !== 'string' && special(value, '__int__') !== undefined) number = toInteger(value);
  else if (hasIndex(value)) number = indexOf(value);
  else throw raise('TypeError', `%${field.type} format: a real number is required, not ${typeName(value)}`);
  const digits = intToText(number);
  return fitNumber(number < 0n, '', number < 0n ? digits.slice(1) : digits, field);
}

function based(value: Value, field: Field): string {
  if (!hasIndex(value))
    throw raise('TypeError', `%${field.type} format: an integer is required, not ${typeName(value)}`);
  const number = indexOf(value);
  const digits = intToBase(number, field.type === 'o' ? 8 : 16);
  const prefix = field.flags.includes('#') ? `0${field.type}` : '';
  return fitNumber(number < 0n, prefix, field.type === 'X' ? digits.toUpperCase() : digits, field);
}

function fitNumber(negative: boolean, prefix: string, digits: string, field: Field): string {
  const { flags, width, precision } = field;
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const padded = digits.padStart(precision, '0');
  const missing = width - sign.length - prefix.length - padded.length;
  if (missing <= 0) return sign + prefix + padded;
  if (flags.includes('-')) return sign + prefix + padded + ' '.repeat(missing);
  if (flags.includes('0')) return sign + prefix + '0'.repeat(missing) + padded;
  return ' '.repeat(missing) + sign + prefix + padded;
}

function real(value: Value, field: Field): string {
  const plain = unwrap(value);
  const number = typeof plain === 'number' ? plain : toFloat(value);
  const precision = field.precision < 0 ? 6 : field.precision;
  const digits = floatDigits(Math.abs(number), field.type, precision, field.flags.includes('#'), false);
  return fitNumber(isNegative(number), '', digits, { ...field, precision: -1 });
}
