/**
 * Data types of arrays and the promotion rules between them (NumPy 2, NEP 50).
 *
 * A dtype says how items are stored in a `Storage`:
 *
 * | kind      | storage                              | item                          |
 * |-----------|--------------------------------------|-------------------------------|
 * | `b`       | Uint8Array                           | 0 or 1                        |
 * | `i`, `u`  | BigInt64Array (uint64: BigUint64Array) | bigint, wrapped to its width |
 * | `f`       | Float64Array                         | number, rounded to its width  |
 * | `c`       | array                                | PyComplex                     |
 * | `U`       | array                                | string                        |
 * | `O`       | array                                | any value                     |
 */
import { raise, Unsupported } from '../../python/runtime/errors';
import {
  boolClass,
  complexClass,
  floatClass,
  intClass,
  nativeClass,
  objectClass,
  PyClass,
  PyComplex,
  PyObject,
  strClass,
  type Value,
} from '../../python/runtime/objects';

export type Kind = 'b' | 'i' | 'u' | 'f' | 'c' | 'U' | 'O';

/** Items of an array, row after row. */
export type Storage = Float64Array | BigInt64Array | BigUint64Array | Uint8Array | Item[];

/** One item as a storage holds it; a bool is the number 0 or 1. */
export type Item = Value;

export const genericClass = nativeClass('generic', [objectClass], 'numpy');
export const numberClass = nativeClass('number', [genericClass], 'numpy');
export const integerClass = nativeClass('integer', [numberClass], 'numpy');
export const signedIntegerClass = nativeClass('signedinteger', [integerClass], 'numpy');
export const unsignedIntegerClass = nativeClass('unsignedinteger', [integerClass], 'numpy');
export const inexactClass = nativeClass('inexact', [numberClass], 'numpy');
export const floatingClass = nativeClass('floating', [inexactClass], 'numpy');
export const complexFloatingClass = nativeClass('complexfloating', [inexactClass], 'numpy');
export const flexibleClass = nativeClass('flexible', [genericClass], 'numpy');
export const characterClass = nativeClass('character', [flexibleClass], 'numpy');

const dtypeClass = nativeClass('dtype', [objectClass], 'numpy');

/** Bases of the classes of dtypes, by kind. */
const ABSTRACT: Readonly<Record<string, string>> = {
  i: '_IntegerAbstractDType',
  u: '_IntegerAbstractDType',
  f: '_FloatAbstractDType',
  c: '_ComplexAbstractDType',
};
const dtypeClasses = new Map<string, PyClass>();

function subclassOfDType(name: string, base: PyClass): PyClass {
  let cls = dtypeClasses.get(name);
  if (cls === undefined) {
    cls = nativeClass(name, [base], 'numpy.dtypes');
    cls.errorName = `${cls.module}.${name}`;
    cls.construct = () => {
      throw new Unsupported(`numpy.dtypes.${name}()`);
    };
    dtypeClasses.set(name, cls);
  }
  return cls;
}

/** `Float64DType`: the class of a dtype is one for each type of items. */
function classOfDType(name: string, kind: Kind): PyClass {
  const abstract = ABSTRACT[kind];
  const base = abstract === undefined ? dtypeClass : subclassOfDType(abstract, dtypeClass);
  const own =
    kind === 'U' ? 'Str' : kind === 'u' ? name.replace('uint', 'UInt') : name[0]!.toUpperCase() + name.slice(1);
  return subclassOfDType(`${own}DType`, base);
}

/** A data type; one object for each, except strings, which differ by length. */
export class DType extends PyObject {
  readonly name: string;
  readonly kind: Kind;
  /** Width of one item in bytes, as NumPy counts it. */
  readonly itemsize: number;
  /** One-letter code. */
  readonly char: string;
  /** Class of the scalars. */
  readonly type: PyClass;
  constructor(name: string, kind: Kind, itemsize: number, char: string, type: PyClass) {
    super(classOfDType(name, kind));
    this.name = name;
    this.kind = kind;
    this.itemsize = itemsize;
    this.char = char;
    this.type = type;
  }

  /** Array-protocol name, such as `<f8`. */
  get code(): string {
    if (this.kind === 'b') return '|b1';
    if (this.kind === 'O') return '|O';
    if (this.kind === 'U') return `<U${this.itemsize / 4}`;
    return `${this.itemsize === 1 ? '|' : '<'}${this.kind}${this.itemsize}`;
  }

  get isInteger(): boolean {
    return this.kind === 'i' || this.kind === 'u';
  }

  get isNumber(): boolean {
    return this.kind !== 'U' && this.kind !== 'O';
  }
}
export { dtypeClass };

function scalarType(name: string, bases: readonly PyClass[]): PyClass {
  const cls = nativeClass(name, bases, 'numpy');
  cls.errorName = `numpy.${name}`;
  return cls;
}

