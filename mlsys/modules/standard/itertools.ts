/** `itertools` */
import { iteratorClass, makeIterator } from '../../python/builtins/support';
import { raise } from '../../python/runtime/errors';
import { chargeGrowth } from '../../python/runtime/footprint';
import { defineClassMethods, defineConstructor, defineMethods } from '../../python/runtime/native';
import {
  type Next,
  type PyClass,
  PyComplex,
  type PyIterator,
  type PyModule,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import {
  binary,
  call,
  equals,
  hasIndex,
  indexOf,
  iterate,
  listOf,
  repr,
  special,
  truth,
  typeName,
} from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { classes, functions, moduleOf } from './support';

/** Gets the bound arguments, as a `NativeBody` does. */
// biome-ignore lint/suspicious/noExplicitAny: the signature text, not TypeScript, types these arguments
type IteratorBody = (...args: any[]) => Next;

/** An iterator class whose constructor gives the function behind `next`. */
function iterator(signature: string, make: IteratorBody): PyClass {
  const cls = iteratorClass(signature.slice(0, signature.indexOf('(')));
  cls.module = 'itertools';
  defineConstructor(cls, signature, (made: PyClass, ...args: unknown[]) => makeIterator(make(...args), made));
  return cls;
}

const tuple = (items: readonly Value[]): PyTuple => new PyTuple(items);

/** Iterates over items that a generator of JavaScript yields; each is one step. */
function stepping(items: Iterator<Value, void>): Next {
  return () => {
    vm.step();
    const { value, done } = items.next();
    return done === true ? undefined : (value as Value);
  };
}

/** Accounts for the places that an iterator keeps in its pools before they are made. */
function accountPlaces(places: number): void {
  if (places <= 64) return;
  vm.charge(PLACE_BYTES * places);
  vm.step(places);
}

/** What one place takes: its index, and where its pool is. */
const PLACE_BYTES = 32;

function count(value: Value | undefined, what: string): number {
  const number = indexOf(value === undefined ? 0n : value);
  if (number < 0n) throw raise('ValueError', `${what} must be non-negative`);
  return number > 1_000_000_000n ? 1_000_000_000 : Number(number);
}

function chained(sources: Next): Next {
  let current: Next | undefined;
  return () => {
    for (;;) {
      if (current === undefined) {
        const source = sources();
        if (source === undefined) return undefined;
        current = iterate(source);
      }
      const item = current();
      if (item !== undefined) return item;
      vm.step();
      current = undefined;
    }
  };
}

/** Accounts for a tuple of so many items. */
function account(size: number): void {
  vm.step(size);
  vm.charge(64 + 16 * size);
}

function* products(pools: readonly (readonly Value[])[]): Generator<Value, void> {
  if (pools.some(pool => pool.length === 0)) return;
  const at = pools.map(() => 0);
  for (;;) {
    account(pools.length);
    yield tuple(pools.map((pool, place) => pool[at[place]!]!));
    let place = pools.length - 1;
    while (place >= 0 && ++at[place]! === pools[place]!.length) at[place--] = 0;
    if (place < 0) return;
  }
}

function* permutationsOf(pool: readonly Value[], size: number): Generator<Value, void> {
  if (size > pool.length) return;
  accountPlaces(2 * pool.length);
  const order = pool.map((_, at) => at);
  const cycles = Array.from({ length: size }, (_, at) => pool.length - at);
  yield tuple(order.slice(0, size).map(at => pool[at]!));
  for (let place = size - 1; place >= 0; ) {
    cycles[place]!--;
    if (cycles[place] === 0) {
      order.push(...order.splice(place, 1));
      cycles[place] = pool.length - place;
      place--;
    } else {
      const other = order.length - cycles[place]!;
      [order[place], order[other]] = [order[other]!, order[place]!];
      account(size);
      yield tuple(order.slice(0, size).map(at => pool[at]!));
      place = size - 1;
    }
  }
}

/** `repeats`: an item may be taken again. */
function* combinationsOf(pool: readonly Value[], size: number, repeats: boolean): Generator<Value, void> {
  if (repeats ? pool.length === 0 && size > 0 : size > pool.length) return;
  accountPlaces(size);
  const at = Array.from({ length: size }, (_, place) => (repeats ? 0 : place));
  const last = (place: number) => (repeats ? pool.length - 1 : pool.length - size + place);
  for (;;) {
    account(size);
    yield tuple(at.map(index => pool[index]!));
    let place = size - 1;
    while (place >= 0 && at[place] === last(place)) place--;
    if (place < 0) return;
    const start = at[place]! + 1;
    for (let next = place; next < size; next++) at[next] = repeats ? start : start + next - place;
  }
}

function islice(source: Value, args: PyTuple): Next {
  const bound = (value: Value | undefined, missing: number, what: string): number => {
    if (value === undefined || value === null) return missing;
    const number = hasIndex(value) ? indexOf(value) : -1n;
    if (number < 0n)
      throw raise('ValueError', `${what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.`);
    return Number(number);
  };
  const { items } = args;
  if (items.length === 0 || items.length > 3)
    throw raise(
      'TypeError',
      `islice expected at ${items.length === 0 ? 'least 2' : 'most 4'} arguments, got ${items.length + 1}`,
    );
  const [start, stop, step] = items.length === 1 ? [undefined, items[0], undefined] : items;
  const first = items.length === 1 ? 0 : bound(start, 0, 'Indices');
  const end = bound(stop, Number.POSITIVE_INFINITY, items.length === 1 ? 'Stop argument' : 'Indices');
  const stride = bound(step, 1, 'Step');
  if (stride === 0) throw raise('ValueError', 'Step for islice() must be a positive integer or None.');
  const next = iterate(source);
  let at = 0;
  let wanted = first;
  return () => {
    if (wanted >= end) {
      // The items before the end are consumed even where none is wanted.
      for (; at < end && Number.isFinite(end); at++) if (next() === undefined) break;
      return undefined;
    }
    for (; at < wanted; at++) {
      vm.step();
      if (next() === undefined) {
        wanted = Number.POSITIVE_INFINITY;
        return undefined;
      }
    }
    const item = next();
    at++;
    wanted += stride;
    return item;
  };
}

/** What an iterator with the function behind it takes, about. */
const GROUP_BYTES = 200;

/** Groups share one source: advancing to the next group leaves the rest of the last one behind. */
function groupby(source: Value, key: Value | undefined, groupClass: PyClass): Next {
  const next = iterate(source);
  const keyOf = (item: Value): Value => (key === undefined || key === null ? item : call(key, [item]));
  let item: Value | undefined;
  let itemKey: Value = null;
  let group = 0;
  let groupKey: Value | undefined;
  const advance = (): void => {
    vm.step();
    item = next();
    if (item !== undefined) itemKey = keyOf(item);
  };
  let started = false;
  return () => {
    if (!started) {
      started = true;
      advance();
    } else while (item !== undefined && groupKey !== undefined && equals(itemKey, groupKey)) advance();
    if (item === undefined) return undefined;
    const id = ++group;
    const own = itemKey;
    groupKey = own;
    const members: Next = () => {
      if (id !== group || item === undefined || !equals(itemKey, own)) return undefined;
      const found = item;
      advance();
      return found;
    };
    account(2);
    vm.charge(GROUP_BYTES);
    return tuple([own, makeIterator(members, groupClass)]);
  };
}

function zipLongest(sources: PyTuple, fill: Value): Next {
  vm.step(sources.items.length);
  const nexts: (Next | undefined)[] = sources.items.map(iterate);
  return () => {
    let live = false;
    const items = nexts.map((next, at) => {
      const item = next?.();
      if (item === undefined) nexts[at] = undefined;
      else live = true;
      // None is `null`, which `??` would replace as well.
      return item === undefined ? fill : item;
    });
    account(items.length);
    return live ? tuple(items) : undefined;
  };
}

/** Iterators that share one source and what was read from it. */
function tee(source: Value, copies: number, cls: PyClass): PyTuple {
  const next = iterate(source);
  interface Cell {
    item: Value | undefined;
    after: Cell | undefined;
  }
  const head: Cell = { item: undefined, after: undefined };
  const reader = (): Next => {
    const held = { cell: head };
    const read = () => {
      if (held.cell.after === undefined) {
        const item = next();
        if (item === undefined) return undefined;
        vm.charge(80);
        held.cell.after = { item, after: undefined };
      }
      held.cell = held.cell.after;
      return held.cell.item;
    };
    return Object.assign(read, { held });
  };
  vm.charge(copies * GROUP_BYTES);
  return tuple(Array.from({ length: copies }, () => makeIterator(reader(), cls)));
}

function accumulate(source: Value, func: Value | undefined, initial: Value | undefined): Next {
  const next = iterate(source);
  let total: Value | undefined;
  let pending = initial !== undefined && initial !== null;
  return () => {
    if (pending) {
      pending = false;
      total = initial as Value;
      return total;
    }
    const item = next();
    if (item === undefined) return undefined;
    if (total === undefined) total = item;
    else total = func === undefined || func === null ? binary('+', total, item) : call(func, [total, item]);
    return total;
  };
}

/** What Python takes for a number where it asks for any. */
function isNumeric(value: Value): boolean {
  return value instanceof PyComplex || ['__index__', '__int__', '__float__'].some(name => special(value, name));
}

function counter(cls: PyClass): void {
  const numbers = new WeakMap<PyIterator, { value: Value; step: Value }>();
  defineConstructor(cls, 'count(start=0, step=1)', (made: PyClass, start?: Value, step?: Value) => {
    for (const value of [start, step])
      if (value !== undefined && !isNumeric(value)) throw raise('TypeError', 'a number is required');
    const own = (value: Value): Value => (typeof value === 'boolean' ? indexOf(value) : value);
    const state: { value: Value; step: Value } = { value: own(start ?? 0n), step: own(step ?? 1n) };
    const iterator = makeIterator(() => {
      vm.step();
      const { value } = state;
      state.value = binary('+', value, state.step);
      return value;
    }, made);
    numbers.set(iterator, state);
    return iterator;
  });
  defineMethods(cls, {
    '__repr__()': (self: PyIterator) => {
      const { value, step } = numbers.get(self)!;
      return step === 1n ? `count(${repr(value)})` : `count(${repr(value)}, ${repr(step)})`;
    },
  });
}

function repeater(cls: PyClass): void {
  const states = new WeakMap<PyIterator, { item: Value; left: number | undefined }>();
  defineConstructor(cls, 'repeat(object, times=None)', (made: PyClass, item: Value, times?: Value) => {
    const left = times === undefined ? undefined : Math.max(0, Number(indexOf(times)));
    const state = { item, left };
    const iterator = makeIterator(() => {
      vm.step();
      if (state.left === undefined) return item;
      return state.left-- > 0 ? item : undefined;
    }, made);
    states.set(iterator, state);
    return iterator;
  });
  defineMethods(cls, {
    '__repr__()': (self: PyIterator) => {
      const { item, left } = states.get(self)!;
      return left === undefined ? `repeat(${repr(item)})` : `repeat(${repr(item)}, ${Math.max(0, left)})`;
    },
    '__length_hint__()': (self: PyIterator) => {
      const { left } = states.get(self)!;
      if (left === undefined) throw raise('TypeError', 'len() of unsized object');
      return BigInt(Math.max(0, left));
    },
  });
}

/** Items of a source that pass a test made afresh per iterator. */
function filtered(source: Value, keep: (item: Value) => boolean | undefined): Next {
  const next = iterate(source);
  let over = false;
  return () => {
    while (!over) {
      const item = next();
      if (item === undefined) return undefined;
      const kept = keep(item);
      if (kept === undefined) over = true;
      else if (kept) return item;
      else vm.step();
    }
    return undefined;
  };
}

function wholeNumber(value: Value): Value {
  if (typeof value !== 'bigint' && typeof value !== 'boolean') throw raise('TypeError', 'Expected int as r');
  return value;
}

export function loadItertools(): PyModule {
  const chain = iterator('chain(*iterables)', (sources: PyTuple) => chained(iterate(sources)));
  defineClassMethods(chain, {
    'from_iterable(iterable, /)': (cls: PyClass, source: Value) => makeIterator(chained(iterate(source)), cls),
  });
  const countClass = iteratorClass('count');
  counter(countClass);
  const repeatClass = iteratorClass('repeat');
  repeater(repeatClass);
  const groupClass = iteratorClass('_grouper');
  const teeClass = iteratorClass('_tee');
  for (const cls of [countClass, repeatClass, groupClass, teeClass]) cls.module = 'itertools';
  return moduleOf('itertools', {
    ...classes(
      chain,
      countClass,
      repeatClass,
      iterator('cycle(iterable, /)', (source: Value) => {
        const next = iterate(source);
        const saved: Value[] = [];
        let at = -1;
        return () => {
          vm.step();
          if (at < 0) {
            const item = next();
            if (item !== undefined) {
              chargeGrowth(saved.push(item), item);
              return item;
            }
            at = 0;
          }
          if (saved.length === 0) return undefined;
          const item = saved[at]!;
          at = (at + 1) % saved.length;
          return item;
        };
      }),
      iterator('accumulate(iterable, func=None, *, initial=None)', accumulate),
      iterator('batched(iterable, n, *, strict=False)', (source: Value, size: Value, strict?: Value) => {
        const length = indexOf(size);
        if (length < 1n) throw raise('ValueError', 'n must be at least one');
        const next = iterate(source);
        return () => {
          const items: Value[] = [];
          while (items.length < length) {
            const item = next();
            if (item === undefined) break;
            vm.step();
            chargeGrowth(items.push(item), item);
          }
          if (items.length === 0) return undefined;
          account(items.length);
          if (strict !== undefined && truth(strict) && items.length < length)
            throw raise('ValueError', 'batched(): incomplete batch');
          return tuple(items);
        };
      }),
      iterator('combinations(iterable, r)', (source: Value, size: Value) =>
        stepping(combinationsOf(listOf(source), count(size, 'r'), false)),
      ),
      iterator('combinations_with_replacement(iterable, r)', (source: Value, size: Value) =>
        stepping(combinationsOf(listOf(source), count(size, 'r'), true)),
      ),
      iterator('permutations(iterable, r=None)', (source: Value, size?: Value) => {
        const pool = listOf(source);
        return stepping(
          permutationsOf(pool, size === undefined || size === null ? pool.length : count(wholeNumber(size), 'r')),
        );
      }),
      iterator('product(*iterables, repeat=1)', (sources: PyTuple, repeat?: Value) => {
        const pools = sources.items.map(listOf);
        const times = repeat === undefined ? 1 : Number(indexOf(repeat));
        if (times < 0) throw raise('ValueError', 'repeat argument cannot be negative');
        accountPlaces(times * pools.length);
        return stepping(products(Array.from({ length: times }, () => pools).flat()));
      }),
      iterator('compress(data, selectors)', (data: Value, selectors: Value) => {
        const select = iterate(selectors);
        return filtered(data, () => {
          const chosen = select();
          return chosen === undefined ? undefined : truth(chosen);
        });
      }),
      iterator('dropwhile(predicate, iterable, /)', (predicate: Value, source: Value) => {
        let dropping = true;
        return filtered(source, item => {
          if (dropping) dropping = truth(call(predicate, [item]));
          return !dropping;
        });
      }),
      iterator('takewhile(predicate, iterable, /)', (predicate: Value, source: Value) =>
        filtered(source, item => (truth(call(predicate, [item])) ? true : undefined)),
      ),
      iterator('filterfalse(function, iterable, /)', (predicate: Value, source: Value) =>
        filtered(source, item => !truth(predicate === null ? item : call(predicate, [item]))),
      ),
      iterator('islice(iterable, /, *args)', islice),
      iterator('starmap(function, iterable, /)', (func: Value, source: Value) => {
        const next = iterate(source);
        return () => {
          const item = next();
          return item === undefined ? undefined : call(func, listOf(item));
        };
      }),
      iterator('pairwise(*iterable)', ({ items }: PyTuple) => {
        if (items.length !== 1) throw raise('TypeError', `pairwise expected 1 argument, got ${items.length}`);
        const [source] = items as [Value];
        const next = iterate(source);
        let last = undefined as Value | undefined;
        return () => {
          if (last === undefined) last = next();
          if (last === undefined) return undefined;
          const item = next();
          if (item === undefined) return undefined;
          const pair = tuple([last, item]);
          last = item;
          return pair;
        };
      }),
      iterator('groupby(iterable, key=None)', (source: Value, key?: Value) => groupby(source, key, groupClass)),
      iterator('zip_longest(*iterables, fillvalue=None)', (sources: PyTuple, fill?: Value) =>
        zipLongest(sources, fill ?? null),
      ),
    ),
    ...functions({
      'tee(iterable, n=2, /)': (source: Value, copies?: Value) => {
        if (copies !== undefined && typeof copies !== 'bigint')
          throw raise('TypeError', `'${typeName(copies)}' object cannot be interpreted as an integer`);
        if (copies !== undefined && copies < 0n) throw raise('ValueError', 'n must be >= 0');
        return tee(source, count(copies === undefined ? 2n : copies, 'n'), teeClass);
      },
    }),
  });
}
