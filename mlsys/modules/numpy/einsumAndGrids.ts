/** Less common functions of the module: sums over indices, index grids, print options for a while. */
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, fn, type NativeBody } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeEffects';
import {
  type Keywords,
  nativeClass,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, callMethod, smallIndex, toFloat, truth } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { allocate, castItems, fromItems, itemsOf, NdArray, resultOf, sizeOf } from './array';
import { asArray } from './convert';
import { bool, type Item, int64, promote } from './dtype';
import { type PrintOptions, printOptions, setPrintOptions } from './print';
import { reshape } from './shaping';
import { ufunc } from './ufuncs';

/** `einsum`: labels of each operand and of the result. */
function labelsOf(subscripts: string, count: number): { inputs: string[]; output: string } {
  const text = subscripts.replaceAll(' ', '');
  if (text.includes('.')) throw new Unsupported('numpy.einsum with an ellipsis');
  const [left = '', right] = text.split('->');
  const inputs = left.split(',');
  if (!/^[A-Za-z,]*$/.test(left) || inputs.length !== count)
    throw raise('ValueError', 'einstein sum subscripts string does not fit its operands');
  const all = [...left.replaceAll(',', '')];
  const once = all.filter(label => all.indexOf(label) === all.lastIndexOf(label)).sort();
  return { inputs, output: right ?? once.join('') };
}

function einsum(subscripts: Value, operands: PyTuple): Value {
  if (typeof subscripts !== 'string') throw new Unsupported('numpy.einsum with lists of labels');
  const arrays = operands.items.map(item => asArray(item));
  const { inputs, output } = labelsOf(subscripts, arrays.length);
  const dtype = arrays.map(array => array.dtype).reduce(promote);
  if (dtype.kind !== 'f' && !dtype.isInteger) throw new Unsupported('numpy.einsum of this dtype');
  const sizes = new Map<string, number>();
  arrays.forEach((array, i) => {
    const labels = inputs[i]!;
    if (labels.length !== array.ndim)
      throw raise('ValueError', `einstein sum subscripts string does not fit operand ${i}`);
    [...labels].forEach((label, axis) => {
      const known = sizes.get(label);
      const size = array.shape[axis]!;
      if (known !== undefined && known !== size && known !== 1 && size !== 1)
        throw raise('ValueError', `operand ${i} has a mismatch along label ${label}: ${known} and ${size}`);
      sizes.set(label, Math.max(known ?? 1, size));
    });
  });
  const order = [...new Set([...output, ...inputs.join('')])];
  const lengths = order.map(label => {
    const size = sizes.get(label);
    if (size === undefined) throw raise('ValueError', `einstein sum label ${label} is of no operand`);
    return size;
  });
  const steps = arrays.map((array, i) =>
    order.map(label =>
      [...inputs[i]!].reduce(
        (step, own, axis) => step + (own === label && array.shape[axis] !== 1 ? array.strides[axis]! : 0),
        0,
      ),
    ),
  );
  const shape = lengths.slice(0, output.length);
  // Where nothing is added up the result is a view, and what is put into it goes to the operand.
  const single = arrays.length === 1 && order.length === output.length ? arrays[0]! : undefined;
  if (single !== undefined && single === operands.items[0] && shape.length > 0) return single.view(shape, steps[0]!);
  const inner = sizeOf(lengths.slice(output.length));
  const total = sizeOf(shape) * inner;
  vm.step(1 + total * arrays.length);
  const items = arrays.map(array => castItems(array.data, array.dtype, dtype) as Item[]);
  const data = allocate(dtype, sizeOf(shape)) as Item[];
  const index = new Array<number>(order.length).fill(0);
  const places = arrays.map(array => array.offset);
  for (let at = 0; at < total; at++) {
    const out = Math.floor(at / inner);
    if (dtype.kind === 'f') {
      let product = 1;
      for (let i = 0; i < items.length; i++) product *= items[i]![places[i]!] as number;
      data[out] = (data[out] as number) + product;
    } else {
      let product = 1n;
      for (let i = 0; i < items.length; i++) product *= items[i]![places[i]!] as bigint;
      data[out] = (data[out] as bigint) + product;
    }
    for (let axis = order.length - 1; axis >= 0; axis--) {
      const full = ++index[axis]! === lengths[axis]!;
      for (let i = 0; i < places.length; i++)
        places[i] = places[i]! + steps[i]![axis]! * (full ? 1 - lengths[axis]! : 1);
      if (!full) break;
      index[axis] = 0;
    }
  }
  return resultOf(fromItems(dtype, data, shape));
}

