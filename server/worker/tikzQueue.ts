/**
 * The drawings that previews show. They are made one after the other in a worker thread, which is started with the first
 * one, ended when nobody needs it for a while, and replaced when it gets stuck; what is finished is kept by content.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { cacheFolder } from '../cacheFolder';
import type { Drawing } from '../preview/context';
import type { DrawingResult } from '../tikz/drawing';
import { sanitiseDrawing } from '../tikz/sanitise';
import { DrawingCache, drawingKey } from '../workspace/drawingCache';
import type { DrawingAnswer, DrawingRequest, DrawingWorkerData } from './messages';
import type { DrawingService } from './services';

export interface DrawingOptions {
  /** Where finished drawings outlive the program; nowhere if it is missing. */
  readonly cache?: DrawingCache | undefined;
  readonly script?: string;
  /** Milliseconds that one drawing may take. */
  readonly limit?: number;
  /** Milliseconds without a change before drawing starts. */
  readonly quiet?: number;
  /** Milliseconds after which an idle worker is ended, and its memory given back. */
  readonly idle?: number;
}

interface Job {
  readonly id: number;
  readonly source: string;
  /** The worker is at it; before that it loads the engine. */
  begun: boolean;
  cancelled: boolean;
}

/** A worker that is told to give up gets this long to do so. */
const GRACE = 1000;
/** Drawings in memory; those used last are kept. */
const MOST_KEPT = 200;

