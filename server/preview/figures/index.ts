/** Figures that cells recorded, as SVG. */
import type { FigureModel } from '../../../mlsys/figures';
import { escapeHtml } from '../text';
import { drawFigure } from './figure';
import { undrawnOnPolar } from './polar';

const cache = new WeakMap<object, string>();

/** Larger drawings would only stop the page that shows them. */
const LARGEST = 4_000_000;

/**
 * The SVG of a recorded figure, with a text of its own and a note of what it lacks; undefined for one of a kind that cannot be drawn,
 * of which nobody knows what it shows, or that is too much to show. One that names no size has that which is given, in inches.
 */
export function figureSvg(figure: unknown, size?: readonly [number, number]): string | undefined {
  if (typeof figure !== 'object' || figure === null) return undefined;
  const { kind, model } = figure as { kind?: unknown; model?: unknown };
  if (kind !== 'matplotlib' || typeof model !== 'object' || model === null) return undefined;
  if ((model as FigureModel).lost === true) return lostNote(model as FigureModel);
  const isSized = size !== undefined && (model as FigureModel).isUsual === true;
  let svg = isSized ? undefined : cache.get(model);
  if (svg === undefined) {
    const { missed, undrawn } = model as FigureModel;
    const sized = isSized ? { ...(model as FigureModel), width: size[0], height: size[1] } : (model as FigureModel);
    svg =
      drawFigure(sized) + missedNote([...new Set([...missed, ...undrawn.filter(isTold), ...undrawnOnPolar(sized)])]);
    if (!isSized) cache.set(model, svg);
  }
  return svg.length > LARGEST ? undefined : svg;
}

/** What stands in the place of a figure with something that is not drawn here. */
function lostNote({ lostBy }: FigureModel): string | undefined {
  if (lostBy === undefined) return undefined;
  return `<span class="placeholder">This figure is drawn when the book is rendered: <code>${escapeHtml(lostBy)}</code> is not drawn here.</span>`;
}

/** Arguments that only change how something looks would be told below most figures. */
const isTold = (name: string): boolean => !name.endsWith('=') && !name.startsWith('tick_params(');

/** What stands below a figure in which some calls drew nothing. */
function missedNote(missed: readonly string[]): string {
  if (missed.length === 0) return '';
  const names = missed.map(name => `<code>${escapeHtml(name)}</code>`).join(', ');
  return `<div class="reckoner-note reckoner-warning" role="note">Not drawn here: ${names}</div>`;
}

/** The same with the text that the chapter gives it for those who cannot see it; its own where that is empty. */
export function labelledFigure(svg: string, alt: string): string {
  return alt === '' ? svg : svg.replace(/aria-label="[^"]*"/, () => `aria-label="${escapeHtml(alt)}"`);
}
