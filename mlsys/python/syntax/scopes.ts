/**
 * Where names live: the scopes of a module, each with the names that it binds and uses, resolved as Python does. The
 * faults that only this shows (a `nonlocal` without a binding, a name used before its `global`) come with it.
 */
import type {
  Comprehension,
  Expression,
  Identifier,
  JoinedStr,
  Keyword,
  Module,
  NamedExpr,
  Parameters,
  Pattern,
  Span,
  Statement,
} from './ast';
import { Rules } from './checks';
import { type Issue, report } from './faults';
import { type Access, type BindingKind, type ImportSource, type NamedCall, Recorder } from './occurrences';
import { type NameUse, resolveNames, Scope, type ScopeKind } from './scope';
import { boundNames } from './targets';

export { Scope } from './scope';

/** The scopes of a module by the node that opens them: Module, FunctionDef, Lambda, ClassDef or comprehension. */
export interface ScopeTable {
  readonly module: Scope;
  readonly scopes: ReadonlyMap<object, Scope>;
  /** Faults of names. */
  readonly issues: readonly Issue[];
  /** Other faults that the grammar allows. */
  readonly misplaced: readonly Issue[];
}

const tables = new WeakMap<Module, ScopeTable>();

/** Finds and resolves all scopes of a module; the parser's checks and the compiler share what is found. */
export function resolveScopes(module: Module): ScopeTable {
  const known = tables.get(module);
  return known ?? keep(module, new Builder(module, undefined));
}

/** Every place of a module that names a variable; its scopes are found on the same walk where nobody has yet. */
export function recordOccurrences(module: Module): Recorder {
  const recorder = new Recorder();
  const builder = new Builder(module, recorder);
  keep(module, builder);
  recorder.scopes = builder.scopes;
  return recorder;
}

function keep(module: Module, builder: Builder): ScopeTable {
  builder.rules.future(module.body);
  builder.statements(module.body, builder.module);
  resolveNames(builder.module, builder.issues);
  const { scopes, issues } = builder;
  const table = { module: builder.module, scopes, issues, misplaced: builder.rules.issues };
  if (!tables.has(module)) tables.set(module, table);
  return table;
}

const COMPREHENSIONS: Readonly<Record<string, string>> = {
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  GeneratorExp: 'generator expression',
};

/**
 * Walks a module once, opens its scopes and has the rules look at what they concern on the way. Most of a chapter is
 * walked before the walk itself is compiled: lists are gone through by index, since iterators are slow until then.
 */
class Builder {
  readonly module: Scope;
  readonly scopes = new Map<object, Scope>();
  readonly issues: Issue[] = [];
  readonly rules = new Rules();
  /** Set while the iterable of a comprehension is visited, where `:=` cannot stand. */
  private iterables = 0;
  /** True in the body of a loop, but not in functions and classes inside it. */
  private inLoop = false;

  /** Takes down each place of a name, if somebody wants them. */
  private readonly recorder: Recorder | undefined;

  constructor(module: Module, recorder: Recorder | undefined) {
    this.recorder = recorder;
    this.module = this.open('module', module, undefined);
  }

  private open(kind: ScopeKind, node: object, parent: Scope | undefined): Scope {
    const scope = new Scope(kind, node, parent);
    this.scopes.set(node, scope);
    return scope;
  }

  private bind(name: string, span: Span, scope: Scope): NameUse {
    const use = scope.touch(name, span);
    use.bound = true;
    return use;
  }

  private bindIdentifier(
    identifier: Identifier,
    scope: Scope,
    kind: BindingKind,
    source?: ImportSource,
    annotation?: Expression,
  ): void {
    this.bind(identifier.name, identifier, scope);
    this.recorder?.bound(identifier.name, identifier, scope, { kind, value: undefined, source, annotation });
  }

  // ------------------------------------------------------------------------------------------ statements

  statements(body: readonly Statement[], scope: Scope): void {
    const { recorder } = this;
    if (recorder === undefined) for (let at = 0; at < body.length; at++) this.statement(body[at]!, scope);
    else
      for (const statement of body) {
        const around = recorder.enter(statement);
        this.statement(statement, scope);
        recorder.enter(around);
      }
  }

