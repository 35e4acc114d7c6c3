/** `matplotlib.patches` and `matplotlib.lines`: shapes made apart from the axes and added to them. */

import { raise } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { defineConstructor, defineMethods, type NativeBody } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyModule, PyObject, type Value } from '../../python/runtime/objects';
import { listOf, toFloat, typeName } from '../../python/runtime/operations';
import { arrowOf } from './annotations';
import { colorOf } from './color';
import { patchHandle } from './handles';
import type { Artist, LineArtist, ShapeArtist } from './model';
import type { PyArtist, PyAxes } from './objects';
import { common, coordsOption, dashes, numbersOf, Options, pairOf, stroke, takeHatch } from './options';
import { rcNumber } from './rc';

/** An artist that belongs to no axes yet. */
export class PyDetached extends PyObject {
  artist: Artist;
  constructor(cls: PyClass, artist: Artist) {
    super(cls);
    this.artist = artist;
  }

  detached(): Artist {
    return this.artist;
  }
}

type Keywords = ReadonlyMap<string, Value>;

const patchClass = nativeClass('Patch', undefined, 'matplotlib.patches');
const lineClass = nativeClass('Line2D', undefined, 'matplotlib.lines');

defineMethods(patchClass, {
  'set_label(s)': (self: PyDetached, label: Value) => {
    touch(self);
    if (typeof label === 'string') self.artist.label = label;
    return null;
  },
});

/** A shape with its looks; the edge of a filled one is seen only where it is asked for, or is said to be. */
export function shaped(shape: ShapeArtist['shape'], keywords: Keywords, hasEdge = false): ShapeArtist {
  const options = new Options(keywords);
  const color = options.take('color');
  const both = color === undefined || color === null ? undefined : colorOf(color);
  const filled = options.flag(true, 'fill');
  const width = options.number(rcNumber('patch.linewidth'), 'linewidth', 'lw');
  const fill = options.color(both ?? '#1f77b4', 'facecolor', 'fc');
  const edge = options.color(both ?? (filled && !hasEdge ? 'none' : '#000000'), 'edgecolor', 'ec');
  const style = options.take('linestyle', 'ls') ?? '-';
  options.take('mutation_scale', 'mutation_aspect', 'joinstyle', 'capstyle');
  const artist: ShapeArtist = {
    kind: 'shape',
    shape,
    coords: coordsOption(options),
    fill: filled ? fill : 'none',
    stroke: { color: edge, width: edge === 'none' ? 0 : width, dash: dashes(style, width) },
  };
  takeHatch(artist, options);
  common(artist, options);
  options.done(undefined, 'Patch');
  return artist;
}

function define(name: string, signature: string, make: NativeBody): [string, PyClass] {
  const cls = nativeClass(name, [patchClass], 'matplotlib.patches');
  defineConstructor(
    cls,
    `${name}(${signature})`,
    (made: PyClass, ...args: unknown[]) => new PyDetached(made, make(...args) as unknown as Artist),
  );
  return [name, cls];
}

const maker = (make: (...args: never[]) => Artist): NativeBody => make as unknown as NativeBody;

/** Corner radius of a box style such as `round,pad=0.1,rounding_size=0.2`; its padding widens the box. */
function boxStyle(text: Value | undefined): { pad: number; round: number } {
  const style = typeof text === 'string' ? text : 'round';
  const read = (name: string, fallback: number) => Number(new RegExp(`${name}=([\\d.]+)`).exec(style)?.[1] ?? fallback);
  const pad = read('pad', 0.3);
  return { pad, round: style.startsWith('round') ? read('rounding_size', pad) : 0 };
}

