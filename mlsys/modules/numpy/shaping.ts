/** Functions that arrange items: shapes, axes, joining, splitting, repeating. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, PySlice, PyTuple, type Value } from '../../python/runtime/objects';
import { hasIndex, indexOf, listOf, smallIndex } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  broadcastStrides,
  castItems,
  contiguousStrides,
  copyArray,
  isContiguous,
  itemsOf,
  NdArray,
  normalAxis,
  resultOf,
  type Shape,
  sizeOf,
} from './array';
import { asArray, axesOf, optionalInteger, shapeOf } from './convert';
import { type DType, dtypeOf, type Item, int64, promote, type Storage } from './dtype';
import { getIndex } from './indexing';
import { reducedAxes } from './reductions';

export function reshape(array: NdArray, wanted: readonly number[], order: Value = 'C'): NdArray {
  const shape = [...wanted];
  const unknown = shape.indexOf(-1);
  const known = shape.reduce((size, length) => (length === -1 ? size : size * length), 1);
  if (shape.filter(length => length === -1).length > 1)
    throw raise('ValueError', 'can only specify one unknown dimension');
  if (unknown >= 0 && known !== 0 && array.size % known === 0) shape[unknown] = array.size / known;
  if (shape.some(length => length < 0) || sizeOf(shape) !== array.size) {
    const text = wanted.length === 1 ? `(${wanted[0]},)` : `(${wanted.join(',')})`;
    throw raise('ValueError', `cannot reshape array of size ${array.size} into shape ${text}`);
  }
  if (order === 'F') {
    const reversed = reshape(transpose(array), [...shape].reverse());
    return transpose(reversed);
  }
  if (isContiguous(array)) return array.view(shape, contiguousStrides(shape));
  return new NdArray(array.dtype, copyArray(array).data, shape);
}

/** A shape argument with -1 for what follows from the size. */
export function looseShape(value: Value): number[] {
  const items =
    value instanceof PyTuple || value instanceof PyList
      ? value.items
      : value instanceof NdArray
        ? listOf(value)
        : [value];
  return items.map(item => Number(indexOf(item)));
}

export function transpose(array: NdArray, axes?: readonly number[]): NdArray {
  const order = axes?.map(axis => normalAxis(axis, array.ndim)) ?? array.shape.map((_, axis) => array.ndim - 1 - axis);
  if (order.length !== array.ndim) throw raise('ValueError', "axes don't match array");
  if (new Set(order).size !== order.length) throw raise('ValueError', 'repeated axis in transpose');
  return array.view(
    order.map(axis => array.shape[axis]!),
    order.map(axis => array.strides[axis]!),
  );
}

export function ravel(array: NdArray): NdArray {
  return reshape(array, [array.size]);
}

/** Arrays of a sequence argument. */
function arraysOf(value: Value): NdArray[] {
  if (value instanceof NdArray) {
    return Array.from({ length: value.shape[0] ?? 0 }, (_, i) => asArray(getIndex(value, BigInt(i))));
  }
  return listOf(value).map(item => asArray(item));
}

export function concatenate(arrays: readonly NdArray[], axis: number, wanted?: DType): NdArray {
  if (arrays.length === 0) throw raise('ValueError', 'need at least one array to concatenate');
  const rank = arrays[0]!.ndim;
  if (rank === 0) throw raise('ValueError', 'zero-dimensional arrays cannot be concatenated');
  const along = normalAxis(axis, rank);
  arrays.forEach((array, i) => {
    if (array.ndim !== rank)
      throw raise(
        'ValueError',
        `all the input array dimensions except for the concatenation axis must match exactly, but along dimension 0, the array at index 0 has ${rank} dimension(s) and the array at index ${i} has ${array.ndim} dimension(s)`.replace(
          'all the input array dimensions except for the concatenation axis must match exactly, but along dimension 0, the array',
          'all the input arrays must have same number of dimensions, but the array',
        ),
      );
    array.shape.forEach((length, d) => {
      if (d !== along && length !== arrays[0]!.shape[d])
        throw raise(
          'ValueError',
          `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${d}, the array at index 0 has size ${arrays[0]!.shape[d]} and the array at index ${i} has size ${length}`,
        );
    });
  });
  const dtype = wanted ?? arrays.map(array => array.dtype).reduce((a, b) => promote(a, b));
  const shape = arrays[0]!.shape.map((length, d) =>
    d === along ? arrays.reduce((sum, array) => sum + array.shape[d]!, 0) : length,
  );
  const data = allocate(dtype, sizeOf(shape)) as Item[];
  const inner = sizeOf(shape.slice(along + 1));
  const outer = sizeOf(shape.slice(0, along));
  const row = shape[along]! * inner;
  let from = 0;
  for (const array of arrays) {
    const items = castItems(itemsOf(array), array.dtype, dtype) as Item[];
    const width = array.shape[along]! * inner;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < width; i++) data[o * row + from + i] = items[o * width + i]!;
    }
    from += width;
  }
  return new NdArray(dtype, data as Storage, shape);
}

