/** The chapters of a project as they were at a revision, with the packages and data files of then. */
import { basename, dirname, join } from 'node:path';
import { compareNumbers, NOTHING, type NumberDiff } from '../../comparison';
import type { Engine } from '../../engine';
import { FileError, type FileSystem } from '../../files/access';
import { lookupPaths } from '../../workspace/dataFiles';
import { ChangedFiles } from '../check/changed';
import { machine, makeEngine, rootOf } from '../engine';
import { names, Repository } from '../git';
import type { Workspace } from '../workspace';
import { filesAt } from './gitTree';

export class Past {
  /** The revision, with its commit: `main (1a2b3c4)`. */
  readonly name: string;
  readonly #engine: Engine;
  readonly #files: FileSystem;
  readonly #workspace: Workspace;
  readonly #changes: ChangedFiles;
  /** By the present path of a file that was renamed, its former one. */
  readonly #renamed: ReadonlyMap<string, string>;

  private constructor(
    name: string,
    files: FileSystem,
    workspace: Workspace,
    changes: ChangedFiles,
    renamed: ReadonlyMap<string, string>,
  ) {
    this.name = name;
    this.#files = files;
    this.#workspace = workspace;
    this.#engine = makeEngine(workspace, { files });
    this.#changes = changes;
    this.#renamed = renamed;
  }

  /** How the repository around a file or folder was at a revision. Throws `UsageError`. */
  static async at(revision: string, near: string, workspace: Workspace): Promise<Past> {
    const repository = await Repository.around(near, `--against ${revision}`);
    const commit = await repository.commit(revision);
    const { root, packageRoots } = workspace;
    const past: Workspace = {
      ...workspace,
      ...(root === undefined ? {} : { root: real(root) }),
      ...(packageRoots === undefined ? {} : { packageRoots: packageRoots.map(real) }),
    };
    const [files, changes, renamed] = await Promise.all([
      filesAt(commit, repository),
      ChangedFiles.from(commit, repository),
      renamedSince(commit, repository),
    ]);
    const short = commit.slice(0, 7);
    const name = commit.startsWith(revision) ? short : `${revision} (${short})`;
    return new Past(name, files, past, changes, renamed);
  }

  /** What differs in a chapter; undefined where it was not there. Throws `FileError`. */
  async compare(path: string, engine: Engine): Promise<NumberDiff | undefined> {
    const former = this.#formerly(path);
    if (!this.#files.isThere(former)) return undefined;
    // Whatever else has changed, any chapter may depend on.
    if (!this.#changes.has(path) && !this.#changes.hasOthers) return NOTHING;
    const now = engine.examine(path, engine.read(path));
    const before = this.#engine.examine(former, this.#engine.read(former));
    const lookups = [now, before].flatMap(({ packages }) => lookupPaths(packages.lookups.keys()));
    const changedFiles = [...new Set(lookups)].filter(one => this.#changes.has(one));
    return compareNumbers({ analysis: before.analysis }, { analysis: now.analysis, changedFiles });
  }

  /** The chapters that a path stood for, under their former names, but for those that are still there under some name. */
  gone(path: string, present: readonly string[]): readonly string[] {
    const there = new Set(present.map(one => this.#formerly(one)));
    const whole = real(path);
    try {
      const { chapters } = this.#engine.chaptersAt(whole, rootOf(join(whole, '.qmd'), this.#workspace));
      return chapters.filter(one => !there.has(one));
    } catch (error) {
      if (error instanceof FileError) return [];
      throw error;
    }
  }

  #formerly(path: string): string {
    const whole = real(path);
    return this.#renamed.get(whole) ?? whole;
  }
}

/** Present paths of renamed files, each with its former one. */
async function renamedSince(commit: string, repository: Repository): Promise<ReadonlyMap<string, string>> {
  const told = names(
    await repository.git('diff', '--diff-filter=R', '-M', '--name-status', '-z', '--no-ext-diff', commit, '--'),
  );
  const renamed = new Map<string, string>();
  for (let at = 0; at + 2 < told.length; at += 3)
    renamed.set(join(repository.root, told[at + 2]!), join(repository.root, told[at + 1]!));
  return renamed;
}

/** The path without links, as git tells it; of a file that is gone, its folder's. */
function real(path: string): string {
  const found = machine.filesIn(path).realPath(path);
  return found ?? join(machine.filesIn(dirname(path)).root, basename(path));
}
