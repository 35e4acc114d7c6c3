/** `raise` and `try`. */
import { baseExceptionClass, builtinExceptions, PyError, PyException, raise } from '../runtime/errors';
import { groupMembers, splitGroup } from '../runtime/exceptions';
import { type Frame, handling, locate } from '../runtime/frame';
import { touch } from '../runtime/mutation';
import { isInstance, PyClass, PyList, PyTuple, type Value } from '../runtime/objects';
import { call, callMethod, listOf, typeName } from '../runtime/operations';
import {
  causeOf,
  isUnknown,
  NOTHING_REPLACED,
  refuseUnknown,
  UnknownRaised,
  UnknownReached,
  unknowns,
  type Watcher,
  watchers,
} from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { ExceptHandler, Raise, Try } from '../syntax/ast';
import { compileExpression } from './expressions';
import { deleteName, storeName } from './names';
import type { Scope } from './scope';
import { readsUnknown, replaced } from './smear';
import { compileBlock } from './statements';
import { type Completion, type Evaluate, type Execute, NORMAL } from './unit';

export function compileRaise(node: Raise, scope: Scope): Execute {
  if (node.exc === undefined)
    return frame => {
      frame.at = node;
      if (handling.current === undefined) throw raise('RuntimeError', 'No active exception to reraise');
      throw new PyError(handling.current);
    };
  const exc = compileExpression(node.exc, scope);
  const cause = node.cause === undefined ? undefined : compileExpression(node.cause, scope);
  return frame => {
    const thrown = exc(frame);
    frame.at = node;
    if (isUnknown(thrown)) throw new UnknownRaised(causeOf(thrown));
    const exception = exceptionOf(thrown, 'exceptions must derive from BaseException');
    // Its context and its traceback become others.
    touch(exception);
    if (cause !== undefined) {
      const reason = cause(frame);
      frame.at = node;
      if (isUnknown(reason)) throw new UnknownRaised(causeOf(reason));
      exception.cause = reason === null ? null : exceptionOf(reason, 'exception causes must derive from BaseException');
      exception.suppressContext = true;
    }
    renewContext(exception, handling.current);
    throw new PyError(exception);
  };
}

/** The exception that a class or an instance stands for. */
function exceptionOf(value: Value, message: string): PyException {
  if (value instanceof PyException) return value;
  if (value instanceof PyClass && value.isSubclassOf(baseExceptionClass)) {
    const made = call(value, []);
    if (made instanceof PyException) return made;
    throw raise(
      'TypeError',
      `calling <class '${value.module === 'builtins' ? '' : `${value.module}.`}${value.qualname}'> should have returned an instance of BaseException, not <class '${typeName(made)}'>`,
    );
  }
  throw raise('TypeError', message);
}

/** The one whose context is `exception` among `first` and its contexts; a program may have made them a circle. */
function beforeInChain(first: PyException, exception: PyException): PyException | undefined {
  const seen = new Set<PyException>();
  for (let at = first; !seen.has(at); at = at.context) {
    vm.step(2);
    seen.add(at);
    if (at.context === exception) return at;
    if (!(at.context instanceof PyException)) break;
  }
  return undefined;
}

/** Notes which exception was being handled when this one was raised, without making a circle. */
export function addContext(exception: PyException, handled: PyException | undefined): void {
  if (handled === undefined || handled === exception || exception.contextKnown || exception.context !== null) return;
  if (beforeInChain(handled, exception) !== undefined) return;
  exception.context = handled;
}

/** The same for an exception that a `raise` names, which may have been raised before. */
function renewContext(exception: PyException, handled: PyException | undefined): void {
  exception.contextKnown = true;
  if (handled === undefined || handled === exception || exception.context === handled) return;
  // A circle opens where it would close.
  const before = beforeInChain(handled, exception);
  if (before !== undefined) before.context = null;
  exception.context = handled;
}

/** Runs `body` while `exception` is being handled. */
export function whileHandling<T>(exception: PyException, body: () => T): T {
  const outer = handling.current;
  handling.current = exception;
  try {
    return body();
  } catch (error) {
    if (error instanceof PyError) addContext(error.exception, exception);
    throw error;
  } finally {
    handling.current = outer;
  }
}

interface Handler {
  readonly node: ExceptHandler;
  readonly type: Evaluate | undefined;
  readonly store: ((frame: Frame, value: Value) => void) | undefined;
  readonly unbind: ((frame: Frame) => void) | undefined;
  readonly body: Execute;
}

