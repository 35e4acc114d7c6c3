/** `TypeVar` and its kin, `ForwardRef` and `NewType`. */

import { callingModule } from '../../../python/runtime/callers';
import { Deferred, settled } from '../../../python/runtime/deferred';
import { raise } from '../../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../../python/runtime/native';
import {
  bytesClass,
  NotImplemented,
  nativeClass,
  noneClass,
  type PyClass,
  PyInstance,
  PyObject,
  PyTuple,
  strClass,
  type Value,
} from '../../../python/runtime/objects';
import { call, getAttribute, hash, repr, truth, typeName } from '../../../python/runtime/operations';

type Joined = (a: Value, b: Value) => Value;

const typeVarClass = nativeClass('TypeVar', undefined, 'typing');
const paramSpecClass = nativeClass('ParamSpec', undefined, 'typing');
const typeVarTupleClass = nativeClass('TypeVarTuple', undefined, 'typing');
const noDefaultClass = nativeClass('NoDefaultType', undefined, 'typing');
const noDefault = new PyInstance(noDefaultClass);

/** A type variable, a parameter specification or a tuple of type variables. */
class PyTypeVariable extends PyObject {
  readonly name: string;
  bound: Value = null;
  /** A tuple, perhaps one that is evaluated later. */
  constraints: Value = new PyTuple([]);
  covariant = false;
  contravariant = false;
  inferred = false;
  fallback: Value = noDefault;
  constructor(cls: PyClass, name: string) {
    super(cls);
    this.name = name;
  }
}

const PART_CLASSES = {
  args: nativeClass('ParamSpecArgs', undefined, 'typing'),
  kwargs: nativeClass('ParamSpecKwargs', undefined, 'typing'),
};
for (const cls of Object.values(PART_CLASSES)) cls.errorName = `typing.${cls.name}`;

/** `P.args` or `P.kwargs`. */
export class PySpecPart extends PyObject {
  readonly origin: PyTypeVariable;
  readonly part: keyof typeof PART_CLASSES;
  constructor(origin: PyTypeVariable, part: keyof typeof PART_CLASSES) {
    super(PART_CLASSES[part]);
    this.origin = origin;
    this.part = part;
  }
}

const isSet = (options: ReadonlyMap<string, Value>, name: string): boolean => truth(options.get(name) ?? false);

function checkVariance(made: PyTypeVariable): void {
  if (made.covariant && made.contravariant) throw raise('ValueError', 'Bivariant types are not supported.');
  if (made.inferred && (made.covariant || made.contravariant))
    throw raise('ValueError', 'Variance cannot be specified with infer_variance.');
}

const OPTIONS = ['bound', 'covariant', 'contravariant', 'infer_variance', 'default'];

function makeVariable(cls: PyClass, label: Value, constraints: readonly Value[], options: Map<string, Value>): Value {
  const maker = cls.name.toLowerCase();
  if (typeof label !== 'string')
    throw raise(
      'TypeError',
      `${maker}() argument 'name' must be str, not ${label === null ? 'None' : typeName(label)}`,
    );
  for (const name of options.keys())
    if (!OPTIONS.includes(name) && !(options.get(name) instanceof Deferred))
      throw raise('TypeError', `${maker}() got an unexpected keyword argument '${name}'`);
  const made = new PyTypeVariable(cls, label);
  made.covariant = isSet(options, 'covariant');
  made.contravariant = isSet(options, 'contravariant');
  made.inferred = isSet(options, 'infer_variance');
  checkVariance(made);
  const bound = options.get('bound') ?? null;
  made.bound = bound;
  if (constraints.length === 1) throw raise('TypeError', 'A single constraint is not allowed');
  if (constraints.length > 0 && bound !== null)
    throw raise('TypeError', 'Constraints cannot be combined with bound=...');
  made.constraints = options.get('constraints') ?? new PyTuple(constraints.map(one => one ?? noneClass));
  if (options.has('default')) made.fallback = options.get('default') ?? noneClass;
  return made;
}

function variableText(self: PyTypeVariable): string {
  if (self.inferred || self.cls === typeVarTupleClass) return self.name;
  return `${self.covariant ? '+' : self.contravariant ? '-' : '~'}${self.name}`;
}

