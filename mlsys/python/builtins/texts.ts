/** `str`: case, character tests, padding, stripping, translation. */
import { PyDict } from '../runtime/dict';
import { exceptionClassOf, PyError, raise } from '../runtime/errors';
import { defineStatic } from '../runtime/native';
import { isInstance, strClass, type Value } from '../runtime/objects';
import { getItem, hasIndex, indexOf, typeName } from '../runtime/operations';
import {
  capitalize,
  foldCase,
  isAlphabetic,
  isAlphanumeric,
  isDecimal,
  isDigit,
  isIdentifier,
  isLower,
  isNumeric,
  isSpace,
  isTitle,
  isUpper,
  stripLeft,
  stripRight,
  swapCase,
  toTitle,
} from '../runtime/text/casing';
import { textLength } from '../runtime/text/codePoints';
import { isPrintable } from '../runtime/text/repr';
import { vm } from '../runtime/vm';
import { defineOn, searchedText, sizeArgument, textOf } from './support';

/** The characters that `strip(chars)` takes away; undefined for white space. */
function stripSet(name: string, chars: Value | undefined): Set<string> | undefined {
  if (chars === undefined || chars === null) return undefined;
  const text = textOf(chars);
  if (text === undefined) throw raise('TypeError', `${name} arg must be None or str`);
  return new Set(text);
}

/** The character that ends at `to`. */
function lastCharacter(text: string, from: number, to: number): string {
  const pair = to - from >= 2 ? text.codePointAt(to - 2)! : 0;
  return pair > 0xffff ? text.slice(to - 2, to) : text[to - 1]!;
}

function strip(name: string, text: string, chars: Value | undefined, left: boolean, right: boolean): string {
  const set = stripSet(name, chars);
  if (set === undefined) {
    const half = left ? stripLeft(text) : text;
    return right ? stripRight(half) : half;
  }
  let from = 0;
  let to = text.length;
  if (left)
    while (from < to) {
      const char = String.fromCodePoint(text.codePointAt(from)!);
      if (!set.has(char)) break;
      from += char.length;
    }
  if (right)
    while (to > from) {
      const char = lastCharacter(text, from, to);
      if (!set.has(char)) break;
      to -= char.length;
    }
  return text.slice(from, to);
}

function padding(text: string, width: Value, fill: Value | undefined): { missing: number; fill: string } {
  const size = sizeArgument(width);
  let char = ' ';
  if (fill !== undefined) {
    const given = textOf(fill);
    if (given === undefined)
      throw raise('TypeError', `The fill character must be a unicode character, not ${typeName(fill)}`);
    if (textLength(given) !== 1) throw raise('TypeError', 'The fill character must be exactly one character long');
    char = given;
  }
  const missing = Math.max(0, size - textLength(text));
  if (missing > 4096) vm.chargeTexts(missing);
  vm.work(missing);
  return { missing, fill: char };
}

function zeroFill(text: string, width: Value): string {
  const { missing } = padding(text, width, undefined);
  const signed = text.startsWith('+') || text.startsWith('-');
  return signed ? text[0]! + '0'.repeat(missing) + text.slice(1) : '0'.repeat(missing) + text;
}

