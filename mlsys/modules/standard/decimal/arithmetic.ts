/** Sums, products, quotients and what is made of them, rounded once. */
import { intDivmod, integerSquareRoot, intMultiply } from '../../../python/runtime/numbers/integers';
import { fitted, nanOf, type Run, rescaled } from './context';
import {
  adjusted,
  type Decimal,
  digitCount,
  infinity,
  isInfinite,
  isZero,
  negated,
  number,
  order,
  positive,
  raised,
  signed,
  ZERO,
} from './number';

export function add(a: Decimal, b: Decimal, run: Run): Decimal {
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return nan;
  if (isInfinite(a)) return isInfinite(b) && a.negative !== b.negative ? run.invalid() : a;
  if (isInfinite(b)) return b;
  return fitted(exactSum(a, b, run), run);
}

/** The exact sum; of numbers far apart one that rounds as it does. */
function exactSum(a: Decimal, b: Decimal, run: Run): Decimal {
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a];
  let small = low;
  const { prec } = run.context;
  // What is below every digit that counts only tells the direction of rounding.
  const floor = Math.min(high.exponent, adjusted(high) - prec - 2);
  if (!isZero(high) && !isZero(low) && adjusted(low) < floor - 1) small = number(1n, floor - 1, low.negative);
  const exponent = isZero(high) && !isZero(low) ? Math.min(high.exponent, low.exponent) : small.exponent;
  if (isZero(high)) {
    if (isZero(low)) return number(0n, exponent, zeroSign(a, b, run));
    return low;
  }
  if (isZero(low)) {
    const last = adjusted(high) - prec + 1;
    if (exponent < last && last <= high.exponent) run.meet('Rounded');
    return lowered(high, Math.max(exponent, last));
  }
  const sum = raised(signed(high), high.exponent - exponent) + signed(small);
  if (sum === 0n) return number(0n, exponent, zeroSign(a, b, run));
  return number(sum < 0n ? -sum : sum, exponent, sum < 0n);
}

function zeroSign(a: Decimal, b: Decimal, run: Run): boolean {
  return a.negative === b.negative ? a.negative : run.context.rounding === 'ROUND_FLOOR';
}

/** The same number with a lower exponent, as far as that goes without a loss. */
function lowered(value: Decimal, exponent: number): Decimal {
  if (exponent >= value.exponent) return value;
  return { ...value, coefficient: raised(value.coefficient, value.exponent - exponent), exponent };
}

export const subtract = (a: Decimal, b: Decimal, run: Run): Decimal => {
  const nan = nanOf(run, a, b);
  return nan !== undefined ? nan : add(a, negated(b), run);
};

export function multiply(a: Decimal, b: Decimal, run: Run): Decimal {
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (isInfinite(a) || isInfinite(b)) return isZero(a) || isZero(b) ? run.invalid() : infinity(negative);
  return fitted(number(intMultiply(a.coefficient, b.coefficient), a.exponent + b.exponent, negative), run);
}

export function fusedMultiplyAdd(a: Decimal, b: Decimal, c: Decimal, run: Run): Decimal {
  const nan = nanOf(run, a, b) ?? nanOf(run, c);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (isInfinite(a) || isInfinite(b)) {
    if (isZero(a) || isZero(b)) return run.invalid();
    return add(infinity(negative), c, run);
  }
  return add(number(intMultiply(a.coefficient, b.coefficient), a.exponent + b.exponent, negative), c, run);
}

export function divide(a: Decimal, b: Decimal, run: Run): Decimal {
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (isInfinite(a)) return isInfinite(b) ? run.invalid() : infinity(negative);
  if (isInfinite(b)) {
    run.meet('Clamped');
    return number(0n, run.context.emin - run.context.prec + 1, negative);
  }
  if (b.coefficient === 0n) {
    if (a.coefficient === 0n) return run.invalid('DivisionUndefined');
    run.meet('DivisionByZero');
    return infinity(negative);
  }
  const ideal = a.exponent - b.exponent;
  if (a.coefficient === 0n) return fitted(number(0n, ideal, negative), run);
  const shift = Math.max(0, digitCount(b.coefficient) - digitCount(a.coefficient) + run.context.prec + 1);
  let [quotient, rest] = intDivmod(raised(a.coefficient, shift), b.coefficient);
  let exponent = ideal - shift;
  if (rest !== 0n) {
    // A last digit that cannot be mistaken for a tie or for an exact result.
    if (quotient % 5n === 0n) quotient += 1n;
  } else {
    while (exponent < ideal && quotient % 10n === 0n) {
      quotient /= 10n;
      exponent++;
    }
  }
  return fitted(number(quotient, exponent, negative), run);
}

