/** `boxplot` and `violinplot`: how values are spread, drawn as matplotlib (3.10) reckons them. */

import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, type Value } from '../../python/runtime/objects';
import { listOf, str, toFloat } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { colorOf } from './color';
import { patchHandle } from './handles';
import { nextColor, parseFormat } from './lines';
import type { AreaArtist, Artist, LineArtist, Numbers, Stroke } from './model';
import type { PyArtist, PyAxes } from './objects';
import { broadcast, common, isSequence, numbersOf, Options, stroke } from './options';
import { rcNumber } from './rc';

type Keywords = ReadonlyMap<string, Value>;
type Side = 'x' | 'y';

/** The sets of values that a call is given: a list of sequences, the columns of a matrix, or one set. */
function setsOf(data: Value): number[][] {
  const isArray = data !== null && typeof data === 'object' && data.cls.name === 'ndarray';
  const items = isSequence(data) ? listOf(data) : [data];
  if (items.length === 0) return [[]];
  if (!isSequence(items[0]!)) return [items.map(item => toFloat(item))];
  const sets = items.map(numbersOf);
  vm.step(sets.reduce((sum, set) => sum + set.length, 0));
  if (!isArray) return sets;
  return Array.from({ length: sets[0]!.length }, (_, at) => sets.map(row => row[at]!));
}

/** numpy's `percentile` of sorted values, with its linear interpolation. */
function percentile(sorted: Numbers, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(place);
  const [a, b] = [sorted[low] ?? Number.NaN, sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN];
  const part = place - low;
  return part < 0.5 ? a + (b - a) * part : b - (b - a) * (1 - part);
}

const sortedOf = (values: Numbers): number[] => [...values].sort((a, b) => a - b);

function meanOf(values: Numbers): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface BoxStatistics {
  readonly median: number;
  readonly mean: number;
  /** The first and third quartile. */
  readonly quartiles: readonly [number, number];
  readonly whiskers: readonly [number, number];
  readonly outliers: Numbers;
  /** The interval of the median that notches show. */
  readonly notch: readonly [number, number];
}

function statisticsOf(values: Numbers, whiskers: Value | undefined): BoxStatistics {
  const sorted = sortedOf(values);
  const [q1, median, q3] = [25, 50, 75].map(percent => percentile(sorted, percent)) as [number, number, number];
  let [low, high] = [q1, q3];
  if (whiskers !== undefined && whiskers !== null && isSequence(whiskers))
    [low, high] = numbersOf(whiskers).map(percent => percentile(sorted, percent)) as [number, number];
  else {
    const reach = whiskers === undefined || whiskers === null ? 1.5 : toFloat(whiskers);
    [low, high] = [q1 - reach * (q3 - q1), q3 + reach * (q3 - q1)];
  }
  const least = sorted.find(value => value >= low);
  const most = sorted.findLast(value => value <= high);
  const ends = [least === undefined || least > q1 ? q1 : least, most === undefined || most < q3 ? q3 : most] as const;
  const half = (1.57 * (q3 - q1)) / Math.sqrt(values.length);
  return {
    median,
    mean: meanOf(values),
    quartiles: [q1, q3],
    whiskers: ends,
    outliers: [...values.filter(value => value < ends[0]), ...values.filter(value => value > ends[1])],
    notch: [median - half, median + half],
  };
}

/** Places on the axis along which boxes or violins stand, with the texts that matplotlib gives them as they are. */
function placesOf(
  given: Value | undefined,
  count: number,
  what: string,
): { readonly at: Numbers; readonly texts: readonly string[] } {
  if (given === undefined || given === null) {
    const at = Array.from({ length: count }, (_, index) => index + 1);
    return { at, texts: at.map(String) };
  }
  const items = listOf(given);
  if (items.length !== count) {
    const length = what === 'boxplot' ? 'must have same the length' : 'must have the same length';
    throw raise('ValueError', `List of ${what} statistics and \`positions\` values ${length}`);
  }
  return { at: numbersOf(given), texts: items.map(item => str(item)) };
}

/** True where boxes stand upright. */
function isUpright(options: Options): boolean {
  const vertical = options.take('vert');
  const direction = options.text('vertical', 'orientation');
  if (direction !== 'vertical' && direction !== 'horizontal')
    throw raise(
      'ValueError',
      `'${direction}' is not a valid value for orientation; supported values are 'vertical', 'horizontal'`,
    );
  return vertical === undefined || vertical === null ? direction === 'vertical' : vertical === true;
}

