/** Statements of one line: assignments, imports, `return`, `del` and their like. */
import type {
  Alias,
  Assign,
  Attribute,
  BinaryOperator,
  Expression,
  Identifier,
  ImportFrom,
  Name,
  Statement,
  Subscript,
  TypeParam,
} from './ast';
import { describeExpression, type SyntaxFault } from './faults';
import { PatternParser } from './patterns';
import { invalidTarget, type TargetUse } from './targets';
import { MAX_CHAIN, trimmed } from './tokenStream';
import type { TokenType } from './tokens';

/** Operators of the augmented assignments. */
const AUGMENTED: ReadonlyMap<TokenType, BinaryOperator> = new Map<TokenType, BinaryOperator>([
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['/=', '/'],
  ['//=', '//'],
  ['%=', '%'],
  ['@=', '@'],
  ['&=', '&'],
  ['|=', '|'],
  ['^=', '^'],
  ['<<=', '<<'],
  ['>>=', '>>'],
  ['**=', '**'],
]);

export abstract class SimpleStatementParser extends PatternParser {
  protected simpleStatement(): Statement {
    const { type, start, end } = this;
    switch (type) {
      case 'name':
        return this.text === 'type' && this.startsTypeAlias() ? this.typeAlias() : this.assignment();
      case 'magic':
        this.advance();
        return { kind: 'Magic', text: this.source.slice(start, end), start, end };
      case 'pass':
        return { kind: 'Pass', ...this.take() };
      case 'break':
        return { kind: 'Break', ...this.take() };
      case 'continue':
        return { kind: 'Continue', ...this.take() };
      case 'return':
        return this.return();
      case 'raise':
        return this.raise();
      case 'global':
      case 'nonlocal': {
        this.advance();
        const names = this.identifiers();
        return { kind: type === 'global' ? 'Global' : 'Nonlocal', names, start, end: this.lastEnd };
      }
      case 'del':
        return this.delete();
      case 'assert':
        return this.assert();
      case 'import':
        return this.import();
      case 'from':
        return this.importFrom();
      default:
        return this.assignment();
    }
  }

  private return(): Statement {
    const { start } = this.take();
    const some = this.startsExpression() || this.sees('*');
    const value = some ? this.starExpressions() : undefined;
    return { kind: 'Return', value, start, end: this.lastEnd };
  }

  private identifiers(): Identifier[] {
    const names = [this.identifier()];
    while (this.accept(',')) names.push(this.identifier());
    return names;
  }

  private raise(): Statement {
    const { start } = this.take();
    const exc = this.startsExpression() || this.sees('*') ? this.expression() : undefined;
    const cause = exc !== undefined && this.accept('from') ? this.expression() : undefined;
    return { kind: 'Raise', exc, cause, start, end: this.lastEnd };
  }

  private assert(): Statement {
    const { start } = this.take();
    const test = this.expression();
    const message = this.accept(',') ? this.expression() : undefined;
    return { kind: 'Assert', test, message, start, end: this.lastEnd };
  }

  private delete(): Statement {
    const { start } = this.take();
    const targets: Expression[] = [];
    do {
      if (targets.length > 0 && (this.sees('newline') || this.sees(';'))) break;
      targets.push(this.starExpression());
    } while (this.accept(','));
    for (const target of targets) this.checkTarget(target, 'delete');
    return { kind: 'Delete', targets, start, end: this.lastEnd };
  }

  protected checkTarget(target: Expression, use: TargetUse): void {
    const invalid = invalidTarget(target, use);
    if (invalid === undefined) return;
    const verb = use === 'delete' ? 'delete' : 'assign to';
    throw this.faultAt(`cannot ${verb} ${describeExpression(invalid)}`, invalid);
  }

  private import(): Statement {
    const { start } = this.take();
    if (this.sees('newline')) throw this.faultHere("Expected one or more names after 'import'");
    const names: Alias[] = [];
    do names.push(this.alias(this.dottedName()));
    while (this.accept(','));
    return { kind: 'Import', names, start, end: this.lastEnd };
  }

  private dottedName(): Identifier {
    const first = this.identifier();
    let { name } = first;
    while (this.accept('.')) name += `.${this.identifier().name}`;
    return { name, start: first.start, end: this.lastEnd };
  }

  private alias(name: Identifier): Alias {
    if (!this.accept('as')) return { name, asname: undefined, start: name.start, end: name.end };
    const asname = this.identifier();
    return { name, asname, start: name.start, end: asname.end };
  }

  private importFrom(): ImportFrom {
    const outermost = this.start === this.lineAt && this.indentation.outer === undefined;
    const { start } = this.take();
    let level = 0;
    for (; this.sees('.') || this.sees('...'); this.advance()) level += this.end - this.start;
    const module = level > 0 && this.sees('import') ? undefined : this.dottedName();
    this.expect('import');
    const names = this.importedNames();
    // All names of a module are taken at module level only.
    if (module?.name === '__future__' || (names[0]!.name.name === '*' && !outermost)) this.scoped();
    return { kind: 'ImportFrom', module, level, names, start, end: this.lastEnd };
  }

