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
import { type Pending, vm } from '../python/runtime/vm';
import type { Span } from '../python/syntax/ast';

interface Located {
  readonly at: Span;
}

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
  if (left !== undefined)
    throw new Unsupported('a generator left within try or with', 'go through all of it, or call its close()', left.at);
}

/** Those of the frames whose generators nothing leads to. */
function unreachable(frames: Set<Located>, roots: Iterable<Value | undefined>): ReadonlySet<Located> {
  const seen = new Set<PyObject>();
  const open: (Value | Cell | undefined)[] = [...roots];
  while (open.length > 0 && frames.size > 0) {
    let value = open.pop();
    if (value instanceof Cell) value = value.value;
    if (!(value instanceof PyObject) || seen.has(value)) continue;
    seen.add(value);
    // What the library's own iterators hold cannot be seen.
    if (seen.size > MOST || (value instanceof PyIterator && !(value instanceof PyGenerator))) return new Set();
    if (value instanceof PyGenerator) {
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
