/** Marks the other uses of the name under the cursor. */
import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import { type FeatureContext, type Handler, isHere, toOffset, toRange } from './feature';
import { occurrenceAt, occurrencesOf } from './proseNames';
import { sameNameIn } from './symbols';

export const documentHighlight: Handler<DocumentHighlightParams, DocumentHighlight[]> = {
  handle(analysis, { position }, context) {
    const offset = toOffset(analysis.chapter, position, context);
    const found = analysis.symbols.at(offset);
    if (found === undefined) return proseHighlights(analysis, offset, context);
    const here = sameNameIn(found, analysis).filter(use => isHere(analysis.chapter, use.range.start, context));
    return here.map(use => ({
      range: toRange(analysis.chapter, use.range),
      kind: use.write ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
};

/** Places of a label, a citation key or a footnote. */
function proseHighlights({ chapter }: Analysis, offset: number, context: FeatureContext): DocumentHighlight[] | null {
  const found = occurrenceAt(chapter, offset);
  if (found === undefined) return null;
  return occurrencesOf(found, chapter)
    .filter(({ range }) => isHere(chapter, range.start, context))
    .map(({ range, isDefinition }) => ({
      range: toRange(chapter, range),
      kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
