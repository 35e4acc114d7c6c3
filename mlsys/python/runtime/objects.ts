/**
 * The values of the evaluator.
 *
 * | Python            | here                                    |
 * |-------------------|-----------------------------------------|
 * | None              | `null`                                  |
 * | bool              | `boolean`                               |
 * | int               | `bigint` (arbitrary precision)          |
 * | float             | `number` (IEEE double)                  |
 * | str               | `string` (UTF-16; indexed by code point)|
 * | everything else   | a subclass of `PyObject`                |
 *
 * JavaScript's `undefined` is never a Python value: it marks an unbound name, a missing argument, the end of an
 * iteration. Nothing here hands a JavaScript object to Python code: attributes live in maps of our own, never in
 * JavaScript properties looked up by a name that a chapter chose.
 */

import type { OpenNames } from './globals';

export type Value = null | boolean | bigint | number | string | PyObject;

/** Attributes by name: of an instance, a class or a module, in order of definition. */
export type Attributes = Map<string, Value>;

/** Keyword arguments of one call; undefined where there are none. */
export type Keywords = ReadonlyMap<string, Value> | undefined;

/** The next item, or undefined when there is none left. */
export type Next = () => Value | undefined;

/**
 * Which run (of a cell) is creating objects now; 0 while the library loads. Each mutable object keeps the serial of
 * its creator, so that a mutation by another cell can be seen (see `mutation.ts`).
 */
export const creation = { owner: 0 };

export abstract class PyObject {
  /** The object's class. */
  cls: PyClass;
  /** `__dict__` of an instance that has one. */
  attrs: Attributes | undefined = undefined;
  /** Serial of the run that made the object. */
  readonly owner: number = creation.owner;
  /** When it was changed last, by the clock of `mutations`; 0 before that. */
  changedAt = 0;

  constructor(cls: PyClass) {
    this.cls = cls;
  }
}

/** An instance of a class written in Python, or of a library class without a representation of its own. */
export class PyInstance extends PyObject {
  /** The int, float, str or bool that an instance of a subclass of those carries. */
  payload: Value | undefined = undefined;

  constructor(cls: PyClass) {
    super(cls);
    this.attrs = new Map();
  }
}

/** What look-up caches hold for a name that neither the class nor a base defines. */
const MISSING = Symbol('missing');

/** Counts changes to classes that others derive from, so that caches of attribute look-up know when to forget. */
let classEpoch = 0;

/** A class (`type` object). `attrs` is its namespace. */
export class PyClass extends PyObject {
  name: string;
  qualname: string;
  module: string;
  readonly bases: readonly PyClass[];
  /** Method resolution order, itself first, `object` last. */
  mro: readonly PyClass[];
  override attrs: Attributes;
  /** Makes an instance; library classes set it, others inherit. See `construct` in `classes.ts`. */
  construct: ((cls: PyClass, args: Value[], keywords: Keywords) => Value) | undefined = undefined;
  /** True for a class of the library: its attributes cannot be set from Python. */
  readonly native: boolean;
  /** False where Python forbids subclassing (`bool`, `NoneType`, ...). */
  subclassable = true;
  /** The class's doc text for hovers; for a class in Python also `__doc__`. */
  doc: string | undefined = undefined;
  /** How error messages name the class, where it differs: `decimal.Decimal`. */
  errorName: string | undefined = undefined;
  /** True where instances have no `__dict__`: every class of the order declares `__slots__`. */
  slotted = false;
  /** True for a class of the library, written in Python, whose objects nothing changes and lead to nothing else: `Path`. */
  unchanging = false;
  /** Decides `isinstance` for an abstract class of the library such as `Iterable`; beside inheritance. */
  instanceCheck: ((value: Value) => boolean) | undefined = undefined;
  /** The same for `issubclass`. */
  subclassCheck: ((cls: PyClass) => boolean) | undefined = undefined;
  /** What an abstract class's own `__subclasshook__` says; undefined where it leaves it open. */
  subclassHook: ((cls: PyClass) => boolean | undefined) | undefined = undefined;
  /** Replaces how a class statement with this base makes a class (`Enum`, `NamedTuple`); inherited. */
  makeSubclass:
    | ((
        name: string,
        bases: readonly PyClass[],
        namespace: Attributes,
        keywords: Keywords,
        /** The metaclass, where it is one written in Python that derives from the library's. */
        metaclass?: PyClass,
      ) => PyClass)
    | undefined = undefined;
  /** Makes the namespace of the body of a class with this base, where a plain one does not do (`Enum`); inherited. */
  makeNamespace: ((name: string, bases: readonly Value[]) => Attributes) | undefined = undefined;
  #cache = new Map<string, Value | typeof MISSING>();
  #reader: Value | undefined = undefined;
  #readerEpoch = -1;
  #cacheEpoch = -1;
  /** True once another class derives from it. */
  #isBase = false;

