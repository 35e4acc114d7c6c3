/**
 * The sentences of a block as a reader sees them: references give their values, formulas their signs, notes and citations
 * nothing; each stretch knows its source.
 */
import type { Attributes, OffsetRange } from '../../chapter/model';
import {
  childrenOf,
  type MathNode,
  type ProseNode,
  type ProseTree,
  type ReferenceNode,
  readInline,
  type TableNode,
} from '../../chapter/prose';
import type { RefResult } from '../../evaluation/analysis';
import { readingOf } from '../../evaluation/display';
import { plainTex } from './tex';

/** Stands for what is no running text: code, a picture, a value that is not known. */
export const OPAQUE = '\ufffc';

/** A stretch of a line's text, and where in the block it comes from. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Offsets from the start of the block. */
  readonly source: OffsetRange;
  /** True where each character of the text is one of the source. */
  readonly exact: boolean;
  /** The reference whose value it is. */
  readonly ref: RefResult | undefined;
}

/** What a line is part of, as far as it matters to how it is read. */
export type LinePlace = 'text' | 'heading' | 'caption' | 'alt' | 'quote' | 'cell' | 'formula';

/** What a table says of one of its cells. */
interface InTable {
  /** The label of its row: its first cell, and those behind it that hold no number. */
  readonly label: string;
  /** The label, and the head of its column. */
  readonly about: string;
  /** The whole row. */
  readonly row: string;
  /** The same for the cells of one column, its head excluded. */
  readonly column: object | undefined;
}

const NO_TABLE: InTable = { label: '', about: '', row: '', column: undefined };

/** The text of one paragraph, heading, caption, alt text or cell of a table. */
export class Line {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly place: LinePlace;
  readonly #table: InTable;

  constructor(text: string, pieces: readonly Piece[], place: LinePlace = 'text', table = NO_TABLE) {
    this.text = text;
    this.pieces = pieces;
    this.place = place;
    this.#table = table;
  }

  /** Of a cell of a table, what its row is called. */
  get label(): string {
    return this.#table.label;
  }

  /** What the table says about its cell: the label of its row, and the head of its column. */
  get about(): string {
    return this.#table.about;
  }

  /** The whole row of its cell. */
  get row(): string {
    return this.#table.row;
  }

  /** The same for the cells of one column of a table, its head excluded. */
  get column(): object | undefined {
    return this.#table.column;
  }

  /** Where a stretch of the text stands in the block: whole references and formulas where it touches them. */
  source(from: number, to: number): OffsetRange {
    const first = this.pieces.find(piece => from < piece.to) ?? this.pieces.at(-1)!;
    const last = this.pieces.findLast(piece => piece.from < to) ?? first;
    return {
      start: first.exact ? first.source.start + from - first.from : first.source.start,
      end: last.exact ? last.source.start + to - last.from : last.source.end,
    };
  }

  /** True where each character of a stretch is one of the source. */
  isExact(from: number, to: number): boolean {
    return this.pieces.every(piece => piece.exact || to <= piece.from || piece.to <= from);
  }

  /** The references whose values a stretch holds. */
  refsIn(from: number, to: number): readonly RefResult[] {
    return this.pieces.flatMap(({ ref, from: start, to: end }) =>
      ref !== undefined && start < to && from < end ? [ref] : [],
    );
  }
}

const RUNNING: ReadonlySet<string> = new Set(['paragraph', 'heading', 'caption', 'term', 'line']);

/** The lines of a block; `refs` are the references of the block, `start` is where it starts in the chapter. */
export function linesOf(tree: ProseTree, refs: readonly RefResult[], start: number): readonly Line[] {
  const byStart = new Map(refs.map(result => [result.ref.range.start - start, result]));
  return new LineReader(byStart).all(tree).filter(isReadable).slice(0, MOST_LINES);
}

/** Beyond that, a paragraph is a heap of data, and a table one that no sentence is about: all numbers are compared with all others. */
const MOST_LINES = 2000;
const MOST_NUMBERS = 200;
const LONGEST_LINE = 20_000;

function isReadable({ text }: Line): boolean {
  if (text.length > LONGEST_LINE) return false;
  let numbers = 0;
  for (const _ of text.matchAll(/\d[\d.,]*/g)) if (++numbers > MOST_NUMBERS) return false;
  return true;
}

/** The lines that a text in a block holds, such as the value of an option; `at` is its offset in the block. */
export function linesIn(text: string, at: number, place: LinePlace): readonly Line[] {
  return [new Flattener(NO_REFS, at).line(nodesOf(text, place), place)];
}

