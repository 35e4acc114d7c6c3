/** Evaluates in a worker of a browser. */
import { FileMirror } from '../files/mirror';
import { thisWorker } from '../web';
import { EvaluationServer } from './serve';
import type { WorkerInput } from './webWorkers';

/** Serves whoever has started this worker. */
export function serve(): void {
  const mirror = new FileMirror();
  const server = new EvaluationServer({
    send: message => thisWorker.postMessage(message),
    announce: running => thisWorker.postMessage({ kind: 'running', running }),
    evaluated: () => undefined,
    system: mirror,
    computed: () => performance.now(),
  });
  thisWorker.onmessage = ({ data }) => {
    const input = data as WorkerInput;
    if (input.kind === 'files') mirror.apply(input.changes);
    else server.take(input.request);
  };
  thisWorker.postMessage({ kind: 'ready' });
}
