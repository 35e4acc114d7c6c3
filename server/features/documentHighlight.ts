/** Marks the other uses of the name under the cursor. */
import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import { type Handler, toOffset, toRange } from './feature';
import { sameNameIn } from './symbols';

export const documentHighlight: Handler<DocumentHighlightParams, DocumentHighlight[]> = {
  handle(analysis, { position }) {
    const found = analysis.symbols.at(toOffset(analysis.chapter, position));
    if (found === undefined) return null;
    return sameNameIn(found, analysis).map(use => ({
      range: toRange(analysis.chapter, use.range),
      kind: use.write ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
};
