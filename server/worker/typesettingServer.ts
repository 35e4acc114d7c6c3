/** Sets texts for whoever has started this program: the other end of `Typesetter`. */
import { loadMath } from '../preview/setters';
import { type Setters, typeset } from '../preview/typeset';
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';

/** Returns what takes requests, which are answered in order. */
export function typesettingServer(answer: (message: TypesetAnswer) => void): (request: NumberedTypesetRequest) => void {
  let setters: Setters = {};
  const waiting: NumberedTypesetRequest[] = [];
  let busy = false;

  const serve = async (): Promise<void> => {
    busy = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const { id } = request;
      // The first formula brings KaTeX.
      setters = { math: setters.math ?? (await loadMath()) };
      answer({ kind: 'answer', id, outcome: typeset(request, setters) });
    }
    busy = false;
  };

  return request => {
    waiting.push(request);
    if (!busy) void serve();
  };
}
