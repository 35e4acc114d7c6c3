/** One evaluation process: started, asked, watched and, where what it runs does not come to an end, ended. */
import type { ChildProcess } from 'node:child_process';
import { FileError } from '../files/access';
import { type Envelope, packed, unpacked } from './envelope';
import type { AnswerTypes, End, Message, Question, Request, Running } from './messages';
import { StartedProcess, type StartOptions } from './started';

export interface ProcessOptions extends StartOptions {
  /** Takes a line about an unusual event. */
  readonly log?: (message: string) => void;
}

export interface ProcessListener {
  message(message: Message): void;
  /**
   * The process has ended, and nobody asked for it. `end` tells why, where that is known; `running` is what ran. `started`
   * is false for a process that was never ready.
   */
  ended(end: End | undefined, running: Running | undefined, started: boolean): void;
}

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

/** The process is gone, and with it the answer. */
export class ProcessGone extends Error {}

/** What runs may use its time and a little more, for what looks at the clock too rarely, in milliseconds. */
const GRACE = 500;
/** How often it is looked at. */
const INTERVAL = 50;

export class EvaluationProcess {
  readonly #child: ChildProcess;
  readonly #listener: ProcessListener;
  readonly #log: (message: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  #questions = 0;
  #ready = false;
  #running: Running | undefined;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #reason: End | undefined;
  #errors = '';
  #closed = false;

  /** `started` is a process that was started with the same options before. */
  constructor(listener: ProcessListener, options: ProcessOptions = {}, started = new StartedProcess(options)) {
    this.#listener = listener;
    this.#log = options.log ?? (() => undefined);
    this.#child = started.child;
    this.#child.on('message', (envelope: Envelope) => this.#take(unpacked(envelope)));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-MOST_ERRORS);
    });
    const failed = (error: Error): void => {
      this.#errors += error.message;
      this.#end();
    };
    this.#child.on('error', failed);
    const { error } = started;
    if (error !== undefined) setImmediate(() => failed(error));
    this.#child.on('close', (code, signal) => this.#end(signal ?? code));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** What runs now. */
  get running(): Running | undefined {
    return this.#running;
  }

  /** For how many milliseconds it has been running. */
  get runningFor(): number {
    return this.#running === undefined ? 0 : performance.now() - this.#since;
  }

  send(request: Request): void {
    if (!this.#closed) this.#child.send(packed(request), () => undefined);
  }

  /** Rejects with `FileError` where the answer is one, and with `ProcessGone` where the process ends before. */
  ask<Q extends Question>(question: Q): Promise<AnswerTypes[Q['kind']]> {
    if (this.#closed) return Promise.reject(new ProcessGone());
    const id = ++this.#questions;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.send({ kind: 'ask', id, question });
    });
  }

  /** Ends the process; nobody is told. */
  close(): void {
    this.#closed = true;
    this.#still();
    this.#child.kill('SIGKILL');
    this.#abandon();
  }

  #take(message: Message): void {
    if (this.#closed) return;
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        break;
      case 'running':
        this.#running = message.running;
        this.#since = performance.now();
        this.#timer ??= setInterval(() => this.#watch(), INTERVAL).unref();
        break;
      case 'progress':
        break;
      case 'ending':
        this.#reason = message.end;
        return;
      default:
        this.#still();
    }
    if (message.kind === 'answer' || message.kind === 'refused') this.#answer(message);
    else this.#listener.message(message);
  }

  #answer(message: Message & { readonly kind: 'answer' | 'refused' }): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.value as never);
    else waiting?.reject(new FileError(message.error.message, message.error.problem, message.error.reason));
  }

  #still(): void {
    this.#running = undefined;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #watch(): void {
    const { milliseconds } = this.#running!;
    if (this.runningFor < milliseconds + GRACE) return;
    this.#reason = { reason: 'time', detail: `more than ${milliseconds / 1000} s` };
    this.#child.kill('SIGKILL');
    this.#end();
  }

  #end(how?: string | number | null): void {
    if (this.#closed) return;
    this.#closed = true;
    const running = this.#running;
    this.#still();
    const end = this.#reason ?? (running && reasonOf(how, this.#errors));
    const detail = this.#errors.trim() === '' ? '' : `\n${this.#errors.trim()}`;
    this.#log(
      `The evaluation process ended (${end === undefined ? (how ?? 'it could not be started') : `${end.reason}: ${end.detail}`}).${detail}`,
    );
    this.#listener.ended(end, running, this.#ready);
    this.#abandon();
  }

  #abandon(): void {
    for (const { reject } of this.#waiting.values()) reject(new ProcessGone());
    this.#waiting.clear();
  }
}

/** Characters kept of what the process wrote on its way out. */
const MOST_ERRORS = 2000;

/** What V8 says when it ends the process for want of memory. */
const OUT_OF_MEMORY = /out of memory|allocation failed|invalid (?:array|table|string|size)/i;

/** Why the process ended while something ran; undefined where somebody else may have ended it. */
function reasonOf(how: string | number | null | undefined, errors: string): End | undefined {
  if (OUT_OF_MEMORY.test(errors)) return { reason: 'memory', detail: 'more than there is' };
  if (how === 'SIGKILL' || how === 'SIGTERM' || how === 'SIGINT') return undefined;
  return { reason: 'crash', detail: `it ended with ${how ?? 'an unknown code'}` };
}
