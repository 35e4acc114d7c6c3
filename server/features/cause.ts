/** The way from a reference without a value, or with one in doubt, to where that began. */
import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { causeOf, placeOf } from './causePlace';
import { type Handler, toOffset } from './feature';

export const cause: Handler<TextDocumentPositionParams, Location> = {
  handle(analysis, { position }, context) {
    const result = analysis.refAt(toOffset(analysis.chapter, position, context));
    const range = result && causeOf(result, analysis);
    return range === undefined ? null : placeOf(range, analysis, context.uri);
  },
};
