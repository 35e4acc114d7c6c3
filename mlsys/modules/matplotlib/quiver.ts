/** `quiver`: arrows of a field of vectors. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import type { PyTuple, Value } from '../../python/runtime/objects';
import { listOf, repr, toFloat } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { colorsOf } from './color';
import { colorAt, mapOf, partOfScale } from './colorMaps';
import type { ArrowsArtist, Color, Numbers } from './model';
import { normOf, scaleOver } from './norms';
import type { PyArtist, PyAxes } from './objects';
import { common, coordinates, isSequence, numbersOf, Options } from './options';

type Keywords = ReadonlyMap<string, Value>;

/** What an arrow takes until it is drawn. */
const ARROW_BYTES = 300;

interface Grid {
  readonly values: Numbers;
  /** Rows and columns; a list is one row. */
  readonly shape: readonly [number, number];
}

function gridOf(value: Value): Grid {
  const items = isSequence(value) ? listOf(value) : [value];
  if (!items.some(isSequence)) return { values: numbersOf(value), shape: [1, items.length] };
  const rows = items.map(numbersOf);
  return { values: rows.flat(), shape: [rows.length, rows[0]?.length ?? 0] };
}

const flat = (value: Value): Value[] =>
  isSequence(value) ? listOf(value).flatMap(item => (isSequence(item) ? listOf(item) : [item])) : [value];

/** Where arrows stand: as given, or at the columns and rows of the grid. */
function placesOf(
  axes: PyAxes,
  x: Value | undefined,
  y: Value | undefined,
  [rows, columns]: Grid['shape'],
): [Numbers, Numbers] {
  const grid = (across: Numbers, down: Numbers): [Numbers, Numbers] => [
    down.flatMap(() => across),
    down.flatMap(at => across.map(() => at)),
  ];
  const range = (count: number) => Array.from({ length: count }, (_, at) => at);
  if (x === undefined || y === undefined) return grid(range(columns), range(rows));
  const along = (value: Value, side: 'x' | 'y') =>
    flat(value).flatMap(item => coordinates(item, () => axes.edit()[side]));
  const [xs, ys] = [along(x, 'x'), along(y, 'y')];
  if (xs.length === columns && ys.length === rows) return grid(xs, ys);
  if (xs.length !== ys.length)
    throw raise('ValueError', `X and Y must be the same size, but X.size is ${xs.length} and Y.size is ${ys.length}.`);
  return [xs, ys];
}

function quiver(axes: PyAxes, args: PyTuple, keywords: Keywords): PyArtist {
  const { items } = args;
  if (items.length < 2 || items.length > 5)
    throw raise('TypeError', `quiver() takes from 2 to 5 positional arguments but ${items.length} were given`);
  const at = items.length > 3 ? 2 : 0;
  const [u, v] = [gridOf(items[at]!), gridOf(items[at + 1]!)];
  const shades = items[at + 2];
  const [x, y] = placesOf(axes, at === 2 ? items[0] : undefined, at === 2 ? items[1] : undefined, u.shape);
  if (u.values.length !== x.length)
    throw raise(
      'ValueError',
      `Argument U has a size ${u.values.length} which does not match ${x.length}, the number of arrow positions`,
    );
  vm.step(x.length);
  vm.charge(ARROW_BYTES * x.length);
  const options = new Options(keywords);
  const angles = options.take('angles') ?? 'uv';
  if (angles !== 'uv' && angles !== 'xy') throw new Unsupported('quiver(angles=…) of numbers');
  const units = options.take('scale_units') ?? null;
  const byData = units === 'xy';
  const scale = optional(options.take('scale'));
  if ((units !== null && units !== 'width' && !byData) || (byData && (angles !== 'xy' || scale === undefined)))
    throw new Unsupported(
      `quiver(scale_units=${repr(units)})`,
      "with angles='xy' and a scale, scale_units='xy' is drawn",
    );
  if (options.text('width', 'units') !== 'width') throw new Unsupported('quiver(units=…)');
  const pivot = options.text('tail', 'pivot');
  const color = options.take('color', 'facecolor', 'facecolors', 'fc');
  const artist: ArrowsArtist = {
    kind: 'arrows',
    x,
    y,
    u: u.values,
    v: v.values,
    colors:
      shades === undefined
        ? color === undefined || color === null
          ? ['black']
          : colorsOf(color)
        : shadesOf(shades, options),
    followsData: angles === 'xy',
    byData,
    pivot: pivot === 'mid' ? 'middle' : (pivot as ArrowsArtist['pivot']),
    head: {
      width: options.number(3, 'headwidth'),
      length: options.number(5, 'headlength'),
      axis: options.number(4.5, 'headaxislength'),
    },
  };
  if (scale !== undefined) artist.scale = scale;
  const width = optional(options.take('width'));
  if (width !== undefined) artist.width = width;
  options.take('minshaft', 'minlength', 'linewidth', 'linewidths', 'lw', 'edgecolor', 'edgecolors', 'ec');
  options.take('linestyle', 'linestyles', 'ls', 'dashes');
  common(artist, options);
  options.done(axes, 'Quiver');
  return axes.add(artist);
}

function optional(value: Value | undefined): number | undefined {
  return value === undefined || value === null ? undefined : toFloat(value);
}

function shadesOf(values: Value, options: Options): readonly Color[] {
  const map = mapOf(options);
  const norm = normOf(options);
  const numbers = gridOf(values).values;
  const scale = { ...map, ...scaleOver(numbers, norm) };
  return numbers.map(value => colorAt(map, partOfScale(scale, value)));
}

/** Methods of `Axes`, by signature. */
export const QUIVER_METHODS: Readonly<Record<string, NativeBody>> = {
  'quiver(*args, **kwargs)': quiver,
};
