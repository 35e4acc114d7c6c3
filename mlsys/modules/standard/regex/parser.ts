/** Parses Python's regular expressions. */
import { Unsupported } from '../../../python/runtime/errors';
import { repr } from '../../../python/runtime/operations';
import { casesOf, category, sameCase, type Test } from './characters';
import { FLAGS, type Regex, type RegexNode, widthOf } from './nodes';

/** What is wrong with a pattern, and where: in code points. */
export class RegexFault extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const MAX_REPEAT = 4294967295;
const MAX_DEPTH = 500;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const FLAG_LETTERS: Readonly<Record<string, number>> = {
  i: FLAGS.I,
  L: FLAGS.L,
  m: FLAGS.M,
  s: FLAGS.S,
  x: FLAGS.X,
  a: FLAGS.A,
  u: FLAGS.U,
};

export function parseRegex(pattern: string, flags: number): Regex {
  const verbose = new PatternParser(pattern, flags);
  try {
    return verbose.parse();
  } catch (error) {
    // `(?x)` inside the pattern changes how all of it is read.
    if (error instanceof Verbose) return new PatternParser(pattern, flags | FLAGS.X).parse();
    throw error;
  }
}

class Verbose extends Error {}

/** Flags that say which letters there are; one of them holds. */
const LETTERS = FLAGS.A | FLAGS.U;

