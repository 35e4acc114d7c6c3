/**
 * The workspace's files, read-only. Whatever reads a chapter, package, image, bibliography or configuration does so
 * through a `FileAccess`, which opens nothing outside the workspace, nothing but regular files, and none beyond a size.
 */

/** Files beyond this size are not read; chapters have a limit of their own. */
export const LARGEST_FILE = 32_000_000;
export const LARGEST_CHAPTER = 16_000_000;

export type FileProblem =
  /** There is nothing at the path, or links that lead to each other. */
  | 'missing'
  /** The path, or what a link on it leads to, lies outside the workspace. */
  | 'outside'
  /** A folder, device, pipe or socket. */
  | 'irregular'
  | 'too-large'
  | 'denied'
  /** Not text, or not in UTF-8. */
  | 'not-text'
  /** Anything else, such as a fault of the disk. */
  | 'unreadable';

/** A file that cannot be used. The message is for the user, and names the file. */
export class FileError extends Error {
  readonly problem: FileProblem;
  /** What is wrong, without the file's name: `is a directory`. */
  readonly reason: string;

  constructor(message: string, problem: FileProblem = 'unreadable', reason = message) {
    super(message);
    this.problem = problem;
    this.reason = reason;
  }

  static at(path: string, problem: FileProblem, reason: string): FileError {
    return new FileError(`${path}: ${reason}`, problem, reason);
  }
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Differs whenever the content may differ. */
  readonly stamp: string;
  /** When it was changed last, in milliseconds since 1970; undefined where nobody knows. */
  readonly changed?: number;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** Reads files inside one folder, `root`. Paths are absolute; links are resolved before anything is opened. */
export interface FileAccess {
  /** The real path of the folder outside of which nothing is read. */
  readonly root: string;
  /** The profiles that the author has Quarto use on this machine (`QUARTO_PROFILE`); undefined where that is not said. */
  readonly profiles?: string | undefined;
  /** The content of a regular file; throws `FileError` where it cannot be had, or is larger than `limit` bytes. */
  readBytes(path: string, limit?: number): Uint8Array;
  /** The content of a text file in UTF-8, with its byte order mark if it has one; throws `FileError`. */
  readText(path: string, limit?: number): string;
  /** Why `readBytes` would fail; undefined where the file can be read. */
  problemWith(path: string, limit?: number): FileError | undefined;
  /** The entries of a folder, in order of their names; throws `FileError`. */
  list(folder: string): readonly FolderEntry[];
  /** The same in the order in which the system tells them. */
  listAsStored(folder: string): readonly FolderEntry[];
  /** What is at a path, links resolved; undefined where that is nothing, or something outside of the root. */
  stat(path: string): FileStat | undefined;
  exists(path: string): boolean;
  /** True where something inside the root is at the path itself, be it a link that leads nowhere or outside. */
  isThere(path: string): boolean;
  /** The path without links; undefined where there is nothing, or it leads outside of the root. */
  realPath(path: string): string | undefined;
}

/** Something that happened to a file or a folder. */
export interface FileChange {
  readonly path: string;
  /** False where only its content is another one. */
  readonly cameOrWent: boolean;
}

/** The files that a program can reach: a machine's, or an editor's. */
export interface FileSystem {
  /** Access to the files inside a folder. */
  filesIn(folder: string): FileAccess;
  /** True where something is at a path, be it a link that leads nowhere. Nothing is read: for the marks of roots. */
  isThere(path: string): boolean;
  /** Calls back whenever files have changed that can be read by then, until the function that it returns is called. */
  watch(changed: (changes: readonly FileChange[]) => void): () => void;
}
