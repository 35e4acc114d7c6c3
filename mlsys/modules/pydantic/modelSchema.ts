/** Schemas of models: their fields between the validators that see the whole model. */
import { allocate, isinstance } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { raise } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { fn } from '../../python/runtime/native';
import { type PyClass, PyInstance, typeOf, type Value } from '../../python/runtime/objects';
import { call, callMethod } from '../../python/runtime/operations';
import { noteAttribute } from '../../python/runtime/origins';
import { PySet } from '../../python/runtime/set';
import { vm } from '../../python/runtime/vm';
import { Invalid, invalid } from './errors';
import type { PyPrivateAttribute } from './field';
import { callValidator, FunctionSchema } from './functions';
import type { FieldPart, FieldSet, ModelParts } from './modelFields';
import { type Dump, Exactness, inference, Schema, type State } from './schema';
import { userSerializationError } from './serializationError';
import { dumpedResult, isUsed, type Serializer, serialized } from './serializers';
import { UNDEFINED } from './support';

/** An instance of a model. Its fields are its attributes. */
export class PyModel extends PyInstance {
  fieldsSet = new PySet();
  extra: PyDict | null = null;
  privates: PyDict | null = null;
}

/** What a class statement decided about a model. */
export interface ModelInfo {
  readonly cls: PyClass;
  readonly fieldSet: FieldSet;
  readonly config: PyDict;
  /** Validators of the input, the last one first. */
  readonly before: readonly FunctionSchema[];
  /** The model between the validators of the whole. */
  readonly outer: Schema;
  readonly serializer: Serializer | undefined;
  readonly privates: ReadonlyMap<string, PyPrivateAttribute>;
  /** True where the author wrote `model_post_init`. */
  readonly postInit: boolean;
  /** True where the author wrote `__init__`. */
  readonly customInit: boolean;
  readonly isRoot: boolean;
  /** The generic model that this one gives arguments to. */
  readonly origin: PyClass | undefined;
  readonly frozen: boolean;
  readonly revalidate: string;
}

/** The information of a model's class, which is completed if it must; set by `model.ts`. */
export const models: { info: (cls: PyClass) => ModelInfo } = {
  info: () => {
    throw new Error('models are not set up');
  },
};

const schemas = new WeakMap<PyClass, ModelSchema>();

/** The one schema of a model's class. */
export function schemaOfModel(cls: PyClass): ModelSchema {
  let known = schemas.get(cls);
  if (known === undefined) {
    known = new ModelSchema(cls);
    schemas.set(cls, known);
  }
  return known;
}

/** Stands for a model whose fields may still have to be read. */
export class ModelSchema extends Schema {
  readonly cls: PyClass;
  constructor(cls: PyClass) {
    super();
    this.cls = cls;
  }
  get name(): string {
    return models.info(this.cls).outer.name;
  }
  fieldNamed(name: string): FieldPart | undefined {
    return models.info(this.cls).fieldSet.byName.get(name);
  }
  validate(input: Value, state: State): Value | Invalid {
    const { outer } = models.info(this.cls);
    return state.once(this, input, () => outer.validate(input, state)) ?? invalid('recursion_loop', input);
  }
  override dump(value: Value, dump: Dump): Value {
    if (!(value instanceof PyModel) || !isinstance(value, this.cls)) return inference.dump(value, dump);
    return dumpModel(value, models.info(dump.asAny ? value.cls : this.cls), dump);
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.cls);
  }
}

export const isModelSchema = (schema: Schema): schema is ModelSchema => schema instanceof ModelSchema;

/** Dumps a model by a class's fields. */
export function dumpModel(value: PyModel, info: ModelInfo, dump: Dump): Value {
  if (dump.open.has(value)) throw circular(dump);
  dump.open.add(value);
  vm.enter();
  try {
    const { serializer } = info;
    const plain = (): Value => plainDump(value, info, dump);
    if (serializer === undefined || !isUsed(serializer, value, dump)) return plain();
    const result = serialized(serializer, [], value, dump, null, plain);
    return dumpedResult(result, serializer, dump, undefined);
  } finally {
    vm.leave();
    dump.open.delete(value);
  }
}

/** What a value that holds itself cannot become. */
export function circular(dump: Dump): Error {
  const message = 'Circular reference detected (id repeated)';
  if (!dump.text) return raise('ValueError', message);
  return userSerializationError(`Error serializing to JSON: ValueError: ${message}`);
}

function plainDump(value: PyModel, info: ModelInfo, dump: Dump): Value {
  if (info.isRoot) {
    const root = value.attrs!.get('root') ?? null;
    return info.fieldSet.byName.get('root')!.schema.dump(root, dump);
  }
  return info.fieldSet.dump(value, value.attrs!.entries(), value.extra, value.fieldsSet, dump);
}

/** Fills an instance with what was validated. */
export function fill(self: PyModel, parts: ModelParts, existing?: PySet): void {
  touch(self);
  vm.charge(50 * (parts.values.size + 1));
  self.attrs!.clear();
  for (const [name, value] of parts.values.entries()) self.attrs!.set(name as string, value);
  for (const [name, origin] of parts.origins ?? []) noteAttribute(self, name, origin);
  self.extra = parts.extra;
  self.fieldsSet = existing === undefined ? PySet.from(parts.set) : PySet.from(existing.items());
  self.privates = null;
}

