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
  Span,
  UnaryOperator,
} from './ast';
import { AtomParser } from './atoms';
import { describeExpression, type SyntaxFault } from './faults';
import { invalidTarget } from './targets';
import { MAX_CHAIN, MAX_NESTING, trimmed } from './tokenStream';
import { BIT_OR, COMPARISON, NOT, OR, POWER, type TokenType } from './tokens';

/** Names that were statements in Python 2. */
const LEGACY_STATEMENTS: ReadonlySet<string> = new Set(['print', 'exec']);
/** Names that may start a statement of their own. */
const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['_', 'case', 'match', 'type']);

export abstract class ExpressionParser extends AtomParser {
  /** `expression (',' expression)*`, starred ones allowed; a tuple where there is a comma. */
  override starExpressions(): Expression {
    const { start } = this;
    const first = this.type === '*' ? this.starred() : this.expression();
    return this.type === ',' ? this.tuple(first, start, false) : first;
  }

  protected starExpression(): Expression {
    return this.type === '*' ? this.starred() : this.expression();
  }

  private starred(): Expression {
    this.scoped();
    const { start } = this.take();
    const value = this.bitwiseOr();
    return { kind: 'Starred', value, start, end: this.lastEnd };
  }

  /** As `starExpression`, but `name := value` may stand instead. */
  override starNamedExpression(): Expression {
    return this.type === '*' ? this.starred() : this.namedExpression();
  }

  /** As `starExpressions`, but `name := value` may stand as an item. */
  protected starNamedExpressions(): Expression {
    const { start } = this;
    const first = this.starNamedExpression();
    return this.type === ',' ? this.tuple(first, start, true) : first;
  }

  /** The tuple that a comma makes of an expression. */
  private tuple(first: Expression, start: number, named: boolean): Expression {
    const elements = [first];
    while (this.accept(',')) {
      if (!this.startsExpression() && this.type !== '*') break;
      elements.push(named ? this.starNamedExpression() : this.starExpression());
    }
    return { kind: 'Tuple', elements: trimmed(elements), start, end: this.lastEnd };
  }

  override namedExpression(): Expression {
    const { start } = this;
    const value = this.expression();
    const { type } = this;
    if (type === ':=') {
      if (this.isBareName(value, start)) return this.walrus(value, start);
      throw this.faultAt(`cannot use assignment expressions with ${describeExpression(value)}`, value);
    }
    if (type === '=') {
      const fault = this.misusedEquals(value);
      if (fault !== undefined) throw fault;
    }
    return value;
  }

  /** `:= value` after its name. */
  protected override walrus(target: Expression, start: number): NamedExpr {
    this.scoped();
    this.deepen();
    this.advance();
    const value = this.expression();
    this.nesting--;
    return { kind: 'NamedExpr', target: target as Name, value, start, end: this.lastEnd };
  }

  /** The complaint about `value = ...` where only `==` or `:=` can stand. */
  protected misusedEquals(value: Expression): SyntaxFault | undefined {
    if (!this.isBitwiseOr(value)) return undefined;
    const right = this.attempt(() => {
      this.advance();
      const operand = this.bitwiseOr();
      return this.sees('=') || this.sees(':=') ? undefined : operand;
    });
    if (right === undefined) return undefined;
    if (value.kind === 'Name')
      return this.faultFrom("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", value, right.end);
    const constant = value.kind === 'Constant' && (value.value === null || typeof value.value === 'boolean');
    if (constant || value.kind === 'List' || value.kind === 'Tuple' || value.kind === 'GeneratorExp') return undefined;
    const what = describeExpression(value);
    return this.faultAt(`cannot assign to ${what} here. Maybe you meant '==' instead of '='?`, value);
  }

  private isBitwiseOr(value: Expression): boolean {
    if (this.lastEnd !== value.end) return true;
    if (value.kind === 'UnaryOp') return value.op !== 'not';
    return !['BoolOp', 'Compare', 'IfExp', 'Lambda', 'NamedExpr', 'Yield', 'YieldFrom', 'Starred'].includes(value.kind);
  }

