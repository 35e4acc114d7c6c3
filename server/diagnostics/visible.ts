/** What names a place in the chapter can use. */
import type { Analysis, CellRun } from '../evaluation/analysis';

const known = new WeakMap<Analysis, Map<number, ReadonlyMap<string, CellRun>>>();

/**
 * Names that the first `cellsBefore` cells left, with the runs that made them. Unlike `Analysis.exportsAt` this looks at runs alone, not
 * at places, which would cost too much at each keystroke in a name that does not exist yet.
 */
export function visibleNames(analysis: Analysis, cellsBefore: number): ReadonlyMap<string, CellRun> {
  const byPlace = known.get(analysis) ?? new Map<number, ReadonlyMap<string, CellRun>>();
  known.set(analysis, byPlace);
  let names = byPlace.get(cellsBefore);
  if (names === undefined) {
    const seen = new Map<string, CellRun>();
    for (const { run } of analysis.cells.slice(0, cellsBefore)) {
      if (run === undefined) continue;
      for (const one of run.deleted) seen.delete(one);
      for (const one of run.bound) seen.set(one, run);
    }
    names = seen;
    byPlace.set(cellsBefore, names);
  }
  return names;
}

/** `Cls.name` of the classes seen there that have an attribute of that very name. */
export function attributesOf(name: string, analysis: Analysis, cellsBefore: number): string[] {
  const found: string[] = [];
  for (const [owner, run] of visibleNames(analysis, cellsBefore))
    if (run.valueOf(owner)?.attributes?.includes(name) === true) found.push(`${owner}.${name}`);
  return found;
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
