/**
 * Unknown as a value: what an expression gives that Reckoner cannot evaluate, such as the time of day or anything of a module
 * that is not at hand. It spreads through what reads it. An operation that needs to know more, such as a test or a loop, throws
 * `UnknownReached`; the statement that it stands in is skipped then, and all that it might have bound or changed becomes
 * unknown (see `compiler/recovery.ts`). No `except` clause sees either.
 */
import type { Span } from '../syntax/ast';
import { PyDict } from './dict';
import { BudgetExceeded, Unsupported } from './errors';
import type { Frame } from './frame';
import { attributesDict, instanceDict, ownersOf } from './instanceDict';
import { mutations, withhold } from './mutation';
import {
  creation,
  functionClass,
  type Keywords,
  objectClass,
  PyCallable,
  PyClass,
  PyIterator,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  typeOf,
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
  | 'order'
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
} = { met: false, operations: 0, last: undefined };

/** What stands for an unknown value in printed text. */
export const UNKNOWN_TEXT = '⟨unknown⟩';

/** The class of unknown values, and of objects that may have been changed in an unknown way. */
export const unknownClass: PyClass = new PyClass('Unknown', [objectClass], new Map(), { module: 'reckoner' });

const NOTHING: readonly Value[] = [];

/** What else is known of an unknown value. */
interface Hints {
  /** The dotted name of something in a module that is not at hand. */
  readonly path?: string | undefined;
  /** True for a name that may not be bound at all. */
  readonly unsure?: boolean;
  /** True for what stands in the place of something that may have been changed. */
  readonly changed?: boolean;
  /** Objects of the chapter that it may be, or lead to: what changes it may change them. */
  readonly may?: readonly Value[];
  /** The name under which it was found on its owner, which is what `may` holds. */
  readonly method?: string | undefined;
}

export class PyUnknown extends PyObject {
  readonly cause: UnknownCause;
  readonly path: string | undefined;
  readonly unsure: boolean;
  readonly may: readonly Value[];
  readonly method: string | undefined;
  readonly changed: boolean;
  constructor(cause: UnknownCause, { path, unsure = false, changed = false, may = NOTHING, method }: Hints = {}) {
    super(unknownClass);
    this.cause = cause;
    this.path = path;
    this.unsure = unsure;
    this.changed = changed;
    this.may = may;
    this.method = method;
    unknowns.met = true;
  }

  /** Native code that takes it for a text or a number ends there, instead of making one up. */
  [Symbol.toPrimitive](): never {
    throw new UnknownReached(this.cause);
  }

  /** True for what is known to be the same as others of its kind, or not, so that it can be a key. */
  get isKey(): boolean {
    return false;
  }

  /** True for what it is surely not equal to, whatever it is. */
  differsFrom(_other: Value | undefined): boolean {
    return false;
  }
}

/** Thrown where an operation needs more than that a value is unknown. */
export class UnknownReached extends Error {
  override readonly cause: UnknownCause;
  /** Objects that what is returned in consequence may be, or lead to. */
  readonly may: readonly Value[];
  /** What may still be where something else was put; undefined where nothing was that may not have been. */
  readonly before: Replaced | undefined;
  constructor(cause: UnknownCause, may: readonly Value[] = NOTHING, before?: Replaced) {
    const traces = Error as unknown as { stackTraceLimit: number };
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    super(cause.message);
    traces.stackTraceLimit = limit;
    this.cause = cause;
    this.may = may;
    this.before = before;
  }
}

/** Thrown where code raises an exception of which nobody knows what it is: a function surely ends there. */
export class UnknownRaised extends UnknownReached {}

/** What is known of an object that may have been changed. */
export interface Taint {
  readonly cause: UnknownCause;
  /** The class that it had. */
  readonly cls: PyClass;
  /** Keys of a dict that may have changed; undefined where all of it may. */
  readonly keys: Set<Value> | undefined;
  /** What it may hold besides what it held before. */
  readonly held: Set<Value>;
}

const taints = new WeakMap<PyObject, Taint>();

