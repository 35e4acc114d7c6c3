/**
 * How much is looked at of code that a run leaves out, for what that might have changed (see `compiler/effects.ts`). A cell that
 * has used it up goes on, and takes all for changed that such code may come by; a package that does is ended.
 */
import { ForesightExceeded } from './errors';

/** So many nodes and objects for the code of a cell, and for each package that it imports. */
const MOST = 800_000;

const present = { left: MOST, importing: false };

/** Runs code with what may be looked at for it alone: whether a cell loads a package must not tell in what follows. */
export function withForesight<T>(importing: boolean, body: () => T): T {
  const saved = { ...present };
  present.left = MOST;
  present.importing = importing;
  try {
    return body();
  } finally {
    present.left = saved.left;
    present.importing = saved.importing;
  }
}

/** How many nodes and objects may be looked at yet. */
export function foresightLeft(): number {
  return Math.max(0, present.left);
}

/** Counts nodes and objects that were looked at. */
export function foresee(nodes: number): void {
  present.left -= nodes;
  if (present.left < 0 && present.importing) throw new ForesightExceeded();
}
