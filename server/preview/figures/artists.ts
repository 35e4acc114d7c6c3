/** Draws what stands in an axes: lines, points, bars, areas, shapes, images, contours. */
import { contours } from 'd3-contour';
import { entryOf } from '../../../mlsys';
import {
  type AreaArtist,
  type Arrow,
  type Artist,
  type BarsArtist,
  type ContourArtist,
  type Coords,
  colorAt,
  type ImageArtist,
  type LineArtist,
  type PointsArtist,
  partOfScale,
  type ShapeArtist,
  type Stroke,
  type TextArtist,
} from '../../../mlsys/figures';
import { arrowsSvg } from './arrows';
import { type Placing, textBox, textSvg } from './figureText';
import { hatchOverlays } from './hatch';
import { stepped, wholeLine } from './lines';
import { opacityOf, paint } from './paint';
import type { BentArtist } from './polar';
import type { AxisView, Box } from './space';
import { type Point, thinned } from './thinning';

/** What an artist is drawn with. */
export interface Canvas {
  /** A name that no other axes of the page has. */
  readonly name: string;
  readonly box: Box;
  /** Size of the figure. */
  readonly page: { readonly width: number; readonly height: number };
  readonly x: AxisView;
  readonly y: AxisView;
  /** Column of a value. */
  px(value: number): number;
  py(value: number): number;
}

export const n = (value: number): string => String(Number(value.toFixed(2)));

export function strokeAttributes(stroke: Stroke, alpha: number | undefined): string {
  const { color, width, dash } = stroke;
  if (width <= 0 || color === 'none') return ' stroke="none"';
  const pattern = dash.length === 0 ? '' : ` stroke-dasharray="${dash.map(length => n(length * width)).join(' ')}"`;
  const opacity = opacityOf(color, alpha);
  return ` stroke="${paint(color)}" stroke-width="${n(width)}"${pattern}${opacity === 1 ? '' : ` stroke-opacity="${n(opacity)}"`}`;
}

function fillAttributes(color: string, alpha: number | undefined): string {
  const opacity = opacityOf(color, alpha);
  return ` fill="${paint(color)}"${opacity === 1 ? '' : ` fill-opacity="${n(opacity)}"`}`;
}

function edgeAttributes(color: string, width: number, alpha: number | undefined): string {
  return strokeAttributes({ color, width, dash: [] }, alpha);
}

/** A path through points, broken where one is missing. */
function pathOf(points: readonly Point[]): string {
  let path = '';
  let open = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      open = false;
      continue;
    }
    path += `${open ? 'L' : 'M'}${n(x)} ${n(y)}`;
    open = true;
  }
  return path;
}

const polygon =
  (corners: number, turn: number, inner?: number) =>
  (r: number): Point[] =>
    Array.from({ length: inner === undefined ? corners : corners * 2 }, (_, at) => {
      const angle = turn + (at * Math.PI * 2) / (inner === undefined ? corners : corners * 2);
      const radius = inner !== undefined && at % 2 === 1 ? r * inner : r;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });

