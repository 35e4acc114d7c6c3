/** The files that a chapter may include, as Quarto looks them up. */
import type { PartialFiles } from '../chapter';
import { type FileAccess, FileError, LARGEST_CHAPTER } from '../files/access';
import { basename, dirname, join, resolve } from '../files/path';
import { projectRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { isPartialName } from '../protocol';

/** `overlay` tells what an editor holds of a file, saved or not. */
export function partialFiles(
  path: string,
  files: FileAccess,
  overlay: (path: string) => string | undefined = () => undefined,
): PartialFiles {
  const folder = dirname(path);
  return {
    path,
    // A relative name means the chapter's folder, in included files as well.
    resolve: name => (name.startsWith('/') ? join(projectRoot(path, files), name) : resolve(folder, name)),
    uriOf: uriOfPath,
    read: one => overlay(one) ?? readPartial(one, files),
  };
}

function readPartial(path: string, files: FileAccess): string | undefined {
  try {
    return files.readText(path, LARGEST_CHAPTER).replace(/^\uFEFF/, '');
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

/** True for a file that Quarto renders only where a chapter includes it. */
export function isPartial(path: string): boolean {
  return isPartialName(basename(path));
}