/** Quotient towards zero and what remains; undefined where the quotient has more digits than the context. */
function wholeQuotient(a: Decimal, b: Decimal, run: Run): { quotient: bigint; rest: Decimal } | undefined {
  const ideal = Math.min(a.exponent, b.exponent);
  if (isZero(a) || adjusted(a) < adjusted(b)) return { quotient: 0n, rest: a };
  if (adjusted(a) - adjusted(b) > run.context.prec) return undefined;
  const divisor = raised(b.coefficient, b.exponent - ideal);
  const [quotient, rest] = intDivmod(raised(a.coefficient, a.exponent - ideal), divisor);
  if (digitCount(quotient) > run.context.prec) return undefined;
  return { quotient, rest: number(rest, ideal, a.negative) };
}

export function divideInteger(a: Decimal, b: Decimal, run: Run): Decimal {
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (isInfinite(a)) return isInfinite(b) ? run.invalid() : infinity(negative);
  if (isInfinite(b)) return number(0n, 0, negative);
  if (isZero(b)) {
    if (isZero(a)) return run.invalid('DivisionUndefined');
    run.meet('DivisionByZero');
    return infinity(negative);
  }
  const found = wholeQuotient(a, b, run);
  return found === undefined ? run.invalid('DivisionImpossible') : number(found.quotient, 0, negative);
}

/** What remains where an operand is no finite number, or the divisor is zero. */
function remainderOfSpecial(a: Decimal, b: Decimal, run: Run): Decimal | undefined {
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return nan;
  if (isInfinite(a)) return run.invalid();
  if (isInfinite(b)) return fitted(a, run);
  return isZero(b) ? run.invalid(isZero(a) ? 'DivisionUndefined' : 'InvalidOperation') : undefined;
}

export function remainder(a: Decimal, b: Decimal, run: Run): Decimal {
  const special = remainderOfSpecial(a, b, run);
  if (special !== undefined) return special;
  const found = wholeQuotient(a, b, run);
  if (found === undefined) return run.invalid('DivisionImpossible');
  const { rest } = found;
  const exponent = Math.min(a.exponent, b.exponent);
  return fitted(isZero(rest) ? number(0n, exponent, a.negative) : lowered(rest, exponent), run);
}

export function divideBoth(a: Decimal, b: Decimal, run: Run): [Decimal, Decimal] {
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return [nan, nan];
  if (isInfinite(a)) {
    const none = run.invalid();
    return [isInfinite(b) ? none : infinity(a.negative !== b.negative), none];
  }
  if (isZero(b)) {
    if (isZero(a)) return [run.invalid('DivisionUndefined'), run.invalid('DivisionUndefined')];
    run.meet('DivisionByZero');
    return [infinity(a.negative !== b.negative), run.invalid()];
  }
  const quotient = divideInteger(a, b, run);
  return [quotient, quotient.special === 'nan' ? quotient : remainder(a, b, run)];
}

/** What remains of the quotient to the nearest integer, the even one of two. */
export function remainderNear(a: Decimal, b: Decimal, run: Run): Decimal {
  const special = remainderOfSpecial(a, b, run);
  if (special !== undefined) return special;
  const ideal = Math.min(a.exponent, b.exponent);
  if (isZero(a)) return fitted({ ...a, exponent: ideal }, run);
  if (adjusted(a) - adjusted(b) > run.context.prec + 1) return run.invalid('DivisionImpossible');
  if (adjusted(a) - adjusted(b) < -1) return fitted(lowered(a, ideal), run);
  const divisor = raised(b.coefficient, b.exponent - ideal);
  let [quotient, rest] = intDivmod(raised(a.coefficient, a.exponent - ideal), divisor);
  if (2n * rest > divisor || (2n * rest === divisor && quotient % 2n === 1n)) {
    rest -= divisor;
    quotient += 1n;
  }
  if (digitCount(quotient) > run.context.prec) return run.invalid('DivisionImpossible');
  const negative = rest === 0n ? a.negative : a.negative !== rest < 0n;
  return fitted(number(rest < 0n ? -rest : rest, ideal, negative), run);
}

export function squareRoot(value: Decimal, run: Run): Decimal {
  const nan = nanOf(run, value);
  if (nan !== undefined) return nan;
  const ideal = Math.floor(value.exponent / 2);
  if (isZero(value)) return fitted({ ...value, exponent: ideal }, run);
  if (value.negative) return run.invalid();
  if (isInfinite(value)) return value;
  const { prec } = run.context;
  const wanted = Math.max(0, 2 * (prec + 1) - digitCount(value.coefficient));
  const shift = wanted + ((((value.exponent - wanted) % 2) + 2) % 2);
  const scaled = raised(value.coefficient, shift);
  let root = integerSquareRoot(scaled);
  let exponent = (value.exponent - shift) / 2;
  if (root * root === scaled)
    while (exponent < ideal && root % 10n === 0n) {
      root /= 10n;
      exponent++;
    }
  else if (root % 5n === 0n) root += 1n;
  const even = new (run.constructor as new (context: Run['context']) => Run)({
    ...run.context,
    rounding: 'ROUND_HALF_EVEN',
  });
  const result = fitted(number(root, exponent), even);
  run.meet(...even.met);
  return result;
}

