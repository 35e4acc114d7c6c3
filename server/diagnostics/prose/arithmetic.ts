/** Arithmetic in a line of text: sides between signs of equality, as trees of operations on written numbers. */
import {
  type FunctionNode,
  type MathNode,
  type OperatorNode,
  type ParenthesisNode,
  readExpression,
  type SymbolNode,
} from './expressions';
import type { Line } from './lines';
import { MAGNITUDES, numbersIn, type WrittenNumber } from './numbers';
import { withSigns } from './wordedSigns';

export type Term =
  | { readonly kind: 'number'; readonly number: WrittenNumber }
  | { readonly kind: 'root'; readonly of: Term }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Term; readonly right: Term };

export type Operator = '×' | '/' | '+' | '-' | '^';

/** One side of an equation, and where it stands in the line. */
export interface Side {
  readonly term: Term;
  readonly from: number;
  readonly to: number;
}

/** Two sides with a sign of equality between them. */
export interface Equation {
  readonly left: Side;
  readonly right: Side;
}

type Token =
  | { readonly kind: 'number'; readonly number: WrittenNumber; readonly from: number; readonly to: number }
  | { readonly kind: Operator | '√' | '(' | ')' | '='; readonly from: number; readonly to: number };

/**
 * What a letter right behind the digits of a number is taken for, as that of "1.5B × 4 bytes": thousands to trillions, or something
 * that does not change the number. Without a reading, such a number is part of no equation.
 */
export type LetterReading = 'scale' | 'plain' | undefined;

/** The equations of a line. A side that is only a part of a longer formula with words or names in it says nothing by itself. */
export function* equationsIn(line: Line, letters?: LetterReading): Iterable<Equation> {
  const text = line.place === 'formula' ? line.text : withSigns(line.text);
  for (const run of runsOf(text, letters)) {
    if (!run.some(({ kind }) => kind === '=')) continue;
    const sides = sidesOf(run, text);
    for (const [at, right] of sides.entries()) {
      const left = sides[at - 1];
      if (left !== undefined && right !== undefined) yield { left, right };
    }
  }
}

