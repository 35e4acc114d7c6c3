/** `list[int]` and `int | str`: what annotations are made of. */
import { raise } from './errors';
import { nativeClass, noneClass, PyClass, PyObject, PyTuple, type Value } from './objects';

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
