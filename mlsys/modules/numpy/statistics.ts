/** Sums, means, extremes and what builds on them: the table of functions. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyTuple, type Value } from '../../python/runtime/objects';
import { smallIndex, toFloat, truth } from '../../python/runtime/operations';
import { allocate, castItems, copyArray, floats, fromItems, itemsOf, NdArray, resultOf } from './array';
import { asArray, axesOf, optionalInteger } from './convert';
import { float64, type Item, int64, promote, type Storage } from './dtype';
import {
  calledFrom,
  FROM_NUMERIC,
  FUNCTIONS,
  flagsOfLoop,
  gather,
  hasNonFinite,
  INVALID,
  METHODS,
  NAN_FUNCTIONS,
  quietly,
  report,
  type Site,
  warnRuntime,
  within,
} from './flags';
import { gradientOf, requireSpacings } from './gradient';
import {
  flag,
  notNaN,
  onMagnitude,
  optional,
  options,
  realItems,
  refuseObjects,
  stored,
  withoutNaN,
} from './reduceArguments';
import {
  accumulate,
  betterOf,
  extremeOf,
  keptShape,
  lanesOf,
  logicalOf,
  meanOf,
  productOf,
  type ReduceOptions,
  sumOf,
  varianceOf,
} from './reductions';
import {
  average,
  convolve,
  covariance,
  diff,
  edgesOf,
  histogram,
  interp,
  isNarrow,
  median,
  quantiles,
  trapezoid,
} from './samples';
import { ravel } from './shaping';
import { applyUfunc, UFUNCS, ufunc } from './ufuncs';

/** `std` and `var`: what is made of the variance; `squares` tells that its unit is the square of the values' unit. */
const spread =
  (made: (variance: Value) => Value, squares = false): NativeBody =>
  (a: Value, axis: Value, _dtype: Value, out: Value, ddof: Value | undefined, keepdims: Value, where: Value) => {
    const site = squares ? calledFrom(FROM_NUMERIC('var')) : METHODS('std');
    return onMagnitude(
      a,
      array => {
        const freedom = ddof === undefined ? 0 : toFloat(ddof);
        return made(stored(varianceOf(array, options(axis, keepdims, undefined, where), freedom, site), out));
      },
      squares,
    );
  };

/** A reduction that may start from a given number. */
function reduced(a: Value, options: ReduceOptions, initial: Value | undefined, out: Value, product: boolean): Value {
  const site = calledFrom(FROM_NUMERIC('reduce'), METHODS(product ? 'prod' : 'sum'));
  return onMagnitude(a, array => {
    const run = product ? productOf : sumOf;
    const { result, flags } = gather(() => {
      const made = stored(run(array, options), out);
      if (initial === undefined || initial === null) return made;
      return ufunc(product ? 'multiply' : 'add', made, initial);
    });
    report(flags, 'reduce', site);
    return result;
  });
}

