/** `decimal.Context`, its flags and traps, and `localcontext`. */

import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties, method } from '../../../python/runtime/native';
import { changesState } from '../../../python/runtime/nativeEffects';
import {
  NotImplemented,
  nativeClass,
  type PyClass,
  PyList,
  PyObject,
  PyProperty,
  PyTuple,
  type Value,
} from '../../../python/runtime/objects';
import { equals, indexOf, iteratorOf, repr, truth } from '../../../python/runtime/operations';
import {
  type Condition,
  type Context,
  DEFAULT_CONTEXT,
  INVALID,
  ROUNDINGS,
  type Rounding,
  SIGNALS,
  type Signal,
} from './context';
import { conditionClasses, contextClass, current, FIRST, type Flags, PyContext, setForNow, signalOf } from './state';

/** The flags or the traps of a context as a mapping from signals to booleans. */
class PySignals extends PyObject {
  readonly holder: PyContext;
  readonly traps: boolean;
  constructor(holder: PyContext, traps: boolean) {
    super(signalsClass);
    this.holder = holder;
    this.traps = traps;
  }

  has(signal: Signal): boolean {
    if (this.traps) return this.holder.context.traps.has(signal);
    return [...this.holder.flags].some(one => signalOf(one) === signal);
  }

  set(signal: Signal, on: boolean): void {
    const others = SIGNALS.filter(one => one !== signal && this.has(one));
    assign(this.holder, this.traps, on ? [...others, signal] : others);
  }

  dict(): PyDict {
    return PyDict.from(SIGNALS.map(one => [conditionClasses.get(one)!, this.has(one)]));
  }
}

const signalsClass = nativeClass('SignalDict', undefined, 'decimal');

function assign(holder: PyContext, traps: boolean, signals: readonly Signal[]): void {
  if (traps) holder.context = { ...holder.context, traps: new Set(signals) };
  else holder.flags = new Set<Condition>(signals);
}

function signalOfClass(value: Value): Signal {
  const found = SIGNALS.find(one => conditionClasses.get(one) === value);
  if (found === undefined) throw raise('KeyError', 'invalid error flag');
  return found;
}

/** The signals that an argument names: a list of them, or a mapping to booleans. */
function signalsFrom(value: Value): Signal[] {
  if (value instanceof PySignals) return SIGNALS.filter(one => value.has(one));
  if (value instanceof PyDict) {
    if (value.size !== SIGNALS.length) throw raise('KeyError', 'invalid signal dict');
    return [...value.entries()].filter(([, on]) => truth(on)).map(([signal]) => signalOfClass(signal));
  }
  if (!(value instanceof PyList) && !(value instanceof PyTuple)) throw raise('TypeError', 'list of signals expected');
  return value.items.map(one => {
    const found = SIGNALS.find(signal => conditionClasses.get(signal) === one);
    if (found === undefined) throw raise('TypeError', 'invalid error flag');
    return found;
  });
}

/** What an attribute takes, whereas arguments may be lists as well. */
function signalDict(value: Value): Value {
  if (value instanceof PySignals || value instanceof PyDict) return value;
  throw raise('TypeError', 'argument must be a signal dict');
}

function integerIn(value: Value, low: number, high: number, complaint: string): number {
  const index = indexOf(value, 'an integer is required');
  if (index < BigInt(low) || index > BigInt(high)) throw raise('ValueError', complaint);
  return Number(index);
}

const MOST = 10 ** 18 - 1;

/** How each attribute of a context is read from what is assigned to it. */
const FIELDS: Readonly<Record<string, (value: Value) => Partial<Context>>> = {
  prec: value => ({ prec: integerIn(value, 1, MOST, 'valid range for prec is [1, MAX_PREC]') }),
  rounding: value => {
    if (!ROUNDINGS.includes(value as Rounding))
      throw raise(
        'TypeError',
        'valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]',
      );
    return { rounding: value as Rounding };
  },
  Emin: value => ({ emin: integerIn(value, -MOST, 0, 'valid range for Emin is [MIN_EMIN, 0]') }),
  Emax: value => ({ emax: integerIn(value, 0, MOST, 'valid range for Emax is [0, MAX_EMAX]') }),
  capitals: value => ({ capitals: integerIn(value, 0, 1, 'valid values for capitals are [0, 1]') }),
  clamp: value => ({ clamp: integerIn(value, 0, 1, 'valid values for clamp are [0, 1]') }),
};

