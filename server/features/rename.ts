/** Renames a name that the chapter makes: in cells, in references, in the lists of cell headers. */
import type { PrepareRenameParams, RenameParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { KEYWORDS, type Scope, symbolIndex } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { encloses, type Handler, toOffset, toRange } from './feature';
import { definitionFor, type Occurrence, occurrencesOf, occurrencesWhere, symbolAt } from './symbols';

export const prepareRename: Handler<PrepareRenameParams, { range: TextEdit['range']; placeholder: string }> = {
  handle(analysis, { position }) {
    const symbol = renamable(analysis, toOffset(analysis.chapter, position));
    if (symbol === undefined) return null;
    const { range } = symbol;
    return {
      range: toRange(analysis.chapter, range),
      placeholder: analysis.chapter.slice(range.start, range.end),
    };
  },
};

export const rename: Handler<RenameParams, WorkspaceEdit> = {
  handle(analysis, { position, newName }, { uri }) {
    const symbol = renamable(analysis, toOffset(analysis.chapter, position));
    if (symbol === undefined) throw refusal('Only names that this chapter makes can be renamed here.');
    const occurrences = occurrencesOf(symbol, analysis);
    if (newName !== lastOf(symbol.path)) refuseUnfit(newName, symbol, occurrences, analysis);
    const ranges = [...occurrences.map(use => use.range), ...headerMentions(symbol, analysis)];
    const edits = ranges.map((range): TextEdit => ({ range: toRange(analysis.chapter, range), newText: newName }));
    return { changes: { [uri]: edits } };
  },
};

/** The name at an offset, if a cell of the chapter makes it under that very name. */
function renamable(analysis: Analysis, offset: number): Occurrence | undefined {
  const symbol = symbolAt(analysis, offset);
  if (symbol === undefined || !encloses(symbol.range, offset)) return undefined;
  const definition = definitionFor(symbol, analysis);
  return definition === undefined || definition.from !== undefined ? undefined : symbol;
}

function headerMentions(symbol: Occurrence, analysis: Analysis): OffsetRange[] {
  return analysis.cells.flatMap(({ cell }) =>
    (cell.header?.field('Exports')?.names ?? []).filter(name => name.name === symbol.path).map(name => name.range),
  );
}

/** Throws what the author is told where the new name would not do. */
function refuseUnfit(name: string, symbol: Occurrence, occurrences: readonly Occurrence[], analysis: Analysis): void {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw refusal(`"${name}" is not a valid Python name.`);
  if (KEYWORDS.has(name)) throw refusal(`"${name}" is a keyword of Python and cannot be a name.`);
  const line = ({ range }: { readonly range: OffsetRange }) => analysis.chapter.lines.lineAt(range.start) + 1;
  const taken = takenBy(name, symbol, analysis);
  if (taken !== undefined)
    throw refusal(`"${name}" already has another meaning in this chapter (line ${line(taken)}).`);
  const hidden = occurrences.find(one => isHidden(name, one));
  if (hidden !== undefined)
    throw refusal(`"${name}" is another variable where "${lastOf(symbol.path)}" is used (line ${line(hidden)}).`);
  if (symbol.local === undefined && !symbol.path.includes('.')) {
    const brought = analysis.exportsAt(analysis.cells.length).get(name);
    if (brought !== undefined)
      throw refusal(`"${name}" is a name that an import brings into this chapter (line ${line(brought)}).`);
  }
  const call = isParameter(symbol) ? callThatNames(lastOf(symbol.path), analysis) : undefined;
  if (call !== undefined)
    throw refusal(`A call passes "${lastOf(symbol.path)}" by its name (line ${line({ range: call })}).`);
}

/** Another name of the chapter that is spelled so and means the same as the renamed one would, built-ins included. */
function takenBy(name: string, { path, local }: Occurrence, analysis: Analysis): Occurrence | undefined {
  if (local !== undefined) return undefined;
  const wanted = path.slice(0, path.length - lastOf(path).length) + name;
  return occurrencesWhere(analysis, one => one.path === wanted)[0];
}

/** True where the new name would mean another variable at an occurrence, or another one's uses would mean the new name. */
function isHidden(name: string, { scope, local }: Occurrence): boolean {
  if (local !== undefined) return mentions(local, name);
  for (let at = scope; at?.parent !== undefined; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

function mentions(scope: Scope, name: string): boolean {
  return scope.names.has(name) || scope.children.some(inner => mentions(inner, name));
}

function isParameter({ local, path }: Occurrence): boolean {
  return local?.kind === 'function' && local.names.get(lastOf(path))?.parameter === true;
}

/** The place of a keyword argument of that name. */
function callThatNames(name: string, analysis: Analysis): OffsetRange | undefined {
  for (const { cell, program } of analysis.cells) {
    const found = symbolIndex(program.module).keywords.find(keyword => keyword.name === name);
    if (found !== undefined) return cell.toDocumentRange({ start: found.start, end: found.end });
  }
  return undefined;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
