/** Making figures and axes, and the methods of `Figure` and `Axes` as a whole. */
import { drawings } from '../../python/runtime/drawings';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties, type NativeBody } from '../../python/runtime/native';
import { PyList, type PyObject, PyProperty, PyTuple, type Value } from '../../python/runtime/objects';
import { call, callMethod, indexOf, repr, toFloat } from '../../python/runtime/operations';
import { firstCause, type UnknownCause, UnknownReached } from '../../python/runtime/unknown';
import { type Figure, type RunRecord, vm } from '../../python/runtime/vm';
import './artists';
import { TEXT_METHODS } from './annotations';
import { FIELD_METHODS } from './areas';
import { ARRANGING_METHODS, firstArrangement } from './arranging';
import { AXES_PROPERTIES, AXIS_METHODS, SETTING_METHODS } from './axesSettings';
import { finish } from './axisLimits';
import { colorOf } from './color';
import { colorbar } from './colorbars';
import { DISTRIBUTION_METHODS } from './distributions';
import { FIGURE_TEXTS } from './figureTexts';
import { gridSpecClass, newGrid, type PyGridSpec, PySubplotSpec } from './gridSpec';
import { HISTOGRAM_METHODS } from './histograms';
import { figureLegend } from './legends';
import { LINE_METHODS } from './lines';
import type { AxesModel, FigureModel } from './model';
import { mosaicAxes, ratiosOf } from './mosaic';
import {
  axesClass,
  axisClass,
  figureClass,
  figureOfHandle,
  guarded,
  newAxesModel,
  PyAxes,
  PyFigure,
  PyTransform,
  textStyle,
} from './objects';
import { numbersOf, Options } from './options';
import { PATCH_METHODS } from './patches';
import { isPolar, NEW_POLAR, POLAR_METHODS } from './polar';
import { QUIVER_METHODS } from './quiver';
import { isUsualSize, rc, rcColor, rcSize, rcText } from './rc';

type Keywords = ReadonlyMap<string, Value>;

/** The figures that are open in a run; as in a notebook, all are shown and closed when the cell ends. */
interface Open {
  /** Set where something that nobody knows may have made a figure: the next one that is made by itself is that. */
  foreign: UnknownCause | undefined;
  readonly figures: PyFigure[];
  readonly shown: Map<PyFigure, Figure>;
  readonly numbers: Map<PyFigure, bigint>;
  readonly names: Map<PyFigure, string>;
}

const opened = new WeakMap<RunRecord, Open>();

export function open(): Open {
  let state = opened.get(vm.record);
  if (state === undefined) {
    state = { foreign: undefined, figures: [], shown: new Map(), numbers: new Map(), names: new Map() };
    opened.set(vm.record, state);
    vm.record.kept.add(state);
  }
  return state;
}

/** The current figure of `plt`, made when there is none. */
export function currentFigure(): PyFigure {
  const state = open();
  const known = state.figures.at(-1);
  if (known !== undefined) return known;
  const made = newFigure(undefined, new Map());
  if (state.foreign !== undefined) lose(made, state.foreign);
  return made;
}

export function currentAxes(): PyAxes {
  const figure = currentFigure();
  return figure.current ?? addAxes(figure, { rows: 1, columns: 1, row: 0, column: 0, rowEnd: 1, columnEnd: 1 });
}

export function newFigure(size: Value | undefined, keywords: Keywords): PyFigure {
  const options = new Options(keywords);
  const asked = size ?? options.take('figsize') ?? undefined;
  const [width, height] = numbersOf(asked ?? rc('figure.figsize')!);
  options.take('figsize');
  const number = options.take('num');
  if (width === undefined || height === undefined || !(width >= 0) || !(height >= 0))
    throw raise('ValueError', `figure size must be positive finite not ${repr(size ?? null)}`);
  const fill = options.color(rcColor('figure.facecolor'), 'facecolor');
  for (const name of ['edgecolor', 'dpi', 'clear', 'frameon']) options.take(name);
  const arrangement = firstArrangement(options);
  options.done(undefined, 'Figure');
  vm.charge(FIGURE_BYTES);
  vm.step(FIGURE_STEPS);
  const model: FigureModel = {
    width,
    height,
    ...(asked === undefined && isUsualSize() ? { isUsual: true } : {}),
    title: '',
    titleStyle: textStyle(rcSize('figure.titlesize'), rcColor('text.color'), rcText('figure.titleweight')),
    fill,
    axes: [],
    ...(arrangement && { arrangement }),
    texts: [],
    undrawn: [],
    missed: [],
  };
  const figure = new PyFigure(model);
  const record: Figure = { kind: 'matplotlib', model };
  const state = open();
  state.figures.push(figure);
  state.shown.set(figure, record);
  state.numbers.set(figure, typeof number === 'bigint' ? number : nextNumber(state));
  if (typeof number === 'string') state.names.set(figure, number);
  vm.recordFigure(record);
  return figure;
}