/** The numbers of a term, in order. */
export function numbersOf(term: Term): readonly WrittenNumber[] {
  if (term.kind === 'number') return [term.number];
  return term.kind === 'root' ? numbersOf(term.of) : [...numbersOf(term.left), ...numbersOf(term.right)];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a term may come to, where each number lies between two; undefined where it divides by zero. */
export function evaluate(term: Term, known: (number: WrittenNumber) => Interval): Interval | undefined {
  if (term.kind === 'number') return known(term.number);
  if (term.kind === 'root') {
    const of = evaluate(term.of, known);
    return of === undefined || of.low < 0 ? undefined : { low: Math.sqrt(of.low), high: Math.sqrt(of.high) };
  }
  const left = evaluate(term.left, known);
  const right = evaluate(term.right, known);
  if (left === undefined || right === undefined) return undefined;
  const { operator } = term;
  if (operator === '+') return { low: left.low + right.low, high: left.high + right.high };
  if (operator === '-') return { low: left.low - right.high, high: left.high - right.low };
  if (operator === '/' && right.low <= 0 && right.high >= 0) return undefined;
  const corners = [left.low, left.high].flatMap(a => [right.low, right.high].map(b => OPERATIONS[operator](a, b)));
  return corners.every(Number.isFinite) ? { low: Math.min(...corners), high: Math.max(...corners) } : undefined;
}

const OPERATIONS = {
  '×': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '^': (a: number, b: number) => a ** b,
} as const;

/** Signs between numbers; a minus and an `x` stand between blanks, where they are no hyphen and no letter. */
const SIGN =
  /\s*(?:(?<times>[×·*⋅]|(?<=\s)x(?=\s))|(?<over>[/÷])|(?<plus>\+)|(?<minus>(?<=\s)[-−–](?=\s)|−)|(?<power>\^)|(?<root>√)|(?<open>\()|(?<close>\))|(?<equal>&?\s?[=≈≃])|(?<none>[$€£~]|(?:USD|EUR)\b))\s*/y;

/** Stretches of nothing but numbers, with their units, and signs. */
function* runsOf(text: string, letters: LetterReading): Iterable<readonly Token[]> {
  let run: Token[] = [];
  const numbers =
    letters === undefined ? withPowers(text) : withPowers(text).map(one => withLetter(one, text, letters));
  for (const [at, number] of numbers.entries()) {
    const next = numbers[at + 1];
    // `3 × 4`, `11 million × $4`: the sign is no factor of the number here.
    const sign =
      number.unit?.kind === 'factor' && /^\s*(?:[\d(√$€£~]|$)/.test(text.slice(number.to, next?.from))
        ? /\s?×$/.exec(text.slice(number.digitsTo, number.to))
        : null;
    const to = sign !== null && next !== undefined ? number.digitsTo + sign.index : number.to;
    if (at === 0) run.push(...(opening(text, number.from) ?? []));
    run.push({ kind: 'number', number, from: number.from, to });
    const signs = next === undefined ? undefined : signsIn(text, to, next.from);
    // Without a sign between them, what stands in parentheses is an aside.
    if (signs?.some(({ kind }) => kind !== '(' && kind !== ')') === true) {
      run.push(...signs);
      continue;
    }
    run.push(...closing(text, to));
    yield run;
    run = next === undefined ? [] : [...(opening(text, next.from) ?? [])];
  }
}

/** Letters behind digits; `64B` may be bytes, too. */
const LETTER = /^[KMBT](?![\p{L}\d/])/u;

/** True where such a letter stands in the text. */
export function hasLetters(text: string): boolean {
  return /\d[KMBT](?![\p{L}\d/])/u.test(text);
}

function withLetter(number: WrittenNumber, text: string, letters: 'scale' | 'plain'): WrittenNumber {
  const letter = number.to === number.digitsTo ? LETTER.exec(text.slice(number.to, number.to + 2))?.[0] : undefined;
  if (letter === undefined) return number;
  const scale = letters === 'scale' ? MAGNITUDES[letter.toLowerCase()]! : 1;
  const half = number.half * scale;
  return { ...number, to: number.to + 1, value: number.value * scale, half };
}

/** The numbers of a text; those that a power is written of stand by themselves (`2^10`). */
function withPowers(text: string): readonly WrittenNumber[] {
  // `13 × 10^9` is one number, unless its power of ten is a factor of its own kind.
  const bases = Array.from(
    text.matchAll(/(?<![\w.,^])(?!(?<=\d\s?[×x]\s?)10\^)(\d+(?:\.\d+)?)(?=\^\(?-?\d)/g),
    ({ index, 0: digits }) => {
      const to = index + digits.length;
      return { from: index, digitsTo: to, to, value: Number(digits), half: 0, unit: undefined };
    },
  );
  const others = numbersIn(text).filter(({ from, to }) => !bases.some(base => from < base.to && base.from < to));
  return [...others, ...bases].sort((a, b) => a.from - b.from);
}

/** The signs in a gap between two numbers; undefined where something else stands there. */
function signsIn(text: string, from: number, to: number): Token[] | undefined {
  const found: Token[] = [];
  const gap = text.slice(0, to);
  SIGN.lastIndex = from;
  let at = from;
  for (let match = SIGN.exec(gap); match !== null; match = SIGN.exec(gap)) {
    const kind = kindOf(match.groups!);
    if (kind !== undefined) found.push({ kind, from: at, to: SIGN.lastIndex });
    at = SIGN.lastIndex;
    if (at >= to) break;
  }
  SIGN.lastIndex = 0;
  return gap.slice(at).trim() === '' ? found : undefined;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Exclude<Token['kind'], 'number'> | undefined {
  if (groups.times !== undefined) return '×';
  if (groups.over !== undefined) return '/';
  if (groups.plus !== undefined) return '+';
  if (groups.minus !== undefined) return '-';
  if (groups.power !== undefined) return '^';
  if (groups.root !== undefined) return '√';
  if (groups.open !== undefined) return '(';
  if (groups.close !== undefined) return ')';
  return groups.equal === undefined ? undefined : '=';
}

/** Parentheses right before the first number of a run, and the sign before these. */
function opening(text: string, to: number): Token[] | undefined {
  const before = /[-−–+×·*/÷^√(\s$€£~]*$/.exec(text.slice(0, to))![0];
  return signsIn(text, to - before.length, to) ?? signsIn(text, to - /[($~]*$/.exec(before)![0].length, to);
}

function closing(text: string, from: number): Token[] {
  const behind = /^[-−–+×·*/÷^)\s$]*/.exec(text.slice(from, from + 12))![0];
  return signsIn(text, from, from + behind.length) ?? [];
}

/** The sides of a run; undefined in place of one that is no whole expression. */
function sidesOf(run: readonly Token[], text: string): readonly (Side | undefined)[] {
  const parts: Token[][] = [[]];
  for (const token of run)
    if (token.kind === '=') parts.push([]);
    else parts.at(-1)!.push(token);
  return parts.map(tokens => {
    const numbers = tokens.filter(token => token.kind === 'number');
    if (numbers.length === 0) return undefined;
    // `f(3)` is no product.
    const open = tokens[0]!.kind === '(' ? text.indexOf('(', tokens[0]!.from) : 0;
    const whole = balanced(tokens);
    // `(2 + 1)^2 (2 + 1)`: without a sign between them, it is a product for sure only in a formula.
    if (whole[0]?.kind === '(' && /[\d)}]\s*$/.test(text.slice(0, text.indexOf('(', whole[0].from)))) return undefined;
    const term = open > 0 && /[\w}\\]/.test(text[open - 1]!) ? undefined : termOf(whole);
    if (term === undefined) return undefined;
    const [start, end] = [whole[0]!.from, whole.at(-1)!.to];
    const written = text.slice(start, end);
    const [from, to] = [end - written.trimStart().length, start + written.trimEnd().length];
    // What a sentence puts in parentheses is not part of them; neither is a hyphen, which may be a minus.
    if (/[A-Za-z\d)][×*/^]$/.test(text.slice(0, numbers[0]!.from)) || /[-−–]$/.test(text.slice(0, from)))
      return undefined;
    return { term, from, to };
  });
}

/** Without parentheses around the whole that open or close elsewhere. */
function balanced(tokens: readonly Token[]): readonly Token[] {
  const open = tokens.filter(({ kind }) => kind === '(').length;
  const close = tokens.filter(({ kind }) => kind === ')').length;
  let [from, to] = [0, tokens.length];
  for (let more = open - close; more > 0 && tokens[from]?.kind === '('; more--) from++;
  for (let more = close - open; more > 0 && tokens[to - 1]?.kind === ')'; more--) to--;
  return tokens.slice(from, to);
}

/** Nobody computes more than that in a sentence. */
const MOST_TOKENS = 100;

/** The term that tokens write; undefined where they are no expression. */
function termOf(tokens: readonly Token[]): Term | undefined {
  const [first, ...more] = tokens;
  if (more.length === 0) return first?.kind === 'number' ? { kind: 'number', number: first.number } : undefined;
  if (more.length >= MOST_TOKENS) return undefined;
  const numbers: WrittenNumber[] = [];
  const parts = tokens.map((token, at) => {
    if (token.kind === 'number') return `n${numbers.push(token.number) - 1}${tokens[at - 1]?.kind === '√' ? ')' : ''}`;
    if (token.kind === '√') return tokens[at + 1]?.kind === '(' ? 'sqrt' : 'sqrt(';
    return token.kind === '×' ? '*' : token.kind;
  });
  const tree = readExpression(parts.join(' '));
  return tree === undefined ? undefined : termOfNode(tree, numbers);
}

/** Undefined for what stands beside one another without a sign: it is no product for sure. */
function termOfNode(node: MathNode, numbers: readonly WrittenNumber[]): Term | undefined {
  switch (node.type) {
    case 'SymbolNode':
      return { kind: 'number', number: numbers[Number((node as SymbolNode).name.slice(1))]! };
    case 'ParenthesisNode':
      return termOfNode((node as ParenthesisNode).content, numbers);
    case 'FunctionNode': {
      const { fn, args } = node as FunctionNode;
      const of = fn.name === 'sqrt' && args.length === 1 ? termOfNode(args[0]!, numbers) : undefined;
      return of && { kind: 'root', of };
    }
    case 'OperatorNode': {
      const { op, args, implicit } = node as OperatorNode & { readonly args: readonly MathNode[] };
      const operator = op === '*' ? '×' : (op as Operator);
      if (implicit || args.length !== 2) return undefined;
      const [left, right] = [termOfNode(args[0]!, numbers), termOfNode(args[1]!, numbers)];
      return left && right && { kind: 'operation', operator, left, right };
    }
    default:
      return undefined;
  }
}
