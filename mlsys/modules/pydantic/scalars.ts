/** Schemas of numbers, texts, bytes, truth values and `None`. */
import { decodeBytes, encodeText } from '../../python/builtins/codecs';
import { PyException, Unsupported } from '../../python/runtime/errors';
import { parseInteger } from '../../python/runtime/numbers/parse';
import {
  floatClass,
  intClass,
  isInstance,
  PyBytes,
  PyInstance,
  strClass,
  typeOf,
  unwrap,
  type Value,
} from '../../python/runtime/objects';
import {
  call,
  callMethod,
  codePoints,
  compare,
  getAttribute,
  special,
  str,
  toFloat,
} from '../../python/runtime/operations';
import { enumClass, memberValue } from '../standard/enum';
import { type Invalid, invalid } from './errors';
import { Exactness, Schema, type State } from './schema';
import { classFrom, guarded } from './support';

/** The plain value of an instance of `str`, `int` or `float`, or of a subclass of one. */
export const plain = (value: Value): Value => unwrap(value);

/** The text of an input that may be a text or bytes; undefined for anything else. */
function textOf(input: Value, fault: string): string | Invalid | undefined {
  if (typeof input === 'string') return input;
  if (input instanceof PyInstance && typeof input.payload === 'string') return input.payload;
  if (!(input instanceof PyBytes)) return undefined;
  return decoded(input) ?? invalid(fault, input);
}

/** Bytes as UTF-8; undefined where they are none. */
export function decoded(bytes: PyBytes): string | undefined {
  const text = guarded(() => decodeBytes(bytes.data));
  return typeof text === 'string' ? text : undefined;
}

/** The value of a member of an enumeration; undefined for anything else. */
function enumValue(input: Value): Value | undefined {
  return input instanceof PyInstance && isInstance(input, enumClass) ? memberValue(input) : undefined;
}

/** White space as Rust has it. */
const SPACE =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/gu;
const trimmed = (text: string): string => text.replace(SPACE, '');

const MAX_DIGITS = 4300;
const LARGEST = 2 ** 63;

function intOfText(input: Value, text: string): Value | Invalid {
  const clean = trimmed(text);
  if (clean.length > MAX_DIGITS) return invalid('int_parsing_size', input);
  if (!/^[+-]?\d+(?:_\d+)*(?:\.0+)?$/.test(clean)) return invalid('int_parsing', input);
  const digits = clean.replace(/\.0+$/, '').replaceAll('_', '').replace(/^\+/, '');
  return parseInteger(digits, 10)!;
}

function intOfFloat(input: Value, value: number): Value | Invalid {
  if (!Number.isFinite(value)) return invalid('finite_number', input);
  if (value % 1 !== 0) return invalid('int_from_float', input);
  return -LARGEST < value && value < LARGEST ? BigInt(value) : invalid('int_parsing_size', input);
}

/** A number as `float()` would make of it, without texts; undefined where that is not possible. */
export function floatOf(input: Value): number | undefined {
  const known = plain(input);
  if (typeof known === 'number') return known;
  if (typeof known === 'boolean') return known ? 1 : 0;
  if (
    typeof known !== 'bigint' &&
    special(input, '__float__') === undefined &&
    special(input, '__index__') === undefined
  )
    return undefined;
  if (typeof known === 'string') return undefined;
  const made = guarded(() => toFloat(input));
  return made instanceof PyException ? undefined : made;
}

/** An int of a lax or strict input. */
export function validInt(input: Value, strict: boolean, state: State): Value | Invalid {
  if (typeof input === 'bigint') return input;
  const payload = plain(input);
  if (typeof payload === 'bigint') {
    state.floor(Exactness.Strict);
    return payload;
  }
  if (typeof input === 'boolean') {
    if (strict) return invalid('int_type', input);
    state.floor(Exactness.Lax);
    return input ? 1n : 0n;
  }
  if (strict) return invalid('int_type', input);
  state.floor(Exactness.Lax);
  const text = textOf(input, 'int_parsing');
  if (typeof text === 'string') return intOfText(input, text);
  if (text !== undefined) return text;
  if (typeof input === 'number') return intOfFloat(input, input);
  if (typeOf(input).name === 'Decimal') return intOfDecimal(input);
  const value = floatOf(input);
  if (value !== undefined) return intOfFloat(input, value);
  const member = enumValue(input);
  if (typeof member === 'bigint') return member;
  if (member !== undefined) throw new Unsupported('a member of an enumeration as an int of a model');
  return invalid('int_type', input);
}

