/** `with` statements. */
import { BudgetExceeded, type PyError, type PyException, raise, Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import { channelOf } from '../runtime/nativeEffects';
import { NativeFunction, PyInstance, typeOf, type Value } from '../runtime/objects';
import { callSpecial, special, truth, typeName } from '../runtime/operations';
import { causeOf, isUnknown, UnknownReached } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { With } from '../syntax/ast';
import { compileRecorded, compileStore, readsOf } from './assignment';
import { caught, watched, whileHandling } from './exceptions';
import type { Scope } from './scope';
import { returnsValue } from './smear';
import { compileBlock } from './statements';
import type { Completion, Evaluate, Execute, Store } from './unit';

/** One `context as target`. */
export interface Item {
  readonly at: With['items'][number];
  readonly context: Evaluate;
  readonly store: Store | undefined;
}

export function compileWithItem(item: With['items'][number], scope: Scope): Item {
  const reads = readsOf(scope);
  return {
    at: item,
    context: compileRecorded(item.context, scope, reads),
    store: item.target === undefined ? undefined : compileStore(item.target, scope, reads),
  };
}

export function compileWith(node: With, scope: Scope): Execute {
  if (node.async)
    return () => {
      throw new Unsupported('async with', 'write an ordinary with statement', node);
    };
  let run = compileBlock(node.body, scope);
  for (const item of node.items.toReversed()) run = within(compileWithItem(item, scope), run, node.body, scope);
  return run;
}

/** A context that was entered: how it is left. */
export interface Entered {
  readonly manager: Value;
  readonly exit: Value;
}

/** Evaluates the context, enters it and binds the target. */
export function enter(item: Item, frame: Frame): Entered {
  const manager = item.context(frame);
  frame.at = item.at.context;
  const start = special(manager, '__enter__');
  const exit = special(manager, '__exit__');
  if (start === undefined || exit === undefined) {
    const name = typeName(manager);
    const missed = start === undefined ? '' : ' (missed __exit__ method)';
    throw raise('TypeError', `'${name}' object does not support the context manager protocol${missed}`);
  }
  try {
    const value = callSpecial(start, manager, []);
    item.store?.(frame, value);
  } catch (thrown) {
    if (isOurs(thrown)) giveUp(manager);
    throw thrown;
  }
  return { manager, exit };
}

function isOurs(thrown: unknown): boolean {
  return thrown instanceof UnknownReached || thrown instanceof Unsupported || thrown instanceof BudgetExceeded;
}

/** Whatever a generator of `contextlib.contextmanager` has left to do is as unknown as the statement that is given up. */
function giveUp(manager: Value): void {
  const generator = manager instanceof PyInstance ? manager.attrs?.get('gen') : undefined;
  if (generator instanceof PyGenerator) generator.giveUp();
}

/**
 * Leaves a context of the library that holds a state where the body ended for a reason that is not Python's own: the state is
 * set back however the body ends.
 */
export function leaveUnknown(thrown: unknown, { manager, exit }: Entered): void {
  if (!isOurs(thrown)) return;
  giveUp(manager);
  if (channelOf(exit) !== undefined) callSpecial(exit, manager, [null, null, null]);
}

/** Leaves the context because of an exception; true where it says that the exception is dealt with. */
export function leaveFailed(entered: Entered, exception: PyException, frame: Frame, item: Item): boolean {
  return whileHandling(exception, () => {
    frame.at = item.at.context;
    return truth(callSpecial(entered.exit, entered.manager, [typeOf(exception), exception, null]));
  });
}

function within(item: Item, body: Execute, nodes: readonly object[], scope: Scope): Execute {
  return frame => {
    const entered = enter(item, frame);
    const run = redirects(entered.manager) ? () => muted(() => body(frame)) : () => body(frame);
    let completion: Completion;
    try {
      // An exception of the target's assignment is outside; enter() has done that already.
      completion = maySuppress(entered) ? watched(nodes, scope, frame, run) : run();
    } catch (thrown) {
      leaveUnknown(thrown, entered);
      const error: PyError = caught(thrown, frame, scope);
      if (leaveFailed(entered, error.exception, frame, item)) return 0;
      throw error;
    }
    const { result } = frame;
    frame.at = item.at.context;
    callSpecial(entered.exit, entered.manager, [null, null, null]);
    frame.result = result;
    return completion;
  };
}

function muted<T>(body: () => T): T {
  const before = vm.muted;
  vm.muted = true;
  try {
    return body();
  } finally {
    vm.muted = before;
  }
}

/** True for a context that sends what is printed elsewhere: where to is unknown, but the cell does not show it. */
function redirects(manager: Value): boolean {
  return isUnknown(manager) && causeOf(manager).subject === 'contextlib.redirect_stdout';
}

/** True where leaving the context may make an exception in it unheard: then what is unknown in it may have ended it early. */
export function maySuppress({ manager, exit }: Entered): boolean {
  if (isUnknown(manager)) return causeOf(manager).kind !== 'file';
  if (exit instanceof PyFunction) return returnsValue(exit);
  return !(exit instanceof NativeFunction) || SUPPRESSING.has(typeOf(manager).name);
}

/** Context managers of the library that may swallow exceptions. */
const SUPPRESSING = new Set(['suppress', 'ExitStack', '_GeneratorContextManager']);
