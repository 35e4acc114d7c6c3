/** Making classes and instances. */

import { callSpecial } from './attributes';
import { callingModule } from './callers';
import { call } from './calls';
import { truth } from './comparison';
import { bindAttribute, bindOnClass, PyMember } from './descriptors';
import { PyDict } from './dict';
import { addNote, baseExceptionClass, PyError, raise, Unsupported } from './errors';
import type { Cell } from './frame';
import { PyGenericAlias, PyUnion } from './genericAlias';
import { drain } from './iteration';
import {
  type Attributes,
  floatClass,
  frozensetClass,
  type Keywords,
  listClass,
  MroConflict,
  NativeFunction,
  nativeClass,
  objectClass,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyInstance,
  PyObject,
  PyStaticMethod,
  PyTuple,
  tupleClass,
  typeClass,
  typeOf,
  type Value,
} from './objects';
import { repr } from './representation';
import { isIdentifier } from './text/casing';
import { typeName } from './typeName';
import { causeOf, isUnknown, loseAttributes, refuseUnknown, spread } from './unknown';
import { takeAny } from './unordered';
import { vm } from './vm';

/** What the body of a class leaves for `super()` in its methods to find the class, once it is made. */
export class ClassCell extends PyObject {
  readonly cell: Cell;
  constructor(cell: Cell) {
    super(cellClass);
    this.cell = cell;
  }
}

const cellClass = nativeClass('cell');

/** Bases whose instances have a representation of their own; a class can have one of them. */
function layoutOf(cls: PyClass): PyClass | undefined {
  return cls.mro.find(one => one.native && one.construct !== undefined && one !== objectClass);
}

/** The namespace in which the body of a class with these bases runs. */
export function classNamespace(name: string, bases: readonly Value[], keywords?: Keywords): Attributes {
  const given = keywords?.get('metaclass');
  for (const one of [given, ...bases.map(base => (base instanceof PyClass ? base.cls : undefined))])
    if (one instanceof PyClass && !one.native && one.lookup('__prepare__') !== undefined)
      return preparedNamespace(one, name, bases, keywords);
  for (const base of bases)
    if (base instanceof PyClass)
      for (const cls of base.mro) if (cls.makeNamespace !== undefined) return cls.makeNamespace(name, bases);
  return new Map();
}

/** What `__prepare__` of a metaclass gives; one that heeds how names are bound is refused. */
function preparedNamespace(
  metaclass: PyClass,
  name: string,
  bases: readonly Value[],
  keywords: Keywords | undefined,
): Attributes {
  const rest = new Map([...(keywords ?? [])].filter(([key]) => key !== 'metaclass'));
  const prepare = bindOnClass(metaclass.lookup('__prepare__')!, metaclass);
  const made = call(prepare, [name, new PyTuple(bases)], rest.size > 0 ? rest : undefined);
  if (!(made instanceof PyDict) || !made.cls.native)
    throw new Unsupported('__prepare__ of a metaclass that gives no plain dict');
  return namespaceOf(made);
}

/** What a class statement makes: a class, or whatever its metaclass gives. The namespace becomes the class's own. */
export function makeClassOf(name: string, bases: readonly Value[], namespace: Attributes, keywords?: Keywords): Value {
  const given = keywords?.get('metaclass');
  const rest = given === undefined ? keywords : new Map([...keywords!].filter(([key]) => key !== 'metaclass'));
  const passed = rest !== undefined && rest.size > 0 ? rest : undefined;
  if (given !== undefined && !(given instanceof PyClass))
    return call(given, [name, new PyTuple(bases), dictOf(namespace)], passed);
  const classes = classBases(bases);
  if (bases.some(base => !(base instanceof PyClass))) namespace.set('__orig_bases__', new PyTuple(bases));
  const metaclass = metaclassOf(given, classes);
  if (!metaclass.native) {
    if (metaclass.lookup('mro') !== typeClass.lookup('mro')) throw new Unsupported('mro() of a metaclass');
    const shown = new PyTuple(bases.length === 0 ? [] : classes);
    return construct(metaclass, [name, shown, dictOf(namespace)], passed);
  }
  const hook = subclassHook(classes);
  // The metaclass may be that of a base.
  if (metaclass !== typeClass) {
    if (hook === undefined && metaclass.makeSubclass !== undefined)
      return metaclass.makeSubclass(name, classes, namespace, rest);
    return hook?.(name, classes, namespace, rest) ?? makePlainClass(name, classes, namespace, rest, metaclass);
  }
  return hook?.(name, classes, namespace, rest) ?? makePlainClass(name, classes, namespace, rest);
}

