/** Renames a name that the chapter defines: in cells, in references, in the lists of cell headers. */
import type { PrepareRenameParams, RenameParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { type Handler, toOffset, toRange } from './feature';
import { definitionFor, type Occurrence, occurrencesOf, symbolAt } from './symbols';

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
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(newName))
      throw new ResponseError(LSPErrorCodes.RequestFailed, `"${newName}" is not a valid Python name.`);
    const symbol = renamable(analysis, toOffset(analysis.chapter, position));
    if (symbol === undefined) return null;
    const ranges = [...occurrencesOf(symbol.path, analysis).map(use => use.range), ...headerMentions(symbol, analysis)];
    const edits = ranges.map((range): TextEdit => ({ range: toRange(analysis.chapter, range), newText: newName }));
    return { changes: { [uri]: edits } };
  },
};

/** The name at an offset, if a cell of the chapter defines it under that very name. */
function renamable(analysis: Analysis, offset: number): Occurrence | undefined {
  const symbol = symbolAt(analysis, offset);
  if (symbol === undefined) return undefined;
  const definition = definitionFor(symbol, analysis);
  return definition === undefined || definition.from !== undefined ? undefined : symbol;
}

function headerMentions(symbol: Occurrence, analysis: Analysis): OffsetRange[] {
  return analysis.cells.flatMap(({ cell }) =>
    (cell.header?.field('Exports')?.names ?? []).filter(name => name.name === symbol.path).map(name => name.range),
  );
}
