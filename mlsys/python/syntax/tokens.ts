/** The tokens of Python, and the tables by which characters and words become them. */

const KEYWORD_NAMES = [
  'False',
  'None',
  'True',
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
  'yield',
] as const;

/** Those of one character come last. */
const OPERATOR_NAMES = [
  ...(['...', '**=', '//=', '>>=', '<<='] as const),
  ...(['==', '!=', '<>', '<=', '>=', '->', ':=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '@='] as const),
  ...(['**', '//', '<<', '>>'] as const),
  ...(['(', ')', '[', ']', '{', '}', ':', ',', ';', '.', '=', '+', '-', '*', '/', '%', '@', '&'] as const),
  ...(['|', '^', '~', '<', '>', '!'] as const),
] as const;

export type Keyword = (typeof KEYWORD_NAMES)[number];
export type Operator = (typeof OPERATOR_NAMES)[number];

/**
 * What a token is. Keywords and operators are types of their own. `fstart`, `fmiddle` and `fend` delimit an f-string
 * and its literal parts; the tokens of its fields stand between them. `magic` is an IPython line; `fault` stands where
 * no token can be made of the text.
 */
export type TokenType =
  | 'name'
  | 'number'
  | 'string'
  | 'fstart'
  | 'fmiddle'
  | 'fend'
  | 'newline'
  | 'indent'
  | 'dedent'
  | 'end'
  | 'magic'
  | 'fault'
  | Keyword
  | Operator;

/**
 * How tightly what follows an operand binds to it, in ascending order; 0 for all that ends an expression. `not` counts
 * as a comparison for the sake of `not in`; as a prefix it has its own place.
 */
export const OR = 1;
export const AND = 2;
export const NOT = 3;
export const COMPARISON = 4;
export const BIT_OR = 5;
export const BIT_XOR = 6;
export const BIT_AND = 7;
export const SHIFT = 8;
export const SUM = 9;
export const TERM = 10;
export const POWER = 11;
/** Calls, attributes and subscripts. */
export const TRAILER = 12;

const STRENGTHS: Readonly<Partial<Record<TokenType, number>>> = {
  or: OR,
  and: AND,
  not: COMPARISON,
  in: COMPARISON,
  is: COMPARISON,
  '==': COMPARISON,
  '!=': COMPARISON,
  '<': COMPARISON,
  '<=': COMPARISON,
  '>': COMPARISON,
  '>=': COMPARISON,
  '|': BIT_OR,
  '^': BIT_XOR,
  '&': BIT_AND,
  '<<': SHIFT,
  '>>': SHIFT,
  '+': SUM,
  '-': SUM,
  '*': TERM,
  '/': TERM,
  '//': TERM,
  '%': TERM,
  '@': TERM,
  '**': POWER,
  '.': TRAILER,
  '(': TRAILER,
  '[': TRAILER,
};

/** A token whose text is always the same. */
export interface Lexeme {
  readonly type: Keyword | Operator;
  readonly strength: number;
  /** True for keywords that open a scope, change one, or cannot stand everywhere. */
  readonly scoped: boolean;
}

const SCOPED: ReadonlySet<string> = new Set<Keyword>([
  ...(['def', 'lambda', 'return', 'yield', 'global', 'nonlocal'] as const),
  ...(['async', 'await', 'break', 'continue'] as const),
]);

function lexemes(types: readonly (Keyword | Operator)[]): [string, Lexeme][] {
  return types.map(type => [type, { type, strength: STRENGTHS[type] ?? 0, scoped: SCOPED.has(type) }]);
}

export const KEYWORDS: ReadonlyMap<string, Lexeme> = new Map(lexemes(KEYWORD_NAMES));

/** Slices shorter than this are copies in V8. */
const SHORT = 13;
/** More words than any chapter has. */
const MOST_WORDS = 20_000;
let words = new Map<string, Lexeme | string>(KEYWORDS);

/** The keyword that a word is, or the name: the same string wherever it stands, which is found faster and kept once. */
export function wordOf(text: string): Lexeme | string {
  const known = words.get(text);
  if (known !== undefined) return known;
  if (words.size >= MOST_WORDS) words = new Map(KEYWORDS);
  // A long slice keeps the whole source; one of a new text keeps no more than that.
  const name = text.length < SHORT ? text : ` ${text}`.slice(1);
  words.set(name, name);
  return name;
}

export const OPERATORS: ReadonlyMap<string, Lexeme> = new Map(lexemes(OPERATOR_NAMES));
/** Operators of one character by its code. */
export const SHORT_OPERATORS: readonly (Lexeme | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  OPERATORS.get(String.fromCharCode(code)),
);

/** An offset beyond every source. */
export const NOWHERE = 0x3fffffff;
export const LETTER = 1;
export const BLANK = 2;
export const DIGIT = 3;
export const SIGN = 4;
export const OPENER = 5;
export const CLOSER = 6;
export const LINE_BREAK = 7;
export const QUOTE = 8;
export const COMMENT = 9;
export const BACKSLASH = 10;

/** Classes of the ASCII characters. */
export const CLASSES: Uint8Array = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(128);
  const members: readonly (readonly [number, string])[] = [
    [LETTER, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'],
    [BLANK, ' \t\f'],
    [DIGIT, '0123456789'],
    [SIGN, ':,;.=+-*/%@&|^~<>!'],
    [OPENER, '([{'],
    [CLOSER, ')]}'],
    [LINE_BREAK, '\n\r'],
    [QUOTE, '"\''],
    [COMMENT, '#'],
    [BACKSLASH, '\\'],
  ];
  for (const [kind, characters] of members) for (const one of characters) table[one.charCodeAt(0)] = kind;
  return table;
}

export const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A word of ASCII letters from `lastIndex` on; a match is cheaper than a loop that has not been compiled yet. */
export const WORD = /\w*/y;

/** A decimal number from `lastIndex` on, unless a letter follows. */
export const PLAIN_NUMBER = /\d+(?:\.\d*)?/y;

/** A whole identifier from `lastIndex` on, letters of any script included. */
export const IDENTIFIER = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