function expandTabs(text: string, size: number): string {
  let out = '';
  let column = 0;
  for (const char of text) {
    if (char === '\t') {
      const spaces = size > 0 ? size - (column % size) : 0;
      vm.step(2);
      if (spaces > 64) vm.charge(spaces);
      out += ' '.repeat(spaces);
      column += spaces;
    } else {
      vm.step();
      out += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

/** What a translation table has for a character: undefined keeps it, '' drops it. */
function translated(table: Value, code: number): string | undefined {
  let value: Value | undefined;
  if (table instanceof PyDict && table.cls.native) value = table.get(BigInt(code));
  else {
    try {
      value = getItem(table, BigInt(code));
    } catch (error) {
      if (!(error instanceof PyError) || !isInstance(error.exception, exceptionClassOf('LookupError'))) throw error;
    }
  }
  if (value === undefined) return undefined;
  if (value === null) return '';
  const text = textOf(value);
  if (text !== undefined) return text;
  if (!hasIndex(value)) throw raise('TypeError', 'character mapping must return integer, None or str');
  const point = indexOf(value);
  if (point < 0n || point > 0x10ffffn) throw raise('ValueError', 'character mapping must be in range(0x110000)');
  return String.fromCodePoint(Number(point));
}

function makeTable(x: Value, y: Value | undefined, z: Value | undefined): PyDict {
  const table = new PyDict();
  if (y === undefined) {
    if (!(x instanceof PyDict))
      throw raise('TypeError', 'if you give only one argument to maketrans it must be a dict');
    for (const [key, value] of x.entries()) {
      const text = textOf(key);
      if (text !== undefined) {
        if (textLength(text) !== 1) throw raise('ValueError', 'string keys in translate table must be of length 1');
        table.set(BigInt(text.codePointAt(0)!), value);
      } else if (typeof key === 'bigint') table.set(key, value);
      else throw raise('TypeError', 'keys in translate table must be strings or integers');
    }
    return table;
  }
  if (textOf(y) === undefined) throw raise('TypeError', `maketrans() argument 2 must be str, not ${typeName(y)}`);
  const from = textOf(x);
  if (from === undefined)
    throw raise('TypeError', 'first maketrans argument must be a string if there is a second argument');
  const to = textOf(y);
  if (to === undefined) throw raise('TypeError', `maketrans() argument 2 must be str, not ${typeName(y)}`);
  vm.charge(16 * (from.length + to.length));
  vm.step(2 * (from.length + to.length));
  const source = Array.from(from);
  const target = Array.from(to);
  if (source.length !== target.length)
    throw raise('ValueError', 'the first two maketrans arguments must have equal length');
  source.forEach((char, at) => {
    table.set(BigInt(char.codePointAt(0)!), BigInt(target[at]!.codePointAt(0)!));
  });
  if (z !== undefined) {
    const drop = textOf(z);
    if (drop === undefined) throw raise('TypeError', `maketrans() argument 3 must be str, not ${typeName(z)}`);
    vm.step(2 * drop.length);
    for (const char of drop) table.set(BigInt(char.codePointAt(0)!), null);
  }
  return table;
}

/** The text, for methods that look each character up: `weight` is what one takes, as for `vm.work`. */
const testedText =
  (weight: number) =>
  (value: Value | undefined): string | undefined => {
    const text = textOf(value);
    if (text !== undefined) vm.work(text.length, weight);
    return text;
  };

/** The same for methods that make a text of as many characters. */
const changedText =
  (weight: number) =>
  (value: Value | undefined): string | undefined => {
    const text = testedText(weight)(value);
    if (text !== undefined && text.length > 4096) vm.chargeTexts(text.length);
    return text;
  };

defineOn(strClass, changedText(4), {
  'upper()': (a: string) => a.toUpperCase(),
  'lower()': (a: string) => a.toLowerCase(),
  'capitalize()': capitalize,
});

defineOn(strClass, changedText(32), {
  'title()': toTitle,
  'casefold()': foldCase,
  'swapcase()': swapCase,
});

defineOn(strClass, testedText(16), {
  'isalpha()': isAlphabetic,
  'isdecimal()': isDecimal,
  'isdigit()': isDigit,
  'isnumeric()': isNumeric,
  'isalnum()': isAlphanumeric,
  'isspace()': isSpace,
  'isupper()': isUpper,
  'islower()': isLower,
  'istitle()': isTitle,
  'isidentifier()': isIdentifier,
  'isascii()': (a: string) => /^[\x00-\x7f]*$/.test(a),
  'isprintable()': (a: string) => Array.from(a).every(isPrintable),
});

defineOn(strClass, searchedText, {
  'strip(chars=None, /)': (a: string, chars?: Value) => strip('strip', a, chars, true, true),
  'lstrip(chars=None, /)': (a: string, chars?: Value) => strip('lstrip', a, chars, true, false),
  'rstrip(chars=None, /)': (a: string, chars?: Value) => strip('rstrip', a, chars, false, true),
  "ljust(width, fillchar=' ', /)": (a: string, width: Value, char?: Value) => {
    const { missing, fill } = padding(a, width, char);
    return a + fill.repeat(missing);
  },
  "rjust(width, fillchar=' ', /)": (a: string, width: Value, char?: Value) => {
    const { missing, fill } = padding(a, width, char);
    return fill.repeat(missing) + a;
  },
  "center(width, fillchar=' ', /)": (a: string, width: Value, char?: Value) => {
    const { missing, fill } = padding(a, width, char);
    // CPython puts the odd blank left or right depending on the width.
    const left = (missing >> 1) + (missing & (missing + textLength(a)) & 1);
    return fill.repeat(left) + a + fill.repeat(missing - left);
  },
  'zfill(width, /)': zeroFill,
  'expandtabs(tabsize=8)': (a: string, size?: Value) => expandTabs(a, size === undefined ? 8 : sizeArgument(size)),
  'translate(table, /)': (a: string, table: Value) => {
    let out = '';
    for (const char of a) {
      vm.step(4);
      out += translated(table, char.codePointAt(0)!) ?? char;
    }
    return out;
  },
});
defineStatic(strClass, { 'maketrans(x, y=None, z=None, /)': makeTable });
