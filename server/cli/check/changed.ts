/** What changed since a revision, by git: for `reckoner check --changed REV`. */
import { dirname, join, resolve } from 'node:path';
import { machine } from '../engine';
import { lines, names, Repository } from '../git';

/** Real paths of the files that differ from a revision. */
export class ChangedFiles {
  readonly #paths: ReadonlySet<string>;

  private constructor(paths: ReadonlySet<string>) {
    this.#paths = paths;
  }

  /**
   * What differs from the point at which the present branch left `revision`, files that are not committed or not yet known to git
   * among them. `near` is a file or folder of the repository. Throws `UsageError`.
   */
  static async since(revision: string, near: string): Promise<ChangedFiles> {
    const repository = await Repository.around(near, `--changed ${revision}`);
    const commit = await repository.commit(revision);
    const [base = commit] = lines(await repository.git('merge-base', commit, 'HEAD').catch(() => ''));
    return ChangedFiles.from(base, repository);
  }

  /** What differs from a commit itself. Throws `UsageError`. */
  static async from(commit: string, repository: Repository): Promise<ChangedFiles> {
    const changed = await repository.git('diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', commit, '--');
    const added = await repository.git('ls-files', '--others', '--exclude-standard', '-z');
    const all = [...names(changed), ...names(added)];
    return new ChangedFiles(new Set(all.map(name => real(join(repository.root, name)))));
  }

  /** True for a file that changed, came or went. */
  has(path: string): boolean {
    return this.#paths.has(real(path));
  }

  /** True where something else than chapters changed, on which any chapter may depend. */
  get hasOthers(): boolean {
    return [...this.#paths].some(path => !path.endsWith('.qmd') || /(?:^|[\\/])_[^\\/]*$/.test(path));
  }
}

/** The path as git tells it: without links, where the file is there. */
function real(path: string): string {
  const folder = dirname(path);
  const files = machine.filesIn(folder);
  return files.realPath(path) ?? resolve(files.root, path.slice(folder.length + 1));
}
