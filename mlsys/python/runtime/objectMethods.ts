/**
 * What `object`, `type` and the kinds of functions offer to Python. Only `objects`, `errors` and `native` are used while
 * this file loads; the rest is reached when a method runs.
 */
import {
  deleteClassAttribute,
  genericAttribute,
  genericDeleteAttribute,
  genericSetAttribute,
  PySuper,
  setClassAttribute,
} from './attributes';
import { call } from './calls';
import { allocate, constructAsType, isPlainInstance, isPlainSubclass, newClass } from './classes';
import { is, truth } from './comparison';
import { memberClass, PyMember } from './descriptors';
import { PyDict } from './dict';
import { raise, Unsupported } from './errors';
import { isTypeLike, unionOf } from './genericAlias';
import { instanceDict, replaceInstanceDict } from './instanceDict';
import { touch } from './mutation';
import { defineClassMethods, defineConstructor, defineMethods, defineProperties, fn, method } from './native';
import {
  BoundMethod,
  classmethodClass,
  Ellipsis,
  ellipsisClass,
  functionClass,
  isInstance,
  methodClass,
  moduleClass,
  NativeFunction,
  NotImplemented,
  nativeFunctionClass,
  noneClass,
  notImplementedClass,
  objectClass,
  PyClass,
  PyClassMethod,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  propertyClass,
  staticmethodClass,
  strClass,
  superClass,
  typeClass,
  typeOf,
  type Value,
} from './objects';
import { defaultFormat, defaultRepr, identity, repr, str } from './representation';
import { typeName } from './typeName';
import { causeOf, isUnknown, leadingTo, spread } from './unknown';

/** A property of the library with getter and setter. */
export function accessor(
  cls: PyClass,
  name: string,
  get: (self: never) => Value,
  set?: (self: never, value: Value) => void,
): void {
  const setter =
    set === undefined
      ? null
      : method(`${name}(value, /)`, (self: Value, value: Value) => {
          set(self as never, value);
          return null;
        });
  cls.setAttribute(
    name,
    new PyProperty(
      method(`${name}()`, (self: Value) => get(self as never)),
      setter,
    ),
  );
}

function attributeName(name: Value): string {
  if (typeof name !== 'string') throw raise('TypeError', `attribute name must be string, not '${typeName(name)}'`);
  return name;
}

defineMethods(objectClass, {
  '__init__(*args, **kwargs)': (self: Value, args: PyTuple, kwargs: Map<string, Value>) => {
    if (args.items.length > 0 || kwargs.size > 0) {
      const cls = typeOf(self);
      if (cls.lookup('__init__') !== objectClass.attrs.get('__init__'))
        throw raise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)');
      // Where the class makes its objects itself, the arguments are for that.
      if (
        cls.lookup('__new__') === objectClass.attrs.get('__new__') &&
        cls.mro.every(one => one.construct === undefined)
      )
        throw raise('TypeError', `${cls.name}.__init__() takes exactly one argument (the instance to initialize)`);
    }
    return null;
  },
  '__repr__()': (self: Value) => defaultRepr(self),
  '__str__()': (self: Value) => repr(self),
  '__format__(format_spec, /)': (self: Value, spec: Value) => {
    if (!isInstance(spec, strClass))
      throw raise('TypeError', `__format__() argument must be str, not ${spec === null ? 'None' : typeName(spec)}`);
    return defaultFormat(self, str(spec));
  },
  '__hash__()': (self: Value) => identity(self) >> 4n,
  '__eq__(value, /)': (self: Value, other: Value) => (is(self, other) ? true : NotImplemented),
  '__ne__(value, /)': (self: Value, other: Value) => {
    const method = typeOf(self).lookup('__eq__');
    if (method === undefined) return NotImplemented;
    if (method === null) throw raise('TypeError', "'NoneType' object is not callable");
    const result = call(method, [self, other]);
    return result === NotImplemented ? NotImplemented : !truth(result);
  },
  '__lt__(value, /)': () => NotImplemented,
  '__le__(value, /)': () => NotImplemented,
  '__gt__(value, /)': () => NotImplemented,
  '__ge__(value, /)': () => NotImplemented,
  '__getattribute__(name, /)': (self: Value, name: Value) => genericAttribute(self, attributeName(name)),
  '__setattr__(name, value, /)': (self: Value, name: Value, value: Value) => {
    if (self instanceof PyClass) throw raise('TypeError', `can't apply this __setattr__ to type object`);
    genericSetAttribute(self, attributeName(name), value);
    return null;
  },
  '__delattr__(name, /)': (self: Value, name: Value) => {
    if (self instanceof PyClass) throw raise('TypeError', `can't apply this __delattr__ to type object`);
    genericDeleteAttribute(self, attributeName(name));
    return null;
  },
  '__dir__()': (self: Value) => new PyList(attributeNames(self)),
  '__sizeof__()': () => 48n,
});

