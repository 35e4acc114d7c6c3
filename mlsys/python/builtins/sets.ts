/** `set` and `frozenset`. */
import { raise } from '../runtime/errors';
import type { HashMap } from '../runtime/hashmap';
import { touch } from '../runtime/mutation';
import { defineConstructor } from '../runtime/native';
import { hashUnordered } from '../runtime/numbers/hash';
import { frozensetClass, NotImplemented, type PyClass, PyTuple, setClass, type Value } from '../runtime/objects';
import { guardedRepr, hash, iterate, iterateKeys, reprItems } from '../runtime/operations';
import { mapOfItems, PyFrozenSet, PySet, PySetBase } from '../runtime/set';
import { vm } from '../runtime/vm';
import { adopt, defineOn, iteratorClass, makeIterator } from './support';

const setIteratorClass = iteratorClass('set_iterator');

const asSet = (self: Value) => (self instanceof PySetBase ? self : undefined);
const asMutable = (self: Value) => (self instanceof PySet ? self : undefined);

/** All items of an iterable as the keys of a map of their own. */
function collect(items: Value): HashMap {
  if (items instanceof PySetBase) {
    vm.charge(items.size * 64);
    vm.step(4 * items.size);
    items.arrange();
    return items.map.copy();
  }
  const map = mapOfItems([]);
  addAll(map, items);
  return map;
}

function addAll(map: HashMap, items: Value): void {
  const next = iterate(items);
  for (let item = next(); item !== undefined; item = next()) {
    vm.step(2);
    map.set(item, null);
    if ((map.size & 1023) === 0) vm.charge(1024 * 64);
  }
}

/** The set that an operation on `self` gives: of the type of the left operand. */
function like(self: PySetBase, map: HashMap): PySetBase {
  return self instanceof PyFrozenSet ? new PyFrozenSet(map) : new PySet(map);
}

/** A set to look things up in. */
function lookup(items: Value): PySetBase {
  return items instanceof PySetBase ? items : new PySet(collect(items));
}

function intersection(self: PySetBase, other: Value): HashMap {
  // CPython goes through the smaller set, and through any other iterable in its own order.
  const [walked, tested] =
    other instanceof PySetBase ? (other.size > self.size ? [self, other] : [other, self]) : [lookup(other), self];
  return mapOfItems(filtered(walked, item => tested.has(item)));
}

function difference(self: PySetBase, other: Value): HashMap {
  const right = lookup(other);
  return mapOfItems(filtered(self, item => !right.has(item)));
}

function symmetric(self: PySetBase, other: Value): HashMap {
  const right = lookup(other);
  const map = mapOfItems(filtered(self, item => !right.has(item)));
  for (const item of right.items()) if (!self.has(item)) map.set(item, null);
  return map;
}

function union(self: PySetBase, others: readonly Value[]): HashMap {
  const map = collect(self);
  for (const other of others) addAll(map, other);
  return map;
}

function* filtered(set: PySetBase, keep: (item: Value) => boolean): IterableIterator<Value> {
  for (const item of set.items()) {
    vm.step(2);
    if (keep(item)) yield item;
  }
}

function isSubset(a: PySetBase, b: PySetBase): boolean {
  if (a.size > b.size) return false;
  for (const item of a.items()) {
    vm.step(2);
    if (!b.has(item)) return false;
  }
  return true;
}

/** Replaces what a set holds. */
function become(self: PySet, map: HashMap): void {
  touch(self);
  vm.step(4 * map.size);
  const items = [...map.keys()];
  self.map.clear();
  for (const item of items) self.map.set(item, null);
}

const COMPARISONS: Readonly<Record<string, (a: PySetBase, b: PySetBase) => boolean>> = {
  eq: (a, b) => a.size === b.size && isSubset(a, b),
  ne: (a, b) => a.size !== b.size || !isSubset(a, b),
  le: (a, b) => isSubset(a, b),
  lt: (a, b) => a.size < b.size && isSubset(a, b),
  ge: (a, b) => isSubset(b, a),
  gt: (a, b) => b.size < a.size && isSubset(b, a),
};

const OPERATIONS: Readonly<Record<string, (a: PySetBase, b: PySetBase) => HashMap>> = {
  and: intersection,
  or: (a, b) => union(a, [b]),
  sub: difference,
  xor: symmetric,
};

