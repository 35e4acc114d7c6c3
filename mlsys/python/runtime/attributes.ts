/** Attribute look-up, assignment and deletion on every kind of value. */

import { BUILTINS, openBuiltins } from './builtinNames';
import { call, withFirst } from './calls';
import { bindAttribute, bindOnClass, isDataDescriptor, overrides, PyMember, winsOverInstance } from './descriptors';
import { exceptionClassOf, PyError, raise, Unsupported } from './errors';
import { instanceDict } from './instanceDict';
import { isRefused, leftOut, openName } from './members';
import { touch, touchPlain } from './mutation';
import { MAIN, TO_NAMES } from './namespaceNames';
import {
  isInstance,
  NativeFunction,
  objectClass,
  PyCallable,
  PyClass,
  PyInstance,
  PyModule,
  PyObject,
  PyProperty,
  superClass,
  typeClass,
  typeOf,
  type Value,
} from './objects';
import { typeName } from './typeName';
import {
  causeOf,
  causeOfRefusal,
  classOf,
  escapes,
  isFunction,
  isUnknown,
  openAttribute,
  PyUnknown,
  refuseUnknown,
  standsForCode,
  taint,
  taintAttribute,
  UnknownReached,
} from './unknown';
import { vm } from './vm';

/** `super(thisClass, self)`: looks up in the classes after `thisClass` in the order of the instance's class. */
export class PySuper extends PyObject {
  readonly thisClass: PyClass;
  readonly self: Value;
  /** The class whose order counts. */
  readonly selfClass: PyClass;
  constructor(thisClass: PyClass, self: Value) {
    super(superClass);
    refuseUnknown(self);
    this.thisClass = thisClass;
    this.self = self;
    this.selfClass = self instanceof PyClass && self.isSubclassOf(thisClass) ? self : typeOf(self);
    if (!this.selfClass.isSubclassOf(thisClass))
      throw raise(
        'TypeError',
        `super(type, obj): obj (${self instanceof PyClass ? `type ${self.name}` : `instance of ${this.selfClass.name}`}) is not an instance or subtype of type (${thisClass.name}).`,
      );
  }
}

/**
 * Names that lead from a value into the interpreter. Python code has no business there, and what it expects to find
 * does not exist here.
 */
const REFUSED = new Set([
  '__subclasses__',
  '__globals__',
  '__code__',
  '__builtins__',
  '__closure__',
  '__loader__',
  '__spec__',
  '__reduce__',
  '__reduce_ex__',
  '__getstate__',
  '__import__',
  'gi_frame',
  'gi_code',
  'gi_yieldfrom',
  'cr_frame',
  'f_globals',
  'f_locals',
  'f_builtins',
  'f_back',
  'f_code',
  'tb_frame',
  'tb_next',
  'tb_lineno',
  'co_code',
  'func_globals',
  'func_code',
]);

/** `obj.name`; raises AttributeError. */
export function getAttribute(obj: Value, name: string): Value {
  const found = load(obj, name);
  if (found !== undefined) return found;
  throw missingAttribute(obj, name);
}

/** `obj.name`, or undefined where Python would raise AttributeError; throws on what Python has and Reckoner has not. */
export function askAttribute(obj: Value, name: string): Value | undefined {
  const found = findAttribute(obj, name);
  const refusal = found === undefined ? leftOut(obj, name) : undefined;
  if (refusal !== undefined) throw refusal;
  return found;
}

/** `obj.name`, or undefined where there is nothing of that name here. */
export function findAttribute(obj: Value, name: string): Value | undefined {
  try {
    return load(obj, name);
  } catch (error) {
    if (error instanceof PyError && isInstance(error.exception, exceptionClassOf('AttributeError'))) return undefined;
    throw error;
  }
}

