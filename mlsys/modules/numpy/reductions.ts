/** Reductions along axes, in numpy's order of summation. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyComplex, type Value } from '../../python/runtime/objects';
import { binary, compare, toFloat, truth } from '../../python/runtime/operations';
import { allocate, broadcastItems, itemsOf, NdArray, normalAxis, resultOf, type Shape, sizeOf } from './array';
import { asArray } from './convert';
import {
  bool,
  type DType,
  float16,
  float32,
  float64,
  type Item,
  int64,
  object,
  roundTo,
  type Storage,
  uint64,
  wrapTo,
} from './dtype';
import { DIVIDE, flagsOfStep, gather, hasNonFinite, INVALID, METHODS, report, type Site, warnRuntime } from './flags';
import { COMPLEX_PAIRS } from './kernels';
import { inLayout } from './layout';
import { accumulateFlags, productFlags, sumFlags } from './reduceFlags';
import { isTrue, ufuncTypeErrorClass } from './ufuncs';

/** Lanes of an array along some of its axes: each lane is reduced to one item. */
interface Lanes {
  /** Shape of the result without the reduced axes. */
  readonly shape: Shape;
  readonly count: number;
  readonly length: number;
  /** Items, lane after lane. */
  readonly items: Storage;
  /** So many items of a lane lie next to each other, the innermost ones: sums of these are added up pairwise. */
  readonly run: number;
}

/** The axes from 0 on, undefined for all of them; an array without any takes the first or last one as well. */
export function reducedAxes(axes: readonly number[] | undefined, rank: number): number[] | undefined {
  if (axes === undefined) return undefined;
  if (rank === 0 && axes.length === 1 && (axes[0] === 0 || axes[0] === -1)) return [];
  return axes.map(axis => normalAxis(axis, rank));
}

/** Moves the reduced axes last and reads the items lane by lane. */
export function lanesOf(array: NdArray, axes: readonly number[] | undefined): Lanes {
  const rank = array.ndim;
  const reduced = axes === undefined ? array.shape.map((_, axis) => axis) : axes.map(axis => normalAxis(axis, rank));
  if (new Set(reduced).size !== reduced.length) throw raise('ValueError', "duplicate value in 'axis'");
  const kept = array.shape.flatMap((_, axis) => (reduced.includes(axis) ? [] : [axis]));
  // numpy goes through them as they lie in memory, which tells in the last digit of a sum.
  const step = (axis: number): number => Math.abs(array.strides[axis]!);
  const order = [...kept, ...[...reduced].sort((a, b) => step(b) - step(a) || a - b)];
  const moved = array.view(
    order.map(axis => array.shape[axis]!),
    order.map(axis => array.strides[axis]!),
  );
  const shape = kept.map(axis => array.shape[axis]!);
  const count = sizeOf(shape);
  const length = sizeOf(reduced.map(axis => array.shape[axis]!));
  return { shape, count, length, items: itemsOf(moved), run: runOf(array, kept, reduced, step) };
}

/** How many items are reduced at a time: those of the innermost axes in memory, as far as they are reduced. */
function runOf(
  { shape }: NdArray,
  kept: readonly number[],
  reduced: readonly number[],
  step: (axis: number) => number,
): number {
  const long = (axis: number): boolean => shape[axis]! > 1;
  const within = Math.min(...kept.filter(long).map(step));
  const axes = reduced.filter(axis => long(axis) && step(axis) < within);
  return sizeOf(axes.map(axis => shape[axis]!));
}

/** Sum of `n` items from `start`, added pairwise in blocks of eight as numpy does. */
export function pairwiseSum(a: ArrayLike<number>, start: number, n: number): number {
  if (n < 8) {
    let sum = -0;
    for (let i = 0; i < n; i++) sum += a[start + i]!;
    return sum;
  }
  if (n <= 128) {
    let r0 = a[start]!;
    let r1 = a[start + 1]!;
    let r2 = a[start + 2]!;
    let r3 = a[start + 3]!;
    let r4 = a[start + 4]!;
    let r5 = a[start + 5]!;
    let r6 = a[start + 6]!;
    let r7 = a[start + 7]!;
    let i = 8;
    for (; i < n - (n % 8); i += 8) {
      r0 += a[start + i]!;
      r1 += a[start + i + 1]!;
      r2 += a[start + i + 2]!;
      r3 += a[start + i + 3]!;
      r4 += a[start + i + 4]!;
      r5 += a[start + i + 5]!;
      r6 += a[start + i + 6]!;
      r7 += a[start + i + 7]!;
    }
    let sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
    for (; i < n; i++) sum += a[start + i]!;
    return sum;
  }
  let half = n >> 1;
  half -= half % 8;
  return pairwiseSum(a, start, half) + pairwiseSum(a, start + half, n - half);
}