function intOfDecimal(input: Value): Value | Invalid {
  if (callMethod(input, 'is_finite') !== true) return invalid('finite_number', input);
  const whole = callMethod(input, 'to_integral_value');
  if (!compare('==', whole, input)) return invalid('int_from_float', input);
  return callMethod(input, '__int__');
}

/** A float of a lax or strict input. */
export function validFloat(input: Value, strict: boolean, state: State): Value | Invalid {
  if (typeof input === 'number') return input;
  if (!strict) {
    const text = textOf(input, 'float_parsing');
    if (text !== undefined) state.floor(Exactness.Lax);
    if (typeof text === 'string') return floatOfText(input, text);
    if (text !== undefined) return text;
  }
  if (typeof input === 'boolean') {
    if (strict) return invalid('float_type', input);
    state.floor(Exactness.Lax);
    return input ? 1 : 0;
  }
  const value = floatOf(input);
  if (value === undefined) return invalid('float_type', input);
  state.floor(Exactness.Strict);
  return value;
}

const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf|infinity|nan)$/i;

function floatOfText(input: Value, text: string): Value | Invalid {
  let clean = trimmed(text);
  if (!FLOAT.test(clean)) {
    if (text.startsWith('_') || text.endsWith('_') || text.includes('__')) return invalid('float_parsing', input);
    clean = text.replaceAll('_', '');
    if (!FLOAT.test(clean)) return invalid('float_parsing', input);
  }
  if (/nan/i.test(clean)) return Number.NaN;
  if (/inf/i.test(clean)) return clean.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(clean);
}

const FALSE = new Set(['0', 'f', 'n', 'no', 'off', 'false']);
const TRUE = new Set(['1', 't', 'y', 'yes', 'on', 'true']);

/** A truth value of a lax or strict input. */
export function validBool(input: Value, strict: boolean, state: State): Value | Invalid {
  if (typeof input === 'boolean') return input;
  if (strict) return invalid('bool_type', input);
  state.floor(Exactness.Lax);
  const text = textOf(input, 'bool_parsing');
  if (typeof text === 'string') {
    const lower = text.replace(/[A-Z]/g, char => char.toLowerCase());
    if (TRUE.has(lower)) return true;
    return FALSE.has(lower) ? false : invalid('bool_parsing', input);
  }
  if (text !== undefined) return text;
  const whole = plain(input);
  if (typeof whole === 'bigint') {
    if (whole === 0n || whole === 1n) return whole === 1n;
    if (whole < 2n ** 63n && whole >= -(2n ** 63n)) return invalid('bool_parsing', input);
  }
  const value = floatOf(input);
  if (value === undefined || !Number.isInteger(value)) return invalid('bool_type', input);
  if (value === 0 || value === 1) return value === 1;
  return Math.abs(value) < LARGEST ? invalid('bool_parsing', input) : invalid('bool_type', input);
}

/** A text of a lax or strict input. */
export function validText(input: Value, strict: boolean, numbers: boolean, state: State): string | Invalid {
  if (typeof input === 'string') return input;
  if (input instanceof PyInstance && typeof input.payload === 'string') {
    state.floor(Exactness.Strict);
    return input.payload;
  }
  if (strict) return invalid('string_type', input);
  state.floor(Exactness.Lax);
  if (input instanceof PyBytes) return decoded(input) ?? invalid('string_unicode', input);
  if (numbers && typeof input !== 'boolean' && isNumber(input)) return str(input);
  const member = enumValue(input);
  return member === undefined ? invalid('string_type', input) : str(member);
}

function isNumber(input: Value): boolean {
  return isInstance(input, intClass) || isInstance(input, floatClass) || typeOf(input).name === 'Decimal';
}

