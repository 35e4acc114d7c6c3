/** Applies constraints to schemas: those that know them take them in, others are checked after. */
import { PyException, raise, Unsupported } from '../../python/runtime/errors';
import { PyInstance, PyObject, typeOf, type Value } from '../../python/runtime/objects';
import { binary, compare, equals, length, repr, str } from '../../python/runtime/operations';
import { EnumSchema, NullableSchema, UnionSchema } from './choices';
import { DictSchema, ListSchema, SetSchema, TupleSchema } from './containers';
import { DateSchema } from './dates';
import { type Invalid, invalid } from './errors';
import { CheckedSchema, FunctionSchema } from './functions';
import { DecimalSchema, MappingSchema } from './library';
import { BoolSchema, BytesSchema, FloatSchema, floatOf, IntSchema, plain, TextSchema } from './scalars';
import type { Schema } from './schema';
import { guarded } from './support';

const BOUNDS = new Set(['gt', 'ge', 'lt', 'le', 'multiple_of']);
const LENGTHS = new Set(['min_length', 'max_length']);
const TEXTS = new Set(['pattern', 'strip_whitespace', 'to_lower', 'to_upper', 'coerce_numbers_to_str']);

/** A schema with one more constraint. */
export function constrained(schema: Schema, name: string, value: Value): Schema {
  if (schema instanceof NullableSchema) return new NullableSchema(constrained(schema.schema, name, value));
  if (name === 'strict') return withStrict(schema, value === true);
  if (name === 'union_mode' && schema instanceof UnionSchema)
    return new UnionSchema(schema.members, value !== 'left_to_right');
  if (name === 'fail_fast') throw new Unsupported('fail_fast of pydantic');
  const own = taken(schema, name, value);
  if (own !== undefined) return own;
  if (BOUNDS.has(name) || LENGTHS.has(name)) return checked(schema, name, value);
  if (name === 'allow_inf_nan') return schema;
  if (TEXTS.has(name) || name === 'max_digits' || name === 'decimal_places') {
    if (schema instanceof FunctionSchema || schema instanceof CheckedSchema)
      return new CheckedSchema(schema, name, one => {
        const text = new TextSchema({ [name]: value });
        if (typeof one !== 'string') throw unable(name, value, schema);
        return text.validate(one, NO_STATE);
      });
    throw new Error(`constraint ${name}`);
  }
  return schema;
}

const NO_STATE = { isStrict: () => false, floor: () => undefined } as unknown as import('./schema').State;

const unable = (name: string, value: Value, schema: Schema) =>
  raise(
    'TypeError',
    `Unable to apply constraint '${name}' to supplied value ${str(value)} for schema of type '${schema.name}'`,
  );

function withStrict(schema: Schema, strict: boolean): Schema {
  if (schema instanceof IntSchema) return new IntSchema(schema.limits, strict);
  if (schema instanceof FloatSchema) return new FloatSchema(schema.limits, strict, schema.finite);
  if (schema instanceof BoolSchema) return new BoolSchema(strict);
  if (schema instanceof TextSchema) return new TextSchema({ ...schema.options, strict });
  if (schema instanceof BytesSchema) return new BytesSchema({ ...schema.options, strict });
  if (schema instanceof ListSchema) return new ListSchema(schema.item, { ...schema.options, strict });
  if (schema instanceof SetSchema) return new SetSchema(schema.item, schema.frozen, { ...schema.options, strict });
  if (schema instanceof TupleSchema)
    return new TupleSchema(schema.schemas, schema.variadic, { ...schema.options, strict });
  if (schema instanceof DictSchema) return new DictSchema(schema.key, schema.value, { ...schema.options, strict });
  if (schema instanceof DecimalSchema) return new DecimalSchema({ ...schema.options, strict });
  if (schema instanceof DateSchema) return schema.with({ strict });
  if (schema instanceof EnumSchema) return schema.withStrict(strict);
  if (schema instanceof FunctionSchema && schema.schema !== undefined)
    return new FunctionSchema(
      schema.mode,
      schema.func,
      withStrict(schema.schema, strict),
      schema.fieldName,
      schema.config,
      schema.withInfo,
    );
  throw raise('RuntimeError', `Unable to apply constraint 'strict' to schema of type '${schema.name}'`);
}

const whole = (value: Value): bigint => {
  const known = plain(value);
  if (typeof known !== 'bigint')
    throw raise('TypeError', `'${typeOf(value).name}' object cannot be interpreted as an integer`);
  return known;
};

