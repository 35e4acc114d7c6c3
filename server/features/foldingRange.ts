/** Folds sections, cells, header boxes, divs, listings and front matter. */
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { type Handler, isHere } from './feature';
import { sectionEnds } from './sections';

export const foldingRange: Handler<FoldingRangeParams, FoldingRange[]> = {
  handle(analysis, _params, context) {
    const { chapter } = analysis;
    const { headings, divs, frontMatter, text } = chapter;
    const folds: FoldingRange[] = [];
    const add = (range: OffsetRange, kind?: FoldingRangeKind) => {
      if (isHere(chapter, range.start, context)) folds.push(...foldOf(range, analysis, kind));
    };
    const ends = sectionEnds(headings, text.length);
    headings.forEach(({ range: { start } }, at) => {
      add({ start, end: ends[at]! });
    });
    for (const { cell } of analysis.cells) {
      add(cell.range);
      if (cell.header !== undefined) add(cell.header.range, FoldingRangeKind.Comment);
    }
    for (const div of divs) add(div.range);
    for (const listing of chapter.nodes('codeBlock')) add(listing.range);
    if (frontMatter !== undefined) add(frontMatter.range);
    return folds;
  },
};

/** From the first line to the last one that is not blank; nothing for a single line. */
function foldOf(range: OffsetRange, analysis: Analysis, kind: FoldingRangeKind | undefined): FoldingRange[] {
  const { lines, text } = analysis.chapter;
  let end = range.end;
  while (end > range.start && /\s/.test(text[end - 1]!)) end--;
  const { start, end: last } = lines.rangeOf({ start: range.start, end });
  const startLine = start.line;
  const endLine = last.line;
  return endLine > startLine ? [{ startLine, endLine, ...(kind === undefined ? {} : { kind }) }] : [];
}
