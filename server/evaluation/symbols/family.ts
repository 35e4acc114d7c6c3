/** Which attributes take each other's place: those of the same name in a class and in one that is derived from it. */

import { type ClassDef, lastName } from '../../../mlsys';
import { lastOf, type NameSymbol } from './symbol';

/**
 * True where two attributes of the same name belong to classes of which one is, by the names of the base classes, derived
 * from the other, or both from a third.
 */
export function isFamily(one: NameSymbol, other: NameSymbol | undefined): boolean {
  if (other === undefined || other.key === one.key || lastOf(other.path) !== lastOf(one.path)) return false;
  const a = ownerOf(one);
  const b = ownerOf(other);
  if (a === undefined || b === undefined) return false;
  const first = ancestry(a);
  return [...ancestry(b)].some(name => first.has(name));
}

interface Owner {
  readonly node: ClassDef;
  readonly symbol: NameSymbol;
}

function ownerOf(symbol: NameSymbol): Owner | undefined {
  const { path, home, at } = symbol;
  const dot = path.lastIndexOf('.');
  const statement = dot < 0 ? undefined : home.find(path.slice(0, dot), at)?.definition.statement;
  return statement !== undefined && 'kind' in statement && statement.kind === 'ClassDef'
    ? { node: statement, symbol }
    : undefined;
}

/** Names of a class and its bases, as far as its own file tells. */
function ancestry({ node, symbol }: Owner, known = new Set<string>()): Set<string> {
  if (known.has(node.name.name)) return known;
  known.add(node.name.name);
  for (const base of node.bases) {
    const name = lastName(base.kind === 'Subscript' ? base.value : base);
    if (name === undefined || COMMON.has(name)) continue;
    const statement = symbol.home.find(name, symbol.at)?.definition.statement;
    if (statement !== undefined && 'kind' in statement && statement.kind === 'ClassDef')
      ancestry({ node: statement, symbol }, known);
    else known.add(name);
  }
  return known;
}

/** Base classes that say nothing about attributes. */
const COMMON: ReadonlySet<string> = new Set([
  'object',
  'BaseModel',
  'Enum',
  'Protocol',
  'ABC',
  'Generic',
  'NamedTuple',
  'TypedDict',
  'Exception',
]);
