/** Which cell of one version of a chapter is which of another. */
import type { Analysis, CellResult } from '../evaluation/analysis';

const known = new WeakMap<Analysis, { readonly before: Analysis; readonly former: ReadonlyMap<number, CellResult> }>();

/**
 * What each cell was, by its index: the cell of the same label, else of the same code, else one that sets the same names, else
 * the one that stands in its place between two that are known. A cell that is new is not there.
 */
export function formerCells(before: Analysis, now: Analysis): ReadonlyMap<number, CellResult> {
  const found = known.get(now);
  if (found?.before === before) return found.former;
  const former = paired(before.cells, now.cells);
  known.set(now, { before, former });
  return former;
}

function paired(olds: readonly CellResult[], cells: readonly CellResult[]): ReadonlyMap<number, CellResult> {
  const former = new Map<number, CellResult>();
  const left = new Set(olds);
  const pairBy = (key: (cell: CellResult) => string | undefined): void => {
    const byKey = new Map<string, CellResult[]>();
    for (const old of left) {
      const name = key(old);
      if (name !== undefined) byKey.set(name, [...(byKey.get(name) ?? []), old]);
    }
    for (const [at, cell] of cells.entries()) {
      const name = key(cell);
      const old = former.has(at) || name === undefined ? undefined : byKey.get(name)?.shift();
      if (old === undefined) continue;
      former.set(at, old);
      left.delete(old);
    }
  };
  pairBy(({ cell }) => cell.label);
  pairBy(({ cell }) => cell.source);
  pairBy(({ definitions }) => (definitions.length === 0 ? undefined : definitions.map(({ name }) => name).join(' ')));
  pairBy(({ definitions: [first] }) => first?.name);
  let from = -1;
  for (const [at, { cell }] of cells.entries()) {
    const partner = former.get(at);
    if (partner !== undefined) {
      from = partner.cell.index;
      continue;
    }
    const next = cells.findIndex((_, later) => later > at && former.has(later));
    const to = next < 0 ? olds.length : former.get(next)!.cell.index;
    const old = olds.slice(from + 1, to).find(one => left.has(one));
    if (old === undefined || (cell.label !== undefined && old.cell.label !== undefined)) continue;
    former.set(at, old);
    left.delete(old);
    from = old.cell.index;
  }
  return former;
}
