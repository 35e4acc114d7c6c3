/**
 * Formulas that are typed into a sentence and built as one that a cell computes, with numbers that the cell has no longer: right by
 * themselves, and stale all the same.
 */
import { type Expression, pathOf, symbolIndex } from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { type Equation, equationsIn, evaluate, numbersOf, type Term } from './arithmetic';
import { numberOf } from './behind';
import type { Line } from './lines';
import { shortNumber, type WrittenNumber } from './numbers';
import { nounIn, readName } from './subject';

/** A typed number that stands in the place of a value. */
export interface StalePart {
  readonly number: WrittenNumber;
  readonly path: string;
  readonly value: number;
}

export interface StaleFormula {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly parts: readonly StalePart[];
}

/** The stale formulas of a block. */
export function* staleFormulas(block: ProseBlock): Iterable<StaleFormula> {
  if (!/[=≈]|\\approx/.test(block.source) || block.near.length === 0) return;
  for (const line of block.lines) {
    if (!/[=≈]/.test(line.text)) continue;
    for (const equation of equationsIn(line)) {
      const clause = line.text
        .slice(0, equation.left.from)
        .split(/[.:;]\s/)
        .at(-1)!;
      if (OTHER.test(clause + line.text.slice(equation.right.to).split(/[.:;]\s/, 1)[0]!)) continue;
      const parts = partsOf(equation, line, block);
      if (parts !== undefined) yield { line, from: equation.left.from, to: equation.right.to, parts };
    }
  }
}

/** Another case than that of the cell. */
const OTHER = /\b(?:if|suppose|imagine|instead|would|were|previously|originally|for example|e\.g\.)(?=\W|$)/i;

/** Operands of a sum or a product, those with the sign or in the place of the first before the others. */
interface Node<Leaf> {
  readonly kind: 'sum' | 'product';
  readonly first: readonly Part<Leaf>[];
  readonly other: readonly Part<Leaf>[];
}
type Part<Leaf> = Node<Leaf> | { readonly kind: 'leaf'; readonly leaf: Leaf };

interface CellFormula {
  /** Undefined for one that is a part of another. */
  readonly path: string | undefined;
  readonly prefix: string;
  readonly node: Node<Expression>;
  /** True where names stand for what makes them. */
  readonly isWrittenOut: boolean;
}

interface Pair {
  readonly number: WrittenNumber;
  readonly path: string;
  readonly value: number;
}

/** What a formula has of a cell's: pairs of numbers and values, and how many constants of the code are typed in it. */
interface Match {
  readonly pairs: readonly Pair[];
  readonly constants: number;
  /** And how many are not. */
  readonly unsaid: number;
}

function partsOf({ left, right }: Equation, line: Line, block: ProseBlock): readonly StalePart[] | undefined {
  const [formula, result] = left.term.kind === 'number' ? [right.term, left.term] : [left.term, right.term];
  if (formula.kind !== 'operation' || numbersOf(formula).length > MOST || !isRightItself(formula, result))
    return undefined;
  const typed = nodeOfTerm(formula);
  if (typed === undefined) return undefined;
  let found: readonly StalePart[] | undefined;
  let farthest = Number.POSITIVE_INFINITY;
  let isUnsure = false;
  for (const cell of block.near) {
    if (cell.status !== 'ok' || cell.stale) continue;
    for (const { path, prefix, node, isWrittenOut } of formulasOf(cell.program)) {
      const match = matchNodes(typed, node, leaf => valueAt(leaf, prefix, cell, block.near));
      if (match === undefined) continue;
      const stale = match.pairs.filter(pair => !isSame(pair));
      // One that has just these numbers is meant.
      if (stale.length === 0) return undefined;
      const whole = result.kind === 'number' ? resultOf(path, result.number, cell) : undefined;
      const parts = whole === undefined ? stale : [...stale, whole];
      if (!isConvincing(match, stale, whole) || parts.some(one => isShown(one, line))) continue;
      // What the code has as the formula does is meant rather than what only comes to it, or agrees in less.
      const distance = (isWrittenOut ? 1 : 0) + match.unsaid + stale.length;
      if (distance > farthest) continue;
      // Several that fit say nothing for sure.
      isUnsure = distance === farthest && (isUnsure || !isAlike(found!, parts));
      if (distance < farthest) found = parts;
      farthest = distance;
    }
  }
  return isUnsure ? undefined : found;
}

