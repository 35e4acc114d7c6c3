/**
 * The order in which CPython's sets hold numbers. Their hash table puts an item where its hash says, and hashes of
 * numbers are the same in every run, so `{3, 1, 2}` prints as `{1, 2, 3}` there and has to here. Strings hash
 * differently from run to run; for them any order is right, and that of insertion is kept.
 */
import type { Entry, HashMap } from './hashmap';
import { hashFloat, hashInteger } from './numbers/hash';
import { PyTuple, type Value } from './objects';
import { hash } from './representation';

const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5n;

function numberHash(key: Value): bigint | undefined {
  if (typeof key === 'bigint') return hashInteger(key);
  if (typeof key === 'number') return hashFloat(key);
  if (typeof key === 'boolean') return key ? 1n : 0n;
  if (key === null) return hash(key);
  if (!(key instanceof PyTuple) || !key.cls.native) return undefined;
  return key.items.every(item => numberHash(item) !== undefined) ? hash(key) : undefined;
}

interface Slot {
  readonly entry: Entry;
  readonly hash: bigint;
}

/** Puts an item at the first free place of its probe sequence. */
function place(table: (Slot | undefined)[], slot: Slot): void {
  const mask = table.length - 1;
  let perturb = BigInt.asUintN(64, slot.hash);
  let index = Number(perturb & BigInt(mask));
  for (;;) {
    const probes = index + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    for (let at = index; at <= index + probes; at++)
      if (table[at] === undefined) {
        table[at] = slot;
        return;
      }
    perturb >>= PERTURB_SHIFT;
    index = Number((BigInt(index) * 5n + 1n + perturb) & BigInt(mask));
  }
}

function resized(table: readonly (Slot | undefined)[], used: number): (Slot | undefined)[] {
  const wanted = used > 50000 ? used * 2 : used * 4;
  let size = 8;
  while (size <= wanted) size *= 2;
  const larger = new Array<Slot | undefined>(size).fill(undefined);
  for (const slot of table) if (slot !== undefined) place(larger, slot);
  return larger;
}

/** The entries with their hashes; undefined where one has a hash that differs from process to process. */
function slotsOf(map: HashMap): Slot[] | undefined {
  const slots: Slot[] = [];
  for (let entry = map.first; entry !== undefined; entry = entry.next) {
    const code = numberHash(entry.key);
    if (code === undefined) return undefined;
    slots.push({ entry, hash: code });
  }
  return slots;
}

/** Adds the items one by one to a table that starts with `size` places, and returns it. */
function filled(slots: readonly Slot[], size = 8): (Slot | undefined)[] {
  let table = new Array<Slot | undefined>(size).fill(undefined);
  let used = 0;
  for (const slot of slots) {
    place(table, slot);
    used++;
    if (used * 5 >= (table.length - 1) * 3) table = resized(table, used);
  }
  return table;
}

function inOrder(table: readonly (Slot | undefined)[]): Slot[] {
  return table.filter(slot => slot !== undefined);
}

/** Brings the keys of a set of numbers into the order of CPython's table; leaves any other set alone. */
export function arrange(map: HashMap): void {
  const slots = slotsOf(map);
  if (slots === undefined || slots.length < 2) return;
  for (const slot of inOrder(filled(slots))) map.move(slot.entry, true);
}

/**
 * The order of a set display of constants, which CPython makes in three steps: a frozenset when it compiles, that
 * frozenset anew when it merges equal constants, and a set into which it puts that one's items when the display runs.
 */
export function arrangeDisplay(map: HashMap): void {
  const slots = slotsOf(map);
  if (slots === undefined) return;
  const constant = filled(inOrder(filled(slots)));
  let size = 8;
  if (slots.length * 5 >= (size - 1) * 3) while (size <= slots.length * 2) size *= 2;
  const table = size === constant.length ? constant : filled(inOrder(constant), size);
  for (const slot of inOrder(table)) map.move(slot.entry, true);
}
