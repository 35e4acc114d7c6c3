/** Products of vectors and matrices, and `numpy.linalg`. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyComplex, PyTuple, type Value } from '../../python/runtime/objects';
import { binary, getAttribute, smallIndex, toFloat } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  castItems,
  floats,
  itemsOf,
  NdArray,
  normalAxis,
  resultOf,
  scalarOf,
  shapeText,
  sizeOf,
} from './array';
import { asArray, axesOf, optionalInteger } from './convert';
import { bool, complex128, type DType, float64, type Item, promote, type Storage, wrapTo } from './dtype';
import { linAlgErrorClass } from './errors';
import { REAL } from './kernels';
import { isQuantity, rebuild } from './quantities';
import { pairwiseSum, sumOf } from './reductions';
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

/** `a @ b` on stacks of matrices. */
export function matmul(first: Value, second: Value, what = 'matmul'): Value {
  if (isQuantity(first) || isQuantity(second)) return ofQuantities(first, second, (a, b) => matmul(a, b, what));
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
  const shape = [...stack, ...(a.ndim === 1 ? [] : [n]), ...(b.ndim === 1 ? [] : [m])];
  return resultOf(new NdArray(dtype, data as Storage, shape));
}

function ofQuantities(a: Value, b: Value, multiply: (a: Value, b: Value) => Value): Value {
  const magnitude = (value: Value): Value => (isQuantity(value) ? getAttribute(value, 'magnitude') : value);
  const one = (value: Value): Value => (isQuantity(value) ? rebuild(value, 1n) : 1n);
  return binary('*', multiply(magnitude(a), magnitude(b)), binary('*', one(a), one(b)));
}

/** `dot(a, b)` */
export function dot(first: Value, second: Value): Value {
  if (isQuantity(first) || isQuantity(second)) return ofQuantities(first, second, dot);
  const [a, b] = [asArray(first), asArray(second)];
  if (a.ndim === 0 || b.ndim === 0) return ufunc('multiply', first, second);
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
  const product = asArray(matmul(flat, moved));
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
    const pair = (axes as PyTuple).items;
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
    reshape(asArray(matmul(x, y)), [...aRest.map(axis => a.shape[axis]!), ...bRest.map(axis => b.shape[axis]!)]),
  );
}

// ------------------------------------------------------------------------------------------------- numpy.linalg

/** A square matrix as rows of floats. */
function squareRows(value: Value): { rows: Float64Array[]; n: number } {
  const array = asArray(value);
  if (array.ndim < 2)
    throw raise(linAlgErrorClass, `${array.ndim}-dimensional array given. Array must be at least two-dimensional`);
  if (array.ndim > 2) throw new Unsupported('numpy.linalg on stacks of matrices');
  if (array.dtype.kind === 'c') throw new Unsupported('numpy.linalg on complex matrices');
  const [n, m] = array.shape as [number, number];
  if (n !== m) throw raise(linAlgErrorClass, 'Last 2 dimensions of the array must be square');
  return { rows: rowsOf(array), n };
}

export function rowsOf(array: NdArray): Float64Array[] {
  const items = castItems(itemsOf(array), array.dtype, float64) as Float64Array;
  const m = array.shape[1] ?? 1;
  vm.charge(items.length * 8);
  return Array.from({ length: array.shape[0]! }, (_, i) => items.slice(i * m, (i + 1) * m));
}

/** LU factors in place with partial pivoting; the sign of the permutation, 0 where a pivot vanishes. */
function factor(rows: Float64Array[], n: number): { order: number[]; sign: number; singular: boolean } {
  const order = Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let singular = false;
  vm.step(1 + ((n * n * n) >>> 3));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    if (rows[pivot]![k] === 0 || Number.isNaN(rows[pivot]![k]!)) {
      singular ||= rows[pivot]![k] === 0;
      continue;
    }
    if (pivot !== k) {
      [rows[pivot], rows[k]] = [rows[k]!, rows[pivot]!];
      [order[pivot], order[k]] = [order[k]!, order[pivot]!];
      sign = -sign;
    }
    const top = rows[k]!;
    for (let i = k + 1; i < n; i++) {
      const row = rows[i]!;
      const ratio = row[k]! / top[k]!;
      row[k] = ratio;
      if (ratio !== 0) for (let j = k + 1; j < n; j++) row[j] = row[j]! - ratio * top[j]!;
    }
  }
  return { order, sign, singular };
}

