/** `str.format`: replacement fields with attribute and index look-up, nested specifications, automatic numbering. */
import { raise } from '../errors';
import type { Value } from '../objects';
import { format, getAttribute, getItem, repr, str } from '../operations';
import { vm } from '../vm';
import { asciiOnly } from './percent';

/** Where the fields' first names come from. */
export interface Arguments {
  positional(index: number): Value | undefined;
  named(name: string): Value;
}

/** What reading and writing a field takes, beside what its value does. */
const FIELD_STEPS = 8;

interface Numbering {
  next: number;
  manual: boolean | undefined;
}

/** `template.format(...)` */
export function formatTemplate(template: string, args: Arguments): string {
  return expand(template, args, { next: 0, manual: undefined }, 2);
}

function expand(template: string, args: Arguments, numbering: Numbering, depth: number): string {
  if (depth < 0) throw raise('ValueError', 'Max string recursion exceeded');
  let out = '';
  let at = 0;
  while (at < template.length) {
    const char = template[at]!;
    if (char === '{' && template[at + 1] !== '{') {
      vm.step(FIELD_STEPS);
      const close = fieldEnd(template, at);
      out += replace(template.slice(at + 1, close), args, numbering, depth);
      at = close + 1;
    } else if (char === '{' || char === '}') {
      if (template[at + 1] !== char) throw raise('ValueError', `Single '${char}' encountered in format string`);
      out += char;
      at += 2;
    } else {
      const stop = template.slice(at).search(/[{}]/);
      const end = stop < 0 ? template.length : at + stop;
      out += template.slice(at, end);
      at = end;
    }
  }
  return out;
}

/** Offset of the brace that closes the field opened at `open`. */
function fieldEnd(template: string, open: number): number {
  let depth = 1;
  let bracket = false;
  for (let at = open + 1; at < template.length; at++) {
    const char = template[at]!;
    if (char === '[' && depth === 1) bracket = true;
    else if (char === ']') bracket = false;
    else if (bracket) continue;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
  }
  throw raise(
    'ValueError',
    open === template.length - 1 ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}

function replace(field: string, args: Arguments, numbering: Numbering, depth: number): string {
  const { name, conversion, spec } = splitField(field);
  const value = evaluate(name, args, numbering);
  const converted = convert(value, conversion);
  return format(converted, spec.includes('{') || spec.includes('}') ? expand(spec, args, numbering, depth - 1) : spec);
}

function splitField(field: string): { name: string; conversion: string; spec: string } {
  let bracket = false;
  let at = 0;
  for (; at < field.length; at++) {
    const char = field[at]!;
    if (char === '[') bracket = true;
    else if (char === ']') bracket = false;
    else if (char === '{' && !bracket) throw raise('ValueError', "unexpected '{' in field name");
    else if (!bracket && (char === '!' || char === ':')) break;
  }
  const name = field.slice(0, at);
  if (field[at] !== '!') return { name, conversion: '', spec: field.slice(at + 1) };
  const conversion = field[at + 1];
  if (conversion === undefined) throw raise('ValueError', 'end of string while looking for conversion specifier');
  const after = field[at + 2];
  if (after !== undefined && after !== ':') throw raise('ValueError', "expected ':' after conversion specifier");
  return { name, conversion, spec: field.slice(at + 3) };
}

function convert(value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 'r':
      return repr(value);
    case 's':
      return str(value);
    case 'a':
      return asciiOnly(repr(value));
    default: {
      const code = conversion.codePointAt(0)!;
      throw raise(
        'ValueError',
        code > 32 && code < 127
          ? `Unknown conversion specifier ${conversion}`
          : `Unknown conversion specifier \\x${code.toString(16)}`,
      );
    }
  }
}

/** The value of a field name such as `0.name[key]`. */
function evaluate(text: string, args: Arguments, numbering: Numbering): Value {
  const split = text.search(/[.[]/);
  const first = split < 0 ? text : text.slice(0, split);
  let value = firstValue(first, args, numbering);
  let at = split < 0 ? text.length : split;
  while (at < text.length) {
    if (text[at] === '.') {
      const rest = text.slice(at + 1).search(/[.[]/);
      const end = rest < 0 ? text.length : at + 1 + rest;
      const name = text.slice(at + 1, end);
      if (name === '') throw raise('ValueError', 'Empty attribute in format string');
      value = getAttribute(value, name);
      at = end;
    } else if (text[at] === '[') {
      const close = text.indexOf(']', at);
      if (close < 0) throw raise('ValueError', "Missing ']' in format string");
      const key = text.slice(at + 1, close);
      if (key === '') throw raise('ValueError', 'Empty attribute in format string');
      value = getItem(value, /^\d+$/.test(key) ? BigInt(key) : key);
      at = close + 1;
    } else throw raise('ValueError', "Only '.' or '[' may follow ']' in format field specifier");
  }
  return value;
}

function firstValue(name: string, args: Arguments, numbering: Numbering): Value {
  const manual = /^\d+$/.test(name);
  if (!manual && name !== '') return args.named(name);
  if (numbering.manual !== undefined && numbering.manual !== manual)
    throw raise(
      'ValueError',
      manual
        ? 'cannot switch from automatic field numbering to manual field specification'
        : 'cannot switch from manual field specification to automatic field numbering',
    );
  numbering.manual = manual;
  const index = manual ? Number(name) : numbering.next++;
  const value = args.positional(index);
  if (value === undefined)
    throw raise('IndexError', `Replacement index ${index} out of range for positional args tuple`);
  return value;
}