  /** Cases in order of their frequency: a switch over words takes one after the other. */
  private statement(node: Statement, scope: Scope): void {
    switch (node.kind) {
      case 'Assign':
        this.expression(node.value, scope);
        for (let at = 0; at < node.targets.length; at++)
          this.target(node.targets[at]!, scope, 'assignment', node.value);
        return;
      case 'ExprStatement':
        this.expression(node.value, scope);
        return;
      case 'Return':
        this.rules.return(node, scope);
        this.optional(node.value, scope);
        return;
      case 'AugAssign':
        if (node.target.kind === 'Name') scope.touch(node.target.id, node.target).used = true;
        this.bindTarget(node.target, scope, 'assignment', undefined, 'update');
        this.expression(node.value, scope);
        return;
      case 'AnnAssign':
        this.annotated(node, scope);
        return;
      case 'If':
        this.expression(node.test, scope);
        this.statements(node.body, scope);
        this.statements(node.orelse, scope);
        return;
      case 'For':
        if (node.async) this.rules.async('for', node, scope);
        this.expression(node.iter, scope);
        this.target(node.target, scope, 'loop');
        this.loop(node.body, node.orelse, scope);
        return;
      case 'FunctionDef':
        this.all(node.decorators, scope);
        this.bind(node.name.name, node.name, scope);
        this.function(node, node.params, this.typeParameters(node.typeParams, scope), scope);
        this.recorder?.bound(node.name.name, node.name, scope, {
          kind: 'function',
          value: undefined,
          source: undefined,
        });
        return;
      case 'ClassDef':
        this.class(node, scope);
        return;
      case 'Magic':
        this.recorder?.magics.push(node);
        return;
      case 'Import':
        this.recorder?.imports.push(node);
        for (const alias of node.names) {
          const bound = alias.asname ?? alias.name;
          const name = bound.name.split('.', 1)[0]!;
          this.bind(name, bound, scope);
          this.recorder?.imported(name, bound, scope, { module: alias.name.name, level: 0, name: undefined, alias });
        }
        return;
      case 'ImportFrom':
        this.rules.features(node);
        this.recorder?.imports.push(node);
        for (const alias of node.names) {
          const { name, asname } = alias;
          if (name.name !== '*') {
            const source = { module: node.module?.name ?? '', level: node.level, name: name.name, alias };
            this.bindIdentifier(asname ?? name, scope, 'import', source);
          } else if (scope.kind !== 'module') report(this.issues, 'import * only allowed at module level', node);
        }
        return;
      case 'While':
        this.expression(node.test, scope);
        this.loop(node.body, node.orelse, scope);
        return;
      case 'With':
        if (node.async) this.rules.async('with', node, scope);
        for (const item of node.items) {
          this.expression(item.context, scope);
          if (item.target !== undefined) this.target(item.target, scope, 'other');
        }
        this.statements(node.body, scope);
        return;
      case 'Assert':
        this.expression(node.test, scope);
        this.optional(node.message, scope);
        return;
      case 'Raise':
        this.optional(node.exc, scope);
        this.optional(node.cause, scope);
        return;
      case 'Try':
        this.statements(node.body, scope);
        for (const handler of node.handlers) {
          this.optional(handler.type, scope);
          if (handler.name !== undefined) {
            const around = this.recorder?.enter(handler);
            this.bindIdentifier(handler.name, scope, 'other');
            this.recorder?.enter(around);
          }
          this.statements(handler.body, scope);
        }
        this.statements(node.orelse, scope);
        this.statements(node.finalbody, scope);
        return;
      case 'Delete':
        for (const target of node.targets) this.bindTarget(target, scope, 'other', undefined, 'delete');
        return;
      case 'Global':
      case 'Nonlocal':
        for (const name of node.names) this.declare(name, node.kind === 'Global' ? 'global' : 'nonlocal', node, scope);
        return;
      case 'Break':
      case 'Continue':
        if (!this.inLoop) this.rules.outsideLoop(node);
        return;
      case 'Match':
        this.expression(node.subject, scope);
        this.rules.cases(node);
        for (const { pattern, guard, body } of node.cases) {
          this.pattern(pattern, scope);
          this.optional(guard, scope);
          this.statements(body, scope);
        }
        return;
      case 'TypeAlias':
        this.bindIdentifier(node.name, scope, 'other');
        this.expression(node.value, this.open('lambda', node, this.typeParameters(node.typeParams, scope)));
    }
  }