/** The attribute, undefined when there is none; code that runs meanwhile may raise. */
function load(obj: Value, name: string): Value | undefined {
  if (obj instanceof PyInstance) {
    const { cls } = obj;
    const custom = cls.ownReader;
    return custom === undefined ? loadFromInstance(obj, cls, name) : loadCustom(custom, obj, cls, name);
  }
  if (obj instanceof PyModule) return loadFromModule(obj, name);
  if (obj instanceof PyClass) return loadFromClass(obj, name);
  if (obj instanceof PySuper) return loadFromSuper(obj, name);
  const cls = typeOf(obj);
  if (obj instanceof PyObject && !cls.native) {
    const custom = cls.ownReader;
    if (custom !== undefined) return loadCustom(custom, obj, cls, name);
  }
  return loadFromInstance(obj, cls, name);
}

/** The look-up of `object.__getattribute__`, then `__getattr__`. */
function loadFromInstance(obj: Value, cls: PyClass, name: string): Value | undefined {
  const attr = cls.lookup(name);
  const attrs = obj instanceof PyObject ? obj.attrs : undefined;
  if (attr === undefined) {
    const own = attrs?.get(name);
    if (own !== undefined) return own;
    return fallback(obj, cls, name);
  }
  if (attrs !== undefined && !winsOverInstance(attr)) {
    const own = attrs.get(name);
    if (own !== undefined && !mayDescribe(attr)) return own;
  }
  const hook = cls.lookup('__getattr__');
  if (hook === undefined) return bindAttribute(attr, obj, cls);
  try {
    return bindAttribute(attr, obj, cls);
  } catch (error) {
    if (!(error instanceof PyError) || !isInstance(error.exception, exceptionClassOf('AttributeError'))) throw error;
    return call(hook, [obj, name]);
  }
}

function fallback(obj: Value, cls: PyClass, name: string): Value | undefined {
  const hook = cls.lookup('__getattr__');
  if (hook !== undefined) return call(hook, [obj, name]);
  return openAttribute(obj, cls, name);
}

function loadCustom(custom: Value, obj: Value, cls: PyClass, name: string): Value {
  const hook = cls.lookup('__getattr__');
  if (hook === undefined) return call(custom, [obj, name]);
  try {
    return call(custom, [obj, name]);
  } catch (error) {
    if (!(error instanceof PyError) || !isInstance(error.exception, exceptionClassOf('AttributeError'))) throw error;
    return call(hook, [obj, name]);
  }
}

/** `object.__getattribute__(obj, name)`: the look-up without the class's own hooks. */
export function genericAttribute(obj: Value, name: string): Value {
  if (obj instanceof PyClass) {
    const found = loadFromClassPlainly(obj, name);
    if (found === undefined) throw missingAttribute(obj, name);
    return found;
  }
  if (obj instanceof PyModule || obj instanceof PySuper) return getAttribute(obj, name);
  const cls = typeOf(obj);
  const attr = cls.lookup(name);
  const own =
    attr !== undefined && winsOverInstance(attr)
      ? undefined
      : obj instanceof PyObject
        ? obj.attrs?.get(name)
        : undefined;
  if (own !== undefined) return own;
  if (attr === undefined) throw missingAttribute(obj, name);
  return bindAttribute(attr, obj, cls);
}

/** What only the module that the author has installed can tell. */
const OF_INSTALLED = new Set(['__dict__', '__doc__', '__file__', '__version__']);

function loadFromModule(module: PyModule, name: string): Value | undefined {
  let own = module.attrs.get(name);
  if (own === undefined) own = module.lazy?.(name);
  if (own !== undefined) return own;
  if (OF_INSTALLED.has(name) && module.file === undefined) {
    if (name === '__dict__' && noteBuiltins(module)) throw new Unsupported(PUTTING);
    const refused = new Unsupported(`${name} of the module ${module.name}`);
    if (name === '__dict__' && module.name === 'sys') refused.path = MAIN;
    throw refused;
  }
  if (name === '__dict__') return instanceDict(module);
  if (name === '__name__') return module.name;
  if (name === '__file__' && module.file !== undefined) return module.file;
  if (name === '__doc__') return null;
  const attr = module.cls.lookup(name);
  if (attr !== undefined) return bindAttribute(attr, module, module.cls);
  const hook = module.attrs.get('__getattr__') ?? moduleClassHook(module, name);
  if (hook === undefined || REFUSED.has(name)) return name.startsWith('__') ? undefined : openName(module.open, name);
  return call(hook, [name]);
}

