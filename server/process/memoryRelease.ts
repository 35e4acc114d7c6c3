/** Gives back what a large evaluation left: V8 collects it only once something else needs room. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { later, type Timer } from '../timers';

/** After so many milliseconds without work; collecting all takes a tenth of a second. */
const LULL = 1000;
/** So much more memory than ever was enough is worth it, in bytes. */
const WORTH = 100_000_000;

export class MemoryRelease {
  #timer: Timer | undefined;
  /** The least memory of the process at the end of a lull. */
  #least = Number.POSITIVE_INFINITY;

  /** The thread has something to do. */
  busy(): void {
    clearTimeout(this.#timer);
  }

  /** The thread has nothing to do. */
  idle(): void {
    clearTimeout(this.#timer);
    this.#timer = later(() => this.#release(), LULL);
  }

  #release(): void {
    if (process.memoryUsage.rss() - this.#least > WORTH) collectGarbage();
    this.#least = Math.min(this.#least, process.memoryUsage.rss());
  }
}

let collect: (() => void) | undefined;

/** Node has the collector at hand only for contexts that are made after its flag was set. */
function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
