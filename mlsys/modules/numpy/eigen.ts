/** Eigenvalues and vectors of a real matrix: double-shift QR steps to the quasi-triangular form of Schur. */
import { raise } from '../../python/runtime/errors';
import { PyComplex } from '../../python/runtime/objects';
import { vm } from '../../python/runtime/vm';
import { linAlgErrorClass } from './errors';
import { type Balance, balance, reduce, reflection, signed } from './hessenberg';

const EPSILON = 2.220446049250313e-16;
const TINY = 2.2250738585072014e-308;
/** Steps after which another shift is tried. */
const PATIENCE = 10;

interface Schur {
  /** The matrix, quasi-triangular where vectors are wanted. */
  readonly t: Float64Array[];
  readonly q: Float64Array[] | undefined;
  readonly values: readonly PyComplex[];
  readonly balance: Balance;
}

/** A block of two rows in standard form: triangular, or with equal diagonal; its values and the rotation. */
function standardBlock(a: number, b: number, c: number, d: number) {
  let [cs, sn] = [1, 0];
  if (c === 0) return { a, b, c, d, cs, sn };
  if (b === 0) return { a: d, b: -c, c: 0, d: a, cs: 0, sn: 1 };
  if (a - d === 0 && Math.sign(b) !== Math.sign(c)) return { a, b, c, d, cs, sn };
  let p = 0.5 * (a - d);
  const most = Math.max(Math.abs(b), Math.abs(c));
  const least = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
  let scale = Math.max(Math.abs(p), most);
  let z = (p / scale) * p + (most / scale) * least;
  if (z >= 4 * EPSILON) {
    z = p + signed(Math.sqrt(scale) * Math.sqrt(z), p);
    const tau = Math.hypot(c, z);
    return { a: d + z, b: b - c, c: 0, d: d - (most / z) * least, cs: z / tau, sn: c / tau };
  }
  // Complex values, or real ones that are almost equal: make the diagonal equal.
  const sigma = b + c;
  scale = Math.max(Math.abs(a - d), Math.abs(sigma));
  p = 0.5 * (a - d);
  let tau = Math.hypot(sigma, a - d);
  cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / tau));
  sn = -(p / (tau * cs)) * signed(1, sigma);
  const [aa, bb, cc, dd] = [a * cs + b * sn, -a * sn + b * cs, c * cs + d * sn, -c * sn + d * cs];
  let [na, nb, nc, nd] = [aa * cs + cc * sn, bb * cs + dd * sn, -aa * sn + cc * cs, -bb * sn + dd * cs];
  const middle = 0.5 * (na + nd);
  [na, nd] = [middle, middle];
  if (nc !== 0 && nb !== 0 && Math.sign(nb) === Math.sign(nc)) {
    const [rb, rc] = [Math.sqrt(Math.abs(nb)), Math.sqrt(Math.abs(nc))];
    p = signed(rb * rc, nc);
    tau = 1 / Math.sqrt(Math.abs(nb + nc));
    [na, nd] = [middle + p, middle - p];
    nb -= nc;
    nc = 0;
    const [cs1, sn1] = [rb * tau, rc * tau];
    [cs, sn] = [cs * cs1 - sn * sn1, cs * sn1 + sn * cs1];
  } else if (nc !== 0 && nb === 0) {
    nb = -nc;
    nc = 0;
    [cs, sn] = [-sn, cs];
  }
  return { a: na, b: nb, c: nc, d: nd, cs, sn };
}

/** The two shifts of a step, from the block at its end. */
function shiftsOf(h: Float64Array[], first: number, last: number, steps: number) {
  const at = (i: number, j: number): number => h[i]![j]!;
  let [h11, h12, h21, h22] = [at(last - 1, last - 1), at(last - 1, last), at(last, last - 1), at(last, last)];
  if (steps % PATIENCE === 0) {
    const low = steps % (2 * PATIENCE) !== 0;
    const s = low
      ? Math.abs(at(first + 1, first)) + Math.abs(at(first + 2, first + 1))
      : Math.abs(at(last, last - 1)) + Math.abs(at(last - 1, last - 2));
    h11 = 0.75 * s + (low ? at(first, first) : at(last, last));
    [h12, h21, h22] = [-0.4375 * s, s, h11];
  }
  const s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
  if (s === 0) return { r1: 0, i1: 0, r2: 0, i2: 0 };
  [h11, h12, h21, h22] = [h11 / s, h12 / s, h21 / s, h22 / s];
  const mean = (h11 + h22) / 2;
  const det = (h11 - mean) * (h22 - mean) - h12 * h21;
  const root = Math.sqrt(Math.abs(det));
  if (det >= 0) return { r1: mean * s, i1: root * s, r2: mean * s, i2: -root * s };
  const nearer = Math.abs(mean + root - h22) <= Math.abs(mean - root - h22) ? mean + root : mean - root;
  return { r1: nearer * s, i1: 0, r2: nearer * s, i2: 0 };
}

