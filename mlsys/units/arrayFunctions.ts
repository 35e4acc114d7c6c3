/** numpy's functions on quantities: which arguments must agree, and which units the result has. */
import { raise, Unsupported } from '../python/runtime/errors';
import { floatClass, type Keywords, NativeFunction, PyList, PyTuple, type Value } from '../python/runtime/objects';
import { binary, callMethod, getAttribute, listOf, toFloat } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import {
  concerns,
  firstQuantity,
  inUnits,
  isSequence,
  resultUnits,
  stripped,
  type UnitRule,
  withUnits,
} from './arguments';
import { isDimensionless, magnitudeIn, quantity, toBase } from './arithmetic';
import { DIMENSIONLESS } from './container';
import { plainText } from './definitions';
import { ambiguousOffset } from './errors';
import { isArray } from './operands';
import { PyQuantity } from './registry';
import { LOOSE_UFUNCS, ufuncOfQuantities } from './ufuncs';
import { unitsLike } from './unitsContainer';

/** A call of numpy's own function with other arguments. */
type Call = (args: readonly Value[], keywords?: Keywords) => Value;
type Handler = (call: Call, args: readonly Value[], keywords: Keywords) => Value;

const HANDLERS = new Map<string, (signature: string) => Handler>();

function define(names: string, handler: Handler): void {
  for (const name of names.split(' ')) HANDLERS.set(name, () => handler);
}

// Named arguments agree, and the result has their units.
for (const [names, parameters, wraps] of [
  [
    'expand_dims squeeze rollaxis moveaxis around diagonal mean ptp ravel round sort median nanmedian transpose roll copy average nanmean swapaxes nanmin nanmax percentile nanpercentile quantile nanquantile compress resize reshape permute_dims',
    'a',
    true,
  ],
  ['flip rot90', 'm', true],
  ['fix', 'x', true],
  ['trim_zeros', 'filt', true],
  ['broadcast_to', 'array', true],
  ['amax amin max min', 'a initial', true],
  ['searchsorted', 'a v', false],
  ['nan_to_num', 'x nan posinf neginf', true],
  ['clip', 'a a_min a_max', true],
  ['append insert', 'arr values', true],
  ['delete', 'arr', true],
  ['linspace', 'start stop', true],
  ['tile', 'A', true],
  ['intersect1d', 'ar1 ar2', true],
] as const)
  for (const name of names.split(' '))
    HANDLERS.set(name, signature => agreeing(parametersOf(signature), parameters.split(' '), wraps));

define('hstack vstack dstack column_stack block broadcast_arrays', (call, args, keywords) => {
  const { registry, units } = firstQuantity([...args, ...(keywords?.values() ?? [])])!;
  const same = (arg: Value): Value => inUnits(registry, units, arg);
  return withUnits(registry, call(args.map(same), mapped(keywords, same)), units);
});
define('concatenate stack', (call, args, keywords) => {
  const [values, wrap] = agreed(listOf(args[0]!));
  return wrap(call([new PyList([...values]), ...args.slice(1)], keywords));
});
define(
  'size isreal iscomplex shape ones_like zeros_like empty_like argsort argmin argmax ndim nanargmax nanargmin count_nonzero nonzero result_type',
  (call, args, keywords) => call(args.map(stripped), mapped(keywords, stripped)),
);
// Not asked by numpy, which sees the numbers alone.
define('array asarray asanyarray ascontiguousarray full iterable', (call, args, keywords) =>
  call(args.map(stripped), mapped(keywords, stripped)),
);
define('isscalar', () => false);
for (const [names, rule] of [
  ['std nanstd sum nansum cumsum nancumsum norm', 'sum'],
  ['diff ediff1d', 'delta'],
  ['gradient', 'delta,div'],
  ['solve', 'invdiv'],
  ['var nanvar', 'variance'],
] as const satisfies readonly (readonly [string, UnitRule])[])
  define(names, (call, args, keywords) => {
    const all = [...args, ...(keywords?.values() ?? [])];
    const first = firstQuantity(all)!;
    const result = call(args.map(stripped), mapped(keywords, stripped));
    return withUnits(first.registry, result, resultUnits(rule, first, all));
  });

