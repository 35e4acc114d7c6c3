/** Serializers that authors write. */

import { Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import { BoundMethod, type PyClass, PyObject, type Value } from '../../python/runtime/objects';
import { call, repr } from '../../python/runtime/operations';
import type { Surroundings } from './build';
import { returnAnnotation } from './decorators';
import type { Invalid } from './errors';
import { requiredParameters } from './functions';
import { type Dump, inference, Schema, type State } from './schema';
import { libraryClass, UNDEFINED } from './support';
import { userError } from './userErrors';

export interface Serializer {
  readonly func: Value;
  readonly wraps: boolean;
  readonly whenUsed: string;
  readonly returnType: Value;
}

const serializerClasses = new Map<string, PyClass>();

/** `PlainSerializer(func)` or `WrapSerializer(func)` */
export class PyAnnotatedSerializer extends PyObject {
  readonly serializer: Serializer;
  constructor(cls: PyClass, serializer: Serializer) {
    super(cls);
    this.serializer = serializer;
  }
}

export function annotatedSerializerClasses(): Record<string, PyClass> {
  for (const [name, wraps] of [
    ['PlainSerializer', false],
    ['WrapSerializer', true],
  ] as const) {
    const cls = libraryClass(name, 'pydantic.functional_serializers');
    defineConstructor(
      cls,
      `${name}.__init__(func, return_type=None, when_used='always')`,
      (own: PyClass, func: Value, returnType: Value = UNDEFINED, whenUsed: Value = 'always') =>
        new PyAnnotatedSerializer(own, { func, wraps, whenUsed: String(whenUsed), returnType }),
    );
    defineMethods(cls, {
      '__repr__()': ({ serializer }: PyAnnotatedSerializer) =>
        `${name}(func=${repr(serializer.func)}, return_type=${repr(serializer.returnType)}, when_used=${repr(serializer.whenUsed)})`,
    });
    serializerClasses.set(name, cls);
  }
  return Object.fromEntries(serializerClasses);
}

const infoClass = libraryClass('SerializationInfo', 'pydantic_core._pydantic_core');
export const serializationInfoClass = infoClass;

class PySerializationInfo extends PyObject {
  readonly dump: Dump;
  readonly field: Value;
  constructor(dump: Dump, field: Value) {
    super(infoClass);
    this.dump = dump;
    this.field = field;
  }
}

defineProperties(infoClass, {
  include: (self: PySerializationInfo) => self.dump.include,
  exclude: (self: PySerializationInfo) => self.dump.exclude,
  context: (self: PySerializationInfo) => self.dump.context,
  mode: (self: PySerializationInfo) => (self.dump.json ? 'json' : 'python'),
  by_alias: (self: PySerializationInfo) => self.dump.byAlias,
  exclude_unset: (self: PySerializationInfo) => self.dump.excludeUnset,
  exclude_defaults: (self: PySerializationInfo) => self.dump.excludeDefaults,
  exclude_none: (self: PySerializationInfo) => self.dump.excludeNone,
  round_trip: (self: PySerializationInfo) => self.dump.roundTrip,
  field_name: (self: PySerializationInfo) => self.field,
});

const handlerClass = libraryClass('SerializationCallable', 'pydantic_core._pydantic_core');

class PySerializeHandler extends PyObject {
  readonly proceed: (value: Value) => Value;
  constructor(proceed: (value: Value) => Value) {
    super(handlerClass);
    this.proceed = proceed;
  }
}

defineMethods(handlerClass, {
  '__call__(value, index_key=None, /)': (self: PySerializeHandler, value: Value) => self.proceed(value),
});

/** True where a serializer is used: only for JSON, or only for values. */
export function isUsed({ whenUsed }: Serializer, value: Value, dump: Dump): boolean {
  if (whenUsed === 'always') return true;
  if (whenUsed === 'unless-none') return value !== null;
  if (whenUsed === 'json') return dump.json;
  return dump.json && value !== null;
}

/** Calls a serializer with what it takes; `first` stands before the value where it is a method of a model. */
export function serialized(
  serializer: Serializer,
  first: readonly Value[],
  value: Value,
  dump: Dump,
  field: Value,
  proceed: (value: Value) => Value,
): Value {
  // A class method has its first argument already.
  const args: Value[] = serializer.func instanceof BoundMethod ? [value] : [...first, value];
  if (serializer.wraps) args.push(new PySerializeHandler(proceed));
  const count = requiredParameters(serializer.func);
  if (count === args.length + 1) args.push(new PySerializationInfo(dump, field));
  else if (count !== undefined && count !== args.length && !(count < args.length && isFlexible(serializer.func)))
    throw userError(
      'field-serializer-signature',
      `Unrecognized field_serializer function signature for ${repr(serializer.func)} with \`mode=${serializer.wraps ? 'wrap' : 'plain'}\``,
    );
  return call(serializer.func, args);
}

const isFlexible = (func: Value): boolean =>
  !(func instanceof PyFunction) && !(func instanceof BoundMethod) ? true : func instanceof PyFunction;

/** How what a serializer returns is dumped in turn: by its annotation where it has one that is known. */
export function dumpedResult(
  result: Value,
  serializer: Serializer,
  dump: Dump,
  schemaFor: ((annotation: Value) => Schema) | undefined,
): Value {
  // What a serializer returns has been filtered by it.
  const whole: Dump = { ...dump, include: null, exclude: null };
  const annotation = serializer.returnType === UNDEFINED ? returnAnnotation(serializer.func) : serializer.returnType;
  if (annotation === undefined || schemaFor === undefined) return inference.dump(result, whole);
  const schema = schemaFor(annotation);
  return schema.accepts(result) ? schema.dump(result, whole) : inference.dump(result, whole);
}

/** A schema whose values an author's function dumps. */
export class SerializedSchema extends Schema {
  readonly schema: Schema;
  readonly serializer: Serializer;
  readonly #around: Surroundings;
  constructor(schema: Schema, serializer: Serializer, around: Surroundings) {
    super();
    this.schema = schema;
    this.serializer = serializer;
    this.#around = around;
    if (!['always', 'unless-none', 'json', 'json-unless-none'].includes(serializer.whenUsed))
      throw new Unsupported(`when_used=${repr(serializer.whenUsed)}`);
  }
  get name(): string {
    return this.schema.name;
  }
  validate(input: Value, state: State): Value | Invalid {
    return this.schema.validate(input, state);
  }
  override dump(value: Value, dump: Dump): Value {
    if (!isUsed(this.serializer, value, dump)) return this.schema.dump(value, dump);
    const field = this.#around.field ?? null;
    const result = serialized(this.serializer, [], value, dump, field, one => this.schema.dump(one, dump));
    return dumpedResult(result, this.serializer, dump, undefined);
  }
  override accepts(value: Value): boolean {
    return this.schema.accepts(value);
  }
}
