/** The format mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
import { raise } from '../errors';
import { vm } from '../vm';
import { textLength } from './codePoints';

export interface Spec {
  readonly fill: string;
  /** `<`, `>`, `=`, `^`, or empty where not given. */
  readonly align: string;
  /** `+`, `-`, blank, or empty. */
  readonly sign: string;
  /** `z`: no negative zero. */
  readonly positiveZero: boolean;
  /** `#` */
  readonly alternate: boolean;
  /** -1 where not given. */
  readonly width: number;
  /** `,`, `_` or empty. */
  readonly grouping: string;
  /** -1 where not given. */
  readonly precision: number;
  /** The presentation type; empty where not given. */
  readonly type: string;
}

const MAX_WIDTH = 9223372036854775807n;

const cache = new Map<string, Spec>();
const CACHE_SIZE = 500;

/** Reads a format specification; errors name the type of the value. */
export function parseSpec(text: string, typeName: string, defaultAlign: '<' | '>'): Spec {
  const key = `${defaultAlign}${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const spec = readSpec(text, typeName, defaultAlign);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, spec);
  return spec;
}

function readSpec(text: string, typeName: string, defaultAlign: '<' | '>'): Spec {
  const chars = Array.from(text);
  let at = 0;
  let fill = ' ';
  let fillGiven = false;
  let align = '';
  const isAlign = (char: string | undefined) => char !== undefined && '<>=^'.includes(char);
  if (isAlign(chars[1])) {
    fill = chars[0]!;
    fillGiven = true;
    align = chars[1]!;
    at = 2;
  } else if (isAlign(chars[0])) {
    align = chars[0]!;
    at = 1;
  }
  const accept = (options: string): string => {
    const char = chars[at];
    if (char === undefined || !options.includes(char)) return '';
    at++;
    return char;
  };
  const sign = accept('+- ');
  const positiveZero = accept('z') !== '';
  const alternate = accept('#') !== '';
  if (!fillGiven && chars[at] === '0') {
    fill = '0';
    if (align === '' && defaultAlign === '>') align = '=';
    at++;
  }
  const number = (): number => {
    let digits = '';
    while (at < chars.length && /^\p{Nd}$/u.test(chars[at]!)) digits += chars[at++]!;
    if (digits === '') return -1;
    if (BigInt(digits) > MAX_WIDTH) throw raise('ValueError', 'Too many decimal digits in format string');
    return Number(digits);
  };
  const width = number();
  let grouping = accept(',');
  if (chars[at] === '_') {
    if (grouping !== '') throw bothGroupings();
    grouping = accept('_');
  }
  if (chars[at] === ',' && grouping === '_') throw bothGroupings();
  let precision = -1;
  if (accept('.') !== '') {
    precision = number();
    if (precision < 0) throw raise('ValueError', 'Format specifier missing precision');
  }
  if (chars.length - at > 1)
    throw raise('ValueError', `Invalid format specifier '${text}' for object of type '${typeName}'`);
  const type = chars[at] ?? '';
  checkGrouping(grouping, type, defaultAlign);
  return { fill, align, sign, positiveZero, alternate, width, grouping, precision, type };
}

function checkGrouping(grouping: string, type: string, defaultAlign: '<' | '>'): void {
  if (grouping === '') return;
  const effective = type === '' && defaultAlign === '<' ? 's' : type;
  if (effective === '' || 'defgEG%F'.includes(effective)) return;
  if ('boxX'.includes(effective) && grouping === '_') return;
  throw raise('ValueError', `Cannot specify '${grouping}' with ${quoted(effective)}.`);
}

function bothGroupings() {
  return raise('ValueError', "Cannot specify both ',' and '_'.");
}

/** A character as CPython's messages quote it. */
function quoted(char: string): string {
  const code = char.codePointAt(0)!;
  return code > 32 && code < 128 ? `'${char}'` : `'\\x${code.toString(16)}'`;
}

/** The complaint about a type letter that the value's type does not know. */
export function unknownCode(type: string, typeName: string) {
  return raise('ValueError', `Unknown format code ${quoted(type)} for object of type '${typeName}'`);
}

/** Fills a text up to the width. */
export function pad(text: string, spec: Spec, defaultAlign: '<' | '>'): string {
  const missing = spec.width - textLength(text);
  if (missing <= 0) return text;
  if (missing > 4096) vm.chargeTexts(missing);
  const align = spec.align === '' ? defaultAlign : spec.align;
  if (align === '<') return text + spec.fill.repeat(missing);
  if (align === '^') {
    const left = missing >> 1;
    return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
  }
  return spec.fill.repeat(missing) + text;
}

/** A number in its parts. */
export interface NumberParts {
  readonly sign: string;
  /** `0x` and the like. */
  readonly prefix: string;
  /** Digits before the point; empty for `inf` and for a character. */
  readonly digits: string;
  /** Everything after. */
  readonly rest: string;
}

/** Puts a number together: grouping, zero padding, fill. */
export function layout(parts: NumberParts, spec: Spec, groupSize = 3): string {
  const { sign, prefix, digits, rest } = parts;
  const zeros = spec.fill === '0' && spec.align === '=';
  const other = sign.length + prefix.length + textLength(rest);
  if (spec.width > 4096) vm.chargeTexts(spec.width);
  const grouped = digits === '' ? '' : groupDigits(digits, spec.grouping, groupSize, zeros ? spec.width - other : 0);
  const missing = spec.width - other - grouped.length;
  if (missing > 0 && spec.align === '=') return sign + prefix + spec.fill.repeat(missing) + grouped + rest;
  return pad(sign + prefix + grouped + rest, spec, '>');
}

/** Inserts separators, and zeros up to the width: a group of zeros never starts with a separator. */
function groupDigits(digits: string, separator: string, size: number, width: number): string {
  if (separator === '') return digits.padStart(width, '0');
  const groups: string[] = [];
  let end = digits.length;
  let left = width;
  for (;;) {
    const length = Math.min(size, Math.max(end, left, 1));
    groups.push(digits.slice(Math.max(0, end - length), Math.max(0, end)).padStart(length, '0'));
    end -= length;
    left -= length;
    if (end <= 0 && left <= 0) break;
    left -= 1;
  }
  return groups.reverse().join(separator);
}
