/**
 * Chapters that no client has opened and that are read all the same: for an included file which is open by itself, and has its
 * names, values and findings in them; and for a page that shows what their cells show. The client is told of their findings as of
 * those of closed chapters.
 */

import { sameList } from '../evaluation/sameData';
import { type FileAccess, LARGEST_CHAPTER } from '../files/access';
import { pathOfUri, UriMap, uriKey, uriOfPath } from '../files/uri';
import { isPartial } from '../project/partials';
import { readText } from '../workspace/files';
import { type DocumentStore, includesFile } from './documentStore';
import type { FileChanges } from './fileChanges';

export interface UnopenedChaptersHost {
  /** Tells, now or later, the first chapter of the project that includes a file; is not called back where there is none. */
  includer(path: string, found: (chapter: string) => void): void;
  filesOf(path: string): FileAccess;
  /** Opens a chapter with a text, or opens it again. */
  open(uri: string, text: string): void;
  close(uri: string): void;
}

export class UnopenedChapters {
  readonly #documents: DocumentStore;
  readonly #host: UnopenedChaptersHost;
  /** By URI, the state of the file that was read. */
  readonly #open = new UriMap<string | undefined>();
  /** The chapters of which pages show cells. */
  readonly #shown = new Map<object, readonly string[]>();

  constructor(documents: DocumentStore, host: UnopenedChaptersHost) {
    this.#documents = documents;
    this.#host = host;
  }

  /** True for a chapter that no client has opened. */
  has(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** A client has opened the chapter itself. */
  forget(uri: string): void {
    this.#open.delete(uri);
  }

  /** Chapters of which a page shows cells from now on, by their URIs. */
  show(page: object, uris: readonly string[]): void {
    if (sameList(this.#shown.get(page) ?? [], uris)) return;
    if (uris.length === 0) this.#shown.delete(page);
    else this.#shown.set(page, uris);
    this.update();
  }

  /** Documents have been opened or closed: reads the chapters that are needed now, and gives up those that are not. */
  update(): void {
    const partials = this.#partials;
    const shown = new UriMap<true>();
    for (const uri of [...this.#shown.values()].flat()) shown.set(uri, true);
    for (const uri of [...this.#open.keys()]) {
      const host = this.#documents.chapter(uri);
      const isWanted = shown.has(uri) || (host && partials.some(path => includesFile(host, path)));
      if (host === undefined || isWanted !== true) this.#close(uri);
    }
    for (const uri of shown.keys()) if (this.#documents.chapter(uri) === undefined) this.#read(uri);
    for (const path of partials) if (this.#isAlone(path)) this.#seek(path);
  }

  /** Chapters on disk may be others. */
  filesChanged(files: FileChanges): void {
    for (const uri of [...this.#open.keys()]) {
      const path = pathOfUri(uri);
      if (path !== undefined && files.concerns(path) && !this.#read(uri)) this.#close(uri);
    }
    this.update();
  }

  /** For a program that nobody tells of files: looks whether these have changed, come or gone. */
  look(): void {
    for (const [uri, stamp] of [...this.#open]) if (this.#stampOf(uri) !== stamp && !this.#read(uri)) this.#close(uri);
    this.update();
  }

  #stampOf(uri: string): string | undefined {
    const path = pathOfUri(uri);
    return path && this.#host.filesOf(path).stat(path)?.stamp;
  }

  /** Opens a chapter as it is on disk; false where it cannot be read. */
  #read(uri: string): boolean {
    const path = pathOfUri(uri);
    if (path === undefined) return false;
    const files = this.#host.filesOf(path);
    if (files.problemWith(path, LARGEST_CHAPTER) !== undefined) return false;
    this.#open.set(uri, this.#stampOf(uri));
    this.#host.open(uri, readText(path, files).replace(/^\uFEFF/, ''));
    return true;
  }

  /** Paths of the included files that a client has opened. */
  get #partials(): readonly string[] {
    return this.#documents.chapters.flatMap(({ uri }) => {
      const path = this.has(uri) ? undefined : pathOfUri(uri);
      return path !== undefined && isPartial(path) ? [path] : [];
    });
  }

  #isAlone(path: string): boolean {
    const own = uriKey(uriOfPath(path));
    return !this.#documents.chapters.some(one => uriKey(one.uri) !== own && includesFile(one, path));
  }

  #seek(path: string): void {
    this.#host.includer(path, chapter => {
      // By now it may have been closed, or another search may have found the chapter.
      if (this.#partials.includes(path) && this.#isAlone(path)) this.#read(uriOfPath(chapter));
    });
  }

  #close(uri: string): void {
    this.#open.delete(uri);
    this.#host.close(uri);
  }
}
