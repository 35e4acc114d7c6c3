/** Evaluates chapters in a thread that is there for it, in slices: the chapter that was asked for last comes first. */
import type { RunningPart } from '../evaluation/evaluatorOptions';
import { InputMirror } from '../evaluation/input';
import { IMPORT_MILLISECONDS, importModule } from '../evaluation/packageView';
import { Reporter } from '../evaluation/reporter';
import type { DetailsRecord } from '../evaluation/results';
import type { Stop } from '../evaluation/stopped';
import { FileError, type FileSystem } from '../files/access';
import { figureSvg } from '../preview/figures';
import { later, soon, type Timer } from '../timers';
import { PackageStore, Packages } from '../workspace/packages';
import type { AnswerTypes, Message, OpenRequest, Question, Request, Running, StoppedSource } from './messages';

/** Evaluation goes on for this long before messages get their turn, in milliseconds. */
const SLICE = 10;
/** Where a part of a chapter takes longer, what is known before it is told while it runs, in milliseconds. */
const SLOW = 10;
/** Where it computes for so long, details are told as well, for which nobody can ask then. */
const LONG = 40;
/** Once there has been nothing to do for so long, as when typing pauses, details are told that nobody has asked for, in milliseconds. */
const QUIET = 150;
/** So many new cells have their details told with the results, where rules need them: no more is looked at before findings are told. */
const WITH_RESULTS = 24;
/** They are told for this long before messages get their turn. */
const DETAILS_SLICE = 2;
/** What is typed in a data file reaches the chapter that was used last at once, others after so many milliseconds without a change. */
const PAUSE = 60;
/** To draw a figure, or to look into a value, may take so long. */
const LONGEST_ANSWER = 2000;
/** For as long a look at all chapters of a project holds, while many of them are checked. */
const BETWEEN_CHECKS = 5000;

export interface EvaluationServerOptions {
  readonly send: (message: Message) => void;
  readonly announce: (running: Running) => void;
  readonly evaluated: () => void;
  readonly system: FileSystem;
  /**
   * How long this thread, and what helps it, has computed, in milliseconds. To tell of details takes as long as many cells: a cell that
   * only waits for a core is not worth it.
   */
  readonly computed: () => number;
}

export class EvaluationServer {
  readonly #send: (message: Message) => void;
  readonly #announce: (running: Running) => void;
  readonly #evaluated: () => void;
  readonly #computed: () => number;
  readonly #store: PackageStore;
  readonly #documents = new Map<number, ServedDocument>();
  readonly #questions: (Request & { readonly kind: 'ask' })[] = [];
  /** Loaded with the first check that is asked for: it takes a sixth of a start, and open chapters do without. */
  #check: typeof import('../workspace/check') | undefined;
  #isRunning = false;
  #isScheduled = false;
  #quiet: Timer | undefined;
  /** When something was last to be evaluated, and what goes on with chapters that wait until nothing more is. */
  #changed = 0;
  #pause: Timer | undefined;

