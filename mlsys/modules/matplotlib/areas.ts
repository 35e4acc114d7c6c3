/** Areas, bars, images and contours: `fill_between`, `bar`, `hist`, `imshow`, `contourf`, `pie` and their like. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { type PyClass, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { binary, call, getAttribute, getItem, listOf, str, toFloat, truth } from '../../python/runtime/operations';
import { giveScale } from './axisLimits';
import { colorsOf } from './color';
import { colorAt, mapOf, partOfScale } from './colorMaps';
import { meshClass } from './handles';
import { curvesOf, errorsOf, formatOf, nextColor, nextFill, sameLength } from './lines';
import { niceTicks } from './locators';
import type { AreaArtist, Artist, BarsArtist, Color, ColorScale, ContourArtist, ImageArtist } from './model';
import { normOf, scaleOver } from './norms';
import { PyArtist, type PyAxes, PyBarContainer, textStyle } from './objects';
import {
  broadcast,
  common,
  coordinates,
  dashes,
  fontOptions,
  isDate,
  isSequence,
  itemsOf,
  matrixOf,
  note,
  numbersOf,
  Options,
  takeHatch,
} from './options';
import { shaped } from './patches';
import { rcColor, rcSize } from './rc';
import { barsRead, numberKind } from './readBack';

type Keywords = ReadonlyMap<string, Value>;

function scaleOf(options: Options, rows: readonly (readonly number[])[]): ColorScale {
  const norm = normOf(options);
  return { ...mapOf(options), ...scaleOver(rows.flat(), norm) };
}

function fillBetween(
  axes: PyAxes,
  vertical: boolean,
  along: Value,
  first: Value,
  second: Value | undefined,
  where: Value | undefined,
  keywords: Keywords,
): PyArtist {
  const options = new Options(keywords);
  const at = coordinates(along, () => axes.edit()[vertical ? 'y' : 'x']);
  const fill = options.take('color', 'facecolor', 'facecolors', 'fc');
  const artist: AreaArtist = {
    kind: 'area',
    at,
    low: broadcast(numbersOf(first), at.length, 'y1'),
    high: broadcast(numbersOf(second ?? 0), at.length, 'y2'),
    fill: fill === undefined || fill === null ? nextFill(axes) : (colorsOf(fill)[0] ?? 'none'),
    edge: options.color('none', 'edgecolor', 'edgecolors', 'ec'),
    edgeWidth: options.number(1, 'linewidth', 'linewidths', 'lw'),
    vertical,
  };
  options.take('linestyle', 'ls', 'interpolate');
  takeHatch(artist, options);
  const step = options.take('step');
  if (step === 'pre' || step === 'post' || step === 'mid') artist.step = step;
  if (where !== undefined && where !== null) artist.where = listOf(where).map(truth);
  if (artist.where !== undefined && artist.where.length !== at.length)
    throw raise('ValueError', `where size (${artist.where.length}) does not match 'x' size (${at.length})`);
  common(artist, options);
  options.done(axes, 'PolyCollection');
  return axes.add(artist);
}

function span(
  axes: PyAxes,
  axis: 'x' | 'y',
  from: Value,
  to: Value,
  ends: readonly (Value | undefined)[],
  keywords: Keywords,
): PyArtist {
  const options = new Options(keywords);
  ends.forEach((end, at) => {
    const name = `${axis === 'y' ? 'x' : 'y'}${at === 0 ? 'min' : 'max'}`;
    if (end !== undefined && toFloat(end) !== at) note(axes, `${name}=`);
  });
  const own = () => axes.edit()[axis];
  const fill = options.color('#1f77b4', 'color', 'facecolor', 'fc');
  const artist: Artist = { kind: 'span', axis, from: coordinates(from, own)[0]!, to: coordinates(to, own)[0]!, fill };
  takeHatch(artist, options);
  options.take('edgecolor', 'ec', 'linewidth', 'lw', 'linestyle', 'ls');
  common(artist, options);
  options.done(axes, 'Polygon');
  return axes.add(artist);
}

/** True for texts and dates. */
function isConverted(places: Value): boolean {
  return itemsOf(places).some(item => typeof item === 'string' || isDate(item));
}

