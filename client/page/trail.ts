/** The reader's way through links, back and forth. */
import type { Stop } from '../preview/messages';

const MOST = 100;

export class Trail {
  #back: Stop[];
  #forward: Stop[];

  constructor(back: readonly Stop[] = [], forward: readonly Stop[] = []) {
    this.#back = [...back];
    this.#forward = [...forward];
  }

  get back(): readonly Stop[] {
    return this.#back;
  }

  get forward(): readonly Stop[] {
    return this.#forward;
  }

  /** A link is followed from here. */
  leave(here: Stop): void {
    this.#back = [...this.#back, here].slice(-MOST);
    this.#forward = [];
  }

  /** The place to go to from here; undefined where the way ends. */
  travel(way: 'back' | 'forward', here: Stop): Stop | undefined {
    const [from, to] = way === 'back' ? [this.#back, this.#forward] : [this.#forward, this.#back];
    const goal = from.pop();
    if (goal !== undefined) to.push(here);
    return goal;
  }
}
