/**
 * Expressions that contain a `yield`. Their parts are evaluated first, in order, into slots of the frame; then the
 * expression runs as ordinary code that reads those slots.
 */
import { exceptionClassOf, PyError, raise, Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { PassedThrow, PyGenerator, suspension } from '../runtime/generator';
import { isInstance, PyInstance, type Value } from '../runtime/objects';
import {
  call,
  callMethod,
  findAttribute,
  isStopIteration,
  iterate,
  special,
  truth,
  typeName,
} from '../runtime/operations';
import type { AugAssign, Expression, Span, Statement, Yield, YieldFrom } from '../syntax/ast';
import { someChild } from '../syntax/nodes';
import { compileStore } from './assignment';
import { compileExpression } from './expressions';
import { applyInplace, compileTest } from './operators';
import type { Scope } from './scope';
import { type Execute, NORMAL, temporary } from './unit';

/** An expression that may be suspended. */
export type YieldingEvaluate = (frame: Frame) => Generator<Value, Value, Value>;

const known = new WeakMap<object, boolean>();
const OPAQUE = new Set(['FunctionDef', 'Lambda', 'ClassDef', 'GeneratorExp']);

/** True where a node yields in its own frame. */
export function containsYield(node: object): boolean {
  const found = known.get(node);
  if (found !== undefined) return found;
  const { kind } = node as { kind?: string };
  const yields = kind === 'Yield' || kind === 'YieldFrom';
  const result = yields || ((kind === undefined || !OPAQUE.has(kind)) && someChild(node, containsYield));
  known.set(node, result);
  return result;
}

function truthOf(value: Value, at: Span, frame: Frame): boolean {
  if (value === true) return true;
  if (value === false || value === null) return false;
  frame.at = at;
  return truth(value);
}

/** An expression of which only the truth matters. */
export function compileYieldingTest(
  node: Expression,
  scope: Scope,
): (frame: Frame) => Generator<Value, boolean, Value> {
  if (containsYield(node)) {
    const evaluate = compileYielding(node, scope);
    return function* (frame) {
      return truthOf(yield* evaluate(frame), node, frame);
    };
  }
  const test = compileTest(node, scope);
  // biome-ignore lint/correctness/useYield: shares the type of those that do
  return function* (frame) {
    return test(frame);
  };
}

export function compileYielding(node: Expression, scope: Scope): YieldingEvaluate {
  if (!containsYield(node)) {
    const plain = compileExpression(node, scope);
    // biome-ignore lint/correctness/useYield: shares the type of those that do
    return function* (frame) {
      return plain(frame);
    };
  }
  switch (node.kind) {
    case 'Yield':
      return yieldValue(node, scope);
    case 'YieldFrom':
      return yieldFrom(node, scope);
    case 'BoolOp': {
      const values = node.values.map(value => compileYielding(value, scope));
      const wanted = node.op === 'or';
      return function* (frame) {
        let value: Value = null;
        for (const [at, part] of values.entries()) {
          value = yield* part(frame);
          if (at < values.length - 1 && truthOf(value, node.values[at]!, frame) === wanted) return value;
        }
        return value;
      };
    }
    case 'IfExp': {
      const test = compileYieldingTest(node.test, scope);
      const body = compileYielding(node.body, scope);
      const orelse = compileYielding(node.orelse, scope);
      return function* (frame) {
        return (yield* test(frame)) ? yield* body(frame) : yield* orelse(frame);
      };
    }
    case 'Compare':
      if (node.comparators.length > 1)
        return () => {
          throw new Unsupported('yield inside a chained comparison', 'assign its value to a name first', node);
        };
      break;
    default:
  }
  const { prepare, node: rest } = hoist(node, scope);
  const evaluate = compileExpression(rest, scope);
  return function* (frame) {
    yield* prepare(frame);
    return evaluate(frame);
  };
}

function yieldValue(node: Yield, scope: Scope): YieldingEvaluate {
  if (node.value === undefined)
    return function* (frame) {
      frame.at = node;
      return yield null;
    };
  if (containsYield(node.value)) {
    const inner = compileYielding(node.value, scope);
    return function* (frame) {
      const value = yield* inner(frame);
      frame.at = node;
      return yield value;
    };
  }
  const plain = compileExpression(node.value, scope);
  return function* (frame) {
    const value = plain(frame);
    frame.at = node;
    return yield value;
  };
}

function yieldFrom(node: YieldFrom, scope: Scope): YieldingEvaluate {
  const source = compileYielding(node.value, scope);
  return function* (frame) {
    const value = yield* source(frame);
    frame.at = node;
    return yield* delegate(value, frame, node);
  };
}

/** `yield from value`: passes on what is sent and thrown. */
function* delegate(value: Value, frame: Frame, at: Span): Generator<Value, Value, Value> {
  const inner = delegateOf(value);
  let item = inner.next(null);
  for (;;) {
    frame.at = at;
    if (item === undefined) return inner.result();
    let sent: Value;
    try {
      suspension.target = inner.target;
      sent = yield item;
    } catch (error) {
      if (error instanceof PassedThrow) {
        frame.at = at;
        item = inner.pass(error.args);
        continue;
      }
      if (!(error instanceof PyError)) throw error;
      frame.at = at;
      if (isInstance(error.exception, exceptionClassOf('GeneratorExit'))) {
        inner.close();
        throw error;
      }
      item = inner.raise(error);
      continue;
    }
    item = inner.next(sent);
  }
}

interface Delegate {
  readonly target: Value;
  /** Hands on the arguments of `throw()`. */
  pass(args: readonly Value[]): Value | undefined;
  next(sent: Value): Value | undefined;
  raise(error: PyError): Value | undefined;
  close(): void;
  result(): Value;
}

function delegateOf(value: Value): Delegate {
  if (value instanceof PyGenerator)
    return {
      target: value,
      pass: args => value.throwGiven(args),
      next: sent => value.send(sent),
      raise: error => value.throwInto(error),
      close: () => void value.close(),
      result: () => value.takeReturned(),
    };
  const start = special(value, '__iter__');
  const iterator =
    value instanceof PyInstance && start !== undefined && start !== null ? callMethod(value, '__iter__') : undefined;
  if (iterator instanceof PyGenerator) return delegateOf(iterator);
  let result: Value = null;
  /** Runs a step of an iterator written in Python, whose StopIteration carries the result. */
  const step = (run: () => Value | undefined): Value | undefined => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof PyError) || !isStopIteration(error)) throw error;
      result = error.exception.args.items[0] ?? null;
      return undefined;
    }
  };
  const next = iterator instanceof PyInstance ? undefined : iterate(value);
  const target = iterator ?? value;
  return {
    target,
    pass: args => step(() => callMethod(target, 'throw', ...args)),
    next: sent => {
      if (sent === null) return step(next ?? (() => callMethod(target, '__next__')));
      if (findAttribute(target, 'send') === undefined)
        throw raise('AttributeError', `'${iteratorName(value, target)}' object has no attribute 'send'`);
      return step(() => callMethod(target, 'send', sent));
    },
    raise: error => {
      const method = findAttribute(target, 'throw');
      if (method === undefined) throw error;
      return step(() => call(method, [error.exception]));
    },
    close: () => {
      const method = findAttribute(target, 'close');
      if (method !== undefined) call(method, []);
    },
    result: () => result,
  };
}

