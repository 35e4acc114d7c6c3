/** Where a text uses and binds names: those of the module, attributes of its classes, and local names of functions. */
import type { ExceptHandler, Span, Statement } from '../syntax/ast';
import type { Occurrence } from '../syntax/occurrences';
import type { Scope } from '../syntax/scope';
import { isLocal, type ScopePaths } from './paths';

/** One use of a name. Spans are offsets into the parsed text. */
export interface NameUse {
  /**
   * `x`, or a dotted path from a module-level name: `Cls.attr`, `Hardware.Cloud.A100`. A name that is local to a function
   * has a path of its own that no other text shares.
   */
  readonly path: string;
  /** The variable that the path starts with: its own path (`Cls.attr` in the body of `Cls`) and its name. */
  readonly root: string;
  readonly variable: string;
  /** The attributes that are taken of it, up to this use. */
  readonly attributes: readonly string[];
  /** Of the path's last name alone. */
  readonly span: Span;
  readonly write: boolean;
  /** The scope of a local variable. */
  readonly local: Scope | undefined;
  /** The scope that the name stands in. */
  readonly scope: Scope;
  /** The innermost statement, or handler of an exception, around it. */
  readonly statement: Statement | ExceptHandler;
}

/** All uses in source order. */
export function usesIn(occurrences: readonly Occurrence[], paths: ScopePaths): readonly NameUse[] {
  const uses: NameUse[] = [];
  for (const { name: variable, span, scope, access, attributes: taken, binding, statement } of occurrences) {
    const owner = scope.ownerOf(variable);
    const local = isLocal(owner) ? owner : undefined;
    const root = paths.prefixOf(owner) + variable;
    const write = access !== 'read' && access !== 'declare';
    uses.push({ path: root, root, variable, attributes: NONE, span, write, local, scope, statement });
    for (const [at, attribute] of taken.entries()) {
      const attributes = taken.slice(0, at + 1).map(one => one.name);
      const path = `${root}.${attributes.join('.')}`;
      const bound = binding !== undefined && at === taken.length - 1;
      uses.push({ path, root, variable, attributes, span: attribute, write: bound, local, scope, statement });
    }
  }
  return uses.sort((a, b) => a.span.start - b.span.start);
}

const NONE: readonly string[] = [];
