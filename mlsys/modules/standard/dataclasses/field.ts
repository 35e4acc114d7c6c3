/** Fields of a data class: what `dataclasses.field` makes, and what the annotations of a class body say. */

import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import {
  defineClassMethods,
  defineConstructor,
  defineMethods,
  defineProperties,
  method,
} from '../../../python/runtime/native';
import { nativeClass, PyClass, PyObject, PyProperty, typeOf, type Value } from '../../../python/runtime/objects';
import { callMethod, findAttribute, PyGenericAlias, repr, special } from '../../../python/runtime/operations';
import { PyUnknown, refuseUnknown } from '../../../python/runtime/unknown';
import { PyMappingProxy } from '../mappingProxy';

/** An object that is only ever compared by identity. */
export class Marker extends PyObject {}

export const missingClass = nativeClass('_MISSING_TYPE', undefined, 'dataclasses');
export const MISSING = new Marker(missingClass);
export const keywordOnlyClass = nativeClass('_KW_ONLY_TYPE', undefined, 'dataclasses');
export const KEYWORD_ONLY = new Marker(keywordOnlyClass);

/** Stands for a value that a factory will make, as the default of a parameter. */
const factoryClass = nativeClass('_HAS_DEFAULT_FACTORY_CLASS', undefined, 'dataclasses');
defineMethods(factoryClass, { '__repr__()': () => '<factory>' });
export const FACTORY = new Marker(factoryClass);

export const initVarClass = nativeClass('InitVar', undefined, 'dataclasses');

/** The annotation of a parameter of `__init__` that is no field. */
export class PyInitVar extends PyObject {
  readonly type: Value;
  constructor(type: Value) {
    super(initVarClass);
    this.type = type;
  }
}

/** What an annotation makes of its name. */
export type FieldKind = '_FIELD' | '_FIELD_CLASSVAR' | '_FIELD_INITVAR';

export interface FieldOptions {
  readonly init: Value;
  readonly repr: Value;
  /** None to follow `compare`. */
  readonly hash: Value;
  readonly compare: Value;
  readonly metadata: Value;
}

export const fieldClass = nativeClass('Field', undefined, 'dataclasses');

export class PyField extends PyObject {
  name: string | undefined = undefined;
  type: Value = null;
  kind: FieldKind | undefined = undefined;
  keywordOnly: Value;
  default: Value;
  readonly factory: Value;
  readonly options: FieldOptions;

  constructor(value: Value, factory: Value, options: FieldOptions, keywordOnly: Value) {
    super(fieldClass);
    this.default = value;
    this.factory = factory;
    this.options = options;
    this.keywordOnly = keywordOnly;
  }

  get hasDefault(): boolean {
    return this.default !== MISSING || this.factory !== MISSING;
  }
}

/** A field for a value that a class body gave without `field(...)`. */
export function plainField(value: Value): PyField {
  const metadata = new PyMappingProxy(new PyDict());
  return new PyField(value, MISSING, { init: true, repr: true, hash: null, compare: true, metadata }, MISSING);
}

/** `field(...)`; arguments in the order of its signature. */
export function makeField(...args: (Value | undefined)[]): PyField {
  const [value = MISSING, factory = MISSING, init = true, shown = true, hash = null, compare = true, metadata, only] =
    args;
  if (value !== MISSING && factory !== MISSING)
    throw raise('ValueError', 'cannot specify both default and default_factory');
  const notes = new PyMappingProxy(metadata === undefined || metadata === null ? new PyDict() : metadata);
  return new PyField(value, factory, { init, repr: shown, hash, compare, metadata: notes }, only ?? MISSING);
}

/** True for an annotation, or its text, that names `name` or `name[...]` of `typing`. */
function isSpecialForm(hint: Value, name: string): boolean {
  if (typeof hint === 'string') return new RegExp(`^\\s*(?:\\w+\\s*\\.\\s*)?${name}\\b`).test(hint);
  const origin = hint instanceof PyObject && 'origin' in hint ? (hint.origin as Value) : hint;
  return origin instanceof PyObject && origin.attrs?.get('_name') === name;
}