function reprSet(self: PySetBase): string {
  const name = self.cls.name;
  if (self.size === 0) return `${name}()`;
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
        other instanceof PySetBase ? like(self, operation(self, other)) : NotImplemented,
      [`__r${name}__(value, /)`]: (self: PySetBase, other: Value) =>
        other instanceof PySetBase ? like(other, operation(other, self)) : NotImplemented,
    });
  defineOn(cls, asSet, {
    '__len__()': (self: PySetBase) => BigInt(self.size),
    '__contains__(key, /)': (self: PySetBase, key: Value) => self.has(key),
    '__iter__()': (self: PySetBase) => makeIterator(iterateKeys(self, 'Set'), setIteratorClass),
    '__repr__()': (self: PySetBase) => guardedRepr(self, `${self.cls.name}(...)`, () => reprSet(self)),
    'copy()': (self: PySetBase) =>
      self instanceof PyFrozenSet && self.cls === frozensetClass ? self : like(self, collect(self)),
    'union(*others)': (self: PySetBase, others: PyTuple) => like(self, union(self, others.items)),
    'intersection(*others)': (self: PySetBase, others: PyTuple) => {
      let result = like(self, collect(self));
      for (const other of others.items) result = like(self, intersection(result, other));
      return result;
    },
    'difference(*others)': (self: PySetBase, others: PyTuple) => {
      let result = like(self, collect(self));
      for (const other of others.items) result = like(self, difference(result, other));
      return result;
    },
    'symmetric_difference(other, /)': (self: PySetBase, other: Value) => like(self, symmetric(self, other)),
    'issubset(other, /)': (self: PySetBase, other: Value) => isSubset(self, lookup(other)),
    'issuperset(other, /)': (self: PySetBase, other: Value) => {
      const next = iterate(other);
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        if (!self.has(item)) return false;
      }
      return true;
    },
    'isdisjoint(other, /)': (self: PySetBase, other: Value) => {
      const next = iterate(other);
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        if (self.has(item)) return false;
      }
      return true;
    },
  });
}

defineConstructor(frozensetClass, 'frozenset(iterable=(), /)', (cls: PyClass, items: Value | undefined) => {
  if (cls === frozensetClass && items instanceof PyFrozenSet && items.cls === frozensetClass) return items;
  return adopt(new PyFrozenSet(items === undefined ? mapOfItems([]) : collect(items), cls), cls);
});
defineOn(frozensetClass, asSet, {
  '__hash__()': (self: PySetBase) => {
    vm.step(10 * self.size);
    vm.descend();
    try {
      return hashUnordered([...self.items()].map(hash), self.size);
    } finally {
      vm.leave();
    }
  },
});

defineConstructor(setClass, 'set(iterable=(), /)', (cls: PyClass, items: Value | undefined) =>
  adopt(new PySet(items === undefined ? mapOfItems([]) : collect(items), cls), cls),
);
setClass.setAttribute('__hash__', null);

/** `|=` and its like, which change the set in place. */
for (const [name, operation] of Object.entries(OPERATIONS))
  defineOn(setClass, asMutable, {
    [`__i${name}__(value, /)`]: (self: PySet, other: Value) => {
      if (!(other instanceof PySetBase)) return NotImplemented;
      become(self, operation(self, other));
      return self;
    },
  });

defineOn(setClass, asMutable, {
  '__init__(iterable=(), /)': (self: PySet, items: Value | undefined) => {
    become(self, items === undefined ? mapOfItems([]) : collect(items));
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
    self.arrange();
    const first = self.map.first;
    if (first === undefined) throw raise('KeyError', 'pop from an empty set');
    touch(self);
    self.delete(first.key);
    return first.key;
  },
  'clear()': (self: PySet) => {
    touch(self);
    self.map.clear();
    return null;
  },
  'update(*others)': (self: PySet, others: PyTuple) => {
    touch(self);
    for (const other of others.items) addAll(self.map, other === self ? new PyTuple([]) : other);
    return null;
  },
  'intersection_update(*others)': (self: PySet, others: PyTuple) => {
    for (const other of others.items) become(self, intersection(self, other));
    return null;
  },
  'difference_update(*others)': (self: PySet, others: PyTuple) => {
    for (const other of others.items) become(self, difference(self, other));
    return null;
  },
  'symmetric_difference_update(other, /)': (self: PySet, other: Value) => {
    become(self, symmetric(self, other));
    return null;
  },
});