const SHAPES: Readonly<Record<string, (r: number) => Point[]>> = {
  s: r => [
    [-r, -r],
    [r, -r],
    [r, r],
    [-r, r],
  ],
  D: r => [
    [0, -1.25 * r],
    [1.25 * r, 0],
    [0, 1.25 * r],
    [-1.25 * r, 0],
  ],
  d: r => [
    [0, -1.25 * r],
    [0.75 * r, 0],
    [0, 1.25 * r],
    [-0.75 * r, 0],
  ],
  '^': r => [
    [0, -r],
    [r, r],
    [-r, r],
  ],
  v: r => [
    [0, r],
    [r, -r],
    [-r, -r],
  ],
  '<': r => [
    [-r, 0],
    [r, -r],
    [r, r],
  ],
  '>': r => [
    [r, 0],
    [-r, -r],
    [-r, r],
  ],
  p: polygon(5, -Math.PI / 2),
  h: polygon(6, -Math.PI / 2),
  H: polygon(6, 0),
  '8': polygon(8, Math.PI / 8),
  '*': polygon(5, -Math.PI / 2, 0.4),
  P: r => [
    [-r / 3, -r],
    [r / 3, -r],
    [r / 3, -r / 3],
    [r, -r / 3],
    [r, r / 3],
    [r / 3, r / 3],
    [r / 3, r],
    [-r / 3, r],
    [-r / 3, r / 3],
    [-r, r / 3],
    [-r, -r / 3],
    [-r / 3, -r / 3],
  ],
  X: r => [
    [-r, -0.6 * r],
    [-0.6 * r, -r],
    [0, -0.4 * r],
    [0.6 * r, -r],
    [r, -0.6 * r],
    [0.4 * r, 0],
    [r, 0.6 * r],
    [0.6 * r, r],
    [0, 0.4 * r],
    [-0.6 * r, r],
    [-r, 0.6 * r],
    [-0.4 * r, 0],
  ],
};

const CROSSES: Readonly<Record<string, (r: number) => string>> = {
  '+': r => `M${n(-r)} 0H${n(r)}M0 ${n(-r)}V${n(r)}`,
  x: r => `M${n(-r)} ${n(-r)}L${n(r)} ${n(r)}M${n(-r)} ${n(r)}L${n(r)} ${n(-r)}`,
  '|': r => `M0 ${n(-r)}V${n(r)}`,
  _: r => `M${n(-r)} 0H${n(r)}`,
};

/** A marker of a radius at a place. */
export function markerSvg(marker: string, x: number, y: number, radius: number, look: string, line: string): string {
  const cross = entryOf(CROSSES, marker);
  if (cross !== undefined)
    return `<path d="${cross(radius)}" transform="translate(${n(x)} ${n(y)})" fill="none"${line}/>`;
  const shape = entryOf(SHAPES, marker);
  if (shape === undefined) {
    const r = marker === '.' ? radius / 2 : marker === ',' ? 0.5 : radius;
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}"${look}/>`;
  }
  const path = shape(radius)
    .map(([dx, dy], at) => `${at === 0 ? 'M' : 'L'}${n(x + dx)} ${n(y + dy)}`)
    .join('');
  return `<path d="${path}Z"${look}/>`;
}

function lineSvg(artist: LineArtist, canvas: Canvas): string {
  const { stroke, alpha } = artist;
  const own = artist.x.map((x, at) => place(x, artist.y[at]!, artist.coords ?? 'data', canvas));
  const points = wholeLine(artist, own, canvas);
  const path =
    stroke.width > 0
      ? `<path d="${pathOf(thinned(stepped(points, artist.step)))}" fill="none"${strokeAttributes(stroke, alpha)} stroke-linejoin="round"/>`
      : '';
  if (artist.marker === '') return path;
  const look =
    fillAttributes(artist.markerFill, alpha) + edgeAttributes(artist.markerEdge, artist.markerEdgeWidth, alpha);
  const cross = edgeAttributes(artist.markerEdge, Math.max(1, artist.markerEdgeWidth), alpha);
  const marks = points
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .map(([x, y]) => markerSvg(artist.marker, x, y, artist.markerSize / 2, look, cross));
  return path + marks.join('');
}

function pointsSvg(artist: PointsArtist, canvas: Canvas): string {
  return artist.x
    .map((x, at) => {
      const [px, py] = [canvas.px(x), canvas.py(artist.y[at]!)];
      if (!Number.isFinite(px) || !Number.isFinite(py)) return '';
      const color = artist.colors[at % artist.colors.length] ?? 'none';
      const radius = Math.sqrt(artist.sizes[at % artist.sizes.length] ?? 36) / 2;
      const look = fillAttributes(color, artist.alpha) + edgeAttributes(artist.edge, artist.edgeWidth, artist.alpha);
      return markerSvg(
        artist.marker,
        px,
        py,
        radius,
        look,
        edgeAttributes(color, Math.max(1, artist.edgeWidth), artist.alpha),
      );
    })
    .join('');
}

