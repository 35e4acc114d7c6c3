/** Operands: names, literals, displays, comprehensions, and what follows them: calls, attributes, subscripts. */
import type {
  Call,
  Comprehension,
  ConstantValue,
  Dict,
  Expression,
  FormattedValue,
  Keyword,
  Span,
  Subscript,
} from './ast';
import { describeExpression, type SyntaxFault } from './faults';
import { numberValue } from './numbers';
import { decodeBytes, decodeText } from './strings';
import { TokenStream } from './tokenStream';
import type { Token } from './tokens';

const CONSTANTS: ReadonlyMap<string, ConstantValue> = new Map<string, ConstantValue>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['...', { type: 'ellipsis' }],
]);

/** Keywords and operators with which an expression may start. */
const STARTERS: ReadonlySet<string> = new Set('None True False not lambda await ( [ { - + ~ ...'.split(' '));

type Parts = (string | FormattedValue)[];

export abstract class AtomParser extends TokenStream {
  abstract expression(): Expression;
  abstract namedExpression(): Expression;
  abstract starNamedExpression(): Expression;
  abstract starExpressions(): Expression;
  abstract disjunction(): Expression;
  abstract bitwiseOr(): Expression;
  abstract yieldExpression(): Expression;
  abstract comprehensionClauses(): Comprehension[];
  protected abstract misusedEquals(value: Expression): SyntaxFault | undefined;

  protected startsExpression(token: Token): boolean {
    switch (token.type) {
      case 'name':
      case 'number':
      case 'string':
      case 'fstart':
        return true;
      case 'op':
      case 'keyword':
        return STARTERS.has(token.text);
      default:
        return false;
    }
  }

  private constant(value: ConstantValue, span: Span): Expression {
    return { kind: 'Constant', value, start: span.start, end: span.end };
  }

  protected atom(): Expression {
    const token = this.peek();
    switch (token.type) {
      case 'name':
        this.take();
        return { kind: 'Name', id: token.text, start: token.start, end: token.end };
      case 'number':
        this.take();
        return this.constant(numberValue(this.source.slice(token.start, token.end)), token);
      case 'string':
      case 'fstart':
        return this.strings();
      case 'op':
      case 'keyword': {
        const value = CONSTANTS.get(token.text);
        if (value !== undefined) {
          this.take();
          return this.constant(value, token);
        }
        if (token.text === '(') return this.nested(() => this.group());
        if (token.text === '[') return this.nested(() => this.list());
        if (token.text === '{') return this.nested(() => this.braces());
        throw this.unexpected();
      }
      default:
        throw this.unexpected();
    }
  }

  protected primary(): Expression {
    const { start } = this.peek();
    let value = this.atom();
    for (let length = 0; ; length++) {
      const token = this.peek();
      if (token.type !== 'op') return value;
      if (token.text === '.') {
        this.take();
        const attr = this.identifier();
        value = { kind: 'Attribute', value, attr, start, end: attr.end };
      } else if (token.text === '(') value = this.call(value, start);
      else if (token.text === '[') value = this.subscript(value, start);
      else return value;
      this.checkChain(length, value);
    }
  }

  // ------------------------------------------------------------------------------------------ brackets

  private closing(text: string): Token {
    if (!this.sees(text)) throw this.unexpected();
    return this.take();
  }

  /** `(...)`: a tuple, a generator, a yield or an expression in parentheses. */
  private group(): Expression {
    const open = this.take();
    if (this.sees(')')) {
      const close = this.take();
      return { kind: 'Tuple', elements: [], start: open.start, end: close.end };
    }
    if (this.sees('yield')) {
      const value = this.yieldExpression();
      this.closing(')');
      return value;
    }
    const first = this.starNamedExpression();
    const generators = this.comprehensionClauses();
    if (generators.length > 0) {
      this.refuseUnpacking(first);
      const close = this.closing(')');
      return { kind: 'GeneratorExp', element: first, generators, start: open.start, end: close.end };
    }
    if (!this.sees(',')) {
      this.closing(')');
      if (first.kind === 'Starred') throw this.faultAt('cannot use starred expression here', first);
      return first;
    }
    const elements = this.moreElements([first], ')');
    const close = this.closing(')');
    return { kind: 'Tuple', elements, start: open.start, end: close.end };
  }

