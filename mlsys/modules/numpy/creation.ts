/** Functions that make arrays: zeros, ranges, grids. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { type Keywords, PyComplex, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { call, callMethod, getAttribute, iterate, smallIndex, toFloat, truth } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  castItems,
  copyArray,
  fromItems,
  isContiguous,
  NdArray,
  partlySet,
  resultOf,
  type Shape,
  sizeOf,
} from './array';
import { asArray, optionalInteger, shapeOf } from './convert';
import { type DType, dtypeOf, float64, type Item, int64, object, promote, type Storage, stringDType } from './dtype';
import { warnDiscarded } from './errors';
import { flagsOfStep, gather, hasNonFinite, quietly, report, type Site, within } from './flags';
import { copyIn, inLayout, liesByColumns } from './layout';
import { isQuantity, rebuild } from './quantities';
import { transpose } from './shaping';
import { ufunc } from './ufuncs';

const optionalDType = (value: Value | undefined): DType | undefined =>
  value === undefined || value === null ? undefined : dtypeOf(value);

export function full(shape: Shape, dtype: DType, item: Item): NdArray {
  // Strings of no given length are as long as the longest, and never of none.
  const made = dtype.kind === 'U' && dtype.itemsize === 0 ? stringDType(1) : dtype;
  const data = allocate(made, sizeOf(shape)) as Item[];
  data.fill(item);
  return new NdArray(made, data as Storage, shape);
}

const oneOf = (dtype: DType): Item => (castItems(new BigInt64Array([1n]), int64, dtype) as Item[])[0]!;
/** An empty text for strings. */
const zeroOf = (dtype: DType): Item =>
  dtype.kind === 'U' ? '' : (castItems(new BigInt64Array([0n]), int64, dtype) as Item[])[0]!;

function fullOf(shape: Value, value: Value, dtype: Value | undefined, order: Value | undefined): NdArray {
  const size = shapeOf(shape);
  return inLayout(filled(value, optionalDType(dtype), size), order, 'C');
}

/** An array filled with a value; floats are cut to integers as in a cast, integers have to fit. */
function filled(value: Value, dtype: DType | undefined, size: Shape): NdArray {
  const bare = asArray(value);
  const fill =
    dtype === undefined || bare.dtype === dtype
      ? bare
      : bare.dtype.isInteger || bare.dtype.kind === 'O'
        ? asArray(value, dtype)
        : bare;
  const type = dtype === undefined || dtype.kind === 'U' ? asArray(value, dtype).dtype : dtype;
  warnDiscarded(fill.dtype, type);
  const items = within(['numpy._core.numeric', 'full'], () => broadcastItems(fill, size, type));
  return new NdArray(type, (items as Item[]).slice() as Storage, size);
}

function likeShape(a: Value, shape: Value | undefined): Shape {
  return shape === undefined || shape === null ? asArray(a).shape : shapeOf(shape);
}

/**
 * A matrix of zeros, as wide as high unless `m` says otherwise, with ones from one column of each row up to another, by the column in
 * which the row meets the diagonal.
 */
function onesAt(
  n: Value,
  m: Value | undefined,
  k: Value | undefined,
  dtype: Value | undefined,
  columnsOf: (diagonal: number, columns: number) => readonly [from: number, to: number],
): NdArray {
  const type = optionalDType(dtype) ?? float64;
  const rows = smallIndex(n);
  const columns = m === undefined || m === null ? rows : smallIndex(m);
  const result = full([rows, columns], type, zeroOf(type));
  const shift = optionalInteger(k, 0);
  for (let row = 0; row < rows; row++) {
    const [from, to] = columnsOf(row + shift, columns);
    for (let column = from; column < to; column++) (result.data as Item[])[row * columns + column] = oneOf(type);
  }
  return result;
}

const onDiagonal = (diagonal: number, columns: number) =>
  [Math.max(0, diagonal), Math.min(columns, diagonal + 1)] as const;

