/** `array[key]` and `array[key] = value`: integers, slices, newaxis, ellipsis, masks and integer arrays. */
import { selectIndices } from '../../python/builtins/slices';
import { raise } from '../../python/runtime/errors';
import { Ellipsis, PyList, PySlice, PyTuple, type Value } from '../../python/runtime/objects';
import { hasIndex, smallIndex } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  broadcastItems,
  broadcastShapes,
  checkAllSet,
  checkSet,
  contiguousStrides,
  NdArray,
  noteSet,
  offsetsOf,
  resultOf,
  Scalar,
  type Shape,
  scalarOf,
  sizeOf,
  touchArray,
} from './array';
import { asArray, itemFor } from './convert';
import { bool, type Item, int64, object } from './dtype';
import { warnDiscarded } from './errors';

/** What a key selects: a view, and index arrays for the axes that have them. */
interface Selection {
  readonly view: NdArray;
  /** Index arrays by axis of the view; undefined where there are none. */
  readonly fancy: (NdArray | undefined)[] | undefined;
}

const INVALID =
  'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices';

function tooMany(array: NdArray, given: number) {
  const { ndim } = array;
  return raise('IndexError', `too many indices for array: array is ${ndim}-dimensional, but ${given} were indexed`);
}

function isIndexArray(value: Value): boolean {
  return (
    value instanceof PyList ||
    (value instanceof NdArray && (value.ndim > 0 || value.dtype === bool)) ||
    typeof value === 'boolean' ||
    (value instanceof Scalar && value.dtype === bool)
  );
}

function indexArray(value: Value): NdArray {
  const array = asArray(value);
  if (array.dtype === bool || array.dtype.isInteger) return array;
  if (array.size === 0 && !(value instanceof NdArray)) return asArray(value, int64);
  throw raise('IndexError', 'arrays used as indices must be of integer (or boolean) type');
}

function select(array: NdArray, key: Value): Selection {
  const { parts, used } = indexParts(key);
  if (parts.filter(part => part === Ellipsis).length > 1)
    throw raise('IndexError', "an index can only have a single ellipsis ('...')");
  if (used > array.ndim) throw tooMany(array, used);
  const building = new SelectionBuilder(array);
  for (const part of parts)
    if (part === null) building.insertAxis(undefined);
    else if (part === Ellipsis) building.keepAxes(array.ndim - used);
    else if (part instanceof NdArray && (part.ndim > 0 || part.dtype === bool)) building.takeFancy(part);
    else if (part instanceof PySlice) building.slice(part);
    else building.fix(part as Value);
  return building.selection();
}

/** What a key holds, with index arrays as such, and how many axes these parts take. */
function indexParts(key: Value): { readonly parts: readonly (Value | NdArray)[]; readonly used: number } {
  let used = 0;
  const parts = (key instanceof PyTuple ? key.items : [key]).map(part => {
    if (part === null || part === Ellipsis) return part;
    const index = isIndexArray(part) ? indexArray(part) : undefined;
    used += index?.dtype === bool ? index.ndim : 1;
    return index ?? part;
  });
  return { parts, used };
}

/** Makes a selection part by part, along the axes of the array. */
class SelectionBuilder {
  readonly #array: NdArray;
  readonly #shape: number[] = [];
  readonly #strides: number[] = [];
  readonly #fancy: (NdArray | undefined)[] = [];
  #offset: number;
  /** The axis of the array that the next part is about. */
  #axis = 0;

  constructor(array: NdArray) {
    this.#array = array;
    this.#offset = array.offset;
  }

  keepAxes(count: number): void {
    for (let i = 0; i < count; i++) this.#takeAxis(undefined);
  }

  /** An axis of length 1 that the array does not have. */
  insertAxis(index: NdArray | undefined): void {
    this.#add(1, 0, index);
  }

