/**
 * Data files of the workspace as cells may read them: what stands at a path is looked up once and kept until it changes. What an
 * editor holds of a file wins over what is on disk.
 */
import type { DataAspect, DataEntry, DataFiles, DataFound } from '../../mlsys';
import { type FileAccess, FileError, type FileStat } from '../files/access';
import { dirname, resolve, sep } from '../files/path';
import { isInside } from '../files/paths';
import { ChapterWriters } from './writers';

/** Nobody loads more than that in a chapter. */
const LARGEST_DATA = 32_000_000;

/** Begins the keys of looks at data files among those at modules. */
const PREFIX = 'data:';
/** The same for looks at who writes what is missing. */
const WRITER = 'writer:';

interface Entry {
  readonly found: DataFound;
  readonly stamp: string;
}

/** What the program has found out about data files, for all chapters of a process. */
export class DataStore {
  readonly #entries = new Map<string, Entry>();
  readonly #filesOf: (root: string) => FileAccess;
  readonly #overlayText: (path: string) => string | undefined;
  /** The chapters that may write what is not there. */
  readonly writers: ChapterWriters;

  /** `overlayText` is what an editor holds of a file. */
  constructor(filesOf: (root: string) => FileAccess, overlayText: (path: string) => string | undefined) {
    this.#filesOf = filesOf;
    this.#overlayText = overlayText;
    this.writers = new ChapterWriters(filesOf);
  }

