/** Evaluates in the thread of an evaluation process that is there for it. */
import { parentPort } from 'node:worker_threads';
import { NodeFileSystem } from '../files/node';
import { type Envelope, packed, unpacked } from './envelope';
import type { Message } from './messages';
import { EvaluationServer } from './serve';

/** Serves the program at the other end; calls `evaluated` whenever there is nothing left to do. */
export function serveEvaluation(evaluated: () => void): void {
  const port = parentPort!;
  const send = (message: Message): void => {
    const envelope = packed(message);
    port.postMessage(envelope, [envelope.content.buffer as ArrayBuffer]);
  };
  const server = new EvaluationServer(send, evaluated, new NodeFileSystem());
  port.on('message', (envelope: Envelope) => server.take(unpacked(envelope)));
  send({ kind: 'ready' });
}
