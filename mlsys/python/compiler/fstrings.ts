/** F-strings. */
import { Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import type { Value } from '../runtime/objects';
import { format, repr, str, valueText } from '../runtime/operations';
import { vm } from '../runtime/vm';
import type { FormattedValue, JoinedStr } from '../syntax/ast';
import { compileExpression } from './expressions';
import type { Scope } from './scope';
import type { Evaluate } from './unit';

type Text = (frame: Frame) => string;

export function compileFString(node: JoinedStr, scope: Scope): Evaluate {
  if (node.template)
    return () => {
      throw new Unsupported('a template string', 'write an f-string', node);
    };
  const { unnamed } = node;
  if (unnamed !== undefined)
    return () => {
      const hint = 'write the character itself, or its \\u escape';
      throw new Unsupported(`the character name ${unnamed}`, hint, node);
    };
  return joined(node.parts, scope);
}

function joined(parts: readonly (string | FormattedValue)[], scope: Scope): Text {
  const pieces = parts.map((part): string | Text => (typeof part === 'string' ? part : field(part, scope)));
  if (pieces.length === 1) {
    const only = pieces[0]!;
    return typeof only === 'string' ? () => only : only;
  }
  return frame => {
    let text = '';
    for (let at = 0; at < pieces.length; at++) {
      const piece = pieces[at]!;
      text += typeof piece === 'string' ? piece : piece(frame);
    }
    // Joined strings may double with each turn of a loop; short ones are not worth counting.
    if (text.length > 256) vm.chargeText(text.length);
    return text;
  };
}

function field(node: FormattedValue, scope: Scope): Text {
  const value = compileExpression(node.value, scope);
  const { selfDocumenting } = node;
  const spec = node.spec === undefined ? undefined : joined(node.spec, scope);
  // `{x=}` shows the repr unless something else is asked for.
  const conversion = node.conversion ?? (selfDocumenting !== undefined && spec === undefined ? 'r' : undefined);
  const text: Text = frame => {
    let shown: Value = value(frame);
    if (conversion !== undefined) {
      frame.at = node.value;
      shown = convert(shown, conversion);
    }
    if (spec === undefined && typeof shown === 'string') return shown;
    const wanted = spec === undefined ? '' : spec(frame);
    frame.at = node.value;
    return format(shown, wanted);
  };
  return selfDocumenting === undefined ? text : frame => selfDocumenting + text(frame);
}

function convert(value: Value, conversion: 's' | 'r' | 'a'): string {
  const text = valueText(conversion === 's' ? str(value) : repr(value));
  return conversion === 'a' ? asciiOf(text) : text;
}

/** `repr` with escapes for all that is not ASCII. */
function asciiOf(text: string): string {
  let result = '';
  for (const ch of text) {
    const code = ch.codePointAt(0)!;
    if (code < 0x80) result += ch;
    else if (code < 0x100) result += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) result += `\\u${code.toString(16).padStart(4, '0')}`;
    else result += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return result;
}
