/** Operands: names, literals, displays, comprehensions, and what follows them: calls, attributes, subscripts. */
import type { Comprehension, ConstantValue, Dict, Expression, Keyword, NamedExpr, Span } from './ast';
import { describeExpression, type SyntaxFault } from './faults';
import { numberValue } from './numbers';
import { append, MAX_CHAIN, TokenStream, trimmed } from './tokenStream';
import { type TokenType, TRAILER } from './tokens';

/** Tokens with which an expression may start. */
const STARTERS: ReadonlySet<TokenType> = new Set<TokenType>([
  ...(['name', 'number', 'string', 'fstart', 'None', 'True', 'False', 'not', 'lambda', 'await'] as const),
  ...(['(', '[', '{', '-', '+', '~', '...'] as const),
]);

/** True where one keyword is given twice; `**mapping` names none. */
function namesOneTwice(keywords: readonly Keyword[]): boolean {
  return new Set(keywords.map(({ name }, at) => name?.name ?? at)).size < keywords.length;
}

const ELLIPSIS: ConstantValue = { type: 'ellipsis' };

export abstract class AtomParser extends TokenStream {
  abstract expression(): Expression;
  abstract namedExpression(): Expression;
  abstract starNamedExpression(): Expression;
  abstract starExpressions(): Expression;
  abstract bitwiseOr(): Expression;
  abstract yieldExpression(): Expression;
  protected abstract comprehensionClauses(): Comprehension[];
  protected abstract walrus(target: Expression, start: number): NamedExpr;
  protected abstract strings(): Expression;

  /** True where an expression may start here. */
  protected startsExpression(): boolean {
    return STARTERS.has(this.type);
  }

  protected startsComprehension(): boolean {
    return this.type === 'for' || (this.type === 'async' && this.following() === 'for');
  }

  /** True for a name without brackets that starts at `start` and was parsed last. */
  protected isBareName(value: Expression, start: number): boolean {
    return value.kind === 'Name' && value.start === start && value.end === this.lastEnd;
  }

  /** An operand without what follows it, other than a name. */
  protected atom(): Expression {
    const { type, start, end } = this;
    switch (type) {
      case 'number':
        this.advance();
        return { kind: 'Constant', value: numberValue(this.source.slice(start, end)), start, end };
      case '(':
        return this.group();
      case 'string':
      case 'fstart':
        return this.strings();
      case '[':
        return this.list();
      case '{':
        return this.braces();
      case 'None':
        return this.constant(null);
      case 'True':
        return this.constant(true);
      case 'False':
        return this.constant(false);
      case '...':
        return this.constant(ELLIPSIS);
      case 'magic':
        return this.magicValue();
      default:
        throw this.unexpected();
    }
  }

  /** `!ls` or `%timeit -o f()` behind an `=`: the call that IPython makes of it. */
  private magicValue(): Expression {
    const span = this.take();
    const text = this.source.slice(span.start, span.end);
    const [, name = '', line = ''] = /^%(\w+)[ \t]*([\s\S]*)$/.exec(text) ?? [];
    const command = text.startsWith('!');
    const attr = { name: command ? 'getoutput' : 'run_line_magic', ...span };
    const shell: Expression = { kind: 'Name', id: 'get_ipython', ...span };
    const value: Expression = { kind: 'Call', func: shell, args: [], keywords: [], ...span };
    const args = (command ? [text.slice(1)] : [name, line]).map(
      (one): Expression => ({ kind: 'Constant', value: one, ...span }),
    );
    return { kind: 'Call', func: { kind: 'Attribute', value, attr, ...span }, args, keywords: [], ...span };
  }

  private constant(value: ConstantValue): Expression {
    const { start, end } = this.take();
    return { kind: 'Constant', value, start, end };
  }

  /** An atom and the calls, attributes and subscripts after it. */
  protected primary(): Expression {
    const { start } = this;
    let value: Expression;
    if (this.type === 'name') {
      value = { kind: 'Name', id: this.text, start, end: this.end };
      this.advance();
    } else value = this.atom();
    for (let length = 0; this.strength === TRAILER; length++) {
      const { type } = this;
      if (type === '.') {
        this.advance();
        const attr = this.identifier();
        value = { kind: 'Attribute', value, attr, start, end: attr.end };
      } else value = type === '(' ? this.call(value, start) : this.subscript(value, start);
      if (length > MAX_CHAIN) throw this.chainTooLong(value);
    }
    return value;
  }

  // ------------------------------------------------------------------------------------------ brackets

  /** `(...)`: a tuple, a generator, a yield or an expression in parentheses. */
  private group(): Expression {
    this.deepen();
    const value = this.grouped();
    this.nesting--;
    return value;
  }