/** Solves for each column of the right side. */
function solveRows(rows: Float64Array[], n: number, right: Float64Array[]): Float64Array[] {
  const { order, singular } = factor(rows, n);
  if (singular) throw raise(linAlgErrorClass, 'Singular matrix');
  const m = right[0]?.length ?? 0;
  const x = order.map(i => right[i]!.slice());
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) for (let j = 0; j < m; j++) x[i]![j] = x[i]![j]! - rows[i]![k]! * x[k]![j]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) for (let j = 0; j < m; j++) x[i]![j] = x[i]![j]! - rows[i]![k]! * x[k]![j]!;
    for (let j = 0; j < m; j++) x[i]![j] = x[i]![j]! / rows[i]![i]!;
  }
  return x;
}

export function flat(rows: readonly Float64Array[], shape: readonly number[]): NdArray {
  const width = rows[0]?.length ?? 0;
  const data = allocate(float64, rows.length * width) as Float64Array;
  rows.forEach((row, i) => {
    data.set(row, i * width);
  });
  return new NdArray(float64, data, shape);
}

function identityRows(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

function inverse(value: Value): NdArray {
  const { rows, n } = squareRows(value);
  return flat(solveRows(rows, n, identityRows(n)), [n, n]);
}

function determinant(value: Value): number {
  const { rows, n } = squareRows(value);
  const { sign, singular } = factor(rows, n);
  if (singular) return 0;
  // As numpy does: by the sum of logarithms.
  let logarithm = 0;
  let negative = sign < 0;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i]![i]!;
    if (pivot < 0) negative = !negative;
    logarithm += REAL.log!(Math.abs(pivot));
  }
  const size = REAL.exp!(logarithm);
  return negative ? -size : size;
}

/** Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations, values rising. */
export function symmetricEigen(rows: Float64Array[], n: number): { values: number[]; vectors: Float64Array[] } {
  const a = rows.map(row => row.slice());
  const v = identityRows(n);
  for (let sweep = 0; sweep < 60; sweep++) {
    vm.step(1 + ((n * n * n) >>> 2));
    let off = 0;
    let size = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        size += a[i]![j]! ** 2;
        if (i !== j) off += a[i]![j]! ** 2;
      }
    }
    if (off <= size * 1e-34) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p]![q] === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[k]![p]!, a[k]![q]!];
          a[k]![p] = c * x - s * y;
          a[k]![q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p]![k]!, a[q]![k]!];
          a[p]![k] = c * x - s * y;
          a[q]![k] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [v[k]![p]!, v[k]![q]!];
          v[k]![p] = c * x - s * y;
          v[k]![q] = s * x + c * y;
        }
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i]![i]! - a[j]![j]!);
  return {
    values: order.map(i => a[i]![i]!),
    vectors: v.map(row => Float64Array.from(order, i => row[i]!)),
  };
}

