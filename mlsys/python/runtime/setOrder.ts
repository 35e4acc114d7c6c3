/**
 * The order in which CPython's sets hold numbers. Their hash table puts an item where its hash says, and hashes of
 * numbers are the same in every run, so `{3, 1, 2}` prints as `{1, 2, 3}` there and has to here. What was removed leaves
 * a mark behind, and unions are made at once, so the order depends on what a set has gone through. Strings hash
 * differently from run to run; for them any order is right, and that of insertion is kept.
 */
import type { Entry } from './hashMap';
import { hashFloat, hashInteger } from './numbers/hash';
import { PyObject, PyTuple, type Value } from './objects';
import { hash, hasLastingHash } from './representation';

const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5n;
const LEAST_SIZE = 8;

/** The hash of a key that has the same one in every process; undefined for any other. */
export function lastingHash(key: Value): bigint | undefined {
  if (typeof key === 'bigint') return hashInteger(key);
  if (typeof key === 'number') return hashFloat(key);
  if (typeof key === 'boolean') return key ? 1n : 0n;
  if (key === null) return hash(key);
  if (!(key instanceof PyObject)) return undefined;
  if (key instanceof PyTuple && key.cls.native)
    return key.items.every(item => lastingHash(item) !== undefined) ? hash(key) : undefined;
  return hasLastingHash(key) ? hash(key) : undefined;
}

interface Slot {
  /** Undefined once the item was removed. */
  entry: Entry | undefined;
  readonly hash: bigint;
}

type Slots = (Slot | undefined)[];

/**
 * Puts an item at the first place of its probe sequence that was never taken, or instead at the last place before it
 * from which one was removed; true where a place was taken for the first time.
 */
function place(slots: Slots, slot: Slot): boolean {
  let left = -1;
  const mask = slots.length - 1;
  let perturb = BigInt.asUintN(64, slot.hash);
  let index = Number(perturb & BigInt(mask));
  for (;;) {
    const probes = index + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    for (let at = index; at <= index + probes; at++)
      if (slots[at] === undefined) {
        slots[left < 0 ? at : left] = slot;
        return left < 0;
      } else if (slots[at]!.entry === undefined) left = at;
    perturb >>= PERTURB_SHIFT;
    index = Number((BigInt(index) * 5n + 1n + perturb) & BigInt(mask));
  }
}

const emptySlots = (size: number): Slots => new Array<Slot | undefined>(size).fill(undefined);

/** The places of a set's items. */
export class SetTable {
  #slots: Slots = emptySlots(LEAST_SIZE);
  /** Places taken, by items or by marks of removed ones. */
  #fill = 0;
  #used = 0;
  readonly #places = new Map<Entry, Slot>();

  add(entry: Entry, code: bigint): void {
    if (this.#put({ entry, hash: code }) && this.#fill * 5 >= (this.#slots.length - 1) * 3) this.#grow();
  }

  #put(slot: Slot): boolean {
    const isNew = place(this.#slots, slot);
    this.#places.set(slot.entry!, slot);
    if (isNew) this.#fill++;
    this.#used++;
    return isNew;
  }

  #grow(): void {
    this.#resize(this.#used > 50000 ? this.#used * 2 : this.#used * 4);
  }

  #resize(least: number): void {
    let size = LEAST_SIZE;
    while (size <= least) size *= 2;
    const before = this.#slots;
    this.#slots = emptySlots(size);
    for (const slot of before) if (slot?.entry !== undefined) place(this.#slots, slot);
    this.#fill = this.#used;
  }

  remove(entry: Entry): void {
    const slot = this.#places.get(entry);
    if (slot === undefined) return;
    this.#places.delete(entry);
    slot.entry = undefined;
    this.#used--;
  }

  /** Sweeps the marks away where they are many, as after a difference in place. */
  sweep(): void {
    if (this.#fill - this.#used > (this.#slots.length - 1) >> 2) this.#grow();
  }

  /** Makes room for all items of another set or a dict before they are added. */
  reserve(count: number): void {
    if ((this.#fill + count) * 5 >= (this.#slots.length - 1) * 3) this.#resize((this.#used + count) * 2);
  }

  /** Takes the items of another table over; `entryOf` makes an entry for each, undefined for one that is here already. */
  merge(other: SetTable, entryOf: (entry: Entry) => Entry | undefined): void {
    this.reserve(other.#used);
    const alike = this.#slots.length === other.#slots.length && other.#fill === other.#used;
    const verbatim = this.#fill === 0 && alike;
    const fresh = this.#fill === 0;
    for (let at = 0; at < other.#slots.length; at++) {
      const slot = other.#slots[at];
      if (slot?.entry === undefined) continue;
      const entry = entryOf(slot.entry);
      if (entry === undefined) continue;
      const own: Slot = { entry, hash: slot.hash };
      if (verbatim) {
        this.#slots[at] = own;
        this.#places.set(entry, own);
        this.#fill++;
        this.#used++;
      } else if (fresh) this.#put(own);
      else this.add(entry, slot.hash);
    }
  }

  /** The item that `pop` takes when it looks from a place on, and the place from which to look next. */
  popped(from: number): { readonly entry: Entry; readonly next: number } | undefined {
    if (this.#used === 0) return undefined;
    const mask = this.#slots.length - 1;
    let at = from & mask;
    while (this.#slots[at]?.entry === undefined) at = (at + 1) & mask;
    return { entry: this.#slots[at]!.entry!, next: at + 1 };
  }

  /** True where each item stands in the first place of its probe sequence, as it would in whatever order they came. */
  get isSettled(): boolean {
    const mask = BigInt(this.#slots.length - 1);
    return (
      this.#fill === this.#used &&
      this.#slots.every((slot, at) => slot === undefined || Number(BigInt.asUintN(64, slot.hash) & mask) === at)
    );
  }

  /** The items in the order of their places. */
  *entries(): IterableIterator<Entry> {
    for (const slot of this.#slots) if (slot?.entry !== undefined) yield slot.entry;
  }
}
