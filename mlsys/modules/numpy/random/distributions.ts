/** Distributions that both families of generators draw from uniform, normal and exponential numbers. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { exp } from '../../../python/runtime/numbers/elementary/exponential';
import { logGamma } from '../../../python/runtime/numbers/elementary/gamma';
import { expm1, log1p } from '../../../python/runtime/numbers/elementary/hyperbolic';
import { log } from '../../../python/runtime/numbers/elementary/logarithm';
import { pow } from '../../../python/runtime/numbers/elementary/power';
import type { Value } from '../../../python/runtime/objects';
import { vm } from '../../../python/runtime/vm';
import { type DType, float64, int64 } from '../dtype';
import { filled, given } from './draw';

/** What distributions draw from. `legacy` tells the stream of RandomState, which takes logarithms of uniforms. */
export interface Stream {
  readonly legacy: boolean;
  double(): number;
  normal(): number;
  exponential(): number;
}

/** The method of Marsaglia and Tsang; below one by that of Ahrens and Dieter. */
export function gamma(from: Stream, shape: number): number {
  if (shape === 1) return from.exponential();
  if (shape === 0) return 0;
  if (shape < 1) return smallGamma(from, shape);
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    vm.step();
    let x: number;
    let v: number;
    do {
      x = from.normal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = from.double();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
  }
}

function smallGamma(from: Stream, shape: number): number {
  for (;;) {
    vm.step();
    const u = from.double();
    const v = from.exponential();
    if (u <= 1 - shape) {
      const x = pow(u, 1 / shape);
      if (x <= v) return x;
    } else {
      const y = -log((1 - u) / shape);
      const x = pow(1 - shape + shape * y, 1 / shape);
      if (x <= v + y) return x;
    }
  }
}

const chiSquare = (from: Stream, df: number): number => 2 * gamma(from, df / 2);

/** Parameters of which Jöhnk's method would find no number in range. */
const TINY = 3e-103;

/** Jöhnk's method where both parameters are at most one, else by two gammas. */
export function beta(from: Stream, a: number, b: number): number {
  if (a > 1 || b > 1) {
    const x = gamma(from, a);
    return x / (x + gamma(from, b));
  }
  if (!from.legacy && a < TINY && b < TINY) return (a + b) * from.double() < a ? 1 : 0;
  for (;;) {
    vm.step();
    const [u, v] = [from.double(), from.double()];
    const [x, y] = [pow(u, 1 / a), pow(v, 1 / b)];
    const sum = x + y;
    if (sum > 1 || (!from.legacy && u + v === 0)) continue;
    if (sum > 0) return x / sum;
    let [logX, logY] = [log(u) / a, log(v) / b];
    const most = Math.max(logX, logY);
    logX -= most;
    logY -= most;
    return exp(logX - log(exp(logX) + exp(logY)));
  }
}

/** A distribution's inverse at a uniform number that lies strictly between 0 and 1. */
function inverted(from: Stream, inverse: (u: number) => number): number {
  for (;;) {
    vm.step();
    const u = from.double();
    if (u > 0) return inverse(u);
  }
}

function triangular(from: Stream, left: number, mode: number, right: number): number {
  const base = right - left;
  const rising = mode - left;
  const u = from.double();
  return u <= rising / base
    ? left + Math.sqrt(u * rising * base)
    : right - Math.sqrt((1 - u) * ((right - mode) * base));
}

/** Poisson numbers: by products of uniforms for a small rate, by Hörmann's transformed rejection for a larger one. */
function poisson(from: Stream, rate: number): bigint {
  if (rate < 0 || Number.isNaN(rate)) throw raise('ValueError', 'lam < 0 or lam is NaN');
  if (rate === 0) return 0n;
  if (rate < 10) {
    const limit = exp(-rate);
    let count = 0n;
    for (let product = from.double(); product > limit; product *= from.double()) count++;
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    vm.step();
    const u = from.double() - 0.5;
    const v = from.double();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= vr) return BigInt(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log(v) + log(inverseAlpha) - log(a / (us * us) + b) <= -rate + k * log(rate) - logGamma(k + 1))
      return BigInt(k);
  }
}

function binomial(from: Stream, n: number, p: number): bigint {
  if (!(n >= 0)) throw raise('ValueError', 'n < 0');
  if (!(p >= 0 && p <= 1)) throw raise('ValueError', 'p < 0, p > 1 or p is NaN');
  if (n === 0 || p === 0) return 0n;
  const small = p <= 0.5 ? p : 1 - p;
  if (small * n > 30) throw new Unsupported('numpy.random.binomial with a mean above 30');
  const drawn = binomialByInversion(from, n, small);
  return p <= 0.5 ? drawn : BigInt(n) - drawn;
}

/** Goes up through the probabilities until they sum to a uniform number; starts anew far above the mean. */
function binomialByInversion(from: Stream, n: number, p: number): bigint {
  const q = 1 - p;
  const none = exp(n * log1p(-p));
  const mean = n * p;
  const most = Math.min(n, mean + 10 * Math.sqrt(mean * q + 1));
  let x = 0;
  let probability = none;
  let u = from.double();
  while (u > probability) {
    vm.step();
    x++;
    if (x > most) {
      x = 0;
      probability = none;
      u = from.double();
    } else {
      u -= probability;
      probability = ((n - x + 1) * p * probability) / (x * q);
    }
  }
  return BigInt(x);
}

function geometric(from: Stream, p: number): bigint {
  if (!(p > 0 && p <= 1)) throw raise('ValueError', 'p <= 0, p > 1 or p contains NaNs');
  if (p < 1 / 3) {
    if (from.legacy) return BigInt(Math.ceil(log1p(-from.double()) / log1p(-p)));
    return BigInt(Math.ceil(-from.exponential() / log1p(-p)));
  }
  const q = 1 - p;
  const u = from.double();
  let x = 1n;
  let probability = p;
  for (let sum = p; u > sum; sum += probability) {
    probability *= q;
    x++;
  }
  return x;
}

