/** Exponentials, logarithms and powers: worked out with digits to spare, then rounded once. */
import { intDivmod, intMultiply, intPowerModulo } from '../../../python/runtime/numbers/integers';
import { vm } from '../../../python/runtime/vm';
import { divide, multiply, subtract } from './arithmetic';
import { type Context, fitted, nanOf, Run, WIDE } from './context';
import {
  adjusted,
  type Decimal,
  digitCount,
  fromInteger,
  infinity,
  isInfinite,
  isZero,
  number,
  ONE,
  order,
  positive,
  power10,
  raised,
  signed,
  ZERO,
} from './number';

// Numbers in fixed point: an integer that stands for itself divided by 10^places.

function product(a: bigint, b: bigint, places: number): bigint {
  // About what the division costs, so that a million places use up a budget and not minutes.
  vm.step(Math.ceil(places ** 1.6 / 100));
  return intMultiply(a, b) / power10(places);
}

/** atanh(1 / n) by its series. */
function inverseTangent(n: bigint, places: number): bigint {
  let term = power10(places) / n;
  let sum = term;
  for (let k = 3n; term !== 0n; k += 2n) {
    vm.step(Math.ceil(places / 10));
    term /= n * n;
    sum += term / k;
  }
  return sum;
}

let knownTen = { places: 0, value: 0n };

/** ln 10 = 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161). */
function logarithmOfTen(places: number): bigint {
  if (knownTen.places < places) {
    const more = places + 10;
    const value = 46n * inverseTangent(31n, more) + 34n * inverseTangent(49n, more) + 20n * inverseTangent(161n, more);
    knownTen = { places, value: value / power10(10) };
  }
  return knownTen.value / power10(knownTen.places - places);
}

/** e^x of a small number: by its series after halving, then squared as often. */
function exponentialOf(x: bigint, places: number): bigint {
  const halvings = Math.ceil(Math.sqrt(places)) + 4;
  const more = places + halvings;
  const small = raised(x, halvings) >> BigInt(halvings);
  let term = power10(more);
  let sum = term;
  for (let n = 1n; term !== 0n; n++) {
    vm.step();
    term = product(term, small, more) / n;
    sum += term;
  }
  for (let at = 0; at < halvings; at++) sum = product(sum, sum, more);
  return sum / power10(halvings);
}

/** A finite number in fixed point. */
function fixed(value: Decimal, places: number): bigint {
  const shift = value.exponent + places;
  return shift >= 0 ? raised(signed(value), shift) : signed(value) / power10(-shift);
}

/** A number that is not exact: its last digit cannot be mistaken for a tie or for an exact result. */
function inexact(coefficient: bigint, exponent: number, negative = false): Decimal {
  return number(coefficient % 5n === 0n ? coefficient + 1n : coefficient, exponent, negative);
}

/** e^x to so many digits and more, unrounded; for numbers that overflow one that does as well. */
function exponentialDigits(x: Decimal, digits: number): Decimal {
  const size = adjusted(x);
  if (size > 18) return x.negative ? number(1n, -1e15) : number(1n, 1e15);
  const places = digits + Math.max(0, size) + 8;
  const ten = logarithmOfTen(places);
  const [power, rest] = intDivmod(fixed(x, places), ten);
  return inexact(exponentialOf(rest, places), Number(power) - places);
}

/** ln x to so many digits and more, unrounded, for a positive number other than one. */
function logarithmDigits(x: Decimal, digits: number): Decimal {
  const power = adjusted(x);
  // Near one the logarithm is small, and its digits start further down.
  const near = subtract(x, ONE, new Run(WIDE));
  const places = digits + Math.max(0, -adjusted(near)) + digitCount(BigInt(Math.abs(power))) + 10;
  const leading = number(x.coefficient, x.exponent - power);
  const target = fixed(leading, places + 5);
  let guess = BigInt(Math.round(Math.log(Number(target / power10(places - 12)) / 1e17) * 1e15));
  let known = 15;
  while (known < places + 5) {
    const next = Math.min(known * 2, places + 5);
    guess = raised(guess, next - known);
    const value = target / power10(places + 5 - next);
    const there = exponentialOf(guess, next);
    guess += (2n * raised(value - there, next)) / (value + there);
    known = next === places + 5 ? Number.POSITIVE_INFINITY : Math.max(next - 3, 15);
    if (Number.isFinite(known)) guess /= power10(next - known);
  }
  const sum = guess + BigInt(power) * logarithmOfTen(places + 5);
  return inexact(sum < 0n ? -sum : sum, -(places + 5), sum < 0n);
}

