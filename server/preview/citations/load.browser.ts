/** In a browser citations stay as author and year: what sets them would make the one script of all workers a tenth larger. */
import type { SetCitations } from '../context';

export function loadCitations(): Promise<SetCitations | undefined> {
  return Promise.resolve(undefined);
}