/** The schema with the constraint in it, where its kind has such; undefined otherwise. */
function taken(schema: Schema, name: string, value: Value): Schema | undefined {
  if (schema instanceof IntSchema && BOUNDS.has(name)) {
    const bound = plain(value);
    if (typeof bound === 'bigint') return new IntSchema({ ...schema.limits, [name]: bound }, schema.strict);
    if (typeof bound === 'number' && Number.isInteger(bound))
      return new IntSchema({ ...schema.limits, [name]: BigInt(bound) }, schema.strict);
    throw raise('TypeError', `'${typeOf(value).name}' object cannot be interpreted as an integer`);
  }
  if (schema instanceof FloatSchema) {
    if (name === 'allow_inf_nan') return new FloatSchema(schema.limits, schema.strict, value === false);
    const bound = BOUNDS.has(name) ? floatOf(value) : undefined;
    if (bound !== undefined) return new FloatSchema({ ...schema.limits, [name]: bound }, schema.strict, schema.finite);
  }
  if (
    schema instanceof DecimalSchema &&
    (BOUNDS.has(name) || ['max_digits', 'decimal_places', 'allow_inf_nan'].includes(name))
  )
    return schema.constrained(name, value);
  if (schema instanceof DateSchema && BOUNDS.has(name) && name !== 'multiple_of') return schema.with({ [name]: value });
  if (schema instanceof TextSchema && (LENGTHS.has(name) || TEXTS.has(name)))
    return new TextSchema({ ...schema.options, [name]: LENGTHS.has(name) ? whole(value) : value });
  if (!LENGTHS.has(name)) return undefined;
  const limit = { [name]: whole(value) };
  if (schema instanceof BytesSchema) return new BytesSchema({ ...schema.options, ...limit });
  if (schema instanceof ListSchema) return new ListSchema(schema.item, { ...schema.options, ...limit });
  if (schema instanceof SetSchema) return new SetSchema(schema.item, schema.frozen, { ...schema.options, ...limit });
  if (schema instanceof DictSchema) return new DictSchema(schema.key, schema.value, { ...schema.options, ...limit });
  if (schema instanceof MappingSchema) return schema.constrained(limit);
  if (schema instanceof TupleSchema && schema.variadic)
    return new TupleSchema(schema.schemas, true, { ...schema.options, ...limit });
  return undefined;
}

/** How a bound stands in the context of an error. */
const shownBound = (value: Value): Value =>
  typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string' || value instanceof PyInstance
    ? value
    : repr(value);

const CHECKS: Readonly<Record<string, readonly [operator: '>' | '>=' | '<' | '<=', kind: string, label: string]>> = {
  gt: ['>', 'greater_than', 'greater_than_validator'],
  ge: ['>=', 'greater_than_equal', 'greater_than_or_equal_validator'],
  lt: ['<', 'less_than', 'less_than_validator'],
  le: ['<=', 'less_than_equal', 'less_than_or_equal_validator'],
};

function checked(schema: Schema, name: string, bound: Value): Schema {
  const refuse = (value: Value) =>
    raise('TypeError', `Unable to apply constraint '${name}' to supplied value ${str(value)}`);
  /** The outcome of a comparison; what cannot be compared cannot be constrained. */
  const tried = <T>(value: Value, body: () => T): T => {
    const made = guarded(body);
    if (made instanceof PyException) throw refuse(value);
    return made;
  };
  const order = CHECKS[name];
  if (order !== undefined) {
    const [operator, kind, label] = order;
    return new CheckedSchema(schema, label, value => {
      const holds = tried(value, () => compare(operator, value, bound));
      return holds === false || (holds instanceof PyObject && str(holds) === 'False')
        ? invalid(kind, value, { [name]: shownBound(bound) })
        : value;
    });
  }
  if (name === 'multiple_of')
    return new CheckedSchema(schema, 'multiple_of_validator', value => {
      const rest = tried(value, () => binary('%', value, bound));
      return equals(rest, 0n) ? value : invalid('multiple_of', value, { multiple_of: shownBound(bound) });
    });
  return new CheckedSchema(schema, `${name}_validator`, value => lengthChecked(name, whole(bound), value, tried));
}

function lengthChecked(
  name: string,
  bound: bigint,
  value: Value,
  tried: <T>(value: Value, body: () => T) => T,
): Value | Invalid {
  const actual_length = BigInt(tried(value, () => length(value)));
  if (name === 'min_length' && actual_length < bound)
    return invalid('too_short', value, { field_type: 'Value', min_length: bound, actual_length });
  if (name === 'max_length' && actual_length > bound)
    return invalid('too_long', value, { field_type: 'Value', max_length: bound, actual_length });
  return value;
}