function nextNumber({ figures, numbers }: Open): bigint {
  return figures.reduce((most, figure) => bigger(most, numbers.get(figure) ?? 0n), 0n) + 1n;
}

const bigger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Numbers of open figures, in their order. */
export function figureNumbers(): bigint[] {
  const { figures, numbers } = open();
  return figures.map(figure => numbers.get(figure)!).sort((a, b) => Number(a - b));
}

const isCalled = ({ numbers, names }: Open, figure: PyFigure, wanted: Value): boolean =>
  (typeof wanted === 'string' ? names : numbers).get(figure) === wanted;

/** What a figure takes that is kept to be drawn. */
const FIGURE_BYTES = 4000;
const FIGURE_STEPS = 200;

/** `plt.figure(num)`: takes up an open figure of that number, or makes one. */
export function figureOf(number: Value | undefined, keywords: Keywords): PyFigure {
  if (typeof number === 'bigint' || typeof number === 'string') {
    const state = open();
    const { figures } = state;
    const at = figures.findIndex(figure => isCalled(state, figure, number));
    if (at >= 0) {
      const [figure] = figures.splice(at, 1);
      figures.push(figure!);
      return figure!;
    }
    return newFigure(undefined, new Map([...keywords, ['num', number]]));
  }
  if (number instanceof PyFigure) return number;
  return newFigure(undefined, keywords);
}

export function addAxes(figure: PyFigure, cell: AxesModel['cell'], polar = false): PyAxes {
  const model = figure.edit();
  vm.charge(2000);
  const made = newAxesModel(cell);
  model.axes.push(polar ? { ...made, polar: NEW_POLAR, aspect: 1, grid: { ...made.grid, x: true, y: true } } : made);
  const axes = new PyAxes(figure, model.axes.length - 1);
  figure.axes.push(axes);
  figure.current = axes;
  return axes;
}

/** Shows the open figures here, in the output, and closes them. */
export function show(): null {
  const state = open();
  const { output } = vm.record;
  vm.flush();
  for (const figure of state.figures) {
    for (const axes of figure.axes) finish(axes);
    const record = state.shown.get(figure);
    const at = output.findIndex(item => item.kind === 'figure' && item.figure === record);
    if (at >= 0) output.push(...output.splice(at, 1));
  }
  state.figures.length = 0;
  state.foreign = undefined;
  return null;
}

/** Nobody knows any more what a figure shows. */
function lose(figure: PyFigure, cause: UnknownCause): void {
  const model = figure.edit();
  if (model.lost !== true && cause.kind === 'unsupported') model.lostBy = cause.subject;
  model.lost = true;
  figure.doubt ??= cause;
}

/** Calls without which a figure misses a text, and nothing else. */
const WRITING = new Set(
  `set_title set_xlabel set_ylabel title xlabel ylabel suptitle figtext text annotate legend bar_label clabel set_label set_text
  set_xticklabels set_yticklabels supxlabel supylabel`.split(/\s+/),
);

/** Functions that make a figure of their own. */
const MAKING = new Set(['figure', 'subplots', 'subplot_mosaic']);

/** Methods without which a figure has no axes. */
const PLACING = new Set(['add_subplot', 'add_axes', 'subplots', 'subplot_mosaic', 'subfigures', 'add_gridspec']);

/** Functions of packages that draw on matplotlib's current figure. */
const DRAWING =
  /^(?:seaborn|geopandas|arviz|statsmodels|networkx|shap|missingno|librosa|mplhep)\.|(?:^|\.)(?:plot|hist|boxplot|barh?|scatter|pie|hexbin|area|density|kde)$|plot$/;

