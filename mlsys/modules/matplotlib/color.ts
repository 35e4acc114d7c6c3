/** Colours as matplotlib writes them, turned into CSS colours. */
import { raise } from '../../python/runtime/errors';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { listOf, repr, toFloat } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import type { Color } from './model';

/** `C0` to `C9`: the default cycle ("Tableau 10"). */
export const CYCLE: readonly Color[] = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];

export const TABLEAU = ['blue', 'orange', 'green', 'red', 'purple', 'brown', 'pink', 'gray', 'olive', 'cyan'];

const LETTERS: Readonly<Record<string, Color>> = {
  b: '#0000ff',
  g: '#008000',
  r: '#ff0000',
  c: '#00bfbf',
  m: '#bf00bf',
  y: '#bfbf00',
  k: '#000000',
  w: '#ffffff',
};

/** CSS colour names, which are matplotlib's too. */
const NAMES = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
  cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
  darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
  darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
  firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
  hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
  lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
  mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
  midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
  palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
  rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
  slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
  yellowgreen`.split(/\s+/),
);

/** The CSS colour of a matplotlib colour text, or undefined for text that names none. */
export function colorOfText(text: string): Color | undefined {
  if (/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text)) return text.toLowerCase();
  const lower = text.toLowerCase();
  if (lower === 'none') return 'none';
  const letter = entryOf(LETTERS, text);
  if (letter !== undefined) return letter;
  const cycle = /^C(\d+)$/.exec(text);
  if (cycle) return CYCLE[Number(cycle[1]) % CYCLE.length];
  if (lower.startsWith('tab:')) return CYCLE[TABLEAU.indexOf(lower.slice(4).replace('grey', 'gray'))];
  if (NAMES.has(lower)) return lower;
  if (/^(0?\.\d+|0|1|0\.|1\.0*)$/.test(text)) return rgb([Number(text), Number(text), Number(text)]);
  return undefined;
}

/** `#rrggbb`, or with alpha `#rrggbbaa`, of parts from 0 to 1. */
export function rgb(parts: readonly number[]): Color {
  const hex = parts.map(part =>
    Math.round(Math.min(1, Math.max(0, part)) * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

/** The CSS colour of a Python value: text, a grey level, a tuple of parts, or a pair of colour and alpha. */
export function colorOf(value: Value): Color {
  if (value === null) return 'none';
  if (typeof value === 'string') {
    const color = colorOfText(value);
    if (color !== undefined) return color;
  } else if (value instanceof PyTuple || value instanceof PyList) {
    const parts = value.items;
    if (parts.length === 2 && typeof parts[0] === 'string') {
      const base = colorOfText(parts[0]);
      if (base !== undefined) return withAlpha(base, toFloat(parts[1]!));
    }
    if ((parts.length === 3 || parts.length === 4) && parts.every(part => typeof part !== 'string'))
      return rgb(parts.map(toFloat));
  } else if (value !== null && typeof value === 'object') {
    const parts = listOf(value);
    if (parts.length === 3 || parts.length === 4) return rgb(parts.map(toFloat));
  }
  throw raise('ValueError', `${repr(value)} is not a valid value for color`);
}

function withAlpha(color: Color, alpha: number): Color {
  const hex = /^#([0-9a-f]{6})/.exec(color);
  const part = Math.round(Math.min(1, Math.max(0, alpha)) * 255)
    .toString(16)
    .padStart(2, '0');
  return hex ? `#${hex[1]}${part}` : color;
}

/** True for a value that stands for one colour rather than for a list of them. */
export function isOneColor(value: Value): boolean {
  if (value === null || typeof value === 'string') return true;
  if (value instanceof PyTuple || value instanceof PyList) {
    const { items } = value;
    if (value instanceof PyTuple && items.length === 2 && typeof items[0] === 'string' && typeof items[1] !== 'string')
      return true;
    return (
      value instanceof PyTuple &&
      (items.length === 3 || items.length === 4) &&
      items.every(part => typeof part === 'number' || typeof part === 'bigint')
    );
  }
  return false;
}

/** One or many colours. */
export function colorsOf(value: Value): Color[] {
  return isOneColor(value) ? [colorOf(value)] : listOf(value).map(colorOf);
}

/** Colours at equal steps of the colour maps that chapters name; others are refused by name. */
const MAPS: Readonly<Record<string, readonly Color[]>> = {
  viridis: [
    '#440154',
    '#482475',
    '#414487',
    '#355f8d',
    '#2a788e',
    '#21918c',
    '#22a884',
    '#44bf70',
    '#7ad151',
    '#bddf26',
    '#fde725',
  ],
  plasma: [
    '#0d0887',
    '#41049d',
    '#6a00a8',
    '#8f0da4',
    '#b12a90',
    '#cc4778',
    '#e16462',
    '#f2844b',
    '#fca636',
    '#fcce25',
    '#f0f921',
  ],
  inferno: [
    '#000004',
    '#160b39',
    '#420a68',
    '#6a176e',
    '#932667',
    '#bc3754',
    '#dd513a',
    '#f37819',
    '#fca50a',
    '#f6d746',
    '#fcffa4',
  ],
  magma: [
    '#000004',
    '#140e36',
    '#3b0f70',
    '#641a80',
    '#8c2981',
    '#b73779',
    '#de4968',
    '#f7705c',
    '#fe9f6d',
    '#fecf92',
    '#fcfdbf',
  ],
  cividis: [
    '#00224e',
    '#123570',
    '#3b496c',
    '#575d6d',
    '#707173',
    '#8a8678',
    '#a59c74',
    '#c3b369',
    '#e1cc55',
    '#fee838',
  ],
  Blues: ['#f7fbff', '#deebf7', '#c6dbef', '#9ecae1', '#6baed6', '#4292c6', '#2171b5', '#08519c', '#08306b'],
  Greens: ['#f7fcf5', '#e5f5e0', '#c7e9c0', '#a1d99b', '#74c476', '#41ab5d', '#238b45', '#006d2c', '#00441b'],
  Reds: ['#fff5f0', '#fee0d2', '#fcbba1', '#fc9272', '#fb6a4a', '#ef3b2c', '#cb181d', '#a50f15', '#67000d'],
  Oranges: ['#fff5eb', '#fee6ce', '#fdd0a2', '#fdae6b', '#fd8d3c', '#f16913', '#d94801', '#a63603', '#7f2704'],
  Purples: ['#fcfbfd', '#efedf5', '#dadaeb', '#bcbddc', '#9e9ac8', '#807dba', '#6a51a3', '#54278f', '#3f007d'],
  Greys: ['#ffffff', '#f0f0f0', '#d9d9d9', '#bdbdbd', '#969696', '#737373', '#525252', '#252525', '#000000'],
  gray: ['#000000', '#ffffff'],
  YlOrRd: ['#ffffcc', '#ffeda0', '#fed976', '#feb24c', '#fd8d3c', '#fc4e2a', '#e31a1c', '#bd0026', '#800026'],
  YlGnBu: ['#ffffd9', '#edf8b1', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#253494', '#081d58'],
  RdYlGn: [
    '#a50026',
    '#d73027',
    '#f46d43',
    '#fdae61',
    '#fee08b',
    '#ffffbf',
    '#d9ef8b',
    '#a6d96a',
    '#66bd63',
    '#1a9850',
    '#006837',
  ],
  RdBu: [
    '#67001f',
    '#b2182b',
    '#d6604d',
    '#f4a582',
    '#fddbc7',
    '#f7f7f7',
    '#d1e5f0',
    '#92c5de',
    '#4393c3',
    '#2166ac',
    '#053061',
  ],
  coolwarm: ['#3b4cc0', '#6282ea', '#8db0fe', '#b8d0f9', '#dddddd', '#f5c4ad', '#f49a7b', '#de604d', '#b40426'],
};

/** The stops of a named colour map (`_r` reverses it), or undefined. */
export function colorMap(name: string): readonly Color[] | undefined {
  const reversed = name.endsWith('_r');
  const stops = entryOf(MAPS, reversed ? name.slice(0, -2) : name);
  return reversed && stops !== undefined ? [...stops].reverse() : stops;
}

/** The colour at `t` (0 to 1) between equal stops of `#rrggbb` colours. */
export function colorAt(stops: readonly Color[], t: number): Color {
  const place = Math.min(1, Math.max(0, Number.isNaN(t) ? 0 : t)) * (stops.length - 1);
  const low = Math.min(stops.length - 1, Math.floor(place));
  const high = Math.min(stops.length - 1, low + 1);
  const part = (color: Color, at: number) => Number.parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16) / 255;
  return rgb(
    [0, 1, 2].map(at => {
      const from = part(stops[low]!, at);
      return from + (part(stops[high]!, at) - from) * (place - low);
    }),
  );
}
