/** Reads the cells of tables; ranges are relative to the block's text. */
import { readAttributes } from '../attributes';
import { MarkFinder } from '../marks';
import type { Attributes, OffsetRange } from '../model';
import type { Alignment } from '../prose';

interface TableCell {
  readonly text: string;
  readonly range: OffsetRange;
}

export interface TableItem {
  readonly kind: 'pipe' | 'grid' | 'simple';
  /** Lines of the table proper. */
  readonly range: OffsetRange;
  readonly header: readonly TableCell[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly alignments: readonly Alignment[];
  readonly caption: string | undefined;
  readonly captionRange: OffsetRange | undefined;
  readonly attributes: Attributes | undefined;
}

interface Line extends OffsetRange {
  readonly text: string;
}

const CAPTION = /^ {0,3}(?:[Tt]able:|:)(?=\s|[^\s:])[ \t]*/;
const SEPARATOR = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*){0,9999}(?:\|[ \t]*)?$/;

/** More cells of one row are not read. */
const MAX_COLUMNS = 10_000;

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let at = 0;
  for (const found of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (found[0] === '' && at === text.length) break;
    lines.push({ start: at, end: at + found[1]!.length, text: found[1]! });
    at += found[0].length;
  }
  return lines;
}

/** Lines of the table and of its caption in the block of a table. */
export function splitCaption(text: string): { table: Line[]; caption: Line[] } {
  const lines = linesOf(text);
  while (lines.length > 0 && lines.at(-1)!.text.trim() === '') lines.pop();
  if (lines.length === 0) return { table: lines, caption: [] };
  if (CAPTION.test(lines[0]!.text)) {
    const end = lines.findIndex(line => line.text.trim() === '');
    if (end < 0) {
      const first = lines.findIndex((line, i) => i > 0 && /^ {0,3}[|+]/.test(line.text));
      return first < 0 ? { table: [], caption: lines } : { table: lines.slice(first), caption: lines.slice(0, first) };
    }
    return { table: lines.slice(end).filter(notLeadingBlank()), caption: lines.slice(0, end) };
  }
  const blank = lines.findLastIndex(line => line.text.trim() === '');
  const from = blank < 0 ? lines.findIndex((line, i) => i > 1 && CAPTION.test(line.text)) : blank + 1;
  if (from > 0 && from < lines.length && CAPTION.test(lines[from]!.text)) {
    const table = lines.slice(0, from);
    while (table.length > 0 && table.at(-1)!.text.trim() === '') table.pop();
    return { table, caption: lines.slice(from) };
  }
  return { table: lines, caption: [] };
}

function notLeadingBlank(): (line: Line) => boolean {
  let seen = false;
  return line => {
    seen ||= line.text.trim() !== '';
    return seen;
  };
}

export function readTable(text: string, grid: boolean): TableItem {
  const { table, caption } = splitCaption(text);
  const first = table[0]?.start ?? 0;
  const base = { range: { start: first, end: table.at(-1)?.end ?? first }, ...captionOf(text, caption) };
  if (grid) return { kind: 'grid', ...base, ...gridRows(table) };
  if (table.some(line => line.text.includes('|') && SEPARATOR.test(line.text))) {
    return { kind: 'pipe', ...base, ...pipeRows(table) };
  }
  return { kind: 'simple', ...base, ...simpleRows(table) };
}

function captionOf(
  text: string,
  lines: readonly Line[],
): { caption: string | undefined; captionRange: OffsetRange | undefined; attributes: Attributes | undefined } {
  const first = lines[0];
  if (!first) return { caption: undefined, captionRange: undefined, attributes: undefined };
  const start = first.start + (CAPTION.exec(first.text)?.[0].length ?? 0);
  const end = lines.at(-1)!.end;
  const written = text.slice(start, end);
  let attributes: Attributes | undefined;
  let captionEnd = start + written.trimEnd().length;
  if (written.trimEnd().endsWith('}')) {
    for (let brace = text.lastIndexOf('{', end); brace >= start; brace = text.lastIndexOf('{', brace - 1)) {
      const read = readAttributes(text, brace);
      if (read?.end === captionEnd) {
        attributes = read.attributes;
        captionEnd = start + text.slice(start, brace).trimEnd().length;
        break;
      }
    }
  }
  return { caption: text.slice(start, captionEnd), captionRange: { start, end: captionEnd }, attributes };
}

