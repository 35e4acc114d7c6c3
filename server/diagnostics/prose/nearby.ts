/** Which cells stand near a block: those that its sentences will be about. */
import type { Block, Chapter } from '../../chapter/model';
import type { Analysis, CellResult, CellRun, RefBlock } from '../../evaluation/analysis';

/** So many cells before a block are near it, and one behind it that stands within so many blocks of the same section. */
const BEFORE = 3;
const AHEAD = 6;

/** Cells near a block, and by which runs they were. */
export interface Nearby {
  readonly cells: readonly CellResult[];
  /** Of those around it, in order, what their names and values follow from. */
  readonly window: readonly unknown[];
  /** Of those that its references show. */
  readonly others: readonly (CellRun | undefined)[];
}

/** The cells around the blocks of one version; blocks are asked for in their order. */
export class Neighbourhood {
  readonly #analysis: Analysis;
  #runs: ReadonlySet<CellRun | undefined> | undefined;
  #next = 0;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  of(block: Block, refs: RefBlock | undefined): Nearby {
    const window = this.#window(block);
    const inWindow = new Set(window);
    const others = new Set(
      (refs?.refs ?? []).flatMap(({ cell }) => (cell === undefined ? [] : [this.#analysis.cells[cell]!])),
    );
    const more = [...others].filter(cell => !inWindow.has(cell));
    return { cells: [...window, ...more], window: stateOf(window), others: more.map(({ run }) => run) };
  }

  /** True where the cells near a block are in this version what they were. */
  isSame({ window, others }: Nearby, block: Block): boolean {
    const now = stateOf(this.#window(block));
    if (now.length !== window.length || now.some((part, at) => part !== window[at])) return false;
    if (others.length === 0) return true;
    this.#runs ??= new Set(this.#analysis.cells.map(({ run }) => run));
    return others.every(run => this.#runs!.has(run));
  }

  #window(block: Block): readonly CellResult[] {
    const { cells, chapter } = this.#analysis;
    if (this.#next > 0 && cells[this.#next - 1]!.cell.block.index > block.index) this.#next = 0;
    while (this.#next < cells.length && cells[this.#next]!.cell.block.index <= block.index) this.#next++;
    const next = cells[this.#next];
    const before = cells.slice(Math.max(0, this.#next - BEFORE), this.#next);
    return next !== undefined && isAhead(next.cell.block, block, chapter) ? [...before, next] : before;
  }
}

function isAhead(cell: Block, block: Block, { blocks }: Chapter): boolean {
  if (cell.index - block.index > AHEAD) return false;
  return blocks.slice(block.index, cell.index).every(({ kind }, at) => at === 0 || kind !== 'heading');
}

function stateOf(cells: readonly CellResult[]): readonly unknown[] {
  return cells.flatMap(({ run, status, cell }) => [run, status, cell.label]);
}
