/**
 * Where ticks stand, by the rules of matplotlib's locators (3.10), operation by operation: a tick more or less changes what a
 * reader reads off an axis.
 */
import type { Numbers } from './model';

/** Python's `divmod` of floats. */
function divmod(value: number, step: number): [quotient: number, rest: number] {
  let rest = value % step;
  if (rest !== 0 && rest < 0 !== step < 0) rest += step;
  const quotient = (value - rest) / step;
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, rest];
}

/** Whole numbers of steps below and above a value, within what rounding leaves; `offset` was taken off the values. */
class Edges {
  readonly #step: number;
  readonly #offset: number;

  constructor(step: number, offset: number) {
    this.#step = step;
    this.#offset = Math.abs(offset);
  }

  #isClose(steps: number, edge: number): boolean {
    let tolerance = 1e-10;
    if (this.#offset > 0) {
      const digits = Math.log10(this.#offset / this.#step);
      tolerance = Math.min(0.4999, Math.max(1e-10, 10 ** (digits - 12)));
    }
    return Math.abs(steps - edge) < tolerance;
  }

  below(value: number): number {
    const [steps, rest] = divmod(value, this.#step);
    return this.#isClose(rest / this.#step, 1) ? steps + 1 : steps;
  }

  above(value: number): number {
    const [steps, rest] = divmod(value, this.#step);
    return this.#isClose(rest / this.#step, 0) ? steps : steps + 1;
  }
}

/** Two ends that lie apart: what a single value becomes. */
export function nonsingular(low: number, high: number, expander: number, tiny = 1e-15): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [-expander, expander];
  const [from, to] = low <= high ? [low, high] : [high, low];
  const largest = Math.max(Math.abs(from), Math.abs(to));
  if (largest < (1e6 / tiny) * Number.MIN_VALUE) return [-expander, expander];
  if (to - from > largest * tiny) return [from, to];
  if (to === 0 && from === 0) return [-expander, expander];
  return [from - expander * Math.abs(from), to + expander * Math.abs(to)];
}

export interface NiceOptions {
  /** Most intervals. */
  readonly bins: number;
  /** Steps between 1 and 10. */
  readonly steps?: Numbers;
  readonly integer?: boolean;
  readonly fewest?: number;
  readonly prune?: string;
}

/** Steps of automatic ticks, and of a `MaxNLocator` that names none. */
export const AUTO_STEPS: Numbers = [1, 2, 2.5, 5, 10];
const ALL_STEPS: Numbers = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** `MaxNLocator`: multiples of a nice step, from the one below the lower limit to the one above the upper one. */
export function niceTicks(low: number, high: number, options: NiceOptions): number[] {
  const { bins, steps: given = ALL_STEPS, integer = false, fewest = 2, prune } = options;
  const [from, to] = nonsingular(low, high, 1e-13, 1e-14);
  const { scale, offset } = scaleOf(from, to, bins);
  const [start, end] = [from - offset, to - offset];
  const staircase = [...given.slice(0, -1).map(step => 0.1 * step), ...given, 10 * given[1]!];
  const steps = staircase
    .map(step => step * scale)
    .filter(step => !integer || step < 1 || Math.abs(step - Math.round(step)) < 0.001);
  const raw = (end - start) / bins;
  const first = steps.findIndex(step => step >= raw);
  let ticks: number[] = [];
  for (let at = first < 0 ? steps.length - 1 : first; at >= 0; at--) {
    let step = steps[at]!;
    if (integer && Math.floor(end) - Math.ceil(start) >= fewest - 1) step = Math.max(1, step);
    const base = divmod(start, step)[0] * step;
    const edges = new Edges(step, offset);
    const [least, most] = [edges.below(start - base), edges.above(end - base)];
    if (most - least > MOST_TICKS) return [];
    ticks = Array.from({ length: most - least + 1 }, (_, index) => (least + index) * step + base);
    if (ticks.filter(tick => tick <= end && tick >= start).length >= fewest) break;
  }
  const found = ticks.map(tick => tick + offset);
  if (prune === 'lower') return found.slice(1);
  if (prune === 'upper') return found.slice(0, -1);
  return prune === 'both' ? found.slice(1, -1) : found;
}

const MOST_TICKS = 1000;

function scaleOf(low: number, high: number, bins: number): { readonly scale: number; readonly offset: number } {
  const span = Math.abs(high - low);
  const mean = (high + low) / 2;
  const offset = Math.abs(mean) / span < 100 ? 0 : Math.sign(mean) * 10 ** Math.floor(Math.log10(Math.abs(mean)));
  return { scale: 10 ** Math.floor(Math.log10(span / bins)), offset };
}

/** `MultipleLocator`. */
export function multiples(low: number, high: number, step: number, offset = 0): number[] {
  const start = new Edges(step, 0).above(low - offset) * step;
  const count = Math.floor((high - offset - start + 0.001 * step) / step);
  if (count > MOST_TICKS) return [];
  return Array.from({ length: Math.max(0, count + 3) }, (_, at) => start - step + at * step + offset);
}

/** `LinearLocator`. */
export function evenly(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => (count === 1 ? low : low + ((high - low) * at) / (count - 1)));
}

