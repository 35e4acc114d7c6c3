/**
 * Checks chapters in evaluation processes, each one chapter after the other. A cell that does not come to an end, or takes
 * too much memory, becomes a finding of its chapter, which is checked again without it.
 */
import type { CheckedChapter, CheckOptions } from '../workspace/check';
import { EvaluationProcess, ProcessGone, type ProcessOptions } from './evaluationProcess';
import type { End, Running } from './messages';
import { Stops } from './stoppedCells';

interface Job {
  readonly path: string;
  readonly shownAs: string;
  readonly options: CheckOptions;
  readonly stops: Stops;
  readonly resolve: (checked: CheckedChapter) => void;
  readonly reject: (error: unknown) => void;
}

/** Processes in a row that end before they are ready, or without a chapter to blame. */
const MOST_FAILURES = 3;

export class CheckPool {
  readonly #size: number;
  readonly #options: ProcessOptions;
  readonly #idle: EvaluationProcess[] = [];
  readonly #busy = new Set<EvaluationProcess>();
  readonly #queue: Job[] = [];
  /** What ran when a process ended. */
  readonly #lost = new WeakMap<EvaluationProcess, Lost>();
  #failures = 0;
  /** True where the last process ended and nobody knows what it ran. */
  #isUnexplained = false;

  constructor(size: number, options: ProcessOptions) {
    this.#size = size;
    this.#options = options;
  }

  /** Starts a process before there is anything to check. */
  start(): void {
    if (this.#idle.length + this.#busy.size < this.#size) this.#idle.push(this.#spawn());
  }

  check(path: string, shownAs: string, options: CheckOptions): Promise<CheckedChapter> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ path, shownAs, options, stops: new Stops(), resolve, reject });
      this.#assign();
    });
  }

  /** Files have changed on disk: what is checked from now on sees them as they are. */
  refresh(): void {
    for (const process of [...this.#idle, ...this.#busy]) process.send({ kind: 'refresh' });
  }

  /** Ends all processes; what was asked of them is never answered. */
  close(): void {
    this.#queue.length = 0;
    for (const process of [...this.#idle, ...this.#busy]) process.close();
    this.#idle.length = 0;
    this.#busy.clear();
  }

  #assign(): void {
    while (this.#queue.length > 0 && this.#busy.size < this.#size) {
      const process = this.#idle.pop() ?? this.#spawn();
      this.#busy.add(process);
      void this.#run(process, this.#queue.shift()!);
    }
  }

  async #run(process: EvaluationProcess, job: Job): Promise<void> {
    const { path, shownAs, options, stops } = job;
    try {
      job.resolve(await process.ask({ kind: 'check', path, shownAs, options, stopped: stops.list }));
      this.#failures = 0;
      if (this.#busy.delete(process)) this.#idle.push(process);
    } catch (error) {
      if (error instanceof ProcessGone) {
        const lost = this.#lost.get(process);
        if (lost !== undefined) {
          stops.add(lost.running, lost.end);
          this.#failures = 0;
        } else this.#failures++;
        if (this.#failures < MOST_FAILURES) this.#queue.unshift(job);
        else job.reject(new Error(`${path}: the evaluation process cannot be started, or ends at once`));
      } else {
        job.reject(error);
        if (this.#busy.delete(process)) this.#idle.push(process);
      }
    }
    this.#assign();
  }

  #spawn(): EvaluationProcess {
    const process: EvaluationProcess = new EvaluationProcess(
      {
        message: () => undefined,
        ended: (end, running) => {
          this.#busy.delete(process);
          if (running !== undefined) this.#lost.set(process, { end, running });
          this.#isUnexplained = running === undefined;
          const at = this.#idle.indexOf(process);
          if (at >= 0) this.#idle.splice(at, 1);
        },
      },
      { ...this.#options, tellsAtOnce: this.#isUnexplained },
    );
    return process;
  }
}

interface Lost {
  readonly end: End | undefined;
  readonly running: Running;
}
