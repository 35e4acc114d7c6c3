/** `plot`, `scatter`, `errorbar`, `step`, `stem` and the straight lines across the axes. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { callMethod, listOf, repr, str, toFloat } from '../../python/runtime/operations';
import { giveScale } from './axisLimits';
import { colorOf, colorOfText, colorsOf, isOneColor } from './color';
import { colorAt, partOfScale, wantedColorMap } from './colorMaps';
import { container } from './handles';
import type { Color, ColorScale, LineArtist, PointsArtist } from './model';
import { normOf, scaleOver } from './norms';
import type { PyArtist, PyAxes } from './objects';
import {
  broadcast,
  common,
  coordinates,
  coordsOption,
  dashes,
  isSequence,
  numbersOf,
  Options,
  stroke,
} from './options';
import { colorCycle, rcNumber, rcText } from './rc';
import { numberKind } from './readBack';

const MARKERS = new Set('. , o v ^ < > 1 2 3 4 8 s p P * h H + x X D d | _'.split(' '));

interface Format {
  color: Color | undefined;
  /** The colour as it is written. */
  colorText?: string;
  marker: string | undefined;
  line: string | undefined;
}

/** Reads a format such as `'r--o'`; the complaint of matplotlib for text that is none. */
function readFormat(text: string): Format | string {
  const whole = colorOfText(text);
  if (whole !== undefined && !MARKERS.has(text)) return { color: whole, marker: undefined, line: undefined };
  const format: Format = { color: undefined, marker: undefined, line: undefined };
  for (let at = 0; at < text.length; ) {
    const one = text[at]!;
    const [line] = /^(?:--|-\.|[-: ])/.exec(text.slice(at)) ?? [];
    const [numbered] = /^C\d+/.exec(text.slice(at)) ?? [];
    const part = line !== undefined ? 'line' : MARKERS.has(one) ? 'marker' : 'color';
    if (part === 'color' && numbered === undefined && !'bgrcmykw'.includes(one))
      return one === 'C' ? "'C' must be followed by a number" : `unrecognized character ${repr(one)}`;
    const names = { line: 'linestyle', marker: 'marker', color: 'color' };
    if (format[part] !== undefined && numbered === undefined) return `two ${names[part]} symbols`;
    const symbol = line ?? numbered ?? one;
    format[part] = part === 'color' ? colorOfText(symbol) : symbol;
    // A numbered colour is read as its parts.
    if (part === 'color' && numbered === undefined) format.colorText = symbol;
    else if (part === 'color') delete format.colorText;
    at += symbol.length;
  }
  return format;
}

/** What a format such as `'r--o'` says; undefined for text that is none. */
export function parseFormat(text: string): Format | undefined {
  const format = readFormat(text);
  return typeof format === 'string' ? undefined : format;
}

/** The same; raises ValueError for text that is none. */
export function formatOf(text: string): Format {
  const format = readFormat(text);
  if (typeof format === 'string') throw raise('ValueError', `${repr(text)} is not a valid format string (${format})`);
  return format;
}

/** The next colour of the axes' cycle. */
export function nextColor(axes: PyAxes): Color {
  axes.edit();
  const cycle = colorCycle();
  return cycle[axes.cycle++ % cycle.length]!;
}

/** The next colour of bars, areas, points and wedges, which have a cycle of their own. */
export function nextFill(axes: PyAxes): Color {
  axes.edit();
  const cycle = colorCycle();
  return cycle[axes.fillCycle++ % cycle.length]!;
}

function markerOf(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : str(value);
  if (['None', 'none', '', ' '].includes(text)) return '';
  if (!MARKERS.has(text) && !/^\$.*\$$/.test(text)) {
    const known = /^\d+$/.test(text) ? text : undefined;
    if (known === undefined) throw raise('ValueError', `Unrecognized marker style '${text}'`);
  }
  return text;
}