/** Where a small entry below the diagonal lets the matrix fall apart, from `last` down. */
function splitBelow(h: Float64Array[], low: number, high: number, last: number): number {
  const small = TINY * ((high - low + 1) / EPSILON);
  for (let k = last; k > low; k--) {
    const below = Math.abs(h[k]![k - 1]!);
    if (below <= small) return k;
    let around = Math.abs(h[k - 1]![k - 1]!) + Math.abs(h[k]![k]!);
    if (around === 0) {
      if (k - 2 >= low) around += Math.abs(h[k - 1]![k - 2]!);
      if (k + 1 <= high) around += Math.abs(h[k + 1]![k]!);
    }
    if (below > EPSILON * around) continue;
    const above = Math.abs(h[k - 1]![k]!);
    const [here, apart] = [Math.abs(h[k]![k]!), Math.abs(h[k - 1]![k - 1]! - h[k]![k]!)];
    const [ab, ba, aa, bb] = [
      Math.max(below, above),
      Math.min(below, above),
      Math.max(here, apart),
      Math.min(here, apart),
    ];
    const s = aa + ab;
    if (ba * (ab / s) <= Math.max(small, EPSILON * (bb * (aa / s)))) return k;
  }
  return low;
}

/** One sweep of the QR algorithm over rows `first` to `last`; `from` and `to` are the columns and rows to keep. */
function sweep(
  h: Float64Array[],
  q: Float64Array[] | undefined,
  first: number,
  last: number,
  steps: number,
  [from, to]: readonly [number, number],
): void {
  const { r1, i1, r2, i2 } = shiftsOf(h, first, last, steps);
  const start = new Float64Array(3);
  let m = last - 2;
  for (; ; m--) {
    const [row, next] = [h[m]!, h[m + 1]!];
    let s = Math.abs(row[m]! - r2) + Math.abs(i2) + Math.abs(next[m]!);
    const below = next[m]! / s;
    start[0] = below * row[m + 1]! + (row[m]! - r1) * ((row[m]! - r2) / s) - i1 * (i2 / s);
    start[1] = below * (row[m]! + next[m + 1]! - r1 - r2);
    start[2] = below * h[m + 2]![m + 1]!;
    s = Math.abs(start[0]) + Math.abs(start[1]) + Math.abs(start[2]);
    for (let i = 0; i < 3; i++) start[i] = start[i]! / s;
    if (m === first) break;
    const around = Math.abs(h[m - 1]![m - 1]!) + Math.abs(row[m]!) + Math.abs(next[m + 1]!);
    if (Math.abs(row[m - 1]!) * (Math.abs(start[1]) + Math.abs(start[2])) <= EPSILON * Math.abs(start[0]) * around)
      break;
  }
  for (let k = m; k < last; k++) {
    const size = Math.min(3, last - k + 1);
    const v = k > m ? Float64Array.from({ length: size }, (_, i) => h[k + i]![k - 1]!) : start.slice(0, size);
    const { tau, beta } = reflection(v);
    if (k > m) {
      h[k]![k - 1] = beta;
      for (let i = 1; i < size; i++) h[k + i]![k - 1] = 0;
    } else if (m > first) h[k]![k - 1] = h[k]![k - 1]! * (1 - tau);
    for (let j = k; j <= to; j++) {
      let sum = h[k]![j]! + v[1]! * h[k + 1]![j]!;
      if (size === 3) sum += v[2]! * h[k + 2]![j]!;
      for (let i = 0; i < size; i++) h[k + i]![j] = h[k + i]![j]! - sum * (tau * v[i]!);
    }
    const along = (row: Float64Array): void => {
      let sum = row[k]! + v[1]! * row[k + 1]!;
      if (size === 3) sum += v[2]! * row[k + 2]!;
      for (let i = 0; i < size; i++) row[k + i] = row[k + i]! - sum * (tau * v[i]!);
    };
    for (let j = from; j <= Math.min(k + 3, last); j++) along(h[j]!);
    if (q !== undefined) for (const row of q) along(row);
  }
}

