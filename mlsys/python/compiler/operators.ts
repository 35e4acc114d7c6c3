/** Operators: arithmetic, comparison, `and`, `or`, `not`, conditional expressions. */

import type { Frame } from '../runtime/frame';
import { unknownIdentity } from '../runtime/identity';
import { largeIntegers } from '../runtime/numbers/integers';
import type { Value } from '../runtime/objects';
import { binary, compare, contains, inplace, is, sameText, truth, unary } from '../runtime/operations';
import { causeOf, isUnknown, spread, UnknownReached } from '../runtime/unknown';
import type {
  BinaryOperator,
  BinOp,
  BoolOp,
  Compare,
  CompareOperator,
  Expression,
  IfExp,
  Span,
  UnaryOp,
} from '../syntax/ast';
import { compileExpression } from './expressions';
import { noteSearched } from './namespaces';
import type { Scope } from './scope';
import type { Evaluate } from './unit';

/** Applies a binary operator; the commonest operands are served here, all others by the runtime. */
export function compileBinary(node: BinOp, scope: Scope): Evaluate {
  const left = compileExpression(node.left, scope);
  const right = compileExpression(node.right, scope);
  const { op } = node;
  switch (op) {
    case '+':
      return frame => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'number' && typeof b === 'number') return a + b;
        if (typeof a === 'bigint' && typeof b === 'bigint' && !largeIntegers.met) return a + b;
        frame.at = node;
        return binary('+', a, b);
      };
    case '-':
      return frame => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'number' && typeof b === 'number') return a - b;
        if (typeof a === 'bigint' && typeof b === 'bigint' && !largeIntegers.met) return a - b;
        frame.at = node;
        return binary('-', a, b);
      };
    case '*':
      return frame => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'number' && typeof b === 'number') return a * b;
        frame.at = node;
        return binary('*', a, b);
      };
    case '/':
      return frame => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'number' && typeof b === 'number' && b !== 0) return a / b;
        frame.at = node;
        return binary('/', a, b);
      };
    default:
      return frame => {
        const a = left(frame);
        const b = right(frame);
        frame.at = node;
        return binary(op, a, b);
      };
  }
}

/** `target op= value` on values. */
export function applyInplace(op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint' && !largeIntegers.met) {
    if (op === '+') return a + b;
    if (op === '-') return a - b;
  } else if (typeof a === 'number' && typeof b === 'number') {
    if (op === '+') return a + b;
    if (op === '-') return a - b;
    if (op === '*') return a * b;
  }
  return inplace(op, a, b);
}

export function compileUnary(node: UnaryOp, scope: Scope): Evaluate {
  const { op } = node;
  if (op === 'not') {
    const operand = compileExpression(node.operand, scope);
    return frame => {
      const value = operand(frame);
      if (value === true) return false;
      if (value === false || value === null) return true;
      frame.at = node;
      return isUnknown(value) ? spread(causeOf(value)) : !truth(value);
    };
  }
  const operand = compileExpression(node.operand, scope);
  return frame => {
    const value = operand(frame);
    frame.at = node;
    return unary(op, value);
  };
}

/** Evaluates an expression of which only the truth matters. */
export type Test = (frame: Frame) => boolean;

/** Such an expression: as in CPython, each operand of its `and`, `or` and `not` is asked for its truth once. */
export function compileTest(node: Expression, scope: Scope): Test {
  switch (node.kind) {
    case 'BoolOp':
      return booleanTest(node, scope);
    case 'UnaryOp':
      if (node.op === 'not') {
        const operand = compileTest(node.operand, scope);
        return frame => !operand(frame);
      }
      break;
    case 'IfExp': {
      const test = compileTest(node.test, scope);
      const body = compileTest(node.body, scope);
      const orelse = compileTest(node.orelse, scope);
      return frame => (test(frame) ? body(frame) : orelse(frame));
    }
    case 'Compare':
      if (node.ops.length > 1) return chainTest(node, scope);
      break;
    default:
  }
  const evaluate = compileExpression(node, scope);
  return frame => {
    const value = evaluate(frame);
    if (value === true) return true;
    if (value === false || value === null) return false;
    frame.at = node;
    return truth(value);
  };
}

function booleanTest(node: BoolOp, scope: Scope): Test {
  const tests = node.values.map(value => compileTest(value, scope));
  const wanted = node.op === 'or';
  return frame => {
    for (const test of tests) if (test(frame) === wanted) return wanted;
    return !wanted;
  };
}

export function compileBoolean(node: BoolOp, scope: Scope): Evaluate {
  const values = node.values.map(value => compileExpression(value, scope));
  const wanted = node.op === 'or';
  const last = values.length - 1;
  return frame => {
    for (let at = 0; at < last; at++) {
      const value = values[at]!(frame);
      frame.at = node.values[at]!;
      if (truth(value) === wanted) return value;
    }
    return values[last]!(frame);
  };
}

