/** A chapter that the preview serves: its file is followed, and pages that listen get what changes. */
import type { ServerResponse } from 'node:http';
import { type ChapterPage, type Engine, Superseded } from '../engine';
import { valueCard } from '../features/valueCard';
import type { FileAccess } from '../files/access';
import { uriOfPath } from '../files/uri';
import { PreviewSession, type RenderedChapter } from '../preview';
import type { ValueCard } from '../protocol';

/** Milliseconds between two looks at the file. */
export const INTERVAL = 250;

/** How long the first page, and a later version, waits for texts that are being set. */
const FIRST_PATIENCE = 2000;
const PATIENCE = 300;

/** A page that listens, with what it has been sent. */
interface Listener {
  readonly response: ServerResponse;
  readonly session: PreviewSession;
}

/** Takes what the reader cannot mend, and that the file is gone. */
export interface ChapterLog {
  failed(error: unknown): void;
  lost(reason: string): void;
}

export class ServedChapter {
  readonly path: string;
  readonly uri: string;
  readonly #engine: Engine;
  readonly #log: ChapterLog;
  readonly #page: Promise<ChapterPage>;
  readonly #listeners = new Set<Listener>();
  #fileVersion = 0;
  #stamp: string | undefined;
  #rendered: RenderedChapter | undefined;
  #version = 0;
  /** Why there is nothing to show at present. */
  #missing: string | undefined;
  #isShowing = false;
  #isClosed = false;
  /** True where something has become ready or has changed since the last rendering was begun. */
  #isBehind = false;

  /** Reads the file and has it evaluated; throws `FileError` if it cannot be read. */
  constructor(path: string, engine: Engine, log: ChapterLog) {
    this.path = path;
    this.uri = uriOfPath(path);
    this.#engine = engine;
    this.#log = log;
    this.#load(true);
    this.#page = engine.page(this.uri, () => this.#refresh());
    this.#refresh();
  }

  /** The files of its workspace. */
  get files(): FileAccess {
    return this.#engine.filesOf(this.path);
  }

  /** Looks whether the file has changed, come or gone. */
  look(): void {
    if (this.#fileChanged()) this.#changed();
  }

  /** Sends a page that listens what it shows, then what changes. */
  listen(response: ServerResponse): void {
    const listener = { response, session: new PreviewSession(this.path) };
    this.#listeners.add(listener);
    response.on('close', () => this.#listeners.delete(listener));
    if (this.#rendered !== undefined || this.#missing !== undefined) this.#send(listener);
  }

  close(): void {
    this.#isClosed = true;
    for (const { response } of this.#listeners) response.end();
  }

  /** The card of the number whose reference stands at a position; null where there is none. */
  async card(line: number, character: number): Promise<ValueCard | null> {
    const params = { textDocument: { uri: this.uri }, position: { line, character } };
    for (;;)
      try {
        await this.#engine.chapter(this.uri)!.whenChecked();
        return await this.#engine.answer(this.uri, valueCard, params);
      } catch (error) {
        if (!(error instanceof Superseded) || this.#isClosed) throw error;
      }
  }

  /** Takes the file's text; false for an empty one where that is not to be taken. */
  #load(empty: boolean): boolean {
    this.#fileChanged();
    const text = this.#engine.read(this.path);
    if (text === '' && !empty) return false;
    this.#fileVersion++;
    if (this.#engine.isOpen(this.uri)) this.#engine.change(this.uri, this.#fileVersion, [{ text }]);
    else this.#engine.open(this.uri, this.#fileVersion, text);
    return true;
  }

  #fileChanged(): boolean {
    const before = this.#stamp;
    this.#stamp = this.files.stat(this.path)?.stamp;
    return this.#stamp !== before;
  }

  #changed(again = false): void {
    // While an editor replaces the file there may be none, or an empty one, for a moment.
    const waitAgain = () => setTimeout(() => this.#changed(true), 2 * INTERVAL).unref();
    try {
      if (!this.#load(again)) {
        waitAgain();
        return;
      }
    } catch (error) {
      if (again) this.#lose(error instanceof Error ? error.message : String(error));
      else waitAgain();
      return;
    }
    if (this.#missing !== undefined) for (const { session } of this.#listeners) session.reset();
    this.#missing = undefined;
  }

  #refresh(): void {
    this.#isBehind = true;
    if (this.#isShowing || this.#isClosed) return;
    this.#isShowing = true;
    this.#isBehind = false;
    this.#show()
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#log.failed(error);
      })
      .finally(() => {
        this.#isShowing = false;
        if (this.#isBehind) this.#refresh();
      });
  }

  async #show(): Promise<void> {
    const rendered = await this.#render(this.#rendered === undefined ? FIRST_PATIENCE : PATIENCE);
    this.#rendered = rendered;
    this.#version++;
    for (const listener of this.#listeners) this.#send(listener);
  }

  /** The page once the chapter has been evaluated. */
  async #render(patience: number): Promise<RenderedChapter> {
    const page = await this.#page;
    for (;;)
      try {
        await this.#engine.chapter(this.uri)!.whenChecked();
        return (await page.render(patience)).rendered;
      } catch (error) {
        // The file was saved again meanwhile: the next version follows.
        if (!(error instanceof Superseded) || this.#isClosed) throw error;
      }
  }

  #lose(reason: string): void {
    if (this.#missing !== undefined) return;
    this.#missing = reason;
    this.#log.lost(reason);
    for (const listener of this.#listeners) this.#send(listener);
  }

  #send({ response, session }: Listener): void {
    if (this.#missing !== undefined) {
      const reason = `${this.#missing}. The preview goes on once it is back.`;
      send(response, { type: 'unavailable', reason });
      return;
    }
    const update = session.nextIfAny(this.#rendered!, this.#version);
    if (update !== undefined) send(response, { type: 'update', update });
  }
}

/** An event of the stream that the page reads. */
function send(response: ServerResponse, message: object): void {
  response.write(`data: ${JSON.stringify(message)}\n\n`);
}
