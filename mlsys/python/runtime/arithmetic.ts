/** Operators: fast paths for numbers, then the methods of both operands as Python tries them. */

import type { BinaryOperator, UnaryOperator } from '../syntax/ast';
import { callSpecial, special } from './attributes';
import { truth } from './comparison';
import { raise } from './errors';
import { negated } from './numbers/decimal';
import { floatDivide, floatFloorDivide, floatModulo } from './numbers/floats';
import {
  chargeSum,
  intDivide,
  intModulo,
  intMultiply,
  intShiftLeft,
  intShiftRight,
  intToFloat,
  intTrueDivide,
  largeIntegers,
} from './numbers/integers';
import { floatPower, intPower } from './numbers/power';
import { NotImplemented, type PyClass, typeOf, type Value } from './objects';
import { typeName } from './typeName';
import { isUnknown, unknownClass } from './unknown';
import { vm } from './vm';

const NAMES: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

/** `a op b` */
export function binary(op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a !== 'object' && typeof b !== 'object') {
    const result = onPlain(op, a, b);
    if (result !== undefined) return result;
  }
  return dispatch(op, a, b, `__${NAMES[op]}__`);
}

type Plain = boolean | bigint | number | string;

/** The result for two plain values, without a look at their classes; undefined where these must say. */
function onPlain(op: BinaryOperator, a: Plain, b: Plain): Value | undefined {
  if (typeof a === 'string') {
    if (typeof b !== 'string' || op !== '+') return undefined;
    if (a.length + b.length > 256) vm.chargeText(a.length + b.length);
    return a + b;
  }
  if (typeof b === 'string') return undefined;
  if (typeof a === 'boolean' && typeof b === 'boolean' && (op === '&' || op === '|' || op === '^')) return undefined;
  const left = typeof a === 'boolean' ? (a ? 1n : 0n) : a;
  const right = typeof b === 'boolean' ? (b ? 1n : 0n) : b;
  if (typeof left === 'bigint')
    return typeof right === 'bigint' ? onIntegers(op, left, right) : onFloats(op, intToFloat(left), right);
  return onFloats(op, left, typeof right === 'bigint' ? intToFloat(right) : right);
}

function onIntegers(op: BinaryOperator, a: bigint, b: bigint): Value | undefined {
  if (largeIntegers.met) chargeSum(a, b);
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return intMultiply(a, b);
    case '/':
      return intTrueDivide(a, b);
    case '//':
      return intDivide(a, b);
    case '%':
      return intModulo(a, b);
    case '**':
      return intPower(a, b);
    case '<<':
      return intShiftLeft(a, b);
    case '>>':
      return intShiftRight(a, b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      return undefined;
  }
}

/** What a power of floats takes. */
const POWER_STEPS = 16;

function onFloats(op: BinaryOperator, a: number, b: number): Value | undefined {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return floatDivide(a, b);
    case '//':
      return floatFloorDivide(a, b);
    case '%':
      return floatModulo(a, b);
    case '**':
      vm.step(POWER_STEPS);
      return floatPower(a, b);
    default:
      return undefined;
  }
}

/** `a op= b` as a value: `__iadd__` and its like, then the plain operator. */
export function inplace(op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a !== 'object') {
    const result = typeof b === 'object' ? undefined : onPlain(op, a, b);
    return result ?? dispatch(op, a, b, `__${NAMES[op]}__`, '=');
  }
  const method = special(a, `__i${NAMES[op]}__`);
  if (method !== undefined && method !== null) {
    if (typeof b === 'object' && b !== null && (op === '+' || op === '*')) {
      const joined = joinedByOther(op, a, b);
      // Nobody knows whether an unknown operand has one.
      if (joined !== undefined && !isUnknown(b)) return joined;
    }
    const result = callSpecial(method, a, [b]);
    if (result !== NotImplemented) return result;
  }
  return dispatch(op, a, b, `__${NAMES[op]}__`, '=');
}

/** `list += other` where the other operand has an operator of its own: it comes before what the list does in place. */
function joinedByOther(op: BinaryOperator, a: Value, b: Value): Value | undefined {
  const right = typeOf(b);
  if (!concatenates(op, typeOf(a), right)) return undefined;
  return attempt(right.lookup(`__r${NAMES[op]}__`), b, a);
}

