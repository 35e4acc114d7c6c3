/** Loads the libraries that set citations, colour code and draw graphs when first asked for; undefined where one is not at hand. */
import type { ColourCode, DrawGraph, SetCitations } from './context';

let citations: Promise<SetCitations> | undefined;

/** What sets citations, loaded once. */
export function loadCitations(): Promise<SetCitations | undefined> {
  citations ??= import('./citations/process').then(module => module.setCitationText);
  return citations;
}

let colours: Promise<ColourCode> | undefined;

/** What colours code, loaded once. */
export function loadColours(): Promise<ColourCode | undefined> {
  colours ??= import('./highlight').then(module => module.highlight);
  return colours;
}

/** What draws graphs; a new one where the last has failed for good. It reads a file, and is not at hand in a browser. */
export async function loadGraphs(): Promise<DrawGraph | undefined> {
  const { loadGraphviz } = (await import('./graphviz')) as Partial<typeof import('./graphviz')>;
  return await loadGraphviz?.();
}
