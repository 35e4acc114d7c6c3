/** String literals: plain, bytes and formatted, and their concatenation. */
import type { Expression, FormattedValue } from './ast';
import { ExpressionParser } from './expressions';
import { decodeBytes, decodeText } from './strings';

/** Literal text and fields. Copied for the tree, since a list that grew keeps room for more. */
type Parts = (string | FormattedValue)[];

export abstract class StringParser extends ExpressionParser {
  /** The name of a character in the literal that is read which is not in the table. */
  private unnamed: string | undefined = undefined;

  private readonly noteUnnamed = (name: string): void => {
    this.unnamed = name;
  };

  /** Adjacent string literals, which are one. */
  protected override strings(): Expression {
    const { start } = this;
    const parts: Parts = [];
    const bytes: number[] = [];
    let formatted = false;
    let template = false;
    let texts = false;
    let binary = false;
    const outer = this.unnamed;
    this.unnamed = undefined;
    for (let { type } = this; type === 'fstart' || type === 'string'; { type } = this) {
      if (type === 'fstart') {
        formatted = true;
        template ||= this.text.includes('t');
        texts = true;
        this.deepen();
        this.formattedString(parts);
        this.nesting--;
        continue;
      }
      const { text: prefix, start: at, end } = this;
      this.advance();
      const raw = prefix.includes('r');
      const body = this.body(at + prefix.length, end);
      if (prefix.includes('b')) {
        binary = true;
        for (const byte of decodeBytes(body, raw, at)) bytes.push(byte);
      } else {
        texts = true;
        addText(parts, decodeText(body, raw, at, this.noteUnnamed));
      }
    }
    const end = this.lastEnd;
    const { unnamed } = this;
    this.unnamed = outer;
    if (binary && texts) throw this.faultAt('cannot mix bytes and nonbytes literals', { start, end });
    if (binary) return { kind: 'Constant', value: { type: 'bytes', data: Uint8Array.from(bytes) }, start, end };
    if (formatted || unnamed !== undefined)
      return { kind: 'JoinedStr', parts: parts.slice(), template, unnamed, start, end };
    return { kind: 'Constant', value: parts.length === 0 ? '' : (parts[0] as string), start, end };
  }

  /** What stands between the quotes of a literal whose first quote is at `from`. */
  private body(from: number, to: number): string {
    const { source } = this;
    const quote = source.charCodeAt(from);
    const triple = to - from >= 6 && source.charCodeAt(from + 1) === quote && source.charCodeAt(from + 2) === quote;
    return triple ? source.slice(from + 3, to - 3) : source.slice(from + 1, to - 1);
  }

  private formattedString(parts: Parts): void {
    const raw = this.text.includes('r');
    this.advance();
    for (let { type } = this; type !== 'fend'; { type } = this) {
      if (type === 'fmiddle') {
        const { start, end } = this;
        this.advance();
        const text = this.source.slice(start, end).replaceAll('{{', '{').replaceAll('}}', '}');
        addText(parts, decodeText(text, raw, start, this.noteUnnamed));
      } else if (type === '{') parts.push(this.field(raw));
      else throw this.unexpected();
    }
    this.advance();
  }

  /** `{value=!r:spec}` */
  private field(raw: boolean): FormattedValue {
    const { start, end: from } = this;
    this.advance();
    if (this.type !== 'name') this.checkField(start);
    const value = this.type === 'yield' ? this.yieldExpression() : this.starExpressions();
    const documented = this.accept('=');
    const selfDocumenting = documented ? this.source.slice(from, this.start) : undefined;
    const after = this.type;
    if (after !== ':' && after !== '}' && after !== '!') {
      const choices = documented ? "'!', or ':', or '}'" : "'=', or '!', or ':', or '}'";
      const here = { start: this.start, end: this.end };
      throw this.juxtaposed() ?? this.faultAt(`f-string: expecting ${choices}`, here);
    }
    let conversion = this.accept('!') ? this.conversion() : undefined;
    const spec = this.accept(':') ? this.formatSpec(raw) : undefined;
    if (this.type !== '}') throw this.faultHere("f-string: expecting '}'");
    const { end } = this;
    this.advance();
    if (documented && spec === undefined) conversion ??= 'r';
    return { value, conversion, spec, selfDocumenting, start, end };
  }

  /** Refuses what cannot be the value of the field that opens at `open`. */
  private checkField(open: number): void {
    const { type } = this;
    if (type === '}' || type === '=' || type === '!' || type === ':')
      throw this.faultHere(`f-string: valid expression required before '${type}'`);
    if (!this.startsExpression() && type !== '*' && type !== 'yield')
      throw this.faultAt("f-string: expecting a valid expression after '{'", { start: open, end: open + 1 });
  }

  private conversion(): 's' | 'r' | 'a' {
    if (this.sees('}') || this.sees(':')) throw this.faultHere('f-string: missing conversion character');
    if (!this.sees('name')) throw this.faultHere('f-string: invalid conversion character');
    const { text } = this;
    if (text !== 's' && text !== 'r' && text !== 'a')
      throw this.faultHere(`f-string: invalid conversion character '${text}': expected 's', 'r', or 'a'`);
    this.advance();
    if (!this.sees(':') && !this.sees('}')) throw this.faultHere("f-string: expecting ':' or '}'");
    return text;
  }

  private formatSpec(raw: boolean): Parts {
    this.deepen();
    const parts: Parts = [];
    for (;;) {
      if (this.sees('fmiddle')) {
        const { start, end } = this;
        this.advance();
        addText(parts, decodeText(this.source.slice(start, end), raw, start, this.noteUnnamed));
      } else if (this.sees('{')) parts.push(this.field(raw));
      else break;
    }
    this.nesting--;
    return parts.slice();
  }
}

/** Adds literal text, joined with the text before it. */
function addText(parts: Parts, text: string): void {
  const last = parts[parts.length - 1];
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else if (text !== '') parts.push(text);
}