/** `arange` on integers stays exact; on floats item `i` is `start + i * delta`. */
function arange(args: PyTuple, dtype: Value | undefined, given: Readonly<Record<string, Value | undefined>>): Value {
  const [first, second, third] = args.items;
  let start: Value = given.start ?? (second === undefined && given.stop === undefined ? 0n : (first ?? 0n));
  const stop: Value | undefined = given.stop ?? second ?? first;
  const step: Value = given.step ?? third ?? 1n;
  if (stop === undefined) throw raise('TypeError', 'arange() requires stop to be specified.');
  if (start === null) start = 0n;
  const parts = [start, stop, step].map(value => asArray(value));
  const wanted = optionalDType(dtype);
  const found = parts.map(part => part.dtype).reduce((a, b) => promote(a, b));
  const type = wanted ?? (found.kind === 'b' ? int64 : found);
  if (!type.isNumber)
    throw raise('TypeError', "arange() not supported for inputs with DType <class 'numpy.dtypes.StrDType'>.");
  if (found.isInteger || found.kind === 'b') return integerRange(parts, type);
  if (type.isInteger) throw new Unsupported('numpy.arange of floats as integers');
  return floatRange([start, stop, step].map(value => toFloat(value)) as [number, number, number], type);
}

function integerRange(parts: readonly NdArray[], type: DType): Value {
  const [a, b, s] = parts.map(part => (castItems(part.data, part.dtype, int64) as BigInt64Array)[0]!) as [
    bigint,
    bigint,
    bigint,
  ];
  if (s === 0n) throw raise('ZeroDivisionError', 'division by zero');
  const span = s > 0n ? b - a : a - b;
  const size = s > 0n ? s : -s;
  const count = span <= 0n ? 0 : Number((span + size - 1n) / size);
  const data = allocate(int64, count) as BigInt64Array;
  for (let i = 0; i < count; i++) data[i] = a + BigInt(i) * s;
  return new NdArray(type, castItems(data, int64, type), [count]);
}

function floatRange([a, b, s]: readonly [number, number, number], type: DType): Value {
  const length = Math.ceil((b - a) / s);
  if (Number.isNaN(length) || Math.abs(length) === Number.POSITIVE_INFINITY)
    throw raise('ValueError', 'Maximum allowed size exceeded');
  const count = Math.max(0, length);
  const data = allocate(float64, count) as Float64Array;
  const delta = a + s - a;
  for (let i = 0; i < count; i++) data[i] = i === 0 ? a : i === 1 ? a + s : a + i * delta;
  return new NdArray(type, castItems(data, float64, type), [count]);
}

/** Evenly spaced numbers, with the step; along a new first axis where the ends are arrays. */
function spaced(start: Value, stop: Value, num: number, endpoint: boolean): { array: NdArray; step: Value } {
  if (num < 0) throw raise('ValueError', `Number of samples, ${num}, must be non-negative.`);
  const first = asArray(ufunc('multiply', asArray(start), 1));
  const last = asArray(ufunc('multiply', asArray(stop), 1));
  const shape = broadcastShapes([first.shape, last.shape]);
  const a = broadcastItems(first, shape, float64) as Float64Array;
  const b = broadcastItems(last, shape, float64) as Float64Array;
  const divisions = endpoint ? num - 1 : num;
  const width = a.length;
  const data = allocate(float64, num * width) as Float64Array;
  const steps = new Float64Array(width);
  for (let lane = 0; lane < width; lane++) {
    const delta = b[lane]! - a[lane]!;
    const step = divisions > 0 ? delta / divisions : Number.NaN;
    steps[lane] = step;
    for (let i = 0; i < num; i++) {
      const part = divisions > 0 ? (step === 0 ? (i / divisions) * delta : i * step) : i * delta;
      data[i * width + lane] = part + a[lane]!;
    }
    if (endpoint && num > 1) data[(num - 1) * width + lane] = b[lane]!;
  }
  if (hasNonFinite(steps)) spacedFlags(a, b, steps, num);
  return {
    array: new NdArray(float64, data, [num, ...shape]),
    step: resultOf(new NdArray(float64, steps, shape)),
  };
}

const SPACES = (line: string): Site => ['numpy._core.function_base', line];

/** Tells what the steps between ends come to: their difference, its multiples, and these from the start on. */
function spacedFlags(a: Float64Array, b: Float64Array, steps: Float64Array, num: number): void {
  let [subtracted, multiplied, added] = [0, 0, 0];
  steps.forEach((step, lane) => {
    subtracted |= flagsOfStep(b[lane]! - a[lane]!, b[lane]!, a[lane]!);
    if (Number.isNaN(step)) return;
    for (let i = 0; i < num; i++) {
      multiplied |= flagsOfStep(i * step, i, step);
      added |= flagsOfStep(i * step + a[lane]!, i * step, a[lane]!);
    }
  });
  report(subtracted, 'subtract', SPACES('linspace-'));
  report(multiplied, 'multiply', SPACES('linspace*'));
  report(added, 'add', SPACES('linspace+'));
}