drawings.missed = (object, name, given, cause) => {
  if (/^(?:_|get_)/.test(name)) return;
  if (object === undefined) {
    lose(MAKING.has(name) ? newFigure(undefined, new Map()) : currentFigure(), cause);
    return;
  }
  const figure = figureOfHandle(object);
  if (figure === undefined) return;
  if (WRITING.has(name) || (firstCause(given) === undefined && !PLACING.has(name))) {
    // Reading an attribute draws nothing.
    const method = (object as PyObject).cls.lookup(name);
    if (method instanceof PyProperty && !/^(?:set|add)_/.test(name)) return;
    const { missed } = figure.edit();
    if (!missed.includes(name)) missed.push(name);
    figure.doubt ??= cause;
  } else lose(figure, cause);
};
drawings.touched = (object, cause) => {
  const figure = object === undefined ? currentFigure() : figureOfHandle(object);
  if (figure !== undefined) lose(figure, cause);
};
drawings.called = (name, given, cause) => {
  if (!DRAWING.test(name) || given.some(value => value instanceof PyAxes)) return;
  const state = open();
  const current = state.figures.at(-1);
  if (current === undefined) state.foreign ??= cause;
  else lose(current, cause);
};

/** Closes figures that were not shown: they leave the output. */
export function close(which: Value | undefined): null {
  const state = open();
  const { output, figures: recorded } = vm.record;
  let closing: PyFigure[];
  if (which === undefined || which === null) closing = state.figures.slice(-1);
  else if (which === 'all') closing = [...state.figures];
  else if (which instanceof PyFigure) closing = state.figures.filter(figure => figure === which);
  else closing = state.figures.filter(figure => isCalled(state, figure, which));
  for (const figure of closing) {
    const record = state.shown.get(figure);
    const at = output.findIndex(item => item.kind === 'figure' && item.figure === record);
    if (at >= 0) output.splice(at, 1);
    const index = record === undefined ? -1 : recorded.indexOf(record);
    if (index >= 0) recorded.splice(index, 1);
    state.figures.splice(state.figures.indexOf(figure), 1);
  }
  return null;
}

/** `subplots(rows, columns)`: one axes, a row of them, or a matrix. */
export function subplots(
  figure: PyFigure,
  rows: Value | undefined,
  columns: Value | undefined,
  options: Options,
): Value {
  const down = Number(indexOf(rows ?? 1n));
  const across = Number(indexOf(columns ?? 1n));
  const squeeze = options.flag(true, 'squeeze');
  const shared = { x: options.take('sharex'), y: options.take('sharey') };
  const ratios = ratiosOf(figure, options, down, across);
  const own = options.dictionary('subplot_kw')?.rest() ?? new Map<string, Value>();
  if ([...own.keys()].some(name => name !== 'projection' && name !== 'polar'))
    throw new Unsupported('subplots(subplot_kw=…)');
  const polar = isPolar(own);
  const all: PyAxes[] = [];
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const place = { rows: down, columns: across, row, column, rowEnd: row + 1, columnEnd: column + 1, ...ratios };
      const axes = addAxes(figure, place, polar);
      shareLimits(axes, place, shared, all);
      all.push(axes);
    }
  if (all.length === 1 && squeeze) return all[0]!;
  if (squeeze && (down === 1 || across === 1)) return objectArray(new PyList(all));
  const matrix = Array.from({ length: down }, (_, row) => new PyList(all.slice(row * across, (row + 1) * across)));
  return objectArray(new PyList(matrix));
}

/** Has an axes of a grid share its limits with the first one, of its column or row or of all; the outermost alone show labels. */
function shareLimits(
  axes: PyAxes,
  { rows, columns, row, column }: AxesModel['cell'],
  { x, y }: { readonly x: Value | undefined; readonly y: Value | undefined },
  earlier: readonly PyAxes[],
): void {
  const model = axes.edit();
  if (shares(x, 'col')) {
    model.shareX = earlier[x === 'col' ? column : 0]?.index ?? axes.index;
    model.x.labelsVisible = row === rows - 1;
  }
  if (shares(y, 'row')) {
    model.shareY = earlier[y === 'row' ? row * columns : 0]?.index ?? axes.index;
    model.y.labelsVisible = column === 0;
  }
}

function shares(value: Value | undefined, own: string): boolean {
  return value === true || value === 'all' || value === own;
}

