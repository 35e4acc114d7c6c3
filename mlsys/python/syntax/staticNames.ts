/**
 * What a cell takes from the namespace that it shares with other cells, and what it adds, seen without running it.
 */
import type { Expression, FunctionDef, Lambda, Module, Pattern, Span, Statement } from './ast';
import { forEachChild } from './nodes';
import { resolveScopes, type Scope } from './scopes';
import { boundNames } from './targets';

/** An imported module or one name of it. */
export interface ImportedName {
  /** Dotted name, without the dots of a relative import. */
  readonly module: string;
  readonly level: number;
  /** The name taken from the module; undefined in `import module`. */
  readonly name: string | undefined;
  /** The name that the import binds. */
  readonly bound: string;
  readonly span: Span;
}

export interface StaticNames {
  /** Names read before, or without, being bound at module level; functions and class bodies included. */
  readonly reads: ReadonlySet<string>;
  /** Where each of those is first read. */
  readonly readSpans: ReadonlyMap<string, Span>;
  /** Names bound at module level. */
  readonly writes: ReadonlySet<string>;
  /** Names deleted at module level. */
  readonly deletes: ReadonlySet<string>;
  /** Modules whose names are all taken: `from x import *`. */
  readonly starImports: readonly string[];
  readonly imports: readonly ImportedName[];
}

/** The names that a module reads from outside and those that it binds. */
export function staticNames(module: Module): StaticNames {
  const table = resolveScopes(module);
  const collector = new Collector(table.scopes);
  for (const statement of module.body) collector.statement(statement);
  collector.deferred();
  return collector;
}

class Collector implements StaticNames {
  readonly reads = new Set<string>();
  readonly readSpans = new Map<string, Span>();
  readonly writes = new Set<string>();
  readonly deletes = new Set<string>();
  readonly starImports: string[] = [];
  readonly imports: ImportedName[] = [];
  readonly #scopes: ReadonlyMap<object, Scope>;
  /** Bound so far, on some path at least. */
  readonly #bound = new Set<string>();
  /** Reads inside functions, which happen when they are called. */
  readonly #later: { name: string; span: Span }[] = [];

  /** What each class body bound so far. */
  readonly #classNames = new Map<Scope, Set<string>>();

  constructor(scopes: ReadonlyMap<object, Scope>) {
    this.#scopes = scopes;
  }

  /** Reads of functions that nothing in the module binds, before or after. */
  deferred(): void {
    for (const { name, span } of this.#later) if (!this.writes.has(name)) this.#addRead(name, span);
  }

  #addRead(name: string, span: Span): void {
    if (this.reads.has(name)) return;
    this.reads.add(name);
    this.readSpans.set(name, span);
  }

  #read(name: string, span: Span): void {
    if (!this.#bound.has(name)) this.#addRead(name, span);
  }

