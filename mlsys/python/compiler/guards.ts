/**
 * Guards: calls such as `check(days > 5, "...")`, which stand as statements in a cell or a class body. The operands of
 * the comparisons in their condition are kept while they run, so that a guard that holds can tell by how much.
 */
import type { Comparison, GuardCall } from '../runtime/frame';
import type { Compare, Expression } from '../syntax/ast';
import { compileExpression } from './expressions';
import type { Scope } from './scope';
import type { Evaluate } from './unit';

/** A statement that calls something with a condition and a message, as a guard does; whether it is one is seen when it runs. */
export function compileGuard(call: Expression, scope: Scope): Evaluate | undefined {
  if (call.kind !== 'Call' || !scope.recorded) return undefined;
  const condition = call.args[0] ?? call.keywords.find(({ value }) => isTest(value))?.value;
  if (condition === undefined || condition.kind === 'Starred') return undefined;
  const comparisons: Comparison[] = [];
  const guard: GuardCall = { call, condition, comparisons };
  scope.guarded = new Set(comparisonsOf(condition));
  const evaluate = compileExpression(call, scope);
  scope.guarded = undefined;
  return frame => {
    comparisons.length = 0;
    frame.guard = guard;
    const value = evaluate(frame);
    comparisons.length = 0;
    return value;
  };
}

/** What gives a truth value by its form. */
function isTest({ kind }: Expression): boolean {
  return kind === 'Compare' || kind === 'BoolOp' || kind === 'UnaryOp';
}

/** The comparisons by which a condition is decided. */
function comparisonsOf(condition: Expression): Compare[] {
  if (condition.kind === 'Compare') return [condition];
  return condition.kind === 'BoolOp' ? condition.values.flatMap(comparisonsOf) : [];
}