/** The same for the library, which needs a class. */
export function makeClass(name: string, bases: readonly Value[], namespace: Attributes, keywords?: Keywords): PyClass {
  const made = makeClassOf(name, bases, namespace, keywords);
  if (!(made instanceof PyClass)) throw new Unsupported('a metaclass that makes no class');
  return made;
}

/** What the base that makes its subclasses itself makes them with: the first, or one whose metaclass goes further. */
function subclassHook(bases: readonly PyClass[]): PyClass['makeSubclass'] {
  let best: PyClass | undefined;
  for (const base of bases) {
    // What derives from a metaclass is a metaclass, and no class such as that one makes.
    const cls = base.isSubclassOf(typeClass) ? undefined : base.mro.find(one => one.makeSubclass !== undefined);
    if (cls !== undefined && (best === undefined || (cls.cls !== best.cls && cls.cls.isSubclassOf(best.cls))))
      best = cls;
  }
  return best?.makeSubclass;
}

const METACLASS_CONFLICT =
  'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases';

/** The most derived of the metaclass that is given and those of the bases. */
function metaclassOf(given: PyClass | undefined, bases: readonly PyClass[]): PyClass {
  let winner = given ?? typeClass;
  for (const { cls } of bases) {
    if (winner.isSubclassOf(cls)) continue;
    if (!cls.isSubclassOf(winner)) throw raise('TypeError', METACLASS_CONFLICT);
    winner = cls;
  }
  return winner;
}

/** `type.__new__(metaclass, name, bases, namespace)` */
export function newClass(metaclass: Value, args: readonly Value[], keywords: Keywords): PyClass {
  if (!(metaclass instanceof PyClass))
    throw raise('TypeError', `type.__new__(X): X is not a type object (${typeName(metaclass)})`);
  if (!metaclass.isSubclassOf(typeClass))
    throw raise('TypeError', `type.__new__(${metaclass.name}): ${metaclass.name} is not a subtype of type`);
  if (args.length !== 3) throw raise('TypeError', `type.__new__() takes exactly 3 arguments (${args.length} given)`);
  const [name, bases, namespace] = classArguments(args);
  const classes = classBases(bases);
  const winner = metaclassOf(metaclass, classes);
  const native = winner.mro.find(one => one.makeSubclass !== undefined);
  const hook = subclassHook(classes) ?? native?.makeSubclass;
  if (hook === undefined) return makePlainClass(name, classes, namespace, keywords, winner);
  if (native === undefined) throw new Unsupported('a metaclass for a class with such a base');
  return hook(name, classes, namespace, keywords, winner);
}

function classBases(bases: readonly Value[]): PyClass[] {
  const classes: PyClass[] = [];
  for (const base of bases) {
    const cls = base instanceof PyGenericAlias ? base.origin : base;
    if (!(cls instanceof PyClass)) {
      const entries = cls instanceof PyObject ? cls.cls.lookup('__mro_entries__') : undefined;
      if (entries !== undefined) {
        const result = callSpecial(entries, cls, [new PyTuple(bases)]);
        if (result instanceof PyTuple) {
          classes.push(...classBases(result.items));
          continue;
        }
      }
      throw raise('TypeError', `${typeName(base)} expected at most 2 arguments, got 3`);
    }
    if (!cls.subclassable)
      throw raise('TypeError', `type '${cls.errorName ?? cls.name}' is not an acceptable base type`);
    if (cls !== typeClass && cls.native && cls.isSubclassOf(typeClass) && cls.makeSubclass === undefined)
      throw new Unsupported(`a metaclass derived from ${cls.name}`);
    if (classes.includes(cls)) throw raise('TypeError', `duplicate base class ${cls.name}`);
    classes.push(cls);
  }
  return classes.length === 0 ? [objectClass] : classes;
}

