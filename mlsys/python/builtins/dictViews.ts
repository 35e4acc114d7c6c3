/** Live views of a dict's keys, values and items, and their iterators. */
import type { PyDict } from '../runtime/dict';
import { Unsupported } from '../runtime/errors';
import type { Entry } from '../runtime/hashMap';
import { drain, iterateItems, survivesChange } from '../runtime/iteration';
import { defineMethods, defineProperties, fn } from '../runtime/native';
import {
  type Next,
  NotImplemented,
  nativeClass,
  type PyClass,
  PyObject,
  PyTuple,
  type Value,
} from '../runtime/objects';
import {
  contains,
  guardedRepr,
  iterate,
  iterateEntries,
  length,
  listOf,
  reprItems,
  sameOrEqual,
} from '../runtime/operations';
import { PySet, PySetBase } from '../runtime/set';
import { causeOf, loseOrder, orderOnly, refuseUnknown } from '../runtime/unknown';
import { looseViews, orderCause, orderless, takeAny } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import { iteratorClass, makeIterator } from './support';

export const keysClass = nativeClass('dict_keys');
export const valuesClass = nativeClass('dict_values');
export const itemsClass = nativeClass('dict_items');
const keyIteratorClass = iteratorClass('dict_keyiterator');
const valueIteratorClass = iteratorClass('dict_valueiterator');
const itemIteratorClass = iteratorClass('dict_itemiterator');
const reverseKeyIteratorClass = iteratorClass('dict_reversekeyiterator');
const reverseValueIteratorClass = iteratorClass('dict_reversevalueiterator');
const reverseItemIteratorClass = iteratorClass('dict_reverseitemiterator');

type Kind = 'keys' | 'values' | 'items';

const CLASSES = { keys: keysClass, values: valuesClass, items: itemsClass } as const;
const ITERATORS = { keys: keyIteratorClass, values: valueIteratorClass, items: itemIteratorClass } as const;
const REVERSE = {
  keys: reverseKeyIteratorClass,
  values: reverseValueIteratorClass,
  items: reverseItemIteratorClass,
} as const;
for (const cls of Object.values(CLASSES)) cls.subclassable = false;

/** Those of an `OrderedDict`, which go by other names. */
const ORDERED = {
  keys: nativeClass('odict_keys', [keysClass]),
  values: nativeClass('odict_values', [valuesClass]),
  items: nativeClass('odict_items', [itemsClass]),
} as const;
const orderedIteratorClass = iteratorClass('odict_iterator');
for (const cls of Object.values(ORDERED)) cls.subclassable = false;

/** `dict.keys()`, `.values()` or `.items()`: follows the dict. */
export class PyDictView extends PyObject {
  readonly dict: PyDict;
  readonly kind: Kind;
  constructor(dict: PyDict, kind: Kind, cls: PyClass = CLASSES[kind]) {
    super(cls);
    this.dict = dict;
    this.kind = kind;
  }
}

/** The dict of a view; what it holds may not be known any more since the view was made. */
function dictOf({ dict }: PyDictView): PyDict {
  if (!orderOnly.has(dict)) refuseUnknown(dict);
  return dict;
}

export const dictKeys = (dict: PyDict) => new PyDictView(dict, 'keys');
export const dictValues = (dict: PyDict) => new PyDictView(dict, 'values');
export const dictItems = (dict: PyDict) => new PyDictView(dict, 'items');

/** The methods of an `OrderedDict` that make its views. */
export const orderedViews = {
  'keys()': (dict: PyDict) => new PyDictView(dict, 'keys', ORDERED.keys),
  'values()': (dict: PyDict) => new PyDictView(dict, 'values', ORDERED.values),
  'items()': (dict: PyDict) => new PyDictView(dict, 'items', ORDERED.items),
};

function pick(entry: Entry, kind: Kind): Value {
  return kind === 'keys' ? entry.key : kind === 'values' ? entry.value : new PyTuple([entry.key, entry.value]);
}

/** Items of the view in order; a change of the dict's size meanwhile is an error. */
function walk(dict: PyDict, kind: Kind): Next {
  const next = iterateEntries(dict, 'dictionary');
  return () => {
    const entry = next();
    return entry === undefined ? undefined : pick(entry, kind);
  };
}

function* pairs({ map }: PyDict): Iterable<Value> {
  for (const [key, value] of map) yield new PyTuple([key, value]);
}

/** A view of a dict that is known but for its order, and so is the view. */
function looseView(dict: PyDict, kind: Kind): PyDictView {
  const view = new PyDictView(dict, kind);
  loseOrder(view, causeOf(dict)!);
  looseViews.set(view, () => {
    if (!orderOnly.has(dict)) refuseUnknown(dict);
    const items = { keys: () => dict.map.keys(), values: () => dict.map.values(), items: () => pairs(dict) }[kind]();
    return iterateItems([...items]);
  });
  return view;
}

for (const kind of ['keys', 'values', 'items'] as const)
  orderless.set(kind, dict => fn(`${kind}()`, () => looseView(dict, kind)));

function walkBack(dict: PyDict, kind: Kind): Next {
  const { map } = dict;
  const { size, changes } = map;
  let entry: Entry | undefined;
  let left = size;
  return () => {
    if (left === 0) return undefined;
    refuseUnknown(dict);
    if (map.changes !== changes && !survivesChange(dict, size, 'dictionary', left)) return undefined;
    entry = left === size ? map.last : entry?.previous;
    while (entry?.removed) entry = entry.previous;
    if (entry === undefined) {
      left = 0;
      return undefined;
    }
    left--;
    return pick(entry, kind);
  };
}

