/** A cell or a reference that is not valid Python. */
import { codeOfFault, faultText, tracePlaces } from '../faults';
import type { Draft, Rule } from '../rule';
import { LOST_END } from './malformed-reference';
import { openingWithin } from './unclosed-fence';

export const syntaxError: Rule = {
  code: 'syntax-error',
  severity: 'error',
  *cell({ cell, issues, fault }) {
    // Prose that a cell without its closing fence takes in is no Python; nor is the next cell.
    const isOpen = cell.closeRange === undefined || (issues.length > 0 && openingWithin(cell.source) !== undefined);
    const lost: Partial<Draft> = isOpen ? { consequence: { of: cell.fenceRange, effect: 'shown', what: 'cell' } } : {};
    for (const issue of issues) yield { range: issue.range, message: `${issue.kind}: ${issue.message}`, ...lost };
    // The cell may be good Python and import a module that is not.
    if (issues.length === 0 && fault !== undefined && codeOfFault(fault) === 'syntax-error')
      yield { range: fault.range, message: faultText(fault), related: tracePlaces(fault) };
  },
  *block({ faulty }) {
    // A reference that is not closed is told as such.
    for (const { status, fault, ref } of faulty)
      if (status === 'syntax-error' && !LOST_END.test(ref.expr))
        yield {
          range: ref.exprRange,
          message: `The reference is not a Python expression: ${fault?.message ?? 'invalid syntax'}`,
        };
  },
};