define('cumprod nancumprod', (call, args, keywords) => {
  const [array, ...rest] = args as [PyQuantity, ...Value[]];
  return quantity(array.registry, call([magnitudeIn(array, DIMENSIONLESS), ...rest], keywords), DIMENSIONLESS);
});
define('atleast_1d atleast_2d atleast_3d', (call, args) => {
  const result = call(args.map(stripped));
  const wrap = (made: Value, source: Value): Value =>
    source instanceof PyQuantity ? quantity(source.registry, made, source.units) : made;
  if (args.length === 1) return wrap(result, args[0]!);
  return new PyList(listOf(result).map((made, at) => wrap(made, args[at]!)));
});
define('any all', (call, args, keywords) => {
  const [array, ...rest] = args as [PyQuantity, ...Value[]];
  if (isOffset(array)) throw raise('ValueError', 'Boolean value of Quantity with offset unit is ambiguous.');
  return call([array.magnitude, ...rest], keywords);
});
define('where', (call, args, keywords) => {
  const [condition, ...choices] = args as [Value, ...Value[]];
  if (condition instanceof PyQuantity && isOffset(condition))
    throw raise(
      'ValueError',
      'Invalid units of the condition: Boolean value of Quantity with offset unit is ambiguous.',
    );
  const [values, wrap] = agreed(choices);
  return wrap(call([stripped(condition), ...values], keywords));
});
define('interp', (call, args, keywords) => {
  const bound = new Map(['x', 'xp', 'fp', 'left', 'right', 'period'].map((name, at) => [name, args[at] ?? null]));
  for (const [name, arg] of keywords ?? []) bound.set(name, arg);
  const [[x, xp, period]] = agreed([bound.get('x')!, bound.get('xp')!, bound.get('period')!]);
  const [[fp, left, right], wrap] = agreed([bound.get('fp')!, bound.get('left')!, bound.get('right')!]);
  const named = [['left', left] as const, ['right', right] as const, ['period', period] as const];
  const given = new Map(named.filter(([, arg]) => arg !== null).map(([name, arg]) => [name as string, arg!]));
  return wrap(call([x!, xp!, fp!], given.size > 0 ? given : undefined));
});
define('meshgrid', (call, args, keywords) => {
  const results = listOf(
    call(
      args.map(arg => getAttribute(arg, 'm')),
      keywords,
    ),
  );
  return new PyList(
    results.map((result, at) => quantity((args[at] as PyQuantity).registry, result, (args[at] as PyQuantity).units)),
  );
});
define('full_like', (call, args) => {
  const [array, fill] = args as [Value, Value];
  if (!(array instanceof PyQuantity)) return call(args.map(stripped));
  if (args.length > 2) throw new Unsupported('numpy.full_like of a quantity with further arguments');
  const product = binary('*', call([stripped(array), 1n]), stripped(fill));
  return fill instanceof PyQuantity ? quantity(fill.registry, product, fill.units) : product;
});
define('trapezoid trapz', (call, args, keywords) => {
  const [y, x, dx] = [args[0]!, args[1] ?? keywords?.get('x') ?? null, args[2] ?? keywords?.get('dx')].map(
    arg => arg ?? null,
  ) as [Value, Value, Value];
  const values = multiplicative(y);
  const steps = x !== null ? x : dx;
  const along = steps instanceof PyQuantity ? multiplicative(steps) : undefined;
  const units = along === undefined ? values.units : values.units.multiply(along.units);
  const named = new Map([...(keywords ?? [])].filter(([name]) => name !== 'x' && name !== 'dx'));
  if (args[3] !== undefined) named.set('axis', args[3]);
  if (x !== null) named.set('x', along?.magnitude ?? x);
  else if (dx !== null) named.set('dx', along?.magnitude ?? dx);
  return withUnits(values.registry, call([values.magnitude], named), units);
});
define('dot cross', (call, args, keywords) => {
  const [a, b] = args as [Value, Value];
  const [left, right] = [multiplicative(a), b instanceof PyQuantity ? multiplicative(b) : undefined];
  const units = right === undefined ? left.units : left.units.multiply(right.units);
  return withUnits(left.registry, call([left.magnitude, right?.magnitude ?? b], keywords), units);
});
define('correlate', (call, args, keywords) => {
  const [a, v, ...rest] = args as [Value, Value, ...Value[]];
  const [left, right] = [multiplicative(a), multiplicative(v)];
  const result = call([left.magnitude, right.magnitude, ...rest], keywords);
  return withUnits(left.registry, result, left.units.multiply(right.units));
});
/** How many items of an array are numbers. */
function withoutNans(array: Value): Value {
  const numpy = vm.import('numpy');
  return callMethod(numpy, 'sum', callMethod(numpy, 'logical_not', callMethod(numpy, 'isnan', array)));
}

