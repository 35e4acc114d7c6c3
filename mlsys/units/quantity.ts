/** The class Quantity as Python sees it. */

import { takesAttributes } from '../python/runtime/attributes';
import { PyError, raise, Unsupported } from '../python/runtime/errors';
import { sequenceIteratorClass } from '../python/runtime/iteration';
import { touchPlain } from '../python/runtime/mutation';
import {
  defineClassMethods,
  defineConstructor,
  defineMethods,
  defineProperties,
  refuseAttributes,
} from '../python/runtime/native';
import {
  Ellipsis,
  floatClass,
  isInstance,
  type PyClass,
  PyComplex,
  PyIterator,
  PyTuple,
  typeOf,
  type Value,
} from '../python/runtime/objects';
import {
  call,
  callMethod,
  findAttribute,
  format,
  getAttribute,
  getItem,
  inplace,
  iterate,
  length,
  listOf,
  repr,
  setItem,
  special,
  str,
  toFloat,
  toInteger,
  truth,
  typeName,
  unary,
} from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import {
  addOrSubtract,
  divide,
  divideModulo,
  floorDivide,
  isDimensionless,
  magnitudeIn,
  mapped,
  modulo,
  multiply,
  power,
  quantity,
  reflectedDivide,
  reflectedDivideModulo,
  reflectedModulo,
  reflectedPower,
  reflectedSubtract,
  toBase,
  toRoot,
} from './arithmetic';
import { arrayMethod } from './arrays';
import { toCompact } from './compact';
import { compareBy, equalTo, hashQuantity, notEqualTo, order } from './comparison';
import { DIMENSIONLESS, UnitsContainer } from './container';
import { enabled, transformed } from './contexts';
import { parseQuantityText } from './conversion';
import { plainText } from './definitions';
import { cannotConvert, dimensionalityError } from './errors';
import { formatQuantity } from './format';
import { watch } from './notices';
import { isArray, requireMagnitude } from './operands';
import { reducedUnits } from './reduction';
import { applicationRegistry, PyQuantity, type PyRegistry, PyUnit, quantityBase, registryOf } from './registry';
import { PyUnitsContainer, unitsLike } from './unitsContainer';

/** Contexts, which none of the methods heeds that take some. */
export function refuseContexts(contexts: PyTuple, parameters: ReadonlyMap<string, Value> = new Map()): void {
  if (contexts.items.length > 0 || parameters.size > 0) throw new Unsupported('a pint context');
}

/** The magnitude in units that the author asked for, by the contexts that are enabled. */
function converted(q: PyQuantity, other: Value, active = q.registry.state.active): [Value, UnitsContainer] {
  const units = unitsLike(q.registry, other);
  const source = transformed(q, units, active);
  const magnitude = magnitudeIn(source, units);
  if (source === q) watch(q.registry, 'convert', q, undefined, units);
  return [magnitude, units];
}

/** A method that converts, and does something with what comes out. */
function conversion(use: (q: PyQuantity, magnitude: Value, units: UnitsContainer) => Value) {
  return (
    q: PyQuantity,
    other: Value | undefined,
    contexts: PyTuple,
    parameters: ReadonlyMap<string, Value>,
  ): Value => {
    if (contexts.items.length === 0) return use(q, ...converted(q, other ?? null));
    return use(q, ...converted(q, other ?? null, enabled(q.registry, contexts.items, parameters)));
  };
}

function replace(q: PyQuantity, magnitude: Value, units: UnitsContainer): null {
  touchPlain(q);
  // numpy multiplies an array in place, which one of integers refuses
  if (isArray(q.magnitude) && magnitude !== q.magnitude) {
    if (dtypeKind(q.magnitude) !== dtypeKind(magnitude)) inplace('*', q.magnitude, 1);
    setItem(q.magnitude, Ellipsis, magnitude);
  } else q.magnitude = magnitude;
  q.units = units;
  return null;
}

function dtypeKind(array: Value): Value {
  return getAttribute(getAttribute(array, 'dtype'), 'kind');
}

