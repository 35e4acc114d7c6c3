/**
 * The main thread of an evaluation process. It passes messages between the program and the thread that evaluates, and ends
 * the process when what runs takes too much memory: no limit of V8 covers all of it, and V8 itself ends the whole process
 * where a large array finds no room.
 */
import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Envelope, packed } from './envelope';
import type { End, Message } from './messages';
import { STACK_MEGABYTES } from './stack';
import { TELL_AT_ONCE } from './startedProcess';

/** What the JavaScript heap may take, and what all memory of the process may grow by while something runs. */
const HEAP_MEGABYTES = 448;
/** Most of what an evaluation makes is soon of no use: with room for it, V8 need not look so often what is. */
const YOUNG_MEGABYTES = 32;
const RUN_MEGABYTES = 400;
/** Whoever answers the editor comes first where cores are short; on a scale on which 0 is normal and 19 the lowest. */
const PRIORITY = 5;
/** How often what runs, and its memory, is looked at, in milliseconds. */
const INTERVAL = 15;

export function guardEvaluation(script: string): void {
  // Threads have the priority of the one that starts them.
  setPriority(PRIORITY);
  const worker = new Worker(script, {
    resourceLimits: {
      stackSizeMb: STACK_MEGABYTES,
      maxOldGenerationSizeMb: HEAP_MEGABYTES,
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
    },
  });
  const outbox = new Outbox();
  const end = (how: End): void => {
    const ending: Message = { kind: 'ending', end: how };
    outbox.send(packed(ending), kill);
  };
  const memory = new MemoryWatch(() => end(TOO_MUCH_MEMORY));
  const tellsAtOnce = process.argv.includes(TELL_AT_ONCE);
  worker.on('message', (envelope: Envelope) => {
    const kind = envelope.kind as Message['kind'];
    if (kind === 'running') memory.start();
    else if (kind !== 'progress') memory.stop();
    if (kind === 'running' && !tellsAtOnce) outbox.put(envelope);
    else outbox.send(envelope);
  });
  worker.on('error', error => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') end(TOO_MUCH_MEMORY);
    else end({ reason: 'crash', detail: error.stack ?? error.message });
  });
  process.on('message', (envelope: Envelope) => worker.postMessage(envelope));
  process.on('disconnect', kill);
}

const TOO_MUCH_MEMORY: End = { reason: 'memory', detail: `more than ${RUN_MEGABYTES} MB` };

/** The thread that evaluates may be deep in something that cannot be interrupted: an orderly exit would wait for it. */
function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

/**
 * What goes to the program. Most that begins to run has ended before anybody needs to know: only what goes on is told, while
 * it runs.
 */
class Outbox {
  /** What runs, while that has not been told. */
  #running: Envelope | undefined;
  #seen: Envelope | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Sends a message, after what runs if that still runs. */
  send(envelope: Envelope, sent?: () => void): void {
    const kind = envelope.kind as Message['kind'];
    if (kind === 'progress' || kind === 'ending') this.#flush();
    else this.#still();
    process.send!(envelope, undefined, undefined, sent);
  }

  /** Sends a message when none follows it for a while. */
  put(envelope: Envelope): void {
    this.#running = envelope;
    this.#timer ??= setInterval(() => {
      if (this.#running === this.#seen) this.#flush();
      else this.#seen = this.#running;
    }, INTERVAL);
  }

  #flush(): void {
    const running = this.#running;
    this.#still();
    if (running !== undefined) process.send!(running);
  }

  #still(): void {
    this.#running = undefined;
    this.#seen = undefined;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** Calls back once the process has grown too far since a run began. */
class MemoryWatch {
  readonly #exceeded: () => void;
  #timer: NodeJS.Timeout | undefined;
  #base = 0;

  constructor(exceeded: () => void) {
    this.#exceeded = exceeded;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#base = process.memoryUsage.rss();
    this.#timer = setInterval(() => {
      if (process.memoryUsage.rss() - this.#base < RUN_MEGABYTES * 1_000_000) return;
      this.stop();
      this.#exceeded();
    }, INTERVAL);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
