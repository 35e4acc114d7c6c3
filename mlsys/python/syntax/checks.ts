/** Faults that the grammar allows: `return` outside a function, `break` outside a loop, a starred value on its own. */
import type {
  Argument,
  Expression,
  FunctionDef,
  ImportFrom,
  JoinedStr,
  Keyword,
  Lambda,
  Module,
  Pattern,
  Span,
  Statement,
} from './ast';
import type { Issue } from './faults';
import { forEachChild } from './nodes';
import { resolveScopes } from './scopes';

const FUTURE_FEATURES: ReadonlySet<string> = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'barry_as_FLUFL',
  'generator_stop',
  'annotations',
]);

/** What stands around a node. */
interface Context {
  readonly in: 'module' | 'class' | 'function' | 'async function';
  readonly loop: boolean;
}

/** The faults of a parsed module that only its structure shows. */
export function checkProgram(module: Module): Issue[] {
  const checker = new Checker();
  checker.future(module.body);
  for (const statement of module.body) checker.visit(statement, { in: 'module', loop: false });
  return [...resolveScopes(module).issues, ...checker.issues];
}

class Checker {
  readonly issues: Issue[] = [];

  #report(message: string, { start, end }: Span): void {
    this.issues.push({ message, span: { start, end }, kind: 'SyntaxError' });
  }

  visit(node: Span, context: Context): void {
    const any = node as Statement | Expression;
    switch (any.kind) {
      case 'FunctionDef':
      case 'Lambda':
        this.#function(any, context);
        return;
      case 'ClassDef':
        for (const part of [...any.decorators, ...any.keywords]) this.visit(part, context);
        for (const base of any.bases) this.visit(base.kind === 'Starred' ? base.value : base, context);
        this.#arguments(any.bases, any.keywords);
        for (const statement of any.body) this.visit(statement, { in: 'class', loop: false });
        return;
      case 'Return':
        if (context.in === 'module' || context.in === 'class') this.#report("'return' outside function", any);
        this.#value(any.value, context);
        return;
      case 'Yield':
      case 'YieldFrom':
        if (context.in === 'module' || context.in === 'class') this.#report("'yield' outside function", any);
        else if (any.kind === 'YieldFrom' && context.in === 'async function')
          this.#report("'yield from' inside async function", any);
        this.#value(any.value, context);
        return;
      case 'Await':
        if (context.in === 'function') this.#report("'await' outside async function", any);
        else if (context.in !== 'async function') this.#report("'await' outside function", any);
        this.visit(any.value, context);
        return;
      case 'Break':
        if (!context.loop) this.#report("'break' outside loop", any);
        return;
      case 'Continue':
        if (!context.loop) this.#report("'continue' not properly in loop", any);
        return;
      case 'For':
        if (any.async && context.in !== 'async function') this.#report("'async for' outside async function", any);
        this.#target(any.target, context);
        this.#value(any.iter, context);
        this.#loop(any.body, any.orelse, context);
        return;
      case 'While':
        this.visit(any.test, context);
        this.#loop(any.body, any.orelse, context);
        return;
      case 'With':
        if (any.async && context.in !== 'async function') this.#report("'async with' outside async function", any);
        for (const item of any.items) {
          this.visit(item.context, context);
          if (item.target !== undefined) this.#target(item.target, context);
        }
        for (const statement of any.body) this.visit(statement, context);
        return;
      case 'Assign':
        for (const target of any.targets) this.#target(target, context);
        this.#value(any.value, context);
        return;
      case 'ExprStatement':
        this.#value(any.value, context);
        return;
      case 'List':
      case 'Tuple':
      case 'Set':
        for (const element of any.elements) this.visit(element.kind === 'Starred' ? element.value : element, context);
        return;
      case 'Call':
        this.#arguments(any.args, any.keywords);
        this.visit(any.func, context);
        for (const argument of any.args) this.visit(argument.kind === 'Starred' ? argument.value : argument, context);
        for (const keyword of any.keywords) this.visit(keyword.value, context);
        return;
      case 'Starred':
        this.#report("can't use starred expression here", any);
        this.visit(any.value, context);
        return;
      case 'Match':
        this.visit(any.subject, context);
        any.cases.forEach((one, at) => {
          const irrefutable = one.guard === undefined && at < any.cases.length - 1 ? catchAll(one.pattern) : undefined;
          if (irrefutable !== undefined)
            this.#report(`${irrefutable} makes remaining patterns unreachable`, one.pattern);
          this.#pattern(one.pattern);
          if (one.guard !== undefined) this.visit(one.guard, context);
          for (const statement of one.body) this.visit(statement, context);
        });
        return;
      case 'ImportFrom':
        if (any.module?.name === '__future__' && any.level === 0) this.#features(any);
        return;
      case 'Constant':
      case 'Name':
        return;
      // The commonest of the nodes without a rule, so that their fields need not be searched.
      case 'Attribute':
        this.visit(any.value, context);
        return;
      case 'BinOp':
        this.visit(any.left, context);
        this.visit(any.right, context);
        return;
      case 'UnaryOp':
        this.visit(any.operand, context);
        return;
      case 'Compare':
        this.visit(any.left, context);
        for (const one of any.comparators) this.visit(one, context);
        return;
      case 'BoolOp':
        for (const one of any.values) this.visit(one, context);
        return;
      case 'Subscript':
        this.visit(any.value, context);
        this.visit(any.index, context);
        return;
      case 'JoinedStr':
        this.#fields(any.parts, context);
        return;
      case 'Import':
        return;
      default:
        forEachChild(node, child => this.visit(child, context));
    }
  }

  #fields(parts: JoinedStr['parts'], context: Context): void {
    for (const part of parts) {
      if (typeof part === 'string') continue;
      this.visit(part.value, context);
      if (part.spec !== undefined) this.#fields(part.spec, context);
    }
  }

  #value(value: Expression | undefined, context: Context): void {
    if (value !== undefined) this.visit(value, context);
  }

  #function(node: FunctionDef | Lambda, context: Context): void {
    const { positionalOnly, positional, rest, keywordOnly, keywords } = node.params;
    if (node.kind === 'FunctionDef') for (const decorator of node.decorators) this.visit(decorator, context);
    for (const parameter of [...positionalOnly, ...positional, rest, ...keywordOnly, keywords]) {
      if (parameter === undefined) continue;
      if (parameter.name.name === '__debug__') this.#report('cannot assign to __debug__', parameter.name);
      this.#value(parameter.defaultValue, context);
      const { annotation } = parameter;
      // `*args: *Ts`
      this.#value(annotation?.kind === 'Starred' ? annotation.value : annotation, context);
    }
    const inside: Context = {
      in: node.kind === 'FunctionDef' && node.async ? 'async function' : 'function',
      loop: false,
    };
    if (node.kind === 'Lambda') this.visit(node.body, inside);
    else {
      this.#value(node.returns, context);
      for (const statement of node.body) this.visit(statement, inside);
    }
  }

  #loop(body: readonly Statement[], orelse: readonly Statement[], context: Context): void {
    for (const statement of body) this.visit(statement, { ...context, loop: true });
    for (const statement of orelse) this.visit(statement, context);
  }

  #target(target: Expression, context: Context): void {
    switch (target.kind) {
      case 'Starred':
        this.#report('starred assignment target must be in a list or tuple', target);
        return;
      case 'Tuple':
      case 'List': {
        const stars = target.elements.filter(element => element.kind === 'Starred');
        if (stars.length > 1) this.#report('multiple starred expressions in assignment', target);
        for (const element of target.elements)
          this.#target(element.kind === 'Starred' ? element.value : element, context);
        return;
      }
      case 'Name':
        if (target.id === '__debug__') this.#report('cannot assign to __debug__', target);
        return;
      default:
        this.visit(target, context);
    }
  }

  #arguments(_args: readonly Argument[], keywords: readonly Keyword[]): void {
    const seen = new Set<string>();
    for (const { name, start, end } of keywords) {
      if (name === undefined) continue;
      if (seen.has(name.name)) this.#report(`keyword argument repeated: ${name.name}`, { start, end });
      seen.add(name.name);
    }
  }

  #pattern(pattern: Pattern): void {
    const names = new Set<string>();
    const walk = (node: Pattern): void => {
      const captured = node.kind === 'MatchMapping' ? node.rest : 'name' in node ? node.name : undefined;
      if (captured !== undefined) {
        if (names.has(captured.name))
          this.#report(`multiple assignments to name '${captured.name}' in pattern`, captured);
        names.add(captured.name);
      }
      if (node.kind === 'MatchOr') {
        this.#alternatives(node);
        for (const one of capturedNames(node)) names.add(one);
        return;
      }
      if (node.kind === 'MatchSequence' && node.patterns.filter(one => one.kind === 'MatchStar').length > 1)
        this.#report('multiple starred expressions in sequence pattern', node);
      if (node.kind === 'MatchClass') {
        const seen = new Set<string>();
        for (const { name } of node.keywords) {
          if (seen.has(name.name)) this.#report(`attribute name repeated in class pattern: ${name.name}`, name);
          seen.add(name.name);
        }
      }
      forEachPattern(node, walk);
    };
    walk(pattern);
  }

  #alternatives(node: Extract<Pattern, { kind: 'MatchOr' }>): void {
    const first = [...capturedNames(node.patterns[0]!)].sort().join();
    node.patterns.forEach((one, at) => {
      const irrefutable = at < node.patterns.length - 1 ? catchAll(one) : undefined;
      if (irrefutable !== undefined) this.#report(`${irrefutable} makes remaining patterns unreachable`, one);
      else if ([...capturedNames(one)].sort().join() !== first)
        this.#report('alternative patterns bind different names', node);
    });
  }

  // ------------------------------------------------------------------------------------------ __future__

  /** `from __future__ import ...` only stands at the top. */
  future(body: readonly Statement[]): void {
    let open = true;
    body.forEach((statement, at) => {
      const future =
        statement.kind === 'ImportFrom' && statement.level === 0 && statement.module?.name === '__future__';
      if (future) {
        if (!open) this.#report('from __future__ imports must occur at the beginning of the file', statement);
      } else if (statement.kind !== 'Magic' && !(at === 0 && isDocstring(statement))) open = false;
    });
  }

  #features(node: ImportFrom): void {
    for (const { name } of node.names) {
      if (name.name === 'braces') this.#report('not a chance', node);
      else if (!FUTURE_FEATURES.has(name.name)) this.#report(`future feature ${name.name} is not defined`, node);
    }
  }
}

