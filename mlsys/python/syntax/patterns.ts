/** The patterns of `match`. */
import type { Expression, Identifier, MatchClass, Pattern } from './ast';
import { StringParser } from './fstrings';
import type { TokenType } from './tokens';

export abstract class PatternParser extends StringParser {
  /** What follows `case`: an open sequence or one pattern. */
  protected patterns(): Pattern {
    const { start } = this;
    const first = this.maybeStarPattern();
    if (!this.sees(',')) {
      if (first.kind === 'MatchStar') throw this.unexpected();
      return first;
    }
    const patterns = [first];
    while (this.accept(',')) {
      if (this.sees(':') || this.sees('if')) break;
      patterns.push(this.maybeStarPattern());
    }
    return { kind: 'MatchSequence', patterns, start, end: this.lastEnd };
  }

  private maybeStarPattern(): Pattern {
    if (!this.sees('*')) return this.pattern();
    const { start } = this.take();
    const name = this.identifier();
    return { kind: 'MatchStar', name: name.name === '_' ? undefined : name, start, end: name.end };
  }

  private pattern(): Pattern {
    this.deepen();
    const { start } = this;
    let pattern = this.orPattern();
    if (this.accept('as')) {
      const name = this.captureName();
      pattern = { kind: 'MatchAs', pattern, name, start, end: name.end };
    }
    this.nesting--;
    return pattern;
  }

  /** The name after `as`. */
  private captureName(): Identifier {
    const next = this.sees('name') ? this.following() : undefined;
    if (next === undefined || next === '.' || next === '(')
      throw this.startsExpression() ? this.faultHere('invalid pattern target') : this.unexpected();
    const name = this.identifier();
    if (name.name === '_') throw this.faultAt("cannot use '_' as a target", name);
    return name;
  }

  private orPattern(): Pattern {
    const { start } = this;
    const first = this.closedPattern();
    if (!this.sees('|')) return first;
    const patterns = [first];
    while (this.accept('|')) patterns.push(this.closedPattern());
    return { kind: 'MatchOr', patterns, start, end: this.lastEnd };
  }

  private closedPattern(): Pattern {
    const { type } = this;
    switch (type) {
      case 'number':
      case 'string':
      case 'fstart':
      case '-':
        return this.literalPattern();
      case 'name':
        return this.namedPattern();
      case 'None':
      case 'True':
      case 'False':
        return { kind: 'MatchSingleton', value: type === 'None' ? null : type === 'True', ...this.take() };
      case '(':
        return this.sequencePattern(')');
      case '[':
        return this.sequencePattern(']');
      case '{':
        return this.mappingPattern();
      default:
        throw this.unexpected();
    }
  }

  /** A number, signed or complex, or a string. */
  private literal(): Expression {
    const left = this.signedNumber();
    if (left.kind === 'JoinedStr') throw this.faultAt('patterns may only match literals and attribute lookups', left);
    if (!this.sees('+') && !this.sees('-')) return left;
    const op = this.sees('+') ? '+' : '-';
    this.advance();
    if (!this.sees('number')) throw this.unexpected();
    const right = this.atom();
    if (right.kind === 'Constant' && !(typeof right.value === 'object' && right.value?.type === 'complex'))
      throw this.faultAt('imaginary number required in complex literal', right);
    return { kind: 'BinOp', left, op, right, start: left.start, end: right.end };
  }

  private signedNumber(): Expression {
    if (!this.sees('-')) return this.atom();
    const { start } = this.take();
    if (!this.sees('number')) throw this.unexpected();
    const operand = this.atom();
    return { kind: 'UnaryOp', op: '-', operand, start, end: operand.end };
  }

  private literalPattern(): Pattern {
    const value = this.literal();
    return { kind: 'MatchValue', value, start: value.start, end: value.end };
  }

  /** A capture, the wildcard, a dotted value or a class pattern. */
  private namedPattern(): Pattern {
    const name = this.identifier();
    let value: Expression = { kind: 'Name', id: name.name, start: name.start, end: name.end };
    while (this.accept('.')) {
      const attr = this.identifier();
      value = { kind: 'Attribute', value, attr, start: value.start, end: attr.end };
    }
    if (this.sees('(')) return this.classPattern(value);
    if (value.kind === 'Attribute') return { kind: 'MatchValue', value, start: value.start, end: value.end };
    const captured = name.name === '_' ? undefined : name;
    return { kind: 'MatchAs', pattern: undefined, name: captured, start: name.start, end: name.end };
  }

  private classPattern(cls: Expression): Pattern {
    this.advance();
    const patterns: Pattern[] = [];
    const keywords: MatchClass['keywords'][number][] = [];
    while (!this.sees(')')) {
      if (this.sees('name') && this.following() === '=') {
        const name = this.identifier();
        this.advance();
        keywords.push({ name, pattern: this.pattern() });
      } else {
        const pattern = this.pattern();
        if (keywords.length > 0) throw this.faultAt('positional patterns follow keyword patterns', pattern);
        patterns.push(pattern);
      }
      if (!this.accept(',')) break;
    }
    return { kind: 'MatchClass', cls, patterns, keywords, start: cls.start, end: this.expect(')') };
  }

  private sequencePattern(close: TokenType): Pattern {
    const { start } = this.take();
    const patterns: Pattern[] = [];
    let comma = close === ']';
    while (!this.sees(close)) {
      patterns.push(this.maybeStarPattern());
      if (!this.accept(',')) break;
      comma = true;
    }
    const end = this.expect(close);
    const only = patterns[0];
    if (!comma && patterns.length === 1 && only !== undefined) {
      if (only.kind === 'MatchStar') throw this.unexpected();
      return only;
    }
    return { kind: 'MatchSequence', patterns, start, end };
  }

  private mappingPattern(): Pattern {
    const { start } = this.take();
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: Identifier | undefined;
    while (!this.sees('}')) {
      if (this.accept('**')) {
        rest = this.identifier();
        this.accept(',');
        break;
      }
      keys.push(this.mappingKey());
      this.expect(':');
      patterns.push(this.pattern());
      if (!this.accept(',')) break;
    }
    return { kind: 'MatchMapping', keys, patterns, rest, start, end: this.expect('}') };
  }

  private mappingKey(): Expression {
    const key = this.closedPattern();
    if (key.kind === 'MatchValue') return key.value;
    if (key.kind === 'MatchSingleton') return { kind: 'Constant', value: key.value, start: key.start, end: key.end };
    throw this.unexpected();
  }
}