export function bars(
  axes: PyAxes,
  horizontal: boolean,
  at: Value,
  lengths: Value,
  thickness: Value | undefined,
  start: Value | undefined,
  keywords: Keywords,
): PyBarContainer {
  const options = new Options(keywords);
  const along = coordinates(at, () => axes.edit()[horizontal ? 'y' : 'x']);
  const values = numbersOf(lengths);
  const count = Math.max(along.length, values.length);
  const places = broadcast(along, count, 'x');
  const sizes = broadcast(values, count, 'height');
  const thick = broadcast(numbersOf(thickness ?? 0.8), count, 'width');
  const base = broadcast(start === undefined || start === null ? [0] : numbersOf(start), count, 'bottom');
  const edgeAligned = options.text('center', 'align') === 'edge';
  const fill = options.take('color', 'facecolor', 'fc');
  const edges = options.take('edgecolor', 'ec');
  const artist: BarsArtist = {
    kind: 'bars',
    contained: true,
    horizontal,
    boxes: places.map((place, index) => {
      const from = edgeAligned ? place : place - thick[index]! / 2;
      return horizontal
        ? ([base[index]!, from, sizes[index]!, thick[index]!] as const)
        : ([from, base[index]!, thick[index]!, sizes[index]!] as const);
    }),
    colors: fill === undefined || fill === null ? [nextFill(axes)] : colorsOf(fill),
    edge: edges === undefined || edges === null ? 'none' : (colorsOf(edges)[0] ?? 'none'),
    edgeWidth: numbersOf(options.take('linewidth', 'lw') ?? 1)[0] ?? 1,
  };
  const read = barsRead({
    horizontal,
    edgeAligned,
    places,
    thick,
    base,
    sizes,
    kinds: {
      places: isConverted(at) ? 'converted' : numberKind(at),
      thick: numberKind(thickness ?? 0.8),
      base: numberKind(start ?? 0n),
      sizes: numberKind(lengths),
    },
  });
  if (read !== undefined) artist.read = read;
  takeHatch(artist, options);
  const names = options.take('tick_label');
  const errors = options.take(horizontal ? 'xerr' : 'yerr');
  const cap = options.number(0, 'capsize');
  const errorColor = options.color('#000000', 'ecolor');
  if (options.flag(false, 'log')) giveScale(axes, horizontal ? 'x' : 'y', { kind: 'log', base: 10 });
  options.take('error_kw', 'linestyle', 'ls');
  const label = options.take('label');
  if (label !== undefined && label !== null && typeof label !== 'string' && isSequence(label)) {
    const labels = listOf(label).map(one => str(one));
    if (labels.length !== count)
      throw raise('ValueError', `number of labels (${labels.length}) does not match number of bars (${count}).`);
    artist.labels = labels;
  } else if (label !== undefined && label !== null) options.put('label', label);
  common(artist, options);
  options.done(axes, 'Rectangle');
  const handle = axes.add(artist);
  if (names !== undefined && names !== null) {
    const axis = axes.edit()[horizontal ? 'y' : 'x'];
    axis.ticks = places;
    axis.tickLabels = listOf(names).map(name => str(name));
  }
  if (errors !== undefined && errors !== null) {
    const [less, more] = errorsOf(errors, count)!;
    (handle.edit() as BarsArtist).beyond = sizes.map((size, index) => (size < 0 ? -less[index]! : more[index]!));
    const lines = places.map((place, index) => {
      const end = base[index]! + sizes[index]!;
      const [low, high] = [end - less[index]!, end + more[index]!];
      return horizontal ? ([low, place, high, place] as const) : ([place, low, place, high] as const);
    });
    axes.add({ kind: 'segments', segments: lines, stroke: { color: errorColor, width: 1.5, dash: [] }, cap });
  }
  return new PyBarContainer(handle);
}

