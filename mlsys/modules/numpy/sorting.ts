/** Sorting, searching, sets and choosing by condition. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { type Keywords, type PyComplex, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { call, compare, equals, findAttribute, listOf, smallIndex, truth } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  castItems,
  fromItems,
  itemsOf,
  NdArray,
  normalAxis,
  resultOf,
  Scalar,
  sizeOf,
} from './array';
import { asArray, astype, optionalInteger } from './convert';
import { bool, type DType, type Item, int64, object, promote, type Storage } from './dtype';
import { getIndex, nonzeroOf, setIndex } from './indexing';
import { positionOfExtreme } from './reductions';
import { ravel, reshape, takeAlongAxis } from './shaping';
import { commonDType, isTrue, operandOf, ufunc } from './ufuncs';

/** Order of items: NaN last. */
export function comparator(dtype: DType): (a: Item, b: Item) => number {
  switch (dtype.kind) {
    case 'f':
      return (a, b) => {
        const [x, y] = [a as number, b as number];
        if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
        if (Number.isNaN(y)) return -1;
        return x < y ? -1 : x > y ? 1 : 0;
      };
    case 'c':
      return (a, b) => {
        const [x, y] = [a as PyComplex, b as PyComplex];
        return x.re - y.re || x.im - y.im;
      };
    case 'O':
      return (a, b) => (truth(compare('<', a, b)) ? -1 : truth(compare('<', b, a)) ? 1 : 0);
    case 'U':
      return (a, b) => comparePoints(a as string, b as string);
    default:
      return (a, b) => ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0);
  }
}

function comparePoints(a: string, b: string): number {
  const x = [...a];
  const y = [...b];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    const step = x[at]!.codePointAt(0)! - y[at]!.codePointAt(0)!;
    if (step !== 0) return step;
  }
  return x.length - y.length;
}

/** Order of the items of each lane along an axis. */
export function argsort(array: NdArray, axis: number): NdArray {
  const along = normalAxis(axis, array.ndim);
  const items = itemsOf(array) as Item[];
  const order = comparator(array.dtype);
  const length = array.shape[along]!;
  const inner = sizeOf(array.shape.slice(along + 1));
  const data = allocate(int64, items.length) as BigInt64Array;
  for (let o = 0; o * length * inner < items.length; o++) {
    for (let n = 0; n < inner; n++) {
      const start = o * length * inner + n;
      const places = Array.from({ length }, (_, i) => i);
      account(places.length);
      places.sort((i, j) => order(items[start + i * inner]!, items[start + j * inner]!) || i - j);
      places.forEach((place, i) => {
        data[start + i * inner] = BigInt(place);
      });
    }
  }
  return new NdArray(int64, data, array.shape);
}

/** Accounts for sorting so many items. */
function account(count: number): void {
  if (count > 64) vm.step(Math.ceil(count * Math.log2(count)));
}

export function sorted(array: NdArray, axis: number | undefined): NdArray {
  const flat = axis === undefined ? ravel(array) : array;
  if (flat.ndim === 1) {
    account(flat.size);
    const items = Array.from(itemsOf(flat) as ArrayLike<Item>).sort(comparator(flat.dtype));
    return fromItems(flat.dtype, items);
  }
  return takeAlongAxis(flat, argsort(flat, axis ?? 0), axis ?? 0);
}

export function searchSorted(array: NdArray, values: NdArray, right: boolean): NdArray {
  const dtype = promote(array.dtype, values.dtype);
  const items = castItems(itemsOf(array), array.dtype, dtype) as Item[];
  const wanted = castItems(itemsOf(values), values.dtype, dtype) as Item[];
  const order = comparator(dtype);
  const data = allocate(int64, wanted.length) as BigInt64Array;
  vm.step(Math.ceil(wanted.length * Math.log2(items.length + 2)));
  for (let at = 0; at < wanted.length; at++) {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const step = order(items[middle]!, wanted[at]!);
      if (step < 0 || (right && step === 0)) low = middle + 1;
      else high = middle;
    }
    data[at] = BigInt(low);
  }
  return new NdArray(int64, data, values.shape);
}

interface Uniques {
  readonly values: NdArray;
  readonly first: bigint[];
  readonly inverse: bigint[];
  readonly counts: bigint[];
}