function complexEnds(start: Value, stop: Value): void {
  for (const end of [start, stop]) {
    if (asArray(end).dtype.kind === 'c') throw new Unsupported('numpy.linspace between complex numbers');
  }
}

function linspace(
  start: Value,
  stop: Value,
  num: Value | undefined,
  endpoint: Value | undefined,
  retstep: Value | undefined,
  dtype: Value | undefined,
): Value {
  if (isQuantity(start) || isQuantity(stop)) {
    const quantity = isQuantity(start) ? start : stop;
    const units = getAttribute(quantity, 'units');
    const bare = (value: Value): Value => (isQuantity(value) ? callMethod(value, 'm_as', units) : value);
    return rebuild(quantity, linspace(bare(start), bare(stop), num, endpoint, retstep, dtype));
  }
  complexEnds(start, stop);
  const count = optionalInteger(num, 50);
  const { array, step } = spaced(start, stop, count, endpoint === undefined || truth(endpoint));
  const wanted = optionalDType(dtype);
  let result = array;
  if (wanted !== undefined && wanted !== float64) {
    const source = wanted.isInteger ? (array.data as Float64Array).map(Math.floor) : array.data;
    result = within(SPACES('dtype'), () => new NdArray(wanted, castItems(source, float64, wanted), array.shape));
  }
  return retstep !== undefined && truth(retstep) ? new PyTuple([result, step]) : result;
}

function logspace(
  start: Value,
  stop: Value,
  num: Value | undefined,
  endpoint: Value | undefined,
  base: Value | undefined,
  dtype: Value | undefined,
): NdArray {
  const { array } = spaced(start, stop, optionalInteger(num, 50), endpoint === undefined || truth(endpoint));
  const result = within(SPACES('logspace'), () => asArray(ufunc('power', base ?? 10, array)));
  const wanted = optionalDType(dtype);
  return wanted === undefined
    ? result
    : new NdArray(wanted, castItems(result.data, result.dtype, wanted), result.shape);
}

function geomspace(start: Value, stop: Value, num: Value | undefined, endpoint: Value | undefined): NdArray {
  for (const end of [start, stop])
    if (end instanceof NdArray || end instanceof PyComplex || asArray(end).ndim > 0 || asArray(end).dtype.kind === 'c')
      throw new Unsupported('numpy.geomspace between complex numbers or arrays');
  const [a, b] = [toFloat(start), toFloat(stop)];
  if (a === 0 || b === 0) throw raise('ValueError', 'Geometric sequence cannot include zero');
  if (a < 0 !== b < 0) throw new Unsupported('numpy.geomspace between numbers of different signs');
  const sign = a < 0 ? -1 : 1;
  const count = optionalInteger(num, 50);
  const ends = endpoint === undefined || truth(endpoint);
  const log = (value: number): Value => quietly(() => ufunc('log10', value * sign));
  const result = copyArray(logspace(log(a), log(b), BigInt(count), ends, 10, undefined));
  const data = result.data as Float64Array;
  if (count > 0) data[0] = a * sign;
  if (count > 1 && ends) data[count - 1] = b * sign;
  for (let i = 0; i < count; i++) data[i]! *= sign;
  return result;
}

function meshgrid(args: PyTuple, indexing: Value | undefined, sparse: Value | undefined): Value {
  const arrays = args.items.map(item => asArray(item));
  const swapped = (indexing ?? 'xy') === 'xy' && arrays.length > 1;
  const lengths = arrays.map(array => array.size);
  const rank = arrays.length;
  const axisFor = (i: number): number => (swapped && i < 2 ? 1 - i : i);
  const shape = new Array<number>(rank).fill(1);
  lengths.forEach((length, i) => {
    shape[axisFor(i)] = length;
  });
  return new PyTuple(
    arrays.map((array, i) => {
      const own = shape.map((length, axis) => (axis === axisFor(i) ? length : 1));
      const laid = new NdArray(array.dtype, copyArray(array).data, own);
      if (sparse !== undefined && truth(sparse)) return laid;
      return new NdArray(array.dtype, (broadcastItems(laid, shape, array.dtype) as Item[]).slice() as Storage, shape);
    }),
  );
}

