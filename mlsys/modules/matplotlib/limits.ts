/** Where an axis begins and ends, by the rules of matplotlib's automatic limits. */
import { aroundDate } from './dates';
import { nonsingular } from './locators';
import type { Artist, AxesModel, AxisModel, Coords, FigureModel, Numbers, Scale } from './model';

type Side = 'x' | 'y';

/** Smallest and largest finite value, positive ones only where asked; undefined when there is none. */
class Extent {
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  /** Edges that margins do not move: the foot of bars, the frame of an image. */
  readonly sticky = new Set<number>();
  readonly positive: boolean;
  constructor(positive: boolean) {
    this.positive = positive;
  }

  add(values: Numbers): void {
    for (const value of values) {
      if (!Number.isFinite(value) || (this.positive && value <= 0)) continue;
      if (value < this.low) this.low = value;
      if (value > this.high) this.high = value;
    }
  }

  get empty(): boolean {
    return this.low > this.high;
  }
}

function addArtist(extent: Extent, artist: Artist, side: Side): void {
  if (artist.counts === 'never') return;
  if (artist.room?.side === side) {
    const ends = [artist.room.from, artist.room.to];
    extent.add(ends);
    for (const end of ends) extent.sticky.add(end);
  }
  switch (artist.kind) {
    case 'line':
      if (isOfData(artist.coords ?? 'data', side)) extent.add(artist[side]);
      return;
    case 'points':
    case 'arrows':
      extent.add(artist[side]);
      return;
    case 'bars':
      for (const [x, y, width, height] of artist.boxes) {
        const [from, size] = side === 'x' ? [x, width] : [y, height];
        extent.add([from, from + size]);
        if (artist.horizontal === (side === 'x')) extent.sticky.add(from);
      }
      return;
    case 'area': {
      const { where } = artist;
      const drawn = (values: Numbers) => (where === undefined ? values : values.filter((_, at) => where[at]));
      if (artist.vertical === (side === 'y')) extent.add(drawn(artist.at));
      else {
        extent.add(drawn(artist.low));
        extent.add(drawn(artist.high));
        if (artist.foot !== undefined) extent.sticky.add(artist.foot);
      }
      return;
    }
    case 'span':
      if (artist.axis === side) extent.add([artist.from, artist.to]);
      return;
    case 'rule':
      if (artist.axis === side) extent.add([artist.at]);
      return;
    case 'segments':
      for (const [x0, y0, x1, y1] of artist.segments) extent.add(side === 'x' ? [x0, x1] : [y0, y1]);
      return;
    case 'image': {
      const [x0, x1, y0, y1] = artist.extent;
      const edges = side === 'x' ? [x0, x1] : [y0, y1];
      extent.add(edges);
      for (const edge of edges) extent.sticky.add(edge);
      return;
    }
    case 'contour': {
      extent.add(artist[side]);
      extent.sticky.add(Math.min(...artist[side]));
      extent.sticky.add(Math.max(...artist[side]));
      return;
    }
    case 'shape':
      if (isOfData(artist.coords, side)) addShape(extent, artist.shape, side);
      return;
    case 'text':
      return;
  }
}

/** Whether a place counts in the data of an axis. */
function isOfData(coords: Coords, side: Side): boolean {
  return coords === 'data' || coords === side;
}

function addShape(extent: Extent, shape: Extract<Artist, { kind: 'shape' }>['shape'], side: Side): void {
  const x = side === 'x';
  switch (shape.type) {
    case 'rectangle':
      extent.add(x ? [shape.x, shape.x + shape.width] : [shape.y, shape.y + shape.height]);
      return;
    case 'ellipse': {
      const half = (x ? shape.width : shape.height) / 2;
      const center = x ? shape.x : shape.y;
      extent.add([center - half, center + half]);
      return;
    }
    case 'polygon':
      extent.add(shape.points.map(point => point[x ? 0 : 1]));
      return;
    case 'wedge': {
      const center = x ? shape.x : shape.y;
      extent.add([center - shape.radius, center + shape.radius]);
      return;
    }
    case 'arrow':
      extent.add([shape.from[x ? 0 : 1], shape.to[x ? 0 : 1]]);
  }
}

/** All axes whose limits on that side are the same as those of axes `at`. */
export function sharers(figure: FigureModel, at: number, side: Side): AxesModel[] {
  const root = (index: number): number => {
    const axes = figure.axes[index]!;
    if (axes.twin?.shared === side) return root(axes.twin.of);
    const other = side === 'x' ? axes.shareX : axes.shareY;
    return other === undefined || other === index ? index : root(other);
  };
  const own = root(at);
  return figure.axes.filter((_, index) => root(index) === own);
}

/** Limits of an axis: from low to high in drawing direction, so an inverted axis has the larger one first. */
export function axisLimits(figure: FigureModel, at: number, side: Side): [number, number] {
  const { polar } = figure.axes[at]!;
  if (polar !== undefined && side === 'x') return [0, 2 * Math.PI];
  const group = sharers(figure, at, side);
  const axis = group.find(axes => axes[side].limits !== undefined)?.[side] ?? figure.axes[at]![side];
  const log = axis.scale.kind === 'log';
  let [low, high] = axis.limits ?? [Number.NaN, Number.NaN];
  if (Number.isNaN(low) || Number.isNaN(high)) {
    const [autoLow, autoHigh] = automatic(group, side, axis);
    if (Number.isNaN(low)) low = autoLow;
    if (Number.isNaN(high)) high = autoHigh;
  }
  if (!log && low === high) [low, high] = nonsingular(low, high, 0.05);
  if (log && low <= 0) low = Math.min(high, 1) / 1000;
  // Ticks that are set are seen.
  if (axis.limits === undefined)
    for (const tick of axis.ticks ?? []) [low, high] = [Math.min(low, tick), Math.max(high, tick)];
  return group.some(axes => axes[side].inverted) ? [high, low] : [low, high];
}

