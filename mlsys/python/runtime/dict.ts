/** The representation of `dict`; its methods are in `builtins/dicts.ts`. */
import { HashMap } from './hashMap';
import { dictClass, type PyClass, PyObject, type Value } from './objects';

/**
 * A Python dict, or an instance of a subclass. The methods here are for the library: they change the dict without
 * telling `mutation.ts`, so use them only on a dict that was just made, or call `touch` first.
 */
export class PyDict extends PyObject {
  readonly map: HashMap;

  constructor(map: HashMap = new HashMap(), cls: PyClass = dictClass) {
    super(cls);
    this.map = map;
  }

  /** A dict with these entries; keys must be hashable. */
  static from(entries: Iterable<readonly [Value, Value]>): PyDict {
    const made = new PyDict();
    for (const [key, value] of entries) made.map.set(key, value);
    return made;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: Value): Value | undefined {
    return this.map.get(key);
  }

  has(key: Value): boolean {
    return this.map.has(key);
  }

  set(key: Value, value: Value): void {
    this.map.set(key, value);
  }

  delete(key: Value): boolean {
    return this.map.delete(key);
  }

  keys(): IterableIterator<Value> {
    return this.map.keys();
  }

  values(): IterableIterator<Value> {
    return this.map.values();
  }

  entries(): IterableIterator<[Value, Value]> {
    return this.map.entries();
  }
}
