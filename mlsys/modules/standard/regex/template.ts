/** Replacement templates: `\1`, `\g<name>` and the usual escapes. */
import type { Regex } from './nodes';
import { RegexFault } from './parser';

/** Texts and the numbers of groups. */
export type Template = readonly (string | number)[];

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** `g<name>` at the start of a text, which stands at an offset: the group that it means, and how long it is. */
function namedGroup(text: string, at: number, { names }: Regex): { readonly index: number; readonly length: number } {
  const named = /^g<([^>]*)>/.exec(text);
  if (text[1] !== '<') throw new RegexFault('missing <', at + 1);
  if (named === null && text === 'g<') throw new RegexFault('missing group name', at + 2);
  if (named === null) throw new RegexFault('missing >, unterminated name', at + 2);
  const name = named[1]!;
  if (name === '') throw new RegexFault('missing group name', at + 2);
  const index = /^\d+$/.test(name) ? Number(name) : names.get(name);
  if (index === undefined) {
    if (!/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name))
      throw new RegexFault(`bad character in group name '${name}'`, at + 2);
    throw new RegexFault(`unknown group name '${name}'`, -1);
  }
  return { index, length: named[0].length };
}

/** Reads the replacement text of `sub` and `expand`. */
export function parseTemplate(text: string, regex: Regex): Template {
  const parts: (string | number)[] = [];
  let from = 0;
  const push = (part: string | number): void => {
    const last = parts[parts.length - 1];
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  };
  const group = (index: number, position: number): void => {
    if (index > regex.groups) throw new RegexFault(`invalid group reference ${index}`, position);
    push(index);
  };
  for (let slash = text.indexOf('\\'); slash >= 0; slash = text.indexOf('\\', from)) {
    push(text.slice(from, slash));
    const rest = text.slice(slash + 1);
    const char = rest[0];
    if (char === undefined) throw new RegexFault('bad escape (end of pattern)', slash);
    if (char === 'g') {
      const { index, length } = namedGroup(rest, slash + 1, regex);
      group(index, slash + 3);
      from = slash + 1 + length;
      continue;
    }
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7][0-7])/.exec(rest);
    if (octal !== null) {
      if (Number.parseInt(octal[0], 8) > 0o377)
        throw new RegexFault(`octal escape value \\${octal[0]} outside of range 0-0o377`, slash);
      push(String.fromCharCode(Number.parseInt(octal[0], 8)));
      from = slash + 1 + octal[0].length;
      continue;
    }
    const digits = /^[1-9][0-9]?/.exec(rest);
    if (digits !== null) {
      group(Number(digits[0]), slash + 1);
      from = slash + 1 + digits[0].length;
      continue;
    }
    const simple = ESCAPES[char];
    if (simple === undefined && /[a-zA-Z]/.test(char)) throw new RegexFault(`bad escape \\${char}`, slash);
    push(simple ?? `\\${char}`);
    from = slash + 2;
  }
  push(text.slice(from));
  return parts;
}

/** The text of a template for one match; a group that took no part counts as empty. */
export function expandTemplate(template: Template, group: (index: number) => string | undefined): string {
  return template.map(part => (typeof part === 'string' ? part : (group(part) ?? ''))).join('');
}