function isDocstring(statement: Statement): boolean {
  if (statement.kind !== 'ExprStatement') return false;
  const { value } = statement;
  return value.kind === 'Constant' && typeof value.value === 'string';
}

function forEachPattern(node: Pattern, visit: (pattern: Pattern) => void): void {
  if ('patterns' in node) for (const pattern of node.patterns) visit(pattern);
  if (node.kind === 'MatchAs' && node.pattern !== undefined) visit(node.pattern);
  if (node.kind === 'MatchClass') for (const { pattern } of node.keywords) visit(pattern);
}

function capturedNames(node: Pattern, names: Set<string> = new Set()): Set<string> {
  const captured = node.kind === 'MatchMapping' ? node.rest : 'name' in node ? node.name : undefined;
  if (captured !== undefined) names.add(captured.name);
  if (node.kind === 'MatchOr') return capturedNames(node.patterns[0]!, names);
  forEachPattern(node, one => {
    capturedNames(one, names);
  });
  return names;
}

/** How CPython calls a pattern that matches anything; undefined for all others. */
function catchAll(pattern: Pattern): string | undefined {
  if (pattern.kind === 'MatchAs' && pattern.pattern === undefined)
    return pattern.name === undefined ? 'wildcard' : `name capture '${pattern.name.name}'`;
  if (pattern.kind === 'MatchAs' && pattern.pattern !== undefined) return catchAll(pattern.pattern);
  if (pattern.kind === 'MatchOr') return catchAll(pattern.patterns[pattern.patterns.length - 1]!);
  return undefined;
}
