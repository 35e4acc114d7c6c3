/** The loops of universal functions: what they do with one item, or two, of a dtype. */
import { PyError, raise, Unsupported } from '../../python/runtime/errors';
import { nativeClass, type PyComplex } from '../../python/runtime/objects';
import { binary, callMethod, compare, equals, truth, typeName, unary } from '../../python/runtime/operations';
import { cutFloat } from './array';
import { bool, type DType, float64, type Item, object, roundTo, wrapTo } from './dtype';
import { COMPLEX, COMPLEX_PAIRS, INTEGER, INTEGER_PAIRS, REAL, REAL_PAIRS } from './kernels';

export const ufuncTypeErrorClass = nativeClass('UFuncTypeError', [raise('TypeError').exception.cls], 'numpy');

/** How a function chooses its loop and its result. */
export type Family =
  /** Same dtype in and out; integers and floats have loops. */
  | 'arithmetic'
  /** Integers become floats. */
  | 'inexact'
  /** Integers and bools only. */
  | 'bits'
  /** Any in, bool out. */
  | 'compare'
  | 'logical'
  | 'test';

export interface UfuncSpec {
  readonly name: string;
  readonly inputs: 1 | 2;
  readonly family: Family;
  /** Dtype kinds that have a loop; others are a TypeError. */
  readonly kinds: string;
  /** The value that a reduction starts from. */
  readonly identity?: Item;
}

export const BOOLEAN_SUBTRACT =
  'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.';

/** Those that numpy has loops for, and this library has not, by the kind of operands that it cannot take. */
const LEFT_OUT: Readonly<Record<string, ReadonlySet<string>>> = {
  c: new Set('exp2 expm1 log1p tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh'.split(' ')),
  b: new Set(['square', 'reciprocal', 'signbit']),
};

export function noLoop(spec: UfuncSpec, dtypes: readonly DType[]): PyError {
  const left = dtypes.find(({ kind }) => LEFT_OUT[kind]?.has(spec.name));
  if (left !== undefined) throw new Unsupported(`numpy.${spec.name} of ${left.name}`);
  if (spec.name === 'subtract' && dtypes.every(dtype => dtype === bool)) return raise('TypeError', BOOLEAN_SUBTRACT);
  if (spec.name === 'negative' && dtypes[0] === bool)
    return raise(
      'TypeError',
      'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.',
    );
  if (spec.name === 'multiply' && dtypes.some(dtype => dtype.kind === 'U') && dtypes.some(dtype => dtype.isInteger))
    return raise('TypeError', "The 'out' kwarg is necessary. Use numpy.strings.multiply without it.");
  if (dtypes.some(dtype => dtype.kind === 'U') && spec.inputs === 2) {
    const shown = dtypes.map(dtype => `dtype('${dtype.kind === 'U' ? dtype.code : dtype.name}')`).join(', ');
    return raise(
      ufuncTypeErrorClass,
      `ufunc '${spec.name}' did not contain a loop with signature matching types (${shown}) -> None`,
    );
  }
  return raise(
    'TypeError',
    `ufunc '${spec.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

const COMPARE: Readonly<Record<string, string>> = {
  less: '<',
  less_equal: '<=',
  greater: '>',
  greater_equal: '>=',
  equal: '==',
  not_equal: '!=',
};

function order(name: string, a: Item, b: Item): boolean {
  switch (name) {
    case 'less':
      return (a as number) < (b as number);
    case 'less_equal':
      return (a as number) <= (b as number);
    case 'greater':
      return (a as number) > (b as number);
    case 'greater_equal':
      return (a as number) >= (b as number);
    case 'equal':
      return a === b;
    default:
      return a !== b;
  }
}

function orderComplex(name: string, a: PyComplex, b: PyComplex): boolean {
  const same = a.re === b.re && a.im === b.im;
  if (name === 'equal') return same;
  if (name === 'not_equal') return !same;
  const less = a.re < b.re || (a.re === b.re && a.im < b.im);
  if (name === 'less') return less;
  if (name === 'less_equal') return less || same;
  const greater = a.re > b.re || (a.re === b.re && a.im > b.im);
  return name === 'greater' ? greater : greater || same;
}

export function isTrue(dtype: DType, item: Item): boolean {
  switch (dtype.kind) {
    case 'c':
      return (item as PyComplex).re !== 0 || (item as PyComplex).im !== 0;
    case 'U':
      return item !== '';
    case 'O':
      return truth(item);
    default:
      return item !== 0 && item !== 0n;
  }
}

export type Loop = (a: Item, b: Item) => Item;

const OPERATORS: Readonly<Record<string, Parameters<typeof binary>[0]>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  floor_divide: '//',
  remainder: '%',
  power: '**',
  bitwise_and: '&',
  bitwise_or: '|',
  bitwise_xor: '^',
  left_shift: '<<',
  right_shift: '>>',
  matmul: '@',
};

/** The loop on Python objects: their operators, or a method of the function's name. */
function objectLoop(spec: UfuncSpec): Loop {
  const { name } = spec;
  const operator = OPERATORS[name];
  if (operator !== undefined) return (a, b) => binary(operator, a, b);
  if (spec.family === 'compare') {
    if (name === 'equal') return (a, b) => (equals(a, b) ? 1 : 0);
    if (name === 'not_equal') return (a, b) => (equals(a, b) ? 0 : 1);
    return (a, b) => (truth(compare(COMPARE[name] as '<', a, b)) ? 1 : 0);
  }
  switch (name) {
    case 'negative':
      return a => unary('-', a);
    case 'positive':
      return a => unary('+', a);
    case 'invert':
      return a => unary('~', a);
    case 'absolute':
      return a => (truth(compare('<', a, 0n)) ? unary('-', a) : a);
    case 'square':
      return a => binary('*', a, a);
    case 'maximum':
    case 'fmax':
      return (a, b) => (truth(compare('>=', a, b)) ? a : b);
    case 'minimum':
    case 'fmin':
      return (a, b) => (truth(compare('<=', a, b)) ? a : b);
    case 'logical_and':
      return (a, b) => (truth(a) ? b : a);
    case 'logical_or':
      return (a, b) => (truth(a) ? a : b);
    case 'logical_not':
      return a => !truth(a);
    case 'floor':
    case 'ceil':
    case 'trunc':
      return a => callMethod(a, `__${name}__`);
    case 'sign':
      return a => (truth(compare('>', a, 0n)) ? 1n : 0n) - (truth(compare('<', a, 0n)) ? 1n : 0n);
    case 'reciprocal':
      return a => binary('/', 1n, a);
    case 'isnan':
    case 'isinf':
    case 'isfinite':
    case 'signbit':
      throw raise(
        'TypeError',
        `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
      );
    case 'hypot':
    case 'arctan2':
    case 'logaddexp':
      throw new Unsupported(`numpy.${name} of an array of objects`);
    default:
      return a => {
        try {
          return callMethod(a, name);
        } catch (error) {
          if (!(error instanceof PyError) || error.exception.cls.name !== 'AttributeError') throw error;
          throw raise(
            'TypeError',
            `loop of ufunc does not support argument 0 of type ${typeName(a)} which has no callable ${name} method`,
          );
        }
      };
  }
}