/** Eigenvalues of a real matrix by the QR algorithm on its Hessenberg form. */
export function generalEigenvalues(input: Float64Array[], n: number): PyComplex[] {
  const h = input.map(row => row.slice());
  for (let m = 1; m < n - 1; m++) {
    let pivot = m;
    for (let i = m; i < n; i++) if (Math.abs(h[i]![m - 1]!) > Math.abs(h[pivot]![m - 1]!)) pivot = i;
    if (h[pivot]![m - 1] === 0) continue;
    if (pivot !== m) {
      [h[pivot], h[m]] = [h[m]!, h[pivot]!];
      for (const row of h) [row[pivot], row[m]] = [row[m]!, row[pivot]!];
    }
    for (let i = m + 1; i < n; i++) {
      const y = h[i]![m - 1]! / h[m]![m - 1]!;
      if (y === 0) continue;
      for (let j = m - 1; j < n; j++) h[i]![j] = h[i]![j]! - y * h[m]![j]!;
      for (const row of h) row[m] = row[m]! + y * row[i]!;
    }
  }
  const values = new Array<PyComplex>(n);
  let high = n - 1;
  let shift = 0;
  let tries = 0;
  while (high >= 0) {
    vm.step(1 + n * n);
    let low = high;
    for (; low > 0; low--) {
      const scale = Math.abs(h[low - 1]![low - 1]!) + Math.abs(h[low]![low]!) || 1;
      if (Math.abs(h[low]![low - 1]!) < 2.220446049250313e-16 * scale) break;
    }
    const x = h[high]![high]!;
    if (low === high) {
      values[high] = new PyComplex(x + shift, 0);
      high--;
      tries = 0;
      continue;
    }
    const y = h[high - 1]![high - 1]!;
    const w = h[high]![high - 1]! * h[high - 1]![high]!;
    if (low === high - 1) {
      const p = (y - x) / 2;
      const q = p * p + w;
      const z = Math.sqrt(Math.abs(q));
      if (q >= 0) {
        const root = p + (p >= 0 ? z : -z);
        values[high - 1] = new PyComplex(x + shift + root, 0);
        values[high] = new PyComplex(root !== 0 ? x + shift - w / root : x + shift + root, 0);
      } else {
        values[high - 1] = new PyComplex(x + shift + p, z);
        values[high] = new PyComplex(x + shift + p, -z);
      }
      high -= 2;
      tries = 0;
      continue;
    }
    if (++tries > 200) throw raise(linAlgErrorClass, 'Eigenvalues did not converge');
    francisStep(h, low, high, tries, value => {
      shift += value;
    });
  }
  return values;
}

/** One double-shift step of the QR algorithm on rows `low` to `high`. */
function francisStep(
  h: Float64Array[],
  low: number,
  high: number,
  tries: number,
  moved: (value: number) => void,
): void {
  let x = h[high]![high]!;
  let y = h[high - 1]![high - 1]!;
  let w = h[high]![high - 1]! * h[high - 1]![high]!;
  if (tries % 10 === 0) {
    moved(x);
    for (let i = 0; i <= high; i++) h[i]![i] = h[i]![i]! - x;
    const s = Math.abs(h[high]![high - 1]!) + Math.abs(h[high - 1]![high - 2]!);
    x = 0.75 * s;
    y = x;
    w = -0.4375 * s * s;
  }
  let [p, q, r] = [0, 0, 0];
  let m = high - 2;
  for (; m >= low; m--) {
    const z = h[m]![m]!;
    const [a, b] = [x - z, y - z];
    p = (a * b - w) / h[m + 1]![m]! + h[m]![m + 1]!;
    q = h[m + 1]![m + 1]! - z - a - b;
    r = h[m + 2]![m + 1]!;
    const s = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= s;
    q /= s;
    r /= s;
    if (m === low) break;
    const u = Math.abs(h[m]![m - 1]!) * (Math.abs(q) + Math.abs(r));
    const v = Math.abs(p) * (Math.abs(h[m - 1]![m - 1]!) + Math.abs(z) + Math.abs(h[m + 1]![m + 1]!));
    if (u < 2.220446049250313e-16 * v) break;
  }
  for (let i = m + 2; i <= high; i++) {
    h[i]![i - 2] = 0;
    if (i > m + 2) h[i]![i - 3] = 0;
  }
  for (let k = m; k < high; k++) {
    const third = k !== high - 1;
    if (k !== m) {
      p = h[k]![k - 1]!;
      q = h[k + 1]![k - 1]!;
      r = third ? h[k + 2]![k - 1]! : 0;
      x = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (x === 0) continue;
      p /= x;
      q /= x;
      r /= x;
    }
    const s = (p < 0 ? -1 : 1) * Math.sqrt(p * p + q * q + r * r);
    if (s === 0) continue;
    if (k === m) {
      if (low !== m) h[k]![k - 1] = -h[k]![k - 1]!;
    } else h[k]![k - 1] = -s * x;
    p += s;
    x = p / s;
    y = q / s;
    const z = r / s;
    q /= p;
    r /= p;
    for (let j = k; j <= high; j++) {
      let t = h[k]![j]! + q * h[k + 1]![j]!;
      if (third) {
        t += r * h[k + 2]![j]!;
        h[k + 2]![j] = h[k + 2]![j]! - t * z;
      }
      h[k + 1]![j] = h[k + 1]![j]! - t * y;
      h[k]![j] = h[k]![j]! - t * x;
    }
    const end = Math.min(high, k + 3);
    for (let i = low; i <= end; i++) {
      const row = h[i]!;
      let t = x * row[k]! + y * row[k + 1]!;
      if (third) {
        t += z * row[k + 2]!;
        row[k + 2] = row[k + 2]! - t * r;
      }
      row[k + 1] = row[k + 1]! - t * q;
      row[k] = row[k]! - t;
    }
  }
}

