/** Universal functions: which loops they have, what dtype they give, how they run over broadcast arrays. */
import { raise } from '../../python/runtime/errors';
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
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  isContiguous,
  NdArray,
  partlySet,
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
  type Storage,
  type WeakKind,
} from './dtype';
import { gather, report } from './flags';
import { inLayout, liesByColumns } from './layout';
import { flagsIn, wrapFlags } from './loopFlags';
import { type Family, loopOf, noLoop, type UfuncSpec, ufuncTypeErrorClass } from './loops';
import { quantityUfunc } from './quantities';
import { weightOf } from './weights';

export { isTrue, type UfuncSpec, ufuncTypeErrorClass } from './loops';

export const ufuncClass: PyClass = nativeClass('ufunc', [objectClass], 'numpy');

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

export interface UfuncOptions {
  readonly out?: NdArray | undefined;
  readonly where?: Value | undefined;
  readonly dtype?: DType | undefined;
  /** For in-place operators: the message names the casting rule. */
  readonly casting?: string;
  /** True where scalars answer for themselves, as `np.float64(1) / 0` does: warnings say so. */
  readonly scalar?: boolean;
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
  const shapes = operands.map(({ array }) => array.shape);
  if (options.where !== undefined && options.where !== true) shapes.push(asArray(options.where).shape);
  const shape = broadcastShapes(shapes);
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
  if (dtype.kind === 'c' && data.some(item => typeof item === 'number'))
    data = data.map(item => (typeof item === 'number' ? new PyComplex(item, 0) : item));
  const made = new NdArray(dtype, data as Storage, shape);
  const mask = maskOf(options, shape);
  let flags = flagsIn(spec, loop, made, a, second as Item[] | undefined, mask);
  if (options.scalar === true && loop.isInteger)
    flags |= wrapFlags(spec.name, data[0]!, a[0]!, (second as Item[])?.[0]);
  if (options.out === undefined) {
    const value = resultOf(mask === undefined ? laidAs(made, operands) : keepMasked(made, mask));
    if (flags !== 0) report(flags, options.scalar === true ? `scalar ${spec.name}` : spec.name);
    return value;
  }
  const { out } = options;
  const { flags: cast } = gather(() => storeInto(out, made, spec.name, options.where));
  report(flags | cast, spec.name);
  return out;
}

/** A result by columns where all that it is made of lies by columns. */
function laidAs(made: NdArray, operands: readonly Operand[]): NdArray {
  if (made.ndim < 2) return made;
  const wide = operands.flatMap(({ array }) => (array.ndim > 0 ? [array] : []));
  const isSo = (one: NdArray): boolean => one.ndim === made.ndim && liesByColumns(one);
  return wide.some(isContiguous) || !wide.every(isSo) ? made : inLayout(made, 'F', 'F');
}

/** The mask of `where=`; undefined where everything counts. */
function maskOf({ where, out }: UfuncOptions, shape: Shape): Uint8Array | undefined {
  if (where === undefined || where === true) return undefined;
  return broadcastItems(asArray(where), out?.shape ?? shape, bool) as Uint8Array;
}

/** What the mask leaves out is not set. */
function keepMasked(made: NdArray, mask: Uint8Array): NdArray {
  const kept = allocate(made.dtype, mask.length) as Item[];
  const data = made.data as Item[];
  for (let at = 0; at < mask.length; at++) if (mask[at] === 1) kept[at] = data[at]!;
  return partlySet(made.dtype, kept as Storage, made.shape, mask.slice());
}

function storeInto(out: NdArray, made: NdArray, name: string, where: Value | undefined): void {
  if (!canStore(made.dtype, out.dtype))
    throw raise(
      ufuncTypeErrorClass,
      `Cannot cast ufunc '${name}' output from dtype('${made.dtype.name}') to dtype('${out.dtype.name}') with casting rule 'same_kind'`,
    );
  const fresh = broadcastItems(made, out.shape, out.dtype);
  const mask = maskOf({ where, out }, out.shape);
  if (mask === undefined) {
    writeItems(out, fresh);
    return;
  }
  const old = broadcastItems(out, out.shape, out.dtype) as Item[];
  const mixed = allocate(out.dtype, mask.length) as Item[];
  for (let at = 0; at < mask.length; at++) mixed[at] = mask[at] === 1 ? (fresh as Item[])[at]! : old[at]!;
  writeItems(out, mixed as Storage);
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
