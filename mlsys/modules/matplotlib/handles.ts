/** What drawing calls return, as matplotlib calls it and writes it: a cell that ends in such a call shows that. */
import { Unsupported } from '../../python/runtime/errors';
import { iteratorOf } from '../../python/runtime/iteration';
import { defineMethods, refuseAttributes } from '../../python/runtime/native';
import {
  nativeClass,
  type PyClass,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  tupleClass,
  type Value,
} from '../../python/runtime/objects';
import { listOf, repr, str, toFloat } from '../../python/runtime/operations';
import { colorOf } from './color';
import type { Artist, AxesModel, AxisModel, FigureModel, ShapeArtist, TextStyle } from './model';
import {
  artistClass,
  axesClass,
  containerClass as barsClass,
  classes,
  figureClass,
  isBold,
  type PyArtist,
  type PyAxes,
  type PyBarContainer,
  type PyFigure,
  TITLE_PLACES,
} from './objects';
import { isSequence } from './options';
import { fontSize, rc } from './rc';

const made = new Map<string, PyClass>();

const PATCH =
  'contains_point contains_points fill get_data_transform get_extents get_patch_transform get_verts set_fill';
const BOX = `${PATCH} angle get_angle get_center get_corners get_height get_width rotation_point set_angle set_height set_width`;
/** What artists have beside the rest, and handles do not, by their classes. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  Wedge: `${PATCH} center r set_center set_radius set_theta1 set_theta2 set_width theta1 theta2 width`,
  Rectangle: `${BOX} get_x get_xy get_y set_bounds set_x set_xy set_y xy`,
  Circle: `${BOX} center get_co_vertices get_radius get_vertices height radius set_center set_radius width`,
  Ellipse: `${BOX} center get_co_vertices get_vertices height set_center width`,
  Polygon: `${PATCH} get_closed get_xy set_closed set_xy xy`,
  FancyArrow: `${PATCH} get_closed get_xy set_closed set_data set_xy xy`,
  FillBetweenPolyCollection: 'set_verts set_verts_and_codes t_direction',
  LineCollection: 'get_colors get_segments set_colors set_segments set_verts',
  AxesImage:
    'can_composite get_extent get_filternorm get_filterrad get_interpolation get_interpolation_stage get_resample get_shape ' +
    'make_image origin set_extent set_filternorm set_filterrad set_interpolation set_interpolation_stage set_resample write_png',
  QuadContourSet:
    'add_label add_label_near allkinds allsegs alpha clabel colors cvalues extend extent filled find_nearest_contour hatches ' +
    'labelCValues labelTexts labels layers linestyles locate_label locator logscale monochrome nchunk negative_linestyles ' +
    'origin pop_label print_label too_close zmax zmin',
};

/** A class of artists, by its name and module. */
function handleClass(name: string, module: string): PyClass {
  const known = made.get(name);
  if (known !== undefined) return known;
  const cls = nativeClass(name, [artistClass], `matplotlib.${module}`);
  made.set(name, cls);
  // Lines and patches write their data, which others write as any object.
  if (LEFT_OUT[name] !== undefined) refuseAttributes(cls, LEFT_OUT[name]);
  if (module === 'lines' || module === 'patches') defineMethods(cls, { '__str__()': unwritten(`str(${name})`) });
  return cls;
}

const unwritten = (what: string) => (): never => {
  throw new Unsupported(what);
};

const SHAPES: Readonly<Record<ShapeArtist['shape']['type'], string>> = {
  rectangle: 'Rectangle',
  ellipse: 'Ellipse',
  polygon: 'Polygon',
  wedge: 'Wedge',
  arrow: 'FancyArrow',
};

/** The class that matplotlib has for an artist. */
function classOf(artist: Artist): PyClass {
  switch (artist.kind) {
    case 'line':
    case 'rule':
      return handleClass('Line2D', 'lines');
    case 'points':
      return handleClass('PathCollection', 'collections');
    case 'area':
      return handleClass('FillBetweenPolyCollection', 'collections');
    case 'segments':
      return handleClass('LineCollection', 'collections');
    case 'span':
      return handleClass('Rectangle', 'patches');
    case 'shape':
      return handleClass(SHAPES[artist.shape.type], 'patches');
    case 'image':
      return handleClass('AxesImage', 'image');
    case 'arrows':
      return handleClass('Quiver', 'quiver');
    case 'contour':
      return handleClass('QuadContourSet', 'contour');
    case 'text':
      return textClass;
    case 'bars':
      return artistClass;
  }
}

/** The handle of a patch of another class than its shape tells. */
export function patchHandle(axes: PyAxes, artist: Artist, name: string): PyArtist {
  return axes.add(artist, handleClass(name, 'patches'));
}

export const meshClass = handleClass('QuadMesh', 'collections');

/** A text within an axes. */
export const textClass = handleClass('Text', 'text');

export const annotationClass = handleClass('Annotation', 'text');

/** The place that a text was given, as Python writes it; without one its text cannot be written as matplotlib does. */
const places = new WeakMap<PyObject, readonly [x: string, y: string]>();

