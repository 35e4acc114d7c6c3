/** Polar axes as plain ones around a circle of radius 1: what they hold is brought there, and the circle drawn with its rays and texts. */
import type {
  Artist,
  AxesModel,
  AxisTicks,
  ContourArtist,
  FigureModel,
  ImageArtist,
  Numbers,
  ShapeArtist,
  Stroke,
  TextArtist,
} from '../../../mlsys/figures';
import { heightOf, widthOf } from './figureText';

type Pair = readonly [number, number];

/** Steps of a whole turn in which arcs are drawn. */
const STEPS = 120;
/** How far from the middle the texts of angles stand, and how far the drawing reaches beside these. */
const TEXT_AT = 1.05;
const REACH = 1.02;
/** Where matplotlib draws the lines of a grid. */
const GRID_ORDER = 1.5;

/** Room beside such an axes, and above and below it, that the texts of its angles need. */
export function roomAround({ artists }: AxesModel): { readonly beside: number; readonly above: number } {
  const texts = artists.flatMap(artist =>
    artist.kind === 'text' && artist.coords === 'data' && Math.hypot(artist.x, artist.y) > 1.01 ? [artist] : [],
  );
  return {
    beside: Math.max(0, ...texts.map(({ text, style }) => widthOf(text, style))),
    above: Math.max(0, ...texts.map(({ text, style }) => heightOf(text, style.size))),
  };
}

/** Such axes in the terms of others, by the ticks of their angles and radii. */
export function flattened(axes: AxesModel, angles: AxisTicks, radii: AxisTicks): AxesModel {
  const { polar } = axes;
  if (polar === undefined) return axes;
  const [low, high] = radii.limits;
  const turned = (angle: number): number => polar.direction * angle + polar.offset;
  const at = (angle: number, part: number): Pair => [part * Math.cos(turned(angle)), part * Math.sin(turned(angle))];
  const partOf = (radius: number): number => (radius - low) / (high - low || 1);
  const point = (angle: number, radius: number): Pair => {
    const part = partOf(radius);
    return part < 0 ? [Number.NaN, Number.NaN] : at(angle, part);
  };
  const arc = (from: number, to: number, part: number): Pair[] => {
    const steps = Math.max(1, Math.ceil((Math.abs(to - from) / (2 * Math.PI)) * STEPS));
    return Array.from({ length: steps + 1 }, (_, step) => at(from + ((to - from) * step) / steps, part));
  };
  const ring = (part: number): Pair[] => arc(0, 2 * Math.PI, part);
  const moved = new Mover(point, arc, partOf);
  const artists = axes.artists.map(artist => moved.artist(artist));
  const { grid, spines } = axes;
  const lined = (points: readonly Pair[], stroke: Stroke, alpha: number, zorder: number): Artist => ({
    kind: 'line',
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    stroke,
    marker: '',
    markerSize: 0,
    markerFill: 'none',
    markerEdge: 'none',
    markerEdgeWidth: 0,
    alpha,
    zorder,
  });
  if (grid.y) artists.push(...radii.ticks.map(tick => lined(ring(partOf(tick)), grid.stroke, grid.alpha, GRID_ORDER)));
  if (grid.x)
    artists.push(...angles.ticks.map(tick => lined([[0, 0], at(tick, 1)], grid.stroke, grid.alpha, GRID_ORDER)));
  artists.push(...moved.more, lined(ring(1), { color: spines.color, width: spines.width, dash: [] }, 1, 3));
  const written = (text: string, [x, y]: Pair, place: Pick<TextArtist, 'horizontal' | 'vertical'>, side: 'x' | 'y') =>
    artists.push({ kind: 'text', text, coords: 'data', x, y, ...place, rotation: 0, style: axes[side].tickStyle });
  if (axes.x.labelsVisible)
    angles.ticks.forEach((tick, index) => {
      const [x, y] = at(tick, 1);
      const horizontal = x > 0.1 ? 'left' : x < -0.1 ? 'right' : 'center';
      const vertical = y > 0.5 ? 'bottom' : y < -0.5 ? 'top' : 'center';
      written(angles.labels[index]!, at(tick, TEXT_AT), { horizontal, vertical }, 'x');
    });
  if (axes.y.labelsVisible)
    radii.ticks.forEach((tick, index) => {
      const angle = (polar.labelAt * Math.PI) / 180;
      written(radii.labels[index]!, at(angle, partOf(tick)), { horizontal: 'left', vertical: 'center' }, 'y');
    });
  const side = { ticks: [], visible: false, inverted: false, scale: { kind: 'linear', base: 10 } } as const;
  return {
    ...axes,
    artists,
    x: { ...axes.x, ...side, limits: [-REACH, REACH] },
    y: { ...axes.y, ...side, limits: [-REACH, REACH] },
    grid: { ...grid, x: false, y: false },
    spines: { ...spines, top: false, right: false, bottom: false, left: false },
    aspect: 1,
  };
}

/** A grid of values that is drawn through a change of its coordinates. */
export type BentArtist = (ContourArtist | ImageArtist) & { readonly bend: (x: number, y: number) => Pair };

