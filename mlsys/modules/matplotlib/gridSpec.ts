/** `matplotlib.gridspec`: grids of a figure, and the parts of them that axes take. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  nativeClass,
  type PyClass,
  PyModule,
  PyObject,
  PySlice,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { callMethod, indexOf, listOf, repr, toFloat } from '../../python/runtime/operations';
import { adjust } from './arranging';
import type { AxesModel } from './model';
import { ratiosOf } from './mosaic';
import { PyFigure } from './objects';
import { Options } from './options';

type Keywords = ReadonlyMap<string, Value>;
type Cell = AxesModel['cell'];

const SPACES = ['left', 'right', 'bottom', 'top', 'wspace', 'hspace'];

export const gridSpecClass = nativeClass('GridSpec', undefined, 'matplotlib.gridspec');
const subplotSpecClass = nativeClass('SubplotSpec', undefined, 'matplotlib.gridspec');

/** A grid, of a figure or of whichever one its parts are added to. */
export class PyGridSpec extends PyObject {
  readonly rows: number;
  readonly columns: number;
  readonly figure: PyFigure | undefined;
  /** What `GridSpec` was given beside its size. */
  readonly given: Keywords;
  readonly ratios: Pick<Cell, 'widths' | 'heights'>;
  readonly #arranged = new WeakSet<PyFigure>();

  constructor(rows: number, columns: number, figure: PyFigure | undefined, given: Keywords) {
    super(gridSpecClass);
    this.rows = rows;
    this.columns = columns;
    this.figure = figure;
    this.given = given;
    const options = new Options(given);
    this.ratios = ratiosOf(undefined, options, rows, columns);
    for (const name of SPACES) options.take(name);
    const [unknown] = options.rest().keys();
    if (unknown !== undefined)
      throw raise('TypeError', `GridSpec.__init__() got an unexpected keyword argument '${unknown}'`);
  }

  /** Gives a figure the places and spaces of the grid, which hold for all of its axes here. */
  arrange(figure: PyFigure): void {
    const own = SPACES.filter(name => (this.given.get(name) ?? null) !== null);
    if (own.length === 0 || this.#arranged.has(figure)) return;
    this.#arranged.add(figure);
    if (figure.model.axes.length > 0 || figure.model.arrangement !== undefined)
      throw new Unsupported(`GridSpec(${own[0]}=…) in a figure with other axes or a layout`);
    adjust(figure, new Options(new Map(own.map(name => [name, this.given.get(name)!]))));
    figure.ownSpaces = true;
  }
}

/** A part of a grid. */
export class PySubplotSpec extends PyObject {
  readonly grid: PyGridSpec;
  readonly cell: Cell;

  constructor(grid: PyGridSpec, first: number, last: number) {
    super(subplotSpecClass);
    const { rows, columns, ratios } = grid;
    this.grid = grid;
    const across = [first % columns, last % columns].sort((a, b) => a - b) as [number, number];
    this.cell = {
      rows,
      columns,
      row: Math.floor(first / columns),
      column: across[0],
      rowEnd: Math.floor(last / columns) + 1,
      columnEnd: across[1] + 1,
      ...ratios,
    };
  }
}

export function newGrid(
  rows: Value | undefined,
  columns: Value | undefined,
  figure: Value | undefined,
  given: Keywords,
): PyGridSpec {
  const [down, across] = [rows, columns].map((value, at) => {
    const count = Number(indexOf(value ?? 1n));
    if (!(count > 0))
      throw raise('ValueError', `Number of ${at === 0 ? 'rows' : 'columns'} must be a positive integer, not ${count}`);
    return count;
  });
  return new PyGridSpec(down!, across!, figure instanceof PyFigure ? figure : undefined, given);
}

/** The first and the last place that a key takes of so many. */
function places(key: Value, size: number, axis?: number): readonly [number, number] {
  if (key instanceof PySlice) {
    const [start, stop] = listOf(callMethod(key, 'indices', BigInt(size))).map(toFloat);
    if (stop! > start!) return [start!, stop! - 1];
    throw raise('IndexError', 'GridSpec slice would result in no space allocated for subplot');
  }
  const asked = Number(indexOf(key));
  const at = asked < 0 ? asked + size : asked;
  if (at >= 0 && at < size) return [at, at];
  const where = axis === undefined ? 'GridSpec' : `axis ${axis}`;
  throw raise('IndexError', `index ${asked} is out of bounds for ${where} with size ${size}`);
}

defineConstructor(
  gridSpecClass,
  'GridSpec(nrows, ncols, figure=None, **kwargs)',
  (_cls: PyClass, rows: Value, columns: Value, figure: Value | undefined, given: Keywords) =>
    newGrid(rows, columns, figure, given),
);
defineMethods(gridSpecClass, {
  '__getitem__(key, /)': (grid: PyGridSpec, key: Value) => {
    const { rows, columns } = grid;
    if (!(key instanceof PyTuple)) return new PySubplotSpec(grid, ...places(key, rows * columns));
    const [row, column, ...others] = key.items;
    if (row === undefined || column === undefined || others.length > 0)
      throw raise('ValueError', 'Unrecognized subplot spec');
    const [down, across] = [places(row, rows, 0), places(column, columns, 1)];
    return new PySubplotSpec(grid, down[0] * columns + across[0], down[1] * columns + across[1]);
  },
  'get_geometry()': ({ rows, columns }: PyGridSpec) => new PyTuple([BigInt(rows), BigInt(columns)]),
  '__repr__()': (grid: PyGridSpec) => {
    const ratios = (['height_ratios', 'width_ratios'] as const).flatMap(name => {
      const value = grid.given.get(name) ?? null;
      return value === null ? [] : [`, ${name}=${repr(value)}`];
    });
    return `GridSpec(${grid.rows}, ${grid.columns}${ratios.join('')})`;
  },
  ...Object.fromEntries(
    ['update', 'tight_layout', 'set_width_ratios', 'set_height_ratios', 'locally_modified_subplot_params'].map(name => [
      `${name}(*args, **kwargs)`,
      () => {
        throw new Unsupported(`GridSpec.${name}`);
      },
    ]),
  ),
});
defineProperties(gridSpecClass, {
  nrows: ({ rows }: PyGridSpec) => BigInt(rows),
  ncols: ({ columns }: PyGridSpec) => BigInt(columns),
  figure: ({ figure }: PyGridSpec) => figure ?? null,
});
defineMethods(subplotSpecClass, {
  'subgridspec(*args, **kwargs)': () => {
    throw new Unsupported('SubplotSpec.subgridspec');
  },
  'get_gridspec()': ({ grid }: PySubplotSpec) => grid,
});

export function loadGridSpec(): PyModule {
  const module = new PyModule(
    'matplotlib.gridspec',
    new Map<string, Value>([
      ['GridSpec', gridSpecClass],
      ['SubplotSpec', subplotSpecClass],
    ]),
  );
  module.lazy = name => {
    if (/^(?:GridSpecBase|GridSpecFromSubplotSpec|SubplotParams)$/.test(name))
      throw new Unsupported(`matplotlib.gridspec.${name}`);
    return undefined;
  };
  return module;
}
