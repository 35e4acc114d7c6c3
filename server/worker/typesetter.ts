/**
 * Sets the texts of previews in a process of its own, or in a worker of a browser. Neither micromark nor KaTeX can be
 * interrupted, and a text that is made for it takes them minutes or gigabytes: then the process is ended, the text stands as
 * source with a note, and another process goes on with the rest.
 */

import type { TypesetOutcome, TypesetRequest } from '../preview';
import { later, soon, type Timer } from '../timers';
import type { NumberedTypesetRequest, TypesetAnswer } from './messages';
import type { TextService } from './services';

/** Where typesetters run. */
export interface TypesettingHost {
  /** Starts one; `ended` may be told more than once. Never throws: one that cannot be started ends. */
  start(message: (answer: TypesetAnswer) => void, ended: (why: string) => void): HostedTypesetting;
}

export interface HostedTypesetting {
  send(request: NumberedTypesetRequest): void;
  /** From now on it does not keep the program alive that started it. */
  release(): void;
  /** Ends it at once, whatever it does. */
  end(): void;
}

export interface TypesetterOptions {
  readonly host: TypesettingHost;
  /** Milliseconds that one text may take. */
  readonly limit?: number;
  /** Milliseconds after which an idle process is ended, and its memory given back. */
  readonly idle?: number;
  /** Told what the author of a chapter cannot mend. */
  readonly log?: (message: string) => void;
}

interface Job {
  readonly owner: object;
  readonly request: TypesetRequest;
  readonly done: (outcome: TypesetOutcome) => void;
}

/** Requests that are under way at a time: enough to keep the process busy, few enough to change one's mind. */
const MOST_UNDER_WAY = 16;
/** A process that does not start, or ends before its first answer, is tried this often. */
const MOST_STARTS = 3;
/** Time to load the program, on a machine with much else to do. */
const START_LIMIT = 30_000;