export function loopOf(spec: UfuncSpec, dtype: DType): Loop {
  const { name } = spec;
  if (dtype === object) return objectLoop(spec);
  switch (spec.family) {
    case 'compare':
      if (dtype.kind === 'c') return (a, b) => (orderComplex(name, a as PyComplex, b as PyComplex) ? 1 : 0);
      return (a, b) => (order(name, a, b) ? 1 : 0);
    case 'logical': {
      const yes = (item: Item): boolean => isTrue(dtype, item);
      if (name === 'logical_not') return a => (yes(a) ? 0 : 1);
      if (name === 'logical_and') return (a, b) => (yes(a) && yes(b) ? 1 : 0);
      if (name === 'logical_or') return (a, b) => (yes(a) || yes(b) ? 1 : 0);
      return (a, b) => (yes(a) !== yes(b) ? 1 : 0);
    }
    case 'test':
      return testLoop(name, dtype);
    default:
  }
  switch (dtype.kind) {
    case 'f': {
      const body = (spec.inputs === 1 ? REAL[name] : REAL_PAIRS[name]) as
        | ((a: number, b: number) => number)
        | undefined;
      if (name === 'conjugate') return a => a;
      if (body === undefined) throw noLoop(spec, [dtype]);
      if (dtype === float64) return body as Loop;
      return (a, b) => roundTo(dtype, body(a as number, b as number));
    }
    case 'c': {
      const body = (spec.inputs === 1 ? COMPLEX[name] : COMPLEX_PAIRS[name]) as Loop | undefined;
      if (body === undefined) throw noLoop(spec, [dtype]);
      return body;
    }
    case 'b':
      return boolLoop(name);
    case 'U':
      if (name === 'add') return (a, b) => `${a as string}${b as string}`;
      throw noLoop(spec, [dtype]);
    default: {
      const body = (spec.inputs === 1 ? INTEGER[name] : INTEGER_PAIRS[name]) as
        | ((a: bigint, b: bigint) => bigint)
        | undefined;
      if (body === undefined) throw noLoop(spec, [dtype]);
      if (name === 'reciprocal')
        return a => (a === 0n ? cutFloat(dtype, Number.POSITIVE_INFINITY) : body(a as bigint, 0n));
      return (a, b) => wrapTo(dtype, body(a as bigint, b as bigint));
    }
  }
}

function boolLoop(name: string): Loop {
  switch (name) {
    case 'add':
    case 'maximum':
    case 'fmax':
    case 'bitwise_or':
      return (a, b) => (a === 1 || b === 1 ? 1 : 0);
    case 'bitwise_xor':
      return (a, b) => (a !== b ? 1 : 0);
    case 'invert':
      return a => (a === 1 ? 0 : 1);
    case 'absolute':
    case 'floor':
    case 'ceil':
    case 'trunc':
      return a => a;
    default:
      return (a, b) => (a === 1 && b === 1 ? 1 : 0);
  }
}

function testLoop(name: string, dtype: DType): Loop {
  const on = (test: (value: number) => boolean, join: 'some' | 'every'): Loop => {
    if (dtype.kind === 'c') {
      return a => ([(a as PyComplex).re, (a as PyComplex).im][join](test) ? 1 : 0);
    }
    return a => (test(Number(a)) ? 1 : 0);
  };
  if (name === 'isnan') return on(Number.isNaN, 'some');
  if (name === 'isinf') return on(value => Math.abs(value) === Number.POSITIVE_INFINITY, 'some');
  if (name === 'isfinite') return on(Number.isFinite, 'every');
  return on(value => value < 0 || Object.is(value, -0), 'some');
}
