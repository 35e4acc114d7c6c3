/** An exception that no more particular rule reports, in a cell or in a reference. */
import { codeOfFault, faultText, packagePlace, tracePlaces } from '../faults';
import type { Rule } from '../rule';

export const cellError: Rule = {
  code: 'cell-error',
  severity: 'error',
  *cell({ fault }) {
    if (fault === undefined || codeOfFault(fault) !== 'cell-error') return;
    yield { range: fault.range, message: `${faultText(fault)}${packagePlace(fault)}`, related: tracePlaces(fault) };
  },
  *block({ faulty }) {
    for (const { ref, fault } of faulty) {
      if (fault === undefined || fault.type === 'AttributeError' || codeOfFault(fault) !== 'cell-error') continue;
      yield { range: ref.exprRange, message: `The reference raises ${faultText(fault)}`, related: tracePlaces(fault) };
    }
  },
};
