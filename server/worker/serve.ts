/** Checks chapters in a thread of its own, so that a cell that gets stuck can be ended from outside. */
import { parentPort } from 'node:worker_threads';
import type { Permission } from '../evaluation/evaluator';
import { FileError } from '../files/access';
import { checkChapter } from '../workspace/check';
import { PackageStore } from '../workspace/packages';
import type { CheckAnswer, CheckRequest } from './messages';

/** Answers the requests of the thread's owner; calls `answered` after each answer. */
export function serveChecks(answered: () => void): void {
  const port = parentPort!;
  const store = new PackageStore();
  const answer = (message: CheckAnswer): void => port.postMessage(message);
  port.on('message', ({ path, shownAs, options, stopped }: CheckRequest) => {
    store.refresh();
    const permit = (source: string): Permission => {
      if (stopped.includes(source)) return { stopped: 'the cell did not come to an end and was stopped' };
      answer({ kind: 'running', source });
      return { limit: undefined };
    };
    try {
      const { looked, ...checked } = checkChapter(path, { ...options, permit }, store, shownAs);
      answer({ kind: 'done', ...checked, looked: [...looked] });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { message, problem, reason } = error;
      answer({ kind: 'refused', message, problem, reason });
    }
    answered();
  });
}
