/** The tokens of Python, and the character classes that tell them apart. */

/**
 * `fstart`, `fmiddle` and `fend` delimit an f-string and its literal parts; the tokens of its fields stand between
 * them. `magic` is an IPython line.
 */
export type TokenType =
  | 'name'
  | 'keyword'
  | 'number'
  | 'string'
  | 'fstart'
  | 'fmiddle'
  | 'fend'
  | 'op'
  | 'newline'
  | 'indent'
  | 'dedent'
  | 'end'
  | 'magic';

export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** Text of names (normalised), keywords and operators; prefix of a string; empty otherwise. */
  readonly text: string;
  /** Number of brackets open around the token. */
  readonly depth: number;
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Operators of three, two characters; all others have one. */
export const LONG_OPERATORS: ReadonlySet<string> = new Set(
  '... **= //= >>= <<= == != <= >= -> := += -= *= /= %= &= |= ^= @= ** // << >>'.split(' '),
);

export const SINGLE_OPERATORS = '()[]{}:,;.=+-*/%@&|^~<>!';

export const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isAsciiIdentifierStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

export function isAsciiIdentifierPart(code: number): boolean {
  return isAsciiIdentifierStart(code) || isDigit(code);
}

/** A whole identifier from `lastIndex` on, letters of any script included. */
export const IDENTIFIER = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
