/** `numpy.gradient`. */
import { raise } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';
import { toFloat } from '../../python/runtime/operations';
import { allocate, NdArray, normalAxis, resultOf, sizeOf } from './array';
import { asArray } from './convert';
import { float64 } from './dtype';
import { FUNCTIONS, flagsOf, flagsOfStep, hasNonFinite, report } from './flags';
import { realItems } from './reduceArguments';

/** Second-order differences inside, first-order ones at the ends. */
export function gradientOf(array: NdArray, spacing: Value | undefined, axis: number, edgeOrder: number): NdArray {
  const along = normalAxis(axis, array.ndim);
  const length = array.shape[along]!;
  if (length < edgeOrder + 1)
    throw raise(
      'ValueError',
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
    );
  const items = realItems(array);
  const data = allocate(float64, items.length) as Float64Array;
  const inner = sizeOf(array.shape.slice(along + 1));
  const given = spacing === undefined ? undefined : asArray(spacing);
  const x = given !== undefined && given.ndim > 0 ? realItems(given) : undefined;
  const h = given !== undefined && given.ndim === 0 ? toFloat(resultOf(given)) : 1;
  const steps = x === undefined ? undefined : Array.from({ length: length - 1 }, (_, i) => x[i + 1]! - x[i]!);
  const even = steps === undefined || steps.every(step => step === steps[0]);
  const dx = steps === undefined ? h : steps[0]!;
  for (let at = 0; at < items.length; at++) {
    const i = Math.floor(at / inner) % length;
    const y = (k: number): number => items[at + (k - i) * inner]!;
    if (i > 0 && i < length - 1) {
      if (even) data[at] = (y(i + 1) - y(i - 1)) / (2 * dx);
      else {
        const [d1, d2] = [steps![i - 1]!, steps![i]!];
        data[at] =
          (-d2 / (d1 * (d1 + d2))) * y(i - 1) + ((d2 - d1) / (d1 * d2)) * y(i) + (d1 / (d2 * (d1 + d2))) * y(i + 1);
      }
    } else if (edgeOrder === 1) {
      const step = even ? dx : i === 0 ? steps![0]! : steps!.at(-1)!;
      data[at] = i === 0 ? (y(1) - y(0)) / step : (y(length - 1) - y(length - 2)) / step;
    } else {
      const [a, b] =
        i === 0
          ? [even ? dx : steps![0]!, even ? dx : steps![1]!]
          : [even ? dx : steps!.at(-2)!, even ? dx : steps!.at(-1)!];
      if (i === 0)
        data[at] = (-(2 * a + b) / (a * (a + b))) * y(0) + ((a + b) / (a * b)) * y(1) + (-a / (b * (a + b))) * y(2);
      else
        data[at] =
          (b / (a * (a + b))) * y(length - 3) +
          (-(b + a) / (a * b)) * y(length - 2) +
          ((2 * b + a) / (b * (a + b))) * y(length - 1);
    }
  }
  if (hasNonFinite(data)) gradientFlags(array, items, steps, dx, even, along, edgeOrder);
  return new NdArray(float64, data, array.shape);
}

/** Tells the flags of a gradient, part by part: inside, and at either end. */
function gradientFlags(
  array: NdArray,
  items: Float64Array,
  steps: readonly number[] | undefined,
  dx: number,
  even: boolean,
  axis: number,
  edgeOrder: number,
): void {
  const length = array.shape[axis]!;
  const inner = sizeOf(array.shape.slice(axis + 1));
  const places = Array.from(items.keys());
  const at = (i: number): number[] => places.filter(place => Math.floor(place / inner) % length === i);
  const tell = (name: string, each: readonly number[], prefix = ''): void =>
    report(
      each.reduce((all, one) => all | one, 0),
      prefix + name,
      FUNCTIONS(`gradient${name}`),
    );
  const quotients = (high: readonly number[], low: readonly number[], step: number, prefix: string): void => {
    const differences = high.map((place, i) => items[place]! - items[low[i]!]!);
    tell(
      'subtract',
      differences.map((d, i) => flagsOfStep(d, items[high[i]!]!, items[low[i]!]!)),
      prefix,
    );
    tell(
      'divide',
      differences.map(d => flagsOf('divide', d / step, d, step)),
      prefix,
    );
  };
  const inside = places.filter(place => {
    const i = Math.floor(place / inner) % length;
    return i > 0 && i < length - 1;
  });
  if (even)
    quotients(
      inside.map(place => place + inner),
      inside.map(place => place - inner),
      2 * dx,
      '',
    );
  else {
    const weights = inside.map(place => {
      const i = Math.floor(place / inner) % length;
      const [d1, d2] = [steps![i - 1]!, steps![i]!];
      return [
        [-d2, d1 * (d1 + d2)],
        [d2 - d1, d1 * d2],
        [d1, d2 * (d1 + d2)],
      ] as const;
    });
    for (const k of [0, 1, 2])
      tell(
        'divide',
        weights.map(one => flagsOf('divide', one[k]![0] / one[k]![1], ...one[k]!)),
      );
    const parts = [0, 1, 2].map(k =>
      weights.map((one, i) => {
        const [w, y] = [one[k]![0] / one[k]![1], items[inside[i]! + (k - 1) * inner]!];
        return { product: w * y, flags: flagsOfStep(w * y, w, y) };
      }),
    );
    const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
    tell(
      'multiply',
      first.map(one => one.flags),
    );
    tell(
      'multiply',
      second.map(one => one.flags),
    );
    const half = first.map((one, i) => one.product + second[i]!.product);
    tell(
      'add',
      half.map((sum, i) => flagsOfStep(sum, first[i]!.product, second[i]!.product)),
    );
    tell(
      'multiply',
      third.map(one => one.flags),
    );
    tell(
      'add',
      half.map((sum, i) => flagsOfStep(sum + third[i]!.product, sum, third[i]!.product)),
    );
  }
  if (edgeOrder !== 1) return;
  const prefix = array.ndim === 1 ? 'scalar ' : '';
  quotients(at(1), at(0), even ? dx : steps![0]!, prefix);
  quotients(at(length - 1), at(length - 2), even ? dx : steps!.at(-1)!, prefix);
}

/** Holds what `gradient` is given as distances against its axes: one number, or a number or places for each axis. */
export function requireSpacings(array: NdArray, axes: readonly number[], spacings: readonly Value[]): void {
  const given = spacings.map(spacing => asArray(spacing));
  if (given.length === 0 || (given.length === 1 && given[0]!.ndim === 0)) return;
  if (given.length !== axes.length) throw raise('TypeError', 'invalid number of arguments');
  given.forEach((places, at) => {
    if (places.ndim > 1) throw raise('ValueError', 'distances must be either scalars or 1d');
    if (places.ndim === 1 && places.size !== array.shape[normalAxis(axes[at]!, array.ndim)])
      throw raise('ValueError', 'when 1d, distances must match the length of the corresponding dimension');
  });
}
