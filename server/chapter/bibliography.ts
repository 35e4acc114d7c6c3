/** Reads BibTeX files: what a chapter cites and what hovers show. Tolerant: a broken entry costs no other one. */
import type { OffsetRange } from './ranges';

export interface BibliographyField {
  /** Lower case. */
  readonly name: string;
  /** Braces, quotes and line ends removed; TeX accents as Unicode letters. */
  readonly value: string;
  /** The same with its braces, which tell names of organisations from those of persons. */
  readonly source: string;
  readonly range: OffsetRange;
}

export interface BibliographyEntry {
  readonly key: string;
  /** `article`, `book`, `inproceedings`, …, in lower case. */
  readonly type: string;
  readonly fields: readonly BibliographyField[];
  readonly range: OffsetRange;
  readonly keyRange: OffsetRange;
  /** How another key is written in place of this one; undefined where that is not known. */
  readonly writeKey?: ((key: string) => string) | undefined;
  field(name: string): string | undefined;
  /** The value of a field with its braces. */
  source(name: string): string | undefined;
  /** The item itself where the bibliography is one of CSL. */
  readonly item?: Readonly<Record<string, unknown>> | undefined;
}

export interface BibliographyFault {
  readonly message: string;
  readonly range: OffsetRange;
}

export interface Bibliography {
  readonly entries: readonly BibliographyEntry[];
  readonly faults: readonly BibliographyFault[];
  get(key: string): BibliographyEntry | undefined;
}

class Entry implements BibliographyEntry {
  readonly key: string;
  readonly type: string;
  readonly fields: readonly BibliographyField[];
  readonly range: OffsetRange;
  readonly keyRange: OffsetRange;

  constructor(
    key: string,
    type: string,
    fields: readonly BibliographyField[],
    range: OffsetRange,
    keyRange: OffsetRange,
  ) {
    this.key = key;
    this.type = type;
    this.fields = fields;
    this.range = range;
    this.keyRange = keyRange;
  }

  writeKey(key: string): string {
    return key;
  }

  field(name: string): string | undefined {
    return this.fields.find(field => field.name === name)?.value;
  }