/** Texts at the ends of bars. */
function barLabel(
  axes: PyAxes,
  container: PyBarContainer,
  labels: Value | undefined,
  fmt: Value | undefined,
  keywords: Keywords,
): PyList {
  const options = new Options(keywords);
  const model = container instanceof PyBarContainer ? container.artist.model : undefined;
  if (model?.kind !== 'bars') throw raise('TypeError', 'bar_label expects a bar container');
  const centered = options.text('edge', 'label_type') === 'center';
  const padding = options.number(0, 'padding');
  const given = labels === undefined || labels === null ? undefined : listOf(labels).map(label => str(label));
  const style = textStyle(options.number(rcSize('font.size'), 'fontsize', 'size'), options.color('#000000', 'color'));
  const weight = options.text('normal', 'fontweight', 'weight');
  if (weight === 'bold') style.weight = 'bold';
  options.done(axes, 'Annotation');
  return new PyList(
    model.boxes.map(([x, y, width, height], index) => {
      const value = model.horizontal ? width : height;
      // At the end of a bar stands where it ends, in its middle how long it is.
      const told = centered ? value : value + (model.horizontal ? x : y);
      const text = given?.[index] ?? formatted(fmt ?? '%g', told);
      const end = centered ? 0.5 : 1;
      const beyond = centered ? 0 : (model.beyond?.[index] ?? 0);
      const gap = centered ? 0 : Math.sign(value || 1) * (padding + 2);
      return axes.add({
        kind: 'text',
        text,
        coords: 'data',
        x: model.horizontal ? x + width * end + beyond : x + width / 2,
        y: model.horizontal ? y + height / 2 : y + height * end + beyond,
        offset: model.horizontal ? [gap, 0] : [0, gap],
        horizontal: model.horizontal && !centered ? (value >= 0 ? 'left' : 'right') : 'center',
        vertical: model.horizontal || centered ? 'center' : value >= 0 ? 'bottom' : 'top',
        rotation: 0,
        style: { ...style },
      });
    }),
  );
}

/** A number by `'%.1f'`, `'{:.1f}'` or a function. */
export function formatted(format: Value, value: number): string {
  if (typeof format !== 'string') return str(call(format, [value]));
  if (format.includes('{')) return str(call(getFormat(format), [value]));
  return str(binary('%', format, value));
}

function getFormat(text: string): Value {
  return getAttribute(text, 'format');
}

/** True for rows of pixels that have a number for each of red, green and blue. */
function holdsColours(data: Value): boolean {
  const [row] = isSequence(data) ? listOf(data) : [];
  const [pixel] = row !== undefined && isSequence(row) ? listOf(row) : [];
  return pixel !== undefined && isSequence(pixel);
}

function image(axes: PyAxes, data: Value, keywords: Keywords, cls?: PyClass): PyArtist {
  const options = new Options(keywords);
  if (holdsColours(data)) throw new Unsupported('imshow of an array of colours');
  const rows = matrixOf(data);
  const origin = options.text('upper', 'origin') === 'lower' ? 'lower' : 'upper';
  const extent = options.take('extent');
  const [width, height] = [rows[0]?.length ?? 0, rows.length];
  const standard =
    origin === 'upper' ? [-0.5, width - 0.5, height - 0.5, -0.5] : [-0.5, width - 0.5, -0.5, height - 0.5];
  const frame = extent === undefined || extent === null ? standard : numbersOf(extent);
  const aspect = options.take('aspect');
  if (aspect !== 'auto') axes.edit().aspect = 1;
  const artist = {
    kind: 'image' as const,
    rows,
    extent: [frame[0]!, frame[1]!, frame[2]!, frame[3]!] as const,
    origin: origin as 'upper' | 'lower',
    scale: scaleOf(options, rows),
  };
  if (frame[2]! > frame[3]!) axes.edit().y.inverted = true;
  common(artist, options);
  options.done(axes, 'AxesImage');
  return axes.add(artist, cls);
}

function mesh(axes: PyAxes, args: PyTuple, keywords: Keywords): PyArtist {
  const [first, second, third] = args.items;
  const data = third ?? first;
  if (data === undefined) throw raise('TypeError', 'pcolormesh() takes 1 or 3 positional arguments but 0 were given');
  const rows = matrixOf(data);
  let extent: Value = new PyList([0, rows[0]?.length ?? 0, 0, rows.length]);
  if (third !== undefined) {
    const [x, y] = [axisOf(first!, false), axisOf(second!, true)];
    extent = new PyList([Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)]);
  }
  const options = new Options(keywords);
  const edges = options.take('edgecolors', 'edgecolor', 'ec') ?? null;
  if (edges !== null && edges !== 'none' && edges !== 'face') note(axes, 'edgecolors=');
  options.take('linewidths', 'linewidth', 'lw', 'linestyles', 'linestyle', 'ls');
  const placed = [
    ['extent', extent],
    ['origin', 'lower'],
    ['aspect', 'auto'],
  ] as const;
  const handle = image(axes, data, new Map<string, Value>([...options.rest(), ...placed]), meshClass);
  (handle.edit() as ImageArtist).isMesh = true;
  return handle;
}

/** The coordinates along one side of a grid, from a vector or from a matrix of `meshgrid`. */
function axisOf(value: Value, down: boolean): number[] {
  const items = listOf(value);
  if (items.length > 0 && items.every(isSequence)) {
    return down ? items.map(row => numbersOf(row)[0]!) : numbersOf(items[0]!);
  }
  return numbersOf(value);
}

