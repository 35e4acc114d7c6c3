/** `Sequence` and `MutableSequence` of `collections.abc`: what follows from access by place and length. */
import { raise } from '../../../python/runtime/errors';
import { PyList, type Value } from '../../../python/runtime/objects';
import {
  callMethod,
  deleteItem,
  getItem,
  length,
  sameOrEqual,
  setItem,
  smallIndex,
} from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { abstractClass, itemsOf, iteratorFrom, unless } from './define';

/** The item at a place, undefined behind the end. */
function itemAt(self: Value, at: number): Value | undefined {
  vm.step();
  return unless('IndexError', () => getItem(self, BigInt(at)));
}

/** The first place of a value, from one place up to another. */
function indexOf(self: Value, value: Value, start?: Value, stop?: Value): Value {
  const bound = (given: Value) => {
    const at = smallIndex(given);
    return at < 0 ? at + length(self) : at;
  };
  const end = stop === undefined || stop === null ? Number.POSITIVE_INFINITY : bound(stop);
  for (let at = start === undefined || start === null ? 0 : Math.max(bound(start), 0); at < end; at++) {
    const item = itemAt(self, at);
    if (item === undefined) break;
    if (sameOrEqual(item, value)) return BigInt(at);
  }
  throw raise('ValueError');
}

const matches = (self: Value, value: Value): number =>
  [...itemsOf(self)].filter(item => sameOrEqual(item, value)).length;

export function defineSequences(): void {
  abstractClass('Sequence', ['Reversible', 'Collection'], ['__getitem__(index)'], {
    '__iter__()': (self: Value) => {
      let at = 0;
      return iteratorFrom(() => itemAt(self, at++));
    },
    '__reversed__()': (self: Value) => {
      let at = length(self);
      return iteratorFrom(() => (at-- > 0 ? getItem(self, BigInt(at)) : undefined));
    },
    '__contains__(value, /)': (self: Value, value: Value) => {
      for (const item of itemsOf(self)) if (sameOrEqual(item, value)) return true;
      return false;
    },
    'index(value, start=0, stop=None)': indexOf,
    'count(value)': (self: Value, value: Value) => BigInt(matches(self, value)),
  });
  const append = (self: Value, value: Value): Value => callMethod(self, 'append', value);
  const extend = (self: Value, values: Value): Value => {
    const source = values === self ? new PyList([...itemsOf(values)]) : values;
    for (const item of itemsOf(source)) append(self, item);
    return null;
  };
  abstractClass(
    'MutableSequence',
    ['Sequence'],
    ['__setitem__(index, value)', '__delitem__(index)', 'insert(index, value)'],
    {
      'append(value)': (self: Value, value: Value) => {
        callMethod(self, 'insert', BigInt(length(self)), value);
        return null;
      },
      'extend(values)': extend,
      '__iadd__(values, /)': (self: Value, values: Value) => {
        callMethod(self, 'extend', values);
        return self;
      },
      'pop(index=-1)': (self: Value, index?: Value) => {
        const at = index ?? -1n;
        const item = getItem(self, at);
        deleteItem(self, at);
        return item;
      },
      'remove(value)': (self: Value, value: Value) => {
        deleteItem(self, callMethod(self, 'index', value));
        return null;
      },
      'clear()': (self: Value) => {
        while (unless('IndexError', () => callMethod(self, 'pop')) !== undefined);
        return null;
      },
      'reverse()': (self: Value) => {
        const size = length(self);
        for (let low = 0; 2 * low < size - 1; low++) {
          const [left, right] = [BigInt(low), BigInt(size - 1 - low)];
          const item = getItem(self, left);
          setItem(self, left, getItem(self, right));
          setItem(self, right, item);
        }
        return null;
      },
    },
  );
}
