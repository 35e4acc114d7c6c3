/** Reading the arguments of drawing calls: numbers in all their forms, keyword arguments with their short names. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, type PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { callMethod, listOf, repr, str, toFloat, truth, typeName } from '../../python/runtime/operations';
import { isUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { PyDate } from '../standard/datetime/date';
import { EPOCH } from '../standard/datetime/days';
import { PyDelta } from '../standard/datetime/delta';
import { PyMoment } from '../standard/datetime/moment';
import { colorOf } from './color';
import type { Artist, AxisModel, Color, Coords, Stroke, TextStyle } from './model';
import { dashOf, isBold, type PyAxes, type PyFigure, PyTransform } from './objects';
import { fontSize, pairsOf } from './rc';

/** True for what numpy sees as a sequence of values. */
export function isSequence(value: Value): value is PyObject {
  return (
    value instanceof PyList ||
    value instanceof PyTuple ||
    (value !== null && typeof value === 'object' && value.cls.lookup('__iter__') !== undefined)
  );
}

/** The values of a sequence, or the one value. */
export function itemsOf(value: Value): readonly Value[] {
  return isSequence(value) ? listOf(value) : [value];
}

/** A method whose effect figures here do not show, by the name under which that is noted. */
export const noted =
  (name: string): NativeBody =>
  (self: { readonly axes: PyAxes }) => {
    note(self.axes, name);
    return null;
  };

function refuseQuantity(value: Value): void {
  if (value !== null && typeof value === 'object' && value.cls.name === 'Quantity')
    throw new Unsupported('plotting a quantity', 'plot its magnitude, such as x.m_as(unit)');
}

export function isDate(value: Value | undefined): boolean {
  return value instanceof PyDate;
}

/** A date as matplotlib counts: days since 1970, on the clock of UTC where it has a zone. */
function daysOf(date: PyDate): number {
  const zone = date instanceof PyMoment ? callMethod(date, 'utcoffset') : null;
  const clock = date instanceof PyMoment ? date.clock : 0;
  const shift = zone instanceof PyDelta ? Number(zone.span) / 1e6 : 0;
  return ((date.number - EPOCH) * 86_400 + Math.floor(clock / 1e6) - shift + (clock % 1e6) / 1e6) / 86_400;
}

/** One coordinate. None and NaN leave a gap. */
export function numberOf(value: Value): number {
  if (value === null) return Number.NaN;
  if (value instanceof PyDate) return daysOf(value);
  refuseQuantity(value);
  if (isSequence(value) && !isUnknown(value)) throw new Unsupported('coordinates in several columns');
  return toFloat(value);
}

/** A sequence (or one value) of coordinates. */
export function numbersOf(value: Value): number[] {
  refuseQuantity(value);
  if (!isSequence(value)) return [numberOf(value)];
  const items = listOf(value);
  vm.step(items.length);
  return items.map(numberOf);
}

/** What the name of a category takes beside its characters. */
const CATEGORY_BYTES = 100;

/** Coordinates along an axis: texts make the axis categorical and stand at 0, 1, … */
export function coordinates(value: Value, axis: () => AxisModel): number[] {
  refuseQuantity(value);
  const items = itemsOf(value);
  if (!items.some(item => typeof item === 'string')) {
    if (items.some(item => item instanceof PyDate)) axis().dates = true;
    return items.map(numberOf);
  }
  const model = axis();
  model.categories ??= [];
  const { categories } = model;
  vm.step(items.length + categories.length);
  const places = new Map(categories.map((text, at) => [text, at]));
  return items.map(item => {
    const text = typeof item === 'string' ? item : str(item);
    const known = places.get(text);
    if (known !== undefined) return known;
    vm.charge(CATEGORY_BYTES + text.length);
    places.set(text, categories.length);
    return categories.push(text) - 1;
  });
}

export function matrixOf(value: Value): number[][] {
  return listOf(value).map(numbersOf);
}

/** A pair such as `(low, high)`. */
export function pairOf(value: Value): [number, number] {
  const [first, second, ...rest] = listOf(value);
  if (first === undefined || second === undefined || rest.length > 0)
    throw raise('ValueError', `expected a pair of numbers, got ${repr(value)}`);
  return [numberOf(first), numberOf(second)];
}

