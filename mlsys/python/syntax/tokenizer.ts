/**
 * Cuts Python into tokens on demand: one token is at hand, `advance` goes on to the next. Nothing is stored, so that a
 * parse leaves no garbage but its tree; to look further ahead or to try something, take a `mark` and go back to it.
 */
import { type Issue, SyntaxFault } from './faults';
import { type Bracket, type Indentation, Layout } from './layout';
import { isPythonCell } from './magic';
import { scanNumber } from './numbers';
import {
  BACKSLASH,
  BLANK,
  CLASSES,
  CLOSER,
  CLOSERS,
  COMMENT,
  DIGIT,
  IDENTIFIER,
  isDigit,
  KEYWORDS,
  LETTER,
  LINE_BREAK,
  NOWHERE,
  OPENER,
  OPERATORS,
  PLAIN_NUMBER,
  QUOTE,
  SHORT_OPERATORS,
  SIGN,
  WORD,
  wordOf,
} from './tokens';

const MAX_BRACKETS = 200;
const MAX_FSTRINGS = 150;
/** `%time` before a statement. */
const TIMED = /%time[ \t]+(?=\S)/y;
const QUESTION = /[\w.*[\]-]+\?{1,2}(?=[ \t]*(?:[\r\n]|$))/y;
/** Blank lines and cell options, before which a cell magic may stand. */
const NOTHING_BEFORE = /^(?:[ \t\f]*(?:#[ \t]*\|[^\r\n]*)?(?:\r\n|\r|\n))*[ \t]*$/;
const STRING_PREFIX = /^(?:[rR][bB]?|[bB][rR]?|[uU]|[fFtT][rR]?|[rR][fFtT])$/;

interface FString {
  readonly quote: string;
  readonly raw: boolean;
  readonly start: number;
  /** How many f-strings stand in one another here, this one included. */
  readonly nesting: number;
}

/** Where in f-strings a place is, innermost first. */
interface FStringPart {
  readonly string: FString;
  readonly part: 'text' | 'field' | 'spec';
  /** Number of brackets open directly in a field or spec. */
  readonly depth: number;
  readonly outer: FStringPart | undefined;
}

export abstract class Tokenizer extends Layout {
  /** Text of a name (normalised), prefix of a string in lower case. Of no meaning for other tokens. */
  protected text: string;
  /** How tightly the token binds to an operand before it (see `OR` and its like); 0 where an expression ends. */
  protected strength: number;
  /** Where the first thing stands that makes a module other than flat (see `Module`), or `NOWHERE`. */
  scopedFrom: number;
  private fstring: FStringPart | undefined;
  /** False where no line can ask for help. */
  private readonly asks: boolean;

  constructor(source: string, issues: Issue[], start: number, inline: boolean) {
    super(source, issues, start, inline);
    this.text = '';
    this.strength = 0;
    this.scopedFrom = NOWHERE;
    this.fstring = undefined;
    this.asks = source.includes('?');
  }

  /** The place at hand, for `reset`. */
  protected mark() {
    const { type, start, end, text, strength, fault, lastEnd, codeEnd } = this;
    const { brackets, indentation, fstring, lineStart, lineAt, pendingDedents, tabFault } = this;
    const token = { type, start, end, text, strength, fault, lastEnd, codeEnd };
    const state = { brackets, indentation, fstring, lineStart, lineAt, pendingDedents, tabFault };
    return { token, state, issues: this.issues.length };
  }

  /** Goes back to a place. */
  protected reset({ token, state, issues }: ReturnType<Tokenizer['mark']>): void {
    Object.assign(this, token, state);
    this.issues.length = issues;
  }

  /** Goes on at the start of a line, within the given indentations, as if all before `codeEnd` were sound. */
  protected restart(position: number, indentation: Indentation, codeEnd: number): void {
    this.end = position;
    this.codeEnd = codeEnd;
    this.lineStart = true;
    this.pendingDedents = 0;
    this.fstring = undefined;
    this.brackets = undefined;
    this.indentation = indentation;
    this.advance();
  }

  /** Notes that the module is not flat. */
  protected scoped(at = this.start): void {
    if (this.scopedFrom > at) this.scopedFrom = at;
  }

  /** Number of brackets open at the token, itself included where it opens one. */
  protected get depth(): number {
    return this.brackets === undefined ? 0 : this.brackets.depth;
  }

  /** Goes on to the next token. */
  protected advance(): void {
    this.lastEnd = this.end;
    this.strength = 0;
    if (this.fstring !== undefined && this.fstring.part !== 'field') {
      this.cutFStringText(this.fstring);
      return;
    }
    if (this.lineStart && this.startLine()) return;
    const { source, limit } = this;
    let at = this.end;
    while (at < limit) {
      const code = source.charCodeAt(at);
      const kind = code < 128 ? CLASSES[code] : LETTER;
      switch (kind) {
        case BLANK:
          at++;
          break;
        case LETTER:
          this.cutWord(at);
          return;
        case SIGN:
          this.cutSign(at, code);
          return;
        case DIGIT:
          this.cutNumber(at);
          return;
        case OPENER:
          this.openBracket(at, code);
          return;
        case CLOSER:
          this.closeBracket(at, code);
          return;
        case QUOTE:
          this.cutString(at, at);
          return;
        case LINE_BREAK: {
          const after = this.nextLine(at);
          if (this.brackets === undefined) {
            this.codeEnd = this.lastEnd;
            this.lineStart = true;
            this.put('newline', at, after);
            return;
          }
          at = after;
          break;
        }
        case COMMENT:
          at = this.lineEnd(at);
          break;
        default:
          if (kind !== BACKSLASH || this.continuation(at) === 0 || this.continuation(at) >= limit) {
            this.cutOther(at);
            return;
          }
          at = this.continuation(at);
      }
    }
    this.finish();
  }

  // ------------------------------------------------------------------------------------------ words, numbers, signs

  private cutWord(at: number): void {
    const { source } = this;
    WORD.lastIndex = at;
    WORD.test(source);
    const end = WORD.lastIndex;
    if (at === this.lineAt && this.asks && this.cutQuestion(at)) return;
    // Past the end, `charCodeAt` would cost the calling code its optimization.
    const next = end < this.limit ? source.charCodeAt(end) : 0;
    if (next > 127) {
      this.cutUnicodeWord(at);
      return;
    }
    const text = source.slice(at, end);
    const word = wordOf(text);
    if (typeof word === 'object') {
      if (word.scoped) this.scoped(at);
      this.strength = word.strength;
      this.put(word.type, at, end);
    } else if ((next === 34 || next === 39) && end - at <= 2 && STRING_PREFIX.test(text)) this.cutString(at, end);
    else {
      this.type = 'name';
      this.start = at;
      this.end = end;
      this.text = word;
    }
  }

  /** A line such as `name?`, which asks IPython for help. */
  private cutQuestion(at: number): boolean {
    QUESTION.lastIndex = at;
    if (!QUESTION.test(this.source)) return false;
    this.put('magic', at, QUESTION.lastIndex);
    return true;
  }

  /** A word with other letters than those of ASCII. */
  private cutUnicodeWord(at: number): void {
    const { source } = this;
    IDENTIFIER.lastIndex = at;
    const match = IDENTIFIER.exec(source);
    const end = match === null ? at : IDENTIFIER.lastIndex;
    if (match === null || source.charCodeAt(end) > 127) {
      this.badCharacter(end);
      return;
    }
    const text = match[0].normalize('NFKC');
    // It may be a keyword, or `__debug__`, in other letters.
    if (text !== match[0]) this.scoped(at);
    const next = source.charCodeAt(end);
    if ((next === 34 || next === 39) && text.length <= 2 && STRING_PREFIX.test(text)) {
      this.cutString(at, end);
      return;
    }
    this.text = text;
    const keyword = KEYWORDS.get(text);
    if (keyword !== undefined) this.strength = keyword.strength;
    this.put(keyword === undefined ? 'name' : keyword.type, at, end);
  }

  private badCharacter(at: number): void {
    const char = String.fromCodePoint(this.source.codePointAt(at)!);
    const code = `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    const printable = /[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u.test(char);
    const message = printable ? `invalid character '${char}' (${code})` : `invalid non-printable character ${code}`;
    this.fail(message, at, at + char.length);
  }

  private cutNumber(at: number): void {
    const { source } = this;
    PLAIN_NUMBER.lastIndex = at;
    PLAIN_NUMBER.test(source);
    const end = PLAIN_NUMBER.lastIndex;
    const next = end < this.limit ? source.charCodeAt(end) : 0;
    const zeros = end > at + 1 && source.charCodeAt(at) === 48 && isDigit(source.charCodeAt(at + 1));
    if (zeros || next > 127 || CLASSES[next] === LETTER) this.cutOtherNumber(at);
    else this.put('number', at, end);
  }

  /** Any number but a plain decimal one. */
  private cutOtherNumber(at: number): void {
    try {
      this.put('number', at, scanNumber(this.source, at));
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.failWith(error);
    }
  }

  private cutSign(at: number, code: number): void {
    const { source, fstring } = this;
    const next = at + 1 < this.limit ? source.charCodeAt(at + 1) : 0;
    if (code === 46 && isDigit(next)) {
      this.cutOtherNumber(at);
      return;
    }
    if (code === 37 || (code === 33 && next !== 61)) {
      if (at === this.lineAt) {
        this.cutMagicLine(at);
        return;
      }
      // IPython takes the first `=` of a line alone; what follows another one is a fault to it as well as here.
      if (this.type === '=' && this.brackets === undefined && (code === 33 || CLASSES[next] === LETTER)) {
        this.cutMagic(at);
        return;
      }
    }
    let found = SHORT_OPERATORS[code]!;
    if (fstring !== undefined && code === 58 && this.depth === fstring.depth)
      this.fstring = { ...fstring, part: 'spec' };
    else if (next < 128 && CLASSES[next] === SIGN)
      found = OPERATORS.get(source.slice(at, at + 3)) ?? OPERATORS.get(source.slice(at, at + 2)) ?? found;
    this.type = found.type;
    this.start = at;
    this.end = at + found.type.length;
    this.strength = found.strength;
  }

  /** What starts no token, unless it is IPython's. */
  private cutOther(at: number): void {
    const char = this.source[at]!;
    if (char === '?' && at === this.lineAt) this.cutMagic(at);
    else if (char === '$' || char === '?' || char === '`') this.fail('invalid syntax', at);
    else if (char !== '\\') this.badCharacter(at);
    else if (at + 1 >= this.limit || this.continuation(at) > 0) this.fail('unexpected EOF while parsing', at);
    else this.fail('unexpected character after line continuation character', at);
  }

  private openBracket(at: number, code: number): void {
    const depth = this.depth + 1;
    if (depth > MAX_BRACKETS) {
      this.fail('too many nested parentheses', at);
      return;
    }
    const { type, strength } = SHORT_OPERATORS[code]!;
    this.brackets = { char: type, at, depth, outer: this.brackets };
    this.strength = strength;
    this.put(type, at, at + 1);
  }

  private closeBracket(at: number, code: number): void {
    const { brackets, fstring } = this;
    const { type } = SHORT_OPERATORS[code]!;
    const closesField = fstring !== undefined && this.depth === fstring.depth;
    if (closesField && type !== '}') this.fail(`f-string: unmatched '${type}'`, at);
    else if (brackets === undefined || brackets.char === '') this.fail(`unmatched '${type}'`, at);
    else if (CLOSERS[brackets.char] !== type) this.mismatch(brackets, type, at);
    else {
      if (closesField) this.fstring = fstring.outer;
      this.brackets = brackets.outer;
      this.put(type, at, at + 1);
    }
  }

  private mismatch(open: Bracket, close: string, at: number): void {
    const line = this.lineOf(open.at);
    const where = line === this.lineOf(at) ? '' : ` on line ${line}`;
    this.fail(`closing parenthesis '${close}' does not match opening parenthesis '${open.char}'${where}`, at);
  }

  /** A line that starts with `%` or `!`, or the cell that it is a magic of. */
  private cutMagicLine(at: number): void {
    const { source, limit } = this;
    TIMED.lastIndex = at;
    if (TIMED.test(source)) {
      // The statement behind it runs as it would without.
      this.end = TIMED.lastIndex;
      this.advance();
    } else if (
      source.startsWith('%%', at) &&
      NOTHING_BEFORE.test(source.slice(0, at)) &&
      !isPythonCell(source.slice(at, at + 20))
    )
      this.put('magic', at, limit);
    else this.cutMagic(at);
  }

  private cutMagic(at: number): void {
    let end = at;
    while (end < this.limit && this.source.charCodeAt(end) !== 10 && this.source.charCodeAt(end) !== 13) {
      const continued = this.source.charCodeAt(end) === 92 ? this.continuation(end) : 0;
      end = continued > 0 ? continued : end + 1;
    }
    this.put('magic', at, end);
  }

  // ------------------------------------------------------------------------------------------ strings

  /** A string whose prefix starts at `at` and whose quote stands at `quoteAt`. */
  private cutString(at: number, quoteAt: number): void {
    const { source } = this;
    const prefix = quoteAt === at ? '' : source.slice(at, quoteAt).toLowerCase();
    const close = source.charCodeAt(quoteAt);
    const triple = source.charCodeAt(quoteAt + 1) === close && source.charCodeAt(quoteAt + 2) === close;
    const quote = source.slice(quoteAt, triple ? quoteAt + 3 : quoteAt + 1);
    let end = quoteAt + quote.length;
    this.text = prefix;
    if (prefix.includes('f') || prefix.includes('t')) {
      this.openFString(quote, prefix.includes('r'), at, end);
      return;
    }
    for (; ; end++) {
      const code = source.charCodeAt(end);
      if (code === close) {
        if (!triple || source.startsWith(quote, end)) break;
      } else if (code === 92) {
        if (source.charCodeAt(end + 1) === 13 && source.charCodeAt(end + 2) === 10) end++;
        end++;
      } else if (end >= this.limit || (!triple && (code === 10 || code === 13))) {
        // The quote may be meant to end the f-string around it.
        if (this.fstring?.string.quote === quote) this.fail("f-string: expecting '}'", quoteAt);
        else this.unterminated('string literal', at, end, quote);
        return;
      }
    }
    this.put('string', at, end + quote.length);
  }

  private openFString(quote: string, raw: boolean, start: number, end: number): void {
    const nesting = this.fstring === undefined ? 1 : this.fstring.string.nesting + 1;
    if (nesting > MAX_FSTRINGS) this.fail('too many nested f-strings', start);
    else {
      this.fstring = { string: { quote, raw, start, nesting }, part: 'text', depth: 0, outer: this.fstring };
      this.put('fstart', start, end);
    }
  }

  private unterminated(what: string, at: number, end: number, quote: string): void {
    const name = quote.length === 3 ? `triple-quoted ${what}` : what;
    const line = this.lineOf(Math.min(end, this.source.endsWith('\n') ? this.limit - 1 : this.limit));
    this.fail(`unterminated ${name} (detected at line ${line})`, at, Math.max(end, at + 1));
  }

  /** The literal part of an f-string or of a format spec, or the bracket or quote that ends it. */
  private cutFStringText(open: FStringPart): void {
    const { source } = this;
    const { quote, raw } = open.string;
    const inSpec = open.part === 'spec';
    const start = this.end;
    const close = quote.charCodeAt(0);
    let end = start;
    let code = source.charCodeAt(end);
    for (; ; code = source.charCodeAt(++end)) {
      const lineEnd = quote.length === 1 && (code === 10 || code === 13);
      if (lineEnd && inSpec) {
        this.fail('f-string: newlines are not allowed in format specifiers for single quoted f-strings', end);
        return;
      }
      if (end >= this.limit || lineEnd) {
        this.unterminated('f-string literal', open.string.start, end, quote);
        return;
      }
      if (code === 92) {
        const next = source.charCodeAt(end + 1);
        if (next === 123 || next === 125) continue;
        if (!raw && next === 78 && source.charCodeAt(end + 2) === 123) {
          const named = source.indexOf('}', end);
          if (named > 0) end = named - 1;
        }
        end++;
      } else if (code === close) {
        if (source.startsWith(quote, end)) break;
      } else if (code === 123 || code === 125) {
        if (inSpec || source.charCodeAt(end + 1) !== code) break;
        end++;
      }
    }
    // What ends a literal part is the next token.
    if (end > start) this.put('fmiddle', start, end);
    else if (code === close && inSpec) this.fail("f-string: expecting '}', or format specs", end);
    else if (code === close) {
      this.fstring = open.outer;
      this.put('fend', end, end + quote.length);
    } else if (code === 123) {
      this.openBracket(end, code);
      if (this.type !== 'fault') this.fstring = { string: open.string, part: 'field', depth: this.depth, outer: open };
    } else if (inSpec) this.closeBracket(end, code);
    else this.fail("f-string: single '}' is not allowed", end);
  }
}
