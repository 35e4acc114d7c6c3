/**
 * Exceptions. A Python exception is a `PyException` object; raising it throws a `PyError`, the only JavaScript error
 * that Python's `except` sees. `Unsupported` and `BudgetExceeded` are not Python exceptions: no `except` catches them. What is
 * not supported makes the expression unknown (see `unknown.ts`); a budget ends the cell.
 */
import type { Span } from '../syntax/ast';
import { objectClass, PyClass, PyInstance, PyList, PyTuple, type Value } from './objects';

/** One frame of a traceback: which function, and where in which source. */
export interface TraceEntry {
  /** Name of the file or cell that the code came from (see `Program.file`). */
  readonly file: string;
  readonly function: string;
  readonly span: Span;
}

export class PyException extends PyInstance {
  args: PyTuple;
  cause: Value = null;
  context: Value = null;
  /** True once a `raise` or the program itself decided on the context. */
  contextKnown = false;
  suppressContext: Value = false;
  /** Innermost entry first. */
  readonly trace: TraceEntry[] = [];
  constructor(cls: PyClass, args: readonly Value[] = []) {
    super(cls);
    this.args = new PyTuple(args);
  }
}

/** Adds a note, as `add_note` does. */
export function addNote(exception: PyException, note: string): void {
  const known = exception.attrs?.get('__notes__');
  if (known instanceof PyList) known.items.push(note);
  else if (known === undefined) exception.attrs?.set('__notes__', new PyList([note]));
  else throw raise('TypeError', 'Cannot add note: __notes__ is not a list');
}

/** V8's switch for the traces of its errors. */
const traces = Error as unknown as { stackTraceLimit: number };

/** What is thrown while a Python exception travels. */
export class PyError extends Error {
  readonly exception: PyException;
  constructor(exception: PyException) {
    // Nobody reads JavaScript's own trace of it, and that takes longer than all the rest.
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    super(exception.cls.name);
    traces.stackTraceLimit = limit;
    this.exception = exception;
  }
}

/** What ends a run past every `except`: located by the frames that it passes through (see `frame.ts`). */
export abstract class Refusal extends Error {
  /** The place at fault, where it is nearer than the one of the innermost frame. */
  span: Span | undefined = undefined;
  /** Innermost entry first. */
  readonly trace: TraceEntry[] = [];
}

/** A construct, function or module that the evaluator refuses: never guessed, always named. */
export class Unsupported extends Refusal {
  /** What is not supported, as the author wrote it: `async def`, `pandas`, `str.format_map`. */
  readonly construct: string;
  readonly advice: string | undefined;
  /** Why, where the words of the message do not tell (see `unknown.ts`). */
  kind: 'module' | 'clock' | 'randomness' | 'file' | 'environment' | 'network' | undefined = undefined;
  /** The dotted name of what a call would have given, where that tells what may be done with it. */
  path: string | undefined = undefined;
  constructor(construct: string, advice?: string, span?: Span) {
    super(`${construct} is not supported by Reckoner${advice === undefined ? '' : `: ${advice}`}`);
    this.construct = construct;
    this.advice = advice;
    this.span = span;
  }
}

/** Refuses what would give that module, or a part of it. */
export function refusedPart(path: string, construct: string, advice?: string): Unsupported {
  const refused = new Unsupported(construct, advice);
  refused.path = path;
  return refused;
}

export type BudgetKind = 'steps' | 'time' | 'memory' | 'recursion' | 'output';

/** A cell used up one of its budgets. */
export class BudgetExceeded extends Refusal {
  readonly budget: BudgetKind;
  constructor(budget: BudgetKind, message: string) {
    super(message);
    this.budget = budget;
  }
}

/** Ends the evaluation of what must change nothing, and was to: nothing goes on past it. */
export class Withheld extends Refusal {
  constructor(what: string) {
    super(`changing ${what} is not possible where an expression is only looked at`);
  }
}

