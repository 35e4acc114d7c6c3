/** The class Unit as Python sees it. */
import { raise } from '../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties, refuseAttributes } from '../python/runtime/native';
import { NotImplemented, type PyClass, PyComplex, type PyTuple, typeOf, type Value } from '../python/runtime/objects';
import {
  binary,
  callMethod,
  classPath,
  compare,
  hashString,
  type OrderOperator,
  str,
  toFloat,
  toInteger,
  truth,
  typeName,
} from '../python/runtime/operations';
import { divide, isDimensionless, multiply, quantity } from './arithmetic';
import { equalTo, order } from './comparison';
import type { Exponent } from './container';
import { convert } from './conversion';
import { plainText } from './definitions';
import { formatUnits } from './format';
import { asMagnitude, isArray, isNumber, requireMagnitude, sharesRegistry } from './operands';
import { compatible, refuseContexts } from './quantity';
import { applicationRegistry, PyQuantity, PyUnit, registryOf, unitBase } from './registry';
import { PyUnitsContainer, unitsLike } from './unitsContainer';

const one = (unit: PyUnit): PyQuantity => quantity(unit.registry, 1n, unit.units);

defineConstructor(unitBase, 'Unit(units)', (cls: PyClass, units: Value) => {
  const registry = registryOf(cls) ?? applicationRegistry();
  if (!(units instanceof PyUnit) && typeof units !== 'string' && !(units instanceof PyUnitsContainer))
    throw raise('TypeError', `units must be of type str, Unit or UnitsContainer; not <class '${typeName(units)}'>.`);
  return new PyUnit(registry, unitsLike(registry, units), registryOf(cls) === undefined ? undefined : cls);
});

defineProperties(unitBase, {
  dimensionality: (unit: PyUnit) => new PyUnitsContainer(unit.registry.facts(unit.units).dimensionality),
  dimensionless: (unit: PyUnit) => isDimensionless(unit.registry, unit.units),
  _units: (unit: PyUnit) => new PyUnitsContainer(unit.units),
  _REGISTRY: (unit: PyUnit) => unit.registry,
});

function times(unit: PyUnit, other: Value): Value {
  if (other instanceof PyUnit && sharesRegistry(unit.registry, unit, other))
    return new PyUnit(unit.registry, unit.units.multiply(other.units));
  if (typeof other === 'number') return quantity(unit.registry, checkedProduct(unit, other), unit.units);
  if (typeof other === 'bigint') return quantity(unit.registry, checkedProduct(unit, other), unit.units);
  if (typeof other === 'boolean' && other) return quantity(unit.registry, requireMagnitude(other), unit.units);
  return binary('*', one(unit), other);
}

/** `1 * other`; anything but 1 may not be in an offset unit. */
function checkedProduct(unit: PyUnit, other: number | bigint): Value {
  if (Number(other) === 1 || unit.registry.facts(unit.units).nonMultiplicative.length === 0) return other;
  return (multiply(one(unit), other) as PyQuantity).magnitude;
}

function over(unit: PyUnit, other: Value): Value {
  if (other instanceof PyUnit && sharesRegistry(unit.registry, unit, other))
    return new PyUnit(unit.registry, unit.units.divide(other.units));
  if (other instanceof PyQuantity) return divide(one(unit), other);
  return quantity(unit.registry, requireMagnitude(binary('/', 1n, other)), unit.units);
}

/** `other / unit` */
function under(unit: PyUnit, other: Value): Value {
  if (other instanceof PyUnitsContainer) return new PyUnit(unit.registry, other.container.divide(unit.units));
  const magnitude = isNumber(other) || isArray(other) ? asMagnitude(other) : undefined;
  if (magnitude === undefined) {
    if (typeof other === 'boolean') requireMagnitude(other);
    return NotImplemented;
  }
  return quantity(unit.registry, magnitude, unit.units.power(-1n));
}

function compareUnit(op: OrderOperator, unit: PyUnit, other: Value): Value {
  if (isNumber(other)) return order(op, one(unit), other);
  if (other instanceof PyUnit) return order(op, one(unit), one(other));
  // a quantity on the other side compares itself
  return NotImplemented;
}

function equalUnit(unit: PyUnit, other: Value): Value {
  if (other instanceof PyUnit) return sharesRegistry(unit.registry, unit, other) && unit.units.equals(other.units);
  if (other instanceof PyQuantity || isNumber(other)) return equalTo(one(unit), other);
  return truth(compare('==', new PyUnitsContainer(unit.units), other));
}

