/** Where an axis begins and ends, and where its ticks stand, by the rules of matplotlib's automatic limits and locators. */
import type { Artist, AxesModel, AxisModel, FigureModel, Numbers } from './model';

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
  switch (artist.kind) {
    case 'line':
    case 'points':
      extent.add(artist[side]);
      return;
    case 'bars':
      for (const [x, y, width, height] of artist.boxes) {
        const [from, size] = side === 'x' ? [x, width] : [y, height];
        extent.add([from, from + size]);
        if (artist.horizontal === (side === 'x')) extent.sticky.add(from);
      }
      return;
    case 'area':
      if (artist.vertical === (side === 'y')) extent.add(artist.at);
      else {
        extent.add(artist.low);
        extent.add(artist.high);
      }
      return;
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
      if (artist.coords === 'data') addShape(extent, artist.shape, side);
      return;
    case 'text':
      return;
  }
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
function sharers(figure: FigureModel, at: number, side: Side): AxesModel[] {
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
  const group = sharers(figure, at, side);
  const axis = group.find(axes => axes[side].limits !== undefined)?.[side] ?? figure.axes[at]![side];
  const log = axis.scale.kind === 'log';
  let [low, high] = axis.limits ?? [Number.NaN, Number.NaN];
  if (Number.isNaN(low) || Number.isNaN(high)) {
    const [autoLow, autoHigh] = automatic(group, side, axis);
    if (Number.isNaN(low)) low = autoLow;
    if (Number.isNaN(high)) high = autoHigh;
  }
  if (log && low <= 0) low = Math.min(high, 1) / 1000;
  return group.some(axes => axes[side].inverted) ? [high, low] : [low, high];
}

function automatic(group: readonly AxesModel[], side: Side, axis: AxisModel): [number, number] {
  const log = axis.scale.kind === 'log';
  const extent = new Extent(log);
  for (const axes of group) for (const artist of axes.artists) if (!artist.hidden) addArtist(extent, artist, side);
  if (extent.empty) return log ? [1, 10] : [0, 1];
  let { low, high } = extent;
  if (low === high) {
    const pad = log ? 0 : Math.abs(low) * 0.05 || 0.05;
    return log ? [low / axis.scale.base, high * axis.scale.base] : [low - pad, high + pad];
  }
  const { margin } = axis;
  const forward = (value: number) => (log ? Math.log(value) : value);
  const back = (value: number) => (log ? Math.exp(value) : value);
  const pad = (forward(high) - forward(low)) * margin;
  if (!extent.sticky.has(low)) low = back(forward(low) - pad);
  if (!extent.sticky.has(high)) high = back(forward(high) + pad);
  return [low, high];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** "Nice" ticks: multiples of 1, 2, 2.5 or 5 times a power of ten, at most `count` intervals. */
export function niceTicks(low: number, high: number, count: number, integer = false): number[] {
  const [from, to] = low <= high ? [low, high] : [high, low];
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return [from];
  const raw = span / Math.max(1, count);
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const steps = integer && magnitude <= 1 ? [1, 2, 5, 10] : STEPS;
  let step = (steps.find(each => each * magnitude >= raw * (1 - 1e-10)) ?? 10) * magnitude;
  if (integer) step = Math.max(1, step);
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step - 1e-9); at <= Math.floor(to / step + 1e-9); at++) {
    const value = at * step;
    ticks.push(Number(value.toPrecision(12)));
  }
  return ticks;
}

/** Powers of the base within the limits, thinned out to about `count`. */
export function logTicks(low: number, high: number, base: number, count: number): number[] {
  const [from, to] = low <= high ? [low, high] : [high, low];
  const lowest = Math.ceil(Math.log(from) / Math.log(base) - 1e-9);
  const highest = Math.floor(Math.log(to) / Math.log(base) + 1e-9);
  const stride = Math.max(1, Math.ceil((highest - lowest + 1) / count));
  const ticks: number[] = [];
  for (let at = lowest; at <= highest; at += stride) ticks.push(base ** at);
  return ticks;
}

/** Minor ticks of a log axis: 2 to 9 times each power of ten. */
export function logMinorTicks(low: number, high: number, base: number): number[] {
  const [from, to] = low <= high ? [low, high] : [high, low];
  if (base !== 10 || Math.log10(to / from) > 10) return [];
  const ticks: number[] = [];
  for (let at = Math.floor(Math.log10(from)); at <= Math.ceil(Math.log10(to)); at++)
    for (let part = 2; part < 10; part++) {
      const value = part * 10 ** at;
      if (value >= from && value <= to) ticks.push(value);
    }
  return ticks;
}

/** Major ticks of an axis; `count` is how many intervals there is room for. */
export function axisTicks(axis: AxisModel, limits: readonly [number, number], count: number): number[] {
  const [low, high] = limits[0] <= limits[1] ? limits : [limits[1], limits[0]];
  const inside = (ticks: Numbers) => {
    const slack = axis.scale.kind === 'log' ? 0 : (high - low) * 1e-9;
    return ticks.filter(tick => tick >= low - slack && tick <= high + slack);
  };
  if (axis.ticks !== undefined) return inside(axis.ticks);
  if (axis.categories !== undefined) return inside(axis.categories.map((_, at) => at));
  if (axis.locator?.kind === 'multiple') {
    const { base } = axis.locator;
    const ticks: number[] = [];
    for (let at = Math.ceil(low / base - 1e-9); at * base <= high + base * 1e-9 && ticks.length < 500; at++)
      ticks.push(Number((at * base).toPrecision(12)));
    return ticks;
  }
  const room = axis.locator?.kind === 'count' ? axis.locator.count : count;
  if (axis.scale.kind === 'log') {
    const base = axis.locator?.kind === 'log' ? axis.locator.base : axis.scale.base;
    const ticks = logTicks(low, high, base, Math.max(2, room));
    return ticks.length >= 2
      ? ticks
      : [...new Set([...ticks, ...inside(logMinorTicks(low, high, base))])].sort((a, b) => a - b);
  }
  return niceTicks(low, high, room);
}
