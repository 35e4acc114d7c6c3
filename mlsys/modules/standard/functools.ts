/** `functools` */

import { PyDict } from '../../python/runtime/dict';
import { raise } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { HashMap } from '../../python/runtime/hashmap';
import { touch } from '../../python/runtime/mutation';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  BoundMethod,
  type Keywords,
  nativeClass,
  type PyClass,
  PyInstance,
  type PyModule,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { call, findAttribute, iterate, repr, setAttribute, smallIndex, truth } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { runPython } from './python';
import { classes, functions, moduleOf } from './support';

const partialClass = nativeClass('partial', undefined, 'functools');
partialClass.errorName = 'functools.partial';
const cacheClass = nativeClass('_lru_cache_wrapper', undefined, 'functools');

class PyPartial extends PyObject {
  readonly func: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  constructor(func: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, cls: PyClass) {
    super(cls);
    this.func = func;
    this.args = args;
    this.keywords = keywords;
    this.attrs = new Map();
  }
}

function setUpPartial(): void {
  defineConstructor(
    partialClass,
    'partial(func, /, *args, **keywords)',
    (cls: PyClass, func: Value, args: PyTuple, keywords: Map<string, Value>) => {
      if (findAttribute(func, '__call__') === undefined)
        throw raise('TypeError', 'the first argument must be callable');
      if (func instanceof PyPartial && cls === partialClass)
        return new PyPartial(func.func, [...func.args, ...args.items], new Map([...func.keywords, ...keywords]), cls);
      return new PyPartial(func, args.items, keywords, cls);
    },
  );
  defineMethods(partialClass, {
    '__call__(*args, **keywords)': (self: PyPartial, args: PyTuple, keywords: Map<string, Value>) => {
      const merged = self.keywords.size === 0 ? keywords : new Map([...self.keywords, ...keywords]);
      return call(self.func, [...self.args, ...args.items], merged.size === 0 ? undefined : merged);
    },
    '__repr__()': (self: PyPartial) => {
      const parts = [self.func, ...self.args].map(repr);
      for (const [key, value] of self.keywords) parts.push(`${key}=${repr(value)}`);
      return `functools.partial(${parts.join(', ')})`;
    },
  });
  defineProperties(partialClass, {
    func: (self: PyPartial) => self.func,
    args: (self: PyPartial) => new PyTuple(self.args),
    keywords: (self: PyPartial) => PyDict.from(self.keywords),
  });
}

/** A function with a memory, as `lru_cache` makes it; `limit` undefined for one without bound. */
class PyCached extends PyObject {
  readonly func: Value;
  readonly limit: number | undefined;
  readonly typed: boolean;
  readonly memory = new HashMap();
  hits = 0;
  misses = 0;
  constructor(func: Value, limit: number | undefined, typed: boolean) {
    super(cacheClass);
    this.func = func;
    this.limit = limit;
    this.typed = typed;
    this.attrs = new Map([['__wrapped__', func]]);
  }
}

const MARK = new PyTuple([]);

function cacheKey(self: PyCached, args: readonly Value[], keywords: Keywords): Value {
  const parts: Value[] = [...args];
  if (keywords !== undefined && keywords.size > 0) {
    parts.push(MARK);
    for (const [name, value] of keywords) parts.push(name, value);
  }
  if (self.typed) {
    for (const value of args) parts.push(typeOf(value));
    for (const value of keywords?.values() ?? []) parts.push(typeOf(value));
  }
  return new PyTuple(parts);
}

function callCached(self: PyCached, args: readonly Value[], keywords: Keywords): Value {
  // What a memory holds shows nowhere but in `cache_info`, so calls do not count as changes of the object.
  const { memory, limit } = self;
  if (limit === 0) {
    self.misses++;
    return call(self.func, [...args], keywords);
  }
  const key = cacheKey(self, args, keywords);
  const known = memory.find(key);
  if (known !== undefined) {
    self.hits++;
    if (limit !== undefined) memory.move(known, true);
    return known.value;
  }
  self.misses++;
  vm.enter();
  let value: Value;
  try {
    value = call(self.func, [...args], keywords);
  } finally {
    vm.leave();
  }
  vm.charge(64);
  if (memory.find(key) === undefined) memory.set(key, value);
  if (limit !== undefined && memory.size > limit) memory.delete(memory.first!.key);
  return value;
}

