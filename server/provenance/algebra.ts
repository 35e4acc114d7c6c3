/** Calculates with formulas, by mathjs: loaded when somebody asks how a number moves. */
import {
  addDependencies,
  cosDependencies,
  create,
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
} from 'mathjs/number';
import type { SourceRecord } from '../evaluation/provenance';
import type { ClosedForm } from './closedForm';

/** What formulas need, and no more of the library. */
const PIECES = {
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
const { derivative, parse } = create(PIECES as Parameters<typeof create>[0]);

/** How a number moves with a leaf of its formula. */
export interface Elasticity {
  readonly source: SourceRecord;
  /** By how many percent the number moves where the leaf grows by one percent. */
  readonly elasticity: number;
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