/** Magnitude as a plain number, for `float(q)` and `int(q)`. */
function bare(q: PyQuantity): Value {
  if (!isDimensionless(q.registry, q.units)) throw cannotConvert(plainText(q.units), 'dimensionless');
  watch(q.registry, 'convert', q, undefined, DIMENSIONLESS);
  return magnitudeIn(q, DIMENSIONLESS);
}

/** `Quantity(value, units)` */
export function makeQuantity(registry: PyRegistry, value: Value, units: Value | undefined, cls?: PyClass): PyQuantity {
  const make = (magnitude: Value, container: UnitsContainer) => new PyQuantity(registry, magnitude, container, cls);
  if (units === undefined || units === null) {
    if (value === '') throw raise('ValueError', 'Expression to parse as PlainQuantity cannot be an empty string.');
    const parsed = typeof value === 'string' ? parseQuantityText(registry, value) : value;
    if (parsed instanceof PyQuantity) return make(parsed.magnitude, parsed.units);
    return make(requireMagnitude(parsed), DIMENSIONLESS);
  }
  if (
    !(units instanceof PyUnit) &&
    !(units instanceof PyQuantity) &&
    typeof units !== 'string' &&
    !(units instanceof PyUnitsContainer)
  )
    throw raise('TypeError', `units must be of type str, PlainQuantity or UnitsContainer; not ${typeText(units)}.`);
  const container = unitsLike(registry, units);
  if (value instanceof PyQuantity) {
    const magnitude = magnitudeIn(value, container);
    watch(registry, 'convert', value, undefined, container);
    return make(magnitude, container);
  }
  return make(requireMagnitude(value), container);
}

function typeText(value: Value): string {
  return repr(call(classOf(), [value]));
}

const classOf = (): Value => findAttribute(quantityBase, '__class__') ?? quantityBase;

defineConstructor(quantityBase, 'Quantity(value, units=None)', (cls: PyClass, value: Value, units?: Value) =>
  makeQuantity(registryOf(cls) ?? applicationRegistry(), value, units, registryOf(cls) === undefined ? undefined : cls),
);

defineProperties(quantityBase, {
  magnitude: (q: PyQuantity) => q.magnitude,
  m: (q: PyQuantity) => q.magnitude,
  units: (q: PyQuantity) => new PyUnit(q.registry, q.units),
  u: (q: PyQuantity) => new PyUnit(q.registry, q.units),
  _units: (q: PyQuantity) => new PyUnitsContainer(q.units),
  _magnitude: (q: PyQuantity) => q.magnitude,
  _REGISTRY: (q: PyQuantity) => q.registry,
  dimensionality: (q: PyQuantity) => new PyUnitsContainer(q.registry.facts(q.units).dimensionality),
  dimensionless: (q: PyQuantity) => isDimensionless(q.registry, q.units),
  unitless: (q: PyQuantity) => q.registry.facts(q.units).root.units.size === 0,
  real: (q: PyQuantity) => mapped(q, magnitude => findAttribute(magnitude, 'real') ?? magnitude),
  imag: (q: PyQuantity) => mapped(q, magnitude => findAttribute(magnitude, 'imag') ?? 0n),
  T: (q: PyQuantity) => mapped(q, magnitude => getAttribute(magnitude, 'T')),
  ndim: (q: PyQuantity) => (isArray(q.magnitude) ? (findAttribute(q.magnitude, 'ndim') ?? 0n) : 0n),
});

