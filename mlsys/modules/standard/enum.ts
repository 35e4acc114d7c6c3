/** `enum`: classes whose attributes are their only instances. */

import { sortValues } from '../../python/builtins/sorting';
import { iteratorClass, makeIterator } from '../../python/builtins/support';
import { deleteClassAttribute, setClassAttribute } from '../../python/runtime/attributes';
import { callingModule } from '../../python/runtime/callers';
import { makePlainClass } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyError, raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties, method } from '../../python/runtime/native';
import {
  type Attributes,
  dictClass,
  frozensetClass,
  intClass,
  isInstance,
  type Keywords,
  listClass,
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
  setClass,
  strClass,
  tupleClass,
  typeClass,
  type Value,
} from '../../python/runtime/objects';
import {
  binary,
  call,
  equals,
  format,
  getAttribute,
  hash,
  listOf,
  repr,
  str,
  toInteger,
  truth,
  typeName,
  unpack,
} from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { checkOptions, checkOrder, defineAliases, valuesOf } from './enumAliases';
import { autoClass, memberClass, nonmemberClass, setUpAuto } from './enumAuto';
import { flagValue, setUpFlag } from './enumFlag';
import { EnumNamespace, isDescriptor } from './enumNamespace';
import { PyMappingProxy } from './mappingProxy';
import { classes, functions, moduleOf } from './support';

export const enumType = nativeClass('EnumType', [typeClass], 'enum');
export const enumClass = nativeClass('Enum', [objectClass], 'enum');
enumClass.cls = enumType;

/** Its members keep the text of the type that they mix in. */
export const reprEnum = new PyClass('ReprEnum', [enumClass], new Map(), { module: 'enum', metaclass: enumType });

/** What an enumeration class knows of its members. */
export interface EnumInfo {
  /** By name, aliases included, in order of definition. */
  readonly members: Map<string, PyInstance>;
  /** Further values of members, each with the number of names when it was added. */
  readonly values: (readonly [value: Value, member: PyInstance, at: number])[];
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
    info = { members: new Map(), values: [], composites: new Map(), dataType: dataTypeOf(cls) };
    infos.set(cls, info);
  }
  return info;
}

function dataTypeOf(cls: PyClass): PyClass | undefined {
  return cls.mro.find(
    one =>
      one !== objectClass &&
      !one.isSubclassOf(enumClass) &&
      (one.construct !== undefined || one.attrs.has('__new__') || one.attrs.has(FIELDS)),
  );
}

const FIELDS = '__dataclass_fields__';

/** How the members' values show within the text of a member: those of a dataclass by their fields. */
function valueText(member: PyInstance): string {
  const value = memberValue(member);
  const mixed = member.cls.mro.find(
    one => one !== objectClass && !one.isSubclassOf(enumClass) && one.attrs.has('__repr__'),
  );
  const fields = mixed?.attrs.get(FIELDS);
  const params = mixed?.attrs.get('__dataclass_params__');
  if (!(fields instanceof PyDict) || params === undefined || !truth(getAttribute(params, 'repr'))) return repr(value);
  return [...fields.entries()]
    .filter(([, field]) => truth(getAttribute(field, 'repr')))
    .map(([name]) => `${str(name)}=${repr(getAttribute(value, str(name)))}`)
    .join(', ');
}

/** Members without aliases, and without those of a flag that are made of others. */
export function canonical(cls: PyClass): PyInstance[] {
  return [...infoOf(cls).members]
    .filter(([name, member]) => memberName(member) === name && isSingle(cls, member))
    .map(([, member]) => member);
}

/** False for a member of a flag that is not of one bit. */
function isSingle(cls: PyClass, member: PyInstance): boolean {
  if (!cls.isSubclassOf(flagRef.value!)) return true;
  const value = flagValue(member);
  return value > 0n && (value & (value - 1n)) === 0n;
}

const memberNames = (cls: PyClass): Value[] => canonical(cls).map(memberName);

/** `StrEnum`, once it is made. */
const strEnumRef: { value: PyClass | undefined } = { value: undefined };

/** `Flag`, once it is made. */
export const flagRef: { value: PyClass | undefined } = { value: undefined };

export const memberName = (member: PyObject): Value => member.attrs?.get('_name_') ?? null;
export const memberValue = (member: PyObject): Value => member.attrs?.get('_value_') ?? null;

function makeNamespace(name: string, bases: readonly Value[]): EnumNamespace {
  for (const base of bases) if (base instanceof PyClass && base.isSubclassOf(enumClass)) refuseExtension(name, base);
  const base = [...bases].reverse().find(one => one instanceof PyClass && one.isSubclassOf(enumClass));
  return new EnumNamespace(name, getAttribute(base ?? enumClass, '_generate_next_value_'));
}

