/** Descriptors of `functools`: `cached_property` and `partialmethod`. */

import { bindAttribute, bindOnClass } from '../../../python/runtime/descriptors';
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { mutations, touch } from '../../../python/runtime/mutation';
import { defineConstructor, defineMethods, defineProperties } from '../../../python/runtime/native';
import { isAbstract } from '../../../python/runtime/objectMethods';
import {
  BoundMethod,
  creation,
  nativeClass,
  PyClass,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { call, findAttribute, isCallable, repr, special } from '../../../python/runtime/operations';
import { type RunRecord, vm } from '../../../python/runtime/vm';
import { MadeFunction } from '../madeFunction';
import { PyPartial, partialClass } from './partial';

export const cachedPropertyClass = nativeClass('cached_property', undefined, 'functools');
export const partialMethodClass = nativeClass('partialmethod', undefined, 'functools');

class PyCachedProperty extends PyObject {
  readonly func: Value;
  place: string | undefined = undefined;
  constructor(func: Value, cls: PyClass) {
    super(cls);
    this.func = func;
    this.attrs = new Map();
  }
}

/** What was computed where nothing may change: it is kept for the one that asks alone. */
const computed = new WeakMap<RunRecord, Map<PyObject, Map<string, Value>>>();

function readWithoutChange(self: PyCachedProperty, instance: PyObject, place: string): Value {
  mutations.withheld = true;
  const ofRun = computed.get(vm.record) ?? new Map<PyObject, Map<string, Value>>();
  computed.set(vm.record, ofRun);
  const known = ofRun.get(instance) ?? new Map<string, Value>();
  ofRun.set(instance, known);
  const before = known.get(place);
  if (before !== undefined) return before;
  const value = call(self.func, [instance]);
  known.set(place, value);
  return value;
}

/** The value that is kept in the instance under the property's name, made when first asked for. */
function readCached(self: PyCachedProperty, instance: Value): Value {
  if (instance === null) return self;
  const { place } = self;
  if (place === undefined)
    throw raise('TypeError', 'Cannot use cached_property instance without calling __set_name__ on it.');
  if (!(instance instanceof PyObject) || instance.attrs === undefined || instance.cls.slotted)
    throw raise(
      'TypeError',
      `No '__dict__' attribute on ${repr(typeOf(instance).name)} instance to cache ${repr(place)} property.`,
    );
  const known = instance.attrs.get(place);
  if (known !== undefined) return known;
  if (mutations.frozen && instance.owner !== creation.owner) return readWithoutChange(self, instance, place);
  const value = call(self.func, [instance]);
  touch(instance);
  instance.attrs.set(place, value);
  return value;
}

class PyPartialMethod extends PyObject {
  readonly func: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  constructor(func: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, cls: PyClass) {
    super(cls);
    this.func = func;
    this.args = args;
    this.keywords = keywords;
  }
}

/** What an instance's attribute is: a partial call of the bound function, or a method that puts the instance first. */
function bindPartial(self: PyPartialMethod, instance: Value, owner: PyClass): Value {
  const { func } = self;
  const bound = instance === null ? bindOnClass(func, owner) : bindAttribute(func, instance, owner);
  if (bound !== func) return new PyPartial(bound, self.args, self.keywords, partialClass);
  const made = new MadeFunction('_method', ([first, ...args], keywords) => {
    const named = new Map([...self.keywords, ...(keywords ?? [])]);
    return call(func, [first!, ...self.args, ...args], named.size === 0 ? undefined : named);
  });
  return instance === null ? made : new BoundMethod(instance, made);
}

export function setUpMethods(): void {
  defineConstructor(cachedPropertyClass, 'cached_property(func)', (cls: PyClass, func: Value) => {
    return new PyCachedProperty(func, cls);
  });
  defineProperties(cachedPropertyClass, {
    func: (self: PyCachedProperty) => self.func,
    attrname: (self: PyCachedProperty) => self.place ?? null,
    __doc__: (self: PyCachedProperty) => findAttribute(self.func, '__doc__') ?? null,
    __isabstractmethod__: (self: PyCachedProperty) => isAbstract(self.func),
  });
  defineMethods(cachedPropertyClass, {
    '__set_name__(owner, name, /)': (self: PyCachedProperty, _owner: Value, name: string) => {
      if (self.place !== undefined && self.place !== name)
        throw raise(
          'TypeError',
          `Cannot assign the same cached_property to two different names (${repr(self.place)} and ${repr(name)}).`,
        );
      self.place = name;
      return null;
    },
    '__get__(instance, owner=None, /)': readCached,
  });
  defineConstructor(
    partialMethodClass,
    'partialmethod(func, /, *args, **keywords)',
    (cls: PyClass, func: Value, args: PyTuple, keywords: Map<string, Value>) => {
      if (!isCallable(func) && special(func, '__get__') === undefined)
        throw raise('TypeError', `${repr(func)} is not callable or a descriptor`);
      return new PyPartialMethod(func, args.items, keywords, cls);
    },
  );
  defineProperties(partialMethodClass, {
    func: (self: PyPartialMethod) => self.func,
    args: (self: PyPartialMethod) => new PyTuple(self.args),
    keywords: (self: PyPartialMethod) => PyDict.from(self.keywords),
  });
  defineMethods(partialMethodClass, {
    '__get__(instance, owner=None, /)': (self: PyPartialMethod, instance: Value, owner?: Value) =>
      bindPartial(self, instance, owner instanceof PyClass ? owner : typeOf(instance)),
    '__repr__()': (self: PyPartialMethod) => {
      const parts = [self.func, ...self.args].map(repr);
      for (const [name, value] of self.keywords) parts.push(`${name}=${repr(value)}`);
      return `functools.partialmethod(${parts.join(', ')})`;
    },
  });
}
