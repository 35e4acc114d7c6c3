/** What of a chapter had to be stopped, so that it is not run again as long as it would end the same way. */
import type { Stop } from '../evaluation/stopped';
import type { End, Running, StoppedSource } from './messages';

interface Entry {
  readonly stop: Stop;
  /** How often it was stopped since a cell changed. */
  times: number;
}

/** After this many times it is not tried again before a cell changes. */
const MOST_TIMES = 2;

export class Stops {
  readonly #entries = new Map<string, Entry>();
  /** What ran when a process ended for no known reason, once. */
  readonly #suspects = new Set<string>();

  /** Takes note of what ran when a process ended; true if it is to blame. */
  add({ source, kind }: Running, end: End | undefined): boolean {
    if (end === undefined && !this.#suspects.has(source)) {
      // Somebody may have ended the process by hand.
      this.#suspects.add(source);
      return false;
    }
    const times = (this.#entries.get(source)?.times ?? 0) + 1;
    this.#entries.set(source, { stop: stopOf(kind, end), times });
    return true;
  }

  /** Cells have changed: with other values, what was stopped may come to an end. */
  relent(): void {
    for (const entry of this.#entries.values()) entry.times = Math.min(entry.times, 1);
    this.#suspects.clear();
  }

  /** A cell or a reference came to its end. */
  forget(source: string): void {
    this.#entries.delete(source);
  }

  get sources(): readonly string[] {
    return [...this.#entries.keys()];
  }

  get list(): readonly StoppedSource[] {
    return [...this.#entries].map(([source, { stop, times }]) => ({ source, stop, lasting: times >= MOST_TIMES }));
  }
}

function stopOf(kind: Running['kind'], end: End | undefined): Stop {
  const what = kind === 'cell' ? 'the cell' : 'the reference';
  if (end === undefined) return { reason: 'crash', message: `${what} was stopped: its process ended each time` };
  const { reason, detail } = end;
  if (reason === 'time') return { reason, message: `${what} ran for ${detail} and was stopped` };
  if (reason === 'memory') return { reason, message: `${what} took ${detail} of memory and was stopped` };
  return { reason, message: `${what} was stopped: its process broke down (${detail.split('\n', 1)[0]})` };
}
