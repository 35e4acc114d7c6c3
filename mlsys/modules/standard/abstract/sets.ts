/** `Set` and `MutableSet` of `collections.abc`: what follows from membership, iteration and length. */
import { raise } from '../../../python/runtime/errors';
import { defineClassMethods } from '../../../python/runtime/native';
import { hashUnordered } from '../../../python/runtime/numbers/hash';
import { NotImplemented, type PyClass, PyList, type Value } from '../../../python/runtime/objects';
import {
  binary,
  call,
  callMethod,
  contains,
  getAttribute,
  hash,
  isIterable,
  length,
} from '../../../python/runtime/operations';
import { abstractClass, isAbstractly, itemsOf } from './define';

/** A set of the kind of `like`, as its class makes one from items. */
function setLike(like: Value, items: Iterable<Value>): Value {
  return call(getAttribute(like, '_from_iterable'), [new PyList([...items])]);
}

const matching = (source: Value, keep: (item: Value) => boolean): Value[] => [...itemsOf(source)].filter(keep);

const asSet = (value: Value, like: Value): Value =>
  isAbstractly(value, 'Set') ? value : setLike(like, itemsOf(value));

/** An operator with any iterable at its other side. */
const withItems = (body: (self: Value, other: Value) => Value) => (self: Value, other: Value) =>
  isIterable(other) ? body(self, other) : NotImplemented;

/** A comparison: by size first, then whether the one is in the other. */
const compared = (fits: (size: number, other: number) => boolean, upwards: boolean) => (self: Value, other: Value) => {
  if (!isAbstractly(other, 'Set')) return NotImplemented;
  if (!fits(length(self), length(other))) return false;
  const [inner, outer] = upwards ? [self, other] : [other, self];
  for (const item of itemsOf(inner)) if (!contains(outer, item)) return false;
  return true;
};

/** The items of one that are not in the other. */
function left(self: Value, from: Value, remove: Value): Value {
  const removed = asSet(remove, self);
  return setLike(
    self,
    matching(from, item => !contains(removed, item)),
  );
}

const discard = (self: Value, item: Value) => callMethod(self, 'discard', item);

export function defineSets(): void {
  const common = withItems((self, other) =>
    setLike(
      self,
      matching(other, item => contains(self, item)),
    ),
  );
  const union = withItems((self, other) => setLike(self, [...itemsOf(self), ...itemsOf(other)]));
  const difference = withItems((self, other) => {
    const set = asSet(other, self);
    return binary('|', binary('-', self, set), binary('-', set, self));
  });
  const set = abstractClass('Set', ['Collection'], [], {
    '__le__(other, /)': compared((size, other) => size <= other, true),
    '__lt__(other, /)': compared((size, other) => size < other, true),
    '__ge__(other, /)': compared((size, other) => size >= other, false),
    '__gt__(other, /)': compared((size, other) => size > other, false),
    '__eq__(other, /)': compared((size, other) => size === other, true),
    '__and__(other, /)': common,
    '__rand__(other, /)': common,
    '__or__(other, /)': union,
    '__ror__(other, /)': union,
    '__sub__(other, /)': withItems((self, other) => left(self, self, other)),
    '__rsub__(other, /)': withItems((self, other) => left(self, other, self)),
    '__xor__(other, /)': difference,
    '__rxor__(other, /)': difference,
    'isdisjoint(other)': (self: Value, other: Value) => !matching(other, item => contains(self, item)).length,
    '_hash()': (self: Value) => hashUnordered([...itemsOf(self)].map(hash), length(self)),
  });
  defineClassMethods(set, { '_from_iterable(it)': (cls: PyClass, items: Value) => call(cls, [items]) });
  defineMutableSet();
}

function defineMutableSet(): void {
  const clear = (self: Value): Value => {
    for (let size = length(self); size > 0; size = length(self)) callMethod(self, 'pop');
    return null;
  };
  /** An assignment by an operator: what it does with each item of the other side. */
  const assigned = (each: (self: Value, item: Value) => unknown, withItself: (self: Value) => unknown) => {
    return (self: Value, other: Value): Value => {
      if (self === other) withItself(self);
      else for (const item of itemsOf(other)) each(self, item);
      return self;
    };
  };
  const toggle = assigned((self, item) => callMethod(self, contains(self, item) ? 'discard' : 'add', item), clear);
  abstractClass('MutableSet', ['Set'], ['add(value)', 'discard(value)'], {
    'remove(value)': (self: Value, value: Value) => {
      if (!contains(self, value)) throw raise('KeyError', value);
      discard(self, value);
      return null;
    },
    'pop()': (self: Value) => {
      for (const item of itemsOf(self)) {
        discard(self, item);
        return item;
      }
      throw raise('KeyError');
    },
    'clear()': clear,
    '__ior__(it, /)': (self: Value, other: Value) => {
      for (const item of itemsOf(other)) callMethod(self, 'add', item);
      return self;
    },
    '__iand__(it, /)': (self: Value, other: Value) => {
      for (const item of itemsOf(binary('-', self, other))) discard(self, item);
      return self;
    },
    '__ixor__(it, /)': (self: Value, other: Value) => toggle(self, self === other ? other : asSet(other, self)),
    '__isub__(it, /)': assigned(discard, clear),
  });
}
