/** `enum`: classes whose attributes are their only instances. */

import { iteratorClass, makeIterator } from '../../python/builtins/support';
import { makePlainClass } from '../../python/runtime/classes';
import { PyMember } from '../../python/runtime/descriptors';
import { PyDict } from '../../python/runtime/dict';
import { raise } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  type Attributes,
  intClass,
  type Keywords,
  NativeFunction,
  nativeClass,
  objectClass,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyInstance,
  PyList,
  type PyModule,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  strClass,
  typeClass,
  type Value,
} from '../../python/runtime/objects';
import { binary, call, equals, format, getAttribute, hash, lessThan, repr, str } from '../../python/runtime/operations';
import { autoClass, setUpAuto } from './enumAuto';
import { flagValue, setUpFlag } from './enumFlag';
import { classes, functions, moduleOf } from './support';

export const enumType = nativeClass('EnumType', [typeClass], 'enum');
export const enumClass = nativeClass('Enum', [objectClass], 'enum');
enumClass.cls = enumType;

/** What an enumeration class knows of its members. */
export interface EnumInfo {
  /** By name, aliases included, in order of definition. */
  readonly members: Map<string, PyInstance>;
  /** Pseudo-members of a flag, by value. */
  readonly composites: Map<bigint, PyInstance>;
  /** `int`, `str` or another class that the members are instances of. */
  readonly dataType: PyClass | undefined;
}

const infos = new WeakMap<PyClass, EnumInfo>();

/** The members of an enumeration class. */
export function infoOf(cls: PyClass): EnumInfo {
  let info = infos.get(cls);
  if (info === undefined) {
    info = { members: new Map(), composites: new Map(), dataType: dataTypeOf(cls) };
    infos.set(cls, info);
  }
  return info;
}

function dataTypeOf(cls: PyClass): PyClass | undefined {
  return cls.mro.find(
    one =>
      one !== objectClass && !one.isSubclassOf(enumClass) && (one.construct !== undefined || one.attrs.has('__new__')),
  );
}

/** Members without aliases. */
export function canonical(cls: PyClass): PyInstance[] {
  const found = [...infoOf(cls).members]
    .filter(([name, member]) => memberName(member) === name)
    .map(([, member]) => member);
  if (!cls.isSubclassOf(flagRef.value!)) return found;
  return found.filter(member => {
    const value = flagValue(member);
    return value > 0n && (value & (value - 1n)) === 0n;
  });
}

/** `Flag`, once it is made. */
export const flagRef: { value: PyClass | undefined } = { value: undefined };

export const memberName = (member: PyObject): Value => member.attrs?.get('_name_') ?? null;
export const memberValue = (member: PyObject): Value => member.attrs?.get('_value_') ?? null;

const isDunder = (name: string): boolean => /^__[^_].*[^_]__$/.test(name);
const isSunder = (name: string): boolean => /^_[^_].*[^_]_$/.test(name) || /^_[^_]_$/.test(name);

function isDescriptor(value: Value): boolean {
  return (
    value instanceof PyCallable ||
    value instanceof NativeFunction ||
    value instanceof PyProperty ||
    value instanceof PyClassMethod ||
    value instanceof PyStaticMethod ||
    value instanceof PyMember ||
    value instanceof PyClass ||
    (value instanceof PyObject && value.cls.lookup('__get__') !== undefined)
  );
}

function makeEnum(name: string, bases: readonly PyClass[], namespace: Attributes, keywords: Keywords): PyClass {
  const rest = new Map(keywords ?? []);
  rest.delete('boundary');
  for (const base of bases)
    if (base.isSubclassOf(enumClass) && infoOf(base).members.size > 0)
      throw raise('TypeError', `<enum '${name}'> cannot extend ${repr(base)}`);
  const ignored = namespace.get('_ignore_');
  const skip =
    ignored === undefined ? [] : typeof ignored === 'string' ? ignored.split(/[\s,]+/) : (ignored as PyTuple).items;
  const definitions: [string, Value][] = [];
  const plain: Attributes = new Map();
  for (const [key, value] of namespace) {
    if (skip.includes(key) || key === '_ignore_') continue;
    const wrapped = value instanceof PyInstance && value.cls === memberClass;
    const own = isDunder(key) || isSunder(key) || key.startsWith(`_${name.replace(/^_+/, '')}__`);
    if (wrapped) definitions.push([key, value.attrs!.get('value')!]);
    else if (value instanceof PyInstance && value.cls === nonmemberClass) plain.set(key, value.attrs!.get('value')!);
    else if (own || isDescriptor(value)) plain.set(key, value);
    else definitions.push([key, value]);
  }
  if (!plain.has('__reduce_ex__') && definitions.length > 0)
    plain.set('__qualname__', namespace.get('__qualname__') ?? name);
  const cls = makePlainClass(name, bases, plain, rest, enumType);
  keepEnumMethods(cls, bases[bases.length - 1]!, plain);
  const last: Value[] = [];
  for (const [key, given] of definitions) {
    if (key === 'mro' || key === '') throw raise('ValueError', `invalid enum member name(s) '${key}'`);
    const value = automatic(cls, key, given, last);
    const member = addMember(cls, key, value);
    last.push(memberValue(member));
  }
  return cls;
}

