/**
 * Worker threads that check chapters. A worker in which a cell does not come to an end is ended and replaced, and the
 * chapter is checked again without that cell, so that the author reads which one it was.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FileError } from '../files/access';
import type { CheckedChapter, CheckOptions } from '../workspace/check';
import type { CheckAnswer, CheckRequest } from './messages';
import { STACK_MEGABYTES } from './stack';

interface Job {
  readonly path: string;
  readonly shownAs: string;
  readonly options: CheckOptions;
  readonly stopped: string[];
  readonly resolve: (checked: CheckedChapter) => void;
  readonly reject: (error: unknown) => void;
}

interface Seat {
  readonly worker: Worker;
  job: Job | undefined;
  /** What runs now, and since when. */
  source: string | undefined;
  since: number;
}

/** A cell may use its budget of time and a little more, for what cannot look at the clock. */
const GRACE = 2000;
const DEFAULT_MILLISECONDS = 5000;
/** How often a worker is looked at. */
const INTERVAL = 250;

export class CheckPool {
  readonly #size: number;
  readonly #script: string;
  readonly #seats = new Set<Seat>();
  readonly #queue: Job[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(size: number, script = join(__dirname, 'worker.js')) {
    this.#size = size;
    this.#script = script;
  }

  check(path: string, shownAs: string, options: CheckOptions): Promise<CheckedChapter> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ path, shownAs, options, stopped: [], resolve, reject });
      this.#assign();
    });
  }

  /** Ends all workers; what was asked of them is never answered. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#queue.length = 0;
    const seats = [...this.#seats];
    this.#seats.clear();
    await Promise.all(seats.map(seat => seat.worker.terminate()));
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      let seat = [...this.#seats].find(one => one.job === undefined);
      if (seat === undefined && this.#seats.size < this.#size) seat = this.#hire();
      if (seat === undefined) return;
      const job = this.#queue.shift()!;
      seat.job = job;
      seat.source = undefined;
      seat.since = Date.now();
      const { path, shownAs, options, stopped } = job;
      seat.worker.postMessage({ path, shownAs, options, stopped } satisfies CheckRequest);
      this.#timer ??= setInterval(() => this.#watch(), INTERVAL).unref();
    }
  }

  #hire(): Seat {
    const worker = new Worker(this.#script, { resourceLimits: { stackSizeMb: STACK_MEGABYTES } });
    const seat: Seat = { worker, job: undefined, source: undefined, since: Date.now() };
    this.#seats.add(seat);
    seat.worker.on('message', (answer: CheckAnswer) => this.#take(seat, answer));
    seat.worker.on('error', error => this.#lose(seat, error));
    return seat;
  }

  #take(seat: Seat, answer: CheckAnswer): void {
    const { job } = seat;
    if (job === undefined) return;
    if (answer.kind === 'running') {
      seat.source = answer.source;
      seat.since = Date.now();
      return;
    }
    seat.job = undefined;
    if (answer.kind === 'refused') job.reject(new FileError(answer.message, answer.problem, answer.reason));
    else job.resolve({ ...answer, looked: new Map(answer.looked) });
    this.#assign();
  }

  /** A worker died: of too little memory, perhaps. Its chapter is tried again without the cell that ran. */
  #lose(seat: Seat, error: unknown): void {
    if (!this.#seats.delete(seat)) return;
    const { job, source } = seat;
    if (job !== undefined) {
      if (source !== undefined && !job.stopped.includes(source)) {
        job.stopped.push(source);
        this.#queue.unshift(job);
      } else job.reject(error);
    }
    this.#assign();
  }

  #watch(): void {
    for (const seat of this.#seats) {
      if (seat.job === undefined || seat.source === undefined) continue;
      const allowed = (seat.job.options.budgets?.milliseconds ?? DEFAULT_MILLISECONDS) + GRACE;
      if (Date.now() - seat.since < allowed) continue;
      void seat.worker.terminate();
      this.#lose(seat, new Error('a worker got stuck'));
    }
    if ([...this.#seats].some(seat => seat.job !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
