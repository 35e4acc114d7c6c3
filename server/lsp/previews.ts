/** Sends the pages that show chapters what changes in them. */
import type { Connection } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import type { FileAccess } from '../files/access';
import { pathOfUri, UriMap } from '../files/uri';
import type { PreviewContext } from '../preview';
import { PREVIEW_UPDATE, type PreviewUpdate, type Settings } from '../protocol';
import { later, type Timer } from '../timers';
import type { Drawings } from '../worker/drawings';
import type { LiveChapter, LiveServices } from '../worker/liveChapter';
import type { Platform, PreviewServices } from './platform';

type Live = typeof import('./livePages');

/** A page is brought up to date once typing pauses for this long. */
const DELAY = 40;
/** How long a page that opens, and one that is open, waits for texts that are being set. */
const FIRST_PATIENCE = 2000;
const PATIENCE = 300;

interface Page {
  readonly session: InstanceType<Live['PreviewSession']>;
  readonly chapter: LiveChapter;
  latest: Analysis | undefined;
  /** Set while an update is to be sent or on its way. */
  timer: Timer | undefined;
  /** True where something has changed since the last update was begun. */
  isBehind: boolean;
}

export class Previews {
  readonly #connection: Connection;
  readonly #settings: (uri: string) => Settings;
  readonly #filesOf: (path: string) => FileAccess;
  readonly #figures: (uri: string, analysis: Analysis) => Promise<PreviewContext['figure']>;
  readonly #pages = new UriMap<Promise<Page>>();
  readonly #platform: Platform;
  #services: Promise<PreviewServices> | undefined;
  #drawings: Drawings | undefined;

  /** `filesOf` gives the files of the workspace that a chapter belongs to, `figures` has the figures of a chapter drawn. */
  constructor(
    connection: Connection,
    platform: Platform,
    settings: (uri: string) => Settings,
    filesOf: (path: string) => FileAccess,
    figures: (uri: string, analysis: Analysis) => Promise<PreviewContext['figure']>,
  ) {
    this.#filesOf = filesOf;
    this.#figures = figures;
    this.#connection = connection;
    this.#platform = platform;
    this.#settings = settings;
  }

  open(uri: string): void {
    if (!this.#pages.has(uri)) this.#pages.set(uri, this.#make(uri));
  }

  close(uri: string): void {
    this.#with(uri, page => {
      clearTimeout(page.timer);
      page.chapter.close();
    });
    this.#pages.delete(uri);
  }

  /** Settings have changed: all pages are made anew. */
  refresh(): void {
    for (const uri of this.#pages.keys()) this.#again(uri);
  }

  async stop(): Promise<void> {
    for (const uri of [...this.#pages.keys()]) this.close(uri);
    (await this.#services)?.typesetter.close();
    await this.#drawings?.close();
  }

  /** The update that a page which has just opened needs. */
  async complete(uri: string, analysis: Analysis): Promise<PreviewUpdate | null> {
    const page = await this.#pages.get(uri);
    if (page === undefined) return null;
    page.latest = analysis;
    const made = await page.chapter.render(() => page.latest!, FIRST_PATIENCE);
    page.session.reset();
    return page.session.next(made.rendered, made.analysis.version);
  }

  update(uri: string, analysis: Analysis): void {
    this.#with(uri, page => {
      page.latest = analysis;
      this.#schedule(uri, page);
    });
  }

  async #make(uri: string): Promise<Page> {
    const { LiveChapter, PreviewSession } = await import('./livePages');
    this.#services ??= this.#platform.previewServices(message => this.#connection.console.warn(message));
    const { typesetter, makeDrawings } = await this.#services;
    const services: LiveServices = {
      typesetter,
      figures: analysis => this.#figures(uri, analysis),
      drawings: () => (this.#settings(uri).preview.tikz ? this.#openDrawings(makeDrawings) : undefined),
    };
    const path = pathOfUri(uri);
    const place = path === undefined ? undefined : { path, files: this.#filesOf(path) };
    return {
      session: new PreviewSession(uri),
      chapter: new LiveChapter(uri, place, services, () => this.#again(uri)),
      latest: undefined,
      timer: undefined,
      isBehind: false,
    };
  }

  /** The first chapter with a drawing starts them. */
  #openDrawings(make: PreviewServices['makeDrawings']): Drawings {
    if (this.#drawings === undefined) {
      this.#drawings = make();
      this.#drawings.onReady(owners => {
        for (const uri of owners) this.#again(uri);
      });
    }
    return this.#drawings;
  }

  /** Does something with a page that is open. */
  #with(uri: string, use: (page: Page) => void): void {
    this.#pages
      .get(uri)
      ?.then(use)
      .catch((error: unknown) => this.#report(uri, error));
  }

  #again(uri: string): void {
    this.#with(uri, page => {
      if (page.latest !== undefined) this.#schedule(uri, page);
    });
  }

  #schedule(uri: string, page: Page): void {
    page.isBehind = true;
    page.timer ??= later(() => {
      page.isBehind = false;
      this.#send(uri, page)
        .catch((error: unknown) => this.#report(uri, error))
        .finally(() => {
          page.timer = undefined;
          if (page.isBehind) this.#again(uri);
        });
    }, DELAY);
  }

  async #send(uri: string, page: Page): Promise<void> {
    const { rendered, analysis } = await page.chapter.render(() => page.latest!, PATIENCE);
    if ((await this.#pages.get(uri)) !== page) return;
    await this.#connection.sendNotification(PREVIEW_UPDATE, page.session.next(rendered, analysis.version));
  }

  #report(uri: string, error: unknown): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`The preview of ${uri} was not brought up to date: ${message}`);
  }
}
