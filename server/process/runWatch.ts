/**
 * The main thread of an evaluation process. It passes messages between the program and the thread that evaluates, and ends
 * the process when what runs takes too much memory or time: no limit of V8 covers all memory, V8 itself ends the whole process
 * where a large array finds no room, and not all code looks at the clock.
 */
import { Worker } from 'node:worker_threads';
import { Stopwatch, useProcessorClock } from '../../mlsys/time';
import { type Envelope, packed, unpacked } from './envelope';
import type { End, Message } from './messages';
import { GRACE, processorTime } from './overdue';
import { RunningBoard } from './runningBoard';
import { STACK_MEGABYTES } from './stack';
import { EVALUATE_ONCE, TELL_AT_ONCE } from './startedProcess';

/** What the JavaScript heap may take, and what all memory of the process may grow by while something runs. */
const HEAP_MEGABYTES = 448;
/** Most of what an evaluation makes is soon of no use: with room for it, V8 need not look so often what is. */
const YOUNG_MEGABYTES = 32;
const RUN_MEGABYTES = 370;
/** How often what runs, and its memory, is looked at, in milliseconds. */
const INTERVAL = 15;
/** After so many looks at which nothing ran, nobody looks any more. */
const MOST_QUIET = 20;

/** What the thread that evaluates is given. */
export interface EvaluationThreadData {
  /** True where what runs must be known at once. */
  readonly tellsAtOnce: boolean;
  /** True where each chapter is evaluated once. */
  readonly evaluatesOnce: boolean;
  /** Of the `RunningBoard`. */
  readonly memory: SharedArrayBuffer;
}

/** Starts the thread that evaluates, from the script of this process, and watches it. */
export function guardEvaluation(script: string): void {
  const board = new RunningBoard();
  useProcessorClock(processorTime, () => board.paused);
  const data: EvaluationThreadData = {
    tellsAtOnce: process.argv.includes(TELL_AT_ONCE),
    evaluatesOnce: process.argv.includes(EVALUATE_ONCE),
    memory: board.memory,
  };
  const worker = new Worker(script, {
    workerData: data,
    resourceLimits: {
      stackSizeMb: STACK_MEGABYTES,
      maxOldGenerationSizeMb: HEAP_MEGABYTES,
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
    },
  });
  const watch = new RunWatch(board, how => end(how));
  const end = (how: End): void => {
    watch.tell();
    const ending: Message = { kind: 'ending', end: how };
    process.send!(packed(ending), undefined, undefined, kill);
  };
  worker.on('message', (envelope: Envelope) => {
    const kind = envelope.kind as Message['kind'];
    if (kind === 'progress') watch.tell();
    else if (kind === 'running') watch.told(unpacked<Message & { kind: 'running' }>(envelope).running.milliseconds);
    else watch.ended();
    process.send!(envelope);
  });
  worker.on('error', error => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') end(TOO_MUCH_MEMORY);
    else end({ reason: 'crash', detail: error.stack ?? error.message });
  });
  process.on('message', (envelope: Envelope) => {
    watch.start();
    worker.postMessage(envelope);
  });
  process.on('disconnect', kill);
}

const TOO_MUCH_MEMORY: End = { reason: 'memory', detail: `more than ${RUN_MEGABYTES} MB` };

/** The thread that evaluates may be deep in something that cannot be interrupted: an orderly exit would wait for it. */
function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

/**
 * Looks at what runs, and at the memory and time of the process, from when the program says something until nothing has run for a
 * while. Most that begins to run has ended before anybody needs to know: only what goes on is told.
 */
class RunWatch {
  readonly #board: RunningBoard;
  readonly #exceeded: (end: End) => void;
  #timer: NodeJS.Timeout | undefined;
  /** What ran at the last look. */
  #seen = 0;
  #told = 0;
  /** The limit of what runs and is not on the board; zero where nothing does. */
  #unseenLimit = 0;
  /** Since what runs was seen first. */
  #stopwatch = new Stopwatch();
  /** Messages of the program. */
  #sent = 0;
  /** Looks in a row at which nothing ran. */
  #quiet = 0;
  /** Memory before what runs. */
  #base = 0;

  constructor(board: RunningBoard, exceeded: (end: End) => void) {
    this.#board = board;
    this.#exceeded = exceeded;
  }

  /** The program says something. */
  start(): void {
    this.#sent++;
    this.#quiet = 0;
    if (this.#timer !== undefined) return;
    this.#base = process.memoryUsage.rss();
    this.#board.look();
    this.#timer = setInterval(() => this.#look(), INTERVAL);
  }

  /** Something runs that is not on the board. */
  told(milliseconds: number): void {
    this.#unseenLimit = milliseconds;
    this.#stopwatch = new Stopwatch();
  }

  /** Nothing runs any more of what began before. */
  ended(): void {
    this.#unseenLimit = 0;
    if (this.#timer !== undefined) this.#base = process.memoryUsage.rss();
  }

  /** Tells what is on the board, if it was not told. */
  tell(): void {
    const { sequence } = this.#board;
    if (sequence === this.#told) return;
    const running = this.#board.read();
    if (running === undefined) return;
    this.#told = sequence;
    const message: Message = { kind: 'running', running };
    process.send!(packed(message));
  }

  #look(): void {
    this.#board.look();
    const { sequence, taken } = this.#board;
    if (sequence !== 0 && sequence === this.#seen) this.tell();
    else if (sequence !== 0) this.#stopwatch = new Stopwatch();
    this.#seen = sequence;
    const memory = process.memoryUsage.rss();
    // What is given back meanwhile was left by others.
    this.#base = Math.min(this.#base, memory);
    if (memory - this.#base > RUN_MEGABYTES * 1_000_000) {
      this.#exceed(TOO_MUCH_MEMORY);
      return;
    }
    const limit = sequence === 0 ? this.#unseenLimit : this.#board.milliseconds;
    if (limit > 0) {
      if (this.#stopwatch.used > limit + GRACE) this.#exceed({ reason: 'time', detail: `more than ${limit / 1000} s` });
      this.#quiet = 0;
      return;
    }
    this.#base = memory;
    // The thread may not have come to what was sent.
    this.#quiet = taken < this.#sent ? 0 : this.#quiet + 1;
    if (this.#quiet > MOST_QUIET) this.#stop();
  }

  #exceed(end: End): void {
    this.#stop();
    this.#exceeded(end);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#board.endLooks();
  }
}
