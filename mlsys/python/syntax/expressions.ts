/** Expressions by precedence: from `a if b else c` down to the operand of an operator. */
import type {
  BinaryOperator,
  CompareOperator,
  Comprehension,
  Expression,
  Name,
  NamedExpr,
  Parameter,
  Parameters,
} from './ast';
import { AtomParser } from './atoms';
import { describeExpression, type SyntaxFault } from './faults';
import { invalidTarget } from './targets';
import type { Token } from './tokens';

/** Binding strength of the left-associative binary operators. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['|', 1],
  ['^', 2],
  ['&', 3],
  ['<<', 4],
  ['>>', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['//', 6],
  ['%', 6],
  ['@', 6],
]);

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'is', 'in', 'not']);

/** Names that were statements in Python 2. */
const LEGACY_STATEMENTS: ReadonlySet<string> = new Set(['print', 'exec']);

/** True where an expression may end with the token. */
function endsOperand({ type, text }: Token): boolean {
  if (type === 'op') return text === ')' || text === ']' || text === '}' || text === '...';
  if (type === 'keyword') return text === 'None' || text === 'True' || text === 'False';
  return type === 'name' || type === 'number' || type === 'string' || type === 'fend';
}

export abstract class ExpressionParser extends AtomParser {
  /** `expression (',' expression)*`, starred ones allowed; a tuple where there is a comma. */
  override starExpressions(): Expression {
    return this.tupleOf(() => this.starExpression());
  }

  protected starExpression(): Expression {
    if (!this.sees('*')) return this.expression();
    const { start } = this.take();
    const value = this.bitwiseOr();
    return { kind: 'Starred', value, start, end: this.lastEnd() };
  }

  /** As `starExpression`, but `name := value` may stand instead. */
  override starNamedExpression(): Expression {
    return this.sees('*') ? this.starExpression() : this.namedExpression();
  }

  /** One item, or the tuple that a comma makes of it. */
  protected tupleOf(item: () => Expression): Expression {
    const { start } = this.peek();
    const first = item();
    if (!this.sees(',')) return first;
    const elements = [first];
    while (this.accept(',')) {
      if (!this.startsExpression(this.peek()) && !this.sees('*')) break;
      elements.push(item());
    }
    return { kind: 'Tuple', elements, start, end: this.lastEnd() };
  }

  override namedExpression(): Expression {
    if (this.peek().type === 'name' && this.peek(1).text === ':=') return this.nested(() => this.walrus());
    const value = this.expression();
    if (this.sees(':='))
      throw this.faultAt(`cannot use assignment expressions with ${describeExpression(value)}`, value);
    if (this.sees('=')) {
      const fault = this.misusedEquals(value);
      if (fault !== undefined) throw fault;
    }
    return value;
  }

  private walrus(): NamedExpr {
    const token = this.take();
    this.take();
    const target: Name = { kind: 'Name', id: token.text, start: token.start, end: token.end };
    const value = this.expression();
    return { kind: 'NamedExpr', target, value, start: token.start, end: this.lastEnd() };
  }

  /** The complaint about `value = ...` where only `==` or `:=` can stand. */
  protected misusedEquals(value: Expression): SyntaxFault | undefined {
    if (!this.isBitwiseOr(value)) return undefined;
    const right = this.attempt(() => {
      this.take();
      const operand = this.bitwiseOr();
      return this.sees('=') || this.sees(':=') ? undefined : operand;
    });
    if (right === undefined) return undefined;
    if (value.kind === 'Name')
      return this.faultFrom("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", value, right);
    const constant = value.kind === 'Constant' && (value.value === null || typeof value.value === 'boolean');
    if (constant || value.kind === 'List' || value.kind === 'Tuple' || value.kind === 'GeneratorExp') return undefined;
    const what = describeExpression(value);
    return this.faultAt(`cannot assign to ${what} here. Maybe you meant '==' instead of '='?`, value);
  }

  private isBitwiseOr(value: Expression): boolean {
    if (this.lastEnd() !== value.end) return true;
    if (value.kind === 'UnaryOp') return value.op !== 'not';
    return !['BoolOp', 'Compare', 'IfExp', 'Lambda', 'NamedExpr', 'Yield', 'YieldFrom', 'Starred'].includes(value.kind);
  }

  override expression(): Expression {
    return this.nested(() => {
      if (this.sees('lambda')) return this.lambda();
      const { start } = this.peek();
      const body = this.disjunction();
      if (!this.sees('if')) return body;
      this.take();
      const test = this.disjunction();
      if (this.sees(':')) throw this.unexpected();
      if (!this.sees('else'))
        throw this.juxtaposed(this.peek()) ?? this.faultFrom("expected 'else' after 'if' expression", body, test);
      this.take();
      const orelse = this.expression();
      return { kind: 'IfExp', test, body, orelse, start, end: this.lastEnd() };
    });
  }

