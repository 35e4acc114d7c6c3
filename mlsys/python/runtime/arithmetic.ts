/** Operators: fast paths for numbers, then the methods of both operands as Python tries them. */
import type { BinaryOperator, UnaryOperator } from '../syntax/ast';
import { callSpecial, special } from './attributes';
import { truth } from './comparison';
import { raise } from './errors';
import { NotImplemented, typeOf, type Value } from './objects';
import { typeName } from './typename';
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

/** Integers beyond this size are announced before they are made. */
const BIG = 1n << 256n;

/** Size in bytes of an integer, roughly. */
export function integerBytes(value: bigint): number {
  if (value < BIG && value > -BIG) return 32;
  return value.toString(16).length >> 1;
}

function multiply(a: bigint, b: bigint): bigint {
  if ((a > BIG || a < -BIG) && (b > BIG || b < -BIG)) {
    const size = integerBytes(a) + integerBytes(b);
    vm.charge(size);
    // Multiplication of two large integers is work of more than their size.
    vm.step(Math.ceil((integerBytes(a) * Math.sqrt(integerBytes(b))) / 4096));
  }
  return a * b;
}

/** `a op b` */
export function binary(op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    switch (op) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return multiply(a, b);
      default:
    }
  } else if (typeof a === 'number') {
    if (typeof b === 'number') {
      switch (op) {
        case '+':
          return a + b;
        case '-':
          return a - b;
        case '*':
          return a * b;
        case '/':
          if (b !== 0) return a / b;
          break;
        default:
      }
    }
  } else if (typeof a === 'string' && typeof b === 'string' && op === '+') {
    if (a.length + b.length > 4096) vm.charge(a.length + b.length);
    return a + b;
  }
  return dispatch(op, a, b, `__${NAMES[op]}__`);
}

/** `a op= b` as a value: `__iadd__` and its like, then the plain operator. */
export function inplace(op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a !== 'object' || a === null) return binary(op, a, b);
  const method = special(a, `__i${NAMES[op]}__`);
  if (method !== undefined && method !== null) {
    const result = callSpecial(method, a, [b]);
    if (result !== NotImplemented) return result;
  }
  return dispatch(op, a, b, `__${NAMES[op]}__`, '=');
}

function attempt(method: Value | undefined, a: Value, b: Value): Value | undefined {
  if (method === undefined || method === null) return undefined;
  const result = callSpecial(method, a, [b]);
  return result === NotImplemented ? undefined : result;
}

function dispatch(op: BinaryOperator, a: Value, b: Value, name: string, suffix = ''): Value {
  const left = typeOf(a);
  const right = typeOf(b);
  const forward = left.lookup(name);
  const reflectedName = `__r${NAMES[op]}__`;
  const reflected = left === right ? undefined : right.lookup(reflectedName);
  let result: Value | undefined;
  if (reflected !== undefined && reflected !== left.lookup(reflectedName) && right.isSubclassOf(left)) {
    result = attempt(reflected, b, a);
    if (result !== undefined) return result;
    result = attempt(forward, a, b);
  } else {
    result = attempt(forward, a, b) ?? attempt(reflected, b, a);
  }
  if (result !== undefined) return result;
  throw unsupportedOperands(op, a, b, suffix);
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
  if (op === '*' && (sequence(a) || sequence(b))) {
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
  if (typeof value === 'bigint') return op === '-' ? -value : op === '~' ? ~value : value;
  if (typeof value === 'number' && op !== '~') return op === '-' ? -value : value;
  const method = special(value, op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__');
  if (method !== undefined && method !== null) return callSpecial(method, value, []);
  if (typeof value === 'boolean') return unary(op, value ? 1n : 0n);
  throw raise('TypeError', `bad operand type for unary ${op}: '${typeName(value)}'`);
}