export function uniqueOf(array: NdArray): Uniques {
  const items = itemsOf(array) as Item[];
  const order = comparator(array.dtype);
  const places = Array.from({ length: items.length }, (_, i) => i);
  account(places.length);
  places.sort((i, j) => order(items[i]!, items[j]!) || i - j);
  const values: Item[] = [];
  const first: bigint[] = [];
  const counts: bigint[] = [];
  const inverse = new Array<bigint>(items.length);
  for (const place of places) {
    const item = items[place]!;
    if (values.length === 0 || order(values.at(-1)!, item) !== 0) {
      values.push(item);
      first.push(BigInt(place));
      counts.push(0n);
    }
    counts[counts.length - 1]! += 1n;
    inverse[place] = BigInt(values.length - 1);
  }
  return { values: fromItems(array.dtype, values), first, inverse, counts };
}

function unique(
  ar: Value,
  index: Value | undefined,
  inverse: Value | undefined,
  counts: Value | undefined,
  axis: Value | undefined,
): Value {
  if (axis !== undefined && axis !== null) throw new Unsupported('numpy.unique along an axis');
  const array = asArray(ar);
  const found = uniqueOf(array);
  const parts: Value[] = [found.values];
  if (index !== undefined && truth(index)) parts.push(fromItems(int64, found.first));
  if (inverse !== undefined && truth(inverse)) parts.push(fromItems(int64, found.inverse, array.shape));
  if (counts !== undefined && truth(counts)) parts.push(fromItems(int64, found.counts));
  return parts.length === 1 ? found.values : new PyTuple(parts);
}

/** `where(condition, x, y)` */
export function choose(condition: Value, x: Value, y: Value): Value {
  const mask = asArray(condition);
  const operands = [x, y].map(operandOf);
  const dtype = commonDType(operands);
  const shape = broadcastShapes([mask.shape, ...operands.map(({ array }) => array.shape)]);
  const test = broadcastItems(mask, shape, mask.dtype) as Item[];
  const [a, b] = operands.map(({ array }) => broadcastItems(array, shape, dtype) as Item[]) as [Item[], Item[]];
  const data = allocate(dtype, test.length) as Item[];
  for (let at = 0; at < test.length; at++) data[at] = isTrue(mask.dtype, test[at]!) ? a[at]! : b[at]!;
  return new NdArray(dtype, data as Storage, shape);
}

export function nonzero(array: NdArray): PyTuple {
  const items = itemsOf(array) as Item[];
  const mask = new Uint8Array(items.length);
  for (let at = 0; at < items.length; at++) mask[at] = isTrue(array.dtype, items[at]!) ? 1 : 0;
  return new PyTuple(nonzeroOf(mask, array.shape));
}

function select(conditions: Value, choices: Value, fallback: Value | undefined): Value {
  const tests = listOf(conditions);
  const values = listOf(choices);
  let result: Value = fallback ?? 0n;
  for (let i = tests.length - 1; i >= 0; i--) result = choose(tests[i]!, values[i]!, result);
  return result;
}

function setOf(items: ArrayLike<Item>): Set<Item> {
  const found = new Set<Item>();
  for (let at = 0; at < items.length; at++) {
    if ((at & 1023) === 0) vm.step(512);
    found.add(items[at]!);
  }
  return found;
}

function memberMask(element: Value, tests: Value, invert: boolean): NdArray {
  const array = asArray(element);
  const other = asArray(tests);
  const dtype = promote(array.dtype, other.dtype);
  const wanted = castItems(itemsOf(other), other.dtype, dtype) as Item[];
  const items = castItems(itemsOf(array), array.dtype, dtype) as Item[];
  const has: (item: Item) => boolean =
    dtype === object || dtype.kind === 'c'
      ? item => {
          vm.step(1 + wanted.length);
          return Array.prototype.some.call(wanted, one => equals(one, item));
        }
      : (
          known => item =>
            !Number.isNaN(item as number) && known.has(item)
        )(setOf(wanted));
  const data = allocate(bool, items.length) as Uint8Array;
  for (let at = 0; at < items.length; at++) {
    if ((at & 1023) === 0) vm.step(512);
    data[at] = has(items[at]!) !== invert ? 1 : 0;
  }
  return new NdArray(bool, data, array.shape);
}

function setOperation(a: Value, b: Value, keep: (inA: boolean, inB: boolean) => boolean): Value {
  const dtype = promote(asArray(a).dtype, asArray(b).dtype);
  const [x, y] = [a, b].map(value => {
    const array = asArray(value);
    return new NdArray(dtype, castItems(itemsOf(array), array.dtype, dtype), [array.size]);
  }) as [NdArray, NdArray];
  const both = uniqueOf(fromItems(dtype, [...(itemsOf(x) as Item[]), ...(itemsOf(y) as Item[])])).values;
  const inA = memberMask(both, x, false).data as Uint8Array;
  const inB = memberMask(both, y, false).data as Uint8Array;
  return fromItems(
    dtype,
    (itemsOf(both) as Item[]).filter === undefined
      ? []
      : Array.from(itemsOf(both) as Item[]).filter((_, at) => keep(inA[at] === 1, inB[at] === 1)),
  );
}

