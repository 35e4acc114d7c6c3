/** What every part of the parser does with tokens: look, take, require, complain. */
import type { Expression, Identifier, Span } from './ast';
import { SyntaxFault } from './faults';
import type { Tokenizer } from './tokenizer';
import type { Token } from './tokens';

/** How deep expressions may nest (operators, brackets, lambdas), so that no tree overflows a stack. */
const MAX_NESTING = 400;
/** How many operators may follow one another in one chain: each makes the tree one deeper. */
export const MAX_CHAIN = 1000;

export abstract class TokenStream {
  protected readonly tokenizer: Tokenizer;
  protected readonly source: string;
  protected index = 0;
  /** The operand parsed last, to see that a comma is missing after it. */
  protected lastOperand: Expression | undefined;
  /** Where it ended, closing brackets around it included. */
  protected lastOperandEnd = 0;
  #nesting = 0;

  constructor(tokenizer: Tokenizer) {
    this.tokenizer = tokenizer;
    this.source = tokenizer.source;
  }

  protected peek(ahead = 0): Token {
    const index = this.index + ahead;
    return this.tokenizer.tokens[index] ?? this.tokenizer.at(index);
  }

  protected take(): Token {
    const token = this.peek();
    this.index++;
    return token;
  }

  /** True where the next token is that keyword, operator or soft keyword. */
  protected sees(text: string): boolean {
    return this.peek().text === text && this.peek().type !== 'string' && this.peek().type !== 'fstart';
  }

  /** Takes the next token if it is `text`. */
  protected accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.index++;
    return true;
  }

  protected expect(text: string): Token {
    if (!this.sees(text)) throw this.unexpected();
    return this.take();
  }

  /** The next token must be `text`; `message` says what is missing otherwise. */
  protected require(text: string, message: string): Token {
    if (!this.sees(text)) throw this.faultAt(message, this.peek());
    return this.take();
  }

  /** End of the token taken last. */
  protected lastEnd(): number {
    return this.index === 0 ? 0 : this.tokenizer.tokens[this.index - 1]!.end;
  }

  protected identifier(): Identifier {
    const token = this.peek();
    if (token.type !== 'name') throw this.unexpected();
    this.index++;
    return { name: token.text, start: token.start, end: token.end };
  }

  protected faultAt(message: string, span: Span): SyntaxFault {
    return new SyntaxFault(message, span.start, Math.max(span.end, span.start));
  }

  protected faultFrom(message: string, first: Span, last: Span): SyntaxFault {
    return new SyntaxFault(message, first.start, last.end);
  }

  /** Runs `parse` one level deeper. */
  protected nested<T>(parse: () => T): T {
    if (++this.#nesting > MAX_NESTING) {
      const token = this.peek();
      throw this.faultAt('too many nested parentheses', token);
    }
    try {
      return parse();
    } finally {
      this.#nesting--;
    }
  }

  protected checkChain(length: number, span: Span): void {
    if (length > MAX_CHAIN) throw this.faultAt('maximum recursion depth exceeded during compilation', span);
  }

  /** Parses on trial: undefined, and nothing taken, where that fails. */
  protected attempt<T>(parse: () => T): T | undefined {
    const { index, lastOperand } = this;
    const nesting = this.#nesting;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.index = index;
      this.lastOperand = lastOperand;
      this.#nesting = nesting;
      return undefined;
    }
  }

  /** The complaint about the next token, as specific as can be. */
  protected unexpected(): SyntaxFault {
    const token = this.peek();
    if (token.type === 'indent')
      return new SyntaxFault('unexpected indent', token.start, token.end, 'IndentationError');
    return this.juxtaposed(token) ?? this.faultAt('invalid syntax', token);
  }

  /** A better complaint where two operands stand side by side. */
  protected abstract juxtaposed(token: Token): SyntaxFault | undefined;
}
