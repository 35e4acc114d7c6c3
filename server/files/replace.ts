/** Replaces a file's content as a whole or not at all. */

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type FileAccess, FileError } from './access';

/**
 * Writes a text into an existing file inside the workspace: into a temporary file beside it, which then takes its place and
 * has its mode. A link keeps leading to the file. Throws `FileError`, and leaves the file as it was, where that fails.
 */
export function replaceFile(files: FileAccess, path: string, text: string): void {
  const target = files.realPath(path);
  if (target === undefined) throw FileError.at(path, 'missing', 'no such file in the workspace');
  replace(path, target, text, true);
}

/** The same for a file that need not be there; a device or a pipe is written to. */
export function writeWhole(files: FileAccess, path: string, text: string): void {
  const target = files.realPath(path);
  replace(path, target ?? path, text, target !== undefined);
}

/** Makes a folder, and those above it that are missing; throws `FileError`. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw FileError.at(path, 'unreadable', `cannot be made: ${reasonOf(error)}`);
  }
}

function replace(path: string, target: string, text: string, isThere: boolean): void {
  // A name of its own length would not fit beside a file whose name is as long as can be.
  const temporary = join(dirname(target), `${basename(target).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`);
  let made = false;
  try {
    // A rename would replace a file that may not be written to.
    if (isThere) accessSync(target, constants.W_OK);
    const there = statSync(target, { throwIfNoEntry: false });
    // What is renamed onto a device or a pipe takes its place.
    if (there?.isFile() === false) {
      writeFileSync(target, text);
      return;
    }
    const before = isThere ? there : undefined;
    if (before !== undefined && (before.mode & 0o222) === 0) throw FileError.at(path, 'denied', 'is read-only');
    const file = openSync(temporary, 'wx', before === undefined ? 0o666 : 0o600);
    made = true;
    try {
      writeFileSync(file, text);
      if (before !== undefined) {
        keepOwner(file, before.uid, before.gid);
        fchmodSync(file, before.mode & 0o7777);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    if (made) rmSync(temporary, { force: true });
    if (error instanceof FileError) throw error;
    throw FileError.at(path, 'unreadable', `cannot be written: ${reasonOf(error)}; the file is as it was`);
  }
}

/** A file that another user owns is to stay theirs, where the system lets us. */
function keepOwner(file: number, uid: number, gid: number): void {
  if (uid === process.getuid?.() && gid === process.getgid?.()) return;
  try {
    fchownSync(file, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
      return 'the disk is full';
    case 'EDQUOT':
      return 'the disk quota is used up';
    case 'EROFS':
      return 'the disk is read-only';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    default:
      return message;
  }
}