const axisArgument = (axis: Value | undefined, missing: number): number | undefined =>
  axis === null ? undefined : optionalInteger(axis, missing);

/** Values by condition, of which the last that holds counts; a function gets the items it is for. */
function piecewise(x: Value, conditions: Value, values: Value, args: PyTuple, keywords: Keywords): Value {
  const array = asArray(x);
  if (array.ndim === 0) throw new Unsupported('numpy.piecewise of one number');
  const made = new NdArray(array.dtype, allocate(array.dtype, array.size), array.shape);
  const pieces = listOf(values);
  const first = listOf(conditions)[0];
  const tests = first instanceof NdArray || first instanceof PyList ? listOf(conditions) : [conditions];
  const masks = tests.map(test => asArray(test, bool));
  if (pieces.length === masks.length + 1)
    masks.push(
      asArray(
        ufunc(
          'logical_not',
          masks.reduce((a, b) => asArray(ufunc('logical_or', a, b))),
        ),
      ),
    );
  if (pieces.length !== masks.length)
    throw raise(
      'ValueError',
      `with ${masks.length} condition(s), either ${masks.length} or ${masks.length + 1} functions are expected`,
    );
  masks.forEach((mask, i) => {
    const piece = pieces[i]!;
    if (findAttribute(piece, '__call__') === undefined) setIndex(made, mask, piece);
    else {
      const own = asArray(getIndex(array, mask));
      if (own.size > 0) setIndex(made, mask, call(piece, [own, ...args.items], keywords));
    }
  });
  return made;
}

/** Functions of the module by signature. */
/** `argmax` and `argmin`. */
const extremeAt =
  (largest: boolean): NativeBody =>
  (a: Value, axis: Value | undefined, _out: Value, keepdims: Value | undefined) =>
    positionOfExtreme(
      asArray(a),
      largest,
      axis === undefined || axis === null ? undefined : smallIndex(axis),
      keepdims !== undefined && truth(keepdims),
    );

