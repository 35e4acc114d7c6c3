/** The chapters of a project, in the order that its configuration gives them. */
import { isMetadata } from '../chapter/execution';
import type { Metadata } from '../chapter/model';
import type { FileAccess } from '../files/access';
import { dirname, join, relative, sep } from '../files/path';
import { projectRoot } from '../files/roots';
import { configurationOf, namesIn } from './configuration';

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
  const wanted = patterns.filter(({ negated }) => !negated);
  const isRendered = (path: string) => {
    const name = relative(root, path).split(sep).join('/');
    const isWanted = wanted.length === 0 || wanted.some(({ matches }) => matches.test(name));
    return isWanted && !patterns.some(({ negated, matches }) => negated && matches.test(name));
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
    const glob = negated ? pattern.slice(1) : pattern;
    // Quarto looks in all folders for what is excluded, and for names with signs; a slash at the beginning means the project's own.
    const isAnywhere = (negated || /[*?[\]{}]/.test(glob)) && !glob.startsWith('/');
    const name = glob.replace(/^\.?\//, '');
    return { negated, matches: globOf(name.endsWith('/') ? `${name}**` : name, isAnywhere) };
  });
}

/** `*` within a name, `**` over folders, `?` for one character; the name of a folder means all in it. */
function globOf(glob: string, isAnywhere: boolean): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, part => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${isAnywhere ? '(?:.*/)?' : ''}${source}(?:/.*)?$`);
}

/** The way from a chapter to another file of its project. */
export function hrefFrom(path: string, to: string): string {
  return relative(dirname(path), to).split(sep).join('/');
}