function cell(line: Line, from: number, to: number): TableCell {
  const raw = line.text.slice(from, to);
  const text = raw.trim();
  const start = line.start + from + (text === '' ? raw.length : raw.indexOf(text));
  return { text, range: { start, end: start + text.length } };
}

/** Cells of a pipe table's row; a bar within code or after a backslash does not divide. */
function pipeRow(line: Line): TableCell[] {
  const { text } = line;
  const marks = new MarkFinder(text);
  const cells: TableCell[] = [];
  let from = text.length - text.trimStart().length;
  if (text[from] === '|') from++;
  const last = text.trimEnd().length;
  for (let at = from; at < last && cells.length < MAX_COLUMNS; at++) {
    const unit = text[at];
    if (unit === '\\') at++;
    else if (unit === '`') {
      let size = 1;
      while (text[at + size] === '`') size++;
      const close = marks.backticks(size, at + size);
      at = close < 0 ? at + size - 1 : close + size - 1;
    } else if (unit === '|') {
      cells.push(cell(line, from, at));
      from = at + 1;
    }
  }
  if (from < last && cells.length < MAX_COLUMNS) cells.push(cell(line, from, last));
  return cells;
}

function pipeRows(lines: readonly Line[]) {
  const at = lines.findIndex(line => SEPARATOR.test(line.text) && line.text.includes('-'));
  const alignments = pipeRow(lines[at]!).map(({ text }): Alignment => {
    const left = text.startsWith(':');
    const right = text.endsWith(':');
    return left && right ? 'center' : left ? 'left' : right ? 'right' : undefined;
  });
  return {
    header: at > 0 ? pipeRow(lines[at - 1]!) : [],
    rows: lines.slice(at + 1).map(pipeRow),
    alignments,
  };
}

/** A row of a grid table is the lines between two borders; its cells keep their first line's range. */
function gridRows(lines: readonly Line[]) {
  const header: TableCell[] = [];
  const rows: TableCell[][] = [];
  const hasHeader = lines.some(line => /^ {0,3}\+[=:]/.test(line.text));
  /** Lines of the row's cells, column by column. */
  let current: TableCell[][] = [];
  let inHeader = hasHeader;
  for (const line of lines) {
    if (/^ {0,3}\+[-=:+]+\s*$/.test(line.text)) {
      const row = current.map(joined);
      if (row.length > 0) {
        if (inHeader) for (const one of row) header.push(one);
        else rows.push(row);
      }
      current = [];
      if (/=/.test(line.text)) inHeader = false;
      continue;
    }
    const cells = pipeRow(line);
    if (current.length === 0) current = cells.map(one => [one]);
    else for (const [i, column] of current.entries()) if (cells[i] && cells[i].text !== '') column.push(cells[i]);
  }
  return { header, rows, alignments: [] };
}

function joined(lines: readonly TableCell[]): TableCell {
  const text = lines
    .map(line => line.text)
    .join('\n')
    .trim();
  return { text, range: { start: lines[0]!.range.start, end: lines.at(-1)!.range.end } };
}

function simpleRows(lines: readonly Line[]) {
  const dashes = lines.findIndex(line => /^ {0,3}-+(?:[ \t]+-+){1,9999}[ \t]*$/.test(line.text));
  const rule = dashes < 0 ? lines.findIndex(line => /^ {0,3}-{3,}[ \t]*$/.test(line.text)) : dashes;
  const columns = [...(lines[rule]?.text ?? '').matchAll(/-+/g)].map(found => found.index);
  const rowOf = (line: Line): TableCell[] =>
    columns.map((from, i) => cell(line, i === 0 ? 0 : from, columns[i + 1] ?? line.text.length));
  const isRule = (line: Line): boolean => /^ {0,3}-[- \t]*$/.test(line.text);
  const above = lines.slice(0, rule).filter(line => !isRule(line));
  return {
    header: above.length > 0 ? rowOf(above.at(-1)!) : [],
    rows: lines
      .slice(rule + 1)
      .filter(line => !isRule(line) && line.text.trim() !== '')
      .map(rowOf),
    alignments: [],
  };
}
