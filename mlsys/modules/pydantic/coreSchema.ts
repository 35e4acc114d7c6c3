/**
 * `__get_pydantic_core_schema__`: schemas that an author writes by the functions of `pydantic_core.core_schema`, for a class
 * of their own or for what stands in `Annotated`.
 */
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties, fn } from '../../python/runtime/native';
import { PyClass, PyList, type PyModule, PyObject, PyTuple, strClass, type Value } from '../../python/runtime/objects';
import { call, findAttribute, truth } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { moduleOf } from '../standard/support';
import type { Surroundings } from './build';
import { InstanceSchema, LiteralSchema, NullableSchema, UnionSchema } from './choices';
import { constrained } from './constrain';
import { DictSchema, ListSchema, SetSchema, TupleSchema } from './containers';
import type { Invalid } from './errors';
import { FunctionSchema, type ValidatorMode } from './functions';
import { AnySchema, BoolSchema, FloatSchema, IntSchema, NO_LIMITS, NoneSchema, TextSchema } from './scalars';
import { type Dump, Schema, type State } from './schema';
import { SerializedSchema, type Serializer } from './serializers';
import { libraryClass, UNDEFINED } from './support';

/** The name of the method by which a class or a mark makes its schema. */
export const HOOK = '__get_pydantic_core_schema__';

export const coreSchemaClass = libraryClass('CoreSchema', 'pydantic_core.core_schema');
export const handlerClass = libraryClass('GetCoreSchemaHandler', 'pydantic.annotated_handlers');

/** A schema as the author gets it from the handler: a dict in Python, of which no more is told here. */
class PyCoreSchema extends PyObject {
  readonly schema: Schema;
  constructor(schema: Schema) {
    super(coreSchemaClass);
    this.schema = schema;
  }
}

const insides = (): never => {
  throw new Unsupported('what a core schema holds');
};
defineMethods(coreSchemaClass, {
  '__getitem__(key, /)': insides,
  '__setitem__(key, value, /)': insides,
  '__contains__(key, /)': insides,
  '__iter__()': insides,
  '__getattr__(name, /)': insides,
  '__repr__()': insides,
});

/** What the hook calls for the schema of a type. */
class PyCoreHandler extends PyObject {
  readonly inner: (type: Value) => Schema;
  readonly fresh: (type: Value) => Schema;
  readonly field: string | undefined;
  constructor(inner: (type: Value) => Schema, fresh: (type: Value) => Schema, field: string | undefined) {
    super(handlerClass);
    this.inner = inner;
    this.fresh = fresh;
    this.field = field;
  }
}

defineMethods(handlerClass, {
  '__call__(source_type, /)': (self: PyCoreHandler, type: Value) => new PyCoreSchema(self.inner(type)),
  'generate_schema(source_type, /)': (self: PyCoreHandler, type: Value) => new PyCoreSchema(self.fresh(type)),
  'resolve_ref_schema(maybe_ref_schema, /)': (_self: PyCoreHandler, schema: Value) => schema,
});
defineProperties(handlerClass, { field_name: (self: PyCoreHandler) => self.field ?? null });

/** The schema that a hook makes; `inner` is that of the type without it, `fresh` that of any other. */
export function hookedSchema(
  owner: Value,
  source: Value,
  inner: (type: Value) => Schema,
  fresh: (type: Value) => Schema,
  around: Surroundings,
): Schema {
  const made = call(findAttribute(owner, HOOK)!, [source, new PyCoreHandler(inner, fresh, around.field)]);
  refuseUnknown(made);
  return schemaOfCore(made, around);
}

/** True for what has a hook of the author's own. */
export function hasHook(value: Value): boolean {
  const cls = value instanceof PyClass ? value : value instanceof PyObject ? value.cls : undefined;
  return cls?.mro.some(one => !one.native && one.attrs.has(HOOK)) ?? false;
}

// ------------------------------------------------------------------------------------------------------ the functions