/** Draws upright what is told upright, and turned where boxes lie. */
class Drawing {
  readonly axes: PyAxes;
  readonly isUpright: boolean;

  constructor(axes: PyAxes, upright: boolean) {
    this.axes = axes;
    this.isUpright = upright;
  }

  /** The axis along which the boxes stand. */
  get side(): Side {
    return this.isUpright ? 'x' : 'y';
  }

  line(along: Numbers, values: Numbers, look: LineLook): PyArtist {
    const [x, y] = this.isUpright ? [along, values] : [values, along];
    return this.axes.add({ kind: 'line', x, y, ...look });
  }

  segments(lines: readonly (readonly [number, number, number, number])[], color: Stroke['color']): PyArtist {
    const turned = lines.map(([a, b, c, d]) => (this.isUpright ? ([a, b, c, d] as const) : ([b, a, d, c] as const)));
    return this.axes.add({
      kind: 'segments',
      segments: turned,
      stroke: { color, width: rcNumber('lines.linewidth'), dash: [] },
    });
  }
}

type LineLook = Omit<LineArtist, 'kind' | 'x' | 'y'>;

/** How a part of a box is drawn, with what the chapter says of it. */
function lineLook(
  axes: PyAxes,
  given: Options | undefined,
  base: Partial<LineLook> & { readonly color: string },
): LineLook {
  const options = given ?? new Options(new Map());
  const { color, ...rest } = base;
  const marker = options.text(rest.marker ?? '', 'marker');
  const look: LineLook = {
    stroke: stroke(
      options,
      color,
      rest.stroke?.width ?? rcNumber('lines.linewidth'),
      rest.stroke?.width === 0 ? 'none' : rest.stroke?.dash.length ? '--' : '-',
    ),
    marker: ['none', 'None', ' '].includes(marker) ? '' : marker,
    markerSize: options.number(rest.markerSize ?? rcNumber('lines.markersize'), 'markersize', 'ms'),
    markerFill: options.color(rest.markerFill ?? color, 'markerfacecolor', 'mfc'),
    markerEdge: options.color(rest.markerEdge ?? color, 'markeredgecolor', 'mec'),
    markerEdgeWidth: options.number(1, 'markeredgewidth', 'mew'),
    ...(rest.zorder === undefined ? {} : { zorder: rest.zorder }),
  };
  common(look as Artist, options);
  options.done(axes, 'Line2D');
  return look;
}

const BLACK = '#000000';
const LINE_ORDER = 2;
/** What stands upon a box. */
const ABOVE = LINE_ORDER + 0.1;

function boxplot(axes: PyAxes, data: Value, keywords: Keywords): PyDict {
  const options = new Options(keywords);
  const sets = setsOf(data);
  const drawing = new Drawing(axes, isUpright(options));
  const how = boxOptions(options, sets);
  options.done(axes, 'Axes.boxplot');
  const looks = boxLooks(axes, how);
  const made: Made = { whiskers: [], caps: [], boxes: [], medians: [], fliers: [], means: [] };
  for (const [index, set] of sets.entries()) {
    const box = statisticsOf(set, how.reach);
    drawBox(
      drawing,
      box,
      { at: how.at[index]!, width: how.widths[index]!, cap: how.capWidths[index]! },
      how,
      looks,
      made,
    );
  }
  if (how.managesTicks) addTicks(axes, drawing.side, how.at, how.names);
  const { label } = how;
  if (label !== undefined && label !== null) {
    const labelled = how.isPatch && how.shows.box ? made.boxes : made.medians;
    const words = typeof label === 'string' ? [label] : listOf(label).map(word => str(word));
    for (const [index, word] of words.entries()) labelled[index]!.edit().label = word;
  }
  return dictOf(made);
}

type Made = Record<'whiskers' | 'caps' | 'boxes' | 'medians' | 'fliers' | 'means', PyArtist[]>;

type BoxOptions = ReturnType<typeof boxOptions>;

