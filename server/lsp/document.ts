/**
 * A chapter that is open in the editor. Edits go straight into the incremental parser; evaluation follows in a process of
 * its own, and the next edit gives it up.
 */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { type Chapter, editChapter, parseChapter, type TextChange } from '../chapter';
import { type Finding, type RuleLevel, RuleRunner, type UnreadableFile } from '../diagnostics';
import type { Analysis } from '../evaluation/analysis';
import type { ChapterEvaluation } from '../process/pool';
import { later } from '../timers';

/** What is known of one version of a document. */
export interface Analysed {
  readonly version: number;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

export interface DocumentHost {
  levels(): Readonly<Record<string, RuleLevel>>;
  /** Whether consequences of findings are findings. */
  consequences(): boolean;
  /** Files that the chapter names and that cannot be read. */
  unreadable(chapter: Chapter): readonly UnreadableFile[];
  /** Takes one line about a fault of the program that was repaired. */
  log(message: string): void;
  /** A version has been analysed; called once for each version that was not overtaken by the next. */
  analysed(document: OpenDocument, result: Analysed): void;
  /** Begins the evaluation of the document; `evaluated` is called for each version. */
  evaluation(evaluated: () => void): ChapterEvaluation;
}

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
  readonly evaluation: ChapterEvaluation;
  readonly #host: DocumentHost;
  readonly #rules = new RuleRunner();
  version: number;
  chapter: Chapter;
  /** The result for the present version, once there is one. */
  result: Analysed | undefined;
  #waiters: Waiter[] = [];
  closed = false;

  constructor(uri: string, version: number, text: string, host: DocumentHost) {
    this.uri = uri;
    this.version = version;
    this.#host = host;
    this.evaluation = host.evaluation(() => this.#finish());
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

  /** Looks at the same text again, since settings have changed. */
  refresh(): void {
    this.#start();
  }

  /** Evaluates the same text again, since packages have changed. */
  evaluateAgain(): void {
    this.result = undefined;
    this.evaluation.reset();
  }

  close(): void {
    this.closed = true;
    this.evaluation.close();
    this.#overtake();
  }

  /** The analysis of the present version; rejects once that version is gone. */
  current(): Promise<Analysed> {
    if (this.result !== undefined) return Promise.resolve(this.result);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { resolve, reject };
      this.#waiters.push(waiter);
      later(() => {
        const at = this.#waiters.indexOf(waiter);
        if (at < 0) return;
        this.#waiters.splice(at, 1);
        resolve(this.#provisional());
      }, PATIENCE);
    });
  }

  /** The present text with the values that are known so far. */
  #provisional(): Analysed {
    return { version: this.version, analysis: this.evaluation.analysis, findings: [] };
  }

  #overtake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(new Overtaken());
  }

  #start(): void {
    this.result = undefined;
    this.evaluation.update(this.chapter, this.version);
  }

  #finish(): void {
    if (this.closed) return;
    const { analysis, isAvailable } = this.evaluation;
    const unreadable = this.#host.unreadable(analysis.chapter);
    // Without an evaluation, everything would seem to be missing.
    const host = this.#host;
    const options = { levels: host.levels(), consequences: host.consequences(), unreadable };
    const findings = isAvailable ? this.#rules.run(analysis, options) : [];
    this.result = { version: analysis.version, analysis, findings };
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.resolve(this.result);
    this.#host.analysed(this, this.result);
  }
}
