/** `pydantic`: models, their fields and validators, as books use them. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, fn } from '../../python/runtime/native';
import {
  boolClass,
  bytesClass,
  dictClass,
  floatClass,
  intClass,
  nativeClass,
  type PyClass,
  type PyModule,
  strClass,
  type Value,
} from '../../python/runtime/objects';
import { call, getAttribute, getItem } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { registerModule } from '../registry';
import { functions, moduleOf } from '../standard/support';
import { annotatedForm, PyForm } from '../standard/typing/forms';
import { adapterClass, createModel, setUpAdapters, validateCall } from './adapter';
import {
  aliasChoicesClass,
  aliasGeneratorClass,
  aliasPathClass,
  setUpAliases,
  toCamel,
  toPascal,
  toSnake,
} from './aliases';
import { setUpBaseModel } from './baseModel';
import {
  constraintClasses,
  constraintObjects,
  finiteness,
  intervalOf,
  lengthOf,
  stringConstraints,
} from './constraints';
import { coreSchemaClass, coreSchemaModule, handlerClass } from './coreSchema';
import { DECORATORS } from './decorators';
import { fieldInfoClass, makeField, PyPrivateAttribute, privateClass, setUpFields } from './field';
import { annotatedValidatorClasses, customErrorClass, knownErrorClass, validationInfoClass } from './functions';
import { setUpInference } from './infer';
import { markClasses } from './marks';
import { baseModel, isModelClass, modelMeta } from './model';
import { schemaOfModel } from './modelSchema';
import { schemaMakers } from './registry';
import { setUpRootModel } from './rootModel';
import { serializationErrorClass } from './serializationError';
import { annotatedSerializerClasses, serializationInfoClass } from './serializers';
import { classFrom, UNDEFINED } from './support';
import { textTypes } from './textTypes';
import { schemaErrorClass, undefinedAnnotationClass, userError, userErrorClass } from './userErrors';
import { validationErrorClass } from './validationError';

/** What pydantic has and this library has not: refused by name. */
const MISSING =
  'AllowInfNan AmqpDsn AnyWebsocketUrl AwareDatetime Base64Bytes Base64Encoder Base64Str Base64UrlBytes Base64UrlStr BaseConfig ' +
  'ClickHouseDsn CockroachDsn DirectoryPath EmailStr EncodedBytes EncodedStr EncoderProtocol Extra FieldValidationInfo ' +
  'FilePath FileUrl FtpUrl FutureDate FutureDatetime GetJsonSchemaHandler GetPydanticSchema IPvAnyAddress ' +
  'IPvAnyInterface IPvAnyNetwork ImportString KafkaDsn MariaDBDsn MongoDsn MySQLDsn NaiveDatetime NameEmail NatsDsn ' +
  'NewPath OnErrorOmit PastDate PastDatetime PaymentCardNumber PostgresDsn PydanticImportError PydanticInvalidForJsonSchema RedisDsn Secret ' +
  'SecretBytes SnowflakeDsn SocketPath UUID1 UUID3 UUID4 UUID5 UrlConstraints WebsocketUrl ' +
  'condate conbytes dataclasses parse_obj_as root_validator schema_json_of schema_of validate_email validator with_config ' +
  'PydanticDeprecatedSince20 PydanticDeprecatedSince26 PydanticDeprecatedSince29 PydanticDeprecationWarning PydanticExperimentalWarning';

function refusing(module: PyModule, names: string): PyModule {
  const missing = new Set(names.split(' '));
  module.lazy = name => {
    if (missing.has(name)) throw new Unsupported(`${module.name}.${name}`);
    return undefined;
  };
  return module;
}

/** `Annotated[type, ...]` with constraints by name. */
function annotated(type: Value, given: Readonly<Record<string, Value>>): PyForm {
  return new PyForm(annotatedForm, [type], undefined, constraintObjects(new Map(Object.entries(given))));
}

const BOUNDS = ['gt', 'ge', 'lt', 'le'];

