/**
 * In a browser citations stay as author and year, and code in other languages than Python without colours: all workers run one
 * script, which would hold these libraries a second time in the package.
 */
import type { ColourCode, SetCitations } from './context';

export function loadCitations(): Promise<SetCitations | undefined> {
  return Promise.resolve(undefined);
}

export function loadColours(): Promise<ColourCode | undefined> {
  return Promise.resolve(undefined);
}