export function compileTry(node: Try, scope: Scope): Execute {
  const body = compileBlock(node.body, scope);
  const orelse = compileBlock(node.orelse, scope);
  const handlers = node.handlers.map(handler => compileHandler(handler, scope, compileBlock(handler.body, scope)));
  const guarded =
    handlers.length === 0
      ? body
      : node.star
        ? starred(certain(body, node.body, scope), orelse, handlers, scope)
        : plain(certain(body, node.body, scope), orelse, handlers, scope);
  if (node.finalbody.length === 0) return guarded;
  const last = compileBlock(node.finalbody, scope);
  return frame => {
    let completion: Completion;
    try {
      completion = guarded(frame);
    } catch (thrown) {
      const error = caught(thrown, frame, scope);
      const ended = whileHandling(error.exception, () => last(frame));
      if (ended !== NORMAL) return ended;
      throw error;
    }
    const { result } = frame;
    const ended = last(frame);
    if (ended !== NORMAL) return ended;
    frame.result = result;
    return completion;
  };
}

/**
 * The body of a `try` with handlers, where nothing unknown was at work in it: else Python may have raised anything, and nobody
 * knows which handler ran.
 */
function certain(body: Execute, nodes: readonly object[], scope: Scope): Execute {
  return frame => watched(nodes, scope, frame, () => body(frame));
}

/** Runs code that an exception may end without being heard of; refuses where that may have happened. */
export function watched(nodes: readonly object[], scope: Scope, frame: Frame, body: () => Completion): Completion {
  const { operations } = unknowns;
  const watcher = watcherOf(nodes, scope, frame);
  watchers.push(watcher);
  let completion: Completion;
  try {
    completion = body();
  } catch (error) {
    if (error instanceof PyError) refuseDoubt(operations, nodes, scope, frame, watcher);
    throw error;
  } finally {
    watchers.pop();
  }
  refuseDoubt(operations, nodes, scope, frame, watcher);
  return completion;
}

/** Takes what code would replace at the moment when something unknown is met in it. */
export function watcherOf(nodes: readonly object[], scope: Scope, frame: Frame): Watcher {
  return { captured: undefined, capture: () => replaced(nodes, scope, frame) };
}

/** Throws where something unknown was met since so many operations. */
export function refuseDoubt(
  operations: number,
  nodes: readonly object[],
  scope: Scope,
  frame: Frame,
  watcher?: Watcher,
): void {
  if (!unknowns.met) return;
  const cause = unknowns.operations === operations ? readsUnknown(nodes, scope, frame) : unknowns.last;
  if (cause !== undefined) throw new UnknownReached(cause, [], watcher?.captured ?? NOTHING_REPLACED);
}

export function compileHandler(node: ExceptHandler, scope: Scope, body: Execute): Handler {
  return {
    node,
    type: node.type === undefined ? undefined : compileExpression(node.type, scope),
    store: node.name === undefined ? undefined : storeName(node.name.name, scope),
    unbind: node.name === undefined ? undefined : deleteName(node.name.name, node.name, scope, true),
    body,
  };
}

/** The Python exception that was thrown, with this frame in its traceback; throws on what Python does not see. */
export function caught(thrown: unknown, frame: Frame, scope: Scope): PyError {
  const error = locate(thrown, frame, scope.host.name, scope.unit.file);
  if (!(error instanceof PyError)) throw error;
  vm.step(CATCH_STEPS);
  // What the library raised does not know yet what was being handled.
  addContext(error.exception, handling.current);
  return error;
}

/** Throwing and catching take longer than other statements. */
const CATCH_STEPS = 150;

function plain(body: Execute, orelse: Execute, handlers: readonly Handler[], scope: Scope): Execute {
  return frame => {
    const { depth } = vm;
    let completion: Completion;
    try {
      completion = body(frame);
    } catch (thrown) {
      const error = caught(thrown, frame, scope);
      vm.depth = depth;
      return whileHandling(error.exception, () => {
        for (const handler of handlers)
          if (accepts(handler, error.exception, frame)) return handle(handler, error, frame);
        throw error;
      });
    }
    return completion === NORMAL ? orelse(frame) : completion;
  };
}

