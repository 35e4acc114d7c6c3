/**
 * What stands around a place in code that may be half typed: open brackets, an open string, a field of an f-string. The text
 * before the place is looked through once, without a tree: a parser would have to guess what is still to come.
 */

/** A bracket that is open at the place. */
export interface OpenBracket {
  readonly kind: '(' | '[' | '{';
  /** Offset of the bracket. */
  readonly start: number;
  /** What is called or indexed: `fmt`, `Hardware.Cloud`; empty where that is no path of names, or nothing. */
  readonly owner: string;
  /** What is called of an expression that is no path of names: `to` of `(a / b).to(`. */
  readonly method?: MethodOf | undefined;
  /** Number of commas so far, directly within it. */
  readonly commas: number;
  /** Names of arguments that have been given by name. */
  readonly keywords: readonly string[];
  /** Where the present argument begins, behind its comma or the bracket. */
  readonly argument: number;
}

/** An attribute of an expression that is no path of names. */
export interface MethodOf {
  readonly name: string;
  /** The expression as it is written. */
  readonly receiver: string;
}

/** A string that is open at the place. */
export interface OpenString {
  /** Of the first character behind the quotes. */
  readonly start: number;
  readonly quote: string;
  readonly isFormatted: boolean;
}

export interface CursorPlace {
  readonly offset: number;
  readonly isComment: boolean;
  /** The innermost string, where the place stands in its text and not in a field of it. */
  readonly string: OpenString | undefined;
  /** The format of a field: the expression, and where the format begins. */
  readonly spec: { readonly expression: string; readonly start: number } | undefined;
  /** Outermost first; those around an f-string count for its fields as well. */
  readonly brackets: readonly OpenBracket[];
}

interface Bracket {
  kind: '(' | '[' | '{';
  start: number;
  owner: string;
  method: MethodOf | undefined;
  commas: number;
  keywords: string[];
  argument: number;
}

type Frame =
  | { readonly type: 'bracket'; readonly bracket: Bracket }
  | {
      readonly type: 'string';
      /** Of its prefix, or its quotes. */
      readonly begin: number;
      readonly start: number;
      readonly quote: string;
      readonly isFormatted: boolean;
    }
  /** Of an f-string. */
  | { readonly type: 'field'; readonly start: number }
  | { readonly type: 'spec'; readonly start: number; readonly expression: string };

/** Looks through `source` up to `offset`. Takes time in proportion to that. */
export function cursorPlace(source: string, offset: number): CursorPlace {
  return new Walk(source, offset).place();
}

/** The expression of which the attribute is taken whose dot stands at an offset; undefined where nobody can tell. */
export function receiverAt(source: string, dot: number): string | undefined {
  const walk = new Walk(source, dot);
  walk.place();
  return walk.primaryBefore(dot);
}

const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const PREFIX = /(?<![\p{L}\p{N}_])([rbftu]{0,2})$/iu;
/** How far a look back for a prefix or a path goes. */
const LONGEST_PATH = 200;
/** A line that begins so begins a statement, whatever a line above has left open. */
const STATEMENT = /(?:class|def|import|from|for|while|with|return|if|elif|else|try)\b(?!\s*=)/y;

class Walk {
  readonly #source: string;
  readonly #end: number;
  readonly #frames: Frame[] = [];
  /** Brackets and strings that are closed: where each begins, by where it ends. */
  readonly #closed = new Map<number, number>();
  #at = 0;

  constructor(source: string, end: number) {
    this.#source = source;
    this.#end = Math.min(end, source.length);
  }

  place(): CursorPlace {
    let isComment = false;
    while (this.#at < this.#end && !isComment) {
      const frame = this.#frames.at(-1);
      if (frame?.type === 'string') this.#text(frame);
      else if (frame?.type === 'spec') this.#format();
      else isComment = this.#code();
    }
    const brackets = this.#frames.flatMap(frame => (frame.type === 'bracket' ? [frame.bracket] : []));
    const last = this.#frames.at(-1);
    return {
      offset: this.#end,
      isComment,
      string: last?.type === 'string' ? last : undefined,
      spec: last?.type === 'spec' ? last : undefined,
      brackets,
    };
  }

