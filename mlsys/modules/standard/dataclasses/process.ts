/** What the decorator makes of a class. */
import { annotationEntries } from '../../../python/runtime/annotations';
import { makeClass } from '../../../python/runtime/classes';
import { PyDict } from '../../../python/runtime/dict';
import { exceptionClassOf, raise } from '../../../python/runtime/errors';
import { defineMethods, defineProperties } from '../../../python/runtime/native';
import { nativeClass, PyClass, PyObject, PyTuple, type Value } from '../../../python/runtime/objects';
import {
  classPath,
  deleteAttribute,
  listOf,
  PyGenericAlias,
  PyUnion,
  repr,
  setAttribute,
  truth,
} from '../../../python/runtime/operations';
import { PyFrozenSet } from '../../../python/runtime/set';
import { firstCause, spread } from '../../../python/runtime/unknown';
import { abstractNames } from '../abc';
import { MadeFunction } from '../madeFunction';
import { replaced } from './copies';
import { FACTORY, fieldOf, isKeywordOnlyMark, MISSING, PyField } from './field';
import { makeEquality, makeFrozen, makeHash, makeInit, makeOrdering, makeRepr, ORDERINGS } from './methods';

/** The decorator's options with their defaults, in the order of its signature. */
export const DEFAULTS = {
  init: true,
  repr: true,
  eq: true,
  order: false,
  unsafe_hash: false,
  frozen: false,
  match_args: true,
  kw_only: false,
  slots: false,
  weakref_slot: false,
} as const;

export type Options = Readonly<Record<keyof typeof DEFAULTS, boolean>>;

const parametersClass = nativeClass('_DataclassParams', undefined, 'dataclasses');

class PyParameters extends PyObject {
  readonly options: Options;
  constructor(options: Options) {
    super(parametersClass);
    this.options = options;
  }
}

for (const name of Object.keys(DEFAULTS) as (keyof Options)[])
  defineProperties(parametersClass, { [name]: (self: PyParameters) => self.options[name] });
defineMethods(parametersClass, {
  '__repr__()': ({ options }: PyParameters) =>
    `_DataclassParams(${Object.entries(options)
      .map(([name, value]) => `${name}=${repr(value)}`)
      .join(',')})`,
});

/** Fields of the bases, the nearest base's last, and whether bases are frozen. */
function inherited(cls: PyClass): { fields: Map<string, PyField>; frozen: boolean[] } {
  const fields = new Map<string, PyField>();
  const frozen: boolean[] = [];
  for (const base of cls.mro.slice(1).reverse()) {
    const found = base.lookup('__dataclass_fields__');
    if (!(found instanceof PyDict)) continue;
    for (const [name, field] of found.entries()) fields.set(name as string, field as PyField);
    const parameters = base.lookup('__dataclass_params__');
    if (parameters instanceof PyParameters) frozen.push(parameters.options.frozen);
  }
  return { fields, frozen };
}

/** The fields that the class body declares. */
function declared(cls: PyClass, options: Options): PyField[] {
  const fields: PyField[] = [];
  let mark: string | undefined;
  for (const [name, hint] of annotationEntries(cls.attrs.get('__annotations__'))) {
    if (isKeywordOnlyMark(hint)) {
      if (mark !== undefined)
        throw raise('TypeError', `${repr(name)} is KW_ONLY, but KW_ONLY has already been specified`);
      mark = name;
    } else fields.push(fieldOf(cls, name, hint, options.kw_only || mark !== undefined));
  }
  for (const field of fields) {
    if (!(cls.attrs.get(field.name!) instanceof PyField)) continue;
    if (field.default === MISSING) deleteAttribute(cls, field.name!);
    else setAttribute(cls, field.name!, field.default);
  }
  for (const [name, value] of cls.attrs)
    if (value instanceof PyField && !fields.includes(value))
      throw raise('TypeError', `${repr(name)} is a field but has no type annotation`);
  return fields;
}

/** Sets a method unless the class body has one. */
function offer(cls: PyClass, name: string, value: Value): void {
  if (!cls.attrs.has(name)) setAttribute(cls, name, value);
}

function refuseOverwriting(cls: PyClass, name: string, advice = ''): void {
  if (cls.attrs.has(name)) throw raise('TypeError', `Cannot overwrite attribute ${name} in class ${cls.name}${advice}`);
}

/** Sets `__hash__` as equality and freezing demand: by the fields, or to None where instances may change. */
function decideHash(cls: PyClass, fields: readonly PyField[], options: Options, ownHash: boolean): void {
  const hashed = () => {
    const names = fields.filter(({ options: one }) => truth(one.hash === null ? one.compare : one.hash));
    return makeHash(
      cls,
      names.map(field => field.name!),
    );
  };
  if (options.unsafe_hash) {
    if (ownHash) refuseOverwriting(cls, '__hash__');
    setAttribute(cls, '__hash__', hashed());
  } else if (options.eq && !ownHash) setAttribute(cls, '__hash__', options.frozen ? hashed() : null);
}