const MOST = 8;

function isShown({ number }: StalePart, line: Line): boolean {
  return line.refsIn(number.from, number.digitsTo).length > 0;
}

/** What the cell gives instead of the result, where that is stale as well. */
function resultOf(path: string | undefined, number: WrittenNumber, cell: CellResult): StalePart | undefined {
  const value = path === undefined ? undefined : valueOfPath(path, cell);
  if (value === undefined || !isNear(number.value, value) || isSame({ number, value })) return undefined;
  return { number, path: path!, value };
}

/** "= 17.2 kW" of `hold_kw`, "= 234 billion tokens" of `tokens` */
function isInUnitOf({ number: { unit }, path }: StalePart): boolean {
  const { measures, parts } = readName(lastOf(path));
  if (nounIn(unit, parts)) return true;
  return measures.some(({ kind, factor }) => kind === unit?.kind && factor === unit?.factor);
}

/** What does not come out is told elsewhere. */
function isRightItself(formula: Term, result: Term): boolean {
  if (result.kind !== 'number') return false;
  const { value, half } = result.number;
  const computed = evaluate(formula, one => {
    const own = Number.isInteger(one.value) ? 0 : one.half;
    return { low: one.value - own, high: one.value + own };
  });
  if (computed === undefined) return false;
  const slack = half + RIGHT * Math.abs(value);
  // In other units, it comes out by a factor between them.
  const ratio = (computed.low + computed.high) / 2 / value;
  return (computed.low <= value + slack && computed.high >= value - slack) || ratio < 0.5 || ratio > 2;
}

/** What is further off is told for itself. */
const RIGHT = 0.002;

/** As much agrees as differs, with digits enough that it is no chance, and what differs is near. */
function isConvincing({ pairs, constants }: Match, stale: readonly Pair[], whole: StalePart | undefined): boolean {
  const isOfUnit = whole !== undefined && isInUnitOf(whole);
  const same = pairs.filter(isSame);
  const digits = same.reduce((sum, { number }) => sum + digitsOf(number.value), 0) + constants;
  const count = same.length + constants;
  if (same.length === 0 || count < stale.length || digits < (count > 1 || isOfUnit ? 2 : 3)) return false;
  // Where the result is another one as well, and two operands are the same, one digit is enough: "0.30 × 46 × 84".
  const isWhole = whole !== undefined && count > 1;
  return stale.every(({ number, value }) => isNear(number.value, value) && (isWhole || digitsOf(number.value) > 1));
}

function digitsOf(value: number): number {
  return String(Number(value.toPrecision(6)))
    .replaceAll(/\D|^[0.]+/g, '')
    .replace(/0+$/, '').length;
}

function isNear(one: number, other: number): boolean {
  const ratio = one / other;
  return ratio > 0.55 && ratio < 1.8;
}

function isSame({ number, value }: { readonly number: WrittenNumber; readonly value: number }): boolean {
  const own = number.unit?.kind === 'ratio' && value <= 1 ? 100 * value : value;
  return Math.abs(own - number.value) <= number.half * 1.000_001 || Math.abs(own / number.value - 1) < 1e-9;
}

function isAlike(one: readonly StalePart[], other: readonly StalePart[]): boolean {
  return (
    one.length === other.length &&
    one.every((part, at) => part.number === other[at]!.number && Math.abs(part.value / other[at]!.value - 1) < 1e-9)
  );
}

function matchNodes(
  typed: Node<WrittenNumber>,
  node: Node<Expression>,
  valueAt: (leaf: Expression) => { readonly path: string; readonly value: number } | undefined,
): Match | undefined {
  if (typed.kind !== node.kind) return undefined;
  const sides = [
    matchLists(typed.first, node.first, node.kind, valueAt),
    matchLists(typed.other, node.other, node.kind, valueAt),
  ];
  const [first, other] = sides;
  if (first === undefined || other === undefined) return undefined;
  return {
    pairs: [...first.pairs, ...other.pairs],
    constants: first.constants + other.constants,
    unsaid: first.unsaid + other.unsaid,
  };
}

