/** Loads what sets texts when it is first asked for. */
import type { RenderMath, Setters } from './context';
import { loadCitations, loadColours, loadGraphs } from './libraries';
import { languageOf, type TypesetRequest } from './typeset';

let loading: Promise<RenderMath> | undefined;

/** The renderer, loaded once. */
export function loadMath(): Promise<RenderMath> {
  loading ??= import('./math').then(module => module.renderMath);
  return loading;
}

/** What sets a text; nothing else is loaded. */
export async function settersFor(request: TypesetRequest): Promise<Setters> {
  if (request.form === 'citations') return { citations: await loadCitations() };
  if (request.form === 'graph') return { graphs: await loadGraphs() };
  return languageOf(request) === undefined ? { math: await loadMath() } : { colours: await loadColours() };
}
