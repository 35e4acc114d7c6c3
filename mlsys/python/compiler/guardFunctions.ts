/**
 * Which functions guard, seen from their bodies: where the condition is false they raise on every way, where it is true they
 * need not, and they give nothing back that a program would go on with.
 */
import type { Guard } from '../runtime/guards';
import type { Expression, FunctionDef, Statement } from '../syntax/ast';
import { boundNames } from '../syntax/targets';

/** How code ends: with an exception on every way, with a return, or by going on; undefined where it may do either. */
type End = 'raises' | 'returns' | 'goes on' | undefined;

/** `isMethod` for a function that gets an object first. */
export function guardOf(node: FunctionDef, isMethod: boolean): Guard | undefined {
  const { positionalOnly, positional } = node.params;
  const parameter = isMethod ? 1 : 0;
  const name = [...positionalOnly, ...positional][parameter]?.name.name;
  if (name === undefined || node.body.length > LONGEST || !node.body.every(isPlain)) return undefined;
  const check = new Walk(name, false);
  const certain = check.end(node.body) === 'raises' && new Walk(name, true).end(node.body) !== 'raises';
  if (check.changes || check.gives) return undefined;
  if (certain) return { parameter, certain };
  const opposite = new Walk(name, true);
  opposite.end(node.body);
  if (check.mayRaise && !opposite.mayRaise) return { parameter, certain: true, lenient: true };
  return node.body.some(one => handsOn(one, name)) ? { parameter, certain: false } : undefined;
}

/** Longer bodies do more than guard. */
const LONGEST = 8;

/** Statements that a guard consists of. */
function isPlain({ kind }: Statement): boolean {
  return !(kind === 'For' || kind === 'While' || kind === 'Try' || kind === 'ClassDef' || kind === 'FunctionDef');
}

/** `other(condition, …)` as a statement */
function handsOn(node: Statement, name: string): boolean {
  if (node.kind !== 'ExprStatement' || node.value.kind !== 'Call') return false;
  const [first] = node.value.args;
  return first?.kind === 'Name' && first.id === name;
}

/** Follows a body with the condition taken as true or false. */
class Walk {
  readonly #name: string;
  readonly #holds: boolean;
  /** True where the condition is assigned to. */
  changes = false;
  /** True where a value is returned, other than the condition, a truth value or None, or kept in an object. */
  gives = false;
  /** True where it raises, or may do so by what other arguments say. */
  mayRaise = false;

  constructor(name: string, holds: boolean) {
    this.#name = name;
    this.#holds = holds;
  }

  end(body: readonly Statement[]): End {
    let end: End = 'goes on';
    // All statements are looked at, since the other walk may come to them.
    for (const statement of body) {
      const { mayRaise } = this;
      const own = this.#one(statement);
      if (end === 'goes on') end = own;
      // What stands behind a return or an exception does not run.
      else if (end !== undefined) this.mayRaise = mayRaise;
    }
    return end;
  }

  #one(node: Statement): End {
    switch (node.kind) {
      case 'Raise':
        this.mayRaise = true;
        return 'raises';
      case 'Return':
        if (!this.#isNothing(node.value)) this.gives = true;
        return 'returns';
      case 'Assert':
        return this.#truth(node.test) === false ? 'raises' : 'goes on';
      case 'With':
        return this.end(node.body);
      case 'If': {
        const truth = this.#truth(node.test);
        const before = this.mayRaise;
        const body = this.end(node.body);
        if (truth === false) this.mayRaise = before;
        const between = this.mayRaise;
        const orelse = this.end(node.orelse);
        if (truth === true) this.mayRaise = between;
        return truth === undefined ? (body === orelse ? body : undefined) : truth ? body : orelse;
      }
      case 'Assign':
        for (const target of node.targets) this.#assigned(target);
        return 'goes on';
      case 'AugAssign':
      case 'AnnAssign':
        this.#assigned(node.target);
        return 'goes on';
      default:
        return 'goes on';
    }
  }

  #assigned(target: Expression): void {
    if (boundNames(target).some(({ id }) => id === this.#name)) this.changes = true;
    if (target.kind === 'Attribute' || target.kind === 'Subscript') this.gives = true;
  }

  /** Whether a test holds, where the condition alone decides it. */
  #truth(test: Expression): boolean | undefined {
    if (this.#isCondition(test)) return this.#holds;
    if (test.kind === 'UnaryOp' && test.op === 'not') {
      const inner = this.#truth(test.operand);
      return inner === undefined ? undefined : !inner;
    }
    if (test.kind === 'Compare' && test.comparators.length === 1 && this.#isCondition(test.left)) {
      const [other] = test.comparators;
      if (other?.kind !== 'Constant' || typeof other.value !== 'boolean') return undefined;
      const same = test.ops[0] === 'is' || test.ops[0] === '==';
      if (!same && test.ops[0] !== 'is not' && test.ops[0] !== '!=') return undefined;
      return (this.#holds === other.value) === same;
    }
    return undefined;
  }

  /** The condition itself, or `bool(condition)`. */
  #isCondition(node: Expression): boolean {
    if (node.kind === 'Name') return node.id === this.#name;
    if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== 'bool') return false;
    return node.args.length === 1 && this.#isCondition(node.args[0]!);
  }

  #isNothing(value: Expression | undefined): boolean {
    if (value === undefined || this.#isCondition(value)) return true;
    return value.kind === 'Constant' && (value.value === null || typeof value.value === 'boolean');
  }
}