function rectangle(x0: number, y0: number, x1: number, y1: number, look: string, round = 0): string {
  const corner = round > 0 ? ` rx="${n(round)}"` : '';
  return `<rect x="${n(Math.min(x0, x1))}" y="${n(Math.min(y0, y1))}" width="${n(Math.abs(x1 - x0))}" height="${n(Math.abs(y1 - y0))}"${corner}${look}/>`;
}

/** Ends of bars on a log axis stand at its lower limit rather than at zero. */
function within(value: number, view: AxisView): number {
  const [from, to] = view.limits;
  return view.model.scale.kind === 'log' && value <= 0 ? Math.min(from, to) : value;
}

/** The steps of a histogram as one shape: from bar to bar, and down to their foot at both ends. */
function stepsSvg(artist: BarsArtist, canvas: Canvas): string {
  const { boxes, horizontal } = artist;
  const point = (along: number, value: number): Point =>
    horizontal
      ? [canvas.px(within(value, canvas.x)), canvas.py(along)]
      : [canvas.px(along), canvas.py(within(value, canvas.y))];
  const sides = boxes.map(([x, y, width, height]) =>
    horizontal ? [y, y + height, x, x + width] : [x, x + width, y, y + height],
  );
  const tops = sides.flatMap(([from, to, , top]) => [point(from!, top!), point(to!, top!)]);
  const [first, last] = [sides[0], sides.at(-1)];
  if (first === undefined || last === undefined) return '';
  const path = pathOf([point(first[0]!, first[2]!), ...tops, point(last[1]!, last[2]!)]);
  const fill = artist.colors[0] ?? 'none';
  const closed = fill === 'none' ? '' : 'Z';
  return `<path d="${path}${closed}"${fillAttributes(fill, artist.alpha)}${edgeAttributes(artist.edge, artist.edgeWidth, artist.alpha)}/>`;
}

function barsSvg(artist: BarsArtist, canvas: Canvas): string {
  if (artist.outlined === true) return stepsSvg(artist, canvas);
  // Bars that adjoin would have hairlines between them.
  const sharp = artist.edge === 'none' && artist.boxes.length > 1 ? ' shape-rendering="crispEdges"' : '';
  return artist.boxes
    .map(([x, y, width, height], at) => {
      const color = artist.colors[at % artist.colors.length] ?? 'none';
      const look = fillAttributes(color, artist.alpha) + edgeAttributes(artist.edge, artist.edgeWidth, artist.alpha);
      const [x0, x1] = [canvas.px(within(x, canvas.x)), canvas.px(within(x + width, canvas.x))];
      const [y0, y1] = [canvas.py(within(y, canvas.y)), canvas.py(within(y + height, canvas.y))];
      if (![x0, x1, y0, y1].every(Number.isFinite)) return '';
      return rectangle(x0, y0, x1, y1, look + sharp);
    })
    .join('');
}

function areaSvg(artist: AreaArtist, canvas: Canvas): string {
  const point = (at: number, value: number): Point =>
    artist.vertical
      ? [canvas.px(within(value, canvas.x)), canvas.py(at)]
      : [canvas.px(at), canvas.py(within(value, canvas.y))];
  const parts: string[] = [];
  let run: number[] = [];
  const flush = () => {
    if (run.length > 1) {
      const low = stepped(
        run.map(at => point(artist.at[at]!, artist.low[at]!)),
        artist.step,
      );
      const high = stepped(
        run.map(at => point(artist.at[at]!, artist.high[at]!)),
        artist.step,
      );
      parts.push(`${pathOf([...thinned(low), ...thinned(high.reverse())])}Z`);
    }
    run = [];
  };
  artist.at.forEach((at, index) => {
    const shown =
      (artist.where?.[index] ?? true) && [at, artist.low[index]!, artist.high[index]!].every(Number.isFinite);
    if (shown) run.push(index);
    else flush();
  });
  flush();
  if (parts.length === 0) return '';
  return `<path d="${parts.join('')}"${fillAttributes(artist.fill, artist.alpha)}${edgeAttributes(artist.edge, artist.edgeWidth, artist.alpha)}/>`;
}

