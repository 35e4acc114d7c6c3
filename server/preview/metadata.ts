/** What front matter, folders and project say about a chapter's page. */
import { isMetadata } from '../chapter/execution';
import type { Chapter, Metadata } from '../chapter/model';
import { CHAPTER_FIGURES } from '../evaluation/evaluatorOptions';
import { languageWords } from './languageWords';

/** The levels of metadata that speak to a chapter, the nearest one first. */
function levelsOf({ frontMatter, inherited }: Chapter): readonly Metadata[] {
  const { folders, project, words } = inherited;
  const own = frontMatter?.data ?? {};
  return [words === undefined ? own : { ...own, language: words }, folders, project];
}

/** An option of the page: within each level what stands under `format: html` overrides what stands beside it. */
export function optionOf(chapter: Chapter, key: string): unknown {
  for (const level of levelsOf(chapter)) {
    const { format, book } = level;
    for (const place of [isMetadata(format) ? format.html : undefined, level, book])
      if (isMetadata(place) && Object.hasOwn(place, key)) return place[key];
  }
  return undefined;
}

/** Whether sections have numbers: in books, and elsewhere where that is asked for; also where it is not known what a chapter belongs to. */
export function numbersSections(chapter: Chapter): boolean {
  const said = optionOf(chapter, 'number-sections');
  if (typeof said === 'boolean') return said;
  const { project, book } = chapter.inherited.project;
  return !isMetadata(project) || isMetadata(book) || project.type === 'book';
}

/** Inches of figures that name no size, where the chapter or its project says so. */
export function figureSizeOf(chapter: Chapter): readonly [number, number] | undefined {
  const [width, height] = ['fig-width', 'fig-height'].map(name => {
    const said = Number(optionOf(chapter, name));
    return said > 0 && said <= MOST_INCHES ? said : undefined;
  });
  if (width === undefined && height === undefined) return undefined;
  return [width ?? CHAPTER_FIGURES[0], height ?? CHAPTER_FIGURES[1]];
}

const MOST_INCHES = 50;

/** The language that the chapter is written in, as HTML names it. */
export function languageOf(chapter: Chapter): string {
  const lang = optionOf(chapter, 'lang');
  return typeof lang === 'string' && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(lang) ? lang : 'en';
}

/** A mapping that several levels may add to, such as `crossref`. */
export function mappingOf(chapter: Chapter, key: string): Metadata {
  const found: Record<string, unknown> = {};
  for (const level of [...levelsOf(chapter)].reverse()) {
    const { format } = level;
    for (const place of [level, isMetadata(format) ? format.html : undefined]) {
      const own = isMetadata(place) ? place[key] : undefined;
      if (isMetadata(own)) Object.assign(found, own);
    }
  }
  return found;
}

/**
 * The words of the page other than English ones, such as `crossref-fig-title`: those of the chapter's language, and before them what
 * `language` sets, where the words under the chapter's language count before the others.
 */
export function wordsOf(chapter: Chapter): Metadata {
  const words = mappingOf(chapter, 'language');
  const lang = languageOf(chapter);
  const own = [lang.split('-', 1)[0]!, lang].map(name => words[name]).filter(isMetadata);
  return Object.assign({}, languageWords(lang), words, ...own) as Metadata;
}

/** A value of the metadata by its dotted name, as the shortcode `meta` finds it: `book.title`, `author.1`. */
export function metaValue(chapter: Chapter, name: string): unknown {
  const keys = name.split('.');
  for (const level of levelsOf(chapter)) {
    let value: unknown = level;
    for (const key of keys) {
      if (Array.isArray(value)) value = value[Number(key) - 1];
      else value = isMetadata(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** A value as a text; undefined for what is none, such as a mapping. */
export function shownMeta(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const parts = value.map(shownMeta).filter(part => part !== undefined);
    return parts.length === 0 ? undefined : parts.join(', ');
  }
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
