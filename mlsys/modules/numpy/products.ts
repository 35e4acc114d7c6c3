/** Products of vectors and matrices. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyComplex, PyTuple, type Value } from '../../python/runtime/objects';
import { binary, listOf } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { ufuncOfQuantities } from '../../units/index';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  itemsOf,
  NdArray,
  normalAxis,
  resultOf,
  scalarOf,
  shapeText,
  sizeOf,
} from './array';
import { asArray, axesOf, optionalInteger } from './convert';
import { bool, type DType, type Item, promote, type Storage, wrapTo } from './dtype';
import { calledFrom, FROM_NUMERIC, flagsOfStep, gather, hasNonFinite, NUMERIC, quietly, report, within } from './flags';
import { isQuantity } from './quantities';
import { LOOP_KEYWORDS } from './reduceArguments';
import { sumOf } from './reductions';
import { ravel, reshape, transpose } from './shaping';
import { ufunc } from './ufuncs';

/** Inner product of two lanes. */
function inner(
  dtype: DType,
  a: ArrayLike<Item>,
  aStart: number,
  aStep: number,
  b: ArrayLike<Item>,
  bStart: number,
  bStep: number,
  n: number,
): Item {
  if (dtype.kind === 'f') {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a[aStart + i * aStep] as number) * (b[bStart + i * bStep] as number);
    return sum;
  }
  if (dtype.isInteger) {
    let sum = 0n;
    for (let i = 0; i < n; i++) sum += (a[aStart + i * aStep] as bigint) * (b[bStart + i * bStep] as bigint);
    return wrapTo(dtype, sum);
  }
  if (dtype === bool) {
    for (let i = 0; i < n; i++) if (a[aStart + i * aStep] === 1 && b[bStart + i * bStep] === 1) return 1;
    return 0;
  }
  let sum: Value = dtype.kind === 'c' ? new PyComplex(0, 0) : 0n;
  for (let i = 0; i < n; i++) sum = binary('+', sum, binary('*', a[aStart + i * aStep]!, b[bStart + i * bStep]!));
  return sum;
}

function mismatch(a: NdArray, b: NdArray, what: string) {
  const i = a.ndim - 1;
  const j = Math.max(0, b.ndim - 2);
  return what === 'dot'
    ? raise(
        'ValueError',
        `shapes ${tight(a.shape)} and ${tight(b.shape)} not aligned: ${a.shape[i]} (dim ${i}) != ${b.shape[j]} (dim ${j})`,
      )
    : raise(
        'ValueError',
        `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${b.shape[j]} is different from ${a.shape[i]})`,
      );
}

const tight = (shape: readonly number[]): string => shapeText(shape).replaceAll(', ', ',');

/** The flags of an inner product of floats. */
function innerFlags(
  a: ArrayLike<Item>,
  aStart: number,
  b: ArrayLike<Item>,
  bStart: number,
  step: number,
  n: number,
): number {
  let [sum, flags] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[aStart + i] as number, b[bStart + i * step] as number];
    const next = sum + x * y;
    flags |= flagsOfStep(x * y, x, y) | flagsOfStep(next, sum, x * y);
    sum = next;
  }
  return flags;
}