/** The value with the exponent of another. */
export function quantize(value: Decimal, scale: Decimal, run: Run): Decimal {
  const nan = nanOf(run, value, scale);
  if (nan !== undefined) return nan;
  if (isInfinite(value) || isInfinite(scale)) return isInfinite(value) && isInfinite(scale) ? value : run.invalid();
  const { prec, emin, emax, rounding } = run.context;
  if (scale.exponent > emax || scale.exponent < emin - prec + 1) return run.invalid();
  if (isZero(value)) return fitted({ ...value, exponent: scale.exponent }, run);
  if (adjusted(value) - scale.exponent + 1 > prec) return run.invalid();
  const { value: result, exact } = rescaled(value, scale.exponent, rounding);
  if (digitCount(result.coefficient) > prec || (!isZero(result) && adjusted(result) > emax)) return run.invalid();
  if (!isZero(result) && adjusted(result) < emin) run.meet('Subnormal');
  if (result.exponent > value.exponent) {
    run.meet('Rounded');
    if (!exact) run.meet('Inexact');
  }
  return fitted(result, run);
}

export const plus = (value: Decimal, run: Run): Decimal =>
  nanOf(run, value) ?? fitted(isZero(value) ? signedZero(value, run) : value, run);
export const minus = (value: Decimal, run: Run): Decimal =>
  nanOf(run, value) ?? fitted(isZero(value) ? signedZero(value, run) : negated(value), run);
export const absolute = (value: Decimal, run: Run): Decimal => nanOf(run, value) ?? fitted(positive(value), run);

const signedZero = (value: Decimal, run: Run): Decimal => ({
  ...value,
  negative: value.negative && run.context.rounding === 'ROUND_FLOOR',
});

/** Without trailing zeros. */
export function normalized(value: Decimal, run: Run): Decimal {
  const nan = nanOf(run, value);
  if (nan !== undefined) return nan;
  let result = fitted(value, run);
  if (isInfinite(result)) return result;
  if (isZero(result)) return { ...ZERO, negative: result.negative };
  const { emax, prec, clamp } = run.context;
  const top = clamp === 1 ? emax - prec + 1 : emax;
  while (result.coefficient % 10n === 0n && result.exponent < top)
    result = { ...result, coefficient: result.coefficient / 10n, exponent: result.exponent + 1 };
  return result;
}

/** An integer of the same size; `exact` tells of the digits that go. */
export function toIntegral(value: Decimal, run: Run, exact: boolean): Decimal {
  const nan = nanOf(run, value);
  if (nan !== undefined) return nan;
  if (isInfinite(value) || value.exponent >= 0) return value;
  const { value: whole, exact: isExact } = rescaled(value, 0, run.context.rounding);
  if (exact) run.meet('Rounded');
  if (exact && !isExact) run.meet('Inexact');
  return whole;
}

/** The greater (or lesser) of two, a number before a NaN; by size alone with `magnitudes`. */
export function extreme(a: Decimal, b: Decimal, run: Run, greatest: boolean, magnitudes = false): Decimal {
  const loud = [a, b].some(value => value.special === 'snan');
  if (!loud && (a.special === 'nan') !== (b.special === 'nan')) return fitted(a.special === 'nan' ? b : a, run);
  const nan = nanOf(run, a, b);
  if (nan !== undefined) return nan;
  let difference = magnitudes ? order(positive(a), positive(b)) : order(a, b);
  if (difference === 0) difference = totalOrder(a, b);
  return fitted(difference < 0 === greatest ? b : a, run);
}

/** The order of all representations: by value, then by exponent; NaNs outside. */
export function totalOrder(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const sign = a.negative ? -1 : 1;
  const rank = ({ special }: Decimal) => (special === 'nan' ? 2 : special === 'snan' ? 1 : 0);
  if (rank(a) !== rank(b)) return sign * (rank(a) < rank(b) ? -1 : 1);
  if (rank(a) > 0) return sign * (a.coefficient === b.coefficient ? 0 : a.coefficient < b.coefficient ? -1 : 1);
  const difference = order(a, b);
  if (difference !== 0) return difference;
  if (isInfinite(a)) return 0;
  return sign * Math.sign(a.exponent - b.exponent);
}
