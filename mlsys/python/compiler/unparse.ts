/** The text of an annotation, as CPython writes it out after `from __future__ import annotations`. */
import { repr } from '../runtime/operations';
import type { Expression } from '../syntax/ast';
import { textOf, type Unit } from './unit';

/** Kinds that occur in annotations are written anew; anything else keeps the author's text. */
export function unparse(node: Expression, unit: Unit): string {
  const inner = (one: Expression): string => unparse(one, unit);
  switch (node.kind) {
    case 'Name':
      return node.id;
    case 'Constant': {
      const { value } = node;
      if (value !== null && typeof value === 'object') return value.type === 'ellipsis' ? '...' : textOf(node, unit);
      return repr(value);
    }
    case 'Attribute':
      return `${inner(node.value)}.${node.attr.name}`;
    case 'Subscript': {
      const { index } = node;
      const bare = index.kind === 'Tuple' && index.elements.length > 0;
      return `${inner(node.value)}[${bare ? listed(index.elements, inner) : inner(index)}]`;
    }
    case 'List':
      return `[${node.elements.map(inner).join(', ')}]`;
    case 'Tuple':
      return `(${listed(node.elements, inner)})`;
    case 'BinOp':
      return node.op === '|' ? `${inner(node.left)} | ${inner(node.right)}` : textOf(node, unit);
    default:
      return textOf(node, unit);
  }
}

/** Elements of a tuple; a single one has its comma. */
function listed(elements: readonly Expression[], inner: (one: Expression) => string): string {
  return elements.length === 1 ? `${inner(elements[0]!)},` : elements.map(inner).join(', ');
}
