/** `str`: construction, operators, searching, splitting and joining. Case and character tests are in `texts.ts`. */
import { PyDict } from '../runtime/dict';
import { raise } from '../runtime/errors';
import { chargeGrowth } from '../runtime/footprint';
import { defineConstructor } from '../runtime/native';
import {
  NotImplemented,
  PyBytes,
  type PyClass,
  PyList,
  PySlice,
  PyTuple,
  strClass,
  type Value,
} from '../runtime/objects';
import {
  getItem,
  hasIndex,
  indexOf,
  iterate,
  orderStrings,
  repr,
  str,
  truth,
  typeName,
  valueText,
} from '../runtime/operations';
import { shownHash } from '../runtime/shownHash';
import { isSpaceAt, SPACE } from '../runtime/text/casing';
import { characterAt, pointOffset, sliceText, textLength, unitOffset } from '../runtime/text/codePoints';
import { formatString } from '../runtime/text/format';
import { splitLines } from '../runtime/text/lines';
import { percentFormat } from '../runtime/text/percent';
import { type Arguments, formatTemplate } from '../runtime/text/template';
import { refuseUnknown } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import { checkCodecNames, decodeBytes, encodeText } from './codecs';
import { fittingIndex, selectIndices } from './slices';
import {
  clampIndex,
  defineOn,
  iteratorClass,
  makeIterator,
  repeatCount,
  searchedText,
  searchRange,
  textOf,
  wrap,
} from './support';

const stringIteratorClass = iteratorClass('str_ascii_iterator');

/** A str argument, or CPython's complaint. */
function textArgument(value: Value, message: (type: string) => string): string {
  const text = textOf(value);
  if (text === undefined) throw raise('TypeError', message(typeName(value)));
  return text;
}

/** How messages about arguments by position name a type: None by its value. */
const named = (type: string) => (type === 'NoneType' ? 'None' : type);

const mustBeStr = (type: string) => `must be str, not ${type}`;

/** Announces a text that is about to be made. */
function charge(length: number): void {
  if (length <= 256) return;
  vm.chargeText(length);
  if (length > 4096) vm.work(length);
}