/** Splits `x, y, fmt, x2, y2, fmt2 …` into curves. */
export function curvesOf(args: readonly Value[]): { x: Value | undefined; y: Value; format: string | undefined }[] {
  const curves: { x: Value | undefined; y: Value; format: string | undefined }[] = [];
  const rest = [...args];
  while (rest.length > 0) {
    const first = rest.shift()!;
    let x: Value | undefined;
    let y = first;
    if (rest.length > 0 && (typeof rest[0] !== 'string' || parseFormat(rest[0]) === undefined)) {
      x = first;
      y = rest.shift()!;
    }
    let format: string | undefined;
    if (typeof rest[0] === 'string') format = rest.shift() as string;
    curves.push({ x, y, format });
  }
  return curves;
}

function lineArtist(
  axes: PyAxes,
  x: readonly number[],
  y: readonly number[],
  options: Options,
  format?: Format,
): LineArtist {
  const given = options.take('color', 'c');
  const isGiven = given !== undefined && given !== null;
  const color = isGiven ? colorOf(given) : (format?.color ?? nextColor(axes));
  const colorText = isGiven ? given : (format?.colorText ?? color);
  const markerGiven = options.take('marker');
  const marker = markerOf(markerGiven ?? format?.marker ?? rcText('lines.marker'));
  const fallback =
    format === undefined || format.line !== undefined || format.marker === undefined
      ? rcText('lines.linestyle')
      : 'None';
  const line = options.take('linestyle', 'ls') ?? format?.line ?? fallback;
  options.put('linestyle', line);
  const artist: LineArtist = {
    kind: 'line',
    x,
    y,
    stroke: stroke(options, color, rcNumber('lines.linewidth')),
    marker,
    markerSize: options.number(rcNumber('lines.markersize'), 'markersize', 'ms'),
    markerFill: options.color(color, 'markerfacecolor', 'mfc'),
    markerEdge: options.color(color, 'markeredgecolor', 'mec'),
    markerEdgeWidth: options.number(1, 'markeredgewidth', 'mew'),
  };
  if (typeof colorText === 'string') artist.colorText = colorText;
  const drawn = options.text('', 'drawstyle', 'ds');
  if (drawn.startsWith('steps')) artist.step = drawn === 'steps-post' ? 'post' : drawn === 'steps-mid' ? 'mid' : 'pre';
  const coords = coordsOption(options);
  if (coords !== 'data') artist.coords = coords;
  common(artist, options);
  return artist;
}

export function sameLength(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length)
    throw raise(
      'ValueError',
      `x and y must have same first dimension, but have shapes (${x.length},) and (${y.length},)`,
    );
}

export function plot(axes: PyAxes, args: PyTuple, keywords: ReadonlyMap<string, Value>): PyList {
  const handles: PyArtist[] = [];
  for (const curve of curvesOf(args.items)) {
    const options = new Options(keywords);
    const ys = columnsOf(curve.y);
    const format = curve.format === undefined ? undefined : formatOf(curve.format);
    for (const column of ys) {
      const y = coordinates(column, () => axes.edit().y);
      const x = curve.x === undefined ? y.map((_, at) => at) : coordinates(curve.x, () => axes.edit().x);
      sameLength(x, y);
      const own = new Options(options.rest());
      const artist = lineArtist(axes, x, y, own, format);
      artist.kinds = { x: curve.x === undefined ? 'real' : numberKind(curve.x), y: numberKind(curve.y) };
      own.done(axes, 'Line2D');
      handles.push(axes.add(artist));
    }
  }
  return new PyList(handles);
}

/** A two-dimensional array of values draws one curve a column. */
function columnsOf(y: Value): Value[] {
  if (!isSequence(y)) return [y];
  const rows = y.cls.name === 'ndarray' ? rowsOf(y) : undefined;
  if (rows === undefined) return [y];
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, at) => new PyList(rows.map(row => row[at] ?? Number.NaN)));
}

function rowsOf(array: Value): number[][] | undefined {
  const items = listOf(array);
  return items.length > 0 && items.every(isSequence) ? items.map(numbersOf) : undefined;
}