/** Repeats values to a length, or complains as matplotlib does. */
export function broadcast(values: readonly number[], length: number, what: string): number[] {
  if (values.length === length) return [...values];
  if (values.length === 1) return new Array<number>(length).fill(values[0]!);
  throw raise('ValueError', `shape mismatch: ${what} has ${values.length} values where ${length} are needed`);
}

/** Keyword arguments that change only the looks in a way that figures here do not show. */
const LOOKS = new Set(
  `antialiased aa capstyle clip_on clip_path dash_capstyle dash_joinstyle solid_capstyle solid_joinstyle fillstyle gid
  joinstyle path_effects picker pickradius rasterized sketch_params snap url animated agg_filter in_layout hatch
  hatch_linewidth linespacing multialignment ma wrap backgroundcolor fontfamily family fontname name fontstretch stretch
  fontvariant variant fontproperties font_properties font math_fontfamily parse_math rotation_mode transform_rotates_text
  usetex annotation_clip markevery gapcolor markerfacecoloralt mfcalt interpolation resample filternorm filterrad
  norm_clip plotnonfinite capthick barsabove errorevery lolims uplims xlolims xuplims labelpad pad loc_pad scalex scaley
  data handlelength handleheight handletextpad borderpad borderaxespad columnspacing labelspacing fancybox shadow mode numpoints
  scatterpoints scatteryoffsets markerscale markerfirst alignment draggable title_fontproperties handler_map
  mouseover clip_box bbox_transform prop layout constrained_layout dpi num clear tight_layout subplotpars frameon
  linewidth_pad shading extend corner_mask nchunk hatches use_clabeltext inline inline_spacing manual rightside_up
  radius_pad counterclock wedgeprops textprops frame rotatelabels normalize explode shadow_pad labeldistance pctdistance
  gridspec_kw subplot_kw width_ratios height_ratios emit auto xmin_pad zorder_pad`.split(/\s+/),
);

/** Keyword arguments that matplotlib's artists take and figures here do not. */
const LEFT_OUT = new Set(
  `angle transform antialiaseds array bounds clim cmap dashes fill linestyles norm offset_transform offsets paths position sizes
  transOffset urls verts_and_codes xy y`.split(/\s+/),
);

/** The keyword arguments of one call. Each is taken by name; what is left at `done` is noted or refused. */
export class Options {
  readonly #entries: Map<string, Value>;
  constructor(entries: ReadonlyMap<string, Value>) {
    this.#entries = new Map(entries);
  }

  /** The first of the names that was passed, removed. */
  take(...names: string[]): Value | undefined {
    let found: Value | undefined;
    for (const name of names) {
      const value = this.#entries.get(name);
      if (value !== undefined) {
        this.#entries.delete(name);
        found ??= value;
        if (found === null && value !== null) found = value;
      }
    }
    return found;
  }

  number(fallback: number, ...names: string[]): number {
    const value = this.take(...names);
    return value === undefined || value === null ? fallback : toFloat(value);
  }

  flag(fallback: boolean, ...names: string[]): boolean {
    const value = this.take(...names);
    return value === undefined ? fallback : truth(value);
  }

  text(fallback: string, ...names: string[]): string {
    const value = this.take(...names);
    return value === undefined || value === null ? fallback : typeof value === 'string' ? value : str(value);
  }

  color(fallback: Color, ...names: string[]): Color {
    const value = this.take(...names);
    return value === undefined || value === null ? fallback : colorOf(value);
  }

