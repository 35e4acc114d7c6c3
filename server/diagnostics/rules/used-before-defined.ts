/** A reference above the cell that defines its name. */
import type { Analysis, Definition, RefResult } from '../../evaluation/analysis';
import { cellName } from '../faults';
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
      yield {
        range: result.ref.exprRange,
        message: `\`${later.name}\` is used before it is defined: ${cellName(cell, analysis)} sets it further down, at line ${line}.`,
        related: [{ range: later.range, message: `\`${later.name}\` is defined here` }],
      };
    }
  },
};

/** The definition below a failed reference of the name that it misses. */
export function laterDefinition(result: RefResult, analysis: Analysis): Definition | undefined {
  const { fault, ref } = result;
  if (result.status !== 'failed' || fault?.type !== 'NameError' || fault.name === undefined) return undefined;
  if (fault.blame !== undefined || unopenedCellFor(result, analysis) !== undefined) return undefined;
  return analysis.futureDefinitionOf(fault.name, ref.cellsBefore);
}
