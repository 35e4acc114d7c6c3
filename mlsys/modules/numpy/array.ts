/** Arrays: a shape and strides over a storage that views share. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { parseFloatText, parseInteger } from '../../python/runtime/numbers/parse';
import {
  nativeClass,
  objectClass,
  type PyClass,
  PyComplex,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { convertedFloat, str, toInteger, truth } from '../../python/runtime/operations';
import { type Sharing, type UnknownCause, UnknownReached } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { type DType, float64, type Item, object, roundTo, type Storage, stringDType, uint64, wrapTo } from './dtype';
import { flagsOfLoop, hasNonFinite, INVALID, report } from './flags';

export const ndarrayClass = nativeClass('ndarray', [objectClass], 'numpy');
ndarrayClass.errorName = 'numpy.ndarray';

export type Shape = readonly number[];

/** Items of a storage that nothing has set since it was made, or since what was in it is not known any more. */
class UnsetItems {
  readonly #isSet: Uint8Array;
  readonly #refusal: () => Error;
  #left: number;

  constructor(isSet: Uint8Array, refusal = refusedMemory) {
    this.#isSet = isSet;
    this.#refusal = refusal;
    this.#left = isSet.reduce((left, one) => left - one, isSet.length);
  }

  /** Notes that the item at an offset was set; false once all are. */
  set(offset: number): boolean {
    if (this.#isSet[offset] === 0) {
      this.#isSet[offset] = 1;
      this.#left--;
    }
    return this.#left > 0;
  }

  /** Throws `Unsupported` or `UnknownReached` where nothing has set the item at an offset. */
  check(offset: number): void {
    if (this.#isSet[offset] === 0) throw this.#refusal();
  }
}

const refusedMemory = (): Error =>
  new Unsupported('reading items of an empty array that nothing has set', 'set them first, or use np.zeros');

export class NdArray extends PyObject implements Sharing {
  readonly dtype: DType;
  data: Storage;
  shape: Shape;
  /** Steps between neighbours along each axis, in items. */
  strides: readonly number[];
  readonly offset: number;
  /** The array whose storage a view shares. */
  readonly base: NdArray | undefined;
  /** Of an array that is no view. Whoever reads or sets items by itself asks `checkSet` and tells `noteSet`. */
  unset: UnsetItems | undefined;

