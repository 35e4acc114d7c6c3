/** Sets formulas for the parent process: the other end of `Typesetter`. */
import { loadMath, type RenderMath, typeset } from '../preview';
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';

function answer(message: TypesetAnswer): void {
  process.send!(message);
}

export function serveTypesetting(): void {
  let math: RenderMath | undefined;
  const waiting: NumberedTypesetRequest[] = [];
  let busy = false;

  const serve = async (): Promise<void> => {
    busy = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const { id } = request;
      // The first formula brings KaTeX.
      math ??= await loadMath();
      answer({ kind: 'answer', id, outcome: typeset(request, math) });
    }
    busy = false;
  };

  process.on('message', (request: NumberedTypesetRequest) => {
    waiting.push(request);
    if (!busy) void serve();
  });
  process.on('disconnect', () => process.exit(0));
  answer({ kind: 'ready' });
}
