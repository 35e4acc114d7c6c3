/** Files that a chapter names: includes and other shortcodes, images, links, bibliographies, pictures of cells. */
import { LineIndex } from './lines';
import type { Chapter, OffsetRange } from './model';
import type { PositionRange } from './ranges';

/** A name of a file in the text. */
export interface FileName {
  readonly name: string;
  /** Of the name alone. */
  readonly range: OffsetRange;
}

/** Shortcodes whose first argument is a file. */
const OF_FILES: ReadonlySet<string> = new Set(['include', 'embed', 'video']);

/** Keys of front matter that name files. */
const KEYS =
  /^[ \t]*(?:- )?(?:bibliography|csl|css|image|include-in-header|include-before-body|include-after-body|theme|template)[ \t]*:[ \t]*(.*)$/gm;

/** All of them, without addresses on the web; in no particular order. */
export function fileNames(chapter: Chapter): readonly FileName[] {
  let found = known.get(chapter);
  if (found === undefined) {
    const byStart = new Map([...namesIn(chapter)].map(one => [one.range.start, one]));
    found = [...byStart.values()].filter(({ name }) => isFile(name));
    known.set(chapter, found);
  }
  return found;
}

const known = new WeakMap<Chapter, readonly FileName[]>();

/**
 * Names of includes that were carried out: these are no part of the composed text any more. By their places in a file that is put in,
 * or in the chapter's own.
 */
export function includedNames({ composition }: Chapter, file: string | undefined): readonly IncludedName[] {
  if (composition === undefined) return [];
  const text = file === undefined ? composition.own.text : (composition.textOf(file) ?? '');
  const found = composition.includes.filter(one => one.problem === undefined && one.from?.path === file);
  if (found.length === 0) return [];
  const lines = file === undefined ? composition.own.lines : LineIndex.of(text);
  const uris = new Map(composition.partials.map(({ path, uri }) => [path, uri]));
  return found.map(({ name, path, range }) => {
    const start = text.indexOf(name, range.start);
    return { name, uri: uris.get(path)!, range: lines.rangeOf({ start, end: start + name.length }) };
  });
}

/** The name of a file that is put in, and where it stands. */
export interface IncludedName {
  readonly name: string;
  readonly uri: string;
  readonly range: PositionRange;
}

function isFile(name: string): boolean {
  return name !== '' && !/^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(name) && !/[{}`]/.test(name);
}

function* namesIn(chapter: Chapter): Iterable<FileName> {
  for (const place of chapter.nodes('shortcode')) {
    const { name, args } = place.node;
    if (OF_FILES.has(name) && args[0] !== undefined) yield* within(place.range, unquoted(args[0]), chapter);
  }
  for (const type of ['image', 'link', 'linkDefinition'] as const)
    for (const place of chapter.nodes(type)) {
      const { url, urlRange } = place.node;
      const { start } = place.place(urlRange);
      const name = decoded(url.replace(/[?#].*$/, ''));
      const written = url.replace(/[?#].*$/, '').length;
      yield { name, range: { start, end: start + written } };
    }
  const { frontMatter } = chapter;
  if (frontMatter !== undefined) yield* inFrontMatter(frontMatter.text, frontMatter.textRange.start);
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2').replace(/#.*$/, '');
}

/** A name that stands in a range, where it can be found there. */
function* within({ start, end }: OffsetRange, name: string, chapter: Chapter): Iterable<FileName> {
  const at = name === '' ? -1 : chapter.slice(start, end).indexOf(name);
  if (at >= 0) yield { name, range: { start: start + at, end: start + at + name.length } };
}

function* inFrontMatter(text: string, start: number): Iterable<FileName> {
  for (const { index, 0: line, 1: value } of text.matchAll(KEYS)) {
    const from = start + index + line.length - value!.length;
    // One name, or a list in brackets; lists over lines follow below.
    for (const { index: at, 0: name } of value!.matchAll(/[^\s,[\]"']+/g))
      yield { name, range: { start: from + at, end: from + at + name.length } };
    if (value!.trim() !== '') continue;
    const rest = text.slice(index + line.length);
    const list = /^(?:\r?\n[ \t]*- .*)*/.exec(rest)![0];
    for (const item of list.matchAll(/- *["']?([^\s"']+)/g)) {
      const at = start + index + line.length + item.index + item[0].length - item[1]!.length;
      yield { name: item[1]!, range: { start: at, end: at + item[1]!.length } };
    }
  }
}
