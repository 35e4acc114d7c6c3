/** Files are renamed or moved: the edits that have chapters and projects name them still. */
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { FileAccess } from '../files/access';
import { basename, dirname, join } from '../files/path';
import { projectRoot } from '../files/roots';
import { pathOfUri, uriOfPath } from '../files/uri';
import { workingFolder } from '../project/configuration';
import { editsFor, type Renamed } from '../project/renamedFiles';
import { sourcesIn } from '../workspace/files';
import { rootsOf } from '../workspace/packages';

/** Chapters, partials, modules of packages, and what a project or folder says to them. */
const NAMING = /\.(?:qmd|py)$|^_(?:quarto|metadata)[\w-]*\.ya?ml$/;

export interface RenameHost {
  filesOf(path: string): FileAccess;
  /** What an editor holds of a file. */
  textOf(path: string): string | undefined;
  /** Further folders of packages. */
  packageRootsOf(path: string): readonly string[];
}

/** Null where nothing names the files. */
export function renameEdits(
  renamed: readonly { readonly oldUri: string; readonly newUri: string }[],
  host: RenameHost,
): WorkspaceEdit | null {
  const renames = renamed.flatMap(({ oldUri, newUri }): Renamed[] => {
    const [from, to] = [pathOfUri(oldUri), pathOfUri(newUri)];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const changes: Record<string, TextEdit[]> = {};
  const roots = new Map(renames.map(({ from }) => [host.filesOf(from).root, host.filesOf(from)]));
  for (const files of roots.values())
    for (const { path, text } of sourcesIn(files, NAMING)) {
      const now = host.textOf(path) ?? text;
      // Most modules name none of them.
      if (path.endsWith('.py') && !renames.some(({ from }) => from === path || now.includes(nameOf(from)))) continue;
      const place = { folder: packageRoot(path, files), workspace: files.root, extra: host.packageRootsOf(path) };
      const packages = renames.some(({ from }) => mayHoldCode(from)) ? rootsOf(place, files) : [];
      const file = { path, text: now, root: projectRoot(path, files), folder: workingFolder(path, files), packages };
      const isThere = (one: string) => files.stat(one) !== undefined;
      const textOf = (one: string) => host.textOf(one) ?? (isThere(one) ? files.readText(one) : undefined);
      const edits = editsFor(file, renames, isThere, textOf);
      if (edits.length > 0) changes[uriOfPath(path)] = edits.map(({ range, newText }) => ({ range, newText }));
    }
  return Object.keys(changes).length === 0 ? null : { changes };
}

/** What code calls a file: without the ending of a module. */
function nameOf(path: string): string {
  return basename(path).replace(/\.py$/, '');
}

/** True for a module, or for a folder. */
function mayHoldCode(path: string): boolean {
  return /\.py$|^[^.]*$/.test(basename(path));
}

/** The folder in which the outermost package around a file lies; of a file in none, its own. */
function packageRoot(path: string, files: FileAccess): string {
  let folder = dirname(path);
  while (folder !== files.root && files.stat(join(folder, '__init__.py')) !== undefined) folder = dirname(folder);
  return folder;
}
