/** Sums, means, percentiles, histograms, interpolation and differences. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyComplex, PyTuple, type Value } from '../../python/runtime/objects';
import { binary, getAttribute, smallIndex, toFloat, truth } from '../../python/runtime/operations';
import {
  allocate,
  broadcastItems,
  castItems,
  floats,
  fromItems,
  itemsOf,
  NdArray,
  normalAxis,
  resultOf,
  sizeOf,
  writeItems,
} from './array';
import { asArray, axesOf, optionalInteger } from './convert';
import { bool, dtypeOf, float64, type Item, int64, type Storage } from './dtype';
import { isQuantity, rebuild } from './quantities';
import {
  accumulate,
  betterOf,
  extremeOf,
  keptShape,
  lanesOf,
  logicalOf,
  meanOf,
  pairwiseSum,
  productOf,
  type ReduceOptions,
  sumOf,
  varianceOf,
} from './reductions';
import { concatenate, ravel, reshape, transpose } from './shaping';
import {} from './sorting';
import { ufunc } from './ufuncs';

const flag = (value: Value | undefined): boolean => value !== undefined && truth(value);
const optional = (value: Value | undefined) => (value === undefined || value === null ? undefined : dtypeOf(value));

/** Reads the arguments that all reductions share. */
function options(
  axis: Value | undefined,
  keepdims: Value | undefined,
  dtype?: Value,
  where?: Value,
  initial?: Value,
): ReduceOptions {
  return { axes: axesOf(axis), keepdims: flag(keepdims), dtype: optional(dtype), where, initial };
}

function stored(result: NdArray, out: Value | undefined): Value {
  if (out instanceof NdArray) {
    writeItems(out, castItems(result.data, result.dtype, out.dtype));
    return out;
  }
  return resultOf(result);
}

/** Lets a quantity have its numbers reduced and its unit kept. */
function onMagnitude(a: Value, reduce: (array: NdArray) => Value, squared = false): Value {
  if (!isQuantity(a)) return reduce(asArray(a));
  const result = rebuild(a, reduce(asArray(getAttribute(a, 'magnitude'))));
  return squared ? binary('*', result, rebuild(a, 1n)) : result;
}

/** Items as float64, without NaN where asked. */
function realItems(array: NdArray): Float64Array {
  if (array.dtype.kind === 'c') throw raise('TypeError', 'a must be an array of real numbers');
  return castItems(itemsOf(array), array.dtype, float64) as Float64Array;
}

export type Method = 'linear' | 'lower' | 'higher' | 'midpoint' | 'nearest';

function quantileOfSorted(values: ArrayLike<number>, q: number, method: Method): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  if (Number.isNaN(values[n - 1]!)) return Number.NaN;
  const place = (n - 1) * q;
  const low = Math.floor(place);
  const high = Math.min(low + 1, n - 1);
  switch (method) {
    case 'lower':
      return values[low]!;
    case 'higher':
      return values[Math.ceil(place)]!;
    case 'midpoint':
      return Number.isInteger(place) ? values[low]! : (values[low]! + values[high]!) / 2;
    case 'nearest': {
      const rest = place - low;
      return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? values[low]! : values[high]!;
    }
    default: {
      const gamma = place - low;
      const [a, b] = [values[low]!, values[high]!];
      const difference = b - a;
      if (gamma >= 0.5) return b - difference * (1 - gamma);
      return a + difference * gamma;
    }
  }
}

