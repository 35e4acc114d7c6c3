/** The methods of `BaseModel` and `RootModel`. */

import { allocate } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { leftOut } from '../../python/runtime/members';
import { mutations, touch, withhold } from '../../python/runtime/mutation';
import { defineClassMethods, defineMethods, method, type NativeBody } from '../../python/runtime/native';
import {
  NativeFunction,
  NotImplemented,
  PyBytes,
  PyClass,
  PyList,
  PyProperty,
  PyTuple,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import {
  call,
  compare,
  equals,
  genericDeleteAttribute,
  genericSetAttribute,
  getAttribute,
  guardedRepr,
  iterate,
  iteratorOf,
  repr,
  truth,
} from '../../python/runtime/operations';
import { passAll } from '../../python/runtime/origins';
import { PySet, PySetBase } from '../../python/runtime/set';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { deepCopy } from '../standard/copy';
import { computedFields } from './computed';
import { isOn } from './config';
import { PyDecorations } from './decorators';
import { Invalid, invalid } from './errors';
import { defaultOf, displayType } from './field';
import { parametrize } from './generic';
import { jsonText } from './jsonText';
import { baseModel, fieldsOf, genericMetadata, infoOf, isComplete, modelMeta, privatesOf, rebuild } from './model';
import { assignThrough, dumpModel, initPrivates, PyModel, schemaOfModel } from './modelSchema';
import { type Dump, State } from './schema';
import { guarded } from './support';
import { PyValidationError } from './validationError';

/** The value of a validation, or the exception for its faults. */
export function required(made: Value | Invalid, title: string, json: boolean, hide = false): Value {
  if (made instanceof Invalid) throw new PyError(new PyValidationError(title, made.lines, json, hide));
  return made;
}

const titleOf = (cls: PyClass): string => {
  const config = cls.lookup('model_config');
  const title = config instanceof PyDict ? config.get('title') : undefined;
  return typeof title === 'string' ? title : cls.name;
};

const hides = (cls: PyClass): boolean => isOn(cls.lookup('model_config') as PyDict, 'hide_input_in_errors');

/** Validates an input into an instance that `__init__` is given. */
export function initialize(self: PyModel, input: Value): null {
  // Validators that cannot be followed may leave an instance of which no more is known.
  const { cls } = self;
  const info = infoOf(cls);
  const state = new State();
  state.self = self;
  required(info.outer.validate(input, state), titleOf(cls), false, hides(cls));
  return null;
}

interface ValidateOptions {
  readonly strict?: Value | undefined;
  readonly fromAttributes?: Value | undefined;
  readonly context?: Value | undefined;
}

/** `model_validate` and its kin. */
function validated(
  cls: PyClass,
  input: Value,
  { strict, fromAttributes, context }: ValidateOptions,
  json = false,
): Value {
  refuseUnknown(input);
  const state = State.of(json, { strict, fromAttributes, context });
  return required(schemaOfModel(cls).validate(input, state), titleOf(cls), json, hides(cls));
}

/** What a text of JSON holds. */
export function parsedJson(text: Value, title: string): Value {
  if (typeof text !== 'string' && !(text instanceof PyBytes)) return required(invalid('json_type', text), title, true);
  const made = guarded(() => call(getAttribute(vm.import('json'), 'loads'), [text]));
  if (made instanceof PyException) throw new Unsupported('validating a text that is no JSON');
  return made;
}

/** The arguments of a dump. */
export function dumpOptions(options: ReadonlyMap<string, Value>, json: boolean, text = false): Dump {
  const on = (name: string): boolean => truth(options.get(name) ?? false);
  return {
    json,
    text,
    include: options.get('include') ?? null,
    exclude: options.get('exclude') ?? null,
    byAlias: on('by_alias'),
    excludeUnset: on('exclude_unset'),
    excludeDefaults: on('exclude_defaults'),
    excludeNone: on('exclude_none'),
    roundTrip: on('round_trip'),
    asAny: on('serialize_as_any'),
    context: options.get('context') ?? null,
    open: new Set(),
  };
}

const DUMP_OPTIONS = [
  'include',
  'exclude',
  'context',
  'by_alias',
  'exclude_unset',
  'exclude_defaults',
  'exclude_none',
  'round_trip',
  'warnings',
  'serialize_as_any',
];

export function checkDumpOptions(name: string, options: ReadonlyMap<string, Value>, more: readonly string[]): void {
  for (const key of options.keys())
    if (!DUMP_OPTIONS.includes(key) && !more.includes(key))
      throw raise('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
}

function modelDump(self: PyModel, options: ReadonlyMap<string, Value>): Value {
  checkDumpOptions('BaseModel.model_dump', options, ['mode']);
  const dump = dumpOptions(options, options.get('mode') === 'json');
  return dumpModel(self, infoOf(self.cls), dump);
}

function modelDumpJson(self: PyModel, options: ReadonlyMap<string, Value>): Value {
  checkDumpOptions('BaseModel.model_dump_json', options, ['indent']);
  const indent = options.get('indent') ?? null;
  const value = dumpModel(self, infoOf(self.cls), dumpOptions(options, true, true));
  return jsonText(value, typeof indent === 'bigint' ? Number(indent) : undefined);
}

// ------------------------------------------------------------------------------------------------------------ copies

function copyOf(self: PyModel, deep: Value | undefined): PyModel {
  const made = allocate(self.cls, [], undefined) as PyModel;
  const copy = (value: Value): Value => (deep === undefined ? value : deepCopy(value, deep as PyDict));
  for (const [name, value] of self.attrs!) made.attrs!.set(name, copy(value));
  if (self.extra !== null)
    made.extra = PyDict.from([...self.extra.entries()].map(([key, value]) => [key, copy(value)]));
  made.fieldsSet = PySet.from(self.fieldsSet.items());
  if (self.privates !== null)
    made.privates = PyDict.from([...self.privates.entries()].map(([key, value]) => [key, copy(value)]));
  return made;
}

function modelCopy(self: PyModel, update: Value = null, deep: Value = false): Value {
  const made = truth(deep)
    ? (call(getAttribute(self, '__deepcopy__'), []) as PyModel)
    : (call(getAttribute(self, '__copy__'), []) as PyModel);
  if (!(update instanceof PyDict)) return made;
  const allows = infoOf(self.cls).config.get('extra') === 'allow';
  const fields = fieldsOf(self.cls);
  for (const [key, value] of update.entries()) {
    if (allows && !fields.has(key as string)) {
      made.extra ??= new PyDict();
      made.extra.set(key, value);
    } else made.attrs!.set(key as string, value);
    made.fieldsSet.map.set(key, null);
  }
  return made;
}

/** `model_construct`: an instance without validation. */
export function construct(cls: PyClass, set: Value | undefined, values: ReadonlyMap<string, Value>): Value {
  const info = infoOf(cls);
  const made = allocate(cls, [], undefined) as PyModel;
  const rest = new Map(values);
  const given = new Set<string>();
  const done = new PyDict();
  const take = (name: string, key: Value): boolean => {
    if (typeof key !== 'string' || !rest.has(key)) return false;
    done.set(name, rest.get(key)!);
    rest.delete(key);
    given.add(name);
    return true;
  };
  for (const [name, field] of fieldsOf(cls)) {
    if (take(name, field.get('alias')) || take(name, field.get('validation_alias')) || take(name, name)) continue;
    const value = field.isRequired ? undefined : defaultOf(field, () => done);
    if (value !== undefined) done.set(name, value);
  }
  for (const [name, value] of done.entries()) made.attrs!.set(name as string, value);
  made.fieldsSet = set instanceof PySetBase ? PySet.from(set.items()) : PySet.from(given);
  if (info.config.get('extra') === 'allow') made.extra = PyDict.from(rest);
  initPrivates(made, info);
  if (info.postInit) call(getAttribute(made, 'model_post_init'), [null]);
  return made;
}

// -------------------------------------------------------------------------------------------------------- attributes

/** Refuses what models have in Python and not here. */
function refuseLeftOut(of: Value, name: string): void {
  const refusal = /^__.*__$/.test(name) ? leftOut(of, name) : undefined;
  if (refusal !== undefined) throw refusal;
}

function missing(self: PyModel, name: string): PyError {
  refuseLeftOut(self, name);
  return raise('AttributeError', `${repr(self.cls.name)} object has no attribute ${repr(name)}`);
}

function loadAttribute(self: PyModel, name: string): Value {
  if (privatesOf(self.cls).has(name)) {
    const value = self.privates?.get(name);
    if (value === undefined) throw missing(self, name);
    return value;
  }
  const value = self.extra?.get(name);
  if (value !== undefined) return value;
  throw missing(self, name);
}

function storeAttribute(self: PyModel, name: string, value: Value): null {
  const { cls } = self;
  const classVars = cls.lookup('__class_vars__');
  if (classVars instanceof PyTuple && classVars.items.includes(name))
    throw raise(
      'AttributeError',
      `${repr(name)} is a ClassVar of \`${cls.name}\` and cannot be set on an instance. If you want to set a value on the class, use \`${cls.name}.${name} = value\`.`,
    );
  if (name.startsWith('_')) {
    storePrivate(self, name, value);
    return null;
  }
  refuseFrozen(self, name, value);
  const attribute = cls.lookup(name);
  const fields = fieldsOf(cls);
  const config = cls.lookup('model_config') as PyDict;
  if (attribute instanceof PyProperty) genericSetAttribute(self, name, value);
  else if (attribute !== undefined && typeOf(attribute).name === 'cached_property') setField(self, name, value);
  else if (isOn(config, 'validate_assignment'))
    required(assignThrough(infoOf(cls).outer, self, name, value, new State()), titleOf(cls), false);
  else if (!fields.has(name)) storeExtra(self, name, value, config);
  else {
    setField(self, name, value);
    touch(self.fieldsSet);
    self.fieldsSet.map.set(name, null);
  }
  return null;
}

function setField(self: PyModel, name: string, value: Value): void {
  touch(self);
  self.attrs!.set(name, value);
}

function storePrivate(self: PyModel, name: string, value: Value): void {
  if (name === '__dict__' || self.privates === null || !privatesOf(self.cls).has(name)) {
    genericSetAttribute(self, name, value);
    return;
  }
  touch(self);
  touch(self.privates);
  self.privates.set(name, value);
}

function storeExtra(self: PyModel, name: string, value: Value, config: PyDict): void {
  if (config.get('extra') !== 'allow') throw raise('ValueError', `"${self.cls.name}" object has no field "${name}"`);
  touch(self);
  self.extra ??= new PyDict();
  if (self.cls.lookup(name) !== undefined && !self.extra.has(name)) genericSetAttribute(self, name, value);
  else {
    touch(self.extra);
    self.extra.set(name, value);
  }
}

function refuseFrozen(self: PyModel, name: string, value: Value): void {
  const kind = isOn(self.cls.lookup('model_config') as PyDict, 'frozen')
    ? 'frozen_instance'
    : fieldsOf(self.cls).get(name)?.get('frozen') === true
      ? 'frozen_field'
      : undefined;
  if (kind !== undefined) required(invalid(kind, value).within(name), self.cls.name, false);
}

function dropAttribute(self: PyModel, name: string): null {
  if (privatesOf(self.cls).has(name)) {
    if (self.privates === null || !self.privates.has(name)) throw missing(self, name);
    touch(self.privates);
    self.privates.delete(name);
    return null;
  }
  refuseFrozen(self, name, null);
  if (fieldsOf(self.cls).has(name)) genericDeleteAttribute(self, name);
  else if (self.extra?.has(name) ?? false) {
    touch(self.extra!);
    self.extra!.delete(name);
  } else if (guarded(() => genericDeleteAttribute(self, name)) instanceof PyException) throw missing(self, name);
  return null;
}

// -------------------------------------------------------------------------------------------- comparison, texts

const originOf = (cls: PyClass): PyClass => genericMetadata(cls)?.origin ?? cls;

function sameModels(self: PyModel, other: Value): Value {
  if (!(other instanceof PyModel)) return NotImplemented;
  const same = (a: Value, b: Value): boolean => a === b || equals(a, b);
  if (
    originOf(self.cls) !== originOf(other.cls) ||
    !same(self.privates, other.privates) ||
    !same(self.extra, other.extra)
  )
    return false;
  vm.enter();
  try {
    const names = [...fieldsOf(self.cls).keys()];
    return names.every(name => {
      const [a, b] = [self.attrs!.get(name), other.attrs!.get(name)];
      vm.step();
      return a === undefined || b === undefined ? a === b : same(a, b) || truth(compare('==', a, b));
    });
  } finally {
    vm.leave();
  }
}

/** Names and texts of what representations show. */
function shownParts(self: PyModel): string[] {
  const parts: string[] = [];
  const fields = fieldsOf(self.cls);
  for (const [name, value] of self.attrs!) {
    vm.step();
    if (fields.get(name)?.get('repr') === true) parts.push(`${name}=${value === self ? recursion(self) : repr(value)}`);
  }
  for (const [name, value] of self.extra?.entries() ?? []) parts.push(`${String(name)}=${repr(value)}`);
  for (const one of decorationsOf(self.cls).of('computed_field'))
    if (one.decoration.repr) parts.push(`${one.name}=${repr(getAttribute(self, one.name))}`);
  return parts;
}

function recursion(_self: PyModel): string {
  throw new Unsupported('the repr of a model that holds itself');
}

function decorationsOf(cls: PyClass): PyDecorations {
  const known = cls.lookup('__pydantic_decorators__');
  return known instanceof PyDecorations ? known : new PyDecorations(new Map());
}

function shown(self: PyModel, separator: string, wrap: (text: string) => string): Value {
  const custom = self.cls.mro.find(cls => !cls.native && cls.attrs.has('__repr_args__'));
  if (custom === undefined) return guardedRepr(self, '...', () => wrap(shownParts(self).join(separator)));
  return guardedRepr(self, '...', () => {
    const parts: string[] = [];
    const next = iterate(call(getAttribute(self, '__repr_args__'), []));
    for (let one = next(); one !== undefined; one = next()) {
      const [name, value] = (one as PyTuple).items as [Value, Value];
      parts.push(name === null ? repr(value) : `${String(name)}=${repr(value)}`);
    }
    return wrap(parts.join(separator));
  });
}

/** Fields by name, as classes and (with a warning in later versions) instances show them. */
const fieldDict = (cls: PyClass): PyDict => (cls.lookup('__pydantic_fields__') as PyDict | undefined) ?? new PyDict();

function property(cls: PyClass, name: string, get: NativeBody): void {
  cls.setAttribute(name, new PyProperty(method(`${name}()`, get)));
}

/** Methods of earlier versions that only warn. */
function setUpDeprecated(): void {
  defineMethods(baseModel, {
    'copy(*, include=None, exclude=None, update=None, deep=False)': (
      self: PyModel,
      include: Value = null,
      exclude: Value = null,
      update: Value = null,
      deep: Value = false,
    ) => {
      const fields = fieldsOf(self.cls);
      const isPlain = !(update instanceof PyDict) || [...update.keys()].every(key => fields.has(key as string));
      if (include !== null || exclude !== null || !isPlain) throw new Unsupported('BaseModel.copy of parts');
      return modelCopy(self, update, deep);
    },
    'dict(**options)': (self: PyModel, options: ReadonlyMap<string, Value>) => modelDump(self, options),
    'json(**options)': (self: PyModel, options: ReadonlyMap<string, Value>) => modelDumpJson(self, options),
  });
  defineClassMethods(baseModel, {
    'parse_obj(obj)': (cls: PyClass, input: Value) => call(getAttribute(cls, 'model_validate'), [input]),
    'parse_raw(b)': (cls: PyClass, text: Value) => call(getAttribute(cls, 'model_validate_json'), [text]),
    'construct(_fields_set=None, **values)': construct,
    'validate(value)': (cls: PyClass, input: Value) => call(getAttribute(cls, 'model_validate'), [input]),
    'update_forward_refs(**localns)': (cls: PyClass) => {
      rebuild(cls, true);
      return null;
    },
  });
  for (const name of [
    '__signature__',
    '__get_pydantic_core_schema__',
    '__pydantic_core_schema__',
    '__pydantic_validator__',
    '__pydantic_serializer__',
    'schema',
    'schema_json',
    'from_orm',
    'parse_file',
  ])
    baseModel.setAttribute(name, new PyProperty(refusal(name)));
}

const refusal = (name: string): NativeFunction =>
  method(`${name}()`, () => {
    throw new Unsupported(`BaseModel.${name}`);
  });

export function setUpBaseModel(): void {
  baseModel.construct = cls => {
    if (cls === baseModel) infoOf(cls);
    return new PyModel(cls);
  };
  baseModel.setAttribute('model_config', new PyDict());
  baseModel.setAttribute('__pydantic_root_model__', false);
  baseModel.setAttribute(
    '__init__',
    new NativeFunction(
      '__init__',
      (args, keywords) => {
        if (args.length > 1)
          throw raise('TypeError', `BaseModel.__init__() takes 1 positional argument but ${args.length} were given`);
        const data = PyDict.from(keywords ?? []);
        passAll(keywords, data);
        return initialize(args[0] as PyModel, data);
      },
      { signature: '__init__(**data)', binds: true, of: baseModel },
    ),
  );
  defineMethods(baseModel, {
    'model_dump(**options)': modelDump,
    'model_dump_json(**options)': modelDumpJson,
    'model_copy(*, update=None, deep=False)': modelCopy,
    'model_post_init(context, /)': () => null,
    '__copy__()': (self: PyModel) => copyOf(self, undefined),
    '__deepcopy__(memo=None)': (self: PyModel, memo?: Value) =>
      copyOf(self, memo instanceof PyDict ? memo : new PyDict()),
    '__replace__(**changes)': (self: PyModel, changes: ReadonlyMap<string, Value>) =>
      modelCopy(self, PyDict.from(changes)),
    '__getattr__(item)': loadAttribute,
    '__setattr__(name, value)': storeAttribute,
    '__delattr__(item)': dropAttribute,
    '__eq__(other)': sameModels,
    '__iter__()': (self: PyModel) => {
      const pairs = [...self.attrs!].filter(([name]) => !name.startsWith('_'));
      const all: Value[] = [...pairs, ...(self.extra?.entries() ?? [])].map(pair => new PyTuple([...pair]));
      return iteratorOf(new PyList(all));
    },
    '__repr__()': (self: PyModel) => shown(self, ', ', text => `${typeOf(self).name}(${text})`),
    '__str__()': (self: PyModel) => shown(self, ' ', text => text),
    '__repr_args__()': (self: PyModel) => new PyList(reprArguments(self)),
    '__repr_name__()': (self: PyModel) => self.cls.name,
  });
  baseModel.setAttribute('__hash__', null);
  setUpClassMethods();
  setUpDeprecated();
  const privateState: Readonly<Record<string, (self: PyModel) => Value>> = {
    model_extra: self => self.extra,
    model_fields_set: self => self.fieldsSet,
    __pydantic_extra__: self => self.extra,
    __pydantic_fields_set__: self => self.fieldsSet,
    __pydantic_private__: self => self.privates,
  };
  for (const [name, get] of Object.entries(privateState)) property(baseModel, name, get);
  for (const cls of [modelMeta, baseModel]) {
    const classOf = (self: PyClass | PyModel): PyClass => (self instanceof PyClass ? self : self.cls);
    property(cls, 'model_fields', (self: PyClass) => fieldDict(classOf(self)));
    property(cls, 'model_computed_fields', (self: PyClass) =>
      computedFields(decorationsOf(classOf(self)).of('computed_field')),
    );
    property(cls, '__fields__', (self: PyClass) => fieldDict(classOf(self)));
    property(cls, '__fields_set__', (self: PyModel) => self.fieldsSet);
  }
  defineMethods(modelMeta, {
    '__getattr__(item)': (cls: PyClass, name: string) => {
      if (privatesOf(cls).has(name)) return privatesOf(cls).get(name)!;
      refuseLeftOut(cls, name);
      throw raise('AttributeError', name);
    },
  });
}

/** Pairs of names and values, as `__repr_args__` gives them to authors who extend it. */
function reprArguments(self: PyModel): Value[] {
  const fields = fieldsOf(self.cls);
  const made: Value[] = [];
  for (const [name, value] of self.attrs!)
    if (fields.get(name)?.get('repr') === true) made.push(new PyTuple([name, value]));
  for (const [name, value] of self.extra?.entries() ?? []) made.push(new PyTuple([name, value]));
  for (const one of decorationsOf(self.cls).of('computed_field'))
    if (one.decoration.repr) made.push(new PyTuple([one.name, getAttribute(self, one.name)]));
  return made;
}

function setUpClassMethods(): void {
  defineClassMethods(baseModel, {
    'model_validate(obj, *, strict=None, from_attributes=None, context=None)': (
      cls: PyClass,
      input: Value,
      strict?: Value,
      fromAttributes?: Value,
      context?: Value,
    ) => validated(cls, input, { strict, fromAttributes, context }),
    'model_validate_json(json_data, *, strict=None, context=None)': (
      cls: PyClass,
      text: Value,
      strict?: Value,
      context?: Value,
    ) => validated(cls, parsedJson(text, titleOf(cls)), { strict, context }, true),
    'model_construct(_fields_set=None, **values)': construct,
    '__pydantic_init_subclass__(**kwargs)': () => null,
    'model_rebuild(*, force=False, raise_errors=True, _parent_namespace_depth=2, _types_namespace=None)': (
      cls: PyClass,
      force: Value = false,
      raises: Value = true,
      _depth?: Value,
      names?: Value,
    ) => {
      if (names instanceof PyDict) throw new Unsupported('model_rebuild with _types_namespace');
      if (!truth(force) && isComplete(cls)) return null;
      if (mutations.frozen) withhold('a model');
      return rebuild(cls, truth(raises));
    },
    'model_parametrized_name(params)': (cls: PyClass, params: PyTuple) => genericName(cls, params.items),
    '__class_getitem__(params, /)': (cls: PyClass, given: Value) =>
      parametrize(cls, given, args => genericName(originOf(cls), args)),
    'model_json_schema(*args, **kwargs)': () => {
      throw new Unsupported('model_json_schema');
    },
    'model_validate_strings(*args, **kwargs)': () => {
      throw new Unsupported('model_validate_strings');
    },
  });
}

const genericName = (cls: PyClass, args: readonly Value[]): string => {
  const own = cls.mro.find(one => !one.native && one.attrs.has('model_parametrized_name'));
  if (own !== undefined) return String(call(getAttribute(cls, 'model_parametrized_name'), [new PyTuple(args)]));
  return `${cls.name}[${args.map(arg => (typeof arg === 'string' ? arg : displayType(arg))).join(', ')}]`;
};
