/** What scopes are called: the path of names that leads to a name of theirs from outside. */
import type { Scope } from '../syntax/scope';

/** The paths of the scopes of one module. */
export class ScopePaths {
  readonly #known = new Map<Scope, string>();

  /** What stands before the names of a scope: nothing for the module, `Cls.` for a class. */
  prefixOf(scope: Scope): string {
    let known = this.#known.get(scope);
    if (known === undefined) {
      known = this.#make(scope);
      this.#known.set(scope, known);
    }
    return known;
  }

  #make(scope: Scope): string {
    if (scope.parent === undefined) return '';
    // a path that no other text shares
    if (isLocal(scope)) return `<local ${this.#known.size}>.`;
    const { name } = scope.node as { readonly name: { readonly name: string } };
    // `class C[T]` stands where its type parameters stand.
    const around = scope.parent.kind === 'typeParameters' ? scope.parent.parent! : scope.parent;
    return `${this.prefixOf(around)}${name.name}.`;
  }
}

/** True for a scope in or of a function, a lambda or a comprehension: nobody outside can name what it holds. */
export function isLocal(scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at?.parent !== undefined; at = at.parent)
    if (at.kind !== 'class' && at.kind !== 'typeParameters') return true;
  return scope.kind === 'typeParameters';
}
