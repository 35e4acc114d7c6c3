/** What stands around the data: titles, labels, limits, scales, ticks, grid and spines. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { call, listOf, repr, str, toFloat, truth } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { asksForLimits, axisMode, finish, getLimits, giveScale, setLimits, sharing } from './axisLimits';
import { colorOf } from './color';
import { labelHandle, placesAsWritten, tickHandles, tickLabelHandles, tickLabelsOf } from './handles';
import { handlesAndLabels, legend } from './legends';
import { AUTO_STEPS } from './locators';
import type { AxesModel, AxisModel, Scale, TitlePlace } from './model';
import { type PyAxes, PyAxis, PyLegend, PySpines, PyTransform, SPINES, TITLE_PLACES } from './objects';
import { coordinates, dashes, fontOptions, isSequence, note, numbersOf, Options } from './options';
import { fontSize, rcText } from './rc';
import { describeFormatter, describeLocator } from './ticker';

type Keywords = ReadonlyMap<string, Value>;
type Side = 'x' | 'y';

export function setFormatter(axis: PyAxis, formatter: Value): void {
  const described = describeFormatter(formatter);
  for (const axes of sharing(axis.axes, axis.side)) {
    axes.formatters.delete(axis.side);
    if (described.kind === 'call') {
      axes.formatters.set(axis.side, described.function);
      finish(axes);
    } else axes.edit()[axis.side].format = described;
  }
}

function setText(
  axes: PyAxes,
  read: (model: AxesModel) => { style: AxisModel['labelStyle']; get: () => string; set: (text: string) => void },
  text: Value,
  keywords: Keywords,
  at: (model: AxesModel) => readonly [string, string],
): Value {
  const options = new Options(keywords);
  const target = read(axes.edit());
  target.set(typeof text === 'string' ? text : str(text));
  fontOptions(target.style, options);
  options.take('ha', 'horizontalalignment', 'va', 'verticalalignment', 'rotation', 'pad', 'labelpad', 'loc', 'y', 'x');
  for (const name of ['bbox', 'alpha']) if (options.take(name) !== undefined) note(axes, `${name}=`);
  options.done(axes, 'Text');
  const access = {
    get: () => read(axes.model).get(),
    set: (words: string) => read(axes.edit()).set(words),
    style: () => read(axes.edit()).style,
  };
  return labelHandle(access, ...at(axes.model));
}

function setLabel(axes: PyAxes, side: Side, text: Value, keywords: Keywords): Value {
  return setText(
    axes,
    model => ({
      style: model[side].labelStyle,
      get: () => model[side].label,
      set: value => {
        model[side].label = value;
      },
    }),
    text,
    keywords,
    () => (side === 'x' ? ['0.5', '0'] : ['0', '0.5']),
  );
}

function setScale(axes: PyAxes, side: Side, name: Value, keywords: Keywords): null {
  const options = new Options(keywords);
  const base = options.number(10, 'base', `base${side}`);
  const threshold = options.number(2, 'linthresh', `linthresh${side}`);
  const isMasked = options.take('nonpositive') === 'mask';
  for (const other of ['subs', 'linscale'])
    if ((options.take(other) ?? null) !== null) note(axes, `set_${side}scale(${other}=)`);
  options.done(axes, 'Scale');
  const kinds: Readonly<Record<string, Scale>> = {
    linear: { kind: 'linear', base: 10 },
    log: { kind: 'log', base, ...(isMasked ? { isMasked } : {}) },
    symlog: { kind: 'symlog', base, threshold },
  };
  const scale = typeof name === 'string' ? entryOf(kinds, name) : undefined;
  if (scale === undefined) {
    if (['logit', 'asinh', 'function', 'functionlog', 'mercator'].includes(name as string))
      throw new Unsupported(`the axis scale ${repr(name)}`);
    throw raise('ValueError', `${repr(name)} is not a valid value for scale`);
  }
  giveScale(axes, side, scale);
  if (scale.kind !== 'linear') asksForLimits(axes, false);
  finish(axes);
  return null;
}

/** Gives the ticks of an axis to those that share it. */
function shareTicks(axes: PyAxes, side: Side): void {
  const { ticks, tickLabels } = axes.edit()[side];
  for (const other of sharing(axes, side)) if (other !== axes) Object.assign(other.edit()[side], { ticks, tickLabels });
}

