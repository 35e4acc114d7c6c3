/**
 * The findings of chapters that are not open: checked one after the other in a worker thread, and only while nobody
 * types, so that the problems list covers the whole workspace.
 */
import { availableParallelism } from 'node:os';
import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { FileError } from '../files/access';
import { isInside } from '../files/paths';
import { pathOfUri, uriOfPath } from '../files/uri';
import type { Settings } from '../protocol';
import { CheckPool } from '../worker/pool';
import { chaptersAt } from '../workspace/files';
import { unreadableChapter } from '../workspace/unreadable';
import { diagnosticsOfRecords } from './diagnostics';

export interface WorkspaceHost {
  folders(): readonly string[];
  isOpen(uri: string): boolean;
  settings(): Settings;
}

/** Typing must have stopped for this long. */
const QUIET = 3000;

export class WorkspaceCheck {
  readonly #connection: Connection;
  readonly #host: WorkspaceHost;
  /** True if the client shows progress. */
  reportsProgress = false;
  #queue: string[] = [];
  #total = 0;
  #pool: CheckPool | undefined;
  #timer: NodeJS.Timeout | undefined;
  #progress: WorkDoneProgressReporter | undefined;
  #running = false;
  #stopped = false;
  /** Chapters whose findings are shown, to be taken back when a chapter goes. */
  readonly #shown = new Set<string>();

  constructor(connection: Connection, host: WorkspaceHost) {
    this.#connection = connection;
    this.#host = host;
  }

  /** Checks all chapters that are not open; at once if the author asked for it, else if the setting says so. */
  start(now: boolean): void {
    if (!now && !this.#host.settings().workspaceCheck) {
      this.#queue = [];
      for (const path of [...this.#shown]) this.#show(path, []);
      return;
    }
    this.#wait(now ? 0 : QUIET, () => this.#enqueue(this.#chapters()));
  }

  /** Somebody types: the next chapter waits. */
  pause(): void {
    if (this.#timer === undefined && this.#queue.length === 0) return;
    this.#timer?.refresh();
  }

  closed(uri: string): void {
    const path = pathOfUri(uri);
    if (path !== undefined) this.filesChanged([path]);
  }

  filesChanged(paths: readonly string[]): void {
    if (!this.#host.settings().workspaceCheck || this.#stopped) return;
    // A package may be used by any chapter.
    if (paths.some(path => path.endsWith('.py'))) this.start(false);
    else this.#enqueue(paths.filter(path => path.endsWith('.qmd') && this.#isInside(path)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue = [];
    clearTimeout(this.#timer);
    await this.#pool?.close();
  }

  #isInside(path: string): boolean {
    return this.#host.folders().some(folder => isInside(path, folder));
  }

  #chapters(): string[] {
    return this.#host.folders().flatMap(folder => {
      try {
        const { chapters, problems } = chaptersAt(folder, folder);
        for (const { message } of problems) this.#connection.console.warn(message);
        return chapters;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#connection.console.warn(error.message);
        return [];
      }
    });
  }

  #enqueue(paths: readonly string[]): void {
    const waiting = new Set(this.#queue);
    const added = paths.filter(path => !waiting.has(path));
    this.#queue.push(...added);
    this.#total += added.length;
    if (!this.#running && this.#queue.length > 0)
      this.#wait(this.#timer === undefined ? QUIET : 0, () => void this.#run());
  }

  #wait(milliseconds: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#stopped) then();
    }, milliseconds);
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    const pool = new CheckPool(Math.max(1, availableParallelism() - 1));
    this.#pool = pool;
    try {
      await this.#begin();
      for (let path = this.#queue.shift(); path !== undefined && !this.#stopped; path = this.#queue.shift())
        await this.#checkOne(pool, path);
    } finally {
      this.#progress?.done();
      this.#progress = undefined;
      this.#running = false;
      this.#total = 0;
      this.#pool = undefined;
      // The worker's memory goes with it.
      await pool.close();
    }
  }

  async #begin(): Promise<void> {
    if (!this.reportsProgress || this.#queue.length < 2) return;
    this.#progress = await this.#connection.window.createWorkDoneProgress();
    this.#progress.begin('Reckoner: checking chapters', 0, undefined, false);
  }

  async #checkOne(pool: CheckPool, path: string): Promise<void> {
    if (this.#host.isOpen(uriOfPath(path))) return;
    const done = this.#total - this.#queue.length;
    this.#progress?.report(Math.round((100 * done) / Math.max(1, this.#total)), `${done} of ${this.#total}`);
    const { rules, budgets, packageRoots } = this.#host.settings();
    try {
      const { findings } = await pool.check(path, path, { levels: rules, budgets, packageRoots });
      if (!this.#host.isOpen(uriOfPath(path))) this.#show(path, findings);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      // One that is gone has nothing to tell.
      this.#show(path, error.problem === 'missing' ? [] : [unreadableChapter(error, path)]);
    }
  }

  #show(path: string, findings: Parameters<typeof diagnosticsOfRecords>[0]): void {
    if (findings.length === 0 && !this.#shown.delete(path)) return;
    if (findings.length > 0) this.#shown.add(path);
    const uri = uriOfPath(path);
    void this.#connection.sendDiagnostics({ uri, diagnostics: diagnosticsOfRecords(findings, uri) });
  }
}
