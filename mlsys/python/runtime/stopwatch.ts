/**
 * The time that a run uses. A busy machine shares its processor: a process gets a part of the time that goes by, and no run
 * is to end for what others do.
 */

/** Milliseconds that the processor gave this process so far. */
type ProcessorClock = () => number;

let processor: ProcessorClock | undefined;

/** Has runs of this thread use processor time; call it before they start. Without it the time that goes by counts. */
export function useProcessorClock(clock: ProcessorClock | undefined): void {
  processor = clock;
}

/** A run may take so many times its limit on a busy machine. */
export const PATIENCE = 3;

export class Stopwatch {
  readonly #started = Date.now();
  readonly #processorStarted = processor?.() ?? 0;

  /** Milliseconds that were used. Several threads of a process may get more of the processor than the time that goes by. */
  get used(): number {
    const passed = Date.now() - this.#started;
    return processor === undefined ? passed : Math.min(passed, processor() - this.#processorStarted);
  }

  /** For how many milliseconds more a run may go on before somebody looks again; none where it has used its limit. */
  left(limit: number): number {
    const passed = Date.now() - this.#started;
    return Math.max(0, Math.min(limit - this.used, PATIENCE * limit - passed));
  }
}
