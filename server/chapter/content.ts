/** What one block contains, read when first asked for; all ranges are relative to the block's start. */
import { classOnly, htmlAttributes, readAttributes } from './attributes';
import { CellContent } from './cells';
import { type InlineItems, NO_ITEMS, type Segment, scanInline } from './inline';
import type { Attributes, BlockKind, OffsetRange } from './model';
import { RangeCursor } from './ranges';
import type { CellCut, Cut, FenceCut } from './scanner';
import { linesOf, readTable, splitCaption, type TableItem } from './tables';

export interface HeadingItem {
  readonly level: number;
  readonly text: string;
  readonly textRange: OffsetRange;
  readonly attributes: Attributes | undefined;
  /** Pandoc's identifier for a heading without one, before it is told from equal ones. */
  readonly automaticId: string;
  readonly range: OffsetRange;
}

export interface CodeItem {
  readonly attributes: Attributes | undefined;
  readonly language: string | undefined;
  readonly range: OffsetRange;
  readonly codeRange: OffsetRange;
  readonly indented: boolean;
}

/** A line that opens or closes a div. */
export interface DivMark {
  readonly attributes: Attributes | undefined;
  readonly range: OffsetRange;
}

export interface FootnoteItem {
  readonly id: string;
  readonly idRange: OffsetRange;
  readonly textRange: OffsetRange;
  readonly range: OffsetRange;
}

