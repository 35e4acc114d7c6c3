/**
 * A copy of an editor's files in memory, for a program that can reach them by messages only. Evaluation reads files while it
 * runs and cannot wait for an answer, so that they must be here before it asks.
 */
import {
  type FileAccess,
  type FileChange,
  FileError,
  type FileStat,
  type FileSystem,
  type FolderEntry,
  LARGEST_FILE,
} from './access';
import { basename, dirname, resolve } from './path';
import { isInside } from './paths';

/** What is at a path from now on. */
export type MirrorChange =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly size: number;
      /** Differs whenever the content may differ. */
      readonly stamp: string;
      /** Undefined for a file of which only its being there counts, or that is too large. */
      readonly content: Uint8Array | undefined;
    }
  | { readonly kind: 'folder'; readonly path: string }
  /** Editors do not tell where links lead, and nothing outside of the workspace is read: links are not followed. */
  | { readonly kind: 'link'; readonly path: string }
  /** Nothing: a folder goes with all that it held. */
  | { readonly kind: 'nothing'; readonly path: string };

type Entry = Exclude<MirrorChange, { readonly kind: 'nothing' }>;

export class FileMirror implements FileSystem {
  readonly #entries = new Map<string, Entry>();
  readonly #names = new Map<string, Set<string>>();
  readonly #watchers = new Set<(changes: readonly FileChange[]) => void>();
  readonly #followers = new Set<(changes: readonly MirrorChange[]) => void>();

  /** Takes changes, in order; tells who follows, and then who watches. */
  apply(changes: readonly MirrorChange[]): void {
    const told: FileChange[] = [];
    for (const change of changes) {
      const { path } = change;
      const before = this.#entries.get(path);
      if (change.kind === 'nothing') this.#remove(path);
      else {
        if (before?.kind === 'folder' && change.kind !== 'folder') this.#remove(path);
        this.#add(change);
      }
      const isSame = before === undefined ? change.kind === 'nothing' : before.kind === change.kind;
      if (!isSame || change.kind === 'file') told.push({ path, cameOrWent: !isSame });
    }
    for (const follow of this.#followers) follow(changes);
    if (told.length > 0) for (const changed of this.#watchers) changed(told);
  }

  /** All that is here, as changes that make the same of an empty mirror. */
  get content(): readonly MirrorChange[] {
    return [...this.#entries.values()];
  }

  /** Has somebody told of each change, until the function that is returned is called: for a copy elsewhere. */
  follow(changed: (changes: readonly MirrorChange[]) => void): () => void {
    this.#followers.add(changed);
    return () => this.#followers.delete(changed);
  }

  watch(changed: (changes: readonly FileChange[]) => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  filesIn(folder: string): FileAccess {
    return new MirroredFolder(this, resolve(folder));
  }

  isThere(path: string): boolean {
    return this.#entries.has(path);
  }

  at(path: string): Entry | undefined {
    return this.#entries.get(path);
  }

  namesIn(folder: string): readonly string[] {
    return [...(this.#names.get(folder) ?? [])].sort();
  }

  #add(entry: Entry): void {
    const { path } = entry;
    this.#entries.set(path, entry);
    const folder = dirname(path);
    if (folder === path) return;
    const names = this.#names.get(folder) ?? new Set();
    this.#names.set(folder, names);
    names.add(basename(path));
  }

  #remove(path: string): void {
    for (const name of this.#names.get(path) ?? []) this.#remove(`${path === '/' ? '' : path}/${name}`);
    this.#names.delete(path);
    this.#entries.delete(path);
    this.#names.get(dirname(path))?.delete(basename(path));
  }
}

class MirroredFolder implements FileAccess {
  readonly root: string;
  readonly #mirror: FileMirror;

  constructor(mirror: FileMirror, root: string) {
    this.#mirror = mirror;
    this.root = root;
  }

  readBytes(path: string, limit = LARGEST_FILE): Uint8Array {
    return this.#content(path, limit);
  }

  readText(path: string, limit = LARGEST_FILE): string {
    const bytes = this.#content(path, limit);
    if (bytes.subarray(0, 65_536).includes(0)) throw FileError.at(path, 'not-text', 'is a binary file');
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw FileError.at(path, 'not-text', 'is not UTF-8 text');
    }
  }

  problemWith(path: string, limit = LARGEST_FILE): FileError | undefined {
    const { entry, problem } = this.#find(path);
    if (problem !== undefined) return problem;
    if (entry!.kind === 'folder') return FileError.at(path, 'irregular', 'is a directory');
    return entry!.kind === 'file' && entry!.size > limit ? tooLarge(path, limit) : undefined;
  }

  list(folder: string): readonly FolderEntry[] {
    const { entry, problem } = this.#find(folder);
    if (problem !== undefined) throw problem;
    if (entry!.kind !== 'folder') throw FileError.at(folder, 'missing', 'a part of the path is not a directory');
    return this.#mirror.namesIn(entry!.path).map(name => {
      const inside = this.#mirror.at(resolve(entry!.path, name));
      return { name, kind: inside?.kind ?? 'other' };
    });
  }

  /** Editors do not tell how a disk orders what it holds. */
  listAsStored(folder: string): readonly FolderEntry[] {
    return this.list(folder);
  }

  stat(path: string): FileStat | undefined {
    const { entry } = this.#find(path);
    if (entry === undefined) return undefined;
    if (entry.kind === 'file') return { kind: 'file', size: entry.size, stamp: entry.stamp };
    // What comes into a folder or goes changes its stamp.
    return { kind: 'folder', size: 0, stamp: this.#mirror.namesIn(entry.path).join('/') };
  }

  exists(path: string): boolean {
    return this.#find(path).entry !== undefined;
  }

  isThere(path: string): boolean {
    const whole = resolve(path);
    return isInside(whole, this.root) && this.#mirror.isThere(whole);
  }

  realPath(path: string): string | undefined {
    return this.#find(path).entry?.path;
  }

  #content(path: string, limit: number): Uint8Array {
    const problem = this.problemWith(path, limit);
    if (problem !== undefined) throw problem;
    const entry = this.#mirror.at(resolve(path));
    if (entry?.kind === 'file' && entry.content !== undefined) return entry.content;
    throw FileError.at(path, 'unreadable', 'is of a kind, or a size, that is not read in a browser');
  }

  #find(path: string): { entry?: Exclude<Entry, { readonly kind: 'link' }>; problem?: FileError } {
    const whole = resolve(path);
    if (!isInside(whole, this.root)) {
      const reason = `lies outside the workspace (${this.root}), where nothing is read`;
      return { problem: FileError.at(path, 'outside', reason) };
    }
    const link = this.#linkOn(whole);
    if (link !== undefined) {
      const subject = link === whole ? 'is a link' : `leads through a link (${link})`;
      return { problem: FileError.at(path, 'outside', `${subject}, and links are not followed in a browser`) };
    }
    const entry = this.#mirror.at(whole);
    if (entry === undefined || entry.kind === 'link') return { problem: FileError.at(path, 'missing', 'no such file') };
    return { entry };
  }

  /** The first link on the way to a path. */
  #linkOn(path: string): string | undefined {
    let found: string | undefined;
    for (let at = path; at !== this.root && dirname(at) !== at; at = dirname(at))
      if (this.#mirror.at(at)?.kind === 'link') found = at;
    return found;
  }
}

function tooLarge(path: string, limit: number): FileError {
  return FileError.at(path, 'too-large', `is larger than ${limit / 1e6} MB`);
}