const halfEven = (run: Run): Context => ({ ...run.context, rounding: 'ROUND_HALF_EVEN' });

/** Rounds to the nearest, whatever the context says of other operations. */
function nearest(value: Decimal, run: Run): Decimal {
  const own = new Run(halfEven(run));
  const result = fitted(value, own);
  run.meet(...own.met);
  return result;
}

export function exponential(x: Decimal, run: Run): Decimal {
  const nan = nanOf(run, x);
  if (nan !== undefined) return nan;
  if (isInfinite(x)) return x.negative ? ZERO : x;
  if (isZero(x)) return ONE;
  const { prec } = run.context;
  // So small a number leaves nothing but a direction.
  if (adjusted(x) < -prec - 1) {
    const ones = x.negative ? power10(prec + 2) - 1n : power10(prec + 2) + 1n;
    return nearest(number(ones, -prec - 2), run);
  }
  return nearest(exponentialDigits(x, prec), run);
}

export function logarithm(x: Decimal, run: Run): Decimal {
  const nan = nanOf(run, x);
  if (nan !== undefined) return nan;
  if (isZero(x)) return infinity(true);
  if (x.negative) return run.invalid();
  if (isInfinite(x)) return x;
  if (order(x, ONE) === 0) return ZERO;
  return nearest(logarithmDigits(x, run.context.prec), run);
}

export function logarithm10(x: Decimal, run: Run): Decimal {
  const nan = nanOf(run, x);
  if (nan !== undefined) return nan;
  if (isZero(x)) return infinity(true);
  if (x.negative) return run.invalid();
  if (isInfinite(x)) return x;
  if (/^10*$/.test(x.coefficient.toString())) return nearest(fromInteger(BigInt(adjusted(x))), run);
  const digits = run.context.prec + 8;
  const work = new Run({ ...WIDE, prec: digits + 4 });
  const places = digits + 8;
  const ten = number(logarithmOfTen(places), -places);
  const quotient = divide(logarithmDigits(x, digits), ten, work);
  return nearest(inexact(quotient.coefficient, quotient.exponent, quotient.negative), run);
}

/** The integer that a number is, undefined for others. */
export function wholeOf(value: Decimal): bigint | undefined {
  if (value.special !== undefined) return undefined;
  if (value.exponent >= 0) return value.exponent > 1e6 ? undefined : raised(signed(value), value.exponent);
  if (-value.exponent > digitCount(value.coefficient)) return value.coefficient === 0n ? 0n : undefined;
  const unit = power10(-value.exponent);
  return value.coefficient % unit === 0n ? signed(value) / unit : undefined;
}

/** True for an even integer as well where it is too large to be written out. */
const isWhole = (value: Decimal) => value.exponent > 1e6 || wholeOf(value) !== undefined;