function makeArray(value: Value, dtype: Value | undefined, copy: boolean, order?: Value, ndmin = 0): Value {
  if (isQuantity(value)) return makeArray(getAttribute(value, 'magnitude'), dtype, copy, order, ndmin);
  const wanted = optionalDType(dtype);
  const array = asArray(value, wanted);
  const isGiven = array === value;
  let result = array;
  if (!isGiven || copy || !liesIn(array, order))
    result = inLayout(isGiven ? copyArray(array) : array, order, 'K', value instanceof NdArray ? value : array);
  while (result.ndim < ndmin) result = result.view([1, ...result.shape], [0, ...result.strides]);
  return result;
}

/** True where the items of an array lie in an order already. */
function liesIn(array: NdArray, order: Value | undefined): boolean {
  if (order === 'F') return liesByColumns(array);
  return order !== 'C' || isContiguous(array);
}

/** An array as it is where its items lie in that order, else a copy. */
function inOrder(value: Value, dtype: Value | undefined, order: Value | undefined): Value {
  return makeArray(value, dtype, false, order);
}

/** Functions of the module by signature. */
/** `zeros_like` and its kin: an array of the shape and type of another one, filled with one item. */
/** An array of items that nothing has set; objects are `None`. */
function empty(shape: Shape, dtype: DType): NdArray {
  if (dtype === object) return full(shape, dtype, null);
  const { dtype: made, data, size } = full(shape, dtype, zeroOf(dtype));
  return partlySet(made, data, shape, new Uint8Array(size));
}

type Maker = (shape: Shape, dtype: DType) => NdArray;

const zeros: Maker = (shape, dtype) => full(shape, dtype, zeroOf(dtype));
const ones: Maker = (shape, dtype) => full(shape, dtype, oneOf(dtype));

const shaped =
  (make: Maker): NativeBody =>
  (shape: Value, dtype: Value | undefined, order: Value | undefined) =>
    inLayout(make(shapeOf(shape), optionalDType(dtype) ?? float64), order, 'C');

const like =
  (make: Maker): NativeBody =>
  (a: Value, dtype: Value | undefined, order: Value | undefined, _subok: Value, shape: Value | undefined) =>
    inLayout(make(likeShape(a, shape), optionalDType(dtype) ?? asArray(a).dtype), order, 'K', asArray(a));