const PATCHES: readonly [string, Value][] = [
  define(
    'Rectangle',
    'xy, width, height, angle=0.0, rotation_point="xy", **kwargs',
    maker((xy: Value, width: Value, height: Value, angle: Value | undefined, _point: Value, keywords: Keywords) => {
      const [x, y] = pairOf(xy);
      return shaped(
        {
          type: 'rectangle',
          x,
          y,
          width: toFloat(width),
          height: toFloat(height),
          round: 0,
          angle: toFloat(angle ?? 0),
        },
        keywords,
      );
    }),
  ),
  define(
    'FancyBboxPatch',
    'xy, width, height, boxstyle="round", **kwargs',
    maker((xy: Value, width: Value, height: Value, style: Value | undefined, keywords: Keywords) => {
      const [x, y] = pairOf(xy);
      const { pad, round } = boxStyle(style);
      return shaped(
        {
          type: 'rectangle',
          x: x - pad,
          y: y - pad,
          width: toFloat(width) + 2 * pad,
          height: toFloat(height) + 2 * pad,
          round,
          angle: 0,
        },
        keywords,
        true,
      );
    }),
  ),
  define(
    'Circle',
    'xy, radius=5, **kwargs',
    maker((xy: Value, radius: Value | undefined, keywords: Keywords) => {
      const [x, y] = pairOf(xy);
      const across = 2 * toFloat(radius ?? 5);
      return shaped({ type: 'ellipse', x, y, width: across, height: across, angle: 0 }, keywords);
    }),
  ),
  define(
    'Ellipse',
    'xy, width, height, angle=0, **kwargs',
    maker((xy: Value, width: Value, height: Value, angle: Value | undefined, keywords: Keywords) => {
      const [x, y] = pairOf(xy);
      return shaped(
        { type: 'ellipse', x, y, width: toFloat(width), height: toFloat(height), angle: toFloat(angle ?? 0) },
        keywords,
      );
    }),
  ),
  define(
    'Polygon',
    'xy, closed=True, **kwargs',
    maker((xy: Value, closed: Value | undefined, keywords: Keywords) =>
      shaped({ type: 'polygon', points: listOf(xy).map(pairOf), closed: closed !== false }, keywords),
    ),
  ),
  define(
    'Wedge',
    'center, r, theta1, theta2, width=None, **kwargs',
    maker((center: Value, r: Value, from: Value, to: Value, width: Value | undefined, keywords: Keywords) => {
      const [x, y] = pairOf(center);
      const ring = width === undefined || width === null ? {} : { width: toFloat(width) };
      return shaped(
        { type: 'wedge', x, y, radius: toFloat(r), from: toFloat(from), to: toFloat(to), ...ring },
        keywords,
      );
    }),
  ),
  define(
    'FancyArrowPatch',
    'posA, posB, **kwargs',
    maker((posA: Value, posB: Value, keywords: Keywords) => {
      const options = new Options(keywords);
      const coords = coordsOption(options);
      options.put('arrowstyle', '-|>');
      const model = arrowOf(options, undefined);
      const artist: ShapeArtist = {
        kind: 'shape',
        shape: { type: 'arrow', from: pairOf(posA), to: pairOf(posB), arrow: model },
        coords,
        fill: 'none',
        stroke: model.stroke,
      };
      common(artist, options);
      options.done(undefined, 'FancyArrowPatch');
      return artist;
    }),
  ),
];

defineConstructor(
  patchClass,
  'Patch(**kwargs)',
  (made: PyClass, keywords: Keywords) =>
    new PyDetached(made, shaped({ type: 'rectangle', x: 0, y: 0, width: 1, height: 1, round: 0, angle: 0 }, keywords)),
);

defineConstructor(
  lineClass,
  'Line2D(xdata, ydata, **kwargs)',
  (made: PyClass, x: Value, y: Value, keywords: Keywords) => {
    const options = new Options(keywords);
    const color = options.color('#1f77b4', 'color', 'c');
    options.put('color', color);
    const marker = options.text('', 'marker');
    const artist: LineArtist = {
      kind: 'line',
      x: numbersOf(x),
      y: numbersOf(y),
      stroke: stroke(options, color, rcNumber('lines.linewidth')),
      marker: marker === 'None' ? '' : marker,
      markerSize: options.number(rcNumber('lines.markersize'), 'markersize', 'ms'),
      markerFill: options.color(color, 'markerfacecolor', 'mfc'),
      markerEdge: options.color(color, 'markeredgecolor', 'mec'),
      markerEdgeWidth: options.number(1, 'markeredgewidth', 'mew'),
    };
    common(artist, options);
    options.done(undefined, 'Line2D');
    return new PyDetached(made, artist);
  },
);

function add(axes: PyAxes, patch: Value, counts: 'late' | 'never' = 'late'): PyArtist {
  if (patch instanceof PyDetached) {
    const artist = { ...patch.artist, counts };
    return artist.kind === 'shape' ? patchHandle(axes, artist, patch.cls.name) : axes.add(artist);
  }
  throw raise('TypeError', `'${typeName(patch)}' is not an artist that can be added`);
}

/** Methods of `Axes`, by signature. */
export const PATCH_METHODS: Readonly<Record<string, NativeBody>> = {
  'add_patch(p)': (axes: PyAxes, patch: Value) => add(axes, patch),
  'add_line(line)': (axes: PyAxes, line: Value) => add(axes, line),
  'add_artist(a)': (axes: PyAxes, artist: Value) => add(axes, artist, 'never'),
};

export const circleClass = PATCHES.find(([name]) => name === 'Circle')![1];
export const rectangleClass = PATCHES.find(([name]) => name === 'Rectangle')![1];
export const polygonClass = PATCHES.find(([name]) => name === 'Polygon')![1];

export function loadPatches(): PyModule {
  return new PyModule('matplotlib.patches', new Map<string, Value>([['Patch', patchClass], ...PATCHES]));
}

export function loadLines(): PyModule {
  return new PyModule('matplotlib.lines', new Map<string, Value>([['Line2D', lineClass]]));
}
