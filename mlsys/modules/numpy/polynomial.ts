/** Polynomials by their coefficients, highest power first. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyTuple, type Value } from '../../python/runtime/objects';
import { smallIndex, truth } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { ArrayHolder, allocate, castItems, floats, fromItems, itemsOf, NdArray, resultOf } from './array';
import { asArray } from './convert';
import { flat, leastSquares } from './decompositions';
import { float64, type Item, int64, object, promote } from './dtype';
import { eigenvalues } from './eigen';
import { rankWarningClass } from './errors';
import { quietly, type Site, warnNumpy, within } from './flags';
import { ravel, reshape } from './shaping';
import { applyUfunc, UFUNCS, ufunc } from './ufuncs';

function realItems(value: Value): Float64Array {
  const array = asArray(value);
  if (array.dtype === object) throw raise('ValueError', "data type <class 'numpy.object_'> not inexact");
  return castItems(itemsOf(array), array.dtype, float64) as Float64Array;
}

/** Least-squares fit with columns scaled to the same length, as numpy does before it solves. */
function polyfit(
  x: Value,
  y: Value,
  deg: Value,
  full: Value | undefined,
  w: Value | undefined,
  cov: Value | undefined,
): Value {
  if (full !== undefined && truth(full)) throw new Unsupported('numpy.polyfit with full=True');
  if (cov !== undefined && cov !== false && cov !== null) throw new Unsupported('numpy.polyfit with cov');
  const degree = smallIndex(deg);
  if (degree < 0) throw raise('ValueError', 'expected deg >= 0');
  const right = asArray(y);
  if (asArray(x).ndim !== 1) throw raise('TypeError', 'expected 1D vector for x');
  const xs = realItems(x);
  if (xs.length === 0) throw raise('TypeError', 'expected non-empty vector for x');
  if (right.ndim < 1 || right.ndim > 2) throw raise('TypeError', 'expected 1D or 2D array for y');
  if (xs.length !== right.shape[0]) throw raise('TypeError', 'expected x and y to have same length');
  const ys = realItems(right);
  const order = degree + 1;
  const count = right.ndim === 1 ? 1 : right.shape[1]!;
  const weights = w === undefined || w === null ? undefined : realItems(w);
  const powers = Array.from(
    { length: order },
    (_, j) =>
      castItems(
        asArray(quietly(() => ufunc('power', floats(xs), BigInt(degree - j)))).data,
        float64,
        float64,
      ) as Float64Array,
  );
  const rows = Array.from(xs, (_, i) =>
    Float64Array.from({ length: order }, (_, j) => powers[j]![i]! * (weights?.[i] ?? 1)),
  );
  const b = Array.from(xs, (_, i) =>
    Float64Array.from({ length: count }, (_, c) => ys[i * count + c]! * (weights?.[i] ?? 1)),
  );
  const scale = Float64Array.from({ length: order }, (_, j) =>
    Math.sqrt(rows.reduce((sum, row) => sum + row[j]! ** 2, 0)),
  );
  for (const row of rows) for (let j = 0; j < order; j++) row[j] = row[j]! / scale[j]!;
  const { x: scaled, smallest, rank } = leastSquares(rows, b, xs.length * EPSILON);
  const solution = scaled.map((row, j) => row.map(item => item / scale[j]!));
  const size = Math.hypot(...b.flatMap(row => [...row]));
  refuseNoise(solution, scale, (4 * EPSILON * size) / smallest);
  if (rank !== order) warnNumpy(rankWarningClass, 'Polyfit may be poorly conditioned');
  return flat(solution, right.ndim === 1 ? [order] : [order, count]);
}

const EPSILON = 2.220446049250313e-16;

/**
 * Refuses coefficients that rounding decides: numpy's would be other ones. `error` is that of the scaled coefficients.
 */
