/** Python values as arrays: nested lists, numbers, ranges, arrays within lists. */
import { raise } from '../../python/runtime/errors';
import { PyComplex, PyInstance, PyList, PyObject, PyTuple, unwrap, type Value } from '../../python/runtime/objects';
import { codePoints, convertedFloat, indexOf, listOf, smallIndex, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import {
  allocate,
  castItem,
  castItems,
  copyArray,
  NdArray,
  resultOf,
  Scalar,
  type Shape,
  shapeText,
  storageOf,
  withoutPadding,
} from './array';
import {
  bool,
  complex128,
  type DType,
  float64,
  type Item,
  int64,
  integerRange,
  object,
  promote,
  stringDType,
  uint64,
  wrapTo,
} from './dtype';
import { warnDiscarded } from './errors';
import { flagsOf, report } from './flags';
import { Sequences } from './sequences';

/** The dtype of one Python value that is no sequence, and its item. */
function leafOf(value: Value): { dtype: DType; item: Item } {
  if (value instanceof Scalar) return { dtype: value.dtype, item: value.item };
  const plain = value instanceof PyInstance ? unwrap(value) : value;
  switch (typeof plain) {
    case 'boolean':
      return { dtype: bool, item: plain ? 1 : 0 };
    case 'bigint':
      if (BigInt.asIntN(64, plain) === plain) return { dtype: int64, item: plain };
      if (BigInt.asUintN(64, plain) === plain) return { dtype: uint64, item: plain };
      return { dtype: object, item: plain };
    case 'number':
      return { dtype: float64, item: value === plain ? plain : convertedFloat(value) };
    case 'string':
      return { dtype: stringDType(Math.max(1, codePoints(plain))), item: plain };
    default:
      if (plain instanceof PyComplex) return { dtype: complex128, item: plain };
      return { dtype: object, item: value };
  }
}

/** What an item takes that was read with its dtype. */
const ITEM_BYTES = 32;

/** Flattens nested sequences, finding shape and dtype on the way. */
class Reader {
  readonly items: Item[] = [];
  readonly dtypes: DType[] = [];
  dtype: DType | undefined;
  shape: number[];
  readonly #sequences: Sequences;

  constructor(value: Value, sequences: Sequences) {
    this.#sequences = sequences;
    this.shape = this.#shapeOf(value);
  }

  read(value: Value, depth: number): void {
    vm.step(2);
    const sequence = this.#sequences.of(value);
    if (sequence === undefined) {
      if ((this.items.length & 1023) === 1023) vm.charge(1024 * ITEM_BYTES);
      if (depth !== this.shape.length) throw this.ragged(depth);
      const zero = value instanceof NdArray ? resultOf(value) : value;
      const { dtype, item } = leafOf(zero);
      this.items.push(item);
      this.dtypes.push(dtype);
      this.dtype = this.dtype === undefined ? dtype : this.dtype === dtype ? dtype : promote(this.dtype, dtype);
      return;
    }
    const length = sequence instanceof NdArray ? sequence.shape[0]! : sequence.length;
    if (depth >= this.shape.length || this.shape[depth] !== length) throw this.ragged(depth);
    if (sequence instanceof NdArray) {
      const copy = copyArray(sequence);
      for (let axis = 0; axis < sequence.ndim; axis++) {
        if (this.shape[depth + axis] !== sequence.shape[axis]) throw this.ragged(depth + axis);
      }
      if (depth + sequence.ndim !== this.shape.length) throw this.ragged(depth + sequence.ndim);
      for (const item of copy.data as Item[]) {
        this.items.push(item);
        this.dtypes.push(sequence.dtype);
      }
      this.dtype = this.dtype === undefined ? sequence.dtype : promote(this.dtype, sequence.dtype);
      return;
    }
    for (const item of sequence) this.read(item, depth + 1);
  }

  /** The shape as far as the first item of each level tells. */
  #shapeOf(value: Value): number[] {
    const shape: number[] = [];
    for (let at: Value = value; shape.length < 64; ) {
      const sequence = this.#sequences.of(at);
      if (sequence === undefined) break;
      if (sequence instanceof NdArray) {
        shape.push(...sequence.shape);
        break;
      }
      shape.push(sequence.length);
      const first = sequence[0];
      if (first === undefined) break;
      at = first;
    }
    return shape;
  }

  ragged(depth: number) {
    const detected = this.shape.slice(0, depth);
    return raise(
      'ValueError',
      `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${depth} dimensions. The detected shape was ${shapeText(detected)} + inhomogeneous part.`,
    );
  }
}

/** Any value as an array; arrays come as they are where the dtype fits. */
export function asArray(value: Value, dtype?: DType): NdArray {
  if (value instanceof NdArray) {
    return dtype === undefined || sameKindOfDType(value.dtype, dtype) ? value : astype(value, dtype);
  }
  const sequences = new Sequences();
  const sequence = sequences.of(value);
  if (sequence === undefined) {
    const leaf = leafOf(value);
    if (value instanceof Scalar && dtype !== undefined && dtype !== value.dtype)
      return astype(new NdArray(value.dtype, storageOf(value.dtype, [value.item]), []), dtype);
    const target = sizedText(dtype ?? leaf.dtype, leaf.dtype);
    const data = allocate(target, 1) as Item[];
    data[0] = castChecked(leaf.item, leaf.dtype, target);
    return new NdArray(target, data, []);
  }
  const reader = new Reader(value, sequences);
  if (dtype === object) return objectArray(value, reader.shape, sequences);
  reader.read(value, 0);
  const found = reader.dtype ?? float64;
  const target = sizedText(dtype ?? found, found);
  const data = allocate(target, reader.items.length) as Item[];
  for (let at = 0; at < reader.items.length; at++) {
    data[at] = castChecked(reader.items[at]!, reader.dtypes[at]!, target);
  }
  return new NdArray(target, data, reader.shape);
}