defineMethods(quantityBase, {
  'to(other=None, *contexts, **parameters)': conversion((q, magnitude, units) =>
    quantity(q.registry, magnitude, units),
  ),
  'm_as(units)': (q: PyQuantity, units: Value) => converted(q, units)[0],
  'ito(other=None, *contexts, **parameters)': conversion(replace),
  'to_base_units()': toBase,
  'ito_base_units()': (q: PyQuantity) => {
    const base = toBase(q);
    return replace(q, base.magnitude, base.units);
  },
  'to_root_units()': toRoot,
  'ito_root_units()': (q: PyQuantity) => {
    const root = toRoot(q);
    return replace(q, root.magnitude, root.units);
  },
  'to_compact(unit=None)': (q: PyQuantity, unit?: Value) =>
    toCompact(q, unit === undefined || unit === null ? undefined : unitsLike(q.registry, unit)),
  'to_reduced_units()': (q: PyQuantity) => {
    const units = reducedUnits(q.registry, q.units);
    return units === undefined ? q : quantity(q.registry, magnitudeIn(q, units), units);
  },
  'ito_reduced_units()': (q: PyQuantity) => {
    const units = reducedUnits(q.registry, q.units);
    return units === undefined ? null : replace(q, magnitudeIn(q, units), units);
  },
  'to_preferred(preferred_units=None)': () => {
    throw new Unsupported('to_preferred', 'name the units in .to(...)');
  },
  'plus_minus(error, relative=False)': () => {
    throw new Unsupported('plus_minus', 'measurements with uncertainties are not computed');
  },
  'check(dimension)': (q: PyQuantity, dimension: Value) =>
    q.registry
      .facts(q.units)
      .dimensionality.equals(q.registry.definitions.dimensionality(unitsLike(q.registry, dimension, true))),
  'is_compatible_with(other, *contexts, **parameters)': (
    q: PyQuantity,
    other: Value,
    contexts: PyTuple,
    parameters: ReadonlyMap<string, Value>,
  ) => compatible(q, other, contexts, parameters),
  'compatible_units(*contexts)': (q: PyQuantity, contexts: PyTuple) => {
    refuseContexts(contexts);
    return callMethod(q.registry, 'get_compatible_units', new PyUnit(q.registry, q.units));
  },
  'unit_items()': (q: PyQuantity) => callMethod(new PyUnitsContainer(q.units), 'items'),
  'to_tuple()': (q: PyQuantity) =>
    new PyTuple([
      q.magnitude,
      new PyTuple([...q.units.entries].map(([name, exponent]) => new PyTuple([name, exponent]))),
    ]),
  'to_timedelta()': (q: PyQuantity) => {
    const microseconds = magnitudeIn(q, unitsLike(q.registry, 'microseconds'));
    return call(
      findAttribute(vm.import('datetime'), 'timedelta')!,
      [],
      new Map<string, Value>([['microseconds', microseconds]]),
    );
  },
  'tolist()': (q: PyQuantity) => {
    if (!isArray(q.magnitude))
      throw raise('AttributeError', `Magnitude '${typeOf(q.magnitude).name}' does not support tolist.`);
    return nestedQuantities(q.registry, callMethod(q.magnitude, 'tolist'), q.units);
  },

  '__add__(other, /)': (q: PyQuantity, other: Value) => addOrSubtract('+', q, other),
  '__radd__(other, /)': (q: PyQuantity, other: Value) => addOrSubtract('+', q, other),
  '__sub__(other, /)': (q: PyQuantity, other: Value) => addOrSubtract('-', q, other),
  '__rsub__(other, /)': reflectedSubtract,
  '__mul__(other, /)': multiply,
  '__rmul__(other, /)': multiply,
  '__truediv__(other, /)': divide,
  '__rtruediv__(other, /)': reflectedDivide,
  '__floordiv__(other, /)': (q: PyQuantity, other: Value) => floorDivide(q, other, false),
  '__rfloordiv__(other, /)': (q: PyQuantity, other: Value) => floorDivide(q, other, true),
  '__mod__(other, /)': modulo,
  '__rmod__(other, /)': reflectedModulo,
  '__divmod__(other, /)': divideModulo,
  '__rdivmod__(other, /)': reflectedDivideModulo,
  '__pow__(other, /)': power,
  '__rpow__(other, /)': reflectedPower,
  '__matmul__(other, /)': (q: PyQuantity, other: Value) => callMethod(vm.import('numpy'), 'matmul', q, other),
  '__neg__()': (q: PyQuantity) => mapped(q, magnitude => unary('-', magnitude)),
  '__pos__()': (q: PyQuantity) => mapped(q, magnitude => unary('+', magnitude)),
  '__abs__()': (q: PyQuantity) => mapped(q, absolute),
  '__round__(ndigits=0)': (q: PyQuantity, ndigits?: Value) =>
    mapped(q, magnitude => {
      if (isArray(magnitude)) throw raise('TypeError', "type numpy.ndarray doesn't define __round__ method");
      if (special(magnitude, '__round__') === undefined)
        throw raise('TypeError', `type ${typeName(magnitude)} doesn't define __round__ method`);
      return callMethod(magnitude, '__round__', ndigits ?? 0n);
    }),
  '__int__()': (q: PyQuantity) => toInteger(bare(q)),
  '__float__()': (q: PyQuantity) => toFloat(bare(q)),
  '__complex__()': (q: PyQuantity) => new PyComplex(toFloat(bare(q)), 0),
  '__bool__()': (q: PyQuantity) => {
    if (q.registry.facts(q.units).nonMultiplicative.length > 0)
      throw raise('ValueError', 'Boolean value of PlainQuantity with offset unit is ambiguous.');
    return truth(q.magnitude);
  },
  '__eq__(other, /)': equalTo,
  '__ne__(other, /)': notEqualTo,
  '__lt__(other, /)': (q: PyQuantity, other: Value) => order('<', q, other),
  '__le__(other, /)': (q: PyQuantity, other: Value) => order('<=', q, other),
  '__gt__(other, /)': (q: PyQuantity, other: Value) => order('>', q, other),
  '__ge__(other, /)': (q: PyQuantity, other: Value) => order('>=', q, other),
  '__hash__()': hashQuantity,
  'compare(other, op)': compareBy,
  '__str__()': (q: PyQuantity) => formatQuantity(q.registry.state, q, ''),
  '__repr__()': (q: PyQuantity) => {
    const magnitude = isInstance(q.magnitude, floatClass) ? format(q.magnitude, '.9') : str(q.magnitude);
    return `<Quantity(${magnitude}, '${plainText(q.units)}')>`;
  },
  '__format__(spec, /)': (q: PyQuantity, spec: Value) => {
    const text = str(spec);
    return text.includes('#')
      ? formatQuantity(q.registry.state, toCompact(q), text.replaceAll('#', ''))
      : formatQuantity(q.registry.state, q, text);
  },
  '_repr_html_()': (q: PyQuantity) => formatQuantity(q.registry.state, q, shortDefault(q.registry, 'H')),
  '_repr_latex_()': (q: PyQuantity) => `$${formatQuantity(q.registry.state, q, shortDefault(q.registry, 'L'))}$`,
  '__copy__()': (q: PyQuantity) => quantity(q.registry, q.magnitude, q.units),
  '__deepcopy__(memo, /)': (q: PyQuantity, memo: Value) =>
    mapped(q, magnitude =>
      isArray(magnitude) ? callMethod(vm.import('copy'), 'deepcopy', magnitude, memo) : magnitude,
    ),
  '__len__()': (q: PyQuantity) => BigInt(length(q.magnitude)),
  '__iter__()': (q: PyQuantity) => {
    const next = iterate(q.magnitude);
    return new PyIterator(() => {
      const item = next();
      return item === undefined ? undefined : quantity(q.registry, item, q.units);
    }, sequenceIteratorClass);
  },
  '__getitem__(key, /)': (q: PyQuantity, key: Value) => {
    if (!isArray(q.magnitude))
      throw raise('TypeError', `Neither Quantity object nor its magnitude (${str(q.magnitude)})supports indexing`);
    return quantity(q.registry, getItem(q.magnitude, key), q.units);
  },
  '__getattr__(name, /)': (q: PyQuantity, name: Value) => {
    if (typeof name !== 'string') throw raise('TypeError', `attribute name must be string, not '${typeName(name)}'`);
    const found = name.startsWith('__') ? undefined : (arrayMethod(q, name) ?? findAttribute(q.magnitude, name));
    if (found !== undefined) return found;
    throw raise(
      'AttributeError',
      `Neither Quantity object nor its magnitude (${str(q.magnitude)}) has attribute '${name}'`,
    );
  },
});

