/**
 * Colours of colour maps as programs hold them. Which they are is known as well as the eye tells, not to the digits that
 * matplotlib's tables give: they can be drawn with and handed on, and all else that is read of them is unknown.
 */
import { Unsupported } from '../../python/runtime/errors';
import { iteratorOf } from '../../python/runtime/iteration';
import { defineMethods } from '../../python/runtime/native';
import { nativeClass, PyList, PyObject, PySlice, type Value } from '../../python/runtime/objects';
import { call, callMethod } from '../../python/runtime/operations';
import type { Color } from './model';

const colorClass = nativeClass('MappedColor', undefined, 'matplotlib.colors');
const colorsClass = nativeClass('MappedColors', undefined, 'matplotlib.colors');

/** One colour. */
export class MappedColor extends PyObject {
  readonly color: Color;

  constructor(color: Color) {
    super(colorClass);
    this.color = color;
  }
}

/** The colours of many numbers. */
export class MappedColors extends PyObject {
  readonly colors: PyList;

  constructor(colors: readonly Color[]) {
    super(colorsClass);
    this.colors = new PyList(colors.map(color => new MappedColor(color)));
  }
}

const refuse = (): never => {
  throw new Unsupported('the numbers of a colour of a colour map', 'it can be drawn with');
};

const REFUSED = [
  '__repr__()',
  '__str__()',
  '__eq__(other)',
  '__hash__()',
  '__add__(other)',
  '__mul__(other)',
  '__getattr__(name)',
];
const refused = Object.fromEntries(REFUSED.map(signature => [signature, refuse]));

defineMethods(colorClass, {
  ...refused,
  '__iter__()': refuse,
  '__contains__(part)': refuse,
  '__len__()': () => 4n,
  '__getitem__(key)': (self: MappedColor, key: Value) => {
    const isOpaque = key instanceof PySlice && key.start === null && (key.stop === 3n || key.stop === null);
    return isOpaque && key.step === null ? self : refuse();
  },
});

defineMethods(colorsClass, {
  ...refused,
  '__iter__()': (self: MappedColors) => iteratorOf(self.colors),
  '__len__()': (self: MappedColors) => callMethod(self.colors, '__len__'),
  '__getitem__(key)': (self: MappedColors, key: Value) => {
    if (typeof key !== 'bigint' && !(key instanceof PySlice)) return refuse();
    const found = call(self.colors.cls.lookup('__getitem__')!, [self.colors, key], new Map());
    return found instanceof PyList ? new MappedColors(found.items.map(one => (one as MappedColor).color)) : found;
  },
});
