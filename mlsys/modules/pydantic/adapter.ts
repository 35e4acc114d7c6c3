/** `TypeAdapter`, `validate_call`, `create_model`. */
import { encodeText } from '../../python/builtins/codecs';
import { callingModule } from '../../python/runtime/callers';
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import {
  type Attributes,
  Ellipsis,
  type Keywords,
  PyBytes,
  type PyClass,
  PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, repr, truth } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { MadeFunction } from '../standard/madeFunction';
import { evaluated, presentPlace, UndefinedName } from './annotations';
import { checkDumpOptions, dumpOptions, parsedJson, required } from './baseModel';
import { type Surroundings, schemaOf } from './build';
import { Invalid, invalid } from './errors';
import { displayType, PyFieldInfo } from './field';
import { jsonText } from './jsonText';
import { baseModel, makeModel } from './model';
import { inference, type Schema, State } from './schema';
import { libraryClass } from './support';
import { undefinedAnnotationClass, userError } from './userErrors';

export const adapterClass = libraryClass('TypeAdapter', 'pydantic.type_adapter');

class PyAdapter extends PyObject {
  readonly type: Value;
  readonly schema: Schema;
  constructor(type: Value, schema: Schema) {
    super(adapterClass);
    this.type = type;
    this.schema = schema;
  }
}

/** What annotations outside of any class are read with. */
export function freeSurroundings(config: PyDict): Surroundings {
  const place = presentPlace();
  return {
    config,
    field: undefined,
    resolve: text => {
      const made = evaluated(text, baseModel, place);
      if (made instanceof UndefinedName)
        throw userError('undefined-annotation', `name ${repr(made.name)} is not defined`, undefinedAnnotationClass);
      return made;
    },
  };
}

function validated(
  self: PyAdapter,
  input: Value,
  json: boolean,
  strict: Value | undefined,
  context: Value | undefined,
  fromAttributes?: Value,
): Value {
  refuseUnknown(input);
  const state = State.of(json, { strict, fromAttributes, context });
  return required(self.schema.validate(input, state), self.schema.name, json);
}

function dumped(self: PyAdapter, value: Value, options: ReadonlyMap<string, Value>, json: boolean): Value {
  refuseUnknown(value);
  const dump = dumpOptions(options, json, json);
  return self.schema.accepts(value) ? self.schema.dump(value, dump) : inference.dump(value, dump);
}

export function setUpAdapters(): void {
  defineConstructor(
    adapterClass,
    'TypeAdapter.__init__(type, *, config=None, _parent_depth=2, module=None)',
    (_own: PyClass, type: Value, config: Value = null) => {
      const own = config instanceof PyDict ? config : new PyDict();
      return new PyAdapter(type, schemaOf(type, freeSurroundings(own)));
    },
  );
  defineMethods(adapterClass, {
    '__repr__()': (self: PyAdapter) => `TypeAdapter(${displayType(self.type)})`,
    'validate_python(object, /, *, strict=None, from_attributes=None, context=None, experimental_allow_partial!=False)':
      (self: PyAdapter, input: Value, strict?: Value, fromAttributes?: Value, context?: Value) =>
        validated(self, input, false, strict, context, fromAttributes),
    'validate_json(data, /, *, strict=None, context=None, experimental_allow_partial!=False)': (
      self: PyAdapter,
      text: Value,
      strict?: Value,
      context?: Value,
    ) => validated(self, parsedJson(text, self.schema.name), true, strict, context),
    'dump_python(instance, /, **options)': (self: PyAdapter, value: Value, options: ReadonlyMap<string, Value>) => {
      checkDumpOptions('TypeAdapter.dump_python', options, ['mode']);
      return dumped(self, value, options, options.get('mode') === 'json');
    },
    'dump_json(instance, /, **options)': (self: PyAdapter, value: Value, options: ReadonlyMap<string, Value>) => {
      checkDumpOptions('TypeAdapter.dump_json', options, ['indent']);
      const indent = options.get('indent') ?? null;
      const text = jsonText(
        dumped(self, value, options, true),
        typeof indent === 'bigint' ? Number(indent) : undefined,
      );
      return new PyBytes(encodeText(text));
    },
    'json_schema(*args, **kwargs)': () => {
      throw new Unsupported('TypeAdapter.json_schema');
    },
  });
}

// ----------------------------------------------------------------------------------------------------- validate_call

/** A function whose arguments are validated by their annotations. */
export function validateCall(func: Value | undefined, config: Value = null, returns: Value = false): Value {
  const around = freeSurroundings(config instanceof PyDict ? config : new PyDict());
  const wrap = (target: Value): Value => {
    if (!(target instanceof PyFunction)) throw new Unsupported('validate_call of what is no function');
    return wrapped(target, around, truth(returns));
  };
  if (func !== undefined && func !== null) return wrap(func);
  return new MadeFunction('validate', ([target]) => wrap(target!));
}

