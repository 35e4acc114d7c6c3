/** Built-in functions and types that go through iterables: `sum`, `max`, `zip`, `map`, `enumerate` and so on. */
import { PyError, raise, Unsupported } from '../runtime/errors';
import { drain } from '../runtime/iteration';
import { defineConstructor, fn } from '../runtime/native';
import { chargeSum, largeIntegers } from '../runtime/numbers/integers';
import {
  bytearrayClass,
  generatorClass,
  type NativeFunction,
  type Next,
  nativeClass,
  PyBytes,
  type PyClass,
  PyIterator,
  PyTuple,
  type Value,
} from '../runtime/objects';
import {
  binary,
  call,
  callIterator,
  callSpecial,
  compare,
  equals,
  getItem,
  indexOf,
  isCallable,
  isIterable,
  isStopIteration,
  iterate,
  iterateItems,
  iteratorOf,
  length,
  nextOf,
  special,
  truth,
  typeName,
} from '../runtime/operations';
import { refuseOrder } from '../runtime/setNotice';
import type { UnknownCause } from '../runtime/unknown';
import { isExactSum, isOrdered, isSame, itemsOf, looseIterator, orderCause, takeAny } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import { defineIterator, intOf, iteratorClass, makeIterator, textOf } from './support';

function someItem(items: Value, test: (item: Value) => boolean): boolean {
  return takeAny(
    items,
    next => {
      const { pending } = vm;
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        if (test(item)) return true;
        vm.pending = pending;
      }
      return false;
    },
    true,
  );
}

/** `sum`: ints exactly, floats with Neumaier's compensation as CPython does, anything else by `+`. */
function sum(items: Value, start: Value = 0n): Value {
  return takeAny(items, (next, cause) => {
    if (cause === undefined) return sumOf(next, start);
    const all = drain(next);
    if (all.length > 1 && !isExactSum([start, ...all])) refuseOrder(cause);
    return sumOf(iterateItems(all), start);
  });
}

function sumOf(next: Next, start: Value): Value {
  if (textOf(start) !== undefined) throw raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  if (start instanceof PyBytes) {
    const kind = start.cls.isSubclassOf(bytearrayClass) ? 'bytearray' : 'bytes';
    throw raise('TypeError', `sum() can't sum ${kind} [use b''.join(seq) instead]`);
  }
  let total: Value = start;
  let item = next();
  if (typeof total === 'bigint') {
    let whole = total;
    for (; typeof item === 'bigint' || typeof item === 'boolean'; item = next()) {
      vm.step();
      if (typeof item === 'bigint' && largeIntegers.met) chargeSum(whole, item);
      whole += typeof item === 'bigint' ? item : item ? 1n : 0n;
    }
    if (item === undefined) return whole;
    total = binary('+', whole, item);
    item = next();
  }
  if (typeof total === 'number') {
    let high = total;
    let low = 0;
    for (; item !== undefined; item = next()) {
      vm.step();
      if (typeof item === 'number') {
        const sum = high + item;
        low += Math.abs(high) >= Math.abs(item) ? high - sum + item : item - sum + high;
        high = sum;
        continue;
      }
      const int = intOf(item);
      if (int === undefined || int > 0x7fffffffffffffffn || int < -0x8000000000000000n) break;
      high += Number(int);
    }
    total = low !== 0 && Number.isFinite(low) ? high + low : high;
  }
  const { pending } = vm;
  for (; item !== undefined; item = next()) {
    vm.step();
    const { allocated } = vm;
    total = binary('+', total, item);
    if (vm.allocated !== allocated) vm.settle(pending, allocated, total);
  }
  return total;
}

