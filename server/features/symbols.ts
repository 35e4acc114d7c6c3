/** The places of a name: in the chapter, and in all files that the editor knows. */
import type { Range } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import type { PackageIndex, PackageModule } from '../evaluation/packageIndex';
import { type Occurrence, occurrencesIn } from '../evaluation/symbols/occurrences';
import { type NameSymbol, nameKey, nameOf } from '../evaluation/symbols/symbol';
import { type OpenChapter, toRange, uriAt } from './feature';
import { moduleRange, uriOf } from './packages';

/** Every occurrence in the chapter of the name that stands at one, in document order. */
export function sameNameIn(occurrence: Occurrence, analysis: Analysis): Occurrence[] {
  const key = keyOf(occurrence);
  return analysis.symbols.named(occurrence.name).filter(one => keyOf(one) === key);
}

/** What a rename changes as one; of a name that nothing defines, the path. */
function keyOf({ symbol, path }: Occurrence): string {
  return symbol === undefined ? `?${path}` : nameKey(symbol);
}

/** A place of a name in some file. */
export interface FoundPlace {
  readonly uri: string;
  readonly range: Range;
  readonly occurrence: Occurrence;
}

/** The files in which names are looked for: modules that were imported, and chapters that are open. */
export interface KnownFiles {
  readonly modules: readonly { readonly module: PackageModule; readonly index: PackageIndex }[];
  readonly chapters: readonly OpenChapter[];
}

export function knownFiles(own: PackageIndex | undefined, chapters: readonly OpenChapter[]): KnownFiles {
  const modules = new Map<string, KnownFiles['modules'][number]>();
  const indexes = [...(own === undefined ? [] : [own]), ...chapters.map(({ analysis }) => analysis.packages)];
  for (const index of indexes)
    for (const module of index.imported()) if (!modules.has(module.file)) modules.set(module.file, { module, index });
  return { modules: [...modules.values()], chapters };
}

/** Each place at which a name is written so. */
export function placesNamed(name: string, { modules, chapters }: KnownFiles): FoundPlace[] {
  const found: FoundPlace[] = [];
  for (const { module, index } of modules)
    for (const occurrence of occurrencesIn(index.textOf(module), index, name))
      found.push({ uri: uriOf(module), range: moduleRange(module, occurrence.range), occurrence });
  for (const { uri, analysis } of chapters)
    for (const occurrence of analysis.symbols.named(name)) {
      const { chapter } = analysis;
      const at = uriAt(chapter, occurrence.range.start, uri);
      found.push({ uri: at, range: toRange(chapter, occurrence.range), occurrence });
    }
  return found;
}

/** Places of a file that several chapters include stand there for each of them. */
export function eachOnce(places: readonly FoundPlace[]): readonly FoundPlace[] {
  const seen = new Set<string>();
  return places.filter(({ uri, range: { start } }) => {
    const key = `${start.line}:${start.character} ${uri}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Each place that means a symbol, under whatever name. */
export function placesOf(symbol: NameSymbol, files: KnownFiles): FoundPlace[] {
  const names = new Set([nameOf(symbol)]);
  if (symbol.alias !== undefined) names.add(symbol.alias.path);
  const found: FoundPlace[] = [];
  // names that imports give to it come in on the way
  for (const name of names)
    for (const place of placesNamed(name, files)) {
      const meant = place.occurrence.symbol;
      if (meant?.key !== symbol.key) continue;
      found.push(place);
      for (const alias of aliasesOf(place.occurrence, name)) names.add(alias);
    }
  return found;
}

/** Names that the imports of a text give to what is called `name` elsewhere. */
function aliasesOf({ text }: Occurrence, name: string): string[] {
  return text.index.imports.flatMap(({ names }) =>
    names.flatMap(one =>
      one.asname !== undefined && one.name.name.split('.').at(-1) === name ? [one.asname.name] : [],
    ),
  );
}
