/**
 * Python packages of the workspace, read from their `.py` sources: beside the chapter, in the folders above it up to the
 * root of the workspace, in the folders that a setting names, and in the `src` folders of all these. Nothing outside the
 * workspace is ever read, not even through a symbolic link.
 */

import type { ModuleSource, SourceFile } from '../../mlsys';
import { type FileAccess, FileError, type FileSystem } from '../files/access';
import { dirname, join, resolve, sep } from '../files/path';
import { isInside } from '../files/paths';
import { ChapterData, DataStore, dataTrace, isDataKey, type TriedTexts } from './dataFiles';

/** Modules that are part of the interpreter itself, which no file can replace in CPython either. */
const BUILT_IN: ReadonlySet<string> = new Set(['sys', 'builtins', 'math', 'time', 'itertools', '_thread', 'gc']);

/** Sources larger than this are no modules that a chapter imports. */
const LARGEST = 4_000_000;

/** Where packages that are developed beside a book often are. */
const SOURCE_FOLDER = 'src';

/** What stands at a path; a folder counts as an empty text. */
interface Found {
  readonly text: string;
  /** Why it is not read, though Python would. */
  readonly refused?: string;
}

interface Entry {
  readonly found: Found | undefined;
  /** Time of the last change and size, to see whether the file must be read again. */
  readonly stamp: string;
}

/**
 * Reads sources and keeps them while the file stays the same. One store serves all chapters of a process. What an editor
 * holds of a file wins over what is on disk.
 */
export class PackageStore {
  readonly #entries = new Map<string, Entry>();
  readonly #overlays = new Map<string, string>();
  readonly #workspaces = new Map<string, FileAccess>();
  /** What is known of data files. */
  readonly data = new DataStore(
    root => this.filesOf(root),
    path => this.#overlays.get(path),
  );
  readonly system: FileSystem;

  constructor(system: FileSystem) {
    this.system = system;
  }

  /** The files of a workspace. */
  filesOf(root: string): FileAccess {
    let files = this.#workspaces.get(root);
    if (files === undefined) {
      files = this.system.filesIn(root);
      this.#workspaces.set(root, files);
    }
    return files;
  }

