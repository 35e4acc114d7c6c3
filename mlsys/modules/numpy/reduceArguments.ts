/** What reductions share: their arguments, where results go, quantities, NaN. */
import { Unsupported } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';
import { binary, getAttribute, truth } from '../../python/runtime/operations';
import { castItems, itemsOf, NdArray, resultOf, writeItems } from './array';
import { asArray, axesOf } from './convert';
import { bool, dtypeOf, float64, object } from './dtype';
import { isQuantity, rebuild } from './quantities';
import type { ReduceOptions } from './reductions';

/** What every universal function takes besides its operands, for those that heed none of it. */
export const LOOP_KEYWORDS =
  'out!=None, where!=True, casting!="same_kind", order!="K", dtype!=None, subok!=True, signature!=None';

export const flag = (value: Value | undefined): boolean => value !== undefined && truth(value);
export const optional = (value: Value | undefined) =>
  value === undefined || value === null ? undefined : dtypeOf(value);

/** Reads the arguments that all reductions share. */
export function options(
  axis: Value | undefined,
  keepdims: Value | undefined,
  dtype?: Value,
  where?: Value,
  initial?: Value,
): ReduceOptions {
  return { axes: axesOf(axis), keepdims: flag(keepdims), dtype: optional(dtype), where, initial };
}

export function stored(result: NdArray, out: Value | undefined): Value {
  if (out instanceof NdArray) {
    writeItems(out, castItems(result.data, result.dtype, out.dtype));
    return out;
  }
  return resultOf(result);
}

/** Lets a quantity have its numbers reduced and its unit kept. */
export function onMagnitude(a: Value, reduce: (array: NdArray) => Value, squared = false): Value {
  if (!isQuantity(a)) return reduce(asArray(a));
  const result = rebuild(a, reduce(asArray(getAttribute(a, 'magnitude'))));
  return squared ? binary('*', result, rebuild(a, 1n)) : result;
}

/** Refuses an array of Python objects where numpy's own ways with these are not followed. */
export function refuseObjects(array: NdArray): void {
  if (array.dtype === object) throw new Unsupported('this function of numpy for an array of objects');
}

/** Refuses complex numbers, whose imaginary parts would be lost. */
export function refuseComplex(array: NdArray): void {
  if (array.dtype.kind === 'c') throw new Unsupported('this function of numpy for complex numbers');
}

/** Items as float64, without NaN where asked. */
export function realItems(array: NdArray): Float64Array {
  refuseComplex(array);
  refuseObjects(array);
  return castItems(itemsOf(array), array.dtype, float64) as Float64Array;
}

/** Replaces NaN, then reduces; or reduces only what is no NaN. */
export function withoutNaN(array: NdArray, fill: number): NdArray {
  if (array.dtype.kind !== 'f') return array;
  const items = Float64Array.from(realItems(array), value => (Number.isNaN(value) ? fill : value));
  return new NdArray(array.dtype, items, array.shape);
}

export function notNaN(array: NdArray): NdArray {
  const items = array.dtype.kind === 'f' ? realItems(array) : undefined;
  const data = new Uint8Array(array.size).fill(1);
  if (items !== undefined)
    items.forEach((value, at) => {
      if (Number.isNaN(value)) data[at] = 0;
    });
  return new NdArray(bool, data, array.shape);
}
