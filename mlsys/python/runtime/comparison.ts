/** Truth, identity, equality and order. */

import { callSpecial, special } from './attributes';
import { PyDict } from './dict';
import { raise, Unsupported } from './errors';
import { chargeSum, largeIntegers } from './numbers/integers';
import { NotImplemented, PyInstance, PyList, PyModule, PyObject, PyTuple, typeOf, type Value } from './objects';
import { PySetBase } from './set';
import { typeName } from './typeName';
import { PyUnknown } from './unknown';
import { vm } from './vm';

export type OrderOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

const METHOD: Readonly<Record<OrderOperator, string>> = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
};

const REFLECTED: Readonly<Record<OrderOperator, string>> = {
  '<': '__gt__',
  '<=': '__ge__',
  '>': '__lt__',
  '>=': '__le__',
  '==': '__eq__',
  '!=': '__ne__',
};

/** `bool(value)` */
export function truth(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    case 'string':
      return value !== '';
    default:
      return value !== null && truthOfObject(value);
  }
}

function truthOfObject(value: PyObject): boolean {
  if (value.cls.native) {
    if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0;
    if (value instanceof PyDict || value instanceof PySetBase) return value.size > 0;
    if (value instanceof PyModule) return true;
  }
  const bool = value.cls.lookup('__bool__');
  if (bool === null) throw blocked();
  if (bool !== undefined) {
    const result = callSpecial(bool, value, []);
    if (typeof result === 'boolean') return result;
    throw raise('TypeError', `__bool__ should return bool, returned ${typeName(result)}`);
  }
  const len = value.cls.lookup('__len__');
  if (len === null) throw blocked();
  if (len !== undefined) {
    const result = callSpecial(len, value, []);
    if (typeof result === 'bigint') {
      if (result < 0n) throw raise('ValueError', '__len__() should return >= 0');
      return result !== 0n;
    }
    if (typeof result === 'boolean') return result;
    throw raise('TypeError', `'${typeName(result)}' object cannot be interpreted as an integer`);
  }
  if (value instanceof PyInstance && value.payload !== undefined) return truth(value.payload);
  return true;
}

/** `a is b`: small values are what they are, objects are themselves. Refuses to tell one nan from another. */
export function is(a: Value, b: Value): boolean {
  if (a === b) return true;
  // Nothing but a nan differs from itself.
  if (typeof a === 'number' && typeof b === 'number' && Number.isNaN(a) && Number.isNaN(b)) throw refusedNans();
  return false;
}

/** Two nans count as equal in containers if they are one object, and are two keys if they are not: floats here have no identity. */
export function refusedNans(): Unsupported {
  return new Unsupported('telling one nan from another', 'only Python knows whether they are one object');
}

/** What `a == b` is where both are of the plain kinds; undefined where a method must decide. */
function plainEquals(a: Value, b: Value): boolean | undefined {
  if (a === null || b === null) {
    if (a === b) return true;
    const other = a === null ? b : a;
    return other instanceof PyObject ? undefined : false;
  }
  if (typeof a === 'object' || typeof b === 'object') return undefined;
  if (typeof a === 'string' || typeof b === 'string')
    return typeof a === 'string' && typeof b === 'string' ? sameText(a, b) : false;
  if (typeof a === 'bigint' && typeof b === 'bigint' && largeIntegers.met) chargeSum(a, b);
  if (typeof a === typeof b) return a === b;
  const left = typeof a === 'boolean' ? (a ? 1n : 0n) : a;
  const right = typeof b === 'boolean' ? (b ? 1n : 0n) : b;
  // biome-ignore lint/suspicious/noDoubleEquals: JavaScript compares a bigint and a number by mathematical value
  return left == right;
}

/** Equality of texts; comparing long ones takes its time. */
export function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  if (a.length > 4096) vm.work(a.length);
  return a === b;
}

/** `a == b` as a truth value. As in containers: not identity first. */
export function equals(a: Value, b: Value): boolean {
  return plainEquals(a, b) ?? truth(richCompare('==', a, b));
}

/** How containers compare items: identity, then `==`. */
export function sameOrEqual(a: Value, b: Value): boolean {
  return is(a, b) || equals(a, b);
}

