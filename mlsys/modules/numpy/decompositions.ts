/** Numerical algorithms on matrices as rows of floats: factors, eigenvalues, singular values, least squares. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';
import { vm } from '../../python/runtime/vm';
import { allocate, castItems, itemsOf, NdArray } from './array';
import { asArray } from './convert';
import { float64 } from './dtype';
import { linAlgErrorClass } from './errors';
import { REAL } from './kernels';
import { transpose } from './shaping';

/** A square matrix as rows of floats. */
export function squareRows(value: Value): { rows: Float64Array[]; n: number } {
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
export function factor(rows: Float64Array[], n: number): { order: number[]; sign: number; singular: boolean } {
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

/** Pivots that are so much smaller than the greatest hint at a matrix that is singular but for rounding errors. */
const SMALL_PIVOT = 1e-9;

/** Where rounding errors may grow by so much, digits of a result that are shown are rounding errors: those of LAPACK are others. */
const MOST_GROWTH = 1e11;

/** Solves for each column of the right side. Throws `Unsupported` where the solution would be rounding errors. */
export function solveRows(rows: Float64Array[], n: number, right: Float64Array[]): Float64Array[] {
  const sums = rows.map(row => row.reduce((sum, item) => sum + Math.abs(item), 0));
  const { order, singular } = factor(rows, n);
  if (singular) throw raise(linAlgErrorClass, 'Singular matrix');
  const pivots = rows.map((row, i) => Math.abs(row[i]!));
  if (Math.min(...pivots) < SMALL_PIVOT * Math.max(...pivots)) {
    // Skeel's condition number, which the scales of rows do not change.
    const inverted = substitute(rows, n, order, identityRows(n));
    const growth = inverted.map(row => row.reduce((sum, item, i) => sum + Math.abs(item) * sums[i]!, 0));
    // What overflows does so in LAPACK as well.
    if (growth.some(one => one > MOST_GROWTH && Number.isFinite(one))) throw refusedNoise();
  }
  return substitute(rows, n, order, right);
}

const refusedNoise = () =>
  new Unsupported('a system of equations so close to singular that its solution is a rounding error');

/** Solves with the factors of a matrix. */
function substitute(
  rows: readonly Float64Array[],
  n: number,
  order: readonly number[],
  right: readonly Float64Array[],
): Float64Array[] {
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

export function identityRows(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

export function inverse(value: Value): NdArray {
  const { rows, n } = squareRows(value);
  return flat(solveRows(rows, n, identityRows(n)), [n, n]);
}

export function determinant(value: Value): number {
  // As numpy does: by the sum of logarithms.
  const { sign, logarithm } = logarithmOfDeterminant(value);
  return sign === 0 ? 0 : sign * REAL.exp!(logarithm);
}

/** The sign of a determinant, and the logarithm of its size. */
export function logarithmOfDeterminant(value: Value): { readonly sign: number; readonly logarithm: number } {
  const { rows, n } = squareRows(value);
  const { sign, singular } = factor(rows, n);
  if (singular) return { sign: 0, logarithm: Number.NEGATIVE_INFINITY };
  let logarithm = 0;
  let negative = sign < 0;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i]![i]!;
    if (pivot < 0) negative = !negative;
    logarithm += REAL.log!(Math.abs(pivot));
  }
  return { sign: negative ? -1 : 1, logarithm };
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

/** A = U S Vᵀ by one-sided Jacobi rotations: columns of U S, columns of V, and the singular values. */
export function decompose(
  rows: Float64Array[],
  n: number,
): { columns: Float64Array[]; v: Float64Array[]; values: number[] } {
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

export function scalarProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
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
export function householder(rows: Float64Array[], right: Float64Array[]): Float64Array[] {
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

/** The same, where the solution is no rounding error; throws `Unsupported` where it is. */
export function sureLeastSquares(...given: Parameters<typeof leastSquares>): ReturnType<typeof leastSquares> {
  const found = leastSquares(...given);
  if (found.smallest * MOST_GROWTH < found.greatest) throw refusedNoise();
  return found;
}

/** The least-squares solution of least length; singular values below `rcond` times the greatest count as zero. */
export function leastSquares(
  rows: Float64Array[],
  right: Float64Array[],
  rcond = 0,
): { x: Float64Array[]; rank: number; smallest: number; greatest: number } {
  const n = rows[0]?.length ?? 0;
  const k = right[0]?.length ?? 0;
  if (rows.some(row => row.some(item => !Number.isFinite(item))))
    throw raise(linAlgErrorClass, 'SVD did not converge in Linear Least Squares');
  const { columns, v, values } = decompose(rows, n);
  const most = Math.max(0, ...values);
  const least = most * rcond;
  if (rows.length >= n && values.every(value => value > least))
    return { x: householder(rows, right), rank: n, smallest: Math.min(...values), greatest: most };
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
  return { x, rank, smallest: Math.min(...values.filter(value => value > least)), greatest: most };
}