function matchLists(
  typed: readonly Part<WrittenNumber>[],
  parts: readonly Part<Expression>[],
  kind: Node<unknown>['kind'],
  valueAt: (leaf: Expression) => { readonly path: string; readonly value: number } | undefined,
): Match | undefined {
  let left = [...typed];
  let constants = 0;
  let unsaid = 0;
  // Thousands that the code multiplies by, and the formula has in one of its numbers.
  let spare = 1;
  const open: Part<Expression>[] = [];
  for (const part of parts) {
    const constant = part.kind === 'leaf' ? constantOf(part.leaf) : undefined;
    if (constant === undefined) {
      open.push(part);
      continue;
    }
    const at = left.findIndex(one => one.kind === 'leaf' && Math.abs(one.leaf.value / constant - 1) < 1e-9);
    if (at >= 0) {
      left = left.filter((_, index) => index !== at);
      constants++;
    } else if (kind === 'sum') return undefined;
    // A factor between units may go unsaid.
    else {
      spare *= constant;
      unsaid++;
    }
  }
  if (left.length !== open.length) return undefined;
  const pairs: Pair[] = [];
  const scales = spare !== 1 && Number.isInteger(Math.log10(spare)) ? [1, spare] : [1];
  const values = open.map(part => (part.kind === 'leaf' ? valueAt(part.leaf) : undefined));
  // What is equal belongs together, in whatever order it stands; the rest by its place.
  const taken = new Map<number, number>();
  for (const [at, value] of values.entries()) {
    if (value === undefined) continue;
    const index = left.findIndex(
      (one, index) =>
        one.kind === 'leaf' &&
        ![...taken.values()].includes(index) &&
        scales.some(scale => isSame({ number: one.leaf, value: scale * value.value })),
    );
    if (index >= 0) taken.set(at, index);
  }
  const rest = left.map((_, index) => index).filter(index => ![...taken.values()].includes(index));
  for (const [at, part] of open.entries()) {
    const one = left[taken.get(at) ?? rest.shift()!]!;
    if (part.kind === 'leaf') {
      const value = values[at];
      if (one.kind !== 'leaf' || value === undefined) return undefined;
      const scale = scales.find(scale => isNear(one.leaf.value, scale * value.value)) ?? 1;
      pairs.push({ number: one.leaf, path: value.path, value: scale * value.value });
      continue;
    }
    const inner = one.kind === 'leaf' ? undefined : matchNodes(one, part, valueAt);
    if (inner === undefined) return undefined;
    pairs.push(...inner.pairs);
    constants += inner.constants;
    unsaid += inner.unsaid;
  }
  return { pairs, constants, unsaid };
}

function nodeOfTerm(term: Term): Node<WrittenNumber> | undefined {
  const part = partOfTerm(term);
  return part?.kind === 'leaf' ? undefined : part;
}

function partOfTerm(term: Term): Part<WrittenNumber> | undefined {
  if (term.kind === 'number') return { kind: 'leaf', leaf: term.number };
  if (term.kind === 'root' || term.operator === '^') return undefined;
  const isSum = term.operator === '+' || term.operator === '-';
  return joined(isSum, term.operator === '-' || term.operator === '/', partOfTerm(term.left), partOfTerm(term.right));
}

function partOfExpression(node: Expression): Part<Expression> | undefined {
  return pathOf(node) !== undefined || constantOf(node) !== undefined ? { kind: 'leaf', leaf: node } : undefined;
}

/** The ways in which a formula may write an expression: its names as one number, or what makes them. */
function variantsOf(
  node: Expression,
  madeOf: (leaf: Expression) => Expression | undefined,
  depth: number,
): readonly Part<Expression>[] {
  if (node.kind === 'Call' && node.func.kind === 'Name' && PASSING.has(node.func.id) && node.args.length === 1)
    return variantsOf(node.args[0]!, madeOf, depth);
  if (node.kind !== 'BinOp') {
    const part = partOfExpression(node);
    const made = depth === 0 || part === undefined ? undefined : madeOf(node);
    return part === undefined ? [] : made === undefined ? [part] : [part, ...variantsOf(made, madeOf, depth - 1)];
  }
  const { op } = node;
  if (op !== '+' && op !== '-' && op !== '*' && op !== '/') return [];
  const found: Part<Expression>[] = [];
  for (const left of variantsOf(node.left, madeOf, depth))
    for (const right of variantsOf(node.right, madeOf, depth)) {
      const part = joined(op === '+' || op === '-', op === '-' || op === '/', left, right);
      if (part !== undefined && found.length < MOST_VARIANTS) found.push(part);
    }
  return found;
}

