/** The flags that a universal function's loop leaves, by the kind of its numbers. */
import { Unsupported } from '../../python/runtime/errors';
import { PyComplex } from '../../python/runtime/objects';
import type { NdArray } from './array';
import { type DType, type Item, integerRange } from './dtype';
import { DIVIDE, flagsOfLoop, flagsOfStep, hasNonFinite, INVALID, isQuiet, OVER, tellsUnderflow } from './flags';
import { INTEGER, INTEGER_PAIRS } from './kernels';
import type { UfuncSpec } from './loops';

/** The flags of a loop in `dtype` over `a` and `b`; a mask tells which items count. */
export function flagsIn(
  spec: UfuncSpec,
  dtype: DType,
  made: NdArray,
  a: readonly Item[],
  b: readonly Item[] | undefined,
  given: Uint8Array | undefined,
): number {
  const { name, family } = spec;
  if (family === 'compare' || family === 'logical' || family === 'test' || family === 'bits') return 0;
  const mask = given?.length === made.data.length ? given : undefined;
  switch (dtype.kind) {
    case 'f': {
      if (isQuiet(name)) return 0;
      const results = made.data as Float64Array;
      if (tellsUnderflow()) refuseUnderflow(name, results, a as readonly number[], b as readonly number[] | undefined);
      if (!hasNonFinite(results)) return 0;
      return flagsOfLoop(name, results, a as readonly number[], b as readonly number[] | undefined, mask);
    }
    case 'c':
      return complexFlags(name, made.data as readonly Item[], a, b, mask);
    case 'i':
    case 'u':
      return integerFlags(name, dtype, a, b, mask);
    default:
      return 0;
  }
}

const LEAST_NORMAL = 2 ** -1022;
/** Functions that give zero only for zero, or by underflow. */
const NEVER_ZERO: ReadonlySet<string> = new Set(
  'multiply divide square reciprocal exp exp2 power float_power'.split(' '),
);

/** Whether a tiny number was rounded cannot be told from it. */
function refuseUnderflow(
  name: string,
  results: Float64Array,
  a: readonly number[],
  b: readonly number[] | undefined,
): void {
  if (name === 'add' || name === 'subtract') return;
  for (let at = 0; at < results.length; at++) {
    const result = results[at]!;
    if (Math.abs(result) >= LEAST_NORMAL || Number.isNaN(result)) continue;
    const [x, y] = [a[at]!, b?.[at] ?? 1];
    const rounded = result !== 0 || (NEVER_ZERO.has(name) && x !== 0 && Number.isFinite(x) && Number.isFinite(y));
    if (rounded && !(name === 'multiply' && y === 0))
      throw new Unsupported("underflow under numpy.errstate(under='warn')", "leave under='ignore', as numpy does");
  }
}

const DIVISIONS: ReadonlySet<string> = new Set(['floor_divide', 'remainder', 'fmod']);

function integerFlags(
  name: string,
  dtype: DType,
  a: ArrayLike<Item>,
  b: ArrayLike<Item> | undefined,
  mask: Uint8Array | undefined,
): number {
  const divisors = b === undefined && name === 'reciprocal' ? a : DIVISIONS.has(name) ? b : undefined;
  if (divisors === undefined) return 0;
  const items = divisors as unknown as BigInt64Array;
  const counts = (at: number): boolean => mask === undefined || mask[at] === 1;
  let flags = 0;
  for (let at = items.indexOf(0n); at >= 0; at = items.indexOf(0n, at + 1)) {
    if (!counts(at)) continue;
    flags |= b === undefined ? DIVIDE | INVALID : DIVIDE;
    break;
  }
  if (name !== 'floor_divide' || dtype.kind !== 'i') return flags;
  const [least] = integerRange(dtype);
  for (let at = items.indexOf(-1n); at >= 0; at = items.indexOf(-1n, at + 1)) {
    if (a[at] !== least || !counts(at)) continue;
    return flags | OVER;
  }
  return flags;
}

