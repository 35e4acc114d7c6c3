/** numpy's functions on quantities: which inputs must agree, and which units the result has. */
import { raise } from '../python/runtime/errors';
import { type Keywords, NativeFunction, PyList, PyTuple, type Value } from '../python/runtime/objects';
import { getAttribute, listOf, toFloat } from '../python/runtime/operations';
import { isDimensionless, magnitudeIn, quantity } from './arithmetic';
import type { UnitsContainer } from './container';
import { plainText } from './definitions';
import { cannotConvert } from './errors';
import { isArray, isZeroOrNan } from './operands';
import { PyQuantity } from './registry';

type Rule = 'same' | 'bare' | 'strip' | 'product' | 'square' | 'power' | 'interp' | 'each' | 'weights';

/** By function: `same` keeps the units of the first quantity, to which the others are converted. */
const RULES = new Map<string, Rule>();
for (const [rule, names] of [
  [
    'same',
    'concatenate stack hstack vstack dstack column_stack append where clip sort diff ediff1d pad tile roll flip fliplr flipud median nanmedian percentile nanpercentile quantile nanquantile mean nanmean ptp max min amax amin nanmax nanmin sum nansum cumsum nancumsum std nanstd around round round_ expand_dims squeeze ravel reshape transpose broadcast_to atleast_1d atleast_2d atleast_3d rot90 moveaxis swapaxes repeat take delete insert fix nan_to_num trim_zeros diagonal trace copy compress linspace array_split split real imag triu tril select',
  ],
  ['bare', 'isclose allclose searchsorted array_equal digitize isin'],
  [
    'strip',
    'argmax argmin argsort nanargmax nanargmin nonzero flatnonzero shape size ndim count_nonzero any all zeros_like ones_like empty_like full_like isreal iscomplex array asarray',
  ],
  ['product', 'dot matmul cross outer inner vdot trapezoid trapz'],
  ['square', 'var nanvar'],
  ['power', 'prod nanprod'],
  ['interp', 'interp'],
  ['each', 'meshgrid'],
  ['weights', 'average'],
] as const)
  for (const name of names.split(' ')) RULES.set(name, rule);

/** Functions that take their arrays in a list. */
const LISTED = new Set(['concatenate', 'stack', 'hstack', 'vstack', 'dstack', 'column_stack']);

/** The function, made to answer for quantities as pint does; plain arguments go straight to it. */
export function quantityAware(f: NativeFunction): NativeFunction {
  const made = new NativeFunction(
    f.name,
    (args, keywords) => {
      if (!args.some(arg => concerns(arg)) && !(keywords && [...keywords.values()].some(arg => concerns(arg))))
        return f.call(args, keywords);
      return answer(f, args, keywords);
    },
    { signature: f.signature },
  );
  made.doc = f.doc;
  return made;
}

function concerns(arg: Value): boolean {
  if (typeof arg !== 'object' || arg === null) return false;
  return arg instanceof PyQuantity || (isSequence(arg) && arg.items[0] instanceof PyQuantity);
}

function isSequence(arg: Value): arg is PyList | PyTuple {
  return arg instanceof PyList || arg instanceof PyTuple;
}

function answer(f: NativeFunction, args: Value[], keywords: Keywords): Value {
  const listed = LISTED.has(f.name);
  const given = listed && args[0] !== undefined && isSequence(args[0]) ? listOf(args[0]) : args;
  const first = [...given, ...(keywords?.values() ?? [])].find(arg => arg instanceof PyQuantity) as
    | PyQuantity
    | undefined;
  // a list of quantities is an array of plain numbers to numpy
  if (first === undefined) return f.call(args.map(asNumbers), keywords);
  const rule = RULES.get(f.name);
  if (rule === undefined)
    throw raise(
      'TypeError',
      `no implementation found for 'numpy.${f.name}' on types that implement __array_function__: [<class 'pint.Quantity'>]`,
    );
  const { registry, units } = first;
  const bare = (arg: Value): Value => (arg instanceof PyQuantity ? arg.magnitude : arg);
  const aligned = (arg: Value): Value => alignedWith(first, f.name, arg);
  const mapped = (change: (arg: Value) => Value): Value => {
    const changed = given.map(change);
    const named = keywords && new Map([...keywords].map(([name, arg]) => [name, change(arg)] as const));
    return f.call(listed ? [new PyList(changed), ...args.slice(1)] : changed, named);
  };
  switch (rule) {
    case 'same':
      return withUnits(first, mapped(aligned), units);
    case 'bare':
      return mapped(aligned);
    case 'strip':
      return mapped(bare);
    case 'product':
      return quantity(registry, mapped(bare), productOf(given));
    case 'square':
      return quantity(registry, mapped(bare), units.power(2n));
    case 'power': {
      const count = isArray(first.magnitude) ? Number(getAttribute(first.magnitude, 'size')) : 1;
      return quantity(registry, mapped(bare), units.power(BigInt(count)));
    }
    case 'interp': {
      const [x, xs, ys, ...rest] = given as [Value, Value, Value, ...Value[]];
      const scale = x instanceof PyQuantity ? x : xs instanceof PyQuantity ? xs : undefined;
      const onScale = (arg: Value) => (arg instanceof PyQuantity && scale ? magnitudeIn(arg, scale.units) : arg);
      const result = f.call([onScale(x), onScale(xs), bare(ys), ...rest], keywords);
      return ys instanceof PyQuantity ? quantity(registry, result, ys.units) : result;
    }
    case 'each': {
      const results = listOf(mapped(bare));
      return new PyList(
        results.map((result, at) => {
          const source = given[at];
          return source instanceof PyQuantity ? quantity(registry, result, source.units) : result;
        }),
      );
    }
    case 'weights':
      return quantity(registry, mapped(bare), units);
  }
}

/** Converts to the units of the first quantity; plain numbers pass where they are no amounts (axes, percentages). */
function alignedWith(first: PyQuantity, name: string, arg: Value): Value {
  if (arg instanceof PyQuantity) return magnitudeIn(arg, first.units);
  if ((name === 'clip' || name === 'where' || name === 'append') && isAmount(arg, name)) {
    if (isDimensionless(first.registry, first.units) || isZeroOrNan(arg)) return arg;
    throw cannotConvert('dimensionless', plainText(first.units));
  }
  return arg;
}

function isAmount(arg: Value, name: string): boolean {
  // the condition of `where` is an array of truths
  if (isArray(arg)) return name !== 'where';
  return typeof arg === 'number' || (typeof arg === 'bigint' && name !== 'append');
}

function withUnits(first: PyQuantity, result: Value, units: UnitsContainer): Value {
  if (isSequence(result)) return new PyList(result.items.map(item => quantity(first.registry, item, units)));
  return quantity(first.registry, result, units);
}

function productOf(args: readonly Value[]): UnitsContainer {
  const [first, ...rest] = args.filter((arg): arg is PyQuantity => arg instanceof PyQuantity);
  return rest.reduce((units, arg) => units.multiply(arg.units), first!.units);
}

function asNumbers(arg: Value): Value {
  if (!isSequence(arg)) return arg;
  return new PyList(arg.items.map(item => (item instanceof PyQuantity ? toFloat(item) : item)));
}