/** Gives the variables their methods; `joined` makes a union. */
export function typeVariableClasses(joined: Joined): Readonly<Record<string, Value>> {
  for (const cls of [typeVarClass, paramSpecClass, typeVarTupleClass]) {
    defineConstructor(
      cls,
      `${cls.name.toLowerCase()}(name, *constraints, **kwargs)`,
      (own, label, constraints, options) => makeVariable(own, label, (constraints as PyTuple).items, options),
    );
    defineMethods(cls, {
      '__repr__()': variableText,
      '__or__(other, /)': joined,
      '__ror__(other, /)': (self: Value, other: Value) => joined(other, self),
      'has_default()': (self: PyTypeVariable) => self.fallback !== noDefault,
      '__mro_entries__(bases, /)': (self: PyTypeVariable) => {
        throw raise('TypeError', `Cannot subclass an instance of ${self.cls.name}`);
      },
    });
    defineProperties(cls, {
      __name__: (self: PyTypeVariable) => self.name,
      __default__: (self: PyTypeVariable) => settled(self.fallback),
    });
  }
  for (const cls of [typeVarClass, paramSpecClass])
    defineProperties(cls, {
      __bound__: (self: PyTypeVariable) => settled(self.bound),
      __covariant__: (self: PyTypeVariable) => self.covariant,
      __contravariant__: (self: PyTypeVariable) => self.contravariant,
      __infer_variance__: (self: PyTypeVariable) => self.inferred,
    });
  defineProperties(typeVarClass, { __constraints__: (self: PyTypeVariable) => settled(self.constraints) });
  // what is unpacked with a star stands for itself
  defineMethods(typeVarTupleClass, {
    '__iter__()': (self: Value) => call(getAttribute(new PyTuple([self]), '__iter__'), []),
  });
  defineProperties(paramSpecClass, {
    args: (self: PyTypeVariable) => new PySpecPart(self, 'args'),
    kwargs: (self: PyTypeVariable) => new PySpecPart(self, 'kwargs'),
  });
  for (const cls of Object.values(PART_CLASSES)) {
    defineMethods(cls, {
      '__repr__()': (self: PySpecPart) => `${self.origin.name}.${self.part}`,
      '__eq__(other, /)': (self: PySpecPart, other: Value) =>
        other instanceof PySpecPart && other.cls === cls ? other.origin === self.origin : NotImplemented,
    });
    cls.setAttribute('__hash__', null);
    defineProperties(cls, { __origin__: (self: PySpecPart) => self.origin });
  }
  defineMethods(noDefaultClass, { '__repr__()': () => 'typing.NoDefault' });
  setUpReferences(joined);
  setUpNewTypes(joined);
  return {
    TypeVar: typeVarClass,
    ParamSpec: paramSpecClass,
    TypeVarTuple: typeVarTupleClass,
    ForwardRef: forwardRefClass,
    NewType: newTypeClass,
    NoDefault: noDefault,
    AnyStr: anyStr(),
  };
}

function anyStr(): PyTypeVariable {
  const made = new PyTypeVariable(typeVarClass, 'AnyStr');
  made.constraints = new PyTuple([bytesClass, strClass]);
  return made;
}

const forwardRefClass = nativeClass('ForwardRef', undefined, 'typing');

/** A text that stands for a type. */
export class PyForwardRef extends PyObject {
  readonly text: string;
  constructor(text: string) {
    super(forwardRefClass);
    this.text = text;
  }
}

export function forwardReference(text: string): PyForwardRef {
  return new PyForwardRef(text);
}

function setUpReferences(joined: Joined): void {
  defineConstructor(forwardRefClass, 'ForwardRef(arg)', (_cls: PyClass, text: Value) => {
    if (typeof text !== 'string') throw raise('TypeError', `Forward reference must be a string -- got ${repr(text)}`);
    return new PyForwardRef(text);
  });
  defineMethods(forwardRefClass, {
    '__repr__()': (self: PyForwardRef) => `ForwardRef(${repr(self.text)})`,
    '__eq__(other, /)': (self: PyForwardRef, other: Value) =>
      other instanceof PyForwardRef ? self.text === other.text : NotImplemented,
    '__hash__()': (self: PyForwardRef) => hash(self.text),
    '__or__(other, /)': joined,
    '__ror__(other, /)': (self: Value, other: Value) => joined(other, self),
  });
  defineProperties(forwardRefClass, { __forward_arg__: (self: PyForwardRef) => self.text });
}

const newTypeClass = nativeClass('NewType', undefined, 'typing');

class PyNewType extends PyObject {
  readonly name: string;
  readonly supertype: Value;
  readonly module = callingModule();
  constructor(name: string, supertype: Value) {
    super(newTypeClass);
    this.name = name;
    this.supertype = supertype;
    this.attrs = new Map();
  }
}

function setUpNewTypes(joined: Joined): void {
  defineConstructor(newTypeClass, 'NewType.__init__(name, tp)', (_cls: PyClass, name: Value, supertype: Value) => {
    return new PyNewType(String(name), supertype);
  });
  defineMethods(newTypeClass, {
    '__repr__()': (self: PyNewType) => `${self.module}.${self.name}`,
    '__call__(x, /)': (_self: PyNewType, value: Value) => value,
    '__or__(other, /)': joined,
    '__ror__(other, /)': (self: Value, other: Value) => joined(other, self),
    '__mro_entries__(bases, /)': (self: PyNewType) => {
      throw raise(
        'TypeError',
        `Cannot subclass an instance of NewType. Perhaps you were looking for: \`X = NewType('X', ${self.name})\``,
      );
    },
  });
  defineProperties(newTypeClass, {
    __name__: (self: PyNewType) => self.name,
    __qualname__: (self: PyNewType) => self.name,
    __module__: (self: PyNewType) => self.module,
    __supertype__: (self: PyNewType) => self.supertype,
  });
}
