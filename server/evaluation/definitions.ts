/** What a cell's text binds, whether it runs or not: module-level names and attributes in class bodies. */
import type {
  Alias,
  ClassDef,
  Expression,
  FunctionDef,
  Identifier,
  Module,
  Pattern,
  Span,
  Statement,
} from '../../mlsys/python/syntax/ast';
import { resolveScopes } from '../../mlsys/python/syntax/scopes';
import type { DefinitionKind } from './analysis';
import { type TreePart, walk } from './walk';

/** One binding in the text; spans are offsets into the cell's source. */
export interface StaticDefinition {
  /** `x`, or `Cls.attr` in a class body. */
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly span: Span;
  readonly statement: Span;
  readonly from: { readonly module: string; readonly name: string | undefined } | undefined;
}

/** What one program's text binds, by name as well. */
export interface StaticDefinitions {
  readonly all: readonly StaticDefinition[];
  of(name: string): readonly StaticDefinition[];
}

const cache = new WeakMap<object, StaticDefinitions>();

/** What a program's text binds; worked out once per program. */
export function staticDefinitions(program: { readonly module: Module }): StaticDefinitions {
  let known = cache.get(program);
  if (known === undefined) {
    const all = definitionsOf(program.module);
    const byName = groupBy(all, definition => definition.name);
    known = { all, of: name => byName.get(name) ?? [] };
    cache.set(program, known);
  }
  return known;
}