/** The parameters that may be given by position. */
const FUNCTIONS: Readonly<Record<string, { readonly type: string; readonly parameters: readonly string[] }>> = {
  any_schema: { type: 'any', parameters: [] },
  none_schema: { type: 'none', parameters: [] },
  bool_schema: { type: 'bool', parameters: ['strict'] },
  int_schema: { type: 'int', parameters: [] },
  float_schema: { type: 'float', parameters: [] },
  str_schema: { type: 'str', parameters: [] },
  literal_schema: { type: 'literal', parameters: ['expected'] },
  is_instance_schema: { type: 'is-instance', parameters: ['cls'] },
  list_schema: { type: 'list', parameters: ['items_schema'] },
  set_schema: { type: 'set', parameters: ['items_schema'] },
  frozenset_schema: { type: 'frozenset', parameters: ['items_schema'] },
  tuple_schema: { type: 'tuple', parameters: ['items_schema'] },
  dict_schema: { type: 'dict', parameters: ['keys_schema', 'values_schema'] },
  nullable_schema: { type: 'nullable', parameters: ['schema'] },
  union_schema: { type: 'union', parameters: ['choices'] },
  chain_schema: { type: 'chain', parameters: ['steps'] },
  json_or_python_schema: { type: 'json-or-python', parameters: ['json_schema', 'python_schema'] },
  lax_or_strict_schema: { type: 'lax-or-strict', parameters: ['lax_schema', 'strict_schema'] },
  no_info_plain_validator_function: { type: 'function-plain', parameters: ['function'] },
  no_info_after_validator_function: { type: 'function-after', parameters: ['function', 'schema'] },
  no_info_before_validator_function: { type: 'function-before', parameters: ['function', 'schema'] },
  no_info_wrap_validator_function: { type: 'function-wrap', parameters: ['function', 'schema'] },
  with_info_plain_validator_function: { type: 'function-plain', parameters: ['function'] },
  with_info_after_validator_function: { type: 'function-after', parameters: ['function', 'schema'] },
  with_info_before_validator_function: { type: 'function-before', parameters: ['function', 'schema'] },
  with_info_wrap_validator_function: { type: 'function-wrap', parameters: ['function', 'schema'] },
  plain_serializer_function_ser_schema: { type: 'function-plain', parameters: ['function'] },
  wrap_serializer_function_ser_schema: { type: 'function-wrap', parameters: ['function'] },
  to_string_ser_schema: { type: 'to-string', parameters: [] },
};

/** Keys that change nothing here. */
const IDLE = ['ref', 'metadata', 'json_schema_input_schema', 'return_schema', 'info_arg', 'is_field_serializer'];

/** `pydantic_core.core_schema`, whose functions describe schemas by dicts. */
export function coreSchemaModule(): PyModule {
  made ??= makeCoreSchemaModule();
  return made;
}

/** The one module, which its package has as an attribute. */
let made: PyModule | undefined;

function makeCoreSchemaModule(): PyModule {
  const members: Record<string, Value> = { CoreSchema: coreSchemaClass };
  for (const [name, { type, parameters }] of Object.entries(FUNCTIONS))
    members[name] = fn(`${name}(*args, **options)`, (args: PyTuple, options: ReadonlyMap<string, Value>) => {
      if (args.items.length > parameters.length)
        throw raise(
          'TypeError',
          `${name}() takes ${parameters.length} positional argument${parameters.length === 1 ? '' : 's'} but ${args.items.length} were given`,
        );
      const made = PyDict.from([['type', type]]);
      if (name.startsWith('with_info')) made.set('info', true);
      args.items.forEach((one, at) => {
        made.set(parameters[at]!, one);
      });
      for (const [key, value] of options) if (value !== null) made.set(key, value);
      return made;
    });
  return moduleOf('pydantic_core.core_schema', members);
}