/** Members that are also texts or numbers show as members all the same, unless the class says otherwise. */
function keepEnumMethods(cls: PyClass, base: PyClass, own: Attributes): void {
  const { dataType } = infoOf(cls);
  for (const name of ['__repr__', '__str__', '__format__']) {
    const found = cls.lookup(name);
    const method = base.lookup(name);
    const inherited = found === dataType?.lookup(name) || found === objectClass.lookup(name);
    if (!own.has(name) && inherited && method !== undefined) cls.setAttribute(name, method);
  }
}

/** The value of a member, `auto()` resolved, alone or in a tuple. */
function automatic(cls: PyClass, name: string, given: Value, last: readonly Value[]): Value {
  const resolve = (value: Value): Value => {
    if (!(value instanceof PyInstance) || value.cls !== autoClass) return value;
    const generate = getAttribute(cls, '_generate_next_value_');
    const func = generate instanceof PyStaticMethod ? generate.func : generate;
    return call(func, [name, 1n, BigInt(last.length), new PyList([...last])]);
  };
  if (
    given instanceof PyTuple &&
    given.cls.native &&
    given.items.some(item => item instanceof PyInstance && item.cls === autoClass)
  )
    return new PyTuple(given.items.map(resolve));
  return resolve(given);
}

function addMember(cls: PyClass, name: string, value: Value): PyInstance {
  const info = infoOf(cls);
  const member = makeMember(cls, value);
  const own = memberValue(member);
  const known = [...info.members.values()].find(one => sameValue(memberValue(one), own));
  if (known !== undefined) {
    info.members.set(name, known);
    cls.setAttribute(name, known);
    return known;
  }
  member.attrs!.set('_name_', name);
  member.attrs!.set('__objclass__', cls);
  member.attrs!.set('_sort_order_', BigInt(info.members.size));
  info.members.set(name, member);
  cls.setAttribute(name, member);
  return member;
}

const sameValue = (a: Value, b: Value): boolean => a === b || equals(a, b);

/** An instance with its value, by the class's `__new__` and `__init__`. */
export function makeMember(cls: PyClass, value: Value): PyInstance {
  const args = value instanceof PyTuple && value.cls.native ? [...value.items] : [value];
  const { dataType } = infoOf(cls);
  const make = cls.lookup('__new__');
  let member: PyInstance;
  if (make !== undefined && make !== objectClass.attrs.get('__new__') && !isNativeNew(make)) {
    const func = make instanceof PyStaticMethod ? make.func : make;
    member = call(func, [cls, ...(dataType === undefined || args.length > 0 ? args : [])]) as PyInstance;
    if (member.attrs?.has('_value_') !== true)
      member.attrs!.set('_value_', dataType === undefined ? value : (member.payload ?? value));
  } else {
    member = new PyInstance(cls);
    if (dataType?.construct !== undefined && dataType.native) {
      member.payload = dataType.construct(dataType, args, undefined);
      member.attrs!.set('_value_', member.payload);
    } else member.attrs!.set('_value_', value);
  }
  const init = cls.lookup('__init__');
  if (init instanceof PyCallable) call(init, [member, ...args]);
  return member;
}

function isNativeNew(make: Value): boolean {
  return make instanceof NativeFunction || (make instanceof PyStaticMethod && make.func instanceof NativeFunction);
}

