/** `list[int]` and `int | str`: what annotations are made of. */
import { getAttribute } from './attributes';
import { call } from './calls';
import { equals } from './comparison';
import { raise } from './errors';
import { defineMethods, defineProperties } from './native';
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

/** `list[int]`: acts as its origin when called. */
export class PyGenericAlias extends PyObject {
  readonly origin: Value;
  readonly args: readonly Value[];
  constructor(origin: Value, args: readonly Value[]) {
    super(genericAliasClass);
    this.origin = origin;
    this.args = args;
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
      if (!members.includes(member)) members.push(member);
  return members.length === 1 ? members[0]! : new PyUnion(members);
}

/** The classes that `isinstance` is asked about in a union. */
export function unionMembers(union: PyUnion): readonly Value[] {
  for (const member of union.members)
    if (member instanceof PyGenericAlias)
      throw raise('TypeError', 'isinstance() argument 2 cannot be a parameterized generic');
  return union.members;
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
  '__getattr__(name, /)': (self: PyGenericAlias, name: string) => getAttribute(self.origin, name),
});
defineProperties(genericAliasClass, {
  __origin__: (self: PyGenericAlias) => self.origin,
  __args__: (self: PyGenericAlias) => new PyTuple(self.args),
});
defineMethods(unionClass, {
  '__repr__()': (self: PyUnion) => self.members.map(typeText).join(' | '),
  '__eq__(value, /)': (self: PyUnion, other: Value) =>
    other instanceof PyUnion
      ? self.members.length === other.members.length && self.members.every(one => other.members.includes(one))
      : NotImplemented,
  '__hash__()': (self: PyUnion) => self.members.reduce<bigint>((sum, one) => sum ^ hash(one), 7n),
  '__or__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(self, other) : NotImplemented),
  '__ror__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(other, self) : NotImplemented),
});
defineProperties(unionClass, { __args__: (self: PyUnion) => new PyTuple(self.members) });
