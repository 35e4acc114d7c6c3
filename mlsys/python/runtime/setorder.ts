/**
 * The order in which CPython's sets hold numbers. Their hash table puts an item where its hash says, and hashes of
 * numbers are the same in every run, so `{3, 1, 2}` prints as `{1, 2, 3}` there and has to here. Strings hash
 * differently from run to run; for them any order is right, and that of insertion is kept.
 */
import type { Entry, HashMap } from './hashmap';
import { hashFloat, hashInteger } from './numbers/hash';
import type { Value } from './objects';

const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5n;

function numberHash(key: Value): bigint | undefined {
  if (typeof key === 'bigint') return hashInteger(key);
  if (typeof key === 'number') return hashFloat(key);
  return typeof key === 'boolean' ? (key ? 1n : 0n) : undefined;
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

/** Brings the keys of a set of numbers into the order of CPython's table; leaves any other set alone. */
export function arrange(map: HashMap): void {
  const slots: Slot[] = [];
  for (let entry = map.first; entry !== undefined; entry = entry.next) {
    const hash = numberHash(entry.key);
    if (hash === undefined) return;
    slots.push({ entry, hash });
  }
  if (slots.length < 2) return;
  let table = new Array<Slot | undefined>(8).fill(undefined);
  let used = 0;
  for (const slot of slots) {
    place(table, slot);
    used++;
    if (used * 5 >= (table.length - 1) * 3) table = resized(table, used);
  }
  for (const slot of table) if (slot !== undefined) map.move(slot.entry, true);
}
