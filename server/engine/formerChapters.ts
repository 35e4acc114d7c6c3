/**
 * Open chapters as they were at another time, such as at the last commit: their texts are given by who knows them, and evaluated
 * apart, with the packages and data files of now. Where one of these has changed since, nothing is told of single numbers.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { NumberDiff } from '../comparison';
import type { Analysis } from '../evaluation/analysis';
import { basename, dirname, sep } from '../files/path';
import { isInside } from '../files/paths';
import { pathOfUri, uriKey } from '../files/uri';
import { type ChapterDocument, UNCHECKED } from './chapterDocument';
import type { DraftHost } from './drafts';

type FormerHost = Pick<DraftHost, 'document' | 'make'>;

export interface Former {
  /** Names the time: another one means other files. */
  readonly commit: string;
  readonly text: string;
  /** Paths of other files that have changed since. */
  readonly changed: readonly string[];
}

/** What differs, and paths of the files that the chapter reads and that have changed as well: what they change is not among it. */
export interface FormerDiff {
  readonly diff: NumberDiff;
  readonly unseen: readonly string[];
}

interface Kept {
  readonly former: Former;
  readonly document: ChapterDocument;
}

export class FormerChapters {
  readonly #host: FormerHost;
  readonly #kept = new Map<string, Kept>();

  constructor(host: FormerHost) {
    this.#host = host;
  }

  /** Takes what an open chapter was. The same again costs nothing. */
  set(uri: string, former: Former): void {
    if (this.#host.document(uri) === undefined) return;
    const key = uriKey(uri);
    const before = this.#kept.get(key);
    if (before !== undefined && JSON.stringify(before.former) === JSON.stringify(former)) return;
    this.forget(uri);
    this.#kept.set(key, { former, document: this.#host.make(uri, former.text, UNCHECKED) });
  }

  forget(uri: string): void {
    this.#kept.get(uriKey(uri))?.document.close();
    this.#kept.delete(uriKey(uri));
  }

  close(): void {
    for (const { document } of this.#kept.values()) document.close();
    this.#kept.clear();
  }

  /** A chapter as it was, where each of its numbers can be told: for hovers. */
  analysis(uri: string): Analysis | undefined {
    const kept = this.#kept.get(uriKey(uri));
    const document = this.#host.document(uri);
    if (kept === undefined || document === undefined || unseenFiles(kept, document).length > 0) return undefined;
    return kept.document.checked?.analysis;
  }

  /** What differs in an open chapter; undefined where it is not open, or what it was is not known. Rejects as `whenChecked` does. */
  async compare(uri: string, token?: CancellationToken): Promise<FormerDiff | undefined> {
    const kept = this.#kept.get(uriKey(uri));
    const document = this.#host.document(uri);
    if (kept === undefined || document === undefined) return undefined;
    const [before, now] = await Promise.all([kept.document.whenChecked(token), document.whenChecked(token)]);
    await Promise.all([kept.document.evaluation.complete(), document.evaluation.complete()]);
    const unseen = unseenFiles(kept, document);
    const { compareNumbers } = await import('../comparison');
    const diff = await compareNumbers({ analysis: before.analysis }, { analysis: now.analysis, changedFiles: unseen });
    return { diff, unseen };
  }
}

/** The changed files that one of the versions reads. */
function unseenFiles({ former, document }: Kept, present: ChapterDocument): readonly string[] {
  if (former.changed.length === 0) return [];
  const lookups = [document, present].map(({ evaluation }) => new Set(evaluation.lookupPaths));
  return former.changed.filter(
    path =>
      (CONFIGURATION.test(basename(path)) && isInside(pathOfUri(present.uri) ?? '', dirname(path))) ||
      lookups.some(paths => paths.has(path) || paths.has(dirname(path) + sep)) ||
      [document, present].some(
        ({ evaluation, chapter }) => evaluation.seesData(path) || chapter.composition?.textOf(path) !== undefined,
      ),
  );
}

/** What says in which folder cells run. */
const CONFIGURATION = /^_(?:quarto(?:-[\w-]+)?|metadata)\.ya?ml$/;