  constructor(
    name: string,
    bases: readonly PyClass[],
    attrs: Attributes,
    options: { native?: boolean; module?: string; qualname?: string; metaclass?: PyClass } = {},
  ) {
    // `type` is its own class; the cast covers the moment in which it does not exist yet.
    super((options.metaclass ?? typeClassRef.value) as PyClass);
    this.name = name;
    this.qualname = options.qualname ?? name;
    this.module = options.module ?? 'builtins';
    this.bases = bases;
    this.attrs = attrs;
    this.native = options.native ?? false;
    this.mro = linearize(this, bases);
    for (const base of bases) base.#isBase = true;
  }

  /** The attribute that the class or the first of its bases defines, or undefined. Cached until it changes, or a class that others derive from. */
  lookup(name: string): Value | undefined {
    if (this.#cacheEpoch !== classEpoch) {
      this.#cache.clear();
      this.#cacheEpoch = classEpoch;
    }
    const known = this.#cache.get(name);
    if (known !== undefined) return known === MISSING ? undefined : known;
    let found: Value | undefined;
    for (const cls of this.mro) {
      found = cls.attrs.get(name);
      if (found !== undefined) break;
    }
    this.#cache.set(name, found === undefined ? MISSING : found);
    return found;
  }

  /** The method that reads attributes of instances, where that is not the one of `object`. */
  get ownReader(): Value | undefined {
    if (this.#readerEpoch !== classEpoch) {
      const reader = this.lookup('__getattribute__');
      this.#reader = reader === objectClass.attrs.get('__getattribute__') ? undefined : reader;
      this.#readerEpoch = classEpoch;
    }
    return this.#reader;
  }

  /** Sets an attribute and invalidates look-up caches. */
  setAttribute(name: string, value: Value): void {
    this.attrs.set(name, value);
    this.#forget(name);
  }

  deleteAttribute(name: string): boolean {
    this.#forget(name);
    return this.attrs.delete(name);
  }

  /** Nobody else has looked an attribute up in a class that none derives from. */
  #forget(name: string): void {
    this.#readerEpoch = -1;
    if (this.#isBase) classEpoch++;
    else this.#cache.delete(name);
  }

  isSubclassOf(other: PyClass): boolean {
    return this.mro.includes(other);
  }
}

/** Raised when bases have no consistent order; `classes.ts` turns it into Python's TypeError. */
export class MroConflict extends Error {}

/** C3 linearisation. */
function linearize(cls: PyClass, bases: readonly PyClass[]): PyClass[] {
  if (bases.length === 1) return [cls, ...bases[0]!.mro];
  const lists = [...bases.map(base => base.mro), bases];
  const heads = lists.map(() => 0);
  /** In how many lists a class still stands behind the head: it is free once in none. */
  const behind = new Map<PyClass, number>();
  for (const list of lists) for (const one of list.slice(1)) behind.set(one, (behind.get(one) ?? 0) + 1);
  const order: PyClass[] = [cls];
  let open = lists.map((_, at) => at);
  for (;;) {
    open = open.filter(at => heads[at]! < lists[at]!.length);
    if (open.length === 0) return order;
    const free = open.find(at => (behind.get(lists[at]![heads[at]!]!) ?? 0) === 0);
    if (free === undefined) {
      const left = new Set(open.map(at => lists[at]![heads[at]!]!));
      throw new MroConflict(Array.from(left, one => one.name).join(', '));
    }
    const next = lists[free]![heads[free]!]!;
    order.push(next);
    for (const at of open) {
      if (lists[at]![heads[at]!] !== next) continue;
      const head = lists[at]![++heads[at]!];
      if (head !== undefined) behind.set(head, behind.get(head)! - 1);
    }
  }
}