const MOST_VARIANTS = 8;

/** Functions that leave a number as it is, but for its digits. */
const PASSING: ReadonlySet<string> = new Set(['round', 'int', 'float', 'ceil', 'floor']);

/** Sums of sums are one sum, and so are products. */
function joined<Leaf>(
  isSum: boolean,
  isOther: boolean,
  left: Part<Leaf> | undefined,
  right: Part<Leaf> | undefined,
): Node<Leaf> | undefined {
  if (left === undefined || right === undefined) return undefined;
  const kind = isSum ? 'sum' : 'product';
  const own = (part: Part<Leaf>): readonly [readonly Part<Leaf>[], readonly Part<Leaf>[]] =>
    part.kind === kind ? [(part as Node<Leaf>).first, (part as Node<Leaf>).other] : [[part], []];
  const [first, other] = own(left);
  const [more, less] = own(right);
  return isOther
    ? { kind, first: [...first, ...less], other: [...other, ...more] }
    : { kind, first: [...first, ...more], other: [...other, ...less] };
}

function constantOf(node: Expression): number | undefined {
  if (node.kind !== 'Constant') return undefined;
  const { value } = node;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

const formulas = new WeakMap<CellProgram['module'], readonly CellFormula[]>();

/** What the assignments of a cell compute of two values or more, and the sums within these. */
function formulasOf({ module }: CellProgram): readonly CellFormula[] {
  let known = formulas.get(module);
  if (known === undefined) {
    const { definitions } = symbolIndex(module);
    known = definitions.all.flatMap(({ name, kind, value }): CellFormula[] => {
      if (kind !== 'assignment' || value === undefined) return [];
      const prefix = name.includes('.') ? name.slice(0, name.lastIndexOf('.') + 1) : '';
      const madeOf = (leaf: Expression): Expression | undefined => {
        const path = pathOf(leaf);
        const [made, ...more] = path === undefined ? [] : definitions.of(prefix + path);
        return more.length === 0 && made?.value?.kind === 'BinOp' ? made.value : undefined;
      };
      return variantsOf(value, madeOf, 1).flatMap((part, at): CellFormula[] => {
        if (part.kind === 'leaf') return [];
        const within = [...part.first, ...part.other].filter(one => one.kind !== 'leaf');
        const isWrittenOut = at > 0;
        return [
          { path: name, prefix, node: part, isWrittenOut },
          ...within.map(node => ({ path: undefined, prefix, node, isWrittenOut })),
        ];
      });
    });
    formulas.set(module, known);
  }
  return known;
}

function valueAt(
  leaf: Expression,
  prefix: string,
  cell: CellResult,
  near: readonly CellResult[],
): { readonly path: string; readonly value: number } | undefined {
  const path = pathOf(leaf);
  if (path === undefined) return undefined;
  for (const one of [cell, ...near])
    for (const name of one === cell && prefix !== '' ? [prefix + path, path] : [path]) {
      const value = one.status === 'ok' ? valueOfPath(name, one) : undefined;
      if (value !== undefined) return { path: name, value };
    }
  return undefined;
}

function valueOfPath(path: string, cell: CellResult): number | undefined {
  const value = cell.bindingOf(path)?.value;
  if (value === undefined || value.unknown !== undefined) return undefined;
  return value.type === 'int' || value.type === 'float' || value.type === 'Quantity' ? numberOf(value.repr) : undefined;
}

/** A value with the digits that a typed number has. */
export function asTyped({ number, value }: StalePart, text: string): string {
  const own = number.unit?.kind === 'ratio' && value <= 1 ? 100 * value : value;
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  return decimals === 0 ? shortNumber(Math.round(own)) : own.toFixed(decimals);
}
