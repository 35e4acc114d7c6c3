/** What may stand beside a quantity: which values are magnitudes, and of what type. */
import { PyDict } from '../python/runtime/dict';
import { raise } from '../python/runtime/errors';
import { type PyClass, PyList, PyObject, PyTuple, unwrap, type Value } from '../python/runtime/objects';
import { callMethod, equals, repr, truth } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { PyQuantity, type PyRegistry, PyUnit } from './registry';

/** True for numpy's arrays, which compare and compute item by item. */
export function isArray(value: Value | undefined): value is PyObject {
  return value instanceof PyObject && value.cls.native && value.cls.name === 'ndarray';
}

export function isNumber(value: Value): boolean {
  const plain = unwrap(value);
  if (typeof plain === 'bigint' || typeof plain === 'number' || typeof plain === 'boolean') return true;
  return value instanceof PyObject && (isNumericClass(value.cls) || isArray(value));
}

const NUMERIC = new Set(['complex', 'Decimal', 'Fraction', 'number', 'generic']);

function isNumericClass(cls: PyClass): boolean {
  return cls.mro.some(one => one.native && NUMERIC.has(one.name));
}

/** A value as a magnitude: lists become arrays; undefined for what pint refuses by TypeError. */
export function asMagnitude(value: Value): Value | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value === null || typeof value === 'boolean' || value instanceof PyDict) return undefined;
  if (value === '') throw raise('ValueError', 'Quantity magnitude cannot be an empty string.');
  if (value instanceof PyList || value instanceof PyTuple) return callMethod(vm.import('numpy'), 'asarray', value);
  return value;
}

/** As `asMagnitude`, for a constructor: refused values raise. */
export function requireMagnitude(value: Value): Value {
  const magnitude = asMagnitude(value);
  if (magnitude === undefined) throw raise('TypeError', `Invalid magnitude for Quantity: ${repr(value)}`);
  return magnitude;
}

/** Zero and NaN go with any unit. */
export function isZeroOrNan(value: Value): boolean {
  if (typeof value === 'number') return value === 0 || Number.isNaN(value);
  if (typeof value === 'bigint') return value === 0n;
  if (typeof value === 'string' || value === null) return false;
  if (isArray(value)) return truth(callMethod(vm.import('numpy'), 'all', zeroMask(value)));
  return equals(value, 0n);
}

function zeroMask(array: Value): Value {
  const numpy = vm.import('numpy');
  return callMethod(numpy, 'logical_or', callMethod(numpy, 'equal', array, 0n), callMethod(numpy, 'isnan', array));
}

/** True where both belong to one registry; raises where the other belongs to another one. */
export function sharesRegistry(registry: PyRegistry, own: Value, other: Value): other is PyQuantity | PyUnit {
  if (!(other instanceof PyQuantity) && !(other instanceof PyUnit)) return false;
  if (other.registry === registry) return true;
  const name = (value: Value) => (value instanceof PyQuantity ? 'Quantity' : 'Unit');
  throw raise('ValueError', `Cannot operate with ${name(own)} and ${name(other)} of different registries.`);
}

/** A list of quantities handles the operation itself. */
export function defers(other: Value): boolean {
  return other instanceof PyList && other.items[0] instanceof PyQuantity;
}