/** `min` and `max`. */
function extreme(name: 'min' | 'max') {
  const op = name === 'min' ? '<' : '>';
  return (args: PyTuple, key: Value | undefined, fallback: Value | undefined): Value => {
    const [first] = args.items;
    if (first === undefined) throw raise('TypeError', `${name} expected at least 1 argument, got 0`);
    const many = args.items.length > 1;
    if (many && fallback !== undefined)
      throw raise('TypeError', `Cannot specify a default for ${name}() with multiple positional arguments`);
    return takeAny(many ? args : first, (next, cause) => {
      const seen: [Value, Value][] = [];
      let best: Value | undefined;
      let bestKey: Value | undefined;
      const { pending } = vm;
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        vm.pending = pending;
        const own = key === undefined || key === null ? item : call(key, [item]);
        if (cause !== undefined) seen.push([item, own]);
        if (bestKey === undefined || truth(compare(op, own, bestKey))) {
          best = item;
          bestKey = own;
        }
      }
      if (
        cause !== undefined &&
        seen.some(([item, own]) => !isOrdered(own) || (!isSame(item, best!) && !truth(compare(op, bestKey!, own))))
      )
        refuseOrder(cause);
      if (best !== undefined) return best;
      if (fallback !== undefined) return fallback;
      throw raise('ValueError', `${name}() iterable argument is empty`);
    });
  };
}

const callableIteratorClass = iteratorClass('callable_iterator');

/** The functions of this file. */
export const iterationFunctions: readonly NativeFunction[] = [
  fn('all(iterable, /)', (items: Value) => !someItem(items, item => !truth(item))),
  fn('any(iterable, /)', (items: Value) => someItem(items, truth)),
  fn('sum(iterable, /, start=0)', sum),
  fn('min(*args, key=None, default=None)', extreme('min')),
  fn('max(*args, key=None, default=None)', extreme('max')),
  fn('iter(object, sentinel=None, /)', (source: Value, sentinel: Value | undefined) => {
    if (sentinel === undefined) {
      if (!isIterable(source)) iterate(source);
      const made = iteratorOf(source);
      if (made instanceof PyIterator && made !== source) made.source = source;
      return made;
    }
    if (!isCallable(source)) throw raise('TypeError', 'iter(v, w): v must be callable');
    const next = callIterator(source, value => equals(value, sentinel));
    const made = makeIterator(next, callableIteratorClass);
    made.source = source;
    return made;
  }),
  fn('next(iterator, default=None, /)', (iterator: Value, fallback: Value | undefined) => {
    if (fallback === undefined && (!(iterator instanceof PyIterator) || iterator.cls === generatorClass)) {
      const method = special(iterator, '__next__');
      if (method === undefined || method === null)
        throw raise('TypeError', `'${typeName(iterator)}' object is not an iterator`);
      // A generator's own method tells its return value.
      return callSpecial(method, iterator, []);
    }
    const item = nextOf(iterator);
    if (item !== undefined) return item;
    if (fallback !== undefined) return fallback;
    throw raise('StopIteration');
  }),
];

// ----------------------------------------------------------------------------------------------------- lazy iterators

const mapClass = nativeClass('map');
const filterClass = nativeClass('filter');
const zipClass = nativeClass('zip');
const enumerateClass = nativeClass('enumerate');
const reversedClass = nativeClass('reversed');
export const iteratorClasses: readonly PyClass[] = [mapClass, filterClass, zipClass, enumerateClass, reversedClass];
for (const cls of iteratorClasses) defineIterator(cls);

defineConstructor(mapClass, 'map(function, /, *iterables)', (cls: PyClass, func: Value, sources: PyTuple) => {
  if (sources.items.length === 0) throw raise('TypeError', 'map() must have at least two arguments.');
  const cause = sources.items.length === 1 ? orderCause(sources.items[0]) : undefined;
  const nexts = cause === undefined ? sources.items.map(iterate) : [itemsOf(sources.items[0]!)];
  const [first] = nexts;
  if (nexts.length === 1)
    return made(
      alone(() => {
        const item = first!();
        if (item === undefined) return undefined;
        vm.step();
        return apply(func, [item]);
      }),
      cls,
      cause,
    );
  return makeIterator(
    alone(() => {
      const args = gather(nexts);
      if (args === undefined) return undefined;
      vm.step();
      return apply(func, args);
    }),
    cls,
  );
});