export function process(cls: PyClass, options: Options): PyClass {
  const { fields: known, frozen } = inherited(cls);
  // An `__eq__` alone sets `__hash__` to None, which is no hash of the author's own.
  const ownHash = cls.attrs.has('__hash__') && !(cls.attrs.get('__hash__') === null && cls.attrs.has('__eq__'));
  for (const field of declared(cls, options)) known.set(field.name!, field);
  if (frozen.length > 0) {
    if (frozen.includes(true) && !options.frozen)
      throw raise('TypeError', 'cannot inherit non-frozen dataclass from a frozen one');
    if (frozen.includes(false) && options.frozen)
      throw raise('TypeError', 'cannot inherit frozen dataclass from a non-frozen one');
  }
  setAttribute(cls, '__dataclass_fields__', PyDict.from(known));
  setAttribute(cls, '__dataclass_params__', new PyParameters(options));
  if (options.order && !options.eq) throw raise('ValueError', 'eq must be true if order is true');
  const all = [...known.values()];
  const parameters = all.filter(field => field.kind !== '_FIELD_CLASSVAR');
  const fields = all.filter(field => field.kind === '_FIELD');
  addMethods(cls, parameters, fields, options);
  decideHash(cls, fields, options, ownHash);
  const byPosition = parameters.filter(field => truth(field.options.init) && !truth(field.keywordOnly));
  if (options.match_args) offer(cls, '__match_args__', new PyTuple(byPosition.map(field => field.name!)));
  if (typeof cls.attrs.get('__doc__') !== 'string') setAttribute(cls, '__doc__', docOf(cls, parameters));
  offer(cls, '__replace__', new MadeFunction('_replace', ([self], keywords) => replaced(self!, keywords ?? new Map())));
  if (options.weakref_slot && !options.slots) throw raise('TypeError', 'weakref_slot is True but slots is False');
  if (cls.lookup('__abstractmethods__') !== undefined)
    cls.setAttribute('__abstractmethods__', PyFrozenSet.from(abstractNames(cls)));
  return options.slots ? withSlots(cls, fields) : cls;
}

function addMethods(cls: PyClass, parameters: readonly PyField[], fields: readonly PyField[], options: Options): void {
  const { frozen, slots } = options;
  if (options.init) {
    const postInit = cls.lookup('__post_init__') !== undefined;
    offer(cls, '__init__', makeInit(cls, parameters, { frozen, slots, postInit }));
  }
  const named = (wanted: readonly PyField[]) => wanted.map(field => field.name!);
  if (options.repr) offer(cls, '__repr__', makeRepr(cls, named(fields.filter(field => truth(field.options.repr)))));
  const compared = named(fields.filter(field => truth(field.options.compare)));
  if (options.eq) offer(cls, '__eq__', makeEquality(cls, compared));
  if (options.order)
    for (const [name, op] of ORDERINGS) {
      refuseOverwriting(cls, name, ' Consider using functools.total_ordering');
      setAttribute(cls, name, makeOrdering(cls, name, op, compared));
    }
  if (frozen)
    for (const method of makeFrozen(cls, named(fields), frozenError())) {
      refuseOverwriting(cls, method.name);
      setAttribute(cls, method.name, method);
    }
}

/** The class made anew with its fields as slots; a class cannot get slots later. */
function withSlots(cls: PyClass, fields: readonly PyField[]): PyClass {
  if (cls.attrs.has('__slots__')) throw raise('TypeError', `${cls.name} already specifies __slots__`);
  const taken = new Set(
    cls.mro.slice(1, -1).flatMap(base => {
      const slots = base.attrs.get('__slots__');
      return slots === undefined ? [] : typeof slots === 'string' ? [slots] : listOf(slots);
    }),
  );
  const names = fields.map(field => field.name!);
  const attributes = new Map([...cls.attrs].filter(([name]) => !names.includes(name)));
  for (const name of ['__dict__', '__weakref__']) attributes.delete(name);
  attributes.set('__slots__', new PyTuple(names.filter(name => !taken.has(name))));
  attributes.set('__qualname__', cls.qualname);
  return makeClass(cls.name, cls.bases, attributes);
}

/** What a class without a text of its own gets, in which its defaults stand. */
function docOf(cls: PyClass, parameters: readonly PyField[]): Value {
  const unknown = firstCause(parameters.map(field => field.default));
  return unknown === undefined ? cls.name + signatureText(parameters) : spread(unknown);
}

/** `(x: int, y: int = 0)` */
function signatureText(parameters: readonly PyField[]): string {
  const shown = (field: PyField) => {
    const value = field.factory === MISSING ? field.default : FACTORY;
    return `${field.name}: ${annotationText(field.type)}${value === MISSING ? '' : ` = ${repr(value)}`}`;
  };
  const wanted = parameters.filter(field => truth(field.options.init));
  const byKeyword = wanted.filter(field => truth(field.keywordOnly)).map(shown);
  const byPosition = wanted.filter(field => !truth(field.keywordOnly)).map(shown);
  return `(${[...byPosition, ...(byKeyword.length === 0 ? [] : ['*', ...byKeyword])].join(', ')})`;
}

function annotationText(hint: Value): string {
  if (hint instanceof PyClass) return classPath(hint);
  if (hint instanceof PyGenericAlias || hint instanceof PyUnion) return repr(hint).replaceAll('typing.', '');
  return typeof hint === 'string' ? repr(hint) : repr(hint).replace(/\btyping\./g, '');
}

let frozenErrorClass: PyClass | undefined;

/** `FrozenInstanceError`; made when first asked for. */
export function frozenError(): PyClass {
  frozenErrorClass ??= new PyClass('FrozenInstanceError', [exceptionClassOf('AttributeError')], new Map(), {
    native: true,
    module: 'dataclasses',
  });
  return frozenErrorClass;
}
