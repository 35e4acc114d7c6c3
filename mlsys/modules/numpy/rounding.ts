/** Rounding, clipping, closeness, and other item-wise functions that are no universal functions. */
import { askAttribute } from '../../python/runtime/attributes';
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { isInstance, PyBytes, type PyClass, PyComplex, PyTuple, type Value } from '../../python/runtime/objects';
import { equals, smallIndex, toFloat, truth } from '../../python/runtime/operations';
import { builtinModule } from '../registry';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  canBroadcast,
  castItems,
  fromItems,
  itemsOf,
  NdArray,
  resultOf,
  Scalar,
  sameShape,
  writeItems,
} from './array';
import { asArray, optionalInteger } from './convert';
import { bool, float64, type Item, inexact, int32, int64, object, roundTo, type Storage, wrapTo } from './dtype';
import {
  FROM_NUMERIC,
  FUNCTIONS,
  flagsOf,
  flagsOfLoop,
  flagsOfStep,
  gather,
  hasNonFinite,
  INVALID,
  OVER,
  quietly,
  report,
  within,
} from './flags';
import { rint } from './kernels';
import { LOOP_KEYWORDS } from './reduceArguments';
import { ufunc } from './ufuncs';

/** Quotient and remainder, which tell their flags together. */
export function divmod(a: Value, b: Value, scalar = false): Value {
  const { result, flags } = gather(() => new PyTuple([ufunc('floor_divide', a, b), ufunc('remainder', a, b)]));
  report(flags, scalar ? 'scalar divmod' : 'divmod');
  return result;
}

/** What scaling by `scale`, and back, comes to. */
function roundFlags(items: readonly Item[], scale: number, up: boolean): void {
  let [multiplied, divided] = [0, 0];
  for (const item of items) {
    for (const value of item instanceof PyComplex ? [item.re, item.im] : [item as number]) {
      const first = up ? value * scale : value / scale;
      if (up) multiplied |= flagsOfStep(first, value, scale);
      else divided |= flagsOf('divide', first, value, scale);
      const last = rint(first);
      if (up) divided |= flagsOf('divide', last / scale, last, scale);
      else multiplied |= flagsOfStep(last * scale, last, scale);
    }
  }
  if (up) report(multiplied, 'multiply');
  report(divided, 'divide');
  if (!up) report(multiplied, 'multiply');
}

/** `round(a, decimals)`: scales, rounds half to even, scales back. */
export function roundOf(value: Value, decimals: number): Value {
  const array = asArray(value);
  const { dtype } = array;
  if (dtype === bool) return ufunc('rint', array);
  if (dtype.isInteger) {
    if (decimals >= 0) return resultOf(fromItems(dtype, itemsOf(array) as Item[], array.shape));
    const unit = 10n ** BigInt(-decimals);
    const items = Array.from(itemsOf(array) as BigInt64Array, item => {
      const half = unit / 2n;
      const sign = item < 0n ? -1n : 1n;
      const size = item * sign;
      let whole = size / unit;
      const rest = size % unit;
      if (rest > half || (rest === half && whole % 2n === 1n)) whole += 1n;
      return wrapTo(dtype, sign * whole * unit);
    });
    return resultOf(fromItems(dtype, items, array.shape));
  }
  // Objects are scaled as such, and have no `rint`.
  if (dtype === object) return ufunc('rint', decimals === 0 ? array : ufunc('multiply', array, 10 ** decimals));
  const scale = 10 ** Math.abs(decimals);
  const one = (x: number): number => {
    if (decimals === 0) return rint(x);
    return decimals > 0 ? rint(x * scale) / scale : rint(x / scale) * scale;
  };
  const data = allocate(dtype, array.size) as Item[];
  const items = itemsOf(array) as Item[];
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!;
    data[at] =
      item instanceof PyComplex ? new PyComplex(one(item.re), one(item.im)) : roundTo(dtype, one(item as number));
  }
  if (decimals !== 0 && (dtype.kind === 'c' || hasNonFinite(data as number[])))
    roundFlags(Array.from(items), scale, decimals > 0);
  return resultOf(new NdArray(dtype, data as Storage, array.shape));
}

export function clip(a: Value, low: Value | undefined, high: Value | undefined): Value {
  const min = low === undefined ? null : low;
  const max = high === undefined ? null : high;
  let result = a;
  if (min !== null) result = ufunc('maximum', result, min);
  if (max !== null) result = ufunc('minimum', result, max);
  return result === a ? resultOf(asArray(a)) : result;
}