takesAttributes.add(quantityBase);

defineClassMethods(quantityBase, {
  'from_list(quant_list, units=None)': fromList,
  'from_sequence(seq, units=None)': fromList,
  'from_tuple(tup)': (cls: PyClass, pair: Value) => {
    const [magnitude, items] = [getItem(pair, 0n), getItem(pair, 1n)];
    const units = UnitsContainer.of(
      listOf(items).map(item => {
        const [name, exponent] = listOf(item);
        if (name === undefined || (typeof exponent !== 'bigint' && typeof exponent !== 'number'))
          throw raise('TypeError', `key must be a str and value a number, not ${repr(item)}`);
        return [str(name), exponent] as const;
      }),
    );
    return quantity(registryOf(cls) ?? applicationRegistry(), magnitude, units);
  },
});

function fromList(cls: PyClass, items: Value, units?: Value): Value {
  const registry = registryOf(cls) ?? applicationRegistry();
  const list = listOf(items);
  if ((units === undefined || units === null) && list.length === 0)
    throw raise('ValueError', 'Cannot determine units from empty sequence!');
  const target = unitsLike(registry, units ?? list[0]!);
  const magnitudes = list.map(item => {
    if (item instanceof PyQuantity) return toFloat(magnitudeIn(item, target));
    throw raise('AttributeError', `'${typeName(item)}' object has no attribute 'm_as'`);
  });
  return quantity(registry, requireMagnitude(new PyTuple(magnitudes)), target);
}

