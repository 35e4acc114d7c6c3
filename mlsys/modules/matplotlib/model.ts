/**
 * What a matplotlib figure is, as plain data: the recorder fills it in, a renderer draws it. Lengths are in points
 * where matplotlib takes points, in inches for the figure; colours are CSS colours; missing data is NaN.
 */

/** `ink` stands for "the style's text colour", which a renderer takes from its theme. */
export type Color = string;

export type Numbers = readonly number[];

/** What a place counts in: data, parts of the axes, data along one axis and parts along the other one, parts of the figure. */
export type Coords = 'data' | 'axes' | 'x' | 'y' | 'figure';

interface ArtistBase {
  /** Text in the legend; undefined for none. */
  label?: string;
  alpha?: number;
  /** The colour of a line or text as it was given, where that was a text. */
  colorText?: string;
  zorder?: number;
  hidden?: boolean;
  /** True for what was removed, or made for a legend alone. */
  unlisted?: boolean;
  /** True for what a container of bars, error bars or stems holds: legends list those last. */
  contained?: boolean;
  /** Of bars, areas and shapes: one for all, or one for each bar in turn. */
  hatches?: readonly string[];
  /** What is added by itself counts for limits only once something else asks for them, or never. */
  counts?: 'late' | 'never';
  /** An interval of an axis that its limits hold and its margin does not widen. */
  room?: { readonly side: 'x' | 'y'; readonly from: number; readonly to: number };
}

export interface Stroke {
  color: Color;
  width: number;
  /** Lengths of dashes and gaps in units of the width; empty for a solid line. */
  dash: Numbers;
}

export interface LineArtist extends ArtistBase {
  kind: 'line';
  x: Numbers;
  y: Numbers;
  stroke: Stroke;
  /** Undefined for data. */
  coords?: Coords;
  /** `''` for a curve without markers. */
  marker: string;
  markerSize: number;
  markerFill: Color;
  markerEdge: Color;
  markerEdgeWidth: number;
  step?: 'pre' | 'post' | 'mid';
  /** Of a line without ends: through its two points, or through its one with this slope. */
  endless?: 'points' | number;
  /** What numpy makes of the data, where that is known. */
  kinds?: { readonly x: NumberKind | undefined; readonly y: NumberKind | undefined };
}

/** Types of numpy's numbers. */
export type NumberKind = 'whole' | 'real';

/** What is told of bars to those who ask for it, each part with its type. */
export interface BarsRead {
  readonly boxes: readonly (readonly [x: number, y: number, width: number, height: number])[];
  readonly kinds: readonly [x: NumberKind, y: NumberKind, width: NumberKind, height: NumberKind];
}

export interface PointsArtist extends ArtistBase {
  kind: 'points';
  x: Numbers;
  y: Numbers;
  /** Areas in square points, one or as many as points. */
  sizes: Numbers;
  colors: readonly Color[];
  /** What the colours stand for, where they do for values. */
  scale?: ColorScale;
  edge: Color;
  edgeWidth: number;
  marker: string;
}

export interface BarsArtist extends ArtistBase {
  kind: 'bars';
  /** `[x, y, width, height]` of each bar, in data units. */
  boxes: readonly (readonly [number, number, number, number])[];
  colors: readonly Color[];
  edge: Color;
  edgeWidth: number;
  horizontal: boolean;
  /** How far error bars reach beyond the ends of bars, where there are some. */
  beyond?: Numbers;
  /** Texts in the legend, one for each bar. */
  labels?: readonly string[];
  /** True where all of them have one outline, as steps. */
  outlined?: boolean;
  /** What they tell of themselves; undefined where that is not known. */
  read?: BarsRead;
}

export interface AreaArtist extends ArtistBase {
  kind: 'area';
  /** Along the axis. */
  at: Numbers;
  low: Numbers;
  high: Numbers;
  /** An edge that the margin of the axis does not move. */
  foot?: number;
  /** Where the area is drawn. */
  where?: readonly boolean[];
  fill: Color;
  edge: Color;
  edgeWidth: number;
  /** True for `fill_betweenx`. */
  vertical: boolean;
  step?: 'pre' | 'post' | 'mid';
}

export interface SpanArtist extends ArtistBase {
  kind: 'span';
  axis: 'x' | 'y';
  from: number;
  to: number;
  fill: Color;
}

export interface RuleArtist extends ArtistBase {
  kind: 'rule';
  axis: 'x' | 'y';
  at: number;
  /** Fractions of the other axis. */
  low: number;
  high: number;
  stroke: Stroke;
}

export interface SegmentsArtist extends ArtistBase {
  kind: 'segments';
  /** `[x0, y0, x1, y1]`, data units. */
  segments: readonly (readonly [number, number, number, number])[];
  stroke: Stroke;
  /** Length of the caps across each end, in points. */
  cap?: number;
}

