/**
 * Go to definition: from a reference to its export, from there to the class attribute, on to the lines that loaded it; in prose
 * to labels, footnotes, entries of bibliographies and files.
 */
import type { DefinitionParams, LocationLink } from 'vscode-languageserver';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import type { Occurrence } from '../evaluation/symbols/occurrences';
import { type NameSymbol, sourceOf } from '../evaluation/symbols/symbol';
import { encloses, type Handler, toOffset, toRange, uriAt } from './feature';
import { includedAt } from './fileLinks';
import { dataPlaceOf, dataTarget, moduleRange, occurrenceInView, symbolLink } from './packages';
import { includedDefinition, proseDefinition } from './proseTargets';

export const definition: Handler<DefinitionParams, LocationLink[]> = {
  handle(analysis, { position }, context) {
    const { uri } = context;
    const included = includedAt(analysis.chapter, position, context);
    if (included !== undefined) return includedDefinition(included);
    const offset = toOffset(analysis.chapter, position, context);
    const found = analysis.symbols.at(offset);
    if (found === undefined) return proseDefinition(analysis, offset, context);
    const { symbol } = found;
    // beside the names of a reference, all of it is meant
    const source = encloses(found.range, offset) ? found.range : analysis.refAt(offset)!.ref.exprRange;
    const originSelectionRange = toRange(analysis.chapter, source);
    const inTexts =
      symbol === undefined
        ? []
        : targetsOf(found, symbol).map(target => ({
            originSelectionRange,
            ...('module' in target ? symbolLink(target.module) : inChapter(target, analysis, uri)),
          }));
    if (!found.isMember || found.write) return inTexts;
    return dataPlaceOf(found, analysis).then(place =>
      place === undefined ? inTexts : [{ originSelectionRange, ...dataTarget(place) }],
    );
  },
  inPackage(view, { position }) {
    const found = occurrenceInView(view, position);
    if (found?.symbol === undefined) return null;
    return [{ originSelectionRange: moduleRange(view.module, found.range), ...symbolLink(found.symbol) }];
  },
};

interface Target {
  readonly range: OffsetRange;
  readonly statementRange: OffsetRange;
}

function inChapter({ range, statementRange }: Target, { chapter }: Pick<Analysis, 'chapter'>, uri: string) {
  const targetRange = toRange(chapter, statementRange);
  return { targetUri: uriAt(chapter, range.start, uri), targetRange, targetSelectionRange: toRange(chapter, range) };
}

function targetsOf(found: Occurrence, symbol: NameSymbol): (Target | { readonly module: NameSymbol })[] {
  const { text, span, statement } = sourceOf(symbol);
  // of what an import brings from elsewhere, the import is all that there is to show
  if (symbol.external !== undefined && found.isMember) return [];
  if (text.home.module !== undefined) return [{ module: symbol }];
  const own = { range: text.toDocument(span), statementRange: text.toDocument(statement) };
  if (!found.write || own.range.start !== found.range.start) return [own];
  // The cursor stands on the definition itself: go on to what it was made from.
  const binding = found.text.cell?.bindingsOf(symbol.path).find(one => one.range.start === own.range.start);
  const sources = (binding?.reads ?? []).flatMap(read => (read.binding === undefined ? [] : [read.binding]));
  const unique = sources.filter((one, at) => sources.findIndex(other => other.range.start === one.range.start) === at);
  return unique.length === 0 ? [own] : unique;
}
