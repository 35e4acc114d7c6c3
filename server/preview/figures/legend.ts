/** Legends: their entries, and the corner that hides least. */

import { entryOf } from '../../../mlsys';
import {
  type Artist,
  type AxesModel,
  type LegendEntry,
  type LegendModel,
  legendEntriesIn,
} from '../../../mlsys/figures';
import { type Canvas, markerSvg, n, strokeAttributes } from './artists';
import { textSvg, widthOf } from './figureText';
import { hatchesOf, hatchFills } from './hatch';
import { opacityOf, paint } from './paint';
import type { Box } from './space';

/** What a legend lists, in order. */
export function legendEntries(axes: AxesModel): readonly LegendEntry[] {
  return legendEntriesIn(axes.artists, axes.legend);
}

/** The sample of an artist in a box of `width` by `size`, its middle at (x, y). */
function sample(artist: Artist | undefined, x: number, y: number, width: number, size: number, name: string): string {
  if (artist === undefined) return '';
  const rect = (look: string) =>
    `<rect x="${n(x)}" y="${n(y - size * 0.35)}" width="${n(width)}" height="${n(size * 0.7)}"${look}/>`;
  const bar = (fill: string, edge: string, edgeWidth: number) => {
    const outline = strokeAttributes({ color: edge, width: edgeWidth, dash: [] }, artist.alpha);
    const [first] = hatchesOf(artist);
    const fills = first === undefined ? [] : hatchFills(first.hatch, first.color, name);
    return [
      rect(` fill="${paint(fill)}" fill-opacity="${n(opacityOf(fill, artist.alpha))}"${outline}`),
      ...fills.map(pattern => rect(` fill="${pattern}"`)),
    ].join('');
  };
  switch (artist.kind) {
    case 'line': {
      const line =
        artist.stroke.width > 0
          ? `<path d="M${n(x)} ${n(y)}h${n(width)}" fill="none"${strokeAttributes(artist.stroke, artist.alpha)}/>`
          : '';
      if (artist.marker === '') return line;
      const edge = strokeAttributes(
        { color: artist.markerEdge, width: Math.max(1, artist.markerEdgeWidth), dash: [] },
        artist.alpha,
      );
      return (
        line +
        markerSvg(
          artist.marker,
          x + width / 2,
          y,
          artist.markerSize / 2,
          ` fill="${paint(artist.markerFill)}"${edge}`,
          edge,
        )
      );
    }
    case 'points': {
      const color = artist.colors[0] ?? 'none';
      const edge = strokeAttributes({ color: artist.edge, width: artist.edgeWidth, dash: [] }, artist.alpha);
      const radius = Math.min(size * 0.5, Math.sqrt(artist.sizes[0] ?? 36) / 2);
      const look = ` fill="${paint(color)}" fill-opacity="${n(opacityOf(color, artist.alpha))}"${edge}`;
      return markerSvg(
        artist.marker,
        x + width / 2,
        y,
        radius,
        look,
        strokeAttributes({ color, width: 1.2, dash: [] }, artist.alpha),
      );
    }
    case 'bars':
      return bar(artist.colors[0] ?? 'none', artist.edge, artist.edgeWidth);
    case 'area':
      return bar(artist.fill, artist.edge, artist.edgeWidth);
    case 'span':
      return bar(artist.fill, 'none', 0);
    case 'shape':
      return bar(artist.fill, artist.stroke.color, artist.stroke.width);
    case 'rule':
    case 'segments':
      return `<path d="M${n(x)} ${n(y)}h${n(width)}" fill="none"${strokeAttributes(artist.stroke, artist.alpha)}/>`;
    default:
      return '';
  }
}

/** Fractions of the axes at which a legend stands for each named place. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  'upper right': [1, 0],
  'upper left': [0, 0],
  'lower left': [0, 1],
  'lower right': [1, 1],
  right: [1, 0.5],
  'center left': [0, 0.5],
  'center right': [1, 0.5],
  'lower center': [0.5, 1],
  'upper center': [0.5, 0],
  center: [0.5, 0.5],
};

type Corners = readonly [left: number, top: number, right: number, bottom: number];

interface Size {
  readonly x: number;
  readonly y: number;
}

/** What a legend should not cover, on the page. */
interface Obstacles {
  readonly points: (readonly [number, number])[];
  readonly lines: (readonly (readonly [number, number])[])[];
  readonly boxes: Corners[];
}

