/** `set` and `frozenset`. */
import { PyDict } from '../runtime/dict';
import { raise } from '../runtime/errors';
import type { Entry } from '../runtime/hashMap';
import { touch } from '../runtime/mutation';
import { defineConstructor } from '../runtime/native';
import { hashUnordered } from '../runtime/numbers/hash';
import {
  frozensetClass,
  type Next,
  NotImplemented,
  type PyClass,
  type PyTuple,
  setClass,
  type Value,
} from '../runtime/objects';
import { guardedRepr, hash, iterateKeys, reprItems } from '../runtime/operations';
import { PyFrozenSet, PySet, PySetBase } from '../runtime/set';
import { needOrder } from '../runtime/setNotice';
import { takeAny } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import { adopt, defineOn, iteratorClass, makeIterator } from './support';

const setIteratorClass = iteratorClass('set_iterator');

const asSet = (self: Value) => (self instanceof PySetBase ? self : undefined);
const asMutable = (self: Value) => (self instanceof PySet ? self : undefined);

/** Adds all items of an iterable, as CPython does: those of a set or a dict at once. */
function addAll(made: PySetBase, items: Value): void {
  if (items instanceof PySetBase) {
    vm.charge(items.size * 64);
    vm.step(4 * items.size);
    made.merge(items);
    return;
  }
  if (items instanceof PyDict && items.cls.native) made.reserve(items.size);
  takeAny(items, (next, cause) => {
    for (let item = next(); item !== undefined; item = next()) {
      vm.step(2);
      made.add(item);
      if ((made.size & 1023) === 0) vm.charge(1024 * 64);
    }
    if (cause !== undefined) made.loosen();
  });
}

/** A set of its own with all items of an iterable. */
function collect(items: Value): PySet {
  const made = new PySet();
  addAll(made, items);
  return made;
}

/** An empty set that an operation on `self` fills: of the type of the left operand. */
function like(self: PySetBase): PySetBase {
  return self instanceof PyFrozenSet ? new PyFrozenSet() : new PySet();
}

function copyOf(self: PySetBase): PySetBase {
  const made = like(self);
  addAll(made, self);
  return made;
}

/** A set to look things up in. */
function lookup(items: Value): PySetBase {
  return items instanceof PySetBase ? items : collect(items);
}

function intersection(self: PySetBase, other: Value): PySetBase {
  const made = like(self);
  if (other === self) return copyOf(self);
  if (other instanceof PySetBase) {
    // CPython goes through the smaller set.
    const [walked, tested] = other.size > self.size ? [self, other] : [other, self];
    for (const { key, code } of each(walked)) if (tested.has(key, code)) made.add(key, code);
    if (!walked.isLasting) made.loosen();
    return made;
  }
  return takeAny(other, (next, cause) => {
    for (let item = next(); item !== undefined; item = next()) {
      vm.step(2);
      if (self.has(item)) made.add(item);
    }
    if (cause !== undefined) made.loosen();
    return made;
  });
}

/** Removes all items of an iterable. */
function removeAll(made: PySetBase, other: Value): void {
  if (other === made) {
    made.become(like(made));
    return;
  }
  if (other instanceof PySetBase) for (const { key, code } of each(other)) made.delete(key, code);
  else
    takeAny(other, next => {
      for (let item = next(); item !== undefined; item = next()) {
        vm.step(2);
        made.delete(item);
      }
    });
  made.sweep();
}

function difference(self: PySetBase, other: Value): PySetBase {
  const isTable = other instanceof PySetBase || (other instanceof PyDict && other.cls.native);
  if (!isTable || self.size >> 2 > other.size) {
    const made = copyOf(self);
    removeAll(made, other);
    return made;
  }
  const made = like(self);
  const { map } = other;
  for (const { key, code } of each(self)) if (!map.has(key, code)) made.add(key, code);
  if (!self.isLasting) made.loosen();
  return made;
}

/** Adds the items of a set that are not there and removes those that are. */
function toggleAll(made: PySetBase, other: PySetBase): void {
  for (const { key, code } of [...each(other)]) if (!made.delete(key, code)) made.add(key, code);
}

