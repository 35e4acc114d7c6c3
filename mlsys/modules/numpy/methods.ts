/** What arrays can do: operators, attributes and methods. */

import { iteratorClass, makeIterator } from '../../python/builtins/support';
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import {
  defineConstructor,
  defineMethods,
  defineProperties,
  method,
  type NativeBody,
  refuseAttributes,
} from '../../python/runtime/native';
import {
  NotImplemented,
  PyComplex,
  PyInstance,
  type PyIterator,
  PyList,
  PyObject,
  PyProperty,
  PyRange,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { getAttribute, indexOf, smallIndex, toFloat, toInteger } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { deepCopy } from '../standard/copy';
import {
  allocate,
  checkAllSet,
  copyArray,
  itemsOf,
  NdArray,
  ndarrayClass,
  offsetsOf,
  resultOf,
  Scalar,
  scalarOf,
  shapeTuple,
  toPython,
  writeItems,
} from './array';
import { asArray, astype, axesOf, itemFor, shapeOf } from './convert';
import { dtypeOf, float64, type Item, object, promote } from './dtype';
import { asMethod } from './flags';
import { getIndex, setIndex } from './indexing';
import { copyIn, inLayout } from './layout';
import { arrayRepr, arrayStr } from './print';
import { dot, matmul, PRODUCTS } from './products';
import { isQuantity } from './quantities';
import { divmod, ROUNDING, ROUNDING_METHODS, roundOf } from './rounding';
import { looseShape, ravel, reshape, SHAPING, transpose } from './shaping';
import { SORTING, sorted } from './sorting';
import { STATISTICS } from './statistics';
import { applyUfunc, isTrue, UFUNCS, type Ufunc, ufunc } from './ufuncs';

export const OPERATOR_NAMES: Readonly<Record<string, string>> = {
  add: 'add',
  sub: 'subtract',
  mul: 'multiply',
  truediv: 'divide',
  floordiv: 'floor_divide',
  mod: 'remainder',
  pow: 'power',
  and: 'bitwise_and',
  or: 'bitwise_or',
  xor: 'bitwise_xor',
  lshift: 'left_shift',
  rshift: 'right_shift',
};
export const ORDER_NAMES: Readonly<Record<string, string>> = {
  lt: 'less',
  le: 'less_equal',
  gt: 'greater',
  ge: 'greater_equal',
  eq: 'equal',
  ne: 'not_equal',
};

const byName = (name: string): Ufunc => UFUNCS.get(name)!;

/** Whether an operand takes part in array arithmetic; another class with operators of its own answers for itself. */
export function isOperand(value: Value): boolean {
  if (!(value instanceof PyObject)) return true;
  if (value instanceof NdArray || value instanceof Scalar || value instanceof PyComplex) return true;
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange) return true;
  if (
    isQuantity(value) ||
    value.cls.lookup('__array_ufunc__') !== undefined ||
    value.cls.lookup('__array_priority__') !== undefined
  )
    return false;
  if (value instanceof PyInstance && value.payload !== undefined) return true;
  return !value.cls.mro.some(cls => cls.native && cls.name === 'Unit');
}

/** `**` with the exponents that numpy computes by simpler functions. */
export function powerOf(a: Value, b: Value): Value {
  const simple = a instanceof NdArray ? simplePower(a, b) : undefined;
  return simple === undefined ? ufunc('power', a, b) : ufunc(simple, a);
}

/** The simpler function, if there is one; the exponent may be an array without axes too. */
function simplePower(a: NdArray, exponent: Value): string | undefined {
  if (a.dtype.kind !== 'f' && a.dtype.kind !== 'c') return undefined;
  const single = exponent instanceof NdArray && exponent.ndim === 0 ? resultOf(exponent) : exponent;
  if (single instanceof Scalar && promote(a.dtype, single.dtype) !== a.dtype) return undefined;
  const power = single instanceof Scalar ? single.item : single;
  return typeof power === 'number' || typeof power === 'bigint' ? POWERS.get(Number(power)) : undefined;
}

const POWERS: ReadonlyMap<number, string> = new Map([
  [2, 'square'],
  [0.5, 'sqrt'],
  [-1, 'reciprocal'],
  [1, 'positive'],
]);

/** Quantities answer through the function itself. */
const joins = (value: Value): boolean => isOperand(value) || isQuantity(value);