function handle(handler: Handler, error: PyError, frame: Frame): Completion {
  handler.store?.(frame, error.exception);
  try {
    return handler.body(frame);
  } finally {
    handler.unbind?.(frame);
  }
}

/** True where the handler's type is a class of the exception. */
export function accepts(handler: Handler, exception: PyException, frame: Frame): boolean {
  if (handler.type === undefined) return true;
  const types = handler.type(frame);
  frame.at = handler.node.type!;
  return matchesType(exception, types);
}

function matchesType(exception: PyException, types: Value): boolean {
  const list = types instanceof PyTuple && !isUnknown(types) ? types.items : [types];
  for (const type of list)
    if (!isUnknown(type) && (!(type instanceof PyClass) || !type.isSubclassOf(baseExceptionClass)))
      throw noExceptionType();
  if (list.some(type => type instanceof PyClass && isInstance(exception, type))) return true;
  for (const type of list) refuseUnknown(type);
  return false;
}

/** `except*`: each handler takes the part of the group that its type fits; what is left is raised again. */
function starred(body: Execute, orelse: Execute, handlers: readonly Handler[], scope: Scope): Execute {
  return frame => {
    let completion: Completion;
    try {
      completion = body(frame);
    } catch (thrown) {
      const error = caught(thrown, frame, scope);
      return handleGroup(error, handlers, frame, scope);
    }
    return completion === NORMAL ? orelse(frame) : completion;
  };
}

function handleGroup(error: PyError, handlers: readonly Handler[], frame: Frame, scope: Scope): Completion {
  const groupClass = builtinExceptions().get('BaseExceptionGroup')!;
  const isGroup = isInstance(error.exception, groupClass);
  let rest: Value = error.exception;
  const raised: PyException[] = [];
  /** Parts that a `raise` without a name raises again: they stay parts of the group. */
  const again: PyException[] = [];
  for (const handler of handlers) {
    if (rest === null) break;
    const types = handler.type!(frame);
    frame.at = handler.node.type!;
    checkStarTypes(types, groupClass);
    let matched: Value = null;
    if (isGroup) {
      const parts: Value[] = listOf(callMethod(rest, 'split', types));
      matched = parts[0] ?? null;
      rest = parts[1] ?? null;
    } else if (matchesType(error.exception, types)) {
      matched = call(builtinExceptions().get('ExceptionGroup')!, ['', new PyTuple([rest])]);
      rest = null;
    }
    if (!(matched instanceof PyException)) continue;
    const part = new PyError(matched);
    // A `raise` that names it makes that known.
    const { contextKnown } = matched;
    matched.contextKnown = false;
    try {
      const ended = whileHandling(part.exception, () => handle(handler, part, frame));
      if (ended !== NORMAL) return ended;
    } catch (thrown) {
      const { exception } = caught(thrown, frame, scope);
      (isGroup && exception === matched && !matched.contextKnown ? again : raised).push(exception);
    } finally {
      matched.contextKnown ||= contextKnown;
    }
  }
  if (again.length > 0) {
    const leaves = new Set([...again, ...(rest === null ? [] : [rest as PyException])].flatMap(leavesOf));
    [rest] = splitGroup(error.exception, one => leaves.has(one));
  }
  if (raised.length === 0) {
    if (rest === null) return NORMAL;
    throw rest === error.exception ? error : new PyError(rest as PyException);
  }
  if (raised.length === 1 && rest === null) throw new PyError(raised[0]!);
  const all = rest === null ? raised : [...raised, rest as PyException];
  const group = call(builtinExceptions().get('ExceptionGroup')!, ['', new PyList(all)]);
  throw new PyError(group as PyException);
}

/** The exceptions of a group that are none themselves. */
function leavesOf(exception: PyException): readonly PyException[] {
  const members = groupMembers(exception);
  return members.length === 0 ? [exception] : members.flatMap(leavesOf);
}

function checkStarTypes(types: Value, groupClass: PyClass): void {
  for (const type of types instanceof PyTuple && !isUnknown(types) ? types.items : [types]) {
    refuseUnknown(type);
    if (!(type instanceof PyClass) || !type.isSubclassOf(baseExceptionClass)) throw noExceptionType();
    if (type.isSubclassOf(groupClass))
      throw raise('TypeError', 'catching ExceptionGroup with except* is not allowed. Use except instead.');
  }
}

function noExceptionType(): PyError {
  return raise('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
}