export interface TextBox {
  fill: Color;
  edge: Color;
  alpha: number;
  /** In units of the font size. */
  pad: number;
  round: boolean;
  edgeWidth: number;
}

export interface TextStyle {
  /** Around its signs, in points. */
  outline?: { readonly color: Color; readonly width: number } | undefined;
  size: number;
  weight: 'normal' | 'bold';
  italic: boolean;
  color: Color;
  family?: string;
}

export interface Arrow {
  stroke: Stroke;
  /** Heads: none, at the target, at both ends. */
  head: 'none' | 'end' | 'both' | 'start';
  filled: boolean;
  /** Curvature of `arc3,rad=…`. */
  bend: number;
  /** Gaps at the text and at the target, in points. */
  shrink: readonly [number, number];
}

export interface TextArtist extends ArtistBase {
  kind: 'text';
  x: number;
  y: number;
  text: string;
  coords: Coords;
  /** Shift of the text from its point, in points, up is positive. */
  offset?: readonly [number, number];
  horizontal: 'left' | 'center' | 'right';
  vertical: 'top' | 'center' | 'bottom' | 'baseline';
  rotation: number;
  style: TextStyle;
  box?: TextBox;
  /** The point that an arrow leads to. */
  target?: { readonly x: number; readonly y: number; readonly coords: Coords };
  arrow?: Arrow;
}

export interface ShapeArtist extends ArtistBase {
  kind: 'shape';
  shape:
    | { type: 'rectangle'; x: number; y: number; width: number; height: number; round: number; angle: number }
    | { type: 'ellipse'; x: number; y: number; width: number; height: number; angle: number }
    | { type: 'polygon'; points: readonly (readonly [number, number])[]; closed: boolean }
    | { type: 'wedge'; x: number; y: number; radius: number; from: number; to: number; width?: number }
    | { type: 'arrow'; from: readonly [number, number]; to: readonly [number, number]; arrow: Arrow };
  coords: Coords;
  fill: Color;
  stroke: Stroke;
}

export interface ColorMap {
  /** Colours at equal steps from 0 to 1. */
  stops: readonly Color[];
  /** There are no colours between them: each stands for a part of equal size. */
  isListed: boolean;
}

/** How a number becomes a colour. */
export interface ColorScale extends ColorMap {
  low: number;
  high: number;
  log: boolean;
  /** What stands in the middle of the colours, where that is not the middle of the two. */
  center?: number;
}

export interface ImageArtist extends ArtistBase {
  kind: 'image';
  /** Rows of values, the first row at the top unless `origin` is `lower`. */
  rows: readonly Numbers[];
  extent: readonly [number, number, number, number];
  origin: 'upper' | 'lower';
  scale: ColorScale;
  /** True for `pcolormesh`: limits hold it as they hold anything else, whereas `imshow` sets them. */
  isMesh?: boolean;
}

export interface ContourArtist extends ArtistBase {
  kind: 'contour';
  filled: boolean;
  x: Numbers;
  y: Numbers;
  rows: readonly Numbers[];
  levels: Numbers;
  /** One colour a level (lines) or a band (filled). */
  colors: readonly Color[];
  width: number;
  dash: Numbers;
  /** Of levels below zero, where that is another one. */
  dashBelow?: Numbers;
  /** Texts on the lines by level, from `clabel`. */
  labels?: readonly string[];
  labelSize?: number;
  /** Undefined for that of the line. */
  labelColor?: Color;
}

export interface ArrowsArtist extends ArtistBase {
  kind: 'arrows';
  x: Numbers;
  y: Numbers;
  /** The vectors. */
  u: Numbers;
  v: Numbers;
  colors: readonly Color[];
  /** Length of a vector that is as long as the axes is wide; undefined where it comes from the vectors. */
  scale?: number;
  /** Of the shaft, in parts of the axes' width. */
  width?: number;
  /** True where arrows point along the axes' data, not along the page. */
  followsData: boolean;
  /** True where their lengths are those of the data, divided by the scale. */
  byData: boolean;
  pivot: 'tail' | 'middle' | 'tip';
  /** In units of the shaft's width. */
  head: { width: number; length: number; axis: number };
}

export type Artist =
  | ArrowsArtist
  | LineArtist
  | PointsArtist
  | BarsArtist
  | AreaArtist
  | SpanArtist
  | RuleArtist
  | SegmentsArtist
  | TextArtist
  | ShapeArtist
  | ImageArtist
  | ContourArtist;

export interface Scale {
  kind: 'linear' | 'log' | 'symlog';
  base: number;
  /** Half width of the linear part of a symlog axis. */
  threshold?: number;
  /** Of a logarithmic axis: what is not positive is left out instead of lying far below. */
  isMasked?: boolean;
}

