/** Numerical algorithms on matrices as rows of floats: factors, eigenvalues, singular values, least squares. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyComplex, type Value } from '../../python/runtime/objects';
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

/** Solves for each column of the right side. */
export function solveRows(rows: Float64Array[], n: number, right: Float64Array[]): Float64Array[] {
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

export function identityRows(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

export function inverse(value: Value): NdArray {
  const { rows, n } = squareRows(value);
  return flat(solveRows(rows, n, identityRows(n)), [n, n]);
}

export function determinant(value: Value): number {
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
export function francisStep(
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

/** The least-squares solution of least length; singular values below `rcond` times the greatest count as zero. */
export function leastSquares(
  rows: Float64Array[],
  right: Float64Array[],
  rcond = 0,
): { x: Float64Array[]; rank: number; smallest: number } {
  const n = rows[0]?.length ?? 0;
  const k = right[0]?.length ?? 0;
  if (rows.some(row => row.some(item => !Number.isFinite(item))))
    throw raise(linAlgErrorClass, 'SVD did not converge in Linear Least Squares');
  const { columns, v, values } = decompose(rows, n);
  const least = Math.max(0, ...values) * rcond;
  if (rows.length >= n && values.every(value => value > least))
    return { x: householder(rows, right), rank: n, smallest: Math.min(...values) };
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
  return { x, rank, smallest: Math.min(...values.filter(value => value > least)) };
}