function refuseExtension(name: string, base: PyClass): void {
  if (infoOf(base).members.size > 0) throw raise('TypeError', `<enum '${name}'> cannot extend ${repr(base)}`);
}

function makeEnum(
  name: string,
  bases: readonly PyClass[],
  given: Attributes,
  keywords: Keywords,
  metaclass = enumType,
): PyClass {
  const rest = new Map(keywords ?? []);
  const boundary = rest.get('boundary');
  rest.delete('boundary');
  let namespace: EnumNamespace;
  if (given instanceof EnumNamespace) namespace = given;
  else {
    namespace = makeNamespace(name, bases);
    for (const [key, value] of given) namespace.set(key, value);
  }
  // Nobody knows whether it is a member, a name for another one, or a method.
  for (const [key, value] of namespace) if (!/^__\w+__$/.test(key)) refuseUnknown(value);
  const members = namespace.members.map(key => [key, namespace.get(key)!] as const);
  const invalid = namespace.members.filter(key => key === 'mro' || key === '');
  if (invalid.length > 0)
    throw raise('ValueError', `invalid enum member name(s) ${invalid.map(key => repr(key)).join(',')}`);
  const plain: Attributes = new Map(namespace);
  for (const [key] of members) plain.delete(key);
  for (const key of [...namespace.dropped, '_order_']) plain.delete(key);
  const cls = makePlainClass(name, bases, plain, rest, metaclass);
  if (boundary !== undefined) boundaries.set(cls, str(boundary));
  keepEnumMethods(cls, bases[bases.length - 1]!, plain);
  for (const [key, value] of members) addMember(cls, key, value);
  checkOrder(namespace.get('_order_'), infoOf(cls), memberNames(cls));
  return cls;
}

/** What a flag does with bits that no member has, where its class says so. */
const boundaries = new WeakMap<PyClass, string>();