function obstaclesOf(axes: AxesModel, { px, py, box }: Canvas): Obstacles {
  const found: Obstacles = { points: [], lines: [], boxes: [] };
  const addLine = (points: readonly (readonly [number, number])[]) => {
    found.points.push(...points);
    found.lines.push(points);
  };
  const addBox = (x0: number, x1: number, y0: number, y1: number) =>
    found.boxes.push([Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]);
  for (const artist of axes.artists) {
    if (artist.hidden) continue;
    switch (artist.kind) {
      case 'line':
        addLine(artist.x.map((x, at) => [px(x), py(artist.y[at]!)] as const));
        break;
      case 'points':
        found.points.push(...artist.x.map((x, at) => [px(x), py(artist.y[at]!)] as const));
        break;
      case 'text':
        if (artist.coords === 'data') found.points.push([px(artist.x), py(artist.y)]);
        break;
      case 'bars':
        for (const [x, y, width, height] of artist.boxes) addBox(px(x), px(x + width), py(y), py(y + height));
        break;
      case 'area':
        for (const outline of outlinesOf(artist))
          addLine(outline.map(([at, value]) => (artist.vertical ? [px(value), py(at)] : [px(at), py(value)])));
        break;
      case 'rule':
        if (artist.axis === 'y')
          addLine([artist.low, artist.high].map(part => [box.x + part * box.width, py(artist.at)] as const));
        else addLine([artist.low, artist.high].map(part => [px(artist.at), box.y + (1 - part) * box.height] as const));
        break;
      case 'span':
        if (artist.axis === 'x') addBox(px(artist.from), px(artist.to), box.y, box.y + box.height);
        else addBox(box.x, box.x + box.width, py(artist.from), py(artist.to));
        break;
      case 'shape': {
        const { shape } = artist;
        if (artist.coords !== 'data') break;
        if (shape.type === 'rectangle')
          addBox(px(shape.x), px(shape.x + shape.width), py(shape.y), py(shape.y + shape.height));
        else if (shape.type === 'polygon') addLine(shape.points.map(([x, y]) => [px(x), py(y)] as const));
        break;
      }
      default:
    }
  }
  return found;
}

/** The outlines of the parts of an area, as matplotlib goes around them: from the second edge along the first one and back. */
function outlinesOf({ at, low, high, where }: Extract<Artist, { kind: 'area' }>): (readonly [number, number])[][] {
  const outlines: (readonly [number, number])[][] = [];
  for (let from = 0; from < at.length; from++) {
    if (where !== undefined && !where[from]) continue;
    let to = from;
    while (to + 1 < at.length && (where === undefined || where[to + 1])) to++;
    const steps = Array.from({ length: to - from + 1 }, (_, step) => from + step);
    const start = [at[from]!, high[from]!] as const;
    const back = [...steps].reverse().map(step => [at[step]!, high[step]!] as const);
    outlines.push([
      start,
      ...steps.map(step => [at[step]!, low[step]!] as const),
      [at[to]!, high[to]!],
      ...back,
      start,
    ]);
    from = to;
  }
  return outlines;
}

