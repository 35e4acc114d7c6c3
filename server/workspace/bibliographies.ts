/** The bibliographies that chapters name, read once and again when the file changes. */

import { type Bibliography, type BibliographyEntry, parseBibliography } from '../chapter/bibliography';
import { isMetadata } from '../chapter/execution';
import type { Chapter, Metadata } from '../chapter/model';
import { type FileAccess, FileError } from '../files/access';
import { dirname, join, resolve } from '../files/path';
import { projectRoot } from '../files/roots';
import { configurationOf, folderMetadata, namesIn } from '../project/configuration';

interface Known {
  readonly stamp: string;
  readonly bibliography: Bibliography;
}

const known = new Map<string, Known>();

/** A bibliography that cannot be read has no entries; `unreadableFiles` tells why. */
function read(path: string, files: FileAccess): Bibliography | undefined {
  const stamp = files.stat(path)?.stamp;
  if (stamp === undefined) return undefined;
  const cached = known.get(path);
  if (cached?.stamp === stamp) return cached.bibliography;
  try {
    const bibliography = parseBibliography(new TextDecoder().decode(files.readBytes(path)));
    known.set(path, { stamp, bibliography });
    return bibliography;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

/**
 * Files that the configuration of a chapter's project names under `bibliography`, for all formats or for one, and those that
 * the metadata of its folders name.
 */
export function projectBibliographies(path: string, root: string, files: FileAccess): NamedFile[] {
  const levels = [{ folder: root, metadata: configurationOf(root, files).metadata }, ...folderMetadata(path, files)];
  return levels.flatMap(({ folder, metadata }) =>
    namedBibliographies(metadata)
      .filter(name => !isOnWeb(name))
      .map(name => ({ name, path: name.startsWith('/') ? join(root, name) : join(folder, name) })),
  );
}

function namedBibliographies({ bibliography, book, format }: Metadata): readonly string[] {
  const formats = isMetadata(format) ? Object.values(format).filter(isMetadata) : [];
  const further = isMetadata(book) ? [book, ...formats] : formats;
  return [...new Set([bibliography, ...further.map(one => one.bibliography)].flatMap(namesIn))];
}

/** A file by the name that a chapter or a project gives it. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
}

/** Bibliographies on the web are Pandoc's business. */
const isOnWeb = (name: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(name);

/** The files that a chapter names under `bibliography`; a leading slash means the project. */
export function bibliographiesOf(path: string, chapter: Chapter, root: string): NamedFile[] {
  const names = (chapter.frontMatter?.bibliography ?? []).filter(name => !isOnWeb(name));
  return names.map(name => ({
    name,
    path: name.startsWith('/') ? join(root, name) : resolve(dirname(path), name),
  }));
}

/** Looks up citation keys of a chapter in its bibliographies and its project's; undefined where it names none. */
export function citationsOf(
  path: string,
  chapter: Chapter,
  files: FileAccess,
): ((key: string) => BibliographyEntry | undefined) | undefined {
  const root = projectRoot(path, files);
  const own = bibliographiesOf(path, chapter, root);
  const all = [...own, ...projectBibliographies(path, root, files)].flatMap(named => read(named.path, files) ?? []);
  if (all.length === 0) return undefined;
  return key => all.map(bibliography => bibliography.get(key)).find(entry => entry !== undefined);
}
