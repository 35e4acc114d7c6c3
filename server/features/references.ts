/** Find all references to a name: in prose, in cells, in class bodies; to a name of a package also in other files. */
import type { Location, ReferenceParams } from 'vscode-languageserver';
import { symbolIndex } from '../../mlsys';
import type { PackageIndex, PackageSymbol } from '../evaluation/packageIndex';
import { placeOfSymbol } from '../evaluation/packageIndex';
import { type Handler, type OpenChapter, toOffset, toRange } from './feature';
import { moduleRange, packageSymbol, symbolInView, uriOf } from './packages';
import { occurrencesOf, occurrencesWhere, symbolAt } from './symbols';

export const references: Handler<ReferenceParams, Location[]> = {
  handle(analysis, { position, context: { includeDeclaration } }, { uri, chapters }) {
    const symbol = symbolAt(analysis, toOffset(analysis.chapter, position));
    if (symbol === undefined) return null;
    const inPackage = packageSymbol(symbol, analysis);
    if (inPackage !== undefined)
      return everywhere(inPackage, analysis.packages, chapters?.() ?? [{ uri, analysis }], includeDeclaration);
    return occurrencesOf(symbol, analysis)
      .filter(use => includeDeclaration || !use.write)
      .map(use => ({ uri, range: toRange(analysis.chapter, use.range) }));
  },
  inPackage(view, { position, context: { includeDeclaration } }, { chapters }) {
    const found = symbolInView(view, position);
    return found === undefined ? null : everywhere(found.symbol, view.index, chapters?.() ?? [], includeDeclaration);
  },
};

/** Where a name of a package is used: in the modules that are imported and in the chapters that are open. */
function everywhere(
  symbol: PackageSymbol,
  own: PackageIndex,
  chapters: readonly OpenChapter[],
  includeDeclaration: boolean,
): Location[] {
  const wanted = placeOfSymbol(symbol);
  const name = symbol.path.slice(symbol.path.lastIndexOf('.') + 1);
  const found: Location[] = [];
  const files = new Set<string>();
  for (const index of [own, ...chapters.map(({ analysis }) => analysis.packages)])
    for (const module of index.imported()) {
      if (files.has(module.file) || !module.program.source.includes(name)) continue;
      files.add(module.file);
      for (const { path, span, local } of symbolIndex(module.program.module).uses) {
        if (local !== undefined) continue;
        const isDeclaration = module.file === symbol.module.file && span.start === symbol.span.start;
        if (isDeclaration && !includeDeclaration) continue;
        const meant = index.resolve(module.name, path.split('.'));
        if (meant !== undefined && placeOfSymbol(meant) === wanted)
          found.push({ uri: uriOf(module), range: moduleRange(module, span) });
      }
    }
  for (const { uri, analysis } of chapters)
    for (const use of occurrencesWhere(analysis, one => {
      const meant = packageSymbol(one, analysis);
      return meant !== undefined && placeOfSymbol(meant) === wanted;
    }))
      found.push({ uri, range: toRange(analysis.chapter, use.range) });
  return found;
}