function imageSvg(artist: ImageArtist, canvas: Canvas): string {
  const { rows, extent, scale, origin } = artist;
  const [left, right, bottom, top] = extent;
  const width = (right - left) / (rows[0]?.length || 1);
  const height = (top - bottom) / (rows.length || 1);
  const bend = 'bend' in artist ? bendOf(artist) : undefined;
  const toPage = ([x, y]: readonly [number, number]): Point => [canvas.px(x), canvas.py(y)];
  let svg = '';
  rows.forEach((row, at) => {
    const y = origin === 'upper' ? top - at * height : bottom + at * height;
    const next = origin === 'upper' ? y - height : y + height;
    row.forEach((value, column) => {
      if (!Number.isFinite(value)) return;
      const t = partOfScale(scale, value);
      const x = left + column * width;
      const look = ` fill="${colorAt(scale, t)}"`;
      if (bend === undefined) svg += rectangle(canvas.px(x), canvas.py(y), canvas.px(x + width), canvas.py(next), look);
      else svg += `<path d="${pathOf(sector(x, x + width, y, next).map(point => toPage(bend(...point))))}Z"${look}/>`;
    });
  });
  // Cells meet without a seam.
  const opacity = artist.alpha === undefined ? '' : ` opacity="${n(artist.alpha)}"`;
  return `<g shape-rendering="crispEdges"${opacity}>${svg}</g>`;
}

/** Corners of a cell, and points between them along x. */
function sector(x0: number, x1: number, y0: number, y1: number): readonly (readonly [number, number])[] {
  const steps = [0, 0.25, 0.5, 0.75, 1].map(part => x0 + (x1 - x0) * part);
  return [...steps.map(x => [x, y0] as const), ...steps.reverse().map(x => [x, y1] as const)];
}

/** Value at a fractional index of a grid side. */
function along(values: readonly number[], place: number): number {
  const low = Math.max(0, Math.min(values.length - 1, Math.floor(place)));
  const high = Math.min(values.length - 1, low + 1);
  return values[low]! + (values[high]! - values[low]!) * (place - low);
}

/** How the coordinates of a grid are changed, if at all. */
function bendOf(artist: ContourArtist | ImageArtist): (x: number, y: number) => readonly [number, number] {
  return 'bend' in artist ? (artist as BentArtist).bend : (x, y) => [x, y];
}

function contourSvg(artist: ContourArtist, canvas: Canvas): string {
  const columns = artist.x.length;
  const values = artist.rows.flat();
  const make = contours().size([columns, artist.rows.length]).smooth(true);
  const last = artist.rows.length - 1;
  const bend = bendOf(artist);
  const ring = (points: readonly (readonly number[])[]) =>
    points.map(([cx, cy]) => {
      const x = Math.max(0, Math.min(columns - 1, cx! - 0.5));
      const y = Math.max(0, Math.min(last, cy! - 0.5));
      const [shownX, shownY] = bend(along(artist.x, x), along(artist.y, y));
      const isBorder = x === 0 || x === columns - 1 || y === 0 || y === last;
      return { at: [canvas.px(shownX), canvas.py(shownY)] as Point, isBorder };
    });
  let svg = '';
  artist.levels.forEach((level, at) => {
    const color = artist.colors[Math.min(at, artist.colors.length - 1)] ?? 'none';
    if (artist.filled && at >= artist.colors.length) return;
    const { coordinates } = make.contour(values, level);
    const rings = coordinates.flatMap(shape => shape.map(ring));
    if (rings.length === 0) return;
    if (artist.filled) {
      svg += `<path fill-rule="evenodd" d="${rings.map(points => `${pathOf(points.map(({ at: place }) => place))}Z`).join('')}" fill="${color}"/>`;
      return;
    }
    // Rings run along the border of the grid where a line leaves it: those parts are no contour.
    const open = rings.map(points =>
      points.map(
        (point, index): Point =>
          point.isBorder && (points[index + 1] ?? point).isBorder ? [Number.NaN, Number.NaN] : point.at,
      ),
    );
    svg += `<path d="${open.map(pathOf).join('')}" fill="none"${strokeAttributes({ color, width: artist.width, dash: (level < 0 && artist.dashBelow) || artist.dash }, artist.alpha)}/>`;
    const label = artist.labels?.[at];
    const longest = open
      .map(points => points.filter(([x]) => Number.isFinite(x)))
      .sort((a, b) => b.length - a.length)[0];
    const middle = longest?.[Math.floor(longest.length / 2)];
    if (label && middle !== undefined)
      svg += lineText(label, artist.labelSize ?? 10, artist.labelColor ?? color, middle);
  });
  return artist.alpha === undefined || !artist.filled ? svg : `<g opacity="${n(artist.alpha)}">${svg}</g>`;
}

