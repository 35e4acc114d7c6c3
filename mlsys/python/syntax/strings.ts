/** String and bytes literals: what their escapes stand for. */
import { SyntaxFault } from './faults';

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Letters and signs that chapters write by name; the full table of Unicode names is not carried. */
const NAMED: ReadonlyMap<string, string> = namedCharacters();

function namedCharacters(): Map<string, string> {
  const names = new Map<string, string>();
  const greek =
    'ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI OMICRON PI RHO _ SIGMA TAU UPSILON PHI CHI PSI OMEGA';
  greek.split(' ').forEach((name, at) => {
    names.set(`GREEK CAPITAL LETTER ${name}`, String.fromCodePoint(0x391 + at));
    names.set(`GREEK SMALL LETTER ${name}`, String.fromCodePoint(0x3b1 + at));
  });
  const others =
    '2022 BULLET,00B5 MICRO SIGN,00B0 DEGREE SIGN,00D7 MULTIPLICATION SIGN,00F7 DIVISION SIGN,2013 EN DASH,' +
    '2014 EM DASH,2026 HORIZONTAL ELLIPSIS,2192 RIGHTWARDS ARROW,2190 LEFTWARDS ARROW,2248 ALMOST EQUAL TO,' +
    '2264 LESS-THAN OR EQUAL TO,2265 GREATER-THAN OR EQUAL TO,221E INFINITY,00A0 NO-BREAK SPACE,20AC EURO SIGN,' +
    '2713 CHECK MARK,00B1 PLUS-MINUS SIGN,00B2 SUPERSCRIPT TWO,00B3 SUPERSCRIPT THREE,2212 MINUS SIGN,' +
    '0020 SPACE,0024 DOLLAR SIGN,0023 NUMBER SIGN,007B LEFT CURLY BRACKET,007D RIGHT CURLY BRACKET';
  for (const entry of others.split(',')) names.set(entry.slice(5), String.fromCodePoint(Number.parseInt(entry, 16)));
  return names;
}

/** Line breaks count as `\n`, however the file writes them. */
function unixLines(body: string): string {
  return body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body;
}

/**
 * The text of a string literal's body with its escapes resolved. `at` is where the literal starts, for faults; `unnamed` takes
 * names of characters that are not in the table.
 */
export function decodeText(body: string, raw: boolean, at: number, unnamed: (name: string) => void): string {
  const text = unixLines(body);
  if (raw || !text.includes('\\')) return text;
  let out = '';
  let from = 0;
  for (let slash = text.indexOf('\\'); slash >= 0; slash = text.indexOf('\\', from)) {
    out += text.slice(from, slash);
    const found = readEscape(text, slash, at, unnamed);
    out += found.value;
    from = slash + found.length;
  }
  return out + text.slice(from);
}

interface Escape {
  readonly value: string;
  readonly length: number;
}

function readEscape(
  text: string,
  slash: number,
  at: number,
  unnamed: (name: string) => void = () => undefined,
): Escape {
  const code = text[slash + 1] ?? '';
  if (code === '\n') return { value: '', length: 2 };
  const simple = SIMPLE[code];
  if (simple !== undefined) return { value: simple, length: 2 };
  if (code >= '0' && code <= '7' && code !== '') {
    const digits = /^[0-7]{1,3}/.exec(text.slice(slash + 1, slash + 4))![0];
    return { value: String.fromCharCode(Number.parseInt(digits, 8)), length: 1 + digits.length };
  }
  if (code === 'N') return readNamed(text, slash, at, unnamed);
  const size = HEX_LENGTH[code];
  if (size === undefined) return { value: `\\${code}`, length: 1 + code.length };
  const digits = /^[0-9a-fA-F]*/.exec(text.slice(slash + 2, slash + 2 + size))![0];
  if (digits.length < size) {
    const shape = `\\${code}${'X'.repeat(size)}`;
    throw unicodeFault(text, slash, slash + 1 + digits.length, `truncated ${shape} escape`, at);
  }
  const point = Number.parseInt(digits, 16);
  if (point > 0x10ffff) throw unicodeFault(text, slash, slash + 9, 'illegal Unicode character', at);
  return { value: String.fromCodePoint(point), length: 2 + size };
}

function readNamed(text: string, slash: number, at: number, unnamed: (name: string) => void): Escape {
  const close = text.indexOf('}', slash);
  if (text[slash + 2] !== '{' || close < 0)
    throw unicodeFault(text, slash, slash + 1, 'malformed \\N character escape', at);
  const name = text.slice(slash + 3, close);
  const value = NAMED.get(name.toUpperCase());
  // The table is not whole, so whether CPython knows the name cannot be said.
  if (value === undefined) unnamed(name);
  return { value: value ?? '', length: close + 1 - slash };
}

function unicodeFault(text: string, from: number, to: number, what: string, at: number): SyntaxFault {
  // CPython counts bytes of UTF-8 in which all but ASCII is escaped as \UXXXXXXXX.
  const bytes = (end: number) => [...text.slice(0, end)].reduce((sum, char) => sum + (char > '\x7f' ? 10 : 1), 0);
  return new SyntaxFault(
    `(unicode error) 'unicodeescape' codec can't decode bytes in position ${bytes(from)}-${bytes(to)}: ${what}`,
    at,
    at + 1,
  );
}

/** The bytes of a bytes literal's body. */
export function decodeBytes(body: string, raw: boolean, at: number): Uint8Array {
  const text = unixLines(body);
  const data: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 127) throw new SyntaxFault('bytes can only contain ASCII literal characters', at, at + 1);
    if (code !== 92 || raw) {
      data.push(code);
      continue;
    }
    const next = text[index + 1] ?? '';
    if (next === 'x') {
      const digits = /^[0-9a-fA-F]*/.exec(text.slice(index + 2, index + 4))![0];
      if (digits.length < 2) throw new SyntaxFault(`(value error) invalid \\x escape at position ${index}`, at, at + 1);
      data.push(Number.parseInt(digits, 16));
      index += 3;
    } else if (next === 'N' || next === 'u' || next === 'U') data.push(92);
    else {
      const found = readEscape(text, index, at);
      for (const char of found.value) data.push(char.charCodeAt(0) & 255);
      index += found.length - 1;
    }
  }
  return Uint8Array.from(data);
}
