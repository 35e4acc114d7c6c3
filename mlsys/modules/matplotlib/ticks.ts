/** The ticks of an axis as matplotlib places and writes them: by its locator and formatter, in the room that it has. */

import { lengthOf } from './arrangement';
import { autoDateTexts, conciseDateTexts, dateTexts, dateTicks } from './dates';
import { axisLimits, dataExtent, scaled } from './limits';
import { AUTO_STEPS, evenly, fixed, multiples, niceTicks, powers, symmetricPowers } from './locators';
import type { AxesModel, AxisModel, FigureModel, Numbers, TickLocator } from './model';
import { engineeringTexts, percentTexts, powerTexts, scalarTexts, type TickTexts } from './tickTexts';

export interface AxisTicks {
  /** In drawing direction: an inverted axis has the larger one first. */
  readonly limits: readonly [number, number];
  readonly ticks: Numbers;
  /** One a tick; empty for one without a text. */
  readonly labels: readonly string[];
  readonly minor: Numbers;
  readonly minorLabels: readonly string[];
  /** What the labels leave out: `1e6`, `+1e3`. */
  readonly offset: string;
}

type Side = 'x' | 'y';

/** The axes whose locator an axis has: of shared ones that of the first. */
function locating(figure: FigureModel, at: number, side: Side): number {
  const { shareX, shareY } = figure.axes[at]!;
  const shared = side === 'x' ? shareX : shareY;
  return shared === undefined || shared === at ? at : locating(figure, shared, side);
}

/** Width and height of an axes in points, where matplotlib puts it. */
export function axesSize(figure: FigureModel, at: number): { readonly x: number; readonly y: number } {
  const axes = figure.axes[at]!;
  const lengthAlong = (along: Side) => lengthOf(figure, axes, along, firstTexts(figure));
  const [width, height] = [lengthAlong('x'), lengthAlong('y')];
  if (axes.polar !== undefined) {
    const length = Math.min(width, height);
    return { x: length, y: length };
  }
  if (axes.aspect === undefined || axes.isWidened === true) return { x: width, y: height };
  const [x, y] = [axisLimits(figure, at, 'x'), axisLimits(figure, at, 'y')];
  const shape = (axes.aspect * Math.abs(y[1] - y[0])) / Math.abs(x[1] - x[0]);
  return width * shape <= height ? { x: width, y: width * shape } : { x: height / shape, y: height };
}

/** How many labels an axis has room for, by matplotlib's measure. */
function spaceOf(figure: FigureModel, at: number, side: Side): number {
  const length = axesSize(figure, at)[side];
  const { size } = figure.axes[at]![side].tickStyle;
  return size > 0 ? Math.floor(length / (size * (side === 'x' ? 3 : 2))) : 1000;
}

/** The texts of ticks in the usual arrangement, which others measure. */
function firstTexts(figure: FigureModel): (axes: AxesModel, side: Side) => readonly string[] {
  const usual = { ...figure };
  delete usual.arrangement;
  return (axes, side) => axisTicks(usual, figure.axes.indexOf(axes), side).labels;
}

/**
 * Limits as they are shown: where these give way to the aspect (`axis('equal')`), matplotlib widens one of the two when it draws,
 * by the box that the axes has.
 */
function shownLimits(figure: FigureModel, at: number, side: Side): [number, number] {
  const axes = figure.axes[at]!;
  const own = axisLimits(figure, at, side);
  const isPlain = [axes.x, axes.y].every(({ scale }) => scale.kind === 'linear');
  if (axes.isWidened !== true || axes.aspect === undefined || !isPlain || axes.polar !== undefined) return own;
  const sides = { x: axisLimits(figure, at, 'x'), y: axisLimits(figure, at, 'y') };
  const size = (one: Side) => Math.max(Math.abs(sides[one][1] - sides[one][0]), 1e-30);
  const [width, height] = [size('x'), size('y')];
  const length = (along: Side) => lengthOf(figure, axes, along, firstTexts(figure));
  const ratio = length('y') / length('x') / axes.aspect;
  const missing = (ratio * width) / height - 1;
  if (Math.abs(missing) < 0.005) return own;
  const data = (one: Side) => {
    const [low, high] = dataExtent(axes, one);
    return 1.05 * (high - low);
  };
  const [wide, high] = [data('x'), data('y')];
  const fits = width > wide && height > high;
  const widensY = fits ? (ratio * width > high && missing < 0) || (height / ratio < wide && missing > 0) : missing > 0;
  if (widensY !== (side === 'y')) return own;
  const middle = (own[0] + own[1]) / 2;
  const half = (side === 'y' ? ratio * width : height / ratio) / 2;
  return own[0] <= own[1] ? [middle - half, middle + half] : [middle + half, middle - half];
}