const lessOne = (from: Stream, x: number): number => (from.legacy ? exp(x) - 1 : expm1(x));

type Draw = (from: Stream, ...parameters: number[]) => number | bigint;

/** A distribution: its parameters with their defaults, what draws a number, and the type of an array of them. */
interface Distribution {
  readonly parameters: readonly (readonly [name: string, fallback?: number])[];
  readonly draw: Draw;
  readonly dtype?: DType;
  /** Parameters that must be greater than zero. */
  readonly positive?: readonly string[];
}

/** Both families have these, by formulas that differ in their use of the exponential numbers alone. */
export const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  standard_gamma: { parameters: [['shape']], draw: (from, shape) => gamma(from, shape!) },
  gamma: { parameters: [['shape'], ['scale', 1]], draw: (from, shape, scale) => scale! * gamma(from, shape!) },
  chisquare: { parameters: [['df']], positive: ['df'], draw: (from, df) => chiSquare(from, df!) },
  beta: { parameters: [['a'], ['b']], positive: ['a', 'b'], draw: (from, a, b) => beta(from, a!, b!) },
  f: {
    parameters: [['dfnum'], ['dfden']],
    positive: ['dfnum', 'dfden'],
    draw: (from, above, below) => {
      const top = chiSquare(from, above!) * below!;
      return top / (chiSquare(from, below!) * above!);
    },
  },
  standard_t: {
    parameters: [['df']],
    positive: ['df'],
    draw: (from, df) => {
      const top = from.normal();
      return (Math.sqrt(df! / 2) * top) / Math.sqrt(gamma(from, df! / 2));
    },
  },
  standard_cauchy: {
    parameters: [],
    draw: from => {
      const top = from.normal();
      return top / from.normal();
    },
  },
  triangular: {
    parameters: [['left'], ['mode'], ['right']],
    draw: (from, left, mode, right) => {
      if (left! > mode!) throw raise('ValueError', 'left > mode');
      if (mode! > right!) throw raise('ValueError', 'mode > right');
      if (left === right) throw raise('ValueError', 'left == right');
      return triangular(from, left!, mode!, right!);
    },
  },
  laplace: {
    parameters: [
      ['loc', 0],
      ['scale', 1],
    ],
    draw: (from, loc, scale) =>
      inverted(from, u => (u >= 0.5 ? loc! - scale! * log(2 - u - u) : loc! + scale! * log(u + u))),
  },
  gumbel: {
    parameters: [
      ['loc', 0],
      ['scale', 1],
    ],
    draw: (from, loc, scale) => inverted(from, u => loc! - scale! * log(-log(1 - u))),
  },
  logistic: {
    parameters: [
      ['loc', 0],
      ['scale', 1],
    ],
    draw: (from, loc, scale) => inverted(from, u => loc! + scale! * log(u / (1 - u))),
  },
  rayleigh: {
    parameters: [['scale', 1]],
    draw: (from, scale) => scale! * Math.sqrt(2 * from.exponential()),
  },
  weibull: {
    parameters: [['a']],
    draw: (from, a) => (a === 0 ? 0 : pow(from.exponential(), 1 / a!)),
  },
  // The older stream takes the exponential less one as written, the newer one as a function of its own.
  pareto: {
    parameters: [['a']],
    positive: ['a'],
    draw: (from, a) => lessOne(from, from.exponential() / a!),
  },
  power: {
    parameters: [['a']],
    positive: ['a'],
    draw: (from, a) => pow(-lessOne(from, -from.exponential()), 1 / a!),
  },
  poisson: { parameters: [['lam', 1]], draw: (from, rate) => poisson(from, rate!), dtype: int64 },
  binomial: { parameters: [['n'], ['p']], draw: (from, n, p) => binomial(from, n!, p!), dtype: int64 },
  geometric: { parameters: [['p']], draw: (from, p) => geometric(from, p!), dtype: int64 },
};

/** The signature of a distribution's function. */
export function signatureOf(name: string): string {
  const { parameters } = DISTRIBUTIONS[name]!;
  const shown = parameters.map(([label, fallback]) => (fallback === undefined ? label : `${label}=${fallback}`));
  return `${name}(${[...shown, 'size=None'].join(', ')})`;
}

/** Draws as a function of this signature does: the last argument is the size. */
export function drawFrom(name: string, from: Stream, args: readonly (Value | undefined)[]): Value {
  const { parameters, draw, dtype = float64, positive = [] } = DISTRIBUTIONS[name]!;
  const values = parameters.map(([, fallback], at) => given(args[at], fallback!));
  return filled(
    args[parameters.length],
    values,
    (...numbers) => {
      parameters.forEach(([label], at) => {
        if (positive.includes(label) && !(numbers[at]! > 0)) throw raise('ValueError', `${label} <= 0`);
        if (['scale', 'shape'].includes(label) && numbers[at]! < 0) throw raise('ValueError', `${label} < 0`);
      });
      return draw(from, ...numbers);
    },
    dtype,
  );
}

/** Distributions and methods that are not drawn here. */
export const REFUSED =
  'bytes get_state set_state SeedSequence PCG64 MT19937 Philox SFC64 BitGenerator bit_generator spawn hypergeometric logseries multinomial multivariate_hypergeometric multivariate_normal negative_binomial noncentral_chisquare noncentral_f permuted PCG64DXSM tomaxint vonmises wald zipf random_integers'.split(
    ' ',
  );
