/** A whole figure: places its axes, draws their frames, ticks and grids, then what they hold, then the legends. */
import type { Artist, AxesModel, FigureModel, Stroke, TextStyle } from '../../../mlsys/figures';
import { axesSize, axisTicks } from '../../../mlsys/figures';
import { digest, escapeHtml } from '../text';
import { artistSvg, type Canvas, n, strokeAttributes, textArtistSvg, textPlacing } from './artists';
import { colorbarSvg } from './colorbar';
import { describe, pointData } from './description';
import { heightOf, type Placing, textBox, textSvg, titlesOf, widthOf } from './figureText';
import { hatchPatterns } from './hatch';
import { INCH, layout, type Margins, type Placed, type Size, shareOf } from './layout';
import { figureLegendBox, figureLegendSvg, legendOverhang, legendSvg } from './legend';
import { paint } from './paint';
import { flattened, roomAround } from './polar';
import { type AxisView, axisView, type Box } from './space';

const TICK = 3.5;
const MINOR_TICK = 2;
const GAP = 4;
/** Height of a colour bar that lies below its axes, with its texts. */
const FLAT_BAR = 52;

interface PlacedText {
  readonly text: string;
  readonly style: TextStyle;
  readonly placing: Placing;
}

const placedSvg = ({ text, style, placing }: PlacedText): string => textSvg(text, style, placing);

/** Ticks that have a text. */
function labelled({
  ticks,
  labels,
  minor,
  minorLabels,
}: AxisView): { readonly tick: number; readonly label: string }[] {
  return [...ticks, ...minor].flatMap((tick, at) => {
    const label = at < ticks.length ? labels[at]! : minorLabels[at - ticks.length]!;
    return label === '' ? [] : [{ tick, label }];
  });
}

function widest(view: AxisView): number {
  return Math.max(0, ...[...view.labels, ...view.minorLabels].map(label => widthOf(label, view.model.tickStyle)));
}

/** Height of the tick labels of a horizontal axis, turned ones included. */
function labelHeight(view: AxisView): number {
  const { tickRotation, tickStyle } = view.model;
  const angle = (Math.abs(tickRotation) * Math.PI) / 180;
  const lines = Math.max(1, ...view.labels.map(label => label.split('\n').length));
  return Math.sin(angle) * widest(view) + Math.cos(angle) * tickStyle.size * 1.22 * lines;
}

/** Room that an axes needs around its box. */
function marginsOf(axes: AxesModel, x: AxisView, y: AxisView, cell: Size): Margins {
  const margins: Margins = { left: 6, right: 6, top: 6, bottom: 6 };
  const heights = titlesOf(axes).map(({ text, style }) => heightOf(text, style.size));
  if (heights.length > 0) margins.top += Math.max(...heights) + GAP;
  if (axes.colorbar?.isFlat) margins.bottom += FLAT_BAR;
  else if (axes.colorbar !== undefined) margins.right += 62;
  if (axes.isRound === true) {
    const { beside, above } = roomAround(axes);
    for (const side of ['left', 'right'] as const) margins[side] += beside;
    for (const side of ['top', 'bottom'] as const) margins[side] += above;
  }
  if (!axes.visible) return withLegend(margins, axes, cell);
  if (axes.y.visible) {
    const labels = axes.y.labelsVisible ? widest(y) + GAP : 0;
    const word = axes.y.label === '' ? 0 : axes.y.labelStyle.size * 1.3 * axes.y.label.split('\n').length + GAP;
    margins[axes.y.side === 'right' ? 'right' : 'left'] += TICK + labels + word;
    if (y.offset !== '') margins.top += axes.y.tickStyle.size + 2;
  }
  if (axes.x.visible) {
    const labels = axes.x.labelsVisible ? labelHeight(x) + GAP : 0;
    const word = axes.x.label === '' ? 0 : heightOf(axes.x.label, axes.x.labelStyle.size) + GAP;
    // It stands beside the label.
    const offset = x.offset === '' || labels === 0 ? 0 : heightOf(x.offset, axes.x.tickStyle.size);
    margins[axes.x.side === 'top' ? 'top' : 'bottom'] += TICK + labels + Math.max(word, offset);
    const last = x.labels.at(-1);
    if (last !== undefined) margins.right = Math.max(margins.right, widthOf(last, axes.x.tickStyle) / 2 + 2);
  }
  return withLegend(margins, axes, cell);
}