/** The same where each sum is rounded, as for smaller floats. */
function pairwiseRounded(a: ArrayLike<number>, start: number, n: number, round: (value: number) => number): number {
  if (n < 8) {
    let sum = -0;
    for (let i = 0; i < n; i++) sum = round(sum + a[start + i]!);
    return sum;
  }
  if (n <= 128) {
    const r = Array.from({ length: 8 }, (_, k) => a[start + k]!);
    let i = 8;
    for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k] = round(r[k]! + a[start + i + k]!);
    for (let step = 1; step < 8; step *= 2) for (let k = 0; k < 8; k += 2 * step) r[k] = round(r[k]! + r[k + step]!);
    let sum = r[0]!;
    for (; i < n; i++) sum = round(sum + a[start + i]!);
    return sum;
  }
  let half = n >> 1;
  half -= half % 8;
  return round(pairwiseRounded(a, start, half, round) + pairwiseRounded(a, start + half, n - half, round));
}

/** Items that numpy hands to a loop at once: what is longer is added up part by part. */
const BUFFER = 8192;

/** Sum of a lane, run by run. */
function chunkedSum(length: number, run: number, add: (sum: number, from: number, n: number) => number): number {
  let sum = 0;
  for (let start = 0; start < length; start += run)
    for (let from = start; from < start + run; from += BUFFER)
      sum = add(sum, from, Math.min(BUFFER, start + run - from));
  return sum;
}

type Fold = (items: Storage, start: number, length: number, run: number) => Item;

function sumFold(dtype: DType): Fold {
  switch (dtype.kind) {
    case 'f':
      if (dtype !== float64) {
        return (items, start, length, run) => {
          const values = items as number[];
          // Sums of halves are single floats within a part.
          if (run > 1)
            return chunkedSum(length, run, (sum, from, n) =>
              roundTo(dtype, sum + pairwiseRounded(values, start + from, n, Math.fround)),
            );
          let sum = 0;
          for (let i = 0; i < length; i++) sum = roundTo(dtype, sum + values[start + i]!);
          return sum;
        };
      }
      return (items, start, length, run) => {
        const values = items as Float64Array;
        if (run > 1) return chunkedSum(length, run, (sum, from, n) => sum + pairwiseSum(values, start + from, n));
        let sum = 0;
        for (let i = 0; i < length; i++) sum += values[start + i]!;
        return sum;
      };
    case 'c':
      return (items, start, length) => {
        const values = items as PyComplex[];
        const part = (read: (value: PyComplex) => number): number =>
          0 + pairwiseSum(values.slice(start, start + length).map(read), 0, length);
        return new PyComplex(
          part(value => value.re),
          part(value => value.im),
        );
      };
    case 'O':
      return (items, start, length) => {
        let sum: Value = 0n;
        for (let i = 0; i < length; i++)
          sum = i === 0 ? (items as Value[])[start]! : binary('+', sum, (items as Value[])[start + i]!);
        return sum;
      };
    default:
      return (items, start, length) => {
        let sum = 0n;
        for (let i = 0; i < length; i++) sum += (items as BigInt64Array)[start + i]!;
        return wrapTo(dtype, sum);
      };
  }
}

function productFold(dtype: DType): Fold {
  return (items, start, length) => {
    const list = items as Item[];
    if (dtype.isInteger) {
      let result = 1n;
      for (let i = 0; i < length; i++) result = wrapTo(dtype, result * (list[start + i] as bigint));
      return result;
    }
    if (dtype.kind === 'f') {
      let result = 1;
      for (let i = 0; i < length; i++) result = roundTo(dtype, result * (list[start + i] as number));
      return result;
    }
    let result: Value = dtype.kind === 'c' ? new PyComplex(1, 0) : 1n;
    for (let i = 0; i < length; i++) result = binary('*', result, list[start + i]!);
    return result;
  };
}

