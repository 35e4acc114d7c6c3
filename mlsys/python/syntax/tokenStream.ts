/** What every part of the parser does with tokens: look, take, require, try, complain. */
import type { Expression, Identifier, Span } from './ast';
import { type Issue, SyntaxFault } from './faults';
import { Tokenizer } from './tokenizer';
import type { TokenType } from './tokens';

/** How deep expressions may nest (operators, brackets, lambdas), so that no tree overflows a stack. */
export const MAX_NESTING = 400;
/** How many operators may follow one another in one chain: each makes the tree one deeper. */
export const MAX_CHAIN = 1000;

/**
 * A list with one item more. Trees are full of lists of one item, and one that began with `push` would keep room for
 * sixteen others.
 */
export function append<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** A list that began as `[first]`, without the room that `push` gave it. */
export function trimmed<T>(list: T[]): T[] {
  return list.length > 1 ? list.slice() : list;
}

export abstract class TokenStream extends Tokenizer {
  /** The operand parsed last, to see that a comma is missing after it. */
  protected lastOperand: Expression | undefined;
  /** Where it ended, closing brackets around it included. */
  protected lastOperandEnd: number;
  /** How deep the expression at hand stands in others. Whoever catches a fault sets it back. */
  protected nesting: number;

  constructor(source: string, issues: Issue[], start: number, inline: boolean) {
    super(source, issues, start, inline);
    this.lastOperand = undefined;
    this.lastOperandEnd = 0;
    this.nesting = 0;
  }

  /** True where the next token is of a type. */
  protected sees(type: TokenType): boolean {
    return this.type === type;
  }

  /** True where the next token is a certain name, such as a soft keyword. */
  protected seesName(text: string): boolean {
    return this.type === 'name' && this.text === text;
  }

  /** The type of the token after the next one. */
  protected following(): TokenType {
    const mark = this.mark();
    this.advance();
    const { type } = this;
    this.reset(mark);
    return type;
  }

  /** Where the token stands that ends at `end`, at or after a mark. */
  protected lastBefore(end: number, mark: ReturnType<Tokenizer['mark']>): Span {
    const here = this.mark();
    this.reset(mark);
    while (this.end < end) this.advance();
    const { start } = this;
    this.reset(here);
    return { start, end };
  }

  /** Takes the next token if it is of a type. */
  protected accept(type: TokenType): boolean {
    if (this.type !== type) return false;
    this.advance();
    return true;
  }

  /** Takes the next token, which must be of a type; its end. */
  protected expect(type: TokenType): number {
    if (this.type !== type) throw this.unexpected();
    this.advance();
    return this.lastEnd;
  }

  protected identifier(): Identifier {
    if (this.type !== 'name') throw this.unexpected();
    const { text, start, end } = this;
    this.advance();
    return { name: text, start, end };
  }

  /** Takes the next token; where it stands. */
  protected take(): Span {
    const { start, end } = this;
    this.advance();
    return { start, end };
  }

  protected faultAt(message: string, { start, end }: Span): SyntaxFault {
    return new SyntaxFault(message, start, Math.max(end, start));
  }

  /** A fault of the next token. */
  protected faultHere(message: string): SyntaxFault {
    return new SyntaxFault(message, this.start, this.end);
  }

  protected faultFrom(message: string, first: Span, end: number): SyntaxFault {
    return new SyntaxFault(message, first.start, end);
  }

  /** Counts one level more of nesting. */
  protected deepen(): void {
    if (++this.nesting > MAX_NESTING) throw this.tooDeep();
  }

  protected tooDeep(): SyntaxFault {
    return this.faultHere('too many nested parentheses');
  }

  /** The fault where more than `MAX_CHAIN` operators or trailers follow one another. */
  protected chainTooLong(span: Span): SyntaxFault {
    return this.faultAt('maximum recursion depth exceeded during compilation', span);
  }

  /** Parses on trial: undefined, and nothing taken, where that fails. */
  protected attempt<T>(parse: () => T): T | undefined {
    const mark = this.mark();
    const { lastOperand, nesting } = this;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.reset(mark);
      this.lastOperand = lastOperand;
      this.nesting = nesting;
      return undefined;
    }
  }

  /** The complaint about the next token, as specific as can be. */
  protected unexpected(): SyntaxFault {
    const { start, end } = this;
    if (this.type === 'indent') return new SyntaxFault('unexpected indent', start, end, 'IndentationError');
    return this.juxtaposed() ?? new SyntaxFault('invalid syntax', start, end);
  }

  /** A better complaint where two operands stand side by side. */
  protected abstract juxtaposed(): SyntaxFault | undefined;
}
