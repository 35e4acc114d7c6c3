/** What scopes are called: the path of names that leads to a name of theirs from outside. */
import type { Expression, FunctionDef } from '../syntax/ast';
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

/** What stands for the class, or an instance of it, in a method: `self` and `cls`. */
export interface Receiver {
  readonly cls: Scope;
  readonly isClass: boolean;
}

/** Tells `self` and `cls`, whatever they are called: first parameters of functions in a class body that are no static methods. */
export function receiverOf(owner: Scope, name: string): Receiver | undefined {
  const node = owner.node as FunctionDef;
  if (owner.kind !== 'function' || node.kind !== 'FunctionDef') return undefined;
  const first = node.params.positionalOnly[0] ?? node.params.positional[0];
  if (first?.name.name !== name) return undefined;
  const around = owner.parent?.kind === 'typeParameters' ? owner.parent.parent : owner.parent;
  if (around?.kind !== 'class') return undefined;
  const decorators = node.decorators.map(lastName);
  if (decorators.includes('staticmethod')) return undefined;
  return { cls: around, isClass: decorators.includes('classmethod') || OF_CLASSES.has(node.name.name) };
}

/** Methods that get the class without being decorated. */
const OF_CLASSES: ReadonlySet<string> = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

/** The last name of `a.b.c` or `a.b.c(…)`. */
export function lastName(node: Expression): string | undefined {
  const named = node.kind === 'Call' ? node.func : node;
  return named.kind === 'Name' ? named.id : named.kind === 'Attribute' ? named.attr.name : undefined;
}
