/**
 * Unknown as a value: what an expression gives that Reckoner cannot evaluate, such as the time of day or anything of a module
 * that is not at hand. It spreads through what reads it. An operation that needs to know more, such as a test or a loop, throws
 * `UnknownReached`; the statement that it stands in is skipped then, and all that it might have bound or changed becomes
 * unknown (see `compiler/recovery.ts`). No `except` clause sees either.
 */
import type { Span } from '../syntax/ast';
import type { PyDict } from './dict';
import { BudgetExceeded, Unsupported } from './errors';
import type { Frame } from './frame';
import { mutations } from './mutation';
import {
  creation,
  type Keywords,
  NativeFunction,
  objectClass,
  PyClass,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  type Value,
} from './objects';
import { vm } from './vm';

export type UnknownKind =
  | 'module'
  | 'clock'
  | 'randomness'
  | 'file'
  | 'environment'
  | 'network'
  | 'budget'
  | 'unsupported'
  | 'doubt';

/** Why a value is unknown, and where that began. */
export interface UnknownCause {
  readonly kind: UnknownKind;
  /** What Reckoner has not, or does not do: `pandas`, `time.time()`. */
  readonly subject: string;
  readonly message: string;
  /** The cell or module, and the place in it. */
  readonly file: string;
  readonly span: Span;
}

/** What the present session met so far: as long as that is nothing, nobody needs to look for it. */
export const unknowns: {
  /** True once a value was unknown. */
  met: boolean;
  /** How many operations had an unknown operand or result: each may raise in Python. */
  operations: number;
  /** The cause of the last of them. */
  last: UnknownCause | undefined;
  /** Set where an inline reference would have changed an object of a cell: then its value is unknown. */
  lost: UnknownCause | undefined;
} = { met: false, operations: 0, last: undefined, lost: undefined };

/** What stands for an unknown value in printed text. */
export const UNKNOWN_TEXT = '⟨unknown⟩';

/** The class of unknown values, and of objects that may have been changed in an unknown way. */
export const unknownClass: PyClass = new PyClass('Unknown', [objectClass], new Map(), { module: 'reckoner' });

export class PyUnknown extends PyObject {
  readonly cause: UnknownCause;
  /** The dotted name of something in a module that is not at hand. */
  readonly path: string | undefined;
  /** True for a name that may not be bound at all. */
  readonly unsure: boolean;
  constructor(cause: UnknownCause, path?: string, unsure = false) {
    super(unknownClass);
    this.cause = cause;
    this.path = path;
    this.unsure = unsure;
    unknowns.met = true;
  }
}

/** Thrown where an operation needs more than that a value is unknown. */
export class UnknownReached extends Error {
  override readonly cause: UnknownCause;
  constructor(cause: UnknownCause) {
    const traces = Error as unknown as { stackTraceLimit: number };
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    super(cause.message);
    traces.stackTraceLimit = limit;
    this.cause = cause;
  }
}

/** What is known of an object that may have been changed. */
interface Taint {
  readonly cause: UnknownCause;
  /** Keys of a dict that may have changed; undefined where all of it may. */
  readonly keys: Set<Value> | undefined;
}

const taints = new WeakMap<PyObject, Taint>();

declare const brand: unique symbol;

/** An object for which `isUnknown` holds. */
export type UnknownObject = PyObject & { readonly [brand]: true };

/** True for an unknown value, and for an object that may have been changed. */
export function isUnknown(value: Value | undefined): value is UnknownObject {
  return value instanceof PyObject && value.cls === unknownClass;
}

/** Why a value for which `isUnknown` holds is unknown. */
export function causeOf(value: PyObject): UnknownCause {
  return value instanceof PyUnknown ? value.cause : taints.get(value)!.cause;
}

/** Counts an operation that has to do with something unknown. */
export function meet(cause: UnknownCause): void {
  unknowns.operations++;
  unknowns.last = cause;
}

/** A new unknown value for the result of an operation. */
export function spread(cause: UnknownCause, path?: string): PyUnknown {
  meet(cause);
  return new PyUnknown(cause, path);
}

/** The first unknown among the arguments of a call. */
export function unknownAmong(args: readonly Value[], keywords: Keywords): PyObject | undefined {
  for (const arg of args) if (isUnknown(arg)) return arg;
  if (keywords !== undefined) for (const value of keywords.values()) if (isUnknown(value)) return value;
  return undefined;
}

