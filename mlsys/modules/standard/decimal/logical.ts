/** The lesser used operations: neighbours, digits as bits, shifts, classes of numbers. */
import { digitsOf } from '../../../python/runtime/numbers/parse';
import { add } from './arithmetic';
import { fitted, nanOf, Run } from './context';
import {
  adjusted,
  type Decimal,
  fromInteger,
  infinity,
  isInfinite,
  isNotANumber,
  isZero,
  number,
  order,
  power10,
} from './number';
import { wholeOf } from './transcendental';

/** The next number up or down that the context can hold. */
function neighbour(value: Decimal, run: Run, up: boolean): Decimal {
  const { prec, emax, emin } = run.context;
  const greatest = (negative: boolean) => number(power10(prec) - 1n, emax - prec + 1, negative);
  if (isInfinite(value)) return value.negative === up ? greatest(value.negative) : value;
  const own = new Run({ ...run.context, rounding: up ? 'ROUND_CEILING' : 'ROUND_FLOOR' });
  const cut = fitted(value, own);
  if (isInfinite(cut) || order(cut, value) !== 0) return cut;
  return add(cut, number(1n, emin - prec, !up), own);
}

export const nextPlus = (value: Decimal, run: Run): Decimal => nanOf(run, value) ?? neighbour(value, run, true);
export const nextMinus = (value: Decimal, run: Run): Decimal => nanOf(run, value) ?? neighbour(value, run, false);

export function nextToward(value: Decimal, other: Decimal, run: Run): Decimal {
  const nan = nanOf(run, value, other);
  if (nan !== undefined) return nan;
  const difference = order(value, other);
  if (difference === 0) return { ...value, negative: other.negative };
  const result = neighbour(value, run, difference < 0);
  if (isInfinite(result)) run.meet('Overflow', 'Inexact', 'Rounded');
  else if (isZero(result) || adjusted(result) < run.context.emin) {
    run.meet('Underflow', 'Subnormal', 'Inexact', 'Rounded');
    if (isZero(result)) run.meet('Clamped');
  }
  return result;
}

export function exponentOf(value: Decimal, run: Run): Decimal {
  const nan = nanOf(run, value);
  if (nan !== undefined) return nan;
  if (isInfinite(value)) return infinity();
  if (isZero(value)) {
    run.meet('DivisionByZero');
    return infinity(true);
  }
  return fitted(fromInteger(BigInt(adjusted(value))), run);
}

/** A count of places: an integer within limits, undefined for others. */
function places(value: Decimal, most: number): number | undefined {
  if (value.exponent !== 0) return undefined;
  const whole = wholeOf(value);
  if (whole === undefined || whole > BigInt(most) || whole < -BigInt(most)) return undefined;
  return Number(whole);
}

export function scaleBy(value: Decimal, by: Decimal, run: Run): Decimal {
  const nan = nanOf(run, value, by);
  if (nan !== undefined) return nan;
  const count = places(by, 2 * (run.context.emax + run.context.prec));
  if (count === undefined) return run.invalid();
  return isInfinite(value) ? value : fitted({ ...value, exponent: value.exponent + count }, run);
}

/** The last digits of the coefficient, as many as the context has. */
const window = (value: Decimal, prec: number): string => digitsOf(value.coefficient).slice(-prec).padStart(prec, '0');

/** The coefficient moved within the digits of the context; `move` gives the digits that it becomes. */
function moved(value: Decimal, by: Decimal, run: Run, move: (digits: string, count: number) => string): Decimal {
  const nan = nanOf(run, value, by);
  if (nan !== undefined) return nan;
  const { prec } = run.context;
  const count = places(by, prec);
  if (count === undefined) return run.invalid();
  if (isInfinite(value)) return value;
  return { ...value, coefficient: BigInt(move(window(value, prec), count) || '0') };
}

export function shift(value: Decimal, by: Decimal, run: Run): Decimal {
  return moved(value, by, run, (digits, count) =>
    count >= 0 ? (digits + '0'.repeat(count)).slice(-digits.length) : digits.slice(0, digits.length + count),
  );
}

export function rotate(value: Decimal, by: Decimal, run: Run): Decimal {
  return moved(value, by, run, (digits, count) => {
    const at = count < 0 ? count + digits.length : count;
    return digits.slice(at) + digits.slice(0, at);
  });
}

/** Digits of a number that stands for bits; undefined for others. */
function bits(value: Decimal, prec: number): string | undefined {
  if (value.special !== undefined || value.negative || value.exponent !== 0) return undefined;
  const digits = digitsOf(value.coefficient);
  return /^[01]+$/.test(digits) && digits.length <= prec ? digits.padStart(prec, '0') : undefined;
}

/** An operation on the digits of two such numbers. */
export const logical =
  (combine: (a: boolean, b: boolean) => boolean) =>
  (a: Decimal, b: Decimal, run: Run): Decimal => {
    const [x, y] = [bits(a, run.context.prec), bits(b, run.context.prec)];
    if (x === undefined || y === undefined) return run.invalid();
    return number(BigInt([...x].map((bit, at) => (combine(bit === '1', y[at] === '1') ? '1' : '0')).join('')));
  };

export const logicalInvert = (value: Decimal, run: Run): Decimal =>
  logical((a, b) => a !== b)(value, number(BigInt('1'.repeat(run.context.prec))), run);

export function numberClass(value: Decimal, run: Run): string {
  if (isNotANumber(value)) return value.special === 'snan' ? 'sNaN' : 'NaN';
  const kind = isInfinite(value)
    ? 'Infinity'
    : isZero(value)
      ? 'Zero'
      : adjusted(value) < run.context.emin
        ? 'Subnormal'
        : 'Normal';
  return `${value.negative ? '-' : '+'}${kind}`;
}

export const isNormal = (value: Decimal, run: Run): boolean => numberClass(value, run).endsWith('Normal');
export const isSubnormal = (value: Decimal, run: Run): boolean => numberClass(value, run).endsWith('Subnormal');

export function sameQuantum(a: Decimal, b: Decimal): boolean {
  if (a.special !== undefined || b.special !== undefined)
    return (isNotANumber(a) && isNotANumber(b)) || (isInfinite(a) && isInfinite(b));
  return a.exponent === b.exponent;
}