for (const name of ['prod', 'nanprod'])
  define(name, (call, args, keywords) => {
    const [array, ...rest] = args as [PyQuantity, ...Value[]];
    if (!(array instanceof PyQuantity)) throw new Unsupported('numpy.prod of a list of quantities');
    const names = ['axis', 'dtype', 'out', 'keepdims', 'initial', 'where'];
    const given = (name: string): Value => keywords?.get(name) ?? rest[names.indexOf(name)] ?? null;
    if (given('where') !== null) throw new Unsupported('numpy.prod of a quantity with where=');
    const axis = given('axis');
    const whole = () => (name === 'prod' ? getAttribute(array, 'size') : withoutNans(array.magnitude));
    const count =
      axis === null ? BigInt(toFloat(whole())) : listOf(getAttribute(array, 'shape')).at(Number(toFloat(axis)))!;
    const result = call([array.magnitude, ...rest], keywords);
    return withUnits(array.registry, result, array.units.power(count as bigint));
  });
define('isclose allclose', (call, args, keywords) => {
  const [a, b, rtol, atol, ...rest] = args as [Value, Value, Value?, Value?, ...Value[]];
  const tolerance = atol ?? keywords?.get('atol');
  const own = (arg: Value): Value =>
    a instanceof PyQuantity && !(arg instanceof PyQuantity) ? quantity(a.registry, arg, a.units) : arg;
  const [values] = agreed(tolerance === undefined ? [a, b] : [a, b, own(tolerance)]);
  const named = new Map(keywords ?? []);
  if (rtol !== undefined) named.set('rtol', rtol);
  if (tolerance !== undefined) named.set('atol', values[2]!);
  if (rest[0] !== undefined) named.set('equal_nan', rest[0]);
  return call(values.slice(0, 2), named);
});
define('isin', (call, args, keywords) => {
  const [element, tests, ...rest] = args as [Value, Value, ...Value[]];
  if (!(element instanceof PyQuantity))
    throw raise('ValueError', 'Cannot test if unit-aware elements are in not-unit-aware array');
  const none = (): Value => callMethod(vm.import('numpy'), 'full', getAttribute(element, 'shape'), false);
  const fits = (item: PyQuantity): boolean =>
    element.registry.facts(item.units).dimensionality.equals(element.registry.facts(element.units).dimensionality);
  let among = tests;
  if (tests instanceof PyQuantity) {
    if (!fits(tests)) return none();
    among = magnitudeIn(tests, element.units);
  } else if (isSequence(tests) && concerns(tests)) {
    const items = tests.items.filter(item => item instanceof PyQuantity && fits(item)) as PyQuantity[];
    among = new PyList(items.map(item => magnitudeIn(item, element.units)));
  } else if (!isDimensionless(element.registry, element.units)) return none();
  return call([element.magnitude, among, ...rest], keywords);
});
define('pad', (call, args, keywords) => {
  const [array, ...rest] = args as [PyQuantity, ...Value[]];
  const { registry, units } = array;
  const border = (arg: Value): Value => {
    if (isSequence(arg)) return new PyTuple(arg.items.map(border));
    return inUnits(registry, units, arg);
  };
  const named = new Map(keywords ?? []);
  for (const name of ['constant_values', 'end_values']) if (named.has(name)) named.set(name, border(named.get(name)!));
  return withUnits(registry, call([array.magnitude, ...rest], named), units);
});
define('unwrap', (call, args, keywords) => {
  const [angles, ...rest] = args as [PyQuantity, ...Value[]];
  const radian = unitsLike(angles.registry, 'radian');
  const result = quantity(angles.registry, call([magnitudeIn(angles, radian), ...rest], keywords), radian);
  return quantity(angles.registry, magnitudeIn(result, angles.units), angles.units);
});
define('einsum', (call, args, keywords) => {
  const operands = args.slice(1);
  const first = firstQuantity(operands)!;
  const result = call(args.map(stripped), keywords);
  return withUnits(first.registry, result, resultUnits('mul', first, operands));
});
for (const name of ['copyto', 'arange', 'select'])
  define(name, () => {
    throw new Unsupported(`numpy.${name} of a quantity`, 'take its magnitude with .m_as(unit)');
  });

function isOffset(q: PyQuantity): boolean {
  return q.registry.facts(q.units).nonMultiplicative.length > 0;
}

/** An argument that products are formed of: no temperature with an offset. */
function multiplicative(arg: Value): PyQuantity {
  if (!(arg instanceof PyQuantity)) {
    const type = isArray(arg) ? 'numpy.ndarray' : (getAttribute(getAttribute(arg, '__class__'), '__name__') as string);
    throw raise('AttributeError', `'${type}' object has no attribute '_is_multiplicative'`);
  }
  if (!isOffset(arg)) return arg;
  if (!arg.registry.state.autoconvertOffset) throw ambiguousOffset(plainText(arg.units));
  return toBase(arg);
}

