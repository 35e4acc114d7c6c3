/** Limits of axes, and what `axis()` makes of them. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyTuple, type Value } from '../../python/runtime/objects';
import { call, callMethod, listOf, str } from '../../python/runtime/operations';
import { PyUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { axisLimits, sharers } from './limits';
import type { Scale } from './model';
import type { PyAxes } from './objects';
import { isDate, numberOf, numbersOf, Options } from './options';
import { axisTicks } from './ticks';

type Keywords = ReadonlyMap<string, Value>;
type Side = 'x' | 'y';

/** Writes the texts of the ticks for formatters that the chapter wrote itself. */
export function finish(axes: PyAxes): void {
  for (const [side, formatter] of axes.formatters) {
    const at = axisTicks(axes.figure.model, axes.index, side).ticks;
    const texts = at.map((value, index) => str(call(formatter, [value, BigInt(index)])));
    axes.edit()[side].format = { kind: 'format', at, texts };
  }
}

/** `set_xlim(low, high)`, with `None` and left-out ends kept. */
export function setLimits(
  axes: PyAxes,
  side: Side,
  first: Value | undefined,
  second: Value | undefined,
  keywords: Keywords,
): PyTuple {
  const options = new Options(keywords);
  let low = first;
  let high = second;
  if (low !== undefined && low !== null && typeof low === 'object' && high === undefined) {
    const [from, to] = listOf(low);
    low = from;
    high = to;
  }
  low ??= options.take(side === 'x' ? 'left' : 'bottom', `${side}min`);
  high ??= options.take(side === 'x' ? 'right' : 'top', `${side}max`);
  options.done(axes, 'Axes');
  const axis = axes.edit()[side];
  if (isDate(low) || isDate(high)) axis.dates = true;
  const kept = axis.limits ?? [Number.NaN, Number.NaN];
  let from = low === undefined || low === null ? kept[0] : numberOf(low);
  let to = high === undefined || high === null ? kept[1] : numberOf(high);
  axis.inverted = from > to;
  if (axis.inverted) [from, to] = [to, from];
  axis.limits = [from, to];
  finish(axes);
  const automatic =
    Number.isNaN(from + to) && isExact(axes, side) ? axisLimits(axes.figure.model, axes.index, side) : [];
  return new PyTuple([from, to].map((one, at) => (Number.isNaN(one) ? (automatic[at] ?? automaticLimit(side)) : one)));
}

/** A limit that nobody has set: nothing is told of it, unless somebody uses it. */
function automaticLimit(side: Side): PyUnknown {
  const subject = `automatic limits of the ${side} axis`;
  const message = `${subject} are not supported by Reckoner: set them first, with set_${side}lim`;
  return new PyUnknown({ kind: 'unsupported', subject, message, file: vm.file, span: { start: 0, end: 0 } });
}

/** The axes that share an axis with these, themselves among them: they have one scale, one locator and one formatter. */
export function sharing(axes: PyAxes, side: Side): PyAxes[] {
  axes.edit();
  const group = sharers(axes.figure.model, axes.index, side);
  return axes.figure.axes.filter(({ model }) => group.includes(model));
}

/** Gives an axis a scale, and all that share it. */
export function giveScale(axes: PyAxes, side: Side, scale: Scale): void {
  for (const one of sharing(axes, side)) one.edit()[side].scale = scale;
}

const USUAL_MARGIN = 0.05;

/**
 * Whether automatic limits are matplotlib's to the last digit: of numbers on a linear axis, by lines, points, areas, and bars that stand
 * on zero; what it makes of others goes through transformations, which round.
 */
function isExact({ figure, index, model }: PyAxes, side: Side): boolean {
  const axis = model[side];
  const { axes } = figure.model;
  const isAlone = axes.every(
    (one, at) => at === index || (one.twin?.of !== index && [one.shareX, one.shareY].every(shared => shared !== index)),
  );
  if (!isAlone || model.twin !== undefined || [model.shareX, model.shareY].some(at => at !== undefined && at !== index))
    return false;
  if (axis.scale.kind !== 'linear' || axis.dates === true || model.aspect !== undefined) return false;
  const isDrawn = model.artists.some(({ kind }) => kind !== 'text' && kind !== 'rule');
  const isUntouched = model.artists.length === 0 && axis.margin === USUAL_MARGIN;
  if (!isDrawn) return isUntouched;
  return model.artists.every(artist => {
    switch (artist.kind) {
      case 'line':
      case 'points':
      case 'area':
      case 'text':
        return artist.room === undefined;
      case 'rule':
        return artist.axis !== side;
      case 'bars':
        return artist.horizontal === (side === 'x') && artist.boxes.every(box => box[side === 'x' ? 0 : 1] === 0);
      default:
        return false;
    }
  });
}