function contour(axes: PyAxes, filled: boolean, args: PyTuple, keywords: Keywords): PyArtist {
  const options = new Options(keywords);
  const given = [...args.items];
  const alone = given.length <= 2;
  const z = alone ? given[0] : given[2];
  if (z === undefined) throw raise('TypeError', `contour${filled ? 'f' : ''}() takes 1 to 4 positional arguments`);
  const rows = matrixOf(z);
  const x = alone ? (rows[0] ?? []).map((_, at) => at) : axisOf(given[0]!, false);
  const y = alone ? rows.map((_, at) => at) : axisOf(given[1]!, true);
  const asked = options.take('levels') ?? (alone ? given[1] : given[3]);
  const scaleOptions = options.take('colors');
  const scale = scaleOf(options, rows);
  const levels = levelsOf(asked, scale);
  const bands = filled ? Math.max(1, levels.length - 1) : levels.length;
  const middle = (at: number) => (filled ? (levels[at]! + (levels[at + 1] ?? levels[at]!)) / 2 : levels[at]!);
  const ranged = {
    ...scale,
    low: Math.max(scale.low, levels[0] ?? scale.low),
    high: Math.min(scale.high, levels.at(-1) ?? scale.high),
  };
  const colors =
    scaleOptions === undefined || scaleOptions === null
      ? Array.from({ length: bands }, (_, at) => colorAt(scale, partOfScale(filled ? ranged : scale, middle(at))))
      : cycled(colorsOf(scaleOptions), bands);
  const artist: ContourArtist = {
    kind: 'contour',
    filled,
    x,
    y,
    rows,
    levels,
    colors,
    width: numbersOf(options.take('linewidths', 'linewidth') ?? 1.5)[0] ?? 1.5,
    dash: [],
  };
  const styles = options.take('linestyles', 'linestyle');
  artist.dash = dashes(styleOf(styles), 1);
  // Lines of one colour tell by their dashes which lie below zero.
  if (!filled && (styles ?? null) === null && (scaleOptions ?? null) !== null && new Set(colors).size === 1)
    artist.dashBelow = dashes('--', artist.width);
  common(artist, options);
  options.done(axes, 'QuadContourSet');
  return axes.add(artist);
}

function styleOf(value: Value | undefined): Value {
  if (value === undefined || value === null) return '-';
  return isSequence(value) ? (listOf(value)[0] ?? '-') : value;
}

function cycled(colors: readonly Color[], count: number): Color[] {
  return Array.from({ length: count }, (_, at) => colors[at % colors.length] ?? 'none');
}

function levelsOf(asked: Value | undefined, scale: ColorScale): number[] {
  if (asked !== undefined && asked !== null && isSequence(asked)) return numbersOf(asked);
  const count = asked === undefined || asked === null ? 7 : Math.trunc(toFloat(asked));
  const levels = niceTicks(scale.low, scale.high, { bins: count + 1, fewest: 1 });
  const under = levels.findLastIndex(level => level < scale.low);
  const over = levels.findIndex(level => level > scale.high);
  const near = levels.slice(Math.max(0, under), over < 0 ? levels.length : over + 1);
  return near.length < 3 ? levels : near;
}

/** `clabel`: texts on contour lines. */
function contourLabels(axes: PyAxes, contours: PyArtist, levels: Value | undefined, keywords: Keywords): PyList {
  const options = new Options(keywords);
  const artist = contours instanceof PyArtist ? contours.edit() : undefined;
  if (artist?.kind !== 'contour') throw raise('TypeError', 'clabel() expects what contour() returned');
  const fmt = options.take('fmt');
  const wanted = levels === undefined || levels === null ? artist.levels : numbersOf(levels);
  artist.labels = artist.levels.map(level => {
    if (!wanted.includes(level)) return '';
    if (fmt !== undefined && fmt !== null && typeof fmt === 'object' && fmt.cls.name === 'dict')
      return str(getItem(fmt, level));
    return formatted(fmt ?? '%g', level);
  });
  artist.labelSize = options.number(10, 'fontsize', 'size');
  const inks = options.take('colors') ?? null;
  if (inks !== null) artist.labelColor = colorsOf(inks)[0] ?? 'ink';
  options.take('inline', 'inline_spacing');
  options.done(axes, 'Text');
  return new PyList([]);
}

