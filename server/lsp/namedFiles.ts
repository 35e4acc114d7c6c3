/**
 * The files that an open chapter names. Whether they can be read is not looked at with each edit: only where the front matter
 * is another one, where a file is said to have changed, or after a while, since not every client tells of files.
 */
import type { Chapter, FrontMatter } from '../chapter/model';
import type { UnreadableFile } from '../diagnostics';
import type { FileAccess } from '../files/access';
import { unreadableFiles } from '../workspace/unreadable';

/** Milliseconds for which an answer holds. */
const WHILE = 2000;

export class NamedFiles {
  readonly #path: string;
  readonly #files: FileAccess;
  #looked: { readonly frontMatter: FrontMatter | undefined; readonly at: number } | undefined;
  #found: readonly UnreadableFile[] = [];

  constructor(path: string, files: FileAccess) {
    this.#path = path;
    this.#files = files;
  }

  /** Those that cannot be read. */
  unreadable(chapter: Chapter): readonly UnreadableFile[] {
    const { frontMatter } = chapter;
    const now = Date.now();
    const looked = this.#looked;
    if (looked === undefined || looked.frontMatter !== frontMatter || now - looked.at > WHILE) {
      this.#found = unreadableFiles(this.#path, chapter, this.#files);
      this.#looked = { frontMatter, at: now };
    }
    return this.#found;
  }

  /** Files have changed. */
  forget(): void {
    this.#looked = undefined;
  }
}
