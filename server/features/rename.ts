/** Renames a name that the chapter or a package beside it makes, wherever it is used; refuses what would not be right. */
import type { Position, PrepareRenameParams, RenameParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import type { PackageView } from '../evaluation/packageView';
import type { Occurrence } from '../evaluation/symbols/occurrences';
import { type NameSymbol, nameKey, nameOf } from '../evaluation/symbols/symbol';
import { encloses, type FeatureContext, type Handler, toOffset, toRange } from './feature';
import { moduleRange, occurrenceInView } from './packages';
import { entryListedAt } from './proseLocations';
import { occurrenceAt, type ProseOccurrence } from './proseNames';
import { obstacle } from './renameObstacles';
import { renamedProse } from './renameProse';
import { eachOnce, type FoundPlace, type KnownFiles, knownFiles, placesNamed } from './symbols';

export const prepareRename: Handler<PrepareRenameParams, { range: TextEdit['range']; placeholder: string }> = {
  handle(analysis, { position }, context) {
    const offset = toOffset(analysis.chapter, position, context);
    const { chapter } = analysis;
    const found = nameAt(analysis, offset);
    if (found !== undefined) {
      if (!isRenamable(found)) throw refusal(NOT_OURS);
      return { range: toRange(chapter, found.range), placeholder: found.name };
    }
    const inProse = proseAt(analysis, offset);
    if (inProse !== undefined) return { range: toRange(chapter, inProse.range), placeholder: inProse.key };
    const listed = entryListedAt(position, context);
    return listed === undefined ? null : { range: listed.range, placeholder: listed.key };
  },
  inPackage(view, { position }) {
    const found = nameInView(view, position);
    if (found === undefined) return null;
    if (!isRenamable(found)) throw refusal(NOT_OURS);
    return { range: moduleRange(view.module, found.range), placeholder: found.name };
  },
  inBibliography: ({ key, range }) => ({ range, placeholder: key }),
};

export const rename: Handler<RenameParams, WorkspaceEdit> = {
  handle(analysis, { position, newName }, context) {
    const offset = toOffset(analysis.chapter, position, context);
    const found = nameAt(analysis, offset);
    const inProse = found === undefined ? proseAt(analysis, offset) : undefined;
    const listed = found === undefined && inProse === undefined ? entryListedAt(position, context) : undefined;
    const named = inProse ?? (listed && ({ kind: 'citation', key: listed.key } as const));
    if (named !== undefined) return renamedProse(named, newName, analysis.chapter, context);
    if (found === undefined || !isRenamable(found)) throw refusal(NOT_OURS);
    const here = { uri: context.uri, analysis };
    const isOwn = homeOf(found.symbol).module === undefined;
    const files = isOwn
      ? { modules: [], chapters: [here] }
      : knownFiles(analysis.packages, context.chapters?.() ?? [here]);
    return renamed(found, newName, files, context);
  },
  inPackage(view, { position, newName }, context) {
    const found = nameInView(view, position);
    if (found === undefined || !isRenamable(found)) throw refusal(NOT_OURS);
    return renamed(found, newName, knownFiles(view.index, context.chapters?.() ?? []), context);
  },
  inBibliography: ({ key, chapter }, { newName }, context) =>
    renamedProse({ kind: 'citation', key }, newName, chapter, context),
};

/** A name of the prose; none where Python's names stand. */
function proseAt(analysis: Analysis, offset: number): ProseOccurrence | undefined {
  return analysis.symbols.at(offset) === undefined ? occurrenceAt(analysis.chapter, offset) : undefined;
}

const NOT_OURS = 'Only names that this chapter or a package beside it makes can be renamed here.';

/** The name at an offset of the chapter. Beside the name of a reference that says nothing else, that name is meant. */
function nameAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const found = analysis.symbols.at(offset);
  if (found === undefined || encloses(found.range, offset)) return found;
  const expr = analysis.refAt(offset)?.ref.expr.trim() ?? '';
  return PATH.test(expr) ? found : undefined;
}

const PATH = /^[\p{ID_Continue}.]+$/u;

function nameInView(view: PackageView, position: Position): Occurrence | undefined {
  const found = occurrenceInView(view, position);
  return found !== undefined && encloses(found.range, view.module.lines.offsetAt(position)) ? found : undefined;
}

type Renamable = Occurrence & { readonly symbol: NameSymbol };

/** Whether the name is one that a text of the author gives. */
function isRenamable(found: Occurrence): found is Renamable {
  const { symbol, name } = found;
  if (symbol === undefined) return false;
  if (symbol.alias !== undefined) return true;
  const isMade =
    symbol.definition !== undefined && symbol.definition.from === undefined && symbol.external === undefined;
  return isMade && nameOf(symbol) === name && !/^__.*__$/.test(name);
}

/** Where the name comes from: the chapter or module that defines it, or that gave it as another name to an import. */
function homeOf({ alias, home }: NameSymbol): NameSymbol['home'] {
  return alias?.home ?? home;
}

function renamed(found: Renamable, newName: string, files: KnownFiles, context: FeatureContext): WorkspaceEdit {
  const key = nameKey(found.symbol);
  const places: FoundPlace[] = [];
  const others: FoundPlace[] = [];
  for (const place of placesNamed(found.name, files)) {
    const { symbol } = place.occurrence;
    (symbol !== undefined && nameKey(symbol) === key ? places : others).push(place);
  }
  const reason = newName === found.name ? undefined : obstacle({ found, newName, places, others, files, context });
  if (reason !== undefined) throw refusal(reason);
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri, range } of eachOnce(places)) {
    changes[uri] ??= [];
    changes[uri].push({ range, newText: newName });
  }
  return { changes };
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
