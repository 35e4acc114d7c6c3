/** A cell that used up one of its budgets and was ended. */
import type { CellFault } from '../../evaluation/analysis';
import type { Draft, Rule } from '../rule';

export const budgetExceeded: Rule = {
  code: 'budget-exceeded',
  severity: 'error',
  *cell({ fault }) {
    yield* drafts(fault);
  },
  *block({ refs }) {
    for (const { fault } of refs) yield* drafts(fault);
  },
};

function* drafts(fault: CellFault | undefined): Iterable<Draft> {
  if (fault?.type === 'BudgetExceeded') yield { range: fault.range, message: fault.message };
}