  #write(name: string): void {
    this.writes.add(name);
    this.#bound.add(name);
  }

  statement(node: Statement): void {
    this.#visit(node, 'module', undefined);
  }

  /**
   * Visits a node in order of evaluation. `when` tells whether its reads happen at once; `scope` is the function,
   * class or comprehension around it, undefined for the module itself.
   */
  #visit(node: Span, when: 'module' | 'later', scope: Scope | undefined): void {
    const any = node as Statement;
    switch (any.kind) {
      case 'Assign':
        this.#visit(any.value, when, scope);
        for (const target of any.targets) this.#target(target, when, scope);
        return;
      case 'AugAssign':
        this.#use(any.target, when, scope);
        this.#visit(any.value, when, scope);
        this.#target(any.target, when, scope);
        return;
      case 'AnnAssign':
        this.#visit(any.annotation, when, scope);
        if (any.value === undefined) {
          if (any.target.kind !== 'Name') this.#visit(any.target, when, scope);
          return;
        }
        this.#visit(any.value, when, scope);
        this.#target(any.target, when, scope);
        return;
      case 'For':
        this.#visit(any.iter, when, scope);
        this.#target(any.target, when, scope);
        for (const statement of [...any.body, ...any.orelse]) this.#visit(statement, when, scope);
        return;
      case 'With':
        for (const item of any.items) {
          this.#visit(item.context, when, scope);
          if (item.target !== undefined) this.#target(item.target, when, scope);
        }
        for (const statement of any.body) this.#visit(statement, when, scope);
        return;
      case 'Delete':
        for (const target of any.targets) this.#delete(target, when, scope);
        return;
      case 'Import':
        for (const { name, asname, start, end } of any.names) {
          const bound = asname?.name ?? name.name.split('.', 1)[0]!;
          this.imports.push({ module: name.name, level: 0, name: undefined, bound, span: { start, end } });
          this.#bind(bound, scope);
        }
        return;
      case 'ImportFrom':
        for (const { name, asname, start, end } of any.names) {
          const module = any.module?.name ?? '';
          if (name.name === '*') this.starImports.push('.'.repeat(any.level) + module);
          else {
            const bound = asname?.name ?? name.name;
            this.imports.push({ module, level: any.level, name: name.name, bound, span: { start, end } });
            this.#bind(bound, scope);
          }
        }
        return;
      case 'Try':
        for (const statement of any.body) this.#visit(statement, when, scope);
        for (const handler of any.handlers) {
          if (handler.type !== undefined) this.#visit(handler.type, when, scope);
          if (handler.name !== undefined) this.#bind(handler.name.name, scope);
          for (const statement of handler.body) this.#visit(statement, when, scope);
          // The name of a handler is gone after it.
          if (handler.name !== undefined && scope === undefined) this.#bound.delete(handler.name.name);
        }
        for (const statement of [...any.orelse, ...any.finalbody]) this.#visit(statement, when, scope);
        return;
      case 'FunctionDef':
        for (const part of any.decorators) this.#visit(part, when, scope);
        this.#function(any, when, scope);
        this.#bind(any.name.name, scope);
        return;
      case 'ClassDef': {
        for (const part of [...any.decorators, ...any.bases, ...any.keywords]) this.#visit(part, when, scope);
        const inner = this.#scopes.get(any);
        for (const statement of any.body) this.#visit(statement, when, inner);
        this.#bind(any.name.name, scope);
        return;
      }
      case 'TypeAlias':
        this.#bind(any.name.name, scope);
        return;
      default:
        this.#expression(node, when, scope);
    }
  }

  #expression(node: Span, when: 'module' | 'later', scope: Scope | undefined): void {
    const any = node as Expression | Pattern;
    switch (any.kind) {
      case 'Name':
        this.#use(any, when, scope);
        return;
      case 'NamedExpr':
        this.#visit(any.value, when, scope);
        this.#target(any.target, when, hostOf(scope));
        return;
      case 'Lambda':
        this.#function(any, when, scope);
        return;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
      case 'DictComp': {
        const inner = this.#scopes.get(any);
        any.generators.forEach((generator, at) => {
          this.#visit(generator.iter, when, at === 0 ? scope : inner);
          for (const part of generator.ifs) this.#visit(part, when, inner);
        });
        for (const part of any.kind === 'DictComp' ? [any.key, any.value] : [any.element])
          this.#visit(part, when, inner);
        return;
      }
      case 'MatchAs':
      case 'MatchStar':
        if (any.kind === 'MatchAs' && any.pattern !== undefined) this.#visit(any.pattern, when, scope);
        if (any.name !== undefined) this.#bind(any.name.name, scope);
        return;
      case 'MatchMapping':
        forEachChild(any, child => {
          if (child !== any.rest) this.#visit(child, when, scope);
        });
        if (any.rest !== undefined) this.#bind(any.rest.name, scope);
        return;
      default:
        forEachChild(node, child => this.#visit(child, when, scope));
    }
  }

  #function(node: FunctionDef | Lambda, when: 'module' | 'later', scope: Scope | undefined): void {
    const { positionalOnly, positional, rest, keywordOnly, keywords } = node.params;
    for (const parameter of [...positionalOnly, ...positional, rest, ...keywordOnly, keywords]) {
      if (parameter?.defaultValue !== undefined) this.#visit(parameter.defaultValue, when, scope);
      if (parameter?.annotation !== undefined) this.#visit(parameter.annotation, when, scope);
    }
    if (node.kind === 'FunctionDef' && node.returns !== undefined) this.#visit(node.returns, when, scope);
    const inner = this.#scopes.get(node);
    for (const part of node.kind === 'Lambda' ? [node.body] : node.body) this.#visit(part, 'later', inner);
  }

  /** True where `name` in `scope` is the module's. */
  #isModuleName(name: string, scope: Scope | undefined): boolean {
    if (scope === undefined) return true;
    const use = scope.names.get(name);
    if (use === undefined || use.resolution === 'global') return true;
    // A class body looks further out for what it has not bound yet.
    return scope.kind === 'class' && use.resolution !== 'free' && !this.#classNames.get(scope)?.has(name);
  }

  #use(node: Span, when: 'module' | 'later', scope: Scope | undefined): void {
    const any = node as Expression;
    if (any.kind !== 'Name') this.#visit(any, when, scope);
    else if (this.#isModuleName(any.id, scope)) {
      if (when === 'module') this.#read(any.id, any);
      else this.#later.push({ name: any.id, span: any });
    }
  }

  #bind(name: string, scope: Scope | undefined): void {
    if (scope === undefined || scope.names.get(name)?.declared === 'global') this.#write(name);
    else if (scope.kind === 'class') {
      const names = this.#classNames.get(scope) ?? new Set();
      this.#classNames.set(scope, names.add(name));
    }
  }

  #target(node: Expression, when: 'module' | 'later', scope: Scope | undefined): void {
    for (const { id } of boundNames(node)) this.#bind(id, scope);
    if (node.kind === 'Tuple' || node.kind === 'List')
      for (const element of node.elements) {
        if (boundNames(element).length === 0) this.#target(element, when, scope);
      }
    else if (node.kind === 'Attribute' || node.kind === 'Subscript') this.#visit(node, when, scope);
  }

  #delete(node: Expression, when: 'module' | 'later', scope: Scope | undefined): void {
    for (const name of boundNames(node)) {
      if (!this.#isModuleName(name.id, scope) || scope !== undefined) continue;
      this.#read(name.id, name);
      this.deletes.add(name.id);
      this.#bound.delete(name.id);
    }
    if (node.kind === 'Attribute' || node.kind === 'Subscript') this.#visit(node, when, scope);
  }
}

/** The scope that a walrus binds in: the one around comprehensions. */
function hostOf(scope: Scope | undefined): Scope | undefined {
  let host = scope;
  while (host?.kind === 'comprehension') host = host.parent;
  return host?.kind === 'module' ? undefined : host;
}