objectClass.setAttribute(
  '__new__',
  new PyStaticMethod(
    fn('__new__(*args, **kwargs)', (args: PyTuple, kwargs: Map<string, Value>) => {
      const [cls, ...rest] = args.items;
      if (cls === undefined) throw raise('TypeError', 'object.__new__(): not enough arguments');
      if (isUnknown(cls)) return spread(causeOf(cls), { may: leadingTo([cls]) });
      if (!(cls instanceof PyClass))
        throw raise('TypeError', `object.__new__(X): X is not a type object (${typeName(cls)})`);
      const plain = cls.mro.every(one => one.construct === undefined);
      if (plain && (rest.length > 0 || kwargs.size > 0) && cls.lookup('__new__') !== objectClass.attrs.get('__new__'))
        throw raise('TypeError', 'object.__new__() takes exactly one argument (the type to instantiate)');
      return allocate(cls, rest, kwargs.size > 0 ? kwargs : undefined);
    }),
  ),
);
// The only objects of their classes.
for (const [cls, only] of [
  [noneClass, null],
  [ellipsisClass, Ellipsis],
  [notImplementedClass, NotImplemented],
] as const)
  cls.construct = (_cls, args, keywords) => {
    if (args.length === 0 && (keywords?.size ?? 0) === 0) return only;
    throw raise('TypeError', `${cls === ellipsisClass ? 'EllipsisType' : cls.name} takes no arguments`);
  };

defineClassMethods(objectClass, {
  '__init_subclass__(**kwargs)': (cls: PyClass, kwargs: Map<string, Value>) => {
    if (kwargs.size > 0) throw raise('TypeError', `${cls.qualname}.__init_subclass__() takes no keyword arguments`);
    return null;
  },
  '__subclasshook__(subclass, /)': () => NotImplemented,
});

