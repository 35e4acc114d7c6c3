/** Takes lists, definitions, quotes, notes and line blocks apart: the text of each part without its marks and indentation. */

import { BULLET, contentColumn, DEFINITION, indentWidth, ORDERED, RULE } from '../markers';
import type { OffsetRange } from '../model';
import { RangeCursor } from '../ranges';
import type { ListNode } from './nodes';
import { linesOf, type Source, type SourceLine } from './source';

export interface ListItemPart {
  readonly source: Source;
  /** Of the whole item, in the source of its list. */
  readonly start: number;
  readonly end: number;
  readonly checked: boolean | undefined;
  readonly label: string | undefined;
}

export interface ListPart {
  readonly style: ListNode['style'];
  readonly first: number;
  readonly items: ListItemPart[];
}

interface Marker {
  readonly style: ListNode['style'];
  readonly delimiter: string;
  readonly number: number;
  readonly label: string | undefined;
  /** Column of the text behind it: what further lines are indented by. */
  readonly column: number;
  /** Where the text behind it starts in the line. */
  readonly text: number;
}

/** How many units of a line its first `columns` columns of white space take. */
function indentLength(text: string, columns: number): number {
  let width = 0;
  let at = 0;
  while (at < text.length && width < columns) {
    if (text[at] === ' ') width++;
    else if (text[at] === '\t') width += 4 - (width % 4);
    else break;
    at++;
  }
  return at;
}

function markerOf(text: string, current: Marker | undefined): Marker | undefined {
  if (RULE.test(text)) return undefined;
  const bullet = BULLET.exec(text);
  const found = bullet ?? ORDERED.exec(text);
  if (!found) return undefined;
  const written = found[1]!.length + found[2]!.length;
  const gap = found[3]!;
  const column = contentColumn(text);
  const place = {
    column,
    text: gap === '' || gap.length > 4 ? Math.min(written + 1, text.length) : written + gap.length,
  };
  if (bullet) return { style: 'bullet', delimiter: '', number: 1, label: undefined, ...place };
  const mark = found[2]!;
  const delimiter = `${mark.startsWith('(') ? '(' : ''}${mark.at(-1)}`;
  const name = mark.replace(/^\(|[.)]$/g, '');
  if (name.startsWith('@'))
    return { style: 'example', delimiter, number: 1, label: name.slice(1) || undefined, ...place };
  if (name === '#') return { style: 'decimal', delimiter: `#${delimiter}`, number: 1, label: undefined, ...place };
  return { ...numberOf(name, current?.style), delimiter, label: undefined, ...place };
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };

/** A single letter goes on with the list that it stands in; the first of a list is Roman only as `i`. */
function numberOf(name: string, current: ListNode['style'] | undefined): { style: ListNode['style']; number: number } {
  if (/^\d/.test(name)) return { style: 'decimal', number: Number(name) };
  const small = name.toLowerCase();
  const isUpper = name !== small;
  const [alpha, roman] = isUpper ? (['upperAlpha', 'upperRoman'] as const) : (['lowerAlpha', 'lowerRoman'] as const);
  const isRoman = /^[ivxlcdm]+$/.test(small) && (name.length > 1 || current === roman || small === 'i');
  if (!isRoman || (name.length === 1 && current === alpha)) return { style: alpha, number: small.charCodeAt(0) - 96 };
  const digits = [...small].map(sign => ROMAN[sign]!);
  const number = digits.reduce((sum, digit, at) => sum + (digit < (digits[at + 1] ?? 0) ? -digit : digit), 0);
  return { style: roman, number };
}

/** End of a line without the blanks behind its text. */
function textEnd(line: SourceLine): number {
  return line.start + line.text.trimEnd().length;
}

