/** The representation of `set` and `frozenset`; their methods are in `builtins/sets.ts`. */
import { type Entry, HashMap } from './hashmap';
import { frozensetClass, type PyClass, PyObject, setClass, type Value } from './objects';
import { arrange, arrangeDisplay } from './setorder';

/** A set stands for the frozenset with its items where one looks for it in a set. */
function keyOf(item: Value): Value {
  return item instanceof PySet ? new PyFrozenSet(item.map) : item;
}

/** What set and frozenset share. */
export abstract class PySetBase extends PyObject {
  /** The items are the keys; each value is None. */
  readonly map: HashMap;
  /** How many items there were, and the last of them, when the order was last settled. */
  #arranged = 0;
  #arrangedLast: Entry | undefined = undefined;

  constructor(map: HashMap, cls: PyClass) {
    super(cls);
    this.map = map;
  }

  get size(): number {
    return this.map.size;
  }

  has(item: Value): boolean {
    return this.map.has(keyOf(item));
  }

  /** Puts the items in the order in which Python iterates over them. */
  arrange(): void {
    if (this.isArranged) return;
    if (typeof this.map.first?.key !== 'string') arrange(this.map);
    this.noteArranged();
  }

  /** True where nothing was added since the items were put in order. */
  protected get isArranged(): boolean {
    return this.map.size === this.#arranged && this.map.last === this.#arrangedLast;
  }

  protected noteArranged(): void {
    this.#arranged = this.map.size;
    this.#arrangedLast = this.map.last;
  }

  /** Puts the items of a display of three or more constants in its order. */
  arrangeDisplay(): void {
    arrangeDisplay(this.map);
    this.noteArranged();
  }

  items(): IterableIterator<Value> {
    this.arrange();
    return this.map.keys();
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.items();
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
    const ordered = this.isArranged;
    const found = this.map.delete(keyOf(item));
    // What is left keeps its places.
    if (ordered) this.noteArranged();
    return found;
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
