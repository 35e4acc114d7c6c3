/** The pictures that chapters show. */
import { dirname, relative, resolve, sep } from '../files/path';
import { projectRoot } from '../files/roots';
import type { ChapterPlace } from './tikzHeader';

/** Why a picture cannot be shown, in words; its address is relative to the chapter. */
export function problemWithImage(url: string, { path, files }: ChapterPlace): string | undefined {
  const name = decoded(url.replace(/[?#].*$/, ''));
  return name === undefined ? 'its address cannot be read' : files.problemWith(resolve(dirname(path), name))?.reason;
}

/** The folder of a chapter's project as an address from the chapter's own folder on. */
export function projectFolderOf({ path, files }: ChapterPlace): string {
  const names = relative(dirname(path), projectRoot(path, files)).split(sep);
  return names.join('') === '' ? '.' : names.map(encodeURIComponent).join('/');
}

/** The path in an address; undefined where its escapes are broken. */
export function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