function isclose(
  a: Value,
  b: Value,
  rtol: Value | undefined,
  atol: Value | undefined,
  equalNaN: Value | undefined,
): Value {
  const [relative, absolute] = [rtol === undefined ? 1e-5 : toFloat(rtol), atol === undefined ? 1e-8 : toFloat(atol)];
  const [x, y] = [asArray(a), asArray(b)];
  const sum = quietly(() => asArray(ufunc('add', x, y)));
  const real = (array: NdArray): Float64Array => broadcastItems(array, sum.shape, float64) as Float64Array;
  const [xs, ys] = [real(x), real(y)];
  const same = equalNaN !== undefined && truth(equalNaN);
  const far = xs.some((p, at) => flagsOfStep(p - ys[at]!, p, ys[at]!) === OVER);
  if (far && sum.ndim > 0) report(OVER, 'subtract', ['numpy._core.numeric', 'isclose']);
  const data = allocate(bool, xs.length) as Uint8Array;
  for (let at = 0; at < xs.length; at++) {
    const [p, q] = [xs[at]!, ys[at]!];
    const near = Number.isFinite(q) ? Math.abs(p - q) <= absolute + relative * Math.abs(q) : p === q;
    data[at] = near || (same && Number.isNaN(p) && Number.isNaN(q)) ? 1 : 0;
  }
  return resultOf(new NdArray(bool, data, sum.shape));
}

const roundFunction: NativeBody = (a: Value, decimals: Value | undefined) =>
  within(FROM_NUMERIC('wrap'), () => roundOf(a, optionalInteger(decimals, 0)));

function sinc(array: NdArray): Value {
  const y = asArray(ufunc('multiply', Math.PI, array));
  const items = broadcastItems(y, y.shape, float64) as Float64Array;
  const fixed = fromItems(
    float64,
    Array.from(items, item => (item === 0 ? Math.PI * 1e-20 : item)),
    y.shape,
  );
  return ufunc('divide', ufunc('sin', resultOf(fixed)), resultOf(fixed));
}

/** `x * 2 ** e`, rounded once. */
function scaled(x: number, e: number): number {
  if (e > 1023) return scaled(x * 2 ** 1023, Math.min(e, 4000) - 1023);
  return e >= -1074 ? x * 2 ** e : x * 2 ** -1000 * 2 ** Math.max(-1074, e + 1000);
}

function ldexp(x: Value, e: Value): Value {
  const [a, exponents] = [asArray(x), asArray(e)];
  const dtype = inexact(a.dtype);
  const shape = broadcastShapes([a.shape, exponents.shape]);
  const items = broadcastItems(a, shape, dtype) as Float64Array;
  const powers = broadcastItems(exponents, shape, int64) as BigInt64Array;
  const data = allocate(dtype, items.length) as Float64Array;
  for (let at = 0; at < items.length; at++) data[at] = roundTo(dtype, scaled(items[at]!, Number(powers[at]!)));
  if (hasNonFinite(data)) report(flagsOfLoop('ldexp', data, items, undefined), 'ldexp');
  return resultOf(new NdArray(dtype, data, shape));
}

function allTrue(value: Value): boolean {
  const array = asArray(value);
  return !(itemsOf(array) as Uint8Array).includes(0);
}

function clipInto(out: Value | undefined, a: Value, low: Value | undefined, high: Value | undefined): Value {
  const result = clip(a, low, high);
  if (!(out instanceof NdArray)) return result;
  const array = asArray(result);
  writeItems(out, castItems(itemsOf(array), array.dtype, out.dtype));
  return out;
}

/** Methods of arrays and of their scalars that take other parameters than the functions of their names. */
export const ROUNDING_METHODS: Readonly<Record<string, NativeBody>> = {
  'clip(min=None, max=None, out=None)': (
    a: Value,
    min: Value | undefined,
    max: Value | undefined,
    out: Value | undefined,
  ) => clipInto(out, a, min, max),
};