/** Notes where a text was put, for those who look at it. */
export function placed<T extends PyObject>(text: T, x: Value | string, y: Value | string): T {
  places.set(text, [typeof x === 'string' ? x : str(x), typeof y === 'string' ? y : str(y)]);
  return text;
}

function writtenText(self: PyObject, words: string): string {
  const place = places.get(self);
  if (place === undefined) throw new Unsupported('the place of a text of a figure');
  return `Text(${place[0]}, ${place[1]}, ${repr(words)})`;
}

for (const cls of [textClass, annotationClass])
  defineMethods(cls, {
    '__repr__()': (self: PyArtist) => writtenText(self, self.model.kind === 'text' ? self.model.text : ''),
  });

/** A title or the label of an axis: a text around an axes. */
export interface LabelAccess {
  readonly get: () => string;
  readonly set: (text: string) => void;
  readonly style: () => TextStyle;
}

const labelClass = nativeClass('Text', undefined, 'matplotlib.text');

class PyLabel extends PyObject {
  readonly access: LabelAccess;
  constructor(access: LabelAccess) {
    super(labelClass);
    this.access = access;
  }
}

export function labelHandle(access: LabelAccess, x: string, y: string): PyObject {
  return placed(textHandle(access), x, y);
}

/** A text of which it is not known where it stands. */
export function textHandle(access: LabelAccess): PyObject {
  return new PyLabel(access);
}

const changing =
  (change: (style: TextStyle, value: Value) => void) =>
  (self: PyLabel, value: Value): null => {
    change(self.access.style(), value);
    return null;
  };
const setSize = changing((style, size) => {
  style.size = fontSize(size);
});
const setWeight = changing((style, weight) => {
  style.weight = isBold(weight) ? 'bold' : 'normal';
});

defineMethods(labelClass, {
  '__repr__()': (self: PyLabel) => writtenText(self, self.access.get()),
  'get_text()': (self: PyLabel) => self.access.get(),
  'set_text(s)': (self: PyLabel, text: Value) => {
    self.access.set(str(text));
    return null;
  },
  'set_fontsize(fontsize)': setSize,
  'set_size(fontsize)': setSize,
  'set_fontweight(weight)': setWeight,
  'set_weight(weight)': setWeight,
  'set_color(color)': changing((style, color) => {
    style.color = colorOf(color);
  }),
});
refuseAttributes(
  labelClass,
  'axes figure get_alpha get_color get_fontsize get_fontweight get_position get_rotation get_size get_visible remove set ' +
    'set_alpha set_bbox set_ha set_horizontalalignment set_position set_rotation set_style set_va set_verticalalignment ' +
    'set_visible set_wrap set_x set_y set_zorder update',
);

const tickLabelClass = nativeClass('Text', undefined, 'matplotlib.text');

class PyTickLabel extends PyObject {
  readonly text: string | undefined;
  readonly edit: () => AxisModel;
  constructor(text: string | undefined, edit: () => AxisModel) {
    super(tickLabelClass);
    this.text = text;
    this.edit = edit;
  }
}

/** What is set of labels of ticks one by one is left out of the drawing, but for what all of them have alike. */
const LABEL_LOOKS =
  'alpha bbox clip_on color family font fontfamily fontname fontproperties fontsize fontstyle fontweight ha horizontalalignment ' +
  'in_layout linespacing multialignment path_effects position rotation rotation_mode size style va verticalalignment visible ' +
  'weight wrap x y zorder';
defineMethods(
  tickLabelClass,
  Object.fromEntries(LABEL_LOOKS.split(' ').map(name => [`set_${name}(value)`, () => null])),
);
const turned = (self: PyTickLabel, angle: Value): null => {
  self.edit().tickRotation = angle === 'vertical' ? 90 : angle === 'horizontal' ? 0 : toFloat(angle);
  return null;
};
const sized = (self: PyTickLabel, size: Value): null => {
  self.edit().tickStyle.size = fontSize(size);
  return null;
};
defineMethods(tickLabelClass, {
  'set_rotation(value)': turned,
  'set_fontsize(value)': sized,
  'set_size(value)': sized,
  'set(**kwargs)': (self: PyTickLabel, keywords: ReadonlyMap<string, Value>) => {
    for (const [name, value] of keywords) {
      if (name === 'rotation') turned(self, value);
      else if (name === 'fontsize' || name === 'size') sized(self, value);
    }
    return null;
  },
  'get_text()': ({ text }: PyTickLabel) => text ?? refuseLabels(),
});
refuseAttributes(
  tickLabelClass,
  'axes figure get_alpha get_color get_fontsize get_fontweight get_position get_rotation get_size get_visible ' +
    'get_window_extent remove set_text update',
);

const tickLabelsClass = nativeClass('list');

/** As many labels as the ticks that are placed where the figure is drawn. */
class PyTickLabels extends PyObject {
  readonly edit: () => AxisModel;
  constructor(edit: () => AxisModel) {
    super(tickLabelsClass);
    this.edit = edit;
  }
}

function refuseLabels(): never {
  throw new Unsupported('reading the labels of ticks that matplotlib places', 'set the ticks and their labels');
}

