/** Evaluations in workers: the host of evaluations in a browser. Each worker has a copy of the files. */
import type { FileMirror, MirrorChange } from '../files/mirror';
import { EVALUATION_WORKER, startWorker, type WebWorker } from '../web';
import type { EvaluationHost, EvaluationListener, HostedEvaluation } from './host';
import type { Message, Request } from './messages';

/** What is sent to a worker. */
export type WorkerInput =
  | { readonly kind: 'request'; readonly request: Request }
  /** Files are others from now on. */
  | { readonly kind: 'files'; readonly changes: readonly MirrorChange[] };

export class WebWorkers implements EvaluationHost {
  readonly #script: string;
  readonly #mirror: FileMirror;
  readonly #filled: Promise<void>;

  /** `script` is the address of the workers' program; nothing is evaluated before `filled` resolves. */
  constructor(script: string, mirror: FileMirror, filled: Promise<void>) {
    this.#script = script;
    this.#mirror = mirror;
    this.#filled = filled;
  }

  start(): HostedEvaluation {
    return new WorkerEvaluation(startWorker(this.#script, EVALUATION_WORKER), this.#mirror, this.#filled);
  }
}

class WorkerEvaluation implements HostedEvaluation {
  readonly #worker: WebWorker;
  readonly #early: Message[] = [];
  #listener: EvaluationListener | undefined;
  /** What waits until the worker has its files. */
  #waiting: Request[] | undefined = [];
  #unfollow: (() => void) | undefined;
  #hasEnded = false;

  constructor(worker: WebWorker, mirror: FileMirror, filled: Promise<void>) {
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (this.#hasEnded) return;
      if (this.#listener === undefined) this.#early.push(data as Message);
      else this.#listener.message(data as Message);
    };
    worker.onerror = ({ message }) => {
      if (this.#hasEnded) return;
      this.end();
      this.#listener?.ended('an error', message ?? '');
    };
    void filled.then(() => {
      if (this.#hasEnded) return;
      this.#post({ kind: 'files', changes: mirror.content });
      this.#unfollow = mirror.follow(changes => this.#post({ kind: 'files', changes }));
      for (const request of this.#waiting ?? []) this.#post({ kind: 'request', request });
      this.#waiting = undefined;
    });
  }

  listen(listener: EvaluationListener): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener.message(message);
  }

  send(request: Request): void {
    if (this.#hasEnded) return;
    if (this.#waiting === undefined) this.#post({ kind: 'request', request });
    else this.#waiting.push(request);
  }

  end(): void {
    this.#hasEnded = true;
    this.#unfollow?.();
    this.#worker.terminate();
  }

  #post(input: WorkerInput): void {
    this.#worker.postMessage(input);
  }
}
