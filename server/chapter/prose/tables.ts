/** Tables to nodes: pipe, grid, simple and multi-line ones, each with the caption above or below it. */
import { readAttributes } from '../attributes';
import type { Attributes, OffsetRange } from '../model';
import { inlineNodes } from './inline';
import type { Alignment, BlockNode, CaptionNode, TableCellNode, TableNode, TableRowNode } from './nodes';
import { PieceReader } from './pieces';
import { linesOf, type Source, type SourceLine, sourceAttributes } from './source';

const CAPTION = /^ {0,3}(?:[Tt]able:|:)(?=\s|[^\s:])[ \t]*/;
const SEPARATOR = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*){0,9999}(?:\|[ \t]*)?$/;
const GRID_BORDER = /^ {0,3}\+[-=:+]+\s*$/;
const DASHES = /^ {0,3}-[- \t]*$/;

/** With longer lines, the dashes of a pipe table say how wide its columns are. */
const LONGEST_PLAIN = 72;

/** More cells of one row are not read. */
const MAX_COLUMNS = 10_000;

/** Reads the text of a cell of a grid table, which may hold any kind of block. */
export type ReadBlocks = (source: Source) => BlockNode[];

type Columns = readonly OffsetRange[];

interface Rows {
  readonly form: TableNode['form'];
  readonly rows: readonly TableRowNode[];
  readonly alignments: readonly Alignment[];
  /** How wide columns are in relation to each other, where that is said. */
  readonly widths?: readonly number[];
}

export function tableNode(source: Source, isGrid: boolean, readBlocks: ReadBlocks): TableNode {
  const { table, caption } = splitCaption(source.text);
  const first = table[0]?.start ?? 0;
  const isPipe = table.some(line => line.text.includes('|') && SEPARATOR.test(line.text));
  const { form, rows, alignments, widths } = isGrid
    ? gridRows(source, table, readBlocks)
    : isPipe
      ? pipeRows(source, table)
      : simpleRows(source, table);
  const words = captionOf(source, caption);
  // A header without a text is none.
  const isShown = ({ header, children: cells }: TableRowNode): boolean =>
    !header || cells.some(cell => cell.children.length > 0);
  const children: (TableRowNode | CaptionNode)[] = rows.filter(isShown);
  if (words !== undefined) {
    if ((rows[0]?.start ?? 0) > words.node.start) children.unshift(words.node);
    else children.push(words.node);
  }
  const start = Math.min(first, caption[0]?.start ?? first);
  const end = Math.max(table.at(-1)?.end ?? first, caption.at(-1)?.end ?? first);
  const said = { form, alignments, ...(widths && { widths }) };
  return { type: 'table', ...said, children, attributes: words?.attributes, ...source.range(start, end) };
}

/** Lines of the table and of its caption in the block of a table. */
function splitCaption(text: string): { table: SourceLine[]; caption: SourceLine[] } {
  const lines = linesOf(text);
  const isBlank = (line: SourceLine): boolean => line.text.trim() === '';
  while (lines.length > 0 && isBlank(lines.at(-1)!)) lines.pop();
  if (lines.length === 0) return { table: lines, caption: [] };
  if (CAPTION.test(lines[0]!.text)) {
    const end = lines.findIndex(isBlank);
    if (end < 0) {
      const first = lines.findIndex((line, i) => i > 0 && /^ {0,3}[|+]/.test(line.text));
      return first < 0 ? { table: [], caption: lines } : { table: lines.slice(first), caption: lines.slice(0, first) };
    }
    const from = lines.findIndex((line, i) => i > end && !isBlank(line));
    return { table: from < 0 ? [] : lines.slice(from), caption: lines.slice(0, end) };
  }
  const blank = lines.findLastIndex(isBlank);
  const from = blank < 0 ? lines.findIndex((line, i) => i > 1 && CAPTION.test(line.text)) : blank + 1;
  if (from > 0 && from < lines.length && CAPTION.test(lines[from]!.text)) {
    const table = lines.slice(0, from);
    while (table.length > 0 && isBlank(table.at(-1)!)) table.pop();
    return { table, caption: lines.slice(from) };
  }
  return { table: lines, caption: [] };
}

