/**
 * The findings of chapters that are not open: checked one after the other in a worker thread, and only while nobody
 * types, so that the problems list covers the whole workspace.
 */
import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { Checks, Engine, FileChanges } from '../engine';
import { FileError } from '../files/access';
import { pathOfUri, uriOfPath } from '../files/uri';
import { later, type Timer } from '../timers';
import type { CheckedChapter } from '../workspace/check';
import { isAuthored } from '../workspace/files';
import type { FindingRecord } from '../workspace/records';
import { unreadableChapter } from '../workspace/unreadable';
import { diagnosticsOfRecords, type RuleLinks } from './diagnostics';
import type { WorkspaceFolders } from './folders';
import type { PublishedFindings } from './publishedFindings';

/** Typing must have stopped for this long. */
const QUIET = 3000;

export class WorkspaceCheck {
  readonly #connection: Connection;
  readonly #folders: WorkspaceFolders;
  readonly #engine: Engine;
  readonly #parallelism: number;
  /** Where the pages of rules are. */
  links: RuleLinks | undefined;
  /** True if the client shows progress. */
  reportsProgress = false;
  readonly #published: PublishedFindings;
  #queue: string[] = [];
  #total = 0;
  #checks: Checks | undefined;
  #timer: Timer | undefined;
  /** How long the timer waits. */
  #delay = 0;
  /** Which chapters are to be looked for in the folders before: all, or those of folders that are checked by themselves. */
  #due: 'all' | 'wanted' | undefined;
  #progress: WorkDoneProgressReporter | undefined;
  #running = false;
  /** Counts changes of files: a check during which one comes may have seen the file as it was. */
  #changes = 0;
  #stopped = false;
  /** Chapters whose findings are shown, to be taken back when a chapter goes. */
  readonly #shown = new Set<string>();
  /** Files that chapters name, such as bibliographies, by the chapter that was checked. */
  readonly #named = new Map<string, readonly string[]>();
  /** What was asked of what lies around the chapters that were checked. */
  readonly #answers = new Map<string, CheckedChapter['answers']>();

  /** Up to `parallelism` chapters are checked at the same time. */
  constructor(
    connection: Connection,
    engine: Engine,
    parallelism: number,
    folders: WorkspaceFolders,
    published: PublishedFindings,
  ) {
    this.#connection = connection;
    this.#published = published;
    this.#engine = engine;
    this.#parallelism = parallelism;
    this.#folders = folders;
  }

