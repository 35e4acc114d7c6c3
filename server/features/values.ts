/** Values behind paths of names at a place in code, as the last runs left them. No code runs for it. */
import { parseExpression } from '../../mlsys';
import type { Analysis, CellResult } from '../evaluation/analysis';
import type { ValueInfo, ValueMembers } from '../evaluation/results';

/** Where names are looked up. */
export interface NamePlace {
  readonly analysis: Analysis;
  /** Number of cells whose names count, the place's own one included. */
  readonly seen: number;
  /** The class in whose body the place stands. */
  readonly cls: string | undefined;
}

/** The value at a path of names: of a class body's own name, of a name of the chapter, or of an attribute. */
export async function valueOfPath(path: string, place: NamePlace): Promise<ValueInfo | undefined> {
  const { analysis, seen, cls } = place;
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  const own = cls === undefined ? undefined : bindingValue(`${cls}.${root}`, place);
  if (rest.length === 0) return own ?? analysis.valueAt(root, seen);
  return bindingValue(path, place) ?? (await membersOfPath(path, place))?.value;
}

/** An attribute that an assignment in a class body made. */
function bindingValue(path: string, { analysis, seen }: NamePlace): ValueInfo | undefined {
  const cell = analysis.cells[seen - 1];
  return analysis.bindingOf(path, seen)?.value ?? (cell && madeIn(cell, path));
}

/** What the last run of a cell made under a path, though it may have ended before the class itself was bound. */
export function madeIn(cell: CellResult, path: string): ValueInfo | undefined {
  if (cell.status === 'ok' || !path.includes('.')) return undefined;
  return cell.bindings.findLast(({ name }) => name === path)?.value;
}

/** The value at a path with what it has; of a class body's own name what its object has. */
export async function membersOfPath(path: string, place: NamePlace): Promise<ValueMembers | undefined> {
  const { analysis, seen, cls } = place;
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  if (cls !== undefined && analysis.bindingOf(`${cls}.${root}`, seen) !== undefined) {
    const [outer, ...inner] = cls.split('.') as [string, ...string[]];
    return analysis.membersAt(outer, seen, [...inner, root, ...rest]);
  }
  return analysis.membersAt(root, seen, rest);
}

/** A text as Python writes it, without its quotes; undefined for what is no text, or cut. */
export function textOfValue({ repr, type }: ValueInfo): string | undefined {
  if (type !== 'str') return undefined;
  const { expression } = parseExpression(repr);
  return expression?.kind === 'Constant' && typeof expression.value === 'string' ? expression.value : undefined;
}

/** How a value reads in a sentence, where that is plain to see. */
export function readingOfValue(value: ValueInfo): string {
  return textOfValue(value) ?? (value.type === 'Markdown' ? value.type : value.repr);
}