  constructor(dtype: DType, data: Storage, shape: Shape, strides?: readonly number[], offset = 0, base?: NdArray) {
    super(ndarrayClass);
    this.dtype = dtype;
    this.data = data;
    this.shape = shape;
    this.strides = strides ?? contiguousStrides(shape);
    this.offset = offset;
    this.base = base;
    this.unset = undefined;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  get contents(): NdArray {
    return this.base ?? this;
  }

  loseContents(cause: UnknownCause): void {
    const { contents } = this;
    contents.unset = new UnsetItems(new Uint8Array(contents.data.length), () => new UnknownReached(cause));
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** A view with another shape on the same storage. */
  view(shape: Shape, strides: readonly number[], offset = this.offset): NdArray {
    return new NdArray(this.dtype, this.data, shape, strides, offset, this.base ?? this);
  }
}

/** An object that numpy's functions take for the array in it. */
export abstract class ArrayHolder extends PyObject {
  abstract readonly array: NdArray;
}

/** A scalar of numpy's: immutable, with a dtype. A float64 is a Python float as well, a str_ a str. */
export class Scalar extends PyInstance {
  readonly dtype: DType;
  readonly item: Item;

  constructor(dtype: DType, item: Item) {
    super(dtype.type);
    this.attrs = undefined;
    this.dtype = dtype;
    this.item = item;
    if (dtype === float64 || dtype.kind === 'U') this.payload = item;
  }
}

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= Math.max(1, shape[axis]!);
  }
  return strides;
}

export function isContiguous(array: NdArray): boolean {
  let step = 1;
  for (let axis = array.shape.length - 1; axis >= 0; axis--) {
    const length = array.shape[axis]!;
    if (length !== 1 && array.strides[axis] !== step) return false;
    step *= length;
  }
  return true;
}

/** What an array takes beside its items. */
const ARRAY_BYTES = 300;
const ARRAY_STEPS = 8;

/** An empty storage; its memory and the work to fill it are charged to the cell. */
export function allocate(dtype: DType, size: number): Storage {
  if (size > 2 ** 31) vm.charge(Number.MAX_SAFE_INTEGER);
  vm.charge(ARRAY_BYTES + size * 8);
  vm.step(ARRAY_STEPS + (size >>> 3));
  switch (dtype.kind) {
    case 'f':
      return new Float64Array(size);
    case 'i':
      return new BigInt64Array(size);
    case 'u':
      return dtype === uint64 ? new BigUint64Array(size) : new BigInt64Array(size);
    case 'b':
      return new Uint8Array(size);
    case 'c':
      return new Array<Item>(size).fill(new PyComplex(0, 0));
    case 'U':
      return new Array<Item>(size).fill('');
    default:
      return new Array<Item>(size).fill(0n);
  }
}

/** A storage of a dtype with items that already are of it. */
export function storageOf(dtype: DType, items: ArrayLike<Item>): Storage {
  const data = allocate(dtype, items.length) as Item[];
  for (let at = 0; at < items.length; at++) data[at] = items[at]!;
  return data;
}

export function fromItems(dtype: DType, items: ArrayLike<Item>, shape: Shape = [items.length]): NdArray {
  return new NdArray(dtype, storageOf(dtype, items), shape);
}

export function floats(values: ArrayLike<number>, shape: Shape = [values.length]): NdArray {
  const data = allocate(float64, values.length) as Float64Array;
  for (let at = 0; at < values.length; at++) data[at] = values[at]!;
  return new NdArray(float64, data, shape);
}

/** An array with items that nothing has set, those at which `isSet` is 0. */
export function partlySet(dtype: DType, data: Storage, shape: Shape, isSet: Uint8Array): NdArray {
  const array = new NdArray(dtype, data, shape);
  if (isSet.includes(0)) array.unset = new UnsetItems(isSet);
  return array;
}

/** Throws `Unsupported` where nothing has set the item of an array at an offset in its storage. */
export function checkSet(array: NdArray, offset: number): void {
  array.contents.unset?.check(offset);
}

/** The same for many of them. */
export function checkAllSet(array: NdArray, offsets: ArrayLike<number>): void {
  const { unset } = array.contents;
  if (unset === undefined) return;
  vm.step(offsets.length >>> 3);
  for (let at = 0; at < offsets.length; at++) unset.check(offsets[at]!);
}

/** Notes that items of an array were set, by their offsets in its storage. */
export function noteSet(array: NdArray, offsets: ArrayLike<number>): void {
  const owner = array.contents;
  if (owner.unset === undefined) return;
  vm.step(offsets.length >>> 3);
  let some = true;
  for (let at = 0; at < offsets.length; at++) some = owner.unset.set(offsets[at]!);
  if (!some) owner.unset = undefined;
}

/** Offsets of the items of an array in row order. */
export function offsetsOf(
  array: NdArray,
  shape: Shape = array.shape,
  strides = array.strides,
): Int32Array | Float64Array {
  const size = sizeOf(shape);
  vm.charge(size * 8);
  vm.step(1 + (size >>> 4));
  const offsets = array.data.length < 2 ** 31 ? new Int32Array(size) : new Float64Array(size);
  if (size === 0) return offsets;
  const rank = shape.length;
  if (rank === 0) {
    offsets[0] = array.offset;
    return offsets;
  }
  const index = new Array<number>(rank).fill(0);
  const last = rank - 1;
  const length = shape[last]!;
  const step = strides[last]!;
  let start = array.offset;
  for (let at = 0; at < size; ) {
    let offset = start;
    for (let i = 0; i < length; i++) {
      offsets[at++] = offset;
      offset += step;
    }
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      start -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return offsets;
}

/** The items in row order. May be the array's own storage, so not to be changed. */
export function itemsOf(array: NdArray): Storage {
  if (array.contents.unset !== undefined) checkAllSet(array, offsetsOf(array));
  // What goes on to be done with each of them; integers are of any size in JavaScript, and slow.
  if (array.size > 256) vm.step(array.size >> (array.dtype.kind === 'f' || array.dtype.kind === 'b' ? 3 : 1));
  if (isContiguous(array)) {
    const { data, offset, size } = array;
    if (offset === 0 && data.length === size) return data;
    return data.slice(offset, offset + size) as Storage;
  }
  const offsets = offsetsOf(array);
  const data = allocate(array.dtype, offsets.length) as Item[];
  const source = array.data as Item[];
  for (let at = 0; at < offsets.length; at++) data[at] = source[offsets[at]!]!;
  return data;
}

/** The items in row order, broadcast to a shape and cast to a dtype. Not to be changed. */
export function broadcastItems(array: NdArray, shape: Shape, dtype: DType): Storage {
  let source: Storage;
  if (sameShape(array.shape, shape)) source = itemsOf(array);
  else {
    const view = array.view(shape, broadcastStrides(array, shape));
    source = itemsOf(view);
  }
  return castItems(source, array.dtype, dtype);
}

/** A storage of a new array: a copy of the items in row order, cast. */
export function copyItems(array: NdArray, dtype: DType = array.dtype): Storage {
  const items = itemsOf(array);
  if (dtype !== array.dtype) return castItems(items, array.dtype, dtype);
  vm.charge(items.length * 8);
  return items === array.data ? (items.slice() as Storage) : items;
}

export function copyArray(array: NdArray, dtype: DType = array.dtype): NdArray {
  const data = copyItems(array, dtype);
  return new NdArray(dtype, data === array.data ? (data.slice() as Storage) : data, array.shape);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

export function shapeText(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** As `shapeText`, but in the way broadcasting errors write it. */
function tightShape(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}

export function shapeTuple(shape: Shape): PyTuple {
  return new PyTuple(shape.map(length => BigInt(length)));
}

export function broadcastShapes(shapes: readonly Shape[]): Shape {
  let result: number[] = [];
  for (const shape of shapes) {
    const rank = Math.max(result.length, shape.length);
    const merged = new Array<number>(rank);
    for (let i = 1; i <= rank; i++) {
      const a = result[result.length - i] ?? 1;
      const b = shape[shape.length - i] ?? 1;
      if (a !== b && a !== 1 && b !== 1)
        throw raise(
          'ValueError',
          `operands could not be broadcast together with shapes ${shapes.map(tightShape).join(' ')} `,
        );
      merged[rank - i] = a === 1 ? b : a;
    }
    result = merged;
  }
  return result;
}

/** True where two shapes have one that both are broadcast to. */
export function canBroadcast(a: Shape, b: Shape): boolean {
  const shared = Math.min(a.length, b.length);
  for (let i = 1; i <= shared; i++) {
    const [x, y] = [a[a.length - i]!, b[b.length - i]!];
    if (x !== y && x !== 1 && y !== 1) return false;
  }
  return true;
}

/** Strides that repeat an array along a broadcast shape. */
export function broadcastStrides(array: NdArray, shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(0);
  const shift = shape.length - array.shape.length;
  for (let axis = 0; axis < array.shape.length; axis++) {
    const length = array.shape[axis]!;
    if (length === shape[axis + shift]) strides[axis + shift] = length === 1 ? 0 : array.strides[axis]!;
    else if (length !== 1 || shift < 0)
      throw raise(
        'ValueError',
        `could not broadcast input array from shape ${tightShape(array.shape)} into shape ${tightShape(shape)}`,
      );
  }
  if (shift < 0)
    throw raise(
      'ValueError',
      `could not broadcast input array from shape ${tightShape(array.shape)} into shape ${tightShape(shape)}`,
    );
  return strides;
}

/** Announces a change of an array's storage. */
export function touchArray(array: NdArray): void {
  touch(array.contents);
}

/** Writes items in row order into an array. */
export function writeItems(target: NdArray, items: Storage): void {
  touchArray(target);
  const data = target.data as Item[];
  const source = items as Item[];
  const offsets = offsetsOf(target);
  for (let at = 0; at < offsets.length; at++) data[offsets[at]!] = source[at]!;
  noteSet(target, offsets);
}

const MIN_INT64 = -(2n ** 63n);

/** A Python int as an item: it is not cut to the item's size. */
function fitted(to: DType, value: bigint): bigint {
  if (wrapTo(to, value) !== value) throw raise('OverflowError', 'Python int too large to convert to C long');
  return value;
}

/** One item cast to another dtype, as `astype` does. */
export function castItem(item: Item, from: DType, to: DType): Item {
  if (from === to) return item;
  if (from.kind === 'O') refuseSequence(item, to);
  switch (to.kind) {
    case 'f':
      return roundTo(to, toNumber(item, from));
    case 'i':
    case 'u':
      if (from.kind === 'f') return cutFloat(to, item as number);
      return from.kind === 'O' ? fitted(to, toBig(item, from)) : wrapTo(to, toBig(item, from));
    case 'b':
      if (from.kind === 'c') return (item as PyComplex).re !== 0 || (item as PyComplex).im !== 0 ? 1 : 0;
      if (from.kind === 'U') return item === '' ? 0 : 1;
      return (from.kind === 'O' ? truth(item) : item !== 0 && item !== 0n) ? 1 : 0;
    case 'c':
      if (from.kind === 'c') return item;
      if (item instanceof PyComplex) return item;
      return new PyComplex(toNumber(item, from), 0);
    case 'U': {
      const text = from.kind === 'U' ? (item as string) : str(toPython(from, item));
      const width = to.itemsize / 4;
      const points = width === 0 ? text : [...text].slice(0, width).join('');
      return withoutPadding(points);
    }
    default:
      return toPython(from, item);
  }
}

/** An item of an array of objects may itself be a sequence, which is no text, and a number only where it is an array of one. */
function refuseSequence(item: Item, { kind }: DType): void {
  const value: unknown = item;
  const isArray = value instanceof NdArray && value.ndim > 0;
  const isList = value instanceof PyList || value instanceof PyTuple;
  if (kind === 'U' && (isArray || isList)) throw raise('ValueError', 'setting an array element with a sequence');
  if ((isArray && value.size !== 1 && kind !== 'O') || (isList && (kind === 'f' || kind === 'c')))
    throw raise('ValueError', 'setting an array element with a sequence.');
}

/** A text as arrays hold it: they fill what is left of its room with these characters. */
export const withoutPadding = (text: string): string => text.replace(/\0+$/, '');

function toNumber(item: Item, from: DType): number {
  switch (from.kind) {
    case 'c':
      return (item as PyComplex).re;
    case 'U': {
      const parsed = parseFloatText(item as string);
      if (parsed === undefined) throw raise('ValueError', `could not convert string to float: '${item}'`);
      return parsed;
    }
    case 'O':
      if (item === null) return Number.NaN;
      if (typeof item === 'string') return toNumber(item, stringDType(0));
      return convertedFloat(item);
    default:
      return Number(item);
  }
}

function toBig(item: Item, from: DType): bigint {
  switch (from.kind) {
    case 'U': {
      const parsed = parseInteger(item as string, 10);
      if (parsed === undefined) throw raise('ValueError', `invalid literal for int() with base 10: '${item}'`);
      return parsed;
    }
    case 'O':
      return typeof item === 'string' ? toBig(item, stringDType(0)) : toInteger(item);
    case 'i':
    case 'u':
      return item as bigint;
    default: {
      const value = toNumber(item, from);
      return Number.isFinite(value) ? BigInt(Math.trunc(value)) : MIN_INT64;
    }
  }
}

/** Whether the processor cuts a float to an integer of so many bits; where it cannot, it gives the least of them. */
const fits = (value: number, bits: number): boolean =>
  Math.trunc(value) >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);

/** Bits of the integer through which a float is cut to an integer dtype. */
const cutBits = (to: DType): number => (to.itemsize < 4 || (to.itemsize === 4 && to.kind === 'i') ? 32 : 64);

/** A float cut to an integer dtype: what is too large for it comes out as on the processors of our machines. */
export function cutFloat(to: DType, value: number): bigint {
  const bits = cutBits(to);
  if (fits(value, bits)) return wrapTo(to, BigInt(Math.trunc(value)));
  // The upper half of the unsigned integers is reached in two steps.
  if (to === uint64 && value >= 2 ** 63) return value < 2 ** 64 ? BigInt(value) : 0n;
  return wrapTo(to, -(2n ** BigInt(bits - 1)));
}

/** The flags of a cast: infinite where it was finite, or no integer. */
function castFlags(source: readonly number[], data: ArrayLike<Item>, to: DType): number {
  if (to.kind === 'f') return flagsOfLoop('cast', data as ArrayLike<number>, source, undefined);
  const bits = cutBits(to);
  const odd = source.some(value => !fits(value, bits) && !(to === uint64 && value >= 2 ** 63 && value < 2 ** 64));
  return odd ? INVALID : 0;
}

/** Items cast to another dtype; the same storage where nothing changes. */
export function castItems(items: Storage, from: DType, to: DType): Storage {
  if (from === to) return items;
  const data = allocate(to, items.length) as Item[];
  const source = items as Item[];
  if (to.kind === 'f' && to === float64 && from.kind !== 'c' && from.kind !== 'U' && from.kind !== 'O') {
    for (let at = 0; at < source.length; at++) data[at] = Number(source[at]);
    return data;
  }
  for (let at = 0; at < source.length; at++) data[at] = castItem(source[at]!, from, to);
  if (to.kind === 'f' && (from.kind === 'f' || from.isInteger) && hasNonFinite(data as readonly number[]))
    report(castFlags(from.kind === 'f' ? (source as number[]) : Array.from(source, Number), data, to), 'cast');
  else if (to.isInteger && from.kind === 'f') report(castFlags(Array.from(source as number[]), data, to), 'cast');
  return data;
}

/** An item as a plain Python value. */
export function toPython(dtype: DType, item: Item): Value {
  return dtype.kind === 'b' ? item === 1 || item === true : item;
}

/** An item as indexing gives it: a numpy scalar, or the object itself. */
export function scalarOf(dtype: DType, item: Item): Value {
  if (dtype === object) return item;
  return new Scalar(dtype, item);
}

/** The result of an operation: an array of no dimensions comes as a scalar. */
export function resultOf(array: NdArray): Value {
  if (array.shape.length > 0) return array;
  checkSet(array, array.offset);
  return scalarOf(array.dtype, (array.data as Item[])[array.offset]!);
}

/** `axis` as a number from 0 on. */
export function normalAxis(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank)
    throw raise(axisErrorClass, `axis ${axis} is out of bounds for array of dimension ${rank}`);
  return axis < 0 ? axis + rank : axis;
}

let axisErrorClass: PyClass;
export function setAxisError(cls: PyClass): void {
  axisErrorClass = cls;
}
