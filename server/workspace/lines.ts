/** Lines of files, for what tells of them by numbers. */
import { type FileAccess, FileError } from '../files/access';

/** Gives lines of files by their numbers from 1; an empty one where a file cannot be read. */
export function linesOf(files: Pick<FileAccess, 'readText'>): (path: string, line: number) => string {
  const known = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = known.get(path);
    if (lines === undefined) {
      lines = linesIn(path, files);
      known.set(path, lines);
    }
    return lines[line - 1] ?? '';
  };
}

function linesIn(path: string, files: Pick<FileAccess, 'readText'>): readonly string[] {
  try {
    return files.readText(path).split(/\r\n|\r|\n/);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [];
  }
}
