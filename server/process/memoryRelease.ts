/** Gives back what large evaluations left: V8 collects it only once something else needs room. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { later, type Timer } from '../timers';

/** After so many milliseconds without work; collecting all takes a tenth of a second. */
const LULL = 1000;
/** So much more than after the last time is worth it then, in bytes. */
const WORTH = 100_000_000;
/** So much more is worth it before something else runs, which has its own memory on top of that. */
const MUCH = 200_000_000;

export class MemoryRelease {
  #timer: Timer | undefined;
  /** The memory of the process when all was collected last. */
  #floor = process.memoryUsage.rss();

  /** The thread is about to do something. */
  busy(): void {
    clearTimeout(this.#timer);
    this.#release(MUCH);
  }

  /** The thread has nothing to do. */
  idle(): void {
    clearTimeout(this.#timer);
    this.#timer = later(() => this.#release(WORTH), LULL);
  }

  #release(worth: number): void {
    const memory = process.memoryUsage.rss();
    if (memory - this.#floor > worth) {
      collectGarbage();
      this.#floor = process.memoryUsage.rss();
    } else this.#floor = Math.min(this.#floor, memory);
  }
}

let collect: (() => void) | undefined;

/** Node has the collector at hand only for contexts that are made after its flag was set. */
function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    // Code of V8's is kept and taken under the same flags alone.
    setFlagsFromString('--no-expose-gc');
  }
  collect();
}