export function boundaryOf(cls: PyClass): string | undefined {
  for (const one of cls.mro) {
    const found = boundaries.get(one);
    if (found !== undefined) return found;
  }
  return undefined;
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

function addMember(cls: PyClass, name: string, value: Value): PyInstance {
  const info = infoOf(cls);
  const member = makeMember(cls, value, name);
  const own = memberValue(member);
  const known = memberOf(info, own);
  if (known !== undefined && known !== member) {
    info.members.set(name, known);
    cls.setAttribute(name, known);
    return known;
  }
  member.attrs!.set('_sort_order_', BigInt(info.members.size));
  bindMember(cls, name, member);
  return member;
}

function bindMember(cls: PyClass, name: string, member: PyInstance): void {
  infoOf(cls).members.set(name, member);
  cls.setAttribute(name, shadowed(cls, name, member) ?? member);
}

/** A member whose name a property or method of the bases has as well: the class has the member, and its members have the other. */
function shadowed(cls: PyClass, name: string, member: PyInstance): Value | undefined {
  const hidden = cls.mro.slice(1).map(base => base.attrs.get(name));
  const property = hidden.find(one => one instanceof PyProperty);
  const get = (self: PyInstance) =>
    property instanceof PyProperty ? call(property.fget, [self]) : getAttribute(memberValue(self), name);
  if (property === undefined && !hidden.some(one => one !== undefined && isDescriptor(one))) return undefined;
  return new ShadowingMember(method(`${name}()`, get), member);
}

class ShadowingMember extends PyProperty {
  readonly #member: PyInstance;
  constructor(get: Value, member: PyInstance) {
    super(get);
    this.#member = member;
  }
  override onClass(): Value {
    return this.#member;
  }
}

/** The first member of that value. */
function memberOf({ members, values }: EnumInfo, value: Value): PyInstance | undefined {
  vm.step(members.size);
  for (const member of members.values()) if (sameValue(memberValue(member), value)) return member;
  return values.find(([one]) => sameValue(one, value))?.[1];
}

const sameValue = (a: Value, b: Value): boolean => a === b || equals(a, b);

const HOLDING: readonly PyClass[] = [tupleClass, listClass, dictClass, setClass, frozensetClass];

/** An instance with its value, by the class's `__new__` and `__init__`. */
export function makeMember(cls: PyClass, value: Value, name: string): PyInstance {
  const { dataType } = infoOf(cls);
  // Their members are of no class here that holds items.
  const holding = dataType?.native ? HOLDING.find(one => dataType.isSubclassOf(one)) : undefined;
  if (holding !== undefined) throw new Unsupported(`an enumeration of ${holding.name}s`);
  const args = value instanceof PyTuple && value.cls.native ? [...value.items] : [value];
  if (strEnumRef.value !== undefined && cls.isSubclassOf(strEnumRef.value) && args.length === 1)
    if (!isInstance(args[0]!, strClass)) throw raise('TypeError', `${repr(args[0]!)} is not a string`);
  const make = cls.lookup('__new__');
  const isOwn = make !== undefined && make !== objectClass.attrs.get('__new__') && !isNativeNew(make);
  const member = isOwn ? madeByNew(make, cls, args, value) : madeOfData(cls, args, value);
  member.attrs!.set('_name_', name);
  member.attrs!.set('__objclass__', cls);
  const init = cls.lookup('__init__');
  if (init instanceof PyCallable) call(init, [member, ...args]);
  return member;
}

/** What the `__new__` of a class makes, which need not set the value. */
function madeByNew(make: Value, cls: PyClass, args: Value[], value: Value): PyInstance {
  const { dataType } = infoOf(cls);
  const func = make instanceof PyStaticMethod ? make.func : make;
  const made = call(func, [cls, ...(dataType === undefined || args.length > 0 ? args : [])]);
  if (!(made instanceof PyObject) || made.attrs === undefined || made.cls === objectClass) {
    if (dataType !== undefined) throw raise('TypeError', '_value_ not set in __new__, unable to create it');
    const why = 'and no __dict__ for setting new attributes';
    throw raise('AttributeError', `'${typeName(made)}' object has no attribute '_value_' ${why}`);
  }
  // Bytes with attributes are an instance in all that matters here.
  const member = made as PyInstance;
  if (member.attrs?.has('_value_') !== true)
    member.attrs!.set('_value_', dataType === undefined ? value : (member.payload ?? value));
  return member;
}

/** A member with a value of the class's data type, or with any value where it has none. */
function madeOfData(cls: PyClass, args: Value[], value: Value): PyInstance {
  const { dataType } = infoOf(cls);
  const member = new PyInstance(cls);
  if (dataType?.construct !== undefined && dataType.native) {
    member.payload = dataType.construct(dataType, args, undefined);
    member.attrs!.set('_value_', member.payload);
  } else member.attrs!.set('_value_', dataType === undefined ? value : call(dataType, args));
  return member;
}

function isNativeNew(make: Value): boolean {
  return make instanceof NativeFunction || (make instanceof PyStaticMethod && make.func instanceof NativeFunction);
}

/** `Color(1)`: the member of a value. */
export function byValue(cls: PyClass, value: Value): Value {
  if (value instanceof PyInstance && value.cls === cls) return value;
  const known = memberOf(infoOf(cls), value);
  if (known !== undefined) return known;
  const missing = getAttribute(cls, '_missing_');
  const found = call(missing, [value]);
  if (found instanceof PyInstance && found.cls === cls) return found;
  if (typeof found === 'bigint' && boundaryOf(cls) === 'eject') return found;
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
  const generate = getAttribute(base, '_generate_next_value_');
  const last: Value[] = [];
  const given =
    typeof names === 'string'
      ? names
          .replaceAll(',', ' ')
          .split(/\s+/)
          .filter(one => one !== '')
      : names instanceof PyDict
        ? [...names.entries()].map(pair => new PyTuple(pair))
        : listOf(names);
  for (const [at, item] of given.entries()) {
    if (typeof item === 'string') {
      vm.step(1 + last.length);
      const value = call(generate, [item, start, BigInt(at), new PyList([...last])]);
      last.push(value);
      pairs.push([item, value]);
    } else {
      const [key, value] = unpack(item, 2);
      pairs.push([str(key!), value!]);
    }
  }
  const namespace: Attributes = new Map(pairs);
  namespace.set('__module__', options?.get('module') ?? callingModule());
  namespace.set('__qualname__', options?.get('qualname') ?? name);
  const mixin = options?.get('type');
  const bases = mixin instanceof PyClass ? [mixin, base] : [base];
  return makeEnum(String(name), bases, namespace, undefined);
}

function setUpType(): void {
  const memberIterator = iteratorClass('enum_iterator');
  const iterate = (list: readonly Value[]): Value => {
    let at = 0;
    return makeIterator(() => list[at++], memberIterator);
  };
  defineMethods(enumType, {
    '__call__(value=None, names=None, /, *values, **options)': (
      cls: PyClass,
      first: Value | undefined,
      names: Value | undefined,
      values: PyTuple,
      options: Map<string, Value>,
    ) => {
      checkOptions(options);
      const value = first === undefined ? options.get('value') : first;
      if (value === undefined)
        throw raise('TypeError', "EnumType.__call__() missing 1 required positional argument: 'value'");
      const given = names ?? options.get('names');
      if (infoOf(cls).members.size === 0) {
        // With a type it may have no members.
        const named = given ?? (options.has('type') ? new PyTuple([]) : undefined);
        if (named !== undefined) return functional(cls, value, named, options);
        throw raise(
          'TypeError',
          `${repr(cls)} has no members; specify \`names=()\` if you meant to create a new, empty, enum`,
        );
      }
      if (names === undefined) return byValue(cls, value);
      return byValue(cls, new PyTuple([value, names, ...values.items]));
    },
    '__iter__()': (cls: PyClass) => iterate(canonical(cls)),
    '__reversed__()': (cls: PyClass) => iterate(canonical(cls).reverse()),
    '__setattr__(name, value, /)': (cls: PyClass, name: Value, value: Value) => {
      if (typeof name === 'string' && infoOf(cls).members.has(name))
        throw raise('AttributeError', `cannot reassign member ${repr(name)}`);
      setClassAttribute(cls, str(name), value);
      return null;
    },
    '__delattr__(name, /)': (cls: PyClass, name: Value) => {
      if (typeof name === 'string' && infoOf(cls).members.has(name))
        throw raise('AttributeError', `'${cls.name}' cannot delete member ${repr(name)}.`);
      deleteClassAttribute(cls, str(name));
      return null;
    },
    '__len__()': (cls: PyClass) => BigInt(canonical(cls).length),
    '__bool__()': () => true,
    '__getitem__(name, /)': (cls: PyClass, name: Value) => {
      const member = typeof name === 'string' ? infoOf(cls).members.get(name) : undefined;
      if (member !== undefined) return member;
      hash(name);
      throw raise('KeyError', name);
    },
    '__contains__(value, /)': (cls: PyClass, value: Value) =>
      (value instanceof PyInstance && value.cls === cls) || memberOf(infoOf(cls), value) !== undefined,
    '__repr__()': (cls: PyClass) =>
      cls === enumClass || cls.native
        ? `<enum '${cls.name}'>`
        : `<${cls.isSubclassOf(flagRef.value!) ? 'flag' : 'enum'} '${cls.name}'>`,
  });
  const members = (cls: PyClass): PyDict => PyDict.from(infoOf(cls).members);
  defineProperties(enumType, {
    __members__: (cls: PyClass) => new PyMappingProxy(members(cls)),
    _member_map_: members,
    _value2member_map_: (cls: PyClass) => PyDict.from(valuesOf(infoOf(cls))),
    _member_names_: (cls: PyClass) => new PyList(memberNames(cls)),
  });
}

/** Gives a TypeError within `body` another text. */
function orTypeError<T>(message: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof PyError) || !isInstance(error.exception, exceptionClassOf('TypeError'))) throw error;
    throw raise('TypeError', message);
  }
}