/** Ticks of the automatic locator in so much room. */
export function automaticTicks(low: number, high: number, space: number): number[] {
  return niceTicks(low, high, { bins: Math.max(1, Math.min(9, space)), steps: AUTO_STEPS });
}

type Located = Pick<AxisModel, 'scale' | 'locator' | 'ticks' | 'categories' | 'dates'>;

/** The locator of an axis of dates that names none. */
const AUTO_DATES = { kind: 'dates', fewest: 5 } as const;

/** All that the locator of an axis gives, some of it outside of the limits. */
function located(axis: Located, [low, high]: readonly [number, number], space: number): Numbers {
  const { locator, scale } = axis;
  if (axis.ticks !== undefined) return axis.ticks;
  if (axis.categories !== undefined && locator === undefined) return axis.categories.map((_, at) => at);
  switch (locator?.kind) {
    case 'multiple':
      return multiples(low, high, locator.base, locator.offset);
    case 'count':
      return niceTicks(low, high, { ...locator, bins: locator.count ?? Math.max(1, Math.min(9, space)) });
    case 'even':
      return evenly(low, high, locator.count);
    case 'log':
      return powers(low, high, { base: locator.base, space, ...(locator.subs && { subs: locator.subs }) });
    case 'fixed':
      return fixed(locator.at, locator.bins);
    case 'date':
    case 'dates':
      return dateTicks(locator, low, high);
    default:
  }
  if (axis.dates === true) return dateTicks(AUTO_DATES, low, high);
  if (scale.kind === 'log') return powers(low, high, { base: scale.base, space });
  if (scale.kind === 'symlog') return symmetricPowers(low, high, scale.base, scale.threshold ?? 2);
  return automaticTicks(low, high, space);
}

function minorTicks(axis: AxisModel, limits: readonly [number, number], space: number, major: Numbers): Numbers {
  const { minor, scale } = axis;
  if (minor?.kind === 'none') return [];
  const [low, high] = limits;
  if (minor?.kind === 'split' && scale.kind === 'linear') return between(major, limits, minor.parts);
  if (minor !== undefined && minor.kind !== 'split') return located({ scale, locator: minor }, limits, space);
  return scale.kind === 'log' ? powers(low, high, { base: scale.base, space, isMinor: true }) : [];
}

/** `AutoMinorLocator`. */
function between(major: Numbers, [low, high]: readonly [number, number], parts: number | undefined): Numbers {
  if (major.length < 2) return [];
  const step = major[1]! - major[0]!;
  const mantissa = 10 ** (((Math.log10(step) % 1) + 1) % 1);
  const isFive = [1, 2.5, 5, 10].some(one => Math.abs(mantissa - one) < 1e-5 * one);
  const small = step / (parts ?? (isFive ? 5 : 4));
  const [from, to] = [Math.round((low - major[0]!) / small), Math.round((high - major[0]!) / small)];
  return to - from > 1000 ? [] : Array.from({ length: to - from + 1 }, (_, at) => (from + at) * small + major[0]!);
}

/** True for values between the limits, within what rounding leaves. */
function isWithin(axis: AxisModel, [low, high]: readonly [number, number]): (value: number) => boolean {
  const [from, to] = [scaled(axis.scale, low), scaled(axis.scale, high)];
  const slack = 1e-10 * (to - from);
  return value => {
    const at = scaled(axis.scale, value);
    return from - slack <= at && at <= to + slack;
  };
}

