/** `numpy`: arrays, their functions, `numpy.linalg` and `numpy.random`. */

import type { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { removedMembers } from '../../python/runtime/members';
import { defineMethods, defineProperties, fn, type NativeBody, refuseAttributes } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeEffects';
import {
  type Keywords,
  type NativeFunction,
  nativeFunctionClass,
  PyClass,
  PyModule,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, getAttribute, repr, smallIndex, truth } from '../../python/runtime/operations';
import { quantityAware, unhandledUfunc } from '../../units/index';
import { registerModule } from '../registry';
import { broadcastItems, castItems, itemsOf, NdArray, ndarrayClass, normalAxis, resultOf } from './array';
import { asArray, axesOf, optionalInteger } from './convert';
import { CREATION } from './creation';
import {
  ALL_DTYPES,
  bool,
  characterClass,
  complexFloatingClass,
  DTYPE_ALIASES,
  dtypeClass,
  dtypeOf,
  flexibleClass,
  floatingClass,
  genericClass,
  type Item,
  inexactClass,
  integerClass,
  numberClass,
  promote,
  signedIntegerClass,
  unsignedIntegerClass,
} from './dtype';
import { FURTHER, OBJECTS } from './einsumAndGrids';
import { axisErrorClass, complexWarningClass, linAlgErrorClass, rankWarningClass } from './errors';
import { ERROR_SETTINGS, ERRSTATE } from './errstate';
import { gather, report } from './flags';
import { LIMITS } from './limits';
import { LINALG } from './linalg';
import { PRODUCTS } from './products';
import './methods';
import './scalars';
import { PADDING } from './padding';
import { POLYNOMIAL_FUNCTIONS, polynomialClass } from './poly1d';
import { arrayRepr, arrayStr, arrayText, type PrintOptions, printOptions, setPrintOptions } from './print';
import { PYTHON_FUNCTIONS } from './pyfunctions';
import { isQuantity, setUfuncRunner } from './quantities';
import { randomModule } from './random';
import { accumulate, accumulateWith, extremeOf, lanesOf, logicalOf, productOf, sumOf } from './reductions';
import { REMOVED } from './removed';
import { ROUNDING } from './rounding';
import { reshape, SHAPING } from './shaping';
import { SORTING } from './sorting';
import { STATISTICS } from './statistics';
import { applyUfunc, canStore, UFUNC_ALIASES, UFUNCS, type Ufunc, ufuncClass } from './ufuncs';

setUfuncRunner(applyUfunc);

/** Arguments of a universal function: the inputs, then perhaps an output. */
function callUfunc(self: Ufunc, args: PyTuple, out?: Value, where?: Value, dtype?: Value): Value {
  const { inputs, name } = self.spec;
  const given = args.items;
  if (given.length < inputs || given.length > inputs + 1)
    throw raise(
      'TypeError',
      `${name}() takes from ${inputs} to ${inputs + 1} positional arguments but ${given.length} were given`,
    );
  const target = given[inputs] ?? (out instanceof PyTuple ? out.items[0] : out);
  return applyUfunc(self, given.slice(0, inputs), {
    out: target instanceof NdArray ? target : undefined,
    where,
    dtype: dtype === undefined || dtype === null ? undefined : dtypeOf(dtype),
  });
}

/** pint answers to calls of a function, and to none of its methods. */
function refuseQuantities(self: Ufunc, method: string, args: readonly Value[]): void {
  if (args.some(isQuantity)) throw unhandledUfunc(self.spec.name, args, method);
}

/** `ufunc.reduce`: the well-known ones in numpy's order, others from left to right. */
function reduceUfunc(self: Ufunc, value: Value, axis: Value | undefined, keepdims: Value | undefined): Value {
  refuseQuantities(self, 'reduce', [value]);
  const array = asArray(value);
  const axes = axis === undefined ? [0] : axesOf(axis);
  const options = { axes, keepdims: keepdims !== undefined && truth(keepdims) };
  switch (self.spec.name) {
    case 'add':
      return resultOf(sumOf(array, options));
    case 'multiply':
      return resultOf(productOf(array, options));
    case 'maximum':
      return resultOf(extremeOf(array, true, options));
    case 'minimum':
      return resultOf(extremeOf(array, false, options));
    case 'logical_and':
      return resultOf(logicalOf(array, true, options));
    case 'logical_or':
      return resultOf(logicalOf(array, false, options));
    default: {
      const lanes = lanesOf(array, axes);
      if (lanes.length === 0)
        throw raise('ValueError', `zero-size array to reduction operation ${self.spec.name} which has no identity`);
      const laid = new NdArray(array.dtype, lanes.items, [lanes.count, lanes.length]);
      const column = (i: number): NdArray => laid.view([lanes.count], [lanes.length], laid.offset + i);
      const { result, flags } = gather(() => {
        let reduced: Value = column(0);
        for (let i = 1; i < lanes.length; i++) reduced = applyUfunc(self, [reduced, column(i)]);
        return reduced;
      });
      report(flags, 'reduce');
      return resultOf(reshape(asArray(result), lanes.shape));
    }
  }
}

function accumulateUfunc(self: Ufunc, value: Value, axis: Value | undefined): Value {
  refuseQuantities(self, 'accumulate', [value]);
  const array = asArray(value);
  const along = optionalInteger(axis, 0);
  if (self.spec.name === 'add' || self.spec.name === 'multiply')
    return accumulate(array, self.spec.name === 'multiply', along);
  const { result, flags } = gather(() =>
    accumulateWith(array, normalAxis(along, array.ndim), (a, b) => {
      const next = applyUfunc(self, [
        resultOf(new NdArray(array.dtype, castItems([a], array.dtype, array.dtype), [])),
        resultOf(new NdArray(array.dtype, castItems([b], array.dtype, array.dtype), [])),
      ]);
      return (asArray(next, array.dtype).data as Item[])[0]!;
    }),
  );
  report(flags, 'accumulate');
  return result;
}

defineMethods(ufuncClass, {
  '__call__(*args, out=None, where=True, dtype=None, casting=None, order=None, subok=None)': callUfunc,
  '__repr__()': (self: Ufunc) => `<ufunc '${self.spec.name}'>`,
  'reduce(array, axis=0, dtype!=None, out!=None, keepdims=False, initial!=None, where!=True)': (
    self: Ufunc,
    array: Value,
    axis: Value | undefined,
    _dtype: Value,
    _out: Value,
    keepdims: Value | undefined,
  ) => reduceUfunc(self, array, axis, keepdims),
  'accumulate(array, axis=0, dtype!=None, out!=None)': accumulateUfunc,
  'outer(A, B, /, *, out!=None, where!=True, casting!="same_kind", order!="K", dtype!=None, subok!=True)': (
    self: Ufunc,
    a: Value,
    b: Value,
  ) => {
    refuseQuantities(self, 'outer', [a, b]);
    const [x, y] = [asArray(a), asArray(b)];
    return applyUfunc(self, [reshape(x, [...x.shape, ...new Array<number>(y.ndim).fill(1)]), y]);
  },
  'at(a, indices, b=None, /)': (self: Ufunc, a: Value, indices: Value, b: Value | undefined) => {
    const target = asArray(a);
    const places = asArray(indices);
    const values = b === undefined ? undefined : asArray(b);
    const spread = values && (broadcastItems(values, places.shape, values.dtype) as Item[]);
    Array.from(itemsOf(places) as Item[]).forEach((place, i) => {
      const old = call(getAttribute(target, '__getitem__'), [place]);
      const more =
        spread === undefined
          ? []
          : [resultOf(new NdArray(values!.dtype, castItems([spread[i]!], values!.dtype, values!.dtype), []))];
      call(getAttribute(target, '__setitem__'), [place, applyUfunc(self, [old, ...more])]);
    });
    return null;
  },
});
defineProperties(ufuncClass, {
  __name__: (self: Ufunc) => self.spec.name,
  nin: (self: Ufunc) => BigInt(self.spec.inputs),
  nout: () => 1n,
  identity: (self: Ufunc) => self.spec.identity ?? null,
});

/** Of functions that are ufuncs in numpy. */
const ufuncFunctionClass = new PyClass('ufunc', [nativeFunctionClass], new Map(), { module: 'numpy' });
defineMethods(ufuncFunctionClass, { '__repr__()': (self: NativeFunction) => `<ufunc '${self.name}'>` });
const UFUNC_FUNCTIONS = 'divmod frexp ldexp matmul modf spacing vecdot'.split(' ');
const ONLY_UFUNCS = 'signature types ntypes nargs reduceat resolve_dtypes';
refuseAttributes(ufuncClass, ONLY_UFUNCS);
refuseAttributes(ufuncFunctionClass, `${ONLY_UFUNCS} nin nout identity reduce accumulate outer at`);

const PRINTING = [
  'precision',
  'threshold',
  'edgeitems',
  'linewidth',
  'suppress',
  'nanstr',
  'infstr',
  'sign',
  'floatmode',
  'formatter',
] as const;

/** The option by which arrays and scalars are shown as by an earlier numpy, where it is given. */
function versionShown(legacy: Value | undefined): Partial<PrintOptions> {
  if (legacy === undefined || legacy === null) return {};
  if (legacy === false) return { legacy: Number.POSITIVE_INFINITY };
  if (legacy === '1.25') return { legacy: 125 };
  if (legacy === '2.1') return { legacy: 201 };
  throw new Unsupported(`legacy=${repr(legacy)} of numpy.set_printoptions()`);
}

/** Print options with those replaced that were given; `values` in the order of `PRINTING`. */
function withOptions(base: PrintOptions, values: readonly (Value | undefined)[]): PrintOptions {
  const changed: Record<string, unknown> = { ...base };
  PRINTING.forEach((name, i) => {
    const value = values[i];
    if (value === undefined || value === null) return;
    if (name === 'formatter') {
      const table = value as PyDict;
      changed[name] = new Map([...table.map.entries()].map(([key, item]) => [String(key), item]));
    } else if (name === 'suppress') changed[name] = truth(value);
    else if (typeof value === 'string') changed[name] = value;
    else if (name === 'threshold' && typeof value === 'number') changed[name] = value;
    else changed[name] = smallIndex(value);
  });
  return changed as unknown as PrintOptions;
}

const PRINT_SIGNATURE =
  'precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None';

const TEXT: Readonly<Record<string, NativeBody>> = {
  [`set_printoptions(${PRINT_SIGNATURE}, formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr!=None)`]:
    (...given: Value[]) => {
      const [formatter, sign, floatmode, legacy] = given.slice(7, 11);
      // A formatter holds until the next call, whatever that sets.
      const base = { ...printOptions(), formatter: undefined, ...versionShown(legacy) };
      setPrintOptions(withOptions(base, [...given.slice(0, 7), sign, floatmode, formatter]));
      return null;
    },
  'array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=" ", prefix="", *, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix="", legacy!=None, style!=None)':
    (
      a: Value,
      width: Value,
      precision: Value,
      small: Value,
      separator: Value | undefined,
      prefix: Value | undefined,
      formatter: Value,
      threshold: Value,
      edge: Value,
      sign: Value,
      floatmode: Value,
      suffix: Value | undefined,
    ) => {
      const options = withOptions(printOptions(), [
        precision,
        threshold,
        edge,
        width,
        small,
        null,
        null,
        sign,
        floatmode,
        formatter,
      ]);
      return arrayText(asArray(a), {
        separator: (separator as string | undefined) ?? ' ',
        prefix: (prefix as string | undefined) ?? '',
        suffix: (suffix as string | undefined) ?? '',
        options,
      });
    },
  'array_repr(arr, max_line_width=None, precision=None, suppress_small=None)': (
    a: Value,
    width: Value,
    precision: Value,
    small: Value,
  ) => arrayRepr(asArray(a), withOptions(printOptions(), [precision, null, null, width, small])),
  'array_str(a, max_line_width=None, precision=None, suppress_small=None)': (
    a: Value,
    width: Value,
    precision: Value,
    small: Value,
  ) => arrayStr(asArray(a), withOptions(printOptions(), [precision, null, null, width, small])),
};

const OTHER: Readonly<Record<string, NativeBody>> = {
  'result_type(*args)': (args: PyTuple) => {
    if (args.items.length === 0) throw raise('ValueError', 'at least one array or dtype is required');
    return args.items.map(item => (item instanceof NdArray ? item.dtype : dtypeOf(item))).reduce(promote);
  },
  'promote_types(type1, type2)': (a: Value, b: Value) => promote(dtypeOf(a), dtypeOf(b)),
  'can_cast(from_, to, casting="safe")': (from: Value, to: Value, casting: Value | undefined) => {
    const [a, b] = [from instanceof NdArray ? from.dtype : dtypeOf(from), dtypeOf(to)];
    return casting === 'same_kind' ? canStore(a, b) : casting === 'unsafe' ? true : promote(a, b) === b;
  },
  'issubdtype(arg1, arg2)': (a: Value, b: Value) => {
    const own =
      a === genericClass ||
      (typeof a === 'object' && a !== null && 'mro' in a && (a as { mro: unknown[] }).mro.includes(genericClass))
        ? a
        : dtypeOf(a).type;
    const target =
      typeof b === 'object' && b !== null && 'mro' in b && (b as { mro: unknown[] }).mro.includes(genericClass)
        ? b
        : dtypeOf(b).type;
    return (own as unknown as { mro: unknown[] }).mro.includes(target);
  },
  'iterable(y)': (y: Value) =>
    y instanceof NdArray
      ? y.ndim > 0
      : typeof y === 'string' || (typeof y === 'object' && y !== null && y.cls.lookup('__iter__') !== undefined),
  'apply_along_axis(func1d, axis, arr, *args, **kwargs)': (
    function_: Value,
    axis: Value,
    arr: Value,
    more: PyTuple,
    named: Keywords,
  ) => {
    const array = asArray(arr);
    const lanes = lanesOf(array, [smallIndex(axis)]);
    const results: Value[] = [];
    for (let lane = 0; lane < lanes.count; lane++) {
      const items = (lanes.items as Item[]).slice(lane * lanes.length, (lane + 1) * lanes.length) as NdArray['data'];
      results.push(call(function_, [new NdArray(array.dtype, items, [lanes.length]), ...more.items], named));
    }
    const made = asArray(new PyTuple(results));
    if (made.ndim > 1) throw new Unsupported('numpy.apply_along_axis with functions that give arrays');
    return reshape(made, lanes.shape);
  },
  'shares_memory(a, b, /, max_work!=None)': (a: Value, b: Value) => {
    const shared = a instanceof NdArray && b instanceof NdArray && a.data === b.data;
    if (shared && a !== b && a.base !== b && b.base !== a) throw new Unsupported('numpy.shares_memory of two views');
    return shared;
  },
  'may_share_memory(a, b, /, max_work!=None)': (a: Value, b: Value) =>
    a instanceof NdArray && b instanceof NdArray && a.data === b.data,
};

const CONSTANTS: readonly (readonly [string, Value])[] = [
  ['pi', Math.PI],
  ['e', Math.E],
  ['euler_gamma', 0.5772156649015329],
  ['inf', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
  ['newaxis', null],
  ['little_endian', true],
];

/** Parts of numpy that exist but have no place in a chapter; named when they are used. */
const REFUSED =
  'load save savez savez_compressed loadtxt savetxt genfromtxt fromfile frombuffer fromstring memmap einsum_path fft ma matrix bmat asmatrix recarray rec datetime64 timedelta64 busday_count is_busday histogram2d histogramdd block nditer ndenumerate ndindex lookfor info char strings emath polynomial ctypeslib lib testing f2py busdaycalendar chararray packbits unpackbits i0 kaiser hamming hanning blackman bartlett r_ c_ s_ put place copyto putmask require vecmat matvec unstack mask_indices apply_over_axes longdouble complex64 void bytes_ record ScalarType argpartition asarray_chkfinite asfortranarray astype base_repr bitwise_count broadcast busday_offset choose clongdouble common_type complex256 compress csingle cumulative_prod datetime_as_string datetime_data diag_indices_from diagflat dsplit flatiter float128 format_float_positional format_float_scientific from_dlpack fromregex get_include getbufsize geterrcall index_exp iscomplex isdtype isfortran isnat matrix_transpose min_scalar_type mintypecode nancumprod nested_iters put_along_axis ravel_multi_index real_if_close resize rollaxis row_stack sctypeDict setbufsize seterrcall show_config show_runtime sort_complex test tril_indices_from trim_zeros triu_indices_from typecodes typename ulonglong unique_all unique_counts unique_inverse unique_values'.split(
    ' ',
  );

/** Functions that change a state of the session, with its channel. */
const STATES: Readonly<Record<string, string>> = {
  set_printoptions: 'numpy.printoptions',
  seterr: 'numpy.errstate',
};

function add(module: PyModule, functions: Readonly<Record<string, NativeBody>>, prefix = ''): void {
  for (const [signature, body] of Object.entries(functions)) {
    const made = fn(signature, body);
    // pint answers where a quantity is among the arguments
    const attribute = quantityAware(made, prefix);
    const channel = prefix === '' ? STATES[made.name] : undefined;
    if (channel !== undefined) changesState(channel, made, attribute);
    // What it makes changes the state, and not the call: only one with unknown options loses that.
    if (made.name === 'printoptions') changesState('numpy.printoptions', made);
    module.attrs.set(made.name, attribute);
  }
}

let made: PyModule | undefined;

/** The module, made once. */
export function loadNumpy(): PyModule {
  if (made !== undefined) return made;
  const module = new PyModule('numpy');
  const { attrs } = module;
  for (const [name, value] of CONSTANTS) attrs.set(name, value);
  for (const table of [
    CREATION,
    SHAPING,
    PADDING,
    SORTING,
    STATISTICS,
    ROUNDING,
    PRODUCTS,
    POLYNOMIAL_FUNCTIONS,
    PYTHON_FUNCTIONS,
    TEXT,
    OTHER,
    FURTHER,
    ERROR_SETTINGS,
  ])
    add(module, table);
  for (const [name, value] of OBJECTS) attrs.set(name, value);
  attrs.set('errstate', ERRSTATE);
  for (const name of UFUNC_FUNCTIONS) (attrs.get(name) as NativeFunction).cls = ufuncFunctionClass;
  for (const [name, ufunc] of UFUNCS) attrs.set(name, ufunc);
  for (const [alias, name] of Object.entries(UFUNC_ALIASES)) attrs.set(alias, UFUNCS.get(name)!);
  for (const dtype of ALL_DTYPES) attrs.set(dtype.name === 'object' ? 'object_' : dtype.name, dtype.type);
  for (const [alias, dtype] of DTYPE_ALIASES) {
    if (!['int', 'float', 'complex', 'str', 'U', 'O', 'object_'].includes(alias)) attrs.set(alias, dtype.type);
  }
  for (const cls of [
    genericClass,
    numberClass,
    integerClass,
    signedIntegerClass,
    unsignedIntegerClass,
    inexactClass,
    floatingClass,
    complexFloatingClass,
    flexibleClass,
    characterClass,
  ]) {
    attrs.set(cls.name, cls);
  }
  attrs.set('True_', resultOf(asArray(true, bool)));
  attrs.set('False_', resultOf(asArray(false, bool)));
  attrs.set('ndarray', ndarrayClass);
  attrs.set('poly1d', polynomialClass);
  attrs.set('dtype', dtypeClass);
  attrs.set('ufunc', ufuncClass);
  dtypeClass.construct = (_cls, args) => dtypeOf(args[0] ?? null);
  attrs.set('linalg', linalgModule());
  attrs.set('random', randomModule());
  attrs.set(
    'exceptions',
    new PyModule(
      'numpy.exceptions',
      new Map<string, Value>([
        ['AxisError', axisErrorClass],
        ['ComplexWarning', complexWarningClass],
        ['RankWarning', rankWarningClass],
      ]),
    ),
  );
  for (const [signature, body] of Object.entries(LIMITS)) attrs.set(signature.slice(0, 5), fn(signature, body));
  const refused = new Set(REFUSED);
  module.lazy = name => {
    if (refused.has(name)) throw new Unsupported(`numpy.${name}`);
    return undefined;
  };
  made = module;
  return module;
}

function linalgModule(): PyModule {
  const module = new PyModule('numpy.linalg', new Map<string, Value>([['LinAlgError', linAlgErrorClass]]));
  add(module, LINALG, 'linalg.');
  for (const name of ['matmul', 'outer', 'cross', 'tensordot', 'trace', 'diagonal', 'vecdot']) {
    const table = name === 'diagonal' ? SHAPING : PRODUCTS;
    const signature = Object.keys(table).find(one => one.startsWith(`${name}(`))!;
    module.attrs.set(name, fn(signature, table[signature]!));
  }
  const refused = new Set(['tensorinv', 'tensorsolve', 'matrix_transpose']);
  module.lazy = name => {
    if (refused.has(name)) throw new Unsupported(`numpy.linalg.${name}`);
    return undefined;
  };
  return module;
}

/** Makes the package known to `import`. */
export function registerNumpy(): void {
  registerModule('numpy', loadNumpy);
  removedMembers.set('numpy', { since: 'NumPy 2', now: REMOVED });
  registerModule('numpy.linalg', () => loadNumpy().attrs.get('linalg') as PyModule);
  registerModule('numpy.random', () => loadNumpy().attrs.get('random') as PyModule);
  registerModule('numpy.polynomial', () => {
    throw new Unsupported('numpy.polynomial', 'use np.polyfit and np.polyval');
  });
  registerModule('numpy.exceptions', () => loadNumpy().attrs.get('exceptions') as PyModule);
}