/** Gives an instance its private attributes. */
export function initPrivates(self: PyModel, info: Pick<ModelInfo, 'privates'>): void {
  if (info.privates.size === 0 || self.privates !== null) return;
  const made = new PyDict();
  for (const [name, attribute] of info.privates) {
    const value = attribute.initial();
    if (value !== undefined) made.set(name, value);
  }
  self.privates = made;
}

/** The model itself, inside the validators that see the whole. */
export class CoreModelSchema extends Schema {
  readonly info: () => ModelInfo;
  readonly cls: PyClass;
  constructor(cls: PyClass, info: () => ModelInfo) {
    super();
    this.cls = cls;
    this.info = info;
  }
  get name(): string {
    return this.cls.name;
  }

  validate(input: Value, state: State): Value | Invalid {
    const info = this.info();
    if (state.self !== undefined) {
      const self = state.self as PyModel;
      state.self = undefined;
      return this.#filled(self, input, undefined, info, state);
    }
    const isOwn = isinstance(input, this.cls);
    const isOrigin = !isOwn && info.origin !== undefined && isinstance(input, info.origin);
    if ((isOwn || isOrigin) && input instanceof PyModel) {
      if (isOwn && !this.#revalidates(input, info)) return input;
      const source = info.isRoot
        ? input.attrs!.get('root')!
        : PyDict.from([...input.attrs!, ...(input.extra?.entries() ?? [])]);
      return this.#made(source, input.fieldsSet, info, state);
    }
    state.floor(Exactness.Strict);
    return this.#made(input, undefined, info, state);
  }

  #revalidates(input: PyModel, { revalidate }: ModelInfo): boolean {
    return revalidate === 'always' || (revalidate === 'subclass-instances' && typeOf(input) !== this.cls);
  }

  #made(input: Value, set: PySet | undefined, info: ModelInfo, state: State): Value | Invalid {
    if (info.customInit && input instanceof PyDict) {
      const keywords = new Map([...input.entries()] as [string, Value][]);
      return callValidator(
        fn('make()', () => call(this.cls, [], keywords)),
        [],
        input,
      );
    }
    vm.charge(200);
    return this.#filled(allocate(this.cls, [], undefined) as PyModel, input, set, info, state);
  }

  #filled(self: PyModel, input: Value, set: PySet | undefined, info: ModelInfo, state: State): Value | Invalid {
    const parts = this.parts(input, info, state, one => info.fieldSet.validate(one, state));
    if (parts instanceof Invalid) return parts;
    fill(self, parts, set);
    initPrivates(self, info);
    if (!info.postInit) return self;
    const done = callValidator(
      fn('post()', () => callMethod(self, 'model_post_init', state.context)),
      [],
      input,
    );
    return done instanceof Invalid ? done : self;
  }

  /** What the fields make of an input after the validators that come before them. */
  parts(
    input: Value,
    info: ModelInfo,
    state: State,
    last: (input: Value) => ModelParts | Invalid,
  ): ModelParts | Invalid {
    if (info.isRoot) return this.#root(input, info, state);
    let parts: ModelParts | Invalid | undefined;
    const end = (one: Value): Value | Invalid => {
      parts = last(one);
      return parts instanceof Invalid ? parts : null;
    };
    const run = info.before.reduce(
      (next, validator) =>
        (one: Value): Value | Invalid =>
          validator.run(one, state, next),
      end,
    );
    const done = run(input);
    return done instanceof Invalid ? done : parts!;
  }

  #root(input: Value, info: ModelInfo, state: State): ModelParts | Invalid {
    const field = info.fieldSet.byName.get('root')!;
    const run = info.before.reduce(
      (next, validator) =>
        (one: Value): Value | Invalid =>
          validator.run(one, state, next),
      (one: Value): Value | Invalid => field.schema.validate(one, state),
    );
    if (input === UNDEFINED && field.info.isRequired) return invalid('missing', input);
    const made = run(input);
    if (made instanceof Invalid) return made;
    return { values: PyDict.from([['root', made]]), extra: null, set: input === UNDEFINED ? [] : ['root'] };
  }

  /** Assigns one field of an instance. */
  assign(self: PyModel, name: string, value: Value, state: State): Value | Invalid {
    const info = this.info();
    const values = PyDict.from([...self.attrs!, ...(self.extra?.entries() ?? [])]);
    values.set(name, value);
    const parts = this.parts(values, info, state, one => info.fieldSet.assign(one as PyDict, name, value, state));
    if (parts instanceof Invalid) return parts;
    touch(self);
    const keep = new Map(self.attrs!);
    self.attrs!.clear();
    for (const [key, one] of parts.values.entries()) self.attrs!.set(key as string, one);
    for (const [key, one] of keep)
      if (!self.attrs!.has(key) && !info.fieldSet.byName.has(key) && !(parts.extra?.has(key) ?? false))
        self.attrs!.set(key, one);
    if (parts.extra !== null) self.extra = parts.extra;
    touch(self.fieldsSet);
    for (const one of parts.set) self.fieldsSet.map.set(one, null);
    return self;
  }
}

/** Assigns through the validators of the whole model. */
export function assignThrough(
  schema: Schema,
  self: PyModel,
  name: string,
  value: Value,
  state: State,
): Value | Invalid {
  if (schema instanceof CoreModelSchema) return schema.assign(self, name, value, state);
  if (schema instanceof FunctionSchema && schema.schema !== undefined) {
    const { schema: inner } = schema;
    return schema.run(self, state, () => assignThrough(inner, self, name, value, state));
  }
  return self;
}