defineConstructor(
  strClass,
  "str(object='', encoding='utf-8', errors='strict')",
  (cls: PyClass, value: Value | undefined, encoding: Value | undefined, errors: Value | undefined) => {
    if (value === undefined) return wrap(cls, strClass, '');
    if (encoding === undefined && errors === undefined) return wrap(cls, strClass, valueText(str(value)));
    checkCodecNames('str', encoding, errors);
    if (textOf(value) !== undefined) throw raise('TypeError', 'decoding str is not supported');
    if (!(value instanceof PyBytes))
      throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(value)} found`);
    return wrap(cls, strClass, decodeBytes(value.data, textOf(encoding), textOf(errors)));
  },
);

function itemAt(text: string, key: Value): Value {
  if (key instanceof PySlice) {
    const { start, stop, step, count } = selectIndices(key, textLength(text));
    if (step === 1) return sliceText(text, start, Math.max(start, stop));
    const picked: string[] = [];
    for (let at = start, left = count; left > 0; at += step, left--) picked.push(characterAt(text, at)!);
    vm.step(count);
    return picked.join('');
  }
  if (!hasIndex(key)) throw raise('TypeError', `string indices must be integers, not '${typeName(key)}'`);
  const index = fittingIndex(key);
  const at = clampIndex(index < 0n ? index + BigInt(textLength(text)) : index);
  const char = at < 0 ? undefined : characterAt(text, at);
  if (char === undefined) throw raise('IndexError', 'string index out of range');
  return char;
}

/** Finds a substring within code point offsets; -1 where it is not there. */
function find(text: string, part: string, start: Value | undefined, stop: Value | undefined, last: boolean): number {
  const length = textLength(text);
  const { from, to } = searchRange(length, start, stop);
  if (from > to || from > length) return -1;
  const within = sliceText(text, from, to);
  const at = last ? within.lastIndexOf(part) : within.indexOf(part);
  // What was gone through is work, and not all that there is: loops that take lines of a long text look into it many times.
  vm.work((last ? within.length - Math.max(at, 0) : at < 0 ? within.length : at) + part.length);
  return at < 0 ? -1 : pointOffset(text, unitOffset(text, from) + at);
}

function countOf(text: string, part: string): number {
  if (part === '') return textLength(text) + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

/** `startswith` and `endswith`. */
function hasAffix(
  name: string,
  text: string,
  affix: Value,
  start: Value | undefined,
  stop: Value | undefined,
  test: (within: string, affix: string) => boolean,
): boolean {
  const length = textLength(text);
  const { from, to } = searchRange(length, start, stop);
  const options = affix instanceof PyTuple ? affix.items : [affix];
  for (const option of options) {
    const part = textOf(option);
    if (part === undefined)
      throw raise(
        'TypeError',
        affix instanceof PyTuple
          ? `tuple for ${name} must only contain str, not ${typeName(option)}`
          : `${name} first arg must be str or a tuple of str, not ${typeName(option)}`,
      );
    if (from > length || from > to) continue;
    if (test(start === undefined && stop === undefined ? text : sliceText(text, from, to), part)) return true;
  }
  return false;
}

function splitLimit(value: Value | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  const limit = clampIndex(indexOf(value));
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}

const WORDS = new RegExp(`[^${SPACE}]+`, 'g');

function splitWords(text: string, limit: number): string[] {
  if (limit === Number.POSITIVE_INFINITY) return text.match(WORDS) ?? [];
  const parts: string[] = [];
  let at = 0;
  const skip = (blank: boolean) => {
    while (at < text.length && isSpaceAt(text, at) === blank) at++;
  };
  for (skip(true); at < text.length; skip(true)) {
    if (parts.length >= limit) {
      parts.push(text.slice(at));
      break;
    }
    const from = at;
    skip(false);
    parts.push(text.slice(from, at));
  }
  return parts;
}

function splitWordsRight(text: string, limit: number): string[] {
  if (limit === Number.POSITIVE_INFINITY) return splitWords(text, limit);
  const parts: string[] = [];
  let at = text.length;
  const skip = (blank: boolean) => {
    while (at > 0 && isSpaceAt(text, at - 1) === blank) at--;
  };
  for (skip(true); at > 0; skip(true)) {
    if (parts.length >= limit) {
      parts.push(text.slice(0, at));
      break;
    }
    const to = at;
    skip(false);
    parts.push(text.slice(at, to));
  }
  return parts.reverse();
}

function splitAt(text: string, separator: string, limit: number): string[] {
  if (limit === Number.POSITIVE_INFINITY) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  while (parts.length < limit) {
    const at = text.indexOf(separator, from);
    if (at < 0) break;
    parts.push(text.slice(from, at));
    from = at + separator.length;
  }
  parts.push(text.slice(from));
  return parts;
}

function splitAtRight(text: string, separator: string, limit: number): string[] {
  // A separator that overlaps itself is another one from the right.
  if (limit === Number.POSITIVE_INFINITY && separator.length === 1) return text.split(separator);
  const parts: string[] = [];
  let to = text.length;
  while (parts.length < limit && to >= separator.length) {
    const at = text.lastIndexOf(separator, to - separator.length);
    if (at < 0) break;
    parts.push(text.slice(at + separator.length, to));
    to = at;
  }
  parts.push(text.slice(0, to));
  return parts.reverse();
}

function separatorOf(separator: Value | undefined): string | undefined {
  if (separator === undefined || separator === null) return undefined;
  const text = textArgument(separator, type => `must be str or None, not ${type}`);
  if (text === '') throw raise('ValueError', 'empty separator');
  return text;
}

function listOfTexts(parts: string[]): PyList {
  vm.step(parts.length);
  vm.charge(parts.length * 32);
  return new PyList(parts);
}

function join(separator: string, items: Value): string {
  const parts: string[] = [];
  let length = 0;
  let next: ReturnType<typeof iterate>;
  try {
    next = iterate(items);
  } catch (error) {
    if (typeof items !== 'object' || items === null) throw raise('TypeError', 'can only join an iterable');
    throw error;
  }
  for (let item = next(); item !== undefined; item = next()) {
    vm.step(2);
    const text = textOf(item);
    refuseUnknown(item);
    if (text === undefined)
      throw raise('TypeError', `sequence item ${parts.length}: expected str instance, ${typeName(item)} found`);
    chargeGrowth(parts.push(text), text);
    length += text.length + separator.length;
  }
  charge(Math.max(0, length - separator.length));
  return parts.join(separator);
}

function replace(text: string, from: string, to: string, count: number): string {
  if (from !== '' && !text.includes(from)) return text;
  const parts = from === '' ? emptySplit(text, count) : splitAt(text, from, count);
  vm.step(parts.length);
  vm.chargeTexts(text.length + parts.length * to.length);
  vm.work(text.length);
  return parts.join(to);
}

/** The places before each character and at the end, at most `count` of them. */
function emptySplit(text: string, count: number): string[] {
  const points = Array.from(text);
  if (count <= 0) return [text];
  const parts = [''];
  for (let at = 0; at < points.length; at++)
    if (at + 1 < count) parts.push(points[at]!);
    else return [...parts, points.slice(at).join('')];
  return [...parts, ''];
}

function formatArguments(args: PyTuple, keywords: ReadonlyMap<string, Value>): Arguments {
  return {
    positional: index => args.items[index],
    named: name => {
      const value = keywords.get(name);
      if (value === undefined) throw raise('KeyError', name);
      return value;
    },
  };
}

function repeat(text: string, count: Value): Value {
  const times = repeatCount(count);
  if (times === undefined) return NotImplemented;
  if (times === 0 || text === '') return '';
  charge(text.length * times);
  return text.repeat(times);
}

type Order = (order: number) => boolean;
const ORDERS: Readonly<Record<string, Order>> = {
  eq: order => order === 0,
  ne: order => order !== 0,
  lt: order => order < 0,
  le: order => order <= 0,
  gt: order => order > 0,
  ge: order => order >= 0,
};
for (const [name, holds] of Object.entries(ORDERS))
  defineOn(strClass, textOf, {
    [`__${name}__(value, /)`]: (a: string, other: Value) => {
      const b = textOf(other);
      return b === undefined ? NotImplemented : holds(orderStrings(a, b));
    },
  });

defineOn(strClass, textOf, {
  '__add__(value, /)': (a: string, other: Value) => {
    const b = textOf(other);
    if (b === undefined) return NotImplemented;
    charge(a.length + b.length);
    return a + b;
  },
  '__mul__(value, /)': repeat,
  '__rmul__(value, /)': repeat,
  '__mod__(value, /)': percentFormat,
  '__getitem__(key, /)': itemAt,
  '__len__()': (a: string) => BigInt(textLength(a)),
  '__iter__()': (a: string) => makeIterator(iterate(a), stringIteratorClass),
  '__repr__()': (a: string) => repr(a),
  '__str__()': (a: string) => a,
  '__format__(format_spec, /)': (a: string, spec: Value) =>
    formatString(
      a,
      textArgument(spec, type => `__format__() argument must be str, not ${named(type)}`),
    ),
  '__getnewargs__()': (a: string) => new PyTuple([a]),
});

defineOn(strClass, textOf, {
  'find(sub, start=None, end=None, /)': (a: string, part: Value, start?: Value, stop?: Value) =>
    BigInt(find(a, textArgument(part, mustBeStrArgument('find', 1)), start, stop, false)),
  'rfind(sub, start=None, end=None, /)': (a: string, part: Value, start?: Value, stop?: Value) =>
    BigInt(find(a, textArgument(part, mustBeStrArgument('rfind', 1)), start, stop, true)),
  'index(sub, start=None, end=None, /)': (a: string, part: Value, start?: Value, stop?: Value) =>
    found(find(a, textArgument(part, mustBeStrArgument('index', 1)), start, stop, false)),
  'rindex(sub, start=None, end=None, /)': (a: string, part: Value, start?: Value, stop?: Value) =>
    found(find(a, textArgument(part, mustBeStrArgument('rindex', 1)), start, stop, true)),
});

defineOn(strClass, searchedText, {
  '__contains__(key, /)': (a: string, key: Value) =>
    a.includes(textArgument(key, type => `'in <string>' requires string as left operand, not ${type}`)),
  '__hash__()': shownHash,
  'count(sub, start=None, end=None, /)': (a: string, part: Value, start?: Value, stop?: Value) => {
    const text = textArgument(part, mustBeStrArgument('count', 1));
    const length = textLength(a);
    const { from, to } = searchRange(length, start, stop);
    return from > to || from > length ? 0n : BigInt(countOf(sliceText(a, from, to), text));
  },
  'startswith(prefix, start=None, end=None, /)': (a: string, affix: Value, start?: Value, stop?: Value) =>
    hasAffix('startswith', a, affix, start, stop, (within, part) => within.startsWith(part)),
  'endswith(suffix, start=None, end=None, /)': (a: string, affix: Value, start?: Value, stop?: Value) =>
    hasAffix('endswith', a, affix, start, stop, (within, part) => within.endsWith(part)),
  'split(sep=None, maxsplit=-1)': (a: string, separator?: Value, limit?: Value) => {
    const most = splitLimit(limit);
    const text = separatorOf(separator);
    return listOfTexts(text === undefined ? splitWords(a, most) : splitAt(a, text, most));
  },
  'rsplit(sep=None, maxsplit=-1)': (a: string, separator?: Value, limit?: Value) => {
    const most = splitLimit(limit);
    const text = separatorOf(separator);
    return listOfTexts(text === undefined ? splitWordsRight(a, most) : splitAtRight(a, text, most));
  },
  'splitlines(keepends=False)': (a: string, keep?: Value) =>
    listOfTexts(splitLines(a, keep !== undefined && truth(keep))),
  'partition(sep, /)': (a: string, separator: Value) => {
    const text = textArgument(separator, mustBeStr);
    if (text === '') throw raise('ValueError', 'empty separator');
    const at = a.indexOf(text);
    return new PyTuple(at < 0 ? [a, '', ''] : [a.slice(0, at), text, a.slice(at + text.length)]);
  },
  'rpartition(sep, /)': (a: string, separator: Value) => {
    const text = textArgument(separator, mustBeStr);
    if (text === '') throw raise('ValueError', 'empty separator');
    const at = a.lastIndexOf(text);
    return new PyTuple(at < 0 ? ['', '', a] : [a.slice(0, at), text, a.slice(at + text.length)]);
  },
  'join(iterable, /)': join,
  'replace(old, new, /, count=-1)': (a: string, from: Value, to: Value, count?: Value) =>
    replace(
      a,
      textArgument(from, mustBeStrArgument('replace', 1)),
      textArgument(to, mustBeStrArgument('replace', 2)),
      splitLimit(count),
    ),
  'removeprefix(prefix, /)': (a: string, prefix: Value) => {
    const text = textArgument(prefix, type => `removeprefix() argument must be str, not ${named(type)}`);
    return a.startsWith(text) ? a.slice(text.length) : a;
  },
  'removesuffix(suffix, /)': (a: string, suffix: Value) => {
    const text = textArgument(suffix, type => `removesuffix() argument must be str, not ${named(type)}`);
    return text !== '' && a.endsWith(text) ? a.slice(0, -text.length) : a;
  },
  'format(*args, **kwargs)': (a: string, args: PyTuple, keywords: ReadonlyMap<string, Value>) =>
    formatTemplate(a, formatArguments(args, keywords)),
  'format_map(mapping, /)': (a: string, mapping: Value) =>
    formatTemplate(a, {
      positional: () => {
        throw raise('ValueError', 'Format string contains positional fields');
      },
      named: name =>
        mapping instanceof PyDict ? (mapping.get(name) ?? getItem(mapping, name)) : getItem(mapping, name),
    }),
  "encode(encoding='utf-8', errors='strict')": (a: string, encoding?: Value, errors?: Value) => {
    checkCodecNames('encode', encoding, errors);
    return new PyBytes(encodeText(a, textOf(encoding), textOf(errors)));
  },
});

function mustBeStrArgument(name: string, position: number) {
  return (type: string) => `${name}() argument ${position} must be str, not ${named(type)}`;
}

function found(at: number): bigint {
  if (at < 0) throw raise('ValueError', 'substring not found');
  return BigInt(at);
}
