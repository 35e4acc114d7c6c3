/** The names that a place sees of the cells above it, found without a look at their places: these move with each edit. */
import { symbolIndex } from '../../../mlsys';
import { visibleNames } from '../../diagnostics/visible';
import type { Analysis, CellRun, Definition } from '../../evaluation/analysis';

export interface VisibleName {
  readonly name: string;
  readonly kind: Definition['kind'];
  /** Index of the cell that made it. */
  readonly cell: number;
}

/** By what `visibleNames` found, which stays the same object as long as no cell runs anew. */
const kinds = new WeakMap<ReadonlyMap<string, CellRun>, ReadonlyMap<string, Definition['kind']>>();

/** Names that the first `seen` cells leave: those of the nearest cell first, of one cell in the order in which they were made. */
export function visibleAt(analysis: Analysis, seen: number): readonly VisibleName[] {
  const known = lists.get(analysis);
  if (known?.seen === seen) return known.names;
  const names = listOf(analysis, seen);
  lists.set(analysis, { seen, names });
  return names;
}

/** What was asked about an analysis last: contexts of one list ask for the same. */
const lists = new WeakMap<Analysis, { readonly seen: number; readonly names: readonly VisibleName[] }>();

function listOf(analysis: Analysis, seen: number): readonly VisibleName[] {
  const names = visibleNames(analysis, seen);
  const cells = new Map<CellRun, number>();
  for (let at = 0; at < seen; at++) {
    const { run } = analysis.cells[at]!;
    if (run !== undefined) cells.set(run, at);
  }
  let known = kinds.get(names);
  if (known === undefined) {
    known = new Map([...names].map(([name, run]) => [name, kindOf(name, cells.get(run), analysis)]));
    kinds.set(names, known);
  }
  const found: VisibleName[] = [];
  for (const [name, run] of names) {
    const cell = cells.get(run);
    if (cell !== undefined) found.push({ name, kind: known.get(name)!, cell });
  }
  return found.sort((a, b) => b.cell - a.cell);
}

/** What nothing in the text binds, a star import has brought. */
function kindOf(name: string, cell: number | undefined, analysis: Analysis): Definition['kind'] {
  if (cell === undefined) return 'other';
  const { definitions } = symbolIndex(analysis.cells[cell]!.program.module);
  return definitions.of(name).at(-1)?.kind ?? 'import';
}
