/** Where the axes of a figure stand: columns and rows of a grid have room for their texts, and share what is left. */
import type { AxesModel, FigureModel } from '../../../mlsys/figures';
import { heightOf } from './figureText';
import { legendRoom } from './legend';
import type { AxisView, Box } from './space';

/** Points of an inch. */
export const INCH = 72;

export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly axes: AxesModel;
  readonly index: number;
  readonly x: AxisView;
  readonly y: AxisView;
  readonly margins: Margins;
}

/** A share of the whole figure, from the left and from above, that a cell of the grid takes. */
export function shareOf(cell: AxesModel['cell']): { readonly across: number; readonly down: number } {
  const part = (ratios: readonly number[] | undefined, count: number, from: number, to: number): number =>
    ratios === undefined ? (to - from) / count : sum(ratios.slice(from, to)) / sum(ratios);
  return {
    across: part(cell.widths, cell.columns, cell.column, cell.columnEnd),
    down: part(cell.heights, cell.rows, cell.row, cell.rowEnd),
  };
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Room at the sides of a figure for what belongs to all of its axes. */
function roomOf({ title, titleStyle, labels, axes }: FigureModel): Margins {
  const room: Margins = { left: 0, right: 0, top: 0, bottom: 0 };
  if (title !== '') room.top += heightOf(title, titleStyle.size) + 8;
  if (labels?.x) room.bottom += heightOf(labels.x.text, labels.x.style.size) + 4;
  if (labels?.y) room.left += heightOf(labels.y.text, labels.y.style.size) + 4;
  for (const one of axes)
    for (const [side, length] of Object.entries(legendRoom(one))) room[side as keyof Margins] += length;
  return room;
}

/** What an axes needs before its first column or row of a grid, and behind its last one. */
interface Need {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly behind: number;
}

interface Track {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the columns or rows of a grid begin and end. Those of one ratio are equally long, whatever stands around them, as
 * matplotlib has it; where texts would take most of the length, they come closer.
 */
function tracks(ratios: readonly number[], whole: number, needs: readonly Need[], isJoined: boolean): Track[] {
  const most = (lengths: readonly number[]) => Math.max(0, ...lengths);
  const before = ratios.map((_, at) => most(needs.filter(({ start }) => start === at).map(need => need.before)));
  const behind = ratios.map((_, at) => most(needs.filter(({ end }) => end === at + 1).map(need => need.behind)));
  const outer = before[0]! + behind.at(-1)!;
  const inner = sum(before) + sum(behind) - outer;
  const closer = isJoined || inner === 0 ? 0 : Math.min(1, Math.max(0, whole / 2 - outer) / inner);
  const free = Math.max(20, whole - outer - inner * closer);
  const total = sum(ratios);
  let at = 0;
  return ratios.map((ratio, index) => {
    const start = at + before[index]! * (index === 0 ? 1 : closer);
    const end = start + (free * ratio) / total;
    at = end + behind[index]! * closer;
    return { start, end };
  });
}

/** Between columns or rows that close up to each other nothing has room. */
const JOINED = 0.05;

/** The box of each axes within the figure. */
export function layout(figure: FigureModel, placed: readonly Placed[]): Box[] {
  const room = roomOf(figure);
  const width = figure.width * INCH - room.left - room.right;
  const height = figure.height * INCH - room.top - room.bottom;
  const between = (side: 'x' | 'y') =>
    figure.arrangement?.kind === 'set' ? (figure.arrangement[side].between ?? 1) : 1;
  const boxes: Box[] = [];
  for (const own of placed) {
    const { cell } = own.axes;
    const around =
      cell.within === undefined
        ? { x: 0, y: 0, width: figure.width * INCH, height: figure.height * INCH }
        : boxes[cell.within]!;
    const free = cell.at === undefined ? boxInGrid(own) : boxAt(cell.at, around);
    boxes.push(own.axes.aspect === undefined ? free : keepAspect(free, own, own.axes.aspect));
  }
  return boxes;

  function boxInGrid(own: Placed): Box {
    const others = placed.filter(({ axes }) => axes.cell.at === undefined);
    const [x, y] = [own.axes.cell, ...others.map(({ axes }) => axes.cell)].some(hasRatios)
      ? [undefined, undefined]
      : [common(others.map(({ axes }) => axes.cell.columns)), common(others.map(({ axes }) => axes.cell.rows))];
    const across = stretch(own, others, 'x', x, width, between('x') < JOINED);
    const down = stretch(own, others, 'y', y, height, between('y') < JOINED);
    return {
      x: room.left + across.start,
      y: room.top + down.start,
      width: across.end - across.start,
      height: down.end - down.start,
    };
  }
}

const hasRatios = ({ widths, heights }: AxesModel['cell']): boolean => widths !== undefined || heights !== undefined;

/** Finer grids than this are laid out by themselves. */
const MOST_TRACKS = 120;

/** So many columns or rows that each of these grids consists of whole ones. */
function common(counts: readonly number[]): number | undefined {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const count = counts.reduce((all, one) => (all / divisor(all, one)) * one, 1);
  return count <= MOST_TRACKS ? count : undefined;
}

/** What an axes takes of a figure along a side; grids without ratios of their own share `count` columns or rows. */
function stretch(
  own: Placed,
  others: readonly Placed[],
  side: 'x' | 'y',
  count: number | undefined,
  whole: number,
  isJoined: boolean,
): Track {
  const placeOf = ({ axes: { cell }, margins }: Placed) =>
    side === 'x'
      ? {
          count: cell.columns,
          ratios: cell.widths,
          start: cell.column,
          end: cell.columnEnd,
          before: margins.left,
          behind: margins.right,
        }
      : {
          count: cell.rows,
          ratios: cell.heights,
          start: cell.row,
          end: cell.rowEnd,
          before: margins.top,
          behind: margins.bottom,
        };
  const place = placeOf(own);
  const { rows, columns } = own.axes.cell;
  const isSame = ({ axes: { cell } }: Placed) => cell.rows === rows && cell.columns === columns;
  const all = count ?? place.count;
  const needs = (count === undefined ? others.filter(isSame) : others).map(other => {
    const one = placeOf(other);
    const step = all / one.count;
    return { ...one, start: one.start * step, end: one.end * step };
  });
  const found = tracks(place.ratios ?? Array.from({ length: all }, () => 1), whole, needs, isJoined);
  const step = all / place.count;
  return { start: found[place.start * step]!.start, end: found[place.end * step - 1]!.end };
}

/** A box in parts of another one, from the left and from below. */
function boxAt([left, bottom, width, height]: readonly [number, number, number, number], around: Box): Box {
  return {
    x: around.x + left * around.width,
    y: around.y + (1 - bottom - height) * around.height,
    width: Math.max(1, width * around.width),
    height: Math.max(1, height * around.height),
  };
}

/** Shrinks a box so that one unit of y is `aspect` times as long as one of x. */
function keepAspect(box: Box, { x, y }: Placed, aspect: number): Box {
  const dx = Math.abs(x.limits[1] - x.limits[0]) || 1;
  const dy = (Math.abs(y.limits[1] - y.limits[0]) || 1) * aspect;
  const scale = Math.min(box.width / dx, box.height / dy);
  const [width, height] = [dx * scale, dy * scale];
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}
