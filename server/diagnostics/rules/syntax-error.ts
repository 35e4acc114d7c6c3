/** A cell or a reference that is not valid Python. */
import type { Rule } from '../rule';

export const syntaxError: Rule = {
  code: 'syntax-error',
  severity: 'error',
  *cell({ issues }) {
    for (const issue of issues) yield { range: issue.range, message: `${issue.kind}: ${issue.message}` };
  },
  *block({ refs }) {
    for (const { status, fault, ref } of refs)
      if (status === 'syntax-error')
        yield {
          range: ref.exprRange,
          message: `The reference is not a Python expression: ${fault?.message ?? 'invalid syntax'}`,
        };
  },
};