const gridClass = nativeClass('nd_grid', undefined, 'numpy.lib._index_tricks_impl');

/** `np.mgrid` and `np.ogrid`, whose subscripts are the ranges. */
class Grid extends PyObject {
  readonly dense: boolean;

  constructor(dense: boolean) {
    super(gridClass);
    this.dense = dense;
  }
}

/** A range as written in a slice; a step such as `5j` is a number of points. */
function rangeOf(slice: Value): Value {
  if (!(slice instanceof PySlice) || slice.stop === null) throw new Unsupported('a grid of other than ranges');
  const numpy = vm.import('numpy');
  const { start, stop, step } = slice;
  if (typeof step === 'object' && step !== null) {
    const count = BigInt(Math.floor(toFloat(callMethod(step, '__abs__'))));
    return callMethod(numpy, 'linspace', start ?? 0n, stop, count);
  }
  return callMethod(numpy, 'arange', start ?? 0n, stop, step ?? 1n);
}

defineMethods(gridClass, {
  '__getitem__(key, /)': (grid: Grid, key: Value) => {
    if (!(key instanceof PyTuple)) return rangeOf(key);
    const numpy = vm.import('numpy');
    const ranges = key.items.map(rangeOf);
    const options = new Map<string, Value>([
      ['indexing', 'ij'],
      ['sparse', !grid.dense],
    ]);
    const axes = call(numpy.attrs.get('meshgrid')!, ranges, options) as PyTuple | PyList;
    return grid.dense ? callMethod(numpy, 'stack', new PyList([...axes.items])) : new PyTuple([...axes.items]);
  },
});

const optionsClass = nativeClass('_GeneratorContextManager', undefined, 'contextlib');

/** Print options that hold within a `with` statement. */
class PrintContext extends PyObject {
  readonly options: Keywords;
  before: PrintOptions | undefined = undefined;

  constructor(options: Keywords) {
    super(optionsClass);
    this.options = options;
  }
}

const OPTION_ORDER = [
  'edgeitems',
  'threshold',
  'floatmode',
  'precision',
  'suppress',
  'linewidth',
  'nanstr',
  'infstr',
  'sign',
] as const;

function optionsTable(): PyDict {
  const table = new PyDict();
  const { formatter, legacy, ...options } = printOptions();
  for (const name of OPTION_ORDER) {
    const value = options[name];
    table.map.set(name, typeof value === 'number' ? BigInt(value) : value);
  }
  if (formatter !== undefined) throw new Unsupported('the print options of numpy with a formatter');
  for (const [name, value] of [
    ['formatter', null],
    ['legacy', legacy === 125 ? '1.25' : legacy === 201 ? '2.1' : false],
    ['override_repr', null],
  ] as const)
    table.map.set(name, value);
  return table;
}

defineMethods(optionsClass, {
  '__enter__()': (self: PrintContext) => {
    self.before = printOptions();
    call(vm.import('numpy').attrs.get('set_printoptions')!, [], self.options);
    return printOptions().formatter === undefined ? optionsTable() : null;
  },
  '__exit__(*args)': (self: PrintContext) => {
    setPrintOptions(self.before!);
    return false;
  },
});
changesState('numpy.printoptions', optionsClass.attrs.get('__exit__')!);

/** Indices of the entries that `keep` chooses from a matrix of so many rows. */
function indices(n: number, m: number, keep: (i: number, j: number) => boolean): Value {
  const [rows, columns]: [bigint[], bigint[]] = [[], []];
  vm.step(1 + n * m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      if (!keep(i, j)) continue;
      rows.push(BigInt(i));
      columns.push(BigInt(j));
    }
  return new PyTuple([fromItems(int64, rows), fromItems(int64, columns)]);
}

