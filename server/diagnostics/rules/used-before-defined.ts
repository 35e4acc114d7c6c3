/** A reference above the cell that defines its name. */
import type { Analysis, CellResult, Definition, RefResult } from '../../evaluation/analysis';
import { movedAbove } from '../contract/moveCell';
import { cellName } from '../faults';
import type { Fix } from '../finding';
import { lineOf } from '../recording';
import type { Draft, Rule } from '../rule';
import { unopenedCellFor } from './unopened-cell';

export const usedBeforeDefined: Rule = {
  code: 'used-before-defined',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    for (const result of analysis.faultyRefs) {
      const later = laterDefinition(result, analysis);
      if (later === undefined) continue;
      const cell = analysis.cells[later.cell]!;
      const line = lineOf(later.range, analysis);
      const fix = moveFix(cell, result, analysis);
      yield {
        range: result.ref.exprRange,
        cause: `${later.cell} ${later.name}`,
        message: `\`${later.name}\` is used before it is defined: ${cellName(cell, analysis)} sets it further down, at line ${line}.`,
        related: [{ range: later.range, message: `\`${later.name}\` is defined here` }],
        ...(fix === undefined ? {} : { fixes: [fix] }),
      };
    }
  },
};

/** The fix that moves the cell above everything that is used too early. */
function moveFix(cell: CellResult, result: RefResult, analysis: Analysis): Fix | undefined {
  const first = analysis.faultyRefs.find(one => laterDefinition(one, analysis)?.cell === cell.cell.index) ?? result;
  const line = analysis.chapter.lines.lineAt(first.ref.range.start) + 1;
  return movedAbove(
    cell,
    first.ref.block,
    `Move ${cellName(cell, analysis)} up, above line ${line}; no value changes`,
    analysis,
  );
}

/** The definition below a failed reference of the name that it misses. */
export function laterDefinition(result: RefResult, analysis: Analysis): Definition | undefined {
  const { fault, ref } = result;
  if (result.status !== 'failed' || fault?.type !== 'NameError' || fault.name === undefined) return undefined;
  if (fault.blame !== undefined || unopenedCellFor(result, analysis) !== undefined) return undefined;
  return analysis.futureDefinitionOf(fault.name, ref.cellsBefore);
}
