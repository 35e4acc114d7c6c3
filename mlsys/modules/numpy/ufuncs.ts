/** Universal functions: which loops they have, what dtype they give, how they run over broadcast arrays. */
import { PyError, raise, Unsupported } from '../../python/runtime/errors';
import {
  nativeClass,
  objectClass,
  type PyClass,
  PyComplex,
  PyInstance,
  PyObject,
  unwrap,
  type Value,
} from '../../python/runtime/objects';
import { binary, callMethod, compare, equals, truth, typeName, unary } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  castItems,
  NdArray,
  resultOf,
  type Shape,
  sizeOf,
  writeItems,
} from './array';
import { asArray } from './convert';
import {
  bool,
  complex128,
  type DType,
  float64,
  type Item,
  inexact,
  int8,
  int64,
  integerRange,
  object,
  promote,
  promoteWeak,
  roundTo,
  type Storage,
  type WeakKind,
  wrapTo,
} from './dtype';
import { COMPLEX, COMPLEX_PAIRS, INTEGER, INTEGER_PAIRS, REAL, REAL_PAIRS } from './kernels';
import { quantityUfunc } from './quantities';
import { weightOf } from './weights';

export const ufuncClass: PyClass = nativeClass('ufunc', [objectClass], 'numpy');
export const ufuncTypeErrorClass = nativeClass('UFuncTypeError', [raise('TypeError').exception.cls], 'numpy');

/** How a function chooses its loop and its result. */
type Family =
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

export class Ufunc extends PyObject {
  readonly spec: UfuncSpec;
  constructor(spec: UfuncSpec) {
    super(ufuncClass);
    this.spec = spec;
  }
}

/** An operand with what it says about the result's dtype. */
interface Operand {
  readonly array: NdArray;
  /** Set for Python's own numbers. */
  readonly weak: WeakKind | undefined;
  readonly value: Value;
}

export function operandOf(value: Value): Operand {
  if (value instanceof NdArray) return { array: value, weak: undefined, value };
  const plain = value instanceof PyInstance && value.cls.native ? value : unwrap(value);
  const weak =
    typeof plain === 'bigint'
      ? 'int'
      : typeof plain === 'number'
        ? 'float'
        : plain instanceof PyComplex
          ? 'complex'
          : undefined;
  return { array: asArray(value), weak, value: plain };
}

const WEAK_DTYPES: Readonly<Record<WeakKind, DType>> = { int: int64, float: float64, complex: complex128 };

/** The dtype that all operands meet in. */
export function commonDType(operands: readonly Operand[]): DType {
  let strong: DType | undefined;
  for (const { array, weak } of operands) {
    if (weak !== undefined) continue;
    strong = strong === undefined ? array.dtype : promote(strong, array.dtype);
  }
  const weakest: WeakKind[] = operands.flatMap(({ weak }) => (weak === undefined ? [] : [weak]));
  if (strong === undefined) {
    return operands.map(({ array }) => array.dtype).reduce((a, b) => promote(a, b));
  }
  for (const weak of weakest) strong = promoteWeak(strong, weak);
  // A Python integer too large for the dtype that it meets is refused.
  if (strong.isInteger) {
    for (const { weak, value } of operands) {
      if (weak !== 'int') continue;
      const [low, high] = integerRange(strong);
      if ((value as bigint) < low || (value as bigint) > high)
        throw raise('OverflowError', `Python integer ${value} out of bounds for ${strong.name}`);
    }
  }
  return strong;
}

