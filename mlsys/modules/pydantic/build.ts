/** From annotations to schemas. */
import type { PyDict } from '../../python/runtime/dict';
import { PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { isTypeVariable, PyGenericAlias, PyUnion } from '../../python/runtime/genericAlias';
import {
  boolClass,
  bytesClass,
  complexClass,
  dictClass,
  Ellipsis,
  floatClass,
  frozensetClass,
  intClass,
  isInstance,
  listClass,
  noneClass,
  objectClass,
  PyClass,
  PyObject,
  setClass,
  strClass,
  tupleClass,
  typeClass,
  type Value,
} from '../../python/runtime/objects';
import { getAttribute, isCallable, repr } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { enumClass } from '../standard/enum';
import { PyAlias } from '../standard/typing/aliases';
import { PyForm, specialFormClass } from '../standard/typing/forms';
import { PyForwardRef } from '../standard/typing/variables';
import {
  AnyModelSchema,
  BoundSchema,
  EnumSchema,
  InstanceSchema,
  LiteralSchema,
  NullableSchema,
  SubclassSchema,
  UnionSchema,
} from './choices';
import { isOn, setting } from './config';
import { constrained } from './constrain';
import { expanded, PyConstraint } from './constraints';
import { DictSchema, ListSchema, SequenceSchema, SetSchema, TupleSchema } from './containers';
import { HOOK, hasHook, hookedSchema } from './coreSchema';
import { DataclassSchema } from './dataclassSchema';
import { dateSchemas } from './dates';
import { discriminated } from './discriminate';
import { PyFieldInfo } from './field';
import { FunctionSchema, PyAnnotatedValidator } from './functions';
import { DecimalSchema, FractionSchema, MappingSchema, PathSchema, PatternSchema } from './library';
import { marked, markOf } from './marks';
import { NamedTupleSchema, TypedDictSchema } from './recordTypes';
import { modelSchemaOf } from './registry';
import {
  AnySchema,
  BoolSchema,
  BytesSchema,
  CallableSchema,
  FloatSchema,
  IntSchema,
  NO_LIMITS,
  NoneSchema,
  TextSchema,
} from './scalars';
import type { Schema } from './schema';
import { PyAnnotatedSerializer, SerializedSchema } from './serializers';
import { guarded, nested } from './support';
import { JsonValueSchema, jsonValue, textTypeSchema } from './textTypes';
import { schemaErrorClass, userError } from './userErrors';

/** What annotations are read with. */
export interface Surroundings {
  readonly config: PyDict;
  /** What a text stands for; throws what Python does where a name is unknown. */
  readonly resolve: (text: string) => Value;
  /** The field that the annotation is of, for validators. */
  readonly field: string | undefined;
}

const UNKNOWN_TYPE = (shown: string): string =>
  `Unable to generate pydantic-core schema for ${shown}. Set \`arbitrary_types_allowed=True\` in the model_config to ignore this error or implement \`__get_pydantic_core_schema__\` on your type to fully support it.\n\n` +
  `If you got this error by calling handler(<some type>) within \`__get_pydantic_core_schema__\` then you likely need to call \`handler.generate_schema(<some type>)\` since we do not call \`__get_pydantic_core_schema__\` on \`<some type>\` otherwise to avoid infinite recursion.`;

/** The schema of an annotation. */
export function schemaOf(annotation: Value, around: Surroundings): Schema {
  vm.step(20);
  return nested(() => schemaOfType(annotation, around));
}

function schemaOfType(annotation: Value, around: Surroundings): Schema {
  if (annotation === null || annotation === noneClass) return new NoneSchema();
  if (typeof annotation === 'string') return schemaOf(around.resolve(annotation), around);
  if (annotation instanceof PyForwardRef) return schemaOf(around.resolve(annotation.text), around);
  if (annotation instanceof PyUnion) return unionSchema(annotation.members, around);
  if (annotation instanceof PyForm) return formSchema(annotation, around);
  if (annotation instanceof PyGenericAlias)
    return genericSchema(annotation.origin, annotation.args, around, annotation);
  if (annotation instanceof PyAlias) return genericSchema(annotation.origin, [], around, annotation);
  if (annotation instanceof PyClass) return classSchema(annotation, around);
  if (annotation instanceof PyFunction) throw new Unsupported('a function as a type of a field');
  if (annotation instanceof PyObject && annotation.cls === specialFormClass) return specialSchema(annotation, around);
  if (isTypeVariable(annotation)) return variableSchema(annotation, around);
  if (annotation instanceof PyObject && annotation.cls.name === 'NewType')
    return schemaOf(getAttribute(annotation, '__supertype__'), around);
  if (annotation === jsonValue) return new JsonValueSchema();
  if (annotation instanceof PyObject && annotation.cls.name === 'TypeAliasType')
    return schemaOf(getAttribute(annotation, '__value__'), around);
  if (isOn(around.config, 'arbitrary_types_allowed')) throw new Unsupported(`${repr(annotation)} as a type`);
  throw userError('schema-for-unknown-type', UNKNOWN_TYPE(repr(annotation)), schemaErrorClass);
}

function specialSchema(form: PyObject, around: Surroundings): Schema {
  const name = String(form.attrs?.get('_name'));
  if (name === 'Any' || name === 'Final') return new AnySchema();
  if (name === 'Optional' || name === 'Union') throw new Unsupported(`typing.${name} without types`);
  if (name === 'LiteralString') return textSchema(around);
  throw new Unsupported(`typing.${name} as a type of a field`);
}

function variableSchema(variable: Value, around: Surroundings): Schema {
  const bound = getAttribute(variable, '__bound__');
  const constraints = getAttribute(variable, '__constraints__') as unknown as { items: readonly Value[] };
  const fallback = getAttribute(variable, '__default__');
  if (!(fallback instanceof PyObject && fallback.cls.name === 'NoDefaultType')) {
    if (bound !== null || constraints.items.length > 0)
      throw new Unsupported('a type variable with a default beside bounds or constraints');
    return schemaOf(fallback, around);
  }
  if (constraints.items.length > 0) return unionSchema(constraints.items, around);
  return bound === null ? new AnySchema() : new BoundSchema(schemaOf(bound, around));
}

function unionSchema(members: readonly Value[], around: Surroundings): Schema {
  const others = members.filter(member => member !== null && member !== noneClass);
  const schemas = others.map(member => schemaOf(member, around));
  const union = schemas.length === 1 ? schemas[0]! : new UnionSchema(schemas);
  return others.length === members.length ? union : new NullableSchema(union);
}

function formSchema(form: PyForm, around: Surroundings): Schema {
  switch (form.formName) {
    case 'Union':
      return unionSchema(form.args, around);
    case 'Literal':
      return new LiteralSchema(form.args);
    case 'Annotated':
      return annotatedSchema(form.args[0]!, form.metadata, around);
    case 'Final':
    case 'Required':
    case 'NotRequired':
      return schemaOf(form.args[0]!, around);
    case undefined:
      return genericSchema(form.origin, form.args, around, form);
    default:
      throw new Unsupported(`typing.${form.formName} as a type of a field`);
  }
}

/** The schema of a type with what `Annotated` or a field adds, from the inside out. */
export function annotatedSchema(
  type: Value,
  metadata: readonly Value[],
  around: Surroundings,
  discriminator: Value = null,
): Schema {
  // What a mark or hook does not ask for is not made: the type alone may have no schema.
  let make = (source: Value): Schema => {
    const schema = schemaOf(source, around);
    return discriminator === null ? schema : discriminated(schema, discriminator);
  };
  for (const one of metadata) {
    const inner = make;
    make = source => withMetadata(inner, source, one, around);
  }
  return make(type);
}

type MakeSchema = (source: Value) => Schema;

function withMetadata(inner: MakeSchema, source: Value, metadata: Value, around: Surroundings): Schema {
  refuseUnknown(metadata);
  if (metadata instanceof PyFieldInfo) {
    let make = inner;
    for (const one of metadata.metadata) {
      const before = make;
      make = type => withMetadata(before, type, one, around);
    }
    const discriminator = metadata.get('discriminator');
    return discriminator === null ? make(source) : discriminated(make(source), discriminator);
  }
  if (metadata instanceof PyAnnotatedValidator)
    return new FunctionSchema(
      metadata.mode,
      metadata.func,
      metadata.mode === 'plain' ? plainInner(inner, source) : inner(source),
      around.field ?? null,
      around.config,
    );
  if (metadata instanceof PyAnnotatedSerializer)
    return new SerializedSchema(inner(source), metadata.serializer, around);
  if (metadata instanceof PyConstraint)
    return expanded(metadata).reduce<Schema>((made, one) => applyConstraint(made, one), inner(source));
  // A class of constraints stands for its instance.
  if (metadata instanceof PyClass && metadata.name === 'Strict' && metadata.module === 'pydantic.types')
    return constrained(inner(source), 'strict', true);
  const mark = markOf(metadata);
  if (mark?.kind === 'Discriminator') return discriminated(inner(source), mark.value);
  if (mark !== undefined) return marked(mark, source, () => inner(source));
  if (metadata instanceof PyObject && metadata.cls.module.startsWith('pydantic'))
    throw new Unsupported(`${metadata.cls.name} in Annotated`);
  if (metadata instanceof PyClass && metadata.module.startsWith('pydantic'))
    throw new Unsupported(`${metadata.name} in Annotated`);
  if (hasHook(metadata)) return hookedSchema(metadata, source, inner, type => schemaOf(type, around), around);
  return inner(source);
}

/** The schema beneath a plain validator, which dumps; undefined for a type that has none. */
function plainInner(inner: MakeSchema, source: Value): Schema | undefined {
  const made = guarded(() => inner(source));
  if (!(made instanceof PyException)) return made;
  if (isInstance(made, schemaErrorClass)) return undefined;
  throw new PyError(made);
}

function applyConstraint(schema: Schema, constraint: Value): Schema {
  if (!(constraint instanceof PyConstraint)) return schema;
  let made = schema;
  for (const [name, value] of constraint.given) if (value !== null) made = constrained(made, name, value);
  return made;
}

function textSchema(around: Surroundings): TextSchema {
  const { config } = around;
  const length = (key: string): bigint | undefined => {
    const value = setting(config, key);
    return typeof value === 'bigint' && value > 0n ? value : undefined;
  };
  return new TextSchema({
    strict: strictOf(around),
    strip_whitespace: isOn(config, 'str_strip_whitespace'),
    to_lower: isOn(config, 'str_to_lower'),
    to_upper: isOn(config, 'str_to_upper'),
    min_length: length('str_min_length'),
    max_length: length('str_max_length'),
    coerce_numbers_to_str: isOn(config, 'coerce_numbers_to_str'),
  });
}

const strictOf = ({ config }: Surroundings): boolean | undefined => (isOn(config, 'strict') ? true : undefined);

function classSchema(cls: PyClass, around: Surroundings): Schema {
  const strict = strictOf(around);
  switch (cls) {
    case intClass:
      return new IntSchema(NO_LIMITS, strict);
    case floatClass:
      return new FloatSchema(NO_LIMITS, strict, around.config.get('allow_inf_nan') === false);
    case strClass:
      return textSchema(around);
    case boolClass:
      return new BoolSchema(strict);
    case bytesClass:
      return new BytesSchema({ strict });
    case objectClass:
      return new AnySchema();
    case complexClass:
      throw new Unsupported('complex as a type of a field');
    case typeClass:
      return new InstanceSchema(typeClass);
    default:
  }
  if (BARE.has(cls)) return genericSchema(cls, [], around, cls);
  if (hasHook(cls)) {
    if (modelSchemaOf(cls) !== undefined) throw new Unsupported(`${HOOK} of a model`);
    const fresh = (type: Value): Schema => schemaOf(type, around);
    const inner = (type: Value): Schema => (type === cls ? plainClassSchema(cls, around) : fresh(type));
    return hookedSchema(cls, cls, inner, fresh, around);
  }
  return plainClassSchema(cls, around);
}

/** The schema of a class without a hook of its own. */
function plainClassSchema(cls: PyClass, around: Surroundings): Schema {
  if (cls.name === 'BaseModel' && cls.module === 'pydantic.main') return new AnyModelSchema(cls);
  if (cls.isSubclassOf(enumClass) && cls !== enumClass)
    return new EnumSchema(cls, strictOf(around), isOn(around.config, 'use_enum_values'));
  return modelSchemaOf(cls) ?? librarySchema(cls, around) ?? otherSchema(cls, around);
}

const BARE = new Set<PyClass>([listClass, dictClass, tupleClass, setClass, frozensetClass]);

/** Schemas of classes that other modules define, by module and name. */
function librarySchema(cls: PyClass, around: Surroundings): Schema | undefined {
  const path = `${cls.module}.${cls.name}`;
  switch (path) {
    case 'decimal.Decimal':
      return new DecimalSchema({ strict: strictOf(around), finite: around.config.get('allow_inf_nan') !== true });
    case 'fractions.Fraction':
      return new FractionSchema(cls);
    case 'pathlib.Path':
    case 'pathlib.PosixPath':
      return new PathSchema(cls);
    case 're.Pattern':
      return new PatternSchema();
    case 'collections.abc.Sequence':
    case 'collections.abc.Mapping':
    case 'collections.abc.MutableMapping':
    case 'collections.abc.Callable':
    case 'collections.abc.Set':
      return genericSchema(cls, [], around, cls);
    default:
  }
  const text = textTypeSchema(cls);
  if (text !== undefined) return text;
  if (cls.module === 'datetime')
    return dateSchemas(cls, strictOf(around), around.config.get('ser_json_timedelta') === 'float');
  if (cls.module === 'collections' && cls.native) throw new Unsupported(`${path} as a type of a field`);
  return undefined;
}

function otherSchema(cls: PyClass, around: Surroundings): Schema {
  if (cls.lookup('__get_validators__') !== undefined) throw new Unsupported('__get_validators__');
  const mark = markOf(cls);
  if (mark !== undefined) return marked(mark, cls, () => new AnySchema());
  if (cls.isSubclassOf(tupleClass) && cls.lookup('_fields') !== undefined) return new NamedTupleSchema(cls, around);
  if (cls.cls.name === '_TypedDictMeta' || cls.lookup('__total__') !== undefined)
    return new TypedDictSchema(cls, around);
  if (cls.lookup('__dataclass_fields__') !== undefined) return new DataclassSchema(cls, around);
  if (isOn(around.config, 'arbitrary_types_allowed')) return new InstanceSchema(cls);
  throw userError('schema-for-unknown-type', UNKNOWN_TYPE(repr(cls)), schemaErrorClass);
}

/** Arguments of a type with arguments; texts stand for what they name. */
function genericSchema(origin: Value, args: readonly Value[], around: Surroundings, whole: Value): Schema {
  const strict = strictOf(around);
  const at = (index: number): Schema | undefined => {
    const arg = args[index];
    if (arg === undefined) return undefined;
    const schema = schemaOf(arg, around);
    return schema instanceof AnySchema ? undefined : schema;
  };
  switch (origin) {
    case listClass:
      return new ListSchema(at(0), { strict });
    case setClass:
      return new SetSchema(at(0), false, { strict });
    case frozensetClass:
      return new SetSchema(at(0), true, { strict });
    case dictClass:
      return new DictSchema(at(0), at(1), { strict });
    case tupleClass:
      return tupleSchema(args, around, whole);
    case typeClass:
      return subclassSchema(args[0], around);
    default:
  }
  if (!(origin instanceof PyClass)) throw new Unsupported(`${repr(whole)} as a type of a field`);
  switch (`${origin.module}.${origin.name}`) {
    case 'collections.abc.Sequence':
      return new SequenceSchema(at(0));
    case 'collections.abc.Mapping':
    case 'collections.abc.MutableMapping':
      return new MappingSchema(new DictSchema(at(0), at(1)), origin);
    case 'collections.abc.Callable':
      return new CallableSchema(isCallable);
    case 'collections.abc.Set':
    case 'collections.abc.MutableSet':
      return new SetSchema(at(0), false, { strict });
    default:
  }
  if (origin.module.startsWith('collections') || origin.native || hasHook(origin))
    throw new Unsupported(`${repr(whole)} as a type of a field`);
  if (isOn(around.config, 'arbitrary_types_allowed')) return new InstanceSchema(origin);
  throw userError('schema-for-unknown-type', UNKNOWN_TYPE(repr(whole)), schemaErrorClass);
}

function tupleSchema(args: readonly Value[], around: Surroundings, whole: Value): Schema {
  const options = { strict: strictOf(around) };
  if (args.length === 0 && (whole === tupleClass || whole instanceof PyAlias))
    return new TupleSchema([undefined], true, options);
  const schemas = (given: readonly Value[]): Schema[] => given.map(arg => schemaOf(arg, around));
  if (args.at(-1) !== Ellipsis) return new TupleSchema(schemas(args), false, options);
  if (args.length !== 2) throw raise('ValueError', 'Variable tuples can only have one type');
  return new TupleSchema(schemas(args.slice(0, 1)), true, options);
}

function subclassSchema(arg: Value | undefined, around: Surroundings): Schema {
  if (arg === undefined) return new InstanceSchema(typeClass);
  if (typeof arg === 'string') return subclassSchema(around.resolve(arg), around);
  if (arg instanceof PyClass) return new SubclassSchema(arg);
  if (arg instanceof PyObject && arg.attrs?.get('_name') === 'Any') return new InstanceSchema(typeClass);
  throw new Unsupported('type[...] of what is no class');
}