const READ: Readonly<Record<string, (context: Context) => Value>> = {
  prec: context => BigInt(context.prec),
  rounding: context => context.rounding,
  Emin: context => BigInt(context.emin),
  Emax: context => BigInt(context.emax),
  capitals: context => BigInt(context.capitals),
  clamp: context => BigInt(context.clamp),
};

const ARGUMENTS = 'prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None';

/** A context like another, with the arguments of `Context(...)` where they are given. */
function changed(base: Context, flags: Flags, args: readonly (Value | undefined)[]): PyContext {
  let context = base;
  Object.entries(FIELDS).forEach(([, read], at) => {
    const value = args[at];
    if (value !== undefined && value !== null) context = { ...context, ...read(value) };
  });
  const made = new PyContext(context, flags);
  const [flagged, trapped] = args.slice(6);
  if (flagged !== undefined && flagged !== null) assign(made, false, signalsFrom(flagged));
  if (trapped !== undefined && trapped !== null) assign(made, true, signalsFrom(trapped));
  return made;
}

/** Names of flags in the order in which a context shows them, which is that of its bits. */
const SHOWN: readonly Condition[] = [
  'Clamped',
  'ConversionSyntax',
  'DivisionByZero',
  'DivisionImpossible',
  'DivisionUndefined',
  'Inexact',
  'InvalidContext',
  'InvalidOperation',
  'FloatOperation',
  'Overflow',
  'Rounded',
  'Subnormal',
  'Underflow',
];

function shownSignals(conditions: ReadonlySet<Condition>): string {
  const names = SHOWN.filter(one => conditions.has(one)).map(signalOf);
  return `[${[...new Set(names)].join(', ')}]`;
}

function textOf(self: PyContext): string {
  const { context } = self;
  const fields = Object.entries(READ).map(([name, read]) => `${name}=${read(context)}`);
  const traps = new Set<Condition>(context.traps);
  // A trap for invalid operations is one for all their kinds.
  if (traps.has('InvalidOperation')) for (const kind of INVALID) traps.add(kind);
  return `Context(${fields.join(', ')}, flags=${shownSignals(self.flags)}, traps=${shownSignals(traps)})`;
}

function setUpSignals(): void {
  defineMethods(signalsClass, {
    '__getitem__(key, /)': (self: PySignals, key: Value) => self.has(signalOfClass(key)),
    '__setitem__(key, value, /)': (self: PySignals, key: Value, value: Value) => {
      self.set(signalOfClass(key), truth(value));
      return null;
    },
    '__iter__()': (self: PySignals) => iteratorOf(self.dict()),
    '__len__()': () => BigInt(SIGNALS.length),
    '__contains__(key, /)': (self: PySignals, key: Value) => self.dict().has(key),
    '__repr__()': (self: PySignals) =>
      `{${SIGNALS.map(one => `${repr(conditionClasses.get(one)!)}:${repr(self.has(one))}`).join(', ')}}`,
    '__eq__(other, /)': (self: PySignals, other: Value) => {
      if (other instanceof PySignals) return equals(self.dict(), other.dict());
      return other instanceof PyDict ? equals(self.dict(), other) : NotImplemented;
    },
    'copy()': (self: PySignals) => self.dict(),
    'get(key, default=None, /)': (self: PySignals, key: Value, otherwise?: Value) =>
      self.dict().get(key) ?? otherwise ?? null,
    'keys()': (self: PySignals) => new PyList([...self.dict().keys()]),
    'values()': (self: PySignals) => new PyList([...self.dict().values()]),
    'items()': (self: PySignals) => new PyList([...self.dict().entries()].map(pair => new PyTuple(pair))),
  });
  signalsClass.setAttribute('__hash__', null);
}