  private refuseUnpacking(element: Expression): void {
    if (element.kind === 'Starred') throw this.faultAt('iterable unpacking cannot be used in comprehension', element);
  }

  private moreElements(elements: Expression[], close: string): Expression[] {
    while (this.accept(',')) {
      if (this.sees(close)) break;
      elements.push(this.starNamedExpression());
      if ((this.sees('for') || this.sees('async')) && close !== ')') throw this.bareTuple(elements);
    }
    return elements;
  }

  /** `[a, b for a, b in pairs]` */
  private bareTuple(elements: readonly Expression[]): SyntaxFault {
    const clauses = this.attempt(() => this.comprehensionClauses());
    if (clauses === undefined) return this.unexpected();
    const message = 'did you forget parentheses around the comprehension target?';
    return this.faultFrom(message, elements[0]!, elements[elements.length - 1]!);
  }

  private list(): Expression {
    const open = this.take();
    if (this.sees(']')) return { kind: 'List', elements: [], start: open.start, end: this.take().end };
    const first = this.starNamedExpression();
    const generators = this.comprehensionClauses();
    if (generators.length > 0) {
      this.refuseUnpacking(first);
      return { kind: 'ListComp', element: first, generators, start: open.start, end: this.closing(']').end };
    }
    const elements = this.moreElements([first], ']');
    return { kind: 'List', elements, start: open.start, end: this.closing(']').end };
  }

  /** A dict, a set or a comprehension of either. */
  private braces(): Expression {
    const open = this.take();
    if (this.sees('}')) return { kind: 'Dict', entries: [], start: open.start, end: this.take().end };
    if (this.sees('**')) return this.dict(open);
    const first = this.starNamedExpression();
    if (this.sees(':') && first.kind !== 'Starred') return this.dict(open, first);
    const generators = this.comprehensionClauses();
    if (generators.length > 0) {
      this.refuseUnpacking(first);
      return { kind: 'SetComp', element: first, generators, start: open.start, end: this.closing('}').end };
    }
    const elements = this.moreElements([first], '}');
    return { kind: 'Set', elements, start: open.start, end: this.closing('}').end };
  }

  private dict(open: Token, first?: Expression): Expression {
    const entries: Dict['entries'][number][] = [];
    let key = first;
    do {
      if (this.sees('}')) break;
      if (key === undefined && this.accept('**')) {
        entries.push({ key: undefined, value: this.bitwiseOr() });
        if (this.sees('for')) throw this.faultAt('dict unpacking cannot be used in dict comprehension', this.peek(-1));
        continue;
      }
      key ??= this.expression();
      const colon = this.sees(':') ? this.take() : undefined;
      if (colon === undefined) throw this.faultAt("':' expected after dictionary key", key);
      entries.push({ key, value: this.dictValue(colon) });
      if (entries.length === 1 && (this.sees('for') || this.sees('async'))) {
        const generators = this.comprehensionClauses();
        const { value } = entries[0]!;
        return { kind: 'DictComp', key, value, generators, start: open.start, end: this.closing('}').end };
      }
      key = undefined;
    } while (this.accept(','));
    return { kind: 'Dict', entries, start: open.start, end: this.closing('}').end };
  }

  private dictValue(colon: Token): Expression {
    if (this.sees('}') || this.sees(',')) throw this.faultAt("expression expected after dictionary key and ':'", colon);
    if (this.sees('*')) throw this.faultAt('cannot use a starred expression in a dictionary value', this.peek());
    return this.expression();
  }

  // ------------------------------------------------------------------------------------------ trailers

  private call(func: Expression, start: number): Call {
    return this.nested(() => {
      const open = this.take();
      const { args, keywords } = this.arguments(open);
      const close = this.closing(')');
      return { kind: 'Call', func, args, keywords, start, end: close.end };
    });
  }