/** Functions of the module by signature. */
export const ROUNDING: Readonly<Record<string, NativeBody>> = {
  'round(a, decimals=0, out!=None)': roundFunction,
  'around(a, decimals=0, out!=None)': roundFunction,
  'fix(x, out!=None)': (x: Value) => ufunc('trunc', x),
  'clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None)': (
    a: Value,
    low: Value | undefined,
    high: Value | undefined,
    out: Value | undefined,
    min: Value | undefined,
    max: Value | undefined,
  ) => {
    const bounded = low !== undefined || high !== undefined;
    const omitted = low === undefined ? 'a_min' : high === undefined ? 'a_max' : undefined;
    if (bounded && omitted !== undefined)
      throw raise('TypeError', `clip() missing 1 required positional argument: '${omitted}'`);
    if (bounded && (min !== undefined || max !== undefined))
      throw raise(
        'ValueError',
        'Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.',
      );
    return clipInto(out, a, low ?? min, high ?? max);
  },
  'isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)': isclose,
  'allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)': (
    a: Value,
    b: Value,
    rtol: Value | undefined,
    atol: Value | undefined,
    equalNaN: Value | undefined,
  ) => allTrue(isclose(a, b, rtol, atol, equalNaN)),
  'array_equal(a1, a2, equal_nan=False)': (a: Value, b: Value, equalNaN: Value | undefined) => {
    const [x, y] = [asArray(a), asArray(b)];
    if (!sameShape(x.shape, y.shape)) return false;
    if (equalNaN !== undefined && truth(equalNaN)) {
      const [xs, ys] = [itemsOf(x) as Item[], itemsOf(y) as Item[]];
      return Array.from(xs).every(
        (item, at) => equals(item, ys[at]!) || (Number.isNaN(item as number) && Number.isNaN(ys[at] as number)),
      );
    }
    return allTrue(ufunc('equal', x, y));
  },
  'array_equiv(a1, a2)': (a: Value, b: Value) => {
    const [x, y] = [asArray(a), asArray(b)];
    return canBroadcast(x.shape, y.shape) && allTrue(ufunc('equal', x, y));
  },
  'real(val)': (value: Value) => {
    if (value instanceof PyComplex) return value.re;
    if (typeof value !== 'object') return askAttribute(value, 'real') ?? resultOf(asArray(value));
    const array = asArray(value);
    if (array.dtype.kind !== 'c') return resultOf(array);
    return resultOf(
      fromItems(
        float64,
        Array.from(itemsOf(array) as PyComplex[], item => item.re),
        array.shape,
      ),
    );
  },
  'imag(val)': (value: Value) => {
    if (value instanceof PyComplex) return value.im;
    if (typeof value !== 'object') return askAttribute(value, 'imag') ?? resultOf(asArray(value));
    const array = asArray(value);
    const part = (item: Item): number => (item instanceof PyComplex ? item.im : 0);
    return resultOf(fromItems(float64, Array.from(itemsOf(array) as Item[], part), array.shape));
  },
  'angle(z, deg=False)': (z: Value, degrees: Value | undefined) => {
    const array = asArray(z);
    const items = castItems(itemsOf(array), array.dtype, array.dtype) as Item[];
    const parts = (pick: (item: PyComplex) => number): NdArray =>
      fromItems(
        float64,
        Array.from(items, item => (item instanceof PyComplex ? pick(item) : pick(new PyComplex(Number(item), 0)))),
        array.shape,
      );
    const angle = ufunc('arctan2', resultOf(parts(item => item.im)), resultOf(parts(item => item.re)));
    return degrees !== undefined && truth(degrees) ? ufunc('degrees', angle) : angle;
  },
  'sinc(x)': (x: Value) => {
    const array = asArray(x);
    return within(FUNCTIONS('sinc'), () => sinc(array));
  },
  'isreal(x)': (x: Value) => {
    const array = asArray(x);
    if (!array.dtype.isNumber && array.dtype.kind !== 'b') throw new Unsupported('numpy.isreal of other than numbers');
    return resultOf(
      fromItems(
        bool,
        Array.from(itemsOf(array) as Item[], item => (item instanceof PyComplex && item.im !== 0 ? 0 : 1)),
        array.shape,
      ),
    );
  },
  'iscomplexobj(x)': (x: Value) => asArray(x).dtype.kind === 'c',
  'isrealobj(x)': (x: Value) => asArray(x).dtype.kind !== 'c',
  'isposinf(x, out!=None)': (x: Value) => ufunc('equal', x, Number.POSITIVE_INFINITY),
  'isneginf(x, out!=None)': (x: Value) => ufunc('equal', x, Number.NEGATIVE_INFINITY),
  'isscalar(element)': (element: Value) =>
    element instanceof Scalar ||
    ['number', 'bigint', 'string', 'boolean'].includes(typeof element) ||
    element instanceof PyComplex ||
    (element instanceof PyBytes && element.cls.name === 'bytes') ||
    isInstance(element, builtinModule('numbers')!.attrs.get('Number') as PyClass),
  [`modf(x, /, *, ${LOOP_KEYWORDS})`]: (x: Value) => {
    const array = asArray(x);
    const dtype = inexact(array.dtype);
    const items = Array.from(castItems(itemsOf(array), array.dtype, dtype) as Float64Array);
    // An infinite number has a zero behind the point.
    const rest = items.map(item => (Math.abs(item) === Number.POSITIVE_INFINITY ? 0 : item - Math.trunc(item)));
    const [fractions, wholes] = [rest, items.map(Math.trunc)].map(list => fromItems(dtype, list, array.shape));
    return new PyTuple([ufunc('copysign', resultOf(fractions!), x), resultOf(wholes!)]);
  },
  [`divmod(x1, x2, /, *, ${LOOP_KEYWORDS})`]: (a: Value, b: Value) => divmod(a, b),
  [`frexp(x, /, *, ${LOOP_KEYWORDS})`]: (x: Value) => {
    const array = asArray(x);
    const items = broadcastItems(array, array.shape, float64) as Float64Array;
    const exponent = (value: number): number => {
      if (value === 0 || !Number.isFinite(value)) return 0;
      let e = Math.floor(Math.log2(Math.abs(value))) + 1;
      while (Math.abs(value) / 2 ** e >= 1) e++;
      while (Math.abs(value) / 2 ** e < 0.5) e--;
      return e;
    };
    const exponents = Array.from(items, exponent);
    return new PyTuple([
      resultOf(
        fromItems(
          float64,
          Array.from(items, (value, at) => value / 2 ** exponents[at]!),
          array.shape,
        ),
      ),
      resultOf(fromItems(int32, exponents.map(BigInt), array.shape)),
    ]);
  },
  [`ldexp(x1, x2, /, *, ${LOOP_KEYWORDS})`]: (x: Value, e: Value) => {
    if (!asArray(e).dtype.isInteger)
      throw raise(
        'TypeError',
        "ufunc 'ldexp' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''",
      );
    if (typeof x === 'bigint' && typeof e !== 'bigint') throw new Unsupported('numpy.ldexp of a Python int');
    return ldexp(x, e);
  },
  [`spacing(x, /, *, ${LOOP_KEYWORDS})`]: (x: Value) =>
    quietly(() => ufunc('subtract', ufunc('nextafter', x, Number.POSITIVE_INFINITY), x)),
  'unwrap(p, discont!=None, axis!=-1, *, period!=6.283185307179586)': (p: Value) => {
    const array = asArray(p);
    const items = broadcastItems(array, array.shape, float64) as Float64Array;
    const out = Float64Array.from(items);
    let shift = 0;
    let [subtracted, cut] = [0, 0];
    for (let i = 1; i < items.length; i++) {
      const d = items[i]! - items[i - 1]!;
      const period = 2 * Math.PI;
      let m = d + Math.PI - Math.floor((d + Math.PI) / period) * period - Math.PI;
      if (m === -Math.PI && d > 0) m = Math.PI;
      if (!(Math.abs(d) < Math.PI)) shift += m - d;
      out[i] = items[i]! + shift;
      subtracted |= flagsOfStep(d, items[i]!, items[i - 1]!);
      if (Math.abs(d) === Number.POSITIVE_INFINITY) cut = INVALID;
    }
    report(subtracted, 'subtract', FUNCTIONS('diff'));
    report(cut, 'remainder', FUNCTIONS('unwrap'));
    return new NdArray(float64, out, array.shape);
  },
  'ndim(a)': (a: Value) => BigInt(asArray(a).ndim),
  'size(a, axis=None)': (a: Value, axis: Value | undefined) =>
    BigInt(axis === undefined || axis === null ? asArray(a).size : asArray(a).shape.at(smallIndex(axis))!),
  'shape(a)': (a: Value) => new PyTuple(asArray(a).shape.map(length => BigInt(length))),
};