function quantiles(
  a: Value,
  q: Value,
  axis: Value | undefined,
  method: Value | undefined,
  keepdims: Value | undefined,
  scale: number,
  skipNaN = false,
): Value {
  const name = (method ?? 'linear') as Method;
  if (!['linear', 'lower', 'higher', 'midpoint', 'nearest'].includes(name))
    throw new Unsupported(`numpy.percentile with method=${String(method)}`);
  const array = asArray(a);
  const wanted = asArray(q);
  const shares = Array.from(realItems(wanted), share => share / scale);
  if (shares.some(share => !(share >= 0 && share <= 1)))
    throw raise(
      'ValueError',
      scale === 100 ? 'Percentiles must be in the range [0, 100]' : 'Quantiles must be in the range [0, 1]',
    );
  const axes = axesOf(axis);
  const lanes = lanesOf(array, axes);
  const values = castItems(lanes.items, array.dtype, float64) as Float64Array;
  const data = allocate(float64, shares.length * lanes.count) as Float64Array;
  for (let lane = 0; lane < lanes.count; lane++) {
    let own = values.slice(lane * lanes.length, (lane + 1) * lanes.length);
    if (skipNaN) own = own.filter(value => !Number.isNaN(value));
    own.sort();
    shares.forEach((share, i) => {
      data[i * lanes.count + lane] = quantileOfSorted(own, share, name);
    });
  }
  const shape = flag(keepdims) ? keptShape(array.shape, axes) : lanes.shape;
  const keepsIntegers = array.dtype.isInteger && (name === 'lower' || name === 'higher' || name === 'nearest');
  const dtype = keepsIntegers ? array.dtype : float64;
  return resultOf(new NdArray(dtype, castItems(data, float64, dtype), [...wanted.shape, ...shape]));
}

function median(array: NdArray, axis: Value | undefined, keepdims: Value | undefined, skipNaN = false): Value {
  const axes = axesOf(axis);
  const lanes = lanesOf(array, axes);
  const values = castItems(lanes.items, array.dtype, float64) as Float64Array;
  const data = allocate(float64, lanes.count) as Float64Array;
  for (let lane = 0; lane < lanes.count; lane++) {
    let own = values.slice(lane * lanes.length, (lane + 1) * lanes.length);
    if (skipNaN) own = own.filter(value => !Number.isNaN(value));
    own.sort();
    const n = own.length;
    const half = n >> 1;
    const broken = n === 0 || Number.isNaN(own[n - 1]!);
    data[lane] = broken ? Number.NaN : n % 2 === 1 ? own[half]! : (own[half - 1]! + own[half]!) / 2;
  }
  return resultOf(new NdArray(float64, data, flag(keepdims) ? keptShape(array.shape, axes) : lanes.shape));
}

/** Replaces NaN, then reduces; or reduces only what is no NaN. */
function withoutNaN(array: NdArray, fill: number): NdArray {
  if (array.dtype.kind !== 'f') return array;
  const items = Float64Array.from(realItems(array), value => (Number.isNaN(value) ? fill : value));
  return new NdArray(array.dtype, items, array.shape);
}

function notNaN(array: NdArray): NdArray {
  const items = array.dtype.kind === 'f' ? realItems(array) : undefined;
  const data = new Uint8Array(array.size).fill(1);
  if (items !== undefined)
    items.forEach((value, at) => {
      if (Number.isNaN(value)) data[at] = 0;
    });
  return new NdArray(bool, data, array.shape);
}

function average(a: Value, axis: Value | undefined, weights: Value | undefined, returned: Value | undefined): Value {
  const array = asArray(a);
  if (weights === undefined || weights === null) {
    const mean = resultOf(meanOf(array, options(axis, undefined)));
    if (!flag(returned)) return mean;
    return new PyTuple([mean, ufunc('multiply', 1, BigInt(array.size))]);
  }
  let weight = asArray(weights);
  if (weight.ndim !== array.ndim && axis !== undefined && axis !== null) {
    const along = normalAxis(smallIndex(axis), array.ndim);
    weight = reshape(
      weight,
      array.shape.map((length, d) => (d === along ? length : 1)),
    );
  } else if (weight.ndim !== array.ndim)
    throw raise('TypeError', 'Axis must be specified when shapes of a and weights differ.');
  const spread = new NdArray(weight.dtype, broadcastItems(weight, array.shape, weight.dtype), array.shape);
  const scale = resultOf(sumOf(spread, options(axis, undefined)));
  const total = resultOf(sumOf(asArray(ufunc('multiply', array, spread)), options(axis, undefined)));
  const all = asArray(scale);
  if ((castItems(itemsOf(all), all.dtype, float64) as Float64Array).includes(0))
    throw raise('ZeroDivisionError', "Weights sum to zero, can't be normalized");
  const mean = ufunc('divide', total, scale);
  return flag(returned) ? new PyTuple([mean, scale]) : mean;
}

