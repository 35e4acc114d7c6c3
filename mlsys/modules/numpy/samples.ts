/** Percentiles, averages, histograms, interpolation, differences and covariances. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyComplex, PyTuple, type Value } from '../../python/runtime/objects';
import { binary, listOf, smallIndex, str, toFloat } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
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
} from './array';
import { asArray, axesOf, optionalInteger } from './convert';
import { bool, type DType, float64, type Item, int64 } from './dtype';
import {
  DIVIDE,
  FROM_NUMERIC,
  FUNCTIONS,
  flagsOfLoop,
  flagsOfStep,
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
import { flag, options, realItems, refuseComplex, refuseObjects } from './reduceArguments';
import { keptShape, lanesOf, meanOf, pairwiseSum, sumOf } from './reductions';
import { concatenate, ravel, reshape, transpose } from './shaping';
import { applyUfunc, UFUNCS, ufunc } from './ufuncs';

/** Methods that differ from `linear` in the place of a share among the sorted values. */
const PLACES = new Map<string, readonly [number, number]>([
  ['weibull', [0, 0]],
  ['hazen', [0.5, 0.5]],
  ['median_unbiased', [1 / 3, 1 / 3]],
  ['normal_unbiased', [3 / 8, 3 / 8]],
  ['interpolated_inverted_cdf', [0, 1]],
]);

/** The flags of the steps by which numpy interpolates between neighbours. */
class Interpolation {
  #difference = 0;
  #product = 0;
  #sum = 0;
  #rest = 0;

  note(a: number, b: number, gamma: number): void {
    const difference = b - a;
    this.#difference |= flagsOfStep(difference, b, a);
    this.#product |= flagsOfStep(difference * gamma, difference, gamma);
    this.#sum |= flagsOfStep(a + difference * gamma, a, difference * gamma);
    const back = difference * (1 - gamma);
    this.#product |= flagsOfStep(back, difference, 1 - gamma);
    if (gamma >= 0.5) this.#rest |= flagsOfStep(b - back, b, back);
  }