  /** What is at a path, in the system's own form, inside a root; trusted until `forget` or `refresh`. */
  find(aspect: DataAspect, path: string, root: string): DataFound {
    const key = `${root}\0${aspect}\0${path}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const now = this.#place(path, root);
      entry = { stamp: stampOf(now), found: found(aspect, now) };
      this.#entries.set(key, entry);
    }
    return entry.found;
  }

  /** Forgets what is known of a path, since an editor holds another text of it now; true if that may make a difference. */
  forget(path: string): boolean {
    let changed = false;
    for (const [key, { found }] of [...this.#entries]) {
      const [root, aspect, known] = key.split('\0') as [string, DataAspect, string];
      if (known !== path && found.real !== path && resolve(known) !== path) continue;
      this.#entries.delete(key);
      changed ||= this.find(aspect, known, root).trace !== found.trace;
    }
    return changed;
  }

  /** Forgets all that changed, appeared or went; true if there was something. See `ChapterWriters.refresh`. */
  refresh(within?: number): boolean {
    let changed = this.writers.refresh(within);
    for (const [key, { found, stamp }] of [...this.#entries]) {
      const [root, aspect, path] = key.split('\0') as [string, DataAspect, string];
      if (stamp === stampOf(this.#place(path, root))) continue;
      this.#entries.delete(key);
      changed ||= this.find(aspect, path, root).trace !== found.trace;
    }
    return changed;
  }

  #place(path: string, root: string): Place {
    const files = this.#filesOf(root);
    const real = files.realPath(path);
    const overlay = this.#overlayText(resolve(path)) ?? this.#overlayText(real ?? path);
    return { path, files, real, stat: real === undefined ? undefined : files.stat(real), overlay };
  }
}

/** What stands at a path now. */
interface Place {
  readonly path: string;
  readonly files: FileAccess;
  readonly real: string | undefined;
  readonly stat: FileStat | undefined;
  /** What an editor holds of it. */
  readonly overlay: string | undefined;
}

function stampOf({ path, files, stat, overlay }: Place): string {
  return overlay === undefined ? (stat?.stamp ?? files.problemWith(path)?.problem ?? '') : `overlay:${overlay}`;
}

function found(aspect: DataAspect, place: Place): DataFound {
  try {
    return lookAt(aspect, place);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return failed(error);
  }
}

function lookAt(aspect: DataAspect, { path, files, real, stat, overlay }: Place): DataFound {
  if (stat === undefined || real === undefined) return notThere(path, files);
  if (aspect === 'kind' || stat.kind === 'other') return { kind: stat.kind, real, trace: `${stat.kind} ${real}` };
  if (aspect === 'content') {
    if (stat.kind === 'folder') return { kind: 'folder', real, trace: 'folder' };
    const bytes = overlay === undefined ? files.readBytes(path, LARGEST_DATA) : new TextEncoder().encode(overlay);
    return { kind: 'file', real, bytes, trace: bytesTrace(bytes) };
  }
  if (stat.kind === 'file') return { kind: 'file', real, trace: 'file' };
  const entries: readonly DataEntry[] = files.listAsStored(path);
  return { kind: 'folder', real, entries, trace: entries.map(({ name, kind }) => `${kind} ${name}`).join('\n') };
}

/** Differs for any two contents: each byte is one character. */
function bytesTrace(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** Nobody is told whether there is something outside of the workspace. */
function notThere(path: string, files: FileAccess): DataFound {
  const problem = files.problemWith(path);
  if (problem === undefined) return { kind: 'missing', trace: 'missing' };
  if (problem.problem === 'missing') {
    let above = resolve(path);
    while (dirname(above) !== above && files.realPath(above) === undefined) {
      if (files.problemWith(above)?.problem === 'outside') return refused('lies outside of the workspace');
      above = dirname(above);
    }
    if (files.realPath(above) === undefined) return refused('lies outside of the workspace');
  }
  return failed(problem);
}

function failed({ problem, reason }: FileError): DataFound {
  switch (problem) {
    case 'missing':
      if (reason === 'no such file') return { kind: 'missing', trace: 'missing' };
      // A file stands where the path has a folder.
      if (/not a directory$/.test(reason)) return { kind: 'under-file', trace: 'under a file' };
      return refused(reason);
    case 'denied':
      return { kind: 'denied', trace: 'denied' };
    case 'outside':
      return refused('lies outside of the workspace');
    default:
      return refused(reason);
  }
}

function refused(why: string): DataFound {
  return { kind: 'missing', trace: `refused: ${why}`, refused: `it ${why}` };
}

/** A path of the system as Python code sees it: with `/`, whatever the system has. */
function shown(path: string): string {
  return sep === '/' ? path : `/${path.split(sep).join('/')}`;
}

function ofSystem(path: string): string {
  return sep === '/' ? path : path.slice(1).split('/').join(sep);
}

/** Texts in place of what files hold, by path. */
export type TriedTexts = readonly (readonly [path: string, text: string])[];

/** The data files of one chapter. Each look is noted in `filesRead`, under a key that `isDataKey` tells from a path of a module. */
export class ChapterData implements DataFiles {
  readonly folder: string;
  readonly root: string;
  readonly #store: DataStore;
  readonly #workspace: string;
  readonly #chapter: string | undefined;
  readonly #filesRead: Map<string, string | undefined>;
  /** Texts that are tried in place of what files hold, by their paths. */
  readonly #tried = new Map<string, Uint8Array>();

  /** `chapter` is the file, where there is one, that reads them. */
  constructor(
    folder: string,
    workspace: string,
    store: DataStore,
    filesRead: Map<string, string | undefined>,
    chapter?: string,
  ) {
    this.folder = shown(folder);
    this.#chapter = chapter;
    this.root = shown(workspace);
    this.#workspace = workspace;
    this.#store = store;
    this.#filesRead = filesRead;
  }

  find(aspect: DataAspect, path: string): DataFound {
    const own = ofSystem(path);
    const found = this.#withTried(aspect, own, this.#store.find(aspect, own, this.#workspace));
    this.#filesRead.set(`${PREFIX}${aspect}:${own}`, found.trace);
    return this.#isMissing(found) ? this.#maybeWritten(own, found) : found;
  }

  #isMissing({ kind, refused: why }: DataFound): boolean {
    return kind === 'missing' && why === undefined && this.#chapter !== undefined;
  }

  /** What is not there may be by the time that the page is made, where another chapter writes it. */
  #maybeWritten(path: string, found: DataFound): DataFound {
    const writer = this.#store.writers.writerOf(path, this.#chapter!, this.#workspace);
    this.#filesRead.set(`${WRITER}${this.#chapter}\0${path}`, writer);
    return writer === '' ? found : refused(`is not there, and ${writer} may write it`);
  }

  nameOf(file: string): string {
    return shown(file);
  }

  /** Has the chapter see other texts in place of what some files hold; all others are as they are. */
  try(texts: TriedTexts): void {
    this.#tried.clear();
    for (const [path, text] of texts) this.#tried.set(path, new TextEncoder().encode(text));
  }

  #withTried(aspect: DataAspect, path: string, found: DataFound): DataFound {
    if (this.#tried.size === 0 || aspect !== 'content' || found.kind !== 'file') return found;
    const bytes =
      this.#tried.get(resolve(path)) ?? (found.real === undefined ? undefined : this.#tried.get(found.real));
    return bytes === undefined ? found : { ...found, bytes, trace: bytesTrace(bytes) };
  }
}

/** The trace of a look that `ChapterData` noted; undefined for the key of another. */
export function dataTrace(key: string, root: string, store: DataStore): string | undefined {
  if (key.startsWith(WRITER)) {
    const [chapter, path] = key.slice(WRITER.length).split('\0') as [string, string];
    return store.writers.writerOf(path, chapter, root);
  }
  const look = lookOf(key);
  return look && store.find(look.aspect, look.path, root).trace;
}

export function isDataKey(key: string): boolean {
  return key.startsWith(PREFIX) || key.startsWith(WRITER);
}

function lookOf(key: string): { readonly aspect: DataAspect; readonly path: string } | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  const colon = key.indexOf(':', PREFIX.length);
  return { aspect: key.slice(PREFIX.length, colon) as DataAspect, path: key.slice(colon + 1) };
}

/** The paths of the data files whose content was looked at. */
export function readPaths(keys: Iterable<string>): readonly string[] {
  return Array.from(keys, lookOf).flatMap(look => (look?.aspect === 'content' ? [look.path] : []));
}

/** The paths that were looked at, of modules and of data files alike. */
export function lookupPaths(keys: Iterable<string>): readonly string[] {
  return Array.from(keys, key => lookOf(key)?.path ?? key.slice(key.indexOf('\0') + 1));
}

/** True where a file that changed, came or went may give a look another result. */
export function concernsLook(key: string, changed: string): boolean {
  if (key.startsWith(WRITER)) return changed.endsWith('.qmd');
  const look = lookOf(key);
  if (look === undefined) return false;
  const path = resolve(look.path);
  return isInside(changed, path) || isInside(path, changed);
}
