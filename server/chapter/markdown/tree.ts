/** Markdown trees of blocks, made by remark on demand and kept as long as the block's text stays the same. */

import type { BlockContent, FootnoteDefinition, PhrasingContent, Root, Table, TableCell, TableRow } from 'mdast';
import { defListFromMarkdown } from 'mdast-util-definition-list';
import { defList } from 'micromark-extension-definition-list';
import type { Extension } from 'micromark-util-types';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { Block, BlockKind, OffsetRange } from '../model';
import { pandocFromMarkdown } from './nodes';
import { pandocSyntax } from './syntax';
import { readTable } from './tables';

/** What starts a block of its own to CommonMark, but not within a paragraph of Pandoc's. */
const BLOCK_CONSTRUCTS = [
  'list',
  'headingAtx',
  'blockQuote',
  'thematicBreak',
  'setextUnderline',
  'htmlFlow',
  'codeIndented',
  'codeFenced',
  'definition',
  'table',
  'defList',
];

function processorOf(disabled: readonly string[]): Processor<Root> {
  const processor = unified().use(remarkParse).use(remarkGfm, { singleTilde: false });
  const data = processor.data() as {
    micromarkExtensions?: Extension[];
    fromMarkdownExtensions?: unknown[];
  };
  data.micromarkExtensions ??= [];
  data.fromMarkdownExtensions ??= [];
  processor.use(function pandoc() {
    data.fromMarkdownExtensions = data
      .fromMarkdownExtensions!.flat()
      .filter(extension => !linksBareAddresses(extension));
    data.micromarkExtensions!.push(pandocSyntax(), { disable: { null: [...disabled] } });
    if (!disabled.includes('defList')) {
      data.micromarkExtensions!.push(defList);
      data.fromMarkdownExtensions!.push(defListFromMarkdown);
    }
    data.fromMarkdownExtensions!.push(pandocFromMarkdown(inlineAt));
  });
  return processor.freeze() as unknown as Processor<Root>;
}

/** GFM makes links of bare addresses in the finished tree; Pandoc does not. */
function linksBareAddresses(extension: unknown): boolean {
  const { enter } = extension as { enter?: Record<string, unknown> };
  return enter !== undefined && 'literalAutolink' in enter;
}

let inlineProcessor: Processor<Root> | undefined;
let blockProcessor: Processor<Root> | undefined;
let headingProcessor: Processor<Root> | undefined;

/** Inline nodes of a piece of Markdown such as a caption; positions count from its start. */
export function inlineTree(markdown: string): PhrasingContent[] {
  return inlineAt(markdown, 0);
}

function inlineAt(markdown: string, offset: number): PhrasingContent[] {
  inlineProcessor ??= processorOf(BLOCK_CONSTRUCTS);
  const root = inlineProcessor.parse(markdown);
  const children: PhrasingContent[] = [];
  for (const child of root.children) {
    if (child.type !== 'paragraph') continue;
    if (children.length > 0) children.push({ type: 'break' });
    children.push(...child.children);
  }
  if (offset !== 0) for (const child of children) shift(child, offset);
  return children;
}

/** The tree of Markdown that may hold any kind of block, such as an item of a grid table. */
export function markdownTree(markdown: string): Root {
  blockProcessor ??= processorOf(['codeIndented', 'setextUnderline']);
  return blockProcessor.parse(markdown);
}

const trees = new WeakMap<object, Root>();

/**
 * The tree of a block; offsets of positions count from the block's start. Lines that open or close divs, cells,
 * comments, front matter and raw TeX have no children.
 */
export function blockTree(block: Block): Root {
  let tree = trees.get(block.content);
  if (!tree) {
    tree = parseBlock(block.kind, block.text);
    trees.set(block.content, tree);
  }
  return tree;
}

/** The tree of a block from its text alone. */
export function parseBlock(kind: BlockKind, text: string): Root {
  switch (kind) {
    case 'blank':
    case 'divOpen':
    case 'divClose':
    case 'cell':
    case 'comment':
    case 'frontMatter':
    case 'rawTex':
    case 'linkDefinition':
      return root([]);
    case 'paragraph':
    case 'math':
    case 'lineBlock':
    case 'caption':
      return root([{ type: 'paragraph', children: inlineAt(text, 0) }]);
    case 'heading':
      headingProcessor ??= processorOf(
        BLOCK_CONSTRUCTS.filter(name => name !== 'headingAtx' && name !== 'setextUnderline'),
      );
      return headingProcessor.parse(text);
    case 'table':
    case 'gridTable':
      return root([tableNode(text, kind === 'gridTable')]);
    case 'footnote':
      return root([footnoteNode(text)]);
    case 'indentedCode':
      return root([{ type: 'code', value: text.replace(/^(?: {1,4}|\t)/gm, '').trimEnd() }]);
    default:
      return markdownTree(text);
  }
}

function root(children: BlockContent[] | FootnoteDefinition[]): Root {
  return { type: 'root', children };
}

function tableNode(text: string, grid: boolean): Table {
  const table = readTable(text, grid);
  const cellNode = (cell: { text: string; range: OffsetRange }): TableCell => ({
    type: 'tableCell',
    children: inlineAt(cell.text.replace(/\\\|/g, '\\|'), cell.range.start),
    position: place(cell.range),
  });
  const rowNode = (cells: readonly { text: string; range: OffsetRange }[]): TableRow => ({
    type: 'tableRow',
    children: cells.map(cellNode),
  });
  // What a row of a pipe table has beyond its header is left out.
  const columns = grid || table.header.length === 0 ? undefined : table.header.length;
  return {
    type: 'table',
    align: table.alignments.map(alignment => alignment ?? null),
    children: [rowNode(table.header), ...table.rows.map(cells => rowNode(cells.slice(0, columns)))],
    position: place(table.range),
    data: table.attributes ? { attributes: table.attributes } : {},
  };
}

/** The mark is blanked, so that offsets keep; indentation means nothing inside a note. */
function footnoteNode(text: string): FootnoteDefinition {
  const mark = /^ {0,3}\[\^([^\]\s]+)\]:/.exec(text)!;
  const inner = markdownTree(' '.repeat(mark[0].length) + text.slice(mark[0].length));
  return {
    type: 'footnoteDefinition',
    identifier: mark[1]!,
    label: mark[1]!,
    children: inner.children as FootnoteDefinition['children'],
  };
}

function place(range: OffsetRange) {
  return {
    start: { line: 1, column: 1, offset: range.start },
    end: { line: 1, column: 1, offset: range.end },
  };
}

interface Placed {
  position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } } | undefined;
  children?: Placed[];
}

function shift(node: unknown, by: number): void {
  const { position, children } = node as Placed;
  if (position?.start.offset !== undefined) position.start.offset += by;
  if (position?.end.offset !== undefined) position.end.offset += by;
  if (children) for (const child of children) shift(child, by);
}