function attempt(method: Value | undefined, a: Value, b: Value): Value | undefined {
  if (method === undefined || method === null) return undefined;
  const result = callSpecial(method, a, [b]);
  return result === NotImplemented ? undefined : result;
}

function dispatch(op: BinaryOperator, a: Value, b: Value, name: string, suffix = ''): Value {
  const left = typeOf(a);
  const right = typeOf(b);
  if (left === unknownClass || (right === unknownClass && left.native))
    return callSpecial(
      unknownClass.lookup(left === unknownClass ? name : `__r${NAMES[op]}__`)!,
      left === unknownClass ? a : b,
      [left === unknownClass ? b : a],
    );
  const forward = left.lookup(name);
  const reflectedName = `__r${NAMES[op]}__`;
  const reflected = left === right ? undefined : right.lookup(reflectedName);
  let result: Value | undefined;
  if (
    reflected !== undefined &&
    reflected !== left.lookup(reflectedName) &&
    (right.isSubclassOf(left) || concatenates(op, left, right))
  ) {
    result = attempt(reflected, b, a);
    if (result !== undefined) return result;
    result = attempt(forward, a, b);
  } else {
    result = attempt(forward, a, b);
    if (result === undefined) result = attempt(reflected, b, a);
  }
  if (result !== undefined) return result;
  throw unsupportedOperands(op, a, b, suffix);
}

/**
 * True for `+` and `*` of a built-in sequence with an object that has operators of its own: CPython tries numbers'
 * operators, which sequences do not have, before it concatenates or repeats.
 */
function concatenates(op: BinaryOperator, left: PyClass, right: PyClass): boolean {
  return (op === '+' || op === '*') && left.native && SEQUENCES.has(left.name) && right.module !== 'builtins';
}

function unsupportedOperands(op: BinaryOperator, a: Value, b: Value, suffix: string): Error {
  // Sequences have no number protocol: CPython asks their own concatenation and repetition last, whose message differs.
  const sequence = (value: Value) => special(value, '__getitem__') !== undefined && isNativeSequence(value);
  if (op === '+' && sequence(a)) {
    const name = typeName(a);
    if (name === 'str') return raise('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
    if (name === 'list' || name === 'tuple')
      return raise('TypeError', `can only concatenate ${name} (not "${typeName(b)}") to ${name}`);
    if (name === 'bytes' || name === 'bytearray') return raise('TypeError', `can't concat ${typeName(b)} to ${name}`);
  }
  if (op === '*' && (sequence(a) || (sequence(b) && (suffix === '' || special(a, '__len__') === undefined)))) {
    const other = sequence(a) ? b : a;
    return raise('TypeError', `can't multiply sequence by non-int of type '${typeName(other)}'`);
  }
  if (op === '**')
    return raise(
      'TypeError',
      `unsupported operand type(s) for ${suffix === '' ? '** or pow()' : '**='}: '${typeName(a)}' and '${typeName(b)}'`,
    );
  return raise('TypeError', `unsupported operand type(s) for ${op}${suffix}: '${typeName(a)}' and '${typeName(b)}'`);
}

const SEQUENCES = new Set(['str', 'list', 'tuple', 'bytes', 'bytearray']);

function isNativeSequence(value: Value): boolean {
  return typeOf(value).mro.some(cls => cls.native && SEQUENCES.has(cls.name));
}

/** `op value` */
export function unary(op: UnaryOperator, value: Value): Value {
  if (op === 'not') return !truth(value);
  if (typeof value === 'bigint' && largeIntegers.met) chargeSum(value, 0n);
  if (typeof value === 'bigint') return op === '-' ? -value : op === '~' ? ~value : value;
  if (typeof value === 'number' && op !== '~') return op === '-' ? negated(value) : value;
  const method = special(value, op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__');
  if (method !== undefined && method !== null) return callSpecial(method, value, []);
  if (typeof value === 'boolean') return unary(op, value ? 1n : 0n);
  throw raise('TypeError', `bad operand type for unary ${op}: '${typeName(value)}'`);
}