const operators: Record<string, NativeBody> = {};
for (const [short, name] of Object.entries(OPERATOR_NAMES)) {
  const apply = (a: Value, b: Value): Value => (short === 'pow' ? powerOf(a, b) : applyUfunc(byName(name), [a, b]));
  const signature = short === 'pow' ? '(value, mod=None, /)' : '(value, /)';
  operators[`__${short}__${signature}`] = (a: Value, b: Value) => (joins(b) ? apply(a, b) : NotImplemented);
  operators[`__r${short}__${signature}`] = (b: Value, a: Value) => (isOperand(a) ? apply(a, b) : NotImplemented);
  operators[`__i${short}__(value, /)`] = (a: NdArray, b: Value) => {
    if (!isOperand(b)) return NotImplemented;
    const simple = short === 'pow' ? simplePower(a, b) : undefined;
    return simple === undefined
      ? applyUfunc(byName(name), [a, b], { out: a })
      : applyUfunc(byName(simple), [a], { out: a });
  };
}
for (const [short, name] of Object.entries(ORDER_NAMES)) {
  operators[`__${short}__(value, /)`] = (a: Value, b: Value) =>
    joins(b) ? applyUfunc(byName(name), [a, b]) : NotImplemented;
}

/** A nested list of plain Python values. */
export function toList(array: NdArray): Value {
  const items = itemsOf(array) as Item[];
  const { dtype, shape } = array;
  vm.charge(items.length * 16);
  vm.step(2 * items.length);
  let at = 0;
  const build = (axis: number): Value => {
    if (axis === shape.length) return toPython(dtype, items[at++]!);
    const list: Value[] = [];
    for (let i = 0; i < shape[axis]!; i++) list.push(build(axis + 1));
    return new PyList(list);
  };
  return build(0);
}

function only(array: NdArray, what: string): Value {
  if (array.size !== 1)
    throw raise(
      'TypeError',
      `only ${what === 'index' ? 'integer scalar' : 'length-1'} arrays can be converted to ${what === 'index' ? 'a scalar index' : 'Python scalars'}`,
    );
  return toPython(array.dtype, (itemsOf(array) as Item[])[0]!);
}

const arrayIteratorClass = iteratorClass('array_iterator');
const flatClass = iteratorClass('flatiter', 'numpy');

