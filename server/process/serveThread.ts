/** Evaluates in the thread of an evaluation process that is there for it. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { useProcessorClock } from '../../mlsys/time';
import { NodeFileSystem } from '../files/node';
import type { Loaded } from '../loader';
import { later, type Timer } from '../timers';
import { type Envelope, packed, unpacked } from './envelope';
import { MemoryRelease } from './memoryRelease';
import type { Message, Request } from './messages';
import { processorTime } from './overdue';
import { RunningBoard } from './runningBoard';
import type { EvaluationThreadData } from './runWatch';
import { EvaluationServer } from './serve';

/** Whoever answers the editor comes first where cores are short; on a scale on which 0 is normal and 19 the lowest. */
const PRIORITY = 5;

/** Requests upon which something runs. */
const BEGINNING: ReadonlySet<Request['kind']> = new Set(['open', 'update', 'reset', 'data', 'try'] as const);

/** After so many milliseconds without work, where so many were computed since the last time, more code is kept for the next start. */
const PAUSE = 3000;
const MUCH_COMPUTED = 200;

/** Serves the program at the other end, and keeps the code of what has run whenever there is nothing left to do. */
export function serveEvaluation(code: Omit<Loaded, 'program'>): void {
  const port = parentPort!;
  const { tellsAtOnce, memory } = workerData as EvaluationThreadData;
  const board = new RunningBoard(memory);
  useProcessorClock(processorTime, () => board.paused);
  const send = (message: Message): void => {
    const envelope = packed(message);
    port.postMessage(envelope, [envelope.content.buffer as ArrayBuffer]);
  };
  const release = new MemoryRelease();
  let keptAt = 0;
  let pause: Timer | undefined;
  const keepMore = (): void => {
    if (processorTime() - keptAt < MUCH_COMPUTED) return;
    code.keepMore();
    keptAt = processorTime();
  };
  const server = new EvaluationServer({
    send(message) {
      if (message.kind !== 'progress') board.clear();
      send(message);
    },
    announce(running) {
      if (!tellsAtOnce && board.write(running)) return;
      board.clear();
      send({ kind: 'running', running });
    },
    evaluated() {
      code.keep();
      release.idle();
      clearTimeout(pause);
      pause = later(keepMore, PAUSE);
    },
    system: new NodeFileSystem(),
    computed: processorTime,
  });
  port.on('message', (envelope: Envelope) => {
    board.take();
    clearTimeout(pause);
    const request = unpacked<Request>(envelope);
    if (BEGINNING.has(request.kind)) release.busy();
    server.take(request);
  });
  send({ kind: 'ready' });
  // Until now others waited for it. This is the priority of the thread, or of the process where threads have none.
  setPriority(0, PRIORITY);
}