function mapped(keywords: Keywords, change: (arg: Value) => Value): Keywords {
  return keywords && new Map([...keywords].map(([name, arg]) => [name, change(arg)] as const));
}

/** Arguments in the units of the first quantity, and what puts these on the result; plain ones stay plain. */
function agreed(args: readonly Value[]): [readonly Value[], (result: Value) => Value] {
  const first = args.some(arg => arg instanceof PyQuantity) ? firstQuantity(args) : undefined;
  if (first === undefined) return [args, result => result];
  const { registry, units } = first;
  return [args.map(arg => inUnits(registry, units, arg)), result => withUnits(registry, result, units)];
}

const parameterLists = new Map<string, readonly string[]>();

/** Names of the parameters of `name(a, b=None, *, c=1)`. */
function parametersOf(signature: string): readonly string[] {
  let names = parameterLists.get(signature);
  if (names === undefined) {
    names = [...signature.slice(signature.indexOf('(')).matchAll(/[(,]\s*(\w+)/g)].map(match => match[1]!);
    parameterLists.set(signature, names);
  }
  return names;
}

/** Brings the named arguments to the units of the first quantity among them. */
function agreeing(parameters: readonly string[], names: readonly string[], wraps: boolean): Handler {
  return (call, args, keywords) => {
    const positional = [...args];
    const named = new Map(keywords ?? []);
    const places = names.flatMap(name => {
      const at = parameters.indexOf(name);
      const value = at >= 0 && at < positional.length ? positional[at] : named.get(name);
      return value === undefined || value === null ? [] : [{ name, at, value }];
    });
    const [values, wrap] = agreed(places.map(({ value }) => value));
    places.forEach(({ name, at }, i) => {
      if (at >= 0 && at < positional.length) positional[at] = values[i]!;
      else named.set(name, values[i]!);
    });
    if ([...positional, ...named.values()].some(concerns))
      throw new Unsupported(
        'this function of numpy with a quantity for this argument',
        'take its magnitude with .m_as(unit)',
      );
    const result = call(positional, named.size > 0 ? named : undefined);
    return wraps ? wrap(result) : result;
  };
}

/** The function, made to answer for quantities as pint does; plain arguments go straight to it. */
export function quantityAware(f: NativeFunction, module = ''): NativeFunction {
  const made = new NativeFunction(
    f.name,
    (args, keywords) => {
      if (!args.some(concerns) && !(keywords && [...keywords.values()].some(concerns))) return f.call(args, keywords);
      return answer(f, module, args, keywords);
    },
    { signature: f.signature },
  );
  made.doc = f.doc;
  return made;
}

/** Functions of `numpy.linalg` that pint knows. */
const LINALG = new Set(['norm', 'solve']);

/** Functions to which a list is an array: what its quantities are is asked of each item. */
const LISTED = new Set(['concatenate', 'stack', 'hstack', 'vstack', 'dstack', 'column_stack', 'block', 'select']);

function answer(f: NativeFunction, module: string, args: Value[], keywords: Keywords): Value {
  const whole = [...args, ...(keywords?.values() ?? [])].some(arg => arg instanceof PyQuantity);
  // a list of quantities is an array of plain numbers to numpy
  const dtype = keywords?.get('dtype');
  if (!whole && dtype !== undefined && dtype !== null && dtype !== floatClass && args.some(concerns))
    throw new Unsupported(`numpy.${f.name} of quantities with a dtype`);
  if (!whole && !(LISTED.has(f.name) && args.some(concerns)))
    return f.call(
      args.map(arg => asNumbers(arg, dtype === floatClass)),
      keywords,
    );
  const call: Call = (given, named) => f.call([...given], named);
  if (module === '' && LOOSE_UFUNCS.has(f.name)) return ufuncOfQuantities(f.name, args, call);
  const handler = LINALG.has(f.name) === (module !== '') ? HANDLERS.get(f.name) : undefined;
  if (handler === undefined)
    throw raise(
      'TypeError',
      `no implementation found for 'numpy.${module}${f.name}' on types that implement __array_function__: [<class 'pint.Quantity'>]`,
    );
  return handler(f.signature)(call, args, keywords);
}

/** What numpy reads a quantity as: the number that it converts to, cut to a whole one where its magnitude is whole. */
function plainNumber(item: PyQuantity, floats: boolean): Value {
  const number = toFloat(item);
  return !floats && typeof item.magnitude === 'bigint' ? BigInt(Math.trunc(number)) : number;
}

function asNumbers(arg: Value, floats: boolean): Value {
  if (!isSequence(arg)) return arg;
  return new PyList(arg.items.map(item => (item instanceof PyQuantity ? plainNumber(item, floats) : item)));
}