function diff(a: Value, n: number, axis: number, prepend: Value | undefined, append: Value | undefined): Value {
  let array = asArray(a);
  const along = normalAxis(axis, array.ndim);
  const edge = (value: Value): NdArray => {
    const one = asArray(value);
    return one.ndim === 0
      ? new NdArray(
          one.dtype,
          broadcastItems(
            one,
            array.shape.map((length, d) => (d === along ? 1 : length)),
            one.dtype,
          ),
          array.shape.map((length, d) => (d === along ? 1 : length)),
        )
      : one;
  };
  const parts = [
    ...(prepend === undefined || prepend === null ? [] : [edge(prepend)]),
    array,
    ...(append === undefined || append === null ? [] : [edge(append)]),
  ];
  if (parts.length > 1) array = concatenate(parts, along);
  for (let i = 0; i < n; i++) {
    const length = array.shape[along]!;
    const part = (from: number, to: number): NdArray =>
      array.view(
        array.shape.map((size, d) => (d === along ? Math.max(0, to - from) : size)),
        array.strides,
        array.offset + from * array.strides[along]!,
      );
    array = asArray(ufunc(array.dtype === bool ? 'not_equal' : 'subtract', part(1, length), part(0, length - 1)));
  }
  return array;
}

/** Second-order differences inside, first-order ones at the ends. */
function gradientOf(array: NdArray, spacing: Value | undefined, axis: number, edgeOrder: number): NdArray {
  const along = normalAxis(axis, array.ndim);
  const length = array.shape[along]!;
  if (length < edgeOrder + 1)
    throw raise(
      'ValueError',
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
    );
  const items = realItems(array);
  const data = allocate(float64, items.length) as Float64Array;
  const inner = sizeOf(array.shape.slice(along + 1));
  const given = spacing === undefined ? undefined : asArray(spacing);
  const x = given !== undefined && given.ndim > 0 ? realItems(given) : undefined;
  const h = given !== undefined && given.ndim === 0 ? toFloat(resultOf(given)) : 1;
  const steps = x === undefined ? undefined : Array.from({ length: length - 1 }, (_, i) => x[i + 1]! - x[i]!);
  const even = steps === undefined || steps.every(step => step === steps[0]);
  const dx = steps === undefined ? h : steps[0]!;
  for (let at = 0; at < items.length; at++) {
    const i = Math.floor(at / inner) % length;
    const y = (k: number): number => items[at + (k - i) * inner]!;
    if (i > 0 && i < length - 1) {
      if (even) data[at] = (y(i + 1) - y(i - 1)) / (2 * dx);
      else {
        const [d1, d2] = [steps![i - 1]!, steps![i]!];
        data[at] =
          (-d2 / (d1 * (d1 + d2))) * y(i - 1) + ((d2 - d1) / (d1 * d2)) * y(i) + (d1 / (d2 * (d1 + d2))) * y(i + 1);
      }
    } else if (edgeOrder === 1) {
      const step = even ? dx : i === 0 ? steps![0]! : steps!.at(-1)!;
      data[at] = i === 0 ? (y(1) - y(0)) / step : (y(length - 1) - y(length - 2)) / step;
    } else {
      const [a, b] =
        i === 0
          ? [even ? dx : steps![0]!, even ? dx : steps![1]!]
          : [even ? dx : steps!.at(-2)!, even ? dx : steps!.at(-1)!];
      if (i === 0)
        data[at] = (-(2 * a + b) / (a * (a + b))) * y(0) + ((a + b) / (a * b)) * y(1) + (-a / (b * (a + b))) * y(2);
      else
        data[at] =
          (b / (a * (a + b))) * y(length - 3) +
          (-(b + a) / (a * b)) * y(length - 2) +
          ((2 * b + a) / (b * (a + b))) * y(length - 1);
    }
  }
  return new NdArray(float64, data, array.shape);
}

