/** Marks the other uses of the name under the cursor. */
import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import { type Handler, toOffset, toRange } from './feature';
import { occurrencesOf, symbolAt } from './symbols';

export const documentHighlight: Handler<DocumentHighlightParams, DocumentHighlight[]> = {
  handle(analysis, { position }) {
    const symbol = symbolAt(analysis, toOffset(analysis.chapter, position));
    if (symbol === undefined) return null;
    return occurrencesOf(symbol, analysis).map(use => ({
      range: toRange(analysis.chapter, use.range),
      kind: use.write ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
};
