/** Does what answers are likely to need, one thing after the other, while nobody asks for anything. */
import { DetailsMissing } from '../evaluation/detailsMissing';
import { later, type Timer } from '../timers';

/** How long nothing is asked before it begins, in milliseconds. */
const LULL = 80;

export class IdleTasks {
  #lull: Timer | undefined;
  /** Counts what was begun: what came before the last one is given up. */
  #turn = 0;

  /** Begins once it is quiet, in place of what was begun before; `holds` tells whether it is still of use. */
  begin(tasks: Iterable<() => Promise<unknown>>, holds: () => boolean): void {
    this.stop();
    const turn = this.#turn;
    this.#lull = later(() => void this.#run(tasks, () => turn === this.#turn && holds()), LULL);
  }

  /** Gives up what has not been done yet. */
  stop(): void {
    this.#turn++;
    clearTimeout(this.#lull);
  }

  async #run(tasks: Iterable<() => Promise<unknown>>, holds: () => boolean): Promise<void> {
    try {
      if (!holds()) return;
      for (const task of tasks) {
        await task();
        if (!holds()) return;
      }
    } catch (error) {
      // Whoever asks will wait for them.
      if (!(error instanceof DetailsMissing)) throw error;
    }
  }
}
