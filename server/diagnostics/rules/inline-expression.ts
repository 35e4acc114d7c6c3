/** A reference that computes: a call with arithmetic, an f-string, a formula. */
import type { Expression } from '../../../mlsys';
import type { Draft, Rule } from '../rule';

export const inlineExpression: Rule = {
  code: 'inline-expression',
  severity: 'hint',
  *block({ refs }): Iterable<Draft> {
    for (const { ref, expression } of refs)
      if (expression !== undefined && computes(expression))
        yield {
          range: ref.exprRange,
          message: `\`${ref.expr}\` is computed in the prose, where no guard sees it and no other sentence can use it. Give it a name in a cell.`,
        };
  },
};

/** Names, attributes, items, and a wrapper of one of them (`Markdown(x)`) only show what a cell made. */
function computes(expression: Expression): boolean {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
      return false;
    case 'Attribute':
      return computes(expression.value);
    case 'Subscript':
      return computes(expression.value);
    case 'Call':
      return (
        expression.args.length > 1 ||
        expression.keywords.length > 0 ||
        expression.args.some(one => computes(one)) ||
        computes(expression.func)
      );
    default:
      return true;
  }
}
