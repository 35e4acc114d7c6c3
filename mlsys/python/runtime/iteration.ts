/** The iteration protocol, unpacking, lengths. */
import { callSpecial, special } from './attributes';
import { call } from './calls';
import { PyDict } from './dict';
import { exceptionClassOf, PyError, raise, Unsupported } from './errors';
import { chargeGrowth } from './footprint';
import type { Entry } from './hashMap';
import { touch } from './mutation';
import {
  isInstance,
  type Next,
  nativeClass,
  type PyClass,
  PyIterator,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  unwrap,
  type Value,
} from './objects';
import { PySetBase } from './set';
import { needOrder } from './setNotice';
import { isWide } from './text/codePoints';
import { typeName } from './typeName';
import { refuseUnknown } from './unknown';
import { vm } from './vm';

/** `iter(obj)` of a class that only has `__getitem__`. */
export const sequenceIteratorClass = nativeClass('iterator');

/** Methods `__getitem__` of the library that are none of a sequence's: their classes are not iterable. */
export const withoutItems = new WeakSet<object>();

/** A `__getitem__` through which a class without `__iter__` is iterated. */
function itemMethod(cls: PyClass): Value | undefined {
  const method = cls.lookup('__getitem__');
  return typeof method === 'object' && method !== null && withoutItems.has(method) ? undefined : method;
}

/** A function that gives the items one by one, as `for` asks for them. */
export function iterate(value: Value): Next {
  if (typeof value === 'string') return iterateString(value);
  if (value instanceof PyObject) {
    if (value.cls.native) {
      if (value instanceof PyList) return iterateList(value);
      if (value instanceof PyTuple) return iterateItems(value.items);
      if (value instanceof PyIterator) {
        touch(value);
        return value.next;
      }
      if (value instanceof PyRange) return iterateRange(value);
      if (value instanceof PyDict) return iterateKeys(value, 'dictionary');
      if (value instanceof PySetBase) {
        needOrder(value);
        return iterateKeys(value, 'Set');
      }
    }
    const method = value.cls.lookup('__iter__');
    if (method !== undefined && method !== null) return iterateIterator(callSpecial(method, value, []));
    if (method === undefined && itemMethod(value.cls) !== undefined) return iterateByIndex(value);
  }
  throw raise('TypeError', `'${typeName(value)}' object is not iterable`);
}

/** Items of an iterator object: of the library, or of any class with `__next__`. */
function iterateIterator(iterator: Value): Next {
  if (iterator instanceof PyIterator && iterator.cls.native) return iterator.next;
  const next = special(iterator, '__next__');
  if (next === undefined || next === null)
    throw raise('TypeError', `iter() returned non-iterator of type '${typeName(iterator)}'`);
  // One that nobody knows may never end.
  refuseUnknown(next);
  return () => callNext(next, iterator);
}

/** What a method `__next__` gives; undefined at the end. */
function callNext(next: Value, iterator: Value): Value | undefined {
  try {
    return callSpecial(next, iterator, []);
  } catch (error) {
    if (isStopIteration(error)) return undefined;
    throw error;
  }
}

/** True for the exception by which an iterator says that it has ended. */
export function isStopIteration(error: unknown): boolean {
  return error instanceof PyError && isInstance(error.exception, exceptionClassOf('StopIteration'));
}

function iterateByIndex(value: PyObject): Next {
  const method = value.cls.lookup('__getitem__')!;
  let at = 0n;
  let done = false;
  return () => {
    if (done) return undefined;
    try {
      return callSpecial(method, value, [at++]);
    } catch (error) {
      if (
        error instanceof PyError &&
        (isStopIteration(error) || isInstance(error.exception, exceptionClassOf('IndexError')))
      ) {
        done = true;
        return undefined;
      }
      throw error;
    }
  };
}

