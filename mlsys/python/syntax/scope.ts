/** A scope of a module, and what happens to the names in it. */
import type { Span } from './ast';

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'typeParameters';

/**
 * How a scope sees a name: bound here; bound here and used by an inner function; bound by an enclosing function;
 * looked up in the module (and then in the builtins) when it is read.
 */
export type Resolution = 'local' | 'cell' | 'free' | 'global';

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