/** Whether a line between two points goes through a box. */
function meets([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], box: Corners): boolean {
  let [from, to] = [0, 1];
  for (const [start, change, low, high] of [
    [x0, x1 - x0, box[0], box[2]],
    [y0, y1 - y0, box[1], box[3]],
  ] as const) {
    if (change === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const [one, other] = [(low - start) / change, (high - start) / change];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from <= to;
}

/** How much a box covers, as matplotlib counts: points, boxes that overlap, and once each line that goes through. */
function covered({ points, lines, boxes }: Obstacles, box: Corners): number {
  const [left, top, right, bottom] = box;
  const inside = points.filter(([x, y]) => x > left && x < right && y > top && y < bottom).length;
  const overlapping = boxes.filter(one => one[0] < right && one[2] > left && one[1] < bottom && one[3] > top).length;
  const crossing = lines.filter(line => line.some((point, at) => at > 0 && meets(line[at - 1]!, point, box))).length;
  return inside + overlapping + crossing;
}

/**
 * Place where the legend covers least; matplotlib's order decides between equals. That is counted where matplotlib puts the axes,
 * of `size`: a legend covers less of larger ones.
 */
function best(axes: AxesModel, own: Canvas, size: Size, width: number, height: number): readonly [number, number] {
  const { x, y } = own;
  const canvas: Canvas = {
    ...own,
    box: { x: 0, y: 0, width: size.x, height: size.y },
    px: value => x.fraction(value) * size.x,
    py: value => (1 - y.fraction(value)) * size.y,
  };
  const names = [
    'upper right',
    'upper left',
    'lower left',
    'lower right',
    'center right',
    'center left',
    'lower center',
    'upper center',
    'center',
  ];
  const obstacles = obstaclesOf(axes, canvas);
  const { distance } = axes.legend!;
  let chosen = PLACES['upper right']!;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const place = PLACES[name]!;
    const [left, top] = corner(place, canvas.box, distance, width, height);
    const badness = covered(obstacles, [left, top, left + width, top + height]);
    if (badness < least) {
      least = badness;
      chosen = place;
    }
  }
  return chosen;
}

function corner(
  [right, low]: readonly [number, number],
  box: Box,
  pad: number,
  width: number,
  height: number,
): [number, number] {
  return [box.x + pad + right * (box.width - width - 2 * pad), box.y + pad + low * (box.height - height - 2 * pad)];
}

/** Height of a row, and the gap between columns, in parts of the size of letters. */
const ROW = 1.008;
const BETWEEN_COLUMNS = 2;

/** How large a legend is, and its parts. */
function measured(legend: LegendModel, entries: readonly LegendEntry[], axes: AxesModel) {
  const { size } = legend;
  const style = { ...axes.x.labelStyle, size, weight: 'normal' } as const;
  const [handle, gap, pad, between] = [size * 2, size * 0.8, size * 0.4, size * 0.5];
  const line = size * ROW + between;
  const rows = Math.ceil(entries.length / Math.max(1, legend.columns));
  const columns = Array.from({ length: Math.ceil(entries.length / rows) }, (_, at) => {
    const own = entries.slice(at * rows, (at + 1) * rows);
    return Math.max(...own.map(entry => widthOf(entry.label, style))) + handle + gap;
  });
  const apart = size * BETWEEN_COLUMNS;
  const lefts = columns.map((_, at) => columns.slice(0, at).reduce((left, width) => left + width + apart, 0));
  const all = (lefts.at(-1) ?? 0) + (columns.at(-1) ?? 0);
  const titled = legend.title === '' ? 0 : legend.titleSize * ROW + between;
  const titleStyle = { ...style, size: legend.titleSize } as const;
  const width = Math.max(all, widthOf(legend.title, titleStyle)) + 2 * pad;
  const height = rows * line - between + titled + 2 * pad;
  return { style, titleStyle, handle, gap, pad, line, rows, lefts, titled, width, height };
}

/** The corner of a legend that is anchored, from the upper left one of a box of the axes. */
function anchored(
  { anchor, anchorSize = [0, 0], distance, location }: LegendModel,
  box: { readonly width: number; readonly height: number },
  { width, height }: { readonly width: number; readonly height: number },
): [number, number] {
  const [right, low] = entryOf(PLACES, location) ?? [0, 0];
  const [across, down] = [anchorSize[0] * box.width, anchorSize[1] * box.height];
  return [
    anchor![0] * box.width + distance + right * (across - 2 * distance - width),
    (1 - anchor![1]) * box.height - down + distance + low * (down - 2 * distance - height),
  ];
}

/** By how much the legend of an axes reaches beyond a box of such a size. */
export function legendOverhang(
  axes: AxesModel,
  box: { readonly width: number; readonly height: number },
): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  const { legend } = axes;
  const entries = legendEntries(axes);
  if (legend?.anchor === undefined || entries.length === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
  const size = measured(legend, entries, axes);
  const [x, y] = anchored(legend, box, size);
  return {
    left: Math.max(0, -x),
    right: Math.max(0, x + size.width - box.width),
    top: Math.max(0, -y),
    bottom: Math.max(0, y + size.height - box.height),
  };
}

/** The legend of an axes, which takes `size` where matplotlib puts it. */
export function legendSvg(axes: AxesModel, canvas: Canvas, size: Size): string {
  return drawn(axes, axes.legend, canvas.box, canvas.name, (width, height) => best(axes, canvas, size, width, height));
}

/** Room that a figure's own legend takes outside of what the axes share, from each side. */
export function legendRoom(axes: AxesModel): Partial<Record<'left' | 'right' | 'top' | 'bottom', number>> {
  const legend = axes.figureLegend;
  const side = legend && OUTSIDE.exec(legend.location);
  const entries = legendEntriesIn(axes.artists, legend);
  if (!legend || !side || legend.anchor || entries.length === 0) return {};
  const { width, height } = measured(legend, entries, axes);
  switch (side[1]) {
    case 'upper':
      return { top: height + 2 * legend.distance };
    case 'lower':
      return { bottom: height + 2 * legend.distance };
    default:
      return { [side[1]!]: width + 2 * legend.distance };
  }
}

const OUTSIDE = /^outside (?:(upper|lower|left|right)) ?(left|center|right|upper|lower)?$/;

/** The place within the figure that `outside …` means: the side comes first. */
function insideOf(location: string): string {
  const [, first = '', second = 'center'] = OUTSIDE.exec(location) ?? [];
  if (first === '') return location;
  if (first === 'upper' || first === 'lower') return `${first} ${second}`;
  return `${second} ${first}`;
}

/** The legend of a figure as a whole, which one of its axes keeps. */
export function figureLegendSvg(axes: AxesModel, page: Box, name: string): string {
  const legend = axes.figureLegend;
  return drawn(axes, legend && { ...legend, location: insideOf(legend.location) }, page, name, () => [1, 0]);
}

/** The box of a figure's own legend on the page. */
export function figureLegendBox(axes: AxesModel, page: Box): Box | undefined {
  const legend = axes.figureLegend;
  const entries = legendEntriesIn(axes.artists, legend);
  if (legend?.anchor === undefined || entries.length === 0) return undefined;
  const { width, height } = measured(legend, entries, axes);
  const [x, y] = anchored(legend, page, { width, height });
  return { x: page.x + x, y: page.y + y, width, height };
}

function drawn(
  axes: AxesModel,
  legend: LegendModel | undefined,
  box: Box,
  name: string,
  free: (width: number, height: number) => readonly [number, number],
): string {
  const entries = legendEntriesIn(axes.artists, legend);
  if (legend === undefined || entries.length === 0) return '';
  const { size } = legend;
  const measures = measured(legend, entries, axes);
  const { style, titleStyle, handle, gap, pad, line, rows, lefts, titled, width, height } = measures;
  let [x, y]: [number, number] = [0, 0];
  if (legend.anchor !== undefined) {
    const [right, low] = anchored(legend, box, measures);
    [x, y] = [box.x + right, box.y + low];
  } else {
    const place = legend.location === 'best' ? free(width, height) : (entryOf(PLACES, legend.location) ?? [1, 0]);
    [x, y] = corner(place, box, legend.distance, width, height);
  }
  const frame = legend.frame
    ? `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="3" fill="${paint(legend.fill)}" fill-opacity="${n(legend.alpha)}"${strokeAttributes({ color: legend.edge, width: 0.8, dash: [] }, undefined)}/>`
    : '';
  const title = textSvg(legend.title, titleStyle, {
    x: x + width / 2,
    y: y + pad + (legend.titleSize * ROW) / 2,
    anchor: 'middle',
    at: 'center',
  });
  const items = entries.map((entry, at) => {
    const left = x + pad + lefts[Math.floor(at / rows)]!;
    const middle = y + pad + titled + (at % rows) * line + (size * ROW) / 2;
    return (
      sample(entry.artist, left, middle, handle, size, name) +
      textSvg(entry.label, style, { x: left + handle + gap, y: middle, anchor: 'start', at: 'center' })
    );
  });
  return `<g class="legend">${frame}${title}${items.join('')}</g>`;
}
