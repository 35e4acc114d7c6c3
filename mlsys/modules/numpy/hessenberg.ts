/** A real matrix made ready for the QR algorithm: balanced, then brought to Hessenberg form by reflections. */
import { vm } from '../../python/runtime/vm';

/** `size` with the sign of `like`, of negative zero too. */
export function signed(size: number, like: number): number {
  return like < 0 || Object.is(like, -0) ? -Math.abs(size) : Math.abs(size);
}

/** A reflection `1 - tau v vᵀ` with `v[0] = 1` that takes a vector to its first place; returns tau and that place. */
export function reflection(v: Float64Array): { tau: number; beta: number } {
  const alpha = v[0]!;
  const rest = Math.hypot(...v.subarray(1));
  v[0] = 1;
  if (rest === 0) return { tau: 0, beta: alpha };
  const beta = -signed(Math.hypot(alpha, rest), alpha);
  for (let i = 1; i < v.length; i++) v[i] = v[i]! / (alpha - beta);
  return { tau: (beta - alpha) / beta, beta };
}

/** What balancing did: rows `low` to `high` are left to iterate on; `scale` undoes it for vectors. */
export interface Balance {
  readonly low: number;
  readonly high: number;
  /** Powers of two within, exchanged rows outside of the range. */
  readonly scale: Float64Array;
}

function exchange(a: Float64Array[], i: number, j: number): void {
  if (i === j) return;
  [a[i], a[j]] = [a[j]!, a[i]!];
  for (const row of a) [row[i], row[j]] = [row[j]!, row[i]!];
}

/** Moves eigenvalues that can be read off to both ends, then scales rows and columns to like size; in place. */
export function balance(a: Float64Array[]): Balance {
  const n = a.length;
  const scale = new Float64Array(n).fill(1);
  let low = 0;
  let high = n - 1;
  const isolated = (i: number, byRow: boolean): boolean => {
    for (let j = byRow ? 0 : low; j <= high; j++) if (i !== j && (byRow ? a[i]![j] : a[j]![i]) !== 0) return false;
    return true;
  };
  for (let found = true; found; ) {
    found = false;
    for (let i = high; i >= 0; i--) {
      if (!isolated(i, true)) continue;
      scale[high] = i;
      exchange(a, i, high);
      found = true;
      if (high === 0) return { low: 0, high: 0, scale };
      high--;
    }
  }
  for (let found = true; found; ) {
    found = false;
    for (let j = low; j <= high; j++) {
      if (!isolated(j, false)) continue;
      scale[low] = j;
      exchange(a, j, low);
      found = true;
      low++;
    }
  }
  for (let i = low; i <= high; i++) scale[i] = 1;
  for (let changed = true; changed; ) {
    changed = false;
    vm.step(1 + n * n);
    for (let i = low; i <= high; i++) {
      let [column, row] = [0, 0];
      for (let j = low; j <= high; j++) {
        column += a[j]![i]! ** 2;
        row += a[i]![j]! ** 2;
      }
      let [c, r] = [Math.sqrt(column), Math.sqrt(row)];
      if (c === 0 || r === 0) continue;
      const before = c + r;
      let factor = 1;
      for (; c < r / 2 && factor < 2 ** 500; r /= 2) {
        factor *= 2;
        c *= 2;
      }
      for (; c / 2 >= r && factor > 2 ** -500; r *= 2) {
        factor /= 2;
        c /= 2;
      }
      if (c + r >= 0.95 * before) continue;
      scale[i] = scale[i]! * factor;
      changed = true;
      for (let j = low; j < n; j++) a[i]![j] = a[i]![j]! / factor;
      for (let j = 0; j <= high; j++) a[j]![i] = a[j]![i]! * factor;
    }
  }
  return { low, high, scale };
}

/** Applies `1 - tau v vᵀ` from the left to rows from `top`, columns from `from` on. */
export function reflectRows(a: Float64Array[], v: Float64Array, tau: number, top: number, from: number): void {
  for (let j = from; j < a[0]!.length; j++) {
    let sum = 0;
    for (let i = 0; i < v.length; i++) sum += v[i]! * a[top + i]![j]!;
    for (let i = 0; i < v.length; i++) a[top + i]![j] = a[top + i]![j]! - tau * v[i]! * sum;
  }
}

/** The same from the right to columns from `left`, rows `from` to `to`. */
function reflectColumns(a: Float64Array[], v: Float64Array, tau: number, left: number, from: number, to: number): void {
  for (let i = from; i <= to; i++) {
    const row = a[i]!;
    let sum = 0;
    for (let j = 0; j < v.length; j++) sum += v[j]! * row[left + j]!;
    for (let j = 0; j < v.length; j++) row[left + j] = row[left + j]! - tau * v[j]! * sum;
  }
}

/** Brings rows `low` to `high` to Hessenberg form in place; gathers the reflections in `q` where it is given. */
export function reduce(a: Float64Array[], { low, high }: Balance, q: Float64Array[] | undefined): void {
  const made: { v: Float64Array; tau: number; at: number }[] = [];
  vm.step(1 + a.length ** 3);
  for (let i = low; i < high; i++) {
    const v = Float64Array.from({ length: high - i }, (_, k) => a[i + 1 + k]![i]!);
    const { tau, beta } = reflection(v);
    a[i + 1]![i] = beta;
    for (let k = i + 2; k <= high; k++) a[k]![i] = 0;
    if (tau === 0) continue;
    reflectColumns(a, v, tau, i + 1, 0, high);
    reflectRows(a, v, tau, i + 1, i + 1);
    made.push({ v, tau, at: i + 1 });
  }
  if (q !== undefined) for (const { v, tau, at } of made.reverse()) reflectRows(q, v, tau, at, at);
}

/** Orthogonal columns and the triangle whose product is the matrix, by reflections of its first `k` columns. */
export function orthogonal(rows: readonly Float64Array[], k: number): { q: Float64Array[]; r: Float64Array[] } {
  const a = rows.map(row => row.slice());
  const m = a.length;
  const q = a.map((_, i) => Float64Array.from({ length: k }, (__, j) => (i === j ? 1 : 0)));
  const made: { v: Float64Array; tau: number; at: number }[] = [];
  vm.step(1 + m * k * k);
  for (let j = 0; j < k; j++) {
    const v = Float64Array.from({ length: m - j }, (_, i) => a[j + i]![j]!);
    const { tau, beta } = reflection(v);
    a[j]![j] = beta;
    for (let i = j + 1; i < m; i++) a[i]![j] = 0;
    if (tau !== 0) reflectRows(a, v, tau, j, j + 1);
    made.push({ v, tau, at: j });
  }
  for (const { v, tau, at } of made.reverse()) if (tau !== 0) reflectRows(q, v, tau, at, at);
  return { q, r: a.slice(0, k) };
}