export function expandDims(array: NdArray, axes: readonly number[]): NdArray {
  const rank = array.ndim + axes.length;
  const at = axes.map(axis => normalAxis(axis, rank));
  const shape: number[] = [];
  const strides: number[] = [];
  let from = 0;
  for (let axis = 0; axis < rank; axis++) {
    if (at.includes(axis)) {
      shape.push(1);
      strides.push(0);
    } else {
      shape.push(array.shape[from]!);
      strides.push(array.strides[from++]!);
    }
  }
  return array.view(shape, strides);
}

export function squeeze(array: NdArray, axes: readonly number[] | undefined): NdArray {
  const chosen = reducedAxes(axes, array.ndim);
  if (chosen?.some(axis => array.shape[axis] !== 1))
    throw raise('ValueError', 'cannot select an axis to squeeze out which has size not equal to one');
  const kept = array.shape.flatMap((length, axis) =>
    (chosen === undefined ? length === 1 : chosen.includes(axis)) ? [] : [axis],
  );
  return array.view(
    kept.map(axis => array.shape[axis]!),
    kept.map(axis => array.strides[axis]!),
  );
}

function atLeast(array: NdArray, rank: 1 | 2 | 3): NdArray {
  if (array.ndim >= rank) return array;
  if (array.ndim === 0) return reshape(array, new Array<number>(rank).fill(1));
  if (array.ndim === 1) return rank === 2 ? expandDims(array, [0]) : expandDims(array, [0, 2]);
  return expandDims(array, [2]);
}

export function flip(array: NdArray, axes: readonly number[] | undefined): NdArray {
  const chosen = (axes ?? array.shape.map((_, axis) => axis)).map(axis => normalAxis(axis, array.ndim));
  let { offset } = array;
  const strides = array.strides.map((stride, axis) => {
    if (!chosen.includes(axis)) return stride;
    offset += (Math.max(1, array.shape[axis]!) - 1) * stride;
    return -stride;
  });
  return array.view(array.shape, strides, offset);
}

export function broadcastTo(array: NdArray, shape: Shape): NdArray {
  return array.view(shape, broadcastStrides(array, shape));
}

/** Items along an axis at given places. */
export function takeAlong(array: NdArray, places: ArrayLike<number>, axis: number): NdArray {
  const moved = itemsOf(array) as Item[];
  const length = array.shape[axis]!;
  const inner = sizeOf(array.shape.slice(axis + 1));
  const outer = sizeOf(array.shape.slice(0, axis));
  const shape = array.shape.map((size, d) => (d === axis ? places.length : size));
  const data = allocate(array.dtype, sizeOf(shape)) as Item[];
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < places.length; i++) {
      const from = (o * length + places[i]!) * inner;
      for (let n = 0; n < inner; n++) data[to++] = moved[from + n]!;
    }
  }
  return new NdArray(array.dtype, data as Storage, shape);
}

function roll(array: NdArray, shift: number, axis: number): NdArray {
  const length = array.shape[axis]!;
  const places = Array.from({ length }, (_, i) => (((i - shift) % length) + length) % length);
  return takeAlong(array, places, axis);
}

/** Dimensions that an array of numpy's may have. */
const MOST_DIMENSIONS = 64;