/** The limits of an axis as `axis()` returns them. */
function shownLimits(axes: PyAxes, side: Side): readonly Value[] {
  const { limits } = axes.model[side];
  const isSet = limits?.every(one => !Number.isNaN(one)) === true;
  return isSet ? getLimits(axes, side).items : [automaticLimit(side), automaticLimit(side)];
}

export function getLimits(axes: PyAxes, side: Side): PyTuple {
  const { limits, inverted } = axes.model[side];
  const isSet = limits?.every(limit => !Number.isNaN(limit)) === true;
  if (!isSet && !isExact(axes, side))
    throw new Unsupported(`Axes.get_${side}lim of automatic limits`, `set them first, with set_${side}lim`);
  const shown = isSet
    ? inverted
      ? [limits[1], limits[0]]
      : [...limits]
    : axisLimits(axes.figure.model, axes.index, side);
  return new PyTuple(shown.map(one => callMethod(vm.import('numpy'), 'float64', one)));
}

/** Limits are made for all that is there, at once or with what is still to come. */
export function asksForLimits(axes: PyAxes, waits: boolean): null {
  const model = axes.edit();
  model.asked = { at: model.artists.length, waits };
  return null;
}

/** Makes the limits of both axes as far apart, from their lower ends on. */
function makeSquare(axes: PyAxes): void {
  const { figure, index } = axes;
  const [x, y] = [axisLimits(figure.model, index, 'x'), axisLimits(figure.model, index, 'y')];
  const edge = Math.max(x[1] - x[0], y[1] - y[0]);
  const model = axes.edit();
  model.x.limits = [x[0], x[0] + edge];
  model.y.limits = [y[0], y[0] + edge];
}

/** `axis(mode)`, and what it returns. */
export function axisMode(axes: PyAxes, mode: Value | undefined, keywords: Keywords): PyTuple {
  if (mode === undefined && keywords.size === 0)
    return new PyTuple([...getLimits(axes, 'x').items, ...getLimits(axes, 'y').items]);
  for (const name of keywords.keys())
    if (!/^(?:[xy](?:min|max)|emit)$/.test(name))
      throw raise('TypeError', `axis() got an unexpected keyword argument '${name}'`);
  const options = new Options(keywords);
  for (const side of ['x', 'y'] as const)
    if (options.has(`${side}min`) || options.has(`${side}max`))
      setLimits(axes, side, options.take(`${side}min`), options.take(`${side}max`), new Map());
  setMode(axes, mode);
  return new PyTuple([...shownLimits(axes, 'x'), ...shownLimits(axes, 'y')]);
}

/** A mode by its name or as a truth value, or the limits of both axes. */
function setMode(axes: PyAxes, mode: Value | undefined): void {
  const model = axes.edit();
  if (mode === 'off' || mode === false) model.visible = false;
  else if (mode === 'on' || mode === true) model.visible = true;
  else if (mode === 'equal' || mode === 'scaled' || mode === 'square' || mode === 'image') {
    asksForLimits(axes, false);
    model.aspect = 1;
    if (mode === 'equal') model.isWidened = true;
    else delete model.isWidened;
    if (mode === 'square') makeSquare(axes);
  } else if (mode === 'tight') {
    model.x.margin = 0;
    model.y.margin = 0;
    asksForLimits(axes, false);
  } else if (mode === 'auto' || mode === undefined || mode === null) {
    if (mode === 'auto') delete model.aspect;
  } else if (typeof mode === 'string')
    throw raise('ValueError', `Unrecognized string '${mode}' to axis; try 'on' or 'off'`);
  else {
    const values = numbersOf(mode);
    setLimits(axes, 'x', values[0] ?? null, values[1] ?? null, new Map());
    setLimits(axes, 'y', values[2] ?? null, values[3] ?? null, new Map());
  }
}