/** What `boxplot` is given, with defaults for what is not there. */
function boxOptions(options: Options, sets: readonly Numbers[]) {
  const { at, texts } = placesOf(options.take('positions'), sets.length, 'boxplot');
  const reach = options.take('whis');
  const widths = widthsOf(options.take('widths'), at);
  const caps = options.take('capwidths');
  const capWidths =
    caps === undefined || caps === null
      ? widths.map(width => 0.5 * width)
      : broadcast(numbersOf(caps), at.length, 'capwidths');
  const isNotched = options.flag(false, 'notch');
  const isPatch = options.flag(false, 'patch_artist');
  const shown = {
    caps: options.flag(true, 'showcaps'),
    box: options.flag(true, 'showbox'),
    fliers: options.flag(true, 'showfliers'),
    means: options.flag(false, 'showmeans'),
  };
  const isMeanLine = options.flag(false, 'meanline');
  const named = options.take('tick_labels', 'labels');
  const names = named === undefined || named === null ? texts : listOf(named).map(name => str(name));
  if (names.length !== sets.length) throw raise('ValueError', 'Dimensions of labels and X must be compatible');
  const given = (name: string): Options | undefined => options.dictionary(name);
  const own = {
    box: given('boxprops'),
    whisker: given('whiskerprops'),
    cap: given('capprops'),
    flier: flierOptions(options, given('flierprops')),
    median: given('medianprops'),
    mean: given('meanprops'),
  };
  const shows = { ...shown, fliers: shown.fliers && own.flier !== null };
  const label = options.take('label');
  const managesTicks = options.flag(true, 'manage_ticks');
  for (const name of ['bootstrap', 'usermedians', 'conf_intervals'])
    if ((options.take(name) ?? null) !== null) throw new Unsupported(`boxplot(${name}=…)`);
  options.take('autorange', 'zorder');
  return { at, reach, widths, capWidths, isNotched, isPatch, isMeanLine, shows, own, names, label, managesTicks };
}

const THIN = { width: 1, dash: [], color: BLACK };

function copyOf(one: Options | undefined | null): Options | undefined {
  return one ? new Options(one.rest()) : undefined;
}

/** The looks of the lines of a box, each made anew for one line. */
function boxLooks(axes: PyAxes, { own, isMeanLine }: BoxOptions) {
  return {
    box: () => lineLook(axes, copyOf(own.box), { color: BLACK, stroke: THIN }),
    whisker: () => lineLook(axes, copyOf(own.whisker), { color: BLACK, stroke: THIN }),
    cap: () => lineLook(axes, copyOf(own.cap ?? own.whisker), { color: BLACK, stroke: THIN }),
    median: () => lineLook(axes, copyOf(own.median), { color: colorOf('C1'), stroke: THIN, zorder: ABOVE }),
    mean: () =>
      lineLook(axes, copyOf(own.mean), {
        color: colorOf('C2'),
        stroke: isMeanLine ? { ...THIN, dash: [1] } : { ...THIN, width: 0 },
        marker: isMeanLine ? '' : '^',
        zorder: ABOVE,
      }),
    flier: () =>
      lineLook(axes, copyOf(own.flier), {
        color: BLACK,
        stroke: { ...THIN, width: 0 },
        marker: 'o',
        markerFill: 'none',
        zorder: ABOVE,
      }),
  };
}

/** Draws a box with its whiskers, and what else is shown of the data, and adds it to what was made. */
function drawBox(
  drawing: Drawing,
  box: BoxStatistics,
  { at, width, cap }: { readonly at: number; readonly width: number; readonly cap: number },
  { isNotched, isPatch, isMeanLine, shows, own, managesTicks }: BoxOptions,
  looks: ReturnType<typeof boxLooks>,
  made: Made,
): void {
  const [left, right] = [at - width * 0.5, at + width * 0.5];
  const [q1, q3] = box.quartiles;
  const narrow = isNotched ? [at - width * 0.25, at + width * 0.25] : [left, right];
  const [low, high] = box.notch;
  const along = isNotched
    ? [left, right, right, narrow[1]!, right, right, left, left, narrow[0]!, left, left]
    : [left, right, right, left, left];
  const values = isNotched ? [q1, q1, low, box.median, high, q3, q3, high, box.median, low, q1] : [q1, q1, q3, q3, q1];
  if (shows.box)
    made.boxes.push(
      isPatch ? patch(drawing, along, values, copyOf(own.box)) : drawing.line(along, values, looks.box()),
    );
  for (const [from, to] of [
    [q1, box.whiskers[0]],
    [q3, box.whiskers[1]],
  ] as const)
    made.whiskers.push(drawing.line([at, at], [from, to], looks.whisker()));
  const half = cap * 0.5;
  if (shows.caps)
    for (const end of box.whiskers) made.caps.push(drawing.line([at - half, at + half], [end, end], looks.cap()));
  const median = drawing.line(narrow, [box.median, box.median], looks.median());
  if (managesTicks) median.edit().room = { side: drawing.side, from: at - 0.5, to: at + 0.5 };
  made.medians.push(median);
  if (shows.means)
    made.means.push(
      isMeanLine
        ? drawing.line([left, right], [box.mean, box.mean], looks.mean())
        : drawing.line([at], [box.mean], looks.mean()),
    );
  if (!shows.fliers) return;
  const places = box.outliers.map(() => at);
  made.fliers.push(drawing.line(places, box.outliers, looks.flier()));
}