function captionOf(source: Source, lines: readonly SourceLine[]) {
  const first = lines[0];
  if (!first) return undefined;
  const { text } = source;
  const start = first.start + (CAPTION.exec(first.text)?.[0].length ?? 0);
  const split = trailingAttributes(text, start, start + text.slice(start, lines.at(-1)!.end).trimEnd().length);
  const attributes = split.attributes && sourceAttributes(source, split.attributes);
  const node: CaptionNode = {
    type: 'caption',
    children: inlineNodes(source, start, split.end),
    ...source.range(start, Math.max(start, split.end)),
  };
  return { node, attributes };
}

/** Attributes at the end of a text, and where the text before them ends; those of code, a link or a span there are not meant. */
export function trailingAttributes(
  text: string,
  start: number,
  end: number,
): { end: number; attributes: Attributes | undefined } {
  if (text.charCodeAt(end - 1) === 125) {
    for (let brace = text.lastIndexOf('{', end); brace >= start; brace = text.lastIndexOf('{', brace - 1)) {
      const read = readAttributes(text, brace);
      if (read?.end === end && !/[`\])]/.test(text.charAt(brace - 1)))
        return { end: start + text.slice(start, brace).trimEnd().length, attributes: read.attributes };
      if (brace === 0) break;
    }
  }
  return { end, attributes: undefined };
}

function cellNode(source: Source, start: number, end: number): TableCellNode {
  const { text } = source;
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  const range = source.range(from, to);
  const children = inlineNodes(source, from, to);
  return {
    type: 'tableCell',
    children: children.length === 0 ? [] : [{ type: 'paragraph', tight: true, children, ...range }],
    ...range,
  };
}

const isBlank = (unit: number): boolean => unit === 32 || unit === 9 || unit === 10 || unit === 13;

function rowNode(source: Source, line: OffsetRange, header: boolean, cells: readonly TableCellNode[]): TableRowNode {
  return { type: 'tableRow', header, children: cells, ...source.range(line.start, line.end) };
}

/** Cells of a pipe table's row, by their offsets in the line. A bar within code, math or TeX does not divide. */
function pipeColumns(text: string): OffsetRange[] {
  const pieces = new PieceReader(text);
  const columns: OffsetRange[] = [];
  let from = text.length - text.trimStart().length;
  if (text[from] === '|') from++;
  const last = text.trimEnd().length;
  for (let at = from; at < last && columns.length < MAX_COLUMNS; ) {
    if (text.charCodeAt(at) !== 124) {
      at = pieces.beyond(at);
      continue;
    }
    columns.push({ start: from, end: at });
    at++;
    from = at;
  }
  if (from < last && columns.length < MAX_COLUMNS) columns.push({ start: from, end: last });
  return columns;
}

function pipeRows(source: Source, lines: readonly SourceLine[]): Rows {
  const at = lines.findIndex(line => SEPARATOR.test(line.text) && line.text.includes('-'));
  const separator = lines[at]!.text;
  const dashes = separator.replace(/^\s*\||\|\s*$/g, '').split(/[|+]/, MAX_COLUMNS);
  const alignments = dashes.map(cell => alignmentOf(cell.trim()));
  const isLong = lines.some(line => line.text.length > LONGEST_PLAIN);
  const row = (line: SourceLine, header: boolean): TableRowNode => {
    // What a row has beyond the columns of the table is left out.
    const cells = pipeColumns(line.text)
      .slice(0, alignments.length)
      .map(({ start, end }) => cellNode(source, line.start + start, line.start + end));
    while (cells.length < alignments.length) cells.push(cellNode(source, line.end, line.end));
    return rowNode(source, line, header, cells);
  };
  const header = at > 0 ? [row(lines[at - 1]!, true)] : [];
  const rows = [...header, ...lines.slice(at + 1).map(line => row(line, false))];
  return { form: 'pipe', rows, alignments, ...(isLong && { widths: dashes.map(cell => cell.trim().length) }) };
}

function alignmentOf(dashes: string): Alignment {
  const left = dashes.startsWith(':');
  const right = dashes.endsWith(':');
  return left && right ? 'center' : left ? 'left' : right ? 'right' : undefined;
}

/** A row of a grid table is the lines between two borders. */
function gridRows(source: Source, lines: readonly SourceLine[], readBlocks: ReadBlocks): Rows {
  const borders = lines.filter(line => GRID_BORDER.test(line.text));
  const headerEnd = lines.findIndex(line => GRID_BORDER.test(line.text) && line.text.includes('='));
  // The border with most columns tells where they are.
  const widest = borders.reduce((best, line) => (count(line.text, '+') > count(best, '+') ? line.text : best), '+');
  const marks: number[] = [];
  for (let at = widest.indexOf('+'); at >= 0 && marks.length < MAX_COLUMNS; at = widest.indexOf('+', at + 1))
    marks.push(at);
  const columns: Columns = marks.slice(0, -1).map((mark, at) => ({ start: mark + 1, end: marks[at + 1]! }));
  const aligned = (headerEnd >= 0 ? lines[headerEnd]! : lines[0])?.text ?? '';
  const alignments = columns.map(({ start, end }) => alignmentOf(aligned.slice(start, end)));
  const bands = bandsOf(lines, columns);
  const taken = bands.map(() => new Set<number>());
  const rows = bands.map(({ from, to }, row): TableRowNode => {
    const cells: TableCellNode[] = [];
    for (let column = 0; column < columns.length; column++) {
      if (taken[row]!.has(column)) continue;
      const [across, down] = spanOf(bands, lines, columns, row, column);
      for (let below = row; below < row + down; below++)
        for (let beside = column; beside < column + across; beside++) taken[below]!.add(beside);
      const own = lines.slice(from, bands[row + down - 1]!.to);
      const place = { start: columns[column]!.start, end: columns[column + across - 1]!.end };
      const cell = gridCell(source, own, place, readBlocks);
      const isPlain = across === 1 && down === 1 && cells.length === column;
      cells.push(isPlain ? cell : { ...cell, span: { column, columns: across, rows: down } });
    }
    const range = { start: lines[from]!.start, end: lines[to - 1]!.end };
    return rowNode(source, range, to <= headerEnd, cells);
  });
  return { form: 'grid', rows, alignments, widths: columns.map(({ start, end }) => end - start) };
}

/** Lines of a grid between two borders, of which the lower one may leave out columns. */
interface Band {
  readonly from: number;
  readonly to: number;
}

/** Whether a line is a border along a column. */
function isBorder({ text }: SourceLine, { start, end }: OffsetRange): boolean {
  return /^[-=:]+$/.test(text.slice(start, end)) && /^[-=:+]{2}$/.test(`${text[start - 1]}${text[end]}`);
}

function bandsOf(lines: readonly SourceLine[], columns: Columns): Band[] {
  const bands: Band[] = [];
  let from = 0;
  for (const [at, line] of lines.entries()) {
    if (!line.text.includes('+') || !columns.some(column => isBorder(line, column))) continue;
    if (at > from) bands.push({ from, to: at });
    from = at + 1;
  }
  return bands;
}

/** Letters of East Asian scripts, which take two columns. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** The unit of a line that stands in a column of the grid. */
function unitAt(text: string, column: number): number {
  if (!WIDE.test(text)) return column;
  let at = 0;
  for (let width = 0; at < text.length && width < column; at++) width += WIDE.test(text.charAt(at)) ? 2 : 1;
  return at;
}

/** How many columns and rows a cell of a grid goes over: as far as no bar and no border ends it. */
function spanOf(
  bands: readonly Band[],
  lines: readonly SourceLine[],
  columns: Columns,
  row: number,
  column: number,
): readonly [columns: number, rows: number] {
  const own = lines.slice(bands[row]!.from, bands[row]!.to);
  // Bars that do not stand where they should divide all the same.
  const isWhole = own.every(({ text }) => count(text, '|') > columns.length);
  let across = 1;
  while (
    !isWhole &&
    column + across < columns.length &&
    own.every(({ text }) => !/[|+]/.test(text[unitAt(text, columns[column + across]!.start - 1)] ?? '|'))
  )
    across++;
  const covered = columns.slice(column, column + across);
  let down = 1;
  while (
    row + down < bands.length &&
    bands[row + down]!.from === bands[row + down - 1]!.to + 1 &&
    !covered.some(one => isBorder(lines[bands[row + down - 1]!.to]!, one))
  )
    down++;
  return [across, down];
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;

function gridCell(
  source: Source,
  lines: readonly SourceLine[],
  { start, end }: OffsetRange,
  readBlocks: ReadBlocks,
): TableCellNode {
  const stretches = lines.map(line => {
    const left = unitAt(line.text, start);
    const text = line.text.slice(left, unitAt(line.text, end));
    const from = line.start + Math.min(left, line.text.length) + (text.startsWith(' ') ? 1 : 0);
    return { line, start: from, end: Math.max(from, line.start + left + text.trimEnd().length) };
  });
  const first = stretches.findIndex(({ start: from, end: to }) => to > from);
  const last = stretches.findLastIndex(({ start: from, end: to }) => to > from);
  if (first < 0) return { type: 'tableCell', children: [], ...source.range(stretches[0]!.start, stretches[0]!.start) };
  const picked = stretches.slice(first, last + 1).flatMap(({ line, start: from, end: to }, at, all) =>
    at === all.length - 1
      ? [{ start: from, end: to }]
      : [
          { start: from, end: to },
          { start: line.end, end: line.next },
        ],
  );
  const children = readBlocks(source.pick(picked));
  return { type: 'tableCell', children, ...source.range(picked[0]!.start, picked.at(-1)!.end) };
}

/** Columns are where the dashes are. With blank lines between its rows, a row of the table has several lines. */
function simpleRows(source: Source, lines: readonly SourceLine[]): Rows {
  const rule = Math.max(
    0,
    lines.findIndex(line => /^ {0,3}-+(?:[ \t]+-+){1,9999}[ \t]*$/.test(line.text)),
  );
  const dashes = [...(lines[rule]?.text ?? '').matchAll(/-+/g)];
  const columns = dashes.slice(0, MAX_COLUMNS).map((found, i) => ({
    start: i === 0 ? 0 : found.index,
    end: dashes[i + 1]?.index ?? Number.POSITIVE_INFINITY,
    dashEnd: found.index + found[0].length,
  }));
  const isRule = (line: SourceLine): boolean => DASHES.test(line.text) && line.text.includes('--');
  const above = lines.slice(0, rule).filter(line => !isRule(line) && line.text.trim() !== '');
  const below = lines.slice(rule + 1);
  const isMultiline = below.some((line, at) => line.text.trim() === '' && at < below.length - 1);
  const row = (group: readonly SourceLine[], header: boolean): TableRowNode => {
    const cells = columns.map(({ start, end }): TableCellNode => {
      const stretches = group.map(line => {
        const from = line.start + Math.min(start, line.text.length);
        const written = line.text.slice(start, Math.min(end, line.text.length));
        return { start: from, end: from + written.trimEnd().length, line };
      });
      if (stretches.length === 1) return cellNode(source, stretches[0]!.start, stretches[0]!.end);
      const picked = source.pick(stretches.flatMap(({ line, ...own }) => [own, { start: line.end, end: line.next }]));
      return cellNode(picked, 0, picked.text.length);
    });
    return rowNode(source, { start: group[0]!.start, end: group.at(-1)!.end }, header, cells);
  };
  const groups: SourceLine[][] = [];
  let isNew = true;
  for (const line of below) {
    if (isRule(line)) continue;
    if (line.text.trim() === '') {
      isNew = true;
      continue;
    }
    if (isNew || !isMultiline) groups.push([line]);
    else groups.at(-1)!.push(line);
    isNew = false;
  }
  const headers = above.length === 0 ? [] : [row(isMultiline ? above : above.slice(-1), true)];
  const words = above.at(-1)?.text ?? below.find(line => !isRule(line))?.text ?? '';
  const alignments = columns.map(({ start, end, dashEnd }, at): Alignment => {
    const cell = words.slice(start, Math.min(end, words.length));
    if (cell.trim() === '') return undefined;
    const from = start + cell.length - cell.trimStart().length;
    const isLeft = from <= (dashes[at]?.index ?? 0);
    const isRight = start + cell.trimEnd().length >= dashEnd;
    return isLeft === isRight ? undefined : isLeft ? 'left' : 'right';
  });
  const rows = [...headers, ...groups.map(group => row(group, false))];
  const widths = isMultiline ? dashes.slice(0, MAX_COLUMNS).map(([found]) => found.length) : undefined;
  return { form: 'simple', rows, alignments, ...(widths && { widths }) };
}
