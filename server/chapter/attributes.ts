/** Pandoc's attributes, `{#id .class key="value"}`. */
import type { Attribute, Attributes, OffsetRange } from './model';
import { shifted } from './ranges';

interface Read {
  readonly end: number;
  readonly attributes: Attributes;
}

class AttributeList implements Attributes {
  readonly id: string | undefined;
  readonly idRange: OffsetRange | undefined;
  readonly classes: readonly string[];
  readonly values: readonly Attribute[];
  readonly range: OffsetRange;

  constructor(
    id: string | undefined,
    idRange: OffsetRange | undefined,
    classes: readonly string[],
    values: readonly Attribute[],
    range: OffsetRange,
  ) {
    this.id = id;
    this.idRange = idRange;
    this.classes = classes;
    this.values = values;
    this.range = range;
  }

  get(key: string): string | undefined {
    return this.values.find(value => value.key === key)?.value;
  }
}

/** What a div or a listing has that bears a mere word: one class. */
export function classOnly(name: string, range: OffsetRange): Attributes {
  return new AttributeList(undefined, undefined, [name], [], range);
}

/** Attributes of an HTML tag; `written` is what stands in `text` behind the tag's name. */
export function htmlAttributes(text: string, written: string): Attributes {
  const offset = text.indexOf(written);
  let id: string | undefined;
  let idRange: OffsetRange | undefined;
  const classes: string[] = [];
  const values: Attribute[] = [];
  for (const found of written.matchAll(/(?<![\w:-])([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g)) {
    const value = found[2] ?? found[3] ?? found[4]!;
    const end = offset + found.index + found[0].length;
    const valueEnd = found[4] === undefined ? end - 1 : end;
    const valueRange = { start: valueEnd - value.length, end: valueEnd };
    const key = found[1]!;
    if (key === 'id') {
      id = value;
      idRange = valueRange;
    } else if (key === 'class') {
      for (const name of value.split(/\s+/)) if (name !== '') classes.push(name);
    } else values.push({ key, value, range: { start: offset + found.index, end }, valueRange });
  }
  return new AttributeList(id, idRange, classes, values, { start: offset, end: offset + written.length });
}

export function shiftedAttributes(attributes: Attributes, by: number): Attributes {
  return by === 0 ? attributes : mappedAttributes(attributes, range => shifted(range, by));
}

/** The same attributes at another place. */
export function mappedAttributes(attributes: Attributes, place: (range: OffsetRange) => OffsetRange): Attributes {
  return new AttributeList(
    attributes.id,
    attributes.idRange && place(attributes.idRange),
    attributes.classes,
    attributes.values.map(value => ({ ...value, range: place(value.range), valueRange: place(value.valueRange) })),
    place(attributes.range),
  );
}

/** White space without a blank line. */
const SPACE = /[ \t]*(?:(?:\r\n?|\n)(?![ \t]*[\r\n])[ \t]*)*/y;
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]/y;
const ID = /#([^\s{}"'=]+)/y;
const CLASS = /\.([^\s{}"'=#]+)/y;
const RAW = /=([\w-]+)/y;
const KEY = /([A-Za-z_:][\w.:-]*)[ \t]*=[ \t]*/y;
const BARE = /[^\s{}"'`]+/y;

/** Reads the attributes whose `{` stands at `start`; undefined if the braces hold something else. */
export function readAttributes(text: string, start: number): Read | undefined {
  const read = scanAttributes(text, start);
  return typeof read === 'number' ? undefined : read;
}

/**
 * End of the attributes that start at an offset, or 0; `read` is an offset in the last line of text that was needed to
 * decide on this, but for a line that was merely looked at for being blank.
 */
export function attributesExtent(text: string, start: number): { readonly end: number; readonly read: number } {
  const read = scanAttributes(text, start);
  return typeof read === 'number' ? { end: 0, read } : { end: read.end, read: read.end - 1 };
}

/** The attributes, or the offset where the text proves to be something else. */
function scanAttributes(text: string, start: number): Read | number {
  if (text.charCodeAt(start) !== 123) return start;
  let id: string | undefined;
  let idRange: OffsetRange | undefined;
  const classes: string[] = [];
  const values: Attribute[] = [];
  let at = start + 1;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (;;) {
    at = skip(text, at);
    const unit = text.charCodeAt(at);
    if (unit === 125) {
      return { end: at + 1, attributes: new AttributeList(id, idRange, classes, values, { start, end: at + 1 }) };
    }
    if (unit === 35) {
      const found = take(ID);
      if (!found) return at;
      id ??= found[1]!;
      idRange ??= { start: at + 1, end: at + found[0].length };
      at += found[0].length;
    } else if (unit === 46) {
      const found = take(CLASS);
      if (!found) return at;
      classes.push(found[1]!);
      at += found[0].length;
    } else if (unit === 61) {
      const found = take(RAW);
      if (!found) return at;
      classes.push(found[0]);
      at += found[0].length;
    } else if (unit === 45) {
      classes.push('unnumbered');
      at++;
    } else {
      const found = take(KEY);
      if (!found) return at;
      const from = at;
      at += found[0].length;
      const value = readValue(text, at);
      if (typeof value === 'number') return value;
      at = value.end;
      const valueRange = value.range;
      const raw = text.slice(valueRange.start, valueRange.end);
      values.push({ key: found[1]!, value: unescaped(raw), range: { start: from, end: at }, valueRange });
    }
  }
}

function skip(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}

function unescaped(text: string): string {
  const line = /[\r\n]/.test(text) ? text.replace(/[ \t]*(?:\r\n?|\n)[ \t]*/g, ' ') : text;
  return line.includes('\\') ? line.replace(/\\([!-/:-@[-`{-~])/g, '$1') : line;
}

/** A quoted or bare value; for a quote that is not closed the offset up to which the closing one was looked for. */
function readValue(text: string, at: number): { end: number; range: OffsetRange } | number {
  const quote = text.charCodeAt(at);
  if (quote === 34 || quote === 39) {
    for (let end = at + 1; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit === 92) end++;
      else if (unit === quote) return { end: end + 1, range: { start: at + 1, end } };
      else if (unit === 10 || unit === 13) {
        BLANK_LINE.lastIndex = end;
        if (BLANK_LINE.test(text)) return end;
      }
    }
    return text.length;
  }
  BARE.lastIndex = at;
  const found = BARE.exec(text);
  if (!found) return { end: at, range: { start: at, end: at } };
  return { end: at + found[0].length, range: { start: at, end: at + found[0].length } };
}
