/** How the parser gets from a fault to the next sound statement. */
import type { Broken } from './ast';
import { SyntaxFault } from './faults';
import { SimpleStatementParser } from './simpleStatements';
import type { Indentation } from './tokenizer';

/** Clauses that belong to a statement above them. */
const CONTINUATIONS: ReadonlySet<string> = new Set(['elif', 'else', 'except', 'finally', 'case']);

export abstract class Recovery extends SimpleStatementParser {
  /** Set by a text that never ends: what follows may be text or code. */
  #unreliable = false;

  protected note(fault: SyntaxFault): void {
    const { message, start, end, kind } = fault;
    const { issues } = this.tokenizer;
    const last = issues[issues.length - 1];
    // A second fault in one line would only be the echo of the first.
    const echo = last !== undefined && this.tokenizer.lineOf(last.span.start) === this.tokenizer.lineOf(start);
    if (echo || this.#unreliable) return;
    this.#unreliable = message.startsWith('unterminated triple-quoted');
    issues.push({ message, span: { start, end }, kind });
  }

  /**
   * Notes the fault of the statement that starts at token `start` under the given indentations, and goes
   * on after it: after its line and the block that hangs on it, or, where the tokens themselves are in disorder, at the
   * next line that stands no further right.
   */
  protected recover(fault: SyntaxFault, start: number, indentation: Indentation): Broken {
    const from = this.tokenizer.tokens[start]?.start ?? fault.start;
    if (!fault.lexical) {
      const unclosed = this.skipLine(fault);
      if (unclosed === undefined) {
        const end = this.skipBlocks(fault.start);
        if (end !== undefined) {
          this.note(fault);
          return { kind: 'Broken', start: from, end };
        }
      } else fault = unclosed;
    }
    this.note(fault);
    return { kind: 'Broken', start: from, end: this.resume(from, start, indentation) };
  }

  /** The fault that best explains why a single expression broke. */
  protected explain(fault: SyntaxFault): SyntaxFault {
    return fault.lexical ? fault : (this.skipLine(fault) ?? fault);
  }

  /** Goes to the end of the logical line; the fault that stands for all where a bracket never closes. */
  private skipLine(fault: SyntaxFault): SyntaxFault | undefined {
    try {
      while (this.peek().type !== 'newline' && this.peek().type !== 'end') this.take();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      // CPython, too, prefers what is wrong with the tokens of a line to what is wrong with their order.
      return error;
    }
    if (this.tokenizer.brackets.some(bracket => bracket.char !== '')) return this.unclosed(fault) ?? fault;
    if (this.peek().type === 'newline') this.take();
    return undefined;
  }

  /** `'(' was never closed` where that explains the fault better. */
  private unclosed(fault: SyntaxFault): SyntaxFault | undefined {
    const bracket = this.tokenizer.brackets[this.tokenizer.brackets.length - 1];
    if (bracket === undefined || bracket.char === '') return undefined;
    const later = this.tokenizer.lineOf(fault.end) > this.tokenizer.lineOf(bracket.at);
    if (!later && fault.start < this.source.trimEnd().length) return undefined;
    return new SyntaxFault(`'${bracket.char}' was never closed`, bracket.at, bracket.at + 1);
  }

  /** Skips the block under a broken header and the clauses after it; undefined where that meets another fault. */
  private skipBlocks(at: number): number | undefined {
    let end = at;
    try {
      for (;;) {
        if (this.peek().type === 'indent') {
          let depth = 0;
          do {
            const token = this.take();
            if (token.type === 'indent') depth++;
            else if (token.type === 'dedent') depth--;
            else if (token.type === 'end') break;
            else if (token.type !== 'newline') end = token.end;
          } while (depth > 0);
        }
        const next = this.peek();
        if (!CONTINUATIONS.has(next.text) || (next.type !== 'keyword' && this.peek(1).text === '='))
          return Math.max(end, this.lineEnd(at));
        while (this.peek().type !== 'newline' && this.peek().type !== 'end') end = this.take().end;
        if (this.peek().type === 'newline') this.take();
      }
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      return undefined;
    }
  }

  private lineEnd(at: number): number {
    const found = this.source.indexOf('\n', at);
    return found < 0 ? this.source.length : found;
  }

  /** Restarts at the first later line that is not indented more than the statement and can start another. */
  private resume(from: number, index: number, indents: Indentation): number {
    const { source } = this;
    const lineStart = source.lastIndexOf('\n', from - 1) + 1;
    const column = indentation(source, lineStart);
    let end = this.lineEnd(from);
    let next = end + 1;
    while (next < source.length) {
      const lineEnd = this.lineEnd(next);
      const text = source.slice(next, lineEnd).trimStart();
      if (text !== '' && !text.startsWith('#')) {
        if (indentation(source, next) <= column && !/^[)\]},]/.test(text) && !this.continues(text)) break;
        end = lineEnd;
      }
      next = lineEnd + 1;
    }
    this.index = Math.min(index, this.tokenizer.tokens.length);
    this.tokenizer.restart(this.index, Math.min(next, source.length), indents);
    return end;
  }

  private continues(text: string): boolean {
    const word = /^[a-z]+(?=\W)/.exec(text)?.[0];
    return word !== undefined && word !== 'case' && CONTINUATIONS.has(word);
  }
}

function indentation(source: string, lineStart: number): number {
  let at = lineStart;
  while (source[at] === ' ' || source[at] === '\t') at++;
  return at - lineStart;
}