/** `Color(1)`: the member of a value. */
export function byValue(cls: PyClass, value: Value): Value {
  if (value instanceof PyInstance && value.cls === cls) return value;
  for (const member of infoOf(cls).members.values()) if (sameValue(memberValue(member), value)) return member;
  const missing = getAttribute(cls, '_missing_');
  const found = call(missing, [value]);
  if (found instanceof PyInstance && found.cls === cls) return found;
  if (found !== null)
    throw raise(
      'TypeError',
      `error in ${cls.name}._missing_: returned ${repr(found)} instead of None or a valid member`,
    );
  throw raise('ValueError', `${repr(value)} is not a valid ${cls.qualname}`);
}

/** `Enum('Color', 'RED GREEN')` */
function functional(base: PyClass, name: Value, names: Value, options: Keywords): PyClass {
  const pairs: [string, Value][] = [];
  const start = options?.get('start') ?? 1n;
  if (typeof names === 'string')
    for (const [at, one] of names.replaceAll(',', ' ').trim().split(/\s+/).entries())
      pairs.push([one, numbered(base, start, at)]);
  else if (names instanceof PyDict) for (const [key, value] of names.entries()) pairs.push([String(key), value]);
  else
    (names as PyTuple).items.forEach((item, at) => {
      if (typeof item === 'string') pairs.push([item, numbered(base, start, at)]);
      else if (item instanceof PyObject && 'items' in item) {
        const [key, value] = item.items as Value[];
        pairs.push([String(key), value ?? null]);
      }
    });
  const namespace: Attributes = new Map(pairs);
  namespace.set('__module__', options?.get('module') ?? '__main__');
  namespace.set('__qualname__', options?.get('qualname') ?? name);
  const mixin = options?.get('type');
  const bases = mixin instanceof PyClass ? [mixin, base] : [base];
  return makeEnum(String(name), bases, namespace, undefined);
}

function numbered(base: PyClass, start: Value, at: number): Value {
  if (base.isSubclassOf(flagRef.value!)) return 1n << BigInt(at);
  return base.isSubclassOf(strClass) ? new PyInstance(autoClass) : binary('+', start, BigInt(at));
}

function setUpType(): void {
  const memberIterator = iteratorClass('enum_iterator');
  const iterate = (list: readonly Value[]): Value => {
    let at = 0;
    return makeIterator(() => list[at++], memberIterator);
  };
  defineMethods(enumType, {
    '__call__(value, names=None, /, *values, **options)': (
      cls: PyClass,
      value: Value,
      names: Value | undefined,
      values: PyTuple,
      options: Map<string, Value>,
    ) => {
      const given = names ?? options.get('names');
      if (infoOf(cls).members.size === 0 && given !== undefined) return functional(cls, value, given, options);
      if (names === undefined) return byValue(cls, value);
      return byValue(cls, new PyTuple([value, names, ...values.items]));
    },
    '__iter__()': (cls: PyClass) => iterate(canonical(cls)),
    '__reversed__()': (cls: PyClass) => iterate(canonical(cls).reverse()),
    '__len__()': (cls: PyClass) => BigInt(canonical(cls).length),
    '__bool__()': () => true,
    '__getitem__(name, /)': (cls: PyClass, name: Value) => {
      const member = typeof name === 'string' ? infoOf(cls).members.get(name) : undefined;
      if (member === undefined) throw raise('KeyError', name);
      return member;
    },
    '__contains__(value, /)': (cls: PyClass, value: Value) =>
      (value instanceof PyInstance && value.cls === cls) ||
      [...infoOf(cls).members.values()].some(member => sameValue(memberValue(member), value)),
    '__repr__()': (cls: PyClass) =>
      cls === enumClass || cls.native
        ? `<enum '${cls.name}'>`
        : `<${cls.isSubclassOf(flagRef.value!) ? 'flag' : 'enum'} '${cls.name}'>`,
  });
  defineProperties(enumType, { __members__: (cls: PyClass) => PyDict.from(infoOf(cls).members) });
}

