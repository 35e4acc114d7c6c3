/** `slice` and the arithmetic of slicing, `range`. */
import { raise } from '../runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../runtime/native';
import { hashSequence, hashSlice } from '../runtime/numbers/hash';
import {
  NotImplemented,
  type PyClass,
  PyObject,
  PyRange,
  PySlice,
  PyTuple,
  rangeClass,
  sliceClass,
  type Value,
} from '../runtime/objects';
import {
  compareSequences,
  hash,
  hasIndex,
  indexOf,
  type OrderOperator,
  repr,
  sameOrEqual,
  typeName,
} from '../runtime/operations';
import { vm } from '../runtime/vm';
import { clampIndex, intOf, iteratorClass, makeIterator } from './support';

/** A slice applied to a length: the first index, the bound, the step and how many items. */
export interface Selection {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

function bound(value: Value): bigint {
  if (!hasIndex(value)) throw raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
  return indexOf(value);
}

/** Start, stop and step of a slice of so many items, as integers of any size. */
function resolve(slice: PySlice, length: bigint): { start: bigint; stop: bigint; step: bigint } {
  const step = slice.step === null ? 1n : bound(slice.step);
  if (step === 0n) throw raise('ValueError', 'slice step cannot be zero');
  const low = step < 0n ? -1n : 0n;
  const high = step < 0n ? length - 1n : length;
  const clamp = (value: bigint): bigint => {
    const index = value < 0n ? value + length : value;
    return index < low ? low : index > high ? high : index;
  };
  const start = slice.start === null ? (step < 0n ? high : low) : clamp(bound(slice.start));
  const stop = slice.stop === null ? (step < 0n ? low : high) : clamp(bound(slice.stop));
  return { start, stop, step };
}

/** Which items of a sequence of that length a slice takes. */
export function selectIndices(slice: PySlice, length: number): Selection {
  const { start, stop, step } = resolve(slice, BigInt(length));
  const span = step > 0n ? stop - start : start - stop;
  const size = step > 0n ? step : -step;
  const count = span <= 0n ? 0 : Number((span + size - 1n) / size);
  return { start: Number(start), stop: Number(stop), step: clampIndex(step), count };
}

/** The selected items. */
export function selected<T>(items: readonly T[], { start, stop, step, count }: Selection): T[] {
  if (count > 4096) vm.charge(count * 8);
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const taken: T[] = [];
  for (let at = start, left = count; left > 0; at += step, left--) taken.push(items[at]!);
  vm.step(count >> 3);
  return taken;
}

/** An index that C code can take. */
export function fittingIndex(key: Value): bigint {
  const index = indexOf(key);
  if (index > 9223372036854775807n || index < -9223372036854775808n)
    throw raise('IndexError', `cannot fit '${typeName(key)}' into an index-sized integer`);
  return index;
}

/** The position of an index in a sequence, or undefined where it is out of range; refuses what is no index. */
export function positionOf(key: Value, length: number, what: string): number | undefined {
  if (typeof key !== 'bigint' && !hasIndex(key))
    throw raise('TypeError', `${what} indices must be integers or slices, not ${typeName(key)}`);
  const index = fittingIndex(key);
  const at = clampIndex(index < 0n ? index + BigInt(length) : index);
  return at >= 0 && at < length ? at : undefined;
}

// ------------------------------------------------------------------------------------------------------------ slice

defineConstructor(sliceClass, 'slice(*args)', (_cls: PyClass, args: PyTuple) => {
  const [first, second, third] = args.items;
  if (first === undefined) throw raise('TypeError', 'slice expected at least 1 argument, got 0');
  if (args.items.length > 3) throw raise('TypeError', `slice expected at most 3 arguments, got ${args.items.length}`);
  return second === undefined ? new PySlice(null, first, null) : new PySlice(first, second, third ?? null);
});

const parts = (slice: PySlice): Value[] => [slice.start, slice.stop, slice.step];

function compareSlices(op: OrderOperator) {
  return (self: PySlice, other: Value) =>
    other instanceof PySlice ? compareSequences(op, parts(self), parts(other)) : NotImplemented;
}

defineMethods(sliceClass, {
  'indices(length, /)': (self: PySlice, length: Value) => {
    const size = indexOf(length);
    if (size < 0n) throw raise('ValueError', 'length should not be negative');
    const { start, stop, step } = resolve(self, size);
    return new PyTuple([start, stop, step]);
  },
  '__repr__()': (self: PySlice) => `slice(${parts(self).map(repr).join(', ')})`,
  '__hash__()': (self: PySlice) => hashSlice(parts(self).map(hash)),
  '__eq__(value, /)': compareSlices('=='),
  '__ne__(value, /)': compareSlices('!='),
  '__lt__(value, /)': compareSlices('<'),
  '__le__(value, /)': compareSlices('<='),
  '__gt__(value, /)': compareSlices('>'),
  '__ge__(value, /)': compareSlices('>='),
});
defineProperties(sliceClass, {
  start: (self: PySlice) => self.start,
  stop: (self: PySlice) => self.stop,
  step: (self: PySlice) => self.step,
});

// ------------------------------------------------------------------------------------------------------------ range

const rangeIteratorClass = iteratorClass('range_iterator');

defineConstructor(rangeClass, 'range(*args)', (_cls: PyClass, args: PyTuple) => {
  const { items } = args;
  if (items.length === 0) throw raise('TypeError', 'range expected at least 1 argument, got 0');
  if (items.length > 3) throw raise('TypeError', `range expected at most 3 arguments, got ${items.length}`);
  const [first, second, third] = items.map(item => indexOf(item));
  if (second === undefined) return new PyRange(0n, first!, 1n);
  if (third === 0n) throw raise('ValueError', 'range() arg 3 must not be zero');
  return new PyRange(first!, second, third ?? 1n);
});

/** The items of a range one by one. */
export function stepThrough(range: PyRange): () => Value | undefined {
  let value = range.start;
  let left = range.length;
  return () => {
    if (left <= 0n) return undefined;
    const item = value;
    value += range.step;
    left--;
    return item;
  };
}

/** Position of an int in a range, or -1. */
function locate(range: PyRange, value: bigint): bigint {
  const offset = value - range.start;
  if (offset % range.step !== 0n) return -1n;
  const index = offset / range.step;
  return index >= 0n && index < range.length ? index : -1n;
}

function search(range: PyRange, value: Value): bigint {
  const plain = typeof value === 'bigint' || typeof value === 'boolean' ? intOf(value) : undefined;
  if (plain !== undefined) return locate(range, plain);
  if (typeof value === 'number') return Number.isInteger(value) ? locate(range, BigInt(value)) : -1n;
  if (typeof value === 'string' || value === null) return -1n;
  const next = stepThrough(range);
  let at = 0n;
  for (let item = next(); item !== undefined; item = next(), at++) {
    vm.step();
    if (sameOrEqual(item, value)) return at;
  }
  return -1n;
}

function reversed(range: PyRange): PyRange {
  const last = range.start + (range.length - 1n) * range.step;
  return range.length === 0n
    ? new PyRange(range.start, range.start, -range.step)
    : new PyRange(last, range.start - range.step, -range.step);
}

function sameRange(a: PyRange, b: PyRange): boolean {
  if (a.length !== b.length) return false;
  if (a.length === 0n) return true;
  return a.start === b.start && (a.length === 1n || a.step === b.step);
}

defineMethods(rangeClass, {
  '__len__()': (self: PyRange) => {
    if (self.length > 9223372036854775807n)
      throw raise('OverflowError', 'Python int too large to convert to C ssize_t');
    return self.length;
  },
  '__bool__()': (self: PyRange) => self.length > 0n,
  '__iter__()': (self: PyRange) => makeIterator(stepThrough(self), rangeIteratorClass),
  '__reversed__()': (self: PyRange) => makeIterator(stepThrough(reversed(self)), rangeIteratorClass),
  '__contains__(key, /)': (self: PyRange, key: Value) => search(self, key) >= 0n,
  '__getitem__(key, /)': (self: PyRange, key: Value) => {
    if (key instanceof PySlice) {
      const { start, stop, step } = resolve(key, self.length);
      return new PyRange(self.start + start * self.step, self.start + stop * self.step, self.step * step);
    }
    if (!hasIndex(key)) throw raise('TypeError', `range indices must be integers or slices, not ${typeName(key)}`);
    const index = indexOf(key);
    const at = index < 0n ? index + self.length : index;
    if (at < 0n || at >= self.length) throw raise('IndexError', 'range object index out of range');
    return self.start + at * self.step;
  },
  'index(value, /)': (self: PyRange, value: Value) => {
    const at = search(self, value);
    if (at < 0n)
      throw raise(
        'ValueError',
        intOf(value) === undefined ? 'sequence.index(x): x not in sequence' : `${repr(value)} is not in range`,
      );
    return at;
  },
  'count(value, /)': (self: PyRange, value: Value) => {
    if (!(value instanceof PyObject)) return search(self, value) < 0n ? 0n : 1n;
    let count = 0n;
    const next = stepThrough(self);
    for (let item = next(); item !== undefined; item = next()) {
      vm.step();
      if (sameOrEqual(item, value)) count++;
    }
    return count;
  },
  '__repr__()': (self: PyRange) =>
    self.step === 1n ? `range(${self.start}, ${self.stop})` : `range(${self.start}, ${self.stop}, ${self.step})`,
  '__eq__(value, /)': (self: PyRange, other: Value) =>
    other instanceof PyRange ? sameRange(self, other) : NotImplemented,
  '__ne__(value, /)': (self: PyRange, other: Value) =>
    other instanceof PyRange ? !sameRange(self, other) : NotImplemented,
  '__hash__()': (self: PyRange) =>
    hashSequence([self.length, self.length === 0n ? null : self.start, self.length <= 1n ? null : self.step].map(hash)),
});
defineProperties(rangeClass, {
  start: (self: PyRange) => self.start,
  stop: (self: PyRange) => self.stop,
  step: (self: PyRange) => self.step,
});