/** A text on a line, on the page's colour or, where it is light itself, on a dark one. */
function lineText(label: string, size: number, color: string, [x, y]: Point): string {
  const ground = LIGHT.test(color) ? 'var(--reckoner-ink,#333)' : 'var(--reckoner-paper,#fff)';
  const style = { size, weight: 'normal', italic: false, color } as const;
  return textSvg(label, style, { x, y, anchor: 'middle', at: 'center' }).replace(
    '<text ',
    `<text stroke="${ground}" stroke-width="3" stroke-linejoin="round" stroke-opacity="0.75" paint-order="stroke" `,
  );
}

const LIGHT = /^(?:white|#f{3}|#f{6}(?:ff)?|#?(?:yellow|ivory|snow|lightyellow))$/i;

/** An arrow between two points of the page. */
export function arrowSvg(from: Point, to: Point, arrow: Arrow): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (!(length > 0.5)) return '';
  const control: Point = [(from[0] + to[0]) / 2 - arrow.bend * dy * -1, (from[1] + to[1]) / 2 + arrow.bend * dx * -1];
  const toward = (a: Point, b: Point, by: number): Point => {
    const size = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const part = Math.min(0.45 * length, by) / size;
    return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
  };
  const start = toward(from, control, arrow.shrink[0]);
  const end = toward(to, control, arrow.shrink[1]);
  const line = strokeAttributes(arrow.stroke, undefined);
  const size = 4 + arrow.stroke.width * 1.6;
  const head = (tip: Point, back: Point): string => {
    const angle = Math.atan2(tip[1] - back[1], tip[0] - back[0]);
    const wing = (turn: number): Point => [
      tip[0] - size * Math.cos(angle + turn),
      tip[1] - size * Math.sin(angle + turn),
    ];
    const [a, b] = [wing(0.42), wing(-0.42)];
    const path = `M${n(a[0])} ${n(a[1])}L${n(tip[0])} ${n(tip[1])}L${n(b[0])} ${n(b[1])}`;
    const solid = strokeAttributes({ ...arrow.stroke, dash: [] }, undefined);
    return `<path d="${path}${arrow.filled ? 'Z' : ''}" fill="${arrow.filled ? paint(arrow.stroke.color) : 'none'}"${solid} stroke-linejoin="round"/>`;
  };
  const path =
    arrow.bend === 0
      ? `M${n(start[0])} ${n(start[1])}L${n(end[0])} ${n(end[1])}`
      : `M${n(start[0])} ${n(start[1])}Q${n(control[0])} ${n(control[1])} ${n(end[0])} ${n(end[1])}`;
  let svg = `<path d="${path}" fill="none"${line}/>`;
  if (arrow.head === 'end' || arrow.head === 'both') svg += head(end, control);
  if (arrow.head === 'start' || arrow.head === 'both') svg += head(start, control);
  return svg;
}