  /** The arguments of a call up to the closing bracket, which stays. */
  protected arguments(open: Token): { args: Expression[]; keywords: Keyword[] } {
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    let mapping = false;
    while (!this.sees(')')) {
      const token = this.peek();
      if (this.accept('**')) {
        const value = this.expression();
        keywords.push({ name: undefined, value, start: token.start, end: this.lastEnd() });
        mapping = true;
      } else if (this.accept('*')) {
        const value = this.expression();
        if (mapping) throw this.faultAt('iterable argument unpacking follows keyword argument unpacking', token);
        args.push({ kind: 'Starred', value, start: token.start, end: this.lastEnd() });
      } else if (token.type === 'name' && this.peek(1).text === '=') keywords.push(this.keyword());
      else {
        const value = this.argument(open, args.length + keywords.length);
        if (keywords.length > 0) {
          const what = mapping ? 'keyword argument unpacking' : 'keyword argument';
          throw this.faultAt(`positional argument follows ${what}`, value);
        }
        args.push(value);
      }
      if (!this.accept(',')) break;
    }
    return { args, keywords };
  }

  private keyword(): Keyword {
    const name = this.identifier();
    this.take();
    if (this.sees(',') || this.sees(')'))
      throw this.faultFrom('expected argument value expression', name, this.peek(-1));
    const value = this.expression();
    if (this.sees('for') || (this.sees('async') && this.peek(1).text === 'for'))
      throw this.faultFrom("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", name, {
        start: 0,
        end: name.end,
      });
    return { name, value, start: name.start, end: this.lastEnd() };
  }

  private argument(open: Token, before: number): Expression {
    const first = this.peek();
    const value = this.peek(1).text === ':=' ? this.namedExpression() : this.expression();
    if (this.sees(':='))
      throw this.faultAt(`cannot use assignment expressions with ${describeExpression(value)}`, value);
    if (this.sees('=')) {
      const constant = value.kind === 'Constant' && (value.value === null || typeof value.value === 'boolean');
      if (constant) throw this.faultAt(`cannot assign to ${describeExpression(value)}`, value);
      throw this.faultFrom('expression cannot contain assignment, perhaps you meant "=="?', value, this.peek());
    }
    const generators = this.comprehensionClauses();
    if (generators.length === 0) return value;
    const sole = before === 0 && this.sees(')');
    const end = sole ? this.peek().end : this.lastEnd();
    const start = sole ? open.start : first.start;
    if (!sole && (this.sees(',') || this.sees(')')))
      throw this.faultAt('Generator expression must be parenthesized', { start, end });
    return { kind: 'GeneratorExp', element: value, generators, start, end };
  }

  private subscript(value: Expression, start: number): Subscript {
    return this.nested(() => {
      this.take();
      const opening = this.peek().start;
      const first = this.slice();
      let index = first;
      if (this.sees(',') || first.kind === 'Starred') {
        const elements = [first];
        while (this.accept(',')) {
          if (this.sees(']')) break;
          elements.push(this.slice());
        }
        index = { kind: 'Tuple', elements, start: opening, end: this.lastEnd() };
      }
      const close = this.closing(']');
      return { kind: 'Subscript', value, index, start, end: close.end };
    });
  }

  private slice(): Expression {
    const { start } = this.peek();
    const lower = this.sees(':') ? undefined : this.starNamedExpression();
    if (!this.sees(':')) return lower!;
    this.take();
    const ends = () => this.sees(']') || this.sees(',') || this.sees(':');
    const upper = ends() ? undefined : this.expression();
    const step = this.accept(':') && !ends() ? this.expression() : undefined;
    return { kind: 'Slice', lower, upper, step, start, end: this.lastEnd() };
  }

  // ------------------------------------------------------------------------------------------ strings

