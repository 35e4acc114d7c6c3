/** Comparison, equality and hash of quantities and units. */
import { PyError, raise } from '../python/runtime/errors';
import { typeOf, type Value } from '../python/runtime/objects';
import {
  call,
  callMethod,
  classPath,
  compare,
  hash,
  hashString,
  type OrderOperator,
  truth,
} from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { isDimensionless, magnitudeIn, toBase, toRoot } from './arithmetic';
import { DIMENSIONLESS } from './container';
import { requireSameDimensions } from './conversion';
import { plainText } from './definitions';
import { ambiguousOffset, dimensionalityError } from './errors';
import { watch } from './notices';
import { isArray, isNumber, isZeroOrNan, sharesRegistry } from './operands';
import { PyQuantity } from './registry';

/** Whether a magnitude is zero everywhere. */
function isZero(magnitude: Value): boolean {
  if (typeof magnitude === 'number') return magnitude === 0;
  if (typeof magnitude === 'bigint') return magnitude === 0n;
  const same = compare('==', magnitude, 0n);
  return isArray(same) ? truth(callMethod(vm.import('numpy'), 'all', same)) : truth(same);
}

/** `value` for each item where the magnitude is an array. */
function spread(q: PyQuantity, value: boolean): Value {
  return isArray(q.magnitude) ? callMethod(vm.import('numpy'), 'full_like', q.magnitude, value, typeOf(value)) : value;
}

/** `q == other` */
export function equalTo(q: PyQuantity, other: Value): Value {
  const { registry } = q;
  if (!(other instanceof PyQuantity)) {
    if (other === null) return spread(q, false);
    const multiplicative = registry.facts(q.units).nonMultiplicative.length === 0;
    if (isZeroOrNan(other)) {
      if (multiplicative) return compare('==', q.magnitude, other);
      if (registry.state.autoconvertOffset) return compare('==', toBase(q).magnitude, other);
      throw ambiguousOffset(plainText(q.units));
    }
    if (!isDimensionless(registry, q.units)) return spread(q, false);
    if (isNumber(other)) watch(registry, 'compare', q, other);
    return compare('==', magnitudeIn(q, DIMENSIONLESS), other);
  }
  const left = registry.facts(q.units).dimensionality;
  const right = other.registry.facts(other.units).dimensionality;
  if (isZero(q.magnitude) && isZero(other.magnitude)) return spread(q, left.equals(right));
  if (q.units.equals(other.units)) return compare('==', q.magnitude, other.magnitude);
  if (!left.equals(right)) return spread(q, false);
  watch(registry, 'compare', q, other);
  let converted: Value;
  try {
    converted = magnitudeIn(q, other.units);
  } catch (error) {
    // temperatures and their differences have one dimension, and yet do not convert
    if (error instanceof PyError && error.exception.cls === dimensionalityError) return spread(q, false);
    throw error;
  }
  return compare('==', converted, other.magnitude);
}

/** `q != other` */
export function notEqualTo(q: PyQuantity, other: Value): Value {
  const same = equalTo(q, other);
  return isArray(same) ? callMethod(vm.import('numpy'), 'logical_not', same) : !truth(same);
}

/** `q < other` and its like */
export function order(op: OrderOperator, q: PyQuantity, other: Value): Value {
  return compareWith((a, b) => compare(op, a, b), q, other);
}

/** `q.compare(other, op)` */
export function compareBy(q: PyQuantity, other: Value, op: Value): Value {
  return compareWith((a, b) => call(op, [a, b]), q, other);
}

function compareWith(holds: (a: Value, b: Value) => Value, q: PyQuantity, other: Value): Value {
  const { registry } = q;
  if (!(other instanceof PyQuantity)) {
    if (isDimensionless(registry, q.units)) {
      if (isNumber(other) && !isZeroOrNan(other)) watch(registry, 'compare', q, other);
      return holds(magnitudeIn(q, DIMENSIONLESS), other);
    }
    if (!isZeroOrNan(other))
      throw raise('ValueError', `Cannot compare PlainQuantity and <class '${classPath(typeOf(other))}'>`);
    if (registry.facts(q.units).nonMultiplicative.length === 0) return holds(q.magnitude, other);
    if (registry.state.autoconvertOffset) return holds(toBase(q).magnitude, other);
    throw ambiguousOffset(plainText(q.units));
  }
  sharesRegistry(registry, q, other);
  if (q.units.equals(other.units)) return holds(q.magnitude, other.magnitude);
  requireSameDimensions(q, other);
  watch(registry, 'compare', q, other);
  return holds(toRoot(q).magnitude, toRoot(other).magnitude);
}

/** `hash(q)`: that of the plain number for a quantity without dimension. */
export function hashQuantity(q: PyQuantity): bigint {
  const base = toBase(q);
  const magnitude = hash(base.magnitude);
  if (isDimensionless(q.registry, base.units)) return magnitude;
  return BigInt.asIntN(61, magnitude * 1000003n + hashString(base.units.key));
}
