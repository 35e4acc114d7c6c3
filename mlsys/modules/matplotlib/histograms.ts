/** `hist`: of one or several sets of data, as bars or outlines. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { call, getAttribute, listOf, str, toFloat } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { bars } from './areas';
import { colorsOf, isOneColor } from './color';
import { nextColor } from './lines';
import type { Color } from './model';
import type { PyAxes, PyBarContainer } from './objects';
import { arrayOf, isSequence, numbersOf, Options, pairOf } from './options';

type Keywords = ReadonlyMap<string, Value>;

/** What a bar takes, about. */
const BAR_BYTES = 400;

/** The sets of data: the columns of a matrix, the items of a list of sequences, or one. */
function setsOf(data: Value): number[][] {
  const [first] = isSequence(data) ? listOf(data) : [];
  if (first === undefined || !isSequence(first) || typeof first === 'string') return [numbersOf(data)];
  const isMatrix = typeof data === 'object' && data !== null && data.cls.name === 'ndarray';
  const rows = listOf(data).map(row => numbersOf(row));
  return isMatrix ? rows[0]!.map((_, at) => rows.map(row => row[at]!)) : rows;
}

function equalEdges(low: number, high: number, count: number): number[] {
  vm.charge(BAR_BYTES * Math.max(0, count));
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = (to - from) / count;
  return Array.from({ length: count + 1 }, (_, at) => (at === count ? to : from + at * step));
}

function edgesOf(sets: readonly (readonly number[])[], bins: Value | undefined, range: Value | undefined): number[] {
  const all = sets.flat().filter(Number.isFinite);
  if (typeof bins === 'string') {
    const { attrs } = vm.import('numpy');
    const edges = attrs.get('histogram_bin_edges');
    if (edges === undefined) throw new Unsupported(`hist(bins='${bins}')`, 'say how many bins there are');
    return numbersOf(call(edges, [arrayOf(all), bins, ...(range === undefined ? [] : [range])]));
  }
  if (bins !== undefined && bins !== null && isSequence(bins)) return numbersOf(bins);
  const [low, high] =
    range === undefined || range === null
      ? [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)]
      : pairOf(range);
  return equalEdges(low, high, Math.trunc(toFloat(bins ?? 10)));
}

