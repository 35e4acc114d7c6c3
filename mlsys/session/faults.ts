/** How a run ended, as data: no JavaScript error leaves the evaluator. */

import {
  BudgetExceeded,
  Cancelled,
  PyError,
  PyException,
  type Refusal,
  type TraceEntry,
  Unsupported,
  Withheld,
} from '../python/runtime/errors';
import { asOwnError } from '../python/runtime/frame';
import { failedGuards } from '../python/runtime/guards';
import { suggested } from '../python/runtime/imports';
import { str } from '../python/runtime/operations';
import { UNKNOWN_TEXT, type UnknownCause, UnknownReached } from '../python/runtime/unknown';
import type { Refused } from '../python/runtime/vm';
import type { Span } from '../python/syntax/ast';
import type { Issue } from '../python/syntax/program';

/**
 * How a run ended. A cell goes on past what cannot be evaluated, and is `ok` with what it lists as unknown; it ends as
 * `unsupported` where the evaluator itself fails. A reference without a value is `unsupported` where something in itself could
 * not be done, and `unknown` where what it read was so already.
 */
export type RunStatus = 'ok' | 'failed' | 'unsupported' | 'unknown' | 'budget' | 'cancelled';

/** What ended a cell or an inline reference. */
export interface Fault {
  /** Python's exception type, or `Unsupported`, `Unknown`, `BudgetExceeded`, `Cancelled`, `InternalError`. */
  readonly type: string;
  /** The type with its module, where that is neither the built-ins nor the program. */
  readonly path?: string;
  /** Python's own text, or ours. */
  readonly message: string;
  /** The place in the file that was run, class bodies included: for an error inside a function, where it was called. */
  readonly span: Span;
  readonly file: string;
  /** Innermost first. */
  readonly trace: readonly TraceEntry[];
  /** The name that a NameError, ImportError or AttributeError is about. */
  readonly name?: string;
  /** True where a guard ended the run: `check`, or a function of the book that raises where its condition is false. */
  readonly guard?: true;
  /** Modules that are called nearly as one which was not found, the likeliest first. */
  readonly near?: readonly string[];
  /** What is not supported, by name. */
  readonly construct?: string;
  /** The budget that was used up: `steps`, `time`, `memory`, `recursion`, `output`. */
  readonly budget?: string;
  /** The exceptions that led to this one, the nearest first. */
  readonly causes?: readonly Cause[];
}

/** An exception that led to another one. */
export interface Cause {
  /** Its class and message, as a traceback ends. */
  readonly text: string;
  /** Innermost first; empty where it was never raised. */
  readonly trace: readonly TraceEntry[];
  /** `raise ... from` names it; otherwise it was being handled. */
  readonly direct: boolean;
}

/** The fault of a run that met something it could not do, and went on. */
export function refusedFault({ cause, construct, at }: Refused, file: string): Fault {
  const inner = { file: cause.file, function: '<module>', span: cause.span };
  return {
    type: 'Unsupported',
    message: cause.message,
    span: at,
    file,
    trace: cause.file === file ? [] : [inner, { file, function: '<module>', span: at }],
    ...(construct === undefined ? {} : { construct }),
  };
}

/** The fault of an expression whose value is unknown because of what a cell could not do. */
export function unknownFault(cause: UnknownCause): Fault {
  const { message, span, file } = cause;
  return { type: 'Unknown', message, span, file, trace: [] };
}

const NOWHERE: Span = { start: 0, end: 0 };