export class Drawings implements DrawingService {
  readonly #options: Required<Omit<DrawingOptions, 'cache'>> & Pick<DrawingOptions, 'cache'>;
  readonly #known = new Map<string, Drawing>();
  readonly #wanted = new Map<string, readonly string[]>();
  readonly #listeners = new Set<(owners: readonly string[]) => void>();
  /** Shared with the worker: the job that it may go on with. */
  readonly #permitted = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | undefined;
  #job: Job | undefined;
  #jobs = 0;
  #start: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: DrawingOptions = {}) {
    this.#options = { script: join(__dirname, 'tikz.js'), limit: 30_000, quiet: 250, idle: 60_000, ...options };
  }

  /** What is known of a drawing by now. */
  get(source: string): Drawing {
    const known = this.#known.get(source) ?? this.#stored(source);
    if (known === undefined) return { kind: 'waiting' };
    this.#keep(source, known);
    return known;
  }

  /** Tells which drawings somebody shows; those that nobody shows any more are given up. */
  want(owner: string, sources: readonly string[]): void {
    if (sources.length === 0) this.#wanted.delete(owner);
    else this.#wanted.set(owner, sources);
    const job = this.#job;
    if (job !== undefined && !this.#owners(job.source).length) this.#cancel(job);
    if (this.#next() === undefined) return;
    // While somebody types, each moment makes a new drawing of the present one.
    clearTimeout(this.#start);
    this.#start = setTimeout(() => {
      this.#start = undefined;
      this.#draw();
    }, this.#options.quiet);
    this.#start.unref();
  }

  /** Calls back with the owners of each drawing that becomes ready, until the function that it returns is called. */
  onReady(listener: (owners: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wanted.clear();
    this.#listeners.clear();
    await this.#dismiss();
  }

  /** The first drawing that is wanted and not finished. */
  #next(): string | undefined {
    for (const sources of this.#wanted.values())
      for (const source of sources) if (!this.#known.has(source)) return source;
    return undefined;
  }

  #owners(source: string): string[] {
    return [...this.#wanted].flatMap(([owner, sources]) => (sources.includes(source) ? [owner] : []));
  }

  #stored(source: string): Drawing | undefined {
    const result = this.#options.cache?.get(source);
    return result === undefined ? undefined : shownAs(source, result);
  }

  #keep(source: string, drawing: Drawing): void {
    this.#known.delete(source);
    this.#known.set(source, drawing);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KEPT) return;
      if (this.#owners(oldest).length === 0) this.#known.delete(oldest);
    }
  }

  #draw(): void {
    if (this.#closed || this.#job !== undefined || this.#start !== undefined) return;
    const source = this.#next();
    clearTimeout(this.#end);
    if (source === undefined) {
      this.#end = setTimeout(() => void this.#dismiss(), this.#options.idle).unref();
      return;
    }
    this.#jobs++;
    const job: Job = { id: this.#jobs, source, begun: false, cancelled: false };
    this.#job = job;
    Atomics.store(this.#permitted, 0, job.id);
    this.#worker ??= this.#hire();
    this.#worker.postMessage({ id: job.id, source } satisfies DrawingRequest);
    this.#limit(job);
  }

  #hire(): Worker {
    const workerData: DrawingWorkerData = { wanted: this.#permitted };
    const worker = new Worker(this.#options.script, { workerData, env: {}, execArgv: [] });
    worker.on('message', (answer: DrawingAnswer) => this.#take(worker, answer));
    worker.on('error', error => this.#lose(worker, `The drawing failed: ${error.message}`));
    worker.unref();
    return worker;
  }

  #take(worker: Worker, answer: DrawingAnswer): void {
    const job = this.#job;
    if (worker !== this.#worker || job?.id !== answer.id) return;
    if (answer.kind === 'begun') {
      job.begun = true;
      if (job.cancelled) this.#urge(job);
      else this.#limit(job);
      return;
    }
    if (answer.kind === 'done') this.#options.cache?.put(job.source, answer.result);
    this.#finish(job, answer.kind === 'done' ? shownAs(job.source, answer.result) : undefined);
  }

  /** Gives a job its time, from now on. */
  #limit(job: Job): void {
    const { limit } = this.#options;
    clearTimeout(this.#end);
    this.#end = setTimeout(() => {
      if (this.#job === job && this.#worker !== undefined)
        this.#lose(this.#worker, `This drawing took longer than ${limit / 1000} s and was stopped`);
    }, limit);
    this.#end.unref();
  }

  #cancel(job: Job): void {
    if (job.cancelled) return;
    job.cancelled = true;
    Atomics.store(this.#permitted, 0, 0);
    if (job.begun) this.#urge(job);
  }

  /** A job that was cancelled has to end soon. */
  #urge(job: Job): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(() => {
      if (this.#job === job && this.#worker !== undefined) this.#lose(this.#worker, 'The drawing was given up');
    }, GRACE);
    this.#end.unref();
  }

  /** Ends a worker that is stuck, or has died, and goes on with another. */
  #lose(worker: Worker, message: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    void worker.terminate();
    const job = this.#job;
    if (job !== undefined) this.#finish(job, job.cancelled ? undefined : { kind: 'fault', message, line: undefined });
  }

  #finish(job: Job, drawing: Drawing | undefined): void {
    clearTimeout(this.#end);
    this.#job = undefined;
    if (drawing !== undefined) {
      this.#keep(job.source, drawing);
      const owners = this.#owners(job.source);
      if (owners.length > 0) for (const listener of this.#listeners) listener(owners);
    }
    this.#draw();
  }

  async #dismiss(): Promise<void> {
    clearTimeout(this.#start);
    this.#start = undefined;
    clearTimeout(this.#end);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#job = undefined;
    await worker?.terminate();
  }
}

/** Drawings that are kept in the user's cache folder. */
export function userDrawings(env: Readonly<Record<string, string | undefined>>, platform: string): Drawings {
  return new Drawings({ cache: new DrawingCache(cacheFolder(env, platform)) });
}

function shownAs(source: string, result: DrawingResult): Drawing {
  if (result.kind === 'fault') return result;
  const { markup, ...rest } = result;
  // The name makes the ids of the drawing its own on the page.
  const svg = sanitiseDrawing(markup, `t${drawingKey(source).slice(0, 10)}`);
  return { ...rest, svg };
}