export class IntSchema extends Schema {
  readonly strict: boolean | undefined;
  readonly name: string;
  readonly limits: Limits;
  constructor(limits: Limits = NO_LIMITS, strict?: boolean) {
    super();
    this.limits = limits;
    this.strict = strict;
    this.name = hasLimits(limits) ? 'constrained-int' : 'int';
  }
  validate(input: Value, state: State): Value | Invalid {
    const made = validInt(input, state.isStrict(this.strict), state);
    return typeof made === 'bigint' ? (checkLimits(made, input, this.limits) ?? made) : made;
  }
  override accepts(value: Value): boolean {
    return isInstance(value, intClass) && typeof value !== 'boolean';
  }
}

export class FloatSchema extends Schema {
  readonly strict: boolean | undefined;
  readonly finite: boolean;
  readonly limits: Limits;
  readonly name: string;
  constructor(limits: Limits = NO_LIMITS, strict?: boolean, finite = false) {
    super();
    this.limits = limits;
    this.strict = strict;
    this.finite = finite;
    this.name = hasLimits(limits) ? 'constrained-float' : 'float';
  }
  validate(input: Value, state: State): Value | Invalid {
    const made = validFloat(input, state.isStrict(this.strict), state);
    if (typeof made !== 'number') return made;
    if (this.finite && !Number.isFinite(made)) return invalid('finite_number', input);
    return checkLimits(made, input, this.limits) ?? made;
  }
  override accepts(value: Value): boolean {
    return isInstance(value, floatClass);
  }
}

/** Bounds of a number; in the order in which they are checked. */
export interface Limits {
  readonly multiple_of?: number | bigint;
  readonly le?: number | bigint;
  readonly lt?: number | bigint;
  readonly ge?: number | bigint;
  readonly gt?: number | bigint;
}

export const NO_LIMITS: Limits = {};

const hasLimits = (limits: Limits): boolean => Object.keys(limits).length > 0;

const isMultiple = (value: number | bigint, of: number | bigint): boolean => {
  if (typeof value === 'bigint' && typeof of === 'bigint') return value % of === 0n;
  const [a, b] = [Number(value), Number(of)];
  const rest = a % b;
  const threshold = Math.abs(a) / 1e9;
  return !(Math.abs(rest) > threshold && Math.abs(rest - b) > threshold);
};

function checkLimits(value: number | bigint, input: Value, limits: Limits): Invalid | undefined {
  const { multiple_of: of, le, lt, ge, gt } = limits;
  if (of !== undefined && !isMultiple(value, of)) return invalid('multiple_of', input, { multiple_of: of });
  if (le !== undefined && !(value <= le)) return invalid('less_than_equal', input, { le });
  if (lt !== undefined && !(value < lt)) return invalid('less_than', input, { lt });
  if (ge !== undefined && !(value >= ge)) return invalid('greater_than_equal', input, { ge });
  if (gt !== undefined && !(value > gt)) return invalid('greater_than', input, { gt });
  return undefined;
}

export class BoolSchema extends Schema {
  readonly name = 'bool';
  readonly strict: boolean | undefined;
  constructor(strict?: boolean) {
    super();
    this.strict = strict;
  }
  validate(input: Value, state: State): Value | Invalid {
    return validBool(input, state.isStrict(this.strict), state);
  }
  override accepts(value: Value): boolean {
    return typeof value === 'boolean';
  }
}

export interface TextOptions {
  readonly strict?: boolean | undefined;
  readonly min_length?: bigint | undefined;
  readonly max_length?: bigint | undefined;
  readonly pattern?: Value;
  readonly strip_whitespace?: boolean | undefined;
  readonly to_lower?: boolean | undefined;
  readonly to_upper?: boolean | undefined;
  readonly coerce_numbers_to_str?: boolean | undefined;
}

export class TextSchema extends Schema {
  readonly name: string;
  readonly options: TextOptions;
  readonly #plain: boolean;
  constructor(options: TextOptions = {}) {
    super();
    this.options = options;
    const { min_length, max_length, pattern, strip_whitespace, to_lower, to_upper } = options;
    this.#plain =
      min_length === undefined &&
      max_length === undefined &&
      (pattern === undefined || pattern === null) &&
      strip_whitespace !== true &&
      to_lower !== true &&
      to_upper !== true;
    this.name = this.#plain ? 'str' : 'constrained-str';
  }

