/**
 * The layout of Python: where lines start, how far they are indented, where they go on. The token at hand and its
 * surroundings are fields of this class; the tokenizer extends it with all that stands within a line, the parser extends
 * that, and so looks at tokens without a call.
 */
import { type Issue, SyntaxFault } from './faults';
import type { TokenType } from './tokens';

const TAB_SIZE = 8;
const MAX_INDENTS = 100;

/** The indentations open at a place, innermost first. */
export interface Indentation {
  /** Columns with tabs to multiples of eight. */
  readonly column: number;
  /** Columns with tabs as one; differs in order where tabs and blanks mix. */
  readonly alternative: number;
  readonly outer: Indentation | undefined;
  readonly depth: number;
}

const LEFT_MARGIN: Indentation = { column: 0, alternative: 0, outer: undefined, depth: 1 };

/** The brackets open at a place, innermost first. The outermost one of an expression that stands alone is ''. */
export interface Bracket {
  readonly char: string;
  readonly at: number;
  readonly depth: number;
  readonly outer: Bracket | undefined;
}

/** Offset, line and indentation of the token at hand; the parts of the tokenizer that concern whole lines. */
export abstract class Layout {
  protected readonly source: string;
  /** Faults of indentation, after which cutting goes on; the parser adds its own. */
  protected readonly issues: Issue[];
  protected readonly limit: number;

  // The token at hand.
  protected type: TokenType;
  protected start: number;
  protected end: number;
  /** What is wrong where the token is a `fault`. */
  protected fault: SyntaxFault | undefined;

  /** End of the token before it. */
  protected lastEnd: number;
  /** End of the last token with text before the last line break. */
  protected codeEnd: number;

  protected brackets: Bracket | undefined;
  protected indentation: Indentation;
  /** True where the next token is the first of its line, or a dedent before that. */
  protected lineStart: boolean;
  /** Offset of the first token of the logical line, indentation aside. */
  protected lineAt: number;
  protected pendingDedents: number;
  protected tabFault: boolean;
  /** False where lines end in line feeds alone, which are found faster. */
  private readonly hasReturns: boolean;
  /** The offset whose line was asked for last, and that line. */
  private counted: number;
  private countedLines: number;

  constructor(source: string, issues: Issue[], start: number, inline: boolean) {
    this.source = source;
    this.issues = issues;
    this.limit = source.length;
    this.type = 'newline';
    this.start = start;
    this.end = start === 0 && source.charCodeAt(0) === 0xfeff ? 1 : start;
    this.fault = undefined;
    this.lastEnd = 0;
    this.codeEnd = 0;
    this.brackets = inline ? { char: '', at: start, depth: 1, outer: undefined } : undefined;
    this.indentation = LEFT_MARGIN;
    this.lineStart = !inline;
    this.lineAt = -1;
    this.pendingDedents = 0;
    this.tabFault = false;
    this.hasReturns = source.includes('\r');
    this.counted = 0;
    this.countedLines = 1;
  }

  /** Makes a token of a range of the source. */
  protected put(type: TokenType, start: number, end: number): void {
    this.type = type;
    this.start = start;
    this.end = end;
  }

  /** Makes a token of what cannot be one. */
  protected fail(message: string, start: number, end = start + 1): void {
    this.failWith(new SyntaxFault(message, start, Math.min(end, this.limit), 'SyntaxError', true));
  }

  protected failWith(fault: SyntaxFault): void {
    this.put('fault', fault.start, fault.end);
    this.fault = fault;
  }

  /** The line of an offset; counted from the last one asked for, which is near. */
  protected lineOf(offset: number): number {
    const { source, counted } = this;
    const to = Math.max(offset, counted);
    let lines = 0;
    for (
      let at = source.indexOf('\n', Math.min(offset, counted));
      at >= 0 && at < to;
      at = source.indexOf('\n', at + 1)
    )
      lines++;
    this.counted = offset;
    this.countedLines += offset < counted ? -lines : lines;
    return this.countedLines;
  }