const int = (bits: number, char: string) =>
  new DType(`int${bits}`, 'i', bits / 8, char, scalarType(`int${bits}`, [signedIntegerClass]));
const uint = (bits: number, char: string) =>
  new DType(`uint${bits}`, 'u', bits / 8, char, scalarType(`uint${bits}`, [unsignedIntegerClass]));

export const bool = new DType('bool', 'b', 1, '?', scalarType('bool', [genericClass]));
export const int8 = int(8, 'b');
export const int16 = int(16, 'h');
export const int32 = int(32, 'i');
export const int64 = int(64, 'l');
export const uint8 = uint(8, 'B');
export const uint16 = uint(16, 'H');
export const uint32 = uint(32, 'I');
export const uint64 = uint(64, 'L');
export const float16 = new DType('float16', 'f', 2, 'e', scalarType('float16', [floatingClass]));
export const float32 = new DType('float32', 'f', 4, 'f', scalarType('float32', [floatingClass]));
export const float64 = new DType('float64', 'f', 8, 'd', scalarType('float64', [floatingClass, floatClass]));
export const complex128 = new DType(
  'complex128',
  'c',
  16,
  'D',
  scalarType('complex128', [complexFloatingClass, complexClass]),
);
const strType = scalarType('str_', [strClass, characterClass]);
export const object = new DType('object', 'O', 8, 'O', scalarType('object_', [genericClass]));

const strings = new Map<number, DType>();

/** The dtype of strings of up to `length` code points. */
export function stringDType(length: number): DType {
  let made = strings.get(length);
  if (made === undefined) {
    made = new DType(`str${length * 32}`, 'U', length * 4, 'U', strType);
    strings.set(length, made);
  }
  return made;
}

export const ALL_DTYPES: readonly DType[] = [
  bool,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  float32,
  float64,
  complex128,
  object,
];

/** Other names of dtypes, as strings and as attributes of the module. */
export const DTYPE_ALIASES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ['bool_', bool],
  ['int_', int64],
  ['int', int64],
  ['intp', int64],
  ['uint', uint64],
  ['uintp', uint64],
  ['byte', int8],
  ['ubyte', uint8],
  ['short', int16],
  ['ushort', uint16],
  ['intc', int32],
  ['uintc', uint32],
  ['long', int64],
  ['longlong', int64],
  ['ulong', uint64],
  ['half', float16],
  ['single', float32],
  ['double', float64],
  ['float', float64],
  ['complex', complex128],
  ['cdouble', complex128],
  ['str_', stringDType(0)],
  ['str', stringDType(0)],
  ['U', stringDType(0)],
  ['O', object],
  ['object_', object],
]);

const byName = new Map<string, DType>();
for (const dtype of ALL_DTYPES) {
  byName.set(dtype.name, dtype);
  byName.set(dtype.char, dtype);
  byName.set(dtype.code, dtype);
  byName.set(dtype.code.slice(1), dtype);
}
for (const [name, dtype] of DTYPE_ALIASES) byName.set(name, dtype);

const REFUSED = new Set([
  'complex64',
  'csingle',
  'F',
  'longdouble',
  'clongdouble',
  'float128',
  'complex256',
  'g',
  'G',
  'c8',
  'c32',
  'f16',
]);

/** The dtype that a string names, in the machine's order of bytes. */
function named(spec: string): DType | undefined {
  return byName.get(spec) ?? byName.get(spec.replace(/^[<=|](?=[a-zA-Z?]\d*$)/, ''));
}

