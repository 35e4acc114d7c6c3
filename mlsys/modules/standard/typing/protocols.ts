/** `typing.Protocol`: classes that others belong to by what they have rather than by inheritance. */
import { constructAsType, makePlainClass } from '../../../python/runtime/classes';
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { defineMethods } from '../../../python/runtime/native';
import {
  type Attributes,
  type Keywords,
  nativeClass,
  objectClass,
  PyClass,
  PyObject,
  type PyTuple,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { isCallable, repr } from '../../../python/runtime/operations';
import { PyFrozenSet } from '../../../python/runtime/set';
import { abcMeta, abstractNames } from '../abc';
import { implied } from '../abstract';

const protocolMeta = nativeClass('_ProtocolMeta', [abcMeta], 'typing');

/** Every class that names `Protocol` itself among its bases, with the members that it asks for. */
const membersOf = new WeakMap<PyClass, readonly string[]>();
/** Those that `runtime_checkable` has seen, with their members that are no methods. */
const valuesOf = new WeakMap<PyClass, readonly string[]>();

/** What a class has without asking for it. */
const NO_MEMBERS = new Set(
  (
    '__abstractmethods__ __annotations__ __dict__ __doc__ __init__ __module__ __new__ __slots__ __subclasshook__ ' +
    '__weakref__ __class_getitem__ __match_args__ __static_attributes__ __firstlineno__ __qualname__ __parameters__ ' +
    '__orig_bases__ __orig_class__ __type_params__ _is_protocol _is_runtime_protocol __protocol_attrs__ ' +
    '__non_callable_proto_members__'
  ).split(' '),
);

/** Abstract classes of the library that ask for nothing but methods. */
const ALLOWED_BASES = new Set(
  'Callable Awaitable Iterable Iterator AsyncIterable AsyncIterator Hashable Sized Container Collection Reversible Buffer AbstractContextManager AbstractAsyncContextManager'.split(
    ' ',
  ),
);

function isMarker(cls: PyClass): boolean {
  return cls.module === 'typing' && (cls.name === 'Protocol' || cls.name === 'Generic');
}

function collectMembers(cls: PyClass): string[] {
  const names = new Set<string>();
  for (const base of cls.mro) {
    if (base === objectClass || isMarker(base)) continue;
    const hints = base.attrs.get('__annotations__');
    for (const name of base.attrs.keys()) names.add(name);
    if (hints instanceof PyDict) for (const [name] of hints.entries()) names.add(String(name));
  }
  return [...names].filter(name => !NO_MEMBERS.has(name) && !name.startsWith('_abc_')).sort();
}

/** What the class, by itself or by inheritance, does not take for methods; an error where no one made it checkable. */
function checkedValues(cls: PyClass): readonly string[] {
  for (const base of cls.mro) {
    const values = valuesOf.get(base);
    if (values !== undefined) return values;
  }
  throw raise('TypeError', 'Instance and class checks can only be used with @runtime_checkable protocols');
}

/** A member as the class alone tells it; undefined where it has none. */
function classMember(cls: PyClass, name: string): Value | undefined {
  const found = cls.lookup(name);
  return found === undefined && implied(cls, name) ? true : found;
}

function instanceMember(value: Value, name: string): Value | undefined {
  const sources = value instanceof PyClass ? value.mro : [value];
  for (const source of sources) {
    const own = source instanceof PyObject ? source.attrs?.get(name) : undefined;
    if (own !== undefined) return own;
  }
  return classMember(typeOf(value), name);
}

function makeProtocol(
  name: string,
  bases: readonly PyClass[],
  namespace: Attributes,
  keywords: Keywords,
  protocol: PyClass,
): PyClass {
  if (bases.includes(protocol)) {
    const wrong = bases.find(
      base =>
        base !== objectClass &&
        !isMarker(base) &&
        !membersOf.has(base) &&
        !(base.native && ALLOWED_BASES.has(base.name)),
    );
    if (wrong !== undefined)
      throw raise('TypeError', `Protocols can only inherit from other protocols, got ${repr(wrong)}`);
  }
  const made = makePlainClass(name, bases, namespace, keywords, protocolMeta);
  made.setAttribute('__abstractmethods__', PyFrozenSet.from(abstractNames(made)));
  if (!bases.includes(protocol)) return made;
  const members = collectMembers(made);
  membersOf.set(made, members);
  made.instanceCheck = value => {
    const values = checkedValues(made);
    return members.every(member => {
      const found = instanceMember(value, member);
      return found !== undefined && (found !== null || values.includes(member));
    });
  };
  made.subclassCheck = cls => {
    const values = checkedValues(made);
    if (values.length > 0)
      throw raise(
        'TypeError',
        `Protocols with non-method members don't support issubclass(). Non-method members: ${values.map(repr).join(', ')}.`,
      );
    return members.every(member => (classMember(cls, member) ?? null) !== null);
  };
  return made;
}

/** Makes the class `Protocol` one whose subclasses are protocols. */
export function setUpProtocol(protocol: PyClass): void {
  protocol.cls = protocolMeta;
  protocol.makeSubclass = (name, bases, namespace, keywords) =>
    makeProtocol(name, bases, namespace, keywords, protocol);
  defineMethods(protocolMeta, {
    '__call__(*args, **kwargs)': (cls: PyClass, args: PyTuple, keywords: Map<string, Value>) => {
      const made = constructAsType(cls, [...args.items], keywords.size > 0 ? keywords : undefined);
      if (membersOf.has(cls) && cls.lookup('__init__') === objectClass.lookup('__init__'))
        throw raise('TypeError', 'Protocols cannot be instantiated');
      return made;
    },
  });
}

/** `class SupportsInt(Protocol)`: has this method. */
export function asksFor(cls: PyClass, method: string): PyClass {
  membersOf.set(cls, [method]);
  valuesOf.set(cls, []);
  cls.subclassCheck = own => (classMember(own, method) ?? null) !== null;
  cls.instanceCheck = value => (instanceMember(value, method) ?? null) !== null;
  return cls;
}

export const PROTOCOL_FUNCTIONS = {
  'runtime_checkable(cls)': (cls: Value): Value => {
    const members = cls instanceof PyClass ? membersOf.get(cls) : undefined;
    if (members === undefined)
      throw raise('TypeError', `@runtime_checkable can be only applied to protocol classes, got ${repr(cls)}`);
    const own = cls as PyClass;
    valuesOf.set(
      own,
      members.filter(member => !isCallable(own.lookup(member) ?? null)),
    );
    return cls;
  },
  'is_protocol(tp, /)': (cls: Value): Value => cls instanceof PyClass && membersOf.has(cls),
  'get_protocol_members(tp, /)': (cls: Value): Value => {
    const members = cls instanceof PyClass ? membersOf.get(cls) : undefined;
    if (members === undefined) throw raise('TypeError', `${repr(cls)} is not a Protocol`);
    return PyFrozenSet.from(members);
  },
};
