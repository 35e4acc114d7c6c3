/** Evaluations in child processes: the host of evaluations in Node. */
import type { ChildProcess } from 'node:child_process';
import { type Envelope, packed, unpacked } from './envelope';
import type { EvaluationHost, EvaluationListener, HostedEvaluation } from './host';
import type { Request } from './messages';
import { StartedProcess, type StartOptions } from './startedProcess';

export class ChildProcesses implements EvaluationHost {
  readonly #options: Omit<StartOptions, 'tellsAtOnce'>;
  #started: StartedProcess | undefined;

  /** `started` is a process that was started with the same options before; it is the first one to be used. */
  constructor(options: Omit<StartOptions, 'tellsAtOnce'> = {}, started?: StartedProcess) {
    this.#options = options;
    this.#started = started;
  }

  start({ tellsAtOnce }: { readonly tellsAtOnce: boolean }): HostedEvaluation {
    const started = this.#started ?? new StartedProcess({ ...this.#options, tellsAtOnce });
    this.#started = undefined;
    return new ChildEvaluation(started);
  }
}

/** Characters kept of what a process wrote on its way out. */
const MOST_ERRORS = 2000;

class ChildEvaluation implements HostedEvaluation {
  readonly watchesTime = true;
  readonly #started: StartedProcess;
  readonly #child: ChildProcess;
  #hasEnded = false;

  constructor(started: StartedProcess) {
    this.#started = started;
    this.#child = started.child;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  listen(listener: EvaluationListener): void {
    const child = this.#child;
    let errors = '';
    const end = (how: string | number | undefined): void => {
      if (this.#hasEnded) return;
      this.#hasEnded = true;
      listener.ended(how, errors);
    };
    const fail = (error: Error): void => {
      errors += error.message;
      end(undefined);
    };
    child.on('message', (envelope: Envelope) => listener.message(unpacked(envelope)));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-MOST_ERRORS);
    });
    child.on('error', fail);
    const { error } = this.#started;
    if (error !== undefined) setImmediate(() => fail(error));
    child.on('close', (code, signal) => end(signal ?? code ?? undefined));
  }

  send(request: Request): void {
    if (!this.#hasEnded) this.#child.send(packed(request), () => undefined);
  }

  end(): void {
    this.#hasEnded = true;
    this.#child.kill('SIGKILL');
  }
}