/**
 * Limits follow what is drawn, once somebody asks for them: each call that draws does, a shape or line that is added by itself does
 * not, and a rule only if it lies beyond them, which makes those that were asked for before it.
 */
function automatic(group: readonly AxesModel[], side: Side, axis: AxisModel): [number, number] {
  const isPolar = group.some(({ polar }) => polar !== undefined);
  const extent = new Extent(axis.scale.kind === 'log');
  const made = (): [number, number] => limitsOf(extent, side, axis, isPolar);
  const [only] = group;
  if (group.length > 1 || only === undefined) {
    const all = group.flatMap(({ artists }) => artists.filter(isSeen));
    for (const artist of all) addArtist(extent, artist, side);
    // Rules within what is in view ask for nothing.
    const isWithinUnit = extent.low >= 0 && extent.high <= 1 && axis.scale.kind !== 'log';
    return isWithinUnit && all.every(({ kind }) => kind === 'rule' || kind === 'text') ? [0, 1] : made();
  }
  const { artists, asked } = only;
  let limits = made();
  let isWaiting = false;
  for (let at = 0; at <= artists.length; at++) {
    if (asked?.at === at) {
      isWaiting = asked.waits;
      limits = made();
    }
    const artist = artists[at];
    if (artist === undefined || !isSeen(artist)) continue;
    if (artist.kind === 'rule') {
      if (isWaiting) limits = made();
      isWaiting = artist.axis === side && (artist.at < limits[0] || artist.at > limits[1]);
    } else if (artist.counts === undefined && artist.kind !== 'text') isWaiting = true;
    addArtist(extent, artist, side);
    if (artist.kind === 'image' && artist.isMesh !== true) {
      const [x0, x1, y0, y1] = artist.extent;
      const [from, to] = side === 'x' ? [x0, x1] : [y0, y1];
      limits = [Math.min(from, to), Math.max(from, to)];
      isWaiting = false;
    }
  }
  return isWaiting ? made() : limits;
}

const isSeen = ({ hidden }: Artist): boolean => hidden !== true;

/** Smallest and largest value of the data along an axis; the first is larger than the second where there is none. */
export function dataExtent({ artists }: AxesModel, side: Side): readonly [number, number] {
  const extent = new Extent(false);
  for (const artist of artists) if (isSeen(artist)) addArtist(extent, artist, side);
  return [extent.low, extent.high];
}

function limitsOf(extent: Extent, side: Side, axis: AxisModel, isPolar: boolean): [number, number] {
  const log = axis.scale.kind === 'log';
  if (extent.empty) return log ? [1, 10] : [0, 1];
  let [low, high] = [extent.low, extent.high];
  if (axis.dates === true) {
    if (high - low < 1e-6) [low, high] = aroundDate(axis.locator, low);
  } else if (!log) [low, high] = nonsingular(low, high, 0.05);
  else if (low === high) {
    const { base } = axis.scale;
    const power = Math.log(low) / Math.log(base);
    [low, high] = [base ** (Math.ceil(power - 1e-10) - 1), base ** (Math.floor(power + 1e-10) + 1)];
  }
  const { margin } = axis;
  const forward = (value: number) => scaled(axis.scale, value);
  const back = (value: number) => unscaled(axis.scale, value);
  const pad = (forward(high) - forward(low)) * margin;
  // Margins do not cross these edges.
  const slack = 1e-5 * Math.abs(high - low);
  const edges = [...extent.sticky].sort((a, b) => a - b);
  const [below, above] = [edges.findLast(edge => edge < low + slack), edges.find(edge => edge >= high - slack)];
  low = Math.max(back(forward(low) - pad), below ?? Number.NEGATIVE_INFINITY);
  high = Math.min(back(forward(high) + pad), above ?? Number.POSITIVE_INFINITY);
  // Radii begin in the middle.
  if (side === 'y' && extent.low >= 0 && isPolar) low = 0;
  return [low, high];
}

/** From data to where a value stands on the axis, up to a linear map. */
export function scaled({ kind, base, threshold = 2 }: Scale, value: number): number {
  if (kind === 'linear') return value;
  if (kind === 'log') return value > 0 ? Math.log(value) : Number.NEGATIVE_INFINITY;
  const size = Math.abs(value);
  const linear = base / (base - 1);
  return size <= threshold
    ? value * linear
    : Math.sign(value) * threshold * (linear + Math.log(size / threshold) / Math.log(base));
}

function unscaled({ kind, base, threshold = 2 }: Scale, place: number): number {
  if (kind === 'linear') return place;
  if (kind === 'log') return Math.exp(place);
  const linear = base / (base - 1);
  const size = Math.abs(place);
  return size <= threshold * linear
    ? place / linear
    : Math.sign(place) * threshold * base ** (size / threshold - linear);
}