/** How tick labels are written: `FuncFormatter` results are kept as fixed labels. */
export interface TickFormat {
  kind: 'auto' | 'percent' | 'format' | 'null' | 'scalar' | 'engineering' | 'date' | 'dates' | 'concise';
  /** `format`: the texts of `at`, made by the chapter's own function or format. */
  texts?: readonly string[];
  at?: Numbers;
  max?: number;
  decimals?: number | undefined;
  symbol?: string;
  unit?: string;
  places?: number | undefined;
  /** `scalar`: whether factors are left out, from which powers on, and what is left out beside, or whether anything is. */
  isPlain?: boolean;
  powers?: readonly [number, number];
  offset?: number | boolean;
  /** `date`: how each is written, in the directives of `strftime`. */
  text?: string;
  /** `dates`: the locator whose unit chooses how they are written. */
  of?: TickLocator;
  /** `concise`. */
  showsOffset?: boolean;
}

export type DateUnit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond';

/** What a locator of `matplotlib.ticker` says. */
export type TickLocator =
  | { kind: 'multiple'; base: number; offset: number }
  /** `MaxNLocator`; without a count, as many as there is room for. */
  | {
      kind: 'count';
      count?: number;
      steps?: Numbers;
      integer?: boolean;
      fewest?: number;
      prune?: string;
    }
  | { kind: 'even'; count: number }
  | { kind: 'log'; base: number; subs?: Numbers }
  | { kind: 'fixed'; at: Numbers; bins?: number }
  /** Every so many units of the calendar, at some of them only. */
  | {
      kind: 'date';
      unit: DateUnit;
      interval: number;
      months?: Numbers;
      days?: Numbers;
      /** 0 for Monday. */
      weekdays?: Numbers;
      /** Hours of the day, minutes or seconds, by the unit. */
      parts?: Numbers;
    }
  /** A rule of the calendar with at least and at most so many ticks. */
  | { kind: 'dates'; fewest: number; most?: number };

export interface AxisModel {
  scale: Scale;
  limits?: readonly [number, number];
  inverted: boolean;
  label: string;
  labelStyle: TextStyle;
  /** Fixed ticks; undefined for automatic ones. */
  ticks?: Numbers;
  tickLabels?: readonly string[];
  /** From a locator. */
  locator?: TickLocator;
  /** Minor ticks; undefined for those that the scale brings along. */
  minor?: TickLocator | { kind: 'none' } | { kind: 'split'; parts: number | undefined };
  /** `null` for minor ticks without texts. */
  minorFormat?: 'null';
  format?: TickFormat;
  tickStyle: TextStyle;
  tickRotation: number;
  /** Names of a categorical axis; its ticks stand at 0, 1, … */
  categories?: string[];
  /** Values are days since 1970. */
  dates?: boolean;
  visible: boolean;
  ticksVisible: boolean;
  labelsVisible: boolean;
  margin: number;
  side?: 'left' | 'right' | 'top' | 'bottom';
}

export interface Grid {
  x: boolean;
  y: boolean;
  stroke: Stroke;
  alpha: number;
  minor: boolean;
}

export interface LegendModel {
  location: string;
  /** Anchor in fractions of the axes, from `bbox_to_anchor`; width and height where it is a box. */
  anchor?: readonly [number, number];
  anchorSize?: readonly [number, number];
  /** Distance to the axes or the anchor, in points. */
  distance: number;
  columns: number;
  size: number;
  title: string;
  titleSize: number;
  frame: boolean;
  fill: Color;
  edge: Color;
  alpha: number;
  /** Explicit entries; undefined for all labelled artists. */
  entries?: readonly { readonly artist: number | undefined; readonly label: string }[];
  /** True where the last entry stands first. */
  reversed?: boolean;
}

/** A text of a legend, and what it stands for. */
export interface LegendEntry {
  readonly artist: Artist | undefined;
  readonly label: string;
}

/** What a legend lists, in its order: what it was told to, else what has labels. */
export function legendEntriesIn(artists: readonly Artist[], legend: LegendModel | undefined): readonly LegendEntry[] {
  const entries = legend?.entries?.map(({ artist, label }) => ({
    artist: artist === undefined ? undefined : artists[artist],
    label,
  }));
  const all = entries ?? labelledEntries(artists);
  return legend?.reversed === true ? [...all].reverse() : all;
}