export function scatter(
  axes: PyAxes,
  xs: Value,
  ys: Value,
  sizes: Value | undefined,
  color: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
): PyArtist {
  const options = new Options(keywords);
  const x = coordinates(flat(xs), () => axes.edit().x);
  const y = coordinates(flat(ys), () => axes.edit().y);
  if (x.length !== y.length) throw raise('ValueError', 'x and y must be the same size');
  const given = flat(color ?? null) ?? options.take('color', 'facecolor', 'facecolors', 'fc') ?? null;
  options.take('color', 'facecolor', 'facecolors', 'fc');
  const map = options.take('cmap');
  const norm = normOf(options);
  let colors: readonly Color[];
  let scale: ColorScale | undefined;
  if (given === null) colors = [nextFill(axes)];
  else if (isOneColor(given) || !numeric(given)) colors = colorsOf(given);
  else {
    const values = numbersOf(given);
    scale = { ...wantedColorMap(map), ...scaleOver(values, norm) };
    const shown = scale;
    colors = values.map(value => colorAt(shown, partOfScale(shown, value)));
  }
  const edges = options.take('edgecolor', 'edgecolors', 'ec');
  const artist: PointsArtist = {
    kind: 'points',
    x,
    y,
    sizes: sizes === undefined || sizes === null ? [rcNumber('lines.markersize') ** 2] : numbersOf(sizes),
    colors,
    ...(scale && { scale }),
    edge: edges === undefined || edges === null || edges === 'face' ? 'none' : (colorsOf(edges)[0] ?? 'none'),
    edgeWidth: firstNumber(options.take('linewidth', 'linewidths', 'lw')) ?? 1,
    marker: markerOf(options.take('marker') ?? 'o'),
  };
  options.take('linestyle', 'linestyles', 'ls');
  common(artist, options);
  options.done(axes, 'PathCollection');
  return axes.add(artist);
}

/** An array of any shape as one of a single dimension. */
function flat(values: Value): Value {
  return values instanceof PyObject && values.cls.name === 'ndarray' ? callMethod(values, 'ravel') : values;
}

function firstNumber(value: Value | undefined): number | undefined {
  return value === undefined || value === null ? undefined : numbersOf(value)[0];
}

function numeric(value: Value): boolean {
  return isSequence(value) && listOf(value).every(item => typeof item !== 'string' && !isSequence(item));
}

function acrossLine(
  axes: PyAxes,
  axis: 'x' | 'y',
  at: Value,
  low: number,
  high: number,
  keywords: ReadonlyMap<string, Value>,
): PyArtist {
  const options = new Options(keywords);
  const artist = {
    kind: 'rule' as const,
    axis,
    at: coordinates(at, () => axes.edit()[axis])[0] ?? Number.NaN,
    low,
    high,
    stroke: stroke(options, '#1f77b4', rcNumber('lines.linewidth')),
  };
  common(artist, options);
  options.done(axes, 'Line2D');
  return axes.add(artist);
}

/** `axline`: a straight line across the axes, of which its points count for the limits. */
function endlessLine(
  axes: PyAxes,
  from: Value,
  to: Value | undefined,
  slope: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
): PyArtist {
  const isSloped = slope !== undefined && slope !== null;
  const hasEnd = to !== undefined && to !== null;
  if (isSloped && (axes.model.x.scale.kind !== 'linear' || axes.model.y.scale.kind !== 'linear'))
    throw raise('TypeError', "'slope' cannot be used with non-linear scales");
  if (isSloped === hasEnd) throw raise('TypeError', "Exactly one of 'xy2' and 'slope' must be given");
  const points = (hasEnd ? [from, to] : [from]).map(point => numbersOf(point));
  if (points.some(({ length }) => length !== 2)) throw raise('ValueError', 'not enough values to unpack (expected 2)');
  const options = new Options(keywords);
  // Unlike curves it takes no colour from the cycle.
  if (!options.has('c')) options.put('color', 'C0');
  const artist = lineArtist(
    axes,
    points.map(([x]) => x!),
    points.map(([, y]) => y!),
    options,
  );
  if (artist.coords !== undefined) throw new Unsupported('axline(transform=…)');
  artist.endless = isSloped ? toFloat(slope) : 'points';
  artist.marker = '';
  options.done(axes, 'AxLine');
  return axes.add(artist);
}