/** The same with room for a legend that stands beside, above or below the axes: beyond what is there, if that is taken. */
function withLegend(margins: Margins, axes: AxesModel, cell: Size): Margins {
  const box = {
    width: Math.max(20, cell.width - margins.left - margins.right),
    height: Math.max(20, cell.height - margins.top - margins.bottom),
  };
  const { left, right, top, bottom } = legendOverhang(axes, box);
  return {
    left: Math.max(margins.left, left),
    right: margins.right + right,
    top: Math.max(margins.top, top),
    bottom: Math.max(margins.bottom, bottom),
  };
}

const ORDER: Readonly<Record<Artist['kind'], number>> = {
  image: 0,
  area: 1,
  bars: 1,
  span: 1,
  shape: 1,
  contour: 1,
  arrows: 1,
  points: 1,
  line: 2,
  rule: 2,
  segments: 2,
  text: 3,
};

function gridLines(canvas: Canvas, axes: AxesModel): string {
  const { grid } = axes;
  const { box } = canvas;
  const line = (stroke: Stroke, alpha: number) => strokeAttributes(stroke, alpha);
  const vertical = (ticks: readonly number[]) =>
    ticks.map(tick => `M${n(canvas.px(tick))} ${n(box.y)}v${n(box.height)}`).join('');
  const horizontal = (ticks: readonly number[]) =>
    ticks.map(tick => `M${n(box.x)} ${n(canvas.py(tick))}h${n(box.width)}`).join('');
  let path = '';
  if (grid.x) path += vertical(canvas.x.ticks);
  if (grid.y) path += horizontal(canvas.y.ticks);
  let minor = '';
  if (grid.minor && grid.x) minor += vertical(canvas.x.minor);
  if (grid.minor && grid.y) minor += horizontal(canvas.y.minor);
  const major = path === '' ? '' : `<path d="${path}" fill="none"${line(grid.stroke, grid.alpha)}/>`;
  return minor === ''
    ? major
    : `${major}<path d="${minor}" fill="none"${line({ ...grid.stroke, width: grid.stroke.width * 0.6 }, grid.alpha * 0.6)}/>`;
}

function xAxisSvg(canvas: Canvas, axes: AxesModel): string {
  const { x, box } = canvas;
  const { model } = x;
  const top = model.side === 'top';
  const edge = spineAt(canvas, axes, top ? 'top' : 'bottom');
  const sign = top ? -1 : 1;
  let svg = '';
  const look = strokeAttributes({ color: model.tickStyle.color, width: axes.spines.width, dash: [] }, undefined);
  if (model.ticksVisible) {
    const marks = x.ticks.map(tick => `M${n(canvas.px(tick))} ${n(edge)}v${n(sign * TICK)}`);
    marks.push(...x.minor.map(tick => `M${n(canvas.px(tick))} ${n(edge)}v${n(sign * MINOR_TICK)}`));
    svg += `<path d="${marks.join('')}" fill="none"${look}/>`;
  }
  let below = TICK;
  if (model.labelsVisible) {
    const rotated = model.tickRotation !== 0;
    labelled(x).forEach(({ tick, label }) => {
      const y = edge + sign * (TICK + GAP / 2);
      const angle = ((model.tickRotation % 180) + 180) % 180;
      const anchor = !rotated || angle === 90 ? 'middle' : angle < 90 ? 'end' : 'start';
      if (!rotated)
        svg += textSvg(label, model.tickStyle, { x: canvas.px(tick), y, anchor, at: top ? 'bottom' : 'top' });
      else {
        const end = angle === 90 ? 'end' : anchor;
        svg += textSvg(label, model.tickStyle, {
          x: canvas.px(tick) + (angle === 90 ? 0 : 3),
          y: y + 2,
          anchor: end,
          at: 'center',
          rotation: model.tickRotation,
        });
      }
    });
    below += labelHeight(x) + GAP;
    if (x.offset !== '')
      svg += textSvg(x.offset, model.tickStyle, {
        x: box.x + box.width,
        y: edge + sign * below,
        anchor: 'end',
        at: top ? 'bottom' : 'top',
      });
  }
  if (model.label !== '')
    svg += textSvg(model.label, model.labelStyle, {
      x: box.x + box.width / 2,
      y: edge + sign * (below + GAP / 2),
      anchor: 'middle',
      at: top ? 'bottom' : 'top',
    });
  return svg;
}