/** Greatest (or least) item: NaN wins. */
function extremeFold(dtype: DType, greatest: boolean): Fold {
  const better = betterOf(dtype, greatest);
  return (items, start, length) => {
    const list = items as Item[];
    let best = list[start]!;
    for (let i = 1; i < length; i++) if (better(list[start + i]!, best)) best = list[start + i]!;
    return best;
  };
}

/** Whether an item goes before the best one so far. */
export function betterOf(dtype: DType, greatest: boolean): (a: Item, b: Item) => boolean {
  if (dtype === object) return (a, b) => truth(compare(greatest ? '>' : '<', a, b));
  if (dtype.kind === 'c') {
    return (a, b) => {
      const [x, y] = [a as PyComplex, b as PyComplex];
      const more = x.re > y.re || (x.re === y.re && x.im > y.im);
      const less = x.re < y.re || (x.re === y.re && x.im < y.im);
      return greatest ? more : less;
    };
  }
  if (dtype.kind === 'f') {
    return (a, b) => {
      if (Number.isNaN(b as number)) return false;
      return Number.isNaN(a as number) || (greatest ? (a as number) > (b as number) : (a as number) < (b as number));
    };
  }
  return (a, b) => (greatest ? (a as number) > (b as number) : (a as number) < (b as number));
}

export interface ReduceOptions {
  readonly axes: readonly number[] | undefined;
  readonly keepdims: boolean;
  readonly dtype?: DType | undefined;
  readonly initial?: Value | undefined;
  readonly where?: Value | undefined;
  /** Where numpy's own code runs the reduction. */
  readonly site?: Site | undefined;
}

function reduceWith(
  array: NdArray,
  dtype: DType,
  fold: Fold,
  options: ReduceOptions,
  name: string,
  empty: boolean,
  flags?: (dtype: DType, results: Storage, lanes: Lanes) => number,
): NdArray {
  const { axes, keepdims } = options;
  const lanes = lanesOf(array, reducedAxes(axes, array.ndim));
  if (lanes.length === 0 && !empty && lanes.count > 0)
    throw raise('ValueError', `zero-size array to reduction operation ${name} which has no identity`);
  const data = allocate(dtype, lanes.count) as Item[];
  for (let lane = 0; lane < lanes.count; lane++) {
    data[lane] = fold(lanes.items, lane * lanes.length, lanes.length, lanes.run);
  }
  if (flags !== undefined && lanes.length > 0) report(flags(dtype, data as Storage, lanes), 'reduce', options.site);
  return new NdArray(dtype, data as Storage, keepdims ? keptShape(array.shape, axes) : lanes.shape);
}

export function keptShape(shape: Shape, axes: readonly number[] | undefined): number[] {
  const reduced = reducedAxes(axes, shape.length);
  return shape.map((length, axis) => (reduced === undefined || reduced.includes(axis) ? 1 : length));
}

/** Items outside a mask become the value that does not count. */
function masked(array: NdArray, options: ReduceOptions, neutral: Item): NdArray {
  if (options.where === undefined || options.where === true) return array;
  const mask = broadcastItems(asArray(options.where), array.shape, bool) as Uint8Array;
  const items = (itemsOf(array) as Item[]).slice() as Item[];
  for (let at = 0; at < mask.length; at++) if (mask[at] !== 1) items[at] = neutral;
  return new NdArray(array.dtype, items as Storage, array.shape);
}

/** Integers are summed in 64 bits. */
function sumDType(dtype: DType): DType {
  if (dtype.kind === 'b') return int64;
  if (dtype.kind === 'i') return int64;
  return dtype.kind === 'u' ? uint64 : dtype;
}

function cast(array: NdArray, dtype: DType): NdArray {
  if (array.dtype === dtype) return array;
  return new NdArray(dtype, broadcastItems(array, array.shape, dtype), array.shape);
}

