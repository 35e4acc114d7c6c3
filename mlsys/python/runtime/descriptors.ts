/** Descriptors: what turns a class attribute into what an instance shows, and the types with hooks of their own. */

import { call } from './calls';
import { raise } from './errors';
import {
  BoundMethod,
  NativeFunction,
  nativeClass,
  nativeFunctionClass,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyModule,
  PyObject,
  PyProperty,
  PyStaticMethod,
  typeOf,
  type Value,
} from './objects';
import { typeName } from './typeName';

/** `<member 'x' of 'Point' objects>` */
export const memberClass = nativeClass('member_descriptor');
memberClass.subclassable = false;

/** One name of `__slots__`: keeps its value among the instance's attributes. */
export class PyMember extends PyObject {
  readonly name: string;
  readonly of: PyClass;
  constructor(name: string, of: PyClass) {
    super(memberClass);
    this.name = name;
    this.of = of;
  }
}

/** A library function found on an instance: a `builtin_function_or_method`. */
export function bindNative(self: Value, func: NativeFunction): BoundMethod {
  const made = new BoundMethod(self, func);
  made.cls = nativeFunctionClass;
  return made;
}

/** True for an attribute of a class of the chapter that has a method of its own in place of the library's. */
export function overrides(attr: PyObject, name: string): boolean {
  if (attr.cls.native) return false;
  const method = attr.cls.lookup(name);
  return method !== undefined && !(method instanceof NativeFunction);
}

/** What `obj.name` is when `attr` is the class attribute of that name. */
export function bindAttribute(attr: Value, obj: Value, cls: PyClass): Value {
  if (!(attr instanceof PyObject)) return attr;
  if (attr instanceof PyCallable) return new BoundMethod(obj, attr);
  if (attr instanceof NativeFunction) return attr.binds ? bindNative(obj, attr) : attr;
  if (overrides(attr, '__get__')) return call(attr.cls.lookup('__get__')!, [attr, obj, cls]);
  if (attr instanceof PyProperty) return readProperty(attr, obj);
  if (attr instanceof PyStaticMethod) return attr.func;
  if (attr instanceof PyClassMethod) return bindToClass(attr.func, cls);
  if (attr instanceof PyClass) return attr;
  if (attr instanceof PyMember) {
    const value = obj instanceof PyObject ? obj.attrs?.get(attr.name) : undefined;
    if (value === undefined) throw raise('AttributeError', `'${cls.name}' object has no attribute '${attr.name}'`);
    return value;
  }
  const get = attr.cls.lookup('__get__');
  return get === undefined ? attr : call(get, [attr, obj, cls]);
}

/** What a class method's function is when looked up through `cls`. */
export function bindToClass(func: Value, cls: PyClass): Value {
  if (func instanceof NativeFunction) return bindNative(cls, func);
  if (func instanceof PyProperty) return readProperty(func, cls);
  return new BoundMethod(cls, func);
}

/** What `Cls.name` is when `attr` is what the class defines. */
export function bindOnClass(attr: Value, cls: PyClass): Value {
  if (!(attr instanceof PyObject)) return attr;
  if (attr instanceof PyCallable || attr instanceof NativeFunction || attr instanceof PyClass) return attr;
  if (overrides(attr, '__get__')) return call(attr.cls.lookup('__get__')!, [attr, null, cls]);
  if (attr instanceof PyStaticMethod) return attr.func;
  if (attr instanceof PyClassMethod) return bindToClass(attr.func, cls);
  if (attr instanceof PyProperty) return attr.onClass(cls);
  if (attr instanceof PyMember || attr instanceof PyModule) return attr;
  const get = attr.cls.lookup('__get__');
  return get === undefined ? attr : call(get, [attr, null, cls]);
}

function readProperty(property: PyProperty, obj: Value): Value {
  const { fget } = property;
  if (fget instanceof NativeFunction) return fget.call([obj], undefined);
  if (fget === null) {
    const places = typeOf(obj).mro.flatMap(cls => [...cls.attrs]);
    const name = places.find(([, value]) => value === property)?.[0];
    const shown = name === undefined ? 'property' : `property '${name}'`;
    throw raise('AttributeError', `${shown} of '${typeName(obj)}' object has no getter`);
  }
  return call(fget, [obj]);
}

/** True when the class attribute wins over an instance attribute of the same name: a data descriptor that says what it reads as. */
export function winsOverInstance(attr: Value): boolean {
  if (!isDataDescriptor(attr)) return false;
  if (attr instanceof PyProperty || attr instanceof PyMember) return true;
  return (attr as PyObject).cls.lookup('__get__') !== undefined;
}

/** True when a class attribute decides what is set in its place. */
export function isDataDescriptor(attr: Value): boolean {
  if (!(attr instanceof PyObject)) return false;
  if (attr instanceof PyProperty || attr instanceof PyMember) return true;
  if (attr instanceof PyCallable || attr instanceof NativeFunction || attr instanceof PyClass) return false;
  if (attr instanceof PyStaticMethod || attr instanceof PyClassMethod || attr instanceof BoundMethod) return false;
  return attr.cls.lookup('__set__') !== undefined || attr.cls.lookup('__delete__') !== undefined;
}
