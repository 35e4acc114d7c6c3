/**
 * Entry of all workers in a browser: a worker's name tells what it is. One script serves all, since a browser's worker loads
 * one script, and most of them need the same; what the others need is not initialised.
 */
import { EVALUATION_WORKER, nameOfThisWorker, TYPESETTING_WORKER } from './web';

const name = nameOfThisWorker();
if (name.endsWith(EVALUATION_WORKER)) void import('./process/serveWorker').then(({ serve }) => serve());
else if (name.endsWith(TYPESETTING_WORKER)) void import('./worker/serveWorker').then(({ serve }) => serve());
else void import('./lsp/start.browser').then(({ startServer }) => startServer());
