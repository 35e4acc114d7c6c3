/** `dict`. Its views are in `dictViews.ts`. */

import { construct } from '../runtime/classes';
import { PyDict } from '../runtime/dict';
import { raise } from '../runtime/errors';
import { HashMap } from '../runtime/hashMap';
import { touch } from '../runtime/mutation';
import { defineClassMethods, defineConstructor, fn } from '../runtime/native';
import { dictClass, NotImplemented, type PyClass, PyTuple, type Value } from '../runtime/objects';
import {
  callMethod,
  callSpecial,
  findAttribute,
  getItem,
  guardedRepr,
  iterate,
  listOf,
  repr,
  sameOrEqual,
  setItem,
  special,
} from '../runtime/operations';
import { passCopy } from '../runtime/origins';
import { orderless } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import { dictItems, dictKeys, dictValues, keyIterator, reverseKeyIterator } from './dictViews';
import { adopt, defineOn } from './support';

const asDict = (self: Value) => (self instanceof PyDict ? self : undefined);

/** A plain dict with the same entries; the order of insertion stays. */
export function copyOf(dict: PyDict): PyDict {
  vm.charge(dict.size * 64);
  vm.step(3 * dict.size);
  const made = new PyDict(dict.map.copy());
  passCopy(dict, made);
  return made;
}

function put(self: PyDict, key: Value, value: Value, code?: bigint): void {
  vm.step();
  self.map.set(key, value, code);
  if ((self.map.size & 1023) === 0) vm.charge(1024 * 64);
}

/** `dict.update`: a mapping by its keys, or pairs. */
export function update(self: PyDict, source: Value | undefined, keywords: ReadonlyMap<string, Value>): void {
  touch(self);
  if (source instanceof PyDict && source.cls.lookup('__iter__') === dictClass.attrs.get('__iter__')) {
    const { size } = source;
    for (const { key, value, code } of source === self ? [] : source.map.records()) {
      put(self, key, value, code);
      if (source.size !== size) throw raise('RuntimeError', 'dict mutated during update');
    }
    passCopy(source, self);
  } else if (source !== undefined) {
    if (findAttribute(source, 'keys') !== undefined) {
      const next = iterate(callMethod(source, 'keys'));
      for (let key = next(); key !== undefined; key = next()) put(self, key, getItem(source, key));
    } else putPairs(self, source);
  }
  for (const [key, value] of keywords) put(self, key, value);
}

function putPairs(self: PyDict, source: Value): void {
  const next = iterate(source);
  let at = 0;
  for (let item = next(); item !== undefined; item = next()) {
    let pair: readonly Value[];
    try {
      pair = item instanceof PyTuple ? item.items : listOf(item);
    } catch (error) {
      if (typeof item !== 'object' || item === null || special(item, '__iter__') === undefined)
        throw raise('TypeError', `cannot convert dictionary update sequence element #${at} to a sequence`);
      throw error;
    }
    if (pair.length !== 2)
      throw raise('ValueError', `dictionary update sequence element #${at} has length ${pair.length}; 2 is required`);
    put(self, pair[0]!, pair[1]!);
    at++;
  }
}

defineConstructor(
  dictClass,
  'dict(source=(), /, **kwargs)',
  (cls: PyClass, source: Value | undefined, keywords: ReadonlyMap<string, Value>) => {
    const made = adopt(new PyDict(new HashMap(), cls), cls);
    update(made, source, keywords);
    return made;
  },
);

defineClassMethods(dictClass, {
  'fromkeys(iterable, value=None, /)': (cls: PyClass, keys: Value, value: Value | undefined) => {
    const made = cls === dictClass ? new PyDict() : construct(cls, [], undefined);
    const next = iterate(keys);
    for (let key = next(); key !== undefined; key = next()) {
      if (made instanceof PyDict && made.cls === dictClass) put(made, key, value ?? null);
      else setItem(made, key, value ?? null);
    }
    return made;
  },
});

/** The value of a missing key: by `__missing__` of a subclass, or KeyError. */
function missing(self: PyDict, key: Value): Value {
  if (self.cls !== dictClass) {
    const hook = self.cls.lookup('__missing__');
    if (hook !== undefined && hook !== null) return callSpecial(hook, self, [key]);
  }
  throw raise('KeyError', key);
}

