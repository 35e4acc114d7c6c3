/** A cell that used up one of its budgets and was ended. */
import type { ChapterRule, Draft } from '../rule';

export const budgetExceeded: ChapterRule = {
  code: 'budget-exceeded',
  severity: 'error',
  dependsOn: 'chapter',
  *check(analysis): Iterable<Draft> {
    for (const { fault } of [...analysis.cells, ...analysis.refs])
      if (fault?.type === 'BudgetExceeded') yield { range: fault.range, message: fault.message };
  },
};
