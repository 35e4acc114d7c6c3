/** Find all references to a name: in prose, in cells, in class bodies; to a name of a package also in other files. */
import type { Location, Position, ReferenceParams } from 'vscode-languageserver';
import { fileNames, includedNames } from '../chapter/fileNames';
import type { Chapter } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import type { Occurrence } from '../evaluation/symbols/occurrences';
import { type FeatureContext, type Handler, toOffset, toRange, uriAt } from './feature';
import { fileAt, includedAt } from './fileLinks';
import { occurrenceInView } from './packages';
import { entryListedAt, proseLocations } from './proseLocations';
import { occurrenceAt } from './proseNames';
import { eachOnce, type FoundPlace, knownFiles, placesOf, sameNameIn } from './symbols';

export const references: Handler<ReferenceParams, Location[]> = {
  handle(analysis, { position, context: { includeDeclaration } }, context) {
    const { uri, chapters } = context;
    const included = includedAt(analysis.chapter, position, context);
    if (included !== undefined) return fileReferences(analysis.chapter, included.uri, context);
    const offset = toOffset(analysis.chapter, position, context);
    const found = analysis.symbols.at(offset);
    if (found === undefined) return proseReferences(analysis, position, includeDeclaration, context);
    const here = { uri, analysis };
    const { symbol } = found;
    const inChapter = (one: Occurrence): FoundPlace => ({
      uri: uriAt(analysis.chapter, one.range.start, uri),
      range: toRange(analysis.chapter, one.range),
      occurrence: one,
    });
    if (symbol === undefined) return locations(sameNameIn(found, analysis).map(inChapter), includeDeclaration);
    const all = symbol.home.module === undefined ? [here] : (chapters?.() ?? [here]);
    return locations(placesOf(symbol, knownFiles(analysis.packages, all)), includeDeclaration);
  },
  inPackage(view, { position, context: { includeDeclaration } }, { chapters }) {
    const symbol = occurrenceInView(view, position)?.symbol;
    if (symbol === undefined) return null;
    return locations(placesOf(symbol, knownFiles(view.index, chapters?.() ?? [])), includeDeclaration);
  },
  inBibliography({ key, chapter }, { context: { includeDeclaration } }, context) {
    return proseLocations({ kind: 'citation', key }, chapter, context)
      .filter(({ isDefinition }) => includeDeclaration || !isDefinition)
      .map(({ uri, range }) => ({ uri, range }));
  },
};

function locations(places: readonly FoundPlace[], includeDeclaration: boolean): Location[] {
  return eachOnce(places)
    .filter(({ occurrence }) => includeDeclaration || !isDeclaration(occurrence))
    .map(({ uri, range }) => ({ uri, range }));
}

/** True where the symbol itself is bound; an import of it, in a chapter or module, is a use. */
function isDeclaration({ write, symbol, text }: Occurrence): boolean {
  return write && symbol !== undefined && symbol.text.home === text.home && symbol.external === undefined;
}

/** Places of a label, a citation key or a footnote, in the other chapters of the project as well. */
function proseReferences(
  { chapter }: Analysis,
  position: Position,
  includeDeclaration: boolean,
  context: FeatureContext,
): Location[] | null {
  const offset = toOffset(chapter, position, context);
  const found = occurrenceAt(chapter, offset);
  const file = found === undefined ? fileAt(chapter, offset, context) : undefined;
  if (file !== undefined) return fileReferences(chapter, file.uri, context);
  const listed = found === undefined ? entryListedAt(position, context) : undefined;
  const named = found ?? (listed && ({ kind: 'citation', key: listed.key } as const));
  if (named === undefined) return null;
  return proseLocations(named, chapter, context)
    .filter(({ isDefinition }) => includeDeclaration || !isDefinition)
    .map(({ uri, range }) => ({ uri, range }));
}

/** Places of the chapter, and of what it includes, that name a file. */
function fileReferences(chapter: Chapter, uri: string, context: FeatureContext): Location[] {
  const named = fileNames(chapter)
    .filter(({ name }) => context.fileUri?.(name) === uri)
    .map(({ range }) => ({ uri: uriAt(chapter, range.start, context.uri), range: toRange(chapter, range) }));
  const files = [undefined, ...(chapter.composition?.partials ?? [])];
  const included = files.flatMap(file =>
    includedNames(chapter, file?.path)
      .filter(one => one.uri === uri)
      .map(({ range }) => ({ uri: file?.uri ?? context.uri, range })),
  );
  return [...included, ...named];
}
