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

const AUGMENTED: ReadonlySet<string> = new Set('+= -= *= /= //= %= @= &= |= ^= <<= >>= **='.split(' '));

export abstract class SimpleStatementParser extends PatternParser {
  /** Offset of the statement being parsed. */
  protected statementStart = 0;

  protected simpleStatement(): Statement {
    const token = this.peek();
    const { start } = token;
    if (token.type === 'magic') {
      this.take();
      return { kind: 'Magic', text: this.source.slice(token.start, token.end), start, end: token.end };
    }
    if (token.type === 'keyword')
      switch (token.text) {
        case 'pass':
          return { kind: 'Pass', start, end: this.take().end };
        case 'break':
          return { kind: 'Break', start, end: this.take().end };
        case 'continue':
          return { kind: 'Continue', start, end: this.take().end };
        case 'return': {
          this.take();
          const value = this.optional(() => this.starExpressions());
          return { kind: 'Return', value, start, end: this.lastEnd() };
        }
        case 'raise':
          return this.raise();
        case 'global':
        case 'nonlocal': {
          this.take();
          const names = this.identifiers();
          return { kind: token.text === 'global' ? 'Global' : 'Nonlocal', names, start, end: this.lastEnd() };
        }
        case 'del':
          return this.delete();
        case 'assert':
          return this.assert();
        case 'import':
          return this.import();
        case 'from':
          return this.importFrom();
      }
    if (token.text === 'type' && this.peek(1).type === 'name' && ['=', '['].includes(this.peek(2).text))
      return this.typeAlias();
    return this.assignment();
  }

  private optional(parse: () => Expression): Expression | undefined {
    return this.startsExpression(this.peek()) || this.sees('*') ? parse() : undefined;
  }

  private identifiers(): Identifier[] {
    const names = [this.identifier()];
    while (this.accept(',')) names.push(this.identifier());
    return names;
  }

  private raise(): Statement {
    const { start } = this.take();
    const exc = this.optional(() => this.expression());
    const cause = exc !== undefined && this.accept('from') ? this.expression() : undefined;
    return { kind: 'Raise', exc, cause, start, end: this.lastEnd() };
  }

  private assert(): Statement {
    const { start } = this.take();
    const test = this.expression();
    const message = this.accept(',') ? this.expression() : undefined;
    return { kind: 'Assert', test, message, start, end: this.lastEnd() };
  }

  private delete(): Statement {
    const { start } = this.take();
    const targets: Expression[] = [];
    do {
      if (targets.length > 0 && (this.peek().type === 'newline' || this.sees(';'))) break;
      targets.push(this.starExpression());
    } while (this.accept(','));
    for (const target of targets) this.checkTarget(target, 'delete');
    return { kind: 'Delete', targets, start, end: this.lastEnd() };
  }

  protected checkTarget(target: Expression, use: TargetUse): void {
    const invalid = invalidTarget(target, use);
    if (invalid === undefined) return;
    const verb = use === 'delete' ? 'delete' : 'assign to';
    throw this.faultAt(`cannot ${verb} ${describeExpression(invalid)}`, invalid);
  }

  private import(): Statement {
    const { start } = this.take();
    if (this.peek().type === 'newline') throw this.faultAt("Expected one or more names after 'import'", this.peek());
    const names: Alias[] = [];
    do names.push(this.alias(this.dottedName()));
    while (this.accept(','));
    return { kind: 'Import', names, start, end: this.lastEnd() };
  }

  private dottedName(): Identifier {
    const first = this.identifier();
    let { name } = first;
    while (this.accept('.')) name += `.${this.identifier().name}`;
    return { name, start: first.start, end: this.lastEnd() };
  }

  private alias(name: Identifier): Alias {
    if (!this.accept('as')) return { name, asname: undefined, start: name.start, end: name.end };
    const asname = this.identifier();
    return { name, asname, start: name.start, end: asname.end };
  }

