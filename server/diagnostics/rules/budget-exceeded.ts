/** A cell or a reference that used up one of its budgets and was ended. */
import type { OffsetRange } from '../../chapter/ranges';
import type { Analysis, CellFault } from '../../evaluation/analysis';
import { unknownText } from '../../evaluation/unknowns';
import { sourceOf } from '../displays';
import { cellName } from '../faults';
import type { Consequence, Draft, Rule } from '../rule';

export const budgetExceeded: Rule = {
  code: 'budget-exceeded',
  severity: 'warning',
  *chapter(analysis): Iterable<Draft> {
    /** Where the budget of the chapter was used up: what stands below gets no more of it. */
    let exhausted: OffsetRange | undefined;
    const draft = (fault: CellFault, range: OffsetRange, what: Consequence['what'], cause?: string): Draft => {
      const message = what === 'cell' ? fault.message : fault.message.replace(/^the cell /, 'the reference ');
      if (!message.startsWith(OF_CHAPTER))
        return { range: fault.range, message, ...(cause === undefined ? {} : { cause }) };
      if (exhausted !== undefined)
        return { range, severity: 'hint', message, consequence: { of: exhausted, effect: 'unknown', what } };
      exhausted = fault.range;
      return { range: fault.range, message };
    };
    for (const { cell, fault } of analysis.faultyCells)
      if (fault?.type === 'BudgetExceeded') yield draft(fault, cell.fenceRange, 'cell');
    for (const result of analysis.faultyRefs) {
      const { ref, fault } = result;
      if (fault?.type === 'BudgetExceeded') yield draft(fault, ref.exprRange, 'reference', sourceOf(result, analysis));
    }
    yield* consequences(analysis);
  },
};

/** How the messages begin that are about the budget of all cells together. */
const OF_CHAPTER = 'the cells of this chapter ';

function* consequences(analysis: Analysis): Iterable<Draft> {
  for (const cell of analysis.faultyCells)
    for (const cause of cell.affected) {
      const of =
        cause.kind !== 'budget' || cause.cell === undefined ? undefined : analysis.cells[cause.cell]?.fault?.range;
      if (of === undefined || cause.cell === cell.cell.index) continue;
      yield {
        range: cell.cell.fenceRange,
        severity: 'hint',
        message: `Values of ${cellName(cell, analysis)} are ${unknownText(cause, analysis.cells)}.`,
        consequence: { of, effect: 'unknown', what: 'cell' },
      };
    }
  for (const { ref, unknown } of analysis.faultyRefs) {
    const of =
      unknown?.kind !== 'budget' || unknown.cell === undefined ? undefined : analysis.cells[unknown.cell]?.fault?.range;
    if (unknown === undefined || of === undefined) continue;
    yield {
      range: ref.exprRange,
      severity: 'hint',
      message: `\`${ref.expr}\` is ${unknownText(unknown, analysis.cells)}.`,
      consequence: { of, effect: 'unknown', what: 'reference' },
    };
  }
}