/** `__getattr__` of a class of the author's own that a module is an instance of. */
function moduleClassHook(module: PyModule, name: string): Value | undefined {
  const hook = module.cls.native || name === '__path__' ? undefined : module.cls.lookup('__getattr__');
  return hook === undefined ? undefined : bindAttribute(hook, module, module.cls);
}

/** Whoever changes the module of the built-in names gives all others some. */
function noteBuiltins(obj: Value): boolean {
  const isThese = obj instanceof PyModule && obj.name === BUILTINS && obj.file === undefined;
  if (isThese) openBuiltins(causeOfRefusal(new Unsupported(PUTTING)));
  return isThese;
}

const PUTTING = 'putting names into builtins';

/** What Python says of a name that a module lacks; while modules load, a cycle of imports may be why. */
function missingInModule(module: PyModule, name: string): string {
  const cycle = '(most likely due to a circular import)';
  if (vm.isLoading(module)) {
    const from = module.file === undefined ? '' : ` from '${module.file}'`;
    return `partially initialized module '${module.name}'${from} has no attribute '${name}' ${cycle}`;
  }
  if (vm.isLoading(`${module.name}.${name}`))
    return `cannot access submodule '${name}' of module '${module.name}' ${cycle}`;
  return `module '${module.name}' has no attribute '${name}'`;
}

function loadFromClass(cls: PyClass, name: string): Value | undefined {
  const meta = cls.cls;
  if (!meta.native) {
    const custom = meta.lookup('__getattribute__');
    if (custom !== undefined && custom !== typeClass.attrs.get('__getattribute__'))
      return loadCustom(custom, cls, meta, name);
  }
  return loadFromClassPlainly(cls, name);
}

function loadFromClassPlainly(cls: PyClass, name: string): Value | undefined {
  const meta = cls.cls;
  const metaAttr = meta.lookup(name);
  if (metaAttr !== undefined && winsOverInstance(metaAttr)) return bindAttribute(metaAttr, cls, meta);
  // Each class has a doc of its own, which is None where nothing says otherwise; a doc of its metaclass is not in the way.
  if (name === '__doc__' && !cls.native && !cls.attrs.has(name)) return null;
  const attr = cls.lookup(name);
  if (attr !== undefined) return bindOnClass(attr, cls);
  if (metaAttr !== undefined) return bindAttribute(metaAttr, cls, meta);
  const hook = meta === typeClass ? undefined : meta.lookup('__getattr__');
  return hook === undefined ? openAttribute(null, cls, name) : call(hook, [cls, name]);
}

function loadFromSuper(proxy: PySuper, name: string): Value | undefined {
  const { selfClass, thisClass, self } = proxy;
  const order = selfClass.mro;
  if (name !== '__class__')
    for (let at = order.indexOf(thisClass) + 1; at < order.length; at++) {
      const attr = order[at]!.attrs.get(name);
      if (attr !== undefined)
        return self === selfClass ? bindOnClass(attr, selfClass) : bindAttribute(attr, self, selfClass);
    }
  const attr = superClass.lookup(name);
  return attr === undefined ? undefined : bindAttribute(attr, proxy, superClass);
}

/** What to raise (or refuse) where nothing of that name exists. */
export function missingAttribute(obj: Value, name: string): Error {
  if (REFUSED.has(name)) {
    const refused = new Unsupported(name, 'cells have no access to the interpreter');
    if (TO_NAMES.has(name)) refused.path = MAIN;
    return refused;
  }
  const part = obj instanceof PyModule && obj.file === undefined ? `${obj.name}.${name}` : undefined;
  if (part !== undefined && vm.readState(`import ${part}`, false)) {
    const refused = new Unsupported(`the module ${part}`);
    refused.kind = 'module';
    return refused;
  }
  const refusal = leftOut(obj, name);
  if (refusal !== undefined) return refusal;
  let text: string;
  if (obj instanceof PyModule) text = missingInModule(obj, name);
  else if (obj instanceof PyClass) text = `type object '${obj.errorName ?? obj.name}' has no attribute '${name}'`;
  else if (obj instanceof PySuper) text = `'super' object has no attribute '${name}'`;
  else text = `'${typeName(obj)}' object has no attribute '${name}'`;
  const error = raise('AttributeError', text);
  error.exception.attrs?.set('name', name);
  error.exception.attrs?.set('obj', obj);
  return error;
}

