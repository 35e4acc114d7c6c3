/**
 * The objects that chapters hold: figures, axes and what was drawn on them. Each is a handle into a figure's model.
 *
 * A model belongs to one run. A cell that changes a figure of an earlier cell works on a copy of its model, so what the
 * earlier cell showed stays as it was, as in a notebook; the change itself is announced to the machine.
 */
import { touch } from '../../python/runtime/mutation';
import type { NativeBody } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyObject, type Value } from '../../python/runtime/objects';
import { type UnknownCause, UnknownReached } from '../../python/runtime/unknown';
import { type RunRecord, vm } from '../../python/runtime/vm';
import type { Artist, AxesModel, AxisModel, Coords, FigureModel, LegendModel, TextStyle, TitlePlace } from './model';
import { rc, rcColor, rcFlag, rcNumber, rcSize, rcText } from './rc';

export const figureClass = nativeClass('Figure', undefined, 'matplotlib.figure');
export const axesClass = nativeClass('Axes', undefined, 'matplotlib.axes');
export const artistClass = nativeClass('Artist', undefined, 'matplotlib.artist');
export const axisClass = nativeClass('Axis', undefined, 'matplotlib.axis');
export const spineClass = nativeClass('Spine', undefined, 'matplotlib.spines');
export const spinesClass = nativeClass('Spines', undefined, 'matplotlib.spines');
export const containerClass = nativeClass('BarContainer', undefined, 'matplotlib.container');
export const barClass = nativeClass('Rectangle', undefined, 'matplotlib.patches');
export const transformClass = nativeClass('Transform', undefined, 'matplotlib.transforms');
export const legendClass = nativeClass('Legend', undefined, 'matplotlib.legend');

/** The class of an artist's handle; `handles.ts` knows them all. */
export const classes: { of: (artist: Artist) => PyClass } = { of: () => artistClass };

/** A deep copy of plain data. */
export function clone<T>(data: T): T {
  if (Array.isArray(data)) return data.map(clone) as T;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, clone(value)])) as T;
}

export class PyFigure extends PyObject {
  #model: FigureModel;
  #record: RunRecord;
  readonly axes: PyAxes[] = [];
  /** The axes that `plt.` functions draw on. */
  current: PyAxes | undefined = undefined;
  /** Set once something of it is not known: what is read of it is not known either. */
  doubt: UnknownCause | undefined = undefined;
  /** True where a grid has spaces of its own, which the figure's do not change. */
  ownSpaces = false;

  constructor(model: FigureModel) {
    super(figureClass);
    this.#model = model;
    this.#record = vm.record;
  }

  /** To read only. */
  get model(): FigureModel {
    return this.#model;
  }

  /** What counts as its memory (see `liveness.ts`). */
  get held(): unknown {
    return this.#model;
  }

  /** The model to change in this run. */
  edit(): FigureModel {
    touch(this);
    if (this.#record !== vm.record) {
      this.#model = clone(this.#model);
      this.#record = vm.record;
    }
    return this.#model;
  }
}

export class PyAxes extends PyObject {
  readonly figure: PyFigure;
  readonly index: number;
  /** How often the colour cycle was used, by lines and by what is filled. */
  cycle = 0;
  fillCycle = 0;
  /** Its name in a mosaic. */
  label = '';
  /** Formatters with code of the chapter, by axis; `finish` asks them for texts. */
  readonly formatters = new Map<'x' | 'y', Value>();

  constructor(figure: PyFigure, index: number) {
    super(axesClass);
    this.figure = figure;
    this.index = index;
  }

  get model(): AxesModel {
    return this.figure.model.axes[this.index]!;
  }

  edit(): AxesModel {
    return this.figure.edit().axes[this.index]!;
  }

  /** Adds an artist and returns its handle. */
  add(artist: Artist, cls = classes.of(artist)): PyArtist {
    const { artists } = this.edit();
    vm.charge(200);
    artists.push(artist);
    return new PyArtist(this, artists.length - 1, cls);
  }

  /** Places of ticks as they were given, for the texts that are put there. */
  readonly tickPlaces = new Map<'x' | 'y', readonly string[] | undefined>();
}

/** A line, a text, a collection: whatever a drawing call returns. */
export class PyArtist extends PyObject {
  readonly axes: PyAxes;
  readonly index: number;
  constructor(axes: PyAxes, index: number, cls = artistClass) {
    super(cls);
    this.axes = axes;
    this.index = index;
  }

  get model(): Artist {
    return this.axes.model.artists[this.index]!;
  }

  edit(): Artist {
    return this.axes.edit().artists[this.index]!;
  }
}

/** The figure that an object belongs to. */
export function figureOfHandle(object: Value): PyFigure | undefined {
  if (object instanceof PyFigure) return object;
  if (object instanceof PyAxes) return object.figure;
  const { axes, artist } = object as { readonly axes?: unknown; readonly artist?: unknown };
  const own = artist instanceof PyArtist ? artist.axes : axes;
  return own instanceof PyAxes ? own.figure : undefined;
}

/** Methods of which those that read of a figure tell nothing of one that is not known. */
export function guarded(methods: Readonly<Record<string, NativeBody>>): Record<string, NativeBody> {
  return Object.fromEntries(
    Object.entries(methods).map(([signature, body]) => {
      if (!signature.startsWith('get_')) return [signature, body];
      const read: NativeBody = (self: Value, ...args: Value[]) => {
        const doubt = figureOfHandle(self)?.doubt;
        if (doubt !== undefined) throw new UnknownReached(doubt);
        return body(self, ...args);
      };
      return [signature, read];
    }),
  );
}