function countsOf(
  values: readonly number[],
  weights: readonly number[] | undefined,
  edges: readonly number[],
): number[] {
  const counts = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
  vm.step((values.length * edges.length) >> 3);
  for (const [nth, value] of values.entries()) {
    const last = edges.length - 1;
    if (!(value >= edges[0]! && value <= edges[last]!)) continue;
    let at = edges.findIndex(edge => edge > value) - 1;
    if (at < 0) at = last - 1;
    counts[at]! += weights?.[nth] ?? 1;
  }
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function cumulated(values: readonly number[], backwards: boolean): number[] {
  const all = backwards ? [...values].reverse() : [...values];
  let total = 0;
  const sums = all.map(value => (total += value));
  return backwards ? sums.reverse() : sums;
}

function textsOf(value: Value | undefined, count: number): (string | undefined)[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string' || !isSequence(value)) return [str(value)];
  return listOf(value)
    .slice(0, count)
    .map(one => str(one));
}

function colorsFor(axes: PyAxes, given: Value | undefined, count: number): readonly Color[] {
  if (given === undefined || given === null) return Array.from({ length: count }, () => nextColor(axes));
  const colors = isOneColor(given) ? [colorsOf(given)[0]!] : colorsOf(given);
  if (colors.length !== count)
    throw raise(
      'ValueError',
      `The 'color' keyword argument must have one color per dataset, but ${count} datasets and ${colors.length} colors were provided`,
    );
  return colors;
}

/** How high the bars of each set stand: counts or densities, each set upon those before it where they are stacked. */
function topsOf(
  counts: readonly number[][],
  widths: readonly number[],
  density: boolean,
  stacked: boolean,
): number[][] {
  const densities = (some: readonly number[], total: number) => some.map((count, at) => count / widths[at]! / total);
  if (!stacked) return counts.map(some => (density ? densities(some, sum(some)) : some));
  const tops = [...counts];
  for (let at = 1; at < tops.length; at++) tops[at] = tops[at]!.map((count, bin) => count + tops[at - 1]![bin]!);
  const total = sum(tops.at(-1)!);
  return density ? tops.map(some => densities(some, total)) : tops;
}

/** The same as `cumulative` has them: up to each bin, or from it on where that is negative. */
function cumulatedTops(
  tops: number[][],
  widths: readonly number[],
  density: boolean,
  cumulative: Value | undefined,
): number[][] {
  if (cumulative === undefined || cumulative === null) return tops;
  const direction = typeof cumulative === 'boolean' ? Number(cumulative) : toFloat(cumulative);
  if (direction === 0) return tops;
  return tops.map(some => cumulated(density ? some.map((one, at) => one * widths[at]!) : some, direction < 0));
}

function histogram(axes: PyAxes, data: Value, bins: Value | undefined, keywords: Keywords): PyTuple {
  const options = new Options(keywords);
  const sets = setsOf(data);
  const edges = edgesOf(sets, bins, options.take('range'));
  const widths = edges.slice(1).map((edge, at) => edge - edges[at]!);
  const type = options.text('bar', 'histtype');
  const outlined = type.startsWith('step');
  const stacked = options.flag(false, 'stacked') || type === 'barstacked';
  const density = options.flag(false, 'density');
  const weights = options.take('weights');
  if (sets.length > 1 && weights !== undefined && weights !== null)
    throw new Unsupported('hist(weights=…) of several sets');
  if (outlined && sets.length > 1 && stacked) throw new Unsupported(`hist(stacked=True, histtype='${type}')`);
  const weighted = weights === undefined || weights === null ? undefined : numbersOf(weights);
  const counts = sets.map(set => countsOf(set, weighted, edges));
  const tops = cumulatedTops(topsOf(counts, widths, density, stacked), widths, density, options.take('cumulative'));
  const given = options.take('rwidth');
  const part =
    given === undefined || given === null
      ? tops.length > 1 && !stacked
        ? 0.8
        : 1
      : Math.min(1, Math.max(0, toFloat(given)));
  const horizontal = options.text('vertical', 'orientation') === 'horizontal';
  const align = options.text('mid', 'align');
  const shift = align === 'mid' ? 0.5 : align === 'right' ? 1 : 0;
  const labels = textsOf(options.take('label'), sets.length);
  const colors = colorsFor(axes, options.take('color', 'facecolor', 'fc'), sets.length);
  const edge = options.take('edgecolor', 'ec');
  const count = outlined || stacked ? 1 : tops.length;
  const fill = options.take('fill');
  const drawn = outlined ? 1 : part;
  // In the steps in which matplotlib adds them, so that they are rounded alike.
  let offsets = widths.map(width => -0.5 * drawn * width * (1 - 1 / count) + shift * width);
  const containers = tops.map((top, nth): PyBarContainer => {
    const below = stacked ? (tops[nth - 1] ?? top.map(() => 0)) : top.map(() => 0);
    const thick = widths.map(width => (drawn * width) / count);
    const middles = offsets.map((offset, at) => edges[at]! + offset);
    if (count > 1) offsets = offsets.map((offset, at) => offset + thick[at]!);
    const look = new Map<string, Value>(options.rest());
    const isEmpty = type === 'step' || fill === false;
    look.set('color', isEmpty ? 'none' : colors[nth]!);
    const outline = edge ?? (type === 'step' ? colors[nth]! : undefined);
    if (outline !== undefined && outline !== null) look.set('edgecolor', outline);
    const label = labels[nth];
    if (label !== undefined) look.set('label', label);
    const made = bars(
      axes,
      horizontal,
      new PyList(middles),
      new PyList(top.map((value, at) => value - below[at]!)),
      new PyList(thick),
      new PyList(below),
      look,
    );
    const artist = made.artist.edit();
    // The label of a histogram is one of its bars', which stand among the other artists.
    if (artist.kind === 'bars') {
      delete artist.contained;
      if (outlined) artist.outlined = true;
    }
    return made;
  });
  if (containers.length === 1) return new PyTuple([arrayOf(tops[0]!), arrayOf(edges), containers[0]!]);
  const matrix = call(getAttribute(vm.import('numpy'), 'array'), [new PyList(tops.map(top => new PyList(top)))]);
  return new PyTuple([matrix, arrayOf(edges), new PyList(containers)]);
}

/** Methods of `Axes`, by signature. */
export const HISTOGRAM_METHODS: Readonly<Record<string, NativeBody>> = {
  'hist(x, bins=None, **kwargs)': histogram,
};