  /**
   * Serves the program at the other end of `send`; `announce` tells it of each part that begins to run, until something
   * else is sent; calls `evaluated` whenever there is nothing left to do.
   */
  constructor({ send, announce, evaluated, system, computed }: EvaluationServerOptions) {
    this.#store = new PackageStore(system);
    this.#send = message => {
      if (message.kind !== 'progress') this.#isRunning = false;
      send(message);
    };
    this.#announce = running => {
      this.#isRunning = true;
      announce(running);
    };
    this.#evaluated = evaluated;
    this.#computed = computed;
  }

  take(request: Request): void {
    clearTimeout(this.#quiet);
    switch (request.kind) {
      case 'open':
        this.#documents.set(
          request.document,
          new ServedDocument(request, this.#store, this.#send, this.#announce, this.#computed),
        );
        break;
      case 'update':
        this.#toEvaluate(request.document)?.update(request);
        break;
      case 'reset':
        this.#toEvaluate(request.document)?.reset(request.revision);
        break;
      case 'data':
        this.#toEvaluate(request.document)?.refreshData(request);
        break;
      case 'try':
        this.#toEvaluate(request.document)?.try(request);
        break;
      case 'withDetails':
        this.#documents.get(request.document)?.tellWithDetails();
        break;
      case 'close':
        this.#documents.delete(request.document);
        break;
      case 'overlay':
        this.#store.overlay(request.path, request.text);
        break;
      case 'refresh':
        this.#store.refresh();
        this.#check?.forgetIndexes(this.#store);
        break;
      case 'ask':
        if (request.question.kind === 'check' && this.#check === undefined) void this.#prepareCheck(request);
        else this.#questions.push(request);
        break;
    }
    this.#schedule();
  }

  async #prepareCheck(request: Request & { readonly kind: 'ask' }): Promise<void> {
    this.#check = await import('../workspace/check');
    this.#questions.push(request);
    this.#schedule();
  }

  /** A document that is to be evaluated, in its new place: what is asked for last, somebody waits for. */
  #toEvaluate(id: number): ServedDocument | undefined {
    const document = this.#documents.get(id);
    if (document === undefined) return undefined;
    this.#documents.delete(id);
    this.#documents.set(id, document);
    this.#changed = performance.now();
    return document;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    soon(() => {
      this.#isScheduled = false;
      this.#work();
    });
  }

  /** Answers who waits for no evaluation, or does a slice of the work, of the document that was to be evaluated last. */
  #work(): void {
    const ready = this.#questions.findIndex(({ question }) => this.#isReady(question));
    if (ready >= 0) {
      this.#answer(this.#questions.splice(ready, 1)[0]!);
      this.#schedule();
      return;
    }
    const waiting = [...this.#documents.values()].filter(({ hasWork }) => hasWork);
    const document = waiting.findLast(({ mayWait }) => !mayWait) ?? waiting.at(-1);
    const left = this.#changed + PAUSE - performance.now();
    if (document !== undefined && !(document.mayWait && left > 0 && !this.#isAskedAbout(waiting))) {
      document.work();
      this.#schedule();
      return;
    }
    clearTimeout(this.#pause);
    if (document !== undefined) this.#pause = later(() => this.#schedule(), left);
    const next = this.#questions.shift();
    if (next !== undefined) {
      this.#answer(next);
      this.#schedule();
      return;
    }
    if (this.#isRunning) this.#send({ kind: 'idle' });
    this.#evaluated();
    this.#tellDetails(QUIET);
  }

  /** True for a question about a document that has been evaluated. */
  #isReady(question: Question): boolean {
    return 'document' in question && this.#documents.get(question.document)?.hasWork !== true;
  }

  /** True where somebody asks about one of the documents that are not evaluated yet. */
  #isAskedAbout(documents: readonly ServedDocument[]): boolean {
    return documents.some(({ id }) =>
      this.#questions.some(({ question }) => 'document' in question && question.document === id),
    );
  }

  /** Tells details that nobody has asked for, a few at a time, as long as nothing else is to be done. */
  #tellDetails(wait: number): void {
    clearTimeout(this.#quiet);
    const document = [...this.#documents.values()].find(one => one.hasUntold);
    if (document === undefined) return;
    this.#quiet = later(() => {
      document.tellDetails();
      this.#tellDetails(1);
    }, wait);
  }

  #answer({ id, question }: Request & { readonly kind: 'ask' }): void {
    try {
      const value = this.#answerTo(question, id);
      // Who asked for a check may end the process once it is answered.
      if (question.kind === 'check') this.#evaluated();
      this.#send({ kind: 'answer', id, value });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { message, problem, reason } = error;
      this.#send({ kind: 'refused', id, error: { message, problem, reason } });
    }
  }

  #answerTo(question: Question, id: number): AnswerTypes[Question['kind']] {
    const running = (part: Pick<Running, 'at' | 'kind' | 'source' | 'milliseconds'>) =>
      this.#announce({ ...part, document: undefined, revision: 0, question: id });
    switch (question.kind) {
      case 'members':
      case 'provenance':
      case 'figure': {
        const document = this.#documents.get(question.document);
        if (document === undefined || document.revision !== question.revision) return undefined;
        const about = question.kind === 'figure' ? 'figure' : 'value';
        running({ at: 0, kind: about, source: subjectOf(question), milliseconds: LONGEST_ANSWER });
        return document.answerTo(question);
      }
      case 'details':
        return this.#documents.get(question.document)?.details(question.runs);
      case 'import': {
        const { name, place } = question;
        running({ at: 0, kind: 'module', source: name, milliseconds: IMPORT_MILLISECONDS });
        return importModule(name, new Packages(place, this.#store));
      }
      case 'check': {
        const { path, shownAs, options, stopped } = question;
        const stops = new StoppedSources(stopped);
        this.#store.refresh(BETWEEN_CHECKS);
        return this.#check!.checkChapter(
          path,
          { ...options, running, stopped: source => stops.of(source) },
          this.#store,
          shownAs,
        );
      }
    }
  }
}

