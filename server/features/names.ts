/**
 * Where a text uses and binds names: those of the module, attributes of its classes, and local names of functions. Which
 * variable a name means is told by the scopes that the compiler uses.
 */
import type { Attribute, Expression, Module, Span } from '../../mlsys/python/syntax/ast';
import type { Scope } from '../../mlsys/python/syntax/scope';
import { occurrencesIn } from '../../mlsys/python/syntax/scopes';
import { definitionsOf } from '../evaluation/definitions';

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
}

/** All uses in a module in source order. */
export function namesOf(module: Module): readonly NameUse[] {
  let known = cache.get(module);
  if (known === undefined) {
    known = collect(module);
    cache.set(module, known);
  }
  return known;
}

const cache = new WeakMap<Module, readonly NameUse[]>();

/** Uses in the expression of an inline reference. */
export function namesInExpression(expression: Expression): readonly NameUse[] {
  const { start, end } = expression;
  const statement = { kind: 'ExprStatement', value: expression, start, end } as const;
  return collect({ kind: 'Module', body: [statement], flat: false, start, end });
}

function collect(module: Module): NameUse[] {
  const { names, attributes } = occurrencesIn(module);
  const paths = new Paths();
  const uses: NameUse[] = names.map(({ name, span, scope, binds }) => {
    const owner = scope.ownerOf(name);
    // of `import a.b` the name is `a`
    const own = { start: span.start, end: Math.min(span.end, span.start + name.length) };
    const local = paths.isLocal(owner) ? owner : undefined;
    return { path: paths.of(owner) + name, span: own, write: binds, local, scope };
  });
  // `Cls.attr = …` behind the class body
  const written = new Map(definitionsOf(module).map(({ name, span }) => [span.start, name]));
  for (const { node, scope } of attributes) {
    const path = attributePath(node, scope, paths);
    if (path === undefined) continue;
    uses.push({
      path,
      span: node.attr,
      write: written.get(node.attr.start) === path,
      local: undefined,
      scope: undefined,
    });
  }
  return uses.sort((a, b) => a.span.start - b.span.start);
}

/** The path of an attribute of a module-level name or class attribute. */
function attributePath(node: Attribute, scope: Scope, paths: Paths): string | undefined {
  const { value, attr } = node;
  if (value.kind === 'Attribute') {
    const base = attributePath(value, scope, paths);
    return base === undefined ? undefined : `${base}.${attr.name}`;
  }
  if (value.kind !== 'Name') return undefined;
  const owner = scope.ownerOf(value.id);
  return paths.isLocal(owner) ? undefined : `${paths.of(owner)}${value.id}.${attr.name}`;
}

/** What stands before the names of a scope. */
class Paths {
  readonly #known = new Map<Scope, string>();

  of(scope: Scope): string {
    let known = this.#known.get(scope);
    if (known === undefined) {
      known = this.#make(scope);
      this.#known.set(scope, known);
    }
    return known;
  }

  #make(scope: Scope): string {
    if (scope.parent === undefined) return '';
    if (this.isLocal(scope)) return `<local ${this.#known.size}>.`;
    const { name } = scope.node as { readonly name: { readonly name: string } };
    return `${this.of(scope.parent)}${name.name}.`;
  }

  /** True for a scope in or of a function, a lambda or a comprehension. */
  isLocal(scope: Scope): boolean {
    for (let at: Scope | undefined = scope; at?.parent !== undefined; at = at.parent)
      if (at.kind !== 'class' && at.kind !== 'typeParameters') return true;
    return scope.kind === 'typeParameters';
  }
}