  private loop(body: readonly Statement[], orelse: readonly Statement[], scope: Scope): void {
    const { inLoop } = this;
    this.inLoop = true;
    this.statements(body, scope);
    this.inLoop = inLoop;
    this.statements(orelse, scope);
  }

  /** A body that no loop reaches into. */
  private body(body: readonly Statement[], scope: Scope): void {
    const { inLoop } = this;
    this.inLoop = false;
    this.statements(body, scope);
    this.inLoop = inLoop;
  }

  private class(node: Extract<Statement, { kind: 'ClassDef' }>, scope: Scope): void {
    this.all(node.decorators, scope);
    this.bind(node.name.name, node.name, scope);
    const outer = this.typeParameters(node.typeParams, scope);
    this.elements(node.bases, outer);
    this.keywords(node.keywords, undefined, outer);
    this.body(node.body, this.open('class', node, outer));
    this.recorder?.bound(node.name.name, node.name, scope, { kind: 'class', value: undefined, source: undefined });
  }

  /** A target: names in it are bound, all else is used. */
  private target(node: Expression, scope: Scope, kind: BindingKind, value?: Expression): void {
    this.rules.target(node);
    this.bindTarget(node, scope, kind, value);
  }

  private bindTarget(
    node: Expression,
    scope: Scope,
    kind: BindingKind,
    value: Expression | undefined,
    access: Access = 'write',
  ): void {
    const { recorder } = this;
    if (node.kind === 'Name') {
      this.bind(node.id, node, scope);
      recorder?.bound(node.id, node, scope, { kind, value, source: undefined }, access);
      return;
    }
    for (const name of boundNames(node)) {
      this.bind(name.id, name, scope);
      recorder?.bound(name.id, name, scope, { kind, value: undefined, source: undefined }, access);
    }
    this.usedInTarget(node, scope, access === 'delete' || access === 'annotate' ? undefined : kind);
  }

  /** `kind` tells how an attribute that is the target is bound; undefined where it is deleted. */
  private usedInTarget(node: Expression, scope: Scope, kind: BindingKind | undefined): void {
    if (node.kind === 'Tuple' || node.kind === 'List')
      for (const element of node.elements) this.usedInTarget(element, scope, kind);
    else if (node.kind === 'Starred') this.usedInTarget(node.value, scope, kind);
    else if (node.kind !== 'Name') {
      this.recorder?.enterTarget(node, kind);
      this.expression(node, scope);
      this.recorder?.leaveTarget();
    }
  }

  private pattern(node: Pattern, scope: Scope): void {
    switch (node.kind) {
      case 'MatchAs':
        if (node.pattern !== undefined) this.pattern(node.pattern, scope);
        if (node.name !== undefined) this.bindIdentifier(node.name, scope, 'other');
        return;
      case 'MatchStar':
        if (node.name !== undefined) this.bindIdentifier(node.name, scope, 'other');
        return;
      case 'MatchValue':
        this.expression(node.value, scope);
        return;
      case 'MatchSequence':
      case 'MatchOr':
        for (const pattern of node.patterns) this.pattern(pattern, scope);
        return;
      case 'MatchMapping':
        this.all(node.keys, scope);
        for (const pattern of node.patterns) this.pattern(pattern, scope);
        if (node.rest !== undefined) this.bindIdentifier(node.rest, scope, 'other');
        return;
      case 'MatchClass':
        this.expression(node.cls, scope);
        this.recorder?.passed(node.keywords, node.cls, scope);
        for (const pattern of node.patterns) this.pattern(pattern, scope);
        for (const { pattern } of node.keywords) this.pattern(pattern, scope);
    }
  }

