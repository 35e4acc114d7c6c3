/** Holds back what a client sends while the server is not ready for it. */
import type { Message, MessageStrategy } from 'vscode-languageserver';

type Next = Parameters<MessageStrategy['handleMessage']>[1];

export class MessageQueue implements MessageStrategy {
  /** Messages that wait, in order; undefined while the gate is open. */
  #waiting: (() => void)[] | undefined;

  /** Holds the messages after the present one. */
  close(): void {
    this.#waiting ??= [];
  }

  /** Lets pass what has waited, and all that follows. */
  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const pass of waiting) pass();
  }

  handleMessage(message: Message, next: Next): ReturnType<MessageStrategy['handleMessage']> {
    if (this.#waiting === undefined) return next(message);
    this.#waiting.push(() => next(message));
  }
}