function interp(x: Value, xp: Value, fp: Value, left: Value | undefined, right: Value | undefined): Value {
  const places = asArray(x);
  const [xs, ys] = [realItems(asArray(xp)), realItems(asArray(fp))];
  const n = xs.length;
  if (n === 0) throw raise('ValueError', 'array of sample points is empty');
  if (n !== ys.length) throw raise('ValueError', 'fp and xp are not of the same length.');
  const low = left === undefined || left === null ? ys[0]! : toFloat(left);
  const high = right === undefined || right === null ? ys[n - 1]! : toFloat(right);
  const wanted = realItems(places);
  const data = allocate(float64, wanted.length) as Float64Array;
  for (let at = 0; at < wanted.length; at++) {
    const v = wanted[at]!;
    if (Number.isNaN(v)) data[at] = v;
    else if (v < xs[0]!) data[at] = low;
    else if (v > xs[n - 1]!) data[at] = high;
    else {
      let from = 0;
      let to = n;
      while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (xs[middle]! <= v) from = middle;
        else to = middle;
      }
      if (from === n - 1 || xs[from] === v) data[at] = ys[from]!;
      else {
        const slope = (ys[from + 1]! - ys[from]!) / (xs[from + 1]! - xs[from]!);
        let value = slope * (v - xs[from]!) + ys[from]!;
        if (Number.isNaN(value)) {
          value = slope * (v - xs[from + 1]!) + ys[from + 1]!;
          if (Number.isNaN(value) && ys[from] === ys[from + 1]) value = ys[from]!;
        }
        data[at] = value;
      }
    }
  }
  return resultOf(new NdArray(float64, data, places.shape));
}

function edgesOf(values: Float64Array, bins: Value | undefined, range: Value | undefined): Float64Array {
  if (bins !== undefined && typeof bins === 'string') {
    throw new Unsupported(
      `numpy.histogram with bins=${JSON.stringify(bins)}`,
      'give the number of bins or their edges',
    );
  }
  const given = bins === undefined || bins === null ? asArray(10n) : asArray(bins);
  if (given.ndim > 0) return realItems(given);
  const count = Number((given.data as Item[])[0]);
  if (count < 1) throw raise('ValueError', '`bins` must be positive, when an integer');
  let [low, high] = [0, 1];
  if (range !== undefined && range !== null) {
    const ends = realItems(asArray(range));
    [low, high] = [ends[0]!, ends[1]!];
  } else if (values.length > 0) {
    low = values.reduce((a, b) => Math.min(a, b));
    high = values.reduce((a, b) => Math.max(a, b));
  }
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  const step = (high - low) / count;
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => i * step + low);
  edges[count] = high;
  return edges;
}

function histogram(
  a: Value,
  bins: Value | undefined,
  range: Value | undefined,
  density: Value | undefined,
  weights: Value | undefined,
): Value {
  const values = realItems(ravel(asArray(a)));
  const edges = edgesOf(values, bins, range);
  const weight = weights === undefined || weights === null ? undefined : realItems(ravel(asArray(weights)));
  const n = edges.length - 1;
  const counts = new Float64Array(n);
  values.forEach((value, i) => {
    if (!(value >= edges[0]! && value <= edges[n]!)) return;
    let low = 0;
    let high = n;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (edges[middle]! <= value) low = middle;
      else high = middle;
    }
    counts[low]! += weight === undefined ? 1 : weight[i]!;
  });
  const edgeArray = floats(edges);
  if (flag(density)) {
    const total = 0 + pairwiseSum(counts, 0, n);
    return new PyTuple([floats(counts.map((count, i) => count / (edges[i + 1]! - edges[i]!) / total)), edgeArray]);
  }
  const whole =
    weight === undefined
      ? fromItems(
          int64,
          Array.from(counts, count => BigInt(count)),
        )
      : floats(counts);
  return new PyTuple([whole, edgeArray]);
}

