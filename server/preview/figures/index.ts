/** Figures that cells recorded, as SVG. */
import type { FigureModel } from '../../../mlsys/figures';
import { escapeHtml } from '../text';
import { drawFigure } from './figure';

const cache = new WeakMap<object, string>();

/** Larger drawings would only stop the page that shows them. */
const LARGEST = 4_000_000;

/** The SVG of a recorded figure, with a text of its own; undefined for one of a kind that cannot be drawn, or is too much to show. */
export function figureSvg(figure: unknown): string | undefined {
  if (typeof figure !== 'object' || figure === null) return undefined;
  const { kind, model } = figure as { kind?: unknown; model?: unknown };
  if (kind !== 'matplotlib' || typeof model !== 'object' || model === null) return undefined;
  let svg = cache.get(model);
  if (svg === undefined) {
    svg = drawFigure(model as FigureModel);
    cache.set(model, svg);
  }
  return svg.length > LARGEST ? undefined : svg;
}

/** The same with the text that the chapter gives it for those who cannot see it; its own where that is empty. */
export function labelledFigure(svg: string, alt: string): string {
  return alt === '' ? svg : svg.replace(/aria-label="[^"]*"/, () => `aria-label="${escapeHtml(alt)}"`);
}
