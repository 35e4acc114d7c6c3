/** What is kept of guards. */
import type { Span } from '../syntax/ast';
import type { UnknownCause } from './unknown';

/** Two numbers that a guard compared, as texts for the author, quantities in the units of the one on the right. */
export interface CheckComparison {
  readonly left: string;
  readonly operator: string;
  readonly right: string;
  readonly held: boolean;
  /** True for `< c` of `a < b < c`. */
  readonly chained: boolean;
  /** How far the two are apart, as a text and in proportion to the one on the right. */
  readonly apart: string;
  readonly ratio: number;
}

/** The condition of a guard. */
export interface CheckCondition {
  /** Its place in the program that ran. */
  readonly span: Span;
  /** Those of its comparisons that were evaluated and compare numbers, in order. */
  readonly comparisons: readonly CheckComparison[];
}

/** Result of one `check(condition, message)`. */
export interface CheckResult {
  readonly passed: boolean;
  readonly message: string;
  /** Known where the cell itself calls `check` in a statement of its own. */
  readonly condition: CheckCondition | undefined;
  /** Where the cell called it: at module level or in a class body. */
  readonly span: Span | undefined;
  readonly trace: readonly { readonly file: string; readonly span: Span }[];
}

/** A `check` of which nobody knows whether it holds. */
export interface UndecidedCheck extends Omit<CheckResult, 'passed' | 'condition'> {
  readonly cause: UnknownCause;
}