/** The cause of the first unknown value among these and in the containers that they are. */
export function firstCause(values: Iterable<Value>, seen = new Set<Value>()): UnknownCause | undefined {
  for (const value of values) {
    if (!(value instanceof PyObject) || seen.has(value)) continue;
    if (isUnknown(value)) return causeOf(value);
    seen.add(value);
    const inside =
      value instanceof PyList || value instanceof PyTuple
        ? firstCause(value.items, seen)
        : 'map' in value
          ? firstCause((value as PyDict).map.values(), seen)
          : value.attrs !== undefined && !(value instanceof PyClass) && !(value instanceof PyModule)
            ? firstCause(value.attrs.values(), seen)
            : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Announces a change of an object, as `touch` does; false for what cannot change, or must not. */
function announce(obj: PyObject, cause: UnknownCause): boolean {
  if (obj.owner <= 0) return false;
  if (obj.owner !== creation.owner) {
    if (mutations.frozen) {
      unknowns.lost ??= cause;
      return false;
    }
    mutations.foreign ??= new Set();
    mutations.foreign.add(obj.owner);
  }
  return true;
}

/** Makes all of an object unknown, for whoever holds it. */
export function taint(obj: PyObject, cause: UnknownCause): void {
  if (obj.cls === unknownClass || !announce(obj, cause)) {
    if (taints.get(obj)?.keys !== undefined) taints.set(obj, { cause, keys: undefined });
    return;
  }
  unknowns.met = true;
  taints.set(obj, { cause, keys: undefined });
  obj.cls = unknownClass;
}

/** Makes one entry of a dict unknown; the others stay as they are. */
export function taintKey(dict: PyDict, key: Value, cause: UnknownCause): void {
  const known = taints.get(dict);
  if (known !== undefined && known.keys === undefined) return;
  if (typeof key !== 'string' && typeof key !== 'bigint') {
    taint(dict, cause);
    return;
  }
  if (!announce(dict, cause)) return;
  if (known === undefined && dict.map.has(key)) {
    dict.map.set(key, new PyUnknown(cause));
    return;
  }
  unknowns.met = true;
  if (known?.keys !== undefined) known.keys.add(key);
  else {
    taints.set(dict, { cause, keys: new Set([key]) });
    dict.cls = unknownClass;
  }
}

/** Makes one attribute unknown, where the object has it; else all of the object. */
export function taintAttribute(obj: PyObject, name: string, cause: UnknownCause): void {
  if (obj.cls === unknownClass) return;
  if (obj instanceof PyClass) {
    if (!obj.native && announce(obj, cause)) obj.setAttribute(name, new PyUnknown(cause));
  } else if (obj.attrs?.has(name)) {
    if (announce(obj, cause)) obj.attrs.set(name, new PyUnknown(cause));
  } else taint(obj, cause);
}

/** What an installed compiler does about arguments that code nobody knows may keep, change or call. */
export const escapes: {
  handler: (values: readonly Value[], cause: UnknownCause) => void;
  /** The same for code that may bind any name of the module that runs. */
  everything: (cause: UnknownCause) => void;
} = { handler: () => undefined, everything: () => undefined };

/** Words for why something is refused, from what it is called and what its message says. */
function kindOf(construct: string, message: string): UnknownKind {
  if (construct.startsWith('the module ')) return 'module';
  if (/\bno clock\b|\bclock\b/.test(message) || /^time\./.test(construct)) return 'clock';
  if (/seed|random/.test(message)) return 'randomness';
  if (/\bno network\b/.test(message)) return 'network';
  if (/\bfiles?\b/.test(message)) return 'file';
  if (/environ|getenv/.test(construct)) return 'environment';
  return 'unsupported';
}

/** Where the running code is, in the cell or module that runs at its own level. */
function placeOf(running: Frame | undefined): { file: string; span: Span } {
  const inside = running !== undefined && (running.text as { readonly file?: string }).file === vm.file;
  const at = (inside ? running : vm.frame)?.at ?? { start: 0, end: 0 };
  return { file: vm.file, span: { start: at.start, end: at.end } };
}

/** The cause that a refusal stands for. */
export function causeOfRefusal(
  error: Unsupported | BudgetExceeded,
  running: Frame | undefined = vm.running,
): UnknownCause {
  const place = placeOf(running);
  const inside = running !== undefined && (running.text as { readonly file?: string }).file === vm.file;
  const span = inside && error.span !== undefined ? { start: error.span.start, end: error.span.end } : place.span;
  const cause: UnknownCause =
    error instanceof BudgetExceeded
      ? { kind: 'budget', subject: error.budget, message: error.message, file: place.file, span }
      : {
          kind: error.kind ?? kindOf(error.construct, error.message),
          subject: error.construct.replace(/^the module /, ''),
          message: error.message,
          file: place.file,
          span,
        };
  vm.recordUnknown(cause, error);
  return cause;
}

/** The cause behind what was thrown, where that is no exception of Python's; undefined for all else. */
export function causeOfThrown(error: unknown, running?: Frame): UnknownCause | undefined {
  if (error instanceof UnknownReached) return error.cause;
  return error instanceof Unsupported ? causeOfRefusal(error, running) : undefined;
}

// ------------------------------------------------------------------------------- how unknown values answer

function answer(name: string, body: (self: PyObject, args: Value[], keywords: Keywords) => Value): void {
  const made = new NativeFunction(name, (args, keywords) => body(args[0] as PyObject, args.slice(1), keywords), {
    binds: true,
  });
  unknownClass.setAttribute(name, made);
}

const NEED_MORE =
  'bool len iter next hash str repr format float int index complex contains trunc round floor ceil reversed length_hint ' +
  'instancecheck subclasscheck mro_entries set_name aiter bytes fspath dir';
for (const name of NEED_MORE.split(' '))
  answer(`__${name}__`, self => {
    meet(causeOf(self));
    throw new UnknownReached(causeOf(self));
  });

const GIVE_UNKNOWN =
  'add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor radd rsub rmul rtruediv rfloordiv rmod ' +
  'rdivmod rpow rmatmul rlshift rrshift rand ror rxor eq ne lt le gt ge neg pos abs invert enter exit get';
for (const name of GIVE_UNKNOWN.split(' ')) answer(`__${name}__`, self => spread(causeOf(self)));

answer('__getattribute__', (self, [name]) => {
  const path = self instanceof PyUnknown && self.path !== undefined ? `${self.path}.${String(name)}` : undefined;
  return spread(causeOf(self), path);
});
answer('__getitem__', (self, [key]) => {
  const keys = taints.get(self)?.keys;
  if (keys !== undefined && isExact(key!) && !keys.has(key!)) {
    const known = (self as PyDict).map.get(key!);
    if (known !== undefined) return known;
  }
  return spread(causeOf(self));
});
answer('__setitem__', (self, [key, value]) => {
  const keys = taints.get(self)?.keys;
  if (keys !== undefined && isExact(key!) && announce(self, causeOf(self))) {
    (self as PyDict).map.set(key!, value!);
    keys.delete(key!);
    return null;
  }
  meet(causeOf(self));
  if (keys !== undefined) taints.set(self, { cause: causeOf(self), keys: undefined });
  escapes.handler([value!], causeOf(self));
  return null;
});
answer('__setattr__', (self, [, value]) => {
  meet(causeOf(self));
  escapes.handler([value!], causeOf(self));
  return null;
});
for (const name of ['__delitem__', '__delattr__'])
  answer(name, self => {
    meet(causeOf(self));
    if (!(self instanceof PyUnknown)) taints.set(self, { cause: causeOf(self), keys: undefined });
    return null;
  });

/** True for a key that equals no key of another type among those that a taint names. */
function isExact(key: Value): boolean {
  return typeof key === 'string' || typeof key === 'bigint';
}

/** Functions of modules that are often missing, which neither change nor keep what they are given. */
const HARMLESS =
  /^(pandas\.(DataFrame|Series|Timestamp|Timedelta|Index|date_range|to_\w+|read_\w+|concat|merge)|plotnine\.\w+|time\.\w+)$/;

answer('__call__', (self, args, keywords) => {
  const cause = causeOf(self);
  const path = self instanceof PyUnknown ? self.path : undefined;
  const given = keywords === undefined ? args : [...args, ...keywords.values()];
  if (path === undefined || !HARMLESS.test(path)) escapes.handler(given, cause);
  return spread(cause);
});
