/** Has work that nobody waits for give way to requests, whose answers take several turns of the event loop. */
import { later, soon } from '../timers';

/** An answer that takes longer holds up nothing any more, in milliseconds. */
const LONGEST = 100;

/** Counts the requests of one document that are being answered. */
export class AnswersUnderWay {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Counts an answer until it is there; passes on what it gives or throws. */
  async during<T>(answer: () => Promise<T>): Promise<T> {
    this.#count++;
    try {
      return await answer();
    } finally {
      this.#count--;
      if (this.#count === 0) for (const call of this.#waiting.splice(0)) soon(call);
    }
  }

  /** Calls back once messages have had their turn and no answer is under way, or the present ones take too long. */
  after(callback: () => void): void {
    if (this.#count === 0) {
      soon(callback);
      return;
    }
    const limit = later(() => {
      this.#waiting = this.#waiting.filter(one => one !== call);
      callback();
    }, LONGEST);
    const call = (): void => {
      clearTimeout(limit);
      callback();
    };
    this.#waiting.push(call);
  }
}
