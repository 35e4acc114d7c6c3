/** The configuration of a Quarto project. */
import { type FileAccess, FileError } from '../files/access';
import { configurationIn } from '../files/roots';

/** Nobody writes more than that by hand. */
const LARGEST_CONFIGURATION = 1_000_000;

/** The text of a project's configuration; undefined where there is none that can be read. */
export function projectFile(root: string, files: FileAccess): string | undefined {
  const path = configurationIn(root, files);
  if (path === undefined) return undefined;
  try {
    return files.readText(path, LARGEST_CONFIGURATION);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

/** Why the configuration of a project cannot be read. */
export function problemWithProject(root: string, files: FileAccess): FileError | undefined {
  const path = configurationIn(root, files);
  return path === undefined ? undefined : files.problemWith(path, LARGEST_CONFIGURATION);
}
