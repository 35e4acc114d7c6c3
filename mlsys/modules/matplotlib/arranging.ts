/** What arranges the axes of a figure: `tight_layout`, `constrained_layout`, `subplots_adjust`, spaces of a grid. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import type { Value } from '../../python/runtime/objects';
import { repr, str, toFloat, truth } from '../../python/runtime/operations';
import type { Arrangement, FigureModel } from './model';
import type { PyFigure } from './objects';
import { Options } from './options';
import { rc, rcSize } from './rc';

type Keywords = ReadonlyMap<string, Value>;

/** In units of the font's size. */
const TIGHT_PAD = 1.08;

function tight(pad: Value | undefined): Arrangement {
  return { kind: 'tight', pad: toFloat(pad ?? TIGHT_PAD) * rcSize('font.size') };
}

/** Gives a figure an arrangement, or the usual one. */
function arrange(model: FigureModel, arrangement: Arrangement | undefined): void {
  if (arrangement === undefined) delete model.arrangement;
  else model.arrangement = arrangement;
}

function engineNamed(name: Value | undefined): Arrangement | undefined {
  if (name === undefined || name === null) return undefined;
  switch (typeof name === 'string' ? name : str(name)) {
    case 'tight':
      return tight(undefined);
    case 'constrained':
    case 'compressed':
      return { kind: 'constrained' };
    case 'none':
      return undefined;
    default:
      throw raise('ValueError', `Invalid value for 'layout': ${repr(name)}`);
  }
}

const isOn = (value: Value | undefined): boolean => value !== undefined && value !== null && truth(value);

/** The arrangement that a figure is made with. */
export function firstArrangement(options: Options): Arrangement | undefined {
  const layout = options.take('layout');
  const [isTight, isConstrained] = [options.take('tight_layout'), options.take('constrained_layout')];
  if (layout !== undefined && layout !== null) return engineNamed(layout);
  if (isOn(isTight)) return tight(undefined);
  if (isOn(isConstrained)) return { kind: 'constrained' };
  if (isOn(rc('figure.autolayout'))) return tight(undefined);
  return isOn(rc('figure.constrained_layout.use')) ? { kind: 'constrained' } : undefined;
}

/** Takes places and spaces in fractions, as `subplots_adjust` and grids have them. */
export function adjust(figure: PyFigure, options: Options): void {
  const read = (name: string): number | undefined => {
    const value = options.take(name);
    return value === undefined || value === null ? undefined : toFloat(value);
  };
  const side = (from: string, to: string, between: string) => {
    const given = { from: read(from), to: read(to), between: read(between) };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  };
  const [x, y] = [side('left', 'right', 'wspace'), side('bottom', 'top', 'hspace')];
  if (Object.keys(x).length + Object.keys(y).length === 0) return;
  const model = figure.edit();
  const before = model.arrangement?.kind === 'set' ? model.arrangement : undefined;
  model.arrangement = { kind: 'set', x: { ...before?.x, ...x }, y: { ...before?.y, ...y } };
}

function refuseOwnSpaces({ ownSpaces }: PyFigure, name: string): void {
  if (ownSpaces) throw new Unsupported(`${name} of a figure with a GridSpec that has spaces of its own`);
}

/** Moves labels to a common line, which they have in part anyway. */
const aligns = (): null => null;

/** Methods of `Figure`, by signature. */
export const ARRANGING_METHODS: Readonly<Record<string, NativeBody>> = {
  'tight_layout(**kwargs)': (figure: PyFigure, keywords: Keywords) => {
    refuseOwnSpaces(figure, 'tight_layout');
    arrange(figure.edit(), tight(keywords.get('pad')));
    return null;
  },
  'subplots_adjust(left=None, bottom=None, right=None, top=None, wspace=None, hspace=None)': (
    figure: PyFigure,
    ...given: (Value | undefined)[]
  ) => {
    refuseOwnSpaces(figure, 'subplots_adjust');
    const names = ['left', 'bottom', 'right', 'top', 'wspace', 'hspace'];
    adjust(figure, new Options(new Map(names.map((name, at) => [name, given[at] ?? null] as const))));
    return null;
  },
  'align_labels(axs=None)': aligns,
  'align_xlabels(axs=None)': aligns,
  'align_ylabels(axs=None)': aligns,
  'set_tight_layout(tight)': (figure: PyFigure, on: Value) => {
    arrange(figure.edit(), isOn(on) ? tight(undefined) : undefined);
    return null;
  },
  'set_constrained_layout(constrained)': (figure: PyFigure, on: Value) => {
    arrange(figure.edit(), isOn(on) ? { kind: 'constrained' } : undefined);
    return null;
  },
  'set_layout_engine(layout=None, **kwargs)': (figure: PyFigure, layout: Value | undefined) => {
    arrange(figure.edit(), engineNamed(layout));
    return null;
  },
};