  report(): void {
    report(this.#difference, 'subtract', FUNCTIONS('lerp-'));
    report(this.#product, 'multiply', FUNCTIONS('lerp*'));
    report(this.#sum, 'add', FUNCTIONS('lerp+'));
    report(this.#rest, 'subtract', FUNCTIONS('lerp--'));
  }
}

export function quantileOfSorted(values: ArrayLike<number>, q: number, method: string, told?: Interpolation): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  if (Number.isNaN(values[n - 1]!)) return Number.NaN;
  const [alpha, beta] = PLACES.get(method) ?? [];
  const place =
    alpha === undefined || beta === undefined
      ? (n - 1) * q
      : Math.min(Math.max(n * q + (alpha + q * (1 - alpha - beta)) - 1, 0), n - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, n - 1);
  switch (method) {
    case 'lower':
      return values[low]!;
    case 'higher':
      return values[Math.ceil(place)]!;
    case 'midpoint':
      if (!Number.isInteger(place)) told?.note(values[low]!, values[high]!, 0.5);
      return Number.isInteger(place) ? values[low]! : (values[low]! + values[high]!) / 2;
    case 'nearest': {
      const rest = place - low;
      return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? values[low]! : values[high]!;
    }
    default: {
      const gamma = place - low;
      const [a, b] = [values[low]!, values[high]!];
      const difference = b - a;
      if (told !== undefined && difference - difference !== 0) told.note(a, b, gamma);
      if (gamma >= 0.5) return b - difference * (1 - gamma);
      return a + difference * gamma;
    }
  }
}

export function quantiles(
  a: Value,
  q: Value,
  axis: Value | undefined,
  method: Value | undefined,
  keepdims: Value | undefined,
  scale: number,
  skipNaN = false,
): Value {
  const name = (method ?? 'linear') as string;
  if (!['linear', 'lower', 'higher', 'midpoint', 'nearest'].includes(name) && !PLACES.has(name))
    throw new Unsupported(`numpy.percentile with method=${String(method)}`);
  const array = asArray(a);
  refuseObjects(array);
  if (array.dtype.kind === 'c') throw raise('TypeError', 'a must be an array of real numbers');
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
  // Without NaN each lane is interpolated on its own.
  const whole = new Interpolation();
  for (let lane = 0; lane < lanes.count; lane++) {
    const told = skipNaN ? new Interpolation() : whole;
    let own = values.slice(lane * lanes.length, (lane + 1) * lanes.length);
    if (skipNaN) own = own.filter(value => !Number.isNaN(value));
    if (skipNaN && own.length === 0 && lanes.length > 0) warnRuntime('All-NaN slice encountered', NAN_FUNCTIONS('1d'));
    own.sort();
    shares.forEach((share, i) => {
      data[i * lanes.count + lane] = quantileOfSorted(own, share, name, told);
    });
    if (skipNaN) told.report();
  }
  whole.report();
  const shape = flag(keepdims) ? keptShape(array.shape, axes) : lanes.shape;
  const picks = name === 'lower' || name === 'higher' || name === 'nearest';
  if (isNarrow(array.dtype) && !picks) throw new Unsupported(`quantiles between numbers of ${array.dtype.name}`);
  const dtype = picks && (array.dtype.isInteger || isNarrow(array.dtype)) ? array.dtype : float64;
  return resultOf(new NdArray(dtype, castItems(data, float64, dtype), [...wanted.shape, ...shape]));
}

/** True for floats of less than 64 bits. */
export function isNarrow(dtype: DType): boolean {
  return dtype.kind === 'f' && dtype !== float64;
}

export function median(array: NdArray, axis: Value | undefined, keepdims: Value | undefined, skipNaN = false): Value {
  refuseComplex(array);
  const axes = axesOf(axis);
  const lanes = lanesOf(array, axes);
  const values = castItems(lanes.items, array.dtype, float64) as Float64Array;
  const data = allocate(float64, lanes.count) as Float64Array;
  let flags = 0;
  if (lanes.length === 0) {
    warnRuntime(
      skipNaN ? 'Mean of empty slice' : 'Mean of empty slice.',
      skipNaN ? NAN_FUNCTIONS('median') : FROM_NUMERIC('mean'),
    );
    if (!skipNaN && lanes.count > 0)
      report(INVALID, lanes.shape.length === 0 ? 'scalar divide' : 'divide', METHODS('mean/'));
  }
  for (let lane = 0; lane < lanes.count; lane++) {
    let own = values.slice(lane * lanes.length, (lane + 1) * lanes.length);
    if (skipNaN) own = own.filter(value => !Number.isNaN(value));
    if (skipNaN && own.length === 0 && lanes.length > 0) warnRuntime('All-NaN slice encountered');
    own.sort();
    const n = own.length;
    const half = n >> 1;
    const broken = n === 0 || Number.isNaN(own[n - 1]!);
    data[lane] = broken ? Number.NaN : n % 2 === 1 ? own[half]! : (own[half - 1]! + own[half]!) / 2;
    if (!broken && n % 2 === 0) flags |= flagsOfStep(own[half - 1]! + own[half]!, own[half - 1]!, own[half]!);
  }
  report(flags, 'reduce', METHODS('mean'));
  const dtype = isNarrow(array.dtype) ? array.dtype : float64;
  const shape = flag(keepdims) ? keptShape(array.shape, axes) : lanes.shape;
  return resultOf(new NdArray(dtype, castItems(data, float64, dtype), shape));
}

export function average(
  a: Value,
  axis: Value | undefined,
  weights: Value | undefined,
  returned: Value | undefined,
): Value {
  const array = asArray(a);
  if (weights === undefined || weights === null) {
    const mean = resultOf(meanOf(array, options(axis, undefined), FUNCTIONS('average')));
    if (!flag(returned)) return mean;
    if (mean instanceof NdArray) throw new Unsupported('numpy.average with returned=True along an axis');
    return new PyTuple([mean, ufunc('multiply', 1, BigInt(array.size))]);
  }
  let weight = asArray(weights);
  refuseObjects(array);
  if (weight.ndim !== array.ndim && axis !== undefined && axis !== null) {
    if (axis instanceof PyTuple) throw new Unsupported('numpy.average along several axes');
    const along = normalAxis(smallIndex(axis), array.ndim);
    if (weight.ndim !== 1 || weight.size !== array.shape[along])
      throw raise('ValueError', 'Shape of weights must be consistent with shape of a along specified axis.');
    weight = reshape(
      weight,
      array.shape.map((length, d) => (d === along ? length : 1)),
    );
  } else if (weight.ndim !== array.ndim)
    throw raise('TypeError', 'Axis must be specified when shapes of a and weights differ.');
  const spread = new NdArray(weight.dtype, broadcastItems(weight, array.shape, weight.dtype), array.shape);
  const summed = { ...options(axis, undefined), site: METHODS('sum') };
  const scale = resultOf(sumOf(spread, summed));
  const all = asArray(scale);
  if ((castItems(itemsOf(all), all.dtype, float64) as Float64Array).includes(0))
    throw raise('ZeroDivisionError', "Weights sum to zero, can't be normalized");
  const mean = within(FUNCTIONS('average'), () => {
    const total = resultOf(sumOf(asArray(ufunc('multiply', array, spread)), summed));
    return applyUfunc(UFUNCS.get('divide')!, [total, scale], { scalar: !(total instanceof NdArray) });
  });
  if (!flag(returned)) return mean;
  if (mean instanceof NdArray) throw new Unsupported('numpy.average with returned=True along an axis');
  return new PyTuple([mean, ufunc('multiply', scale, 1)]);
}

export function diff(
  a: Value,
  n: number,
  axis: number,
  prepend: Value | undefined,
  append: Value | undefined,
  site: Site = FUNCTIONS('diff'),
): Value {
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
    const name = array.dtype === bool ? 'not_equal' : 'subtract';
    array = within(site, () => asArray(ufunc(name, part(1, length), part(0, length - 1))));
  }
  return array;
}

export function interp(x: Value, xp: Value, fp: Value, left: Value | undefined, right: Value | undefined): Value {
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

const HISTOGRAMS = (line: string): Site => ['numpy.lib._histograms_impl', line];

export function edgesOf(values: Float64Array, bins: Value | undefined, range: Value | undefined): Float64Array {
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
  vm.charge(count * 8);
  let [low, high] = [0, 1];
  if (range !== undefined && range !== null) {
    const ends = realItems(asArray(range));
    [low, high] = [ends[0]!, ends[1]!];
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      const [first, last] = listOf(range).map(end => str(end));
      throw raise('ValueError', `supplied range of [${first}, ${last}] is not finite`);
    }
  } else if (values.length > 0) {
    low = values.reduce((a, b) => Math.min(a, b));
    high = values.reduce((a, b) => Math.max(a, b));
    if (!Number.isFinite(low) || !Number.isFinite(high))
      throw raise('ValueError', `autodetected range of [${str(low)}, ${str(high)}] is not finite`);
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

export function histogram(
  a: Value,
  bins: Value | undefined,
  range: Value | undefined,
  density: Value | undefined,
  weights: Value | undefined,
): Value {
  const array = asArray(a);
  if (isNarrow(array.dtype)) throw new Unsupported(`numpy.histogram of ${array.dtype.name}`);
  const values = realItems(ravel(array));
  const edges = edgesOf(values, bins, range);
  const weight = weights === undefined || weights === null ? undefined : realItems(ravel(asArray(weights)));
  const n = edges.length - 1;
  const counts = new Float64Array(n);
  vm.step(values.length * 4);
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
  // Edges that were given keep their type.
  const given = bins === undefined || bins === null ? undefined : asArray(bins);
  const edgeArray = given?.ndim === 1 ? given : floats(edges);
  if (flag(density)) {
    const total = 0 + pairwiseSum(counts, 0, n);
    const widths = counts.map((_, i) => edges[i + 1]! - edges[i]!);
    const heights = counts.map((count, i) => count / widths[i]!);
    const shares = heights.map(height => height / total);
    if (hasNonFinite(shares)) {
      report(flagsOfLoop('divide', heights, counts, widths), 'divide', HISTOGRAMS('density'));
      const totals = shares.map(() => total);
      report(flagsOfLoop('divide', shares, heights, totals), 'divide', HISTOGRAMS('density'));
    }
    return new PyTuple([floats(shares), edgeArray]);
  }
  const counted = weights === undefined || weights === null ? int64 : asArray(weights).dtype;
  if (isNarrow(counted)) throw new Unsupported(`numpy.histogram with weights of ${counted.name}`);
  const whole =
    weight === undefined || counted.isInteger
      ? fromItems(
          counted,
          Array.from(counts, count => BigInt(count)),
        )
      : floats(counts);
  return new PyTuple([whole, edgeArray]);
}

/** `caller` is whose line is told of too few numbers. */
export function covariance(m: Value, y: Value | undefined, rowvar: boolean, ddof: number, caller?: Site): NdArray {
  let rows = asArray(m);
  refuseObjects(rows);
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
  if (length === 0) {
    warnRuntime('Mean of empty slice.', FUNCTIONS('average'));
    report(INVALID, 'divide', METHODS('mean/'));
  }
  if (length <= ddof) warnRuntime('Degrees of freedom <= 0 for slice', caller);
  const fact = Math.max(0, length - ddof);
  let subtracted = 0;
  vm.charge(count * (length + count) * 8);
  const centred = Array.from({ length: count }, (_, i) => {
    vm.step(1 + (length >>> 3));
    const row = items.slice(i * length, (i + 1) * length);
    const mean = (0 + pairwiseSum(row, 0, length)) / length;
    for (const value of row) subtracted |= flagsOfStep(value - mean, value, mean);
    return row.map(value => value - mean);
  });
  report(subtracted, 'subtract', FUNCTIONS('cov-'));
  if (fact === 0) report(DIVIDE, 'divide', FUNCTIONS('cov/'));
  let multiplied = 0;
  const data = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = 0;
      vm.step(1 + (length >>> 3));
      for (let k = 0; k < length; k++) sum += centred[i]![k]! * centred[j]![k]!;
      data[i * count + j] = sum * (1 / fact);
      multiplied |= flagsOfStep(data[i * count + j]!, sum, 1 / fact);
    }
  }
  report(multiplied, 'multiply', FUNCTIONS('cov*'));
  return new NdArray(float64, data, count === 1 ? [] : [count, count]);
}

export function trapezoid(y: Value, x: Value | undefined, dx: Value | undefined, axis: Value | undefined): Value {
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
  const areas = within(FUNCTIONS('trapezoid'), () =>
    ufunc('divide', ufunc('multiply', d, ufunc('add', part(1), part(0))), 2),
  );
  return resultOf(sumOf(asArray(areas), { axes: [along], keepdims: false, site: METHODS('sum') }));
}

export function convolve(a: NdArray, v: NdArray, mode: string): Value {
  const [long, short] = v.size > a.size ? [v, a] : [a, v];
  const dtype = asArray(quietly(() => ufunc('multiply', long.view([], []), short.view([], [])))).dtype;
  const x = castItems(itemsOf(long), long.dtype, dtype) as Item[];
  const y = castItems(itemsOf(short), short.dtype, dtype) as Item[];
  const full: Item[] = [];
  for (let k = 0; k < x.length + y.length - 1; k++) {
    let sum: Value = dtype.isInteger ? 0n : 0;
    vm.step(4 * Math.min(y.length, k + 1));
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
