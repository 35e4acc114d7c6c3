/** The representation of `set` and `frozenset`; their methods are in `builtins/sets.ts`. */
import { type Entry, HashMap } from './hashMap';
import { frozensetClass, type PyClass, PyObject, setClass, type Value } from './objects';
import { lastingHash, SetTable } from './setOrder';

/** A set stands for the frozenset with its items where one looks for it in a set, unless its class gives it a hash. */
function keyOf(item: Value): Value {
  return item instanceof PySet && item.cls.lookup('__hash__') === null ? new PyFrozenSet(item.map) : item;
}

/**
 * What set and frozenset share. The methods here are for the library, as those of `PyDict`: they do not tell
 * `mutation.ts`.
 */
export abstract class PySetBase extends PyObject {
  /** The items are the keys; each value is None. */
  map: HashMap;
  /**
   * The places of the items, from the first time that they matter: until then the items were added one by one in the
   * order of the map. Null where an item has another hash in every process.
   */
  #table: SetTable | null | undefined = undefined;
  /** Where `pop` looks next; stays with the set whatever it becomes. */
  #finger = 0;
  /** True while the map is in the order of the table. */
  #settled = false;

  constructor(map: HashMap, cls: PyClass) {
    super(cls);
    this.map = map;
  }

  get size(): number {
    return this.map.size;
  }

  /** `code` is the item's hash, where another set knows it. */
  has(item: Value, code?: bigint): boolean {
    return this.map.has(keyOf(item), code);
  }

  /** True where each item has the same hash in every process; false may also mean that nobody can tell any more. */
  get isLasting(): boolean {
    return this.#places() !== null;
  }

  /** The places of the items; null where there is no telling. */
  #places(): SetTable | null {
    if (this.#table !== undefined) return this.#table;
    this.#settled = false;
    this.#table = null;
    if (typeof this.map.first?.key === 'string') return null;
    const table = new SetTable();
    for (let entry = this.map.first; entry !== undefined; entry = entry.next) {
      const code = lastingHash(entry.key);
      if (code === undefined) return null;
      table.add(entry, code);
    }
    this.#table = table;
    return table;
  }

  /** Puts the items in the order in which Python iterates over them. */
  arrange(): void {
    if (this.#settled) return;
    const table = this.#places();
    if (table !== null) for (const entry of table.entries()) this.map.move(entry, true);
    this.#settled = true;
  }

  /** Adds an item; false where it was there. */
  add(item: Value, code?: bigint): boolean {
    const { map } = this;
    const { last } = map;
    map.set(item, null, code);
    if (map.last === last || map.last === undefined) return false;
    this.#noteAdded(map.last);
    return true;
  }

  #noteAdded(entry: Entry): void {
    this.#settled = false;
    if (this.#table === undefined || this.#table === null) return;
    const code = lastingHash(entry.key);
    if (code === undefined) this.#table = null;
    else this.#table.add(entry, code);
  }

  /** Removes an item; false where there was none. */
  delete(item: Value, code?: bigint): boolean {
    const table = this.#places();
    const entry = this.map.remove(keyOf(item), code);
    if (entry === undefined) return false;
    table?.remove(entry);
    return true;
  }

  /** Removes and returns the item that `pop` takes. */
  pop(): Value | undefined {
    const found = this.#places()?.popped(this.#finger);
    this.#finger = found?.next ?? 0;
    const entry = found?.entry ?? this.map.first;
    if (entry !== undefined) this.delete(entry.key, entry.code);
    return entry?.key;
  }

  /** Makes room for so many items that are about to be added at once. */
  reserve(count: number): void {
    this.#places()?.reserve(count);
    this.#settled = false;
  }

  /** Sweeps away what removed items left behind, where it is much. */
  sweep(): void {
    this.#places()?.sweep();
    this.#settled = false;
  }

  /** Adds all items of another set. */
  merge(other: PySetBase): void {
    const source = other.#places();
    const own = source === null ? null : this.#places();
    if (source === null || own === null) {
      for (const { key, code } of other.records()) this.add(key, code);
      this.loosen();
      return;
    }
    this.#settled = false;
    const { map } = this;
    own.merge(source, entry => {
      const { last } = map;
      map.set(entry.key, null, entry.code);
      return map.last === last ? undefined : map.last;
    });
  }

  /** To be called once items were added in an order that nobody knows: theirs is known only where each stands in the place of its hash. */
  loosen(): void {
    const table = this.#places();
    if (table !== null && !table.isSettled) this.#table = null;
  }

  clear(): void {
    this.map.clear();
    this.#table = undefined;
    this.#settled = false;
  }

  /** Becomes what another set is, which is not used any more. */
  become(other: PySetBase): void {
    this.map = other.map;
    this.#table = other.#table;
    this.#settled = other.#settled;
  }

  /**
   * A display of three or more constants: CPython makes a frozenset of them when it compiles, that frozenset anew when
   * it merges equal constants, and adds its items to a set when the display runs.
   */
  arrangeDisplay(): void {
    this.arrange();
    const anew = new PyFrozenSet(mapOfItems(this.items()));
    const made = new PySet();
    made.merge(anew);
    this.become(made);
  }

  /** The items as entries, for what hands their hashes on. */
  records(): IterableIterator<Entry> {
    this.arrange();
    return this.map.records();
  }

  items(): IterableIterator<Value> {
    this.arrange();
    return this.map.keys();
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.items();
  }
}

export class PySet extends PySetBase {
  constructor(map: HashMap = new HashMap(), cls: PyClass = setClass) {
    super(map, cls);
  }

  static from(items: Iterable<Value>): PySet {
    return new PySet(mapOfItems(items));
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
