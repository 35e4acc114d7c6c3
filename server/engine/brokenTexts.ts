/**
 * Texts of files that whoever reads them would refuse, such as YAML in the middle of a line. While somebody types, cells keep to
 * the last text that was whole; one that stays broken is what they read.
 */
import { later, type Timer } from '../timers';

/** How long a broken text stands before it is read, in milliseconds. */
const PATIENCE = 2000;

export class BrokenTexts {
  readonly #timers = new Map<string, Timer>();

  /** Calls back once the file at a path has been left alone for a while. */
  add(path: string, read: () => void): void {
    this.remove(path);
    this.#timers.set(
      path,
      later(() => {
        this.#timers.delete(path);
        read();
      }, PATIENCE),
    );
  }

  /** The text is another one, or the file is closed. */
  remove(path: string): void {
    clearTimeout(this.#timers.get(path));
    this.#timers.delete(path);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
