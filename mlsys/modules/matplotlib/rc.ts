/** `rcParams`: the style settings of this session. They are state that cells hand on, so every write is recorded. */

import { raise, Unsupported } from '../../python/runtime/errors';
import { FIGURE_SIZE } from '../../python/runtime/figureSize';
import { defineMethods } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeEffects';
import { parseFloatText } from '../../python/runtime/numbers/parse';
import { nativeClass, PyList, PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { callMethod, iterate, listOf, repr, toFloat, truth } from '../../python/runtime/operations';
import { isOneEditFrom } from '../../python/runtime/suggestions';
import { entryOf } from '../../python/runtime/tables';
import { vm } from '../../python/runtime/vm';
import { CYCLE, colorOf, current } from './color';
import type { Color } from './model';
import { STYLE_NAMES, styleNamed } from './styles';

const CHANNEL = 'matplotlib.rcParams';
/** Inches of a figure, unless a session says otherwise. */
const USUAL_SIZE: readonly [number, number] = [6.4, 4.8];

type Settings = ReadonlyMap<string, Value>;

const DEFAULTS: Settings = new Map<string, Value>([
  ['axes.axisbelow', 'line'],
  ['axes.edgecolor', 'black'],
  ['axes.facecolor', 'white'],
  ['axes.grid', false],
  ['axes.grid.axis', 'both'],
  ['axes.grid.which', 'major'],
  ['axes.labelcolor', 'black'],
  ['axes.labelsize', 'medium'],
  ['axes.labelweight', 'normal'],
  ['axes.linewidth', 0.8],
  ['axes.spines.bottom', true],
  ['axes.spines.left', true],
  ['axes.spines.right', true],
  ['axes.spines.top', true],
  ['axes.titlecolor', 'auto'],
  ['axes.titlelocation', 'center'],
  ['axes.titlesize', 'large'],
  ['axes.titleweight', 'normal'],
  ['axes.xmargin', 0.05],
  ['axes.ymargin', 0.05],
  ['figure.dpi', 100.0],
  ['figure.facecolor', 'white'],
  ['figure.autolayout', false],
  ['figure.titlesize', 'large'],
  ['figure.labelsize', 'large'],
  ['figure.labelweight', 'normal'],
  ['figure.titleweight', 'normal'],
  ['font.family', 'sans-serif'],
  ['font.size', 10.0],
  ['font.weight', 'normal'],
  ['grid.alpha', 1.0],
  ['grid.color', '#b0b0b0'],
  ['grid.linestyle', '-'],
  ['grid.linewidth', 0.8],
  ['image.cmap', 'viridis'],
  ['legend.edgecolor', '0.8'],
  ['legend.facecolor', 'inherit'],
  ['legend.fontsize', 'medium'],
  ['legend.framealpha', 0.8],
  ['legend.frameon', true],
  ['legend.loc', 'best'],
  ['legend.title_fontsize', null],
  ['lines.linestyle', '-'],
  ['lines.linewidth', 1.5],
  ['lines.marker', 'None'],
  ['lines.markersize', 6.0],
  ['patch.linewidth', 1.0],
  ['savefig.bbox', null],
  ['savefig.dpi', 'figure'],
  ['text.color', 'black'],
  ['text.usetex', false],
  ['xtick.color', 'black'],
  ['xtick.labelsize', 'medium'],
  ['ytick.color', 'black'],
  ['ytick.labelsize', 'medium'],
]);

/** First parts of all settings that matplotlib has; one outside is a spelling mistake. */
const GROUPS = new Set(
  `agg animation axes axes3d backend boxplot contour date docstring errorbar figure font grid hatch hist image
  interactive keymap legend lines markers mathtext patch path pcolor pcolormesh pdf pgf polaraxes ps savefig scatter svg
  text timezone toolbar tk webagg xaxis xtick yaxis ytick`.split(/\s+/),
);

function changed(): Settings {
  return vm.readState<Settings>(CHANNEL, new Map());
}

/** A setting, or undefined for one that has no value here. */
export function rc(name: string): Value | undefined {
  const own = changed().get(name);
  if (own !== undefined) return own;
  return name === 'figure.figsize' ? new PyList([...vm.readState(FIGURE_SIZE, USUAL_SIZE)]) : DEFAULTS.get(name);
}

/** True where nobody has said how large figures are to be. */
export function isUsualSize(): boolean {
  return !changed().has('figure.figsize');
}

export function setRc(entries: Iterable<readonly [string, Value]>): void {
  const next = new Map(changed());
  for (const [name, value] of entries) {
    if (!GROUPS.has(name.split('.')[0]!))
      throw raise(
        'KeyError',
        `${name} is not a valid rc parameter (see rcParams.keys() for a list of valid parameters)`,
      );
    next.set(name, value instanceof PyList ? new PyTuple([...value.items]) : value);
  }
  vm.writeState<Settings>(CHANNEL, next);
}

/** Back to matplotlib's own settings. */
export function resetRc(): void {
  vm.writeState<Settings>(CHANNEL, new Map([['figure.figsize', new PyTuple([...USUAL_SIZE])]]));
}

export const rcNumber = (name: string): number => toFloat(rc(name) ?? 0);
export const rcFlag = (name: string): boolean => truth(rc(name) ?? false);
export const rcColor = (name: string): Color => colorOf(rc(name) ?? null);

const SIZES: Readonly<Record<string, number>> = {
  'xx-small': 0.579,
  'x-small': 0.694,
  small: 0.833,
  medium: 1,
  large: 1.2,
  'x-large': 1.44,
  'xx-large': 1.728,
  larger: 1.2,
  smaller: 0.833,
};

/** A font size in points, from a number or a name. */
export function fontSize(value: Value): number {
  const base = rcNumber('font.size');
  if (typeof value !== 'string') return value === null ? base : toFloat(value);
  const factor = entryOf(SIZES, value);
  if (factor !== undefined) return base * factor;
  const points = parseFloatText(value);
  if (points === undefined) throw raise('ValueError', `'${value}' is not a valid font size`);
  return points;
}

export const rcSize = (name: string): number => fontSize(rc(name) ?? null);

export function rcText(name: string): string {
  const value = rc(name);
  return typeof value === 'string' ? value : '';
}

class RcParams extends PyObject {}

const rcParamsClass = nativeClass('RcParams', undefined, 'matplotlib');

/** A setting as a program reads it: matplotlib keeps numbers as floats, and sizes and families as lists. */
function read(name: Value): Value | undefined {
  if (typeof name !== 'string') return undefined;
  const own = changed().get(name);
  const initial = name === 'font.family' ? new PyList(['sans-serif']) : (DEFAULTS.get(name) ?? undefined);
  if (own === undefined) {
    const value = initial ?? rc(name);
    if (value === undefined && GROUPS.has(name.split('.')[0]!)) throw new Unsupported(`rcParams['${name}']`);
    return value;
  }
  if (name === 'figure.figsize') return new PyList(listOf(own).map(toFloat));
  if (typeof initial === 'number' && (typeof own === 'number' || typeof own === 'bigint')) return toFloat(own);
  if (typeof own !== 'object' && typeof own === typeof initial) return own;
  throw new Unsupported(`reading rcParams['${name}'] after it was set`);
}

function refuseListing(): never {
  throw new Unsupported('listing the names of rcParams');
}

/** Pairs of a mapping, as `dict.update` takes them. */
export function pairsOf(mapping: Value): [string, Value][] {
  return listOf(callMethod(mapping, 'items')).map(pair => {
    const [name, value] = listOf(pair);
    return [name as string, value!];
  });
}

defineMethods(rcParamsClass, {
  '__getitem__(key, /)': (_self, key: Value) => {
    const value = read(key);
    if (value === undefined) throw raise('KeyError', key);
    return value;
  },
  '__setitem__(key, value, /)': (_self, key: string, value: Value) => {
    setRc([[key, value]]);
    return null;
  },
  '__contains__(key, /)': (_self, key: Value) => read(key) !== undefined,
  '__iter__()': refuseListing,
  '__len__()': refuseListing,
  'get(key, default=None, /)': (_self, key: string, fallback: Value | undefined) => read(key) ?? fallback ?? null,
  'keys()': refuseListing,
  'update(_other=None, /, **kwargs)': (_self, other: Value | undefined, more: ReadonlyMap<string, Value>) => {
    if (other !== undefined && other !== null)
      setRc(other instanceof PyList || other instanceof PyTuple ? pairList(other) : pairsOf(other));
    if (more.size > 0) setRc(more);
    return null;
  },
});

function pairList(list: Value): [string, Value][] {
  const next = iterate(list);
  const pairs: [string, Value][] = [];
  for (let pair = next(); pair !== undefined; pair = next()) {
    const [name, value] = listOf(pair);
    pairs.push([name as string, value!]);
  }
  return pairs;
}

/** The one `rcParams` object; what it holds is the session's. */
export const rcParams: PyObject = new RcParams(rcParamsClass);

/** `plt.style.use`: a name, a dictionary of settings, or a list of those. */
export function useStyle(style: Value): void {
  if (typeof style === 'string') {
    const settings = styleNamed(style);
    if (style === 'default') resetRc();
    else if (settings !== undefined) setRc(settings);
    else {
      if (!STYLE_NAMES.some(known => isOneEditFrom(style, known)))
        throw new Unsupported(`the style ${repr(style)}`, 'styles of files and of other packages are not at hand');
      throw raise(
        'OSError',
        `'${style}' is not a valid package style, path of style file, URL of style file, or library style name (library styles are listed in \`style.available\`)`,
      );
    }
  } else if (style instanceof PyList || style instanceof PyTuple) for (const each of style.items) useStyle(each);
  else setRc(pairsOf(style));
}

class RcContext extends PyObject {
  readonly change: () => void;
  before: Settings | undefined;
  constructor(change: () => void) {
    super(contextClass);
    this.change = change;
  }
}

const contextClass = nativeClass('_GeneratorContextManager', undefined, 'contextlib');
defineMethods(contextClass, {
  '__enter__()': (self: RcContext) => {
    self.before = changed();
    self.change();
    return null;
  },
  '__exit__(*exc_info)': (self: RcContext) => {
    vm.writeState<Settings>(CHANNEL, self.before ?? new Map());
    return null;
  },
});
changesState(CHANNEL, contextClass.attrs.get('__enter__')!, contextClass.attrs.get('__exit__')!);

/** Settings that hold within a `with` statement. */
export function rcContext(change: () => void): PyObject {
  return new RcContext(change);
}

/** The colours that lines, bars and points take in turn. */
export function colorCycle(): readonly Color[] {
  const own = changed().get('axes.prop_cycle');
  return own instanceof PyTuple ? own.items.map(color => color as Color) : CYCLE;
}
current.cycle = colorCycle;
