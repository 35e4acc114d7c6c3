/** Finding chapters and reading them. */

import { type FileAccess, FileError, LARGEST_CHAPTER } from '../files/access';
import { join, relative, sep } from '../files/path';
import { projectRoot } from '../files/roots';
import { type LeftOut, renderedOf } from '../project/book';
import { isPartialName } from '../protocol';

/** Folders that hold no chapters of the author. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'venv', 'env', 'site-packages']);

/** True for the name of a folder or file that is none of the author's: hidden, installed or rendered. */
function isSkipped(name: string): boolean {
  return name.startsWith('.') || name.startsWith('_site') || name === '_book' || SKIPPED.has(name);
}

/** True for a file of a workspace that its author may have written, by the folders that it lies in. */
export function isAuthored(path: string, root: string): boolean {
  return !relative(root, path).split(sep).some(isSkipped);
}

/** The text of a chapter or a Python file that is to be checked or run. */
export function readText(path: string, files: FileAccess): string {
  return files.readText(path, LARGEST_CHAPTER);
}

export interface ChapterSearch {
  /** In the order of their project's list, else of their names. */
  readonly chapters: readonly string[];
  /** Chapters of a project's folder that its configuration does not have rendered. */
  readonly leftOut: readonly LeftOut[];
  /** Why folders below could not be looked into. */
  readonly problems: readonly FileError[];
}

/**
 * The chapters that a path stands for: itself, or all `.qmd` files of a folder and below. Throws `FileError` where there is
 * nothing. A link to a chapter counts unless the chapter itself is found as well; links to folders are not followed.
 */
export function chaptersAt(path: string, files: FileAccess): ChapterSearch {
  if (files.stat(path)?.kind !== 'folder') {
    const problem = files.problemWith(path);
    if (problem?.problem === 'missing') throw problem;
    return { chapters: [path], leftOut: [], problems: [] };
  }
  const found: Found[] = [];
  const problems: FileError[] = [];
  // What starts with an underscore is rendered only where a chapter includes it.
  search(path, files, CHAPTERS, found, problems);
  return { ...renderedBelow(path, withoutTwins(found, files), files), problems };
}

/** What the projects in a folder, and below it, render of the chapters found there. */
function renderedBelow(folder: string, found: readonly string[], files: FileAccess): Omit<ChapterSearch, 'problems'> {
  const byRoot = new Map<string, string[]>();
  for (const path of found) {
    const root = projectRoot(path, files);
    const own = root === folder || root.startsWith(`${folder}${sep}`) ? root : folder;
    byRoot.set(own, [...(byRoot.get(own) ?? []), path]);
  }
  const rendered = [...byRoot].map(([root, paths]) => renderedOf(root, paths, files));
  return {
    chapters: rendered.flatMap(({ chapters }) => chapters),
    leftOut: rendered.flatMap(({ leftOut }) => leftOut),
  };
}

/** Quarto renders no files and folders of its own accord whose names begin with an underscore. */
const CHAPTERS = /^[^_].*\.qmd$/s;

interface Found {
  readonly path: string;
  readonly isLink: boolean;
}

/** Leaves out links to chapters that are found as well. */
function withoutTwins(found: readonly Found[], files: FileAccess): string[] {
  const paths = (ones: readonly Found[]) => ones.map(one => one.path);
  if (!found.some(one => one.isLink)) return paths(found);
  const real = new Set(found.flatMap(one => (one.isLink ? [] : (files.realPath(one.path) ?? []))));
  return paths(found.filter(one => !one.isLink || !real.has(files.realPath(one.path) ?? '')));
}

/** Chapters and Python files of a workspace, or other files by their names; those alone that can be read. */
export function* sourcesIn(
  files: FileAccess,
  wanted = /\.(qmd|py)$/,
): Iterable<{ readonly path: string; readonly text: string }> {
  const found: Found[] = [];
  search(files.root, files, wanted, found, []);
  for (const { path } of found)
    if (files.problemWith(path, LARGEST_CHAPTER) === undefined)
      yield { path, text: files.readText(path, LARGEST_CHAPTER) };
}

/** The paths of the files of a folder and below that have such names. */
export function pathsIn(folder: string, files: FileAccess, wanted: RegExp): readonly string[] {
  const found: Found[] = [];
  search(folder, files, wanted, found, []);
  return found.map(({ path }) => path);
}

function search(folder: string, files: FileAccess, wanted: RegExp, found: Found[], problems: FileError[]): void {
  for (const { name, kind } of entriesOf(folder, files, problems)) {
    if (isSkipped(name)) continue;
    const path = join(folder, name);
    if (kind === 'folder') {
      if (!isPartialName(name) || wanted !== CHAPTERS) search(path, files, wanted, found, problems);
    }
    // A device or a pipe of that name is found as well: reading it tells why it is no chapter.
    else if (wanted.test(name)) found.push({ path, isLink: kind === 'link' });
  }
}

function entriesOf(folder: string, files: FileAccess, problems: FileError[]): ReturnType<FileAccess['list']> {
  try {
    return files.list(folder);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.push(error);
    return [];
  }
}