/** Running sums or products. */
const running =
  (product: boolean): NativeBody =>
  (a: Value, axis: Value | undefined, dtype: Value | undefined) => {
    const site = calledFrom(FROM_NUMERIC('wrap'));
    const along = axis === undefined || axis === null ? undefined : smallIndex(axis);
    const run = (array: NdArray): Value => accumulate(array, product, along, optional(dtype), site);
    return product ? run(asArray(a)) : onMagnitude(a, run);
  };

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
  ) => reduced(a, options(axis, keepdims, dtype, where), initial, out, false),
  'prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)': (
    a: Value,
    axis: Value,
    dtype: Value,
    out: Value,
    keepdims: Value,
    initial: Value,
    where: Value,
  ) => reduced(asArray(a), options(axis, keepdims, dtype, where), initial, out, true),
  'mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True)': (
    a: Value,
    axis: Value,
    dtype: Value,
    out: Value,
    keepdims: Value,
    where: Value,
  ) => {
    const site = calledFrom(FROM_NUMERIC('mean'));
    return onMagnitude(a, array => stored(meanOf(array, options(axis, keepdims, dtype, where), site), out));
  },
  'std(a, axis=None, dtype!=None, out=None, ddof=0, keepdims=False, *, where=True, mean!=None, correction!=None)':
    spread(variance => ufunc('sqrt', variance)),
  'var(a, axis=None, dtype!=None, out=None, ddof=0, keepdims=False, *, where=True, mean!=None, correction!=None)':
    spread(variance => variance, true),
  'max(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(true),
  'amax(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(true),
  'min(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(false),
  'amin(a, axis=None, out=None, keepdims=False, initial=None, where=True)': greatest(false),
  'ptp(a, axis=None, out!=None, keepdims=False)': (a: Value, axis: Value, _out: Value, keepdims: Value) =>
    onMagnitude(a, array => {
      refuseObjects(array);
      const [high, low] = [true, false].map(most => resultOf(extremeOf(array, most, options(axis, keepdims))));
      return within(METHODS('ptp'), () => ufunc('subtract', high!, low!));
    }),
  'all(a, axis=None, out!=None, keepdims=False, *, where!=True)': (
    a: Value,
    axis: Value,
    _out: Value,
    keepdims: Value,
  ) => resultOf(logicalOf(asArray(a), true, options(axis, keepdims))),
  'any(a, axis=None, out!=None, keepdims=False, *, where!=True)': (
    a: Value,
    axis: Value,
    _out: Value,
    keepdims: Value,
  ) => resultOf(logicalOf(asArray(a), false, options(axis, keepdims))),
  'cumsum(a, axis=None, dtype=None, out!=None)': running(false),
  'cumprod(a, axis=None, dtype=None, out!=None)': running(true),
  'cumulative_sum(x, /, *, axis=None, dtype!=None, out!=None, include_initial!=False)': (
    x: Value,
    axis: Value | undefined,
  ) => accumulate(asArray(x), false, axis === undefined || axis === null ? undefined : smallIndex(axis)),
  'median(a, axis=None, out!=None, overwrite_input!=False, keepdims=False)': (
    a: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    keepdims: Value,
  ) => onMagnitude(a, array => median(array, axis, keepdims)),
  'percentile(a, q, axis=None, out!=None, overwrite_input!=False, method="linear", keepdims=False, *, weights!=None, interpolation!=None)':
    (a: Value, q: Value, axis: Value, _out: Value, _over: Value, method: Value, keepdims: Value) =>
      onMagnitude(a, array => quantiles(array, q, axis, method, keepdims, 100)),
  'quantile(a, q, axis=None, out!=None, overwrite_input!=False, method="linear", keepdims=False, *, weights!=None, interpolation!=None)':
    (a: Value, q: Value, axis: Value, _out: Value, _over: Value, method: Value, keepdims: Value) =>
      onMagnitude(a, array => quantiles(array, q, axis, method, keepdims, 1)),
  'average(a, axis=None, weights=None, returned=False, *, keepdims!=False)': average,
  'nansum(a, axis=None, dtype!=None, out!=None, keepdims=False, initial!=None, where!=True)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    _out: Value,
    keepdims: Value,
  ) => reduced(withoutNaN(asArray(a), 0), options(axis, keepdims), undefined, null, false),
  'nanprod(a, axis=None, dtype!=None, out!=None, keepdims!=False, initial!=None, where!=True)': (
    a: Value,
    axis: Value,
  ) => reduced(withoutNaN(asArray(a), 1), options(axis, undefined), undefined, null, true),
  'nanmean(a, axis=None, dtype!=None, out!=None, keepdims=False, *, where!=True)': (
    a: Value,
    axis: Value,
    _dtype: Value,
    _out: Value,
    keepdims: Value,
  ) => {
    const array = asArray(a);
    if (array.dtype.kind !== 'f') return resultOf(meanOf(array, options(axis, keepdims), FROM_NUMERIC('mean')));
    const mask = notNaN(array);
    const { result, flags } = gather(() =>
      resultOf(meanOf(withoutNaN(array, 0), options(axis, keepdims, undefined, mask))),
    );
    const empty = someEmpty(mask, axis);
    report(empty ? flags & ~INVALID : flags, 'reduce', FROM_NUMERIC('reduce'));
    if (empty) warnRuntime('Mean of empty slice');
    return result;
  },
  'nanstd(a, axis=None, dtype!=None, out!=None, ddof=0, keepdims!=False, *, where!=True, mean!=None, correction!=None)':
    (a: Value, axis: Value, _dtype: Value, _out: Value, ddof: Value | undefined) =>
      ufunc('sqrt', nanVariance(asArray(a), axis, ddof, NAN_FUNCTIONS('std'))),
  'nanvar(a, axis=None, dtype!=None, out!=None, ddof=0, keepdims!=False, *, where!=True, mean!=None, correction!=None)':
    (a: Value, axis: Value, _dtype: Value, _out: Value, ddof: Value | undefined) => nanVariance(asArray(a), axis, ddof),
  'nanmax(a, axis=None, out!=None, keepdims=False, initial!=None, where!=True)': (
    a: Value,
    axis: Value,
    _out: Value,
    keepdims: Value,
  ) => nanExtreme(a, true, options(axis, keepdims)),
  'nanmin(a, axis=None, out!=None, keepdims=False, initial!=None, where!=True)': (
    a: Value,
    axis: Value,
    _out: Value,
    keepdims: Value,
  ) => nanExtreme(a, false, options(axis, keepdims)),
  'nanmedian(a, axis=None, out!=None, overwrite_input!=False, keepdims=False)': (
    a: Value,
    axis: Value,
    _out: Value,
    _over: Value,
    keepdims: Value,
  ) => median(asArray(a), axis, keepdims, true),
  'nanpercentile(a, q, axis=None, out!=None, overwrite_input!=False, method="linear", keepdims=False, *, weights!=None, interpolation!=None)':
    (a: Value, q: Value, axis: Value, _out: Value, _over: Value, method: Value, keepdims: Value) =>
      quantiles(a, q, axis, method, keepdims, 100, true),
  'nanquantile(a, q, axis=None, out!=None, overwrite_input!=False, method="linear", keepdims=False, *, weights!=None, interpolation!=None)':
    (a: Value, q: Value, axis: Value, _out: Value, _over: Value, method: Value, keepdims: Value) =>
      quantiles(a, q, axis, method, keepdims, 1, true),
  'nancumsum(a, axis=None, dtype!=None, out!=None)': (a: Value, axis: Value | undefined) =>
    running(false)(withoutNaN(asArray(a), 0), axis as Value, undefined as unknown as Value),
  'nan_to_num(x, copy!=True, nan=0.0, posinf=None, neginf=None)': (
    x: Value,
    _copy: Value,
    nan: Value | undefined,
    posinf: Value | undefined,
    neginf: Value | undefined,
  ) => {
    const array = asArray(x);
    if (array.dtype.kind === 'c') throw new Unsupported('numpy.nan_to_num of complex numbers');
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
  'ediff1d(ary, to_end!=None, to_begin!=None)': (ary: Value) =>
    diff(ravel(asArray(ary)), 1, -1, undefined, undefined, ['numpy.lib._arraysetops_impl', 'ediff1d']),
  'gradient(f, *varargs, axis=None, edge_order=1)': (
    f: Value,
    spacings: PyTuple,
    axis: Value | undefined,
    order: Value | undefined,
  ) => {
    const array = asArray(f);
    if (array.dtype.kind === 'f' && array.dtype !== float64)
      throw new Unsupported(`numpy.gradient of ${array.dtype.name}`);
    const axes = axesOf(axis) ?? array.shape.map((_, d) => d);
    requireSpacings(array, axes, spacings.items);
    const parts = axes.map((one, i) =>
      gradientOf(array, spacings.items[spacings.items.length === 1 ? 0 : i], one, optionalInteger(order, 1)),
    );
    return parts.length === 1 ? parts[0]! : new PyTuple(parts);
  },
  'trapezoid(y, x=None, dx=1.0, axis=-1)': trapezoid,
  'trapz(y, x=None, dx=1.0, axis=-1)': trapezoid,
  'interp(x, xp, fp, left=None, right=None, period!=None)': interp,
  'histogram(a, bins=10, range=None, density=None, weights=None)': histogram,
  'histogram_bin_edges(a, bins=10, range=None, weights!=None)': (
    a: Value,
    bins: Value | undefined,
    range: Value | undefined,
  ) => {
    // Edges that are given stay what they are.
    if (bins !== undefined && typeof bins !== 'string' && asArray(bins).ndim === 1) return asArray(bins);
    return floats(edgesOf(realItems(ravel(asArray(a))), bins, range));
  },
  'bincount(x, /, weights=None, minlength=0)': (x: Value, weights: Value | undefined, minlength: Value | undefined) => {
    const counted = asArray(x);
    if (counted.size > 0 && promote(counted.dtype, int64) !== int64)
      throw raise(
        'TypeError',
        `Cannot cast array data from dtype('${counted.dtype.name}') to dtype('int64') according to the rule 'safe'`,
      );
    const places = castItems(itemsOf(counted), counted.dtype, int64) as BigInt64Array;
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
  'cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights!=None, aweights!=None, *, dtype!=None)': (
    m: Value,
    y: Value | undefined,
    rowvar: Value | undefined,
    bias: Value | undefined,
    ddof: Value | undefined,
  ) => covariance(m, y, rowvar === undefined || truth(rowvar), optionalInteger(ddof, flag(bias) ? 0 : 1)),
  'corrcoef(x, y=None, rowvar=True, bias!=None, ddof!=None, *, dtype!=None)': (
    x: Value,
    y: Value | undefined,
    rowvar: Value | undefined,
  ) => {
    const c = covariance(x, y, rowvar === undefined || truth(rowvar), 1, FUNCTIONS('corrcoef'));
    if (c.ndim === 0) return within(FUNCTIONS('corrcoef/'), () => ufunc('divide', c, c));
    const n = c.shape[0]!;
    const data = c.data as Float64Array;
    const deviations = Array.from({ length: n }, (_, i) => Math.sqrt(data[i * n + i]!));
    const [byRow, byColumn] = [
      data.map((_, at) => deviations[Math.floor(at / n)]!),
      data.map((_, at) => deviations[at % n]!),
    ];
    const half = data.map((value, at) => value / byRow[at]!);
    const shares = half.map((value, at) => value / byColumn[at]!);
    if (hasNonFinite(shares)) {
      report(flagsOfLoop('divide', half, data, byRow), 'divide', FUNCTIONS('corrcoef/1'));
      report(flagsOfLoop('divide', shares, half, byColumn), 'divide', FUNCTIONS('corrcoef/2'));
    }
    return floats(
      shares.map(value => Math.max(-1, Math.min(1, value))),
      [n, n],
    );
  },
  'convolve(a, v, mode="full")': (a: Value, v: Value, mode: Value | undefined) =>
    convolve(asArray(a), asArray(v), (mode ?? 'full') as string),
  'correlate(a, v, mode="valid")': (a: Value, v: Value, mode: Value | undefined) => {
    const second = asArray(v);
    if (second.dtype.kind === 'c') throw new Unsupported('numpy.correlate of complex numbers');
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

/** Whether a lane has no number, given where numbers are. */
function someEmpty(mask: NdArray, axis: Value | undefined): boolean {
  const counts = sumOf(mask, { axes: axesOf(axis), keepdims: false });
  return (counts.data as BigInt64Array).includes(0n);
}

/** `caller` is whose line is told of too few numbers. */
function nanVariance(array: NdArray, axis: Value | undefined, ddof: Value | undefined, caller?: Site): Value {
  if (isNarrow(array.dtype)) throw new Unsupported(`variance of ${array.dtype.name} without nan`);
  if (array.dtype.kind !== 'f')
    return resultOf(
      varianceOf(array, options(axis, undefined), ddof === undefined ? 0 : toFloat(ddof), FROM_NUMERIC('var')),
    );
  const mask = notNaN(array);
  const shape = { axes: axesOf(axis), keepdims: true, where: mask };
  const clean = withoutNaN(array, 0);
  const { result: mean, flags } = gather(() => meanOf(clean, shape));
  report(someEmpty(mask, axis) ? flags & ~INVALID : flags, 'reduce', FROM_NUMERIC('reduce'));
  const where = mask;
  const { sums } = within(NAN_FUNCTIONS('var'), () => {
    const centred = copyArray(clean);
    applyUfunc(UFUNCS.get('subtract')!, [clean, mean], { where, out: centred });
    const squares = asArray(applyUfunc(UFUNCS.get('multiply')!, [centred, centred], { where, out: centred }));
    return { sums: sumOf(squares, { ...shape, keepdims: false, site: FROM_NUMERIC('reduce') }) };
  });
  const counts = sumOf(mask, { axes: axesOf(axis), keepdims: false });
  const freedom = asArray(ufunc('subtract', resultOf(counts), ddof ?? 0n));
  const divided = quietly(() => asArray(ufunc('divide', resultOf(sums), resultOf(freedom))));
  const few = asArray(ufunc('less_equal', freedom, 0n)).data as Uint8Array;
  if (!few.includes(1)) return resultOf(divided);
  warnRuntime('Degrees of freedom <= 0 for slice.', caller);
  const items = (itemsOf(divided) as Float64Array).map((value, at) => (few[at] === 1 ? Number.NaN : value));
  return resultOf(new NdArray(divided.dtype, items, divided.shape));
}

function nanExtreme(a: Value, most: boolean, reduce: ReduceOptions): Value {
  const array = asArray(a);
  // Other than arrays go through `amax` and `amin`.
  const direct = a instanceof NdArray;
  const lanes = lanesOf(array, reduce.axes);
  const better = betterOf(array.dtype, most);
  const data = allocate(array.dtype, lanes.count) as Item[];
  if (lanes.length === 0 && lanes.count > 0)
    throw raise(
      'ValueError',
      `zero-size array to reduction operation ${direct ? 'f' : ''}${most ? 'max' : 'min'}${direct ? '' : 'imum'} which has no identity`,
    );
  let empty = false;
  for (let lane = 0; lane < lanes.count; lane++) {
    let best: Item | undefined;
    for (let i = 0; i < lanes.length; i++) {
      const item = (lanes.items as Item[])[lane * lanes.length + i]!;
      if (typeof item === 'number' && Number.isNaN(item)) continue;
      if (best === undefined || better(item, best)) best = item;
    }
    data[lane] = best ?? Number.NaN;
    if (best === undefined) empty = true;
  }
  if (empty) warnRuntime(`All-NaN ${direct ? 'slice' : 'axis'} encountered`);
  return resultOf(
    new NdArray(array.dtype, data as Storage, reduce.keepdims ? keptShape(array.shape, reduce.axes) : lanes.shape),
  );
}
