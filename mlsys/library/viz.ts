/** `mlsys.viz`: the book's plot style. */
import style from '../data/style.json';
import { PyDict } from '../python/runtime/dict';
import { fn } from '../python/runtime/native';
import { type NativeFunction, PyList, PyTuple, type Value } from '../python/runtime/objects';
import { call, callMethod, getAttribute, setItem } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';

const COLOURS: Readonly<Record<string, string>> = style.colors;

/** `COLORS`: names to hex texts. */
export function colours(): PyDict {
  const made = new PyDict();
  for (const [name, hex] of Object.entries(COLOURS)) setItem(made, name, hex);
  return made;
}

function setting(value: unknown): Value {
  if (typeof value === 'string') return value.startsWith('@') ? (COLOURS[value.slice(1)] ?? value) : value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return new PyList(value.map(setting));
  return value as boolean;
}

const pyplot = (): Value => vm.import('matplotlib.pyplot');

function applyStyle(plt: Value): void {
  const settings = new PyDict();
  for (const [name, value] of Object.entries(style.settings)) setItem(settings, name, setting(value));
  callMethod(getAttribute(plt, 'rcParams'), 'update', settings);
}

export function vizFunctions(palette: PyDict): readonly NativeFunction[] {
  return [
    fn(
      'set_book_style()',
      () => {
        applyStyle(pyplot());
        return null;
      },
      'Applies the book style to matplotlib.',
    ),
    fn(
      'setup_plot(figsize=None)',
      (figsize?: Value) => {
        const plt = pyplot();
        applyStyle(plt);
        const made = call(getAttribute(plt, 'subplots'), [], new Map([['figsize', figsize ?? null]]));
        const [figure, axes] = (made as PyTuple).items as [Value, Value];
        return new PyTuple([figure, axes, palette, plt]);
      },
      'Applies the book style and makes a figure with one axes; returns (fig, ax, COLORS, plt).',
    ),
  ];
}
