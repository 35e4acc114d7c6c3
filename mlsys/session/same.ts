/** When two values are the same to whoever reads them later, so that a reader need not run again. */
import type { FunctionCode } from '../python/runtime/function';
import { PyFunction } from '../python/runtime/function';
import { HashMap } from '../python/runtime/hashMap';
import {
  BoundMethod,
  NativeFunction,
  PyClass,
  PyModule,
  PyObject,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import { isUnknown, PyUnknown } from '../python/runtime/unknown';
import { PyQuantity } from '../units/registry';

/**
 * True when no later reader could see a difference between the values, except by identity: equal types, equal contents,
 * NaN the same as NaN, -0.0 other than 0.0, classes by what they define, functions by code, defaults and closure.
 */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return same(a, b, new Map());
}

/** Pairs that are being compared, taken as the same when met again: values may contain themselves. */
type Visited = Map<object, Set<object>>;

function same(a: unknown, b: unknown, visited: Visited): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const seen = visited.get(a);
  if (seen?.has(b)) return true;
  if (seen === undefined) visited.set(a, new Set([b]));
  else seen.add(b);
  if (a instanceof PyObject && b instanceof PyObject) return sameObjects(a, b, visited);
  return sameStructures(a, b, visited);
}

function sameObjects(a: PyObject, b: PyObject, visited: Visited): boolean {
  if (isUnknown(a) || isUnknown(b))
    return a instanceof PyUnknown && b instanceof PyUnknown && sameUnknowns(a, b, visited);
  if (a instanceof PyModule || a instanceof NativeFunction) return false;
  if (a instanceof PyClass) return b instanceof PyClass && sameClasses(a, b, visited);
  if (a instanceof PyFunction) return b instanceof PyFunction && sameFunctions(a, b, visited);
  return sameFields(a, b, visited);
}

/** Unknown for the same reason, and leading to nothing else that one could see. */
function sameUnknowns(a: PyUnknown, b: PyUnknown, visited: Visited): boolean {
  if (a.may.length + b.may.length > 0) return false;
  return a.path === b.path && a.unsure === b.unsure && same(a.cause, b.cause, visited);
}

function sameClasses(a: PyClass, b: PyClass, visited: Visited): boolean {
  if (a.native || b.native) return false;
  return (
    a.name === b.name &&
    a.qualname === b.qualname &&
    a.cls === b.cls &&
    sameLists(a.bases, b.bases, visited) &&
    sameMaps(a.attrs, b.attrs, visited)
  );
}

function sameCode(a: FunctionCode, b: FunctionCode): boolean {
  return a === b || (a.source === b.source && a.name === b.name && a.file === b.file);
}

function sameFunctions(a: PyFunction, b: PyFunction, visited: Visited): boolean {
  return (
    sameCode(a.code, b.code) &&
    a.qualname === b.qualname &&
    a.globals === b.globals &&
    sameLists(a.defaults, b.defaults, visited) &&
    same(a.keywordDefaults, b.keywordDefaults, visited) &&
    sameLists(a.closure, b.closure, visited) &&
    same(a.attrs, b.attrs, visited) &&
    a.doc === b.doc
  );
}

/** Objects of the library by their fields, whatever these are; a field that is a JavaScript function by identity. */
function sameFields(a: object, b: object, visited: Visited): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  for (const name of names) {
    if (name === 'owner' || name === 'changedAt') continue;
    if (!same((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name], visited)) return false;
  }
  return true;
}

function sameStructures(a: object, b: object, visited: Visited): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && sameLists(a, b, visited);
  if (a instanceof HashMap) return b instanceof HashMap && sameHashMaps(a, b, visited);
  if (a instanceof Map) return b instanceof Map && sameMaps(a, b, visited);
  if (a instanceof Set) return b instanceof Set && sameLists([...a], [...b], visited);
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const left = a as unknown as ArrayLike<unknown>;
    const right = b as unknown as ArrayLike<unknown>;
    if (left.length !== right.length) return false;
    for (let at = 0; at < left.length; at++) if (!Object.is(left[at], right[at])) return false;
    return true;
  }
  return sameFields(a, b, visited);
}

function sameLists(a: readonly unknown[], b: readonly unknown[], visited: Visited): boolean {
  return a.length === b.length && a.every((item, at) => same(item, b[at], visited));
}

/** Order counts: iteration shows it. */
function sameMaps(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>, visited: Visited): boolean {
  if (a.size !== b.size) return false;
  const other = b.entries();
  for (const [key, value] of a.entries()) {
    const [otherKey, otherValue] = other.next().value as [unknown, unknown];
    if (!same(key, otherKey, visited) || !same(value, otherValue, visited)) return false;
  }
  return true;
}

function sameHashMaps(a: HashMap, b: HashMap, visited: Visited): boolean {
  if (a.size !== b.size) return false;
  const other = b.entries();
  for (const [key, value] of a.entries()) {
    const [otherKey, otherValue] = other.next().value as [Value, Value];
    if (!same(key, otherKey, visited) || !same(value, otherValue, visited)) return false;
  }
  return true;
}

/**
 * `atomic` where nobody can tell a value from an equal one: it cannot change and is not asked for its identity.
 * `object` for classes, instances, functions and containers: an instance of the old class is no instance of a new one.
 */
export function valueKind(value: Value): 'atomic' | 'object' {
  return isAtomic(value) ? 'atomic' : 'object';
}

function isAtomic(value: Value): boolean {
  if (!(value instanceof PyObject)) return true;
  if (value instanceof PyTuple) return value.cls.native && value.items.every(isAtomic);
  if (value instanceof NativeFunction) return true;
  if (value instanceof PyModule) return value.file === undefined;
  if (value instanceof PyClass) return value.native;
  if (value instanceof PyQuantity) return !(value.magnitude instanceof PyObject);
  if (value instanceof BoundMethod) return value.func instanceof NativeFunction && isAtomic(value.self);
  if (!value.cls.native || !IMMUTABLE.has(value.cls.name)) return false;
  // A time may be of a zone whose class is a cell's.
  return !('zone' in value && value.zone instanceof PyObject && !value.zone.cls.native);
}

/** Library classes whose instances never change. */
const IMMUTABLE = new Set([
  'complex',
  'bytes',
  'range',
  'slice',
  'Decimal',
  'Fraction',
  'date',
  'time',
  'datetime',
  'timedelta',
  'timezone',
  'Unit',
  'ellipsis',
  'NotImplementedType',
  'GenericAlias',
  'UnionType',
  'Markdown',
]);