function yAxisSvg(canvas: Canvas, axes: AxesModel): string {
  const { y, box } = canvas;
  const { model } = y;
  const right = model.side === 'right';
  const edge = spineAt(canvas, axes, right ? 'right' : 'left');
  const sign = right ? 1 : -1;
  let svg = '';
  const look = strokeAttributes({ color: model.tickStyle.color, width: axes.spines.width, dash: [] }, undefined);
  if (model.ticksVisible) {
    const marks = y.ticks.map(tick => `M${n(edge)} ${n(canvas.py(tick))}h${n(sign * TICK)}`);
    marks.push(...y.minor.map(tick => `M${n(edge)} ${n(canvas.py(tick))}h${n(sign * MINOR_TICK)}`));
    svg += `<path d="${marks.join('')}" fill="none"${look}/>`;
  }
  let beside = TICK;
  if (model.labelsVisible) {
    labelled(y).forEach(({ tick, label }) => {
      svg += textSvg(label, model.tickStyle, {
        x: edge + sign * (TICK + GAP / 2),
        y: canvas.py(tick),
        anchor: right ? 'start' : 'end',
        at: 'center',
      });
    });
    beside += widest(y) + GAP;
    if (y.offset !== '')
      svg += textSvg(y.offset, model.tickStyle, { x: edge, y: box.y - 3, anchor: 'start', at: 'bottom' });
  }
  if (model.label !== '') {
    const x = edge + sign * (beside + GAP + model.labelStyle.size * 0.5 * model.label.split('\n').length);
    svg += textSvg(model.label, model.labelStyle, {
      x,
      y: box.y + box.height / 2,
      anchor: 'middle',
      at: 'center',
      rotation: 90,
    });
  }
  return svg;
}

/** Column or row of a spine, at its side of the box unless it was moved. */
function spineAt(
  { box, px, py }: Canvas,
  { spinePlaces }: AxesModel,
  side: 'top' | 'right' | 'bottom' | 'left',
): number {
  const place = spinePlaces?.[side];
  const isUpright = side === 'left' || side === 'right';
  const end = { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }[side];
  if (place === undefined) return end;
  if (place.kind === 'data') return isUpright ? px(place.at) : py(place.at);
  if (place.kind === 'outward') return end + (side === 'right' || side === 'bottom' ? place.at : -place.at);
  return isUpright ? box.x + place.at * box.width : box.y + (1 - place.at) * box.height;
}

function spinesSvg(canvas: Canvas, axes: AxesModel): string {
  const { box } = canvas;
  const { spines } = axes;
  let path = '';
  for (const side of ['left', 'right'] as const)
    if (spines[side]) path += `M${n(spineAt(canvas, axes, side))} ${n(box.y)}v${n(box.height)}`;
  for (const side of ['bottom', 'top'] as const)
    if (spines[side]) path += `M${n(box.x)} ${n(spineAt(canvas, axes, side))}h${n(box.width)}`;
  return path === ''
    ? ''
    : `<path d="${path}" fill="none"${strokeAttributes({ color: spines.color, width: spines.width, dash: [] }, undefined)} stroke-linecap="square"/>`;
}

/** How far ticks and texts reach below an axes. */
function belowOf(axes: AxesModel, x: AxisView): number {
  if (!axes.visible || !axes.x.visible || axes.x.side === 'top') return 0;
  const labels = axes.x.labelsVisible ? labelHeight(x) + GAP : 0;
  return TICK + labels + (axes.x.label === '' ? 0 : heightOf(axes.x.label, axes.x.labelStyle.size) + GAP);
}

/** What stands above the box of an axes, before its titles. */
function aboveOf({ axes, x, y }: Placed): number {
  if (!axes.visible) return 0;
  return (
    (axes.isRound === true ? roomAround(axes).above + GAP : 0) +
    (axes.x.side === 'top' ? labelHeight(x) + TICK + GAP : 0) +
    (y.offset === '' ? 0 : axes.y.tickStyle.size + 2)
  );
}

