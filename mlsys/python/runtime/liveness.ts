/**
 * How much memory is held by what a run made: a walk over everything that can be reached from its names, its frames and its
 * record. Allocation is counted as it happens (`vm.charge`), which knows nothing of what is dropped; where that count
 * reaches the budget, this one takes its place.
 */

import { Cell, Frame } from './frame';
import { PyFunction } from './function';
import { PyGenerator } from './generator';
import { HashMap } from './hashMap';
import { bitLength } from './numbers/integers';
import { NativeFunction, PyClass, PyIterator, PyObject } from './objects';

/** What things take beside what they hold, about. */
const OBJECT_BYTES = 64;
const MAP_BYTES = 100;
const MAP_ENTRY_BYTES = 40;
const HASH_ENTRY_BYTES = 140;
const TEXT_BYTES = 24;
const SLOT_BYTES = 8;
/** An iterator with the functions behind it, a function with its closure, a class with its tables. */
const CLOSURE_BYTES = 400;
const CLASS_BYTES = 800;

/**
 * Texts have no identity: one that is held a thousand times looks like a thousand texts. From this length on each that is made is
 * announced (`vm.chargeText`), so that there are no more of them than were made.
 */
export const LONG_TEXT = 8192;

/** Lengths that are told apart at most. */
const MOST_LENGTHS = 20_000;

/** The long texts that a run made. */
export class LongTexts {
  /** How many of each length. */
  #made = new Map<number, number>();
  /** Characters of those whose length is not known. */
  others = 0;

  add(length: number): void {
    if (this.#made.size > MOST_LENGTHS) {
      for (const [one, count] of this.#made) this.others += one * count;
      this.#made = new Map();
    }
    this.#made.set(length, this.made(length) + 1);
  }

  made(length: number): number {
    return this.#made.get(length) ?? 0;
  }
}

/** So many things are visited between two looks at the clock. */
const STRIDE = 1024;

/** Fields that lead away from what an object holds. */
const SKIPPED = new Set(['cls', 'owner', 'changedAt', 'module', 'globals', 'code']);

/** An object, or a function behind an iterator, that holds something which its fields do not show. */
interface Holder {
  readonly held?: unknown;
}

export interface Walk {
  /** Whether an object counts, by the serial of the run that made it (see `mutation.ts`). */
  readonly counts: (owner: number) => boolean;
  /** The long texts that the run made; undefined where each counts as often as it is held. */
  readonly texts?: LongTexts;
  /** The walk ends where it has found so much. */
  readonly limit: number;
  /** Told now and then how many things were visited since the last time. */
  readonly visited?: (count: number) => void;
}

/** About how many bytes are held by what can be reached from the roots; no more than the walk's limit and one thing. */
export function heldBytes(roots: Iterable<unknown>, walk: Walk): number {
  const held = new Held(walk);
  for (const root of roots) held.add(root);
  return held.total();
}

/** Bytes that a value holds, up to a limit. */
export function sizeOf(value: unknown, limit: number): number {
  if (typeof value === 'string') return TEXT_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return SLOT_BYTES;
  return heldBytes([value], { counts: owner => owner !== 0, limit });
}

class Held {
  readonly #walk: Walk;
  readonly #seen = new Set<object>();
  readonly #open: object[] = [];
  #bytes = 0;
  /** How often long texts of each length are held, and their characters: as often as that, and as often as they were made. */
  readonly #texts = new Map<number, number>();
  #textsHeld = 0;
  #textsMade = 0;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  add(root: unknown): void {
    this.#take(root);
  }

