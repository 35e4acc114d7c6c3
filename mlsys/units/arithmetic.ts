/** Arithmetic of quantities, with pint's order of operations on magnitudes and units. */
import { divmod } from '../python/builtins/functions';
import { raise, Unsupported } from '../python/runtime/errors';
import { NotImplemented, PyList, PyTuple, typeOf, type Value } from '../python/runtime/objects';
import { binary, classPath, equals, listOf, toFloat, unary } from '../python/runtime/operations';
import { DIMENSIONLESS, type Exponent, type UnitsContainer } from './container';
import { convert, requireSameDimensions } from './conversion';
import { plainText } from './definitions';
import { ambiguousOffset, cannotConvert } from './errors';
import { watch } from './notices';
import { asMagnitude, defers, isArray, isNumber, isZeroOrNan, sharesRegistry } from './operands';
import { reducedUnits } from './reduction';
import { PyQuantity, type PyRegistry, PyUnit } from './registry';

export function quantity(registry: PyRegistry, magnitude: Value, units: UnitsContainer): PyQuantity {
  return new PyQuantity(registry, magnitude, units);
}

function offsets(q: PyQuantity): readonly string[] {
  return q.registry.facts(q.units).nonMultiplicative;
}

export function isDimensionless(registry: PyRegistry, units: UnitsContainer): boolean {
  return units.size === 0 || registry.facts(units).dimensionality.size === 0;
}

/** The magnitude in other units. */
export function magnitudeIn(q: PyQuantity, units: UnitsContainer): Value {
  return convert(q.registry, q.magnitude, q.units, units);
}

export function toRoot(q: PyQuantity): PyQuantity {
  const { units } = q.registry.facts(q.registry.ordered(q.units)).root;
  return quantity(q.registry, magnitudeIn(q, units), units);
}

export function toBase(q: PyQuantity): PyQuantity {
  const { definitions, system } = q.registry.state;
  const units = definitions.baseUnits(q.registry.ordered(q.units), system);
  return quantity(q.registry, magnitudeIn(q, units), units);
}

/** `q + other` or `q - other` */
export function addOrSubtract(op: '+' | '-', q: PyQuantity, other: Value): Value {
  if (defers(other)) return NotImplemented;
  const { registry } = q;
  if (!sharesRegistry(registry, q, other)) {
    if (isZeroOrNan(other)) return quantity(registry, binary(op, q.magnitude, magnitudeOrRaise(other)), q.units);
    if (!isDimensionless(registry, q.units)) throw cannotConvert(plainText(q.units), 'dimensionless');
    watch(registry, op, q, other);
    return quantity(registry, binary(op, magnitudeIn(q, DIMENSIONLESS), magnitudeOrRaise(other)), DIMENSIONLESS);
  }
  if (q.units === other.units && other instanceof PyQuantity && offsets(q).length === 0)
    return quantity(registry, binary(op, q.magnitude, other.magnitude), q.units);
  requireSameDimensions(q, other);
  if (other instanceof PyUnit) throw lacks('_get_non_multiplicative_units');
  watch(registry, op, q, other);
  const own = offsets(q);
  const others = offsets(other);
  if (own.length === 0 && others.length === 0) {
    if (q.units.equals(other.units)) return quantity(registry, binary(op, q.magnitude, other.magnitude), q.units);
    if (registry.facts(q.units).hasDelta && !registry.facts(other.units).hasDelta)
      return quantity(registry, binary(op, magnitudeIn(q, other.units), other.magnitude), other.units);
    return quantity(registry, binary(op, q.magnitude, magnitudeIn(other, q.units)), q.units);
  }
  return addWithOffset(op, q, other, own, others);
}

/** pint asks units for what only quantities have. */
function lacks(attribute: string): Error {
  return raise('AttributeError', `'Unit' object has no attribute '${attribute}'`);
}

/** pint takes a magnitude that it refuses as TypeError here, where multiplication would pass. */
function magnitudeOrRaise(value: Value): Value {
  const magnitude = asMagnitude(value);
  if (magnitude === undefined)
    throw raise('TypeError', `Invalid magnitude for Quantity: ${value === null ? 'None' : value ? 'True' : 'False'}`);
  return magnitude;
}

