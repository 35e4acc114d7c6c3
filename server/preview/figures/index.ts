/** Figures that cells recorded, as SVG. */
import type { FigureModel } from '../../../mlsys/modules/matplotlib';
import { drawFigure } from './figure';

const cache = new WeakMap<object, { readonly alt: string; readonly svg: string }>();

/** The SVG of a recorded figure; undefined for one of a kind that cannot be drawn. */
export function figureSvg(figure: unknown, alt: string): string | undefined {
  if (typeof figure !== 'object' || figure === null) return undefined;
  const { kind, model } = figure as { kind?: unknown; model?: unknown };
  if (kind !== 'matplotlib' || typeof model !== 'object' || model === null) return undefined;
  const known = cache.get(model);
  if (known?.alt === alt) return known.svg;
  const svg = drawFigure(model as FigureModel, alt);
  cache.set(model, { alt, svg });
  return svg;
}
