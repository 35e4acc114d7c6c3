/** What names a place in the chapter can use. */
import type { Analysis, CellRun } from '../evaluation/analysis';
import { sameList } from '../evaluation/sameData';
import { cellsOf } from './recording';

interface Known {
  readonly runs: readonly (CellRun | undefined)[];
  readonly names: ReadonlyMap<string, CellRun>;
}

/** By the last of some runs, what was found for them last: an edit of prose leaves all runs as they are. */
const known = new WeakMap<CellRun, Known>();

/**
 * Names that the first `cellsBefore` cells left, with the runs that made them. Unlike `Analysis.exportsAt` this looks at runs alone, not
 * at places, which would cost too much at each keystroke in a name that does not exist yet.
 */
export function visibleNames(analysis: Analysis, cellsBefore: number): ReadonlyMap<string, CellRun> {
  const runs = cellsOf(analysis)
    .slice(0, cellsBefore)
    .map(({ run }) => run);
  const last = runs.findLast(run => run !== undefined);
  const found = last && known.get(last);
  if (found !== undefined && sameList(found.runs, runs)) return found.names;
  const names = new Map<string, CellRun>();
  for (const run of runs) {
    if (run === undefined) continue;
    for (const one of run.deleted) names.delete(one);
    for (const one of run.bound) names.set(one, run);
  }
  if (last !== undefined) known.set(last, { runs, names });
  return names;
}

/** Names of the attributes that a class's body defines. */
export function attributesOfClass(owner: string, analysis: Analysis, cellsBefore: number): string[] {
  const cell = analysis.definitionOf(owner, cellsBefore)?.cell;
  if (cell === undefined) return [];
  const prefix = `${owner}.`;
  return analysis.cells[cell]!.definitions.filter(definition => definition.name.startsWith(prefix))
    .map(definition => definition.name.slice(prefix.length))
    .filter(name => !name.includes('.'));
}