/** The ticks of an axis of a figure, those that are seen. */
export function axisTicks(figure: FigureModel, at: number, side: Side): AxisTicks {
  const axis = figure.axes[at]![side];
  const limits = shownLimits(figure, at, side);
  if (figure.axes[at]!.polar !== undefined && side === 'x') return angleTicks(axis, limits);
  const view: readonly [number, number] = limits[0] <= limits[1] ? limits : [limits[1], limits[0]];
  const space = spaceOf(figure, locating(figure, at, side), side);
  const all = located(axis, view, space);
  const { texts, offset } = textsOf(axis, all, view);
  const isWithinView = isWithin(axis, view);
  const isPolar = figure.axes[at]!.polar !== undefined;
  const isSeen = (tick: number) => isWithinView(tick) && !(isPolar && axis.ticks === undefined && tick <= view[0]);
  const seen = all.flatMap((tick, index) => (isSeen(tick) ? [index] : []));
  const ticks = seen.map(index => all[index]!);
  const step = (scaled(axis.scale, view[1]) - scaled(axis.scale, view[0])) * 1e-6;
  const covered = (value: number) =>
    ticks.some(tick => Math.abs(scaled(axis.scale, tick) - scaled(axis.scale, value)) <= step);
  const minor = minorTicks(axis, view, space, ticks).filter(tick => isSeen(tick) && !covered(tick));
  return {
    limits,
    ticks,
    labels: seen.map(index => texts[index] ?? ''),
    minor,
    minorLabels:
      axis.scale.kind !== 'log' || axis.minorFormat === 'null'
        ? minor.map(() => '')
        : powerTexts(minor, view, axis.scale),
    offset,
  };
}

/** Angles, in radians and written in degrees. */
function angleTicks(axis: AxisModel, limits: readonly [number, number]): AxisTicks {
  const ticks = axis.ticks ?? Array.from({ length: 8 }, (_, at) => (at * Math.PI) / 4);
  const own = axis.tickLabels;
  const labels = ticks.map((tick, at) => own?.[at] ?? (own ? '' : `${Number(((tick * 180) / Math.PI).toFixed(6))}°`));
  return { limits, ticks, labels, minor: [], minorLabels: [], offset: '' };
}

function textsOf(axis: AxisModel, ticks: Numbers, view: readonly [number, number]): TickTexts {
  const { format, tickLabels, categories, scale } = axis;
  if (tickLabels !== undefined) {
    const places = axis.ticks ?? ticks;
    const texts = ticks.map((tick, at) => tickLabels[axis.ticks === undefined ? at : places.indexOf(tick)] ?? '');
    return { texts, offset: '' };
  }
  if (categories !== undefined && format === undefined)
    return { texts: ticks.map(tick => categories[tick] ?? ''), offset: '' };
  switch (format?.kind) {
    case 'null':
      return { texts: ticks.map(() => ''), offset: '' };
    case 'format': {
      const { at, texts = [] } = format;
      return {
        texts: ticks.map((tick, index) => texts[at === undefined ? index : nearest(at, tick)] ?? ''),
        offset: '',
      };
    }
    case 'percent':
      return { texts: percentTexts(ticks, view, format), offset: '' };
    case 'engineering':
      return { texts: engineeringTexts(ticks, format), offset: '' };
    case 'scalar':
      return scalarTexts(ticks, view, format);
    case 'date':
      return { texts: dateTexts(ticks, format.text ?? ''), offset: '' };
    case 'dates':
      return { texts: autoDateTexts(ticks, dateLocator(format.of), ...view), offset: '' };
    case 'concise': {
      const { texts, offset } = conciseDateTexts(ticks);
      return { texts, offset: format.showsOffset === false ? '' : offset };
    }
    default:
      // matplotlib's own formatter of dates asks the locator that it came with, which other ticks leave at years.
      if (axis.dates === true) {
        const isOwn = axis.locator === undefined && axis.ticks === undefined;
        return { texts: autoDateTexts(ticks, isOwn ? AUTO_DATES : undefined, ...view), offset: '' };
      }
      return scale.kind === 'linear' ? scalarTexts(ticks, view) : { texts: powerTexts(ticks, view, scale), offset: '' };
  }
}

function dateLocator(locator: TickLocator | undefined): Extract<TickLocator, { kind: 'date' | 'dates' }> | undefined {
  return locator?.kind === 'date' || locator?.kind === 'dates' ? locator : undefined;
}

function nearest(places: Numbers, tick: number): number {
  let best = 0;
  places.forEach((place, at) => {
    if (Math.abs(place - tick) < Math.abs(places[best]! - tick)) best = at;
  });
  return Math.abs((places[best] ?? Number.NaN) - tick) <= Math.abs(tick) * 1e-6 + 1e-12 ? best : -1;
}