/** What may stand before the flags of a whole pattern: other flags, comments, and blanks where these do not count. */
const BLANK = /^(?:\(\?[a-zA-Z]+\)|\(\?#[^)]*\))*$/;
const BLANK_VERBOSE = /^(?:\(\?[a-zA-Z]+\)|\(\?#[^)]*\)|\s|#[^\n]*\n)*$/;

/** A group without a number: a quantifier behind it takes it as one item, whatever is inside. */
const grouped = (body: RegexNode): RegexNode => ({ kind: 'sequence', parts: [body] });

class PatternParser {
  readonly #chars: readonly string[];
  #at = 0;
  #flags: number;
  #depth = 0;
  #groups = 0;
  readonly #names = new Map<string, number>();
  readonly #open = new Set<number>();
  readonly #bodies: RegexNode[] = [];
  /** Groups that conditions name, which may come later, and where they do. */
  readonly #conditions: [index: number, place: number][] = [];
  /** What look-behinds look for: they are measured once all groups are known. */
  readonly #behinds: RegexNode[] = [];
  readonly #initial: number;

  constructor(pattern: string, flags: number) {
    this.#chars = [...pattern];
    this.#flags = flags;
    this.#initial = flags;
  }

  parse(): Regex {
    const node = this.#choice();
    if (this.#at < this.#chars.length) throw this.#fault('unbalanced parenthesis', this.#at);
    for (const body of this.#behinds) {
      const [low, high] = widthOf(body, this.#bodies);
      if (low !== high) throw this.#fault('look-behind requires fixed-width pattern', -1);
    }
    for (const [index, place] of this.#conditions)
      if (index > this.#groups) throw this.#fault(`invalid group reference ${index}`, place);
    const unicode = this.#flags & FLAGS.A ? 0 : FLAGS.U;
    return { node, groups: this.#groups, bodies: this.#bodies, names: this.#names, flags: this.#flags | unicode };
  }

  #fault(message: string, position: number): RegexFault {
    return new RegexFault(message, position);
  }

  /** A character as faults show it: an escape whole. */
  #shown(at: number): string {
    return this.#chars[at] === '\\' ? this.#chars.slice(at, at + 2).join('') : this.#chars[at]!;
  }

  #peek(): string | undefined {
    return this.#chars[this.#at];
  }

  #accept(text: string): boolean {
    if (!text.split('').every((char, ahead) => this.#chars[this.#at + ahead] === char)) return false;
    this.#at += text.length;
    return true;
  }

  #choice(): RegexNode {
    if (++this.#depth > MAX_DEPTH) throw this.#fault('too many nested groups', this.#at);
    const options = [this.#sequence()];
    while (this.#accept('|')) options.push(this.#sequence());
    this.#depth--;
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    for (;;) {
      const char = this.#peek();
      if (char === undefined || char === '|' || char === ')') break;
      if (this.#flags & FLAGS.X && this.#skipBlank(char)) continue;
      const repeated = this.#repeated(parts.at(-1));
      if (repeated !== undefined) {
        parts[parts.length - 1] = repeated;
        continue;
      }
      const node = this.#item();
      if (node !== undefined) parts.push(node);
    }
    if (parts.length === 1) return parts[0]!;
    return parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts };
  }

  #skipBlank(char: string): boolean {
    if (' \t\n\r\v\f'.includes(char)) {
      this.#at++;
      return true;
    }
    if (char !== '#') return false;
    while (this.#at < this.#chars.length && this.#chars[this.#at] !== '\n') this.#at++;
    return true;
  }

  /** The item that a quantifier at this place repeats, repeated; undefined where there is no quantifier. */
  #repeated(body: RegexNode | undefined): RegexNode | undefined {
    const here = this.#at;
    const range = this.#quantifier();
    if (range === undefined) return undefined;
    if (body === undefined || body.kind === 'at') throw this.#fault('nothing to repeat', here);
    if (body.kind === 'repeat') throw this.#fault('multiple repeat', here);
    const [min, max] = range;
    const mode = this.#accept('?') ? 'lazy' : this.#accept('+') ? 'possessive' : 'greedy';
    return { kind: 'repeat', body, min, max, mode };
  }

  #quantifier(): [number, number] | undefined {
    if (this.#accept('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#accept('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#accept('?')) return [0, 1];
    if (this.#peek() !== '{') return undefined;
    const rest = this.#chars.slice(this.#at + 1, this.#at + 30).join('');
    const match = /^(\d*)(,?)(\d*)\}/.exec(rest);
    if (match === null || (match[1] === '' && match[2] === '')) return undefined;
    const start = this.#at;
    this.#at += match[0].length + 1;
    const min = match[1] === '' ? 0 : Number(match[1]);
    const max = match[3] !== '' ? Number(match[3]) : match[2] === ',' ? Number.POSITIVE_INFINITY : min;
    if (max < min) throw this.#fault('min repeat greater than max repeat', start + 1);
    if (min >= MAX_REPEAT) throw this.#fault('the repetition number is too large', start);
    return [min, max];
  }

  #item(): RegexNode | undefined {
    const start = this.#at;
    const char = this.#chars[this.#at++]!;
    switch (char) {
      case '.':
        return { kind: 'char', test: this.#flags & FLAGS.S ? () => true : code => code !== 10 };
      case '^':
        return { kind: 'at', where: this.#flags & FLAGS.M ? 'lineStart' : 'start', test: this.#word() };
      case '$':
        return { kind: 'at', where: this.#flags & FLAGS.M ? 'lineEnd' : 'endLine', test: this.#word() };
      case '(':
        return this.#group(start);
      case '[':
        return this.#set(start);
      case '\\':
        return this.#escape(start);
      default:
        return this.#literal(char.codePointAt(0)!);
    }
  }

  #word(): Test {
    return category('w', (this.#flags & FLAGS.A) !== 0);
  }

  #literal(code: number): RegexNode {
    if ((this.#flags & FLAGS.I) === 0) return { kind: 'char', test: other => other === code };
    const same = sameCase((this.#flags & FLAGS.A) !== 0);
    const folded = same(code);
    return { kind: 'char', test: other => other === code || same(other) === folded };
  }

  // ------------------------------------------------------------------------------------------ escapes

  #escape(start: number): RegexNode {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#fault('bad escape (end of pattern)', start);
    if ('dDsSwW'.includes(char)) return { kind: 'char', test: category(char, (this.#flags & FLAGS.A) !== 0) };
    if (char === 'A') return { kind: 'at', where: 'start', test: this.#word() };
    if (char === 'Z') return { kind: 'at', where: 'end', test: this.#word() };
    if (char === 'b' || char === 'B')
      return { kind: 'at', where: char === 'b' ? 'boundary' : 'notBoundary', test: this.#word() };
    if (char >= '1' && char <= '9') return this.#reference(start);
    this.#at = start + 1;
    return this.#literal(this.#escapedCode(start));
  }

  /** The character of an escape that is the same inside and outside of a set; `#at` is after the backslash. */
  #escapedCode(start: number): number {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#fault('bad escape (end of pattern)', start);
    const size = char === 'x' ? 2 : char === 'u' ? 4 : char === 'U' ? 8 : 0;
    if (size > 0) {
      const digits = this.#digits(/[0-9a-fA-F]/, size);
      if (digits.length < size) throw this.#fault(`incomplete escape \\${char}${digits}`, start);
      const code = Number.parseInt(digits, 16);
      if (code > 0x10ffff) throw this.#fault(`bad escape \\${char}${digits}`, start);
      return code;
    }
    if (char === 'N') {
      if (this.#peek() === '{') throw new Unsupported('\\N{...} in a regular expression', 'write the character');
      throw this.#fault('missing {', start + 2);
    }
    if (char === '0') return Number.parseInt(`0${this.#digits(/[0-7]/, 2)}`, 8);
    const simple = ESCAPES[char];
    if (simple !== undefined) return simple;
    if (/[a-zA-Z0-9]/.test(char)) throw this.#fault(`bad escape \\${char}`, start);
    return char.codePointAt(0)!;
  }

  #digits(pattern: RegExp, most: number): string {
    let text = '';
    while (text.length < most && pattern.test(this.#peek() ?? '')) text += this.#chars[this.#at++];
    return text;
  }

  /** `\1`, `\12`, or an octal escape of three digits. */
  #reference(start: number): RegexNode {
    this.#at = start + 1;
    let digits = this.#chars[this.#at++]!;
    if (/[0-9]/.test(this.#peek() ?? '')) {
      const octal = this.#chars.slice(start + 1, start + 4).join('');
      if (/^[0-3][0-7][0-7]$/.test(octal)) {
        this.#at = start + 4;
        return this.#literal(Number.parseInt(octal, 8));
      }
      if (/^[4-7][0-7][0-7]$/.test(octal))
        throw this.#fault(`octal escape value \\${octal} outside of range 0-0o377`, start);
      digits += this.#chars[this.#at++]!;
    }
    return this.#referenceTo(Number(digits), start + 1, start);
  }

  #referenceTo(index: number, position: number, openAt = position): RegexNode {
    if (index > this.#groups) throw this.#fault(`invalid group reference ${index}`, position);
    if (this.#open.has(index)) throw this.#fault('cannot refer to an open group', openAt);
    return { kind: 'reference', index, fold: (this.#flags & FLAGS.I) !== 0 };
  }

  // ------------------------------------------------------------------------------------------ sets

  #set(start: number): RegexNode {
    const negated = this.#accept('^');
    const singles = new Set<number>();
    const ranges: [number, number][] = [];
    const tests: Test[] = [];
    const first = this.#at;
    for (;;) {
      const char = this.#peek();
      if (char === undefined) throw this.#fault('unterminated character set', start);
      if (char === ']' && this.#at > first) break;
      const place = this.#at;
      const low = this.#setItem();
      if (this.#peek() === '-' && this.#chars[this.#at + 1] !== ']') {
        this.#at++;
        if (this.#peek() === undefined) throw this.#fault('unterminated character set', start);
        const high = this.#setItem();
        const text = this.#chars.slice(place, this.#at).join('');
        if (typeof low !== 'number' || typeof high !== 'number' || high < low)
          throw this.#fault(`bad character range ${text}`, place);
        ranges.push([low, high]);
      } else if (typeof low === 'number') singles.add(low);
      else tests.push(low);
    }
    this.#at++;
    const plain: Test = code =>
      singles.has(code) || ranges.some(([low, high]) => low <= code && code <= high) || tests.some(test => test(code));
    const ascii = (this.#flags & FLAGS.A) !== 0;
    const same = sameCase(ascii);
    const folded = new Set([...singles].map(same));
    const anyCase: Test = code => folded.has(same(code)) || casesOf(code, ascii).some(plain);
    const test = this.#flags & FLAGS.I ? anyCase : plain;
    return { kind: 'char', test: negated ? code => !test(code) : test };
  }

  #setItem(): number | Test {
    const start = this.#at;
    const char = this.#chars[this.#at++]!;
    if (char !== '\\') return char.codePointAt(0)!;
    const next = this.#peek();
    if (next !== undefined && 'dDsSwW'.includes(next)) {
      this.#at++;
      return category(next, (this.#flags & FLAGS.A) !== 0);
    }
    if (next !== undefined && next >= '0' && next <= '7') {
      const code = Number.parseInt(this.#digits(/[0-7]/, 3), 8);
      if (code > 0o377) throw this.#fault(`octal escape value outside of range 0-0o377`, start);
      return code;
    }
    return this.#escapedCode(start);
  }

  // ------------------------------------------------------------------------------------------ groups

  #close(start: number): void {
    if (!this.#accept(')')) throw this.#fault('missing ), unterminated subpattern', start);
  }

  #group(start: number): RegexNode | undefined {
    if (!this.#accept('?')) return this.#capture(start, undefined);
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#fault('unexpected end of pattern', this.#at - 1);
    switch (char) {
      case ':':
        return grouped(this.#enclosed(start));
      case 'P':
        return this.#named(start);
      case '#':
        while (this.#peek() !== undefined && this.#peek() !== ')') this.#at++;
        if (!this.#accept(')')) throw this.#fault('missing ), unterminated comment', start);
        return undefined;
      case '=':
      case '!':
        return { kind: 'look', behind: false, negative: char === '!', body: this.#enclosed(start) };
      case '<':
        return this.#behind(start);
      case '>':
        return { kind: 'atomic', body: this.#enclosed(start) };
      case '(':
        return this.#conditional(start);
      default:
        this.#at--;
        return this.#flagged(start);
    }
  }

  /** The rest of a group up to its bracket. */
  #enclosed(start: number): RegexNode {
    const flags = this.#flags;
    const body = this.#choice();
    this.#flags = flags;
    this.#close(start);
    return body;
  }

  #capture(start: number, name: string | undefined): RegexNode {
    const index = ++this.#groups;
    if (name !== undefined) this.#names.set(name, index);
    this.#open.add(index);
    const body = this.#enclosed(start);
    this.#open.delete(index);
    this.#bodies[index] = body;
    return { kind: 'group', index, body };
  }

  #until(end: string, what: string): string {
    const start = this.#at;
    while (this.#peek() !== undefined && this.#peek() !== end) this.#at++;
    const name = this.#chars.slice(start, this.#at).join('');
    if (!this.#accept(end)) {
      if (name === '') throw this.#fault(`missing ${what}`, start);
      throw this.#fault(`missing ${end}, unterminated name`, start);
    }
    if (name === '') throw this.#fault(`missing ${what}`, start);
    return name;
  }

  #checkName(name: string, place: number): void {
    if (!/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name))
      throw this.#fault(`bad character in group name ${repr(name)}`, place);
  }

  #named(start: number): RegexNode {
    if (this.#accept('<')) {
      const place = this.#at;
      const name = this.#until('>', 'group name');
      this.#checkName(name, place);
      const known = this.#names.get(name);
      if (known !== undefined)
        throw this.#fault(
          `redefinition of group name '${name}' as group ${this.#groups + 1}; was group ${known}`,
          place,
        );
      return this.#capture(start, name);
    }
    if (this.#accept('=')) {
      const place = this.#at;
      const name = this.#until(')', 'group name');
      this.#checkName(name, place);
      const index = this.#names.get(name);
      if (index === undefined) throw this.#fault(`unknown group name '${name}'`, place);
      return this.#referenceTo(index, place);
    }
    const char = this.#peek();
    if (char === undefined) throw this.#fault('unexpected end of pattern', this.#at);
    throw this.#fault(`unknown extension ?P${this.#shown(this.#at)}`, start + 1);
  }

  #behind(start: number): RegexNode {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#fault('unexpected end of pattern', this.#at - 1);
    if (char !== '=' && char !== '!') throw this.#fault(`unknown extension ?<${this.#shown(this.#at - 1)}`, start + 1);
    const body = this.#enclosed(start);
    this.#behinds.push(body);
    return { kind: 'look', behind: true, negative: char === '!', body };
  }

  #conditional(start: number): RegexNode {
    const place = this.#at;
    const name = this.#until(')', 'group name');
    const isNumber = /^\d+$/.test(name);
    if (!isNumber) this.#checkName(name, place);
    const index = isNumber ? Number(name) : this.#names.get(name);
    if (index === undefined) throw this.#fault(`unknown group name '${name}'`, place);
    if (index === 0) throw this.#fault('bad group number', place);
    this.#conditions.push([index, place]);
    const yes = this.#sequence();
    const no: RegexNode = this.#accept('|') ? this.#sequence() : { kind: 'empty' };
    if (this.#peek() === '|') throw this.#fault('conditional backref with more than two branches', this.#at);
    this.#close(start);
    return { kind: 'conditional', index, yes, no };
  }

  /** `(?i)` for the whole pattern, `(?i:...)` and `(?-i:...)` for a group. */
  #flagged(start: number): RegexNode | undefined {
    let add = 0;
    let remove = 0;
    let negative = false;
    for (;;) {
      const char = this.#chars[this.#at];
      if (char === undefined) throw this.#fault('missing -, : or )', this.#at);
      const flag = FLAG_LETTERS[char];
      const ends = char === ')' && (negative || this.#at === start + 2);
      if (ends || (flag === undefined && char !== '-' && char !== ':' && char !== ')')) {
        if (this.#at === start + 2) throw this.#fault(`unknown extension ?${this.#shown(this.#at)}`, start + 1);
        const wanted = negative ? (remove === 0 ? 'flag' : ':') : '-, : or )';
        throw this.#fault(/[a-zA-Z]/.test(char) ? 'unknown flag' : `missing ${wanted}`, this.#at);
      }
      this.#at++;
      if (char === ')') break;
      if (char === ':') {
        const flags = this.#flags;
        // One way of telling letters takes the place of the other.
        const kept = add & LETTERS ? flags & ~LETTERS : flags;
        this.#flags = (kept | add) & ~remove;
        const body = this.#choice();
        this.#flags = flags;
        this.#close(start);
        return grouped(body);
      }
      if (char === '-') negative = true;
      else if (negative) remove |= flag!;
      else add |= flag!;
    }
    const blank = this.#flags & FLAGS.X ? BLANK_VERBOSE : BLANK;
    if (!blank.test(this.#chars.slice(0, start).join('')))
      throw this.#fault('global flags not at the start of the expression', start);
    if (add & FLAGS.X && (this.#initial & FLAGS.X) === 0) throw new Verbose();
    this.#flags |= add;
    return undefined;
  }
}