function symmetric(self: PySetBase, other: Value): PySetBase {
  const made = like(self);
  addAll(made, other);
  toggleAll(made, self);
  return made;
}

function union(self: PySetBase, others: readonly Value[]): PySetBase {
  const made = copyOf(self);
  for (const other of others) if (other !== self) addAll(made, other);
  return made;
}

/** True where a test holds for one of the items of an iterable. */
function someOf(items: Value, test: (item: Value) => boolean): boolean {
  const look = (next: Next): boolean => {
    for (let item = next(); item !== undefined; item = next()) {
      vm.step();
      if (test(item)) return true;
    }
    return false;
  };
  return takeAny(items, look, true);
}

function* each(set: PySetBase): IterableIterator<Entry> {
  for (const entry of set.records()) {
    vm.step(2);
    yield entry;
  }
}

function isSubset(a: PySetBase, b: PySetBase): boolean {
  if (a.size > b.size) return false;
  for (const { key, code } of each(a)) {
    if (!b.has(key, code)) return false;
  }
  return true;
}

/** Replaces what a set holds by what another one does that nobody else uses. */
function become(self: PySet, made: PySetBase): void {
  touch(self);
  self.become(made);
}

const COMPARISONS: Readonly<Record<string, (a: PySetBase, b: PySetBase) => boolean>> = {
  eq: (a, b) => a.size === b.size && isSubset(a, b),
  ne: (a, b) => a.size !== b.size || !isSubset(a, b),
  le: (a, b) => isSubset(a, b),
  lt: (a, b) => a.size < b.size && isSubset(a, b),
  ge: (a, b) => isSubset(b, a),
  gt: (a, b) => b.size < a.size && isSubset(b, a),
};

const OPERATIONS: Readonly<Record<string, (a: PySetBase, b: PySetBase) => PySetBase>> = {
  and: intersection,
  or: (a, b) => union(a, [b]),
  sub: difference,
  xor: symmetric,
};

function reprSet(self: PySetBase): string {
  const name = self.cls.name;
  if (self.size === 0) return `${name}()`;
  needOrder(self);
  const items = reprItems(self.items());
  return name === 'set' ? `{${items}}` : `${name}({${items}})`;
}

for (const cls of [setClass, frozensetClass]) {
  for (const [name, holds] of Object.entries(COMPARISONS))
    defineOn(cls, asSet, {
      [`__${name}__(value, /)`]: (self: PySetBase, other: Value) =>
        other instanceof PySetBase ? holds(self, other) : NotImplemented,
    });
  for (const [name, operation] of Object.entries(OPERATIONS))
    defineOn(cls, asSet, {
      [`__${name}__(value, /)`]: (self: PySetBase, other: Value) =>
        other instanceof PySetBase ? operation(self, other) : NotImplemented,
      [`__r${name}__(value, /)`]: (self: PySetBase, other: Value) =>
        other instanceof PySetBase ? operation(other, self) : NotImplemented,
    });
  defineOn(cls, asSet, {
    '__len__()': (self: PySetBase) => BigInt(self.size),
    '__contains__(key, /)': (self: PySetBase, key: Value) => self.has(key),
    '__iter__()': (self: PySetBase) => {
      needOrder(self);
      return makeIterator(iterateKeys(self, 'Set'), setIteratorClass);
    },
    '__repr__()': (self: PySetBase) => guardedRepr(self, `${self.cls.name}(...)`, () => reprSet(self)),
    'copy()': (self: PySetBase) => (self instanceof PyFrozenSet && self.cls === frozensetClass ? self : copyOf(self)),
    'union(*others)': (self: PySetBase, others: PyTuple) => union(self, others.items),
    'intersection(*others)': (self: PySetBase, others: PyTuple) => {
      let result = self;
      for (const other of others.items) result = intersection(result, other);
      return result === self ? copyOf(self) : result;
    },
    'difference(*others)': (self: PySetBase, others: PyTuple) => {
      const [first, ...rest] = others.items;
      if (first === undefined) return copyOf(self);
      const result = difference(self, first);
      for (const other of rest) removeAll(result, other);
      return result;
    },
    'symmetric_difference(other, /)': (self: PySetBase, other: Value) => symmetric(self, other),
    'issubset(other, /)': (self: PySetBase, other: Value) => isSubset(self, lookup(other)),
    'issuperset(other, /)': (self: PySetBase, other: Value) => !someOf(other, item => !self.has(item)),
    'isdisjoint(other, /)': (self: PySetBase, other: Value) => !someOf(other, item => self.has(item)),
  });
}

