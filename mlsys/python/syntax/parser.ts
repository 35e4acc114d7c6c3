/**
 * Statements with blocks, and recovery: where a statement is broken, its fault is noted once, a `Broken` node stands
 * for it, and parsing goes on at the next statement.
 */
import type { Argument, ExceptHandler, Expression, If, Keyword, MatchCase, Module, Statement, WithItem } from './ast';
import { SyntaxFault } from './faults';
import { Recovery } from './recovery';
import type { Token } from './tokens';

/** How deep blocks may stand in one another. */
const MAX_BLOCKS = 100;

export class Parser extends Recovery {
  #blocks = 0;
  #missedBlock = false;

  /** The statements from here to the end of the source. */
  module(): Module {
    const body: Statement[] = [];
    this.statements(body, true);
    return { kind: 'Module', body, start: 0, end: this.source.length };
  }

  /** The source as one expression. */
  wholeExpression(): Expression {
    try {
      const value = this.sees('yield') ? this.yieldExpression() : this.starNamedTuple();
      if (this.peek().type === 'newline') this.take();
      if (this.peek().type !== 'end') throw this.unexpected();
      return value;
    } catch (error) {
      throw error instanceof SyntaxFault ? this.explain(error) : error;
    }
  }

  private starNamedTuple(): Expression {
    return this.tupleOf(() => this.starNamedExpression());
  }

  /** Statements up to the end of the block, which is taken, or of the source. */
  private statements(body: Statement[], outermost = false): void {
    for (;;) {
      const start = this.index;
      let { indentation } = this.tokenizer;
      try {
        const token = this.peek();
        ({ indentation } = this.tokenizer);
        if (token.type === 'end') return;
        if (token.type === 'dedent') {
          this.take();
          // A dedent can only end up outside all blocks after a fault.
          if (outermost) continue;
          return;
        }
        if (token.type === 'newline') this.take();
        else if (token.type === 'indent') this.strayBlock(body);
        else this.statement(body);
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        body.push(this.recover(error, start, indentation));
      }
    }
  }