function tile(array: NdArray, repeats: readonly number[]): NdArray {
  const rank = Math.max(array.ndim, repeats.length);
  if (rank > MOST_DIMENSIONS)
    throw raise('ValueError', 'ndmin bigger than allowable number of dimensions NPY_MAXDIMS (=64)');
  let result = array;
  while (result.ndim < rank) result = expandDims(result, [0]);
  const counts = [...new Array<number>(rank - repeats.length).fill(1), ...repeats];
  counts.forEach((count, axis) => {
    const length = result.shape[axis]!;
    vm.charge(Math.max(0, count * length) * 8);
    result = takeAlong(
      result,
      Array.from({ length: count * length }, (_, i) => i % length),
      axis,
    );
  });
  return result;
}

/** What a part of an array takes. */
const PART_BYTES = 300;

function split(array: NdArray, sections: Value, axis: number, exact: boolean): Value {
  const along = normalAxis(axis, array.ndim);
  const length = array.shape[along]!;
  let cuts: number[];
  if (sections instanceof PyList || sections instanceof PyTuple || sections instanceof NdArray) {
    cuts = listOf(sections).map(item => smallIndex(item));
  } else {
    const count = smallIndex(sections);
    if (exact && length % count !== 0) throw raise('ValueError', 'array split does not result in an equal division');
    if (count <= 0) throw raise('ValueError', 'number sections must be larger than 0.');
    const extra = length % count;
    vm.charge(count * PART_BYTES);
    cuts = Array.from({ length: count - 1 }, (_, i) => (i + 1) * Math.floor(length / count) + Math.min(i + 1, extra));
  }
  const key = (from: number, to: number | null): Value => {
    const parts: Value[] = new Array<Value>(along).fill(new PySlice(null, null, null));
    return new PyTuple([...parts, new PySlice(BigInt(from), to === null ? null : BigInt(to), null)]);
  };
  const edges = [0, ...cuts];
  return new PyList(edges.map((from, i) => getIndex(array, key(from, i + 1 < edges.length ? edges[i + 1]! : null))));
}

const axisOf = (value: Value | undefined, missing: number): number => optionalInteger(value, missing);

/** An array of so many dimensions at least. */
function ofRank(value: Value, least: number): NdArray {
  const array = asArray(value);
  if (array.ndim < least) throw raise('ValueError', `Input must be >= ${least}-d.`);
  return array;
}