function setUpCache(infoClass: Value): void {
  defineMethods(cacheClass, {
    '__call__(*args, **kwargs)': (self: PyCached, args: PyTuple, keywords: Map<string, Value>) =>
      callCached(self, args.items, keywords.size === 0 ? undefined : keywords),
    'cache_info()': (self: PyCached) =>
      call(infoClass, [
        BigInt(self.hits),
        BigInt(self.misses),
        self.limit === undefined ? null : BigInt(self.limit),
        BigInt(self.memory.size),
      ]),
    'cache_clear()': (self: PyCached) => {
      touch(self);
      self.memory.clear();
      self.hits = 0;
      self.misses = 0;
      return null;
    },
    'cache_parameters()': (self: PyCached) =>
      PyDict.from([
        ['maxsize', self.limit === undefined ? null : BigInt(self.limit)],
        ['typed', self.typed],
      ]),
    '__get__(instance, owner=None)': (self: PyCached, instance: Value) =>
      instance === null ? self : new BoundMethod(instance, self),
    '__repr__()': (self: PyCached) => repr(self.func).replace('<function', '<functools._lru_cache_wrapper object of'),
  });
}

const COPIED = ['__module__', '__name__', '__qualname__', '__doc__'];

/** Gives `wrapper` the looks of `wrapped`. */
function updateWrapper(wrapper: Value, wrapped: Value, assigned?: Value, updated?: Value): Value {
  const names: string[] = [];
  if (assigned === undefined) names.push(...COPIED);
  else {
    const next = iterate(assigned);
    for (let name = next(); name !== undefined; name = next()) names.push(name as string);
  }
  for (const name of names) {
    const value = findAttribute(wrapped, name);
    if (value === undefined) continue;
    // Objects of ours keep such names in their own attributes.
    if (wrapper instanceof PyCached || wrapper instanceof PyPartial || wrapper instanceof PyInstance)
      wrapper.attrs?.set(name, value);
    else setAttribute(wrapper, name, value);
  }
  if (updated === undefined && wrapped instanceof PyFunction)
    for (const [name, value] of wrapped.attrs ?? [])
      if (wrapper instanceof PyObject) setAttribute(wrapper, name, value);
  if (wrapper instanceof PyCached) wrapper.attrs?.set('__wrapped__', wrapped);
  else setAttribute(wrapper, '__wrapped__', wrapped);
  return wrapper;
}

function cached(func: Value, limit: number | undefined, typed: boolean): Value {
  return updateWrapper(new PyCached(func, limit, typed), func);
}

function reduce(func: Value, source: Value, initial: Value | undefined): Value {
  const next = iterate(source);
  let total = initial === undefined ? next() : initial;
  if (total === undefined) throw raise('TypeError', 'reduce() of empty iterable with no initial value');
  for (let item = next(); item !== undefined; item = next()) total = call(func, [total, item]);
  return total;
}