/** Questions that are answered from what one version of a document gave. */
type DocumentQuestion = Question & { readonly kind: 'members' | 'provenance' | 'figure' };

/** What an answer may run, for whoever watches it. */
function subjectOf(question: DocumentQuestion): string {
  switch (question.kind) {
    case 'members':
      return question.name;
    case 'provenance':
      return question.expr;
    case 'figure':
      return `figure ${question.index} of cell ${question.cell}`;
  }
}

/** Cells and references that must not run, since a process had to be ended for them. */
class StoppedSources {
  readonly #stops: Map<string, { readonly stop: Stop; readonly lasting: boolean; used: boolean }>;

  constructor(stopped: readonly StoppedSource[]) {
    this.#stops = new Map(stopped.map(({ source, stop, lasting }) => [source, { stop, lasting, used: false }]));
  }

  of(source: string): Stop | undefined {
    const known = this.#stops.get(source);
    if (known === undefined || (known.used && !known.lasting)) return undefined;
    known.used = true;
    return known.stop;
  }

  /** Cells have changed: what was stopped may come to an end with other values. */
  relent(): void {
    for (const [source, { used }] of this.#stops) if (used) this.#stops.delete(source);
  }
}

/** A chapter that is open in the program. */
class ServedDocument {
  readonly id: number;
  readonly #send: (message: Message) => void;
  readonly #announce: (running: Running) => void;
  readonly #computed: () => number;
  readonly #reporter: Reporter;
  readonly #mirror = new InputMirror();
  readonly #packages: Packages;
  readonly #stopped: StoppedSources;
  readonly #lookups = new Map<string, boolean>();
  revision: number;
  /** True where no more than a data file has changed, which other chapters have seen that come first. */
  mayWait = false;
  /** True where rules need details of new runs. */
  #withDetails: boolean;
  #steps: Generator<void, void> | undefined;
  /** What runs, as long as nothing was told of what is known before it. */
  #part: RunningPart | undefined;
  /** True while it runs and that was told, as long as no details were. */
  #isLong = false;
  /** When it began to run; what had been computed when that was told. */
  #since = 0;
  #computedBefore = 0;