/** `hlines` and `vlines`. */
function segments(
  axes: PyAxes,
  axis: 'x' | 'y',
  at: Value,
  from: Value,
  to: Value,
  keywords: ReadonlyMap<string, Value>,
): PyArtist {
  const options = new Options(keywords);
  const places = coordinates(at, () => axes.edit()[axis]);
  const lows = broadcast(numbersOf(from), places.length, 'start');
  const highs = broadcast(numbersOf(to), places.length, 'end');
  const colors = options.take('colors', 'color');
  if (colors !== undefined && colors !== null) options.put('color', isOneColor(colors) ? colors : listOf(colors)[0]!);
  const style = options.take('linestyles', 'linestyle');
  if (style !== undefined && style !== null) options.put('linestyle', style);
  const width = options.take('linewidths', 'linewidth', 'lw');
  if (width !== undefined && width !== null) options.put('linewidth', numbersOf(width)[0] ?? 1);
  const artist = {
    kind: 'segments' as const,
    segments: places.map((place, index) =>
      axis === 'x'
        ? ([place, lows[index]!, place, highs[index]!] as const)
        : ([lows[index]!, place, highs[index]!, place] as const),
    ),
    stroke: stroke(options, '#1f77b4', rcNumber('lines.linewidth')),
  };
  common(artist, options);
  options.done(axes, 'LineCollection');
  return axes.add(artist);
}

/** Half lengths of error bars: one number, one a point, or a pair of rows. */
export function errorsOf(value: Value | undefined, length: number): [number[], number[]] | undefined {
  if (value === undefined || value === null) return undefined;
  const items = isSequence(value) ? listOf(value) : [value];
  if (items.length === 2 && items.every(isSequence))
    return [broadcast(numbersOf(items[0]!), length, 'yerr'), broadcast(numbersOf(items[1]!), length, 'yerr')];
  const both = broadcast(
    items.map(item => numbersOf(item)[0]!),
    length,
    'yerr',
  );
  return [both, both];
}

function errorbar(
  axes: PyAxes,
  xs: Value,
  ys: Value,
  yerr: Value | undefined,
  xerr: Value | undefined,
  fmt: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
): PyTuple {
  const options = new Options(keywords);
  const x = coordinates(xs, () => axes.edit().x);
  const y = coordinates(ys, () => axes.edit().y);
  sameLength(x, y);
  const barColor = options.take('ecolor');
  const barWidth = options.take('elinewidth');
  const cap = options.number(0, 'capsize');
  const alone = fmt === 'none';
  const artist = lineArtist(axes, x, y, options, typeof fmt === 'string' && !alone ? parseFormat(fmt) : undefined);
  options.done(axes, 'Line2D');
  const color = barColor === undefined || barColor === null ? artist.stroke.color : colorOf(barColor);
  const width = firstNumber(barWidth) ?? artist.stroke.width ?? 1.5;
  const made: PyArtist[] = [];
  for (const [errors, vertical] of [
    [errorsOf(yerr, x.length), true],
    [errorsOf(xerr, x.length), false],
  ] as const) {
    if (errors === undefined) continue;
    const [down, up] = errors;
    const lines = x.map((at, index) =>
      vertical
        ? ([at, y[index]! - down[index]!, at, y[index]! + up[index]!] as const)
        : ([at - down[index]!, y[index]!, at + up[index]!, y[index]!] as const),
    );
    made.push(axes.add({ kind: 'segments', segments: lines, stroke: { color, width: width || 1.5, dash: [] }, cap }));
  }
  artist.contained = true;
  const line = alone ? null : axes.add(artist);
  return container('ErrorbarContainer', [line, new PyTuple([]), new PyTuple(made)]);
}