function setTicks(axes: PyAxes, side: Side, ticks: Value, labels: Value | undefined, keywords: Keywords): PyList {
  const options = new Options(keywords);
  const axis = axes.edit()[side];
  const minor = options.flag(false, 'minor');
  if (!minor) {
    // The texts of categories are places on their axis.
    axis.ticks = axis.categories === undefined ? numbersOf(ticks) : coordinates(ticks, () => axis);
    axes.tickPlaces.set(side, placesAsWritten(ticks));
    if (labels !== undefined && labels !== null) axis.tickLabels = listOf(labels).map(label => str(label));
    shareTicks(axes, side);
    axis.tickRotation = options.number(axis.tickRotation, 'rotation');
    fontOptions(axis.tickStyle, options);
  }
  options.take('ha', 'horizontalalignment', 'va', 'verticalalignment');
  options.done(axes, 'Text');
  finish(axes);
  return tickHandles(side, isSequence(ticks) ? listOf(ticks).length : 1);
}

function setTickLabels(axes: PyAxes, side: Side, labels: Value, keywords: Keywords): PyList {
  const options = new Options(keywords);
  const axis = axes.edit()[side];
  axis.tickLabels = listOf(labels).map(label => str(label));
  shareTicks(axes, side);
  axis.tickRotation = options.number(axis.tickRotation, 'rotation');
  fontOptions(axis.tickStyle, options);
  options.take('ha', 'horizontalalignment', 'va', 'verticalalignment', 'minor');
  options.done(axes, 'Text');
  return tickLabelHandles(side, axis.tickLabels, axes.tickPlaces.get(side));
}

function getTicks(axes: PyAxes, side: Side): PyList {
  const { ticks } = axes.model[side];
  if (ticks === undefined)
    throw new Unsupported(`Axes.get_${side}ticks of automatic ticks`, `set them first, with set_${side}ticks`);
  return new PyList([...ticks]);
}

function tickParams(axes: PyAxes, keywords: Keywords): null {
  const options = new Options(keywords);
  const which = options.text('both', 'axis');
  const model = axes.edit();
  const rotation = options.take('rotation', 'labelrotation');
  const size = options.take('labelsize');
  const color = options.take('labelcolor', 'colors');
  const shown = { bottom: options.take('labelbottom'), left: options.take('labelleft') };
  const marks = { bottom: options.take('bottom'), left: options.take('left') };
  const length = options.take('length');
  for (const side of ['x', 'y'] as const) {
    if (which !== 'both' && which !== side) continue;
    const axis = model[side];
    if (rotation !== undefined) axis.tickRotation = toFloat(rotation);
    if (size !== undefined) axis.tickStyle.size = fontSize(size);
    if (color !== undefined) axis.tickStyle.color = colorOf(color);
    const labels = side === 'x' ? shown.bottom : shown.left;
    if (labels !== undefined) axis.labelsVisible = truth(labels);
    const drawn = side === 'x' ? marks.bottom : marks.left;
    if (drawn !== undefined) axis.ticksVisible = truth(drawn);
    if (length !== undefined && toFloat(length) === 0) axis.ticksVisible = false;
  }
  for (const name of options.rest().keys()) note(axes, `tick_params(${name}=)`);
  return null;
}

function grid(axes: PyAxes, visible: Value | undefined, keywords: Keywords): null {
  const options = new Options(keywords);
  const which = options.text('major', 'which');
  const along = options.text('both', 'axis');
  const styled = options.rest().size > 0;
  const { grid: model } = axes.edit();
  const on = visible === undefined || visible === null ? styled || !(model.x || model.y) : truth(visible);
  if (which === 'minor' && !on) model.minor = false;
  else {
    if (along !== 'y') model.x = on;
    if (along !== 'x') model.y = on;
    if (on && which !== 'major') model.minor = true;
  }
  model.stroke.color = options.color(model.stroke.color, 'color', 'c');
  model.stroke.width = options.number(model.stroke.width, 'linewidth', 'lw');
  const style = options.take('linestyle', 'ls');
  if (style !== undefined) model.stroke.dash = dashes(style, model.stroke.width);
  model.alpha = options.number(model.alpha, 'alpha');
  options.take('zorder');
  options.done(axes, 'Line2D');
  return null;
}

