/** What ends a step of an evaluation that has to go back. */
import type { CellState } from './cellState';

/** A run must start again from an earlier cell, because objects of that cell are needed as it left them. */
export class Replay {
  readonly from: CellState | undefined;
  constructor(from: CellState | undefined) {
    this.from = from;
  }
}

/** A reference was found to change something: it is a cell from now on. */
export class BecomesCell {}
