/** A workspace in memory. */
import { posix } from 'node:path';
import { type FileAccess, FileError, LARGEST_FILE } from '../../server/files/access';
import { isInside } from '../../server/files/paths';

/** Texts by their paths below `root`. */
export function filesOf(texts: Readonly<Record<string, string>>, root = '/book'): FileAccess {
  const find = (path: string): string => {
    const name = posix.relative(root, path);
    if (!isInside(path, root))
      throw FileError.at(path, 'outside', `lies outside the workspace (${root}), where nothing is read`);
    const text = texts[name];
    if (text === undefined) throw FileError.at(path, 'missing', 'no such file');
    return text;
  };
  const files: FileAccess = {
    root,
    readText(path, limit = LARGEST_FILE) {
      const text = find(path);
      if (text.length > limit) throw FileError.at(path, 'too-large', `is larger than ${limit / 1e6} MB`);
      return text;
    },
    readBytes: (path, limit) => new TextEncoder().encode(files.readText(path, limit)),
    problemWith(path, limit) {
      try {
        files.readText(path, limit);
        return undefined;
      } catch (error) {
        return error as FileError;
      }
    },
    list(folder) {
      const names = Object.keys(texts).flatMap(name => {
        const [first, ...below] = posix.relative(folder, posix.join(root, name)).split('/');
        return first === '..'
          ? []
          : [{ name: first!, kind: below.length === 0 ? ('file' as const) : ('folder' as const) }];
      });
      return [...new Map(names.map(one => [one.name, one])).values()];
    },
    listAsStored: folder => files.list(folder),
    stat(path) {
      const name = posix.relative(root, path);
      const text = texts[name];
      if (text !== undefined) return { kind: 'file', size: text.length, stamp: text };
      const isFolder = name === '' || Object.keys(texts).some(one => one.startsWith(`${name}/`));
      return isFolder ? { kind: 'folder', size: 0, stamp: name } : undefined;
    },
    exists: path => files.stat(path) !== undefined,
    isThere: path => files.exists(path),
    realPath: path => (files.exists(path) ? path : undefined),
  };
  return files;
}