function wrapped(func: PyFunction, around: Surroundings, returns: boolean): Value {
  const { signature } = func.code;
  if (signature.rest !== undefined || signature.keywords !== undefined || signature.positionalOnly > 0)
    throw new Unsupported('validate_call of a function with *args, **kwargs or positional-only parameters');
  const isField = (value: Value | undefined): boolean => value instanceof PyFieldInfo;
  if (func.defaults.some(isField) || [...(func.keywordDefaults?.values() ?? [])].some(isField))
    throw new Unsupported('validate_call of a function with a Field() as a default');
  const schemas = new Map<string, Schema>();
  for (const [name, annotation] of func.annotations?.entries() ?? [])
    schemas.set(name as string, schemaOf(annotation, around));
  const made = new MadeFunction(
    func.name,
    (args, keywords) => callValidated(func, schemas, args, keywords, returns),
    func.qualname,
  );
  made.module = func.module;
  made.doc = func.doc;
  if (func.annotations !== undefined) made.annotations = func.annotations;
  made.attrs = new Map([
    ['__wrapped__', func],
    ['raw_function', func],
  ]);
  return made;
}

/** Arguments as an error shows them. */
const argumentsClass = libraryClass('ArgsKwargs', 'pydantic_core._pydantic_core');
class PyArguments extends PyObject {
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  constructor(args: readonly Value[], keywords: Keywords) {
    super(argumentsClass);
    this.args = args;
    this.keywords = keywords;
  }
}
defineMethods(argumentsClass, {
  '__repr__()': (self: PyArguments) => {
    const args = repr(new PyTuple(self.args));
    return self.keywords === undefined || self.keywords.size === 0
      ? `ArgsKwargs(${args})`
      : `ArgsKwargs(${args}, ${repr(PyDict.from(self.keywords))})`;
  },
});

function callValidated(
  func: PyFunction,
  schemas: ReadonlyMap<string, Schema>,
  args: readonly Value[],
  keywords: Keywords,
  returns: boolean,
): Value {
  const { positional, keywordOnly } = func.code.signature;
  const state = new State();
  const faults: Invalid[] = [];
  const values: Value[] = [];
  const named = new Map<string, Value>();
  const whole = (): Value => new PyArguments(args, keywords);
  const take = (name: string, input: Value, step: string | bigint): Value => {
    refuseUnknown(input);
    const valid = schemas.get(name)?.validate(input, state) ?? input;
    if (!(valid instanceof Invalid)) return valid;
    faults.push(valid.within(step));
    return null;
  };
  positional.forEach((name, at) => {
    const given = args[at];
    const byName = keywords?.get(name);
    if (given !== undefined && byName !== undefined)
      faults.push(invalid('multiple_argument_values', byName).within(name));
    if (given !== undefined) values.push(take(name, given, BigInt(at)));
    else if (byName !== undefined) named.set(name, take(name, byName, name));
    else if (at < positional.length - func.defaults.length)
      faults.push(invalid('missing_argument', whole()).within(name));
  });
  for (const name of keywordOnly) {
    const given = keywords?.get(name);
    if (given !== undefined) named.set(name, take(name, given, name));
    else if (!(func.keywordDefaults?.has(name) ?? false))
      faults.push(invalid('missing_keyword_only_argument', whole()).within(name));
  }
  args.slice(positional.length).forEach((extra, at) => {
    faults.push(invalid('unexpected_positional_argument', extra).within(BigInt(positional.length + at)));
  });
  for (const [name, value] of keywords ?? [])
    if (!positional.includes(name) && !keywordOnly.includes(name))
      faults.push(invalid('unexpected_keyword_argument', value).within(name));
  if (faults.length > 0) return required(new Invalid(faults.flatMap(fault => fault.lines)), func.name, false);
  const result = call(func, values, named.size > 0 ? named : undefined);
  const schema = returns ? schemas.get('return') : undefined;
  return schema === undefined ? result : required(schema.validate(result, state), func.name, false);
}

// ------------------------------------------------------------------------------------------------------ create_model

/** `create_model(name, field=(type, default), ...)` */
export function createModel(
  name: Value,
  { config, doc, base, module }: Readonly<Record<'config' | 'doc' | 'base' | 'module', Value>>,
  fields: ReadonlyMap<string, Value>,
): Value {
  if (typeof name !== 'string') throw raise('TypeError', 'model name must be a string');
  const bases = base === null ? [baseModel] : base instanceof PyTuple ? base.items : [base];
  const annotations = new PyDict();
  const namespace: Attributes = new Map<string, Value>([
    ['__module__', typeof module === 'string' ? module : callingModule()],
    ['__qualname__', name],
    ['__annotations__', annotations],
  ]);
  if (doc !== null) namespace.set('__doc__', doc);
  for (const [field, given] of fields) {
    if (!(given instanceof PyTuple) || given.items.length !== 2)
      throw new Unsupported('create_model with a field that is no pair');
    annotations.set(field, given.items[0]!);
    namespace.set(field, given.items[1]!);
    if (given.items[1] === Ellipsis) namespace.delete(field);
  }
  if (config instanceof PyDict) namespace.set('model_config', config);
  return makeModel(name, bases as PyClass[], namespace, undefined);
}