/** The properties that `ax.set(xlabel=…)` takes, each as its setter. */
function setMany(axes: PyAxes, keywords: Keywords): PyList {
  for (const [name, value] of keywords) {
    const setter = axes.cls.lookup(`set_${name}`);
    if (setter === undefined) throw raise('AttributeError', `Axes.set() got an unexpected keyword argument '${name}'`);
    call(setter, [axes, value]);
  }
  return new PyList([]);
}

const bothSides = (
  make: (side: Side) => Readonly<Record<string, NativeBody>>,
): Readonly<Record<string, NativeBody>> => ({
  ...make('x'),
  ...make('y'),
});

function titlePlace(location: Value): TitlePlace {
  const place = typeof location === 'string' ? TITLE_PLACES.find(one => one === location.toLowerCase()) : undefined;
  if (place !== undefined) return place;
  if (typeof location !== 'string') throw new Unsupported('a place of a title that is no text');
  throw raise(
    'ValueError',
    `${repr(location.toLowerCase())} is not a valid value for loc; supported values are 'left', 'center', 'right'`,
  );
}

/** Methods of `Axes`, by signature. */
export const SETTING_METHODS: Readonly<Record<string, NativeBody>> = {
  ...bothSides(side => ({
    [`set_${side}label(label, **kwargs)`]: (axes, text, keywords) => setLabel(axes, side, text, keywords),
    [`get_${side}label()`]: (axes: PyAxes) => axes.model[side].label,
    [`set_${side}lim(_first=None, _second=None, **kwargs)`]: (axes, first, second, keywords) =>
      setLimits(axes, side, first, second, keywords),
    [`get_${side}lim()`]: axes => getLimits(axes, side),
    [`set_${side}bound(lower=None, upper=None)`]: (axes, low, high) => setLimits(axes, side, low, high, new Map()),
    [`set_${side}scale(value, **kwargs)`]: (axes, name, keywords) => setScale(axes, side, name, keywords),
    [`get_${side}scale()`]: (axes: PyAxes) => axes.model[side].scale.kind,
    [`set_${side}ticks(ticks, labels=None, **kwargs)`]: (axes, ticks, labels, keywords) =>
      setTicks(axes, side, ticks, labels, keywords),
    [`get_${side}ticks()`]: axes => getTicks(axes, side),
    [`set_${side}ticklabels(labels, **kwargs)`]: (axes, labels, keywords) =>
      setTickLabels(axes, side, labels, keywords),
    [`get_${side}ticklabels(**kwargs)`]: (axes: PyAxes) => tickLabelsOf(axes, side),
    [`invert_${side}axis()`]: (axes: PyAxes) => {
      const axis = axes.edit()[side];
      axis.inverted = !axis.inverted;
      return null;
    },
    [`set_${side}margin(m)`]: (axes: PyAxes, margin: Value) => {
      axes.edit()[side].margin = toFloat(margin);
      return asksForLimits(axes, true);
    },
    [`get_${side}axis()`]: (axes: PyAxes) => new PyAxis(axes, side),
  })),
  'set_title(label, fontdict=None, loc=None, **kwargs)': (axes: PyAxes, text, fonts, location, keywords: Keywords) => {
    const place = titlePlace(location ?? rcText('axes.titlelocation'));
    const all = fonts === undefined || fonts === null ? keywords : new Map([...keywords, ['fontdict', fonts as Value]]);
    return setText(
      axes,
      ({ titles: { [place]: title } }) => ({
        style: title.style,
        get: () => title.text,
        set: value => {
          title.text = value;
        },
      }),
      text,
      all,
      () => [{ left: '0.0', center: '0.5', right: '1.0' }[place], '1.0'],
    );
  },
  'get_title(loc="center")': (axes: PyAxes, location: Value | undefined) =>
    axes.model.titles[titlePlace(location ?? 'center')].text,
  'tick_params(axis="both", **kwargs)': (axes, axis, keywords: Keywords) =>
    tickParams(axes, axis === undefined ? keywords : new Map([...keywords, ['axis', axis as Value]])),
  'ticklabel_format(*, axis="both", style=None, scilimits=None, useOffset=None, useLocale=None, useMathText=None)': (
    axes: PyAxes,
    ...[along, style, powers, offset, locale, mathText]: (Value | undefined)[]
  ) => {
    const isGiven = (value: Value | undefined): value is NonNullable<Value> => value !== undefined && value !== null;
    const said = {
      ...(isGiven(style) && style !== '' ? { isPlain: style === 'plain' } : {}),
      ...(isGiven(powers) ? { powers: numbersOf(powers) as unknown as [number, number] } : {}),
      ...(isGiven(offset) ? { offset: typeof offset === 'boolean' ? offset : toFloat(offset) } : {}),
    };
    for (const side of ['x', 'y'] as const) {
      if ((along ?? 'both') !== 'both' && along !== side) continue;
      const axis = axes.edit()[side];
      const isScalar = axis.format === undefined || axis.format.kind === 'auto' || axis.format.kind === 'scalar';
      if (!isScalar || axis.scale.kind !== 'linear' || axis.categories !== undefined || axis.dates === true)
        note(axes, 'ticklabel_format');
      else axis.format = { ...axis.format, kind: 'scalar', ...said };
    }
    for (const [name, value] of Object.entries({ useLocale: locale, useMathText: mathText }))
      if (isGiven(value) && value !== false) note(axes, `ticklabel_format(${name}=)`);
    return null;
  },
  'locator_params(**kwargs)': (axes: PyAxes, keywords: Keywords) => {
    const count = keywords.get('nbins');
    if (count !== undefined && count !== null)
      for (const side of ['x', 'y'] as const)
        if ((keywords.get('axis') ?? 'both') === 'both' || keywords.get('axis') === side)
          axes.edit()[side].locator = { kind: 'count', count: toFloat(count), steps: AUTO_STEPS };
    return null;
  },
  'minorticks_on()': (axes: PyAxes) => {
    for (const side of ['x', 'y'] as const) {
      const axis = axes.edit()[side];
      if (axis.scale.kind === 'linear') axis.minor = { kind: 'split', parts: undefined };
      else delete axis.minor;
    }
    return null;
  },
  'minorticks_off()': (axes: PyAxes) => {
    for (const side of ['x', 'y'] as const) axes.edit()[side].minor = { kind: 'none' };
    return null;
  },
  'grid(visible=None, **kwargs)': grid,
  'axis(arg=None, **kwargs)': axisMode,
  'set_axis_off()': (axes: PyAxes) => {
    axes.edit().visible = false;
    return null;
  },
  'set_axis_on()': (axes: PyAxes) => {
    axes.edit().visible = true;
    return null;
  },
  'set_axisbelow(b)': () => null,
  'set_frame_on(b)': (axes: PyAxes, isOn: Value) => {
    const model = axes.edit();
    for (const side of SPINES) model.spines[side] = truth(isOn);
    if (!truth(isOn)) model.fill = 'none';
    return null;
  },
  'set_aspect(aspect, adjustable=None, anchor=None, share=False)': (
    axes: PyAxes,
    aspect: Value,
    adjustable: Value | undefined,
  ) => {
    const model = axes.edit();
    if (aspect === 'auto') delete model.aspect;
    else model.aspect = aspect === 'equal' ? 1 : toFloat(aspect);
    if (adjustable === 'box') delete model.isWidened;
    else if (adjustable === 'datalim') model.isWidened = true;
    return null;
  },
  'set_facecolor(color)': (axes: PyAxes, color: Value) => {
    axes.edit().fill = colorOf(color);
    return null;
  },
  'margins(*margins, x=None, y=None, tight=True)': (
    axes: PyAxes,
    margins: PyTuple,
    x: Value | undefined,
    y: Value | undefined,
  ) => {
    const isAsked = margins.items.length === 0 && (x ?? null) === null && (y ?? null) === null;
    if (isAsked) return new PyTuple([axes.model.x.margin, axes.model.y.margin]);
    const values = margins.items.map(toFloat);
    const model = axes.edit();
    const [first, second] = [values[0], values[1] ?? values[0]];
    if (x !== undefined && x !== null) model.x.margin = toFloat(x);
    else if (first !== undefined) model.x.margin = first;
    if (y !== undefined && y !== null) model.y.margin = toFloat(y);
    else if (second !== undefined) model.y.margin = second;
    return asksForLimits(axes, true);
  },
  'legend(*args, **kwargs)': legend,
  'get_legend()': (axes: PyAxes) => (axes.model.legend === undefined ? null : new PyLegend(axes)),
  'get_legend_handles_labels()': handlesAndLabels,
  'set(**kwargs)': setMany,
  'autoscale(**kwargs)': (axes: PyAxes) => asksForLimits(axes, true),
  'autoscale_view(**kwargs)': (axes: PyAxes) => asksForLimits(axes, false),
  ...Object.fromEntries(
    (['x', 'y'] as const).map(side => [`get_${side}axis_transform()`, () => new PyTransform(side)] as const),
  ),
  'relim()': () => null,
  'set_zorder(level)': () => null,
  'set_box_aspect(aspect=None)': (axes: PyAxes) => {
    note(axes, 'set_box_aspect');
    return null;
  },
};

