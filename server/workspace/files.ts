/** Reading chapters from disk, and finding them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A file that cannot be used, with what to tell the user. */
export class FileError extends Error {}

/** Chapters larger than this are taken for something else. */
const LARGEST = 64_000_000;

/** Folders that hold no chapters of the author. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'venv', 'env', 'site-packages']);

/** The text of a chapter or a Python file. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new FileError(`${path}: is a directory`);
    if (!stat.isFile()) throw new FileError(`${path}: is not a regular file`);
    if (stat.size > LARGEST) throw new FileError(`${path}: is too large for a chapter (${stat.size} bytes)`);
    bytes = readFileSync(path);
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`${path}: ${reason(error)}`);
  }
  if (bytes.subarray(0, 65_536).includes(0)) throw new FileError(`${path}: is a binary file`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileError(`${path}: is not UTF-8 text`);
  }
}

function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOTDIR':
      return 'a part of the path is not a directory';
    case 'ELOOP':
      return 'too many symbolic links';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** The chapters that a path stands for, in order of their names: itself, or all `.qmd` files of a folder and below. */
export function chaptersAt(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new FileError(`${path}: ${reason(error)}`);
  }
  return isFolder ? chaptersIn(path) : [path];
}

function chaptersIn(folder: string): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new FileError(`${folder}: ${reason(error)}`);
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const { name } = entry;
      if (name.startsWith('.') || name.startsWith('_site') || name === '_book' || SKIPPED.has(name)) return [];
      const path = join(folder, name);
      if (entry.isDirectory()) return chaptersIn(path);
      return entry.isFile() && name.endsWith('.qmd') ? [path] : [];
    });
}

/** The root of the project that a chapter belongs to: the nearest folder above with `_quarto.yml` or a repository. */
export function projectRoot(path: string): string {
  const folder = dirname(resolve(path));
  for (let at = folder; ; at = dirname(at)) {
    if (['_quarto.yml', '_quarto.yaml', '.git'].some(name => statSync(join(at, name), { throwIfNoEntry: false })))
      return at;
    if (dirname(at) === at) return folder;
  }
}

/**
 * Where a chapter's packages are looked up, unless an editor says which folder is open: the repository around it, else
 * the chapter's project.
 */
export function workspaceRoot(path: string): string {
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    if (statSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return projectRoot(path);
  }
}
