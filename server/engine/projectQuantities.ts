/** Quantities on which the chapters of a project do not agree, in the chapters as they are typed, and those on disk. */
import type { CancellationToken } from 'vscode-languageserver';
import type { Disagreement, Quantity } from '../comparison';
import { type ChaptersHost, eachChapter } from './eachChapter';

/**
 * Evaluates the chapters of the project of a file one after the other, and tells their disagreements with the URIs of the chapters.
 * Rejects as `eachChapter` does.
 */
export async function disagreementsAround(
  path: string,
  host: ChaptersHost,
  token?: CancellationToken,
): Promise<readonly Disagreement<string>[]> {
  const { disagreements, quantitiesIn } = await import('../comparison');
  const found: { readonly chapter: string; readonly quantities: readonly Quantity[] }[] = [];
  for await (const { uri, document } of eachChapter(path, host, token))
    found.push({ chapter: uri, quantities: quantitiesIn(document.evaluation.analysis) });
  return disagreements(found);
}