/** An iterator over items in an order that `cause` tells to be unknown. */
function made(next: Next, cls: PyClass, cause: UnknownCause | undefined): PyIterator {
  return cause === undefined ? makeIterator(next, cls) : looseIterator(next, cls, cause);
}

/** A step of an iterator of which nothing is held but what it gives (see `vm.pending`). */
function alone(next: Next): Next {
  return () => {
    const { pending, allocated } = vm;
    const item = next();
    if (vm.allocated !== allocated) vm.settle(pending, allocated, item);
    return item;
  };
}

/** Calls a function that an iterator applies: a StopIteration of its own ends the iterator. */
function apply(func: Value, args: Value[]): Value | undefined {
  try {
    return call(func, args);
  } catch (error) {
    if (!isStopIteration(error)) throw error;
    // `yield from` would hand on the value, which this iterator cannot.
    if (error instanceof PyError && error.exception.args.items.length > 0)
      throw new Unsupported('StopIteration with a value, raised by a function that map() or filter() calls');
    return undefined;
  }
}

/** One item of each, or undefined when one has ended. */
function gather(nexts: readonly Next[]): Value[] | undefined {
  const items: Value[] = [];
  for (const next of nexts) {
    const item = next();
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

defineConstructor(filterClass, 'filter(function, iterable, /)', (cls: PyClass, func: Value, source: Value) => {
  const cause = orderCause(source);
  const next = cause === undefined ? iterate(source) : itemsOf(source);
  return made(
    alone(() => {
      const { pending } = vm;
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        const verdict = func === null ? item : apply(func, [item]);
        if (verdict === undefined) return undefined;
        if (truth(verdict)) return item;
        vm.pending = pending;
      }
      return undefined;
    }),
    cls,
    cause,
  );
});

function zipStrictly(nexts: readonly Next[]): Value[] | undefined {
  const items: Value[] = [];
  for (const [at, next] of nexts.entries()) {
    const item = next();
    if (item !== undefined) {
      items.push(item);
      continue;
    }
    const others = (count: number) => (count === 1 ? 'argument 1' : `arguments 1-${count}`);
    if (at > 0) throw raise('ValueError', `zip() argument ${at + 1} is shorter than ${others(at)}`);
    for (let k = 1; k < nexts.length; k++)
      if (nexts[k]!() !== undefined) throw raise('ValueError', `zip() argument ${k + 1} is longer than ${others(k)}`);
    return undefined;
  }
  return items;
}

defineConstructor(zipClass, 'zip(*iterables, strict=False)', (cls: PyClass, sources: PyTuple, strict?: Value) => {
  const nexts = sources.items.map(iterate);
  if (nexts.length === 0) return makeIterator(() => undefined, cls);
  const take = strict !== undefined && truth(strict) ? zipStrictly : gather;
  return makeIterator(() => {
    vm.step();
    const items = take(nexts);
    return items === undefined ? undefined : new PyTuple(items);
  }, cls);
});

defineConstructor(enumerateClass, 'enumerate(iterable, start=0)', (cls: PyClass, source: Value, start?: Value) => {
  let index = start === undefined ? 0n : indexOf(start);
  const next = iterate(source);
  return makeIterator(() => {
    const item = next();
    if (item === undefined) return undefined;
    vm.step();
    return new PyTuple([index++, item]);
  }, cls);
});

reversedClass.construct = (cls, args) => {
  const [source] = args;
  if (source === undefined || args.length !== 1)
    throw raise('TypeError', `reversed expected 1 argument, got ${args.length}`);
  const method = special(source, '__reversed__');
  if (method !== undefined && method !== null) return callSpecial(method, source, []);
  if (method === null || special(source, '__getitem__') === undefined)
    throw raise('TypeError', `'${typeName(source)}' object is not reversible`);
  let at = length(source) - 1;
  return makeIterator(() => {
    if (at < 0) return undefined;
    vm.step();
    return getItem(source, BigInt(at--));
  }, cls);
};