function pie(axes: PyAxes, data: Value, keywords: Keywords): PyTuple {
  const options = new Options(keywords);
  const values = numbersOf(data);
  if (values.some(value => value < 0)) throw raise('ValueError', "Wedge sizes 'x' must be non negative values");
  const sum = values.reduce((a, b) => a + b, 0);
  const total = options.flag(true, 'normalize') ? sum : 1;
  if (sum > total) throw raise('ValueError', 'Cannot plot an unnormalized pie with sum(x) > 1');
  const labels = options.take('labels');
  const colors = options.take('colors');
  const autopct = options.take('autopct');
  const start = options.number(0, 'startangle');
  const clockwise = !options.flag(true, 'counterclock');
  const radius = options.number(1, 'radius');
  const wedge = options.dictionary('wedgeprops');
  const ring = wedge?.take('width');
  const edge = wedge?.color('none', 'edgecolor', 'ec') ?? 'none';
  const line = wedge?.number(1, 'linewidth', 'lw') ?? 1;
  const alpha = wedge?.take('alpha');
  const explode = options.take('explode');
  const shifts = explode === undefined || explode === null ? values.map(() => 0) : numbersOf(explode);
  const texts = options.dictionary('textprops');
  const style = textStyle(rcSize('font.size'), rcColor('text.color'));
  if (texts !== undefined) fontOptions(style, texts);
  const distance = options.take('labeldistance');
  const labelDistance = distance === null ? undefined : toFloat(distance ?? 1.1);
  const isTurned = options.flag(false, 'rotatelabels');
  const [x0 = 0, y0 = 0] = numbersOf(options.take('center') ?? new PyList([0, 0]));
  const isFramed = options.flag(false, 'frame');
  const percentDistance = options.number(0.6, 'pctdistance');
  const patterns = options.take('hatch');
  const hatches =
    patterns === undefined || patterns === null ? [] : isSequence(patterns) ? listOf(patterns) : [patterns];
  if (options.take('shadow') === true) note(axes, 'shadow=');
  options.done(axes, 'Wedge');
  const model = axes.edit();
  model.aspect = 1;
  if (!isFramed) {
    model.visible = false;
    model.x.limits = [x0 - 1.25, x0 + 1.25];
    model.y.limits = [y0 - 1.25, y0 + 1.25];
    model.x.ticks = [];
    model.y.ticks = [];
  }
  const wedges: Value[] = [];
  const names: Value[] = [];
  const percents: Value[] = [];
  const given = labels === undefined || labels === null ? undefined : listOf(labels).map(label => str(label));
  let angle = start;
  values.forEach((value, at) => {
    const turn = (value / total) * 360 * (clockwise ? -1 : 1);
    const middle = ((angle + turn / 2) * Math.PI) / 180;
    const [dx, dy] = [Math.cos(middle) * radius, Math.sin(middle) * radius];
    const shift = shifts[at] ?? 0;
    const [cx, cy] = [x0 + Math.cos(middle) * shift, y0 + Math.sin(middle) * shift];
    const [from, to] = turn < 0 ? [angle + turn, angle] : [angle, angle + turn];
    const palette = colors === undefined || colors === null ? undefined : colorsOf(colors);
    const fill = palette === undefined ? nextFill(axes) : (palette[at % palette.length] ?? 'none');
    const ringed = ring === undefined || ring === null ? {} : { width: toFloat(ring) };
    const artist: Artist = {
      kind: 'shape',
      coords: 'data',
      shape: { type: 'wedge', x: cx, y: cy, radius, from, to, ...ringed },
      fill,
      stroke: { color: edge, width: line, dash: [] },
    };
    if (given?.[at] !== undefined) artist.label = given[at];
    if (alpha !== undefined && alpha !== null) artist.alpha = toFloat(alpha);
    const hatch = hatches[at % (hatches.length || 1)];
    if (typeof hatch === 'string') artist.hatches = [hatch];
    wedges.push(axes.add(artist));
    const write = (text: string, away: number, centered: boolean) => {
      const [x, y] = [cx + dx * away, cy + dy * away];
      const isLeft = x > 0;
      return axes.add({
        kind: 'text',
        text,
        coords: 'data',
        x,
        y,
        horizontal: centered ? 'center' : isLeft ? 'left' : 'right',
        vertical: centered || !isTurned ? 'center' : y > 0 ? 'bottom' : 'top',
        rotation: centered || !isTurned ? 0 : (middle * 180) / Math.PI + (isLeft ? 0 : 180),
        style: { ...style },
      });
    };
    if (labelDistance !== undefined) names.push(write(given?.[at] ?? '', labelDistance, false));
    if (autopct !== undefined && autopct !== null)
      percents.push(write(formatted(autopct, (value / total) * 100), percentDistance, true));
    angle += turn;
  });
  const parts = [new PyList(wedges), new PyList(names)];
  return new PyTuple(autopct === undefined || autopct === null ? parts : [...parts, new PyList(percents)]);
}

