/** `matplotlib.colors` and `matplotlib.cm`: colours taken apart, colour maps, and norms. */
import { PyDict } from '../../python/runtime/dict';
import { PyError, raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineStatic, fn } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyInstance, PyModule, PyTuple, type Value } from '../../python/runtime/objects';
import { listOf, repr, str, toFloat } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { CYCLE, colorOfText, NAMES, TABLEAU } from './color';
import { colorAt, colorMap, colorMapOfObject, setColorMap } from './colorMaps';
import { MappedColor, MappedColors } from './mappedColor';
import { isSequence } from './options';

/** The colours that have a letter, in the parts that matplotlib gives them. */
const LETTERS: Readonly<Record<string, readonly [Value, Value, Value]>> = {
  b: [0n, 0n, 1n],
  g: [0n, 0.5, 0n],
  r: [1n, 0n, 0n],
  c: [0n, 0.75, 0.75],
  m: [0.75, 0n, 0.75],
  y: [0.75, 0.75, 0n],
  k: [0n, 0n, 0n],
  w: [1n, 1n, 1n],
};

/** Red, green, blue and opacity of a colour, to the last digit. */
function partsOf(value: Value): Value[] {
  if (typeof value === 'string') return partsOfText(value);
  const items = value !== null && typeof value === 'object' ? listOf(value) : [];
  if (items.length === 2 && value instanceof PyTuple)
    return [...withinUnit(items[1]!, () => partsOf(items[0]!)).slice(0, 3), toFloat(items[1]!)];
  if (items.length !== 3 && items.length !== 4)
    throw raise(
      'ValueError',
      items.length < 3 ? `Invalid RGBA argument: ${repr(value)}` : 'RGBA sequence should have length 3 or 4',
    );
  if (items.some(one => typeof one === 'string' || one === null)) throw noColor(value);
  const parts = items.map(toFloat);
  if (parts.some(part => part < 0 || part > 1)) throw raise('ValueError', 'RGBA values should be within 0-1 range');
  return parts.length === 3 ? [...parts, 1n] : parts;
}

/** The parts of a colour that gets an opacity. */
function withinUnit(alpha: Value, parts: () => Value[]): Value[] {
  const value = toFloat(alpha);
  if (!(value >= 0 && value <= 1)) throw raise('ValueError', "'alpha' must be between 0 and 1, inclusive");
  return parts();
}

function noColor(value: Value): PyError {
  return raise('ValueError', `Invalid RGBA argument: ${repr(value)}`);
}

function partsOfText(text: string): Value[] {
  const letter = entryOf(LETTERS, text);
  if (letter !== undefined) return [...letter.map(toFloat), 1];
  if (text.toLowerCase() === 'none') return [0, 0, 0, 0];
  const color = colorOfText(text);
  if (color === undefined) {
    if (text.startsWith('xkcd:')) throw new Unsupported(`the colour '${text}'`, 'write it as #rrggbb');
    throw noColor(text);
  }
  if (/^[\d.]+$/.test(text)) return [Number(text), Number(text), Number(text), 1];
  const digits = color.startsWith('#') ? color.slice(1) : entryOf(NAMES, color)!;
  const long = digits.length < 6 ? [...digits].map(digit => digit + digit).join('') : digits;
  const parts = [0, 2, 4].map(at => Number.parseInt(long.slice(at, at + 2), 16) / 255);
  return [...parts, long.length > 6 ? Number.parseInt(long.slice(6), 16) / 255 : 1];
}

/** `#rrggbb`, and two digits more with the opacity; halves go to the even one as everywhere in Python. */
function hexOf(parts: readonly Value[], keepsAlpha: boolean): string {
  const digits = parts.slice(0, keepsAlpha ? 4 : 3).map(part => {
    const scaled = toFloat(part) * 255;
    const below = Math.floor(scaled);
    const isUp = scaled - below > 0.5 || (scaled - below === 0.5 && below % 2 === 1);
    return (isUp ? below + 1 : below).toString(16).padStart(2, '0');
  });
  return `#${digits.join('')}`;
}