/** The lists of a block: a marker of another kind starts a new one. `hidden` is what belongs to cells and fences. */
export function listParts(source: Source, hidden: readonly OffsetRange[]): ListPart[] {
  const code = new RangeCursor(hidden);
  const lists: ListPart[] = [];
  let marker: Marker | undefined;
  let stretches: OffsetRange[] = [];
  let start = 0;
  let end = 0;
  const flush = (): void => {
    if (marker === undefined || stretches.length === 0) return;
    let item = source.pick(stretches);
    const task = marker.style === 'bullet' ? /^\[([ xX])\][ \t]+/.exec(item.text) : null;
    if (task) item = item.slice(task[0].length, item.text.length);
    const checked = task ? task[1] !== ' ' : undefined;
    lists.at(-1)!.items.push({ source: item, start, end, checked, label: marker.label });
    stretches = [];
  };
  for (const line of linesOf(source.text)) {
    const inCode = code.at(line.start) !== undefined && marker !== undefined;
    const indent = indentWidth(line.text);
    const next =
      inCode || (marker !== undefined && (indent >= marker.column || indent >= 4))
        ? undefined
        : markerOf(line.text, marker);
    if (next !== undefined) {
      flush();
      const { style } = next;
      const list = lists.at(-1);
      if (list === undefined || list.style !== style || (marker !== undefined && marker.delimiter !== next.delimiter))
        lists.push({ style, first: next.number, items: [] });
      marker = next;
      start = line.start;
      stretches.push({ start: line.start + Math.min(next.text, line.text.length), end: line.next });
    } else if (marker !== undefined) {
      // What is indented by less keeps it, so that nothing begins there.
      const own = indent < marker.column ? 0 : indentLength(line.text, marker.column);
      stretches.push({ start: line.start + own, end: line.next });
    }
    if (line.text.trim() !== '') end = textEnd(line);
  }
  flush();
  return lists;
}

export interface DefinitionPart {
  readonly kind: 'term' | 'definition';
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  /** No blank line stands before the definition. */
  readonly tight: boolean;
}

export function definitionParts(source: Source, hidden: readonly OffsetRange[]): DefinitionPart[] {
  const code = new RangeCursor(hidden);
  const parts: DefinitionPart[] = [];
  let stretches: OffsetRange[] = [];
  let start = 0;
  let end = 0;
  let tight = true;
  let blank = true;
  const flush = (): void => {
    if (stretches.length > 0) parts.push({ kind: 'definition', source: source.pick(stretches), start, end, tight });
    stretches = [];
  };
  for (const line of linesOf(source.text)) {
    if (line.text.trim() === '') {
      if (stretches.length > 0) stretches.push({ start: line.start, end: line.next });
      blank = true;
      continue;
    }
    const inCode = code.at(line.start) !== undefined && stretches.length > 0;
    const indent = indentWidth(line.text);
    if (!inCode && indent < 4 && DEFINITION.test(line.text)) {
      flush();
      start = line.start;
      tight = !blank;
      const mark = /^ {0,3}[:~][ \t]+/.exec(line.text)![0].length;
      stretches.push({ start: line.start + mark, end: line.next });
    } else if (!inCode && indent < 4 && (stretches.length === 0 || blank)) {
      flush();
      parts.push({
        kind: 'term',
        source: source.slice(line.start, line.end),
        start: line.start,
        end: textEnd(line),
        tight: true,
      });
    } else stretches.push({ start: line.start + indentLength(line.text, 4), end: line.next });
    blank = false;
    end = textEnd(line);
  }
  flush();
  return parts;
}

/** The text within a quotation's marks. */
export function quoted(source: Source): Source {
  return source.pick(
    linesOf(source.text).map(line => ({
      start: line.start + /^( {0,3}> ?)?/.exec(line.text)![0].length,
      end: line.next,
    })),
  );
}

/** The text of a note behind its mark. */
export function noted(source: Source, mark: number): Source {
  return source.pick(
    linesOf(source.text).map((line, at) => ({
      start: line.start + (at === 0 ? Math.min(mark, line.text.length) : indentLength(line.text, 4)),
      end: line.next,
    })),
  );
}

/** Lines of a line block, each with the blanks that it starts with; a line that starts with a blank goes on. */
export function lineBlockLines(
  source: Source,
): { readonly source: Source; readonly start: number; readonly end: number }[] {
  const groups: SourceLine[][] = [];
  for (const line of linesOf(source.text)) {
    if (line.text.startsWith('|') || groups.length === 0) groups.push([line]);
    else groups.at(-1)!.push(line);
  }
  return groups.map(lines => {
    const stretches = lines.map((line, at) => ({
      start: line.start + (at === 0 ? Math.min(line.text.startsWith('|') ? 2 : 0, line.text.length) : 0),
      end: at === lines.length - 1 ? line.end : line.next,
    }));
    return { source: source.pick(stretches), start: lines[0]!.start, end: textEnd(lines.at(-1)!) };
  });
}
