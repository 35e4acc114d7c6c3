/**
 * Fences, divs and front matter as they are typed: Enter below the line that opens one puts the line that closes it, and a closing line
 * that is typed above the one that was there takes its place.
 */
import type { DocumentOnTypeFormattingParams, TextEdit } from 'vscode-languageserver';
import type { Chapter, Div, OffsetRange } from '../chapter/model';
import { encloses, type Handler, toOffset, toRange } from './feature';

export const onTypeFormatting: Handler<DocumentOnTypeFormattingParams, TextEdit[]> = {
  atOnce: true,
  handle({ chapter }, { position, ch }, context) {
    const line = lineAt(chapter, toOffset(chapter, position, context));
    const edit = ch === '\n' ? closing(chapter, line) : repeated(chapter, line);
    return edit && [{ range: toRange(chapter, edit), newText: edit.newText }];
  },
};

const FRONT_MATTER = '---';

interface Edit extends OffsetRange {
  readonly newText: string;
}

/** A fenced cell or listing. */
interface Fence {
  readonly opening: OffsetRange;
  readonly code: string;
  /** Where the closing line stands; undefined without one. */
  readonly closeRange: OffsetRange | undefined;
}

/** The closing line, below the empty line at the cursor; null where the line above opens nothing, or that is closed. */
function closing(chapter: Chapter, line: OffsetRange): Edit | null {
  if (line.start === 0 || chapter.slice(line.start, line.end).trim() !== '') return null;
  const above = lineAt(chapter, line.start - 1);
  const opening = chapter.slice(above.start, above.end);
  const put = (text: string) => newLine(chapter, line, text);
  if (above.start === 0 && opening === FRONT_MATTER)
    return chapter.frontMatter === undefined ? put(FRONT_MATTER) : null;
  const [, before, colons] = /^([ \t]*)(:{3,})[ \t]*[{\w]/.exec(opening) ?? [];
  if (colons !== undefined) {
    const div = chapter.divs.find(({ openRange }) => encloses(above, openRange.start));
    if (div === undefined) return null;
    const isOpen = div.closeRange === undefined || tookAnothers(div, div.closeRange, colons, line, chapter);
    return isOpen ? put(`${before}${colons}`) : null;
  }
  const [, indentation, mark] = /^([ \t]*)(`{3,}|~{3,})/.exec(opening) ?? [];
  if (mark === undefined) return null;
  const fence = fencesOf(chapter).find(({ opening }) => encloses(above, opening.start));
  if (fence === undefined) return null;
  if (fence.closeRange !== undefined && !opensWithin(fence.code, mark)) return null;
  return put(`${indentation}${mark}`);
}

/**
 * True for a div that was opened within another one and took the line that closed that: any line of colons closes the innermost. Its
 * own has as many colons, and may have text above it.
 */
function tookAnothers(
  { openRange }: Div,
  closeRange: OffsetRange,
  colons: string,
  line: OffsetRange,
  { divs, text }: Chapter,
): boolean {
  const isWithin = divs.some(one => one.closeRange === undefined && one.openRange.start < openRange.start);
  const isOwn = text.slice(closeRange.start, closeRange.end).trim().length === colons.length;
  return isWithin && (!isOwn || text.slice(line.end, closeRange.start).trim() === '');
}

/** A line below another one: before the next, where there is one, as editors move the cursor along with what is put at it. */
function newLine({ text }: Chapter, { end }: OffsetRange, added: string): Edit {
  const next = text.indexOf('\n', end) + 1;
  return next === 0 ? { start: end, end, newText: `\n${added}` } : { start: next, end: next, newText: `${added}\n` };
}

/** True for code in which another fence opens: the line that closes the other one was taken for that of this one. */
function opensWithin(code: string, mark: string): boolean {
  return new RegExp(`^[ \\t]*${mark}[ \\t]*\\{?\\w`, 'm').test(code);
}

/** The line below a closing one that is the same again; null elsewhere. */
function repeated(chapter: Chapter, line: OffsetRange): Edit | null {
  const mark = chapter.slice(line.start, line.end).trim();
  if (mark !== FRONT_MATTER && !/^`{3,}$/.test(mark)) return null;
  const below = lineAt(chapter, Math.min(line.end + 1, chapter.text.length));
  if (below.start <= line.start || chapter.slice(below.start, below.end).trim() !== mark) return null;
  const closings =
    mark === FRONT_MATTER
      ? [chapter.frontMatter?.textRange.end]
      : fencesOf(chapter).map(({ closeRange }) => closeRange?.start);
  const isClosing = closings.some(start => start !== undefined && encloses(line, start));
  return isClosing ? { start: line.end, end: below.end, newText: '' } : null;
}

/** All cells and listings of a chapter; listings without a closing line are none to the prose tree. */
function fencesOf(chapter: Chapter): readonly Fence[] {
  return [
    ...chapter.unclosedFences.map(({ range }) => ({ opening: range, code: '', closeRange: undefined })),
    ...chapter.cells.map(({ fenceRange, source, closeRange }) => ({ opening: fenceRange, code: source, closeRange })),
    ...chapter.nodes('codeBlock').map(listing => {
      const { start, end } = listing.range;
      const code = listing.place(listing.node.codeRange);
      return {
        opening: { start, end: code.start },
        code: chapter.slice(code.start, code.end),
        closeRange: { start: code.end, end },
      };
    }),
  ];
}

/** The line of an offset, without its line end. */
function lineAt({ text }: Chapter, offset: number): OffsetRange {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const stop = end < 0 ? text.length : end;
  return { start, end: text[stop - 1] === '\r' ? Math.max(start, stop - 1) : stop };
}