defineMethods(tickLabelsClass, {
  // Whoever goes through them does the same with each.
  '__iter__()': (self: PyTickLabels) => iteratorOf(new PyList([new PyTickLabel(undefined, self.edit)])),
  '__len__()': refuseLabels,
  '__bool__()': refuseLabels,
  '__repr__()': refuseLabels,
  '__getitem__(index)': (self: PyTickLabels, index: Value) => (index instanceof PySlice ? self : refuseLabels()),
  '__add__(other)': (self: PyTickLabels) => self,
  '__radd__(other)': (self: PyTickLabels) => self,
});

/** What getting the labels of an axis returns. */
export function tickLabelsOf(axes: PyAxes, side: 'x' | 'y'): PyObject {
  const { ticks, tickLabels } = axes.model[side];
  const edit = () => axes.edit()[side];
  if (ticks === undefined) return new PyTickLabels(edit);
  const texts = tickLabels?.length === ticks.length ? tickLabels : ticks.map(() => undefined);
  return new PyList(texts.map(text => new PyTickLabel(text, edit)));
}

const tickClasses = {
  x: nativeClass('XTick', undefined, 'matplotlib.axis'),
  y: nativeClass('YTick', undefined, 'matplotlib.axis'),
};
for (const cls of Object.values(tickClasses))
  refuseAttributes(
    cls,
    'axes figure get_loc get_pad get_tick_padding gridline label label1 label2 set_label set_label1 set_label2 set_pad ' +
      'set_visible tick1line tick2line update_position',
  );

class PyTick extends PyObject {}

/** What setting ticks returns. */
export function tickHandles(side: 'x' | 'y', count: number): PyList {
  return new PyList(Array.from({ length: count }, () => new PyTick(tickClasses[side])));
}

/** Places of ticks as numpy has them of what was given: whole numbers alone stay such. Undefined for what else may be. */
export function placesAsWritten(ticks: Value): readonly string[] | undefined {
  const items = isSequence(ticks) ? listOf(ticks) : [];
  if (items.every(item => typeof item === 'bigint')) return items.map(str);
  if (!items.every(item => typeof item === 'bigint' || typeof item === 'number')) return undefined;
  return items.map(item => repr(Number(item)));
}

/** Texts of ticks: each at its place, where that is known. */
export function tickLabelHandles(side: 'x' | 'y', texts: readonly string[], at: readonly string[] | undefined): PyList {
  return new PyList(
    texts.map((text, index) => {
      const style = { size: 10, weight: 'normal', italic: false, color: 'ink' } as const;
      const label = new PyLabel({ get: () => text, set: () => undefined, style: () => ({ ...style }) });
      const place = at?.length === texts.length ? at[index] : undefined;
      if (place === undefined) return label;
      return side === 'x' ? placed(label, place, '0') : placed(label, '0', place);
    }),
  );
}

function containerClass(name: string): PyClass {
  const cls = nativeClass(name, [tupleClass], 'matplotlib.container');
  defineMethods(cls, { '__repr__()': (self: PyTuple) => `<${name} object of ${self.items.length} artists>` });
  return cls;
}

const containers = {
  ErrorbarContainer: containerClass('ErrorbarContainer'),
  StemContainer: containerClass('StemContainer'),
};

/** Several artists of one call, which can be taken apart as a tuple. */
export function container(name: keyof typeof containers, items: readonly Value[]): PyTuple {
  return new PyTuple(items, containers[name]);
}

classes.of = classOf;

defineMethods(barsClass, {
  '__repr__()': (self: PyBarContainer) => `<BarContainer object of ${self.bars.length} artists>`,
});

/** Width and height in pixels. */
function sizeOf({ width, height }: FigureModel): string {
  const dpi = Number(rc('figure.dpi'));
  return [width, height].map(size => Number((size * dpi).toPrecision(6))).join('x');
}

/** Axes of colour bars count. */
defineMethods(figureClass, {
  '__repr__()': ({ model }: PyFigure) => {
    const own = model.axes.filter(({ cell, removed }) => cell.within === undefined && removed !== true);
    const count = own.reduce((sum, axes) => sum + (axes.colorbar === undefined ? 1 : 2), 0);
    return `<Figure size ${sizeOf(model)} with ${count} Axes>`;
  },
  '__str__()': ({ model }: PyFigure) => `Figure(${sizeOf(model)})`,
});

function titlesOf({ titles }: AxesModel): string[] {
  const given = TITLE_PLACES.filter(place => titles[place].text !== '');
  const fields = given.map(place => `${repr(place)}: ${repr(titles[place].text)}`);
  return fields.length === 0 ? [] : [`title={${fields.join(', ')}}`];
}

defineMethods(axesClass, {
  '__repr__()': ({ model, label }: PyAxes) => {
    const fields = [
      ...(label === '' ? [] : [`label=${repr(label)}`]),
      ...titlesOf(model),
      ...(['x', 'y'] as const).flatMap(side =>
        model[side].label === '' ? [] : [`${side}label=${repr(model[side].label)}`],
      ),
    ];
    return `<Axes: ${fields.join(', ')}>`;
  },
  '__str__()': unwritten('str(Axes)'),
});
