/** Sets formulas for the parent process. */
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';
import { typesettingServer } from './typesettingServer';

export function serveTypesetting(): void {
  const answer = (message: TypesetAnswer): void => void process.send!(message);
  const take = typesettingServer(answer);
  process.on('message', (request: NumberedTypesetRequest) => take(request));
  process.on('disconnect', () => process.exit(0));
  answer({ kind: 'ready' });
}
