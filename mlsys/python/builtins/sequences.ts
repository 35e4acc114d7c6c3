/** `list` and `tuple`. */
import { raise } from '../runtime/errors';
import { chargeGrowth } from '../runtime/footprint';
import { drain, iterateForList } from '../runtime/iteration';
import { touch } from '../runtime/mutation';
import { defineConstructor, fn } from '../runtime/native';
import { hashSequence } from '../runtime/numbers/hash';
import {
  listClass,
  NotImplemented,
  type PyClass,
  PyList,
  PySlice,
  PyTuple,
  tupleClass,
  type Value,
} from '../runtime/objects';
import {
  compareSequences,
  guardedRepr,
  hash,
  hasIndex,
  indexOf,
  isIterable,
  iterate,
  listOf,
  type OrderOperator,
  repr,
  reprItems,
  reprTuple,
  sameOrEqual,
  typeName,
} from '../runtime/operations';
import { passCopy, passSlice } from '../runtime/origins';
import { causeOf, refuseUnknown } from '../runtime/unknown';
import { madeOf, settle, settling } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import { positionOf, selected, selectIndices } from './slices';
import { sortValues } from './sorting';
import {
  adopt,
  clampIndex,
  defineOn,
  iteratorClass,
  makeIterator,
  repeatCount,
  searchRange,
  sizeArgument,
} from './support';

export const listIteratorClass = iteratorClass('list_iterator');
export const listReverseIteratorClass = iteratorClass('list_reverseiterator');
export const tupleIteratorClass = iteratorClass('tuple_iterator');

const asList = (self: Value) => (self instanceof PyList ? self : undefined);
const asTuple = (self: Value) => (self instanceof PyTuple ? self : undefined);
const asSequence = (self: Value) => (self instanceof PyList || self instanceof PyTuple ? self : undefined);

/** Items one by one from the end. */
export function backwards(items: () => readonly Value[]): () => Value | undefined {
  let at = items().length - 1;
  return () => {
    const all = items();
    if (at < 0 || at >= all.length) {
      at = -1;
      return undefined;
    }
    return all[at--];
  };
}

function repeatItems(items: readonly Value[], count: number): Value[] {
  if (items.length === 0) return [];
  const total = items.length * count;
  vm.charge(total * 8);
  vm.work(total);
  if (items.length === 1) return new Array<Value>(count).fill(items[0]!);
  const out: Value[] = [];
  for (let at = 0; at < count; at++) for (const item of items) out.push(item);
  return out;
}

function indexIn(self: PyList | PyTuple, value: Value, start: Value | undefined, stop: Value | undefined): number {
  const { from, to } = searchRange(self.items.length, start, stop, '');
  for (let at = from; at < to && at < self.items.length; at++) {
    vm.step();
    if (sameOrEqual(self.items[at]!, value)) return at;
  }
  return -1;
}

const ORDERS: Readonly<Record<string, OrderOperator>> = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };

for (const [cls, kind] of [
  [listClass, PyList],
  [tupleClass, PyTuple],
] as const) {
  const name = cls.name;
  for (const [method, op] of Object.entries(ORDERS))
    defineOn(cls, asSequence, {
      [`__${method}__(value, /)`]: (self: PyList | PyTuple, other: Value) =>
        other instanceof kind ? compareSequences(op, self.items, other.items) : NotImplemented,
    });
  defineOn(cls, asSequence, {
    '__len__()': (self: PyList | PyTuple) => BigInt(self.items.length),
    '__contains__(key, /)': (self: PyList | PyTuple, key: Value) => indexIn(self, key, undefined, undefined) >= 0,
    '__getitem__(key, /)': (self: PyList | PyTuple, key: Value) => {
      if (key instanceof PySlice) {
        const selection = selectIndices(key, self.items.length);
        const items = selected(self.items, selection);
        if (!(self instanceof PyList)) return new PyTuple(items);
        const made = new PyList(items);
        passSlice(self, made, selection.start, selection.step);
        return made;
      }
      const at = positionOf(key, self.items.length, name);
      if (at === undefined) throw raise('IndexError', `${name} index out of range`);
      return self.items[at]!;
    },
    'index(value, start=0, stop=9223372036854775807, /)': (
      self: PyList | PyTuple,
      value: Value,
      start: Value | undefined,
      stop: Value | undefined,
    ) => {
      const at = indexIn(self, value, start, stop);
      if (at < 0)
        throw raise('ValueError', name === 'list' ? `${repr(value)} is not in list` : 'tuple.index(x): x not in tuple');
      return BigInt(at);
    },
    'count(value, /)': (self: PyList | PyTuple, value: Value) => {
      let count = 0n;
      for (let at = 0; at < self.items.length; at++) {
        vm.step();
        if (sameOrEqual(self.items[at]!, value)) count++;
      }
      return count;
    },
  });
}

