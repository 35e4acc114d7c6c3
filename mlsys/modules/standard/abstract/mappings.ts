/** `Mapping`, `MutableMapping` and their views of `collections.abc`: what follows from access by key. */
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { defineClassMethods, defineConstructor } from '../../../python/runtime/native';
import {
  NotImplemented,
  type PyClass,
  PyInstance,
  type PyObject,
  PyTuple,
  type Value,
} from '../../../python/runtime/objects';
import {
  call,
  callMethod,
  deleteItem,
  equals,
  findAttribute,
  getAttribute,
  getItem,
  iterate,
  length,
  repr,
  sameOrEqual,
  setItem,
  unpack,
} from '../../../python/runtime/operations';
import { PySet } from '../../../python/runtime/set';
import { abstractClass, abstractClasses, isAbstractly, itemsOf, iteratorFrom, unless } from './define';

const mappingOf = (view: Value): Value => getAttribute(view, '_mapping');

/** The value under a key, undefined where there is none. */
const find = (mapping: Value, key: Value): Value | undefined => unless('KeyError', () => getItem(mapping, key));

/** An iterator over the keys of a view's mapping, each as `show` gives it. */
const walk = (show: (mapping: Value, key: Value) => Value) => (view: Value) => {
  const mapping = mappingOf(view);
  const next = iterate(mapping);
  return iteratorFrom(() => {
    const key = next();
    return key === undefined ? undefined : show(mapping, key);
  });
};

function defineViews(): void {
  const view = abstractClass('MappingView', ['Sized'], [], {
    '__len__()': (self: Value) => BigInt(length(mappingOf(self))),
    '__repr__()': (self: PyObject) => `${self.cls.name}(${repr(mappingOf(self))})`,
  });
  const keys = abstractClass('KeysView', ['MappingView', 'Set'], [], {
    '__contains__(key, /)': (self: Value, key: Value) => find(mappingOf(self), key) !== undefined,
    '__iter__()': walk((_mapping, key) => key),
  });
  const items = abstractClass('ItemsView', ['MappingView', 'Set'], [], {
    '__contains__(item, /)': (self: Value, item: Value) => {
      const [key, value] = unpack(item, 2);
      const found = find(mappingOf(self), key!);
      return found !== undefined && sameOrEqual(found, value!);
    },
    '__iter__()': walk((mapping, key) => new PyTuple([key, getItem(mapping, key)])),
  });
  abstractClass('ValuesView', ['MappingView', 'Collection'], [], {
    '__contains__(value, /)': (self: Value, value: Value) => {
      for (const one of itemsOf(self)) if (sameOrEqual(one, value)) return true;
      return false;
    },
    '__iter__()': walk(getItem),
  });
  // Views have one layout, so that a class may be several of them.
  defineConstructor(view, 'MappingView(mapping)', (own: PyClass, mapping: Value) => {
    const made = new PyInstance(own);
    made.attrs!.set('_mapping', mapping);
    return made;
  });
  for (const cls of [keys, items])
    defineClassMethods(cls, { '_from_iterable(it)': (_cls: PyClass, source: Value) => PySet.from(itemsOf(source)) });
}

export function defineMappings(): void {
  defineViews();
  const viewBy = (name: string) => (self: Value) => call(abstractClasses.get(name)!, [self]);
  const contents = (mapping: Value): PyDict =>
    PyDict.from([...itemsOf(callMethod(mapping, 'items'))].map(pair => unpack(pair, 2) as [Value, Value]));
  const mapping = abstractClass('Mapping', ['Collection'], ['__getitem__(key)'], {
    'get(key, default=None)': (self: Value, key: Value, otherwise?: Value) => {
      const found = find(self, key);
      return found === undefined ? (otherwise ?? null) : found;
    },
    '__contains__(key, /)': (self: Value, key: Value) => find(self, key) !== undefined,
    'keys()': viewBy('KeysView'),
    'items()': viewBy('ItemsView'),
    'values()': viewBy('ValuesView'),
    '__eq__(other, /)': (self: Value, other: Value) =>
      isAbstractly(other, 'Mapping') ? equals(contents(self), contents(other)) : NotImplemented,
  });
  mapping.setAttribute('__reversed__', null);
  defineMutableMapping();
}

/** Sets what `update` is given: a mapping, an object with keys or pairs. */
function update(self: Value, source: Value | undefined, named: ReadonlyMap<string, Value>): Value {
  if (source !== undefined) {
    const isMapping = isAbstractly(source, 'Mapping');
    if (isMapping || findAttribute(source, 'keys') !== undefined)
      for (const key of itemsOf(isMapping ? source : callMethod(source, 'keys')))
        setItem(self, key, getItem(source, key));
    else
      for (const pair of itemsOf(source)) {
        const [key, value] = unpack(pair, 2);
        setItem(self, key!, value!);
      }
  }
  for (const [name, value] of named) setItem(self, name, value);
  return null;
}

function defineMutableMapping(): void {
  const popItem = (self: Value): Value => {
    for (const key of itemsOf(self)) {
      const value = getItem(self, key);
      deleteItem(self, key);
      return new PyTuple([key, value]);
    }
    throw raise('KeyError');
  };
  abstractClass('MutableMapping', ['Mapping'], ['__setitem__(key, value)', '__delitem__(key)'], {
    'pop(key, default=None)': (self: Value, key: Value, otherwise?: Value) => {
      const found = otherwise === undefined ? getItem(self, key) : find(self, key);
      if (found === undefined) return otherwise!;
      deleteItem(self, key);
      return found;
    },
    'popitem()': popItem,
    'clear()': (self: Value) => {
      while (unless('KeyError', () => callMethod(self, 'popitem')) !== undefined);
      return null;
    },
    'update(other=(), /, **kwds)': update,
    'setdefault(key, default=None)': (self: Value, key: Value, otherwise?: Value) => {
      const found = find(self, key);
      if (found !== undefined) return found;
      setItem(self, key, otherwise ?? null);
      return otherwise ?? null;
    },
  });
}