export const CREATION: Readonly<Record<string, NativeBody>> = {
  'array(object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0, like=None)': (
    value: Value,
    dtype: Value | undefined,
    copy: Value | undefined,
    order: Value | undefined,
    _subok: Value,
    ndmin: Value | undefined,
  ) => makeArray(value, dtype, copy === undefined || truth(copy), order, optionalInteger(ndmin, 0)),
  'asarray(a, dtype=None, order=None, *, copy=None, device!=None, like!=None)': inOrder,
  'asanyarray(a, dtype=None, order=None, *, device!=None, copy!=None, like!=None)': inOrder,
  'ascontiguousarray(a, dtype=None, *, like!=None)': (a: Value, dtype: Value | undefined) => {
    const made = inOrder(a, dtype, 'C');
    return made instanceof NdArray && made.ndim === 0 ? copyArray(made).view([1], [1]) : made;
  },
  'copy(a, order="K", subok!=False)': (a: Value, order: Value | undefined) => copyIn(asArray(a), order, 'K'),
  'zeros(shape, dtype=float, order="C", *, like!=None)': shaped(zeros),
  'empty(shape, dtype=float, order="C", *, device!=None, like!=None)': shaped(empty),
  'ones(shape, dtype=None, order="C", *, device!=None, like!=None)': shaped(ones),
  'full(shape, fill_value, dtype=None, order="C", *, device!=None, like!=None)': fullOf,
  'zeros_like(a, dtype=None, order="K", subok=True, shape=None, *, device!=None)': like(zeros),
  'empty_like(prototype, dtype=None, order="K", subok=True, shape=None, *, device!=None)': like(empty),
  'ones_like(a, dtype=None, order="K", subok=True, shape=None, *, device!=None)': like(ones),
  'full_like(a, fill_value, dtype=None, order="K", subok=True, shape=None, *, device!=None)': (
    a: Value,
    value: Value,
    dtype: Value | undefined,
    order: Value | undefined,
    _subok: Value,
    shape: Value | undefined,
  ) => {
    const type = optionalDType(dtype) ?? asArray(a).dtype;
    const size = likeShape(a, shape);
    return inLayout(filled(value, type, size), order, 'K', asArray(a));
  },
  'arange(*args, start=None, stop=None, step=None, dtype=None, device=None, like=None)': (
    args: PyTuple,
    start: Value | undefined,
    stop: Value | undefined,
    step: Value | undefined,
    dtype: Value | undefined,
  ) =>
    args.items.length > 3
      ? arange(new PyTuple(args.items.slice(0, 3)), args.items[3], { start, stop, step })
      : arange(args, dtype, { start, stop, step }),
  'linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis!=0, *, device=None)': linspace,
  'logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis!=0)': logspace,
  'geomspace(start, stop, num=50, endpoint=True, dtype!=None, axis!=0)': geomspace,
  'meshgrid(*xi, copy=True, sparse=False, indexing="xy")': (
    args: PyTuple,
    _copy: Value | undefined,
    sparse: Value | undefined,
    indexing: Value | undefined,
  ) => meshgrid(args, indexing, sparse),
  'eye(N, M=None, k=0, dtype=float, order="C", *, device!=None, like!=None)': (
    n: Value,
    m: Value | undefined,
    k: Value | undefined,
    dtype: Value | undefined,
  ) => onesAt(n, m, k, dtype, onDiagonal),
  'identity(n, dtype=None, *, like!=None)': (n: Value, dtype: Value | undefined) =>
    onesAt(n, undefined, undefined, dtype, onDiagonal),
  'tri(N, M=None, k=0, dtype=float, *, like!=None)': (
    n: Value,
    m: Value | undefined,
    k: Value | undefined,
    dtype: Value | undefined,
  ) => onesAt(n, m, k, dtype, (diagonal, columns) => [0, Math.min(columns, diagonal + 1)]),
  'indices(dimensions, dtype!=int, sparse!=False)': (dimensions: Value) => {
    const shape = shapeOf(dimensions);
    const data = allocate(int64, shape.length * sizeOf(shape)) as BigInt64Array;
    let at = 0;
    shape.forEach((length, axis) => {
      const inner = sizeOf(shape.slice(axis + 1));
      for (let i = 0; i < sizeOf(shape); i++) data[at++] = BigInt(Math.floor(i / inner) % length);
    });
    return new NdArray(int64, data, [shape.length, ...shape]);
  },
  'vander(x, N=None, increasing=False)': (x: Value, n: Value | undefined, increasing: Value | undefined) => {
    const array = asArray(x);
    const columns = optionalInteger(n, array.size);
    const powers = array.dtype.isInteger
      ? array
      : new NdArray(float64, castItems(array.data, array.dtype, float64), array.shape);
    const { result: made, flags } = gather(() =>
      Array.from({ length: columns }, (_, i) => {
        const exponent = increasing !== undefined && truth(increasing) ? i : columns - 1 - i;
        return asArray(ufunc('power', powers, BigInt(exponent)));
      }),
    );
    report(flags, 'accumulate', ['numpy.lib._twodim_base_impl', 'vander']);
    const rows = made.map(one => one.data as Item[]);
    const stacked = new NdArray(
      made[0]?.dtype ?? float64,
      fromItems(
        made[0]?.dtype ?? float64,
        rows.flatMap(row => [...row]),
      ).data,
      [columns, array.size],
    );
    return copyArray(transpose(stacked));
  },
  'fromiter(iter, dtype, count!=-1, *, like!=None)': (iterable: Value, dtype: Value) => {
    const items: Value[] = [];
    const next = iterate(iterable);
    for (let item = next(); item !== undefined; item = next()) items.push(item);
    return asArray(new PyList(items), dtypeOf(dtype));
  },
  'fromfunction(function, shape, *, dtype=float, like!=None, **kwargs)': (
    function_: Value,
    shape: Value,
    dtype: Value | undefined,
    _like: Value,
    named: Keywords,
  ) => {
    const size = shapeOf(shape);
    const type = optionalDType(dtype) ?? float64;
    const total = sizeOf(size);
    const grids = size.map((_, axis) => {
      const inner = sizeOf(size.slice(axis + 1));
      const data = allocate(int64, total) as BigInt64Array;
      vm.step(total >>> 1);
      for (let i = 0; i < total; i++) data[i] = BigInt(Math.floor(i / inner) % size[axis]!);
      return new NdArray(type, castItems(data, int64, type), size);
    });
    return call(function_, grids, named);
  },
};