// ------------------------------------------------------------------------------------------------------------- tuple

defineConstructor(tupleClass, 'tuple(iterable=(), /)', (cls: PyClass, items: Value | undefined) => {
  if (cls === tupleClass && items instanceof PyTuple && items.cls === tupleClass) return items;
  return items === undefined ? adopt(new PyTuple([]), cls) : madeOf(items, all => adopt(new PyTuple(all, cls), cls));
});

function repeatTuple(self: PyTuple, count: Value): Value {
  const times = repeatCount(count);
  if (times === undefined) return NotImplemented;
  return times === 1 && self.cls === tupleClass ? self : new PyTuple(repeatItems(self.items, times));
}

defineOn(tupleClass, asTuple, {
  '__iter__()': (self: PyTuple) => {
    let at = 0;
    return makeIterator(() => (at < self.items.length ? self.items[at++] : undefined), tupleIteratorClass);
  },
  '__add__(value, /)': (self: PyTuple, other: Value) => {
    if (!(other instanceof PyTuple)) return NotImplemented;
    vm.charge((self.items.length + other.items.length) * 8);
    return new PyTuple([...self.items, ...other.items]);
  },
  '__mul__(value, /)': repeatTuple,
  '__rmul__(value, /)': repeatTuple,
  '__hash__()': (self: PyTuple) => {
    vm.step(6 * self.items.length);
    vm.descend();
    try {
      return hashSequence(self.items.map(hash));
    } finally {
      vm.leave();
    }
  },
  '__repr__()': (self: PyTuple) => guardedRepr(self, '(...)', () => reprTuple(self)),
  '__getnewargs__()': (self: PyTuple) => new PyTuple([new PyTuple(self.items)]),
});

// -------------------------------------------------------------------------------------------------------------- list

defineConstructor(listClass, 'list(iterable=(), /)', (cls: PyClass, items: Value | undefined) =>
  items === undefined
    ? adopt(new PyList([], cls), cls)
    : madeOf(items, all => passed(items, adopt(new PyList(all, cls), cls))),
);

/** A list that was made of something; of another list, it is a copy. */
function passed(from: Value | undefined, made: PyList): PyList {
  if (from instanceof PyList) passCopy(from, made);
  return made;
}

function concatenated(self: PyList, items: readonly Value[]): PyList {
  vm.charge((self.items.length + items.length) * 8);
  return new PyList(self.items.concat(items as Value[]));
}

/** Adds all items; the list may be its own argument. */
function extend(self: PyList, items: Value): null {
  touch(self);
  if (items instanceof PyList || items instanceof PyTuple) {
    const added = listOf(items);
    vm.step(added.length >> 3);
    vm.charge(added.length * 8);
    for (const item of added) self.items.push(item);
    return null;
  }
  const next = iterateForList(items);
  for (let item = next(); item !== undefined; item = next()) {
    vm.step();
    chargeGrowth(self.items.push(item), item);
  }
  return null;
}

function assignSlice(self: PyList, slice: PySlice, value: Value): void {
  if (!isIterable(value)) throw raise('TypeError', 'must assign iterable to extended slice');
  const items = value instanceof PyList && value.cls.native ? value.items.slice() : drain(iterate(value));
  touch(self);
  const { start, stop, step, count } = selectIndices(slice, self.items.length);
  if (step === 1) {
    vm.charge((self.items.length + items.length) * 8);
    vm.work(self.items.length + items.length);
    self.items = self.items.slice(0, start).concat(items, self.items.slice(Math.max(start, stop)));
    return;
  }
  if (items.length !== count)
    throw raise('ValueError', `attempt to assign sequence of size ${items.length} to extended slice of size ${count}`);
  for (let at = start, k = 0; k < count; at += step, k++) self.items[at] = items[k]!;
}

function deleteSlice(self: PyList, slice: PySlice): void {
  touch(self);
  const { start, step, count } = selectIndices(slice, self.items.length);
  vm.work(self.items.length);
  if (step === 1) {
    self.items.splice(start, count);
    return;
  }
  vm.step(self.items.length + count);
  const gone = new Set<number>();
  for (let at = start, left = count; left > 0; at += step, left--) gone.add(at);
  self.items = self.items.filter((_, at) => !gone.has(at));
}

function repeatList(self: PyList, count: Value): Value {
  const times = repeatCount(count);
  return times === undefined ? NotImplemented : new PyList(repeatItems(self.items, times));
}