/** The usual class, without the hooks of library bases; those call it in turn. */
export function makePlainClass(
  name: string,
  bases: readonly PyClass[],
  namespace: Attributes,
  keywords: Keywords,
  metaclass?: PyClass,
): PyClass {
  if (bases.length > 1) requireOneLayout(bases);
  if (namespace.has('__del__')) throw new Unsupported('__del__', 'nothing tells when an object is used no longer');
  // Every class makes all look-ups forget what they found.
  const ancestors = bases.reduce((sum, base) => sum + base.mro.length, 0);
  vm.step(CLASS_STEPS + ancestors * (10 + bases.length));
  vm.charge(1000);
  const cls = buildClass(name, bases, namespace, metaclass ?? bases.find(base => base.cls !== typeClass)?.cls);
  addSlots(cls);
  tellNames(cls, namespace);
  initSubclass(cls, keywords);
  return cls;
}

const CLASS_STEPS = 200;
const INSTANCE_BYTES = 100;

function requireOneLayout(bases: readonly PyClass[]): void {
  const layouts = new Set(bases.map(layoutOf).filter(one => one !== undefined));
  if (layouts.size > 0 && bases.some(base => base.isSubclassOf(typeClass)))
    throw raise('TypeError', 'multiple bases have instance lay-out conflict');
  if (layouts.size < 2) return;
  const [most] = [...layouts].filter(one => [...layouts].every(other => one.isSubclassOf(other)));
  if (most === undefined) throw raise('TypeError', 'multiple bases have instance lay-out conflict');
}

/** A hook that nobody knows may have set any attribute of the class. */
function loseBy(hook: Value, cls: PyClass): void {
  if (isUnknown(hook)) loseAttributes(cls, causeOf(hook));
}

/** Calls `__set_name__` of the attributes that have it. */
function tellNames(cls: PyClass, namespace: Attributes): void {
  const named: [string, PyObject, Value][] = [];
  namespace.forEach((value, attribute) => {
    if (!(value instanceof PyObject) || value instanceof PyCallable || value instanceof PyClass) return;
    const hook = value.cls.lookup('__set_name__');
    if (hook !== undefined) named.push([attribute, value, hook]);
  });
  for (const [attribute, value, hook] of named) {
    try {
      callSpecial(hook, value, [cls, attribute]);
    } catch (error) {
      if (error instanceof PyError)
        addNote(
          error.exception,
          `Error calling __set_name__ on '${typeName(value)}' instance '${attribute}' in '${cls.name}'`,
        );
      throw error;
    }
    loseBy(hook, cls);
  }
}

function buildClass(name: string, bases: readonly PyClass[], namespace: Attributes, metaclass: PyClass | undefined) {
  if (!namespace.has('__module__')) namespace.set('__module__', callingModule());
  const module = namespace.get('__module__');
  const qualname = namespace.get('__qualname__');
  namespace.delete('__qualname__');
  for (const implicit of ['__init_subclass__', '__class_getitem__']) {
    const hook = namespace.get(implicit);
    if (hook instanceof PyCallable) namespace.set(implicit, new PyClassMethod(hook));
  }
  const make = namespace.get('__new__');
  if (make instanceof PyCallable) namespace.set('__new__', new PyStaticMethod(make));
  if (namespace.has('__eq__') && !namespace.has('__hash__')) namespace.set('__hash__', null);
  try {
    const cls = new PyClass(name, bases, namespace, {
      module: typeof module === 'string' ? module : '__main__',
      qualname: typeof qualname === 'string' ? qualname : name,
      ...(metaclass === undefined ? {} : { metaclass }),
    });
    const doc = namespace.get('__doc__');
    if (typeof doc === 'string') cls.doc = doc;
    const own = namespace.get('__classcell__');
    namespace.delete('__classcell__');
    if (own instanceof ClassCell) own.cell.value = cls;
    return cls;
  } catch (error) {
    if (!(error instanceof MroConflict)) throw error;
    throw raise('TypeError', `Cannot create a consistent method resolution order (MRO) for bases ${error.message}`);
  }
}

