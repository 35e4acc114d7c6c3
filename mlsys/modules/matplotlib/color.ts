/** Colours as matplotlib writes them, turned into CSS colours. */
import names from '../../data/colorNames.json';
import { raise } from '../../python/runtime/errors';
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { listOf, repr, toFloat } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { MappedColor } from './mappedColor';
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

/** The colours that `C0` and its kin name at the time, which styles change. */
export const current: { cycle: () => readonly Color[] } = { cycle: () => CYCLE };

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

/** CSS colour names, which are matplotlib's too, with their six digits. */
export const NAMES: Readonly<Record<string, string>> = names;

/** The CSS colour of a matplotlib colour text, or undefined for text that names none. */
export function colorOfText(text: string): Color | undefined {
  if (/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text)) return text.toLowerCase();
  const lower = text.toLowerCase();
  if (lower === 'none') return 'none';
  const letter = entryOf(LETTERS, text);
  if (letter !== undefined) return letter;
  const cycle = /^C(\d+)$/.exec(text);
  if (cycle) return current.cycle()[Number(cycle[1]) % current.cycle().length];
  if (lower.startsWith('tab:')) return CYCLE[TABLEAU.indexOf(lower.slice(4).replace('grey', 'gray'))];
  if (entryOf(NAMES, lower) !== undefined) return lower;
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
  if (value instanceof MappedColor) return value.color;
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

/** A colour with an opacity. */
export function withAlpha(color: Color, alpha: number): Color {
  const digits = entryOf(NAMES, color);
  const hex = /^#([0-9a-f]{6})/.exec(digits === undefined ? color : `#${digits}`);
  const part = Math.round(Math.min(1, Math.max(0, alpha)) * 255)
    .toString(16)
    .padStart(2, '0');
  return hex ? `#${hex[1]}${part}` : color;
}

/** True for a value that stands for one colour rather than for a list of them. */
export function isOneColor(value: Value): boolean {
  if (value === null || typeof value === 'string' || value instanceof MappedColor) return true;
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