/** Sums and differences where a temperature with an offset takes part. */
function addWithOffset(
  op: '+' | '-',
  q: PyQuantity,
  other: PyQuantity,
  own: readonly string[],
  others: readonly string[],
): Value {
  const { registry } = q;
  const ownUnit = own.length === 1 && Number(q.units.get(own[0]!)) === 1 ? own[0]! : undefined;
  const otherUnit = others.length === 1 && Number(other.units.get(others[0]!)) === 1 ? others[0]! : undefined;
  if (op === '-' && ownUnit !== undefined && !hasCompatibleDelta(other, ownUnit)) {
    const right = q.units.equals(other.units) ? other.magnitude : magnitudeIn(other, q.units);
    return quantity(registry, binary('-', q.magnitude, right), q.units.rename(ownUnit, `delta_${ownUnit}`));
  }
  if (op === '-' && otherUnit !== undefined && !hasCompatibleDelta(q, otherUnit))
    return quantity(registry, binary('-', q.magnitude, magnitudeIn(other, q.units)), q.units);
  if (ownUnit !== undefined && hasCompatibleDelta(other, ownUnit)) {
    const delta = q.units.rename(ownUnit, `delta_${ownUnit}`);
    return quantity(registry, binary(op, q.magnitude, magnitudeIn(other, delta)), q.units);
  }
  if (otherUnit !== undefined && hasCompatibleDelta(q, otherUnit)) {
    const delta = other.units.rename(otherUnit, `delta_${otherUnit}`);
    return quantity(registry, binary(op, magnitudeIn(q, delta), other.magnitude), other.units);
  }
  throw ambiguousOffset(plainText(q.units), plainText(other.units));
}

function hasCompatibleDelta(q: PyQuantity, unit: string): boolean {
  const { definitions } = q.registry;
  const deltas = q.units.names().filter(name => name.startsWith('delta_'));
  if (deltas.includes(`delta_${unit}`)) return true;
  const { reference } = definitions.unit(unit);
  return deltas.some(delta => definitions.unit(delta).reference.equals(reference));
}

/** `other - q` */
export function reflectedSubtract(q: PyQuantity, other: Value): Value {
  const difference = addOrSubtract('-', q, other);
  return difference === NotImplemented ? difference : unary('-', difference);
}

type MagnitudeOperation = (a: Value, b: Value) => Value;

const multiplyMagnitudes: MagnitudeOperation = (a, b) => binary('*', a, b);
const divideMagnitudes: MagnitudeOperation = (a, b) => binary('/', a, b);
/** pint divides ints as floats. */
const divideAsFloats: MagnitudeOperation = (a, b) =>
  binary('/', typeof a === 'bigint' ? toFloat(a) : a, typeof b === 'bigint' ? toFloat(b) : b);

function joined(op: '*' | '/', a: UnitsContainer, b: UnitsContainer): UnitsContainer {
  return op === '*' ? a.multiply(b) : a.divide(b);
}

/** False where offset units forbid products: `20 degC * 2`. */
function allowsProducts(q: PyQuantity): boolean {
  const count = offsets(q).length;
  if (count === 0) return true;
  if (count > 1 || q.units.size > 1 || !q.registry.state.autoconvertOffset) return false;
  return Number([...q.units.entries.values()][0]) === 1;
}

/** A product or quotient, whose units its registry may reduce. */
function reduced(result: Value): Value {
  if (!(result instanceof PyQuantity) || !result.registry.state.autoReduce) return result;
  const units = reducedUnits(result.registry, result.units);
  return units === undefined ? result : quantity(result.registry, magnitudeIn(result, units), units);
}

export function multiply(q: PyQuantity, other: Value): Value {
  return reduced(multiplyOrDivide('*', q, other, multiplyMagnitudes));
}

export function divide(q: PyQuantity, other: Value): Value {
  const ints = typeof q.magnitude === 'bigint' || (other instanceof PyQuantity && typeof other.magnitude === 'bigint');
  return reduced(multiplyOrDivide('/', q, other, ints ? divideAsFloats : divideMagnitudes));
}