function place(x: number, y: number, coords: Coords, { px, py, box, page }: Canvas): Point {
  if (coords === 'figure') return [x * page.width, (1 - y) * page.height];
  return [
    coords === 'data' || coords === 'x' ? px(x) : box.x + x * box.width,
    coords === 'data' || coords === 'y' ? py(y) : box.y + (1 - y) * box.height,
  ];
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;

/** Where a text stands on the page; undefined where its point has no place there. */
export function textPlacing(artist: TextArtist, canvas: Canvas): Placing | undefined {
  const [x, y] = place(artist.x, artist.y, artist.coords, canvas);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const [dx, dy] = artist.offset ?? [0, 0];
  const { horizontal, vertical: at, rotation, alpha: opacity = 1 } = artist;
  return { x: x + dx, y: y - dy, anchor: ANCHORS[horizontal], at, rotation, opacity };
}

export function textArtistSvg(artist: TextArtist, canvas: Canvas): string {
  const { style, text, box } = artist;
  const placing = textPlacing(artist, canvas);
  if (placing === undefined) return '';
  const { x, y } = placing;
  const { x: left, y: top, width, height } = textBox(text, style, { ...placing, rotation: 0 });
  let svg = '';
  if (artist.target !== undefined && artist.arrow !== undefined) {
    const to = place(artist.target.x, artist.target.y, artist.target.coords, canvas);
    const middle: Point = [left + width / 2, top + height / 2];
    if (to.every(Number.isFinite)) svg += arrowSvg(border(middle, to, width / 2 + 2, height / 2 + 1), to, artist.arrow);
  }
  if (box !== undefined && (box.fill !== 'none' || box.edge !== 'none')) {
    const pad = box.pad * style.size;
    const look = fillAttributes(box.fill, box.alpha) + edgeAttributes(box.edge, box.edgeWidth, box.alpha);
    const turn = artist.rotation === 0 ? '' : ` transform="rotate(${n(-artist.rotation)} ${n(x)} ${n(y)})"`;
    svg += rectangle(
      left - pad,
      top - pad * 0.8,
      left + width + pad,
      top + height + pad * 0.8,
      look + turn,
      box.round ? pad : 0,
    );
  }
  return svg + textSvg(text, style, placing);
}

/** Where the line from the middle of a text box to a point leaves the box. */
function border([x, y]: Point, [tx, ty]: Point, halfWidth: number, halfHeight: number): Point {
  const [dx, dy] = [tx - x, ty - y];
  const scale = Math.min(halfWidth / Math.abs(dx || 1e-9), halfHeight / Math.abs(dy || 1e-9), 1);
  return [x + dx * scale, y + dy * scale];
}

function shapeSvg(artist: ShapeArtist, canvas: Canvas): string {
  const { shape, coords } = artist;
  const look = fillAttributes(artist.fill, artist.alpha) + strokeAttributes(artist.stroke, artist.alpha);
  const at = (x: number, y: number) => place(x, y, coords, canvas);
  switch (shape.type) {
    case 'rectangle': {
      const [x0, y0] = at(shape.x, shape.y);
      const [x1, y1] = at(shape.x + shape.width, shape.y + shape.height);
      const round = Math.abs(at(shape.x + shape.round, shape.y)[0] - x0);
      const turn = shape.angle === 0 ? '' : ` transform="rotate(${n(-shape.angle)} ${n(x0)} ${n(y0)})"`;
      return rectangle(x0, y0, x1, y1, look + turn, round);
    }
    case 'ellipse': {
      const [cx, cy] = at(shape.x, shape.y);
      const rx = Math.abs(at(shape.x + shape.width / 2, shape.y)[0] - cx);
      const ry = Math.abs(at(shape.x, shape.y + shape.height / 2)[1] - cy);
      return `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}"${look}/>`;
    }
    case 'polygon':
      return `<path d="${pathOf(shape.points.map(([x, y]) => at(x, y)))}${shape.closed ? 'Z' : ''}"${look}/>`;
    case 'wedge': {
      const inner = shape.width === undefined ? 0 : Math.max(0, shape.radius - shape.width);
      const steps = Math.max(2, Math.ceil(Math.abs(shape.to - shape.from) / 4));
      const arc = (radius: number) =>
        Array.from({ length: steps + 1 }, (_, step): Point => {
          const angle = ((shape.from + ((shape.to - shape.from) * step) / steps) * Math.PI) / 180;
          return at(shape.x + radius * Math.cos(angle), shape.y + radius * Math.sin(angle));
        });
      const back: Point[] = inner === 0 ? [at(shape.x, shape.y)] : arc(inner).reverse();
      return `<path d="${pathOf([...arc(shape.radius), ...back])}Z"${look}/>`;
    }
    case 'arrow':
      return arrowSvg(at(...shape.from), at(...shape.to), shape.arrow);
  }
}

/** The SVG of one artist, with its hatch. */
export function artistSvg(artist: Artist, canvas: Canvas): string {
  return [artist, ...hatchOverlays(artist, canvas.name)].map(one => plainSvg(one, canvas)).join('');
}

function plainSvg(artist: Artist, canvas: Canvas): string {
  const { box } = canvas;
  switch (artist.kind) {
    case 'line':
      return lineSvg(artist, canvas);
    case 'points':
      return pointsSvg(artist, canvas);
    case 'bars':
      return barsSvg(artist, canvas);
    case 'area':
      return areaSvg(artist, canvas);
    case 'span': {
      const look = fillAttributes(artist.fill, artist.alpha);
      if (artist.axis === 'x')
        return rectangle(canvas.px(artist.from), box.y, canvas.px(artist.to), box.y + box.height, look);
      return rectangle(box.x, canvas.py(artist.from), box.x + box.width, canvas.py(artist.to), look);
    }
    case 'rule': {
      const line = strokeAttributes(artist.stroke, artist.alpha);
      const [low, high] = [artist.low, artist.high];
      if (artist.axis === 'y') {
        const y = n(canvas.py(artist.at));
        return `<path d="M${n(box.x + low * box.width)} ${y}H${n(box.x + high * box.width)}" fill="none"${line}/>`;
      }
      const x = n(canvas.px(artist.at));
      return `<path d="M${x} ${n(box.y + (1 - low) * box.height)}V${n(box.y + (1 - high) * box.height)}" fill="none"${line}/>`;
    }
    case 'segments': {
      const path = artist.segments
        .map(([x0, y0, x1, y1]) =>
          pathOf([
            [canvas.px(x0), canvas.py(y0)],
            [canvas.px(x1), canvas.py(y1)],
          ]),
        )
        .join('');
      const caps = artist.cap ? artist.segments.map(segment => capsOf(segment, artist.cap!, canvas)).join('') : '';
      return `<path d="${path}${caps}" fill="none"${strokeAttributes(artist.stroke, artist.alpha)}/>`;
    }
    case 'text':
      return textArtistSvg(artist, canvas);
    case 'shape':
      return shapeSvg(artist, canvas);
    case 'image':
      return imageSvg(artist, canvas);
    case 'arrows':
      return arrowsSvg(artist, canvas);
    case 'contour':
      return contourSvg(artist, canvas);
  }
}

function capsOf([x0, y0, x1, y1]: readonly [number, number, number, number], cap: number, canvas: Canvas): string {
  const ends: Point[] = [
    [canvas.px(x0), canvas.py(y0)],
    [canvas.px(x1), canvas.py(y1)],
  ];
  const upright = x0 === x1;
  return ends
    .map(([x, y]) => (upright ? `M${n(x - cap)} ${n(y)}H${n(x + cap)}` : `M${n(x)} ${n(y - cap)}V${n(y + cap)}`))
    .join('');
}