/** Axes come in an array of objects: indexing, `flat`, `ravel()` and iteration work on it as on numpy's. */
function objectArray(items: PyList): Value {
  return callMethod(vm.import('numpy'), 'array', items);
}

/** A place such as `221` or `(2, 2, 1)`. */
export function cellOf(args: readonly Value[], figure?: PyFigure): AxesModel['cell'] {
  const [part] = args;
  if (part instanceof PySubplotSpec && args.length === 1) {
    if (figure !== undefined) part.grid.arrange(figure);
    return part.cell;
  }
  let [rows, columns, index] = args.map(value => (value instanceof PyTuple ? Number.NaN : Number(toFloat(value))));
  if (args.length === 0) return { rows: 1, columns: 1, row: 0, column: 0, rowEnd: 1, columnEnd: 1 };
  if (args.length === 1) {
    const digits = String(rows);
    if (!/^\d{3}$/.test(digits)) throw new Unsupported(`subplot(${repr(args[0]!)})`);
    [rows, columns, index] = [...digits].map(Number);
  }
  if (args[2] instanceof PyTuple) {
    const [first, last] = numbersOf(args[2]);
    return spanned(rows!, columns!, first! - 1, last! - 1);
  }
  if (!(index! >= 1 && index! <= rows! * columns!))
    throw raise('ValueError', `num must be an integer with 1 <= num <= ${rows! * columns!}, not ${index}`);
  return spanned(rows!, columns!, index! - 1, index! - 1);
}

function spanned(rows: number, columns: number, first: number, last: number): AxesModel['cell'] {
  return {
    rows,
    columns,
    row: Math.floor(first / columns),
    column: first % columns,
    rowEnd: Math.floor(last / columns) + 1,
    columnEnd: (last % columns) + 1,
  };
}

/** Keywords that say which axes are made, not how they look. */
const MAKING_AXES = new Set(['projection', 'polar', 'figure', 'sharex', 'sharey', 'label', 'frameon', 'axes_class']);

/** Gives new axes what `add_subplot` and its kin were told of them: with which they share an axis, and what `set` takes. */
export function dressed(axes: PyAxes, keywords: Keywords = new Map()): PyAxes {
  for (const [name, side] of [
    ['sharex', 'shareX'],
    ['sharey', 'shareY'],
  ] as const) {
    const other = keywords.get(name);
    if (other instanceof PyAxes && other.figure === axes.figure) axes.edit()[side] = other.model[side] ?? other.index;
    else if ((other ?? null) !== null) throw new Unsupported(`add_subplot(${name}=…) of axes of another figure`);
  }
  if ((keywords.get('axes_class') ?? null) !== null) throw new Unsupported('add_subplot(axes_class=…)');
  const looks = new Map([...keywords].filter(([name]) => !MAKING_AXES.has(name)));
  if (looks.size > 0) call(axesClass.lookup('set')!, [axes], looks);
  return axes;
}

/** The axes at a place of the figure, made where there are none. */
export function subplot(
  figure: PyFigure,
  args: readonly Value[],
  polar = false,
  keywords: Keywords = new Map(),
): PyAxes {
  const cell = cellOf(args, figure);
  const known = figure.axes.find(axes => {
    const own = axes.model.cell;
    return (
      (Object.keys(cell) as (keyof typeof cell)[]).every(key => own[key] === cell[key]) &&
      axes.model.twin === undefined &&
      (axes.model.polar !== undefined) === polar
    );
  });
  if (known !== undefined) {
    figure.current = known;
    return known;
  }
  return dressed(addAxes(figure, cell, polar), keywords);
}

/** A place in no grid: `[left, bottom, width, height]`. */
export function placed(place: Value, within?: number): AxesModel['cell'] {
  const at = numbersOf(place);
  if (at.length !== 4) throw raise('ValueError', `not enough values to unpack (expected 4, got ${at.length})`);
  const cell = { rows: 1, columns: 1, row: 0, column: 0, rowEnd: 1, columnEnd: 1 };
  return {
    ...cell,
    at: at as unknown as [number, number, number, number],
    ...(within === undefined ? {} : { within }),
  };
}