/** The nodes of an option or attribute. Pandoc takes alt texts as they stand: no star emphasizes there. */
function nodesOf(text: string, place: LinePlace): readonly ProseNode[] {
  const nodes = readInline(text);
  if (place !== 'alt') return nodes;
  return nodes.map(node => {
    const { type, start, end } = node;
    return type === 'text' || type === 'math' ? node : { type: 'text', value: text.slice(start, end), start, end };
  });
}

const NO_REFS: ReadonlyMap<number, RefResult> = new Map();

/** Attributes that hold running text, and what it is. */
export function placeOfAttribute(key: string): LinePlace | undefined {
  if (/^(?:fig|tbl|lst)-(?:sub)?cap$/.test(key)) return 'caption';
  if (/^(?:fig-|tbl-)?alt$/.test(key)) return 'alt';
  return key === 'title' ? 'heading' : undefined;
}

class LineReader {
  readonly #refs: ReadonlyMap<number, RefResult>;
  readonly #lines: Line[] = [];

  constructor(refs: ReadonlyMap<number, RefResult>) {
    this.#refs = refs;
  }

  all(tree: ProseTree): readonly Line[] {
    for (const child of tree.children) this.#visit(child, 'text');
    return this.#lines;
  }

  #visit(node: ProseNode, place: LinePlace, table = NO_TABLE): void {
    if ('attributes' in node && node.attributes !== undefined) this.#attributes(node.attributes);
    if (RUNNING.has(node.type)) {
      const own = node.type === 'heading' || node.type === 'caption' ? node.type : place;
      this.#lines.push(new Flattener(this.#refs).line(childrenOf(node), own, table));
      this.#within(node);
    } else if (node.type === 'table') this.#table(node);
    else for (const child of childrenOf(node)) this.#visit(child, node.type === 'quote' ? 'quote' : place, table);
  }

  #table({ children }: TableNode): void {
    const head = children.find(row => row.type === 'tableRow' && row.header);
    const columns: object[] = [];
    const names: string[] = [];
    if (head?.type === 'tableRow')
      for (const [at, cell] of head.children.entries()) names[cell.span?.column ?? at] = this.#plain(cell);
    for (const row of children) {
      if (row.type !== 'tableRow') {
        this.#visit(row, 'caption');
        continue;
      }
      const cells = row === head ? [] : row.children.map(cell => this.#plain(cell));
      const whole = [...cells, names[0] ?? ''].join(' ');
      for (const [index, cell] of row.children.entries())
        for (const child of cell.children) {
          const at = cell.span?.column ?? index;
          columns[at] ??= {};
          const label = row === head ? '' : labelOf(cells, index);
          const about = row === head ? '' : `${label} ${names[at] ?? ''}`;
          this.#visit(child, 'cell', { label, about, row: whole, column: row === head ? undefined : columns[at] });
        }
    }
  }

  #plain(node: ProseNode): string {
    const inner = childrenOf(node).flatMap(child => (RUNNING.has(child.type) ? childrenOf(child) : []));
    return new Flattener(this.#refs).line(inner, 'cell').text;
  }

  /** Notes, captions and alt texts of pictures in running text, and formulas that stand by themselves. */
  #within(node: ProseNode): void {
    for (const child of childrenOf(node)) {
      if (child.type === 'math') this.#formula(child);
      else if (child.type === 'note') {
        this.#lines.push(new Flattener(this.#refs).line(child.children, 'text'));
        this.#within(child);
      } else if (child.type === 'image') {
        this.#lines.push(new Flattener(this.#refs).line(child.children, 'caption'));
        if (child.attributes !== undefined) this.#attributes(child.attributes);
      } else this.#within(child);
    }
  }

  #formula({ display, tex, start, end, attributes }: MathNode): void {
    if (!display) return;
    // Its source has the dollars around it; a reference within is shorter or longer than its value.
    const rest = (attributes?.range.start ?? end) - start - tex.length - 4;
    const isPlain = rest === 0 || (attributes !== undefined && rest === 1);
    let at = start + 2;
    for (const row of tex.split(/\\\\/)) {
      const source = isPlain ? { start: at, end: at + row.length } : { start, end };
      at += row.length + 2;
      const text = plainTex(row).trim();
      if (text !== '')
        this.#lines.push(new Line(text, isPlain ? piecesOf(row, text, source) : [whole(text, source)], 'formula'));
    }
  }

  #attributes({ values }: Attributes): void {
    for (const { key, value, valueRange } of values) {
      const place = placeOfAttribute(key);
      if (place === undefined || valueRange.end - valueRange.start !== value.length) continue;
      this.#lines.push(new Flattener(this.#refs, valueRange.start).line(nodesOf(value, place), place));
    }
  }
}

