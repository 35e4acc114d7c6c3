/**
 * A chapter that is open. Edits go straight into the incremental parser; evaluation follows elsewhere, and the next edit
 * gives it up; the rules follow the evaluation.
 */
import type { CancellationToken, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import {
  type Chapter,
  composeAgain,
  composeChapter,
  editComposed,
  type InheritedMetadata,
  type Metadata,
  ownText,
  type PartialFiles,
  type TextChange,
  withInherited,
} from '../chapter';
import {
  type AtOnce,
  EVERYTHING,
  type Finding,
  isolatedRules,
  type Rule,
  type RuleLevel,
  type RuleOptions,
  RuleRunner,
  type Surroundings,
  startOfPending,
  type UnreadableFile,
} from '../diagnostics';
import type { Analysis } from '../evaluation/analysis';
import { DetailsMissing } from '../evaluation/detailsMissing';
import { LARGE_CELL } from '../evaluation/limits';
import type { ChapterEvaluation, EvaluationOptions } from '../process/pool';
import { thrownText } from '../thrownText';
import { later, soon, type Timer } from '../timers';
import type { TriedTexts } from '../workspace/dataFiles';
import { AnswersUnderWay } from './answersUnderWay';
import type { Checked, DocumentState } from './checked';
import { IdleTasks } from './idleTasks';
import { type Haste, PATIENCE, untilSoon, withPatience } from './patience';
import { Cancelled, Superseded, Waiters } from './waiters';

/** Milliseconds of work between two looks at what else is to be done. */
const SLICE = 5;

/** What looks at the versions of a chapter. */
export interface ChapterChecks {
  /** By default all of them. */
  readonly rules?: readonly Rule[];
  /** True where none of them is to look at the present version. */
  isUnchecked(): boolean;
  /** True where details of runs come when a rule asks for them, and not with each version: rules look at few of these. */
  readonly asksForDetails?: boolean;
  /** What a file that the chapter includes holds instead of what it does; undefined for all others. */
  partialText?(path: string): string | undefined;
}

/** Of a chapter whose values alone are wanted. */
export const UNCHECKED: ChapterChecks = { rules: [], isUnchecked: () => true };

export interface ChapterHost {
  /** See `ChapterChecks`. */
  readonly rules?: readonly Rule[] | undefined;
  readonly asksForDetails?: boolean | undefined;
  levels(): Readonly<Record<string, RuleLevel>>;
  /** Whether consequences of findings are findings. */
  consequences(): boolean;
  /** What a chapter of this front matter inherits from its project and folders. */
  inherited(frontMatter: Metadata | undefined): InheritedMetadata;
  /** The files that the chapter may include; undefined for a text that was never saved. */
  readonly partials?: PartialFiles | undefined;
  /** True for a file that is checked where chapters include it, or that its project excludes. */
  isUnchecked?(): boolean;
  /** The findings that are to be told: without those that a baseline names. */
  unknown(findings: readonly Finding[], chapter: Chapter): readonly Finding[];
  /** What lies around a version of the chapter; undefined for a text that was never saved. */
  readonly surroundings?: ((chapter: Chapter) => Surroundings) | undefined;
  /** Files that the chapter names and that cannot be read. */
  unreadable(chapter: Chapter): readonly UnreadableFile[];
  /** Takes one line about a fault of the program that was repaired. */
  log(message: string): void;
  /**
   * A version has been checked; called for each version that was not overtaken by the next, and once more where findings
   * followed that could wait.
   */
  checked(document: ChapterDocument, checked: Checked): void;
  /** A version takes long to be evaluated: what is known by now; `checked` follows, or another one of these. */
  checkedAhead?(document: ChapterDocument, checked: Checked): void;
  /** Begins the evaluation of the document; `evaluated` is called for each version. */
  evaluation(calls: Pick<EvaluationOptions, 'evaluated' | 'progressed'>): ChapterEvaluation;
}

/** While a version is evaluated, what is known more is told so often, in milliseconds. */
const PROGRESS = 500;

/** A chapter of no more cells and blocks is looked at as a whole before findings are told for the first time; of others, no sentence is. */
const SMALL = { cells: 100, blocks: 2000 };
/** Longer than that no request waits for sentences, in milliseconds: some hold thousands of numbers. */
const LONGEST_LOOK = 100;
/** After an edit, so much is looked at before: what it concerns at its place. */
const AT_ONCE: AtOnce = { blocks: 8, cells: 24, milliseconds: { first: LONGEST_LOOK, again: 6 } };
/** For the first time, and with a large cell, for whose names it must be read. */
const NOTHING: AtOnce = { blocks: 0, cells: 0 };

/** After so many milliseconds without an edit, the checks that were put off are made: longer than between two keys. */
const QUIET = 200;

/** So often something is looked at again, since details of runs were missing. */
const MOST_TURNS = 4;

export interface AnswerOptions {
  readonly token?: CancellationToken | undefined;
  readonly atOnce?: boolean;
  readonly wantsAllFindings?: boolean;
  readonly isPatient?: boolean;
}

/** What is made of what is known of a version. */
export type Look<R> = (checked: Checked, haste: Haste) => R | Promise<R>;

export class ChapterDocument {
  readonly kind = 'chapter';
  readonly uri: string;
  readonly evaluation: ChapterEvaluation;
  readonly #host: ChapterHost;
  readonly #rules: RuleRunner;
  #version: number;
  #chapter: Chapter;
  /** What the front matter said under `language` when it was last asked what the chapter inherits. */
  #language: unknown;
  #state: DocumentState = 'parsed';
  #checked: Checked | undefined;
  readonly #waiters = new Waiters<Checked>();
  readonly #answers = new AnswersUnderWay();
  /** What answers are likely to need next. */
  readonly #ahead = new IdleTasks();
  #answeredEarly = false;
  #wasChecked = false;
  /** What is done before the present version is looked at, where that takes long. */
  #preparation: Iterator<void> | undefined;
  /** Begins the checks that the present version has put off. */
  #beginRest: (() => void) | undefined;
  /** Set while a look is to be taken at what is known of a version that is being evaluated. */
  #lookAhead: Timer | undefined;
  /** What such a look found above all that was pending; undefined where none was taken at the present version. */
  #foundAhead: readonly Finding[] | undefined;
  /** When the present version began to be evaluated. */
  #began = 0;
  /** True while the text is read for the first time, in small steps; a look meanwhile would read all of it in one. */
  #isReading = true;
  /** True where a look waits for that. */
  #isLookDue = false;

  constructor(uri: string, version: number, text: string, host: ChapterHost) {
    this.uri = uri;
    this.#version = version;
    this.#host = host;
    const log = (message: string, thrown: unknown) => host.log(`${message}: ${thrownText(thrown)} (${uri})`);
    this.#rules = new RuleRunner(isolatedRules(host.rules, log));
    this.evaluation = host.evaluation({ evaluated: () => this.#check(), progressed: () => this.#progressed() });
    this.#chapter = this.#inheriting(composeChapter(text, uri, host.partials));
    this.#evaluate();
    this.#readAhead(this.#rules.readingAhead(this.#chapter));
  }

  get version(): number {
    return this.#version;
  }

  /** The present version, read. */
  get chapter(): Chapter {
    return this.#chapter;
  }

  get state(): DocumentState {
    return this.#state;
  }

  /** What is known of the present version; undefined before it is `checked`. */
  get checked(): Checked | undefined {
    return this.#checked;
  }

  /** True where something was answered before the present version was checked, so that it may be another answer now. */
  get answeredEarly(): boolean {
    return this.#answeredEarly;
  }

  /** Takes the edits that lead to a version, and tells them by offsets of the document's own text. */
  change(version: number, changes: readonly TextDocumentContentChangeEvent[]): readonly TextChange[] {
    const made: TextChange[] = [];
    for (const change of changes) {
      const edit = this.#edit(change);
      made.push(edit);
      this.#chapter = editComposed(this.#chapter, undefined, edit, this.#host.partials, this.#log);
    }
    this.#changed(version);
    return made;
  }

  /** Takes the edits that lead to a version, one after the other, by offsets of the document's own text. */
  replace(version: number, edits: readonly TextChange[]): void {
    for (const edit of edits)
      this.#chapter = editComposed(this.#chapter, undefined, edit, this.#host.partials, this.#log);
    this.#changed(version);
  }

  #inheriting(chapter: Chapter): Chapter {
    const frontMatter = chapter.frontMatter?.data;
    this.#language = frontMatter?.language;
    return withInherited(chapter, this.#host.inherited(frontMatter));
  }

  #changed(version: number): void {
    const { language } = this.#chapter.frontMatter?.data ?? {};
    if (language !== this.#language) this.#chapter = this.#inheriting(this.#chapter);
    this.#version = version;
    this.#answeredEarly = false;
    this.#overtake();
    this.#evaluate();
  }

  readonly #log = (message: string): void => this.#host.log(message);

  /** The document's own text, without what it includes. */
  get text(): string {
    return ownText(this.#chapter);
  }

  /** Takes edits of a file that the chapter includes. */
  partialChanged(path: string, changes: readonly TextChange[]): void {
    for (const change of changes)
      this.#chapter = editComposed(this.#chapter, path, change, this.#host.partials, this.#log);
    this.#overtake();
    this.#evaluate();
  }

  /** Reads the files that the chapter includes again: some have come, changed or gone. */
  partialsChanged(): void {
    const chapter = composeAgain(this.#chapter, this.#log);
    if (chapter === this.#chapter) return;
    this.#chapter = chapter;
    this.#overtake();
    this.#evaluate();
  }

  #edit(change: TextDocumentContentChangeEvent): TextChange {
    const lines = this.#chapter.composition?.own.lines ?? this.#chapter.lines;
    if (!('range' in change)) return { start: 0, end: lines.length, text: change.text };
    const one = lines.offsetAt(change.range.start);
    const other = lines.offsetAt(change.range.end);
    return { start: Math.min(one, other), end: Math.max(one, other), text: change.text };
  }

  /** Checks the same text again, since settings, the project's configuration or files that it names have changed. */
  checkAgain(): void {
    this.#chapter = this.#inheriting(this.#chapter);
    this.#evaluate();
  }

  /** Evaluates the same text again, since packages have changed. */
  evaluateAgain(): void {
    this.#enter('parsed');
    this.evaluation.reset();
    this.#awaitResults();
  }

  /** Evaluates what saw data files otherwise than these are now. */
  dataChanged(follows: boolean): void {
    this.#enter('parsed');
    this.evaluation.refreshData(follows);
    this.#awaitResults();
  }

  /** Evaluates with other texts in place of what data files and modules hold. */
  tryFiles(tried: TriedTexts): void {
    this.#enter('parsed');
    this.evaluation.try(tried);
    this.#awaitResults();
  }

  /** Checks the present version again, without evaluating it: what lies around the chapter has changed. */
  surroundingsChanged(): void {
    if (this.#state === 'checked') this.#check();
  }

  close(): void {
    this.#enter('closed');
    clearTimeout(this.#lookAhead);
    this.#ahead.stop();
    this.evaluation.close();
    this.#overtake();
  }

  /**
   * The values of the present version once it is evaluated, with the findings that are known by then; where that takes long,
   * the values so far. Rejects with `Superseded` or `Cancelled`.
   */
  current(token?: CancellationToken): Promise<Checked> {
    return this.#values(token, false);
  }

  #values(token: CancellationToken | undefined, isPatient: boolean): Promise<Checked> {
    return this.#wait(token, { patience: isPatient ? undefined : PATIENCE, whole: false });
  }

  /** What is known of the present version with all findings, however long it takes. Rejects as `current` does. */
  whenChecked(token?: CancellationToken): Promise<Checked> {
    return this.#wait(token, { patience: undefined, whole: true });
  }

  #wait(
    token: CancellationToken | undefined,
    { patience, whole }: { readonly patience: number | undefined; readonly whole: boolean },
  ): Promise<Checked> {
    if (token?.isCancellationRequested === true) return Promise.reject(new Cancelled());
    if (this.#checked !== undefined && (this.#checked.isWhole || !whole)) return Promise.resolve(this.#checked);
    if (this.#state === 'closed') return Promise.reject(new Superseded());
    if (this.#state === 'evaluated' && !whole) return Promise.resolve(this.#known());
    if (whole) this.#beginRest?.();
    return this.#waiters.wait(token, { whole, patience, provisional: () => this.#provisional() });
  }

  /**
   * What `look` makes of the present version; where it misses details of runs, it looks again once they are there, or in a
   * hurry where the evaluation has no time to tell them. Undefined where it cannot do without them even so. The options are those of a
   * feature's handler. Rejects as `current` does, and with what `look` throws.
   * `ahead` tells what to do once it is quiet, as `IdleTasks` does.
   */
  answer<R>(
    look: Look<R>,
    options: AnswerOptions = {},
    ahead: (checked: Checked) => Iterable<() => Promise<unknown>> | undefined = () => undefined,
  ): Promise<R | undefined> {
    const answer = (): Promise<R | undefined> => this.#answer(look, options, ahead);
    // Who wants all findings waits for the very checks that would give way.
    return options.wantsAllFindings === true ? answer() : this.#answers.during(answer);
  }

  async #answer<R>(
    look: Look<R>,
    { token, atOnce = false, wantsAllFindings: whole = false, isPatient = false }: AnswerOptions,
    ahead: (checked: Checked) => Iterable<() => Promise<unknown>> | undefined,
  ): Promise<R | undefined> {
    const version = this.#version;
    const waiting = atOnce ? untilSoon() : withPatience;
    let isHurried = false;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      let checked = this.#checked ?? (atOnce ? this.#known() : await this.#values(token, isPatient));
      if (whole && this.#state !== 'parsed' && !checked.isWhole) checked = await this.whenChecked(token);
      try {
        const answer = await look(checked, { isHurried, withPatience: waiting });
        const next = ahead(checked);
        if (next !== undefined) this.#ahead.begin(next, () => version === this.#version);
        return answer;
      } catch (error) {
        if (!(error instanceof DetailsMissing)) throw error;
        if (isHurried) return undefined;
        // What needs more than one run may need many.
        const told = this.evaluation.complete({ run: turn === 0 ? error.run : undefined, isHurried: true });
        const isTold = (await (isPatient ? told : waiting(told))) === true;
        // While a chapter is evaluated elsewhere, what is known of the present version is that of runs which tell no more.
        isHurried = !isTold || turn === MOST_TURNS - 2;
      }
      if (this.#state === 'closed' || this.#version !== version) throw new Superseded();
    }
    return undefined;
  }

  /** The present text with the values and findings that are known so far. */
  #provisional(): Checked {
    this.#answeredEarly = true;
    return { ...this.#known(), findings: this.#foundAhead ?? [] };
  }

  #known(): Checked {
    return { version: this.#version, analysis: this.evaluation.analysis, findings: [], isWhole: false };
  }

  #enter(state: DocumentState, checked?: Checked): void {
    this.#state = state;
    this.#checked = checked;
    this.#beginRest = undefined;
    this.#preparation = undefined;
  }

  #overtake(): void {
    this.#waiters.reject(new Superseded());
  }

  #evaluate(): void {
    this.#enter('parsed');
    this.evaluation.update(this.#chapter, this.#version);
    this.#awaitResults();
  }

  /** Where results take long, what is known by then is told. */
  #awaitResults(): void {
    clearTimeout(this.#lookAhead);
    this.#foundAhead = undefined;
    this.#began = performance.now();
    this.#lookAhead = this.#state === 'parsed' ? later(() => this.#checkAhead(), PATIENCE) : undefined;
  }

  /** More has become known of the present version since that was told, or before it was to be. */
  #progressed(): void {
    if (this.#state !== 'parsed') return;
    const patience = this.#began + PATIENCE - performance.now();
    this.#lookAhead ??= later(() => this.#checkAhead(), this.#foundAhead === undefined ? patience : PROGRESS);
  }

  /** Tells what is known of the present version, which is still being evaluated. */
  #checkAhead(): void {
    this.#lookAhead = undefined;
    const host = this.#host;
    if (this.#state !== 'parsed' || !this.evaluation.isAvailable || host.isUnchecked?.() === true) return;
    const { version, analysis } = this.#known();
    // A chapter that was opened just now waits for its evaluation to begin.
    if (!this.#wasChecked && analysis.cells[0]?.pending !== false) return;
    if (this.#isReading) {
      this.#isLookDue = true;
      return;
    }
    this.#foundAhead = [];
    try {
      const findings = host.unknown(this.#rules.runAhead(analysis, this.#ruleOptions(analysis)), analysis.chapter);
      const pending = startOfPending(analysis);
      this.#foundAhead = findings.filter(({ range }) => range.start < pending);
      host.checkedAhead?.(this, { version, analysis, findings, isWhole: false });
    } catch (error) {
      // What a rule must know of a run will come with the other results.
      if (!(error instanceof DetailsMissing)) throw error;
    }
  }

  /** Uses the time until the first results come; requests have their turn between slices. */
  #readAhead(steps: Iterator<void>): void {
    soon(() => {
      const end = performance.now() + SLICE;
      do {
        if (this.#state === 'parsed' && steps.next().done !== true) continue;
        this.#isReading = false;
        if (this.#isLookDue) this.#checkAhead();
        return;
      } while (performance.now() < end);
      this.#readAhead(steps);
    });
  }

  /** The present version has been evaluated, or nothing can be; `turn` counts the looks at it. */
  #check(turn = 0): void {
    if (this.#state === 'closed') return;
    this.#enter('evaluated');
    const { analysis } = this.evaluation;
    const { cells, blocks } = analysis.chapter;
    const isLarge = cells.some(({ range: { start, end } }) => end - start > LARGE_CELL);
    const isSmall = !isLarge && cells.length <= SMALL.cells && blocks.length <= SMALL.blocks;
    const first = isSmall ? { ...EVERYTHING, milliseconds: { first: LONGEST_LOOK, again: LONGEST_LOOK } } : NOTHING;
    const atOnce = !this.#wasChecked ? first : isLarge ? NOTHING : AT_ONCE;
    this.#waiters.resolve(this.#known(), false);
    const steps = this.#rules.preparing(analysis, { ...this.#surroundings(analysis), atOnce });
    this.#preparation = steps;
    // What was asked together with an edit has its turn before.
    soon(() => this.#prepareSoon(steps, turn, () => this.#look(analysis, turn, atOnce)));
  }

  #prepareSoon(steps: Iterator<void>, turn: number, look: () => void): void {
    soon(() => {
      if (this.#preparation === steps && this.#state === 'evaluated') this.#prepare(steps, turn, look);
    });
  }

  /** Has the rules make their checks one by one first: an edit may reach very many, and others wait for an answer meanwhile. */
  #prepare(steps: Iterator<void>, turn: number, look: () => void): void {
    this.#withDetails(turn, () => {
      const end = performance.now() + SLICE;
      const isLookedAt = this.#isLookedAt;
      while (isLookedAt && steps.next().done !== true)
        if (performance.now() > end) {
          this.#prepareSoon(steps, turn, look);
          return;
        }
      this.#preparation = undefined;
      look();
    });
  }

  /** Has the rules look at it, and at what they put off a little later. */
  #look(analysis: Analysis, turn: number, atOnce: AtOnce): void {
    const host = this.#host;
    const options = { ...this.#ruleOptions(analysis), atOnce };
    const isLookedAt = this.#isLookedAt;
    this.#withDetails(turn, () => {
      const findings = isLookedAt ? host.unknown(this.#rules.run(analysis, options), analysis.chapter) : [];
      const isWhole = !isLookedAt || this.#rules.isComplete;
      const checked = { version: analysis.version, analysis, findings, isWhole };
      this.#wasChecked = true;
      this.#settle(checked);
      host.checked(this, checked);
      if (!isWhole) this.#putOff(checked, turn);
    });
  }

  /** Without an evaluation, everything would seem to be missing. */
  get #isLookedAt(): boolean {
    return this.evaluation.isAvailable && this.#host.isUnchecked?.() !== true;
  }

  #ruleOptions({ chapter }: Analysis): Omit<RuleOptions, 'atOnce'> {
    const host = this.#host;
    const unreadable = host.unreadable(chapter);
    return { levels: host.levels(), consequences: host.consequences(), unreadable, ...this.#surroundings({ chapter }) };
  }

  #surroundings({ chapter }: Pick<Analysis, 'chapter'>): Pick<RuleOptions, 'surroundings'> {
    const surroundings = this.#host.surroundings?.(chapter);
    return surroundings === undefined ? {} : { surroundings };
  }

  /** What is known of the present version answers who waits for it. */
  #settle(checked: Checked): void {
    const { isWhole } = checked;
    this.#enter(isWhole ? 'checked' : 'evaluated', checked);
    this.#waiters.resolve(checked, isWhole);
  }

  /** Has the rest of the checks made once somebody waits for all findings, or nobody types. */
  #putOff(checked: Checked, turn: number): void {
    const begin = (): void => {
      if (this.#beginRest !== begin) return;
      this.#beginRest = undefined;
      this.#readOn(checked, this.#rules.readOn(), turn);
    };
    this.#beginRest = begin;
    if (!this.#waiters.isEmpty) begin();
    else later(begin, QUIET);
  }

  /** Makes the checks that were put off, in slices between answers, and tells all findings then. */
  #readOn(checked: Checked, steps: Iterator<void, boolean>, turn: number): void {
    this.#answers.after(() => {
      if (this.#checked !== checked) return;
      this.#withDetails(turn, () => {
        const end = performance.now() + SLICE;
        do {
          const { done, value: isOther } = steps.next();
          if (done !== true) continue;
          if (isOther) this.#look(checked.analysis, turn, EVERYTHING);
          else this.#settle({ ...checked, isWhole: true });
          return;
        } while (performance.now() < end);
        this.#readOn(checked, steps, turn);
      });
    });
  }

  /** Does something that a rule may need details for; then all is looked at again once these are there. */
  #withDetails(turn: number, look: () => void): void {
    try {
      look();
    } catch (error) {
      if (error instanceof DetailsMissing && turn < MOST_TURNS) this.#checkWithDetails(turn);
      else this.#settleWithout(error);
    }
  }

  /** A fault of what runs the rules takes the findings of a version, and neither its values nor the answers to who waits for it. */
  #settleWithout(fault: unknown): void {
    this.#host.log(`No findings of this version: ${thrownText(fault)}`);
    const checked = { ...this.#known(), isWhole: true };
    this.#settle(checked);
    this.#host.checked(this, checked);
  }

  /** A rule needs details, which it will need of each version that it looks at. */
  #checkWithDetails(turn: number): void {
    const version = this.#version;
    if (this.#host.asksForDetails !== true) this.evaluation.withDetails();
    void this.evaluation.complete().then(() => {
      if (this.#version === version && this.#state === 'evaluated') this.#check(turn + 1);
    });
  }
}