function iteratorName(value: Value, target: Value): string {
  const name = typeName(target);
  return value === target && ['list', 'tuple', 'range', 'set', 'dict', 'str'].includes(name)
    ? `${name}_iterator`
    : name;
}

// ---------------------------------------------------------------------------------------------- hoisting

interface Hoisted<T> {
  /** Evaluates the parts into slots. */
  readonly prepare: (frame: Frame) => Generator<Value, void, Value>;
  /** The node with reads of those slots in their places. */
  readonly node: T;
}

/** Kinds that are no values of their own: their parts are. */
const TRANSPARENT = new Set(['Starred', 'Slice']);

function hoist<T extends object>(node: T, scope: Scope): Hoisted<T> {
  const parts: Expression[] = [];
  collect(node, parts);
  const last = parts.findLastIndex(containsYield);
  const slots = new Map<Expression, number>();
  const steps = parts.slice(0, last + 1).map(part => {
    const slot = scope.allocate();
    slots.set(part, slot);
    return { slot, evaluate: compileYielding(part, scope) };
  });
  return {
    node: replace(node, slots) as T,
    *prepare(frame) {
      for (const { slot, evaluate } of steps) frame.slots[slot] = yield* evaluate(frame);
    },
  };
}

function isTransparent(node: Expression): boolean {
  return TRANSPARENT.has(node.kind) || (node.kind === 'Tuple' && node.elements.some(one => one.kind === 'Slice'));
}

