/**
 * Faults that the grammar allows: `return` outside a function, `break` outside a loop, a starred value on its own. They
 * are found on the walk that finds the scopes.
 */
import type { Expression, ImportFrom, Keyword, Match, Pattern, Span, Statement, Yield, YieldFrom } from './ast';
import { type Issue, report } from './faults';
import type { Scope } from './scopes';

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

/** The function, class or module whose code a scope is part of. */
function hostOf(scope: Scope): Scope {
  let host = scope;
  while (host.parent !== undefined && isTransparent(host)) host = host.parent;
  return host;
}

function isTransparent({ kind, node }: Scope): boolean {
  return kind === 'comprehension' || kind === 'typeParameters' || (node as { kind?: string }).kind === 'TypeAlias';
}

function isAsync({ node }: Scope): boolean {
  return (node as { async?: boolean }).async === true;
}

/** True for the code of a module or of a class body. */
function isOutside({ kind }: Scope): boolean {
  return kind === 'module' || kind === 'class';
}

/** One method per rule; the walk that finds the scopes calls them where they apply. */
export class Rules {
  readonly issues: Issue[] = [];

  private report(message: string, span: Span): void {
    report(this.issues, message, span);
  }

  return(node: Span, scope: Scope): void {
    if (isOutside(scope)) this.report("'return' outside function", node);
  }

  yield(node: Yield | YieldFrom, scope: Scope): void {
    const host = hostOf(scope);
    if (isOutside(host)) this.report("'yield' outside function", node);
    else if (node.kind === 'YieldFrom' && isAsync(host)) this.report("'yield from' inside async function", node);
  }

  await(node: Span, scope: Scope): void {
    const host = hostOf(scope);
    if (isOutside(host)) this.report("'await' outside function", node);
    else if (!isAsync(host)) this.report("'await' outside async function", node);
  }

  /** `async for`, `async with` */
  async(what: 'for' | 'with', node: Span, scope: Scope): void {
    if (!isAsync(hostOf(scope))) this.report(`'async ${what}' outside async function`, node);
  }

  outsideLoop(node: Statement): void {
    this.report(node.kind === 'Break' ? "'break' outside loop" : "'continue' not properly in loop", node);
  }

  /** A starred expression where none can be unpacked. */
  starred(node: Span): void {
    this.report("can't use starred expression here", node);
  }

  /** A name that a parameter or an assignment binds. */
  binding(name: string, span: Span): void {
    if (name === '__debug__') this.report('cannot assign to __debug__', span);
  }

  /** The target of an assignment, a loop or a `with`. */
  target(target: Expression): void {
    switch (target.kind) {
      case 'Name':
        this.binding(target.id, target);
        return;
      case 'Starred':
        this.report('starred assignment target must be in a list or tuple', target);
        return;
      case 'Tuple':
      case 'List': {
        const stars = target.elements.filter(element => element.kind === 'Starred');
        if (stars.length > 1) this.report('multiple starred expressions in assignment', target);
        for (const element of target.elements) this.target(element.kind === 'Starred' ? element.value : element);
      }
    }
  }

  /** The keyword arguments of one call or class. */
  keywords(keywords: readonly Keyword[]): void {
    const seen = new Set<string>();
    for (const { name, start, end } of keywords) {
      if (name === undefined) continue;
      if (seen.has(name.name)) this.report(`keyword argument repeated: ${name.name}`, { start, end });
      seen.add(name.name);
    }
  }

  // ------------------------------------------------------------------------------------------ match

  cases({ cases }: Match): void {
    cases.forEach(({ pattern, guard }, at) => {
      const irrefutable = guard === undefined && at < cases.length - 1 ? catchAll(pattern) : undefined;
      if (irrefutable !== undefined) this.report(`${irrefutable} makes remaining patterns unreachable`, pattern);
      this.pattern(pattern);
    });
  }

  private pattern(pattern: Pattern): void {
    const names = new Set<string>();
    const walk = (node: Pattern): void => {
      const captured = node.kind === 'MatchMapping' ? node.rest : 'name' in node ? node.name : undefined;
      if (captured !== undefined) {
        if (names.has(captured.name))
          this.report(`multiple assignments to name '${captured.name}' in pattern`, captured);
        names.add(captured.name);
      }
      if (node.kind === 'MatchOr') {
        this.alternatives(node);
        for (const one of capturedNames(node)) names.add(one);
        return;
      }
      if (node.kind === 'MatchSequence' && node.patterns.filter(one => one.kind === 'MatchStar').length > 1)
        this.report('multiple starred expressions in sequence pattern', node);
      if (node.kind === 'MatchClass') {
        const seen = new Set<string>();
        for (const { name } of node.keywords) {
          if (seen.has(name.name)) this.report(`attribute name repeated in class pattern: ${name.name}`, name);
          seen.add(name.name);
        }
      }
      forEachPattern(node, walk);
    };
    walk(pattern);
  }

  private alternatives(node: Extract<Pattern, { kind: 'MatchOr' }>): void {
    const first = [...capturedNames(node.patterns[0]!)].sort().join();
    node.patterns.forEach((one, at) => {
      const irrefutable = at < node.patterns.length - 1 ? catchAll(one) : undefined;
      if (irrefutable !== undefined) this.report(`${irrefutable} makes remaining patterns unreachable`, one);
      else if ([...capturedNames(one)].sort().join() !== first)
        this.report('alternative patterns bind different names', node);
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
        if (!open) this.report('from __future__ imports must occur at the beginning of the file', statement);
      } else if (statement.kind !== 'Magic' && !(at === 0 && isDocstring(statement))) open = false;
    });
  }

  /** What a `from __future__ import` names. */
  features(node: ImportFrom): void {
    if (node.level > 0 || node.module?.name !== '__future__') return;
    for (const { name } of node.names) {
      if (name.name === 'braces') this.report('not a chance', node);
      else if (!FUTURE_FEATURES.has(name.name)) this.report(`future feature ${name.name} is not defined`, node);
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
