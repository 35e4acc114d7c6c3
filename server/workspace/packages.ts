/**
 * Python packages of the workspace, read from their `.py` sources: beside the chapter, in the folders above it up to the
 * root of the workspace, and in the folders that a setting names. Nothing outside the workspace is ever read, not even
 * through a symbolic link.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ModuleSource, SourceFile } from '../../mlsys';

/** Modules that are part of the interpreter itself, which no file can replace in CPython either. */
const BUILT_IN: ReadonlySet<string> = new Set(['sys', 'builtins', 'math', 'time', 'itertools', '_thread', 'gc']);

/** Sources larger than this are no modules that a chapter imports. */
const LARGEST = 4_000_000;

interface Entry {
  readonly file: SourceFile | undefined;
  /** Time of the last change and size, to see whether the file must be read again. */
  readonly stamp: string;
}

/** Reads sources and keeps them while the file stays the same. One store serves all chapters of a process. */
export class PackageStore {
  readonly #entries = new Map<string, Entry>();

  /** The source at a path inside a root, or undefined; what was found before is trusted until `forget`. */
  read(path: string, root: string | undefined, isPackage: boolean): SourceFile | undefined {
    const known = this.#entries.get(path);
    if (known !== undefined) return known.file;
    const file = readSource(path, root, isPackage);
    this.#entries.set(path, { file, stamp: stampOf(path) });
    return file;
  }

  /** The source at a path that an earlier run found inside its workspace. */
  readAnywhere(path: string): string | undefined {
    return this.read(path, undefined, false)?.source;
  }

  /** Forgets all whose files changed, appeared or went; true if there was one. */
  refresh(): boolean {
    let changed = false;
    for (const [path, entry] of this.#entries)
      if (entry.stamp !== stampOf(path)) {
        this.#entries.delete(path);
        changed = true;
      }
    return changed;
  }
}

/** The module source of one chapter. */
export class Packages implements ModuleSource {
  readonly #roots: readonly string[];
  readonly #workspace: string;
  readonly #store: PackageStore;
  /** Paths that were looked at, with the text found there; a result holds while these stay the same. */
  readonly looked = new Map<string, string | undefined>();

  /** `folder` is the chapter's own; `extra` are further roots, inside the workspace. */
  constructor(folder: string, workspace: string, extra: readonly string[] = [], store = new PackageStore()) {
    this.#workspace = realPath(workspace) ?? workspace;
    this.#store = store;
    const roots = [...foldersUpTo(folder, workspace), ...extra.map(path => resolve(workspace, path))];
    this.#roots = [...new Set(roots)].filter(root => isInside(realPath(root) ?? root, this.#workspace));
  }

  find(dottedName: string): SourceFile | undefined {
    const parts = dottedName.split('.');
    if (parts.some(part => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(part)) || BUILT_IN.has(parts[0]!)) return undefined;
    for (const root of this.#roots) {
      const base = join(root, ...parts);
      const found = this.#read(join(base, '__init__.py'), true) ?? this.#read(`${base}.py`, false);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #read(path: string, isPackage: boolean): SourceFile | undefined {
    const file = this.#store.read(path, this.#workspace, isPackage);
    this.looked.set(path, file?.source);
    return file;
  }
}

function readSource(path: string, root: string | undefined, isPackage: boolean): SourceFile | undefined {
  try {
    const real = realpathSync(path);
    if (root !== undefined && !isInside(real, root)) return undefined;
    const { size } = statSync(real);
    if (size > LARGEST) return undefined;
    return { file: path, source: readFileSync(real, 'utf8').replace(/^\uFEFF/, ''), isPackage };
  } catch {
    // No such module: the next root, or the library, may have it.
    return undefined;
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.mtimeMs}:${stat.size}`;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
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