/** One bar of a bar chart. */
export class PyBar extends PyObject {
  readonly artist: PyArtist;
  readonly at: number;
  constructor(artist: PyArtist, at: number) {
    super(barClass);
    this.artist = artist;
    this.at = at;
  }
}

/** What `bar`, `barh` and `hist` return: its bars in order. */
export class PyBarContainer extends PyObject {
  readonly artist: PyArtist;
  readonly bars: readonly PyBar[];
  constructor(artist: PyArtist) {
    super(containerClass);
    this.artist = artist;
    const { model } = artist;
    this.bars = model.kind === 'bars' ? model.boxes.map((_, at) => new PyBar(artist, at)) : [];
  }
}

/** `ax.xaxis`, `ax.yaxis`. */
export class PyAxis extends PyObject {
  readonly axes: PyAxes;
  readonly side: 'x' | 'y';
  constructor(axes: PyAxes, side: 'x' | 'y') {
    super(axisClass);
    this.axes = axes;
    this.side = side;
  }

  edit(): AxisModel {
    return this.axes.edit()[this.side];
  }
}

export type SpineSide = 'top' | 'right' | 'bottom' | 'left';
export const SPINES: readonly SpineSide[] = ['left', 'right', 'bottom', 'top'];

/** `ax.spines['top']`, or several of them. */
export class PySpine extends PyObject {
  readonly axes: PyAxes;
  readonly sides: readonly SpineSide[];
  constructor(axes: PyAxes, sides: readonly SpineSide[]) {
    super(spineClass);
    this.axes = axes;
    this.sides = sides;
  }
}

export class PySpines extends PyObject {
  readonly axes: PyAxes;
  constructor(axes: PyAxes) {
    super(spinesClass);
    this.axes = axes;
  }
}

export class PyTransform extends PyObject {
  readonly coords: Coords;
  constructor(coords: Coords) {
    super(transformClass);
    this.coords = coords;
  }
}

/** The legend of axes, or the one of the figure that is kept with its first axes. */
export class PyLegend extends PyObject {
  readonly axes: PyAxes;
  readonly #key: 'legend' | 'figureLegend';
  constructor(axes: PyAxes, ofFigure = false) {
    super(legendClass);
    this.axes = axes;
    this.#key = ofFigure ? 'figureLegend' : 'legend';
  }

  /** Undefined once it was removed. */
  get model(): LegendModel | undefined {
    return this.axes.model[this.#key];
  }

  edit(): LegendModel | undefined {
    return this.axes.edit()[this.#key];
  }

  remove(): void {
    delete this.axes.edit()[this.#key];
  }
}

/** Text in the present style. */
export function textStyle(size: number, color = rcColor('text.color'), weight = 'normal'): TextStyle {
  return { size, weight: isBold(weight) ? 'bold' : 'normal', italic: false, color };
}

export function isBold(weight: Value): boolean {
  if (typeof weight === 'string')
    return ['bold', 'semibold', 'demibold', 'demi', 'heavy', 'extra bold', 'black'].includes(weight);
  return typeof weight === 'bigint' ? weight >= 600n : typeof weight === 'number' && weight >= 600;
}

function newAxis(side: 'x' | 'y'): AxisModel {
  return {
    scale: { kind: 'linear', base: 10 },
    inverted: false,
    label: '',
    labelStyle: textStyle(rcSize('axes.labelsize'), rcColor('axes.labelcolor'), rcText('axes.labelweight')),
    tickStyle: textStyle(rcSize(`${side}tick.labelsize`), rcColor(`${side}tick.color`)),
    tickRotation: 0,
    visible: true,
    ticksVisible: true,
    labelsVisible: true,
    margin: rcNumber(`axes.${side}margin`),
  };
}

export function newAxesModel(cell: AxesModel['cell']): AxesModel {
  const grid = rcFlag('axes.grid');
  const along = rcText('axes.grid.axis');
  return {
    cell,
    x: newAxis('x'),
    y: newAxis('y'),
    titles: { left: newTitle(), center: newTitle(), right: newTitle() },
    grid: {
      x: grid && along !== 'y',
      y: grid && along !== 'x',
      stroke: {
        color: rcColor('grid.color'),
        width: rcNumber('grid.linewidth'),
        dash: dashOf(rcText('grid.linestyle')) ?? [],
      },
      alpha: rcNumber('grid.alpha'),
      minor: false,
    },
    artists: [],
    scaled: undefined,
    visible: true,
    spines: {
      top: rcFlag('axes.spines.top'),
      right: rcFlag('axes.spines.right'),
      bottom: rcFlag('axes.spines.bottom'),
      left: rcFlag('axes.spines.left'),
      color: rcColor('axes.edgecolor'),
      width: rcNumber('axes.linewidth'),
    },
    fill: rcColor('axes.facecolor'),
  };
}

/** In the order in which matplotlib tells them. */
export const TITLE_PLACES: readonly TitlePlace[] = ['left', 'center', 'right'];

function newTitle(): AxesModel['titles']['center'] {
  return { text: '', style: textStyle(rcSize('axes.titlesize'), titleColor(), rcText('axes.titleweight')) };
}

function titleColor(): string {
  return rc('axes.titlecolor') === 'auto' ? rcColor('text.color') : rcColor('axes.titlecolor');
}

/** Dash lengths of a line style in units of its width, or undefined for text that is none. */
export function dashOf(style: string): readonly number[] | undefined {
  switch (style) {
    case '-':
    case 'solid':
    case '':
    case ' ':
    case 'None':
    case 'none':
      return [];
    case '--':
    case 'dashed':
      return [3.7, 1.6];
    case '-.':
    case 'dashdot':
      return [6.4, 1.6, 1, 1.6];
    case ':':
    case 'dotted':
      return [1, 1.65];
    default:
      return undefined;
  }
}
