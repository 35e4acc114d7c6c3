/** Which cells stand near a block: those that its sentences will be about. */
import type { Block, Chapter } from '../../chapter/model';
import type { Analysis, CellResult, CellRun, RefBlock } from '../../evaluation/analysis';

/** So many cells before a block are near it, and one behind it that stands within so many blocks of the same section. */
const BEFORE = 3;
const AHEAD = 6;

/** Cells near a block, and by what they are known in other versions. */
export interface Nearby {
  readonly cells: readonly CellResult[];
  /** Unlike the cells, it does not hold on to their version of the chapter. */
  readonly state: NearbyState;
}

export interface NearbyState {
  /** Of those around it, in order, what their names and values follow from. */
  readonly window: readonly unknown[];
  /** Of those that its references show. */
  readonly others: readonly (CellRun | undefined)[];
}

/** The cells around a block. */
interface Window {
  /** The first one behind the block, and the end of those that are near it. */
  readonly next: number;
  readonly end: number;
  readonly cells: readonly CellResult[];
  readonly state: readonly unknown[];
}

/** The cells around the blocks of one version; blocks are asked for in their order. */
export class Neighbourhood {
  readonly #analysis: Analysis;
  #runs: ReadonlySet<CellRun | undefined> | undefined;
  #next = 0;
  #window: Window = { next: -1, end: -1, cells: [], state: [] };

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  of(block: Block, refs: RefBlock | undefined): Nearby {
    const { cells: window, state } = this.#windowOf(block);
    const inWindow = new Set(window);
    const others = new Set(
      (refs?.refs ?? []).flatMap(({ cell }) => (cell === undefined ? [] : [this.#analysis.cells[cell]!])),
    );
    const more = [...others].filter(cell => !inWindow.has(cell));
    return { cells: [...window, ...more], state: { window: state, others: more.map(({ run }) => run) } };
  }

  /** True where the cells near a block are in this version what they were. */
  isSame({ window, others }: NearbyState, block: Block): boolean {
    const { state: now } = this.#windowOf(block);
    if (now.length !== window.length || now.some((part, at) => part !== window[at])) return false;
    if (others.length === 0) return true;
    this.#runs ??= new Set(this.#analysis.cells.map(({ run }) => run));
    return others.every(run => this.#runs!.has(run));
  }

  #windowOf(block: Block): Window {
    const { cells, chapter } = this.#analysis;
    if (this.#next > 0 && cells[this.#next - 1]!.cell.block.index > block.index) this.#next = 0;
    while (this.#next < cells.length && cells[this.#next]!.cell.block.index <= block.index) this.#next++;
    const next = cells[this.#next];
    const end = next !== undefined && isAhead(next.cell.block, block, chapter) ? this.#next + 1 : this.#next;
    // The blocks between two cells have the same.
    if (this.#window.next !== this.#next || this.#window.end !== end) {
      const near = cells.slice(Math.max(0, this.#next - BEFORE), end);
      this.#window = { next: this.#next, end, cells: near, state: stateOf(near) };
    }
    return this.#window;
  }
}

function isAhead(cell: Block, block: Block, { blocks }: Chapter): boolean {
  if (cell.index - block.index > AHEAD) return false;
  return blocks.slice(block.index, cell.index).every(({ kind }, at) => at === 0 || kind !== 'heading');
}

function stateOf(cells: readonly CellResult[]): readonly unknown[] {
  return cells.flatMap(({ run, status, cell }) => [run, status, cell.label]);
}
