/** `matplotlib.pyplot` and the other modules of the recorder. */
import { CURRENT_DRAWING } from '../../python/runtime/drawings';
import { raise, Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeEffects';
import { NativeFunction, PyList, PyModule, PyTuple, type Value } from '../../python/runtime/objects';
import { call, str, toFloat, truth, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { colorMapOf, normalizeClass } from './colorModule';
import {
  addAxes,
  close,
  currentAxes,
  currentFigure,
  figureNumbers,
  figureOf,
  newFigure,
  show,
  subplot,
  subplots,
} from './figures';
import { gridSpecClass } from './gridSpec';
import { tickLabelHandles } from './handles';
import { REFUSED_OF_PYPLOT } from './missing';
import { axesClass, figureClass, PyArtist, PyAxes, PyFigure } from './objects';
import { numbersOf, Options } from './options';
import { circleClass, loadLines, loadPatches, polygonClass, rectangleClass } from './patches';
import { isPolar } from './polar';
import { rcContext, rcParams, resetRc, setRc, useStyle } from './rc';
import { setProperties } from './setp';
import { loadTicker } from './ticker';

type Keywords = ReadonlyMap<string, Value>;

/** Functions of pyplot that are a method of the current axes under the same name. */
const SAME =
  `annotate arrow axhline axhspan axis axvline axvspan bar axline bar_label barh clabel contour contourf errorbar
  fill fill_between fill_betweenx grid hist hlines imshow legend loglog margins matshow pcolormesh pie plot scatter semilogx
  semilogy stackplot stem step text tick_params ticklabel_format twinx twiny vlines minorticks_on minorticks_off
  locator_params boxplot violinplot hexbin hist2d quiver streamplot table`.split(/\s+/);

/** Functions of pyplot that set what a method of another name sets. */
const RENAMED: Readonly<Record<string, string>> = {
  title: 'set_title',
  xlabel: 'set_xlabel',
  ylabel: 'set_ylabel',
  xscale: 'set_xscale',
  yscale: 'set_yscale',
};

/** Functions that draw on the current figure, or make one. */
const DRAWING = new Set([
  ...SAME,
  ...Object.keys(RENAMED),
  ...'xlim ylim xticks yticks subplots subplot_mosaic figure axes subplot clf cla suptitle figtext colorbar add_patch'.split(
    ' ',
  ),
]);

/** Functions that draw with a scale of colours, of which `colorbar()` tells. */
const SCALED = new Set('contour contourf hexbin hist2d imshow matshow pcolormesh scatter'.split(' '));

function noteScaled(axes: PyAxes, drawn: Value): void {
  const artist = drawn instanceof PyTuple ? drawn.items.at(-1) : drawn;
  if (artist instanceof PyArtist) axes.edit().scaled = artist.index;
}

/** What `colorbar()` is of: what was drawn last on the current axes, else on the last axes that have such. */
function scaledIn({ current, axes }: PyFigure): PyArtist | null {
  const on = [current, ...axes.toReversed()].find(one => one?.model.scaled !== undefined);
  return on === undefined ? null : new PyArtist(on, on.model.scaled!);
}

function onAxes(name: string, method: string): Value {
  return new NativeFunction(
    name,
    (args, keywords) => {
      const axes = currentAxes();
      const drawn = call(axesClass.lookup(method)!, [axes, ...args], keywords);
      if (SCALED.has(name)) noteScaled(axes, drawn);
      return drawn;
    },
    { signature: `${name}(...)` },
  );
}

function getOrSet(name: string, side: 'x' | 'y', what: 'lim' | 'ticks'): Value {
  return new NativeFunction(name, (args, keywords) => {
    const axes = currentAxes();
    const none = args.length === 0 && (keywords === undefined || keywords.size === 0);
    return call(axesClass.lookup(`${none ? 'get' : 'set'}_${side}${what}`)!, [axes, ...args], keywords);
  });
}

function makeSubplots(rows: Value | undefined, columns: Value | undefined, keywords: Keywords): PyTuple {
  const options = new Options(keywords);
  const size = options.take('figsize');
  const own = new Options(options.rest());
  const parts = new Map<string, Value>();
  for (const name of ['sharex', 'sharey', 'squeeze', 'subplot_kw', 'gridspec_kw', 'width_ratios', 'height_ratios']) {
    const value = own.take(name);
    if (value !== undefined) parts.set(name, value);
  }
  const figure = newFigure(size === null ? undefined : size, own.rest());
  return new PyTuple([figure, subplots(figure, rows, columns, new Options(parts))]);
}

/** Arguments of `subplot_mosaic` that arrange its axes; the others are the figure's. */
const MOSAIC_ARGUMENTS = [
  'sharex',
  'sharey',
  'width_ratios',
  'height_ratios',
  'empty_sentinel',
  'subplot_kw',
  'per_subplot_kw',
  'gridspec_kw',
];

function makeMosaic(mosaic: Value, keywords: Keywords): PyTuple {
  const own = new Map([...keywords].filter(([name]) => MOSAIC_ARGUMENTS.includes(name)));
  const options = new Options(new Map([...keywords].filter(([name]) => !own.has(name))));
  const size = options.take('figsize');
  const figure = newFigure(size === null ? undefined : size, options.rest());
  return new PyTuple([figure, call(figureClass.lookup('subplot_mosaic')!, [figure, mosaic], own)]);
}

const styleModule = new PyModule(
  'matplotlib.style',
  new Map<string, Value>([
    [
      'use',
      fn('use(style)', (style: Value) => {
        useStyle(style);
        return null;
      }),
    ],
    [
      'context',
      fn('context(style, after_reset=False)', (style: Value, reset: Value | undefined) =>
        rcContext(() => {
          if (reset === true) resetRc();
          useStyle(style);
        }),
      ),
    ],
  ]),
);

function figureFunctions(): [string, Value][] {
  const all = [
    fn('subplots(nrows=1, ncols=1, **kwargs)', makeSubplots),
    fn('subplot_mosaic(mosaic, **kwargs)', makeMosaic),
    fn('figure(num=None, **kwargs)', (number: Value | undefined, keywords: Keywords) => figureOf(number, keywords)),
    fn('gcf()', () => currentFigure()),
    fn('gca()', () => currentAxes()),
    fn('sca(ax)', (axes: Value) => {
      if (!(axes instanceof PyAxes))
        throw raise('AttributeError', `'${typeName(axes)}' object has no attribute 'figure'`);
      axes.figure.current = axes;
      return null;
    }),
    fn('axes(*args, **kwargs)', (args: PyTuple, keywords: Keywords) => {
      const [place] = args.items;
      if (place !== undefined && place !== null)
        return call(figureClass.lookup('add_axes')!, [currentFigure(), place], keywords ?? new Map());
      if (keywords === undefined || !isPolar(keywords)) return currentAxes();
      return subplot(currentFigure(), [], true);
    }),
    fn('subplot(*args, **kwargs)', (args: PyTuple, keywords: Keywords) => {
      return subplot(currentFigure(), args.items, isPolar(keywords), keywords);
    }),
    fn(
      'subplot2grid(shape, loc, rowspan=1, colspan=1, fig=None)',
      (shape: Value, place: Value, down: Value | undefined, across: Value | undefined, figure: Value | undefined) => {
        const [rows, columns] = numbersOf(shape) as [number, number];
        const [row, column] = numbersOf(place) as [number, number];
        const [rowEnd, columnEnd] = [row + toFloat(down ?? 1n), column + toFloat(across ?? 1n)];
        const on = figure instanceof PyFigure ? figure : currentFigure();
        return addAxes(on, { rows, columns, row, column, rowEnd, columnEnd });
      },
    ),
    fn('box(on=None)', (isOn: Value | undefined) => {
      const axes = currentAxes();
      const { left, right, top, bottom } = axes.model.spines;
      const wanted = isOn === undefined || isOn === null ? !(left || right || top || bottom) : truth(isOn);
      return call(axesClass.lookup('set_frame_on')!, [axes, wanted]);
    }),
    fn('polar(*args, **kwargs)', (args: PyTuple, keywords: Keywords) => {
      const { current } = currentFigure();
      const axes = current?.model.polar === undefined ? subplot(currentFigure(), [], true) : current;
      return call(axesClass.lookup('plot')!, [axes, ...args.items], keywords);
    }),
    fn('show(*args, **kwargs)', () => show()),
    fn('close(fig=None)', (which: Value | undefined) => close(which)),
    fn('clf()', () => call(figureClass.lookup('clf')!, [currentFigure()])),
    fn('cla()', () => call(axesClass.lookup('cla')!, [currentAxes()])),
    ...['tight_layout', 'subplots_adjust'].map(name =>
      fn(`${name}(*args, **kwargs)`, (args: PyTuple, keywords: Keywords) =>
        call(figureClass.lookup(name)!, [currentFigure(), ...args.items], keywords),
      ),
    ),
    fn('draw()', () => null),
    fn('pause(interval)', () => null),
    fn('ion()', () => null),
    fn('ioff()', () => null),
    fn('savefig(*args, **kwargs)', () => call(figureClass.lookup('savefig')!, [currentFigure()])),
    fn('suptitle(t, **kwargs)', (words: Value, keywords: Keywords) =>
      call(figureClass.lookup('suptitle')!, [currentFigure(), words], keywords),
    ),
    fn('figtext(x, y, s, **kwargs)', (x: Value, y: Value, words: Value, keywords: Keywords) =>
      call(figureClass.lookup('text')!, [currentFigure(), x, y, words], keywords),
    ),
    fn('colorbar(mappable=None, **kwargs)', (source: Value | undefined, keywords: Keywords) => {
      const figure = currentFigure();
      return call(figureClass.lookup('colorbar')!, [figure, source ?? scaledIn(figure)], keywords);
    }),
    fn('get_fignums()', () => new PyList(figureNumbers())),
    fn('rc(group, **kwargs)', (group: Value, keywords: Keywords) => {
      setRc([...keywords].map(([name, value]) => [`${str(group)}.${name}`, value] as const));
      return null;
    }),
    fn('rc_context(rc=None, fname=None)', (settings: Value | undefined) =>
      rcContext(() => {
        if (settings !== undefined && settings !== null) useStyle(settings);
      }),
    ),
    fn('rcdefaults()', () => {
      resetRc();
      return null;
    }),
    fn('xkcd(**kwargs)', () => {
      throw new Unsupported('pyplot.xkcd');
    }),
    fn('imread(fname)', () => {
      throw new Unsupported('pyplot.imread', 'a chapter reads no files');
    }),
    fn('get_cmap(name=None, lut=None)', (name: Value | undefined) => colorMapOf(name ?? null)),
    fn('setp(*args, **kwargs)', setProperties),
    fn('add_patch(p)', (patch: Value) => call(axesClass.lookup('add_patch')!, [currentAxes(), patch])),
  ];
  return all.map(each => [each.name, each]);
}

function ticksFunction(side: 'x' | 'y'): Value {
  return fn(
    `${side}ticks(ticks=None, labels=None, **kwargs)`,
    (ticks: Value | undefined, labels: Value | undefined, keywords: Keywords) => {
      const axes = currentAxes();
      if (ticks === undefined || ticks === null) {
        const { model } = axes;
        const rotation = keywords.get('rotation');
        if (rotation !== undefined)
          axes.edit()[side].tickRotation = rotation === 'vertical' ? 90 : toFloat(rotation as Value);
        return new PyTuple([new PyList([...(model[side].ticks ?? [])]), new PyList([])]);
      }
      const args = labels === undefined ? [axes, ticks] : [axes, ticks, labels];
      const places = call(axesClass.lookup(`set_${side}ticks`)!, args, keywords);
      const texts = axes.model[side].tickLabels ?? (axes.model[side].ticks ?? []).map(() => '');
      const at = labels === undefined || labels === null ? undefined : axes.tickPlaces.get(side);
      return new PyTuple([places, tickLabelHandles(side, texts, at)]);
    },
  );
}

export function loadStyle(): PyModule {
  return styleModule;
}

export function loadPyplot(): PyModule {
  const attrs = new Map<string, Value>([
    ...SAME.map(name => [name, onAxes(name, name)] as const),
    ...Object.entries(RENAMED).map(([name, method]) => [name, onAxes(name, method)] as const),
    ...figureFunctions(),
    ['xlim', getOrSet('xlim', 'x', 'lim')],
    ['ylim', getOrSet('ylim', 'y', 'lim')],
    ['xticks', ticksFunction('x')],
    ['yticks', ticksFunction('y')],
    ['rcParams', rcParams],
    ['style', styleModule],
    ['Figure', figureClass],
    ['GridSpec', gridSpecClass],
    ['Axes', axesClass],
    ['Circle', circleClass],
    ['Rectangle', rectangleClass],
    ['Polygon', polygonClass],
    ['Line2D', loadLines().attrs.get('Line2D')!],
    ['Normalize', normalizeClass],
  ]);
  for (const [name, value] of attrs) if (DRAWING.has(name)) changesState(CURRENT_DRAWING, value);
  const module = new PyModule('matplotlib.pyplot', attrs);
  module.lazy = name => {
    if (REFUSED_OF_PYPLOT.has(name)) {
      // It has most of the locators and formatters as well.
      const ticker = /(?:Locator|Formatter)$/.test(name) ? vm.import('matplotlib.ticker').attrs.get(name) : undefined;
      if (ticker !== undefined) return ticker;
      throw new Unsupported(`matplotlib.pyplot.${name}`);
    }
    return name === 'cm' ? vm.import('matplotlib.cm') : undefined;
  };
  return module;
}

const SUBMODULES = new Set([
  'pyplot',
  'ticker',
  'dates',
  'colors',
  'patches',
  'lines',
  'cm',
  'style',
  'patheffects',
  'gridspec',
]);

export function loadMatplotlib(): PyModule {
  const module = new PyModule(
    'matplotlib',
    new Map<string, Value>([
      ['rcParams', rcParams],
      ['use', fn('use(backend, **kwargs)', () => null)],
      [
        'rc',
        fn('rc(group, **kwargs)', (group: Value, keywords: Keywords) => {
          setRc([...keywords].map(([name, value]) => [`${str(group)}.${name}`, value] as const));
          return null;
        }),
      ],
    ]),
  );
  module.lazy = name => (SUBMODULES.has(name) ? vm.import(`matplotlib.${name}`) : undefined);
  return module;
}

export { loadLines, loadPatches, loadTicker };