/** A = U S Vᵀ by one-sided Jacobi rotations: columns of U S, columns of V, and the singular values. */
function decompose(rows: Float64Array[], n: number): { columns: Float64Array[]; v: Float64Array[]; values: number[] } {
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from(rows, row => row[j]!));
  const v = identityRows(n);
  for (let sweep = 0; sweep < 60; sweep++) {
    vm.step(1 + n * n * rows.length);
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const [a, b] = [columns[p]!, columns[q]!];
        const [alpha, beta, gamma] = [scalarProduct(a, a), scalarProduct(b, b), scalarProduct(a, b)];
        if (gamma === 0 || Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) continue;
        rotated = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        rotate(a, b, c, c * t);
        rotate(v[p]!, v[q]!, c, c * t);
      }
    }
    if (!rotated) break;
  }
  return { columns, v, values: columns.map(column => Math.sqrt(scalarProduct(column, column))) };
}

function scalarProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
}

/** Singular values, falling. */
export function singularValues(array: NdArray): number[] {
  const tall = array.shape[0]! >= array.shape[1]! ? array : transpose(array);
  return decompose(rowsOf(tall), tall.shape[1]!).values.sort((a, b) => b - a);
}

/** Least squares of full rank by Householder reflections: closer than by the singular values. */
function householder(rows: Float64Array[], right: Float64Array[]): Float64Array[] {
  const m = rows.length;
  const n = rows[0]?.length ?? 0;
  const k = right[0]?.length ?? 0;
  const a = rows.map(row => row.slice());
  const b = right.map(row => row.slice());
  vm.step(1 + m * n * n);
  for (let j = 0; j < n; j++) {
    let norm = 0;
    for (let i = j; i < m; i++) norm += a[i]![j]! ** 2;
    norm = Math.sqrt(norm);
    if (norm === 0) continue;
    const alpha = a[j]![j]! > 0 ? -norm : norm;
    const v = new Float64Array(m);
    for (let i = j; i < m; i++) v[i] = a[i]![j]!;
    v[j] = v[j]! - alpha;
    let size = 0;
    for (let i = j; i < m; i++) size += v[i]! ** 2;
    if (size === 0) continue;
    const reflect = (target: Float64Array[], column: number): void => {
      let sum = 0;
      for (let i = j; i < m; i++) sum += v[i]! * target[i]![column]!;
      const scale = (2 * sum) / size;
      for (let i = j; i < m; i++) target[i]![column] = target[i]![column]! - scale * v[i]!;
    };
    for (let c = j; c < n; c++) reflect(a, c);
    for (let c = 0; c < k; c++) reflect(b, c);
  }
  const x = Array.from({ length: n }, () => new Float64Array(k));
  for (let i = n - 1; i >= 0; i--) {
    for (let c = 0; c < k; c++) {
      let sum = b[i]?.[c] ?? 0;
      for (let j = i + 1; j < n; j++) sum -= a[i]![j]! * x[j]![c]!;
      x[i]![c] = sum / a[i]![i]!;
    }
  }
  return x;
}

