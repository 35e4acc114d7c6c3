/** Which context is current, which conditions it has met, and how these become exceptions. */
import { exceptionClassOf, PyError, PyException, raise } from '../../../python/runtime/errors';
import { nativeClass, PyClass, PyList, PyObject } from '../../../python/runtime/objects';
import { vm } from '../../../python/runtime/vm';
import { type Condition, type Context, DEFAULT_CONTEXT, INVALID, Run, SIGNALS, type Signal } from './context';

const CONTEXT = 'decimal';
const FLAGS = 'decimal.flags';

export type Flags = ReadonlySet<Condition>;
const NO_FLAGS: Flags = new Set();

/** The exception classes of the conditions by name. */
export const conditionClasses = new Map<string, PyClass>();

export function setUpConditions(): void {
  const define = (name: string, ...bases: PyClass[]) => {
    const cls = new PyClass(name, bases, new Map(), { native: true, module: 'decimal' });
    conditionClasses.set(name, cls);
    return cls;
  };
  const base = define('DecimalException', exceptionClassOf('ArithmeticError'));
  const zero = exceptionClassOf('ZeroDivisionError');
  const invalid = define('InvalidOperation', base);
  define('DivisionByZero', base, zero);
  define('DivisionUndefined', invalid, zero);
  for (const name of INVALID) if (name !== 'DivisionUndefined') define(name, invalid);
  const inexact = define('Inexact', base);
  const rounded = define('Rounded', base);
  const subnormal = define('Subnormal', base);
  define('Clamped', base);
  define('Overflow', inexact, rounded);
  define('Underflow', inexact, rounded, subnormal);
  define('FloatOperation', base, exceptionClassOf('TypeError'));
}

export const contextClass = nativeClass('Context', undefined, 'decimal');
contextClass.errorName = 'decimal.Context';

/** A context object; one without a context of its own stands for the session's. */
export class PyContext extends PyObject {
  #own: { context: Context; flags: Flags } | undefined;
  /** The state of the session that it stands for. */
  readonly channel: string | undefined;

  constructor(own?: Context, flags: Flags = NO_FLAGS) {
    super(contextClass);
    this.#own = own === undefined ? undefined : { context: own, flags };
    this.channel = own === undefined ? CONTEXT : undefined;
  }

  get context(): Context {
    return this.#own?.context ?? vm.readState(CONTEXT, DEFAULT_CONTEXT);
  }

  set context(context: Context) {
    if (this.#own === undefined) vm.writeState(CONTEXT, context);
    else this.#own = { ...this.#own, context };
  }

  get flags(): Flags {
    return this.#own?.flags ?? vm.readState(FLAGS, NO_FLAGS);
  }

  set flags(flags: Flags) {
    if (this.#own === undefined) vm.writeState(FLAGS, flags);
    else this.#own = { ...this.#own, flags };
  }

  /** Runs an operation in this context; what it meets is remembered and, where it is trapped, raised. */
  run<T>(body: (run: Run) => T): T {
    const run = new Run(this.context);
    const result = body(run);
    if (run.met.size > 0) this.#settle(run);
    return result;
  }

  #settle({ met, context }: Run): void {
    const { flags } = this;
    if ([...met].some(one => !flags.has(one))) this.flags = new Set([...flags, ...met]);
    const trapped = [...met].filter(one => context.traps.has(signalOf(one)));
    if (trapped.length === 0) return;
    const first = SIGNALS.find(signal => trapped.some(one => signalOf(one) === signal))!;
    // Special kinds of invalid operations first, then signals in their order.
    const order: readonly Condition[] = [...INVALID, ...SIGNALS];
    const listed = order.filter(one => trapped.includes(one)).map(one => conditionClasses.get(one)!);
    throw new PyError(new PyException(conditionClasses.get(first)!, [new PyList(listed)]));
  }
}

export function signalOf(condition: Condition): Signal {
  return (INVALID as readonly string[]).includes(condition) ? 'InvalidOperation' : (condition as Signal);
}

export const CURRENT = new PyContext();

/** Runs an operation in the current context. */
export function inContext<T>(body: (run: Run) => T, context?: unknown): T {
  if (context === undefined || context === null) return CURRENT.run(body);
  if (context instanceof PyContext) return context.run(body);
  throw raise('TypeError', 'optional argument must be a context');
}