  override expression(): Expression {
    if (++this.nesting > MAX_NESTING) throw this.tooDeep();
    const { start } = this;
    let value: Expression;
    if (this.type === 'lambda') value = this.lambda();
    else {
      value = this.operation(OR);
      this.lastOperand = value;
      this.lastOperandEnd = this.lastEnd;
      if (this.type === 'if') value = this.conditional(value, start);
    }
    this.nesting--;
    return value;
  }

  /** `if test else orelse` after its first part. */
  private conditional(body: Expression, start: number): Expression {
    this.advance();
    const test = this.disjunction();
    if (this.sees(':')) throw this.unexpected();
    if (!this.sees('else'))
      throw this.juxtaposed() ?? this.faultFrom("expected 'else' after 'if' expression", body, test.end);
    this.advance();
    const orelse = this.expression();
    return { kind: 'IfExp', test, body, orelse, start, end: this.lastEnd };
  }

  // ------------------------------------------------------------------------------------------ operators

  protected disjunction(): Expression {
    const value = this.operation(OR);
    this.lastOperand = value;
    this.lastOperandEnd = this.lastEnd;
    return value;
  }

  override bitwiseOr(): Expression {
    return this.operation(BIT_OR);
  }

  /** An operand and the operators after it that bind at least as tightly as `least`. */
  private operation(least: number): Expression {
    const { type, start } = this;
    let left = type === 'name' || type === 'number' ? this.primary() : this.prefixed(least);
    let length = 0;
    while (this.strength >= least) {
      const { strength } = this;
      if (strength > COMPARISON) {
        if (strength !== POWER && length++ > MAX_CHAIN) throw this.chainTooLong(left);
        left = this.binary(left, start, strength);
      } else if (strength < COMPARISON) left = this.boolean(left, start, strength);
      else {
        const compared = this.comparison(left, start);
        // A `not` without its `in` ends the expression.
        if (compared === undefined) return left;
        left = compared;
      }
    }
    return left;
  }

  /** An arithmetic operator and its right operand after the left one. */
  private binary(left: Expression, start: number, strength: number): Expression {
    const op = this.type as BinaryOperator;
    this.advance();
    // Powers bind to the right, and their exponent may have a sign.
    const right = strength === POWER ? this.deeper(POWER) : this.operation(strength + 1);
    return { kind: 'BinOp', left, op, right, start, end: this.lastEnd };
  }

  /** An operation one level further in. */
  private deeper(least: number): Expression {
    this.deepen();
    const value = this.operation(least);
    this.nesting--;
    return value;
  }

  /** `or ...` or `and ...` after the first operand. */
  private boolean(first: Expression, start: number, strength: number): Expression {
    const op = strength === OR ? 'or' : 'and';
    const values = [first];
    while (this.accept(op)) values.push(this.operation(strength + 1));
    return { kind: 'BoolOp', op, values: trimmed(values), start, end: this.lastEnd };
  }

  private comparison(left: Expression, start: number): Expression | undefined {
    const first = this.comparisonOperator();
    if (first === undefined) return undefined;
    const ops = [first];
    const comparators = [this.operation(BIT_OR)];
    while (this.strength === COMPARISON) {
      const op = this.comparisonOperator();
      if (op === undefined) break;
      ops.push(op);
      comparators.push(this.operation(BIT_OR));
    }
    return { kind: 'Compare', left, ops: trimmed(ops), comparators: trimmed(comparators), start, end: this.lastEnd };
  }

  private comparisonOperator(): CompareOperator | undefined {
    const { type } = this;
    if (type === 'not') {
      if (this.following() !== 'in') return undefined;
      this.advance();
      this.advance();
      return 'not in';
    }
    this.advance();
    return type === 'is' && this.accept('not') ? 'is not' : (type as CompareOperator);
  }