/** `obj.name = value` */
export function setAttribute(obj: Value, name: string, value: Value): void {
  if (obj instanceof PyClass) {
    setOnClass(obj, name, value);
    return;
  }
  const cls = typeOf(obj);
  if (!cls.native || obj instanceof PyInstance) {
    const custom = cls.lookup('__setattr__');
    if (custom !== undefined && custom !== objectClass.attrs.get('__setattr__')) {
      call(custom, [obj, name, value]);
      return;
    }
  }
  genericSetAttribute(obj, name, value);
}

function setOnClass(cls: PyClass, name: string, value: Value): void {
  if (cls.native)
    throw raise('TypeError', `cannot set '${name}' attribute of immutable type '${cls.errorName ?? cls.name}'`);
  const custom = cls.cls === typeClass ? undefined : cls.cls.lookup('__setattr__');
  if (custom !== undefined && custom !== typeClass.attrs.get('__setattr__')) call(custom, [cls, name, value]);
  else setClassAttribute(cls, name, value);
}

/** `type.__setattr__(cls, name, value)` */
export function setClassAttribute(cls: PyClass, name: string, value: Value): void {
  if (cls.native)
    throw raise('TypeError', `cannot set '${name}' attribute of immutable type '${cls.errorName ?? cls.name}'`);
  const attr = cls.cls === typeClass ? undefined : cls.cls.lookup(name);
  // What every metaclass inherits from `type` is set below.
  const own = attr !== undefined && attr !== typeClass.lookup(name);
  if (
    own &&
    attr instanceof PyObject &&
    isDataDescriptor(attr) &&
    setThroughDescriptor(attr, cls, cls.cls, name, value)
  )
    return;
  touch(cls);
  if (name === '__doc__' && typeof value === 'string') cls.doc = value;
  if (name === '__name__') {
    if (typeof value !== 'string')
      throw raise('TypeError', `can only assign string to ${cls.name}.__name__, not '${typeName(value)}'`);
    cls.name = value;
    // An unknown name that was put there.
    if (cls.attrs.has(name)) cls.deleteAttribute(name);
    return;
  }
  if (name === '__mro__') throw raise('AttributeError', `attribute '${name}' of 'type' objects is not writable`);
  if (name === '__qualname__' && typeof value === 'string') cls.qualname = value;
  if (name === '__module__' && typeof value === 'string') cls.module = value;
  cls.setAttribute(name, value);
}

/**
 * Classes of the library whose instances count as plain values and take attributes all the same, as quantities do. Each is
 * derived from `object` directly.
 */
export const takesAttributes = new WeakSet<PyClass>();

/** `object.__setattr__(obj, name, value)` */
export function genericSetAttribute(obj: Value, name: string, value: Value): void {
  const cls = typeOf(obj);
  const attr = cls.lookup(name);
  if (attr instanceof PyObject && setThroughDescriptor(attr, obj, cls, name, value)) return;
  // A function has a namespace once somebody writes to it.
  if (obj instanceof PyCallable && obj.attrs === undefined) obj.attrs = new Map();
  const plain = obj instanceof PyObject && takesAttributes.has(cls.mro.at(-2)!);
  if (plain && obj.attrs === undefined) obj.attrs = new Map();
  if (!(obj instanceof PyObject) || obj.attrs === undefined || cls.slotted || cls === objectClass) {
    throw cannotSet(obj, name, attr);
  }
  if (plain) touchPlain(obj);
  else {
    noteBuiltins(obj);
    touch(obj);
  }
  obj.attrs.set(name, value);
  if ((obj.attrs.size & 1023) === 0) chargeAttributes(obj.attrs.size);
}

