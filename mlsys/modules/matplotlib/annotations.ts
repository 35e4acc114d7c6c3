/** Texts, annotations and arrows. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { listOf, repr, str, toFloat } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { colorOf } from './color';
import { annotationClass, placed } from './handles';
import type { Arrow, Coords, TextArtist, TextBox } from './model';
import { type PyArtist, type PyAxes, PyTransform, textStyle } from './objects';
import { common, coordinates, coordsOption, dashes, fontOptions, Options, pairOf } from './options';
import { outlineOf } from './pathEffects';
import { rcColor, rcSize } from './rc';

type Keywords = ReadonlyMap<string, Value>;

const HORIZONTAL = new Set(['left', 'center', 'right']);
const VERTICAL = new Set(['top', 'center', 'bottom', 'baseline', 'center_baseline']);

function boxOf(options: Options | undefined, axes: PyAxes): TextBox | undefined {
  if (options === undefined) return undefined;
  const named = options.has('boxstyle');
  const style = options.text('square', 'boxstyle');
  const color = options.take('color');
  const box: TextBox = {
    fill: options.color(color === undefined ? '#1f77b4' : colorOf(color), 'facecolor', 'fc'),
    edge: options.color(color === undefined ? '#000000' : colorOf(color), 'edgecolor', 'ec'),
    alpha: options.number(1, 'alpha'),
    // Without a box style the padding is in points, with one in units of the font size.
    pad: named ? options.number(0.3, 'pad') : options.number(4, 'pad') / 10,
    round: style.startsWith('round'),
    edgeWidth: options.number(1, 'linewidth', 'lw'),
  };
  const pad = /pad=([\d.]+)/.exec(style);
  if (pad) box.pad = Number(pad[1]);
  options.take('linestyle', 'ls', 'zorder');
  options.done(axes, 'FancyBboxPatch');
  return box;
}

/** An arrow from `arrowprops` or of a `FancyArrowPatch`. */
export function arrowOf(options: Options, axes: PyAxes | undefined): Arrow {
  const styled = options.take('arrowstyle');
  const style =
    styled === undefined ? undefined : typeof styled === 'string' ? styled.split(',')[0]!.trim() : str(styled);
  const color = options.take('color', 'edgecolor', 'ec', 'facecolor', 'fc');
  for (const name of ['edgecolor', 'ec', 'facecolor', 'fc']) options.take(name);
  const width = options.number(1, 'linewidth', 'lw');
  const line = options.take('linestyle', 'ls') ?? '-';
  const connection = options.text('arc3', 'connectionstyle');
  const bend = /rad=(-?[\d.]+)/.exec(connection);
  const shrink = options.take('shrink');
  const gaps: [number, number] = [options.number(2, 'shrinkA'), options.number(2, 'shrinkB')];
  if (shrink !== undefined) gaps.fill(toFloat(shrink) * 20);
  for (const name of [
    'width',
    'headwidth',
    'headlength',
    'frac',
    'mutation_scale',
    'patchA',
    'patchB',
    'relpos',
    'alpha',
    'zorder',
  ])
    options.take(name);
  if (axes !== undefined) options.done(axes, 'FancyArrowPatch');
  const heads = style ?? '-|>';
  return {
    stroke: {
      color: color === undefined || color === null ? '#000000' : colorOf(color),
      width,
      dash: dashes(line, width),
    },
    head: headOf(heads),
    filled:
      style === undefined || heads.includes('|>') || heads.includes('<|') || heads === 'simple' || heads === 'fancy',
    bend: connection.startsWith('arc3') && bend ? Number(bend[1]) : 0,
    shrink: gaps,
  };
}

function headOf(style: string): Arrow['head'] {
  if (style === '-') return 'none';
  if (['<->', '<|-|>', '|-|', ']-['].includes(style)) return 'both';
  if (['<-', '<|-', ']-', '|-'].includes(style)) return 'start';
  return 'end';
}

function alignments(artist: TextArtist, options: Options): void {
  const horizontal = options.take('ha', 'horizontalalignment');
  if (typeof horizontal === 'string') {
    if (!HORIZONTAL.has(horizontal))
      throw raise(
        'ValueError',
        `${repr(horizontal)} is not a valid value for align; supported values are 'center', 'right', 'left'`,
      );
    artist.horizontal = horizontal as 'left';
  }
  const vertical = options.take('va', 'verticalalignment');
  if (typeof vertical === 'string') {
    if (!VERTICAL.has(vertical))
      throw raise(
        'ValueError',
        `${repr(vertical)} is not a valid value for align; supported values are 'bottom', 'top', 'center', 'baseline', 'center_baseline'`,
      );
    artist.vertical = vertical === 'center_baseline' ? 'center' : (vertical as 'top');
  }
  const rotation = options.take('rotation');
  if (rotation !== undefined && rotation !== null)
    artist.rotation = rotation === 'vertical' ? 90 : rotation === 'horizontal' ? 0 : toFloat(rotation);
}

function newText(x: number, y: number, text: Value, coords: Coords): TextArtist {
  return {
    kind: 'text',
    x,
    y,
    text: typeof text === 'string' ? text : str(text),
    coords,
    horizontal: 'left',
    vertical: 'baseline',
    rotation: 0,
    style: textStyle(rcSize('font.size'), rcColor('text.color')),
  };
}