  constructor(
    request: OpenRequest,
    store: PackageStore,
    send: (message: Message) => void,
    announce: (running: Running) => void,
    computed: () => number,
  ) {
    this.#announce = announce;
    this.#computed = computed;
    this.id = request.document;
    this.revision = request.revision;
    this.#withDetails = request.withDetails;
    this.#send = send;
    this.#packages = new Packages(request.place, store);
    this.#packages.try(request.tried);
    this.#stopped = new StoppedSources(request.stopped);
    this.#reporter = new Reporter({
      modules: this.#packages,
      ...(request.budgets === undefined ? {} : { budgets: request.budgets }),
      ...(request.guards === undefined ? {} : { guards: request.guards }),
      stopped: source => this.#stopped.of(source),
      running: part => this.#running(part),
      cancelled: () => {
        this.#tellWhileRunning();
        return false;
      },
    });
    this.#mirror.apply(request.input);
    this.#begin();
  }

  update({ revision, change }: Request & { readonly kind: 'update' }): void {
    this.revision = revision;
    if (change.items.some(item => item.kind === 'cell') || change.removed > change.items.length) this.#stopped.relent();
    this.#mirror.apply(change);
    this.#begin();
  }

  reset(revision: number): void {
    this.revision = revision;
    this.#reporter.evaluator.reset();
    this.#begin();
  }

  refreshData({ revision, follows }: Request & { readonly kind: 'data' }): void {
    this.revision = revision;
    this.#stopped.relent();
    this.#reporter.evaluator.refreshData();
    this.#begin();
    this.mayWait = follows;
  }

  try({ revision, tried }: Request & { readonly kind: 'try' }): void {
    this.#packages.try(tried);
    this.refreshData({ kind: 'data', document: this.id, revision, follows: false });
  }

  get hasWork(): boolean {
    return this.#steps !== undefined;
  }

  /** Evaluates for the time of a slice, and tells the results when there is nothing left. */
  work(): void {
    const end = performance.now() + SLICE;
    while (performance.now() < end)
      if (this.#steps!.next().done === true) {
        this.#steps = undefined;
        this.#tell();
        return;
      }
  }

  answerTo(question: DocumentQuestion): AnswerTypes[DocumentQuestion['kind']] {
    switch (question.kind) {
      case 'members':
        return this.#reporter.members(question.name, question.cellsBefore, question.path);
      case 'provenance':
        return this.#reporter.provenance(question.expr, question.cellsBefore, question.extent);
      case 'figure':
        return figureSvg(this.#reporter.figure(question.cell, question.index), question.size);
    }
  }

  details(runs: readonly number[]): AnswerTypes['details'] {
    return this.#reporter.details(runs);
  }

  tellWithDetails(): void {
    this.#withDetails = true;
  }

  get hasUntold(): boolean {
    return this.#reporter.hasUntold;
  }

  /** Tells details for the time of a slice. */
  tellDetails(): void {
    const end = performance.now() + DETAILS_SLICE;
    const details: DetailsRecord[] = [];
    for (const run of this.#reporter.untold) {
      details.push(...this.#reporter.details([run]));
      if (performance.now() > end) break;
    }
    this.#send({ kind: 'details', document: this.id, details });
  }

  #begin(): void {
    this.mayWait = false;
    this.#reporter.begin();
    this.#steps = this.#reporter.evaluator.steps(this.#mirror.input);
  }

  #running(part: RunningPart): void {
    this.#reporter.reach(part);
    this.#announce({ ...part, document: this.id, revision: this.revision, question: undefined });
    this.#part = part;
    this.#isLong = false;
    this.#since = performance.now();
  }

  #tellWhileRunning(): void {
    if (this.#part === undefined && !this.#isLong) return;
    const since = performance.now() - this.#since;
    const { id, revision } = this;
    if (this.#part !== undefined && since > SLOW) {
      this.#computedBefore = this.#computed();
      const results = this.#reporter.before(this.#part);
      this.#part = undefined;
      this.#isLong = true;
      this.#send({ kind: 'progress', document: id, revision, results });
    }
    if (since < LONG || this.#computed() - this.#computedBefore < LONG - SLOW) return;
    this.#isLong = false;
    const details = this.#reporter.details([...this.#reporter.untold]);
    if (details.length > 0)
      this.#send({
        kind: 'progress',
        document: id,
        revision,
        results: { until: undefined, cells: [], groups: [], details },
      });
  }

  #tell(): void {
    const lookups: [string, boolean][] = [];
    for (const [path, text] of this.#packages.lookups) {
      const found = text !== undefined;
      if (this.#lookups.get(path) === found) continue;
      this.#lookups.set(path, found);
      lookups.push([path, found]);
    }
    const { id, revision } = this;
    this.#part = undefined;
    this.#isLong = false;
    this.#send({
      kind: 'evaluated',
      document: id,
      revision,
      results: this.#reporter.results(this.#withDetails ? WITH_RESULTS : 0),
      lookups,
    });
  }
}