function refuseNoise(solution: readonly Float64Array[], scale: Float64Array, error: number): void {
  solution.forEach((row, j) => {
    const own = error / scale[j]!;
    // A coefficient below its error is one: numpy shows another, perhaps of the other sign.
    const decided = own > 0 && row.some(item => Math.abs(item) <= own);
    if (decided || (own > 1e-7 && row.some(item => own > 1e-7 * Math.abs(item))))
      throw new Unsupported(
        'numpy.polyfit of values whose sizes differ so much',
        'the coefficients would be rounding errors: fit scaled values or logarithms',
      );
  });
}

const POLYNOMIAL = (line: string): Site => ['numpy.lib._polynomial_impl', line];

export function polyval(p: Value, x: Value): Value {
  if (x instanceof ArrayHolder) throw new Unsupported('numpy.polyval of a polynomial');
  const coefficients = asArray(p);
  const items = itemsOf(coefficients) as Item[];
  const places = asArray(x);
  const zeros = allocate(places.dtype, places.size);
  let result: Value = new NdArray(places.dtype, zeros, places.shape);
  const scalar = places.ndim === 0;
  return within(POLYNOMIAL('polyval'), () => {
    for (let i = 0; i < items.length; i++) {
      const item = resultOf(fromItems(coefficients.dtype, [items[i]!], []));
      result = applyUfunc(UFUNCS.get('add')!, [ufunc('multiply', result, places), item], { scalar });
    }
    return result;
  });
}

function trimmed(array: NdArray): Item[] {
  const items = Array.from(itemsOf(array) as ArrayLike<Item>);
  let first = 0;
  while (first < items.length - 1 && (items[first] === 0 || items[first] === 0n)) first++;
  return items.slice(first);
}

function roots(p: Value): Value {
  const values = Array.from(realItems(p));
  const first = values.findIndex(value => value !== 0);
  values.splice(0, first < 0 ? values.length : first);
  let zeros = 0;
  while (values.length > 0 && values.at(-1) === 0) {
    values.pop();
    zeros++;
  }
  const n = values.length - 1;
  if (n < 1) return floats(new Float64Array(zeros));
  vm.charge(8 * n * n);
  vm.step((n * n) >>> 3);
  const companion = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (i === 0 ? -values[j + 1]! / values[0]! : i === j + 1 ? 1 : 0)),
  );
  const found = eigenvalues(companion);
  if (found.every(value => value.im === 0))
    return floats([...found.map(value => value.re), ...new Array<number>(zeros).fill(0)]);
  const list = asArray(new PyTuple(found));
  return zeros === 0 ? list : asArray(new PyTuple([...found, ...new Array<number>(zeros).fill(0)]));
}

function polymul(a: Value, b: Value): NdArray {
  const [x, y] = [asArray(a), asArray(b)].map(array => (array.ndim === 0 ? reshape(array, [1]) : array)) as [
    NdArray,
    NdArray,
  ];
  const dtype = promote(x.dtype, y.dtype);
  if (dtype.kind === 'c' || (dtype.kind === 'f' && dtype !== float64))
    throw new Unsupported(`numpy.polymul of ${dtype.name}`);
  const wide = dtype.isInteger ? dtype : float64;
  const xs = castItems(itemsOf(x), x.dtype, wide) as Item[];
  const ys = castItems(itemsOf(y), y.dtype, wide) as Item[];
  const data = allocate(wide, xs.length + ys.length - 1) as Item[];
  for (let i = 0; i < xs.length; i++) {
    vm.step(1 + (ys.length >>> 3));
    for (let j = 0; j < ys.length; j++) {
      data[i + j] =
        wide === float64
          ? (data[i + j] as number) + (xs[i] as number) * (ys[j] as number)
          : (data[i + j] as bigint) + (xs[i] as bigint) * (ys[j] as bigint);
    }
  }
  return fromItems(wide, trimmed(fromItems(wide, data)));
}

function added(a: Value, b: Value, sign: 1 | -1): Value {
  const [x, y] = [ravel(asArray(a)), ravel(asArray(b))];
  const size = Math.max(x.size, y.size);
  const padded = (array: NdArray): NdArray => {
    const data = allocate(array.dtype, size) as Item[];
    const items = itemsOf(array) as Item[];
    for (let i = 0; i < items.length; i++) data[size - items.length + i] = items[i]!;
    return new NdArray(array.dtype, data as NdArray['data'], [size]);
  };
  return within(POLYNOMIAL('add'), () => ufunc(sign === 1 ? 'add' : 'subtract', padded(x), padded(y)));
}

