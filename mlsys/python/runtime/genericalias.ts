/** `list[int]` and `int | str`: what annotations are made of. */
import { getAttribute } from './attributes';
import { call } from './calls';
import { equals } from './comparison';
import { raise, Unsupported } from './errors';
import { defineConstructor, defineMethods, defineProperties } from './native';
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

/** Built-in classes that can be subscripted. */
const GENERIC = new Set([
  'list',
  'dict',
  'tuple',
  'set',
  'frozenset',
  'type',
  'deque',
  'defaultdict',
  'OrderedDict',
  'Counter',
  'ChainMap',
  'slice',
  'enumerate',
]);

/** `Cls[key]` of a built-in class, or undefined where it cannot be subscripted. */
export function genericAlias(cls: PyClass, key: Value): PyGenericAlias | undefined {
  const origin = cls.mro.find(one => one.native && GENERIC.has(one.name));
  if (origin === undefined || (cls.native && cls !== origin)) return undefined;
  return new PyGenericAlias(cls, key instanceof PyTuple ? key.items : [key]);
}

/** True for what may stand beside `|` in a union of types. */
export function isTypeLike(value: Value): boolean {
  return value === null || value instanceof PyClass || value instanceof PyGenericAlias || value instanceof PyUnion;
}

/** `a | b` of types; repeated members stand once. */
export function unionOf(a: Value, b: Value): Value {
  const members: Value[] = [];
  for (const side of [a, b])
    for (const member of side instanceof PyUnion ? side.members : [side === null ? noneClass : side])
      if (!members.some(known => equals(known, member))) members.push(member);
  return members.length === 1 ? members[0]! : new PyUnion(members);
}

/** The classes that `isinstance` is asked about in a union. */
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

/** The type variables among arguments, each once, in the order in which they first stand. */
export function typeVariables(args: readonly Value[], found: Value[] = []): readonly Value[] {
  for (const arg of args) {
    if (isTypeVariable(arg)) {
      if (!found.includes(arg)) found.push(arg);
    } else if (arg instanceof PyParameterized) typeVariables(arg.args, found);
    else if (arg instanceof PyUnion) typeVariables(arg.members, found);
    else if (arg instanceof PyList || arg instanceof PyTuple) typeVariables(arg.items, found);
  }
  return found;
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
  return alias.withArgs(alias.args.map(arg => replaced(arg, values)));
}

function replaced(arg: Value, values: ReadonlyMap<Value, Value>): Value {
  const value = values.get(arg);
  if (value !== undefined) return value;
  const replace = (one: Value): Value => replaced(one, values);
  if (arg instanceof PyParameterized)
    return typeVariables(arg.args).length === 0 ? arg : arg.withArgs(arg.args.map(replace));
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
      ? self.origin === other.origin &&
        self.args.length === other.args.length &&
        self.args.every((arg, at) => equals(arg, other.args[at]!))
      : NotImplemented,
  '__hash__()': (self: PyGenericAlias) =>
    self.args.reduce<bigint>((sum, arg) => sum * 31n + hash(arg), hash(self.origin)),
  '__or__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(self, other) : NotImplemented),
  '__ror__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(other, self) : NotImplemented),
  '__getitem__(key, /)': (self: PyGenericAlias, key: Value) => substituted(self, key),
  '__getattr__(name, /)': (self: PyGenericAlias, name: string) => getAttribute(self.origin, name),
});
defineConstructor(genericAliasClass, 'GenericAlias(origin, args, /)', (_cls: PyClass, origin: Value, args: Value) => {
  return new PyGenericAlias(origin, args instanceof PyTuple ? args.items : [args]);
});
defineProperties(genericAliasClass, {
  __origin__: (self: PyGenericAlias) => self.origin,
  __args__: (self: PyGenericAlias) => new PyTuple(self.args),
  __parameters__: (self: PyGenericAlias) => new PyTuple(typeVariables(self.args)),
});
defineMethods(unionClass, {
  '__repr__()': (self: PyUnion) => self.members.map(typeText).join(' | '),
  '__eq__(value, /)': (self: PyUnion, other: Value) =>
    other instanceof PyUnion
      ? self.members.length === other.members.length &&
        self.members.every(one => other.members.some(member => equals(one, member)))
      : NotImplemented,
  '__hash__()': (self: PyUnion) => self.members.reduce<bigint>((sum, one) => sum ^ hash(one), 7n),
  '__or__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(self, other) : NotImplemented),
  '__ror__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(other, self) : NotImplemented),
});
defineProperties(unionClass, {
  __args__: (self: PyUnion) => new PyTuple(self.members),
  __parameters__: (self: PyUnion) => new PyTuple(typeVariables(self.members)),
});
