/** Draws TikZ in a thread of its own: a drawing takes seconds, and one that never ends is ended with its thread. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadAssets } from '../tikz/engine/assets';
import { Cancelled, Engine } from '../tikz/engine/engine';
import type { DrawingAnswer, DrawingRequest, DrawingWorkerData } from './messages';

const port = parentPort!;
const { wanted } = workerData as DrawingWorkerData;
let engine: Engine | undefined;

function answer(message: DrawingAnswer): void {
  port.postMessage(message);
}

port.on('message', ({ id, source }: DrawingRequest) => {
  engine ??= new Engine(loadAssets(join(__dirname, 'tikz')));
  answer({ kind: 'begun', id });
  try {
    const result = engine.draw(source, () => Atomics.load(wanted, 0) !== id);
    answer({ kind: 'done', id, result });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    answer({ kind: 'cancelled', id });
  }
});