function placedTitles(placed: Placed, box: Box): PlacedText[] {
  return titlesOf(placed.axes).map(({ place, text, style }) => {
    const x = place === 'left' ? box.x : place === 'right' ? box.x + box.width : box.x + box.width / 2;
    const anchor = place === 'left' ? 'start' : place === 'right' ? 'end' : 'middle';
    return { text, style, placing: { x, y: box.y - aboveOf(placed) - GAP, anchor, at: 'bottom' } };
  });
}

function canvasOf({ x, y }: Placed, box: Box, name: string, page: Size): Canvas {
  return {
    name,
    box,
    page,
    x,
    y,
    px: value => box.x + x.fraction(value) * box.width,
    py: value => box.y + (1 - y.fraction(value)) * box.height,
  };
}

function axesSvg(placed: Placed, box: Box, clip: string, figure: FigureModel): string {
  const { axes, x } = placed;
  const canvas = canvasOf(placed, box, clip, { width: figure.width * INCH, height: figure.height * INCH });
  const sorted = axes.artists
    .filter(artist => !artist.hidden)
    .map((artist, at) => ({ artist, at, z: artist.zorder ?? ORDER[artist.kind] }))
    .sort((a, b) => a.z - b.z || a.at - b.at);
  const inside = sorted
    .filter(({ artist }) => artist.kind !== 'text')
    .map(({ artist }) => artistSvg(artist, canvas))
    .join('');
  const texts = sorted.map(({ artist }) => (artist.kind === 'text' ? textArtistSvg(artist, canvas) : '')).join('');
  const [left, middle] = [canvas.px(-1), canvas.px(0)];
  const round = `<circle cx="${n(middle)}" cy="${n(canvas.py(0))}" r="${n(middle - left + 1)}"/>`;
  const clipPath = axes.isRound
    ? `<clipPath id="${clip}">${round}</clipPath>`
    : `<clipPath id="${clip}"><rect x="${n(box.x - 1)}" y="${n(box.y - 1)}" width="${n(box.width + 2)}" height="${n(box.height + 2)}"/></clipPath>`;
  const points = axes.isRound ? '' : pointData(axes, canvas);
  const data = points === '' ? '' : ` data-points="${escapeHtml(points)}"`;
  const drawn = `${clipPath}${hatchPatterns(axes.artists, clip)}<g clip-path="url(#${clip})"${data}>${inside}</g>`;
  const legend = axes.legend === undefined ? '' : legendSvg(axes, canvas, axesSize(figure, placed.index));
  const titles = placedTitles(placed, box).map(placedSvg).join('');
  if (!axes.visible) return drawn + texts + titles + legend;
  const ground =
    axes.fill === 'none' || (isWhite(axes.fill) && axes.cell.at === undefined)
      ? ''
      : `<rect x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" fill="${paint(axes.fill)}"/>`;
  return [
    ground,
    gridLines(canvas, axes),
    drawn,
    spinesSvg(canvas, axes),
    axes.x.visible && axes.twin?.shared !== 'x' ? xAxisSvg(canvas, axes) : '',
    axes.y.visible && axes.twin?.shared !== 'y' ? yAxisSvg(canvas, axes) : '',
    texts,
    titles,
    colorbarSvg(canvas, axes, box.y + box.height + belowOf(axes, x)),
    legend,
  ].join('');
}

function isWhite(color: string): boolean {
  return color === 'white' || /^#f{3,8}$/.test(color);
}

/** A figure whose polar axes are plain ones. */
function withoutPolar(figure: FigureModel): FigureModel {
  if (figure.axes.every(({ polar }) => polar === undefined)) return figure;
  const axes = figure.axes.map((one, at) => flattened(one, axisTicks(figure, at, 'x'), axisTicks(figure, at, 'y')));
  return { ...figure, axes: axes.map(({ polar, ...rest }) => ({ ...rest, ...(polar && { isRound: true }) })) };
}

/** The labels that all axes share, at the lower and the left edge. */
function sharedLabels({ labels }: FigureModel, { width, height }: Box): string {
  const { x, y } = labels ?? {};
  const below = x && textSvg(x.text, x.style, { x: width / 2, y: height - 3, anchor: 'middle', at: 'bottom' });
  const left = (y?.style.size ?? 0) * 0.6 + 3;
  const beside =
    y && textSvg(y.text, y.style, { x: left, y: height / 2, anchor: 'middle', at: 'center', rotation: 90 });
  return `${below ?? ''}${beside ?? ''}`;
}