function absolute(magnitude: Value): Value {
  if (typeof magnitude === 'number') return Math.abs(magnitude);
  if (typeof magnitude === 'bigint') return magnitude < 0n ? -magnitude : magnitude;
  return callMethod(magnitude, '__abs__');
}

/** `is_compatible_with` of quantities and units: by contexts, whatever can be converted. */
export function compatible(
  q: PyQuantity,
  other: Value,
  contexts: PyTuple,
  parameters: ReadonlyMap<string, Value>,
): boolean {
  const { registry, units } = q;
  if (contexts.items.length > 0 || registry.state.active.length > 0)
    try {
      call(getAttribute(q, 'to'), [other, ...contexts.items], parameters);
      return true;
    } catch (error) {
      if (!(error instanceof PyError && isInstance(error.exception, dimensionalityError))) throw error;
      return false;
    }
  if (other instanceof PyQuantity || other instanceof PyUnit || typeof other === 'string')
    return registry.facts(units).dimensionality.equals(registry.facts(unitsLike(registry, other)).dimensionality);
  return isDimensionless(registry, units);
}

function shortDefault(registry: PyRegistry, flag: string): string {
  return registry.state.defaultFormat.includes('~') ? `~${flag}` : flag;
}

function nestedQuantities(registry: PyRegistry, items: Value, units: UnitsContainer): Value {
  if (typeof items !== 'object' || items === null || !('items' in items)) return quantity(registry, items, units);
  const list = items as Value & { items: Value[] };
  list.items = list.items.map(item => nestedQuantities(registry, item, units));
  return list;
}

refuseAttributes(
  quantityBase,
  'UnitsContainer compute force_ndarray force_ndarray_like format_babel ito_preferred persist visualize ' +
    '_add_sub _check _convert_magnitude _convert_magnitude_not_inplace _dimensionality _get_delta_units ' +
    '_get_non_multiplicative_units _get_unit_definition _has_compatible_delta _iadd_sub _imul_div _is_multiplicative _mul_div ' +
    '_numpy_method_wrap _ok_for_muldiv _truedivide_cast_int',
);