function multiplyOrDivide(op: '*' | '/', q: PyQuantity, other: Value, combine: MagnitudeOperation): Value {
  const { registry } = q;
  const own = offsets(q);
  if (own.length === 0) {
    // the usual cases, without detours
    if (typeof other === 'number' || typeof other === 'bigint')
      return quantity(registry, combine(q.magnitude, other), q.units);
    if (other instanceof PyQuantity && other.registry === registry && offsets(other).length === 0)
      return quantity(registry, combine(q.magnitude, other.magnitude), joined(op, q.units, other.units));
  }
  if (defers(other)) return NotImplemented;
  if (!sharesRegistry(registry, q, other)) {
    if (own.length > 0 && (!allowsProducts(q) || op !== '*')) throw ambiguousOffset(plainText(q.units), '');
    const magnitude = asMagnitude(other);
    if (magnitude === undefined) return NotImplemented;
    return quantity(registry, combine(q.magnitude, magnitude), q.units);
  }
  const right = other instanceof PyUnit ? quantity(registry, 1n, other.units) : other;
  if (!allowsProducts(q)) throw ambiguousOffset(plainText(q.units), plainText(right.units));
  const left = own.length > 0 && q.units.size === 1 ? toRoot(q) : q;
  if (!allowsProducts(right)) throw ambiguousOffset(plainText(q.units), plainText(right.units));
  const factor = offsets(right).length > 0 && right.units.size === 1 ? toRoot(right) : right;
  return quantity(registry, combine(left.magnitude, factor.magnitude), joined(op, left.units, factor.units));
}

/** `other / q` */
export function reflectedDivide(q: PyQuantity, other: Value): Value {
  const magnitude = asMagnitude(other);
  if (magnitude === undefined) return NotImplemented;
  if (!allowsProducts(q)) throw ambiguousOffset(plainText(q.units), '');
  const right = offsets(q).length > 0 && q.units.size === 1 ? toRoot(q) : q;
  return quantity(q.registry, binary('/', magnitude, right.magnitude), right.units.power(-1n));
}

/** `q // other` and `other // q` have no units; both need the same dimensions. */
export function floorDivide(q: PyQuantity, other: Value, reflected: boolean): Value {
  if (defers(other)) return NotImplemented;
  const { registry } = q;
  if (sharesRegistry(registry, q, other)) {
    const right = asQuantity(other, reflected ? '_magnitude' : 'to');
    watch(registry, reflected ? 'r//' : '//', q, right);
    const magnitude = reflected
      ? binary('//', right.magnitude, magnitudeIn(q, right.units))
      : binary('//', q.magnitude, magnitudeIn(right, q.units));
    return quantity(registry, magnitude, DIMENSIONLESS);
  }
  if (!isDimensionless(registry, q.units)) throw cannotConvert(plainText(q.units), 'dimensionless');
  watch(registry, reflected ? 'r//' : '//', q, other);
  const own = magnitudeIn(q, DIMENSIONLESS);
  return quantity(registry, reflected ? binary('//', other, own) : binary('//', own, other), DIMENSIONLESS);
}

function asQuantity(value: PyQuantity | PyUnit, wanted = 'to'): PyQuantity {
  if (value instanceof PyUnit) throw lacks(wanted);
  return value;
}

/** The divisor of a remainder, in the units of the dividend. */
function divisorOf(q: PyQuantity, other: Value): Value {
  const { registry } = q;
  const right = sharesRegistry(registry, q, other)
    ? asQuantity(other)
    : quantity(registry, magnitudeOrRaise(other), DIMENSIONLESS);
  const divisor = magnitudeIn(right, q.units);
  watch(registry, '//', q, right.units.size === 0 ? right.magnitude : right, right.units);
  return divisor;
}

/** A quantity without dimension as the divisor of a plain number. */
function divisorOfNumber(q: PyQuantity, other: Value): Value {
  if (!isDimensionless(q.registry, q.units)) throw cannotConvert(plainText(q.units), 'dimensionless');
  watch(q.registry, 'r//', q, other, DIMENSIONLESS);
  return magnitudeIn(q, DIMENSIONLESS);
}

export function modulo(q: PyQuantity, other: Value): Value {
  if (defers(other)) return NotImplemented;
  return quantity(q.registry, binary('%', q.magnitude, divisorOf(q, other)), q.units);
}

