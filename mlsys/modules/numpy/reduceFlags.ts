/** The flags of sums and products, found by going through the steps once more where the result is not finite. */
import type { PyComplex } from '../../python/runtime/objects';
import { type DType, float64, type Item, roundTo, type Storage } from './dtype';
import { flagsOfStep, hasNonFinite } from './flags';

/** Adds up in numpy's order (see `pairwiseSum`) and keeps the flags. */
class Adder {
  flags = 0;
  readonly #items: ArrayLike<number>;

  constructor(items: ArrayLike<number>) {
    this.#items = items;
  }

  add(a: number, b: number): number {
    const sum = a + b;
    this.flags |= flagsOfStep(sum, a, b);
    return sum;
  }

  /** The sum of every `step`-th of the items from `from` up to `to`. */
  run(first: number, from: number, to: number, step = 1): number {
    let sum = first;
    for (let at = from; at < to; at += step) sum = this.add(sum, this.#items[at]!);
    return sum;
  }

  pairwise(start: number, n: number): number {
    if (n < 8) return this.run(-0, start, start + n);
    if (n > 128) {
      const half = (n >> 1) - ((n >> 1) % 8);
      return this.add(this.pairwise(start, half), this.pairwise(start + half, n - half));
    }
    const whole = start + n - (n % 8);
    const parts = Array.from({ length: 8 }, (_, i) => this.run(this.#items[start + i]!, start + i + 8, whole, 8));
    const [a, b, c, d, e, f, g, h] = parts as [number, number, number, number, number, number, number, number];
    const low = this.add(this.add(a, b), this.add(c, d));
    const high = this.add(this.add(e, f), this.add(g, h));
    return this.run(this.add(low, high), whole, start + n);
  }
}

const realParts = (items: readonly PyComplex[], imaginary: boolean): number[] =>
  items.map(item => (imaginary ? item.im : item.re));

const someNonFinite = (dtype: DType, results: Storage): boolean =>
  dtype.kind === 'f'
    ? hasNonFinite(results as Float64Array)
    : dtype.kind === 'c' &&
      (results as Item[]).some(item => hasNonFinite([(item as PyComplex).re, (item as PyComplex).im]));

/** What is reduced: lanes of so many items each, one after the other. */
interface Laid {
  readonly items: Storage;
  readonly length: number;
  readonly run: number;
}

/** The flags of the sums of lanes. */
export function sumFlags(dtype: DType, results: Storage, { items, length, run }: Laid): number {
  if (!someNonFinite(dtype, results)) return 0;
  if (dtype.kind === 'c') {
    const parts = [false, true].map(imaginary => realParts(items as PyComplex[], imaginary));
    return parts.reduce((flags, part) => flags | realSumFlags(dtype, part, length, true), 0);
  }
  return realSumFlags(dtype, items as Float64Array, length, run > 1);
}

function realSumFlags(dtype: DType, items: ArrayLike<number>, length: number, straight: boolean): number {
  const adder = new Adder(items);
  for (let start = 0; start < items.length; start += length) {
    if (dtype === float64 || dtype.kind === 'c') {
      if (straight) adder.pairwise(start, length);
      else adder.run(0, start, start + length);
      continue;
    }
    let sum = 0;
    for (let at = start; at < start + length; at++) {
      const next = roundTo(dtype, sum + items[at]!);
      adder.flags |= flagsOfStep(next, sum, items[at]!);
      sum = next;
    }
  }
  return adder.flags;
}

/** The flags of the products of lanes. */
export function productFlags(dtype: DType, results: Storage, { items, length }: Laid): number {
  if (dtype.kind !== 'f' || !someNonFinite(dtype, results)) return 0;
  const values = items as Float64Array;
  let flags = 0;
  for (let start = 0; start < values.length; start += length) {
    let product = 1;
    for (let at = start; at < start + length; at++) {
      const next = roundTo(dtype, product * values[at]!);
      flags |= flagsOfStep(next, product, values[at]!);
      product = next;
    }
  }
  return flags;
}

/** The flags of running sums or products whose items stand `inner` apart along the axis. */
export function accumulateFlags(
  results: ArrayLike<number>,
  items: ArrayLike<number>,
  length: number,
  inner: number,
): number {
  if (!hasNonFinite(results)) return 0;
  let flags = 0;
  for (let at = inner; at < results.length; at++)
    if (Math.floor(at / inner) % length !== 0) flags |= flagsOfStep(results[at]!, results[at - inner]!, items[at]!);
  return flags;
}