/** The parts of a node in the order of evaluation. */
function collect(node: object, parts: Expression[]): void {
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof one !== 'object' || one === null) continue;
      if ('kind' in one && !isTransparent(one as Expression)) parts.push(one as Expression);
      else collect(one, parts);
    }
  }
}

function replace(node: object, slots: ReadonlyMap<Expression, number>): object {
  const slot = slots.get(node as Expression);
  if (slot !== undefined) return temporary(slot, node as Span);
  if ('kind' in node && !containsYield(node) && slots.size === 0) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(node)) {
    if (Array.isArray(child))
      copy[key] = child.map(one => (typeof one === 'object' && one !== null ? replace(one, slots) : one));
    else copy[key] = typeof child === 'object' && child !== null ? replace(child, slots) : child;
  }
  return copy;
}

/** A simple statement whose parts were hoisted; undefined where a `yield` stands at a place that this cannot serve. */
export function hoistStatement(
  node: Statement,
  scope: Scope,
): (Hoisted<Statement> & { readonly run?: Execute }) | undefined {
  switch (node.kind) {
    case 'Assign':
      if (node.targets.some(containsYield)) return undefined;
      return withValue(node, node.value, scope, value => ({ ...node, value }));
    case 'AnnAssign':
      if (containsYield(node.target) || node.value === undefined) return undefined;
      return withValue(node, node.value, scope, value => ({ ...node, value }));
    case 'Return':
      return withValue(node, node.value!, scope, value => ({ ...node, value }));
    case 'Raise':
      if (node.cause !== undefined && containsYield(node.cause)) return hoist(node, scope);
      return withValue(node, node.exc!, scope, exc => ({ ...node, exc }));
    case 'Assert':
      if (node.message !== undefined && containsYield(node.message)) return undefined;
      return withValue(node, node.test, scope, test => ({ ...node, test }));
    case 'AugAssign':
      return augmented(node, scope);
    default:
      return undefined;
  }
}

function withValue(
  node: Statement,
  value: Expression,
  scope: Scope,
  rebuild: (value: Expression) => Statement,
): Hoisted<Statement> {
  const slot = scope.allocate();
  const evaluate = compileYielding(value, scope);
  return {
    node: rebuild(temporary(slot, node)),
    *prepare(frame) {
      frame.slots[slot] = yield* evaluate(frame);
    },
  };
}

/** `target op= (yield ...)`: the target is read before the value is asked for. */
function augmented(node: AugAssign, scope: Scope): (Hoisted<Statement> & { readonly run: Execute }) | undefined {
  const before = scope.allocate();
  const slot = scope.allocate();
  const value = compileYielding(node.value, scope);
  let target: AugAssign['target'] = node.target;
  const steps: { readonly slot: number; readonly evaluate: YieldingEvaluate }[] = [];
  const fix = (part: Expression): Expression => {
    const own = scope.allocate();
    steps.push({ slot: own, evaluate: compileYielding(part, scope) });
    return temporary(own, part);
  };
  if (target.kind === 'Attribute') target = { ...target, value: fix(target.value) };
  else if (target.kind === 'Subscript') target = { ...target, value: fix(target.value), index: fix(target.index) };
  const load = compileExpression(target, scope);
  const store = compileStore(target, scope);
  return {
    node,
    *prepare(frame) {
      for (const step of steps) frame.slots[step.slot] = yield* step.evaluate(frame);
      frame.slots[before] = load(frame);
      frame.slots[slot] = yield* value(frame);
    },
    run: frame => {
      frame.at = node;
      store(frame, applyInplace(node.op, frame.slots[before] as Value, frame.slots[slot] as Value));
      return NORMAL;
    },
  };
}
