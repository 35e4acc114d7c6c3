/** `functools.lru_cache`. */
import { PyDict } from '../../../python/runtime/dict';
import { HashMap } from '../../../python/runtime/hashMap';
import { mutations, touch } from '../../../python/runtime/mutation';
import { defineMethods } from '../../../python/runtime/native';
import { loseState } from '../../../python/runtime/nativeEffects';
import {
  BoundMethod,
  type Keywords,
  nativeClass,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { call, repr } from '../../../python/runtime/operations';
import { escapes, UnknownReached, unknowns } from '../../../python/runtime/unknown';
import { vm } from '../../../python/runtime/vm';

const cacheClass = nativeClass('_lru_cache_wrapper', undefined, 'functools');

/** The state that is lost where nobody knows how often functions with a memory were called. */
const STATISTICS = 'functools.cache_info';

/** A function with a memory, as `lru_cache` makes it; `limit` undefined for one without bound. */
export class PyCached extends PyObject {
  readonly func: Value;
  readonly limit: number | undefined;
  readonly typed: boolean;
  readonly memory = new HashMap();
  readonly channel = STATISTICS;
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
  const { memory, limit } = self;
  // What must change nothing sees what is remembered, and is not remembered itself.
  if (mutations.frozen) {
    mutations.withheld = true;
    const known = limit === 0 ? undefined : memory.find(cacheKey(self, args, keywords));
    return known === undefined ? call(self.func, [...args], keywords) : known.value;
  }
  // A call changes what later ones give: the function may read names that change meanwhile.
  touch(self);
  if (limit === 0) {
    self.misses++;
    return call(self.func, [...args], keywords);
  }
  const key = cacheKey(self, args, keywords);
  const known = findIn(self, key, args);
  if (known !== undefined) {
    self.hits++;
    if (limit !== undefined) memory.move(known, true);
    return known.value;
  }
  self.misses++;
  if (unknowns.met) noteDoubt(self, args);
  const value = call(self.func, [...args], keywords);
  vm.charge(64);
  if (memory.find(key) === undefined) memory.set(key, value);
  if (limit !== undefined && memory.size > limit) memory.delete(memory.first!.key);
  return value;
}

/** What is remembered for arguments; where these are unknown, so is whether it was found. */
function findIn(self: PyCached, key: Value, args: readonly Value[]): ReturnType<HashMap['find']> {
  try {
    return self.memory.find(key);
  } catch (error) {
    if (error instanceof UnknownReached) {
      loseState(STATISTICS, error.cause);
      escapes.call(self.func, args, error.cause);
    }
    throw error;
  }
}

/** Where nobody knows for which arguments functions were called, this one need not run: what it changes may be as it was. */
function noteDoubt(self: PyCached, args: readonly Value[]): void {
  try {
    vm.readState(STATISTICS, undefined);
  } catch (error) {
    if (!(error instanceof UnknownReached)) throw error;
    escapes.call(self.func, args, error.cause);
  }
}

export function setUpCache(infoClass: Value): void {
  defineMethods(cacheClass, {
    '__call__(*args, **kwargs)': (self: PyCached, args: PyTuple, keywords: Map<string, Value>) =>
      callCached(self, args.items, keywords.size === 0 ? undefined : keywords),
    'cache_info()': (self: PyCached) => {
      vm.readState(STATISTICS, undefined);
      return call(infoClass, [
        BigInt(self.hits),
        BigInt(self.misses),
        self.limit === undefined ? null : BigInt(self.limit),
        BigInt(self.memory.size),
      ]);
    },
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
