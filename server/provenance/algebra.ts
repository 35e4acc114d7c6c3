/** Calculates with formulas, by mathjs: loaded when somebody asks how a number moves. */
import {
  addDependencies,
  type ConstantNode as Constant,
  ConstantNodeDependencies,
  cosDependencies,
  create,
  derivativeDependencies,
  divideDependencies,
  expDependencies,
  log2Dependencies,
  log10Dependencies,
  logDependencies,
  type MathNode,
  multiplyDependencies,
  type OperatorNode as Operator,
  OperatorNodeDependencies,
  type ParenthesisNode,
  parseDependencies,
  powDependencies,
  type SymbolNode,
  sinDependencies,
  sqrtDependencies,
  subtractDependencies,
  tanDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
} from 'mathjs/number';
import type { SourceRecord } from '../evaluation/provenance';
import type { ClosedForm } from './closedForm';
import { numberTex } from './formulaTex';

/** What formulas need, and no more of the library. */
const PIECES = {
  ConstantNodeDependencies,
  OperatorNodeDependencies,
  addDependencies,
  cosDependencies,
  derivativeDependencies,
  divideDependencies,
  expDependencies,
  log2Dependencies,
  log10Dependencies,
  logDependencies,
  multiplyDependencies,
  parseDependencies,
  powDependencies,
  sinDependencies,
  sqrtDependencies,
  subtractDependencies,
  tanDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
};
// Its types call each piece one that may be missing.
const { ConstantNode, derivative, OperatorNode, parse } = create(PIECES as Parameters<typeof create>[0]);

/** How a number moves with a leaf of its formula. */
export interface Elasticity {
  readonly source: SourceRecord;
  /** By how many percent the number moves where the leaf grows by one percent. */
  readonly elasticity: number;
}

/** The names of the leaves in a formula, as TeX. */
export type NamesTex = ReadonlyMap<string, string>;

/**
 * A formula in the leaves alone, simplified, as TeX: products and quotients are one fraction, what stands above and below it is
 * cancelled, ones are left out. Undefined where the outcome does not give the number that the formula stands for.
 */
export function simplifiedTex({ expression, symbols }: ClosedForm, value: number, names: NamesTex): string | undefined {
  const simple = fractionOf(parse(expression));
  const scope = Object.fromEntries([...symbols].map(([symbol, source]) => [symbol, source.value.number!]));
  const now: unknown = simple.evaluate(scope);
  if (typeof now !== 'number' || !(Math.abs(now - value) <= CLOSE * Math.abs(value))) return undefined;
  const handler = (node: MathNode): string | undefined =>
    isSymbol(node) ? names.get(node.name) : isConstant(node) ? numberTex(Number(node.value)) : undefined;
  return simple.toTex({ parenthesis: 'auto', handler }).replaceAll('\\cdot', ' \\times ');
}

const isSymbol = (node: MathNode): node is SymbolNode => node.type === 'SymbolNode';
const isConstant = (node: MathNode): node is Constant => node.type === 'ConstantNode';
const isParenthesis = (node: MathNode): node is ParenthesisNode => node.type === 'ParenthesisNode';
const isOperator = (node: MathNode): node is Operator => node.type === 'OperatorNode';

/** Products and quotients within it become one fraction each, with their sign before it. */
function fractionOf(node: MathNode): MathNode {
  const { over, under, isNegative } = factorsOf(node);
  for (const factor of [...over]) {
    const at = under.findIndex(one => one.equals(factor));
    if (at < 0) continue;
    under.splice(at, 1);
    over.splice(over.indexOf(factor), 1);
  }
  const top = productOf(over);
  const fraction = under.length === 0 ? top : new OperatorNode('/', 'divide', [top, productOf(under)]);
  return isNegative ? new OperatorNode('-', 'unaryMinus', [fraction]) : fraction;
}

function productOf(factors: readonly MathNode[]): MathNode {
  const [first = new ConstantNode(1), ...rest] = factors;
  return rest.reduce((product, factor) => new OperatorNode('*', 'multiply', [product, factor]), first);
}

interface Factors {
  /** Above and below the line. */
  readonly over: MathNode[];
  readonly under: MathNode[];
  readonly isNegative: boolean;
}

function factorsOf(node: MathNode): Factors {
  if (isParenthesis(node)) return factorsOf(node.content);
  if (isOperator(node) && node.fn === 'unaryMinus') {
    const factors = factorsOf(node.args[0]!);
    return { ...factors, isNegative: !factors.isNegative };
  }
  if (isOperator(node) && (node.op === '*' || node.op === '/')) {
    const [left, right] = node.args.map(factorsOf) as [Factors, Factors];
    const [over, under] = node.op === '*' ? [right.over, right.under] : [right.under, right.over];
    const isNegative = left.isNegative !== right.isNegative;
    return { over: [...left.over, ...over], under: [...left.under, ...under], isNegative };
  }
  if (isConstant(node) && Number(node.value) === 1) return { over: [], under: [], isNegative: false };
  return { over: [isConstant(node) || isSymbol(node) ? node : node.map(fractionOf)], under: [], isNegative: false };
}

/** How near the formula must come to the number that it stands for. */
const CLOSE = 1e-9;

/** The elasticities of a number by the derivatives of its formula; undefined where the formula does not give that number. */
export function elasticitiesOf({ expression, symbols }: ClosedForm, value: number): readonly Elasticity[] | undefined {
  const formula = parse(expression);
  const scope = Object.fromEntries([...symbols].map(([symbol, source]) => [symbol, source.value.number!]));
  const now: unknown = formula.evaluate(scope);
  if (typeof now !== 'number' || value === 0 || !(Math.abs(now - value) <= CLOSE * Math.abs(value))) return undefined;
  const found: Elasticity[] = [];
  for (const [symbol, source] of symbols) {
    const slope: unknown = derivative(formula, symbol).evaluate(scope);
    if (typeof slope !== 'number' || !Number.isFinite(slope)) return undefined;
    found.push({ source, elasticity: (slope * source.value.number!) / value });
  }
  return found;
}