/** What an attribute takes, about, and steps that making one of very many takes. */
const ATTRIBUTE_BYTES = 100;
const ATTRIBUTE_STEPS = 4;

/** Accounts for an object with very many attributes. */
function chargeAttributes(size: number): void {
  if (size === 0) return;
  vm.charge(1024 * ATTRIBUTE_BYTES);
  vm.step(1024 * ATTRIBUTE_STEPS);
}

/** True for what may be an object with code that takes what is set in its place. */
function mayTake(attr: Value): attr is PyUnknown {
  if (!(attr instanceof PyUnknown)) return false;
  return attr.may.some(lead => {
    // A decorator makes a property of a function; what may be a class may have such code as well.
    if (lead instanceof PyProperty || lead instanceof PyCallable || standsForCode(lead)) return true;
    const cls = lead instanceof PyClass ? lead : classOf(lead);
    return !cls.native && (cls.lookup('__set__') !== undefined || cls.lookup('__delete__') !== undefined);
  });
}

/** True for what comes of a module that is not at hand, or of code that was not reached: it may take what is set in its place. */
function mayDescribe(attr: Value): attr is PyUnknown {
  const isCode = attr instanceof PyUnknown && (attr.cause.kind === 'module' || attr.cause.kind === 'budget');
  return isCode && !attr.unsure && !attr.changed;
}

function setThroughDescriptor(attr: PyObject, obj: Value, cls: PyClass, name: string, value: Value): boolean {
  if (attr instanceof PyCallable || attr instanceof NativeFunction) return false;
  if (attr instanceof PyProperty && !overrides(attr, '__set__')) {
    // Every instance may have a text of its own beside that of its class.
    if (attr.fset === null && name === '__doc__' && attr === objectClass.attrs.get(name)) return false;
    if (attr.fset === null) throw readOnly(attr, obj, cls, name);
    const done = call(attr.fset, [obj, value]);
    if (isUnknown(done) && attr.fset instanceof NativeFunction) loseSet(obj, name, done, value);
    return true;
  }
  if (attr instanceof PyMember && obj instanceof PyObject && obj.attrs !== undefined) {
    touch(obj);
    obj.attrs.set(name, value);
    return true;
  }
  if (mayTake(attr)) escapes.handler([...attr.may, obj, value], attr.cause);
  if (mayDescribe(attr) || mayTake(attr)) throw new UnknownReached(attr.cause);
  const owner = classOf(attr);
  const set = owner.lookup('__set__');
  if (set === undefined) {
    const without = owner.lookup('__delete__');
    if (without === undefined) return false;
    refuseUnknown(without);
    throw raise('AttributeError', '__set__');
  }
  call(set, [attr, obj, value]);
  return true;
}

/** What an attribute of the library becomes that could not be set, since its value is unknown. */
function loseSet(obj: Value, name: string, unknown: PyObject, value: Value): void {
  if (!(obj instanceof PyObject) || isUnknown(obj)) return;
  if (isFunction(obj)) taintAttribute(obj, name, causeOf(unknown), [value], true);
  else taint(obj, causeOf(unknown), [value]);
}

function readOnly(property: PyProperty, obj: Value, cls: PyClass, name: string): Error {
  if (isRefused(property)) return new Unsupported(`setting ${name} of a '${typeName(obj)}' object`);
  if (property.fget instanceof NativeFunction)
    return raise('AttributeError', `attribute '${name}' of '${ownerOf(cls, name)}' objects is not writable`);
  return raise('AttributeError', `property '${name}' of '${typeName(obj)}' object has no setter`);
}

function ownerOf(cls: PyClass, name: string): string {
  const owner = cls.mro.find(one => one.attrs.has(name)) ?? cls;
  return owner.errorName ?? owner.name;
}

/** Libraries in Python, whose objects take any attribute. */
const IN_PYTHON = /^(?:matplotlib|pint|IPython)(?:\.|$)/;

