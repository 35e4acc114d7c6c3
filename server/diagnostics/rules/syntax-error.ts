/** A cell or a reference that is not valid Python. */
import type { CellRule, ChapterRule, Draft } from '../rule';

export const syntaxError: CellRule = {
  code: 'syntax-error',
  severity: 'error',
  dependsOn: 'cell',
  *check(cell): Iterable<Draft> {
    for (const issue of cell.issues) yield { range: issue.range, message: `${issue.kind}: ${issue.message}` };
  },
};

/** The same fault in a reference; it has the same code. */
export const syntaxErrorInRef: ChapterRule = {
  code: 'syntax-error',
  severity: 'error',
  dependsOn: 'chapter',
  *check(analysis): Iterable<Draft> {
    for (const { status, fault, ref } of analysis.refs)
      if (status === 'syntax-error')
        yield {
          range: ref.exprRange,
          message: `The reference is not a Python expression: ${fault?.message ?? 'invalid syntax'}`,
        };
  },
};
