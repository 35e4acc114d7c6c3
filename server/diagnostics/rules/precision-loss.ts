/** Formatting that would print a value as zero which is not. */
import { codeOfFault } from '../faults';
import type { Draft, Rule } from '../rule';

export const precisionLoss: Rule = {
  code: 'precision-loss',
  severity: 'error',
  *cell({ fault, notices }): Iterable<Draft> {
    if (fault !== undefined && codeOfFault(fault) === 'precision-loss')
      yield { range: fault.range, message: fault.message };
    for (const notice of notices)
      if (notice.kind === 'precision-loss') yield { range: notice.range, severity: 'warning', message: notice.message };
  },
};