/** A private name as the body of a class means it. */
export function mangled(name: string, className: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  const stripped = className.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}

function addSlots(cls: PyClass): void {
  const slots = cls.attrs.get('__slots__');
  if (slots !== undefined) {
    const given = typeof slots === 'string' ? [slots] : namesOf(slots);
    const names = given.map(name => mangled(name, cls.name));
    for (const name of names) {
      if (name === '__dict__') continue;
      if (!isIdentifier(name)) throw raise('TypeError', '__slots__ must be identifiers');
      if (cls.attrs.has(name)) throw raise('ValueError', `${repr(name)} in __slots__ conflicts with class variable`);
      cls.attrs.set(name, new PyMember(name, cls));
    }
    cls.slotted =
      !names.includes('__dict__') &&
      cls.mro
        .slice(1)
        .every(base => base === objectClass || base.slotted || (base.native && base.construct === undefined));
  }
}

function namesOf(value: Value): string[] {
  return takeAny(value, drain).map(item => {
    if (typeof item !== 'string') throw raise('TypeError', `__slots__ items must be strings, not '${typeName(item)}'`);
    return item;
  });
}

/** Calls `__init_subclass__` of the first base that has one. */
export function initSubclass(cls: PyClass, keywords: Keywords): void {
  const given = keywords !== undefined && keywords.size > 0;
  for (const base of cls.mro) {
    // That of `object` does nothing.
    if (base === objectClass && !given) return;
    const hook = base === cls ? undefined : base.attrs.get('__init_subclass__');
    if (hook === undefined) continue;
    const { func } = hook as PyClassMethod;
    call(hook instanceof PyClassMethod ? func : hook, [cls], given ? keywords : undefined);
    loseBy(hook instanceof PyClassMethod ? func : hook, cls);
    return;
  }
  if (given) throw raise('TypeError', `${cls.qualname}.__init_subclass__() takes no keyword arguments`);
}

const defaultNew = () => objectClass.attrs.get('__new__');
const defaultInit = () => objectClass.attrs.get('__init__');

/** `cls(*args, **keywords)` */
export function construct(cls: PyClass, args: Value[], keywords: Keywords): Value {
  if (cls === typeClass) return constructType(args, keywords);
  if (cls.cls !== typeClass) {
    const hook = cls.cls.lookup('__call__');
    if (hook !== undefined && hook !== typeClass.attrs.get('__call__')) return call(hook, [cls, ...args], keywords);
  }
  if (cls.native && cls.construct !== undefined) return cls.construct(cls, args, keywords);
  return constructPlain(cls, args, keywords);
}

/** `type.__call__(cls, ...)`: the construction without the metaclass's own way. */
export function constructAsType(cls: PyClass, args: Value[], keywords: Keywords): Value {
  if (cls === typeClass) return constructType(args, keywords);
  if (cls.native && cls.construct !== undefined) return cls.construct(cls, args, keywords);
  return constructPlain(cls, args, keywords);
}

/** The usual construction: `__new__`, then `__init__`. */
export function constructPlain(cls: PyClass, args: Value[], keywords: Keywords): Value {
  const make = cls.lookup('__new__');
  const init = cls.lookup('__init__');
  let made: Value;
  if (make === undefined || make === defaultNew()) {
    made = allocate(cls, args, keywords, init);
  } else {
    made = call(make instanceof PyStaticMethod ? make.func : bindOnClass(make, cls), [cls, ...args], keywords);
    if (!typeOf(made).isSubclassOf(cls)) return made;
  }
  // What `__new__` has made may be of a subclass.
  const own = typeOf(made);
  const start = own === cls ? init : own.lookup('__init__');
  if (start !== undefined && start !== defaultInit() && start !== null) runInit(start, made, args, keywords);
  return made;
}