/** Functions of the module by signature. */
export const SHAPING: Readonly<Record<string, NativeBody>> = {
  'reshape(a, shape, order="C", *, newshape!=None, copy!=None)': (a: Value, shape: Value, order: Value) =>
    reshape(asArray(a), looseShape(shape), order),
  'ravel(a, order!="C")': (a: Value) => ravel(asArray(a)),
  'transpose(a, axes=None)': (a: Value, axes: Value | undefined) => transpose(asArray(a), axesOf(axes)),
  'permute_dims(a, axes=None)': (a: Value, axes: Value | undefined) => transpose(asArray(a), axesOf(axes)),
  'swapaxes(a, axis1, axis2)': (a: Value, first: Value, second: Value) =>
    swapAxes(asArray(a), smallIndex(first), smallIndex(second)),
  'moveaxis(a, source, destination)': (a: Value, source: Value, destination: Value) => {
    const array = asArray(a);
    const from = axesOf(source)!.map(axis => normalAxis(axis, array.ndim));
    const to = axesOf(destination)!.map(axis => normalAxis(axis, array.ndim));
    const order = array.shape.flatMap((_, axis) => (from.includes(axis) ? [] : [axis]));
    [...to.keys()]
      .sort((i, j) => to[i]! - to[j]!)
      .forEach(i => {
        order.splice(to[i]!, 0, from[i]!);
      });
    return transpose(array, order);
  },
  'squeeze(a, axis=None)': (a: Value, axis: Value | undefined) => squeeze(asArray(a), axesOf(axis)),
  'expand_dims(a, axis)': (a: Value, axis: Value) => {
    const axes = axesOf(axis);
    if (axes === undefined) throw raise('TypeError', "'NoneType' object cannot be interpreted as an integer");
    return expandDims(asArray(a), axes);
  },
  'atleast_1d(*arys)': (arys: PyTuple) => perArray(arys, array => atLeast(array, 1)),
  'atleast_2d(*arys)': (arys: PyTuple) => perArray(arys, array => atLeast(array, 2)),
  'atleast_3d(*arys)': (arys: PyTuple) => perArray(arys, array => atLeast(array, 3)),
  'concatenate(arrays, /, axis=0, out!=None, *, dtype=None, casting=None)': joined,
  'concat(arrays, /, axis=0, out!=None, *, dtype=None, casting=None)': joined,
  'stack(arrays, axis=0, out!=None, *, dtype!=None, casting!="same_kind")': (
    arrays: Value,
    axis: Value | undefined,
  ) => {
    const list = arraysOf(arrays);
    if (list.length === 0) throw raise('ValueError', 'need at least one array to stack');
    if (list.some(array => array.shape.join() !== list[0]!.shape.join()))
      throw raise('ValueError', 'all input arrays must have the same shape');
    const at = axisOf(axis, 0);
    return concatenate(
      list.map(array => expandDims(array, [at])),
      at,
    );
  },
  'vstack(tup, *, dtype!=None, casting!="same_kind")': (tup: Value) =>
    concatenate(
      arraysOf(tup).map(array => atLeast(array, 2)),
      0,
    ),
  'hstack(tup, *, dtype!=None, casting!="same_kind")': (tup: Value) => {
    const list = arraysOf(tup).map(array => atLeast(array, 1));
    return concatenate(list, list[0]?.ndim === 1 ? 0 : 1);
  },
  'dstack(tup)': (tup: Value) =>
    concatenate(
      arraysOf(tup).map(array => atLeast(array, 3)),
      2,
    ),
  'column_stack(tup)': (tup: Value) =>
    concatenate(
      arraysOf(tup).map(array => (array.ndim < 2 ? transpose(atLeast(array, 2)) : array)),
      1,
    ),
  'append(arr, values, axis=None)': (arr: Value, values: Value, axis: Value | undefined) =>
    axis === undefined || axis === null
      ? concatenate([ravel(asArray(arr)), ravel(asArray(values))], 0)
      : concatenate([asArray(arr), asArray(values)], smallIndex(axis)),
  'insert(arr, obj, values, axis=None)': (arr: Value, obj: Value, values: Value, axis: Value | undefined) => {
    const array = axis === undefined || axis === null ? ravel(asArray(arr)) : asArray(arr);
    const along = normalAxis(axisOf(axis, 0), array.ndim);
    if (!hasIndex(obj)) throw new Unsupported('numpy.insert at several places');
    const at = smallIndex(obj);
    const length = array.shape[along]!;
    const from = at < 0 ? at + length : at;
    const range = (start: number, stop: number): number[] => Array.from({ length: stop - start }, (_, i) => start + i);
    let middle = asArray(values, array.dtype);
    if (array.ndim === 1) middle = ravel(middle);
    else if (middle.ndim === array.ndim) throw new Unsupported('numpy.insert of several rows or columns');
    else {
      // The first of its axes is put in the place of the axis along which it is inserted.
      const whole = reshape(middle, [...new Array<number>(array.ndim - middle.ndim).fill(1), ...middle.shape]);
      const rest = array.shape.map((_, d) => d).slice(1);
      middle = broadcastTo(
        transpose(whole, rest.toSpliced(along, 0, 0)),
        array.shape.map((size, d) => (d === along ? 1 : size)),
      );
    }
    return concatenate(
      [takeAlong(array, range(0, from), along), middle, takeAlong(array, range(from, length), along)],
      along,
      array.dtype,
    );
  },
  'delete(arr, obj, axis=None)': (arr: Value, obj: Value, axis: Value | undefined) => {
    const array = axis === undefined || axis === null ? ravel(asArray(arr)) : asArray(arr);
    const along = normalAxis(axisOf(axis, 0), array.ndim);
    const length = array.shape[along]!;
    const all = new NdArray(
      int64,
      BigInt64Array.from({ length }, (_, i) => BigInt(i)),
      [length],
    );
    const chosen = ravel(asArray(getIndex(all, obj instanceof PyTuple ? new PyList([...obj.items]) : obj)));
    const gone = new Set([...(itemsOf(chosen) as BigInt64Array)].map(Number));
    const places = Array.from({ length }, (_, i) => i).filter(i => !gone.has(i));
    return takeAlong(array, places, along);
  },
  'split(ary, indices_or_sections, axis=0)': (ary: Value, sections: Value, axis: Value | undefined) =>
    split(asArray(ary), sections, axisOf(axis, 0), true),
  'array_split(ary, indices_or_sections, axis=0)': (ary: Value, sections: Value, axis: Value | undefined) =>
    split(asArray(ary), sections, axisOf(axis, 0), false),
  'hsplit(ary, indices_or_sections)': (ary: Value, sections: Value) => {
    const array = asArray(ary);
    return split(array, sections, array.ndim > 1 ? 1 : 0, true);
  },
  'vsplit(ary, indices_or_sections)': (ary: Value, sections: Value) => split(asArray(ary), sections, 0, true),
  'flip(m, axis=None)': (m: Value, axis: Value | undefined) => {
    const array = asArray(m);
    // Without axes it is indexed by nothing, which takes the item out.
    const flipped = flip(array, axesOf(axis));
    return array.ndim === 0 ? resultOf(flipped) : flipped;
  },
  'fliplr(m)': (m: Value) => flip(ofRank(m, 2), [1]),
  'flipud(m)': (m: Value) => flip(ofRank(m, 1), [0]),
  'rot90(m, k=1, axes=(0, 1))': (m: Value, k: Value | undefined, axes: Value | undefined) => {
    const array = asArray(m);
    const [first, second] = (axesOf(axes) ?? [0, 1]).map(axis => normalAxis(axis, array.ndim)) as [number, number];
    const turns = ((optionalInteger(k, 1) % 4) + 4) % 4;
    if (turns === 0) return array;
    if (turns === 2) return flip(array, [first, second]);
    const turned = swapAxes(turns === 1 ? flip(array, [second]) : array, first, second);
    return turns === 1 ? turned : flip(turned, [second]);
  },
  'roll(a, shift, axis=None)': (a: Value, shift: Value, axis: Value | undefined) => {
    const array = asArray(a);
    if (axis === undefined || axis === null) return reshape(roll(ravel(array), smallIndex(shift), 0), array.shape);
    const shifts = axesOf(shift)!;
    return axesOf(axis)!.reduce(
      (result, one, i) => roll(result, shifts[i] ?? shifts[0]!, normalAxis(one, array.ndim)),
      array,
    );
  },
  'repeat(a, repeats, axis=None)': (a: Value, repeats: Value, axis: Value | undefined) =>
    repeatItems(asArray(a), repeats, axis),
  'tile(A, reps)': (array: Value, reps: Value) => tile(asArray(array), axesOf(reps)!),
  'broadcast_to(array, shape, subok!=False)': (array: Value, shape: Value) =>
    broadcastTo(asArray(array), shapeOf(shape)),
  'broadcast_arrays(*args, subok=False)': (args: PyTuple) => {
    const arrays = args.items.map(item => asArray(item));
    const shape = broadcastShapes(arrays.map(array => array.shape));
    return new PyTuple(arrays.map(array => broadcastTo(array, shape)));
  },
  'broadcast_shapes(*args)': (args: PyTuple) =>
    new PyTuple(broadcastShapes(args.items.map(item => shapeOf(item))).map(length => BigInt(length))),
  'take(a, indices, axis=None, out!=None, mode!="raise")': (a: Value, indices: Value, axis: Value | undefined) => {
    const array = asArray(a);
    if (axis === undefined || axis === null) return getIndex(ravel(array), listed(indices));
    const along = normalAxis(smallIndex(axis), array.ndim);
    const key: Value[] = new Array<Value>(along).fill(new PySlice(null, null, null));
    return getIndex(array, new PyTuple([...key, listed(indices)]));
  },
  'take_along_axis(arr, indices, axis=-1)': (arr: Value, indices: Value, axis: Value | undefined) =>
    takeAlongAxis(asArray(arr), asArray(indices), axisOf(axis, -1)),
  'diagonal(a, offset=0, axis1!=0, axis2!=1)': (a: Value, offset: Value | undefined) => {
    const array = asArray(a);
    if (array.ndim > 2) throw new Unsupported('diagonal of an array of more than 2 dimensions');
    return diagonal(array, optionalInteger(offset, 0));
  },
  'diag(v, k=0)': (v: Value, k: Value | undefined) => {
    const array = asArray(v);
    const at = optionalInteger(k, 0);
    if (array.ndim === 2) return copyArray(diagonal(array, at));
    if (array.ndim !== 1) throw raise('ValueError', 'Input must be 1- or 2-d.');
    const n = array.size + Math.abs(at);
    const data = allocate(array.dtype, n * n) as Item[];
    (itemsOf(array) as Item[]).forEach((item, i) => {
      data[(i + Math.max(0, -at)) * n + i + Math.max(0, at)] = item;
    });
    return new NdArray(array.dtype, data as Storage, [n, n]);
  },
  'tril(m, k=0)': (m: Value, k: Value | undefined) => triangle(asArray(m), (i, j) => j <= i + optionalInteger(k, 0)),
  'triu(m, k=0)': (m: Value, k: Value | undefined) => triangle(asArray(m), (i, j) => j >= i + optionalInteger(k, 0)),
};

