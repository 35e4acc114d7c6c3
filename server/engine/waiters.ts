/** Those who wait for what becomes known of a document. */
import type { CancellationToken } from 'vscode-languageserver';
import { later } from '../timers';

/** A request came for a version that has been edited since, or for a document that has been closed. */
export class Superseded extends Error {}

/** Who made a request does not want its answer any more. */
export class Cancelled extends Error {}

interface Waiter<T> {
  /** True for who waits for all findings. */
  readonly whole: boolean;
  readonly resolve: (answer: T) => void;
  readonly reject: (error: Error) => void;
}

export interface WaitOptions<T> {
  readonly whole: boolean;
  /** After so many milliseconds, the answer is what `provisional` gives; undefined for who waits however long it takes. */
  readonly patience: number | undefined;
  provisional(): T;
}

/** `T` is what is known once it is known. */
export class Waiters<T> {
  #waiting: Waiter<T>[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Rejects with `Cancelled` when the token is cancelled, and with what `reject` is given. */
  wait(token: CancellationToken | undefined, { whole, patience, provisional }: WaitOptions<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter<T> = { whole, resolve, reject };
      this.#waiting.push(waiter);
      const leave = (): boolean => {
        const at = this.#waiting.indexOf(waiter);
        if (at >= 0) this.#waiting.splice(at, 1);
        return at >= 0;
      };
      token?.onCancellationRequested(() => {
        if (leave()) reject(new Cancelled());
      });
      if (patience !== undefined)
        later(() => {
          if (leave()) resolve(provisional());
        }, patience);
    });
  }

  /** The values are known; with `isWhole`, so are all findings. */
  resolve(answer: T, isWhole: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = isWhole ? [] : waiting.filter(({ whole }) => whole);
    for (const waiter of waiting) if (isWhole || !waiter.whole) waiter.resolve(answer);
  }

  reject(error: Error): void {
    for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
  }
}

export function refuseCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested === true) throw new Cancelled();
}
