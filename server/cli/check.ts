/** `reckoner check`: the findings of chapters and folders, on all cores, with results kept on disk. */

import { realpathSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { cacheFolder } from '../cacheFolder';
import { SEVERITIES, type Severity } from '../diagnostics';
import { version } from '../version';
import { CheckPool } from '../worker/pool';
import { ResultCache } from '../workspace/cache';
import { checkChapter } from '../workspace/check';
import { chaptersAt, FileError, readText, workspaceRoot } from '../workspace/files';
import { PackageStore } from '../workspace/packages';
import type { FindingRecord } from '../workspace/records';
import type { Io } from './io';
import { Progress } from './progress';
import { type Format, print } from './report';
import { type WorkspaceOptions, workspaceOf } from './workspace';

export interface CheckCommand extends WorkspaceOptions {
  readonly format: Format;
  readonly failOn: 'error' | 'warning';
  readonly fix?: boolean;
  readonly cache: boolean;
  readonly jobs?: number;
}

/** With fewer files than this no other threads are started. */
const ENOUGH_FOR_THREADS = 3;

export async function check(paths: readonly string[], options: CheckCommand, io: Io): Promise<number> {
  const files = filesOf(paths, io);
  const workspace = workspaceOf(
    options,
    files.map(file => file.path),
    io,
  );
  const cache = options.cache && options.fix !== true ? cacheOf(io, workspace) : undefined;
  const found = new Map<string, readonly FindingRecord[]>();
  const missing: Chapter[] = [];
  for (const file of files) {
    const text = readText(file.path);
    const known = cache?.get(file.path, text, file.shownAs);
    if (known === undefined) missing.push({ ...file, text });
    else found.set(file.path, known);
  }
  const fixed = await checkAll(missing, { ...options, ...workspace }, io, cache, found);
  const findings = files.flatMap(file => found.get(file.path) ?? []);
  print({ findings, files: files.length, fixed }, options.format, io);
  const limit = SEVERITIES.indexOf(options.failOn);
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity as Severity) <= limit) ? 1 : 0;
}

interface File {
  readonly path: string;
  /** The name in the output: relative to the working directory where the file is below it. */
  readonly shownAs: string;
}

interface Chapter extends File {
  readonly text: string;
}

/** The chapters that the arguments stand for, each once, in the order of their names within an argument. */
function filesOf(paths: readonly string[], io: Io): File[] {
  const files = new Map<string, File>();
  for (const path of paths) {
    const found = chaptersAt(resolve(io.cwd, path));
    for (const file of found) {
      const way = relative(io.cwd, file);
      if (!files.has(file)) files.set(file, { path: file, shownAs: way.startsWith('..') ? file : way });
    }
  }
  if (files.size === 0) throw new FileError(`${paths.join(', ')}: no .qmd files there`);
  return [...files.values()];
}

type Workspace = ReturnType<typeof workspaceOf>;

function cacheOf(io: Io, { root, packageRoots = [] }: Workspace): ResultCache {
  const store = new PackageStore();
  const program = statSync(__filename, { throwIfNoEntry: false });
  const key = [version, program?.size, program?.mtimeMs, root ?? '', ...packageRoots].join(' ');
  return new ResultCache(cacheFolder(io.env, process.platform), key, (path, chapter) =>
    store.trace(path, realpathSync(root ?? workspaceRoot(chapter))),
  );
}

/** Checks the chapters that no cache knew; returns the number of fixes written. */
async function checkAll(
  chapters: readonly Chapter[],
  options: CheckCommand & Workspace,
  io: Io,
  cache: ResultCache | undefined,
  found: Map<string, readonly FindingRecord[]>,
): Promise<number> {
  const progress = new Progress(chapters.length, io);
  const threads = Math.min(options.jobs ?? availableParallelism(), chapters.length);
  const { root, packageRoots } = options;
  const chosen = { fix: options.fix === true, ...(root && { root }), ...(packageRoots && { packageRoots }) };
  let fixed = 0;
  if (threads < 2 || (options.jobs === undefined && chapters.length < ENOUGH_FOR_THREADS)) {
    const store = new PackageStore();
    for (const { path, shownAs, text } of chapters) {
      progress.show(shownAs);
      const checked = checkChapter(path, chosen, store, shownAs);
      fixed += checked.fixed;
      cache?.put(path, text, checked);
      found.set(path, checked.findings);
      progress.done();
    }
  } else {
    const pool = new CheckPool(threads);
    try {
      const all = chapters.map(async ({ path, shownAs, text }) => {
        const checked = await pool.check(path, shownAs, chosen);
        fixed += checked.fixed;
        cache?.put(path, text, checked);
        found.set(path, checked.findings);
        progress.done();
        progress.show(shownAs);
      });
      await Promise.all(all);
    } finally {
      await pool.close();
    }
  }
  progress.clear();
  if (chapters.length > 0) cache?.prune();
  return fixed;
}