function listed(value: Value): Value {
  return value instanceof PyTuple ? new PyList([...value.items]) : value instanceof PyList ? value : value;
}

function joined(arrays: Value, axis: Value | undefined, _out: Value | undefined, dtype: Value | undefined): Value {
  const wanted = dtype === undefined || dtype === null ? undefined : dtypeOf(dtype);
  if (axis === null) return concatenate(arraysOf(arrays).map(ravel), 0, wanted);
  return concatenate(arraysOf(arrays), axisOf(axis, 0), wanted);
}

function perArray(arys: PyTuple, change: (array: NdArray) => NdArray): Value {
  const results = arys.items.map(item => change(asArray(item)));
  return results.length === 1 ? results[0]! : new PyTuple(results);
}

export function swapAxes(array: NdArray, first: number, second: number): NdArray {
  const order = array.shape.map((_, axis) => axis);
  const [a, b] = [normalAxis(first, array.ndim), normalAxis(second, array.ndim)];
  [order[a], order[b]] = [b, a];
  return transpose(array, order);
}

export function repeatItems(source: NdArray, repeats: Value, axis: Value | undefined): NdArray {
  const array = axis === undefined || axis === null ? ravel(source) : source;
  const along = normalAxis(axisOf(axis, 0), array.ndim);
  const length = array.shape[along]!;
  const counts = broadcastItems(asArray(repeats, int64), [length], int64) as BigInt64Array;
  const places: number[] = [];
  for (const count of counts) vm.charge(count > 0n ? Number(count) * 8 : 0);
  for (let i = 0; i < length; i++) for (let n = 0n; n < counts[i]!; n++) places.push(i);
  return takeAlong(array, places, along);
}

