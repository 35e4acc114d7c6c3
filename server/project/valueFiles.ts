/** Files of which chapters put in single values by shortcodes: a project's variables, and its brand. */
import type { Metadata } from '../chapter/model';
import type { FileAccess } from '../files/access';
import { ReadFiles } from '../workspace/readFiles';
import { readMetadata } from './configuration';

const known = new ReadFiles<Metadata>(20);

/** What such a file says; nothing where it is not there, or is not YAML. */
export function valuesIn(path: string, files: FileAccess): Metadata {
  return known.of(path, files, () => readMetadata(path, files, new Map()).metadata);
}

/** True for such a file, whatever its name, that some chapter has asked for. */
export function isValueFile(path: string): boolean {
  return known.has(path);
}

/** True where a file that was read is another one by now, or has come; it is read again then. */
export function haveValueFilesChanged(filesOf: (path: string) => FileAccess): boolean {
  return known.forgetChanged(filesOf);
}
