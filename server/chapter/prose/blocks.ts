/**
 * A block to its tree. What stands inside lists, quotes, notes, definitions and cells of grid tables is cut into blocks
 * as the chapter itself is, with the marks and the indentation of the container left out.
 */
import { classOnly, readAttributes } from '../attributes';
import type { CellCut, Cut, FenceCut } from '../cuts';
import { LineIndex } from '../lines';
import type { BlockKind } from '../model';
import { Scanner, type TextPlace } from '../scanner';
import { definitionParts, type ListPart, lineBlockLines, listParts, noted, quoted } from './containers';
import { inlineNodes } from './inline';
import type {
  BlockNode,
  CodeBlockNode,
  DefinitionNode,
  DivStartNode,
  HeadingNode,
  InlineNode,
  ListItemNode,
  ListNode,
  ParagraphNode,
  ProseTree,
  TermNode,
} from './nodes';
import { definitionLabel } from './nodes';
import { linesOf, Source, sourceAttributes } from './source';
import { tableNode, trailingAttributes } from './tables';

/** Containers within containers beyond this depth are text. */
const MAX_DEPTH = 40;
/** So much text is read for one block, what stands in several containers once for each. */
const MAX_WORK = 2_000_000;
/** One line that starts a paragraph for sure. */
const PLAIN_LINE = /^[\p{L}`$\\*"'](?!\S{0,9}[.)])[^\r\n]*[\r\n]*$/u;
const TAGS_ONLY = /^ {0,3}(?:<[^<>]*>[ \t]*){1,9999}$/;
const FOOTNOTE = /^( {0,3}\[\^)([^\]\s]+)\]:[ \t]*/;
const LINK_DEFINITION =
  /^ {0,3}\[([^\]]+)\]:[ \t]*(?:<([^<>\r\n]*)>|(\S+))(?:[ \t]+(?:"([^"]*)"|'([^']*)'|\(([^()]*)\)))?[ \t]*$/;

const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]/;

/** Cells and fences of a block, by offsets in its text. */
export interface Hidden {
  readonly cells: readonly CellCut[];
  readonly fences: readonly FenceCut[];
}

const NOTHING: Hidden = { cells: [], fences: [] };

/**
 * A block is read in one go, which keeps whoever else asks the server waiting: with so many marks, cells and lines about as
 * long as anybody may wait. Tables and lists of real books have a fraction of them.
 */
const MOST_MARKS = 4000;
/** Made when it is said: the first number that is written in the manner of a language takes a tenth of a start. */
const tooManyMarks = (): string => `it has more than ${MOST_MARKS.toLocaleString('en')} marks and lines`;
const MARKS = /[\\`*_$<[\]!@{^~&|\n]/g;

/** Kinds of blocks whose text is prose. */
const PROSE: ReadonlySet<BlockKind> = new Set([
  'paragraph',
  'quote',
  'list',
  'definitionList',
  'lineBlock',
  'table',
  'gridTable',
  'footnote',
  'caption',
]);

function hasTooManyMarks(text: string): boolean {
  if (text.length <= MOST_MARKS) return false;
  let count = 0;
  MARKS.lastIndex = 0;
  while (count <= MOST_MARKS && MARKS.test(text)) count++;
  return count > MOST_MARKS;
}

/** The tree of a block whose kind is known. */
export function readBlock(kind: BlockKind, text: string, hidden: Hidden): ProseTree {
  if (PROSE.has(kind) && hasTooManyMarks(text)) return { children: [unread(Source.of(text), tooManyMarks())] };
  return { children: new Reader().block(kind, Source.of(text), hidden, 0).map(loosened) };
}

/** The tree of a text from elsewhere, such as the output of a cell, that may hold any kind of block. */
export function readText(text: string): ProseTree {
  return { children: new Reader().blocks(Source.of(text), 0, 'within').map(loosened) };
}

/** The nodes of running text from elsewhere, such as a title. */
export function readInline(text: string): readonly InlineNode[] {
  return inlineNodes(Source.of(text));
}

class Reader {
  #work = 0;

  /** The blocks of a container's text. */
  blocks(source: Source, depth: number, place: TextPlace): BlockNode[] {
    const { text } = source;
    if (text.trim() === '') return [];
    this.#work += text.length;
    if (depth > MAX_DEPTH) return [unread(source, 'it is nested too deeply')];
    if (this.#work > MAX_WORK) return [unread(source, 'it is too long for how deep it is nested')];
    if (PLAIN_LINE.test(text) && !text.startsWith('* ') && !text.startsWith('```')) return [lineParagraph(source)];
    const scanner = new Scanner(text, LineIndex.of(text), place);
    const found: BlockNode[] = [];
    /** Divs that are open: their lines, and how many nodes stood before. */
    const open: { readonly node: DivStartNode; readonly at: number; readonly source: Source }[] = [];
    for (let line = 0, start = 0; start < text.length; ) {
      const cut = scanner.next(line);
      const part = source.slice(cut.start, cut.end);
      line = cut.endLine;
      start = cut.end;
      if (cut.kind === 'blank') {
        loosenLast(found);
        continue;
      }
      // To Pandoc, text before a listing is a paragraph; Quarto puts blank lines around cells.
      if (cut.kind === 'cell' || (cut.kind === 'code' && part.text.trimStart().startsWith('`'))) loosenLast(found);
      const nodes = this.block(cut.kind, part, relative(cut), depth);
      const [first] = nodes;
      if (first?.type === 'divStart') open.push({ node: first, at: found.length, source: part });
      else if (cut.kind === 'divClose' && open.length > 0) {
        const { node, at } = open.pop()!;
        const closeRange = part.range(0, part.text.trimEnd().length);
        const { attributes, start: from, end } = node;
        const openRange = { start: from, end };
        const children = found.splice(at).map(loosened);
        found.push({ type: 'div', attributes, openRange, closeRange, children, start: from, end: closeRange.end });
      } else if (cut.kind === 'divClose') addLine(found, part);
      else for (const node of nodes) found.push(node);
    }
    // A div that is never closed is none.
    for (const { at, source: part } of open.reverse()) found.splice(at, 1, ...withLine(part, found[at]));
    return found;
  }

  /** The nodes of one block. `tight` paragraphs are made loose by the blank line behind them. */
  block(kind: BlockKind, source: Source, hidden: Hidden, depth: number): BlockNode[] {
    const { text } = source;
    switch (kind) {
      case 'paragraph':
      case 'math':
      case 'caption':
        return [texBlock(paragraph(source))];
      case 'heading':
        return [headingNode(source)];
      case 'code':
        // Quarto hides what stands behind a fence that is not closed; to Pandoc it is no listing.
        return hidden.fences.filter(({ closed }) => closed).map(fence => codeNode(source, fence));
      case 'indentedCode':
        return [indentedNode(source)];
      case 'cell':
        return [{ type: 'cell', ...source.range(0, text.trimEnd().length) }];
      case 'divOpen':
        return [divStart(source)];
      case 'table':
      case 'gridTable':
        return [
          tableNode(source, kind === 'gridTable', cell => compacted([this.blocks(cell, depth + 1, 'within')])[0]!),
        ];
      case 'list':
        return listParts(source, [...hidden.cells, ...hidden.fences]).map(part => this.#list(part, source, depth));
      case 'definitionList':
        return [this.#definitions(source, hidden, depth)];
      case 'quote':
        return [
          { type: 'quote', children: this.#loose(quoted(source), depth), ...source.range(0, text.trimEnd().length) },
        ];
      case 'lineBlock': {
        const children = lineBlockLines(source).map(line => ({
          type: 'line' as const,
          children: lineNodes(line.source),
          ...source.range(line.start, line.end),
        }));
        return [{ type: 'lineBlock', children, ...source.range(0, text.trimEnd().length) }];
      }
      case 'footnote':
        return [this.#footnote(source, depth)];
      case 'linkDefinition':
        return linkDefinition(source);
      case 'html':
        return htmlNodes(source);
      case 'comment':
        return [...text.matchAll(/<!--[\s\S]*?-->/g)].map(({ 0: value, index }) => ({
          type: 'comment',
          value,
          ...source.range(index, index + value.length),
        }));
      case 'rawTex':
        return [{ type: 'texBlock', value: text.trimEnd(), ...source.range(0, text.trimEnd().length) }];
      case 'rule':
        return [{ type: 'rule', ...source.range(0, text.trimEnd().length) }];
      default:
        return [];
    }
  }

  /** Blocks among which each paragraph is one of its own. */
  #loose(source: Source, depth: number): BlockNode[] {
    return this.blocks(source, depth + 1, 'within').map(loosened);
  }

  #list({ style, first, items }: ListPart, source: Source, depth: number): ListNode {
    const read = items.map(item => this.blocks(item.source, depth + 1, 'listItem'));
    const children = compacted(read).map((blocks, at): ListItemNode => {
      const { start, end, checked, label } = items[at]!;
      return { type: 'listItem', checked, label, children: blocks, ...source.range(start, end) };
    });
    const range = { start: children[0]?.start ?? 0, end: children.at(-1)?.end ?? 0 };
    return { type: 'list', style, first, children, ...range };
  }

  #definitions(source: Source, hidden: Hidden, depth: number): BlockNode {
    const parts = definitionParts(source, [...hidden.cells, ...hidden.fences]);
    const children = parts.map((part): TermNode | DefinitionNode => {
      const range = source.range(part.start, part.end);
      if (part.kind === 'term') return { type: 'term', children: inlineNodes(part.source), ...range };
      const text = part.source.text.trimEnd();
      const blocks = this.blocks(part.source.slice(0, text.length), depth + 1, 'listItem');
      // A blank line, before a definition or in it, makes a paragraph of its last text as well.
      if (!part.tight || BLANK_LINE.test(text)) loosenLast(blocks);
      return { type: 'definition', children: blocks, ...range };
    });
    return { type: 'definitionList', children, ...source.range(0, source.text.trimEnd().length) };
  }

  #footnote(source: Source, depth: number): BlockNode {
    const { text } = source;
    const found = FOOTNOTE.exec(text)!;
    const mark = found[0].length;
    const idStart = found[1]!.length;
    const end = text.trimEnd().length;
    return {
      type: 'footnote',
      id: found[2]!,
      idRange: source.range(idStart, idStart + found[2]!.length),
      textRange: source.range(Math.min(mark, end), Math.max(mark, end)),
      children: this.#loose(noted(source, mark), depth),
      ...source.range(0, end),
    };
  }
}

/** Cuts of a text, by offsets in one of its blocks. */
function relative({ start, cells, fences }: Cut): Hidden {
  if (cells.length === 0 && fences.length === 0) return NOTHING;
  return {
    cells: cells.map(cell => ({ ...cell, start: cell.start - start, end: cell.end - start })),
    fences: fences.map(fence => ({
      ...fence,
      start: fence.start - start,
      openEnd: fence.openEnd - start,
      codeStart: fence.codeStart - start,
      codeEnd: fence.codeEnd - start,
      end: fence.end - start,
    })),
  };
}

function paragraph(source: Source): ParagraphNode {
  const { text } = source;
  return { type: 'paragraph', tight: true, children: inlineNodes(source), ...source.range(0, text.trimEnd().length) };
}

/** Commands of TeX by themselves are a block. */
function texBlock(node: ParagraphNode): BlockNode {
  const { children, start, end } = node;
  if (!children.every(child => child.type === 'tex' || (child.type === 'text' && child.value === '\n'))) return node;
  if (children.length === 0) return node;
  return {
    type: 'texBlock',
    value: children
      .map(child => ('value' in child ? child.value : ''))
      .join('')
      .trim(),
    start,
    end,
  };
}

/** A line that closes no div goes on with the paragraph above it. */
function addLine(blocks: BlockNode[], source: Source): void {
  const line = paragraph(source);
  const before = blocks.at(-1);
  if (before?.type !== 'paragraph' || !before.tight) blocks.push(line);
  else blocks[blocks.length - 1] = joined(before, line);
}

/** The line of a div that is never closed starts the paragraph below it. */
export function withLine(source: Source, below: BlockNode | undefined): BlockNode[] {
  const line = paragraph(source);
  if (below?.type === 'paragraph') return [joined(line, below)];
  return below === undefined ? [line] : [line, below];
}

function joined(first: ParagraphNode, second: ParagraphNode): ParagraphNode {
  const { start } = first;
  const { end, tight } = second;
  const lineEnd = { type: 'text' as const, value: '\n', start: first.end, end: second.start };
  return { type: 'paragraph', tight, children: [...first.children, lineEnd, ...second.children], start, end };
}

function unread(source: Source, reason: string): ParagraphNode {
  const range = source.range(0, source.text.trimEnd().length);
  return {
    type: 'paragraph',
    tight: false,
    children: [{ type: 'unread', value: source.text, reason, ...range }],
    ...range,
  };
}

/** A paragraph of one line; a blank line behind it makes it loose. */
function lineParagraph(source: Source): ParagraphNode {
  const isLoose = BLANK_LINE.test(source.text.slice(-4));
  return { ...paragraph(source), tight: !isLoose };
}

function loosenLast(found: BlockNode[]): void {
  const last = found.at(-1);
  if (last !== undefined) found[found.length - 1] = loosened(last);
}

function loosened(node: BlockNode): BlockNode {
  return node.type === 'paragraph' && node.tight ? { ...node, tight: false } : node;
}

function tightened(node: BlockNode): BlockNode {
  return node.type === 'paragraph' && !node.tight ? { ...node, tight: true } : node;
}

/**
 * Pandoc's rule for the paragraphs of a list: text before a blank line is a paragraph, and so is the last one of all; but
 * if that is the only one it counts as text, and if there are others all texts are paragraphs.
 */
function compacted(items: readonly BlockNode[][]): readonly BlockNode[][] {
  const last = items.at(-1)?.at(-1);
  const isLoose = items.some(blocks => blocks.some(node => node.type === 'paragraph' && node !== last && !node.tight));
  return items.map(blocks => blocks.map(isLoose ? loosened : tightened));
}

function headingNode(source: Source): HeadingNode {
  const lines = linesOf(source.text);
  const first = lines[0]!;
  const hashes = /^ {0,3}(#+)(?=[ \t]|$)[ \t]*/.exec(first.text);
  const level = hashes ? hashes[1]!.length : lines[1]?.text.startsWith('=') ? 1 : 2;
  const start = hashes ? hashes[0].length : 0;
  let { end, attributes } = trailingAttributes(first.text, start, first.text.trimEnd().length);
  if (hashes) {
    let closing = end;
    while (closing > start && first.text.charCodeAt(closing - 1) === 35) closing--;
    // Hashes that close a heading stand behind a blank.
    if (start < closing && closing < end && /[ \t]/.test(first.text.charAt(closing - 1)))
      end = start + first.text.slice(start, closing).trimEnd().length;
  }
  end = Math.max(start, end);
  return {
    type: 'heading',
    level,
    textRange: source.range(start, end),
    attributes: attributes && sourceAttributes(source, attributes),
    children: inlineNodes(source, start, end),
    ...source.range(0, lines.at(hashes ? 0 : 1)?.end ?? first.end),
  };
}

function codeNode(source: Source, fence: FenceCut): CodeBlockNode {
  const { text } = source;
  const brace = text.slice(fence.start, fence.openEnd).indexOf('{');
  const read = brace >= 0 ? readAttributes(text, fence.start + brace) : undefined;
  const word = /^[^\s{]+/.exec(fence.info)?.[0];
  const indent = /^[ \t]*/.exec(text.slice(fence.start))![0];
  const written = text.slice(fence.codeStart, fence.codeEnd);
  const value = indent === '' ? written : withoutIndent(written, indent.length);
  return {
    type: 'codeBlock',
    language: word ?? read?.attributes.classes[0],
    attributes: read && sourceAttributes(source, read.attributes),
    value: value.replace(/\r\n|\n|\r(?!\n)/g, '\n').replace(/\n$/, ''),
    codeRange: source.range(fence.codeStart, fence.codeEnd),
    indented: false,
    info: fence.info,
    ...source.range(fence.start, fence.end),
  };
}

function withoutIndent(code: string, length: number): string {
  return linesOf(code)
    .map(line => {
      const blanks = /^[ \t]*/.exec(line.text)![0].length;
      return `${line.text.slice(Math.min(blanks, length))}\n`;
    })
    .join('');
}

function indentedNode(source: Source): CodeBlockNode {
  const end = source.text.trimEnd().length;
  const value = linesOf(source.text.slice(0, end))
    .map(line => line.text.replace(/^(?: {1,4}|\t)/, ''))
    .join('\n');
  const range = source.range(0, end);
  return {
    type: 'codeBlock',
    language: undefined,
    attributes: undefined,
    value,
    codeRange: range,
    indented: true,
    info: '',
    ...range,
  };
}

/** The line (or lines) that open a div: attributes in braces, or a mere word. */
function divStart(source: Source): DivStartNode {
  const { text } = source;
  const end = text.trimEnd().length;
  const range = source.range(0, end);
  const brace = text.indexOf('{');
  const read = brace >= 0 ? readAttributes(text, brace) : undefined;
  if (read) return { type: 'divStart', attributes: sourceAttributes(source, read.attributes), ...range };
  const word = /^\s*:+[ \t]*(\S+)/.exec(text);
  const name = word?.[1] ?? '';
  const from = (word?.[0].length ?? 0) - name.length;
  return { type: 'divStart', attributes: classOnly(name, source.range(from, from + name.length)), ...range };
}

/** Pandoc reads Markdown between tags; a line of tags, a script or the like stands for itself. */
function htmlNodes(source: Source): BlockNode[] {
  const { text } = source;
  const end = text.trimEnd().length;
  const isRaw = TAGS_ONLY.test(text.slice(0, end)) || /^ {0,3}<(script|style|pre|textarea)\b/i.test(text);
  if (isRaw) return [{ type: 'htmlBlock', value: text.slice(0, end), ...source.range(0, end) }];
  return [paragraph(source)];
}

function linkDefinition(source: Source): BlockNode[] {
  const text = source.text.trimEnd();
  const found = LINK_DEFINITION.exec(text);
  if (!found) return [paragraph(source)];
  const url = found[2] ?? found[3]!;
  const from = text.indexOf(url, text.indexOf(']:') + 2);
  return [
    {
      type: 'linkDefinition',
      label: definitionLabel(found[1]!),
      url,
      urlRange: source.range(from, from + url.length),
      title: found[4] ?? found[5] ?? found[6],
      ...source.range(0, text.length),
    },
  ];
}

/** A line of a line block: the blanks that it starts with count. */
function lineNodes(source: Source): InlineNode[] {
  const blanks = /^[ \t]*/.exec(source.text)![0].length;
  const nodes = inlineNodes(source);
  if (blanks === 0 || nodes.length === 0) return nodes;
  return [{ type: 'text', value: '\u00a0'.repeat(blanks), ...source.range(0, blanks) }, ...nodes];
}