defineConstructor(frozensetClass, 'frozenset(iterable=(), /)', (cls: PyClass, items: Value | undefined) => {
  if (cls === frozensetClass && items instanceof PyFrozenSet && items.cls === frozensetClass) return items;
  const made = new PyFrozenSet(undefined, cls);
  if (items !== undefined) addAll(made, items);
  return adopt(made, cls);
});
defineOn(frozensetClass, asSet, {
  '__hash__()': (self: PySetBase) => {
    vm.step(10 * self.size);
    vm.descend();
    try {
      return hashUnordered(
        [...self.records()].map(({ key, code }) => code ?? hash(key)),
        self.size,
      );
    } finally {
      vm.leave();
    }
  },
});

defineConstructor(setClass, 'set(iterable=(), /)', (cls: PyClass, items: Value | undefined) => {
  const made = new PySet(undefined, cls);
  if (items !== undefined) addAll(made, items);
  return adopt(made, cls);
});
setClass.setAttribute('__hash__', null);

/** `|=` and its like, which change the set in place. */
const CHANGES: Readonly<Record<string, (self: PySet, other: PySetBase) => void>> = {
  or: (self, other) => {
    if (other !== self) addAll(self, other);
  },
  and: (self, other) => self.become(intersection(self, other)),
  sub: removeAll,
  xor: (self, other) => (other === self ? self.become(new PySet()) : toggleAll(self, other)),
};
for (const [name, change] of Object.entries(CHANGES))
  defineOn(setClass, asMutable, {
    [`__i${name}__(value, /)`]: (self: PySet, other: Value) => {
      if (!(other instanceof PySetBase)) return NotImplemented;
      touch(self);
      change(self, other);
      return self;
    },
  });

defineOn(setClass, asMutable, {
  '__init__(iterable=(), /)': (self: PySet, items: Value | undefined) => {
    become(self, items === undefined ? new PySet() : collect(items));
    return null;
  },
  'add(object, /)': (self: PySet, item: Value) => {
    touch(self);
    self.add(item);
    if ((self.size & 1023) === 0) vm.charge(1024 * 64);
    return null;
  },
  'remove(object, /)': (self: PySet, item: Value) => {
    touch(self);
    if (!self.delete(item)) throw raise('KeyError', item);
    return null;
  },
  'discard(object, /)': (self: PySet, item: Value) => {
    touch(self);
    self.delete(item);
    return null;
  },
  'pop()': (self: PySet) => {
    if (self.size === 0) throw raise('KeyError', 'pop from an empty set');
    touch(self);
    needOrder(self);
    return self.pop()!;
  },
  'clear()': (self: PySet) => {
    touch(self);
    self.clear();
    return null;
  },
  'update(*others)': (self: PySet, others: PyTuple) => {
    touch(self);
    for (const other of others.items) if (other !== self) addAll(self, other);
    return null;
  },
  'intersection_update(*others)': (self: PySet, others: PyTuple) => {
    let made: PySetBase = self;
    for (const other of others.items) made = intersection(made, other);
    if (made !== self) become(self, made);
    return null;
  },
  'difference_update(*others)': (self: PySet, others: PyTuple) => {
    touch(self);
    for (const other of others.items) removeAll(self, other);
    return null;
  },
  'symmetric_difference_update(other, /)': (self: PySet, other: Value) => {
    touch(self);
    if (other === self) self.become(new PySet());
    else toggleAll(self, lookup(other));
    return null;
  },
});