function cannotSet(obj: Value, name: string, attr: Value | undefined): Error {
  if (IN_PYTHON.test(typeOf(obj).module)) return new Unsupported(`setting ${name} of a '${typeName(obj)}' object`);
  if (attr !== undefined) return raise('AttributeError', `'${typeName(obj)}' object attribute '${name}' is read-only`);
  return raise(
    'AttributeError',
    `'${typeName(obj)}' object has no attribute '${name}' and no __dict__ for setting new attributes`,
  );
}

/** `del obj.name` */
export function deleteAttribute(obj: Value, name: string): void {
  const cls = typeOf(obj);
  if (obj instanceof PyClass) {
    const hook = cls === typeClass ? undefined : cls.lookup('__delattr__');
    if (hook !== undefined && hook !== typeClass.attrs.get('__delattr__')) call(hook, [obj, name]);
    else deleteClassAttribute(obj, name);
    return;
  }
  const custom = cls.lookup('__delattr__');
  if (custom !== undefined && custom !== objectClass.attrs.get('__delattr__')) {
    call(custom, [obj, name]);
    return;
  }
  genericDeleteAttribute(obj, name);
}

/** `type.__delattr__(cls, name)` */
export function deleteClassAttribute(cls: PyClass, name: string): void {
  if (cls.native) throw raise('TypeError', `cannot set '${name}' attribute of immutable type '${cls.name}'`);
  touch(cls);
  if (!cls.deleteAttribute(name)) throw missingAttribute(cls, name);
}

/** `object.__delattr__(obj, name)` */
export function genericDeleteAttribute(obj: Value, name: string): void {
  const cls = typeOf(obj);
  const attr = cls.lookup(name);
  if (attr instanceof PyProperty && !overrides(attr, '__delete__')) {
    if (attr.fdel === null)
      throw attr.fget instanceof NativeFunction
        ? readOnly(attr, obj, cls, name)
        : raise('AttributeError', `property '${name}' of '${typeName(obj)}' object has no deleter`);
    call(attr.fdel, [obj]);
    return;
  }
  if (attr !== undefined && mayTake(attr)) throw new UnknownReached(attr.cause);
  if (attr instanceof PyObject && !(attr instanceof PyMember)) {
    const remove = attr.cls.lookup('__delete__');
    if (remove !== undefined) {
      call(remove, [attr, obj]);
      return;
    }
  }
  if (obj instanceof PyObject && obj.attrs?.has(name)) {
    touch(obj);
    obj.attrs.delete(name);
    return;
  }
  if (attr instanceof PyMember) throw raise('AttributeError', name);
  if (!(obj instanceof PyObject && obj.attrs !== undefined)) throw cannotSet(obj, name, attr);
  throw missingAttribute(obj, name);
}

/** A special method as the class of `value` defines it, not bound; undefined where there is none. */
export function special(value: Value, name: string): Value | undefined {
  return typeOf(value).lookup(name);
}

/** Calls a special method found on the class with `value` first. */
export function callSpecial(found: Value, value: Value, args: Value[]): Value {
  if (found instanceof PyCallable) return found.invoke(withFirst(value, args), undefined);
  if (found instanceof NativeFunction) return found.call(withFirst(value, args), undefined);
  return call(bindAttribute(found, value, typeOf(value)), args);
}

/** `obj.name(*args)` without the bound method in between where that is possible. */
export function callMethodWith(
  obj: Value,
  name: string,
  args: Value[],
  keywords: ReadonlyMap<string, Value> | undefined,
): Value {
  const cls = obj instanceof PyClass || obj instanceof PyModule || obj instanceof PySuper ? undefined : typeOf(obj);
  if (cls !== undefined) {
    const attr = cls.lookup(name);
    if (
      ((attr instanceof NativeFunction && attr.binds) || attr instanceof PyCallable) &&
      (cls.native || cls.ownReader === undefined) &&
      (!(obj instanceof PyObject) || obj.attrs === undefined || !obj.attrs.has(name))
    ) {
      return call(attr, withFirst(obj, args), keywords);
    }
  }
  return call(getAttribute(obj, name), args, keywords);
}