/** The least-squares solution of least length; singular values below `rcond` times the greatest count as zero. */
export function leastSquares(
  rows: Float64Array[],
  right: Float64Array[],
  rcond = 0,
): { x: Float64Array[]; rank: number } {
  const n = rows[0]?.length ?? 0;
  const k = right[0]?.length ?? 0;
  if (rows.some(row => row.some(item => !Number.isFinite(item))))
    throw raise(linAlgErrorClass, 'SVD did not converge in Linear Least Squares');
  const { columns, v, values } = decompose(rows, n);
  const least = Math.max(0, ...values) * rcond;
  if (rows.length >= n && values.every(value => value > least)) return { x: householder(rows, right), rank: n };
  const x = Array.from({ length: n }, () => new Float64Array(k));
  let rank = 0;
  values.forEach((value, j) => {
    if (value <= least || value === 0) return;
    rank++;
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let i = 0; i < rows.length; i++) sum += columns[j]![i]! * right[i]![c]!;
      const share = sum / value / value;
      for (let i = 0; i < n; i++) x[i]![c] = x[i]![c]! + share * v[j]![i]!;
    }
  });
  return { x, rank };
}

function norm(x: Value, ord: Value | undefined, axis: Value | undefined, keepdims: Value | undefined): Value {
  const array = asArray(x);
  const kind = ord === undefined || ord === null ? undefined : ord;
  if (axis !== undefined && axis !== null) {
    const axes = axesOf(axis)!;
    const options = { axes, keepdims: keepdims === true };
    if (kind === undefined || kind === 2n || kind === 2) {
      return ufunc('sqrt', resultOf(sumOf(asArray(ufunc('square', ufunc('absolute', array))), options)));
    }
    if (kind === 1n || kind === 1) return resultOf(sumOf(asArray(ufunc('absolute', array)), options));
    throw new Unsupported('numpy.linalg.norm with this ord along an axis');
  }
  const values = castItems(
    itemsOf(asArray(ufunc('absolute', array))),
    array.dtype.kind === 'c' ? float64 : array.dtype,
    float64,
  ) as Float64Array;
  const root = (): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (kind === undefined || (kind === 'fro' && array.ndim === 2)) return scalarOf(float64, root());
  if (array.ndim === 2) {
    const [n, m] = array.shape as [number, number];
    const sums = (byRow: boolean): number[] =>
      Array.from({ length: byRow ? n : m }, (_, i) =>
        Array.from({ length: byRow ? m : n }, (_, j) => (byRow ? values[i * m + j]! : values[j * m + i]!)).reduce(
          (a, b) => a + b,
          0,
        ),
      );
    const p = kind === 'nuc' ? 'nuc' : toFloat(kind);
    if (p === 1) return scalarOf(float64, Math.max(...sums(false)));
    if (p === -1) return scalarOf(float64, Math.min(...sums(false)));
    if (p === Number.POSITIVE_INFINITY) return scalarOf(float64, Math.max(...sums(true)));
    if (p === Number.NEGATIVE_INFINITY) return scalarOf(float64, Math.min(...sums(true)));
    const s = singularValues(array);
    if (p === 2) return scalarOf(float64, s[0] ?? 0);
    if (p === -2) return scalarOf(float64, s.at(-1) ?? 0);
    if (p === 'nuc')
      return scalarOf(
        float64,
        s.reduce((a, b) => a + b, 0),
      );
    throw raise('ValueError', 'Invalid norm order for matrices.');
  }
  const p = toFloat(kind);
  if (p === Number.POSITIVE_INFINITY)
    return scalarOf(
      float64,
      values.reduce((a, b) => Math.max(a, b), 0),
    );
  if (p === Number.NEGATIVE_INFINITY)
    return scalarOf(
      float64,
      values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    );
  if (p === 0) return scalarOf(float64, values.filter(value => value !== 0).length);
  if (p === 2) return scalarOf(float64, root());
  if (p === 1) return scalarOf(float64, 0 + pairwiseSum(values, 0, values.length));
  const powers = asArray(ufunc('power', floats(values), p));
  return ufunc('power', resultOf(sumOf(powers, { axes: undefined, keepdims: false })), 1 / p);
}

