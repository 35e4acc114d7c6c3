/** `list[int]` and `int | str`: what annotations are made of. */
import { getAttribute } from './attributes';
import { call } from './calls';
import { equals } from './comparison';
import { PyError, raise, Unsupported } from './errors';
import { HashMap } from './hashMap';
import { defineConstructor, defineMethods, defineProperties, type NativeBody } from './native';
import {
  Ellipsis,
  NotImplemented,
  nativeClass,
  noneClass,
  PyClass,
  PyList,
  PyObject,
  PyTuple,
  type Value,
} from './objects';
import { classPath, hash, repr } from './representation';
import { vm } from './vm';

export const genericAliasClass = nativeClass('GenericAlias', undefined, 'types');
genericAliasClass.errorName = 'types.GenericAlias';
export const unionClass = nativeClass('UnionType', undefined, 'types');
unionClass.errorName = 'types.UnionType';
genericAliasClass.subclassable = false;
unionClass.subclassable = false;

/** A type with arguments, built in or of `typing`: type variables among its arguments can be replaced. */
export abstract class PyParameterized extends PyObject {
  readonly args: readonly Value[];
  constructor(cls: PyClass, args: readonly Value[]) {
    super(cls);
    this.args = args;
  }

  /** The same with other arguments. */
  abstract withArgs(args: readonly Value[]): Value;
}

/** `list[int]`: acts as its origin when called. */
export class PyGenericAlias extends PyParameterized {
  readonly origin: Value;
  constructor(origin: Value, args: readonly Value[]) {
    super(genericAliasClass, args);
    this.origin = origin;
  }

  override withArgs(args: readonly Value[]): Value {
    return new PyGenericAlias(this.origin, args);
  }
}

/** `int | None` */
export class PyUnion extends PyObject {
  readonly members: readonly Value[];
  constructor(members: readonly Value[]) {
    super(unionClass);
    this.members = members;
  }
}

/** Classes of the library that can be subscripted. */
const GENERIC = new Set(
  (
    'list dict tuple set frozenset type deque defaultdict OrderedDict Counter ChainMap UserDict UserList slice enumerate generator ' +
    'mappingproxy BaseExceptionGroup ExceptionGroup Pattern Match PathLike AbstractContextManager AbstractAsyncContextManager ' +
    'ExitStack nullcontext closing suppress cached_property partial partialmethod ContextVar Token Field chain StreamHandler ' +
    'LoggerAdapter DictReader DictWriter'
  ).split(' '),
);

/** `Cls[key]` of a class of the library, or undefined where it cannot be subscripted. */
export function genericAlias(cls: PyClass, key: Value): PyGenericAlias | undefined {
  const isOurs = ({ native, owner }: PyClass): boolean => native || owner === 0;
  const origin = cls.mro.find(one => isOurs(one) && GENERIC.has(one.name));
  if (origin === undefined || (isOurs(cls) && cls !== origin)) return undefined;
  return new PyGenericAlias(cls, key instanceof PyTuple ? key.items : [key]);
}

/** True for what may stand beside `|` in a union of types. */
export function isTypeLike(value: Value): boolean {
  if (value === null || value instanceof PyClass || value instanceof PyGenericAlias) return true;
  return value instanceof PyUnion || (value instanceof PyObject && otherTypes.has(value.cls));
}

/** Other classes whose objects stand for types. */
const otherTypes = new WeakSet<PyClass>();

const inUnions: Readonly<Record<string, NativeBody>> = {
  '__or__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(self, other) : NotImplemented),
  '__ror__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(other, self) : NotImplemented),
};

/** Lets objects of a class stand for types in `a | b`. */
export function joinsUnions(cls: PyClass): void {
  otherTypes.add(cls);
  defineMethods(cls, inUnions);
}

/** `a | b` of types; repeated members stand once. */
export function unionOf(a: Value, b: Value): Value {
  const members = a instanceof PyUnion ? [...a.members] : [a === null ? noneClass : a];
  vm.charge(8 * members.length);
  for (const member of b instanceof PyUnion ? b.members : [b === null ? noneClass : b]) {
    vm.step(members.length);
    if (!members.some(known => equals(known, member))) members.push(member);
  }
  return members.length === 1 ? members[0]! : new PyUnion(members);
}

/** The classes of a union that a function is to tell apart. */
export function unionMembers(union: PyUnion): readonly Value[] {
  for (const member of union.members)
    if (member instanceof PyGenericAlias)
      throw raise('TypeError', 'isinstance() argument 2 cannot be a parameterized generic');
  return union.members;
}