/** The `m`-th integral; `k` are the constants that come in. */
function integral(p: Value, m: Value | undefined, k: Value | undefined): Value {
  const times = m === undefined ? 1 : smallIndex(m);
  if (times < 0) throw raise('ValueError', 'Order of integral must be positive (see polyder)');
  const given = k === undefined || k === null ? [0] : Array.from(realItems(k));
  const constants = given.length === 1 ? new Array<number>(times).fill(given[0]!) : given;
  if (constants.length < times) throw raise('ValueError', 'k must be a scalar or a rank-1 array of length 1 or >m.');
  let array = asArray(p);
  for (const constant of constants.slice(0, times)) {
    const n = array.size;
    array = floats([...Array.from(realItems(array), (value, i) => value / (n - i)), constant]);
  }
  return array;
}

/** Quotient and rest; what is left of the leading coefficients by rounding is taken for zero. */
function divide(u: Value, v: Value): Value {
  const [rest, divisor] = [u, v].map(value => Array.from(realItems(value))) as [number[], number[]];
  if (divisor[0] === 0 || ![...rest, ...divisor].every(Number.isFinite))
    throw new Unsupported('numpy.polydiv by a polynomial that starts with zero, or with infinite coefficients');
  const n = divisor.length - 1;
  const steps = rest.length - n;
  const quotient = new Float64Array(Math.max(steps, 1));
  const scale = 1 / divisor[0]!;
  for (let k = 0; k < steps; k++) {
    const factor = scale * rest[k]!;
    vm.step(1 + (n >>> 3));
    quotient[k] = factor;
    for (let i = 0; i <= n; i++) rest[k + i]! -= factor * divisor[i]!;
  }
  let first = 0;
  while (first < rest.length - 1 && Math.abs(rest[first]!) <= 1e-8) first++;
  return new PyTuple([floats(quotient), floats(rest.slice(first))]);
}

/** Functions of the module by signature. */
export const POLYNOMIALS: Readonly<Record<string, NativeBody>> = {
  'polyfit(x, y, deg, rcond!=None, full=False, w=None, cov=False)': (
    x: Value,
    y: Value,
    deg: Value,
    _rcond: Value,
    full: Value | undefined,
    w: Value | undefined,
    cov: Value | undefined,
  ) => polyfit(x, y, deg, full, w, cov),
  'polyval(p, x)': polyval,
  'polyder(p, m=1)': (p: Value, m: Value | undefined) => {
    let array = asArray(p);
    for (let step = 0; step < (m === undefined ? 1 : smallIndex(m)); step++) {
      const n = Math.max(0, array.size - 1);
      const powers = fromItems(
        int64,
        Array.from({ length: n }, (_, i) => BigInt(n - i)),
      );
      const upper = array.view([n], array.strides);
      array = within(POLYNOMIAL('der'), () => asArray(ufunc('multiply', upper, powers)));
    }
    return array;
  },
  'polyint(p, m=1, k=None)': integral,
  'roots(p)': roots,
  'poly(seq_of_zeros)': (zeros: Value) => {
    if (asArray(zeros).ndim > 1) throw new Unsupported('numpy.poly of a matrix');
    let result: NdArray = floats([1]);
    for (const zero of realItems(zeros)) {
      const old = result.data as Float64Array;
      result = floats(
        Array.from({ length: old.length + 1 }, (_, i) => (old[i] ?? 0) - (i > 0 ? zero * old[i - 1]! : 0)),
      );
    }
    return result;
  },
  'polyadd(a1, a2)': (a: Value, b: Value) => added(a, b, 1),
  'polysub(a1, a2)': (a: Value, b: Value) => added(a, b, -1),
  'polymul(a1, a2)': polymul,
  'polydiv(u, v)': divide,
};