export class Typesetter implements TextService {
  readonly #host: TypesettingHost;
  readonly #limit: number;
  readonly #idle: number;
  readonly #log: (message: string) => void;
  /** What waits, by owner, in reverse order: each owner replaces its own. */
  readonly #waiting = new Map<object, Job[]>();
  readonly #underWay = new Map<number, Job>();
  #process: HostedTypesetting | undefined;
  #isReady = false;
  /** Called when a process that is starting is ready, or is not going to be. */
  #started: (() => void)[] = [];
  #failedStarts = 0;
  #next = 0;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: TypesetterOptions) {
    this.#host = options.host;
    this.#limit = options.limit ?? 3000;
    this.#idle = options.idle ?? 60_000;
    this.#log = options.log ?? (() => undefined);
  }

  want(
    owner: object,
    requests: readonly TypesetRequest[],
    done: (request: TypesetRequest, outcome: TypesetOutcome) => void,
  ): void {
    if (this.#closed) return;
    this.#waiting.delete(owner);
    // The last one is taken first.
    const jobs = requests
      .filter(request => !this.#isUnderWay(owner, request))
      .map(request => ({ owner, request, done: (outcome: TypesetOutcome) => done(request, outcome) }))
      .reverse();
    if (jobs.length > 0) this.#waiting.set(owner, jobs);
    this.#assign();
  }

  /** Resolves when the process that has been started is ready for work, or has failed. */
  started(): Promise<void> {
    if (this.#isReady || this.#process === undefined) return Promise.resolve();
    return new Promise(resolve => this.#started.push(resolve));
  }

  /** An owner has gone: what it wanted is given up, even what is under way where nobody else waits behind it. */
  forget(owner: object): void {
    this.#waiting.delete(owner);
    const jobs = [...this.#underWay.values()];
    if (jobs.length === 0 || jobs.some(job => job.owner !== owner)) return;
    this.#end();
    this.#assign();
  }

  /** Ends the process; what was wanted is never answered. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#timer);
    const ended = this.#process;
    this.#process = undefined;
    this.#isReady = false;
    this.#underWay.clear();
    ended?.end();
    this.#tellStarted();
  }

  #tellStarted(): void {
    for (const resolve of this.#started.splice(0)) resolve();
  }

  #isUnderWay(owner: object, { form, text }: TypesetRequest): boolean {
    for (const job of this.#underWay.values())
      if (job.owner === owner && job.request.form === form && job.request.text === text) return true;
    return false;
  }

  #take(): Job | undefined {
    for (const [owner, jobs] of this.#waiting) {
      const job = jobs.pop();
      if (jobs.length === 0) this.#waiting.delete(owner);
      if (job !== undefined) return job;
    }
    return undefined;
  }

  #assign(): void {
    if (this.#waiting.size > 0 && this.#process === undefined) this.#start();
    if (!this.#isReady) return;
    while (this.#underWay.size < MOST_UNDER_WAY) {
      const job = this.#take();
      if (job === undefined) break;
      const id = this.#next++;
      this.#underWay.set(id, job);
      // The clock runs from the moment in which the process has nothing else to do.
      if (this.#underWay.size === 1) this.#watch();
      this.#process!.send({ ...job.request, id } satisfies NumberedTypesetRequest);
    }
    if (this.#underWay.size === 0) this.#rest();
  }

  #start(): void {
    if (this.#failedStarts >= MOST_STARTS) {
      for (let job = this.#take(); job !== undefined; job = this.#take())
        this.#answer(job, { kind: 'refused', reason: 'the process that sets it does not start; the log says why' });
      return;
    }
    const child: HostedTypesetting = this.#host.start(
      message => {
        if (child === this.#process) this.#receive(child, message);
      },
      why => this.#lose(child, why),
    );
    this.#process = child;
    this.#isReady = false;
    this.#timer = later(() => this.#lose(child, 'it did not answer in time'), START_LIMIT);
  }

  #receive(child: HostedTypesetting, message: TypesetAnswer): void {
    if (message.kind === 'ready') {
      clearTimeout(this.#timer);
      // From now on whoever waits for a text has a time limit, and the process does not keep ours alive.
      child.release();
      this.#isReady = true;
      this.#assign();
      this.#tellStarted();
      return;
    }
    this.#failedStarts = 0;
    const job = this.#underWay.get(message.id);
    this.#underWay.delete(message.id);
    this.#watch();
    if (job !== undefined) this.#answer(job, message.outcome);
    this.#assign();
  }

  #answer(job: Job, outcome: TypesetOutcome): void {
    soon(() => job.done(outcome));
  }

  /** Gives the text whose turn it is its time. */
  #watch(): void {
    clearTimeout(this.#timer);
    const child = this.#process;
    if (child === undefined || this.#underWay.size === 0) return;
    this.#timer = later(() => this.#lose(child, undefined), this.#limit);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = later(() => this.#end(), this.#idle);
  }

  /** The process has ended, or must be: for a reason of its own, or (undefined) because a text took too long. */
  #lose(child: HostedTypesetting, why: string | undefined): void {
    if (child !== this.#process) return;
    const jobs = [...this.#underWay.values()];
    const wasReady = this.#isReady;
    this.#end();
    if (!wasReady) this.#failedStarts++;
    if (why !== undefined) this.#log(`The process that sets the preview's texts ended: ${why}`);
    // Answers come in order, so that the first one without is the culprit.
    const culprit = wasReady ? jobs.shift() : undefined;
    const reason =
      why === undefined ? `it takes longer than ${this.#limit / 1000} s` : 'the process that sets it ended over it';
    if (culprit !== undefined) this.#answer(culprit, { kind: 'refused', reason });
    for (const job of jobs.reverse()) this.#waiting.set(job.owner, [...(this.#waiting.get(job.owner) ?? []), job]);
    this.#assign();
  }
}
