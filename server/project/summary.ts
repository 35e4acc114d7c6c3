/** What one chapter gives to the others of its project, kept without the chapter itself. */
import { labelKind } from '../chapter/labels';
import type { Chapter } from '../chapter/model';
import type { PositionRange } from '../chapter/ranges';
import { namedLabelsIn, namedLabelsOf } from '../diagnostics/document/labels';
import { basename } from '../files/path';
import { pathOfUri, uriOfPath } from '../files/uri';
import { titleOf } from '../preview';
import { numberingOf } from '../preview/numbering';

/** Something that can be referred to from another chapter. */
export interface SummaryLabel {
  readonly id: string;
  /** The file that it stands in: the chapter's, or one that this includes. */
  readonly path: string;
  readonly uri: string;
  readonly position: PositionRange;
  /** `Figure 3.1`, `Section 4.2`, `Chapter 2`, `Appendix A`; the caption, or the id, of what has no number. */
  readonly text: string;
  readonly caption: string | undefined;
  /** The title of its chapter. */
  readonly chapter: string;
}

export interface ChapterSummary {
  /** By id, the first of each. */
  readonly labels: ReadonlyMap<string, SummaryLabel>;
  /** Labels that it may refer to, wherever they stand. */
  readonly named: ReadonlySet<string>;
  /** Files that it includes, or would. */
  readonly includes: readonly string[];
  /** False for one whose title is marked as unnumbered. */
  readonly isNumbered: boolean;
}

/** `number` is the chapter's own in its book; undefined where numbers of other chapters mean nothing to a reader. */
export function summaryOf(chapter: Chapter, path: string, number: string | undefined): ChapterSummary {
  const labels = new Map<string, SummaryLabel>();
  const title = titleOf(chapter);
  for (const [id, { label, name, number: own }] of numberingOf(chapter, number).targets) {
    const file = chapter.composition?.fileAt(label.range.start);
    labels.set(id, {
      id,
      path: file?.path ?? pathOfUri(chapter.uri) ?? path,
      uri: file?.uri ?? chapter.uri,
      position: chapter.lines.rangeOf(label.range),
      text: own === '' ? (label.caption ?? id) : `${name} ${own}`,
      caption: label.caption,
      chapter: title,
    });
  }
  const includes = (chapter.composition?.includes ?? []).map(one => one.path);
  return { labels, named: namedLabelsOf(chapter), includes, isNumbered: isNumbered(chapter) };
}

const MAY_BE_LABEL = /#([\w:.-]+)|\|\s*label\s*:\s*["']?([\w:.-]+)|\bid\s*=\s*\\?["']([\w:.-]+)/g;

/** Everything in a text that may be a label. */
export function labelsIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(MAY_BE_LABEL), found => (found[1] ?? found[2] ?? found[3])!));
}

/** Of a notebook, or another chapter that is not read as Quarto Markdown: what may be labels, and what it may refer to. */
export function looseSummary(text: string, path: string): ChapterSummary {
  const start = { line: 0, character: 0 };
  const place = { path, uri: uriOfPath(path), position: { start, end: start } };
  const ids = [...labelsIn(text)].filter(id => labelKind(id) !== undefined);
  const labels = new Map(ids.map(id => [id, { id, ...place, text: id, caption: undefined, chapter: basename(path) }]));
  return { labels, named: namedLabelsIn(text), includes: [], isNumbered: true };
}

/** A chapter counts unless its title is marked as unnumbered. */
export function isNumbered({ headings, frontMatter }: Chapter): boolean {
  if (frontMatter?.data['number-sections'] === false) return false;
  const title = headings.find(heading => heading.level === 1);
  return title?.attributes?.classes.includes('unnumbered') !== true;
}

/** What of a summary another chapter's findings depend on, and what its page does. */
export function differences(before: ChapterSummary, now: ChapterSummary): { findings: boolean; pages: boolean } {
  const ids = before.labels.size === now.labels.size && [...now.labels.keys()].every(id => before.labels.has(id));
  const named = before.named.size === now.named.size && [...now.named].every(id => before.named.has(id));
  const texts =
    ids &&
    [...now.labels].every(([id, { text, caption, chapter }]) => {
      const one = before.labels.get(id);
      return one?.text === text && one.caption === caption && one.chapter === chapter;
    });
  return { findings: !ids || !named, pages: !texts || before.isNumbered !== now.isNumbered };
}
