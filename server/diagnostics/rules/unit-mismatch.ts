/** Quantities of different kinds that were mixed: refused by the unit library, or let pass as plain counts. */
import { codeOfFault, packagePlace, tracePlaces } from '../faults';
import type { Draft, Rule } from '../rule';

export const unitMismatch: Rule = {
  code: 'unit-mismatch',
  severity: 'error',
  *cell({ fault, notices }): Iterable<Draft> {
    if (fault !== undefined && codeOfFault(fault) === 'unit-mismatch')
      yield {
        range: fault.range,
        message: `${fault.message}${packagePlace(fault)}.`,
        related: tracePlaces(fault),
      };
    for (const notice of notices)
      if (notice.kind === 'unit-mismatch') yield { range: notice.range, severity: 'warning', message: notice.message };
  },
};