/** True for what `TypeVar`, `ParamSpec` and `TypeVarTuple` make. */
export function isTypeVariable(value: Value): boolean {
  return value instanceof PyObject && value.cls.module === 'typing' && TYPE_VARIABLES.has(value.cls.name);
}

const TYPE_VARIABLES = new Set(['TypeVar', 'ParamSpec', 'TypeVarTuple']);

/**
 * The type variables of what was looked at: a type may stand among the arguments of another one any number of times. They
 * never change.
 */
const variablesOf = new WeakMap<PyObject, readonly Value[]>();

/** The type variables among arguments, each once, in the order in which they first stand. */
export function typeVariables(args: readonly Value[]): readonly Value[] {
  const found = new Set<Value>();
  vm.step(args.length);
  for (const arg of args) {
    if (isTypeVariable(arg)) found.add(arg);
    else if (arg instanceof PyParameterized || arg instanceof PyUnion) {
      let own = variablesOf.get(arg);
      if (own === undefined) {
        own = nested(() => typeVariables(arg instanceof PyUnion ? arg.members : arg.args));
        variablesOf.set(arg, own);
      }
      for (const one of own) found.add(one);
    } else if (arg instanceof PyList || arg instanceof PyTuple)
      for (const one of nested(() => typeVariables(arg.items))) found.add(one);
  }
  return [...found];
}

/** One level of what looks into types that stand in one another. */
function nested<T>(look: () => T): T {
  vm.descend();
  try {
    return look();
  } finally {
    vm.leave();
  }
}

/** Pairs of types found equal by the comparison that runs: each may stand in another one any number of times. */
let equalPairs: Map<PyObject, Set<PyObject>> | undefined;

/** Compares two types by `compare`; what stands in them again is compared once. */
export function sameTypes(a: PyObject, b: PyObject, compare: () => boolean): boolean {
  if (a === b || equalPairs?.get(a)?.has(b) === true) return true;
  const outermost = equalPairs === undefined;
  equalPairs ??= new Map();
  try {
    const same = compare();
    if (same) {
      const known = equalPairs.get(a);
      if (known === undefined) equalPairs.set(a, new Set([b]));
      else known.add(b);
    }
    return same;
  } finally {
    if (outermost) equalPairs = undefined;
  }
}

/** True where both have the same members in any order, by a comparison of two members. */
export function sameMembers(
  a: readonly Value[],
  b: readonly Value[],
  same: (x: Value, y: Value) => boolean = equals,
): boolean {
  if (a.length !== b.length) return false;
  return a.every((one, at) => {
    // Mostly the order is the same.
    vm.step();
    if (same(one, b[at]!)) return true;
    vm.step(b.length);
    return b.some(other => same(one, other));
  });
}

/** Members, each once: from so many on, a table finds those that have a hash. */
export function distinctMembers(
  given: readonly Value[],
  same: (x: Value, y: Value) => boolean = equals,
  keyOf: (one: Value) => Value = one => one,
): Value[] {
  const members: Value[] = [];
  const table = new HashMap();
  for (const one of given) {
    const key = given.length < TABLE_FROM ? undefined : hashable(keyOf(one));
    if (key === undefined) vm.step(members.length);
    if (key === undefined ? members.some(known => same(known, one)) : table.find(key) !== undefined) continue;
    if (key !== undefined) table.set(key, null);
    members.push(one);
  }
  return members;
}

