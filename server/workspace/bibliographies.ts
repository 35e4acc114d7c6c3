/** The bibliographies that chapters name, read once and again when the file changes. */

import { type Bibliography, type BibliographyEntry, parseBibliography } from '../chapter/bibliography';
import { cslBibliography, parseCslBibliography, placed } from '../chapter/cslBibliography';
import { keysInYaml } from '../chapter/cslKeys';
import { isMetadata } from '../chapter/execution';
import { LineIndex, type Lines } from '../chapter/lines';
import type { Chapter, Metadata } from '../chapter/model';
import type { CitedEntry } from '../features/feature';
import { type FileAccess, FileError } from '../files/access';
import { dirname, extname, join, resolve } from '../files/path';
import { projectRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { configurationOf, folderMetadata, namesIn } from '../project/configuration';

interface Known {
  readonly stamp: string;
  readonly text: string;
  readonly bibliography: Bibliography;
}

const known = new Map<string, Known>();

/** A bibliography that cannot be read has no entries; `unreadableFiles` tells why. */
function readOf(path: string, files: FileAccess): Known | undefined {
  const stamp = files.stat(path)?.stamp;
  if (stamp === undefined) return undefined;
  const cached = known.get(path);
  if (cached?.stamp === stamp) return cached;
  try {
    const text = new TextDecoder().decode(files.readBytes(path));
    const made = { stamp, text, bibliography: bibliographyIn(path, text) };
    known.set(path, made);
    return made;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

/** What a file with that name holds. */
export function bibliographyIn(path: string, text: string): Bibliography {
  const format = extname(path).toLowerCase();
  if (format === '.json') return parseCslBibliography(text, 'json');
  return format === '.yaml' || format === '.yml' ? parseCslBibliography(text, 'yaml') : parseBibliography(text);
}

/** Formats whose entries are known. */
const FORMATS: ReadonlySet<string> = new Set(['.bib', '.bibtex', '.json', '.yaml', '.yml']);

/** The entries that a chapter may cite: `none` where nothing names any, `unknown` where some cannot be known. */
export function citable(
  path: string,
  chapter: Chapter,
  files: FileAccess,
): readonly Bibliography[] | 'none' | 'unknown' {
  const root = projectRoot(path, files);
  const named = [...bibliographiesOf(path, chapter, root), ...projectBibliographies(path, root, files)];
  const { project, folders } = chapter.inherited;
  const all = [
    ...(chapter.frontMatter?.bibliography ?? []),
    ...namedBibliographies(project),
    ...namedBibliographies(folders),
  ];
  const listed = listedIn(chapter);
  if (all.length === 0) return listed.length === 0 ? 'none' : listed;
  const read = named.map(one => (FORMATS.has(extname(one.path).toLowerCase()) ? readOf(one.path, files) : undefined));
  if (all.some(isOnWeb)) return 'unknown';
  const found = read.flatMap(one => (one === undefined ? [] : [one.bibliography]));
  return found.length < named.length ? 'unknown' : [...listed, ...found];
}

/** Entries that stand under `references` in the metadata themselves: those of the chapter, its project and its folders. */
function listedIn({ frontMatter, inherited }: Chapter): Bibliography[] {
  const levels = [frontMatter?.data ?? {}, inherited.folders, inherited.project];
  return levels.map(({ references }) => cslBibliography(references)).filter(({ entries }) => entries.length > 0);
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
export const isOnWeb = (name: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(name);

/** The files that a chapter names under `bibliography`; a leading slash means the project. */
export function bibliographiesOf(path: string, chapter: Chapter, root: string): NamedFile[] {
  const names = (chapter.frontMatter?.bibliography ?? []).filter(name => !isOnWeb(name));
  return names.map(name => ({
    name,
    path: name.startsWith('/') ? join(root, name) : resolve(dirname(path), name),
  }));
}

/** The bibliographies that count for a chapter, its own ones first; those that cannot be read are left out. */
function readBibliographies(
  path: string,
  chapter: Chapter,
  files: FileAccess,
): { readonly path: string; readonly known: Known }[] {
  const root = projectRoot(path, files);
  const named = [...bibliographiesOf(path, chapter, root), ...projectBibliographies(path, root, files)];
  return named.flatMap(one => {
    const found = readOf(one.path, files);
    return found === undefined ? [] : [{ path: one.path, known: found }];
  });
}

/** Looks up citation keys of a chapter in its bibliographies and its project's; undefined where it names none. */
export function citationsOf(
  path: string,
  chapter: Chapter,
  files: FileAccess,
): ((key: string) => BibliographyEntry | undefined) | undefined {
  const read = readBibliographies(path, chapter, files).map(({ known: one }) => one.bibliography);
  const all = [...listedIn(chapter), ...read];
  if (all.length === 0) return undefined;
  return key => all.map(one => one.get(key)).find(entry => entry !== undefined);
}

const cited = new WeakMap<Known, readonly CitedEntry[]>();

/** What the bibliographies of a chapter hold, with places: of entries with the same key the one that counts. */
export function citedEntries(path: string, chapter: Chapter, files: FileAccess): readonly CitedEntry[] {
  const entries = new Map<string, CitedEntry>(
    listedHere(path, chapter).map((entry): [string, CitedEntry] => [entry.key, entry]),
  );
  for (const { path: file, known: one } of readBibliographies(path, chapter, files)) {
    let own = cited.get(one);
    if (own === undefined) {
      const lines = LineIndex.of(one.text);
      const uri = uriOfPath(file);
      own = one.bibliography.entries.map(entry => new PlacedEntry(entry, uri, lines));
      cited.set(one, own);
    }
    for (const entry of own) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  }
  return [...entries.values()];
}

/** The entries that the chapter lists itself. */
function listedHere(path: string, { frontMatter, lines }: Chapter): readonly CitedEntry[] {
  if (frontMatter === undefined) return [];
  const { text, textRange, data } = frontMatter;
  const { entries } = placed(cslBibliography(data.references), () => keysInYaml(text, textRange.start));
  return entries.map(entry => new PlacedEntry(entry, uriOfPath(path), lines));
}

class PlacedEntry implements CitedEntry {
  readonly #entry: BibliographyEntry;
  readonly #lines: Lines;
  readonly uri: string;

  constructor(entry: BibliographyEntry, uri: string, lines: Lines) {
    this.#entry = entry;
    this.uri = uri;
    this.#lines = lines;
  }

  get key(): string {
    return this.#entry.key;
  }

  get type(): string {
    return this.#entry.type;
  }

  get range(): CitedEntry['range'] {
    return this.#lines.rangeOf(this.#entry.keyRange);
  }

  get writeKey(): CitedEntry['writeKey'] {
    const { writeKey } = this.#entry;
    return writeKey && (key => writeKey(key));
  }

  field(name: string): string | undefined {
    return this.#entry.field(name);
  }

  source(name: string): string | undefined {
    return this.#entry.source(name);
  }
}

/** Longest style that is read; those of the official collection have a fifth of it. */
const LARGEST_STYLE = 500_000;

/** The CSL style that a chapter, one of its folders or its project names; undefined where there is none that can be read. */
export function citationStyleOf(path: string, chapter: Chapter, files: FileAccess): string | undefined {
  const root = projectRoot(path, files);
  const own = chapter.frontMatter?.data;
  const levels = [
    { folder: dirname(path), metadata: own ?? {} },
    ...folderMetadata(path, files).toReversed(),
    { folder: root, metadata: configurationOf(root, files).metadata },
  ];
  for (const { folder, metadata } of levels) {
    const { book, format } = metadata;
    const html = isMetadata(format) ? format.html : undefined;
    const name = [html, metadata, book]
      .map(one => (isMetadata(one) ? one.csl : undefined))
      .find(one => one !== undefined);
    if (typeof name !== 'string') continue;
    if (isOnWeb(name)) return undefined;
    return readStyle(name.startsWith('/') ? join(root, name) : resolve(folder, name), files);
  }
  return undefined;
}

const styles = new Map<string, { readonly stamp: string; readonly text: string }>();

function readStyle(path: string, files: FileAccess): string | undefined {
  const stamp = files.stat(path)?.stamp;
  if (stamp === undefined) return undefined;
  const cached = styles.get(path);
  if (cached?.stamp === stamp) return cached.text;
  try {
    const text = files.readText(path, LARGEST_STYLE);
    styles.set(path, { stamp, text });
    return text;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}
