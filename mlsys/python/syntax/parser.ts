/**
 * Statements with blocks, and recovery: where a statement is broken, its fault is noted once, a `Broken` node stands
 * for it, and parsing goes on at the next statement.
 */
import type { ExceptHandler, Expression, If, MatchCase, Module, Span, Statement, WithItem } from './ast';
import { type Issue, SyntaxFault } from './faults';
import { Recovery } from './recovery';
import { NOWHERE, OPERATORS, type TokenType } from './tokens';

/** How deep blocks may stand in one another. */
const MAX_BLOCKS = 100;

export class Parser extends Recovery {
  /** Parses `source` from `start` on, as lines or, with `inline`, as one expression in which newlines do not count. */
  constructor(source: string, issues: Issue[], start = 0, inline = false) {
    super(source, issues, start, inline);
    // Not before all fields are there, so that each function meets parsers of one shape only.
    this.advance();
  }

  /** The statements from here to the end of the source. */
  module(): Module {
    const body: Statement[] = [];
    this.statements(body, true);
    // Nothing can bind `__debug__`, wherever it stands.
    const debug = this.source.indexOf('__debug__');
    if (debug >= 0) this.scoped(debug);
    return { kind: 'Module', body, flat: this.scopedFrom === NOWHERE, start: 0, end: this.source.length };
  }

  /** The source as one expression. */
  wholeExpression(): Expression {
    try {
      const value = this.sees('yield') ? this.yieldExpression() : this.starNamedExpressions();
      this.accept('newline');
      if (!this.sees('end')) throw this.unexpected();
      return value;
    } catch (error) {
      throw error instanceof SyntaxFault ? this.explain(error) : error;
    }
  }

  /** Statements up to the end of the block, which is taken, or of the source. */
  private statements(body: Statement[], outermost = false): void {
    for (;;) {
      const { type, start, codeEnd, indentation, nesting } = this;
      if (type === 'end') return;
      try {
        if (type === 'dedent') {
          this.advance();
          // A dedent can only end up outside all blocks after a fault.
          if (outermost) continue;
          return;
        }
        if (type === 'newline') this.advance();
        else if (type === 'indent') this.strayBlock(body);
        else this.statement(body);
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        this.nesting = nesting;
        body.push(this.recover(error, start, codeEnd, indentation));
      }
    }
  }

  /** A block where none can start: noted once, its statements read as if they stood further left. */
  private strayBlock(body: Statement[]): void {
    const { start, end } = this.take();
    // Where a block was missed, this is the rest of it.
    if (!this.missedBlock) this.note(new SyntaxFault('unexpected indent', start, end, 'IndentationError'));
    this.missedBlock = false;
    this.enterBlock({ start, end });
    this.statements(body);
    this.blocks--;
  }

  private enterBlock(indent: Span): void {
    if (this.blocks >= MAX_BLOCKS) throw this.faultAt('too many statically nested blocks', indent);
    this.blocks++;
  }

  private statement(body: Statement[]): void {
    const compound = this.compound();
    if (compound === undefined) this.line(body);
    else body.push(compound);
  }

  /** Simple statements separated by `;` up to the end of the line. */
  private line(body: Statement[]): void {
    const from = body.length;
    body.push(this.simpleStatement());
    while (this.accept(';') && !this.sees('newline')) body.push(this.simpleStatement());
    if (!this.accept('newline')) {
      // The line is broken as a whole: what stood before the fault goes with it.
      body.length = from;
      throw this.unexpected();
    }
  }

  private compound(): Statement | undefined {
    const { start } = this;
    switch (this.type) {
      case 'name':
        return this.text === 'match' ? this.match() : undefined;
      case 'if':
        return this.if("'if' statement");
      case 'for':
        return this.for(start, false);
      case 'while':
        return this.while();
      case 'def':
        return this.function(start, [], false);
      case 'class':
        return this.class(start, []);
      case 'with':
        return this.with(start, false);
      case 'try':
        return this.try();
      case '@':
        return this.decorated();
      case 'async':
        return this.async();
      default:
        return undefined;
    }
  }

  private async(): Statement {
    const { start } = this.take();
    if (this.sees('def')) return this.function(start, [], true);
    if (this.sees('for')) return this.for(start, true);
    if (this.sees('with')) return this.with(start, true);
    throw this.unexpected();
  }