  override disjunction(): Expression {
    const value = this.boolean('or', () => this.boolean('and', () => this.inversion()));
    this.lastOperand = value;
    this.lastOperandEnd = this.lastEnd();
    return value;
  }

  private boolean(op: 'and' | 'or', operand: () => Expression): Expression {
    const { start } = this.peek();
    const first = operand();
    if (!this.sees(op)) return first;
    const values = [first];
    while (this.accept(op)) values.push(operand());
    return { kind: 'BoolOp', op, values, start, end: this.lastEnd() };
  }

  private inversion(): Expression {
    if (!this.sees('not')) return this.comparison();
    const token = this.take();
    const operand = this.nested(() => this.inversion());
    return { kind: 'UnaryOp', op: 'not', operand, start: token.start, end: this.lastEnd() };
  }

  private comparison(): Expression {
    const { start } = this.peek();
    const left = this.bitwiseOr();
    if (!COMPARISONS.has(this.peek().text)) return left;
    const ops: CompareOperator[] = [];
    const comparators: Expression[] = [];
    for (let op = this.comparisonOperator(); op !== undefined; op = this.comparisonOperator()) {
      ops.push(op);
      comparators.push(this.bitwiseOr());
    }
    if (ops.length === 0) return left;
    return { kind: 'Compare', left, ops, comparators, start, end: this.lastEnd() };
  }

  private comparisonOperator(): CompareOperator | undefined {
    const token = this.peek();
    if ((token.type !== 'op' && token.type !== 'keyword') || !COMPARISONS.has(token.text)) return undefined;
    if (token.text === 'not') {
      if (this.peek(1).text !== 'in') return undefined;
      this.index += 2;
      return 'not in';
    }
    this.take();
    if (token.text === 'is' && this.accept('not')) return 'is not';
    return token.text as CompareOperator;
  }

  override bitwiseOr(): Expression {
    return this.binary(1);
  }

  private binary(strength: number): Expression {
    const { start } = this.peek();
    let left = this.factor();
    for (let length = 0; ; length++) {
      const token = this.peek();
      if (token.type !== 'op') return left;
      const found = PRECEDENCE.get(token.text);
      if (found === undefined || found < strength) return left;
      this.checkChain(length, left);
      this.take();
      const right = this.binary(found + 1);
      left = { kind: 'BinOp', left, op: token.text as BinaryOperator, right, start, end: this.lastEnd() };
    }
  }

  private factor(): Expression {
    const token = this.peek();
    if (token.type === 'op' && (token.text === '-' || token.text === '+' || token.text === '~')) {
      this.take();
      const operand = this.nested(() => this.factor());
      return { kind: 'UnaryOp', op: token.text, operand, start: token.start, end: this.lastEnd() };
    }
    const base = this.awaitPrimary();
    if (!this.sees('**')) return base;
    this.take();
    const right = this.nested(() => this.factor());
    return { kind: 'BinOp', left: base, op: '**', right, start: token.start, end: this.lastEnd() };
  }

  private awaitPrimary(): Expression {
    if (!this.sees('await')) return this.primary();
    const token = this.take();
    const value = this.primary();
    return { kind: 'Await', value, start: token.start, end: this.lastEnd() };
  }

  /** `yield`, `yield value` or `yield from value`. */
  override yieldExpression(): Expression {
    const token = this.expect('yield');
    if (this.accept('from')) {
      const value = this.expression();
      return { kind: 'YieldFrom', value, start: token.start, end: this.lastEnd() };
    }
    const some = this.startsExpression(this.peek()) || this.sees('*');
    const value = some ? this.starExpressions() : undefined;
    return { kind: 'Yield', value, start: token.start, end: this.lastEnd() };
  }

  override comprehensionClauses(): Comprehension[] {
    const clauses: Comprehension[] = [];
    while (this.sees('for') || (this.sees('async') && this.peek(1).text === 'for')) {
      const async = this.accept('async');
      const first = this.take();
      const target = this.starTargets();
      const invalid = invalidTarget(target, 'for');
      if (invalid !== undefined) throw this.faultAt(`cannot assign to ${describeExpression(invalid)}`, invalid);
      if (!this.sees('in')) {
        const after = this.faultFrom("'in' expected after for-loop variables", first, {
          start: 0,
          end: this.lastEnd(),
        });
        throw this.peek().type === 'newline' ? this.unexpected() : after;
      }
      this.take();
      const iter = this.disjunction();
      const ifs: Expression[] = [];
      while (this.accept('if')) ifs.push(this.disjunction());
      clauses.push({ target, iter, ifs, async });
    }
    return clauses;
  }

  /** The targets of a `for`: what may stand left of `in`. */
  protected starTargets(): Expression {
    return this.tupleOf(() => {
      if (!this.sees('*')) return this.bitwiseOr();
      const { start } = this.take();
      const value = this.bitwiseOr();
      return { kind: 'Starred', value, start, end: this.lastEnd() };
    });
  }

  private lambda(): Expression {
    const token = this.take();
    const params = this.parameters(':', false);
    this.expect(':');
    const body = this.expression();
    return { kind: 'Lambda', params, body, start: token.start, end: this.lastEnd() };
  }

