/**
 * What to do when the server ends or does not answer. Decides only: it knows neither the editor nor processes nor timers,
 * so that every case can be tried in a test.
 */

/** After so many ends within this time the server is not started again by itself. */
const MOST_ENDS = 3;
const WITHIN = 3 * 60_000;
/** A chapter that the server was working on when it ended so often is opened without running its cells. */
const MOST_STRIKES = 2;

/** Counts how often the server ended, and over which chapters. */
export class Supervisor {
  #ends: number[] = [];
  /** Versions of the chapters that the server has been told of and has not finished yet, by URI. */
  readonly #unfinished = new Map<string, number>();
  readonly #strikes = new Map<string, number>();

  /** The server is told of a version of a chapter. */
  told(uri: string, version: number): void {
    this.#unfinished.set(uri, version);
  }

  /** The server has finished a version of a chapter. */
  finished(uri: string, version: number): void {
    const told = this.#unfinished.get(uri);
    if (told !== undefined && told <= version) this.#unfinished.delete(uri);
  }

  closed(uri: string): void {
    this.#unfinished.delete(uri);
  }

  /** The server has ended without being asked to; `now` in milliseconds. True where it is to be started again. */
  ended(now: number): boolean {
    // Whoever was told of and not finished may be the reason.
    for (const uri of this.#unfinished.keys()) this.#strikes.set(uri, (this.#strikes.get(uri) ?? 0) + 1);
    this.#unfinished.clear();
    this.#ends = [...this.#ends.filter(end => now - end < WITHIN), now];
    return this.#ends.length < MOST_ENDS;
  }

  /** The author starts the server: it may end as often as ever before it is given up. */
  forgive(): void {
    this.#ends = [];
    this.#unfinished.clear();
  }

  /** Chapters whose cells are not to be run. */
  get suspended(): readonly string[] {
    return [...this.#strikes].flatMap(([uri, strikes]) => (strikes >= MOST_STRIKES ? [uri] : []));
  }

  isHeld(uri: string): boolean {
    return (this.#strikes.get(uri) ?? 0) >= MOST_STRIKES;
  }

  /** The author wants the cells of a chapter to be run again; the next end holds it at once. */
  release(uri: string): void {
    if (this.isHeld(uri)) this.#strikes.set(uri, MOST_STRIKES - 1);
  }
}

export interface WatchdogOptions {
  /** Asks the server for a sign of life; settles when there is one, or when there cannot be one. */
  readonly ping: () => Promise<unknown>;
  /** Called once the server has not answered for too long. */
  readonly hung: () => void;
  /** Milliseconds without an answer after which the server is taken for stuck. */
  readonly limit?: number;
}

/** How often the owner of a watchdog calls `look`, in milliseconds. */
export const LOOK_INTERVAL = 2000;

/** Notices that the server does not answer any more. */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #limit: number;
  /** Since when an answer is awaited. */
  #since: number | undefined;
  #lastLook: number | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#limit = options.limit ?? 10_000;
  }

  /** To be called every `LOOK_INTERVAL`; `now` in milliseconds. */
  look(now: number): void {
    const elapsed = this.#lastLook === undefined ? 0 : now - this.#lastLook;
    this.#lastLook = now;
    if (this.#since === undefined) {
      this.#since = now;
      const answered = () => {
        this.#since = undefined;
      };
      this.#options.ping().then(answered, answered);
      return;
    }
    // The machine slept, or this process was kept from looking: the server gets its time anew.
    if (elapsed > 3 * LOOK_INTERVAL || elapsed < 0) this.#since = now;
    else if (now - this.#since > this.#limit) {
      this.#since = undefined;
      this.#options.hung();
    }
  }
}