accessor(
  objectClass,
  '__class__',
  (self: Value) => typeOf(self),
  (self: Value, cls: Value) => {
    if (!(cls instanceof PyClass))
      throw raise('TypeError', `__class__ must be set to a class, not '${typeName(cls)}' object`);
    // A module of the workspace may become one of a class of its own; the library's are as they are.
    const isModule = self instanceof PyModule && self.file !== undefined && cls.isSubclassOf(moduleClass);
    if (self instanceof PyModule && !isModule && cls.isSubclassOf(moduleClass)) throw new Unsupported('module');
    if (!isModule && (!(self instanceof PyObject) || self.cls.native || cls.native))
      throw raise('TypeError', '__class__ assignment only supported for mutable types or ModuleType subclasses');
    touch(self);
    self.cls = cls;
  },
);
accessor(
  objectClass,
  '__dict__',
  (self: Value) => {
    // That of a function is made when somebody asks for it.
    if (self instanceof PyObject && self.cls === functionClass && self.owner !== 0) self.attrs ??= new Map();
    const dict = self instanceof PyObject && !self.cls.slotted ? instanceDict(self) : undefined;
    if (dict !== undefined && holdsSlots(typeOf(self), dict))
      throw new Unsupported('__dict__ beside __slots__', 'leave __slots__ out, or declare it in every class');
    if (dict === undefined) throw raise('AttributeError', `'${typeName(self)}' object has no attribute '__dict__'`);
    return dict;
  },
  (self: Value, dict: Value) => {
    if (!(dict instanceof PyDict))
      throw raise('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(dict)}'`);
    if (self instanceof PyObject) replaceInstanceDict(self, dict);
  },
);
defineProperties(objectClass, {
  __doc__: (self: Value) => {
    const own = self instanceof PyObject ? self.attrs?.get('__doc__') : undefined;
    if (own !== undefined) return own;
    return docOf(typeOf(self));
  },
  __module__: (self: Value) =>
    (self instanceof PyObject ? self.attrs?.get('__module__') : undefined) ?? typeOf(self).module,
});

/** The doc text of a class; that of the library's own is CPython's, which is not kept here. */
function docOf(cls: PyClass): string | null {
  if (cls.doc === undefined && (cls.native || cls.owner === 0)) throw new Unsupported(`__doc__ of ${cls.name}`);
  return cls.doc ?? null;
}

/** True where the values of `__slots__` stand among those of `__dict__`, which they do not in CPython. */
function holdsSlots(cls: PyClass, dict: PyDict): boolean {
  const slotted = cls.mro.filter(base => !base.native && base.attrs.has('__slots__'));
  return slotted.some(base => [...base.attrs].some(([name, value]) => value instanceof PyMember && dict.has(name)));
}

/** What every object has. */
const OBJECT_NAMES = (
  '__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ __hash__ __init__ ' +
  '__init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__'
).split(' ');

/** What a class statement makes beside the names of its body, and what only those without `__slots__` have. */
const CLASS_NAMES = ['__doc__', '__firstlineno__', '__module__', '__static_attributes__'];
const OPEN_CLASS_NAMES = ['__dict__', '__weakref__'];

const MODULE_NAMES = '__builtins__ __cached__ __doc__ __file__ __loader__ __name__ __package__ __spec__'.split(' ');

/**
 * Names that `dir(value)` lists, sorted: those of modules of the workspace, and of classes of the chapter and their instances.
 * Throws `Unsupported` for what Python has more names of than there are here.
 */
export function attributeNames(value: Value): string[] {
  const names = new Set<string>(value instanceof PyObject && !(value instanceof PyClass) ? value.attrs?.keys() : []);
  if (value instanceof PyModule) {
    if (value.file === undefined || value.open !== undefined)
      throw new Unsupported(`dir() of the module ${value.name}`);
    for (const name of MODULE_NAMES) names.add(name);
    return [...names].sort();
  }
  const cls = value instanceof PyClass ? value : typeOf(value);
  if (value instanceof PyClass && value.cls !== typeClass)
    throw new Unsupported(`dir() of a class made by ${value.cls.name}`);
  for (const one of cls.mro) {
    if (one === objectClass) for (const name of OBJECT_NAMES) names.add(name);
    else if (one.native || one.owner === 0) throw new Unsupported(`dir() of a '${typeName(value)}' object`);
    else {
      const own = one.attrs.has('__slots__') ? CLASS_NAMES : [...CLASS_NAMES, ...OPEN_CLASS_NAMES];
      for (const name of [...one.attrs.keys(), ...own]) names.add(name);
    }
  }
  return [...names].sort();
}

// ------------------------------------------------------------------------------------------------------ classes

defineMethods(typeClass, {
  '__repr__()': (self: PyClass) => defaultRepr(self),
  '__init__(*args, **kwargs)': () => null,
  '__setattr__(name, value, /)': (self: PyClass, name: Value, value: Value) => {
    setClassAttribute(self, attributeName(name), value);
    return null;
  },
  '__delattr__(name, /)': (self: PyClass, name: Value) => {
    deleteClassAttribute(self, attributeName(name));
    return null;
  },
  '__getattribute__(name, /)': (self: PyClass, name: Value) => genericAttribute(self, attributeName(name)),
  '__call__(*args, **kwargs)': (self: PyClass, args: PyTuple, kwargs: Map<string, Value>) =>
    constructAsType(self, [...args.items], kwargs.size > 0 ? kwargs : undefined),
  '__or__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(self, other) : NotImplemented),
  '__ror__(value, /)': (self: Value, other: Value) => (isTypeLike(other) ? unionOf(other, self) : NotImplemented),
  'mro()': (self: PyClass) => new PyList([...self.mro]),
  '__instancecheck__(instance, /)': (self: PyClass, value: Value) => isPlainInstance(value, self),
  '__subclasscheck__(subclass, /)': (self: PyClass, cls: Value) => isPlainSubclass(cls, self),
});
typeClass.setAttribute(
  '__new__',
  new PyStaticMethod(
    fn('__new__(*args, **kwargs)', (args: PyTuple, kwargs: Map<string, Value>) => {
      const [metaclass, ...rest] = args.items;
      if (metaclass === undefined) throw raise('TypeError', 'type.__new__(): not enough arguments');
      if (metaclass === typeClass && rest.length === 1) return typeOf(rest[0]!);
      return newClass(metaclass, rest, kwargs.size > 0 ? kwargs : undefined);
    }),
  ),
);

/** What a class says of itself, where nothing unknown was put in its place. */
function describing(cls: PyClass, name: '__name__' | '__qualname__', known: string): Value {
  const own = cls.attrs.get(name);
  return isUnknown(own) ? own : known;
}

defineProperties(typeClass, {
  __mro__: (self: PyClass) => new PyTuple([...self.mro]),
  __bases__: (self: PyClass) => new PyTuple([...self.bases]),
  __base__: (self: PyClass) => self.bases[0] ?? null,
  __dict__: (self: PyClass) => classDict(self),
});
accessor(
  typeClass,
  '__name__',
  (self: PyClass) => describing(self, '__name__', self.name),
  (self: PyClass, name: Value) => {
    if (self.native) throw raise('TypeError', `cannot set '__name__' attribute of immutable type '${self.name}'`);
    if (typeof name !== 'string')
      throw raise('TypeError', `can only assign string to ${self.name}.__name__, not '${typeName(name)}'`);
    self.name = name;
  },
);
defineProperties(typeClass, {
  __qualname__: (self: PyClass) => describing(self, '__qualname__', self.qualname),
  __module__: (self: PyClass) => self.module,
  __doc__: (self: PyClass) => self.attrs.get('__doc__') ?? docOf(self),
});
accessor(
  typeClass,
  '__annotations__',
  (self: PyClass) => {
    let known = self.attrs.get('__annotations__');
    if (known === undefined) {
      known = new PyDict();
      if (!self.native) self.attrs.set('__annotations__', known);
    }
    return known;
  },
  (self: PyClass, value: Value) => {
    self.setAttribute('__annotations__', value);
  },
);

accessor(
  typeClass,
  '__type_params__',
  (self: PyClass) => self.attrs.get('__type_params__') ?? new PyTuple([]),
  (self: PyClass, value: Value) => {
    self.setAttribute('__type_params__', value);
  },
);

/** `Cls.__dict__`: a copy, as a mapping proxy cannot be written to either. */
function classDict(cls: PyClass): PyDict {
  const dict = new PyDict();
  for (const [name, value] of cls.attrs) dict.set(name, value);
  return dict;
}

// ---------------------------------------------------------------------------------- functions, methods, descriptors

defineProperties(nativeFunctionClass, {
  __name__: (self: PyObject) => (self instanceof NativeFunction ? self.name : nameOf((self as BoundMethod).func)),
  __qualname__: (self: PyObject) => qualifiedName(self instanceof NativeFunction ? self : (self as BoundMethod).func),
  __doc__: (self: PyObject) => {
    const func = self instanceof NativeFunction ? self : (self as BoundMethod).func;
    const doc = func instanceof NativeFunction ? func.doc : undefined;
    if (doc === undefined) throw new Unsupported(`__doc__ of ${nameOf(func)}()`);
    return doc;
  },
  __self__: (self: PyObject) => (self instanceof BoundMethod ? self.self : null),
  __text_signature__: (self: PyObject) => (self instanceof NativeFunction ? self.signature : null),
});

/** `list.append` of the method of a built-in class. */
function qualifiedName(func: Value): string {
  const owner = func instanceof NativeFunction ? func.of : undefined;
  return `${owner === undefined ? '' : `${owner.name}.`}${nameOf(func)}`;
}

function nameOf(func: Value): string {
  if (func instanceof NativeFunction) return func.name;
  return func instanceof PyObject && 'name' in func && typeof func.name === 'string' ? func.name : '?';
}

defineProperties(methodClass, {
  __self__: (self: BoundMethod) => self.self,
  __func__: (self: BoundMethod) => self.func,
  __name__: (self: BoundMethod) => call(getter, [self.func, '__name__']),
  __qualname__: (self: BoundMethod) => call(getter, [self.func, '__qualname__']),
  __doc__: (self: BoundMethod) => call(getter, [self.func, '__doc__']),
  __module__: (self: BoundMethod) => call(getter, [self.func, '__module__']),
});
const getter = fn('getattr(obj, name, /)', (obj: Value, name: string) => genericAttribute(obj, name));

defineMethods(memberClass, {
  '__repr__()': (self: PyMember) => `<member '${self.name}' of '${self.of.name}' objects>`,
});
for (const cls of [functionClass, nativeFunctionClass, methodClass])
  defineMethods(cls, {
    '__call__(*args, **kwargs)': (self: Value, args: PyTuple, kwargs: Map<string, Value>) =>
      call(self, [...args.items], kwargs.size > 0 ? kwargs : undefined),
  });
defineMethods(functionClass, {
  '__get__(instance, owner=None, /)': (self: Value, instance: Value, owner: Value | undefined) => {
    if (instance !== null) return new BoundMethod(instance, self);
    if (owner === undefined || owner === null) throw raise('TypeError', '__get__(None, None) is invalid');
    return self;
  },
});
defineConstructor(methodClass, 'method(function, instance, /)', (_cls: PyClass, func: Value, instance: Value) => {
  if (!(func instanceof PyObject) || (!(func instanceof PyClass) && func.cls.lookup('__call__') === undefined))
    throw raise('TypeError', 'first argument must be callable');
  if (instance === null) throw raise('TypeError', 'instance must not be None');
  return new BoundMethod(instance, func);
});
defineMethods(methodClass, {
  '__eq__(value, /)': (self: BoundMethod, other: Value) =>
    other instanceof BoundMethod ? is(self.self, other.self) && is(self.func, other.func) : NotImplemented,
  '__hash__()': (self: BoundMethod) => identity(self.func) ^ (self.self instanceof PyObject ? identity(self.self) : 1n),
  '__getattr__(name, /)': (self: BoundMethod, name: string) => genericAttribute(self.func, name),
});

/** A property of the same class with other functions. */
function alike({ cls, attrs }: PyProperty, ...functions: [fget: Value, fset: Value, fdel: Value]): Value {
  return cls.native ? new PyProperty(...functions) : call(cls, [...functions, attrs?.get('__doc__') ?? null]);
}

defineConstructor(
  propertyClass,
  'property(fget=None, fset=None, fdel=None, doc=None)',
  (cls, fget, fset, fdel, doc) => {
    const made = new PyProperty(fget ?? null, fset ?? null, fdel ?? null, cls);
    made.attrs = new Map();
    if (doc !== undefined && doc !== null) made.attrs.set('__doc__', doc);
    return made;
  },
);
defineMethods(propertyClass, {
  '__init__(fget=None, fset=None, fdel=None, doc=None)': (self: PyProperty, ...given: (Value | undefined)[]) => {
    const [fget = null, fset = null, fdel = null, doc = null] = given;
    touch(self);
    Object.assign(self, { fget, fset, fdel });
    if (doc !== null) self.attrs?.set('__doc__', doc);
    return null;
  },
  'getter(fget, /)': (self: PyProperty, fget: Value) => alike(self, fget, self.fset, self.fdel),
  'setter(fset, /)': (self: PyProperty, fset: Value) => alike(self, self.fget, fset, self.fdel),
  'deleter(fdel, /)': (self: PyProperty, fdel: Value) => alike(self, self.fget, self.fset, fdel),
  '__get__(instance, owner=None, /)': (self: PyProperty, instance: Value) => {
    if (instance === null) return self;
    if (self.fget === null) throw raise('AttributeError', `property of '${typeName(instance)}' object has no getter`);
    return call(self.fget, [instance]);
  },
  '__set__(instance, value, /)': (self: PyProperty, instance: Value, value: Value) => {
    if (self.fset === null) throw raise('AttributeError', `property of '${typeName(instance)}' object has no setter`);
    call(self.fset, [instance, value]);
    return null;
  },
  '__delete__(instance, /)': (self: PyProperty, instance: Value) => {
    if (self.fdel === null) throw raise('AttributeError', `property of '${typeName(instance)}' object has no deleter`);
    call(self.fdel, [instance]);
    return null;
  },
});
defineProperties(propertyClass, {
  fget: (self: PyProperty) => self.fget,
  fset: (self: PyProperty) => self.fset,
  fdel: (self: PyProperty) => self.fdel,
  __name__: () => {
    throw new Unsupported('__name__ of a property');
  },
  __isabstractmethod__: (self: PyProperty) => [self.fget, self.fset, self.fdel].some(isAbstract),
});

accessor(
  propertyClass,
  '__doc__',
  (self: PyProperty) =>
    self.attrs?.get('__doc__') ?? (self.fget instanceof PyObject ? call(getter, [self.fget, '__doc__']) : null),
  (self: PyProperty, doc: Value) => {
    if (self.attrs === undefined)
      throw raise('AttributeError', "attribute '__doc__' of 'property' objects is not writable");
    touch(self);
    self.attrs.set('__doc__', doc);
  },
);

/** True for a function marked by `abc.abstractmethod`. */
export function isAbstract(func: Value): boolean {
  return func instanceof PyObject && func.attrs?.get('__isabstractmethod__') === true;
}

for (const [cls, wrap] of [
  [staticmethodClass, (func: Value, own: PyClass) => new PyStaticMethod(func, own)],
  [classmethodClass, (func: Value, own: PyClass) => new PyClassMethod(func, own)],
] as const) {
  defineConstructor(cls, `${cls.name}(function=None, /)`, (own: PyClass, func: Value | undefined) => {
    if (func === undefined && own === cls) throw raise('TypeError', `${cls.name} expected 1 argument, got 0`);
    return wrap(func ?? null, own);
  });
  defineMethods(cls, {
    '__init__(function, /)': (self: PyStaticMethod | PyClassMethod, func: Value) => {
      touch(self);
      self.func = func;
      return null;
    },
  });
  defineProperties(cls, {
    __func__: (self: PyStaticMethod | PyClassMethod) => self.func,
    __wrapped__: (self: PyStaticMethod | PyClassMethod) => self.func,
    __isabstractmethod__: (self: PyStaticMethod | PyClassMethod) => isAbstract(self.func),
  });
  // Those of the function, until they are set.
  for (const name of ['__name__', '__qualname__', '__module__', '__doc__']) {
    const get = (self: PyStaticMethod | PyClassMethod) => self.attrs!.get(name) ?? call(getter, [self.func, name]);
    const set = (self: PyStaticMethod | PyClassMethod, value: Value) => {
      touch(self);
      self.attrs!.set(name, value);
      return null;
    };
    cls.setAttribute(name, new PyProperty(method(`${name}()`, get), method(`${name}(value, /)`, set)));
  }
  defineMethods(cls, {
    '__repr__()': (self: PyStaticMethod | PyClassMethod) => `<${cls.name}(${repr(self.func)})>`,
  });
}
defineMethods(staticmethodClass, {
  '__call__(*args, **kwargs)': (self: PyStaticMethod, args: PyTuple, kwargs: Map<string, Value>) =>
    call(self.func, [...args.items], kwargs.size > 0 ? kwargs : undefined),
  '__get__(instance, owner=None, /)': (self: PyStaticMethod) => self.func,
});
defineMethods(classmethodClass, {
  '__get__(instance, owner=None, /)': (self: PyClassMethod, instance: Value, owner: Value | undefined) =>
    new BoundMethod(owner ?? typeOf(instance), self.func),
});

defineConstructor(superClass, 'super(type, object_or_type=None, /)', (_cls: PyClass, cls: Value, self: Value) => {
  if (!(cls instanceof PyClass)) throw raise('TypeError', `super() argument 1 must be a type, not ${typeName(cls)}`);
  return new PySuper(cls, self ?? null);
});
defineMethods(superClass, {
  '__repr__()': (self: PySuper) => `<super: <class '${self.thisClass.name}'>, <${self.selfClass.name} object>>`,
});
defineProperties(superClass, {
  __thisclass__: (self: PySuper) => self.thisClass,
  __self__: (self: PySuper) => self.self,
  __self_class__: (self: PySuper) => self.selfClass,
});

/** `types.ModuleType`; a subclass with an `__init__` of its own names its module there. */
defineConstructor(
  moduleClass,
  'module(name=None, doc=None)',
  (own: PyClass, name: Value | undefined, doc: Value | undefined) => {
    if (name === undefined && own === moduleClass)
      throw raise('TypeError', "module() missing required argument 'name' (pos 1)");
    const made = new PyModule(name === undefined ? '' : moduleName(name), new Map());
    made.cls = own;
    nameModule(made, made.name, doc);
    return made;
  },
);
defineMethods(moduleClass, {
  '__init__(name, doc=None)': (self: PyModule, name: Value, doc: Value | undefined) => {
    touch(self);
    nameModule(self, moduleName(name), doc);
    return null;
  },
});

function moduleName(name: Value): string {
  if (typeof name === 'string') return name;
  throw raise('TypeError', `module() argument 'name' must be str, not ${typeName(name)}`);
}

function nameModule(module: PyModule, name: string, doc: Value | undefined): void {
  module.name = name;
  module.attrs.set('__name__', name);
  module.attrs.set('__doc__', doc ?? null);
}
