/** Which nodes read names, and which go through something turn by turn. */
import type {
  Attribute,
  DictComp,
  Expression,
  GeneratorExp,
  ListComp,
  Name,
  SetComp,
  Span,
} from '../python/syntax/ast';
import { someChild } from '../python/syntax/nodes';
import type { Environment } from './tracer';

export type Comprehension = ListComp | SetComp | DictComp | GeneratorExp;

export function isName(node: Span): node is Name {
  return (node as Partial<Name>).kind === 'Name';
}

export function isRead(node: Span): node is Name | Attribute {
  const { kind } = node as Partial<Expression>;
  return kind === 'Name' || kind === 'Attribute';
}

/** True for a comprehension or a generator expression. */
export function isComprehension(node: Span): node is Comprehension {
  return 'generators' in node;
}

/** True for what reads a variable of a loop or comprehension at the turn that is looked at. */
export function isTurned(node: Span, environment: Environment): boolean {
  if (environment.isTurned === undefined) return false;
  return isName(node) ? environment.isTurned(node) : someChild(node, one => isTurned(one, environment));
}
