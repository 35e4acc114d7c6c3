/** Files of Graphviz that cells name under `file`. */
import { FileError } from '../files/access';
import { dirname, join, resolve } from '../files/path';
import { projectRoot } from '../files/roots';
import type { GraphFile } from '../preview';
import type { ChapterPlace } from './tikzHeader';

/** Longer ones are not drawn. */
const LARGEST_GRAPH = 200_000;

const known = new Map<string, { readonly stamp: string; readonly file: GraphFile }>();
const MOST_KNOWN = 50;

/** A file by its name in a chapter: relative to it, or to the project where it begins with a slash. */
export function graphFileOf(name: string, { path, files }: ChapterPlace): GraphFile {
  const place = name.startsWith('/') ? join(projectRoot(path, files), name) : resolve(dirname(path), name);
  const stamp = files.stat(place)?.stamp;
  const cached = known.get(place);
  if (stamp !== undefined && cached?.stamp === stamp) return cached.file;
  try {
    const file = { source: files.readText(place, LARGEST_GRAPH) };
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
    if (stamp !== undefined) known.set(place, { stamp, file });
    return file;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { problem: error.reason };
  }
}
