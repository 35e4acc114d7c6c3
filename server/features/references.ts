/** Find all references to a name: in prose, in cells, in class bodies. */
import type { Location, ReferenceParams } from 'vscode-languageserver';
import { type Handler, toOffset, toRange } from './feature';
import { occurrencesOf, symbolAt } from './symbols';

export const references: Handler<ReferenceParams, Location[]> = {
  handle(analysis, { position, context: { includeDeclaration } }, { uri }) {
    const symbol = symbolAt(analysis, toOffset(analysis.chapter, position));
    if (symbol === undefined) return null;
    return occurrencesOf(symbol.path, analysis)
      .filter(use => includeDeclaration || !use.write)
      .map(use => ({ uri, range: toRange(analysis.chapter, use.range) }));
  },
};
