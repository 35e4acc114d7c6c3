/** Builds the scopes of a module: which names each binds and uses, and which an outer one shares with an inner one. */
import type { Comprehension, Expression, Identifier, Module, Pattern, Statement, TypeParam } from '../syntax/ast';
import { Scope, signatureOf } from './scope';
import type { Unit } from './unit';

/** The scopes by the node that opens them. */
export type ScopeMap = Map<object, Scope>;

/** Finds and lays out all scopes below `root`; they are in `unit.scopes` then. Returns the module's. */
export function findScopes(root: Module | Expression, unit: Unit): Scope {
  const finder = new Finder(unit);
  const module = finder.open('module', root, undefined);
  if (root.kind === 'Module') finder.statements(root.body, module);
  else finder.visit(root, module);
  for (const scope of finder.all) for (const name of scope.uses) connect(scope, name);
  for (const scope of finder.all) scope.layout();
  return module;
}

/** Follows a used name outwards and marks what it passes. */
function connect(from: Scope, name: string): void {
  const passed: Scope[] = [];
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    if (scope.kind === 'module' || scope.globals.has(name)) return;
    if (scope.kind === 'class') {
      // Only the class body itself sees its names; inner functions see `__class__`.
      if (scope !== from && name === '__class__') {
        scope.captured.add(name);
        markFree(passed, name);
        return;
      }
      if (scope === from && scope.bound.has(name) && !scope.nonlocals.has(name)) return;
    } else if (scope.bound.has(name) && !scope.nonlocals.has(name)) {
      if (passed.length > 0) scope.captured.add(name);
      markFree(passed, name);
      return;
    }
    if (scope.host === scope) passed.push(scope);
  }
}

function markFree(scopes: readonly Scope[], name: string): void {
  for (const scope of scopes) if (!scope.free.includes(name)) scope.free.push(name);
}

class Finder {
  readonly all: Scope[] = [];
  readonly #unit: Unit;

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  open(
    kind: Scope['kind'],
    node: object,
    parent: Scope | undefined,
    options?: ConstructorParameters<typeof Scope>[4],
  ): Scope {
    const scope = new Scope(kind, node, parent, this.#unit, options);
    this.#unit.scopes.set(node, scope);
    this.all.push(scope);
    return scope;
  }

  statements(list: readonly Statement[], scope: Scope): void {
    for (const statement of list) this.visit(statement, scope);
  }

  /** Visits any node. Nodes without a rule of their own have their children visited in order. */
  visit(node: object, scope: Scope): void {
    const known = node as Statement | Expression | Pattern;
    switch (known.kind) {
      case 'Name':
        this.use(known.id, scope);
        return;
      case 'Constant':
        return;
      case 'FunctionDef':
        this.#all(known.decorators, scope);
        bind(known.name, scope);
        this.#function(known, known.name.name, this.#typeScope(known.typeParams, scope));
        return;
      case 'Lambda':
        this.#function(known, '<lambda>', scope);
        return;
      case 'ClassDef': {
        this.#all(known.decorators, scope);
        bind(known.name, scope);
        const outer = this.#typeScope(known.typeParams, scope);
        this.#all(known.bases, outer);
        this.#all(known.keywords, outer);
        const inner = this.open('class', known, outer, { name: known.name.name });
        this.statements(known.body, inner);
        return;
      }
      case 'TypeAlias': {
        bind(known.name, scope);
        const outer = this.#typeScope(known.typeParams, scope);
        const inner = this.open('function', known, outer, { name: known.name.name, signature: NO_PARAMETERS });
        this.visit(known.value, inner);
        return;
      }
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.#comprehension(known, known.generators, [known.element], scope);
        return;
      case 'DictComp':
        this.#comprehension(known, known.generators, [known.key, known.value], scope);
        return;
      case 'NamedExpr': {
        let target = scope;
        while (target.kind === 'comprehension' || target.node === GENEXP.get(target)) target = target.parent!;
        const name = scope.mangle(known.target.id);
        this.#bindName(name, target);
        this.use(known.target.id, scope);
        this.visit(known.value, scope);
        return;
      }
      case 'Assign':
        this.visit(known.value, scope);
        for (const target of known.targets) this.#target(target, scope);
        return;
      case 'AugAssign':
        this.#target(known.target, scope);
        this.visit(known.target, scope);
        this.visit(known.value, scope);
        return;
      case 'AnnAssign':
        this.#target(known.target, scope);
        this.visit(known.annotation, scope);
        if (known.value !== undefined) this.visit(known.value, scope);
        return;
      case 'For':
        this.visit(known.iter, scope);
        this.#target(known.target, scope);
        this.statements(known.body, scope);
        this.statements(known.orelse, scope);
        return;
      case 'With':
        for (const item of known.items) {
          this.visit(item.context, scope);
          if (item.target !== undefined) this.#target(item.target, scope);
        }
        this.statements(known.body, scope);
        return;
      case 'Delete':
        for (const target of known.targets) this.#target(target, scope);
        return;
      case 'Import':
        for (const alias of known.names) {
          const name = alias.asname?.name ?? alias.name.name.split('.')[0]!;
          this.#bindName(scope.mangle(name), scope);
        }
        return;
      case 'ImportFrom':
        for (const alias of known.names) if (alias.name.name !== '*') bind(alias.asname ?? alias.name, scope);
        return;
      case 'Global':
        for (const { name } of known.names) scope.globals.add(scope.mangle(name));
        return;
      case 'Nonlocal':
        for (const { name } of known.names) {
          scope.nonlocals.add(scope.mangle(name));
          this.use(name, scope);
        }
        return;
      case 'Try':
        this.statements(known.body, scope);
        for (const handler of known.handlers) {
          if (handler.type !== undefined) this.visit(handler.type, scope);
          if (handler.name !== undefined) bind(handler.name, scope);
          this.statements(handler.body, scope);
        }
        this.statements(known.orelse, scope);
        this.statements(known.finalbody, scope);
        return;
      case 'MatchAs':
      case 'MatchStar':
        if (known.name !== undefined) bind(known.name, scope);
        if (known.kind === 'MatchAs' && known.pattern !== undefined) this.visit(known.pattern, scope);
        return;
      case 'MatchMapping':
        this.#all(known.keys, scope);
        this.#all(known.patterns, scope);
        if (known.rest !== undefined) bind(known.rest, scope);
        return;
      case 'Yield':
      case 'YieldFrom':
        scope.host.isGenerator = true;
        if (known.value !== undefined) this.visit(known.value, scope);
        return;
      default:
        this.#children(node, scope);
    }
  }

  use(name: string, scope: Scope): void {
    const own = scope.mangle(name);
    scope.uses.add(own);
    // Zero-argument super() reads the class from the cell of the class body.
    if (own === 'super' && scope.host.kind === 'function') scope.uses.add('__class__');
  }

  #all(nodes: readonly object[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  #children(node: object, scope: Scope): void {
    for (const child of Object.values(node)) {
      if (Array.isArray(child)) {
        for (const one of child) if (typeof one === 'object' && one !== null) this.visit(one, scope);
      } else if (typeof child === 'object' && child !== null && !(child instanceof Uint8Array))
        this.visit(child, scope);
    }
  }

