/** Methods of what drawing calls return: lines, texts, bars, spines, legends. */

import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties, type NativeBody } from '../../python/runtime/native';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { callMethod, getItem, listOf, str, toFloat, truth } from '../../python/runtime/operations';
import { colorOf } from './color';
import type { Artist, Color, SpinePlace } from './model';
import {
  artistClass,
  barClass,
  containerClass,
  type PyArtist,
  type PyBar,
  type PyBarContainer,
  PySpine,
  type PySpines,
  SPINES,
  type SpineSide,
  spineClass,
  spinesClass,
} from './objects';
import { arrayOf, dashes, note, noted } from './options';
import { outlineOf } from './pathEffects';
import { fontSize } from './rc';
import { arrayRead, barPart } from './readBack';

function paint(artist: Artist, color: Color): void {
  switch (artist.kind) {
    case 'line':
      artist.stroke.color = color;
      artist.markerFill = color;
      artist.markerEdge = color;
      return;
    case 'points':
    case 'arrows':
    case 'bars':
      artist.colors = [color];
      return;
    case 'area':
    case 'span':
    case 'shape':
      artist.fill = color;
      return;
    case 'text':
      artist.style.color = color;
      return;
    case 'rule':
    case 'segments':
      artist.stroke.color = color;
      return;
    case 'image':
    case 'contour':
      return;
  }
}

/** The colour of a line or text as it was given. Others have several, or none of their own. */
function colorOfArtist({ model }: PyArtist): Value {
  const isOfOne = model.kind === 'line' || model.kind === 'text';
  if (!isOfOne || model.colorText === undefined)
    throw new Unsupported('the colour of an artist that was given no text for one');
  return model.colorText;
}

/** A setter that changes the artist and returns None. */
const setter =
  (change: (artist: Artist, value: Value) => void): NativeBody =>
  (self: PyArtist, value: Value) => {
    change(self.edit(), value);
    return null;
  };

function dataOf({ model }: PyArtist, side: 'x' | 'y'): Value {
  const kind = model.kind === 'line' ? model.kinds?.[side] : undefined;
  if (model.kind !== 'line' || kind === undefined) throw new Unsupported(`Line2D.get_${side}data`);
  return arrayRead(model[side], kind);
}

const setColor = setter((artist, value) => {
  paint(artist, colorOf(value));
  if (typeof value === 'string') artist.colorText = value;
  else delete artist.colorText;
});
const setWidth = setter((artist, value) => {
  if ('stroke' in artist) artist.stroke.width = toFloat(value);
  else if ('edgeWidth' in artist) artist.edgeWidth = toFloat(value);
});
const setEdge = setter((artist, value) => {
  if (artist.kind === 'shape') artist.stroke.color = colorOf(value);
  else if ('edge' in artist) artist.edge = colorOf(value);
});

defineMethods(artistClass, {
  'set_color(color)': setColor,
  'set_facecolor(color)': setColor,
  'set_edgecolor(color)': setEdge,
  'get_color()': colorOfArtist,
  'get_facecolor()': () => {
    throw new Unsupported('Artist.get_facecolor');
  },
  'set_linewidth(w)': setWidth,
  'set_lw(w)': setWidth,
  'set_linestyle(ls)': setter((artist, value) => {
    if ('stroke' in artist) artist.stroke.dash = dashes(value, 1);
  }),
  'set_alpha(alpha)': setter((artist, value) => {
    if (value === null) delete artist.alpha;
    else artist.alpha = toFloat(value);
  }),
  'get_alpha()': (self: PyArtist) => self.model.alpha ?? null,
  'set_label(s)': setter((artist, value) => {
    if (value === null) delete artist.label;
    else artist.label = str(value);
  }),
  'get_label()': (self: PyArtist) => {
    const { label } = self.model;
    if (label === undefined) throw new Unsupported('the label of an artist that was given none');
    return label;
  },
  'set_zorder(level)': setter((artist, value) => {
    artist.zorder = toFloat(value);
  }),
  'set_visible(b)': setter((artist, value) => {
    artist.hidden = !truth(value);
  }),
  'set_hatch(hatch)': setter((artist, value) => {
    artist.hatches = value === null ? [] : [str(value)];
  }),
  'set_text(s)': setter((artist, value) => {
    if (artist.kind === 'text') artist.text = str(value);
  }),
  'get_text()': (self: PyArtist) => (self.model.kind === 'text' ? self.model.text : ''),
  'set_fontsize(fontsize)': setter((artist, value) => {
    if (artist.kind === 'text') artist.style.size = fontSize(value);
  }),
  'set_fontweight(weight)': setter((artist, value) => {
    if (artist.kind === 'text') artist.style.weight = value === 'bold' ? 'bold' : 'normal';
  }),
  'set_rotation(s)': setter((artist, value) => {
    if (artist.kind === 'text') artist.rotation = toFloat(value);
  }),
  'set_marker(marker)': setter((artist, value) => {
    if ('marker' in artist) artist.marker = str(value);
  }),
  'set_markersize(sz)': setter((artist, value) => {
    if (artist.kind === 'line') artist.markerSize = toFloat(value);
  }),
  'get_xdata()': (self: PyArtist) => dataOf(self, 'x'),
  'get_ydata()': (self: PyArtist) => dataOf(self, 'y'),
  'set_bbox(rectprops)': noted('set_bbox'),
  'set_clip_on(b)': noted('set_clip_on'),
  'set_path_effects(path_effects)': setter((artist, effects) => {
    if (artist.kind === 'text') artist.style.outline = outlineOf(effects);
  }),
  'set_dashes(seq)': noted('set_dashes'),
  'set_capstyle(s)': noted('set_capstyle'),
  'remove()': setter(artist => {
    artist.hidden = true;
    artist.unlisted = true;
  }),
});