const managerClass = nativeClass('ContextManager', undefined, 'decimal');

/** What `localcontext` gives: the context to be current inside of `with`. */
class PyManager extends PyObject {
  readonly wanted: PyContext;
  leave: (() => void) | undefined = undefined;
  constructor(wanted: PyContext) {
    super(managerClass);
    this.wanted = wanted;
  }
}

function property(name: string, get: (self: PyContext) => Value, set: (self: PyContext, value: Value) => void): void {
  const setter = method(`${name}(value)`, (self: PyContext, value: Value) => {
    set(self, value);
    return null;
  });
  contextClass.setAttribute(name, new PyProperty(method(`${name}()`, get), setter));
}

export function setUpContexts(): void {
  setUpSignals();
  defineConstructor(contextClass, `Context(${ARGUMENTS})`, (_cls: PyClass, ...args: (Value | undefined)[]) =>
    changed(DEFAULT_CONTEXT, new Set(), args),
  );
  for (const [name, read] of Object.entries(READ))
    property(
      name,
      self => read(self.context),
      (self, value) => {
        self.context = { ...self.context, ...FIELDS[name]!(value) };
      },
    );
  property(
    'flags',
    self => new PySignals(self, false),
    (self, value) => assign(self, false, signalsFrom(signalDict(value))),
  );
  property(
    'traps',
    self => new PySignals(self, true),
    (self, value) => assign(self, true, signalsFrom(signalDict(value))),
  );
  defineMethods(contextClass, {
    '__repr__()': textOf,
    'copy()': (self: PyContext) => new PyContext(self.context, self.flags),
    '__copy__()': (self: PyContext) => new PyContext(self.context, self.flags),
    '__deepcopy__(memo, /)': (self: PyContext) => new PyContext(self.context, self.flags),
    'clear_flags()': (self: PyContext) => {
      self.flags = new Set();
      return null;
    },
    'clear_traps()': (self: PyContext) => {
      assign(self, true, []);
      return null;
    },
    'Etiny()': (self: PyContext) => BigInt(self.context.emin - self.context.prec + 1),
    'Etop()': (self: PyContext) => BigInt(self.context.emax - self.context.prec + 1),
  });
  defineMethods(managerClass, {
    '__enter__()': (self: PyManager) => {
      self.leave = setForNow(self.wanted);
      return self.wanted;
    },
    '__exit__(typ, value, traceback, /)': (self: PyManager) => {
      self.leave?.();
      return false;
    },
  });
  changesState(FIRST.channel!, managerClass.attrs.get('__exit__')!);
  defineProperties(managerClass, {});
}

export function contextArgument(value: Value): PyContext {
  if (value instanceof PyContext) return value;
  throw raise('TypeError', 'optional argument must be a context');
}

/** `localcontext(ctx=None, **kwargs)` */
export function localContext(context: Value | undefined, ...args: (Value | undefined)[]): Value {
  const base = context === undefined || context === null ? current() : contextArgument(context);
  return new PyManager(changed(base.context, base.flags, args));
}

export const LOCAL_ARGUMENTS = ARGUMENTS;

/** The three contexts that the module has ready, by name. */
export function readyContexts(): Record<string, PyContext> {
  const most = SIGNALS.filter(one => !['FloatOperation', 'Inexact', 'Rounded', 'Subnormal'].includes(one));
  const nine = { ...DEFAULT_CONTEXT, prec: 9 };
  return {
    DefaultContext: new PyContext(DEFAULT_CONTEXT),
    BasicContext: new PyContext({ ...nine, rounding: 'ROUND_HALF_UP', traps: new Set(most) }),
    ExtendedContext: new PyContext({ ...nine, traps: new Set() }),
  };
}