  total(): number {
    const { limit, visited, texts } = this.#walk;
    let count = 0;
    const sum = () =>
      this.#bytes + (texts === undefined ? this.#textsHeld : Math.min(this.#textsHeld, this.#textsMade + texts.others));
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      this.#visit(next);
      if (++count % STRIDE !== 0) continue;
      visited?.(STRIDE);
      if (sum() > limit) break;
    }
    return sum();
  }

  /** Counts a value that stands in a slot, a field or an item. */
  #take(value: unknown): void {
    this.#bytes += SLOT_BYTES;
    switch (typeof value) {
      case 'string':
        if (value.length < LONG_TEXT) this.#bytes += TEXT_BYTES + value.length;
        else this.#text(value.length);
        return;
      case 'bigint':
        if (value > 256n || value < -5n)
          this.#bytes += BigInt.asIntN(64, value) === value ? 16 : 24 + bitLength(value) / 8;
        return;
      case 'object':
        if (value === null || this.#seen.has(value)) return;
        if (value instanceof PyObject && !this.#walk.counts(value.owner)) return;
        this.#seen.add(value);
        this.#open.push(value);
    }
  }

  #text(length: number): void {
    const before = this.#texts.get(length) ?? 0;
    this.#texts.set(length, before + 1);
    this.#textsHeld += length;
    if (before < Math.max(1, this.#walk.texts?.made(length) ?? 0)) this.#textsMade += length;
  }

  #visit(one: object): void {
    if (Array.isArray(one)) this.#items(one);
    else if (one instanceof PyFunction) {
      this.#bytes += CLOSURE_BYTES;
      for (const value of one.defaults) this.#take(value);
      for (const cell of one.closure) this.#take(cell);
      if (one.keywordDefaults !== undefined) this.#take(one.keywordDefaults);
      if (one.attrs !== undefined) this.#take(one.attrs);
      if (one.annotations !== undefined) this.#take(one.annotations);
    } else if (one instanceof PyGenerator) {
      this.#bytes += CLOSURE_BYTES;
      this.#take(one.frame);
    } else if (one instanceof PyClass) {
      this.#bytes += CLASS_BYTES;
      for (const base of one.bases) this.#take(base);
      this.#map(one.attrs);
    } else if (one instanceof PyObject) {
      this.#bytes += one instanceof PyIterator || one instanceof NativeFunction ? CLOSURE_BYTES : OBJECT_BYTES;
      this.#take((one as Holder).held);
      if (one instanceof PyIterator) this.#take((one.next as Holder).held);
      // An instance's class may be known by it alone.
      this.#take(one.cls);
      this.#fields(one);
    } else if (one instanceof HashMap) {
      this.#bytes += MAP_BYTES + HASH_ENTRY_BYTES * one.size;
      for (let entry = one.first; entry !== undefined; entry = entry.next) {
        this.#take(entry.key);
        this.#take(entry.value);
      }
    } else if (one instanceof Map) this.#map(one);
    else if (one instanceof Set) for (const value of one) this.#take(value);
    else if (ArrayBuffer.isView(one)) this.#bytes += one.byteLength;
    else if (one instanceof Cell) this.#take(one.value);
    else if (one instanceof Frame) this.#frame(one);
    else if (Object.getPrototypeOf(one) === Object.prototype) this.#fields(one);
    else this.#bytes += OBJECT_BYTES;
  }

  #items(items: readonly unknown[]): void {
    let last: unknown;
    for (const item of items) {
      // The same number again and again is mostly one and the same.
      if (typeof item !== 'object' && typeof item !== 'string' && item === last) this.#bytes += SLOT_BYTES;
      else this.#take(item);
      last = item;
    }
  }

  #map(map: ReadonlyMap<unknown, unknown>): void {
    this.#bytes += MAP_BYTES + MAP_ENTRY_BYTES * map.size;
    for (const [key, value] of map) {
      if (typeof key === 'object') this.#take(key);
      this.#take(value);
    }
  }

  #frame(frame: Frame): void {
    for (const slot of frame.slots) this.#take(slot);
    if (frame.names !== undefined) this.#take(frame.names);
    this.#take(frame.result);
    if (frame.back !== undefined) this.#take(frame.back);
  }

  #fields(one: object): void {
    for (const name in one) {
      if (SKIPPED.has(name)) continue;
      const value = (one as Record<string, unknown>)[name];
      if (typeof value !== 'function' && value !== undefined) this.#take(value);
    }
  }
}
