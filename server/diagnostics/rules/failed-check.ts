/** A guard that does not hold: reported at the guard, and one step lower at each sentence that its cell should feed. */
import { blamePlace, cellName, codeOfFault, GUARD_PREFIX, rootOfBlame } from '../faults';
import { type Draft, lowered, type Rule } from '../rule';

export const failedCheck: Rule = {
  code: 'failed-check',
  severity: 'error',
  *cell(cell) {
    const failed = cell.checks.filter(check => !check.passed);
    for (const check of failed) yield { range: check.range, message: `Check failed: ${withoutPrefix(check.message)}` };
    const { fault } = cell;
    if (fault === undefined || codeOfFault(fault) !== 'failed-check') return;
    // A guard written by hand raises its own ValueError and leaves no record of a check.
    const recorded = failed.some(check => check.range.start <= fault.range.start && fault.range.end <= check.range.end);
    if (!recorded) yield { range: fault.range, message: `Check failed: ${withoutPrefix(fault.message)}` };
  },
  *chapter(analysis): Iterable<Draft> {
    for (const { ref, fault } of analysis.faultyRefs) {
      if (fault?.blame === undefined) continue;
      const cause = rootOfBlame(fault.blame, analysis);
      if (cause?.fault === undefined || codeOfFault(cause.fault) !== 'failed-check') continue;
      yield {
        range: ref.exprRange,
        severity: lowered('error'),
        message: `\`${ref.expr}\` is in doubt: a check of ${cellName(cause, analysis)} failed (${withoutPrefix(cause.fault.message)}).`,
        related: [blamePlace(cause, analysis)],
      };
    }
  },
};

function withoutPrefix(message: string): string {
  return message.startsWith(GUARD_PREFIX) ? message.slice(GUARD_PREFIX.length) : message;
}