  /** A dictionary argument such as `arrowprops` or `bbox`. */
  dictionary(...names: string[]): Options | undefined {
    const value = this.take(...names);
    return value === undefined || value === null ? undefined : new Options(new Map(pairsOf(value)));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  put(name: string, value: Value): void {
    if (!this.#entries.has(name)) this.#entries.set(name, value);
  }

  /** The entries that nobody took. */
  rest(): ReadonlyMap<string, Value> {
    return this.#entries;
  }

  /** Ends the reading: looks-only arguments are noted at the figure, others are refused with matplotlib's words. */
  done(axes: PyAxes | undefined, owner: string): void {
    for (const name of this.#entries.keys()) {
      if (LEFT_OUT.has(name)) throw new Unsupported(`the argument ${name}= of ${owner}`);
      if (!LOOKS.has(name))
        throw raise('AttributeError', `${owner}.set() got an unexpected keyword argument '${name}'`);
      if (axes !== undefined) note(axes, `${name}=`);
    }
  }
}

/** Notes a call or argument that has no effect on the drawing here. */
export function note(axes: PyAxes, what: string): void {
  noteIn(axes.figure, what);
}

/** The same of a figure as a whole. */
export function noteIn(figure: PyFigure, what: string): void {
  const { undrawn } = figure.edit();
  if (!undrawn.includes(what)) undrawn.push(what);
}

const HATCHES = /^[-/\\|+xXoO.*]*$/;

/** `hatch`: one for all, or a list with one for each bar. */
export function takeHatch(artist: Artist, options: Options): void {
  const given = options.take('hatch');
  if (given === undefined || given === null) return;
  const hatches = typeof given === 'string' ? [given] : listOf(given).map(one => (one === null ? '' : str(one)));
  if (hatches.every(hatch => HATCHES.test(hatch))) artist.hatches = hatches;
  else throw raise('ValueError', 'hatch must consist of a string of "*+-./OX\\ox|" or None');
}

/** What every artist takes. */
export function common(artist: Artist, options: Options): void {
  const label = options.take('label');
  if (label !== undefined && label !== null) {
    const text = typeof label === 'string' ? label : str(label);
    if (!text.startsWith('_')) artist.label = text;
  }
  const alpha = options.take('alpha');
  if (alpha !== undefined && alpha !== null) artist.alpha = toFloat(alpha);
  const zorder = options.take('zorder');
  if (zorder !== undefined && zorder !== null) artist.zorder = toFloat(zorder);
  if (!options.flag(true, 'visible')) artist.hidden = true;
}

/** A line style: text, or `(offset, (on, off, …))` in points. */
export function dashes(style: Value, width: number): readonly number[] {
  if (typeof style === 'string') {
    const known = dashOf(style);
    if (known === undefined)
      throw raise(
        'ValueError',
        `${repr(style)} is not a valid value for ls; supported values are '-', '--', '-.', ':', 'None', ' ', '', 'solid', 'dashed', 'dashdot', 'dotted'`,
      );
    return known;
  }
  if (style === null) return [];
  const [, pattern] = listOf(style);
  if (pattern === undefined || pattern === null) return [];
  // Such a pattern is in units of the width as well, as `lines.scale_dashes` is on by default.
  return numbersOf(pattern).map(length => length * (width > 0 ? 1 : 0));
}

/** True for the styles that draw no line at all. */
export function drawsNothing(style: Value | undefined): boolean {
  return typeof style === 'string' && ['', ' ', 'None', 'none'].includes(style);
}

export function stroke(options: Options, color: Color, width: number, style: Value = '-'): Stroke {
  const chosen = options.color(color, 'color', 'c');
  const thick = options.number(width, 'linewidth', 'lw');
  const line = options.take('linestyle', 'ls') ?? style;
  return { color: chosen, width: drawsNothing(line) ? 0 : thick, dash: dashes(line, thick) };
}

/** Reads the font arguments into a style. */
export function fontOptions(style: TextStyle, options: Options): void {
  const dictionary = options.dictionary('fontdict');
  if (dictionary !== undefined) fontOptions(style, dictionary);
  const size = options.take('fontsize', 'size');
  if (size !== undefined && size !== null) style.size = fontSize(size);
  const weight = options.take('fontweight', 'weight');
  if (weight !== undefined && weight !== null) style.weight = isBold(weight) ? 'bold' : 'normal';
  const slant = options.take('fontstyle', 'style');
  if (slant !== undefined && slant !== null) style.italic = slant === 'italic' || slant === 'oblique';
  style.color = options.color(style.color, 'color', 'c');
  const family = options.take('fontfamily', 'family', 'fontname');
  if (typeof family === 'string' && /mono/i.test(family)) style.family = 'monospace';
}

/** `transform=ax.transAxes`. */
export function coordsOption(options: Options): Coords {
  const transform = options.take('transform');
  if (transform === undefined || transform === null) return 'data';
  if (transform instanceof PyTransform && transform.coords !== 'figure') return transform.coords;
  throw new Unsupported(`transform=${typeName(transform)}`, 'use ax.transData or ax.transAxes');
}

/** A numpy array of numbers, for functions that return one. */
export function arrayOf(values: readonly (number | bigint)[]): Value {
  return callMethod(vm.import('numpy'), 'array', new PyList([...values]));
}