/** Read-only attributes of `Axes`. */
export const AXES_PROPERTIES: Readonly<Record<string, (axes: PyAxes) => Value>> = {
  figure: axes => axes.figure,
  xaxis: axes => new PyAxis(axes, 'x'),
  yaxis: axes => new PyAxis(axes, 'y'),
  spines: axes => new PySpines(axes),
  transAxes: () => new PyTransform('axes'),
  transData: () => new PyTransform('data'),
  axes: axes => axes,
};

/** Methods of `Axis`, by signature. */
export const AXIS_METHODS: Readonly<Record<string, NativeBody>> = {
  'set_major_formatter(formatter)': (axis: PyAxis, formatter: Value) => {
    setFormatter(axis, formatter);
    return null;
  },
  'set_minor_formatter(formatter)': (axis: PyAxis, formatter: Value) => {
    if (describeFormatter(formatter).kind === 'null') axis.edit().minorFormat = 'null';
    else note(axis.axes, 'set_minor_formatter');
    return null;
  },
  'set_major_locator(locator)': (axis: PyAxis, locator: Value) => {
    const found = describeLocator(locator);
    for (const axes of sharing(axis.axes, axis.side)) {
      const model = axes.edit()[axis.side];
      delete model.ticks;
      delete model.locator;
      if (found.kind === 'none') model.locator = { kind: 'fixed', at: [] };
      else if (found.kind !== 'auto' && found.kind !== 'split') model.locator = found;
      finish(axes);
    }
    return null;
  },
  'set_minor_locator(locator)': (axis: PyAxis, locator: Value) => {
    const found = describeLocator(locator);
    if (found.kind !== 'auto') for (const axes of sharing(axis.axes, axis.side)) axes.edit()[axis.side].minor = found;
    return null;
  },
  'set_label_text(label, **kwargs)': (axis: PyAxis, text, keywords) => setLabel(axis.axes, axis.side, text, keywords),
  'set_ticks(ticks, labels=None, **kwargs)': (axis: PyAxis, ticks, labels, keywords) =>
    setTicks(axis.axes, axis.side, ticks, labels, keywords),
  'set_ticklabels(labels, **kwargs)': (axis: PyAxis, labels, keywords) =>
    setTickLabels(axis.axes, axis.side, labels, keywords),
  'set_visible(b)': (axis: PyAxis, visible: Value) => {
    axis.edit().visible = truth(visible);
    return null;
  },
  'set_tick_params(**kwargs)': (axis: PyAxis, keywords: Keywords) =>
    tickParams(axis.axes, new Map([...keywords, ['axis', axis.side]])),
  'tick_right()': (axis: PyAxis) => {
    axis.edit().side = 'right';
    return null;
  },
  'tick_left()': (axis: PyAxis) => {
    axis.edit().side = 'left';
    return null;
  },
  'tick_top()': (axis: PyAxis) => {
    axis.edit().side = 'top';
    return null;
  },
  'tick_bottom()': (axis: PyAxis) => {
    axis.edit().side = 'bottom';
    return null;
  },
  'set_label_position(position)': () => null,
  'set_ticks_position(position)': (axis: PyAxis, position: Value) => {
    if (position === 'left' || position === 'right' || position === 'top' || position === 'bottom')
      axis.edit().side = position;
    else if (position === 'none') axis.edit().ticksVisible = false;
    return null;
  },
  'set_inverted(inverted)': (axis: PyAxis, inverted: Value) => {
    axis.edit().inverted = truth(inverted);
    return null;
  },
  'grid(visible=None, **kwargs)': (axis: PyAxis, visible, keywords: Keywords) =>
    grid(axis.axes, visible, new Map([...keywords, ['axis', axis.side]])),
  'get_ticklabels(**kwargs)': (axis: PyAxis) => tickLabelsOf(axis.axes, axis.side),
  'get_major_ticks(**kwargs)': () => new PyList([]),
};