  takeFancy(index: NdArray): void {
    if (index.dtype !== bool) this.#takeAxis(index);
    else {
      const arrays = maskIndices(index, this.#array, this.#axis);
      if (index.ndim === 0) this.insertAxis(arrays[0]);
      else for (const one of arrays) this.#takeAxis(one);
    }
  }

  slice(part: PySlice): void {
    const stride = this.#array.strides[this.#axis]!;
    const { start, step, count } = selectIndices(part, this.#array.shape[this.#axis]!);
    this.#offset += count > 0 ? start * stride : 0;
    this.#add(count, step * stride, undefined);
    this.#axis++;
  }

  /** One place of an axis, which goes. */
  fix(part: Value): void {
    if (!hasIndex(part)) throw raise('IndexError', INVALID);
    const axis = this.#axis++;
    const length = this.#array.shape[axis]!;
    const index = smallIndex(part);
    if (index < -length || index >= length)
      throw raise('IndexError', `index ${index} is out of bounds for axis ${axis} with size ${length}`);
    this.#offset += (index < 0 ? index + length : index) * this.#array.strides[axis]!;
  }

  selection(): Selection {
    this.keepAxes(this.#array.ndim - this.#axis);
    const hasFancy = this.#fancy.some(index => index !== undefined);
    return {
      view: this.#array.view(this.#shape, this.#strides, this.#offset),
      fancy: hasFancy ? this.#fancy : undefined,
    };
  }

  #takeAxis(index: NdArray | undefined): void {
    this.#add(this.#array.shape[this.#axis]!, this.#array.strides[this.#axis]!, index);
    this.#axis++;
  }

  #add(length: number, stride: number, index: NdArray | undefined): void {
    this.#shape.push(length);
    this.#strides.push(stride);
    this.#fancy.push(index);
  }
}

/** A mask as one index array for each of its axes. */
function maskIndices(mask: NdArray, array: NdArray, axis: number): NdArray[] {
  const items = broadcastItems(mask, mask.shape, bool) as Uint8Array;
  if (mask.ndim === 0) return [new NdArray(int64, new BigInt64Array(items[0] === 1 ? 1 : 0), [items[0] === 1 ? 1 : 0])];
  mask.shape.forEach((length, i) => {
    if (array.shape[axis + i] !== length)
      throw raise(
        'IndexError',
        `boolean index did not match indexed array along axis ${axis + i}; size of axis is ${array.shape[axis + i]} but size of corresponding boolean axis is ${length}`,
      );
  });
  return nonzeroOf(items, mask.shape);
}

/** Indices of the items that are 1, axis by axis. */
export function nonzeroOf(items: Uint8Array, shape: Shape): NdArray[] {
  let count = 0;
  for (let at = 0; at < items.length; at++) if (items[at] === 1) count++;
  const steps = contiguousStrides(shape);
  const found = shape.map(() => allocate(int64, count) as BigInt64Array);
  let next = 0;
  for (let at = 0; at < items.length; at++) {
    if (items[at] !== 1) continue;
    let rest = at;
    for (let axis = 0; axis < shape.length; axis++) {
      found[axis]![next] = BigInt(Math.floor(rest / steps[axis]!));
      rest %= steps[axis]!;
    }
    next++;
  }
  return found.map(data => new NdArray(int64, data, [count]));
}

/** Offsets into the storage of all items that index arrays select, and the shape of the result. */
function fancyOffsets(selection: Selection): { offsets: ArrayLike<number>; shape: Shape } {
  const { view, fancy } = selection;
  const axes = fancy!.flatMap((index, axis) => (index === undefined ? [] : [axis]));
  let common: Shape;
  try {
    common = broadcastShapes(axes.map(axis => fancy![axis]!.shape));
  } catch {
    const shapes = axes
      .map(axis => `(${fancy![axis]!.shape.join(',')}${fancy![axis]!.ndim === 1 ? ',' : ''})`)
      .join(' ');
    throw raise('IndexError', `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes} `);
  }
  const size = sizeOf(common);
  const sums = new Float64Array(size);
  for (const axis of axes) {
    const index = fancy![axis]!;
    const items = broadcastItems(index, common, int64) as BigInt64Array;
    const length = view.shape[axis]!;
    const stride = view.strides[axis]!;
    for (let at = 0; at < size; at++) {
      const i = Number(items[at]);
      if (i < -length || i >= length)
        throw raise('IndexError', `index ${i} is out of bounds for axis ${axis} with size ${length}`);
      sums[at]! += (i < 0 ? i + length : i) * stride;
    }
  }
  const restAxes = view.shape.flatMap((_, axis) => (fancy![axis] === undefined ? [axis] : []));
  // Index arrays side by side keep their place; others move to the front.
  const adjacent = axes.every((axis, i) => i === 0 || axis === axes[i - 1]! + 1);
  const before = adjacent ? restAxes.filter(axis => axis < axes[0]!) : [];
  const after = restAxes.filter(axis => !before.includes(axis));
  const shapeOf = (list: readonly number[]): number[] => list.map(axis => view.shape[axis]!);
  const stridesOf = (list: readonly number[]): number[] => list.map(axis => view.strides[axis]!);
  const outer = offsetsOf(view.view(shapeOf(before), stridesOf(before)));
  const inner = offsetsOf(view.view(shapeOf(after), stridesOf(after), 0));
  const shape = [...shapeOf(before), ...common, ...shapeOf(after)];
  const offsets = new Float64Array(sizeOf(shape));
  let at = 0;
  for (let i = 0; i < outer.length; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < inner.length; k++) offsets[at++] = outer[i]! + sums[j]! + inner[k]!;
    }
  }
  return { offsets, shape };
}