export function takeAlongAxis(array: NdArray, indices: NdArray, axis: number): NdArray {
  const along = normalAxis(axis, array.ndim);
  const key = indices.shape.map((length, d): Value => {
    if (d === along) return indices;
    const shape = indices.shape.map((_, e) => (e === d ? length : 1));
    return new NdArray(
      int64,
      BigInt64Array.from({ length }, (_, i) => BigInt(i)),
      shape,
    );
  });
  return asArray(getIndex(array, new PyTuple(key)));
}

export function diagonal(array: NdArray, offset: number): NdArray {
  if (array.ndim < 2) throw raise('ValueError', 'diag requires an array of at least two dimensions');
  const [rows, columns] = [array.shape[0]!, array.shape[1]!];
  const [down, right] = [array.strides[0]!, array.strides[1]!];
  const count = Math.max(0, Math.min(rows + Math.min(0, offset), columns - Math.max(0, offset)));
  const start = array.offset + Math.max(0, -offset) * down + Math.max(0, offset) * right;
  return array.view([...array.shape.slice(2), count], [...array.strides.slice(2), down + right], start);
}

function triangle(array: NdArray, keeps: (row: number, column: number) => boolean): NdArray {
  const copy = copyArray(array);
  const [rows, columns] = copy.shape.slice(-2) as [number, number];
  const blank = allocate(copy.dtype, 1) as Item[];
  const data = copy.data as Item[];
  for (let at = 0; at < data.length; at++) {
    if (!keeps(Math.floor(at / columns) % rows, at % columns)) data[at] = blank[0]!;
  }
  return copy;
}
