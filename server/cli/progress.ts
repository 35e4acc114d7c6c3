/** One line on standard error that tells how far a long command is; on terminals only, and only if it takes long. */
import type { Io } from './io';
import { printableLine } from './printable';

/** Shorter commands need no such line. */
const DELAY = 500;
const INTERVAL = 100;

export class Progress {
  readonly #total: number;
  readonly #io: Io;
  readonly #started = Date.now();
  #done = 0;
  #shown = 0;
  #written = false;

  constructor(total: number, io: Io) {
    this.#total = total;
    this.#io = io;
  }

  /** Tells what is being worked on. */
  show(name: string): void {
    const now = Date.now();
    if (!this.#io.progress || this.#total < 2 || now - this.#started < DELAY || now - this.#shown < INTERVAL) return;
    this.#shown = now;
    this.#written = true;
    this.#io.err(`\r\u001B[K${this.#done}/${this.#total} ${printableLine(name)}`);
  }

  done(): void {
    this.#done++;
  }

  clear(): void {
    if (this.#written) this.#io.err('\r\u001B[K');
  }
}

/** Goes through what a command works on, and tells how far it is; what it is called is asked for each. */
export function* withProgress<T>(all: readonly T[], nameOf: (one: T) => string, io: Io): Generator<T, void> {
  const progress = new Progress(all.length, io);
  try {
    for (const one of all) {
      progress.show(nameOf(one));
      yield one;
      progress.done();
    }
  } finally {
    progress.clear();
  }
}
