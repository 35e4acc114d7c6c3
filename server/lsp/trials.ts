/**
 * Cells that take long. The server runs a cell for a moment only; one that is not done by then is first tried in a
 * worker thread. If it comes to an end there it may run here as well, once; if it does not, its author reads so.
 */

import type { Permission } from '../evaluation/evaluator';
import { CheckPool } from '../worker/pool';
import type { CheckOptions } from '../workspace/check';
import type { OpenDocument } from './document';

/** How long a cell may keep the server from answering. */
const MOMENT = 300;
/** A trial begins once nobody has typed for this long. */
const QUIET = 500;

export class Trials {
  readonly #options: CheckOptions;
  /** Sources that came to an end in a worker and may run here, once. */
  readonly #granted = new Set<string>();
  /** Why sources did not come to an end. */
  readonly #stopped = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  permit(source: string): Permission {
    const stopped = this.#stopped.get(source);
    if (stopped !== undefined) {
      // The verdict holds for this run: with other values it may come to an end.
      this.#stopped.delete(source);
      return { stopped };
    }
    return { limit: this.#granted.delete(source) ? undefined : MOMENT };
  }

  /** Tries the postponed cells of a document, unless it is edited meanwhile. */
  begin(document: OpenDocument, path: string, sources: readonly string[]): void {
    clearTimeout(this.#timer);
    const { version } = document;
    this.#timer = setTimeout(() => {
      if (document.version === version && !document.closed) void this.#try(document, path, new Set(sources));
    }, QUIET);
    this.#timer.unref();
  }

  async #try(document: OpenDocument, path: string, sources: ReadonlySet<string>): Promise<void> {
    const { version } = document;
    const pool = new CheckPool(1);
    try {
      const { slow } = await pool.check(path, path, { ...this.#options, text: document.chapter.text });
      if (document.version !== version || document.closed) return;
      const stopped = new Map(slow.flatMap(cell => (cell.stopped === undefined ? [] : [[cell.source, cell.stopped]])));
      for (const source of sources) {
        const why = stopped.get(source);
        if (why === undefined) this.#granted.add(source);
        else this.#stopped.set(source, why);
      }
      document.evaluator.retry(sources);
      document.refresh();
    } finally {
      await pool.close();
    }
  }
}
