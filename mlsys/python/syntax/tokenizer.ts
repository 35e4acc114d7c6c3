/**
 * Cuts Python into tokens, lazily and restartably: the parser asks for one token after the other and, after a fault,
 * restarts at a line of its choice. Indentation becomes `indent` and `dedent` tokens as in CPython.
 */
import { type Issue, SyntaxFault } from './faults';
import { scanNumber } from './numbers';
import {
  CLOSERS,
  IDENTIFIER,
  isAsciiIdentifierPart,
  isAsciiIdentifierStart,
  isDigit,
  KEYWORDS,
  LONG_OPERATORS,
  SINGLE_OPERATORS,
  type Token,
  type TokenType,
} from './tokens';

const TAB_SIZE = 8;
const MAX_BRACKETS = 200;
const MAX_INDENTS = 100;
const MAX_FSTRINGS = 150;
const STRING_PREFIX = /^(?:[rR][bB]?|[bB][rR]?|[uU]|[fF][rR]?|[rR][fF])$/;

interface Bracket {
  readonly char: string;
  readonly at: number;
}

/** An f-string being cut. Each field knows how many brackets stood open around it. */
interface OpenFString {
  readonly quote: string;
  readonly raw: boolean;
  readonly start: number;
  readonly fields: { readonly depth: number; inSpec: boolean }[];
}

/** The indentations open at a place, innermost first. */
export interface Indentation {
  /** Columns with tabs to multiples of eight. */
  readonly column: number;
  /** Columns with tabs as one; differs in order where tabs and blanks mix. */
  readonly alternative: number;
  readonly outer: Indentation | undefined;
  readonly depth: number;
}

export class Tokenizer {
  readonly source: string;
  readonly tokens: Token[] = [];
  /** Faults of indentation, after which cutting goes on. */
  readonly issues: Issue[];
  brackets: Bracket[] = [];
  #position: number;
  readonly #end: number;
  #indentation: Indentation = { column: 0, alternative: 0, outer: undefined, depth: 1 };
  #fstrings: OpenFString[] = [];
  #lineStart: boolean;
  #pendingDedents = 0;
  #tabFault = false;
  /** False where lines end in line feeds alone, which are found faster. */
  readonly #hasReturns: boolean;

  /** Cuts `source` from `start` on, as lines or, with `inline`, as one expression in which newlines do not count. */
  constructor(source: string, issues: Issue[], start = 0, inline = false) {
    this.source = source;
    this.issues = issues;
    this.#position = start === 0 && source.charCodeAt(0) === 0xfeff ? 1 : start;
    this.#end = source.length;
    this.#hasReturns = source.includes('\r');
    this.#lineStart = !inline;
    if (inline) this.brackets.push({ char: '', at: start });
  }

  /** The token at an index; cuts as far as needed. */
  at(index: number): Token {
    while (this.tokens.length <= index) this.#cut();
    return this.tokens[index]!;
  }

  get indentation(): Indentation {
    return this.#indentation;
  }

  /** Forgets the tokens from `index` on and goes on at the start of a line, within the given indentations. */
  restart(index: number, position: number, indentation: Indentation): void {
    this.tokens.length = Math.min(this.tokens.length, index);
    this.#position = position;
    this.#lineStart = true;
    this.#pendingDedents = 0;
    this.#fstrings = [];
    this.brackets = [];
    this.#indentation = indentation;
  }

  lineOf(offset: number): number {
    let line = 1;
    for (let at = this.source.indexOf('\n'); at >= 0 && at < offset; at = this.source.indexOf('\n', at + 1)) line++;
    return line;
  }

