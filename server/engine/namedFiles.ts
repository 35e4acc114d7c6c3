/**
 * The files that an open chapter names. Whether they can be read is not looked at with each edit: only where the front matter
 * is another one, where a file is said to have changed, or after a while, since not every client tells of files.
 */
import type { Chapter, FrontMatter } from '../chapter/model';
import type { UnreadableFile } from '../diagnostics';
import type { FileAccess } from '../files/access';
import { namedFiles, unreadableFiles } from '../workspace/unreadable';
import type { FileChanges } from './fileChanges';

/** Milliseconds for which an answer holds. */
const WHILE = 2000;

export class NamedFiles {
  readonly #path: string;
  readonly #files: FileAccess;
  #lastLook: { readonly frontMatter: FrontMatter | undefined; readonly at: number } | undefined;
  #found: readonly UnreadableFile[] = [];
  #named: readonly string[] = [];

  constructor(path: string, files: FileAccess) {
    this.#path = path;
    this.#files = files;
  }

  /** Those that cannot be read. */
  unreadable(chapter: Chapter): readonly UnreadableFile[] {
    const { frontMatter } = chapter;
    const now = Date.now();
    const lastLook = this.#lastLook;
    if (lastLook === undefined || lastLook.frontMatter !== frontMatter || now - lastLook.at > WHILE) {
      this.#found = unreadableFiles(this.#path, chapter, this.#files);
      this.#named = namedFiles(this.#path, chapter, this.#files);
      this.#lastLook = { frontMatter, at: now };
    }
    return this.#found;
  }

  /** True where one of them has changed, came or went. */
  isConcerned(changes: FileChanges): boolean {
    return this.#named.some(path => changes.concerns(path));
  }

  /** Files have changed. */
  forget(): void {
    this.#lastLook = undefined;
  }
}
