/**
 * The whole program: language server, command line and evaluation. It is bundled once; the entries beside it are small, load
 * it with `loadProgram`, and start one of these. Nothing of the others is initialised then. In a browser, workers start it
 * (`client/workerScript.ts`).
 */

import type { Loaded } from './loader';
import type { StartedProcess } from './process/startedProcess';
import { EVALUATION_WORKER, nameOfThisWorker, TYPESETTING_WORKER } from './web';

/** `started` is the first evaluation process. */
export async function startServer(started: StartedProcess): Promise<void> {
  await (await import('./lsp/start')).startServer(started);
}

export async function runCommandLine(): Promise<void> {
  (await import('./cli/start')).runCommandLine();
}

/** Sets texts for another process, the parent of this one. */
export async function serveTypesetting(): Promise<void> {
  (await import('./worker/serveTypesetting')).serveTypesetting();
}

/** In a thread of an evaluation process, which keeps the code of what has run whenever there is nothing left to do. */
export async function serveEvaluation(code: Omit<Loaded, 'program'>): Promise<void> {
  (await import('./process/serveThread')).serveEvaluation(code);
}

/** In a worker of a browser: its name tells what it is, as a browser's worker loads one script, and most of them need the same. */
export async function serveWorker(): Promise<void> {
  const name = nameOfThisWorker();
  if (name.endsWith(EVALUATION_WORKER)) (await import('./process/serveWorker')).serve();
  else if (name.endsWith(TYPESETTING_WORKER)) (await import('./worker/serveWorker')).serve();
  else (await import('./lsp/start.browser')).startServer();
}
