/** A reference that computes: a call with arithmetic, an f-string, a formula. */
import type { Expression } from '../../../mlsys';
import type { RefResult } from '../../evaluation/analysis';
import type { Draft, Rule } from '../rule';

export const inlineExpression: Rule = {
  code: 'inline-expression',
  severity: 'hint',
  *block({ refs }): Iterable<Draft> {
    for (const result of refs) {
      if (!isComputed(result)) continue;
      const { exprRange, expr } = result.ref;
      yield {
        range: exprRange,
        // Who formats in the sentences does so in all of them: that is one thing to know.
        ...(isFormat(result.expression!) && { cause: 'format' }),
        message: `\`${expr}\` is computed in the prose, where no guard sees it and no other sentence can use it. Give it a name in a cell.`,
      };
    }
  },
};

/** Names and attributes, which most references are: there is no need to parse them. */
const PLAIN = /^\s*[\w.]+\s*$/;

function isComputed(result: RefResult): boolean {
  if (PLAIN.test(result.ref.expr)) return false;
  const { expression } = result;
  return expression !== undefined && computes(expression);
}

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

/** True for a text that does no more than format what cells made. */
function isFormat(expression: Expression): boolean {
  return (
    expression.kind === 'JoinedStr' && expression.parts.every(part => typeof part === 'string' || !computes(part.value))
  );
}
