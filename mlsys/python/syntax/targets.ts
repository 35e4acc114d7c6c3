/** What can be assigned to, deleted, looped into. */
import type { Expression, Name } from './ast';

export type TargetUse = 'assign' | 'delete' | 'for';

/** The first part of a target list that cannot be one, or undefined if all can. */
export function invalidTarget(node: Expression, use: TargetUse): Expression | undefined {
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return undefined;
    case 'List':
    case 'Tuple':
      for (const element of node.elements) {
        const found = invalidTarget(element, use);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'Starred':
      return use === 'delete' ? node : invalidTarget(node.value, use);
    default:
      return node;
  }
}

/** The names that an assignment to a target binds. */
export function boundNames(target: Expression): Name[] {
  switch (target.kind) {
    case 'Name':
      return [target];
    case 'Tuple':
    case 'List':
      return target.elements.flatMap(boundNames);
    case 'Starred':
      return boundNames(target.value);
    default:
      return [];
  }
}
