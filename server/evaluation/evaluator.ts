/**
 * Evaluates a chapter in the process that asks: for tests, for commands that print and end. What it tells goes through the
 * same plain data as the results of an evaluation process.
 */
import type { Chapter } from '../chapter/model';
import type { Analysis, CellFigure } from './analysis';
import { ChapterResults } from './chapterResults';
import type { EvaluatorOptions } from './evaluatorOptions';
import { InputMirror } from './input';
import { Reporter } from './reporter';
import type { ModuleRecord, ValueMembers } from './results';
import { drained } from './steps';

export type { EvaluatorBudgets, EvaluatorOptions } from './evaluatorOptions';

export class Evaluator {
  readonly #reporter: Reporter;
  readonly #mirror = new InputMirror();
  readonly #results: ChapterResults;

  constructor(options: EvaluatorOptions = {}) {
    this.#reporter = new Reporter(options);
    this.#results = new ChapterResults(
      options.modules,
      {
        members: async (name, cellsBefore, path) => this.members(name, cellsBefore, path),
        provenance: async (expr, cellsBefore, extent) => this.#reporter.provenance(expr, cellsBefore, extent),
      },
      run => this.#reporter.detailsOf(run),
    );
  }

  /** Evaluates a version of the chapter to its end. */
  update(chapter: Chapter, version = 0): Analysis {
    return drained(this.steps(chapter, version));
  }

  /**
   * Evaluates a version of the chapter, yielding after each cell that ran. The caller may give the evaluation up between
   * two steps; the next one goes on from what is there.
   */
  *steps(chapter: Chapter, version = 0): Generator<void, Analysis> {
    const change = this.#results.place(chapter);
    if (change !== undefined) this.#mirror.apply(change);
    const { revision } = this.#results;
    if (!this.#results.settled) {
      yield* this.#reporter.evaluator.steps(this.#mirror.input);
      this.#results.take(revision, this.#reporter.results());
    }
    return this.#results.analysis(chapter, version);
  }

  /** Forgets all results: the next update evaluates the whole chapter. */
  reset(): void {
    this.#reporter.evaluator.reset();
    this.#results.unsettle();
  }

  /** Has the next update evaluate what saw data files otherwise than these are now. */
  refreshData(): void {
    this.#reporter.evaluator.refreshData();
    this.#results.unsettle();
  }

  /** Modules of packages that the cells imported. */
  get modules(): readonly ModuleRecord[] {
    return this.#results.modules;
  }

  /** What is at the end of a path of attributes of a name. */
  members(name: string, cellsBefore: number, path: readonly string[]): ValueMembers | undefined {
    return this.#reporter.members(name, cellsBefore, path);
  }

  /** A figure that a cell drew, as the recorder made it. */
  figure({ cell, index }: CellFigure): unknown {
    return this.#reporter.figure(cell, index);
  }
}
