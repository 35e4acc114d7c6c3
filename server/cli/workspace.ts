/** The options that say where packages are looked up, shared by the commands that evaluate. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FileSystem } from '../files/access';
import { filesIn, NodeFileSystem } from '../files/node';
import { isInside } from '../files/paths';
import { workspaceRoot } from '../files/roots';
import { rootProblem } from '../workspace/packages';
import { type Io, UsageError } from './io';

export interface WorkspaceOptions {
  readonly root?: string;
  readonly packageRoot?: readonly string[];
  /** False where each chapter stands by itself. */
  readonly workspace?: boolean;
}

/** Adds the options to a command. */
export function withWorkspace(command: Command): Command {
  return command
    .option(
      '--root <folder>',
      'workspace: nothing outside is read (default: the repository or project around the file)',
    )
    .option(
      '--package-root <folder>',
      'further folder of the workspace in which packages are looked up; may be repeated',
      repeated,
    );
}

/** The value of an option that may be given several times. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The folders that the options name, absolute. */
export interface Workspace {
  readonly root?: string;
  readonly packageRoots?: readonly string[];
  /** Folders that were named to be looked into: projects below them may read what lies beside them there. */
  readonly folders?: readonly string[];
  /** True where nothing outside of a chapter's own folder is read. */
  readonly isAlone?: boolean;
}

/** The repository or project around a file, or the named folder in which that lies. */
export function rootAround(path: string, folders: readonly string[], system: FileSystem): string {
  const root = workspaceRoot(path, system);
  return folders.find(folder => isInside(root, folder)) ?? root;
}

/** The folders that the options name, absolute; those that are no place for packages are mistakes of the user. */
export function workspaceOf(options: WorkspaceOptions, files: readonly string[], io: Io): Workspace {
  const { root, packageRoot } = options;
  const isAlone = options.workspace === false;
  if (isAlone && (root !== undefined || packageRoot !== undefined))
    throw new UsageError(
      '--no-workspace reads nothing beyond the folder of a chapter; leave out --root and --package-root',
    );
  const whole = root === undefined ? undefined : resolve(io.cwd, root);
  if (whole !== undefined && filesIn(whole).stat(whole)?.kind !== 'folder')
    throw new UsageError(`--root ${root}: there is no such folder`);
  const system = new NodeFileSystem();
  const folders = files.filter(file => filesIn(file).stat(file)?.kind === 'folder');
  const packageRoots = packageRoot?.map(folder => resolve(io.cwd, folder));
  packageRoots?.forEach((folder, at) => {
    for (const workspace of whole === undefined
      ? new Set(files.map(file => rootAround(file, folders, system)))
      : [whole]) {
      const problem = rootProblem(folder, workspace, system);
      if (problem !== undefined) throw new UsageError(`--package-root ${packageRoot![at]}: ${problem} (${workspace})`);
    }
  });
  return {
    ...(whole === undefined ? {} : { root: whole }),
    ...(packageRoots === undefined ? {} : { packageRoots }),
    ...(folders.length === 0 ? {} : { folders }),
    ...(isAlone ? { isAlone } : {}),
  };
}
