/**
 * Names of a class body that a comprehension or a lambda in it reads: Python looks for them in the module, since only functions
 * hand their names on.
 */
import { type Expression, type Span, symbolIndex } from '../../mlsys';
import type { CellProgram } from '../evaluation/analysis';
import { oncePerText } from './contract/oncePerText';

/** A comprehension or lambda that reads names of the class around it. */
export interface ClassScopeRead {
  /** The comprehension or lambda. */
  readonly node: Expression;
  readonly cls: string;
  /** The names, in order, each with the place of its first read. */
  readonly names: readonly { readonly name: string; readonly span: Span }[];
}

const NONE: readonly ClassScopeRead[] = [];

/** Those of a cell; the iterable of the first `for` is read in the class body itself. */
export function classScopeReads(program: CellProgram): readonly ClassScopeRead[] {
  const { source } = program;
  // A look at the text spares most cells the reading of their statements.
  return /\bclass\b/.test(source) && /\bfor\b|\blambda\b/.test(source) ? readsIn(program) : NONE;
}

const readsIn = oncePerText(({ module }): readonly ClassScopeRead[] => {
  const found = new Map<object, { node: Expression; cls: string; names: Map<string, Span> }>();
  for (const { name, span, scope, access } of symbolIndex(module).occurrences) {
    if (access !== 'read' || (scope.kind !== 'comprehension' && scope.kind !== 'lambda')) continue;
    if (scope.names.get(name)?.resolution !== 'global') continue;
    let inner = scope;
    while (inner.parent?.kind === 'comprehension' || inner.parent?.kind === 'lambda') inner = inner.parent;
    const cls = inner.parent;
    if (cls?.kind !== 'class' || cls.names.get(name)?.bound !== true) continue;
    let one = found.get(inner.node);
    if (one === undefined) {
      one = { node: inner.node as Expression, cls: nameOf(cls.node), names: new Map() };
      found.set(inner.node, one);
    }
    if (!one.names.has(name)) one.names.set(name, span);
  }
  return [...found.values()].map(({ node, cls, names }) => ({
    node,
    cls,
    names: Array.from(names, ([name, span]) => ({ name, span })),
  }));
});

function nameOf(node: object): string {
  return 'name' in node ? (node.name as { readonly name: string }).name : '';
}