/** What a row says first: its first cell, and those behind it up to one with a number. */
function labelOf(cells: readonly string[], at: number): string {
  const end = cells.findIndex((text, index) => index > 0 && (index >= at || /[\d\ufffc]/.test(text)));
  return cells.slice(0, Math.max(1, end)).join(' ');
}

function whole(text: string, source: OffsetRange): Piece {
  return { from: 0, to: text.length, source, exact: false, ref: undefined };
}

/** A formula by its lines, where each can be read by itself. */
function piecesOf(tex: string, text: string, source: OffsetRange): readonly Piece[] {
  const pieces: Piece[] = [];
  let [from, at] = [0, source.start];
  for (const line of tex.split('\n')) {
    const own = plainTex(line).trim();
    const place = { start: at + line.length - line.trimStart().length, end: at + line.trimEnd().length };
    at += line.length + 1;
    if (own === '') continue;
    from = text.indexOf(own, from);
    if (from < 0) return [whole(text, source)];
    pieces.push({ from, to: from + own.length, source: place, exact: false, ref: undefined });
    from += own.length;
  }
  return pieces;
}

/** What gives nothing to read at its place. */
const SILENT: ReadonlySet<string> = new Set(['citation', 'note', 'noteReference', 'tex', 'comment', 'raw']);
/** HTML tags that matter to how numbers read, and what stands for them: a raised number is a power, a lowered one none at all. */
const TAGS: Readonly<Record<string, string>> = { '<sup': '^', '<sub': '_', '<br': ' ' };
/** What is read as its text. */
const THROUGH: ReadonlySet<string> = new Set(['emphasis', 'strong', 'strikeout', 'link', 'span', 'linkReference']);

class Flattener {
  readonly #refs: ReadonlyMap<number, RefResult>;
  /** Where in the block the text starts that the nodes were read from. */
  readonly #at: number;
  readonly #pieces: Piece[] = [];
  #text = '';

  constructor(refs: ReadonlyMap<number, RefResult>, at = 0) {
    this.#refs = refs;
    this.#at = at;
  }

  line(nodes: readonly ProseNode[], place: LinePlace, table?: InTable): Line {
    this.#all(nodes);
    return new Line(this.#text, this.#pieces, place, table);
  }

  #all(nodes: readonly ProseNode[]): void {
    for (const node of nodes) this.#node(node);
  }

  #node(node: ProseNode): void {
    if (SILENT.has(node.type)) {
      if (node.type === 'citation') this.#closeUp();
      return;
    }
    switch (node.type) {
      case 'text':
        this.#add(node.value, node);
        break;
      case 'break':
        this.#add(' ', node);
        break;
      case 'reference':
        this.#reference(node);
        break;
      case 'math':
        this.#add(node.display ? OPAQUE : plainTex(node.tex), node);
        break;
      case 'html': {
        const tag = /^<\w+/.exec(node.value)?.[0].toLowerCase() ?? '';
        if (Object.hasOwn(TAGS, tag)) this.#add(TAGS[tag]!, { start: node.start, end: node.start });
        break;
      }
      case 'superscript':
        this.#add('^', { start: node.start, end: node.start });
        this.#all(node.children);
        break;
      default:
        if (THROUGH.has(node.type)) this.#all(childrenOf(node));
        else this.#add(OPAQUE, node);
    }
  }

  /** Takes back the blank before what is not read: "more than six times [@tan]." ends where "times" does. */
  #closeUp(): void {
    const last = this.#pieces.at(-1);
    if (last?.exact !== true || last.to - last.from < 2 || !this.#text.endsWith(' ')) return;
    this.#text = this.#text.slice(0, -1);
    this.#pieces[this.#pieces.length - 1] = {
      ...last,
      to: last.to - 1,
      source: { start: last.source.start, end: last.source.end - 1 },
    };
  }

  #reference(node: ReferenceNode): void {
    const ref = this.#refs.get(this.#at + node.start);
    const shown = ref?.display === undefined ? OPAQUE : readingOf(ref.display);
    this.#add(ref?.display?.mime === 'text/markdown' ? plainTex(shown.replaceAll('$', '')) : shown, node, ref);
  }

  #add(text: string, { start, end }: OffsetRange, ref?: RefResult): void {
    if (text === '') return;
    const from = this.#text.length;
    // Where the source breaks a line, the page has a blank.
    this.#text += text.includes('\n') ? text.replaceAll('\n', ' ') : text;
    const exact = ref === undefined && text.length === end - start;
    const source = { start: this.#at + start, end: this.#at + end };
    this.#pieces.push({ from, to: this.#text.length, source, exact, ref });
  }
}
