/** What is used of a browser's workers; the program is compiled without a browser's types. */

export interface WebWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** Starts a worker; an address that a page has made of a text (`blob:`) will do. */
export function startWorker(address: string, name: string): WebWorker {
  const { Worker } = globalThis as unknown as { Worker: new (address: string, options: { name: string }) => WebWorker };
  return new Worker(address, { name });
}

/** Names of workers: what they are there for. */
export const EVALUATION_WORKER = 'reckoner-evaluation';
export const TYPESETTING_WORKER = 'reckoner-typesetting';

/** The name that this worker was started with, perhaps with something before it. */
export function nameOfThisWorker(): string {
  return (globalThis as { readonly name?: string }).name ?? '';
}

/** The worker that this program runs in, as it sees itself. */
export const thisWorker = globalThis as unknown as Pick<WebWorker, 'onmessage' | 'postMessage'>;
