/** Eigenvalues and vectors of a symmetric matrix: to tridiagonal form by reflections, then by implicit QL or QR steps. */
import { raise } from '../../python/runtime/errors';
import { vm } from '../../python/runtime/vm';
import { linAlgErrorClass } from './errors';
import { reflection, reflectRows, signed } from './hessenberg';

const EPSILON = 1.1102230246251565e-16;
const TINY = 2.2250738585072014e-308;

/** A tridiagonal matrix and the columns that its rotations are applied to. */
interface Tridiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly z: Float64Array[];
}

/** The rotation that takes `(f, g)` to `(r, 0)`. */
function rotation(f: number, g: number): { c: number; s: number; r: number } {
  if (g === 0) return { c: 1, s: 0, r: f };
  if (f === 0) return { c: 0, s: signed(1, g), r: Math.abs(g) };
  const r = signed(Math.sqrt(f * f + g * g), f);
  return { c: Math.abs(f) / Math.abs(r), s: g / r, r };
}

/** Turns columns `j` and `j + 1`. */
function turn(z: Float64Array[], j: number, c: number, s: number): void {
  for (const row of z) {
    const right = row[j + 1]!;
    row[j + 1] = c * right - s * row[j]!;
    row[j] = s * right + c * row[j]!;
  }
}

/** Eigenvalues of `[[a, b], [b, c]]`, the larger by size first, and the unit vector of that one. */
function pair(a: number, b: number, c: number) {
  const [sum, gap, twice] = [a + c, a - c, b + b];
  const [wide, across] = [Math.abs(gap), Math.abs(twice)];
  const [most, least] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  const root =
    wide > across
      ? wide * Math.sqrt(1 + (across / wide) ** 2)
      : wide < across
        ? across * Math.sqrt(1 + (wide / across) ** 2)
        : across * Math.SQRT2;
  const first = sum < 0 ? 0.5 * (sum - root) : sum > 0 ? 0.5 * (sum + root) : 0.5 * root;
  const second = sum === 0 ? -0.5 * root : (most / first) * least - (b / first) * b;
  const lean = gap >= 0 ? gap + root : gap - root;
  let [cs, sn] = [1, 0];
  if (Math.abs(lean) > across) {
    const ratio = -twice / lean;
    sn = 1 / Math.sqrt(1 + ratio * ratio);
    cs = ratio * sn;
  } else if (across !== 0) {
    const ratio = -lean / twice;
    cs = 1 / Math.sqrt(1 + ratio * ratio);
    sn = ratio * cs;
  }
  if (sum < 0 !== gap >= 0) [cs, sn] = [-sn, cs];
  return { first, second, cs, sn };
}

/** The block from `start` to `stop`, from the end whose diagonal is smaller: `by` is the way to the other end. */
function iterate({ d, e, z }: Tridiagonal, start: number, stop: number, tries: { left: number }): void {
  const forward = Math.abs(d[stop]!) >= Math.abs(d[start]!);
  const by = forward ? 1 : -1;
  let [at, end] = forward ? [start, stop] : [stop, start];
  /** The entry beside the diagonal between `i` and the next row on the way. */
  const link = (i: number): number => (forward ? i : i - 1);
  while (forward ? at <= end : at >= end) {
    let m = at;
    for (; m !== end; m += by) {
      const beside = e[link(m)]!;
      if (beside * beside <= EPSILON * EPSILON * Math.abs(d[m]!) * Math.abs(d[m + by]!) + TINY) break;
    }
    if (m !== end) e[link(m)] = 0;
    if (m === at) {
      at += by;
      continue;
    }
    if (m === at + by) {
      const low = Math.min(at, m);
      const { first, second, cs, sn } = pair(d[low]!, e[low]!, d[low + 1]!);
      turn(z, low, cs, sn);
      [d[low], d[low + 1], e[low]] = [first, second, 0];
      at += 2 * by;
      continue;
    }
    if (tries.left-- <= 0) throw raise(linAlgErrorClass, 'Eigenvalues did not converge');
    step({ d, e, z }, at, m, by, link);
  }
}

/** One step with an implicit shift, from row `m` back to row `at`. */
function step({ d, e, z }: Tridiagonal, at: number, m: number, by: number, link: (i: number) => number): void {
  vm.step(1 + z.length * Math.abs(m - at));
  let p = d[at]!;
  const beside = e[link(at)]!;
  let g = (d[at + by]! - p) / (2 * beside);
  g = d[m]! - p + beside / (g + signed(Math.hypot(g, 1), g));
  let [s, c] = [1, 1];
  p = 0;
  const turns: [number, number, number][] = [];
  for (let i = m - by; by > 0 ? i >= at : i <= at; i -= by) {
    const f = s * e[link(i)]!;
    const b = c * e[link(i)]!;
    const made = rotation(g, f);
    ({ c, s } = made);
    if (i !== m - by) e[link(i + by)] = made.r;
    g = d[i + by]! - p;
    const r = (d[i]! - g) * s + 2 * c * b;
    p = s * r;
    d[i + by] = g + p;
    g = c * r - b;
    turns.push([Math.min(i, i + by), c, by > 0 ? -s : s]);
  }
  for (const [j, cs, sn] of turns) turn(z, j, cs, sn);
  d[at] = d[at]! - p;
  e[link(at)] = g;
}

/** Eigenvalues, rising, and the unit vectors in the columns of a matrix. */
export function symmetricVectors(rows: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } {
  const n = rows.length;
  const a = rows.map(row => row.slice());
  const z = rows.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  const e = new Float64Array(Math.max(0, n - 1));
  const made: { v: Float64Array; tau: number; at: number }[] = [];
  vm.step(1 + n ** 3);
  for (let i = 0; i < n - 1; i++) {
    const v = Float64Array.from({ length: n - 1 - i }, (_, k) => a[i + 1 + k]![i]!);
    const { tau, beta } = reflection(v);
    e[i] = beta;
    if (tau === 0) continue;
    const w = v.map((_, k) => tau * v.reduce((sum, item, j) => sum + a[i + 1 + k]![i + 1 + j]! * item, 0));
    const half = -0.5 * tau * w.reduce((sum, item, k) => sum + item * v[k]!, 0);
    for (let k = 0; k < w.length; k++) w[k] = w[k]! + half * v[k]!;
    for (let k = 0; k < w.length; k++)
      for (let j = 0; j < w.length; j++)
        a[i + 1 + k]![i + 1 + j] = a[i + 1 + k]![i + 1 + j]! - v[k]! * w[j]! - w[k]! * v[j]!;
    made.push({ v, tau, at: i + 1 });
  }
  const d = Float64Array.from(a, (row, i) => row[i]!);
  const tries = { left: 30 * n };
  for (let start = 0; start < n; ) {
    let stop = start;
    for (; stop < n - 1; stop++) {
      const beside = Math.abs(e[stop]!);
      if (beside <= Math.sqrt(Math.abs(d[stop]!)) * Math.sqrt(Math.abs(d[stop + 1]!)) * EPSILON) break;
    }
    if (stop < n - 1) e[stop] = 0;
    if (stop > start) iterate({ d, e, z }, start, stop, tries);
    start = stop + 1;
  }
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (d[j]! < d[k]!) k = j;
    if (k === i) continue;
    [d[i], d[k]] = [d[k]!, d[i]!];
    for (const row of z) [row[i], row[k]] = [row[k]!, row[i]!];
  }
  for (const { v, tau, at } of made.reverse()) reflectRows(z, v, tau, at, 0);
  return { values: Array.from(d), vectors: z };
}
