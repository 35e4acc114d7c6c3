/** `FileAccess` over Node's file system. */
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import {
  type FileAccess,
  type FileChange,
  FileError,
  type FileStat,
  type FileSystem,
  type FolderEntry,
  LARGEST_FILE,
} from './access';
import { isInside } from './paths';

/** Access to the files inside a folder. */
export function filesIn(folder: string): FileAccess {
  return new NodeFiles(folder);
}

/**
 * The files of this machine. What changes in them is known to whoever watches them (an editor tells its language server),
 * and is to be told to `report`.
 */
export class NodeFileSystem implements FileSystem {
  readonly #listeners = new Set<(changes: readonly FileChange[]) => void>();

  filesIn(folder: string): FileAccess {
    return filesIn(folder);
  }

  isThere(path: string): boolean {
    return isThere(path);
  }

  watch(changed: (changes: readonly FileChange[]) => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Tells all who watch. */
  report(changes: readonly FileChange[]): void {
    for (const changed of this.#listeners) changed(changes);
  }
}

/** A pipe must not be waited for; a link that has come in place of the file since its path was resolved is not followed. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

class NodeFiles implements FileAccess {
  readonly root: string;
  readonly profiles = process.env.QUARTO_PROFILE;

  constructor(folder: string) {
    this.root = realPathOf(folder) ?? resolve(folder);
  }

  readBytes(path: string, limit = LARGEST_FILE): Uint8Array {
    return this.#opened(path, limit, (file, size) => read(path, file, size, limit));
  }

  readText(path: string, limit = LARGEST_FILE): string {
    return textOf(path, this.readBytes(path, limit));
  }

  problemWith(path: string, limit = LARGEST_FILE): FileError | undefined {
    try {
      this.#opened(path, limit, () => undefined);
      return undefined;
    } catch (error) {
      if (error instanceof FileError) return error;
      throw error;
    }
  }

  list(folder: string): readonly FolderEntry[] {
    const real = this.#resolve(folder);
    try {
      return readdirSync(real, { withFileTypes: true })
        .map(entry => ({ name: entry.name, kind: kindOf(entry) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      throw asFileError(folder, error);
    }
  }

  listAsStored(folder: string): readonly FolderEntry[] {
    const real = this.#resolve(folder);
    const entries: FolderEntry[] = [];
    try {
      const opened = opendirSync(real);
      try {
        for (let entry = opened.readSync(); entry !== null; entry = opened.readSync())
          entries.push({ name: entry.name, kind: kindOf(entry) });
      } finally {
        opened.closeSync();
      }
    } catch (error) {
      throw asFileError(folder, error);
    }
    return entries;
  }

  stat(path: string): FileStat | undefined {
    const real = this.realPath(path);
    if (real === undefined) return undefined;
    const stat = statOf(real);
    if (stat === undefined) return undefined;
    return {
      kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other',
      size: Number(stat.size),
      // Nanoseconds: two writes within one millisecond can leave the size as it was.
      stamp: `${stat.mtimeNs}:${stat.size}:${stat.ino}`,
      changed: Number(stat.mtimeMs),
    };
  }

  exists(path: string): boolean {
    return this.realPath(path) !== undefined;
  }

  isThere(path: string): boolean {
    return isInside(resolve(path), this.root) && isThere(path);
  }

  realPath(path: string): string | undefined {
    const real = realPathOf(path);
    return real !== undefined && isInside(real, this.root) ? real : undefined;
  }

  /** The real path; throws where there is none, or it lies outside. */
  #resolve(path: string): string {
    let real: string;
    try {
      real = realpathSync.native(path);
    } catch (error) {
      throw asFileError(path, error);
    }
    if (!isInside(real, this.root)) throw this.#outside(path);
    return real;
  }

  /** Gives the open file and its size to `use`. */
  #opened<R>(path: string, limit: number, use: (file: number, size: number) => R): R {
    const real = this.#resolve(path);
    let file: number | undefined;
    try {
      // Opening a device or a pipe can have effects of its own, so it is looked at first.
      refuseOthers(path, statSync(real, { bigint: true }), limit);
      file = openSync(real, OPEN_FLAGS);
      const opened = fstatSync(file, { bigint: true });
      refuseOthers(path, opened, limit);
      // The file that is open is the one that the path still leads to: a link that changed meanwhile leads nowhere else.
      const again = this.#resolve(path);
      const named = statSync(again, { bigint: true });
      if (named.ino !== opened.ino || named.dev !== opened.dev)
        throw FileError.at(path, 'unreadable', 'was replaced while it was read');
      return use(file, Number(opened.size));
    } catch (error) {
      throw asFileError(path, error);
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  #outside(path: string): FileError {
    return FileError.at(path, 'outside', `lies outside the workspace (${this.root}), where nothing is read`);
  }
}

function refuseOthers(path: string, stat: BigIntStats, limit: number): void {
  if (stat.isDirectory()) throw FileError.at(path, 'irregular', 'is a directory');
  if (!stat.isFile()) throw FileError.at(path, 'irregular', 'is not a regular file');
  if (stat.size > limit) throw tooLarge(path, limit);
}

function tooLarge(path: string, limit: number): FileError {
  return FileError.at(path, 'too-large', `is larger than ${limit / 1e6} MB`);
}

/** Reads to the end of the file, which may have grown since its size was asked for. */
function read(path: string, file: number, size: number, limit: number): Uint8Array {
  let bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    if (count === 0) return bytes.subarray(0, length);
    length += count;
    if (length > limit) throw tooLarge(path, limit);
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length + 1024)]);
  }
}

function textOf(path: string, bytes: Uint8Array): string {
  if (bytes.subarray(0, 65_536).includes(0)) throw FileError.at(path, 'not-text', 'is a binary file');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw FileError.at(path, 'not-text', 'is not UTF-8 text');
  }
}

function kindOf(entry: import('node:fs').Dirent): FolderEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    // Nothing is there, or nothing that can be reached.
    return undefined;
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Its folder may not be entered, or its name is too long.
    return false;
  }
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    // It has gone since its path was resolved, or its folder may not be entered.
    return undefined;
  }
}

/** What the file system says, in words. */
function asFileError(path: string, error: unknown): FileError {
  if (error instanceof FileError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return FileError.at(path, 'missing', 'no such file');
    case 'ENOTDIR':
      return FileError.at(path, 'missing', 'a part of the path is not a directory');
    case 'EACCES':
    case 'EPERM':
      return FileError.at(path, 'denied', 'permission denied');
    case 'ELOOP':
      return FileError.at(path, 'missing', 'too many symbolic links');
    case 'ENAMETOOLONG':
      return FileError.at(path, 'missing', 'the name is too long');
    case 'EIO':
      return FileError.at(path, 'unreadable', 'the disk cannot read it');
    default:
      if (code === undefined) throw error;
      return FileError.at(path, 'unreadable', message);
  }
}
