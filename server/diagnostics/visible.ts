/** What names a place in the chapter can use. */
import { PyClass, type Value } from '../../mlsys/python/runtime/objects';
import type { Analysis } from '../evaluation/analysis';

const known = new WeakMap<Analysis, Map<number, ReadonlyMap<string, Value>>>();

/**
 * Names that the first `cellsBefore` cells left, with their values. Unlike `Analysis.exportsAt` this looks at runs alone, not
 * at places, which would cost too much at each keystroke in a name that does not exist yet.
 */
export function visibleNames(analysis: Analysis, cellsBefore: number): ReadonlyMap<string, Value> {
  const byPlace = known.get(analysis) ?? new Map<number, ReadonlyMap<string, Value>>();
  known.set(analysis, byPlace);
  let names = byPlace.get(cellsBefore);
  if (names === undefined) {
    const seen = new Map<string, Value>();
    for (const cell of analysis.cells.slice(0, cellsBefore))
      for (const [name, value] of cell.run?.writes ?? [])
        if (value === undefined) seen.delete(name);
        else seen.set(name, value);
    names = seen;
    byPlace.set(cellsBefore, names);
  }
  return names;
}

/** `Cls.name` of the classes seen there that have an attribute of that very name. */
export function attributesOf(name: string, analysis: Analysis, cellsBefore: number): string[] {
  const found: string[] = [];
  for (const [owner, value] of visibleNames(analysis, cellsBefore))
    if (value instanceof PyClass && !value.native && value.attrs.has(name)) found.push(`${owner}.${name}`);
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
