/** How the parser gets from a fault to the next sound statement. */
import type { Broken } from './ast';
import { type Issue, SyntaxFault } from './faults';
import type { Bracket, Indentation } from './layout';
import { SimpleStatementParser } from './simpleStatements';

/** Keywords of clauses that belong to a statement above them. */
const CONTINUATIONS: ReadonlySet<string> = new Set(['elif', 'else', 'except', 'finally']);

/** The beginning of a line that is a statement, whatever stands above it. */
const STATEMENT = /^(?:@|(?:assert|async|class|def|del|for|from|global|if|import|raise|return|try|while|with)\b)/;

export abstract class Recovery extends SimpleStatementParser {
  /** How many blocks stand around the statement at hand. */
  protected blocks: number;
  /** Set where a block was missed, so that an indented one further on is no second fault. */
  protected missedBlock: boolean;
  /** Set by a text that never ends: what follows may be text or code. */
  private unreliable: boolean;

  constructor(source: string, issues: Issue[], start: number, inline: boolean) {
    super(source, issues, start, inline);
    this.blocks = 0;
    this.missedBlock = false;
    this.unreliable = false;
  }

  protected note(fault: SyntaxFault): void {
    const { message, start, end, kind } = fault;
    const { issues } = this;
    const last = issues[issues.length - 1];
    // A second fault in one line would only be the echo of the first.
    const echo = last !== undefined && this.lineOf(last.span.start) === this.lineOf(start);
    // Where a bracket may have been left open, what follows is read again.
    if (echo || this.unreliable || issues.some(issue => issue.span.start === start)) return;
    this.unreliable = message.startsWith('unterminated triple-quoted');
    issues.push({ message, span: { start, end }, kind });
  }

  /**
   * Notes the fault of the statement that starts at `from` under the given indentations, after sound code that ends at
   * `codeEnd`, and goes on after it: after its line and the block that hangs on it, or, where the tokens themselves are
   * in disorder, at the next line that stands no further right.
   */
  protected recover(fault: SyntaxFault, from: number, codeEnd: number, indentation: Indentation): Broken {
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
    return {
      kind: 'Broken',
      start: from,
      end: this.resume(from, this.lastInBrackets(from, fault), codeEnd, indentation),
    };
  }

  /** The fault that best explains why a single expression broke. */
  protected explain(fault: SyntaxFault): SyntaxFault {
    return fault.lexical ? fault : (this.skipLine(fault) ?? fault);
  }

  /** Goes to the end of the logical line; the fault that stands for all where a bracket never closes. */
  private skipLine(fault: SyntaxFault): SyntaxFault | undefined {
    for (; !this.sees('newline') && !this.sees('end'); this.advance()) {
      // CPython, too, prefers what is wrong with the tokens of a line to what is wrong with their order.
      if (this.sees('fault')) return this.fault;
    }
    if (this.brackets !== undefined && this.brackets.char !== '') return this.unclosed(fault, this.brackets) ?? fault;
    this.accept('newline');
    return undefined;
  }

  /** `'(' was never closed` where that explains the fault better. */
  private unclosed(fault: SyntaxFault, bracket: Bracket): SyntaxFault | undefined {
    const later = this.lineOf(fault.end) > this.lineOf(bracket.at);
    if (!later && fault.start < this.source.trimEnd().length) return undefined;
    return new SyntaxFault(`'${bracket.char}' was never closed`, bracket.at, bracket.at + 1);
  }

  /** Skips the block under a broken header and the clauses after it; undefined where that meets another fault. */
  private skipBlocks(at: number): number | undefined {
    let end = at;
    for (;;) {
      if (this.sees('indent')) {
        let depth = 0;
        do {
          if (this.sees('fault')) return undefined;
          if (this.sees('end')) break;
          if (this.sees('indent')) depth++;
          else if (this.sees('dedent')) depth--;
          else if (!this.sees('newline')) end = this.end;
          this.advance();
        } while (depth > 0);
      }
      if (this.sees('fault')) return undefined;
      const clause = CONTINUATIONS.has(this.type) || (this.seesName('case') && this.following() !== '=');
      if (!clause) return Math.max(end, this.endOfLine(at));
      for (; !this.sees('newline') && !this.sees('end'); this.advance()) {
        if (this.sees('fault')) return undefined;
        ({ end } = this);
      }
      this.accept('newline');
    }
  }

  private endOfLine(at: number): number {
    const found = this.source.indexOf('\n', at);
    return found < 0 ? this.source.length : found;
  }

  /**
   * The last line of a statement with a token in disorder within its brackets: that which closes them. The line at which
   * the statement starts where one further down is another statement, so that a bracket must have been left open.
   */
  private lastInBrackets(from: number, fault: SyntaxFault): number {
    const first = this.endOfLine(from);
    if (!fault.lexical || (this.brackets?.char ?? '') === '') return first;
    const { source } = this;
    const column = this.columnOf(from);
    let end = first;
    while (end < source.length) {
      const next = end + 1;
      const lineEnd = this.endOfLine(next);
      const text = source.slice(next, lineEnd);
      if (text.trim() === '' && next > fault.start) return end;
      if (STATEMENT.test(text.trimStart()) && indentation(source, next) <= column)
        return next > fault.start ? end : first;
      end = lineEnd;
      if (next > fault.start && closesMore(text)) return end;
    }
    return end;
  }

  /** How far the line of an offset is indented. */
  private columnOf(offset: number): number {
    return indentation(this.source, this.source.lastIndexOf('\n', offset - 1) + 1);
  }

  /**
   * Restarts after the line that ends at `last`: at the first one that is not indented more than the statement at `from` and
   * can start another.
   */
  private resume(from: number, last: number, codeEnd: number, indents: Indentation): number {
    const { source } = this;
    const column = this.columnOf(from);
    let end = last;
    let next = end + 1;
    while (next < source.length) {
      const lineEnd = this.endOfLine(next);
      const text = source.slice(next, lineEnd).trimStart();
      if (text !== '' && !text.startsWith('#')) {
        if (indentation(source, next) <= column && !/^[)\]},]/.test(text) && !this.continues(text)) break;
        end = lineEnd;
      }
      next = lineEnd + 1;
    }
    this.restart(Math.min(next, source.length), indents, codeEnd);
    return end;
  }

  private continues(text: string): boolean {
    const word = /^[a-z]+(?=\W)/.exec(text)?.[0];
    return word !== undefined && CONTINUATIONS.has(word);
  }
}

/** True for a line that closes a bracket of a line above. */
function closesMore(line: string): boolean {
  let open = 0;
  for (const char of line)
    if ('([{'.includes(char)) open++;
    else if (')]}'.includes(char) && --open < 0) return true;
  return false;
}

function indentation(source: string, lineStart: number): number {
  let at = lineStart;
  while (source[at] === ' ' || source[at] === '\t') at++;
  return at - lineStart;
}
