/** Where an order matters that Python does not fix: what depends on it is unknown, and the author is told. */
import { isModuleRunning } from './callers';
import { Unsupported } from './errors';
import type { PySetBase } from './set';
import { quietCause, type UnknownCause, UnknownReached } from './unknown';
import { vm } from './vm';

const MESSAGE = 'The order of this set changes from one run of Python to the next: sort it before its order shows.';

/** Tells the author that an order matters which no two runs of Python share. */
export function noticeOrder(): void {
  if (vm.frame !== undefined) vm.notice({ kind: 'set-order', message: MESSAGE });
}

const looking = { now: false };

/** Makes a text that is looked at and nothing else: the items of a set may stand in any order there. */
export function inAnyOrder<T>(make: () => T): T {
  const { now } = looking;
  looking.now = true;
  try {
    return make();
  } finally {
    looking.now = now;
  }
}

/**
 * Why the order of a set is unknown: some of its items have another hash in each run of Python. Modules go through their sets in the
 * order in which items came: they fill registries and graphs so, whose results no order changes, and nobody reads a finding there.
 */
export function unknownOrder(set: PySetBase): UnknownCause | undefined {
  if (looking.now || set.size < 2 || set.isLasting || isModuleRunning()) return undefined;
  const subject = 'the order of a set';
  const message = `${subject} changes from one run of Python to the next`;
  return { ...quietCause(new Unsupported(subject)), kind: 'order', subject, message };
}

/** To be called where the order of a set shows in a value. */
export function needOrder(set: PySetBase): void {
  const cause = unknownOrder(set);
  if (cause !== undefined) refuseOrder(cause);
}

/** Ends what needs to know the order. */
export function refuseOrder(cause: UnknownCause): never {
  noticeOrder();
  throw new UnknownReached(cause);
}