  /** Parameters up to `close`, which stays. Annotations only in a `def`. */
  protected parameters(close: string, annotated: boolean): Parameters {
    const positionalOnly: Parameter[] = [];
    const positional: Parameter[] = [];
    const keywordOnly: Parameter[] = [];
    let rest: Parameter | undefined;
    let keywords: Parameter | undefined;
    let star: Token | undefined;
    let slash: Token | undefined;
    while (!this.sees(close)) {
      const token = this.peek();
      if (keywords !== undefined) throw this.faultAt('arguments cannot follow var-keyword argument', token);
      if (this.accept('/')) {
        if (slash !== undefined) throw this.faultAt('/ may appear only once', token);
        if (star !== undefined) throw this.faultAt('/ must be ahead of *', token);
        if (positional.length === 0) throw this.faultAt('at least one argument must precede /', token);
        slash = token;
        positionalOnly.push(...positional.splice(0));
      } else if (this.accept('**')) {
        keywords = this.parameter(annotated, false);
        if (this.sees('=')) throw this.faultAt('var-keyword argument cannot have default value', this.peek());
      } else if (this.accept('*')) {
        if (star !== undefined) throw this.faultAt('* argument may appear only once', token);
        star = token;
        if (this.sees(close)) throw this.faultAt('named arguments must follow bare *', token);
        if (!this.sees(',')) {
          rest = this.parameter(annotated, true);
          if (this.sees('=')) throw this.faultAt('var-positional argument cannot have default value', this.peek());
        } else if (this.peek(1).text === close || this.peek(1).text === '**')
          throw this.faultAt('named arguments must follow bare *', token);
      } else {
        const parameter = this.parameterWithDefault(annotated);
        if (star !== undefined) keywordOnly.push(parameter);
        else {
          this.checkDefaults([...positionalOnly, ...positional], parameter);
          positional.push(parameter);
        }
      }
      if (!this.accept(',')) break;
    }
    if (!this.sees(close)) throw this.unexpected();
    return { positionalOnly, positional, rest, keywordOnly, keywords };
  }

  private checkDefaults(before: readonly Parameter[], parameter: Parameter): void {
    const last = before[before.length - 1];
    if (last?.defaultValue !== undefined && parameter.defaultValue === undefined)
      throw this.faultAt('parameter without a default follows parameter with a default', parameter);
  }

  private parameter(annotated: boolean, starred: boolean): Parameter {
    const name = this.identifier();
    let annotation: Expression | undefined;
    if (annotated && this.accept(':')) annotation = starred ? this.starExpression() : this.expression();
    return { name, annotation, defaultValue: undefined, start: name.start, end: this.lastEnd() };
  }

  private parameterWithDefault(annotated: boolean): Parameter {
    if (this.sees('(')) this.refuseTupleParameter(annotated);
    const parameter = this.parameter(annotated, false);
    if (!this.accept('=')) return parameter;
    if (this.sees(',') || this.sees(')')) throw this.faultAt('expected default value expression', this.peek(-1));
    const defaultValue = this.expression();
    return { ...parameter, defaultValue, end: this.lastEnd() };
  }

  private refuseTupleParameter(annotated: boolean): void {
    const open = this.peek();
    const names = this.attempt(() => {
      this.take();
      do this.identifier();
      while (this.accept(',') && !this.sees(')'));
      return this.expect(')');
    });
    const what = annotated ? 'Function parameters' : 'Lambda expression parameters';
    if (names !== undefined) throw this.faultFrom(`${what} cannot be parenthesized`, open, names);
  }

  protected override juxtaposed(token: Token): SyntaxFault | undefined {
    const before = this.lastOperand;
    if (before === undefined || this.lastEnd() !== this.lastOperandEnd || !this.startsExpression(token))
      return undefined;
    const previous = this.index > 0 ? this.peek(-1) : undefined;
    if (previous === undefined || !endsOperand(previous)) return undefined;
    if (before.kind === 'Name' && LEGACY_STATEMENTS.has(before.id)) return this.legacyStatement(before, token);
    if (token.depth === 0 || (before.kind === 'Name' && (token.type === 'string' || token.type === 'fstart')))
      return undefined;
    if (before.kind === 'Name' && ['_', 'case', 'match', 'type'].includes(before.id)) return undefined;
    const next = this.attempt(() => this.expression());
    if (next === undefined || this.peek(-1).depth === 0) return undefined;
    return this.faultFrom('invalid syntax. Perhaps you forgot a comma?', before, next);
  }

  private legacyStatement(name: Name, token: Token): SyntaxFault | undefined {
    if (token.text === '(') return undefined;
    const rest = this.attempt(() => this.starExpressions());
    if (rest === undefined) return undefined;
    const message = `Missing parentheses in call to '${name.id}'. Did you mean ${name.id}(...)?`;
    return this.faultFrom(message, name, rest);
  }
}
