/** Pages of open chapters: rendered from what is known of them, with figures, drawings and set texts as they become ready. */
import type { CancellationToken } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import type { FileAccess } from '../files/access';
import { pathOfUri, UriMap, uriOfPath } from '../files/uri';
import type { EmbeddedChapter } from '../preview';
import { FigureDrawings } from '../process/figures';
import type { ChapterIndexes } from '../project/indexes';
import type { LiveChapter, LiveRendering } from '../worker/liveChapter';
import type { DrawingService } from '../worker/services';
import type { ChapterDocument } from './chapterDocument';
import type { EngineOptions, PageServices } from './options';
import { Superseded } from './waiters';

/** The page of one open chapter. */
export interface ChapterPage {
  /**
   * What the page shows of the newest version that is known. Waits up to `patience` milliseconds for texts that are being
   * set. Rejects with `Superseded` where the chapter is not open any more before anything is known of it, and with `Cancelled`.
   */
  render(patience: number, token?: CancellationToken): Promise<LiveRendering>;
  /** Nothing is called or made for the page any more. */
  close(): void;
}

interface Page {
  readonly changed: () => void;
  latest: Analysis | undefined;
}

export interface PagesHost {
  document(uri: string): ChapterDocument | undefined;
  filesOf(path: string): FileAccess;
  readonly indexes: ChapterIndexes;
  /** Has these chapters open as long as a page shows cells of them. */
  show(page: object, uris: readonly string[]): void;
}

/** A chapter of which pages show cells. */
interface Embedded {
  latest: Analysis | undefined;
  readonly pages: Map<object, () => void>;
}

export class Pages {
  readonly #options: EngineOptions;
  readonly #host: PagesHost;
  readonly #figures = new FigureDrawings();
  readonly #pages = new UriMap<Set<Page>>();
  readonly #embedded = new UriMap<Embedded>();
  #services: Promise<PageServices> | undefined;
  #drawings: DrawingService | undefined;

  constructor(options: EngineOptions, host: PagesHost) {
    this.#options = options;
    this.#host = host;
  }

  /** `changed` is called whenever the page would be rendered otherwise than before. */
  async open(uri: string, changed: () => void): Promise<ChapterPage> {
    const page: Page = { changed, latest: undefined };
    const pages = this.#pages.get(uri) ?? new Set();
    this.#pages.set(uri, pages);
    pages.add(page);
    const live = await this.#makeLive(uri, changed);
    return {
      render: async (patience, token) => {
        if (page.latest === undefined) {
          const document = this.#host.document(uri);
          if (document === undefined) throw new Superseded();
          const { analysis } = await document.current(token);
          page.latest ??= analysis;
        }
        return live.render(() => page.latest!, patience);
      },
      close: () => {
        pages.delete(page);
        if (pages.size === 0 && this.#pages.get(uri) === pages) this.#pages.delete(uri);
        live.close();
      },
    };
  }

  /** A version of a chapter has been checked. */
  update(uri: string, analysis: Analysis): void {
    const embedded = this.#embedded.get(uri);
    if (embedded !== undefined && embedded.latest !== analysis) {
      embedded.latest = analysis;
      for (const changed of embedded.pages.values()) changed();
    }
    for (const page of this.#pages.get(uri) ?? []) {
      if (page.latest === analysis) continue;
      page.latest = analysis;
      page.changed();
    }
  }

  /** Settings have changed, or files that chapters name: all pages are made anew. */
  refresh(): void {
    for (const uri of this.#pages.keys()) this.#again(uri);
  }

  async close(): Promise<void> {
    for (const uri of [...this.#pages.keys()]) this.#pages.delete(uri);
    (await this.#services)?.texts.close();
    await this.#drawings?.close();
  }

  #again(uri: string): void {
    for (const page of this.#pages.get(uri) ?? []) if (page.latest !== undefined) page.changed();
  }

  async #makeLive(uri: string, changed: () => void): Promise<LiveChapter> {
    const { log, pages, settings } = this.#options;
    this.#services ??= pages(message => log.warn(message));
    const [{ LiveChapter }, { texts, makeDrawings }] = await Promise.all([
      import('../worker/liveChapter'),
      this.#services,
    ]);
    const path = pathOfUri(uri);
    const place = path === undefined ? undefined : { path, files: this.#host.filesOf(path) };
    const page = {};
    const services = {
      embedded: (paths: readonly string[]) => this.#embed(page, paths, changed),
      indexes: this.#host.indexes,
      texts,
      figures: async (analysis: Analysis) => {
        const document = this.#host.document(uri);
        return document && this.#figures.of(analysis, document.evaluation);
      },
      drawings: () => (settings.settingsOf(path).preview.tikz ? this.#openDrawings(makeDrawings) : undefined),
    };
    return new LiveChapter(uri, place, services, changed);
  }

  /** What is known of other chapters of which a page shows cells from now on, by their paths. */
  async #embed(
    page: object,
    paths: readonly string[],
    changed: () => void,
  ): Promise<ReadonlyMap<string, EmbeddedChapter | undefined>> {
    const uris = paths.map(uriOfPath);
    for (const [uri, { pages }] of [...this.#embedded]) {
      if (!uris.includes(uri)) pages.delete(page);
      if (pages.size === 0) this.#embedded.delete(uri);
    }
    this.#host.show(page, uris);
    const found = new Map<string, EmbeddedChapter | undefined>();
    for (const [at, uri] of uris.entries()) {
      const document = this.#host.document(uri);
      const known = this.#embedded.get(uri) ?? { latest: document?.checked?.analysis, pages: new Map() };
      this.#embedded.set(uri, known);
      known.pages.set(page, changed);
      const { latest: analysis } = known;
      const figure = document && analysis && (await this.#figures.of(analysis, document.evaluation));
      found.set(paths[at]!, analysis && { analysis, figure });
    }
    return found;
  }

  /** The first chapter with a drawing starts them. */
  #openDrawings(make: PageServices['makeDrawings']): DrawingService | undefined {
    if (this.#drawings === undefined && make !== undefined) {
      this.#drawings = make();
      this.#drawings.onReady(owners => {
        for (const uri of owners) this.#again(uri);
      });
    }
    return this.#drawings;
  }
}