/** The texts of a figure that stand where their author says. */
function figureTexts({ title, titleStyle, texts }: FigureModel, { width, height }: Size): PlacedText[] {
  const own = texts.map(({ text, style, x, y, horizontal, vertical: at, rotation }): PlacedText => {
    const anchor = horizontal === 'left' ? 'start' : horizontal === 'right' ? 'end' : 'middle';
    return { text, style, placing: { x: x * width, y: (1 - y) * height, anchor, at, rotation } };
  });
  return [{ text: title, style: titleStyle, placing: { x: width / 2, y: 4, anchor: 'middle', at: 'top' } }, ...own];
}

/** Titles and texts of an axes. */
function axesTexts(placed: Placed, box: Box, page: Size): PlacedText[] {
  const canvas = canvasOf(placed, box, '', page);
  const written = placed.axes.artists.flatMap((artist): PlacedText[] => {
    const placing = artist.kind === 'text' && !artist.hidden ? textPlacing(artist, canvas) : undefined;
    return artist.kind === 'text' && placing !== undefined ? [{ text: artist.text, style: artist.style, placing }] : [];
  });
  return [...placedTitles(placed, box), ...written];
}

/** The box of a text that reaches beyond the page, by no more than a page is long. */
function boxOfText({ text, style, placing }: PlacedText, page: Size): Box | undefined {
  if (text === '') return undefined;
  const { x, y, width, height } = textBox(text, style, placing);
  const isNear = x > -page.width && y > -page.height && x + width < 2 * page.width && y + height < 2 * page.height;
  return isNear ? { x, y, width, height } : undefined;
}

/** The page with what reaches beyond it, as a notebook shows it. */
function viewOf(page: Box, boxes: readonly (Box | undefined)[]): Box {
  let [left, top, right, bottom] = [0, 0, page.width, page.height];
  for (const box of boxes) {
    if (box === undefined) continue;
    [left, top] = [Math.min(left, box.x), Math.min(top, box.y)];
    [right, bottom] = [Math.max(right, box.x + box.width), Math.max(bottom, box.y + box.height)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** An SVG that scales with the page and says what it shows; its colours follow the page's theme. */
export function drawFigure(written: FigureModel): string {
  const figure = withoutPolar(written);
  const [width, height] = [figure.width * INCH, figure.height * INCH];
  const placed = figure.axes.map((axes, index): Placed => {
    const x = axisView(figure, index, 'x');
    const y = axisView(figure, index, 'y');
    const { across, down } = shareOf(axes.cell);
    const cell = { width: width * across, height: height * down };
    return { axes, index, x, y, margins: marginsOf(axes, x, y, cell) };
  });
  const boxes = layout(figure, placed);
  const name = digest(JSON.stringify(figure));
  const body = placed.map((each, at) => axesSvg(each, boxes[at]!, `clip-${name}-${at}`, figure)).join('');
  const texts = figureTexts(figure, { width, height });
  const page: Box = { x: 0, y: 0, width, height };
  const legends = figure.axes.map((axes, at) => figureLegendSvg(axes, page, `clip-${name}-${at}`)).join('');
  const shared = sharedLabels(figure, page);
  const view = viewOf(page, [
    ...figure.axes.map(axes => figureLegendBox(axes, page)),
    ...[...texts, ...placed.flatMap((each, at) => axesTexts(each, boxes[at]!, page))].map(one => boxOfText(one, page)),
  ]);
  const ground =
    isWhite(figure.fill) || figure.fill === 'none'
      ? ''
      : `<rect x="${n(view.x)}" y="${n(view.y)}" width="100%" height="100%" fill="${paint(figure.fill)}"/>`;
  // Whoever comes to a figure by keys goes through its points.
  const focus = body.includes(' data-points="') ? ' tabindex="0"' : '';
  const alt = describe(written.title, written.axes);
  return `<svg class="reckoner-figure" role="img" aria-label="${escapeHtml(alt)}"${focus} viewBox="${n(view.x)} ${n(view.y)} ${n(view.width)} ${n(view.height)}" width="${Math.round((view.width * 96) / INCH)}" height="${Math.round((view.height * 96) / INCH)}" xmlns="http://www.w3.org/2000/svg">${ground}${shared}${body}${legends}${texts.map(placedSvg).join('')}</svg>`;
}