/** The characters of a text: code points, lone surrogates among them. */
export function iterateString(text: string): Next {
  let at = 0;
  return () => {
    if (at >= text.length) return undefined;
    const code = text.charCodeAt(at);
    const wide = code >= 0xd800 && code <= 0xdbff && at + 1 < text.length && isLowSurrogate(text.charCodeAt(at + 1));
    const item = wide ? text.slice(at, at + 2) : text[at]!;
    at += item.length;
    return item;
  };
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** A list may grow or shrink meanwhile; once at its end the iterator stays there. */
function iterateList(list: PyList): Next {
  let at = 0;
  return () => {
    refuseUnknown(list);
    if (at < 0 || at >= list.items.length) {
      at = -1;
      return undefined;
    }
    return list.items[at++];
  };
}

/** Items of an array that nobody changes meanwhile. */
export function iterateItems(items: readonly Value[]): Next {
  let at = 0;
  return () => (at < items.length ? items[at++] : undefined);
}

function iterateRange(range: PyRange): Next {
  let value = range.start;
  let left = range.length;
  const { step } = range;
  return () => {
    if (left <= 0n) return undefined;
    const item = value;
    value += step;
    left--;
    return item;
  };
}

/** Keys of a dict or set in order; refuses to go on when the size changed meanwhile. */
export function iterateKeys(holder: PyDict | PySetBase, what: 'dictionary' | 'Set'): Next {
  const next = iterateEntries(holder, what);
  return () => next()?.key;
}

/** Entries of a dict or set in order, with CPython's check against changes of size. */
export function iterateEntries(holder: PyDict | PySetBase, what: 'dictionary' | 'Set') {
  if (holder instanceof PySetBase) holder.arrange();
  const { map } = holder;
  const { size, changes } = map;
  let last: Entry | undefined;
  let left = size;
  let done = false;
  return () => {
    refuseUnknown(holder);
    if (done) return undefined;
    const changed = holder.map.size !== size || map.changes !== changes;
    if (changed && !survivesChange(holder, size, what, left)) return undefined;
    // What was removed does not know what came behind it since.
    while (last?.removed) last = last.previous;
    let entry = last === undefined ? map.first : last.next;
    while (entry?.removed) entry = entry.next;
    if (entry === undefined) {
      done = true;
      return undefined;
    }
    if (left === 0) throw raise('RuntimeError', 'dictionary keys changed during iteration');
    left--;
    last = entry;
    return entry;
  };
}

/** So many keys fit into the smallest table of CPython's dictionaries. */
const SMALLEST_TABLE = 5;

/**
 * Ends an iteration over what has other keys than it had, or goes on where CPython's next key is known: false where there is
 * none. `left` is how many of the keys were not given yet.
 */
export function survivesChange(
  holder: PyDict | PySetBase,
  size: number,
  what: 'dictionary' | 'Set',
  left: number,
): boolean {
  if (
    holder instanceof PyDict &&
    holder.cls.mro.some(cls => cls.name === 'OrderedDict' && cls.module === 'collections')
  ) {
    if (left > 0) throw raise('RuntimeError', 'OrderedDict mutated during iteration');
    return false;
  }
  if (holder.map.size !== size) throw raise('RuntimeError', `${what} changed size during iteration`);
  // Where keys went and others came, what stands next depends on whether the table was made anew meanwhile.
  if (holder instanceof PySetBase || holder.map.added > SMALLEST_TABLE)
    throw new Unsupported(
      `another key in place of one of a ${holder.cls.name} while it is iterated`,
      'iterate over a copy: list(...)',
    );
  return true;
}

/** `iter(value)` as an object. */
export function iteratorOf(value: Value): Value {
  if (value instanceof PyIterator) return value;
  const method = special(value, '__iter__');
  if (method !== undefined && method !== null) {
    const iterator = callSpecial(method, value, []);
    if (!(iterator instanceof PyIterator) && (special(iterator, '__next__') ?? null) === null)
      throw raise('TypeError', `iter() returned non-iterator of type '${typeName(iterator)}'`);
    return iterator;
  }
  return new PyIterator(iterate(value), sequenceIteratorClass);
}

/** `next(iterator)`, or undefined at the end. */
export function nextOf(iterator: Value): Value | undefined {
  if (iterator instanceof PyIterator && iterator.cls.native) {
    touch(iterator);
    return iterator.next();
  }
  const next = special(iterator, '__next__');
  if (next === undefined || next === null)
    throw raise('TypeError', `'${typeName(iterator)}' object is not an iterator`);
  return callNext(next, iterator);
}

/** All items, as a fresh array. */
export function listOf(value: Value): Value[] {
  if (value instanceof PyObject && value.cls.native && (value instanceof PyList || value instanceof PyTuple)) {
    if (value.items.length > 4096) vm.charge(value.items.length * 8);
    return value.items.slice();
  }
  if (value instanceof PyRange) vm.charge(Number(value.length) * 8);
  return drain(iterateForList(value));
}

/** The items of a value that becomes a list, which asks objects of classes of the chapter how many it is to make room for. */
export function iterateForList(value: Value): Next {
  const next = iterate(value);
  if (value instanceof PyObject && !value.cls.native) askLength(value);
  return next;
}

function askLength(value: PyObject): void {
  const method = value.cls.lookup('__len__') ?? value.cls.lookup('__length_hint__');
  if (method === undefined || method === null) return;
  try {
    if (method === value.cls.lookup('__len__')) exactLength(value);
    else callSpecial(method, value, []);
  } catch (error) {
    if (!(error instanceof PyError && isInstance(error.exception, exceptionClassOf('TypeError')))) throw error;
  }
}

/** All items that an iterator has left. */
export function drain(next: Next): Value[] {
  const items: Value[] = [];
  for (let item = next(); item !== undefined; item = next()) {
    vm.step(2);
    chargeGrowth(items.push(item), item);
  }
  return items;
}

/** `len(value)`; what is longer than arrays can be, such as a range, is rounded. */
export function length(value: Value): number {
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof PyObject && value.cls.native) {
    if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
    if (value instanceof PyDict || value instanceof PySetBase) return value.size;
  }
  return Number(exactLength(value));
}