export function power(base: Decimal, exponent: Decimal, run: Run): Decimal {
  const nan = nanOf(run, base, exponent);
  if (nan !== undefined) return nan;
  const whole = isInfinite(exponent) ? undefined : wholeOf(exponent);
  const negative = base.negative && whole !== undefined && whole % 2n !== 0n;
  if (isZero(exponent)) return isZero(base) ? run.invalid() : ONE;
  if (isInfinite(base) && base.negative && !isInfinite(exponent) && !isWhole(exponent)) return run.invalid();
  if (isZero(base) || isInfinite(base)) {
    if (base.negative && !isInfinite(base) && isInfinite(exponent) && exponent.negative) return infinity(false);
    return isZero(base) === exponent.negative ? infinity(negative) : number(0n, 0, negative);
  }
  if (base.negative && (isInfinite(exponent) || !isWhole(exponent))) return run.invalid();
  const size = order(positive(base), ONE);
  const { prec } = run.context;
  if (isInfinite(exponent)) {
    if (size === 0) {
      run.meet('Inexact', 'Rounded');
      return number(power10(prec - 1), 1 - prec);
    }
    return size > 0 === exponent.negative ? ZERO : infinity();
  }
  if (size === 0) return powerOfOne(base, whole, negative, run);
  const reach = Math.abs(adjusted(base)) > 0 || size !== 0 ? bound(base, exponent) : 0;
  if (reach > 18) {
    const grows = size > 0 !== exponent.negative;
    return fitted(number(1n, grows ? 1e15 : -1e15, negative), run);
  }
  if (whole !== undefined) return wholePower(base, whole, negative, run);
  const digits = prec + Math.max(0, adjusted(exponent)) + 24;
  const work = new Run({ ...WIDE, prec: digits + 10 });
  const result = exponentialDigits(multiply(exponent, logarithmDigits(positive(base), digits), work), prec + 24);
  // Rounded to some digits more first, where a result that is exact shows.
  const close = fitted(result, new Run({ ...WIDE, prec: prec + 19 }));
  const made = fitted(close, run);
  run.meet('Inexact', 'Rounded');
  return padded(made, prec);
}

/** About how many digits the logarithm of a power has before its point. */
function bound(base: Decimal, exponent: Decimal): number {
  const away = adjusted(subtract(positive(base), ONE, new Run(WIDE)));
  return adjusted(exponent) + (away < 0 ? away : digitCount(BigInt(Math.abs(adjusted(base)) + 1)) - 1);
}

/** With zeros up to the precision, as what is not exact is shown. */
function padded(value: Decimal, prec: number): Decimal {
  if (value.special !== undefined || isZero(value)) return value;
  const missing = prec - digitCount(value.coefficient);
  return missing > 0 ? number(raised(value.coefficient, missing), value.exponent - missing, value.negative) : value;
}

function powerOfOne(base: Decimal, whole: bigint | undefined, negative: boolean, run: Run): Decimal {
  const { prec } = run.context;
  if (whole === undefined) {
    run.meet('Inexact', 'Rounded');
    return number(power10(prec - 1), 1 - prec, negative);
  }
  const places = BigInt(-base.exponent) * (whole < 0n ? 0n : whole);
  if (places < BigInt(prec)) return number(power10(Number(places)), -Number(places), negative);
  run.meet('Rounded');
  return number(power10(prec - 1), 1 - prec, negative);
}

function wholePower(base: Decimal, exponent: bigint, negative: boolean, run: Run): Decimal {
  const count = exponent < 0n ? -exponent : exponent;
  const prec = run.context.prec + digitCount(count) + 5;
  const work = new Run({ ...WIDE, prec, rounding: 'ROUND_HALF_EVEN' });
  let factor = positive(base);
  if (exponent < 0n) factor = divide(ONE, factor, work);
  let result = ONE;
  for (const bit of count.toString(2)) {
    vm.step();
    result = multiply(result, result, work);
    if (bit === '1') result = multiply(result, factor, work);
  }
  // Beyond every range: the context makes of it what it makes of such numbers.
  if (result.special !== undefined) return fitted(number(1n, 1e15, negative), run);
  if (isZero(result)) return fitted(number(1n, -1e15, negative), run);
  if (work.met.has('Inexact')) run.meet('Inexact', 'Rounded');
  return fitted({ ...result, negative }, run);
}

/** `pow(a, b, c)` of integers. */
export function powerModulo(a: Decimal, b: Decimal, c: Decimal, run: Run): Decimal {
  const nan = nanOf(run, a, b) ?? nanOf(run, c);
  if (nan !== undefined) return nan;
  const [base, exponent, modulus] = [a, b, c].map(wholeOf);
  if (base === undefined || exponent === undefined || modulus === undefined) return run.invalid();
  if (exponent < 0n || modulus === 0n || (base === 0n && exponent === 0n)) return run.invalid();
  if (digitCount(modulus < 0n ? -modulus : modulus) > run.context.prec) return run.invalid();
  const size = modulus < 0n ? -modulus : modulus;
  const negative = base < 0n && exponent % 2n === 1n;
  const result = intPowerModulo(base < 0n ? -base : base, exponent, size);
  return number(result, 0, negative);
}