/** `fill`: polygons. */
function filled(axes: PyAxes, args: PyTuple, keywords: Keywords): PyList {
  return new PyList(
    curvesOf(args.items).map(({ x, y, format }) => {
      const given = format === undefined ? undefined : formatOf(format);
      const ys = coordinates(y, () => axes.edit().y);
      const xs = x === undefined ? ys.map((_, at) => at) : coordinates(x, () => axes.edit().x);
      sameLength(xs, ys);
      const points = xs.map((along, at) => [along, ys[at]!] as const);
      const own = new Map(keywords);
      const hasColor = [...own.keys()].some(name => ['color', 'facecolor', 'fc'].includes(name));
      if (!hasColor) own.set('facecolor', given?.color ?? nextFill(axes));
      return axes.add(shaped({ type: 'polygon', points, closed: true }, own));
    }),
  );
}

/** `stackplot`: areas upon each other. */
function stacked(axes: PyAxes, x: Value, args: PyTuple, keywords: Keywords): PyList {
  const options = new Options(keywords);
  const given =
    args.items.length === 1 && listOf(args.items[0]!).every(isSequence) ? listOf(args.items[0]!) : args.items;
  const labels = options.take('labels');
  const names = labels === undefined || labels === null ? [] : listOf(labels);
  const colors = options.take('colors');
  const palette = colors === undefined || colors === null ? [] : listOf(colors);
  let base = numbersOf(x).map(() => 0);
  return new PyList(
    given.map((row, at) => {
      const own = new Map(options.rest());
      if (names[at] !== undefined) own.set('label', names[at]!);
      // Without colours of its own, it goes on with those of lines.
      own.set('color', palette.length > 0 ? palette[at % palette.length]! : nextColor(axes));
      const values = numbersOf(row);
      const top = base.map((value, index) => value + (values[index] ?? 0));
      const made = fillBetween(axes, false, x, new PyList(base), new PyList(top), undefined, own);
      const artist = made.edit();
      if (at === 0 && artist.kind === 'area') artist.foot = 0;
      base = top;
      return made;
    }),
  );
}

/** Methods of `Axes`, by signature. */
export const FIELD_METHODS: Readonly<Record<string, NativeBody>> = {
  'fill_between(x, y1, y2=0, where=None, **kwargs)': (axes, x, y1, y2, where, keywords) =>
    fillBetween(axes, false, x, y1, y2, where, keywords),
  'fill_betweenx(y, x1, x2=0, where=None, **kwargs)': (axes, y, x1, x2, where, keywords) =>
    fillBetween(axes, true, y, x1, x2, where, keywords),
  'axhspan(ymin, ymax, xmin=0, xmax=1, **kwargs)': (axes, from, to, start, end, keywords) =>
    span(axes, 'y', from, to, [start, end], keywords),
  'axvspan(xmin, xmax, ymin=0, ymax=1, **kwargs)': (axes, from, to, start, end, keywords) =>
    span(axes, 'x', from, to, [start, end], keywords),
  'bar(x, height, width=0.8, bottom=None, **kwargs)': (axes, x, height, width, bottom, keywords) =>
    bars(axes, false, x, height, width, bottom, keywords),
  'barh(y, width, height=0.8, left=None, **kwargs)': (axes, y, width, height, left, keywords) =>
    bars(axes, true, y, width, height, left, keywords),
  'bar_label(container, labels=None, fmt="%g", **kwargs)': barLabel,
  'imshow(X, **kwargs)': (axes, data, keywords) => image(axes, data, keywords),
  'matshow(Z, **kwargs)': (axes, data, keywords) => image(axes, data, keywords),
  'pcolormesh(*args, **kwargs)': mesh,
  'contour(*args, **kwargs)': (axes, args, keywords) => contour(axes, false, args, keywords),
  'contourf(*args, **kwargs)': (axes, args, keywords) => contour(axes, true, args, keywords),
  'clabel(CS, levels=None, **kwargs)': contourLabels,
  'fill(*args, **kwargs)': filled,
  'pie(x, **kwargs)': pie,
  'stackplot(x, *args, **kwargs)': stacked,
};
