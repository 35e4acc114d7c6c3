/** Checks chapters in a thread of its own, so that a cell that gets stuck can be ended from outside. */
import { parentPort } from 'node:worker_threads';
import { checkChapter } from '../workspace/check';
import { FileError } from '../workspace/files';
import { PackageStore } from '../workspace/packages';
import type { CheckAnswer, CheckRequest } from './messages';

const port = parentPort!;
const store = new PackageStore();

function answer(message: CheckAnswer): void {
  port.postMessage(message);
}

port.on('message', ({ path, shownAs, options, givenUp }: CheckRequest) => {
  store.refresh();
  try {
    const { findings, fixed, looked, settled } = checkChapter(
      path,
      { ...options, givenUp: new Set(givenUp), watch: source => answer({ kind: 'running', source }) },
      store,
      shownAs,
    );
    answer({ kind: 'done', findings, fixed, looked: [...looked], settled });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    answer({ kind: 'refused', message: error.message });
  }
});