  /**
   * The expression that ends right before an offset, as far as an attribute would be taken of it: `f(x)["a"]`, `(a / b)`, `"text"`;
   * undefined for a number, and where none ends.
   */
  primaryBefore(offset: number): string | undefined {
    const source = this.#source;
    let at = offset;
    for (;;) {
      const start = this.#closed.get(at);
      if (start === undefined) {
        const name = NAME_BEFORE.exec(source.slice(Math.max(0, at - LONGEST_PATH), at))?.[0];
        if (name === undefined) return undefined;
        at -= name.length;
      } else at = start;
      // What is called or indexed stands right before the bracket.
      if (start !== undefined && /[([]/.test(source[start]!) && /[\p{L}\p{N}_)\]"']/u.test(source[start - 1] ?? ''))
        continue;
      if (source[at - 1] !== '.') break;
      at--;
    }
    const text = source.slice(at, offset);
    return KEYWORD.test(text) ? undefined : text;
  }

  /** One step in the text of a string. */
  #text({ begin, quote, isFormatted }: Frame & { readonly type: 'string' }): void {
    const source = this.#source;
    const unit = source[this.#at]!;
    if (unit === '\\') this.#at += 2;
    else if (source.startsWith(quote, this.#at)) {
      this.#frames.pop();
      this.#at += quote.length;
      this.#closed.set(this.#at, begin);
    } else if (unit === '\n' && quote.length === 1) this.#frames.pop();
    else if (isFormatted && unit === '{') {
      if (source[this.#at + 1] === '{') this.#at++;
      else this.#frames.push({ type: 'field', start: this.#at + 1 });
      this.#at++;
    } else this.#at++;
  }

  /** One step in the format of a field. */
  #format(): void {
    const unit = this.#source[this.#at]!;
    if (unit === '{') this.#frames.push({ type: 'field', start: this.#at + 1 });
    else if (unit === '}') this.#frames.splice(-2);
    else if (this.#leavesString(unit)) return;
    this.#at++;
  }

  /** A field ends with the line, or with the quotes of its string where these are what an editor put there. */
  #leavesString(unit: string): boolean {
    const at = this.#frames.findLastIndex(frame => frame.type === 'string');
    const string = this.#frames[at] as (Frame & { readonly type: 'string' }) | undefined;
    if (string === undefined) return false;
    const ends = unit === '\n' ? string.quote.length === 1 : this.#source.startsWith(string.quote, this.#at);
    if (ends) this.#frames.length = at + 1;
    return ends;
  }

  /** One step in code; true in a comment that goes on to the place. */
  #code(): boolean {
    const source = this.#source;
    const unit = source[this.#at]!;
    switch (unit) {
      case '#': {
        const lineEnd = source.indexOf('\n', this.#at);
        if (lineEnd < 0 || lineEnd >= this.#end) return true;
        this.#at = lineEnd;
        return false;
      }
      case '"':
      case "'":
        this.#openString(unit);
        return false;
      case '(':
      case '[':
      case '{':
        this.#openBracket(unit);
        break;
      case ')':
      case ']':
      case '}':
        this.#close(unit);
        break;
      case ':':
        this.#colon();
        break;
      case ',':
      case '=':
        this.#separate(unit);
        break;
      case '\n':
        if (this.#inField && this.#leavesString(unit)) return false;
        STATEMENT.lastIndex = this.#at + 1 + this.#indentAfter();
        if (STATEMENT.test(source) && STATEMENT.lastIndex <= this.#end) this.#frames.length = 0;
        break;
    }
    this.#at++;
    return false;
  }

  get #inField(): boolean {
    return this.#frames.some(frame => frame.type === 'field');
  }

  #indentAfter(): number {
    let at = this.#at + 1;
    while (this.#source[at] === ' ') at++;
    return at - this.#at - 1;
  }

  #openString(unit: string): void {
    const source = this.#source;
    const quote = source.startsWith(unit.repeat(3), this.#at) ? unit.repeat(3) : unit;
    const prefix = PREFIX.exec(source.slice(Math.max(0, this.#at - 3), this.#at))?.[1] ?? '';
    const begin = this.#at - prefix.length;
    this.#at += quote.length;
    this.#frames.push({ type: 'string', begin, start: this.#at, quote, isFormatted: /[ft]/i.test(prefix) });
  }

  #openBracket(kind: '(' | '[' | '{'): void {
    const before = this.#source.slice(Math.max(0, this.#at - LONGEST_PATH), this.#at);
    const [whole = '', owner = ''] = kind === '{' ? [] : (PATH_BEFORE.exec(before) ?? []);
    const rest = before.slice(0, before.length - whole.length);
    const isDefinition = /\b(?:def|class)\s+$/.test(rest);
    const start = this.#at;
    const dot = start - whole.length - 1;
    const receiver = owner !== '' && rest.endsWith('.') ? this.primaryBefore(dot) : undefined;
    const method = receiver === undefined ? undefined : { name: owner, receiver };
    const isPath = !isDefinition && !rest.endsWith('.');
    const bracket = { kind, start, owner: isPath ? owner : '', method, commas: 0, keywords: [], argument: start + 1 };
    this.#frames.push({ type: 'bracket', bracket });
  }

  #close(unit: string): void {
    const frame = this.#frames.at(-1);
    if (frame?.type === 'field') {
      if (unit === '}') this.#frames.pop();
    } else if (frame?.type === 'bracket' && frame.bracket.kind === CLOSERS[unit]) {
      this.#frames.pop();
      this.#closed.set(this.#at + 1, frame.bracket.start);
    }
  }

  #colon(): void {
    const frame = this.#frames.at(-1);
    if (frame?.type !== 'field') return;
    const expression = this.#source.slice(frame.start, this.#at).replace(/![rsa]$/, '');
    this.#frames.push({ type: 'spec', start: this.#at + 1, expression: expression.trim() });
  }

  #separate(unit: ',' | '='): void {
    const frame = this.#frames.at(-1);
    if (frame?.type !== 'bracket') return;
    const { bracket } = frame;
    if (unit === ',') {
      bracket.commas++;
      bracket.argument = this.#at + 1;
      return;
    }
    const name = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*$/u.exec(this.#source.slice(bracket.argument, this.#at))?.[1];
    if (name !== undefined && this.#source[this.#at + 1] !== '=') bracket.keywords.push(name);
  }
}

const NAME_BEFORE = /[\p{L}_][\p{L}\p{N}_]*$/u;
/** No expression begins so that an attribute is taken of all of it. */
const KEYWORD = /^(?:return|in|and|or|not|is|if|else|elif|while|for|yield|await|assert|lambda|del|raise)\b(?!\s*\.)/;
const PATH_BEFORE = /((?:[\p{L}_][\p{L}\p{N}_]*\s*\.\s*)*[\p{L}_][\p{L}\p{N}_]*)\s*$/u;

/** The class, and the function, whose body an offset stands in, told by the indentation of the lines above. */
export function enclosingScopes(
  source: string,
  offset: number,
): { readonly cls: string | undefined; readonly isFunction: boolean } {
  let line = source.lastIndexOf('\n', offset - 1) + 1;
  const own = source.slice(line, offset);
  let indent = own.trim() === '' ? own.length : own.length - own.trimStart().length;
  const classes: string[] = [];
  let isFunction = false;
  while (line > 0 && indent > 0) {
    const end = line - 1;
    line = source.lastIndexOf('\n', end - 1) + 1;
    const text = source.slice(line, end);
    const depth = text.length - text.trimStart().length;
    if (text.trim() === '' || depth >= indent || /^\s*#/.test(text)) continue;
    indent = depth;
    const [, kind, name] = /^\s*(?:async\s+)?(class|def)\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(text) ?? [];
    if (kind === 'class') classes.unshift(name!);
    else if (kind === 'def' && classes.length === 0) isFunction = true;
  }
  return { cls: classes.length === 0 ? undefined : classes.join('.'), isFunction };
}
