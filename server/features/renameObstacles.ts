/** Why a name cannot be renamed: what the texts do not tell, or what would mean something else afterwards. */
import { KEYWORDS, type Program, type Scope } from '../../mlsys';
import { parseChapter } from '../chapter';
import { mentions } from '../evaluation/prefilter';
import { isFamily } from '../evaluation/symbols/family';
import type { Occurrence } from '../evaluation/symbols/occurrences';
import type { Home } from '../evaluation/symbols/symbol';
import type { FeatureContext } from './feature';
import { fillingCall } from './filledFields';
import { uriOf } from './packages';
import { type FoundPlace, type KnownFiles, placesNamed } from './symbols';

export interface RenameRequest {
  readonly found: Occurrence;
  readonly newName: string;
  /** All places of the name. */
  readonly places: readonly FoundPlace[];
  /** Places at which something else, or nobody knows what, has the same name. */
  readonly others: readonly FoundPlace[];
  readonly files: KnownFiles;
  readonly context: FeatureContext;
}

/** What the author is told; undefined where nothing is in the way. */
export function obstacle(request: RenameRequest): string | undefined {
  return (
    unfitName(request.newName) ??
    takenName(request) ??
    otherMeaning(request) ??
    filledField(request) ??
    unclearMember(request) ??
    closedFile(request) ??
    hiddenUse(request)
  );
}

function unfitName(name: string): string | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return `"${name}" is not a valid Python name.`;
  return KEYWORDS.has(name) ? `"${name}" is a keyword of Python and cannot be a name.` : undefined;
}

/** The new name is there already: in a file that uses the old one, or in the same class. */
function takenName({ found, newName, places, files, context }: RenameRequest): string | undefined {
  const symbol = found.symbol!;
  if (symbol.local !== undefined) return undefined;
  const homes = new Set<Home>([symbol.home]);
  for (const { occurrence } of places) if (!occurrence.isMember) homes.add(occurrence.text.home);
  const inClass = symbol.alias === undefined && symbol.path.includes('.');
  const own = inClass ? symbol.path.slice(0, -found.name.length) + newName : newName;
  const taken = placesNamed(newName, files).find(({ occurrence }) => {
    const { symbol: meant, use } = occurrence;
    // what headers and `__all__` list stands elsewhere
    if (use === undefined && !occurrence.isMember) return false;
    if (meant?.local === undefined && meant?.home === symbol.home && meant.path === own) return true;
    if (inClass) return occurrence.text.home === symbol.home && occurrence.path === own;
    return homes.has(occurrence.text.home) && use?.path === newName;
  });
  if (taken !== undefined) return `"${newName}" already has another meaning ${at(taken, context)}.`;
  if (inClass) return undefined;
  for (const { analysis, uri } of files.chapters) {
    if (!homes.has(analysis.symbols)) continue;
    const brought = analysis.exportsAt(analysis.cells.length).get(newName);
    if (brought === undefined) continue;
    const line = analysis.chapter.lines.lineAt(brought.range.start) + 1;
    const where = uri === context.uri ? `this chapter (line ${line})` : `${fileOf(uri)} (line ${line})`;
    return `"${newName}" is a name that an import brings into ${where}.`;
  }
  return undefined;
}

/** The old name stands for something else as well, where one text cannot be told from the other. */
function otherMeaning({ found, others, places, context }: RenameRequest): string | undefined {
  const symbol = found.symbol!;
  if (symbol.local === undefined) {
    const spelled = new Set<string>();
    for (const { occurrence } of places)
      if (!occurrence.isMember && occurrence.local === undefined)
        spelled.add(`${occurrence.text.home.key}:${occurrence.path}`);
    const other = others.find(({ occurrence: { use, local, isMember, text } }) => {
      return use !== undefined && local === undefined && !isMember && spelled.has(`${text.home.key}:${use.path}`);
    });
    if (other !== undefined) return `"${found.name}" also stands for something else ${at(other, context)}.`;
  }
  const kin = symbol.path.includes('.')
    ? others.find(({ occurrence }) => isFamily(symbol, occurrence.symbol))
    : undefined;
  return kin && `A class that is derived from the same one has a "${found.name}" of its own ${at(kin, context)}.`;
}

