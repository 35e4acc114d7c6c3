/** Entry of the evaluation processes: the main thread watches the one that evaluates. */
import { isMainThread } from 'node:worker_threads';
import { guardEvaluation } from './runWatch';

if (isMainThread) guardEvaluation(__filename);
else void import('./evaluationThread').then(({ evaluate }) => evaluate());
