/** Quantities whose magnitude is an array: numpy's methods with units, assignment to items, operators in place. */
import { raise, Unsupported } from '../python/runtime/errors';
import { sequenceIteratorClass } from '../python/runtime/iteration';
import { touch } from '../python/runtime/mutation';
import { defineMethods, defineProperties } from '../python/runtime/native';
import {
  type Keywords,
  NativeFunction,
  NotImplemented,
  PyIterator,
  type PyTuple,
  type Value,
} from '../python/runtime/objects';
import {
  call,
  callMethod,
  findAttribute,
  getAttribute,
  inplace,
  iterate,
  setItem,
  str,
  typeName,
} from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { inUnits, resultUnits, type UnitRule } from './arguments';
import { divide, isDimensionless, magnitudeIn, multiply, quantity } from './arithmetic';
import { DIMENSIONLESS, type UnitsContainer } from './container';
import { convert, requireSameDimensions } from './conversion';
import { plainText } from './definitions';
import { cannotConvert } from './errors';
import { watch } from './notices';
import { isArray, isZeroOrNan, requireMagnitude } from './operands';
import { PyQuantity, PyUnit, quantityBase } from './registry';

/** Methods of arrays whose result has units, with the rule for these; `same` where they are those of the quantity. */
const METHODS = new Map<string, UnitRule | 'same'>([
  ...'compress conj conjugate copy diagonal max mean min ravel repeat reshape round squeeze swapaxes take trace transpose flatten astype item'
    .split(' ')
    .map(name => [name, 'same'] as const),
  ['var', 2n],
  ['std', 'sum'],
  ['sum', 'sum'],
  ['cumsum', 'sum'],
]);

/** `q.sum`, `q.var` and the like: the array's method with units; undefined where the magnitude's own answer will do. */
export function arrayMethod(q: PyQuantity, name: string): Value | undefined {
  const rule = METHODS.get(name);
  if (rule === undefined && name !== 'cumprod') return undefined;
  const array = isArray(q.magnitude) ? q.magnitude : callMethod(vm.import('numpy'), 'asarray', q.magnitude);
  const own = findAttribute(array, name);
  if (own === undefined) return undefined;
  for (const [unit] of q.units.entries)
    if (q.registry.definitions.unit(unit).logarithm !== undefined) throw new Unsupported('arrays of logarithmic units');
  return new NativeFunction(name, (args, keywords) => {
    if (rule === undefined) return cumulativeProduct(q, args, keywords);
    const result = call(own, args, keywords);
    if (rule === 'same') return quantity(q.registry, result, q.units);
    getAttribute(q.magnitude, 'size');
    const units = resultUnits(rule, q, [q, ...args]);
    return quantity(q.registry, result, units);
  });
}

/** pint makes the quantity itself a plain number first. */
function cumulativeProduct(q: PyQuantity, args: Value[], keywords: Keywords): Value {
  callMethod(q, 'ito', '');
  return quantity(q.registry, call(getAttribute(q.magnitude, 'cumprod'), args, keywords), DIMENSIONLESS);
}

/** A bound of `clip` in the units of the quantity. */
function bound(q: PyQuantity, value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  if (value instanceof PyQuantity) return inUnits(q.registry, q.units, value);
  if (isDimensionless(q.registry, q.units)) return value;
  throw cannotConvert('dimensionless', plainText(q.units));
}

/** Changes the quantity itself, as numpy changes arrays; scalars take the plain operator instead. */
function assign(q: PyQuantity, magnitude: Value, units: UnitsContainer): PyQuantity {
  touch(q);
  q.magnitude = magnitude;
  q.units = units;
  return q;
}

function addInPlace(op: '+' | '-', q: PyQuantity, other: Value): Value {
  if (!isArray(q.magnitude) || q.registry.facts(q.units).nonMultiplicative.length > 0) return NotImplemented;
  if (other instanceof PyQuantity) {
    requireSameDimensions(q, other);
    watch(q.registry, op, q, other);
    return assign(q, inplace(op, q.magnitude, magnitudeIn(other, q.units)), q.units);
  }
  if (isZeroOrNan(other)) return assign(q, inplace(op, q.magnitude, other), q.units);
  if (!isDimensionless(q.registry, q.units)) throw cannotConvert(plainText(q.units), 'dimensionless');
  watch(q.registry, op, q, other);
  return assign(q, inplace(op, magnitudeIn(q, DIMENSIONLESS), other), DIMENSIONLESS);
}