  /** What follows `:`: a line or an indented block. `what` names the statement, which starts at `header`. */
  private block(what: string, header: number): Statement[] {
    const body: Statement[] = [];
    if (!this.accept('newline')) {
      this.line(body);
      return body;
    }
    if (this.sees('indent')) {
      this.enterBlock(this.take());
      this.statements(body);
      this.blocks--;
      return body;
    }
    if (this.fault !== undefined && this.sees('fault')) throw this.fault;
    // The header is sound: the statement stands, without a body.
    this.missedBlock = true;
    const start = this.sees('end') ? this.lastEnd - 1 : this.start;
    this.note(this.missingBlock(what, header, start));
    return body;
  }

  private missingBlock(what: string, header: number, start: number): SyntaxFault {
    const message = `expected an indented block after ${what} on line ${this.lineOf(header)}`;
    return new SyntaxFault(message, start, this.end, 'IndentationError');
  }

  /** `:` where CPython only misses it at the end of a line. */
  private colon(): void {
    if (this.accept(':')) return;
    throw this.sees('newline') ? this.faultHere("expected ':'") : this.unexpected();
  }

  private forcedColon(): void {
    if (!this.accept(':')) throw this.faultHere("expected ':'");
  }

  /** `if` or `elif`, which `what` names. */
  private if(what: string): If {
    const { start } = this.take();
    const test = this.namedExpression();
    this.colon();
    const body = this.block(what, start);
    let orelse: readonly Statement[];
    if (this.sees('elif')) {
      this.deepen();
      orelse = [this.if("'elif' statement")];
      this.nesting--;
    } else orelse = this.else();
    return { kind: 'If', test, body, orelse, start, end: this.codeEnd };
  }

  private else(): Statement[] {
    if (!this.sees('else')) return [];
    const { start } = this.take();
    this.forcedColon();
    return this.block("'else' statement", start);
  }

  private while(): Statement {
    const { start } = this.take();
    const test = this.namedExpression();
    this.colon();
    const body = this.block("'while' statement", start);
    const orelse = this.else();
    return { kind: 'While', test, body, orelse, start, end: this.codeEnd };
  }

  private for(start: number, async: boolean): Statement {
    const header = this.take().start;
    const target = this.starTargets();
    this.checkTarget(target, 'for');
    this.expect('in');
    const iter = this.starExpressions();
    this.colon();
    const body = this.block("'for' statement", header);
    const orelse = this.else();
    return { kind: 'For', target, iter, body, orelse, async, start, end: this.codeEnd };
  }

  private with(start: number, async: boolean): Statement {
    const header = this.take().start;
    const items = this.bracketedItems() ?? this.withItems(':');
    this.colon();
    const body = this.block("'with' statement", header);
    return { kind: 'With', items, body, async, start, end: this.codeEnd };
  }

  private bracketedItems(): WithItem[] | undefined {
    if (!this.sees('(')) return undefined;
    return this.attempt(() => {
      this.advance();
      const items = this.withItems(')');
      this.expect(')');
      if (!this.sees(':')) throw this.unexpected();
      return items;
    });
  }

  private withItems(close: TokenType): WithItem[] {
    const items: WithItem[] = [];
    do {
      if (items.length > 0 && close === ')' && this.sees(close)) break;
      const context = this.expression();
      const target = this.accept('as') ? this.starTarget() : undefined;
      items.push({ context, target });
    } while (this.accept(','));
    return items;
  }

  private starTarget(): Expression {
    const target = this.starExpression();
    this.checkTarget(target, 'assign');
    return target;
  }

  private try(): Statement {
    const { start } = this.take();
    this.forcedColon();
    const body = this.block("'try' statement", start);
    const handlers: ExceptHandler[] = [];
    let star = false;
    let bare: Span | undefined;
    while (this.sees('except')) {
      const header = { start: this.start, end: this.end };
      if (bare !== undefined) throw this.faultAt("default 'except:' must be last", bare);
      const starred = this.following() === '*';
      if (handlers.length > 0 && starred !== star)
        throw this.faultAt("cannot have both 'except' and 'except*' on the same 'try'", header);
      star = starred;
      const handler = this.handler();
      if (handler.type === undefined) bare = header;
      handlers.push(handler);
    }
    const orelse = handlers.length > 0 ? this.else() : [];
    let finalbody: Statement[] | undefined;
    if (this.sees('finally')) {
      const header = this.take().start;
      this.forcedColon();
      finalbody = this.block("'finally' statement", header);
    }
    if (handlers.length === 0 && finalbody === undefined) throw this.faultHere("expected 'except' or 'finally' block");
    return { kind: 'Try', body, handlers, orelse, finalbody: finalbody ?? [], star, start, end: this.codeEnd };
  }

