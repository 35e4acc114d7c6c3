/** `matplotlib.pyplot` and the other modules of the recorder. */
import { PyDict } from '../../python/runtime/dict';
import { CURRENT_DRAWING } from '../../python/runtime/drawings';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, fn } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeeffects';
import {
  NativeFunction,
  nativeClass,
  type PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, listOf, str, toFloat, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { CYCLE, colorOf, rgb, TABLEAU } from './color';
import { colorAt, colorMap } from './colorMaps';
import { close, currentAxes, currentFigure, figureOf, newFigure, open, show, subplot, subplots } from './figures';
import { tickLabelHandles } from './handles';
import { MappedColor, MappedColors } from './mappedColor';
import { REFUSED_OF_PYPLOT } from './missing';
import { axesClass, figureClass, PyAxes } from './objects';
import { isSequence, Options } from './options';
import { circleClass, loadLines, loadPatches, polygonClass, rectangleClass } from './patches';
import { isPolar } from './polar';
import { rcContext, rcParams, resetRc, setRc, useStyle } from './rc';
import { loadTicker } from './ticker';

type Keywords = ReadonlyMap<string, Value>;

/** Functions of pyplot that are a method of the current axes under the same name. */
const SAME = `annotate arrow axhline axhspan axis axvline axvspan bar bar_label barh clabel contour contourf errorbar
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

function onAxes(name: string, method: string): Value {
  return new NativeFunction(
    name,
    (args, keywords) => {
      const axes = currentAxes();
      return call(axesClass.lookup(method)!, [axes, ...args], keywords);
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
    fn('axes(*args, **kwargs)', (_args: PyTuple, keywords: Keywords) => {
      if (keywords === undefined || !isPolar(keywords)) return currentAxes();
      return subplot(currentFigure(), [], true);
    }),
    fn('subplot(*args, **kwargs)', (args: PyTuple, keywords: Keywords) => {
      return subplot(currentFigure(), args.items, isPolar(keywords));
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
    fn('colorbar(mappable=None, **kwargs)', (source: Value | undefined, keywords: Keywords) =>
      call(figureClass.lookup('colorbar')!, [currentFigure(), source ?? null], keywords),
    ),
    fn('get_fignums()', () => new PyList(open().figures.map((_, at) => BigInt(at + 1)))),
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
    fn('setp(*args, **kwargs)', () => null),
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

// Colour maps and norms ------------------------------------------------------------------------------------------

const colormapClass = nativeClass('Colormap', undefined, 'matplotlib.colors');
defineMethods(colormapClass, {
  '__call__(X, alpha=None)': (self: PyInstance, x: Value, alpha: Value | undefined) => {
    if (alpha !== undefined && alpha !== null) throw new Unsupported('alpha of a colour map');
    const map = colorMap(str(self.attrs!.get('name')!))!;
    const count = map.isListed ? map.stops.length : 256;
    // A whole number is the place of a colour among those that the map has.
    const color = (one: Value) => colorAt(map, typeof one === 'bigint' ? (Number(one) + 0.5) / count : toFloat(one));
    return isSequence(x) ? new MappedColors(listOf(x).map(color)) : new MappedColor(color(x));
  },
  '__getattr__(name)': (_self: PyInstance, name: Value) => {
    throw new Unsupported(`${str(name)} of a colour map`);
  },
});

function colorMapOf(name: Value): Value {
  if (name !== null && typeof name !== 'string') return name;
  const wanted = name ?? 'viridis';
  if (colorMap(wanted) === undefined)
    throw new Unsupported(`the colour map '${wanted}'`, 'viridis, plasma, Blues and others are');
  const made = new PyInstance(colormapClass);
  made.attrs!.set('name', wanted);
  return made;
}

const normalizeClass = nativeClass('Normalize', undefined, 'matplotlib.colors');
const logNormClass = nativeClass('LogNorm', [normalizeClass], 'matplotlib.colors');
for (const [name, cls] of [
  ['Normalize', normalizeClass],
  ['LogNorm', logNormClass],
] as const)
  defineConstructor(
    cls,
    `${name}(vmin=None, vmax=None, clip=False)`,
    (made: PyClass, low: Value | undefined, high: Value | undefined) => {
      const norm = new PyInstance(made);
      norm.attrs!.set('vmin', low ?? null);
      norm.attrs!.set('vmax', high ?? null);
      return norm;
    },
  );
defineMethods(normalizeClass, {
  '__call__(value)': (self: PyInstance, value: Value) => {
    const low = self.attrs!.get('vmin') ?? null;
    const high = self.attrs!.get('vmax') ?? null;
    if (low === null || high === null) throw new Unsupported('a norm without limits');
    const [from, to, at] = [toFloat(low), toFloat(high), toFloat(value)];
    return self.cls === logNormClass ? Math.log(at / from) / Math.log(to / from) : (at - from) / (to - from);
  },
});

export function loadColors(): PyModule {
  return new PyModule(
    'matplotlib.colors',
    new Map<string, Value>([
      ['Normalize', normalizeClass],
      ['LogNorm', logNormClass],
      ['Colormap', colormapClass],
      ['to_hex', fn('to_hex(c, keep_alpha=False)', (color: Value) => hexOf(colorOf(color)))],
      ['to_rgb', fn('to_rgb(c)', (color: Value) => new PyTuple(partsOf(colorOf(color))))],
      [
        'to_rgba',
        fn(
          'to_rgba(c, alpha=None)',
          (color: Value, alpha: Value | undefined) =>
            new PyTuple([...partsOf(colorOf(color)), alpha === undefined || alpha === null ? 1 : toFloat(alpha)]),
        ),
      ],
      ['TABLEAU_COLORS', tableau()],
    ]),
  );
}

/** `{'tab:blue': '#1f77b4', …}` */
function tableau(): PyDict {
  const colors = new PyDict();
  for (const [at, name] of TABLEAU.entries()) colors.set(`tab:${name}`, CYCLE[at]!);
  return colors;
}

function hexOf(color: string): string {
  return rgb(partsOf(color));
}

function partsOf(color: string): number[] {
  if (!color.startsWith('#')) throw new Unsupported(`taking the named colour '${color}' apart`, 'write it as #rrggbb');
  const long = color.length < 6 ? [...color.slice(1)].map(digit => digit + digit).join('') : color.slice(1);
  return [0, 2, 4].map(at => Number.parseInt(long.slice(at, at + 2), 16) / 255);
}

/** `matplotlib.cm`: colour maps by name, as attributes. */
export function loadCm(): PyModule {
  const module = new PyModule(
    'matplotlib.cm',
    new Map<string, Value>([
      ['get_cmap', fn('get_cmap(name=None, lut=None)', (name: Value | undefined) => colorMapOf(name ?? null))],
    ]),
  );
  module.lazy = name => (colorMap(name) === undefined ? undefined : colorMapOf(name));
  return module;
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

const SUBMODULES = new Set(['pyplot', 'ticker', 'dates', 'colors', 'patches', 'lines', 'cm', 'style']);

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