  /** Measures the indentation of the next line with code; true when that gave a token. */
  protected startLine(): boolean {
    if (this.pendingDedents > 0) {
      this.takeDedent(this.end);
      return true;
    }
    const { source, limit } = this;
    let at = this.end;
    let column = 0;
    let alternative = 0;
    while (at < limit) {
      const code = source.charCodeAt(at);
      if (code === 32) {
        column++;
        alternative++;
      } else if (code === 35 || code === 10 || code === 13) {
        at = this.nextLine(at);
        column = 0;
        alternative = 0;
        continue;
      } else if (code === 9) {
        column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
        alternative++;
      } else if (code === 12) {
        column = 0;
        alternative = 0;
      } else if (code === 92 && this.continuation(at) > 0) {
        at = this.continuation(at);
        continue;
      } else break;
      at++;
    }
    if (at >= limit) {
      this.finish();
      return true;
    }
    this.end = at;
    this.lineAt = at;
    const top = this.indentation;
    if (column === top.column && alternative === top.alternative) {
      this.lineStart = false;
      return false;
    }
    return this.indent(column, alternative, at);
  }

  private indent(column: number, alternative: number, at: number): boolean {
    const top = this.indentation;
    const ordered = column === top.column ? alternative === top.alternative : alternative > top.alternative;
    const consistent = this.tabFault || column < top.column || ordered;
    if (!consistent) {
      this.tabFault = true;
      this.issue('inconsistent use of tabs and spaces in indentation', at, 'TabError');
    }
    if (column === top.column) {
      this.lineStart = false;
      return false;
    }
    if (column > top.column) {
      this.lineStart = false;
      if (top.depth >= MAX_INDENTS) {
        // Deeper lines are read as if they stood at this depth.
        this.issue('too many levels of indentation', at, 'IndentationError');
        return false;
      }
      this.indentation = { column, alternative, outer: top, depth: top.depth + 1 };
      this.put('indent', at, at);
      return true;
    }
    let dedents = 0;
    let outer = top;
    for (; outer.column > column && outer.outer !== undefined; outer = outer.outer) dedents++;
    this.indentation = outer;
    if (outer.column !== column) {
      // The line counts as one more of the innermost block that it does not leave.
      this.issue('unindent does not match any outer indentation level', at, 'IndentationError');
      this.indentation = { column, alternative, outer, depth: outer.depth + 1 };
      dedents--;
    }
    if (dedents === 0) {
      this.lineStart = false;
      return false;
    }
    this.pendingDedents = dedents;
    this.takeDedent(at);
    return true;
  }

  private takeDedent(at: number): void {
    this.pendingDedents--;
    if (this.pendingDedents === 0) this.lineStart = false;
    this.put('dedent', at, at);
  }

  private issue(message: string, at: number, kind: Issue['kind']): void {
    const start = this.source.lastIndexOf('\n', at - 1) + 1;
    const end = this.source.indexOf('\n', at);
    this.issues.push({ message, span: { start, end: end < 0 ? this.limit : end }, kind });
  }

  /** At the end of the text: a newline where a line is open, then dedents, then `end` for good. */
  protected finish(): void {
    const { limit } = this;
    if (!this.lineStart) {
      this.codeEnd = this.lastEnd;
      this.lineStart = true;
      this.put('newline', limit, limit);
    } else if (this.indentation.outer !== undefined) {
      this.indentation = this.indentation.outer;
      this.put('dedent', limit, limit);
    } else this.put('end', limit, limit);
  }

  /** Offset after the line break that follows `at`, comments and all. */
  protected nextLine(at: number): number {
    const { source } = this;
    if (!this.hasReturns) {
      const feed = source.indexOf('\n', at);
      return feed < 0 ? this.limit : feed + 1;
    }
    for (; at < this.limit; at++) {
      const code = source.charCodeAt(at);
      if (code === 10) return at + 1;
      if (code === 13) return source.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    }
    return at;
  }

  /** Offset of the line break at or after `at`. */
  protected lineEnd(at: number): number {
    const { source } = this;
    if (!this.hasReturns) {
      const feed = source.indexOf('\n', at);
      return feed < 0 ? this.limit : feed;
    }
    while (at < this.limit && source.charCodeAt(at) !== 10 && source.charCodeAt(at) !== 13) at++;
    return at;
  }

  /** Offset after a backslash and its line break, or 0 where no line break follows. */
  protected continuation(at: number): number {
    const code = this.source.charCodeAt(at + 1);
    if (code === 10) return at + 2;
    if (code === 13) return this.source.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
    return 0;
  }
}
