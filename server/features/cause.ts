/** The way from a reference to the line that made its value; from one without a value, or with one in doubt, to where that began. */
import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { causeOf, placeOf } from './causePlace';
import { origin } from './describe';
import { type Handler, toOffset } from './feature';

export const cause: Handler<TextDocumentPositionParams, Location> = {
  handle(analysis, { position }, context) {
    const result = analysis.refAt(toOffset(analysis.chapter, position, context));
    const made = result?.binding && origin(result.binding);
    const range = result && (causeOf(result, analysis) ?? made?.range);
    return range === undefined ? null : placeOf(range, analysis, context.uri);
  },
};