defineMethods(ndarrayClass, {
  ...operators,
  '__divmod__(value, /)': (a: Value, b: Value) => (isOperand(b) ? divmod(a, b) : NotImplemented),
  '__rdivmod__(value, /)': (b: Value, a: Value) => (isOperand(a) ? divmod(a, b) : NotImplemented),
  '__matmul__(value, /)': (a: Value, b: Value) => (joins(b) ? matmul(a, b) : NotImplemented),
  '__rmatmul__(value, /)': (b: Value, a: Value) => (isOperand(a) ? matmul(a, b) : NotImplemented),
  '__neg__()': (a: Value) => ufunc('negative', a),
  '__pos__()': (a: Value) => ufunc('positive', a),
  '__abs__()': (a: Value) => ufunc('absolute', a),
  '__invert__()': (a: Value) => ufunc('invert', a),
  '__bool__()': (a: NdArray) => {
    if (a.size === 0)
      throw raise(
        'ValueError',
        'The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.',
      );
    if (a.size > 1)
      throw raise(
        'ValueError',
        'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
      );
    return isTrue(a.dtype, (itemsOf(a) as Item[])[0]!);
  },
  '__len__()': (a: NdArray) => {
    if (a.ndim === 0) throw raise('TypeError', 'len() of unsized object');
    return BigInt(a.shape[0]!);
  },
  '__iter__()': (a: NdArray) => {
    if (a.ndim === 0) throw raise('TypeError', 'iteration over a 0-d array');
    let i = 0;
    return makeIterator(() => (i < a.shape[0]! ? getIndex(a, BigInt(i++)) : undefined), arrayIteratorClass);
  },
  '__contains__(item, /)': (a: NdArray, item: Value) => {
    const same = asArray(ufunc('equal', a, item));
    return (itemsOf(same) as Item[]).some ? Array.from(itemsOf(same) as Item[]).includes(1) : false;
  },
  '__getitem__(key, /)': getIndex,
  '__setitem__(key, value, /)': (a: NdArray, key: Value, value: Value) => {
    setIndex(a, key, isQuantity(value) ? getAttribute(value, 'magnitude') : value);
    return null;
  },
  '__repr__()': (a: NdArray) => arrayRepr(a),
  '__str__()': (a: NdArray) => arrayStr(a),
  '__format__(format_spec, /)': (a: NdArray, spec: Value) => {
    if (a.ndim === 0) return getAttributeCall(resultOf(a), '__format__', spec);
    if (spec !== '') throw raise('TypeError', 'unsupported format string passed to numpy.ndarray.__format__');
    return arrayStr(a);
  },
  '__int__()': (a: NdArray) => toInteger(only(a, 'int')),
  '__float__()': (a: NdArray) => toFloat(only(a, 'float')),
  '__index__()': (a: NdArray) => {
    if (a.ndim !== 0 || !a.dtype.isInteger)
      throw raise('TypeError', 'only integer scalar arrays can be converted to a scalar index');
    return indexOf(only(a, 'index'));
  },
  '__complex__()': (a: NdArray) => {
    const value = only(a, 'complex');
    return value instanceof PyComplex ? value : new PyComplex(toFloat(value), 0);
  },
  '__copy__()': (a: NdArray) => copyIn(a, undefined, 'K'),
  '__deepcopy__(memo=None, /)': (a: NdArray, memo: Value | undefined) => {
    const copied = copyArray(a);
    if (a.dtype !== object) return inLayout(copied, undefined, 'K', a);
    const known = memo instanceof PyDict ? memo : undefined;
    const items = (copied.data as Item[]).map(item => deepCopy(item as Value, known));
    return new NdArray(object, items as NdArray['data'], copied.shape);
  },
  'tolist()': (a: NdArray) => toList(a),
  'item(*args)': (a: NdArray, args: PyTuple) => {
    if (args.items.length === 0) {
      if (a.size !== 1) throw raise('ValueError', 'can only convert an array of size 1 to a Python scalar');
      return toPython(a.dtype, (itemsOf(a) as Item[])[0]!);
    }
    const key = args.items.length === 1 ? args.items[0]! : args;
    const from = args.items.length === 1 && !(key instanceof PyTuple) ? getIndex(ravel(a), key) : getIndex(a, key);
    return from instanceof Scalar ? toPython(from.dtype, from.item) : from;
  },
  'astype(dtype, order="K", casting="unsafe", subok=True, copy=True)': (
    a: NdArray,
    dtype: Value,
    order: Value | undefined,
  ) => inLayout(astype(a, dtypeOf(dtype)), order, 'K', a),
  'copy(order="C")': (a: NdArray, order: Value | undefined) => copyIn(a, order, 'C'),
  'flatten(order="C")': (a: NdArray, order: Value | undefined) => ravel(copyArray(order === 'F' ? transpose(a) : a)),
  'reshape(*shape, order="C", copy=None)': (a: NdArray, shape: PyTuple, order: Value | undefined) =>
    reshape(a, looseShape(shape.items.length === 1 ? shape.items[0]! : shape), order ?? 'C'),
  'transpose(*axes)': (a: NdArray, axes: PyTuple) => {
    const given = axes.items.length === 1 ? axes.items[0]! : axes.items.length === 0 ? undefined : axes;
    return transpose(a, axesOf(given));
  },
  'view(dtype=None, type=None)': (a: NdArray, dtype: Value | undefined) => {
    if (dtype !== undefined && dtype !== null) throw new Unsupported('ndarray.view with a dtype', 'use astype');
    return a.view(a.shape, a.strides);
  },
  'fill(value)': (a: NdArray, value: Value) => {
    const item = itemFor(value, a.dtype);
    const items = allocate(a.dtype, a.size) as Item[];
    items.fill(item);
    writeItems(a, items as NdArray['data']);
    return null;
  },
  'sort(axis=-1, kind=None, order=None, *, stable=None)': (a: NdArray, axis: Value | undefined) => {
    writeItems(a, itemsOf(sorted(a, axis === undefined ? -1 : smallIndex(axis))).slice() as NdArray['data']);
    return null;
  },
  'resize(*new_shape, refcheck=True)': () => {
    throw new Unsupported('ndarray.resize', 'use np.resize or reshape');
  },
  'put(indices, values, mode!="raise")': (a: NdArray, indices: Value, values: Value) => {
    const flat = asArray(indices);
    const items = copyArray(a);
    setIndex(ravel(items), flat, values);
    writeItems(a, itemsOf(items));
    return null;
  },
  'dot(b, /)': (a: NdArray, b: Value) => dot(a, b),
  'round(decimals=0, out!=None)': (a: NdArray, decimals: Value | undefined) =>
    roundOf(a, decimals === undefined ? 0 : smallIndex(decimals)),
  '__round__(ndigits!=None, /)': () => {
    throw raise('TypeError', "type numpy.ndarray doesn't define __round__ method");
  },
  'conj()': (a: NdArray) => ufunc('conjugate', a),
  'conjugate()': (a: NdArray) => ufunc('conjugate', a),
  'tobytes(order="C")': () => {
    throw new Unsupported('ndarray.tobytes');
  },
  'setflags(write=None, align=None, uic=None)': () => null,
  'nonzero()': (a: NdArray) => callFunction(SORTING, 'nonzero', a),
});
ndarrayClass.setAttribute('__hash__', null);
ndarrayClass.setAttribute('__round__', null);

function getAttributeCall(value: Value, name: string, ...args: Value[]): Value {
  return callValue(getAttribute(value, name), args);
}

