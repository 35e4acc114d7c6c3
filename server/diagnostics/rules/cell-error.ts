/** An exception that no more particular rule reports, in a cell or in a reference. */
import type { CellFault } from '../../evaluation/analysis';
import { codeOfFault, faultText, packagePlace, tracePlaces } from '../faults';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import type { Rule } from '../rule';
import { orList } from '../similar';

export const cellError: Rule = {
  code: 'cell-error',
  severity: 'error',
  *cell({ fault, cell, program }) {
    if (fault === undefined || codeOfFault(fault) !== 'cell-error' || missingFile(fault) !== undefined) return;
    const { near, name, range } = fault;
    const message = `${faultText(fault)}${packagePlace(fault)}`;
    const draft = { range, message, related: tracePlaces(fault) };
    if (near.length === 0 || name === undefined) yield draft;
    else {
      const from = cell.toSource(range.start);
      const at = program.source.slice(from, cell.toSource(range.end)).lastIndexOf(name);
      const place = cell.toDocumentRange({ start: from + at, end: from + at + name.length });
      const fixes = near.map(
        (candidate): Fix => ({
          title: `Use \`${candidate}\``,
          edits: [replacement(place, candidate)],
          ...(near.length === 1 ? { preferred: true } : {}),
        }),
      );
      const full = `${message.replace(/\.?$/, '.')} Did you mean ${orList(near)}?`;
      yield { ...draft, message: full, ...(at < 0 ? {} : { fixes }) };
    }
  },
  *chapter({ cells, faultyCells }) {
    for (const { cell, fault } of faultyCells) {
      const file = fault === undefined ? undefined : missingFile(fault);
      if (fault === undefined || file === undefined) continue;
      const draft = { range: fault.range, related: tracePlaces(fault) };
      const message = `${faultText(fault)}${packagePlace(fault)}`;
      if (cells.slice(0, cell.index).some(above => above.cell.source.includes(file)))
        yield {
          ...draft,
          severity: 'info',
          message: `${message.replace(/\.?$/, '.')} A cell above names it, and may write it.`,
        };
      else yield { ...draft, message };
    }
  },
  *block({ faulty }) {
    for (const { ref, fault } of faulty) {
      if (fault === undefined || fault.type === 'AttributeError' || codeOfFault(fault) !== 'cell-error') continue;
      yield { range: ref.exprRange, message: `The reference raises ${faultText(fault)}`, related: tracePlaces(fault) };
    }
  },
};

/** The name without folders of a file that was not found; undefined for other faults. */
function missingFile({ type, message }: CellFault): string | undefined {
  return type === 'FileNotFoundError' ? /([^/']+)'$/.exec(message)?.[1] : undefined;
}
