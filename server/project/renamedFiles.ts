/** What names files that are renamed or moved: in chapters, in the lists of a project. */
import { composeChapter } from '../chapter';
import { type FileName, fileNames } from '../chapter/fileNames';
import { LineIndex } from '../chapter/lines';
import type { PositionRange } from '../chapter/ranges';
import { dirname, join, relative, resolve, sep } from '../files/path';
import { isInside } from '../files/paths';
import { uriOfPath } from '../files/uri';

/** A file or folder by its path before and behind. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** A text that may name files. */
export interface NamingFile {
  readonly path: string;
  readonly text: string;
  /** The folder of its project, which a leading slash means. */
  readonly root: string;
}

export interface FileEdit {
  readonly path: string;
  readonly range: PositionRange;
  readonly newText: string;
}

/**
 * The edits that have a text name the same files as before, once some were renamed; also where the text itself is among
 * them. `isThere` tells what was a file before.
 */
export function editsFor(
  file: NamingFile,
  renames: readonly Renamed[],
  isThere: (path: string) => boolean,
): FileEdit[] {
  const ownAfter = movedPath(file.path, renames);
  const edits: FileEdit[] = [];
  const lines = LineIndex.of(file.text);
  for (const { name, range } of namesIn(file)) {
    const before = name.startsWith('/') ? join(file.root, name) : resolve(dirname(file.path), name);
    if (!isThere(before)) continue;
    const after = movedPath(before, renames);
    // Within the project a name from its root stays one.
    const newName = name.startsWith('/')
      ? `/${portable(relative(file.root, after))}`
      : asWritten(portable(relative(dirname(ownAfter), after)), name);
    if (after === before && ownAfter === file.path) continue;
    if (newName === name || (name.startsWith('/') && !isInside(after, file.root))) continue;
    edits.push({ path: file.path, range: lines.rangeOf(range), newText: newName });
  }
  return edits;
}

/** Where a path leads once files and folders were renamed. */
function movedPath(path: string, renames: readonly Renamed[]): string {
  for (const { from, to } of renames) {
    if (path === from) return to;
    if (isInside(path, from)) return join(to, relative(from, path));
  }
  return path;
}

function portable(path: string): string {
  return path.split(sep).join('/');
}

/** A name that began with `./` does so still. */
function asWritten(name: string, before: string): string {
  return before.startsWith('./') && !name.startsWith('.') ? `./${name}` : name;
}

/** Names of files in a chapter, or in the YAML of a project. */
function namesIn({ path, text }: NamingFile): readonly FileName[] {
  if (!/\.ya?ml$/.test(path)) return fileNames(composeChapter(text, uriOfPath(path), undefined));
  // Names in its lists and values; what is no file is passed over.
  return [...text.matchAll(/[^\s,[\]"'{}#:]+\.[A-Za-z0-9]+(?=["'\s,\]}]|$)/g)].map(({ index, 0: name }) => ({
    name,
    range: { start: index, end: index + name.length },
  }));
}
