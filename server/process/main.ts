/** Entry of the evaluation processes: the main thread watches the one that evaluates. */
import { isMainThread } from 'node:worker_threads';
import { loadProgram } from '../loader';
import { delayMachineCode } from '../v8Flags';
import { guardEvaluation } from './memoryWatch';

if (isMainThread) {
  delayMachineCode(2);
  guardEvaluation(__filename);
} else {
  const { program, keep } = loadProgram('evaluation');
  void program.serveEvaluation(keep);
}
