/**
 * A chapter that is open in the editor. Edits go straight into the incremental parser; evaluation follows in slices, so
 * that messages get through between two cells, and the next edit gives it up.
 */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { type Chapter, editChapter, parseChapter, type TextChange } from '../chapter';
import { type Finding, type RuleLevel, RuleRunner, type UnreadableFile } from '../diagnostics';
import type { Analysis } from '../evaluation/analysis';
import type { Evaluator } from '../evaluation/evaluator';

/** What is known of one version of a document. */
export interface Analysed {
  readonly version: number;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

export interface DocumentHost {
  levels(): Readonly<Record<string, RuleLevel>>;
  /** Files that the chapter names and that cannot be read. */
  unreadable(chapter: Chapter): readonly UnreadableFile[];
  /** Takes one line about a fault of the program that was repaired. */
  log(message: string): void;
  /** A version has been analysed; called once for each version that was not overtaken by the next. */
  analysed(document: OpenDocument, result: Analysed): void;
  /** True where the cells are not run: what is not known then is no finding. */
  isHeld(): boolean;
  /** Cells take too long to be run here and now. */
  postponed(document: OpenDocument, sources: readonly string[]): void;
}

/** Evaluation goes on for this long before messages get their turn. */
const SLICE = 10;
/** After this time requests are answered from what is there. */
const PATIENCE = 150;

/** A request came for a version that is gone. */
export class Overtaken extends Error {}

interface Waiter {
  readonly resolve: (result: Analysed) => void;
  readonly reject: (error: Error) => void;
}

export class OpenDocument {
  readonly uri: string;
  readonly evaluator: Evaluator;
  readonly #host: DocumentHost;
  readonly #rules = new RuleRunner();
  version: number;
  chapter: Chapter;
  /** The result for the present version, once there is one. */
  result: Analysed | undefined;
  #work: Generator<void, Analysis> | undefined;
  #waiters: Waiter[] = [];
  closed = false;

  constructor(uri: string, version: number, text: string, evaluator: Evaluator, host: DocumentHost) {
    this.uri = uri;
    this.version = version;
    this.evaluator = evaluator;
    this.#host = host;
    this.chapter = parseChapter(text, uri);
    this.#start();
  }

  /** Takes the edits that lead to a version. */
  change(version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    this.version = version;
    const log = (message: string) => this.#host.log(message);
    for (const change of changes) {
      this.chapter =
        'range' in change
          ? editChapter(this.chapter, this.#edit(change), log)
          : parseChapter(change.text, this.uri, { previous: this.chapter, log });
    }
    this.#overtake();
    this.#start();
  }

  #edit(change: Extract<TextDocumentContentChangeEvent, { range: unknown }>): TextChange {
    const { lines } = this.chapter;
    const one = lines.offsetAt(change.range.start);
    const other = lines.offsetAt(change.range.end);
    return { start: Math.min(one, other), end: Math.max(one, other), text: change.text };
  }

  /** Evaluates the same text again: settings or packages have changed. */
  refresh(): void {
    this.#start();
  }

  close(): void {
    this.closed = true;
    this.#work = undefined;
    this.#overtake();
  }

  /** The analysis of the present version; rejects once that version is gone. */
  current(): Promise<Analysed> {
    if (this.result !== undefined) return Promise.resolve(this.result);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { resolve, reject };
      this.#waiters.push(waiter);
      setTimeout(() => {
        const at = this.#waiters.indexOf(waiter);
        if (at < 0) return;
        this.#waiters.splice(at, 1);
        resolve(this.#provisional());
      }, PATIENCE).unref();
    });
  }

  /** The present text with the values that are known so far. */
  #provisional(): Analysed {
    return { version: this.version, analysis: this.evaluator.peek(this.chapter, this.version), findings: [] };
  }

  #overtake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(new Overtaken());
  }

  #start(): void {
    this.result = undefined;
    this.#work = this.evaluator.steps(this.chapter, this.version);
    this.#slice(this.#work);
  }

  #slice(work: Generator<void, Analysis>): void {
    if (this.#work !== work || this.closed) return;
    const end = performance.now() + SLICE;
    for (;;) {
      const step = work.next();
      if (step.done === true) {
        this.#finish(step.value);
        return;
      }
      if (performance.now() > end) break;
    }
    setImmediate(() => this.#slice(work));
  }

  #finish(analysis: Analysis): void {
    this.#work = undefined;
    const unreadable = this.#host.unreadable(analysis.chapter);
    const findings = this.#host.isHeld() ? [] : this.#rules.run(analysis, { levels: this.#host.levels(), unreadable });
    this.result = { version: analysis.version, analysis, findings };
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.resolve(this.result);
    this.#host.analysed(this, this.result);
    const { postponed } = this.evaluator;
    if (postponed.length > 0) this.#host.postponed(this, postponed);
  }
}
