/** Colour maps by the names that matplotlib has for them. */
import maps from '../../data/colorMaps.json';
import { Unsupported } from '../../python/runtime/errors';
import { PyInstance, type Value } from '../../python/runtime/objects';
import { entryOf } from '../../python/runtime/tables';
import { rgb } from './color';
import type { Color, ColorMap, ColorScale } from './model';
import type { Options } from './options';
import { rcText } from './rc';

/** The map of a name (`_r` reverses it), or undefined. */
export function colorMap(name: string): ColorMap | undefined {
  const known = name
    .replace(/_r$/, '')
    .replace(/^gist_gray$/, 'gray')
    .replace(/^Grays$|^gist_yarg$/, 'Greys')
    .replace('grey', 'gray');
  const listed = entryOf(maps.listed as Readonly<Record<string, string>>, known);
  const digits = listed ?? entryOf(maps.even as Readonly<Record<string, string>>, known);
  if (digits === undefined) return undefined;
  const stops = Array.from({ length: digits.length / 6 }, (_, at) => `#${digits.slice(6 * at, 6 * at + 6)}`);
  return { stops: name.endsWith('_r') ? stops.reverse() : stops, isListed: listed !== undefined };
}

/** Maps that a chapter makes of its own colours. */
const own = new WeakMap<PyInstance, ColorMap>();

export function setColorMap(object: PyInstance, map: ColorMap): void {
  own.set(object, map);
}

/** The map that an object stands for. */
export function colorMapOfObject(object: PyInstance): ColorMap | undefined {
  const name = object.attrs?.get('name');
  return own.get(object) ?? (typeof name === 'string' ? colorMap(name) : undefined);
}

/** The map that is wanted, by its name or as an object; that of the style without one. */
export function wantedColorMap(given: Value | undefined): ColorMap {
  const made = given instanceof PyInstance ? own.get(given) : undefined;
  if (made !== undefined) return made;
  const name = given instanceof PyInstance ? given.attrs?.get('name') : given;
  const wanted = name === undefined || name === null ? rcText('image.cmap') : name;
  const map = typeof wanted === 'string' ? colorMap(wanted) : undefined;
  if (map === undefined)
    throw new Unsupported(typeof wanted === 'string' ? `the colour map '${wanted}'` : 'a colour map of the chapter');
  return map;
}

/** The map that options ask for. */
export function mapOf(options: Options): ColorMap {
  return wantedColorMap(options.take('cmap'));
}

/** The colour at `t` (0 to 1): one of those that are listed, else between equal stops. */
export function colorAt({ stops, isListed }: ColorMap, t: number): Color {
  const part = Math.min(1, Math.max(0, Number.isNaN(t) ? 0 : t));
  if (isListed) return stops[Math.min(stops.length - 1, Math.floor(part * stops.length))]!;
  const place = part * (stops.length - 1);
  const low = Math.min(stops.length - 1, Math.floor(place));
  const high = Math.min(stops.length - 1, low + 1);
  const partOf = (color: Color, at: number) => Number.parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16) / 255;
  return rgb(
    [0, 1, 2].map(at => {
      const from = partOf(stops[low]!, at);
      return from + (partOf(stops[high]!, at) - from) * (place - low);
    }),
  );
}

/** Where a number stands among the colours of a scale, from 0 to 1. */
export function partOfScale({ low, high, log, center }: ColorScale, value: number): number {
  if (log) return Math.log(value / low) / Math.log(high / low);
  if (center === undefined) return (value - low) / (high - low || 1);
  return value < center
    ? (0.5 * (value - low)) / (center - low || 1)
    : 0.5 + (0.5 * (value - center)) / (high - center || 1);
}