/** Items by a key, in order. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** All of them in source order. Star imports bind no name here. */
export function definitionsOf(module: Module): readonly StaticDefinition[] {
  const found: StaticDefinition[] = [];
  /** In a function: the names that it declares `global`; all others are its own. */
  let globals: ReadonlySet<string> | undefined;

  function reaches(name: string): boolean {
    return globals === undefined || globals.has(name);
  }

  /** The body of a function, or of a class in one. */
  function inFunction(node: FunctionDef | ClassDef): void {
    const outer = globals;
    globals = globalsOf(node, module);
    body(node.body, '');
    globals = outer;
  }

  function add(target: Identifier | undefined, kind: DefinitionKind, statement: Span, prefix: string): void {
    if (target === undefined || !reaches(target.name)) return;
    found.push({
      name: prefix + target.name,
      kind,
      span: spanOf(target),
      statement: spanOf(statement),
      from: undefined,
    });
  }

  function bind(target: Expression, kind: DefinitionKind, statement: Span, prefix: string): void {
    if (target.kind === 'Name') add({ name: target.id, start: target.start, end: target.end }, kind, statement, prefix);
    else if (target.kind === 'Tuple' || target.kind === 'List')
      for (const element of target.elements) bind(element, kind, statement, prefix);
    else if (target.kind === 'Starred') bind(target.value, kind, statement, prefix);
    else if (target.kind === 'Attribute' && target.value.kind === 'Name' && prefix === '' && globals === undefined)
      // `Cls.attr = …` after the class body.
      found.push({
        name: `${target.value.id}.${target.attr.name}`,
        kind,
        span: spanOf(target.attr),
        statement: spanOf(statement),
        from: undefined,
      });
  }

  function imports(names: readonly Alias[], from: string | undefined, statement: Span, prefix: string): void {
    for (const alias of names) {
      if (alias.name.name === '*') continue;
      const target = alias.asname ?? alias.name;
      const bound = from === undefined && alias.asname === undefined ? target.name.split('.')[0]! : target.name;
      if (!reaches(bound)) continue;
      found.push({
        name: prefix + bound,
        kind: 'import',
        span: { start: target.start, end: Math.min(target.end, target.start + bound.length) },
        statement: spanOf(statement),
        from:
          from === undefined
            ? { module: alias.asname === undefined ? bound : alias.name.name, name: undefined }
            : { module: from, name: alias.name.name },
      });
    }
  }

  /** Names bound by `:=` in a statement's own expressions; the statements in it are looked at by themselves. */
  function walruses(statement: Statement, prefix: string): void {
    walk(statement, part => {
      if (part.kind === 'NamedExpr') {
        const target = (part as unknown as { target: Expression }).target;
        bind(target, 'assignment', statement, prefix);
      }
      return part === statement || !(part.kind !== undefined && (part.kind === 'Lambda' || isStatement(part)));
    });
  }

  function body(statements: readonly Statement[], prefix: string): void {
    for (const statement of statements) {
      visit(statement, prefix);
      walruses(statement, prefix);
    }
  }

  function visit(statement: Statement, prefix: string): void {
    switch (statement.kind) {
      case 'Assign':
        for (const target of statement.targets) bind(target, 'assignment', statement, prefix);
        break;
      case 'AnnAssign':
        if (statement.value !== undefined) bind(statement.target, 'assignment', statement, prefix);
        break;
      case 'AugAssign':
        bind(statement.target, 'assignment', statement, prefix);
        break;
      case 'FunctionDef':
        add(statement.name, 'function', statement, prefix);
        if (bindsGlobals(module)) inFunction(statement);
        return;
      case 'ClassDef':
        add(statement.name, 'class', statement, prefix);
        if (globals !== undefined) inFunction(statement);
        else body(statement.body, `${prefix}${statement.name.name}.`);
        return;
      case 'TypeAlias':
        add(statement.name, 'other', statement, prefix);
        return;
      case 'Import':
        imports(statement.names, undefined, statement, prefix);
        return;
      case 'ImportFrom':
        imports(statement.names, '.'.repeat(statement.level) + (statement.module?.name ?? ''), statement, prefix);
        return;
      case 'For':
        bind(statement.target, 'loop', statement, prefix);
        body(statement.body, prefix);
        body(statement.orelse, prefix);
        return;
      case 'While':
      case 'If':
        body(statement.body, prefix);
        body(statement.orelse, prefix);
        return;
      case 'With':
        for (const item of statement.items)
          if (item.target !== undefined) bind(item.target, 'other', statement, prefix);
        body(statement.body, prefix);
        return;
      case 'Try':
        body(statement.body, prefix);
        for (const handler of statement.handlers) {
          add(handler.name, 'other', handler, prefix);
          body(handler.body, prefix);
        }
        body(statement.orelse, prefix);
        body(statement.finalbody, prefix);
        return;
      case 'Match':
        for (const one of statement.cases) {
          for (const name of captures(one.pattern)) add(name, 'other', statement, prefix);
          body(one.body, prefix);
        }
        return;
      default:
    }
  }

  body(module.body, '');
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Names that a function, or a class in one, declares `global`. */
function globalsOf(node: FunctionDef | ClassDef, module: Module): ReadonlySet<string> {
  const names = resolveScopes(module).scopes.get(node)?.names.values() ?? [];
  return new Set([...names].filter(use => use.declared === 'global').map(use => use.name));
}

/** True where a scope inside the module binds a name of it. */
function bindsGlobals(module: Module): boolean {
  for (const scope of resolveScopes(module).scopes.values())
    if (scope.parent !== undefined)
      for (const use of scope.names.values()) if (use.declared === 'global' && use.bound) return true;
  return false;
}

/** True for a statement that may hold expressions or other statements. */
export function isStatement({ kind }: TreePart): boolean {
  return kind !== undefined && STATEMENTS.has(kind);
}

const STATEMENTS: ReadonlySet<string> = new Set<Statement['kind']>([
  'FunctionDef',
  'ClassDef',
  'Return',
  'Delete',
  'Assign',
  'AugAssign',
  'AnnAssign',
  'TypeAlias',
  'For',
  'While',
  'If',
  'With',
  'Match',
  'Raise',
  'Try',
  'Assert',
  'ExprStatement',
]);

function captures(pattern: Pattern): Identifier[] {
  const names: Identifier[] = [];
  walk(pattern, part => {
    const { name, rest } = part as { name?: Identifier; rest?: Identifier };
    if ((part.kind === 'MatchAs' || part.kind === 'MatchStar') && name !== undefined) names.push(name);
    if (part.kind === 'MatchMapping' && rest !== undefined) names.push(rest);
    return true;
  });
  return names;
}

function spanOf(span: Span): Span {
  return { start: span.start, end: span.end };
}