/** The unit as a plain number, for `float(unit)`. */
function factor(unit: PyUnit): Value {
  return callMethod(one(unit), '__float__');
}

function from(unit: PyUnit, value: Value, strict: boolean): Value {
  if (sharesRegistry(unit.registry, unit, value)) {
    const q = value instanceof PyUnit ? one(value) : value;
    return quantity(unit.registry, convert(unit.registry, q.magnitude, q.units, unit.units), unit.units);
  }
  if (strict) throw raise('ValueError', `${str(value)} must be a Quantity`);
  return binary('*', value, unit);
}

defineMethods(unitBase, {
  '__mul__(other, /)': times,
  '__rmul__(other, /)': times,
  '__truediv__(other, /)': over,
  '__rtruediv__(other, /)': under,
  '__pow__(other, /)': (unit: PyUnit, other: Value) => {
    if (!isNumber(other)) throw raise('TypeError', `Cannot power PlainUnit by <class '${classPath(typeOf(other))}'>`);
    const exponent = typeof other === 'boolean' ? (other ? 1n : 0n) : other;
    const power = typeof exponent === 'bigint' || typeof exponent === 'number' ? exponent : toFloat(exponent);
    return new PyUnit(unit.registry, unit.units.power(power as Exponent));
  },
  '__eq__(other, /)': equalUnit,
  '__ne__(other, /)': (unit: PyUnit, other: Value) => !truth(equalUnit(unit, other)),
  '__lt__(other, /)': (unit: PyUnit, other: Value) => compareUnit('<', unit, other),
  '__le__(other, /)': (unit: PyUnit, other: Value) => compareUnit('<=', unit, other),
  '__gt__(other, /)': (unit: PyUnit, other: Value) => compareUnit('>', unit, other),
  '__ge__(other, /)': (unit: PyUnit, other: Value) => compareUnit('>=', unit, other),
  '__hash__()': (unit: PyUnit) => hashString(unit.units.key),
  '__int__()': (unit: PyUnit) => toInteger(callMethod(one(unit), '__int__')),
  '__float__()': (unit: PyUnit) => toFloat(factor(unit)),
  '__complex__()': (unit: PyUnit) => new PyComplex(toFloat(factor(unit)), 0),
  '__str__()': (unit: PyUnit) => formatUnits(unit.registry.state, unit.units, ''),
  '__format__(spec, /)': (unit: PyUnit, spec: Value) => formatUnits(unit.registry.state, unit.units, str(spec)),
  '__repr__()': (unit: PyUnit) => `<Unit('${plainText(unit.units)}')>`,
  '__copy__()': (unit: PyUnit) => unit,
  '__deepcopy__(memo, /)': (unit: PyUnit) => unit,
  '_repr_html_()': (unit: PyUnit) => formatUnits(unit.registry.state, unit.units, rich(unit, 'H')),
  '_repr_latex_()': (unit: PyUnit) => `$${formatUnits(unit.registry.state, unit.units, rich(unit, 'L'))}$`,
  'is_compatible_with(other, *contexts, **parameters)': (
    unit: PyUnit,
    other: Value,
    contexts: PyTuple,
    parameters: ReadonlyMap<string, Value>,
  ) => compatible(one(unit), other, contexts, parameters),
  'compatible_units(*contexts)': (unit: PyUnit, contexts: PyTuple) => {
    refuseContexts(contexts);
    return callMethod(unit.registry, 'get_compatible_units', unit);
  },
  "from_(value, strict=True, name='value')": (unit: PyUnit, value: Value, strict?: Value) =>
    from(unit, value, strict === undefined || truth(strict)),
  "m_from(value, strict=True, name='value')": (unit: PyUnit, value: Value, strict?: Value) =>
    (from(unit, value, strict === undefined || truth(strict)) as PyQuantity).magnitude,
});

function rich(unit: PyUnit, flag: string): string {
  return unit.registry.state.defaultFormat.includes('~') ? `~${flag}` : flag;
}

/** A unit by canonical or other spelling, as `ureg.<name>` gives it. */
export function unitNamed(unit: PyUnit['registry'], spelling: string): PyUnit {
  return new PyUnit(unit, unitsLike(unit, spelling));
}

refuseAttributes(unitBase, 'compare format_babel systems _check');
