/** `collections.deque` */
import { defineIterator, makeIterator } from '../../python/builtins/support';
import { type PyError, raise } from '../../python/runtime/errors';
import { chargeGrowth } from '../../python/runtime/footprint';
import { touch } from '../../python/runtime/mutation';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import { NotImplemented, nativeClass, type PyClass, PyObject, type Value } from '../../python/runtime/objects';
import {
  compareSequences,
  indexOf,
  iterate,
  type OrderOperator,
  repr,
  sameOrEqual,
  smallIndex,
  typeName,
} from '../../python/runtime/operations';
import { guardedRepr } from '../../python/runtime/representation';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';

/** Arrays up to this length move within a step; in larger ones each item takes so many sixteenths of a step. */
const SMALL = 8192;
const MOVE_WEIGHT = 0.25;

export class PyDeque extends PyObject {
  items: Value[] = [];
  limit: number | undefined;
  constructor(cls: PyClass, limit: number | undefined) {
    super(cls);
    this.limit = limit;
    if (!cls.native) this.attrs = new Map();
  }

  push(item: Value): void {
    if (this.limit === 0) return;
    chargeGrowth(this.items.push(item), item);
    if (this.limit !== undefined && this.items.length > this.limit) this.shift();
  }

  /** Removes and returns the first item. JavaScript moves the others, which takes a while where they are many. */
  shift(): Value | undefined {
    this.#moveAll();
    return this.items.shift();
  }

  #moveAll(): void {
    if (this.items.length > SMALL) vm.work(this.items.length, MOVE_WEIGHT);
  }

  unshift(item: Value): void {
    if (this.limit === 0) return;
    this.#moveAll();
    chargeGrowth(this.items.unshift(item), item);
    if (this.limit !== undefined && this.items.length > this.limit) this.items.pop();
  }
}

let made: PyClass | undefined;

/** The class; made when first asked for. */
export function dequeClass(): PyClass {
  if (made !== undefined) return made;
  const cls = nativeClass('deque', undefined, 'collections');
  cls.errorName = 'collections.deque';
  made = cls;
  defineConstructor(cls, 'deque(iterable=None, maxlen=None)', (own: PyClass, source?: Value, limit?: Value) => {
    const deque = new PyDeque(own, limitOf(limit));
    if (source !== undefined) extend(deque, source);
    return deque;
  });
  defineProperties(cls, { maxlen: (self: PyDeque) => (self.limit === undefined ? null : BigInt(self.limit)) });
  defineChanges(cls);
  defineQueries(cls);
  cls.setAttribute('__hash__', null);
  return cls;
}

function limitOf(limit: Value | undefined): number | undefined {
  if (limit === undefined || limit === null) return undefined;
  if (typeof limit !== 'bigint') throw raise('TypeError', 'an integer is required');
  if (limit < 0n) throw raise('ValueError', 'maxlen must be non-negative');
  return Number(limit);
}

function extend(self: PyDeque, source: Value): void {
  const next = iterate(source === self ? copyOf(self) : source);
  for (let item = next(); item !== undefined; item = next()) {
    vm.step();
    self.push(item);
  }
}

function copyOf(self: PyDeque): PyDeque {
  vm.charge(8 * self.items.length);
  vm.work(self.items.length);
  const copy = new PyDeque(self.cls, self.limit);
  copy.items = self.items.slice();
  return copy;
}

/** One comparison of a search. */
function matches(item: Value, wanted: Value): boolean {
  vm.step();
  return sameOrEqual(item, wanted);
}

function place(self: PyDeque, index: Value): number {
  const at = smallIndex(indexOf(index, `sequence index must be integer, not '${typeName(index)}'`));
  const found = at < 0 ? at + self.items.length : at;
  if (found < 0 || found >= self.items.length) throw raise('IndexError', 'deque index out of range');
  return found;
}

function rotate(self: PyDeque, steps: number): void {
  const { items } = self;
  if (items.length < 2) return;
  vm.work(items.length * 2);
  const shift = ((steps % items.length) + items.length) % items.length;
  self.items = [...items.slice(items.length - shift), ...items.slice(0, items.length - shift)];
}

