/** Marks the other uses of the name under the cursor. */
import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import { type Handler, isHere, toOffset, toRange } from './feature';
import { sameNameIn } from './symbols';

export const documentHighlight: Handler<DocumentHighlightParams, DocumentHighlight[]> = {
  handle(analysis, { position }, context) {
    const found = analysis.symbols.at(toOffset(analysis.chapter, position, context));
    if (found === undefined) return null;
    const here = sameNameIn(found, analysis).filter(use => isHere(analysis.chapter, use.range.start, context));
    return here.map(use => ({
      range: toRange(analysis.chapter, use.range),
      kind: use.write ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
};