function sameKindOfDType(own: DType, wanted: DType): boolean {
  return own === wanted || (wanted.kind === 'U' && own.kind === 'U' && (wanted.itemsize === 0 || wanted === own));
}

/** `str` without a length takes the length of what it holds. */
function sizedText(dtype: DType, source: DType): DType {
  if (dtype.kind !== 'U' || dtype.itemsize > 0) return dtype;
  return source.kind === 'U' ? source : promote(source, stringDType(0));
}

/** A Python value that enters an array: an integer that does not fit is refused, not wrapped. */
function castChecked(item: Item, from: DType, to: DType): Item {
  if (from === to) return to.kind === 'U' ? withoutPadding(item as string) : item;
  if (to.isInteger && from.kind === 'f') {
    const value = item as number;
    if (Number.isNaN(value)) throw raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(value)) throw raise('OverflowError', 'cannot convert float infinity to integer');
    return castChecked(BigInt(Math.trunc(value)), object, to);
  }
  if (to.isInteger && (from.isInteger || typeof item === 'bigint')) {
    const value = item as bigint;
    if (wrapTo(to, value) !== value) throw outOfBounds(value, to);
  }
  if (to.kind !== 'c' && to.kind !== 'O' && from.kind === 'c' && to.kind !== 'U' && to.kind !== 'b') {
    throw raise(
      'TypeError',
      `${to.kind === 'f' ? 'float' : 'int'}() argument must be a string or a real number, not 'complex'`,
    );
  }
  if (from === object && !(item instanceof PyObject) && item !== null && to.kind !== 'O')
    return castItem(item, object, to);
  if (from === object && to.isNumber && item === null && to.kind === 'f') return Number.NaN;
  const cast = castItem(item, from, to);
  if (to.kind === 'f' && (from.kind === 'f' || from.isInteger))
    report(flagsOf('cast', cast as number, Number(item), undefined), 'cast');
  return cast;
}

function outOfBounds(value: bigint, to: DType): Error {
  return wrapTo(int64, value) === value
    ? raise('OverflowError', `Python integer ${value} out of bounds for ${to.name}`)
    : raise('OverflowError', 'Python int too large to convert to C long');
}

function objectArray(value: Value, guess: Shape, sequences: Sequences): NdArray {
  const items: Value[] = [];
  const fill = (one: Value, depth: number, shape: Shape): boolean => {
    const sequence = sequences.of(one);
    if (depth === shape.length) {
      items.push(one);
      return true;
    }
    if (sequence === undefined || sequence instanceof NdArray || sequence.length !== shape[depth]) return false;
    return sequence.every(part => fill(part, depth + 1, shape));
  };
  for (let rank = guess.length; rank >= 0; rank--) {
    const shape = guess.slice(0, rank);
    items.length = 0;
    if (fill(value, 0, shape)) return new NdArray(object, [...items], shape);
  }
  return new NdArray(object, [value], []);
}

export function astype(array: NdArray, dtype: DType): NdArray {
  const target =
    dtype.kind === 'U' && dtype.itemsize === 0
      ? array.dtype.kind === 'U'
        ? array.dtype
        : array.dtype === object
          ? textOfObjects(array)
          : promote(array.dtype, dtype)
      : dtype;
  warnDiscarded(array.dtype, target);
  const copy = copyArray(array);
  return new NdArray(target, castItems(copy.data, array.dtype, target), array.shape);
}

function textOfObjects(array: NdArray): DType {
  let width = 1;
  for (const item of copyArray(array).data as Item[]) {
    width = Math.max(width, codePoints(castItem(item, object, stringDType(0)) as string));
  }
  return stringDType(width);
}

/** One value as an item of a dtype, for assignment. */
export function itemFor(value: Value, dtype: DType): Item {
  if (dtype === object) return value instanceof NdArray && value.shape.length === 0 ? resultOf(value) : value;
  if (value instanceof PyList || value instanceof PyTuple)
    throw raise('ValueError', 'setting an array element with a sequence.');
  const leaf = leafOf(value);
  if (leaf.dtype === object && dtype.isNumber && value !== null) {
    if (dtype.isInteger && typeof value === 'bigint') {
      const [low, high] = integerRange(dtype);
      if (value < low || value > high)
        throw raise('OverflowError', `Python integer ${value} out of bounds for ${dtype.name}`);
    }
  }
  return castChecked(leaf.item, leaf.dtype, dtype);
}

/** The shape that an argument names: an integer or a sequence of integers. */
export function shapeOf(value: Value): number[] {
  const lengths =
    value instanceof PyList || value instanceof PyTuple
      ? value.items
      : value instanceof NdArray && value.ndim === 1
        ? listOf(value)
        : [value];
  return lengths.map(length => {
    const small = Number(indexOf(length, `'${typeName(length)}' object cannot be interpreted as an integer`));
    if (small < 0) throw raise('ValueError', 'negative dimensions are not allowed');
    return small;
  });
}

/** An optional small integer argument. */
export function optionalInteger(value: Value | undefined, missing: number): number {
  return value === undefined || value === null ? missing : smallIndex(value);
}

/** Axes that an argument names: none (all of them), one, or a tuple. */
export function axesOf(value: Value | undefined): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof PyTuple || value instanceof PyList) return value.items.map(item => smallIndex(item));
  return [smallIndex(value)];
}