  #push(type: TokenType, start: number, end: number, text = ''): void {
    this.tokens.push({ type, start, end, text, depth: this.brackets.length });
    this.#position = end;
  }

  #fault(message: string, start: number, end = start + 1): SyntaxFault {
    return new SyntaxFault(message, start, Math.min(end, this.#end), 'SyntaxError', true);
  }

  /** Cuts at least one token. */
  #cut(): void {
    const open = this.#fstrings[this.#fstrings.length - 1];
    if (open !== undefined) {
      const field = open.fields[open.fields.length - 1];
      if (field === undefined || field.inSpec) {
        this.#cutFStringText(open);
        return;
      }
    }
    if (this.#lineStart && this.#startLine()) return;
    this.#cutToken(open);
  }

  /** Measures the indentation of the next line with code; true when that gave tokens. */
  #startLine(): boolean {
    if (this.#pendingDedents > 0) {
      this.#pendingDedents--;
      if (this.#pendingDedents === 0) this.#lineStart = false;
      this.#push('dedent', this.#position, this.#position);
      return true;
    }
    const { source } = this;
    let at = this.#position;
    let column = 0;
    let alternative = 0;
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === 32) {
        column++;
        alternative++;
      } else if (code === 9) {
        column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
        alternative++;
      } else if (code === 12) {
        column = 0;
        alternative = 0;
      } else if (code === 35 || code === 10 || code === 13) {
        at = this.#nextLine(at);
        column = 0;
        alternative = 0;
        continue;
      } else if (code === 92 && this.#continuation(at) > 0) {
        at = this.#continuation(at);
        continue;
      } else break;
      at++;
    }
    this.#position = at;
    if (at >= this.#end) {
      this.#finish();
      return true;
    }
    return this.#indent(column, alternative, at);
  }

  #indent(column: number, alternative: number, at: number): boolean {
    const top = this.#indentation;
    const ordered = column === top.column ? alternative === top.alternative : alternative > top.alternative;
    const consistent = this.#tabFault || column < top.column || ordered;
    if (!consistent) {
      this.#tabFault = true;
      this.#issue('inconsistent use of tabs and spaces in indentation', at, 'TabError');
    }
    if (column === top.column) {
      this.#lineStart = false;
      return false;
    }
    if (column > top.column) {
      this.#lineStart = false;
      if (top.depth >= MAX_INDENTS) {
        // Deeper lines are read as if they stood at this depth.
        this.#issue('too many levels of indentation', at, 'IndentationError');
        return false;
      }
      this.#indentation = { column, alternative, outer: top, depth: top.depth + 1 };
      this.#push('indent', at, at);
      return true;
    }
    let dedents = 0;
    let outer = top;
    for (; outer.column > column && outer.outer !== undefined; outer = outer.outer) dedents++;
    this.#indentation = outer;
    if (outer.column !== column) {
      // The line counts as one more of the innermost block that it does not leave.
      this.#issue('unindent does not match any outer indentation level', at, 'IndentationError');
      this.#indentation = { column, alternative, outer, depth: outer.depth + 1 };
      dedents--;
    }
    if (dedents === 0) {
      this.#lineStart = false;
      return false;
    }
    this.#pendingDedents = dedents;
    return this.#startLine();
  }

  #issue(message: string, at: number, kind: Issue['kind']): void {
    const start = this.source.lastIndexOf('\n', at - 1) + 1;
    const end = this.source.indexOf('\n', at);
    this.issues.push({ message, span: { start, end: end < 0 ? this.#end : end }, kind });
  }

  /** Newline, dedents and end of the text. */
  #finish(): void {
    const end = this.#end;
    const last = this.tokens[this.tokens.length - 1];
    if (last !== undefined && last.type !== 'newline' && last.type !== 'dedent' && last.type !== 'end')
      this.#push('newline', end, end);
    for (let { outer } = this.#indentation; outer !== undefined; outer = outer.outer) {
      this.#indentation = outer;
      this.#push('dedent', end, end);
    }
    this.#push('end', end, end);
  }

  /** Offset after the line break that follows `at`, comments and all. */
  #nextLine(at: number): number {
    const { source } = this;
    if (!this.#hasReturns) {
      const feed = source.indexOf('\n', at);
      return feed < 0 ? this.#end : feed + 1;
    }
    for (; at < this.#end; at++) {
      const code = source.charCodeAt(at);
      if (code === 10) return at + 1;
      if (code === 13) return source.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    }
    return at;
  }

  /** Offset of the line break at or after `at`. */
  #lineEnd(at: number): number {
    const { source } = this;
    if (!this.#hasReturns) {
      const feed = source.indexOf('\n', at);
      return feed < 0 ? this.#end : feed;
    }
    while (at < this.#end && source.charCodeAt(at) !== 10 && source.charCodeAt(at) !== 13) at++;
    return at;
  }

  /** Offset after a backslash and its line break, or 0 where no line break follows. */
  #continuation(at: number): number {
    const code = this.source.charCodeAt(at + 1);
    if (code === 10) return at + 2;
    if (code === 13) return this.source.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
    return 0;
  }

  #cutToken(open: OpenFString | undefined): void {
    const { source } = this;
    let at = this.#position;
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === 32 || code === 9 || code === 12) at++;
      else if (code === 35) at = this.#lineEnd(at);
      else if (code === 10 || code === 13) {
        const after = this.#nextLine(at);
        if (this.brackets.length > 0) at = after;
        else {
          this.#push('newline', at, after);
          this.#lineStart = true;
          return;
        }
      } else if (code === 92) {
        const after = this.#continuation(at);
        if (after === 0) {
          if (at + 1 >= this.#end) throw this.#fault('unexpected EOF while parsing', at);
          throw this.#fault('unexpected character after line continuation character', at);
        }
        if (after >= this.#end) throw this.#fault('unexpected EOF while parsing', at);
        at = after;
      } else break;
    }
    this.#position = at;
    if (at >= this.#end) {
      this.#finish();
      return;
    }
    const code = source.charCodeAt(at);
    if (isAsciiIdentifierStart(code) || code > 127) this.#cutWord(at);
    else if (isDigit(code) || (code === 46 && isDigit(source.charCodeAt(at + 1))))
      this.#push('number', at, scanNumber(source, at));
    else if (code === 34 || code === 39) this.#cutString(at, at);
    else if (
      (code === 37 || code === 63 || (code === 33 && source.charCodeAt(at + 1) !== 61)) &&
      this.#startsStatement()
    )
      this.#cutMagic(at);
    else this.#cutOperator(at, open);
  }

  /** True where only a statement may start, so that `%` and `!` can be IPython's. */
  #startsStatement(): boolean {
    if (this.brackets.length > 0) return false;
    const last = this.tokens[this.tokens.length - 1];
    return last === undefined || last.type === 'newline' || last.type === 'indent' || last.type === 'dedent';
  }

  #cutMagic(at: number): void {
    let end = at;
    while (end < this.#end && this.source.charCodeAt(end) !== 10 && this.source.charCodeAt(end) !== 13) {
      const continued = this.source.charCodeAt(end) === 92 ? this.#continuation(end) : 0;
      end = continued > 0 ? continued : end + 1;
    }
    this.#push('magic', at, end);
  }

  #cutWord(at: number): void {
    const { source } = this;
    let end = at;
    while (isAsciiIdentifierPart(source.charCodeAt(end))) end++;
    let text = source.slice(at, end);
    if (source.charCodeAt(end) > 127) {
      IDENTIFIER.lastIndex = at;
      const match = IDENTIFIER.exec(source);
      if (match === null) throw this.#badCharacter(at);
      end = IDENTIFIER.lastIndex;
      if (source.charCodeAt(end) > 127) throw this.#badCharacter(end);
      text = match[0].normalize('NFKC');
    }
    const next = source.charCodeAt(end);
    if ((next === 34 || next === 39) && text.length <= 2 && STRING_PREFIX.test(text)) this.#cutString(at, end);
    else this.#push(KEYWORDS.has(text) ? 'keyword' : 'name', at, end, text);
  }

  #badCharacter(at: number): SyntaxFault {
    const char = String.fromCodePoint(this.source.codePointAt(at)!);
    const code = `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    const printable = /[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u.test(char);
    const message = printable ? `invalid character '${char}' (${code})` : `invalid non-printable character ${code}`;
    return this.#fault(message, at, at + char.length);
  }

  /** A string whose prefix starts at `at` and whose quote stands at `quoteAt`. */
  #cutString(at: number, quoteAt: number): void {
    const { source } = this;
    const prefix = source.slice(at, quoteAt).toLowerCase();
    const single = source[quoteAt]!;
    const quote = source.startsWith(single.repeat(3), quoteAt) ? single.repeat(3) : single;
    if (prefix.includes('f')) {
      if (this.#fstrings.length >= MAX_FSTRINGS) throw this.#fault('too many nested f-strings', at);
      this.#fstrings.push({ quote, raw: prefix.includes('r'), start: at, fields: [] });
      this.#push('fstart', at, quoteAt + quote.length, prefix);
      return;
    }
    const close = single.charCodeAt(0);
    let end = quoteAt + quote.length;
    for (; ; end++) {
      const code = source.charCodeAt(end);
      if (end >= this.#end || (quote.length === 1 && (code === 10 || code === 13)))
        throw this.#unterminatedString(at, quoteAt, end, quote);
      if (code === 92) {
        if (source.charCodeAt(end + 1) === 13 && source.charCodeAt(end + 2) === 10) end++;
        end++;
      } else if (code === close && source.startsWith(quote, end)) break;
    }
    this.#push('string', at, end + quote.length, prefix);
  }

  #unterminatedString(at: number, quoteAt: number, end: number, quote: string): SyntaxFault {
    const open = this.#fstrings[this.#fstrings.length - 1];
    // The quote was meant to end the f-string around it.
    if (open !== undefined && open.quote === quote) return this.#fault("f-string: expecting '}'", quoteAt);
    return this.#unterminated('string literal', at, end, quote);
  }

  #unterminated(what: string, at: number, end: number, quote: string): SyntaxFault {
    const name = quote.length === 3 ? `triple-quoted ${what}` : what;
    const line = this.lineOf(Math.min(end, this.source.endsWith('\n') ? this.#end - 1 : this.#end));
    return this.#fault(`unterminated ${name} (detected at line ${line})`, at, Math.max(end, at + 1));
  }

  /** The literal part of an f-string or of a format spec, and the bracket or quote that ends it. */
  #cutFStringText(open: OpenFString): void {
    const { source } = this;
    const { quote, raw } = open;
    const inSpec = open.fields.length > 0;
    const start = this.#position;
    const close = quote.charCodeAt(0);
    let end = start;
    for (; ; end++) {
      const code = source.charCodeAt(end);
      const lineEnd = quote.length === 1 && (code === 10 || code === 13);
      if (lineEnd && inSpec)
        throw this.#fault('f-string: newlines are not allowed in format specifiers for single quoted f-strings', end);
      if (end >= this.#end || lineEnd) throw this.#unterminated('f-string literal', open.start, end, quote);
      if (code === 92) {
        const next = source.charCodeAt(end + 1);
        if (next === 123 || next === 125) continue;
        if (!raw && next === 78 && source.charCodeAt(end + 2) === 123) {
          const named = source.indexOf('}', end);
          if (named > 0) end = named - 1;
        }
        end++;
      } else if (code === close && source.startsWith(quote, end)) {
        this.#pushMiddle(start, end);
        if (inSpec) throw this.#fault("f-string: expecting '}', or format specs", end);
        this.#fstrings.pop();
        this.#push('fend', end, end + quote.length);
        return;
      } else if (code === 123) {
        if (!inSpec && source.charCodeAt(end + 1) === 123) end++;
        else {
          this.#pushMiddle(start, end);
          this.#openBracket('{', end);
          open.fields.push({ depth: this.brackets.length, inSpec: false });
          return;
        }
      } else if (code === 125) {
        if (inSpec) {
          this.#pushMiddle(start, end);
          this.#closeField(open, end);
          return;
        }
        if (source.charCodeAt(end + 1) !== 125) throw this.#fault("f-string: single '}' is not allowed", end);
        end++;
      }
    }
  }

  #pushMiddle(start: number, end: number): void {
    if (end > start) this.#push('fmiddle', start, end);
  }

  #closeField(open: OpenFString, at: number): void {
    open.fields.pop();
    this.brackets.pop();
    this.#push('op', at, at + 1, '}');
  }

  #openBracket(char: string, at: number): void {
    if (this.brackets.length >= MAX_BRACKETS) throw this.#fault('too many nested parentheses', at);
    this.brackets.push({ char, at });
    this.#push('op', at, at + 1, char);
  }

  #cutOperator(at: number, open: OpenFString | undefined): void {
    const { source } = this;
    const char = source[at]!;
    const field = open?.fields[open.fields.length - 1];
    const direct = field !== undefined && this.brackets.length === field.depth;
    if (direct && char === '}') {
      this.#closeField(open!, at);
      return;
    }
    if (direct && char === ':') {
      field.inSpec = true;
      this.#push('op', at, at + 1, ':');
      return;
    }
    if (char === '(' || char === '[' || char === '{') {
      this.#openBracket(char, at);
      return;
    }
    if (char === ')' || char === ']' || char === '}') {
      this.#closeBracket(char, at, direct);
      return;
    }
    const three = source.slice(at, at + 3);
    const two = three.slice(0, 2);
    if (LONG_OPERATORS.has(three)) this.#push('op', at, at + three.length, three);
    else if (two === '<>') this.#push('op', at, at + 2, two);
    else if (LONG_OPERATORS.has(two)) this.#push('op', at, at + 2, two);
    else if (char === '$' || char === '?' || char === '`') throw this.#fault('invalid syntax', at);
    else if (!SINGLE_OPERATORS.includes(char)) throw this.#badCharacter(at);
    else this.#push('op', at, at + 1, char);
  }

  #closeBracket(char: string, at: number, direct: boolean): void {
    const top = this.brackets[this.brackets.length - 1];
    if (direct) throw this.#fault(`f-string: unmatched '${char}'`, at);
    if (top === undefined || top.char === '') throw this.#fault(`unmatched '${char}'`, at);
    if (CLOSERS[top.char] !== char) {
      const line = this.lineOf(top.at);
      const where = line === this.lineOf(at) ? '' : ` on line ${line}`;
      throw this.#fault(`closing parenthesis '${char}' does not match opening parenthesis '${top.char}'${where}`, at);
    }
    this.brackets.pop();
    this.#push('op', at, at + 1, char);
  }
}
