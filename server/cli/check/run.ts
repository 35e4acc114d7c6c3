/** Checks chapters on all cores, with results kept on disk. */
import { availableParallelism } from 'node:os';
import { cacheFolder } from '../../cacheFolder';
import type { Engine } from '../../engine';
import { FileError } from '../../files/access';
import { filesIn } from '../../files/node';
import { replaceFile } from '../../files/replace';
import { version } from '../../version';
import { ResultCache } from '../../workspace/cache';
import type { CheckedChapter } from '../../workspace/check';
import { lookupPaths } from '../../workspace/dataFiles';
import type { FindingRecord } from '../../workspace/records';
import { unreadableChapter, unreadableRecords } from '../../workspace/unreadable';
import type { Io } from '../io';
import { printableLine } from '../printable';
import { Progress } from '../progress';
import type { Workspace } from '../workspace';
import type { ChapterFile } from './chapters';

export interface RunOptions {
  readonly consequences: boolean;
  /** Fixes are taken, of these rules where some are named. */
  readonly fix: boolean;
  /** Fixes that are taken are written into the files. */
  readonly write: boolean;
  readonly rules: readonly string[] | undefined;
  readonly cache: boolean;
  readonly jobs: number | undefined;
}

/** What is known of one chapter. */
export interface CheckedFile {
  readonly findings: readonly FindingRecord[];
  /** Its text, and what fixes made of it; both undefined for one that cannot be read. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly fixed: number;
  /** Files that it depends on, whether they are there or not. */
  readonly dependencies: readonly string[];
}

interface Chapter extends ChapterFile {
  readonly text: string;
}

/** With fewer files than this one process is enough: to start more of them would take longer. */
const ENOUGH_FOR_PROCESSES = 3;

/** One run over chapters. */
export class CheckRun {
  readonly #engine: Engine;
  readonly #options: RunOptions;
  readonly #io: Io;
  readonly #cache: ResultCache | undefined;
  readonly #results = new Map<string, CheckedFile>();
  /** True where a file could not be read or written. */
  failed = false;

  constructor(engine: Engine, workspace: Workspace, options: RunOptions, io: Io) {
    this.#engine = engine;
    this.#options = options;
    this.#io = io;
    const isCached = options.cache && !options.fix;
    this.#cache = isCached ? cacheOf(io, engine, workspace, options.consequences) : undefined;
  }

  /** What is known of a file that was checked. */
  of({ path }: ChapterFile): CheckedFile {
    return this.#results.get(path)!;
  }

  /** Checks chapters, those that no cache knows in processes. */
  async check(files: readonly ChapterFile[]): Promise<void> {
    const missing: Chapter[] = [];
    for (const file of files)
      await this.#add(file, async () => {
        const { path, shownAs } = file;
        const text = this.#engine.read(path);
        const known = this.#cache?.get(path, text, shownAs);
        if (known === undefined) {
          missing.push({ ...file, text });
          return undefined;
        }
        const unreadable = unreadableRecords(path, text, shownAs, this.#engine.filesOf(path));
        return {
          findings: [...unreadable, ...known.findings],
          before: text,
          after: text,
          fixed: 0,
          dependencies: known.dependencies,
        };
      });
    await this.#checkMissing(missing);
  }

  /** Takes what `find` finds; a file that cannot be read has that as its finding. */
  async #add({ path, shownAs }: ChapterFile, find: () => Promise<CheckedFile | undefined>): Promise<void> {
    try {
      const found = await find();
      if (found !== undefined) this.#results.set(path, found);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.failed = true;
      const findings = [unreadableChapter(error, shownAs)];
      this.#results.set(path, { findings, before: undefined, after: undefined, fixed: 0, dependencies: [] });
    }
  }

  async #checkMissing(chapters: readonly Chapter[]): Promise<void> {
    const { jobs } = this.#options;
    const few = jobs === undefined && chapters.length < ENOUGH_FOR_PROCESSES;
    const processes = few ? 1 : Math.min(jobs ?? availableParallelism(), chapters.length);
    const checks = this.#engine.checks(processes);
    const checkOne = async (chapter: Chapter): Promise<CheckedFile> => {
      const checked = await this.#checkOne(chapter, fix => {
        const { path, shownAs, text } = chapter;
        const { rules } = this.#options;
        return checks.check(path, shownAs, { text, fix, ...(rules && { rules }) });
      });
      this.#cache?.put(chapter.path, chapter.text, checked);
      const { findings, fixed, text: after = chapter.text, filesRead, named } = checked;
      const dependencies = [...lookupPaths(filesRead.keys()), ...named];
      return { findings, before: chapter.text, after, fixed, dependencies };
    };
    const inTurn = new Progress(this.#io).over(chapters, ({ shownAs }) => shownAs, processes);
    const checkInTurn = async (): Promise<void> => {
      for (const chapter of inTurn) await this.#add(chapter, () => checkOne(chapter));
    };
    try {
      await Promise.all(Array.from({ length: processes }, checkInTurn));
    } finally {
      checks.close();
    }
    if (chapters.length > 0) this.#cache?.prune();
  }

  async #checkOne({ path }: Chapter, run: (fix: boolean) => Promise<CheckedChapter>): Promise<CheckedChapter> {
    const { fix, write } = this.#options;
    const checked = await run(fix);
    if (checked.text === undefined || !write) return checked;
    try {
      replaceFile(this.#engine.filesOf(path), path, checked.text);
      return checked;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      // The fixes could not be written: what they would have mended is told.
      this.failed = true;
      this.#io.err(`reckoner: ${printableLine(error.message)}\n`);
      return run(false);
    }
  }
}

function cacheOf(
  io: Io,
  engine: Engine,
  { root, packageRoots = [], isAlone = false }: Workspace,
  consequences: boolean,
): ResultCache {
  const program = filesIn(__dirname).stat(__filename)?.stamp;
  const options = [consequences ? 'consequences' : '', isAlone ? 'alone' : ''];
  const key = [version, program, ...options, root ?? '', ...packageRoots].join(' ');
  return new ResultCache(
    cacheFolder(io.env, process.platform),
    key,
    (path, chapter) => engine.trace(path, chapter),
    (path, text) => engine.neighbours.onDisk(path, text),
    path => engine.filesOf(path).root,
  );
}
