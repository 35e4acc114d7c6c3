/**
 * The chapters that know of one another: those of a book, or those of a folder without a project. Of each a summary is kept,
 * which is made anew only where that chapter has changed.
 */
import { type Chapter, composeChapter, withInherited } from '../chapter';
import { type FileAccess, FileError, LARGEST_CHAPTER } from '../files/access';
import { uriOfPath } from '../files/uri';
import type { Book } from './book';
import { inheritedMetadata } from './configuration';
import { partialFiles } from './partials';
import {
  type ChapterSummary,
  differences,
  isNumbered,
  labelsIn,
  looseSummary,
  type SummaryLabel,
  summaryOf,
} from './summary';

/** What an editor holds of files, saved or not. */
export interface OpenFiles {
  text(path: string): string | undefined;
  /** An open chapter as it was read last. */
  chapter(path: string): Chapter | undefined;
}

export const NOTHING_OPEN: OpenFiles = { text: () => undefined, chapter: () => undefined };

/** What was made of a chapter, and from what. */
interface Known {
  /** The open chapter, or the stamp of the file. */
  readonly source: Chapter | string;
  /** Whether it has a number; for all but the title nothing is read. */
  isNumbered?: boolean;
  /** Texts that may be labels. */
  candidates?: ReadonlySet<string>;
  summary?: ChapterSummary;
  /** The chapter's number in its summary. */
  number?: string | undefined;
}

/** Milliseconds for which a look at all files holds, where nobody tells of changes. */
const WHILE = 2000;
const LONGEST_HEAD = 8000;

export class ChapterIndex {
  readonly book: Book | undefined;
  readonly paths: readonly string[];
  readonly #files: FileAccess;
  readonly #open: OpenFiles;
  readonly #known = new Map<string, Known>();
  /** The summaries by which others' findings and pages were made. */
  readonly #told = new Map<string, ChapterSummary>();
  #numbers: Map<string, string | undefined> | undefined;
  #lastLook = Date.now();
  #isRead = false;
  /** Counts what may give other findings in other chapters. */
  version = 0;

  /** `book` is given where the chapters have its numbers. */
  constructor(paths: readonly string[], files: FileAccess, open: OpenFiles = NOTHING_OPEN, book?: Book) {
    this.paths = paths;
    this.#files = files;
    this.#open = open;
    this.book = book;
  }

