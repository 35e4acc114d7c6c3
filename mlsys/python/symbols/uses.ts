/** Where a text uses and binds names: those of the module, attributes of its classes, and local names of functions. */
import type { Span } from '../syntax/ast';
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
  /** Of the path's last name alone. */
  readonly span: Span;
  readonly write: boolean;
  /** The scope of a local name. */
  readonly local: Scope | undefined;
  /** The scope that a name stands in; attributes need none. */
  readonly scope: Scope | undefined;
  /** The innermost statement, or handler of an exception, around it. */
  readonly statement: Span;
}

/** All uses in source order. */
export function usesIn(occurrences: readonly Occurrence[], paths: ScopePaths): readonly NameUse[] {
  const uses: NameUse[] = [];
  for (const { name, span, scope, access, attributes, binding, statement } of occurrences) {
    const owner = scope.ownerOf(name);
    const local = isLocal(owner) ? owner : undefined;
    let path = paths.prefixOf(owner) + name;
    uses.push({ path, span, write: access !== 'read' && access !== 'declare', local, scope, statement });
    if (local !== undefined) continue;
    for (const attribute of attributes) {
      path += `.${attribute.name}`;
      const write = binding !== undefined && attribute === attributes.at(-1);
      uses.push({ path, span: attribute, write, local: undefined, scope: undefined, statement });
    }
  }
  return uses.sort((a, b) => a.span.start - b.span.start);
}
