/** Entry of the workers that set texts for previews in a browser. */
import { thisWorker } from '../web';
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';
import { typesettingServer } from './typesettingServer';

const answer = (message: TypesetAnswer): void => thisWorker.postMessage(message);
const take = typesettingServer(answer);
thisWorker.onmessage = ({ data }) => take(data as NumberedTypesetRequest);
answer({ kind: 'ready' });
