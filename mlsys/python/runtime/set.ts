/** The representation of `set` and `frozenset`; their methods are in `builtins/sets.ts`. Order is that of insertion. */
import { HashMap } from './hashmap';
import { frozensetClass, type PyClass, PyObject, setClass, type Value } from './objects';

/** What set and frozenset share. */
export abstract class PySetBase extends PyObject {
  /** The items are the keys; each value is None. */
  readonly map: HashMap;

  constructor(map: HashMap, cls: PyClass) {
    super(cls);
    this.map = map;
  }

  get size(): number {
    return this.map.size;
  }

  has(item: Value): boolean {
    return this.map.has(item);
  }

  items(): IterableIterator<Value> {
    return this.map.keys();
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.map.keys();
  }
}

/** As with `PyDict`, `add` and `delete` do not tell `mutation.ts`. */
export class PySet extends PySetBase {
  constructor(map: HashMap = new HashMap(), cls: PyClass = setClass) {
    super(map, cls);
  }

  static from(items: Iterable<Value>): PySet {
    return new PySet(mapOfItems(items));
  }

  add(item: Value): void {
    this.map.set(item, null);
  }

  delete(item: Value): boolean {
    return this.map.delete(item);
  }
}

export class PyFrozenSet extends PySetBase {
  constructor(map: HashMap = new HashMap(), cls: PyClass = frozensetClass) {
    super(map, cls);
  }

  static from(items: Iterable<Value>): PyFrozenSet {
    return new PyFrozenSet(mapOfItems(items));
  }
}

/** A map whose keys are the items. */
export function mapOfItems(items: Iterable<Value>): HashMap {
  const map = new HashMap();
  for (const item of items) map.set(item, null);
  return map;
}