  // ------------------------------------------------------------------------------------------ expressions

  /** Cases in order of their frequency. */
  private expression(node: Expression, scope: Scope): void {
    switch (node.kind) {
      case 'Name':
        scope.touch(node.id, node).used = true;
        this.recorder?.read(node, scope);
        return;
      case 'Constant':
        return;
      case 'Attribute':
        if (this.recorder?.readPath(node, scope) === true) return;
        this.expression(node.value, scope);
        return;
      case 'BinOp':
        this.expression(node.left, scope);
        this.expression(node.right, scope);
        return;
      case 'Call':
        this.expression(node.func, scope);
        this.elements(node.args, scope);
        this.keywords(node.keywords, node, scope);
        return;
      case 'JoinedStr':
        this.fields(node.parts, scope);
        return;
      case 'Compare':
        this.expression(node.left, scope);
        this.all(node.comparators, scope);
        return;
      case 'Subscript':
        this.expression(node.value, scope);
        this.expression(node.index, scope);
        return;
      case 'List':
      case 'Tuple':
      case 'Set':
        this.elements(node.elements, scope);
        return;
      case 'UnaryOp':
        this.expression(node.operand, scope);
        return;
      case 'BoolOp':
        this.all(node.values, scope);
        return;
      case 'IfExp':
        this.expression(node.test, scope);
        this.expression(node.body, scope);
        this.expression(node.orelse, scope);
        return;
      case 'Dict':
        for (const { key, value } of node.entries) {
          this.optional(key, scope);
          this.expression(value, scope);
        }
        return;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.comprehension(node, node.generators, [node.element], scope);
        return;
      case 'DictComp':
        this.comprehension(node, node.generators, [node.key, node.value], scope);
        return;
      case 'Lambda':
        this.function(node, node.params, scope, scope);
        return;
      case 'Slice':
        this.optional(node.lower, scope);
        this.optional(node.upper, scope);
        this.optional(node.step, scope);
        return;
      case 'NamedExpr':
        this.walrus(node, scope);
        return;
      case 'Yield':
      case 'YieldFrom':
        this.rules.yield(node, scope);
        if (scope.kind === 'comprehension')
          report(this.issues, `'yield' inside ${COMPREHENSIONS[(scope.node as Expression).kind]}`, node);
        this.optional(node.value, scope);
        return;
      case 'Await':
        this.rules.await(node, scope);
        this.expression(node.value, scope);
        return;
      case 'Starred':
        this.rules.starred(node);
        this.expression(node.value, scope);
    }
  }

  private optional(node: Expression | undefined, scope: Scope): void {
    if (node !== undefined) this.expression(node, scope);
  }

  private all(nodes: readonly Expression[], scope: Scope): void {
    for (let at = 0; at < nodes.length; at++) this.expression(nodes[at]!, scope);
  }