const log = (value: number, base: number) =>
  base === 10 ? Math.log10(value) : base === 2 ? Math.log2(value) : Math.log(value) / Math.log(base);

/** `LogLocator` with the parts `subs` of each power; undefined for those between two powers: its minor ticks. */
export function powers(low: number, high: number, { base, space, subs = [1], isMinor = false }: LogOptions): number[] {
  if (!(low > 0) || !(high > 0)) return [];
  const room = Math.max(2, Math.min(9, space));
  const [from, to] = [log(low, base), log(high, base)];
  const decades = Math.floor(to) - Math.ceil(from);
  if (isMinor && (decades > 10 || base < 3)) return [];
  const parts = isMinor ? Array.from({ length: Math.ceil(base) - 2 }, (_, at) => at + 2) : subs;
  let stride = Math.floor(decades / room) + 1;
  if (stride >= decades) stride = Math.max(1, decades - 1);
  const isSplit = parts.length > 1 || parts[0] !== 1;
  const exponents: number[] = [];
  for (let at = Math.floor(from) - stride; at < Math.ceil(to) + 2 * stride; at += stride) exponents.push(at);
  if (isSplit && stride !== 1) return [];
  const ticks = exponents.flatMap(exponent => parts.map(part => part * base ** exponent));
  const inside = ticks.filter(tick => low <= tick && tick <= high).length;
  return parts.length > 1 && stride === 1 && inside <= 1
    ? niceTicks(low, high, { bins: Math.max(1, Math.min(9, space)), steps: AUTO_STEPS })
    : ticks;
}

export interface LogOptions {
  readonly base: number;
  /** How many labels there is room for. */
  readonly space: number;
  readonly subs?: Numbers;
  readonly isMinor?: boolean;
}

/** `SymmetricalLogLocator`. */
export function symmetricPowers(low: number, high: number, base: number, threshold: number): number[] {
  if (-threshold < low && high < threshold) return [low, high];
  const [isBelow, isAbove] = [low < -threshold, high > threshold];
  const isAround = (isBelow && high > -threshold) || (isAbove && low < threshold);
  const range = (from: number, to: number) => [Math.floor(log(from, base)), Math.ceil(log(to, base))] as const;
  const below = isBelow ? range(Math.abs(Math.min(-threshold, high)), Math.abs(low) + 1) : ([0, -1] as const);
  const above = isAbove ? range(Math.max(threshold, low), high + 1) : ([0, -1] as const);
  const total = below[1] - below[0] + above[1] - above[0] + (isAround ? 1 : 0);
  const stride = Math.max(Math.floor(total / 14), 1);
  const along = ([from, to]: readonly [number, number]) => {
    const found: number[] = [];
    for (let at = from; at < to; at += stride) found.push(base ** at);
    return found;
  };
  return [
    ...(isBelow
      ? along(below)
          .reverse()
          .map(value => -value)
      : []),
    ...(isAround ? [0] : []),
    ...(isAbove ? along(above) : []),
  ];
}

/** `FixedLocator` with at most `bins` intervals: every so many places, those with the place nearest to zero. */
export function fixed(at: Numbers, bins: number | undefined): Numbers {
  if (bins === undefined) return at;
  const step = Math.max(Math.ceil(at.length / Math.max(bins, 2)), 1);
  let best: Numbers = at.filter((_, index) => index % step === 0);
  const nearest = (places: Numbers) => Math.min(...places.map(Math.abs));
  for (let start = 1; start < step; start++) {
    const other = at.filter((_, index) => index % step === start);
    if (nearest(other) < nearest(best)) best = other;
  }
  return best;
}