/** Thrown when the host cancels the run. */
export class Cancelled extends Error {
  constructor() {
    super('evaluation was cancelled');
  }
}

/** Thrown where a package leaves out so much of its code that nobody can follow what that would have changed. */
export class ForesightExceeded extends BudgetExceeded {
  constructor() {
    super('steps', 'too much of the package was left out');
  }
}

const exceptionClasses = new Map<string, PyClass>();

function define(name: string, base: PyClass): PyClass {
  const cls = new PyClass(name, [base], new Map(), { native: true });
  exceptionClasses.set(name, cls);
  return cls;
}

export const baseExceptionClass = define('BaseException', objectClass);
export const exceptionClass = define('Exception', baseExceptionClass);

/** Every built-in exception class below `Exception` and `BaseException`: child to parent. */
const HIERARCHY: readonly (readonly [string, string])[] = [
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['BaseExceptionGroup', 'BaseException'],
  ['StopIteration', 'Exception'],
  ['StopAsyncIteration', 'Exception'],
  ['ArithmeticError', 'Exception'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['FileNotFoundError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['BlockingIOError', 'OSError'],
  ['ChildProcessError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['BrokenPipeError', 'ConnectionError'],
  ['ConnectionAbortedError', 'ConnectionError'],
  ['ConnectionRefusedError', 'ConnectionError'],
  ['ConnectionResetError', 'ConnectionError'],
  ['FileExistsError', 'OSError'],
  ['InterruptedError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['ProcessLookupError', 'OSError'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['PythonFinalizationError', 'RuntimeError'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['UnicodeTranslateError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['DeprecationWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
  ['UserWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ImportWarning', 'Warning'],
  ['UnicodeWarning', 'Warning'],
  ['BytesWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
  ['EncodingWarning', 'Warning'],
];
for (const [name, base] of HIERARCHY) define(name, exceptionClasses.get(base)!);
exceptionClasses.set(
  'ExceptionGroup',
  new PyClass('ExceptionGroup', [exceptionClasses.get('BaseExceptionGroup')!, exceptionClass], new Map(), {
    native: true,
  }),
);
exceptionClasses.set('EnvironmentError', exceptionClasses.get('OSError')!);
exceptionClasses.set('IOError', exceptionClasses.get('OSError')!);

export type ExceptionName =
  | 'Exception'
  | 'ArithmeticError'
  | 'AssertionError'
  | 'AttributeError'
  | 'BufferError'
  | 'EOFError'
  | 'FloatingPointError'
  | 'ImportError'
  | 'IndexError'
  | 'KeyError'
  | 'LookupError'
  | 'MemoryError'
  | 'ModuleNotFoundError'
  | 'NameError'
  | 'NotImplementedError'
  | 'OSError'
  | 'OverflowError'
  | 'RecursionError'
  | 'RuntimeError'
  | 'StopIteration'
  | 'SyntaxError'
  | 'SystemError'
  | 'TypeError'
  | 'UnboundLocalError'
  | 'UnicodeDecodeError'
  | 'UnicodeEncodeError'
  | 'ValueError'
  | 'ZeroDivisionError'
  | 'FileNotFoundError'
  | 'IsADirectoryError'
  | 'NotADirectoryError'
  | 'PermissionError'
  | 'GeneratorExit'
  | 'StopAsyncIteration'
  | 'RuntimeWarning'
  | 'IndentationError'
  | 'TabError';

/** The built-in exception class of that name. */
export function exceptionClassOf(name: ExceptionName): PyClass {
  return exceptionClasses.get(name)!;
}

/** All built-in exception classes by name, aliases included. */
export function builtinExceptions(): ReadonlyMap<string, PyClass> {
  return exceptionClasses;
}

/** A Python exception ready to throw: `throw raise('ValueError', 'math domain error')`. */
export function raise(name: ExceptionName | PyClass, ...args: readonly Value[]): PyError {
  return new PyError(new PyException(typeof name === 'string' ? exceptionClassOf(name) : name, args));
}
