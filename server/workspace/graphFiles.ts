/** Files of Graphviz that cells name under `file`. */
import { FileError } from '../files/access';
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
