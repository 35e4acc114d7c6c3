/** Chapters read, edited and read again together with the files that they include. */
import { ParsedChapter } from './chapter';
import { Composition, mayInclude, type PartialFiles } from './composition';
import type { Chapter, TextChange } from './model';
import { editChapter, type ParserLog, parseChapter } from './parse';

function composed(chapter: Chapter, composition: Composition | undefined): Chapter {
  if (!(chapter instanceof ParsedChapter)) throw new TypeError('not a chapter that was parsed here');
  return chapter.withComposition(composition);
}

/** Reads a chapter with what it includes; without `files`, as for a text that was never saved, includes stand as they are. */
export function composeChapter(
  text: string,
  uri: string,
  files: PartialFiles | undefined,
  update?: { readonly previous: Chapter; readonly log: ParserLog },
): Chapter {
  if (files === undefined || !mayInclude(text)) return composed(parseChapter(text, uri, update), undefined);
  const composition = Composition.of(text, files);
  return composed(parseChapter(composition.text, uri, update), composition);
}

/**
 * The chapter after an edit of its own text, or of a file that it includes. An edit that leaves the includes alone reads no
 * more than it touches.
 */
export function editComposed(
  previous: Chapter,
  path: string | undefined,
  change: TextChange,
  files: PartialFiles | undefined,
  log: ParserLog,
): Chapter {
  const { composition, uri } = previous;
  if (composition === undefined) {
    if (path !== undefined) return previous;
    const edited = editChapter(previous, change, log);
    if (files === undefined || edited.tooLong || !touchesInclude(edited, change)) return edited;
    return composeChapter(edited.text, uri, files, { previous: edited, log });
  }
  const { composition: next, changes } = composition.edited(path, change);
  if (changes === undefined) return anew(previous, next, log);
  const edited = changes.reduce((chapter, one) => editChapter(chapter, one, log), previous);
  return composed(edited, next);
}

/** The chapter after files that it includes, or would include, have come, changed or gone. */
export function composeAgain(previous: Chapter, log: ParserLog): Chapter {
  const next = previous.composition?.refreshed();
  return next === previous.composition || next === undefined ? previous : anew(previous, next, log);
}

function anew(previous: Chapter, composition: Composition, log: ParserLog): Chapter {
  const { text } = composition;
  const chapter = parseChapter(text, previous.uri, { previous, log });
  return composed(chapter, composition.includes.length === 0 ? undefined : composition);
}

function touchesInclude(chapter: Chapter, { start, text }: TextChange): boolean {
  const { lines } = chapter;
  const from = lines.lineRangeAt(start).start;
  const to = lines.lineRangeAt(start + text.length).end;
  return mayInclude(chapter.slice(from, to));
}

/** The chapter's own text, without what it includes. */
export function ownText(chapter: Chapter): string {
  return chapter.composition?.own.text ?? chapter.text;
}