defineOn(listClass, asList, {
  '__init__(iterable=(), /)': (self: PyList, items: Value | undefined) => {
    touch(self);
    self.items = items === undefined ? [] : listOf(items);
    return null;
  },
  '__iter__()': (self: PyList) => makeIterator(forwards(self), listIteratorClass),
  '__reversed__()': (self: PyList) =>
    makeIterator(
      backwards(() => {
        refuseUnknown(self);
        return self.items;
      }),
      listReverseIteratorClass,
    ),
  '__setitem__(key, value, /)': (self: PyList, key: Value, value: Value) => {
    if (key instanceof PySlice) {
      assignSlice(self, key, value);
      return null;
    }
    const at = positionOf(key, self.items.length, 'list');
    if (at === undefined) throw raise('IndexError', 'list assignment index out of range');
    touch(self);
    self.items[at] = value;
    return null;
  },
  '__delitem__(key, /)': (self: PyList, key: Value) => {
    if (key instanceof PySlice) {
      deleteSlice(self, key);
      return null;
    }
    const at = positionOf(key, self.items.length, 'list');
    if (at === undefined) throw raise('IndexError', 'list assignment index out of range');
    touch(self);
    vm.work(self.items.length - at);
    self.items.splice(at, 1);
    return null;
  },
  '__add__(value, /)': (self: PyList, other: Value) =>
    other instanceof PyList ? concatenated(self, other.items) : NotImplemented,
  '__iadd__(value, /)': (self: PyList, other: Value) => {
    extend(self, other);
    return self;
  },
  '__mul__(value, /)': repeatList,
  '__rmul__(value, /)': repeatList,
  '__imul__(value, /)': (self: PyList, count: Value) => {
    const times = repeatCount(count);
    if (times === undefined) return NotImplemented;
    touch(self);
    self.items = repeatItems(self.items, times);
    return self;
  },
  '__repr__()': (self: PyList) => guardedRepr(self, '[...]', () => `[${reprItems(self.items)}]`),
  'append(object, /)': (self: PyList, item: Value) => {
    touch(self);
    chargeGrowth(self.items.push(item), item);
    return null;
  },
  'extend(iterable, /)': extend,
  'insert(index, object, /)': (self: PyList, index: Value, item: Value) => {
    const length = self.items.length;
    let at = clampIndex(indexOf(index));
    if (at < 0) at = Math.max(0, at + length);
    touch(self);
    vm.work(length);
    self.items.splice(Math.min(at, length), 0, item);
    return null;
  },
  'pop(index=-1, /)': (self: PyList, index: Value | undefined) => {
    const length = self.items.length;
    if (index !== undefined && !hasIndex(index))
      throw raise('TypeError', `'${typeName(index)}' object cannot be interpreted as an integer`);
    if (index !== undefined) sizeArgument(index);
    if (length === 0) throw raise('IndexError', 'pop from empty list');
    touch(self);
    if (index === undefined) return self.items.pop()!;
    const at = positionOf(index, length, 'list');
    if (at === undefined) throw raise('IndexError', 'pop index out of range');
    vm.work(length - at);
    return self.items.splice(at, 1)[0]!;
  },
  'remove(value, /)': (self: PyList, value: Value) => {
    const at = indexIn(self, value, undefined, undefined);
    if (at < 0) throw raise('ValueError', 'list.remove(x): x not in list');
    touch(self);
    vm.work(self.items.length - at);
    self.items.splice(at, 1);
    return null;
  },
  'clear()': (self: PyList) => {
    touch(self);
    self.items = [];
    return null;
  },
  'copy()': (self: PyList) => passed(self, new PyList(listOf(new PyTuple(self.items)))),
  'reverse()': (self: PyList) => {
    touch(self);
    vm.work(2 * self.items.length);
    self.items.reverse();
    return null;
  },
  'sort(*, key=None, reverse=False)': (self: PyList, key: Value | undefined, reverse: Value | undefined) => {
    touch(self);
    const items = self.items;
    self.items = [];
    try {
      const sorted = sortValues(items, key, reverse);
      if (self.items.length > 0) throw raise('ValueError', 'list modified during sort');
      self.items = sorted;
    } catch (error) {
      self.items = items;
      throw error;
    }
    return null;
  },
});
listClass.setAttribute('__hash__', null);

function forwards(self: PyList): () => Value | undefined {
  let at = 0;
  return () => {
    refuseUnknown(self);
    if (at < 0 || at >= self.items.length) {
      at = -1;
      return undefined;
    }
    return self.items[at++];
  };
}

settling.set('sort', list =>
  fn('sort(*, key=None, reverse=False)', (key: Value | undefined, reverse: Value | undefined) => {
    touch(list);
    settle(list, sortValues(list.items, key, reverse, causeOf(list)));
    return null;
  }),
);