const WRAPPED: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'negative', 'absolute']);

/** Scalars tell that an integer was too large for its dtype; arrays do not. */
export function wrapFlags(name: string, result: Item, a: Item, b: Item | undefined): number {
  if (!WRAPPED.has(name)) return 0;
  const exact = b === undefined ? INTEGER[name]!(a as bigint) : INTEGER_PAIRS[name]!(a as bigint, b as bigint);
  return exact === result ? 0 : OVER;
}

// ------------------------------------------------------------------------------------------------- complex numbers

/** Arithmetic on real numbers that keeps the flags. */
class Steps {
  flags = 0;

  add(a: number, b: number): number {
    return this.#keep(a + b, a, b);
  }
  subtract(a: number, b: number): number {
    return this.#keep(a - b, a, b);
  }
  multiply(a: number, b: number): number {
    return this.#keep(a * b, a, b);
  }
  divide(a: number, b: number): number {
    if (b === 0 && a !== 0 && Number.isFinite(a)) {
      this.flags |= DIVIDE;
      return a / b;
    }
    return this.#keep(a / b, a, b);
  }

  #keep(result: number, a: number, b: number): number {
    this.flags |= flagsOfStep(result, a, b);
    return result;
  }
}

type Pair = (steps: Steps, a: PyComplex, b: PyComplex) => void;

const product: Pair = (steps, a, b) => {
  steps.subtract(steps.multiply(a.re, b.re), steps.multiply(a.im, b.im));
  steps.add(steps.multiply(a.re, b.im), steps.multiply(a.im, b.re));
};

const quotient: Pair = (steps, a, b) => {
  const [re, im] = [Math.abs(b.re), Math.abs(b.im)];
  if (re === 0 && im === 0) {
    steps.divide(a.re, re);
    steps.divide(a.im, re);
    return;
  }
  const [p, q, x, y] = re >= im ? [b.re, b.im, a.re, a.im] : [b.im, b.re, a.im, a.re];
  const ratio = steps.divide(q, p);
  const scale = steps.divide(1, steps.add(p, steps.multiply(q, ratio)));
  steps.multiply(steps.add(x, steps.multiply(y, ratio)), scale);
  steps.multiply(steps.subtract(y, steps.multiply(x, ratio)), scale);
};

const PAIRS: Readonly<Record<string, Pair>> = {
  add: (steps, a, b) => {
    steps.add(a.re, b.re);
    steps.add(a.im, b.im);
  },
  subtract: (steps, a, b) => {
    steps.subtract(a.re, b.re);
    steps.subtract(a.im, b.im);
  },
  multiply: product,
  divide: quotient,
  square: (steps, a) => product(steps, a, a),
};

const isFiniteItem = (item: Item | undefined): boolean =>
  item === undefined ||
  (item instanceof PyComplex ? Number.isFinite(item.re) && Number.isFinite(item.im) : Number.isFinite(item as number));

function complexFlags(
  name: string,
  results: readonly Item[],
  a: readonly Item[],
  b: readonly Item[] | undefined,
  mask: Uint8Array | undefined,
): number {
  if (isQuiet(name)) return 0;
  let flags = 0;
  for (let at = 0; at < results.length; at++) {
    const result = results[at]!;
    if (isFiniteItem(result) || (mask !== undefined && mask[at] !== 1)) continue;
    const steps = PAIRS[name];
    if (steps !== undefined) {
      const kept = new Steps();
      steps(kept, a[at] as PyComplex, b?.[at] as PyComplex);
      flags |= kept.flags;
    } else if (isFiniteItem(a[at]) && isFiniteItem(b?.[at])) flags |= flagsOfFinite(name, result as PyComplex);
  }
  return flags;
}

/** Of a function of finite complex numbers, from the result alone. */
function flagsOfFinite(name: string, { re, im }: PyComplex): number {
  if (Number.isNaN(re) || Number.isNaN(im)) return INVALID;
  return name.startsWith('log') ? DIVIDE : OVER;
}
