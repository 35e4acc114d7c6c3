/**
 * Evaluates open chapters in processes of their own. One process serves all chapters until a cell holds it up: then the
 * others go on in another one. A process that a cell has brought down, or that does not come to the end of one, is
 * replaced, and its chapters are opened again, without that cell.
 */
import type { ModuleSource } from '../../mlsys';
import type { Chapter } from '../chapter/model';
import type { Analysis, CellFigure, CellRun } from '../evaluation/analysis';
import { ChapterResults } from '../evaluation/chapterResults';
import type { EvaluatorBudgets } from '../evaluation/evaluator';
import type { InputChange } from '../evaluation/input';
import type { ImportRecord } from '../evaluation/packageView';
import type { ModuleRecord } from '../evaluation/results';
import { every, later, type Timer } from '../timers';
import { concernsLook, type TriedTexts } from '../workspace/dataFiles';
import type { PackagePlace } from '../workspace/packages';
import { EvaluationProcess, ProcessGone, type ProcessOptions } from './evaluationProcess';
import type { AnswerTypes, End, Message, Question, Running } from './messages';
import { Stops } from './stoppedCells';

export interface EvaluationOptions {
  /** Where the evaluation looks for packages; undefined for a chapter that has none. */
  readonly place: PackagePlace | undefined;
  readonly budgets: EvaluatorBudgets;
  /** Names of functions that count as guards. */
  readonly guards?: readonly string[];
  /** The same packages, for what is read of them without an evaluation. */
  readonly modules: ModuleSource;
  /** True where nothing of the chapter is to run for now. */
  readonly isSuspended?: () => boolean;
  /** The present version has been evaluated, or cannot be. */
  readonly evaluated: () => void;
  /** More is known of the present version, which is still being evaluated. */
  readonly progressed?: () => void;
}

export interface WantedDetails {
  /** By default all runs. */
  readonly run?: CellRun | undefined;
  readonly isHurried?: boolean;
}

/** The evaluation of one chapter. */
export interface ChapterEvaluation {
  /** Takes a version of the chapter; `evaluated` is called once its results are known, perhaps right away. */
  update(chapter: Chapter, version: number): void;
  /** Evaluates everything again; also to be called when the chapter is suspended, or no longer. */
  reset(): void;
  /** Evaluates what saw data files otherwise than these are now; with `follows`, once nothing more changes for a moment. */
  refreshData(follows: boolean): void;
  /** Evaluates what sees data files otherwise once these hold other texts, for this chapter alone. */
  try(tried: TriedTexts): void;
  /** The version that was given last, with what is known of it by now. */
  readonly analysis: Analysis;
  /** False where nothing can be evaluated, because no process can be started, or the chapter is suspended. */
  readonly isAvailable: boolean;
  /**
   * Waits for the details of a run, or of all runs of the version that was given last; false where they are not there, since
   * the evaluation is gone, or has no time soon for who is in a hurry. Who needs them looks again, at what is known then.
   */
  complete(wanted?: WantedDetails): Promise<boolean>;
  /** Details are to come along with results from now on. */
  withDetails(): void;
  /** Modules of packages that the cells imported. */
  readonly modules: readonly ModuleRecord[];
  /** Paths at which modules were looked for. */
  readonly lookupPaths: Iterable<string>;
  /** True for a path at which a module was looked for and found, false for one where there was none. */
  wasFound(path: string): boolean | undefined;
  /** True where a file that changed, came or went may be one that a cell has seen, or a module that it imports. */
  seesData(path: string): boolean;
  /** The SVG of a figure, in inches where it names no size; undefined for one that cannot be drawn. */
  figure(figure: CellFigure, size?: readonly [number, number]): Promise<string | undefined>;
  close(): void;
}

/** A cell that runs for longer holds up other chapters. */
const SLOW = 100;
/** Who asks about a chapter has no answer from a process in which another one runs for longer: with a hover, somebody waits. */
const HELD_UP = 50;
/** A cell that runs for longer is likely to be ended. */
const VERY_SLOW = 500;
/** After an edit, what runs of an earlier version may still take so long. */
const OVERTAKEN = 60;
const MOST_PROCESSES = 3;
/** Processes beyond the first end when they had nothing to do for so long. */
const IDLE = 60_000;
/** How often the processes are looked at while something runs. */
const INTERVAL = 25;
/** Processes in a row that end before they are ready. */
const MOST_FAILURES = 2;