  /** An operand with its prefix, if any. */
  private prefixed(least: number): Expression {
    const { type, start } = this;
    switch (type) {
      case '-':
      case '+':
      case '~':
        return this.unary(type, POWER);
      case 'not':
        return least <= NOT ? this.unary(type, NOT) : this.primary();
      case 'await': {
        this.advance();
        const value = this.primary();
        return { kind: 'Await', value, start, end: this.lastEnd };
      }
      default:
        return this.primary();
    }
  }

  private unary(op: UnaryOperator, least: number): Expression {
    const { start } = this;
    this.advance();
    const operand = this.deeper(least);
    return { kind: 'UnaryOp', op, operand, start, end: this.lastEnd };
  }

  /** `yield`, `yield value` or `yield from value`. */
  override yieldExpression(): Expression {
    const { start } = this.take();
    if (this.accept('from')) {
      const value = this.expression();
      return { kind: 'YieldFrom', value, start, end: this.lastEnd };
    }
    const some = this.startsExpression() || this.sees('*');
    const value = some ? this.starExpressions() : undefined;
    return { kind: 'Yield', value, start, end: this.lastEnd };
  }

  // ------------------------------------------------------------------------------------------ comprehensions

  protected override comprehensionClauses(): Comprehension[] {
    this.scoped();
    const clauses: Comprehension[] = [];
    while (this.startsComprehension()) {
      const async = this.accept('async');
      const first = this.take();
      const target = this.starTargets();
      const invalid = invalidTarget(target, 'for');
      if (invalid !== undefined) throw this.faultAt(`cannot assign to ${describeExpression(invalid)}`, invalid);
      if (!this.sees('in')) {
        if (this.sees('newline')) throw this.unexpected();
        throw this.faultFrom("'in' expected after for-loop variables", first, this.lastEnd);
      }
      this.advance();
      const iter = this.disjunction();
      const ifs: Expression[] = [];
      while (this.accept('if')) ifs.push(this.disjunction());
      clauses.push({ target, iter, ifs, async });
    }
    return clauses;
  }

  /** The targets of a `for`: what may stand left of `in`. */
  protected starTargets(): Expression {
    const { start } = this;
    const first = this.forTarget();
    if (!this.sees(',')) return first;
    const elements = [first];
    while (this.accept(',')) {
      if (!this.startsExpression() && !this.sees('*')) break;
      elements.push(this.forTarget());
    }
    return { kind: 'Tuple', elements, start, end: this.lastEnd };
  }

  private forTarget(): Expression {
    return this.type === '*' ? this.starred() : this.bitwiseOr();
  }

  // ------------------------------------------------------------------------------------------ parameters

  private lambda(): Expression {
    const { start } = this.take();
    const params = this.parameters(':', false);
    this.expect(':');
    const body = this.expression();
    return { kind: 'Lambda', params, body, start, end: this.lastEnd };
  }

  /** Parameters up to `close`, which stays. Annotations only in a `def`. */
  protected parameters(close: TokenType, annotated: boolean): Parameters {
    const positionalOnly: Parameter[] = [];
    const positional: Parameter[] = [];
    const keywordOnly: Parameter[] = [];
    let rest: Parameter | undefined;
    let keywords: Parameter | undefined;
    let star = false;
    let slash = false;
    while (!this.sees(close)) {
      const token = { start: this.start, end: this.end };
      if (keywords !== undefined) throw this.faultAt('arguments cannot follow var-keyword argument', token);
      if (this.accept('/')) {
        if (slash) throw this.faultAt('/ may appear only once', token);
        if (star) throw this.faultAt('/ must be ahead of *', token);
        if (positional.length === 0) throw this.faultAt('at least one argument must precede /', token);
        slash = true;
        positionalOnly.push(...positional.splice(0));
      } else if (this.accept('**')) {
        keywords = this.parameter(annotated, false);
        if (this.sees('=')) throw this.faultHere('var-keyword argument cannot have default value');
      } else if (this.accept('*')) {
        if (star) throw this.faultAt('* argument may appear only once', token);
        star = true;
        rest = this.restParameter(close, annotated, token);
      } else {
        const parameter = this.parameterWithDefault(annotated);
        if (star) keywordOnly.push(parameter);
        else {
          this.checkDefaults(positional[positional.length - 1] ?? positionalOnly[positionalOnly.length - 1], parameter);
          positional.push(parameter);
        }
      }
      if (!this.accept(',')) break;
    }
    if (!this.sees(close)) throw this.unexpected();
    return { positionalOnly, positional, rest, keywordOnly, keywords };
  }