  /** True where the summaries of all chapters are at hand. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Reads the chapters that were not read yet, one in each step. */
  *read(): Generator<void, void> {
    for (const path of this.paths) {
      if (this.#knownOf(path)?.summary !== undefined) continue;
      this.#summary(path);
      yield;
    }
    this.#isRead = true;
    this.version++;
  }

  /** What a label stands for, in another chapter than `from`; chapters without its text are not read for it. */
  label(id: string, from: string): SummaryLabel | undefined {
    this.#look();
    for (const path of this.paths) {
      if (path === from) continue;
      const known = this.#knownOf(path);
      if (known === undefined || (known.summary === undefined && !this.#mayHave(id, path, known))) continue;
      const found = this.#summary(path)?.labels.get(id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Summaries of all chapters but `from`; to be asked for once they are read. */
  *others(from: string): Iterable<ChapterSummary> {
    for (const path of this.paths) {
      const summary = path === from ? undefined : this.#summary(path);
      if (summary !== undefined) yield summary;
    }
  }

  /** The first chapter that includes a file; to be asked for once they are read. */
  includerOf(path: string): string | undefined {
    return this.paths.find(one => this.#summary(one)?.includes.includes(path) === true);
  }

  /** The number of a chapter, a letter for an appendix; undefined for one that has none. */
  numberOf(path: string): string | undefined {
    if (this.book === undefined) return undefined;
    this.#look();
    this.#numbers ??= this.#count(this.book);
    return this.#numbers.get(path);
  }

  /** Files may have changed. Tells whether other chapters' findings, or pages, may be other ones. */
  filesChanged(isConcerned: (path: string) => boolean): { readonly findings: boolean; readonly pages: boolean } {
    let findings = false;
    let pages = false;
    for (const path of this.paths) {
      if (!isConcerned(path) && this.#told.get(path)?.includes.some(isConcerned) !== true) continue;
      const changed = this.#again(path);
      findings ||= changed.findings;
      pages ||= changed.pages;
    }
    return { findings, pages };
  }

  /** An open chapter has been edited, opened or closed; the same. */
  chapterChanged(path: string): { readonly findings: boolean; readonly pages: boolean } {
    return this.paths.includes(path) ? this.#again(path) : { findings: false, pages: false };
  }

  #again(path: string): { readonly findings: boolean; readonly pages: boolean } {
    const before = this.#told.get(path) ?? (this.#isRead ? NOTHING : undefined);
    if (this.#open.chapter(path) === undefined) this.#known.delete(path);
    // What nobody has asked for need not be made.
    if (before === undefined) {
      const hadNumbers = this.#numbers !== undefined;
      this.#numbers = undefined;
      return { findings: false, pages: hadNumbers };
    }
    if (before.isNumbered !== this.#hasNumber(path)) this.#numbers = undefined;
    const now = this.#summary(path) ?? NOTHING;
    this.#told.set(path, now);
    const changed = differences(before, now);
    if (changed.findings) this.version++;
    return changed;
  }

  /** After a while, files that have changed are forgotten: not every client tells of them. */
  #look(): void {
    const now = Date.now();
    if (now - this.#lastLook < WHILE) return;
    this.#lastLook = now;
    this.filesChanged(path => {
      const { source } = this.#known.get(path) ?? {};
      return typeof source === 'string' && this.#files.stat(path)?.stamp !== source;
    });
  }

  #knownOf(path: string): Known | undefined {
    const open = this.#open.chapter(path);
    let known = this.#known.get(path);
    if (known !== undefined && (open === undefined ? typeof known.source === 'string' : known.source === open))
      return known;
    const source = open ?? this.#files.stat(path)?.stamp;
    if (source === undefined) return undefined;
    known = { source };
    this.#known.set(path, known);
    return known;
  }

  #summary(path: string): ChapterSummary | undefined {
    const known = this.#knownOf(path);
    if (known === undefined) return undefined;
    const number = this.numberOf(path);
    if (known.summary !== undefined && known.number === number) return known.summary;
    if (!path.endsWith('.qmd')) {
      known.summary = looseSummary(this.#textOf(path) ?? '', path);
      known.number = number;
      return known.summary;
    }
    const chapter = typeof known.source === 'string' ? this.#parse(path) : known.source;
    if (chapter === undefined) return undefined;
    known.summary = summaryOf(chapter, path, number);
    known.number = number;
    if (!this.#told.has(path)) this.#told.set(path, known.summary);
    return known.summary;
  }

  #parse(path: string): Chapter | undefined {
    const text = this.#textOf(path);
    if (text === undefined) return undefined;
    const partials = partialFiles(path, this.#files, one => this.#open.text(one));
    // The project may define kinds of references of its own.
    const chapter = composeChapter(text, uriOfPath(path), partials);
    return withInherited(chapter, inheritedMetadata(path, this.#files, undefined, chapter.frontMatter?.data));
  }

  #mayHave(id: string, path: string, known: Known): boolean {
    if (typeof known.source !== 'string') return true;
    if (known.candidates === undefined) {
      const text = this.#textOf(path) ?? '';
      // What it includes may have any.
      known.candidates = text.includes('{{<') ? EVERYTHING : labelsIn(text);
    }
    return known.candidates === EVERYTHING || known.candidates.has(id);
  }

  #count({ chapters }: Book): Map<string, string | undefined> {
    const numbers = new Map<string, string | undefined>();
    const counts = { chapters: 0, appendices: 0 };
    for (const { path, isAppendix } of chapters) {
      if (!this.#hasNumber(path)) continue;
      const count = isAppendix ? ++counts.appendices : ++counts.chapters;
      numbers.set(path, isAppendix ? String.fromCharCode(64 + count) : String(count));
    }
    return numbers;
  }

  #hasNumber(path: string): boolean {
    const known = this.#knownOf(path);
    if (known === undefined) return false;
    known.isNumbered ??= this.#looksNumbered(path, known);
    return known.isNumbered;
  }

  /** By the beginning of a chapter, in which its title stands. */
  #looksNumbered(path: string, { source }: Known): boolean {
    if (typeof source !== 'string') return isNumbered(source);
    const text = this.#textOf(path);
    return text !== undefined && isNumbered(composeChapter(text.slice(0, LONGEST_HEAD), uriOfPath(path), undefined));
  }

  #textOf(path: string): string | undefined {
    try {
      return this.#files.readText(path, LARGEST_CHAPTER).replace(/^\uFEFF/, '');
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return undefined;
    }
  }
}

const EVERYTHING: ReadonlySet<string> = new Set();
const NOTHING: ChapterSummary = { labels: new Map(), named: new Set(), includes: [], isNumbered: false };
