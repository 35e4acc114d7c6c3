/**
 * What comes in an order that nobody knows, as the items of a set of texts do. Whoever asks for the items one by one is refused
 * (`iterate`); those to whom their order makes no difference take them here. A list that is made of them is known but for its
 * order, and so is a dict.
 */

import { equals } from './comparison';
import { PyDict } from './dict';
import { PyError, PyException } from './errors';
import { generators, PyGenerator } from './generator';
import { drain, iterate, iterateItems, iterateKeys, listOf } from './iteration';
import { mutations } from './mutation';
import {
  type NativeFunction,
  type Next,
  type PyClass,
  PyIterator,
  PyList,
  PyObject,
  PyTuple,
  type Value,
} from './objects';
import { PySetBase } from './set';
import { refuseOrder, unknownOrder } from './setNotice';
import { causeOf, gainOrder, isUnknown, loseOrder, orderOnly, type UnknownCause } from './unknown';
import { refine } from './unknownMethods';
import { vm } from './vm';

/** Iterators of the library that go through what has no known order, with what gives their items. */
const loose = new WeakMap<PyIterator, { readonly next: Next; readonly cause: UnknownCause }>();

/** Views of dicts without order, with what gives their items. */
export const looseViews = new WeakMap<PyObject, () => Next>();

/** Why nobody knows in which order a value gives its items; undefined where that is known. */
export function orderCause(value: Value | undefined): UnknownCause | undefined {
  if (!(value instanceof PyObject)) return undefined;
  if (value instanceof PySetBase) return value.cls.native ? unknownOrder(value) : undefined;
  if (value instanceof PyGenerator) return value.loose;
  if (value instanceof PyIterator) return loose.get(value)?.cause;
  return orderOnly.has(value) ? causeOf(value) : undefined;
}

/** An iterator over what has no known order, which gives its items to those only who take them in any. */
export function looseIterator(next: Next, cls: PyClass, cause: UnknownCause): PyIterator {
  const made = new PyIterator(() => refuseOrder(cause), cls);
  loose.set(made, { next, cause });
  return made;
}

/** The items of a value in whatever order, for which `orderCause` has a cause. */
export function itemsOf(value: Value): Next {
  if (value instanceof PySetBase) return iterateKeys(value, 'Set');
  if (value instanceof PyGenerator) return () => value.pull();
  if (value instanceof PyIterator) return loose.get(value)!.next;
  const view = looseViews.get(value as PyObject);
  return view === undefined ? iterateItems(held(value as Held)) : view();
}

/**
 * Has all items of a value taken, or some of them where `some` is set, by who does not mind in which order they come, and is
 * told by `cause` that nobody knows it. Where that changes anything meanwhile, what was done first would show: then it is refused.
 */
export function takeAny<T>(value: Value, body: (next: Next, cause: UnknownCause | undefined) => T, some = false): T {
  const cause = orderCause(value);
  if (cause === undefined) return body(iterate(value), undefined);
  return watched(cause, () => body(itemsOf(value), cause), value, some);
}

/** Runs what goes through something without a known order; refuses where that changes anything. */
export function watched<T>(cause: UnknownCause, body: () => T, source?: Value, some = false): T {
  const begin = generators.made;
  const outer = mutations.watch;
  let changed = false;
  mutations.watch = obj => {
    if (
      obj === undefined ||
      (obj !== source && !(obj instanceof PyException) && !(obj instanceof PyGenerator && obj.serial > begin))
    )
      changed = true;
    outer?.(obj);
  };
  let result: T;
  try {
    result = body();
  } catch (error) {
    if (error instanceof PyError && (changed || some)) refuseOrder(cause);
    throw error;
  } finally {
    mutations.watch = outer;
  }
  if (changed) refuseOrder(cause);
  return result;
}