/** `len(value)` of a length that only a method tells. */
export function exactLength(value: Value): bigint {
  if (value instanceof PyObject) {
    const method = value.cls.lookup('__len__');
    if (method !== undefined && method !== null) {
      const result = unwrap(callSpecial(method, value, []));
      const size = typeof result === 'boolean' ? BigInt(result) : result;
      if (typeof size !== 'bigint')
        throw raise('TypeError', `'${typeName(result)}' object cannot be interpreted as an integer`);
      if (size < 0n) throw raise('ValueError', '__len__() should return >= 0');
      if (size > 9223372036854775807n) throw raise('OverflowError', "cannot fit 'int' into an index-sized integer");
      return size;
    }
  }
  throw raise('TypeError', `object of type '${typeName(value)}' has no len()`);
}

/** Number of code points. */
export function codePoints(text: string): number {
  if (text.length > 255 && !isWide(text)) return text.length;
  vm.work(text.length);
  let pairs = 0;
  for (let at = 0; at + 1 < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdbff && isLowSurrogate(text.charCodeAt(at + 1))) {
      pairs++;
      at++;
    }
  }
  return text.length - pairs;
}

/** The items of a target list `a, b = value`, exactly `count`. */
export function unpack(value: Value, count: number): readonly Value[] {
  if (value instanceof PyTuple && value.cls.native) {
    if (value.items.length === count) return value.items;
    throw wrongCount(value.items.length, count);
  }
  if (value instanceof PyList && value.cls.native) {
    if (value.items.length === count) return value.items.slice();
    throw wrongCount(value.items.length, count);
  }
  const next = iterateForUnpack(value);
  const items: Value[] = [];
  while (items.length < count) {
    const item = next();
    if (item === undefined) throw wrongCount(items.length, count);
    items.push(item);
  }
  if (next() !== undefined) throw wrongCount(count + 1, count);
  return items;
}

/** The items of `a, *rest, b = value`: `before` single ones, a list, `after` single ones. */
export function unpackStarred(value: Value, before: number, after: number): readonly Value[] {
  const next = iterateForUnpack(value);
  const items: Value[] = [];
  for (let item = next(); item !== undefined; item = next()) {
    vm.step(2);
    chargeGrowth(items.push(item), item);
  }
  if (items.length < before + after)
    throw raise('ValueError', `not enough values to unpack (expected at least ${before + after}, got ${items.length})`);
  const rest = new PyList(items.slice(before, items.length - after));
  return [...items.slice(0, before), rest, ...items.slice(items.length - after)];
}

function iterateForUnpack(value: Value): Next {
  if (!isIterable(value)) throw raise('TypeError', `cannot unpack non-iterable ${typeName(value)} object`);
  return iterate(value);
}

/** True where `iter(value)` has something to call. */
export function isIterable(value: Value): boolean {
  if (typeof value === 'string') return true;
  if (!(value instanceof PyObject)) return false;
  const method = value.cls.lookup('__iter__');
  if (method === undefined) {
    if (itemMethod(value.cls) !== undefined) return true;
    return (
      value instanceof PyIterator ||
      value instanceof PyList ||
      value instanceof PyTuple ||
      value instanceof PyDict ||
      value instanceof PySetBase ||
      value instanceof PyRange
    );
  }
  return method !== null;
}

function wrongCount(got: number, expected: number): PyError {
  if (got < expected) return raise('ValueError', `not enough values to unpack (expected ${expected}, got ${got})`);
  return raise('ValueError', `too many values to unpack (expected ${expected})`);
}

/** `iter(callable, sentinel)` */
export function callIterator(callable: Value, done: (value: Value) => boolean): Next {
  let ended = false;
  return () => {
    if (ended) return undefined;
    vm.step(4);
    const value = call(callable, []);
    if (!done(value)) return value;
    ended = true;
    return undefined;
  };
}
