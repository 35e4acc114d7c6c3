/** Files of Graphviz and Mermaid that cells name under `file`. */
import { type FileAccess, FileError } from '../files/access';
import { namedFile } from '../files/roots';
import type { GraphFile } from '../preview';
import { ReadFiles } from './readFiles';
import type { ChapterPlace } from './tikzHeader';

/** Longer ones are not drawn. */
const LARGEST_GRAPH = 200_000;

const known = new ReadFiles<GraphFile>(50);

/** A file by its name in a chapter: relative to it, or to the project where it begins with a slash. */
export function graphFileOf(name: string, { path, files }: ChapterPlace): GraphFile {
  const file = namedFile(name, path, files);
  try {
    return known.of(file, files, () => ({ source: files.readText(file, LARGEST_GRAPH) }));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { problem: error.reason };
  }
}

/** True where a graph that was read is another one by now; for whoever is not told of changes. */
export function haveGraphFilesChanged(filesOf: (path: string) => FileAccess): boolean {
  return known.forgetChanged(filesOf);
}