/** The value, or undefined where it has no hash. */
function hashable(value: Value): Value | undefined {
  try {
    hash(value);
    return value;
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}

const TABLE_FROM = 32;

/** Hashes of types that were asked for: they never change. */
const hashes = new WeakMap<PyObject, bigint>();

/** The hash of a type, by `make` the first time. */
export function typeHash(type: PyObject, make: () => bigint): bigint {
  let known = hashes.get(type);
  if (known === undefined) {
    known = BigInt.asIntN(61, make());
    hashes.set(type, known);
  }
  return known;
}

/** Refuses another number of arguments than there are parameters. */
export function checkParameterCount(what: Value, given: number, expected: number): void {
  if (given === expected) return;
  const [much, least] = given > expected ? ['many', ''] : ['few', 'at least '];
  throw raise('TypeError', `Too ${much} arguments for ${repr(what)}; actual ${given}, expected ${least}${expected}`);
}

/** `alias[items]`: the alias with its type variables replaced. */
export function substituted(alias: PyParameterized, key: Value): Value {
  const parameters = typeVariables(alias.args);
  const items = key instanceof PyTuple ? key.items : [key];
  if (parameters.length === 0) throw raise('TypeError', `${repr(alias)} is not a generic class`);
  if (parameters.some(one => (one as PyObject).cls.name !== 'TypeVar'))
    throw new Unsupported('replacing a ParamSpec or a TypeVarTuple');
  checkParameterCount(alias, items.length, parameters.length);
  const values = new Map(parameters.map((one, at) => [one, items[at]!]));
  // Grows by what was replaced: a type may stand in the alias any number of times.
  return alias.withArgs(alias.args.map(arg => replaced(arg, values)));
}

function replaced(arg: Value, values: Map<Value, Value>): Value {
  const value = values.get(arg);
  if (value !== undefined) return value;
  const replace = (one: Value): Value => replaced(one, values);
  if (arg instanceof PyParameterized) {
    if (typeVariables([arg]).length === 0) return arg;
    const made = nested(() => arg.withArgs(arg.args.map(replace)));
    values.set(arg, made);
    return made;
  }
  if (arg instanceof PyUnion) return arg.members.map(replace).reduce(unionOf);
  return arg instanceof PyList ? new PyList(arg.items.map(replace)) : arg;
}

/** How an annotation writes a type: classes by name, `None`, `...`, anything else by repr. */
export function typeText(value: Value): string {
  if (value instanceof PyClass) return value === noneClass ? 'None' : classPath(value);
  if (value === Ellipsis) return '...';
  if (value instanceof PyList) return `[${value.items.map(typeText).join(', ')}]`;
  return repr(value);
}

defineMethods(genericAliasClass, {
  '__repr__()': (self: PyGenericAlias) =>
    `${typeText(self.origin)}[${self.args.length === 0 ? '()' : self.args.map(typeText).join(', ')}]`,
  '__call__(*args, **kwargs)': (self: PyGenericAlias, args: PyTuple, kwargs: Map<string, Value>) =>
    call(self.origin, [...args.items], kwargs.size > 0 ? kwargs : undefined),
  '__eq__(value, /)': (self: PyGenericAlias, other: Value) =>
    other instanceof PyGenericAlias
      ? sameTypes(
          self,
          other,
          () =>
            self.origin === other.origin &&
            self.args.length === other.args.length &&
            self.args.every((arg, at) => equals(arg, other.args[at]!)),
        )
      : NotImplemented,
  '__hash__()': (self: PyGenericAlias) =>
    typeHash(self, () =>
      self.args.reduce<bigint>((sum, arg) => BigInt.asIntN(61, sum * 31n + hash(arg)), hash(self.origin)),
    ),
  ...inUnions,
  '__getitem__(key, /)': (self: PyGenericAlias, key: Value) => substituted(self, key),
  '__getattr__(name, /)': (self: PyGenericAlias, name: string) => getAttribute(self.origin, name),
});
defineConstructor(genericAliasClass, 'GenericAlias(origin, args, /)', (_cls: PyClass, origin: Value, args: Value) => {
  return new PyGenericAlias(origin, args instanceof PyTuple ? args.items : [args]);
});
defineProperties(genericAliasClass, {
  __origin__: (self: PyGenericAlias) => self.origin,
  // `collections.abc.Callable` keeps parameters and result in one row.
  __args__: ({ origin, args }: PyGenericAlias) =>
    new PyTuple(
      origin instanceof PyClass && origin.name === 'Callable' && args[0] instanceof PyList
        ? [...args[0].items, ...args.slice(1)]
        : args,
    ),
  __parameters__: (self: PyGenericAlias) => new PyTuple(typeVariables(self.args)),
});
defineMethods(unionClass, {
  '__repr__()': (self: PyUnion) => self.members.map(typeText).join(' | '),
  '__eq__(value, /)': (self: PyUnion, other: Value) =>
    other instanceof PyUnion ? sameTypes(self, other, () => sameMembers(self.members, other.members)) : NotImplemented,
  '__hash__()': (self: PyUnion) => typeHash(self, () => self.members.reduce<bigint>((sum, one) => sum ^ hash(one), 7n)),
  ...inUnions,
});
defineProperties(unionClass, {
  __args__: (self: PyUnion) => new PyTuple(self.members),
  __parameters__: (self: PyUnion) => new PyTuple(typeVariables(self.members)),
});