/** What members have and their class has not, unless by a member of that name. */
class MemberProperty extends PyProperty {
  override onClass(cls: PyClass): Value {
    throw raise('AttributeError', `${repr(cls)} has no attribute '${(this.fget as NativeFunction).name}'`);
  }
}

function setUpEnum(): void {
  enumType.makeSubclass = makeEnum;
  enumClass.makeSubclass = makeEnum;
  enumClass.makeNamespace = makeNamespace;
  for (const [name, get] of [
    ['name', memberName],
    ['value', memberValue],
  ] as const) {
    const refuse = (what: string) =>
      method(`${name}(value=None, /)`, (self: PyInstance) => {
        throw raise(
          'AttributeError',
          `<enum '${self.cls.mro.find(cls => cls.native)?.name}'> cannot ${what} attribute '${name}'`,
        );
      });
    enumClass.setAttribute(name, new MemberProperty(method(`${name}()`, get), refuse('set'), refuse('delete')));
  }
  defineMethods(enumClass, {
    '__repr__()': (self: PyInstance) => `<${self.cls.name}.${str(memberName(self))}: ${valueText(self)}>`,
    '__str__()': (self: PyInstance) => `${self.cls.name}.${str(memberName(self))}`,
    '__format__(spec, /)': (self: Value, spec: string) => format(str(self), spec),
    '__hash__()': (self: PyInstance) => hash(memberName(self)),
    '__reduce_ex__(proto, /)': (self: PyInstance) => new PyTuple([self.cls, new PyTuple([memberValue(self)])]),
    '__copy__()': (self: Value) => self,
    '__deepcopy__(memo, /)': (self: Value) => self,
    '__dir__()': (): Value => {
      throw new Unsupported('dir() of a member of an enumeration');
    },
  });
  const staticMembers = functions({
    '_generate_next_value_(name, start, count, last_values)': (
      _name: Value,
      start: Value,
      _count: Value,
      last: PyList,
    ) => {
      if (last.items.length === 0) return start;
      const sorted = orTypeError('unable to sort non-numeric values', () =>
        sortValues(last.items, undefined, undefined),
      );
      const highest = sorted[sorted.length - 1]!;
      return orTypeError(`unable to increment ${repr(highest)}`, () => binary('+', highest, 1n));
    },
  });
  defineAliases(enumClass, infoOf, memberOf, bindMember);
  enumClass.setAttribute('_generate_next_value_', new PyStaticMethod(staticMembers._generate_next_value_!));
  enumClass.setAttribute('_missing_', new PyClassMethod(functions({ '_missing_(cls, value)': () => null })._missing_!));
}

