/**
 * Generators that nobody can reach any more although they had something left to do. CPython closes a generator when its
 * last reference goes, so that its `finally` runs at that moment; here nothing tells when that is.
 */

import { PyDict } from '../python/runtime/dict';
import { Unsupported } from '../python/runtime/errors';
import { Cell } from '../python/runtime/frame';
import { PyFunction } from '../python/runtime/function';
import { PyGenerator } from '../python/runtime/generator';
import { BoundMethod, PyClass, PyIterator, PyList, PyObject, PyTuple, type Value } from '../python/runtime/objects';
import { PySetBase } from '../python/runtime/set';
import { escapes, quietCause } from '../python/runtime/unknown';
import { type Pending, vm } from '../python/runtime/vm';

type Left = Pending['frame'];

/** So many objects are looked at; beyond, a generator counts as reachable. */
const MOST = 100_000;

/** State channel of what earlier runs left in generators that could be reached. */
const CHANNEL = 'unfinished generators';

const NONE: readonly Pending[] = [];

/** Refuses a run that left a generator behind which Python would have closed meanwhile, one of an earlier run among them. */
export function refuseUnfinished(roots: () => Iterable<Value | undefined>): void {
  const before = vm.readState(CHANNEL, NONE);
  const { pending } = vm.record;
  if (before.length + pending.size === 0) return;
  const waiting = [...before, ...pending].filter(mark => !mark.ended);
  const lost = unreachable(new Set(waiting.map(mark => mark.frame)), roots());
  const kept = waiting.filter(mark => !lost.has(mark.frame));
  if (kept.length !== before.length || kept.some((mark, at) => mark !== before[at])) vm.writeState(CHANNEL, kept);
  const [left] = lost;
  if (left === undefined) return;
  const how = 'go through all of it, or call its close()';
  const error = new Unsupported('a generator left within try or with', how, left.at);
  // The cell need not name what its code changes when it is closed.
  escapes.use(
    [...lost].map(({ generator }) => generator ?? null),
    quietCause(error),
  );
  throw error;
}

/** Those of the frames whose generators nothing leads to. */
function unreachable(frames: Set<Left>, roots: Iterable<Value | undefined>): ReadonlySet<Left> {
  const seen = new Set<PyObject>();
  const open: (Value | Cell | undefined)[] = [...roots];
  while (open.length > 0 && frames.size > 0) {
    let value = open.pop();
    if (value instanceof Cell) value = value.value;
    if (!(value instanceof PyObject) || seen.has(value)) continue;
    seen.add(value);
    const made = value instanceof PyIterator && !(value instanceof PyGenerator) ? value : undefined;
    if (seen.size > MOST) return new Set();
    // Where it cannot be seen what an iterator of the library was made of, nobody knows whether a generator is held by it.
    if (made !== undefined) open.push(...sourcesOf(made.source));
    else if (value instanceof PyGenerator) {
      frames.delete(value.frame);
      open.push(...value.frame.slots);
    } else if (value instanceof PyList || value instanceof PyTuple) open.push(...value.items);
    else if (value instanceof PyDict) for (const entry of value.entries()) open.push(...entry);
    else if (value instanceof PySetBase) open.push(...value.items());
    else if (value instanceof PyFunction) open.push(...value.closure, ...value.defaults);
    else if (value instanceof BoundMethod) open.push(value.self, value.func);
    if (value.attrs !== undefined && !(value instanceof PyClass && value.native)) open.push(...value.attrs.values());
  }
  return frames;
}

/** The values that an iterator was made of: one, or the arguments of its call. */
function sourcesOf(source: unknown): readonly Value[] {
  if (source === undefined) return [];
  return Array.isArray(source) ? (source as readonly Value[]) : [source as Value];
}