  #bindName(name: string, scope: Scope): void {
    if (!scope.globals.has(name)) scope.bound.add(name);
  }

  /** A target of an assignment: binds names, uses the rest. */
  #target(node: Expression, scope: Scope): void {
    switch (node.kind) {
      case 'Name':
        this.#bindName(scope.mangle(node.id), scope);
        // A store may go to an outer function's variable (`nonlocal`).
        scope.uses.add(scope.mangle(node.id));
        return;
      case 'Tuple':
      case 'List':
        for (const element of node.elements) this.#target(element, scope);
        return;
      case 'Starred':
        this.#target(node.value, scope);
        return;
      default:
        this.visit(node, scope);
    }
  }

  #function(
    node: Extract<Statement, { kind: 'FunctionDef' }> | Extract<Expression, { kind: 'Lambda' }>,
    name: string,
    scope: Scope,
  ): void {
    const { params } = node;
    const all = [...params.positionalOnly, ...params.positional, ...params.keywordOnly];
    for (const parameter of all) if (parameter.defaultValue !== undefined) this.visit(parameter.defaultValue, scope);
    for (const parameter of [...all, params.rest, params.keywords])
      if (parameter?.annotation !== undefined) this.visit(parameter.annotation, scope);
    if (node.kind === 'FunctionDef' && node.returns !== undefined) this.visit(node.returns, scope);
    const signature = signatureOf(params, one => scope.mangle(one));
    const inner = this.open('function', node, scope, { name, signature });
    for (const parameter of [...all, params.rest, params.keywords])
      if (parameter !== undefined) inner.bound.add(inner.mangle(parameter.name.name));
    if (node.kind === 'Lambda') this.visit(node.body, inner);
    else this.statements(node.body, inner);
  }

  /** The scope of type parameters, around a function, class or alias that has some. */
  #typeScope(params: readonly TypeParam[], scope: Scope): Scope {
    if (params.length === 0) return scope;
    const outer = this.open('comprehension', params, scope);
    for (const param of params) {
      outer.bound.add(outer.mangle(param.name.name));
      if (param.bound !== undefined) this.visit(param.bound, outer);
    }
    return outer;
  }

  #comprehension(
    node: Expression,
    generators: readonly Comprehension[],
    elements: readonly Expression[],
    scope: Scope,
  ): void {
    const first = generators[0]!;
    this.visit(first.iter, scope);
    let inner: Scope;
    if (node.kind === 'GeneratorExp') {
      inner = this.open('function', node, scope, { name: '<genexpr>', signature: NO_PARAMETERS });
      GENEXP.set(inner, node);
    } else inner = this.open('comprehension', node, scope);
    for (const [at, generator] of generators.entries()) {
      if (at > 0) this.visit(generator.iter, inner);
      this.#target(generator.target, inner);
      this.#all(generator.ifs, inner);
    }
    this.#all(elements, inner);
  }
}

const NO_PARAMETERS = { positional: [], positionalOnly: 0, keywordOnly: [], rest: undefined, keywords: undefined };

/** Scopes of generator expressions: a walrus inside binds outside. */
const GENEXP = new WeakMap<Scope, object>();

function bind(name: Identifier, scope: Scope): void {
  const own = scope.mangle(name.name);
  if (!scope.globals.has(own)) scope.bound.add(own);
  scope.uses.add(own);
}
