/** The table of contents of a project: its chapters with their titles and numbers. */
import { composeChapter } from '../chapter';
import { isMetadata } from '../chapter/execution';
import { type FileAccess, FileError, LARGEST_CHAPTER } from '../files/access';
import { projectRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { titleOf } from '../preview';
import { bookOf } from './book';
import { configurationOf } from './configuration';
import { ChapterIndexes } from './indexes';

export interface ContentsEntry {
  readonly path: string;
  readonly title: string;
  /** The chapter's number in its book, a letter for an appendix. */
  readonly number: string | undefined;
  /** The part of the book that it belongs to. */
  readonly part: string | undefined;
}

/** A title stands in the first lines. */
const LONGEST_HEAD = 8000;

/** The entries of chapters, in their order; one that cannot be read goes by the name of its file. */
export function contentsOf(chapters: readonly string[], files: FileAccess): ContentsEntry[] {
  const indexes = new ChapterIndexes();
  return chapters.map(path => {
    const listed = bookOf(projectRoot(path, files), files)?.chapters.find(one => one.path === path);
    return {
      path,
      title: titleOf(composeChapter(headOf(path, files), uriOfPath(path), undefined)),
      number: indexes.bookOf(path, files)?.numberOf(path),
      part: listed?.part,
    };
  });
}

function headOf(path: string, files: FileAccess): string {
  try {
    return files.readText(path, LARGEST_CHAPTER).slice(0, LONGEST_HEAD);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return '';
  }
}

/** The title that a project gives itself. */
export function projectTitle(root: string, files: FileAccess): string | undefined {
  const { metadata } = configurationOf(root, files);
  for (const part of [metadata.book, metadata.website, metadata])
    if (isMetadata(part) && typeof part.title === 'string') return part.title;
  return undefined;
}