  /** The parameter behind a `*`, which stands at `token`; undefined where that stands alone. */
  private restParameter(close: TokenType, annotated: boolean, token: Span): Parameter | undefined {
    if (this.sees(',')) {
      const next = this.following();
      if (next !== close && next !== '**') return undefined;
    } else if (!this.sees(close)) {
      const rest = this.parameter(annotated, true);
      if (this.sees('=')) throw this.faultHere('var-positional argument cannot have default value');
      return rest;
    }
    throw this.faultAt('named arguments must follow bare *', token);
  }

  private checkDefaults(last: Parameter | undefined, parameter: Parameter): void {
    if (last?.defaultValue !== undefined && parameter.defaultValue === undefined)
      throw this.faultAt('parameter without a default follows parameter with a default', parameter);
  }

  private parameter(annotated: boolean, starred: boolean): Parameter {
    const name = this.identifier();
    let annotation: Expression | undefined;
    if (annotated && this.accept(':')) annotation = starred ? this.starExpression() : this.expression();
    return { name, annotation, defaultValue: undefined, start: name.start, end: this.lastEnd };
  }

  private parameterWithDefault(annotated: boolean): Parameter {
    if (this.sees('(')) this.refuseTupleParameter(annotated);
    const parameter = this.parameter(annotated, false);
    if (!this.accept('=')) return parameter;
    if (this.sees(',') || this.sees(')'))
      throw this.faultAt('expected default value expression', { start: this.lastEnd - 1, end: this.lastEnd });
    const defaultValue = this.expression();
    return { ...parameter, defaultValue, end: this.lastEnd };
  }

  private refuseTupleParameter(annotated: boolean): void {
    const { start, end } = this;
    const close = this.attempt(() => {
      this.advance();
      do this.identifier();
      while (this.accept(',') && !this.sees(')'));
      return this.expect(')');
    });
    const what = annotated ? 'Function parameters' : 'Lambda expression parameters';
    if (close !== undefined) throw this.faultFrom(`${what} cannot be parenthesized`, { start, end }, close);
  }

  // ------------------------------------------------------------------------------------------ complaints

  protected override juxtaposed(): SyntaxFault | undefined {
    const before = this.lastOperand;
    if (before === undefined || this.lastEnd !== this.lastOperandEnd || !this.startsExpression()) return undefined;
    const { type } = this;
    if (before.kind === 'Name' && LEGACY_STATEMENTS.has(before.id)) return this.legacyStatement(before);
    const around = type === '(' || type === '[' || type === '{' ? this.depth - 1 : this.depth;
    if (around === 0 || (before.kind === 'Name' && (type === 'string' || type === 'fstart'))) return undefined;
    if (before.kind === 'Name' && SOFT_KEYWORDS.has(before.id)) return undefined;
    const next = this.attempt(() => this.expression());
    if (next === undefined) return undefined;
    return this.faultFrom('invalid syntax. Perhaps you forgot a comma?', before, next.end);
  }

  private legacyStatement(name: Name): SyntaxFault | undefined {
    if (this.sees('(')) return undefined;
    const rest = this.attempt(() => this.starExpressions());
    if (rest === undefined) return undefined;
    const message = `Missing parentheses in call to '${name.id}'. Did you mean ${name.id}(...)?`;
    return this.faultFrom(message, name, rest.end);
  }
}
