/** Loads what sets texts when it is first asked for. */
import { loadCitations } from './citations/load';
import type { ColourCode, RenderMath } from './context';
import { languageOf, type Setters, type TypesetRequest } from './typeset';

let loading: Promise<RenderMath> | undefined;

/** The renderer, loaded once. */
export function loadMath(): Promise<RenderMath> {
  loading ??= import('./math').then(module => module.renderMath);
  return loading;
}

let loadingColours: Promise<ColourCode> | undefined;

/** What colours code, loaded once. */
function loadColours(): Promise<ColourCode> {
  loadingColours ??= import('./highlight').then(module => module.highlight);
  return loadingColours;
}

/** What sets a text; nothing else is loaded. */
export async function settersFor(request: TypesetRequest): Promise<Setters> {
  if (request.form === 'citations') return { citations: await loadCitations() };
  return languageOf(request) === undefined ? { math: await loadMath() } : { colours: await loadColours() };
}