  /** Checks all chapters that are not open; at once if the author asked for it, else if the setting says so. */
  start(now: boolean): void {
    if (!now) {
      this.#queue = this.#queue.filter(path => this.#isWanted(path));
      for (const path of [...this.#shown]) if (!this.#isWanted(path)) this.#show(path, []);
      if (!this.#folders.paths.some(folder => this.#isWanted(folder))) return;
    }
    this.#due = now ? 'all' : (this.#due ?? 'wanted');
    this.#wait(now ? 0 : QUIET);
  }

  /** Somebody types: the next chapter waits. */
  pause(): void {
    if (this.#timer !== undefined) this.#wait(this.#delay);
  }

  closed(uri: string): void {
    const path = pathOfUri(uri);
    if (this.#stopped || path === undefined || !path.endsWith('.qmd')) return;
    if (this.#isOurs(path) && this.#isWanted(path)) this.#enqueue([path]);
  }

  filesChanged(files: FileChanges): void {
    if (this.#stopped) return;
    this.#changes++;
    this.#checks?.refresh();
    // A package may be used by any chapter, and a folder may hold one.
    const concernsAll = [...files.paths.filter(path => path.endsWith('.py')), ...files.folders].some(path =>
      this.#isOurs(path),
    );
    if (concernsAll || files.configurations.some(path => this.#folders.contains(path))) {
      this.start(false);
      return;
    }
    const chapters = files.paths.filter(path => path.endsWith('.qmd') && this.#isOurs(path));
    const gone = [...this.#shown].filter(path => files.concerns(path));
    const naming = [...this.#named].flatMap(([path, named]) => (named.some(one => files.concerns(one)) ? [path] : []));
    const asking = chapters.length === 0 ? [] : this.#askedOtherwise();
    this.#enqueue([...new Set([...chapters, ...gone, ...naming, ...asking])].filter(path => this.#isWanted(path)));
  }

  /** Closed chapters that would be told other things now, such as labels of chapters that have changed. */
  #askedOtherwise(): readonly string[] {
    return [...this.#answers].flatMap(([path, answers]) => {
      if (this.#engine.isOpen(uriOfPath(path))) return [];
      try {
        return this.#holds(path, answers) ? [] : [path];
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return [path];
      }
    });
  }

  #holds(path: string, answers: CheckedChapter['answers']): boolean {
    return answers.size === 0 || this.#engine.neighbours.holds(path, this.#engine.read(path), answers);
  }

  #isOurs(path: string): boolean {
    return this.#folders.contains(path) && isAuthored(path, this.#folders.rootOf(path));
  }

  stop(): void {
    this.#stopped = true;
    this.#queue = [];
    clearTimeout(this.#timer);
    this.#checks?.close();
  }

  /** True in a folder of the workspace whose chapters are to be checked. */
  #isWanted(path: string): boolean {
    return this.#folders.contains(path) && this.#folders.settingsOf(path).workspaceCheck;
  }

  /** The chapters that are to be checked; with `all`, also in folders that are checked on demand only. */
  #chapters(all: boolean): string[] {
    const folders = this.#folders.paths.filter(folder => all || this.#isWanted(folder));
    const found = folders.flatMap(folder => {
      try {
        const { chapters, problems } = this.#engine.chaptersAt(folder, folder);
        for (const { message } of problems) this.#connection.console.warn(message);
        return chapters;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#connection.console.warn(error.message);
        return [];
      }
    });
    // A folder may be open together with one that it holds. Chapters that are gone lose their findings.
    return [...new Set([...found, ...this.#shown])];
  }

  /** Has chapters checked once it is quiet. */
  #enqueue(paths: readonly string[]): void {
    this.#add(paths);
    if (!this.#running && this.#timer === undefined && this.#queue.length > 0) this.#wait(QUIET);
  }

  #add(paths: readonly string[]): void {
    const waiting = new Set(this.#queue);
    const added = paths.filter(path => !waiting.has(path));
    this.#queue.push(...added);
    this.#total += added.length;
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#delay = milliseconds;
    this.#timer = later(() => {
      this.#timer = undefined;
      if (this.#stopped) return;
      const due = this.#due;
      this.#due = undefined;
      if (due !== undefined) this.#add(this.#chapters(due === 'all'));
      if (!this.#running && this.#queue.length > 0) void this.#run();
    }, milliseconds);
  }

  async #run(): Promise<void> {
    this.#running = true;
    const checks = this.#engine.checks(this.#parallelism);
    this.#checks = checks;
    try {
      await this.#begin();
      for (let path = this.#queue.shift(); path !== undefined && !this.#stopped; path = this.#queue.shift())
        await this.#checkOne(checks, path);
    } catch (error) {
      // Nothing can be evaluated: the other chapters would say the same.
      this.#queue = [];
      this.#connection.console.error(`Chapters that are not open cannot be checked: ${String(error)}`);
    } finally {
      this.#progress?.done();
      this.#progress = undefined;
      this.#running = false;
      this.#total = 0;
      this.#checks = undefined;
      // The worker's memory goes with it.
      checks.close();
    }
  }

  async #begin(): Promise<void> {
    if (!this.reportsProgress || this.#queue.length < 2) return;
    const progress = await this.#connection.window.createWorkDoneProgress().catch((error: unknown) => {
      this.#connection.console.warn(`The client does not show progress: ${String(error)}`);
      return undefined;
    });
    if (progress === undefined) return;
    this.#progress = progress;
    progress.begin('Reckoner: checking chapters', 0, undefined, false);
  }

  async #checkOne(checks: Checks, path: string): Promise<void> {
    if (this.#engine.isOpen(uriOfPath(path))) return;
    const done = this.#total - this.#queue.length;
    this.#progress?.report(Math.round((100 * done) / Math.max(1, this.#total)), `${done} of ${this.#total}`);
    try {
      if (this.#engine.projects.isExcluded(path)) {
        this.#show(path, []);
        return;
      }
      const changes = this.#changes;
      const { findings: all, named, answers } = await checks.check(path, path);
      if (this.#changes !== changes) this.#add([path]);
      const findings = this.#engine.projects.unknownRecords(all, path);
      this.#answers.set(path, answers);
      if (named.length > 0) this.#named.set(path, named);
      else this.#named.delete(path);
      if (!this.#engine.isOpen(uriOfPath(path)) && this.#folders.contains(path)) this.#show(path, findings);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#named.delete(path);
      this.#answers.delete(path);
      // One that is gone has nothing to tell.
      this.#show(path, error.problem === 'missing' ? [] : [unreadableChapter(error, path)]);
    }
  }

  #show(path: string, findings: readonly FindingRecord[]): void {
    if (findings.length === 0 && !this.#shown.delete(path)) return;
    if (findings.length > 0) this.#shown.add(path);
    const byFile = new Map<string, FindingRecord[]>();
    for (const finding of findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
    const told = [...byFile].map(
      ([file, found]) => [uriOfPath(file), diagnosticsOfRecords(found, uriOfPath(file), this.links)] as const,
    );
    this.#published.take(uriOfPath(path), new Map(told));
  }
}
