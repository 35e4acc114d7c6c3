/** Recognises the cells of the previous version of a chapter in the present one. */

import { CellState } from './cellState';
import type { EvaluatedCell } from './input';

export interface Alignment {
  /** One per cell, in order, with growing keys. */
  readonly cellStates: readonly CellState[];
  /** Cell states of cells that are gone. */
  readonly removed: readonly CellState[];
}

/** Distance of the keys of cells that were read together. */
export const KEY_STEP = 1024;
/** Keys closer than this are dealt anew. */
const CLOSE = 1e-6;

/**
 * Matches cells in order: equal text at both ends, then equal text within, then whatever is left between two matches
 * in pairs, as long as there are as many on both sides or the labels agree. Cell states keep their order and their keys.
 */
export function align(old: readonly CellState[], cells: readonly EvaluatedCell[]): Alignment {
  const cellStates: (CellState | undefined)[] = new Array(cells.length);
  let head = 0;
  while (head < old.length && head < cells.length && old[head]!.content === cells[head]!.content) {
    cellStates[head] = old[head];
    head++;
  }
  let oldEnd = old.length;
  let newEnd = cells.length;
  while (oldEnd > head && newEnd > head && old[oldEnd - 1]!.content === cells[newEnd - 1]!.content)
    cellStates[--newEnd] = old[--oldEnd];
  const removed: CellState[] = [];
  let oldAt = head;
  let newAt = head;
  for (let at = head; at <= newEnd; at++) {
    const match = at === newEnd ? oldEnd : indexOfText(old, oldAt, oldEnd, cells[at]!);
    if (match < 0) continue;
    pairUp(old.slice(oldAt, match), cells, newAt, at, cellStates, removed);
    if (at < newEnd) cellStates[at] = old[match];
    oldAt = match + 1;
    newAt = at + 1;
  }
  return { cellStates: keyed(cellStates, cells), removed };
}

function indexOfText(old: readonly CellState[], from: number, to: number, cell: EvaluatedCell): number {
  for (let at = from; at < to; at++)
    if (old[at]!.content === cell.content || old[at]!.source === cell.source) return at;
  return -1;
}

/** Matches a run of old cellStates with the cells from..to, none of which has the text of one of them. */
function pairUp(
  old: readonly CellState[],
  cells: readonly EvaluatedCell[],
  from: number,
  to: number,
  cellStates: (CellState | undefined)[],
  removed: CellState[],
): void {
  if (old.length === to - from) {
    old.forEach((cellState, at) => {
      cellStates[from + at] = cellState;
    });
    return;
  }
  const left = new Set(old);
  let least = 0;
  for (let at = from; at < to; at++) {
    const label = labelOf(cells[at]!);
    if (label === undefined) continue;
    const found = old.findIndex(
      (cellState, place) => place >= least && left.has(cellState) && labelOf(cellState) === label,
    );
    if (found < 0) continue;
    cellStates[at] = old[found];
    left.delete(old[found]!);
    least = found + 1;
  }
  removed.push(...left);
}

function labelOf({ source }: { readonly source: string }): string | undefined {
  return /^#\|\s*label:\s*["']?([^\s"']+)/m.exec(source)?.[1];
}

/** Makes cellStates for the new cells, with keys between those of their neighbours. */
function keyed(cellStates: readonly (CellState | undefined)[], cells: readonly EvaluatedCell[]): CellState[] {
  const made: CellState[] = [];
  for (let at = 0; at < cells.length; ) {
    const known = cellStates[at];
    if (known !== undefined) {
      made.push(known);
      at++;
      continue;
    }
    let end = at;
    while (end < cells.length && cellStates[end] === undefined) end++;
    const before = made.at(-1)?.key ?? 0;
    const after = cellStates[end]?.key ?? before + KEY_STEP * (end - at + 1);
    const gap = (after - before) / (end - at + 1);
    for (let i = at; i < end; i++) made.push(new CellState(cells[i]!, before + gap * (i - at + 1)));
    at = end;
  }
  return made;
}

/** True where keys have come too close to tell their order for long. */
export function isCrowded(cellStates: readonly CellState[]): boolean {
  return cellStates.some((cellState, at) => at > 0 && cellState.key - cellStates[at - 1]!.key < CLOSE);
}
