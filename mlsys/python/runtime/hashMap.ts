/**
 * A hash table with Python's key equality (`1 == 1.0 == True`, tuples by value, objects by `__hash__` and `__eq__`)
 * in order of insertion.
 *
 * Plain keys (None, bools, numbers, strings, objects that compare by identity) are found through a JavaScript Map by
 * their canonical form; tuples of plain keys through a text that spells them; everything else through buckets by
 * `hash()`. An index of the plain keys by hash is made the first time that a key with a `__hash__` of its own could
 * equal one of them.
 */

import { chargeGrowth } from './footprint';
import {
  BoundMethod,
  objectClass,
  PyBytes,
  PyComplex,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PySlice,
  PyTuple,
  type Value,
} from './objects';
import { equals, hash, refusedNans } from './operations';
import { vm } from './vm';

/** One key with its value; entries form a list in order of insertion, which stays walkable when one is removed. */
export interface Entry {
  readonly key: Value;
  value: Value;
  /** The key's hash, where it was asked for: a key with a `__hash__` of its own is asked once for each look-up. */
  code: bigint | undefined;
  next: Entry | undefined;
  previous: Entry | undefined;
  /** True once the entry has left its map. */
  removed: boolean;
}

type Buckets = Map<bigint, Entry[]>;

/**
 * Stands for a removed entry. JavaScript's Map walks past every former place of a key, so that one which is removed and
 * added again and again in a large map would take longer each time; it keeps its place instead.
 */
const GONE: Entry = {
  key: null,
  value: null,
  code: undefined,
  next: undefined,
  previous: undefined,
  removed: true,
};

/** Removes a key; the table without what is gone, once that is more than what is left. */
function bury<K>(table: Map<K, Entry>, key: K, left: number): Map<K, Entry> {
  table.set(key, GONE);
  if (table.size <= 2 * left + 32) return table;
  const made = new Map<K, Entry>();
  for (const [one, entry] of table) if (entry !== GONE) made.set(one, entry);
  return made;
}

const SAFE = 9007199254740992n;

/** The longest text whose characters V8 looks at for its hash. */
const LONGEST_HASHED = 16_000;

/** Marks a key that has no canonical form: it hashes and compares by its own methods. */
const CUSTOM = Symbol('custom');

/**
 * What stands for a plain key in a JavaScript Map, such that equal keys have the same form and others have not; CUSTOM
 * where only `hash()` and `==` can tell.
 */
function canonical(key: Value): unknown {
  switch (typeof key) {
    case 'string':
      // JavaScript's Map hashes longer texts by their length alone.
      return key.length <= LONGEST_HASHED ? key : CUSTOM;
    case 'number':
      return key;
    case 'boolean':
      return key ? 1 : 0;
    case 'bigint': {
      if (key >= -SAFE && key <= SAFE) return Number(key);
      // JavaScript's Map would hash a large integer by its lowest bits alone.
      const near = Number(key);
      return Number.isFinite(near) && BigInt(near) === key ? near : CUSTOM;
    }
    default:
      return key === null ? null : canonicalObject(key);
  }
}

function canonicalObject(key: PyObject): unknown {
  if (key instanceof PyInstance) {
    const own = key.cls.lookup('__hash__');
    const equality = key.cls.lookup('__eq__');
    if (key.payload !== undefined) {
      const base = payloadClass(key);
      return base !== undefined && own === base.lookup('__hash__') && equality === base.lookup('__eq__')
        ? canonical(key.payload)
        : CUSTOM;
    }
    return own === objectClass.attrs.get('__hash__') && equality === objectClass.attrs.get('__eq__') ? key : CUSTOM;
  }
  if (key instanceof PyComplex) return key.im === 0 ? key.re : CUSTOM;
  if (key instanceof PyTuple || key instanceof PyList || key instanceof PyBytes || key instanceof PyRange)
    return CUSTOM;
  if (key instanceof BoundMethod || key instanceof PySlice) return CUSTOM;
  const own = key.cls.lookup('__hash__');
  return own === undefined || (own === objectClass.attrs.get('__hash__') && isPlainEquality(key)) ? key : CUSTOM;
}

function isPlainEquality(key: PyObject): boolean {
  const equality = key.cls.lookup('__eq__');
  return equality === undefined || equality === objectClass.attrs.get('__eq__');
}

/** The built-in class (int, float, str, ...) whose value the instance carries. */
function payloadClass(key: PyInstance) {
  return key.cls.mro.find(cls => cls.native && cls !== objectClass && cls.attrs.has('__hash__'));
}

const LONGEST_TEXT = 1000;

/** What an entry takes, about. */
const ENTRY_BYTES = 200;

/** Steps that making an entry of a large map takes, beside those of the statement that does. */
const ENTRY_STEPS = 10;

