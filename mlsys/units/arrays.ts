/** Quantities whose magnitude is an array: numpy's methods with units, assignment to items, operators in place. */
import { raise, Unsupported } from '../python/runtime/errors';
import { touch } from '../python/runtime/mutation';
import { defineMethods } from '../python/runtime/native';
import { NativeFunction, NotImplemented, type Value } from '../python/runtime/objects';
import { call, callMethod, findAttribute, getAttribute, inplace, setItem, str } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { divide, isDimensionless, magnitudeIn, multiply, quantity } from './arithmetic';
import { DIMENSIONLESS, type UnitsContainer } from './container';
import { convert, requireSameDimensions } from './conversion';
import { plainText } from './definitions';
import { cannotConvert } from './errors';
import { watch } from './notices';
import { isArray, isZeroOrNan } from './operands';
import { PyQuantity, PyUnit, quantityBase } from './registry';

/** Methods whose result has the units of the quantity. */
const SAME_UNITS = new Set([
  'sum',
  'cumsum',
  'mean',
  'max',
  'min',
  'std',
  'ptp',
  'round',
  'flatten',
  'ravel',
  'reshape',
  'transpose',
  'squeeze',
  'swapaxes',
  'copy',
  'conj',
  'conjugate',
  'diagonal',
  'repeat',
  'take',
  'compress',
  'trace',
  'astype',
  'item',
]);

/** `q.sum`, `q.var` and the like: the array's method with units; undefined where the array's own answer will do. */
export function arrayMethod(q: PyQuantity, name: string): Value | undefined {
  if (!isArray(q.magnitude)) return undefined;
  const units = unitsAfter(q, name);
  if (units === undefined) return undefined;
  const own = findAttribute(q.magnitude, name);
  if (own === undefined) return undefined;
  for (const [unit] of q.units.entries)
    if (q.registry.definitions.unit(unit).logarithm !== undefined) throw new Unsupported('arrays of logarithmic units');
  return new NativeFunction(name, (args, keywords) => {
    const bare = args.map(arg => (arg instanceof PyQuantity ? magnitudeIn(arg, q.units) : arg));
    return quantity(q.registry, call(own, bare, keywords), units(args));
  });
}

function unitsAfter(q: PyQuantity, name: string): ((args: readonly Value[]) => UnitsContainer) | undefined {
  if (SAME_UNITS.has(name)) return () => q.units;
  if (name === 'var') return () => q.units.power(2n);
  if (name === 'prod') return () => q.units.power(BigInt(itemCount(q)));
  return undefined;
}

function itemCount(q: PyQuantity): number {
  return Number(getAttribute(q.magnitude, 'size'));
}

/** A bound of `clip` in the units of the quantity. */
function bound(q: PyQuantity, value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  if (value instanceof PyQuantity) return magnitudeIn(value, q.units);
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

defineMethods(quantityBase, {
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