/** Lists, tuples and dicts of which nothing but the order is unknown (see `unordered.ts`). */
export const orderOnly = new WeakSet<PyObject>();

/** Makes the order of a new container unknown, and nothing else. */
export function loseOrder(obj: PyObject, cause: UnknownCause): void {
  mark(obj, { cause, cls: obj.cls, keys: obj instanceof PyDict ? new Set() : undefined, held: new Set() });
  orderOnly.add(obj);
}

/** Takes a container of which the order alone was unknown for known. */
export function gainOrder(obj: PyObject): void {
  obj.cls = classOf(obj);
  taints.delete(obj);
  orderOnly.delete(obj);
}

/** Makes all of a known object unknown for a while; the function that it returns makes it known again. */
export function suspend(obj: PyObject, cause: UnknownCause): () => void {
  const { cls } = obj;
  mark(obj, { cause, cls, keys: undefined, held: new Set() });
  return () => {
    obj.cls = cls;
    taints.delete(obj);
  };
}

/** What is known of an object that may have been changed; undefined of any other. */
export const taintOf = (obj: PyObject): Taint | undefined => taints.get(obj);

/** The class of a value; of an object that may have been changed, the class that it had. */
export function classOf(value: Value): PyClass {
  return value instanceof PyObject && value.cls === unknownClass
    ? (taints.get(value)?.cls ?? unknownClass)
    : typeOf(value);
}

/** What an object that may have been changed may hold besides what is still in it. */
export function heldBy(obj: PyObject): Iterable<Value> {
  return taints.get(obj)?.held ?? NOTHING;
}

declare const brand: unique symbol;

/** An object for which `isUnknown` holds. */
export type UnknownObject = PyObject & { readonly [brand]: true };

/** True for an unknown value, and for an object that may have been changed. */
export function isUnknown(value: Value | undefined): value is UnknownObject {
  return value instanceof PyObject && value.cls === unknownClass;
}

/** Throws `UnknownReached` for an unknown value, and for an object that is not known any more. */
export function refuseUnknown(value: Value | undefined): void {
  if (isUnknown(value)) throw new UnknownReached(causeOf(value));
}

/** True for what stands for a function or class that may have been defined. */
export function standsForCode(lead: Value): boolean {
  return isUnknown(lead) && !(lead instanceof PyUnknown) && taints.get(lead) === undefined;
}

/** Why a value for which `isUnknown` holds is unknown. */
export function causeOf(value: PyObject): UnknownCause {
  return value instanceof PyUnknown ? value.cause : taints.get(value)!.cause;
}

/** What code replaces, which is still in place where an exception ended it early. */
export interface Replaced {
  /** What each name held that it binds. */
  readonly names: ReadonlyMap<string, Value>;
  /** Objects that these lead to, and those that were in the attributes and items that it assigns to. */
  readonly values: readonly Value[];
}

export const NOTHING_REPLACED: Replaced = { names: new Map(), values: NOTHING };

/** What wants to know when something unknown is first met, such as the body of a `try`. */
export interface Watcher {
  /** Taken when that happens: what may still be in place if an exception ended the body there. */
  readonly capture: () => Replaced;
  captured: Replaced | undefined;
}

/** Those that run now, the innermost last. */
export const watchers: Watcher[] = [];

/** Counts an operation that has to do with something unknown. */
export function meet(cause: UnknownCause): void {
  unknowns.operations++;
  unknowns.last = cause;
  for (let at = watchers.length - 1; at >= 0 && watchers[at]!.captured === undefined; at--) {
    watchers[at]!.captured = NOTHING_REPLACED;
    watchers[at]!.captured = watchers[at]!.capture();
  }
}

/** A new unknown value for the result of an operation. */
export function spread(cause: UnknownCause, hints?: Hints): PyUnknown {
  meet(cause);
  return new PyUnknown(cause, hints);
}

