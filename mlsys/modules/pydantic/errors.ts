/** Errors of a validation: kinds with their texts, places, and how `ValidationError` shows them. */
import { decodeBytes, encodeText } from '../../python/builtins/codecs';
import { raise } from '../../python/runtime/errors';
import { type PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { repr, str } from '../../python/runtime/operations';
import { guarded } from './support';

/** A step on the way to what is wrong: a name or a place in a sequence. */
export type Step = string | bigint;

/** One fault of an input. Its place is kept from the inside out, so that who passes it on appends. */
export interface LineError {
  readonly kind: string;
  readonly steps: Step[];
  readonly input: Value;
  readonly context: ReadonlyMap<string, Value>;
  /** The text with places for the context, where the kind has none of its own. */
  readonly template?: string | undefined;
  /** True where the error is one of the author's own making, which has no page. */
  readonly custom?: boolean | undefined;
}

/** What a validation gives in place of a value. */
export class Invalid {
  readonly lines: readonly LineError[];
  constructor(lines: readonly LineError[]) {
    this.lines = lines;
  }

  /** The same faults, seen from further out. */
  within(step: Step): this {
    for (const line of this.lines) line.steps.push(step);
    return this;
  }
}

const NO_CONTEXT: ReadonlyMap<string, Value> = new Map();

/** One fault at the place where it is found. */
export function invalid(kind: string, input: Value, context?: Readonly<Record<string, Value>>): Invalid {
  const known = context === undefined ? NO_CONTEXT : new Map(Object.entries(context));
  return new Invalid([{ kind, steps: [], input, context: known }]);
}

/** A fault with a text of its own. */
export function customInvalid(
  kind: string,
  template: string,
  input: Value,
  context: ReadonlyMap<string, Value> = NO_CONTEXT,
): Invalid {
  return new Invalid([{ kind, steps: [], input, context, template, custom: true }]);
}

/** Texts of the kinds, with the names of what the context holds in braces. */
const TEMPLATES: Readonly<Record<string, string>> = {
  no_such_attribute: "Object has no attribute '{attribute}'",
  json_invalid: 'Invalid JSON: {error}',
  json_type: 'JSON input should be string, bytes or bytearray',
  recursion_loop: 'Recursion error - cyclic reference detected',
  missing: 'Field required',
  frozen_field: 'Field is frozen',
  frozen_instance: 'Instance is frozen',
  extra_forbidden: 'Extra inputs are not permitted',
  invalid_key: 'Keys should be strings',
  get_attribute_error: 'Error extracting attribute: {error}',
  model_type: 'Input should be a valid dictionary or instance of {class_name}',
  model_attributes_type: 'Input should be a valid dictionary or object to extract fields from',
  dataclass_type: 'Input should be a dictionary or an instance of {class_name}',
  dataclass_exact_type: 'Input should be an instance of {class_name}',
  none_required: 'Input should be None',
  greater_than: 'Input should be greater than {gt}',
  greater_than_equal: 'Input should be greater than or equal to {ge}',
  less_than: 'Input should be less than {lt}',
  less_than_equal: 'Input should be less than or equal to {le}',
  multiple_of: 'Input should be a multiple of {multiple_of}',
  finite_number: 'Input should be a finite number',
  too_short: '{field_type} should have at least {min_length} item{s:min_length} after validation, not {actual_length}',
  too_long: '{field_type} should have at most {max_length} item{s:max_length} after validation, not {actual_length}',
  iterable_type: 'Input should be iterable',
  iteration_error: 'Error iterating over object, error: {error}',
  string_type: 'Input should be a valid string',
  string_sub_type: 'Input should be a string, not an instance of a subclass of str',
  string_unicode: 'Input should be a valid string, unable to parse raw data as a unicode string',
  string_too_short: 'String should have at least {min_length} character{s:min_length}',
  string_too_long: 'String should have at most {max_length} character{s:max_length}',
  string_pattern_mismatch: "String should match pattern '{pattern}'",
  enum: 'Input should be {expected}',
  dict_type: 'Input should be a valid dictionary',
  mapping_type: 'Input should be a valid mapping, error: {error}',
  list_type: 'Input should be a valid list',
  tuple_type: 'Input should be a valid tuple',
  set_type: 'Input should be a valid set',
  frozen_set_type: 'Input should be a valid frozenset',
  set_item_not_hashable: 'Set items should be hashable',
  bool_type: 'Input should be a valid boolean',
  bool_parsing: 'Input should be a valid boolean, unable to interpret input',
  int_type: 'Input should be a valid integer',
  int_parsing: 'Input should be a valid integer, unable to parse string as an integer',
  int_parsing_size: 'Unable to parse input string as an integer, exceeded maximum size',
  int_from_float: 'Input should be a valid integer, got a number with a fractional part',
  float_type: 'Input should be a valid number',
  float_parsing: 'Input should be a valid number, unable to parse string as a number',
  bytes_type: 'Input should be a valid bytes',
  bytes_too_short: 'Data should have at least {min_length} byte{s:min_length}',
  bytes_too_long: 'Data should have at most {max_length} byte{s:max_length}',
  value_error: 'Value error, {error}',
  assertion_error: 'Assertion failed, {error}',
  literal_error: 'Input should be {expected}',
  date_type: 'Input should be a valid date',
  date_parsing: 'Input should be a valid date in the format YYYY-MM-DD, {error}',
  date_from_datetime_parsing: 'Input should be a valid date or datetime, {error}',
  date_from_datetime_inexact: 'Datetimes provided to dates should have zero time - e.g. be exact dates',
  time_type: 'Input should be a valid time',
  time_parsing: 'Input should be in a valid time format, {error}',
  datetime_type: 'Input should be a valid datetime',
  datetime_parsing: 'Input should be a valid datetime, {error}',
  datetime_from_date_parsing: 'Input should be a valid datetime or date, {error}',
  time_delta_type: 'Input should be a valid timedelta',
  time_delta_parsing: 'Input should be a valid timedelta, {error}',
  is_instance_of: 'Input should be an instance of {class}',
  needs_python_object: 'Cannot check `{method_name}` when validating from json, use a JsonOrPython validator instead',
  is_subclass_of: 'Input should be a subclass of {class}',
  callable_type: 'Input should be callable',
  union_tag_invalid:
    "Input tag '{tag}' found using {discriminator} does not match any of the expected tags: {expected_tags}",
  union_tag_not_found: 'Unable to extract tag using discriminator {discriminator}',
  arguments_type: 'Arguments must be a tuple, list or a dictionary',
  missing_argument: 'Missing required argument',
  unexpected_keyword_argument: 'Unexpected keyword argument',
  missing_keyword_only_argument: 'Missing required keyword only argument',
  unexpected_positional_argument: 'Unexpected positional argument',
  missing_positional_only_argument: 'Missing required positional only argument',
  multiple_argument_values: 'Got multiple values for argument',
  url_type: 'URL input should be a string or URL',
  url_parsing: 'Input should be a valid URL, {error}',
  url_too_long: 'URL should have at most {max_length} character{s:max_length}',
  url_scheme: 'URL scheme should be {expected_schemes}',
  decimal_type: 'Decimal input should be an integer, float, string or Decimal object',
  decimal_parsing: 'Input should be a valid decimal',
  decimal_max_digits: 'Decimal input should have no more than {max_digits} digit{s:max_digits} in total',
  decimal_max_places: 'Decimal input should have no more than {decimal_places} decimal place{s:decimal_places}',
  decimal_whole_digits:
    'Decimal input should have no more than {whole_digits} digit{s:whole_digits} before the decimal point',
  complex_type:
    'Input should be a valid python complex object, a number, or a valid complex string following the rules at https://docs.python.org/3/library/functions.html#complex',
  complex_str_parsing:
    'Input should be a valid complex string following the rules at https://docs.python.org/3/library/functions.html#complex',
};

/** Texts that differ where the input was JSON. */
const JSON_TEMPLATES: Readonly<Record<string, string>> = {
  none_required: 'Input should be null',
  list_type: 'Input should be a valid array',
  tuple_type: 'Input should be a valid array',
  iterable_type: 'Input should be a valid array',
  set_type: 'Input should be a valid array',
  frozen_set_type: 'Input should be a valid array',
  model_type: 'Input should be an object',
  model_attributes_type: 'Input should be an object',
  dict_type: 'Input should be an object',
  dataclass_type: 'Input should be an object',
  time_delta_type: 'Input should be a valid duration',
  time_delta_parsing: 'Input should be a valid duration, {error}',
  arguments_type: 'Arguments must be an array or an object',
};

/** True for a kind of error that the library itself knows. */
export function isKnownKind(kind: string): boolean {
  return Object.hasOwn(TEMPLATES, kind);
}

/** A number without an exponent, as the core of the library writes it. */
export function plainNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = String(Math.abs(value));
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const parts = /^(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return sign + text;
  const whole = parts[1]!;
  const fraction = parts[2] ?? '';
  const digits = whole + fraction;
  const point = whole.length + Number(parts[3]);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function shown(value: Value): string {
  return typeof value === 'number' ? plainNumber(value) : str(value);
}

/** A template with its places filled from a context. */
export function fill(template: string, context: ReadonlyMap<string, Value>): string {
  return template.replace(/\{(s:)?(\w+)\}/g, (whole, plural: string | undefined, name: string) => {
    const value = context.get(name);
    if (value === undefined) return whole;
    if (plural !== undefined) return value === 1n ? '' : 's';
    // How many there are is not always known.
    return value === null && name === 'actual_length' ? 'more' : shown(value);
  });
}

/** The text of a fault. */
export function messageOf(line: LineError, json: boolean): string {
  if (line.template !== undefined) return fill(line.template, line.context);
  const template = (json ? JSON_TEMPLATES[line.kind] : undefined) ?? TEMPLATES[line.kind];
  if (template === undefined) throw raise('KeyError', `Invalid error type: '${line.kind}'`);
  return fill(template, line.context);
}

export const pageOf = (line: LineError): string => `https://errors.pydantic.dev/2.10/v/${line.kind}`;

/** The place of a fault, from the outside in. */
export const placeOf = (line: LineError): PyTuple => new PyTuple([...line.steps].reverse());

const LIMIT = 50;

/** A text cut in its middle to so many bytes, at whole characters. */
export function truncated(text: string): string {
  if (text.length <= LIMIT && !/[^\x20-\x7e]/.test(text)) return text;
  const bytes = encodeText(text, 'utf-8', 'replace');
  if (bytes.length <= LIMIT) return text;
  const middle = Math.ceil(LIMIT / 2);
  const isInside = (at: number): boolean => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
  let before = middle;
  while (isInside(before)) before--;
  let after = bytes.length - (middle - 1);
  while (isInside(after)) after++;
  return `${decodeBytes(bytes.subarray(0, before))}...${decodeBytes(bytes.subarray(after))}`;
}

/** The repr of an input, also of one whose repr fails. */
export function safeRepr(value: Value): string {
  const text = guarded(() => repr(value));
  if (typeof text === 'string') return text;
  const other = guarded(() => str(value));
  if (typeof other === 'string') return other;
  return `<unprintable ${(value as PyObject).cls.qualname} object>`;
}

/** How `ValidationError` shows its faults, one after the other. */
export function shownLine(
  line: LineError,
  json: boolean,
  hideInput: boolean,
  typeName: (value: Value) => string,
): string {
  const place = line.steps.length === 0 ? '' : `${[...line.steps].reverse().join('.')}\n`;
  let text = `${place}  ${messageOf(line, json)} [type=${line.kind}`;
  if (!hideInput) text += `, input_value=${truncated(safeRepr(line.input))}, input_type=${typeName(line.input)}`;
  return line.custom === true ? `${text}]` : `${text}]\n    For further information visit ${pageOf(line)}`;
}
