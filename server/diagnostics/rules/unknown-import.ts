/** An import of a module, or of a name in one, that does not exist. */
import type { Analysis, CellFault, CellResult } from '../../evaluation/analysis';
import { importFaultOf, meantByImport, missingImportName } from '../failedImports';
import { packagePlace, tracePlaces } from '../faults';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';
import { orList } from '../similar';

export const unknownImport: Rule = {
  code: 'unknown-import',
  severity: 'error',
  *chapter({ faultyCells }: Analysis): Iterable<Draft> {
    for (const cell of faultyCells) {
      const fault = importFaultOf(cell);
      if (fault !== undefined) yield unknown(fault, cell);
    }
  },
};

function unknown(fault: CellFault, { cell, program }: CellResult): Draft {
  const name = missingImportName(fault);
  const near = meantByImport(fault);
  const what = fault.message.replace(/ \(unknown location\)$/, '').replace(/\.$/, '');
  const message = `${what}${packagePlace(fault)}.`;
  const text = program.source.slice(cell.toSource(fault.range.start), cell.toSource(fault.range.end));
  const at = name === undefined ? -1 : text.search(new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?!\\w)`));
  const start = cell.toDocument(cell.toSource(fault.range.start) + at);
  const fixes =
    at < 0
      ? []
      : near.map(
          (candidate): Fix => ({
            title: `Import \`${candidate}\``,
            edits: [{ start, end: start + name!.length, newText: candidate }],
            ...(near.length === 1 ? { preferred: true } : {}),
          }),
        );
  return {
    range: fault.range,
    message: near.length === 0 ? message : `${message} Did you mean ${orList(near)}?`,
    cause: message,
    related: tracePlaces(fault),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}
