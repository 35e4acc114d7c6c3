/** The folders that a chapter belongs to. Only their marks are looked for; nothing in them is read. */
import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isInside } from './paths';

const PROJECT_FILES = ['_quarto.yml', '_quarto.yaml'] as const;

/**
 * The root of the project that a chapter belongs to: the nearest folder above with a project file or a repository. Without
 * one, or where it lies above `top`, the chapter's own folder.
 */
export function projectRoot(path: string, top?: string): string {
  const folder = dirname(resolve(path));
  for (let at = folder; top === undefined || isInside(at, top); at = dirname(at)) {
    if (configurationIn(at) !== undefined || isThere(join(at, '.git'))) return at;
    if (dirname(at) === at) break;
  }
  return folder;
}

/**
 * Where a chapter's packages are looked up, unless an editor says which folder is open: the repository around it, else
 * the chapter's project.
 */
export function workspaceRoot(path: string): string {
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    if (isThere(join(at, '.git'))) return at;
    if (dirname(at) === at) return projectRoot(path);
  }
}

/** The configuration of the project in a folder; undefined where there is none. */
export function configurationIn(folder: string): string | undefined {
  return PROJECT_FILES.map(name => join(folder, name)).find(isThere);
}

/** True for a link that leads nowhere as well. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Its folder may not be entered, or its name is too long.
    return false;
  }
}