/** An attribute or argument of that name of which nobody knows whose it is; or a text that names it. */
function unclearMember({ found, others, files, context }: RenameRequest): string | undefined {
  const symbol = found.symbol!;
  const { name } = found;
  const isAttribute = symbol.local === undefined && (symbol.path.includes('.') || symbol.home.module !== undefined);
  const isParameter = symbol.local?.kind === 'function' && symbol.local.names.get(name)?.parameter === true;
  const unclear = others.find(({ occurrence: { isMember, use, symbol: meant } }) => {
    return isMember && meant === undefined && (isAttribute || (isParameter && use === undefined));
  });
  if (unclear !== undefined && isParameter) return `A call passes "${name}" by its name ${at(unclear, context)}.`;
  if (unclear !== undefined) return `"${name}" may be another one's attribute ${at(unclear, context)}.`;
  if (symbol.local !== undefined) return undefined;
  for (const { text, place } of textsOf(files)) {
    if (!mentions(text.program, name)) continue;
    // Captions of figures and other comments name nothing.
    const source = text.program.source.replaceAll(/^[ \t]*#.*$/gm, comment => ' '.repeat(comment.length));
    if (text.broken) return `"${name}" may be used ${place(0, context)}, which cannot be parsed.`;
    const spelled = new RegExp(
      String.raw`\b(?:getattr|setattr|hasattr|delattr|attrgetter|\w*validator|field_serializer)\s*\([^()\n]*["']${name}["']|(?:\w\s*:|->)\s*["'][^"'\n]*\b${name}\b`,
    ).exec(source);
    if (spelled !== null) return `"${name}" is named by a text ${place(spelled.index, context)}.`;
  }
  return undefined;
}

/** A field whose objects are made of data, whose keys would keep the old name. */
function filledField({ found, files, context }: RenameRequest): string | undefined {
  const filling = fillingCall(found.symbol!, [...textsOf(files)]);
  return filling && `"${found.name}" is set by the keys of data ${filling.text.place(filling.offset, context)}.`;
}

/** A file that the editor does not know as a chapter, nor as a module of one, and that holds the name. */
function closedFile({ found, files, context }: RenameRequest): string | undefined {
  const symbol = found.symbol!;
  const home = symbol.alias?.home ?? symbol.home;
  const isParameter = symbol.local?.names.get(found.name)?.parameter === true;
  if (home.module === undefined || (symbol.local !== undefined && !isParameter)) return undefined;
  const top = home.module.name.split('.', 1)[0]!;
  const folder = uriOf(home.module).replace(/[^/]*$/, '');
  // Elsewhere, a parameter is named by calls alone.
  const behind = isParameter ? String.raw`\s*=(?!=)` : String.raw`(?![\p{L}\p{N}_])`;
  const word = new RegExp(String.raw`(?<![\p{L}\p{N}_])${found.name}${behind}`, 'u');
  // What an open chapter includes is known as a part of it.
  const included = new Set(
    files.chapters.flatMap(({ analysis }) => (analysis.chapter.composition?.partials ?? []).map(one => one.uri)),
  );
  for (const { uri, text } of context.otherSources?.() ?? []) {
    if (included.has(uri)) continue;
    // Who does not name the package, and is no part of it, has not its names.
    if (!text.includes(found.name) || !(text.includes(top) || uri.startsWith(folder))) continue;
    const isChapter = uri.endsWith('.qmd');
    if (!(isChapter ? codeOf(text, uri) : [text]).some(one => word.test(one))) continue;
    const why = isChapter ? 'which is not open' : 'which no open chapter imports';
    return `"${found.name}" also stands in ${fileOf(uri)}, ${why}.`;
  }
  return undefined;
}

/** The code of a chapter's cells and references. */
function codeOf(text: string, uri: string): string[] {
  const { cells, refs } = parseChapter(text, uri);
  return [...cells.map(({ source }) => source), ...refs.map(({ expr }) => expr)];
}

/** The new name means another variable at a place, or another one's uses would mean the new name. */
function hiddenUse({ found, newName, places, context }: RenameRequest): string | undefined {
  const hidden = places.find(({ occurrence }) => isHidden(newName, occurrence));
  return hidden && `"${newName}" is another variable where "${found.name}" is used ${at(hidden, context)}.`;
}

function isHidden(name: string, { scope, local }: Occurrence): boolean {
  if (local !== undefined) return holds(local, name);
  for (let around = scope; around?.parent !== undefined; around = around.parent)
    if (around.names.has(name)) return true;
  return false;
}

function holds(scope: Scope, name: string): boolean {
  return scope.names.has(name) || scope.children.some(inner => holds(inner, name));
}

interface ReadText {
  readonly text: { readonly program: Pick<Program, 'module' | 'source'>; readonly broken: boolean };
  /** An offset of the text, in words. */
  place(offset: number, context: FeatureContext): string;
}

function* textsOf({ modules, chapters }: KnownFiles): Iterable<ReadText> {
  for (const { module } of modules) {
    const { program, lines } = module;
    yield {
      text: { program, broken: program.issues.length > 0 },
      place: offset => `in ${fileOf(uriOf(module))} (line ${lines.lineAt(offset) + 1})`,
    };
  }
  for (const { uri, analysis } of chapters)
    for (const { cell, program } of analysis.cells)
      yield {
        text: { program, broken: program.issues.length > 0 },
        place: (offset, context) => {
          const line = analysis.chapter.lines.lineAt(cell.toDocument(offset)) + 1;
          return placeIn(uri, line, context);
        },
      };
}

function at({ uri, range }: FoundPlace, context: FeatureContext): string {
  return placeIn(uri, range.start.line + 1, context);
}

function placeIn(uri: string, line: number, context: FeatureContext): string {
  return uri === context.uri ? `in this chapter (line ${line})` : `in ${fileOf(uri)} (line ${line})`;
}

/** The last name of a file's path. */
function fileOf(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
