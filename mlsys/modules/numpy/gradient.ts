/** `numpy.gradient`. */
import { raise } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';
import { toFloat } from '../../python/runtime/operations';
import { allocate, NdArray, normalAxis, resultOf, sizeOf } from './array';
import { asArray } from './convert';
import { float64 } from './dtype';
import { FUNCTIONS, flagsOf, flagsOfStep, hasNonFinite, report } from './flags';
import { BOOLEAN_SUBTRACT } from './loops';
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
  if (array.dtype.kind === 'b') throw raise('TypeError', BOOLEAN_SUBTRACT);
  const items = realItems(array);
  const data = allocate(float64, items.length) as Float64Array;
  const inner = sizeOf(array.shape.slice(along + 1));
  const distances = distancesOf(spacing, length);
  const edges = edgeOrder === 1 ? firstOrderEdge : secondOrderEdge;
  for (let at = 0; at < items.length; at++) {
    const i = Math.floor(at / inner) % length;
    const y = (k: number): number => items[at + (k - i) * inner]!;
    if (i > 0 && i < length - 1) data[at] = innerGradient(y, i, distances);
    else data[at] = edges(y, i === 0, length, distances);
  }
  if (hasNonFinite(data)) gradientFlags(array, items, distances, along, edgeOrder);
  return new NdArray(float64, data, array.shape);
}

/** How far the items along an axis are from one another. */
interface Distances {
  /** One for each step; undefined where the same number was given for all. */
  readonly steps: readonly number[] | undefined;
  /** True where all steps are `step`. */
  readonly even: boolean;
  readonly step: number;
}

function distancesOf(spacing: Value | undefined, length: number): Distances {
  const given = spacing === undefined ? undefined : asArray(spacing);
  if (given === undefined || given.ndim === 0)
    return { steps: undefined, even: true, step: given === undefined ? 1 : toFloat(resultOf(given)) };
  const x = realItems(given);
  const steps = Array.from({ length: length - 1 }, (_, i) => x[i + 1]! - x[i]!);
  return { steps, even: steps.every(step => step === steps[0]), step: steps[0]! };
}

type ItemAt = (index: number) => number;

function innerGradient(y: ItemAt, i: number, { steps, even, step }: Distances): number {
  if (even) return (y(i + 1) - y(i - 1)) / (2 * step);
  const [d1, d2] = [steps![i - 1]!, steps![i]!];
  return (-d2 / (d1 * (d1 + d2))) * y(i - 1) + ((d2 - d1) / (d1 * d2)) * y(i) + (d1 / (d2 * (d1 + d2))) * y(i + 1);
}

function firstOrderEdge(y: ItemAt, isFirst: boolean, length: number, distances: Distances): number {
  const step = edgeStep(distances, isFirst ? 0 : -1);
  return isFirst ? (y(1) - y(0)) / step : (y(length - 1) - y(length - 2)) / step;
}

function secondOrderEdge(y: ItemAt, isFirst: boolean, length: number, distances: Distances): number {
  const [a, b] = (isFirst ? [0, 1] : [-2, -1]).map(at => edgeStep(distances, at)) as [number, number];
  if (isFirst) return (-(2 * a + b) / (a * (a + b))) * y(0) + ((a + b) / (a * b)) * y(1) + (-a / (b * (a + b))) * y(2);
  return (
    (b / (a * (a + b))) * y(length - 3) +
    (-(b + a) / (a * b)) * y(length - 2) +
    ((2 * b + a) / (b * (a + b))) * y(length - 1)
  );
}

/** A step by its place; those from the end are negative. */
function edgeStep({ steps, even, step }: Distances, at: number): number {
  return even ? step : steps!.at(at)!;
}

/** Tells the flags of a gradient, part by part: inside, and at either end. */
function gradientFlags(
  array: NdArray,
  items: Float64Array,
  distances: Distances,
  axis: number,
  edgeOrder: number,
): void {
  const { steps, even, step: dx } = distances;
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
  else
    weightedFlags(
      inside.map(place => {
        const i = Math.floor(place / inner) % length;
        const [d1, d2] = [steps![i - 1]!, steps![i]!];
        return [
          { over: -d2, under: d1 * (d1 + d2), item: items[place - inner]! },
          { over: d2 - d1, under: d1 * d2, item: items[place]! },
          { over: d1, under: d2 * (d1 + d2), item: items[place + inner]! },
        ];
      }),
      tell,
    );
  if (edgeOrder !== 1) return;
  const prefix = array.ndim === 1 ? 'scalar ' : '';
  quotients(at(1), at(0), edgeStep(distances, 0), prefix);
  quotients(at(length - 1), at(length - 2), edgeStep(distances, -1), prefix);
}

/** An item with the quotient that it is multiplied by. */
interface WeightedItem {
  readonly over: number;
  readonly under: number;
  readonly item: number;
}

/** Tells the flags of sums of three weighted items, step by step. */
function weightedFlags(
  sums: readonly (readonly [WeightedItem, WeightedItem, WeightedItem])[],
  tell: (name: string, each: readonly number[]) => void,
): void {
  const places = [0, 1, 2] as const;
  for (const k of places)
    tell(
      'divide',
      sums.map(({ [k]: { over, under } }) => flagsOf('divide', over / under, over, under)),
    );
  const parts = places.map(k =>
    sums.map(({ [k]: { over, under, item } }) => {
      const weight = over / under;
      return { product: weight * item, flags: flagsOfStep(weight * item, weight, item) };
    }),
  );
  const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
  const multiply = (part: (typeof parts)[0]): void =>
    tell(
      'multiply',
      part.map(one => one.flags),
    );
  multiply(first);
  multiply(second);
  const half = first.map((one, i) => one.product + second[i]!.product);
  tell(
    'add',
    half.map((sum, i) => flagsOfStep(sum, first[i]!.product, second[i]!.product)),
  );
  multiply(third);
  tell(
    'add',
    half.map((sum, i) => flagsOfStep(sum + third[i]!.product, sum, third[i]!.product)),
  );
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