const typeClassRef: { value: PyClass | undefined } = { value: undefined };

export const objectClass: PyClass = new PyClass('object', [], new Map(), { native: true });
/** `type`, the class of classes. */
export const typeClass: PyClass = new PyClass('type', [objectClass], new Map(), { native: true });
typeClassRef.value = typeClass;
objectClass.cls = typeClass;
typeClass.cls = typeClass;

/** A class of the library. Methods are added where they are implemented (see `native.ts`). */
export function nativeClass(name: string, bases: readonly PyClass[] = [objectClass], module = 'builtins'): PyClass {
  return new PyClass(name, bases, new Map(), { native: true, module });
}

export const noneClass = nativeClass('NoneType');
export const intClass = nativeClass('int');
export const boolClass = nativeClass('bool', [intClass]);
export const floatClass = nativeClass('float');
export const complexClass = nativeClass('complex');
export const strClass = nativeClass('str');
export const bytesClass = nativeClass('bytes');
export const bytearrayClass = nativeClass('bytearray');
export const listClass = nativeClass('list');
export const tupleClass = nativeClass('tuple');
export const dictClass = nativeClass('dict');
export const setClass = nativeClass('set');
export const frozensetClass = nativeClass('frozenset');
export const rangeClass = nativeClass('range');
export const sliceClass = nativeClass('slice');
export const functionClass = nativeClass('function');
export const nativeFunctionClass = nativeClass('builtin_function_or_method');
export const methodClass = nativeClass('method');
export const propertyClass = nativeClass('property');
export const staticmethodClass = nativeClass('staticmethod');
export const classmethodClass = nativeClass('classmethod');
export const moduleClass = nativeClass('module');
export const generatorClass = nativeClass('generator');
export const superClass = nativeClass('super');
export const ellipsisClass = nativeClass('ellipsis');
export const notImplementedClass = nativeClass('NotImplementedType');
for (const cls of [
  noneClass,
  boolClass,
  rangeClass,
  sliceClass,
  functionClass,
  nativeFunctionClass,
  methodClass,
  generatorClass,
  ellipsisClass,
])
  cls.subclassable = false;

class Singleton extends PyObject {}
export const Ellipsis: PyObject = new Singleton(ellipsisClass);
export const NotImplemented: PyObject = new Singleton(notImplementedClass);

export class PyList extends PyObject {
  items: Value[];
  constructor(items: Value[], cls: PyClass = listClass) {
    super(cls);
    this.items = items;
  }
}

export class PyTuple extends PyObject {
  readonly items: readonly Value[];
  constructor(items: readonly Value[], cls: PyClass = tupleClass) {
    super(cls);
    this.items = items;
  }
}

export class PyComplex extends PyObject {
  readonly re: number;
  readonly im: number;
  constructor(re: number, im: number, cls: PyClass = complexClass) {
    super(cls);
    this.re = re;
    this.im = im;
  }
}

export class PyBytes extends PyObject {
  data: Uint8Array;
  constructor(data: Uint8Array, cls: PyClass = bytesClass) {
    super(cls);
    this.data = data;
  }
}

export class PyRange extends PyObject {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
  /** Number of items. */
  readonly length: bigint;
  constructor(start: bigint, stop: bigint, step: bigint) {
    super(rangeClass);
    this.start = start;
    this.stop = stop;
    this.step = step;
    const span = step > 0n ? stop - start : start - stop;
    const size = step > 0n ? step : -step;
    this.length = span <= 0n ? 0n : (span + size - 1n) / size;
  }
}