/** What a view takes. */
const INDEX_STEPS = 15;

/** `array[key]` */
export function getIndex(array: NdArray, key: Value): Value {
  if (typeof key === 'bigint' && array.ndim === 1) {
    const length = array.shape[0]!;
    const index = Number(key);
    if (index >= -length && index < length) {
      const at = array.offset + (index < 0 ? index + length : index) * array.strides[0]!;
      checkSet(array, at);
      return scalarOf(array.dtype, (array.data as Item[])[at]!);
    }
  }
  vm.step(INDEX_STEPS);
  const selection = select(array, key);
  const { view } = selection;
  if (selection.fancy === undefined) {
    const whole = key instanceof PyTuple ? key.items.includes(Ellipsis) : key === Ellipsis;
    return view.ndim === 0 && !whole ? resultOf(view) : view;
  }
  const { offsets, shape } = fancyOffsets(selection);
  checkAllSet(array, offsets);
  const data = allocate(array.dtype, offsets.length) as Item[];
  const source = array.data as Item[];
  for (let at = 0; at < offsets.length; at++) data[at] = source[offsets[at]!]!;
  return new NdArray(array.dtype, data as NdArray['data'], shape);
}

/** `array[key] = value` */
export function setIndex(array: NdArray, key: Value, value: Value): void {
  const selection = select(array, key);
  const { view } = selection;
  const { offsets, shape } =
    selection.fancy === undefined ? { offsets: offsetsOf(view), shape: view.shape } : fancyOffsets(selection);
  touchArray(array);
  const data = array.data as Item[];
  const isItem = offsets.length === 1 && shape.length === 0;
  if (isItem && !(value instanceof NdArray && (array.dtype !== object || array.ndim === 0))) {
    data[offsets[0]!] = value instanceof NdArray ? value : trimText(array, itemFor(value, array.dtype));
    noteSet(array, offsets);
    return;
  }
  let source = asArray(value, value instanceof NdArray || value instanceof Scalar ? undefined : assigned(array, value));
  while (source.ndim > shape.length && source.shape[0] === 1)
    source = source.view(source.shape.slice(1), source.strides.slice(1));
  if (selection.fancy !== undefined && source.ndim > 0) checkFancy(source.shape, shape);
  warnDiscarded(source.dtype, array.dtype);
  const items = broadcastItems(source, shape, array.dtype) as Item[];
  const copy = items === data ? (items.slice() as Item[]) : items;
  for (let at = 0; at < offsets.length; at++) data[offsets[at]!] = copy[at]!;
  noteSet(array, offsets);
}

function assigned(array: NdArray, value: Value) {
  return array.dtype.kind === 'U' && !(value instanceof PyList) ? undefined : array.dtype;
}

function trimText(array: NdArray, item: Item): Item {
  return array.dtype.kind === 'U' ? [...(item as string)].slice(0, array.dtype.itemsize / 4).join('') : item;
}

function checkFancy(source: Shape, shape: Shape): void {
  const fits = source.every((length, i) => length === 1 || length === shape[shape.length - source.length + i]);
  if (fits && source.length <= shape.length) return;
  const text = (lengths: Shape): string => (lengths.length === 1 ? `(${lengths[0]},)` : `(${lengths.join(',')})`);
  if (source.length === 1 && shape.length === 1)
    throw raise(
      'ValueError',
      `NumPy boolean array indexing assignment cannot assign ${source[0]} input values to the ${shape[0]} output values where the mask is true`,
    );
  throw raise(
    'ValueError',
    `shape mismatch: value array of shape ${text(source)} could not be broadcast to indexing result of shape ${text(shape)}`,
  );
}