/** Columns scaled to length one, the first part of each as LAPACK signs it. */
function eigenvectors(rows: Float64Array[], n: number, values: readonly number[]): Float64Array[] {
  const columns = values.map((value): Float64Array => {
    const shifted = rows.map((row, i) => row.map((item, j) => (i === j ? item - value * (1 + 1e-15) : item)));
    let x: Float64Array = Float64Array.from({ length: n }, (_, i) => 1 + i / 7);
    for (let step = 0; step < 6; step++) {
      const copy = shifted.map(row => Float64Array.from(row));
      factorSafely(copy, n);
      x = solveFactored(copy, n, x);
      const length = Math.sqrt(x.reduce((sum, item) => sum + item * item, 0));
      x = x.map(item => item / length);
    }
    return x;
  });
  return Array.from({ length: n }, (_, i) => Float64Array.from(columns, column => column[i]!));
}

let lastOrder: number[] = [];

function factorSafely(rows: Float64Array[], n: number): void {
  const { order } = factor(rows, n);
  lastOrder = order;
  for (let i = 0; i < n; i++) if (rows[i]![i] === 0) rows[i]![i] = 1e-300;
}

function solveFactored(rows: Float64Array[], n: number, right: Float64Array): Float64Array {
  const x = Float64Array.from(lastOrder, i => right[i]!);
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) x[i] = x[i]! - rows[i]![k]! * x[k]!;
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = x[i]! - rows[i]![k]! * x[k]!;
    x[i] = x[i]! / rows[i]![i]!;
  }
  const size = x.reduce((most, item) => Math.max(most, Math.abs(item)), 0);
  return size > 0 && Number.isFinite(size) ? x.map(item => item / size) : x;
}

function realOrComplex(values: readonly PyComplex[]): NdArray {
  if (values.every(value => value.im === 0)) return floats(values.map(value => value.re));
  const data = allocate(complex128, values.length) as Item[];
  values.forEach((value, i) => {
    data[i] = value;
  });
  return new NdArray(complex128, data as Storage, [values.length]);
}

function isSymmetric(rows: Float64Array[]): boolean {
  return rows.every((row, i) => row.every((item, j) => item === rows[j]![i]));
}

