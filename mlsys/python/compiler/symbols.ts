/** Lays out the scopes of a module: which names take slots, and which an outer frame shares with an inner one. */
import type { Expression, FunctionDef, Lambda, Module } from '../syntax/ast';
import { type Scope as NameScope, resolveScopes } from '../syntax/scopes';
import { Scope, type ScopeKind, signatureOf } from './scope';
import type { Unit } from './unit';

const NO_PARAMETERS = { positional: [], positionalOnly: 0, keywordOnly: [], rest: undefined, keywords: undefined };

/**
 * Finds and lays out all scopes below `root`; they are in `unit.scopes` then. Returns the module's. In a flat module
 * there is nothing to lay out: its names and those of its class bodies are looked up by name.
 */
export function findScopes(root: Module | Expression, unit: Unit): Scope {
  const module = root.kind === 'Module' ? root : moduleOf(root);
  if (module.flat) return new Scope('module', module, undefined, unit);
  const made = new Map<NameScope, Scope>();
  for (const found of resolveScopes(module).scopes.values()) {
    const scope = open(found, found.parent === undefined ? undefined : made.get(found.parent), unit);
    made.set(found, scope);
    unit.scopes.set(found.node, scope);
  }
  for (const scope of made.values()) for (const name of scope.uses) connect(scope, name);
  for (const scope of made.values()) scope.layout();
  return unit.scopes.get(module)!;
}

/** An expression that stands alone, as a module. */
function moduleOf(value: Expression): Module {
  const { start, end } = value;
  return { kind: 'Module', body: [{ kind: 'ExprStatement', value, start, end }], flat: false, start, end };
}

/** True where nothing but class bodies is between a scope and its module: no function, no type parameters. */
function isWithinModule(scope: Scope): boolean {
  let at = scope;
  while (at.kind === 'class' && at.parent !== undefined) at = at.parent;
  return at.parent === undefined;
}

function open(found: NameScope, parent: Scope | undefined, unit: Unit): Scope {
  const node = found.node as Module | Expression | FunctionDef | { readonly kind: 'ClassDef' | 'TypeAlias' };
  const mangle = (name: string): string => parent?.mangle(name) ?? name;
  const scope = new Scope(kindOf(found), node, parent, unit, optionsOf(found, mangle));
  // Names of the module need no layout: they are looked up by name.
  if (parent === undefined) return scope;
  // So are those of class bodies outside functions; `__class__` alone may live in a cell.
  const byName = scope.kind === 'class' && scope.recorded && isWithinModule(parent);
  for (const { name, bound, declared } of found.names.values()) {
    if (byName && declared === undefined && name !== '__class__') continue;
    const own = scope.mangle(name);
    scope.note('uses', own);
    if (declared === 'global') scope.note('globals', own);
    else if (declared === 'nonlocal') scope.note('nonlocals', own);
    else if (bound) scope.note('bound', own);
  }
  // Zero-argument super() reads the class from the cell of the class body.
  if (scope.host.kind === 'function' && scope.uses.has('super')) scope.note('uses', '__class__');
  return scope;
}

/** List, set and dict comprehensions and type parameters have no frame of their own. */
function kindOf({ kind, node }: NameScope): ScopeKind {
  if (kind === 'module' || kind === 'class') return kind;
  const hosted =
    kind === 'typeParameters' || (kind === 'comprehension' && (node as Expression).kind !== 'GeneratorExp');
  return hosted ? 'comprehension' : 'function';
}

function optionsOf({ node }: NameScope, mangle: (name: string) => string): ConstructorParameters<typeof Scope>[4] {
  const known = node as Expression | FunctionDef | Lambda | { readonly kind: 'ClassDef' | 'TypeAlias' | undefined };
  switch (known.kind) {
    case 'FunctionDef':
      return { name: known.name.name, signature: signatureOf(known.params, mangle) };
    case 'Lambda':
      return { name: '<lambda>', signature: signatureOf(known.params, mangle) };
    case 'GeneratorExp':
      return { name: '<genexpr>', signature: NO_PARAMETERS };
    case 'ClassDef':
    case 'TypeAlias': {
      const { name } = (known as unknown as { name: { name: string } }).name;
      return known.kind === 'ClassDef' ? { name } : { name, signature: NO_PARAMETERS };
    }
    default:
      return {};
  }
}

/** Follows a used name outwards and marks what it passes. */
function connect(from: Scope, name: string): void {
  const passed: Scope[] = [];
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    if (scope.kind === 'module' || scope.globals.has(name)) return;
    if (scope.kind === 'class') {
      // Only the class body itself sees its names; inner functions see `__class__`.
      if (scope !== from && name === '__class__') {
        scope.note('captured', name);
        markFree(passed, name);
        return;
      }
      if (scope === from && scope.bound.has(name)) return;
    } else if (scope.bound.has(name)) {
      if (passed.length > 0) scope.note('captured', name);
      markFree(passed, name);
      return;
    }
    if (scope.host === scope) passed.push(scope);
  }
}

function markFree(scopes: readonly Scope[], name: string): void {
  for (const scope of scopes) if (!scope.free.includes(name)) scope.free.push(name);
}
