/** The indexes that chapters belong to, each made once and again where the list of its chapters has changed. */
import { type FileAccess, FileError } from '../files/access';
import { dirname, join, resolve } from '../files/path';
import { configurationIn, projectRoot } from '../files/roots';
import { chaptersAt } from '../workspace/files';
import { bookOf } from './book';
import { ChapterIndex, NOTHING_OPEN, type OpenFiles } from './chapterIndex';

/** What a chapter belongs to. */
export interface Membership {
  readonly project: 'book' | 'project' | 'none';
  /** The chapters that its cross-references may lead to; undefined where these lead to itself alone. */
  readonly index: ChapterIndex | undefined;
}

/** Milliseconds for which a look at a project holds, where nobody tells of changes. */
const WHILE = 2000;
/** The same, for the list of all pages of a website, which takes longer to make. */
const PAGES_WHILE = 10_000;
/** Of more pages those near to one are looked at alone. */
const MOST_PAGES = 500;

export class ChapterIndexes {
  readonly #open: OpenFiles;
  readonly #known = new Map<string, { readonly list: string; readonly index: ChapterIndex }>();
  /** By chapter, what it belonged to when that was looked at last. */
  readonly #memberships = new Map<string, { readonly at: number; readonly found: Membership }>();

  /** By root, the pages of a website. */
  readonly #pages = new Map<string, { readonly at: number; readonly paths: readonly string[] }>();

  constructor(open: OpenFiles = NOTHING_OPEN) {
    this.#open = open;
  }

  /** Those that were asked for. */
  get all(): readonly ChapterIndex[] {
    return [...this.#known.values()].map(({ index }) => index);
  }

  /** The book of a chapter; undefined for one that is not in its list. */
  bookOf(path: string, files: FileAccess): ChapterIndex | undefined {
    const { project, index } = this.of(path, files);
    return project === 'book' && index?.paths.includes(resolve(path)) === true ? index : undefined;
  }

  of(path: string, files: FileAccess): Membership {
    const whole = resolve(path);
    const known = this.#memberships.get(whole);
    if (known !== undefined && Date.now() - known.at < WHILE) return known.found;
    const found = this.#membership(whole, files);
    this.#memberships.set(whole, { at: Date.now(), found });
    return found;
  }

  /** The chapters that may include a file: those of its book, else those of its folder, above and beside it. */
  around(path: string, files: FileAccess): ChapterIndex {
    return this.of(path, files).index ?? this.#besides(dirname(resolve(path)), files);
  }

  /** The pages of the website of a page, for what its references cannot lead to. */
  pagesAround(path: string, files: FileAccess): ChapterIndex {
    const root = projectRoot(resolve(path), files);
    let known = this.#pages.get(root);
    if (known === undefined || Date.now() - known.at > PAGES_WHILE) {
      known = { at: Date.now(), paths: chaptersAt(root, files).chapters };
      this.#pages.set(root, known);
    }
    const { paths } = known;
    if (paths.length > MOST_PAGES) return this.around(path, files);
    return this.#index(root, paths, () => new ChapterIndex(paths, files, this.#open));
  }

  /** Configurations, or lists of folders, may have changed. */
  forget(): void {
    this.#memberships.clear();
    this.#pages.clear();
  }

  #membership(path: string, files: FileAccess): Membership {
    const root = projectRoot(path, files);
    if (configurationIn(root, files) === undefined)
      return { project: 'none', index: this.#besides(dirname(path), files) };
    const book = bookOf(root, files);
    if (book === undefined) return { project: 'project', index: undefined };
    const paths = book.chapters.map(one => one.path);
    // What the book does not list is no part of it, but may lead to its chapters.
    const project = paths.includes(path) ? 'book' : 'none';
    return { project, index: this.#index(root, book, () => new ChapterIndex(paths, files, this.#open, book)) };
  }

  /** The chapters of a folder, above and beside it. */
  #besides(folder: string, files: FileAccess): ChapterIndex {
    const paths = siblings(folder, files);
    return this.#index(folder, paths, () => new ChapterIndex(paths, files, this.#open));
  }

  /** The same index as long as its list is the same. */
  #index(key: string, list: unknown, make: () => ChapterIndex): ChapterIndex {
    const text = JSON.stringify(list);
    const known = this.#known.get(key);
    if (known?.list === text) return known.index;
    const index = make();
    this.#known.set(key, { list: text, index });
    return index;
  }
}

/** The chapters of a folder without a project, those above it, and those of the folders beside it, as books keep each in its own. */
function siblings(folder: string, files: FileAccess): readonly string[] {
  const own = chaptersIn(folder, files);
  const around = dirname(folder);
  if (around === folder || files.stat(around)?.kind !== 'folder') return own;
  const beside = foldersIn(around, files).filter(one => one !== folder);
  const others = beside.length > MOST_FOLDERS ? [] : beside.flatMap(one => chaptersIn(one, files));
  return [...own, ...chaptersIn(around, files), ...others];
}

const MOST_FOLDERS = 100;

function chaptersIn(folder: string, files: FileAccess): readonly string[] {
  return listed(folder, files).flatMap(({ name, kind }) =>
    kind === 'file' && /^[^_].*\.qmd$/.test(name) ? [join(folder, name)] : [],
  );
}

function foldersIn(folder: string, files: FileAccess): readonly string[] {
  return listed(folder, files).flatMap(({ name, kind }) =>
    kind === 'folder' && !/^[._]/.test(name) ? [join(folder, name)] : [],
  );
}

function listed(folder: string, files: FileAccess): ReturnType<FileAccess['list']> {
  try {
    return files.list(folder);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [];
  }
}