function covariance(m: Value, y: Value | undefined, rowvar: boolean, ddof: number): NdArray {
  let rows = asArray(m);
  if (rows.ndim < 2) rows = reshape(rows, [1, rows.size]);
  else if (!rowvar) rows = transpose(rows);
  if (y !== undefined && y !== null) {
    const second = asArray(y);
    rows = concatenate(
      [rows, second.ndim < 2 ? reshape(second, [1, second.size]) : rowvar ? second : transpose(second)],
      0,
    );
  }
  const [count, length] = rows.shape as [number, number];
  const items = realItems(rows);
  const centred = Array.from({ length: count }, (_, i) => {
    const row = items.slice(i * length, (i + 1) * length);
    const mean = (0 + pairwiseSum(row, 0, length)) / length;
    return row.map(value => value - mean);
  });
  const data = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += centred[i]![k]! * centred[j]![k]!;
      data[i * count + j] = sum * (1 / (length - ddof));
    }
  }
  return new NdArray(float64, data, count === 1 ? [] : [count, count]);
}

/** Functions of the module by signature. */
export const STATISTICS: Readonly<Record<string, NativeBody>> = {
  'sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)': (
    a: Value,
    axis: Value,
    dtype: Value,
    out: Value,
    keepdims: Value,
    initial: Value,
    where: Value,
  ) =>
    onMagnitude(a, array => {
      const result = stored(sumOf(array, options(axis, keepdims, dtype, where)), out);
      return initial === undefined || initial === null ? result : ufunc('add', result, initial);
    }),
  'prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)': (
    a: Value,
    axis: Value,
    dtype: Value,
    out: Value,
    keepdims: Value,
    initial: Value,
    where: Value,
  ) => {
    const result = stored(productOf(asArray(a), options(axis, keepdims, dtype, where)), out);
    return initial === undefined || initial === null ? result : ufunc('multiply', result, initial);
  },
  'mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True)': (
    a: Value,
    axis: Value,
    dtype: Value,
    out: Value,
    keepdims: Value,
    where: Value,
  ) => onMagnitude(a, array => stored(meanOf(array, options(axis, keepdims, dtype, where)), out)),
  'std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    out: Value,
    ddof: Value | undefined,
    keepdims: Value,
    where: Value,
  ) =>
    onMagnitude(a, array =>
      ufunc(
        'sqrt',
        stored(
          varianceOf(array, options(axis, keepdims, undefined, where), ddof === undefined ? 0 : toFloat(ddof)),
          out,
        ),
      ),
    ),
  'var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    out: Value,
    ddof: Value | undefined,
    keepdims: Value,
    where: Value,
  ) =>
    onMagnitude(
      a,
      array =>
        stored(
          varianceOf(array, options(axis, keepdims, undefined, where), ddof === undefined ? 0 : toFloat(ddof)),
          out,
        ),
      true,
    ),
  'max(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(true),
  'amax(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(true),
  'min(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(false),
  'amin(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(false),
  'ptp(a, axis=None, out=None, keepdims=False)': (a: Value, axis: Value, _out: Value, keepdims: Value) =>
    onMagnitude(a, array =>
      ufunc(
        'subtract',
        resultOf(extremeOf(array, true, options(axis, keepdims))),
        resultOf(extremeOf(array, false, options(axis, keepdims))),
      ),
    ),
  'all(a, axis=None, out=None, keepdims=False, *, where=True)': (a: Value, axis: Value, _out: Value, keepdims: Value) =>
    resultOf(logicalOf(asArray(a), true, options(axis, keepdims))),
  'any(a, axis=None, out=None, keepdims=False, *, where=True)': (a: Value, axis: Value, _out: Value, keepdims: Value) =>
    resultOf(logicalOf(asArray(a), false, options(axis, keepdims))),
  'cumsum(a, axis=None, dtype=None, out=None)': (a: Value, axis: Value | undefined, dtype: Value | undefined) =>
    onMagnitude(a, array =>
      accumulate(array, false, axis === undefined || axis === null ? undefined : smallIndex(axis), optional(dtype)),
    ),
  'cumprod(a, axis=None, dtype=None, out=None)': (a: Value, axis: Value | undefined, dtype: Value | undefined) =>
    accumulate(asArray(a), true, axis === undefined || axis === null ? undefined : smallIndex(axis), optional(dtype)),
  'cumulative_sum(x, /, *, axis=None, dtype=None)': (x: Value, axis: Value | undefined) =>
    accumulate(asArray(x), false, axis === undefined || axis === null ? undefined : smallIndex(axis)),
  'median(a, axis=None, out=None, overwrite_input=False, keepdims=False)': (
    a: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    keepdims: Value,
  ) => onMagnitude(a, array => median(array, axis, keepdims)),
  'percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None)': (
    a: Value,
    q: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    method: Value,
    keepdims: Value,
  ) => onMagnitude(a, array => quantiles(array, q, axis, method, keepdims, 100)),
  'quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None)': (
    a: Value,
    q: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    method: Value,
    keepdims: Value,
  ) => onMagnitude(a, array => quantiles(array, q, axis, method, keepdims, 1)),
  'average(a, axis=None, weights=None, returned=False, *, keepdims=False)': average,
  'nansum(a, axis=None, dtype=None, out=None, keepdims=False)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    _out: Value,
    keepdims: Value,
  ) => resultOf(sumOf(withoutNaN(asArray(a), 0), options(axis, keepdims))),
  'nanprod(a, axis=None)': (a: Value, axis: Value) =>
    resultOf(productOf(withoutNaN(asArray(a), 1), options(axis, undefined))),
  'nanmean(a, axis=None, dtype=None, out=None, keepdims=False)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    _out: Value,
    keepdims: Value,
  ) => {
    const array = asArray(a);
    return resultOf(meanOf(withoutNaN(array, 0), options(axis, keepdims, undefined, notNaN(array))));
  },
  'nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    _out: Value,
    ddof: Value | undefined,
  ) => ufunc('sqrt', nanVariance(asArray(a), axis, ddof)),
  'nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    _out: Value,
    ddof: Value | undefined,
  ) => nanVariance(asArray(a), axis, ddof),
  'nanmax(a, axis=None, out=None, keepdims=False)': (a: Value, axis: Value, _out: Value, keepdims: Value) =>
    nanExtreme(asArray(a), true, options(axis, keepdims)),
  'nanmin(a, axis=None, out=None, keepdims=False)': (a: Value, axis: Value, _out: Value, keepdims: Value) =>
    nanExtreme(asArray(a), false, options(axis, keepdims)),
  'nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False)': (
    a: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    keepdims: Value,
  ) => median(asArray(a), axis, keepdims, true),
  'nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False)': (
    a: Value,
    q: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    method: Value,
    keepdims: Value,
  ) => quantiles(a, q, axis, method, keepdims, 100, true),
  'nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False)': (
    a: Value,
    q: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    method: Value,
    keepdims: Value,
  ) => quantiles(a, q, axis, method, keepdims, 1, true),
  'nancumsum(a, axis=None)': (a: Value, axis: Value | undefined) =>
    accumulate(withoutNaN(asArray(a), 0), false, axis === undefined || axis === null ? undefined : smallIndex(axis)),
  'nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None)': (
    x: Value,
    _copy: Value,
    nan: Value | undefined,
    posinf: Value | undefined,
    neginf: Value | undefined,
  ) => {
    const array = asArray(x);
    if (array.dtype.kind !== 'f') return resultOf(array);
    const [low, high] = [neginf, posinf].map((value, i) =>
      value === undefined || value === null ? (i === 0 ? -Number.MAX_VALUE : Number.MAX_VALUE) : toFloat(value),
    ) as [number, number];
    const fill = nan === undefined ? 0 : toFloat(nan);
    const data = Float64Array.from(realItems(array), value =>
      Number.isNaN(value)
        ? fill
        : value === Number.POSITIVE_INFINITY
          ? high
          : value === Number.NEGATIVE_INFINITY
            ? low
            : value,
    );
    return resultOf(new NdArray(array.dtype, data, array.shape));
  },
  'diff(a, n=1, axis=-1, prepend=None, append=None)': (
    a: Value,
    n: Value | undefined,
    axis: Value | undefined,
    prepend: Value | undefined,
    append: Value | undefined,
  ) => onMagnitude(a, array => diff(array, optionalInteger(n, 1), optionalInteger(axis, -1), prepend, append)),
  'ediff1d(ary)': (ary: Value) => diff(ravel(asArray(ary)), 1, -1, undefined, undefined),
  'gradient(f, *varargs, axis=None, edge_order=1)': (
    f: Value,
    spacings: PyTuple,
    axis: Value | undefined,
    order: Value | undefined,
  ) => {
    const array = asArray(f);
    const axes = axesOf(axis) ?? array.shape.map((_, d) => d);
    const parts = axes.map((one, i) =>
      gradientOf(array, spacings.items[spacings.items.length === 1 ? 0 : i], one, optionalInteger(order, 1)),
    );
    return parts.length === 1 ? parts[0]! : new PyTuple(parts);
  },
  'trapezoid(y, x=None, dx=1.0, axis=-1)': trapezoid,
  'trapz(y, x=None, dx=1.0, axis=-1)': trapezoid,
  'interp(x, xp, fp, left=None, right=None, period=None)': interp,
  'histogram(a, bins=10, range=None, density=None, weights=None)': histogram,
  'histogram_bin_edges(a, bins=10, range=None, weights=None)': (
    a: Value,
    bins: Value | undefined,
    range: Value | undefined,
  ) => floats(edgesOf(realItems(ravel(asArray(a))), bins, range)),
  'bincount(x, /, weights=None, minlength=0)': (x: Value, weights: Value | undefined, minlength: Value | undefined) => {
    const places = castItems(itemsOf(asArray(x)), asArray(x).dtype, int64) as BigInt64Array;
    let length = optionalInteger(minlength, 0);
    for (const place of places) {
      if (place < 0n) throw raise('ValueError', "'list' argument must have no negative elements");
      length = Math.max(length, Number(place) + 1);
    }
    const weight = weights === undefined || weights === null ? undefined : realItems(asArray(weights));
    const sums = allocate(float64, length) as Float64Array;
    places.forEach((place, i) => {
      sums[Number(place)]! += weight === undefined ? 1 : weight[i]!;
    });
    return weight === undefined
      ? fromItems(
          int64,
          Array.from(sums, sum => BigInt(sum)),
        )
      : floats(sums);
  },
  'cov(m, y=None, rowvar=True, bias=False, ddof=None)': (
    m: Value,
    y: Value | undefined,
    rowvar: Value | undefined,
    bias: Value | undefined,
    ddof: Value | undefined,
  ) => resultOf(covariance(m, y, rowvar === undefined || truth(rowvar), optionalInteger(ddof, flag(bias) ? 0 : 1))),
  'corrcoef(x, y=None, rowvar=True)': (x: Value, y: Value | undefined, rowvar: Value | undefined) => {
    const c = covariance(x, y, rowvar === undefined || truth(rowvar), 1);
    if (c.ndim === 0) return resultOf(asArray(ufunc('divide', c, c)));
    const n = c.shape[0]!;
    const data = c.data as Float64Array;
    const deviations = Array.from({ length: n }, (_, i) => Math.sqrt(data[i * n + i]!));
    return floats(
      data.map((value, at) => Math.max(-1, Math.min(1, value / deviations[Math.floor(at / n)]! / deviations[at % n]!))),
      [n, n],
    );
  },
  'convolve(a, v, mode="full")': (a: Value, v: Value, mode: Value | undefined) =>
    convolve(asArray(a), asArray(v), (mode ?? 'full') as string),
  'correlate(a, v, mode="valid")': (a: Value, v: Value, mode: Value | undefined) => {
    const second = asArray(v);
    const reversed = fromItems(second.dtype, Array.from(itemsOf(second) as Item[]).reverse());
    return convolve(asArray(a), reversed, (mode ?? 'valid') as string);
  },
};

