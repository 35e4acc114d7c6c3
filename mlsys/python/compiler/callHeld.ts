/** What may change whenever code runs that nobody knows: it may call what it was given before. */
import { foresightOfHeldCode, noteEndlessHeldCode } from '../runtime/foresight';
import type { Globals } from '../runtime/globals';
import type { Value } from '../runtime/objects';
import type { UnknownCause } from '../runtime/unknown';
import { Effects } from './effects';
import { type Footing, footingOf, heldCode, isAsBefore, keepCodeAlone } from './heldCode';

/** Upon what held code depended when a look at it changed nothing. */
const idle = new WeakMap<readonly Value[], Footing>();

/** Makes unknown what code that was given away may change now. */
export function callHeld(cause: UnknownCause, globals: Globals | undefined): void {
  const held = heldCode();
  if (held.length === 0 || globals === undefined) return;
  const known = idle.get(held);
  if (known !== undefined && isAsBefore(known)) return;
  const footing = footingOf(held);
  const effects = new Effects(cause, globals, undefined, foresightOfHeldCode());
  effects.escape(held);
  if (effects.apply()) noteEndlessHeldCode();
  keepCodeAlone();
  if (footing !== undefined && isAsBefore(footing)) idle.set(held, footing);
  else idle.delete(held);
}
