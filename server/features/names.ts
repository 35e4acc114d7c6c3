/** Where a cell's text uses and binds the names of the chapter: module-level names and attributes of its classes. */
import type { Expression, Module, Parameters, Span, Statement } from '../../mlsys/python/syntax/ast';
import { definitionsOf } from '../evaluation/definitions';
import { partsOf, type TreePart } from '../evaluation/walk';

/** One use of a name. Spans are offsets into the parsed text. */
export interface NameUse {
  /** `x`, or a dotted path from a module-level name: `Cls.attr`, `Hardware.Cloud.A100`. */
  readonly path: string;
  /** Of the path's last name alone. */
  readonly span: Span;
  readonly write: boolean;
}

interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  /** `Cls.` in a class body. */
  readonly prefix: string;
  /** Names bound here, as far as they hide outer ones. */
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

const MODULE: Scope = { kind: 'module', prefix: '', names: new Set(), parent: undefined };

/** All uses in a module in source order. Local names of functions, lambdas and comprehensions are left out. */
export function namesOf(module: Module): readonly NameUse[] {
  const known = cache.get(module);
  if (known !== undefined) return known;
  const definitions = definitionsOf(module);
  const bound = new Map(definitions.map(({ span, name }) => [span.start, name]));
  const uses: NameUse[] = definitions.map(({ name, span }) => ({ path: name, span, write: true }));
  collect(module.body, MODULE, use => {
    if (bound.get(use.span.start) !== use.path) uses.push(use);
  });
  uses.sort((a, b) => a.span.start - b.span.start);
  cache.set(module, uses);
  return uses;
}

const cache = new WeakMap<Module, readonly NameUse[]>();

/** Uses in the expression of an inline reference. */
export function namesInExpression(expression: Expression): NameUse[] {
  const uses: NameUse[] = [];
  visit(expression, MODULE, use => uses.push(use));
  return uses.sort((a, b) => a.span.start - b.span.start);
}

type Report = (use: NameUse) => void;

function collect(body: readonly Statement[], scope: Scope, report: Report): void {
  for (const statement of body) visit(statement, scope, report);
}

function visit(part: TreePart, scope: Scope, report: Report): void {
  const node = part as Expression | Statement;
  switch (node.kind) {
    case 'Name': {
      const path = resolve(node.id, scope);
      if (path !== undefined) report({ path, span: node, write: false });
      return;
    }
    case 'Attribute':
      visitAttribute(node, scope, report);
      return;
    case 'FunctionDef': {
      for (const decorator of node.decorators) visit(decorator, scope, report);
      visitDefaults(node.params, scope, report);
      if (node.returns !== undefined) visit(node.returns, scope, report);
      collect(node.body, functionScope(node.params, node.body, scope), report);
      return;
    }
    case 'Lambda':
      visitDefaults(node.params, scope, report);
      visit(node.body, functionScope(node.params, [], scope), report);
      return;
    case 'ClassDef': {
      for (const decorator of node.decorators) visit(decorator, scope, report);
      for (const base of [...node.bases, ...node.keywords])
        for (const below of partsOf(base)) visit(below, scope, report);
      const prefix = scope.kind === 'function' ? '' : `${scope.prefix}${node.name.name}.`;
      const kind = scope.kind === 'function' ? 'function' : 'class';
      collect(node.body, { kind, prefix, names: namesBoundIn(node.body), parent: scope }, report);
      return;
    }
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp': {
      const names = new Set<string>();
      for (const generator of node.generators) targetNames(generator.target, names);
      const inner: Scope = { kind: 'function', prefix: '', names, parent: scope };
      node.generators.forEach((generator, at) => {
        visit(generator.iter, at === 0 ? scope : inner, report);
        for (const condition of generator.ifs) visit(condition, inner, report);
      });
      if (node.kind === 'DictComp') {
        visit(node.key, inner, report);
        visit(node.value, inner, report);
      } else visit(node.element, inner, report);
      return;
    }
    default:
      for (const below of partsOf(part)) visit(below, scope, report);
  }
}

/** A chain `a.b.c` from a name reports each of its beginnings. */
function visitAttribute(node: Expression & { kind: 'Attribute' }, scope: Scope, report: Report): string | undefined {
  let base: string | undefined;
  if (node.value.kind === 'Attribute') base = visitAttribute(node.value, scope, report);
  else {
    visit(node.value, scope, report);
    if (node.value.kind === 'Name') base = resolve(node.value.id, scope);
  }
  if (base === undefined) return undefined;
  const path = `${base}.${node.attr.name}`;
  report({ path, span: node.attr, write: false });
  return path;
}

function visitDefaults(params: Parameters, scope: Scope, report: Report): void {
  for (const parameter of parametersOf(params)) {
    if (parameter.defaultValue !== undefined) visit(parameter.defaultValue, scope, report);
    if (parameter.annotation !== undefined) visit(parameter.annotation, scope, report);
  }
}

function parametersOf(params: Parameters) {
  const { positionalOnly, positional, rest, keywordOnly, keywords } = params;
  return [...positionalOnly, ...positional, ...keywordOnly, rest, keywords].filter(one => one !== undefined);
}

function functionScope(params: Parameters, body: readonly Statement[], parent: Scope): Scope {
  const names = new Set(namesBoundIn(body));
  for (const statement of body)
    if (statement.kind === 'Global' || statement.kind === 'Nonlocal')
      for (const { name } of statement.names) names.delete(name);
  for (const parameter of parametersOf(params)) names.add(parameter.name.name);
  return { kind: 'function', prefix: '', names, parent };
}

function namesBoundIn(body: readonly Statement[]): Set<string> {
  const names = definitionsOf({ kind: 'Module', body, flat: false, start: 0, end: 0 }).map(({ name }) => name);
  return new Set(names.filter(name => !name.includes('.')));
}

function targetNames(target: Expression, names: Set<string>): void {
  if (target.kind === 'Name') names.add(target.id);
  else for (const below of partsOf(target)) targetNames(below as Expression, names);
}

/** The chapter's path of a name as seen in a scope; undefined for a local one. Functions do not see class bodies. */
function resolve(name: string, scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope, inner = false; at !== undefined; at = at.parent) {
    if (at.kind === 'function') {
      if (at.names.has(name)) return undefined;
      inner = true;
    } else if (at.kind === 'class') {
      if (!inner && at.names.has(name)) return at.prefix + name;
      inner = true;
    }
  }
  return name;
}
