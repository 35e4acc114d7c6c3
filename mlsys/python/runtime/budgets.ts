/** What the cells of a chapter may use. */

/** What one cell may use. */
export interface Budgets {
  readonly steps: number;
  readonly milliseconds: number;
  /** Bytes that strings, integers, lists, arrays and the like may hold together at any time. */
  readonly bytes: number;
  /** Python frames; more raise RecursionError, as in CPython. */
  readonly recursion: number;
  /** Characters that a cell may print. */
  readonly output: number;
  /**
   * Nodes and objects that are looked at for one piece of code that is left out; beyond, everything counts as changed that it may
   * come by.
   */
  readonly foresight: number;
}

/** The recursion limit is that of a Jupyter kernel: IPython imports jedi, which sets it to three times Python's own. */
export const DEFAULT_BUDGETS: Budgets = {
  steps: 20_000_000,
  milliseconds: 5000,
  bytes: 256_000_000,
  recursion: 3000,
  output: 1_000_000,
  foresight: 50_000,
};

/** No limit of a program is below this: to a smaller one the frames of the kernel itself would matter. */
export const LEAST_RECURSION_LIMIT = 500;
