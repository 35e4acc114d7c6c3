/** Files that a chapter or its project names and that cannot be read, with the place to tell it at. */
import { MAX_BLOCKS, MAX_CHAPTER_LENGTH, parseChapter } from '../chapter';
import type { Chapter, OffsetRange } from '../chapter/model';
import { RULES, type UnreadableFile } from '../diagnostics';
import type { FileAccess, FileError } from '../files/access';
import { projectRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { configurationOf, problemWithProject } from '../project/configuration';
import { bibliographiesOf, projectBibliographies } from './bibliographies';
import { type FindingRecord, recordOf } from './records';

export function unreadableFiles(path: string, chapter: Chapter, files: FileAccess): readonly UnreadableFile[] {
  if (chapter.tooLong) return [tooLong(chapter)];
  const root = projectRoot(path, files);
  const found: UnreadableFile[] = [];
  for (const { name, path: file } of bibliographiesOf(path, chapter, root)) {
    const problem = files.problemWith(file);
    // One that is missing is `missing-file`.
    if (problem !== undefined && problem.problem !== 'missing')
      found.push(unreadableBibliography(entryOf(name, chapter), `The bibliography \`${name}\``, problem));
  }
  const project = problemWithProject(root, files);
  if (project !== undefined) found.push(unreadable(firstLineOf(chapter), "The project's configuration", project));
  const { error } = configurationOf(root, files);
  if (project === undefined && error !== undefined)
    found.push({
      range: firstLineOf(chapter),
      message: `The project's configuration is not valid YAML: ${error.message}`,
    });
  for (const { name, path: file } of projectBibliographies(path, root, files)) {
    const problem = files.problemWith(file);
    // One that is missing is told by the project's render; here it would be told in each chapter.
    if (problem !== undefined && problem.problem !== 'missing')
      found.push(unreadableBibliography(firstLineOf(chapter), `The project's bibliography \`${name}\``, problem));
  }
  return found;
}

/** The files of which `unreadableFiles` tells, whether they can be read or not. */
export function namedFiles(path: string, chapter: Chapter, files: FileAccess): readonly string[] {
  if (chapter.tooLong) return [];
  const root = projectRoot(path, files);
  return [...bibliographiesOf(path, chapter, root), ...projectBibliographies(path, root, files)].map(
    named => named.path,
  );
}

/** What there is to tell of an open chapter that is too long to be read. */
export function tooLong({ lines }: Chapter): UnreadableFile {
  const why =
    lines.length > MAX_CHAPTER_LENGTH
      ? 'it is larger than 16 MB'
      : `it has more than ${MAX_BLOCKS.toLocaleString('en')} paragraphs, headings and other blocks; split it`;
  return {
    range: { start: 0, end: 0 },
    message: `This chapter cannot be read: ${why}. Nothing in it is evaluated or checked.`,
  };
}

/** The code of all these findings. */
export const UNREADABLE = 'unreadable-file';

const { severity } = RULES.find(rule => rule.code === UNREADABLE)!;
const code = UNREADABLE;

/** The same as records, from a chapter's text alone: where its other findings come from a cache. */
export function unreadableRecords(path: string, text: string, shownAs: string, files: FileAccess): FindingRecord[] {
  const head = headOf(text, path);
  return unreadableFiles(path, head, files).map(one => recordOf({ code, severity, ...one }, head, shownAs));
}

/** A chapter of no more than a text's front matter, or its first line. */
export function headOf(text: string, path: string): Chapter {
  return parseChapter(HEAD.exec(text)![0], uriOfPath(path));
}

/** A front matter block, else the first line. */
const HEAD = /^\uFEFF?---[^\S\r\n]*(?:\r\n?|\n)[\s\S]*?(?:\r\n?|\n)---[^\S\r\n]*(?=[\r\n]|$)|^[^\r\n]*/;

/** What there is to tell of a chapter that cannot be read itself. */
export function unreadableChapter(error: FileError, shownAs: string): FindingRecord {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const message = `This chapter cannot be read: ${error.reason}.`;
  return { file: shownAs, ...place, severity, code, message, related: [], fixes: [] };
}

function unreadable(range: OffsetRange, subject: string, { reason }: FileError): UnreadableFile {
  return { range, message: `${subject} cannot be read: ${reason}.` };
}

/** Quarto reads one that lies outside the workspace. */
function unreadableBibliography(range: OffsetRange, subject: string, problem: FileError): UnreadableFile {
  const found = unreadable(range, subject, problem);
  return problem.problem === 'outside' ? { ...found, severity: 'info' } : found;
}

/** Where the front matter names a file. */
function entryOf(name: string, chapter: Chapter): OffsetRange {
  const { range, textRange } = chapter.frontMatter!;
  const at = chapter.text.indexOf(name, textRange.start);
  return at >= 0 && at < textRange.end ? { start: at, end: at + name.length } : range;
}

function firstLineOf({ text }: Chapter): OffsetRange {
  return { start: 0, end: /^[^\r\n]*/.exec(text)![0].length };
}