const LIST_MARKER = /^[ \t]*(?:[-+*]|\(?(?:\d+|#|[A-Za-z]|[ivxlcdm]+)[.)])[ \t]/;
/** `(@label)` numbers an example; it is no citation. */
const EXAMPLE_MARKER = /^[ \t]*\(@[\w-]*\)[ \t]/;
const HTML_DIV = /^ {0,3}<(\/?)div\b([^<>]*)>[ \t]*$/;
const NESTED_DIV = /^[ \t>]*(:{3,})/;

/** A block's text with what it means; shared by all versions of the chapter in which the block is the same. */
export class BlockContent {
  readonly kind: BlockKind;
  readonly text: string;
  readonly cells: readonly CellContent[];
  readonly fences: readonly FenceCut[];
  #inline: InlineItems | undefined;
  #heading: HeadingItem | undefined;
  #table: TableItem | undefined;
  #divMarks: readonly DivMark[] | undefined;
  #code: readonly CodeItem[] | undefined;

  /** With `detach`, the text is copied: a slice would keep its whole version of the chapter alive. */
  constructor(cut: Cut, source: string, detach = false) {
    const by = -cut.start;
    const text = source.slice(cut.start, cut.end);
    this.kind = cut.kind;
    this.text = detach ? (JSON.parse(JSON.stringify(text)) as string) : text;
    this.cells = cut.cells.map(cell => new CellContent(this.text, shiftCell(cell, by)));
    this.fences = by === 0 ? cut.fences : cut.fences.map(fence => shiftFence(fence, by));
  }

  /** A text in which nothing is looked for. */
  static unread(text: string): BlockContent {
    const place = { start: 0, end: text.length, startLine: 0, endLine: 0, readEnd: text.length };
    return new BlockContent({ kind: 'unread', ...place, cells: [], fences: [] }, text);
  }

  /** Length of the text without the line end. */
  get trimmedLength(): number {
    const { text } = this;
    let end = text.length;
    while (end > 0 && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    return end;
  }

  get inline(): InlineItems {
    if (!this.#inline) {
      const segments = this.#segments();
      this.#inline = segments.length === 0 ? NO_ITEMS : scanInline(this.text, segments, this.#hidden);
    }
    return this.#inline;
  }

  get heading(): HeadingItem | undefined {
    if (this.kind !== 'heading') return undefined;
    this.#heading ??= readHeading(this.text);
    return this.#heading;
  }

  get table(): TableItem | undefined {
    if (this.kind !== 'table' && this.kind !== 'gridTable') return undefined;
    this.#table ??= readTable(this.text, this.kind === 'gridTable');
    return this.#table;
  }

  get footnote(): FootnoteItem | undefined {
    if (this.kind !== 'footnote') return undefined;
    const found = /^( {0,3}\[\^)([^\]\s]+)\]:[ \t]*/.exec(this.text)!;
    const idStart = found[1]!.length;
    return {
      id: found[2]!,
      idRange: { start: idStart, end: idStart + found[2]!.length },
      textRange: { start: found[0].length, end: Math.max(found[0].length, this.text.trimEnd().length) },
      range: { start: 0, end: this.trimmedLength },
    };
  }

  get divMarks(): readonly DivMark[] {
    this.#divMarks ??= this.#readDivMarks();
    return this.#divMarks;
  }

  get codeBlocks(): readonly CodeItem[] {
    this.#code ??= this.#readCode();
    return this.#code;
  }

  /** What belongs to cells and fences. */
  get #hidden(): readonly OffsetRange[] {
    return [...this.cells.map(cell => cell.cut), ...this.fences];
  }

  #segments(): Segment[] {
    const { text } = this;
    const whole = { start: 0, end: text.length };
    switch (this.kind) {
      case 'paragraph':
      case 'math':
      case 'lineBlock':
        return [{ ...whole, context: 'paragraph' }];
      case 'quote':
        return [{ ...whole, context: 'quote' }];
      case 'html':
        return [{ ...whole, context: 'html' }];
      case 'comment':
        return [{ ...whole, context: 'comment' }];
      case 'divOpen':
        return [{ ...whole, context: 'attribute' }];
      case 'rawTex':
        return [{ ...whole, context: 'rawTex', opaque: true }];
      case 'indentedCode':
        return [{ ...whole, context: 'indentedCode', opaque: true }];
      case 'linkDefinition':
        return [{ ...whole, context: 'link', opaque: true }];
      case 'caption':
        return [{ ...whole, context: 'caption' }];
      case 'heading': {
        const { textRange, attributes } = this.heading!;
        const title: Segment = { ...textRange, context: 'heading' };
        return attributes ? [title, { ...attributes.range, context: 'attribute' }] : [title];
      }
      case 'list':
      case 'definitionList':
        return this.#paragraphs(0, this.kind === 'list' ? 'list' : 'definition');
      case 'footnote':
        return this.#paragraphs(this.footnote!.textRange.start, 'footnote');
      case 'table': {
        const table = this.table!;
        const segments: Segment[] = [];
        for (const row of [table.header, ...table.rows]) {
          for (const { range } of row) segments.push({ ...range, context: 'table' });
        }
        return inOrder([...segments, ...captionSegments(table)]);
      }
      case 'gridTable': {
        const table = this.table!;
        const lines = splitCaption(text).table.map(({ start, end }): Segment => ({ start, end, context: 'gridTable' }));
        return inOrder([...lines, ...captionSegments(table)]);
      }
      default:
        return [];
    }
  }

  /** Stretches between blank lines, list markers and hidden lines. */
  #paragraphs(from: number, context: Segment['context']): Segment[] {
    const segments: Segment[] = [];
    const hidden = new RangeCursor(this.#hidden);
    let start = -1;
    let end = from;
    const flush = (): void => {
      if (start >= 0) segments.push({ start, end, context });
      start = -1;
    };
    for (const line of linesOf(this.text)) {
      if (line.end < from) continue;
      if (hidden.at(line.start)) {
        flush();
        continue;
      }
      if (line.text.trim() === '') flush();
      else {
        if (context !== 'footnote' && LIST_MARKER.test(line.text)) flush();
        if (start < 0) start = Math.max(line.start + (EXAMPLE_MARKER.exec(line.text)?.[0].length ?? 0), from);
        end = line.end;
      }
    }
    flush();
    return segments;
  }

  #readDivMarks(): DivMark[] {
    const { text } = this;
    switch (this.kind) {
      case 'divOpen':
        return [divMark(text, 0, this.trimmedLength)];
      case 'divClose':
        return [{ attributes: undefined, range: { start: 0, end: this.trimmedLength } }];
      case 'html': {
        const tag = HTML_DIV.exec(text.slice(0, this.trimmedLength));
        if (!tag) return [];
        const range = { start: 0, end: this.trimmedLength };
        return [{ attributes: tag[1] === '/' ? undefined : htmlAttributes(text, tag[2]!), range }];
      }
      case 'list':
      case 'footnote':
      case 'quote':
      case 'definitionList': {
        if (!text.includes(':::')) return [];
        const hidden = new RangeCursor(this.#hidden);
        const marks: DivMark[] = [];
        for (const line of linesOf(text)) {
          const found = NESTED_DIV.exec(line.text);
          if (!found || hidden.at(line.start)) continue;
          const start = line.start + found[0].length - found[1]!.length;
          const rest = text.slice(start, line.end).replace(/^:+/, '').trim();
          if (rest === '') marks.push({ attributes: undefined, range: { start, end: line.end } });
          else if (rest.startsWith('{') || /^\S+(?:\s+:+)?$/.test(rest)) marks.push(divMark(text, start, line.end));
        }
        return marks;
      }
      default:
        return [];
    }
  }

  #readCode(): CodeItem[] {
    const items: CodeItem[] = [];
    if (this.kind === 'indentedCode') {
      const range = { start: 0, end: this.text.trimEnd().length };
      items.push({ attributes: undefined, language: undefined, range, codeRange: range, indented: true });
    }
    for (const fence of this.fences) {
      if (!fence.closed || (this.kind !== 'code' && this.kind !== 'list' && this.kind !== 'footnote')) continue;
      const brace = this.text.slice(fence.start, fence.openEnd).indexOf('{');
      const read = brace >= 0 ? readAttributes(this.text, fence.start + brace) : undefined;
      const word = /^[^\s{]+/.exec(fence.info)?.[0];
      items.push({
        attributes: read?.attributes,
        language: word ?? read?.attributes.classes[0],
        range: { start: fence.start, end: fence.end },
        codeRange: { start: fence.codeStart, end: fence.codeEnd },
        indented: false,
      });
    }
    return items;
  }
}

/** A caption may stand above its table. */
function inOrder(segments: Segment[]): Segment[] {
  return segments.sort((a, b) => a.start - b.start);
}

function captionSegments(table: TableItem): Segment[] {
  const segments: Segment[] = [];
  if (table.captionRange) segments.push({ ...table.captionRange, context: 'caption' });
  if (table.attributes) segments.push({ ...table.attributes.range, context: 'attribute' });
  return segments;
}

function divMark(text: string, start: number, end: number): DivMark {
  const brace = text.slice(start, end).indexOf('{');
  const read = brace >= 0 ? readAttributes(text, start + brace) : undefined;
  if (read) return { attributes: read.attributes, range: { start, end } };
  const word = /^\s*:+[ \t]*(\S+)/.exec(text.slice(start, end));
  const name = word?.[1] ?? '';
  const from = start + (word ? word[0].length - name.length : 0);
  return { attributes: classOnly(name, { start: from, end: from + name.length }), range: { start, end } };
}

function readHeading(text: string): HeadingItem {
  const lines = linesOf(text);
  const first = lines[0]!;
  const hashes = /^ {0,3}(#+)(?=[ \t]|$)[ \t]*/.exec(first.text);
  const level = hashes ? hashes[1]!.length : lines[1]?.text.startsWith('=') ? 1 : 2;
  const start = hashes ? hashes[0].length : 0;
  let end = first.text.trimEnd().length;
  let attributes: Attributes | undefined;
  if (first.text.charAt(end - 1) === '}') {
    for (let brace = first.text.lastIndexOf('{', end); brace >= start; brace = first.text.lastIndexOf('{', brace - 1)) {
      const read = readAttributes(first.text, brace);
      if (read?.end === end) {
        attributes = read.attributes;
        end = first.text.slice(0, brace).trimEnd().length;
        break;
      }
      if (brace === 0) break;
    }
  }
  if (hashes) {
    let closing = end;
    while (closing > start && first.text.charCodeAt(closing - 1) === 35) closing--;
    // Hashes that close a heading stand behind a blank.
    if (start < closing && closing < end && /[ \t]/.test(first.text.charAt(closing - 1))) {
      end = start + first.text.slice(start, closing).trimEnd().length;
    }
  }
  end = Math.max(start, end);
  const title = first.text.slice(start, end);
  return {
    level,
    text: title,
    textRange: { start, end },
    attributes,
    automaticId: automaticId(title),
    range: { start: 0, end: lines.at(hashes ? 0 : 1)?.end ?? first.end },
  };
}

/** Pandoc's automatic identifier of a heading's text: without notes and TeX, with the text of links in their place. */
function automaticId(text: string): string {
  if (/^[A-Za-z][\w .-]*$/.test(text)) return text.trimEnd().toLowerCase().replace(/ +/g, '-');
  const noted = upToLast(text, ']', part => part.replace(/\^?\[\^[^\]]*\]/g, ''));
  const plain = upToLast(noted.replace(/\\[A-Za-z]+(?:\{[^{}]*\}){0,99}/g, ''), ')', part =>
    part.replace(/!?\[([^[\]]*)\]\([^)]*\)/g, '$1'),
  )
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_.-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .replace(/^[^\p{L}]+/u, '');
  return plain === '' ? 'section' : plain;
}

/** Changes a text up to the last `mark`, where patterns that end with it find it without looking through all the rest. */
function upToLast(text: string, mark: string, change: (part: string) => string): string {
  const end = text.lastIndexOf(mark) + 1;
  return end === 0 ? text : change(text.slice(0, end)) + text.slice(end);
}

function shiftCell(cut: CellCut, by: number): CellCut {
  return {
    start: cut.start + by,
    fenceEnd: cut.fenceEnd + by,
    codeStart: cut.codeStart + by,
    codeEnd: cut.codeEnd + by,
    closeStart: cut.closeStart < 0 ? -1 : cut.closeStart + by,
    end: cut.end + by,
    indentation: cut.indentation,
  };
}

function shiftFence(cut: FenceCut, by: number): FenceCut {
  return {
    ...cut,
    start: cut.start + by,
    openEnd: cut.openEnd + by,
    codeStart: cut.codeStart + by,
    codeEnd: cut.codeEnd + by,
    end: cut.end + by,
  };
}
