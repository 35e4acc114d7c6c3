/** What an evaluator is given beside a chapter. */
import type { Budgets, ModuleSource, Program, RunResult } from '../../mlsys';
import type { ChapterBudgets } from './remainingBudget';
import type { Stop } from './stopped';

/** Inches of a chapter's figures, as Quarto sets them for pages, where neither they nor the chapter say otherwise. */
export const CHAPTER_FIGURES: readonly [number, number] = [7, 5];

export type EvaluatorBudgets = Partial<Budgets> & { readonly chapter?: Partial<ChapterBudgets> };

export interface EvaluatorOptions {
  /** Python packages beside the chapters. */
  readonly modules?: ModuleSource;
  /** Limits of each cell, and of all cells together, where they differ from the defaults. */
  readonly budgets?: EvaluatorBudgets;
  /** Width and height in inches of figures that name none. */
  readonly figureSize?: readonly [number, number];
  /** Names of functions that count as guards, whatever their bodies tell. */
  readonly guards?: readonly string[];
  /** Why a cell or a reference is not to be run, by its source: it did not come to an end in another process. */
  readonly stopped?: (source: string) => Stop | undefined;
  /** Told of whatever is about to run: all before it is known by then. */
  readonly running?: (part: RunningPart) => void;
  /** Asked now and then while something runs; true ends that. */
  readonly cancelled?: () => boolean;
  /** Told of each run of a cell that has just ended, while its objects are as it left them, and of the run before. */
  readonly ran?: (program: Program, result: RunResult, before: RunResult | undefined) => void;
}

/** A cell, or a reference that is more than a name, and the time that it may take. */
export interface RunningPart {
  /** Index of the cell; for a reference, the number of cells before it. */
  readonly at: number;
  readonly kind: 'cell' | 'reference';
  readonly source: string;
  readonly milliseconds: number;
}
