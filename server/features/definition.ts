/** Go to definition: from a reference to its export, from there to the class attribute, on to the lines that loaded it. */
import type { DefinitionParams, LocationLink } from 'vscode-languageserver';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { type Handler, toOffset, toRange } from './feature';
import { importedModule, moduleRange, packageSymbol, symbolInView, symbolLink } from './packages';
import { definitionFor, type Occurrence, symbolAt } from './symbols';

export const definition: Handler<DefinitionParams, LocationLink[]> = {
  handle(analysis, { position }, { uri }) {
    const offset = toOffset(analysis.chapter, position);
    const symbol = symbolAt(analysis, offset);
    if (symbol === undefined) {
      const module = importedModule(analysis, offset);
      if (module === undefined) return null;
      return [{ originSelectionRange: toRange(analysis.chapter, module.range), ...symbolLink(module.symbol) }];
    }
    const source = analysis.refAt(offset)?.ref.exprRange ?? symbol.range;
    const inPackage = packageSymbol(symbol, analysis);
    if (inPackage !== undefined)
      return [{ originSelectionRange: toRange(analysis.chapter, symbol.range), ...symbolLink(inPackage) }];
    const targets = targetsOf(symbol, analysis);
    return targets.map(({ range, statementRange }) => ({
      originSelectionRange: toRange(analysis.chapter, source),
      targetUri: uri,
      targetRange: toRange(analysis.chapter, statementRange),
      targetSelectionRange: toRange(analysis.chapter, range),
    }));
  },
  inPackage(view, { position }) {
    const found = symbolInView(view, position);
    if (found === undefined) return null;
    return [{ originSelectionRange: moduleRange(view.module, found.range), ...symbolLink(found.symbol) }];
  },
};

interface Target {
  readonly range: OffsetRange;
  readonly statementRange: OffsetRange;
}

function targetsOf(symbol: Occurrence, analysis: Analysis): Target[] {
  const found = definitionFor(symbol, analysis);
  if (found === undefined) return [];
  if (!symbol.write || found.range.start !== symbol.range.start) return [found];
  // The cursor stands on the definition itself: go on to what it was made from.
  const binding = symbol.cell?.bindings.find(one => one.range.start === symbol.range.start && one.name === symbol.path);
  const sources = (binding?.reads ?? []).flatMap(read => (read.binding === undefined ? [] : [read.binding]));
  const unique = sources.filter((one, at) => sources.findIndex(other => other.range.start === one.range.start) === at);
  return unique.length === 0 ? [found] : unique;
}
