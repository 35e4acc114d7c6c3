/** Arguments of numpy's functions as pint prepares them: brought to one unit, or stripped of units. */
import { PyList, PyTuple, type Value } from '../python/runtime/objects';
import { addOrSubtract, isDimensionless, magnitudeIn, quantity } from './arithmetic';
import { DIMENSIONLESS, type Exponent, type UnitsContainer } from './container';
import { convert } from './conversion';
import { plainText } from './definitions';
import { cannotConvert } from './errors';
import { watch } from './notices';
import { isZeroOrNan, requireMagnitude } from './operands';
import { PyQuantity, type PyRegistry } from './registry';

export function isSequence(arg: Value | undefined): arg is PyList | PyTuple {
  return arg instanceof PyList || arg instanceof PyTuple;
}

/** True for a quantity and for a list that holds one. */
export function concerns(arg: Value | undefined): boolean {
  if (typeof arg !== 'object' || arg === null) return false;
  return arg instanceof PyQuantity || holdsQuantity(arg);
}

function holdsQuantity(arg: Value): arg is PyList | PyTuple {
  return isSequence(arg) && arg.items.some(item => item instanceof PyQuantity);
}

/** The first quantity among arguments, also within a list. */
export function firstQuantity(args: Iterable<Value>): PyQuantity | undefined {
  for (const arg of args) {
    if (arg instanceof PyQuantity) return arg;
    if (holdsQuantity(arg)) return arg.items.find(item => item instanceof PyQuantity) as PyQuantity;
  }
  return undefined;
}

/** Magnitudes of an argument and of the items of a list; other arguments as they are. */
export function stripped(arg: Value): Value {
  if (arg instanceof PyQuantity) return arg.magnitude;
  return holdsQuantity(arg) ? new PyList(arg.items.map(stripped)) : arg;
}

/** An argument in the given units. Plain numbers count as dimensionless; zero and NaN go with any unit. */
export function inUnits(registry: PyRegistry, units: UnitsContainer, arg: Value): Value {
  if (arg === null || typeof arg === 'boolean') return arg;
  if (arg instanceof PyQuantity) {
    const magnitude = magnitudeIn(arg, units);
    watch(registry, 'convert', arg, undefined, units);
    return magnitude;
  }
  if (holdsQuantity(arg)) return new PyList(arg.items.map(item => inUnits(registry, units, item)));
  if (isDimensionless(registry, units)) return convert(registry, requireMagnitude(arg), DIMENSIONLESS, units);
  if (!isSequence(arg) && isZeroOrNan(arg)) return arg;
  throw cannotConvert('dimensionless', plainText(units));
}

/** A result with units; lists of results become one array, as in every quantity. */
export function withUnits(registry: PyRegistry, value: Value, units: UnitsContainer): Value {
  return quantity(registry, requireMagnitude(value), units);
}

/** How the units of a result follow from those of the arguments. */
export type UnitRule = 'sum' | 'delta' | 'delta,div' | 'variance' | 'mul' | 'div' | 'invdiv' | Exponent;

export function resultUnits(rule: UnitRule, first: PyQuantity, args: readonly Value[]): UnitsContainer {
  const { registry, units } = first;
  const one = quantity(registry, 1n, units);
  const paired = (op: '+' | '-'): UnitsContainer => (addOrSubtract(op, one, one) as PyQuantity).units;
  const unitsOf = (arg: Value): UnitsContainer => (arg instanceof PyQuantity ? arg.units : DIMENSIONLESS);
  const divided = (start: UnitsContainer): UnitsContainer =>
    args.slice(1).reduce<UnitsContainer>((left, arg) => left.divide(unitsOf(arg)), start);
  switch (rule) {
    case 'sum':
      return paired('+');
    case 'delta':
      return paired('-');
    case 'delta,div':
      return divided(paired('-'));
    case 'variance':
      return paired('+').power(2n);
    case 'mul':
      return args.reduce<UnitsContainer>((left, arg) => left.multiply(unitsOf(arg)), DIMENSIONLESS);
    case 'div':
      return divided(unitsOf(args[0]!));
    case 'invdiv':
      return divided(unitsOf(args[0]!)).power(-1n);
    default:
      return units.power(rule);
  }
}