/** `conint(gt=0)` and its kin: a type with one object for each kind of constraint, or None in its place. */
function constrainer(
  name: string,
  type: () => Value,
  more: readonly string[],
): (given: ReadonlyMap<string, Value>) => Value {
  return given => {
    for (const key of given.keys())
      if (!['strict', 'multiple_of', ...BOUNDS, ...more].includes(key))
        throw raise('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
    const one = (key: string): Value => constraintObjects(new Map([[key, given.get(key) ?? null]]))[0] ?? null;
    const parts: Value[] = [one('strict'), intervalOf(BOUNDS.map(key => given.get(key) ?? null)), one('multiple_of')];
    const digits = constraintObjects(
      new Map(['max_digits', 'decimal_places'].map(key => [key, given.get(key) ?? null])),
    );
    if (more.includes('max_digits')) parts.push(digits[0] ?? null);
    if (more.includes('allow_inf_nan')) parts.push(finiteness(given.get('allow_inf_nan') ?? null));
    return new PyForm(annotatedForm, [type()], undefined, parts);
  };
}

const typing = (): PyModule => vm.import('typing');

function constrainedTypes(): Record<string, Value> {
  const types: Record<string, Value> = {
    PositiveInt: annotated(intClass, { gt: 0n }),
    NegativeInt: annotated(intClass, { lt: 0n }),
    NonPositiveInt: annotated(intClass, { le: 0n }),
    NonNegativeInt: annotated(intClass, { ge: 0n }),
    StrictInt: annotated(intClass, { strict: true }),
    PositiveFloat: annotated(floatClass, { gt: 0n }),
    NegativeFloat: annotated(floatClass, { lt: 0n }),
    NonPositiveFloat: annotated(floatClass, { le: 0n }),
    NonNegativeFloat: annotated(floatClass, { ge: 0n }),
    StrictFloat: annotated(floatClass, { strict: true }),
    FiniteFloat: new PyForm(annotatedForm, [floatClass], undefined, [finiteness(false)]),
    StrictBool: annotated(boolClass, { strict: true }),
    StrictStr: annotated(strClass, { strict: true }),
    StrictBytes: annotated(bytesClass, { strict: true }),
  };
  const con = (name: string, body: (given: ReadonlyMap<string, Value>) => Value): void => {
    types[name] = fn(`${name}(**options)`, body);
  };
  con(
    'conint',
    constrainer('conint', () => intClass, []),
  );
  con(
    'confloat',
    constrainer('confloat', () => floatClass, ['allow_inf_nan']),
  );
  con('constr', given => new PyForm(annotatedForm, [strClass], undefined, [stringConstraints(given)]));
  for (const [name, origin] of [
    ['conlist', 'List'],
    ['conset', 'Set'],
    ['confrozenset', 'FrozenSet'],
  ] as const)
    types[name] = fn(`${name}(item_type, **options)`, (item: Value, options: ReadonlyMap<string, Value>) => {
      const kept = new Map([...options].filter(([key]) => key === 'min_length' || key === 'max_length'));
      if (kept.size < options.size) throw new Unsupported(`${name} with ${[...options.keys()].join(', ')}`);
      return new PyForm(annotatedForm, [getItem(getAttribute(typing(), origin), item)], undefined, [
        lengthOf(kept.get('min_length') ?? 0n, kept.get('max_length') ?? null),
      ]);
    });
  con(
    'condecimal',
    constrainer('condecimal', () => classFrom('decimal', 'Decimal'), ['max_digits', 'decimal_places', 'allow_inf_nan']),
  );
  return types;
}

const configDictClass = nativeClass('ConfigDict', undefined, 'pydantic.config');

const textOf = (name: Value): string => {
  if (typeof name !== 'string') throw new Unsupported('an alias of what is no text');
  return name;
};

let done = false;

function setUp(): void {
  if (done) return;
  done = true;
  setUpFields();
  setUpInference();
  setUpBaseModel();
  setUpAdapters();
  setUpAliases();
  schemaMakers.push(cls => (isModelClass(cls) ? schemaOfModel(cls) : undefined));
  defineConstructor(configDictClass, 'ConfigDict(**kwargs)', (_own: PyClass, given: ReadonlyMap<string, Value>) =>
    call(dictClass, [], given),
  );
}

let members: Record<string, Value> | undefined;
/** What `pydantic.json_schema` has of marks. */
let jsonMarks: Record<string, Value> = {};

function allMembers(): Record<string, Value> {
  if (members !== undefined) return members;
  setUp();
  const { SkipJsonSchema, ...marks } = markClasses();
  jsonMarks = { SkipJsonSchema: SkipJsonSchema!, WithJsonSchema: marks.WithJsonSchema! };
  members = {
    BaseModel: baseModel,
    RootModel: setUpRootModel(),
    ConfigDict: configDictClass,
    FieldInfo: fieldInfoClass,
    TypeAdapter: adapterClass,
    ValidationError: validationErrorClass,
    PydanticUserError: userErrorClass,
    PydanticSchemaGenerationError: schemaErrorClass,
    PydanticUndefinedAnnotation: undefinedAnnotationClass,
    ValidationInfo: validationInfoClass,
    SerializationInfo: serializationInfoClass,
    FieldSerializationInfo: serializationInfoClass,
    ValidatorFunctionWrapHandler: nativeClass('ValidatorFunctionWrapHandler', undefined, 'pydantic_core.core_schema'),
    SerializerFunctionWrapHandler: nativeClass('SerializerFunctionWrapHandler', undefined, 'pydantic_core.core_schema'),
    ModelWrapValidatorHandler: nativeClass('ModelWrapValidatorHandler', undefined, 'pydantic.functional_validators'),
    AliasPath: aliasPathClass,
    AliasChoices: aliasChoicesClass,
    AliasGenerator: aliasGeneratorClass,
    GetCoreSchemaHandler: handlerClass,
    ...marks,
    ...textTypes(),
    ...annotatedValidatorClasses(),
    ...annotatedSerializerClasses(),
    ...constrainedTypes(),
    ...Object.fromEntries(Object.entries(constraintClasses()).filter(([, cls]) => cls.module.startsWith('pydantic'))),
    ...functions({
      ...DECORATORS,
      'Field(default=PydanticUndefined, **options)': (value: Value | undefined, options: ReadonlyMap<string, Value>) =>
        makeField(value, options, userError, what => new Unsupported(what)),
      'PrivateAttr(default=PydanticUndefined, *, default_factory=None, init=False)': (
        value: Value = UNDEFINED,
        factory: Value = null,
      ) => {
        if (value !== UNDEFINED && factory !== null)
          throw raise('TypeError', 'cannot specify both default and default_factory');
        return new PyPrivateAttribute(value, factory);
      },
      'validate_call(func=None, /, *, config=None, validate_return=False)': validateCall,
      'create_model(model_name, /, *, __config__=None, __doc__=None, __base__=None, __module__=None, __validators__=None, __cls_kwargs__=None, **field_definitions)':
        (
          name: Value,
          config: Value = null,
          doc: Value = null,
          base: Value = null,
          module: Value = null,
          validators: Value = null,
          keywords: Value = null,
          fields: ReadonlyMap<string, Value> = new Map(),
        ) => {
          if (validators !== null || keywords !== null) throw new Unsupported('create_model with these arguments');
          return createModel(name, { config, doc, base, module }, fields);
        },
    }),
  };
  return members;
}

/** A part of pydantic as a module of its own. */
function part(name: string, names: string): () => PyModule {
  return () => {
    const all = allMembers();
    return refusing(moduleOf(name, Object.fromEntries(names.split(' ').map(one => [one, all[one]!]))), MISSING);
  };
}

/** Makes pydantic and its parts known to `import`. */
export function registerPydantic(): void {
  registerModule('pydantic', () => {
    const { FieldInfo: _hidden, Strict, ...shown } = allMembers();
    return refusing(moduleOf('pydantic', { ...shown, Strict: Strict! }), MISSING);
  });
  registerModule('pydantic.fields', () => {
    const all = allMembers();
    const names = 'Field FieldInfo PrivateAttr computed_field'.split(' ');
    return refusing(
      moduleOf('pydantic.fields', {
        ...Object.fromEntries(names.map(one => [one, all[one]!])),
        ModelPrivateAttr: privateClass,
      }),
      MISSING,
    );
  });
  registerModule('pydantic.main', part('pydantic.main', 'BaseModel create_model'));
  registerModule('pydantic.root_model', part('pydantic.root_model', 'RootModel'));
  registerModule('pydantic.type_adapter', part('pydantic.type_adapter', 'TypeAdapter'));
  registerModule('pydantic._internal', () => moduleOf('pydantic._internal', {}));
  registerModule('pydantic._internal._model_construction', () => {
    allMembers();
    return moduleOf('pydantic._internal._model_construction', { ModelMetaclass: modelMeta });
  });
  registerModule('pydantic.config', part('pydantic.config', 'ConfigDict'));
  registerModule(
    'pydantic.types',
    part(
      'pydantic.types',
      'PositiveInt NegativeInt NonNegativeInt NonPositiveInt PositiveFloat NegativeFloat NonNegativeFloat NonPositiveFloat StrictInt StrictFloat StrictStr StrictBool conint confloat constr conlist StringConstraints Strict FiniteFloat Tag Discriminator Json SecretStr ByteSize JsonValue',
    ),
  );
  registerModule(
    'pydantic.functional_validators',
    part(
      'pydantic.functional_validators',
      'InstanceOf SkipValidation BeforeValidator AfterValidator WrapValidator PlainValidator field_validator model_validator',
    ),
  );
  registerModule(
    'pydantic.functional_serializers',
    part(
      'pydantic.functional_serializers',
      'SerializeAsAny PlainSerializer WrapSerializer field_serializer model_serializer',
    ),
  );
  registerModule(
    'pydantic.errors',
    part('pydantic.errors', 'PydanticUserError PydanticSchemaGenerationError PydanticUndefinedAnnotation'),
  );
  registerModule('pydantic.aliases', part('pydantic.aliases', 'AliasPath AliasChoices AliasGenerator'));
  registerModule('pydantic.networks', part('pydantic.networks', 'AnyUrl AnyHttpUrl HttpUrl'));
  registerModule('pydantic.alias_generators', () =>
    moduleOf(
      'pydantic.alias_generators',
      functions({
        'to_pascal(snake)': (name: Value) => toPascal(textOf(name)),
        'to_camel(snake)': (name: Value) => toCamel(textOf(name)),
        'to_snake(camel)': (name: Value) => toSnake(textOf(name)),
      }),
    ),
  );
  registerModule('pydantic.json_schema', () => {
    allMembers();
    return moduleOf('pydantic.json_schema', jsonMarks);
  });
  registerModule('pydantic.annotated_handlers', () =>
    moduleOf('pydantic.annotated_handlers', { GetCoreSchemaHandler: handlerClass }),
  );
  registerModule('pydantic_core.core_schema', coreSchemaModule);
  registerModule('pydantic_core', () => {
    setUp();
    return refusing(
      moduleOf('pydantic_core', {
        ValidationError: validationErrorClass,
        PydanticCustomError: customErrorClass,
        PydanticKnownError: knownErrorClass,
        PydanticSerializationError: serializationErrorClass,
        PydanticUndefined: UNDEFINED,
        core_schema: coreSchemaModule(),
        CoreSchema: coreSchemaClass,
      }),
      'SchemaValidator SchemaSerializer PydanticOmit PydanticUseDefault to_json to_jsonable_python from_json ErrorDetails InitErrorDetails ArgsKwargs Url SchemaError',
    );
  });
  registerModule('annotated_types', () =>
    refusing(
      moduleOf(
        'annotated_types',
        Object.fromEntries(Object.entries(constraintClasses()).filter(([, cls]) => cls.module === 'annotated_types')),
      ),
      'Predicate Timezone Unit Not IsFinite IsNan IsDigits LowerCase UpperCase doc GroupedMetadata BaseMetadata',
    ),
  );
}