  source(name: string): string | undefined {
    return this.fields.find(field => field.name === name)?.source;
  }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export function parseBibliography(text: string): Bibliography {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #entries: Entry[] = [];
  readonly #faults: BibliographyFault[] = [];
  readonly #strings = new Map<string, string>();

  constructor(text: string) {
    this.#text = text;
  }

  read(): Bibliography {
    for (;;) {
      const at = this.#text.indexOf('@', this.#at);
      if (at < 0) break;
      this.#at = at + 1;
      this.#entry(at);
    }
    const byKey = new Map<string, BibliographyEntry>();
    for (const entry of this.#entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
    return { entries: this.#entries, faults: this.#faults, get: key => byKey.get(key) };
  }

  #entry(start: number): void {
    const type = this.#match(/\s*([A-Za-z]+)\s*/y)?.[1]?.toLowerCase();
    if (type === undefined) return;
    const open = this.#text[this.#at];
    if (open !== '{' && open !== '(') return;
    const close = open === '{' ? '}' : ')';
    this.#at++;
    if (type === 'comment' || type === 'preamble') {
      this.#at--;
      this.#balanced(close);
      return;
    }
    if (type === 'string') {
      for (const field of this.#fields(close)) this.#strings.set(field.name, field.source);
      return;
    }
    const key = this.#match(/\s*([^\s,{}()=]+)\s*/y);
    if (!key) {
      this.#fault('This entry has no key.', start);
      return;
    }
    const keyStart = this.#at - key[0].length + key[0].indexOf(key[1]!);
    if (this.#text[this.#at] === ',') this.#at++;
    const fields = this.#fields(close);
    const range = { start, end: this.#at };
    const keyRange = { start: keyStart, end: keyStart + key[1]!.length };
    this.#entries.push(new Entry(key[1]!, type, fields, range, keyRange));
  }

  /** `name = value, …` up to the closing bracket; stops before what looks like the next entry. */
  #fields(close: string): BibliographyField[] {
    const fields: BibliographyField[] = [];
    for (;;) {
      this.#match(/[\s,]*/y);
      const from = this.#at;
      if (from >= this.#text.length || /@[A-Za-z]+\s*[{(]/y.test(this.#text.slice(from, from + 40))) {
        this.#fault('This entry is not closed.', from);
        return fields;
      }
      if (this.#text[from] === close) {
        this.#at++;
        return fields;
      }
      const name = this.#match(/([A-Za-z][\w:.+/-]*)\s*=\s*/y);
      if (!name) {
        this.#fault('A field is a name, an equals sign and a value.', from);
        this.#at = Math.max(from + 1, this.#skipLine(close));
        continue;
      }
      const read = this.#value();
      fields.push({ name: name[1]!.toLowerCase(), ...read, range: { start: from, end: this.#at } });
    }
  }

  #skipLine(close: string): number {
    for (let at = this.#at; at < this.#text.length; at++) {
      const unit = this.#text[at];
      if (unit === '\n' || unit === ',' || unit === close) return at;
    }
    return this.#text.length;
  }

  /** A number, a braced or quoted text, a name of a string, or several joined by `#`. */
  #value(): Pick<BibliographyField, 'value' | 'source'> {
    let source = '';
    do {
      this.#match(/\s*#?\s*/y);
      const unit = this.#text[this.#at];
      if (unit === '{') source += this.#balanced('}').slice(1, -1);
      else if (unit === '"') source += this.#quoted();
      else {
        const word = this.#match(/[^\s,{}()"#=]+/y)?.[0] ?? '';
        const name = word.toLowerCase();
        source += this.#strings.get(name) ?? (MONTHS.includes(name) ? name : word);
      }
    } while (this.#match(/\s*#/y));
    return { value: plain(source).replace(/\s+/g, ' ').trim(), source: letters(source).trim() };
  }

  /** From an opening bracket to its match, or to the end of the paragraph where it has none. */
  #balanced(close: string): string {
    const start = this.#at;
    const open = this.#text[start]!;
    let depth = 0;
    for (let at = start; at < this.#text.length; at++) {
      const unit = this.#text[at]!;
      if (unit === '\\') at++;
      else if (unit === open) depth++;
      else if (unit === close && --depth === 0) {
        this.#at = at + 1;
        return this.#text.slice(start, this.#at);
      } else if (unit === '\n' && /^\s*@[A-Za-z]+\s*\{/.test(this.#text.slice(at + 1, at + 60))) {
        break;
      }
    }
    this.#fault('This brace is not closed.', start);
    const next = this.#text.slice(start).search(/\n\s*(?:@[A-Za-z]+\s*\{|\n)/);
    this.#at = next < 0 ? this.#text.length : start + next;
    return `${this.#text.slice(start, this.#at)}}`;
  }

  #quoted(): string {
    const start = ++this.#at;
    let depth = 0;
    for (let at = start; at < this.#text.length; at++) {
      const unit = this.#text[at];
      if (unit === '\\') at++;
      else if (unit === '{') depth++;
      else if (unit === '}') depth--;
      else if (unit === '"' && depth <= 0) {
        this.#at = at + 1;
        return this.#text.slice(start, at);
      }
    }
    this.#fault('This quotation mark is not closed.', start - 1);
    const line = this.#text.indexOf('\n', start);
    this.#at = line < 0 ? this.#text.length : line;
    return this.#text.slice(start, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #fault(message: string, start: number): void {
    this.#faults.push({ message, range: { start, end: Math.min(start + 1, this.#text.length) } });
  }
}

const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
};
const LETTERS: Readonly<Record<string, string>> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
};

/** TeX text as plain text. */
function plain(text: string): string {
  return letters(text)
    .replace(/(?<!\\)[{}]/g, '')
    .replace(/~/g, ' ')
    .replace(/---/g, '—')
    .replace(/--/g, '–');
}

/** The same with its braces: letters of TeX are those of Unicode. */
function letters(text: string): string {
  return text
    .replace(
      /\\(?:([`'^~=."])\s*|([uvHdckr])(?:\s+|(?=\{)))(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))/g,
      (whole, sign, letter, a, b) => {
        const accent = ACCENTS[sign ?? letter];
        return accent === undefined ? whole : `${a ?? b}${accent}`.normalize('NFC');
      },
    )
    .replace(/\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*(?:\{\})?/g, (_, name: string) => LETTERS[name]!)
    .replace(/\\(?:textit|textbf|emph|texttt|textsc|url)\s*(?=\{)/g, '')
    .replace(/\\([&%$#_{}])/g, '$1')
    .replace(/\s+/g, ' ');
}
