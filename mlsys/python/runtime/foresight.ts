/**
 * How much is looked at of code that a run leaves out, for what that might have changed (see `compiler/effects.ts`). A cell that
 * has used it up goes on, and takes all for changed that such code may come by; a package that does is ended.
 */
import { DEFAULT_BUDGETS } from './budgets';
import { ForesightExceeded } from './errors';

/** So many nodes and objects for the code of a cell, and for each package that it imports: one is read once, and ends at its limit. */
const MOST = 800_000;
const MOST_OF_PACKAGE = 2_000_000;
/** What is looked at of code that was given away, as part of what is for other code: it is looked at again and again. */
const OF_HELD_CODE = 0.2;
/** This part of a budget for one piece of code at least, where a run has looked at a great many nodes before. */
const LEAST = 0.01;

const present = {
  left: MOST,
  budget: DEFAULT_BUDGETS.foresight,
  atOnce: DEFAULT_BUDGETS.foresight,
  importing: false,
  /** True once code that was given away turned out to call too much to be followed. */
  heldIsEndless: false,
};

/**
 * Runs code with what may be looked at for it alone: whether a cell loads a package must not tell in what follows. `budget` is that
 * for one piece of code; by default the present one.
 */
export function withForesight<T>(importing: boolean, body: () => T, budget = present.budget): T {
  const saved = { ...present };
  present.left = importing ? MOST_OF_PACKAGE : MOST;
  present.budget = present.atOnce = budget;
  present.importing = importing;
  present.heldIsEndless = false;
  try {
    return body();
  } finally {
    Object.assign(present, saved);
  }
}

/** How many nodes and objects may be looked at for the next piece of code that is left out. */
export function foresightAtOnce(): number {
  return Math.max(LEAST * present.budget, Math.min(present.atOnce, present.left));
}

/** The same for code that was given away, which unknown code may call again and again: none once that was too much in this run. */
export function foresightOfHeldCode(): number {
  return present.heldIsEndless ? 0 : OF_HELD_CODE * foresightAtOnce();
}

/** Notes that code which was given away calls too much: so it will wherever unknown code runs. */
export function noteEndlessHeldCode(): void {
  present.heldIsEndless = true;
}

/**
 * Counts nodes and objects that were looked at. Code that is `endless`, which leads to more than may be looked at, is mostly followed
 * by more of it that leads to the same: half as much is looked at for that. Not of a package, of which something is known or nothing is.
 */
export function foresee(nodes: number, endless: boolean): void {
  present.left -= nodes;
  if (endless && !present.importing) present.atOnce >>= 1;
  if (present.left < 0 && present.importing) throw new ForesightExceeded();
}
