/** Evaluates in a worker of a browser. */
import { FileMirror } from '../files/mirror';
import { thisWorker } from '../web';
import { EvaluationServer } from './serve';
import type { WorkerInput } from './webWorkers';

/** Serves whoever has started this worker. */
export function serve(): void {
  const mirror = new FileMirror();
  const server = new EvaluationServer(
    message => thisWorker.postMessage(message),
    () => undefined,
    mirror,
  );
  thisWorker.onmessage = ({ data }) => {
    const input = data as WorkerInput;
    if (input.kind === 'files') mirror.apply(input.changes);
    else server.take(input.request);
  };
  thisWorker.postMessage({ kind: 'ready' });
}