  /** A block where none can start: noted once, its statements read as if they stood further left. */
  private strayBlock(body: Statement[]): void {
    const token = this.take();
    // Where a block was missed, this is the rest of it.
    if (!this.#missedBlock) this.note(new SyntaxFault('unexpected indent', token.start, token.end, 'IndentationError'));
    this.#missedBlock = false;
    this.deeper(token, () => this.statements(body));
  }

  private deeper(token: Token, parse: () => void): void {
    if (this.#blocks >= MAX_BLOCKS) throw this.faultAt('too many statically nested blocks', token);
    this.#blocks++;
    try {
      parse();
    } finally {
      this.#blocks--;
    }
  }

  private statement(body: Statement[]): void {
    const token = this.peek();
    this.statementStart = token.start;
    const compound = this.compound(token);
    if (compound !== undefined) {
      body.push(compound);
      return;
    }
    this.line(body);
  }

  /** Simple statements separated by `;` up to the end of the line. */
  private line(body: Statement[]): void {
    const from = body.length;
    do {
      if (this.peek().type === 'newline') break;
      this.statementStart = this.peek().start;
      body.push(this.simpleStatement());
    } while (this.accept(';'));
    if (this.peek().type === 'newline') this.take();
    else {
      // The line is broken as a whole: what stood before the fault goes with it.
      body.length = from;
      throw this.unexpected();
    }
  }

  private compound(token: Token): Statement | undefined {
    if (token.type === 'name') return token.text === 'match' ? this.match() : undefined;
    switch (token.text) {
      case 'if':
        return this.if('if');
      case 'for':
        return this.for(token, false);
      case 'while':
        return this.while();
      case 'def':
        return this.function(token.start, [], false);
      case 'class':
        return this.class(token.start, []);
      case 'with':
        return this.with(token, false);
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
    const token = this.take();
    const next = this.peek();
    if (next.text === 'def') return this.function(token.start, [], true);
    if (next.text === 'for') return this.for(token, true);
    if (next.text === 'with') return this.with(token, true);
    throw this.unexpected();
  }

  /** What follows `:`: a line or an indented block. `what` names the statement, `header` is its first token. */
  private block(what: string, header: Token): Statement[] {
    const body: Statement[] = [];
    if (this.peek().type !== 'newline') {
      this.line(body);
      return body;
    }
    this.take();
    const token = this.peek();
    if (token.type !== 'indent') {
      const line = this.tokenizer.lineOf(header.start);
      const message = `expected an indented block after ${what} on line ${line}`;
      // The header is sound: the statement stands, without a body.
      this.#missedBlock = true;
      const start = token.type === 'end' ? this.lastEnd() - 1 : token.start;
      this.note(new SyntaxFault(message, start, token.end, 'IndentationError'));
      return body;
    }
    this.take();
    this.deeper(token, () => this.statements(body));
    return body;
  }

  /** `:` where CPython only misses it at the end of a line. */
  private colon(): void {
    if (this.sees(':')) this.take();
    else if (this.peek().type === 'newline') throw this.faultAt("expected ':'", this.peek());
    else throw this.unexpected();
  }

  private forcedColon(): void {
    this.require(':', "expected ':'");
  }

  private if(keyword: 'if' | 'elif'): If {
    const token = this.take();
    const test = this.namedExpression();
    this.colon();
    const body = this.block(`'${keyword}' statement`, token);
    let orelse: readonly Statement[] = [];
    if (this.sees('elif')) orelse = [this.nested(() => this.if('elif'))];
    else orelse = this.else();
    return { kind: 'If', test, body, orelse, start: token.start, end: this.blockEnd() };
  }

  private else(): Statement[] {
    if (!this.sees('else')) return [];
    const token = this.take();
    this.forcedColon();
    return this.block("'else' statement", token);
  }

  /** End of the last token with text. */
  private blockEnd(): number {
    for (let at = this.index - 1; at >= 0; at--) {
      const { type, end } = this.tokenizer.tokens[at]!;
      if (type !== 'newline' && type !== 'dedent' && type !== 'indent') return end;
    }
    return 0;
  }

  private while(): Statement {
    const token = this.take();
    const test = this.namedExpression();
    this.colon();
    const body = this.block("'while' statement", token);
    const orelse = this.else();
    return { kind: 'While', test, body, orelse, start: token.start, end: this.blockEnd() };
  }

  private for(first: Token, async: boolean): Statement {
    const token = this.take();
    const target = this.starTargets();
    this.checkTarget(target, 'for');
    this.expect('in');
    const iter = this.starExpressions();
    this.colon();
    const body = this.block("'for' statement", token);
    const orelse = this.else();
    return { kind: 'For', target, iter, body, orelse, async, start: first.start, end: this.blockEnd() };
  }

  private with(first: Token, async: boolean): Statement {
    const token = this.take();
    const items = this.bracketedItems() ?? this.withItems(':');
    this.colon();
    const body = this.block("'with' statement", token);
    return { kind: 'With', items, body, async, start: first.start, end: this.blockEnd() };
  }

  private bracketedItems(): WithItem[] | undefined {
    if (!this.sees('(')) return undefined;
    return this.attempt(() => {
      this.take();
      const items = this.withItems(')');
      this.expect(')');
      if (!this.sees(':')) throw this.unexpected();
      return items;
    });
  }

  private withItems(close: string): WithItem[] {
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
    const token = this.take();
    this.forcedColon();
    const body = this.block("'try' statement", token);
    const handlers: ExceptHandler[] = [];
    let star = false;
    let bare: Token | undefined;
    while (this.sees('except')) {
      const header = this.peek();
      if (bare !== undefined) throw this.faultAt("default 'except:' must be last", bare);
      const starred = this.peek(1).text === '*';
      if (handlers.length > 0 && starred !== star)
        throw this.faultAt("cannot have both 'except' and 'except*' on the same 'try'", header);
      star = starred;
      const handler = this.handler();
      if (handler.type === undefined) bare = header;
      handlers.push(handler);
    }
    const orelse = handlers.length > 0 ? this.else() : [];
    let finalbody: Statement[] = [];
    let final = false;
    if (this.sees('finally')) {
      const header = this.take();
      this.forcedColon();
      finalbody = this.block("'finally' statement", header);
      final = true;
    }
    if (handlers.length === 0 && !final) throw this.faultAt("expected 'except' or 'finally' block", this.peek());
    return { kind: 'Try', body, handlers, orelse, finalbody, star, start: token.start, end: this.blockEnd() };
  }

  private handler(): ExceptHandler {
    const token = this.take();
    const star = this.accept('*');
    if (star && (this.sees(':') || this.peek().type === 'newline'))
      throw this.faultAt('expected one or more exception types', this.peek());
    const type = this.sees(':') || this.peek().type === 'newline' ? undefined : this.expression();
    if (type !== undefined && this.sees(',')) throw this.unparenthesizedTypes(type);
    const name = type !== undefined && this.accept('as') ? this.identifier() : undefined;
    this.colon();
    const body = this.block(star ? "'except*' statement" : "'except' statement", token);
    return { type, name, body, start: token.start, end: this.blockEnd() };
  }

  private unparenthesizedTypes(first: Expression): SyntaxFault {
    const rest = this.attempt(() => {
      this.take();
      return this.starExpressions();
    });
    if (rest === undefined || (!this.sees(':') && !this.sees('as'))) return this.unexpected();
    return this.faultFrom('multiple exception types must be parenthesized', first, rest);
  }

  private decorated(): Statement {
    const { start } = this.peek();
    const decorators: Expression[] = [];
    while (this.accept('@')) {
      decorators.push(this.namedExpression());
      if (this.peek().type !== 'newline') throw this.unexpected();
      this.take();
    }
    if (this.sees('def')) return this.function(start, decorators, false);
    if (this.sees('class')) return this.class(start, decorators);
    if (this.sees('async') && this.peek(1).text === 'def') {
      this.take();
      return this.function(start, decorators, true);
    }
    throw this.unexpected();
  }

  private function(start: number, decorators: Expression[], async: boolean): Statement {
    const token = this.take();
    const name = this.identifier();
    const typeParams = this.typeParams();
    this.require('(', "expected '('");
    const params = this.parameters(')', true);
    this.expect(')');
    const returns = this.accept('->') ? this.expression() : undefined;
    this.forcedColon();
    const body = this.block('function definition', token);
    const end = this.blockEnd();
    return { kind: 'FunctionDef', name, params, body, decorators, returns, typeParams, async, start, end };
  }

  private class(start: number, decorators: Expression[]): Statement {
    const token = this.take();
    const name = this.identifier();
    const typeParams = this.typeParams();
    let bases: Argument[] = [];
    let keywords: Keyword[] = [];
    if (this.sees('(')) {
      const open = this.take();
      ({ args: bases, keywords } = this.arguments(open));
      this.expect(')');
    }
    this.colon();
    const body = this.block('class definition', token);
    const end = this.blockEnd();
    return { kind: 'ClassDef', name, bases, keywords, body, decorators, typeParams, start, end };
  }

  // ------------------------------------------------------------------------------------------ match

  /** `match` is a name unless a subject, `:` and a `case` follow. */
  private match(): Statement | undefined {
    const next = this.peek(1);
    if (!this.startsExpression(next) && next.text !== '*') return undefined;
    const token = this.peek();
    const subject = this.attempt(() => {
      this.take();
      const value = this.tupleOf(() => this.starNamedExpression());
      this.expect(':');
      if (this.peek().type !== 'newline') throw this.unexpected();
      this.take();
      if (this.peek().type === 'indent' && this.peek(1).text !== 'case') throw this.unexpected();
      return value;
    });
    if (subject === undefined) return this.missingMatchColon(next);
    const cases: MatchCase[] = [];
    const open = this.peek();
    if (open.type !== 'indent') {
      const line = this.tokenizer.lineOf(token.start);
      const message = `expected an indented block after 'match' statement on line ${line}`;
      throw new SyntaxFault(message, open.start, open.end, 'IndentationError');
    }
    this.take();
    this.deeper(open, () => this.cases(cases));
    return { kind: 'Match', subject, cases, start: token.start, end: this.blockEnd() };
  }

  /** `match x` without its colon, where `match` cannot be an operand. */
  private missingMatchColon(next: Token): undefined {
    if (next.type === 'op') return undefined;
    const end = this.attempt(() => {
      this.take();
      this.tupleOf(() => this.starNamedExpression());
      if (this.peek().type !== 'newline') throw this.unexpected();
      return this.peek();
    });
    if (end !== undefined) throw this.faultAt("expected ':'", end);
    return undefined;
  }

  /** The cases up to the end of their block, which is taken. Broken ones are noted and left out. */
  private cases(cases: MatchCase[]): void {
    for (;;) {
      const start = this.index;
      let { indentation } = this.tokenizer;
      try {
        const token = this.peek();
        ({ indentation } = this.tokenizer);
        if (token.type === 'end') return;
        if (token.type === 'dedent') {
          this.take();
          return;
        }
        if (token.text !== 'case') throw this.unexpected();
        cases.push(this.case());
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        this.recover(error, start, indentation);
      }
    }
  }

  private case(): MatchCase {
    const token = this.take();
    const pattern = this.patterns();
    const guard = this.accept('if') ? this.namedExpression() : undefined;
    this.colon();
    const body = this.block("'case' statement", token);
    return { pattern, guard, body, start: token.start, end: this.blockEnd() };
  }
}
