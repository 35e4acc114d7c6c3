/** The files of a commit as a file system, under the names that they have in the working tree. Nothing is checked out. */
import { posix } from 'node:path';
import { FileError, type FileSystem } from '../../files/access';
import { FileMirror, type MirrorChange } from '../../files/mirror';
import { dirname, join } from '../../files/path';
import { names, type Repository } from '../git';

interface Blob {
  readonly id: string;
  readonly size: number;
}

/** What stands in a commit. A file is read when it is asked for. Throws `UsageError`. */
export async function filesAt(commit: string, repository: Repository): Promise<FileSystem> {
  const files = new Map<string, Blob>();
  const links = new Map<string, Blob>();
  for (const entry of names(await repository.git('ls-tree', '-r', '-l', '-z', '--full-tree', commit))) {
    const [about, name] = entry.split('\t', 2) as [string, string];
    const [mode, kind, id, size] = about.split(/ +/) as [string, string, string, string];
    // What a submodule holds is in another repository.
    if (kind === 'blob') (mode === '120000' ? links : files).set(name, { id, size: Number(size) });
  }
  for (const [name, { id }] of links) follow(name, new TextDecoder().decode(repository.blob(id)), files);
  const changes = [...files].map(([name, blob]) => fileOf(join(repository.root, name), blob, repository));
  const tree = new FileMirror();
  tree.apply([...foldersOf(changes, repository.root), ...changes]);
  return tree;
}

/** Puts what a link leads to in its place, where that is in the commit. */
function follow(name: string, to: string, files: Map<string, Blob>): void {
  const target = posix.join(posix.dirname(name), to);
  const blob = files.get(target);
  if (blob !== undefined) files.set(name, blob);
  else
    for (const [path, one] of [...files])
      if (path.startsWith(`${target}/`)) files.set(name + path.slice(target.length), one);
}

/** The folders of files, and the mark of a repository. */
function foldersOf(files: readonly MirrorChange[], root: string): readonly MirrorChange[] {
  const folders = new Set([root, join(root, '.git')]);
  for (const { path } of files)
    for (let at = dirname(path); !folders.has(at) && at.length > root.length; at = dirname(at)) folders.add(at);
  return [...folders].map(path => ({ kind: 'folder', path }));
}

const LARGE_FILE_POINTER = 'version https://git-lfs.github.com/spec/';

function fileOf(path: string, { id, size }: Blob, repository: Repository): MirrorChange {
  let content: Uint8Array | undefined;
  return {
    kind: 'file',
    path,
    size,
    stamp: id,
    get content() {
      content ??= repository.blob(id);
      if (size < 1024 && new TextDecoder().decode(content).startsWith(LARGE_FILE_POINTER))
        throw FileError.at(path, 'unreadable', 'is kept by Git LFS, outside of the repository');
      return content;
    },
  };
}