/** A text that spells a tuple of plain keys, the same for equal tuples; undefined where an item is not plain, or it is long. */
function tupleText(key: PyTuple): string | undefined {
  let text = '(';
  vm.work(key.items.length, 4);
  for (const item of key.items) {
    if (text.length > LONGEST_HASHED) return undefined;
    if (item instanceof PyTuple) {
      const inner = tupleText(item);
      // Tuples that share their parts may spell out to more than there is memory.
      if (inner === undefined || inner.length > LONGEST_TEXT) return undefined;
      text += inner;
      continue;
    }
    const plain = item instanceof PyObject && !(item instanceof PyInstance) ? CUSTOM : canonical(item);
    if (typeof plain === 'string') text += `${plain.length}:${plain},`;
    else if (typeof plain === 'number') {
      // Whether two of them are equal is for `==` to say.
      if (Number.isNaN(plain)) return undefined;
      text += `${plain === 0 ? 0 : plain}#`;
    } else if (typeof plain === 'bigint') text += `${plain}n`;
    else if (plain === null) text += 'N';
    else return undefined;
  }
  return `${text})`;
}

function isBuiltinTuple(key: PyTuple): boolean {
  const cls = key.cls;
  const base = cls.mro.find(one => one.native && one.attrs.has('__eq__'));
  return (
    base === undefined ||
    (cls.lookup('__eq__') === base.attrs.get('__eq__') && cls.lookup('__hash__') === base.lookup('__hash__'))
  );
}

export class HashMap {
  /** Made with the first plain key: an empty Map is large. */
  #plain: Map<unknown, Entry> | undefined;
  #tuples: Map<string, Entry> | undefined;
  #buckets: Buckets | undefined;
  /** Plain and tuple entries by hash; made when first needed, kept up to date from then on. */
  #index: Buckets | undefined;
  #first: Entry | undefined;
  #last: Entry | undefined;
  #size = 0;
  /** How often a key was added, removed or moved. */
  changes = 0;
  /** How often a key was added since the map was made; without end once it was cleared. */
  added = 0;
  #code: bigint | undefined;

  get size(): number {
    return this.#size;
  }

  /** First entry in order of insertion; follow `next`. */
  get first(): Entry | undefined {
    return this.#first;
  }

  get last(): Entry | undefined {
    return this.#last;
  }

  /** The hash of the key that was looked for last, where that was asked for it. */
  get askedCode(): bigint | undefined {
    return this.#code;
  }