function twin(axes: PyAxes, shared: 'x' | 'y'): PyAxes {
  const made = addAxes(axes.figure, { ...axes.model.cell });
  const model = made.edit();
  model.twin = { of: axes.index, shared };
  model.fill = 'none';
  model.grid.x = false;
  model.grid.y = false;
  if (shared === 'x') {
    model.y.side = 'right';
    model.spines.right = true;
    model.spines.left = false;
  } else {
    model.x.side = 'top';
    model.spines.top = true;
  }
  return made;
}

const ADDING_AXES = /colorbar|axes|axis$|subplot|twin/;

/** The axes of a figure, without those that stand within others. */
function axesOf({ axes, doubt, model }: PyFigure): PyList {
  if (doubt !== undefined && (model.lost === true || model.missed.some(name => ADDING_AXES.test(name))))
    throw new UnknownReached(doubt);
  if (axes.some(({ model }) => model.colorbar !== undefined))
    throw new Unsupported('the axes of a figure with a colour bar');
  return new PyList(axes.filter(({ model }) => model.cell.within === undefined && model.removed !== true));
}

function removeAxes(axes: PyAxes): void {
  const { figure } = axes;
  Object.assign(axes.edit(), { visible: false, removed: true });
  if (figure.current !== axes) return;
  figure.current = figure.axes.findLast(({ model }) => model.cell.within === undefined && model.removed !== true);
}

defineMethods(figureClass, {
  'add_subplot(*args, **kwargs)': (figure: PyFigure, args: PyTuple, keywords: Keywords) =>
    dressed(addAxes(figure, cellOf(args.items, figure), isPolar(keywords)), keywords),
  'subplots(nrows=1, ncols=1, **kwargs)': (figure: PyFigure, rows, columns, keywords: Keywords) =>
    subplots(figure, rows, columns, new Options(keywords)),
  'gca()': (figure: PyFigure) => figure.current ?? addAxes(figure, cellOf([])),
  'get_axes()': axesOf,
  ...FIGURE_TEXTS,
  'colorbar(mappable, **kwargs)': colorbar,
  ...ARRANGING_METHODS,
  'autofmt_xdate(**kwargs)': (figure: PyFigure) => {
    for (const axes of figure.edit().axes) axes.x.tickRotation = 30;
    return null;
  },
  // A cell writes no files, and a figure shows the same in one.
  'savefig(*args, **kwargs)': () => null,
  'show(**kwargs)': () => null,
  'clf()': (figure: PyFigure) => {
    figure.edit().axes.length = 0;
    figure.axes.length = 0;
    figure.current = undefined;
    return null;
  },
  'set_size_inches(w, h=None, **kwargs)': (figure: PyFigure, w: Value, h: Value | undefined) => {
    const [width, height] = h === undefined || h === null ? numbersOf(w) : [toFloat(w), toFloat(h)];
    const model = figure.edit();
    model.width = width!;
    model.height = height!;
    return null;
  },
  'set_figwidth(val)': (figure: PyFigure, width: Value) => {
    figure.edit().width = toFloat(width);
    return null;
  },
  'set_figheight(val)': (figure: PyFigure, height: Value) => {
    figure.edit().height = toFloat(height);
    return null;
  },
  'get_figwidth()': (figure: PyFigure) => figure.model.width,
  'get_figheight()': (figure: PyFigure) => figure.model.height,
  'get_size_inches()': (figure: PyFigure) =>
    callMethod(vm.import('numpy'), 'array', new PyList([figure.model.width, figure.model.height])),
  'set_facecolor(color)': (figure: PyFigure, color: Value) => {
    figure.edit().fill = colorOf(color);
    return null;
  },
  'set_dpi(val)': () => null,
  'legend(*args, **kwargs)': (figure: PyFigure, args: PyTuple, keywords: Keywords) =>
    figureLegend(figure.current ?? addAxes(figure, cellOf([])), args, keywords),
  'delaxes(ax)': (figure: PyFigure, axes: Value) => {
    if (!(axes instanceof PyAxes) || axes.figure !== figure) throw raise('ValueError', 'list.remove(x): x not in list');
    removeAxes(axes);
    return null;
  },
  'add_gridspec(nrows=1, ncols=1, **kwargs)': (figure: PyFigure, rows, columns, given: Keywords) =>
    newGrid(rows, columns, figure, given),
  'add_axes(rect, **kwargs)': (figure: PyFigure, place: Value, keywords: Keywords) => {
    if (place instanceof PyAxes) throw new Unsupported('Figure.add_axes of axes that are there');
    const axes = addAxes(figure, placed(place), isPolar(keywords));
    axes.label = new Options(keywords).text('', 'label');
    return axes;
  },
  'subplot_mosaic(mosaic, **kwargs)': (figure: PyFigure, mosaic: Value, keywords: Keywords) =>
    mosaicAxes(figure, mosaic, new Options(keywords), cell => addAxes(figure, cell)),
});
defineProperties(figureClass, {
  axes: axesOf,
  dpi: () => rc('figure.dpi')!,
  transFigure: () => new PyTransform('figure'),
});

