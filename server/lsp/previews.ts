/** Sends the pages that show chapters what changes in them. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { ChapterPage, Engine } from '../engine';
import { UriMap } from '../files/uri';
import type { PreviewSession } from '../preview';
import { PREVIEW_UPDATE, type PreviewUpdate } from '../protocol';
import { thrownText } from '../thrownText';
import { later, type Timer } from '../timers';

/** A page is brought up to date once typing pauses for this long. */
const DELAY = 40;
/** How long a page that opens, and one that is open, waits for texts that are being set. */
const FIRST_PATIENCE = 2000;
const PATIENCE = 300;

interface Preview {
  readonly session: PreviewSession;
  readonly page: ChapterPage;
  /** Set while an update is to be sent or on its way. */
  timer: Timer | undefined;
  /** True where something has changed since the last update was begun. */
  isBehind: boolean;
}

export class Previews {
  readonly #connection: Connection;
  readonly #engine: Engine;
  readonly #previews = new UriMap<Promise<Preview>>();

  constructor(connection: Connection, engine: Engine) {
    this.#connection = connection;
    this.#engine = engine;
  }

  /** The update that a page which has just opened needs; more follow until it is closed. */
  async open(uri: string, token: CancellationToken): Promise<PreviewUpdate | null> {
    const opened = this.#previews.get(uri) ?? this.#make(uri);
    this.#previews.set(uri, opened);
    const { page, session } = await opened;
    const { rendered, analysis } = await page.render(FIRST_PATIENCE, token);
    session.reset();
    return session.next(rendered, analysis.version);
  }

  close(uri: string): void {
    this.#with(uri, preview => {
      clearTimeout(preview.timer);
      preview.page.close();
    });
    this.#previews.delete(uri);
  }

  stop(): void {
    for (const uri of [...this.#previews.keys()]) this.close(uri);
  }

  async #make(uri: string): Promise<Preview> {
    const [{ PreviewSession }, page] = await Promise.all([
      import('../preview/session'),
      this.#engine.page(uri, () => this.#with(uri, preview => this.#schedule(uri, preview))),
    ]);
    return { session: new PreviewSession(uri), page, timer: undefined, isBehind: false };
  }

  /** Does something with a preview that is open. */
  #with(uri: string, use: (preview: Preview) => void): void {
    this.#previews
      .get(uri)
      ?.then(use)
      .catch((error: unknown) => this.#report(uri, error));
  }

  #schedule(uri: string, preview: Preview): void {
    preview.isBehind = true;
    preview.timer ??= later(() => {
      preview.isBehind = false;
      this.#send(uri, preview)
        .catch((error: unknown) => this.#report(uri, error))
        .finally(() => {
          preview.timer = undefined;
          if (preview.isBehind) this.#schedule(uri, preview);
        });
    }, DELAY);
  }

  async #send(uri: string, preview: Preview): Promise<void> {
    const { rendered, analysis } = await preview.page.render(PATIENCE);
    if ((await this.#previews.get(uri)) !== preview) return;
    const update = preview.session.nextIfAny(rendered, analysis.version);
    if (update !== undefined) await this.#connection.sendNotification(PREVIEW_UPDATE, update);
  }

  #report(uri: string, error: unknown): void {
    this.#connection.console.error(`The preview of ${uri} was not brought up to date: ${thrownText(error)}`);
  }
}
