/**
 * The grammar of unit texts: `kg m / s**2`, `3.5 GB/s`, `bytes per second`, `square meter`. A text is first brought into
 * Python's operators, then read into a tree, which `definitions.ts` evaluates to units and `registry.ts` to a quantity.
 */
import { raise, Unsupported } from '../python/runtime/errors';
import { badDefinition } from './errors';

export type UnitNode =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'unary'; readonly op: string; readonly operand: UnitNode }
  | { readonly kind: 'binary'; readonly op: string; readonly left: UnitNode; readonly right: UnitNode };

interface Token {
  readonly kind: 'name' | 'number' | 'op' | 'end';
  readonly text: string;
}

const NAME = '[_a-zA-Z][_a-zA-Z0-9]*';
const WORD = '[\\p{L}\\p{N}_]';

/** Spellings that become operators, in the order in which they apply. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/°/gu, 'degree'],
  [new RegExp(`((?:${WORD}|[.\\-+*\\\\^]))\\s+`, 'gu'), '$1 '],
  [new RegExp(`(${NAME}) squared`, 'gu'), '$1**2'],
  [new RegExp(`(${NAME}) cubed`, 'gu'), '$1**3'],
  [new RegExp(`cubic (${NAME})`, 'gu'), '$1**3'],
  [new RegExp(`square (${NAME})`, 'gu'), '$1**2'],
  [new RegExp(`sq (${NAME})`, 'gu'), '$1**2'],
  // a number in front of a letter, but for the e of an exponent
  [new RegExp(`(?<!${WORD})([0-9]+\\.?[0-9]*)(?=[e|E][a-zA-Z]|[a-df-zA-DF-Z])`, 'gu'), '$1*'],
  [new RegExp(`((?:${WORD}|[.)]))\\s+(?=(?:${WORD}|\\())`, 'gu'), '$1*'],
];

const SUPERSCRIPTS = new Map([...'⁰¹²³⁴⁵⁶⁷⁸⁹·⁻'].map((sign, at) => [sign, '0123456789*-'[at]!]));

/** Longer texts are no unit expressions; the rewriting takes time that grows with the square of the length. */
const LONGEST = 2000;

/** Brings a unit text into Python's operators. */
export function normalize(text: string): string {
  if (text.length > LONGEST) throw new Unsupported(`a unit text of more than ${LONGEST} characters`);
  let result = text.replaceAll(',', '').replaceAll(' per ', '/');
  for (const [pattern, replacement] of REWRITES) result = result.replace(pattern, replacement);
  result = result.replace(/(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\.[⁰¹²³⁴⁵⁶⁷⁸⁹]*)?)/gu, '**($1)');
  result = result.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹·⁻]/gu, sign => SUPERSCRIPTS.get(sign)!);
  return result.replaceAll('^', '**');
}

const TOKEN = new RegExp(
  [
    '\\s+',
    '(?<number>0[xX][0-9a-fA-F_]+|(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?)',
    // Dimensions, in brackets, count as names, and so does all that is not ASCII: Python's tokenizer has "€" as a name.
    '(?<name>\\[[\\p{L}\\p{N}_]*\\]|[A-Za-z_%\\u0080-\\u{10ffff}][A-Za-z0-9_\\u0080-\\u{10ffff}]*)',
    '(?<op>\\*\\*|//|[-+*/%()])',
  ].join('|'),
  'uy',
);

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw badDefinition(`unexpected character '${String.fromCodePoint(text.codePointAt(at)!)}'`);
    const { number, name, op } = found.groups!;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (op !== undefined) tokens.push({ kind: 'op', text: op });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

const PRIORITY: Readonly<Record<string, number>> = { '**': 3, '*': 1, '//': 1, '/': 1, '%': 1, '+': 0, '-': 0 };
const UNARY = 2;
const IMPLICIT = 1;
const NESTING = 100;

/** Reads a normalized text. Two terms side by side multiply; `**` groups to the right. */
export function parseUnits(text: string): UnitNode {
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;

  const group = (): UnitNode => {
    at++;
    if (++depth > NESTING) throw badDefinition('too many nested parentheses');
    const inner = expression(-1);
    depth--;
    if (tokens[at]!.text !== ')') throw badDefinition('unclosed parentheses in tokens');
    at++;
    return inner;
  };

  const term = (): UnitNode => {
    const token = tokens[at]!;
    if (token.text === '(') return group();
    if (token.kind === 'number' || token.kind === 'name') {
      at++;
      return token.kind === 'name' ? { kind: 'name', name: token.text } : { kind: 'number', text: token.text };
    }
    if (token.kind === 'op' && token.text !== ')') {
      if (token.text !== '+' && token.text !== '-') throw badDefinition(`missing unary operator '${token.text}'`);
      at++;
      return { kind: 'unary', op: token.text, operand: expression(UNARY) };
    }
    // pint asserts that an operand came
    if (token.kind === 'end' || depth > 0) throw raise('AssertionError');
    throw badDefinition('unopened parentheses in tokens');
  };

  const expression = (above: number): UnitNode => {
    let left = term();
    for (;;) {
      const token = tokens[at]!;
      if (token.kind === 'end' || token.text === ')') return left;
      if (token.text === '(') {
        // a group binds to what stands before it, whatever the operator further left
        left = { kind: 'binary', op: '*', left, right: group() };
      } else if (token.kind === 'op') {
        const priority = PRIORITY[token.text]!;
        if (priority <= above && token.text !== '**') return left;
        at++;
        left = { kind: 'binary', op: token.text, left, right: expression(priority) };
      } else {
        if (IMPLICIT <= above) return left;
        left = { kind: 'binary', op: '*', left, right: expression(IMPLICIT) };
      }
    }
  };

  const tree = expression(-1);
  if (tokens[at]!.kind !== 'end') throw badDefinition('unopened parentheses in tokens');
  return tree;
}