export function compileConditional(node: IfExp, scope: Scope): Evaluate {
  const test = compileTest(node.test, scope);
  const body = compileExpression(node.body, scope);
  const orelse = compileExpression(node.orelse, scope);
  return frame => (test(frame) ? body(frame) : orelse(frame));
}

type Comparison = (a: Value, b: Value, frame: Frame) => Value;

/** The same for a comparison in the condition of a guard. */
function keptComparison(operator: CompareOperator, chained: boolean): Comparison {
  const apply = comparison(operator);
  return (left, right, frame) => {
    frame.guard?.comparisons.push({ left, operator, right, chained });
    return apply(left, right);
  };
}

/** The function that compares two values. */
export function comparison(op: CompareOperator): (a: Value, b: Value) => Value {
  switch (op) {
    case 'is':
      return (a, b) => unknownIdentity(a, b) ?? is(a, b);
    case 'is not':
      return (a, b) => unknownIdentity(a, b) ?? !is(a, b);
    case 'in':
      return (a, b) => membership(a, b, true);
    case 'not in':
      return (a, b) => membership(a, b, false);
    case '<':
      return (a, b) => (isPlain(a, b) ? a! < b! : compare('<', a, b));
    case '<=':
      return (a, b) => (isPlain(a, b) ? a! <= b! : compare('<=', a, b));
    case '>':
      return (a, b) => (isPlain(a, b) ? a! > b! : compare('>', a, b));
    case '>=':
      return (a, b) => (isPlain(a, b) ? a! >= b! : compare('>=', a, b));
    case '==':
      return (a, b) => {
        if (typeof a === 'string' && typeof b === 'string') return sameText(a, b);
        return isPlain(a, b) ? a === b : compare('==', a, b);
      };
    default:
      return (a, b) => {
        if (typeof a === 'string' && typeof b === 'string') return !sameText(a, b);
        return isPlain(a, b) ? a !== b : compare('!=', a, b);
      };
  }
}

/** Whether `item in container` is what is wanted; unknown where one of them is. */
function membership(item: Value, container: Value, wanted: boolean): Value {
  try {
    return contains(container, item) === wanted;
  } catch (error) {
    if (error instanceof UnknownReached) return spread(error.cause);
    throw error;
  }
}

/** Two floats or two ints, which JavaScript compares as Python does. */
function isPlain(a: Value, b: Value): boolean {
  if (typeof a === 'number') return typeof b === 'number';
  return typeof a === 'bigint' && typeof b === 'bigint' && !largeIntegers.met;
}

export function compileCompare(node: Compare, scope: Scope): Evaluate {
  if (node.ops.length === 1) {
    const left = compileExpression(node.left, scope);
    const kept = scope.guarded?.has(node) === true ? keptComparison : comparison;
    if (node.ops[0] === 'in' || node.ops[0] === 'not in') noteSearched(node.comparators[0]!);
    const right = compileExpression(node.comparators[0]!, scope);
    const apply = kept(node.ops[0]!, false);
    return frame => {
      const a = left(frame);
      const b = right(frame);
      frame.at = node;
      return apply(a, b, frame);
    };
  }
  return chain(node, scope, (result, isLast) => isLast || !truth(result));
}

/** A chained comparison of which only the truth matters. */
function chainTest(node: Compare, scope: Scope): Test {
  let holds = true;
  const evaluate = chain(node, scope, (result, isLast) => {
    holds = truth(result);
    return isLast || !holds;
  });
  return frame => {
    evaluate(frame);
    return holds;
  };
}

/** `a < b < c`; `ends` tells whether the result of a comparison is that of all. */
function chain(node: Compare, scope: Scope, ends: (result: Value, isLast: boolean) => boolean): Evaluate {
  const left = compileExpression(node.left, scope);
  const kept = scope.guarded?.has(node) === true ? keptComparison : comparison;
  const operands = node.comparators.map(one => compileExpression(one, scope));
  const comparisons = node.ops.map((op, at) => kept(op, at > 0));
  const last = operands.length - 1;
  const spans: Span[] = operands.map((_, at) => ({
    start: at === 0 ? node.start : node.comparators[at - 1]!.start,
    end: node.comparators[at]!.end,
  }));
  return frame => {
    let a = left(frame);
    for (let at = 0; ; at++) {
      const b = operands[at]!(frame);
      frame.at = spans[at]!;
      const result = comparisons[at]!(a, b, frame);
      if (ends(result, at === last)) return result;
      a = b;
    }
  };
}
