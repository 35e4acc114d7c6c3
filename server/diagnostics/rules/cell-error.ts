/** An exception that no more particular rule reports, in a cell or in a reference. */
import type { Analysis, CellFault, CellResult } from '../../evaluation/analysis';
import { codeOfFault, faultPlace, faultText, packagePlace, tracePlaces } from '../faults';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import { type Draft, lowered, type Rule } from '../rule';
import { orList } from '../similar';

export const cellError: Rule = {
  code: 'cell-error',
  severity: 'error',
  *chapter(analysis) {
    const { cells, faultyCells } = analysis;
    for (const result of faultyCells) {
      const { cell, fault } = result;
      if (fault === undefined || codeOfFault(fault) !== 'cell-error') continue;
      const file = missingFile(fault);
      if (file === undefined) {
        yield { ...raised(result, fault), ...consequenceOf(result, analysis) };
        continue;
      }
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

function raised({ cell, program }: CellResult, fault: CellFault): Draft {
  const { near, name, range } = fault;
  const message = `${faultText(fault)}${packagePlace(fault)}`;
  const draft = { range, message, related: tracePlaces(fault) };
  if (near.length === 0 || name === undefined) return draft;
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
  return { ...draft, message: full, ...(at < 0 ? {} : { fixes }) };
}

/** What raises for a name in doubt follows from the cell or reference that failed to make it. */
function consequenceOf(
  { cell, names, fault }: CellResult,
  analysis: Analysis,
): Pick<Draft, 'consequence' | 'severity'> {
  for (const name of names.reads) {
    const doubt = fault === undefined ? undefined : analysis.doubtAt(name, cell.index);
    if (doubt === undefined) continue;
    const of = doubt.cell === undefined ? doubt.range : faultPlace(analysis.cells[doubt.cell]!);
    return { severity: lowered('error'), consequence: { of, effect: 'missing', what: 'cell' } };
  }
  return {};
}

/** The name without folders of a file that was not found; undefined for other faults. */
function missingFile({ type, message }: CellFault): string | undefined {
  return type === 'FileNotFoundError' ? /([^/']+)'$/.exec(message)?.[1] : undefined;
}
