/** The folders that a chapter belongs to. Only their marks are looked for; nothing in them is read. */
import type { FileAccess, FileSystem } from './access';
import { dirname, join, resolve } from './path';
import { isInside } from './paths';

const PROJECT_FILES = ['_quarto.yml', '_quarto.yaml'] as const;

/** Looks whether something is at a path, be it a link that leads nowhere. */
type MarkerFiles = Pick<FileSystem, 'isThere'>;

/**
 * The root of the project that a chapter belongs to: the nearest folder above with a project file or a repository. Without
 * one in its workspace, the chapter's own folder.
 */
export function projectRoot(path: string, files: FileAccess): string {
  return projectUpTo(path, files, files.root);
}

function projectUpTo(path: string, marks: MarkerFiles, top?: string): string {
  const folder = dirname(resolve(path));
  for (let at = folder; top === undefined || isInside(at, top); at = dirname(at)) {
    if (configurationIn(at, marks) !== undefined || marks.isThere(join(at, '.git'))) return at;
    if (dirname(at) === at) break;
  }
  return folder;
}

const PYTHON_PROJECT = ['pyproject.toml', 'setup.py', 'setup.cfg'] as const;

/**
 * Where a chapter's packages are looked up, unless an editor says which folder is open: the repository around it, else
 * the chapter's project, or the Python project that this is a part of.
 */
export function workspaceRoot(path: string, system: FileSystem): string {
  let python: string | undefined;
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    if (system.isThere(join(at, '.git'))) return at;
    if (PYTHON_PROJECT.some(name => system.isThere(join(at, name)))) python ??= at;
    if (dirname(at) === at) break;
  }
  const project = projectUpTo(path, system);
  return python !== undefined && isInside(project, python) ? python : project;
}

/** The configuration of the project in a folder; undefined where there is none. */
export function configurationIn(folder: string, marks: MarkerFiles): string | undefined {
  return PROJECT_FILES.map(name => join(folder, name)).find(path => marks.isThere(path));
}

/** The file that a name in a chapter stands for: relative to the chapter, or to its project where it begins with a slash. */
export function namedFile(name: string, chapter: string, files: FileAccess): string {
  return name.startsWith('/') ? join(projectRoot(chapter, files), name) : resolve(dirname(chapter), name);
}