function setUpEnum(): void {
  enumClass.makeSubclass = makeEnum;
  defineProperties(enumClass, { name: memberName, value: memberValue });
  defineMethods(enumClass, {
    '__repr__()': (self: PyInstance) => {
      return `<${self.cls.name}.${str(memberName(self))}: ${repr(memberValue(self))}>`;
    },
    '__str__()': (self: PyInstance) => `${self.cls.name}.${str(memberName(self))}`,
    '__format__(spec, /)': (self: Value, spec: string) => format(str(self), spec),
    '__hash__()': (self: PyInstance) => hash(memberName(self)),
    '__reduce_ex__(proto, /)': (self: PyInstance) => new PyTuple([self.cls, new PyTuple([memberValue(self)])]),
    '__copy__()': (self: Value) => self,
    '__deepcopy__(memo, /)': (self: Value) => self,
    '__dir__()': (self: PyInstance) => new PyTuple(['__class__', 'name', 'value', ...self.cls.attrs.keys()]),
  });
  const staticMembers = functions({
    '_generate_next_value_(name, start, count, last_values)': (
      _name: Value,
      start: Value,
      _count: Value,
      last: PyList,
    ) => {
      if (last.items.length === 0) return start;
      let highest: Value = last.items[0] ?? null;
      for (const value of last.items) if (lessThan(highest, value)) highest = value;
      return binary('+', highest, 1n);
    },
  });
  enumClass.setAttribute('_generate_next_value_', new PyStaticMethod(staticMembers._generate_next_value_!));
  enumClass.setAttribute('_missing_', new PyClassMethod(functions({ '_missing_(cls, value)': () => null })._missing_!));
}

const memberClass = nativeClass('member', undefined, 'enum');
const nonmemberClass = nativeClass('nonmember', undefined, 'enum');
let ready = false;

/** Int and str enumerations show and format as their values. */
function valueEnum(name: string, data: PyClass): PyClass {
  const cls = new PyClass(name, [data, enumClass], new Map(), { module: 'enum', metaclass: enumType });
  const plain = (self: PyInstance): Value => self.payload ?? memberValue(self);
  defineMethods(cls, {
    '__str__()': (self: PyInstance) => str(plain(self)),
    '__format__(spec, /)': (self: PyInstance, spec: string) => format(plain(self), spec),
    '__repr__()': (self: PyInstance) => `<${self.cls.name}.${str(memberName(self))}: ${repr(memberValue(self))}>`,
    '__hash__()': (self: PyInstance) => hash(plain(self)),
  });
  return cls;
}

export function loadEnum(): PyModule {
  if (!ready) {
    setUpType();
    setUpEnum();
    setUpAuto();
    for (const cls of [memberClass, nonmemberClass])
      defineConstructor(cls, `${cls.name}(value)`, (own: PyClass, value: Value) => {
        const made = new PyInstance(own);
        made.attrs!.set('value', value);
        return made;
      });
    ready = true;
  }
  const intEnum = valueEnum('IntEnum', intClass);
  const strEnum = valueEnum('StrEnum', strClass);
  const lower = functions({
    '_generate_next_value_(name, start, count, last_values)': (name: string) => name.toLowerCase(),
  });
  strEnum.setAttribute('_generate_next_value_', new PyStaticMethod(lower._generate_next_value_!));
  const { flag, intFlag } = setUpFlag();
  return moduleOf('enum', {
    ...classes(enumClass, enumType, intEnum, strEnum, flag, intFlag, autoClass, memberClass, nonmemberClass),
    EnumMeta: enumType,
    ReprEnum: enumClass,
    property: propertyOf(),
    STRICT: 'strict',
    CONFORM: 'conform',
    EJECT: 'eject',
    KEEP: 'keep',
    UNIQUE: 'one value per name',
    CONTINUOUS: 'no skipped integer values',
    ...functions({
      'unique(enumeration)': (cls: Value) => {
        if (!(cls instanceof PyClass)) throw raise('TypeError', 'unique() takes an enumeration');
        const duplicates = [...infoOf(cls).members].filter(([name, member]) => memberName(member) !== name);
        if (duplicates.length > 0) {
          const details = duplicates.map(([name, member]) => `${name} -> ${str(memberName(member))}`).join(', ');
          throw raise('ValueError', `duplicate values found in ${repr(cls)}: ${details}`);
        }
        return cls;
      },
      'verify(*constraints)': () => functions({ 'decorator(cls)': (cls: Value) => cls }).decorator!,
      'global_enum(cls)': (cls: Value) => cls,
    }),
  });
}

function propertyOf(): PyClass {
  return getAttribute(new PyProperty(null), '__class__') as PyClass;
}
