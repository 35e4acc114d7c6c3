/**
 * Bodies of generator functions. Only what contains a `yield` is compiled to JavaScript generators; everything else
 * runs as ordinary closures. Here are the statements; expressions are in `yields.ts`.
 */
import { PyError, type PyException, Unsupported } from '../runtime/errors';
import { type Frame, handling } from '../runtime/frame';
import { type Body, generators, PyGenerator } from '../runtime/generator';
import type { Value } from '../runtime/objects';
import { callSpecial, iterate } from '../runtime/operations';
import { causeOfThrown, UnknownRaised, UnknownReached, unknowns, type Watcher } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { ExceptHandler, For, FunctionDef, If, Lambda, Match, Statement, Try, While, With } from '../syntax/ast';
import { compileStore } from './assignment';
import { accepts, addContext, caught, compileHandler, refuseDoubt, watcherOf } from './exceptions';
import { makesGenerator } from './loops';
import { compileCase } from './match';
import type { Scope } from './scope';
import { smear } from './smear';
import { compileBlock, compileStatement } from './statements';
import { BREAK, type Completion, type Execute, NORMAL, RETURN } from './unit';
import { compileWithItem, enter, leaveFailed, leaveUnknown, maySuppress } from './with';
import { compileYielding, compileYieldingTest, containsYield, hoistStatement, type YieldingEvaluate } from './yields';

/** A statement that may be suspended. */
type YieldingExecute = (frame: Frame) => Generator<Value, Completion, Value>;

type Part = ({ readonly plain: Execute } | { readonly yielding: YieldingExecute }) & {
  readonly nodes: readonly object[];
};

export function compileGeneratorBody(node: FunctionDef | Lambda, scope: Scope): (frame: Frame) => Body {
  if (node.kind === 'Lambda') return compileYielding(node.body, scope);
  const run = block(node.body, scope);
  return function* (frame) {
    return (yield* run(frame)) === RETURN ? frame.result : null;
  };
}

function block(statements: readonly Statement[], scope: Scope): YieldingExecute {
  const parts: Part[] = [];
  let plain: Statement[] = [];
  const flush = () => {
    if (plain.length > 0) parts.push({ plain: compileBlock(plain, scope), nodes: plain });
    plain = [];
  };
  for (const statement of statements) {
    if (!containsYield(statement)) plain.push(statement);
    else {
      flush();
      parts.push({ yielding: yieldingStatement(statement, scope), nodes: [statement] });
    }
  }
  flush();
  return function* (frame) {
    let at = 0;
    try {
      for (; at < parts.length; at++) {
        const part = parts[at]!;
        const completion = 'plain' in part ? part.plain(frame) : yield* part.yielding(frame);
        if (completion !== NORMAL) return completion;
      }
      return NORMAL;
    } catch (error) {
      // Nobody knows what is yielded from here on.
      const cause = scope.unit.library ? undefined : causeOfThrown(error, frame);
      if (cause === undefined) throw error;
      const rest = parts.slice(at).flatMap(part => part.nodes);
      smear(rest, scope, frame, cause);
      throw error instanceof UnknownRaised ? error : new UnknownReached(cause);
    }
  };
}

function yieldingStatement(node: Statement, scope: Scope): YieldingExecute {
  switch (node.kind) {
    case 'ExprStatement': {
      const value = compileYielding(node.value, scope);
      return function* (frame) {
        yield* value(frame);
        return NORMAL;
      };
    }
    case 'If':
      return yieldingIf(node, scope);
    case 'While':
      return yieldingWhile(node, scope);
    case 'For':
      return yieldingFor(node, scope);
    case 'Try':
      return yieldingTry(node, scope);
    case 'With':
      return yieldingWith(node, scope);
    case 'Match':
      return yieldingMatch(node, scope);
    default: {
      const hoisted = hoistStatement(node, scope);
      if (hoisted === undefined)
        return () => {
          throw new Unsupported('yield at this place of a statement', undefined, node);
        };
      const run = hoisted.run ?? compileStatement(hoisted.node, scope);
      return function* (frame) {
        yield* hoisted.prepare(frame);
        return run(frame);
      };
    }
  }
}

function yieldingIf(node: If, scope: Scope): YieldingExecute {
  const test = compileYieldingTest(node.test, scope);
  const body = block(node.body, scope);
  const orelse = block(node.orelse, scope);
  return function* (frame) {
    return (yield* test(frame)) ? yield* body(frame) : yield* orelse(frame);
  };
}

function yieldingWhile(node: While, scope: Scope): YieldingExecute {
  const test = compileYieldingTest(node.test, scope);
  const body = block(node.body, scope);
  const orelse = block(node.orelse, scope);
  const cost = 1 + node.body.length;
  return function* (frame) {
    while (yield* test(frame)) {
      frame.at = node;
      vm.step(cost);
      const completion = yield* body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
    }
    return yield* orelse(frame);
  };
}

function yieldingFor(node: For, scope: Scope): YieldingExecute {
  const iter = compileYielding(node.iter, scope);
  const store = compileStore(node.target, scope);
  const body = block(node.body, scope);
  const orelse = block(node.orelse, scope);
  const cost = 1 + node.body.length;
  const owns = makesGenerator(node.iter);
  return function* (frame) {
    const before = generators.made;
    const items = yield* iter(frame);
    frame.at = node.iter;
    const next = iterate(items);
    const own = owns && items instanceof PyGenerator && items.isOwn(before) ? items : undefined;
    try {
      for (;;) {
        frame.at = node.iter;
        const item = next();
        if (item === undefined) return yield* orelse(frame);
        vm.step(cost);
        store(frame, item);
        const completion = yield* body(frame);
        if (completion === BREAK) return NORMAL;
        if (completion === RETURN) return RETURN;
      }
    } finally {
      own?.drop();
    }
  };
}