function runInit(init: Value, made: Value, args: Value[], given: Keywords): void {
  let result: Value;
  // That of lists leaves keywords to a `__new__` that somebody has written.
  const leaves = init === listClass.attrs.get('__init__') && typeOf(made).lookup('__new__') !== defaultNew();
  const keywords = leaves ? undefined : given;
  if (init instanceof PyCallable) result = init.invoke([made, ...args], keywords);
  else if (init instanceof NativeFunction) result = init.call([made, ...args], keywords);
  else result = call(bindAttribute(init, made, typeOf(made)), args, keywords);
  if (result !== null) throw raise('TypeError', `__init__() should return None, not '${typeName(result)}'`);
}

/** Makes the object as `object.__new__(cls)` or the constructor of the library base does. */
export function allocate(cls: PyClass, args: Value[], keywords: Keywords, init?: Value): Value {
  vm.charge(INSTANCE_BYTES);
  const native = cls.mro.find(one => one.construct !== undefined);
  // It is `object.__new__` that looks for abstract methods: that of a built-in type does not.
  const abstract = cls.lookup('__abstractmethods__');
  if (abstract !== undefined && (native === undefined || native === objectClass || native.module !== 'builtins'))
    refuseAbstract(cls, abstract);
  if (native?.construct === undefined || native === objectClass) {
    if (args.length > 0 || (keywords !== undefined && keywords.size > 0)) {
      if (init === undefined || init === defaultInit()) throw raise('TypeError', `${cls.name}() takes no arguments`);
    }
    // An object of the library has more than attributes, and this class does not tell how to make one.
    if (cls.native && cls !== objectClass && (init === undefined || init === defaultInit()))
      throw raise('TypeError', `cannot create '${cls.errorName ?? nameOf(cls)}' instances`);
    return new PyInstance(cls);
  }
  // A mutable base is filled by its `__init__`, so it starts empty: what it is made of may be gone through but once.
  const own = cls.lookup('__init__');
  const filledLater = native.attrs.has('__init__') && !native.isSubclassOf(baseExceptionClass);
  if (filledLater && (own !== native.attrs.get('__init__') || STARTS_EMPTY.has(native.module)))
    return native.construct(cls, [], undefined);
  // Keywords are for the `__init__` of a subclass where these types, which take none, leave them to it.
  if (own !== defaultInit() && KEYWORDLESS.includes(native)) return native.construct(cls, args, undefined);
  return native.construct(cls, args, keywords);
}

/** Modules whose mutable classes need nothing to start with. */
const STARTS_EMPTY = new Set(['builtins', 'collections', 'random']);

const KEYWORDLESS: readonly PyClass[] = [floatClass, tupleClass, frozensetClass];

function nameOf({ module, name }: PyClass): string {
  return module === 'builtins' ? name : `${module}.${name}`;
}

function refuseAbstract(cls: PyClass, abstract: Value): void {
  const names = namesOf(abstract).sort();
  if (names.length === 0) return;
  const listed = names.map(name => `'${name}'`).join(', ');
  throw raise(
    'TypeError',
    `Can't instantiate abstract class ${cls.name} without an implementation for abstract method${names.length === 1 ? '' : 's'} ${listed}`,
  );
}

function constructType(args: Value[], keywords: Keywords): Value {
  if (args.length === 1 && keywords === undefined)
    return isUnknown(args[0]) ? spread(causeOf(args[0])) : typeOf(args[0]!);
  if (args.length !== 3) throw raise('TypeError', 'type() takes 1 or 3 arguments');
  const [name, bases, namespace] = classArguments(args);
  if (bases.some(base => !(base instanceof PyObject))) throw raise('TypeError', METACLASS_CONFLICT);
  return makeClassOf(name, bases, namespace, keywords);
}

function classArguments(args: readonly Value[]): [name: string, bases: readonly Value[], namespace: Attributes] {
  const [name, bases, namespace] = args as [Value, Value, Value];
  if (typeof name !== 'string')
    throw raise('TypeError', `type.__new__() argument 1 must be str, not ${typeName(name)}`);
  if (!(bases instanceof PyTuple))
    throw raise('TypeError', `type.__new__() argument 2 must be tuple, not ${typeName(bases)}`);
  return [name, bases.items, namespaceOf(namespace)];
}

