/** What changed since a revision, by git: for `reckoner check --changed REV`. Nothing but the command line runs git. */
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { machine } from '../engine';
import { UsageError } from '../io';

const execute = promisify(execFile);

/** Nothing that a repository's own configuration names is run. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];

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
    const folder = machine.filesIn(near).stat(near)?.kind === 'folder' ? near : dirname(near);
    const git = (...args: string[]) => run(revision, folder, args);
    const [root] = lines(await git('rev-parse', '--show-toplevel'));
    const [commit] = lines(await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`));
    const [base = commit!] = lines(await git('merge-base', commit!, 'HEAD').catch(() => ''));
    const changed = await git('-C', root!, 'diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', base, '--');
    const added = await git('-C', root!, 'ls-files', '--others', '--exclude-standard', '-z');
    const names = `${changed}${added}`.split('\0').filter(name => name !== '');
    return new ChangedFiles(new Set(names.map(name => real(join(root!, name)))));
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

async function run(revision: string, folder: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute('git', ['-C', folder, ...SAFE, ...args], { maxBuffer: 64_000_000 });
    return stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
    const said =
      code === 'ENOENT' ? 'git is not installed' : (lines(stderr)[0] ?? 'git failed').replace(/^fatal: /, '');
    throw new UsageError(`--changed ${revision}: ${said}`);
  }
}

function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter(line => line !== '');
}

/** The path as git tells it: without links, where the file is there. */
function real(path: string): string {
  const folder = dirname(path);
  const files = machine.filesIn(folder);
  return files.realPath(path) ?? resolve(files.root, path.slice(folder.length + 1));
}