function multiplyInPlace(op: '*' | '/', q: PyQuantity, other: Value): Value {
  if (!isArray(q.magnitude) || q.registry.facts(q.units).nonMultiplicative.length > 0) return NotImplemented;
  if (q.registry.state.autoReduce) throw new Unsupported(`${op}= of an array of quantities whose units are reduced`);
  if (other instanceof PyUnit) {
    const units = op === '*' ? q.units.multiply(other.units) : q.units.divide(other.units);
    return assign(q, q.magnitude, units);
  }
  // the units follow from the product of scalars
  const { units } = (op === '*' ? multiply : divide)(
    quantity(q.registry, 1, q.units),
    other instanceof PyQuantity ? quantity(other.registry, 1, other.units) : 1,
  ) as PyQuantity;
  const factor = other instanceof PyQuantity ? other.magnitude : other;
  return assign(q, inplace(op, q.magnitude, factor), units);
}

/** An argument in the units of the quantity; plain numbers only where it has no dimension. */
function matching(q: PyQuantity, value: Value): Value {
  if (value instanceof PyQuantity) return inUnits(q.registry, q.units, value);
  if (!isDimensionless(q.registry, q.units)) throw cannotConvert('dimensionless', plainText(q.units));
  return convert(q.registry, requireMagnitude(value), DIMENSIONLESS, q.units);
}

defineProperties(quantityBase, {
  shape: (q: PyQuantity) => getAttribute(q.magnitude, 'shape'),
  dtype: (q: PyQuantity) => getAttribute(q.magnitude, 'dtype'),
  flat: (q: PyQuantity) => {
    const next = iterate(getAttribute(q.magnitude, 'flat'));
    return new PyIterator(() => {
      const item = next();
      return item === undefined ? undefined : quantity(q.registry, item, q.units);
    }, sequenceIteratorClass);
  },
});

defineMethods(quantityBase, {
  'prod(*args, **kwargs)': (q: PyQuantity, args: PyTuple, keywords: Keywords) =>
    call(getAttribute(vm.import('numpy'), 'prod'), [q, ...args.items], keywords),
  'searchsorted(v, side="left", sorter=None)': (q: PyQuantity, v: Value, side?: Value) =>
    call(getAttribute(q.magnitude, 'searchsorted'), [matching(q, v), side ?? 'left']),
  'fill(value)': (q: PyQuantity, value: Value) => {
    if (!(value instanceof PyQuantity))
      throw raise('AttributeError', `'${typeName(value)}' object has no attribute '_units'`);
    q.units = value.units;
    return callMethod(q.magnitude, 'fill', value.magnitude);
  },
  'put(indices, values, mode="raise")': (q: PyQuantity, indices: Value, values: Value, mode?: Value) =>
    callMethod(q.magnitude, 'put', indices, matching(q, values), mode ?? 'raise'),
  '__iadd__(other, /)': (q: PyQuantity, other: Value) => addInPlace('+', q, other),
  '__isub__(other, /)': (q: PyQuantity, other: Value) => addInPlace('-', q, other),
  '__imul__(other, /)': (q: PyQuantity, other: Value) => multiplyInPlace('*', q, other),
  '__itruediv__(other, /)': (q: PyQuantity, other: Value) => multiplyInPlace('/', q, other),
  '__setitem__(key, value, /)': (q: PyQuantity, key: Value, value: Value) => {
    if (!isArray(q.magnitude))
      throw raise('TypeError', `Neither Quantity object nor its magnitude (${str(q.magnitude)}) supports indexing`);
    const units = value instanceof PyQuantity ? value.units : DIMENSIONLESS;
    const bare = value instanceof PyQuantity ? value.magnitude : value;
    const { definitions } = q.registry;
    if (!definitions.facts(units).dimensionality.equals(definitions.facts(q.units).dimensionality)) {
      if (value instanceof PyQuantity || !isZeroOrNan(value))
        throw cannotConvert(
          str(value),
          str(new PyUnit(q.registry, q.units)),
          '',
          '',
          `. Assign a quantity with the same dimensionality or access the magnitude directly as \`obj.magnitude[${str(key)}] = ${str(value)}\`.`,
        );
    }
    setItem(q.magnitude, key, units.equals(q.units) ? bare : convertItem(q, bare, units));
    return null;
  },
  'clip(min=None, max=None)': (q: PyQuantity, min?: Value, max?: Value) =>
    quantity(q.registry, callMethod(q.magnitude, 'clip', bound(q, min), bound(q, max)), q.units),
  'dot(b)': (q: PyQuantity, other: Value) => {
    const right = other instanceof PyQuantity ? other : quantity(q.registry, other, DIMENSIONLESS);
    return quantity(
      q.registry,
      callMethod(vm.import('numpy'), 'dot', q.magnitude, right.magnitude),
      q.units.multiply(right.units),
    );
  },
});

function convertItem(q: PyQuantity, bare: Value, units: UnitsContainer): Value {
  if (units.size === 0 && !isDimensionless(q.registry, q.units)) return bare;
  return convert(q.registry, bare, units, q.units);
}