function stem(axes: PyAxes, args: PyTuple, keywords: ReadonlyMap<string, Value>): Value {
  const options = new Options(keywords);
  const [first, second] = args.items;
  if (first === undefined) throw raise('TypeError', 'stem expected between 1 and 3 positional arguments, got ()');
  const y = numbersOf(second ?? first);
  const x = second === undefined ? y.map((_, at) => at) : coordinates(first, () => axes.edit().x);
  sameLength(x, y);
  const bottom = options.number(0, 'bottom');
  const formatGiven = (name: string, initial: string): Format => formatOf(options.text(initial, name));
  const given = options.has('linefmt') ? formatGiven('linefmt', '') : undefined;
  const color = given?.color ?? colorOf('C0');
  const width = rcNumber('lines.linewidth');
  const dash = (format: Format) =>
    format.line === undefined || format.line === '-' ? [] : [...dashes(format.line, width)];
  const lines = {
    kind: 'segments' as const,
    segments: x.map((at, index) => [at, bottom, at, y[index]!] as const),
    stroke: { color, width, dash: given === undefined ? [] : dash(given) },
  };
  const head = formatGiven('markerfmt', 'o');
  const headColor = head.color ?? color;
  const foot = formatGiven('basefmt', 'C3-');
  const heads: LineArtist = {
    kind: 'line',
    x,
    y,
    stroke: { color: headColor, width: 0, dash: [] },
    marker: head.marker ?? (head.line === undefined ? 'o' : ''),
    markerSize: 6,
    markerFill: headColor,
    markerEdge: headColor,
    markerEdgeWidth: 1,
    contained: true,
  };
  common(heads, options);
  options.done(axes, 'StemContainer');
  const stems = axes.add(lines);
  const markers = axes.add(heads);
  const base = axes.add({
    ...heads,
    x: [Math.min(...x), Math.max(...x)],
    y: [bottom, bottom],
    stroke: { color: foot.color ?? colorOf('C3'), width, dash: dash(foot) },
    marker: '',
  });
  delete base.edit().label;
  return container('StemContainer', [markers, stems, base]);
}

/** Methods of `Axes`, by signature. */
export const LINE_METHODS: Readonly<Record<string, NativeBody>> = {
  'plot(*args, **kwargs)': plot,
  'scatter(x, y, s=None, c=None, **kwargs)': scatter,
  'loglog(*args, **kwargs)': (axes: PyAxes, args: PyTuple, keywords) => {
    for (const side of ['x', 'y'] as const) giveScale(axes, side, { kind: 'log', base: 10 });
    return plot(axes, args, keywords);
  },
  'semilogx(*args, **kwargs)': (axes: PyAxes, args: PyTuple, keywords) => {
    giveScale(axes, 'x', { kind: 'log', base: 10 });
    return plot(axes, args, keywords);
  },
  'semilogy(*args, **kwargs)': (axes: PyAxes, args: PyTuple, keywords) => {
    giveScale(axes, 'y', { kind: 'log', base: 10 });
    return plot(axes, args, keywords);
  },
  'step(x, y, *args, where="pre", **kwargs)': (axes: PyAxes, x, y, args: PyTuple, where, keywords) => {
    const side = typeof where === 'string' ? where : 'pre';
    return plot(axes, new PyTuple([x, y, ...args.items]), new Map([...keywords, ['drawstyle', `steps-${side}`]]));
  },
  'axhline(y=0, xmin=0, xmax=1, **kwargs)': (axes: PyAxes, y, low, high, keywords) =>
    acrossLine(axes, 'y', y ?? 0, numbersOf(low ?? 0)[0]!, numbersOf(high ?? 1)[0]!, keywords),
  'axvline(x=0, ymin=0, ymax=1, **kwargs)': (axes: PyAxes, x, low, high, keywords) =>
    acrossLine(axes, 'x', x ?? 0, numbersOf(low ?? 0)[0]!, numbersOf(high ?? 1)[0]!, keywords),
  'axline(xy1, xy2=None, *, slope=None, **kwargs)': endlessLine,
  'hlines(y, xmin, xmax, **kwargs)': (axes: PyAxes, y, from, to, keywords) =>
    segments(axes, 'y', y, from, to, keywords),
  'vlines(x, ymin, ymax, **kwargs)': (axes: PyAxes, x, from, to, keywords) =>
    segments(axes, 'x', x, from, to, keywords),
  'errorbar(x, y, yerr=None, xerr=None, fmt="", **kwargs)': errorbar,
  'stem(*args, **kwargs)': stem,
};