export class EvaluationPool {
  readonly #options: ProcessOptions;
  readonly #failed: (message: string) => void;
  readonly #processes = new Set<PooledProcess>();
  readonly #chapters = new Map<number, PooledChapter>();
  readonly #overlays = new Map<string, string>();
  #count = 0;
  #failures = 0;
  /** True where the last process ended and nobody knows what it ran. */
  #isUnexplained = false;
  #timer: Timer | undefined;
  #closed = false;

  /** `failed` is told once no process can be started. */
  constructor(failed: (message: string) => void, options: ProcessOptions) {
    this.#options = options;
    this.#failed = failed;
  }

  /** Starts the first process. */
  start(): void {
    if (this.#processes.size === 0) this.#spawn();
  }

  open(options: EvaluationOptions): ChapterEvaluation {
    const chapter = new PooledChapter(++this.#count, options, this);
    this.#chapters.set(chapter.id, chapter);
    return chapter;
  }

  /** What an editor holds of a file of a package; undefined where it no longer does. */
  overlay(path: string, text: string | undefined): void {
    if (text === undefined) this.#overlays.delete(path);
    else this.#overlays.set(path, text);
    for (const { process } of this.#processes) process.send({ kind: 'overlay', path, text });
  }

  /** Files of packages have changed on disk. */
  refresh(): void {
    for (const { process } of this.#processes) process.send({ kind: 'refresh' });
  }

  /** What importing a module gives; undefined where the import does not come to an end. */
  async import(name: string, place: PackagePlace): Promise<ImportRecord | undefined> {
    return this.ask(this.#free() ?? this.#spawn(), { kind: 'import', name, place });
  }

  get isUnable(): boolean {
    return this.#failures >= MOST_FAILURES;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const { process } of this.#processes) process.close();
    this.#processes.clear();
  }

  // ------------------------------------------------------------------------------------------------ for chapters

  /** The process of a chapter, which is opened in one if it is not. */
  processOf(chapter: PooledChapter): PooledProcess | undefined {
    if (chapter.process === undefined && chapter.isAvailable && !this.#closed) {
      const pooled = this.#free() ?? (this.#processes.size < MOST_PROCESSES ? this.#spawn() : this.#leastBusy());
      chapter.openIn(pooled);
    }
    this.#watch();
    return chapter.process;
  }

  /** Undefined where the process is gone. */
  async ask<Q extends Question>(pooled: PooledProcess, question: Q): Promise<AnswerTypes[Q['kind']] | undefined> {
    try {
      return await pooled.process.ask(question);
    } catch (error) {
      if (error instanceof ProcessGone) return undefined;
      throw error;
    }
  }

  /** Ends what a chapter runs, since nobody wants it any more; the chapter is opened again by its next use. */
  end(pooled: PooledProcess): void {
    this.#processes.delete(pooled);
    pooled.process.close();
    this.#reopen(pooled);
  }

  forget(chapter: PooledChapter): void {
    this.#chapters.delete(chapter.id);
  }

  // ------------------------------------------------------------------------------------------------ processes

  #spawn(): PooledProcess {
    const listener = {
      message: (message: Message) => this.#take(pooled, message),
      ended: (end: End | undefined, running: Running | undefined, started: boolean) =>
        this.#lose(pooled, end, running, started),
    };
    const pooled: PooledProcess = {
      process: new EvaluationProcess(listener, { ...this.#options, tellsAtOnce: this.#isUnexplained }),
      used: performance.now(),
    };
    this.#processes.add(pooled);
    for (const [path, text] of this.#overlays) pooled.process.send({ kind: 'overlay', path, text });
    return pooled;
  }

  /** A process that nothing holds up, other than the one that is to be relieved. */
  #free(relieved?: PooledProcess): PooledProcess | undefined {
    return [...this.#processes].find(one => one !== relieved && one.process.runningFor < SLOW);
  }

  #leastBusy(): PooledProcess {
    return [...this.#processes].reduce((a, b) => (b.process.runningFor < a.process.runningFor ? b : a));
  }

  #take(pooled: PooledProcess, message: Message): void {
    pooled.used = performance.now();
    if (message.kind === 'ready') this.#failures = 0;
    else if (message.kind === 'running') this.#watch();
    else if (message.kind === 'progress') {
      const chapter = this.#chapters.get(message.document);
      if (chapter?.process === pooled) chapter.takePart(message);
    } else if (message.kind === 'details') {
      const chapter = this.#chapters.get(message.document);
      if (chapter?.process === pooled) chapter.results.takeDetails(message.details);
    } else if (message.kind === 'evaluated') {
      const chapter = this.#chapters.get(message.document);
      if (chapter?.process === pooled) chapter.take(message);
    }
  }

  #lose(pooled: PooledProcess, end: End | undefined, running: Running | undefined, started: boolean): void {
    this.#processes.delete(pooled);
    this.#isUnexplained = started && running === undefined;
    if (!started && ++this.#failures === MOST_FAILURES)
      this.#failed('The evaluation process cannot be started, so that there are no values. The log tells more.');
    if (running?.document !== undefined) {
      const chapter = this.#chapters.get(running.document);
      if (running.kind === 'cell' || running.kind === 'reference') chapter?.stops.add(running, end);
    }
    this.#reopen(pooled);
  }

  /** The chapters of a process that is gone: those that wait for results are opened in another one. */
  #reopen(pooled: PooledProcess): void {
    if (this.#closed) return;
    for (const chapter of this.#chapters.values())
      if (chapter.process === pooled) {
        chapter.leave();
        if (!chapter.results.settled) this.processOf(chapter);
        if (this.isUnable) chapter.fail();
      }
    if (this.#processes.size === 0 && !this.isUnable) this.#spawn();
  }

  /** Looks at the processes as long as something runs. */
  #watch(): void {
    this.#timer ??= every(() => {
      const now = performance.now();
      for (const pooled of [...this.#processes]) {
        const { process } = pooled;
        if (process.running !== undefined) this.#relieve(pooled, process.running);
        else if (
          this.#processes.size > 1 &&
          now - pooled.used > IDLE &&
          this.#processes.values().next().value !== pooled
        )
          this.#retire(pooled);
      }
      const isBusy = [...this.#processes].some(({ process }) => process.running !== undefined);
      const waits = [...this.#chapters.values()].some(chapter => !chapter.results.settled);
      if (isBusy || waits || this.#processes.size > 1) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, INTERVAL);
  }

  /** What runs takes long: chapters that wait go elsewhere, and what is overtaken is ended. */
  #relieve(pooled: PooledProcess, running: Running): void {
    const { runningFor, runningQuestion: question } = pooled.process;
    const own = running.document === undefined ? undefined : this.#chapters.get(running.document);
    if (runningFor > OVERTAKEN && own?.process === pooled && own.overtakes(running)) {
      this.end(pooled);
      return;
    }
    const others = [...this.#chapters.values()].filter(chapter => chapter !== own && chapter.process === pooled);
    // What is asked takes as long elsewhere.
    const asker = question !== undefined && 'document' in question ? question.document : undefined;
    const waits = (chapter: PooledChapter) => chapter.isAsked && chapter.id !== asker;
    const isAsked = runningFor > HELD_UP && others.some(waits);
    // With one chapter alone, another process is of use only if that is edited.
    if (runningFor < (this.#chapters.size > 1 ? SLOW : VERY_SLOW) && !isAsked) return;
    // The next one that needs a process should find one.
    const another = this.#free(pooled) ?? (this.#processes.size < MOST_PROCESSES ? this.#spawn() : undefined);
    if (another === undefined) return;
    for (const chapter of others) if (waits(chapter) || !chapter.results.settled) chapter.moveTo(another);
  }

  #retire(pooled: PooledProcess): void {
    this.#processes.delete(pooled);
    pooled.process.close();
    for (const chapter of this.#chapters.values()) if (chapter.process === pooled) chapter.leave();
  }
}

interface PooledProcess {
  readonly process: EvaluationProcess;
  /** When it last told something. */
  used: number;
}

/** In place of an answer: the chapter is evaluated elsewhere, or its process is held up. */
const ELSEWHERE = Symbol('elsewhere');

/** What a question is about. */
interface PlacedVersion {
  readonly document: number;
  readonly revision: number;
}

class PooledChapter implements ChapterEvaluation {
  readonly id: number;
  readonly results: ChapterResults;
  readonly stops = new Stops();
  /** Where it is open. */
  process: PooledProcess | undefined;
  readonly #options: EvaluationOptions;
  readonly #pool: EvaluationPool;
  readonly #lookups = new Map<string, boolean>();
  #chapter: Chapter | undefined;
  #version = 0;
  #withDetails = false;
  #tried: TriedTexts = [];
  /** Ends the wait of each who asks about it. A promise of its next move would keep what they were told until then. */
  readonly #asking = new Set<() => void>();
  /** The first cell that a change after what is running concerns. */
  #changedFrom = Number.POSITIVE_INFINITY;

  constructor(id: number, options: EvaluationOptions, pool: EvaluationPool) {
    this.id = id;
    this.#options = options;
    this.#pool = pool;
    this.results = new ChapterResults(options.modules, {
      members: async (name, cellsBefore, path) =>
        this.#ask(placed => ({ kind: 'members', ...placed, name, cellsBefore, path })),
      provenance: async (expr, cellsBefore, extent) =>
        this.#ask(placed => ({ kind: 'provenance', ...placed, expr, cellsBefore, extent }), extent === 'outline'),
    });
  }

  update(chapter: Chapter, version: number): void {
    this.#chapter = chapter;
    this.#version = version;
    const change = this.results.place(chapter);
    if (change !== undefined) this.#noteChange(change, this.results.cellsBefore(change.at));
    if (this.results.settled || !this.isAvailable) {
      this.#options.evaluated();
      return;
    }
    const { process } = this;
    if (process === undefined) this.#pool.processOf(this);
    else if (change !== undefined) {
      process.process.send({ kind: 'update', document: this.id, revision: this.results.revision, change });
      this.#pool.processOf(this);
    }
  }

  reset(): void {
    this.results.unsettle();
    this.stops.relent();
    if (!this.isAvailable) {
      this.results.forget();
      this.leave();
      this.#options.evaluated();
      return;
    }
    const { process } = this;
    if (process === undefined) this.#pool.processOf(this);
    else process.process.send({ kind: 'reset', document: this.id, revision: this.results.revision });
  }

  refreshData(follows: boolean): void {
    this.#readAgain({ kind: 'data', follows });
  }

  try(tried: TriedTexts): void {
    this.#tried = tried;
    this.#readAgain({ kind: 'try', tried });
  }

  /** Has the process evaluate what saw data files that are others now. */
  #readAgain(
    change: { readonly kind: 'data'; readonly follows: boolean } | { readonly kind: 'try'; readonly tried: TriedTexts },
  ): void {
    if (!this.isAvailable || this.process === undefined) {
      this.reset();
      return;
    }
    this.results.unsettle();
    this.stops.relent();
    this.process.process.send({ document: this.id, revision: this.results.revision, ...change });
    this.#pool.processOf(this);
  }

  get analysis(): Analysis {
    return this.results.analysis(this.#chapter!, this.#version);
  }

  get isAvailable(): boolean {
    return !this.#pool.isUnable && this.#options.isSuspended?.() !== true;
  }

  get modules(): readonly ModuleRecord[] {
    return this.results.modules;
  }

  get lookupPaths(): Iterable<string> {
    return this.#lookups.keys();
  }

  wasFound(path: string): boolean | undefined {
    return this.#lookups.get(path);
  }

  seesData(path: string): boolean {
    for (const key of this.#lookups.keys()) if (concernsLook(key, path)) return true;
    return false;
  }

  async complete({ run, isHurried = false }: WantedDetails = {}): Promise<boolean> {
    const missing = this.results.withoutDetails.filter(one => run === undefined || one === run);
    const runs = missing.map(one => one.record.id);
    // Where there is no such run any more, the answer is waited for still: then there is another one.
    const details = await this.#ask(({ document }) => ({ kind: 'details', document, runs }), isHurried);
    if (details === undefined) return false;
    this.results.takeDetails(details);
    const left = new Set(this.results.withoutDetails);
    return !missing.some(one => left.has(one));
  }

  withDetails(): void {
    if (this.#withDetails) return;
    this.#withDetails = true;
    this.process?.process.send({ kind: 'withDetails', document: this.id });
  }

  async figure({ cell, index }: CellFigure, size?: readonly [number, number]): Promise<string | undefined> {
    return this.#ask(placed => ({ kind: 'figure', ...placed, cell, index, size }));
  }

  /**
   * Asks about the version that was placed last; undefined where the process of the chapter is gone, and for who is in a hurry
   * where others hold it up.
   */
  async #ask<Q extends Question>(
    question: (placed: PlacedVersion) => Q,
    isHurried = false,
  ): Promise<AnswerTypes[Q['kind']] | undefined> {
    for (;;) {
      const pooled = this.#pool.processOf(this);
      if (pooled === undefined) return undefined;
      const asked = question({ document: this.id, revision: this.results.revision });
      const answer = await this.#unlessElsewhere(this.#pool.ask(pooled, asked), isHurried ? pooled : undefined);
      if (answer !== ELSEWHERE) return answer;
      if (isHurried) return undefined;
    }
  }

  /**
   * An answer, unless the chapter is moved before. With the process that is `hurried`, it is waited for a while, and no longer where
   * by then none is to be had soon: others run, or the chapter has just been moved.
   */
  async #unlessElsewhere<A>(answer: Promise<A>, hurried: PooledProcess | undefined): Promise<A | typeof ELSEWHERE> {
    let leave = (): void => undefined;
    const left = new Promise<typeof ELSEWHERE>(resolve => {
      leave = () => resolve(ELSEWHERE);
    });
    this.#asking.add(leave);
    const timer =
      hurried &&
      later(() => {
        const { document } = hurried.process.running ?? { document: this.id };
        if (document !== this.id || !this.results.settled) leave();
      }, HELD_UP);
    try {
      return await Promise.race([answer, left]);
    } finally {
      clearTimeout(timer);
      this.#asking.delete(leave);
    }
  }

  close(): void {
    this.#pool.forget(this);
    const { process } = this;
    this.process = undefined;
    if (process === undefined) return;
    process.process.send({ kind: 'close', document: this.id });
    // What it runs is of no use to anybody.
    if (process.process.running?.document === this.id && process.process.runningFor > OVERTAKEN)
      this.#pool.end(process);
  }

  // ------------------------------------------------------------------------------------------------ for the pool

  openIn(pooled: PooledProcess): void {
    this.process = pooled;
    this.results.restart();
    this.#changedFrom = Number.POSITIVE_INFINITY;
    const { place, budgets, guards } = this.#options;
    const { revision, whole } = this.results;
    const stopped = this.stops.list;
    const document = this.id;
    const withDetails = this.#withDetails;
    const input = whole;
    const request = { document, revision, place, budgets, guards, input, stopped, withDetails, tried: this.#tried };
    pooled.process.send({ kind: 'open', ...request });
  }

  /** The process is gone, or serves others. */
  leave(): void {
    this.process?.process.send({ kind: 'close', document: this.id });
    this.process = undefined;
  }

  /** Others hold up its process: it goes on in another one, and what was asked about it is asked there. */
  moveTo(pooled: PooledProcess): void {
    this.leave();
    this.openIn(pooled);
    for (const leave of this.#asking) leave();
  }

  /** True where somebody waits for an answer about it. */
  get isAsked(): boolean {
    return this.#asking.size > 0;
  }

  /** No process can be started. */
  fail(): void {
    if (this.#chapter !== undefined) this.#options.evaluated();
  }

  takePart({ revision, results }: Message & { readonly kind: 'progress' }): void {
    this.results.takePart(revision, results);
    if (results.until !== undefined && !this.results.settled) this.#options.progressed?.();
  }

  take({ revision, results, lookups }: Message & { readonly kind: 'evaluated' }): void {
    const { settled } = this.results;
    if (!this.results.take(revision, results)) {
      this.reset();
      return;
    }
    for (const [path, found] of lookups) this.#lookups.set(path, found);
    if (this.results.settled) this.#changedFrom = Number.POSITIVE_INFINITY;
    for (const source of this.results.endedAmong(this.stops.sources)) this.stops.forget(source);
    if (this.results.settled && !settled) this.#options.evaluated();
  }

  /** True where a later version has changed what runs, or something above it. */
  overtakes({ at, revision }: Running): boolean {
    return revision < this.results.revision && this.#changedFrom <= at;
  }

  #noteChange({ items, removed }: InputChange, cell: number): void {
    const concernsCells = removed > items.length || items.some(item => item.kind === 'cell');
    if (!concernsCells) return;
    this.stops.relent();
    this.#changedFrom = Math.min(this.#changedFrom, cell);
  }
}
