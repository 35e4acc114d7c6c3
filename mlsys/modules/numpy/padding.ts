/** `numpy.pad`. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import type { Value } from '../../python/runtime/objects';
import { isCallable, repr, str } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { broadcastItems, fromItems, type NdArray } from './array';
import { asArray } from './convert';
import { type Item, int64 } from './dtype';
import { broadcastTo, concatenate, takeAlong } from './shaping';

/** Keyword arguments of numpy's modes beside the array and the width. */
const MODES: ReadonlyMap<string, readonly string[]> = new Map([
  ['constant', ['constant_values']],
  ['edge', []],
  ['empty', []],
  ['linear_ramp', ['end_values']],
  ['maximum', ['stat_length']],
  ['mean', ['stat_length']],
  ['median', ['stat_length']],
  ['minimum', ['stat_length']],
  ['reflect', ['reflect_type']],
  ['symmetric', ['reflect_type']],
  ['wrap', []],
]);

/** Modes that repeat items of the array. */
const REPEATING = new Set(['edge', 'reflect', 'symmetric', 'wrap']);

function padOf(array: NdArray, width: Value, given: Value, keywords: ReadonlyMap<string, Value>): NdArray {
  const pairs = asArray(width);
  if (!pairs.dtype.isInteger) throw raise('TypeError', '`pad_width` must be of integral type.');
  const widths = broadcastItems(pairs, [array.ndim, 2], int64) as BigInt64Array;
  if (widths.some(one => one < 0n)) throw raise('ValueError', "index can't contain negative values");
  if (isCallable(given)) throw new Unsupported('numpy.pad with a function');
  const mode = checkedMode(given, keywords);
  let result = array;
  for (let axis = 0; axis < array.ndim; axis++) {
    const [before, after] = [Number(widths[axis * 2]), Number(widths[axis * 2 + 1])];
    if (mode === 'constant') result = withConstants(result, axis, before, after, keywords.get('constant_values') ?? 0n);
    else {
      const length = result.shape[axis]!;
      if (length === 0 && before + after > 0)
        throw raise('ValueError', `can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`);
      vm.charge((before + length + after) * 8);
      vm.step((before + length + after) >>> 3);
      const places = Array.from({ length: before + length + after }, (_, i) => placeOf(mode, length, i - before));
      result = takeAlong(result, places, axis);
    }
  }
  return result;
}

/** The mode, with numpy's complaints about what it does not know and Reckoner's about what it does not do. */
function checkedMode(given: Value, keywords: ReadonlyMap<string, Value>): string {
  const allowed = typeof given === 'string' ? MODES.get(given) : undefined;
  if (typeof given !== 'string' || allowed === undefined)
    throw raise('ValueError', `mode '${str(given)}' is not supported`);
  const unknown = [...keywords.keys()].filter(name => !allowed.includes(name));
  if (unknown.length > 1) throw new Unsupported(`numpy.pad with ${unknown.join(' and ')}`);
  if (unknown.length === 1)
    throw raise('ValueError', `unsupported keyword arguments for mode '${given}': {${repr(unknown[0]!)}}`);
  if (given !== 'constant' && !REPEATING.has(given)) throw new Unsupported(`numpy.pad with mode='${given}'`);
  const reflection = keywords.get('reflect_type');
  if (reflection !== undefined && reflection !== 'even') throw new Unsupported('numpy.pad with reflect_type');
  return given;
}

function withConstants(array: NdArray, axis: number, before: number, after: number, constants: Value): NdArray {
  const values = broadcastItems(asArray(constants, array.dtype), [array.ndim, 2], array.dtype) as Item[];
  const side = (count: number, value: Item): NdArray =>
    broadcastTo(
      fromItems(array.dtype, [value], []),
      array.shape.map((size, d) => (d === axis ? count : size)),
    );
  const parts = [side(before, values[axis * 2]!), array, side(after, values[axis * 2 + 1]!)];
  return concatenate(parts, axis, array.dtype);
}

/** Which item of an axis stands at a place before it, in it or after it. */
function placeOf(mode: string, length: number, at: number): number {
  if (mode === 'edge' || length === 1) return Math.min(length - 1, Math.max(0, at));
  const modulo = (period: number): number => ((at % period) + period) % period;
  if (mode === 'wrap') return modulo(length);
  const period = mode === 'reflect' ? 2 * length - 2 : 2 * length;
  const place = modulo(period);
  if (place < length) return place;
  return mode === 'reflect' ? period - place : period - 1 - place;
}

/** Functions of the module by signature. */
export const PADDING: Readonly<Record<string, NativeBody>> = {
  'pad(array, pad_width, mode="constant", **kwargs)': (
    array: Value,
    width: Value,
    mode: Value | undefined,
    keywords: ReadonlyMap<string, Value>,
  ) => padOf(asArray(array), width, mode === undefined ? 'constant' : mode, keywords),
};