/** What a description has, each key once; what nobody asked for is refused in the end. */
class Description {
  readonly #given: PyDict;
  readonly #left: Set<Value>;
  constructor(given: PyDict) {
    this.#given = given;
    this.#left = new Set(given.keys());
    for (const key of ['type', 'info', ...IDLE]) this.#left.delete(key);
  }
  take(key: string): Value | undefined {
    this.#left.delete(key);
    return this.#given.get(key) ?? undefined;
  }
  get withInfo(): boolean {
    return this.#given.get('info') === true;
  }
  get type(): string {
    return String(this.#given.get('type') ?? '');
  }
  end(): void {
    const [first] = this.#left;
    if (first !== undefined) throw new Unsupported(`${String(first)} of a core schema of type ${this.type}`);
  }
}

/** The schema that a description means. */
function schemaOfCore(value: Value, around: Surroundings): Schema {
  if (value instanceof PyCoreSchema) return value.schema;
  if (!(value instanceof PyDict)) throw new Unsupported('a core schema of this kind');
  const given = new Description(value);
  const serialization = given.take('serialization');
  let schema = described(given, around);
  given.end();
  if (serialization !== undefined) schema = new SerializedSchema(schema, serializerOfCore(serialization), around);
  return schema;
}

function serializerOfCore(value: Value): Serializer {
  if (!(value instanceof PyDict)) throw new Unsupported('a serializer of this kind');
  const given = new Description(value);
  const whenUsed = given.take('when_used');
  if (given.type === 'to-string') {
    given.end();
    return { func: strClass, wraps: false, whenUsed: String(whenUsed ?? 'json-unless-none'), returnType: UNDEFINED };
  }
  const func = given.take('function');
  if (func === undefined || !given.type.startsWith('function-'))
    throw new Unsupported(`a serializer of type ${given.type}`);
  given.end();
  return { func, wraps: given.type === 'function-wrap', whenUsed: String(whenUsed ?? 'always'), returnType: UNDEFINED };
}

function described(given: Description, around: Surroundings): Schema {
  const { type } = given;
  const strict = (): boolean | undefined => {
    const value = given.take('strict');
    return value === undefined ? undefined : truth(value);
  };
  const at = (key: string): Schema | undefined => {
    const value = given.take(key);
    return value === undefined ? undefined : schemaOfCore(value, around);
  };
  const needed = (key: string): Schema => at(key) ?? new AnySchema();
  const limited = (schema: Schema, keys: readonly string[]): Schema => {
    let made = schema;
    for (const key of keys) {
      const value = given.take(key);
      if (value !== undefined) made = constrained(made, key, value);
    }
    return made;
  };
  switch (type) {
    case 'any':
      return new AnySchema();
    case 'none':
      return new NoneSchema();
    case 'bool':
      return new BoolSchema(strict());
    case 'int':
      return limited(new IntSchema(NO_LIMITS, strict()), ['multiple_of', 'le', 'ge', 'lt', 'gt']);
    case 'float':
      return limited(new FloatSchema(NO_LIMITS, strict()), ['multiple_of', 'le', 'ge', 'lt', 'gt']);
    case 'str':
      return limited(new TextSchema({ strict: strict() }), ['pattern', 'max_length', 'min_length']);
    case 'literal':
      return new LiteralSchema(itemsOf(given.take('expected')));
    case 'is-instance': {
      const cls = given.take('cls');
      if (!(cls instanceof PyClass)) throw new Unsupported('is_instance_schema of what is no class');
      return new InstanceSchema(cls);
    }
    case 'list':
      return limited(new ListSchema(at('items_schema'), { strict: strict() }), ['min_length', 'max_length']);
    case 'set':
    case 'frozenset':
      return new SetSchema(at('items_schema'), type === 'frozenset', { strict: strict() });
    case 'tuple':
      return new TupleSchema(
        itemsOf(given.take('items_schema')).map(one => schemaOfCore(one, around)),
        false,
        { strict: strict() },
      );
    case 'dict':
      return new DictSchema(at('keys_schema'), at('values_schema'), { strict: strict() });
    case 'nullable':
      return new NullableSchema(needed('schema'));
    case 'union':
      return new UnionSchema(
        itemsOf(given.take('choices')).map(one => schemaOfCore(one, around)),
        given.take('mode') !== 'left_to_right',
      );
    case 'chain':
      return new ChainSchema(itemsOf(given.take('steps')).map(one => schemaOfCore(one, around)));
    case 'json-or-python':
      return new EitherSchema(needed('json_schema'), needed('python_schema'), 'json');
    case 'lax-or-strict':
      return new EitherSchema(needed('strict_schema'), needed('lax_schema'), 'strict');
    default:
  }
  const func = given.take('function');
  if (func === undefined || !type.startsWith('function-')) throw new Unsupported(`a core schema of type ${type}`);
  const mode = type.slice('function-'.length) as ValidatorMode;
  const field = given.take('field_name') ?? around.field ?? null;
  return new FunctionSchema(
    mode,
    func,
    mode === 'plain' ? undefined : needed('schema'),
    field,
    around.config,
    given.withInfo,
  );
}

function itemsOf(value: Value | undefined): readonly Value[] {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  throw new Unsupported('a core schema whose parts are no list');
}

/** `chain_schema`: each step has what the one before made. */
class ChainSchema extends Schema {
  readonly steps: readonly Schema[];
  constructor(steps: readonly Schema[]) {
    super();
    this.steps = steps;
  }
  get name(): string {
    return `chain[${this.steps.map(step => step.name).join(',')}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    let value: Value | Invalid = input;
    for (const step of this.steps) {
      value = step.validate(value as Value, state);
      if (typeof value === 'object' && value !== null && 'lines' in value) return value;
    }
    return value;
  }
  override dump(value: Value, dump: Dump): Value {
    return this.steps.at(-1)!.dump(value, dump);
  }
}

/** One schema for JSON, or where validation is strict, and one for all else. */
class EitherSchema extends Schema {
  readonly special: Schema;
  readonly usual: Schema;
  readonly #when: 'json' | 'strict';
  constructor(special: Schema, usual: Schema, when: 'json' | 'strict') {
    super();
    this.special = special;
    this.usual = usual;
    this.#when = when;
  }
  get name(): string {
    return this.#when === 'json'
      ? `json-or-python[json=${this.special.name},python=${this.usual.name}]`
      : `lax-or-strict[lax=${this.usual.name},strict=${this.special.name}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const special = this.#when === 'json' ? state.json : state.isStrict(undefined);
    return (special ? this.special : this.usual).validate(input, state);
  }
  override dump(value: Value, dump: Dump): Value {
    // The library dumps by the schema for JSON, and by the strict one.
    return this.special.accepts(value) ? this.special.dump(value, dump) : super.dump(value, dump);
  }
}
