/** Names to whose objects code may apply operators. */
import type { Expression } from '../syntax/ast';
import { forEachChild } from '../syntax/nodes';
import type { Facts } from './facts';

const known = new WeakMap<Facts, ReadonlySet<string>>();

/** Names that are operands themselves, and those of which such a name gets its value. */
export function operandNames(facts: Facts): ReadonlySet<string> {
  let found = known.get(facts) as Set<string> | undefined;
  if (found === undefined) {
    found = new Set([...facts.operandReads].filter(([, count]) => count > 0).map(([name]) => name));
    for (const name of found)
      for (const { from } of facts.flows.get(name) ?? []) if (from !== undefined) addNames(from, found);
    known.set(facts, found);
  }
  return found;
}

function addNames(node: Expression, names: Set<string>): void {
  if (node.kind === 'Name') names.add(node.id);
  forEachChild(node, child => {
    addNames(child as Expression, names);
  });
}
