/** Sets formulas in a worker of a browser. */
import { thisWorker } from '../web';
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';
import { typesettingServer } from './typesettingServer';

/** Serves whoever has started this worker. */
export function serve(): void {
  const answer = (message: TypesetAnswer): void => thisWorker.postMessage(message);
  const take = typesettingServer(answer);
  thisWorker.onmessage = ({ data }) => take(data as NumberedTypesetRequest);
  answer({ kind: 'ready' });
}
