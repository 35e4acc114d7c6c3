/** Keeps a mirror of an editor's files: fills it folder by folder, and follows what the editor tells of changes. */
import type { FileChange, FolderEntry } from './access';
import { DATA_ENDINGS } from './endings';
import { FileMirror, type MirrorChange } from './mirror';
import { extname, join } from './path';

/** The editor's files, as it answers for them. Both reject where the editor cannot say. */
export interface EditorFileSystem {
  /** What a folder holds; undefined where there is none. */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  /** A file, with its content where that has at most `limit` bytes; undefined where there is none. */
  read(path: string, limit: number): Promise<EditorFile | undefined>;
}

export interface EditorFile {
  readonly size: number;
  readonly stamp: string;
  readonly content: Uint8Array | undefined;
}

/** Files whose content chapters depend on; of all others, such as pictures, it counts that they are there. */
const READ: ReadonlySet<string> = new Set([...DATA_ENDINGS, 'qmd', 'py'].map(ending => `.${ending}`));
/** Folders whose content is none of the author's. */
const SKIPPED = /^(\..*|_site.*|_book|node_modules|__pycache__|venv|env|site-packages)$/;

/** Limits of what is copied. */
const LARGEST = 8_000_000;
const MOST_BYTES = 64_000_000;
const MOST_ENTRIES = 20_000;
/** Requests that are under way at a time. */
const AT_A_TIME = 16;

export class EditorFiles {
  readonly mirror = new FileMirror();
  /** Resolves when the folders that were given at the start have been read. */
  readonly ready: Promise<void>;
  readonly #editor: EditorFileSystem;
  readonly #log: (message: string) => void;
  #last: Promise<void>;
  #bytes = 0;
  #entries = 0;
  #isOverLimit = false;

  /** `log` takes lines about what could not be read. */
  constructor(editor: EditorFileSystem, folders: readonly string[], log: (message: string) => void) {
    this.#editor = editor;
    this.#log = log;
    this.ready = this.#fill(folders);
    this.#last = this.ready;
  }

  /** Further folders are to be read. */
  add(folders: readonly string[]): void {
    this.#queue(() => this.#fill(folders));
  }

  /** Takes what the editor tells of changes: the mirror tells of them once they are in it. */
  report(changes: readonly FileChange[]): void {
    this.#queue(async () => {
      const found = await Promise.all([...new Set(changes.map(({ path }) => path))].map(path => this.#look(path)));
      this.mirror.apply(found.flat());
    });
  }

  #queue(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: unknown) => this.#log(`Files were not read: ${String(error)}`));
  }

  async #fill(folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      const found: MirrorChange[] = [];
      await this.#collect([folder], found);
      this.mirror.apply(found);
    }
  }

  /** What is at a path now. */
  async #look(path: string): Promise<readonly MirrorChange[]> {
    try {
      const file = await this.#editor.read(path, limitOf(path));
      if (file !== undefined) return [this.#fileAt(path, file)];
      const found: MirrorChange[] = [{ kind: 'nothing', path }];
      // A folder that has come, or was moved here.
      if ((await this.#editor.list(path)) !== undefined && !SKIPPED.test(nameOf(path)))
        await this.#collect([path], found);
      return found;
    } catch (error) {
      this.#log(`${path} was not read: ${String(error)}`);
      return [];
    }
  }

  /** Reads folders and all below, some at a time. */
  async #collect(folders: string[], found: MirrorChange[]): Promise<void> {
    const files: string[] = [];
    while (folders.length > 0) {
      const some = folders.splice(0, AT_A_TIME);
      await Promise.all(some.map(folder => this.#collectOne(folder, folders, files, found)));
    }
    while (files.length > 0) {
      const some = files.splice(0, AT_A_TIME);
      found.push(...(await Promise.all(some.map(path => this.#read(path)))));
    }
  }

  async #collectOne(folder: string, folders: string[], files: string[], found: MirrorChange[]): Promise<void> {
    const entries = await this.#editor.list(folder).catch((error: unknown) => {
      this.#log(`${folder} was not read: ${String(error)}`);
      return [];
    });
    if (entries === undefined) return;
    found.push({ kind: 'folder', path: folder });
    for (const { name, kind } of entries) {
      const path = join(folder, name);
      if (++this.#entries > MOST_ENTRIES) {
        this.#tellLimit();
        return;
      }
      if (kind === 'folder' && SKIPPED.test(name)) found.push({ kind, path });
      else if (kind === 'folder') folders.push(path);
      else if (kind === 'link') found.push({ kind, path });
      else if (kind === 'file' && READ.has(extname(name).toLowerCase())) files.push(path);
      else found.push({ kind: 'file', path, size: 0, stamp: '', content: undefined });
    }
  }

  async #read(path: string): Promise<MirrorChange> {
    try {
      const file = await this.#editor.read(path, limitOf(path));
      return file === undefined ? { kind: 'nothing', path } : this.#fileAt(path, file);
    } catch (error) {
      this.#log(`${path} was not read: ${String(error)}`);
      return { kind: 'file', path, size: 0, stamp: '', content: undefined };
    }
  }

  #fileAt(path: string, { size, stamp, content }: EditorFile): MirrorChange {
    this.#bytes += content?.length ?? 0;
    const isTooMuch = this.#bytes > MOST_BYTES;
    if (isTooMuch) this.#tellLimit();
    return { kind: 'file', path, size, stamp, content: isTooMuch ? undefined : content };
  }

  #tellLimit(): void {
    if (this.#isOverLimit) return;
    this.#isOverLimit = true;
    this.#log(
      `The workspace holds more than ${MOST_ENTRIES.toLocaleString('en')} files, or more than ${MOST_BYTES / 1e6} MB of texts: the rest is not read.`,
    );
  }
}

function limitOf(path: string): number {
  return READ.has(extname(path).toLowerCase()) ? LARGEST : 0;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