/** Functions of `numpy.linalg` by signature. */
export const LINALG: Readonly<Record<string, NativeBody>> = {
  'solve(a, b)': (a: Value, b: Value) => {
    const { rows, n } = squareRows(a);
    const right = asArray(b);
    if (right.shape[0] !== n)
      throw raise(
        'ValueError',
        `solve${right.ndim === 1 ? '1' : ''}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m${right.ndim === 1 ? '' : ',n'})->(m${right.ndim === 1 ? '' : ',n'}) (size ${right.shape[0]} is different from ${n})`,
      );
    const columns = right.ndim === 1 ? reshape(right, [n, 1]) : right;
    return flat(solveRows(rows, n, rowsOf(columns)), right.shape);
  },
  'inv(a)': inverse,
  'det(a)': (a: Value) => scalarOf(float64, determinant(a)),
  'slogdet(a)': (a: Value) => {
    const d = determinant(a);
    return new PyTuple([scalarOf(float64, Math.sign(d)), ufunc('log', Math.abs(d))]);
  },
  'norm(x, ord=None, axis=None, keepdims=False)': norm,
  'matrix_norm(x, *, keepdims=False, ord="fro")': (x: Value) => norm(x, 'fro', undefined, undefined),
  'vector_norm(x, *, axis=None, keepdims=False, ord=2)': (x: Value, axis: Value | undefined) =>
    norm(axis === undefined || axis === null ? ravel(asArray(x)) : x, 2n, axis, undefined),
  'matrix_power(a, n)': (a: Value, n: Value) => {
    const power = smallIndex(n);
    let base: Value = power < 0 ? inverse(a) : asArray(a);
    const size = asArray(a).shape[0]!;
    let result: Value | undefined;
    for (let left = Math.abs(power); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = result === undefined ? base : matmul(result, base);
      base = matmul(base, base);
    }
    if (result !== undefined) return result;
    const { dtype } = asArray(a);
    return new NdArray(dtype, castItems(flat(identityRows(size), [size, size]).data, float64, dtype), [size, size]);
  },
  'matrix_rank(A, tol=None)': (a: Value) => {
    const array = asArray(a);
    const s = singularValues(array.ndim < 2 ? reshape(array, [1, array.size]) : array);
    const tolerance = (s[0] ?? 0) * Math.max(...array.shape) * 2.220446049250313e-16;
    return BigInt(s.filter(value => value > tolerance).length);
  },
  'cond(x, p=None)': (x: Value) => {
    const s = singularValues(asArray(x));
    return scalarOf(float64, s[0]! / s.at(-1)!);
  },
  'svdvals(x, /)': (x: Value) => floats(singularValues(asArray(x))),
  'svd(a, full_matrices=True, compute_uv=True, hermitian=False)': (a: Value, _full: Value, uv: Value | undefined) => {
    if (uv !== false)
      throw new Unsupported('numpy.linalg.svd with vectors', 'compute_uv=False gives the singular values');
    return floats(singularValues(asArray(a)));
  },
  'eigvals(a)': (a: Value) => {
    const { rows, n } = squareRows(a);
    return realOrComplex(generalEigenvalues(rows, n));
  },
  'eig(a)': (a: Value) => {
    const { rows, n } = squareRows(a);
    const values = generalEigenvalues(rows, n);
    if (values.some(value => value.im !== 0)) throw new Unsupported('numpy.linalg.eig with complex eigenvalues');
    const real = values.map(value => value.re);
    return new PyTuple([floats(real), flat(eigenvectors(rows, n, real), [n, n])]);
  },
  'eigvalsh(a, UPLO="L")': (a: Value) => {
    const { rows, n } = squareRows(a);
    return floats(symmetricEigen(mirrored(rows), n).values);
  },
  'eigh(a, UPLO="L")': (a: Value) => {
    const { rows, n } = squareRows(a);
    const { values, vectors } = symmetricEigen(mirrored(rows), n);
    return new PyTuple([floats(values), flat(vectors, [n, n])]);
  },
  'cholesky(a)': (a: Value) => {
    const { rows, n } = squareRows(a);
    const l = identityRows(n).map(row => row.fill(0));
    for (let j = 0; j < n; j++) {
      for (let i = j; i < n; i++) {
        let sum = rows[i]![j]!;
        for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!;
        if (i === j) {
          if (!(sum > 0)) throw raise(linAlgErrorClass, 'Matrix is not positive definite');
          l[i]![j] = Math.sqrt(sum);
        } else l[i]![j] = sum / l[j]![j]!;
      }
    }
    return flat(l, [n, n]);
  },
  'lstsq(a, b, rcond=None)': (a: Value, b: Value) => {
    const matrix = asArray(a);
    const right = asArray(b);
    const columns = right.ndim === 1 ? reshape(right, [right.size, 1]) : right;
    const [m, n] = matrix.shape as [number, number];
    const rows = rowsOf(matrix);
    const s = singularValues(matrix);
    const { x, rank } = leastSquares(rows, rowsOf(columns), 2.220446049250313e-16 * Math.max(m, n));
    const solution = flat(x, right.ndim === 1 ? [n] : [n, columns.shape[1]!]);
    const difference = asArray(ufunc('subtract', matmul(matrix, solution), right));
    const residuals =
      m > n && rank === n
        ? sumOf(asArray(ufunc('square', difference)), { axes: [0], keepdims: right.ndim === 1 })
        : floats([]);
    return new PyTuple([solution, residuals, BigInt(rank), floats(s)]);
  },
  'pinv(a, rcond=None, hermitian=False)': (a: Value) => {
    const matrix = asArray(a);
    const [m, n] = matrix.shape as [number, number];
    return flat(leastSquares(rowsOf(matrix), identityRows(m), 1e-15).x, [n, m]);
  },
  'multi_dot(arrays, *, out=None)': (arrays: Value) => {
    const items = (arrays as PyTuple).items;
    return items.slice(1).reduce<Value>((product, item) => dot(product, item), items[0]!);
  },
};

