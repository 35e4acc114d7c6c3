/** The activation of a piece of compiled code, and how exceptions that leave one are marked with its place. */
import type { CompareOperator, Span } from '../syntax/ast';
import { BudgetExceeded, PyError, type PyException, Refusal, type TraceEntry } from './errors';
import type { Globals } from './globals';
import { type Attributes, creation, type Value } from './objects';

/** A variable that an inner function shares with its enclosing function. */
export class Cell {
  value: Value | undefined;
  /** Serial of the run that made it; see `mutation.ts`. */
  readonly owner: number = creation.owner;
  constructor(value: Value | undefined) {
    this.value = value;
  }
}

/** What a slot of a frame holds: a value, a cell, or undefined where the variable is not bound. */
export type Slot = Value | Cell | undefined;

const NOWHERE: Span = { start: 0, end: 0 };

/** The text that a frame's code was compiled from. */
export interface SourceText {
  readonly source: string;
  /** True for the library's own code in Python: what it cannot do is no matter of its lines, but of whoever calls it. */
  readonly library?: boolean;
}

/** A comparison that was evaluated. */
export interface Comparison {
  readonly left: Value;
  readonly operator: CompareOperator;
  readonly right: Value;
  /** True for `< c` of `a < b < c`, whose left operand is the right one of the comparison before. */
  readonly chained: boolean;
}

/** A call that is a statement, as a guard's is: see `compiler/guards.ts`. */
export interface GuardCall {
  readonly call: Span;
  readonly condition: Span;
  /** The comparisons of the condition, as far as they were evaluated, in order. */
  readonly comparisons: Comparison[];
}

export class Frame {
  readonly slots: Slot[];
  readonly globals: Globals;
  /** The namespace of a class body that is running. */
  readonly names: Attributes | undefined;
  /** What the places of its nodes refer to. */
  readonly text: SourceText;
  /** The node whose operation runs now: where an exception is located. */
  at: Span = NOWHERE;
  /** What `return` returned. */
  result: Value = null;
  /** The frame that waits for this one. */
  back: Frame | undefined = undefined;
  /** Values of the reads of the assignment that is being recorded (see `provenance.ts`). */
  trail: (Value | undefined)[] | undefined = undefined;
  /** The guard that is being evaluated, or the last one. */
  guard: GuardCall | undefined = undefined;
  /** The entry that this frame last added to a traceback, so that it adds one per exception only. */
  traced: TraceEntry | undefined = undefined;
  /** The generator whose body it runs. */
  generator: Value | undefined = undefined;

  constructor(slots: Slot[], globals: Globals, text: SourceText, names?: Attributes) {
    this.slots = slots;
    this.globals = globals;
    this.text = text;
    this.names = names;
  }
}

/** Frames of the bodies of modules and cells: what waits for one in CPython is code of the interpreter's own. */
export const moduleFrames = new WeakSet<Frame>();

/** The exception that an `except` or `finally` block is handling now: what a bare `raise` raises again. */
export const handling: { current: PyException | undefined } = { current: undefined };

/** `exhausted` once JavaScript's stack had no room for what Python's would have held. */
export const stack = { exhausted: false };

/**
 * What JavaScript threw, as the evaluator's own kind of error. An overflow of JavaScript's stack comes before Python's
 * own limit, so it is no RecursionError: no `except` may see it. A string, array or integer too large for JavaScript
 * becomes a memory budget.
 */
export function asOwnError(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  if (!error.message.startsWith('Maximum call stack')) return new BudgetExceeded('memory', 'a value is too large');
  stack.exhausted = true;
  return new BudgetExceeded('recursion', 'calls or values are nested deeper than this process has room for');
}

/** Adds the frame's place to an error that passes through it, and returns the error to throw. */
export function locate(thrown: unknown, frame: Frame, name: string, file: string): unknown {
  const error = asOwnError(thrown);
  const trace = error instanceof PyError ? error.exception.trace : error instanceof Refusal ? error.trace : undefined;
  if (trace !== undefined && (frame.traced === undefined || trace[trace.length - 1] !== frame.traced)) {
    frame.traced = { file, function: name, span: { start: frame.at.start, end: frame.at.end } };
    trace.push(frame.traced);
  }
  return error;
}

/** Marks an error that arises outside any frame, such as a module that does not parse, with a place. */
export function locateIn(error: PyError, file: string, span: Span): PyError {
  error.exception.trace.push({ file, function: '<module>', span });
  return error;
}