const isGiven = (value: Value | undefined): value is NonNullable<Value> => value !== undefined && value !== null;

function toRgba(color: Value, alpha: Value | undefined): Value {
  if (color instanceof MappedColor) {
    if (isGiven(alpha)) throw new Unsupported('the opacity of a colour of a colour map');
    return color;
  }
  if (!isGiven(alpha)) return new PyTuple(partsOf(color));
  const parts = withinUnit(alpha, () => partsOf(color));
  return new PyTuple(color === 'none' ? parts : [...parts.slice(0, 3), alpha]);
}

function isColorLike(value: Value): boolean {
  if (value instanceof MappedColor) return true;
  try {
    partsOf(value);
    return true;
  } catch (error) {
    if (error instanceof PyError) return false;
    throw error;
  }
}

// Colour maps ----------------------------------------------------------------------------------------------------

const colormapClass = nativeClass('Colormap', undefined, 'matplotlib.colors');
const listedClass = nativeClass('ListedColormap', [colormapClass], 'matplotlib.colors');
const segmentedClass = nativeClass('LinearSegmentedColormap', [colormapClass], 'matplotlib.colors');

defineMethods(colormapClass, {
  '__call__(X, alpha=None)': (self: PyInstance, x: Value, alpha: Value | undefined) => {
    if (isGiven(alpha)) throw new Unsupported('alpha of a colour map');
    const map = colorMapOfObject(self)!;
    const count = map.isListed ? map.stops.length : 256;
    // A whole number is the place of a colour among those that the map has.
    const color = (one: Value) => colorAt(map, typeof one === 'bigint' ? (Number(one) + 0.5) / count : toFloat(one));
    return isSequence(x) ? new MappedColors(listOf(x).map(color)) : new MappedColor(color(x));
  },
  '__getattr__(name)': (_self: PyInstance, name: Value) => {
    throw new Unsupported(`${str(name)} of a colour map`);
  },
});

const stopOf = (color: Value): string => (color instanceof MappedColor ? color.color : hexOf(partsOf(color), false));

defineConstructor(
  listedClass,
  'ListedColormap(colors, name="from_list", N=None)',
  (cls: PyClass, colors: Value, name: Value | undefined, count: Value | undefined) => {
    if (isGiven(count)) throw new Unsupported('ListedColormap(N=…)');
    const made = new PyInstance(cls);
    made.attrs!.set('name', name ?? 'from_list');
    setColorMap(made, { stops: listOf(colors).map(stopOf), isListed: true });
    return made;
  },
);

defineStatic(segmentedClass, {
  'from_list(name, colors, N=256, gamma=1.0)': (name: Value, colors: Value, count: Value | undefined) => {
    const items = listOf(colors);
    const isPlaced = items.every(
      item => item instanceof PyTuple && item.items.length === 2 && typeof item.items[0] !== 'string',
    );
    const placed = items.map((item, at) => {
      const [place, color] = isPlaced ? (item as PyTuple).items : [at / (items.length - 1 || 1), item];
      return { at: toFloat(place!), stop: stopOf(color!) };
    });
    const steps = isGiven(count) ? Math.max(2, Math.min(256, toFloat(count))) : 256;
    const stops = Array.from({ length: steps }, (_, step) => between(placed, step / (steps - 1)));
    const made = new PyInstance(segmentedClass);
    made.attrs!.set('name', name);
    setColorMap(made, { stops, isListed: steps < 256 });
    return made;
  },
});

/** The colour between two of some that stand at places from 0 to 1. */
function between(placed: readonly { readonly at: number; readonly stop: string }[], t: number): string {
  const above = placed.findIndex(({ at }) => at >= t);
  const [low, high] = [placed[Math.max(0, above - 1)]!, placed[above < 0 ? placed.length - 1 : above]!];
  const part = high.at > low.at ? (t - low.at) / (high.at - low.at) : 0;
  return colorAt({ stops: [low.stop, high.stop], isListed: false }, part);
}