/** Levels of what `contour` returned. */
defineProperties(artistClass, {
  levels: (self: PyArtist) => {
    const { model } = self;
    if (model.kind !== 'contour') throw raise('AttributeError', `'${self.cls.name}' object has no attribute 'levels'`);
    return arrayOf(model.levels);
  },
  axes: (self: PyArtist) => self.axes,
});

const partOf = ({ artist: { model }, at }: PyBar, part: 0 | 1 | 2 | 3): Value =>
  barPart(model.kind === 'bars' ? model.read : undefined, at, part);

function paintBar(bar: PyBar, color: Color): null {
  const artist = bar.artist.edit();
  if (artist.kind !== 'bars') return null;
  const { boxes, colors } = artist;
  artist.colors = boxes.map((_, at) => (at === bar.at ? color : (colors[at % colors.length] ?? 'none')));
  return null;
}

defineMethods(barClass, {
  'get_x()': (bar: PyBar) => partOf(bar, 0),
  'get_y()': (bar: PyBar) => partOf(bar, 1),
  'get_width()': (bar: PyBar) => partOf(bar, 2),
  'get_height()': (bar: PyBar) => partOf(bar, 3),
  'get_xy()': (bar: PyBar) => new PyTuple([partOf(bar, 0), partOf(bar, 1)]),
  'set_color(color)': (bar: PyBar, color: Value) => paintBar(bar, colorOf(color)),
  'set_facecolor(color)': (bar: PyBar, color: Value) => paintBar(bar, colorOf(color)),
  'set_edgecolor(color)': (bar: PyBar, color: Value) => {
    const artist = bar.artist.edit();
    if (artist.kind === 'bars') artist.edge = colorOf(color);
    return null;
  },
  'set_linewidth(w)': (bar: PyBar) => {
    note(bar.artist.axes, 'Rectangle.set_linewidth');
    return null;
  },
  'set_alpha(alpha)': (bar: PyBar) => {
    note(bar.artist.axes, 'Rectangle.set_alpha');
    return null;
  },
  'set_hatch(hatch)': (bar: PyBar, hatch: Value) => {
    const artist = bar.artist.edit();
    if (artist.kind !== 'bars') return null;
    const { boxes, hatches = [''] } = artist;
    const own = hatch === null ? '' : str(hatch);
    artist.hatches = boxes.map((_, at) => (at === bar.at ? own : hatches[at % hatches.length]!));
    return null;
  },
});

defineMethods(containerClass, {
  '__iter__()': (self: PyBarContainer) => callMethod(new PyTuple([...self.bars]), '__iter__'),
  '__len__()': (self: PyBarContainer) => BigInt(self.bars.length),
  '__getitem__(key, /)': (self: PyBarContainer, key: Value) => getItem(new PyTuple([...self.bars]), key),
});
defineProperties(containerClass, { patches: (self: PyBarContainer) => new PyList([...self.bars]) });

function sideOf(name: Value): SpineSide {
  if (SPINES.includes(name as SpineSide)) return name as SpineSide;
  throw raise('KeyError', name);
}

defineMethods(spinesClass, {
  '__getitem__(key, /)': (self: PySpines, key: Value) => {
    if (typeof key === 'string') return new PySpine(self.axes, [sideOf(key)]);
    if (key instanceof PyList || key instanceof PyTuple) return new PySpine(self.axes, key.items.map(sideOf));
    return new PySpine(self.axes, SPINES);
  },
  'values()': (self: PySpines) => new PyList(SPINES.map(side => new PySpine(self.axes, [side]))),
  'items()': (self: PySpines) => new PyList(SPINES.map(side => new PyTuple([side, new PySpine(self.axes, [side])]))),
  'keys()': () => new PyList([...SPINES]),
  '__iter__()': () => callMethod(new PyList([...SPINES]), '__iter__'),
});
defineProperties(
  spinesClass,
  Object.fromEntries(SPINES.map(side => [side, (self: PySpines) => new PySpine(self.axes, [side])])),
);

function spinePlaceOf(position: Value): SpinePlace {
  if (position === 'zero') return { kind: 'data', at: 0 };
  if (position === 'center') return { kind: 'axes', at: 0.5 };
  const [kind, at] = typeof position === 'string' || position === null ? [] : listOf(position);
  if ((kind !== 'data' && kind !== 'axes' && kind !== 'outward') || at === undefined)
    throw raise('ValueError', "position[0] should be one of 'outward', 'axes', or 'data' ");
  return { kind, at: toFloat(at) };
}

defineMethods(spineClass, {
  'set_visible(b)': (self: PySpine, visible: Value) => {
    const { spines } = self.axes.edit();
    for (const side of self.sides) spines[side] = truth(visible);
    return null;
  },
  'set_color(c)': (self: PySpine, color: Value) => {
    self.axes.edit().spines.color = colorOf(color);
    return null;
  },
  'set_edgecolor(c)': (self: PySpine, color: Value) => {
    self.axes.edit().spines.color = colorOf(color);
    return null;
  },
  'set_linewidth(w)': (self: PySpine, width: Value) => {
    self.axes.edit().spines.width = toFloat(width);
    return null;
  },
  'set_position(position)': (self: PySpine, position: Value) => {
    const model = self.axes.edit();
    const place = spinePlaceOf(position);
    for (const side of self.sides) model.spinePlaces = { ...model.spinePlaces, [side]: place };
    return null;
  },
});