/** The names of a class body as the dict that a metaclass gets. */
function dictOf(namespace: Attributes): Value {
  return PyDict.from(namespace);
}

function namespaceOf(value: Value): Attributes {
  const attributes: Attributes = new Map();
  refuseUnknown(value);
  if (!(value instanceof PyDict))
    throw raise('TypeError', `type.__new__() argument 3 must be dict, not ${typeName(value)}`);
  for (const [key, item] of value.entries()) if (typeof key === 'string') attributes.set(key, item);
  return attributes;
}

/** `isinstance(value, classes)` */
export function isinstance(value: Value, classes: Value): boolean {
  if (classes instanceof PyTuple) {
    vm.step(classes.items.length);
    return classes.items.some(one => isinstance(value, one));
  }
  if (classes instanceof PyClass) {
    const own = typeOf(value);
    if (own === classes) return true;
    const check = customCheck(classes, '__instancecheck__');
    if (check !== undefined) return truth(callSpecial(check, classes, [value]));
    return isPlainInstance(value, classes);
  }
  if (classes instanceof PyUnion) return classes.members.some(one => isinstance(value, one));
  if (classes instanceof PyGenericAlias)
    throw raise('TypeError', 'isinstance() argument 2 cannot be a parameterized generic');
  const hook = classes instanceof PyObject ? classes.cls.lookup('__instancecheck__') : undefined;
  if (hook !== undefined) return callSpecial(hook, classes, [value]) === true;
  refuseBases(classes, 'isinstance()');
  throw raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
}

/** Objects that only have `__bases__` count as classes. */
function refuseBases(value: Value, name: string): void {
  if (!(value instanceof PyInstance) || value.cls.native) return;
  if (['__bases__', '__getattr__', '__getattribute__'].some(one => value.attrs?.has(one) || isOwn(value.cls, one)))
    throw new Unsupported(`${name} with an object that may have __bases__`);
}

/** Refuses what is no class as the first argument of `issubclass()`. */
function checkSubclass(value: Value): asserts value is PyClass {
  if (value instanceof PyClass) return;
  refuseBases(value, 'issubclass()');
  throw raise('TypeError', 'issubclass() arg 1 must be a class');
}

/** True for what a class of the chapter defines. */
function isOwn(cls: PyClass, name: string): boolean {
  return cls.mro.some(one => !one.native && one.attrs.has(name));
}

/** `type.__instancecheck__`; the class's own check comes first, as it may refuse to answer. */
export function isPlainInstance(value: Value, cls: PyClass): boolean {
  const answer = cls.subclassHook?.(typeOf(value));
  if (answer !== undefined) return answer;
  return (cls.instanceCheck?.(value) ?? false) || typeOf(value).mro.includes(cls);
}

/** `type.__subclasscheck__` */
export function isPlainSubclass(cls: Value, other: PyClass): boolean {
  checkSubclass(cls);
  const answer = other.subclassHook?.(cls);
  if (answer !== undefined) return answer;
  return (other.subclassCheck?.(cls) ?? false) || cls.mro.includes(other);
}

/** The check that a metaclass written in Python defines. */
function customCheck(cls: PyClass, name: '__instancecheck__' | '__subclasscheck__'): Value | undefined {
  if (cls.cls.native) return undefined;
  const check = cls.cls.lookup(name);
  return check === typeClass.attrs.get(name) ? undefined : check;
}

/** `issubclass(cls, classes)` */
export function issubclass(cls: Value, classes: Value): boolean {
  if (classes instanceof PyClass) {
    const check = customCheck(classes, '__subclasscheck__');
    return check === undefined ? isPlainSubclass(cls, classes) : truth(callSpecial(check, classes, [cls]));
  }
  checkSubclass(cls);
  if (classes instanceof PyTuple) {
    vm.step(classes.items.length);
    return classes.items.some(one => issubclass(cls, one));
  }
  if (classes instanceof PyUnion) return classes.members.some(one => issubclass(cls, one));
  const check = typeOf(classes).lookup('__subclasscheck__');
  if (check !== undefined) return truth(callSpecial(check, classes, [cls]));
  refuseBases(classes, 'issubclass()');
  throw raise('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
}