  validate(input: Value, state: State): Value | Invalid {
    const { options } = this;
    const made = validText(input, state.isStrict(options.strict), options.coerce_numbers_to_str === true, state);
    return typeof made === 'string' && !this.#plain ? this.#constrained(made, input) : made;
  }

  #constrained(given: string, input: Value): Value | Invalid {
    const { min_length, max_length, pattern, strip_whitespace, to_lower, to_upper } = this.options;
    const text = strip_whitespace === true ? trimmed(given) : given;
    if (min_length !== undefined || max_length !== undefined) {
      const length = BigInt(codePoints(text));
      if (min_length !== undefined && length < min_length) return invalid('string_too_short', input, { min_length });
      if (max_length !== undefined && length > max_length) return invalid('string_too_long', input, { max_length });
    }
    if (pattern !== undefined && pattern !== null) {
      const source = typeof pattern === 'string' ? pattern : getAttribute(pattern, 'pattern');
      if (!matches(pattern, text)) return invalid('string_pattern_mismatch', input, { pattern: source });
    }
    if (to_lower === true) return callMethod(text, 'lower');
    return to_upper === true ? callMethod(text, 'upper') : text;
  }

  override accepts(value: Value): boolean {
    return isInstance(value, strClass);
  }
}

/** True where a pattern is found in a text. Rust's `$` is only at the very end, where Python's is also before a line end. */
function matches(pattern: Value, text: string): boolean {
  const compiled = typeof pattern === 'string' ? call(classFrom('re', 'compile'), [rustPattern(pattern)]) : pattern;
  return callMethod(compiled, 'search', text) !== null;
}

/** A pattern as the core reads it, in the syntax of Python. */
function rustPattern(pattern: string): string {
  return pattern.replace(/(\\.|\[(?:\\.|[^\]\\])*\])|\$/gs, (whole, kept: string | undefined) =>
    kept === undefined && whole === '$' ? '\\Z' : whole === '\\z' ? '\\Z' : whole,
  );
}

export class BytesSchema extends Schema {
  readonly name: string;
  readonly options: TextOptions;
  constructor(options: TextOptions = {}) {
    super();
    this.options = options;
    this.name = options.min_length === undefined && options.max_length === undefined ? 'bytes' : 'constrained-bytes';
  }

  validate(input: Value, state: State): Value | Invalid {
    const made = this.#bytes(input, state);
    if (!(made instanceof PyBytes)) return made;
    const { min_length, max_length } = this.options;
    const length = BigInt(made.data.length);
    if (min_length !== undefined && length < min_length) return invalid('bytes_too_short', input, { min_length });
    if (max_length !== undefined && length > max_length) return invalid('bytes_too_long', input, { max_length });
    return made;
  }

  #bytes(input: Value, state: State): Value | Invalid {
    if (input instanceof PyBytes && input.cls.name === 'bytes') return input;
    if (state.isStrict(this.options.strict)) return invalid('bytes_type', input);
    state.floor(Exactness.Lax);
    const text = plain(input);
    if (typeof text === 'string') return new PyBytes(encodeText(text));
    return input instanceof PyBytes ? new PyBytes(input.data.slice()) : invalid('bytes_type', input);
  }

  override accepts(value: Value): boolean {
    return value instanceof PyBytes && value.cls.name === 'bytes';
  }
}

export class NoneSchema extends Schema {
  readonly name = 'none';
  validate(input: Value): Value | Invalid {
    return input === null ? null : invalid('none_required', input);
  }
  override accepts(value: Value): boolean {
    return value === null;
  }
}

/** Anything, as it is. */
export class AnySchema extends Schema {
  readonly name = 'any';
  validate(input: Value, state: State): Value {
    // In a union it is preferred to what would have to be coerced.
    state.floor(Exactness.Strict);
    return input;
  }
}

export class CallableSchema extends Schema {
  readonly name = 'callable';
  readonly #isCallable: (value: Value) => boolean;
  constructor(isCallable: (value: Value) => boolean) {
    super();
    this.#isCallable = isCallable;
  }
  validate(input: Value, state: State): Value | Invalid {
    state.floor(Exactness.Lax);
    return this.#isCallable(input) ? input : invalid('callable_type', input);
  }
}
