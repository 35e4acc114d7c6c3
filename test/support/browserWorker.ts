/** A worker as a browser has it, in a thread of Node: without process, Buffer, modules and immediates. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { SHARED_CHUNKS, workerScript } from '../../client/workerScript';
import { optionsOf } from '../../scripts/build.mjs';
import { CHUNKS, PROGRAM } from '../../scripts/bundles.mjs';

/** Runs before the program: what a worker's scope has in a browser, and nothing else. */
const SCOPE = `
const { parentPort, workerData, Worker: Thread } = require('node:worker_threads');
const scope = globalThis;
scope.name = workerData.name;
scope.postMessage = message => parentPort.postMessage(message);
const listeners = [];
scope.addEventListener = (type, listener) => void (type === 'message' && listeners.push(listener));
parentPort.on('message', data => {
  scope.onmessage?.({ data });
  for (const listener of listeners) listener({ data });
});
scope.Worker = class {
  #thread;
  constructor(address, { name }) {
    if (address !== 'blob:program') throw new Error('no such script: ' + address);
    this.#thread = new Thread(workerData.scope, { eval: true, workerData: { ...workerData, name } });
    this.#thread.on('message', data => this.onmessage?.({ data }));
    this.#thread.on('error', ({ message }) => this.onerror?.({ message }));
  }
  postMessage(message) { this.#thread.postMessage(message); }
  terminate() { void this.#thread.terminate(); }
};
const run = new Function(workerData.program);
for (const name of ['process', 'Buffer', 'require', 'module', 'exports', 'global', 'setImmediate', 'clearImmediate'])
  delete scope[name];
run();
`;

/** The program for browsers, built anew. */
export async function browserProgram(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoner-browser-'));
  try {
    const chunks = SHARED_CHUNKS.map(name => CHUNKS.find(chunk => chunk.name === name)!);
    for (const entry of [PROGRAM, ...chunks])
      await build({ ...optionsOf(entry, false), outdir: folder, sourcemap: false, logLevel: 'error' });
    const read = (name: string) => readFileSync(join(folder, `${name}.js`), 'utf8');
    return workerScript(read(PROGRAM.name), SHARED_CHUNKS.map(read)).join('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a worker of that program. */
export function startBrowserWorker(program: string, name: string): Worker {
  return new Worker(SCOPE, { eval: true, workerData: { program, name, scope: SCOPE } });
}
