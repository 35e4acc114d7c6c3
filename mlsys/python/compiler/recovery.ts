/**
 * How code goes on past what Reckoner cannot do: the statement at fault counts as one that may or may not have run, wholly or
 * in part, and all that it might have bound or changed is unknown (see `effects.ts`).
 */
import { BudgetExceeded, Cancelled, PyError, Unsupported } from '../runtime/errors';
import { asOwnError, type Frame } from '../runtime/frame';
import { changeNumberDisplay } from '../runtime/numberDisplay';
import type { Value } from '../runtime/objects';
import { causeOfRefusal, causeOfThrown, spread, UnknownRaised, UnknownReached } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { Expression, Statement } from '../syntax/ast';
import { factsOfAll } from './facts';
import type { Scope } from './scope';
import { leaves, smear } from './smear';
import { type Completion, type Evaluate, type Execute, NORMAL } from './unit';

const NOTHING: Pick<UnknownReached, 'may' | 'before'> = { may: [], before: undefined };

/**
 * Goes on after the statement at `at` of a block threw. What leaves the block early, or might have, makes all that follows in
 * the loop or function uncertain too: then the exception goes on to the block around.
 */
export function recover(
  thrown: unknown,
  at: number,
  nodes: readonly object[],
  parts: readonly Execute[],
  scope: Scope,
  frame: Frame,
): Completion {
  if (scope.unit.library) throw thrown;
  let failed = thrown;
  let from = at;
  for (;;) {
    const cause = causeOfThrown(failed, frame);
    if (cause === undefined) throw failed;
    const node = nodes[from]!;
    const { may, before } = failed instanceof UnknownReached ? failed : NOTHING;
    const isRaised = endsWith(failed, node);
    if (isRaised || leaves(node)) {
      const returned = smear(nodes.slice(from), scope, frame, cause, undefined, before);
      const Reached = isRaised ? UnknownRaised : UnknownReached;
      throw new Reached(cause, [...may, ...returned], before);
    }
    smear([node], scope, frame, cause, undefined, before);
    from++;
    try {
      for (; from < parts.length; from++) {
        const completion = parts[from]!(frame);
        if (completion !== NORMAL) return completion;
      }
      return NORMAL;
    } catch (error) {
      failed = error;
    }
  }
}

/**
 * True where the code around a statement ends with an exception that nobody knows. Behind a `try` it goes on, whichever clause it
 * was that ran.
 */
function endsWith(thrown: unknown, node: object): boolean {
  const statement = node as Statement;
  return thrown instanceof UnknownRaised && !(statement.kind === 'Try' && statement.handlers.length > 0);
}

/** Goes on after the statement at `at` of a cell or module threw; true where the cell ends there. */
export function endsAt(at: number, thrown: unknown, nodes: readonly object[], scope: Scope, frame: Frame): boolean {
  const ends = endsWith(thrown, nodes[at]!);
  recovered(thrown, ends ? nodes.slice(at) : [nodes[at]!], scope, frame);
  return ends;
}

/** Makes unknown what is left of a cell or module that ends for a reason which is not Python's own. */
export function abandon(thrown: unknown, nodes: readonly object[], scope: Scope, frame: Frame): void {
  const error = asOwnError(thrown);
  if (error instanceof PyError) {
    // Once the cell is mended, they will be displayed otherwise.
    const { numberDisplay } = factsOfAll(nodes);
    if (numberDisplay !== undefined) changeNumberDisplay('a magic of a cell that failed', numberDisplay, frame);
    return;
  }
  if (error instanceof Cancelled) return;
  if (error instanceof BudgetExceeded || error instanceof Unsupported)
    vm.beyondBudgets(() => smear(nodes, scope, frame, causeOfRefusal(error, frame)));
}

/** An expression whose value is unknown where it cannot be evaluated, with all that it might have changed. */
export function guarded(evaluate: Evaluate, node: Expression, scope: Scope): Evaluate {
  return frame => {
    try {
      return evaluate(frame);
    } catch (error) {
      const unknown = recovered(error, [node], scope, frame, node);
      // What is around ends as well.
      if (error instanceof UnknownRaised) throw new UnknownRaised(error.cause, [unknown], error.before);
      return unknown;
    }
  };
}

/** What stands for the value of code that threw. */
export function recovered(
  error: unknown,
  nodes: readonly object[],
  scope: Scope,
  frame: Frame,
  value?: Expression,
): Value {
  const cause = scope.unit.library ? undefined : causeOfThrown(error, frame);
  if (cause === undefined) throw error;
  const before = error instanceof UnknownReached ? error.before : undefined;
  return spread(cause, { may: smear(nodes, scope, frame, cause, value, before) });
}