/** True for values that nothing tells from each other. */
export function isSame(a: Value, b: Value): boolean {
  if (!(a instanceof PyTuple && b instanceof PyTuple)) return Object.is(a, b);
  return (
    a.cls === b.cls && a.items.length === b.items.length && a.items.every((item, at) => isSame(item, b.items[at]!))
  );
}

/** Native classes whose instances are all less than, equal to, or greater than each other. */
const ORDERED = new Set('Decimal Fraction date datetime time timedelta Quantity'.split(' '));

/** True for keys of which each two are in an order, or equal. */
export function isOrdered(key: Value): boolean {
  if (typeof key === 'number') return !Number.isNaN(key);
  if (!(key instanceof PyObject)) return true;
  if (!key.cls.native) return false;
  return key instanceof PyTuple ? key.items.every(isOrdered) : ORDERED.has(key.cls.name);
}

/** True where numbers have one sum, in whatever order they are added up: ints, and floats of which no sum is rounded. */
export function isExactSum(numbers: readonly Value[]): boolean {
  let total = 0;
  let ints = true;
  for (const number of numbers) {
    if (typeof number === 'bigint' || typeof number === 'boolean') {
      total += Math.abs(Number(number)) * FRACTION;
      continue;
    }
    if (typeof number !== 'number') return false;
    ints = false;
    if (!Number.isInteger(number * FRACTION)) return false;
    total += Math.abs(number) * FRACTION;
  }
  return ints || total <= Number.MAX_SAFE_INTEGER;
}

/** What is a multiple of the inverse of this is added up exactly, up to a limit. */
const FRACTION = 2 ** 20;

/** What `make` makes of the items of a value, in whose order they are, if that is known. */
export function madeOf<T extends PyList | PyTuple>(value: Value, make: (items: Value[]) => T): T {
  if (orderCause(value) === undefined) return make(listOf(value));
  return takeAny(value, (next, cause) => withoutOrder(make(drain(next)), cause));
}

/** A new list, tuple or dict of items in an order that nobody knows. */
export function withoutOrder<T extends PyList | PyTuple | PyDict>(made: T, cause: UnknownCause | undefined): T {
  if (cause === undefined) return made;
  const items = held(made);
  if (items.some(item => !isSame(item, items[0]!))) loseOrder(made, cause);
  return made;
}

// ------------------------------------------------------------------- how lists, tuples and dicts without order answer

type Held = PyList | PyTuple | PyDict;

/** What is in a list or tuple, or the keys of a dict. */
function held(one: Held): readonly Value[] {
  return one instanceof PyDict ? [...one.map.keys()] : one.items;
}

function answer(name: string, body: (self: Held, args: readonly Value[]) => Value | undefined): void {
  refine(name, ([self, ...args]) =>
    isUnknown(self) && orderOnly.has(self) ? body(self as PyObject as Held, args) : undefined,
  );
}

const sizeOf = (self: Held): number => (self instanceof PyDict ? self.size : drain(itemsOf(self)).length);

answer('__len__', self => BigInt(sizeOf(self)));
answer('__bool__', self => sizeOf(self) > 0);
answer('__contains__', (self, [item]) => {
  if (isUnknown(item)) return undefined;
  if (self instanceof PyDict) return self.map.has(item!);
  return drain(itemsOf(self)).some(one => {
    vm.step();
    return equals(one, item!);
  });
});
answer('__getattribute__', (self, [name]) => {
  if (self instanceof PyList) return settling.get(String(name))?.(self);
  return self instanceof PyDict ? orderless.get(String(name))?.(self) : undefined;
});

/** Methods of lists after which their order is known, by name, bound to a list. */
export const settling = new Map<string, (list: PyList) => NativeFunction>();

/** Methods of dicts to which their order makes no difference, by name, bound to a dict. */
export const orderless = new Map<string, (dict: PyDict) => NativeFunction>();

/** The items of a list without order, which has one from now on. */
export function settle(list: PyList, items: Value[]): void {
  gainOrder(list);
  list.items = items;
}
