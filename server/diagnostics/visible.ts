/** What names a place in the chapter can use. */
import type { Analysis } from '../evaluation/analysis';

/** `Cls.name` of the classes seen there that have an attribute of that very name. */
export function attributesOf(name: string, analysis: Analysis, cellsBefore: number): string[] {
  const found: string[] = [];
  for (const [owner, definition] of analysis.exportsAt(cellsBefore))
    if (definition.kind === 'class' && analysis.cells[definition.cell]!.definitionsOf(`${owner}.${name}`).length > 0)
      found.push(`${owner}.${name}`);
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