export const SORTING: Readonly<Record<string, NativeBody>> = {
  'sort(a, axis=-1, kind=None, order=None, *, stable=None)': (a: Value, axis: Value | undefined) =>
    sorted(asArray(a), axisArgument(axis, -1)),
  'argsort(a, axis=-1, kind=None, order=None, *, stable=None)': (a: Value, axis: Value | undefined) => {
    const along = axisArgument(axis, -1);
    return along === undefined ? argsort(ravel(asArray(a)), 0) : argsort(asArray(a), along);
  },
  'lexsort(keys, axis!=-1)': (keys: Value) => {
    const columns = listOf(keys).map(key => asArray(key));
    const places = Array.from({ length: columns[0]?.size ?? 0 }, (_, i) => i);
    const items = columns.map(column => itemsOf(column) as Item[]);
    places.sort((i, j) => {
      for (let k = columns.length - 1; k >= 0; k--) {
        const step = comparator(columns[k]!.dtype)(items[k]![i]!, items[k]![j]!);
        if (step !== 0) return step;
      }
      return i - j;
    });
    return fromItems(int64, places.map(BigInt));
  },
  'argmax(a, axis=None, out!=None, *, keepdims=False)': extremeAt(true),
  'argmin(a, axis=None, out!=None, *, keepdims=False)': extremeAt(false),
  'searchsorted(a, v, side="left", sorter!=None)': (a: Value, v: Value, side: Value) =>
    resultOf(searchSorted(asArray(a), asArray(v), side === 'right')),
  'digitize(x, bins, right=False)': (x: Value, bins: Value, right: Value | undefined) => {
    const edges = asArray(bins);
    requireMonotonic(edges);
    const ascending =
      edges.size < 2 || comparator(edges.dtype)((edges.data as Item[])[0]!, (itemsOf(edges) as Item[]).at(-1)!) <= 0;
    const closed = right !== undefined && truth(right);
    if (ascending) return resultOf(searchSorted(edges, asArray(x), !closed));
    const reversed = fromItems(edges.dtype, [...(itemsOf(edges) as Item[])].reverse());
    return ufunc('subtract', BigInt(edges.size), searchSorted(reversed, asArray(x), !closed));
  },
  'unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan!=True)': unique,
  'where(condition, x=None, y=None, /)': (condition: Value, x: Value | undefined, y: Value | undefined) => {
    if (x === undefined && y === undefined) return nonzero(asArray(condition));
    if (x === undefined || y === undefined)
      throw raise('ValueError', 'either both or neither of x and y should be given');
    return choose(condition, x, y);
  },
  'select(condlist, choicelist, default=0)': select,
  'piecewise(x, condlist, funclist, *args, **kw)': piecewise,
  'nonzero(a)': (a: Value) => nonzero(asArray(a)),
  'flatnonzero(a)': (a: Value) => nonzero(ravel(asArray(a))).items[0]!,
  'argwhere(a)': (a: Value) => {
    const array = asArray(a);
    const found = nonzero(array).items as NdArray[];
    const count = found[0]?.size ?? 0;
    const data = allocate(int64, count * array.ndim) as BigInt64Array;
    found.forEach((index, axis) => {
      for (let i = 0; i < count; i++) data[i * array.ndim + axis] = (index.data as BigInt64Array)[i]!;
    });
    return new NdArray(int64, data, [count, array.ndim]);
  },
  'count_nonzero(a, axis=None, *, keepdims!=False)': (a: Value, axis: Value | undefined) => {
    const array = asArray(a);
    const items = itemsOf(array) as Item[];
    const mask = new NdArray(
      bool,
      Uint8Array.from(items, item => (isTrue(array.dtype, item) ? 1 : 0)),
      array.shape,
    );
    if (axis === undefined || axis === null)
      return BigInt((mask.data as Uint8Array).reduce((sum, one) => sum + one, 0));
    return resultOf(asArray(sumAlong(mask, smallIndex(axis))));
  },
  'isin(element, test_elements, assume_unique=False, invert=False, *, kind=None)': (
    element: Value,
    tests: Value,
    _unique: Value,
    invert: Value | undefined,
  ) => resultOf(memberMask(element, tests, invert !== undefined && truth(invert))),
  'in1d(ar1, ar2, assume_unique=False, invert=False, *, kind!=None)': (
    a: Value,
    b: Value,
    _unique: Value,
    invert: Value | undefined,
  ) => ravel(memberMask(a, b, invert !== undefined && truth(invert))),
  'union1d(ar1, ar2)': (a: Value, b: Value) => setOperation(a, b, (x, y) => x || y),
  'intersect1d(ar1, ar2, assume_unique=False, return_indices!=False)': (a: Value, b: Value) =>
    setOperation(a, b, (x, y) => x && y),
  'setdiff1d(ar1, ar2, assume_unique!=False)': (a: Value, b: Value) =>
    astype(asArray(setOperation(a, b, (x, y) => x && !y)), asArray(a).dtype),
  'setxor1d(ar1, ar2, assume_unique!=False)': (a: Value, b: Value) => setOperation(a, b, (x, y) => x !== y),
  'extract(condition, arr)': (condition: Value, arr: Value) => {
    const array = ravel(asArray(arr));
    const mask = ravel(asArray(condition));
    const test = itemsOf(mask) as Item[];
    return fromItems(
      array.dtype,
      Array.from(itemsOf(array) as Item[]).filter((_, at) => isTrue(mask.dtype, test[at]!)),
    );
  },
  'unravel_index(indices, shape, order!="C")': (indices: Value, shape: Value) => {
    const lengths = listOf(shape).map(length => smallIndex(length));
    const array = asArray(indices);
    const size = sizeOf(lengths);
    for (const index of itemsOf(array))
      if (Number(index) < 0 || Number(index) >= size)
        throw raise('ValueError', `index ${index} is out of bounds for array with size ${size}`);
    const parts = lengths.map((length, axis) => {
      const inner = sizeOf(lengths.slice(axis + 1));
      const data = Array.from(itemsOf(array) as BigInt64Array, index =>
        BigInt(Math.floor(Number(index) / inner) % length),
      );
      return array.ndim === 0 ? new Scalar(int64, data[0]!) : reshape(fromItems(int64, data), array.shape);
    });
    return new PyTuple(parts);
  },
};

/** The edges of bins rise, or they fall. */
function requireMonotonic(edges: NdArray): void {
  const items = Array.from(itemsOf(edges) as Item[]);
  const order = comparator(edges.dtype);
  const steps = items.slice(1).map((item, at) => Math.sign(order(items[at]!, item)));
  if (steps.includes(1) && steps.includes(-1))
    throw raise('ValueError', 'bins must be monotonically increasing or decreasing');
}

function sumAlong(mask: NdArray, axis: number): Value {
  const along = normalAxis(axis, mask.ndim);
  const shape = mask.shape.filter((_, d) => d !== along);
  const inner = sizeOf(mask.shape.slice(along + 1));
  const data = allocate(int64, sizeOf(shape)) as BigInt64Array;
  (mask.data as Uint8Array).forEach((one, at) => {
    if (one === 1) data[Math.floor(at / (inner * mask.shape[along]!)) * inner + (at % inner)]! += 1n;
  });
  return new NdArray(int64, data, shape);
}