/** The objects of the chapter that these values may be, or lead to. */
export function leadingTo(values: Iterable<Value>): readonly Value[] {
  const found = new Set<Value>();
  for (const value of values) {
    if (!(value instanceof PyObject)) continue;
    if (value instanceof PyUnknown) for (const one of value.may) found.add(one);
    else if (value.owner !== 0 && !value.cls.unchanging) found.add(value);
  }
  return found.size === 0 ? NOTHING : [...found];
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
export function announce(obj: PyObject): boolean {
  if (obj.owner <= 0) return false;
  if (obj.owner !== creation.owner) {
    if (mutations.frozen) withhold(`a '${obj.cls.name}'`);
    mutations.foreign ??= new Set();
    mutations.foreign.add(obj.owner);
  }
  return true;
}

/** An object that may share its contents with others, as views of an array do. */
export interface Sharing extends PyObject {
  /** The one that owns the contents. */
  readonly contents: PyObject;
  /** Makes the contents unknown for all that share them. */
  loseContents(cause: UnknownCause): void;
}

const isSharing = (obj: unknown): obj is Sharing => obj instanceof PyObject && 'loseContents' in obj;

/** Makes all of an object unknown, for whoever holds it; it may hold some values besides. */
export function taint(obj: PyObject, cause: UnknownCause, held: readonly Value[] = NOTHING): void {
  const known = taints.get(obj);
  if (orderOnly.delete(obj)) announce(obj);
  if (known !== undefined) {
    for (const one of held) known.held.add(one);
    if (known.keys === undefined) return;
    taints.set(obj, { ...known, keys: undefined });
    if (obj instanceof PyDict) loseOwners(obj, cause, held);
    return;
  }
  if (obj instanceof PyModule || isFunction(obj)) {
    loseAttributes(obj, cause, held);
    return;
  }
  copiedFrom.get(obj)?.(cause, held);
  if (obj instanceof PyUnknown || !announce(obj)) return;
  const changed = obj instanceof PyIterator ? obj.source : obj;
  if (isSharing(changed) && announce(changed.contents)) changed.loseContents(cause);
  mark(obj, { cause, cls: obj.cls, keys: undefined, held: new Set(held) });
  const dict = attributesDict(obj);
  if (dict !== undefined) taint(dict, cause, held);
  if (obj instanceof PyDict) loseOwners(obj, cause, held);
}

/** What is to be lost with a dict that is a copy of a namespace, whose changes would take effect in Python: one name, or all. */
export const copiedFrom = new WeakMap<PyObject, (cause: UnknownCause, held: readonly Value[], name?: string) => void>();

/** An object of which the dict of attributes may have changed may itself have. */
function loseOwners(dict: PyDict, cause: UnknownCause, held: readonly Value[]): void {
  for (const owner of ownersOf(dict)) if (attributesDict(owner) === dict) taint(owner, cause, held);
}

/** True for what `def` or `lambda` made: it can be called as before whatever became of its attributes. */
export function isFunction(obj: Value): obj is PyCallable {
  return obj instanceof PyCallable && obj.cls === functionClass;
}

/** True for what may have other attributes than those that are known, and is itself known all the same. */
export function losesAttributes(obj: Value): obj is PyModule | PyClass | PyCallable {
  return obj instanceof PyModule || obj instanceof PyClass || isFunction(obj);
}

/**
 * Makes all attributes of a module, class or function unknown, those that it lacks among them: who set some did so by names that
 * are not known.
 */
export function loseAttributes(
  obj: PyModule | PyClass | PyCallable,
  cause: UnknownCause,
  held: readonly Value[] = NOTHING,
): void {
  if (!announce(obj)) return;
  const lost = (value: Value | undefined) =>
    new PyUnknown(cause, { unsure: true, may: leadingTo(value === undefined ? held : [value, ...held]) });
  if (obj instanceof PyModule) {
    for (const [name, value] of [...obj.attrs]) if (!isSpecial(name)) obj.attrs.set(name, lost(value));
    obj.open = lost(undefined);
    return;
  }
  if (open.has(obj)) return;
  open.set(obj, cause);
  if (!(obj instanceof PyClass)) {
    obj.attrs ??= new Map();
    for (const [name, value] of [...obj.attrs]) obj.attrs.set(name, lost(value));
    taint(instanceDict(obj)!, cause, held);
    return;
  }
  for (const { native, attrs } of obj.mro)
    if (!native)
      // What is unknown stays as it is: it may be a descriptor.
      for (const [name, value] of attrs)
        if (!isSpecial(name) && !(value instanceof PyUnknown) && !isSlot(value)) obj.setAttribute(name, lost(value));
}

/** True for what gets and sets a slot of objects. */
function isSlot(value: Value | undefined): boolean {
  return value instanceof PyObject && value.cls.name === 'member_descriptor';
}

/** The same for classes, or some in a list or tuple, that code which nobody knows was given; enumerations refuse it. */
export function loseClasses(given: readonly Value[], cause: UnknownCause): void {
  for (const one of given)
    if (one instanceof PyList || one instanceof PyTuple) loseClasses(one.items.filter(isOpenClass), cause);
    else if (isOpenClass(one)) loseAttributes(one, cause);
}

/** True for a class of the chapter that is no enumeration. */
export function isOpenClass(value: Value): value is PyClass {
  return value instanceof PyClass && !value.native && value.cls.name !== 'EnumType';
}

/** Classes and functions that may have other attributes than those that are known. */
const open = new WeakMap<PyClass | PyCallable, UnknownCause>();

/** An attribute that a function may have, or an object by its class or one of the bases. */
export function openAttribute(obj: Value, cls: PyClass, name: string): PyUnknown | undefined {
  if (!unknowns.met || isSpecial(name)) return undefined;
  const own = isFunction(obj) ? open.get(obj) : undefined;
  if (own !== undefined) return spread(own);
  for (const one of cls.mro) {
    const cause = open.get(one);
    if (cause !== undefined) return spread(cause);
  }
  return undefined;
}

/** Names and docs of functions, and the like, that may have been set. */
const members = new WeakMap<PyCallable, Map<string, PyUnknown>>();

/** The name, the doc or the like of a function where it may have been set. */
export function lostMember(func: PyCallable, name: string): PyUnknown | undefined {
  return unknowns.met ? members.get(func)?.get(name) : undefined;
}

/** What is set is known from then on. */
export function keepMember(func: PyCallable, name: string): void {
  members.get(func)?.delete(name);
}

function loseMember(func: PyCallable, name: string, unknown: PyUnknown): void {
  const known = members.get(func);
  if (known === undefined) members.set(func, new Map([[name, unknown]]));
  else known.set(name, unknown);
}

function isSpecial(name: string): boolean {
  return name.startsWith('__') && name.endsWith('__');
}

function mark(obj: PyObject, taint: Taint): void {
  unknowns.met = true;
  taints.set(obj, taint);
  obj.cls = unknownClass;
}

/** Makes one entry of a dict unknown; the others stay as they are. `there` tells that a key in the dict is so for sure. */
export function taintKey(dict: PyDict, key: Value, cause: UnknownCause, held: readonly Value[], there: boolean): void {
  const lose = copiedFrom.get(dict);
  if (lose !== undefined && typeof key === 'string') {
    lose(cause, held, key);
    return;
  }
  const known = taints.get(dict);
  if ((known !== undefined && known.keys === undefined) || !isExact(key)) {
    taint(dict, cause, held);
    return;
  }
  if (!announce(dict)) return;
  orderOnly.delete(dict);
  if (there && known === undefined && dict.map.has(key)) {
    dict.map.set(key, new PyUnknown(cause, { may: leadingTo([dict.map.get(key)!, ...held]) }));
    return;
  }
  if (known?.keys === undefined) mark(dict, { cause, cls: dict.cls, keys: new Set([key]), held: new Set(held) });
  else {
    known.keys.add(key);
    for (const one of held) known.held.add(one);
  }
  // Who reads the attribute does not look at the dict.
  for (const owner of ownersOf(dict))
    if (attributesDict(owner) === dict)
      dict.map.set(key, new PyUnknown(cause, { unsure: true, may: leadingTo([dict.map.get(key) ?? null, ...held]) }));
}

/** Makes one attribute unknown, where the object has it; else all of the object. */
export function taintAttribute(
  obj: PyObject,
  name: string,
  cause: UnknownCause,
  held: readonly Value[],
  there: boolean,
): void {
  const before = obj.attrs?.get(name);
  const may = leadingTo(before === undefined ? held : [before, ...held]);
  if (obj.cls === unknownClass) {
    taint(obj, cause, held);
  } else if (obj instanceof PyClass) {
    if (!obj.native && !isSlot(before) && announce(obj))
      obj.setAttribute(name, new PyUnknown(cause, { changed: true, may }));
  } else if (obj instanceof PyModule) {
    if (announce(obj)) obj.attrs.set(name, new PyUnknown(cause, { unsure: true, may }));
  } else if (isFunction(obj)) {
    if (isSpecial(name)) {
      if (announce(obj)) loseMember(obj, name, new PyUnknown(cause, { may }));
      return;
    }
    obj.attrs ??= new Map();
    taintKey(instanceDict(obj)!, name, cause, held, there);
  } else if (there && before !== undefined) {
    if (announce(obj)) obj.attrs!.set(name, new PyUnknown(cause, { may }));
  } else if (before !== undefined && !obj.cls.slotted) {
    taintKey(instanceDict(obj)!, name, cause, held, false);
  } else taint(obj, cause, held);
}

/** What an installed compiler does about values that code nobody knows was given. */
export const escapes: {
  /** They may be kept, changed and called. */
  handler: (values: readonly Value[], cause: UnknownCause) => void;
  /** They may be called, or gone through. */
  use: (values: readonly Value[], cause: UnknownCause) => void;
  /** They are put into an object that may have been changed. */
  put: (object: PyObject, values: readonly Value[]) => void;
  /** Code that nobody knows runs: it may call what it was given before. */
  again: (cause: UnknownCause) => void;
  /** A function of the chapter was called with them. */
  call: (func: Value, args: readonly Value[], cause: UnknownCause) => void;
  /** A method of that name of one of the receivers was called with the arguments. */
  method: (name: string, receivers: readonly Value[], args: readonly Value[], cause: UnknownCause) => void;
  /** Any name of the module that runs may have been bound. */
  everything: (cause: UnknownCause) => void;
} = {
  handler: () => undefined,
  use: () => undefined,
  put: () => undefined,
  again: () => undefined,
  call: () => undefined,
  method: () => undefined,
  everything: () => undefined,
};

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

/** The cause that a refusal stands for, told of as what the run could not do. */
export function causeOfRefusal(
  error: Unsupported | BudgetExceeded,
  running: Frame | undefined = vm.running,
): UnknownCause {
  const cause = quietCause(error, running);
  vm.recordUnknown(cause, error);
  return cause;
}

/** The same where nobody need be told as long as nothing depends on it. */
export function quietCause(error: Unsupported | BudgetExceeded, running: Frame | undefined = vm.running): UnknownCause {
  const place = placeOf(running);
  const inside = running !== undefined && (running.text as { readonly file?: string }).file === vm.file;
  const span = inside && error.span !== undefined ? { start: error.span.start, end: error.span.end } : place.span;
  return error instanceof BudgetExceeded
    ? { kind: 'budget', subject: error.budget, message: error.message, file: place.file, span }
    : {
        kind: error.kind ?? kindOf(error.construct, error.message),
        subject: error.construct.replace(/^the module /, ''),
        message: error.message,
        file: place.file,
        span,
      };
}

/** The cause behind what was thrown, where that is no exception of Python's; undefined for all else. */
export function causeOfThrown(error: unknown, running?: Frame): UnknownCause | undefined {
  if (error instanceof UnknownReached) return error.cause;
  return error instanceof Unsupported ? causeOfRefusal(error, running) : undefined;
}

/** Refuses what would call a method of the author's own: what that may change is unknown from now on. */
export function refuseMethod(object: PyObject, method: string, construct: string): never {
  const error = new Unsupported(construct);
  escapes.method(method, [object], [], causeOfRefusal(error));
  throw error;
}

/** True for a key that equals no key of another type among those that a taint names. */
export function isExact(key: Value): boolean {
  return typeof key === 'string' || typeof key === 'bigint';
}
