/** Gamma function and its logarithm (Lanczos' approximation as CPython evaluates it). */

import { exp } from './exponential';
import { log } from './logarithm';
import { pow } from './power';
import { cosine, sine } from './trigonometric';

const G = 6.02468004077673;
const G_MINUS_HALF = 5.52468004077673;
const NUMERATOR = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
const DENOMINATOR = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

function lanczosSum(x: number): number {
  let top = 0;
  let bottom = 0;
  if (x < 5)
    for (let at = NUMERATOR.length - 1; at >= 0; at--) {
      top = top * x + NUMERATOR[at]!;
      bottom = bottom * x + DENOMINATOR[at]!;
    }
  else
    for (let at = 0; at < NUMERATOR.length; at++) {
      top = top / x + NUMERATOR[at]!;
      bottom = bottom / x + DENOMINATOR[at]!;
    }
  return top / bottom;
}

/** sin(pi x), accurate near integers. */
function sinePi(x: number): number {
  const y = Math.abs(x) % 2;
  const quarter = Math.round(2 * y);
  let result: number;
  if (quarter === 0) result = sine(Math.PI * y);
  else if (quarter === 1) result = cosine(Math.PI * (y - 0.5));
  else if (quarter === 2) result = sine(Math.PI * (1 - y));
  else if (quarter === 3) result = -cosine(Math.PI * (y - 1.5));
  else result = sine(Math.PI * (y - 2));
  return x < 0 ? -result : result;
}

/** `math.gamma`: NaN where it is not defined, an infinity on overflow. */
export function gamma(x: number): number {
  if (!Number.isFinite(x)) return x === Number.NEGATIVE_INFINITY ? Number.NaN : x;
  if (x === 0) return Number.NaN;
  if (Number.isInteger(x)) {
    if (x < 0) return Number.NaN;
    if (x <= 23) {
      let factorial = 1;
      for (let k = 2; k < x; k++) factorial *= k;
      return factorial;
    }
  }
  const size = Math.abs(x);
  if (size < 1e-20) return 1 / x;
  if (size > 200) return x < 0 ? 0 / sinePi(x) : Number.POSITIVE_INFINITY;
  const y = size + G_MINUS_HALF;
  // What is lost in y.
  const error = size > G_MINUS_HALF ? y - size - G_MINUS_HALF : y - G_MINUS_HALF - size;
  const z = (error * G) / y;
  let result: number;
  if (x < 0) {
    result = ((-Math.PI / sinePi(size) / size) * exp(y)) / lanczosSum(size);
    result -= z * result;
    if (size < 140) return result / pow(y, size - 0.5);
    const root = pow(y, size / 2 - 0.25);
    return result / root / root;
  }
  result = lanczosSum(size) / exp(y);
  result += z * result;
  if (size < 140) return result * pow(y, size - 0.5);
  const root = pow(y, size / 2 - 0.25);
  return result * root * root;
}

const LOG_PI = 1.1447298858494002;

/** `math.lgamma`: NaN where it is not defined. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  if (Number.isInteger(x) && x <= 2) return x <= 0 ? Number.NaN : 0;
  const size = Math.abs(x);
  if (size < 1e-20) return -log(size);
  let result = log(lanczosSum(size)) - G;
  result += (size - 0.5) * (log(size + G - 0.5) - 1);
  if (x < 0) result = LOG_PI - log(Math.abs(sinePi(size))) - log(size) - result;
  return result;
}