function yieldingMatch(node: Match, scope: Scope): YieldingExecute {
  const subject = compileYielding(node.subject, scope);
  const cases = node.cases.map(one => ({ fits: compileCase(one, scope), body: block(one.body, scope) }));
  return function* (frame) {
    const value = yield* subject(frame);
    for (const { fits, body } of cases) if (fits(frame, value)) return yield* body(frame);
    return NORMAL;
  };
}

function yieldingTry(node: Try, scope: Scope): YieldingExecute {
  if (node.star)
    return () => {
      throw new Unsupported('yield inside except*', undefined, node);
    };
  const body = block(node.body, scope);
  const orelse = block(node.orelse, scope);
  const handlers = node.handlers.map(handler => ({
    // The plain body of the handler is never run: this one is.
    ...compileHandler(handler, scope, () => NORMAL),
    run: block(handler.body, scope),
  }));
  const guarded: YieldingExecute = function* (frame) {
    const { depth } = vm;
    const { operations } = unknowns;
    const watcher = takenNow(node.body, scope, frame);
    let completion: Completion;
    try {
      completion = yield* body(frame);
    } catch (thrown) {
      const error = caught(thrown, frame, scope);
      refuseDoubt(operations, node.body, scope, frame, watcher);
      vm.depth = Math.min(depth, vm.depth);
      return yield* yieldingHandling(error.exception, function* () {
        for (const handler of handlers) {
          if (!accepts(handler, error.exception, frame)) continue;
          handler.store?.(frame, error.exception);
          try {
            return yield* handler.run(frame);
          } finally {
            handler.unbind?.(frame);
          }
        }
        throw error;
      });
    }
    refuseDoubt(operations, node.body, scope, frame, watcher);
    return completion === NORMAL ? yield* orelse(frame) : completion;
  };
  if (node.finalbody.length === 0) return node.handlers.some(hearsClosing) ? pending(guarded) : guarded;
  const last = block(node.finalbody, scope);
  const watched = pending(guarded);
  return function* (frame) {
    let completion: Completion;
    try {
      completion = yield* watched(frame);
    } catch (thrown) {
      const error = caught(thrown, frame, scope);
      const ended = yield* yieldingHandling(error.exception, () => last(frame));
      if (ended !== NORMAL) return ended;
      throw error;
    }
    const { result } = frame;
    const ended = yield* last(frame);
    if (ended !== NORMAL) return ended;
    frame.result = result;
    return completion;
  };
}

/** What the body of a generator would replace: it may be suspended when something unknown is met in it. */
function takenNow(nodes: readonly object[], scope: Scope, frame: Frame): Watcher {
  const watcher = watcherOf(nodes, scope, frame);
  watcher.captured = watcher.capture();
  return watcher;
}

/** True for a handler that the closing of a generator may run. */
function hearsClosing({ type }: ExceptHandler): boolean {
  const name = type?.kind === 'Name' ? type.id : undefined;
  return type === undefined || name === 'BaseException' || name === 'GeneratorExit';
}

/** Notes while a part of a body runs that it has something left to do when the generator is closed in it. */
function pending(part: YieldingExecute): YieldingExecute {
  return function* (frame) {
    const mark = { frame, ended: false };
    const marks = vm.record.pending;
    marks.add(mark);
    try {
      return yield* part(frame);
    } finally {
      mark.ended = true;
      marks.delete(mark);
    }
  };
}

function* yieldingHandling(
  exception: PyException,
  body: () => Generator<Value, Completion, Value>,
): Generator<Value, Completion, Value> {
  const outer = handling.current;
  handling.current = exception;
  try {
    return yield* body();
  } catch (error) {
    if (error instanceof PyError) addContext(error.exception, exception);
    throw error;
  } finally {
    handling.current = outer;
  }
}

function yieldingWith(node: With, scope: Scope): YieldingExecute {
  let run = block(node.body, scope);
  for (const item of node.items.toReversed()) {
    const compiled = compileWithItem(item, scope);
    const context: YieldingEvaluate | undefined = containsYield(item.context)
      ? compileYielding(item.context, scope)
      : undefined;
    const inside = pending(run);
    run = function* (frame) {
      const ready = context === undefined ? compiled : withValue(compiled, yield* context(frame));
      const entered = enter(ready, frame);
      const { operations } = unknowns;
      let completion: Completion;
      try {
        completion = yield* inside(frame);
      } catch (thrown) {
        leaveUnknown(thrown, entered);
        const error = caught(thrown, frame, scope);
        if (maySuppress(entered)) refuseDoubt(operations, node.body, scope, frame);
        if (leaveFailed(entered, error.exception, frame, ready)) return NORMAL;
        throw error;
      }
      if (unknowns.met && maySuppress(entered)) refuseDoubt(operations, node.body, scope, frame);
      const { result } = frame;
      frame.at = item.context;
      callSpecial(entered.exit, entered.manager, [null, null, null]);
      frame.result = result;
      return completion;
    };
  }
  return run;
}

function withValue(item: ReturnType<typeof compileWithItem>, value: Value): ReturnType<typeof compileWithItem> {
  return { ...item, context: () => value };
}