/** Methods that matplotlib has and figures here do not: named when a chapter calls one. */
const UNSUPPORTED_METHODS = `acorr angle_spectrum barbs broken_barh bxp cohere csd eventplot ecdf fill
  hexbin hist2d indicate_inset magnitude_spectrum phase_spectrum plot_date psd quiverkey secondary_xaxis
  secondary_yaxis specgram spy stairs streamplot table tricontour tricontourf tripcolor triplot xcorr
  add_collection add_image add_table get_position set_position get_window_extent get_tightbbox get_lines get_xbound get_ybound
  set_prop_cycle plot_surface set_zlabel set_zlim`.split(/\s+/);

const unsupported: Readonly<Record<string, NativeBody>> = Object.fromEntries(
  UNSUPPORTED_METHODS.map(name => [
    `${name}(*args, **kwargs)`,
    () => {
      throw new Unsupported(`Axes.${name}`);
    },
  ]),
);

defineMethods(axesClass, {
  ...unsupported,
  ...LINE_METHODS,
  ...POLAR_METHODS,
  ...FIELD_METHODS,
  ...guarded(SETTING_METHODS),
  ...TEXT_METHODS,
  ...PATCH_METHODS,
  ...DISTRIBUTION_METHODS,
  ...HISTOGRAM_METHODS,
  ...QUIVER_METHODS,
  'inset_axes(bounds, **kwargs)': (axes: PyAxes, bounds: Value, keywords: Keywords) => {
    const transform = new Options(keywords).take('transform');
    if (transform instanceof PyTransform && transform.coords !== 'axes')
      throw new Unsupported('inset_axes in other coordinates than those of the axes');
    const { figure } = axes;
    const { current } = figure;
    const made = addAxes(figure, placed(bounds, axes.index), isPolar(keywords));
    figure.current = current;
    return made;
  },
  'twinx()': (axes: PyAxes) => twin(axes, 'x'),
  'twiny()': (axes: PyAxes) => twin(axes, 'y'),
  'cla()': (axes: PyAxes) => {
    const model = axes.edit();
    Object.assign(model, newAxesModel(model.cell));
    return null;
  },
  'clear()': (axes: PyAxes) => {
    const model = axes.edit();
    Object.assign(model, newAxesModel(model.cell));
    return null;
  },
  'remove()': (axes: PyAxes) => {
    removeAxes(axes);
    return null;
  },
  'get_figure()': (axes: PyAxes) => axes.figure,
  'set_visible(b)': (axes: PyAxes, visible: Value) => {
    axes.edit().visible = visible === true;
    return null;
  },
  'label_outer()': (axes: PyAxes) => {
    const model = axes.edit();
    if (model.cell.rowEnd < model.cell.rows) Object.assign(model.x, { labelsVisible: false, label: '' });
    if (model.cell.column > 0) Object.assign(model.y, { labelsVisible: false, label: '' });
    return null;
  },
});
defineProperties(axesClass, AXES_PROPERTIES);
defineMethods(axisClass, guarded(AXIS_METHODS));
defineMethods(gridSpecClass, {
  'subplots(**kwargs)': (grid: PyGridSpec, keywords: Keywords) => {
    const { figure, rows, columns, given } = grid;
    if (figure === undefined)
      throw raise('ValueError', 'GridSpec.subplots() only works for GridSpecs created with a parent figure');
    grid.arrange(figure);
    const options = new Options(keywords);
    for (const name of ['width_ratios', 'height_ratios']) options.put(name, given.get(name) ?? null);
    return subplots(figure, BigInt(rows), BigInt(columns), options);
  },
});