function greatest(most: boolean): NativeBody {
  return (a: Value, axis: Value, out: Value, keepdims: Value, initial: Value, where: Value) => {
    if (where !== undefined && where !== true) throw new Unsupported('numpy.max with where=');
    return onMagnitude(a, array =>
      stored(extremeOf(array, most, options(axis, keepdims, undefined, undefined, initial)), out),
    );
  };
}

function nanVariance(array: NdArray, axis: Value | undefined, ddof: Value | undefined): Value {
  const mask = notNaN(array);
  const shape = { axes: axesOf(axis), keepdims: true, where: mask };
  const clean = withoutNaN(array, 0);
  const mean = meanOf(clean, shape);
  const centred = asArray(ufunc('subtract', clean, mean));
  const squares = asArray(ufunc('multiply', centred, centred));
  const sums = sumOf(squares, { ...shape, keepdims: false });
  const counts = sumOf(mask, { axes: axesOf(axis), keepdims: false });
  return ufunc('divide', resultOf(sums), ufunc('subtract', resultOf(counts), ddof ?? 0n));
}

function nanExtreme(array: NdArray, most: boolean, reduce: ReduceOptions): Value {
  const lanes = lanesOf(array, reduce.axes);
  const better = betterOf(array.dtype, most);
  const data = allocate(array.dtype, lanes.count) as Item[];
  for (let lane = 0; lane < lanes.count; lane++) {
    let best: Item | undefined;
    for (let i = 0; i < lanes.length; i++) {
      const item = (lanes.items as Item[])[lane * lanes.length + i]!;
      if (typeof item === 'number' && Number.isNaN(item)) continue;
      if (best === undefined || better(item, best)) best = item;
    }
    data[lane] = best ?? Number.NaN;
  }
  return resultOf(
    new NdArray(array.dtype, data as Storage, reduce.keepdims ? keptShape(array.shape, reduce.axes) : lanes.shape),
  );
}

