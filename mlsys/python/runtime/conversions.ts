/** Conversions to integers and floats by protocol. */
import { callSpecial, special } from './attributes';
import { raise } from './errors';
import { intClass, isInstance, unwrap, type Value } from './objects';
import { typeName } from './typeName';

/** `operator.index(value)`: the integer that a value is, by `__index__`. */
export function indexOf(value: Value, message?: string): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'object' && value !== null) {
    if (isInstance(value, intClass)) {
      const plain = unwrap(value);
      if (typeof plain === 'bigint') return plain;
      if (typeof plain === 'boolean') return plain ? 1n : 0n;
    }
    const method = special(value, '__index__');
    if (method !== undefined && method !== null) {
      const result = unwrap(callSpecial(method, value, []));
      if (typeof result === 'bigint') return result;
      if (typeof result === 'boolean') return result ? 1n : 0n;
      throw raise('TypeError', `__index__ returned non-int (type ${typeName(result)})`);
    }
  }
  throw raise('TypeError', message ?? `'${typeName(value)}' object cannot be interpreted as an integer`);
}

/** True where `indexOf` succeeds by type. */
export function hasIndex(value: Value): boolean {
  if (typeof value === 'bigint' || typeof value === 'boolean') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    (isInstance(value, intClass) || (special(value, '__index__') ?? null) !== null)
  );
}

/** An index as a JavaScript number, clamped to the safe range, for lengths and positions. */
export function smallIndex(value: Value): number {
  const index = indexOf(value);
  return index > 9007199254740991n
    ? Number.MAX_SAFE_INTEGER
    : index < -9007199254740991n
      ? -Number.MAX_SAFE_INTEGER
      : Number(index);
}

/** An integer as a float, or CPython's OverflowError. */
export function integerToFloat(value: bigint): number {
  const result = Number(value);
  if (!Number.isFinite(result)) throw raise('OverflowError', 'int too large to convert to float');
  return result;
}

/**
 * A number as the math functions take it: by `__float__`, then `__index__`; no strings. Of a subclass of float they take the
 * number itself, whatever its `__float__` says.
 */
export function toFloat(value: Value): number {
  const plain = unwrap(value);
  return typeof plain === 'number' ? plain : convertedFloat(value);
}

/** A number as `float()` takes it: an instance of a subclass of float is asked as well. */
export function convertedFloat(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return integerToFloat(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object' && value !== null) {
    const method = special(value, '__float__');
    if (method !== undefined && method !== null) {
      const result = unwrap(callSpecial(method, value, []));
      if (typeof result === 'number') return result;
      throw raise('TypeError', `${typeName(value)}.__float__ returned non-float (type ${typeName(result)})`);
    }
    if (hasIndex(value)) return integerToFloat(indexOf(value));
  }
  throw raise('TypeError', `must be real number, not ${typeName(value)}`);
}

/** `int(value)` for numbers: `__int__`, `__index__`, `__trunc__`; no strings. */
export function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(value)) throw raise('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(Math.trunc(value));
  }
  for (const name of ['__int__', '__index__', '__trunc__']) {
    const method = special(value, name);
    if (method === undefined || method === null) continue;
    const result = unwrap(callSpecial(method, value, []));
    if (typeof result === 'bigint') return result;
    if (typeof result === 'boolean') return result ? 1n : 0n;
    if (name === '__trunc__' && hasIndex(result)) return indexOf(result);
    const wanted = name === '__trunc__' ? 'non-Integral' : 'non-int';
    throw raise('TypeError', `${name} returned ${wanted} (type ${typeName(result)})`);
  }
  throw raise(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}
