/**
 * The main thread of an evaluation process. It passes messages between the program and the thread that evaluates, and ends
 * the process when what runs takes too much memory: no limit of V8 covers all of it, and V8 itself ends the whole process
 * where a large array finds no room.
 */
import { Worker } from 'node:worker_threads';
import type { End, Message, Request } from './messages';
import { STACK_MEGABYTES } from './stack';

/** What the JavaScript heap may take, and what all memory of the process may grow by while something runs. */
const HEAP_MEGABYTES = 448;
const RUN_MEGABYTES = 400;
/** How often memory is looked at while something runs, in milliseconds. */
const INTERVAL = 15;

export function guardEvaluation(script: string): void {
  const worker = new Worker(script, {
    resourceLimits: { stackSizeMb: STACK_MEGABYTES, maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  const memory = new MemoryWatch(() => end(TOO_MUCH_MEMORY));
  worker.on('message', (message: Message) => {
    if (message.kind === 'running') memory.start();
    else memory.stop();
    process.send!(message);
  });
  worker.on('error', error => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') end(TOO_MUCH_MEMORY);
    else end({ reason: 'crash', detail: error.stack ?? error.message });
  });
  process.on('message', (request: Request) => worker.postMessage(request));
  process.on('disconnect', kill);
}

const TOO_MUCH_MEMORY: End = { reason: 'memory', detail: `more than ${RUN_MEGABYTES} MB` };

/** The thread that evaluates may be deep in something that cannot be interrupted: an orderly exit would wait for it. */
function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

function end(how: End): void {
  process.send!({ kind: 'ending', end: how } satisfies Message, undefined, undefined, kill);
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
