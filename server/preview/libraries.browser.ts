/**
 * In a browser citations stay as author and year, code in other languages than Python without colours, and graphs as source: all
 * workers run one script, which would hold these libraries a second time in the package.
 */
import type { ColourCode, DrawGraph, SetCitations } from './context';

export function loadCitations(): Promise<SetCitations | undefined> {
  return Promise.resolve(undefined);
}

export function loadColours(): Promise<ColourCode | undefined> {
  return Promise.resolve(undefined);
}

export function loadGraphs(): Promise<DrawGraph | undefined> {
  return Promise.resolve(undefined);
}
