/**
 * What a cell takes from the namespace that it shares with other cells, and what it adds, seen without running it.
 */
import type {
  Comprehension,
  Expression,
  FunctionDef,
  JoinedStr,
  Lambda,
  Module,
  Pattern,
  Span,
  Statement,
  Try,
} from './ast';
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

/** Whether reads happen where they stand, or whenever a function is called. */
type When = 'module' | 'later';

/** The names that a module reads from outside and those that it binds. */
export function staticNames(module: Module): StaticNames {
  const table = resolveScopes(module);
  const collector = new Collector(table.scopes);
  collector.module(module.body);
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

  /** Visits the statements of the module. */
  module(body: readonly Statement[]): void {
    this.#statements(body, 'module', undefined);
  }

  /**
   * Visits statements in order of evaluation. `when` tells whether their reads happen at once; `scope` is the function,
   * class or comprehension around them, undefined for the module itself.
   */
  #statements(body: readonly Statement[], when: When, scope: Scope | undefined): void {
    for (const statement of body) this.#statement(statement, when, scope);
  }

  #statement(node: Statement, when: When, scope: Scope | undefined): void {
    switch (node.kind) {
      case 'Assign':
        this.#expression(node.value, when, scope);
        for (const target of node.targets) this.#target(target, when, scope);
        return;
      case 'ExprStatement':
      case 'Return':
        this.#optional(node.value, when, scope);
        return;
      case 'AugAssign':
        this.#expression(node.target, when, scope);
        this.#expression(node.value, when, scope);
        this.#target(node.target, when, scope);
        return;
      case 'AnnAssign':
        this.#expression(node.annotation, when, scope);
        if (node.value !== undefined) {
          this.#expression(node.value, when, scope);
          this.#target(node.target, when, scope);
        } else if (node.target.kind !== 'Name') this.#expression(node.target, when, scope);
        return;
      case 'If':
      case 'While':
        this.#expression(node.test, when, scope);
        this.#statements(node.body, when, scope);
        this.#statements(node.orelse, when, scope);
        return;
      case 'For':
        this.#expression(node.iter, when, scope);
        this.#target(node.target, when, scope);
        this.#statements(node.body, when, scope);
        this.#statements(node.orelse, when, scope);
        return;
      case 'FunctionDef':
        this.#all(node.decorators, when, scope);
        this.#function(node, when, scope);
        this.#bind(node.name.name, scope);
        return;
      case 'ClassDef':
        this.#all(node.decorators, when, scope);
        this.#all(node.bases, when, scope);
        for (const keyword of node.keywords) this.#expression(keyword.value, when, scope);
        this.#statements(node.body, when, this.#scopes.get(node));
        this.#bind(node.name.name, scope);
        return;
      case 'Import':
        for (const { name, asname, start, end } of node.names) {
          const bound = asname?.name ?? name.name.split('.', 1)[0]!;
          this.imports.push({ module: name.name, level: 0, name: undefined, bound, span: { start, end } });
          this.#bind(bound, scope);
        }
        return;
      case 'ImportFrom':
        for (const { name, asname, start, end } of node.names) {
          const module = node.module?.name ?? '';
          if (name.name === '*') this.starImports.push('.'.repeat(node.level) + module);
          else {
            const bound = asname?.name ?? name.name;
            this.imports.push({ module, level: node.level, name: name.name, bound, span: { start, end } });
            this.#bind(bound, scope);
          }
        }
        return;
      case 'With':
        for (const item of node.items) {
          this.#expression(item.context, when, scope);
          if (item.target !== undefined) this.#target(item.target, when, scope);
        }
        this.#statements(node.body, when, scope);
        return;
      case 'Assert':
        this.#expression(node.test, when, scope);
        this.#optional(node.message, when, scope);
        return;
      case 'Raise':
        this.#optional(node.exc, when, scope);
        this.#optional(node.cause, when, scope);
        return;
      case 'Try':
        this.#try(node, when, scope);
        return;
      case 'Delete':
        for (const target of node.targets) this.#delete(target, when, scope);
        return;
      case 'Match':
        this.#expression(node.subject, when, scope);
        for (const { pattern, guard, body } of node.cases) {
          this.#pattern(pattern, when, scope);
          this.#optional(guard, when, scope);
          this.#statements(body, when, scope);
        }
        return;
      case 'TypeAlias':
        this.#bind(node.name.name, scope);
    }
  }

  #try(node: Try, when: When, scope: Scope | undefined): void {
    this.#statements(node.body, when, scope);
    for (const { type, name, body } of node.handlers) {
      this.#optional(type, when, scope);
      if (name !== undefined) this.#bind(name.name, scope);
      this.#statements(body, when, scope);
      // The name of a handler is gone after it.
      if (name !== undefined && scope === undefined) this.#bound.delete(name.name);
    }
    this.#statements(node.orelse, when, scope);
    this.#statements(node.finalbody, when, scope);
  }

  #expression(node: Expression, when: When, scope: Scope | undefined): void {
    switch (node.kind) {
      case 'Name':
        if (!this.#isModuleName(node.id, scope)) return;
        if (when === 'module') this.#read(node.id, node);
        else this.#later.push({ name: node.id, span: node });
        return;
      case 'Constant':
        return;
      case 'Attribute':
      case 'Starred':
      case 'Await':
      case 'Yield':
      case 'YieldFrom':
        this.#optional(node.value, when, scope);
        return;
      case 'BinOp':
        this.#expression(node.left, when, scope);
        this.#expression(node.right, when, scope);
        return;
      case 'Call':
        this.#expression(node.func, when, scope);
        this.#all(node.args, when, scope);
        for (const keyword of node.keywords) this.#expression(keyword.value, when, scope);
        return;
      case 'JoinedStr':
        this.#fields(node.parts, when, scope);
        return;
      case 'Compare':
        this.#expression(node.left, when, scope);
        this.#all(node.comparators, when, scope);
        return;
      case 'Subscript':
        this.#expression(node.value, when, scope);
        this.#expression(node.index, when, scope);
        return;
      case 'List':
      case 'Tuple':
      case 'Set':
        this.#all(node.elements, when, scope);
        return;
      case 'UnaryOp':
        this.#expression(node.operand, when, scope);
        return;
      case 'BoolOp':
        this.#all(node.values, when, scope);
        return;
      case 'IfExp':
        this.#expression(node.test, when, scope);
        this.#expression(node.body, when, scope);
        this.#expression(node.orelse, when, scope);
        return;
      case 'Dict':
        for (const { key, value } of node.entries) {
          this.#optional(key, when, scope);
          this.#expression(value, when, scope);
        }
        return;
      case 'Slice':
        this.#optional(node.lower, when, scope);
        this.#optional(node.upper, when, scope);
        this.#optional(node.step, when, scope);
        return;
      case 'NamedExpr':
        this.#expression(node.value, when, scope);
        this.#target(node.target, when, hostOf(scope));
        return;
      case 'Lambda':
        this.#function(node, when, scope);
        return;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.#all([node.element], when, this.#clauses(node, when, scope));
        return;
      case 'DictComp':
        this.#all([node.key, node.value], when, this.#clauses(node, when, scope));
    }
  }

  #optional(node: Expression | undefined, when: When, scope: Scope | undefined): void {
    if (node !== undefined) this.#expression(node, when, scope);
  }

  #all(nodes: readonly Expression[], when: When, scope: Scope | undefined): void {
    for (const node of nodes) this.#expression(node, when, scope);
  }

  #fields(parts: JoinedStr['parts'], when: When, scope: Scope | undefined): void {
    for (const part of parts) {
      if (typeof part === 'string') continue;
      this.#expression(part.value, when, scope);
      if (part.spec !== undefined) this.#fields(part.spec, when, scope);
    }
  }

  /** Visits the clauses of a comprehension; the scope of its elements. */
  #clauses(
    node: Extract<Expression, { readonly generators: readonly Comprehension[] }>,
    when: When,
    scope: Scope | undefined,
  ): Scope | undefined {
    const inner = this.#scopes.get(node);
    node.generators.forEach((generator, at) => {
      this.#expression(generator.iter, when, at === 0 ? scope : inner);
      this.#all(generator.ifs, when, inner);
    });
    return inner;
  }

  #pattern(node: Pattern, when: When, scope: Scope | undefined): void {
    switch (node.kind) {
      case 'MatchAs':
        if (node.pattern !== undefined) this.#pattern(node.pattern, when, scope);
        if (node.name !== undefined) this.#bind(node.name.name, scope);
        return;
      case 'MatchStar':
        if (node.name !== undefined) this.#bind(node.name.name, scope);
        return;
      case 'MatchValue':
        this.#expression(node.value, when, scope);
        return;
      case 'MatchSequence':
      case 'MatchOr':
        for (const pattern of node.patterns) this.#pattern(pattern, when, scope);
        return;
      case 'MatchMapping':
        this.#all(node.keys, when, scope);
        for (const pattern of node.patterns) this.#pattern(pattern, when, scope);
        if (node.rest !== undefined) this.#bind(node.rest.name, scope);
        return;
      case 'MatchClass':
        this.#expression(node.cls, when, scope);
        for (const pattern of node.patterns) this.#pattern(pattern, when, scope);
        for (const { pattern } of node.keywords) this.#pattern(pattern, when, scope);
    }
  }

  #function(node: FunctionDef | Lambda, when: When, scope: Scope | undefined): void {
    const { positionalOnly, positional, rest, keywordOnly, keywords } = node.params;
    for (const parameter of [...positionalOnly, ...positional, rest, ...keywordOnly, keywords]) {
      this.#optional(parameter?.defaultValue, when, scope);
      this.#optional(parameter?.annotation, when, scope);
    }
    const inner = this.#scopes.get(node);
    if (node.kind === 'Lambda') this.#expression(node.body, 'later', inner);
    else {
      this.#optional(node.returns, when, scope);
      this.#statements(node.body, 'later', inner);
    }
  }

  /** True where `name` in `scope` is the module's. */
  #isModuleName(name: string, scope: Scope | undefined): boolean {
    if (scope === undefined) return true;
    const use = scope.names.get(name);
    if (use === undefined || use.resolution === 'global') return true;
    // A class body looks further out for what it has not bound yet.
    return scope.kind === 'class' && use.resolution !== 'free' && !this.#classNames.get(scope)?.has(name);
  }

  #bind(name: string, scope: Scope | undefined): void {
    if (scope === undefined || scope.names.get(name)?.declared === 'global') this.#write(name);
    else if (scope.kind === 'class') {
      const names = this.#classNames.get(scope) ?? new Set();
      this.#classNames.set(scope, names.add(name));
    }
  }

  #target(node: Expression, when: When, scope: Scope | undefined): void {
    if (node.kind === 'Name') {
      this.#bind(node.id, scope);
      return;
    }
    for (const { id } of boundNames(node)) this.#bind(id, scope);
    if (node.kind === 'Tuple' || node.kind === 'List')
      for (const element of node.elements) {
        if (boundNames(element).length === 0) this.#target(element, when, scope);
      }
    else if (node.kind === 'Attribute' || node.kind === 'Subscript') this.#expression(node, when, scope);
  }

  #delete(node: Expression, when: When, scope: Scope | undefined): void {
    for (const name of boundNames(node)) {
      if (!this.#isModuleName(name.id, scope) || scope !== undefined) continue;
      this.#read(name.id, name);
      this.deletes.add(name.id);
      this.#bound.delete(name.id);
    }
    if (node.kind === 'Attribute' || node.kind === 'Subscript') this.#expression(node, when, scope);
  }
}

/** The scope that a walrus binds in: the one around comprehensions. */
function hostOf(scope: Scope | undefined): Scope | undefined {
  let host = scope;
  while (host?.kind === 'comprehension') host = host.parent;
  return host?.kind === 'module' ? undefined : host;
}