/** The dtype that a `dtype=` argument names: a dtype, a scalar class, a Python class or a string. */
export function dtypeOf(spec: Value): DType {
  if (spec instanceof DType) return spec;
  if (spec === null) return float64;
  if (spec instanceof PyClass) {
    if (spec === boolClass) return bool;
    if (spec === intClass) return int64;
    if (spec === floatClass) return float64;
    if (spec === complexClass) return complex128;
    if (spec === strClass || spec === strType) return stringDType(0);
    if (spec === objectClass) return object;
    const found = ALL_DTYPES.find(dtype => dtype.type === spec);
    if (found !== undefined) return found;
    return object;
  }
  if (typeof spec === 'string') {
    const found = named(spec);
    if (found !== undefined) return found;
    const text = /^[<=|]?U(\d+)$/.exec(spec);
    if (text !== null) return stringDType(Number(text[1]));
    if (REFUSED.has(spec) || /datetime|timedelta|^[<>=|]?[MmSVFaG]|^>[a-zA-Z?]\d*$|,|^[\d(]/.test(spec))
      throw new Unsupported(`numpy dtype ${spec}`);
    throw raise('TypeError', `data type '${spec}' not understood`);
  }
  throw new Unsupported('a structured numpy dtype');
}

/** Whether `spec` names a dtype equal to `dtype`; anything that names none is different. */
export function sameDType(dtype: DType, spec: Value): boolean {
  if (spec instanceof DType) return spec === dtype;
  if (spec instanceof PyClass || typeof spec === 'string') {
    if (typeof spec === 'string' && named(spec) === undefined && !/^[<=|]?U\d+$/.test(spec)) return false;
    return dtypeOf(spec) === dtype;
  }
  return false;
}

/** Python's scalars carry no width of their own: they take that of the array they meet (NEP 50). */
export type WeakKind = 'int' | 'float' | 'complex';

const RANK: Readonly<Record<Kind, number>> = { b: 0, u: 1, i: 1, f: 2, c: 3, U: 4, O: 5 };

function smallestFloatFor(dtype: DType): DType {
  return dtype.itemsize === 1 ? float16 : dtype.itemsize === 2 ? float32 : float64;
}

function sized(kind: Kind, itemsize: number): DType | undefined {
  return ALL_DTYPES.find(dtype => dtype.kind === kind && dtype.itemsize === itemsize);
}

/** The dtype that both convert to. Raises numpy's DTypePromotionError text as TypeError where there is none. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a.kind === 'O' || b.kind === 'O') return object;
  if (a.kind === 'U' || b.kind === 'U') {
    if (a.kind === b.kind) return a.itemsize > b.itemsize ? a : b;
    return stringDType(Math.max(textWidth(a), textWidth(b)));
  }
  const [low, high] = RANK[a.kind] <= RANK[b.kind] ? [a, b] : [b, a];
  if (low.kind === high.kind) return low.itemsize > high.itemsize ? low : high;
  if (low.kind === 'b') return high;
  if (high.kind === 'c') return complex128;
  if (high.kind === 'f') {
    const needed = smallestFloatFor(low);
    return needed.itemsize > high.itemsize ? needed : high;
  }
  // A signed and an unsigned integer: the next wider signed one, or float64.
  const [unsigned, signed] = low.kind === 'u' ? [low, high] : [high, low];
  if (signed.itemsize > unsigned.itemsize) return signed;
  return sized('i', unsigned.itemsize * 2) ?? float64;
}

/** Width in characters of an item turned into a string. */
export function textWidth(dtype: DType): number {
  switch (dtype.kind) {
    case 'U':
      return dtype.itemsize / 4;
    case 'b':
      return 5;
    case 'i':
      return { 1: 4, 2: 6, 4: 11, 8: 21 }[dtype.itemsize] ?? 21;
    case 'u':
      return { 1: 3, 2: 5, 4: 10, 8: 20 }[dtype.itemsize] ?? 20;
    default:
      return dtype.kind === 'c' ? 64 : 32;
  }
}

/** The dtype of an operation between an array of `dtype` and a Python scalar of kind `weak`. */
export function promoteWeak(dtype: DType, weak: WeakKind): DType {
  if (dtype.kind === 'O') return object;
  if (weak === 'int') return dtype.kind === 'b' ? int64 : dtype;
  if (weak === 'float')
    return dtype.kind === 'f' || dtype.kind === 'c' ? dtype : dtype.kind === 'U' ? promote(dtype, float64) : float64;
  return complex128;
}

/** The dtype in which a function on real numbers works: floats keep theirs, integers get a float that holds them. */
export function inexact(dtype: DType): DType {
  if (dtype.kind === 'f' || dtype.kind === 'c' || dtype.kind === 'O') return dtype;
  return smallestFloatFor(dtype);
}

/** Rounds to the width of a float dtype. */
export function roundTo(dtype: DType, value: number): number {
  return dtype === float64 ? value : dtype === float32 ? Math.fround(value) : roundHalf(value);
}

/** Nearest IEEE half-precision number, ties to even. */
function roundHalf(value: number): number {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0) return value;
  if (size >= 65520) return value > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const exponent = Math.max(Math.floor(Math.log2(size)), -14);
  const unit = 2 ** (exponent - 10);
  const scaled = size / unit;
  let whole = Math.floor(scaled);
  const rest = scaled - whole;
  if (rest > 0.5 || (rest === 0.5 && whole % 2 === 1)) whole++;
  return value < 0 ? -whole * unit : whole * unit;
}

/** Wraps an integer to the width of an integer dtype. */
export function wrapTo(dtype: DType, value: bigint): bigint {
  return dtype.kind === 'i' ? BigInt.asIntN(dtype.itemsize * 8, value) : BigInt.asUintN(dtype.itemsize * 8, value);
}

/** The least and greatest integer of an integer dtype. */
export function integerRange(dtype: DType): readonly [bigint, bigint] {
  const bits = BigInt(dtype.itemsize * 8);
  return dtype.kind === 'i' ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

/** The zero of a dtype. */
export function zeroOf(dtype: DType): Item {
  switch (dtype.kind) {
    case 'b':
    case 'f':
      return 0;
    case 'i':
    case 'u':
      return 0n;
    case 'c':
      return new PyComplex(0, 0);
    case 'U':
      return '';
    default:
      return 0n;
  }
}