export class PySlice extends PyObject {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(start: Value, stop: Value, step: Value) {
    super(sliceClass);
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** A library function or method. `body` gets bound arguments as `native.ts` describes. */
export class NativeFunction extends PyObject {
  readonly name: string;
  readonly call: (args: Value[], keywords: Keywords) => Value;
  /** Signature text for hovers and completion, such as `round(number, ndigits=None)`. */
  readonly signature: string;
  doc: string | undefined = undefined;
  /** True for a method: attribute look-up on an instance binds it. */
  readonly binds: boolean;
  /** The class that defines the method. */
  readonly of: PyClass | undefined;
  /** The value that `getattr` already bound as first argument; for repr. */
  readonly self: Value | undefined;
  constructor(
    name: string,
    call: (args: Value[], keywords: Keywords) => Value,
    options: { signature?: string; binds?: boolean; of?: PyClass; self?: Value; cls?: PyClass } = {},
  ) {
    super(options.cls ?? nativeFunctionClass);
    this.name = name;
    this.call = call;
    this.signature = options.signature ?? `${name}(...)`;
    this.binds = options.binds ?? false;
    this.of = options.of;
    this.self = options.self;
  }
}

/** A function with a body in Python; the compiler makes them. Attribute look-up on an instance binds it. */
export abstract class PyCallable extends PyObject {
  abstract readonly name: string;
  /** Calls it; `args` may be kept by the callee. */
  abstract invoke(args: Value[], keywords: Keywords): Value;
}

/** A function found on an instance: calls it with the instance first. */
export class BoundMethod extends PyObject {
  readonly self: Value;
  readonly func: Value;
  constructor(self: Value, func: Value) {
    super(methodClass);
    this.self = self;
    this.func = func;
  }
}

export class PyProperty extends PyObject {
  fget: Value;
  fset: Value;
  fdel: Value;
  constructor(fget: Value, fset: Value = null, fdel: Value = null, cls: PyClass = propertyClass) {
    super(cls);
    this.fget = fget;
    this.fset = fset;
    this.fdel = fdel;
  }

  /** What it reads as on the class itself. */
  onClass(_cls: PyClass): Value {
    return this;
  }
}

export class PyStaticMethod extends PyObject {
  func: Value;
  constructor(func: Value, cls: PyClass = staticmethodClass) {
    super(cls);
    this.func = func;
    this.attrs = new Map();
  }
}

export class PyClassMethod extends PyObject {
  func: Value;
  constructor(func: Value, cls: PyClass = classmethodClass) {
    super(cls);
    this.func = func;
    this.attrs = new Map();
  }
}

export class PyModule extends PyObject {
  name: string;
  override attrs: Attributes;
  /** File of a module that comes from the workspace. */
  readonly file: string | undefined;
  /** Resolves an attribute on first use; lets a module load its parts lazily. */
  lazy: ((name: string) => Value | undefined) | undefined = undefined;
  /** What else there may be in it, of a module of the workspace. */
  open: OpenNames | undefined = undefined;
  constructor(name: string, attrs: Attributes = new Map(), file?: string) {
    super(moduleClass);
    this.name = name;
    this.attrs = attrs;
    this.file = file;
  }
}

/** A Python iterator made by the library: `map`, `zip`, a list's iterator and so on. */
export class PyIterator extends PyObject {
  readonly next: Next;
  /** What it was made of: the functions behind `next` hold it. */
  source: unknown = undefined;
  constructor(next: Next, cls: PyClass) {
    super(cls);
    this.next = next;
  }
}

/** The class of any value. */
export function typeOf(value: Value): PyClass {
  switch (typeof value) {
    case 'bigint':
      return intClass;
    case 'number':
      return floatClass;
    case 'string':
      return strClass;
    case 'boolean':
      return boolClass;
    default:
      return value === null ? noneClass : value.cls;
  }
}

/** `isinstance(value, cls)` by inheritance alone. */
export function isInstance(value: Value, cls: PyClass): boolean {
  const own = typeOf(value);
  return own === cls || own.mro.includes(cls);
}

/** The plain int, float, str or bool behind an instance of a subclass of those; any other value as it is. */
export function unwrap(value: Value): Value {
  return value instanceof PyInstance && value.payload !== undefined ? value.payload : value;
}
