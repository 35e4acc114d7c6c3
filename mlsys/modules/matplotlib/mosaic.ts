/** Axes in a grid of the figure: how wide its columns are, and axes that a mosaic of names arranges. */

import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { listOf, repr } from '../../python/runtime/operations';
import { adjust } from './arranging';
import type { AxesModel } from './model';
import type { PyAxes, PyFigure } from './objects';
import { isSequence, numbersOf, type Options } from './options';
import { pairsOf } from './rc';

export type Cell = AxesModel['cell'];

/** `width_ratios` and `height_ratios`, given as such or in `gridspec_kw`, as parts of a grid, whose spaces the figure gets. */
export function ratiosOf(
  figure: PyFigure | undefined,
  options: Options,
  rows: number,
  columns: number,
): Pick<Cell, 'widths' | 'heights'> {
  const grid = options.dictionary('gridspec_kw');
  if (grid !== undefined && figure !== undefined) adjust(figure, grid);
  const found = (name: string, count: number): readonly number[] | undefined => {
    const value = options.take(name) ?? grid?.take(name);
    if (value === undefined || value === null) return undefined;
    const ratios = numbersOf(value);
    if (ratios.length !== count) {
      const what = name === 'width_ratios' ? 'columns' : 'rows';
      throw raise(
        'ValueError',
        `Expected the given number of ${name.slice(0, -7)} ratios to match the number of ${what} of the grid`,
      );
    }
    return ratios;
  };
  const [widths, heights] = [found('width_ratios', columns), found('height_ratios', rows)];
  return { ...(widths && { widths }), ...(heights && { heights }) };
}

/** The names of a mosaic, row by row: a text of single letters, or a list of lists. */
function rowsOf(mosaic: Value): Value[][] {
  if (typeof mosaic === 'string') {
    const lines = mosaic.includes('\n') ? mosaic.split('\n').map(line => line.trim()) : mosaic.split(';');
    return lines.filter((line, at) => line !== '' || (at > 0 && at < lines.length - 1)).map(line => [...line]);
  }
  return listOf(mosaic).map(row => {
    if (!isSequence(row) && typeof row !== 'string') throw new Unsupported('subplot_mosaic of this layout');
    const names = typeof row === 'string' ? [...row] : listOf(row);
    if (names.some(name => name !== null && typeof name === 'object' && !(name instanceof PyTuple)))
      throw new Unsupported('subplot_mosaic of nested layouts');
    return names;
  });
}

interface Region {
  readonly name: Value;
  row: number;
  column: number;
  rowEnd: number;
  columnEnd: number;
}

/** Draws the axes that a mosaic names, by their names in the order of their places. */
export function mosaicAxes(figure: PyFigure, mosaic: Value, options: Options, add: (cell: Cell) => PyAxes): PyDict {
  const rows = rowsOf(mosaic);
  const empty = options.take('empty_sentinel') ?? '.';
  const [down, across] = [rows.length, rows[0]?.length ?? 0];
  const odd = rows.findIndex(row => row.length !== across);
  if (odd >= 0) {
    const written = (row: readonly Value[]) => repr(new PyList([...row]));
    throw raise(
      'ValueError',
      `All of the rows must be the same length, however the first row (${written(rows[0]!)}) has length ${across} and row ${odd} (${written(rows[odd]!)}) has length ${rows[odd]!.length}.`,
    );
  }
  const ratios = ratiosOf(figure, options, down, across);
  const [sharesX, sharesY] = [options.flag(false, 'sharex'), options.flag(false, 'sharey')];
  for (const name of ['subplot_kw', 'per_subplot_kw']) {
    const value = options.take(name);
    if (value !== undefined && value !== null && pairsOf(value).length > 0)
      throw new Unsupported(`subplot_mosaic(${name}=…)`);
  }
  options.done(undefined, 'Figure.subplot_mosaic');
  const made = new PyDict();
  const regions = regionsOf(rows, empty);
  let first: PyAxes | undefined;
  for (const { name, row, column, rowEnd, columnEnd } of regions) {
    const axes = add({ rows: down, columns: across, row, column, rowEnd, columnEnd, ...ratios });
    first ??= axes;
    if (typeof name === 'string') axes.label = name;
    const model = axes.edit();
    // Unlike those of `subplots`, inner ones keep their labels only at the edges of the figure.
    if (sharesX) {
      model.shareX = first.index;
      model.x.labelsVisible = rowEnd === down;
    }
    if (sharesY) {
      model.shareY = first.index;
      model.y.labelsVisible = column === 0;
    }
    made.set(name, axes);
  }
  return made;
}

/** As numpy writes an array of the names. */
function written(rows: readonly (readonly Value[])[]): string {
  const lines = rows.map(row => `[${row.map(name => repr(name)).join(', ')}]`);
  return `array([${lines.join(',\n       ')}], dtype=object)`;
}

function regionsOf(rows: readonly (readonly Value[])[], empty: Value): Region[] {
  const found = new Map<string, Region>();
  for (const [row, names] of rows.entries())
    for (const [column, name] of names.entries()) {
      if (name === empty) continue;
      const key = repr(name);
      const region = found.get(key);
      if (region === undefined) found.set(key, { name, row, column, rowEnd: row + 1, columnEnd: column + 1 });
      else {
        region.rowEnd = row + 1;
        region.columnEnd = Math.max(region.columnEnd, column + 1);
        region.column = Math.min(region.column, column);
      }
    }
  for (const [key, { row, rowEnd, column, columnEnd }] of found)
    for (let at = row; at < rowEnd; at++)
      if (rows[at]!.slice(column, columnEnd).some(name => repr(name) !== key))
        throw raise(
          'ValueError',
          `While trying to layout\n${written(rows)}\nwe found that the label ${key} specifies a non-rectangular or non-contiguous area.`,
        );
  return [...found.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}