/** What is simplest said in Python. */
const SOURCE = String.raw`
from collections import namedtuple as _namedtuple

_CacheInfo = _namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])


def _derived(root, other):
    def lt_from_gt(self, o): r = type(self).__gt__(self, o); return r if r is NotImplemented else not r and self != o
    def le_from_lt(self, o): r = type(self).__lt__(self, o); return r if r is NotImplemented else r or self == o
    def gt_from_lt(self, o): r = type(self).__lt__(self, o); return r if r is NotImplemented else not r and self != o
    def ge_from_lt(self, o): r = type(self).__lt__(self, o); return r if r is NotImplemented else not r
    def lt_from_le(self, o): r = type(self).__le__(self, o); return r if r is NotImplemented else r and self != o
    def gt_from_le(self, o): r = type(self).__le__(self, o); return r if r is NotImplemented else not r
    def ge_from_le(self, o): r = type(self).__le__(self, o); return r if r is NotImplemented else not r or self == o
    def le_from_gt(self, o): r = type(self).__gt__(self, o); return r if r is NotImplemented else not r
    def ge_from_gt(self, o): r = type(self).__gt__(self, o); return r if r is NotImplemented else r or self == o
    def lt_from_ge(self, o): r = type(self).__ge__(self, o); return r if r is NotImplemented else not r
    def le_from_ge(self, o): r = type(self).__ge__(self, o); return r if r is NotImplemented else not r or self == o
    def gt_from_ge(self, o): r = type(self).__ge__(self, o); return r if r is NotImplemented else r and self != o
    return locals()[other + '_from_' + root]


def total_ordering(cls):
    names = [n for n in ('lt', 'le', 'gt', 'ge') if getattr(cls, f'__{n}__', None) is not getattr(object, f'__{n}__', None)]
    if not names:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = [n for n in ('lt', 'le', 'gt', 'ge') if n in names][0]
    for other in ('lt', 'le', 'gt', 'ge'):
        if other not in names:
            made = _derived(root, other)
            made.__name__ = f'__{other}__'
            setattr(cls, f'__{other}__', made)
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ['obj']
        def __init__(self, obj): self.obj = obj
        def __lt__(self, other): return mycmp(self.obj, other.obj) < 0
        def __gt__(self, other): return mycmp(self.obj, other.obj) > 0
        def __eq__(self, other): return mycmp(self.obj, other.obj) == 0
        def __le__(self, other): return mycmp(self.obj, other.obj) <= 0
        def __ge__(self, other): return mycmp(self.obj, other.obj) >= 0
        __hash__ = None
    return K


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        cache = instance.__dict__
        if self.attrname in cache:
            return cache[self.attrname]
        value = self.func(instance)
        cache[self.attrname] = value
        return value


def _dispatch(registry, cls):
    for base in cls.__mro__:
        if base in registry:
            return registry[base]
    for base, implementation in registry.items():
        if base is not object and issubclass(cls, base):
            return implementation
    return registry[object]


def singledispatch(func):
    registry = {object: func}

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            func = cls
            hints = [v for k, v in func.__annotations__.items() if k != 'return']
            if not hints:
                raise TypeError(f"Invalid first argument to ${'`'}register()${'`'}: {cls!r}. Use either ${'`'}@register(some_class)${'`'} or plain ${'`'}@register${'`'} on an annotated function.")
            cls = hints[0]
        for one in getattr(cls, '__args__', None) or (cls,):
            registry[one] = func
        return func

    def dispatch(cls):
        return _dispatch(registry, cls)

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return _update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        return method


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        def method(*args, **keywords):
            return self.func(obj, *self.args, *args, **{**self.keywords, **keywords})
        return method
`;

export function loadFunctools(): PyModule {
  setUpPartial();
  const members = functions({
    'reduce(function, iterable, initial=None, /)': reduce,
    'update_wrapper(wrapper, wrapped, assigned=None, updated=None)': updateWrapper,
    'wraps(wrapped, assigned=None, updated=None)': (wrapped: Value, assigned?: Value, updated?: Value) =>
      functions({
        'decorator(wrapper)': (wrapper: Value) => updateWrapper(wrapper, wrapped, assigned, updated),
      }).decorator!,
    'cache(user_function, /)': (func: Value) => cached(func, undefined, false),
    'lru_cache(maxsize=128, typed=False)': (limit?: Value, typed?: Value) => {
      const byType = typed !== undefined && truth(typed);
      if (limit !== undefined && limit !== null && typeof limit !== 'bigint' && typeof limit !== 'boolean')
        return cached(limit, 128, byType);
      const size = limit === undefined ? 128 : limit === null ? undefined : Math.max(0, smallIndex(limit));
      return functions({ 'decorating_function(user_function)': (func: Value) => cached(func, size, byType) })
        .decorating_function!;
    },
  });
  const python = runPython('functools', SOURCE, { _update_wrapper: members.update_wrapper! });
  setUpCache(python.get('_CacheInfo')!);
  const names = [
    'total_ordering',
    'cmp_to_key',
    'cached_property',
    'singledispatch',
    'singledispatchmethod',
    'partialmethod',
  ];
  return moduleOf('functools', {
    ...members,
    ...classes(partialClass),
    ...Object.fromEntries(names.map(name => [name, python.get(name)!])),
    WRAPPER_ASSIGNMENTS: new PyTuple([...COPIED, '__annotations__', '__type_params__']),
    WRAPPER_UPDATES: new PyTuple(['__dict__']),
  });
}
