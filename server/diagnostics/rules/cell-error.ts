/** An exception that no more particular rule reports, in a cell or in a reference. */
import { codeOfFault, faultText, tracePlaces } from '../faults';
import type { ChapterRule, Draft } from '../rule';

export const cellError: ChapterRule = {
  code: 'cell-error',
  severity: 'error',
  dependsOn: 'chapter',
  *check(analysis): Iterable<Draft> {
    for (const { cell, fault } of analysis.cells) {
      if (fault === undefined || codeOfFault(fault) !== 'cell-error') continue;
      if (cell.option('error')?.value === true) continue;
      yield { range: fault.range, message: faultText(fault), related: tracePlaces(fault) };
    }
    for (const { ref, fault } of analysis.refs) {
      if (fault === undefined || fault.type === 'AttributeError' || codeOfFault(fault) !== 'cell-error') continue;
      yield { range: ref.exprRange, message: `The reference raises ${faultText(fault)}`, related: tracePlaces(fault) };
    }
  },
};
