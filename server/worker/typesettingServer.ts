/** Sets texts for whoever has started this program: the other end of `Typesetter`. */
import { settersFor } from '../preview/setters';
import { typeset } from '../preview/typeset';
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';

/** Returns what takes requests, which are answered in order. */
export function typesettingServer(answer: (message: TypesetAnswer) => void): (request: NumberedTypesetRequest) => void {
  const waiting: NumberedTypesetRequest[] = [];
  let busy = false;

  const serve = async (): Promise<void> => {
    busy = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const { id } = request;
      // The first formula brings KaTeX, and so does each other kind of text what sets it.
      // Where that is not at hand, the text stands as source with a note that says so.
      const setters = await settersFor(request).catch(() => ({}));
      answer({ kind: 'answer', id, outcome: typeset(request, setters) });
    }
    busy = false;
  };

  return request => {
    waiting.push(request);
    if (!busy) void serve();
  };
}
