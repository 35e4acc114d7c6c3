/** The chapters of a project, in the order and with the numbers that its configuration gives them, and what they can be referred to by. */
import { type Chapter, composeChapter } from '../chapter';
import { isMetadata } from '../chapter/execution';
import type { Metadata } from '../chapter/model';
import { type FileAccess, FileError, LARGEST_CHAPTER } from '../files/access';
import { dirname, join, relative, resolve, sep } from '../files/path';
import { projectRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { numberingOf } from '../preview/numbering';
import { configurationOf, namesIn } from './configuration';
import { partialFiles } from './partials';

/** One file of a book. */
export interface BookChapter {
  readonly path: string;
  /** As the configuration writes it. */
  readonly name: string;
  readonly part: string | undefined;
  readonly isAppendix: boolean;
}

export interface Book {
  readonly root: string;
  readonly chapters: readonly BookChapter[];
  /** Names of the list that are no files of the project. */
  readonly missing: readonly string[];
}

/** The book of a project; undefined for another project, and for a book without a list. */
export function bookOf(root: string, files: FileAccess): Book | undefined {
  const { metadata } = configurationOf(root, files);
  const { book } = metadata;
  if (!isMetadata(book)) return undefined;
  const listed = [...entriesOf(book.chapters, undefined, false), ...entriesOf(book.appendices, undefined, true)];
  const chapters: BookChapter[] = [];
  const missing: string[] = [];
  for (const { name, part, isAppendix } of listed) {
    const path = join(root, name);
    if (files.stat(path)?.kind === 'file') chapters.push({ path, name, part, isAppendix });
    else missing.push(name);
  }
  return listed.length === 0 ? undefined : { root, chapters, missing };
}

type Entry = Pick<BookChapter, 'name' | 'part' | 'isAppendix'>;

/** A name, `{file: name}` or `{href: name}`, or a part with its chapters; a part may itself be a file. */
function entriesOf(list: unknown, part: string | undefined, isAppendix: boolean): Entry[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one): Entry[] => {
    if (typeof one === 'string') return [{ name: one, part, isAppendix }];
    if (!isMetadata(one)) return [];
    const own = [one.file, one.href].filter((name): name is string => typeof name === 'string');
    const title = typeof one.part === 'string' ? one.part : part;
    if (typeof one.part === 'string' && /\.(?:qmd|md|ipynb)$/.test(one.part)) own.push(one.part);
    return [
      ...own.map(name => ({ name, part: title, isAppendix })),
      ...entriesOf(one.chapters, title, isAppendix),
      ...entriesOf(one.contents, title, isAppendix),
    ];
  });
}

/** Something that can be referred to from another chapter. */
export interface BookLabel {
  readonly path: string;
  /** `Figure 3.1`, `Section 4.2`, `Chapter 2`, `Appendix A`. */
  readonly text: string;
  readonly caption: string | undefined;
  readonly chapter: Chapter;
  readonly range: { readonly start: number; readonly end: number };
}

interface Known {
  readonly text: string;
  readonly chapter: Chapter;
}

/** Looks up labels over the chapters of a book; a chapter is read only where its text has the label. */
export class BookIndex {
  readonly #book: Book;
  readonly #files: FileAccess;
  readonly #held: (path: string) => string | undefined;
  readonly #known = new Map<string, Known>();

  /** `held` tells what an editor holds of a file. */
  constructor(book: Book, files: FileAccess, held: (path: string) => string | undefined = () => undefined) {
    this.#book = book;
    this.#files = files;
    this.#held = held;
  }

  /** What a label stands for, in another chapter than `from`. */
  label(id: string, from: string): BookLabel | undefined {
    for (const { path } of this.#book.chapters) {
      if (path === from || !path.endsWith('.qmd')) continue;
      const text = this.#textOf(path);
      if (text === undefined || !(text.includes(id) || text.includes('{{<'))) continue;
      const chapter = this.#chapterOf(path, text);
      const target = numberingOf(chapter, this.numberOf(path)).targets.get(id);
      if (target === undefined) continue;
      const { label, name, number } = target;
      return {
        path,
        text: number === '' ? (label.caption ?? id) : `${name} ${number}`,
        caption: label.caption,
        chapter,
        range: label.range,
      };
    }
    return undefined;
  }

  /** The number of a chapter, a letter for an appendix; undefined for one that has none. */
  numberOf(path: string): string | undefined {
    let chapters = 0;
    let appendices = 0;
    for (const one of this.#book.chapters) {
      const isNumbered = this.#isNumbered(one.path);
      if (isNumbered && one.isAppendix) appendices++;
      else if (isNumbered) chapters++;
      if (one.path !== path) continue;
      if (!isNumbered) return undefined;
      return one.isAppendix ? String.fromCharCode(64 + appendices) : String(chapters);
    }
    return undefined;
  }

