/** `functools` */
import { PyDict } from '../../../python/runtime/dict';
import { raise, Unsupported } from '../../../python/runtime/errors';
import { PyFunction } from '../../../python/runtime/function';
import {
  BoundMethod,
  NativeFunction,
  PyCallable,
  PyClass,
  PyInstance,
  type PyModule,
  PyObject,
  PyTuple,
  type Value,
} from '../../../python/runtime/objects';
import {
  call,
  callMethod,
  findAttribute,
  getAttribute,
  isIterable,
  iterate,
  listOf,
  setAttribute,
  smallIndex,
  truth,
} from '../../../python/runtime/operations';
import { PyUnknown, quietCause } from '../../../python/runtime/unknown';
import { vm } from '../../../python/runtime/vm';
import { classes, functions, moduleOf } from '../support';
import { PyCached, setUpCache } from './cache';
import { dispatchMethodClass, setUpDispatchMethods, singleDispatch } from './dispatch';
import { cachedPropertyClass, partialMethodClass, setUpMethods } from './methods';
import { compareToKey, totalOrdering } from './ordering';
import { PyPartial, partialClass, setUpPartial } from './partial';

const COPIED = ['__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__'];

function isOfLibrary(value: Value): boolean {
  const func = value instanceof BoundMethod ? value.func : value;
  if (func instanceof PyFunction) return func.code.text.library === true && func.doc === null;
  return func instanceof NativeFunction || (func instanceof PyClass && func.native);
}

function textLeftOut(): Value {
  return new PyUnknown(quietCause(new Unsupported('__doc__ of a function of the library')));
}

/** Puts what an attribute of `wrapped` maps into that of `wrapper`. */
function updateMapping(wrapper: Value, wrapped: Value, name: string): void {
  callMethod(getAttribute(wrapper, name), 'update', findAttribute(wrapped, name) ?? new PyDict());
}

/** Gives `wrapper` the looks of `wrapped`. */
export function updateWrapper(wrapper: Value, wrapped: Value, assigned?: Value, updated?: Value): Value {
  const names: string[] = [];
  if (assigned === undefined) names.push(...COPIED);
  else {
    const next = iterate(assigned);
    for (let name = next(); name !== undefined; name = next()) names.push(name as string);
  }
  for (const name of names) {
    // the texts of the library's own functions are not kept
    const isLeftOut = name === '__doc__' && isOfLibrary(wrapped);
    const value = isLeftOut ? textLeftOut() : findAttribute(wrapped, name);
    if (value === undefined) continue;
    // Objects of ours keep such names in their own attributes.
    if (wrapper instanceof PyCached || wrapper instanceof PyPartial || wrapper instanceof PyInstance)
      wrapper.attrs?.set(name, value);
    else if (isLeftOut && wrapper instanceof PyFunction) wrapper.doc = value;
    else setAttribute(wrapper, name, value);
  }
  if (updated !== undefined) for (const name of listOf(updated)) updateMapping(wrapper, wrapped, name as string);
  else if (wrapped instanceof PyCallable)
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
  if (!isIterable(source)) throw raise('TypeError', 'reduce() arg 2 must support iteration');
  const next = iterate(source);
  let total = initial === undefined ? next() : initial;
  if (total === undefined) throw raise('TypeError', 'reduce() of empty iterable with no initial value');
  const { pending } = vm;
  for (let item = next(); item !== undefined; item = next()) {
    const { allocated } = vm;
    total = call(func, [total, item]);
    vm.settle(pending, allocated, total);
  }
  return total;
}

/** The named tuple that `cache_info` gives. */
function infoClass(): Value {
  const make = vm.import('collections').attrs.get('namedtuple')!;
  return call(make, ['CacheInfo', 'hits misses maxsize currsize']);
}

export function loadFunctools(): PyModule {
  setUpPartial();
  setUpMethods();
  setUpDispatchMethods();
  setUpCache(infoClass());
  return moduleOf('functools', {
    ...functions({
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
      'total_ordering(cls)': totalOrdering,
      'cmp_to_key(mycmp)': compareToKey,
      'singledispatch(func)': (func: Value) => singleDispatch(func, updateWrapper),
    }),
    ...classes(partialClass, partialMethodClass, cachedPropertyClass, dispatchMethodClass),
    WRAPPER_ASSIGNMENTS: new PyTuple(COPIED),
    WRAPPER_UPDATES: new PyTuple(['__dict__']),
  });
}