export const keyIterator = (dict: PyDict) => makeIterator(walk(dict, 'keys'), keyIteratorClass);
export const reverseKeyIterator = (dict: PyDict) => makeIterator(walkBack(dict, 'keys'), reverseKeyIteratorClass);

function has(view: PyDictView, item: Value): boolean {
  const dict = dictOf(view);
  if (view.kind === 'keys') return dict.has(item);
  if (view.kind === 'items') {
    if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
    const value = dict.get(item.items[0]!);
    return value !== undefined && sameOrEqual(value, item.items[1]!);
  }
  for (const value of dict.values()) {
    vm.step();
    if (sameOrEqual(value, item)) return true;
  }
  return false;
}

for (const cls of Object.values(CLASSES)) {
  defineMethods(cls, {
    '__len__()': (self: PyDictView) => BigInt(dictOf(self).size),
    '__iter__()': (self: PyDictView) => makeIterator(walk(self.dict, self.kind), ITERATORS[self.kind]),
    '__reversed__()': (self: PyDictView) => makeIterator(walkBack(dictOf(self), self.kind), REVERSE[self.kind]),
    '__contains__(key, /)': has,
    '__repr__()': (self: PyDictView) =>
      guardedRepr(self, '...', () => {
        const next = walk(self.dict, self.kind);
        const items: Value[] = [];
        for (let item = next(); item !== undefined; item = next()) items.push(item);
        return `${self.cls.name}([${reprItems(items)}])`;
      }),
  });
  defineProperties(cls, {
    mapping: () => {
      throw new Unsupported(`mapping of ${cls.name}`, 'use the dict itself');
    },
  });
}

for (const cls of Object.values(ORDERED))
  defineMethods(cls, {
    '__iter__()': (self: PyDictView) => makeIterator(walk(self.dict, self.kind), orderedIteratorClass),
    '__reversed__()': (self: PyDictView) => makeIterator(walkBack(dictOf(self), self.kind), orderedIteratorClass),
  });

// ------------------------------------------------------------------------------------------------------ set operations

function isSetLike(value: Value): value is PyObject {
  return value instanceof PySetBase || (value instanceof PyDictView && value.kind !== 'values');
}

function containsAll(big: PyObject, small: PyObject): boolean {
  return takeAny(small, next => {
    for (let item = next(); item !== undefined; item = next()) {
      vm.step();
      if (!contains(big, item)) return false;
    }
    return true;
  });
}

/** All items, as a fresh array, in whatever order they come. */
const allOf = (value: Value): Value[] => (orderCause(value) === undefined ? listOf(value) : takeAny(value, drain));

/** `view & other` goes through the smaller operand, so the items are that one's. */
function intersection(view: PyDictView, other: Value): PySet {
  const { size } = dictOf(view);
  if (other instanceof PySet && size <= other.size) return PySet.from(allOf(view).filter(item => other.has(item)));
  if (other instanceof PyDictView && other.dict.size > size) return intersection(other, view);
  return PySet.from(allOf(other).filter(item => has(view, item)));
}

function symmetric(a: Value, b: Value): PySet {
  const made = PySet.from(allOf(a));
  for (const { key: item } of PySet.from(allOf(b)).records()) if (!made.delete(item)) made.add(item);
  return made;
}

function combine(a: Value, b: Value, op: 'and' | 'or' | 'sub' | 'xor'): PySet {
  if (op === 'and')
    return a instanceof PyDictView
      ? intersection(a, b)
      : PySet.from(allOf(a).filter(item => contains(b as PyObject, item)));
  if (op === 'xor') return symmetric(a, b);
  const made = PySet.from(allOf(a));
  for (const item of allOf(b)) {
    if (op === 'or') made.add(item);
    else made.delete(item);
  }
  return made;
}

function combined(a: Value, b: Value, op: 'and' | 'or' | 'sub' | 'xor'): PySet {
  const made = combine(a, b, op);
  if (orderCause(a) !== undefined || orderCause(b) !== undefined) made.loosen();
  return made;
}

for (const cls of [keysClass, itemsClass]) {
  for (const op of ['and', 'or', 'sub', 'xor'] as const)
    defineMethods(cls, {
      [`__${op}__(value, /)`]: (self: PyDictView, other: Value) => combined(self, other, op),
      [`__r${op}__(value, /)`]: (self: PyDictView, other: Value) => combined(other, self, op),
    });
  const compared = (test: (own: PyDictView, other: PyObject) => boolean) => (self: PyDictView, other: Value) =>
    isSetLike(other) ? test(self, other) : NotImplemented;
  defineMethods(cls, {
    '__eq__(value, /)': compared((a, b) => length(a) === length(b) && containsAll(b, a)),
    '__ne__(value, /)': compared((a, b) => length(a) !== length(b) || !containsAll(b, a)),
    '__lt__(value, /)': compared((a, b) => length(a) < length(b) && containsAll(b, a)),
    '__le__(value, /)': compared((a, b) => length(a) <= length(b) && containsAll(b, a)),
    '__gt__(value, /)': compared((a, b) => length(a) > length(b) && containsAll(a, b)),
    '__ge__(value, /)': compared((a, b) => length(a) >= length(b) && containsAll(a, b)),
    'isdisjoint(other, /)': (self: PyDictView, other: Value) => {
      const next = iterate(other);
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        if (has(self, item)) return false;
      }
      return true;
    },
  });
  cls.setAttribute('__hash__', null);
}
