/** Logarithms in double-double arithmetic. */
import { splitExponent } from '../integers';
import { LN2, LN2_PARTS } from './constants';
import { exponential } from './exponential';
import { add, addNumber, divide, multiply, multiplyNumber, type Pair, pair, product, sum } from './pairs';

/** 1 / (2k + 1) for the terms of the series of artanh. */
const ODD_INVERSES: readonly Pair[] = Array.from({ length: 6 }, (_, k) => divide(pair(1), pair(2 * k + 1)));

/** ln((1 + s) / (1 - s)) for a small s (|s| < 0.016). */
function artanhSeries(s: Pair): Pair {
  const square = multiply(s, s);
  const x = square.hi;
  const tail = x * (1 / 13 + x * (1 / 15 + x * (1 / 17 + x * (1 / 19 + x / 21))));
  let total = addNumber(ODD_INVERSES[5]!, tail);
  for (let k = 4; k >= 0; k--) total = add(multiply(total, square), ODD_INVERSES[k]!);
  return multiplyNumber(multiply(total, s), 2);
}

/** ln(1 + f) for a small f. */
function logNearOne(f: Pair): Pair {
  return artanhSeries(divide(f, addNumber(f, 2)));
}

/** The natural logarithm of a positive finite pair. */
export function logarithm(x: Pair): Pair {
  let [fraction, exponent] = splitExponent(x.hi);
  if (fraction < Math.SQRT1_2) {
    fraction *= 2;
    exponent--;
  }
  const low = x.lo === 0 ? 0 : (x.lo / x.hi) * fraction;
  const near = logOfFraction(fraction, low);
  if (exponent === 0) return near;
  let total = product(exponent, LN2_PARTS[0]!);
  for (let at = 1; at < LN2_PARTS.length; at++) total = add(total, product(exponent, LN2_PARTS[at]!));
  return add(total, near);
}

/** ln of a value between 0.7 and 1.42. */
function logOfFraction(hi: number, lo: number): Pair {
  const f = sum(hi - 1, lo);
  if (Math.abs(f.hi) < 0.03) return logNearOne(f);
  // One step of Newton's method on a good first value doubles its digits.
  const first = Math.log(hi);
  const { value, exponent } = exponential(pair(-first));
  const power = 2 ** exponent;
  const inverse = { hi: value.hi * power, lo: value.lo * power };
  const ratio = addNumber(multiply({ hi, lo }, inverse), -1);
  const correction = add(ratio, pair((-ratio.hi * ratio.hi) / 2));
  return add(pair(first), correction);
}

/** `math.log` of a positive number; the caller checks the domain. */
export function log(x: number): number {
  if (x === 1) return 0;
  if (!Number.isFinite(x)) return x;
  const { hi, lo } = logarithm(pair(x));
  return hi + lo;
}

/** `math.log2` of a positive number. */
export function log2(x: number): number {
  if (!Number.isFinite(x)) return x;
  const [fraction, exponent] = splitExponent(x);
  if (fraction === 0.5) return exponent - 1;
  const { hi, lo } = divide(logarithm(pair(x)), LN2);
  return hi + lo;
}

const LOG10_2_HIGH = 0.30102999566361177;
const LOG10_2_LOW = 3.694239077158931e-13;

/** `math.log10` of a positive number, composed of the logarithm of the fraction and the exponent as C libraries do. */
export function log10(x: number): number {
  if (!Number.isFinite(x)) return x;
  const [fraction, exponent] = splitExponent(x);
  const power = exponent - 1;
  const shift = power < 0 ? 1 : 0;
  const scaled = shift === 1 ? fraction : fraction * 2;
  const whole = power + shift;
  const low = whole * LOG10_2_LOW + Math.LOG10E * log(scaled);
  return low + whole * LOG10_2_HIGH;
}