  /** What is at a path inside a root, if anything; what was found before is trusted until `refresh`. */
  read(path: string, root: string): Found | undefined {
    const key = `${root}\0${path}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known.found;
    const files = this.filesOf(root);
    const stamp = this.#stampOf(path, files);
    const found = isListing(path)
      ? readNames(folderOf(path), files)
      : isFolderPath(path)
        ? readFolder(path, files)
        : (this.#overlayText(path, files) ?? readSource(path, files));
    this.#entries.set(key, { found, stamp });
    return found;
  }

  /** What a look at a path gives, as a text that differs whenever a result may differ. */
  trace(path: string, root: string): string | undefined {
    if (isDataKey(path)) return dataTrace(path, root, this.data);
    return traceOf(this.read(path, root));
  }

  /**
   * Takes what an editor holds of a file; undefined where it no longer does. True where that is another text than the
   * one that was read, so that results may differ.
   */
  overlay(path: string, text: string | undefined): boolean {
    if (text === undefined) this.#overlays.delete(path);
    else this.#overlays.set(path, text);
    let changed = this.data.forget(path);
    for (const [key, { found }] of [...this.#entries]) {
      if (!key.endsWith(`\0${path}`)) continue;
      this.#entries.delete(key);
      const now = this.read(path, key.slice(0, key.indexOf('\0')));
      changed ||= now?.text !== found?.text || now?.refused !== found?.refused;
    }
    return changed;
  }

  /** Forgets all whose files changed, appeared or went; true if there was one. See `ChapterWriters.refresh`. */
  refresh(within?: number): boolean {
    let changed = this.data.refresh(within);
    for (const [key, entry] of this.#entries) {
      const [root, path] = key.split('\0', 2) as [string, string];
      if (entry.stamp === this.#stampOf(path, this.filesOf(root))) continue;
      this.#entries.delete(key);
      changed = true;
    }
    return changed;
  }

  #overlayText(path: string, files: FileAccess): Found | undefined {
    const text = this.#overlays.get(path);
    if (text === undefined) return undefined;
    // A file that was never saved is not there yet, but its folder is.
    const isNew = () => files.problemWith(path)?.problem === 'missing' && files.exists(dirname(path));
    return files.exists(path) || isNew() ? { text: withoutMark(text) } : undefined;
  }

  #stampOf(path: string, files: FileAccess): string {
    const overlay = this.#overlays.get(path);
    if (overlay !== undefined) return `overlay:${overlay}`;
    const place = isListing(path) ? folderOf(path) : path;
    // What comes into a folder or goes changes its time.
    return files.stat(place)?.stamp ?? files.problemWith(place)?.problem ?? '';
  }
}

const traceOf = (found: Found | undefined): string | undefined => found?.refused ?? found?.text;

/** Where a chapter's packages are looked up. */
export interface PackagePlace {
  /** The chapter's own folder. */
  readonly folder: string;
  /** Nothing outside of it is read. */
  readonly workspace: string;
  /** Further folders, inside the workspace. */
  readonly extra?: readonly string[];
  /** The working directory of its cells, where that is not its own folder. */
  readonly working?: string;
  /** The chapter itself, of which others may write the files. */
  readonly chapter?: string;
}

/** The module source of one chapter; without a place, as for a text that was never saved, there are no packages. */
export class Packages implements ModuleSource {
  readonly #place: PackagePlace | undefined;
  readonly #roots: readonly string[];
  readonly #files: FileAccess | undefined;
  readonly #store: PackageStore;
  /** Paths and data files that were looked at, with the text found there; a result holds while these stay the same. */
  readonly lookups = new Map<string, string | undefined>();
  readonly data: ChapterData | undefined;
  #tried: ReadonlyMap<string, string> = new Map();

  constructor(place: PackagePlace | undefined, store: PackageStore) {
    this.#place = place;
    this.#store = store;
    this.#files = place === undefined ? undefined : store.filesOf(place.workspace);
    this.#roots = place === undefined ? [] : rootsOf(place, this.#files!);
    if (place !== undefined) {
      const { folder, workspace, working = folder, chapter } = place;
      for (const each of foldersUpTo(folder, workspace))
        if (each !== folder) this.#read(join(each, '__init__.py'), true);
      this.data = new ChapterData(working, workspace, store.data, this.lookups, chapter);
    }
  }

  find(dottedName: string, within?: readonly string[], path?: readonly string[]): SourceFile | undefined {
    for (const base of this.#bases(dottedName, within, path)) {
      const found = this.#read(join(base, '__init__.py'), true) ?? this.#read(`${base}.py`, false);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  portions(
    dottedName: string,
    within?: readonly string[],
    path?: readonly string[],
    withSources = false,
  ): readonly string[] {
    return this.#bases(dottedName, within, path).filter(base => {
      const place = base + sep;
      const found = this.#store.trace(place, this.workspace);
      this.lookups.set(place, found);
      return withSources ? found === WITH_SOURCES : found !== undefined;
    });
  }

  names(within?: readonly string[], path?: readonly string[]): readonly string[] {
    const folders = within ?? [...this.#searched(path ?? []), ...this.#roots];
    return folders.flatMap(folder => {
      const place = join(folder, LISTING);
      const found = this.#store.trace(place, this.workspace);
      this.lookups.set(place, found);
      return found?.split(' ') ?? [];
    });
  }

  /** The root of the workspace that these packages belong to. */
  get workspace(): string {
    return this.#files?.root ?? '';
  }

  /** Paths, without an ending, at which a module of that name may be. */
  #bases(dottedName: string, within: readonly string[] | undefined, path: readonly string[] = []): string[] {
    const parts = dottedName.split('.');
    if (parts.some(part => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(part)) || BUILT_IN.has(parts[0]!)) return [];
    if (within !== undefined) return within.map(folder => join(folder, parts[parts.length - 1]!));
    const roots = [...this.#searched(path), ...this.#roots];
    return [...roots, ...roots.flatMap(root => this.#sourcesOf(join(root, parts[0]!)))].map(root =>
      join(root, ...parts),
    );
  }

  /** Where the sources of a Python project are, whose folder has the name of what it is: authors install it in place. */
  #sourcesOf(project: string): readonly string[] {
    if (this.#isThere(join(project, '__init__.py'))) return [];
    if (!PROJECT_FILES.some(name => this.#isThere(join(project, name)))) return [];
    return [project, join(project, SOURCE_FOLDER)];
  }

  /** The folders of `sys.path` that lie in the workspace. */
  #searched(path: readonly string[]): string[] {
    const { folder } = this.#place ?? {};
    const files = this.#files;
    if (folder === undefined || files === undefined) return [];
    return path.map(entry => resolve(folder, entry)).filter(one => isWithin(one, files));
  }

  /** Has the chapter see other texts in place of what some modules and data files hold; all others are as they are. */
  try(texts: TriedTexts): void {
    this.#tried = new Map(texts);
    this.data?.try(texts);
  }

  /** Each look at imports asks this for each root: the store knows it, and sees when it changes. */
  #isThere(path: string): boolean {
    return this.#read(path, false) !== undefined;
  }

  #read(path: string, isPackage: boolean): SourceFile | undefined {
    const stored = this.#store.read(path, this.workspace);
    const tried = stored === undefined ? undefined : this.#tried.get(path);
    const found = tried === undefined ? stored : { text: tried };
    this.lookups.set(path, traceOf(found));
    if (found === undefined) return undefined;
    const { text, refused } = found;
    return { file: path, source: text, isPackage, ...(refused === undefined ? {} : { refused }) };
  }
}

/** What the folder of a Python project has. */
const PROJECT_FILES = ['pyproject.toml', 'setup.py', 'setup.cfg'];

/** Why a folder is no place for packages, in words; undefined where it is one. */
export function rootProblem(path: string, workspace: string, system: FileSystem): string | undefined {
  const files = system.filesIn(workspace);
  const whole = resolve(workspace, path);
  if (files.stat(whole)?.kind === 'folder') return undefined;
  switch (files.problemWith(whole)?.problem) {
    case 'missing':
      return 'there is no such folder';
    case 'outside':
      return 'it lies outside the workspace, where nothing is read';
    default:
      return 'it is not a folder';
  }
}

/** True for a path in the workspace, or one that is not there and would be. */
function isWithin(path: string, files: FileAccess): boolean {
  return files.exists(path) || (isInside(path, files.root) && files.problemWith(path)?.problem === 'missing');
}

/**
 * Folders in which packages are looked for, the nearest first. A package around the chapter is none of them: its modules are
 * imported by way of the package, and one called `types` would hide that of the library.
 */
export function rootsOf({ folder, workspace, extra = [] }: PackagePlace, files: FileAccess): string[] {
  const above = foldersUpTo(folder, workspace).filter(
    each => each === folder || !files.exists(join(each, '__init__.py')),
  );
  const roots = [...above, ...extra.map(path => resolve(workspace, path))];
  const all = new Set([...roots, ...roots.map(root => join(root, SOURCE_FOLDER))]);
  return [...all].filter(root => isWithin(root, files));
}

function readSource(path: string, files: FileAccess): Found | undefined {
  try {
    return decoded(path, files.readBytes(path, LARGEST));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    switch (error.problem) {
      case 'missing':
      case 'irregular':
        // Where there is no such file, the next root, or the library, may have the module.
        return undefined;
      case 'outside':
        return refusal(path, 'lies outside the workspace');
      case 'too-large':
        return refusal(path, error.reason);
      default:
        return refusal(path, `cannot be read (${error.reason})`);
    }
  }
}

function refusal(path: string, why: string): Found {
  return { text: '', refused: `its file ${path} ${why}` };
}

/** Python reads UTF-8 unless one of the first two lines names another encoding. */
function decoded(path: string, bytes: Uint8Array): Found {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split('\n', 2);
  const named = head
    .map(line => /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1])
    .find(name => name !== undefined);
  if (named !== undefined && !/^(utf[-_]?8.*|ascii|us-ascii)$/i.test(named) && bytes.some(byte => byte > 127)) {
    const text = decodedBy(named, bytes);
    return text === undefined ? refusal(path, `is written in ${named}, not in UTF-8`) : { text };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refusal(path, 'is not UTF-8 text');
  }
}

/** The western encodings of a byte for each character, by the names that sources give them. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/^(latin-?1|iso-?8859-?1|l1)$/, 'latin1'],
  [/^(latin-?9|iso-?8859-?15|l9)$/, 'iso-8859-15'],
  [/^(cp-?1252|windows-?1252)$/, 'windows-1252'],
];

function decodedBy(name: string, bytes: Uint8Array): string | undefined {
  const label = LATIN.find(([names]) => names.test(name.toLowerCase().replaceAll('_', '-')))?.[1];
  // There the web's decoders and Python's have different characters, or Python has none.
  const differs = label !== 'iso-8859-15' && bytes.some(byte => byte >= 0x80 && byte <= 0x9f);
  return label === undefined || differs ? undefined : new TextDecoder(label).decode(bytes);
}

/** Whether there is one, and whether it holds sources. */
function readFolder(path: string, files: FileAccess): Found | undefined {
  try {
    return { text: files.list(path).some(({ name }) => name.endsWith('.py')) ? WITH_SOURCES : '' };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // No folder, or none that can be listed: nothing can be imported from it.
    return undefined;
  }
}

const WITH_SOURCES = 'sources';

/** What stands behind a folder where the names of its modules are meant. */
const LISTING = '*';

function isListing(path: string): boolean {
  return path.endsWith(sep + LISTING);
}

function folderOf(path: string): string {
  return path.slice(0, -LISTING.length);
}

/** The names of modules and packages in a folder, with blanks between. */
function readNames(path: string, files: FileAccess): Found | undefined {
  try {
    const isModule = (name: string) => name.endsWith('.py') || files.exists(join(path, name, '__init__.py'));
    const names = files.list(path).flatMap(({ name }) => (isModule(name) ? [name.replace(/\.py$/, '')] : []));
    return { text: [...new Set(names.filter(name => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)))].join(' ') };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

function isFolderPath(path: string): boolean {
  return path.endsWith(sep);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** A folder and those above it, up to `top`; the folder alone where it is not below `top`. */
function foldersUpTo(folder: string, top: string): string[] {
  const folders = [folder];
  if (!isInside(folder, top)) return folders;
  for (let at = folder; at !== top && dirname(at) !== at; ) {
    at = dirname(at);
    folders.push(at);
  }
  return folders;
}
