/**
 * What Pandoc and Quarto put into running text, each found by its first unit: where it ends and what it says. Micromark
 * asks for them through `syntax.ts`; rows of pipe tables ask for those within which a bar does not divide. Looking for
 * ends takes a time that grows with the text: the places of marks and brackets are found once per text.
 */
import { readAttributes } from '../attributes';
import { labelKind } from '../labels';
import { BracketPairs, MarkFinder } from '../marks';
import type { Attributes, OffsetRange } from '../model';

/** What a piece says; offsets count from the start of the text that is read. */
export type Said =
  | { readonly type: 'code' | 'text'; readonly value: string }
  | { readonly type: 'attributes'; readonly attributes: Attributes }
  | {
      readonly type: 'math';
      readonly display: boolean;
      readonly tex: string;
      readonly texStart: number;
      readonly attributes: Attributes | undefined;
    }
  | { readonly type: 'tex' | 'html' | 'comment'; readonly value: string }
  | { readonly type: 'space' }
  | { readonly type: 'shortcode'; readonly name: string; readonly args: readonly string[] }
  | {
      readonly type: 'key';
      readonly key: string;
      readonly kind: string | undefined;
      readonly keyStart: number;
      readonly suppressed: boolean;
    }
  | { readonly type: 'noteReference'; readonly id: string }
  | { readonly type: 'superscript' | 'subscript'; readonly textStart: number; readonly textEnd: number };

export interface Piece {
  readonly end: number;
  readonly said: Said;
}

