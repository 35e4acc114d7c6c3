/** `reckoner check`: the findings of chapters and folders, on all cores, with results kept on disk. */

import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { cacheFolder } from '../cacheFolder';
import { SEVERITIES, type Severity } from '../diagnostics';
import type { Engine } from '../engine';
import { FileError } from '../files/access';
import { filesIn } from '../files/node';
import { replaceFile } from '../files/replace';
import type { LeftOut } from '../project/book';
import { version } from '../version';
import { ResultCache } from '../workspace/cache';
import type { CheckedChapter } from '../workspace/check';
import { type FindingRecord, withoutTwins } from '../workspace/records';
import { unreadableChapter, unreadableRecords } from '../workspace/unreadable';
import { makeEngine, rootOf } from './engine';
import type { Io } from './io';
import { printableLine } from './printable';
import { Progress } from './progress';
import { type Format, print } from './report';
import { type Workspace, type WorkspaceOptions, workspaceOf } from './workspace';

export interface CheckCommand extends WorkspaceOptions {
  readonly format: Format;
  readonly failOn: 'error' | 'warning';
  readonly fix?: boolean;
  readonly consequences?: boolean;
  readonly cache: boolean;
  readonly jobs?: number;
}

/** With fewer files than this one process is enough: to start more of them would take longer. */
const ENOUGH_FOR_PROCESSES = 3;

export async function check(paths: readonly string[], options: CheckCommand, io: Io): Promise<number> {
  const { files, leftOut, problems } = filesOf(paths, options, io);
  tellLeftOut(leftOut, io);
  for (const { message } of problems) io.err(`reckoner: ${printableLine(message)}\n`);
  const workspace = workspaceOf(
    options,
    files.map(file => file.path),
    io,
  );
  const { cache: isCached, fix, consequences = false } = options;
  const engine = makeEngine(workspace, { settings: { consequences } });
  const cache = isCached && fix !== true ? cacheOf(io, engine, workspace, consequences) : undefined;
  const results = new Results();
  const missing: Chapter[] = [];
  for (const file of files) {
    const { path, shownAs } = file;
    await results.add(file, async () => {
      const text = engine.read(path);
      const known = cache?.get(path, text, shownAs);
      if (known === undefined) {
        missing.push({ ...file, text });
        return [];
      }
      return [...unreadableRecords(path, text, shownAs, engine.filesOf(path)), ...known];
    });
  }
  await checkAll(missing, engine, options, io, cache, results);
  const findings = withoutTwins(files.flatMap(file => results.of(file)));
  print({ findings, files: files.length, fixed: results.fixed }, options.format, io);
  if (results.failed || problems.length > 0) return 2;
  const limit = SEVERITIES.indexOf(options.failOn);
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity as Severity) <= limit) ? 1 : 0;
}

/** So many are named. */
const MOST_NAMED = 10;

/** Says which chapters of a project are not checked, since Quarto does not render them. */
function tellLeftOut(leftOut: readonly LeftOut[], io: Io): void {
  for (const reason of new Set(leftOut.map(one => one.reason))) {
    const paths = leftOut.filter(one => one.reason === reason).map(({ path }) => relative(io.cwd, path));
    const named = paths.slice(0, MOST_NAMED).join(', ');
    const more = paths.length > MOST_NAMED ? `, and ${paths.length - MOST_NAMED} more` : '';
    io.err(`reckoner: left out, ${reason}: ${printableLine(named)}${more}\n`);
  }
}

/** What is known of the files by now. */
class Results {
  readonly #findings = new Map<string, readonly FindingRecord[]>();
  /** Number of fixes that were written. */
  fixed = 0;
  /** True where a file could not be read or written. */
  failed = false;

  /** Takes the findings of a file; one that cannot be read has that as its finding. */
  async add({ path, shownAs }: File, find: () => Promise<readonly FindingRecord[]>): Promise<void> {
    try {
      this.#findings.set(path, await find());
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.failed = true;
      this.#findings.set(path, [unreadableChapter(error, shownAs)]);
    }
  }

  of({ path }: File): readonly FindingRecord[] {
    return this.#findings.get(path) ?? [];
  }
}

interface File {
  readonly path: string;
  /** The name in the output: relative to the working directory where the file is below it. */
  readonly shownAs: string;
}

interface Chapter extends File {
  readonly text: string;
}

interface FileSearch {
  readonly files: readonly File[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly FileError[];
}

/** The chapters that the arguments stand for, each once, in the order of their names within an argument. */
function filesOf(paths: readonly string[], { root }: WorkspaceOptions, io: Io): FileSearch {
  const files = new Map<string, File>();
  const problems: FileError[] = [];
  const leftOut: LeftOut[] = [];
  const top = root === undefined ? {} : { root: resolve(io.cwd, root) };
  const engine = makeEngine(top);
  for (const path of paths) {
    const whole = resolve(io.cwd, path);
    const found = engine.chaptersAt(whole, rootOf(join(whole, '.qmd'), top));
    problems.push(...found.problems);
    leftOut.push(...found.leftOut);
    for (const file of found.chapters) {
      const way = relative(io.cwd, file);
      if (!files.has(file)) files.set(file, { path: file, shownAs: way.startsWith('..') ? file : way });
    }
  }
  if (files.size === 0 && problems.length === 0) throw new FileError(`${paths.join(', ')}: no .qmd files there`);
  return { files: [...files.values()], leftOut, problems };
}

function cacheOf(io: Io, engine: Engine, { root, packageRoots = [] }: Workspace, consequences: boolean): ResultCache {
  const program = filesIn(__dirname).stat(__filename)?.stamp;
  const key = [version, program, consequences ? 'consequences' : '', root ?? '', ...packageRoots].join(' ');
  return new ResultCache(cacheFolder(io.env, process.platform), key, (path, chapter) => engine.trace(path, chapter));
}

/** Checks the chapters that no cache knew. */
async function checkAll(
  chapters: readonly Chapter[],
  engine: Engine,
  options: CheckCommand,
  io: Io,
  cache: ResultCache | undefined,
  results: Results,
): Promise<void> {
  const progress = new Progress(chapters.length, io);
  const few = options.jobs === undefined && chapters.length < ENOUGH_FOR_PROCESSES;
  const processes = few ? 1 : Math.min(options.jobs ?? availableParallelism(), chapters.length);
  const { fix = false } = options;
  const checks = engine.checks(processes);
  const run = ({ path, shownAs, text }: Chapter, fixes: boolean): Promise<CheckedChapter> =>
    checks.check(path, shownAs, { text, fix: fixes });
  const checkOne = async (chapter: Chapter): Promise<readonly FindingRecord[]> => {
    progress.show(chapter.shownAs);
    let checked = await run(chapter, fix);
    try {
      const { path } = chapter;
      if (checked.text !== undefined) replaceFile(engine.filesOf(path), path, checked.text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      // The fixes could not be written: what they would have mended is told.
      results.failed = true;
      io.err(`reckoner: ${printableLine(error.message)}\n`);
      checked = await run(chapter, false);
    }
    results.fixed += checked.fixed;
    cache?.put(chapter.path, chapter.text, checked);
    progress.done();
    return checked.findings;
  };
  try {
    await Promise.all(chapters.map(chapter => results.add(chapter, () => checkOne(chapter))));
  } finally {
    checks.close();
  }
  progress.clear();
  if (chapters.length > 0) cache?.prune();
}