function kindOf(hint: Value): FieldKind {
  if (isSpecialForm(hint, 'ClassVar')) return '_FIELD_CLASSVAR';
  const isInitVar = typeof hint === 'string' ? isSpecialForm(hint, 'InitVar') : hint === initVarClass;
  return isInitVar || hint instanceof PyInitVar ? '_FIELD_INITVAR' : '_FIELD';
}

export function isKeywordOnlyMark(hint: Value): boolean {
  if (typeof hint === 'string') return isSpecialForm(hint, 'KW_ONLY');
  return hint === KEYWORD_ONLY || hint === keywordOnlyClass;
}

/** The field of an annotated name of a class body. */
export function fieldOf(cls: PyClass, name: string, hint: Value, keywordOnly: boolean): PyField {
  // The class may inherit it, and a descriptor gives what it reads as on the class.
  const found = findAttribute(cls, name);
  const given = found === undefined ? MISSING : found;
  // What a module that is not at hand gives may be a field itself, with options of its own.
  if (given instanceof PyUnknown && given.cause.kind === 'module') refuseUnknown(given);
  // A name of `__slots__` has no value, only a place.
  const isPlace = given instanceof PyObject && given.cls.name === 'member_descriptor';
  const field = given instanceof PyField ? given : plainField(isPlace ? MISSING : given);
  field.name = name;
  field.type = hint;
  field.kind = kindOf(hint);
  if (field.kind !== '_FIELD' && field.factory !== MISSING)
    throw raise('TypeError', `field ${name} cannot have a default factory`);
  if (field.kind !== '_FIELD_CLASSVAR') {
    if (field.keywordOnly === MISSING) field.keywordOnly = keywordOnly;
  } else if (field.keywordOnly !== MISSING)
    throw raise('TypeError', `field ${name} is a ClassVar but specifies kw_only`);
  if (field.kind === '_FIELD' && special(field.default, '__hash__') === null)
    throw raise(
      'ValueError',
      `mutable default ${repr(typeOf(field.default))} for field ${name} is not allowed: use default_factory`,
    );
  return field;
}

function textOf(self: PyField): string {
  const parts: [string, string][] = [
    ['name', self.name === undefined ? 'None' : repr(self.name)],
    ['type', repr(self.type)],
    ['default', repr(self.default)],
    ['default_factory', repr(self.factory)],
    ...Object.entries(self.options).map(([name, value]): [string, string] => [name, repr(value as Value)]),
    ['kw_only', repr(self.keywordOnly)],
    ['_field_type', self.kind ?? 'None'],
  ];
  return `Field(${parts.map(([name, text]) => `${name}=${text}`).join(',')})`;
}

export function setUpFields(): void {
  const properties: Record<string, (self: PyField) => Value> = {
    default_factory: self => self.factory,
    kw_only: self => self.keywordOnly,
    name: self => self.name ?? null,
  };
  for (const name of ['init', 'repr', 'hash', 'compare', 'metadata'] as const)
    properties[name] = self => self.options[name];
  defineProperties(fieldClass, properties);
  for (const name of ['type', 'default'] as const)
    fieldClass.setAttribute(
      name,
      new PyProperty(
        method(`${name}()`, (self: PyField) => self[name]),
        method(`${name}(value)`, (self: PyField, value: Value) => {
          self[name] = value;
          return null;
        }),
      ),
    );
  defineMethods(fieldClass, {
    '__repr__()': textOf,
    '__set_name__(owner, name, /)': (self: PyField, owner: Value, name: Value) => {
      if (special(self.default, '__set_name__') !== undefined) callMethod(self.default, '__set_name__', owner, name);
      return null;
    },
  });
  defineConstructor(initVarClass, 'InitVar(type)', (_cls, type: Value) => new PyInitVar(type));
  defineClassMethods(initVarClass, { '__class_getitem__(type)': (_cls: PyClass, type: Value) => new PyInitVar(type) });
  defineProperties(initVarClass, { type: (self: PyInitVar) => self.type });
  defineMethods(initVarClass, {
    '__repr__()': ({ type }: PyInitVar) =>
      `dataclasses.InitVar[${type instanceof PyClass && !(type instanceof PyGenericAlias) ? type.name : repr(type)}]`,
  });
}