/** The widths of boxes, which by default grow with the distance between the outermost ones. */
function widthsOf(given: Value | undefined, at: Numbers): number[] {
  if (given !== undefined && given !== null) return broadcast(numbersOf(given), at.length, 'widths');
  const span = Math.max(...at) - Math.min(...at);
  return at.map(() => Math.min(0.5, Math.max(0.15, 0.15 * span)));
}

/** `sym`: no outliers, or the marker and colour of them. Null for none. */
function flierOptions(options: Options, given: Options | undefined): Options | undefined | null {
  const symbol = options.take('sym');
  if (symbol === undefined || symbol === null) return given;
  if (symbol === '') return null;
  const format = parseFormat(str(symbol));
  const entries = new Map<string, Value>(given?.rest() ?? []);
  if (format?.marker !== undefined && !entries.has('marker')) entries.set('marker', format.marker);
  if (format?.color !== undefined)
    for (const name of ['color', 'markerfacecolor', 'markeredgecolor'])
      if (!entries.has(name)) entries.set(name, format.color);
  return new Options(entries);
}

function patch(drawing: Drawing, along: Numbers, values: Numbers, given: Options | undefined): PyArtist {
  const options = given ?? new Options(new Map());
  const color = options.take('color');
  const fill = color === undefined || color === null ? colorOf('C0') : colorOf(color);
  const artist: Artist = {
    kind: 'shape',
    shape: {
      type: 'polygon',
      closed: true,
      points: along.map((place, at) =>
        drawing.isUpright ? ([place, values[at]!] as const) : ([values[at]!, place] as const),
      ),
    },
    coords: 'data',
    fill: options.color(fill, 'facecolor', 'fc'),
    stroke: stroke(options, options.color(color === undefined || color === null ? BLACK : fill, 'edgecolor', 'ec'), 1),
    zorder: LINE_ORDER,
  };
  common(artist, options);
  options.done(drawing.axes, 'PathPatch');
  return patchHandle(drawing.axes, artist, 'PathPatch');
}

/** Ticks at the boxes, beside those of boxes that are there already. */
function addTicks(axes: PyAxes, side: Side, at: Numbers, names: readonly string[]): void {
  const axis = axes.edit()[side];
  const isFixed = axis.locator?.kind === 'fixed' && axis.format?.kind === 'format';
  const before = isFixed && axis.locator?.kind === 'fixed' ? axis.locator.at : [];
  const texts = isFixed ? (axis.format?.texts ?? []) : [];
  axis.locator = { kind: 'fixed', at: [...before, ...at] };
  axis.format = { kind: 'format', texts: [...texts, ...names] };
}

function dictOf(parts: Readonly<Record<string, readonly PyArtist[] | PyArtist>>): PyDict {
  const dict = new PyDict();
  for (const [name, part] of Object.entries(parts))
    dict.set(name, Array.isArray(part) ? new PyList([...part]) : (part as PyArtist));
  return dict;
}

/** The density of values at places, of Gaussian kernels: `mlab.GaussianKDE`. */
function densities(values: Numbers, places: Numbers, bandwidth: Value | undefined): number[] {
  if (values.every(value => value === values[0])) return places.map(place => (place === values[0] ? 1 : 0));
  const count = values.length;
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const factor = factorOf(bandwidth, count);
  const covariance = variance * factor ** 2;
  const norm = Math.sqrt(2 * Math.PI * covariance) * count;
  vm.step(count * places.length);
  return places.map(
    place => values.reduce((sum, value) => sum + Math.exp(-((value - place) ** 2) / covariance / 2), 0) / norm,
  );
}