/** A map by its name; what is none stays as it is. */
export function colorMapOf(name: Value): Value {
  if (name !== null && typeof name !== 'string') return name;
  const wanted = name ?? 'viridis';
  if (colorMap(wanted) === undefined)
    throw new Unsupported(`the colour map '${wanted}'`, 'viridis, plasma, Blues and others are');
  const made = new PyInstance(colormapClass);
  made.attrs!.set('name', wanted);
  return made;
}

// Norms ----------------------------------------------------------------------------------------------------------

export const normalizeClass = nativeClass('Normalize', undefined, 'matplotlib.colors');
const logNormClass = nativeClass('LogNorm', [normalizeClass], 'matplotlib.colors');
const twoSlopeClass = nativeClass('TwoSlopeNorm', [normalizeClass], 'matplotlib.colors');
const centeredClass = nativeClass('CenteredNorm', [normalizeClass], 'matplotlib.colors');

function defineNorm(cls: PyClass, names: readonly string[], signature: string): void {
  defineConstructor(cls, signature, (made: PyClass, ...values: (Value | undefined)[]) => {
    const norm = new PyInstance(made);
    for (const [at, name] of names.entries()) norm.attrs!.set(name, values[at] ?? null);
    return norm;
  });
}

defineNorm(normalizeClass, ['vmin', 'vmax'], 'Normalize(vmin=None, vmax=None, clip=False)');
defineNorm(logNormClass, ['vmin', 'vmax'], 'LogNorm(vmin=None, vmax=None, clip=False)');
defineNorm(twoSlopeClass, ['vcenter', 'vmin', 'vmax'], 'TwoSlopeNorm(vcenter, vmin=None, vmax=None)');
defineNorm(centeredClass, ['vcenter', 'halfrange'], 'CenteredNorm(vcenter=0, halfrange=None, clip=False)');

defineMethods(normalizeClass, {
  '__call__(value)': (self: PyInstance, value: Value) => {
    if (self.cls !== normalizeClass && self.cls !== logNormClass) throw new Unsupported(`calling a ${self.cls.name}`);
    const low = self.attrs!.get('vmin') ?? null;
    const high = self.attrs!.get('vmax') ?? null;
    if (low === null || high === null) throw new Unsupported('a norm without limits');
    const [from, to, at] = [toFloat(low), toFloat(high), toFloat(value)];
    return self.cls === logNormClass ? Math.log(at / from) / Math.log(to / from) : (at - from) / (to - from);
  },
});

/** A dictionary of colours by their names. */
function dictionary(entries: Iterable<readonly [string, Value]>): PyDict {
  const colors = new PyDict();
  for (const [name, color] of entries) colors.set(name, color);
  return colors;
}

export function loadColors(): PyModule {
  const named = dictionary(Object.entries(NAMES).map(([name, digits]) => [name, `#${digits.toUpperCase()}`] as const));
  return new PyModule(
    'matplotlib.colors',
    new Map<string, Value>([
      ['Normalize', normalizeClass],
      ['LogNorm', logNormClass],
      ['TwoSlopeNorm', twoSlopeClass],
      ['CenteredNorm', centeredClass],
      ['Colormap', colormapClass],
      ['ListedColormap', listedClass],
      ['LinearSegmentedColormap', segmentedClass],
      [
        'to_hex',
        fn('to_hex(c, keep_alpha=False)', (color: Value, keep: Value | undefined) =>
          color instanceof MappedColor ? color : hexOf(partsOf(color), keep === true),
        ),
      ],
      [
        'to_rgb',
        fn('to_rgb(c)', (color: Value) =>
          color instanceof MappedColor ? color : new PyTuple(partsOf(color).slice(0, 3)),
        ),
      ],
      ['to_rgba', fn('to_rgba(c, alpha=None)', toRgba)],
      ['is_color_like', fn('is_color_like(c)', isColorLike)],
      ['TABLEAU_COLORS', dictionary(TABLEAU.map((name, at) => [`tab:${name}`, CYCLE[at]!] as const))],
      [
        'BASE_COLORS',
        dictionary(Object.entries(LETTERS).map(([name, parts]) => [name, new PyTuple([...parts])] as const)),
      ],
      ['CSS4_COLORS', named],
      ['cnames', named],
    ]),
  );
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
