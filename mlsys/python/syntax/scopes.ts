/**
 * Where names live: the scopes of a module, each with the names that it binds and uses, resolved as Python does. The
 * faults that only this shows (a `nonlocal` without a binding, a name used before its `global`) come with it.
 */
import type {
  Comprehension,
  Expression,
  Identifier,
  JoinedStr,
  Module,
  Parameters,
  Pattern,
  Span,
  Statement,
} from './ast';
import type { Issue } from './faults';
import { boundNames } from './targets';

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
}

/** The scopes of a module by the node that opens them: Module, FunctionDef, Lambda, ClassDef or comprehension. */
export interface ScopeTable {
  readonly module: Scope;
  readonly scopes: ReadonlyMap<object, Scope>;
  readonly issues: readonly Issue[];
}

const tables = new WeakMap<Module, ScopeTable>();

/** Finds and resolves all scopes of a module; the parser's checks and the compiler share what is found. */
export function resolveScopes(module: Module): ScopeTable {
  const known = tables.get(module);
  if (known !== undefined) return known;
  const builder = new Builder(module);
  builder.statements(module.body, builder.module);
  resolve(builder.module, builder.issues);
  const table = { module: builder.module, scopes: builder.scopes, issues: builder.issues };
  tables.set(module, table);
  return table;
}

/** Binds the uses of each scope to the scopes around it. */
function resolve(scope: Scope, issues: Issue[]): void {
  for (const use of scope.names.values()) use.resolution = resolution(scope, use, issues);
  for (const child of scope.children) resolve(child, issues);
}

function resolution(scope: Scope, use: NameUse, issues: Issue[]): Resolution {
  if (use.declared === 'global') return 'global';
  if (use.bound && use.declared === undefined)
    return scope.kind === 'module' ? 'local' : use.resolution === 'cell' ? 'cell' : 'local';
  // Names of a class body are not seen by the scopes inside it.
  for (let outer = scope.parent; outer !== undefined && outer.kind !== 'module'; outer = outer.parent) {
    const found = outer.names.get(use.name);
    if (found === undefined || outer.kind === 'class') continue;
    if (found.declared === 'global') break;
    if (found.bound && found.declared === undefined) {
      found.resolution = 'cell';
      return 'free';
    }
  }
  if (use.declared === 'nonlocal') report(issues, `no binding for nonlocal '${use.name}' found`, use.first);
  return 'global';
}

function report(issues: Issue[], message: string, span: Span): void {
  issues.push({ message, span: { start: span.start, end: span.end }, kind: 'SyntaxError' });
}

const COMPREHENSIONS: Readonly<Record<string, string>> = {
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  GeneratorExp: 'generator expression',
};

class Builder {
  readonly module: Scope;
  readonly scopes = new Map<object, Scope>();
  readonly issues: Issue[] = [];
  /** Set while the iterable of a comprehension is visited, where `:=` cannot stand. */
  #iterables = 0;

  constructor(module: Module) {
    this.module = this.#open('module', module, undefined);
  }