function trapezoid(y: Value, x: Value | undefined, dx: Value | undefined, axis: Value | undefined): Value {
  const array = asArray(y);
  const along = normalAxis(optionalInteger(axis, -1), array.ndim);
  const n = array.shape[along]!;
  const part = (from: number): NdArray =>
    array.view(
      array.shape.map((size, d) => (d === along ? n - 1 : size)),
      array.strides,
      array.offset + from * array.strides[along]!,
    );
  let d: Value = dx ?? 1;
  if (x !== undefined && x !== null) {
    d = diff(x, 1, -1, undefined, undefined);
    if (array.ndim > 1 && asArray(d).ndim === 1)
      d = reshape(
        asArray(d),
        array.shape.map((_, axis_) => (axis_ === along ? n - 1 : 1)),
      );
  }
  const areas = ufunc('divide', ufunc('multiply', d, ufunc('add', part(1), part(0))), 2);
  return resultOf(sumOf(asArray(areas), { axes: [along], keepdims: false }));
}

function convolve(a: NdArray, v: NdArray, mode: string): Value {
  const [long, short] = v.size > a.size ? [v, a] : [a, v];
  const dtype = asArray(ufunc('multiply', long.view([], []), short.view([], []))).dtype;
  const x = castItems(itemsOf(long), long.dtype, dtype) as Item[];
  const y = castItems(itemsOf(short), short.dtype, dtype) as Item[];
  const full: Item[] = [];
  for (let k = 0; k < x.length + y.length - 1; k++) {
    let sum: Value = dtype.isInteger ? 0n : 0;
    for (let j = Math.max(0, k - x.length + 1); j < Math.min(y.length, k + 1); j++)
      sum = binary('+', sum, binary('*', x[k - j]!, y[j]!));
    full.push(sum instanceof PyComplex || typeof sum === 'bigint' ? sum : (sum as number));
  }
  const whole = fromItems(dtype, full);
  const cut =
    mode === 'full'
      ? [0, full.length]
      : mode === 'valid'
        ? [y.length - 1, x.length]
        : [(y.length - 1) >> 1, ((y.length - 1) >> 1) + x.length];
  return fromItems(dtype, Array.from(whole.data as Item[]).slice(cut[0], cut[1]));
}
