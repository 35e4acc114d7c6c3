/**
 * The time that a run uses. A busy machine shares its processor: a process gets a part of the time that goes by, and no run
 * is to end for what others do.
 */

/** Milliseconds that the processor gave this process so far. */
type ProcessorClock = () => number;

/** Milliseconds for which this process did not run at all: the machine slept, or was held. */
type PauseClock = () => number;

const WITHOUT_PAUSES: PauseClock = () => 0;

let processor: ProcessorClock | undefined;
let pauses = WITHOUT_PAUSES;
/** The last reading of it, and when that was. */
let reading = 0;
let readAt = Number.NEGATIVE_INFINITY;

/**
 * Has runs of this thread use processor time; call it before they start. Without it the time that goes by counts. Pauses that
 * `pauseClock` tells of count for nothing.
 */
export function useProcessorClock(clock: ProcessorClock | undefined, pauseClock = WITHOUT_PAUSES): void {
  processor = clock;
  pauses = pauseClock;
  readAt = Number.NEGATIVE_INFINITY;
}

/** To ask the system takes as long as a short cell: of less than so many milliseconds, nobody needs to know who got them. */
const SHORT = 2;

/** The processor clock, which may be late by a short time. */
function processorAbout(clock: ProcessorClock, now: number): number {
  if (now < readAt || now - readAt > SHORT) {
    reading = clock();
    readAt = now;
  }
  return reading;
}

/** A run may take so many times its limit on a busy machine; a short one, which others may hold up for seconds, many more. */
const PATIENCE = 3;
const SHORT_PATIENCE = 12;
const MOST_MORE = 5000;

/** How long a run with a limit may last, whatever part of it the processor gave it. */
export const longestRun = (limit: number): number =>
  Math.max(PATIENCE * limit, Math.min(SHORT_PATIENCE * limit, limit + MOST_MORE));

/** Runs from when it is made. */
export class Stopwatch {
  readonly #started = Date.now();
  readonly #pausesBefore = pauses();
  readonly #processorStarted = processor === undefined ? 0 : processorAbout(processor, this.#started);
  readonly #limit: number;
  /** Before it the limit cannot be used up. */
  #next: number;

  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
    this.#next = this.#started + limit;
  }

  /** Milliseconds that were used. Several threads of a process may get more of the processor than the time that goes by. */
  get used(): number {
    const passed = this.#passed(Date.now());
    if (processor === undefined || passed <= SHORT) return passed;
    return Math.min(passed, processor() - this.#processorStarted);
  }

  /** True where the limit is used up, or will be before something has ended that takes so many milliseconds at least. */
  isOver(now: number, least: number): boolean {
    if (now + least <= this.#next) return false;
    const left = Math.min(this.#limit - this.used, longestRun(this.#limit) - this.#passed(now));
    this.#next = now + left;
    return left < Math.max(1, least);
  }

  #passed(now: number): number {
    return now - this.#started - (pauses() - this.#pausesBefore);
  }
}