export function sumOf(array: NdArray, options: ReduceOptions): NdArray {
  if (array.dtype.kind === 'U') {
    const [one, two] = [array.dtype.code, `<U${(array.dtype.itemsize / 4) * 2}`];
    throw raise(
      'TypeError',
      `the resolved dtypes are not compatible with add.reduce. Resolved (dtype('${one}'), dtype('${one}'), dtype('${two}'))`,
    );
  }
  const dtype = options.dtype ?? sumDType(array.dtype);
  const zero = dtype.isInteger ? 0n : dtype.kind === 'c' ? new PyComplex(0, 0) : 0;
  const { result, flags } = gather(() =>
    reduceWith(masked(cast(array, dtype), options, zero), dtype, sumFold(dtype), options, 'add', true, sumFlags),
  );
  report(flags, 'reduce', options.site);
  return result;
}

function noLoopOf(name: string, code: string): Error {
  return raise(
    ufuncTypeErrorClass,
    `ufunc '${name}' did not contain a loop with signature matching types (dtype('${code}'), dtype('${code}')) -> None`,
  );
}

export function productOf(array: NdArray, options: ReduceOptions): NdArray {
  if (array.dtype.kind === 'U') throw noLoopOf('multiply', array.dtype.code);
  const dtype = options.dtype ?? sumDType(array.dtype);
  const one = dtype.isInteger ? 1n : dtype.kind === 'c' ? new PyComplex(1, 0) : 1;
  const source = masked(cast(array, dtype), options, one);
  return reduceWith(source, dtype, productFold(dtype), options, 'multiply', true, productFlags);
}

export function extremeOf(array: NdArray, greatest: boolean, options: ReduceOptions): NdArray {
  const name = greatest ? 'maximum' : 'minimum';
  if (array.dtype.kind === 'U') throw noLoopOf(name, array.dtype.code);
  let source = array;
  if (options.initial !== undefined && options.initial !== null) {
    const initial = asArray(options.initial, array.dtype);
    const lanes = lanesOf(array, options.axes);
    const items = allocate(array.dtype, lanes.count * (lanes.length + 1)) as Item[];
    for (let lane = 0; lane < lanes.count; lane++) {
      items[lane * (lanes.length + 1)] = (initial.data as Item[])[0]!;
      for (let i = 0; i < lanes.length; i++) {
        items[lane * (lanes.length + 1) + 1 + i] = (lanes.items as Item[])[lane * lanes.length + i]!;
      }
    }
    source = new NdArray(array.dtype, items as Storage, [lanes.count, lanes.length + 1]);
    const reduced = reduceWith(
      source,
      array.dtype,
      extremeFold(array.dtype, greatest),
      { axes: [1], keepdims: false },
      name,
      false,
    );
    reduced.shape = options.keepdims ? keptShape(array.shape, options.axes) : lanes.shape;
    return new NdArray(array.dtype, reduced.data, reduced.shape);
  }
  return reduceWith(source, array.dtype, extremeFold(array.dtype, greatest), options, name, false);
}

export function logicalOf(array: NdArray, every: boolean, options: ReduceOptions): NdArray {
  const { dtype } = array;
  const fold: Fold = (items, start, length) => {
    for (let i = 0; i < length; i++) if (isTrue(dtype, (items as Item[])[start + i]!) !== every) return every ? 0 : 1;
    return every ? 1 : 0;
  };
  return reduceWith(array, bool, fold, options, every ? 'logical_and' : 'logical_or', true);
}

/** Where the first greatest (or least) item stands. */
export function positionOfExtreme(
  array: NdArray,
  greatest: boolean,
  axis: number | undefined,
  keepdims: boolean,
): Value {
  const name = greatest ? 'argmax' : 'argmin';
  if (array.size === 0) throw raise('ValueError', `attempt to get ${name} of an empty sequence`);
  const better = betterOf(array.dtype, greatest);
  const fold: Fold = (items, start, length) => {
    let best = 0;
    for (let i = 1; i < length; i++) {
      if (better((items as Item[])[start + i]!, (items as Item[])[start + best]!)) best = i;
    }
    return BigInt(best);
  };
  const axes = axis === undefined ? undefined : [axis];
  return resultOf(reduceWith(array, int64, fold, { axes, keepdims }, name, false));
}

