/** Loads the libraries that set citations and colour code when they are first asked for; undefined where one is not at hand. */
import type { ColourCode, SetCitations } from './context';

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
