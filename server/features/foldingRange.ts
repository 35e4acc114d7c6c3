/** Folds sections, cells with their header boxes, stages, classes and functions, divs, listings (TikZ among them) and front matter. */
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver';
import type { Statement } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { type Handler, isHere } from './feature';
import { sectionEnds } from './sections';
import { stagesOf } from './stages';

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
    for (const { cell, program } of analysis.cells) {
      add(cell.range);
      if (cell.header !== undefined) add(cell.header.range, FoldingRangeKind.Comment);
      for (const { range } of stagesOf(cell.source)) add(cell.toDocumentRange(range));
      for (const range of bodiesOf(program.module.body)) add(cell.toDocumentRange(range));
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

/** Classes and functions, with those within classes. */
function* bodiesOf(statements: readonly Statement[]): Iterable<OffsetRange> {
  for (const one of statements) {
    if (one.kind !== 'ClassDef' && one.kind !== 'FunctionDef') continue;
    yield { start: one.start, end: one.end };
    if (one.kind === 'ClassDef') yield* bodiesOf(one.body);
  }
}