const optional = (value: Value | undefined, fallback: number): number =>
  value === undefined || value === null ? fallback : smallIndex(value);

/** Functions of the module by signature. */
export const FURTHER: Readonly<Record<string, NativeBody>> = {
  'einsum(subscripts, *operands, out!=None, optimize=False)': einsum,
  'ix_(*args)': (args: PyTuple) =>
    new PyTuple(
      args.items.map((arg, axis) => {
        let array = asArray(arg);
        if (array.ndim !== 1) throw raise('ValueError', 'Cross index must be 1 dimensional');
        if (array.size === 0) array = new NdArray(int64, allocate(int64, 0), [0]);
        if (array.dtype === bool) array = asArray((callMethod(array, 'nonzero') as PyTuple).items[0]!);
        return reshape(
          array,
          args.items.map((_, at) => (at === axis ? array.size : 1)),
        );
      }),
    ),
  'printoptions(*args, **kwargs)': (args: PyTuple, keywords: Keywords) => {
    if (args.items.length > 0) throw new Unsupported('numpy.printoptions without names of options');
    return new PrintContext(keywords);
  },
  'triu_indices(n, k=0, m=None)': (n: Value, k: Value | undefined, m: Value | undefined) => {
    const [rows, shift] = [smallIndex(n), optional(k, 0)];
    return indices(rows, optional(m, rows), (i, j) => j - i >= shift);
  },
  'tril_indices(n, k=0, m=None)': (n: Value, k: Value | undefined, m: Value | undefined) => {
    const [rows, shift] = [smallIndex(n), optional(k, 0)];
    return indices(rows, optional(m, rows), (i, j) => j - i <= shift);
  },
  'diag_indices(n, ndim=2)': (n: Value, ndim: Value | undefined) =>
    new PyTuple(
      Array.from({ length: optional(ndim, 2) }, () =>
        fromItems(
          int64,
          Array.from({ length: smallIndex(n) }, (_, i) => BigInt(i)),
        ),
      ),
    ),
  'fill_diagonal(a, val, wrap=False)': (a: Value, value: Value, wrap: Value | undefined) => {
    if (!(a instanceof NdArray) || a.ndim !== 2 || (wrap !== undefined && truth(wrap)) || asArray(value).ndim > 0)
      throw new Unsupported('numpy.fill_diagonal of other than a matrix with one number');
    const places = Array.from({ length: Math.min(...a.shape) }, (_, i) => BigInt(i));
    const key = fromItems(int64, places);
    callMethod(a, '__setitem__', new PyTuple([key, key]), value);
    return null;
  },
  'binary_repr(num, width=None)': (number: Value, width: Value | undefined) => {
    const value = BigInt(smallIndex(number));
    if (value < 0n) throw new Unsupported('numpy.binary_repr of a negative number');
    return value.toString(2).padStart(optional(width, 0), '0');
  },
  'nanargmax(a, axis!=None, out!=None, keepdims!=False)': (a: Value) => withoutNaN(a, 'argmax'),
  'nanargmin(a, axis!=None, out!=None, keepdims!=False)': (a: Value) => withoutNaN(a, 'argmin'),
};

function withoutNaN(a: Value, name: 'argmax' | 'argmin'): Value {
  const array = asArray(a);
  const items = Array.from(itemsOf(asArray(ufunc('isnan', array))) as Uint8Array);
  if (!items.includes(1)) return callMethod(array, name);
  if (!items.includes(0)) throw raise('ValueError', 'All-NaN slice encountered');
  const numpy = vm.import('numpy');
  const worst = name === 'argmax' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return callMethod(callMethod(numpy, 'where', ufunc('isnan', array), worst, array), name);
}

/** What is no function. */
export const OBJECTS: readonly (readonly [string, Value])[] = [
  ['mgrid', new Grid(true)],
  ['ogrid', new Grid(false)],
  ['get_printoptions', fn('get_printoptions()', optionsTable)],
];
