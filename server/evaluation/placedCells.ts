/** The cells of a version of the chapter, with the references that are run as cells among them. */
import type { Program } from '../../mlsys';
import type { CellState } from './cellState';

export class PlacedCells {
  /** All that runs, in order. */
  readonly all: readonly CellState[];
  /** Those of them that are cells. */
  readonly cells: readonly CellState[];

  constructor(all: readonly CellState[]) {
    this.all = all;
    this.cells = all.some(({ isReference }) => isReference) ? all.filter(({ isReference }) => !isReference) : all;
  }

  /** How many of the first so many are cells. */
  cellsBefore(at: number): number {
    if (this.cells === this.all) return at;
    return this.all.slice(0, at).filter(({ isReference }) => !isReference).length;
  }

  /** Where among all something begins that stands behind so many cells, and where it ends. */
  placesBehind(cells: number): readonly [from: number, to: number] {
    if (this.cells === this.all) return [cells, cells];
    const from = cells === 0 ? 0 : this.all.indexOf(this.cells[cells - 1]!) + 1;
    let to = from;
    while (this.all[to]?.isReference === true) to++;
    return [from, to];
  }

  /** The position of the cell behind so many. */
  keyAt(cellsBefore: number): number {
    return this.cells[cellsBefore]?.key ?? Number.MAX_VALUE;
  }

  /** What ran before that position. */
  programsBefore(cellsBefore: number): readonly Program[] {
    const key = this.keyAt(cellsBefore);
    return this.all.flatMap(cellState => (cellState.key < key && cellState.ran) || []);
  }
}
