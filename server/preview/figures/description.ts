/** What a figure shows in words, for those who cannot see it, and the values at its points, for those who point at them. */
import type { Artist, AxesModel, AxisModel } from '../../../mlsys/figures';
import { dateTexts } from '../../../mlsys/figures';
import type { Canvas } from './artists';
import { plainText, titlesOf } from './figureText';

/** A point of the data, or a bar. */
interface DataPoint {
  readonly x: number;
  readonly y: number;
  /** Where the value stands that the point is for, where that is not the point itself. */
  readonly shown?: readonly [x: number, y: number];
}

interface Series {
  readonly label: string;
  readonly kind: Kind;
  readonly points: readonly DataPoint[];
}

type Kind = 'line' | 'points' | 'bars';

const NAMES: Readonly<Record<Kind, string>> = { line: 'Lines', points: 'Points', bars: 'Bars' };

/** The data of an artist that has points; undefined for those that have none. */
function seriesOf(artist: Artist): Series | undefined {
  if (artist.hidden === true) return undefined;
  const label = artist.label ?? '';
  switch (artist.kind) {
    case 'line':
      return { label, kind: artist.stroke.width > 0 ? 'line' : 'points', points: pointsOf(artist.x, artist.y) };
    case 'points':
      return { label, kind: 'points', points: pointsOf(artist.x, artist.y) };
    case 'bars':
      return {
        label,
        kind: 'bars',
        points: artist.boxes.map(([x, y, width, height]) =>
          artist.horizontal
            ? { x: x + width, y: y + height / 2, shown: [width, y + height / 2] }
            : { x: x + width / 2, y: y + height, shown: [x + width / 2, height] },
        ),
      };
    default:
      return undefined;
  }
}

function pointsOf(xs: readonly number[], ys: readonly number[]): DataPoint[] {
  return xs.flatMap((x, at) => (Number.isFinite(x) && Number.isFinite(ys[at]) ? [{ x, y: ys[at]! }] : []));
}

const allSeries = (axes: AxesModel): Series[] =>
  axes.artists.flatMap(artist => {
    const series = seriesOf(artist);
    return series === undefined || series.points.length === 0 ? [] : [series];
  });

/** A value of an axis as a reader reads it: a name, a date, or a number with six digits. */
function valueText(axis: AxisModel, value: number): string {
  const name = Number.isInteger(value) ? axis.categories?.[value] : undefined;
  if (name !== undefined) return plainText(name);
  if (axis.dates === true) return dateTexts([value], value % 1 === 0 ? '%Y-%m-%d' : '%Y-%m-%d %H:%M:%S')[0]!;
  const rounded = Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e9 || size < 1e-4))
    return rounded.toExponential().replace('e+', 'e').replaceAll('-', '−');
  return rounded.toLocaleString('en-US', { maximumSignificantDigits: 6 }).replace('-', '−');
}

/** More points than these are not told one by one: such a curve is read off its axes. */
const MOST_POINTS = 800;

/**
 * The points of an axes with their values, for the page: fields between tabs, series between lines, the names of the axes in
 * the first one; then the name of a series, and for each point its place and its values. Empty where there are none.
 */
export function pointData(axes: AxesModel, canvas: Canvas): string {
  const { box } = canvas;
  const clean = (text: string) => text.replace(/[\t\n]/g, ' ').trim();
  const isIn = (x: number, y: number) =>
    x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;
  let count = 0;
  const lines: string[] = [];
  for (const { label, points } of allSeries(axes)) {
    count += points.length;
    if (count > MOST_POINTS) break;
    const fields = points.flatMap(({ x, y, shown = [x, y] }) => {
      const [px, py] = [canvas.px(x), canvas.py(y)];
      if (!Number.isFinite(px) || !Number.isFinite(py) || !isIn(px, py)) return [];
      const values = [valueText(axes.x, shown[0]), valueText(axes.y, shown[1])].map(clean);
      return [px.toFixed(1), py.toFixed(1), ...values];
    });
    if (fields.length > 0) lines.push([clean(plainText(label)), ...fields].join('\t'));
  }
  if (lines.length === 0) return '';
  const names = [plainText(axes.x.label) || 'x', plainText(axes.y.label) || 'y'].map(clean);
  return [names.join('\t'), ...lines].join('\n');
}

/** So many names are told, and the others counted. */
const MOST_NAMES = 8;

function listed(names: readonly string[]): string {
  const some = names.slice(0, MOST_NAMES);
  const others = names.length - some.length;
  return others > 0 ? `${some.join(', ')} and ${others} more` : some.join(', ');
}

function rangeText(axis: AxisModel, side: string, values: readonly number[]): string {
  const name = plainText(axis.label) || side;
  if (axis.categories !== undefined) return `${name}: ${listed(axis.categories.map(plainText))}`;
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return name;
  const [from, to] = [valueText(axis, low), valueText(axis, high)];
  return from === to ? `${name} ${from}` : `${name} from ${from} to ${to}`;
}

function axesText(axes: AxesModel): string {
  const title = titlesOf(axes)
    .map(({ text }) => plainText(text))
    .join(', ');
  const series = allSeries(axes);
  if (series.length === 0) {
    const names = [axes.x, axes.y].flatMap(({ label }) => (label === '' ? [] : [plainText(label)]));
    return [title, names.join(', ')].filter(part => part !== '').join('. ');
  }
  const kinds = [...new Set(series.map(({ kind }) => NAMES[kind]))];
  const what = kinds.map((kind, at) => (at === 0 ? kind : kind.toLowerCase())).join(' and ');
  const labels = series.flatMap(({ label }) => (label === '' ? [] : [plainText(label)]));
  const points = series.flatMap(one => one.points);
  const x = rangeText(
    axes.x,
    'x',
    points.map(point => point.shown?.[0] ?? point.x),
  );
  const y = rangeText(
    axes.y,
    'y',
    points.map(point => point.shown?.[1] ?? point.y),
  );
  const of = labels.length === 0 ? '' : ` of ${listed(labels)}`;
  return `${title === '' ? '' : `${title}. `}${what}${of}; ${x}; ${y}`;
}

/** A figure in words: its titles, what it draws, and between which values. */
export function describe(title: string, all: readonly AxesModel[]): string {
  const shown = all.filter(axes => axes.artists.length > 0);
  const panels = shown.length > 1 ? [`${shown.length} panels`] : [];
  const texts = [plainText(title), ...panels, ...shown.map(axesText)].filter(text => text !== '');
  return texts.length === 0 ? 'Figure' : `${texts.join('. ')}.`;
}