const KEY =
  /@(?:\{([^{}\s]+)\}|([\p{L}\p{N}_*][\p{L}\p{N}_]{0,999}(?:(?:[:.#$%&\-+?<>~/](?=[\p{L}\p{N}_])|[:/](?=\/))[\p{L}\p{N}_]{0,999}){0,99}))/uy;
const NOTE_REFERENCE = /\[\^([^\]\s^]+)\]/y;
const COMMAND = /\\[A-Za-z]+\*?/y;
const DEFINING = /^\\(?:(?:new|renew|provide)command|DeclareMathOperator)\*?$/;
const MACRO = /\\(?:[A-Za-z]+|[^A-Za-z\s])/y;
const LET = /\s*\\(?:[A-Za-z]+|[^A-Za-z\s])\s*=?\s*\\(?:[A-Za-z]+|[^A-Za-z\s])/y;
const DEFINED = /\s*\\(?:[A-Za-z]+|[^A-Za-z\s])(?:#[1-9])*\s*(?=\{)/y;
const ENVIRONMENT = /\\begin\{([^{}\s]+)\}/y;
const TAG = /<\/?[A-Za-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?){0,999}\s*\/?>/y;
const SHORTCODE_NAME = /\{\{<\s*(\/?[\w.-]+)/y;
/** One that is shown as it is written, with a brace less. */
const ESCAPED_SHORTCODE = /\{\{\{<[^\n]{0,2000}?>\}\}\}/y;
const SHORTCODE_ARGUMENT = /"([^"]*)"|'([^']*)'|([^\s"']+)/g;
const WORD = /[\p{L}\p{N}]/u;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}

/** Reads the pieces of one text. */
export class PieceReader {
  readonly text: string;
  readonly #marks: MarkFinder;
  /** Brackets by their opening unit. */
  readonly #pairs = new Map<number, BracketPairs>();

  constructor(text: string) {
    this.text = text;
    this.#marks = new MarkFinder(text);
  }

  /** Offset after the bracket that closes the one at `at`, or -1. */
  balanced(at: number, open: number, close: number): number {
    let pairs = this.#pairs.get(open);
    if (!pairs) {
      pairs = new BracketPairs(this.text, open, close);
      this.#pairs.set(open, pairs);
    }
    const found = pairs.closing(at);
    return found >= 0 ? found + 1 : -1;
  }

  code(at: number): Piece | undefined {
    const { text } = this;
    if (text.charCodeAt(at - 1) === 96) return undefined;
    let size = 1;
    while (text.charCodeAt(at + size) === 96) size++;
    const close = this.#marks.backticks(size, at + size);
    if (close < 0) return undefined;
    const value = text
      .slice(at + size, close)
      .replace(/\r\n?|\n/g, ' ')
      .trim();
    return { end: close + size, said: { type: 'code', value } };
  }

  /** Backticks that close nothing are text, all of them together. */
  backticks(at: number): number {
    let end = at;
    while (this.text.charCodeAt(end) === 96) end++;
    return end;
  }

  /** Attributes directly behind code. */
  attributes(at: number): Piece | undefined {
    const read = this.text.charCodeAt(at - 1) === 96 ? readAttributes(this.text, at) : undefined;
    return read && { end: read.end, said: { type: 'attributes', attributes: read.attributes } };
  }

  /** Pandoc's rule for `$…$`: no blank inside either dollar (but a line may end there), and no digit behind the closing one. */
  math(at: number): Piece | undefined {
    const { text } = this;
    if (text.charCodeAt(at + 1) === 36) {
      const close = this.#marks.next('$$', at + 2);
      if (close > at + 2) return this.#formula(true, at + 2, close);
    }
    const close = this.#inlineMathEnd(at);
    return close > 0 ? this.#formula(false, at + 1, close) : undefined;
  }

  #formula(display: boolean, texStart: number, close: number): Piece {
    const { text } = this;
    let end = close + (display ? 2 : 1);
    let attributes: Attributes | undefined;
    if (display) {
      let brace = end;
      while (isSpace(text.charCodeAt(brace))) brace++;
      const read = text.charCodeAt(brace) === 123 ? readAttributes(text, brace) : undefined;
      if (read) {
        attributes = read.attributes;
        end = read.end;
      }
    }
    return { end, said: { type: 'math', display, tex: text.slice(texStart, close), texStart, attributes } };
  }

  #inlineMathEnd(at: number): number {
    const { text } = this;
    if (at + 1 >= text.length || isSpace(text.charCodeAt(at + 1))) return -1;
    for (let i = at + 1; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 92) {
        if (text.startsWith('text{', i + 1)) {
          const close = this.balanced(i + 5, 123, 125);
          if (close > 0) {
            i = close - 1;
            continue;
          }
        }
        i++;
      } else if (unit === 36) {
        if (i === at + 1) return -1;
        const before = text.charCodeAt(i - 1);
        if ((before === 32 || before === 9) && text.charCodeAt(i - 2) !== 92) return -1;
        const after = text.charCodeAt(i + 1);
        return after >= 48 && after <= 57 ? -1 : i;
      }
    }
    return -1;
  }

  /** A command with its arguments, an environment up to its end, or a blank that does not break. */
  backslash(at: number): Piece | undefined {
    const { text } = this;
    if (text.charCodeAt(at + 1) === 32) return { end: at + 2, said: { type: 'space' } };
    const environment = match(ENVIRONMENT, text, at);
    if (environment) {
      const found = this.#marks.environmentEnd(environment[1]!, at);
      if (found >= 0) {
        const end = found + '\\end{}'.length + environment[1]!.length;
        return { end, said: { type: 'tex', value: text.slice(at, end) } };
      }
    }
    const command = match(COMMAND, text, at);
    if (!command) return undefined;
    const definition = this.#definitionEnd(command[0], at + command[0].length);
    if (definition > 0) return { end: definition, said: { type: 'tex', value: text.slice(at, definition) } };
    let end = at + command[0].length;
    // Optional arguments stand before the braces; a bracket after them is Markdown's.
    for (let braces = false; ; ) {
      const unit = text.charCodeAt(end);
      if (unit === 123) braces = true;
      else if (unit !== 91 || braces || text.charCodeAt(end + 1) === 94) break;
      const close = this.balanced(end, unit, unit === 123 ? 125 : 93);
      if (close < 0) break;
      end = close;
    }
    // Blanks behind a command without arguments are TeX's.
    if (end === at + command[0].length) while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
    return { end, said: { type: 'tex', value: text.slice(at, end) } };
  }

  /** The end of what defines a macro, by the end of its command; -1 where nothing does. */
  #definitionEnd(command: string, at: number): number {
    const { text } = this;
    const blanks = (from: number): number => {
      let end = from;
      while (isSpace(text.charCodeAt(end))) end++;
      return end;
    };
    if (command === '\\let') {
      const found = match(LET, text, at);
      return found === null ? -1 : at + found[0].length;
    }
    if (command === '\\def') {
      const found = match(DEFINED, text, at);
      return found === null ? -1 : this.balanced(at + found[0].length, 123, 125);
    }
    if (!DEFINING.test(command)) return -1;
    let end = blanks(at);
    const name = match(MACRO, text, end);
    end = name === null ? this.balanced(end, 123, 125) : end + name[0].length;
    while (end > 0 && text.charCodeAt(blanks(end)) === 91) end = this.balanced(blanks(end), 91, 93);
    return end > 0 && text.charCodeAt(blanks(end)) === 123 ? this.balanced(blanks(end), 123, 125) : -1;
  }

  angle(at: number): Piece | undefined {
    const { text } = this;
    if (text.startsWith('<!--', at)) {
      const close = this.#marks.next('-->', at + 4);
      return close < 0 ? undefined : { end: close + 3, said: { type: 'comment', value: text.slice(at, close + 3) } };
    }
    const tag = match(TAG, text, at);
    return tag ? { end: at + tag[0].length, said: { type: 'html', value: tag[0] } } : undefined;
  }

  shortcode(at: number): Piece | undefined {
    const escaped = match(ESCAPED_SHORTCODE, this.text, at);
    if (escaped) return { end: at + escaped[0].length, said: { type: 'text', value: escaped[0].slice(1, -1) } };
    if (!this.text.startsWith('{{<', at)) return undefined;
    const close = this.#marks.next('>}}', at + 3);
    if (close < 0) return undefined;
    const found = match(SHORTCODE_NAME, this.text, at);
    if (!found || at + found[0].length > close) return undefined;
    const args: string[] = [];
    for (const argument of this.text.slice(at + found[0].length, close).matchAll(SHORTCODE_ARGUMENT))
      args.push(argument[1] ?? argument[2] ?? argument[3]!);
    return { end: close + 3, said: { type: 'shortcode', name: found[1]!, args } };
  }

  key(at: number): Piece | undefined {
    const { text } = this;
    if (at > 0 && WORD.test(text[at - 1]!)) return undefined;
    const found = match(KEY, text, at);
    if (!found) return undefined;
    const key = found[1] ?? found[2]!;
    const keyStart = at + (found[1] === undefined ? 1 : 2);
    const suppressed = text.charCodeAt(at - 1) === 45;
    return { end: at + found[0].length, said: { type: 'key', key, kind: labelKind(key), keyStart, suppressed } };
  }

  noteReference(at: number): Piece | undefined {
    const found = this.text.charCodeAt(at + 1) === 94 ? match(NOTE_REFERENCE, this.text, at) : null;
    return found ? { end: at + found[0].length, said: { type: 'noteReference', id: found[1]! } } : undefined;
  }

  /** Raised or lowered text has no blank in it. */
  script(at: number): Piece | undefined {
    const { text } = this;
    const unit = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (next === unit || next === 91 || text.charCodeAt(at - 1) === unit) return undefined;
    for (let end = at + 1; end < text.length; end++) {
      const now = text.charCodeAt(end);
      if (isSpace(now)) return undefined;
      if (now === 92) end++;
      else if (now === unit) {
        const type = unit === 94 ? 'superscript' : 'subscript';
        return { end: end + 1, said: { type, textStart: at + 1, textEnd: end } };
      }
    }
    return undefined;
  }

  /** `(url "title")` from its parenthesis on. */
  destination(
    at: number,
  ):
    | { readonly url: string; readonly urlRange: OffsetRange; readonly title: string | undefined; readonly end: number }
    | undefined {
    const close = this.balanced(at, 40, 41);
    if (close < 0) return undefined;
    const written = this.text.slice(at + 1, close - 1);
    const inner = written.trim();
    const found =
      /^(<[^<>\r\n]*>|\S*)(?:\s+(?:"([\s\S]*)"|'([\s\S]*)'|\(([\s\S]*)\)))?$/.exec(inner) ??
      // To Pandoc, an address may hold blanks.
      /^([^"']*?\S)\s+(?:"([\s\S]*)"|'([\s\S]*)')$/.exec(inner);
    const url = found ? found[1]! : inner;
    const title = found?.[2] ?? found?.[3] ?? found?.[4];
    const from = at + 1 + (url === '' ? 0 : written.length - written.trimStart().length);
    const bracketed = url.startsWith('<');
    const urlRange = { start: from + (bracketed ? 1 : 0), end: from + url.length - (bracketed ? 1 : 0) };
    return { url: bracketed ? url.slice(1, -1) : url, urlRange, title, end: close };
  }

  /** End of a piece in which a bar does not divide the cells of a table; the next unit where there is none. */
  beyond(at: number): number {
    switch (this.text.charCodeAt(at)) {
      case 92:
        return this.backslash(at)?.end ?? at + 2;
      case 96:
        return this.code(at)?.end ?? this.backticks(at);
      case 36:
        return this.math(at)?.end ?? at + 1;
      case 60:
        return this.angle(at)?.end ?? at + 1;
      default:
        return at + 1;
    }
  }
}