export function reflectedModulo(q: PyQuantity, other: Value): Value {
  if (defers(other)) return NotImplemented;
  if (sharesRegistry(q.registry, q, other)) throw lacks('_magnitude');
  return quantity(q.registry, binary('%', other, divisorOfNumber(q, other)), DIMENSIONLESS);
}

/** Quotient and remainder, the remainder with units. */
function quotient(registry: PyRegistry, dividend: Value, divisor: Value, units: UnitsContainer): Value {
  const [whole, rest] = listOf(divmod(dividend, divisor));
  return new PyTuple([quantity(registry, whole!, DIMENSIONLESS), quantity(registry, rest!, units)]);
}

/** `divmod(q, other)` */
export function divideModulo(q: PyQuantity, other: Value): Value {
  if (defers(other)) return NotImplemented;
  return quotient(q.registry, q.magnitude, divisorOf(q, other), q.units);
}

/** `divmod(other, q)` */
export function reflectedDivideModulo(q: PyQuantity, other: Value): Value {
  if (defers(other)) return NotImplemented;
  if (sharesRegistry(q.registry, q, other)) throw lacks('_magnitude');
  return quotient(q.registry, other, divisorOfNumber(q, other), DIMENSIONLESS);
}

/** `q ** other` */
export function power(q: PyQuantity, other: Value): Value {
  if (defers(other)) return NotImplemented;
  const { registry } = q;
  if (!(other instanceof PyQuantity) && asMagnitude(other) === undefined) return NotImplemented;
  const bare = other instanceof PyQuantity ? other.magnitude : other;
  if (isArray(bare)) return powerOfArray(q, other);
  if (equals(other, 1n)) return q;
  if (equals(other, 0n)) return quantity(registry, binary('**', q.magnitude, 0n), DIMENSIONLESS);
  let base = q;
  if (offsets(q).length > 0) {
    if (!registry.state.autoconvertOffset) throw ambiguousOffset(plainText(q.units));
    base = toRoot(q);
  }
  let exponent = other;
  if (other instanceof PyUnit) {
    if (isDimensionless(registry, other.units)) throw lacks('to_root_units');
    throw cannotConvert(plainText(other.units), 'dimensionless');
  }
  if (other instanceof PyQuantity) {
    if (!isDimensionless(registry, other.units)) throw cannotConvert(plainText(other.units), 'dimensionless');
    watch(registry, 'convert', other, undefined, DIMENSIONLESS);
    exponent = toRoot(other).magnitude;
  }
  const units = base.units.power(unitExponent(exponent));
  return quantity(registry, binary('**', base.magnitude, exponent), units);
}

/** A number as exponent of units; pint takes floats as they are. */
function unitExponent(value: Value): Exponent {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  if (value instanceof PyList || value instanceof PyTuple) throw new Unsupported('a quantity to the power of a list');
  if (!isNumber(value)) throw raise('TypeError', `Cannot power UnitsContainer by ${typeText(value)}`);
  return toFloat(value);
}

function typeText(value: Value): string {
  return `<class '${classPath(typeOf(value))}'>`;
}

/** Arrays as exponents need a base without dimension. */
function powerOfArray(q: PyQuantity, other: Value): Value {
  const { registry } = q;
  if (!isDimensionless(registry, q.units))
    throw cannotConvert(
      plainText(q.units),
      'dimensionless',
      '',
      '',
      '. PlainQuantity array exponents are only allowed if the plain is dimensionless',
    );
  const exponent = other instanceof PyQuantity ? magnitudeIn(other, DIMENSIONLESS) : other;
  return quantity(registry, binary('**', magnitudeIn(q, DIMENSIONLESS), exponent), DIMENSIONLESS);
}

/** `other ** q` */
export function reflectedPower(q: PyQuantity, other: Value): Value {
  if (asMagnitude(other) === undefined) return NotImplemented;
  if (!isDimensionless(q.registry, q.units)) throw cannotConvert(plainText(q.units), 'dimensionless');
  watch(q.registry, 'convert', q, undefined, DIMENSIONLESS);
  return binary('**', other, toRoot(q).magnitude);
}

/** A quantity whose magnitude a function changed, in the same units. */
export function mapped(q: PyQuantity, change: (magnitude: Value) => Value): PyQuantity {
  return quantity(q.registry, change(q.magnitude), q.units);
}
