/** What is told of files, and what that concerns. */
import type { FileChange, FileStat } from '../files/access';
import { basename, dirname, extname, sep } from '../files/path';

/** Pictures, of which a preview says whether they are there. */
const IMAGES: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']);
/** Files whose content a preview shows, and which nothing else reads. */
const SHOWN: ReadonlySet<string> = new Set(['.ipynb', '.csl', '.dot', '.gv', '.mmd', '.mermaid']);

export class FileChanges {
  /** Paths of files and folders. */
  readonly paths: readonly string[];
  /** Those of them that are new or gone. */
  readonly cameOrWent: readonly string[];
  /** Those that are new or gone and are folders, or may have been. */
  readonly folders: readonly string[];
  readonly #changed: ReadonlySet<string>;

  readonly #isBaseline: (path: string) => boolean;

  /** `kindOf` tells what is at a path now, `isBaseline` whether a project names the file as its baseline. */
  constructor(
    changes: readonly FileChange[],
    kindOf: (path: string) => FileStat['kind'] | undefined,
    isBaseline: (path: string) => boolean = () => false,
  ) {
    this.#isBaseline = isBaseline;
    const told = changes.map(({ path, cameOrWent }) => ({ path: withoutSeparator(path), cameOrWent }));
    this.paths = told.map(({ path }) => path);
    this.cameOrWent = told.filter(change => change.cameOrWent).map(({ path }) => path);
    this.folders = this.cameOrWent.filter(path => (kindOf(path) ?? likelyKindOf(path)) === 'folder');
    // A path that ends with a separator stands for what a folder lists.
    this.#changed = new Set([...this.paths, ...this.cameOrWent.map(path => dirname(path) + sep)]);
  }

  /** True for a path, with a separator at its end for the list of a folder, that is told of, or lies in a folder that is. */
  concerns(path: string): boolean {
    if (this.#changed.has(path)) return true;
    for (let at = withoutSeparator(path); ; at = dirname(at)) {
      if (this.#changed.has(at)) return true;
      if (dirname(at) === at) return false;
    }
  }

  /** True where the sources of packages may be others. */
  get mayConcernPackages(): boolean {
    return this.folders.length > 0 || this.paths.some(path => path.endsWith('.py'));
  }

  /** The configurations of projects and folders, and baselines. */
  get configurations(): readonly string[] {
    return this.paths.filter(
      path =>
        /^(?:_(?:quarto(?:-[\w-]+)?|metadata)\.ya?ml|\.reckoner\.yml)$/.test(basename(path)) || this.#isBaseline(path),
    );
  }

  /** True where pages of chapters may look different. */
  get concernsPages(): boolean {
    const among = (paths: readonly string[], endings: ReadonlySet<string>): boolean =>
      paths.some(path => endings.has(extname(path).toLowerCase()));
    return among(this.cameOrWent, IMAGES) || among(this.paths, SHOWN);
  }
}

function withoutSeparator(path: string): string {
  return path.endsWith(sep) && dirname(path) !== path ? path.slice(0, -1) : path;
}

/** What was at a path, as its name has it. */
function likelyKindOf(path: string): FileStat['kind'] {
  return extname(path) === '' ? 'folder' : 'file';
}