function finishText(artist: TextArtist, axes: PyAxes, options: Options): TextArtist {
  alignments(artist, options);
  const effects = options.take('path_effects');
  const outline = effects === undefined ? undefined : outlineOf(effects);
  if (outline !== undefined) artist.style.outline = outline;
  fontOptions(artist.style, options);
  const box = boxOf(options.dictionary('bbox'), axes);
  if (box !== undefined) artist.box = box;
  common(artist, options);
  options.done(axes, 'Text');
  return artist;
}

function text(axes: PyAxes, x: Value, y: Value, words: Value, fonts: Value | undefined, keywords: Keywords): PyArtist {
  const options = new Options(
    fonts === undefined || fonts === null ? keywords : new Map([...keywords, ['fontdict', fonts]]),
  );
  const coords = coordsOption(options);
  const at = (value: Value, side: 'x' | 'y') => coordinates(value, () => axes.edit()[side])[0] ?? Number.NaN;
  return placed(axes.add(finishText(newText(at(x, 'x'), at(y, 'y'), words, coords), axes, options)), x, y);
}

const COORDS: Readonly<Record<string, Coords | 'points'>> = {
  data: 'data',
  'axes fraction': 'axes',
  'figure fraction': 'figure',
  'subfigure fraction': 'figure',
  'offset points': 'points',
  'offset pixels': 'points',
  'offset fontsize': 'points',
};

function coordsOf(value: Value | undefined, fallback: Coords | 'points'): Coords | 'points' {
  if (value === undefined || value === null) return fallback;
  const known = typeof value === 'string' ? entryOf(COORDS, value) : undefined;
  if (known !== undefined) return known;
  if (value instanceof PyTransform) return value.coords;
  const both = value instanceof PyTuple || value instanceof PyList ? value.items.map(one => coordsOf(one, 'data')) : [];
  const mixed = both.length === 2 ? entryOf(MIXED, both.join(' ')) : undefined;
  if (mixed !== undefined) return mixed;
  throw new Unsupported(`annotate with coordinates ${repr(value)}`, "use 'data', 'axes fraction' or 'offset points'");
}

const MIXED: Readonly<Record<string, Coords>> = {
  'data data': 'data',
  'axes axes': 'axes',
  'figure figure': 'figure',
  'data axes': 'x',
  'axes data': 'y',
};

function annotate(axes: PyAxes, words: Value, target: Value, place: Value | undefined, keywords: Keywords): PyArtist {
  const options = new Options(keywords);
  const targetCoords = coordsOf(options.take('xycoords'), 'data');
  if (targetCoords === 'points') throw new Unsupported("annotate with xycoords='offset points'");
  const placeCoords = coordsOf(options.take('textcoords'), targetCoords);
  const pair = (value: Value): [number, number] => {
    const items = value instanceof PyTuple || value instanceof PyList ? value.items : [];
    if (items.length === 2 && items.some(item => typeof item === 'string'))
      return [coordinates(items[0]!, () => axes.edit().x)[0]!, coordinates(items[1]!, () => axes.edit().y)[0]!];
    return pairOf(value);
  };
  const [x, y] = pair(target);
  let artist: TextArtist;
  if (place === undefined || place === null) artist = newText(x, y, words, targetCoords);
  else {
    const [tx, ty] = pair(place);
    artist =
      placeCoords === 'points'
        ? { ...newText(x, y, words, targetCoords), offset: [tx, ty] }
        : newText(tx, ty, words, placeCoords);
  }
  const arrow = options.dictionary('arrowprops');
  if (arrow !== undefined) {
    artist.arrow = arrowOf(arrow, axes);
    artist.target = { x, y, coords: targetCoords };
  }
  const [shownX, shownY] = listOf(place ?? target);
  return placed(axes.add(finishText(artist, axes, options), annotationClass), shownX!, shownY!);
}

function arrow(axes: PyAxes, x: Value, y: Value, dx: Value, dy: Value, keywords: Keywords): PyArtist {
  const options = new Options(keywords);
  const from = [toFloat(x), toFloat(y)] as const;
  const to = [from[0] + toFloat(dx), from[1] + toFloat(dy)] as const;
  for (const name of [
    'head_width',
    'head_length',
    'width',
    'length_includes_head',
    'shape',
    'overhang',
    'head_starts_at_zero',
  ])
    options.take(name);
  const model = arrowOf(options, undefined);
  const artist = {
    kind: 'shape' as const,
    coords: 'data' as const,
    shape: { type: 'arrow' as const, from, to, arrow: { ...model, shrink: [0, 0] as const } },
    fill: 'none',
    stroke: model.stroke,
  };
  common(artist, options);
  options.done(axes, 'FancyArrow');
  return axes.add(artist);
}

/** Methods of `Axes`, by signature. */
export const TEXT_METHODS: Readonly<Record<string, NativeBody>> = {
  'text(x, y, s, fontdict=None, **kwargs)': text,
  'annotate(text, xy, xytext=None, **kwargs)': annotate,
  'arrow(x, y, dx, dy, **kwargs)': arrow,
};