  private grouped(): Expression {
    const { start } = this;
    this.advance();
    if (this.accept(')')) return { kind: 'Tuple', elements: [], start, end: this.lastEnd };
    if (this.sees('yield')) {
      const value = this.yieldExpression();
      this.expect(')');
      return value;
    }
    const first = this.starNamedExpression();
    if (this.accept(')')) {
      if (first.kind === 'Starred') throw this.faultAt('cannot use starred expression here', first);
      return first;
    }
    if (this.startsComprehension()) {
      const generators = this.comprehensionOf(first);
      return { kind: 'GeneratorExp', element: first, generators, start, end: this.expect(')') };
    }
    if (!this.sees(',')) throw this.unexpected();
    const elements = this.moreElements([first], ')');
    return { kind: 'Tuple', elements, start, end: this.expect(')') };
  }

  /** The clauses of a comprehension with that element. */
  private comprehensionOf(element: Expression): Comprehension[] {
    const generators = this.comprehensionClauses();
    if (element.kind === 'Starred') throw this.faultAt('iterable unpacking cannot be used in comprehension', element);
    return generators;
  }

  private moreElements(elements: Expression[], close: TokenType): Expression[] {
    while (this.accept(',')) {
      if (this.sees(close)) break;
      elements.push(this.starNamedExpression());
      if ((this.sees('for') || this.sees('async')) && close !== ')') throw this.bareTuple(elements);
    }
    return trimmed(elements);
  }

  /** `[a, b for a, b in pairs]` */
  private bareTuple(elements: readonly Expression[]): SyntaxFault {
    const clauses = this.attempt(() => this.comprehensionClauses());
    if (clauses === undefined) return this.unexpected();
    const message = 'did you forget parentheses around the comprehension target?';
    return this.faultFrom(message, elements[0]!, elements[elements.length - 1]!.end);
  }

  private list(): Expression {
    this.deepen();
    const { start } = this;
    this.advance();
    let value: Expression;
    if (this.accept(']')) value = { kind: 'List', elements: [], start, end: this.lastEnd };
    else {
      const first = this.starNamedExpression();
      if (this.startsComprehension()) {
        const generators = this.comprehensionOf(first);
        value = { kind: 'ListComp', element: first, generators, start, end: this.expect(']') };
      } else value = { kind: 'List', elements: this.moreElements([first], ']'), start, end: this.expect(']') };
    }
    this.nesting--;
    return value;
  }

  /** A dict, a set or a comprehension of either. */
  private braces(): Expression {
    this.deepen();
    const value = this.braced();
    this.nesting--;
    return value;
  }

  private braced(): Expression {
    const { start } = this.take();
    if (this.accept('}')) return { kind: 'Dict', entries: [], start, end: this.lastEnd };
    if (this.sees('**')) return this.dict(start);
    const first = this.starNamedExpression();
    if (this.sees(':') && first.kind !== 'Starred') return this.dict(start, first);
    if (this.startsComprehension()) {
      const generators = this.comprehensionOf(first);
      return { kind: 'SetComp', element: first, generators, start, end: this.expect('}') };
    }
    const elements = this.moreElements([first], '}');
    return { kind: 'Set', elements, start, end: this.expect('}') };
  }

  private dict(start: number, first?: Expression): Expression {
    const entries: Dict['entries'][number][] = [];
    let key = first;
    do {
      if (this.sees('}')) break;
      if (key === undefined && this.accept('**')) {
        const mark = this.mark();
        entries.push({ key: undefined, value: this.bitwiseOr() });
        if (this.sees('for')) {
          const last = this.lastBefore(this.lastEnd, mark);
          throw this.faultAt('dict unpacking cannot be used in dict comprehension', last);
        }
        continue;
      }
      key ??= this.expression();
      if (!this.sees(':')) throw this.faultAt("':' expected after dictionary key", key);
      entries.push({ key, value: this.dictValue() });
      if (entries.length === 1 && (this.sees('for') || this.sees('async'))) {
        const generators = this.comprehensionClauses();
        const { value } = entries[0]!;
        return { kind: 'DictComp', key, value, generators, start, end: this.expect('}') };
      }
      key = undefined;
    } while (this.accept(','));
    return { kind: 'Dict', entries, start, end: this.expect('}') };
  }

  private dictValue(): Expression {
    const colon = this.take();
    if (this.sees('}') || this.sees(',')) throw this.faultAt("expression expected after dictionary key and ':'", colon);
    if (this.sees('*')) throw this.faultHere('cannot use a starred expression in a dictionary value');
    return this.expression();
  }

  // ------------------------------------------------------------------------------------------ trailers

  private call(func: Expression, start: number): Expression {
    this.deepen();
    const { args, keywords } = this.arguments();
    this.nesting--;
    return { kind: 'Call', func, args, keywords, start, end: this.lastEnd };
  }