function factorOf(bandwidth: Value | undefined, count: number): number {
  if (bandwidth === undefined || bandwidth === null || bandwidth === 'scott') return count ** -0.2;
  if (bandwidth === 'silverman') return ((count * 3) / 4) ** -0.2;
  if (typeof bandwidth === 'number' || typeof bandwidth === 'bigint') return Number(bandwidth);
  throw new Unsupported('violinplot(bw_method=…) of a function');
}

function violinplot(axes: PyAxes, data: Value, positions: Value | undefined, keywords: Keywords): PyDict {
  const options = new Options(keywords);
  const sets = setsOf(data);
  const drawing = new Drawing(axes, isUpright(options));
  const { at } = placesOf(positions, sets.length, 'violinplot');
  const widths = broadcast(numbersOf(options.take('widths') ?? 0.5), at.length, 'widths');
  const count = options.number(100, 'points');
  const bandwidth = options.take('bw_method');
  const half = options.text('both', 'side');
  const shows = {
    means: options.flag(false, 'showmeans'),
    extrema: options.flag(true, 'showextrema'),
    medians: options.flag(false, 'showmedians'),
  };
  const quantiles = quantilesOf(options.take('quantiles'), sets.length);
  options.done(axes, 'Axes.violinplot');
  const color = nextColor(axes);
  const bodies: PyArtist[] = [];
  const all = sets.map(values => {
    const sorted = sortedOf(values);
    return { values, sorted, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
  });
  for (const [index, { values, least, most }] of all.entries()) {
    const places = Array.from({ length: count }, (_, step) => least + ((most - least) * step) / Math.max(1, count - 1));
    const density = densities(values, places, bandwidth);
    const largest = Math.max(...density);
    const reach = density.map(value => (0.5 * widths[index]! * value) / largest);
    const body: AreaArtist = {
      kind: 'area',
      at: places,
      low: reach.map(value => (half === 'high' ? 0 : -value) + at[index]!),
      high: reach.map(value => (half === 'low' ? 0 : value) + at[index]!),
      fill: color,
      edge: 'none',
      edgeWidth: 1,
      vertical: drawing.isUpright,
      alpha: 0.3,
    };
    bodies.push(axes.add(body));
  }
  const ends = at.map(
    (place, index) =>
      [
        place - (half === 'high' ? 0 : 0.25 * widths[index]!),
        place + (half === 'low' ? 0 : 0.25 * widths[index]!),
      ] as const,
  );
  const across = (values: Numbers, of: readonly number[] = values.map((_, index) => index)): PyArtist =>
    drawing.segments(
      values.map((value, index) => [ends[of[index]!]![0], value, ends[of[index]!]![1], value] as const),
      color,
    );
  const made: Record<string, PyArtist[] | PyArtist> = { bodies };
  if (shows.means) made.cmeans = across(all.map(({ values }) => meanOf(values)));
  if (shows.extrema) {
    made.cmaxes = across(all.map(({ most }) => most));
    made.cmins = across(all.map(({ least }) => least));
    made.cbars = drawing.segments(
      all.map(({ least, most }, index) => [at[index]!, least, at[index]!, most] as const),
      color,
    );
  }
  if (shows.medians) made.cmedians = across(all.map(({ sorted }) => percentile(sorted, 50)));
  const marks = quantiles.flatMap((own, index) =>
    own.map(part => ({ index, value: percentile(all[index]!.sorted, 100 * part) })),
  );
  if (marks.length > 0)
    made.cquantiles = across(
      marks.map(({ value }) => value),
      marks.map(({ index }) => index),
    );
  return dictOf(made);
}

function quantilesOf(given: Value | undefined, count: number): readonly Numbers[] {
  if (given === undefined || given === null) return [];
  const items = listOf(given);
  const sets = items.length > 0 && isSequence(items[0]!) ? items.map(numbersOf) : [numbersOf(given)];
  if (sets.length !== count)
    throw raise('ValueError', 'List of violinplot statistics and quantiles values must have the same length');
  return sets;
}

/** Methods of `Axes`, by signature. */
export const DISTRIBUTION_METHODS: Readonly<Record<string, NativeBody>> = {
  'boxplot(x, **kwargs)': boxplot,
  'violinplot(dataset, positions=None, **kwargs)': violinplot,
};
