/** Sends the pages that show chapters what changes in them. */
import type { Connection } from 'vscode-languageserver/node';
import type { Analysis } from '../evaluation/analysis';
import type { FileAccess } from '../files/access';
import { pathOfUri, UriMap } from '../files/uri';
import { PREVIEW_UPDATE, type PreviewUpdate, type Settings } from '../protocol';
import type { Drawings } from '../worker/drawings';
import { citationsOf } from '../workspace/bibliographies';

type Preview = typeof import('../preview');

/** A page is brought up to date once typing pauses for this long. */
const DELAY = 40;

interface Page {
  readonly session: InstanceType<Preview['PreviewSession']>;
  latest: Analysis | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class Previews {
  readonly #connection: Connection;
  readonly #settings: (uri: string) => Settings;
  readonly #filesOf: (path: string) => FileAccess;
  readonly #pages = new UriMap<Promise<Page>>();
  #drawings: Promise<Drawings> | undefined;

  /** `filesOf` gives the files of the workspace that a chapter belongs to. */
  constructor(connection: Connection, settings: (uri: string) => Settings, filesOf: (path: string) => FileAccess) {
    this.#filesOf = filesOf;
    this.#connection = connection;
    this.#settings = settings;
  }

  open(uri: string): void {
    this.#pages.set(
      uri,
      import('../preview').then(({ PreviewSession }) => ({
        session: new PreviewSession(uri),
        latest: undefined,
        timer: undefined,
      })),
    );
  }

  close(uri: string): void {
    void this.#pages.get(uri)?.then(page => clearTimeout(page.timer));
    this.#pages.delete(uri);
    void this.#drawings?.then(drawings => drawings.want(uri, []));
  }

  /** Settings have changed: all pages are made anew. */
  refresh(): void {
    for (const uri of this.#pages.keys()) this.#again(uri);
  }

  async stop(): Promise<void> {
    await (await this.#drawings)?.close();
  }

  /** The update that a page which has just opened needs. */
  async complete(uri: string, analysis: Analysis): Promise<PreviewUpdate | null> {
    const page = await this.#pages.get(uri);
    if (page === undefined) return null;
    page.session.reset();
    page.latest = analysis;
    return page.session.next(await this.#render(uri, analysis), analysis.version);
  }

  update(uri: string, analysis: Analysis): void {
    void this.#pages.get(uri)?.then(page => {
      page.latest = analysis;
      page.timer ??= setTimeout(() => void this.#send(uri, page), DELAY).unref();
    });
  }

  #again(uri: string): void {
    void this.#pages.get(uri)?.then(page => {
      if (page.latest !== undefined) this.update(uri, page.latest);
    });
  }

  async #send(uri: string, page: Page): Promise<void> {
    const analysis = page.latest!;
    const rendered = await this.#render(uri, analysis);
    page.timer = undefined;
    if (!this.#pages.has(uri)) return;
    await this.#connection.sendNotification(PREVIEW_UPDATE, page.session.next(rendered, analysis.version));
    if (page.latest !== analysis) this.update(uri, page.latest!);
  }

  async #render(uri: string, analysis: Analysis): Promise<ReturnType<Preview['renderChapter']>> {
    const { renderChapter, needsMath, loadMath, needsDrawings } = await import('../preview');
    const { chapter } = analysis;
    const path = pathOfUri(chapter.uri);
    const place = path === undefined ? undefined : { path, files: this.#filesOf(path) };
    const citation = place && citationsOf(place.path, chapter, place.files);
    const math = needsMath(chapter) ? await loadMath() : undefined;
    const draws = this.#settings(uri).preview.tikz && needsDrawings(chapter);
    // The first chapter with a drawing brings the code for them.
    if (draws) this.#drawings ??= this.#loadDrawings();
    const drawings = await this.#drawings;
    const wanted: string[] = [];
    const sourceOf = draws ? (await import('../workspace/tikzHeader')).tikzSourcesOf(place, chapter) : undefined;
    const drawing = (block: string) => {
      const source = sourceOf!(block);
      wanted.push(source);
      return drawings!.get(source);
    };
    const rendered = renderChapter(analysis, {
      ...(math === undefined ? {} : { math }),
      ...(citation === undefined ? {} : { citation }),
      ...(draws ? { drawing } : {}),
    });
    if (this.#pages.has(uri)) drawings?.want(uri, wanted);
    return rendered;
  }

  async #loadDrawings(): Promise<Drawings> {
    const { userDrawings } = await import('../worker/drawings');
    const drawings = userDrawings(process.env, process.platform);
    drawings.onReady(owners => {
      for (const uri of owners) this.#again(uri);
    });
    return drawings;
  }
}
