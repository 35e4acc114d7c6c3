/**
 * Chapters that are read for the sake of an included file which is open by itself: in them it has its names, values and
 * findings. They are no documents of the client's, which is told of their findings as of those of closed chapters.
 */
import { pathOfUri, UriMap, uriKey, uriOfPath } from '../files/uri';
import { isPartial } from '../project/partials';
import type { DocumentStore, OpenChapter } from './documentStore';
import type { FileChanges } from './fileChanges';

export interface PartialHostsHost {
  /** Tells, now or later, the first chapter of the project that includes a file; is not called back where there is none. */
  includer(path: string, found: (chapter: string) => void): void;
  /** Opens a chapter as it is on disk; false where it cannot be read. */
  open(uri: string): boolean;
  close(uri: string): void;
}

export class PartialHosts {
  readonly #documents: DocumentStore;
  readonly #host: PartialHostsHost;
  readonly #hosts = new UriMap<true>();
  /** Files whose chapter is looked for. */
  readonly #sought = new Set<string>();

  constructor(documents: DocumentStore, host: PartialHostsHost) {
    this.#documents = documents;
    this.#host = host;
  }

  /** True for a chapter that no client has opened. */
  has(uri: string): boolean {
    return this.#hosts.has(uri);
  }

  /** A client has opened the chapter itself. */
  forget(uri: string): void {
    this.#hosts.delete(uri);
  }

  /** Documents have been opened or closed: reads the chapters that are needed now, and gives up those that are not. */
  update(): void {
    const partials = this.#partials;
    for (const uri of [...this.#hosts.keys()]) {
      const host = this.#documents.chapter(uri);
      if (host === undefined || !partials.some(path => includes(host, path))) this.#close(uri);
    }
    for (const path of partials) if (this.#isAlone(path)) this.#seek(path);
  }

  /** Chapters on disk may be others. */
  filesChanged(files: FileChanges): void {
    for (const uri of [...this.#hosts.keys()]) {
      const path = pathOfUri(uri);
      if (path !== undefined && files.concerns(path) && !this.#host.open(uri)) this.#close(uri);
    }
    this.update();
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
    return !this.#documents.chapters.some(one => uriKey(one.uri) !== own && includes(one, path));
  }

  #seek(path: string): void {
    if (this.#sought.has(path)) return;
    this.#sought.add(path);
    this.#host.includer(path, chapter => {
      this.#sought.delete(path);
      if (!this.#partials.includes(path) || !this.#isAlone(path)) return;
      const uri = uriOfPath(chapter);
      if (this.#host.open(uri)) this.#hosts.set(uri, true);
    });
  }

  #close(uri: string): void {
    this.#hosts.delete(uri);
    this.#host.close(uri);
  }
}

function includes({ document }: OpenChapter, path: string): boolean {
  return document.chapter.composition?.textOf(path) !== undefined;
}
