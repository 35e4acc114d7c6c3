/** numpy's scalars: `np.float64(1.5)` and its like; a bool of numpy's is not a Python bool. */
import { raise } from '../../python/runtime/errors';
import { withoutItems } from '../../python/runtime/iteration';
import {
  defineConstructor,
  defineMethods,
  defineProperties,
  type NativeBody,
  refuseAttributes,
} from '../../python/runtime/native';
import { hashFloat, hashInteger } from '../../python/runtime/numbers/hash';
import {
  Ellipsis,
  NotImplemented,
  PyBytes,
  type PyClass,
  PyComplex,
  PyList,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import {
  binary,
  call,
  format,
  getAttribute,
  hash,
  smallIndex,
  toFloat,
  toInteger,
  typeName,
} from '../../python/runtime/operations';
import { NdArray, resultOf, Scalar, toPython } from './array';
import { asArray } from './convert';
import {
  ALL_DTYPES,
  bool,
  type DType,
  dtypeClass,
  float64,
  genericClass,
  int64,
  integerClass,
  promote,
  sameDType,
  stringDType,
} from './dtype';
import { warnDiscarded } from './errors';
import { quietly } from './flags';
import { getIndex } from './indexing';
import { isOperand, OPERATOR_NAMES, ORDER_NAMES } from './methods';
import { scalarRepr, scalarText } from './print';
import { isQuantity } from './quantities';
import { divmod, ROUNDING_METHODS, roundOf } from './rounding';
import { STATISTICS } from './statistics';
import { applyUfunc, isTrue, UFUNCS, ufunc } from './ufuncs';

const isSequence = (value: Value): boolean =>
  typeof value === 'string' || value instanceof PyList || value instanceof PyTuple || value instanceof PyBytes;

/** A sequence of Python's times a scalar is repeated, as by a number of Python's. */
function repeated(sequence: Value, scalar: Scalar): Value {
  if (!scalar.dtype.isInteger && scalar.dtype !== bool)
    throw raise('TypeError', `can't multiply sequence by non-int of type '${typeName(scalar)}'`);
  return binary('*', sequence, toInteger(plain(scalar)));
}

/**
 * Whether a scalar computes with another operand by itself; else both become arrays without axes. They meet in the dtype
 * of one of them, and a bool of numpy's has no arithmetic of its own.
 */
function answersItself(left: Value, right: Value): boolean {
  const [self, other] = left instanceof Scalar ? [left, right] : [right as Scalar, left];
  if (self.dtype === bool || !self.dtype.isNumber) return false;
  if (other instanceof Scalar) {
    if (other.dtype === self.dtype) return true;
    if (other.dtype !== bool && !other.dtype.isNumber) return false;
    const common = promote(self.dtype, other.dtype);
    return common === self.dtype || common === other.dtype;
  }
  if (typeof other === 'bigint' || typeof other === 'boolean') return true;
  if (typeof other === 'number') return self.dtype.kind === 'f' || self.dtype.kind === 'c';
  return other instanceof PyComplex && self.dtype.kind === 'c';
}

const unaryScalar =
  (name: string) =>
  (a: Value): Value =>
    applyUfunc(UFUNCS.get(name)!, [a], { scalar: (a as Scalar).dtype !== bool });

const operators: Record<string, NativeBody> = {};
for (const [short, name] of Object.entries({ ...OPERATOR_NAMES, ...ORDER_NAMES })) {
  const own = UFUNCS.get(name)!;
  const order = short in ORDER_NAMES;
  const signature = short === 'pow' ? '(value, mod=None, /)' : '(value, /)';
  const run = (args: [Value, Value]): Value => {
    const scalar = answersItself(args[0], args[1]);
    // To a negative infinite power the C library raises zero without a flag.
    if (short === 'pow' && scalar && args[1] === Number.NEGATIVE_INFINITY) return quietly(() => applyUfunc(own, args));
    return applyUfunc(own, args, { scalar });
  };
  operators[`__${short}__${signature}`] = (a: Value, b: Value) => {
    if (!isOperand(b) || (b instanceof NdArray && b.ndim > 0)) return NotImplemented;
    if (short === 'mul' && isSequence(b)) return repeated(b, a as Scalar);
    if (order && (b === null || typeof b === 'string') && !(short === 'eq' || short === 'ne')) return NotImplemented;
    return run([a, b]);
  };
  if (!order) {
    operators[`__r${short}__${signature}`] = (b: Value, a: Value) => {
      if (short === 'mul' && isSequence(a)) return repeated(a, b as Scalar);
      // Python's texts join, repeat and format by themselves
      if (typeof a === 'string' && (short === 'mod' || (b as Scalar).dtype.kind !== 'U')) return NotImplemented;
      return isOperand(a) ? run([a, b]) : NotImplemented;
    };
  }
}

const plain = (scalar: Scalar): Value => toPython(scalar.dtype, scalar.item);

defineMethods(genericClass, {
  ...operators,
  '__divmod__(value, /)': (a: Value, b: Value) => divmod(a, b, answersItself(a, b)),
  '__rdivmod__(value, /)': (b: Value, a: Value) => divmod(a, b, answersItself(a, b)),
  '__neg__()': unaryScalar('negative'),
  '__pos__()': (a: Value) => ufunc('positive', a),
  '__abs__()': unaryScalar('absolute'),
  '__invert__()': (a: Value) => ufunc('invert', a),
  '__bool__()': (a: Scalar) => isTrue(a.dtype, a.item),
  '__int__()': (a: Scalar) => {
    warnDiscarded(a.dtype, int64);
    return toInteger(a.item instanceof PyComplex ? a.item.re : plain(a));
  },
  '__float__()': (a: Scalar) => {
    warnDiscarded(a.dtype, float64);
    if (typeof a.item === 'string') return toFloat(call(getAttribute(a.item, 'strip'), []));
    return a.item instanceof PyComplex ? a.item.re : toFloat(plain(a));
  },
  '__complex__()': (a: Scalar) => (a.item instanceof PyComplex ? a.item : new PyComplex(toFloat(plain(a)), 0)),
  '__trunc__()': (a: Scalar) => toInteger(plain(a)),
  '__floor__()': (a: Scalar) => toInteger(Math.floor(toFloat(plain(a)))),
  '__ceil__()': (a: Scalar) => toInteger(Math.ceil(toFloat(plain(a)))),
  '__round__(ndigits=None, /)': (a: Scalar, digits: Value | undefined) => {
    if (a.dtype === bool) throw raise('TypeError', "type numpy.bool doesn't define __round__ method");
    if (digits === undefined || digits === null) {
      return a.dtype.isInteger ? a.item : toInteger(plain(roundOf(a, 0) as Scalar));
    }
    return roundOf(a, smallIndex(digits));
  },
  '__repr__()': (a: Scalar) => scalarRepr(a.dtype, a.item),
  '__str__()': (a: Scalar) => scalarText(a.dtype, a.item),
  '__format__(format_spec, /)': (a: Scalar, spec: string) => format(plain(a), spec),
  '__hash__()': (a: Scalar) => {
    const value = plain(a);
    if (typeof value === 'number') return hashFloat(value);
    return typeof value === 'bigint' ? hashInteger(value) : hash(value);
  },
  '__getitem__(key, /)': (a: Scalar, key: Value) => {
    if (typeof a.item === 'string') return call(getAttribute(a.item, '__getitem__'), [key]);
    if (key instanceof PyTuple && key.items.length === 0) return a;
    if (key !== null && key !== Ellipsis && !(key instanceof PyTuple))
      throw raise('IndexError', 'invalid index to scalar variable.');
    return getIndex(asArray(a), key);
  },
  '__copy__()': (a: Value) => a,
  '__deepcopy__(memo=None, /)': (a: Value) => a,
  'item(*args)': (a: Scalar) => plain(a),
  'tolist()': (a: Scalar) => plain(a),
  'astype(dtype, order="K", casting="unsafe", subok=True, copy=True)': (a: Scalar, dtype: Value) =>
    resultOf(call(getAttribute(asArray(a), 'astype'), [dtype]) as NdArray),
  'copy()': (a: Value) => a,
  'round(decimals=0, out!=None)': (a: Value, decimals: Value | undefined) =>
    roundOf(a, decimals === undefined ? 0 : smallIndex(decimals)),
  'conj()': (a: Value) => ufunc('conjugate', a),
  'conjugate()': (a: Value) => ufunc('conjugate', a),
  'is_integer()': (a: Scalar) => (typeof a.item === 'number' ? Number.isInteger(a.item) : true),
  'as_integer_ratio()': (a: Scalar) => call(getAttribute(plain(a), 'as_integer_ratio'), []),
  'bit_count()': (a: Scalar) => call(getAttribute(plain(a), 'bit_count'), []),
  'reshape(*shape, order="C")': (a: Scalar, shape: PyTuple) =>
    call(getAttribute(asArray(a), 'reshape'), [...shape.items]),
});

for (const cls of [integerClass, bool.type]) defineMethods(cls, { '__index__()': (a: Scalar) => toInteger(plain(a)) });

/** Reductions are methods of scalars too. */
const reductions: Record<string, NativeBody> = {};
for (const name of ['sum', 'prod', 'mean', 'std', 'var', 'max', 'min', 'all', 'any', 'cumsum']) {
  const signature = Object.keys(STATISTICS).find(one => one.startsWith(`${name}(`))!;
  reductions[`${name}(${signature.slice(signature.indexOf('(') + 1).replace(/^[^,)]*(?:,\s*)?/, '')}`] =
    STATISTICS[signature]!;
}
defineMethods(genericClass, { ...reductions, ...ROUNDING_METHODS });
withoutItems.add(genericClass.attrs.get('__getitem__') as object);

defineProperties(genericClass, {
  dtype: (a: Scalar) => a.dtype,
  shape: () => new PyTuple([]),
  ndim: () => 0n,
  size: () => 1n,
  itemsize: (a: Scalar) => BigInt(a.dtype.itemsize),
  nbytes: (a: Scalar) => BigInt(a.dtype.itemsize),
  real: (a: Scalar) => (a.item instanceof PyComplex ? resultOf(asArray(a.item.re)) : a),
  imag: (a: Scalar) => resultOf(asArray(a.item instanceof PyComplex ? a.item.im : a.dtype.isInteger ? 0n : 0)),
  T: (a: Value) => a,
});

defineProperties(integerClass, { numerator: (a: Scalar) => a, denominator: () => 1n });

/** Makes `np.float64(x)` and its like callable. */
function constructible(dtype: DType): void {
  defineConstructor(dtype.type, `${dtype.type.name}(value=0, /)`, (_cls: PyClass, given: Value | undefined) => {
    const value = given !== undefined && isQuantity(given) ? getAttribute(given, 'magnitude') : given;
    // Alone it keeps the characters with which an array fills its room.
    if (dtype.kind === 'U' && typeof value === 'string') return new Scalar(stringDType([...value].length), value);
    const array = asArray(value ?? (dtype.kind === 'U' ? '' : 0n), dtype);
    return resultOf(array);
  });
  dtype.type.subclassable = false;
}
for (const dtype of ALL_DTYPES) if (dtype.kind !== 'O') constructible(dtype);
constructible(stringDType(0));
// `str` comes before numpy's own classes in its order, and would answer first.
defineMethods(stringDType(0).type, {
  '__repr__()': (a: Scalar) => scalarRepr(a.dtype, a.item),
  '__str__()': (a: Scalar) => scalarText(a.dtype, a.item),
  '__format__(format_spec, /)': (a: Scalar, spec: string) =>
    spec === '' ? scalarText(a.dtype, a.item) : format(a.item, spec),
});

// ---------------------------------------------------------------------------------------------------- dtype objects

defineMethods(dtypeClass, {
  '__repr__()': (dtype: DType) => `dtype('${dtype.kind === 'U' ? dtype.code : dtype.kind === 'O' ? 'O' : dtype.name}')`,
  '__str__()': (dtype: DType) => (dtype.kind === 'U' ? dtype.code : dtype.name),
  '__eq__(value, /)': (dtype: DType, other: Value) => sameDType(dtype, other),
  '__ne__(value, /)': (dtype: DType, other: Value) => !sameDType(dtype, other),
  '__hash__()': (dtype: DType) => hash(dtype.code),
});
defineProperties(dtypeClass, {
  name: (dtype: DType) => dtype.name,
  kind: (dtype: DType) => dtype.kind,
  char: (dtype: DType) => dtype.char,
  itemsize: (dtype: DType) => BigInt(dtype.itemsize),
  str: (dtype: DType) => dtype.code,
  type: (dtype: DType) => dtype.type,
  byteorder: (dtype: DType) => (dtype.itemsize === 1 || dtype.kind === 'O' ? '|' : '='),
  shape: () => new PyTuple([]),
  ndim: () => 0n,
  names: () => null,
});

refuseAttributes(
  genericClass,
  'argmax argmin argsort base byteswap choose compress cumprod device diagonal dump dumps fill flags flat flatten getfield nonzero put ravel repeat resize searchsorted setfield setflags sort squeeze strides swapaxes take to_device tobytes tofile tostring trace transpose view',
);
refuseAttributes(
  dtypeClass,
  'alignment base descr fields flags hasobject isalignedstruct isbuiltin isnative metadata newbyteorder num subdtype',
);
