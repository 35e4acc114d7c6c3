/** Loads what sets citations when it is first asked for. */
import type { SetCitations } from '../context';

let loading: Promise<SetCitations> | undefined;

/** What sets citations, loaded once; undefined where it is not at hand. */
export function loadCitations(): Promise<SetCitations | undefined> {
  loading ??= import('./process').then(module => module.setCitationText);
  return loading;
}