/** The form of Schur; without `vectors` only as far as the values need it. */
function schur(input: readonly Float64Array[], vectors: boolean): Schur {
  const h = input.map(row => row.slice());
  const n = h.length;
  const balanced = balance(h);
  const q = vectors ? h.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0))) : undefined;
  reduce(h, balanced, q);
  const { low, high } = balanced;
  const values = h.map((row, i) => new PyComplex(row[i]!, 0));
  let steps = 0;
  let left = 30 * Math.max(10, high - low + 1);
  for (let last = high; last >= low; ) {
    vm.step(1 + n * n);
    const first = splitBelow(h, low, high, last);
    if (first > low) h[first]![first - 1] = 0;
    if (first < last - 1) {
      if (left-- < 0) throw raise(linAlgErrorClass, 'Eigenvalues did not converge');
      steps++;
      sweep(h, q, first, last, steps, vectors ? [0, n - 1] : [first, last]);
      continue;
    }
    if (first === last) values[last] = new PyComplex(h[last]![last]!, 0);
    else splitPair(h, q, first, vectors, values);
    steps = 0;
    last = first - 1;
  }
  return { t: h, q, values, balance: balanced };
}

/** Brings the two rows from `k` on to standard form and reads off their values. */
function splitPair(h: Float64Array[], q: Float64Array[] | undefined, k: number, whole: boolean, values: PyComplex[]) {
  const made = standardBlock(h[k]![k]!, h[k]![k + 1]!, h[k + 1]![k]!, h[k + 1]![k + 1]!);
  const { a, b, c, d, cs, sn } = made;
  const im = c === 0 ? 0 : Math.sqrt(Math.abs(b)) * Math.sqrt(Math.abs(c));
  values[k] = new PyComplex(a, im);
  values[k + 1] = new PyComplex(d, 0 - im);
  const across = (row: Float64Array): void => {
    const [x, y] = [row[k]!, row[k + 1]!];
    row[k] = cs * x + sn * y;
    row[k + 1] = cs * y - sn * x;
  };
  if (whole) {
    const [top, bottom] = [h[k]!, h[k + 1]!];
    for (let j = k + 2; j < top.length; j++) {
      const [x, y] = [top[j]!, bottom[j]!];
      top[j] = cs * x + sn * y;
      bottom[j] = cs * y - sn * x;
    }
    for (let i = 0; i < k; i++) across(h[i]!);
    if (q !== undefined) for (const row of q) across(row);
  }
  [h[k]![k], h[k]![k + 1], h[k + 1]![k], h[k + 1]![k + 1]] = [a, b, c, d];
}

/** Eigenvalues in the order in which the QR algorithm leaves them on the diagonal. */
export function eigenvalues(rows: readonly Float64Array[]): readonly PyComplex[] {
  return schur(rows, false).values;
}

/** Eigenvalues, and where all are real a matrix with the unit vectors in its columns; undefined where some are not. */
export function eigenvectors(rows: readonly Float64Array[]): {
  values: readonly PyComplex[];
  vectors: Float64Array[] | undefined;
} {
  const { t, q, values, balance: balanced } = schur(rows, true);
  const n = t.length;
  if (values.some(value => value.im !== 0)) return { values, vectors: undefined };
  vm.step(1 + n ** 3);
  const vectors = t.map(() => new Float64Array(n));
  for (let k = 0; k < n; k++) {
    const value = t[k]![k]!;
    const least = Math.max(EPSILON * Math.abs(value), TINY * (n / EPSILON));
    const x = new Float64Array(n);
    x[k] = 1;
    for (let i = k - 1; i >= 0; i--) {
      let sum = 0;
      for (let j = i + 1; j <= k; j++) sum += t[i]![j]! * x[j]!;
      const gap = t[i]![i]! - value;
      x[i] = -sum / (Math.abs(gap) < least ? least : gap);
    }
    const column = q!.map(row => row.reduce((sum, item, j) => sum + item * x[j]!, 0));
    for (let i = balanced.low; balanced.low < balanced.high && i <= balanced.high; i++)
      column[i] = column[i]! * balanced.scale[i]!;
    const back = (i: number): void => {
      const other = balanced.scale[i]!;
      [column[i], column[other]] = [column[other]!, column[i]!];
    };
    for (let i = balanced.low - 1; i >= 0; i--) back(i);
    for (let i = balanced.high + 1; i < n; i++) back(i);
    const size = Math.hypot(...column);
    column.forEach((item, i) => {
      vectors[i]![k] = item / size;
    });
  }
  return { values, vectors };
}