  /** Expressions of which any may be starred. */
  private elements(nodes: readonly Expression[], scope: Scope): void {
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]!;
      this.expression(node.kind === 'Starred' ? node.value : node, scope);
    }
  }

  private keywords(keywords: readonly Keyword[], call: NamedCall | undefined, scope: Scope): void {
    if (keywords.length > 1) this.rules.keywords(keywords);
    this.recorder?.passed(keywords, call?.func, scope, call?.args[0]);
    for (let at = 0; at < keywords.length; at++) this.expression(keywords[at]!.value, scope);
  }

  private fields(parts: JoinedStr['parts'], scope: Scope): void {
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at]!;
      if (typeof part === 'string') continue;
      this.expression(part.value, scope);
      if (part.spec !== undefined) this.fields(part.spec, scope);
    }
  }

  // ------------------------------------------------------------------------------------------ inner scopes

  private typeParameters(params: Extract<Statement, { kind: 'TypeAlias' }>['typeParams'], scope: Scope): Scope {
    if (params.length === 0) return scope;
    const outer = this.open('typeParameters', params, scope);
    for (const { name, bound, defaultValue } of params) {
      if (outer.names.has(name.name)) report(this.issues, `duplicate type parameter '${name.name}'`, name);
      this.bindIdentifier(name, outer, 'other');
      for (const part of [bound, defaultValue]) this.optional(part, outer);
    }
    return outer;
  }

  private function(
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
    for (const { defaultValue } of all) if (defaultValue !== undefined) this.expression(defaultValue, defaults);
    // `*args: *Ts`
    for (const { annotation } of all)
      if (annotation !== undefined)
        this.annotation(annotation.kind === 'Starred' ? annotation.value : annotation, annotations);
    if (node.kind === 'FunctionDef' && node.returns !== undefined) this.annotation(node.returns, annotations);
    const inner = this.open(node.kind === 'Lambda' ? 'lambda' : 'function', node, annotations);
    for (const { name, annotation } of all) {
      if (inner.names.has(name.name))
        report(this.issues, `duplicate argument '${name.name}' in function definition`, name);
      this.rules.binding(name.name, name);
      this.bindIdentifier(name, inner, 'other', undefined, annotation);
      inner.names.get(name.name)!.parameter = true;
    }
    if (node.kind === 'Lambda') this.expression(node.body, inner);
    else this.body(node.body, inner);
  }

  private comprehension(
    node: Expression,
    generators: readonly Comprehension[],
    elements: Expression[],
    scope: Scope,
  ): void {
    const inner = this.open('comprehension', node, scope);
    generators.forEach((generator, at) => {
      this.iterables++;
      this.expression(generator.iter, at === 0 ? scope : inner);
      this.iterables--;
      if (generator.target.kind === 'Starred') this.rules.starred(generator.target);
      this.bindTarget(generator.target, inner, 'loop', undefined);
      for (const { id } of boundNames(generator.target)) inner.names.get(id)!.parameter = true;
      this.all(generator.ifs, inner);
    });
    this.all(elements, inner);
  }

  /** `name := value` binds in the function or module around comprehensions. */
  private walrus({ target: span, value }: NamedExpr, scope: Scope): void {
    const name = span.id;
    if (this.iterables > 0)
      report(this.issues, 'assignment expression cannot be used in a comprehension iterable expression', span);
    let host = scope;
    for (; host.kind === 'comprehension' && host.parent !== undefined; host = host.parent) {
      if (host.names.get(name)?.parameter)
        report(this.issues, `assignment expression cannot rebind comprehension iteration variable '${name}'`, span);
      host.touch(name, span).used = true;
    }
    if (host !== scope && host.kind === 'class')
      report(this.issues, 'assignment expression within a comprehension cannot be used in a class body', span);
    this.bind(name, span, host);
    this.expression(value, scope);
    this.recorder?.bound(name, span, host, { kind: 'assignment', value, source: undefined });
  }

  private annotation(node: Expression, scope: Scope): void {
    const { recorder } = this;
    if (recorder !== undefined) recorder.annotations++;
    this.expression(node, scope);
    if (recorder !== undefined) recorder.annotations--;
  }

  private annotated(node: Extract<Statement, { kind: 'AnnAssign' }>, scope: Scope): void {
    if (node.target.kind === 'Name') {
      const use = scope.touch(node.target.id, node.target);
      if (use.declared !== undefined && scope.kind !== 'module')
        report(this.issues, `annotated name '${use.name}' can't be ${use.declared}`, node);
      use.annotated = true;
    }
    const { target, value } = node;
    if (target.kind === 'Name') this.bind(target.id, target, scope);
    else this.bindTarget(target, scope, 'assignment', undefined, value === undefined ? 'annotate' : 'write');
    this.annotation(node.annotation, scope);
    this.optional(value, scope);
    if (target.kind !== 'Name') return;
    const { annotation } = node;
    const binding = { kind: 'assignment', value, source: undefined, annotation } as const;
    this.recorder?.bound(target.id, target, scope, binding, value === undefined ? 'annotate' : 'write');
  }

  private declare(identifier: Identifier, kind: 'global' | 'nonlocal', span: Span, scope: Scope): void {
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
    this.recorder?.declared(name, identifier, scope);
  }
}