  /** The arguments of a call or a class, brackets included. */
  protected arguments(): { args: Expression[]; keywords: Keyword[] } {
    const open = this.start;
    let args: Expression[] = [];
    let keywords: Keyword[] = [];
    this.advance();
    while (!this.sees(')')) {
      const { type, start } = this;
      if (type === '*' || type === '**') this.unpacking(args, keywords);
      else {
        const value = this.expression();
        const after = this.type;
        if (after === '=' && this.isBareName(value, start)) keywords = append(keywords, this.keyword(value));
        else {
          const simple = after === ',' || after === ')';
          const argument = simple ? value : this.argument(value, start, open, args.length + keywords.length);
          if (keywords.length > 0) throw this.misplacedArgument(argument, keywords);
          args = append(args, argument);
        }
      }
      if (!this.accept(',')) break;
    }
    this.expect(')');
    if (keywords.length > 1 && namesOneTwice(keywords)) this.scoped();
    return { args: trimmed(args), keywords: trimmed(keywords) };
  }

  /** `*iterable` or `**mapping` */
  private unpacking(args: Expression[], keywords: Keyword[]): void {
    const { type } = this;
    const sign = this.take();
    const { start } = sign;
    const value = this.expression();
    if (type === '**') keywords.push({ name: undefined, value, start, end: this.lastEnd });
    else {
      if (keywords.some(({ name }) => name === undefined))
        throw this.faultAt('iterable argument unpacking follows keyword argument unpacking', sign);
      args.push({ kind: 'Starred', value, start, end: this.lastEnd });
    }
  }

  private misplacedArgument(argument: Expression, before: readonly Keyword[]): SyntaxFault {
    const mapping = before.some(({ name }) => name === undefined);
    const what = mapping ? 'keyword argument unpacking' : 'keyword argument';
    return this.faultAt(`positional argument follows ${what}`, argument);
  }

  /** `=value` after its name. */
  private keyword(target: Expression): Keyword {
    const { id, start, end } = target as Extract<Expression, { kind: 'Name' }>;
    this.advance();
    const name = { name: id, start, end };
    if (this.sees(',') || this.sees(')'))
      throw this.faultFrom('expected argument value expression', name, this.lastEnd);
    const value = this.expression();
    if (this.startsComprehension())
      throw this.faultAt("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", name);
    return { name, value, start, end: this.lastEnd };
  }

  /** An argument of which more than the first expression may stand here: a walrus, a generator, a mistake. */
  private argument(first: Expression, start: number, open: number, before: number): Expression {
    const value = this.sees(':=') && this.isBareName(first, start) ? this.walrus(first, start) : first;
    if (this.sees(':='))
      throw this.faultAt(`cannot use assignment expressions with ${describeExpression(value)}`, value);
    if (this.sees('=')) {
      const constant = value.kind === 'Constant' && (value.value === null || typeof value.value === 'boolean');
      if (constant) throw this.faultAt(`cannot assign to ${describeExpression(value)}`, value);
      throw this.faultFrom('expression cannot contain assignment, perhaps you meant "=="?', value, this.end);
    }
    if (!this.startsComprehension()) return value;
    const generators = this.comprehensionClauses();
    if (before === 0 && this.sees(')'))
      return { kind: 'GeneratorExp', element: value, generators, start: open, end: this.end };
    const span: Span = { start, end: this.lastEnd };
    if (this.sees(',') || this.sees(')')) throw this.faultAt('Generator expression must be parenthesized', span);
    return { kind: 'GeneratorExp', element: value, generators, ...span };
  }

  private subscript(value: Expression, start: number): Expression {
    this.deepen();
    this.advance();
    const opening = this.start;
    const first = this.slice();
    let index = first;
    if (this.sees(',') || first.kind === 'Starred') {
      const elements = [first];
      while (this.accept(',')) {
        if (this.sees(']')) break;
        elements.push(this.slice());
      }
      index = { kind: 'Tuple', elements, start: opening, end: this.lastEnd };
    }
    const end = this.expect(']');
    this.nesting--;
    return { kind: 'Subscript', value, index, start, end };
  }

  private slice(): Expression {
    const { start } = this;
    const lower = this.sees(':') ? undefined : this.starNamedExpression();
    if (!this.sees(':')) return lower!;
    this.advance();
    const upper = this.endsSlice() ? undefined : this.expression();
    const step = this.accept(':') && !this.endsSlice() ? this.expression() : undefined;
    return { kind: 'Slice', lower, upper, step, start, end: this.lastEnd };
  }

  private endsSlice(): boolean {
    return this.sees(']') || this.sees(',') || this.sees(':');
  }
}
