/**
 * Names in doubt: what cells and references that ended with a Python exception were to make or change, and what later ones made or
 * changed that read it. The render stops there.
 */
import type { CellView } from './cellView';
import type { RefView } from './refView';

/** The cell or reference that ended so. */
export type DoubtSource = CellView | RefView;

type Names = ReadonlyMap<string, DoubtSource>;

/** What holds behind a cell or a reference, up to the next one. */
interface Step {
  readonly cellsBefore: number;
  /** Index of the reference; -1 right behind a cell. */
  readonly ref: number;
  readonly names: Names;
}

interface Ran {
  readonly failed: boolean;
  readonly reads: readonly string[];
  readonly bound: readonly string[];
  readonly doubtful: readonly string[];
}

const NO_NAMES: readonly string[] = [];

export class Doubts {
  readonly #steps: Step[] = [];
  #names: Names = new Map();

  /** `refs` are those that may matter: that failed, or that change something; both in the order of the chapter. */
  constructor(cells: readonly CellView[], refs: readonly RefView[]) {
    let at = 0;
    const takeRefs = (cellsBefore: number): void => {
      for (; at < refs.length && refs[at]!.ref.cellsBefore <= cellsBefore; at++) {
        const view = refs[at]!;
        const { status, reads, bound = NO_NAMES, doubtful = NO_NAMES } = view.run;
        this.#take(view, { failed: status === 'failed', reads, bound, doubtful }, cellsBefore, view.ref.index);
      }
    };
    for (const [index, cell] of cells.entries()) {
      takeRefs(index);
      const { run } = cell;
      if (run === undefined) continue;
      const { status, reads, doubtful } = run.record;
      const failed = status === 'failed' && !cell.cell.allowsErrors;
      this.#take(cell, { failed, reads, bound: [...run.bound, ...run.deleted], doubtful }, index + 1, -1);
    }
    takeRefs(cells.length);
  }

  /** Doubt spreads to all that a later cell or reference makes or changes which reads such a name. */
  #take(from: DoubtSource, { failed, reads, bound, doubtful }: Ran, cellsBefore: number, ref: number): void {
    if (!failed && (this.#names.size === 0 || bound.length + doubtful.length === 0)) return;
    const source = reads.map(name => this.#names.get(name)).find(one => one !== undefined);
    const names = new Map(this.#names);
    for (const name of bound) {
      if (source === undefined) names.delete(name);
      else names.set(name, source);
    }
    const cause = source ?? (failed ? from : undefined);
    if (cause !== undefined) for (const name of doubtful) names.set(name, cause);
    this.#names = names;
    this.#steps.push({ cellsBefore, ref, names });
  }

  /** What makes a name doubtful behind so many cells, and before the reference with an index where one is given. */
  source(name: string, cellsBefore: number, ref = Number.POSITIVE_INFINITY): DoubtSource | undefined {
    const step = this.#steps.findLast(
      one => one.cellsBefore < cellsBefore || (one.cellsBefore === cellsBefore && one.ref < ref),
    );
    return step?.names.get(name);
  }
}