function defineChanges(cls: PyClass): void {
  /** A method that changes the deque. */
  const change =
    <T extends unknown[]>(body: (self: PyDeque, ...args: T) => Value | undefined) =>
    (self: PyDeque, ...args: T): Value => {
      touch(self);
      return body(self, ...args) ?? null;
    };
  const empty = (): PyError => raise('IndexError', 'pop from an empty deque');
  defineMethods(cls, {
    '__init__(iterable=None, maxlen=None)': change((self, source?: Value, limit?: Value) => {
      self.limit = limitOf(limit);
      self.items = [];
      if (source !== undefined) extend(self, source);
      return null;
    }),
    'append(item, /)': change((self, item: Value) => {
      self.push(item);
      return null;
    }),
    'appendleft(item, /)': change((self, item: Value) => {
      self.unshift(item);
      return null;
    }),
    'pop()': (self: PyDeque) => {
      touch(self);
      const item = self.items.pop();
      if (item === undefined) throw empty();
      return item;
    },
    'popleft()': (self: PyDeque) => {
      touch(self);
      const item = self.shift();
      if (item === undefined) throw empty();
      return item;
    },
    'extend(iterable, /)': change((self, source: Value) => {
      extend(self, source);
      return null;
    }),
    'extendleft(iterable, /)': change((self, source: Value) => {
      const next = iterate(source === self ? copyOf(self) : source);
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        self.unshift(item);
      }
      return null;
    }),
    'clear()': change(self => {
      self.items = [];
      return null;
    }),
    'rotate(n=1, /)': change((self, steps?: Value) => {
      rotate(self, steps === undefined ? 1 : smallIndex(steps));
      return null;
    }),
    'reverse()': change(self => {
      vm.work(self.items.length);
      self.items.reverse();
      return null;
    }),
    'remove(value, /)': change((self, value: Value) => {
      const at = self.items.findIndex(item => matches(item, value));
      if (at < 0) throw raise('ValueError', `${repr(value)} is not in deque`);
      self.items.splice(at, 1);
      return null;
    }),
    'insert(index, value, /)': change((self, index: Value, value: Value) => {
      if (self.limit !== undefined && self.items.length >= self.limit)
        throw raise('IndexError', 'deque already at its maximum size');
      vm.work(self.items.length);
      self.items.splice(smallIndex(index), 0, value);
      return null;
    }),
    '__setitem__(index, value, /)': change((self, index: Value, value: Value) => {
      self.items[place(self, index)] = value;
      return null;
    }),
    '__delitem__(index, /)': change((self, index: Value) => {
      vm.work(self.items.length);
      self.items.splice(place(self, index), 1);
      return null;
    }),
    '__iadd__(other, /)': (self: PyDeque, other: Value) => {
      touch(self);
      extend(self, other);
      return self;
    },
    '__imul__(count, /)': (self: PyDeque, count: Value) => {
      touch(self);
      self.items = repeated(self, count).items;
      return self;
    },
  });
}

function repeated(self: PyDeque, count: Value): PyDeque {
  const times = Math.max(0, smallIndex(count));
  vm.charge(8 * times * self.items.length);
  vm.work(times * self.items.length, 4);
  const result = new PyDeque(self.cls, self.limit);
  for (let time = 0; time < times; time++) for (const item of self.items) result.push(item);
  return result;
}

/** Iterates with CPython's check that the deque does not change meanwhile. */
function walk(self: PyDeque, step: 1 | -1): () => Value | undefined {
  const { length } = self.items;
  let at = step > 0 ? 0 : length - 1;
  return () => {
    vm.step();
    refuseUnknown(self);
    if (self.items.length !== length) throw raise('RuntimeError', 'deque mutated during iteration');
    if (at < 0 || at >= length) return undefined;
    const item = self.items[at];
    at += step;
    return item;
  };
}

function defineQueries(cls: PyClass): void {
  const iteratorClass = nativeClass('_deque_iterator', undefined, 'collections');
  defineIterator(iteratorClass);
  const ordered = (op: OrderOperator) => (self: PyDeque, other: Value) =>
    other instanceof PyDeque ? compareSequences(op, self.items, other.items) : NotImplemented;
  const equal = (self: PyDeque, other: PyDeque) =>
    self.items.length === other.items.length && self.items.every((item, at) => matches(item, other.items[at]!));
  defineMethods(cls, {
    '__len__()': (self: PyDeque) => BigInt(self.items.length),
    '__bool__()': (self: PyDeque) => self.items.length > 0,
    '__iter__()': (self: PyDeque) => makeIterator(walk(self, 1), iteratorClass),
    '__reversed__()': (self: PyDeque) => makeIterator(walk(self, -1), iteratorClass),
    '__getitem__(index, /)': (self: PyDeque, index: Value) => self.items[place(self, index)]!,
    '__contains__(item, /)': (self: PyDeque, item: Value) => self.items.some(one => matches(one, item)),
    '__eq__(other, /)': (self: PyDeque, other: Value) =>
      other instanceof PyDeque ? equal(self, other) : NotImplemented,
    '__ne__(other, /)': (self: PyDeque, other: Value) =>
      other instanceof PyDeque ? !equal(self, other) : NotImplemented,
    '__lt__(other, /)': ordered('<'),
    '__le__(other, /)': ordered('<='),
    '__gt__(other, /)': ordered('>'),
    '__ge__(other, /)': ordered('>='),
    '__add__(other, /)': (self: PyDeque, other: Value) => {
      if (!(other instanceof PyDeque))
        throw raise('TypeError', `can only concatenate deque (not "${typeName(other)}") to deque`);
      const result = copyOf(self);
      for (const item of other.items) result.push(item);
      return result;
    },
    '__mul__(count, /)': repeated,
    '__rmul__(count, /)': repeated,
    '__repr__()': (self: PyDeque) =>
      guardedRepr(self, '[...]', () => {
        const limit = self.limit === undefined ? '' : `, maxlen=${self.limit}`;
        return `${self.cls.name}([${self.items.map(repr).join(', ')}]${limit})`;
      }),
    'copy()': copyOf,
    '__copy__()': copyOf,
    'count(value, /)': (self: PyDeque, value: Value) => BigInt(self.items.filter(item => matches(item, value)).length),
    'index(value, start=0, stop=None, /)': (self: PyDeque, value: Value, start?: Value, stop?: Value) => {
      const from = start === undefined ? 0 : smallIndex(start);
      const to = stop === undefined || stop === null ? self.items.length : smallIndex(stop);
      const { length } = self.items;
      for (
        let at = Math.max(0, from < 0 ? from + length : from);
        at < Math.min(length, to < 0 ? to + length : to);
        at++
      )
        if (matches(self.items[at]!, value)) return BigInt(at);
      throw raise('ValueError', `${repr(value)} is not in deque`);
    },
  });
}
