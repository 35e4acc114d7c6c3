/** `collections.abc`: what containers have in common, checked by their methods, and what follows from these. */

import { exceptionClassOf, raise } from '../../../python/runtime/errors';
import { defineClassMethods } from '../../../python/runtime/native';
import {
  bytearrayClass,
  bytesClass,
  dictClass,
  frozensetClass,
  generatorClass,
  listClass,
  PyClass,
  type PyModule,
  PyObject,
  PyTuple,
  rangeClass,
  setClass,
  strClass,
  tupleClass,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { callMethod, PyGenericAlias } from '../../../python/runtime/operations';
import { moduleOf } from '../support';
import { abstractClass, abstractClasses, unless } from './define';
import { defineMappings } from './mappings';
import { defineSequences } from './sequences';
import { defineSets } from './sets';

/** Classes that demand methods and give few or none. */
function defineInterfaces(): void {
  abstractClass('Hashable', [], ['__hash__()']);
  abstractClass('Iterable', [], ['__iter__()']);
  abstractClass('Iterator', ['Iterable'], ['__next__()'], { '__iter__()': (self: Value) => self });
  abstractClass('Reversible', ['Iterable'], ['__reversed__()']);
  abstractClass('Generator', ['Iterator'], ['send(value)', 'throw(typ, val=None, tb=None)'], {
    '__next__()': (self: Value) => callMethod(self, 'send', null),
    'close()': (self: Value) => {
      // The generator may end by the exception itself or by an end of its items.
      const close = () => callMethod(self, 'throw', exceptionClassOf('GeneratorExit'));
      const goesOn = unless('GeneratorExit', () => unless('StopIteration', close)) !== undefined;
      if (goesOn) throw raise('RuntimeError', 'generator ignored GeneratorExit');
      return null;
    },
  });
  abstractClass('Sized', [], ['__len__()']);
  abstractClass('Container', [], ['__contains__(x)']);
  abstractClass('Collection', ['Sized', 'Iterable', 'Container']);
  abstractClass('Callable', [], ['__call__(*args, **kwds)']);
  abstractClass('Awaitable', [], ['__await__()']);
  abstractClass('Coroutine', ['Awaitable'], ['send(value)', 'throw(typ, val=None, tb=None)']);
  abstractClass('AsyncIterable', [], ['__aiter__()']);
  abstractClass('AsyncIterator', ['AsyncIterable'], ['__anext__()']);
  abstractClass('Buffer', [], ['__buffer__(flags)']);
}

/** Interfaces that a class has by its methods alone. */
const BY_METHODS: Readonly<Record<string, readonly string[]>> = {
  Hashable: ['__hash__'],
  Iterable: ['__iter__'],
  Iterator: ['__iter__', '__next__'],
  Reversible: ['__reversed__', '__iter__'],
  Sized: ['__len__'],
  Container: ['__contains__'],
  Collection: ['__len__', '__iter__', '__contains__'],
  Callable: ['__call__'],
  Generator: ['__iter__', '__next__', 'send', 'throw', 'close'],
  Awaitable: ['__await__'],
  Coroutine: ['__await__', 'send', 'throw', 'close'],
  AsyncIterable: ['__aiter__'],
  AsyncIterator: ['__anext__', '__aiter__'],
};

/** Interfaces that built-in classes are declared to have. */
const BY_CLASS: Readonly<Record<string, readonly PyClass[]>> = {
  Sequence: [listClass, tupleClass, strClass, rangeClass, bytesClass, bytearrayClass],
  MutableSequence: [listClass, bytearrayClass],
  Mapping: [dictClass],
  MutableMapping: [dictClass],
  Set: [setClass, frozensetClass],
  MutableSet: [setClass],
  ByteString: [bytesClass, bytearrayClass],
  Buffer: [bytesClass, bytearrayClass],
  Generator: [generatorClass],
  Reversible: [tupleClass, strClass, bytesClass, bytearrayClass],
};

const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  KeysView: ['dict_keys'],
  ItemsView: ['dict_items'],
  ValuesView: ['dict_values'],
  MappingView: ['dict_keys', 'dict_items', 'dict_values'],
  Set: ['dict_keys', 'dict_items'],
  Mapping: ['mappingproxy'],
  Sequence: ['deque'],
  MutableSequence: ['deque'],
};

const UNSUBSCRIPTED = ['Hashable', 'Sized', 'Buffer', 'ByteString', 'MappingView'];

/** The classes by name; made when first asked for. */
export function abstractCollections(): ReadonlyMap<string, Value> {
  if (abstractClasses.size > 0) return abstractClasses;
  defineInterfaces();
  defineSets();
  defineMappings();
  defineSequences();
  abstractClass('ByteString', ['Sequence']);
  for (const [name, cls] of abstractClasses) {
    addCheck(name, cls);
    if (!UNSUBSCRIPTED.includes(name))
      defineClassMethods(cls, {
        '__class_getitem__(key)': (own: PyClass, key: Value) =>
          new PyGenericAlias(own, key instanceof PyTuple ? key.items : [key]),
      });
  }
  return abstractClasses;
}

function addCheck(name: string, cls: PyClass): void {
  const methods = BY_METHODS[name];
  const listed = BY_CLASS[name] ?? [];
  const names = BY_NAME[name] ?? [];
  const check = (own: PyClass): boolean =>
    (methods?.every(method => (own.lookup(method) ?? null) !== null || implied(own, method)) ?? false) ||
    listed.some(one => own.isSubclassOf(one)) ||
    own.mro.some(one => names.includes(one.name));
  cls.subclassCheck = check;
  cls.instanceCheck = value => check(typeOf(value)) || (name === 'Callable' && isFunction(value));
}

/** Methods that values of ours have without a table entry. */
export function implied(cls: PyClass, method: string): boolean {
  return method === '__reversed__' && (cls === listClass || cls === rangeClass || cls === dictClass);
}

function isFunction(value: Value): boolean {
  return value instanceof PyClass || (value instanceof PyObject && /function|method/.test(value.cls.name));
}

export function loadCollectionsAbc(): PyModule {
  return moduleOf('collections.abc', Object.fromEntries(abstractCollections()));
}