  private importedNames(): Alias[] {
    if (this.sees('*')) {
      const { start, end } = this.take();
      return [{ name: { name: '*', start, end }, asname: undefined, start, end }];
    }
    if (this.sees('newline')) throw this.faultHere("Expected one or more names after 'import'");
    const bracketed = this.accept('(');
    const names = [this.alias(this.identifier())];
    while (this.accept(',')) {
      if (bracketed && this.sees(')')) break;
      if (!bracketed && this.sees('newline')) {
        const comma = { start: this.lastEnd - 1, end: this.lastEnd };
        throw this.faultAt('trailing comma not allowed without surrounding parentheses', comma);
      }
      names.push(this.alias(this.identifier()));
    }
    if (bracketed) this.expect(')');
    return names;
  }

  /** `type` is a name unless another name and `=` or `[` follow. */
  private startsTypeAlias(): boolean {
    const mark = this.mark();
    this.advance();
    const named = this.sees('name');
    if (named) this.advance();
    const starts = named && (this.sees('=') || this.sees('['));
    this.reset(mark);
    return starts;
  }

  private typeAlias(): Statement {
    this.scoped();
    const { start } = this.take();
    const name = this.identifier();
    const typeParams = this.typeParams();
    this.expect('=');
    const value = this.expression();
    return { kind: 'TypeAlias', name, typeParams, value, start, end: this.lastEnd };
  }

  /** `[T, *Ts, **P]` where there are any. */
  protected typeParams(): TypeParam[] {
    const params: TypeParam[] = [];
    if (!this.accept('[')) return params;
    this.scoped();
    if (this.sees(']')) throw this.faultHere('Type parameter list cannot be empty');
    while (!this.sees(']')) {
      const { start } = this;
      const stars = this.accept('*') ? 1 : this.accept('**') ? 2 : 0;
      const name = this.identifier();
      const bound = this.accept(':') ? this.expression() : undefined;
      const defaultValue = this.accept('=') ? this.starExpression() : undefined;
      params.push({ stars, name, bound, defaultValue, start, end: this.lastEnd });
      if (!this.accept(',')) break;
    }
    this.expect(']');
    return params;
  }

  // ------------------------------------------------------------------------------------------ assignment

  private valueSide(): Expression {
    return this.type === 'yield' ? this.yieldExpression() : this.starExpressions();
  }

  /** An assignment of any kind, or an expression alone. */
  private assignment(): Statement {
    const { start } = this;
    const first = this.valueSide();
    if (this.type === '=') return this.assign(first, start);
    if (this.type === 'newline') return { kind: 'ExprStatement', value: first, start, end: this.lastEnd };
    if (this.type === ':') return this.annotated(first, start);
    const op = AUGMENTED.get(this.type);
    if (op !== undefined) return this.augmented(first, op, start);
    return { kind: 'ExprStatement', value: first, start, end: this.lastEnd };
  }

  private augmented(first: Expression, op: BinaryOperator, start: number): Statement {
    const target = this.singleTarget(first);
    if (target === undefined)
      throw this.faultAt(`'${describeExpression(first)}' is an illegal expression for augmented assignment`, first);
    this.advance();
    const value = this.valueSide();
    return { kind: 'AugAssign', target, op, value, start, end: this.lastEnd };
  }

  private singleTarget(node: Expression): Name | Attribute | Subscript | undefined {
    return node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript' ? node : undefined;
  }

  private assign(first: Expression, start: number): Assign {
    if (first.kind !== 'Name') this.checkAssigned(first, true);
    this.advance();
    const targets = [first];
    let value = this.valueSide();
    while (this.type === '=') {
      this.checkAssigned(value, false);
      targets.push(value);
      if (targets.length > MAX_CHAIN) throw this.chainTooLong(value);
      this.advance();
      value = this.valueSide();
    }
    return { kind: 'Assign', targets: trimmed(targets), value, start, end: this.lastEnd };
  }

  private checkAssigned(target: Expression, first: boolean): void {
    const invalid = invalidTarget(target, 'assign');
    if (invalid === undefined) return;
    const last =
      target.kind === 'Tuple' && target.start === target.elements[0]?.start ? target.elements.at(-1)! : target;
    const hint = first ? this.misusedEquals(last) : undefined;
    if (hint !== undefined && last.kind !== 'Name') throw hint;
    if (target.kind === 'Yield' || target.kind === 'YieldFrom')
      throw this.faultAt('assignment to yield expression not possible', target);
    throw this.faultAt(`cannot assign to ${describeExpression(invalid)}`, invalid);
  }

  private annotated(first: Expression, start: number): Statement {
    const target = this.singleTarget(first);
    if (target === undefined) {
      const fault = this.illegalAnnotation(first);
      throw fault ?? this.unexpected();
    }
    this.advance();
    const annotation = this.expression();
    const value = this.accept('=') ? this.valueSide() : undefined;
    return { kind: 'AnnAssign', target, annotation, value, start, end: this.lastEnd };
  }

  private illegalAnnotation(target: Expression): SyntaxFault | undefined {
    const annotation = this.attempt(() => {
      this.advance();
      return this.expression();
    });
    if (annotation === undefined) return undefined;
    if (target.kind === 'Tuple' || target.kind === 'List')
      return this.faultAt(`only single target (not ${describeExpression(target)}) can be annotated`, target);
    return this.faultAt('illegal target for annotation', target);
  }
}
