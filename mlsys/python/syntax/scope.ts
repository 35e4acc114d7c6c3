/** A scope of a module, and what happens to the names in it. */
import type { Span } from './ast';
import { type Issue, report } from './faults';

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'typeParameters';

/**
 * How a scope sees a name: bound here; bound here and used by an inner function; bound by an enclosing function;
 * looked up in the module (and then in the builtins) when it is read.
 */
export type Resolution = 'local' | 'cell' | 'free' | 'global';

/**
 * When code runs: `now`, as the module does; `iterated`, for a generator expression, whenever somebody takes its next
 * element; `called`, whenever somebody calls the function around it, or asks for a type.
 */
export type Timing = 'now' | 'iterated' | 'called';

/** What happens to a name in one scope. */
export interface NameUse {
  readonly name: string;
  bound: boolean;
  used: boolean;
  parameter: boolean;
  /** Annotated without a value, at least once. */
  annotated: boolean;
  declared: 'global' | 'nonlocal' | undefined;
  resolution: Resolution;
  /** Where the name first occurs in the scope. */
  readonly first: Span;
}

export class Scope {
  readonly kind: ScopeKind;
  readonly node: object;
  readonly parent: Scope | undefined;
  readonly names = new Map<string, NameUse>();
  readonly children: Scope[] = [];

  constructor(kind: ScopeKind, node: object, parent: Scope | undefined) {
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    parent?.children.push(this);
  }

  /** The record of a name, made at its first occurrence. */
  touch(name: string, span: Span): NameUse {
    let use = this.names.get(name);
    if (use === undefined) {
      use = {
        name,
        bound: false,
        used: false,
        parameter: false,
        annotated: false,
        declared: undefined,
        resolution: 'global',
        first: span,
      };
      this.names.set(name, use);
    }
    return use;
  }

  /** When the code of this scope runs. */
  get timing(): Timing {
    let timing: Timing = 'now';
    for (let at: Scope | undefined = this; at !== undefined; at = at.parent) {
      if (at.kind === 'function' || at.kind === 'lambda' || at.kind === 'typeParameters') return 'called';
      if ((at.node as { readonly kind?: string }).kind === 'GeneratorExp') timing = 'iterated';
    }
    return timing;
  }

  /** Names with a given resolution. */
  withResolution(resolution: Resolution): string[] {
    return [...this.names.values()].filter(use => use.resolution === resolution).map(use => use.name);
  }

  /** The scope whose variable a name means here, once names are resolved; the module's for built-ins as well. */
  ownerOf(name: string): Scope {
    const resolution = this.names.get(name)?.resolution;
    if (resolution === 'local' || resolution === 'cell') return this;
    for (let outer: Scope | undefined = this; outer !== undefined; outer = outer.parent) {
      if (outer.parent === undefined) return outer;
      if (resolution !== 'free' || outer === this || outer.kind === 'class') continue;
      if (outer.names.get(name)?.resolution === 'cell') return outer;
    }
    return this;
  }
}

/** Binds the names of a scope, and of those inside it, to the scopes around them. */
export function resolveNames(scope: Scope, issues: Issue[]): void {
  scope.names.forEach(use => {
    use.resolution = resolution(scope, use, issues);
  });
  for (const child of scope.children) resolveNames(child, issues);
}

function resolution(scope: Scope, use: NameUse, issues: Issue[]): Resolution {
  if (use.declared === 'global') return 'global';
  if (use.bound && use.declared === undefined)
    return scope.kind === 'module' ? 'local' : use.resolution === 'cell' ? 'cell' : 'local';
  // Names of a class body are not seen by the scopes inside it.
  let isInClass = false;
  for (let outer = scope.parent; outer !== undefined && outer.kind !== 'module'; outer = outer.parent) {
    const found = outer.names.get(use.name);
    isInClass ||= outer.kind === 'class';
    if (found === undefined || outer.kind === 'class') continue;
    if (found.declared === 'global') break;
    if (found.bound && found.declared === undefined) {
      found.resolution = 'cell';
      return 'free';
    }
  }
  // What methods of a class see of it is bound there, though by no statement.
  if (use.declared === 'nonlocal' && !(isInClass && use.name === '__class__'))
    report(issues, `no binding for nonlocal '${use.name}' found`, use.first);
  return 'global';
}