  private handler(): ExceptHandler {
    const { start } = this.take();
    const star = this.accept('*');
    const bare = this.sees(':') || this.sees('newline');
    if (star && bare) throw this.faultHere('expected one or more exception types');
    const type = bare ? undefined : this.expression();
    if (type !== undefined && this.sees(',')) throw this.unparenthesizedTypes(type);
    const name = type !== undefined && this.accept('as') ? this.identifier() : undefined;
    this.colon();
    const body = this.block(star ? "'except*' statement" : "'except' statement", start);
    return { type, name, body, start, end: this.codeEnd };
  }

  private unparenthesizedTypes(first: Expression): SyntaxFault {
    const rest = this.attempt(() => {
      this.advance();
      return this.starExpressions();
    });
    if (rest === undefined || (!this.sees(':') && !this.sees('as'))) return this.unexpected();
    return this.faultFrom('multiple exception types must be parenthesized', first, rest.end);
  }

  private decorated(): Statement {
    const { start } = this;
    const decorators: Expression[] = [];
    while (this.accept('@')) {
      decorators.push(this.namedExpression());
      if (!this.accept('newline')) throw this.unexpected();
    }
    if (this.sees('def')) return this.function(start, decorators, false);
    if (this.sees('class')) return this.class(start, decorators);
    if (this.sees('async') && this.following() === 'def') {
      this.advance();
      return this.function(start, decorators, true);
    }
    throw this.unexpected();
  }

  private function(start: number, decorators: Expression[], async: boolean): Statement {
    const header = this.take().start;
    const name = this.identifier();
    const typeParams = this.typeParams();
    if (!this.accept('(')) throw this.faultHere("expected '('");
    const params = this.parameters(')', true);
    this.expect(')');
    const returns = this.accept('->') ? this.expression() : undefined;
    this.forcedColon();
    const body = this.block('function definition', header);
    const end = this.codeEnd;
    return { kind: 'FunctionDef', name, params, body, decorators, returns, typeParams, async, start, end };
  }

  private class(start: number, decorators: Expression[]): Statement {
    const header = this.take().start;
    const name = this.identifier();
    const typeParams = this.typeParams();
    const { args: bases, keywords } = this.sees('(') ? this.arguments() : { args: [], keywords: [] };
    this.colon();
    const body = this.block('class definition', header);
    const end = this.codeEnd;
    return { kind: 'ClassDef', name, bases, keywords, body, decorators, typeParams, start, end };
  }

  // ------------------------------------------------------------------------------------------ match

  /** `match` is a name unless a subject, `:` and a `case` follow. */
  private match(): Statement | undefined {
    const { start } = this;
    const before = this.mark();
    this.advance();
    const next = this.type;
    const possible = this.startsExpression() || next === '*';
    this.reset(before);
    if (!possible) return undefined;
    const subject = this.attempt(() => {
      this.advance();
      const value = this.starNamedExpressions();
      this.expect(':');
      this.expect('newline');
      if (this.sees('indent')) {
        const mark = this.mark();
        this.advance();
        if (!this.seesName('case')) throw this.unexpected();
        this.reset(mark);
      } else if (this.sees('fault')) throw this.unexpected();
      return value;
    });
    if (subject === undefined) return this.missingMatchColon(next);
    if (!this.sees('indent')) throw this.missingBlock("'match' statement", start, this.start);
    this.enterBlock(this.take());
    const cases: MatchCase[] = [];
    this.scoped();
    this.cases(cases);
    this.blocks--;
    return { kind: 'Match', subject, cases, start, end: this.codeEnd };
  }

  /** `match x` without its colon, where `match` cannot be an operand. */
  private missingMatchColon(next: TokenType): undefined {
    // An operator after it may make it one.
    if (OPERATORS.has(next)) return undefined;
    const end = this.attempt(() => {
      this.advance();
      this.starNamedExpressions();
      if (!this.sees('newline')) throw this.unexpected();
      return { start: this.start, end: this.end };
    });
    if (end !== undefined) throw this.faultAt("expected ':'", end);
    return undefined;
  }

  /** The cases up to the end of their block, which is taken. Broken ones are noted and left out. */
  private cases(cases: MatchCase[]): void {
    for (;;) {
      const { type, start, codeEnd, indentation, nesting } = this;
      if (type === 'end') return;
      try {
        if (this.accept('dedent')) return;
        if (!this.seesName('case')) throw this.unexpected();
        cases.push(this.case());
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        this.nesting = nesting;
        this.recover(error, start, codeEnd, indentation);
      }
    }
  }

  private case(): MatchCase {
    const { start } = this.take();
    const pattern = this.patterns();
    const guard = this.accept('if') ? this.namedExpression() : undefined;
    this.colon();
    const body = this.block("'case' statement", start);
    return { pattern, guard, body, start, end: this.codeEnd };
  }
}
