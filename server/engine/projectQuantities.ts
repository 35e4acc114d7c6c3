/** Quantities on which the chapters of a project do not agree, in the chapters as they are typed, and those on disk. */
import type { CancellationToken } from 'vscode-languageserver';
import type { Disagreement, Quantity } from '../comparison';
import { FileError } from '../files/access';
import { uriOfPath } from '../files/uri';
import { type ChapterDocument, UNCHECKED } from './chapterDocument';
import type { DraftHost } from './drafts';

export interface QuantitiesHost extends DraftHost {
  /** Paths of the chapters of the project that a file belongs to. */
  chaptersAround(path: string): readonly string[];
  /** The text of a chapter on disk; throws `FileError`. */
  read(path: string): string;
}

/**
 * Evaluates the chapters of the project of a file one after the other, and tells their disagreements with the URIs of the chapters. Those
 * that cannot be read are passed over. Rejects as `ChapterDocument.whenChecked` does.
 */
export async function disagreementsAround(
  path: string,
  host: QuantitiesHost,
  token?: CancellationToken,
): Promise<readonly Disagreement<string>[]> {
  const { disagreements, quantitiesIn } = await import('../comparison');
  const found: { readonly chapter: string; readonly quantities: readonly Quantity[] }[] = [];
  const add = async (uri: string, document: ChapterDocument) => {
    await document.whenChecked(token);
    await document.evaluation.complete();
    found.push({ chapter: uri, quantities: quantitiesIn(document.evaluation.analysis) });
  };
  for (const one of host.chaptersAround(path)) {
    const uri = uriOfPath(one);
    const open = host.document(uri);
    if (open !== undefined) {
      await add(uri, open);
      continue;
    }
    let text: string;
    try {
      text = host.read(one);
    } catch (error) {
      if (error instanceof FileError) continue;
      throw error;
    }
    const document = host.make(uri, text, UNCHECKED);
    try {
      await add(uri, document);
    } finally {
      document.close();
    }
  }
  return disagreements(found);
}