function equalDicts(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false;
  for (const { key, value, code } of a.map.records()) {
    vm.step(4);
    const other = b.map.find(key, code)?.value;
    if (other === undefined || !sameOrEqual(value, other)) return false;
  }
  return true;
}

function reprEntries(self: PyDict): string {
  const parts: string[] = [];
  let size = 0;
  for (const [key, value] of self.entries()) {
    vm.step(5);
    const text = `${repr(key)}: ${repr(value)}`;
    size += text.length;
    parts.push(text);
  }
  if (size > 1000) {
    vm.charge(size);
    vm.work(size);
  }
  return `{${parts.join(', ')}}`;
}

function getOr(self: PyDict, key: Value, fallback: Value | undefined): Value {
  const value = self.get(key);
  return value === undefined ? (fallback ?? null) : value;
}

defineOn(dictClass, asDict, {
  '__init__(source=(), /, **kwargs)': (
    self: PyDict,
    source: Value | undefined,
    keywords: ReadonlyMap<string, Value>,
  ) => {
    update(self, source, keywords);
    return null;
  },
  '__len__()': (self: PyDict) => BigInt(self.size),
  '__iter__()': (self: PyDict) => keyIterator(self),
  '__reversed__()': (self: PyDict) => reverseKeyIterator(self),
  '__contains__(key, /)': (self: PyDict, key: Value) => self.has(key),
  '__getitem__(key, /)': (self: PyDict, key: Value) => {
    const value = self.get(key);
    return value === undefined ? missing(self, key) : value;
  },
  '__setitem__(key, value, /)': (self: PyDict, key: Value, value: Value) => {
    touch(self);
    put(self, key, value);
    return null;
  },
  '__delitem__(key, /)': (self: PyDict, key: Value) => {
    touch(self);
    if (!self.delete(key)) throw raise('KeyError', key);
    return null;
  },
  '__eq__(value, /)': (self: PyDict, other: Value) =>
    other instanceof PyDict ? equalDicts(self, other) : NotImplemented,
  '__ne__(value, /)': (self: PyDict, other: Value) =>
    other instanceof PyDict ? !equalDicts(self, other) : NotImplemented,
  '__or__(value, /)': (self: PyDict, other: Value) => {
    if (!(other instanceof PyDict)) return NotImplemented;
    const made = copyOf(self);
    update(made, other, new Map());
    return made;
  },
  '__ror__(value, /)': (self: PyDict, other: Value) => {
    if (!(other instanceof PyDict)) return NotImplemented;
    const made = copyOf(other);
    update(made, self, new Map());
    return made;
  },
  '__ior__(value, /)': (self: PyDict, other: Value) => {
    update(self, other, new Map());
    return self;
  },
  '__repr__()': (self: PyDict) => guardedRepr(self, '{...}', () => reprEntries(self)),
  'get(key, default=None, /)': getOr,
  'setdefault(key, default=None, /)': (self: PyDict, key: Value, fallback: Value | undefined) => {
    const known = self.get(key);
    if (known !== undefined) return known;
    touch(self);
    put(self, key, fallback ?? null, self.map.askedCode);
    return fallback ?? null;
  },
  'pop(key, default=None, /)': (self: PyDict, key: Value, fallback: Value | undefined) => {
    touch(self);
    // An empty dict does not even ask for the key's hash.
    const entry = self.size === 0 ? undefined : self.map.remove(key);
    if (entry !== undefined) return entry.value;
    if (fallback === undefined) throw raise('KeyError', key);
    return fallback;
  },
  'popitem()': (self: PyDict) => {
    const entry = self.map.last;
    if (entry === undefined) throw raise('KeyError', 'popitem(): dictionary is empty');
    touch(self);
    self.delete(entry.key);
    return new PyTuple([entry.key, entry.value]);
  },
  'update(source=(), /, **kwargs)': (self: PyDict, source: Value | undefined, keywords: ReadonlyMap<string, Value>) => {
    update(self, source, keywords);
    return null;
  },
  'clear()': (self: PyDict) => {
    touch(self);
    self.map.clear();
    return null;
  },
  'copy()': copyOf,
  'keys()': dictKeys,
  'values()': dictValues,
  'items()': dictItems,
});
dictClass.setAttribute('__hash__', null);

orderless.set('get', dict =>
  fn('get(key, default=None, /)', (key: Value, fallback: Value | undefined) => getOr(dict, key, fallback)),
);
