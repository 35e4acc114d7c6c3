/** Which context is current, which conditions it has met, and how these become exceptions. */
import { exceptionClassOf, PyError, PyException, raise } from '../../../python/runtime/errors';
import { mutations, touch } from '../../../python/runtime/mutation';
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

/** What a session knows of contexts. */
interface State {
  /** Of the context that the session starts with. */
  readonly context: Context;
  /** The one that was put in its place, if any. */
  readonly at: PyContext | undefined;
}

const AT_START: State = { context: DEFAULT_CONTEXT, at: undefined };

/** A context object; one without a context of its own is that which the session starts with. */
export class PyContext extends PyObject {
  /** Told apart by it: fields that are private to the class cannot be compared. */
  own: { readonly context: Context; readonly flags: Flags } | undefined;
  /** The state of the session that it stands for. */
  readonly channel: string | undefined;

  constructor(own?: Context, flags: Flags = NO_FLAGS) {
    super(contextClass);
    this.own = own === undefined ? undefined : { context: own, flags };
    this.channel = own === undefined ? CONTEXT : undefined;
  }

  get context(): Context {
    return this.own?.context ?? state().context;
  }

  set context(context: Context) {
    if (this.own === undefined) vm.writeState(CONTEXT, { ...state(), context });
    else {
      this.#touch();
      this.own = { ...this.own, context };
    }
  }

  get flags(): Flags {
    return this.own?.flags ?? vm.readState(FLAGS, NO_FLAGS);
  }

  set flags(flags: Flags) {
    if (this.own === undefined) vm.writeState(FLAGS, flags);
    else {
      this.#touch();
      this.own = { ...this.own, flags };
    }
  }

  /** Those that the module has ready belong to no cell. */
  #touch(): void {
    if (this.owner !== 0) touch(this);
  }

  /** Runs an operation in this context; what it meets is remembered and, where it is trapped, raised. */
  run<T>(body: (run: Run) => T): T {
    const run = new Run(this.context);
    const result = body(run);
    if (run.met.size > 0 || run.noted.size > 0) this.#settle(run);
    return result;
  }

  #settle({ met, noted, context }: Run): void {
    const { flags } = this;
    const all = [...met, ...noted];
    if (all.some(one => !flags.has(one))) {
      // What must change nothing may compute.
      const isKept = this.own === undefined || this.owner === 0 || !mutations.frozen;
      if (isKept) this.flags = new Set([...flags, ...all]);
      else mutations.withheld = true;
    }
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

/** The context that the session starts with. */
export const FIRST = new PyContext();

function state(): State {
  return vm.readState(CONTEXT, AT_START);
}

/** The context that counts now. */
export function current(): PyContext {
  return state().at ?? FIRST;
}

/** Puts a context in its place. */
export function setCurrent(context: PyContext): void {
  vm.writeState(CONTEXT, { ...state(), at: context === FIRST ? undefined : context });
}

/** The same for a while; what is returned ends that. */
export function setForNow(context: PyContext): () => void {
  const before = state();
  setCurrent(context);
  return () => {
    const { context: first } = state();
    vm.writeState(CONTEXT, first === before.context ? before : { ...before, context: first });
  };
}

/** Runs an operation in the current context. */
export function inContext<T>(body: (run: Run) => T, context?: unknown): T {
  if (context === undefined || context === null) return current().run(body);
  if (context instanceof PyContext) return context.run(body);
  throw raise('TypeError', 'optional argument must be a context');
}
