/** Evaluates in the thread of an evaluation process that is there for it. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { useProcessorClock } from '../../mlsys/time';
import { NodeFileSystem } from '../files/node';
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

/** Serves the program at the other end; calls `evaluated` whenever there is nothing left to do. */
export function serveEvaluation(evaluated: () => void): void {
  const port = parentPort!;
  const { tellsAtOnce, memory } = workerData as EvaluationThreadData;
  const board = new RunningBoard(memory);
  useProcessorClock(processorTime, () => board.paused);
  const send = (message: Message): void => {
    const envelope = packed(message);
    port.postMessage(envelope, [envelope.content.buffer as ArrayBuffer]);
  };
  const release = new MemoryRelease();
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
      evaluated();
      release.idle();
    },
    system: new NodeFileSystem(),
    computed() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
  });
  port.on('message', (envelope: Envelope) => {
    board.take();
    const request = unpacked<Request>(envelope);
    if (BEGINNING.has(request.kind)) release.busy();
    server.take(request);
  });
  send({ kind: 'ready' });
  // Until now others waited for it. This is the priority of the thread, or of the process where threads have none.
  setPriority(0, PRIORITY);
}
