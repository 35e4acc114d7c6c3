/** What git tells of a repository. Nothing but the command line runs git. */
import { execFile, execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { machine } from './engine';
import { UsageError } from './io';

const execute = promisify(execFile);

/** Nothing that a repository's own configuration names is run. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
const MOST_BYTES = 256_000_000;

/** A repository, on behalf of an option that names one of its revisions. */
export class Repository {
  /** Its folder, without links. */
  readonly root: string;
  readonly #option: string;

  private constructor(root: string, option: string) {
    this.root = root;
    this.#option = option;
  }

  /** The repository around a file or folder; `option` is what messages begin with: `--changed main`. Throws `UsageError`. */
  static async around(near: string, option: string): Promise<Repository> {
    const folder = machine.filesIn(near).stat(near)?.kind === 'folder' ? near : dirname(near);
    const [root] = lines(await run(option, folder, ['rev-parse', '--show-toplevel']));
    return new Repository(root!, option);
  }

  /** What a command prints. Throws `UsageError`. */
  git(...args: readonly string[]): Promise<string> {
    return run(this.#option, this.root, args);
  }

  /** The commit that a revision means. Throws `UsageError`. */
  async commit(revision: string): Promise<string> {
    const found = await this.git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).catch(
      () => '',
    );
    const [commit] = lines(found);
    if (commit !== undefined) return commit;
    const isShallow = (await this.git('rev-parse', '--is-shallow-repository')).trim() === 'true';
    const why = isShallow ? '; the clone is a shallow one, which may lack it (`fetch-depth: 0` fetches all)' : '';
    throw new UsageError(`${this.#option}: there is no such revision${why}`);
  }

  /** The content of a blob, here and now: for who cannot wait. */
  blob(id: string): Uint8Array {
    return execFileSync('git', ['-C', this.root, ...SAFE, 'cat-file', 'blob', id], { maxBuffer: MOST_BYTES });
  }
}

async function run(option: string, folder: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute('git', ['-C', folder, ...SAFE, ...args], { maxBuffer: MOST_BYTES });
    return stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
    const said =
      code === 'ENOENT' ? 'git is not installed' : (lines(stderr)[0] ?? 'git failed').replace(/^fatal: /, '');
    throw new UsageError(`${option}: ${said}`);
  }
}

export function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter(line => line !== '');
}

/** The names that a command printed with `-z`. */
export function names(text: string): readonly string[] {
  return text.split('\0').filter(name => name !== '');
}