let ready = false;

/** Int and str enumerations show and format as their values. */
function valueEnum(name: string, data: PyClass): PyClass {
  const cls = new PyClass(name, [data, reprEnum], new Map(), { module: 'enum', metaclass: enumType });
  const plain = (self: PyInstance): Value => self.payload ?? memberValue(self);
  defineMethods(cls, {
    '__str__()': (self: PyInstance) => str(plain(self)),
    '__format__(spec, /)': (self: PyInstance, spec: string) => (spec === '' ? str(self) : format(plain(self), spec)),
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
    ready = true;
  }
  const intEnum = valueEnum('IntEnum', intClass);
  const strEnum = valueEnum('StrEnum', strClass);
  strEnumRef.value = strEnum;
  const lower = functions({
    '_generate_next_value_(name, start, count, last_values)': (name: string) => name.toLowerCase(),
  });
  strEnum.setAttribute('_generate_next_value_', new PyStaticMethod(lower._generate_next_value_!));
  const { flag, intFlag } = setUpFlag();
  return moduleOf('enum', {
    ...classes(enumClass, enumType, intEnum, strEnum, flag, intFlag, autoClass, memberClass, nonmemberClass),
    EnumMeta: enumType,
    ReprEnum: reprEnum,
    property: propertyOf(),
    STRICT: 'strict',
    CONFORM: 'conform',
    EJECT: 'eject',
    KEEP: 'keep',
    UNIQUE,
    CONTINUOUS,
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
      'verify(*checks)': (checks: PyTuple) =>
        functions({
          'decorator(enumeration)': (cls: Value) => {
            for (const check of checks.items) verify(cls, check);
            return cls;
          },
        }).decorator!,
      'global_enum(cls)': (cls: Value) => cls,
    }),
  });
}

const UNIQUE = 'one value per name';
const CONTINUOUS = 'no skipped integer values';

/** One check of `@verify(...)`. */
function verify(cls: Value, check: Value): void {
  if (!(cls instanceof PyClass)) throw raise('TypeError', 'the verify decorator only works with Enum');
  const members = [...infoOf(cls).members];
  if (check === UNIQUE) {
    const aliases = members.filter(([name, member]) => memberName(member) !== name);
    const shown = aliases.map(([name, member]) => `${name} -> ${str(memberName(member))}`).join(', ');
    if (aliases.length > 0) throw raise('ValueError', `aliases found in ${repr(cls)}: ${shown}`);
  } else if (check === CONTINUOUS) {
    const values = new Set(members.map(([, member]) => toInteger(memberValue(member))));
    const missing = skippedValues(values, cls.isSubclassOf(flagRef.value!));
    const kind = cls.isSubclassOf(flagRef.value!) ? 'flag' : 'enum';
    if (missing.length > 0)
      throw raise('ValueError', `invalid ${kind} ${repr(cls.name)}: missing values ${missing.join(', ')}`);
  } else throw new Unsupported('enum.NAMED_FLAGS');
}

/** The integers, or of a flag the powers of two, between the least and the greatest value that are no value. */
function skippedValues(values: ReadonlySet<bigint>, isFlag: boolean): bigint[] {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
  const [low, high] = [sorted[0], sorted.at(-1)];
  const missing: bigint[] = [];
  if (low === undefined || high === undefined) return missing;
  for (let one = isFlag ? low * 2n : low + 1n; one < high; one = isFlag ? one * 2n : one + 1n) {
    vm.step();
    if (!values.has(one)) missing.push(one);
    if (one === 0n && isFlag) break;
  }
  return missing;
}

function propertyOf(): PyClass {
  return getAttribute(new PyProperty(null), '__class__') as PyClass;
}