/** Calls that draw nothing on polar axes here. */
export function undrawnOnPolar({ axes }: FigureModel): string[] {
  return axes.flatMap(({ polar, artists }) =>
    polar === undefined
      ? []
      : artists.flatMap(artist => {
          if (artist.hidden === true) return [];
          if (artist.kind === 'arrows') return ['quiver'];
          if (artist.kind === 'area' && artist.vertical) return ['fill_betweenx'];
          return artist.kind === 'shape' && artist.shape.type !== 'polygon' ? ['add_patch'] : [];
        }),
  );
}

/** Brings artists from angles and radii to the plane. */
class Mover {
  /** What an artist becomes beside the one that takes its place. */
  readonly more: Artist[] = [];
  readonly #point: (angle: number, radius: number) => Pair;
  readonly #arc: (from: number, to: number, part: number) => readonly Pair[];
  readonly #partOf: (radius: number) => number;

  constructor(
    point: (angle: number, radius: number) => Pair,
    arc: (from: number, to: number, part: number) => readonly Pair[],
    partOf: (radius: number) => number,
  ) {
    this.#point = point;
    this.#arc = arc;
    this.#partOf = partOf;
  }

  /** What takes the place of an artist; one that has none here is hidden. */
  artist(artist: Artist): Artist {
    switch (artist.kind) {
      case 'line':
      case 'points':
        return { ...artist, ...this.#all(artist.x, artist.y) };
      case 'area': {
        if (artist.vertical) return { ...artist, hidden: true };
        const shown = artist.at.flatMap((_, at) => (artist.where?.[at] === false ? [] : [at]));
        const high = shown.map(at => this.#point(artist.at[at]!, artist.high[at]!));
        const low = shown.map(at => this.#point(artist.at[at]!, artist.low[at]!));
        return shapeOf(artist, [...high, ...low.reverse()], artist.fill, artist.edge, artist.edgeWidth);
      }
      case 'bars': {
        const shapes = artist.boxes.map(([x, y, width, height], at) =>
          shapeOf(
            artist,
            this.#sector(x, x + width, y, y + height),
            artist.colors[at % artist.colors.length] ?? 'none',
            artist.edge,
            artist.edgeWidth,
          ),
        );
        const [first, ...rest] = shapes;
        for (const one of rest) {
          delete one.label;
          this.more.push(one);
        }
        return first ?? { ...artist, hidden: true };
      }
      case 'span': {
        const [from, to] = [artist.from, artist.to];
        if (artist.axis === 'x') return shapeOf(artist, this.#wedge(from, to, 0, 1), artist.fill, 'none', 0);
        return shapeOf(artist, this.#sector(0, 2 * Math.PI, from, to), artist.fill, 'none', 0);
      }
      case 'rule': {
        const part = this.#partOf(artist.at);
        const [to, from] = [this.#arc(artist.at, artist.at, 1)[0]!, [0, 0] as const];
        const points = artist.axis === 'y' ? this.#arc(0, 2 * Math.PI, part) : [from, to];
        return shapeOf(artist, points, 'none', artist.stroke.color, artist.stroke.width, artist.stroke.dash, false);
      }
      case 'segments': {
        const segments = artist.segments.map(
          ([x0, y0, x1, y1]) => [...this.#point(x0, y0), ...this.#point(x1, y1)] as const,
        );
        return { ...artist, segments };
      }
      case 'text': {
        if (artist.coords !== 'data') return artist;
        const [x, y] = this.#point(artist.x, artist.y);
        const { target } = artist;
        if (target?.coords !== 'data') return { ...artist, x, y };
        const [toX, toY] = this.#point(target.x, target.y);
        return { ...artist, x, y, target: { x: toX, y: toY, coords: 'data' } };
      }
      case 'shape': {
        if (artist.coords !== 'data' || artist.shape.type !== 'polygon') return { ...artist, hidden: true };
        const points = artist.shape.points.map(([angle, radius]) => this.#point(angle, radius));
        return { ...artist, shape: { ...artist.shape, points } };
      }
      case 'contour':
      case 'image':
        return { ...artist, bend: this.#point } as BentArtist;
      case 'arrows':
        return { ...artist, hidden: true };
    }
  }

  #all(angles: Numbers, radii: Numbers): { readonly x: Numbers; readonly y: Numbers } {
    const points = angles.map((angle, at) => this.#point(angle, radii[at]!));
    return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
  }

  #sector(from: number, to: number, low: number, high: number): readonly Pair[] {
    return this.#wedge(from, to, Math.max(0, this.#partOf(low)), Math.max(0, this.#partOf(high)));
  }

  #wedge(from: number, to: number, low: number, high: number): readonly Pair[] {
    return [...this.#arc(from, to, high), ...this.#arc(to, from, low)];
  }
}

/** A polygon with the name and the place of an artist. */
function shapeOf(
  { label, alpha, zorder = 1, hidden }: Artist,
  points: readonly Pair[],
  fill: string,
  edge: string,
  width: number,
  dash: Numbers = [],
  closed = true,
): ShapeArtist {
  return {
    kind: 'shape',
    shape: { type: 'polygon', points: points.filter(([x, y]) => Number.isFinite(x + y)), closed },
    coords: 'data',
    fill,
    stroke: { color: edge, width: edge === 'none' ? 0 : width, dash },
    zorder,
    ...(label === undefined ? {} : { label }),
    ...(alpha === undefined ? {} : { alpha }),
    ...(hidden === undefined ? {} : { hidden }),
  };
}