function labelledEntries(artists: readonly Artist[]): readonly LegendEntry[] {
  const single = artists.flatMap((artist): LegendEntry[] => {
    if (artist.kind !== 'bars' || artist.labels === undefined || artist.unlisted === true) return [];
    return artist.labels.flatMap((label, at) =>
      label.startsWith('_')
        ? []
        : [{ artist: { ...artist, colors: [artist.colors[at % artist.colors.length]!] }, label }],
    );
  });
  return [...single, ...labelledArtists(artists).map(at => ({ artist: artists[at], label: artists[at]!.label! }))];
}

/** The artists that a legend lists by themselves, in its order: what containers hold comes last. */
export function labelledArtists(artists: readonly Artist[]): readonly number[] {
  const labelled = [...artists.keys()].filter(at => artists[at]!.label !== undefined && artists[at]!.unlisted !== true);
  const held = (at: number) => artists[at]!.contained === true;
  return [...labelled.filter(at => !held(at)), ...labelled.filter(held)];
}

/** How polar axes lie: where angles begin, in radians, which way they go, and at how many degrees the texts of radii stand. */
export interface Polar {
  readonly offset: number;
  readonly direction: 1 | -1;
  readonly labelAt: number;
}

export type TitlePlace = 'left' | 'center' | 'right';

export interface AxesModel {
  /** Place in a grid of the figure: rows and columns from 0, ends exclusive. */
  cell: {
    rows: number;
    columns: number;
    row: number;
    column: number;
    rowEnd: number;
    columnEnd: number;
    /** Where axes stand that are in no grid: from the left and from below, width and height, in parts of the figure or of other axes. */
    at?: readonly [number, number, number, number];
    within?: number;
    /** How wide columns and how high rows are in relation to each other; undefined where all are the same. */
    widths?: Numbers;
    heights?: Numbers;
  };
  /** Axes whose place and one axis these share (`twinx` shares x). */
  twin?: { of: number; shared: 'x' | 'y' };
  /** Share limits with those axes. */
  shareX?: number;
  shareY?: number;
  x: AxisModel;
  y: AxisModel;
  /** An axes has up to three, each at its place above the box. */
  titles: Record<TitlePlace, { text: string; style: TextStyle }>;
  grid: Grid;
  legend?: LegendModel;
  /** A legend of the whole figure, which these axes keep. */
  figureLegend?: LegendModel;
  artists: Artist[];
  /** Which of them a function of pyplot drew last with a scale of colours; `plt.colorbar()` is of that. */
  scaled: number | undefined;
  /** False after `axis('off')`. */
  visible: boolean;
  /** True once the figure counts them no longer. */
  removed?: boolean;
  spines: { top: boolean; right: boolean; bottom: boolean; left: boolean; color: Color; width: number };
  /** Where spines stand that have left their sides, with the ticks at them: at a value, at a part of the axes, or points outside of it. */
  spinePlaces?: Partial<Record<'top' | 'right' | 'bottom' | 'left', SpinePlace>>;
  aspect?: number;
  /** True where the limits give way to the aspect rather than the box. */
  isWidened?: boolean;
  /** How many artists there were when limits were last asked for as a whole, and whether these wait for what comes behind. */
  asked?: { at: number; waits: boolean };
  /** Of axes whose x is an angle in radians and whose y is a radius. */
  polar?: Polar;
  /** Of what were polar axes before a renderer made them plain: a circle of radius 1. */
  isRound?: boolean;
  fill: Color;
  colorbar?: {
    scale: ColorScale;
    label: string;
    bands?: { levels: Numbers; colors: readonly Color[] };
    /** True where it lies below the axes. */
    isFlat?: boolean;
    ticks?: Numbers;
    tickLabels?: readonly string[];
  };
}

export interface SpinePlace {
  readonly kind: 'data' | 'axes' | 'outward';
  readonly at: number;
}

/** How the axes of a figure are arranged, where that is not as usual: in points, and in fractions of the figure. */
export type Arrangement =
  | { kind: 'tight'; pad: number }
  | { kind: 'constrained' }
  | {
      kind: 'set';
      x: { from?: number; to?: number; between?: number };
      y: { from?: number; to?: number; between?: number };
    };

export interface FigureModel {
  width: number;
  height: number;
  /** True for the size of figures that name none. */
  isUsual?: boolean;
  title: string;
  titleStyle: TextStyle;
  /** Below and beside all axes. */
  labels?: { x?: { text: string; style: TextStyle }; y?: { text: string; style: TextStyle } };
  fill: Color;
  axes: AxesModel[];
  arrangement?: Arrangement;
  texts: TextArtist[];
  /** Calls and arguments that change only the looks and are not drawn. */
  undrawn: string[];
  /** Calls that draw or write something and did not happen, without which the rest is as it will be. */
  missed: string[];
  /** True where nobody knows what is drawn, or between which limits. */
  lost?: boolean;
  /** What is not drawn here, where that is why. */
  lostBy?: string;
}
