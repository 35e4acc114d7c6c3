/** What both families of generators share: filling arrays, bounds of integers, choosing from a population. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { floatClass, intClass, type Value } from '../../../python/runtime/objects';
import { indexOf } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  castItems,
  floats,
  fromItems,
  itemsOf,
  NdArray,
  resultOf,
  sizeOf,
} from '../array';
import { asArray, shapeOf } from '../convert';
import { type DType, dtypeOf, float64, type Item, int64, type Storage } from '../dtype';
import { getIndex } from '../indexing';
import { searchSorted } from '../sorting';

export interface Source {
  double(): number;
  below(range: bigint): bigint;
}

/** An argument that was given; None is one as well, and no number. */
export function given(value: Value | undefined, fallback: Value): Value {
  if (value === null) throw raise('TypeError', 'must be real number, not NoneType');
  return value ?? fallback;
}

/** Draws an item for each place; parameters broadcast. Without a size and with plain parameters, a Python float or an int. */
export function filled(
  size: Value | undefined,
  parameters: readonly Value[],
  draw: (...parameters: number[]) => number | bigint,
  dtype: DType = float64,
  scalar = false,
): Value {
  const arrays = parameters.map(parameter => asArray(parameter));
  const own = broadcastShapes(arrays.map(array => array.shape));
  const shape = size === undefined || size === null ? own : shapeOf(size);
  const single = (size === undefined || size === null) && own.length === 0;
  if (single) {
    void scalar;
    return draw(...arrays.map(array => (castItems(array.data, array.dtype, float64) as Float64Array)[0]!));
  }
  const spread = arrays.map(array => broadcastItems(array, shape, float64) as Float64Array);
  const data = allocate(dtype, sizeOf(shape)) as Item[];
  for (let at = 0; at < data.length; at++) {
    vm.step(5);
    data[at] = draw(...spread.map(items => items[at]!));
  }
  return new NdArray(dtype, data as Storage, shape);
}

/** Refuses a type of numbers other than the usual: each draws in a way of its own. */
export function refuseType(name: string, dtype: Value | undefined): void {
  if (dtype === undefined || dtype === null || dtype === intClass || dtype === floatClass) return;
  if (dtypeOf(dtype) !== int64 && dtypeOf(dtype) !== float64) throw new Unsupported(`${name} with a dtype`);
}

/** Least value and width of the integers from `low` to `high`; with one argument, from 0. */
export function bound(low: Value, high: Value | undefined, endpoint: boolean): { start: bigint; range: bigint } {
  const start = high === undefined || high === null ? 0n : indexOf(low);
  const stop = high === undefined || high === null ? indexOf(low) : indexOf(high);
  const range = stop - start - (endpoint ? 0n : 1n);
  if (range < 0n) {
    if (high === undefined || high === null) throw raise('ValueError', 'high <= 0');
    throw raise('ValueError', endpoint ? 'low > high' : 'low >= high');
  }
  return { start, range };
}

export interface Chooser {
  double(): number;
  below(range: bigint): bigint;
  /** Places of a sample without repeats. */
  sample(population: number, count: number): Value;
}

/** `choice(a, size, replace, p)` */
export function chosen(
  a: Value,
  size: Value | undefined,
  replace: boolean,
  p: Value | undefined,
  from: Chooser,
): Value {
  const items = asArray(a);
  const count = items.ndim === 0 ? Number(indexOf(resultOf(items))) : items.shape[0]!;
  const one = size === undefined || size === null;
  const shape = one ? [] : shapeOf(size);
  const wanted = sizeOf(shape);
  vm.charge((wanted + count) * 8);
  if (count <= 0 && wanted > 0)
    throw raise(
      'ValueError',
      items.ndim === 0
        ? 'a must be greater than 0 unless no samples are taken'
        : "'a' cannot be empty unless no samples are taken",
    );
  let places: NdArray;
  if (p !== undefined && p !== null) {
    const weights = castItems(itemsOf(asArray(p)), asArray(p).dtype, float64) as Float64Array;
    if (weights.length !== count) throw raise('ValueError', "'a' and 'p' must have same size");
    if (weights.some(weight => weight < 0)) throw raise('ValueError', 'probabilities are not non-negative');
    if (Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) > 1.5e-8)
      throw raise('ValueError', 'probabilities do not sum to 1');
    if (!replace) throw new Unsupported('numpy.random choice without replacement with probabilities');
    let sum = 0;
    const cumulated = weights.map(weight => {
      sum += weight;
      return sum;
    });
    const last = cumulated.at(-1)!;
    const draws = Float64Array.from({ length: wanted }, () => from.double());
    places = searchSorted(floats(cumulated.map(value => value / last)), floats(draws), true);
  } else if (replace) {
    places = fromItems(
      int64,
      Array.from({ length: wanted }, () => from.below(BigInt(count - 1))),
    );
  } else {
    if (wanted > count) throw raise('ValueError', "Cannot take a larger sample than population when 'replace=False'");
    places = asArray(from.sample(count, wanted));
  }
  const laid = new NdArray(int64, itemsOf(places), shape);
  if (items.ndim === 0) return one ? (laid.data as BigInt64Array)[0]! : laid;
  return getIndex(items, one ? (laid.data as BigInt64Array)[0]! : laid);
}
