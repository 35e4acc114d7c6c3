/** Sums and products of `math`: fsum, sumprod, prod, hypot, dist, fma. */
import { PyError, raise } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { add, type Pair, pair, product, squareRoot } from '../python/runtime/numbers/elementary/pairs';
import { floatRatio } from '../python/runtime/numbers/floats';
import { intTrueDivide } from '../python/runtime/numbers/integers';
import { type NativeFunction, PyTuple, type Value } from '../python/runtime/objects';
import { binary, iterate, listOf, toFloat } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';

/** The exact sum of floats, rounded once: Shewchuk's partial sums that do not overlap. */
export class ExactSum {
  #partials: number[] = [];

  add(value: number): void {
    let x = value;
    let kept = 0;
    const partials = this.#partials;
    vm.step(partials.length);
    for (let at = 0; at < partials.length; at++) {
      let y = partials[at]!;
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    if (!Number.isFinite(x)) throw raise('OverflowError', 'intermediate overflow in fsum');
    partials.length = kept;
    if (x !== 0) partials.push(x);
  }

  get total(): number {
    const partials = this.#partials;
    let at = partials.length;
    if (at === 0) return 0;
    let high = partials[--at]!;
    let low = 0;
    while (at > 0) {
      const x = high;
      const y = partials[--at]!;
      high = x + y;
      low = y - (high - x);
      if (low !== 0) break;
    }
    // Half-way cases are decided by the partials below.
    if (at > 0 && ((low < 0 && partials[at - 1]! < 0) || (low > 0 && partials[at - 1]! > 0))) {
      const twice = low * 2;
      const x = high + twice;
      if (twice === x - high) high = x;
    }
    return high;
  }
}

function fsum(items: Value): number {
  const total = new ExactSum();
  let special = 0;
  let infinite = 0;
  const next = iterate(items);
  for (let item = next(); item !== undefined; item = next()) {
    vm.step();
    const x = toFloat(item);
    if (Number.isFinite(x)) total.add(x);
    else {
      special += x;
      if (!Number.isNaN(x)) infinite += x;
    }
  }
  if (special !== 0) {
    if (Number.isNaN(infinite)) throw raise('ValueError', '-inf + inf in fsum');
    return special;
  }
  return total.total;
}

/** Products of floats summed exactly; other numbers by `*` and `+` in order. */
function sumOfProducts(first: Value, second: Value): Value {
  const left = listOf(first);
  const right = listOf(second);
  if (left.length !== right.length) throw raise('ValueError', 'Inputs are not the same length');
  let total: Value = 0n;
  let at = 0;
  while (at < left.length) {
    vm.step();
    const a = left[at]!;
    const b = right[at]!;
    if (typeof a === 'number' || typeof b === 'number') {
      const run = floatRun(left, right, at);
      if (run > at) {
        total = binary('+', total, exactProducts(left, right, at, run));
        at = run;
        continue;
      }
    }
    total = binary('+', total, binary('*', a, b));
    at++;
  }
  return total;
}

/** End of the run of pairs that are floats, or an int beside a float. */
function floatRun(left: readonly Value[], right: readonly Value[], from: number): number {
  let at = from;
  const plain = (value: Value) => typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  while (
    at < left.length &&
    plain(left[at]!) &&
    plain(right[at]!) &&
    (typeof left[at] === 'number' || typeof right[at] === 'number')
  )
    at++;
  return at;
}

function exactProducts(left: readonly Value[], right: readonly Value[], from: number, to: number): number {
  const total = new ExactSum();
  let plain = 0;
  for (let at = from; at < to; at++) {
    const a = toFloat(left[at]!);
    const b = toFloat(right[at]!);
    plain += a * b;
    const { hi, lo } = product(a, b);
    if (!Number.isFinite(hi) || !Number.isFinite(lo)) return plainProducts(left, right, from, to);
    total.add(hi);
    if (lo !== 0) total.add(lo);
  }
  return Number.isFinite(plain) ? total.total : plain;
}

function plainProducts(left: readonly Value[], right: readonly Value[], from: number, to: number): number {
  let total = 0;
  for (let at = from; at < to; at++) total += toFloat(left[at]!) * toFloat(right[at]!);
  return total;
}

/** The root of the sum of squares, rounded once. */
export function norm(values: readonly number[]): number {
  if (values.some(value => Math.abs(value) === Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  if (values.some(Number.isNaN)) return Number.NaN;
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0) return 0;
  if (values.length === 1) return largest;
  // A power of two brings the largest near to 1; the division at the end is exact unless the result is subnormal.
  const power = Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(largest))));
  const up = 2 ** power;
  let total: Pair = pair(0);
  for (const value of values) {
    const scaled = value * up;
    total = add(total, product(scaled, scaled));
  }
  const { hi, lo } = squareRoot(total);
  return (hi + lo) / up;
}

function points(value: Value): number[] {
  return (value instanceof PyTuple ? value.items : listOf(value)).map(toFloat);
}

/** `x * y + z` rounded once. */
function fusedMultiplyAdd(...given: [Value, Value, Value]): number {
  const [x, y, z] = given.map(toFloat) as [number, number, number];
  if (![x, y].every(Number.isFinite)) {
    const plain = x * y + z;
    if (Number.isNaN(plain) && ![x, y, z].some(Number.isNaN)) throw raise('ValueError', 'invalid operation in fma');
    return plain;
  }
  if (!Number.isFinite(z)) return z;
  const [[a, b], [c, d], [e, f]] = [floatRatio(x), floatRatio(y), floatRatio(z)];
  const above = a * c * f + e * b * d;
  // The sign of a zero is that of the rounded product's and of what is added to it.
  if (above === 0n) return a === 0n || c === 0n ? x * y + z : 0;
  try {
    return intTrueDivide(above, b * d * f);
  } catch (error) {
    if (error instanceof PyError) throw raise('OverflowError', 'overflow in fma');
    throw error;
  }
}

export const sumFunctions: readonly NativeFunction[] = [
  fn('math.fsum(seq, /)', fsum),
  fn('math.sumprod(p, q, /)', sumOfProducts),
  fn('math.prod(iterable, /, *, start=1)', (items: Value, start: Value | undefined) => {
    let total: Value = start ?? 1n;
    const next = iterate(items);
    for (let item = next(); item !== undefined; item = next()) {
      vm.step();
      total = binary('*', total, item);
    }
    return total;
  }),
  fn('math.hypot(*coordinates)', (args: PyTuple) => norm(args.items.map(toFloat))),
  fn('math.dist(p, q, /)', (p: Value, q: Value) => {
    const from = points(p);
    const to = points(q);
    if (from.length !== to.length) throw raise('ValueError', 'both points must have the same number of dimensions');
    return norm(from.map((x, at) => x - to[at]!));
  }),
  fn('math.fma(x, y, z, /)', fusedMultiplyAdd),
];
