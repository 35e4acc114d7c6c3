/**
 * What all cells of a chapter may use together, so that many cells which each keep within their own budget cannot hold up
 * the editor for minutes either. A cell gets what the cells above it have left.
 */
import type { Budgets, Fault, RunResult, Use } from '../../mlsys';

/** Limits of a whole chapter; time counts as it was when the cells ran. */
export type ChapterBudgets = Use;

export const DEFAULT_CHAPTER_BUDGETS: ChapterBudgets = {
  steps: 200_000_000,
  milliseconds: 60_000,
  bytes: 2_000_000_000,
  output: 10_000_000,
};

/** Why a run was ended before its own budget was used up. */
export interface Exhausted {
  readonly kind: keyof Use;
  /** What the run was given of it. */
  readonly left: number;
  readonly fault: Fault;
}

/** What the evaluation of a reference took. */
export interface Cost {
  readonly used: Use;
  readonly exhausted: Exhausted | undefined;
}

const KINDS = ['steps', 'milliseconds', 'bytes', 'output'] as const satisfies readonly (keyof Use)[];

/** What a chapter has left at some cell. */
export class RemainingBudget {
  readonly #limits: ChapterBudgets;
  readonly #left: Record<keyof Use, number>;

  constructor(limits: ChapterBudgets) {
    this.#limits = limits;
    this.#left = { ...limits };
  }

  /** Takes off what the run of a cell used; of memory, what it still holds. */
  spend({ used, held }: Pick<RunResult, 'used' | 'held'>): void {
    const left = this.#left;
    left.steps -= used.steps;
    left.milliseconds -= used.milliseconds;
    left.bytes -= held;
    left.output -= used.output;
  }

  /** True where there is enough left for one that uses all of these budgets. */
  suffices(budgets: Budgets): boolean {
    return KINDS.every(kind => this.#left[kind] >= budgets[kind]);
  }

  /** The budgets of the next cell. */
  of(cell: Budgets): Budgets {
    const left = this.#left;
    const holds = left.steps >= cell.steps && left.bytes >= cell.bytes && left.output >= cell.output;
    if (holds && left.milliseconds >= cell.milliseconds) return cell;
    const own = { ...cell };
    for (const kind of KINDS) own[kind] = Math.max(0, Math.min(cell[kind], this.#left[kind]));
    return own;
  }

  /**
   * True where a run would end the same way with what is left now: there is as much as it used, and what it was ended for
   * want of is as short as it was. Time does not count: what has run has run.
   */
  suits(used: Use, exhausted: Exhausted | undefined, cell: Budgets): boolean {
    const left = this.#left;
    if (exhausted === undefined && left.steps >= cell.steps && left.bytes >= cell.bytes && left.output >= cell.output)
      return true;
    const now = this.of(cell);
    return KINDS.every(kind => {
      if (kind === exhausted?.kind)
        return kind === 'milliseconds' ? now[kind] <= exhausted.left : now[kind] === exhausted.left;
      return kind === 'milliseconds' || left[kind] >= cell[kind] || used[kind] <= left[kind];
    });
  }

  /** What the chapter had too little of for a run; undefined where the cell's own budgets would have ended it as well. */
  exhaustedBy({ fault, status }: Pick<RunResult, 'fault' | 'status'>, cell: Budgets): Exhausted | undefined {
    if (status !== 'budget' || fault === undefined) return undefined;
    const kind = KIND_OF[fault.budget ?? ''];
    if (kind === undefined || this.#left[kind] >= cell[kind]) return undefined;
    return { kind, left: this.of(cell)[kind], fault: { ...fault, message: MESSAGES[kind](this.#limits[kind]) } };
  }
}

const KIND_OF: Readonly<Record<string, keyof Use | undefined>> = {
  steps: 'steps',
  time: 'milliseconds',
  memory: 'bytes',
  output: 'output',
};

const MESSAGES: Readonly<Record<keyof Use, (limit: number) => string>> = {
  steps: limit => `the cells of this chapter took more than ${limit.toLocaleString('en')} steps together`,
  milliseconds: limit => `the cells of this chapter ran for more than ${limit / 1000} s together`,
  bytes: limit =>
    `the cells of this chapter would use more than ${Math.round(limit / 1e6).toLocaleString('en')} MB of memory together`,
  output: limit => `the cells of this chapter printed more than ${limit.toLocaleString('en')} characters together`,
};
