/** One line on standard error that tells how far a long command is; on terminals only, and only if it takes long. */
import type { Io } from './io';
import { printableLine } from './printable';

/** Shorter commands need no such line. */
const DELAY = 500;
const INTERVAL = 100;

export class Progress {
  readonly #io: Io;
  readonly #started = Date.now();
  #shown = 0;
  #written = false;

  constructor(io: Io) {
    this.#io = io;
  }

  /**
   * Goes through what a command works on, and tells how far it is; what it is called is asked for each. `atOnce` loops may
   * take from it together.
   */
  *over<T>(all: readonly T[], nameOf: (one: T) => string, atOnce = 1): Generator<T, void> {
    try {
      for (const [at, one] of all.entries()) {
        if (all.length > 1) this.#show(`${Math.max(0, at + 1 - atOnce)}/${all.length}`, nameOf(one));
        yield one;
      }
    } finally {
      this.clear();
    }
  }

  #show(count: string, name: string): void {
    const now = Date.now();
    if (!this.#io.progress || now - this.#started < DELAY || now - this.#shown < INTERVAL) return;
    this.#shown = now;
    this.#written = true;
    this.#io.err(`\r\u001B[K${count} ${printableLine(name)}`);
  }

  /** Takes the line away, before something else is written. */
  clear(): void {
    if (this.#written) this.#io.err('\r\u001B[K');
    this.#written = false;
  }
}