/** Mean in the array's float type; integers in float64. `caller` is whose line is told of an empty lane. */
export function meanOf(array: NdArray, options: ReduceOptions, caller?: Site): NdArray {
  const count = countOf(array, options);
  const lanes = laneCount(array, options.axes);
  const empty = dividesByZero(count, lanes, 0);
  if (empty || (lanes === 0 && count(0) === 0)) warnRuntime('Mean of empty slice.', caller);
  const dtype = options.dtype ?? (array.dtype.isInteger || array.dtype === bool ? float64 : array.dtype);
  const wide = dtype === float16 ? float32 : dtype;
  const sums = sumOf(array, { ...options, dtype: wide, site: METHODS('mean') });
  if (empty && dtype !== object) report(INVALID, sums.ndim === 0 ? 'scalar divide' : 'divide', METHODS('mean/'));
  const data = (sums.data as Item[]).map
    ? Array.from(sums.data as Item[], (item, lane) => quotient(item, count(lane), dtype))
    : [];
  const stored = allocate(dtype, data.length) as Item[];
  for (let at = 0; at < data.length; at++) stored[at] = data[at]!;
  return dtype === object && sums.ndim === 0
    ? new NdArray(float64, Float64Array.of(toFloat(stored[0]!)), [])
    : new NdArray(dtype, stored as Storage, sums.shape);
}

function laneCount(array: NdArray, axes: readonly number[] | undefined): number {
  const reduced = axes?.map(axis => normalAxis(axis, array.ndim));
  return sizeOf(array.shape.filter((_, axis) => reduced !== undefined && !reduced.includes(axis)));
}

/** Whether some lane has no more items than `ddof`. */
function dividesByZero(count: (lane: number) => number, lanes: number, ddof: number): boolean {
  for (let lane = 0; lane < lanes; lane++) if (count(lane) <= ddof) return true;
  return false;
}

/** How many items each lane has: a mask may leave some out. */
function countOf(array: NdArray, options: ReduceOptions): (lane: number) => number {
  if (options.where !== undefined && options.where !== true) {
    const mask = broadcastItems(asArray(options.where), array.shape, bool);
    const counts = sumOf(new NdArray(bool, mask, array.shape), { axes: options.axes, keepdims: false });
    return lane => Number((counts.data as BigInt64Array)[lane]);
  }
  const axes = options.axes?.map(axis => normalAxis(axis, array.ndim));
  const length = sizeOf(array.shape.filter((_, axis) => axes === undefined || axes.includes(axis)));
  return () => length;
}

function quotient(item: Item, count: number, dtype: DType): Item {
  if (item instanceof PyComplex) return COMPLEX_PAIRS.divide!(item, new PyComplex(count, 0));
  if (dtype === object) return binary('/', item, BigInt(count));
  return roundTo(dtype, (item as number) / count);
}

/** Variance with `ddof` degrees of freedom taken off. */
export function varianceOf(array: NdArray, options: ReduceOptions, ddof: number, caller?: Site): NdArray {
  if (array.dtype === object) return objectVariance(array, options, ddof);
  const source = array.dtype.isInteger || array.dtype === bool ? cast(array, float64) : array;
  const count = countOf(array, options);
  const lanes = laneCount(array, options.axes);
  const few = dividesByZero(count, lanes, ddof);
  if (few || (lanes === 0 && count(0) <= ddof)) warnRuntime('Degrees of freedom <= 0 for slice', caller);
  const { result: mean, flags } = gather(() => meanOf(source, { ...options, keepdims: true }));
  report(flags & ~INVALID, 'reduce', METHODS('var'));
  const empty = dividesByZero(count, lanes, 0);
  if (empty) report(INVALID, array.ndim === 0 ? 'scalar divide' : 'divide', METHODS('var/'));
  else report(flags & INVALID, 'reduce', METHODS('var'));
  const items = itemsOf(source) as Item[];
  const means = broadcastItems(mean, source.shape, source.dtype) as Item[];
  const real = source.dtype.kind === 'c' ? float64 : source.dtype;
  const squares = allocate(real, items.length) as Item[];
  for (let at = 0; at < items.length; at++) {
    const [x, m] = [items[at]!, means[at]!];
    if (x instanceof PyComplex) {
      const re = x.re - (m as PyComplex).re;
      const im = x.im - (m as PyComplex).im;
      squares[at] = re * re + im * im;
    } else {
      const difference = roundTo(real, (x as number) - (m as number));
      squares[at] = roundTo(real, difference * difference);
    }
  }
  if (real.kind === 'f' && hasNonFinite(squares as number[])) squareFlags(items, means, squares as number[]);
  const laid = inLayout(new NdArray(real, squares as Storage, source.shape), undefined, 'K', source);
  const sums = sumOf(laid, { ...options, dtype: real, site: METHODS('var+') });
  const data = allocate(real, sums.size) as Item[];
  for (let lane = 0; lane < sums.size; lane++) {
    const divisor = Math.max(count(lane) - ddof, 0);
    data[lane] = roundTo(real, (sums.data as number[])[lane]! / divisor);
  }
  if (few) {
    const divided = Array.from(sums.data as Float64Array).reduce(
      (all, sum, lane) => all | (count(lane) > ddof ? 0 : sum === 0 ? INVALID : Number.isFinite(sum) ? DIVIDE : 0),
      0,
    );
    report(divided, sums.ndim === 0 ? 'scalar divide' : 'divide', METHODS('var//'));
  }
  return new NdArray(real, data as Storage, sums.shape);
}

