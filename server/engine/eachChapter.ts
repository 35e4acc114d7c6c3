/** The chapters of a project, evaluated: those that are open as they are typed, the others as they are on disk. */
import type { CancellationToken } from 'vscode-languageserver';
import { FileError } from '../files/access';
import { uriOfPath } from '../files/uri';
import { type ChapterDocument, UNCHECKED } from './chapterDocument';
import type { DraftHost } from './drafts';

export interface ChaptersHost extends DraftHost {
  /** Paths of the chapters of the project that a file belongs to. */
  chaptersAround(path: string): readonly string[];
  /** The text of a chapter on disk; throws `FileError`. */
  read(path: string): string;
}

/** The same where the host is known. */
export type EachChapter = (
  path: string,
  token?: CancellationToken,
  isWanted?: (uri: string) => boolean,
) => ReturnType<typeof eachChapter>;

/**
 * One after the other, with the details of all their runs; each counts until the next one is asked for. Those that cannot be read
 * are passed over. Rejects as `ChapterDocument.whenChecked` does.
 */
export async function* eachChapter(
  path: string,
  host: ChaptersHost,
  token?: CancellationToken,
  isWanted: (uri: string) => boolean = () => true,
): AsyncIterable<{ readonly uri: string; readonly document: ChapterDocument }> {
  for (const one of host.chaptersAround(path)) {
    const uri = uriOfPath(one);
    if (!isWanted(uri)) continue;
    const open = host.document(uri);
    const document = open ?? unopened(one, uri, host);
    if (document === undefined) continue;
    try {
      await document.whenChecked(token);
      await document.evaluation.complete();
      yield { uri, document };
    } finally {
      if (open === undefined) document.close();
    }
  }
}

function unopened(path: string, uri: string, host: ChaptersHost): ChapterDocument | undefined {
  try {
    return host.make(uri, host.read(path), UNCHECKED);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