  /** The entry with an equal key, whose hash may be known. Raises TypeError for a key that cannot be hashed. */
  find(key: Value, known?: bigint): Entry | undefined {
    let code = known;
    let found: Entry | undefined;
    const plain = canonical(key);
    const text = plain === CUSTOM && key instanceof PyTuple && isBuiltinTuple(key) ? tupleText(key) : undefined;
    if (plain !== CUSTOM || text !== undefined) {
      const entry = text === undefined ? this.#plain?.get(plain) : this.#tuples?.get(text);
      if (entry !== undefined && entry !== GONE) {
        if (Number.isNaN(plain)) throw refusedNans();
        return entry;
      }
      if (this.#buckets !== undefined) {
        code ??= hash(key);
        found = inBucket(this.#buckets, code, key);
      }
    } else {
      code ??= hash(key);
      if (this.#buckets !== undefined) found = inBucket(this.#buckets, code, key);
      if (found === undefined && this.#size > 0) found = inBucket(this.#indexed(), code, key);
    }
    // Not before: what compares the keys may look into this very map.
    this.#code = code;
    return found;
  }

  has(key: Value, known?: bigint): boolean {
    return this.find(key, known) !== undefined;
  }

  get(key: Value): Value | undefined {
    return this.find(key)?.value;
  }

  /** Sets the value of an equal key, which stays as it was first written, or adds an entry at the end. */
  set(key: Value, value: Value, code?: bigint): void {
    this.#code = code;
    const known = this.find(key, code);
    if (known !== undefined) known.value = value;
    else this.#add({ key, value, code: this.#code, next: undefined, previous: this.#last, removed: false });
  }

  /** Removes and returns the entry with an equal key. */
  remove(key: Value, code?: bigint): Entry | undefined {
    const entry = this.find(key, code);
    if (entry !== undefined) this.#unlink(entry);
    return entry;
  }

  delete(key: Value): boolean {
    return this.remove(key) !== undefined;
  }

  clear(): void {
    for (let entry = this.#first; entry !== undefined; entry = entry.next) entry.removed = true;
    this.#plain = undefined;
    this.#tuples = undefined;
    this.#buckets = undefined;
    this.#index = undefined;
    this.#first = undefined;
    this.#last = undefined;
    this.#size = 0;
    this.changes++;
    this.added = Number.POSITIVE_INFINITY;
  }

  /** Moves an entry to the end, or to the front. */
  move(entry: Entry, toEnd: boolean): void {
    if (entry === (toEnd ? this.#last : this.#first)) return;
    this.changes++;
    this.#detach(entry);
    if (toEnd) this.#append(entry);
    else {
      entry.previous = undefined;
      entry.next = this.#first;
      if (this.#first !== undefined) this.#first.previous = entry;
      else this.#last = entry;
      this.#first = entry;
    }
  }

  copy(): HashMap {
    const made = new HashMap();
    for (let entry = this.#first; entry !== undefined; entry = entry.next) made.set(entry.key, entry.value, entry.code);
    return made;
  }

  /** The entries themselves, for what hands their hashes on. */
  *records(): IterableIterator<Entry> {
    for (let entry = this.#first; entry !== undefined; entry = entry.next) if (!entry.removed) yield entry;
  }

  *keys(): IterableIterator<Value> {
    for (let entry = this.#first; entry !== undefined; entry = entry.next) if (!entry.removed) yield entry.key;
  }

  *values(): IterableIterator<Value> {
    for (let entry = this.#first; entry !== undefined; entry = entry.next) if (!entry.removed) yield entry.value;
  }

  *entries(): IterableIterator<[Value, Value]> {
    for (let entry = this.#first; entry !== undefined; entry = entry.next)
      if (!entry.removed) yield [entry.key, entry.value];
  }

  [Symbol.iterator](): IterableIterator<[Value, Value]> {
    return this.entries();
  }

  #add(entry: Entry): void {
    const plain = canonical(entry.key);
    if (plain !== CUSTOM) {
      this.#plain ??= new Map();
      this.#plain.set(plain, entry);
      if (this.#index !== undefined) put(this.#index, codeOf(entry), entry);
    } else {
      const text = entry.key instanceof PyTuple && isBuiltinTuple(entry.key) ? tupleText(entry.key) : undefined;
      if (text !== undefined) {
        this.#tuples ??= new Map();
        this.#tuples.set(text, entry);
        if (this.#index !== undefined) put(this.#index, codeOf(entry), entry);
      } else {
        this.#buckets ??= new Map();
        put(this.#buckets, codeOf(entry), entry);
      }
    }
    this.#append(entry);
    this.#size++;
    this.changes++;
    this.added++;
    if ((this.#size & 1023) === 0) {
      vm.charge(1024 * ENTRY_BYTES);
      chargeGrowth(this.#size, entry.value);
      vm.step(1024 * ENTRY_STEPS);
    }
  }

  #append(entry: Entry): void {
    entry.previous = this.#last;
    entry.next = undefined;
    if (this.#last !== undefined) this.#last.next = entry;
    else this.#first = entry;
    this.#last = entry;
  }

  /** Takes the entry out of the list; its own `next` stays, so that a walk that stands on it goes on. */
  #detach(entry: Entry): void {
    const { previous, next } = entry;
    if (previous !== undefined) previous.next = next;
    else this.#first = next;
    if (next !== undefined) next.previous = previous;
    else this.#last = previous;
  }

  #unlink(entry: Entry): void {
    entry.removed = true;
    this.#detach(entry);
    this.#size--;
    this.changes++;
    const plain = canonical(entry.key);
    if (plain !== CUSTOM && this.#plain?.get(plain) === entry) {
      this.#plain = bury(this.#plain, plain, this.#size);
      if (this.#index !== undefined) take(this.#index, codeOf(entry), entry);
      return;
    }
    const text = entry.key instanceof PyTuple && isBuiltinTuple(entry.key) ? tupleText(entry.key) : undefined;
    if (text !== undefined && this.#tuples?.get(text) === entry) {
      this.#tuples = bury(this.#tuples, text, this.#size);
      if (this.#index !== undefined) take(this.#index, codeOf(entry), entry);
      return;
    }
    if (this.#buckets !== undefined) {
      take(this.#buckets, codeOf(entry), entry);
      if (this.#buckets.size === 0) this.#buckets = undefined;
    }
  }

  #indexed(): Buckets {
    if (this.#index !== undefined) return this.#index;
    const index: Buckets = new Map();
    for (const table of [this.#plain, this.#tuples])
      if (table !== undefined) for (const entry of table.values()) if (entry !== GONE) put(index, codeOf(entry), entry);
    this.#index = index;
    return index;
  }
}

function codeOf(entry: Entry): bigint {
  entry.code ??= hash(entry.key);
  return entry.code;
}

function inBucket(buckets: Buckets, code: bigint, key: Value): Entry | undefined {
  const bucket = buckets.get(code);
  return bucket?.find(entry => {
    vm.step(2);
    return entry.key === key || equals(entry.key, key);
  });
}

function put(buckets: Buckets, code: bigint, entry: Entry): void {
  const bucket = buckets.get(code);
  if (bucket === undefined) buckets.set(code, [entry]);
  else bucket.push(entry);
}

function take(buckets: Buckets, code: bigint, entry: Entry): void {
  const bucket = buckets.get(code);
  const at = bucket?.indexOf(entry) ?? -1;
  if (bucket === undefined || at < 0) return;
  vm.work(bucket.length);
  bucket.splice(at, 1);
  if (bucket.length === 0) buckets.delete(code);
}
