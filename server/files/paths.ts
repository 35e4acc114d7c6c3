/** Paths as texts, whatever is on the disk. */
import { isAbsolute, relative, sep } from './path';

/** True for a path below a folder, or the folder itself. Links are not followed. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