  private importFrom(): ImportFrom {
    const { start } = this.take();
    let level = 0;
    while (this.sees('.') || this.sees('...')) level += this.take().text.length;
    const module = level > 0 && this.sees('import') ? undefined : this.dottedName();
    this.expect('import');
    const names = this.importedNames();
    return { kind: 'ImportFrom', module, level, names, start, end: this.lastEnd() };
  }

  private importedNames(): Alias[] {
    if (this.sees('*')) {
      const { start, end } = this.take();
      return [{ name: { name: '*', start, end }, asname: undefined, start, end }];
    }
    if (this.peek().type === 'newline') throw this.faultAt("Expected one or more names after 'import'", this.peek());
    const bracketed = this.accept('(');
    const names = [this.alias(this.identifier())];
    while (this.accept(',')) {
      if (bracketed && this.sees(')')) break;
      if (!bracketed && this.peek().type === 'newline')
        throw this.faultAt('trailing comma not allowed without surrounding parentheses', this.peek(-1));
      names.push(this.alias(this.identifier()));
    }
    if (bracketed) this.expect(')');
    return names;
  }

  private typeAlias(): Statement {
    const { start } = this.take();
    const name = this.identifier();
    const typeParams = this.typeParams();
    this.expect('=');
    const value = this.expression();
    return { kind: 'TypeAlias', name, typeParams, value, start, end: this.lastEnd() };
  }

  /** `[T, *Ts, **P]` where there are any. */
  protected typeParams(): TypeParam[] {
    const params: TypeParam[] = [];
    if (!this.sees('[')) return params;
    this.take();
    if (this.sees(']')) throw this.faultAt('Type parameter list cannot be empty', this.peek());
    while (!this.sees(']')) {
      const { start } = this.peek();
      if (!this.accept('*')) this.accept('**');
      const name = this.identifier();
      const bound = this.accept(':') ? this.expression() : undefined;
      if (this.accept('=')) this.starExpression();
      params.push({ name, bound, start, end: this.lastEnd() });
      if (!this.accept(',')) break;
    }
    this.expect(']');
    return params;
  }

  // ------------------------------------------------------------------------------------------ assignment

  private valueSide(): Expression {
    return this.sees('yield') ? this.yieldExpression() : this.starExpressions();
  }

  /** An assignment of any kind, or an expression alone. */
  private assignment(): Statement {
    const start = this.statementStart;
    const first = this.valueSide();
    const token = this.peek();
    if (token.text === '=' && token.type === 'op') return this.assign(first, start);
    if (token.type === 'op' && AUGMENTED.has(token.text)) {
      const target = this.singleTarget(first);
      if (target === undefined)
        throw this.faultAt(`'${describeExpression(first)}' is an illegal expression for augmented assignment`, first);
      this.take();
      const op = token.text.slice(0, -1) as BinaryOperator;
      const value = this.valueSide();
      return { kind: 'AugAssign', target, op, value, start, end: this.lastEnd() };
    }
    if (token.text === ':' && token.type === 'op') return this.annotated(first, start);
    return { kind: 'ExprStatement', value: first, start, end: this.lastEnd() };
  }

  private singleTarget(node: Expression): Name | Attribute | Subscript | undefined {
    return node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript' ? node : undefined;
  }

  private assign(first: Expression, start: number): Assign {
    const targets: Expression[] = [];
    let value = first;
    while (this.sees('=')) {
      this.checkAssigned(value, targets.length === 0);
      targets.push(value);
      this.checkChain(targets.length, value);
      this.take();
      value = this.valueSide();
    }
    return { kind: 'Assign', targets, value, start, end: this.lastEnd() };
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
    this.take();
    const annotation = this.expression();
    const value = this.accept('=') ? this.valueSide() : undefined;
    return { kind: 'AnnAssign', target, annotation, value, start, end: this.lastEnd() };
  }

  private illegalAnnotation(target: Expression): SyntaxFault | undefined {
    const annotation = this.attempt(() => {
      this.take();
      return this.expression();
    });
    if (annotation === undefined) return undefined;
    if (target.kind === 'Tuple' || target.kind === 'List')
      return this.faultAt(`only single target (not ${describeExpression(target)}) can be annotated`, target);
    return this.faultAt('illegal target for annotation', target);
  }
}