/** `a @ b` on stacks of matrices. */
export function matmul(first: Value, second: Value, what = 'matmul'): Value {
  if (isQuantity(first) || isQuantity(second))
    return ufuncOfQuantities('matmul', [first, second], ([a, b]) => matmul(a!, b!));
  const [a, b] = [asArray(first), asArray(second)];
  if (a.ndim === 0 || b.ndim === 0)
    throw raise(
      'ValueError',
      `matmul: Input operand ${a.ndim === 0 ? 0 : 1} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
    );
  const x = a.ndim === 1 ? a.view([1, a.shape[0]!], [0, a.strides[0]!]) : a;
  const y = b.ndim === 1 ? b.view([b.shape[0]!, 1], [b.strides[0]!, 0]) : b;
  const [n, k] = x.shape.slice(-2) as [number, number];
  const [k2, m] = y.shape.slice(-2) as [number, number];
  if (k !== k2) throw mismatch(a, b, what);
  const dtype = promote(a.dtype, b.dtype);
  const stack = broadcastShapes([x.shape.slice(0, -2), y.shape.slice(0, -2)]);
  const xs = broadcastItems(x, [...stack, n, k], dtype) as Item[];
  const ys = broadcastItems(y, [...stack, k, m], dtype) as Item[];
  const count = sizeOf(stack);
  const data = allocate(dtype, count * n * m) as Item[];
  vm.step(1 + ((count * n * m * k) >>> 3));
  for (let s = 0; s < count; s++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        data[(s * n + i) * m + j] = inner(dtype, xs, (s * n + i) * k, 1, ys, s * k * m + j, m, k);
      }
    }
  }
  // `dot` and its kin leave the work to a library, and look at no flags.
  if (what === 'matmul' && dtype.kind === 'f' && hasNonFinite(data as number[])) {
    let flags = 0;
    for (let at = 0; at < data.length; at++) {
      const row = Math.floor(at / m);
      flags |= innerFlags(xs, row * k, ys, Math.floor(row / n) * k * m + (at % m), m, k);
    }
    report(flags, 'matmul');
  }
  const shape = [...stack, ...(a.ndim === 1 ? [] : [n]), ...(b.ndim === 1 ? [] : [m])];
  return resultOf(new NdArray(dtype, data as Storage, shape));
}

/** `dot(a, b)` */
export function dot(first: Value, second: Value): Value {
  const [a, b] = [asArray(first), asArray(second)];
  // Sums of one product each: none is a negative zero.
  if (a.ndim === 0 || b.ndim === 0) return quietly(() => ufunc('add', ufunc('multiply', first, second), 0n));
  if (b.ndim <= 2) {
    if (a.shape.at(-1) !== b.shape[Math.max(0, b.ndim - 2)]) throw mismatch(a, b, 'dot');
    if (a.ndim <= 2) return matmul(a, b, 'dot');
  }
  // Higher dimensions: the last axis of the first with the second to last of the second.
  const k = a.shape.at(-1)!;
  if (k !== b.shape.at(-2)) throw mismatch(a, b, 'dot');
  const flat = reshape(a, [a.size / k, k]);
  const order = [b.ndim - 2, ...b.shape.map((_, axis) => axis).filter(axis => axis !== b.ndim - 2)];
  const moved = reshape(transpose(b, order), [k, b.size / k]);
  const product = asArray(matmul(flat, moved, 'dot'));
  return reshape(product, [...a.shape.slice(0, -1), ...b.shape.filter((_, axis) => axis !== b.ndim - 2)]);
}

function tensordot(first: Value, second: Value, axes: Value | undefined): Value {
  const [a, b] = [asArray(first), asArray(second)];
  let aAxes: number[];
  let bAxes: number[];
  if (
    axes instanceof PyTuple ||
    (axes !== undefined && typeof axes === 'object' && axes !== null && !(axes instanceof NdArray))
  ) {
    const pair = listOf(axes);
    if (pair.length !== 2)
      throw raise(
        'ValueError',
        pair.length < 2
          ? `not enough values to unpack (expected 2, got ${pair.length})`
          : 'too many values to unpack (expected 2)',
      );
    aAxes = axesOf(pair[0]!)!;
    bAxes = axesOf(pair[1]!)!;
  } else {
    const count = optionalInteger(axes, 2);
    aAxes = Array.from({ length: count }, (_, i) => a.ndim - count + i);
    bAxes = Array.from({ length: count }, (_, i) => i);
  }
  aAxes = aAxes.map(axis => normalAxis(axis, a.ndim));
  bAxes = bAxes.map(axis => normalAxis(axis, b.ndim));
  if (aAxes.some((axis, i) => a.shape[axis] !== b.shape[bAxes[i]!]))
    throw raise('ValueError', 'shape-mismatch for sum');
  const aRest = a.shape.flatMap((_, axis) => (aAxes.includes(axis) ? [] : [axis]));
  const bRest = b.shape.flatMap((_, axis) => (bAxes.includes(axis) ? [] : [axis]));
  const k = sizeOf(aAxes.map(axis => a.shape[axis]!));
  const x = reshape(transpose(a, [...aRest, ...aAxes]), [a.size / k, k]);
  const y = reshape(transpose(b, [...bAxes, ...bRest]), [k, b.size / k]);
  return resultOf(
    reshape(asArray(matmul(x, y, 'dot')), [...aRest.map(axis => a.shape[axis]!), ...bRest.map(axis => b.shape[axis]!)]),
  );
}

/** Products in the module itself, by signature. */
export const PRODUCTS: Readonly<Record<string, NativeBody>> = {
  'dot(a, b, out!=None)': dot,
  [`matmul(x1, x2, /, *, ${LOOP_KEYWORDS}, axes!=None, axis!=None)`]: (a: Value, b: Value) => matmul(a, b),
  'vdot(a, b, /)': (a: Value, b: Value) => dot(ufunc('conjugate', ravel(asArray(a))), ravel(asArray(b))),
  [`vecdot(x1, x2, /, *, ${LOOP_KEYWORDS}, axes!=None, axis!=None)`]: (a: Value, b: Value) => {
    const { result, flags } = gather(() => sumOf(asArray(ufunc('multiply', a, b)), { axes: [-1], keepdims: false }));
    report(flags, 'vecdot');
    return resultOf(result);
  },
  'inner(a, b, /)': (a: Value, b: Value) => {
    const [x, y] = [asArray(a), asArray(b)];
    if (x.ndim === 0 || y.ndim === 0) return quietly(() => ufunc('multiply', a, b));
    return tensordot(x, y, new PyTuple([-1n, -1n]));
  },
  'outer(a, b, out!=None)': (a: Value, b: Value) => {
    const [x, y] = [ravel(asArray(a)), ravel(asArray(b))];
    return within(NUMERIC('outer'), () => ufunc('multiply', reshape(x, [x.size, 1]), reshape(y, [1, y.size])));
  },
  'tensordot(a, b, axes=2)': (a: Value, b: Value, axes: Value | undefined) => asArray(tensordot(a, b, axes)),
  'kron(a, b)': (a: Value, b: Value) => {
    const [x, y] = [asArray(a), asArray(b)];
    const rank = Math.max(x.ndim, y.ndim);
    const wide = (array: NdArray): number[] => [...new Array<number>(rank - array.ndim).fill(1), ...array.shape];
    const [xs, ys] = [wide(x), wide(y)];
    const left = reshape(
      x,
      xs.flatMap(length => [length, 1]),
    );
    const right = reshape(
      y,
      ys.flatMap(length => [1, length]),
    );
    return reshape(
      within(['numpy.lib._shape_base_impl', 'kron'], () => asArray(ufunc('multiply', left, right))),
      xs.map((length, axis) => length * ys[axis]!),
    );
  },
  'trace(a, offset=0, axis1!=0, axis2!=1, dtype!=None, out!=None)': (a: Value, offset: Value | undefined) => {
    const array = asArray(a);
    if (array.ndim > 2) throw new Unsupported('trace of an array of more than 2 dimensions');
    const site = calledFrom(FROM_NUMERIC('trace'));
    const shift = optionalInteger(offset, 0);
    const [n, m] = array.shape as [number, number];
    const rows = Array.from(
      { length: Math.max(0, Math.min(n + Math.min(0, shift), m - Math.max(0, shift))) },
      (_, i) => (itemsOf(array) as Item[])[(i + Math.max(0, -shift)) * m + i + Math.max(0, shift)]!,
    );
    const data = allocate(array.dtype, rows.length) as Item[];
    rows.forEach((item, i) => {
      data[i] = item;
    });
    return resultOf(
      sumOf(new NdArray(array.dtype, data as Storage, [rows.length]), { axes: undefined, keepdims: false, site }),
    );
  },
  'cross(a, b, axisa!=-1, axisb!=-1, axisc!=-1, axis!=None)': (a: Value, b: Value) => {
    const [x, y] = [asArray(a), asArray(b)];
    if (x.ndim !== 1 || y.ndim !== 1 || x.size !== 3 || y.size !== 3)
      throw new Unsupported('numpy.cross of other than two vectors of three');
    const item = (array: NdArray, i: number): Value => scalarOf(array.dtype, (itemsOf(array) as Item[])[i]!);
    const part = (i: number, j: number): Value =>
      ufunc('subtract', ufunc('multiply', item(x, i), item(y, j)), ufunc('multiply', item(x, j), item(y, i)));
    return within(NUMERIC('cross'), () => asArray(new PyTuple([part(1, 2), part(2, 0), part(0, 1)])));
  },
};
