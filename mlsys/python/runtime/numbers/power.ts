/** `**` of Python's numbers. */
import { raise } from '../errors';
import { PyComplex, type Value } from '../objects';
import { complexPower } from './complex';
import { pow } from './elementary/power';
import { intPowerNatural, intToFloat } from './integers';

/** `a ** b` for ints: a float where the exponent is negative. */
export function intPower(a: bigint, b: bigint): Value {
  return b < 0n ? floatPower(intToFloat(a), intToFloat(b)) : intPowerNatural(a, b);
}

/** `a ** b` for floats: complex for a negative base and a fractional exponent. */
export function floatPower(a: number, b: number): Value {
  if (a === 0 && b < 0 && b !== Number.NEGATIVE_INFINITY)
    throw raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b))
    return complexPower(new PyComplex(a, 0), new PyComplex(b, 0));
  const result = pow(a, b);
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
    throw raise('OverflowError', 34n, 'Numerical result out of range');
  return result;
}
