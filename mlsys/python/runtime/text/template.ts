/** `str.format`: replacement fields with attribute and index look-up, nested specifications, automatic numbering. */
import { raise } from '../errors';
import type { Value } from '../objects';
import { format, getAttribute, getItem, repr, str, valueText } from '../operations';
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
  if (depth <= 0) throw raise('ValueError', 'Max string recursion exceeded');
  let out = '';
  for (const { text, field } of templateParts(template)) {
    out += text;
    if (field !== undefined) out += replace(field, args, numbering, depth);
  }
  return out;
}

/** What a template is made of: texts, each with the field after it, if there is one. */
export function* templateParts(template: string): Generator<{ readonly text: string; readonly field?: Field }> {
  let text = '';
  let at = 0;
  while (at < template.length) {
    const char = template[at]!;
    if (char === '{' && template[at + 1] !== '{') {
      vm.step(FIELD_STEPS);
      const close = fieldEnd(template, at);
      yield { text, field: splitField(template.slice(at + 1, close)) };
      text = '';
      at = close + 1;
    } else if (char === '{' || char === '}') {
      if (template[at + 1] !== char) throw raise('ValueError', `Single '${char}' encountered in format string`);
      yield { text: text + char };
      text = '';
      at += 2;
    } else {
      const stop = template.slice(at).search(/[{}]/);
      const end = stop < 0 ? template.length : at + stop;
      text += template.slice(at, end);
      at = end;
    }
  }
  if (text !== '') yield { text };
}

/** `{name!conversion:spec}` */
export interface Field {
  readonly name: string;
  readonly conversion: string;
  readonly spec: string;
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
  throw raise('ValueError', unclosed(template.slice(open + 1)));
}

/** The complaint about a field that nothing closes: it says what was being read. */
function unclosed(rest: string): string {
  if (rest === '') return "Single '{' encountered in format string";
  const mark = /^(?:[^![\]:]|\[[^\]]*\])*([!:])/.exec(rest);
  if (mark === null) return "expected '}' before end of string";
  return mark[1] === '!' && mark[0].length === rest.length
    ? 'end of string while looking for conversion specifier'
    : "unmatched '{' in format spec";
}

function replace({ name, conversion, spec }: Field, args: Arguments, numbering: Numbering, depth: number): string {
  const value = evaluate(name, args, numbering);
  const converted = convert(value, conversion);
  return format(converted, spec.includes('{') || spec.includes('}') ? expand(spec, args, numbering, depth - 1) : spec);
}

function splitField(field: string): Field {
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
  if (conversion === undefined) throw raise('ValueError', "unmatched '{' in format spec");
  const after = field[at + 2];
  if (after !== undefined && after !== ':') throw raise('ValueError', "expected ':' after conversion specifier");
  return { name, conversion, spec: field.slice(at + 3) };
}

function convert(value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 'r':
      return valueText(repr(value));
    case 's':
      return valueText(str(value));
    case 'a':
      return asciiOnly(valueText(repr(value)));
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
  const first = firstName(text);
  let value = firstValue(first, args, numbering);
  for (const { attribute, key } of fieldPath(text.slice(first.length)))
    value = attribute ? getAttribute(value, String(key)) : getItem(value, key);
  return value;
}

/** The part of a field name before its first attribute or key. */
export function firstName(text: string): string {
  const split = text.search(/[.[]/);
  return split < 0 ? text : text.slice(0, split);
}

/** The attributes and keys after the first name. */
export function* fieldPath(text: string): Generator<{ readonly attribute: boolean; readonly key: Value }> {
  let at = 0;
  while (at < text.length) {
    if (text[at] === '.') {
      const rest = text.slice(at + 1).search(/[.[]/);
      const end = rest < 0 ? text.length : at + 1 + rest;
      const name = text.slice(at + 1, end);
      if (name === '') throw raise('ValueError', 'Empty attribute in format string');
      yield { attribute: true, key: name };
      at = end;
    } else if (text[at] === '[') {
      const close = text.indexOf(']', at);
      if (close < 0) throw raise('ValueError', "Missing ']' in format string");
      const key = text.slice(at + 1, close);
      if (key === '') throw raise('ValueError', 'Empty attribute in format string');
      yield { attribute: false, key: /^\d+$/.test(key) ? BigInt(key) : key };
      at = close + 1;
    } else throw raise('ValueError', "Only '.' or '[' may follow ']' in format field specifier");
  }
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