function noLoop(spec: UfuncSpec, dtypes: readonly DType[]): PyError {
  if (spec.name === 'subtract' && dtypes.every(dtype => dtype === bool))
    return raise(
      'TypeError',
      'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
    );
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

/** Dtype of the loop and of the result. */
function resolve(spec: UfuncSpec, common: DType, dtypes: readonly DType[]): { loop: DType; result: DType } {
  if (common === object) {
    return { loop: object, result: spec.family === 'compare' ? (spec.inputs === 2 ? bool : bool) : object };
  }
  // texts and numbers are compared, yet have no sum
  const texts = common.kind === 'U' && spec.family !== 'compare' && dtypes.some(dtype => dtype.kind !== 'U');
  if (texts || !spec.kinds.includes(common.kind)) throw noLoop(spec, dtypes);
  switch (spec.family) {
    case 'inexact':
      if (spec.name === 'divide' && (common.isInteger || common === bool)) return { loop: float64, result: float64 };
      if (spec.name === 'float_power')
        return { loop: common.kind === 'c' ? complex128 : float64, result: common.kind === 'c' ? complex128 : float64 };
      return { loop: inexact(common), result: inexact(common) };
    case 'compare':
    case 'logical':
    case 'test':
      return { loop: common, result: bool };
    default: {
      // The integer loops begin at int8: bools become that where there is no loop of their own.
      const own = common === bool && !BOOL_LOOPS.has(spec.name) ? int8 : common;
      const real = spec.name === 'absolute' && own.kind === 'c';
      return { loop: own, result: real ? float64 : own };
    }
  }
}

const BOOL_LOOPS = new Set([
  'add',
  'multiply',
  'maximum',
  'minimum',
  'fmax',
  'fmin',
  'bitwise_and',
  'bitwise_or',
  'bitwise_xor',
  'invert',
  'absolute',
  'floor',
  'ceil',
  'trunc',
]);

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

type Loop = (a: Item, b: Item) => Item;

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

function loopOf(spec: UfuncSpec, dtype: DType): Loop {
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

export interface UfuncOptions {
  readonly out?: NdArray | undefined;
  readonly where?: Value | undefined;
  readonly dtype?: DType | undefined;
  /** For in-place operators: the message names the casting rule. */
  readonly casting?: string;
}

/** Applies a function to arguments: an array, or a scalar where all are scalars. */
export function applyUfunc(ufunc: Ufunc, args: readonly Value[], options: UfuncOptions = {}): Value {
  const { spec } = ufunc;
  for (const arg of args) {
    const handled = quantityUfunc(ufunc, args, arg);
    if (handled !== undefined) return handled;
  }
  const operands = args.map(operandOf);
  let common = commonDType(operands);
  const dtypes = operands.map(({ array, weak }) => (weak === undefined ? array.dtype : WEAK_DTYPES[weak]));
  if (spec.family === 'compare' && common.kind === 'U' && dtypes.some(dtype => dtype.kind !== 'U')) {
    if (spec.name !== 'equal' && spec.name !== 'not_equal') throw noLoop(spec, dtypes);
    const shape = options.out?.shape ?? broadcastShapes(operands.map(({ array }) => array.shape));
    const data = allocate(bool, sizeOf(shape)) as Uint8Array;
    return resultOf(new NdArray(bool, data.fill(spec.name === 'equal' ? 0 : 1), shape));
  }
  if (options.dtype !== undefined && spec.family !== 'compare') common = options.dtype;
  const { loop, result } = resolve(spec, common, dtypes);
  const shape = broadcastShapes(operands.map(({ array }) => array.shape));
  return finish(ufunc, operands, shape, loop, result, options);
}

function finish(
  ufunc: Ufunc,
  operands: readonly Operand[],
  shape: Shape,
  loop: DType,
  result: DType,
  options: UfuncOptions,
): Value {
  const { spec } = ufunc;
  const size = sizeOf(shape);
  const [first, second] = operands.map(({ array }) => broadcastItems(array, shape, loop));
  const run = loopOf(spec, loop);
  const target = result.kind === 'U' ? promote(result, result) : result;
  let data = allocate(target, size) as Item[];
  vm.work(size, weightOf(spec, loop));
  const a = first as Item[];
  if (second === undefined) {
    const one = run as (a: Item) => Item;
    for (let at = 0; at < size; at++) data[at] = one(a[at]!);
  } else {
    const b = second as Item[];
    for (let at = 0; at < size; at++) data[at] = run(a[at]!, b[at]!);
  }
  let dtype = target;
  if (target.kind === 'U') {
    const whole = asArray(data.length === 0 ? '' : widest(data as string[]));
    dtype = whole.dtype;
  }
  const { out, where } = options;
  if (out !== undefined) {
    if (!canStore(dtype, out.dtype))
      throw raise(
        ufuncTypeErrorClass,
        `Cannot cast ufunc '${spec.name}' output from dtype('${dtype.name}') to dtype('${out.dtype.name}') with casting rule 'same_kind'`,
      );
    const made = new NdArray(dtype, data as Storage, shape);
    if (where !== undefined && where !== true) {
      const mask = broadcastItems(asArray(where), out.shape, bool) as Uint8Array;
      const old = broadcastItems(out, out.shape, out.dtype) as Item[];
      const fresh = broadcastItems(made, out.shape, out.dtype) as Item[];
      const mixed = allocate(out.dtype, mask.length) as Item[];
      for (let at = 0; at < mask.length; at++) mixed[at] = mask[at] === 1 ? fresh[at]! : old[at]!;
      writeItems(out, mixed as Storage);
    } else writeItems(out, broadcastItems(made, out.shape, out.dtype));
    return out;
  }
  if (where !== undefined && where !== true) {
    const mask = broadcastItems(asArray(where), shape, bool) as Uint8Array;
    const kept = allocate(dtype, size) as Item[];
    for (let at = 0; at < size; at++) if (mask[at] === 1) kept[at] = data[at]!;
    data = kept;
  }
  if (dtype.kind === 'c' && data.some(item => typeof item === 'number')) {
    data = castItems(
      data.map(item => (typeof item === 'number' ? new PyComplex(item, 0) : item)) as Storage,
      dtype,
      dtype,
    ) as Item[];
  }
  return resultOf(new NdArray(dtype, data as Storage, shape));
}

function widest(texts: readonly string[]): string {
  return texts.reduce((a, b) => (b.length > a.length ? b : a));
}

const KIND_ORDER = 'biufc';

/** Numpy's rule `same_kind`. */
export function canStore(from: DType, to: DType): boolean {
  if (from === to || to === object) return true;
  if (from === object || from.kind === 'U' || to.kind === 'U') return from.kind === to.kind;
  const a = from.kind === 'u' ? 'i' : from.kind;
  const b = to.kind === 'u' ? 'i' : to.kind;
  if (from.kind === 'i' && to.kind === 'u') return false;
  return KIND_ORDER.indexOf(a) <= KIND_ORDER.indexOf(b);
}

const table: UfuncSpec[] = [];
const define = (family: Family, inputs: 1 | 2, kinds: string, names: string): void => {
  for (const name of names.split(' ')) table.push({ name, inputs, family, kinds });
};
define('arithmetic', 2, 'biufcU', 'add');
define('arithmetic', 2, 'iufc', 'subtract');
define('arithmetic', 2, 'biufc', 'multiply maximum minimum power fmax fmin');
define('arithmetic', 2, 'biuf', 'floor_divide remainder fmod');
define('arithmetic', 2, 'biu', 'gcd lcm');
define('inexact', 2, 'biufc', 'divide float_power');
define('inexact', 2, 'biuf', 'arctan2 hypot copysign nextafter heaviside logaddexp logaddexp2');
define('bits', 2, 'biu', 'bitwise_and bitwise_or bitwise_xor left_shift right_shift');
define('bits', 1, 'biu', 'invert');
define('arithmetic', 1, 'iufc', 'negative positive sign square reciprocal');
define('arithmetic', 1, 'biufc', 'absolute conjugate');
define('arithmetic', 1, 'biuf', 'floor ceil trunc');
define('inexact', 1, 'biufc', 'sqrt exp log log2 log10 sin cos rint');
define(
  'inexact',
  1,
  'biuf',
  'cbrt exp2 expm1 log1p tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh degrees radians fabs',
);
define('compare', 2, 'biufcU', 'less less_equal greater greater_equal equal not_equal');
define('logical', 2, 'biufcU', 'logical_and logical_or logical_xor');
define('logical', 1, 'biufcU', 'logical_not');
define('test', 1, 'biufc', 'isnan isinf isfinite');
define('test', 1, 'iuf', 'signbit');

const IDENTITIES: Readonly<Record<string, Item>> = { add: 0n, multiply: 1n, logical_and: true, logical_or: false };

/** All functions by name. */
export const UFUNCS: ReadonlyMap<string, Ufunc> = new Map(
  table.map(spec => {
    const identity = IDENTITIES[spec.name];
    return [spec.name, new Ufunc(identity === undefined ? spec : { ...spec, identity })];
  }),
);

/** Other names under which numpy has them. */
export const UFUNC_ALIASES: Readonly<Record<string, string>> = {
  true_divide: 'divide',
  mod: 'remainder',
  abs: 'absolute',
  conj: 'conjugate',
  pow: 'power',
  bitwise_not: 'invert',
  bitwise_invert: 'invert',
  bitwise_left_shift: 'left_shift',
  bitwise_right_shift: 'right_shift',
  deg2rad: 'radians',
  rad2deg: 'degrees',
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  atan2: 'arctan2',
  asinh: 'arcsinh',
  acosh: 'arccosh',
  atanh: 'arctanh',
};

/** The result of a function by name. */
export function ufunc(name: string, ...args: Value[]): Value {
  return applyUfunc(UFUNCS.get(name)!, args);
}
