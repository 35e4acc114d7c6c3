/**
 * How long the axes of a figure are, by which matplotlib chooses how many ticks they get: in the arrangement that it starts with, in one
 * that `subplots_adjust` asks for, or as tight as `tight_layout` and `constrained_layout` make it, which measure texts.
 */
import { lineWidth } from './letterWidths';
import type { AxesModel, AxisModel, FigureModel, Numbers } from './model';

type Side = 'x' | 'y';

/** Points of an inch. */
const INCH = 72;
/** Where matplotlib puts axes: fractions of the figure, and of an axes for what lies between two. */
const PLACE = {
  x: { from: 0.125, to: 0.9, between: 0.2 },
  y: { from: 0.11, to: 0.88, between: 0.2 },
};
/** What a colour bar leaves of the width. */
const BESIDE_BAR = 0.8;
/** Points between an axis and its ticks' texts, those and its label, and below a title. */
const TICK_GAP = 7;
const LABEL_GAP = 4;
const TITLE_GAP = 6;

/** Texts of the ticks of an axis, as far as they can be told before its length is known. */
export type TickTextsOf = (axes: AxesModel, side: Side) => readonly string[];

/** How many columns of the same width some columns of a grid are. */
function spanOf(ratios: Numbers | undefined, count: number, from: number, to: number): number {
  if (ratios === undefined) return to - from;
  const sum = (all: Numbers) => all.reduce((total, ratio) => total + ratio, 0);
  return (count * sum(ratios.slice(from, to))) / sum(ratios);
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly between: number;
}

/** Length of an axis in points. */
export function lengthOf(figure: FigureModel, axes: AxesModel, side: Side, textsOf: TickTextsOf): number {
  const whole = (side === 'x' ? figure.width : figure.height) * INCH;
  const { cell } = axes;
  if (cell.at !== undefined) {
    const around = cell.within === undefined ? whole : lengthOf(figure, figure.axes[cell.within]!, side, textsOf);
    return around * cell.at[side === 'x' ? 2 : 3];
  }
  const [count, from, to, ratios] =
    side === 'x'
      ? [cell.columns, cell.column, cell.columnEnd, cell.widths]
      : [cell.rows, cell.row, cell.rowEnd, cell.heights];
  const place = placeIn(figure, axes, side, whole, textsOf);
  const one = (whole * (place.to - place.from)) / (count + place.between * (count - 1));
  const length = one * spanOf(ratios, count, from, to) + place.between * one * (to - from - 1);
  return side === 'x' && axes.colorbar !== undefined ? length * BESIDE_BAR : length;
}

function placeIn(figure: FigureModel, axes: AxesModel, side: Side, whole: number, textsOf: TickTextsOf): Place {
  const { arrangement } = figure;
  const usual = PLACE[side];
  if (arrangement === undefined) return usual;
  if (arrangement.kind === 'set') return { ...usual, ...arrangement[side] };
  const { rows, columns } = axes.cell;
  const others = figure.axes.filter(
    one => one.cell.at === undefined && one.cell.rows === rows && one.cell.columns === columns,
  );
  const count = side === 'x' ? columns : rows;
  const needs = others.map(one => {
    const { cell } = one;
    const [start, end] = side === 'x' ? [cell.column, cell.columnEnd] : [cell.row, cell.rowEnd];
    return { start, end, ...around(one, side, textsOf) };
  });
  const most = (lengths: readonly number[]): number => Math.max(0, ...lengths);
  const before = (at: number) => most(needs.filter(({ start }) => start === at).map(need => need.before));
  const behind = (at: number) => most(needs.filter(({ end }) => end === at).map(need => need.behind));
  const isTight = arrangement.kind === 'tight';
  const [outer, inner] = isTight ? [arrangement.pad, arrangement.pad] : [CONSTRAINED, 2 * CONSTRAINED];
  const title = side === 'y' && figure.title !== '' ? 0.9 * figure.titleStyle.size + outer : 0;
  const gaps = Array.from({ length: count - 1 }, (_, at) => behind(at + 1) + before(at + 1) + inner);
  const gap = isTight ? most(gaps) : gaps.reduce((sum, one) => sum + one, 0) / (gaps.length || 1);
  const [from, to] = [outer + before(0) + title, whole - outer - behind(count)];
  const one = (to - from - gap * (count - 1)) / count;
  return one > 0 ? { from: from / whole, to: to / whole, between: gap / one } : usual;
}

/** Points that `constrained_layout` leaves around each axes. */
const CONSTRAINED = 3;

/** What stands before and behind an axes along a side: its texts, in points. From above, for that is where rows begin. */
function around(
  axes: AxesModel,
  side: Side,
  textsOf: TickTextsOf,
): { readonly before: number; readonly behind: number } {
  if (!axes.visible) return { before: side === 'y' ? titleHeight(axes) : 0, behind: 0 };
  const across = side === 'x' ? axes.y : axes.x;
  const isBehind = side === 'x' ? across.side === 'right' : across.side !== 'top';
  const own = across.visible ? depthOf(axes, across, side, textsOf) : 0;
  const title = side === 'y' ? titleHeight(axes) : 0;
  return { before: title + (isBehind ? 0 : own), behind: isBehind ? own : 0 };
}

function titleHeight({ titles }: AxesModel): number {
  const heights = Object.values(titles).map(({ text, style }) => heightAbove(text, style.size));
  const height = Math.max(...heights);
  return height > 0 ? height + TITLE_GAP : 0;
}

function depthOf(axes: AxesModel, axis: AxisModel, side: Side, textsOf: TickTextsOf): number {
  const { size } = axis.tickStyle;
  const label = axis.label === '' ? 0 : LABEL_GAP + linesOf(axis.label) * axis.labelStyle.size;
  if (!axis.labelsVisible) return TICK_GAP / 2 + label;
  const texts = textsOf(axes, side === 'x' ? 'y' : 'x');
  if (texts.every(text => text === '')) return TICK_GAP / 2 + label;
  const angle = ((side === 'x' ? 0 : axis.tickRotation) * Math.PI) / 180;
  const wide = Math.max(...texts.map(text => widthOf(text, size)));
  const high = Math.max(...texts.map(text => linesOf(text) * size));
  const depth = side === 'x' ? wide : Math.abs(Math.sin(angle)) * wide + Math.abs(Math.cos(angle)) * high;
  return TICK_GAP + depth + label;
}

/** How high a text stands above its last line, whose letters go down into the gap below; 0 for none. */
function heightAbove(text: string, size: number): number {
  return text === '' ? 0 : (0.72 + 1.2 * (linesOf(text) - 1)) * size;
}

/** Lines of a text; none of one that is empty. */
function linesOf(text: string): number {
  return text === '' ? 0 : text.split('\n').length;
}

function widthOf(text: string, size: number): number {
  const plain = text.replace(/\$\\mathdefault\{(.*?)\}\$/g, '$1').replace(/[$\\{}]|mathdefault/g, '');
  return Math.max(...plain.split('\n').map(lineWidth)) * size;
}