  #open(kind: ScopeKind, node: object, parent: Scope | undefined): Scope {
    const scope = new Scope(kind, node, parent);
    this.scopes.set(node, scope);
    return scope;
  }

  statements(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) this.visit(statement, scope);
  }

  #bind(name: string, span: Span, scope: Scope): NameUse {
    const use = scope.touch(name, span);
    use.bound = true;
    return use;
  }

  #bindIdentifier(identifier: Identifier, scope: Scope): void {
    this.#bind(identifier.name, identifier, scope);
  }

  /** A target: names in it are bound, all else is used. */
  target(node: Expression, scope: Scope): void {
    for (const name of boundNames(node)) this.#bind(name.id, name, scope);
    this.#usedInTarget(node, scope);
  }

  #usedInTarget(node: Expression, scope: Scope): void {
    if (node.kind === 'Tuple' || node.kind === 'List')
      for (const element of node.elements) this.#usedInTarget(element, scope);
    else if (node.kind === 'Starred') this.#usedInTarget(node.value, scope);
    else if (node.kind !== 'Name') this.visit(node, scope);
  }

  visit(node: Statement | Expression | Pattern, scope: Scope): void {
    switch (node.kind) {
      case 'Name':
        scope.touch(node.id, node).used = true;
        return;
      case 'FunctionDef':
        this.#all(node.decorators, scope);
        this.#bindIdentifier(node.name, scope);
        this.#function(node, node.params, this.#typeParameters(node.typeParams, scope), scope);
        return;
      case 'Lambda':
        this.#function(node, node.params, scope, scope);
        return;
      case 'ClassDef': {
        this.#all(node.decorators, scope);
        this.#bindIdentifier(node.name, scope);
        const outer = this.#typeParameters(node.typeParams, scope);
        this.#all(node.bases, outer);
        for (const keyword of node.keywords) this.visit(keyword.value, outer);
        this.statements(node.body, this.#open('class', node, outer));
        return;
      }
      case 'TypeAlias': {
        this.#bindIdentifier(node.name, scope);
        this.visit(node.value, this.#open('lambda', node, this.#typeParameters(node.typeParams, scope)));
        return;
      }
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.#comprehension(node, node.generators, [node.element], scope);
        return;
      case 'DictComp':
        this.#comprehension(node, node.generators, [node.key, node.value], scope);
        return;
      case 'NamedExpr':
        this.#walrus(node.target.id, node.target, scope);
        this.visit(node.value, scope);
        return;
      case 'Assign':
        this.visit(node.value, scope);
        for (const target of node.targets) this.target(target, scope);
        return;
      case 'AugAssign':
        if (node.target.kind === 'Name') scope.touch(node.target.id, node.target).used = true;
        this.target(node.target, scope);
        this.visit(node.value, scope);
        return;
      case 'AnnAssign':
        this.#annotated(node, scope);
        return;
      case 'For':
        this.visit(node.iter, scope);
        this.target(node.target, scope);
        this.statements(node.body, scope);
        this.statements(node.orelse, scope);
        return;
      case 'With':
        for (const item of node.items) {
          this.visit(item.context, scope);
          if (item.target !== undefined) this.target(item.target, scope);
        }
        this.statements(node.body, scope);
        return;
      case 'Delete':
        for (const target of node.targets) this.target(target, scope);
        return;
      case 'Import':
        for (const { name, asname } of node.names) {
          const bound = asname ?? name;
          this.#bind(bound.name.split('.', 1)[0]!, bound, scope);
        }
        return;
      case 'ImportFrom':
        for (const { name, asname } of node.names) {
          if (name.name !== '*') this.#bindIdentifier(asname ?? name, scope);
          else if (scope.kind !== 'module') report(this.issues, 'import * only allowed at module level', node);
        }
        return;
      case 'Global':
      case 'Nonlocal':
        for (const name of node.names) this.#declare(name, node.kind === 'Global' ? 'global' : 'nonlocal', node, scope);
        return;
      case 'Try':
        this.statements(node.body, scope);
        for (const handler of node.handlers) {
          if (handler.type !== undefined) this.visit(handler.type, scope);
          if (handler.name !== undefined) this.#bindIdentifier(handler.name, scope);
          this.statements(handler.body, scope);
        }
        this.statements(node.orelse, scope);
        this.statements(node.finalbody, scope);
        return;
      case 'MatchAs':
      case 'MatchStar':
        if (node.kind === 'MatchAs' && node.pattern !== undefined) this.visit(node.pattern, scope);
        if (node.name !== undefined) this.#bindIdentifier(node.name, scope);
        return;
      case 'MatchMapping':
        this.#all(node.keys, scope);
        for (const pattern of node.patterns) this.visit(pattern, scope);
        if (node.rest !== undefined) this.#bindIdentifier(node.rest, scope);
        return;
      case 'Constant':
      case 'MatchSingleton':
        return;
      case 'Yield':
      case 'YieldFrom':
        if (scope.kind === 'comprehension')
          report(this.issues, `'yield' inside ${COMPREHENSIONS[(scope.node as Expression).kind]}`, node);
        if (node.value !== undefined) this.visit(node.value, scope);
        return;
      // The commonest of the nodes without a rule, so that their fields need not be searched.
      case 'ExprStatement':
      case 'Attribute':
      case 'Starred':
        this.visit(node.value, scope);
        return;
      case 'BinOp':
        this.visit(node.left, scope);
        this.visit(node.right, scope);
        return;
      case 'UnaryOp':
        this.visit(node.operand, scope);
        return;
      case 'Compare':
        this.visit(node.left, scope);
        this.#all(node.comparators, scope);
        return;
      case 'BoolOp':
        this.#all(node.values, scope);
        return;
      case 'Call':
        this.visit(node.func, scope);
        this.#all(node.args, scope);
        for (const keyword of node.keywords) this.visit(keyword.value, scope);
        return;
      case 'Subscript':
        this.visit(node.value, scope);
        this.visit(node.index, scope);
        return;
      case 'List':
      case 'Tuple':
        this.#all(node.elements, scope);
        return;
      case 'JoinedStr':
        this.#fields(node.parts, scope);
        return;
      case 'Return':
        if (node.value !== undefined) this.visit(node.value, scope);
        return;
      default:
        this.#children(node, scope);
    }
  }

  #fields(parts: JoinedStr['parts'], scope: Scope): void {
    for (const part of parts) {
      if (typeof part === 'string') continue;
      this.visit(part.value, scope);
      if (part.spec !== undefined) this.#fields(part.spec, scope);
    }
  }

  /** Visits whatever hangs on a node that has no rule of its own. */
  #children(node: object, scope: Scope): void {
    for (const key in node) {
      const value: unknown = (node as Record<string, unknown>)[key];
      if (typeof value !== 'object' || value === null) continue;
      if ('kind' in value) this.visit(value as Expression, scope);
      else this.#children(value, scope);
    }
  }

  #all(nodes: readonly Expression[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  #typeParameters(params: readonly { name: Identifier; bound: Expression | undefined }[], scope: Scope): Scope {
    if (params.length === 0) return scope;
    const outer = this.#open('typeParameters', params, scope);
    for (const { name, bound } of params) {
      if (outer.names.has(name.name)) report(this.issues, `duplicate type parameter '${name.name}'`, name);
      this.#bindIdentifier(name, outer);
      if (bound !== undefined) this.visit(bound, outer);
    }
    return outer;
  }

  #function(
    node: Extract<Statement | Expression, { kind: 'FunctionDef' | 'Lambda' }>,
    params: Parameters,
    annotations: Scope,
    defaults: Scope,
  ): void {
    const { positionalOnly, positional, rest, keywordOnly, keywords } = params;
    const all = [
      ...positionalOnly,
      ...positional,
      ...(rest ? [rest] : []),
      ...keywordOnly,
      ...(keywords ? [keywords] : []),
    ];
    for (const { defaultValue } of all) if (defaultValue !== undefined) this.visit(defaultValue, defaults);
    for (const { annotation } of all) if (annotation !== undefined) this.visit(annotation, annotations);
    if (node.kind === 'FunctionDef' && node.returns !== undefined) this.visit(node.returns, annotations);
    const inner = this.#open(node.kind === 'Lambda' ? 'lambda' : 'function', node, annotations);
    for (const { name } of all) {
      if (inner.names.has(name.name))
        report(this.issues, `duplicate argument '${name.name}' in function definition`, name);
      this.#bind(name.name, name, inner).parameter = true;
    }
    if (node.kind === 'Lambda') this.visit(node.body, inner);
    else this.statements(node.body, inner);
  }

  #comprehension(node: Expression, generators: readonly Comprehension[], elements: Expression[], scope: Scope): void {
    const inner = this.#open('comprehension', node, scope);
    generators.forEach((generator, at) => {
      this.#iterables++;
      this.visit(generator.iter, at === 0 ? scope : inner);
      this.#iterables--;
      for (const name of boundNames(generator.target)) this.#bind(name.id, name, inner).parameter = true;
      this.#usedInTarget(generator.target, inner);
      this.#all(generator.ifs, inner);
    });
    this.#all(elements, inner);
  }

  /** `name := value` binds in the function or module around comprehensions. */
  #walrus(name: string, span: Span, scope: Scope): void {
    if (this.#iterables > 0)
      report(this.issues, 'assignment expression cannot be used in a comprehension iterable expression', span);
    let host = scope;
    for (; host.kind === 'comprehension' && host.parent !== undefined; host = host.parent) {
      if (host.names.get(name)?.parameter)
        report(this.issues, `assignment expression cannot rebind comprehension iteration variable '${name}'`, span);
      host.touch(name, span).used = true;
    }
    if (host !== scope && host.kind === 'class')
      report(this.issues, 'assignment expression within a comprehension cannot be used in a class body', span);
    this.#bind(name, span, host);
  }

  #annotated(node: Extract<Statement, { kind: 'AnnAssign' }>, scope: Scope): void {
    if (node.target.kind === 'Name') {
      const use = scope.touch(node.target.id, node.target);
      if (use.declared !== undefined && scope.kind !== 'module')
        report(this.issues, `annotated name '${use.name}' can't be ${use.declared}`, node);
      use.annotated = true;
    }
    this.target(node.target, scope);
    this.visit(node.annotation, scope);
    if (node.value !== undefined) this.visit(node.value, scope);
  }

  #declare(identifier: Identifier, kind: 'global' | 'nonlocal', span: Span, scope: Scope): void {
    const { name } = identifier;
    const known = scope.names.get(name);
    if (kind === 'nonlocal' && scope.kind === 'module') {
      report(this.issues, 'nonlocal declaration not allowed at module level', span);
      return;
    }
    if (known?.parameter) report(this.issues, `name '${name}' is parameter and ${kind}`, span);
    else if (known?.declared !== undefined && known.declared !== kind)
      report(this.issues, `name '${name}' is nonlocal and global`, known.first);
    else if (known?.annotated) report(this.issues, `annotated name '${name}' can't be ${kind}`, span);
    else if (known?.used) report(this.issues, `name '${name}' is used prior to ${kind} declaration`, span);
    else if (known?.bound && known.declared === undefined)
      report(this.issues, `name '${name}' is assigned to before ${kind} declaration`, span);
    scope.touch(name, identifier).declared ??= kind;
  }
}
