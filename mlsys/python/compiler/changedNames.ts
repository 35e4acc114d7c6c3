/** Which names' objects code may change by what it says itself. */
import type { Expression } from '../syntax/ast';
import { factsOf, rootName } from './facts';

/** Names whose objects code stores into, or calls methods of. */
export function changedNames(nodes: readonly object[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    const { stores, inPlace, calls } = factsOf(node);
    for (const { object } of stores) addRoot(object, names);
    for (const target of inPlace) addRoot(target, names);
    for (const { func } of calls) if (func.kind === 'Attribute') addRoot(func.value, names);
  }
  return names;
}

function addRoot(node: Expression, names: Set<string>): void {
  const root = rootName(node);
  if (root !== undefined) names.add(root);
}