/** Tells what the differences from the mean, and their squares, come to. */
function squareFlags(items: readonly Item[], means: readonly Item[], squares: readonly number[]): void {
  let [subtracted, multiplied] = [0, 0];
  for (let at = 0; at < squares.length; at++) {
    const [x, m] = [items[at]!, means[at]!];
    if (x instanceof PyComplex) continue;
    const difference = (x as number) - (m as number);
    subtracted |= flagsOfStep(difference, x as number, m as number);
    multiplied |= flagsOfStep(squares[at]!, difference, difference);
  }
  report(subtracted, 'subtract', METHODS('var-'));
  report(multiplied, 'multiply', METHODS('var*'));
}

/** The same for an array of Python's numbers, by Python's arithmetic. */
function objectVariance(array: NdArray, { axes, keepdims, where }: ReduceOptions, ddof: number): NdArray {
  if (axes !== undefined || keepdims || where !== undefined)
    throw new Unsupported('the variance along an axis of an array of objects');
  const items = itemsOf(array) as Item[];
  const total = (list: readonly Item[]): Item => list.reduce((sum, item) => binary('+', sum, item));
  const mean = binary('/', total(items), BigInt(items.length));
  const squares = items.map(item => {
    const difference = binary('-', item, mean);
    return binary('*', difference, difference);
  });
  const variance = binary('/', total(squares), Math.max(items.length - ddof, 0));
  return new NdArray(float64, Float64Array.of(toFloat(variance)), []);
}

/** Running sums or products along an axis; without one, of the flat array. */
export function accumulate(
  array: NdArray,
  product: boolean,
  axis: number | undefined,
  wanted?: DType,
  site?: Site,
): NdArray {
  const dtype = wanted ?? sumDType(array.dtype);
  const flat = axis === undefined || array.ndim === 0 ? new NdArray(array.dtype, itemsOf(array), [array.size]) : array;
  const along = normalAxis(axis ?? 0, flat.ndim);
  const source = cast(flat, dtype);
  const result = accumulateWith(source, along, (a, b) => {
    if (dtype.kind === 'f')
      return roundTo(dtype, product ? (a as number) * (b as number) : (a as number) + (b as number));
    if (dtype.isInteger) return wrapTo(dtype, product ? (a as bigint) * (b as bigint) : (a as bigint) + (b as bigint));
    return binary(product ? '*' : '+', a, b);
  });
  if (dtype.kind === 'f') {
    const items = itemsOf(source) as Float64Array;
    const inner = sizeOf(source.shape.slice(along + 1));
    report(accumulateFlags(result.data as Float64Array, items, source.shape[along]!, inner), 'accumulate', site);
  }
  return result;
}

export function accumulateWith(array: NdArray, axis: number, step: (a: Item, b: Item) => Item): NdArray {
  const items = broadcastItems(array, array.shape, array.dtype) as Item[];
  const data = allocate(array.dtype, items.length) as Item[];
  const length = array.shape[axis]!;
  const inner = sizeOf(array.shape.slice(axis + 1));
  const outer = sizeOf(array.shape.slice(0, axis));
  for (let o = 0; o < outer; o++) {
    for (let n = 0; n < inner; n++) {
      let at = o * length * inner + n;
      for (let i = 0; i < length; i++, at += inner) {
        data[at] = i === 0 ? items[at]! : step(data[at - inner]!, items[at]!);
      }
    }
  }
  return new NdArray(array.dtype, data as Storage, array.shape);
}