  /** A chapter counts unless its title is marked as unnumbered. */
  #isNumbered(path: string): boolean {
    const text = this.#textOf(path);
    if (text === undefined) return false;
    const { headings, frontMatter } = this.#headOf(path, text);
    if (frontMatter?.data['number-sections'] === false) return false;
    const title = headings.find(heading => heading.level === 1);
    return title?.attributes?.classes.includes('unnumbered') !== true;
  }

  readonly #heads = new Map<string, Known>();

  /** The beginning of a chapter, in which its title stands. */
  #headOf(path: string, text: string): Chapter {
    const head = text.slice(0, LONGEST_HEAD);
    const known = this.#heads.get(path);
    if (known?.text === head) return known.chapter;
    const chapter = composeChapter(head, uriOfPath(path), undefined);
    this.#heads.set(path, { text: head, chapter });
    return chapter;
  }

  #chapterOf(path: string, text: string): Chapter {
    const known = this.#known.get(path);
    if (known?.text === text) return known.chapter;
    const chapter = composeChapter(text, uriOfPath(path), partialFiles(path, this.#files, this.#held));
    this.#known.set(path, { text, chapter });
    return chapter;
  }

  readonly #texts = new Map<string, { readonly stamp: string; readonly text: string }>();

  #textOf(path: string): string | undefined {
    const held = this.#held(path);
    if (held !== undefined) return held;
    const stamp = this.#files.stat(path)?.stamp;
    if (stamp === undefined) return undefined;
    const known = this.#texts.get(path);
    if (known?.stamp === stamp) return known.text;
    try {
      const text = this.#files.readText(path, LARGEST_CHAPTER).replace(/^\uFEFF/, '');
      this.#texts.set(path, { stamp, text });
      return text;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return undefined;
    }
  }
}

const LONGEST_HEAD = 8000;

/** What a check of a project's folder leaves out of the chapters found there, and why. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/** The chapters that Quarto renders of those found in a project's folder, in the order of its list, and those left out. */
export function renderedOf(
  root: string,
  found: readonly string[],
  files: FileAccess,
): { readonly chapters: readonly string[]; readonly leftOut: readonly LeftOut[] } {
  const { path: configuration, metadata } = configurationOf(root, files);
  if (configuration === undefined) return { chapters: found, leftOut: [] };
  const book = bookOf(root, files);
  if (book !== undefined) {
    const listed = book.chapters.map(({ path }) => path).filter(path => path.endsWith('.qmd'));
    const isListed = new Set(listed);
    const others = found.filter(path => !isListed.has(path) && projectRoot(path, files) === root);
    const elsewhere = found.filter(path => projectRoot(path, files) !== root);
    const reason = 'not among the chapters of the book';
    return { chapters: [...new Set([...listed, ...elsewhere])], leftOut: others.map(path => ({ path, reason })) };
  }
  const patterns = renderPatterns(metadata);
  if (patterns.length === 0) return { chapters: found, leftOut: [] };
  const isRendered = (path: string) => {
    const name = relative(root, path).split(sep).join('/');
    let rendered = !patterns.some(({ negated }) => !negated);
    for (const { negated, matches } of patterns) if (matches.test(name)) rendered = !negated;
    return rendered;
  };
  const reason = 'not matched by `project: render`';
  return {
    chapters: found.filter(isRendered),
    leftOut: found.filter(path => !isRendered(path)).map(path => ({ path, reason })),
  };
}

function renderPatterns({ project }: Metadata): { readonly negated: boolean; readonly matches: RegExp }[] {
  if (!isMetadata(project)) return [];
  return namesIn(project.render).map(pattern => {
    const negated = pattern.startsWith('!');
    const glob = (negated ? pattern.slice(1) : pattern).replace(/^\.?\//, '');
    return { negated, matches: globOf(glob.endsWith('/') ? `${glob}**` : glob) };
  });
}

/** `*` within a name, `**` over folders, `?` for one character; a name without a slash counts in any folder only where it has one of these. */
function globOf(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, part => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** The books that chapters belong to, each read once and again where its list has changed. */
export class Books {
  readonly #held: ((path: string) => string | undefined) | undefined;
  readonly #known = new Map<string, { readonly list: string; readonly index: BookIndex }>();

  /** `held` tells what an editor holds of a file. */
  constructor(held?: (path: string) => string | undefined) {
    this.#held = held;
  }

  /** The book of a chapter; undefined for one that is in no book. */
  of(path: string, files: FileAccess): BookIndex | undefined {
    const whole = resolve(path);
    const root = projectRoot(whole, files);
    const book = bookOf(root, files);
    if (book?.chapters.some(one => one.path === whole) !== true) return undefined;
    const list = JSON.stringify(book);
    const known = this.#known.get(root);
    if (known?.list === list) return known.index;
    const index = new BookIndex(book, files, this.#held);
    this.#known.set(root, { list, index });
    return index;
  }
}

/** The way from a chapter to another file of its project. */
export function hrefFrom(path: string, to: string): string {
  return relative(dirname(path), to).split(sep).join('/');
}
