/** The chapters that the arguments of `reckoner check` stand for. */
import { join, relative, resolve } from 'node:path';
import type { Engine } from '../../engine';
import { FileError } from '../../files/access';
import type { LeftOut } from '../../project/book';
import { rootOf } from '../engine';
import type { Io } from '../io';
import { printableLine } from '../printable';
import type { Workspace } from '../workspace';

export interface ChapterFile {
  readonly path: string;
  /** The name in the output: relative to the working directory where the file is below it. */
  readonly shownAs: string;
}

export interface FoundChapters {
  readonly files: readonly ChapterFile[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly FileError[];
}

/** Each once, in the order of their names within an argument. Throws `FileError` where there is nothing at all. */
export function chaptersOf(paths: readonly string[], engine: Engine, workspace: Workspace, io: Io): FoundChapters {
  const files = new Map<string, ChapterFile>();
  const problems: FileError[] = [];
  const leftOut: LeftOut[] = [];
  for (const path of paths) {
    const whole = resolve(io.cwd, path);
    const found = engine.chaptersAt(whole, rootOf(join(whole, '.qmd'), workspace));
    problems.push(...found.problems);
    leftOut.push(...found.leftOut);
    for (const file of found.chapters)
      if (!files.has(file)) files.set(file, { path: file, shownAs: shownName(file, io) });
  }
  if (files.size + problems.length + leftOut.length === 0)
    throw new FileError(`${paths.join(', ')}: no .qmd files there`);
  return { files: [...files.values()], leftOut, problems };
}

/** The name of a file in the output. */
export function shownName(path: string, { cwd }: Pick<Io, 'cwd'>): string {
  const way = relative(cwd, path);
  return way.startsWith('..') ? path : way;
}

/** So many are named. */
const MOST_NAMED = 10;

/** Says which chapters of a project are not checked, and why. */
export function tellLeftOut(leftOut: readonly LeftOut[], io: Io): void {
  for (const reason of new Set(leftOut.map(one => one.reason))) {
    const paths = leftOut.filter(one => one.reason === reason).map(({ path }) => relative(io.cwd, path));
    const named = paths.slice(0, MOST_NAMED).join(', ');
    const more = paths.length > MOST_NAMED ? `, and ${paths.length - MOST_NAMED} more` : '';
    io.err(`reckoner: left out, ${reason}: ${printableLine(named)}${more}\n`);
  }
}