function mirrored(rows: Float64Array[]): Float64Array[] {
  return isSymmetric(rows) ? rows : rows.map((row, i) => row.map((item, j) => (j > i ? rows[j]![i]! : item)));
}

/** Products in the module itself, by signature. */
export const PRODUCTS: Readonly<Record<string, NativeBody>> = {
  'dot(a, b, out=None)': dot,
  'matmul(x1, x2, /)': (a: Value, b: Value) => matmul(a, b),
  'vdot(a, b, /)': (a: Value, b: Value) => dot(ufunc('conjugate', ravel(asArray(a))), ravel(asArray(b))),
  'vecdot(x1, x2, /)': (a: Value, b: Value) =>
    resultOf(sumOf(asArray(ufunc('multiply', a, b)), { axes: [-1], keepdims: false })),
  'inner(a, b, /)': (a: Value, b: Value) => {
    const [x, y] = [asArray(a), asArray(b)];
    if (x.ndim === 0 || y.ndim === 0) return ufunc('multiply', a, b);
    return tensordot(x, y, new PyTuple([-1n, -1n]));
  },
  'outer(a, b, out=None)': (a: Value, b: Value) => {
    if (isQuantity(a) || isQuantity(b)) throw new Unsupported('numpy.outer of quantities');
    const [x, y] = [ravel(asArray(a)), ravel(asArray(b))];
    return ufunc('multiply', reshape(x, [x.size, 1]), reshape(y, [1, y.size]));
  },
  'tensordot(a, b, axes=2)': tensordot,
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
      asArray(ufunc('multiply', left, right)),
      xs.map((length, axis) => length * ys[axis]!),
    );
  },
  'trace(a, offset=0)': (a: Value, offset: Value | undefined) => {
    const array = asArray(a);
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
      sumOf(new NdArray(array.dtype, data as Storage, [rows.length]), { axes: undefined, keepdims: false }),
    );
  },
  'cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None)': (a: Value, b: Value) => {
    const [x, y] = [asArray(a), asArray(b)];
    if (x.ndim !== 1 || y.ndim !== 1 || x.size !== 3 || y.size !== 3)
      throw new Unsupported('numpy.cross of other than two vectors of three');
    const item = (array: NdArray, i: number): Value => scalarOf(array.dtype, (itemsOf(array) as Item[])[i]!);
    const part = (i: number, j: number): Value =>
      ufunc('subtract', ufunc('multiply', item(x, i), item(y, j)), ufunc('multiply', item(x, j), item(y, i)));
    return asArray(new PyTuple([part(1, 2), part(2, 0), part(0, 1)]));
  },
};