/** A fault and the status it gives its run; `program` is what was run. */
export function faultOf(thrown: unknown, file: string): { status: RunStatus; fault: Fault } {
  const error = asOwnError(thrown);
  if (error instanceof PyError) return { status: 'failed', fault: pythonFault(error.exception, file) };
  if (error instanceof Unsupported)
    return {
      status: 'unsupported',
      fault: { type: 'Unsupported', construct: error.construct, ...refused(error, file) },
    };
  if (error instanceof Withheld)
    return { status: 'unsupported', fault: { type: 'Unsupported', ...refused(error, file) } };
  if (error instanceof UnknownReached) return { status: 'unknown', fault: unknownFault(error.cause) };
  if (error instanceof BudgetExceeded)
    return { status: 'budget', fault: { type: 'BudgetExceeded', budget: error.budget, ...refused(error, file) } };
  if (error instanceof Cancelled)
    return {
      status: 'cancelled',
      fault: { type: 'Cancelled', message: error.message, span: NOWHERE, file, trace: [] },
    };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    status: 'unsupported',
    fault: { type: 'InternalError', message: `the evaluator failed (${message})`, span: NOWHERE, file, trace: [] },
  };
}

/** The nearest place in the file that was run: of the construct itself, or of the call that led to it. */
function refused({ message, span, trace }: Refusal, file: string): Pick<Fault, 'message' | 'span' | 'file' | 'trace'> {
  const [innermost] = trace;
  const here = innermost === undefined || innermost.file === file ? (span ?? innermost?.span) : undefined;
  return { message, span: here ?? placeIn(trace, file)?.span ?? NOWHERE, file, trace: [...trace] };
}

function pythonFault(exception: PyException, file: string): Fault {
  const { trace } = exception;
  const own = placeIn(trace, file) ?? trace[trace.length - 1];
  const name = exception.attrs?.get('name');
  const causes = causesOf(exception);
  const near = suggested.get(exception);
  const path = modulePath(exception);
  return {
    type: exception.cls.name,
    message: messageOf(exception),
    span: own?.span ?? NOWHERE,
    file: own?.file ?? file,
    trace: [...trace],
    ...(path === undefined ? {} : { path }),
    ...(typeof name === 'string' ? { name } : {}),
    ...(causes.length > 0 ? { causes } : {}),
    ...(near === undefined ? {} : { near }),
    ...(failedGuards.has(exception) ? { guard: true } : {}),
  };
}

/** The innermost place of a file that is still the text being run: in class bodies, not in functions called from there. */
function placeIn(trace: readonly TraceEntry[], file: string): TraceEntry | undefined {
  let at = trace.findLastIndex(entry => entry.file === file);
  for (let inner = trace[at - 1]; at > 0 && inner?.file === file && encloses(trace[at]!.span, inner.span); )
    inner = trace[--at - 1];
  return trace[at];
}

function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** `str(exception)`, which may itself fail. */
function messageOf(exception: PyException): string {
  try {
    return str(exception);
  } catch (error) {
    if (error instanceof UnknownReached || error instanceof Unsupported) return UNKNOWN_TEXT;
    // Whatever the author's __str__ did, the fault to report is the first one.
    return '<exception str() failed>';
  }
}

function causesOf(exception: PyException): Cause[] {
  const causes: Cause[] = [];
  let current: PyException = exception;
  while (causes.length < 8) {
    const direct = current.cause !== null;
    const next = current.cause ?? (current.suppressContext === false ? current.context : null);
    if (!(next instanceof PyException) || next === exception) break;
    current = next;
    const message = messageOf(current);
    const type = modulePath(current) ?? current.cls.name;
    causes.push({ text: message === '' ? type : `${type}: ${message}`, trace: [...current.trace], direct });
  }
  return causes;
}

/** The class with its module, where that is neither the built-ins nor the program. */
function modulePath({ cls }: PyException): string | undefined {
  return cls.module === 'builtins' || cls.module === '__main__' ? undefined : `${cls.module}.${cls.qualname}`;
}

/** The fault of a text that does not parse. */
export function syntaxFault(issue: Issue | undefined, file: string): Fault {
  return {
    type: issue?.kind ?? 'SyntaxError',
    message: issue?.message ?? 'invalid syntax',
    span: issue?.span ?? NOWHERE,
    file,
    trace: [],
  };
}
