/** One evaluation process: started, asked, watched and, where what it runs does not come to an end, ended. */
import { longestRun } from '../../mlsys/time';
import { FileError } from '../files/access';
import { every, type Timer } from '../timers';
import type { EvaluationHost, HostedEvaluation } from './host';
import type { AnswerTypes, End, Message, Question, Request, Running } from './messages';
import { GRACE } from './overdue';

export interface ProcessOptions {
  /** Where processes are started. */
  readonly host: EvaluationHost;
  /** True where what runs must be known at once, since nobody knows what brought another process down. */
  readonly tellsAtOnce?: boolean;
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
  readonly question: Question;
  resolve(value: never): void;
  reject(error: Error): void;
}

/** The process is gone, and with it the answer. */
export class ProcessGone extends Error {}

/** How often it is looked at, in milliseconds. After so many between two looks the machine has slept, or the program was held. */
const INTERVAL = 50;
const PAUSE = 1000;

export class EvaluationProcess {
  readonly #hosted: HostedEvaluation;
  readonly #listener: ProcessListener;
  readonly #log: (message: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  #questions = 0;
  #ready = false;
  #running: Running | undefined;
  /** Pauses are left out. */
  #since = 0;
  #lookedAt = 0;
  #timer: Timer | undefined;
  #reason: End | undefined;
  #closed = false;

  constructor(listener: ProcessListener, { host, log, tellsAtOnce = false }: ProcessOptions) {
    this.#listener = listener;
    this.#log = log ?? (() => undefined);
    this.#hosted = host.start({ tellsAtOnce });
    this.#hosted.listen({
      message: message => this.#take(message),
      ended: (how, errors) => this.#end(how, errors),
    });
  }

  get pid(): number | undefined {
    return this.#hosted.pid;
  }

  /** What runs now. */
  get running(): Running | undefined {
    return this.#running;
  }

  /** The question that is being answered now. */
  get runningQuestion(): Question | undefined {
    const id = this.#running?.question;
    return id === undefined ? undefined : this.#waiting.get(id)?.question;
  }

  /** For how many milliseconds it has been running. */
  get runningFor(): number {
    return this.#running === undefined ? 0 : performance.now() - this.#since;
  }

  send(request: Request): void {
    if (!this.#closed) this.#hosted.send(request);
  }

  /** Rejects with `FileError` where the answer is one, and with `ProcessGone` where the process ends before. */
  ask<Q extends Question>(question: Q): Promise<AnswerTypes[Q['kind']]> {
    if (this.#closed) return Promise.reject(new ProcessGone());
    const id = ++this.#questions;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { question, resolve: resolve as Waiting['resolve'], reject });
      this.send({ kind: 'ask', id, question });
    });
  }

  /** Ends the process; nobody is told. */
  close(): void {
    this.#closed = true;
    this.#still();
    this.#hosted.end();
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
        this.#lookedAt = this.#since;
        this.#timer ??= every(() => this.#watch(), INTERVAL);
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
    const now = performance.now();
    if (now - this.#lookedAt > PAUSE) this.#since += now - this.#lookedAt;
    this.#lookedAt = now;
    const { milliseconds } = this.#running!;
    // Who watches its time alone may not come to it.
    const longest = this.#hosted.watchesTime === true ? longestRun(milliseconds) + 2 * GRACE : milliseconds + GRACE;
    if (this.runningFor < longest) return;
    this.#reason = { reason: 'time', detail: `more than ${milliseconds / 1000} s` };
    this.#hosted.end();
    this.#end();
  }

  #end(how?: string | number, errors = ''): void {
    if (this.#closed) return;
    this.#closed = true;
    const running = this.#running;
    this.#still();
    const end = this.#reason ?? (running && reasonOf(how, errors));
    const detail = errors.trim() === '' ? '' : `\n${errors.trim()}`;
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

/** What V8 says when it ends the process for want of memory. */
const OUT_OF_MEMORY = /out of memory|allocation failed|invalid (?:array|table|string|size)/i;

/** Why the process ended while something ran; undefined where somebody else may have ended it. */
function reasonOf(how: string | number | undefined, errors: string): End | undefined {
  if (OUT_OF_MEMORY.test(errors)) return { reason: 'memory', detail: 'more than there is' };
  if (how === 'SIGKILL' || how === 'SIGTERM' || how === 'SIGINT') return undefined;
  return { reason: 'crash', detail: `it ended with ${how ?? 'an unknown code'}` };
}