import { call as callValue } from '../../python/runtime/operations';

function callFunction(table: Readonly<Record<string, NativeBody>>, name: string, ...args: Value[]): Value {
  const key = Object.keys(table).find(signature => signature.startsWith(`${name}(`))!;
  return table[key]!(...args);
}

/** Functions of the module that are methods as well: their first parameter is the array. */
const SHARED =
  'sum prod mean std var max min all any cumsum cumprod argmax argmin argsort searchsorted ravel squeeze swapaxes repeat take diagonal trace'.split(
    ' ',
  );
/** Those that warn elsewhere than the functions do. */
const WARNING = new Set(['sum', 'prod', 'mean', 'var', 'cumsum', 'cumprod', 'trace']);
const tables = [STATISTICS, SORTING, SHAPING, ROUNDING, PRODUCTS];
const methods: Record<string, NativeBody> = {};
for (const name of SHARED) {
  for (const table of tables) {
    const signature = Object.keys(table).find(one => one.startsWith(`${name}(`));
    if (signature === undefined) continue;
    const rest = signature.slice(signature.indexOf('(') + 1).replace(/^[^,)]*(?:,\s*)?/, '');
    methods[`${name}(${rest.replace(/^\/,\s*/, '')}`] = WARNING.has(name)
      ? asMethod(table[signature]!)
      : table[signature]!;
  }
}
defineMethods(ndarrayClass, { ...methods, ...ROUNDING_METHODS });

defineProperties(ndarrayClass, {
  shape: (a: NdArray) => shapeTuple(a.shape),
  dtype: (a: NdArray) => a.dtype,
  ndim: (a: NdArray) => BigInt(a.ndim),
  size: (a: NdArray) => BigInt(a.size),
  itemsize: (a: NdArray) => BigInt(a.dtype.itemsize),
  nbytes: (a: NdArray) => BigInt(a.dtype.itemsize * a.size),
  strides: (a: NdArray) => {
    // Those of a result depend on the order in which numpy has laid out its items.
    if (a.ndim > 1) throw new Unsupported('strides of an array of several axes');
    return new PyTuple(a.strides.map(stride => BigInt(stride * a.dtype.itemsize)));
  },
  T: (a: NdArray) => transpose(a),
  mT: (a: NdArray) => transpose(a, [...a.shape.map((_, axis) => axis).slice(0, -2), a.ndim - 1, a.ndim - 2]),
  real: (a: NdArray) => (a.dtype.kind === 'c' ? asArray(callFunction(ROUNDING, 'real', a)) : a),
  imag: (a: NdArray) => asArray(callFunction(ROUNDING, 'imag', a)),
  base: (a: NdArray) => a.base ?? null,
  flat: (a: NdArray) => {
    const offsets = offsetsOf(a);
    let at = 0;
    const next = (): Value | undefined => {
      refuseUnknown(a);
      // The array may change on the way.
      const offset = offsets[at++];
      if (offset === undefined) return undefined;
      if (a.contents.unset !== undefined) checkAllSet(a, [offset]);
      return scalarOf(a.dtype, (a.data as Item[])[offset]!);
    };
    const iterator = makeIterator(next, flatClass);
    iterator.source = a;
    return iterator;
  },
});

/** Attributes that numpy lets a program set. */
for (const name of ['shape', 'dtype', 'strides', 'real', 'imag', 'flat']) {
  const { fget } = ndarrayClass.attrs.get(name) as PyProperty;
  const setter = method('__setattr__(value, /)', () => {
    throw new Unsupported(`setting ${name} of an array`);
  });
  ndarrayClass.setAttribute(name, new PyProperty(fget, setter));
}
defineMethods(flatClass, {
  '__len__()': (self: PyIterator) => BigInt((self.source as NdArray).size),
  '__getitem__(key, /)': (self: PyIterator, key: Value) => getIndex(ravel(copyArray(self.source as NdArray)), key),
  '__setitem__(key, value, /)': () => {
    throw new Unsupported('setting items of flat');
  },
});

defineConstructor(
  ndarrayClass,
  'ndarray(shape, dtype=float, buffer!=None, offset!=0, strides!=None, order!=None)',
  (_cls: Value, shape: Value, dtype: Value | undefined) => {
    const type = dtype === undefined ? float64 : dtypeOf(dtype);
    const size = shapeOf(shape);
    return new NdArray(
      type,
      allocate(
        type,
        size.reduce((a, b) => a * b, 1),
      ),
      size,
    );
  },
);

ndarrayClass.makeSubclass = () => {
  throw new Unsupported('subclasses of numpy.ndarray');
};

refuseAttributes(
  ndarrayClass,
  'argpartition byteswap choose compress ctypes device dump dumps flags getfield partition setfield to_device tofile tostring',
);