  /** Adjacent string literals, which are one. */
  private strings(): Expression {
    const { start } = this.peek();
    const parts: Parts = [];
    const bytes: Uint8Array[] = [];
    let formatted = false;
    let texts = 0;
    for (;;) {
      const token = this.peek();
      if (token.type === 'fstart') {
        formatted = true;
        texts++;
        this.nested(() => this.formattedString(parts));
      } else if (token.type === 'string') {
        this.take();
        const quoteAt = token.start + token.text.length;
        const quotes =
          this.source.startsWith(this.source[quoteAt]!.repeat(3), quoteAt) && token.end - quoteAt >= 6 ? 3 : 1;
        const body = this.source.slice(quoteAt + quotes, token.end - quotes);
        const raw = token.text.includes('r');
        if (token.text.includes('b')) bytes.push(decodeBytes(body, raw, token.start));
        else {
          texts++;
          addText(parts, decodeText(body, raw, token.start));
        }
      } else break;
    }
    const span = { start, end: this.lastEnd() };
    if (bytes.length > 0) {
      if (texts > 0) throw this.faultAt('cannot mix bytes and nonbytes literals', span);
      return this.constant({ type: 'bytes', data: Uint8Array.from(bytes.flatMap(data => [...data])) }, span);
    }
    if (formatted) return { kind: 'JoinedStr', parts, ...span };
    return this.constant(parts.length === 0 ? '' : (parts[0] as string), span);
  }

  private formattedString(parts: Parts): void {
    const raw = this.take().text.includes('r');
    while (this.peek().type !== 'fend') {
      const token = this.take();
      if (token.type === 'fmiddle') {
        const text = this.source.slice(token.start, token.end).replaceAll('{{', '{').replaceAll('}}', '}');
        addText(parts, decodeText(text, raw, token.start));
      } else parts.push(this.field(token, raw));
    }
    this.take();
  }

  /** `{value=!r:spec}`; `open` is its bracket. */
  private field(open: Token, raw: boolean): FormattedValue {
    const token = this.peek();
    if (['}', '=', '!', ':'].includes(token.text))
      throw this.faultAt(`f-string: valid expression required before '${token.text}'`, token);
    if (!this.startsExpression(token) && !this.sees('*') && !this.sees('yield'))
      throw this.faultAt("f-string: expecting a valid expression after '{'", open);
    const value = this.sees('yield') ? this.yieldExpression() : this.starExpressions();
    const documented = this.accept('=');
    const selfDocumenting = documented ? this.source.slice(open.end, this.peek().start) : undefined;
    if (!this.endsField()) {
      const choices = documented ? "'!', or ':', or '}'" : "'=', or '!', or ':', or '}'";
      throw this.juxtaposed(this.peek()) ?? this.faultAt(`f-string: expecting ${choices}`, this.peek());
    }
    let conversion = this.accept('!') ? this.conversion() : undefined;
    const spec = this.accept(':') ? this.formatSpec(raw) : undefined;
    if (!this.sees('}')) throw this.faultAt("f-string: expecting '}'", this.peek());
    const { end } = this.take();
    if (documented && spec === undefined) conversion ??= 'r';
    return { value, conversion, spec, selfDocumenting, start: open.start, end };
  }

  private endsField(): boolean {
    return this.sees('!') || this.sees(':') || this.sees('}');
  }

  private conversion(): 's' | 'r' | 'a' {
    const token = this.peek();
    if (token.text === '}' || token.text === ':') throw this.faultAt('f-string: missing conversion character', token);
    if (token.type !== 'name') throw this.faultAt('f-string: invalid conversion character', token);
    if (token.text !== 's' && token.text !== 'r' && token.text !== 'a')
      throw this.faultAt(`f-string: invalid conversion character '${token.text}': expected 's', 'r', or 'a'`, token);
    this.take();
    if (!this.sees(':') && !this.sees('}')) throw this.faultAt("f-string: expecting ':' or '}'", this.peek());
    return token.text;
  }

  private formatSpec(raw: boolean): Parts {
    return this.nested(() => {
      const parts: Parts = [];
      while (this.peek().type === 'fmiddle' || this.sees('{')) {
        const token = this.take();
        if (token.type === 'fmiddle')
          addText(parts, decodeText(this.source.slice(token.start, token.end), raw, token.start));
        else parts.push(this.field(token, raw));
      }
      return parts;
    });
  }
}

/** Adds literal text, joined with the text before it. */
function addText(parts: Parts, text: string): void {
  const last = parts[parts.length - 1];
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else if (text !== '') parts.push(text);
}