/** `a < b` as a truth value. */
export function lessThan(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'bigint' && typeof b === 'bigint' && !largeIntegers.met) return a < b;
  return truth(compare('<', a, b));
}

/** `a op b`; a method may return anything. */
export function compare(op: OrderOperator, a: Value, b: Value): Value {
  const left = typeof a === 'boolean' ? (a ? 1n : 0n) : a;
  const right = typeof b === 'boolean' ? (b ? 1n : 0n) : b;
  if (
    (typeof left === 'number' || typeof left === 'bigint') &&
    (typeof right === 'number' || typeof right === 'bigint')
  ) {
    if (typeof left === 'bigint' && typeof right === 'bigint' && largeIntegers.met) chargeSum(left, right);
    switch (op) {
      case '<':
        return left < right;
      case '<=':
        return left <= right;
      case '>':
        return left > right;
      case '>=':
        return left >= right;
      case '==':
        // biome-ignore lint/suspicious/noDoubleEquals: see `plainEquals`
        return left == right;
      default:
        // biome-ignore lint/suspicious/noDoubleEquals: see `plainEquals`
        return left != right;
    }
  }
  if (typeof a === 'string' && typeof b === 'string') {
    if (op === '==') return sameText(a, b);
    if (op === '!=') return !sameText(a, b);
    const order = orderStrings(a, b);
    return op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0;
  }
  if (op === '==' || op === '!=') {
    const plain = plainEquals(a, b);
    if (plain !== undefined) return op === '==' ? plain : !plain;
    if (b instanceof PyUnknown && b.differsFrom(a)) return op === '!=';
  }
  return richCompare(op, a, b);
}

/** Order by code points: UTF-16 order differs where surrogates meet the code points above them. */
export function orderStrings(a: string, b: string): number {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  vm.work(at * 2);
  if (at === end) return a.length - b.length;
  const left = a.charCodeAt(at);
  const right = b.charCodeAt(at);
  const leftSurrogate = left >= 0xd800 && left <= 0xdfff;
  const rightSurrogate = right >= 0xd800 && right <= 0xdfff;
  if (leftSurrogate !== rightSurrogate) return leftSurrogate ? 1 : -1;
  return left - right;
}

/** A class says by `None` that it has no such method, that of a base notwithstanding. */
function blocked() {
  return raise('TypeError', "'NoneType' object is not callable");
}

function attempt(method: string, a: Value, b: Value): Value | undefined {
  const found = special(a, method);
  if (found === undefined) return undefined;
  if (found === null) throw blocked();
  const result = callSpecial(found, a, [b]);
  return result === NotImplemented ? undefined : result;
}

/** The protocol with reflection: a subclass on the right goes first, identity decides `==` last. */
function richCompare(op: OrderOperator, a: Value, b: Value): Value {
  vm.enter(' in comparison');
  try {
    const left = typeOf(a);
    const right = typeOf(b);
    let rightTried = false;
    if (left !== right && right.isSubclassOf(left) && right.lookup(REFLECTED[op]) !== undefined) {
      rightTried = true;
      const result = attempt(REFLECTED[op], b, a);
      if (result !== undefined) return result;
    }
    let result = attempt(METHOD[op], a, b);
    if (result === undefined && !rightTried) result = attempt(REFLECTED[op], b, a);
    if (result !== undefined) return result;
  } finally {
    vm.leave();
  }
  if (op === '==') return is(a, b);
  if (op === '!=') return !is(a, b);
  throw raise('TypeError', `'${op}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** Compares sequences as list and tuple do; `NotImplemented` is for the caller to return. */
export function compareSequences(op: OrderOperator, a: readonly Value[], b: readonly Value[]): Value {
  if ((op === '==' || op === '!=') && a.length !== b.length) return op === '!=';
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end && at < a.length && at < b.length; at++) {
    vm.step(2);
    const left = a[at]!;
    const right = b[at]!;
    if (sameOrEqual(left, right)) continue;
    if (op === '==') return false;
    if (op === '!=') return true;
    return compare(op, left, right);
  }
  switch (op) {
    case '<':
      return a.length < b.length;
    case '<=':
      return a.length <= b.length;
    case '>':
      return a.length > b.length;
    case '>=':
      return a.length >= b.length;
    case '==':
      return a.length === b.length;
    default:
      return a.length !== b.length;
  }
}
